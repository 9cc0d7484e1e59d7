from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import freetype.raw as raw
import pytest

from minibrowser.page.font_folders import pip_font_folders
from minibrowser.paint.freetype_adapter import FreeType


def test_a_library_is_freed_with_whatever_used_it_last(monkeypatch: pytest.MonkeyPatch) -> None:
    freed: list[int] = []
    done = raw.FT_Done_FreeType

    def count(library: Any) -> None:
        freed.append(1)
        done(library)

    gc.collect()
    monkeypatch.setattr(raw, "FT_Done_FreeType", count)
    font = next(file for folder in pip_font_folders() for file in sorted(Path(folder).rglob("*.ttf")))
    library = FreeType()
    face = library.open_face(font.read_bytes(), 0, ())
    del library
    gc.collect()
    assert freed == []
    assert face.outline(40, 16.0, (1.0, 0.0, 0.0, 1.0), False, True)
    del face
    gc.collect()
    assert freed == [1]
