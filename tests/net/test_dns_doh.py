"""DNS over HTTPS (RFC 8484): what is asked, what the answers mean, and that it carries itself."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from minibrowser.demo import DemoInternet
from minibrowser.errors import ConnectionFailedError, ConnectionTimeoutError, NameNotResolvedError, UsageError
from minibrowser.net import NetworkConfig, Request, Session
from minibrowser.net.dns import LookupFailedError, NameAbsentError, build_resolver
from minibrowser.net.dns.doh import MESSAGE_TYPE, DoHReply, DoHResolver
from minibrowser.net.dns.wire import Record, build_answer, build_query, parse_question
from minibrowser.trace import Recorder
from tests.net.support import run

URL = "https://dns.example/dns-query"

Answer = Callable[[str, str], tuple[str, list[Record], list[Record]]]


def zone(name: str, kind: str) -> tuple[str, list[Record], list[Record]]:
    soa = Record("shop.example", "SOA", 900, "ns. h. 1 2 3 4 60", 60)
    if name == "nosuch.shop.example":
        return "NXDOMAIN", [], [soa]
    if kind == "AAAA":
        return "NOERROR", [], [soa]
    alias = Record("www.shop.example", "CNAME", 300, "shop.example")
    return "NOERROR", [alias, Record("shop.example", "A", 90, "192.0.2.1")], []


class Server:
    """Answers as a server of DNS over HTTPS would; the test may change the reply."""

    def __init__(self, status: int = 200, mime_type: str = MESSAGE_TYPE, age: float = 0.0) -> None:
        self.asked: list[str] = []
        self.status = status
        self.mime_type = mime_type
        self.age = age
        self.rcode = ""
        self.body: bytes | None = None
        self.error: Exception | None = None

    async def fetch(self, url: str, recorder: Recorder) -> DoHReply:
        self.asked.append(url)
        if self.error is not None:
            raise self.error
        encoded = parse_qs(urlsplit(url).query)["dns"][0]
        assert "=" not in encoded
        query = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        assert query[:4] == b"\0\0\1\0"  # id 0, recursion desired
        rcode, answer, authority = zone(*parse_question(query))
        body = build_answer(query, self.rcode or rcode, answer, authority, 65_535)
        return DoHReply(self.status, self.mime_type, body if self.body is None else self.body, self.age)


def test_equal_questions_are_equal_urls() -> None:
    server = Server()
    resolver = build_resolver(NetworkConfig(doh=URL + "{?dns}"), server.fetch)
    found = run(resolver.resolve("WWW.shop.example."))
    assert (found.addresses, found.ttl, found.canonical) == (("192.0.2.1",), 90.0, "shop.example")
    assert found.reason == f"asked {URL}, kept 90 s, alias of shop.example"
    run(DoHResolver(URL, server.fetch).resolve("www.shop.example"))
    # The example of RFC 8484 section 4.1.1 is made the same way.
    assert server.asked[0] == server.asked[2]
    assert server.asked[0] == f"{URL}?dns=AAABAAABAAAAAAAAA3d3dwRzaG9wB2V4YW1wbGUAAAEAAQ"
    assert build_query("www.example.com", "A", 0, recursion=True, payload=0) == base64.urlsafe_b64decode(
        "AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB"
    )


def test_a_query_in_the_url_stays() -> None:
    server = Server()
    run(DoHResolver(URL + "?key=1", server.fetch).resolve("www.shop.example"))
    assert server.asked[0].startswith(URL + "?key=1&dns=")


def test_the_time_in_http_caches_counts() -> None:
    found = run(DoHResolver(URL, Server(age=50.0).fetch).resolve("www.shop.example"))
    assert found.ttl == 40.0
    assert run(DoHResolver(URL, Server(age=500.0).fetch).resolve("www.shop.example")).ttl == 0.0
    with pytest.raises(NameAbsentError) as refused:
        run(DoHResolver(URL, Server(age=50.0).fetch).resolve("nosuch.shop.example"))
    assert refused.value.ttl == 10.0


def broken(**facts: object) -> Server:
    server = Server()
    for name, value in facts.items():
        setattr(server, name, value)
    return server


@pytest.mark.parametrize(
    ("server", "words"),
    [
        (broken(status=500), "answers with status 500"),
        (broken(mime_type="text/html"), "answers with text/html"),
        (broken(body=b"noise"), "sends no DNS message"),
        (broken(rcode="SERVFAIL"), "answers SERVFAIL"),
        (broken(rcode="REFUSED"), "answers REFUSED"),
        (broken(error=ConnectionFailedError("no connection")), "no connection"),
    ],
)
def test_what_goes_wrong_is_named_and_not_remembered(server: Server, words: str) -> None:
    with pytest.raises(LookupFailedError, match=words):
        run(DoHResolver(URL, server.fetch).resolve("www.shop.example"))


def test_silence_is_a_time_out() -> None:
    with pytest.raises(ConnectionTimeoutError):
        run(DoHResolver(URL, broken(error=ConnectionTimeoutError("silence")).fetch).resolve("a.example"))


def test_an_answer_to_another_question_is_none() -> None:
    other = build_answer(build_query("bank.example", "A", 0, recursion=True), "NOERROR", [], [], 65_535)
    with pytest.raises(LookupFailedError, match="answers another question"):
        run(DoHResolver(URL, broken(body=other).fetch).resolve("www.shop.example"))


@pytest.mark.parametrize("url", ["http://dns.example/", "dns.example", "https://dns.example/{name}"])
def test_it_takes_https(url: str) -> None:
    with pytest.raises(UsageError, match="needs an https URL"):
        build_resolver(NetworkConfig(doh=url), Server().fetch)


def test_the_journey_with_dns_over_https_and_its_own_name_found_without() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with DemoInternet() as net, Session(net.config(dns="doh"), recorder) as session:
            page = await session.fetch(Request(url="https://shop.example/", destination="document"))
            assert page.status == 200
            with pytest.raises(NameNotResolvedError, match="no such name"):
                await session.fetch(Request(url="https://nosuch.shop.example/"))
        names = [span for span in recorder.spans if span.kind == "dns"]
        assert [span.name for span in names[:2]] == ["shop.example", "dns.example"]
        assert names[0].details["layer"] == "doh"
        assert names[1].details["layer"] == "dns"
        assert names[1].parent is names[0]
        # The connection to the server is reused for the next name, and its name is not asked for over itself.
        assert [span.name for span in names].count("dns.example") <= 2

    run(main())
