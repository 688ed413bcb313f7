//! Mentions to entities: names are grouped, then pronouns and descriptions are traced back to them.

mod countries;
pub mod dictionary;
mod gender;
mod groups;
mod links;
mod names;
mod nouns;
mod peoples;
mod reference;
mod salience;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

pub use countries::{Country, country_of};

use crate::extraction::{Entity, Link, Mention, MentionKind};
use crate::model::decode::TaggedMention;
use crate::model::labels::MentionType;
use crate::syntax::Syntax;
use countries::Naming;
use dictionary::Known;
use names::Name;
pub use reference::AntecedentScores;

/// What the document names, and where.
#[derive(Debug, Default)]
pub struct Entities {
    pub entities: Vec<Entity>,
    /// For each token: the entity that a name covering it names.
    pub of_token: Vec<Option<usize>>,
    /// Every mention, in the order of the text.
    pub mentions: Vec<MentionAt>,
}

/// A mention over the document's tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionAt {
    pub tokens: Range<usize>,
    /// Index into [`Entities::entities`].
    pub entity: usize,
    pub kind: MentionKind,
    /// The token that heads the mention.
    pub head: usize,
    /// As tagged; for pronouns and descriptions, the entity's type.
    pub mention_type: MentionType,
}

/// Groups the tagged names, and those of the request's dictionary, into entities and finds the pronouns and descriptions
/// that stand for them. No tagged name may overlap one of the dictionary.
///
/// An entity's confidence is the chance that at least one of its names is right, `1 - product(1 - c)`, at most 0.99, and 1
/// where the dictionary has it;
/// see `reference` for pronouns and descriptions, and `salience` for how central an entity is.
///
/// `scores`: how well a word fits as what another refers back to, by the network.
pub fn read<'a>(
    syntax: &'a Syntax<'a>,
    tagged: &[TaggedMention],
    known: &Known<'_>,
    scores: Option<&'a AntecedentScores<'a>>,
) -> Entities {
    let tagged = split_places(syntax, tagged);
    let names = names::read(syntax, &tagged, &known.names);
    let groups = groups::group(syntax, &names);
    let mut result = Entities { of_token: vec![None; syntax.len()], ..Entities::default() };
    let mut members: Vec<Vec<&Name>> = vec![Vec::new(); groups.country.len()];
    let mut confidence = Vec::new();
    for (name, &entity) in names.iter().zip(&groups.of_name) {
        members[entity].push(name);
        result.of_token[name.tokens.clone()].fill(Some(entity));
        let head = syntax.head_of(name.tokens.clone());
        let (tokens, kind, mention_type) = (name.tokens.clone(), MentionKind::Name, name.kind);
        result.mentions.push(MentionAt { tokens, entity, kind, head, mention_type });
        confidence.push(name.confidence);
    }
    let kinds: Vec<MentionType> =
        members.iter().zip(&groups.country).map(|(names, country)| kind(names, country.is_some())).collect();
    for ((names, country), kind) in members.iter().zip(&groups.country).zip(&kinds) {
        let mut entity = entity(result.entities.len(), names, *country, *kind);
        if let Some(entry) = entry(names) {
            entity.links.splice(0..0, known.link(entry));
            entity.confidence = 1.0;
        }
        result.entities.push(entity);
    }
    let peoples = peoples::split(&names, &groups, &mut result, &mut confidence);
    let found = reference::Reader::new(syntax, &names, &groups, &kinds, &result.of_token, scores).read();
    for reference in found {
        let head = syntax.head_of(reference.tokens.clone());
        let (entity, kind, mention_type) = (reference.entity, reference.kind, kinds[reference.entity]);
        result.mentions.push(MentionAt { tokens: reference.tokens, entity, kind, head, mention_type });
        confidence.push(reference.confidence);
    }
    let mut order: Vec<usize> = (0..result.mentions.len()).collect();
    order.sort_by_key(|&m| (result.mentions[m].tokens.start, result.mentions[m].tokens.end));
    for &m in &order {
        let mention = &result.mentions[m];
        let span = syntax.span(mention.tokens.clone());
        let entity = &mut result.entities[mention.entity];
        entity.mentions.push(Mention { span, kind: mention.kind, confidence: confidence[m] });
    }
    result.mentions = order.into_iter().map(|m| result.mentions[m].clone()).collect();
    salience::rate(syntax, &mut result);
    let mut countries = groups.country;
    countries.extend(peoples.iter().map(|&country| Some(country)));
    links::add(syntax, &mut result, &countries);
    in_order(&mut result);
    result
}

/// Numbers the entities in the order of their first mention.
fn in_order(entities: &mut Entities) {
    let mut order: Vec<usize> = (0..entities.entities.len()).collect();
    order.sort_by_key(|&e| (entities.entities[e].mentions.first().map(|m| m.span.start), e));
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
        entities.entities[old].id = format!("e{}", new + 1);
    }
    let mut all: Vec<Option<Entity>> = entities.entities.drain(..).map(Some).collect();
    entities.entities = order.iter().filter_map(|&old| all[old].take()).collect();
    entities.of_token.iter_mut().flatten().for_each(|e| *e = place[*e]);
    entities.mentions.iter_mut().for_each(|m| m.entity = place[m.entity]);
}

/// "Patras, Greece" names two places, and so does "Russia's Belgorod" (but not "King's Cross").
fn split_places(syntax: &Syntax<'_>, tagged: &[TaggedMention]) -> Vec<TaggedMention> {
    let is_place = |tokens: Range<usize>| {
        let text = syntax.span(tokens).of(syntax.source);
        !countries::candidates(text).is_empty() || links::is_place(text)
    };
    let mut split = Vec::with_capacity(tagged.len());
    for mention in tagged {
        let mut start = mention.tokens.start;
        if mention.kind == MentionType::Location {
            for at in mention.tokens.clone() {
                let parts = match syntax.form(at) {
                    "," => start < at,
                    "'s" | "’s" => start < at && is_place(start..at),
                    _ => false,
                };
                if parts && at + 1 < mention.tokens.end {
                    split.push(TaggedMention { tokens: start..at, ..mention.clone() });
                    start = at + 1;
                }
            }
        }
        split.push(TaggedMention { tokens: start..mention.tokens.end, ..mention.clone() });
    }
    split
}

fn entity(index: usize, names: &[&Name], country: Option<usize>, kind: MentionType) -> Entity {
    let miss: f32 = names.iter().map(|n| 1.0 - n.confidence).product();
    let link = country.and_then(countries::country).filter(|c| c.has_code()).map(|c| Link {
        scheme: "iso3166-1".to_owned(),
        id: c.iso2.to_owned(),
        name: c.name.to_owned(),
    });
    Entity {
        id: format!("e{}", index + 1),
        kind: kind.name().to_owned(),
        name: display_name(names, kind),
        mentions: Vec::new(),
        links: link.into_iter().collect(),
        salience: 0.0,
        confidence: (1.0 - miss).clamp(0.0, 0.99),
    }
}

fn is_demonym(name: &Name) -> bool {
    name.government || !name.countries.is_empty() && name.countries.iter().all(|c| c.1 == Naming::Demonym)
}

/// The entry of the dictionary that one of the names names; there is one at most.
fn entry(names: &[&Name]) -> Option<usize> {
    names.iter().find_map(|n| n.entry)
}

/// The type that the dictionary says, else the one that the names' tags give the most confidence to. A country is a place
/// if it is named at all, and otherwise a people.
fn kind(names: &[&Name], country: bool) -> MentionType {
    if let Some(known) = names.iter().find(|n| n.entry.is_some()) {
        return known.kind;
    }
    if country {
        let named = names.iter().any(|n| !is_demonym(n));
        return if named { MentionType::Location } else { MentionType::Norp };
    }
    let mut best = (MentionType::Misc, 0.0);
    for &kind in MentionType::ALL {
        // Longer names are tagged more reliably than their parts and acronyms.
        let weight: f32 = names
            .iter()
            .filter(|n| n.kind == kind)
            .map(|n| n.confidence * if n.words.len() > 1 { 1.5 } else { 1.0 })
            .sum();
        if weight > best.1 {
            best = (kind, weight);
        }
    }
    best.0
}

/// The longest way of writing the name: most words, then most letters. Nationalities name no country that is named
/// otherwise, and capitals throughout are for headlines.
fn display_name(names: &[&Name], kind: MentionType) -> String {
    let rank = |name: &&&Name| {
        let long = name.words.len() > 1 || name.text.len() > 4;
        let shouted = long && !name.text.chars().any(char::is_lowercase);
        let length = name.text.chars().count() as isize;
        // Of "Iranian" and "Iranians", the adjective.
        let length = if kind == MentionType::Norp { -length } else { length };
        (!is_demonym(name), name.kind == kind, !shouted, !name.government, name.words.len(), length)
    };
    let longest = names.iter().rev().max_by_key(rank);
    longest.map(|n| n.text.clone()).unwrap_or_default()
}
