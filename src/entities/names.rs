//! Names as the model tagged them, trimmed and made comparable.

use std::ops::Range;

use super::countries::{self, Naming};
use super::dictionary::{KnownName, spaced};
use super::text::{NameWord, is_name_word, is_title, word_key};
use crate::model::decode::TaggedMention;
use crate::model::labels::{MentionType, Upos};
use crate::syntax::Syntax;

/// One occurrence of a name.
#[derive(Clone, Debug)]
pub struct Name {
    pub tokens: Range<usize>,
    pub kind: MentionType,
    pub confidence: f32,
    /// As written, without a leading "the".
    pub text: String,
    /// Words for comparing, titles of persons left out.
    pub words: Vec<String>,
    /// Countries that the name may stand for.
    pub countries: &'static [(usize, Naming)],
    /// Names its country by its government ("Government of Mongolia").
    pub government: bool,
    /// The entry of the request's dictionary that it names.
    pub entry: Option<usize>,
}

impl Name {
    /// The words as one string: equal names have equal keys.
    pub fn key(&self) -> String {
        self.words.join(" ")
    }

    pub fn is_person(&self) -> bool {
        self.kind == MentionType::Person
    }

    /// Whether parts and variants of the name may be sought: not for works, products and sums.
    pub fn is_body(&self) -> bool {
        use MentionType::{Facility, Location, Norp, Organization};
        matches!(self.kind, Organization | Location | Facility | Norp)
    }

    /// Initials of the words, without small words and with them: "fcac" and "focac".
    pub fn initials(&self) -> Vec<String> {
        let large = |w: &&String| !is_name_word(w, NameWord::Initials);
        let first = |w: &String| w.chars().next();
        let mut initials: Vec<String> = vec![
            self.words.iter().filter(large).filter_map(first).collect(),
            self.words.iter().filter_map(first).collect(),
        ];
        initials.dedup();
        initials.retain(|i| i.chars().count() > 1);
        initials
    }

    /// The letters of an acronym ("IRNA", "U.N.", "MoRA", "NGOs"), in lower case; none for other names.
    pub fn acronym(&self) -> Option<String> {
        let singular = self.text.strip_suffix('s').unwrap_or(&self.text);
        let letters: String = singular.chars().filter(|c| c.is_alphabetic()).collect();
        let count = letters.chars().count();
        let large = letters.chars().filter(|c| c.is_uppercase()).count();
        let marks = singular.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '&' | '-' | '/'));
        let shape =
            (2..=8).contains(&count) && large > 1 && count - large <= 1 && singular.starts_with(char::is_uppercase);
        (marks && shape && !singular.contains(' ')).then(|| letters.to_lowercase())
    }
}

/// The tagged mentions that are names, trimmed, and the names of the dictionary, in the order of the text.
pub fn read(syntax: &Syntax<'_>, tagged: &[TaggedMention], known: &[KnownName]) -> Vec<Name> {
    let mut names: Vec<Name> = tagged
        .iter()
        .filter(|m| m.kind != MentionType::Date && m.tokens.end <= syntax.len())
        .filter_map(|m| Some(name(syntax, trim(syntax, m.tokens.clone())?, m.kind, m.confidence)))
        .filter(|n| !n.words.is_empty())
        .chain(known.iter().map(|k| known_name(syntax, k)))
        .collect();
    names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    names
}

/// A name of the dictionary stands as it is written, whatever it is made of.
fn known_name(syntax: &Syntax<'_>, known: &KnownName) -> Name {
    let name = name(syntax, known.tokens.clone(), known.kind, 1.0);
    let text = syntax.span(known.tokens.clone()).of(syntax.source);
    let words = if name.words.is_empty() { vec![text.to_lowercase()] } else { name.words };
    Name { text: spaced(text), words, entry: Some(known.entry), ..name }
}

fn name(syntax: &Syntax<'_>, tokens: Range<usize>, kind: MentionType, confidence: f32) -> Name {
    let first = word_key(syntax.form(tokens.start));
    // "The" stays part of a name that is written with it: "The Hague" in the middle of a sentence.
    let article = tokens.len() > 1
        && (first == "the" || first == "a")
        && (syntax.form(tokens.start) != "The"
            || syntax.sentence_tokens(syntax.sentence(tokens.start)).start == tokens.start);
    let mut bare = tokens.start + usize::from(article)..tokens.end;
    let mut written = bare.start;
    let key = |t: usize| word_key(syntax.form(t));
    if kind == MentionType::Person {
        // "Tan Sri" and "Dato Sri" are titles, "Tan" and "Sri" names.
        let sri = |t: usize| bare.contains(&t) && key(t) == "sri";
        let title = |&t: &usize| match key(t).as_str() {
            "tan" => sri(t + 1),
            "sri" => t > bare.start,
            word => word.is_empty() || is_title(word),
        };
        let titles = bare.clone().take_while(title).count();
        // A title alone stays: "the Pope".
        if titles < bare.len() {
            bare.start += titles;
        }
        // "King Abdullah" is called so, but compared without the title.
        written = if bare.len() > 1 { bare.start } else { written };
    }
    let text = syntax.span(written..bare.end).of(syntax.source).split_whitespace().collect::<Vec<_>>().join(" ");
    // "Abdel-Fattah" and "Abdel Fattah" are written alike.
    let parts = |t: usize| key(t).split('-').map(str::to_owned).collect::<Vec<_>>();
    let mut words: Vec<String> = bare.flat_map(parts).filter(|w| !w.is_empty() && w != "'s").collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    if kind == MentionType::Person
        && words.len() > 2
        && words.last().is_some_and(|w| matches!(w.as_str(), "jr" | "sr" | "ii" | "iii"))
    {
        words.pop();
    }
    let countries = match kind {
        MentionType::Location | MentionType::Organization | MentionType::Norp | MentionType::Misc => {
            countries::candidates(&text)
        }
        _ => &[],
    };
    let seat = government(&text).filter(|_| !matches!(kind, MentionType::Person | MentionType::Money));
    let countries = match seat {
        Some(country) => countries::candidates(country),
        // A language ("speaks Chinese") is no mention of its country.
        None if kind == MentionType::Misc && !countries.iter().any(|c| c.1 == Naming::Name) => &[],
        None => countries,
    };
    let government = seat.is_some() && !countries.is_empty();
    Name { tokens, kind, confidence, text, words, countries, government, entry: None }
}

/// The country whose government is named: "Government of Mongolia", "the Peruvian government".
fn government(text: &str) -> Option<&str> {
    ["Government of ", "government of "]
        .iter()
        .find_map(|start| text.strip_prefix(start))
        .or_else(|| [" Government", " government"].iter().find_map(|end| text.strip_suffix(end)))
}

/// Without the possessive, quotes and other marks at the edges.
fn trim(syntax: &Syntax<'_>, mut tokens: Range<usize>) -> Option<Range<usize>> {
    let stray = |t: usize| {
        let form = syntax.form(t);
        matches!(form, "'s" | "’s" | "'" | "’")
            || (syntax.upos(t) == Upos::Punct || form.len() == 1)
                && !form.chars().any(char::is_alphanumeric)
                && form != "$"
    };
    while !tokens.is_empty() && stray(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && stray(tokens.end - 1) {
        tokens.end -= 1;
    }
    (!tokens.is_empty()).then_some(tokens)
}
