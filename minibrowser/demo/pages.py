"""The shop's pages: rows of the database in, HTML out. Pure, but for reading the templates in `assets` once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from .database import MAX_QUANTITY, Line, Product, Visitor

CATEGORIES: Final = {"kitchen": "Kitchen", "living": "Living", "garden": "Garden"}
INFORMATION: Final = {
    "makers": ("The makers", "Forty people in nineteen workshops. Each piece carries the mark of the one who made it."),
    "about": ("About us", "Loam is a small shop at the harbour. It has two wheels, one kiln and a cat."),
    "jobs": ("Jobs", "We are looking for somebody who can centre four kilos of clay and does not mind the cat."),
    "delivery": ("Delivery", "Two days, by bicycle and rail. Above €50 it costs nothing."),
    "returns": ("Returns", "Thirty days, no questions. The parcel service is the same cyclist on her way back."),
    "repair": ("Repairs", "Send us the pieces. The gold seam is on the house, as long as we are."),
    "gifts": ("Gift cards", "On paper that is made from last year's catalogues, in any amount you like."),
}  # fmt: skip
"""Pages of a heading and a paragraph, by path."""

_NAVIGATION: Final = (
    ("/", "New in"),
    *((f"/{path}", name) for path, name in CATEGORIES.items()),
    ("/sale", "Sale"),
)
_PLACE: Final = re.compile(r"\{(\w+)\}")


@cache
def _template(name: str) -> str:
    return (files(__package__) / "assets" / name).read_text("utf-8")


def _fill(template: str, **values: str) -> str:
    """A template with its places filled; what is filled in is not looked at again."""
    return _PLACE.sub(lambda place: values[place[1]], _template(template))


def page(title: str, main: str, visitor: Visitor | None, *, path: str = "", query: str = "") -> bytes:
    """The frame around every page."""
    links = "\n".join(
        f'          <li><a href="{place}"{" aria-current=" + chr(34) + "page" + chr(34) if place == path else ""}>'
        f"{name}</a></li>"
        for place, name in _NAVIGATION
    )
    pieces = visitor.pieces if visitor is not None else 0
    name = visitor.name if visitor is not None else ""
    return _fill(
        "layout.html",
        title=escape(title),
        main=main,
        navigation=links,
        query=escape(query),
        account=f"Hello, {escape(name)}" if name else "Sign in",
        count=f'<span class="cart-count">{pieces}</span>' if pieces else "",
    ).encode()


def home(products: Sequence[Product], visitor: Visitor | None, *, in_stock: bool, sort: str) -> bytes:
    """The front page."""
    by_price = sort.lower() == "price"
    main = _fill(
        "home.html",
        products=_cards(products),
        in_stock=" checked" if in_stock else "",
        newest="" if by_price else " selected",
        price=" selected" if by_price else "",
    )
    return page("Loam · things for a calm home", main, visitor, path="/")


def shelf(
    heading: str,
    words: str,
    products: Sequence[Product],
    visitor: Visitor | None,
    *,
    path: str,
    query: str = "",
) -> bytes:
    """Some products under a heading: a category, the sale, what a search has found."""
    main = (
        f'    <section class="page shelf">\n      <div class="wrap">\n        <h1>{escape(heading)}</h1>\n'
        f"        <p>{escape(words)}</p>\n"
        f'        <ul class="products">\n{_cards(products)}\n        </ul>\n      </div>\n    </section>\n'
    )
    return page(f"{heading} · Loam", main, visitor, path=path, query=query)


def item(product: Product, others: Sequence[Product], visitor: Visitor | None) -> bytes:
    """A product."""
    if product.stock:
        order = (
            '<form class="order" method="post" action="/cart">'
            f'<input type="hidden" name="slug" value="{product.slug}"><label for="n">Pieces</label>'
            f'<input id="n" type="number" name="quantity" value="1" min="1" max="{MAX_QUANTITY}">'
            '<button type="submit">Into the cart</button></form>'
        )
    else:
        order = '<a class="button quiet" href="/makers">Ask the makers</a>'
    main = _fill(
        "item.html",
        **_texts(product),
        category=product.category,
        category_name=CATEGORIES[product.category],
        story=escape(product.story),
        price=_price(product),
        order=order,
        stock=f"{product.stock} in stock" if product.stock else "Sold out",
        stock_class="in" if product.stock else "out",
        products=_cards(others),
    )
    return page(f"{product.name} · Loam", main, visitor)


def cart(lines: Sequence[Line], visitor: Visitor | None, problem: str = "") -> bytes:
    """The cart."""
    if not lines:
        return message("Your cart", "It is empty, and there is room for a kettle.", visitor, problem=problem)
    rows = "".join(_line(line, removable=True) for line in lines)
    main = (
        '    <section class="page"><div class="wrap">\n      <h1>Your cart</h1>\n'
        + (f'      <p class="problem">{escape(problem)}</p>\n' if problem else "")
        + _table(rows, lines)
        + '      <form method="post" action="/checkout">'
        '<button class="go" type="submit">Order and pay</button></form>\n'
        "    </div></section>\n"
    )
    return page("Your cart · Loam", main, visitor)


def order(number: int, lines: Sequence[Line], visitor: Visitor | None) -> bytes:
    """What has been ordered."""
    rows = "".join(_line(line, removable=False) for line in lines)
    main = (
        f'    <section class="page"><div class="wrap">\n      <h1>Thank you</h1>\n      <p>Your order has the number'
        f' <b class="mono">{number}</b>. The cyclist knows.</p>\n{_table(rows, lines)}    </div></section>\n'
    )
    return page(f"Order {number} · Loam", main, visitor)


def account(visitor: Visitor | None, problem: str = "") -> bytes:
    """Who one is, or the way to sign in."""
    if visitor is not None and visitor.name:
        form = (
            f"      <p>You are signed in as <b>{escape(visitor.mail)}</b>.</p>\n"
            '      <form method="post" action="/sign-out"><button class="go" type="submit">Sign out</button></form>\n'
        )
        heading = f"Hello, {visitor.name}"
    else:
        form = (
            "      <p>The demo knows one customer: ada@shop.example, whose password is “difference engine”.</p>\n"
            + (f'      <p class="problem">{escape(problem)}</p>\n' if problem else "")
            + '      <form class="form" method="post" action="/sign-in">\n'
            '        <label for="who">E-mail address</label><input id="who" type="email" name="mail" required>\n'
            '        <label for="word">Password</label><input id="word" type="password" name="password" required>\n'
            '        <button class="go" type="submit">Sign in</button>\n      </form>\n'
        )
        heading = "Sign in"
    main = (
        f'    <section class="page"><div class="wrap">\n      <h1>{escape(heading)}</h1>\n'
        f"{form}    </div></section>\n"
    )
    return page(f"{heading} · Loam", main, visitor)


def message(heading: str, words: str, visitor: Visitor | None, *, path: str = "", problem: str = "") -> bytes:
    """A heading and a paragraph."""
    main = (
        f'    <section class="page"><div class="wrap">\n      <h1>{escape(heading)}</h1>\n'
        + (f'      <p class="problem">{escape(problem)}</p>\n' if problem else "")
        + f'      <p>{escape(words)}</p>\n      <a class="button" href="/">To the shelf</a>\n    </div></section>\n'
    )
    return page(f"{heading} · Loam", main, visitor, path=path)


def _cards(products: Sequence[Product]) -> str:
    return "\n".join(_card(product) for product in products)


def _card(product: Product) -> str:
    badge = f'<span class="{"badge sale" if product.former else "badge"} mono">{escape(product.badge)}</span>'
    add = (
        '<form method="post" action="/cart">'
        f'<input type="hidden" name="slug" value="{product.slug}"><button type="submit">Add</button></form>'
    )
    return _fill(
        "product.html",
        **_texts(product),
        price=_price(product),
        badge=f"              {badge}\n" if product.badge else "",
        add=add if product.stock else '<span class="kind">Sold out</span>',
    ).rstrip("\n")


def _texts(product: Product) -> dict[str, str]:
    return {
        "name": escape(product.name),
        "slug": product.slug,
        "kind": escape(product.kind),
        "picture": product.picture,
        "reviews": str(product.reviews),
    }


def _price(product: Product) -> str:
    return f"€{product.price}" + (f" <del>€{product.former}</del>" if product.former else "")


def _line(line: Line, *, removable: bool) -> str:
    product = line.product
    remove = (
        f'<form method="post" action="/cart"><input type="hidden" name="slug" value="{product.slug}">'
        f'<input type="hidden" name="quantity" value="-{line.quantity}"><button type="submit">Remove</button></form>'
    )
    return (
        f'<tr><td><img src="https://cdn.shop.example/img/{product.picture}" width="88" height="66" alt=""></td>'
        f'<td><a href="/p/{product.slug}"><b>{escape(product.name)}</b></a><br>{escape(product.kind)}</td>'
        f'<td class="number">{line.quantity}</td><td class="number mono">€{product.price * line.quantity}</td>'
        f"<td>{remove if removable else ''}</td></tr>\n"
    )


def _table(rows: str, lines: Sequence[Line]) -> str:
    total = sum(line.product.price * line.quantity for line in lines)
    return (
        '      <table class="lines"><thead><tr><th></th><th>Product</th><th class="number">Pieces</th>'
        f'<th class="number">Price</th><th></th></tr></thead>\n<tbody>\n{rows}</tbody>\n'
        f'<tfoot><tr><td colspan="3">Together</td><td class="number mono">€{total}</td><td></td></tr></tfoot></table>\n'
    )
