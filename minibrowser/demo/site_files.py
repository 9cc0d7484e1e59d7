"""The files of the shop's CDN: style sheet, pictures, font. Assets in, representations out."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Final

import fontpkg_roboto_mono

from .pictures import PICTURES, draw_picture
from .representation import Representation

SHOP_HOST: Final = "shop.example"
CDN_HOST: Final = "cdn.shop.example"

_LONG_LIVED: Final = (
    ("Cache-Control", "public, max-age=31536000, immutable"),
    ("Access-Control-Allow-Origin", f"https://{SHOP_HOST}"),
    ("X-Content-Type-Options", "nosniff"),
)
_MODIFIED: Final = "Sat, 21 Nov 2026 09:00:00 GMT"
_DRAWINGS: Final = ("logo.svg", "cart.svg", "stars.svg", "clock.svg", "kettle.svg")
_TYPES: Final = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def build_files() -> dict[str, Representation]:
    """By path. Nothing is read or drawn before somebody asks for it."""
    assets = files(__package__) / "assets"
    found = {
        "/css/shop.css": Representation(
            (assets / "shop.css").read_bytes, "text/css; charset=utf-8", _LONG_LIVED, _MODIFIED
        )
    }
    for name in _DRAWINGS:
        found[f"/img/{name}"] = Representation(
            (assets / name).read_bytes, "image/svg+xml", _LONG_LIVED, _MODIFIED
        )
    for name in PICTURES:
        found[f"/img/{name}"] = Representation(
            partial(draw_picture, name), _TYPES[name.rpartition(".")[2]], _LONG_LIVED, _MODIFIED
        )
    font = Path(fontpkg_roboto_mono.__file__).parent / "files" / "RobotoMono[wght].ttf"
    found["/fonts/roboto-mono.ttf"] = Representation(font.read_bytes, "font/ttf", _LONG_LIVED, _MODIFIED)
    return found
