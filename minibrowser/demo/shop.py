"""The shop application: a request in, a response out. Two of these stand behind the load balancer and share a database.

What it does is synchronous: SQLite answers within a tenth of a millisecond.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Final, final

from ..net.mime_type import parse_mime_type
from . import pages
from .balancer import HEALTH_PATH
from .database import MAX_QUANTITY, Database, Visitor
from .messages import Fields, ServerRequest, ServerResponse, json_response, redirect, text_response
from .representation import Representation
from .site_files import CDN_HOST, SHOP_HOST

_SESSION: Final = "__Host-session"
_SESSION_COOKIE: Final = _SESSION + "={}; Path=/; Secure; HttpOnly; SameSite=Lax"
_CART_COOKIE: Final = "cart={}; Path=/; Max-Age=604800; Secure; SameSite=Lax"
_PERSONAL: Final = (
    ("Cache-Control", "private, no-cache"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
_API: Final = (
    ("Cache-Control", "public, max-age=5, s-maxage=30, stale-while-revalidate=60, stale-if-error=600"),
    ("Access-Control-Allow-Origin", "*"),
)
_FORM: Final = "application/x-www-form-urlencoded"


@final
class Shop:
    """An application server. `handle` is the handler of an `HTTPServer`.

    Attributes:
        is_open: False makes its health check fail, so that the balancer takes it out.
    """

    def __init__(self, name: str, database: Database, site_files: Mapping[str, Representation]) -> None:
        """`site_files` are what the CDN's host serves, by path."""
        self.name: Final = name
        self.is_open = True
        self._database: Final = database
        self._files: Final = site_files
        self._routes: Final[dict[str, Callable[[ServerRequest, Visitor], ServerResponse]]] = {
            "/": self._home,
            "/new": self._home,
            "/sale": self._sale,
            "/search": self._search,
            "/cart": self._cart,
            "/account": self._account,
            "/letter": self._letter,
        }
        self._actions: Final[dict[str, Callable[[ServerRequest, Visitor], ServerResponse]]] = {
            "/cart": self._put_into_cart,
            "/checkout": self._check_out,
            "/sign-in": self._sign_in,
            "/sign-out": self._sign_out,
            "/letter": self._subscribe,
        }

    async def handle(self, request: ServerRequest) -> ServerResponse:
        """Answer, and tell how long it took (Server-Timing)."""
        started = time.perf_counter()
        if request.host == CDN_HOST:
            await self._make(request.path)
        self._database.seconds = 0.0
        response = self._answer(request)
        database = self._database.seconds * 1000
        passed = (time.perf_counter() - started) * 1000
        response.headers.set("Server-Timing", f"db;dur={database:.2f}, app;dur={passed - database:.2f}")
        return response

    def _answer(self, request: ServerRequest) -> ServerResponse:
        if request.path == HEALTH_PATH:
            return text_response(200 if self.is_open else 503, "fine" if self.is_open else "closed")
        if request.host == CDN_HOST:
            return self._file(request)
        if request.path.startswith("/api/"):
            return self._api(request)
        if request.path in ("/robots.txt", "/favicon.ico"):
            return self._small_file(request)
        if request.method == "POST":
            return self._act(request)
        if request.method not in ("GET", "HEAD"):
            return _not_allowed("GET, HEAD, POST" if request.path in self._actions else "GET, HEAD")
        return self._show(request)

    # --- Files and the API -----------------------------------------------------------------------

    async def _make(self, path: str) -> None:
        """Pictures take 20 to 60 ms to draw: beside the event loop."""
        found = self._files.get(path)
        if found is not None and not found.is_made:
            await asyncio.to_thread(lambda: found.body)

    def _file(self, request: ServerRequest) -> ServerResponse:
        found = self._files.get(request.path)
        if found is None:
            return text_response(404, "Not Found", (("Cache-Control", "public, max-age=60"),))
        if request.method not in ("GET", "HEAD"):
            return _not_allowed("GET, HEAD")
        return found.response(request)

    @staticmethod
    def _small_file(request: ServerRequest) -> ServerResponse:
        if request.path == "/favicon.ico":
            return redirect(301, f"https://{CDN_HOST}/img/cart.svg", (("Cache-Control", "max-age=86400"),))
        return text_response(200, "User-agent: *\nAllow: /", (("Cache-Control", "public, max-age=3600"),))

    def _api(self, request: ServerRequest) -> ServerResponse:
        """GET /api/products?q=&category=&sort=&stock=on, /api/products/SLUG, /api/cart."""
        if request.method not in ("GET", "HEAD"):
            return _not_allowed("GET, HEAD")
        parts = request.path.split("/")[2:]
        if parts == ["products"]:
            asked = request.parameters()
            products = self._database.products(
                category=asked.get("category", ""),
                words=asked.get("q", ""),
                in_stock="stock" in asked,
                sort=asked.get("sort", ""),
            )
            return _represented(request, json_response([product.facts() for product in products]), _API)
        if len(parts) == 2 and parts[0] == "products":
            product = self._database.product(parts[1])
            if product is None:
                return json_response({"error": "no such product"}, 404)
            return _represented(request, json_response(product.facts() | {"story": product.story}), _API)
        if parts == ["cart"]:
            visitor = self._database.visitor(request.cookies().get(_SESSION, ""))
            lines = self._database.cart(visitor.token) if visitor is not None else []
            value = [{"slug": line.product.slug, "quantity": line.quantity} for line in lines]
            return json_response(value, headers=(("Cache-Control", "private, no-store"),))
        return json_response({"error": "no such thing"}, 404)

    # --- Pages -----------------------------------------------------------------------------------

    def _show(self, request: ServerRequest) -> ServerResponse:
        """A page, for whoever asks; somebody without a session gets one."""
        visitor = self._database.visitor(request.cookies().get(_SESSION, ""))
        cookies: Fields = ()
        if visitor is None:
            secret = self._database.begin_session()
            cookies = (("Set-Cookie", _SESSION_COOKIE.format(secret)),)
            visitor = self._database.visitor(secret)
            assert visitor is not None
        route = self._routes.get(request.path) or self._other
        response = route(request, visitor)
        for name, value in cookies:
            response.headers.add(name, value)
        return response

    def _home(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        asked = request.parameters()
        in_stock, sort = "stock" in asked, asked.get("sort", "")
        products = self._database.products(in_stock=in_stock, sort=sort)
        return _page(request, pages.home(products, visitor, in_stock=in_stock, sort=sort))

    def _sale(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        products = self._database.products(on_sale=True)
        return _page(
            request, pages.shelf("Sale", "Two good things for less.", products, visitor, path=request.path)
        )

    def _search(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        words = request.parameters().get("q", "").strip()[:100]
        products = self._database.products(words=words) if words else []
        count = (
            "Nothing" if not products else "One thing" if len(products) == 1 else f"{len(products)} things"
        )
        text = f"{count} on the shelf for “{words}”." if words else "What are you looking for?"
        return _page(request, pages.shelf("Search", text, products, visitor, path="/search", query=words))

    def _cart(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        problem = "The shelf does not have as many." if "short" in request.parameters() else ""
        return _page(request, pages.cart(self._database.cart(visitor.token), visitor, problem))

    def _account(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        return _page(request, pages.account(visitor))

    def _letter(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        return _page(request, pages.message("One letter a month", "The first one is on its way.", visitor))

    def _other(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        parts = request.path.split("/")[1:]
        if len(parts) == 1 and parts[0] in pages.CATEGORIES:
            heading = pages.CATEGORIES[parts[0]]
            products = self._database.products(category=parts[0])
            words = f"{len(products)} things, made to stay."
            return _page(request, pages.shelf(heading, words, products, visitor, path=request.path))
        if len(parts) == 1 and parts[0] in pages.INFORMATION:
            return _page(request, pages.message(*pages.INFORMATION[parts[0]], visitor, path=request.path))
        if len(parts) == 2 and parts[0] == "p":
            product = self._database.product(parts[1])
            if product is not None:
                others = [
                    each for each in self._database.products(in_stock=True) if each.slug != product.slug
                ]
                return _page(request, pages.item(product, others[:4], visitor))
        if len(parts) == 2 and parts[0] == "orders" and parts[1].isascii() and parts[1].isdecimal():
            number = int(parts[1][:15])
            lines = self._database.order(visitor.token, number)
            if lines:
                return _page(request, pages.order(number, lines, visitor))
        body = pages.message("Not here", f"The shop has no {request.path[:200]}.", visitor)
        return _page(request, body, 404)

    # --- Actions ---------------------------------------------------------------------------------

    def _act(self, request: ServerRequest) -> ServerResponse:
        """A form: it ends in 303, so that a reload repeats nothing."""
        action = self._actions.get(request.path)
        if action is None:
            return _not_allowed("GET, HEAD")
        origin = request.headers.get("origin")
        if origin is not None and origin != f"https://{SHOP_HOST}":
            return text_response(403, "This form is for the shop's own pages.")
        kind = parse_mime_type(request.headers.get("content-type") or "")
        if kind is None or kind.essence != _FORM:
            return text_response(415, f"Send {_FORM}.")
        visitor = self._database.visitor(request.cookies().get(_SESSION, ""))
        if visitor is not None:
            return action(request, visitor)
        secret = self._database.begin_session()
        visitor = self._database.visitor(secret)
        assert visitor is not None
        response = action(request, visitor)
        if _SESSION not in (response.headers.get("set-cookie") or ""):
            response.headers.add("Set-Cookie", _SESSION_COOKIE.format(secret))
        return response

    def _put_into_cart(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        form = request.form()
        text = form.get("quantity", "1")
        product = self._database.product(form.get("slug", ""))
        digits = text.removeprefix("-")
        if product is None or not (digits.isascii() and digits.isdecimal() and len(digits) <= 4):
            return text_response(400, "No such product, or no such number.")
        quantity = max(-MAX_QUANTITY, min(MAX_QUANTITY, int(text)))
        if quantity > 0 and not product.stock:
            return text_response(409, "Sold out.")
        self._database.put_into_cart(visitor.token, product.slug, quantity)
        pieces = sum(line.quantity for line in self._database.cart(visitor.token))
        return _see("/cart", (("Set-Cookie", _CART_COOKIE.format(pieces)),))

    def _check_out(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        number = self._database.place_order(visitor.token)
        if not number:
            return _see("/cart?short")
        return _see(f"/orders/{number}", (("Set-Cookie", _CART_COOKIE.format(0)),))

    def _sign_in(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        form = request.form()
        mail = form.get("mail", "").strip().lower()
        if not self._database.check_password(mail, form.get("password", "")):
            body = pages.account(visitor, "This address and this password do not belong together.")
            return _page(request, body, 403)
        secret = self._database.begin_session(mail, before=visitor.token)
        return _see("/account", (("Set-Cookie", _SESSION_COOKIE.format(secret)),))

    def _sign_out(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        self._database.end_session(visitor.token)
        gone = _SESSION_COOKIE.format("") + "; Max-Age=0"
        return _see(
            "/",
            (("Set-Cookie", gone), ("Set-Cookie", _CART_COOKIE.format(0)), ("Clear-Site-Data", '"cache"')),
        )

    def _subscribe(self, request: ServerRequest, visitor: Visitor) -> ServerResponse:
        mail = request.form().get("mail", "").strip()[:200]
        if "@" not in mail:
            return text_response(400, "This is no e-mail address.")
        self._database.subscribe(mail)
        return _see("/letter")


def _page(request: ServerRequest, body: bytes, status: int = 200) -> ServerResponse:
    """A page is personal: browsers ask each time, and get it again only where it has changed."""
    return Representation(lambda: body, "text/html; charset=utf-8", _PERSONAL).response(request, status)


def _represented(request: ServerRequest, response: ServerResponse, headers: Fields) -> ServerResponse:
    kind = response.headers["Content-Type"]
    return Representation(lambda: response.body, kind, headers).response(request)


def _see(location: str, headers: Fields = ()) -> ServerResponse:
    return redirect(303, location, (("Cache-Control", "no-store"), *headers))


def _not_allowed(methods: str) -> ServerResponse:
    return text_response(405, "Method Not Allowed", (("Allow", methods),))
