from __future__ import annotations

import base64
import hashlib
import re

from minibrowser.net import Headers, NetworkConfig, Request, Session
from minibrowser.trace import Recorder
from tests.net.support import Received, Server, answer, get, run

BASIC = answer(
    b"who are you?", "401 Unauthorized", www_authenticate='Basic realm="shop"', cache_control="max-age=60"
)
ADA = {"username": "ada", "password": "p@ss"}
ADA_BASIC = "Basic " + base64.b64encode(b"ada:p@ss").decode()


def asks_for(authorization: str) -> Server:
    async def handle(request: Received) -> bytes:
        if request.headers.get("authorization") == authorization:
            return answer(b"welcome")
        return BASIC

    return Server(handle)


def test_a_user_and_password_in_the_url_answer_a_challenge() -> None:
    async def main() -> None:
        async with asks_for(ADA_BASIC) as server:
            response = await get(f"http://ada:p%40ss@127.0.0.1:{server.port}/")
            assert (response.status, response.body) == (200, b"welcome")
            assert "authorization" not in server.requests[0].headers
            assert server.requests[1].connection == 1

    run(main())


def test_known_spaces_get_the_credentials_at_once_and_others_do_not() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with asks_for(ADA_BASIC) as server, asks_for("") as other:
            config = NetworkConfig(http_credentials={**ADA, "origin": server.origin})
            async with Session(config, recorder) as own:
                assert (await own.fetch(Request(url=f"{server.origin}/a/page"))).ok
                assert (await own.fetch(Request(url=f"{server.origin}/a/b/picture", destination="image"))).ok
                assert (await own.fetch(Request(url=f"{other.origin}/"))).status == 401
                assert (
                    await own.fetch(Request(url=f"{server.origin}/a/page", credentials="omit"))
                ).ok is False
            assert [request.target for request in server.requests] == [
                "/a/page", "/a/page", "/a/b/picture", "/a/page",
            ]  # fmt: skip
            assert len(other.requests) == 1
        words = [span.reason for span in recorder.spans if span.kind == "auth"]
        assert words == ["Basic for realm 'shop'", "no credentials for realm 'shop'"]

    run(main())


def test_wrong_credentials_are_tried_once() -> None:
    async def main() -> None:
        async with asks_for("Basic other") as server:
            async with Session(NetworkConfig(http_credentials=ADA)) as own:
                response = await own.fetch(Request(url=server.origin))
                assert (response.status, response.body) == (401, b"who are you?")
            assert len(server.requests) == 2

    run(main())


def test_a_request_with_an_authorization_of_its_own_is_left_alone() -> None:
    async def main() -> None:
        async with asks_for(ADA_BASIC) as server:
            async with Session(NetworkConfig(http_credentials=ADA)) as own:
                headers = Headers([("Authorization", "Bearer x")])
                assert (await own.fetch(Request(url=server.origin, headers=headers))).status == 401
            assert len(server.requests) == 1

    run(main())


def test_redirects_take_credentials_to_no_other_origin() -> None:
    async def main() -> None:
        async with asks_for(ADA_BASIC) as other:

            async def handle(request: Received) -> bytes:
                if request.headers.get("authorization") != ADA_BASIC:
                    return BASIC
                return answer(status="302 Found", location=f"{other.origin}/")

            async with Server(handle) as server:
                config = NetworkConfig(http_credentials={**ADA, "origin": server.origin, "send": "always"})
                async with Session(config) as own:
                    assert (await own.fetch(Request(url=server.origin))).status == 401
                assert [request.headers.get("authorization") for request in server.requests] == [ADA_BASIC]
                assert [request.headers.get("authorization") for request in other.requests] == [None]

    run(main())


class DigestServer:
    """Checks answers itself; each nonce is good for two requests."""

    def __init__(self) -> None:
        self.nonce = 0
        self.uses = 0
        self.stale = 0

    async def handle(self, request: Received) -> bytes:
        sent = request.headers.get("authorization", "")
        fields = re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', sent)
        given = {name: quoted or plain for name, quoted, plain in fields}
        if not given:
            return self._challenge("")
        if given["nonce"] != str(self.nonce) or self.uses >= 2:
            self.stale += 1
            return self._challenge(", stale=true")

        def digest(*parts: str) -> str:
            return hashlib.sha256(":".join(parts).encode()).hexdigest()

        secret = digest("ada", "shop", "p@ss")
        tail = digest(request.method, request.target)
        wanted = digest(secret, given["nonce"], given["nc"], given["cnonce"], "auth", tail)
        if given["response"] != wanted or int(given["nc"], 16) != self.uses + 1:
            return self._challenge("")
        self.uses += 1
        return answer(b"welcome")

    def _challenge(self, more: str) -> bytes:
        self.nonce += 1
        self.uses = 0
        challenge = f'Digest realm="shop", qop="auth", algorithm=SHA-256, nonce="{self.nonce}"{more}'
        return answer(b"", "401 Unauthorized", www_authenticate=challenge)


def test_digest_counts_and_renews_its_nonce() -> None:
    async def main() -> None:
        guard = DigestServer()
        async with Server(guard.handle) as server, Session(NetworkConfig(http_credentials=ADA)) as own:
            for number in range(5):
                response = await own.fetch(Request(url=f"{server.origin}/{number}?q"))
                assert (response.status, response.body) == (200, b"welcome")
            assert guard.stale == 2
            assert len(server.requests) == 5 + 1 + 2

    run(main())
