"""Where an ellipsis cuts a text."""

from __future__ import annotations

import pytest

from minibrowser.layout.fragment import Fragment
from tests.layout.support import lay_out

STYLE = "overflow:hidden;white-space:nowrap;text-overflow:ellipsis;font:20px sans-serif"


def _texts(root: Fragment) -> list[Fragment]:
    found: list[Fragment] = []
    stack = [root]
    while stack:
        fragment = stack.pop()
        if fragment.run is not None:
            found.append(fragment)
        stack.extend(link.fragment for link in reversed(fragment.children))
    return found


@pytest.mark.parametrize("width", range(0, 120, 3))
@pytest.mark.parametrize(
    "word", ["\u0065\u0301" * 20, "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 12, "office" * 6]
)
def test_an_ellipsis_parts_no_letter_from_its_marks(word: str, width: int) -> None:
    page = lay_out(f"<!DOCTYPE html><div style='{STYLE};width:{width}px'>{word}</div>")
    texts = _texts(page.root)
    assert any(text.ellipsis for text in texts)
    for text in texts:
        assert text.run is not None
        assert text.run.width == pytest.approx(sum(text.run.advances))


def test_the_first_letter_stays_whole_where_nothing_fits() -> None:
    page = lay_out(f"<!DOCTYPE html><div style='{STYLE};width:0'>e\u0301e\u0301</div>")
    first = _texts(page.root)[0].run
    assert first is not None
    assert first.text[first.start : first.end] == "e\u0301"


def test_an_ellipsis_with_negative_letter_spacing_is_not_less_than_nothing_wide() -> None:
    page = lay_out(
        f"<!DOCTYPE html><div style='{STYLE};width:50px;letter-spacing:-100px;text-indent:90px'>ab</div>"
    )
    ellipses = [text for text in _texts(page.root) if text.ellipsis]
    assert ellipses
    assert ellipses[0].width == 0.0
