//! One sentence for each type of clause, and the triples that it must and must not give.

use std::sync::OnceLock;

use crate::extraction::{Document, Options, Relation};
use crate::pipeline::Extractor;

fn open(text: &str) -> Vec<Relation> {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    let extractor = EXTRACTOR.get_or_init(|| Extractor::load(None, 1).expect("the embedded model loads"));
    let document = Document { text: text.to_owned(), ..Document::default() };
    let options = Options { include_open_relations: true, ..Options::default() };
    let found = extractor.extract(&document, &options).expect("the text is read");
    found.relations.into_iter().filter(|r| r.kind == "open").collect()
}

#[track_caller]
fn says(text: &str, wanted: &[&str]) {
    let line = |r: &Relation| format!("{} | {} | {}", r.subject.span.of(text), r.phrase, r.object.span.of(text));
    let found: Vec<String> = open(text).iter().map(line).collect();
    for want in wanted {
        assert!(found.iter().any(|line| line == want), "{text}\n  wanted: {want}\n  found:  {found:#?}");
    }
}

#[test]
fn verb_and_object() {
    says("The company sold two old factories.", &["The company | sold | two old factories"]);
}

#[test]
fn verb_and_adverbial() {
    says("The train arrived in Vienna.", &["The train | arrived in | Vienna"]);
}

#[test]
fn verb_and_complement() {
    says("Her brother became a doctor.", &["Her brother | became | a doctor"]);
}

#[test]
fn verb_with_receiver_and_object() {
    says("The teacher gave the pupils a book.", &["The teacher | gave the pupils | a book"]);
}

#[test]
fn verb_with_object_and_adverbial() {
    says("She won the prize in 1990.", &["She | won | the prize", "She | won the prize in | 1990"]);
}

#[test]
fn verb_with_object_and_complement() {
    says("The court declared the law invalid.", &["The court | declared | the law"]);
}

#[test]
fn copulas() {
    says(
        "Paris is the capital of France.",
        &["Paris | is | the capital of France", "Paris | is the capital of | France"],
    );
    says("The museum is in Rome.", &["The museum | is in | Rome"]);
    says("The soup was very hot.", &["The soup | was | very hot"]);
}

#[test]
fn coordination_is_split() {
    says("The farmer grows apples and pears.", &["The farmer | grows | apples", "The farmer | grows | pears"]);
    says(
        "The man was arrested in Lyon and charged with murder.",
        &["The man | was arrested in | Lyon", "The man | was charged with | murder"],
    );
}

#[test]
fn relative_clauses_speak_of_their_noun() {
    says("The boy who found the coin left.", &["The boy | found | the coin"]);
    says("The town in which he lived burned.", &["he | lived in | The town"]);
}

#[test]
fn participles_speak_of_their_noun() {
    says("A panel drafting a law met.", &["A panel | drafting | a law"]);
    says("A house built by monks burned.", &["A house | built by | monks"]);
}

#[test]
fn infinitives_stay_with_their_verb() {
    says("The bank wants to buy a rival.", &["The bank | wants to buy | a rival"]);
    says("The firm is able to repay its debt.", &["The firm | is able to repay | its debt"]);
    says("The king asked the general to leave the city.", &["The king | asked the general to leave | the city"]);
}

#[test]
fn passives_and_negation_are_worded_as_written() {
    says("The plan was not accepted by the council.", &["The plan | was not accepted by | the council"]);
}

#[test]
fn appositions_describe_the_name() {
    says(
        "Tim Cook, the head of Apple, smiled.",
        &["Tim Cook | is | the head of Apple", "Tim Cook | is the head of | Apple"],
    );
}

#[test]
fn arguments_are_minimal() {
    says("The bridge, which opened in 1930, crosses the river.", &["The bridge | crosses | the river"]);
}

#[test]
fn the_predicate_is_normalised_and_the_trigger_covers_the_phrase() {
    let text = "She has not yet won the first prize in Oslo.";
    let relations = open(text);
    let place = relations.iter().find(|r| r.object.span.of(text) == "Oslo").expect("a relation to the place");
    assert_eq!(place.predicate, "win prize in");
    assert_eq!(place.trigger.of(text), "has not yet won the first prize in");
}
