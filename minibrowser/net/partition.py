"""The network partition of a request (https://fetch.spec.whatwg.org/#network-partition-keys): requests for pages of
different sites share neither connections nor TLS sessions, so that no third party can tie the visits together by them.
"""

from __future__ import annotations

from typing import final

from ..limits import MAX_KNOWN_PARTITIONS
from ..url import parsed
from .public_suffix import is_same_site
from .request import Request


@final
class Partitions:
    """Names the partitions of a session.

    OPTIMIZATION: the list of public suffixes takes 10 ms to load. A session that shows pages of one host never asks
    it: the first host's name stands for its site, and only another host raises the question whether they are one.
    """

    __slots__ = ("_names",)

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, request: Request) -> str:
        """The partition's name: a host of the site of the document at the top, or a scheme for what has no host."""
        host = top_level_host(request)
        if host.endswith(":"):
            return host
        found = self._names.get(host)
        if found is None:
            found = host
            for name in dict.fromkeys(self._names.values()):
                if is_same_site(name, host):
                    found = name
                    break
            if len(self._names) >= MAX_KNOWN_PARTITIONS:
                self._names.clear()
            self._names[host] = found
        return found


def top_level_host(request: Request) -> str:
    """The host of the document at the top, or its scheme ("data:") where it has none."""
    if request.destination == "document":
        return parsed(request.url).host
    top = parsed(request.top_level or request.initiator or request.url)
    return top.host if top.is_http else top.scheme + ":"
