//! The whole flow, from a document's text to what it says.
//!
//! text -> tokens -> model -> entities and dates -> relations. Each stage reads only what stands before it.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::dates::{self, Reference, ReferenceError, Tagged};
use crate::entities::dictionary::{self, Known};
use crate::entities::{self, Entities};
use crate::extraction::{Document, Extraction, Options, ReferenceSource, Relation, Timings, Wanted};
use crate::model::decode::Reading;
use crate::model::labels::MentionType;
use crate::model::{Inference, InferenceError, LoadError as ModelError, Model, window};
use crate::relations::catalogue::{Catalogue, CatalogueError};
use crate::relations::{self, Learned};
use crate::syntax::{Syntax, repair};
use crate::text::{self, Text};

/// Reads documents with a loaded model. Shared by all threads that read.
pub struct Extractor {
    model: Arc<Model>,
    inference: Inference,
    catalogue: Catalogue,
    /// The catalogue's index of each type that the model knows.
    relation_kinds: Vec<usize>,
}

/// Why an extractor could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    #[error("model.json: the catalogue has no relation type {0:?}")]
    RelationType(String),
}

/// Why a document was not read.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    #[error("{field}: {description}")]
    InvalidField { field: &'static str, description: String },
    #[error("nobody waits for it any more")]
    Unwanted,
    #[error("{0}")]
    Internal(String),
}

/// The model that reads documents.
#[derive(Clone, Debug, Default)]
pub struct ModelInfo {
    pub name: String,
    pub version: String,
    /// SHA-256 of the weights, in hexadecimal.
    pub hash: String,
    pub entity_types: Vec<String>,
}

impl std::fmt::Debug for Extractor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Extractor").field("model", &self.model.description).finish_non_exhaustive()
    }
}

impl Extractor {
    /// Loads the embedded model, or the one in `model_dir`; `threads` of its own run the network.
    pub fn load(model_dir: Option<&Path>, threads: usize) -> Result<Self, LoadError> {
        let model = Arc::new(match model_dir {
            Some(folder) => Model::read(folder)?,
            None => Model::embedded()?,
        });
        let inference = Inference::start(&model, threads)?;
        let catalogue = Catalogue::embedded()?;
        let names = model.description.labels.relation.iter();
        let kind = |name: &String| catalogue.find(name).ok_or_else(|| LoadError::RelationType(name.clone()));
        let relation_kinds = names.map(kind).collect::<Result<_, _>>()?;
        Ok(Self { model, inference, catalogue, relation_kinds })
    }

    /// Reads `document`. Blocks; bound by the CPU. Dates alone are read without the model.
    pub fn extract(&self, document: &Document, options: &Options) -> Result<Extraction, ExtractError> {
        self.extract_while(document, options, &|| true)
    }

    /// The same for a caller who may leave meanwhile: stops soon after it is not `wanted` any more.
    pub fn extract_while(
        &self,
        document: &Document,
        options: &Options,
        wanted: Wanted<'_>,
    ) -> Result<Extraction, ExtractError> {
        let source = document.text.as_str();
        let mut warnings = Vec::new();
        let mut timings = Timings::default();

        let (reference, reference_source) = reference(document, options)?;
        let text = timed(&mut timings.text, || text::read(source));
        let tagged = timed(&mut timings.dates, || read_dates(source, reference.as_ref(), options, &mut warnings));
        let (entities, relations) = if options.features.entities || options.features.relations {
            let known = timed(&mut timings.entities, || known(source, &text, options))?;
            let reading = timed(&mut timings.model, || self.read(source, &text, &known, &mut warnings, wanted))?;
            let syntax = Syntax::new(source, &text, reading.words);
            let antecedents = |anaphor, word| reading.antecedents.score(anaphor, word);
            let entities =
                timed(&mut timings.entities, || entities::read(&syntax, &reading.mentions, &known, Some(&antecedents)));
            if !wanted() {
                return Err(ExtractError::Unwanted);
            }
            let relations = timed(&mut timings.relations, || {
                let learned = Learned { pairs: &reading.pairs, kinds: &self.relation_kinds };
                relations::read(&syntax, &entities, &tagged, &self.catalogue, learned, options)
            });
            (entities, relations)
        } else {
            (Entities::default(), Vec::new())
        };

        let mut extraction = Extraction {
            entities: Vec::new(),
            relations,
            dates: tagged.dates,
            date_ranges: tagged.ranges,
            sentences: text.sentences.iter().map(|s| s.span).collect(),
            warnings,
            reference_time: reference.as_ref().map(written).unwrap_or_default(),
            reference_source,
            word_count: word_count(source, &text),
            timings,
        };
        keep_wanted(&mut extraction, entities, options);
        Ok(extraction)
    }

    /// The words and trees of a text as CoNLL-U, named mentions in the last column. For looking at, not for programs.
    pub fn parse(&self, source: &str) -> Result<String, ExtractError> {
        let text = text::read(source);
        let reading = self.read(source, &text, &Known::default(), &mut Vec::new(), &|| true)?;
        let syntax = Syntax::new(source, &text, reading.words);
        Ok(syntax.conllu(|word| {
            let mention = reading.mentions.iter().find(|m| m.tokens.contains(&word));
            mention.map_or_else(|| "_".to_owned(), |m| format!("Mention={}", m.kind.name()))
        }))
    }

    /// The model that is loaded.
    pub fn info(&self) -> ModelInfo {
        let description = &self.model.description;
        let kinds = MentionType::ALL.iter().filter(|&&k| k != MentionType::Date);
        ModelInfo {
            name: description.name.clone(),
            version: description.version.clone(),
            hash: self.model.hash.clone(),
            entity_types: kinds.map(|k| k.name().to_owned()).collect(),
        }
    }

    /// The relation types.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Runs the network over the document and decodes what it says; a name that is known stands for any that overlaps it.
    fn read(
        &self,
        source: &str,
        text: &Text,
        known: &Known<'_>,
        warnings: &mut Vec<String>,
        wanted: Wanted<'_>,
    ) -> Result<Reading, ExtractError> {
        let model = &self.model;
        let cut = window::cut(source, text, &model.pieces, model.description.window);
        if cut.split_sentences > 0 {
            warnings.push(format!(
                "{} sentence(s) longer than the model's window of {} word pieces were read in parts",
                cut.split_sentences, model.description.window
            ));
        }
        let mut reading = self.inference.run(cut.windows, wanted)?;
        reading.mentions.retain(|m| !known.overlaps(&m.tokens));
        let tagged = reading.mentions.iter().map(|m| (m.kind, &m.tokens));
        let persons = tagged.chain(known.names.iter().map(|k| (k.kind, &k.tokens)));
        let names: Vec<_> = persons.filter(|p| p.0 == MentionType::Person).map(|(_, tokens)| tokens.clone()).collect();
        repair::repair(&mut reading.words, &names);
        Ok(reading)
    }
}

impl From<InferenceError> for ExtractError {
    fn from(error: InferenceError) -> Self {
        match error {
            InferenceError::Unwanted => Self::Unwanted,
            InferenceError::Failed(description) => Self::Internal(description),
        }
    }
}

/// The names of the request's dictionary, where the text has them.
fn known<'o>(source: &str, text: &Text, options: &'o Options) -> Result<Known<'o>, ExtractError> {
    dictionary::find(source, text, &options.dictionary)
        .map_err(|e| ExtractError::InvalidField { field: "options.dictionary", description: e.to_string() })
}

/// What relative dates are counted from: the request's time, else the document's own.
fn reference(document: &Document, options: &Options) -> Result<(Option<Reference>, ReferenceSource), ExtractError> {
    if !document.reference_time.is_empty() {
        let field = "document.reference_time";
        let invalid = |e: ReferenceError| ExtractError::InvalidField { field, description: e.to_string() };
        return Ok((
            Some(dates::parse_reference(&document.reference_time).map_err(invalid)?),
            ReferenceSource::Request,
        ));
    }
    let found = dates::find_reference(&document.text, options.date_order);
    let source = if found.is_some() { ReferenceSource::Document } else { ReferenceSource::None };
    Ok((found, source))
}

/// ISO date, or date-time where the time of day is known, with its offset where that is known.
fn written(reference: &Reference) -> String {
    match reference.time {
        Some(time) => format!("{}{}", reference.date.to_datetime(time), dates::written_offset(reference.offset)),
        None => reference.date.to_string(),
    }
}

fn read_dates(source: &str, reference: Option<&Reference>, options: &Options, warnings: &mut Vec<String>) -> Tagged {
    let tagged = dates::tag(source, reference, options.date_order);
    if tagged.unresolved > 0 {
        warnings.push(format!(
            "{} relative date(s) left unresolved: the request has no reference_time and the text no date of its own",
            tagged.unresolved
        ));
    }
    tagged
}

/// Tokens with a letter or a digit.
fn word_count(source: &str, text: &Text) -> usize {
    text.tokens.iter().filter(|t| t.span.of(source).contains(char::is_alphanumeric)).count()
}

/// Leaves out what the caller did not ask for. Relations keep their entities and dates by position, so those are only
/// left out when nothing that is returned names them.
fn keep_wanted(extraction: &mut Extraction, entities: Entities, options: &Options) {
    let wanted = |names: &[String], name: &str| names.is_empty() || names.iter().any(|n| n == name);
    let sure = |confidence: f32| confidence >= options.min_confidence;
    let features = options.features;
    let kept: Vec<bool> =
        entities.entities.iter().map(|e| wanted(&options.entity_types, &e.kind) && sure(e.confidence)).collect();
    let stays = |r: &Relation| {
        let ends = [&r.subject, &r.object].into_iter().filter_map(|a| a.entity).all(|e| kept[e]);
        features.relations && sure(r.confidence) && wanted(&options.relation_types, &r.kind) && ends
    };
    extraction.relations.retain(stays);
    for relation in &mut extraction.relations {
        if relation.attribution.as_ref().and_then(|a| a.source.entity).is_some_and(|e| !kept[e]) {
            relation.attribution = None;
        }
        relation.place = relation.place.take().filter(|p| p.entity.is_none_or(|e| kept[e]));
    }
    let mut named: HashSet<usize> = HashSet::new();
    let mut dated: HashSet<usize> = HashSet::new();
    for relation in &extraction.relations {
        let source = relation.attribution.as_ref().and_then(|a| a.source.entity);
        let place = relation.place.as_ref().and_then(|p| p.entity);
        named.extend([relation.subject.entity, relation.object.entity, source, place].into_iter().flatten());
        dated.extend(relation.dates.iter().copied());
    }
    let entity_at = renumber(kept.len(), |i| (features.entities && kept[i]) || named.contains(&i));
    let date_at = renumber(extraction.dates.len(), |i| {
        (features.dates && sure(extraction.dates[i].confidence)) || dated.contains(&i)
    });
    for relation in &mut extraction.relations {
        let source = relation.attribution.as_mut().map(|a| &mut a.source);
        let others = source.into_iter().chain(&mut relation.place);
        for argument in [&mut relation.subject, &mut relation.object].into_iter().chain(others) {
            argument.entity = argument.entity.and_then(|e| entity_at[e]);
        }
        relation.dates = relation.dates.iter().filter_map(|&d| date_at[d]).collect();
    }
    // A range stays with both of its ends.
    extraction.date_ranges.retain_mut(|range| {
        let ends = date_at[range.begin].zip(date_at[range.end]);
        if let Some((begin, end)) = ends {
            (range.begin, range.end) = (begin, end);
        }
        ends.is_some()
    });
    let mut index = 0;
    extraction.dates.retain(|_| {
        index += 1;
        date_at[index - 1].is_some()
    });
    extraction.entities =
        entities.entities.into_iter().zip(entity_at).filter_map(|(entity, at)| at.map(|_| entity)).collect();
    if !features.sentences {
        extraction.sentences.clear();
    }
}

/// New positions of those that stay.
fn renumber(count: usize, stays: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut next = 0;
    (0..count)
        .map(|i| {
            stays(i).then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn timed<T>(spent: &mut Duration, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let made = work();
    *spent += began.elapsed();
    made
}
