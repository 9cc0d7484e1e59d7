"""HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) from a recorder's exchanges. Pure.

The pages of the log are the outermost "navigate" spans; an exchange belongs to the page that began last before it.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from .exchange import NOT_APPLICABLE, Exchange
from .recorder import Recorder
from .span import Span

Json = dict[str, object]


def har(recorder: Recorder, creator: str = "minibrowser", version: str = "") -> Json:
    """The log as a tree of plain values, ready for `json.dump`. Times are milliseconds."""
    pages = [span for span in recorder.spans if span.kind == "navigate" and not _inside_page(span)]
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": creator, "version": version},
            "pages": [_page(recorder, page, index) for index, page in enumerate(pages)],
            "entries": [_entry(recorder, exchange, pages) for exchange in recorder.exchanges],
        }
    }


def har_text(recorder: Recorder, creator: str = "minibrowser", version: str = "") -> str:
    """The log as a file's text."""
    return json.dumps(har(recorder, creator, version), indent=1, ensure_ascii=False) + "\n"


def _inside_page(span: Span) -> bool:
    """Whether a navigation is that of a frame."""
    return any(ancestor.kind == "navigate" for ancestor in _ancestors(span))


def _ancestors(span: Span) -> list[Span]:
    ancestors = []
    while span.parent is not None:
        span = span.parent
        ancestors.append(span)
    return ancestors


def _page(recorder: Recorder, page: Span, index: int) -> Json:
    parsed = [
        span.end
        for span in recorder.spans
        if span.kind == "html" and span.end >= 0 and page in _ancestors(span)
    ]
    return {
        "startedDateTime": _moment(recorder, page.start),
        "id": _page_id(index),
        "title": page.details.get("title") or page.name,
        "pageTimings": {
            "onContentLoad": _milliseconds(parsed[0] - page.start if parsed else NOT_APPLICABLE),
            "onLoad": _milliseconds(page.duration if page.end >= 0 else NOT_APPLICABLE),
        },
    }


def _entry(recorder: Recorder, exchange: Exchange, pages: list[Span]) -> Json:
    timing = exchange.timing
    connect = timing.connect
    if connect >= 0 and timing.tls >= 0:
        connect += timing.tls  # the format counts TLS into connect and names it in `ssl` as well
    entry: Json = {
        "startedDateTime": _moment(recorder, exchange.started),
        "time": _milliseconds(timing.total),
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {
            "blocked": _milliseconds(timing.blocked),
            "dns": _milliseconds(timing.dns),
            "connect": _milliseconds(connect),
            "ssl": _milliseconds(timing.tls),
            # The format wants these three to be there and not negative.
            "send": _milliseconds(max(0.0, timing.send)),
            "wait": _milliseconds(max(0.0, timing.wait)),
            "receive": _milliseconds(max(0.0, timing.receive)),
        },
    }
    begun = sum(1 for page in pages if page.start <= exchange.started)
    if begun:
        entry["pageref"] = _page_id(begun - 1)
    if exchange.server_address:
        entry["serverIPAddress"] = exchange.server_address
    if exchange.connection:
        entry["connection"] = exchange.connection
    if exchange.destination:
        entry["_resourceType"] = exchange.destination
    return entry


def _request(exchange: Exchange) -> Json:
    query = urlsplit(exchange.url).query if exchange.url.startswith(("http:", "https:")) else ""
    body = exchange.request_body
    request: Json = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": exchange.http_version or "HTTP/1.1",
        "cookies": _request_cookies(exchange.request_headers),
        "headers": _headers(exchange.request_headers),
        "queryString": [
            {"name": name, "value": value} for name, value in parse_qsl(query, keep_blank_values=True)
        ],
        "headersSize": exchange.request_head_size,
        "bodySize": 0 if body is None else len(body),
    }
    if body is not None:
        kind = next((v for n, v in exchange.request_headers if n.lower() == "content-type"), "")
        request["postData"] = {"mimeType": kind, "params": [], "text": body.decode("utf-8", "replace")}
    return request


def _response(exchange: Exchange) -> Json:
    content: Json = {"size": exchange.decoded_size, "mimeType": exchange.mime_type or "x-unknown"}
    if exchange.body_size >= 0:
        content["compression"] = exchange.decoded_size - exchange.body_size
    if exchange.body is not None:
        try:
            content["text"] = exchange.body.decode("utf-8")
        except UnicodeDecodeError:
            content["text"] = base64.b64encode(exchange.body).decode("ascii")
            content["encoding"] = "base64"
    response: Json = {
        "status": exchange.status,
        "statusText": exchange.status_text,
        "httpVersion": exchange.http_version or "HTTP/1.1",
        "cookies": _response_cookies(exchange.response_headers),
        "headers": _headers(exchange.response_headers),
        "content": content,
        "redirectURL": exchange.redirect_url,
        "headersSize": exchange.head_size,
        "bodySize": exchange.body_size,
    }
    if exchange.error:
        response["_error"] = exchange.error
    return response


def _headers(headers: list[tuple[str, str]]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in headers]


def _request_cookies(headers: list[tuple[str, str]]) -> list[Json]:
    cookies: list[Json] = []
    for name, value in headers:
        if name.lower() == "cookie":
            for pair in value.split("; "):
                key, _, text = pair.partition("=")
                cookies.append({"name": key, "value": text})
    return cookies


def _response_cookies(headers: list[tuple[str, str]]) -> list[Json]:
    cookies: list[Json] = []
    for name, value in headers:
        if name.lower() != "set-cookie":
            continue
        pair, *attributes = value.split(";")
        key, _, text = pair.partition("=")
        cookie: Json = {"name": key.strip(), "value": text.strip()}
        for attribute in attributes:
            word, _, detail = attribute.strip().partition("=")
            if word.lower() in ("path", "domain", "expires"):
                cookie[word.lower()] = detail
            elif word.lower() == "httponly":
                cookie["httpOnly"] = True
            elif word.lower() == "secure":
                cookie["secure"] = True
        cookies.append(cookie)
    return cookies


def _page_id(index: int) -> str:
    return f"page_{index + 1}"


def _moment(recorder: Recorder, seconds: float) -> str:
    start = datetime.fromtimestamp(recorder.wall_start, UTC)
    return (start + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3) if seconds >= 0 else NOT_APPLICABLE
