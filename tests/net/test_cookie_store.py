from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from minibrowser.browser import Browser
from minibrowser.errors import UsageError
from minibrowser.limits import MAX_COOKIE_AGE
from minibrowser.net import NetworkConfig, Request, Session
from minibrowser.net.cookie_formats import (
    format_netscape,
    format_storage_state,
    from_fields,
    parse_netscape,
    parse_storage_state,
    to_fields,
)
from minibrowser.net.cookie_store import CookieFile
from minibrowser.net.cookies import NEVER, Cookie, CookieContext, CookieJar
from minibrowser.net.public_suffix import is_public_suffix
from minibrowser.url import URL

from .support import Received, Server, answer, run

NOW = 1_800_000_000.0
SHOP = URL("https://www.shop.example/a/b")


def filled() -> CookieJar:
    jar = CookieJar(is_public_suffix)
    for header in (
        "session=1; Path=/; HttpOnly",
        "wide=two words; Domain=shop.example; Max-Age=1000; SameSite=Strict; Path=/",
        "deep=3; Secure; SameSite=None; Path=/a",
        "apart=4; Secure; SameSite=None; Partitioned; Path=/",
    ):
        assert jar.store(header, SHOP, NOW) == ""
    return jar


def fields_of(jar: CookieJar) -> list[object]:
    return [to_fields(cookie) for cookie in jar.cookies()]


@pytest.mark.parametrize("name", ["jar.sqlite", "jar.json"])
def test_a_jar_comes_back_from_its_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "new" / name
    file = CookieFile(str(path))
    file.load(CookieJar(is_public_suffix), NOW)
    jar = filled()
    assert file.save(jar)
    assert not file.save(jar)
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"
    again = CookieJar(is_public_suffix)
    CookieFile(str(path)).load(again, NOW)
    assert fields_of(again) == fields_of(jar)
    late = CookieJar(is_public_suffix)
    CookieFile(str(path)).load(late, NOW + 1000)
    assert sorted(cookie.name for cookie in late.cookies()) == ["apart", "deep", "session"]


def test_two_that_share_a_jar_keep_each_others_cookies(tmp_path: Path) -> None:
    path = str(tmp_path / "jar.db")
    one, two = CookieFile(path), CookieFile(path)
    first, second = CookieJar(is_public_suffix), CookieJar(is_public_suffix)
    one.load(first, NOW)
    first.store("both=1; Path=/", SHOP, NOW)
    one.save(first)
    two.load(second, NOW)
    second.store("second=1; Path=/", SHOP, NOW)
    second.store("both=; Max-Age=0; Path=/", SHOP, NOW)
    two.save(second)
    first.store("first=1; Path=/", SHOP, NOW)
    one.save(first)
    third = CookieJar(is_public_suffix)
    CookieFile(path).load(third, NOW)
    assert sorted(cookie.name for cookie in third.cookies()) == ["first", "second"]


def test_cookies_txt_is_what_curl_reads() -> None:
    text = format_netscape(filled().cookies())
    assert text.splitlines() == [
        b"# Netscape HTTP Cookie File",
        b"#HttpOnly_www.shop.example\tFALSE\t/\tFALSE\t0\tsession\t1",
        b".shop.example\tTRUE\t/\tFALSE\t1800001000\twide\ttwo words",
        b"www.shop.example\tFALSE\t/a\tTRUE\t0\tdeep\t3",
    ]
    cookies = parse_netscape(b"\r\n# a comment\r\n" + text, "jar.txt", NOW)
    assert format_netscape(cookies) == text
    assert [cookie.expires for cookie in cookies] == [NEVER, NOW + 1000, NEVER]
    with pytest.raises(UsageError, match=r"jar\.txt: line 2"):
        parse_netscape(b"# x\nno cookie", "jar.txt", NOW)


@pytest.mark.parametrize("word", ["Å", "voilà", "日本", "a\x0bb", "\u2028"])
def test_cookies_txt_keeps_bytes_that_are_no_ascii(tmp_path: Path, word: str) -> None:
    path = tmp_path / "jar.txt"
    file, jar = CookieFile(str(path)), CookieJar(is_public_suffix)
    file.load(jar, NOW)
    cookie = Cookie("word", word.encode().decode("latin-1"), "shop.example", "/", NOW)
    jar.add(cookie, NOW)
    file.save(jar)
    assert f"word\t{word}\n".encode() in path.read_bytes()  # as curl writes it
    again = CookieJar(is_public_suffix)
    CookieFile(str(path)).load(again, NOW)
    assert [cookie.value for cookie in again.cookies()] == [cookie.value]


def test_the_storage_state_is_playwrights() -> None:
    state = json.loads(format_storage_state(filled().cookies()))
    assert state["origins"] == []
    assert state["cookies"][1] == {
        "name": "wide", "value": "two words", "domain": ".shop.example", "path": "/", "expires": NOW + 1000,
        "httpOnly": False, "secure": False, "sameSite": "Strict",
    }  # fmt: skip
    assert [cookie.get("partitionKey") for cookie in state["cookies"]] == [None] * 3 + [
        "https://shop.example"
    ]
    assert state["cookies"][0]["expires"] == -1


@pytest.mark.parametrize("text", ["no json", "[]", '{"cookies": [1]}', '{"cookies": [{"name": "a"}]}'])
def test_what_is_no_storage_state_is_named(text: str) -> None:
    with pytest.raises(UsageError, match=r"state\.json"):
        parse_storage_state(text, "state.json", NOW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "a", "value": "1"}, "domain"),
        ({"name": "a", "value": "1", "url": "nonsense"}, "cookie a"),
        ({"name": "a", "value": 1, "url": "https://x.example"}, "value"),
        ({"name": "a", "value": "1", "url": "https://x.example", "sameSite": "lax"}, "sameSite"),
        ({"name": "a", "value": "1", "url": "https://x.example", "expires": "soon"}, "expires"),
        ({"name": "a", "value": "1", "url": "https://x.example", "secure": 1}, "secure"),
        ({"name": "a", "value": "x" * 5000, "url": "https://x.example"}, "longer"),
        ({"name": "a", "value": "1\r\nX: 2", "url": "https://x.example"}, "control character"),
        ({"name": "a", "value": "1; b=2", "url": "https://x.example"}, "semicolon"),
        ({"name": "a=b", "value": "1", "url": "https://x.example"}, "equals sign"),
        ({"name": "a", "value": "\ud800", "url": "https://x.example"}, "surrogate"),
        ({"name": "a", "value": "1", "domain": "x.example", "path": "/\n"}, "control character"),
        ({"name": "a", "value": "1", "url": "https://x.example", "expires": 10**400}, "expires"),
        ({"name": "a", "value": "1", "url": "https://x.example", "expires": float("nan")}, "expires"),
    ],
)
def test_a_cookie_that_is_wrong_says_what_is(fields: Mapping[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        from_fields(fields, NOW)


def test_a_value_that_is_no_ascii_goes_out_as_utf8_and_is_told_as_it_was_given() -> None:
    async def handle(request: Received) -> bytes:
        return answer(set_cookie="got=voilà; Path=/".encode().decode("latin-1"))

    async def main() -> None:
        async with Server(handle) as server, Session() as own:
            own.add_cookies([{"name": "word", "value": "日本", "url": server.origin}])
            await own.fetch(Request(url=server.origin))
            assert "word=日本".encode() in server.requests[0].raw
            assert [cookie["value"] for cookie in own.cookie_fields()] == ["日本", "voilà"]

    run(main())


def test_a_cookie_that_is_put_in_lives_400_days_at_most() -> None:
    jar = CookieJar(is_public_suffix)
    jar.add(
        from_fields({"name": "a", "value": "1", "url": "https://x.example/p/q", "expires": 9e12}, NOW), NOW
    )
    jar.add(from_fields({"name": "b", "value": "1", "url": "https://x.example", "expires": 1}, NOW), NOW)
    (cookie,) = jar.cookies()
    assert (cookie.expires, cookie.path, cookie.secure) == (NOW + MAX_COOKIE_AGE, "/p", True)


def test_a_partitioned_cookie_stays_below_its_top_level_site() -> None:
    jar = CookieJar(is_public_suffix)
    widget = URL("https://widget.example/")

    def below(top: str) -> CookieContext:
        return CookieContext(same_site=False, top_level_safe=False, top_level=URL(top))

    header = "a=1; Secure; SameSite=None; Partitioned; Path=/"
    assert jar.store(header, widget, NOW, below("https://www.one.example/page")) == ""
    assert jar.store(header.replace("=1", "=2"), widget, NOW, below("https://two.example/")) == ""
    assert jar.header_for(widget, NOW, below("https://shop.one.example/"))[0] == "a=1"
    assert jar.header_for(widget, NOW, below("https://two.example/"))[0] == "a=2"
    sent, held = jar.header_for(widget, NOW)
    assert sent == ""
    assert held[0] == "cookie a not sent: Partitioned, for https://one.example"
    assert jar.store("b=1; Partitioned", widget, NOW) == "Partitioned without Secure"


def test_a_session_saves_its_cookies_when_it_closes(tmp_path: Path) -> None:
    path = str(tmp_path / "cookies.txt")

    async def handle(request: Received) -> bytes:
        return answer(b"", set_cookie="id=7; Max-Age=3600; Path=/")

    async def main() -> None:
        async with Server(handle) as server:
            for _ in range(2):
                async with Session(NetworkConfig(cookie_jar=path)) as own:
                    await own.fetch(Request(url=server.origin))
            state = str(tmp_path / "state.json")
            async with Session(NetworkConfig(cookie_jar=path)) as own:
                assert [cookie["name"] for cookie in own.cookie_fields([server.origin])] == ["id"]
                assert own.cookie_fields(["https://other.example/"]) == []
                own.add_cookies([{"name": "mine", "value": "1", "url": server.origin}])
                own.save_storage_state(state)
            async with Session(NetworkConfig(storage_state=state)) as own:
                await own.fetch(Request(url=server.origin))
            sent = [request.headers.get("cookie") for request in server.requests]
            assert sent == [None, "id=7", "id=7; mine=1"]

    run(main())


def test_a_jar_that_cannot_be_read_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "jar.db"
    path.write_bytes(b"this is no database at all" * 50)
    with pytest.raises(UsageError, match="no cookie jar of ours"):
        CookieFile(str(path)).load(CookieJar(is_public_suffix), NOW)
    file = CookieFile(str(path / "below.json"))
    with pytest.raises(UsageError, match="cannot write"):
        file.save(filled())


def test_a_context_hands_out_and_takes_cookies(tmp_path: Path) -> None:
    async def main() -> None:
        async with Browser() as browser:
            context = await browser.new_context()
            await context.add_cookies([{"name": "a", "value": "1", "url": "https://shop.example/"}])
            await context.add_cookies([{"name": "b", "value": "2", "domain": ".other.example", "path": "/"}])
            assert [cookie["name"] for cookie in await context.cookies()] == ["a", "b"]
            assert [cookie["name"] for cookie in await context.cookies("https://www.other.example/x")] == [
                "b"
            ]
            state = await context.storage_state(str(tmp_path / "state.json"))
            assert json.loads((tmp_path / "state.json").read_text()) == state
            await context.clear_cookies()
            assert await context.cookies() == []
            with pytest.raises(UsageError):
                await context.add_cookies([{"name": "c"}])

    run(main())
