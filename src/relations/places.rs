//! Where places and organizations lie, and where people come from, as their names stand side by side.

use super::{Candidate, Context};
use crate::syntax::{Deprel, Upos};

const PLACE: &[&str] = &["LOCATION", "FACILITY"];

/// Words in the names of the organs of a state.
const STATE_ORGANS: &[&str] = &[
    "ministry",
    "department",
    "directorate",
    "army",
    "police",
    "navy",
    "parliament",
    "senate",
    "assembly",
    "government",
    "council",
    "commission",
    "agency",
    "authority",
    "reserve",
    "secretariat",
];

const SCHOOLS: &[&str] = &["school", "college", "university", "institute", "academy"];

/// Words before the members of a list that illustrate a plural noun.
const LISTS: &[&str] = &["such as", "including", "like", "such"];

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
            // "a court in KwaZulu-Natal (not Pretoria)"
            if s.children(part).iter().any(|&c| s.lemma(c) == "not") {
                continue;
            }
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
                // "Lisa Murkowski, a Republican", "Ana Diaz, a Chilean"
                Deprel::Appos if part > word && kind == "PERSON" && beside == "NORP" => {
                    let country = context.is_country(&context.arguments.resolve(part));
                    Some((if country { "citizen_of" } else { "affiliated_with" }, 0.8))
                }
                // "Hanna Okhota of Ukraine"
                Deprel::Nmod
                    if within(&["of"])
                        && kind == "PERSON"
                        && beside == "LOCATION"
                        && context.is_country(&context.arguments.resolve(part)) =>
                {
                    Some(("citizen_of", 0.7))
                }
                Deprel::Nmod if within(&["of", "from"]) && kind == "PERSON" && beside == "LOCATION" => {
                    Some(("lives_in", 0.7))
                }
                Deprel::Nmod
                    if within(&["from"])
                        && kind == "PERSON"
                        && beside == "ORGANIZATION"
                        && names_a(context, part, SCHOOLS) =>
                {
                    Some(("educated_at", 0.7))
                }
                Deprel::Nmod if within(&["of", "from", "at"]) && kind == "PERSON" && beside == "ORGANIZATION" => {
                    Some(("works_for", 0.7))
                }
                // "Brunei's Ministry of Religious Affairs", "the National Assembly of Nicaragua"
                Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::Nmod
                    if kind == "ORGANIZATION"
                        && matches!(beside, "LOCATION" | "NORP")
                        && (part < word || within(&["of"]))
                        && names_a(context, word, STATE_ORGANS)
                        && context.is_country(&context.arguments.resolve(part)) =>
                {
                    Some(("part_of", 0.7))
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
    follows(context, word, found);
    based(context, word, found);
    described_by_noun(context, entity, word, found);
    listed(context, entity, word, found);
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

/// "took Goma in Congo": a place right before "in" and another lies there, whatever the tree hangs it on.
fn follows(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let name = context.arguments.name_at(word);
    let within = name.end;
    let is_in = within + 1 < s.len() && s.lemma(within) == "in" && s.sentence(within + 1) == s.sentence(word);
    let kind = |w: usize| context.arguments.named(w).map(|e| context.arguments.kind(e));
    if is_in && kind(word).is_some_and(|k| PLACE.contains(&k)) && kind(within + 1) == Some("LOCATION") {
        let other = s.head_of(context.arguments.name_at(within + 1));
        push(context, "located_in", word, other, word, 0.75, found);
    }
}

/// "the Switzerland-based X"
fn based(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let holders = std::iter::once(word)
        .chain(s.head(word).filter(|&h| matches!(s.deprel(word), Deprel::Appos | Deprel::Flat) && h < word));
    for holder in holders {
        for participle in s.dependents(holder, &[Deprel::Amod, Deprel::Acl, Deprel::Compound]) {
            let born = s.form(participle) == "born";
            if s.lemma(participle) != "base" && s.form(participle) != "based" && !born
                || participle < 2
                || s.form(participle - 1) != "-"
            {
                continue;
            }
            let place = participle - 2;
            let is_place = context.arguments.named(place).is_some_and(|e| context.arguments.kind(e) == "LOCATION");
            let person = context.arguments.named(word).is_some_and(|e| context.arguments.kind(e) == "PERSON");
            let name = match (person, born) {
                (true, true) => "born_in",
                (true, false) => "lives_in",
                (false, _) => "based_in",
            };
            if is_place {
                push(context, name, word, place, participle, 0.9, found);
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

/// "African countries including Kenya and Chad", "firms in Lima such as X": what the list illustrates says where.
fn listed(context: &Context<'_, '_>, entity: usize, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let mut first = word;
    while let Some(head) = s.head(first).filter(|_| s.deprel(first) == Deprel::Conj) {
        first = head;
    }
    let illustrates = s.case(first).is_some_and(|c| LISTS.contains(&c.as_str()));
    let Some(noun) = s.head(first).filter(|&n| illustrates && s.upos(n) == Upos::Noun) else { return };
    let name = match context.arguments.kind(entity) {
        "LOCATION" | "FACILITY" => "located_in",
        "ORGANIZATION" => "based_in",
        _ => return,
    };
    for part in s.dependents(noun, &[Deprel::Amod, Deprel::Compound, Deprel::NmodPoss, Deprel::Nmod]) {
        let case = s.case(part);
        let within = part < noun || case.is_some_and(|c| matches!(c.as_str(), "in" | "of"));
        let place = context.arguments.named(part).map(|e| context.arguments.kind(e));
        if within && part < first && matches!(place, Some("LOCATION" | "NORP")) {
            push(context, name, word, part, noun, 0.75, found);
        }
    }
}

/// Whether a word of the name at `word` is one of the list.
fn names_a(context: &Context<'_, '_>, word: usize, list: &[&str]) -> bool {
    context.arguments.name_at(word).any(|w| list.contains(&context.syntax.form(w).to_lowercase().as_str()))
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
        // "in Iran, Tehran said": a country lies in no town.
        if name == "located_in" && context.is_country(&new.subject) {
            return;
        }
        found.push(Candidate { kind: Some(kind), trigger, score, rule: "place", ..new });
    }
}
