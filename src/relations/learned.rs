//! Relations that the network reads between two mentions, and what becomes of a rule's candidate when it reads it too.

use std::ops::Range;

use super::argument::Resolved;
use super::{Candidate, Context, titles};
use crate::model::decode::PairReading;
use crate::syntax::Upos;

/// Name of the reader.
pub const RULE: &str = "pair head";

/// Least probability of a type that tells that a pair is related where one end has no name. Between two entities what the
/// decoder keeps is enough.
const WITHOUT_NAMES: f32 = 0.05;

/// What the network reads of a document's relations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Learned<'a> {
    pub pairs: &'a [PairReading],
    /// Index in the catalogue of each of the network's types.
    pub kinds: &'a [usize],
}

/// Appends a candidate for each type that the network finds likely between two mentions.
pub fn read(context: &Context<'_, '_>, found: &mut Vec<Candidate>) {
    for pair in context.learned.pairs {
        let kind = context.learned.kinds[pair.kind];
        // A type without entity types for its object takes titles, and no other does.
        let takes_titles = context.catalogue.types[kind].object_types.is_empty();
        if takes_titles != pair.is_title {
            continue;
        }
        let object = if pair.is_title { title(context, &pair.object) } else { end(context, &pair.object) };
        let (Some(subject), Some(object)) = (end(context, &pair.subject), object) else { continue };
        let noun = object.word;
        if pair.is_title && (titles::is_trade(context, noun) || titles::is_another_ones(context, noun, &subject)) {
            continue;
        }
        let trigger = pair.trigger.unwrap_or(object.word);
        found.push(Candidate {
            kind: Some(kind),
            trigger,
            network: pair.probability,
            score: 0.0,
            rule: RULE,
            ..Candidate::new(subject, object, trigger)
        });
    }
}

/// Whether a candidate too doubtful for its type still tells that its ends are related.
pub fn are_related(doubtful: &Candidate) -> bool {
    let named = |end: &Resolved| end.argument.entity.is_some();
    doubtful.score > 0.0 || doubtful.network >= WITHOUT_NAMES || named(&doubtful.subject) && named(&doubtful.object)
}

/// The entity or thing that a mention stands for, by its last word that does.
fn end(context: &Context<'_, '_>, words: &Range<usize>) -> Option<Resolved> {
    words.clone().next_back().map(|word| context.arguments.resolve(word))
}

/// The title without the words that don't belong to one ("former", "ex-"); none where what is left is only a name.
fn title(context: &Context<'_, '_>, words: &Range<usize>) -> Option<Resolved> {
    let s = context.syntax;
    let belongs = |w: &usize| s.upos(*w) != Upos::Adp && !titles::is_left_out(s.form(*w));
    let words = words.clone().find(belongs)?..words.end;
    let word = s.head_of(words.clone());
    if context.arguments.named(word).is_some() {
        return None;
    }
    Some(Resolved { word, argument: titles::written(context, words), confidence: 1.0 })
}
