"""What the converters share: local times, and the values of the case format."""

import json
import re
from datetime import datetime, timedelta

# Words between two ends that are both named: "May 3 to May 5".
BETWEEN_TWO = re.compile(r"\b(to|through|thru|till?|untill?|and)\b|[-–—]", re.IGNORECASE)


COARSE = ("day", "week", "month", "quarter", "year")


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


# Local times


def local(text):
    """A time as the suites write it, without its fraction and offset."""
    text = text.strip().replace(" ", "T")
    if "T" not in text:
        text += "T00:00:00"
    return datetime.fromisoformat(text[:19])


def written(moment):
    # strftime does not pad the years before 1000.
    return moment.isoformat(timespec="seconds")


def rfc3339(text):
    """The reference time with an offset, without a fraction."""
    if not text:
        return ""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?", text)
    return match[1] + (match[2] or "Z")


def add_months(moment, months):
    month = moment.year * 12 + moment.month - 1 + months
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=month // 12, month=month % 12 + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=month // 12, month=month % 12 + 1)


def after(moment, grain):
    """The end, exclusive, of the unit that begins at `moment`."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months:
        return add_months(moment, months)
    return moment + timedelta(**{grain + "s": 1})


def moment_value(begin, grain):
    value = {"begin": written(begin), "grain": grain}
    if grain in COARSE:
        value["end"] = written(after(begin, grain))
    return value


def units_around(day, counted):
    """The week, month or year of `day` where it was counted in weeks, months or years: "two years ago" is a year."""
    values = []
    if counted == "weeks":
        values.append(moment_value(day - timedelta(days=day.weekday()), "week"))
    if counted in ("months", "years"):
        values.append(moment_value(day.replace(day=1), "month"))
    if counted == "years":
        values.append(moment_value(day.replace(day=1, month=1), "year"))
    return values


def range_value(begin=None, end=None):
    value = {}
    if begin:
        value["begin"] = begin if isinstance(begin, str) else written(begin)
    if end:
        value["end"] = end if isinstance(end, str) else written(end)
    return value


def unique(values):
    return [value for i, value in enumerate(values) if value not in values[:i]]
