"""The shop's memory: products, people, sessions, carts and orders in SQLite (in memory, shared by the application
servers of one demo). Passwords are kept as scrypt hashes and session tokens as SHA-256 of what the cookie says.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import time
from collections.abc import Callable
from typing import Final, final

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS products (
  position INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
  category TEXT NOT NULL, picture TEXT NOT NULL, reviews INTEGER NOT NULL, price INTEGER NOT NULL,
  former INTEGER NOT NULL, badge TEXT NOT NULL, stock INTEGER NOT NULL CHECK (stock >= 0), story TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (mail TEXT PRIMARY KEY, name TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
  token TEXT PRIMARY KEY, mail TEXT REFERENCES people (mail), begun REAL NOT NULL);
CREATE TABLE IF NOT EXISTS cart_lines (
  token TEXT NOT NULL, slug TEXT NOT NULL REFERENCES products (slug), quantity INTEGER NOT NULL,
  PRIMARY KEY (token, slug));
CREATE TABLE IF NOT EXISTS orders (
  number INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL, placed REAL NOT NULL, total INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS order_lines (
  number INTEGER NOT NULL REFERENCES orders (number), slug TEXT NOT NULL, quantity INTEGER NOT NULL,
  price INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS letters (mail TEXT PRIMARY KEY);
"""

_PRODUCTS: Final = (
    # slug, name, kind, category, picture, reviews, price and former price in euros, badge, stock, story
    ("tide-mug", "Tide mug", "Stoneware, 350 ml", "kitchen", "mug.png", 214, 18, 0, "New", 40,
     "A mug that remembers the sea: two bands of white slip under a glaze the colour of deep water."),
    ("dusk-table-lamp", "Dusk table lamp", "Oak and linen", "living", "lamp.jpg", 96, 89, 119, "−25 %", 12,
     "Warm light from the moment it gets dark. The shade is linen, the foot is oak, and both can be replaced."),
    ("window-fern", "Window fern", "With clay pot", "garden", "plant.webp", 341, 32, 0, "", 25,
     "It asks for half a glass of water on Mondays and a window that faces north."),
    ("station-clock", "Station clock", "Walnut, 28 cm", "living", "clock.svg", 58, 74, 0, "", 9,
     "The clock of a small station, in walnut. It does not tick; trains never did either."),
    ("harbour-chair", "Harbour chair", "Ash, wool seat", "living", "chair.png", 127, 189, 0, "Last 4", 4,
     "Steam-bent ash and a seat of felted wool. Made for long evenings and short speeches."),
    ("whistle-kettle", "Whistle kettle", "Enamel, 2 litres", "kitchen", "kettle.svg", 402, 64, 80, "−20 %", 31,
     "Two litres, two notes. The enamel is fired three times and does not mind induction."),
    ("moon-vase", "Moon vase", "Hand thrown", "garden", "vase.jpg", 77, 46, 0, "", 14,
     "Thrown in one piece, round as a full moon, with a neck for three stems."),
    ("five-good-books", "Five good books", "Chosen by our cat", "living", "books.webp", 19, 55, 0, "New", 0,
     "The cat sleeps on the ones that are worth it. Back in stock when she wakes up."),
)  # fmt: skip

_ADA: Final = (
    "ada@shop.example",
    "Ada",
    bytes.fromhex("6c6f616d2d64656d6f2d73616c742d31"),
    bytes.fromhex("cc2147bdba3c814cb239dcd211f80e25a036fc90ec5a959d28461ef865e03a39"),
)
"""The one who is known from the start; her password is "difference engine"."""

_MAX_SESSIONS: Final = 20_000
"""Visitors without a cookie get a session each; the oldest ones are forgotten."""
MAX_QUANTITY: Final = 99
"""Pieces of one product in a cart."""


@final
class Product:
    """A row of the shelf. Prices are whole euros; `former` is 0 where it has not been dearer."""

    __slots__ = (
        "badge",
        "category",
        "former",
        "kind",
        "name",
        "picture",
        "price",
        "reviews",
        "slug",
        "stock",
        "story",
    )

    def __init__(self, row: sqlite3.Row) -> None:
        self.slug: Final = str(row["slug"])
        self.name: Final = str(row["name"])
        self.kind: Final = str(row["kind"])
        self.category: Final = str(row["category"])
        self.picture: Final = str(row["picture"])
        self.reviews: Final = int(row["reviews"])
        self.price: Final = int(row["price"])
        self.former: Final = int(row["former"])
        self.badge: Final = str(row["badge"])
        self.stock: Final = int(row["stock"])
        self.story: Final = str(row["story"])

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {
            "slug": self.slug, "name": self.name, "kind": self.kind, "category": self.category,
            "price": self.price, "former": self.former or None, "stock": self.stock, "reviews": self.reviews,
        }  # fmt: skip


@final
class Line:
    """Pieces of a product in a cart or an order."""

    __slots__ = ("product", "quantity")

    def __init__(self, product: Product, quantity: int) -> None:
        self.product: Final = product
        self.quantity: Final = quantity


@final
class Visitor:
    """Who a session belongs to: `name` is "" for somebody who is not signed in."""

    __slots__ = ("mail", "name", "pieces", "token")

    def __init__(self, token: str, mail: str, name: str, pieces: int) -> None:
        self.token: Final = token
        self.mail: Final = mail
        self.name: Final = name
        self.pieces: Final = pieces


@final
class Database:
    """One connection. `seconds` counts the time spent in it, for Server-Timing."""

    def __init__(self, name: str, clock: Callable[[], float] = time.time) -> None:
        """Databases of one name are one, as long as one of them is open."""
        self._clock: Final = clock
        self.seconds = 0.0
        self._connection: Final = sqlite3.connect(
            f"file:minibrowser-demo-{name}?mode=memory&cache=shared", uri=True, isolation_level=None
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript(_SCHEMA)
        if not self._rows("SELECT 1 FROM products LIMIT 1"):
            places = ", ".join("?" * len(_PRODUCTS[0]))
            self._connection.executemany(
                "INSERT INTO products (slug, name, kind, category, picture, reviews, price, former, badge, stock,"
                f" story) VALUES ({places})",
                _PRODUCTS,
            )
            self._rows("INSERT INTO people VALUES (?, ?, ?, ?)", *_ADA)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    # --- Products --------------------------------------------------------------------------------

    def products(
        self,
        *,
        category: str = "",
        words: str = "",
        in_stock: bool = False,
        on_sale: bool = False,
        sort: str = "",
    ) -> list[Product]:
        """The products that fit, newest first or by price."""
        conditions, values = ["1"], []
        if category:
            conditions.append("category = ?")
            values.append(category)
        for word in words.split()[:8]:
            conditions.append("(name || ' ' || kind || ' ' || category || ' ' || story) LIKE ? ESCAPE '\\'")
            escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            values.append(f"%{escaped}%")
        if in_stock:
            conditions.append("stock > 0")
        if on_sale:
            conditions.append("former > 0")
        order = "price, position" if sort.lower() == "price" else "position"
        query = f"SELECT * FROM products WHERE {' AND '.join(conditions)} ORDER BY {order}"
        return [Product(row) for row in self._rows(query, *values)]

    def product(self, slug: str) -> Product | None:
        """One product."""
        rows = self._rows("SELECT * FROM products WHERE slug = ?", slug)
        return Product(rows[0]) if rows else None

    # --- Sessions --------------------------------------------------------------------------------

    def begin_session(self, mail: str | None = None, before: str = "") -> str:
        """A new session's secret, for the cookie. The cart of the session before goes along: at sign-in a new secret
        is given out, so that one that was planted is worth nothing."""
        secret = secrets.token_urlsafe(24)
        token = _digest(secret)
        self._rows("INSERT INTO sessions VALUES (?, ?, ?)", token, mail, self._clock())
        if before:
            self._rows("UPDATE cart_lines SET token = ? WHERE token = ?", token, before)
            self._rows("UPDATE orders SET token = ? WHERE token = ?", token, before)
            self._rows("DELETE FROM sessions WHERE token = ?", before)
        if self._rows("SELECT count(*) AS n FROM sessions")[0]["n"] > _MAX_SESSIONS:
            oldest = "SELECT token FROM sessions ORDER BY begun LIMIT 1000"
            self._rows(f"DELETE FROM cart_lines WHERE token IN ({oldest})")
            self._rows(f"DELETE FROM sessions WHERE token IN ({oldest})")
        return secret

    def visitor(self, secret: str) -> Visitor | None:
        """Who comes with this secret, None for a session that is not known."""
        rows = self._rows(
            "SELECT s.token, s.mail, p.name, (SELECT sum(quantity) FROM cart_lines c WHERE c.token = s.token) AS pieces"
            " FROM sessions s LEFT JOIN people p ON p.mail = s.mail WHERE s.token = ?",
            _digest(secret),
        )
        if not rows:
            return None
        row = rows[0]
        return Visitor(row["token"], row["mail"] or "", row["name"] or "", row["pieces"] or 0)

    def check_password(self, mail: str, password: str) -> bool:
        """Whether they belong together. It takes as long for people that are not known."""
        rows = self._rows("SELECT salt, hash FROM people WHERE mail = ?", mail)
        salt, expected = (rows[0]["salt"], rows[0]["hash"]) if rows else (b"nobody", b"")
        return hmac.compare_digest(password_hash(password, salt), expected)

    def end_session(self, token: str) -> None:
        """Forget a session and its cart."""
        self._rows("DELETE FROM cart_lines WHERE token = ?", token)
        self._rows("DELETE FROM sessions WHERE token = ?", token)

    # --- Carts and orders ------------------------------------------------------------------------

    def cart(self, token: str) -> list[Line]:
        """What is in a session's cart."""
        rows = self._rows(
            "SELECT p.*, c.quantity FROM cart_lines c JOIN products p USING (slug) WHERE c.token = ?"
            " ORDER BY p.position",
            token,
        )
        return [Line(Product(row), row["quantity"]) for row in rows]

    def put_into_cart(self, token: str, slug: str, quantity: int) -> None:
        """Add pieces; a negative number takes them out, and none left takes the line out."""
        self._rows(
            "INSERT INTO cart_lines VALUES (?, ?, ?) ON CONFLICT (token, slug)"
            " DO UPDATE SET quantity = min(?, quantity + excluded.quantity)",
            token, slug, min(quantity, MAX_QUANTITY), MAX_QUANTITY,
        )  # fmt: skip
        self._rows("DELETE FROM cart_lines WHERE token = ? AND quantity <= 0", token)

    def place_order(self, token: str) -> int:
        """The number of the order that a cart becomes; 0 where it is empty or the shelf does not have it all."""
        lines = self.cart(token)
        if not lines:
            return 0
        self._rows("BEGIN IMMEDIATE")
        try:
            for line in lines:
                self._rows(
                    "UPDATE products SET stock = stock - ? WHERE slug = ?", line.quantity, line.product.slug
                )
            total = sum(line.product.price * line.quantity for line in lines)
            number = int(
                self._rows(
                    "INSERT INTO orders (token, placed, total) VALUES (?, ?, ?) RETURNING number",
                    token, self._clock(), total,
                )[0]["number"]
            )  # fmt: skip
            for line in lines:
                self._rows(
                    "INSERT INTO order_lines VALUES (?, ?, ?, ?)",
                    number, line.product.slug, line.quantity, line.product.price,
                )  # fmt: skip
            self._rows("DELETE FROM cart_lines WHERE token = ?", token)
        except sqlite3.IntegrityError:  # stock >= 0
            self._rows("ROLLBACK")
            return 0
        except BaseException:
            self._rows("ROLLBACK")
            raise
        self._rows("COMMIT")
        return number

    def order(self, token: str, number: int) -> list[Line]:
        """The lines of a session's own order; none where it is not its own."""
        rows = self._rows(
            "SELECT p.*, l.quantity FROM orders o JOIN order_lines l USING (number) JOIN products p USING (slug)"
            " WHERE o.token = ? AND o.number = ? ORDER BY p.position",
            token, number,
        )  # fmt: skip
        return [Line(Product(row), row["quantity"]) for row in rows]

    def subscribe(self, mail: str) -> None:
        """One more reader of the letter."""
        self._rows("INSERT OR IGNORE INTO letters VALUES (?)", mail)

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        started = time.perf_counter()
        try:
            return self._connection.execute(query, values).fetchall()
        finally:
            self.seconds += time.perf_counter() - started


def password_hash(password: str, salt: bytes) -> bytes:
    """https://www.rfc-editor.org/rfc/rfc7914: 10 ms and 4 MiB."""
    return hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1, dklen=32)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
