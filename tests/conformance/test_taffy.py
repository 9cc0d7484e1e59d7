"""The taffy runner's reading and scoring."""

from __future__ import annotations

from pathlib import Path

from tests.conformance.taffy import Case, Rect, first_difference, read_cases, rects_by_path

XML = """<tests>
<test name="one" use-rounding="true">
  <viewport width="max-content" height="max-content"/>
  <input>
    <div display="block" width="30px" border-top="2px" scrollbar-width="15">
      <text direction="ltr">HH&#8203;HH</text>
      <div display="none"/>
    </div>
  </input>
  <expectations>
    <node x="0" y="0" width="30" height="12"><node x="0" y="2" width="30" height="10"/>
    <node x="0" y="0" width="0" height="0"/></node>
  </expectations>
</test>
</tests>"""


def _case(tmp_path: Path) -> Case:
    path = tmp_path / "block.xml"
    path.write_text(XML, encoding="utf-8")
    (case,) = read_cases(path)
    return case


def test_a_case_becomes_a_page(tmp_path: Path) -> None:
    case = _case(tmp_path)
    assert (case.area, case.name, case.rounded) == ("block", "one", True)
    assert (
        '<div style="display:block;width:30px;border-top-width:2px"><div style="direction:ltr">HH\u200bHH</div>'
        in (case.page)
    )


def test_numbers_are_compared_from_the_parents_box_after_rounding(tmp_path: Path) -> None:
    case = _case(tmp_path)
    rects = {"1/0/0": Rect(0.2, 0.4, 30.1, 11.6), "1/0/0/0": Rect(0.2, 2.4, 30.1, 11.6)}
    assert first_difference(case, rects) == ""
    rects["1/0/0/0"] = Rect(0.2, 2.6, 30.1, 12.6)
    assert first_difference(case, rects) == "0/0: 0 3 30 10 in place of 0 2 30 10"
    assert first_difference(case, {}) == "0: 0 0 0 0 in place of 0 0 30 12"


def test_boxes_are_found_by_path() -> None:
    box: dict[str, object] = {"path": "1/0", "tag": "div", "x": 1, "y": 2.5, "width": 3, "height": 4}
    assert rects_by_path([box]) == {"1/0": Rect(1, 2.5, 4, 6.5)}
