"""Passages of the corpora that were marked for this project: `marks/` holds the marks alone, the texts stay with the corpora.

    ## ID                                   a passage: document@start-end, or a row of the PLOVER sentences
    @ Kampala (LOCATION)                    a name, where the corpus does not mark them
    = Uganda ; Ugandan                      written forms of one entity, its name first
    57-213 | Kato | told | he = Museveni | said to

The last is a relation: where the sentence stands that says it, subject, type, object, trigger. An end that is not itself a
form of a name is followed by the name that it stands for; one without a name stands for itself. The scheme is that of the
passages in passages.py, without attributes. Offsets are code points.

Passages that were written for this project carry their text, a line for each sentence, and name a sentence by its number:

    > Kato was detained in Kampala on Monday.
    s1 | Kato | arrests | he = Museveni | detained
"""
import csv
import glob
import json
import re

import corpora


def read(path):
    """{id: (names with their types, groups of forms, relations as tuples of five)}"""
    found, current = {}, None
    for number, line in enumerate(open(path, encoding="utf8"), 1):
        line = line.strip()
        fields = [f.strip() for f in line.split("|")]
        if line.startswith("## "):
            current = found[line[3:]] = ([], [], [])
        elif current is None or not line or line.startswith("> "):
            continue  # the file's head, a text
        elif line.startswith("@ "):
            current[0].append(re.fullmatch(r"@ (.*) \((\w+)\)", line).groups())
        elif line.startswith("= "):
            current[1].append([form.strip() for form in line[2:].split(" ; ")])
        elif len(fields) == 5:
            current[2].append(fields)
        else:
            raise ValueError(f"{path}, line {number}: {line}")
    return found


def place_of(written):
    """Document, start and end of "document@start-end"."""
    name, start, end = re.fullmatch(r"(.*)@(\d+)-(\d+)", written).groups()
    return name, int(start), int(end)


def newswire(folder, path):
    """Passages as passages.marked() takes them; `folder` holds the corpus's train.jsonl."""
    rows = (json.loads(line) for line in open(f"{folder}/train.jsonl", encoding="utf8"))
    documents = {row["id"]: row for row in rows}
    for place, (_, groups, relations) in read(path).items():
        name, start, end = place_of(place)
        document = documents[name]
        inside = [e for e in document["entities"] if start <= e["start"] and e["end"] <= end and e["type"] != "Date"]
        names = [(document["text"][e["start"]:e["end"]], corpora.MENTION_TYPES[e["type"]]) for e in inside]
        yield passage(document["text"][start:end], names, groups, relations)


def timeml(folder, path):
    """The same of TimeML documents; names are those that the marks name."""
    texts = timeml_texts(folder)
    for place, (names, groups, relations) in read(path).items():
        name, start, end = place_of(place)
        yield passage(texts[name][start:end], names, groups, relations)


def re3d(folder, path):
    """The same of re3d's documents."""
    lines = (line for file in sorted(glob.glob(f"{folder}/*/documents.json")) for line in open(file, encoding="utf8"))
    texts = {row["_id"]: row["text"] for row in map(json.loads, lines)}
    for place, (names, groups, relations) in read(path).items():
        name, start, end = place_of(place)
        yield passage(texts[name][start:end], names, groups, relations)


def written(path):
    """The same of passages that carry their text."""
    blocks = re.findall(r"^## (\S+)\n((?:> .*\n)+)", open(path, encoding="utf8").read(), re.M)
    texts = {name: [line[2:] for line in lines.splitlines()] for name, lines in blocks}
    for name, (names, groups, relations) in read(path).items():
        text, places = "", {}
        for number, sentence in enumerate(texts[name], 1):
            start = len(text) + bool(text)
            text = f"{text} {sentence}".lstrip()
            places[f"s{number}"] = f"{start}-{len(text)}"
        yield passage(text, names, groups, [(places[place], *rest) for place, *rest in relations])


def timeml_texts(folder):
    """By document, with the lines of each paragraph joined; offsets stay."""
    return {d.name.removesuffix(".tml"): re.sub(r"(?<!\n)\n(?!\s*\n)", " ", d.text) for d in corpora.timeml(folder)}


def plover(path, marks):
    """The same of sentences in PLV_train.tsv."""
    rows = csv.DictReader(open(path, encoding="utf8"), delimiter="\t")
    texts = {row["sentence_id"]: re.sub(r"</?[st]>", "", row["marked_sentence"]) for row in rows}
    for name, (names, groups, relations) in read(marks).items():
        yield passage(texts[name], names, groups, relations)


def passage(text, names, groups, relations):
    kinds = dict(reversed(names))
    entity = {form: group[0] for group in groups for form in group}
    for form in kinds:
        # A family name alone is mostly the person who was named in full.
        full = (f for f in kinds if f.split()[-1] == form != f and kinds[f] == kinds[form] == "PERSON")
        entity.setdefault(form, next(full, form))
    made = []
    for place, subject, kind, object_, trigger in relations:
        start, end = map(int, place.split("-"))
        one, other = end_of(subject), end_of(object_)
        for written, name in (one, other) if kind != "holds_position" else (one,):
            if name[:1].isupper() and name in text:
                entity.setdefault(name, name)
        made.append({"type": kind, "quote": text[start:end], "trigger": trigger,
                     "subject": entity.get(one[1], one[1]), "subject_as": one[0],
                     "object": entity.get(other[1], other[1]), "object_as": other[0]})
    forms = {}
    for form, name in entity.items():
        if form in text:
            forms.setdefault(name, []).append(form)
    entities = [{"name": name, "aliases": [f for f in group if f != name],
                 "type": next((kinds[f] for f in [name, *group] if f in kinds), "UNKNOWN")}
                for name, group in forms.items()]
    return {"text": text, "entities": entities, "relations": made}


def end_of(written):
    """The words of an end, and the name that they stand for."""
    words, _, name = written.partition(" = ")
    return words.strip(), (name or words).strip()
