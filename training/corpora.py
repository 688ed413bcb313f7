"""Readers of the annotated corpora: each yields documents as lists of sentences.

A mention sentence is (words, BIO labels); a syntax sentence is (words, upos, xpos, heads, labels), heads counted from 1
with 0 for the root. Corpora that mark raw text come as `TimexDocument`s instead.
"""
import collections
import glob
import html
import os
import re

import score_text

# The corpus's names for its types -> ours. `Date` is learned too, but leaves the service as a date, not as an entity.
MENTION_TYPES = {"Person": "PERSON", "Organization": "ORGANIZATION", "Location": "LOCATION", "Facility": "FACILITY",
                 "NORP": "NORP", "Product": "PRODUCT", "Misc": "MISC", "Money": "MONEY", "Date": "DATE"}
MENTION_LABELS = ["O"] + [f"{bio}-{kind}" for kind in MENTION_TYPES.values() for bio in "BI"]

# `created` is a day, or empty; `timexes` are (start, end, type, value) in code points of `text`.
TimexDocument = collections.namedtuple("TimexDocument", "name created text timexes")


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


def timeml(folder):
    """The marked text of TimeML files, with what their headers say of the day they were written."""
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.tml"), recursive=True)):
        xml = open(path, encoding="utf8", errors="replace").read()
        header = re.search(r'<TIMEX3[^>]*functionInDocument="(?:CREATION_TIME|PUBLICATION_TIME)"[^>]*>', xml)
        day = re.match(r"\d{4}-\d\d-\d\d", attribute("value", header.group(0))) if header else None
        body = re.search(r"<TEXT>(.*?)</TEXT>", xml, re.S)
        text, timexes = inline_timexes(body.group(1) if body else "")
        if text.strip():
            yield TimexDocument(os.path.basename(path), day.group(0) if day else "", text, timexes)


def attribute(name, tag):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def inline_timexes(xml):
    """Text with TIMEX3 elements in it -> (text, [(start, end, type, value)]); all other tags are dropped."""
    text, found, opened = "", [], []
    for piece in re.split(r"(</?[A-Za-z][^>]*>)", xml):
        if piece.startswith("</TIMEX3"):
            start, tag = opened.pop()
            found.append((start, len(text), attribute("type", tag), attribute("value", tag)))
        elif piece.startswith("<TIMEX3"):
            opened.append((len(text), piece))
        elif not re.match(r"</?[A-Za-z]", piece):
            text += html.unescape(piece)
    return text, found


def gum_dates(folder, part, genres):
    """GUM's <date> elements, which have no TimeML type; its words and their offsets are those of `score_text`."""
    for path in sorted(p for g in genres for p in glob.glob(os.path.join(folder, part, "dep", f"GUM_{g}_*.conllu"))):
        document, = score_text.read(path)
        lines = open(path, encoding="utf8").read().split("\n")
        created = [l.split(" = ")[1] for l in lines if l.startswith("# meta::dateCreated")]
        rows = [r for r in (l.split("\t") for l in lines) if len(r) == 10 and r[0].isdigit()]
        spans, found, opened = [span for sentence in document.sentences for span in sentence], [], []
        for (start, end), row in zip(spans, rows, strict=True):
            for tag in re.findall(r"</?date\b", row[9]):
                if tag == "<date":
                    opened.append(start)
                elif opened:
                    found.append((opened.pop(), end, "DATE", ""))
        day = created[0] if created and re.fullmatch(r"\d{4}-\d\d-\d\d", created[0]) else ""
        yield TimexDocument(os.path.basename(path), day, document.text, found)


def label_set(values, least=1):
    """Labels by falling frequency; those seen fewer than `least` times fold into their part before the colon."""
    counts = collections.Counter(values)
    kept = {v for v, n in counts.items() if n >= least}
    folded = collections.Counter()
    for value, n in counts.items():
        folded[value if value in kept else value.split(":")[0]] += n
    return [v for v, _ in sorted(folded.items(), key=lambda x: (-x[1], x[0]))]
