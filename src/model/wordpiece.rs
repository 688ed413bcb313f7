//! Words to word pieces, as BERT's uncased tokeniser makes them, and the case shape that the lower-casing loses.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::LoadError;

/// Longest run of characters that is looked up piece by piece; longer ones are unknown, as in BERT.
const LONGEST: usize = 100;
/// A word keeps at most this many pieces: its first stands for it, and a long URL must not crowd out its sentence.
const MOST_PIECES: usize = 32;

/// The vocabulary of word pieces.
pub struct WordPiece {
    ids: HashMap<Box<str>, i32>,
    /// Pieces that continue a word, without their `##`.
    continued: HashMap<Box<str>, i32>,
    pub cls: i32,
    pub sep: i32,
    unknown: i32,
}

impl WordPiece {
    /// Reads a vocabulary of one piece a line.
    pub fn new(vocabulary: &str) -> Result<Self, LoadError> {
        let (mut ids, mut continued) = (HashMap::new(), HashMap::new());
        for (id, piece) in (0..).zip(vocabulary.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) => continued.insert(rest.into(), id),
                None => ids.insert(Box::from(piece), id),
            };
        }
        let special = |name: &'static str| ids.get(name).copied().ok_or(LoadError::Vocabulary(name));
        let (cls, sep, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        Ok(Self { ids, continued, cls, sep, unknown })
    }

    /// Appends the pieces of a word: at least one.
    pub fn encode(&self, word: &str, pieces: &mut Vec<i32>) {
        let before = pieces.len();
        let mut run = String::new();
        for c in normalised(word) {
            if c.is_whitespace() {
                self.encode_run(&mut run, pieces);
            } else if is_separate(c) {
                self.encode_run(&mut run, pieces);
                run.push(c);
                self.encode_run(&mut run, pieces);
            } else {
                run.push(c);
            }
            if pieces.len() - before >= MOST_PIECES {
                break;
            }
        }
        self.encode_run(&mut run, pieces);
        if pieces.len() == before {
            pieces.push(self.unknown);
        }
        pieces.truncate(before + MOST_PIECES);
    }

    /// Longest piece first, from the left; a run with a part that no piece covers is unknown as a whole.
    fn encode_run(&self, run: &mut String, pieces: &mut Vec<i32>) {
        if run.is_empty() {
            return;
        }
        let before = pieces.len();
        let mut rest = run.as_str();
        if rest.chars().count() > LONGEST {
            pieces.push(self.unknown);
            rest = "";
        }
        while !rest.is_empty() {
            let table = if pieces.len() == before { &self.ids } else { &self.continued };
            let ends = rest.char_indices().map(|(i, c)| i + c.len_utf8()).collect::<Vec<_>>();
            let longest = ends.iter().rev().find_map(|&end| table.get(&rest[..end]).map(|&id| (id, end)));
            let Some((id, end)) = longest else {
                pieces.truncate(before);
                pieces.push(self.unknown);
                break;
            };
            pieces.push(id);
            rest = &rest[end..];
        }
        run.clear();
    }
}

/// Lower case without accents and control characters.
fn normalised(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars()
        .filter(|&c| c != '\u{fffd}' && c.general_category_group() != GeneralCategoryGroup::Other)
        .nfd()
        .filter(|c| c.general_category() != GeneralCategory::NonspacingMark)
        .flat_map(char::to_lowercase)
}

/// Characters that are a word of their own: punctuation and Chinese characters.
fn is_separate(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
        || matches!(u32::from(c),
            0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F
            | 0x2B820..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// Case shape of a word: 1 lower, 2 Capitalised, 3 CAPITALS, 4 one capital, 5 miXed, 6 with a digit, 7 no letter;
/// 8 more for the pieces after its first (0 is kept for the pieces that are no word's).
pub fn shape(word: &str, continued: bool) -> i32 {
    let (mut letters, mut capitals, mut first, mut digit) = (0, 0, false, false);
    for c in word.chars() {
        digit |= c.general_category() == GeneralCategory::DecimalNumber;
        if c.general_category_group() == GeneralCategoryGroup::Letter {
            first |= letters == 0 && c.is_uppercase();
            letters += 1;
            capitals += usize::from(c.is_uppercase());
        }
    }
    let kind = match (letters, capitals) {
        _ if digit => 6,
        (0, _) => 7,
        (_, 0) => 1,
        (1, _) => 4,
        (all, upper) if all == upper => 3,
        (_, 1) if first => 2,
        _ => 5,
    };
    kind + if continued { 8 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_case_apart() {
        for (word, want) in [
            ("peace", 1),
            ("China", 2),
            ("UN", 3),
            ("U.S.", 3),
            ("J.", 4),
            ("A", 4),
            ("iPhone", 5),
            ("McDonald", 5),
            ("2023", 6),
            ("G20", 6),
            (",", 7),
            ("东京", 1),
            ("", 7),
        ] {
            assert_eq!(shape(word, false), want, "{word}");
        }
        assert_eq!(shape("Müller", true), 10);
    }
}
