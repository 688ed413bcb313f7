//! Cities, subdivisions of countries and their identifiers, from `data/places.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::entities::text::fold;

/// A city, or a state, province or region.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// GeoNames id of a city, ISO 3166-2 code of a subdivision.
    pub id: &'static str,
    pub name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Code of the subdivision that it is or lies in; "-" where unknown.
    pub unit: &'static str,
    /// Thousands of people in the city; 0 for subdivisions.
    pub people: u32,
    pub capital: bool,
    pub is_city: bool,
}

struct Table {
    places: Vec<Place>,
    by_name: HashMap<String, Vec<u32>>,
    /// Subdivisions by their codes.
    units: HashMap<&'static str, u32>,
    /// ISO 3166-1 code to Wikidata id.
    countries: HashMap<&'static str, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../../data/places.tsv")).0);

/// The table, and what is wrong with which line.
fn read(source: &'static str) -> (Table, String) {
    let mut table =
        Table { places: Vec::new(), by_name: HashMap::new(), units: HashMap::new(), countries: HashMap::new() };
    let mut faults = String::new();
    for (number, line) in source.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let (place, others) = match fields[..] {
            ["C", iso2, wikidata] => {
                table.countries.insert(iso2, wikidata);
                continue;
            }
            ["S", id, name, others] if id.len() > 3 => {
                table.units.insert(id, table.places.len() as u32);
                let country = &id[..2];
                (Place { id, name, country, unit: id, people: 0, capital: false, is_city: false }, others)
            }
            ["P", id, name, country, unit, people, capital, others] if people.parse::<u32>().is_ok() => {
                let people = people.parse().unwrap_or(0);
                (Place { id, name, country, unit, people, capital: capital == "capital", is_city: true }, others)
            }
            _ => {
                faults.push_str(&format!("places.tsv:{}: no country, subdivision or city: {line:?}\n", number + 1));
                continue;
            }
        };
        let index = table.places.len() as u32;
        for name in std::iter::once(place.name).chain(others.split('|').filter(|o| !o.is_empty())) {
            let found = table.by_name.entry(key(name)).or_default();
            if !found.contains(&index) {
                found.push(index);
            }
        }
        table.places.push(place);
    }
    (table, faults)
}

/// Words that say what kind of subdivision a name is of: "Anbar province", "the state of Texas".
const UNITS: &[&str] = &[
    "province",
    "state",
    "governorate",
    "oblast",
    "region",
    "department",
    "prefecture",
    "district",
    "canton",
    "county",
];

/// Lookup form: folded, in small letters, without "the", dots and apostrophes.
pub fn key(name: &str) -> String {
    let mut key = fold(name.trim()).to_lowercase().replace('-', " ");
    key = key.strip_suffix("'s").unwrap_or(&key).to_owned();
    key.retain(|c| c != '.' && c != '\'');
    key.strip_prefix("the ").map_or(key.clone(), str::to_owned)
}

/// Every place that a name may be of. A name that says what it is of ("Anbar province") is of subdivisions alone.
pub fn candidates(name: &str) -> Vec<&'static Place> {
    let key = key(name);
    let find = |key: &str| TABLE.by_name.get(key).map_or(&[][..], Vec::as_slice);
    let places = |found: &'static [u32]| found.iter().map(|&i| &TABLE.places[i as usize]);
    let found = find(&key);
    if !found.is_empty() {
        return places(found).collect();
    }
    let unit = UNITS.iter().find_map(|unit| {
        let before = key.strip_suffix(unit).and_then(|k| k.strip_suffix(' '));
        before.or_else(|| key.strip_prefix(unit).and_then(|k| k.strip_prefix(" of ")))
    });
    unit.map_or(Vec::new(), |bare| places(find(bare)).filter(|p| !p.is_city).collect())
}

/// The name of the subdivision with an ISO 3166-2 code.
pub fn unit_name(code: &str) -> Option<&'static str> {
    TABLE.units.get(code).map(|&i| TABLE.places[i as usize].name)
}

/// The country's item in Wikidata, by its ISO 3166-1 code.
pub fn wikidata_of(iso2: &str) -> Option<&'static str> {
    TABLE.countries.get(iso2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_place() {
        assert_eq!(read(include_str!("../../../data/places.tsv")).1, "");
        let faults = read("P\t1\tParis\tFR\t-\tmany\t\t").1;
        assert!(faults.starts_with("places.tsv:1:"), "{faults}");
    }

    #[test]
    fn accents_capitals_and_dots_make_no_difference() {
        for (name, id) in
            [("SAO PAULO", "3448439"), ("São Paulo", "3448439"), ("Kiev", "703448"), ("N'Djamena", "2427123")]
        {
            assert!(candidates(name).iter().any(|p| p.id == id), "{name}: {:?}", candidates(name));
        }
        assert!(candidates("D.C.").iter().any(|p| p.id == "US-DC"));
    }

    #[test]
    fn the_word_province_asks_for_a_subdivision() {
        let ids: Vec<&str> = candidates("Khyber Pakhtunkhwa province").iter().map(|p| p.id).collect();
        assert_eq!(ids, ["PK-KP"]);
        assert_eq!(candidates("the state of Texas").iter().map(|p| p.id).collect::<Vec<_>>(), ["US-TX"]);
    }
}
