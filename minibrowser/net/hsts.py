"""HTTP Strict Transport Security (RFC 6797): hosts that are only visited with https. Pure, but for `load` and `save`.

Times are seconds since the epoch, handed in by the caller.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final, final

from ..limits import MAX_HSTS_HOSTS
from ..url import URL
from .cache_control import parse_delta

_FILE: Final = "hsts.json"


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

    Mutable: `_changed`, what differs from the file, None for a host that is known no more.
    """

    __slots__ = ("_changed", "_hosts")

    def __init__(self) -> None:
        self._hosts: dict[str, Policy] = {}
        self._changed: dict[str, Policy | None] = {}

    def __len__(self) -> int:
        return len(self._hosts)

    def note(self, values: Iterable[str], url: URL, now: float) -> str:
        """Take in the `Strict-Transport-Security` headers of an answer that came with a checked certificate. Returns
        what they meant, "" for nothing (section 8.1)."""
        header = next(iter(values), None)  # the first one counts
        if header is None or url.scheme != "https" or _is_address(url.host):
            return ""
        parsed = parse_header(header)
        if parsed is None:
            return "Strict-Transport-Security ignored: malformed"
        seconds, include_subdomains = parsed
        host = _normal(url.host)
        if seconds == 0:
            if self._hosts.pop(host, None) is None:
                return ""
            self._changed[host] = None
            return f"{host} is no longer https only"
        known = host in self._hosts
        policy = self._hosts[host] = self._changed[host] = Policy(now + seconds, include_subdomains)
        if len(self._hosts) > MAX_HSTS_HOSTS:
            doomed = min(self._hosts, key=lambda name: self._hosts[name].expires)
            del self._hosts[doomed]
            self._changed[doomed] = None
        below = " and below" if policy.include_subdomains else ""
        return "" if known else f"{host}{below} is https only for {seconds:.0f} s"

    def upgraded(self, url: URL, now: float) -> tuple[URL, str] | None:
        """The https URL to be asked instead of an http one, and why; None where nothing is known (section 8.3)."""
        if url.scheme != "http" or not self._hosts or _is_address(url.host):
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
        self._hosts |= {host: policy for host, policy in known.items() if policy.expires > now}
        return ""

    def save(self, folder: str, now: float) -> None:
        """Write what has changed into the file, beside what other processes have written. Raises `OSError`."""
        if not self._changed:
            return
        from .cookie_store import write_atomically  # noqa: PLC0415 - only where something is written

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
        kept = {host: policy for host, policy in known.items() if policy.expires > now}
        rows = {host: [policy.expires, policy.include_subdomains] for host, policy in sorted(kept.items())}
        write_atomically(path, json.dumps({"version": 1, "hosts": rows}, indent=1) + "\n")
        self._changed.clear()


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
        if not (isinstance(row, list) and len(row) == 2 and isinstance(row[0], int | float)):
            raise ValueError(f"no policy for {host}")
        policies[host] = Policy(float(row[0]), bool(row[1]))
    return policies


def _normal(host: str) -> str:
    return host.lower().removesuffix(".")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
