//! The threads that run extractions, and the queue in front of them.
//!
//! Extraction is CPU-bound, so it has its own threads and never runs on the asynchronous runtime's.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::extraction::{Document, Extraction, Options};
use crate::pipeline::ExtractError;

/// What a worker does with a document.
pub type Work = dyn Fn(&Document, &Options) -> Result<Extraction, ExtractError> + Send + Sync;

/// Why a document came back without an extraction.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    #[error("the queue is full")]
    QueueFull,
    #[error("the workers have stopped")]
    Stopped,
    #[error("the worker panicked")]
    Panicked,
    #[error(transparent)]
    Extract(#[from] ExtractError),
}

/// A fixed number of worker threads behind a bounded queue.
///
/// When the pool is dropped the workers finish what is queued and end.
#[derive(Debug)]
pub struct Pool {
    queue: Sender<Job>,
    /// One permit for each place in the queue; a job gives its place back when a worker takes it.
    places: Arc<Semaphore>,
}

/// A document in the queue or at work.
#[derive(Debug)]
pub struct Ticket(oneshot::Receiver<Result<Extraction, WorkError>>);

#[derive(Debug)]
struct Job {
    document: Arc<Document>,
    options: Arc<Options>,
    place: OwnedSemaphorePermit,
    queued: Instant,
    /// The request's span, so that what the worker logs carries the request's id.
    span: tracing::Span,
    reply: oneshot::Sender<Result<Extraction, WorkError>>,
}

impl Pool {
    /// Starts `threads` workers behind a queue of `places` documents.
    pub fn start(work: Arc<Work>, threads: usize, places: usize) -> io::Result<Self> {
        let (queue, jobs) = crossbeam_channel::bounded(places);
        for number in 0..threads {
            let (work, jobs) = (Arc::clone(&work), jobs.clone());
            thread::Builder::new().name(format!("worker-{number}")).spawn(move || run(&*work, &jobs))?;
        }
        Ok(Self { queue, places: Arc::new(Semaphore::new(places)) })
    }

    /// Queues a document, or fails at once when the queue is full.
    pub fn try_submit(&self, document: Arc<Document>, options: Arc<Options>) -> Result<Ticket, WorkError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| WorkError::QueueFull)?;
        self.enqueue(document, options, place)
    }

    /// Queues a document as soon as the queue has a place.
    pub async fn submit(&self, document: Arc<Document>, options: Arc<Options>) -> Result<Ticket, WorkError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| WorkError::Stopped)?;
        self.enqueue(document, options, place)
    }

    fn enqueue(
        &self,
        document: Arc<Document>,
        options: Arc<Options>,
        place: OwnedSemaphorePermit,
    ) -> Result<Ticket, WorkError> {
        let (reply, ticket) = oneshot::channel();
        let span = tracing::Span::current();
        let job = Job { document, options, place, queued: Instant::now(), span, reply };
        // Never blocks: whoever holds a permit has a place.
        self.queue.send(job).map_err(|_| WorkError::Stopped)?;
        Ok(Ticket(ticket))
    }
}

impl Ticket {
    /// Waits for the extraction. A ticket that is dropped before a worker takes its document cancels it.
    pub async fn wait(self) -> Result<Extraction, WorkError> {
        self.0.await.unwrap_or(Err(WorkError::Stopped))
    }
}

fn run(work: &Work, jobs: &Receiver<Job>) {
    for Job { document, options, place, queued, span, reply } in jobs {
        drop(place);
        if reply.is_closed() {
            continue; // The caller has left.
        }
        let waited = queued.elapsed();
        let _span = span.enter();
        let result = match catch_unwind(AssertUnwindSafe(|| work(&document, &options))) {
            Ok(Ok(mut extraction)) => {
                extraction.timings.queued = waited;
                Ok(extraction)
            }
            Ok(Err(error)) => Err(WorkError::Extract(error)),
            Err(_) => {
                // The panic's message and place are in the log already, through the panic hook.
                tracing::error!(document_id = document.id, "extraction panicked");
                Err(WorkError::Panicked)
            }
        };
        // The caller may have left meanwhile.
        let _ = reply.send(result);
    }
}

#[cfg(test)]
mod tests;
