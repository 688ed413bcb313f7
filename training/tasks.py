"""The tasks of the network's heads: what is read for each, and the loss of a batch.

newswire              names
ewt, gum              tags and trees; with semantic roles (EWT) and coreference (GUM)
pronouns, also marked antecedents of pronouns
the passages' corpora relations between mentions, titles of office, and coreference of the mentions

A sentence of the treebanks is (words, upos, xpos, heads, labels, propositions or none, mentions or none); one of a
passage is (words, its number, its passage).
"""
import os
import random
import tomllib

import torch
from torch.nn import functional as F

import coreference
import corpora
import heads
import passages
import roles

NOTHING = -100
TITLE_LABELS = ["O", "B-TITLE", "I-TITLE"]
# Seldom seen roles are not learned.
LEAST_ROLE = 60
CATALOGUE = os.path.join(os.path.dirname(__file__), "..", "data", "relations.toml")


def relation_types():
    return [kind["name"] for kind in tomllib.load(open(CATALOGUE, "rb"))["type"]]


def ewt(data, part):
    known = roles.ewt_roles(data, part)
    names = iter(roles.sentence_names(f"{data}/ud-ewt/en_ewt-ud-{part}.conllu"))
    return [[(*sentence, known.get(next(names)), None) for sentence in document]
            for document in corpora.ewt(f"{data}/ud-ewt", part)]


def gum(data, part, genres=None):
    documents = corpora.gum(f"{data}/gum", part, genres)
    return [[(*sentence, None, mentions) for sentence, mentions in zip(document, chains, strict=True)]
            for document, chains in zip(documents, coreference.gum(f"{data}/gum", part, genres), strict=True)]


def of_passages(found):
    """Passages as documents of sentences."""
    return [[(words, number, passage) for number, words in enumerate(passage.sentences)] for passage in found]


def all_labels(exported, documents):
    """The labels of an exported model and of the heads that it lacks; `documents` are those of EWT."""
    return {"title": TITLE_LABELS, "role": role_labels(documents), "relation": relation_types()} | exported


def role_labels(documents):
    counts = {}
    for document in documents:
        for sentence in document:
            for _, arguments in sentence[5] or []:
                for _, role in arguments:
                    counts[role] = counts.get(role, 0) + 1
    return sorted(r for r, n in counts.items() if n >= LEAST_ROLE)


def cross(scores, gold):
    return F.cross_entropy(scores.flatten(0, -2), gold.flatten(), ignore_index=NOTHING)


def loss_of(network, corpus, states, batch, index):
    if corpus == "newswire":
        return cross(network.tags(states)[0], batch.column(1, index["mention"]))
    if corpus == "ewt":
        return syntax_loss(network, states, batch, index) + role_loss(network, states, batch, index)
    if corpus == "gum":
        loss = syntax_loss(network, states, batch, index)
        return loss + 0.5 * antecedent_loss(network, states, batch, treebank_mentions)
    if corpus in ("pronouns", "pronoun-marks"):
        weight = 0.5 if corpus == "pronouns" else 1.0
        return weight * antecedent_loss(network, states, batch, pronoun_mentions)
    loss = 0.5 * name_loss(network, states, batch, index) if corpus == "written" else 0.0
    return (loss + relation_loss(network, states, batch, index) + 0.5 * title_loss(network, states, batch)
            + 0.3 * antecedent_loss(network, states, batch, passage_mentions))


def distance_to(teacher, network, known, states, batch):
    """How far the network's names, tags and trees are from the teacher's, whose states are `known`."""
    with torch.no_grad():
        arcs = teacher.arcs(known).masked_fill(~batch.same, -1e4)
        heads_ = arcs.argmax(-1)
        wanted = [*teacher.tags(known), arcs, teacher.labels_of(known, heads_)]
    found = [*network.tags(states), network.arcs(states).masked_fill(~batch.same, -1e4), network.labels_of(states, heads_)]
    apart = [F.kl_div(f.log_softmax(-1), w.log_softmax(-1), reduction="none", log_target=True).sum(-1)[batch.real].mean()
             for f, w in zip(found, wanted)]
    return sum(weight * a for weight, a in zip((1, 0.5, 0.5, 1, 1), apart))


def states_apart(known, states, batch):
    """Mean square of the distance from the teacher's states, of which a mean square is 1."""
    rows = F.pad(batch.real, (1, 0), value=True)
    return F.mse_loss(states[rows], known[rows]) / known[rows].square().mean()


def trees(network, states, batch):
    """For each window the heads of its words: 0 for the root, else 1 + the word."""
    return network.arcs(states).masked_fill(~batch.same, -1e4).argmax(-1).tolist()


def syntax_loss(network, states, batch, index):
    _, upos, xpos = network.tags(states)
    gold_heads = batch.heads()
    arcs = network.arcs(states).masked_fill(~batch.same, -1e4)
    labels = network.labels_of(states, gold_heads.clamp(min=0))
    return (cross(arcs, gold_heads) + cross(labels, batch.column(4, index["deprel"]))
            + 0.5 * cross(upos, batch.column(1, index["upos"])) + 0.5 * cross(xpos, batch.column(2, index["xpos"])))


def propositions(batch, index):
    """Which words are predicates (windows, words), the predicates of each window, padded, and the gold roles of each
    word for each of them (windows, predicates, words)."""
    words = batch.starts.shape[1] - 1
    marks = torch.full((len(batch.windows), words), NOTHING)
    found = []
    for row, (window, (_, _, _, sentences)) in enumerate(zip(batch.windows, batch.coded)):
        found.append([])
        for sentence, (start, length) in zip(window, sentences):
            if sentence[5] is None:
                continue
            marks[row, start:start + length] = 0
            for predicate, arguments in sentence[5]:
                marks[row, start + predicate] = 1
                labels = torch.full((words,), NOTHING)
                labels[start:start + length] = 0
                for word, role in arguments:
                    labels[start + word] = index["role"].get(role, -1) + 1
                found[-1].append((start + predicate, labels))
    most = max(map(len, found))
    predicates = torch.tensor([[p for p, _ in row] + [0] * (most - len(row)) for row in found]).reshape(len(found), most)
    none = torch.full((words,), NOTHING)
    gold = [torch.stack([g for _, g in row] + [none] * (most - len(row))) for row in found] if most else None
    return marks, predicates, torch.stack(gold) if most else None


def role_loss(network, states, batch, index):
    marks, predicates, gold = propositions(batch, index)
    loss = cross(network.roles.predicates(states), marks)
    if gold is None:
        return loss
    scores = network.roles(states, predicates)
    total = F.cross_entropy(scores.flatten(0, 2), gold.flatten(), ignore_index=NOTHING, reduction="sum")
    return loss + total / (int((marks == 1).sum()) + int((gold > 0).sum()))


def treebank_mentions(window, sentences):
    """(head word, group) of each mention, in the order of the text; nothing of sentences that don't mark them."""
    return [(start + m.head, m.group) for sentence, (start, _) in zip(window, sentences)
            for m in sorted(sentence[6] or [], key=lambda m: (m.head, m.start))]


def passage_mentions(window, sentences):
    """Names, and the pronouns and descriptions that a relation of the passage has traced to a name."""
    return pronoun_mentions(window, sentences) if window[0][2].named else []


def pronoun_mentions(window, sentences):
    """Names, and what stands for them."""
    numbers = {sentence[1]: start for sentence, (start, _) in zip(window, sentences)}
    found = [(numbers[m.sentence] + m.end - 1, m.entity) for m in window[0][2].mentions
             if m.sentence in numbers and m.kind != "TITLE"]
    return sorted(found, key=lambda x: x[0])


def antecedent_loss(network, states, batch, mentions_of):
    scores = network.antecedents(states)
    total, count = scores.new_zeros(()), 0
    for row, (window, (_, _, _, sentences)) in enumerate(zip(batch.windows, batch.coded)):
        mentions = mentions_of(window, sentences)
        if len(mentions) < 2:
            continue
        at = torch.tensor([head for head, _ in mentions])
        groups = {group: i for i, group in enumerate(dict.fromkeys(g for _, g in mentions))}
        group = torch.tensor([groups[g] for _, g in mentions])
        before = at[None, :] < at[:, None]
        same = before & (group[None, :] == group[:, None])
        first = ~same.any(1)
        chosen = scores[row][at][:, torch.cat([torch.zeros(1, dtype=torch.long), 1 + at])]
        allowed = torch.cat([torch.ones(len(at), 1, dtype=torch.bool), before], 1)
        right = torch.cat([first[:, None], same], 1)
        all_of_them = chosen.masked_fill(~allowed, -1e4).logsumexp(1)
        total = total + (all_of_them - chosen.masked_fill(~right, -1e4).logsumexp(1)).sum()
        count += len(at)
    return total / max(1, count)


def title_loss(network, states, batch):
    if not any(w[0][2].named for w in batch.windows):
        return states.new_zeros(())
    gold = torch.full((len(batch.windows), batch.starts.shape[1] - 1), NOTHING)
    for row, (window, (_, _, _, sentences)) in enumerate(zip(batch.windows, batch.coded)):
        for (words, number, passage), (start, length) in zip(window, sentences):
            if passage.named:
                gold[row, start:start + length] = 0
                for m in passage.mentions:
                    if m.sentence == number and m.kind == "TITLE":
                        gold[row, start + m.start] = 1
                        gold[row, start + m.start + 1:start + m.end] = 2
    return cross(network.title(network.drop(states[:, 1:])), gold)


def name_loss(network, states, batch, index):
    """Names of passages that mark them all but for dates and sums: what the teacher takes for a name (`batch.names`) and
    the passage does not counts neither way."""
    outside = index["mention"]("O")
    gold = torch.where(batch.real & (batch.names == outside), outside, NOTHING)
    for row, (window, (_, _, _, sentences)) in enumerate(zip(batch.windows, batch.coded)):
        places = {number: start for (_, number, _), (start, _) in zip(window, sentences)}
        for m in window[0][2].mentions:
            if m.form == "NAME" and m.kind not in ("TITLE", "UNKNOWN") and m.sentence in places:
                start = places[m.sentence]
                gold[row, start + m.start] = index["mention"](f"B-{m.kind}")
                gold[row, start + m.start + 1:start + m.end] = index["mention"](f"I-{m.kind}")
    return cross(network.tags(states)[0], gold)


def on_path(tree, one, other):
    """Words on the way between two words of a tree, the ends and the word below which both stand among them."""
    left, right = climb(tree, one), climb(tree, other)
    while len(left) > 1 and len(right) > 1 and left[-2:] == right[-2:]:
        left.pop(), right.pop()
    return left + right


def climb(tree, word):
    """The word and those above it; the heads are the best ones, so that they may go round in a ring."""
    found = [word]
    while tree[found[-1]] and tree[found[-1]] - 1 not in found:
        found.append(tree[found[-1]] - 1)
    return found


def top(tree, first, last):
    """The last word of the stretch that is governed from outside of it."""
    return next((w for w in range(last, first - 1, -1) if not first <= tree[w] - 1 <= last), last)


def relation_inputs(window, sentences, tree, blur=None):
    """What the relation head asks for of a window: its mentions, pairs of them, and what each pair may see."""
    passage, words = window[0][2], sum(length for _, length in sentences)
    places = {sentence[1]: place for sentence, place in zip(window, sentences)}
    inside = [i for i, m in enumerate(passage.mentions) if m.sentence in places]
    chosen = [passage.mentions[i] for i in inside]
    first = [places[m.sentence][0] + m.start for m in chosen]
    last = [places[m.sentence][0] + m.end - 1 for m in chosen]
    kind = lambda m: "UNKNOWN" if blur and m.kind != "TITLE" and blur.random() < 0.1 else m.kind
    kinds = [passages.KINDS.index(kind(m)) for m in chosen]
    forms = [passages.FORMS.index(m.form) for m in chosen]
    pairs, apart, visible, paths = [], [], [], []
    tops = [top(tree, a, b) for a, b in zip(first, last)]
    for i, one in enumerate(chosen):
        for j, other in enumerate(chosen):
            if i == j or one.entity == other.entity or abs(one.sentence - other.sentence) > 1 or one.kind == "TITLE":
                continue
            pairs.append((i, j))
            apart.append(heads.distance(first[i], first[j]))
            begin, end = min(one.sentence, other.sentence), max(one.sentence, other.sentence)
            seen = torch.zeros(1 + words, dtype=torch.bool)
            seen[0] = True
            seen[1 + places[begin][0]:1 + sum(places[end])] = True
            visible.append(seen)
            path = torch.zeros(1 + words)
            path[[1 + w for w in on_path(tree, tops[i], tops[j])]] = 1
            paths.append(path)
    if not pairs:
        return None
    tensors = [torch.tensor(x) for x in (first, last, kinds, forms, pairs, apart)]
    return passage, inside, places, tensors + [torch.stack(visible), torch.stack(paths)]


def relation_targets(passage, inside, pairs, types):
    """1, 0 or -1 (not told) for each pair and type, and the root's types of pairs of which only that is marked."""
    number = {name: i for i, name in enumerate(types)}
    background = torch.zeros(len(types))
    if passage.covered is not None:
        background -= 1
        for name in passage.covered:
            background[number[name]] = 0
    targets, roots = [], []
    for one, other in pairs.tolist():
        ends = inside[one], inside[other]
        target = background.clone()
        for name in passage.known.get(tuple(passage.mentions[m].entity for m in ends), ()):
            target[number[name]] = -1
        for name in passage.relations.get(ends, ()):
            target[number[name]] = 1
        root = passage.roots.get(ends)
        if root:
            target[:] = 0
            target[[number[name] for name in root]] = -1
        targets.append(target)
        roots.append([number[name] for name in root] if root else [])
    return torch.stack(targets), roots


def relation_loss(network, states, batch, index):
    total, count = states.new_zeros(()), 1.0
    for row, (window, (_, _, _, sentences)) in enumerate(zip(batch.windows, batch.coded)):
        words = sum(length for _, length in sentences)
        made = relation_inputs(window, sentences, batch.trees[row], random if network.training else None)
        if made is None:
            continue
        passage, inside, places, inputs = made
        scores, weights = network.relations(states[row, :1 + words], *inputs)
        targets, roots = relation_targets(passage, inside, inputs[4], index["relation"])
        told = targets >= 0
        total = total + F.binary_cross_entropy_with_logits(scores[told], targets[told], reduction="sum")
        for pair, root in enumerate(roots):
            if root:
                none = F.logsigmoid(-scores[pair, root]).sum()
                total = total - torch.log1p(-none.exp().clamp(max=1 - 1e-6))
        for pair, ends in enumerate(inputs[4].tolist()):
            said = passage.relations.get((inside[ends[0]], inside[ends[1]]), {})
            trigger = [1 + places[s][0] + w for words_ in said.values() for s, w in words_ if s in places]
            trigger = [at for at in trigger if inputs[6][pair, at]]
            if trigger:
                total = total - 0.3 * weights[pair, trigger].logsumexp(0)
        count += int((targets > 0).sum()) + sum(map(bool, roots)) + len(targets) / 20
    return total / count
