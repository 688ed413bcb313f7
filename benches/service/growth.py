"""How time and memory grow with the length of a text: documents of 1 KB to 10 MB, and sentences of up to 50,000 words.

    python3 -m benches.service.growth [TEXTS ...]

Each line has a server of its own, so that its memory is its own. The exponent compares with the line above: 1 means
that twice the text takes twice the time, 2 that it takes four times as long.
"""
import argparse
import math

from benches.harness import documents, load, report, server

BYTES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000]
SENTENCES = [500, 5_000, 50_000]  # words
READ_AT_LEAST = 200_000  # bytes in a line, so that short documents are timed over many
TEXT_LIMIT = 16 << 20  # over the service's default of 1 MiB


def measure(options, on, texts):
    """Seconds for each text, memory after start and at most, and the load itself."""
    with server.dossier(options.binary, on, "--max-text-bytes", TEXT_LIMIT) as dossier:
        load.send([dossier.address], [options.chain.of_words(200) for _ in range(5)], 1)
        before = dossier.memory()
        done = load.send([dossier.address], texts, 1, include_open_relations=options.open_relations)
        load.check(done)
        return done.seconds / len(texts), before, dossier.memory("VmHWM"), done


def lines(options, on, sizes, make):
    """A row for each size; `make` makes a text of it."""
    last = None
    for size in sizes:
        texts = [make(size)]
        texts += [make(size) for _ in range(READ_AT_LEAST // documents.size(texts[0]) - 1)]
        length, words = documents.size(texts[0]), documents.words(texts[0])
        seconds, before, most, done = measure(options, on, texts)
        exponent = "" if last is None else f"{math.log(seconds / last[1]) / math.log(words / last[0]):.2f}"
        last = words, seconds
        warnings = [w for response in done.responses() for w in response.warnings if "window" in w]
        yield words, warnings, [f"{length:,}", f"{words:,}", len(texts), f"{seconds:.3f} s",
                                f"{sum(map(documents.words, texts)) / done.seconds:,.0f}", exponent,
                                f"{before:.0f}", f"{most:.0f}", f"{sum(map(len, done.answers)) / sum(map(documents.size, texts)):.1f}"]


HEADER = ["bytes", "words", "texts", "time", "words/s", "exponent", "MiB after start", "MiB at most", "answer / text"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    documents.add_arguments(parser)
    server.add_arguments(parser)
    parser.add_argument("--cores", type=int, default=1, help="[default: 1]")
    parser.add_argument("--bytes", type=report.numbers, default=BYTES, help="of a document [default: 1000,...,10000000]")
    parser.add_argument("--sentences", type=report.numbers, default=SENTENCES,
                        help="words in one sentence [default: 500,5000,50000]")
    parser.add_argument("--open-relations", action="store_true", help="ask for open relations too")
    options = parser.parse_args()
    report.machine("grpcio")
    options.chain = documents.Chain(documents.read(options.texts))
    on = server.cores(options.cores)
    server.keep_off(on)

    print(f"\nDocuments, on {options.cores} cores:")
    report.table(HEADER, [row for _, _, row in lines(options, on, options.bytes, options.chain.of_bytes)])
    print("One sentence:")
    rows = list(lines(options, on, options.sentences, options.chain.one_sentence))
    report.table(HEADER, [row for _, _, row in rows])
    for words, warnings, _ in rows:
        if not warnings:
            raise SystemExit(f"no warning for a sentence of {words:,} words")
        print(f"{words:,} words: {warnings[0]!r}")


if __name__ == "__main__":
    main()
