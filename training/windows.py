"""Documents to batches of windows: whole sentences, `[CLS] sentence [SEP] sentence [SEP]`, as the service cuts them."""
import random

import torch
from tokenizers import Tokenizer

from network import shape

WINDOW = 192  # word pieces


class Pieces:
    """WordPiece ids of words, one word at a time, so that every word knows its pieces."""

    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.cls, self.sep, self.unknown, self.blank = (
            self.tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]", "[MASK]"))
        self.known = {}

    def __call__(self, word):
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids or [self.unknown]
        return self.known[word]


def cut(document, pieces, first=WINDOW):
    """Windows of whole sentences; one that is longer than a window is left out of training (the service splits it)."""
    window, used, limit = [], 1, first
    for sentence in document:
        size = 1 + sum(len(pieces(w)) for w in sentence[0])
        if used + size > limit and window:
            yield window
            window, used, limit = [], 1, WINDOW
        if 1 + size <= WINDOW:
            window.append(sentence)
            used += size
    if window:
        yield window


def encode(window, pieces, recase=None):
    """One window -> (piece ids, shapes, word starts with the root's first, first word and length of each sentence)."""
    ids, shapes, starts, sentences = [pieces.cls], [0], [0], []
    for sentence in window:
        sentences.append((len(starts) - 1, len(sentence[0])))
        for word in sentence[0]:
            starts.append(len(ids))
            seen = recase(word) if recase else word
            for i, piece in enumerate(pieces(word)):
                ids.append(piece)
                shapes.append(shape(seen, i > 0))
        ids.append(pieces.sep)
        shapes.append(0)
    return ids, shapes, starts, sentences


def pad(rows, fill=0):
    longest = max(map(len, rows))
    return torch.tensor([row + [fill] * (longest - len(row)) for row in rows])


class Batch:
    """Windows padded together; `same` tells which pairs (word, head) stand in one sentence, the root allowed to all."""

    def __init__(self, windows, pieces, recase=None):
        coded = [encode(w, pieces, recase) for w in windows]
        self.pieces, self.shapes, self.starts = (pad([c[i] for c in coded]) for i in range(3))
        lengths = torch.tensor([len(c[0]) for c in coded])
        self.mask = (torch.arange(self.pieces.shape[1]) < lengths.unsqueeze(1))[:, None, None, :]
        words = self.starts.shape[1] - 1
        sentence = torch.full((len(windows), words + 1), -1)
        for row, (_, _, _, sentences) in enumerate(coded):
            for i, (start, length) in enumerate(sentences):
                sentence[row, 1 + start:1 + start + length] = i
        self.real = sentence[:, 1:] >= 0
        self.same = sentence[:, 1:, None] == sentence[:, None, :]
        self.same[:, :, 0] = True
        self.coded, self.windows, self.size = coded, windows, int(lengths.sum())

    def mask_words(self, share, blank):
        """Hides the first piece of a share of the words behind `blank`, so that names are read from their context too."""
        for row, starts in enumerate(self.starts.tolist()):
            for start in starts:
                if start > 0 and torch.rand(()) < share:
                    self.pieces[row, start] = blank

    def column(self, index, ids, fill=-100):
        """A label column of the sentences as padded ids."""
        return pad([[ids(v) for s in w for v in s[index]] for w in self.windows], fill)

    def heads(self, index=3):
        """Head positions in the window (0 is the root)."""
        rows = []
        for window, (_, _, _, sentences) in zip(self.windows, self.coded):
            rows.append([start + h if h else 0 for s, (start, _) in zip(window, sentences) for h in s[index]])
        return pad(rows, -100)


def batches(documents, pieces, size, shuffle=None, whole=False):
    """Batches of about `size` pieces; with a random source, order differs at each call, and cuts unless `whole`."""
    windows = []
    for document in documents:
        windows += cut(document, pieces, shuffle.randrange(48, WINDOW + 1) if shuffle and not whole else WINDOW)
    length = lambda w: sum(len(pieces(x)) for s in w for x in s[0])
    if shuffle:
        windows.sort(key=lambda w: length(w) + shuffle.random() * 40)
    groups, group, longest = [], [], 0
    for window in windows:
        longest = max(longest, length(window))
        if group and longest * (len(group) + 1) > size:
            groups.append(group)
            group, longest = [], length(window)
        group.append(window)
    if group:
        groups.append(group)
    if shuffle:
        shuffle.shuffle(groups)
    return groups


def recaser(source):
    """Now and then a batch in capitals or in lower case, so that headlines and chat do not surprise the model."""
    draw = source.random()
    return str.upper if draw < 0.02 else str.lower if draw < 0.04 else None
