//! Every span that leaves the service names its words, in each encoding, for arbitrary text.

mod common;

use common::{slice, spans};
use dossier::extraction::{
    Argument, Attribution, Date, DateKind, DateRange, Entity, Extraction, Mention, MentionKind, Modality, Options,
    Polarity, ReferenceSource, Relation, Span, Support, Tense, Timings,
};
use dossier::proto::OffsetEncoding;
use dossier::service::convert::{Source, response};
use dossier::text::offsets::OffsetUnit;
use proptest::prelude::*;

/// An extraction with `spans` in every place that has one.
fn extraction(spans: &[Span]) -> Extraction {
    let argument = |span| Argument { entity: None, span };
    let mention = |span| Mention { span, kind: MentionKind::Name, confidence: 1.0 };
    let entity = Entity {
        id: "e1".to_owned(),
        kind: "PERSON".to_owned(),
        name: String::new(),
        mentions: spans.iter().copied().map(mention).collect(),
        links: Vec::new(),
        salience: 1.0,
        confidence: 1.0,
    };
    let relation = |span| Relation {
        id: "r1".to_owned(),
        kind: "met".to_owned(),
        predicate: String::new(),
        phrase: String::new(),
        subject: argument(span),
        object: argument(span),
        symmetric: true,
        trigger: span,
        polarity: Polarity::Affirmed,
        modality: Modality::Actual,
        tense: Tense::Unspecified,
        attribution: Some(Attribution { source: argument(span), cue: span }),
        dates: Vec::new(),
        interval: None,
        codes: Vec::new(),
        sentence: 0,
        evidence: span,
        confidence: 1.0,
        topic: Some(span),
        place: Some(argument(span)),
        rule: "trigger",
        support: Support::default(),
        path: None,
    };
    let date = |span| Date {
        id: "d1".to_owned(),
        span,
        kind: DateKind::Date,
        value: String::new(),
        modifier: String::new(),
        interval: None,
        names_event: false,
        confidence: 1.0,
    };
    let range = |span| DateRange { id: "t1".to_owned(), span, begin: 0, end: 0, interval: None };
    Extraction {
        entities: vec![entity],
        relations: spans.iter().copied().map(relation).collect(),
        dates: spans.iter().copied().map(date).collect(),
        date_ranges: spans.iter().copied().map(range).collect(),
        sentences: spans.to_vec(),
        warnings: Vec::new(),
        reference_time: String::new(),
        reference_source: ReferenceSource::None,
        word_count: 0,
        timings: Timings::default(),
    }
}

/// Text of any characters, rich in those that make units differ.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-z ]{1,8}",
        prop::sample::select(vec![
            "\r\n",
            "👩‍🚀",
            "🇮🇷",
            "e\u{301}",
            "\u{feff}",
            "القاهرة",
            "習近平",
            "\u{a0}",
            "\u{200f}"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A text and spans that begin and end between its characters.
fn text_and_spans() -> impl Strategy<Value = (String, Vec<Span>)> {
    (text(), prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..8)).prop_map(
        |(text, ends)| {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let spans = ends.iter().map(|(one, other)| {
                let (one, other) = (bounds[one.index(bounds.len())], bounds[other.index(bounds.len())]);
                Span::new(one.min(other), one.max(other))
            });
            let spans = spans.collect();
            (text, spans)
        },
    )
}

proptest! {
    #[test]
    fn every_span_is_the_slice_it_names((text, given) in text_and_spans()) {
        for (unit, encoding) in [
            (OffsetUnit::Bytes, OffsetEncoding::Utf8),
            (OffsetUnit::Utf16, OffsetEncoding::Utf16),
            (OffsetUnit::CodePoints, OffsetEncoding::Utf32),
        ] {
            let features = Options::default().features;
            let source = Source { document_id: "", text: &text, unit, features, model_version: "" };
            let response = response(source, &extraction(&given));
            let found = spans(&response);
            // Mentions, two ends, trigger, evidence, source and cue, topic and place, dates, ranges and sentences.
            prop_assert_eq!(found.len(), given.len() * 12);
            for span in found {
                prop_assert_eq!(&slice(&text, encoding, span), &span.text);
            }
        }
    }
}
