"""How date fields show their values: as text in American English, Chromium's language here."""

from __future__ import annotations

import re
from typing import Final

DATE: Final = re.compile(r"(\d{4,6})-(\d\d)-(\d\d)")
MONTH: Final = re.compile(r"(\d{4,6})-(\d\d)")
WEEK: Final = re.compile(r"(\d{4,6})-W(\d\d)")
TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,3})?)?")
MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)


def date_text(type_: str, value: str) -> str:
    """How a date field shows its value in American English, Chromium's language here; "" for what is none.

    https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#dates-and-times
    """
    if type_ == "datetime-local":
        day, _, hour = value.replace("T", " ").partition(" ")
        shown_day, shown_hour = date_text("date", day), date_text("time", hour)
        return f"{shown_day}, {shown_hour}" if shown_day and shown_hour else ""
    if type_ == "date":
        match = DATE.fullmatch(value)
        if match is None or not 1 <= int(match.group(2)) <= 12:
            return ""
        year, month, day_of_month = int(match.group(1)), int(match.group(2)), int(match.group(3))
        if year < 1 or not 1 <= day_of_month <= days_of(year, month):
            return ""
        return f"{month:02}/{day_of_month:02}/{year:04}"
    if type_ == "month":
        match = MONTH.fullmatch(value)
        if match is None or not 1 <= int(match.group(2)) <= 12:
            return ""
        return f"{MONTHS[int(match.group(2)) - 1]} {match.group(1)}"
    if type_ == "week":
        match = WEEK.fullmatch(value)
        return f"Week {match.group(2)}, {match.group(1)}" if match is not None else ""
    match = TIME.fullmatch(value)
    if match is None or int(match.group(1)) > 23 or int(match.group(2)) > 59:
        return ""
    hours = int(match.group(1))
    seconds = f":{match.group(3)}" if match.group(3) and match.group(3) != "00" else ""
    return f"{(hours + 11) % 12 + 1:02}:{match.group(2)}{seconds} {'PM' if hours >= 12 else 'AM'}"


def days_of(year: int, month: int) -> int:
    """The days of a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
