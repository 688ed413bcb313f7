#!/usr/bin/env python3
"""Scores pronouns on GAP: which of two names an ambiguous pronoun stands for, through the running service.

A name counts as the pronoun's when it is a mention of the same entity. Precision and recall are over both names of each
text, as in the official scorer; the bias is the F1 of feminine pronouns over that of masculine ones.

    score_gap.py gap-development.tsv [--target 127.0.0.1:50051] [--errors]
"""
import argparse
import collections
import concurrent.futures
import csv

from client import Client

MASCULINE = {"he", "him", "his"}


def read(path):
    with open(path, encoding="utf8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def mentions(response):
    """(start, end, kind, entity) of each mention."""
    for number, entity in enumerate(response.get("entities", [])):
        for mention in entity["mentions"]:
            span = mention["span"]
            yield int(span.get("start", 0)), int(span["end"]), mention["kind"].rsplit("_", 1)[-1], number


def verdicts(row, response):
    """Whether the pronoun stands for A, and for B."""
    found = list(mentions(response))
    at = int(row["Pronoun-offset"])
    referents = {entity for start, _, kind, entity in found if start == at and kind == "PRONOUN"}

    def is_referent(name):
        start = int(row[f"{name}-offset"])
        over = [m for m in found if m[0] < start + len(row[name]) and start < m[1]]
        named = [m for m in over if m[2] == "NAME"] or over
        return any(m[3] in referents for m in named)

    return is_referent("A"), is_referent("B")


def f1(counts):
    return 200.0 * counts["hit"] / (2 * counts["hit"] + counts["false"] + counts["missed"] or 1)


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("data")
    args.add_argument("--target", default="127.0.0.1:50051")
    args.add_argument("--errors", action="store_true", help="print the texts that are read wrong")
    args = args.parse_args()
    rows, client = read(args.data), Client(args.target)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        responses = list(pool.map(lambda row: client.extract(row["Text"]), rows))
    counts = collections.defaultdict(collections.Counter)
    for row, response in zip(rows, responses):
        found, gender = verdicts(row, response), "M" if row["Pronoun"].lower() in MASCULINE else "F"
        wanted = row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"
        for said, true in zip(found, wanted):
            outcome = "hit" if said and true else "false" if said else "missed" if true else "rejected"
            counts[gender][outcome] += 1
            counts["all"][outcome] += 1
        if args.errors and found != wanted:
            print(row["ID"], row["Pronoun"], row["Pronoun-offset"], "A", row["A"], wanted[0], found[0],
                  "B", row["B"], wanted[1], found[1], "\n   ", row["Text"])
    everything = counts["all"]
    precision = 100 * everything["hit"] / max(1, everything["hit"] + everything["false"])
    recall = 100 * everything["hit"] / max(1, everything["hit"] + everything["missed"])
    print(f"texts {len(rows)}  precision {precision:.2f}  recall {recall:.2f}  F1 {f1(everything):.2f}"
          f"  masculine {f1(counts['M']):.2f}  feminine {f1(counts['F']):.2f}"
          f"  bias {f1(counts['F']) / (f1(counts['M']) or 1):.3f}")


if __name__ == "__main__":
    main()
