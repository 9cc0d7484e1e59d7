"""Where cookies outlive the session: a file whose suffix says how it is written.

`.txt` is Netscape's cookies.txt, `.json` Playwright's storage state, anything else SQLite, which several processes may
share: each adds what it changed and leaves the rest. Synchronous; session cookies are saved as well, as curl does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, final

from ..errors import UsageError
from .atomic_file import write_atomically
from .cookie_formats import format_netscape, format_storage_state, parse_netscape, parse_storage_state
from .cookies import NEVER, Cookie, CookieJar

_VERSION: Final = 1
_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS cookies (name TEXT NOT NULL, value TEXT NOT NULL, domain TEXT NOT NULL, path TEXT"
    " NOT NULL, host_only INTEGER NOT NULL, partition TEXT NOT NULL, expires REAL, created REAL NOT NULL, last_access"
    " REAL NOT NULL, secure INTEGER NOT NULL, http_only INTEGER NOT NULL, same_site TEXT NOT NULL,"
    " PRIMARY KEY (name, domain, path, host_only, partition))"
)
_COLUMNS: Final = (
    "name, value, domain, path, host_only, partition, expires, created, last_access, secure, http_only,"
    " same_site"
)

Row = tuple[str, str, str, str, bool, str, float | None, float, float, bool, bool, str]
Key = tuple[str, str, str, bool, str]


@final
class CookieFile:
    """A jar's file. `load` first; `save` then writes what has changed since."""

    def __init__(self, path: str) -> None:
        self._path: Final = Path(path)
        self._loaded: dict[Key, Row] = {}

    def load(self, jar: CookieJar, now: float) -> None:
        """Put the file's cookies into a jar; a file that is not there is an empty one. Raises `UsageError`."""
        if self._path.exists():
            for cookie in self._read(now):
                jar.add(cookie, now)
        self._loaded = {cookie.key: _row(cookie) for cookie in jar.cookies()}

    def save(self, jar: CookieJar) -> bool:
        """Write the jar, all or nothing. Returns whether anything had changed. Raises `UsageError`."""
        rows = {cookie.key: _row(cookie) for cookie in jar.cookies()}
        if rows == self._loaded:
            return False
        try:
            if self._path.suffix == ".txt":
                write_atomically(self._path, format_netscape(jar.cookies()))
            elif self._path.suffix == ".json":
                write_atomically(self._path, format_storage_state(jar.cookies()).encode())
            else:
                changed = [row for key, row in rows.items() if self._loaded.get(key) != row]
                _write_sqlite(self._path, changed, [key for key in self._loaded if key not in rows])
        except OSError as error:
            raise UsageError(
                f"cannot write the cookies to {self._path}: {error.strerror or error}"
            ) from error
        self._loaded = rows
        return True

    def _read(self, now: float) -> list[Cookie]:
        try:
            if self._path.suffix == ".txt":
                return parse_netscape(self._path.read_bytes(), str(self._path), now)
            if self._path.suffix == ".json":
                return parse_storage_state(self._path.read_text("utf-8"), str(self._path), now)
            return _read_sqlite(self._path)
        except (OSError, UnicodeError) as error:
            raise UsageError(f"cannot read the cookies in {self._path}: {error}") from error


def read_storage_state(path: str, now: float) -> list[Cookie]:
    """The cookies of a storage state's file. Raises `UsageError`."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise UsageError(f"cannot read the storage state {path}: {error}") from error
    return parse_storage_state(text, path, now)


def _row(cookie: Cookie) -> Row:
    expires = None if cookie.expires == NEVER else cookie.expires
    return (
        cookie.name, cookie.value, cookie.domain, cookie.path, cookie.host_only, cookie.partition, expires,
        cookie.created, cookie.last_access, cookie.secure, cookie.http_only, cookie.same_site,
    )  # fmt: skip


def _read_sqlite(path: Path) -> list[Cookie]:
    import sqlite3  # noqa: PLC0415 - for those who save cookies so

    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)
        try:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM cookies").fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UsageError(f"{path} is no cookie jar of ours: {error}") from error
    cookies = []
    for row in rows:
        cookie = Cookie(row[0], row[1], row[2], row[3], row[7])
        cookie.host_only = bool(row[4])
        cookie.partition = row[5]
        cookie.expires = NEVER if row[6] is None else row[6]
        cookie.last_access = row[8]
        cookie.secure, cookie.http_only, cookie.same_site = bool(row[9]), bool(row[10]), row[11]
        cookies.append(cookie)
    return cookies


def _write_sqlite(path: Path, changed: Iterable[Row], gone: Iterable[Key]) -> None:
    import sqlite3  # noqa: PLC0415 - for those who save cookies so

    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        connection = sqlite3.connect(path, timeout=5.0, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.executemany(
                "DELETE FROM cookies WHERE name = ? AND domain = ? AND path = ? AND host_only = ? AND partition = ?",
                list(gone),
            )
            marks = ", ".join("?" * len(_COLUMNS.split(",")))
            connection.executemany(
                f"INSERT OR REPLACE INTO cookies ({_COLUMNS}) VALUES ({marks})", list(changed)
            )
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
