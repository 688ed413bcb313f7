//! How central each entity is to its document.
//!
//! `0.5 * share + 0.3 * earliness + 0.2 * subjects`, each from 0 to 1: the mentions as a share of those of the most
//! mentioned entity; how early the first mention stands, by sentences; and the share of mentions that are subjects.

use super::Entities;
use crate::syntax::{Deprel, Syntax};

/// Sets the salience of every entity.
pub fn rate(syntax: &Syntax<'_>, entities: &mut Entities) {
    let count = entities.entities.len();
    let (mut mentions, mut subjects) = (vec![0usize; count], vec![0usize; count]);
    let mut first = vec![usize::MAX; count];
    for mention in &entities.mentions {
        mentions[mention.entity] += 1;
        subjects[mention.entity] += usize::from(is_subject(syntax.deprel(mention.head)));
        first[mention.entity] = first[mention.entity].min(syntax.sentence(mention.head));
    }
    let most = mentions.iter().copied().max().unwrap_or(1).max(1) as f32;
    let sentences = syntax.text.sentences.len().max(1) as f32;
    for (index, entity) in entities.entities.iter_mut().enumerate() {
        let n = mentions[index] as f32;
        let early = 1.0 - (first[index] as f32 / sentences).min(1.0);
        entity.salience = 0.5 * n / most + 0.3 * early + 0.2 * subjects[index] as f32 / n.max(1.0);
    }
}

/// Whether the relation is that of a subject.
pub fn is_subject(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
}
