"""Figures of a trained network on the dev parts, over gold words and, for relations, gold mentions.

    python3 evaluate.py --data DATA --relations dev.jsonl --command "../target/release/dossier tokens" \
        --encoder FOLDER --run runs/NAME
"""
import argparse
import collections
import csv
import json

import torch

import corpora
import passages
import tasks
from network import Encoder, Network
from windows import Batch, Pieces, batches


def spans(labels):
    """BIO labels -> set of (start, end, type); an I without its B starts a span."""
    found, start, kind = set(), None, None
    for i, label in enumerate([*labels, "O"]):
        bio, _, this = label.partition("-")
        if start is not None and (bio != "I" or this != kind):
            found.add((start, i, kind))
            start = None
        if bio == "B" or bio == "I" and start is None:
            start, kind = i, this
    return found


def mention_f1(network, labels, pieces, documents):
    """F1 over whole mentions, and over their words one by one, each with its type."""
    hit, system, gold = [0, 0], [0, 0], [0, 0]
    one_by_one = lambda mentions: {(i, kind) for start, end, kind in mentions for i in range(start, end)}
    for group in batches(documents, pieces, 4000):
        batch = Batch(group, pieces)
        scores = network.tags(network.states(batch.pieces, batch.shapes, batch.mask, batch.starts))[0]
        best = scores.argmax(-1).tolist()
        for row, (window, (_, _, _, sentences)) in zip(best, zip(group, batch.coded)):
            for sentence, (start, length) in zip(window, sentences):
                want = spans(sentence[1])
                got = spans([labels["mention"][i] for i in row[start:start + length]])
                for level, read in enumerate((set, one_by_one)):
                    hit[level] += len(read(want) & read(got))
                    system[level] += len(read(got))
                    gold[level] += len(read(want))
    whole, words = (round(200 * h / max(1, s + g), 2) for h, s, g in zip(hit, system, gold))
    return {"whole": whole, "words": words}


def attachment(network, labels, pieces, documents):
    words = uas = las = upos = xpos = 0
    for group in batches(documents, pieces, 4000):
        batch = Batch(group, pieces)
        states = network.states(batch.pieces, batch.shapes, batch.mask, batch.starts)
        heads = network.arcs(states).masked_fill(~batch.same, -1e4).argmax(-1)
        deprel = network.labels_of(states, heads).argmax(-1)
        _, upos_scores, xpos_scores = network.tags(states)
        gold_heads, real = batch.heads(), batch.real
        name = lambda kind, scores: [[labels[kind][i] for i in row] for row in scores.tolist()]
        gold = lambda column: [[v for s in w for v in s[column]] for w in group]
        deprel, tags, fine = name("deprel", deprel), name("upos", upos_scores.argmax(-1)), name("xpos", xpos_scores.argmax(-1))
        for row, (relations, coarse, small) in enumerate(zip(gold(4), gold(1), gold(2))):
            for i in range(len(relations)):
                right = bool(heads[row, i] == gold_heads[row, i])
                words += 1
                uas += right
                las += right and deprel[row][i] == relations[i]
                upos += tags[row][i] == coarse[i]
                xpos += fine[row][i] == small[i]
    return {"uas": round(100 * uas / words, 2), "las": round(100 * las / words, 2),
            "upos": round(100 * upos / words, 2), "xpos": round(100 * xpos / words, 2)}


def role_f1(network, labels, pieces, documents):
    """F1 of predicates, and of (predicate, head of argument, role) for the gold predicates."""
    hit, system, gold = [0, 0], [0, 0], [0, 0]
    index = {"role": {name: i for i, name in enumerate(labels["role"])}}
    for group in batches(documents, pieces, 4000):
        batch = Batch(group, pieces)
        states = network.states(batch.pieces, batch.shapes, batch.mask, batch.starts)
        marks, predicates, wanted = tasks.propositions(batch, index)
        found = network.roles.predicates(states).argmax(-1)
        pairs = [(found[marks >= 0], marks[marks >= 0])]
        if wanted is not None:
            best = network.roles(states, predicates).argmax(-1)
            pairs.append((best[wanted >= 0], wanted[wanted >= 0]))
        for level, (got, want) in enumerate(pairs):
            hit[level] += int(((got == want) & (want > 0)).sum())
            system[level] += int((got > 0).sum())
            gold[level] += int((want > 0).sum())
    return dict(zip(("predicates", "roles"), (round(200 * h / max(1, s + g), 2) for h, s, g in zip(hit, system, gold))))


# Roles that are no answers to a question about the verb.
UNASKED = {"NEG", "MOD", "DIS"}


def read_questions(folder):
    """QA-SRL's sentences: words, and for each verb the answers of each question, as lists of half-open ranges."""
    words, asked = {}, collections.defaultdict(lambda: collections.defaultdict(list))
    rows = lambda part: csv.DictReader(open(f"{folder}/data/{part}.csv", encoding="utf-8-sig"))
    for source in ("wikinews", "wikipedia"):
        words |= {row["qasrl_id"]: row["tokens"].split() for row in rows(f"sentences/{source}.dev.full")}
        for row in rows(f"gold/{source}.dev.gold"):
            answers = [tuple(map(int, part.split(":"))) for part in row["answer_range"].split("~!~")]
            asked[row["qasrl_id"]][int(row["verb_idx"])].append(answers)
    return [(words[name], verbs) for name, verbs in asked.items()]


def question_f1(network, labels, pieces, sentences):
    """How well the heads of a verb's arguments, whatever their roles, fit the answers to the questions about it: of the
    heads, how many stand in an answer, and of the questions, how many have one in theirs."""
    inside, heads, answered, questions = 0, 0, 0, 0
    asked_for = torch.tensor([False] + [role not in UNASKED for role in labels["role"]])
    for words, verbs in sentences:
        batch = Batch([[(words,)]], pieces)
        states = network.states(batch.pieces, batch.shapes, batch.mask, batch.starts)
        best = network.roles(states, torch.tensor([list(verbs)])).argmax(-1)[0]
        for found, asked in zip(asked_for[best], verbs.values()):
            chosen = found.nonzero().flatten().tolist()
            answers = lambda word, ranges: any(start <= word < end for start, end in ranges)
            heads += len(chosen)
            inside += sum(any(answers(word, ranges) for ranges in asked) for word in chosen)
            questions += len(asked)
            answered += sum(any(answers(word, ranges) for word in chosen) for ranges in asked)
    precision, recall = 100 * inside / max(1, heads), 100 * answered / max(1, questions)
    return {"precision": round(precision, 2), "recall": round(recall, 2),
            "f1": round(2 * precision * recall / max(1e-9, precision + recall), 2)}


def antecedent_accuracy(network, pieces, documents):
    """Of the pronouns and definite descriptions that have an antecedent in the window, how many get a right one."""
    right, total = {"pronoun": 0, "other": 0}, {"pronoun": 0, "other": 0}
    for group in batches(documents, pieces, 4000):
        batch = Batch(group, pieces)
        scores = network.antecedents(network.states(batch.pieces, batch.shapes, batch.mask, batch.starts))
        for row, (window, (_, _, _, sentences)) in enumerate(zip(group, batch.coded)):
            words = [w for s in window for w in s[0]]
            mentions = tasks.treebank_mentions(window, sentences)
            for i, (head, entity) in enumerate(mentions):
                before = [(h, e) for h, e in mentions[:i] if h < head]
                if any(e == entity for _, e in before):
                    best = max(before, key=lambda x: scores[row, head, 1 + x[0]].item())
                    kind = "pronoun" if passages.form_of([words[head]]) == "PRONOUN" else "other"
                    right[kind] += best[1] == entity
                    total[kind] += 1
    return {kind: round(100 * right[kind] / max(1, total[kind]), 2) for kind in total}


def relation_f1(network, labels, pieces, documents, thresholds=(0.2, 0.3, 0.4, 0.5, 0.6)):
    """F1 of (entity, type, entity) over passages whose mentions are given, at several least probabilities."""
    counts = {t: [0, 0, 0] for t in thresholds}
    for document in documents:
        passage, found = document[0][2], {}
        for window in batches([document], pieces, 100000)[0]:
            batch = Batch([window], pieces)
            states = network.states(batch.pieces, batch.shapes, batch.mask, batch.starts)
            sentences = batch.coded[0][3]
            made = tasks.relation_inputs(window, sentences, tasks.trees(network, states, batch)[0])
            if made is None:
                continue
            _, inside, _, inputs = made
            scores = network.relations(states[0], *inputs)[0].sigmoid()
            for (one, other), row in zip(inputs[4].tolist(), scores.tolist()):
                ends = tuple(passage.mentions[inside[m]].entity for m in (one, other))
                for name, score in zip(labels["relation"], row):
                    key = (*(sorted(ends, key=str) if name in passages.SYMMETRIC else ends), name)
                    found[key] = max(found.get(key, 0), score)
        gold = {(*(sorted(ends, key=str) if name in passages.SYMMETRIC else ends), name)
                for ends, names in passage.known.items() for name in names if name != "holds_position"}
        for threshold, count in counts.items():
            got = {k for k, score in found.items() if score >= threshold and k[2] != "holds_position"}
            count[0] += len(got & gold)
            count[1] += len(got)
            count[2] += len(gold)
    return {t: [round(100 * h / max(1, s), 1), round(100 * h / max(1, g), 1), round(200 * h / max(1, s + g), 1)]
            for t, (h, s, g) in counts.items()}


@torch.no_grad()
def evaluate(network, labels, pieces, data, marked=()):
    """`marked`: passages with relations that training did not see. An exported graph has tags and trees alone."""
    network.eval()
    found = {"mention": mention_f1(network, labels, pieces, list(corpora.newswire(f"{data}/worldwide-newswire/dev"))),
             "ewt": attachment(network, labels, pieces, corpora.ewt(f"{data}/ud-ewt", "dev")),
             "gum_news": attachment(network, labels, pieces, corpora.gum(f"{data}/gum", "dev", ["news"]))}
    if hasattr(network, "roles"):
        gum = tasks.gum(data, "dev", ["news", "interview", "bio"])
        found["roles"] = role_f1(network, labels, pieces, tasks.ewt(data, "dev"))
        found["questions"] = question_f1(network, labels, pieces, read_questions(f"{data}/qasrl-gs"))
        found["antecedents"] = antecedent_accuracy(network, pieces, gum)
        found["relations"] = relation_f1(network, labels, pieces, tasks.of_passages(marked))
    return found


def load(run, dropout=0.1):
    """A run's network and labels; `dropout` is the encoder's, for training to go on."""
    labels = json.load(open(f"{run}/labels.json"))
    network = Network(Encoder(json.load(open(f"{run}/encoder.json")), dropout), labels)
    network.load_state_dict(torch.load(f"{run}/checkpoint.pt"))
    return network.eval(), labels


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", required=True)
    args.add_argument("--encoder", required=True)
    args.add_argument("--run", required=True)
    args.add_argument("--relations", required=True, help="dev.jsonl of the marked passages")
    args.add_argument("--command", required=True, help="program that prints the tokens of what it reads")
    args = args.parse_args()
    network, labels = load(args.run)
    marked = list(passages.marked(passages.read_rows(args.relations), args.command))
    print(json.dumps(evaluate(network, labels, Pieces(args.encoder), args.data, marked), indent=1))


if __name__ == "__main__":
    main()
