//! Dictionary forms: a table of irregular words, then rules for endings, checked against a list of verbs.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Upos, VerbForm};

/// Irregular forms and known dictionary forms, from `data/lemmas.tsv`.
struct Table {
    forms: HashMap<(&'static str, Upos), &'static str>,
    /// Words that are their own dictionary form.
    known: HashSet<(&'static str, Upos)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { forms: HashMap::new(), known: HashSet::new() };
    for line in include_str!("../../data/lemmas.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(form), Some(upos), Some(lemma)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let Some(upos) = Upos::from_name(upos) else { continue };
        if form == lemma {
            table.known.insert((form, upos));
        } else {
            table.forms.insert((form, upos), lemma);
        }
    }
    table
});

/// The dictionary form of a word, in lower case; `’` becomes `'`, and clitics are written out ("n't" is "not").
///
/// ```
/// use dossier::syntax::{Upos, VerbForm, lemma::lemma};
///
/// assert_eq!(lemma("invaded", Upos::Verb, VerbForm::Past), "invade");
/// assert_eq!(lemma("Militants", Upos::Noun, VerbForm::Other), "militant");
/// ```
pub fn lemma(form: &str, upos: Upos, verb_form: VerbForm) -> String {
    let lower = form.to_lowercase().replace('’', "'");
    // "found" is the past of "find", but as a base form it is a verb of its own.
    let verb_like = matches!(upos, Upos::Verb | Upos::Aux) && !lower.starts_with('\'');
    if verb_like && (verb_form == VerbForm::Base || verb_form == VerbForm::Present && is_verb(&lower)) {
        return lower;
    }
    if let Some(lemma) = TABLE.forms.get(&(lower.as_str(), upos)) {
        return (*lemma).to_owned();
    }
    if lower == "n't" || lower == "nt" && upos == Upos::Part {
        return "not".to_owned();
    }
    match upos {
        Upos::Verb | Upos::Aux => hyphenated(&lower, Upos::Verb, verb),
        Upos::Noun => hyphenated(&lower, Upos::Noun, noun),
        _ => lower,
    }
}

/// Applies `rule`, and the table before it, to what follows the last hyphen.
fn hyphenated(word: &str, upos: Upos, rule: fn(&str) -> String) -> String {
    match word.rsplit_once('-') {
        Some((front, last)) if !last.is_empty() => {
            let last = TABLE.forms.get(&(last, upos)).map_or_else(|| rule(last), |l| (*l).to_owned());
            format!("{front}-{last}")
        }
        _ => rule(word),
    }
}

fn is_verb(word: &str) -> bool {
    TABLE.known.contains(&(word, Upos::Verb))
}

fn is_noun(word: &str) -> bool {
    TABLE.known.contains(&(word, Upos::Noun))
}

fn verb(word: &str) -> String {
    if is_verb(word) || word.len() < 4 || !word.is_ascii() {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ied") {
        return format!("{stem}y");
    }
    if let Some(stem) = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing")).filter(|s| s.contains(vowel)) {
        return mend(stem);
    }
    match word.strip_suffix('s') {
        Some(stem) if is_verb(stem) || !word.ends_with("ss") => third_person(stem),
        _ => word.to_owned(),
    }
}

/// The verb whose third person is `stem` and an s.
fn third_person(stem: &str) -> String {
    if is_verb(stem) {
        return stem.to_owned();
    }
    match (stem.strip_suffix("ie"), stem.strip_suffix('e')) {
        (Some(short), _) => format!("{short}y"),
        (_, Some(short)) if is_verb(short) || sibilant(short) || short.ends_with('o') => short.to_owned(),
        _ => stem.to_owned(),
    }
}

/// The verb that leaves `stem` when -ed or -ing is cut off: with its -e back, or a doubled consonant single again.
fn mend(stem: &str) -> String {
    let with_e = format!("{stem}e");
    let single = undoubled(stem);
    let short = ends_short(stem);
    // A short stem would have doubled its consonant ("hopped"), so "hoping" has lost an -e.
    if short && is_verb(&with_e) {
        return with_e;
    }
    if is_verb(stem) {
        return stem.to_owned();
    }
    if is_verb(&with_e) {
        return with_e;
    }
    match single {
        Some(single) if is_verb(single) || !stem.ends_with(['l', 's', 'z', 'f']) => single.to_owned(),
        Some(single) if stem.ends_with('l') && vowels(stem) > 1 => single.to_owned(),
        None if wants_e(stem) || short && vowels(stem) == 1 => with_e,
        _ => stem.to_owned(),
    }
}

/// The stem without the second of two like consonants at its end.
fn undoubled(stem: &str) -> Option<&str> {
    let mut ends = stem.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(a), Some(b)) if a == b && !vowel(a) => Some(&stem[..stem.len() - 1]),
        _ => None,
    }
}

/// Ends in a consonant after one vowel: "hop", "rat".
fn ends_short(stem: &str) -> bool {
    let mut ends = stem.chars().rev();
    let (last, middle, first) = (ends.next(), ends.next(), ends.next());
    last.is_some_and(|c| !vowel(c) && !matches!(c, 'w' | 'x' | 'y'))
        && middle.is_some_and(vowel)
        && first.is_some_and(|c| !vowel(c))
}

/// Endings of unlisted stems that verbs have only before an -e: "impos", "settl", "activat".
fn wants_e(stem: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "v", "c", "u", "iz", "yz", "at", "is", "os", "us", "as", "bl", "cl", "dl", "gl", "pl", "tl", "dg", "rg", "ur",
        "ir", "id", "ud", "ut",
    ];
    stem.len() > 2 && !stem.ends_with("oat") && !stem.ends_with("eat") && ENDINGS.iter().any(|e| stem.ends_with(e))
}

fn noun(word: &str) -> String {
    if is_noun(word) || word.len() < 3 || word.contains(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("men").filter(|s| s.len() > 1) {
        return format!("{stem}man");
    }
    let Some(stem) = word.strip_suffix('s') else { return word.to_owned() };
    if is_noun(stem) {
        return stem.to_owned();
    }
    if ["s", "u", "i", "ic"].iter().any(|e| stem.ends_with(e)) {
        return word.to_owned();
    }
    match (stem.strip_suffix("ie"), stem.strip_suffix('e')) {
        (Some(short), _) if short.len() > 1 => format!("{short}y"),
        (_, Some(short)) if sibilant(short) || short.ends_with('o') => short.to_owned(),
        _ => stem.trim_end_matches('\'').to_owned(),
    }
}

/// Ends in a sound after which the ending is -es.
fn sibilant(stem: &str) -> bool {
    ["ss", "us", "sh", "ch", "x", "zz"].iter().any(|e| stem.ends_with(e))
}

fn vowels(stem: &str) -> usize {
    stem.chars().filter(|&c| vowel(c)).count()
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(upos: Upos, verb_form: VerbForm, cases: &[(&str, &str)]) {
        for (form, expected) in cases {
            assert_eq!(lemma(form, upos, verb_form), *expected, "{form}");
        }
    }

    #[test]
    fn past_forms_give_the_verb() {
        let cases = [
            ("vowed", "vow"),
            ("told", "tell"),
            ("invaded", "invade"),
            ("backed", "back"),
            ("planned", "plan"),
            ("imposed", "impose"),
            ("accused", "accuse"),
            ("denied", "deny"),
            ("agreed", "agree"),
            ("visited", "visit"),
            ("met", "meet"),
            ("withdrew", "withdraw"),
            ("overthrew", "overthrow"),
            ("said", "say"),
            ("killed", "kill"),
            ("controlled", "control"),
            ("backpedaled", "backpedal"),
            ("defunded", "defund"),
            ("criticised", "criticise"),
            ("rated", "rate"),
            ("found", "find"),
            ("heard", "hear"),
            ("died", "die"),
            ("modelled", "model"),
            ("fled", "flee"),
            ("co-founded", "co-found"),
        ];
        check(Upos::Verb, VerbForm::Past, &cases);
    }

    #[test]
    fn other_forms_give_the_verb() {
        let gerunds = [
            ("accusing", "accuse"),
            ("hoping", "hope"),
            ("singing", "sing"),
            ("planning", "plan"),
            ("calling", "call"),
            ("dying", "die"),
            ("seeing", "see"),
            ("striking", "strike"),
        ];
        check(Upos::Verb, VerbForm::Gerund, &gerunds);
        let third = [
            ("clashes", "clash"),
            ("uses", "use"),
            ("denies", "deny"),
            ("goes", "go"),
            ("has", "have"),
            ("says", "say"),
        ];
        check(Upos::Verb, VerbForm::ThirdPerson, &third);
        check(Upos::Verb, VerbForm::Base, &[("found", "found"), ("need", "need"), ("bring", "bring"), ("fly", "fly")]);
    }

    #[test]
    fn plurals_give_the_singular() {
        let cases = [
            ("militants", "militant"),
            ("clashes", "clash"),
            ("countries", "country"),
            ("wives", "wife"),
            ("movies", "movie"),
            ("politics", "politics"),
            ("news", "news"),
            ("spokesmen", "spokesman"),
            ("women", "woman"),
            ("people", "people"),
            ("viruses", "virus"),
            ("clinics", "clinic"),
            ("1990s", "1990s"),
            ("bus", "bus"),
            ("crises", "crisis"),
            ("houses", "house"),
            ("prizes", "prize"),
            ("heroes", "hero"),
            ("ex-wives", "ex-wife"),
        ];
        check(Upos::Noun, VerbForm::Other, &cases);
    }

    #[test]
    fn clitics_are_written_out() {
        check(Upos::Part, VerbForm::Other, &[("n't", "not"), ("n’t", "not"), ("'s", "'s"), ("’s", "'s")]);
        let auxiliaries = [
            ("ca", "can"),
            ("wo", "will"),
            ("'ve", "have"),
            ("’re", "be"),
            ("'ll", "will"),
            ("was", "be"),
            ("'s", "be"),
        ];
        check(Upos::Aux, VerbForm::Other, &auxiliaries);
    }

    #[test]
    fn names_are_only_lowered() {
        check(Upos::Propn, VerbForm::Other, &[("Niger", "niger"), ("Reuters", "reuters")]);
        check(Upos::Pron, VerbForm::Other, &[("Him", "he"), ("his", "his"), ("them", "they")]);
    }
}
