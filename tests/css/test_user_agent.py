"""The user agent's sheet against what Chromium computed for one of each element (tests/css/record.py)."""

from __future__ import annotations

import json
from typing import Final

import pytest

from minibrowser.css import user_agent_sheets
from minibrowser.css.serialize import serialize

from .pages import Styled
from .record import FILE, PROPERTIES, page

ROWS: Final[list[list[str]]] = json.loads(FILE.read_text(encoding="utf-8"))
USED: Final = frozenset(("margin-top", "margin-bottom"))
"""getComputedStyle() prints what these come to in layout."""


@pytest.fixture(scope="module")
def styled() -> Styled:
    return Styled(page())


def test_the_documents_are_the_same(styled: Styled) -> None:
    elements = styled.element("body").descendant_elements()
    assert [element.local_name for element in elements] == [row[0] for row in ROWS]


@pytest.mark.parametrize("at", range(len(PROPERTIES)), ids=PROPERTIES)
def test_every_element_has_chromiums_value_of(styled: Styled, at: int) -> None:
    name = PROPERTIES[at]
    wrong: list[str] = []
    for element, row in zip(styled.element("body").descendant_elements(), ROWS, strict=True):
        style = styled.tree.style_of(element)
        expected = row[at + 1]
        if style is None or (name in USED and serialize(style, name) == "auto"):
            continue
        if serialize(style, name) != expected:
            wrong.append(f"{element!r} {element.attributes}: {serialize(style, name)}, not {expected}")
    assert wrong == []


def test_the_sheets_are_read_once_and_hold_no_unknown_declaration() -> None:
    assert user_agent_sheets(True) is user_agent_sheets(True)
    assert len(user_agent_sheets(True)) == len(user_agent_sheets(False)) + 1


def test_noscript_is_hidden_only_where_scripts_run() -> None:
    shown = [sheet.text.count("noscript") for sheet in user_agent_sheets(False)]
    hidden = [sheet.text.count("noscript") for sheet in user_agent_sheets(False, True)]
    assert (sum(shown), sum(hidden)) == (0, 1)
