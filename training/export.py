"""Exports a trained run as the folder the service embeds: model.onnx, model.json, vocab.txt, parity.json.

    python3 export.py --encoder FOLDER --run runs/NAME --out ../model --version 1 [--data DATA]

With --data it also prints the exported graph's dev figures, so that the cost of int8 shows.
"""
import argparse
import json
import shutil

import numpy as np
import onnxruntime
import torch

import graph
import windows
from evaluate import evaluate, load
from network import SHAPES
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
            trained = {"mention": network.tags(states)[0][0].numpy(), "arcs": network.arcs(states)[0].numpy()}
        rounded = lambda a: [[round(float(x), 4) for x in row] for row in a]
        cases.append({"sentences": sentences, "pieces": ids, "shapes": shapes, "starts": starts,
                      "exported": {k: rounded(out[k]) for k in ("mention", "arcs")},
                      "trained": {k: rounded(v) for k, v in trained.items()}})
    return cases


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--encoder", required=True)
    args.add_argument("--run", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--version", required=True)
    args.add_argument("--data")
    args = args.parse_args()
    network, labels = load(args.encoder, args.run)
    config = json.load(open(f"{args.encoder}/config.json"))
    weights = {k: v.numpy() for k, v in network.state_dict().items()}
    model = graph.build(weights, config["num_hidden_layers"], config["num_attention_heads"])
    open(f"{args.out}/model.onnx", "wb").write(model.SerializeToString())
    shutil.copy(f"{args.encoder}/vocab.txt", f"{args.out}/vocab.txt")
    described = {"name": "dossier-minilm", "version": args.version, "window": windows.WINDOW,
                 "shapes": SHAPES, "labels": labels}
    json.dump(described, open(f"{args.out}/model.json", "w"), indent=1)
    session = onnxruntime.InferenceSession(f"{args.out}/model.onnx")
    pieces = Pieces(args.encoder)
    json.dump(parity(session, network, labels, pieces), open(f"{args.out}/parity.json", "w"), ensure_ascii=False)
    if args.data:
        print(json.dumps(evaluate(Exported(session, labels), labels, pieces, args.data), indent=1))


if __name__ == "__main__":
    main()
