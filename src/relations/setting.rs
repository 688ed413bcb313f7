//! Where a relation happened, and the words that its circumstances hang on.

use super::{Candidate, Context, events};
use crate::extraction::Argument;
use crate::syntax::{Deprel, Upos};

/// What stands before a place; "on" only before a facility, as otherwise it is mostly the object's ("called on Spain").
const PREPOSITIONS: &[&str] = &["in", "at", "near", "on", "outside", "inside"];

/// Types without a PLOVER class that happen somewhere, too.
const EVENTS: &[&str] = &["acquired", "created", "defeats", "founded", "participates_in", "replaces", "spouse", "won"];

/// Nouns for the occasion of what is done: "met for talks".
const OCCASIONS: &[&str] = &["talk", "meeting", "summit", "discussion", "negotiation", "consultation"];

/// The place behind "in", "at", "near" or "on" of the relation's words; never one of its ends.
pub fn place(context: &Context<'_, '_>, candidate: &Candidate) -> Option<Argument> {
    let s = context.syntax;
    if !happens(context, candidate) {
        return None;
    }
    let ends = [candidate.subject.argument.entity, candidate.object.argument.entity];
    let place = |word: usize| {
        let found = context.arguments.resolve(word).argument;
        let entity = found.entity?;
        let is_place = match context.arguments.kind(entity) {
            "FACILITY" => true,
            "LOCATION" => s.case(word).as_deref() != Some("on"),
            _ => false,
        };
        // "in Spain and Portugal": each is an end of a relation of its own.
        let all = s.with_conjuncts(word);
        let is_end = ends.contains(&Some(entity))
            || all.contains(&candidate.subject.word)
            || all.contains(&candidate.object.word);
        (is_place && !is_end).then_some(found)
    };
    // A place behind a party's name is that of the event, whatever the tree makes of it: "met Wang in Beijing", "talks
    // between Serbia and Kosovo in Brussels".
    let symmetric = candidate.kind.is_some_and(|kind| context.catalogue.types[kind].symmetric);
    let party = |&w: &usize| w > candidate.trigger && (symmetric || context.is_other_person(w));
    let behind = [candidate.object.word, candidate.subject.word].into_iter().filter(party);
    event_words(context, candidate).into_iter().chain(behind).find_map(|word| {
        let within = |&c: &usize| s.case(c).is_some_and(|case| PREPOSITIONS.contains(&case.as_str()));
        s.dependents(word, &[Deprel::Obl, Deprel::Nmod]).filter(within).find_map(place)
    })
}

/// Whether the relation is an event, and not a state.
fn happens(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    match candidate.kind.map(|kind| &context.catalogue.types[kind]) {
        Some(kind) => kind.is_interaction() || EVENTS.contains(&kind.name.as_str()),
        None => context.syntax.upos(candidate.trigger) == Upos::Verb,
    }
}

/// The words that tell of the event: its trigger, a noun that the trigger carries ("held talks", "met for talks"), and the
/// verb that carries the trigger.
pub fn event_words(context: &Context<'_, '_>, candidate: &Candidate) -> Vec<usize> {
    let s = context.syntax;
    let trigger = candidate.trigger;
    let mut words = vec![trigger];
    if s.upos(trigger) == Upos::Verb {
        let carried = |&c: &usize| {
            let occasion = s.deprel(c) != Deprel::Obl || OCCASIONS.contains(&s.lemma(c));
            let named = context.arguments.resolve(c).argument.entity.is_some();
            occasion && s.upos(c) == Upos::Noun && !named && !context.in_date[c]
        };
        words.extend(s.dependents(trigger, &[Deprel::Obj, Deprel::NsubjPass, Deprel::Obl]).filter(carried));
    } else if matches!(s.deprel(trigger), Deprel::Obj | Deprel::NsubjPass)
        && let Some(verb) = s.head(trigger).filter(|&h| events::LIGHT.contains(&s.lemma(h)))
    {
        words.push(verb);
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::relations::tests::extract;

    /// The place of the first relation of the type.
    #[track_caller]
    fn happened(text: &str, kind: &str, wanted: Option<&str>) {
        let extraction = extract(text);
        let relation = extraction.relations.iter().find(|r| r.kind == kind);
        let relation = relation.unwrap_or_else(|| panic!("{text}\n  has no {kind}"));
        let place = relation.place.as_ref().and_then(|p| p.entity).map(|e| extraction.entities[e].name.as_str());
        assert_eq!(place, wanted, "{text}");
    }

    #[test]
    fn a_place_stands_behind_the_predicate() {
        happened("Macron met Scholz in Berlin on Monday.", "met", Some("Berlin"));
        happened("In Geneva, Lavrov spoke with Blinken.", "spoke_with", Some("Geneva"));
        happened("British police arrested Julian Assange in London.", "arrests", Some("London"));
    }

    #[test]
    fn a_place_stands_behind_the_event_noun() {
        happened("China held talks with Japan in Beijing.", "met", Some("Beijing"));
        happened("The talks between Serbia and Kosovo in Brussels failed.", "met", Some("Brussels"));
    }

    #[test]
    fn the_object_is_no_place_of_its_own() {
        happened("Lavrov arrived in Cuba on Thursday.", "visited", None);
        happened("Macron met Scholz on Monday.", "met", None);
        happened("Macron called on Russia and Ukraine to talk.", "urges", None);
    }

    #[test]
    fn a_state_has_no_place() {
        happened("The United Nations is based in New York.", "based_in", None);
    }
}
