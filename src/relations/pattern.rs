//! Trigger patterns: the small language in which the catalogue says what words express a relation.
//!
//! The language is described at the head of `data/relations.toml`.

/// Words that introduce an argument; every other word of a pattern is a particle.
const PREPOSITIONS: &[&str] = &[
    "about",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "between",
    "by",
    "for",
    "from",
    "in",
    "into",
    "near",
    "of",
    "on",
    "over",
    "through",
    "to",
    "toward",
    "towards",
    "upon",
    "with",
];

/// Where a pattern's object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The direct object (the subject of a passive), or behind one of the prepositions where there are any.
    Here,
    /// Object of the verb below.
    ComplementObject,
    /// Subject of the clause below.
    ComplementSubject,
}

/// The direct object that a pattern asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectObject {
    /// Whether there is one makes no difference.
    Free,
    /// One of these lemmas.
    OneOf(Vec<String>),
    Any,
    None,
}

/// One way to say a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Lemma of the word that the pattern starts from.
    pub head: String,
    /// What direct object the verb must have.
    pub with_object: DirectObject,
    pub particle: Option<String>,
    pub prepositions: Vec<String>,
    pub place: Place,
    /// Subject and object change places.
    pub swapped: bool,
}

impl Pattern {
    /// Reads a pattern; says what is wrong with one that can't be read.
    pub fn parse(written: &str) -> Result<Self, String> {
        let (swapped, rest) = match written.strip_prefix('~') {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let mut words = rest.split_whitespace();
        let head = words.next().ok_or_else(|| format!("{written:?} has no word"))?.to_owned();
        let mut pattern = Self {
            head,
            with_object: DirectObject::Free,
            particle: None,
            prepositions: Vec::new(),
            place: Place::Here,
            swapped,
        };
        for word in words {
            let options = || word.trim_start_matches(':').split('|').map(str::to_owned).collect::<Vec<_>>();
            match word {
                ">" => pattern.place = Place::ComplementObject,
                "^" => pattern.place = Place::ComplementSubject,
                ":*" => pattern.with_object = DirectObject::Any,
                ":-" => pattern.with_object = DirectObject::None,
                _ if word.starts_with(':') => pattern.with_object = DirectObject::OneOf(options()),
                _ if options().iter().all(|w| PREPOSITIONS.contains(&w.as_str())) => pattern.prepositions = options(),
                _ if pattern.particle.is_none() => pattern.particle = Some(word.to_owned()),
                _ => return Err(format!("{written:?} has two particles")),
            }
        }
        Ok(pattern)
    }

    /// How much the pattern asks for: of two that fit a word, the one that asks for more is right.
    pub fn weight(&self) -> usize {
        let carried = matches!(self.with_object, DirectObject::OneOf(_) | DirectObject::Any);
        2 * usize::from(carried)
            + 2 * usize::from(self.particle.is_some())
            + usize::from(!self.prepositions.is_empty())
            + usize::from(self.place != Place::Here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_part_by_part() {
        let pattern = Pattern::parse("hold :talk|meeting with|between").unwrap();
        assert_eq!((pattern.head.as_str(), pattern.swapped, pattern.weight()), ("hold", false, 3));
        assert_eq!(pattern.with_object, DirectObject::OneOf(vec!["talk".to_owned(), "meeting".to_owned()]));
        assert_eq!(pattern.prepositions, ["with", "between"]);
        let pattern = Pattern::parse("step down from").unwrap();
        assert_eq!((pattern.particle.as_deref(), pattern.prepositions[0].as_str()), (Some("down"), "from"));
        assert!(Pattern::parse("~lose to").unwrap().swapped);
        assert_eq!(Pattern::parse("return :* to").unwrap().with_object, DirectObject::Any);
        assert_eq!(Pattern::parse("return :- to").unwrap().with_object, DirectObject::None);
        assert_eq!(Pattern::parse("refuse >").unwrap().place, Place::ComplementObject);
        assert!(Pattern::parse("~").is_err());
        assert!(Pattern::parse("shut right down").is_err());
    }
}
