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
import sys
from collections import Counter
from pathlib import Path

import dateparser
import duckling
import recognizers


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
    recognizers.convert(arguments.data / "recognizers-datetime-en" / "Specs" / "DateTime", output)
    duckling.convert(arguments.data / "dates-duckling-en", output)
    dateparser.convert(arguments.data / "dates-dateparser-en", output)
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


if __name__ == "__main__":
    main()
