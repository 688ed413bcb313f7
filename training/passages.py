"""Readers of the corpora that mark relations: each yields `Passage`s in the service's own tokens.

    python3 passages.py --data DATA --relations train.jsonl --command "target/release/dossier tokens"

Types of other corpora are mapped to the catalogue where one fits. A corpus that marks few types says so in `covered`,
and what it leaves out counts neither for nor against. Printed: passages, mentions and relations of each corpus.
"""
import argparse
import collections
import csv
import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys

import marks

FORM_FEED = "\x0c"

# Types of a mention as the relation head knows them; those of the catalogue's entities first.
KINDS = ["PERSON", "ORGANIZATION", "LOCATION", "FACILITY", "NORP", "PRODUCT", "MISC", "MONEY", "TITLE", "UNKNOWN"]
FORMS = ["NAME", "NOMINAL", "PRONOUN"]
PRONOUNS = set("i me my you your he him his she her hers it its we us our they them their who whom whose which that".split())

# Types that an event of each PLOVER class may have; one may be told by another class as well (src/relations/plover.rs).
COOPERATION = ("met spoke_with told visited hosted mediated negotiates_with cooperates_with backs praises allied_with "
               "recognizes aids arms yields_to releases withdraws_from")
PLOVER_ROOTS = {
    "CONSULT": "met spoke_with told visited hosted mediated negotiates_with",
    "AGREE": f"agreed_with pledged_to {COOPERATION}", "COOPERATE": "cooperates_with",
    "SUPPORT": "backs praises allied_with recognizes agreed_with", "AID": "aids arms deploys_to visited",
    "YIELD": "yields_to releases withdraws_from", "REQUEST": "urges", "ACCUSE": "accuses criticizes investigates urges",
    "REJECT": f"rejects opposes vetoes denies agreed_with {COOPERATION}",
    "THREATEN": "warns threatens sanctions protests_against arrests restricts attacks fights kills",
    "PROTEST": "protests_against", "SANCTION": "sanctions", "MOBILIZE": "deploys_to",
    "COERCE": "arrests restricts sanctions", "ASSAULT": "attacks fights kills"}
SYMMETRIC = set("met spoke_with agreed_with cooperates_with allied_with fights negotiates_with trades_with spouse sibling "
                "relative".split())

# A corpus's relation -> (ours, whether subject and object change places).
CONLL04 = {"Work_For": ("works_for", False), "Live_In": ("lives_in", False), "OrgBased_In": ("based_in", False),
           "Located_In": ("located_in", False), "Kill": ("kills", False)}
KNOWLEDGE_NET = {"SPOUSE": ("spouse", False), "PLACE_OF_RESIDENCE": ("lives_in", False),
                 "PLACE_OF_BIRTH": ("born_in", False), "HEADQUARTERS": ("based_in", False),
                 "EDUCATED_AT": ("educated_at", False), "CHILD_OF": ("child_of", False),
                 "FOUNDED_BY": ("founded", True), "POLITICAL_AFFILIATION": ("affiliated_with", False),
                 "CEO": ("leads", True), "SUBSIDIARY_OF": ("part_of", False)}
# What the subject and object of a KnowledgeNet property are.
KNOWLEDGE_KINDS = {"SPOUSE": "PERSON PERSON", "PLACE_OF_RESIDENCE": "PERSON LOCATION",
                   "PLACE_OF_BIRTH": "PERSON LOCATION", "HEADQUARTERS": "ORGANIZATION LOCATION",
                   "EDUCATED_AT": "PERSON ORGANIZATION", "CHILD_OF": "PERSON PERSON",
                   "FOUNDED_BY": "ORGANIZATION PERSON", "POLITICAL_AFFILIATION": "PERSON ORGANIZATION",
                   "CEO": "ORGANIZATION PERSON", "SUBSIDIARY_OF": "ORGANIZATION ORGANIZATION"}


@dataclasses.dataclass
class Mention:
    sentence: int
    start: int      # words of the sentence, half-open
    end: int
    kind: str       # one of KINDS
    form: str       # one of FORMS
    entity: object  # whatever tells entities of the passage apart


@dataclasses.dataclass
class Passage:
    sentences: list                 # lists of words
    mentions: list                  # Mentions
    relations: dict                 # (mention, mention) -> {type: [(sentence, word) of its trigger]}
    known: dict                     # (entity, entity) -> types that hold between them somewhere in the passage
    covered: frozenset | None       # the types whose absence is marked too; none: all of them
    roots: dict = dataclasses.field(default_factory=dict)   # (mention, mention) -> types one of which holds
    named: bool = False             # every name is among the mentions


class Words:
    """A text's tokens by sentence, and from offsets to words."""

    def __init__(self, text, spans):
        self.text, self.spans = text, spans
        self.sentences = [[text[a:b] for a, b in sentence] for sentence in spans]

    def find(self, start, end):
        """(sentence, first word, end) of the words that the stretch touches; none if it leaves its sentence."""
        for number, sentence in enumerate(self.spans):
            inside = [i for i, (a, b) in enumerate(sentence) if a < end and start < b]
            if inside:
                return number, inside[0], inside[-1] + 1
        return None


def tokenise(texts, command):
    """`Words` of every text, by the service's tokeniser."""
    texts = [t.replace(FORM_FEED, " ") for t in texts]
    run = subprocess.run(command.split(), input=FORM_FEED.join(texts), capture_output=True, text=True, check=True)
    for text, block in zip(texts, run.stdout.split(FORM_FEED), strict=True):
        sentences = [[tuple(map(int, line.split())) for line in part.splitlines() if line.strip()]
                     for part in block.strip("\n").split("\n\n")]
        yield Words(text, [s for s in sentences if s])


def form_of(words):
    return "PRONOUN" if len(words) == 1 and words[0].lower() in PRONOUNS else "NOMINAL"


class Builder:
    """Collects the mentions of a passage, each place once."""

    def __init__(self, words, covered=None):
        self.words, self.at = words, {}
        self.passage = Passage(words.sentences, [], {}, {}, covered)

    def mention(self, place, kind, form, entity):
        if place is None:
            return None
        if place not in self.at:
            self.at[place] = len(self.passage.mentions)
            self.passage.mentions.append(Mention(*place, kind, form, entity))
        return self.at[place]

    def relate(self, subject, kind, object_, trigger=()):
        if subject is None or object_ is None or subject == object_:
            return
        pairs = [(subject, object_)] + ([(object_, subject)] if kind in SYMMETRIC else [])
        for pair in pairs:
            self.passage.relations.setdefault(pair, {}).setdefault(kind, list(trigger))
            ends = tuple(self.passage.mentions[m].entity for m in pair)
            self.passage.known.setdefault(ends, set()).add(kind)


def occurrences(text, form):
    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
        yield match.start(), match.end()


def name_places(gold, words):
    """Where the passage's names stand: {(sentence, start, end): entity}, the longest first, none within another."""
    forms = sorted(((f, e) for e in gold["entities"] for f in [e["name"], *e.get("aliases", [])]),
                   key=lambda x: -len(x[0]))
    taken, places = [], {}
    for form, entity in forms:
        for start, end in occurrences(gold["text"], form):
            if not any(start < e and s < end for s, e in taken):
                taken.append((start, end))
                place = words.find(start, end)
                if place:
                    places[place] = entity
    return places


def read_rows(path):
    return [json.loads(line) for line in open(path, encoding="utf8")]


def marked(rows, command, named=True):
    """Passages marked in the project's own scheme (GUIDELINES.md beside them); where they don't say which words express
    a relation, only which entities it joins. `named`: all of their names are marked."""
    for gold, words in zip(rows, tokenise([r["text"] for r in rows], command)):
        builder = Builder(words)
        builder.passage.named = named
        for place, entity in sorted(name_places(gold, words).items(), key=lambda x: x[0]):
            builder.mention(place, entity["type"], "NAME", entity["name"])
        forms = {e["name"]: [e["name"], *e.get("aliases", [])] for e in gold["entities"]}
        kinds = {e["name"]: e["type"] for e in gold["entities"]}
        for relation in gold["relations"]:
            if relation["type"] != "holds_position":
                builder.passage.known.setdefault((relation["subject"], relation["object"]), set()).add(relation["type"])
            quote = gold["text"].find(relation.get("quote", "\0"))
            if quote < 0:
                continue
            bounds = quote, quote + len(relation["quote"])
            title = relation["type"] == "holds_position"
            subject = argument(builder, gold["text"], bounds, relation["subject_as"], relation["subject"], forms, kinds)
            if title:
                place = near(gold["text"], bounds, relation["object_as"] or relation["object"])
                object_ = builder.mention(place and words.find(*place), "TITLE", "NOMINAL", ("title", relation["object"]))
            else:
                object_ = argument(builder, gold["text"], bounds, relation["object_as"], relation["object"], forms, kinds)
            builder.relate(subject, relation["type"], object_, trigger_words(words, gold["text"], bounds, relation))
        yield builder.passage


def near(text, bounds, form):
    """The occurrence of the words inside the bounds, else the one nearest to them."""
    found = list(occurrences(text, form)) if form else []
    return min(found, key=lambda x: max(0, bounds[0] - x[0], x[1] - bounds[1]), default=None)


def argument(builder, text, bounds, written, entity, forms, kinds):
    """The mention for an argument written so: the name inside of it, else its words."""
    place = near(text, bounds, written)
    if place is None:
        return None
    words = builder.words.find(*place)
    if words is None:
        return None
    inside = [i for i, m in enumerate(builder.passage.mentions) if m.entity == entity and m.form == "NAME"
              and m.sentence == words[0] and words[1] <= m.start and m.end <= words[2]]
    if inside:
        return inside[-1]
    phrase = builder.words.sentences[words[0]][words[1]:words[2]]
    return builder.mention(words, kinds.get(entity, "UNKNOWN"), form_of(phrase), entity)


def trigger_words(words, text, bounds, relation):
    place = near(text, bounds, relation["trigger"])
    found = place and words.find(*place)
    return [(found[0], i) for i in range(found[1], found[2])] if found and bounds[0] <= place[0] < bounds[1] else []


def held_out(text):
    """A third of the PLOVER sentences, by hash: never trained on, so that they can measure."""
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


def plover(path, command):
    """One source, target and root class a sentence; nothing is said of other pairs."""
    rows = []
    for row in csv.DictReader(open(path, encoding="utf8"), delimiter="\t"):
        plain, at, found, opened = "", 0, {"s": [], "t": []}, {}
        text = row["marked_sentence"]
        for tag in re.finditer(r"</?[st]>", text):
            plain += text[at:tag.start()]
            at, name = tag.end(), tag.group(0).strip("</>")
            if "/" in tag.group(0):
                found[name].append((opened.pop(name, len(plain)), len(plain)))
            else:
                opened[name] = len(plain)
        plain += text[at:]
        if not held_out(plain):
            rows.append((plain, found["s"], found["t"], row["gold_root"]))
    for (text, sources, targets, root), words in zip(rows, tokenise([r[0] for r in rows], command)):
        builder = Builder(words, frozenset())
        ends = [[phrase(builder, span, (name, i)) for i, span in enumerate(spans)]
                for name, spans in (("s", sources), ("t", targets))]
        for subject in ends[0]:
            for object_ in ends[1]:
                if subject is not None and object_ is not None and subject != object_:
                    builder.passage.roots[subject, object_] = frozenset(PLOVER_ROOTS[root].split())
        if builder.passage.roots:
            yield builder.passage


def phrase(builder, span, entity):
    """A noun phrase up to its first preposition or comma, or the name at its end."""
    place = builder.words.find(*span)
    if place is None:
        return None
    sentence, start, end = place
    words = builder.words.sentences[sentence]
    stop = next((i for i in range(start + 1, end) if words[i].lower() in
                 {"of", "in", "for", "to", "on", "at", "by", "from", "with", ",", "that", "who", "which", "and"}), end)
    capital = any(w[0].isupper() for w in words[start + 1:stop]) or words[start][0].isupper() and stop == start + 1
    form = form_of(words[start:stop])
    return builder.mention((sentence, start, stop), "UNKNOWN", "NAME" if capital and form != "PRONOUN" else form, entity)


def knowledge_net(path, command):
    passages = collections.defaultdict(list)
    for line in open(path, encoding="utf8"):
        row = json.loads(line)
        passages[row["doc"], row["passage_start"], row["passage"]].append(row)
    keys = sorted(passages)
    for key, words in zip(keys, tokenise([k[2] for k in keys], command)):
        rows = passages[key]
        covered = frozenset(KNOWLEDGE_NET[r["property"]][0] for r in rows if r["property"] in KNOWLEDGE_NET)
        builder = Builder(words, covered)
        for row in rows:
            if row["subject"] is None or row["property"] not in KNOWLEDGE_NET:
                continue
            ends = []
            for kind, end in zip(KNOWLEDGE_KINDS[row["property"]].split(), (row["subject"], row["object"])):
                place = words.find(end["start"] - key[1], end["end"] - key[1])
                form = form_of(words.sentences[place[0]][place[1]:place[2]]) if place else ""
                entity = end["uri"] or end["text"].lower()
                ends.append(builder.mention(place, kind, "PRONOUN" if form == "PRONOUN" else "NAME", entity))
            kind, crossed = KNOWLEDGE_NET[row["property"]]
            builder.relate(*((ends[1], kind, ends[0]) if crossed else (ends[0], kind, ends[1])))
        if len(builder.passage.mentions) > 1:
            yield builder.passage


def conll04(path):
    """Its own tokens; every entity and every relation of its five types is marked."""
    kinds = {"Peop": "PERSON", "Org": "ORGANIZATION", "Loc": "LOCATION", "Other": "MISC"}
    covered = frozenset(kind for kind, _ in CONLL04.values())
    for block in re.split(r"#doc.*\n", open(path, encoding="utf8").read()):
        rows = [line.split("\t") for line in block.splitlines() if line.strip()]
        if not rows:
            continue
        words = Words("", [[(0, 0)]])
        words.sentences = [[r[1] for r in rows]]
        builder, at = Builder(words, covered), {}
        for i, row in enumerate(rows):
            if row[2].startswith("B-"):
                end = i + 1
                while end < len(rows) and rows[end][2].startswith("I-"):
                    end += 1
                text = " ".join(words.sentences[0][i:end]).lower()
                mention = builder.mention((0, i, end), kinds[row[2][2:]], "NAME", text)
                at.update({w: mention for w in range(i, end)})
        for i, row in enumerate(rows):
            for kind, head in zip(re.findall(r"'([^']+)'", row[3]), map(int, re.findall(r"\d+", row[4]))):
                if kind in CONLL04 and i in at and head in at:
                    builder.relate(at[i], CONLL04[kind][0], at[head])
        if len(builder.passage.mentions) > 1:
            yield builder.passage


def read(data, relations, command):
    """All of them, by name of the corpus."""
    sentences = f"{data}/plover-relations/datasets/PLV_train.tsv"
    folder = os.path.join(os.path.dirname(__file__), "marks")
    news = list(marks.newswire(f"{data}/worldwide-newswire", f"{folder}/newswire.txt"))
    older = list(marks.timeml(f"{data}/timeml-tbaq", f"{folder}/timeml.txt"))
    reports = list(marks.re3d(f"{data}/re3d", f"{folder}/re3d.txt"))
    written = list(marks.written(f"{folder}/written.txt"))
    events = list(marks.plover(sentences, f"{folder}/plover.txt"))
    return {"marked": list(marked(read_rows(relations), command)),
            "newswire-marks": list(marked(news, command)),
            "timeml-marks": list(marked(older, command)),
            "re3d-marks": list(marked(reports, command)),
            "written": list(marked(written, command)),
            "plover-marks": list(marked(events, command, named=False)),
            "plover": list(plover(sentences, command)),
            "knowledge-net": list(knowledge_net(f"{data}/knowledge-net/train_folds.jsonl", command)),
            "conll04": list(conll04(f"{data}/conll04/data/CoNLL04/train.txt"))}


def print_held_out(path):
    rows = csv.DictReader(open(path, encoding="utf8"), delimiter="\t")
    out = csv.DictWriter(sys.stdout, rows.fieldnames, delimiter="\t")
    out.writeheader()
    out.writerows(row for row in rows if held_out(re.sub(r"</?[st]>", "", row["marked_sentence"])))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data")
    args.add_argument("--relations")
    args.add_argument("--command")
    args.add_argument("--held-out", metavar="TSV", help="print the rows of PLOVER sentences that training leaves out")
    args = args.parse_args()
    if args.held_out:
        return print_held_out(args.held_out)
    for name, passages in read(args.data, args.relations, args.command).items():
        relations = [(pair, kinds) for p in passages for pair, kinds in p.relations.items()]
        apart = collections.Counter(abs(p.mentions[a].sentence - p.mentions[b].sentence)
                                    for p in passages for a, b in [*p.relations, *p.roots])
        print(name, len(passages), "passages", sum(len(s) for p in passages for s in p.sentences), "words",
              sum(len(p.mentions) for p in passages), "mentions", sum(len(k) for _, k in relations), "relations",
              sum(bool(t) for _, k in relations for t in k.values()), "with triggers",
              "sentences apart", sorted(apart.items()))


if __name__ == "__main__":
    main()
