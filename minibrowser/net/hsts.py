"""HTTP Strict Transport Security (RFC 6797): hosts that are only visited with https. Pure, but for `load` and `save`.

Times are seconds since the epoch, handed in by the caller.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final, final

from ..limits import MAX_HSTS_HOSTS
from ..url import URL, is_ip_address
from .atomic_file import write_atomically
from .header_values import parse_delta

_FILE: Final = "hsts.json"
_NO_TIME: Final = 1e15
"""Seconds since the epoch that no clock will show."""


@final
class Policy:
    """What a host asked for. Immutable."""

    __slots__ = ("expires", "include_subdomains")

    def __init__(self, expires: float, include_subdomains: bool) -> None:
        self.expires: Final = expires
        self.include_subdomains: Final = include_subdomains

    def __repr__(self) -> str:
        return f"<Policy until {self.expires:.0f}{' with subdomains' if self.include_subdomains else ''}>"


@final
class KnownHosts:
    """The hosts that asked for https, bounded in number: those that end first make room.

    Mutable: `_changed`, what differs from the file, None for a host that is known no more; `_loaded`, the hosts that
    came from the file.
    """

    __slots__ = ("_changed", "_hosts", "_loaded")

    def __init__(self) -> None:
        self._hosts: dict[str, Policy] = {}
        self._changed: dict[str, Policy | None] = {}
        self._loaded: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self._hosts)

    @property
    def unsaved(self) -> int:
        """How many hosts differ from what the file says."""
        return len(self._changed)

    def note(self, values: Iterable[str], url: URL, now: float) -> str:
        """Take in the `Strict-Transport-Security` headers of an answer that came with a checked certificate. Returns
        what they meant, "" for nothing (section 8.1)."""
        header = next(iter(values), None)  # the first one counts
        if header is None or url.scheme != "https" or is_ip_address(url.host):
            return ""
        parsed = parse_header(header)
        if parsed is None:
            return "Strict-Transport-Security ignored: malformed"
        seconds, include_subdomains = parsed
        host = _normal(url.host)
        if seconds == 0:
            if host not in self._hosts:
                return ""
            self._forget(host)
            return f"{host} is no longer https only"
        known = host in self._hosts
        policy = self._hosts[host] = self._changed[host] = Policy(now + seconds, include_subdomains)
        if len(self._hosts) > MAX_HSTS_HOSTS:
            self._forget(min(self._hosts, key=lambda name: self._hosts[name].expires))
        below = " and below" if policy.include_subdomains else ""
        return "" if known else f"{host}{below} is https only for {seconds:.0f} s"

    def upgraded(self, url: URL, now: float) -> tuple[URL, str] | None:
        """The https URL to be asked instead of an http one, and why; None where nothing is known (section 8.3)."""
        if url.scheme != "http" or not self._hosts or is_ip_address(url.host):
            return None
        labels = _normal(url.host).split(".")
        for start in range(len(labels)):
            host = ".".join(labels[start:])
            policy = self._hosts.get(host)
            if policy is None or policy.expires <= now or (start and not policy.include_subdomains):
                continue
            # An explicit port stays, but 80 becomes 443: the parser drops it as http's own.
            return URL("https" + url.href[len("http") :]), f"HSTS: {host} is https only"
        return None

    def load(self, folder: str, now: float) -> str:
        """Add what the file in a folder knows. Returns "" or why it was passed over."""
        try:
            known = _read(Path(folder) / _FILE)
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            return f"{Path(folder) / _FILE} passed over: {error}"
        self._loaded = frozenset(known)
        self._hosts = _longest(known | self._hosts, now)
        return ""

    def save(self, folder: str, now: float) -> None:
        """Write what has changed into the file, beside what other processes have written. Raises `OSError`."""
        if not self._changed:
            return
        path = Path(folder) / _FILE
        try:
            known = _read(path)
        except (FileNotFoundError, ValueError):
            known = {}
        for host, changed in self._changed.items():
            if changed is None:
                known.pop(host, None)
            else:
                known[host] = changed
        kept = _longest(known, now)
        rows = {host: [policy.expires, policy.include_subdomains] for host, policy in sorted(kept.items())}
        write_atomically(path, (json.dumps({"version": 1, "hosts": rows}, indent=1) + "\n").encode())
        self._changed.clear()
        self._loaded = frozenset(kept)

    def _forget(self, host: str) -> None:
        del self._hosts[host]
        if host in self._loaded:
            self._changed[host] = None
        else:
            self._changed.pop(host, None)


def _longest(known: dict[str, Policy], now: float) -> dict[str, Policy]:
    """Those that have not ended; of too many, those that end last."""
    living = {host: policy for host, policy in known.items() if policy.expires > now}
    if len(living) <= MAX_HSTS_HOSTS:
        return living
    kept = sorted(living.items(), key=lambda item: item[1].expires)[-MAX_HSTS_HOSTS:]
    return dict(kept)


def parse_header(value: str) -> tuple[float, bool] | None:
    """`max-age` in seconds and `includeSubDomains`, or None for what is malformed (section 6.1)."""
    seconds: float | None = None
    include_subdomains = False
    seen: set[str] = set()
    for part in value.split(";"):
        name, equals, argument = (piece.strip(" \t") for piece in part.partition("="))
        name = name.lower()
        if not name:
            if equals:
                return None
            continue
        if name in seen:
            return None
        seen.add(name)
        if name == "max-age":
            quoted = len(argument) >= 2 and argument[0] == argument[-1] == '"'
            seconds = parse_delta(argument[1:-1] if quoted else argument)
            if seconds is None:
                return None
        elif name == "includesubdomains":
            if equals:
                return None
            include_subdomains = True
    return None if seconds is None else (seconds, include_subdomains)


def _read(path: Path) -> dict[str, Policy]:
    """The hosts of a file. Raises `OSError`, and `ValueError` for what is no such file."""
    data = json.loads(path.read_text("utf-8"))
    if not isinstance(data, dict) or data.get("version") != 1 or not isinstance(data.get("hosts"), dict):
        raise ValueError("not a list of HSTS hosts")
    policies = {}
    for host, row in data["hosts"].items():
        if not (
            isinstance(row, list) and len(row) == 2 and isinstance(row[0], int | float) and row[0] < _NO_TIME
        ):
            raise ValueError(f"no policy for {host}")
        policies[host] = Policy(float(row[0]), bool(row[1]))
    return policies


def _normal(host: str) -> str:
    return host.lower().removesuffix(".")
