"""The heads that read a document's facts: semantic roles, coreference, and relations between mentions.

Each works on the words' states; what the service needs of it is a row of numbers a word, so that the encoder runs once
and pairs are scored outside of the network (see graph.py for the outputs, src/model in the service for the pairs).
"""
import torch
from torch import nn
from torch.nn import functional as F

ROLE_WIDTH = 64
ANTECEDENT_WIDTH = 128
PAIR_WIDTH, QUERY_WIDTH = 160, 64
APART = 8  # see distance()


def distance(first, second):
    """Class of the way from one mention's first word to the other's: its direction, and its length in words."""
    gap = abs(second - first)
    return (4 if second < first else 0) + (0 if gap <= 3 else 1 if gap <= 8 else 2 if gap <= 20 else 3)


class RoleHead(nn.Module):
    """Which words are predicates, and the role of each word for each predicate; no role scores 0."""

    def __init__(self, width, roles, dropout):
        super().__init__()
        self.roles = roles
        self.drop = nn.Dropout(dropout)
        self.predicate = nn.Linear(width, 2)
        self.argument = nn.Linear(width, ROLE_WIDTH)
        self.governor = nn.Linear(width, ROLE_WIDTH)
        self.role = nn.Linear(ROLE_WIDTH, roles * (ROLE_WIDTH + 1))

    def predicates(self, states):
        return self.predicate(self.drop(states[:, 1:]))

    def parts(self, states):
        """For each word and role a vector whose product with the predicate's (with a 1 appended) is the role's score."""
        argument = self.drop(F.gelu(self.argument(states[:, 1:])))
        governor = self.drop(F.gelu(self.governor(states[:, 1:])))
        return self.role(argument).unflatten(-1, (self.roles, ROLE_WIDTH + 1)), governor

    def forward(self, states, predicates):
        """(windows, predicates, words, 1 + roles) scores, no role first; `predicates` names words of each window."""
        parts, governor = self.parts(states)
        chosen = torch.gather(governor, 1, predicates.unsqueeze(-1).expand(-1, -1, governor.shape[-1]))
        products = chosen @ parts[..., :-1].flatten(1, 2).transpose(1, 2)
        found = products.unflatten(-1, (parts.shape[1], self.roles)) + parts[:, None, ..., -1]
        return F.pad(found, (1, 0))


class AntecedentHead(nn.Module):
    """For each word that heads a mention, which word heads the mention that it refers back to; the root: none."""

    def __init__(self, width, dropout):
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.anaphor = nn.Linear(width, ANTECEDENT_WIDTH)
        self.antecedent = nn.Linear(width, ANTECEDENT_WIDTH)
        self.product = nn.Linear(ANTECEDENT_WIDTH, ANTECEDENT_WIDTH)

    def forward(self, states):
        """(batch, words, 1 + words) scores."""
        anaphor = self.drop(F.gelu(self.anaphor(states[:, 1:])))
        antecedent = self.drop(F.gelu(self.antecedent(states)))
        return self.product(anaphor) @ antecedent.transpose(1, 2)


class RelationHead(nn.Module):
    """The types that hold from one mention to another, and the word that says so.

    A pair asks each word of its sentences with the sum of its ends' queries; what the words answer, weighted by how well
    they fit, joins the ends' own vectors. The root's word stands for "no word says it".
    """

    def __init__(self, width, types, kinds, forms, dropout):
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.subject = nn.Linear(width, PAIR_WIDTH)
        self.object = nn.Linear(width, PAIR_WIDTH)
        self.subject_query = nn.Linear(width, QUERY_WIDTH)
        self.object_query = nn.Linear(width, QUERY_WIDTH)
        self.key = nn.Linear(width, QUERY_WIDTH)
        self.value = nn.Linear(width, PAIR_WIDTH)
        self.subject_kind = nn.Embedding(kinds, PAIR_WIDTH)
        self.object_kind = nn.Embedding(kinds, PAIR_WIDTH)
        self.subject_form = nn.Embedding(forms, PAIR_WIDTH)
        self.object_form = nn.Embedding(forms, PAIR_WIDTH)
        self.distance = nn.Embedding(APART, PAIR_WIDTH)
        self.types = nn.Linear(PAIR_WIDTH, types)
        self.path = nn.Parameter(torch.ones(()))
        for table in (self.subject_kind, self.object_kind, self.subject_form, self.object_form, self.distance):
            nn.init.normal_(table.weight, std=0.1)
        nn.init.constant_(self.types.bias, -4.0)

    def rows(self, states):
        """What a pair needs of each word; `key` and `value` of the root too, before the words'."""
        words, rooted = self.drop(states[1:]), self.drop(states)
        return {"subject": self.subject(words), "object": self.object(words), "key": self.key(rooted),
                "subject_query": self.subject_query(words), "object_query": self.object_query(words),
                "value": self.value(rooted)}

    def forward(self, states, first, last, kinds, forms, pairs, apart, visible, paths):
        """Of one window: (pairs, types) scores and (pairs, 1 + words) log weights of the words that say it.

        `first`, `last`, `kinds`, `forms` describe the mentions; `pairs` are two of them a row, `apart` the class of their
        distance, `visible` the words that each pair may ask.
        """
        rows = self.rows(states)
        ends = {name: (rows[name][first] + rows[name][last]) / 2
                for name in ("subject", "object", "subject_query", "object_query")}
        one, other = pairs[:, 0], pairs[:, 1]
        query = F.gelu(ends["subject_query"][one] + ends["object_query"][other])
        weights = (query @ rows["key"].T) * QUERY_WIDTH ** -0.5
        weights = weights + self.path * paths
        weights = weights.masked_fill(~visible, -1e4).log_softmax(-1)
        hidden = (ends["subject"][one] + ends["object"][other] + weights.exp() @ rows["value"]
                  + self.subject_kind(kinds[one]) + self.object_kind(kinds[other])
                  + self.subject_form(forms[one]) + self.object_form(forms[other]) + self.distance(apart))
        return self.types(self.drop(F.gelu(hidden))), weights
