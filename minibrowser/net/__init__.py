"""The network: a `Request` becomes a `Response`. asyncio; bytes in, bytes out; knows no other stage."""

from .config import CookieFields, NetworkConfig, Timeouts
from .fetch import Session
from .headers import Headers
from .request import Priority, Request
from .response import Response, TLSInfo
from .streaming import BodyObserver, BodyStream

__all__ = [
    "BodyObserver",
    "BodyStream",
    "CookieFields",
    "Headers",
    "NetworkConfig",
    "Priority",
    "Request",
    "Response",
    "Session",
    "TLSInfo",
    "Timeouts",
]
