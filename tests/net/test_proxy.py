from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import ssl
from collections.abc import Awaitable, Callable

import pytest

from minibrowser.demo.listener import Listener
from minibrowser.errors import (
    CertificateAuthorityError,
    ConnectionFailedError,
    ConnectionTimeoutError,
    NetworkError,
    ProxyError,
    UsageError,
)
from minibrowser.net import NetworkConfig, Request, Session, Timeouts
from minibrowser.net.proxy import bypasses, choose_proxy, parse_proxy
from minibrowser.trace import Recorder
from minibrowser.url import URL

from .support import Received, Server, always, answer, run

HTTP, HTTPS = URL("http://shop.example/"), URL("https://shop.example/")


@pytest.mark.parametrize(
    ("text", "name", "authorization"),
    [
        ("proxy.example", "http://proxy.example:1080", ""),
        ("http://proxy.example:3128/", "http://proxy.example:3128", ""),
        ("http://proxy.example:80", "http://proxy.example:80", ""),
        ("u%40x:p@proxy.example:1", "http://proxy.example:1", "u@x:p"),
        ("SOCKS5://127.0.0.1", "socks5://127.0.0.1:1080", ""),
        ("socks5h://[::1]:9", "socks5h://[::1]:9", ""),
        ("https://proxy.example", "https://proxy.example:443", ""),
        ("https://u:p@proxy.example:8443", "https://proxy.example:8443", "u:p"),
    ],
)
def test_proxies_as_curl_writes_them(text: str, name: str, authorization: str) -> None:
    proxy = parse_proxy(text)
    assert proxy.name == name
    assert base64.b64decode(proxy.authorization.removeprefix("Basic ")).decode() == authorization


@pytest.mark.parametrize("text", ["quic://proxy.example", "ftp://x", "http://", "http://a b"])
def test_what_is_no_proxy_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        parse_proxy(text)


def test_the_environment_is_read_as_curl_reads_it() -> None:
    def chosen(url: URL, **environment: str) -> str:
        proxy = choose_proxy(url, None, environment)
        return "" if proxy is None else proxy.host

    assert chosen(HTTP, http_proxy="a") == "a"
    assert chosen(HTTP, HTTP_PROXY="a") == ""
    assert chosen(HTTPS, http_proxy="a") == ""
    assert chosen(HTTPS, HTTPS_PROXY="b", all_proxy="c") == "b"
    assert chosen(HTTPS, https_proxy="a", HTTPS_PROXY="b") == "a"
    assert chosen(HTTP, ALL_PROXY="c") == "c"
    assert chosen(HTTP, http_proxy="a", no_proxy="example") == ""
    assert chosen(HTTP, http_proxy="a", NO_PROXY="x, .shop.example") == ""
    assert chosen(HTTP, http_proxy="a", no_proxy="x", NO_PROXY="shop.example") == "a"
    assert chosen(URL("http://localhost:8000/"), http_proxy="a") == ""
    assert chosen(HTTP) == ""


def test_the_callers_word_stands_above_the_environment() -> None:
    proxy = choose_proxy(URL("http://localhost/"), "socks5://p:1", {"no_proxy": "*"})
    assert proxy is not None
    assert proxy.name == "socks5://p:1"
    assert choose_proxy(HTTP, "", {"http_proxy": "a"}) is None


@pytest.mark.parametrize(
    ("host", "no_proxy", "expected"),
    [
        ("a.example", "*", True), ("a.example", "a.example", True), ("b.a.example", "a.example", True),
        ("b.a.example", ".a.example", True), ("b.a.example", "*.a.example", True), ("ba.example", "a.example", False),
        ("A.Example.", "a.example", True), ("a.example", "", False), ("a.example", "b.example a.example", True),
        ("192.0.2.7", "192.0.2.0/24", True), ("192.0.3.7", "192.0.2.0/24", False), ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "2.7", False), ("a.example", "192.0.2.0/24,a.example", True),
        ("192.0.2.7", "192.0.2.0/33", False),
        ("10.1.2.3", "localhost, 10.0.0.0/8", True), ("[2001:db8::1]", "[2001:db8::]/32", True),
        ("[2001:db9::1]", "2001:db8::/32", False), ("10.1.2.3", "2001:db8::/32", False),
        ("a.example", "10.0.0.0/8", False),
        ("[2001:db8::1]", "2001:db8::/32", True), ("[::1]", "[::1]", True),
    ],
)  # fmt: skip
def test_no_proxy(host: str, no_proxy: str, expected: bool) -> None:
    assert bypasses(host, no_proxy) is expected


class Tunnel(Listener):
    """A proxy on loopback: `negotiate` speaks with the client and says which port of this machine to connect to,
    0 for none; then bytes go to and fro."""

    def __init__(
        self,
        negotiate: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[int]],
        context: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(context)
        self._negotiate = negotiate
        self.heads: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = await self._negotiate(reader, writer)
        if not port:
            return
        back, there = await asyncio.open_connection("127.0.0.1", port)
        try:
            await asyncio.gather(_pump(reader, there), _pump(back, writer))
        finally:
            there.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        target.write(data)
        await target.drain()
    if target.can_write_eof():
        target.write_eof()


def connecting(
    port: int,
    heads: list[bytes],
    reply: bytes = b"HTTP/1.1 200 OK\r\n\r\n",
    context: ssl.SSLContext | None = None,
) -> Tunnel:
    async def negotiate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(reply)
        await writer.drain()
        return port if b" 200 " in reply else 0

    return Tunnel(negotiate, context)


def socks(port: int, asked: list[bytes], sign_in: bool = False, reply: int = 0) -> Tunnel:
    async def negotiate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        method = 2 if sign_in and 2 in methods else 0xFF if sign_in else 0
        writer.write(bytes([5, method]))
        if method == 0xFF:
            return 0
        if method == 2:
            _, length = await reader.readexactly(2)
            name = await reader.readexactly(length)
            password = await reader.readexactly((await reader.readexactly(1))[0])
            good = (name, password) == (b"me", b"secret")
            writer.write(b"\x01" + (b"\x00" if good else b"\x01"))
            if not good:
                return 0
        _, _, _, kind = await reader.readexactly(4)
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        asked.append(await reader.readexactly(length))
        await reader.readexactly(2)
        writer.write(bytes([5, reply, 0, 1, 127, 0, 0, 1, 0, 80]))
        await writer.drain()
        return 0 if reply else port

    return Tunnel(negotiate)


async def through(proxy: str, url: str, recorder: Recorder | None = None, ca: str = "") -> bytes:
    config = NetworkConfig(proxy=proxy, ca_data=ca, timeouts=Timeouts(connect=5.0, idle=5.0, total=10.0))
    async with Session(config, recorder or Recorder(enabled=False)) as own:
        return (await own.fetch(Request(url=url))).body


def test_http_goes_to_the_proxy_whole() -> None:
    async def main() -> None:
        async with Server(always(answer(b"from the proxy"))) as server:
            proxy = f"http://me:secret@127.0.0.1:{server.port}"
            assert await through(proxy, "http://u:p@shop.example/a?b#c") == b"from the proxy"
            (request,) = server.requests
            assert request.target == "http://shop.example/a?b"
            assert request.headers["host"] == "shop.example"
            assert request.headers["proxy-authorization"] == "Basic bWU6c2VjcmV0"

    run(main())


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> object:
    pytest.importorskip("cryptography")
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    return Certificates(tmp_path_factory.mktemp("certificates"))


def test_https_goes_through_a_tunnel_and_keeps_its_secrets(trusted: object) -> None:
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    assert isinstance(trusted, Certificates)

    async def main() -> None:
        recorder, heads = Recorder(), list[bytes]()
        async with (
            Server(always(answer(b"secret")), trusted.server()) as server,
            connecting(server.port, heads) as tunnel,
        ):
            proxy = f"http://me:secret@127.0.0.1:{tunnel.port}"
            assert await through(proxy, "https://localhost:4433/", recorder, trusted.ca_pem) == b"secret"
            assert heads[0].startswith(b"CONNECT localhost:4433 HTTP/1.1\r\nHost: localhost:4433\r\n")
            assert b"Proxy-Authorization: Basic bWU6c2VjcmV0\r\n" in heads[0]
            assert "proxy-authorization" not in server.requests[0].headers
            with pytest.raises(CertificateAuthorityError):
                await through(proxy, "https://localhost:4433/")
        kinds = [span.kind for span in recorder.spans]
        assert kinds.index("connect") < kinds.index("proxy") < kinds.index("tls")

    run(main())


def test_a_proxy_may_be_reached_over_tls_and_the_origin_inside_of_it(trusted: object) -> None:
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    assert isinstance(trusted, Certificates)

    async def main() -> None:
        recorder, heads = Recorder(), list[bytes]()
        body = b"secret" * 50_000  # many records in many records
        async with (
            Server(always(answer(body)), trusted.server(hosts=("shop.example",))) as server,
            connecting(server.port, heads, context=trusted.server()) as tunnel,
        ):
            proxy = f"https://me:secret@localhost:{tunnel.port}"
            assert await through(proxy, "https://shop.example/", recorder, trusted.ca_pem) == body
            assert heads[0].startswith(b"CONNECT shop.example:443 HTTP/1.1\r\n")
            assert b"Proxy-Authorization: Basic bWU6c2VjcmV0\r\n" in heads[0]
            with pytest.raises(CertificateAuthorityError, match=r"^localhost: "):
                await through(proxy, "https://shop.example/")
        spans = [(span.kind, span.name) for span in recorder.spans if span.kind in ("tls", "proxy")]
        assert spans == [
            ("tls", "localhost"),
            ("proxy", f"https://localhost:{tunnel.port}"),
            ("tls", "shop.example"),
        ]

    run(main())


def test_http_goes_whole_to_a_proxy_over_tls(trusted: object) -> None:
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    assert isinstance(trusted, Certificates)

    async def main() -> None:
        async with Server(always(answer(b"from the proxy")), trusted.server()) as server:
            config = NetworkConfig(proxy=f"https://localhost:{server.port}", ca_data=trusted.ca_pem)
            async with Session(config) as own:
                response = await own.fetch(Request(url="http://shop.example/a"))
                assert (response.body, response.tls) == (b"from the proxy", None)
            assert server.requests[0].target == "http://shop.example/a"

    run(main())


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "it wants credentials"),
        (b"HTTP/1.1 403 \r\n\r\n", "does not connect to shop.example:443: 403$"),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "does not connect to shop.example:443: 502 Bad Gateway"),
        (b"nonsense\r\n\r\n", "did not answer as one"),
        (b"HTTP/1.1 200 OK\r\n\r\nearly", "before it was its turn"),
        (b"", "silent|did not answer"),
    ],
)
def test_a_proxy_that_refuses_says_why(reply: bytes, words: str) -> None:
    async def main() -> None:
        async with connecting(0, [], reply) as tunnel:
            with pytest.raises(NetworkError, match=words):
                await through(f"http://127.0.0.1:{tunnel.port}", "https://shop.example/")

    run(main())


def test_socks_asks_by_name_or_by_address() -> None:
    async def main() -> None:
        asked: list[bytes] = []
        async with Server(always(answer(b"page"))) as server, socks(server.port, asked) as tunnel:
            at = f"127.0.0.1:{tunnel.port}"
            assert await through(f"socks5h://{at}", "http://shop.example/") == b"page"
            assert await through(f"socks5://{at}", "http://shop.localhost/") == b"page"
            assert await through(f"socks5h://{at}", "http://[2001:db8::1]/") == b"page"
            assert server.requests[0].target == "/"
        assert asked[0] == b"shop.example"
        assert asked[1] in (b"\x7f\x00\x00\x01", bytes(15) + b"\x01")
        assert asked[2] == bytes.fromhex("20010db8000000000000000000000001")

    run(main())


def test_socks_signs_in() -> None:
    async def main() -> None:
        async with Server(always(answer(b"page"))) as server, socks(server.port, [], sign_in=True) as tunnel:
            at = f"127.0.0.1:{tunnel.port}"
            assert await through(f"socks5h://me:secret@{at}", "http://shop.example/") == b"page"
            with pytest.raises(ProxyError, match="refuses the credentials"):
                await through(f"socks5h://me:wrong@{at}", "http://shop.example/")
            with pytest.raises(ProxyError, match="wants credentials"):
                await through(f"socks5h://{at}", "http://shop.example/")

    run(main())


def test_socks_says_what_the_proxy_could_not_do() -> None:
    async def main() -> None:
        async with socks(0, [], reply=5) as tunnel:
            with pytest.raises(ProxyError, match="example: connection refused"):
                await through(f"socks5h://127.0.0.1:{tunnel.port}", "http://shop.example/")

    run(main())


def test_a_silent_proxy_is_not_waited_for_without_end() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        await reader.read()
        return 0

    async def main() -> None:
        async with Tunnel(silent) as tunnel:
            config = NetworkConfig(
                proxy=f"http://127.0.0.1:{tunnel.port}", timeouts=Timeouts(connect=0.1, idle=5.0, total=10.0)
            )
            async with Session(config) as own:
                with pytest.raises(ConnectionTimeoutError, match="silent"):
                    await own.fetch(Request(url="https://shop.example/"))

    run(main())


# --- What people type --------------------------------------------------------------------------------


def test_http_is_tried_where_nothing_speaks_https() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        if await reader.readexactly(1) == b"\x16":  # a TLS handshake begins
            writer.write(answer(b"what?", "400 Bad Request", connection="close"))
        else:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(b"plain", connection="close"))
        await writer.drain()
        return 0

    async def main() -> None:
        async with Tunnel(plain) as server:
            guess = f"https://127.0.0.1:{server.port}/"
            recorder = Recorder()
            async with Session(NetworkConfig(), recorder) as own:
                response = await own.fetch(Request(url=guess, http_fallback=True))
                assert (response.body, response.url) == (b"plain", f"http://127.0.0.1:{server.port}/")
                assert response.url_list == (response.url,)
                with pytest.raises(NetworkError):
                    await own.fetch(Request(url=guess))
            assert any(span.reason.startswith("https first, but ") for span in recorder.spans)
        async with Session() as own:
            with pytest.raises(ConnectionFailedError, match="port"):
                await own.fetch(Request(url=guess, http_fallback=True))

    run(main())


def test_a_wrong_certificate_is_an_answer_and_not_a_reason_for_http(trusted: object) -> None:
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    assert isinstance(trusted, Certificates)

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        async with Server(always(answer(b"secret")), trusted.server()) as server, Session() as own:
            with pytest.raises(CertificateAuthorityError):
                await own.fetch(Request(url=f"https://localhost:{server.port}/", http_fallback=True))

    run(main())


class DigestGate:
    """Checks Digest answers of a proxy's clients; every nonce is new."""

    def __init__(self) -> None:
        self.refused = 0

    def challenge(self) -> str:
        self.refused += 1
        return f'Digest realm="gate", qop="auth", algorithm=SHA-256, nonce="n{self.refused}"'

    def lets_in(self, value: str, method: str, target: str) -> bool:
        given: dict[str, str] = {
            name: quoted or plain
            for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', value)
        }
        if not value.startswith("Digest ") or given["uri"] != target:
            return False

        def digest(*parts: str) -> str:
            return hashlib.sha256(":".join(parts).encode()).hexdigest()

        middle = (given["nonce"], given["nc"], given["cnonce"], "auth")
        response = given["response"]
        return response == digest(digest("me", "gate", "secret"), *middle, digest(method, target))


def test_a_proxy_that_forwards_may_want_digest() -> None:
    async def main() -> None:
        gate = DigestGate()

        async def handle(request: Received) -> bytes:
            if gate.lets_in(request.headers.get("proxy-authorization", ""), request.method, request.target):
                return answer(b"through")
            status = "407 Proxy Authentication Required"
            return answer(b"who?", status, proxy_authenticate=gate.challenge())

        async with Server(handle) as server:
            proxy = f"http://me:secret@127.0.0.1:{server.port}"
            async with Session(NetworkConfig(proxy=proxy)) as own:
                for path in ("a", "b?c"):
                    response = await own.fetch(Request(url=f"http://shop.example/{path}"))
                    assert (response.status, response.body) == (200, b"through")
            sent = [request.headers["proxy-authorization"].partition(" ")[0] for request in server.requests]
            assert sent == ["Basic", "Digest", "Digest"]
            async with Session(NetworkConfig(proxy=proxy.replace("secret", "wrong"))) as own:
                assert (await own.fetch(Request(url="http://shop.example/"))).status == 407
            assert len(server.requests) == 5

    run(main())


def test_a_proxy_that_connects_may_want_digest(trusted: object) -> None:
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    assert isinstance(trusted, Certificates)

    async def main() -> None:
        gate, recorder = DigestGate(), Recorder()

        async with Server(always(answer(b"secret")), trusted.server()) as server:

            async def negotiate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                found = re.search(r"Proxy-Authorization: (.*)\r\n", head)
                if gate.lets_in(found[1] if found else "", "CONNECT", "localhost:4433"):
                    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                    await writer.drain()
                    return server.port
                writer.write(
                    f"HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=x\r\nProxy-Authenticate: {gate.challenge()}"
                    "\r\nContent-Length: 3\r\n\r\nwho".encode()
                )
                await writer.drain()
                return 0

            async with Tunnel(negotiate) as tunnel:
                proxy = f"http://me:secret@127.0.0.1:{tunnel.port}"
                assert await through(proxy, "https://localhost:4433/", recorder, trusted.ca_pem) == b"secret"
                assert gate.refused == 1
                with pytest.raises(ProxyError, match="407 Who: it refuses the credentials"):
                    await through(proxy.replace("secret", "wrong"), "https://localhost:4433/")
                with pytest.raises(ProxyError, match="407 Who: it wants credentials"):
                    await through(f"http://127.0.0.1:{tunnel.port}", "https://localhost:4433/")
        assert [span.reason for span in recorder.spans if span.kind == "auth"] == ["Digest for realm 'gate'"]

    run(main())
