//! A loaded model with its workers: begins documents and finishes them.

use std::io;
use std::sync::Arc;

use super::Limits;
use super::access_log::WordCount;
use super::convert::{self, Source};
use super::request::{self, Checked, Vocabulary};
use super::status::Fault;
use crate::extraction::{Document, Options, Wanted};
use crate::pipeline::Extractor;
use crate::proto;
use crate::text::offsets::OffsetUnit;
use crate::workers::{Bounds, Caller, Pool, Ticket};

/// Workers for each thread that runs the network: a worker mostly waits for the network, which would run idle while the
/// only worker of its thread is at the rules.
const WORKERS_PER_THREAD: usize = 2;

/// Everything that answering a document takes.
pub struct Backend {
    extractor: Arc<Extractor>,
    pool: Pool,
    limits: Limits,
    workers: usize,
    entity_types: Vec<String>,
    relation_types: Vec<String>,
    model_version: Arc<str>,
}

/// One call of the service: its documents' turn in the queue, and the count of their words.
#[derive(Clone, Debug)]
pub struct Call {
    caller: Caller,
    words: WordCount,
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
    /// Starts the workers of `extractor`, whose network runs on `threads` of its own.
    pub fn start(extractor: Arc<Extractor>, threads: usize, limits: Limits) -> io::Result<Self> {
        let worker = Arc::clone(&extractor);
        let work = move |document: &Document, options: &Options, wanted: Wanted<'_>| {
            worker.extract_while(document, options, wanted)
        };
        let workers = threads * WORKERS_PER_THREAD;
        let bounds = Bounds { documents: limits.queue_documents, text_bytes: limits.queue_text_bytes };
        let pool = Pool::start(Arc::new(work), workers, bounds)?;
        let info = extractor.info();
        let relation_types = extractor.catalogue().types.iter().map(|kind| kind.name.clone()).collect();
        Ok(Self {
            pool,
            limits,
            workers,
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
        self.workers
    }

    /// Takes up a call, which has a turn of its own.
    pub fn call<T>(&self, request: &tonic::Request<T>) -> Call {
        Call { caller: self.pool.caller(), words: WordCount::of(request) }
    }

    /// Begins a document, or fails at once where the queue is full.
    pub fn try_start(&self, request: proto::ExtractRequest, call: &Call) -> Result<Running, Fault> {
        let (document, options, unit) = self.check(request)?;
        let ticket = self.pool.try_submit(call.caller, Arc::clone(&document), Arc::clone(&options))?;
        Ok(self.running(document, options, unit, ticket, call))
    }

    /// The same for the first of several documents: fails where the queue is full, and keeps any other fault for the
    /// document's own answer.
    pub fn try_begin(&self, request: proto::ExtractRequest, call: &Call) -> Result<Pending, Fault> {
        let document_id = document_id(&request);
        match self.try_start(request, call) {
            Ok(running) => Ok(Pending::Running(running)),
            Err(Fault::QueueFull) => Err(Fault::QueueFull),
            Err(fault) => Ok(Pending::Refused { document_id, fault }),
        }
    }

    /// Begins one document of several as soon as the queue has room for those that can wait.
    pub async fn begin(&self, request: proto::ExtractRequest, call: &Call) -> Pending {
        let document_id = document_id(&request);
        let begun = async {
            let (document, options, unit) = self.check(request)?;
            let ticket = self.pool.submit(call.caller, Arc::clone(&document), Arc::clone(&options)).await;
            Ok(self.running(document, options, unit, ticket, call))
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
        call: &Call,
    ) -> Running {
        let (words, model_version) = (call.words.clone(), Arc::clone(&self.model_version));
        Running { document, options, unit, ticket, words, model_version }
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
