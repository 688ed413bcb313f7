//! A document on its way through the workers, and the ticket of whoever waits for it.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::oneshot;

use super::WorkError;
use crate::extraction::{Document, Extraction, Options};

/// Whose a document is: a call, with as many documents as it has. Callers are served in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller(pub(super) u64);

/// A document in the queue or at work.
#[derive(Debug)]
pub struct Ticket(oneshot::Receiver<Result<Extraction, WorkError>>);

/// A document to read, with all that answering it takes.
#[derive(Debug)]
pub struct Job {
    pub caller: Caller,
    pub document: Arc<Document>,
    pub options: Arc<Options>,
    pub submitted: Instant,
    /// The request's span, so that what the worker logs carries the request's id.
    pub span: tracing::Span,
    reply: oneshot::Sender<Result<Extraction, WorkError>>,
}

impl Job {
    pub fn new(caller: Caller, document: Arc<Document>, options: Arc<Options>) -> (Self, Ticket) {
        let (reply, ticket) = oneshot::channel();
        let (submitted, span) = (Instant::now(), tracing::Span::current());
        (Self { caller, document, options, submitted, span, reply }, Ticket(ticket))
    }

    /// What it holds of the queue's bound in text.
    pub fn text_bytes(&self) -> usize {
        self.document.text.len() + self.document.title.len()
    }

    /// Whether its caller still waits for it.
    pub fn is_wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    /// Answers the caller, who may have left meanwhile.
    pub fn answer(self, result: Result<Extraction, WorkError>) {
        let _ = self.reply.send(result);
    }
}

impl Ticket {
    /// Waits for the extraction. To drop a ticket cancels its document: it is not begun, or not read to its end.
    pub async fn wait(self) -> Result<Extraction, WorkError> {
        self.0.await.unwrap_or(Err(WorkError::Stopped))
    }
}
