from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.trace.server_timing import parse_server_timing, server_timing_words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["db;dur=1, app;dur=3"], "backend: 3 ms, database: 1 ms"),
        (["app;dur=3.04", "db;dur=0.01"], "backend: 3 ms, database: 0.1 ms"),
        (["cdn-cache;desc=HIT"], "edge cache: hit"),
        (
            ["cdn-cache; desc=MISS, edge; dur=1, origin; dur=12"],
            "edge cache: miss, edge: 1 ms, origin: 12 ms",
        ),
        (['cpu;dur=2.4;desc="a \\"b\\", c"'], 'a "b", c: 2.4 ms'),
        (["miss, dc;desc=atl"], "miss, atl"),
        (["db;dur=nonsense"], "database"),
        (["db;dur=-1, app;dur=1e400"], "backend, database"),
        (["app;dur=1;dur=2"], "backend: 1 ms"),
        (["app;dur=1234.5"], "backend: 1,234.5 ms"),
        (["=, ;;, app;dur=1"], "backend: 1 ms"),
        ([], ""),
        ([""], ""),
    ],
)
def test_what_servers_say_becomes_words(values: list[str], words: str) -> None:
    assert server_timing_words(values) == words


@given(st.lists(st.text(alphabet='ab;=," \\\t1.', max_size=60), max_size=3))
def test_any_header_gives_a_few_words(values: list[str]) -> None:
    assert len(parse_server_timing(values)) <= 8
    assert "\n" not in server_timing_words(values)


def test_a_long_header_is_read_in_no_time() -> None:
    assert server_timing_words(["a;" + "=" * 500_000]).startswith("a")
    assert server_timing_words(['a;b="' + "\\" * 500_000]).startswith("a")
    assert server_timing_words([";" * 500_000]) == ""
