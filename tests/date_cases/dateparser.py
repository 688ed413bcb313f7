"""The cases of scrapinghub/dateparser."""

import re
from datetime import datetime, timedelta

from cases import add_months, local, moment_value, read_lines, rfc3339, units_around


def convert(folder, output):
    """Families are the tests: absolute dates, amounts ago and ahead; and amounts alone, which it reads as ago."""
    for case in read_lines(folder / "cases.jsonl"):
        text, value = case["text"], case["expected"]
        reference = local(case["reference"])
        if "date" in value:
            family, values = "absolute", [moment_of(local(value["date"]), text)]
        elif "ago" in value:
            family, values = ago_of(text, value["ago"], reference)
        else:
            family, values = "relative, ahead", relative_values(value["in_future"], reference, 1)
        kind = "duration" if family == "amount alone" else "moment"
        expected = [{"span": [0, len(text)], "kind": kind, "values": values}]
        output.add("dateparser", family, text, rfc3339(case["reference"]), expected)


def moment_of(moment, text):
    timed = moment.time() != datetime.min.time() or "midnight" in text
    return moment_value(moment, "minute" if timed else "day")


def ago_of(text, amounts, reference):
    values = relative_values(amounts, reference, -1)
    if re.match(r"[\d.]+ ", text) and not re.search(r"ago|before", text):
        return "amount alone", values + [{"duration": iso_duration(amounts)}]
    return "relative, ago", values


def iso_duration(amounts):
    def part(*units):
        return "".join(f"{amounts[unit]}{unit[0].upper()}" for unit in units if unit in amounts)

    time = part("hours", "minutes", "seconds")
    return "P" + part("years", "months", "weeks", "days") + ("T" + time if time else "")


def relative_values(amounts, reference, sign):
    """The moment that lies the amounts away: to the day, or to the unit counted in, "two years ago" being a year."""
    months = 12 * amounts.get("years", 0) + amounts.get("months", 0)
    moment = add_months(reference, sign * months)
    rest = {unit: amount for unit, amount in amounts.items() if unit not in ("years", "months")}
    moment += sign * timedelta(**rest)
    timed = any(unit in amounts for unit in ("hours", "minutes", "seconds")) or any(a % 1 for a in amounts.values())
    if timed:
        return [moment_value(moment, "second")]
    finest = next(unit for unit in ("days", "weeks", "months", "years") if unit in amounts)
    day = moment.replace(hour=0, minute=0, second=0)
    return [moment_value(day, "day"), *units_around(day, finest)]
