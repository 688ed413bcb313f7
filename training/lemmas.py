"""Compiles data/lemmas.tsv: word forms whose dictionary form no suffix rule gives, and verbs that the rules build on.

    python3 training/lemmas.py UD_EWT_FOLDER GUM_FOLDER OEWN_YAML_FOLDER > data/lemmas.tsv

Forms come from the train parts of UD English EWT and GUM; base verbs also from Open English WordNet.
A pair is listed unless cutting the ending off leaves the dictionary form as it stands ("backed", "clashes"); whether an
-e or a doubled consonant is to be mended is left to src/syntax/lemma.rs, which looks for the result among these verbs.
"""
import collections
import glob
import os
import re
import sys

PARTS = ("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET")
ENDINGS = {"VERB": ("s", "es", "ed", "d", "ing"), "NOUN": ("s", "es")}

HEADER = """\
# Word forms and their dictionary forms, compiled by training/lemmas.py.
# Sources: the train parts of UD English EWT (CC BY-SA 4.0) and GUM (annotations CC BY 4.0), and verbs of
# Open English WordNet (CC BY 4.0). This file: CC BY-SA 4.0.
# Columns, apart by tabs: form in lower case, universal part of speech, dictionary form.
# A form that is its own dictionary form says that the word is one: a base verb, or a noun whose ending misleads."""

# Irregular forms that news uses and the corpora may lack: dictionary form, then its forms.
IRREGULAR_VERBS = """
arise arose arisen|awake awoke awoken|bear bore borne born|beset beset|bind bound|bleed bled|breed bred|burn burnt
cling clung|deal dealt|dig dug|dwell dwelt|feed fed|flee fled|fling flung|forbid forbade forbidden
foresee foresaw foreseen|forgive forgave forgiven|forgo forwent forgone|freeze froze frozen|grind ground|kneel knelt
leap leapt|learn learnt|mislead misled|mistake mistook mistaken|outdo outdid outdone|overcome overcame
override overrode overridden|oversee oversaw overseen|overtake overtook overtaken|overthrow overthrew overthrown
partake partook partaken|rebuild rebuilt|repay repaid|resell resold|retake retook retaken|rewrite rewrote rewritten
ring rang rung|seek sought|shoot shot|shrink shrank shrunk|sink sank sunk|slay slew slain|slide slid|speed sped
spell spelt|spill spilt|spin spun|spoil spoilt|spring sprang sprung|stink stank stunk|strike struck stricken
string strung|strive strove striven|swear swore sworn|sweep swept|swell swollen|swing swung|tear tore torn
tread trod trodden|undergo underwent undergone|understand understood|undertake undertook undertaken
undo undid undone|uphold upheld|weave wove woven|weep wept|win won|wind wound|withdraw withdrew withdrawn
withhold withheld|withstand withstood|wring wrung|die died dying|lie lied lying|tie tied tying|vie vied vying
untie untied untying|bite bit bitten|hear heard|belie belying
"""
SLIPS = [("bases", "NOUN"), ("people", "NOUN"), ("media", "NOUN"), ("g", "NOUN"), ("ml", "NOUN"), ("tel", "NOUN"),
         ("of", "AUX"), ("and", "DET"), ("flead", "VERB"), ("gras", "NOUN"), ("r", "AUX"),
         ("to's", "NOUN"), ("uth's", "NOUN"), ("poneh", "NOUN"), ("tks", "NOUN"), ("tds", "NOUN"), ("bs", "NOUN")]
IRREGULAR_NOUNS = """
crisis crises|thesis theses|hypothesis hypotheses|oasis oases|diagnosis diagnoses|emphasis emphases
mouse mice|ox oxen|goose geese|foot feet|tooth teeth|wife wives|knife knives|thief thieves|calf calves|loaf loaves
scarf scarves|referendum referenda|memorandum memoranda|phenomenon phenomena|bacterium bacteria|stimulus stimuli
nucleus nuclei
"""
PRONOUNS = "me us him her them 'em an those these".split()


def rows(paths):
    for path in paths:
        for line in open(path, encoding="utf8"):
            fields = line.split("\t")
            if len(fields) == 10 and fields[0].isdigit() and not re.search("(Typo|Abbr)=Yes", fields[5]):
                yield fields[1].lower().replace("’", "'"), fields[3], fields[2].lower().replace("’", "'"), fields[4]


def wordnet_verbs(folder):
    for path in glob.glob(os.path.join(folder, "verb.*.yaml")):
        members = False
        for line in open(path, encoding="utf8"):
            members = (members or line.startswith("  members:")) and line.startswith(("  members:", "  - "))
            if members and line.startswith("  - "):
                yield line[4:].strip().strip("'\"")


def plain(form, part, lemma):
    """Cutting off an ending leaves the dictionary form."""
    if part == "VERB" and lemma.endswith("e") and form in (lemma + "d", lemma[:-1] + "ing", lemma + "s"):
        return True
    if part == "VERB" and form in (lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"):
        return True
    if part == "NOUN" and lemma.endswith(("s", "is", "us")) and form == lemma + "s":
        return False
    if lemma.endswith("y") and form in (lemma[:-1] + "ies", lemma[:-1] + "ied"):
        return True
    return any(form == lemma + e and (e != "d" or lemma.endswith("e")) for e in ENDINGS.get(part, ()))


def misleading(noun):
    """A singular that looks like a plural, or whose plural looks like that of a noun without its -e."""
    return noun.endswith(("ie", "che", "she", "xe", "ze", "sse", "oe", "use", "ic", "men")) or (
        noun.endswith("s") and not noun.endswith(("ss", "us", "is")))


def main():
    ewt, gum, wordnet = sys.argv[1:]
    paths = [os.path.join(ewt, "en_ewt-ud-train.conllu")]
    paths += [p for p in sorted(glob.glob(os.path.join(gum, "train", "dep", "*.conllu"))) if "_reddit_" not in p]
    seen = collections.defaultdict(collections.Counter)
    for form, part, lemma, tag in rows(paths):
        if part == "PRON" and form not in PRONOUNS or part == "ADJ" and tag not in ("JJR", "JJS") and form != lemma:
            continue
        if part in PARTS and re.fullmatch(r"[a-z']+(-[a-z]+)*", form) and re.fullmatch(r"[a-z']+(-[a-z]+)*", lemma):
            seen[form, part][lemma, tag] += 1
    table, verbs = {}, set()
    for (form, part), lemmas in seen.items():
        lemma, tag = lemmas.most_common(1)[0][0]
        if part == "VERB":
            verbs.update(l for (l, t), n in lemmas.items() if t in ("VB", "VBP") and form == l)
        if form == lemma:
            if part == "NOUN" and sum(lemmas.values()) > 1 and misleading(form):
                table[form, part] = lemma
        elif not plain(form, part, lemma) and (sum(lemmas.values()) > 1 or (lemma, part) in seen):
            table[form, part] = lemma
    for part, words in (("VERB", IRREGULAR_VERBS), ("NOUN", IRREGULAR_NOUNS)):
        for line in words.replace("\n", "|").strip("|").split("|"):
            lemma, *forms = line.split()
            verbs.update([lemma] if part == "VERB" else [])
            table.update({(form, part): lemma for form in forms})
    verbs.update(v for v in wordnet_verbs(wordnet) if re.fullmatch(r"[a-z]+", v))
    for verb in verbs:
        table.setdefault((verb, "VERB"), verb)
    for slip in SLIPS:
        table.pop(slip, None)
    print(HEADER)
    for (form, part), lemma in sorted(table.items()):
        print(form, part, lemma, sep="\t")


if __name__ == "__main__":
    main()
