"""Installed fonts: folders, fontconfig and the answers kept on disk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from minibrowser.errors import FontError
from minibrowser.page.font_folders import FolderSource, cmap_has, pip_font_folders, read_tables
from minibrowser.page.fontconfig import (
    Fontconfig,
    are_metric_twins,
    to_css_weight,
    to_fontconfig_weight,
)
from minibrowser.page.system_fonts import AnswerCache, FontconfigSource, stamp, svg_fonts, system_fonts
from minibrowser.text.font import FontFace
from minibrowser.text.font_source import FontRecord, FontSource
from tests.text.fonts import pip_font_bytes


def pip_source() -> FolderSource:
    return FolderSource(pip_font_folders())


class Substitute(FontSource):
    """The fonts of pip, where Arimo answers for Helvetica."""

    def match(
        self, family: str, is_generic: bool, weight: float, stretch: float, is_italic: bool
    ) -> FontRecord | None:
        if family == "Helvetica":
            family, is_generic = "sans-serif", True
        return pip_source().match(family, is_generic, weight, stretch, is_italic)

    def fallback(self, codepoint: int, language: str) -> FontRecord | None:
        return None

    def read(self, record: FontRecord) -> bytes:
        return pip_source().read(record)


def test_pips_fonts_answer_for_the_generic_families() -> None:
    source = pip_source()
    expected = {"serif": "Noto Serif", "sans-serif": "Arimo", "monospace": "Roboto Mono"}
    for generic, family in expected.items():
        record = source.match(generic, True, 400.0, 100.0, False)
        assert record is not None
        assert record.family == family
        assert FontFace(1, source.read(record), record.index).has_glyph(ord("A"))


def test_pips_arimo_answers_for_arial_but_not_for_just_any_name() -> None:
    source = pip_source()
    arial = source.match("ARIAL", False, 700.0, 100.0, True)
    assert arial is not None
    assert (arial.family, arial.weight, arial.is_italic) == ("Arimo", 700.0, True)
    assert source.match("No Such Font", False, 400.0, 100.0, False) is None
    assert source.match("fangsong", True, 400.0, 100.0, False) is None


def test_folders_find_a_font_for_a_character() -> None:
    source = pip_source()
    record = source.fallback(ord("я"), "ru")
    assert record is not None
    assert FontFace(1, source.read(record), record.index).has_glyph(ord("я"))
    assert source.fallback(0x10FFFD, "") is None


def test_coverage_read_from_cmap_is_what_harfbuzz_reads(tmp_path: Path) -> None:
    data = pip_font_bytes()
    path = tmp_path / "font.ttf"
    path.write_bytes(data)
    with path.open("rb") as file:
        cmap = read_tables(file, 0, (b"cmap",))[b"cmap"]
    face = FontFace(1, data, 0)
    for code in (*range(0x20, 0x600), 0x20AC, 0x4E00, 0x1F600, 0x10FFFF):
        assert cmap_has(cmap, code) == face.has_glyph(code), hex(code)


def test_a_folder_with_broken_files_gives_what_is_whole(tmp_path: Path) -> None:
    (tmp_path / "empty.ttf").write_bytes(b"")
    (tmp_path / "cut.otf").write_bytes(pip_font_bytes()[:300])
    (tmp_path / "text.ttf").write_text("not a font")
    (tmp_path / "good.ttf").write_bytes(pip_font_bytes())
    (tmp_path / "other.txt").write_bytes(pip_font_bytes())
    source = FolderSource([str(tmp_path), str(tmp_path / "missing")])
    assert source.families() == ["arimo"]


def test_an_unreadable_font_is_a_font_error(tmp_path: Path) -> None:
    record = FontRecord(str(tmp_path / "gone.ttf"), 0, "Gone", 400.0, 100.0, False)
    with pytest.raises(FontError, match=r"gone\.ttf"):
        pip_source().read(record)


@pytest.mark.parametrize("weight", [100, 200, 300, 400, 500, 600, 700, 800, 900])
def test_weights_survive_the_way_through_fontconfigs_scale(weight: float) -> None:
    assert to_css_weight(to_fontconfig_weight(weight)) == pytest.approx(weight)


def test_families_of_equal_metrics_stand_in_for_each_other() -> None:
    assert are_metric_twins("Arial", "Liberation Sans")
    assert not are_metric_twins("Arial", "Liberation Serif")
    assert not are_metric_twins("Foo", "Foo")


def fontconfig_or_skip() -> Fontconfig:
    try:
        fontconfig = Fontconfig()
    except FontError:
        pytest.skip("fontconfig is not installed")
    if fontconfig.match("", 400.0, 100.0, False) is None:
        pytest.skip("fontconfig knows no fonts")
    return fontconfig


def test_answers_are_kept_on_disk_and_used_without_fontconfig(tmp_path: Path) -> None:
    fontconfig_or_skip()
    path = str(tmp_path / "cache" / "fonts.json")
    cache = AnswerCache(path)
    source = FontconfigSource(cache, pip_source())
    record = source.match("sans-serif", True, 400.0, 100.0, False)
    fallback = source.fallback(ord("A"), "")
    nothing = source.match("No Such Font", False, 400.0, 100.0, False)
    assert record is not None
    assert fallback is not None
    assert nothing is None
    cache.save()

    again = AnswerCache(path)
    assert len(again.answers) == 3
    known = FontconfigSource(again, pip_source())
    remembered = known.match("sans-serif", True, 400.0, 100.0, False)
    assert remembered is not None
    assert repr(remembered) == repr(record)
    assert known.match("No Such Font", False, 400.0, 100.0, False) is None
    assert repr(known.fallback(ord("A"), "")) == repr(fallback)
    assert not again.is_changed


def test_a_changed_font_folder_makes_the_answers_stale(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    cache = AnswerCache(str(tmp_path / "fonts.json"))
    cache.stamps = stamp([str(folder)])
    cache.answers["x"] = None
    cache.is_changed = True
    cache.save()
    assert AnswerCache(cache.path).answers == {"x": None}
    shutil.rmtree(folder)
    assert AnswerCache(cache.path).answers == {}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"version":1}', '{"version":1,"environment":3}', "\x00"])
def test_a_broken_cache_file_is_an_empty_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "fonts.json"
    path.write_text(content)
    assert AnswerCache(str(path)).answers == {}


def test_a_cache_with_nothing_new_is_not_written(tmp_path: Path) -> None:
    cache = AnswerCache(str(tmp_path / "fonts.json"))
    cache.save()
    assert not (tmp_path / "fonts.json").exists()


def test_a_disk_that_refuses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = AnswerCache(str(tmp_path / "file" / "fonts.json"))
    cache.stamps = stamp([str(tmp_path)])
    cache.is_changed = True
    cache.save()
    assert not cache.is_changed


def test_the_machines_fonts_always_have_a_serif(tmp_path: Path) -> None:
    path = tmp_path / "fonts.json"
    source = system_fonts(str(path))
    record = source.match("serif", True, 400.0, 100.0, False)
    assert record is not None
    assert source.read(record)
    del source
    if path.exists():
        assert json.loads(path.read_text())["version"] == 1


def test_svg_gets_the_files_of_the_generic_families() -> None:
    fonts = svg_fonts(pip_source())
    assert (fonts.serif, fonts.sans_serif, fonts.monospace) == ("Noto Serif", "Arimo", "Roboto Mono")
    assert len(fonts.files) == 6
    assert all(Path(file).is_file() for file in fonts.files)


def test_svg_gets_the_files_of_the_families_that_it_names() -> None:
    fonts = svg_fonts(Substitute(), ["Helvetica", "Nowhere"])
    assert fonts.aliases == {"Helvetica": "Arimo"}
