"""Early requests."""

from __future__ import annotations

import pytest

from minibrowser import limits
from minibrowser.html.preload_scanner import scan


def _urls(text: str | bytes, scripting: bool = False) -> list[str]:
    return [request.url for request in scan(text, scripting).requests]


def test_style_sheets_scripts_and_images_are_found_in_order() -> None:
    text = "<link rel=stylesheet href='a.css?x&amp;y'><script src=b.js></script><img src=\" c.png \">"
    assert _urls(text, scripting=True) == ["a.css?x&y", "b.js", "c.png"]
    assert _urls(text) == ["a.css?x&y", "c.png"]
    assert _urls(text.encode()) == ["a.css?x&y", "c.png"]


def test_requests_say_what_they_are_for() -> None:
    found = scan(
        "<link rel=stylesheet href=a media=print><link rel=preload as=font href=f crossorigin>"
        "<script src=s></script><script src=d defer></script>",
        scripting=True,
    ).requests
    assert [(r.destination, r.media, r.crossorigin, r.is_blocking) for r in found] == [
        ("style", "print", None, True),
        ("font", "", "", False),
        ("script", "", None, True),
        ("script", "", None, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- <img src=a> -->",
        "<script>'<img src=a>'</script>",
        "<style>/* <img src=a> */</style>",
        "<textarea><img src=a></textarea>",
        "<template><img src=a></template>",
        "<title><img src=a>",
        "<link rel='alternate stylesheet' href=a>",
        "<link rel=stylesheet href=a disabled>",
        "<link rel=preload as=track href=a>",
        "<img src=a loading=lazy>",
        "<img src=''>",
        "<imgx src=a>",
    ],
)
def test_what_is_not_requested_is_not_found(text: str) -> None:
    assert _urls(text) == []


def test_noscript_counts_only_where_scripts_do_not_run() -> None:
    text = "<noscript><img src=a></noscript>"
    assert _urls(text) == ["a"]
    assert _urls(text, scripting=True) == []


@pytest.mark.parametrize(
    ("srcset", "url"),
    [
        ("b 2x, c 1x", "c"),
        ("b 2x, c", "c"),
        ("b 3x, c 2x", "c"),
        ("b .5x", "b"),
        ("b -1x", ""),
        ("b 0.5x, c 0.75x", "c"),
        ("b 100w, c 200w", ""),
        ("", ""),
        (",,,", ""),
    ],
)
def test_density_candidates_are_chosen_for_one_device_pixel(srcset: str, url: str) -> None:
    assert _urls(f"<img src=a srcset='{srcset}'>") == ([url] if url else [])


def test_the_first_base_is_told() -> None:
    assert scan("<base target=x><base href=/a/><base href=/b/>").base_href == "/a/"
    assert scan("<p>").base_href is None


def test_a_url_is_named_once_for_a_destination() -> None:
    assert _urls("<img src=a><img src=a><link rel=preload as=image href=a>") == ["a"]


def test_requests_are_capped() -> None:
    assert (
        len(_urls("".join(f"<img src={i}>" for i in range(limits.MAX_PRELOADS + 100)))) == limits.MAX_PRELOADS
    )


@pytest.mark.parametrize(
    "part", ["<img ", '<img "', "<img '\"", "<!--", "<script>", "<style", "<link rel=x,x "]
)
def test_repeated_beginnings_take_linear_time(part: str) -> None:
    assert _urls(part * 50_000) == []
