"""The host cache on disk, shared by runs: answers by name, for as long as they live.

It helps and never hurts: a file that cannot be opened, read or written is a word in the trace and nothing more. Answers
are kept apart by who gave them (the "view"): another DNS server may have another opinion. Refusals are not kept: they
would outlive the mistake that they told of.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar, final

from ...limits import HOST_CACHE_SECONDS, MAX_DNS_TTL, MAX_HOST_STORE_ENTRIES
from ...trace import Recorder
from .resolver import Answer

T = TypeVar("T")

_FILE: Final = "host-cache.sqlite3"
_VERSION: Final = 1
_BUSY_SECONDS: Final = 1.0
"""How long another process may hold the file: a lookup is soon cheaper than waiting."""

_SCHEMA: Final = (
    "CREATE TABLE hosts (view TEXT NOT NULL, name TEXT NOT NULL, addresses TEXT NOT NULL, canonical TEXT NOT NULL,"
    " written REAL NOT NULL, expires REAL NOT NULL, PRIMARY KEY (view, name)) WITHOUT ROWID"
)


@final
class DiskHostCache:
    """The awaiting half: a thread of its own for `HostStore`.

    Mutable: `_writing`, what has not reached the disk yet; `close` waits for it.
    """

    def __init__(self, folder: str, view: str, clock: Callable[[], float]) -> None:
        """`view` names who gives the answers; `clock` in seconds since the epoch."""
        self._store: Final = HostStore(folder, view)
        self._clock: Final = clock
        self._thread: ThreadPoolExecutor | None = None
        self._writing: set[asyncio.Future[None]] = set()

    async def get(self, name: str, recorder: Recorder) -> Answer | None:
        """The living answer for a name, or None."""
        try:
            return await self._call(self._store.get, name, self._clock())
        except (sqlite3.Error, OSError) as error:
            recorder.event("dns", name, f"disk cache passed over: {error}")
            return None

    def put(self, name: str, answer: Answer, recorder: Recorder) -> None:
        """Remember an answer; nobody waits for it."""
        future = self._call(self._store.put, name, answer, self._clock())
        self._writing.add(future)

        def done(future: asyncio.Future[None]) -> None:
            self._writing.discard(future)
            error = None if future.cancelled() else future.exception()
            if isinstance(error, sqlite3.Error | OSError):
                recorder.event("dns", name, f"not kept in the disk cache: {error}")
            elif error is not None:
                raise error

        future.add_done_callback(done)

    async def close(self) -> None:
        """Finish what is being written and close the file."""
        while self._writing:
            await asyncio.wait(set(self._writing))
        if self._thread is not None:
            thread, self._thread = self._thread, None
            await asyncio.get_running_loop().run_in_executor(thread, self._store.close)
            thread.shutdown()

    def _call(self, function: Callable[..., T], *arguments: object) -> asyncio.Future[T]:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "host cache")
        return asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)


@final
class HostStore:
    """The synchronous half: one table in SQLite's WAL mode, so that several processes may share it. All methods may
    raise `sqlite3.Error` and `OSError`; times are seconds since the epoch."""

    def __init__(self, folder: str, view: str, max_entries: int = MAX_HOST_STORE_ENTRIES) -> None:
        self._path: Final = Path(folder) / _FILE
        self._view: Final = view
        self._max_entries: Final = max_entries
        self._connection: sqlite3.Connection | None = None

    def get(self, name: str, now: float) -> Answer | None:
        """The living answer for a name. One from the future is from a clock that was wrong."""
        row = self._healed(lambda connection: self._read(connection, name, now))
        if row is None or not row[0]:
            return None
        addresses, canonical, expires = row
        left = expires - now
        words = f"disk cache, {left:.0f} s left"
        return Answer(tuple(addresses.split(" ")), left, "disk cache", words, canonical)

    def put(self, name: str, answer: Answer, now: float) -> None:
        """Remember an answer; when there are too many, those that end first make room."""
        ttl = min(answer.ttl if answer.ttl >= 0 else HOST_CACHE_SECONDS, MAX_DNS_TTL)
        if ttl >= 1.0:
            self._healed(lambda connection: self._write(connection, name, answer, (now, now + ttl)))

    def _read(self, connection: sqlite3.Connection, name: str, now: float) -> tuple[str, str, float] | None:
        row = connection.execute(
            "SELECT addresses, canonical, expires FROM hosts"
            " WHERE view = ? AND name = ? AND expires > ? AND written <= ?",
            (self._view, name, now, now),
        ).fetchone()
        return None if row is None else (str(row[0]), str(row[1]), float(row[2]))

    def _write(
        self, connection: sqlite3.Connection, name: str, answer: Answer, times: tuple[float, float]
    ) -> None:
        with connection:
            connection.execute(
                "INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?, ?, ?)",
                (self._view, name, " ".join(answer.addresses), answer.canonical, *times),
            )
            count = connection.execute("SELECT count(*) FROM hosts").fetchone()[0]
            if count > self._max_entries:
                connection.execute("DELETE FROM hosts WHERE expires <= ?", (times[0],))
                connection.execute(
                    "DELETE FROM hosts WHERE (view, name) IN (SELECT view, name FROM hosts ORDER BY expires"
                    " LIMIT max(0, (SELECT count(*) FROM hosts) - ?))",
                    (self._max_entries,),
                )

    def _healed(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do something with the database. One that is none or broken is thrown away: all it held can be asked for
        again."""
        try:
            return work(self._open())
        except sqlite3.OperationalError:
            raise  # locked, or a folder where nothing may be written: not the file's fault
        except sqlite3.DatabaseError:
            self.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
            return work(self._open())

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._prepared()
        return self._connection

    def _prepared(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, check_same_thread=False)
        try:
            # Lookups wait for this thread, so it waits for no disk: what a power failure breaks is thrown away.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = WAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                connection.execute("BEGIN IMMEDIATE")
                # Another process may have been first.
                if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                    connection.execute("DROP TABLE IF EXISTS hosts")
                    connection.execute(_SCHEMA)
                    connection.execute(f"PRAGMA user_version = {_VERSION}")
                connection.commit()
        except BaseException:
            connection.close()
            raise
        return connection
