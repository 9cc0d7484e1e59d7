"""Random damage is repeatable."""

from __future__ import annotations

import json
from pathlib import Path

from tests.hostile import Task, tasks_for
from tests.mutations import mutate

PAGE = b"<!doctype html><style>p { width: 10px; color: red }</style><p class=a>text <b>bold</b></p>" * 5


def test_a_seed_always_gives_the_same_damage() -> None:
    assert [mutate(PAGE, seed) for seed in range(50)] == [mutate(PAGE, seed) for seed in range(50)]


def test_nearly_every_seed_damages_in_its_own_way() -> None:
    results = {mutate(PAGE, seed) for seed in range(200)}
    assert len(results) > 180
    assert max(map(len, results)) <= 4 * len(PAGE) + 20_000


def test_an_empty_page_can_be_damaged() -> None:
    assert any(mutate(b"", seed) for seed in range(50))


def test_tasks_are_the_suite_and_then_the_corpus_in_turn(tmp_path: Path) -> None:
    suite = tmp_path / "conformance" / "html5lib-tests"
    suite.mkdir(parents=True)
    (suite / "a.dat").write_text("x")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mdn-pages.json").write_text(json.dumps(["p.html", "q.html"]))
    assert tasks_for(tmp_path, 3, 5) == [
        Task("conformance/html5lib-tests/a.dat", -1),
        Task("corpus/q.html", 5),
        Task("corpus/p.html", 6),
        Task("corpus/q.html", 7),
    ]
