//! The queue before the workers: who is let in, and who wakes whom.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::job::Job;
use super::turns::Turns;

/// A document of so many bytes is long: some seconds of work, where an article of the news takes a fraction of one.
const LONG: usize = 64 << 10;

/// What may wait at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub documents: usize,
    pub text_bytes: usize,
}

/// A queue bounded in documents and in text, whose callers are served in turn.
///
/// Who is refused at once when there is no room may use all of it; who can wait is let in to the first half only, so that
/// the many documents of a stream leave room for single ones.
#[derive(Debug)]
pub struct Queue {
    bounds: Bounds,
    /// How many long documents are at work at most, so that short ones find a worker.
    most_long: usize,
    state: Mutex<State>,
    /// Tells a worker that there may be something to take.
    filled: Condvar,
    /// Held by the first of those who wait for room; the others stand behind it in the order in which they came.
    door: tokio::sync::Mutex<()>,
    /// Tells the one at the door that there may be room.
    room: Notify,
}

#[derive(Debug, Default)]
struct State {
    waiting: Turns,
    long_at_work: usize,
    closed: bool,
}

impl Bounds {
    fn half(self) -> Self {
        Self { documents: self.documents / 2, text_bytes: self.text_bytes / 2 }
    }

    /// Whether a document finds room beside those that wait. Whatever its length it does where none waits.
    fn admit(self, job: &Job, waiting: &Turns) -> bool {
        let documents = waiting.documents() + 1;
        let text_bytes = waiting.text_bytes().saturating_add(job.text_bytes());
        documents == 1 || (documents <= self.documents && text_bytes <= self.text_bytes)
    }
}

impl Queue {
    /// An empty queue before so many workers.
    pub fn new(bounds: Bounds, workers: usize) -> Self {
        Self {
            bounds,
            most_long: workers.saturating_sub(1).max(1),
            state: Mutex::default(),
            filled: Condvar::new(),
            door: tokio::sync::Mutex::default(),
            room: Notify::new(),
        }
    }

    /// Lets a document in, or gives it back where there is no room.
    pub fn try_push(&self, job: Job) -> Result<(), Job> {
        self.push_within(self.bounds, job)
    }

    /// Lets a document in once at most half of the room is used with it.
    pub async fn push(&self, mut job: Job) {
        let _first = self.door.lock().await;
        while let Err(refused) = self.push_within(self.bounds.half(), job) {
            job = refused;
            // Where there is no room something waits: when that is taken, there will be news.
            self.room.notified().await;
        }
    }

    fn push_within(&self, bounds: Bounds, job: Job) -> Result<(), Job> {
        let mut state = self.lock();
        if !bounds.admit(&job, &state.waiting) {
            state.waiting.purge();
            if !bounds.admit(&job, &state.waiting) {
                return Err(job);
            }
        }
        state.waiting.push(job);
        drop(state);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for a document that is still wanted; none once the queue is closed and there is nothing left to take.
    /// After its work, [`Queue::done`] must be told.
    pub fn take(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            let may_be_long = state.long_at_work < self.most_long;
            while let Some(job) = state.waiting.next(|job| may_be_long || !is_long(job)) {
                self.room.notify_one();
                if job.is_wanted() {
                    state.long_at_work += usize::from(is_long(&job));
                    return Some(job);
                }
            }
            if state.closed {
                return None; // A long document that may still wait is taken by the worker that is at another.
            }
            state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The work on a document that was taken is over.
    pub fn done(&self, job: &Job) {
        if is_long(job) {
            self.lock().long_at_work -= 1;
            self.filled.notify_one();
        }
    }

    /// Lets the workers end after what is queued.
    pub fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    /// A panic under the lock would leave the state whole: each change of it is complete before the next begins.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_long(job: &Job) -> bool {
    job.text_bytes() >= LONG
}

#[cfg(test)]
mod tests;
