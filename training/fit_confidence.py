#!/usr/bin/env python3
"""Fits the confidence of relations to marked passages, and tells how well it is calibrated.

    fit_confidence.py dev.jsonl --command "../target/release/dossier extract"

A relation's confidence is the logistic function of what its rule and the network say of it (Weights in
src/relations/confidence.rs, whose LEAST is to be 0 while fitting). Printed: the weights fitted on all passages; and for
the confidences as returned, and with weights by tenfold cross-validation over passages: precision, recall and expected
calibration error (over ten bins of equal width) of what is left at each least confidence.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.dirname(__file__))
import passages

FOLDS, RIDGE = 10, 0.3


def plain(text):
    text = re.sub(r"\s+", " ", text.replace("’", "'")).strip().casefold()
    return re.sub(r"^(the|a|an) |'s$", "", text)


def same_title(left, right):
    left, right = set(plain(left).split()), set(plain(right).split())
    return bool(left & right) and len(left & right) * 2 >= max(len(left), len(right))


def extractions(rows, command):
    """The response and the explanation of every passage."""
    with tempfile.TemporaryDirectory() as folder:
        for i, row in enumerate(rows):
            path = os.path.join(folder, f"{i:04}.txt")
            open(path, "w", encoding="utf8", newline="").write(row["text"])
            run = subprocess.run([*command.split(), "--format", "json", "--explain", "--reference-time",
                                  row["reference_time"], path], capture_output=True, text=True, check=True)
            why = dict(re.findall(r"^\s+(r\d+)\s.*?(\d\.\d+ / \d\.\d+)", run.stderr, re.M))
            yield json.loads(run.stdout), why


def judged(row, response, why):
    """(features, confidence, right) of every typed relation, as the scorer judges it, and how many are marked."""
    forms = {plain(f): e["name"] for e in row["entities"] for f in [e["name"], *e.get("aliases", [])]}
    names = {}
    for entity in response.get("entities", []):
        for text in [entity.get("name", ""), *(m["span"].get("text", "") for m in entity.get("mentions", []))]:
            if plain(text) in forms:
                names.setdefault(entity["id"], forms[plain(text)])
    of = lambda a: names.get(a.get("entityId", "")) or forms.get(plain(a.get("span", {}).get("text", "")))
    gold, found = list(row["relations"]), []
    for relation in sorted(response.get("relations", []), key=lambda r: -r.get("confidence", 0)):
        literal = relation["object"].get("span", {}).get("text", "")
        title = relation["type"] == "holds_position"
        if not relation["object"].get("entityId") and not title or relation["type"] == "open":
            continue
        ends = of(relation["subject"]), of(relation["object"])

        def is_it(g):
            if g["type"] != relation["type"]:
                return False
            if title:
                return ends[0] == g["subject"] and same_title(literal, g["object"])
            straight = ends == (g["subject"], g["object"])
            return straight or g["type"] in passages.SYMMETRIC and ends == (g["object"], g["subject"])

        hit = next((g for g in gold if is_it(g)), None)
        if hit is not None:
            gold.remove(hit)
        rule, network = map(float, why[relation["id"]].split(" / "))
        found.append((features(rule, network), relation["confidence"], hit is not None))
    return found, len(row["relations"])


def logit(p):
    p = min(max(p, 0.005), 0.995)
    return float(np.log(p / (1 - p)))


def features(rule, network):
    """As in src/relations/confidence.rs: the network's part, and where a rule says it, the rule's and what both share."""
    said = float(rule > 0)
    return [1.0, logit(network), said, said * logit(rule), said * logit(network)]


def fit(x, y):
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(hessian, x.T @ (p - y) + RIDGE * weights)
    return weights


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data")
    args.add_argument("--command", required=True)
    args = args.parse_args()
    rows = [json.loads(line) for line in open(args.data, encoding="utf8")]
    judgements = [judged(row, *extraction) for row, extraction in zip(rows, extractions(rows, args.command))]
    passage = np.array([i for i, (found, _) in enumerate(judgements) for _ in found])
    x = np.array([f for found, _ in judgements for f, _, _ in found])
    returned = np.array([p for found, _ in judgements for _, p, _ in found])
    y = np.array([right for found, _ in judgements for _, _, right in found], float)
    marked = sum(n for _, n in judgements)
    print(f"marked {marked}  returned {len(y)}  right {int(y.sum())}")
    print("weights", np.round(fit(x, y), 3).tolist())
    crossed = np.zeros(len(y))
    for fold in range(FOLDS):
        inside = passage % FOLDS == fold
        crossed[inside] = 1 / (1 + np.exp(-x[inside] @ fit(x[~inside], y[~inside])))
    table("confidences as returned", returned, y, marked)
    table("weights cross-validated", crossed, y, marked)


def table(name, p, y, marked):
    print(f"{name}\nleast  precision  recall  F1  expected calibration error")
    for least in np.arange(0, 0.95, 0.1):
        kept = p >= least
        hits, count = y[kept].sum(), max(1, kept.sum())
        bins = np.minimum((p * 10).astype(int), 9)
        error = sum(abs(p[kept & (bins == b)].sum() - y[kept & (bins == b)].sum()) for b in range(10)) / count
        print(f"{least:5.1f}  {100 * hits / count:9.1f}  {100 * hits / marked:6.1f}"
              f"  {200 * hits / (kept.sum() + marked):5.1f}  {error:.3f}")


if __name__ == "__main__":
    main()
