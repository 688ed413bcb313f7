//! The threads that run extractions, and the queue in front of them.
//!
//! Extraction is CPU-bound, so it has its own threads and never runs on the asynchronous runtime's.

mod job;
mod queue;
mod turns;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{io, thread};

use crate::extraction::{Document, Extraction, Options, Wanted};
use crate::pipeline::ExtractError;

use self::job::Job;
pub use self::job::{Caller, Ticket};
pub use self::queue::Bounds;
use self::queue::Queue;

/// What a worker does with a document, for as long as it is wanted.
pub type Work = dyn Fn(&Document, &Options, Wanted<'_>) -> Result<Extraction, ExtractError> + Send + Sync;

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
    queue: Arc<Queue>,
    callers: AtomicU64,
}

impl Pool {
    /// Starts `threads` workers behind a queue.
    pub fn start(work: Arc<Work>, threads: usize, bounds: Bounds) -> io::Result<Self> {
        let queue = Arc::new(Queue::new(bounds, threads));
        let pool = Self { queue, callers: AtomicU64::new(0) };
        for number in 0..threads {
            let (work, queue) = (Arc::clone(&work), Arc::clone(&pool.queue));
            thread::Builder::new().name(format!("worker-{number}")).spawn(move || run(&*work, &queue))?;
        }
        Ok(pool)
    }

    /// Someone new, whose documents have turns of their own.
    pub fn caller(&self) -> Caller {
        Caller(self.callers.fetch_add(1, Ordering::Relaxed))
    }

    /// Queues a document, or fails at once when the queue is full.
    pub fn try_submit(
        &self,
        caller: Caller,
        document: Arc<Document>,
        options: Arc<Options>,
    ) -> Result<Ticket, WorkError> {
        let (job, ticket) = Job::new(caller, document, options);
        self.queue.try_push(job).map_err(|_| WorkError::QueueFull)?;
        Ok(ticket)
    }

    /// Queues a document as soon as half of the queue has room for it.
    pub async fn submit(&self, caller: Caller, document: Arc<Document>, options: Arc<Options>) -> Ticket {
        let (job, ticket) = Job::new(caller, document, options);
        self.queue.push(job).await;
        ticket
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue.close();
    }
}

fn run(work: &Work, queue: &Queue) {
    while let Some(job) = queue.take() {
        let waited = job.submitted.elapsed();
        let span = job.span.clone();
        let _span = span.enter();
        tracing::debug!(document_id = job.document.id, "reading");
        let read = || work(&job.document, &job.options, &|| job.is_wanted());
        let result = match catch_unwind(AssertUnwindSafe(read)) {
            Ok(Ok(mut extraction)) => {
                extraction.timings.queued = waited;
                Ok(extraction)
            }
            Ok(Err(error)) => {
                if matches!(error, ExtractError::Unwanted) {
                    tracing::debug!(document_id = job.document.id, "no longer reading: the caller has left");
                }
                Err(WorkError::Extract(error))
            }
            Err(_) => {
                // The panic's message and place are in the log already, through the panic hook.
                tracing::error!(document_id = job.document.id, "extraction panicked");
                Err(WorkError::Panicked)
            }
        };
        queue.done(&job);
        job.answer(result);
    }
}

#[cfg(test)]
mod tests;
