"""What the demo's servers serve: a shop page and its resources, by host and path. Pure: assets in, resources out."""

from __future__ import annotations

import hashlib
import html
from importlib.resources import files
from pathlib import Path
from typing import Final, final

import fontpkg_roboto_mono

from ..net.content_coding import encode_body
from .pictures import draw_pictures

SHOP_HOST: Final = "shop.example"
CDN_HOST: Final = "cdn.shop.example"

_PRODUCTS: Final = (
    # name, kind, picture, reviews, price, former price, badge
    ("Tide mug", "Stoneware, 350 ml", "mug.png", 214, "€18", "", "New"),
    ("Dusk table lamp", "Oak and linen", "lamp.jpg", 96, "€89", "€119", "−25 %"),
    ("Window fern", "With clay pot", "plant.webp", 341, "€32", "", ""),
    ("Station clock", "Walnut, 28 cm", "clock.svg", 58, "€74", "", ""),
    ("Harbour chair", "Ash, wool seat", "chair.png", 127, "€189", "", "Last 4"),
    ("Whistle kettle", "Enamel, 2 litres", "kettle.svg", 402, "€64", "€80", "−20 %"),
    ("Moon vase", "Hand thrown", "vase.jpg", 77, "€46", "", ""),
    ("Five good books", "Chosen by our cat", "books.webp", 19, "€55", "", "New"),
)

_CODINGS: Final = {
    "text/html": ("gzip", "br", "zstd"),
    "text/css": ("br", "zstd", "gzip"),
    "image/svg+xml": ("zstd", "br", "gzip"),
}
"""The codings that are tried for a type, best first: different ones, so that the journey passes through each."""


@final
class Resource:
    """Something served.

    Attributes:
        status: 200, 301, 404, ...
        mime_type: "" where there is no body.
        headers: beyond type, length, coding and validators.
        etag: with its quotes, "" for none.
    """

    __slots__ = ("_encoded", "body", "etag", "headers", "mime_type", "status")

    def __init__(
        self, body: bytes, mime_type: str, status: int = 200, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.status: Final = status
        self.body: Final = body
        self.mime_type: Final = mime_type
        self.headers: Final = headers
        self.etag: Final = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if status == 200 else ""
        self._encoded: dict[str, bytes] = {}

    def encoded(self, accepted: str) -> tuple[str, bytes]:
        """The coding chosen out of an `Accept-Encoding` header ("" for none) and the body in it."""
        names = {part.partition(";")[0].strip().lower() for part in accepted.split(",")}
        for coding in _CODINGS.get(self.mime_type.partition(";")[0], ()):
            if coding in names:
                if coding not in self._encoded:
                    self._encoded[coding] = encode_body(self.body, coding)
                return coding, self._encoded[coding]
        return "", self.body


def build_site() -> dict[tuple[str, str], Resource]:
    """All resources by host and path."""
    assets = files(__package__) / "assets"
    site: dict[tuple[str, str], Resource] = {}
    page = _page((assets / "index.html").read_text("utf-8"), (assets / "product.html").read_text("utf-8"))
    cookies = (
        ("Set-Cookie", "session=8f14e45fceea; Path=/; Secure; HttpOnly; SameSite=Lax"),
        ("Set-Cookie", "cart=3; Path=/; Max-Age=604800; Secure; SameSite=Lax"),
        ("Cache-Control", "private, no-cache"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    )
    site[SHOP_HOST, "/"] = Resource(page.encode("utf-8"), "text/html; charset=utf-8", headers=cookies)
    long_lived = (
        ("Cache-Control", "public, max-age=31536000, immutable"),
        ("Access-Control-Allow-Origin", f"https://{SHOP_HOST}"),
        ("X-Content-Type-Options", "nosniff"),
    )
    site[CDN_HOST, "/css/shop.css"] = Resource(
        (assets / "shop.css").read_bytes(), "text/css; charset=utf-8", headers=long_lived
    )
    for name in ("logo.svg", "cart.svg", "stars.svg", "clock.svg", "kettle.svg"):
        site[CDN_HOST, f"/img/{name}"] = Resource(
            (assets / name).read_bytes(), "image/svg+xml", headers=long_lived
        )
    types = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
    for name, body in draw_pictures().items():
        site[CDN_HOST, f"/img/{name}"] = Resource(body, types[name.rpartition(".")[2]], headers=long_lived)
    font = Path(fontpkg_roboto_mono.__file__).parent / "files" / "RobotoMono[wght].ttf"
    site[CDN_HOST, "/fonts/roboto-mono.ttf"] = Resource(font.read_bytes(), "font/ttf", headers=long_lived)
    return site


def not_found(path: str) -> Resource:
    """The shop's page for everything it does not have."""
    body = (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Not here</title>'
        f"<h1>Not here</h1><p>The shop has no <code>{html.escape(path)}</code>.</p>"
    )
    return Resource(body.encode("utf-8"), "text/html; charset=utf-8", 404)


def moved(location: str) -> Resource:
    """A permanent redirect."""
    body = f'<!DOCTYPE html><title>Moved</title><a href="{html.escape(location)}">{html.escape(location)}</a>'
    return Resource(body.encode("utf-8"), "text/html; charset=utf-8", 301, (("Location", location),))


def _page(page: str, card: str) -> str:
    cards = []
    for name, kind, picture, reviews, price, former, badge in _PRODUCTS:
        badge_class = "badge sale" if former else "badge"
        values = {
            "name": name,
            "slug": name.lower().replace(" ", "-"),
            "kind": kind,
            "picture": picture,
            "reviews": str(reviews),
            "price": price + (f" <del>{former}</del>" if former else ""),
            "badge": f'              <span class="{badge_class} mono">{badge}</span>\n' if badge else "",
        }
        text = card
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        cards.append(text.rstrip("\n"))
    return page.replace("{products}", "\n".join(cards))
