"""Random styles on random trees: every fragment is sound, whatever the styles say.

`python -m tests.hostile_layout --cases 20000` is the long run.
"""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from minibrowser.css.computed_style import INITIAL_STYLE
from minibrowser.layout.fragment import Fragment, FragmentKind
from tests.hostile_layout import check, faults, random_page


@given(st.integers(min_value=0, max_value=10_000_000))
@settings(max_examples=60)
def test_random_styles_on_random_trees_give_sound_fragments(seed: int) -> None:
    assert check(seed) == []


def test_the_check_sees_a_fragment_of_negative_size() -> None:
    assert faults(Fragment(FragmentKind.BOX, None, INITIAL_STYLE, -1.0, 1.0))
    assert not faults(Fragment(FragmentKind.LINE, None, INITIAL_STYLE, 1.0, 1.0))


def test_a_seed_gives_the_same_page_again() -> None:
    assert random_page(7) == random_page(7)
    assert random_page(7) != random_page(8)
