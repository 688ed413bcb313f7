//! Peoples apart from their countries: "Iranian" names the people, and stands for Iran where the text names Iran too.
//!
//! The country stays what relations are told of ("the Iranian minister" serves Iran), so the word is a mention of both:
//! the people's by name, the country's by description.

use super::groups::Groups;
use super::names::Name;
use super::{Entities, entity, is_demonym};
use crate::extraction::MentionKind;
use crate::model::labels::MentionType;

/// Gives every country that is named itself and by its people an entity for the people, behind all others; returns their
/// countries. `confidence`: of each mention.
pub fn split(names: &[Name], groups: &Groups, entities: &mut Entities, confidence: &mut Vec<f32>) -> Vec<usize> {
    let mut countries = Vec::new();
    let mut people_of: Vec<Option<usize>> = vec![None; groups.country.len()];
    let of_group = |group: usize| names.iter().zip(&groups.of_name).filter(move |(_, g)| **g == group).map(|(n, _)| n);
    for (group, country) in groups.country.iter().enumerate() {
        let Some(country) = *country else { continue };
        let (demonyms, others): (Vec<&Name>, Vec<&Name>) = of_group(group).partition(|n| is_people(n));
        if !demonyms.is_empty() && !others.is_empty() {
            let index = entities.entities.len();
            entities.entities.push(entity(index, &demonyms, Some(country), MentionType::Norp));
            people_of[group] = Some(index);
            countries.push(country);
        }
    }
    let mut further = Vec::new();
    for (mention, name) in entities.mentions.iter_mut().zip(names) {
        if let Some(people) = people_of[mention.entity].filter(|_| is_people(name)) {
            further.push(super::MentionAt { entity: people, mention_type: MentionType::Norp, ..mention.clone() });
            mention.kind = MentionKind::Nominal;
            confidence.push(name.confidence);
        }
    }
    entities.mentions.extend(further);
    countries
}

/// Whether the name is that of the people and not of the country's government ("Government of Iran").
fn is_people(name: &Name) -> bool {
    is_demonym(name) && !name.government
}
