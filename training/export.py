"""Exports a trained run as the folder the service embeds: model.onnx, model.json, vocab.txt, parity.json.

    python3 export.py --encoder FOLDER --run runs/NAME --out ../model --version 1 [--data DATA] [--without HEAD]

With --without, a head says nothing in the exported model, to see what it is worth to the service. With --data it also
prints the exported graph's dev figures, so that the cost of int8 shows.
"""
import argparse
import json
import os
import shutil

import numpy as np
import onnxruntime
import torch

import graph
import heads
import windows
from evaluate import evaluate, load
from network import SHAPES
from passages import KINDS
from windows import Pieces, encode

PARITY = [
    ["The United Nations said on Monday that Iran-backed groups had withdrawn .".replace("-", " - ").split(),
     "U.S. President Joe Biden met Mr. Müller , of AT&T , in São Paulo .".split()],
    ["PM VOWS ACTION".split(), "\"It 's not over , \" she told iPhone maker Apple 's board in Nov. 2021 .".split()],
    ["Antidisestablishmentarianism , 東京 and Ελλάδα cost £5,000 😀 .".split()],
]


class Exported(torch.nn.Module):
    """The exported graph behind the network's interface, one window at a time, to be scored by evaluate()."""

    def __init__(self, session, labels):
        super().__init__()
        self.session, self.deprels = session, len(labels["deprel"])

    def states(self, pieces, shapes, mask, starts):
        self.rows = []
        for row in range(len(pieces)):
            size = int(mask[row].sum())
            words = 1 + int((starts[row, 1:] > 0).sum())
            feed = {"pieces": pieces[row, :size], "shapes": shapes[row, :size], "starts": starts[row, :words]}
            names = [o.name for o in self.session.get_outputs()]
            self.rows.append(dict(zip(names, self.session.run(None, {k: v.numpy() for k, v in feed.items()}))))
        self.words = starts.shape[1] - 1
        return None

    def column(self, name, width=None):
        rows = [torch.from_numpy(r[name]) for r in self.rows]
        full = torch.zeros(len(rows), self.words + (name == "label_heads"), width or rows[0].shape[1])
        for i, r in enumerate(rows):
            full[i, :r.shape[0], :r.shape[1]] = r
        return full

    def tags(self, _):
        return self.column("mention"), self.column("upos"), self.column("xpos")

    def arcs(self, _):
        return self.column("arcs", self.words + 1)

    def labels_of(self, _, heads):
        parts, head = self.column("label_dependents").unflatten(-1, (self.deprels, -1)), self.column("label_heads")
        chosen = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return (parts[..., :-1] @ chosen.unsqueeze(-1)).squeeze(-1) + parts[..., -1]


def capitalised(sentences, spans):
    """Every capitalised word as a mention of unknown kind, and the pairs of those of one sentence."""
    mentions, pairs, seen = [], [], []
    for words, (start, length) in zip(sentences, spans):
        inside = [start + i for i, w in enumerate(words) if w[0].isupper()]
        pairs += [(len(mentions) + i, len(mentions) + j) for i in range(len(inside)) for j in range(len(inside)) if i != j]
        seen += [(start, length)] * (len(inside) * (len(inside) - 1))
        mentions += inside
    return mentions, pairs, seen


def pair_scores(network, states, mentions, pairs, seen):
    """Probabilities of the types of each pair, by the trainer's network."""
    visible = torch.zeros(len(pairs), len(states), dtype=torch.bool)
    visible[:, 0] = True
    for row, (start, length) in enumerate(seen):
        visible[row, 1 + start:1 + start + length] = True
    at = torch.tensor(mentions)
    kinds = torch.full((len(at),), KINDS.index("UNKNOWN"))
    # As if the two stood next to each other in the tree.
    paths = torch.zeros(len(pairs), len(states))
    for row, (i, j) in enumerate(pairs):
        paths[row, [1 + mentions[i], 1 + mentions[j]]] = 1
    apart = torch.tensor([heads.distance(mentions[i], mentions[j]) for i, j in pairs])
    names = torch.zeros_like(kinds)
    return network.relations(states, at, at, kinds, names, torch.tensor(pairs), apart, visible, paths)[0].sigmoid()


def parity(session, network, labels, pieces):
    """Inputs with the trainer's own (fp32) scores and the exported graph's, for the service's tests."""
    cases = []
    for sentences in PARITY:
        ids, shapes, starts, spans = encode([(s,) for s in sentences], pieces)
        feed = {"pieces": np.array(ids), "shapes": np.array(shapes), "starts": np.array(starts)}
        out = dict(zip([o.name for o in session.get_outputs()], session.run(None, feed)))
        with torch.no_grad():
            tensors = [torch.tensor([x]) for x in (ids, shapes, starts)]
            states = network.states(tensors[0], tensors[1], None, tensors[2])
            mentions, pairs, seen = capitalised(sentences, spans) if hasattr(network, "relations") else ([], [], [])
            probabilities = pair_scores(network, states[0], mentions, pairs, seen) if pairs else []
            trained = {"mention": network.tags(states)[0][0].numpy(), "arcs": network.arcs(states)[0].numpy()}
        rounded = lambda a: [[round(float(x), 4) for x in row] for row in a]
        cases.append({"sentences": sentences, "pieces": ids, "shapes": shapes, "starts": starts,
                      "exported": {k: rounded(out[k]) for k in ("mention", "arcs")},
                      "trained": {k: rounded(v) for k, v in trained.items()},
                      "mentions": mentions, "pairs": pairs, "probabilities": rounded(probabilities)})
    return cases


def silence(network, head):
    """Makes a head of the network say nothing, whatever it reads."""
    with torch.no_grad():
        if head == "relations":
            network.relations.types.bias.fill_(-30)
        elif head == "titles":
            network.title.bias[0] = 1000
        elif head == "antecedents":
            for part in (network.antecedents.product.weight, network.antecedents.product.bias):
                part.zero_()


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--encoder", required=True)
    args.add_argument("--run", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--version", required=True)
    args.add_argument("--data")
    args.add_argument("--without", choices=["relations", "titles", "antecedents"])
    args = args.parse_args()
    network, labels = load(args.run)
    silence(network, args.without)
    weights = {k: v.numpy() for k, v in network.state_dict().items()}
    model = graph.build(weights, network.encoder.config)
    os.makedirs(args.out, exist_ok=True)
    open(f"{args.out}/model.onnx", "wb").write(model.SerializeToString())
    shutil.copy(f"{args.encoder}/vocab.txt", f"{args.out}/vocab.txt")
    described = {"name": "dossier-minilm", "version": args.version, "window": windows.WINDOW,
                 "shapes": SHAPES, "labels": {kind: names for kind, names in labels.items() if kind != "role"}}
    json.dump(described, open(f"{args.out}/model.json", "w"), indent=1)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # the tables of the relation head are in the graph, and not used there
    session = onnxruntime.InferenceSession(f"{args.out}/model.onnx", options)
    pieces = Pieces(args.encoder)
    json.dump(parity(session, network, labels, pieces), open(f"{args.out}/parity.json", "w"), ensure_ascii=False)
    if args.data:
        print(json.dumps(evaluate(Exported(session, labels), labels, pieces, args.data), indent=1))


if __name__ == "__main__":
    main()
