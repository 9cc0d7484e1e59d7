"""The wpt runner's scoring, with pictures made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.conformance import wpt
from tests.conformance.pixels import Difference, Fuzzy, compare, ink, parse_fuzzy
from tests.conformance.wpt import Reftest, Scorer, Selection


def _picture(*dots: tuple[int, int], color: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    image = Image.new("RGB", (20, 10), "white")
    for dot in dots:
        image.putpixel(dot, color)
    return image


def _test(*references: tuple[bool, str], fuzzy: tuple[str, ...] = (), ink: int = 1) -> Reftest:
    return Reftest("t.html", "area", references, fuzzy, ink)


def _score(test: Reftest, pictures: dict[str, Image.Image]) -> tuple[bool, str]:
    verdict = Scorer(lambda path: pictures[path]).score(test)
    return verdict.passed, verdict.reason


PICTURES = {
    "t.html": _picture((1, 1)),
    "same": _picture((1, 1)),
    "other": _picture((2, 2)),
    "near": _picture((1, 1), color=(3, 0, 0)),
}


def test_a_test_passes_when_it_equals_one_of_its_references() -> None:
    assert _score(_test((True, "same")), PICTURES) == (True, "")
    assert _score(_test((True, "other"), (True, "same")), PICTURES) == (True, "")
    assert _score(_test((True, "other")), PICTURES) == (False, "pixels")


def test_a_test_must_differ_from_all_its_mismatches() -> None:
    assert _score(_test((False, "other")), PICTURES) == (True, "")
    assert _score(_test((True, "same"), (False, "other")), PICTURES) == (True, "")
    assert _score(_test((True, "same"), (False, "other"), (False, "same")), PICTURES) == (
        False,
        "equals mismatch",
    )


def test_fuzzy_allows_a_difference() -> None:
    assert _score(_test((True, "near")), PICTURES) == (False, "pixels")
    assert _score(_test((True, "near"), fuzzy=("0-3;0-1",)), PICTURES) == (True, "")
    assert _score(_test((True, "near"), fuzzy=("0-2;0-9",)), PICTURES) == (False, "pixels")
    assert _score(_test((True, "near"), fuzzy=("0-9;0-0",)), PICTURES) == (False, "pixels")
    assert _score(_test((True, "near"), fuzzy=("elsewhere:0-9;0-9",)), PICTURES) == (False, "pixels")


def test_an_empty_picture_is_no_pass_where_chromium_has_ink() -> None:
    blank = {"t.html": _picture(), "same": _picture()}
    assert _score(_test((True, "same"), ink=5), blank) == (False, "no ink")
    assert _score(_test((True, "same"), ink=0), blank) == (True, "")


def test_an_exception_is_a_failure_that_tells_its_place() -> None:
    def render(path: str) -> Image.Image:
        raise ValueError(f"no {path}")

    verdict = Scorer(render).score(_test((True, "same")))
    assert (verdict.passed, verdict.reason) == (False, "exception")
    assert verdict.details == "t.html: ValueError: no t.html"
    assert wpt.exception_report([verdict]) == [
        "exceptions, timeouts and crashes: 1",
        "    1  exception ValueError: no t.html  [t.html]",
    ]


def test_pictures_of_references_are_rendered_once() -> None:
    asked: list[str] = []

    def render(path: str) -> Image.Image:
        asked.append(path)
        return PICTURES[path]

    scorer = Scorer(render)
    scorer.score(_test((True, "same")))
    scorer.score(_test((True, "same")))
    assert asked == ["t.html", "same", "t.html"]


@pytest.mark.parametrize(
    ("values", "reference", "fuzzy"),
    [
        ([], "r", Fuzzy(0, 0)),
        (["0-1;0-750"], "r", Fuzzy(1, 750)),
        (["159-200;200"], "r", Fuzzy(200, 200)),
        (["a-ref.html:0-100;0-980"], "css/a-ref.html", Fuzzy(100, 980)),
        (["a-ref.html:0-100;0-980", "0-1;0-2"], "css/b-ref.html", Fuzzy(1, 2)),
    ],
)
def test_fuzzy_annotations_are_read(values: list[str], reference: str, fuzzy: Fuzzy) -> None:
    assert parse_fuzzy(values, reference) == fuzzy


def test_pictures_are_compared_by_pixel() -> None:
    assert compare(PICTURES["same"], PICTURES["t.html"]) == Difference(0, 0)
    assert compare(PICTURES["other"], PICTURES["t.html"]) == Difference(255, 2)
    assert compare(PICTURES["near"], PICTURES["t.html"]) == Difference(3, 1)
    assert compare(Image.new("RGB", (2, 2)), Image.new("RGB", (2, 3))) == Difference(255, 4)


def test_ink_is_what_is_not_white() -> None:
    assert ink(PICTURES["near"]) == 1
    assert ink(_picture((1, 1), (2, 2), color=(255, 255, 254))) == 2
    assert ink(_picture()) == 0


def test_a_pass_with_other_ink_than_chromium_is_told() -> None:
    verdict = Scorer(lambda path: PICTURES[path]).score(_test((True, "same"), ink=5000))
    assert verdict.passed
    assert verdict.details == "ink 1 against 5000"
    near = Scorer(lambda path: PICTURES[path]).score(_test((True, "same"), ink=2))
    assert near.details == ""
    assert wpt.suspicion([verdict, near]).endswith("1 of 2 (t.html)")


def _write_list(root: Path) -> None:
    entries = [
        {"test": f"{area}/{i}.html", "area": area, "refs": [{"rel": "match", "path": f"r{i % 2}"}], "ink": 1}
        for area in ("x", "y")
        for i in range(5)
    ]
    (root / "tests.json").write_text(json.dumps(entries))


def test_a_sample_takes_every_nth_test_of_each_area(tmp_path: Path) -> None:
    _write_list(tmp_path)
    tests = wpt.read_tests(tmp_path)
    assert [test.path for test in wpt.select(tests, Selection(sample=3))] == [
        "x/0.html",
        "x/3.html",
        "y/0.html",
        "y/3.html",
    ]
    assert [test.path for test in wpt.select(tests, Selection(area="y", only="2"))] == ["y/2.html"]


def test_tests_with_the_same_reference_stand_together(tmp_path: Path) -> None:
    _write_list(tmp_path)
    groups = wpt.group_by_reference(wpt.read_tests(tmp_path))
    assert [len(group) for group in groups] == [6, 4]
    assert {test.references[0][1] for test in groups[0]} == {"r0"}
