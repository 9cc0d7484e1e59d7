"""One HTTP exchange as it went over the wire: the record that HAR is written from.

Plain values: trace imports nothing of ours, so the network hands over strings and numbers.
"""

from __future__ import annotations

from typing import final

NOT_APPLICABLE = -1.0
"""A phase that did not happen: no DNS on a reused connection, no TLS on http. HAR writes -1 as well."""


@final
class ExchangeTiming:
    """Seconds spent in each phase, `NOT_APPLICABLE` for a phase that did not happen.

    `blocked` is the wait for a connection; `connect` is TCP alone and `tls` follows it.
    """

    __slots__ = ("blocked", "connect", "dns", "receive", "send", "tls", "wait")

    def __init__(self) -> None:
        self.blocked = NOT_APPLICABLE
        self.dns = NOT_APPLICABLE
        self.connect = NOT_APPLICABLE
        self.tls = NOT_APPLICABLE
        self.send = NOT_APPLICABLE
        self.wait = NOT_APPLICABLE
        self.receive = NOT_APPLICABLE

    @property
    def total(self) -> float:
        """Seconds over all phases that happened."""
        phases = (self.blocked, self.dns, self.connect, self.tls, self.send, self.wait, self.receive)
        return sum(phase for phase in phases if phase > 0)

    def __repr__(self) -> str:
        shown = (
            f"{name} {getattr(self, name) * 1000:.1f} ms"
            for name in ("blocked", "dns", "connect", "tls", "send", "wait", "receive")
            if getattr(self, name) >= 0
        )
        return f"<ExchangeTiming {', '.join(shown)}>"


@final
class Exchange:
    """A request and its answer.

    Attributes:
        started: seconds since the recorder's start.
        method, url, http_version: of the request; the version is "HTTP/1.1" and the like, "" where unknown.
        request_headers, response_headers: in order, with their case.
        request_body: None where there was none.
        status: 0 while there is no answer.
        body: decoded bytes, None when they are not kept.
        body_size: bytes of the body on the wire, -1 where unknown; decoded_size after decoding.
        head_size, request_head_size: bytes of the heads on the wire, -1 where unknown.
        server_address: IP address, "" where unknown; connection: the pool's number of the connection.
        source: "network", "cache", "file", "data", "about".
        error: "" or the one-line error that ended it.
    """

    __slots__ = (
        "body", "body_size", "connection", "decoded_size", "destination", "error", "head_size", "http_version",
        "method", "mime_type", "redirect_url", "request_body", "request_head_size", "request_headers",
        "response_headers", "server_address", "source", "started", "status", "status_text", "timing", "url",
    )  # fmt: skip

    def __init__(self, method: str, url: str, started: float) -> None:
        self.method = method
        self.url = url
        self.started = started
        self.http_version = ""
        self.destination = ""
        self.request_headers: list[tuple[str, str]] = []
        self.request_body: bytes | None = None
        self.request_head_size = -1
        self.status = 0
        self.status_text = ""
        self.response_headers: list[tuple[str, str]] = []
        self.redirect_url = ""
        self.mime_type = ""
        self.body: bytes | None = None
        self.body_size = -1
        self.decoded_size = 0
        self.head_size = -1
        self.server_address = ""
        self.connection = ""
        self.source = "network"
        self.error = ""
        self.timing = ExchangeTiming()

    def __repr__(self) -> str:
        return f"<Exchange {self.method} {self.url} {self.status}>"
