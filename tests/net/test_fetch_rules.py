"""The document's policies, CORS and referrer policies, on fetches through real connections."""

from __future__ import annotations

from pathlib import Path

import pytest

from minibrowser.errors import (
    BlockedError,
    ContentSecurityPolicyError,
    ContentTypeError,
    CrossOriginError,
    HTTPProtocolError,
    UnsafePortError,
)
from minibrowser.net import Headers, NetworkConfig, Request, Session
from minibrowser.net.csp import ContentSecurityPolicy
from minibrowser.net.fetch_policy import FetchPolicy
from minibrowser.trace import Recorder
from tests.net.support import Received, Server, always, answer, replies, run, session

PAGE = "https://shop.example/page?x"


def policy(*values: str, url: str = PAGE) -> FetchPolicy:
    return FetchPolicy(url, ContentSecurityPolicy.parse(values, url))


def test_a_font_is_used_where_its_server_shares_it() -> None:
    async def main() -> None:
        routes = {
            "/open": answer(b"font", access_control_allow_origin="*"),
            "/mine": answer(b"font", access_control_allow_origin="https://shop.example"),
            "/closed": answer(b"font"),
        }
        async with Server(replies(routes)) as server, session() as own:
            for path in ("/open", "/mine"):
                font = Request(url=server.origin + path, destination="font", initiator=PAGE)
                assert (await own.fetch(font)).body == b"font"
                assert server.requests[-1].headers["origin"] == "https://shop.example"
                assert "cookie" not in server.requests[-1].headers
            with pytest.raises(CrossOriginError, match="/closed: CORS: the answer has no Access-Control"):
                await own.fetch(Request(url=f"{server.origin}/closed", destination="font", initiator=PAGE))
            same = Request(url=f"{server.origin}/closed", destination="font", initiator=f"{server.origin}/")
            assert (await own.fetch(same)).body == b"font"

    run(main())


def test_what_is_not_shared_is_not_taken_from_the_cache_either() -> None:
    async def main() -> None:
        reply = answer(b"font", cache_control="max-age=60")
        async with Server(always(reply)) as server, session() as own:
            home = f"{server.origin}/"
            assert (await own.fetch(Request(url=home, destination="font", initiator=home))).ok
            foreign = Request(url=home, destination="font", initiator=PAGE, top_level=home)
            with pytest.raises(CrossOriginError):
                await own.fetch(foreign)

    run(main())


def test_every_redirect_must_be_shared_and_a_third_origin_learns_nothing() -> None:
    async def main() -> None:
        async def last(request: Received) -> bytes:
            return answer(b"font", access_control_allow_origin=request.headers["origin"])

        async with Server(last) as end:
            routes = {
                "/open": answer(
                    status="302 Found", location=f"{end.origin}/", access_control_allow_origin="*"
                ),
                "/closed": answer(status="302 Found", location=f"{end.origin}/"),
                "/secret": answer(
                    status="302 Found",
                    location=f"http://a:b@127.0.0.1:{end.port}/",
                    access_control_allow_origin="*",
                ),
            }
            async with Server(replies(routes)) as server, session() as own:
                font = Request(url=f"{server.origin}/open", destination="font", initiator=PAGE)
                assert (await own.fetch(font)).body == b"font"
                assert end.requests[0].headers["origin"] == "null"
                with pytest.raises(CrossOriginError, match="/closed"):
                    await own.fetch(
                        Request(url=f"{server.origin}/closed", destination="font", initiator=PAGE)
                    )
                with pytest.raises(CrossOriginError, match="a password in it"):
                    await own.fetch(
                        Request(url=f"{server.origin}/secret", destination="font", initiator=PAGE)
                    )
                assert len(end.requests) == 1

    run(main())


def test_requests_that_forms_cannot_make_are_asked_about_first() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            origin = "https://shop.example"
            if request.method == "OPTIONS":
                return answer(
                    status="204 No Content",
                    access_control_allow_origin=origin,
                    access_control_allow_methods="PUT",
                    access_control_allow_headers="x-mine",
                    access_control_max_age="60",
                )
            return answer(b"done", access_control_allow_origin=origin)

        recorder = Recorder()
        async with Server(handle) as server, session(recorder) as own:
            request = Request(
                url=f"{server.origin}/item", method="PUT", mode="cors", initiator=PAGE, body=b"x",
                headers=Headers([("X-Mine", "1")]),
            )  # fmt: skip
            assert (await own.fetch(request)).body == b"done"
            question = server.requests[0]
            assert (question.method, question.target) == ("OPTIONS", "/item")
            assert question.headers["access-control-request-method"] == "PUT"
            assert question.headers["access-control-request-headers"] == "x-mine"
            assert question.headers["origin"] == "https://shop.example"
            assert "x-mine" not in question.headers
            await own.fetch(request)
            assert [got.method for got in server.requests] == ["OPTIONS", "PUT", "PUT"]
            with pytest.raises(CrossOriginError, match="does not allow the method DELETE"):
                await own.fetch(
                    Request(url=f"{server.origin}/item", method="DELETE", mode="cors", initiator=PAGE)
                )
            assert [got.method for got in server.requests] == ["OPTIONS", "PUT", "PUT", "OPTIONS"]
        assert next(span.reason for span in recorder.spans if span.kind == "preflight") == (
            "PUT from https://shop.example"
        )

    run(main())


def test_an_upgrade_is_no_redirect_the_origin_is_still_told(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    async def main() -> None:
        context = Certificates(tmp_path).server(hosts=("cdn.example",))
        async with Server(always(answer(b"font", access_control_allow_origin="*")), context) as server:
            config = NetworkConfig(insecure=True, dialer=lambda _, __: ("127.0.0.1", server.port),
                                   resolve=("*:443:93.184.216.34",))  # fmt: skip
            async with Session(config) as own:
                font = Request(
                    url="http://cdn.example/f", destination="font", initiator=PAGE,
                    policy=policy("upgrade-insecure-requests"),
                )  # fmt: skip
                response = await own.fetch(font)
            assert response.url_list == ("http://cdn.example/f", "https://cdn.example/f")
            assert server.requests[0].headers["origin"] == "https://shop.example"

    run(main())


def test_same_origin_requests_stay_at_home() -> None:
    async def main() -> None:
        async with Server(always(answer(b"x"))) as server, session() as own:
            with pytest.raises(CrossOriginError, match=r"not of the origin https://shop\.example"):
                await own.fetch(Request(url=server.origin, mode="same-origin", initiator=PAGE))
            assert server.requests == []

    run(main())


def test_the_policy_is_asked_again_for_each_redirect() -> None:
    async def main() -> None:
        async with Server(always(answer(b"x"))) as other:
            routes = {
                "/img/a": answer(status="302 Found", location="/elsewhere"),
                "/elsewhere": answer(b"picture"),
                "/img/b": answer(status="302 Found", location=f"{other.origin}/"),
            }
            async with Server(replies(routes)) as server, session() as own:
                rules = policy(f"img-src {server.origin}/img/", url="http://shop.example/")

                def picture(path: str) -> Request:
                    return Request(
                        url=server.origin + path, destination="image", initiator=rules.url, policy=rules
                    )

                assert (await own.fetch(picture("/img/a"))).body == b"picture"
                with pytest.raises(ContentSecurityPolicyError, match="CSP: img-src"):
                    await own.fetch(picture("/img/b"))
                with pytest.raises(ContentSecurityPolicyError):
                    await own.fetch(picture("/elsewhere"))
                assert other.requests == []

    run(main())


def test_data_urls_are_asked_about_too() -> None:
    async def main() -> None:
        async with session() as own:
            request = Request(url="data:image/gif,x", destination="image", policy=policy("img-src 'self'"))
            with pytest.raises(ContentSecurityPolicyError, match="does not allow data:image/gif,x"):
                await own.fetch(request)

    run(main())


def test_a_refusal_is_told_in_the_trace_with_its_reason() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with session(recorder) as own:
            request = Request(
                url="http://a.example/s.css", destination="style", initiator=PAGE, policy=policy()
            )
            with pytest.raises(BlockedError):
                await own.fetch(request)
        assert (
            recorder.spans[0].error == "http://a.example/s.css: mixed content: https://shop.example is https"
        )

    run(main())


def test_a_sheet_that_must_not_be_sniffed_is_refused_before_its_body_is_read() -> None:
    async def main() -> None:
        reply = answer(b"p {}", content_type="text/plain", x_content_type_options="nosniff")
        async with Server(always(reply)) as server, session() as own:
            with pytest.raises(ContentTypeError, match="nosniff, and text/plain is no style sheet"):
                await own.fetch(Request(url=server.origin, destination="style"))
            assert (await own.fetch(Request(url=server.origin, destination="document"))).ok

    run(main())


def test_ports_of_other_protocols_are_not_connected() -> None:
    async def main() -> None:
        async with session() as own:
            with pytest.raises(UnsafePortError, match="port 6667"):
                await own.fetch(Request(url="http://127.0.0.1:6667/"))

    run(main())


def test_the_referrer_policy_of_a_redirect_counts_from_there() -> None:
    async def main() -> None:
        routes = {
            "/a": answer(status="302 Found", location="/b", referrer_policy="origin"),
            "/b": answer(status="302 Found", location="/c"),
            "/c": answer(b"x", cache_control="no-store"),
        }
        async with Server(replies(routes)) as server, session() as own:
            page = f"{server.origin}/page?secret"
            await own.fetch(Request(url=f"{server.origin}/a", initiator=page, referrer=page))
            origin = f"{server.origin}/"
            assert [got.headers["referer"] for got in server.requests] == [page, origin, origin]
            rules = FetchPolicy(page, None, "no-referrer")
            await own.fetch(Request(url=f"{server.origin}/c", referrer=page, initiator=page, policy=rules))
            assert "referer" not in server.requests[-1].headers

    run(main())


def test_web_pages_are_not_sent_to_local_files() -> None:
    async def main() -> None:
        reply = answer(status="302 Found", location="file:///etc/hostname")
        async with Server(always(reply)) as server, session() as own:
            with pytest.raises(HTTPProtocolError, match="a redirect to a file: URL is not followed"):
                await own.fetch(Request(url=server.origin, destination="document"))
        async with Session(NetworkConfig(block_local_files=True)) as own:
            with pytest.raises(BlockedError, match="local files are out of bounds"):
                await own.fetch(Request(url="file:///etc/hostname"))

    run(main())
