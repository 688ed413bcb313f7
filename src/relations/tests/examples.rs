//! Every sentence of `data/relation_examples.toml` through the whole pipeline: what says a type of relation gives it
//! between its two names, what only comes near does not.

use std::fmt::Write;

use serde::Deserialize;

use super::extract;
use crate::extraction::{Argument, Extraction};

/// Sentences of one type that may fail: a network that is trained anew reads some words otherwise.
const MOST_MISSES: usize = 2;

/// Share of all sentences that may fail.
const MOST_PERCENT: usize = 5;

#[derive(Deserialize)]
struct File {
    r#type: Vec<Examples>,
}

#[derive(Deserialize)]
struct Examples {
    name: String,
    says: Vec<Example>,
    not: Vec<String>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    subject: String,
    object: String,
}

/// Whether the argument is the one written so: by any name of its entity, or by its own words.
fn is(argument: &Argument, wanted: &str, text: &str, extraction: &Extraction) -> bool {
    let bare = |name: &str| name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name).to_owned();
    match argument.entity {
        Some(entity) => extraction.entities[entity].mentions.iter().any(|m| bare(m.span.of(text)) == wanted),
        None => bare(argument.span.of(text)) == wanted,
    }
}

/// What was read instead, if the sentence does not give the relation.
fn missing(kind: &str, example: &Example) -> Option<Vec<String>> {
    let extraction = extract(&example.text);
    let says = |one: &Argument, other: &Argument| {
        is(one, &example.subject, &example.text, &extraction) && is(other, &example.object, &example.text, &extraction)
    };
    let found = extraction
        .relations
        .iter()
        .any(|r| r.kind == kind && (says(&r.subject, &r.object) || r.symmetric && says(&r.object, &r.subject)));
    (!found).then(|| super::lines(&example.text))
}

#[test]
fn every_type_is_read_in_its_examples_and_not_near_them() {
    let file: File = toml::from_str(include_str!("../../../data/relation_examples.toml")).unwrap();
    assert_eq!(file.r#type.len(), 64);
    let (mut table, mut failed, mut all, mut poor) = (String::new(), 0, 0, Vec::new());
    for examples in &file.r#type {
        let kind = examples.name.as_str();
        assert!(examples.says.len() >= 5 && examples.not.len() >= 2, "{kind} has too few examples");
        let mut report = String::new();
        let mut misses = 0;
        for example in &examples.says {
            if let Some(read) = missing(kind, example) {
                misses += 1;
                writeln!(report, "    missing in: {}\n      read: {read:?}", example.text).unwrap();
            }
        }
        for text in examples.not.iter().filter(|text| extract(text).relations.iter().any(|r| r.kind == kind)) {
            misses += 1;
            writeln!(report, "    wrong in: {text}\n      read: {:?}", super::lines(text)).unwrap();
        }
        let count = examples.says.len() + examples.not.len();
        failed += misses;
        all += count;
        if misses > MOST_MISSES {
            poor.push(kind);
        }
        if misses > 0 {
            writeln!(table, "{kind:18} {misses} of {count}\n{report}").unwrap();
        }
    }
    println!("{failed} of {all} sentences fail\n{table}");
    assert!(poor.is_empty() && failed * 100 <= all * MOST_PERCENT, "{failed} of {all} fail; worst {poor:?}\n{table}");
}
