//! A request's own names, found in the text as they are written.
//!
//! The names are sorted, and from each token on the list is narrowed token by token to those that the text goes on to
//! spell, so that time grows with the text and hardly with the dictionary.

use std::collections::HashMap;
use std::ops::Range;

use crate::extraction::{DictionaryEntry, Link};
use crate::model::labels::MentionType;
use crate::text::{Text, Token};

/// Names of a dictionary in a document, in the order of the text.
#[derive(Debug, Default)]
pub struct Known<'a> {
    pub names: Vec<KnownName>,
    entries: &'a [DictionaryEntry],
}

/// One occurrence of a dictionary's name.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownName {
    pub tokens: Range<usize>,
    pub kind: MentionType,
    /// Index of the entry; of entries with the same identifier, of the first.
    pub entry: usize,
}

/// An entry whose type is none that an entity may have.
#[derive(Debug, thiserror::Error)]
#[error("entry {index}: unknown type {kind:?}")]
pub struct UnknownType {
    pub index: usize,
    pub kind: String,
}

impl Known<'_> {
    /// Whether a name of the dictionary has one of the tokens.
    pub fn overlaps(&self, tokens: &Range<usize>) -> bool {
        let next = self.names.partition_point(|name| name.tokens.end <= tokens.start);
        self.names.get(next).is_some_and(|name| name.tokens.start < tokens.end)
    }

    /// The caller's identifier for the entry; none where it gave none.
    pub fn link(&self, entry: usize) -> Option<Link> {
        let entry = self.entries.get(entry).filter(|entry| !entry.id.is_empty())?;
        Some(Link { scheme: entry.scheme.clone(), id: entry.id.clone(), name: entry.text.clone() })
    }
}

/// Finds the names of the entries; of those that overlap the first, of those that begin together the longest.
pub fn find<'a>(source: &str, text: &Text, entries: &'a [DictionaryEntry]) -> Result<Known<'a>, UnknownType> {
    let mut known = Known { names: Vec::new(), entries };
    if entries.is_empty() {
        return Ok(known);
    }
    let names = Names::new(entries);
    let kinds = kinds(entries)?;
    let first = first_of_each(entries);
    for sentence in &text.sentences {
        let line = Line::new(source, &text.tokens[sentence.tokens.clone()]);
        let mut at = 0;
        while at < line.tokens.len() {
            let Some((end, entry)) = names.longest(&line, at) else {
                at += 1;
                continue;
            };
            let tokens = sentence.tokens.start + at..sentence.tokens.start + end;
            known.names.push(KnownName { tokens, kind: kinds[entry], entry: first[entry] });
            at = end;
        }
    }
    Ok(known)
}

fn kinds(entries: &[DictionaryEntry]) -> Result<Vec<MentionType>, UnknownType> {
    let kind = |(index, entry): (usize, &DictionaryEntry)| {
        let kind = MentionType::from_name(&entry.kind).filter(|&kind| kind != MentionType::Date);
        kind.ok_or_else(|| UnknownType { index, kind: entry.kind.clone() })
    };
    entries.iter().enumerate().map(kind).collect()
}

/// For each entry the first one with its identifier: they are one thing.
fn first_of_each(entries: &[DictionaryEntry]) -> Vec<usize> {
    let mut first = HashMap::new();
    let of_entry = |(index, entry): (usize, &'_ DictionaryEntry)| match entry.id.is_empty() {
        true => index,
        false => *first.entry((entry.scheme.clone(), entry.id.clone())).or_insert(index),
    };
    entries.iter().enumerate().map(of_entry).collect()
}

/// A name for comparing: any white space is one space.
pub fn spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every name with its entry, sorted.
struct Names(Vec<(String, usize)>);

impl Names {
    fn new(entries: &[DictionaryEntry]) -> Self {
        let of_entry = |(index, entry): (usize, &DictionaryEntry)| {
            let names: Vec<_> =
                std::iter::once(&entry.text).chain(&entry.aliases).map(|n| (spaced(n), index)).collect();
            names
        };
        let mut names: Vec<_> = entries.iter().enumerate().flat_map(of_entry).collect();
        names.sort_unstable();
        names.dedup_by(|next, one| next.0 == one.0);
        Self(names)
    }

    /// The end of the longest name that begins with the token, and its entry.
    fn longest(&self, line: &Line, first: usize) -> Option<(usize, usize)> {
        let begin = line.tokens[first].start;
        let mut left = &self.0[..];
        let mut best = None;
        let mut read = 0;
        for (at, token) in line.tokens.iter().enumerate().skip(first) {
            let next = &line.text[begin + read..token.end];
            let named = |words: &str| left.binary_search_by(|(name, _)| name[read..].cmp(words)).ok();
            // "Acme Corp" is named by "Acme Corp." too.
            let bare = next.strip_suffix('.').filter(|word| word.ends_with(char::is_alphanumeric));
            if let Some(name) = named(next).or_else(|| bare.and_then(named)) {
                best = Some((at + 1, left[name].1));
            }
            let from = left.partition_point(|(name, _)| &name[read..] < next);
            let count = left[from..].partition_point(|(name, _)| name[read..].starts_with(next));
            left = &left[from..from + count];
            read = token.end - begin;
            if left.is_empty() {
                break;
            }
        }
        best
    }
}

/// A sentence with its white space made even.
struct Line {
    text: String,
    /// Where each token stands in `text`.
    tokens: Vec<Range<usize>>,
}

impl Line {
    fn new(source: &str, tokens: &[Token]) -> Self {
        let mut line = Self { text: String::new(), tokens: Vec::with_capacity(tokens.len()) };
        let mut end = None;
        for token in tokens {
            if end.is_some_and(|end: usize| source[end..token.span.start].contains(char::is_whitespace)) {
                line.text.push(' ');
            }
            let start = line.text.len();
            line.text.push_str(token.span.of(source));
            line.tokens.push(start..line.text.len());
            end = Some(token.span.end);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str, id: &str, aliases: &[&str]) -> DictionaryEntry {
        DictionaryEntry {
            text: text.to_owned(),
            kind: "ORGANIZATION".to_owned(),
            id: id.to_owned(),
            scheme: "dictionary".to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        }
    }

    /// The names found, each with its entry.
    fn found(source: &str, entries: &[DictionaryEntry]) -> Vec<(String, usize)> {
        let text = crate::text::read(source);
        let known = find(source, &text, entries).expect("known types");
        let written = |tokens: &Range<usize>| {
            source[text.tokens[tokens.start].span.start..text.tokens[tokens.end - 1].span.end].to_owned()
        };
        known.names.iter().map(|name| (written(&name.tokens), name.entry)).collect()
    }

    #[test]
    fn the_longest_of_several_names_is_meant() {
        let entries =
            [entry("Acme", "1", &[]), entry("Acme Rail Works", "2", &[]), entry("Rail Works Union", "3", &[])];
        let names = found("Acme Rail Works left Acme Rail, the Rail Works Union said.", &entries);
        let names: Vec<_> = names.iter().map(|(name, entry)| (name.as_str(), *entry)).collect();
        assert_eq!(names, [("Acme Rail Works", 1), ("Acme", 0), ("Rail Works Union", 2)]);
    }

    #[test]
    fn names_stand_between_the_bounds_of_tokens_and_in_their_own_case() {
        let entries = [entry("Ann", "1", &[])];
        assert_eq!(found("Annual ANN and ann; Joann. Ann-led.", &entries), [("Ann".to_owned(), 0)]);
    }

    #[test]
    fn white_space_is_even_and_the_last_full_stop_may_be_missing() {
        let entries = [entry("Acme  Corp", "1", &[])];
        let names = found("Acme  Corp. paid Acme\tCorp and Acme\u{a0}Corp's bank.", &entries);
        assert_eq!(names.len(), 3, "{names:?}");
    }

    #[test]
    fn aliases_and_entries_of_one_identifier_are_one_thing() {
        let entries = [entry("Zeta", "z", &["Z Group"]), entry("Omega", "", &[]), entry("Zed", "z", &[])];
        let entries: Vec<usize> = found("Zeta, Z Group, Omega, Zed.", &entries).into_iter().map(|f| f.1).collect();
        assert_eq!(entries, [0, 0, 1, 0]);
    }

    #[test]
    fn a_name_does_not_run_over_the_end_of_a_sentence() {
        assert!(found("He works for Acme.\n\nCorp taxes rose.", &[entry("Acme. Corp", "1", &[])]).is_empty());
    }

    #[test]
    fn an_unknown_type_is_told() {
        let entries = [DictionaryEntry { kind: "ALIEN".to_owned(), ..entry("Zog", "1", &[]) }];
        let error = find("Zog", &crate::text::read("Zog"), &entries).expect_err("no such type");
        assert_eq!(error.to_string(), "entry 0: unknown type \"ALIEN\"");
    }
}
