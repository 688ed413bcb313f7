//! Word lists: data files of one entry a line, `#` before a comment.

use std::collections::HashSet;

/// A set of words or phrases in lower case.
pub struct Lexicon {
    entries: HashSet<&'static str>,
}

impl Lexicon {
    /// Reads a list; a line may hold several entries with commas between.
    pub fn new(data: &'static str) -> Self {
        let lines = data.lines().filter(|l| !l.starts_with('#'));
        let entries = lines.flat_map(|l| l.split(',')).map(str::trim).filter(|e| !e.is_empty());
        Self { entries: entries.collect() }
    }

    pub fn contains(&self, entry: &str) -> bool {
        self.entries.contains(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_on_lines_or_between_commas() {
        let list = Lexicon::new("# words, with a comment\nforces\narmy, government\n");
        assert!(list.contains("army") && list.contains("forces") && !list.contains("words"));
    }
}
