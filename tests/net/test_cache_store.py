from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from minibrowser.net.cache import StoredResponse
from minibrowser.net.cache_memory import MemoryStore
from minibrowser.net.cache_store import DiskStore
from minibrowser.net.headers import Headers


def entry(
    url: str, body: bytes = b"body", partition: str = "a.example", x: str | None = None
) -> StoredResponse:
    return StoredResponse(
        (url, partition),
        (200, "OK", "HTTP/1.1"),
        (Headers([("ETag", '"v1"'), ("X", "1"), ("X", "2")]), body),
        times=(1.5, 2.5),
        selecting=(("x", x),),
    )


def test_what_is_stored_on_disk_comes_back_whole(tmp_path: Path) -> None:
    first = DiskStore(str(tmp_path / "new" / "folder"))
    first.put(entry("u", x="1"), 10.0)
    first.put(entry("u", b"other"), 10.0)
    first.put(entry("v"), 10.0)
    first.close()
    second = DiskStore(str(tmp_path / "new" / "folder"))
    one, other = second.get("u", 11.0)
    assert (one.body, one.selecting, other.body, other.selecting) == (
        b"body",
        (("x", "1"),),
        b"other",
        (("x", None),),
    )
    assert one.headers.items() == [("ETag", '"v1"'), ("X", "1"), ("X", "2")]
    assert (one.url, one.partition, one.status, one.requested, one.received) == (
        "u",
        "a.example",
        200,
        1.5,
        2.5,
    )
    assert (one.first, one.total) == (-1, -1)
    second.put(entry("u", b"renewed", x="1"), 12.0)
    assert sorted(stored.body for stored in second.get("u", 12.0)) == [b"other", b"renewed"]
    second.remove(entry("u", x="1"))
    assert [stored.body for stored in second.get("u", 12.0)] == [b"other"]
    second.remove_url("u")
    assert second.get("u", 12.0) == []
    assert len(second.get("v", 12.0)) == 1
    second.close()


def test_the_least_recently_used_leave_a_full_disk(tmp_path: Path) -> None:
    store = DiskStore(str(tmp_path), max_bytes=100_000)
    for number in range(9):
        store.put(entry(str(number), b"x" * 10_000), float(number))
    store.get("0", 20.0)
    store.put(entry("9", b"x" * 10_000), 21.0)
    assert store.total() <= 100_000
    assert [number for number in range(10) if store.get(str(number), 30.0)] == [0, *range(2, 10)]
    store.put(entry("huge", b"x" * 20_000), 31.0)
    assert store.get("huge", 31.0) == []
    store.close()


@pytest.mark.parametrize("broken", [b"this is no database, whatever its name says" * 99, b""])
def test_a_broken_file_is_thrown_away(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "http-cache.sqlite3").write_bytes(broken)
    store = DiskStore(str(tmp_path))
    assert store.get("u", 1.0) == []
    store.put(entry("u"), 1.0)
    assert len(store.get("u", 1.0)) == 1
    store.close()


def test_a_file_of_another_version_is_emptied(tmp_path: Path) -> None:
    store = DiskStore(str(tmp_path))
    store.put(entry("u"), 1.0)
    store.close()
    connection = sqlite3.connect(tmp_path / "http-cache.sqlite3")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    store = DiskStore(str(tmp_path))
    assert store.get("u", 1.0) == []
    store.close()


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        DiskStore(str(tmp_path / "file" / "folder")).get("u", 1.0)


_WRITER = """
import sys
from tests.net.test_cache_store import entry
from minibrowser.net.cache_store import DiskStore
store = DiskStore(sys.argv[1])
for number in range(100):
    store.put(entry(f"{sys.argv[2]} {number}", b"x" * 5000), float(number))
if sys.argv[2] == "crash":
    store._open().execute("BEGIN IMMEDIATE")
    store._open().execute("DELETE FROM responses")
    import os
    os._exit(1)
store.close()
"""


def test_processes_share_a_folder_and_one_that_dies_takes_nothing_along(tmp_path: Path) -> None:
    project = Path(__file__).resolve().parents[2]
    names = ["one", "two", "crash"]
    environment = os.environ | {"PYTHONPATH": str(project)}
    running = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path), name], cwd=project, env=environment)
        for name in names
    ]
    assert [process.wait(60) for process in running] == [0, 0, 1]
    store = DiskStore(str(tmp_path))
    assert [sum(len(store.get(f"{name} {n}", 1.0)) for n in range(100)) for name in names] == [100] * 3
    store.close()


def test_memory_keeps_variants_apart_and_stays_within_its_bound() -> None:
    store = MemoryStore(max_bytes=100_000)
    assert store.put(entry("u", x="1"))
    assert store.put(entry("u", x="2"))
    assert store.put(entry("u", b"new", x="1"))
    assert sorted(stored.body for stored in store.get("u")) == [b"body", b"new"]
    for number in range(20):
        store.put(entry(str(number), b"x" * 10_000))
        store.get("0")
    assert store.total <= 100_000
    assert store.get("0")
    assert not store.get("1")
    assert not store.put(entry("19", b"x" * 50_000))
    assert store.get("19") == []
    for number in range(100):
        store.remove_url(str(number))
    store.remove_url("u")
    assert store.total == 0


def test_a_url_has_a_bounded_number_of_variants() -> None:
    store = MemoryStore()
    for number in range(100):
        store.put(entry("u", x=str(number)))
    assert len(store.get("u")) == 16
    assert store.total == sum(stored.size for stored in store.get("u"))
