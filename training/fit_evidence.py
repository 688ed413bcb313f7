#!/usr/bin/env python3
"""Fits the weights of the signs by which "he" and "she" choose their antecedents (src/entities/reference/evidence.rs).

    fit_evidence.py --data DATA --command ../target/release/dossier

The service reads GAP's development part, and logs the signs of each candidate. The weights are those of a log-linear
model over a pronoun's candidates, with a ridge towards 0. Printed: the weights, as evidence.rs holds them, and how often
the best candidate is a right one, as the program's own weights choose, as the fitted ones do, and as those do that were
fitted without a fifth of the texts on that fifth. (The pronouns of marks/pronouns.txt are left out: the network was
trained on them, so that its score is surer there than elsewhere.)
"""
import argparse
import dataclasses
import json
import os
import re
import subprocess
import tempfile
import time

import numpy as np

import score_gap
from client import Client

FOLDS, RIDGE, STEPS, RATE = 5, 0.01, 300, 0.05
SIGNS = os.path.join(os.path.dirname(__file__), "..", "src", "entities", "reference", "evidence.rs")


@dataclasses.dataclass
class Case:
    """A pronoun: its candidates' signs, and which of them are right."""
    signs: np.ndarray
    right: np.ndarray


def known_signs():
    """Names and present weights, in the program's order."""
    block = re.search(r"^signs! \{$(.*?)^\}$", open(SIGNS, encoding="utf8").read(), re.M | re.S).group(1)
    found = re.findall(r"^\s+(\w+) = (-?[\d.]+),$", block, re.M)
    return [name for name, _ in found], np.array([float(weight) for _, weight in found])


def logged(texts, command):
    """For each text {pronoun: [(candidate, entity, signs)]}, by code points."""
    address, found = "127.0.0.1:50917", []
    with tempfile.TemporaryFile() as log:
        arguments = ["serve", "--address", address, "--log", "dossier=trace", "--log-format", "json", "--threads", "1"]
        service = subprocess.Popen([*command.split(), *arguments], stderr=log)
        time.sleep(2)
        try:
            client = Client(address)
            for text in texts:
                client.extract(text)
        finally:
            service.terminate()
            service.wait()
        log.seek(0)
        for line in map(json.loads, log):
            if line.get("message") == "reading":
                found.append({})
            elif "signs" in line and found:  # before, it warms up
                # A text may be read twice: the second reading counts.
                told = line.get("candidate.entity"), json.loads(line["signs"])
                found[-1].setdefault(line["pronoun"], {})[line["candidate"]] = told
    for text, by_pronoun in zip(texts, found, strict=True):
        points = {len(text[:i].encode()): i for i in range(len(text) + 1)}
        yield {points[at]: [(points[c], *told) for c, told in candidates.items()] for at, candidates in by_pronoun.items()}


def case(candidates, right, wrong):
    """`right`, `wrong`: spans of names for which the pronoun stands, or does not; without right ones, all else is right."""
    inside = lambda at, spans: any(start <= at < end for start, end in spans)
    entities = lambda spans: {entity for at, entity, _ in candidates if entity is not None and inside(at, spans)}
    rights, wrongs = entities(right), entities(wrong) - entities(right)
    if right:
        told = [inside(at, right) or entity in rights for at, entity, _ in candidates]
    else:
        told = [not inside(at, wrong) and entity not in wrongs for at, entity, _ in candidates]
    return Case(np.array([signs for *_, signs in candidates]), np.array(told))


def read_gap(data, command):
    rows = score_gap.read(f"{data}/gap/gap-development.tsv")
    for row, found in zip(rows, logged([row["Text"] for row in rows], command)):
        spans = {True: [], False: []}
        for name in "AB":
            start = int(row[f"{name}-offset"])
            spans[row[f"{name}-coref"] == "TRUE"].append((start, start + len(row[name])))
        candidates = found.get(int(row["Pronoun-offset"]))
        if candidates:
            yield case(candidates, spans[True], spans[False])


def fitted(cases):
    cases = [c for c in cases if c.right.any() and not c.right.all()]
    most, width = max(len(c.right) for c in cases), cases[0].signs.shape[1]
    signs, right = np.zeros((len(cases), most, width)), np.zeros((len(cases), most))
    absent = np.full((len(cases), most), -1e9)
    for i, c in enumerate(cases):
        signs[i, :len(c.right)], right[i, :len(c.right)], absent[i, :len(c.right)] = c.signs, c.right, 0
    weights, mean, square = np.zeros(width), np.zeros(width), np.zeros(width)
    for step in range(1, STEPS + 1):
        scores = signs @ weights + absent
        chance = np.exp(scores - scores.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        hit = chance * right
        slope = np.einsum("in,ind->d", chance - hit / (hit.sum(1, keepdims=True) + 1e-9), signs) / len(cases)
        slope += RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope ** 2
        weights -= RATE * mean / (1 - 0.9 ** step) / (np.sqrt(square / (1 - 0.999 ** step)) + 1e-8)
    return weights


def accuracy(cases, weights):
    return 100 * np.mean([c.right[np.argmax(c.signs @ weights)] for c in cases])


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", required=True)
    args.add_argument("--command", required=True)
    args = args.parse_args()
    (names, present), cases = known_signs(), list(read_gap(args.data, args.command))
    parts = [cases[k::FOLDS] for k in range(FOLDS)]
    crossed = [accuracy(part, fitted([c for other in parts if other is not part for c in other])) for part in parts]
    weights = fitted(cases)
    for name, weight in zip(names, weights, strict=True):
        print(f"    {name} = {weight:.2f},")
    print(f"{len(cases)} pronouns: right by the program's weights {accuracy(cases, present):.2f} %, fitted"
          f" {accuracy(cases, weights):.2f} %, crossed {np.mean(crossed):.2f} %")


if __name__ == "__main__":
    main()
