"""The cases of Facebook Duckling."""

import re
from datetime import timedelta

from cases import BETWEEN_TWO, COARSE, after, local, moment_value, range_value, read_lines, rfc3339, unique

HOME_LOCALES = ("EN", "EN_US")
DAY_FIRST_LOCALES = ("EN_AU", "EN_BZ", "EN_GB", "EN_IE", "EN_IN", "EN_JM", "EN_NZ", "EN_TT", "EN_ZA")


def convert(folder, output):
    """Families are the grain of what is expected, intervals, holidays, and what depends on the locale."""
    cases = read_lines(folder / "cases.jsonl")
    at_home = {case["text"].lower() for case in cases if case["locale"] in HOME_LOCALES}
    abroad = {}
    for case in cases:
        text, value = case["text"], case["expected"]
        if case["group"] == "latentCorpus":
            output.skip("duckling", "latent: Duckling reports it on request alone")
        elif "holiday" not in value or case["locale"] in HOME_LOCALES:
            add_case(case, values_of(value, text), output)
        elif text.lower() in at_home:
            output.skip("duckling", "holiday of another country by the name of an American one")
        else:
            abroad.setdefault(text.lower(), []).append(case)
    # Countries keep a holiday of the same name on different days, and the text does not tell which of them is meant.
    for (case, *others) in abroad.values():
        values = [v for c in (case, *others) for v in values_of(c["expected"], c["text"])]
        add_case(case, unique(values), output)
        for _ in others:
            output.skip("duckling", "holiday of several countries, made one case")
    for case in read_lines(folder / "durations.jsonl"):
        text, values = case["text"], [duration_of(case["expected"])]
        output.add("duckling", "duration", text, "", [{"span": [0, len(text)], "kind": "duration", "values": values}])
    for case in read_lines(folder / "negative.jsonl"):
        output.add("duckling", "none", case["text"], "", [])


def add_case(case, values, output):
    text, value = case["text"], case["expected"]
    kind = "moment" if "start" in value and "end" not in value else "range"
    day_first = case["locale"] in DAY_FIRST_LOCALES and "holiday" not in value
    family = family_of(case["locale"], value, day_first)
    expected = [{"span": [0, len(text)], "kind": kind, "values": values}]
    output.add("duckling", family, text, rfc3339(case["reference"]), expected, day_first)


def family_of(locale, value, day_first):
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


def values_of(value, text):
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


def duration_of(value):
    amount = f"{value['value']:g}"
    letter = value["unit"][0].upper()
    time = value["unit"] in ("hour", "minute", "second")
    return {"duration": f"P{'T' if time else ''}{amount}{letter}"}
