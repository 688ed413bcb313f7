//! Relations said by a person's title: "Israeli Defence Minister Yoav Gallant", "X, chief of Sudarshan TV", "X is the
//! president of Y".

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::argument::Resolved;
use super::events::described;
use super::{Candidate, Context};
use crate::extraction::Argument;
use crate::syntax::{Deprel, Upos};

/// What a title says of its holder; see the head of `data/titles.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Heads,
    Serves,
    Seat,
    Rank,
    Trade,
    Player,
}

static TITLES: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let class = |name: &str| match name {
        "heads" => Class::Heads,
        "serves" => Class::Serves,
        "seat" => Class::Seat,
        "rank" => Class::Rank,
        "player" => Class::Player,
        _ => Class::Trade,
    };
    let lines = include_str!("../../data/titles.tsv").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once('\t')).map(|(title, name)| (title, class(name))).collect()
});

/// Words before a title that are not part of it.
pub const LEFT_OUT: &[&str] = &[
    "former",
    "ex",
    "then",
    "late",
    "new",
    "outgoing",
    "incoming",
    "current",
    "incumbent",
    "veteran",
    "longtime",
    "embattled",
    "ousted",
    "newly",
    "elected",
    "re-elected",
    "long-time",
    "deposed",
    "jailed",
    "fellow",
    "top",
    "-",
];

/// Words of a title ("deputy", "vice") that make the holder one who serves under its head.
const UNDER: &[&str] = &["deputy", "vice", "assistant", "associate", "co", "senior"];

/// Titles of those who head a state or its government.
const STATE: &[&str] =
    &["president", "minister", "premier", "king", "queen", "chancellor", "emperor", "sultan", "emir"];

/// Appends what the titles round a person's name say; `name`: the words of the name, `head` its head.
pub fn read(context: &Context<'_, '_>, entity: usize, name: Range<usize>, head: usize, found: &mut Vec<Candidate>) {
    let holder = Resolved {
        word: head,
        argument: Argument { entity: Some(entity), span: context.syntax.span(name.clone()) },
        confidence: 1.0,
    };
    if let Some(words) = before(context, name.start) {
        let noun = title_head(context, words.clone());
        say(context, &holder, noun, words, true, found);
    }
    nationality(context, &holder, &name, found);
}

/// Appends what a title noun says of whom it describes: in apposition or by a copula.
pub fn read_noun(context: &Context<'_, '_>, noun: usize, found: &mut Vec<Candidate>) {
    if class_of(context, noun).is_none() || context.arguments.named(noun).is_some() || is_plural(context, noun) {
        return;
    }
    for holder in described(context, noun) {
        let resolved = context.arguments.resolve(holder);
        let is_person = resolved.argument.entity.is_some_and(|e| context.arguments.kind(e) == "PERSON");
        // A title right before the name is read from the name.
        let adjacent =
            before(context, context.arguments.name_at(resolved.word).start).is_some_and(|w| w.contains(&noun));
        let between = is_person && names_between(context, noun, &resolved);
        if is_person && !adjacent && !between {
            say(context, &resolved, noun, title_words(context, noun), false, found);
        }
    }
}

/// Whether another person is named between a title and its holder: in a list each stands with the own title.
fn names_between(context: &Context<'_, '_>, noun: usize, holder: &Resolved) -> bool {
    let name = context.arguments.name_at(holder.word);
    let between = if noun < name.start { noun + 1..name.start } else { name.end..noun.max(name.end) };
    between.into_iter().any(|w| {
        let other = context.arguments.named(w).filter(|&e| Some(e) != holder.argument.entity);
        other.is_some_and(|e| context.arguments.kind(e) == "PERSON")
    })
}

/// "commanders": several hold the title, and who is named beside it need not be one of them.
fn is_plural(context: &Context<'_, '_>, noun: usize) -> bool {
    let form = context.syntax.form(noun).to_lowercase();
    form.ends_with('s') && form != context.syntax.lemma(noun)
}

fn class_of(context: &Context<'_, '_>, word: usize) -> Option<Class> {
    let s = context.syntax;
    if !matches!(s.upos(word), Upos::Noun | Upos::Propn) {
        return None;
    }
    TITLES.get(s.lemma(word)).or_else(|| TITLES.get(s.form(word).to_lowercase().as_str())).copied()
}

/// The words of a title that ends right before a name ("Minister of Interior and Justice").
fn before(context: &Context<'_, '_>, name: usize) -> Option<Range<usize>> {
    let s = context.syntax;
    let first = s.sentence_tokens(s.sentence(name)).start;
    let nominal =
        |w: usize| matches!(s.upos(w), Upos::Noun | Upos::Propn | Upos::Adj) || matches!(s.form(w), "-" | "&");
    let mut start = name;
    let mut found = None;
    while start > first && name - start < 12 {
        let word = start - 1;
        let joins = start < name && matches!(s.lemma(word), "of" | "for" | "and" | "the" | "at");
        if !(nominal(word) || joins) || context.is_other_person(word) {
            break;
        }
        start = word;
        let open = name - word > 1 && !nominal(word + 1) && !matches!(s.lemma(word + 1), "of" | "for" | "at");
        if class_of(context, word).is_some() && !open {
            found = Some(word);
        }
    }
    let noun = found?;
    // What stands before the title belongs to it as far as nouns and adjectives go.
    let mut start = noun;
    loop {
        if start > first && nominal(start - 1) && !context.is_other_person(start - 1) {
            start -= 1;
        } else if start > first + 3 && s.form(start - 1) == ")" && s.form(start - 3) == "(" && nominal(start - 4) {
            start -= 3;
        } else if context.arguments.named(start).is_some() && context.arguments.name_at(start).start < start {
            // "Broadcasting Corp of China chairman"
            start = context.arguments.name_at(start).start;
        } else {
            break;
        }
    }
    while start < noun && LEFT_OUT.contains(&s.form(start).to_lowercase().as_str()) {
        start += 1;
    }
    Some(start..name)
}

/// The noun of a title that says what it is: the last one, or the one before "of".
fn title_head(context: &Context<'_, '_>, words: Range<usize>) -> usize {
    let s = context.syntax;
    let of = words.clone().find(|&w| s.lemma(w) == "of" && w > words.start);
    match of {
        Some(of) if class_of(context, of - 1).is_some() => of - 1,
        _ => words.clone().rev().find(|&w| class_of(context, w).is_some()).unwrap_or(words.end - 1),
    }
}

/// The words of a title round its noun, with its "of ..." and without article, possessor and clauses.
fn title_words(context: &Context<'_, '_>, noun: usize) -> Range<usize> {
    let s = context.syntax;
    let mut start = noun;
    while start > 0 {
        let word = start - 1;
        let part = matches!(s.upos(word), Upos::Noun | Upos::Propn | Upos::Adj) && s.is_under(word, noun);
        if !(part || s.form(word) == "-" && word > 0 && s.is_under(word - 1, noun)) {
            break;
        }
        start = word;
    }
    while start < noun && LEFT_OUT.contains(&s.form(start).to_lowercase().as_str()) {
        start += 1;
    }
    let complement = |w: &usize| s.case(*w).is_some_and(|c| matches!(c.as_str(), "of" | "for" | "at" | "to" | "in"));
    let mut end = noun + 1;
    // "secretary general", "president-elect"
    while end < s.len() && matches!(s.lemma(end), "general" | "-" | "elect" | "designate" | "emeritus") {
        end += 1;
    }
    for part in s.dependents(noun, &[Deprel::Nmod]).filter(complement) {
        let clause = |c: usize| matches!(s.deprel(c), Deprel::AclRelcl | Deprel::Acl | Deprel::Appos | Deprel::Punct);
        let words = s.subtree(part, &clause);
        if words.start == end {
            end = words.end;
        }
    }
    start..end
}

/// The class of a title noun among the other words of its title.
fn class_in(context: &Context<'_, '_>, noun: usize, words: &Range<usize>) -> Option<Class> {
    let s = context.syntax;
    let class = class_of(context, noun)?;
    let before = if noun > 0 { s.form(noun - 1).to_lowercase() } else { String::new() };
    let prime = s.lemma(noun) == "minister" && matches!(before.as_str(), "prime" | "chief" | "first");
    // "secretary general", "secretary-general", "director general"
    let general = |w: usize| s.form(w).eq_ignore_ascii_case("general");
    let office = |w: usize| matches!(s.lemma(w), "secretary" | "director" | "-");
    let heads = general(noun) && noun > 0 && office(noun - 1)
        || s.lemma(noun) == "secretary" && words.clone().any(|w| w > noun && general(w))
        || prime;
    let class = if class == Class::Serves && heads { Class::Heads } else { class };
    let under = words.clone().any(|w| w < noun && UNDER.contains(&s.form(w).to_lowercase().as_str()));
    Some(if class == Class::Heads && under { Class::Serves } else { class })
}

fn say(
    context: &Context<'_, '_>,
    holder: &Resolved,
    noun: usize,
    words: Range<usize>,
    in_front: bool,
    found: &mut Vec<Candidate>,
) {
    let s = context.syntax;
    let Some(class) = class_in(context, noun, &words) else { return };
    let mut add = |kind: &str, object: Resolved, score: f32| {
        if let Some(kind) = context.catalogue.find(kind) {
            let new = Candidate::new(holder.clone(), object, noun);
            found.push(Candidate { kind: Some(kind), trigger: noun, score, rule: "title", ..new });
        }
    };
    // "Control Yuan Member X" is a title; that X is a member of it says no more than that.
    let office = match s.lemma(noun) {
        "member" => in_front,
        lemma => !matches!(lemma, "candidate" | "nominee"),
    };
    if office && matches!(class, Class::Heads | Class::Serves | Class::Seat | Class::Rank) {
        let span = s.span(words.clone());
        let literal = Resolved { word: noun, argument: Argument { entity: None, span }, confidence: 1.0 };
        add("holds_position", literal, 0.9);
    }
    let mut bodies = bodies(context, noun, &words, holder);
    // "director of the Asia programme at X", "head of US diplomacy": at the head of a part, not of the body.
    let class = if class == Class::Heads && heads_part(context, noun) { Class::Serves } else { class };
    if bodies.is_empty() && class == Class::Heads && STATE.contains(&s.lemma(noun)) && words.end - noun == 1 {
        // "President X" in a text about one country heads that country.
        if let Some(body) = context.country.as_ref().filter(|c| c.argument.entity != holder.argument.entity) {
            bodies.push((body.clone(), false));
        }
    }
    for (body, loose) in bodies {
        let kind = body.argument.entity.map_or("", |e| context.arguments.kind(e));
        let place = matches!(kind, "LOCATION" | "NORP");
        match class {
            Class::Heads if loose && in_front && s.lemma(noun) == "leader" && !place => {
                add("affiliated_with", body, 0.6)
            }
            Class::Heads => add("leads", body, if loose { 0.8 } else { 0.9 }),
            Class::Serves if place => {
                if context.is_country(&body)
                    && loose
                    && context.syntax.form(body.word).ends_with(|c: char| c.is_alphabetic())
                {
                    add("citizen_of", body.clone(), 0.7);
                }
                add("works_for", body, 0.8);
            }
            Class::Serves => add("works_for", body, 0.8),
            Class::Seat if s.lemma(noun) == "member" && !place => add("member_of", body, 0.8),
            Class::Seat if kind == "ORGANIZATION" || kind == "NORP" && !context.is_country(&body) => {
                add("affiliated_with", body, 0.7);
            }
            Class::Seat | Class::Rank => {}
            Class::Trade if kind == "ORGANIZATION" => add("works_for", body, 0.7),
            Class::Player if !place => add("member_of", body, 0.7),
            Class::Trade | Class::Player => {}
        }
    }
}

/// Whether what the title is of is a thing without a name.
fn heads_part(context: &Context<'_, '_>, noun: usize) -> bool {
    let s = context.syntax;
    s.dependents(noun, &[Deprel::Nmod])
        .any(|part| s.case(part).as_deref() == Some("of") && context.arguments.resolve(part).argument.entity.is_none())
}

/// The bodies that a title names: inside of it (loose), as its possessor, or behind its preposition.
fn bodies(context: &Context<'_, '_>, noun: usize, words: &Range<usize>, holder: &Resolved) -> Vec<(Resolved, bool)> {
    let s = context.syntax;
    let mut found: Vec<(Resolved, bool)> = Vec::new();
    let mut push = |word: usize, loose: bool| {
        let resolved = context.arguments.resolve(word);
        let fits = resolved.argument.entity.is_some_and(|e| {
            matches!(context.arguments.kind(e), "ORGANIZATION" | "LOCATION" | "NORP" | "FACILITY")
                && Some(e) != holder.argument.entity
        });
        if fits && !found.iter().any(|(f, _)| f.argument.entity == resolved.argument.entity) {
            found.push((resolved, loose));
        }
    };
    for part in
        s.dependents(noun, &[Deprel::Nmod, Deprel::NmodPoss]).chain(s.dependents(holder.word, &[Deprel::NmodPoss]))
    {
        let place = context.arguments.named(part).is_some_and(|e| context.arguments.kind(e) == "LOCATION");
        // "ambassador to Kenya", "manager in Lagos": where an office is held is not whose it is.
        let owner = s.case(part).is_some_and(|c| match c.as_str() {
            "of" | "for" => true,
            "to" => matches!(s.lemma(noun), "adviser" | "advisor" | "counsel" | "assistant" | "secretary"),
            "at" | "in" | "from" | "with" => !place,
            _ => false,
        });
        if owner || s.deprel(part) == Deprel::NmodPoss {
            s.with_conjuncts(part).into_iter().for_each(|w| push(w, false));
        }
    }
    let elsewhere = |w: usize| (noun + 1..w).any(|b| matches!(s.lemma(b), "to" | "in" | "at"));
    for word in words.clone().filter(|&w| w != noun && context.arguments.named(w).is_some() && !elsewhere(w)) {
        push(word, word < noun);
    }
    // "Mali's president X": the possessor may hang on the name.
    if words.start >= 2 && matches!(s.lemma(words.start - 1), "'s" | "'") {
        push(words.start - 2, false);
    }
    found
}

/// A nationality before a person's name, or before the noun that describes the person.
fn nationality(context: &Context<'_, '_>, holder: &Resolved, name: &Range<usize>, found: &mut Vec<Candidate>) {
    let s = context.syntax;
    let Some(kind) = context.catalogue.find("citizen_of") else { return };
    let first = s.sentence_tokens(s.sentence(name.start)).start;
    let mut word = name.start;
    let mut office = false;
    while word > first {
        word -= 1;
        if !matches!(s.upos(word), Upos::Noun | Upos::Propn | Upos::Adj) && s.form(word) != "-" {
            return;
        }
        office |= class_of(context, word).is_some_and(|c| !matches!(c, Class::Trade | Class::Player));
        let norp = context.arguments.named(word).is_some_and(|e| context.arguments.kind(e) != "PERSON");
        if norp {
            let body = context.arguments.resolve(word);
            if !office && context.is_country(&body) && context.is_adjective(word) {
                let new = Candidate::new(holder.clone(), body, word);
                found.push(Candidate { kind: Some(kind), trigger: word, score: 0.8, rule: "nationality", ..new });
            }
            return;
        }
    }
}
