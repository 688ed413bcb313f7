"""Dossier beside spaCy and ONNX Runtime: the same texts on the same cores, in turns.

    python3 -m benches.peers.compare [TEXTS ...]

Each round takes texts that no round before had. Dossier and spaCy read them over gRPC, ONNX Runtime and Dossier's
encoder as the windows of word pieces that they make; who begins changes from round to round. Where the machine has a
core to spare the client, which only moves bytes, is kept off the servers' cores.
"""
import argparse
import contextlib
import json
import re
import sys
import tempfile
import time

from benches.harness import documents, load, report, server
from benches.peers import windows

PARTS = {"Dossier": ("entities", "relations", "dates", "sentences"), "spaCy": ("entities", "sentences")}
DOES = {"Dossier": "entities, coreference, relations, dates; gRPC",
        "spaCy": "tagger, parser, entities; gRPC",
        "Dossier's encoder": "the encoder alone",
        "ONNX Runtime": "the same encoder alone"}
RATIOS = [("Dossier", "spaCy"), ("Dossier's encoder", "ONNX Runtime")]
WARM_UP = 1500  # words, for each process
IDLE = 0.85  # of its cores; a server that has used less was not measured at full load


def over_grpc(name, servers, clients, on):
    """Words a second of the service that `servers` are, on the cores `on`."""
    def measure(texts, _cut):
        used, own = sum(s.cpu_seconds() for s in servers), time.process_time()
        done = load.send([s.address for s in servers], texts, clients)
        used, own = sum(s.cpu_seconds() for s in servers) - used, time.process_time() - own
        remark = f"server {used / done.seconds:.2f} cores, client {own / done.seconds:.2f}"
        if used / done.seconds < IDLE * len(on):
            remark += " (DISTURBED: something else ran, or the server had to wait)"
        counts = load.check(done, PARTS[name])
        remark += "".join(f", {count} {part}" for part, count in counts.items())
        return sum(map(documents.words, texts)) / done.seconds, remark
    return measure


def onnx_runtime(on):
    """Word pieces a second of ONNX Runtime, one thread a core, each with a window at a time."""
    def measure(_texts, cut):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(cut, file)
            file.flush()
            done = succeed(server.run([sys.executable, "-m", "benches.peers.onnx_encoder", file.name,
                                       "--threads", len(on)], on))
        figures = json.loads(done)
        return figures["pieces"] / figures["seconds"], f"{figures['pieces']} pieces"
    return measure


def own_encoder(binary, on):
    """Word pieces a second of Dossier's encoder, as `dossier bench --encoder` tells."""
    def measure(texts, cut):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(windows.FORM_FEED.join(texts))
            file.flush()
            done = succeed(server.run([binary, "bench", "--encoder", "--threads", len(on), file.name], on))
        rate, pieces = re.search(r"encoder\s+([\d.,]+) pieces/s .*?\(([\d,]+) pieces", done).groups()
        rate, pieces = float(rate.replace(",", "")), int(pieces.replace(",", ""))
        if pieces != sum(len(ids) for ids, *_ in cut):
            raise SystemExit(f"Dossier's encoder read {pieces} pieces, ONNX Runtime {sum(len(ids) for ids, *_ in cut)}")
        return rate, f"{pieces} pieces"
    return measure


def succeed(done):
    if done.returncode:
        raise SystemExit(f"{' '.join(done.args)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def systems(options, on, stack):
    """What is to be measured on the cores `on`, by name."""
    clients = options.clients * len(on)
    dossier = [stack.enter_context(server.dossier(options.binary, on))]
    found = {"Dossier": over_grpc("Dossier", dossier, clients, on)}
    # Python's lock keeps a process on one core, so spaCy gets one for each.
    spacy = [stack.enter_context(server.python("benches.peers.spacy_server", [core])) for core in on]
    found["spaCy"] = over_grpc("spaCy", spacy, clients, on)
    if "--encoder" in succeed(server.run([options.binary, "bench", "--help"], on)):
        found["Dossier's encoder"] = own_encoder(options.binary, on)
    else:
        print("This dossier has no `bench --encoder`: its encoder is left out.")
    found["ONNX Runtime"] = onnx_runtime(on)
    return found


def rounds(options, on, texts):
    """Rates of each system, round by round."""
    with contextlib.ExitStack() as stack:
        measures = systems(options, on, stack)
        warm_up = documents.take(texts, WARM_UP * len(on))
        for name in PARTS:
            measures[name](warm_up, None)
        rates = {name: [] for name in measures}
        for turn in range(options.rounds):
            read = documents.take(texts, options.words * len(on))
            cut = windows.of(options.binary, read)
            words = sum(map(documents.words, read))
            print(f"{len(on)} cores, round {turn + 1}: {len(read)} documents, {words:,} words")
            names = list(measures)
            first = turn % len(names)
            for name in names[first:] + names[:first]:
                rate, remark = measures[name](read, cut)
                rates[name].append(rate)
                print(f"    {name:18} {rate:8,.0f} /s   {remark}", flush=True)
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    documents.add_arguments(parser)
    server.add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--words", type=int, default=20_000, help="in a round, for each core [default: 20000]")
    parser.add_argument("--cores", type=report.numbers, default=[1, 2], help="how many to measure on [default: 1,2]")
    parser.add_argument("--clients", type=int, default=4, help="for each core [default: 4]")
    options = parser.parse_args()
    report.machine("spacy", "onnxruntime")
    texts = documents.supply(documents.read(options.texts))
    rows, ratios = [], []
    for count in options.cores:
        on = server.cores(count)
        server.keep_off(on)
        rates = rounds(options, on, texts)
        for name, values in rates.items():
            unit = "words/s" if name in PARTS else "word pieces/s"
            rows.append([count, name, DOES[name], report.spread(values, "{:,.0f}") + " " + unit])
        for a, b in RATIOS:
            if a in rates:
                pairs = [x / y for x, y in zip(rates[a], rates[b])]
                ratios.append([count, f"{a} / {b}", report.spread(pairs, "{:.2f}")])
    print(f"\nMedian (lowest .. highest) of {options.rounds} rounds; ratios are taken round by round.")
    report.table(["cores", "system", "reads", "speed"], rows)
    report.table(["cores", "ratio", "median"], ratios)


if __name__ == "__main__":
    main()
