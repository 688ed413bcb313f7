//! The words of an argument: its phrase as written, without the clauses, appositions and lists that hang on it.

use std::ops::Range;

use crate::syntax::{Deprel, Syntax, Upos};

/// Most words that are looked at on each side of the head.
const REACH: usize = 24;

/// Longest argument; a longer one loses what stands behind its head.
const LONGEST: usize = 20;

/// The words of the argument headed by `head`: one stretch, conjuncts and preposition left out.
pub fn argument(s: &Syntax<'_>, head: usize) -> Range<usize> {
    let kept = kept(s, head, true);
    let range = grow(s, head, &kept);
    if range.len() <= LONGEST { range } else { grow(s, head, &self::kept(s, head, false)) }
}

/// Whether each word from `head - REACH` on belongs to the phrase. `behind`: with what stands behind the head.
fn kept(s: &Syntax<'_>, head: usize, behind: bool) -> Vec<bool> {
    let first = head.saturating_sub(REACH);
    let mut kept = vec![false; head - first + REACH];
    let mut open = vec![head];
    while let Some(word) = open.pop() {
        kept[word - first] = true;
        let near = |c: usize| c >= first && c < first + kept.len() && (behind || c < head);
        open.extend(s.children(word).iter().copied().filter(|&c| near(c) && belongs(s, c, word, head)));
    }
    kept
}

/// The stretch of kept words round the head, over hyphens and quotation marks inside of it.
fn grow(s: &Syntax<'_>, head: usize, kept: &[bool]) -> Range<usize> {
    let first = head.saturating_sub(REACH);
    let sentence = s.sentence_tokens(s.sentence(head));
    let is_kept = |w: usize| w >= first && kept.get(w - first).copied().unwrap_or(false) && sentence.contains(&w);
    let bridge = |w: usize| matches!(s.form(w), "-" | "–" | "/" | "``" | "''" | "\"" | "“" | "”" | "'" | "`");
    let (mut start, mut end) = (head, head + 1);
    loop {
        if start > 0 && is_kept(start - 1) {
            start -= 1;
        } else if start > 1 && bridge(start - 1) && is_kept(start - 2) {
            start -= 2;
        } else {
            break;
        }
    }
    loop {
        if is_kept(end) {
            end += 1;
        } else if end + 1 < sentence.end && bridge(end) && is_kept(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    while end > head + 1 && matches!(s.upos(end - 1), Upos::Adp | Upos::Cconj | Upos::Punct) {
        end -= 1;
    }
    while start < head && matches!(s.upos(start), Upos::Cconj | Upos::Punct | Upos::Adp) {
        start += 1;
    }
    start..end
}

/// Whether `word` under `parent` is a part of the phrase of `head`.
fn belongs(s: &Syntax<'_>, word: usize, parent: usize, head: usize) -> bool {
    let own = parent == head;
    match s.deprel(word) {
        Deprel::Det
        | Deprel::DetPredet
        | Deprel::Nummod
        | Deprel::Compound
        | Deprel::CompoundPrt
        | Deprel::Flat
        | Deprel::NmodDesc
        | Deprel::NmodPoss
        | Deprel::Fixed
        | Deprel::Goeswith => true,
        Deprel::Amod => word < parent || !own,
        Deprel::Case => !own,
        Deprel::Nmod => s.case(word).is_some(),
        Deprel::NmodUnmarked => word < parent,
        Deprel::Advmod => word < parent && !matches!(s.lemma(word), "also" | "however" | "too" | "not" | "n't"),
        Deprel::Conj | Deprel::Cc | Deprel::CcPreconj => !own,
        Deprel::Obl | Deprel::OblUnmarked | Deprel::Obj => {
            s.upos(parent) != Upos::Verb && !own || matches!(s.deprel(parent), Deprel::Amod) && word < parent
        }
        Deprel::Punct => matches!(s.form(word), "-" | "–" | "/" | "$" | "%"),
        _ => false,
    }
}
