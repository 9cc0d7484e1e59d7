"""The cookie suite of the http-state working group (https://github.com/abarth/http-state), for RFC 6265 and before.

Areas: "parser", where `Set-Cookie` headers go into an empty jar and the `Cookie` header for the next URL comes out,
and "dates". The list of expected failures names, for each, the section of RFC 6265bis that changed the answer.
"""

from __future__ import annotations

import json
from pathlib import Path

from minibrowser.net.cookies import CookieJar, parse_cookie_date
from minibrowser.net.public_suffix import is_public_suffix
from minibrowser.url import URL

from .results import Verdict

NOW = 1_300_000_000.0
"""13 March 2011: the suite's own time."""


def run(root: Path, area: str | None = None) -> list[Verdict]:
    """Run both areas."""
    verdicts: list[Verdict] = []
    if area in (None, "parser"):
        cases = json.loads((root / "parser-cases.json").read_text("utf-8"))
        verdicts += [_parser_case(name, case) for name, case in cases.items()]
    for file in ("dates-examples", "dates-bsd-examples"):
        if area in (None, "dates"):
            text = (root / f"{file}.json").read_text("utf-8")
            for number, case in enumerate(json.loads(text[text.index("[") :])):
                verdicts.append(_date_case(f"{file} {number}", case))
    return verdicts


def _parser_case(name: str, case: dict[str, str]) -> Verdict:
    jar = CookieJar(is_public_suffix)
    url = URL(f"http://home.example.org:8888/cookie-parser?{name}")
    following = URL(f"http://home.example.org:8888/cookie-parser-result?{name}")
    for line in case["test"].split("\n"):
        key, _, value = line.partition(":")
        if key.lower() == "set-cookie":
            jar.store(value.strip(" "), url, NOW)
        elif key.lower() == "location":
            following = URL.parse(value.strip(), url)
    expected = case["expected"].removeprefix("Cookie: ").rstrip("\n")
    got = jar.header_for(following, NOW)[0]
    passed = got == expected
    return Verdict("parser", name, passed, "" if passed else "header", f"{got!r}, not {expected!r}")


def _date_case(name: str, case: dict[str, str | None]) -> Verdict:
    got = parse_cookie_date(case["test"] or "")
    expected = parse_cookie_date(case["expected"]) if case["expected"] else None
    passed = got == expected and (got is None) == (not case["expected"])
    return Verdict(
        "dates", name, passed, "" if passed else "date", f"{case['test']!r} is {got}, not {expected}"
    )
