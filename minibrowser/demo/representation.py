"""What an answer looks like for a request: its content coding, its validators, its ranges. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Final, final

from ..net import Headers
from ..net.content_coding import encode_body
from ..net.header_values import split_list
from ..net.http_date import parse_http_date
from .messages import Fields, ServerRequest, ServerResponse

_CODINGS: Final = {
    "text/html": ("gzip", "br", "zstd"),
    "text/css": ("br", "zstd", "gzip"),
    "image/svg+xml": ("zstd", "br", "gzip"),
    "application/json": ("zstd", "gzip", "br"),
    "text/plain": ("gzip", "br", "zstd"),
}
"""The codings that are tried for a type, best first: different ones, so that a journey passes through each."""
_LEAST_ENCODED: Final = 256
"""Bytes below which a coding saves nothing."""
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z", re.ASCII)


@final
class Representation:
    """Bytes of a type, made when first asked for, and their codings, made when first asked for.

    `modified` is the Last-Modified header, "" for none.
    """

    __slots__ = ("_body", "_encoded", "_etag", "_make", "headers", "mime_type", "modified")

    def __init__(
        self, make: Callable[[], bytes], mime_type: str, headers: Fields = (), modified: str = ""
    ) -> None:
        self._make: Final = make
        self._body: bytes | None = None
        self._etag = ""
        self._encoded: dict[str, bytes] = {}
        self.mime_type: Final = mime_type
        self.headers: Final = headers
        self.modified: Final = modified

    @property
    def is_made(self) -> bool:
        """Whether the bytes are there already."""
        return self._body is not None

    @property
    def body(self) -> bytes:
        """The bytes without a coding."""
        if self._body is None:
            self._body = self._make()
        return self._body

    @property
    def etag(self) -> str:
        """A strong validator of the bytes, with its quotes."""
        if not self._etag:
            self._etag = f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'
        return self._etag

    def response(self, request: ServerRequest, status: int = 200) -> ServerResponse:
        """The answer to a request: coded; a 200 to a GET or HEAD also conditional, or a part."""
        essence = self.mime_type.partition(";")[0]
        coding = chosen_coding(request.headers.get_all("accept-encoding"), _CODINGS.get(essence, ()))
        if len(self.body) < _LEAST_ENCODED or "range" in request.headers:
            coding = ""
        headers = Headers([("Content-Type", self.mime_type), *self.headers])
        etag, body = self.etag, self.body
        if coding:
            body = self._coded(coding)
            etag = (
                f'{etag[:-1]}-{coding}"'  # RFC 9110 section 8.8.3.3: another coding is another representation
            )
            headers.add("Content-Encoding", coding)
        if essence in _CODINGS:
            headers.add("Vary", "Accept-Encoding")
        if status == 200:
            headers.add("ETag", etag)
        if self.modified:
            headers.add("Last-Modified", self.modified)
        headers.add("Accept-Ranges", "bytes")
        return conditioned(request, ServerResponse(status, headers, body))

    def _coded(self, coding: str) -> bytes:
        found = self._encoded.get(coding)
        if found is None:
            found = self._encoded[coding] = encode_body(self.body, coding)
        return found


def chosen_coding(accepted: Sequence[str], codings: Sequence[str]) -> str:
    """The first of `codings` that an Accept-Encoding header allows, "" for none (RFC 9110 section 12.5.3)."""
    weights: dict[str, float] = {}
    for value in accepted:
        for part in split_list(value):
            name, _, parameter = part.partition(";")
            quality = parameter.strip().removeprefix("q=")
            try:
                weights[name.strip().lower()] = float(quality) if quality else 1.0
            except ValueError:
                continue
    allowed = [coding for coding in codings if weights.get(coding, weights.get("*", 0.0)) > 0]
    return allowed[0] if allowed else ""


def conditioned(request: ServerRequest, response: ServerResponse) -> ServerResponse:
    """A whole 200 as a request's conditions want it: 304, 412, a part (206), 416, or as it is
    (RFC 9110 section 13.2.2)."""
    if response.status != 200 or request.method not in ("GET", "HEAD"):
        return response
    headers, asked = response.headers, request.headers
    etag = headers.get("etag") or ""
    modified = parse_http_date(headers.get("last-modified") or "", 0.0)
    if "if-match" in asked and not _names(asked.get_all("if-match"), etag, weak=False):
        return ServerResponse(412, _without_content(headers))
    if "if-none-match" in asked:
        if _names(asked.get_all("if-none-match"), etag, weak=True):
            return ServerResponse(304, _without_content(headers))
    elif "if-modified-since" in asked and modified is not None:
        since = parse_http_date(asked["if-modified-since"], 0.0)
        if since is not None and modified <= since:
            return ServerResponse(304, _without_content(headers))
    if request.method == "GET" and "range" in asked:
        return _part(asked, response, etag)
    return response


def _names(values: list[str], etag: str, *, weak: bool) -> bool:
    """Whether a list of entity tags has this one (RFC 9110 section 8.8.3.2)."""
    if not etag:
        return False
    for tag in (tag for value in values for tag in split_list(value)):
        if tag == "*" or tag == etag or (weak and tag.removeprefix("W/") == etag.removeprefix("W/")):
            return weak or tag == "*" or not etag.startswith("W/")
    return False


def _part(asked: Headers, response: ServerResponse, etag: str) -> ServerResponse:
    """One range of bytes; several at once are answered with the whole, which is allowed (RFC 9110 section 14.2)."""
    found = _RANGE.match((asked.get("range") or "").replace(" ", ""))
    condition = asked.get("if-range")
    if found is None or not (found[1] or found[2]):
        return response
    if found[1] and found[2] and int(found[2]) < int(found[1]):
        return response
    if condition is not None and condition not in (etag, response.headers.get("last-modified")):
        return response
    size = len(response.body)
    if found[1]:
        first = int(found[1])
        last = min(int(found[2]), size - 1) if found[2] else size - 1
    else:
        first, last = max(0, size - int(found[2])), size - 1
    headers = response.headers.copy()
    if first > last:
        bare = _without_content(headers)
        bare.set("Content-Range", f"bytes */{size}")
        return ServerResponse(416, bare)
    headers.set("Content-Range", f"bytes {first}-{last}/{size}")
    headers.remove("Content-Length")
    return ServerResponse(206, headers, response.body[first : last + 1])


def _without_content(headers: Headers) -> Headers:
    """The headers of an answer without a body (RFC 9110 section 15.4.5)."""
    bare = headers.copy()
    for name in ("Content-Length", "Content-Encoding", "Content-Type", "Content-Range"):
        bare.remove(name)
    return bare
