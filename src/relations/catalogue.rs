//! The relation catalogue, out of `data/relations.toml`.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::examples::{self, Example};
use super::pattern::Pattern;
use crate::extraction::Code;

/// Name of the type of every relation outside of the catalogue.
pub const OPEN: &str = "open";

/// Scheme of the codes that are classes of events.
pub const PLOVER: &str = "plover";

const DATA: &str = include_str!("../../data/relations.toml");

/// What is wrong with a catalogue file.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    #[error("relation catalogue: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("relation catalogue, type {name}: {fault}")]
    Type { name: String, fault: String },
    #[error("relation examples: {0}")]
    ExamplesSyntax(toml::de::Error),
    #[error("relation examples, type {name}: {fault}")]
    Examples { name: String, fault: String },
}

/// Every relation type, and the patterns that express them by the word they start from.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub types: Vec<RelationType>,
    verbs: Triggers,
    nouns: Triggers,
    agents: Triggers,
    adjectives: Triggers,
}

/// Patterns by head lemma, each with the index of its type.
type Triggers = HashMap<String, Vec<(usize, Pattern)>>;

/// A type of relation.
#[derive(Clone, Debug, Default)]
pub struct RelationType {
    pub name: String,
    pub definition: String,
    pub symmetric: bool,
    pub codes: Vec<Code>,
    pub trigger_words: Vec<TriggerWords>,
    pub subject_types: Vec<String>,
    pub object_types: Vec<String>,
    /// The object may be a thing without a name.
    pub literal_object: bool,
    /// An object without a name must be a noun for a person or a group.
    pub animate_object: bool,
    /// Sentences that say it.
    pub examples: Vec<Example>,
}

impl RelationType {
    /// Whether it is something done, rather than a state or an affiliation.
    pub fn is_interaction(&self) -> bool {
        self.class().is_some()
    }

    /// The PLOVER class of the event that it is, if it is one.
    pub fn class(&self) -> Option<&str> {
        self.codes.iter().find(|c| c.scheme == PLOVER).map(|c| c.code.as_str())
    }
}

/// Words of one part of speech that express a relation, as the catalogue writes them.
#[derive(Clone, Debug, Default)]
pub struct TriggerWords {
    pub part_of_speech: String,
    pub words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: BTreeMap<String, Vec<String>>,
    r#type: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    definition: String,
    #[serde(default)]
    symmetric: bool,
    plover: Option<String>,
    wikidata: Option<String>,
    subject: Vec<String>,
    object: Vec<String>,
    #[serde(default)]
    literal_object: bool,
    #[serde(default)]
    animate_object: bool,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    agents: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
}

impl Catalogue {
    /// The catalogue that the binary carries.
    pub fn embedded() -> Result<Self, CatalogueError> {
        let mut catalogue = Self::parse(DATA)?;
        for examples in examples::embedded(|name| catalogue.find(name).is_some())? {
            if let Some(kind) = catalogue.find(&examples.name) {
                catalogue.types[kind].examples = examples.says;
            }
        }
        Ok(catalogue)
    }

    fn parse(data: &str) -> Result<Self, CatalogueError> {
        let file: File = toml::from_str(data)?;
        let mut catalogue = Self::default();
        for entry in file.r#type {
            let index = catalogue.types.len();
            let fault = |fault: String| CatalogueError::Type { name: entry.name.clone(), fault };
            if catalogue.find(&entry.name).is_some() || entry.name == OPEN {
                return Err(fault("stands twice".to_owned()));
            }
            let mut trigger_words = Vec::new();
            for (table, part, words) in [
                (&mut catalogue.verbs, "verb", &entry.verbs),
                (&mut catalogue.nouns, "event noun", &entry.nouns),
                (&mut catalogue.agents, "agent noun", &entry.agents),
                (&mut catalogue.adjectives, "adjective", &entry.adjectives),
            ] {
                for word in words {
                    let pattern = Pattern::parse(word).map_err(fault)?;
                    table.entry(pattern.head.clone()).or_default().push((index, pattern));
                }
                if !words.is_empty() {
                    trigger_words.push(TriggerWords { part_of_speech: part.to_owned(), words: words.clone() });
                }
            }
            let code = |scheme: &str, code: &Option<String>| {
                code.as_ref().map(|code| Code { scheme: scheme.to_owned(), code: code.clone() })
            };
            let expand = |names: &[String]| -> Vec<String> {
                names.iter().flat_map(|n| file.groups.get(n).cloned().unwrap_or_else(|| vec![n.clone()])).collect()
            };
            catalogue.types.push(RelationType {
                codes: code(PLOVER, &entry.plover).into_iter().chain(code("wikidata", &entry.wikidata)).collect(),
                subject_types: expand(&entry.subject),
                object_types: expand(&entry.object),
                name: entry.name,
                definition: entry.definition,
                symmetric: entry.symmetric,
                literal_object: entry.literal_object,
                animate_object: entry.animate_object,
                examples: Vec::new(),
                trigger_words,
            });
        }
        Ok(catalogue)
    }

    /// Index of the type of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.types.iter().position(|t| t.name == name)
    }

    /// Patterns that start from a verb of this lemma.
    pub fn verbs(&self, lemma: &str) -> &[(usize, Pattern)] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Patterns that start from a noun for an event of this lemma.
    pub fn nouns(&self, lemma: &str) -> &[(usize, Pattern)] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Patterns that start from a noun for the one who does it.
    pub fn agents(&self, lemma: &str) -> &[(usize, Pattern)] {
        self.agents.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Patterns that start from an adjective of this lemma.
    pub fn adjectives(&self, lemma: &str) -> &[(usize, Pattern)] {
        self.adjectives.get(lemma).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_catalogue_is_whole() {
        let catalogue = Catalogue::embedded().unwrap();
        assert_eq!(catalogue.types.len(), 64);
        for kind in &catalogue.types {
            assert!(!kind.definition.is_empty(), "{}", kind.name);
            let places = ["PERSON", "ORGANIZATION", "LOCATION", "FACILITY", "NORP", "PRODUCT", "MISC", "MONEY"];
            for name in kind.subject_types.iter().chain(&kind.object_types) {
                assert!(places.contains(&name.as_str()), "{}: {name}", kind.name);
            }
        }
        assert!(catalogue.types.iter().any(|kind| kind.name == "met" && !kind.examples.is_empty()));
        assert!(catalogue.verbs("meet").iter().any(|(t, _)| catalogue.types[*t].name == "met"));
    }

    #[test]
    fn a_broken_catalogue_says_which_type_is_at_fault() {
        let broken =
            "[groups]\n[[type]]\nname = \"x\"\ndefinition = \"d\"\nsubject = []\nobject = []\nverbs = [\"a b c\"]";
        assert_eq!(
            Catalogue::parse(broken).unwrap_err().to_string(),
            "relation catalogue, type x: \"a b c\" has two particles"
        );
    }
}
