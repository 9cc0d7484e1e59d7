"""Values of options."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from minibrowser.cli import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [("250", 250), ("500ms", 500), ("5s", 5000), ("1.5S", 1500), ("2m", 120_000), ("0", 0), (".5s", 500)],
)
def test_bare_durations_are_milliseconds_and_units_are_understood(text: str, expected: float) -> None:
    assert values.milliseconds(text) == expected


@pytest.mark.parametrize("text", ["", "abc", "-5", "5h", "5 s", "1e3", "inf"])
def test_what_is_no_duration_is_told(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is not a duration"):
        values.milliseconds(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "wide", "", "1_000", "٣", "+5", "9" * 5000])
def test_pixels_are_whole_and_above_zero(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is not a number of pixels"):
        values.pixels(text)


def test_a_clip_has_four_numbers_and_an_area() -> None:
    assert values.clip("1,2,30,40.5") == {"x": 1, "y": 2, "width": 30, "height": 40.5}
    for text in ("1,2,3", "a,b,c,d", "0,0,0,5", "0,0,5,nan", "inf,0,5,5", "1_0,0,5,5"):
        with pytest.raises(ArgumentTypeError):
            values.clip(text)


def test_a_header_has_a_name_and_a_value_that_fits_one_line() -> None:
    assert values.header("X-Y:  some thing ") == ("X-Y", "some thing")
    for text in ("no colon", "bad name: x", ": x", "X: a\r\nEvil: b", "X: é"):
        with pytest.raises(ArgumentTypeError):
            values.header(text)


def test_scale_and_quality_stay_in_their_ranges() -> None:
    assert values.scale("2") == 2
    assert values.quality("80") == 80
    for text in ("0", "11", "nan", "x"):
        with pytest.raises(ArgumentTypeError):
            values.scale(text)
    for text in ("101", "-1", "high", "٣", "9" * 5000):
        with pytest.raises(ArgumentTypeError):
            values.quality(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("me.pem", ("me.pem", "")),
        ("me.pem:secret", ("me.pem", "secret")),
        ("me.pem:se:cret", ("me.pem", "se:cret")),
        ("C:\\me.pem", ("C:\\me.pem", "")),
        ("C:\\me.pem:secret", ("C:\\me.pem", "secret")),
    ],
)
def test_certificates_as_curl_writes_them(text: str, expected: tuple[str, str]) -> None:
    assert values.certificate(text) == expected


def test_a_file_with_a_colon_in_its_name_has_no_password(tmp_path: Path) -> None:
    path = tmp_path / "a:b.pem"
    path.write_text("")
    assert values.certificate(str(path)) == (str(path), "")
