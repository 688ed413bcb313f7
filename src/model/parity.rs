//! The network run here against the trainer's scores, on the inputs of `model/parity.json`: it must be as near to them as
//! the same graph is under ONNX Runtime, and come to the same decisions.

use std::sync::Arc;

use rten::ThreadPool;
use serde::Deserialize;

use super::Model;
use super::window::cut;
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

/// Mean difference from the trainer's scores: what int8 costs.
fn distance(found: &[f32], wanted: &[Vec<f32>]) -> f32 {
    assert_eq!(found.len(), wanted.iter().map(Vec::len).sum::<usize>());
    let pairs = found.iter().zip(wanted.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).sum::<f32>() / found.len() as f32
}

#[test]
fn the_service_sees_and_scores_what_the_trainer_did() {
    let model = Model::embedded().expect("the embedded model loads");
    let pool = Arc::new(ThreadPool::with_num_threads(1));
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../model/parity.json")).expect("parity.json");
    assert!(!cases.is_empty());
    let (mut words, mut agreeing) = (0, 0);
    for case in &cases {
        let (source, text) = text_of(case);
        let windows = cut(&source, &text, &model.pieces, model.description.window).windows;
        assert_eq!(windows.len(), 1);
        let window = &windows[0];
        assert_eq!((&window.pieces, &window.shapes, &window.starts), (&case.pieces, &case.shapes, &case.starts));
        let scores = model.network.run(window, &pool).expect("the network runs");
        for (name, found) in [("mention", &scores.mention), ("arcs", &scores.arcs)] {
            let exported: Vec<f32> = case.exported[name].iter().flatten().copied().collect();
            let here = distance(&found.values, &case.trained[name]);
            let there = distance(&exported, &case.trained[name]);
            assert!(here < 1.5 * there, "{name}: {here} from the trainer's scores, ONNX Runtime {there}: {source}");
        }
        for (name, found) in [("mention", &scores.mention), ("arcs", &scores.arcs)] {
            for (row, wanted) in found.best().into_iter().zip(&case.trained[name]) {
                words += 1;
                agreeing += usize::from(row == super::decode::argmax(wanted));
            }
        }
    }
    assert!(agreeing * 100 >= words * 95, "int8 agrees with the trainer on {agreeing} of {words} decisions only");
}
