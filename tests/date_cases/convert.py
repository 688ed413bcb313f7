#!/usr/bin/env python3
"""Converts three public suites of time-expression cases to one format.

    python3 tests/date_cases/convert.py DATA --out cases.jsonl

DATA is the folder that holds `recognizers-datetime-en` (Microsoft Recognizers-Text), `dates-duckling-en`
(Facebook Duckling) and `dates-dateparser-en` (scrapinghub/dateparser). What was left out is counted by reason on
standard error.

The format is JSON lines, one case a line:

    {"suite": "recognizers", "family": "daterange", "part": "tuned", "text": "I'll be out this week",
     "reference": "2016-11-07T00:00:00Z", "day_first": false,
     "expected": [{"span": [12, 21], "kind": "range",
                   "values": [{"begin": "2016-11-07T00:00:00", "end": "2016-11-14T00:00:00"}]}]}

- suite: recognizers, duckling or dateparser.
- family: what the suite itself calls the kind of expression; see each converter.
- part: held for the third of the texts that the rules are not tuned on, else tuned.
- reference: RFC 3339, or empty where the suite gives none.
- day_first: 3/4 is the third of April.
- expected: all that must be found; empty: nothing must be.
  - span: [start, end) in code points of the text.
  - kind: moment, range, duration or set.
  - values: any one of them counts; empty: the suite gives a span alone, and only that is scored.
    - moment: begin, and grain (second, minute, hour, day, week, month, quarter, year); end, exclusive, where the
      grain is day or coarser.
    - range: begin and end, exclusive; a bound that is missing is open.
    - begin and end are local times (2016-11-07T16:00:00), or times of any day (T16:00:00).
    - {"duration": "PT1H30M"}: ISO 8601.
    - {"set": "XXXX-WXX-1"}: TIMEX.

Where conventions differ, a range has a value for each: the end of "May 3 to May 5" may be the fifth or the sixth.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

# Words between two ends that are both named: "May 3 to May 5".
BETWEEN_TWO = re.compile(r"\b(to|through|thru|till?|untill?|and)\b|[-–—]", re.IGNORECASE)

# One name, though with a hyphen: "nineteen-nineties".
DECADE = re.compile(r"(tens|ties|\d0 ?'?s)$", re.IGNORECASE)

COARSE = ("day", "week", "month", "quarter", "year")


def part(text):
    """By a hash of the text, so that a sentence stands on one side in whichever file it comes."""
    digest = hashlib.sha256(text.strip().lower().encode()).digest()
    return "held" if digest[0] % 3 == 0 else "tuned"


class Output:
    """The cases kept, and the counts of those that were not."""

    def __init__(self):
        self.cases = []
        self.skipped = Counter()
        self.seen = set()

    def skip(self, suite, reason):
        self.skipped[suite, reason] += 1

    def add(self, suite, family, text, reference, expected, day_first=False):
        key = (suite, text, reference, json.dumps(expected), day_first)
        if key in self.seen:
            self.skip(suite, "duplicate")
            return
        self.seen.add(key)
        self.cases.append(
            {
                "suite": suite,
                "family": family,
                "part": part(text),
                "text": text,
                "reference": reference,
                "day_first": day_first,
                "expected": expected,
            }
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder with the three suites")
    parser.add_argument("--out", type=Path, help="file to write; standard output without it")
    arguments = parser.parse_args()
    output = Output()
    recognizers(arguments.data / "recognizers-datetime-en" / "Specs" / "DateTime", output)
    duckling(arguments.data / "dates-duckling-en", output)
    dateparser(arguments.data / "dates-dateparser-en", output)
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in output.cases)
    if arguments.out:
        arguments.out.write_text(lines, encoding="utf-8")
    else:
        sys.stdout.reconfigure(encoding="utf-8")
        sys.stdout.write(lines)
    report(output)


def report(output):
    kept = Counter(case["suite"] for case in output.cases)
    for suite, count in kept.items():
        print(f"{suite}: {count} cases", file=sys.stderr)
        for (of, reason), skipped in sorted(output.skipped.items()):
            if of == suite:
                print(f"  {skipped:5} left out: {reason}", file=sys.stderr)


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


# Microsoft Recognizers-Text

# The files that state the default behaviour, the fullest first: a text that an earlier file has is that file's.
DEFAULT_FILES = (
    "DateTimeModel",
    "MergedParser",
    "DateTimePeriodParser",
    "DateTimeParser",
    "DatePeriodParser",
    "TimePeriodParser",
    "HolidayParser",
    "DateParser",
    "TimeParser",
    "DurationParser",
    "SetParser",
    "MergedExtractor",
    "DateTimePeriodExtractor",
    "DateTimeExtractor",
    "DatePeriodExtractor",
    "TimePeriodExtractor",
    "HolidayExtractor",
    "DateExtractor",
    "TimeExtractor",
    "DurationExtractor",
    "SetExtractor",
)

# Files whose results hold only with an option that changes what is found.
OPTION_FILES = {
    "DateTimeModelCalendarMode": "option CalendarMode",
    "DateTimeModelComplexCalendar": "option ComplexCalendar",
    "DateTimeModelExperimentalMode": "option ExperimentalMode",
    "DateTimeModelExtendedTypes": "option ExtendedTypes",
    "DateTimeModelSplitDateAndTime": "option SplitDateAndTime",
    "DateTimeModelTasksMode": "option TasksMode",
    "MergedExtractorSkipFromTo": "option SkipFromTo",
    "TimeZoneExtractor": "time zones alone",
    "TimeZoneParser": "time zones alone",
}

# An amount from now or ago, and nothing else that would tell the day.
COUNTED = re.compile(
    r"(in )?\w+ (?P<unit>weeks?|months?|years?)( ago| back| earlier| later| hence| from now| from today)?",
    re.IGNORECASE,
)

# They find every type; the other files see one type alone.
FULL_FILES = ("DateTimeModel", "MergedParser", "MergedExtractor")


def recognizers(folder, output):
    """Families are the result types; holidays are those of the holiday files; texts with several types are `mixed`."""
    full = {}
    for name in FULL_FILES:
        for spec in read_specs(folder / "English" / f"{name}.json"):
            full.setdefault(spec["Input"].lower(), []).append(spans_of(spec))
    seen = {}
    for name in DEFAULT_FILES:
        for spec in read_specs(folder / "English" / f"{name}.json"):
            if name in FULL_FILES or is_whole(spec, full, output):
                recognizers_case(name, spec, output, seen)
    for name in ("DateTimeModel", "DateParser"):
        for spec in read_specs(folder / "EnglishOthers" / f"{name}.json"):
            recognizers_case(name, spec, output, {}, day_first=True)
    for name, reason in OPTION_FILES.items():
        for _ in read_specs(folder / "English" / f"{name}.json"):
            output.skip("recognizers", reason)


def is_whole(spec, full, output):
    """Whether a file that sees one type alone has all that the text holds, as far as the other files tell."""
    elsewhere = full.get(spec["Input"].lower())
    if not spec["Results"]:
        output.skip("recognizers", "no result of one type, others may be there")
    elif elsewhere and spans_of(spec) not in elsewhere:
        output.skip("recognizers", "one type of a text that another file has in full")
    else:
        return True
    return False


def read_specs(path):
    return json.loads(path.read_text(encoding="utf-8-sig"))


def recognizers_case(name, spec, output, seen, day_first=False):
    text = spec["Input"]
    reference = rfc3339(spec.get("Context", {}).get("ReferenceDateTime", ""))
    types = [result_type(result) for result in spec["Results"]]
    for kind, reason in (("timezone", "time zones alone"), ("datetimealt", "alternatives (datetimealt)")):
        if kind in types:
            output.skip("recognizers", reason)
            return
    expected = [recognizers_expected(text, result) for result in spec["Results"]]
    spans = tuple(tuple(e["span"]) for e in expected)
    valued = not expected or any(e["values"] for e in expected)
    known = seen.setdefault((text.lower(), spans), [])
    # A later file says again what an earlier one says, some in other words.
    if known and (reference in known or not valued or not reference):
        output.skip("recognizers", "duplicate")
        return
    known.append(reference)
    family = recognizers_family(name, types, day_first)
    output.add("recognizers", family, text, reference, expected, day_first)


def recognizers_family(name, types, day_first):
    if day_first:
        return "day first"
    if name.startswith("Holiday"):
        return "holiday"
    if not types:
        return "none"
    return types[0] if len(set(types)) == 1 else "mixed"


def result_type(result):
    name = result.get("TypeName") or result.get("Typename") or result.get("Type")
    return name.removeprefix("datetimeV2.")


def utf16_span(result):
    start = result["Start"]
    return start, start + result["Length"] if "Length" in result else result["End"] + 1


def spans_of(spec):
    return sorted(utf16_span(result) for result in spec["Results"])


def recognizers_expected(text, result):
    units = text.encode("utf-16-le")
    start, end = (len(units[: 2 * at].decode("utf-16-le")) for at in utf16_span(result))
    assert text[start:end].lower() == result["Text"].lower(), text
    kind = recognizers_kind(result_type(result))
    values = []
    for value in resolutions(result):
        values.extend(recognizers_values(kind, value, text[start:end]))
    # Ranges of one end, such as "after 2016", and points called ranges, such as "around the 21st", are what they hold.
    if any("grain" in value for value in values):
        kind = "moment"
    return {"span": [start, end], "kind": kind, "values": unique(values)}


def recognizers_kind(name):
    if name in ("duration", "set"):
        return name
    return "range" if name.endswith("range") else "moment"


def resolutions(result):
    """The values of a result, in the form that the model gives them: the parsers' own form is turned into it."""
    value = result.get("Value") or result.get("Resolution")
    if not value:
        return []
    if "values" in value:
        return value["values"]
    timex = value.get("Timex") or value.get("timex")
    sides = [value.get("PastResolution", {}), value.get("FutureResolution", {})]
    return [{"timex": timex, "Mod": value.get("Mod"), **plain_names(side)} for side in sides]


def plain_names(side):
    """`startDateTime` is `start`, `date` is `value`."""
    plain = {}
    for name, value in side.items():
        bound = next((bound for bound in ("start", "end") if name.startswith(bound)), "value")
        plain[bound] = value
    return plain


def recognizers_values(kind, value, words):
    if kind == "set":
        return [{"set": value["timex"]}] if value.get("timex") else []
    if kind == "duration":
        return recognizers_durations(value)
    if "start" in value or "end" in value:
        return recognizers_ranges(value, words)
    if "value" not in value or value["value"] == "not resolved":
        return []
    moment = recognizers_moment(value["value"])
    if moment["grain"] != "day" or not (counted := COUNTED.fullmatch(words)):
        return [moment]
    return [moment, *units_around(local(value["value"]), counted["unit"].lower().rstrip("s") + "s")]


def recognizers_durations(value):
    timex = value.get("timex") or ""
    # Only what ISO 8601 has: business days are counted in seconds.
    if re.fullmatch(r"P[\d.,YMWDTHS]+", timex):
        return [{"duration": timex}]
    return [{"duration": f"PT{value['value']}S"}]


def recognizers_moment(text):
    if re.fullmatch(r"\d\d:\d\d:\d\d", text):
        return {"begin": time_of_day(text), "grain": "second"}
    if " " in text:
        return moment_value(local(text), "second")
    return moment_value(local(text), "day")


def time_of_day(text):
    return "T" + ("00" + text[2:] if text.startswith("24") else text)


def recognizers_bound(text):
    if not text:
        return None
    return time_of_day(text) if re.fullmatch(r"\d\d:\d\d:\d\d", text) else local(text)


def recognizers_ranges(value, words):
    begin, end = (recognizers_bound(value.get(side)) for side in ("start", "end"))
    ranges = [range_value(begin, end)]
    if (value.get("end") or "").endswith("23:59:59"):
        ranges.append(range_value(begin, "T00:00:00" if isinstance(end, str) else end + timedelta(seconds=1)))
    if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", value.get(side, "0000-00-00")) for side in ("start", "end")):
        return ranges
    if begin and end and (grain := named_ends(value, words)):
        ranges.append(range_value(begin, after(end, grain)))
    if not begin and value.get("Mod") == "until":
        ranges.append(range_value(None, after(end, "day")))
    if not end and value.get("Mod") == "after":
        ranges.append(range_value(after(begin, "day")))
    return ranges


def named_ends(value, words):
    """The unit of the ends where both are named: "May to July" ends where July begins, or where it ends."""
    length = re.fullmatch(r"\(.*,P[\d.]+([DWMY])\)", value.get("timex") or "")
    if not length or not BETWEEN_TWO.search(words) or DECADE.search(words):
        return None
    if re.search(r"\bq[1-4]|\bquarter", words, re.IGNORECASE):
        return "quarter"
    return {"D": "day", "W": "week", "M": "month", "Y": "year"}[length[1]]


# Facebook Duckling

HOME_LOCALES = ("EN", "EN_US")
DAY_FIRST_LOCALES = ("EN_AU", "EN_BZ", "EN_GB", "EN_IE", "EN_IN", "EN_JM", "EN_NZ", "EN_TT", "EN_ZA")


def duckling(folder, output):
    """Families are the grain of what is expected, intervals, holidays, and what depends on the locale."""
    cases = read_lines(folder / "cases.jsonl")
    at_home = {case["text"].lower() for case in cases if case["locale"] in HOME_LOCALES}
    abroad = {}
    for case in cases:
        text, value = case["text"], case["expected"]
        if case["group"] == "latentCorpus":
            output.skip("duckling", "latent: Duckling reports it on request alone")
        elif "holiday" not in value or case["locale"] in HOME_LOCALES:
            duckling_case(case, duckling_values(value, text), output)
        elif text.lower() in at_home:
            output.skip("duckling", "holiday of another country by the name of an American one")
        else:
            abroad.setdefault(text.lower(), []).append(case)
    # Countries keep a holiday of the same name on different days, and the text does not tell which of them is meant.
    for (case, *others) in abroad.values():
        values = [v for c in (case, *others) for v in duckling_values(c["expected"], c["text"])]
        duckling_case(case, unique(values), output)
        for _ in others:
            output.skip("duckling", "holiday of several countries, made one case")
    for case in read_lines(folder / "durations.jsonl"):
        text, values = case["text"], [duckling_duration(case["expected"])]
        output.add("duckling", "duration", text, "", [{"span": [0, len(text)], "kind": "duration", "values": values}])
    for case in read_lines(folder / "negative.jsonl"):
        output.add("duckling", "none", case["text"], "", [])


def duckling_case(case, values, output):
    text, value = case["text"], case["expected"]
    kind = "moment" if "start" in value and "end" not in value else "range"
    day_first = case["locale"] in DAY_FIRST_LOCALES and "holiday" not in value
    family = duckling_family(case["locale"], value, day_first)
    expected = [{"span": [0, len(text)], "kind": kind, "values": values}]
    output.add("duckling", family, text, rfc3339(case["reference"]), expected, day_first)


def duckling_family(locale, value, day_first):
    if "holiday" in value:
        return "holiday" if locale in HOME_LOCALES else "holiday, other countries"
    if locale != "EN":
        return "day first" if day_first else "month first"
    grain = value["grain"]
    if "from" in value or "until" in value:
        return "open interval"
    if "end" in value:
        return "interval of days" if grain in COARSE else "interval of times"
    return grain if grain in COARSE else f"time to the {grain}"


def duckling_values(value, text):
    grain = value["grain"]
    if "from" in value:
        return [range_value(local(value["from"]))]
    if "until" in value:
        until = local(value["until"])
        ends = [until, after(until, grain)] if grain in COARSE else [until]
        return [range_value(None, end) for end in ends]
    begin = local(value["start"])
    if "end" not in value:
        return [moment_value(begin, grain)]
    end = local(value["end"])
    values = [range_value(begin, end)]
    # Duckling counts the last unit in: to 11:00 ends at 11:01, to the 15th ends on the 16th.
    if re.search(r"\bfor\b", text) or BETWEEN_TWO.search(text):
        values.append(range_value(begin, before(end, grain)))
    # "by 2pm" is from now on in Duckling.
    if re.match(r"by\b", text):
        values.append(range_value(None, end))
    return values


def before(end, grain):
    return end - timedelta(**{grain + "s": 1}) if grain not in ("month", "quarter", "year") else end


def duckling_duration(value):
    amount = f"{value['value']:g}"
    letter = value["unit"][0].upper()
    time = value["unit"] in ("hour", "minute", "second")
    return {"duration": f"P{'T' if time else ''}{amount}{letter}"}


# scrapinghub/dateparser


def dateparser(folder, output):
    """Families are the tests: absolute dates, amounts ago and ahead; and amounts alone, which it reads as ago."""
    for case in read_lines(folder / "cases.jsonl"):
        text, value = case["text"], case["expected"]
        reference = local(case["reference"])
        if "date" in value:
            family, values = "absolute", [dateparser_moment(local(value["date"]), text)]
        elif "ago" in value:
            family, values = dateparser_ago(text, value["ago"], reference)
        else:
            family, values = "relative, ahead", relative_values(value["in_future"], reference, 1)
        kind = "duration" if family == "amount alone" else "moment"
        expected = [{"span": [0, len(text)], "kind": kind, "values": values}]
        output.add("dateparser", family, text, rfc3339(case["reference"]), expected)


def dateparser_moment(moment, text):
    timed = moment.time() != datetime.min.time() or "midnight" in text
    return moment_value(moment, "minute" if timed else "day")


def dateparser_ago(text, amounts, reference):
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


if __name__ == "__main__":
    main()
