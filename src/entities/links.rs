//! Identifiers outside of the document: what a knowledge graph joins entities by.
//!
//! A link says what the entity is, never where it lies: a city has its GeoNames id, a subdivision its ISO 3166-2 code,
//! a country its ISO 3166-1 code and Wikidata id, a head of state or government the office. A name is linked only where
//! the text or common use leaves one reading; two that fit leave it without a link:
//!
//! - What follows a comma decides: "Paris, Texas" is in Texas or nothing. Then "Texas" is the state.
//! - By itself a city's name means the one of 100,000 people or more that is ten times as large as each namesake, but
//!   for a text that names a namesake's subdivision and not its own; twice as large is enough for a capital, but for a
//!   text that names a namesake's country and not its own.
//! - Of others, the one whose subdivision, or else whose country, the text names.
//! - A name of a city and of its subdivision means the city if that is a capital or has a million people.
//! - A subdivision needs its country in the text, but for those of [`KNOWN_ALONE`].
//! - A person needs the full name, and the country in the text.

use std::collections::{BTreeMap, HashSet};

use super::countries;
use super::{Entities, MentionAt};
use crate::extraction::{Link, MentionKind};
use crate::model::labels::MentionType;
use crate::syntax::Syntax;
use places::Place;

mod officials;
mod places;
#[cfg(test)]
mod tests;

/// Countries whose subdivisions are written about without the country.
const KNOWN_ALONE: &[&str] = &["US", "GB", "CA", "AU", "DE", "IN", "CN"];
/// Smallest city, in thousands of people, that a name means by itself.
const KNOWN_CITY: u32 = 100;
/// And one that it means rather than the subdivision of that name.
const LARGE_CITY: u32 = 1000;

/// Adds links to the entities; `country` is the country, if any, of each of them.
pub fn add(syntax: &Syntax<'_>, result: &mut Entities, country: &[Option<usize>]) {
    let linker = Linker::new(syntax, result, country);
    let found: Vec<Option<&Place>> = (0..result.entities.len()).map(|e| linker.place(e)).collect();
    // "Atlanta, Georgia" settles both.
    let qualifiers = linker.qualifiers.iter().flat_map(|(city, named)| named.iter().map(move |n| (*city, n.entity)));
    let mut settled = found.clone();
    for (city, qualifier) in qualifiers {
        if let (Some(city), None) = (found[city], found[qualifier]) {
            settled[qualifier] = linker.candidates[qualifier].iter().copied().find(|p| p.id == city.unit);
        }
    }
    for (entity, place) in settled.into_iter().enumerate() {
        let links = match (linker.country_of[entity], place) {
            (Some(iso2), _) => {
                places::wikidata_of(iso2).map(|id| link("wikidata", id, country_name(iso2))).into_iter().collect()
            }
            (None, Some(place)) => vec![place_link(place)],
            (None, None) => linker.offices(result, entity),
        };
        // A dictionary may have said so already.
        let known = &mut result.entities[entity].links;
        let new = |l: &Link, known: &[Link]| !known.iter().any(|k| k.scheme == l.scheme && k.id == l.id);
        for link in links {
            if new(&link, known) {
                known.push(link);
            }
        }
    }
}

/// Whether the gazetteer has a place of this name.
pub fn is_place(name: &str) -> bool {
    !places::candidates(name).is_empty()
}

fn link(scheme: &str, id: &str, name: impl Into<String>) -> Link {
    Link { scheme: scheme.to_owned(), id: id.to_owned(), name: name.into() }
}

fn country_name(iso2: &str) -> &str {
    countries::by_code(iso2).map_or(iso2, |c| c.name)
}

/// "Houston, Texas, United States".
fn place_link(place: &Place) -> Link {
    let unit = places::unit_name(place.unit).filter(|&u| place.is_city && u != place.name);
    let name: Vec<&str> = [Some(place.name), unit, Some(country_name(place.country))].into_iter().flatten().collect();
    link(if place.is_city { "geonames" } else { "iso3166-2" }, place.id, name.join(", "))
}

struct Linker {
    /// ISO 3166-1 code of each entity that is a country.
    country_of: Vec<Option<&'static str>>,
    /// What each entity may be by its name.
    candidates: Vec<Vec<&'static Place>>,
    /// Whether its name is a country's as well: "Georgia".
    doubtful: Vec<bool>,
    /// Entities named after a comma behind a name of the entity.
    qualifiers: BTreeMap<usize, Vec<Qualifier>>,
    countries: HashSet<&'static str>,
    /// Codes of subdivisions named.
    units: HashSet<&'static str>,
}

impl Linker {
    fn new(syntax: &Syntax<'_>, result: &Entities, country: &[Option<usize>]) -> Self {
        let coded = |c: &Option<usize>| c.and_then(countries::country).filter(|c| c.has_code()).map(|c| c.iso2);
        let country_of: Vec<Option<&'static str>> = country.iter().map(coded).collect();
        let place = |e: usize| result.entities[e].kind == MentionType::Location.name() && country_of[e].is_none();
        let name = |e: usize| result.entities[e].name.as_str();
        let candidates: Vec<Vec<&Place>> =
            (0..country.len()).map(|e| if place(e) { candidates(name(e)) } else { Vec::new() }).collect();
        let of_country = |e: usize| countries::candidates(name(e)).iter().any(|c| coded(&Some(c.0)).is_some());
        let doubtful: Vec<bool> = (0..country.len()).map(of_country).collect();
        // A name that is a city's or a country's as well ("Victoria") tells of no state.
        let units = candidates.iter().zip(&doubtful).filter_map(|(c, doubtful)| match c[..] {
            [one] if !one.is_city && !doubtful => Some(one.id),
            _ => None,
        });
        let (countries, units) = (country_of.iter().flatten().copied().collect(), units.collect());
        Self { country_of, qualifiers: qualifiers(syntax, &result.mentions), candidates, doubtful, countries, units }
    }

    fn place(&self, entity: usize) -> Option<&'static Place> {
        let mut fits = self.candidates[entity].clone();
        for qualifier in self.qualifiers.get(&entity).into_iter().flatten() {
            let (units, country) = (&self.candidates[qualifier.entity], self.country_of[qualifier.entity]);
            let units: Vec<&str> = units.iter().filter(|p| !p.is_city).map(|p| p.id).collect();
            let mut inside = fits.clone();
            inside.retain(|p| country == Some(p.country) || units.contains(&p.unit) && p.is_city);
            // "England, Scotland and Wales" lie beside each other.
            if units.is_empty() && country.is_none() || inside.is_empty() && qualifier.listed {
                continue;
            }
            if country.is_none() || inside.len() < 2 {
                return one(&inside);
            }
            fits = inside;
        }
        if self.doubtful[entity] {
            return None;
        }
        let (cities, units): (Vec<&Place>, Vec<&Place>) = fits.iter().partition(|p| p.is_city);
        let unit = self.unit(&units);
        match self.city(&cities) {
            Some(city) => {
                let rival = units.iter().any(|u| u.country == city.country || Some(*u) == unit);
                (!rival || city.capital || city.people >= LARGE_CITY).then_some(city)
            }
            None => unit.filter(|_| cities.is_empty()),
        }
    }

    fn city(&self, cities: &[&'static Place]) -> Option<&'static Place> {
        let largest = cities.iter().copied().max_by_key(|p| p.people)?;
        let rest: Vec<&Place> = cities.iter().copied().filter(|p| p.id != largest.id).collect();
        let in_country = |p: &Place| self.countries.contains(p.country);
        let in_unit = |p: &Place| self.units.contains(p.unit);
        let outstanding = rest.iter().all(|p| {
            let other_named = in_country(p) && !in_country(largest);
            p.people * 10 <= largest.people || largest.capital && p.people * 2 <= largest.people && !other_named
        });
        if outstanding {
            let known = largest.people >= KNOWN_CITY || in_country(largest) || in_unit(largest);
            return Some(largest).filter(|l| known && (in_unit(l) || !rest.iter().any(|p| in_unit(p))));
        }
        let in_units: Vec<&Place> = cities.iter().copied().filter(|p| in_unit(p)).collect();
        let in_countries: Vec<&Place> = cities.iter().copied().filter(|p| in_country(p)).collect();
        if in_units.is_empty() { one(&in_countries) } else { one(&in_units) }
    }

    fn unit(&self, units: &[&'static Place]) -> Option<&'static Place> {
        let named: Vec<&Place> = units.iter().copied().filter(|u| self.countries.contains(u.country)).collect();
        one(&named).or_else(|| one(units).filter(|u| KNOWN_ALONE.contains(&u.country)))
    }

    /// The offices of a person called by the full name.
    fn offices(&self, result: &Entities, entity: usize) -> Vec<Link> {
        let person = &result.entities[entity];
        if person.kind != MentionType::Person.name() {
            return Vec::new();
        }
        let offices = officials::offices(&person.name);
        let mut links = Vec::new();
        for office in offices.iter().filter(|o| self.countries.contains(o.country)) {
            if office.wikidata != "-" {
                links.push(link("wikidata", office.wikidata, office.name));
            }
            let id = format!("{}/{}/{}", office.country, office.office, office.since);
            let words = office.office.replace('-', " ");
            let name = format!("{}, {words} of {} from {}", office.name, country_name(office.country), office.since);
            links.push(link("office", &id, name));
        }
        let mut seen = HashSet::new();
        links.retain(|l| seen.insert(l.id.clone()));
        links
    }
}

/// The places of a name; "SAN" is an acronym, not San in Mali.
fn candidates(name: &str) -> Vec<&'static Place> {
    let acronym = name.len() <= 3 && !name.contains(char::is_lowercase);
    places::candidates(name).into_iter().filter(|p| !p.is_city || !acronym).collect()
}

fn one(places: &[&'static Place]) -> Option<&'static Place> {
    match places {
        [one] => Some(one),
        _ => None,
    }
}

/// A name that stands after a comma, or in brackets, right behind another one.
struct Qualifier {
    entity: usize,
    /// More names follow, as in a list.
    listed: bool,
}

/// For each entity: what stands right behind its names.
fn qualifiers(syntax: &Syntax<'_>, mentions: &[MentionAt]) -> BTreeMap<usize, Vec<Qualifier>> {
    let names: Vec<&MentionAt> = mentions.iter().filter(|m| m.kind == MentionKind::Name).collect();
    // "A, B", "A and B", "A, and B"
    let joined = |a: &MentionAt, b: &MentionAt| {
        let between = a.tokens.end..b.tokens.start;
        (1..=2).contains(&between.len()) && between.clone().all(|t| matches!(syntax.form(t), "," | "and" | "or"))
    };
    let mut found: BTreeMap<usize, Vec<Qualifier>> = BTreeMap::new();
    for (at, pair) in names.windows(2).enumerate() {
        let between = pair[0].tokens.end..pair[1].tokens.start;
        if between.len() == 1 && matches!(syntax.form(between.start), "," | "(") && pair[0].entity != pair[1].entity {
            let before = at > 0 && joined(names[at - 1], pair[0]);
            let listed = before || names.get(at + 2).is_some_and(|next| joined(pair[1], next));
            found.entry(pair[0].entity).or_default().push(Qualifier { entity: pair[1].entity, listed });
        }
    }
    found
}
