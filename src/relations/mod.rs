//! Relations between entities, read from syntax with the catalogue.
//!
//! Readers propose `Candidate`s (trigger words, titles, places, open predicates); [`read`] checks them against the
//! catalogue, adds polarity, modality, tense, attribution and date, and keeps the best of those that say the same.

mod argument;
mod attribution;
pub mod catalogue;
mod confidence;
mod events;
pub mod examples;
mod factuality;
mod frame;
mod learned;
mod open;
mod path;
mod pattern;
mod places;
mod plover;
mod setting;
mod time;
mod titles;
mod topic;

use std::collections::{HashMap, HashSet};

use argument::{Arguments, Resolved};
use attribution::Attributions;
use catalogue::{Catalogue, OPEN};
use frame::Frames;
pub use learned::Learned;
use time::ClauseDates;

use crate::dates::Tagged;
use crate::entities::{Entities, country_of};
use crate::extraction::{Argument, Attribution, Code, Date, MentionKind, Options, Relation, Span, Support};
use crate::syntax::{Deprel, Syntax, Upos};

/// Longest sentence that is a relation's evidence as a whole, in bytes.
const LONGEST_EVIDENCE: usize = 2_000;
/// Someone with more titles than this is no one person: they are left as they are.
const MOST_TITLES: usize = 64;

/// What the readers of one document share.
struct Context<'s, 'a> {
    syntax: &'s Syntax<'a>,
    frames: Frames<'s, 'a>,
    arguments: Arguments<'s, 'a>,
    entities: &'s Entities,
    catalogue: &'s Catalogue,
    learned: Learned<'s>,
    /// Words of dates: they are no arguments.
    in_date: Vec<bool>,
    countries: Countries,
    /// Whether each relation's path is wanted.
    explain: bool,
}

/// A relation as a reader proposes it.
#[derive(Clone, Debug)]
struct Candidate {
    /// Index of its type; none for an open relation.
    kind: Option<usize>,
    subject: Resolved,
    object: Resolved,
    /// The word that says it.
    trigger: usize,
    /// The word whose clause tells polarity, modality, attribution and date.
    predicate: usize,
    /// How precise the rule is, 0 to 1; 0 where no rule reads it.
    score: f32,
    /// Probability that the network gives it; 0 where it gives it next to none.
    network: f32,
    /// How much the pattern asked for.
    weight: usize,
    /// Name of the reader.
    rule: &'static str,
    /// How it is worded, for an open relation.
    wording: Option<open::Wording>,
}

impl Candidate {
    fn new(subject: Resolved, object: Resolved, predicate: usize) -> Self {
        Self {
            kind: None,
            subject,
            object,
            trigger: predicate,
            predicate,
            score: 0.5,
            network: 0.0,
            weight: 0,
            rule: "open",
            wording: None,
        }
    }
}

impl Context<'_, '_> {
    /// Whether the word belongs to the name of a person.
    fn is_other_person(&self, word: usize) -> bool {
        self.arguments.named(word).is_some_and(|e| self.arguments.kind(e) == "PERSON")
    }

    /// Whether the argument is a country, by its name or by its people's.
    fn is_country(&self, resolved: &Resolved) -> bool {
        country_of(resolved.argument.span.of(self.syntax.source)).is_some()
    }

    /// Whether the word is the adjective of a country or people.
    fn is_adjective(&self, word: usize) -> bool {
        self.arguments.named(word).is_some_and(|e| self.arguments.kind(e) == "NORP")
            || self.syntax.upos(word) == Upos::Adj
    }
}

/// Reads the relations of a document, in the order of the text. `dated`: the document's dates.
pub fn read(
    syntax: &Syntax<'_>,
    entities: &Entities,
    dated: &Tagged,
    catalogue: &Catalogue,
    learned: Learned<'_>,
    options: &Options,
) -> Vec<Relation> {
    let context = Context {
        syntax,
        frames: Frames { syntax },
        arguments: Arguments::new(syntax, entities),
        entities,
        catalogue,
        learned,
        in_date: words_of(syntax, &dated.dates),
        countries: Countries::new(syntax, entities),
        explain: options.explain,
    };
    let candidates = candidates(&context, options.include_open_relations);
    let attributions = Attributions::new(syntax, &context.arguments);
    let clause_dates = ClauseDates::new(syntax, &dated.dates);
    let mut relations: Vec<Relation> = candidates
        .into_iter()
        .map(|candidate| complete(&context, candidate, &attributions, &clause_dates, dated))
        .collect();
    relations.sort_by_key(|r| (r.trigger, r.subject.span, r.object.span));
    for (number, relation) in (1..).zip(&mut relations) {
        relation.id = format!("r{number}");
    }
    relations
}

/// For each word, whether it belongs to a date.
fn words_of(syntax: &Syntax<'_>, dates: &[Date]) -> Vec<bool> {
    let tokens = &syntax.text.tokens;
    let mut inside = vec![false; tokens.len()];
    for date in dates {
        let first = tokens.partition_point(|t| t.span.end <= date.span.start);
        let end = tokens.partition_point(|t| t.span.start < date.span.end);
        inside[first.min(end)..end].fill(true);
    }
    inside
}

/// The countries of a document.
struct Countries {
    /// By ISO 3166-1 code, each where the text names it first.
    named: HashMap<String, Resolved>,
    /// The one named at least twice as often as any other.
    main: Option<Resolved>,
}

impl Countries {
    fn new(syntax: &Syntax<'_>, entities: &Entities) -> Self {
        let code =
            |e: usize| entities.entities[e].links.iter().find(|l| l.scheme == "iso3166-1").map(|l| l.id.as_str());
        let mut named: HashMap<String, Resolved> = HashMap::new();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for mention in entities.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            // A people's name counts for its country.
            let Some((entity, code)) = entities.of_token[mention.head].and_then(|e| Some((e, code(e)?))) else {
                continue;
            };
            *counts.entry(code).or_default() += 1;
            let argument = Argument { entity: Some(entity), span: syntax.span(mention.tokens.clone()) };
            let resolved = Resolved { word: mention.head, argument, confidence: 0.6 };
            named.entry(code.to_owned()).or_insert(resolved);
        }
        let mut ranked: Vec<(usize, &str)> = counts.into_iter().map(|(code, count)| (count, code)).collect();
        ranked.sort_by_key(|&(count, code)| (std::cmp::Reverse(count), code));
        let alone = ranked.get(1).is_none_or(|&(next, _)| next * 2 <= ranked[0].0);
        let main = ranked.first().filter(|_| alone).and_then(|(_, code)| named.get(*code).cloned());
        Self { named, main }
    }
}

/// What the readers propose and the catalogue allows, the best of those that say the same once.
fn candidates(context: &Context<'_, '_>, with_open: bool) -> Vec<Candidate> {
    let mut proposed = Vec::new();
    for word in 0..context.syntax.len() {
        events::read(context, word, &mut proposed);
        titles::read_noun(context, word, &mut proposed);
    }
    for mention in context.entities.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
        // A people's name stands for its country.
        let entity = context.arguments.named(mention.head).unwrap_or(mention.entity);
        if context.arguments.kind(entity) == "PERSON" {
            titles::read(context, entity, mention.tokens.clone(), mention.head, &mut proposed);
        }
        places::read(context, entity, mention.head, &mut proposed);
    }
    titles::forget_taken(context, &mut proposed);
    learned::read(context, &mut proposed);
    proposed.retain(|c| is_allowed(context, c, with_open));
    let (mut kept, mut doubtful): (Vec<_>, Vec<_>) =
        without_shorter_titles(context, best_of_each(context, proposed)).into_iter().partition(|c| is_sure(context, c));
    if with_open {
        let mut open = Vec::new();
        open::read(context, &mut open);
        let pair = |c: &Candidate| (key(context, &c.subject), key(context, &c.object));
        let mut said: HashSet<(Key, Key)> = kept.iter().map(pair).collect();
        // Of a pair without a sure type the likeliest class of event is told.
        let mut classes: HashMap<(Key, Key, &str), f32> = HashMap::new();
        let class = |c: &Candidate| {
            let (subject, object) = pair(c);
            (subject, object, c.kind.and_then(|k| context.catalogue.types[k].class()).unwrap_or_default())
        };
        for candidate in &doubtful {
            *classes.entry(class(candidate)).or_insert(1.0) *= 1.0 - candidate.network;
        }
        let likelihood = |c: &Candidate| confidence::combine(rule_confidence(context, c), 1.0 - classes[&class(c)]);
        doubtful.sort_by(|a, b| {
            let sure = |c: &Candidate| confidence(context, c);
            likelihood(b).total_cmp(&likelihood(a)).then(sure(b).total_cmp(&sure(a)))
        });
        doubtful.retain(|c| learned::are_related(c) && said.insert(pair(c)));
        open.retain(|c| c.rule != open::PAIR || !said.contains(&pair(c)));
        kept.extend(doubtful);
        kept.extend(open);
    }
    kept
}

/// What an argument is, wherever it is named: its entity, or its words.
type Key = (Option<usize>, String);

fn key(context: &Context<'_, '_>, resolved: &Resolved) -> Key {
    match resolved.argument.entity {
        Some(entity) => (Some(entity), String::new()),
        None => (None, resolved.argument.span.of(context.syntax.source).to_lowercase()),
    }
}

/// Whether the ends fit the type. With open relations, events whose subject has no name are let through too.
fn is_allowed(context: &Context<'_, '_>, candidate: &Candidate, with_open: bool) -> bool {
    let (subject, object) = (&candidate.subject, &candidate.object);
    let Some(kind) = candidate.kind.map(|k| &context.catalogue.types[k]) else { return true };
    if subject.argument.entity.is_some() && subject.argument.entity == object.argument.entity {
        return false;
    }
    // An end without a name is a noun; where only those who act can stand, one for them: "police", not "a phone". The
    // network has seen for itself whether the noun can stand there.
    let fits = |resolved: &Resolved, types: &[String], literal: bool, acts: bool| match resolved.argument.entity {
        Some(entity) => types.iter().any(|t| t == context.arguments.kind(entity)),
        None => {
            let word = resolved.word;
            let fits = !acts || candidate.network > 0.0 || context.arguments.is_actor(word);
            literal && fits && context.arguments.is_noun(word) && !context.in_date[word]
        }
    };
    let interaction = kind.is_interaction();
    let literal_object = kind.literal_object || interaction;
    (subject.argument.entity.is_some() || with_open)
        && fits(subject, &kind.subject_types, interaction, true)
        && fits(object, &kind.object_types, literal_object, kind.animate_object)
}

/// One candidate for each type and pair of ends: the surest rule's, the first of equals, with what the network gives it.
fn best_of_each(context: &Context<'_, '_>, proposed: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    let mut at: HashMap<(Option<usize>, Key, Key), usize> = HashMap::new();
    // A title read twice may have more words the one time: of those of a holder that overlap, one is kept.
    let mut titles: HashMap<usize, Vec<usize>> = HashMap::new();
    for candidate in proposed {
        let (subject, object) = (key(context, &candidate.subject), key(context, &candidate.object));
        let symmetric = candidate.kind.is_some_and(|k| context.catalogue.types[k].symmetric);
        let crossed = (candidate.kind, object.clone(), subject.clone());
        let straight = (candidate.kind, subject, object);
        let known = at.get(&straight).or_else(|| at.get(&crossed).filter(|_| symmetric));
        let holder = candidate.subject.argument.entity.filter(|_| is_title(context, &candidate));
        let overlaps = |&&i: &&usize| kept[i].object.argument.span.overlaps(candidate.object.argument.span);
        let known = known.or_else(|| titles.get(&holder?)?.iter().find(overlaps));
        match known.copied() {
            Some(index) => {
                let network = kept[index].network.max(candidate.network);
                if rule_confidence(context, &candidate) > rule_confidence(context, &kept[index]) {
                    kept[index] = candidate;
                }
                kept[index].network = network;
            }
            None => {
                if let Some(holder) = holder {
                    titles.entry(holder).or_default().push(kept.len());
                }
                at.insert(straight, kept.len());
                kept.push(candidate);
            }
        }
    }
    kept
}

/// Titles whose words are all in another one of the same holder ("president", "president of Chile") are left out.
fn without_shorter_titles(context: &Context<'_, '_>, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut titles: HashMap<usize, Vec<(usize, Vec<String>)>> = HashMap::new();
    for (index, candidate) in candidates.iter().enumerate().filter(|(_, c)| is_title(context, c) && is_sure(context, c))
    {
        let Some(holder) = candidate.subject.argument.entity else { continue };
        let title = candidate.object.argument.span.of(context.syntax.source).to_lowercase();
        let words = title.split_whitespace().map(str::to_owned).collect();
        titles.entry(holder).or_default().push((index, words));
    }
    let mut shorter = HashSet::new();
    for held in titles.values().filter(|held| held.len() <= MOST_TITLES) {
        let is_shorter = |short: &[String], long: &[String]| {
            long.len() > short.len() && short.iter().all(|word| long.contains(word))
        };
        let left_out = held.iter().filter(|(_, short)| held.iter().any(|(_, long)| is_shorter(short, long)));
        shorter.extend(left_out.map(|(index, _)| *index));
    }
    let mut index = 0..;
    candidates.into_iter().filter(|_| index.next().is_none_or(|i| !shorter.contains(&i))).collect()
}

/// Whether the candidate gives its subject a title of office.
fn is_title(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    candidate.kind.is_some_and(|k| context.catalogue.types[k].object_types.is_empty())
}

/// Whether the candidate is sure enough for its type. What the network alone says of a thing without a name is not,
/// unless it is one of those who act.
fn is_sure(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    let object = &candidate.object;
    let known = object.argument.entity.is_some() || candidate.score > 0.0 || is_title(context, candidate);
    (known || context.arguments.is_actor(object.word)) && confidence(context, candidate) >= confidence::LEAST
}

/// How sure the candidate is: what its rule and the network say together.
fn confidence(context: &Context<'_, '_>, candidate: &Candidate) -> f32 {
    let rule = rule_confidence(context, candidate);
    if candidate.kind.is_none() { rule.clamp(0.01, 0.99) } else { confidence::combine(rule, candidate.network) }
}

/// Product of the rule's precision, the attachments between trigger and arguments, and the arguments' own confidence; 0
/// without a rule.
fn rule_confidence(context: &Context<'_, '_>, candidate: &Candidate) -> f32 {
    let s = context.syntax;
    let arc = |word: usize| if word == candidate.trigger { 1.0 } else { s.words[word].confidence };
    let entity = |r: &Resolved| r.argument.entity.map_or(0.8, |e| context.entities.entities[e].confidence);
    let ends = candidate.subject.confidence * candidate.object.confidence;
    let named = entity(&candidate.subject).min(entity(&candidate.object));
    let attached = (arc(candidate.subject.word) * arc(candidate.object.word)).sqrt();
    (candidate.score * ends * named * attached).min(0.99)
}

/// The sentence that says it; of one that is longer than any sentence should be, the stretch from the first of the
/// relation's words to the last, so that an answer is not longer than its text by the number of its relations.
fn evidence(s: &Syntax<'_>, sentence: usize, candidate: &Candidate) -> Span {
    let whole = s.text.sentences[sentence].span;
    if whole.end - whole.start <= LONGEST_EVIDENCE {
        return whole;
    }
    let word = s.span(candidate.trigger..candidate.trigger + 1);
    let ends = [candidate.subject.argument.span, candidate.object.argument.span];
    let first = ends.iter().fold(word.start, |first, end| first.min(end.start));
    let last = ends.iter().fold(word.end, |last, end| last.max(end.end));
    Span::new(first.max(whole.start), last.min(whole.end))
}

fn complete(
    context: &Context<'_, '_>,
    candidate: Candidate,
    attributions: &Attributions<'_, '_>,
    clause_dates: &ClauseDates<'_, '_>,
    dated: &Tagged,
) -> Relation {
    let s = context.syntax;
    let kind = candidate.kind.map(|k| &context.catalogue.types[k]);
    let confidence = confidence(context, &candidate);
    // What a thing without a name does, and what is doubtful, has no type of the catalogue, but the class of its event.
    let typed = kind.filter(|_| candidate.subject.argument.entity.is_some() && is_sure(context, &candidate));
    let named = kind.is_some_and(|k| !k.is_interaction()) && s.upos(candidate.trigger) != Upos::Verb;
    let state = matches!(candidate.rule, "title" | "place" | "nationality") || candidate.rule == learned::RULE && named;
    let mut facts = factuality::read(s, candidate.predicate);
    if state {
        facts.polarity = crate::extraction::Polarity::Affirmed;
        facts.modality = crate::extraction::Modality::Actual;
    }
    let class = kind.and_then(|k| plover::class(context, &candidate, k, facts));
    let class = class.map(|code| Code { scheme: catalogue::PLOVER.to_owned(), code });
    let others = typed.iter().flat_map(|k| &k.codes).filter(|c| c.scheme != catalogue::PLOVER).cloned();
    let codes = class.into_iter().chain(others).collect();
    let subject = candidate.subject.argument.entity;
    let attribution = if state { None } else { attributions.of(candidate.predicate) };
    // Who promises to do something states no more than the relation does.
    let own = |cue: usize| cue == candidate.trigger || is_infinitive_of(s, candidate.predicate, cue);
    let attribution =
        attribution.filter(|a| !(a.speaker.argument.entity.is_some_and(|e| Some(e) == subject) && own(a.cue)));
    let when = if state { Vec::new() } else { clause_dates.of(candidate.predicate) };
    let wording = candidate.wording.clone().unwrap_or_else(|| open::typed_wording(s, &candidate));
    let sentence = s.sentence(candidate.trigger);
    let path = || path::written(s, candidate.subject.word, candidate.trigger, candidate.object.word);
    Relation {
        id: String::new(),
        kind: typed.map_or(OPEN, |k| &k.name).to_owned(),
        predicate: wording.predicate,
        phrase: wording.phrase,
        symmetric: kind.is_some_and(|k| k.symmetric),
        trigger: s.span(wording.trigger),
        polarity: facts.polarity,
        modality: facts.modality,
        tense: facts.tense,
        attribution: attribution.map(|a| Attribution { source: a.speaker.argument, cue: s.span(a.cue..a.cue + 1) }),
        interval: time::interval(dated, &when),
        dates: when,
        codes,
        sentence,
        evidence: evidence(s, sentence, &candidate),
        confidence,
        topic: topic::read(context, &candidate),
        place: setting::place(context, &candidate),
        rule: candidate.rule,
        support: Support { rule: rule_confidence(context, &candidate), network: candidate.network },
        path: context.explain.then(path),
        subject: candidate.subject.argument,
        object: candidate.object.argument,
    }
}

/// Whether the predicate is the infinitive that completes the verb.
fn is_infinitive_of(s: &Syntax<'_>, predicate: usize, verb: usize) -> bool {
    s.deprel(predicate) == Deprel::Xcomp && s.head(predicate) == Some(verb)
}

/// Dependents that a predicate's arguments stand in.
const ARGUMENTS: &[Deprel] =
    &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Iobj, Deprel::Obl, Deprel::OblAgent, Deprel::OblUnmarked];

#[cfg(test)]
mod tests;
