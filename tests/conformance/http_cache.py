"""The HTTP cache suite (https://github.com/http-tests/cache-tests), played through our own client.

Each case is a list of requests that a session with an empty cache sends to a server on loopback; one virtual clock
serves both. A case that the suite does not mean for browsers is left out. Areas are the suite's kinds: "required",
"optimal" and "check", the last one being questions without a right answer.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from minibrowser.errors import MinibrowserError
from minibrowser.net import Headers, NetworkConfig, Request, Response, Session, Timeouts
from minibrowser.net.http_date import format_http_date
from tests.net.support import Received, Server

from .results import Verdict

APART: Final = frozenset({"check"})
START: Final = 1_800_000_000.0
PAUSE: Final = 3.0
"""Seconds that `pause_after` lets pass."""
_DATES: Final = {"date", "expires", "last-modified", "if-modified-since", "if-unmodified-since"}
_BODYLESS: Final = {204, 304}

Case = Mapping[str, Any]


class Clock:
    """The time of the cache and of the server."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class CheckError(Exception):
    """A check that does not hold; `check` is its name in the suite."""

    def __init__(self, check: str, words: str) -> None:
        super().__init__(words)
        self.check = check


class Play:
    """One case while it is played: the server's side and what it remembers."""

    def __init__(self, case: Case, clock: Clock) -> None:
        self.requests: Sequence[Case] = case["requests"]
        self.token = f"token-of-{case['id']}"
        self.clock = clock
        self.origin = ""
        self.seen: list[tuple[int, Received]] = []
        self.sent: dict[int, dict[str, str]] = {}

    @property
    def base(self) -> str:
        return f"{self.origin}/test/{self.token}"

    async def answer(self, received: Received) -> bytes | None:
        """The server."""
        number = int(received.headers["req-num"])
        self.seen.append((number, received))
        entry = self.requests[number - 1]
        if entry.get("disconnect"):
            return None
        self.clock.now += entry.get("response_pause", 0)
        status, words = entry.get("response_status", [200, "OK"])
        fields = self._fields(entry)
        self.sent[number] = _remembered(entry, fields)
        if entry.get("expected_type", "").endswith("validated"):
            status, words = (304, "Not Modified") if self._matches(number, received) else (999, "Not matched")
        names = {name.lower() for name, _ in fields}
        body = str(entry.get("response_body") or self.token).encode()
        fields += [
            ("Server-Request-Count", str(len(self.seen))),
            ("Client-Request-Count", str(number)),
            ("Request-Numbers", " ".join(str(number) for number, _ in self.seen)),
            ("Server-Now", str(int(self.clock.now * 1000))),
            ("Server-Base-Url", self.base),
        ]
        if "content-type" not in names:
            fields.append(("Content-Type", "text/plain"))
        if "content-length" in names:
            length = int(next(value for name, value in fields if name.lower() == "content-length"))
            body = body[:length].ljust(length)
        else:
            fields.append(("Content-Length", str(len(body))))
        if status in _BODYLESS or received.method == "HEAD":
            body = b""
        raw = b"".join(
            _head(interim[0], "Interim", interim[1] if len(interim) > 1 else [])
            for interim in entry.get("interim_responses", [])
        )
        return raw + _head(status, words, fields) + body

    def _fields(self, entry: Case) -> list[tuple[str, str]]:
        fields = []
        for name, value, *_ in entry.get("response_headers", []):
            if isinstance(value, int) and name.lower() in _DATES:
                value = self._date(name, value, entry)
            elif name.lower() in ("location", "content-location") and entry.get("magic_locations"):
                value = f"{self.base}/{value}" if value else self.base
            fields.append((name, str(value)))
        return fields

    def _date(self, name: str, delta: int, entry: Case) -> str:
        moment = self.clock.now + delta
        if name.lower() in [each.lower() for each in entry.get("rfc850date", [])]:
            return time.strftime("%A, %d-%b-%y %H:%M:%S GMT", time.gmtime(moment))
        return format_http_date(moment)

    def _matches(self, number: int, received: Received) -> bool:
        before = self.sent.get(number - 1, {}) | self._all_of(number - 1)
        pairs = (("last-modified", "if-modified-since"), ("etag", "if-none-match"))
        return any(
            before.get(ours) and received.headers.get(theirs) == before[ours] for ours, theirs in pairs
        )

    def _all_of(self, number: int) -> dict[str, str]:
        """What an entry sent, also what is not to be remembered."""
        entry = self.requests[number - 1]
        return {
            name.lower(): value
            for name, value, *_ in entry.get("response_headers", [])
            if isinstance(value, str)
        }


def _remembered(entry: Case, fields: list[tuple[str, str]]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for (name, value), given in zip(fields, entry.get("response_headers", []), strict=True):
        if len(given) > 2 and given[2] is False:
            continue
        key = name.lower()
        kept[key] = f"{kept[key]}, {value}" if key in kept else value
    return kept


def _head(status: int, words: str, fields: Sequence[Sequence[str]]) -> bytes:
    lines = [f"HTTP/1.1 {status} {words}", *(f"{name}: {value}" for name, value in fields)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _play(case: Case) -> None:
    """Play a case. Raises `CheckError`."""
    clock = Clock()
    play = Play(case, clock)
    async with Server(play.answer) as server:
        play.origin = server.origin
        timeouts = Timeouts(connect=5.0, idle=5.0, total=10.0)
        async with Session(NetworkConfig(clock=clock, timeouts=timeouts)) as session:
            responses: list[Response] = []
            for number, entry in enumerate(play.requests, 1):
                try:
                    responses.append(await session.fetch(_request(play, number, entry, responses)))
                except MinibrowserError as error:
                    raise CheckError("network", f"request {number}: {error}") from error
                await session.settle()
                if entry.get("pause_after"):
                    clock.now += PAUSE
                _check_response(play, number, entry, responses[-1])
    _check_server(play, responses)


def _request(play: Play, number: int, entry: Case, responses: list[Response]) -> Request:
    url = play.base
    if "filename" in entry:
        url += f"/{entry['filename']}"
    if "query_arg" in entry:
        url += f"?{entry['query_arg']}"
    headers = Headers([("Test-ID", play.token), ("Req-Num", str(number))])
    for name, value in entry.get("request_headers", []):
        if isinstance(value, int) and name.lower() in _DATES:
            start = START
            if entry.get("magic_ims"):
                start = int(responses[-1].headers["Server-Now"]) / 1000
            value = format_http_date(start + value)
        headers.add(name, str(value))
    body = entry.get("request_body")
    return Request(
        url=url,
        method=entry.get("request_method", "GET"),
        headers=headers,
        body=body.encode() if body is not None else None,
        cache=entry.get("cache", ""),
        redirect=entry.get("redirect", "follow"),
    )


def _check_response(play: Play, number: int, entry: Case, response: Response) -> None:
    def check(holds: bool, name: str, words: str) -> None:
        if not holds:
            raise CheckError(name, f"response {number}: {words}")

    headers = response.headers
    numbers = (headers.get("Request-Numbers") or "").split()
    check(len(numbers) == len(set(numbers)), "retry", "the request was repeated")
    count = int(headers.get("Server-Request-Count") or 0)
    kind = entry.get("expected_type")
    if kind == "cached":
        check(count < number, "expected_type", "comes from the server")
    elif kind == "not_cached":
        check(count == number, "expected_type", "comes from the cache")
    if "expected_status" not in entry or entry["expected_status"] is not None:
        status = entry.get("expected_status", entry.get("response_status", [200])[0])
        check(response.status == status, "expected_status", f"status {response.status}, not {status}")
    for wanted in entry.get("expected_response_headers", []):
        name, *rest = [wanted] if isinstance(wanted, str) else wanted
        got = headers.get(name)
        if not rest:
            check(got is not None, "expected_response_headers", f"no {name}")
        elif len(rest) == 1:
            expected = play._date(name, rest[0], entry) if isinstance(rest[0], int) else rest[0]
            if isinstance(rest[0], int):
                expected = play.sent[1].get(name.lower(), "")  # "from now" when the server wrote it
            check(got == expected, "expected_response_headers", f"{name} is {got!r}, not {expected!r}")
        elif rest[0] == "=":
            check(got == headers.get(rest[1]), "expected_response_headers", f"{name} is not {rest[1]}")
        else:
            number_got = int(got) if got is not None and got.isdecimal() else -1
            check(
                number_got > int(rest[1]), "expected_response_headers", f"{name} is {got!r}, not > {rest[1]}"
            )
    for unwanted in entry.get("expected_response_headers_missing", []):
        name, *rest = [unwanted] if isinstance(unwanted, str) else unwanted
        got = headers.get(name)
        bad = got is not None and (not rest or got == rest[0])
        check(not bad, "expected_response_headers_missing", f"{name} is {got!r}")
    if entry.get("check_body", True) and entry.get("expected_response_text", "") is not None:
        text = entry.get("expected_response_text") or entry.get("response_body") or play.token
        bodyless = response.status in _BODYLESS or entry.get("request_method") == "HEAD"
        if not bodyless:
            check(response.body == text.encode(), "expected_response_text", f"the body is {response.body!r}")


def _check_server(play: Play, responses: list[Response]) -> None:
    def check(holds: bool, name: str, words: str) -> None:
        if not holds:
            raise CheckError(name, f"request {number}: {words}")

    for number, entry in enumerate(play.requests, 1):
        if entry.get("expected_type") == "cached":
            continue
        received = next((received for count, received in play.seen if count == number), None)
        if received is None:
            needs = {"expected_type", "expected_request_headers", "expected_request_headers_missing",
                     "expected_method"} & set(entry)  # fmt: skip
            check(not needs, "expected_type", "did not reach the server")
            continue
        kind = entry.get("expected_type")
        if kind == "etag_validated":
            check("if-none-match" in received.headers, "expected_type", "no If-None-Match")
        elif kind == "lm_validated":
            check("if-modified-since" in received.headers, "expected_type", "no If-Modified-Since")
        for wanted in entry.get("expected_request_headers", []):
            name, *rest = [wanted] if isinstance(wanted, str) else wanted
            got = received.headers.get(name.lower())
            good = got is not None and (not rest or got == rest[0])
            check(good, "expected_request_headers", f"{name} is {got!r}, not {rest}")
        for unwanted in entry.get("expected_request_headers_missing", []):
            name, *rest = [unwanted] if isinstance(unwanted, str) else unwanted
            got = received.headers.get(name.lower())
            bad = got is not None and (not rest or got == rest[0])
            check(not bad, "expected_request_headers_missing", f"{name} is {got!r}")
        if "expected_method" in entry:
            check(received.method == entry["expected_method"], "expected_method", received.method)
        for name, value in play.sent.get(number, {}).items():
            got = responses[number - 1].headers.get(name)
            check(name == "date" or got == value, "response_headers", f"{name} is {got!r}, not {value!r}")


def _is_setup(case: Case, failure: CheckError) -> bool:
    if failure.check == "retry":
        return True
    number = int(str(failure).partition(":")[0].split()[-1])
    entry = case["requests"][number - 1]
    return bool(entry.get("setup")) or failure.check in entry.get("setup_tests", [])


async def _run(cases: list[Case]) -> list[Verdict]:
    failures: dict[str, CheckError | None] = {}
    times: dict[str, float] = {}
    for case in cases:
        start = time.monotonic()
        try:
            await _play(case)
            failures[case["id"]] = None
        except CheckError as error:
            failures[case["id"]] = error
        times[case["id"]] = time.monotonic() - start
    verdicts = []
    for case in cases:
        failure = failures[case["id"]]
        reason = ""
        if failure is not None:
            needs = [name for name in case.get("depends_on", []) if failures.get(name) is not None]
            reason = "setup" if _is_setup(case, failure) else failure.check
            reason = f"depends on {needs[0]}" if needs else reason
        verdicts.append(
            Verdict(
                case.get("kind", "required"),
                case["id"],
                failure is None,
                reason,
                str(failure or ""),
                times[case["id"]],
            )
        )
    return verdicts


def run(root: Path, area: str | None = None, only: str | None = None) -> list[Verdict]:
    """Play the cases that are meant for browsers."""
    suites = json.loads((root / "tests.json").read_text(encoding="utf-8"))
    cases = [
        case
        for suite in suites
        for case in suite["tests"]
        if not case.get("cdn_only") and not case.get("browser_skip")
    ]
    chosen = [
        case
        for case in cases
        if (area is None or case.get("kind", "required") == area) and (only is None or only in case["id"])
    ]
    return asyncio.run(_run(chosen))
