"""Text to measure with: whole documents, and their sentences chained to texts of any length.

No two texts that a benchmark sends are the same, so that no cache can answer for the work.
"""
import json
import random
import re
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])")


def add_arguments(parser):
    parser.add_argument("texts", nargs="*", type=Path, default=[EXAMPLES],
                        help="folders or files: .txt is a document, .jsonl has one with a `text` in each line "
                             "[default: examples/, too little for figures to be quoted]")


def read(paths):
    """The documents of files and folders, without repeats."""
    found = {}
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.suffix in (".txt", ".jsonl")) if path.is_dir() else [path]
        for file in files:
            content = file.read_text(encoding="utf-8")
            lines = content.split("\n") if file.suffix == ".jsonl" else []
            for text in [json.loads(line)["text"] for line in lines if line.strip()] or [content]:
                text = text.replace("\f", " ")  # which parts texts where a file holds several
                if text.strip():
                    found[text] = None
    if not found:
        raise SystemExit(f"no documents in {', '.join(map(str, paths))}")
    return list(found)


class Chain:
    """Sentences in an order of chance; each stands once before any stands again."""

    def __init__(self, documents, seed=1):
        self.order = random.Random(seed)
        pieces = (s.strip() for d in documents for line in d.split("\n") for s in SENTENCE_END.split(line))
        self.sentences = sorted({s for s in pieces if 5 <= len(s.split()) <= 60})
        if not self.sentences:
            raise SystemExit("the documents have no sentence of 5 to 60 words")
        self.rest = []

    def sentence(self):
        if not self.rest:
            self.rest = self.order.sample(self.sentences, len(self.sentences))
        return self.rest.pop()

    def text(self, size, measure):
        """Paragraphs of four sentences, until `measure` of the text is `size`."""
        parts, total = [], 0
        while total < size:
            parts += [self.sentence(), "\n\n" if len(parts) % 8 == 6 else " "]
            total += measure(parts[-2] + parts[-1])
        return "".join(parts).strip()

    def of_words(self, count):
        return self.text(count, words)

    def of_bytes(self, count):
        """Text of `count` bytes or a little less, cut between words."""
        return self.text(count, size).encode()[:count].decode(errors="ignore").rsplit(None, 1)[0]

    def one_sentence(self, count):
        """`count` words that no full stop and no line break part."""
        bare = " ".join(re.sub(r"[^\w\s',-]", "", self.of_words(count + count // 8 + 8)).split()[:count])
        return bare[0].upper() + bare[1:].lower() + "."


def supply(documents, seed=1):
    """The documents in an order of chance; when they are used up, texts of 550 words chained of their sentences."""
    sent = set(documents)
    yield from random.Random(seed).sample(documents, len(documents))
    print(f"The {len(documents)} documents are used up: what follows is chained of their sentences.", flush=True)
    chain = Chain(documents, seed)
    while True:
        text = chain.of_words(550)
        if text not in sent:
            sent.add(text)
            yield text


def take(texts, count):
    """The next texts of a supply that have `count` words together."""
    taken, total = [], 0
    while total < count:
        taken.append(next(texts))
        total += words(taken[-1])
    return taken


def words(text):
    """Words as white space parts them: the same count for every system."""
    return len(text.split())


def size(text):
    return len(text.encode())
