//! Trees made to agree with themselves, where the best arcs one by one do not.

use std::ops::Range;

use super::{Deprel, Upos, Word};

/// How far before a title the words that link its phrase may stand.
const REACH: usize = 32;

/// Mends a document's trees. `names`: the words of each person's name.
pub fn repair(words: &mut [Word], names: &[Range<usize>]) {
    for name in names {
        let head = head_of(words, name.clone());
        name_heads_title(words, name, head);
        joined_name_is_conjunct(words, head);
    }
    second_subject_is_object(words);
    lift_crossing_clauses(words);
}

/// The word of a range that heads the others.
pub(super) fn head_of(words: &[Word], range: Range<usize>) -> usize {
    let outside = |&w: &usize| words[w].head.is_none_or(|h| !range.contains(&h));
    range.clone().rev().find(outside).unwrap_or(range.start)
}

/// "minister X": the name heads, the title right before it describes it.
fn name_heads_title(words: &mut [Word], name: &Range<usize>, head: usize) {
    let Some(title) = words[head].head else { return };
    let apart = title + 1 != name.start || title >= head;
    if apart || !matches!(words[head].deprel, Deprel::Flat | Deprel::Appos) || words[title].upos == Upos::Verb {
        return;
    }
    words[head].head = words[title].head;
    words[head].deprel = words[title].deprel;
    words[title].head = Some(head);
    words[title].deprel = Deprel::NmodDesc;
    // What links the phrase to the rest hangs on its new head.
    for child in &mut words[title.saturating_sub(REACH)..title] {
        let linking = matches!(child.deprel, Deprel::Case | Deprel::Cc | Deprel::Cop | Deprel::Mark | Deprel::Conj);
        if child.head == Some(title) && linking {
            child.head = Some(head);
        }
    }
}

/// A name with "and" before it is a conjunct of what it hangs on.
fn joined_name_is_conjunct(words: &mut [Word], head: usize) {
    let first = head.saturating_sub(8);
    let joined = (first..head).any(|w| words[w].deprel == Deprel::Cc && words[w].head == Some(head));
    let nominal = words[head].head.is_some_and(|h| h < head && matches!(words[h].upos, Upos::Propn | Upos::Noun));
    if joined && nominal && matches!(words[head].deprel, Deprel::NmodDesc | Deprel::Flat | Deprel::Appos) {
        words[head].deprel = Deprel::Conj;
    }
}

/// A verb with a subject before it has no second one behind it: that is its object.
fn second_subject_is_object(words: &mut [Word]) {
    let mut before = vec![false; words.len()];
    for word in 0..words.len() {
        let (Some(head), Deprel::Nsubj) = (words[word].head, words[word].deprel) else { continue };
        if word < head {
            before[head] = true;
        } else if before[head] && words[head].upos == Upos::Verb {
            words[word].deprel = Deprel::Obj;
        }
    }
}

/// A clause whose arc crosses the predicate above its head belongs to that predicate ("..., X said, blaming Y").
fn lift_crossing_clauses(words: &mut [Word]) {
    for word in 0..words.len() {
        if words[word].deprel != Deprel::Advcl {
            continue;
        }
        for _ in 0..4 {
            let above = words[word].head.and_then(|head| words[head].head.map(|above| (head, above)));
            let Some((_, above)) = above.filter(|&(head, above)| head < above && above < word) else { break };
            words[word].head = Some(above);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::labels::VerbForm;

    fn words(rows: &[(Upos, usize, Deprel)]) -> Vec<Word> {
        let word = |&(upos, head, deprel): &(Upos, usize, Deprel)| Word {
            upos,
            form: VerbForm::Other,
            head: head.checked_sub(1),
            deprel,
            confidence: 1.0,
        };
        rows.iter().map(word).collect()
    }

    #[test]
    fn the_second_subject_of_a_verb_is_its_object() {
        let mut tree =
            words(&[(Upos::Propn, 2, Deprel::Nsubj), (Upos::Verb, 0, Deprel::Root), (Upos::Propn, 2, Deprel::Nsubj)]);
        repair(&mut tree, &[]);
        assert_eq!(tree[2].deprel, Deprel::Obj);
    }

    #[test]
    fn a_name_heads_the_title_before_it() {
        let mut tree = words(&[
            (Upos::Verb, 0, Deprel::Root),
            (Upos::Adp, 3, Deprel::Case),
            (Upos::Noun, 1, Deprel::Obl),
            (Upos::Propn, 3, Deprel::Flat),
        ]);
        let name = 3..4;
        repair(&mut tree, std::slice::from_ref(&name));
        assert_eq!((tree[3].head, tree[3].deprel), (Some(0), Deprel::Obl));
        assert_eq!((tree[2].head, tree[2].deprel), (Some(3), Deprel::NmodDesc));
        assert_eq!(tree[1].head, Some(3));
    }

    #[test]
    fn a_clause_behind_the_reporting_verb_hangs_on_it() {
        let mut tree = words(&[
            (Upos::Verb, 3, Deprel::Ccomp),
            (Upos::Propn, 3, Deprel::Nsubj),
            (Upos::Verb, 0, Deprel::Root),
            (Upos::Verb, 1, Deprel::Advcl),
        ]);
        repair(&mut tree, &[]);
        assert_eq!(tree[3].head, Some(2));
    }
}
