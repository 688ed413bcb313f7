//! Threads that run the network, apart from those that serve requests.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::decode::{Reading, decode};
use super::window::Window;
use super::{LoadError, Model, Scratch};
use crate::extraction::Wanted;
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

/// Word pieces that a thread reads at once: enough for the weights to be worth fetching into the cache.
const BATCH: usize = 512;

/// Batches for each thread that are handed out, the one that is being read and one that waits: no thread runs idle, and
/// what comes new waits for little.
const AHEAD: usize = 2;

/// Why windows were not read.
#[derive(Debug, thiserror::Error)]
pub enum InferenceError {
    #[error("nobody waits for it any more")]
    Unwanted,
    #[error("{0}")]
    Failed(String),
}

struct Job {
    window: Window,
    index: usize,
    reply: Sender<(usize, Result<Reading, String>)>,
}

/// A pool of inference threads, each running a batch of windows at a time on one core.
pub struct Inference {
    jobs: Sender<Job>,
    threads: usize,
    /// How many documents are being read.
    documents: AtomicUsize,
}

impl Inference {
    /// Starts `threads` threads; they end when the pool is dropped.
    pub fn start(model: &Arc<Model>, threads: usize) -> Result<Self, LoadError> {
        let model = Arc::clone(model);
        Self::start_readers(threads, move || {
            let (model, mut scratch) = (Arc::clone(&model), Scratch::default());
            move |batch: &[Job]| read(&model, batch, &mut scratch)
        })
    }

    /// Starts threads with a reader of batches each.
    fn start_readers<R: FnMut(&[Job])>(
        threads: usize,
        reader: impl Fn() -> R + Clone + Send + 'static,
    ) -> Result<Self, LoadError> {
        let threads = threads.max(1);
        // Bounded by the documents under way, each of which has its share here and no more.
        let (jobs, queue) = unbounded::<Job>();
        for number in 0..threads {
            let (queue, reader) = (queue.clone(), reader.clone());
            let work = move || {
                // Products with weights would be spread over all cores, each of which has a thread like this one.
                let _alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
                let mut read = reader();
                while let Ok(first) = queue.recv() {
                    let batch = gather(first, &queue, threads);
                    // A fault must not leave callers waiting for a thread that has ended.
                    if catch_unwind(AssertUnwindSafe(|| read(&batch))).is_err() {
                        read = reader();
                        for job in &batch {
                            let _ = job.reply.send((job.index, Err("the network run panicked".to_owned())));
                        }
                    }
                }
            };
            std::thread::Builder::new().name(format!("inference-{number}")).spawn(work).map_err(LoadError::Thread)?;
        }
        Ok(Self { jobs, threads, documents: AtomicUsize::new(0) })
    }

    /// Reads every window, and puts what is read together in their order; blocks until all are done, or until they are
    /// not `wanted` any more.
    ///
    /// Windows are handed out as answers come, a few at a time, so that those of several documents take turns.
    pub fn run(&self, windows: Vec<Window>, wanted: Wanted<'_>) -> Result<Reading, InferenceError> {
        let _document = Counted::new(&self.documents);
        let sizes: Vec<usize> = windows.iter().map(|window| window.pieces.len()).collect();
        let mut done: Vec<Option<Reading>> = windows.iter().map(|_| None).collect();
        let mut waiting = windows.into_iter().enumerate();
        let (reply, answers) = bounded(sizes.len().max(1));
        let mut handed_out = 0;
        loop {
            if !wanted() {
                return Err(InferenceError::Unwanted);
            }
            let share = share(self.threads, self.documents.load(Ordering::Relaxed));
            while handed_out < share
                && let Some((index, window)) = waiting.next()
            {
                handed_out += sizes[index];
                let job = Job { window, index, reply: reply.clone() };
                self.jobs.send(job).map_err(|_| stopped())?;
            }
            if handed_out == 0 {
                break;
            }
            let (index, reading) = answers.recv().map_err(|_| stopped())?;
            done[index] = Some(reading.map_err(InferenceError::Failed)?);
            handed_out -= sizes[index];
        }
        let mut whole = Reading::default();
        for reading in done {
            whole.extend(reading.ok_or_else(stopped)?);
        }
        Ok(whole)
    }
}

/// Word pieces that one of several documents may have handed out. Together they come to the threads' batches, or to one
/// batch for each document where those are more.
fn share(threads: usize, documents: usize) -> usize {
    (AHEAD * BATCH * threads / documents.max(1)).max(BATCH)
}

fn stopped() -> InferenceError {
    InferenceError::Failed("the inference threads have stopped".to_owned())
}

/// One more, as long as it lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Adds to a job what else is waiting, up to a batch; leaves the other threads their share.
fn gather(first: Job, queue: &Receiver<Job>, threads: usize) -> Vec<Job> {
    let mut pieces = first.window.pieces.len();
    let mut batch = vec![first];
    let share = 1 + queue.len() / threads;
    while batch.len() < share && pieces < BATCH {
        let Ok(job) = queue.try_recv() else { break };
        pieces += job.window.pieces.len();
        batch.push(job);
    }
    batch
}

/// Runs the network over a batch and answers each of its jobs.
fn read(model: &Model, batch: &[Job], scratch: &mut Scratch) {
    let windows: Vec<&Window> = batch.iter().map(|job| &job.window).collect();
    model.network.run(&windows, scratch, |at, scores, facts| {
        // Scores are a hundred times larger than what they come to: they end here.
        let reading = decode(&batch[at].window, scores, facts, model);
        // A caller that has gone needs no answer.
        let _ = batch[at].reply.send((batch[at].index, Ok(reading)));
    });
}

#[cfg(test)]
mod tests;
