"""Pronouns whose antecedents are known: since a name stood in their place, or since they were marked.

    python3 pronouns.py --data DATA --parser "target/release/dossier parse"

Where the newswire's training documents name a person again, and another person has been named nearby, the name
is replaced by a pronoun. (After Kocijan et al., WikiCREM: a large unsupervised corpus for coreference resolution, 2019.)
Names and grammar are the service's own reading of the text.

`marks/pronouns.txt` says for whom the pronouns of passages stand; the texts stay with the corpora:

    ## newswire af_afrol_12@0-300           corpus, document and code points
    = Museveni ; Yoweri Museveni            a person's written forms
    120 he = Museveni                       where in the passage; `-` stands for someone without a name

Printed: a few examples, and how many there are.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import subprocess

import marks
from passages import Builder, Mention, Passage, occurrences, tokenise

MARKS = os.path.join(os.path.dirname(__file__), "marks", "pronouns.txt")
# Sentences before that of the pronoun.
BEFORE = 3
SUBJECTS, OBJECTS = ("nsubj", "nsubj:pass"), ("obj", "iobj", "obl", "obl:agent")
PRONOUNS = {"masculine": ("he", "him", "his"), "feminine": ("she", "her", "her")}
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "president", "minister", "senator", "judge", "justice", "gen"}
FEMININE = {"mrs", "ms", "miss", "madam", "lady"}


def sentences_of(conllu):
    """Of each sentence its words, relations to their heads, and persons as (start, end)."""
    found = []
    for block in conllu.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        persons, open_ = [], False
        for i, row in enumerate(rows):
            inside = "Mention=PERSON" in row[9]
            if inside and open_:
                persons[-1][1] = i + 1
            elif inside:
                persons.append([i, i + 1])
            open_ = inside
        found.append(([r[1] for r in rows], [r[7] for r in rows], persons))
    return found


def gender_of(title, near, source):
    """By the title, else that of the pronouns nearby, else either."""
    counts = [near.count(f[0]) + near.count(f[2]) for f in PRONOUNS.values()]
    masculine = counts[0] > counts[1] if counts[0] != counts[1] else source.random() < 0.5
    return "feminine" if title in FEMININE or not masculine else "masculine"


def examples(sentences, source):
    """Passages whose last sentence has one name replaced."""
    key = lambda words, span: words[span[1] - 1].lower()
    for number, (words, relations, persons) in enumerate(sentences):
        first = max(0, number - BEFORE)
        before = [(n, span) for n in range(first, number) for span in sentences[n][2]]
        for span in persons:
            start, end = span
            earlier = before + [(number, s) for s in persons if s[0] < start]
            keys = {key(sentences[n][0], s) for n, s in earlier}
            own, relation = key(words, span), relations[start]
            possessive = end < len(words) and words[end] in ("'s", "’s") and relation == "nmod:poss"
            fits = possessive or relation in SUBJECTS + OBJECTS and (end == len(words) or words[end] not in ("'s", "’s"))
            if own not in keys or len(keys) < 2 or not fits:
                continue
            titled = start > 0 and words[start - 1].lower().strip(".") in TITLES
            near = [w.lower() for s in sentences[first:number + 1] for w in s[0]]
            gender = gender_of(words[start - 1].lower().strip(".") if titled else "", near, source)
            form = PRONOUNS[gender][2 if possessive else 0 if relation in SUBJECTS else 1]
            begin, stop = start - titled, end + possessive
            changed = words[:begin] + [form.capitalize() if begin == 0 else form] + words[stop:]
            mentions = [Mention(n - first, *s, "PERSON", "NAME", key(sentences[n][0], s)) for n, s in before]
            for a, b in persons:
                moved = 0 if b <= begin else stop - begin - 1
                if (a, b) == (start, end):
                    mentions.append(Mention(number - first, begin, begin + 1, "PERSON", "PRONOUN", own))
                elif a >= stop or b <= begin:
                    mentions.append(Mention(number - first, a - moved, b - moved, "PERSON", "NAME", key(words, (a, b))))
            yield Passage([s[0] for s in sentences[first:number]] + [changed], mentions, {}, {}, frozenset())


def read(data, parser):
    texts = [json.loads(line)["text"] for line in open(f"{data}/worldwide-newswire/train.jsonl", encoding="utf8")]
    parse = lambda text: subprocess.run(parser.split(), input=text, capture_output=True, text=True, check=True).stdout
    source = random.Random(1)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return [passage for conllu in pool.map(parse, texts) for passage in examples(sentences_of(conllu), source)]


def texts_of(data):
    """{(corpus, document): text} of the corpora in which pronouns are marked."""
    rows = (json.loads(line) for line in open(f"{data}/worldwide-newswire/train.jsonl", encoding="utf8"))
    found = {("newswire", row["id"]): row["text"] for row in rows}
    found |= {("timeml", name): text for name, text in marks.timeml_texts(f"{data}/timeml-tbaq").items()}
    for document in json.load(open(f"{data}/re-docred/data/dev_revised.json", encoding="utf8")):
        found["re-docred", document["title"]] = " ".join(" ".join(sentence) for sentence in document["sents"])
    return found


def read_marks(path):
    """(corpus, document, start, end, persons' forms, (offset, pronoun, name) of each pronoun) of each passage."""
    for block in open(path, encoding="utf8").read().split("\n## ")[1:]:
        place, *lines = block.strip().splitlines()
        corpus, _, place = place.partition(" ")
        persons = [[form.strip() for form in line[2:].split(" ; ")] for line in lines if line.startswith("= ")]
        said = [re.fullmatch(r"(\d+) (\w+) = (.*)", line).groups() for line in lines if not line.startswith("= ")]
        yield corpus, *marks.place_of(place), persons, [(int(at), word, whom) for at, word, whom in said]


def marked(data, command):
    """Passages with the marked pronouns. Of those without a name, one is what the next of its gender means."""
    texts = texts_of(data)
    found = list(read_marks(MARKS))
    parts = [texts[corpus, name][start:end] for corpus, name, start, end, *_ in found]
    for (*_, persons, said), words in zip(found, tokenise(parts, command), strict=True):
        builder, taken = Builder(words, frozenset()), []
        forms = sorted(((form, person[0]) for person in persons for form in person), key=lambda f: -len(f[0]))
        for form, person in forms:
            for start, end in occurrences(words.text, form):
                if not any(start < e and s < end for s, e in taken):
                    taken.append((start, end))
                    builder.mention(words.find(start, end), "PERSON", "NAME", person)
        for at, word, whom in said:
            whom = f"- {word[0].lower()}" if whom == "-" else whom
            builder.mention(words.find(at, at + len(word)), "PERSON", "PRONOUN", whom)
        yield builder.passage


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", required=True)
    args.add_argument("--parser", required=True)
    args = args.parse_args()
    found = read(args.data, args.parser) + list(marked(args.data, args.parser.replace(" parse", " tokens")))
    for passage in found[::max(1, len(found) // 8)]:
        print(" / ".join(" ".join(s) for s in passage.sentences))
        print("   ", [(" ".join(passage.sentences[m.sentence][m.start:m.end]), m.entity) for m in passage.mentions])
    print(len(found), "passages", sum(len(s) for p in found for s in p.sentences), "words")


if __name__ == "__main__":
    main()
