"""How good a meter's value is."""

from __future__ import annotations

import pytest

from minibrowser.html.parser import parse_document
from minibrowser.layout.box_controls import FAIR, GOOD, POOR, meter_level


@pytest.mark.parametrize(
    ("attributes", "level"),
    [
        ("value=.7", GOOD),
        ("value=.2 low=.3 high=.8 optimum=.9", POOR),
        ("value=.5 low=.3 high=.6 optimum=.9", FAIR),
        ("value=.9 low=.3 high=.6 optimum=.1", POOR),
        ("value=.5 low=.3 high=.6 optimum=.1", FAIR),
        ("value=.5 low=.3 high=.6", GOOD),
        ("value=.7 low=.3 high=.6", FAIR),
        ("value=x min=5 max=1 low=9", GOOD),
    ],
)
def test_the_level_is_chromiums(attributes: str, level: int) -> None:
    document = parse_document(f"<meter {attributes}></meter>", url="about:blank")
    meter = next(one for one in document.descendant_elements() if one.local_name == "meter")
    assert meter_level(meter) == level
