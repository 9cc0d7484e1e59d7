"""Media queries against a viewport."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.css.media import MediaContext, media_matches

CONTEXT = MediaContext(1280.0, 800.0)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "all",
        "screen",
        "only screen",
        "not print",
        "print, screen",
        "(min-width: 600px)",
        "(min-width:80em) and (max-width: 80em)",
        "screen and (orientation: landscape)",
        "(width >= 600px)",
        "(600px <= width < 1281px)",
        "(1280px = width)",
        "not (max-width: 100px)",
        "(not (color)) or (hover)",
        "(color)",
        "(min-aspect-ratio: 8/5)",
        "(prefers-color-scheme: light)",
        "(min-resolution: 1dppx) and (max-resolution: 96dpi)",
        "(-webkit-min-device-pixel-ratio: 1)",
        "(min-width: calc(600px + 10em))",
        "((min-width: 1px) and (max-width: 9999px))",
    ],
)
def test_a_query_that_the_viewport_meets_applies(query: str) -> None:
    assert media_matches(query, CONTEXT)


@pytest.mark.parametrize(
    "query",
    [
        "print",
        "not all",
        "not screen",
        "(max-width: 600px)",
        "(unknown-feature)",
        "not (unknown-feature)",
        "(unknown-feature: 3px)",
        "screen and",
        "screen (color)",
        "(min-width: red)",
        "(color) and (hover) or (grid)",
        "(400px < width > 100px)",
        "(prefers-reduced-motion)",
        "(prefers-color-scheme: dark)",
        "(grid)",
        "foo",
        "&bad",
        "(min-width: 600)",
    ],
)
def test_a_query_that_fails_or_cannot_be_read_does_not_apply(query: str) -> None:
    assert not media_matches(query, CONTEXT)


def test_a_frame_has_queries_of_its_own() -> None:
    frame = CONTEXT.resized(300.0, 150.0)
    assert media_matches("(max-width: 300px)", frame)


@given(st.text(alphabet="()<>=:,and or not widthminpx0123456789", max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert media_matches(text, CONTEXT) in (True, False)
