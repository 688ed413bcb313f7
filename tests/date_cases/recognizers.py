"""The cases of Microsoft Recognizers-Text."""

import json
import re
from datetime import timedelta

from cases import BETWEEN_TWO, after, local, moment_value, range_value, rfc3339, unique, units_around

# One name, though with a hyphen: "nineteen-nineties".
DECADE = re.compile(r"(tens|ties|\d0 ?'?s)$", re.IGNORECASE)

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


def convert(folder, output):
    """Families are the result types; holidays are those of the holiday files; texts with several types are `mixed`."""
    full = {}
    for name in FULL_FILES:
        for spec in read_specs(folder / "English" / f"{name}.json"):
            full.setdefault(spec["Input"].lower(), []).append(spans_of(spec))
    seen = {}
    for name in DEFAULT_FILES:
        for spec in read_specs(folder / "English" / f"{name}.json"):
            if name in FULL_FILES or is_whole(spec, full, output):
                add_case(name, spec, output, seen)
    for name in ("DateTimeModel", "DateParser"):
        for spec in read_specs(folder / "EnglishOthers" / f"{name}.json"):
            add_case(name, spec, output, {}, day_first=True)
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


def add_case(name, spec, output, seen, day_first=False):
    text = spec["Input"]
    reference = rfc3339(spec.get("Context", {}).get("ReferenceDateTime", ""))
    types = [result_type(result) for result in spec["Results"]]
    for kind, reason in (("timezone", "time zones alone"), ("datetimealt", "alternatives (datetimealt)")):
        if kind in types:
            output.skip("recognizers", reason)
            return
    expected = [expected_of(text, result) for result in spec["Results"]]
    spans = tuple(tuple(e["span"]) for e in expected)
    valued = not expected or any(e["values"] for e in expected)
    known = seen.setdefault((text.lower(), spans), [])
    # A later file says again what an earlier one says, some in other words.
    if known and (reference in known or not valued or not reference):
        output.skip("recognizers", "duplicate")
        return
    known.append(reference)
    family = family_of(name, types, day_first)
    output.add("recognizers", family, text, reference, expected, day_first)


def family_of(name, types, day_first):
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


def expected_of(text, result):
    units = text.encode("utf-16-le")
    start, end = (len(units[: 2 * at].decode("utf-16-le")) for at in utf16_span(result))
    assert text[start:end].lower() == result["Text"].lower(), text
    kind = kind_of(result_type(result))
    values = []
    for value in resolutions(result):
        values.extend(values_of(kind, value, text[start:end]))
    # Ranges of one end, such as "after 2016", and points called ranges, such as "around the 21st", are what they hold.
    if any("grain" in value for value in values):
        kind = "moment"
    return {"span": [start, end], "kind": kind, "values": unique(values)}


def kind_of(name):
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


def values_of(kind, value, words):
    if kind == "set":
        return [{"set": value["timex"]}] if value.get("timex") else []
    if kind == "duration":
        return durations_of(value)
    if "start" in value or "end" in value:
        return ranges_of(value, words)
    if "value" not in value or value["value"] == "not resolved":
        return []
    moment = moment_of(value["value"])
    if moment["grain"] != "day" or not (counted := COUNTED.fullmatch(words)):
        return [moment]
    return [moment, *units_around(local(value["value"]), counted["unit"].lower().rstrip("s") + "s")]


def durations_of(value):
    timex = value.get("timex") or ""
    # Only what ISO 8601 has: business days are counted in seconds.
    if re.fullmatch(r"P[\d.,YMWDTHS]+", timex):
        return [{"duration": timex}]
    return [{"duration": f"PT{value['value']}S"}]


def moment_of(text):
    if re.fullmatch(r"\d\d:\d\d:\d\d", text):
        return {"begin": time_of_day(text), "grain": "second"}
    if " " in text:
        return moment_value(local(text), "second")
    return moment_value(local(text), "day")


def time_of_day(text):
    return "T" + ("00" + text[2:] if text.startswith("24") else text)


def bound_of(text):
    if not text:
        return None
    return time_of_day(text) if re.fullmatch(r"\d\d:\d\d:\d\d", text) else local(text)


def ranges_of(value, words):
    begin, end = (bound_of(value.get(side)) for side in ("start", "end"))
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
