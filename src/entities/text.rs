//! Names as written, made comparable.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Letters with marks, and what they are without them.
const MARKED: &[(&str, char)] = &[
    ("áàâäãåāăąạảấầẩẫậắằẳẵặ", 'a'),
    ("ÁÀÂÄÃÅĀĂĄ", 'A'),
    ("çćčĉ", 'c'),
    ("ÇĆČĈ", 'C'),
    ("ďđ", 'd'),
    ("ĎĐ", 'D'),
    ("éèêëēėęěẹẻẽếềểễệ", 'e'),
    ("ÉÈÊËĒĖĘĚ", 'E'),
    ("ğģĝ", 'g'),
    ("ĞĢĜ", 'G'),
    ("íìîïīįıĩịỉ", 'i'),
    ("ÍÌÎÏĪĮİ", 'I'),
    ("ķ", 'k'),
    ("łļľ", 'l'),
    ("ŁĻĽ", 'L'),
    ("ñńňņ", 'n'),
    ("ÑŃŇŅ", 'N'),
    ("óòôöõøōőọỏốồổỗộớờởỡợơ", 'o'),
    ("ÓÒÔÖÕØŌŐ", 'O'),
    ("řŕ", 'r'),
    ("Ř", 'R'),
    ("šśşșŝ", 's'),
    ("ŠŚŞȘ", 'S'),
    ("ťţț", 't'),
    ("ŤŢȚ", 'T'),
    ("úùûüūůűųũụủứừửữựư", 'u'),
    ("ÚÙÛÜŪŮŰŲ", 'U'),
    ("ýÿỳỷỹỵ", 'y'),
    ("Ý", 'Y'),
    ("žźż", 'z'),
    ("ŽŹŻ", 'Z'),
    ("’‘ʼ`", '\''),
    ("–—‐‑", '-'),
];

static PLAIN: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| MARKED.iter().flat_map(|(marked, plain)| marked.chars().map(|m| (m, *plain))).collect());

/// The text without accents, with plain quotes and hyphens.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars().map(|c| PLAIN.get(&c).copied().unwrap_or(c)).collect()
}

/// A word for comparing: folded, in lower case, without full stops; empty for hyphens and other marks.
pub fn word_key(word: &str) -> String {
    let mut key = fold(word).to_lowercase();
    key.retain(|c| c != '.' && c != '"');
    if key.chars().any(char::is_alphanumeric) || key == "&" { key } else { String::new() }
}

/// What a word in or beside a name says, from `data/name_words.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameWord {
    /// A title that only men have.
    Man,
    Woman,
    Honorific,
    /// "Inc.", "party": missing from the short form of an organisation's name.
    Organization,
    /// "county", "strip": missing from the short form of a place's name.
    Place,
    /// Left out of initials.
    Initials,
}

static NAME_WORDS: LazyLock<HashSet<(&'static str, NameWord)>> = LazyLock::new(|| {
    let mut words = HashSet::new();
    let mut section = None;
    for line in include_str!("../../data/name_words.txt").lines().filter(|l| !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = match name {
                "man" => Some(NameWord::Man),
                "woman" => Some(NameWord::Woman),
                "honorific" => Some(NameWord::Honorific),
                "organization" => Some(NameWord::Organization),
                "place" => Some(NameWord::Place),
                "initials" => Some(NameWord::Initials),
                _ => None,
            };
        } else if let Some(section) = section {
            words.extend(line.split_whitespace().map(|w| (w, section)));
        }
    }
    words
});

/// Whether the word, as [`word_key`] gives it, is of the class.
pub fn is_name_word(key: &str, class: NameWord) -> bool {
    NAME_WORDS.contains(&(key, class))
}

/// Whether the word is a title of a person.
pub fn is_title(key: &str) -> bool {
    [NameWord::Man, NameWord::Woman, NameWord::Honorific].iter().any(|&c| is_name_word(key, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_dots_make_no_difference() {
        assert_eq!(word_key("Erdoğan"), "erdogan");
        assert_eq!(word_key("U.N."), "un");
        assert_eq!(word_key("Xi’an"), "xi'an");
        assert_eq!(word_key("-"), "");
        assert!(is_title("mr") && !is_title("macron"));
        assert!(is_name_word("inc", NameWord::Organization));
    }
}
