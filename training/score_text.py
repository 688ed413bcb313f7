#!/usr/bin/env python3
"""Scores tokens and sentences against Universal Dependencies treebanks.

A document's text is rebuilt from its `# text =` lines: joined by a blank inside a paragraph, and by a blank line
at each `# newpar` or `# newdoc`. A token or sentence counts when its span, in characters that are not white space,
is exactly that of the treebank, as in the CoNLL 2018 shared task.

    score_text.py --command "target/release/dossier tokens" en_ewt-ud-dev.conllu GUM_*.conllu

The command reads documents separated by a form feed, and prints a line "start end" for each token (code points),
an empty line after each sentence, and a form feed on a line of its own between documents.
"""

import argparse
import collections
import shlex
import subprocess
import sys

FORM_FEED = "\x0c"
APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")


class Document:
    def __init__(self, name):
        self.name = name
        self.text = ""
        self.sentences = []  # each a list of (start, end) in characters of `text`


def align(surface, forms):
    """The spans of the words of a multi-word token: their own letters where they fit, otherwise split in proportion."""
    spans, at = [], 0
    plain = surface.translate(APOSTROPHES).lower()
    if "".join(forms).translate(APOSTROPHES).lower() == plain:
        for form in forms:
            spans.append((at, at + len(form)))
            at += len(form)
        return spans
    for number, form in enumerate(forms):
        if number == len(forms) - 1:
            end = len(surface)
        else:
            left = len(forms) - number - 1
            common = 0
            while common < len(form) and at + common < len(plain) and form[common].lower() == plain[at + common]:
                common += 1
            end = min(max(at + (common or len(form)), at + 1), len(surface) - left)
        spans.append((at, max(end, at)))
        at = end
    return spans


def sentence_words(rows, text):
    """Spans of a sentence's words in its text."""
    spans, at, until, index = [], 0, 0, 0
    while index < len(rows):
        number, form = rows[index]
        index += 1
        if "." in number:
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(form, at):
            raise ValueError(f"cannot find {form!r} in {text!r}")
        if "-" in number:
            first, last = map(int, number.split("-"))
            forms = []
            while len(forms) < last - first + 1:
                if "." not in rows[index][0]:
                    forms.append(rows[index][1])
                index += 1
            spans += [(at + start, at + end) for start, end in align(form, forms)]
        else:
            spans.append((at, at + len(form)))
        at += len(form)
    return spans


def read(path):
    documents, rows, text = [], [], None
    separator = ""
    with open(path, encoding="utf-8") as lines:
        for line in list(lines) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                documents.append(Document(line.split("=")[-1].strip()))
                separator = ""
            elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
                separator = "\n\n"
            elif line.startswith("# text = "):
                text = line[len("# text = "):]
            elif line and not line.startswith("#"):
                cells = line.split("\t")
                rows.append((cells[0], cells[1]))
            elif not line and rows:
                document = documents[-1]
                if document.sentences:
                    document.text += separator or " "
                base = len(document.text)
                document.text += text
                document.sentences.append([(base + start, base + end) for start, end in sentence_words(rows, text)])
                rows, separator = [], ""
    return documents


def run(command, documents):
    """What the command reads out of each document, in the shape of `Document.sentences`."""
    joined = FORM_FEED.join(document.text for document in documents)
    output = subprocess.run(shlex.split(command), input=joined.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    found, sentence = [[]], []
    for line in output.split("\n"):
        if line == FORM_FEED:
            found.append([])
        elif line:
            start, end = line.split()
            sentence.append((int(start), int(end)))
        elif sentence:
            found[-1].append(sentence)
            sentence = []
    if len(found) != len(documents):
        sys.exit(f"{len(documents)} documents sent, {len(found)} read")
    return found


def visible(text):
    """For each offset, how many characters that are not white space stand before it."""
    counts, count = [0], 0
    for character in text:
        count += not character.isspace()
        counts.append(count)
    return counts


class Score:
    def __init__(self):
        self.right = self.gold = self.found = 0

    def add(self, gold, found):
        self.right += len(gold & found)
        self.gold += len(gold)
        self.found += len(found)

    def __str__(self):
        precision, recall = self.right / max(self.found, 1), self.right / max(self.gold, 1)
        f1 = 2 * self.right / max(self.found + self.gold, 1)
        return f"P {100 * precision:6.2f}  R {100 * recall:6.2f}  F1 {100 * f1:6.2f}"


def count_errors(document, gold, found, counts, tally):
    """Counts what was missed, as `treebank | found`."""
    offsets = {}
    for at, count in enumerate(counts[:-1]):
        offsets[count] = at  # the last offset with this count is the character itself

    def text(span):
        return document.text[offsets[span[0]]:offsets[span[1] - 1] + 1]

    for start, end in gold - found:
        overlapping = sorted(span for span in found if span[0] < end and start < span[1])
        tally[f"{text((start, end))!r} | {' '.join(map(text, overlapping))!r}"] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", required=True, help="program that prints the tokens of what it reads")
    parser.add_argument("--errors", choices=["tokens", "sentences"], help="also list what was missed")
    parser.add_argument("files", nargs="+", help="treebanks in CoNLL-U")
    options = parser.parse_args()
    documents = [document for path in options.files for document in read(path)]
    tokens, sentences, tally = Score(), Score(), collections.Counter()
    for document, found in zip(documents, run(options.command, documents)):
        counts = visible(document.text)
        to_counts = lambda span: (counts[span[0]], counts[span[1]])
        whole = lambda sentence: (counts[sentence[0][0]], counts[sentence[-1][1]])
        gold_tokens = {to_counts(span) for sentence in document.sentences for span in sentence}
        found_tokens = {to_counts(span) for sentence in found for span in sentence}
        gold_sentences = {whole(sentence) for sentence in document.sentences}
        found_sentences = {whole(sentence) for sentence in found}
        tokens.add(gold_tokens, found_tokens)
        sentences.add(gold_sentences, found_sentences)
        if options.errors == "tokens":
            count_errors(document, gold_tokens, found_tokens, counts, tally)
        elif options.errors == "sentences":
            count_errors(document, gold_sentences, found_sentences, counts, tally)
    print(f"{len(documents)} documents")
    print(f"tokens    {tokens}")
    print(f"sentences {sentences}")
    for line, times in tally.most_common():
        print(f"{times:5} {line}")


if __name__ == "__main__":
    main()
