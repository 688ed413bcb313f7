//! Open relations: what a verb or a noun says between two entities that no type of the catalogue covers.

use super::argument::Resolved;
use super::{ARGUMENTS, Candidate, Context};
use crate::syntax::{Deprel, Syntax, Upos, VerbForm};

/// Rule of relations that stand only because somebody is named who says them.
pub const STATEMENT: &str = "statement";

/// Appends a relation for every two entities among the arguments of a predicate.
pub fn read(context: &Context<'_, '_>, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    for word in 0..s.len() {
        if s.upos(word) == Upos::Verb || context.syntax.has_copula(word) {
            predicate(context, word, found);
        } else if matches!(s.upos(word), Upos::Noun | Upos::Propn) {
            phrase(context, word, found);
        }
    }
}

fn predicate(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let subjects = context.frames.subjects(word);
    let mut objects: Vec<usize> = s
        .dependents(word, ARGUMENTS)
        .filter(|&c| !matches!(s.deprel(c), Deprel::Nsubj | Deprel::NsubjPass))
        .flat_map(|c| s.with_conjuncts(c))
        .collect();
    for below in context.frames.complements(word).into_iter().filter(|&c| s.deprel(c) == Deprel::Xcomp) {
        objects.extend(s.dependents(below, ARGUMENTS).filter(|&c| s.deprel(c) != Deprel::Nsubj));
    }
    if context.syntax.has_copula(word) {
        objects.extend(s.dependents(word, &[Deprel::Nmod, Deprel::NmodPoss]));
    }
    for &subject in &subjects {
        let Some(from) = entity(context, subject) else { continue };
        for &object in &objects {
            for to in [entity(context, object), context.arguments.inside(object)].into_iter().flatten() {
                let new = Candidate::new(from.clone(), to, word);
                found.push(Candidate { score: 0.6, ..new });
            }
        }
    }
    // What somebody says of an entity is kept with a literal object when there is no second entity.
    let second = subjects.iter().any(|&x| found.iter().any(|c| c.predicate == word && c.subject.word == x));
    if !second && s.upos(word) == Upos::Verb {
        let mut things = context.frames.patients(word);
        things.extend(s.dependents(word, &[Deprel::Obl]).filter(|&o| s.case(o).is_some()));
        for from in subjects.iter().filter_map(|&x| entity(context, x)) {
            let thing = things.iter().find(|&&o| context.arguments.is_noun(o) && !subjects.contains(&o));
            if let Some(&thing) = thing {
                let new = Candidate::new(from, context.arguments.resolve(thing), word);
                found.push(Candidate { score: 0.5, rule: STATEMENT, ..new });
            }
        }
    }
    // "moved from X to Y": between the objects when there is no subject with a name.
    for (i, &one) in objects.iter().enumerate() {
        for &other in objects[i + 1..].iter().take(3) {
            if let (Some(from), Some(to)) = (entity(context, one), entity(context, other)) {
                found.push(Candidate { score: 0.4, ..Candidate::new(from, to, word) });
            }
        }
    }
}

/// "the agreement of X with Y", "X's son Y": two entities inside of one noun phrase.
fn phrase(context: &Context<'_, '_>, word: usize, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let parts = [Deprel::Nmod, Deprel::NmodPoss, Deprel::Amod, Deprel::Compound, Deprel::Appos, Deprel::Flat];
    let mut ends: Vec<Resolved> = entity(context, word).into_iter().collect();
    ends.extend(s.dependents(word, &parts).filter_map(|c| entity(context, c)));
    ends.dedup_by_key(|r| r.argument.entity);
    for (i, one) in ends.iter().enumerate() {
        for other in ends[i + 1..].iter().take(3) {
            found.push(Candidate { score: 0.4, ..Candidate::new(one.clone(), other.clone(), word) });
        }
    }
}

fn entity(context: &Context<'_, '_>, word: usize) -> Option<Resolved> {
    Some(context.arguments.resolve(word)).filter(|r| r.argument.entity.is_some())
}

/// The normalised wording of a predicate: lemmas of the verbs above it that it completes, its own with its particle, and
/// the preposition before its object ("vow to work with").
pub fn wording(s: &Syntax<'_>, predicate: usize, object: usize) -> String {
    let mut words = Vec::new();
    let mut chain = vec![predicate];
    while let Some(head) = s.head(chain[chain.len() - 1]).filter(|_| s.deprel(chain[chain.len() - 1]) == Deprel::Xcomp)
    {
        chain.push(head);
        if chain.len() > 3 {
            break;
        }
    }
    for (i, &verb) in chain.iter().rev().enumerate() {
        if i > 0 && s.dependents(verb, &[Deprel::Mark]).any(|m| s.lemma(m) == "to") {
            words.push("to".to_owned());
        }
        if s.dependent(verb, Deprel::Cop).is_some() {
            words.push("be".to_owned());
        }
        // What is said of the subject of a passive keeps its form: "be based in".
        let stated = s.deprel(object) == Deprel::Obl && s.head(object) == Some(verb);
        let reduced = s.deprel(verb) == Deprel::Acl && s.verb_form(verb) == VerbForm::Participle;
        if stated && (reduced || s.dependent(verb, Deprel::AuxPass).is_some()) {
            words.extend(["be".to_owned(), s.form(verb).to_lowercase()]);
        } else {
            words.push(s.lemma(verb).to_owned());
        }
        words.extend(s.dependents(verb, &[Deprel::CompoundPrt]).map(|p| s.lemma(p).to_owned()));
    }
    let last = predicate;
    if s.head(object).is_some_and(|h| h != last)
        && s.head(object).and_then(|h| s.head(h)) == Some(last)
        && let Some(carried) = s.head(object).filter(|&h| s.deprel(h) == Deprel::Obj)
    {
        words.push(s.lemma(carried).to_owned());
    }
    words.extend(s.case(object).filter(|_| object > predicate));
    words.join(" ")
}
