#!/usr/bin/env python3
"""Averages the weights of two checkpoints of which one was trained on from the other.

    average.py runs/BEFORE/checkpoint.pt runs/AFTER/checkpoint.pt --share 0.6 --out runs/MEAN

`--share` is that of the second; labels.json and encoder.json are to stand beside it, and are copied.
"""
import argparse
import os
import shutil

import torch


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("before")
    args.add_argument("after")
    args.add_argument("--share", type=float, required=True)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    before, after = torch.load(args.before), torch.load(args.after)
    os.makedirs(args.out, exist_ok=True)
    mean = {name: before[name] * (1 - args.share) + after[name] * args.share for name in after}
    torch.save(mean, f"{args.out}/checkpoint.pt")
    for name in ("labels.json", "encoder.json"):
        shutil.copy(os.path.join(os.path.dirname(args.after), name), args.out)


if __name__ == "__main__":
    main()
