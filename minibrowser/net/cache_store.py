"""Where the HTTP cache keeps responses on disk: a folder that several processes may share.

Synchronous; the caller takes this work to a thread. Imported when a cache folder is set: sqlite3 costs 5 ms.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar, final

from ..limits import MAX_CACHE_DISK_BYTES, MAX_CACHE_ENTRY_SHARE
from .cache import StoredResponse
from .headers import Headers

_VERSION: Final = 1
_SCHEMA: Final = (
    "CREATE TABLE responses (id INTEGER PRIMARY KEY, url TEXT NOT NULL, variant TEXT NOT NULL,"
    " partition TEXT NOT NULL, facts TEXT NOT NULL, body BLOB NOT NULL, size INTEGER NOT NULL, used REAL NOT NULL,"
    " UNIQUE (url, variant))",
    "CREATE INDEX responses_used ON responses (used, size)",
)
_PATIENCE: Final = 5.0
"""Seconds to wait for another process that writes."""

T = TypeVar("T")


@final
class DiskStore:
    """Responses in SQLite. Each call is one transaction: a crash leaves the old state or the new one.

    The least recently used go when the bodies grow beyond `max_bytes`. A file that is broken or of another version
    is thrown away: a cache may forget. Raises `OSError` for what the system refuses.
    """

    def __init__(self, folder: str, max_bytes: int = MAX_CACHE_DISK_BYTES) -> None:
        self._path: Final = Path(folder) / "http-cache.sqlite3"
        self._max_bytes: Final = max_bytes
        self._connection: sqlite3.Connection | None = None

    def get(self, url: str, now: float) -> list[StoredResponse]:
        """All responses stored for a URL; they count as used now."""

        def read(connection: sqlite3.Connection) -> list[StoredResponse]:
            rows = connection.execute(
                "SELECT partition, facts, body FROM responses WHERE url = ?", (url,)
            ).fetchall()
            if rows:
                connection.execute("UPDATE responses SET used = ? WHERE url = ?", (now, url))
            return [_from_row(url, partition, facts, body) for partition, facts, body in rows]

        return self._transaction(read)

    def put(self, entry: StoredResponse, now: float) -> None:
        """Store a response in the place of its variant."""
        if entry.size > self._max_bytes // MAX_CACHE_ENTRY_SHARE:
            self.remove(entry)
            return
        row = (entry.url, _variant(entry), entry.partition, _facts(entry), entry.body, entry.size, now)

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO responses (url, variant, partition, facts, body, size, used)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            self._make_room(connection)

        self._transaction(write)

    def remove(self, entry: StoredResponse) -> None:
        """Forget one response."""
        self._transaction(
            lambda connection: connection.execute(
                "DELETE FROM responses WHERE url = ? AND variant = ?", (entry.url, _variant(entry))
            )
        )

    def remove_url(self, url: str) -> None:
        """Forget all responses to a URL."""
        self._transaction(
            lambda connection: connection.execute("DELETE FROM responses WHERE url = ?", (url,))
        )

    def total(self) -> int:
        """Bytes that are stored."""
        return self._transaction(_sum)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _make_room(self, connection: sqlite3.Connection) -> None:
        excess = _sum(connection) - self._max_bytes
        if excess <= 0:
            return
        doomed = []
        for number, size in connection.execute("SELECT id, size FROM responses ORDER BY used"):
            doomed.append((number,))
            excess -= size
            if excess <= 0:
                break
        connection.executemany("DELETE FROM responses WHERE id = ?", doomed)

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a piece of work in a transaction; a broken file is replaced by an empty one, once."""
        try:
            try:
                return self._attempt(work)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self._discard()
                return self._attempt(work)
        except sqlite3.Error as error:
            raise OSError(f"{self._path}: {error}") from error

    def _attempt(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.commit()  # it may fail too, and an open transaction would stand in the way of all others
        except BaseException:
            connection.rollback()
            raise
        return result

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None:
            return self._connection
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # isolation_level None: transactions begin and end where this class says so.
        connection = sqlite3.connect(
            self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version != _VERSION:
                connection.execute("DROP TABLE IF EXISTS responses")
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.commit()
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _discard(self) -> None:
        self.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)


def _sum(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(sum(size), 0) FROM responses").fetchone()[0])


def _variant(entry: StoredResponse) -> str:
    return json.dumps(entry.variant)


def _facts(entry: StoredResponse) -> str:
    return json.dumps(
        [
            entry.status, entry.status_text, entry.http_version, entry.headers.items(), entry.requested,
            entry.received, entry.selecting, entry.first, entry.total,
        ]
    )  # fmt: skip


def _from_row(url: str, partition: str, facts: str, body: bytes) -> StoredResponse:
    status, words, version, headers, requested, received, selecting, first, total = json.loads(facts)
    return StoredResponse(
        (url, partition),
        (status, words, version),
        (Headers((name, value) for name, value in headers), bytes(body)),
        times=(requested, received),
        selecting=tuple((name, value) for name, value in selecting),
        part=(first, total),
    )
