"""The network: one BERT-shaped encoder with an embedding of case shape, and heads over the words' first pieces.

The encoder's shape (`encoder.json` beside a checkpoint): width, heads and head_width of attention, inner width of each
layer's feed-forward part, words_from, vocabulary, positions. Layer `words_from`, counted from 0, is the last that reads
all word pieces; what comes after it sees the first pieces of words alone, with the window's first piece for the root.
"""
import json

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from heads import AntecedentHead, RelationHead, RoleHead
from passages import FORMS, KINDS

SHAPES = 16  # see shape()
ARC_WIDTH, LABEL_WIDTH = 256, 64


def shape(word, continued=False):
    """Case shape of a word's piece: the vocabulary is uncased, so this is where the model sees capitals."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        kind = 6
    elif not letters:
        kind = 7
    elif all(not c.isupper() for c in letters):
        kind = 1
    elif len(letters) == 1:
        kind = 4
    elif all(c.isupper() for c in letters):
        kind = 3
    elif letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        kind = 2
    else:
        kind = 5
    return kind + 8 * continued


class Layer(nn.Module):
    def __init__(self, width, heads, head_width, inner, dropout):
        super().__init__()
        self.heads, self.head_width = heads, head_width
        self.qkv = nn.Linear(width, 3 * heads * head_width)
        self.out = nn.Linear(heads * head_width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def found(self, x, mask):
        """What attention finds, of all heads: the input of `out`."""
        q, k, v = self.qkv(x).unflatten(-1, (3, self.heads, self.head_width)).permute(2, 0, 3, 1, 4)
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)

    def attended(self, x, mask):
        """The input of the feed-forward half."""
        return self.norm1(x + self.drop(self.out(self.found(x, mask))))

    def forward(self, x, mask):
        x = self.attended(x, mask)
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, config, dropout=0.1):
        super().__init__()
        self.config, width = config, config["width"]
        self.words_from = config["words_from"]
        self.words = nn.Embedding(config["vocabulary"], width)
        self.positions = nn.Embedding(config["positions"], width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, config["heads"], config["head_width"], inner, dropout)
                                    for inner in config["inner"])
        self.drop = nn.Dropout(dropout)

    def below(self, pieces, shapes, mask, layers):
        """The pieces' states after the first `layers` layers, at most as many as read all pieces."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.drop(self.norm(self.words(pieces) + self.positions(at) + self.shapes(shapes)))
        for layer in self.layers[:layers]:
            x = layer(x, mask)
        return x

    def above(self, x, mask, starts, layers):
        """The states of the root and of each word after all layers, from the pieces' after the first `layers`."""
        for layer in self.layers[layers:self.words_from + 1]:
            x = layer(x, mask)
        x = torch.gather(x, 1, starts.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        words = None
        if mask is not None:
            words = starts > 0
            words[:, 0] = True
            words = words[:, None, None, :]
        for layer in self.layers[self.words_from + 1:]:
            x = layer(x, words)
        return x

    @staticmethod
    def pretrained(folder):
        """The encoder with the weights of a BERT checkpoint (config.json, model.safetensors)."""
        theirs = json.load(open(f"{folder}/config.json"))
        width, heads, layers = (theirs[x] for x in ("hidden_size", "num_attention_heads", "num_hidden_layers"))
        encoder = Encoder({"width": width, "heads": heads, "head_width": width // heads,
                           "inner": [theirs["intermediate_size"]] * layers, "words_from": layers - 1,
                           "vocabulary": theirs["vocab_size"], "positions": theirs["max_position_embeddings"]})
        given = {k.removeprefix("bert."): v for k, v in load_file(f"{folder}/model.safetensors").items()}
        state = {"words.weight": given["embeddings.word_embeddings.weight"],
                 "positions.weight": given["embeddings.position_embeddings.weight"],
                 "shapes.weight": given["embeddings.token_type_embeddings.weight"][:1].repeat(SHAPES, 1),
                 "norm.weight": given["embeddings.LayerNorm.weight"], "norm.bias": given["embeddings.LayerNorm.bias"]}
        names = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(len(encoder.layers)):
            for kind in ("weight", "bias"):
                self_attention = [given[f"encoder.layer.{i}.attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(self_attention)
                for ours, theirs in names.items():
                    state[f"layers.{i}.{ours}.{kind}"] = given[f"encoder.layer.{i}.{theirs}.{kind}"]
        encoder.load_state_dict(state)
        return encoder


class Network(nn.Module):
    """`heads` of the network share the encoder; a further head adds its layers here and its outputs to `forward`."""

    def __init__(self, encoder, labels):
        super().__init__()
        width = encoder.norm.weight.shape[0]
        self.encoder = encoder
        self.drop = nn.Dropout(0.2)
        self.mention = nn.Linear(width, len(labels["mention"]))
        self.upos = nn.Linear(width, len(labels["upos"]))
        self.xpos = nn.Linear(width, len(labels["xpos"]))
        self.arc_dependent = nn.Linear(width, ARC_WIDTH)
        self.arc_head = nn.Linear(width, ARC_WIDTH)
        self.arc = nn.Linear(ARC_WIDTH, ARC_WIDTH)      # bias of the product: how likely a word heads others at all
        self.label_dependent = nn.Linear(width, LABEL_WIDTH)
        self.label_head = nn.Linear(width, LABEL_WIDTH)
        self.label = nn.Linear(LABEL_WIDTH, len(labels["deprel"]) * (LABEL_WIDTH + 1))
        self.deprels = len(labels["deprel"])
        if "relation" in labels:
            self.title = nn.Linear(width, len(labels["title"]))
            self.roles = RoleHead(width, len(labels["role"]), 0.2)
            self.antecedents = AntecedentHead(width, 0.2)
            self.relations = RelationHead(width, len(labels["relation"]), len(KINDS), len(FORMS), 0.3)

    def states(self, pieces, shapes, mask, starts):
        """(batch, 1 + words, width): the window's first piece stands for the root, then each word's first piece."""
        return self.encoder.above(self.encoder.below(pieces, shapes, mask, 0), mask, starts, 0)

    def tags(self, states):
        words = self.drop(states[:, 1:])
        return self.mention(words), self.upos(words), self.xpos(words)

    def arcs(self, states):
        """(batch, words, 1 + words) scores of each word's possible heads."""
        dependent = self.drop(F.gelu(self.arc_dependent(states[:, 1:])))
        head = self.drop(F.gelu(self.arc_head(states)))
        return self.arc(dependent) @ head.transpose(1, 2)

    def label_parts(self, states):
        """For each word and label a vector whose product with the head's (with a 1 appended) is the label's score."""
        dependent = self.drop(F.gelu(self.label_dependent(states[:, 1:])))
        head = self.drop(F.gelu(self.label_head(states)))
        return self.label(dependent).unflatten(-1, (self.deprels, LABEL_WIDTH + 1)), head

    def labels_of(self, states, heads):
        """(batch, words, labels) scores of the label between each word and the head given for it."""
        parts, head = self.label_parts(states)
        chosen = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return (parts[..., :-1] @ chosen.unsqueeze(-1)).squeeze(-1) + parts[..., -1]


def is_further(name):
    """Whether the weight is one of the heads that train_heads.py teaches first."""
    return name.startswith(("title.", "roles.", "antecedents.", "relations."))
