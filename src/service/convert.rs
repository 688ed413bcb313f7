//! Turns what was extracted into the contract's messages. Byte spans become the caller's offsets here, and nowhere else.

use std::time::Duration;

use super::Limits;
use crate::extraction::{
    Argument, Code, Date, DateKind, DateRange, Entity, Extraction, Features, Interval, Mention, MentionKind, Modality,
    Polarity, ReferenceSource, Relation, Span, Tense, Timings,
};
use crate::pipeline::ModelInfo;
use crate::proto;
use crate::relations::catalogue::{Catalogue, RelationType};
use crate::text::offsets::{OffsetMap, OffsetUnit};

/// What the converter needs to know beside the extraction itself.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub document_id: &'a str,
    /// The text that the spans stand in.
    pub text: &'a str,
    pub unit: OffsetUnit,
    /// The parts to return.
    pub features: Features,
    pub model_version: &'a str,
}

/// The response to a document.
pub fn response(source: Source<'_>, extraction: &Extraction) -> proto::ExtractResponse {
    let converter = Converter { text: source.text, offsets: OffsetMap::new(source.text, source.unit), extraction };
    let Features { entities, relations, dates, sentences } = source.features;
    proto::ExtractResponse {
        document_id: source.document_id.to_owned(),
        entities: part(entities, &extraction.entities, |entity| converter.entity(entity)),
        relations: part(relations, &extraction.relations, |relation| converter.relation(relation)),
        dates: part(dates, &extraction.dates, |date| converter.date(date)),
        date_ranges: part(dates, &extraction.date_ranges, |range| converter.date_range(range)),
        sentences: part(sentences, &extraction.sentences, |&span| converter.sentence(span)),
        warnings: extraction.warnings.clone(),
        metadata: Some(metadata(source.model_version, extraction)),
    }
}

fn part<T, P>(wanted: bool, items: &[T], convert: impl FnMut(&T) -> P) -> Vec<P> {
    if wanted { items.iter().map(convert).collect() } else { Vec::new() }
}

struct Converter<'a> {
    text: &'a str,
    offsets: OffsetMap<'a>,
    extraction: &'a Extraction,
}

impl Converter<'_> {
    fn span(&self, span: Span) -> proto::Span {
        proto::Span {
            start: count(self.offsets.convert(span.start)),
            end: count(self.offsets.convert(span.end)),
            text: span.of(self.text).to_owned(),
        }
    }

    fn sentence(&self, span: Span) -> proto::Sentence {
        proto::Sentence { span: Some(self.span(span)) }
    }

    fn entity(&self, entity: &Entity) -> proto::Entity {
        let links = entity.links.iter().map(|link| proto::Link {
            scheme: link.scheme.clone(),
            id: link.id.clone(),
            name: link.name.clone(),
        });
        proto::Entity {
            id: entity.id.clone(),
            r#type: entity.kind.clone(),
            name: entity.name.clone(),
            mentions: entity.mentions.iter().map(|mention| self.mention(mention)).collect(),
            links: links.collect(),
            salience: entity.salience,
            confidence: entity.confidence,
        }
    }

    fn mention(&self, mention: &Mention) -> proto::Mention {
        let kind = match mention.kind {
            MentionKind::Name => proto::MentionKind::Name,
            MentionKind::Nominal => proto::MentionKind::Nominal,
            MentionKind::Pronoun => proto::MentionKind::Pronoun,
        };
        proto::Mention { span: Some(self.span(mention.span)), kind: kind.into(), confidence: mention.confidence }
    }

    fn argument(&self, argument: &Argument) -> proto::Argument {
        let entity = argument.entity.and_then(|index| self.extraction.entities.get(index));
        proto::Argument {
            entity_id: entity.map(|entity| entity.id.clone()).unwrap_or_default(),
            span: Some(self.span(argument.span)),
        }
    }

    fn relation(&self, relation: &Relation) -> proto::Relation {
        let dates = relation.dates.iter().filter_map(|&index| self.extraction.dates.get(index));
        let attribution = relation.attribution.as_ref().map(|attribution| proto::Attribution {
            source: Some(self.argument(&attribution.source)),
            cue: Some(self.span(attribution.cue)),
        });
        proto::Relation {
            id: relation.id.clone(),
            r#type: relation.kind.clone(),
            predicate: relation.predicate.clone(),
            subject: Some(self.argument(&relation.subject)),
            object: Some(self.argument(&relation.object)),
            symmetric: relation.symmetric,
            trigger: Some(self.span(relation.trigger)),
            polarity: polarity(relation.polarity).into(),
            modality: modality(relation.modality).into(),
            tense: tense(relation.tense).into(),
            attribution,
            date_ids: dates.map(|date| date.id.clone()).collect(),
            interval: relation.interval.as_ref().map(interval),
            codes: relation.codes.iter().map(code).collect(),
            sentence_index: count(relation.sentence),
            evidence: Some(self.span(relation.evidence)),
            confidence: relation.confidence,
            topic: relation.topic.map(|topic| self.span(topic)),
            place: relation.place.as_ref().map(|place| self.argument(place)),
            relation_phrase: relation.phrase.clone(),
        }
    }

    fn date(&self, date: &Date) -> proto::Date {
        let kind = match date.kind {
            DateKind::Date => proto::DateType::Date,
            DateKind::Time => proto::DateType::Time,
            DateKind::Duration => proto::DateType::Duration,
            DateKind::Set => proto::DateType::Set,
        };
        proto::Date {
            id: date.id.clone(),
            span: Some(self.span(date.span)),
            r#type: kind.into(),
            value: date.value.clone(),
            r#mod: date.modifier.clone(),
            interval: date.interval.as_ref().map(interval),
            confidence: date.confidence,
            names_event: date.names_event,
        }
    }

    fn date_range(&self, range: &DateRange) -> proto::DateRange {
        let id = |index: usize| self.extraction.dates.get(index).map(|date| date.id.clone()).unwrap_or_default();
        proto::DateRange {
            id: range.id.clone(),
            span: Some(self.span(range.span)),
            begin_date_id: id(range.begin),
            end_date_id: id(range.end),
            interval: range.interval.as_ref().map(interval),
        }
    }
}

fn polarity(polarity: Polarity) -> proto::Polarity {
    match polarity {
        Polarity::Affirmed => proto::Polarity::Affirmed,
        Polarity::Negated => proto::Polarity::Negated,
    }
}

fn modality(modality: Modality) -> proto::Modality {
    match modality {
        Modality::Actual => proto::Modality::Actual,
        Modality::Planned => proto::Modality::Planned,
        Modality::Possible => proto::Modality::Possible,
        Modality::Requested => proto::Modality::Requested,
    }
}

fn tense(tense: Tense) -> proto::Tense {
    match tense {
        Tense::Unspecified => proto::Tense::Unspecified,
        Tense::Past => proto::Tense::Past,
        Tense::Present => proto::Tense::Present,
        Tense::Future => proto::Tense::Future,
    }
}

fn interval(interval: &Interval) -> proto::Interval {
    proto::Interval { begin: interval.begin.clone(), end: interval.end.clone(), approximate: interval.approximate }
}

fn code(code: &Code) -> proto::Code {
    proto::Code { scheme: code.scheme.clone(), code: code.code.clone() }
}

fn metadata(model_version: &str, extraction: &Extraction) -> proto::ExtractionMetadata {
    let source = match extraction.reference_source {
        ReferenceSource::None => proto::ReferenceTimeSource::Unspecified,
        ReferenceSource::Request => proto::ReferenceTimeSource::Request,
        ReferenceSource::Document => proto::ReferenceTimeSource::Document,
    };
    proto::ExtractionMetadata {
        model_version: model_version.to_owned(),
        reference_time: extraction.reference_time.clone(),
        reference_time_source: source.into(),
        word_count: count(extraction.word_count),
        timings: Some(timings(extraction.timings)),
    }
}

fn timings(timings: Timings) -> proto::Timings {
    proto::Timings {
        queued: duration(timings.queued),
        text: duration(timings.text),
        model: duration(timings.model),
        dates: duration(timings.dates),
        entities: duration(timings.entities),
        relations: duration(timings.relations),
    }
}

fn duration(duration: Duration) -> Option<prost_types::Duration> {
    prost_types::Duration::try_from(duration).ok()
}

/// What is running, as `GetServiceInfo` tells it.
pub fn service_info(model: ModelInfo, catalogue: &Catalogue, limits: &Limits) -> proto::GetServiceInfoResponse {
    proto::GetServiceInfoResponse {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: Some(proto::ModelInfo { name: model.name, version: model.version, hash: model.hash }),
        languages: vec!["en".to_owned()],
        entity_types: model.entity_types,
        relation_types: catalogue.types.iter().map(relation_type).collect(),
        limits: Some(proto::Limits {
            max_text_bytes: limits.max_text_bytes as u64,
            max_batch_documents: count(limits.max_batch_documents),
            max_message_bytes: limits.max_message_bytes() as u64,
            queue_documents: count(limits.queue_documents),
            queue_text_bytes: limits.queue_text_bytes as u64,
            max_dictionary_names: count(limits.max_dictionary_names),
            max_dictionary_name_bytes: count(Limits::MAX_DICTIONARY_NAME_BYTES),
        }),
    }
}

fn relation_type(kind: &RelationType) -> proto::RelationType {
    let trigger_words = kind.trigger_words.iter().map(|trigger| proto::TriggerWords {
        part_of_speech: trigger.part_of_speech.clone(),
        words: trigger.words.clone(),
    });
    proto::RelationType {
        name: kind.name.clone(),
        definition: kind.definition.clone(),
        symmetric: kind.symmetric,
        codes: kind.codes.iter().map(code).collect(),
        trigger_words: trigger_words.collect(),
        subject_types: kind.subject_types.clone(),
        object_types: kind.object_types.clone(),
        literal_object: kind.literal_object,
        examples: kind.examples.iter().map(|example| example.text.clone()).collect(),
    }
}

/// Offsets and counts fit: a text is limited to less than 4 GiB.
fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
