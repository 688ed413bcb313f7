#!/usr/bin/env python3
"""Semantic roles of the English Web Treebank: PropBank's marks over the words and syntax of Universal Dependencies.

PropBank's files hold no words, one column of brackets for each predicate, and sentences in the order of the treebank:
the Nth of a document is the treebank's `GENRE-DOCUMENT-NNNN`. Sentences split into other tokens there are left out.

    roles.py DATA      prints how many sentences, predicates and arguments of each role are read
"""
import collections
import glob
import os
import re
import sys

# Referents that are seen often enough to be learned; the rest fold into the role they refer to.
REFERENTS = {"R-A0", "R-A1"}
# `be.03`, `do.01`, ... mark auxiliaries, which have no arguments and predicate nothing.
PREDICATES = {"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV"}

Sentence = collections.namedtuple("Sentence", "words upos heads")


def ewt_roles(data_root, part):
    """sent_id -> [(predicate, [(head of argument, role), ...]), ...], counted from 0 in the words of the sentence."""
    sentences = treebank(os.path.join(data_root, "ud-ewt", f"en_ewt-ud-{part}.conllu"))
    found = {}
    for path in sorted(glob.glob(os.path.join(data_root, "propbank/data/google/ewt/**/*.gold_skel"), recursive=True)):
        genre = os.path.relpath(path, os.path.join(data_root, "propbank/data/google/ewt")).split(os.sep)[0]
        document = os.path.basename(path).removesuffix(".gold_skel").removesuffix(".xml")
        for number, rows in enumerate(skeletons(path), start=1):
            name = f"{genre}-{document}-{number:04}"
            sentence = sentences.get(name)
            if sentence and len(sentence.words) == len(rows):
                found[name] = propositions(rows, sentence)
    return found


def sentence_names(path):
    """The `sent_id`s of a CoNLL-U file, in the order in which `corpora.universal_dependencies` yields its sentences."""
    return list(treebank(path))


def treebank(path):
    """sent_id -> words, tags and heads (from 0, -1 for the root); multiword ranges and empty nodes are left out."""
    sentences, name, rows = {}, None, []
    for line in [*open(path, encoding="utf8"), "\n"]:
        fields = line.rstrip("\n").split("\t")
        if line.startswith("# sent_id = "):
            name = line.rstrip("\n").split(" = ")[1]
        elif len(fields) == 10:
            if fields[0].isdigit():
                rows.append(fields)
        elif rows and not line.startswith("#"):
            sentences[name] = Sentence([r[1] for r in rows], [r[3] for r in rows], [int(r[6]) - 1 for r in rows])
            rows = []
    return sentences


def skeletons(path):
    """The sentences of a PropBank file, each a list of rows."""
    rows = []
    for line in [*open(path, encoding="utf8"), ""]:
        if line.strip():
            rows.append(line.split())
        elif rows:
            yield rows
            rows = []


def propositions(rows, sentence):
    """The predicates of a sentence with their arguments; auxiliaries, which have none, are left out."""
    predicates = [index for index, row in enumerate(rows) if row[7] != "-"]
    found = []
    for column, predicate in enumerate(predicates, start=8):
        arguments = {}
        spans = [s for s in bracketed([row[column] for row in rows]) if s[2] not in ("V", "C-V")]
        whole = {role(label) for _, _, label in spans if not label.startswith("C-")}
        for start, end, label in spans:
            if label.startswith("C-") and role(label) in whole:
                continue
            arguments.setdefault((head(start, end, sentence.heads), role(label)))
            whole.add(role(label))
        # A light verb and its noun share a predicate, which stands as its own argument: that tells nothing.
        arguments = [argument for argument in arguments if argument[0] != predicate]
        if sentence.upos[predicate] in PREDICATES and not (sentence.upos[predicate] == "AUX" and not arguments):
            found.append((predicate, arguments))
    return found


def bracketed(column):
    """`(ARG1*`, `*`, `*)` -> (start, end, label), with the end after the last word; brackets do not nest."""
    spans, opened = [], None
    for index, cell in enumerate(column):
        if label := re.match(r"\(([^*(]+)\*", cell):
            opened = (index, label.group(1))
        if cell.endswith(")") and opened:
            spans.append((opened[0], index + 1, opened[1]))
            opened = None
    return spans


def role(label):
    """`ARG0` -> `A0`, `ARGM-TMP` -> `TMP`, `C-ARG1-DSP` -> `A1`, `R-ARG0` -> `R-A0`, `R-ARGM-TMP` -> `TMP`."""
    base = label.removeprefix("C-").removeprefix("R-").removesuffix("-DSP")
    base = base.removeprefix("ARGM-").replace("ARG", "A")
    return f"R-{base}" if label.startswith("R-") and f"R-{base}" in REFERENTS else base


def head(start, end, heads):
    """The first word of a span whose head stands outside it."""
    return next((word for word in range(start, end) if not start <= heads[word] < end), start)


def main():
    data_root = sys.argv[1]
    for part in ("train", "dev"):
        found = ewt_roles(data_root, part)
        predicates = [predicate for sentence in found.values() for predicate in sentence]
        roles = collections.Counter(r for _, arguments in predicates for _, r in arguments)
        print(f"{part}: {len(found)} sentences, {len(predicates)} predicates, {sum(roles.values())} arguments")
        print("  " + ", ".join(f"{r} {n}" for r, n in roles.most_common()))


if __name__ == "__main__":
    main()
