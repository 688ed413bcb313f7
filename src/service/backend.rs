//! A loaded model with its workers: begins documents and finishes them.

use std::io;
use std::sync::Arc;

use super::Limits;
use super::access_log::WordCount;
use super::convert::{self, Source};
use super::request::{self, Checked, Vocabulary};
use super::status::Fault;
use crate::extraction::{Document, Options};
use crate::pipeline::Extractor;
use crate::proto;
use crate::text::offsets::OffsetUnit;
use crate::workers::{Pool, Ticket};

/// Everything that answering a document takes.
pub struct Backend {
    extractor: Arc<Extractor>,
    pool: Pool,
    limits: Limits,
    threads: usize,
    entity_types: Vec<String>,
    relation_types: Vec<String>,
    model_version: Arc<str>,
}

/// A document that is queued or at work.
#[derive(Debug)]
pub struct Running {
    document: Arc<Document>,
    options: Arc<Options>,
    unit: OffsetUnit,
    ticket: Ticket,
    model_version: Arc<str>,
    words: WordCount,
}

/// One document of several: at work, or refused already.
#[derive(Debug)]
pub enum Pending {
    Running(Running),
    Refused { document_id: String, fault: Fault },
}

impl Backend {
    /// Starts `threads` workers on `extractor`.
    pub fn start(extractor: Arc<Extractor>, threads: usize, limits: Limits) -> io::Result<Self> {
        let worker = Arc::clone(&extractor);
        let work = move |document: &Document, options: &Options| worker.extract(document, options);
        let pool = Pool::start(Arc::new(work), threads, limits.queue_documents)?;
        let info = extractor.info();
        let relation_types = extractor.catalogue().types.iter().map(|kind| kind.name.clone()).collect();
        Ok(Self {
            pool,
            limits,
            threads,
            entity_types: info.entity_types,
            relation_types,
            model_version: info.version.into(),
            extractor,
        })
    }

    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// How many documents one call may have begun and not finished: enough to keep every worker busy, few enough to
    /// leave the queue to others.
    pub fn window(&self) -> usize {
        self.threads * 2
    }

    /// Begins a document, or fails at once where the queue is full.
    pub fn try_start(&self, request: proto::ExtractRequest, words: WordCount) -> Result<Running, Fault> {
        let (document, options, unit) = self.check(request)?;
        let ticket = self.pool.try_submit(Arc::clone(&document), Arc::clone(&options))?;
        Ok(self.running(document, options, unit, ticket, words))
    }

    /// The same for the first of several documents: fails where the queue is full, and keeps any other fault for the
    /// document's own answer.
    pub fn try_begin(&self, request: proto::ExtractRequest, words: WordCount) -> Result<Pending, Fault> {
        let document_id = document_id(&request);
        match self.try_start(request, words) {
            Ok(running) => Ok(Pending::Running(running)),
            Err(Fault::QueueFull) => Err(Fault::QueueFull),
            Err(fault) => Ok(Pending::Refused { document_id, fault }),
        }
    }

    /// Begins one document of several as soon as the queue has a place.
    pub async fn begin(&self, request: proto::ExtractRequest, words: WordCount) -> Pending {
        let document_id = document_id(&request);
        let begun = async {
            let (document, options, unit) = self.check(request)?;
            let ticket = self.pool.submit(Arc::clone(&document), Arc::clone(&options)).await?;
            Ok(self.running(document, options, unit, ticket, words))
        };
        match begun.await {
            Ok(running) => Pending::Running(running),
            Err(fault) => Pending::Refused { document_id, fault },
        }
    }

    fn check(&self, request: proto::ExtractRequest) -> Result<(Arc<Document>, Arc<Options>, OffsetUnit), Fault> {
        let vocabulary = Vocabulary { entity_types: &self.entity_types, relation_types: &self.relation_types };
        let Checked { document, options, unit } = request::check(request, &self.limits, vocabulary)?;
        Ok((Arc::new(document), Arc::new(options), unit))
    }

    fn running(
        &self,
        document: Arc<Document>,
        options: Arc<Options>,
        unit: OffsetUnit,
        ticket: Ticket,
        words: WordCount,
    ) -> Running {
        Running { document, options, unit, ticket, words, model_version: Arc::clone(&self.model_version) }
    }
}

impl Running {
    /// Waits for the extraction and converts it.
    pub async fn finish(self) -> Result<proto::ExtractResponse, Fault> {
        let extraction = self.ticket.wait().await?;
        self.words.add(extraction.word_count);
        let source = Source {
            document_id: &self.document.id,
            text: &self.document.text,
            unit: self.unit,
            features: self.options.features,
            model_version: &self.model_version,
        };
        Ok(convert::response(source, &extraction))
    }
}

impl Pending {
    /// Waits for the answer, with a fault as the document's own error.
    pub async fn finish(self) -> Result<proto::ExtractResponse, proto::DocumentError> {
        match self {
            Self::Refused { document_id, fault } => Err(fault.of_document(document_id)),
            Self::Running(running) => {
                let document = Arc::clone(&running.document);
                running.finish().await.map_err(|fault| fault.of_document(document.id.clone()))
            }
        }
    }
}

fn document_id(request: &proto::ExtractRequest) -> String {
    request.document.as_ref().map(|document| document.id.clone()).unwrap_or_default()
}
