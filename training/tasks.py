"""The tasks that the network learns together: what is read for each, and the loss of a batch.

mention   names, over worldwide-newswire
syntax    tags and trees; semantic roles too where the sentence has them (EWT), coreference where it has that (GUM)
relation  relations between mentions, titles of office, and coreference of the mentions, over passages

A sentence of the syntax task is (words, upos, xpos, heads, labels, propositions or none, mentions or none); one of the
relation task is (words, its number, its passage).
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


def read_training(data, relations, command):
    found = passages.read(data, relations, command)
    for name, group in found.items():
        print(f"{name}: {len(group)} passages", flush=True)
    return {"mention": list(corpora.newswire(f"{data}/worldwide-newswire/train")),
            "syntax": ewt(data, "train") + gum(data, "train"),
            # The scheme's own passages are few and the best: they come often.
            "relation": of_passages(found["marked"] * 6 + found["plover"] * 3 + found["knowledge-net"] + found["conll04"])}


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


def loss_of(network, task, batch, index):
    states = network.states(batch.pieces, batch.shapes, batch.mask, batch.starts)
    if task == "mention":
        return cross(network.tags(states)[0], batch.column(1, index["mention"]))
    if task == "relation":
        return (relation_loss(network, states, batch, index) + 0.5 * title_loss(network, states, batch)
                + 0.3 * antecedent_loss(network, states, batch, passage_mentions))
    loss = syntax_loss(network, states, batch, index)
    if any(s[5] is not None for w in batch.windows for s in w):
        loss = loss + role_loss(network, states, batch, index)
    if any(s[6] is not None for w in batch.windows for s in w):
        loss = loss + 0.5 * antecedent_loss(network, states, batch, treebank_mentions)
    return loss


def syntax_loss(network, states, batch, index):
    _, upos, xpos = network.tags(states)
    gold_heads = batch.heads()
    arcs = network.arcs(states).masked_fill(~batch.same, -1e4)
    labels = network.labels_of(states, gold_heads.clamp(min=0))
    return (cross(arcs, gold_heads) + cross(labels, batch.column(4, index["deprel"]))
            + 0.5 * cross(upos, batch.column(1, index["upos"])) + 0.5 * cross(xpos, batch.column(2, index["xpos"])))


def propositions(batch, index):
    """Window, word and gold roles of each predicate; and the predicates of each word, where they are marked."""
    words = batch.starts.shape[1] - 1
    marks = torch.full((len(batch.windows), words), NOTHING)
    rows, predicates, gold = [], [], []
    for row, (window, (_, _, _, sentences)) in enumerate(zip(batch.windows, batch.coded)):
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
                rows.append(row)
                predicates.append(start + predicate)
                gold.append(labels)
    return marks, torch.tensor(rows), torch.tensor(predicates), torch.stack(gold) if gold else None


def role_loss(network, states, batch, index):
    marks, rows, predicates, gold = propositions(batch, index)
    loss = cross(network.roles.predicates(states), marks)
    if gold is None:
        return loss
    scores = network.roles(states, rows, predicates)
    total = F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=NOTHING, reduction="sum")
    return loss + total / (len(rows) + int((gold > 0).sum()))


def treebank_mentions(window, sentences):
    """(head word, group) of each mention, in the order of the text; nothing of sentences that don't mark them."""
    return [(start + m.head, m.group) for sentence, (start, _) in zip(window, sentences)
            for m in sorted(sentence[6] or [], key=lambda m: (m.head, m.start))]


def passage_mentions(window, sentences):
    """Names, and the pronouns and descriptions that a relation of the passage has traced to a name."""
    numbers = {sentence[1]: start for sentence, (start, _) in zip(window, sentences)}
    passage = window[0][2]
    found = [(numbers[m.sentence] + m.end - 1, m.entity) for m in passage.mentions
             if m.sentence in numbers and m.kind != "TITLE"]
    return sorted(found, key=lambda x: x[0]) if passage.named else []


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


def relation_inputs(window, sentences, words, blur=None):
    """What the relation head asks for of a window: its mentions, pairs of them, and what each pair may see."""
    passage = window[0][2]
    places = {sentence[1]: place for sentence, place in zip(window, sentences)}
    inside = [i for i, m in enumerate(passage.mentions) if m.sentence in places]
    chosen = [passage.mentions[i] for i in inside]
    first = [places[m.sentence][0] + m.start for m in chosen]
    last = [places[m.sentence][0] + m.end - 1 for m in chosen]
    kind = lambda m: "UNKNOWN" if blur and m.kind != "TITLE" and blur.random() < 0.1 else m.kind
    kinds = [passages.KINDS.index(kind(m)) for m in chosen]
    forms = [passages.FORMS.index(m.form) for m in chosen]
    pairs, apart, visible = [], [], []
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
    if not pairs:
        return None
    tensors = [torch.tensor(x) for x in (first, last, kinds, forms, pairs, apart)]
    return passage, inside, places, tensors + [torch.stack(visible)]


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
        made = relation_inputs(window, sentences, words, random if network.training else None)
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
            if trigger:
                total = total - 0.3 * weights[pair, trigger].logsumexp(0)
        count += int((targets > 0).sum()) + sum(map(bool, roots)) + len(targets) / 20
    return total / count
