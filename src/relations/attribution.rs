//! Who says so: the speaker of a reporting verb over the clause, "according to X", or of the quotation round it.

use std::ops::Range;
use std::sync::LazyLock;

use super::argument::{Arguments, Resolved};
use super::frame::Frames;
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Syntax, Upos};

static REPORTING: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(include_str!("../../data/reporting.txt")));

const DEPTH: usize = 8;

/// The source of a statement and the words that report it.
#[derive(Clone, Debug)]
pub struct Source {
    pub speaker: Resolved,
    pub cue: usize,
}

/// A stretch inside quotation marks, and who says it.
struct Quotation {
    words: Range<usize>,
    source: Option<Source>,
}

/// Finds sources in one document.
pub struct Attributions<'s, 'a> {
    syntax: &'s Syntax<'a>,
    arguments: &'s Arguments<'s, 'a>,
    quotations: Vec<Quotation>,
}

impl<'s, 'a> Attributions<'s, 'a> {
    pub fn new(syntax: &'s Syntax<'a>, arguments: &'s Arguments<'s, 'a>) -> Self {
        let mut made = Self { syntax, arguments, quotations: Vec::new() };
        made.quotations = quotations(syntax)
            .into_iter()
            .map(|words| Quotation { source: made.speaker_of_quotation(&words), words })
            .collect();
        made
    }

    /// Who says what `predicate` says; none where the writer does.
    pub fn of(&self, predicate: usize) -> Option<Source> {
        self.in_sentence(predicate).or_else(|| self.in_quotation(predicate))
    }

    fn quotation(&self, word: usize) -> Option<&Quotation> {
        let at = self.quotations.partition_point(|q| q.words.end <= word);
        self.quotations.get(at).filter(|q| q.words.contains(&word))
    }

    fn in_quotation(&self, predicate: usize) -> Option<Source> {
        self.quotation(predicate)?.source.clone()
    }

    fn in_sentence(&self, predicate: usize) -> Option<Source> {
        let s = self.syntax;
        let mut at = predicate;
        for _ in 0..DEPTH {
            if let Some(source) = self.according_to(at) {
                return Some(source);
            }
            let head = s.head(at)?;
            // Who asks somebody to do it says so; who promises to does not.
            let asked = s.deprel(at) == Deprel::Xcomp && s.dependent(head, Deprel::Obj).is_some();
            let below = asked || matches!(s.deprel(at), Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl);
            if below
                && head != predicate
                && let Some(source) = self.reported_by(head, at)
            {
                return Some(source);
            }
            // "..., X said": the reporting clause hangs below what it reports.
            if let Some(source) = self.inserted(at, predicate) {
                return Some(source);
            }
            at = head;
        }
        self.inserted(at, predicate).or_else(|| self.according_to(at))
    }

    /// The speaker of `verb`, if it reports what stands at `below`.
    fn reported_by(&self, verb: usize, below: usize) -> Option<Source> {
        let s = self.syntax;
        let reports = REPORTING.contains(s.lemma(verb)) && s.upos(verb) == Upos::Verb;
        let accused = matches!(s.lemma(verb), "accuse" | "suspect" | "blame");
        if !reports || s.deprel(below) == Deprel::Advcl && !accused {
            return None;
        }
        self.speaker(verb)
    }

    fn speaker(&self, verb: usize) -> Option<Source> {
        let frames = Frames { syntax: self.syntax };
        let speaker = frames.agents(verb).into_iter().next()?;
        let mut resolved = self.arguments.resolve(speaker);
        if resolved.argument.entity.is_none() {
            resolved = self
                .arguments
                .inside(speaker)
                .into_iter()
                .next()
                .filter(|r| is_person_of(self.syntax, speaker, r))
                .unwrap_or(resolved);
        }
        Some(Source { speaker: resolved, cue: verb })
    }

    /// A reporting clause that hangs on `word` as parataxis.
    fn inserted(&self, word: usize, predicate: usize) -> Option<Source> {
        let s = self.syntax;
        let clause = s.dependents(word, &[Deprel::Parataxis]).find(|&c| {
            REPORTING.contains(s.lemma(c))
                && s.upos(c) == Upos::Verb
                && !s.is_under(predicate, c)
                && s.dependent(c, Deprel::Ccomp).is_none()
        })?;
        self.speaker(clause)
    }

    fn according_to(&self, word: usize) -> Option<Source> {
        let s = self.syntax;
        let parts = [Deprel::Obl, Deprel::Nmod, Deprel::Advcl];
        let says = |w: &usize| {
            let cue = s.dependents(*w, &[Deprel::Case, Deprel::Mark]).next();
            cue.is_some_and(|c| s.form(c).eq_ignore_ascii_case("according"))
        };
        let source = s.dependents(word, &parts).find(says)?;
        let cue = s.dependents(source, &[Deprel::Case, Deprel::Mark]).next()?;
        Some(Source { speaker: self.arguments.resolve(source), cue })
    }

    /// The reporting verb whose own clause touches the quotation: in its first or last sentence, outside of the marks.
    fn speaker_of_quotation(&self, words: &Range<usize>) -> Option<Source> {
        let s = self.syntax;
        let last = s.sentence(words.end.saturating_sub(1));
        let first = s.sentence(words.start);
        for sentence in [last, first] {
            let verbs = s.sentence_tokens(sentence).filter(|w| !words.contains(w));
            for verb in verbs.filter(|&w| s.upos(w) == Upos::Verb && REPORTING.contains(s.lemma(w))) {
                if let Some(source) = self.speaker(verb).filter(|x| x.speaker.argument.entity.is_some()) {
                    return Some(source);
                }
            }
        }
        None
    }
}

/// "Wang's spokesman said": the name inside stands for the speaker only where the speaker is a thing, not a person.
fn is_person_of(s: &Syntax<'_>, speaker: usize, inside: &Resolved) -> bool {
    matches!(
        s.lemma(speaker),
        "report" | "statement" | "letter" | "ministry" | "office" | "agency" | "study" | "survey"
    ) && inside.argument.entity.is_some()
}

/// Stretches between matching quotation marks, in order; one that is not closed ends with its paragraph.
fn quotations(s: &Syntax<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for word in 0..s.len() {
        let paragraph = s.text.sentences[s.sentence(word)].paragraph;
        if let Some((start, _)) = open.filter(|(_, p)| *p != paragraph) {
            found.push(start..word);
            open = None;
        }
        match (s.form(word), open) {
            ("“" | "\"" | "``" | "«" | "„", None) => open = Some((word + 1, paragraph)),
            ("”" | "\"" | "''" | "»" | "“", Some((start, _))) => {
                found.push(start..word);
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|(start, _)| start..s.len()));
    // Short stretches are scare quotes and titles.
    found.retain(|words| words.len() > 3);
    found
}
