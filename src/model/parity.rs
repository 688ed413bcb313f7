//! The network against the trainer's scores, on the inputs of `model/parity.json`: it must be as near to them as the
//! exported graph is under ONNX Runtime, and come to the same decisions; and against that graph on real text.

use serde::Deserialize;

use super::decode::argmax;
use super::engine::facts::FactReader;
use super::pairs::{Form, Kind, Mention};
use super::reference::{OUTPUTS, Output, Reference};
use super::scores::RelationRows;
use super::window::{Window, cut};
use super::{Matrix, Model, Scores, Scratch};
use crate::extraction::Span;
use crate::text::{Sentence, Text, Token};

#[derive(Deserialize)]
struct Case {
    sentences: Vec<Vec<String>>,
    pieces: Vec<i32>,
    shapes: Vec<i32>,
    starts: Vec<i32>,
    /// Scores of the exported graph under ONNX Runtime.
    exported: std::collections::HashMap<String, Vec<Vec<f32>>>,
    /// Scores of the trainer's network in 32-bit floats.
    trained: std::collections::HashMap<String, Vec<Vec<f32>>>,
    /// Words taken as mentions of unknown kind, pairs of them, and the trainer's probabilities of the types of each pair.
    mentions: Vec<usize>,
    pairs: Vec<(usize, usize)>,
    probabilities: Vec<Vec<f32>>,
}

/// The case's words, a space between each.
fn text_of(case: &Case) -> (String, Text) {
    let (mut source, mut tokens, mut sentences) = (String::new(), Vec::new(), Vec::new());
    for sentence in &case.sentences {
        let (first, begin) = (tokens.len(), source.len());
        for word in sentence {
            let start = source.len();
            source.push_str(word);
            tokens.push(Token { span: Span::new(start, source.len()) });
            source.push(' ');
        }
        let span = Span::new(begin, source.len() - 1);
        sentences.push(Sentence { tokens: first..tokens.len(), span, paragraph: 0 });
    }
    (source, Text { tokens, sentences })
}

fn values(scores: Matrix<'_>) -> Vec<f32> {
    (0..scores.rows()).flat_map(|r| scores.row(r)).copied().collect()
}

/// All scores, in the order of the graph's outputs.
fn outputs(scores: &Scores<'_>, mut facts: FactReader<'_>) -> [Output; OUTPUTS.len()] {
    let Scores { mention, upos, xpos, title, arcs, label_dependents, label_heads } = *scores;
    let words: Vec<usize> = (0..mention.rows()).collect();
    let antecedents = Output::of(facts.antecedents(&words, &words));
    let RelationRows { subject, object, subject_query, object_query, key, value } = facts.relations(&words);
    let tags = [mention, upos, xpos, arcs, label_dependents, label_heads, title].map(Output::of);
    let relation = [subject, object, subject_query, object_query, key, value].map(Output::of);
    let mut all = tags.into_iter().chain([antecedents]).chain(relation);
    std::array::from_fn(|_| all.next().expect("as many as there are outputs"))
}

/// The best column of each row.
fn best(scores: Matrix<'_>) -> Vec<usize> {
    (0..scores.rows()).map(|r| argmax(scores.row(r))).collect()
}

/// Mean difference from the trainer's scores: what int8 costs.
fn distance(found: &[f32], wanted: &[Vec<f32>]) -> f32 {
    assert_eq!(found.len(), wanted.iter().map(Vec::len).sum::<usize>());
    let pairs = found.iter().zip(wanted.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).sum::<f32>() / found.len() as f32
}

#[test]
fn the_service_sees_and_scores_what_the_trainer_did() {
    let model = Model::embedded().expect("the embedded model loads");
    let mut scratch = Scratch::default();
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../model/parity.json")).expect("parity.json");
    assert!(!cases.is_empty());
    let (mut words, mut agreeing) = (0, 0);
    for case in &cases {
        let (source, text) = text_of(case);
        let windows = cut(&source, &text, &model.pieces, model.description.window).windows;
        assert_eq!(windows.len(), 1);
        let window = &windows[0];
        assert_eq!((&window.pieces, &window.shapes, &window.starts), (&case.pieces, &case.shapes, &case.starts));
        model.network.run(&[window], &mut scratch, |_, scores, _| {
            for (name, found) in [("mention", scores.mention), ("arcs", scores.arcs)] {
                let exported: Vec<f32> = case.exported[name].iter().flatten().copied().collect();
                let here = distance(&values(found), &case.trained[name]);
                let there = distance(&exported, &case.trained[name]);
                assert!(here < 1.5 * there, "{name}: {here} from the trainer's scores, ONNX Runtime {there}: {source}");
                for (row, wanted) in best(found).into_iter().zip(&case.trained[name]) {
                    words += 1;
                    agreeing += usize::from(row == argmax(wanted));
                }
            }
        });
    }
    assert!(agreeing * 100 >= words * 95, "int8 agrees with the trainer on {agreeing} of {words} decisions only");
}

/// Windows of the sample article.
fn windows(model: &Model) -> Vec<Window> {
    let source = include_str!("../../examples/lisbon-water-pact.txt");
    cut(source, &crate::text::read(source), &model.pieces, model.description.window).windows
}

#[test]
fn the_network_comes_to_what_the_exported_graph_does() {
    let model = Model::embedded().expect("the embedded model loads");
    let reference = Reference::embedded();
    let windows = windows(&model);
    let (mut decisions, mut agreeing) = (0, 0);
    model.network.run(&windows.iter().collect::<Vec<_>>(), &mut Scratch::default(), |i, scores, facts| {
        let wanted = reference.run(&windows[i]);
        for ((name, found), output) in OUTPUTS.iter().zip(&outputs(scores, facts)).zip(&wanted) {
            let found = found.matrix();
            // The graph quantises a window's activations together, the network each row by itself. On average they
            // are apart by less than a fiftieth of the range of the scores.
            let (found_values, wanted) = (values(found), values(output.matrix()));
            assert_eq!(found_values.len(), wanted.len(), "{name}");
            let range = wanted.iter().copied().fold(0.0, f32::max) - wanted.iter().copied().fold(0.0, f32::min);
            let pairs = found_values.iter().zip(&wanted);
            let mean = pairs.map(|(a, b)| (a - b).abs()).sum::<f32>() / wanted.len() as f32;
            assert!(mean < range / 50.0, "{name} of window {i}: {mean} apart, of {range}");
            if ["mention", "upos", "xpos", "arcs", "title"].contains(name) {
                decisions += found.rows();
                agreeing += best(found).iter().zip(best(output.matrix())).filter(|(a, b)| **a == *b).count();
            }
        }
    });
    assert!(agreeing * 1000 >= decisions * 985, "{agreeing} of {decisions} decisions agree");
}

#[test]
fn a_window_scores_the_same_alone_and_beside_others() {
    let model = Model::embedded().expect("the embedded model loads");
    let windows = windows(&model);
    let mut scratch = Scratch::default();
    let mut together = Vec::new();
    let all = |scores: &Scores<'_>, facts: FactReader<'_>| outputs(scores, facts).map(|output| values(output.matrix()));
    let mut reversed: Vec<&Window> = windows.iter().rev().collect();
    reversed.push(&windows[0]);
    model.network.run(&reversed, &mut scratch, |_, scores, facts| together.push(all(scores, facts)));
    for (window, together) in reversed.iter().zip(together) {
        model.network.run(&[window], &mut scratch, |_, scores, facts| assert!(all(scores, facts) == together));
    }
}

#[test]
fn facts_of_some_words_are_those_of_all() {
    let model = Model::embedded().expect("the embedded model loads");
    let windows = windows(&model);
    model.network.run(&windows.iter().collect::<Vec<_>>(), &mut Scratch::default(), |_, scores, mut facts| {
        let words: Vec<usize> = (0..scores.mention.rows()).collect();
        let (thirds, halves): (Vec<usize>, Vec<usize>) =
            (words.iter().copied().step_by(3).collect(), words.iter().copied().skip(1).step_by(2).collect());
        let all = Output::of(facts.antecedents(&words, &words));
        let some = facts.antecedents(&thirds, &halves);
        for (row, &anaphor) in thirds.iter().enumerate() {
            let wanted = all.matrix().row(anaphor);
            let wanted = std::iter::once(wanted[0]).chain(halves.iter().map(|&word| wanted[1 + word]));
            assert!(some.row(row).iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-3));
        }
        let ends = |rows: RelationRows<'_>| thirds.iter().flat_map(|&w| rows.object_query.row(w).to_vec()).collect();
        let all: Vec<f32> = ends(facts.relations(&words));
        let some: Vec<f32> = ends(facts.relations(&thirds));
        assert_eq!(all, some);
    });
}

#[test]
fn pairs_are_scored_as_the_trainer_scored_them() {
    let model = Model::embedded().expect("the embedded model loads");
    let mut scratch = Scratch::default();
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../model/parity.json")).expect("parity.json");
    let (mut count, mut apart) = (0, 0.0);
    for case in cases {
        let (source, text) = text_of(&case);
        let windows = cut(&source, &text, &model.pieces, model.description.window).windows;
        let mention = |&word: &usize| Mention { first: word, last: word, kind: Kind::Unknown, form: Form::Name };
        model.network.run(&[&windows[0]], &mut scratch, |_, _, mut facts| {
            let rows = facts.relations(&case.mentions);
            let mut ends = model.network.pairs.ends(&rows, case.mentions.iter().map(mention).collect());
            for (&(one, other), wanted) in case.pairs.iter().zip(&case.probabilities) {
                let sentence = windows[0].segments.iter().find(|s| s.tokens.contains(&case.mentions[one]));
                let seen = sentence.expect("the mention's sentence").tokens.clone();
                // As if the two stood next to each other in the tree.
                let found = ends.score(one, other, seen, &[case.mentions[one], case.mentions[other]]);
                for (here, there) in found.types.iter().map(|score| 1.0 / (1.0 + (-score).exp())).zip(wanted) {
                    count += 1;
                    apart += (here - there).abs();
                }
            }
        });
    }
    // What int8 rows cost; the sums themselves are the same.
    assert!(count > 1000 && apart / (count as f32) < 0.005, "{} over {count}", apart / count as f32);
}
