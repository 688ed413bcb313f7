"""Compiles data/actors.txt: nouns for people and groups of people, out of Open English WordNet.

    python3 actors.py --wordnet FOLDER --newswire DATA/worldwide-newswire/train > ../data/actors.txt

FOLDER holds noun.person.yaml and noun.group.yaml; only words that the newswire uses at least three times are kept.
"""
import argparse
import collections
import glob
import re

import corpora

HEADER = """# Nouns for people and groups of people, singular: what can act or be acted on without a name.
# From Open English WordNet (https://github.com/globalwordnet/english-wordnet), CC BY 4.0: the members of noun.person and
# noun.group that newspapers use. Made by training/actors.py; not to be edited by hand."""


def members(path):
    """The single words listed under `members:` in a lexicographer file."""
    inside = False
    for line in open(path, encoding="utf8"):
        if re.match(r"  members:", line):
            inside = True
        elif inside and (word := re.match(r"  - ([a-z]+)$", line)):
            yield word.group(1)
        else:
            inside = False


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--wordnet", required=True)
    args.add_argument("--newswire", required=True)
    args = args.parse_args()
    used = collections.Counter(w for d in corpora.newswire(args.newswire) for words, _ in d for w in words)
    found = {w for name in ("person", "group") for path in glob.glob(f"{args.wordnet}/noun.{name}.yaml") for w in members(path)}
    kept = sorted(w for w in found if used[w] + used[w + "s"] >= 3)
    print(HEADER)
    for start in range(0, len(kept), 12):
        print(", ".join(kept[start:start + 12]))


if __name__ == "__main__":
    main()
