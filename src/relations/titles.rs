//! Relations said by a person's title: "Israeli Defence Minister Yoav Gallant", "X, chief of Sudarshan TV", "X is the
//! president of Y".

use std::collections::{HashMap, HashSet};
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
const LEFT_OUT: &[&str] = &[
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
    "exiled",
    "fugitive",
    "disgraced",
    "majesty",
    "highness",
    "excellency",
    "fellow",
    "top",
    "-",
];

/// Whether the word is never part of a title.
pub fn is_left_out(word: &str) -> bool {
    LEFT_OUT.contains(&word.to_lowercase().as_str())
}

/// Words of a title ("deputy", "vice") that make the holder one who serves under its head.
const UNDER: &[&str] = &["deputy", "vice", "assistant", "associate", "co", "senior"];

/// Titles of those who head a state or its government.
const STATE: &[&str] =
    &["president", "minister", "premier", "king", "queen", "chancellor", "emperor", "sultan", "emir"];

/// Name of the reader that finds the country of "President X" elsewhere in the text.
const OF_STATE: &str = "title of a state";

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

/// Whether the title is another person's who is named nearer to it; a title of several may be of both.
pub fn is_another_ones(context: &Context<'_, '_>, noun: usize, holder: &Resolved) -> bool {
    !is_plural(context, noun) && names_between(context, noun, holder)
}

/// Whether the noun is a trade ("analyst"), which is no office.
pub fn is_trade(context: &Context<'_, '_>, noun: usize) -> bool {
    class_of(context, noun) == Some(Class::Trade)
}

/// "commanders": several hold the title, and who is named beside it need not be one of them.
fn is_plural(context: &Context<'_, '_>, noun: usize) -> bool {
    let form = context.syntax.form(noun).to_lowercase();
    (form.ends_with('s') || form.ends_with("men")) && form != context.syntax.lemma(noun)
}

fn class_of(context: &Context<'_, '_>, word: usize) -> Option<Class> {
    let s = context.syntax;
    if !matches!(s.upos(word), Upos::Noun | Upos::Propn) {
        return None;
    }
    let known = |word: &str| TITLES.get(word.strip_prefix("ex-").unwrap_or(word)).copied();
    known(s.lemma(word)).or_else(|| known(&s.form(word).to_lowercase()))
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
        } else if start > first + 1
            && start < noun
            && matches!(s.form(start - 1), "and" | "&")
            && nominal(start - 2)
            && [start - 2, start]
                .iter()
                .all(|&w| context.arguments.named(w).is_none() && class_of(context, w).is_none())
            && !is_left_out(s.form(start))
        {
            // "Natural Resources and Environment Minister"
            start -= 2;
        } else if start > first + 3 && s.form(start - 1) == ")" && s.form(start - 3) == "(" && nominal(start - 4) {
            start -= 3;
        } else if context.arguments.named(start).is_some() && context.arguments.name_at(start).start < start {
            // "Broadcasting Corp of China chairman"
            start = context.arguments.name_at(start).start;
        } else {
            break;
        }
    }
    while start < noun && is_left_out(s.form(start)) {
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
    while start < noun && is_left_out(s.form(start)) {
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
    start..with_names(context, end)
}

/// The end of a title with "of" and the name behind it, whatever the tree hangs them on: "president of Mahila Parishad".
fn with_names(context: &Context<'_, '_>, mut end: usize) -> usize {
    let s = context.syntax;
    let last = s.sentence_tokens(s.sentence(end - 1)).end;
    while end + 1 < last && s.lemma(end) == "of" {
        let name = if s.lemma(end + 1) == "the" { end + 2 } else { end + 1 };
        let words = if name < last { context.arguments.name_at(name) } else { name..name };
        if words.start != name || context.arguments.named(name).is_none() || context.is_other_person(name) {
            break;
        }
        end = words.end;
    }
    end
}

/// A title as it is written, without "ex-".
pub fn written(context: &Context<'_, '_>, words: Range<usize>) -> Argument {
    let mut span = context.syntax.span(words);
    if span.of(context.syntax.source).to_lowercase().starts_with("ex-") {
        span.start += "ex-".len();
    }
    Argument { entity: None, span }
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
        || prime
        || s.lemma(noun) == "manager" && before == "general"
        || s.lemma(noun) == "officer" && before == "executive" && noun > 1 && s.lemma(noun - 2) == "chief";
    let class = if class == Class::Serves && heads { Class::Heads } else { class };
    let under = words.clone().any(|w| w < noun && UNDER.contains(&s.form(w).to_lowercase().as_str()))
        // "high commissioner"
        || before == "high";
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
    let mut add_by = |rule: &'static str, kind: &str, object: Resolved, score: f32| {
        if let Some(kind) = context.catalogue.find(kind) {
            let new = Candidate::new(holder.clone(), object, noun);
            found.push(Candidate { kind: Some(kind), trigger: noun, score, rule, ..new });
        }
    };
    // "Control Yuan Member X" is a title; that X is a member of it says no more than that.
    let office = match s.lemma(noun) {
        "member" => in_front,
        lemma => !matches!(lemma, "candidate" | "nominee"),
    };
    if office && matches!(class, Class::Heads | Class::Serves | Class::Seat | Class::Rank) {
        let literal = Resolved { word: noun, argument: written(context, words.clone()), confidence: 1.0 };
        add_by("title", "holds_position", literal, 0.9);
    }
    let bodies = bodies(context, noun, &words, holder);
    // "director of the Asia programme at X", "head of US diplomacy": at the head of a part, not of the body.
    let class = if class == Class::Heads && heads_part(context, noun) { Class::Serves } else { class };
    let of_state = class == Class::Heads && STATE.contains(&s.lemma(noun)) && is_bare(context, noun, &words);
    if let Some(country) = (of_state && bodies.is_empty()).then(|| state_of(context, holder)).flatten() {
        add_by(OF_STATE, "leads", country, 0.9);
    }
    let mut add = |kind: &str, object: Resolved, score: f32| add_by("title", kind, object, score);
    for (body, loose) in bodies {
        let kind = body.argument.entity.map_or("", |e| context.arguments.kind(e));
        let place = matches!(kind, "LOCATION" | "NORP");
        match class {
            // "BJP leader X" may be one of several.
            Class::Heads if loose && in_front && s.lemma(noun) == "leader" && !place => add("leads", body, 0.6),
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

/// Whether nothing beside a title says whose it is.
fn is_bare(context: &Context<'_, '_>, noun: usize, words: &Range<usize>) -> bool {
    let s = context.syntax;
    let possessed =
        s.dependent(noun, Deprel::NmodPoss).is_some() || words.start > 0 && s.lemma(words.start - 1) == "'s";
    words.end - noun == 1 && !possessed
}

/// The country that "President X" heads: the one that X is known to, if the text names it, else the one that the text
/// is about.
fn state_of(context: &Context<'_, '_>, holder: &Resolved) -> Option<Resolved> {
    let links = &context.entities.entities[holder.argument.entity?].links;
    match links.iter().find(|l| l.scheme == "office") {
        Some(office) => context.countries.named.get(office.id.split('/').next()?).cloned(),
        None => context.countries.main.clone(),
    }
}

/// Takes back the countries given to "President X" where the text says another one to be X's, or somebody else to head
/// that country.
pub fn forget_taken(context: &Context<'_, '_>, found: &mut Vec<Candidate>) {
    let leads = context.catalogue.find("leads");
    let (mut heads, mut headed) = (HashSet::new(), HashSet::new());
    let mut said = HashSet::new();
    for candidate in found.iter().filter(|c| c.kind == leads && c.rule == "title") {
        let (holder, body) = (candidate.subject.argument.entity, candidate.object.argument.entity);
        heads.insert(holder);
        headed.insert(body);
        said.insert((holder, body));
    }
    found.retain(|candidate| {
        let (holder, body) = (candidate.subject.argument.entity, candidate.object.argument.entity);
        let taken = heads.contains(&holder) || headed.contains(&body);
        candidate.rule != OF_STATE || !taken || said.contains(&(holder, body))
    });
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
