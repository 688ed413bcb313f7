//! A document's words as trees: what the readers of entities and relations walk on.

mod clause;
pub mod lemma;
pub mod repair;

use std::ops::Range;

use crate::extraction::Span;
pub use crate::model::decode::Word;
pub use crate::model::labels::{Deprel, Upos, VerbForm};
use crate::text::Text;

/// The parsed document. Words are named by their index among the document's tokens.
pub struct Syntax<'a> {
    pub source: &'a str,
    pub text: &'a Text,
    pub words: Vec<Word>,
    lemmas: Vec<String>,
    children: Vec<Vec<usize>>,
    sentence: Vec<usize>,
}

impl<'a> Syntax<'a> {
    /// `words`: one for each token of `text`.
    pub fn new(source: &'a str, text: &'a Text, words: Vec<Word>) -> Self {
        let mut children = vec![Vec::new(); words.len()];
        let mut lemmas = Vec::with_capacity(words.len());
        for (index, word) in words.iter().enumerate() {
            if let Some(head) = word.head {
                children[head].push(index);
            }
            lemmas.push(lemma::lemma(text.tokens[index].span.of(source), word.upos, word.form));
        }
        let mut sentence = vec![0; words.len()];
        for (number, s) in text.sentences.iter().enumerate() {
            sentence[s.tokens.clone()].fill(number);
        }
        Self { source, text, words, lemmas, children, sentence }
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word as written.
    pub fn form(&self, word: usize) -> &'a str {
        self.text.tokens[word].span.of(self.source)
    }

    /// The word's dictionary form, in lower case.
    pub fn lemma(&self, word: usize) -> &str {
        &self.lemmas[word]
    }

    pub fn upos(&self, word: usize) -> Upos {
        self.words[word].upos
    }

    pub fn verb_form(&self, word: usize) -> VerbForm {
        self.words[word].form
    }

    pub fn head(&self, word: usize) -> Option<usize> {
        self.words[word].head
    }

    pub fn deprel(&self, word: usize) -> Deprel {
        self.words[word].deprel
    }

    /// Dependents of the word, in the order of the text.
    pub fn children(&self, word: usize) -> &[usize] {
        &self.children[word]
    }

    /// Dependents by one of the relations.
    pub fn dependents<'s>(&'s self, word: usize, relations: &'s [Deprel]) -> impl Iterator<Item = usize> + 's {
        self.children[word].iter().copied().filter(move |&c| relations.contains(&self.deprel(c)))
    }

    /// The first dependent by the relation.
    pub fn dependent(&self, word: usize, relation: Deprel) -> Option<usize> {
        self.children[word].iter().copied().find(|&c| self.deprel(c) == relation)
    }

    /// The word's preposition in lower case, all words of a fixed one ("because of").
    pub fn case(&self, word: usize) -> Option<String> {
        let case = self.dependents(word, &[Deprel::Case]).find(|&c| self.lemma(c) != "'s")?;
        let mut preposition = self.form(case).to_lowercase();
        for part in self.dependents(case, &[Deprel::Fixed]) {
            preposition.push(' ');
            preposition.push_str(&self.form(part).to_lowercase());
        }
        Some(preposition)
    }

    /// Number of the sentence that the word stands in.
    pub fn sentence(&self, word: usize) -> usize {
        self.sentence[word]
    }

    /// The tokens of a sentence.
    pub fn sentence_tokens(&self, sentence: usize) -> Range<usize> {
        self.text.sentences[sentence].tokens.clone()
    }

    pub fn span(&self, words: Range<usize>) -> Span {
        match (self.text.tokens.get(words.start), words.end.checked_sub(1).and_then(|l| self.text.tokens.get(l))) {
            (Some(first), Some(last)) if first.span.start <= last.span.end => {
                Span::new(first.span.start, last.span.end)
            }
            _ => Span::default(),
        }
    }

    /// First to last word of the word's subtree, leaving out dependents for which `skip` says so.
    pub fn subtree(&self, word: usize, skip: &dyn Fn(usize) -> bool) -> Range<usize> {
        let mut range = word..word + 1;
        let mut open = vec![word];
        while let Some(next) = open.pop() {
            range = range.start.min(next)..range.end.max(next + 1);
            open.extend(self.children(next).iter().copied().filter(|&c| !skip(c)));
        }
        range
    }

    /// Whether `word` is `ancestor` or below it.
    pub fn is_under(&self, word: usize, ancestor: usize) -> bool {
        let mut at = Some(word);
        while let Some(w) = at {
            if w == ancestor {
                return true;
            }
            at = self.head(w);
        }
        false
    }

    /// The word itself and what is coordinated with it ("A, B and C" from A).
    pub fn with_conjuncts(&self, word: usize) -> Vec<usize> {
        let mut all = vec![word];
        let mut at = 0;
        while at < all.len() {
            all.extend(self.dependents(all[at], &[Deprel::Conj]));
            at += 1;
        }
        all
    }

    /// The trees in CoNLL-U, with `misc` in the last column.
    pub fn conllu(&self, misc: impl Fn(usize) -> String) -> String {
        let mut out = String::new();
        for sentence in &self.text.sentences {
            for word in sentence.tokens.clone() {
                let number = |w: usize| w - sentence.tokens.start + 1;
                let head = self.head(word).map_or(0, number);
                let columns = [
                    number(word).to_string(),
                    self.form(word).to_owned(),
                    self.lemma(word).to_owned(),
                    self.upos(word).name().to_owned(),
                    if self.verb_form(word).name().is_empty() {
                        "_".to_owned()
                    } else {
                        self.verb_form(word).name().to_owned()
                    },
                    "_".to_owned(),
                    head.to_string(),
                    self.deprel(word).name().to_owned(),
                    "_".to_owned(),
                    misc(word),
                ];
                out.push_str(&columns.join("\t"));
                out.push('\n');
            }
            out.push('\n');
        }
        out
    }

    /// The word of a range that heads the others: the one whose own head lies outside.
    pub fn head_of(&self, words: Range<usize>) -> usize {
        repair::head_of(&self.words, words)
    }
}
