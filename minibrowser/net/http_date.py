"""HTTP dates (RFC 9110 section 5.6.7). Pure. Strict, because a date that is not one means "already stale"."""

from __future__ import annotations

import calendar
import re
import time
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = f"(?P<month>{'|'.join(MONTHS)})"
_CLOCK: Final = r"(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
_FORMS: Final = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?:mon|tue|wed|thu|fri|sat|sun), (?P<day>\d{{2}}) {_MONTH} (?P<year>\d{{4}}) {_CLOCK} GMT\Z",
        rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day, (?P<day>\d{{2}})-{_MONTH}-(?P<year>\d{{2}}) {_CLOCK} GMT\Z",
        rf"(?:mon|tue|wed|thu|fri|sat|sun) {_MONTH} (?P<day>\d{{2}}| \d) {_CLOCK} (?P<year>\d{{4}})\Z",
    )
)
"""IMF-fixdate, RFC 850 and asctime."""

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parse_http_date(text: str, now: float) -> float | None:
    """Seconds since the epoch, or None for what is no HTTP date. `now` places two-digit years: a date that seems
    more than 50 years ahead lies in the past."""
    for form in _FORMS:
        found = form.match(text.strip(" \t"))
        if found is None:
            continue
        year, month = int(found["year"]), MONTHS.index(found["month"].lower()) + 1
        if len(found["year"]) == 2:
            this_year = time.gmtime(now).tm_year
            year += this_year - this_year % 100
            if year > this_year + 50:
                year -= 100
        day, hour, minute, second = (int(found[name]) for name in ("day", "hour", "minute", "second"))
        if year < 1 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        if hour > 23 or minute > 59 or second > 60:
            return None
        return float(calendar.timegm((year, month, day, hour, minute, second)))
    return None


def format_http_date(moment: float) -> str:
    """The preferred form, in GMT."""
    at = time.gmtime(moment)
    month = MONTHS[at.tm_mon - 1].title()
    clock = f"{at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02}"
    return f"{_WEEKDAYS[at.tm_wday]}, {at.tm_mday:02} {month} {at.tm_year:04} {clock} GMT"
