//! What a relation is about: "trade" in "signed a deal on trade", "bombing a hospital" in "accused it of bombing a
//! hospital". Found from the words round the relation's own, by the prepositions and clauses that its type takes.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Candidate, Context, setting};
use crate::extraction::Span;
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Upos, VerbForm};

static NO_TOPICS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(include_str!("../../data/no_topics.txt")));

/// Most words of a topic; a longer one is cut down to its head and the phrases behind "of", or left out.
const LONGEST: usize = 16;

const MEETINGS: &[&str] = &["met", "spoke_with", "negotiates_with"];

/// Verbs whose object is the topic of a meeting.
const DISCUSS: &[&str] = &["discuss", "address", "review", "debate"];

/// How some types name their topic.
struct Wording {
    types: &'static [&'static str],
    /// What stands before it, the most telling first.
    prepositions: &'static [&'static str],
    /// It may be the clause below: "urged X to leave", "warned that".
    clause: bool,
}

const WORDINGS: &[Wording] = &[
    wording(MEETINGS, &["about", "regarding", "concerning", "on", "over"], false),
    wording(&["told"], &["about", "regarding", "concerning", "of", "on", "over"], true),
    wording(&["agreed_with"], &["on", "about", "over", "regarding", "concerning", "for"], true),
    wording(&["cooperates_with"], &["on", "over", "in", "for", "against"], true),
    wording(&["pledged_to"], &["for"], true),
    wording(&["urges"], &["for", "over", "about", "regarding"], true),
    wording(&["accuses"], &["of", "for", "over", "with", "regarding"], false),
    wording(&["criticizes", "protests_against"], &["for", "over", "about", "regarding"], false),
    wording(&["praises"], &["for", "on", "over"], false),
    wording(&["warns"], &["against", "about", "of", "over", "on", "regarding"], true),
    wording(&["threatens"], &["with", "over", "for"], true),
    wording(&["denies"], &["about", "regarding", "over"], true),
    wording(&["rejects", "opposes"], &["on", "over", "about", "regarding"], false),
    wording(&["backs"], &["on", "over", "in", "for", "regarding"], false),
    wording(&["investigates"], &["over", "for", "into", "about"], false),
    wording(&["sanctions"], &["over", "for"], false),
];

const fn wording(types: &'static [&'static str], prepositions: &'static [&'static str], clause: bool) -> Wording {
    Wording { types, prepositions, clause }
}

/// The phrase that says what the relation is about.
pub fn read(context: &Context<'_, '_>, candidate: &Candidate) -> Option<Span> {
    let kind = context.catalogue.types[candidate.kind?].name.as_str();
    let wording = WORDINGS.iter().find(|w| w.types.contains(&kind))?;
    let topic = Topic { context, ends: [candidate.subject.word, candidate.object.word] };
    let mut words = setting::event_words(context, candidate);
    let clause = |word: &usize| if wording.clause { topic.clause(*word) } else { None };
    let discussed = |word: &usize| if MEETINGS.contains(&kind) { topic.discussed(*word) } else { None };
    if let Some(found) = words.iter().find_map(clause).or_else(|| words.iter().find_map(discussed)) {
        return Some(context.syntax.span(found));
    }
    // "rejected the plan for X": an end without a name is a noun that says what about.
    let ends = [&candidate.subject, &candidate.object].into_iter().filter(|end| end.argument.entity.is_none());
    words.extend(ends.map(|end| end.word));
    let behind = |preposition: &&str| words.iter().find_map(|&word| topic.behind(word, preposition));
    let found = wording.prepositions.iter().find_map(behind);
    let found = found.or_else(|| topic.pledged(candidate.trigger).filter(|_| kind == "pledged_to"));
    found.map(|words| context.syntax.span(words))
}

/// Finds the topic of one relation.
struct Topic<'c, 's, 'a> {
    context: &'c Context<'s, 'a>,
    /// The words of subject and object: they are no part of it.
    ends: [usize; 2],
}

impl Topic<'_, '_, '_> {
    /// The infinitive or clause that completes the word: "to leave", "that X leaves", "a promise to help".
    fn clause(&self, word: usize) -> Option<Range<usize>> {
        let s = self.context.syntax;
        let completes = |&c: &usize| match s.deprel(c) {
            Deprel::Xcomp | Deprel::Ccomp => s.upos(c) == Upos::Verb || s.has_copula(c),
            Deprel::Acl | Deprel::Advcl => {
                s.verb_form(c) == VerbForm::Base && s.dependents(c, &[Deprel::Mark]).any(|m| s.lemma(m) == "to")
            }
            _ => false,
        };
        let clause = s.children(word).iter().copied().find(completes)?;
        let found = self.phrase(clause)?;
        // "vowed to give X weapons" without X: what is given says more than that it is.
        match s.dependent(clause, Deprel::Obj).filter(|_| found.len() == 1) {
            Some(object) => self.phrase(object).or(Some(found)),
            None => Some(found),
        }
    }

    /// "discussed X", "met to discuss X", "met and discussed X".
    fn discussed(&self, word: usize) -> Option<Range<usize>> {
        let s = self.context.syntax;
        let below = s.dependents(word, &[Deprel::Advcl, Deprel::Xcomp, Deprel::Acl, Deprel::Conj]);
        let verbs = std::iter::once(word).chain(below).filter(|&v| DISCUSS.contains(&s.lemma(v)));
        verbs.flat_map(|v| s.dependents(v, &[Deprel::Obj])).find_map(|object| self.phrase(object))
    }

    /// What is promised: "pledged support to X".
    fn pledged(&self, trigger: usize) -> Option<Range<usize>> {
        self.phrase(self.context.syntax.dependent(trigger, Deprel::Obj)?)
    }

    /// The phrase or gerund clause behind the preposition.
    fn behind(&self, word: usize, preposition: &str) -> Option<Range<usize>> {
        let s = self.context.syntax;
        let parts = [Deprel::Obl, Deprel::Nmod, Deprel::Advcl, Deprel::Acl, Deprel::Xcomp];
        let introduced = |&c: &usize| match s.deprel(c) {
            Deprel::Advcl | Deprel::Acl | Deprel::Xcomp => {
                s.dependents(c, &[Deprel::Mark]).any(|m| s.lemma(m) == preposition)
            }
            _ => s.case(c).is_some_and(|case| case == preposition),
        };
        // "in Geneva" is where, not what about.
        let place = |c: usize| {
            let named = self.context.arguments.named(c).map(|e| self.context.arguments.kind(e));
            named == Some("MONEY") || preposition == "in" && matches!(named, Some("LOCATION" | "FACILITY"))
        };
        s.dependents(word, &parts).filter(introduced).filter(|&c| !place(c)).find_map(|c| self.phrase(c))
    }

    /// The words of a topic with this head, as few as say it.
    fn phrase(&self, head: usize) -> Option<Range<usize>> {
        let s = self.context.syntax;
        let nominal = matches!(s.upos(head), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj) || s.has_copula(head);
        if !nominal || self.is_barred(head) || NO_TOPICS.contains(s.lemma(head)) {
            return None;
        }
        let whole = self.within_bounds(head, s.subtree(head, &|c| self.is_aside(head, c)));
        if whole.len() <= LONGEST {
            return Some(whole);
        }
        let core = |c: usize| match s.deprel(c) {
            Deprel::Conj | Deprel::Obl | Deprel::Acl => true,
            Deprel::Nmod => s.case(c).as_deref() != Some("of"),
            _ => self.is_aside(head, c),
        };
        Some(self.within_bounds(head, s.subtree(head, &core))).filter(|words| words.len() <= LONGEST)
    }

    /// Whether the word belongs to an end of the relation.
    fn is_end(&self, word: usize) -> bool {
        self.ends.iter().any(|&end| self.context.arguments.name_at(end).contains(&word))
    }

    /// Whether the word heads no topic and no part of one at its edges: it belongs to an end or to a date.
    fn is_barred(&self, word: usize) -> bool {
        self.context.in_date[word] || self.is_end(word)
    }

    /// Whether what hangs on the dependent is left out: what introduces the topic, and what is said beside it.
    fn is_aside(&self, head: usize, word: usize) -> bool {
        let s = self.context.syntax;
        let own = s.head(word) == Some(head);
        match s.deprel(word) {
            Deprel::AclRelcl | Deprel::Advcl | Deprel::Appos | Deprel::Parataxis | Deprel::Punct => true,
            Deprel::Case => own && s.lemma(word) != "'s",
            Deprel::Mark | Deprel::Cc => own,
            Deprel::Acl => s.verb_form(word) != VerbForm::Base,
            Deprel::Conj => own && s.upos(head) == Upos::Verb,
            _ => self.is_barred(word),
        }
    }

    /// The part of the words round the head that has no end of the relation, without what only joins at its edges.
    fn within_bounds(&self, head: usize, words: Range<usize>) -> Range<usize> {
        let s = self.context.syntax;
        let start = (words.start..head).rev().find(|&w| self.is_end(w)).map_or(words.start, |w| w + 1);
        let end = (head + 1..words.end).find(|&w| self.is_end(w)).unwrap_or(words.end);
        let joins = |w: usize| matches!(s.deprel(w), Deprel::Case | Deprel::Mark | Deprel::Cc | Deprel::Punct);
        let start = (start..head).find(|&w| !joins(w)).unwrap_or(head);
        // What waits for a word behind the bound is left out too: "its", "a big", "for".
        let waits = |w: usize| match s.deprel(w) {
            Deprel::Punct | Deprel::Cc => true,
            Deprel::Case | Deprel::Mark | Deprel::Det | Deprel::NmodPoss | Deprel::Amod => {
                s.head(w).is_some_and(|head| head > w)
            }
            _ => false,
        };
        let last = (head + 1..end).rev().find(|&w| !waits(w)).unwrap_or(head);
        start..last + 1
    }
}

#[cfg(test)]
mod tests {
    use crate::relations::tests::extract;

    /// The topic of the first relation of the type.
    #[track_caller]
    fn is_about(text: &str, kind: &str, wanted: &str) {
        let extraction = extract(text);
        let relation = extraction.relations.iter().find(|r| r.kind == kind);
        let relation = relation.unwrap_or_else(|| panic!("{text}\n  has no {kind}"));
        assert_eq!(relation.topic.map_or("", |topic| topic.of(text)), wanted, "{text}");
    }

    #[test]
    fn agreements_and_talks() {
        is_about("China reached an agreement with Japan on fishing rights.", "agreed_with", "fishing rights");
        is_about("China held talks with Japan about the border dispute.", "met", "the border dispute");
        is_about("Macron met Scholz on Monday to discuss energy prices.", "met", "energy prices");
    }

    #[test]
    fn accusations_criticism_and_praise() {
        is_about("Ukraine accused Russia of bombing a hospital.", "accuses", "bombing a hospital");
        is_about("Macron criticized Israel over the strikes.", "criticizes", "the strikes");
        is_about("Biden praised Qatar for its mediation on Friday.", "praises", "its mediation");
    }

    #[test]
    fn requests_warnings_and_threats_are_clauses() {
        is_about("Macron urged Russia to withdraw its troops.", "urges", "withdraw its troops");
        is_about("Macron called on Russia to publish daily reports by Friday.", "urges", "publish daily reports");
        is_about("China warned Japan about the deployment of missiles.", "warns", "the deployment of missiles");
        is_about("Washington warned Iran against enriching uranium.", "warns", "enriching uranium");
    }

    #[test]
    fn sanctions_and_protests_have_a_cause() {
        is_about("The United States imposed sanctions on Russia over the invasion.", "sanctions", "the invasion");
    }

    #[test]
    fn neither_dates_nor_ways_are_topics() {
        is_about("Macron met Scholz over lunch on Monday.", "met", "");
        is_about("Macron spoke with Putin on the phone.", "spoke_with", "");
    }
}
