//! The way through a sentence's tree from one end of a relation to the other, for a person who asks why it was read.

use crate::syntax::Syntax;

/// The path from subject to object through the trigger: "China <-nsubj- met -obj-> Iran". Between words of two trees
/// stands "..".
pub fn written(s: &Syntax<'_>, subject: usize, trigger: usize, object: usize) -> String {
    let mut path = s.form(subject).to_owned();
    walk(s, subject, trigger, &mut path);
    walk(s, trigger, object, &mut path);
    path
}

/// Appends the steps up to the word that both are under, and down from there.
fn walk(s: &Syntax<'_>, from: usize, to: usize, path: &mut String) {
    let above: Vec<usize> = std::iter::successors(Some(to), |&word| s.head(word)).collect();
    let mut at = from;
    let met = loop {
        if let Some(met) = above.iter().position(|&word| word == at) {
            break met;
        }
        let Some(head) = s.head(at) else {
            path.push_str(&format!(" .. {}", s.form(to)));
            return;
        };
        path.push_str(&format!(" <-{}- {}", s.deprel(at).name(), s.form(head)));
        at = head;
    };
    for &word in above[..met].iter().rev() {
        path.push_str(&format!(" -{}-> {}", s.deprel(word).name(), s.form(word)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Deprel, Upos, VerbForm, Word};

    /// The path in a tree of words, each with its head (counted from 1) and relation.
    fn path(words: &[(&str, usize, Deprel)], ends: [usize; 3]) -> String {
        let source = words.iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
        let text = crate::text::read(&source);
        let word = |&(_, head, deprel): &(&str, usize, Deprel)| Word {
            upos: Upos::X,
            form: VerbForm::Other,
            head: usize::checked_sub(head, 1),
            deprel,
            confidence: 1.0,
        };
        let syntax = Syntax::new(&source, &text, words.iter().map(word).collect());
        written(&syntax, ends[0], ends[1], ends[2])
    }

    #[test]
    fn a_path_goes_up_to_the_trigger_and_down_again() {
        let tree = [("China", 2, Deprel::Nsubj), ("met", 0, Deprel::Root), ("Iran", 2, Deprel::Obj)];
        assert_eq!(path(&tree, [0, 1, 2]), "China <-nsubj- met -obj-> Iran");
    }

    #[test]
    fn a_trigger_below_the_verb_is_passed_through() {
        let tree = [
            ("China", 2, Deprel::Nsubj),
            ("held", 0, Deprel::Root),
            ("talks", 2, Deprel::Obj),
            ("Iran", 3, Deprel::Nmod),
        ];
        assert_eq!(path(&tree, [0, 2, 3]), "China <-nsubj- held -obj-> talks -nmod-> Iran");
    }

    #[test]
    fn words_of_two_trees_are_set_apart() {
        let tree = [("Xi", 0, Deprel::Root), ("president", 0, Deprel::Root)];
        assert_eq!(path(&tree, [0, 1, 1]), "Xi .. president");
    }
}
