"""Carries DNS over HTTPS: connections of its own, whose own names are looked up without it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, final

from ..errors import NetworkError
from ..trace import Recorder
from ..url import URL
from .config import NetworkConfig
from .dns.doh import MESSAGE_TYPE, DoHReply
from .header_values import parse_delta
from .headers import Headers
from .mime_type import parse_mime_type
from .request import Request

if TYPE_CHECKING:
    from .http_network import HTTPNetwork

_MAX_MESSAGE: Final = 65_535
"""Bytes of a DNS message (RFC 8484 section 6)."""


@final
class DoHClient:
    """A `DoHFetch` over our own HTTP.

    The connections are none of the session's: a lookup that waits for a free connection that waits for a lookup would
    never end. For the same reason its resolver is one without DNS over HTTPS.
    """

    def __init__(self, config: NetworkConfig) -> None:
        # Whoever sets the session up chooses this server, not a page: it may be in a private network.
        self._config: Final = replace(
            config, doh="", block_private_networks=False, max_body_bytes=_MAX_MESSAGE
        )
        self._network: HTTPNetwork | None = None

    async def fetch(self, url: str, recorder: Recorder) -> DoHReply:
        """GET a URL. Raises `NetworkError`."""
        if self._network is None:
            from .http_network import HTTPNetwork  # noqa: PLC0415 - it knows us

            self._network = HTTPNetwork(self._config)
        parsed = URL(url)
        headers = Headers([("Host", parsed.host_port), ("Accept", MESSAGE_TYPE)])
        record = recorder.begin_exchange("GET", url)
        record.destination = "dns"
        request = Request(url=url, credentials="omit")
        try:
            answer = await self._network.exchange(
                request, parsed, headers, record, recorder, lambda head: None
            )
        except NetworkError as error:
            record.error = str(error)
            raise
        except asyncio.CancelledError:
            record.error = "cancelled"
            raise
        kind = parse_mime_type(answer.head.headers.get("content-type") or "")
        age = parse_delta((answer.head.headers.get("age") or "").strip(" \t")) or 0.0
        return DoHReply(answer.head.status, kind.essence if kind is not None else "", answer.body, age)

    async def close(self) -> None:
        """Close the connections."""
        if self._network is not None:
            network, self._network = self._network, None
            await network.close()
