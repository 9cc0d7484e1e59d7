"""`hyphens: auto`."""

from __future__ import annotations

from minibrowser.text.hyphenation import has_patterns, hyphenation_points


def test_words_part_where_their_language_parts_them() -> None:
    assert hyphenation_points("hyphenation", "en-US") == (2, 6)
    assert 6 in hyphenation_points("Hyphenation", "en")
    assert hyphenation_points("Donaudampfschiff", "de") != ()


def test_unknown_languages_and_short_words_stay_whole() -> None:
    assert hyphenation_points("hyphenation", "") == ()
    assert hyphenation_points("hyphenation", "xx-none") == ()
    assert hyphenation_points("over", "en") == ()
    assert not has_patterns("tlh")
    assert has_patterns("fr")


def test_at_least_two_letters_stay_on_each_side() -> None:
    for word in ("about", "ideal", "overall", "reading"):
        assert all(2 <= point <= len(word) - 2 for point in hyphenation_points(word, "en"))
