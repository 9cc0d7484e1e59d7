"""Early requests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from minibrowser import limits
from minibrowser.html.css_imports import leading_imports
from minibrowser.html.preload_scanner import Hint, HintKind, PreloadScanner, scan
from minibrowser.html.stream_decoder import StreamDecoder


def _urls(text: str, scripting: bool = False) -> list[str]:
    """What elements other than <base> and <meta> name."""
    return [
        hint.attributes.get("href") or hint.attributes.get("src") or hint.attributes.get("srcset", "")
        for hint in scan(text, scripting)
        if hint.kind not in (HintKind.META, HintKind.BASE)
    ]


def _told(hints: list[Hint]) -> list[tuple[HintKind, dict[str, str], list[dict[str, str]]]]:
    return [(hint.kind, hint.attributes, hint.sources) for hint in hints]


def test_style_sheets_scripts_and_images_are_found_in_order() -> None:
    text = "<link rel=stylesheet href='a.css?x&amp;y'><script src=b.js></script><img src=\"c.png\">"
    assert _urls(text, scripting=True) == ["a.css?x&y", "b.js", "c.png"]
    assert _urls(text) == ["a.css?x&y", "c.png"]


def test_hints_say_what_they_are() -> None:
    found = scan(
        "<base href=/x/><meta name=referrer content=origin><link rel=preload as=font href=f crossorigin>"
        "<script src=s defer></script><img srcset='a 2x' loading=lazy><video poster=p></video>"
        "<input type=IMAGE src=i><style media=print>@import 'j' screen;</style>",
        scripting=True,
    )
    assert _told(found) == [
        (HintKind.BASE, {"href": "/x/"}, []),
        (HintKind.META, {"name": "referrer", "content": "origin"}, []),
        (HintKind.LINK, {"rel": "preload", "as": "font", "href": "f", "crossorigin": ""}, []),
        (HintKind.SCRIPT, {"src": "s", "defer": ""}, []),
        (HintKind.IMAGE, {"srcset": "a 2x", "loading": "lazy"}, []),
        (HintKind.IMAGE, {"src": "p"}, []),
        (HintKind.IMAGE, {"src": "i"}, []),
        (HintKind.IMPORT, {"href": "j", "media": "print", "condition": "screen"}, []),
    ]


def test_an_image_in_a_picture_has_the_sources_before_it() -> None:
    found = scan(
        "<source srcset=no><picture><source srcset=a media=print><source srcset=b><img src=c><source srcset=d>"
        "</picture><img src=e>"
    )
    assert _told(found) == [
        (HintKind.IMAGE, {"src": "c"}, [{"srcset": "a", "media": "print"}, {"srcset": "b"}]),
        (HintKind.IMAGE, {"src": "e"}, []),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- <img src=a> -->",
        "<!-- > <img src=a>",
        "<!--!> <img src=a>",
        "<!x <img src=a>",
        "<?x <img src=a>",
        "</x <img src=a>",
        "<script>'<img src=a>'</script>",
        "<script><!-- <script> </script> <img src=a> --></script>",
        "<style>/* <img src=a> */</style>",
        "<textarea><img src=a></textarea>",
        "<template><img src=a></template>",
        "<template><template></template><img src=a></template>",
        "<template><style>@import 'a';</style><base href=a><link rel=stylesheet href=a></template>",
        "<title><img src=a>",
        "<iframe><img src=a></iframe>",
        "<noframes><img src=a></noframes>",
        "<xmp><img src=a></xmp>",
        "<plaintext><img src=a></plaintext><img src=a>",
        "<select><img src=a></select>",
        "<svg><image src=a></svg>",
        "<svg><![CDATA[ <img src=a> ]]></svg>",
        "<div title='<img src=a>'>",
        '<div title = "x > <img src=a>">',
        "<div title=\"'<img src=a>",
        "<input src=a>",
        "<imgx src=a>",
        "<img/",
        "<img src=a",
        "< img src=a>",
    ],
)
def test_what_the_parser_does_not_request_is_not_found(text: str) -> None:
    assert _urls(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "<!--><img src=a>",
        "<!---><img src=a>",
        "<!-- x --!><img src=a>",
        "<script><!--></script><img src=a>",
        "<script><!-- <script> </script> --></script><img src=a>",
        "<script></SCRIPT ><img src=a>",
        "<style></styles></style><img src=a>",
        "<svg><style/></svg><img src=a>",
        "<svg/><![CDATA[ > <img src=a> ]]>",
        "<template></template><img src=a>",
        "</template><img src=a>",
        "<p title=a'b><img src=a>",
        "<p 'x><img src=a>",
        '<p a==b"><img src=a>',
        "<image src=a>",
        "<img/src=a>",
        "<img src = 'a'alt>",
        "<IMG SRC=a src=b>",
        "<3 <img src=a>",
        "<!doctype html><img src=a>",
        "<noscript><img src=a></noscript>",
    ],
)
def test_what_the_parser_requests_is_found(text: str) -> None:
    assert _urls(text) == ["a"]


def test_noscript_hides_its_content_where_scripts_run() -> None:
    assert _urls("<noscript><img src=a></noscript><img src=b>", scripting=True) == ["b"]


def test_the_first_base_is_told() -> None:
    assert [hint.attributes for hint in scan("<base target=x><base href=/a/><base href=/b/>")] == [
        {"href": "/a/"}
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "@import 'a'; @import url(b) screen and (width > 1px);",
            [("a", ""), ("b", "screen and (width > 1px)")],
        ),
        ("@charset 'x'; /* ; */ @layer a, b; @import\"a\";", [("a", "")]),
        ("@import url( 'a' ) layer(x.y) print;", [("a", "print")]),
        ("@import 'a' layer; @layer x; @import 'b';", [("a", "")]),
        ("@import 'a' supports(display: grid);", []),
        ("p {} @import 'a';", []),
        ("@import 'a'", []),
        ("@import 'a{}';", [("a{}", "")]),
        ("@important 'a';", []),
        ("/* @import 'a';", []),
    ],
)
def test_imports_count_at_the_start_of_a_sheet(text: str, found: list[tuple[str, str]]) -> None:
    assert leading_imports(text) == found


def test_hints_are_capped() -> None:
    text = "".join(f"<img src={i}>" for i in range(limits.MAX_PRELOADS + 100))
    assert len(_urls(text)) == limits.MAX_PRELOADS


@pytest.mark.parametrize(
    "part",
    ["<img ", '<img "', "<img '\"", "<!--", "<script>", "<script><!--", "<style", "<style>@import", "<link rel=x,x ",
     "<a ", '<a x="', "</a ", "<", "</", "<svg><![CDATA[", "<!", "@import 'a' ", "/*", "<a =", "<style>/*"],
)  # fmt: skip
def test_repeated_beginnings_take_linear_time(part: str) -> None:
    text = part * (400_000 // len(part))
    scanner = PreloadScanner()
    for at in range(0, len(text), 1000):
        assert scanner.feed(text[at : at + 1000]) == []
    assert scanner.finish() == []


_MARKUP = st.lists(
    st.sampled_from(
        (
            "<img src=a>", "<img src='b c'", ">", "<base href=/>", "<!--", "-->", "--!>", "<script>", "</script>",
            "<style>@import 'i';", "</style>", "<template>", "</template>", "<svg>", "</svg>", "<![CDATA[", "]]>",
            "<p title=\"", "\"", "'", "<p a=", " b ", "<picture>", "<source srcset=s>", "</picture>", "<title>",
            "</title>", "<noscript>", "</noscript>", "<select>", "</select>", "<", "</", "<!", "text", "<script",
        )
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(text=_MARKUP, cuts=st.lists(st.integers(1, 12), max_size=60), scripting=st.booleans())
def test_pieces_tell_what_the_whole_tells(text: str, cuts: list[int], scripting: bool) -> None:
    scanner = PreloadScanner(scripting)
    found: list[Hint] = []
    at = 0
    for length in cuts:
        found += scanner.feed(text[at : at + length])
        at += length
    found += scanner.feed(text[at:]) + scanner.finish()
    assert _told(found) == _told(scan(text, scripting))


def test_a_hint_comes_as_soon_as_its_tag_is_whole() -> None:
    scanner = PreloadScanner()
    assert scanner.feed("<!doctype html><link rel=stylesheet hr") == []
    assert len(scanner.feed("ef=a.css><p>" + "text " * 10)) == 1


@pytest.mark.parametrize(
    ("data", "charset", "encoding", "text"),
    [
        ("é".encode(), "utf-8", "UTF-8", "é"),
        ("\ufeffé".encode(), None, "UTF-8", "é"),
        ("é".encode("utf-16"), None, "UTF-16LE", "é"),
        (b"<meta charset=shift_jis>\x82\xa0", None, "Shift_JIS", "<meta charset=shift_jis>あ"),
        (b"\xe9", None, "windows-1252", "é"),
        (b"\xe9", "x-user-defined", "x-user-defined", "é"),
    ],
)
def test_bytes_are_decoded_as_they_come(data: bytes, charset: str | None, encoding: str, text: str) -> None:
    decoder = StreamDecoder(charset)
    got = "".join(decoder.feed(data[i : i + 1]) for i in range(len(data))) + decoder.finish()
    assert (decoder.encoding, got) == (encoding, text)


def test_a_document_without_a_stated_encoding_waits_for_its_first_kilobyte() -> None:
    decoder = StreamDecoder(None)
    assert decoder.feed(b"<meta charset=utf-8>") == ""
    assert len(decoder.feed(b" " * 1004)) == 1024
    assert decoder.feed("é".encode()) == "é"
