//! Relations said by a trigger word of the catalogue: verbs, event nouns, agent nouns and adjectives.

use super::argument::Resolved;
use super::pattern::{Pattern, Place};
use super::{Candidate, Context};
use crate::syntax::{Deprel, Upos, VerbForm};

/// Verbs that only carry the noun that is their object: the noun's event is done by their subject.
pub const LIGHT: &[&str] = &[
    "make",
    "launch",
    "carry",
    "conduct",
    "hold",
    "impose",
    "pay",
    "give",
    "order",
    "continue",
    "begin",
    "start",
    "announce",
    "issue",
    "express",
    "take",
    "have",
    "stage",
    "mount",
    "wage",
    "lead",
    "undertake",
    "resume",
    "open",
    "declare",
    "provide",
    "plan",
    "threaten",
    "sign",
    "reach",
    "pledge",
    "commit",
    "perform",
    "step",
    "voice",
    "offer",
    "accept",
    "send",
];

/// Forms of a possessor or modifier in the subject's place of a noun.
const OWNERS: &[Deprel] = &[Deprel::NmodPoss, Deprel::Amod, Deprel::Compound, Deprel::Nmod];

/// Appends the relations that the word is a trigger of.
pub fn read(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let before = found.len();
    match context.syntax.upos(word) {
        Upos::Verb => verb(context, word, found),
        Upos::Noun | Upos::Propn => {
            event_noun(context, word, found);
            agent_noun(context, word, found);
        }
        Upos::Adj => adjective(context, word, found),
        _ => {}
    }
    // Of the patterns that fit, those that ask for most are meant.
    let most = found[before..].iter().map(|c| c.weight).max().unwrap_or(0);
    let mut at = before;
    while at < found.len() {
        if found[at].weight + 1 < most || found[at].weight < most && same_ends(&found[at], &found[before..], most) {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

fn same_ends(one: &Candidate, all: &[Candidate], weight: usize) -> bool {
    all.iter().any(|c| c.weight == weight && c.object.word == one.object.word)
}

fn verb(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    for (kind, pattern) in context.catalogue.verbs(s.lemma(word)) {
        if pattern.particle.as_ref().is_some_and(|p| !frames.has_particle(word, p)) {
            continue;
        }
        let mut noun = None;
        if !pattern.with_object.is_empty() {
            let carried = frames.patients(word);
            noun = carried.into_iter().find(|&p| pattern.with_object.iter().any(|w| w == s.lemma(p)));
            if noun.is_none() {
                continue;
            }
        }
        let mut objects = objects(context, word, noun, pattern);
        // "called him on Friday"
        objects.retain(|&o| !context.in_date[o] || context.arguments.named(o).is_some());
        if context.catalogue.types[*kind].literal_object {
            objects.iter_mut().for_each(|o| *o = proposal(context, *o));
        }
        let mut subjects = frames.agents(word);
        // "is based in", "was born in": a state of the one it is said of.
        let interaction = context.catalogue.types[*kind].codes.iter().any(|c| c.scheme == "plover");
        if subjects.is_empty() && frames.is_passive(word) && !interaction && !pattern.prepositions.is_empty() {
            subjects = frames.patients(word);
        }
        // "talks were held between A and B"
        if subjects.is_empty() && frames.is_passive(word) && context.catalogue.types[*kind].symmetric {
            pairs(context, *kind, word, pattern, &objects, found);
            continue;
        }
        if objects.is_empty() && context.catalogue.types[*kind].symmetric && pattern.place == Place::Here {
            subjects.truncate(8);
            pairs(context, *kind, word, pattern, &subjects, found);
            continue;
        }
        push(context, *kind, pattern, word, &subjects, &objects, found);
    }
}

/// Words in the object's place of a verb pattern.
fn objects(context: &Context<'_, '_>, word: usize, noun: Option<usize>, pattern: &Pattern) -> Vec<usize> {
    let (s, frames) = (context.syntax, &context.frames);
    match pattern.place {
        Place::ComplementObject => {
            let mut found = Vec::new();
            for below in frames.complements(word) {
                found.extend(frames.patients(below));
                found.extend(frames.obliques(below, &["with", "to", "from", "in", "on", "against", "into", "for"]));
            }
            found
        }
        Place::ComplementSubject => {
            let below = s.dependents(word, &[Deprel::Ccomp, Deprel::Xcomp]);
            let mut found: Vec<usize> = below.flat_map(|w| frames.subjects(w)).collect();
            found.extend(frames.obliques(word, &["on"]));
            if !pattern.prepositions.is_empty() {
                found.extend(frames.obliques(word, &pattern.prepositions));
            }
            found
        }
        Place::Here if pattern.prepositions.is_empty() => match noun {
            Some(_) => frames.receivers(word),
            None => frames.patients(word).into_iter().chain(frames.receivers(word)).collect(),
        },
        Place::Here => {
            let mut found = frames.obliques(word, &pattern.prepositions);
            if let Some(noun) = noun {
                found.extend(frames.obliques(noun, &pattern.prepositions));
                found.extend(frames.receivers(word));
            }
            found
        }
    }
}

/// Things that are proposed, and so rejected or blocked.
const PROPOSALS: &[&str] = &[
    "resolution",
    "bill",
    "draft",
    "measure",
    "law",
    "motion",
    "proposal",
    "plan",
    "legislation",
    "amendment",
    "offer",
    "request",
];

/// A clause about a proposal often hangs on a noun inside of it ("a resolution for a ceasefire ..., which was vetoed").
fn proposal(context: &Context<'_, '_>, object: usize) -> usize {
    let s = context.syntax;
    let mut at = object;
    while let Some(head) = s.head(at).filter(|_| matches!(s.deprel(at), Deprel::Nmod | Deprel::Conj)) {
        if PROPOSALS.contains(&s.lemma(head)) {
            return head;
        }
        at = head;
    }
    object
}

fn event_noun(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    for (kind, pattern) in context.catalogue.nouns(s.lemma(word)) {
        let governor = s.head(word).filter(|&h| {
            matches!(s.deprel(word), Deprel::Obj | Deprel::NsubjPass)
                && s.upos(h) == Upos::Verb
                && LIGHT.contains(&s.lemma(h))
        });
        let between = pattern.prepositions.iter().any(|p| p == "between");
        if between {
            let mut parties = frames.obliques(word, &["between", "among"]);
            parties.extend(governor.into_iter().flat_map(|g| frames.obliques(g, &["between", "among"])));
            if parties.len() < 2 {
                parties = joined_parties(context, word);
            }
            pairs(context, *kind, word, pattern, &parties, found);
        }
        let mut objects = frames.obliques(word, &pattern.prepositions);
        objects.retain(|&o| !(between && context.frames.obliques(word, &["between"]).contains(&o)));
        if objects.is_empty() {
            // "the pledge of X to Y": so too with to whom it was done.
            let of = s.dependents(word, &[Deprel::Nmod]).filter(|&c| s.case(c).as_deref() == Some("of"));
            objects.extend(of.flat_map(|c| frames.obliques(c, &pattern.prepositions)));
        }
        if objects.is_empty() {
            objects.extend(governor.into_iter().flat_map(|g| frames.obliques(g, &pattern.prepositions)));
        }
        let mut subjects: Vec<usize> = s
            .dependents(word, OWNERS)
            .filter(|&c| match s.deprel(c) {
                Deprel::Nmod => {
                    let by = s
                        .case(c)
                        .is_some_and(|p| matches!(p.as_str(), "by" | "from") || p == "of" && !objects.contains(&c));
                    by && !objects.contains(&c)
                }
                Deprel::Amod | Deprel::Compound => context.arguments.named(c).is_some(),
                _ => true,
            })
            .flat_map(|c| s.with_conjuncts(c))
            .collect();
        // "the arrest of X by Y": the tree may hang the one who did it on X.
        subjects.extend(objects.iter().flat_map(|&o| {
            s.dependents(o, &[Deprel::Nmod, Deprel::Obl]).filter(|&c| s.case(c).as_deref() == Some("by"))
        }));
        subjects.extend(governor.into_iter().flat_map(|g| frames.agents(g)));
        if s.has_copula(word) {
            subjects.extend(frames.subjects(word));
        }
        if !subjects.iter().any(|&x| context.arguments.resolve(x).argument.entity.is_some()) {
            subjects.extend(framed(context, word));
        }
        if s.deprel(word) == Deprel::Nsubj || s.deprel(word) == Deprel::NsubjPass {
            // "attacks carried out by X"
            subjects.extend(s.dependents(word, &[Deprel::Acl]).flat_map(|a| frames.obliques(a, &["by"])));
        }
        subjects.retain(|x| !objects.contains(x));
        push(context, *kind, pattern, word, &subjects, &objects, found);
    }
}

/// "In its warning to X, Y said": an event that frames a clause is done by the clause's subject.
fn framed(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let frames = s.case(word).is_some_and(|c| matches!(c.as_str(), "in" | "during"));
    match s.head(word) {
        Some(verb) if frames && s.deprel(word) == Deprel::Obl && word < verb => context.frames.subjects(verb),
        _ => Vec::new(),
    }
}

/// Names joined before the noun: "the Israel-Hamas war", "US–China talks".
fn joined_parties(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let mut parties = Vec::new();
    let mut at = word;
    while at > 0 && word - at < 8 {
        at -= 1;
        if let Some(entity) = context.arguments.named(at) {
            let name = context.arguments.name_at(at);
            parties.push((entity, name.end - 1));
            at = name.start;
        } else if !matches!(s.form(at), "-" | "–" | "—" | "/" | "and") {
            break;
        }
    }
    let linked = parties.len() == 2 && s.form(parties[1].1 + 1) != "and"
        || parties.len() == 2 && parties[1].1 + 2 >= parties[0].1;
    if linked { parties.into_iter().rev().map(|(_, w)| w).collect() } else { Vec::new() }
}

fn agent_noun(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    // The agency of "Jordan News Agency" is part of a name.
    if context.arguments.named(word).is_some() {
        return;
    }
    for (kind, pattern) in context.catalogue.agents(&agent_lemma(context, word)) {
        let mut objects = frames.obliques(word, &pattern.prepositions);
        let of = pattern.prepositions.iter().any(|p| matches!(p.as_str(), "of" | "for" | "to"));
        if of {
            objects.extend(s.dependents(word, &[Deprel::NmodPoss]).flat_map(|w| s.with_conjuncts(w)));
            objects.extend(owner_of_name(context, word));
            if objects.iter().all(|&o| s.upos(o) == Upos::Pron) {
                objects.extend(joined_owner(context, word));
            }
        }
        if objects.is_empty() && of {
            let before = s.dependents(word, &[Deprel::Compound, Deprel::Amod]);
            objects.extend(before.filter(|&c| context.arguments.named(c).is_some()));
        }
        let described = described(context, word);
        push(context, *kind, pattern, word, &described, &objects, found);
    }
}

/// The noun as the catalogue has it: "son-in-law" is one word there.
fn agent_lemma(context: &Context<'_, '_>, word: usize) -> String {
    let s = context.syntax;
    let in_law = word + 4 < s.len() && (word + 1..word + 5).map(|w| s.form(w)).eq(["-", "in", "-", "law"]);
    format!("{}{}", s.lemma(word), if in_law { "-in-law" } else { "" })
}

/// "X's subsidiary Y": the tree may hang the owner on the name.
fn owner_of_name(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let s = context.syntax;
    let beside = matches!(s.deprel(word), Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod | Deprel::Flat);
    let name = s.head(word).filter(|&h| beside && h > word && context.arguments.named(h).is_some());
    name.into_iter().flat_map(|n| s.dependents(n, &[Deprel::NmodPoss])).filter(|&w| w < word).collect()
}

/// "X and his daughter Y": whose the noun is, when a pronoun says so and the name is joined to it.
fn joined_owner(context: &Context<'_, '_>, word: usize) -> Option<usize> {
    let s = context.syntax;
    let own = s.dependents(word, &[Deprel::NmodPoss]).any(|w| matches!(s.lemma(w), "his" | "her" | "he" | "she"));
    let name = if s.deprel(word) == Deprel::Conj { Some(word) } else { s.head(word) };
    let first = name.filter(|&n| own && s.deprel(n) == Deprel::Conj).and_then(|n| s.head(n))?;
    context.is_other_person(first).then_some(first)
}

/// The words for whom a noun describes: by a copula, in apposition, or as a title.
pub fn described(context: &Context<'_, '_>, word: usize) -> Vec<usize> {
    let (s, frames) = (context.syntax, &context.frames);
    if s.has_copula(word) || matches!(s.deprel(word), Deprel::Xcomp) {
        return frames.subjects(word);
    }
    let mut found: Vec<usize> = s.dependents(word, &[Deprel::Appos, Deprel::Flat]).collect();
    if let Some(head) = s.head(word) {
        match s.deprel(word) {
            Deprel::Appos | Deprel::NmodDesc | Deprel::Flat => found.push(head),
            Deprel::Compound | Deprel::Nmod if context.arguments.named(head).is_some() && head > word => {
                found.push(head)
            }
            Deprel::Conj => found.extend(described_by_conjunct(context, head)),
            // "as leader of"
            Deprel::Obl if s.case(word).as_deref() == Some("as") => {
                let patients = frames.patients(head);
                found.extend(if patients.is_empty() { frames.subjects(head) } else { patients });
            }
            _ => {}
        }
    }
    if found.is_empty()
        && context.arguments.resolve(word).argument.entity.is_some()
        && context.arguments.named(word).is_none()
    {
        found.push(word);
    }
    found
}

fn described_by_conjunct(context: &Context<'_, '_>, first: usize) -> Vec<usize> {
    let s = context.syntax;
    if context.syntax.has_copula(first) {
        return context.frames.subjects(first);
    }
    match (s.deprel(first), s.head(first)) {
        (Deprel::Appos | Deprel::NmodDesc, Some(head)) => vec![head],
        _ => Vec::new(),
    }
}

fn adjective(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let (s, frames) = (context.syntax, &context.frames);
    for (kind, pattern) in context.catalogue.adjectives(s.lemma(word)) {
        let objects = frames.obliques(word, &pattern.prepositions);
        let subjects = match (s.deprel(word), s.head(word)) {
            (Deprel::Amod | Deprel::Acl, Some(noun)) => vec![noun],
            _ => frames.subjects(word),
        };
        push(context, *kind, pattern, word, &subjects, &objects, found);
    }
}

/// Every pair out of a group of parties to a symmetric relation.
fn pairs(
    context: &Context<'_, '_>,
    kind: usize,
    word: usize,
    pattern: &Pattern,
    parties: &[usize],
    found: &mut Vec<Candidate>,
) {
    for (i, &one) in parties.iter().enumerate() {
        for &other in &parties[i + 1..] {
            push(context, kind, pattern, word, &[one], &[other], found);
        }
    }
}

fn push(
    context: &Context<'_, '_>,
    kind: usize,
    pattern: &Pattern,
    word: usize,
    subjects: &[usize],
    objects: &[usize],
    found: &mut Vec<Candidate>,
) {
    for &subject in subjects {
        for &object in objects {
            if subject == object {
                continue;
            }
            let (subject, object) = (argument(context, subject, word, kind), argument(context, object, word, kind));
            let (subject, object) = if pattern.swapped { (object, subject) } else { (subject, object) };
            found.push(Candidate {
                kind: Some(kind),
                trigger: word,
                score: 0.9,
                weight: pattern.weight(),
                rule: "trigger",
                ..Candidate::new(subject, object, word)
            });
        }
    }
}

/// The entity of an argument; for a thing without a name, one inside of its phrase where that can be meant.
fn argument(context: &Context<'_, '_>, word: usize, trigger: usize, kind: usize) -> Resolved {
    let resolved = context.arguments.resolve(word);
    let event = context.catalogue.types[kind].codes.iter().any(|c| c.scheme == "plover")
        && context.syntax.verb_form(trigger) != VerbForm::Other;
    if resolved.argument.entity.is_none()
        && event
        && word > trigger
        && let Some(inside) = context.arguments.inside(word)
    {
        return inside;
    }
    resolved
}
