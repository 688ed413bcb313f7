//! Abbreviations, and words that begin sentences after them. The lists are in `data/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What the full stop of an abbreviation says; `data/abbreviations.txt` explains each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Title,
    Name,
    Calendar,
    General,
    Number,
}

/// No abbreviation is longer than this in bytes, so longer words are not looked up.
const LONGEST: usize = 12;

struct Entry {
    class: Class,
    capital: bool,
}

static ABBREVIATIONS: LazyLock<HashMap<String, Vec<Entry>>> =
    LazyLock::new(|| match parse(include_str!("../../data/abbreviations.txt")) {
        Ok(entries) => entries,
        // The file is compiled in and a test reads it, so this is a broken build, not bad input.
        Err(message) => panic!("data/abbreviations.txt: {message}"),
    });

static STARTERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/sentence-starters.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

fn parse(data: &str) -> Result<HashMap<String, Vec<Entry>>, String> {
    let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
    let mut class = None;
    for (number, line) in data.lines().enumerate() {
        let number = number + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            class = Some(match name {
                "title" => Class::Title,
                "name" => Class::Name,
                "calendar" => Class::Calendar,
                "general" => Class::General,
                "number" => Class::Number,
                other => return Err(format!("line {number}: no such class: {other}")),
            });
            continue;
        }
        let Some(class) = class else {
            return Err(format!("line {number}: words before the first class"));
        };
        for word in line.split_whitespace() {
            if word.len() > LONGEST || word.ends_with('.') {
                return Err(format!("line {number}: too long, or with its full stop: {word}"));
            }
            let capital = word.starts_with(char::is_uppercase);
            let same_word = entries.entry(word.to_lowercase()).or_default();
            if same_word.iter().any(|entry| entry.capital == capital) {
                return Err(format!("line {number}: listed twice: {word}"));
            }
            same_word.push(Entry { class, capital });
        }
    }
    Ok(entries)
}

/// The class of `word`, which stands without its last full stop; an exact capital counts before a lower-case entry.
pub(super) fn class(word: &str) -> Option<Class> {
    if word.len() > LONGEST {
        return None;
    }
    let entries = ABBREVIATIONS.get(&word.to_lowercase())?;
    let capital = word.starts_with(char::is_uppercase);
    let fits = |entry: &&Entry| entry.capital == capital || !entry.capital;
    entries.iter().filter(fits).max_by_key(|entry| entry.capital == capital).map(|entry| entry.class)
}

/// Whether `word`, found with a capital, usually begins a sentence.
pub(super) fn is_starter(word: &str) -> bool {
    word.len() <= LONGEST && word.starts_with(char::is_uppercase) && STARTERS.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_load() {
        assert_eq!(parse(include_str!("../../data/abbreviations.txt")).err(), None);
        assert!(is_starter("The") && !is_starter("the") && !is_starter("President"));
    }

    #[test]
    fn a_capital_in_the_list_asks_for_a_capital() {
        assert_eq!(class("Gen"), Some(Class::Title));
        assert_eq!(class("GEN"), Some(Class::Title));
        assert_eq!(class("gen"), None);
        assert_eq!(class("Etc"), Some(Class::General));
        assert_eq!(class("dog"), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let error = |data| parse(data).err().unwrap_or_default();
        assert_eq!(error("Mr"), "line 1: words before the first class");
        assert_eq!(error("[title]\nMr Mr"), "line 2: listed twice: Mr");
        assert_eq!(error("# x\n[titel]"), "line 2: no such class: titel");
        assert_eq!(error("[title]\nMr."), "line 2: too long, or with its full stop: Mr.");
    }
}
