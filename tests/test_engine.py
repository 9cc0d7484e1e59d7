"""The in-process engine's loader."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from minibrowser.errors import NetworkError
from minibrowser.net import Request
from tests.engine import ORIGIN, FolderLoader


def _status(root: Path, path: str) -> int:
    request = Request(url=ORIGIN + path, destination="document")
    return asyncio.run(FolderLoader(root).fetch(request)).status


def test_files_of_the_folder_are_answered_with_their_type(tmp_path: Path) -> None:
    (tmp_path / "a b.xht").write_text("<html/>")
    request = Request(url=f"{ORIGIN}/a%20b.xht?q#f", destination="document")
    response = asyncio.run(FolderLoader(tmp_path).fetch(request))
    assert (response.status, response.mime_type, response.body) == (200, "application/xhtml+xml", b"<html/>")


@pytest.mark.parametrize("path", ["/none", "/", "/" + "x" * 5000, "/a%00b", "/../outside", "/%2e%2e/outside"])
def test_what_is_no_file_of_the_folder_is_not_found(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside").write_text("secret")
    assert _status(root, path) == 404


def test_data_urls_need_no_folder_and_other_hosts_cannot_be_reached(tmp_path: Path) -> None:
    loader = FolderLoader(tmp_path)
    answer = asyncio.run(loader.fetch(Request(url="data:text/css,a", destination="style")))
    assert (answer.mime_type, answer.body) == ("text/css", b"a")
    with pytest.raises(NetworkError, match="no network"):
        asyncio.run(loader.fetch(Request(url="http://example.org/", destination="image")))
