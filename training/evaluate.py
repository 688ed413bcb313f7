"""Figures of a trained network on the dev parts: mention F1 over gold words, attachment, tagging.

    python3 evaluate.py --data DATA --encoder FOLDER --run runs/NAME
"""
import argparse
import json

import torch

import corpora
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


@torch.no_grad()
def evaluate(network, labels, pieces, data):
    network.eval()
    return {"mention": mention_f1(network, labels, pieces, list(corpora.newswire(f"{data}/worldwide-newswire/dev"))),
            "ewt": attachment(network, labels, pieces, corpora.ewt(f"{data}/ud-ewt", "dev")),
            "gum_news": attachment(network, labels, pieces, corpora.gum(f"{data}/gum", "dev", ["news"]))}


def load(encoder_folder, run):
    labels = json.load(open(f"{run}/labels.json"))
    network = Network(Encoder(json.load(open(f"{encoder_folder}/config.json"))), labels)
    network.load_state_dict(torch.load(f"{run}/checkpoint.pt"))
    return network.eval(), labels


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", required=True)
    args.add_argument("--encoder", required=True)
    args.add_argument("--run", required=True)
    args = args.parse_args()
    network, labels = load(args.encoder, args.run)
    print(json.dumps(evaluate(network, labels, Pieces(args.encoder), args.data), indent=1))


if __name__ == "__main__":
    main()
