//! Where places and organizations lie, and where people come from, as their names stand side by side.

use super::{Candidate, Context};
use crate::syntax::Deprel;

const PLACE: &[&str] = &["LOCATION", "FACILITY"];

/// Appends what the phrase headed by a name says of it; `word`: the head of the name.
pub fn read(context: &Context<'_, '_>, entity: usize, word: usize, found: &mut Vec<Candidate>) {
    let kind = context.arguments.kind(entity);
    let s = context.syntax;
    for &part in s.children(word) {
        let deprel = s.deprel(part);
        let case = s.case(part);
        let within = |names: &[&str]| case.as_deref().is_some_and(|c| names.contains(&c));
        for part in s.with_conjuncts(part) {
            let Some(other) = context.arguments.named(part).filter(|&e| e != entity) else { continue };
            let beside = context.arguments.kind(other);
            let relation = match deprel {
                // "Gorakhpur, Uttar Pradesh"
                Deprel::Appos
                | Deprel::NmodUnmarked
                | Deprel::Parataxis
                | Deprel::Nmod
                | Deprel::Flat
                | Deprel::Dep
                    if case.is_none() && part > word && PLACE.contains(&kind) && beside == "LOCATION" =>
                {
                    Some(("located_in", 0.85))
                }
                Deprel::Nmod
                    if within(&["in", "of", "near", "on", "at"])
                        && PLACE.contains(&kind)
                        && PLACE.contains(&beside) =>
                {
                    Some(("located_in", 0.8))
                }
                Deprel::Nmod if within(&["of", "from", "in"]) && kind == "PERSON" && beside == "LOCATION" => {
                    Some(("lives_in", 0.7))
                }
                Deprel::Nmod if within(&["of", "from", "at"]) && kind == "PERSON" && beside == "ORGANIZATION" => {
                    Some(("works_for", 0.7))
                }
                Deprel::Nmod if within(&["of", "at"]) && kind == "ORGANIZATION" && beside == "ORGANIZATION" => {
                    Some(("part_of", 0.6))
                }
                Deprel::Nmod if within(&["of"]) && kind == "ORGANIZATION" && beside == "LOCATION" => {
                    Some(("based_in", 0.5))
                }
                Deprel::NmodPoss if PLACE.contains(&kind) && PLACE.contains(&beside) => Some(("located_in", 0.8)),
                Deprel::NmodPoss | Deprel::Amod | Deprel::Compound
                    if kind == "ORGANIZATION" && matches!(beside, "LOCATION" | "NORP") && part < word =>
                {
                    Some(("based_in", 0.6))
                }
                _ => None,
            };
            if let Some((name, score)) = relation {
                push(context, name, word, part, part, score, found);
            }
        }
    }
    beside(context, word, found);
    based(context, word, found);
    described_by_noun(context, entity, word, found);
}

/// "of Igloolik, Nunavut", whatever the tree makes of the comma; not in a list of places.
fn beside(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let place =
        |w: usize| w < s.len() && context.arguments.named(w).is_some_and(|e| context.arguments.kind(e) == "LOCATION");
    let end = context.arguments.name_at(word).end;
    if !place(word) || s.deprel(word) == Deprel::Conj || s.form(end.min(s.len() - 1)) != "," || !place(end + 1) {
        return;
    }
    let other = context.arguments.name_at(end + 1);
    let follows = other.end.min(s.len() - 1);
    let list = matches!(s.form(follows), "and" | "or" | "&")
        || s.form(follows) == ","
            && (place(follows + 1) || matches!(s.form((follows + 1).min(s.len() - 1)), "and" | "or"));
    let head = s.head_of(other);
    if !list && s.deprel(head) != Deprel::Conj && s.sentence(word) == s.sentence(end + 1) {
        push(context, "located_in", word, head, word, 0.75, found);
    }
}

/// "the Switzerland-based X"
fn based(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let holders = std::iter::once(word)
        .chain(s.head(word).filter(|&h| matches!(s.deprel(word), Deprel::Appos | Deprel::Flat) && h < word));
    for holder in holders {
        for participle in s.dependents(holder, &[Deprel::Amod, Deprel::Acl, Deprel::Compound]) {
            if s.lemma(participle) != "base" && s.form(participle) != "based"
                || participle < 2
                || s.form(participle - 1) != "-"
            {
                continue;
            }
            let place = participle - 2;
            let is_place = context.arguments.named(place).is_some_and(|e| context.arguments.kind(e) == "LOCATION");
            let person = context.arguments.named(word).is_some_and(|e| context.arguments.kind(e) == "PERSON");
            if is_place {
                push(context, if person { "lives_in" } else { "based_in" }, word, place, participle, 0.9, found);
            }
        }
    }
}

/// "the Chinese company Huawei", "Huawei, a Chinese company"
fn described_by_noun(context: &Context<'_, '_>, entity: usize, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let kind = context.arguments.kind(entity);
    let above = s.head(word).filter(|_| matches!(s.deprel(word), Deprel::Appos | Deprel::Flat));
    let nouns = s.dependents(word, &[Deprel::Appos, Deprel::NmodDesc, Deprel::Compound, Deprel::Flat]).chain(above);
    for noun in nouns.filter(|&n| context.arguments.named(n).is_none()) {
        for part in s.dependents(noun, &[Deprel::Amod, Deprel::Compound]) {
            let norp =
                context.arguments.named(part).is_some_and(|e| matches!(context.arguments.kind(e), "NORP" | "LOCATION"));
            if !norp || !context.is_country(&context.arguments.resolve(part)) {
                continue;
            }
            match kind {
                "ORGANIZATION" => push(context, "based_in", word, part, noun, 0.75, found),
                "LOCATION" | "FACILITY" => push(context, "located_in", word, part, noun, 0.75, found),
                "PERSON" if s.deprel(noun) == Deprel::Appos => {
                    push(context, "citizen_of", word, part, noun, 0.7, found)
                }
                _ => {}
            }
        }
    }
}

fn push(
    context: &Context<'_, '_>,
    name: &str,
    subject: usize,
    object: usize,
    trigger: usize,
    score: f32,
    found: &mut Vec<Candidate>,
) {
    if let Some(kind) = context.catalogue.find(name) {
        let new = Candidate::new(context.arguments.resolve(subject), context.arguments.resolve(object), trigger);
        found.push(Candidate { kind: Some(kind), trigger, score, rule: "place", ..new });
    }
}
