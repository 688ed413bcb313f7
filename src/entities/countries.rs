//! Countries by their names and nationalities, from `data/countries.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::text::fold;

/// A country or territory.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code, or "-".
    pub iso2: &'static str,
    pub name: &'static str,
    /// Empty where there is none.
    pub capital: &'static str,
    /// Adjectives and nouns of nationality: "Iranian", "Iranians".
    pub demonyms: Vec<&'static str>,
}

impl Country {
    /// False for continents, parts of countries and peoples, which are listed for their adjectives alone.
    pub fn has_code(&self) -> bool {
        self.iso2 != "-"
    }
}

/// How a word names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    Name,
    /// A name that is as often something else, and needs support from the rest of the text.
    Doubtful,
    Demonym,
}

struct Table {
    countries: Vec<Country>,
    /// Words to the countries (indices) that they may name.
    words: HashMap<String, Vec<(usize, Naming)>>,
    by_code: HashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { countries: Vec::new(), words: HashMap::new(), by_code: HashMap::new() };
    for line in include_str!("../../data/countries.tsv").lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let [iso2, name, capital, others, demonyms] = fields[..] else { continue };
        let list = |field: &'static str| field.split('|').filter(|v| !v.is_empty()).collect::<Vec<_>>();
        let index = table.countries.len();
        let doubtful: Vec<&str> = list(others).iter().filter_map(|o| o.strip_suffix('?')).collect();
        let names = std::iter::once(name).chain(list(others)).filter(|w| !doubtful.contains(w)).map(|word| {
            let naming = if word.ends_with('?') { Naming::Doubtful } else { Naming::Name };
            (key(word.trim_end_matches('?')), naming)
        });
        for (word, naming) in names.chain(list(demonyms).into_iter().map(|d| (key(d), Naming::Demonym))) {
            let found = table.words.entry(word).or_default();
            // "U.S." and "US" are one word here.
            if !found.iter().any(|f| f.0 == index) {
                found.push((index, naming));
            }
        }
        if iso2 != "-" {
            table.by_code.insert(iso2, index);
        }
        table.countries.push(Country { iso2, name, capital, demonyms: list(demonyms) });
    }
    table
});

/// Lookup form: without "the", dots and accents; capitals stay, so that "US" is not "us".
fn key(word: &str) -> String {
    let word = word.trim();
    let word = word.strip_prefix("the ").or_else(|| word.strip_prefix("The ")).unwrap_or(word);
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    fold(word).replace('.', "")
}

/// Every country that the word may name.
pub(super) fn candidates(word: &str) -> &'static [(usize, Naming)] {
    let key = key(word);
    if let Some(found) = TABLE.words.get(&key) {
        return found;
    }
    // Headlines write names in capitals.
    if key.len() > 3 && key.chars().all(|c| !c.is_lowercase()) {
        let mut start = true;
        let title: String = key
            .chars()
            .map(|c| {
                let c = if start { c } else { c.to_ascii_lowercase() };
                start = !c.is_alphabetic();
                c
            })
            .collect();
        return TABLE.words.get(&title).map_or(&[], Vec::as_slice);
    }
    &[]
}

/// The country at an index that [`candidates`] gave.
pub(super) fn country(index: usize) -> Option<&'static Country> {
    TABLE.countries.get(index)
}

/// The country with an ISO 3166-1 alpha-2 code.
pub(super) fn by_code(iso2: &str) -> Option<&'static Country> {
    TABLE.by_code.get(iso2).and_then(|&index| country(index))
}

/// The one country that a name, an alias or a nationality stands for; none for words of several countries ("Korean").
pub fn country_of(name_or_demonym: &str) -> Option<&'static Country> {
    match candidates(name_or_demonym) {
        [(index, Naming::Name | Naming::Demonym)] => country(*index).filter(|c| c.has_code()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_aliases_and_nationalities_find_their_country() {
        for (word, iso2) in [
            ("Iran", "IR"),
            ("Iranians", "IR"),
            ("the United States", "US"),
            ("U.S.", "US"),
            ("American", "US"),
            ("UK", "GB"),
            ("Britain's", "GB"),
            ("RUSSIA", "RU"),
            ("SOUTH KOREA", "KR"),
            ("Turkiye", "TR"),
            ("Cote d’Ivoire", "CI"),
            ("Côte d'Ivoire", "CI"),
            ("Kosovo", "XK"),
            ("Saudi", "SA"),
            ("DRC", "CD"),
        ] {
            assert_eq!(country_of(word).map(|c| c.iso2), Some(iso2), "{word}");
        }
    }

    #[test]
    fn words_of_several_countries_find_none() {
        for word in ["Korean", "Congolese", "Dominican", "Georgia", "us", "Europe", "Scottish", ""] {
            assert_eq!(country_of(word), None, "{word}");
        }
    }
}
