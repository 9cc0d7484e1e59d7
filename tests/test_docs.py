"""The documentation against the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_journey_names_a_module_for_each_of_its_steps() -> None:
    chapters = (ROOT / "docs" / "journey.md").read_text("utf-8").split("\n## ")[1:]
    assert len(chapters) == 12
    assert [chapter.splitlines()[0] for chapter in chapters if "../minibrowser/" not in chapter] == []
