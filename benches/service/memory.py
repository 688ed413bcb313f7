"""Start and memory of the service: how soon it is SERVING, and whether its memory stays flat over many documents.

    python3 -m benches.service.memory [TEXTS ...]

Documents are short, all different, and each has a name and a number of its own, so that a table of words seen that were
kept anywhere would grow.
"""
import argparse
import random
import statistics
import string

from benches.harness import documents, load, report, server

STARTS = 5
STEPS = 10


def short_documents(chain, seed=1):
    """Two sentences and one with a name that no other document has."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        name = "".join(chance.choices(string.ascii_lowercase, k=9)).capitalize()
        yield f"{chain.sentence()} {chain.sentence()} {name} signed letter {number} in London on Monday."


def starts(options, on):
    seconds, memory = [], []
    for _ in range(STARTS):
        with server.dossier(options.binary, on) as dossier:
            seconds.append(dossier.start_seconds)
            memory.append(dossier.memory())
    print(f"\nStart to SERVING: {report.spread([s * 1e3 for s in seconds])} ms; "
          f"resident then: {report.spread(memory)} MiB; median (lowest .. highest) of {STARTS} starts")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    documents.add_arguments(parser)
    server.add_arguments(parser)
    parser.add_argument("--documents", type=int, default=100_000, help="[default: 100000]")
    parser.add_argument("--clients", type=int, default=8, help="at the same time [default: 8]")
    parser.add_argument("--cores", type=int, default=2, help="[default: 2]")
    options = parser.parse_args()
    report.machine("grpcio")
    chain = documents.Chain(documents.read(options.texts))
    on = server.cores(options.cores)
    server.keep_off(on)
    starts(options, on)

    texts, rows, memory = short_documents(chain), [], []
    with server.dossier(options.binary, on) as dossier:
        rows.append([0, "", f"{dossier.memory():.1f}", f"{dossier.memory('VmHWM'):.1f}"])
        for step in range(1, STEPS + 1):
            part = [next(texts) for _ in range(options.documents // STEPS)]
            done = load.send([dossier.address], part, options.clients)
            load.check(done, ("entities", "relations", "dates", "sentences"))
            memory.append(dossier.memory())
            rows.append([f"{options.documents // STEPS * step:,}", f"{len(part) / done.seconds:,.0f}",
                         f"{memory[-1]:.1f}", f"{dossier.memory('VmHWM'):.1f}"])
            print(f"{rows[-1][0]} documents: {memory[-1]:.1f} MiB", flush=True)
    report.table(["documents", "documents/s", "MiB resident", "MiB at most"], rows)
    late = memory[STEPS // 2:]
    slope = statistics.linear_regression(range(len(late)), late).slope
    print(f"Growth in the second half, by the line through it: {slope * (len(late) - 1):+.1f} MiB "
          f"in {options.documents // STEPS * (len(late) - 1):,} documents.")


if __name__ == "__main__":
    main()
