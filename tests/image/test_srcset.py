"""`srcset`, `sizes` and the choice among sources."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.image.srcset import (
    ImageCandidate,
    choose_source,
    parse_srcset,
    select_source,
    source_size,
)


def no_media(query: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.png", [("a.png", 0, 1.0)]),
        ("a.png 1x, b.png 2x", [("a.png", 0, 1.0), ("b.png", 0, 2.0)]),
        ("a.png 100w,b.png 200w", [("a.png", 100, 0.0), ("b.png", 200, 0.0)]),
        (" ,, a.png,\n b.png 1.5x ", [("a.png", 0, 1.0), ("b.png", 0, 1.5)]),
        ("data:,a ( , data:,b 1x, ), data:,c", [("data:,c", 0, 1.0)]),
        ("a.png 100w 50h", [("a.png", 100, 0.0)]),
        ("a.png 1x 2x, b.png 1w 2x, c.png 0w, d.png -1x, e.png 50h, f.png 1q", []),
        ("a,b.png 1x", [("a,b.png", 0, 1.0)]),
        ("", []),
    ],
)
def test_srcset_is_parsed_as_the_standard_says(text: str, expected: list[tuple[str, int, float]]) -> None:
    assert [(entry.url, entry.width, entry.density) for entry in parse_srcset(text)] == expected


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ("", 1000.0),
        ("50vw", 500.0),
        ("(min-width: 600px) 300px, 100vw", 300.0),
        ("(min-width: 2000px) 300px, 20em", 320.0),
        ("(min-width: 600px) nonsense, 10px", 10.0),
        ("(min-width: 600px) and (not (print)) 77px", 77.0),
        ("auto", 1000.0),
    ],
)
def test_sizes_takes_the_first_length_whose_condition_holds(sizes: str, expected: float) -> None:
    assert source_size(sizes, 1000.0, lambda query: "600px" in query) == expected


def test_functions_in_sizes_go_to_the_callers_parser() -> None:
    asked: list[str] = []

    def resolve(text: str) -> float:
        asked.append(text)
        return 42.0

    assert source_size("(x) calc(1px + (2px * 3)), 5px", 100.0, lambda query: True, resolve) == 42.0
    assert asked == ["calc(1px + (2px * 3))"]


@pytest.mark.parametrize(
    ("densities", "wish", "expected"),
    [
        ((1.0, 2.0), 1.0, 1.0),
        ((1.0, 2.0), 2.0, 2.0),
        ((1.0, 2.0), 1.3, 1.0),
        ((1.0, 2.0), 1.6, 2.0),
        ((2.0, 3.0), 1.0, 2.0),
        ((0.5,), 1.0, 0.5),
    ],
)
def test_the_density_nearest_the_screens_is_taken(
    densities: tuple[float, ...], wish: float, expected: float
) -> None:
    entries = [ImageCandidate(f"{density}.png", 0, density) for density in densities]
    assert select_source(entries, 100.0, wish) == (f"{expected}.png", expected)


def test_widths_become_densities_by_the_source_size() -> None:
    entries = [ImageCandidate("small", 300), ImageCandidate("large", 900)]
    assert select_source(entries, 300.0) == ("small", 1.0)
    assert select_source(entries, 900.0) == ("large", 1.0)
    assert select_source(entries, 450.0) == ("large", 2.0)
    assert select_source([], 1.0) == ("", 1.0)


def test_picture_takes_the_first_source_whose_media_and_type_fit() -> None:
    sources = [
        {"srcset": "a.xyz", "type": "image/xyz"},
        {"srcset": "print.png", "media": "print"},
        {"srcset": "wide.webp 1x, wide2.webp 2x", "media": "(wide)", "type": "image/webp"},
        {"src": "plain.png"},
    ]
    assert choose_source(sources, viewport_width=800, density=2, matches=lambda m: m == "(wide)") == (
        "wide2.webp",
        2.0,
    )
    assert choose_source(sources, viewport_width=800, density=1, matches=no_media) == ("plain.png", 1.0)


def test_src_joins_srcset_as_1x_unless_widths_are_given() -> None:
    image = {"src": "one.png", "srcset": "two.png 2x"}
    assert choose_source([image], viewport_width=800, density=1, matches=no_media) == ("one.png", 1.0)
    assert choose_source([image], viewport_width=800, density=2, matches=no_media) == ("two.png", 2.0)
    wide = {"src": "one.png", "srcset": "w.png 1600w"}
    assert choose_source([wide], viewport_width=800, density=1, matches=no_media) == ("w.png", 2.0)
    assert choose_source([{}], viewport_width=800, density=1, matches=no_media) == ("", 1.0)


@given(st.text(), st.text(st.sampled_from("ab ,()wxh.-0123456789\t")))
def test_any_srcset_and_sizes_give_an_answer(srcset: str, sizes: str) -> None:
    for text in (srcset, sizes):
        for entry in parse_srcset(text):
            assert entry.density >= 0
            assert entry.width >= 0
        url, density = choose_source(
            [{"srcset": text, "sizes": sizes, "src": "x"}], viewport_width=800, density=1, matches=no_media
        )
        assert url
        assert density > 0
