"""The hosts file: addresses by name, as the user or the machine's owner wrote them down."""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Final, final

from ...errors import UsageError
from ...limits import MAX_HOSTS_FILE_BYTES
from .resolver import FOREVER, Answer, LocalLayer


def system_hosts_path() -> str:
    """Where this machine keeps its hosts file."""
    if sys.platform == "win32":
        return os.path.join(
            os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "drivers", "etc", "hosts"
        )
    return "/etc/hosts"


@final
class HostsFile(LocalLayer):
    """One file, read again when it has changed. One that is not there says nothing.

    It stands before the caches: who writes a line expects it to hold from now on.

    Mutable: `_text`, what the file said when it was `_seen` last.
    """

    def __init__(self, path: str, *, required: bool = False) -> None:
        """`required`: a file that cannot be read is a `UsageError`."""
        self._path: Final = path
        self._seen: tuple[int, int, int] | None = None
        self._text = ""
        if required:
            try:
                with open(path, "rb"):
                    pass
            except OSError as error:
                raise UsageError(f"cannot read the hosts file {path}: {error.strerror or error}") from error

    def find(self, host: str, port: int) -> Answer | None:
        """See `LocalLayer`."""
        text = self._read()
        name = host.lower().removesuffix(".")
        if name not in text:  # 1 ms for the largest block lists, and no table of a million names
            return None
        found = find_in_hosts(text, name)
        if found is None:
            return None
        addresses, canonical, line = found
        return Answer(addresses, FOREVER, "hosts file", f"hosts file {self._path}, line {line}", canonical)

    def _read(self) -> str:
        try:
            facts = os.stat(self._path)
            seen = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            if seen != self._seen:
                with open(self._path, "rb") as file:
                    self._text = file.read(MAX_HOSTS_FILE_BYTES).decode("utf-8", "replace").lower()
                self._seen = seen
        except OSError:
            # Not there, or not for us: a machine without a hosts file is as good as any.
            self._seen, self._text = None, ""
        return self._text


def find_in_hosts(text: str, name: str) -> tuple[tuple[str, ...], str, int] | None:
    """The first address of each family for a name, the canonical name ("" for this one), and the number of the first
    line; None where the text does not know it. `text` and `name` in small letters. Pure."""
    by_family: dict[int, str] = {}
    canonical = ""
    first = 0
    for number, line in enumerate(text.splitlines(), 1):
        if name not in line:
            continue
        address, *names = line.partition("#")[0].split() or [""]
        if name not in (known.removesuffix(".") for known in names):
            continue
        try:
            family = ipaddress.ip_address(address).version
        except ValueError:
            continue
        if not by_family:
            first = number
            canonical = names[0].removesuffix(".")
        by_family.setdefault(family, address)
    if not by_family:
        return None
    return tuple(by_family.values()), "" if canonical == name else canonical, first
