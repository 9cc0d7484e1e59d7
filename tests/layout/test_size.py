"""Depth and size: the work that large pages cost, counted and not timed."""

from __future__ import annotations

import random

import pytest

from minibrowser.layout.floats import FloatPlacer
from minibrowser.layout.inline.line_breaker import LineBreaker
from minibrowser.text.line_break import grapheme_flags

from .support import LaidOut, lay_out

WORDS = "lorem ipsum dolor sit amet consectetur adipiscing elit "


def _nested(styles: tuple[str, ...], depth: int) -> LaidOut:
    return lay_out(
        "<!DOCTYPE html>" + "".join(f"<div style='{styles[i % len(styles)]}'>" for i in range(depth)) + "x"
    )


@pytest.mark.parametrize(
    "styles",
    [
        ("display:flex",),
        ("display:flex;flex-direction:column",),
        ("display:flex;flex:1",),
        ("display:flex", "display:flex;flex-direction:column", "display:grid"),
        ("display:grid;align-items:center", "display:flex;align-items:center"),
        ("display:flex;flex-wrap:wrap;flex:1 1 50%", "display:grid;grid-template-columns:1fr"),
    ],
)
def test_512_nested_containers_are_measured_at_most_twice_each(styles: tuple[str, ...]) -> None:
    page = _nested(styles, 500)
    # Two measurements and the final layout.
    assert page.driver.cache.misses <= 3 * 505
    assert page.driver.cache.min_max_misses <= 4 * 505


def test_50_000_boxes_are_laid_out_once_each() -> None:
    page = lay_out("<!DOCTYPE html>" + "<div><div></div></div>" * 25_000)
    assert page.driver.cache.misses == 50_002


def test_a_table_of_5_000_rows_lays_each_cell_out_once() -> None:
    page = lay_out("<!DOCTYPE html><table>" + ("<tr>" + "<td>" * 10) * 5_000)
    assert page.driver.cache.misses <= 50_000 + 10
    assert page.driver.cache.min_max_misses <= 50_000 + 10


def _count_lines(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls = [0]
    real = LineBreaker.next_line

    def counted(
        self: LineBreaker,
        index: int,
        offset: int,
        available: float,
        line_left: float,
        indent: float,
        block: float,
    ) -> object:
        calls[0] += 1
        return real(self, index, offset, available, line_left, indent, block)

    monkeypatch.setattr(LineBreaker, "next_line", counted)
    return calls


def test_a_text_node_of_2_mb_breaks_each_line_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _count_lines(monkeypatch)
    page = lay_out("<!DOCTYPE html><body style='margin:0'><p id=p>" + WORDS * (2_000_000 // len(WORDS)))
    lines = page.rect("p").height / 18.0
    assert lines > 9_000
    assert calls[0] <= lines + 2


def test_a_word_of_200_kb_is_cut_in_linear_work(monkeypatch: pytest.MonkeyPatch) -> None:
    segmented = [0]

    def counted(text: str) -> bytearray:
        segmented[0] += len(text)
        return grapheme_flags(text)

    monkeypatch.setattr("minibrowser.layout.inline.line_breaker.grapheme_flags", counted)
    lay_out("<!DOCTYPE html><p style='overflow-wrap:anywhere;width:100px'>" + "é" * 200_000)
    assert segmented[0] <= 2 * 200_000


def test_many_floats_in_one_paragraph_are_measured_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = [0]
    real = FloatPlacer._measure

    def counted(self: FloatPlacer, box: object) -> object:
        measured[0] += 1
        return real(self, box)  # type: ignore[arg-type]

    monkeypatch.setattr(FloatPlacer, "_measure", counted)
    source = random.Random(3)
    page = "".join(
        f"<i style='float:{source.choice(('left', 'right'))};width:{source.randint(5, 300)}px;height:"
        f"{source.randint(5, 60)}px'></i>{'x' * source.randint(1, 50)} "
        for _ in range(256)
    )
    lay_out(f"<!DOCTYPE html><p style='width:400px'>{page}")
    # A paragraph whose place was guessed wrong is laid out again.
    assert measured[0] <= 2 * 256
