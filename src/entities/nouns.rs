//! Common nouns for things that have names, from `data/descriptions.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::gender::Gender;

/// What a noun may stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noun {
    pub person: bool,
    pub organization: bool,
    pub country: bool,
    /// A place that is no country.
    pub place: bool,
    pub facility: bool,
    pub gender: Option<Gender>,
    /// Stands for any entity of its type, not only for one that the text has called so.
    pub any: bool,
}

static NOUNS: LazyLock<HashMap<&'static str, Noun>> = LazyLock::new(|| {
    let mut nouns = HashMap::new();
    for line in include_str!("../../data/descriptions.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(word), Some(kinds), Some(gender)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let mut noun = Noun { any: fields.next() == Some("any"), ..Noun::default() };
        for kind in kinds.split(',') {
            match kind {
                "PERSON" => noun.person = true,
                "ORGANIZATION" => noun.organization = true,
                "COUNTRY" => noun.country = true,
                "PLACE" => noun.place = true,
                "FACILITY" => noun.facility = true,
                _ => {}
            }
        }
        noun.gender = match gender {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            _ => None,
        };
        nouns.insert(word, noun);
    }
    nouns
});

/// The noun with this dictionary form.
pub fn noun(lemma: &str) -> Option<&'static Noun> {
    NOUNS.get(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_say_what_they_stand_for() {
        assert!(noun("minister").is_some_and(|n| n.person && !n.organization));
        assert!(noun("island").is_some_and(|n| n.country && n.place));
        assert!(noun("company").is_some_and(|n| n.any) && noun("government").is_some_and(|n| !n.any));
        assert_eq!(noun("actress").and_then(|n| n.gender), Some(Gender::Female));
        assert_eq!(noun("table"), None);
    }
}
