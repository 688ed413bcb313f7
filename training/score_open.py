"""Open relations against CaRB, through the running service.

    python3 training/score_open.py CARB_DIR [--target 127.0.0.1:50051] [--proto proto] [--strict] [--errors]

CARB_DIR is the `data` folder of CaRB (github.com/dair-iitd/CaRB): `dev.txt`, a sentence a line, and `gold/dev.tsv`, a
tuple a line: sentence, relation, first argument, further arguments. Every relation of the service is a tuple: the words
of its subject, its relation phrase and the words of its object.

The matching is that of Bhardwaj, Aggarwal and Mausam, "CaRB: A Crowdsourced Benchmark for Open IE" (EMNLP 2019), as the
default of the authors' scorer has it (`binary_linient_tuple_match`): arguments after the first count as one, a pair of
tuples matches when their relations share a word, and its precision and recall are the shares of words in the same place.
A gold tuple's recall is the best of all tuples; precision is summed over a one-to-one assignment, the best pair first.
Precision and recall are taken at each confidence; F1 is the best of them, AUC the area under their curve from (0, 1).

--strict counts as right only tuples that are a gold tuple place for place, but for articles and for where the relation
ends and the object begins, which tells whether arguments are minimal.
"""
import argparse
import collections
import os
import sys
import tempfile

import grpc
from google.protobuf import json_format

BE = {"be", "is", "am", "are", "was", "were", "been", "being"}
REPORTING = ("said", "told", "added", "adds", "says")


def client(target, proto_dir):
    """A function from a text to the relations found in it."""
    from grpc_tools import protoc
    out = tempfile.mkdtemp(prefix="dossier-proto-")
    files = [os.path.join(d, f) for d, _, names in os.walk(proto_dir) for f in sorted(names) if f.endswith(".proto")]
    include = os.path.join(os.path.dirname(sys.modules["grpc_tools"].__file__), "_proto")
    if protoc.main(["", f"-I{proto_dir}", f"-I{include}", f"--python_out={out}", f"--grpc_python_out={out}", *files]):
        sys.exit("the proto files do not compile")
    sys.path.insert(0, out)
    from dossier.v1 import extraction_service_pb2 as messages, extraction_service_pb2_grpc as service
    stub = service.ExtractionServiceStub(grpc.insecure_channel(target))

    def relations(text):
        fields = {"document": {"text": text}, "options": {"includeOpenRelations": True}}
        response = stub.Extract(json_format.ParseDict(fields, messages.ExtractRequest()), timeout=60)
        return json_format.MessageToDict(response).get("relations", [])
    return relations


def read_gold(path):
    gold = collections.defaultdict(list)
    for line in open(path, encoding="utf8"):
        sentence, relation, *arguments = line.rstrip("\n").split("\t")
        arguments = [a.split() for a in arguments if "C: " not in a]
        gold[sentence.strip()].append((relation.split(), arguments[0], sum(arguments[1:], [])))
    return gold


def tuples(relations, types, wording):
    """(confidence, relation, subject, object), each once."""
    best = {}
    for r in relations:
        if types == "open" and r["type"] != "open":
            continue
        words = {"phrase": r.get("relationPhrase", ""), "predicate": r.get("predicate", "")}.get(wording)
        words = words or r.get("trigger", {}).get("text", "")
        key = (words, r["subject"]["span"]["text"], r["object"]["span"]["text"])
        best[key] = max(best.get(key, 0.0), r.get("confidence", 0.0))
    return [(c, *(part.split() for part in key)) for key, c in best.items()]


def common(gold, words):
    return sum((collections.Counter(gold) & collections.Counter(words)).values())


def match(gold, found):
    """Precision and recall of the words of one tuple against one gold tuple."""
    relation = common(gold[0], found[0])
    left = collections.Counter(found[0]) - collections.Counter(gold[0])
    if left["be"] and BE & set(gold[0]):
        relation += 1
    if not relation:
        return 0.0, 0.0
    shared = relation + common(gold[1], found[1]) + common(gold[2], found[2])
    return shared / sum(map(len, found)), shared / sum(map(len, gold))


def lenient(gold, found):
    straight = match(gold, found)
    if any(word in " ".join(gold[0]) for word in REPORTING):
        return max(straight, match(gold, (found[0], found[2], found[1])))
    return straight


def assigned(scores, columns):
    """Sum of precisions, gold tuples and found ones taken at most once each, the best pair first."""
    pairs = sorted(((row[c][0], -i, -c) for i, row in enumerate(scores) for c in columns), reverse=True)
    rows, used, total = set(), set(), 0.0
    for score, row, column in pairs:
        if row not in rows and column not in used:
            rows.add(row)
            used.add(column)
            total += score
    return total


def curve(gold, system):
    """(precision, recall, F1) at each confidence, ascending."""
    levels = sorted({t[0] for found in system.values() for t in found})
    steps = {c: [0.0, 0, 0.0] for c in levels}  # changes of the sums as the threshold falls to the level
    for sentence, wanted in gold.items():
        found = system.get(sentence, [])
        scores = [[lenient(g, t[1:]) for t in found] for g in wanted]
        before = (0.0, 0, 0.0)
        for level in sorted({t[0] for t in found}, reverse=True):
            columns = [i for i, t in enumerate(found) if t[0] >= level]
            recall = sum(max(row[c][1] for c in columns) for row in scores)
            now = (assigned(scores, columns), len(columns), recall)
            for i in range(3):
                steps[level][i] += now[i] - before[i]
            before = now
    total, sums, points = sum(map(len, gold.values())), [0.0, 0, 0.0], []
    for level in reversed(levels):
        sums = [a + b for a, b in zip(sums, steps[level])]
        p, r = sums[0] / sums[1], sums[2] / total
        points.append((p, r, 2 * p * r / (p + r) if p + r else 0.0, level))
    return points


def area(points):
    """Under the curve of precision over recall, by trapezoids, from recall 0 and precision 1."""
    total, last = 0.0, (1.0, 0.0)
    for p, r, *_ in points:
        total += (r - last[1]) * (p + last[0]) / 2
        last = (p, r)
    return total


def plain(words):
    return " ".join(w for w in words if w.lower() not in ("the", "a", "an")).lower()


def exact(gold, found):
    return plain(gold[1]) == plain(found[1]) and plain(gold[0] + gold[2]) == plain(found[0] + found[2])


def strict(gold, system):
    right = sum(any(exact(g, t[1:]) for g in gold[s]) for s, found in system.items() for t in found)
    reached = sum(any(exact(g, t[1:]) for t in system.get(s, [])) for s, wanted in gold.items() for g in wanted)
    return right / max(1, sum(map(len, system.values()))), reached / sum(map(len, gold.values()))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data")
    args.add_argument("--target", default="127.0.0.1:50051")
    args.add_argument("--proto", default="proto")
    args.add_argument("--types", choices=["all", "open"], default="all")
    args.add_argument("--wording", choices=["phrase", "trigger", "predicate"], default="phrase")
    args.add_argument("--limit", type=int, help="read the first sentences alone")
    args.add_argument("--strict", action="store_true")
    args.add_argument("--errors", action="store_true")
    args = args.parse_args()
    gold = read_gold(os.path.join(args.data, "gold", "dev.tsv"))
    extract = client(args.target, args.proto)
    sentences = [line.strip() for line in open(os.path.join(args.data, "dev.txt"), encoding="utf8")][:args.limit]
    gold = {s: gold[s] for s in sentences if s in gold}
    system = {s: tuples(extract(s), args.types, args.wording) for s in gold}
    show = lambda t: "; ".join(" ".join(part) for part in (t[1], t[0], t[2]))
    if args.errors:
        for sentence, found in system.items():
            print(sentence)
            for t in sorted(found, reverse=True):
                best = max((lenient(g, t[1:]) for g in gold[sentence]), default=(0, 0))
                mark = "=" if any(exact(g, t[1:]) for g in gold[sentence]) else " "
                print(f"  {mark} {t[0]:.2f} p {best[0]:.2f}  {show(t[1:])}")
            for g in gold[sentence]:
                print(f"    gold r {max((lenient(g, t[1:])[1] for t in found), default=0):.2f}  {show(g)}")
    points = curve(gold, system)
    p, r, f, level = max(points, key=lambda x: x[2], default=(0, 0, 0, 0))
    last = points[-1] if points else (0, 0, 0)
    print(f"sentences {len(system)}  gold {sum(map(len, gold.values()))}  system {sum(map(len, system.values()))}")
    print(f"best F1 {100 * f:.2f}  (P {100 * p:.2f} R {100 * r:.2f} from confidence {level:.2f})  AUC {100 * area(points):.2f}"
          f"  all: P {100 * last[0]:.2f} R {100 * last[1]:.2f} F1 {100 * last[2]:.2f}")
    if args.strict:
        p, r = strict(gold, system)
        print(f"strict P {100 * p:.2f} R {100 * r:.2f} F1 {200 * p * r / max(1e-9, p + r):.2f}")


if __name__ == "__main__":
    main()
