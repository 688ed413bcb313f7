"""Texts to the windows of word pieces that the service's encoder reads: its own tokens and sentences (`dossier
tokens`), put into pieces and windows as src/model/window.rs does it."""
import json
import subprocess

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from benches.harness.server import ROOT

MOST_PIECES = 32  # of a word
PAUSES = {",", ";", ":", "-", "–", "—"}
FORM_FEED = "\f"


class Pieces:
    """A word's pieces and the case shapes of its first and of its other pieces."""

    def __init__(self, vocabulary):
        ids = {piece: i for i, piece in enumerate(vocabulary.read_text(encoding="utf-8").splitlines())}
        self.cls, self.sep, self.unknown = (ids[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        self.tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
        self.tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self.tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.known = {}

    def __call__(self, word):
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word).ids[:MOST_PIECES] or [self.unknown]
        return self.known[word]


def shape(word):
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if any(c.isdecimal() for c in word):
        return 6
    if not letters:
        return 7
    if not capitals:
        return 1
    if len(letters) == 1:
        return 4
    if capitals == len(letters):
        return 3
    return 2 if capitals == 1 and letters[0].isupper() else 5


def sentences(binary, texts):
    """The words of each sentence of each text."""
    output = subprocess.run([binary.resolve(), "tokens"], input=FORM_FEED.join(texts), capture_output=True,
                            encoding="utf-8", check=True).stdout
    for text, marked in zip(texts, output.split(FORM_FEED), strict=True):
        blocks = [[tuple(map(int, line.split())) for line in block.split("\n") if line.strip()]
                  for block in marked.split("\n\n")]
        yield [[text[start:end] for start, end in block] for block in blocks if block]


def segments(words, pieces, room):
    """A sentence whole, or in parts that fit a window, cut after a comma or the like where there is one."""
    start = at = used = pause = 0
    while at < len(words):
        size = len(pieces(words[at]))
        if used + size > room:
            end = pause if pause > start else at
            yield words[start:end]
            start = at = end
            used = pause = 0
            continue
        used, at = used + size, at + 1
        if words[at - 1] in PAUSES:
            pause = at
    if start < at:
        yield words[start:at]


def cut(document, pieces, limit):
    """Windows of a document's sentences: piece ids, shapes, and where the root's piece and each word's first stand."""
    ids, shapes, starts = [pieces.cls], [0], [0]
    for sentence in document:
        for words in segments(sentence, pieces, limit - 2):
            if len(ids) + sum(len(pieces(word)) for word in words) + 1 > limit:
                yield ids, shapes, starts
                ids, shapes, starts = [pieces.cls], [0], [0]
            for word in words:
                kind = shape(word)
                starts.append(len(ids))
                for i, piece in enumerate(pieces(word)):
                    ids.append(piece)
                    shapes.append(kind + 8 * (i > 0))
            ids.append(pieces.sep)
            shapes.append(0)
    if len(ids) > 1:
        yield ids, shapes, starts


def of(binary, texts):
    """All windows of the texts."""
    pieces = Pieces(ROOT / "model/vocab.txt")
    limit = json.loads((ROOT / "model/model.json").read_text())["window"]
    return [window for document in sentences(binary, texts) for window in cut(document, pieces, limit)]
