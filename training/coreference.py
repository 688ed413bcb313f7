#!/usr/bin/env python3
"""Coreference of GUM: the mentions of each sentence and the groups they form, from the `Entity=` marks of CoNLL-U.

A mark opens with `(GROUP-etype-infstat-...` and closes with `GROUP)`; mentions nest and span several words.
Words are counted as `corpora.universal_dependencies` counts them.

    coreference.py DATA/gum      prints how many mentions of each kind are read
"""
import collections
import glob
import os
import re
import sys

import roles

# `end` stands after the last word; `head` is the first word of the mention whose own head stands outside it.
Mention = collections.namedtuple("Mention", "sentence start end head group etype infstat")


def gum(folder, part, genres=None):
    """The chains of each document of a part, in the order of `corpora.gum`."""
    paths = sorted(glob.glob(os.path.join(folder, part, "dep", "*.conllu")))
    keep = [p for p in paths if "_reddit_" not in p and (genres is None or any(f"_{g}_" in p for g in genres))]
    return [gum_chains(path) for path in keep]


def gum_chains(path):
    """The mentions of each sentence of a document, outer ones before those inside them."""
    chains, rows = [], []
    for line in [*open(path, encoding="utf8"), "\n"]:
        fields = line.rstrip("\n").split("\t")
        if len(fields) == 10:
            if fields[0].isdigit():
                rows.append(fields)
        elif rows and not line.startswith("#"):
            chains.append(mentions(len(chains), rows))
            rows = []
    return chains


def antecedents(document):
    """All mentions of a document in textual order."""
    return [mention for sentence in document for mention in sentence]


def mentions(number, rows):
    heads = [int(row[6]) - 1 for row in rows]
    found, opened = [], []
    for index, row in enumerate(rows):
        mark = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", mark.group(1) if mark else ""):
            if piece.startswith("("):
                opened.append((index, piece.strip("()").split("-")))
            if piece.endswith(")"):
                group = piece.strip("()").split("-")[0]
                place = max((p for p, (_, fields) in enumerate(opened) if fields[0] == group), default=None)
                if place is None:
                    raise ValueError(f"sentence {number + 1}, word {index + 1}: {group} closes, but was not opened")
                start, fields = opened.pop(place)
                # The parts of an interrupted mention, marked [1/2] and [2/2], are no mentions of their own.
                if "[" not in group:
                    head = roles.head(start, index + 1, heads)
                    found.append(Mention(number, start, index + 1, head, int(group), fields[1], fields[2]))
    if opened:
        raise ValueError(f"sentence {number + 1}: {opened[0][1][0]} is not closed")
    return sorted(found, key=lambda m: (m.start, -m.end))


def main():
    for part in ("train", "dev"):
        documents = gum(sys.argv[1], part)
        found = [mention for document in documents for mention in antecedents(document)]
        groups = sum(len({m.group for m in antecedents(d)}) for d in documents)
        print(f"{part}: {len(documents)} documents, {sum(map(len, documents))} sentences, "
              f"{len(found)} mentions, {groups} groups")
        for field in ("etype", "infstat"):
            counts = collections.Counter(getattr(m, field) for m in found)
            print("  " + ", ".join(f"{value} {n}" for value, n in counts.most_common()))


if __name__ == "__main__":
    main()
