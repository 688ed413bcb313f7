"""Readers of the annotated corpora: each yields documents as lists of sentences.

A mention sentence is (words, BIO labels); a syntax sentence is (words, upos, xpos, heads, labels), heads counted from 1
with 0 for the root.
"""
import collections
import glob
import os

# The corpus's names for its types -> ours. `Date` is learned too, but leaves the service as a date, not as an entity.
MENTION_TYPES = {"Person": "PERSON", "Organization": "ORGANIZATION", "Location": "LOCATION", "Facility": "FACILITY",
                 "NORP": "NORP", "Product": "PRODUCT", "Misc": "MISC", "Money": "MONEY", "Date": "DATE"}
MENTION_LABELS = ["O"] + [f"{bio}-{kind}" for kind in MENTION_TYPES.values() for bio in "BI"]


def newswire(folder):
    """worldwide-newswire token files: one word and its outer tag a line, sentences apart by blank lines."""
    for path in sorted(glob.glob(os.path.join(folder, "*.tsv"))):
        document, words, labels = [], [], []
        for line in [*open(path, encoding="utf8"), ""]:
            fields = line.rstrip("\n").split("\t")
            if len(fields) >= 2 and fields[0]:
                words.append(fields[0])
                bio, _, kind = fields[1].partition("-")
                labels.append(f"{bio}-{MENTION_TYPES[kind]}" if kind in MENTION_TYPES else "O")
            elif words:
                document.append((words, labels))
                words, labels = [], []
        if document:
            yield document


def universal_dependencies(paths):
    """CoNLL-U files; multiword ranges and empty nodes are left out, documents without words (masked) too."""
    for path in paths:
        document, rows = [], []
        for line in [*open(path, encoding="utf8"), "\n"]:
            if line.startswith("# newdoc") and document:
                yield document
                document = []
            if line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 10:
                if fields[0].isdigit():
                    rows.append(fields)
            elif rows:
                document.append(([r[1] for r in rows], [r[3] for r in rows], [r[4] for r in rows],
                                 [int(r[6]) for r in rows], [r[7] for r in rows]))
                rows = []
        if document:
            yield document


def ewt(folder, part):
    return list(universal_dependencies([os.path.join(folder, f"en_ewt-ud-{part}.conllu")]))


def gum(folder, part, genres=None):
    paths = sorted(glob.glob(os.path.join(folder, part, "dep", "*.conllu")))
    keep = [p for p in paths if "_reddit_" not in p and (genres is None or any(f"_{g}_" in p for g in genres))]
    return list(universal_dependencies(keep))


def label_set(values, least=1):
    """Labels by falling frequency; those seen fewer than `least` times fold into their part before the colon."""
    counts = collections.Counter(values)
    kept = {v for v, n in counts.items() if n >= least}
    folded = collections.Counter()
    for value, n in counts.items():
        folded[value if value in kept else value.split(":")[0]] += n
    return [v for v, _ in sorted(folded.items(), key=lambda x: (-x[1], x[0]))]
