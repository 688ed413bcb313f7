//! Threads that run the network, apart from those that serve requests.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::decode::{Reading, decode};
use super::window::Window;
use super::{LoadError, Model, Scratch};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

/// Word pieces that a thread reads at once: enough for the weights to be worth fetching into the cache.
const BATCH: usize = 512;

struct Job {
    window: Window,
    index: usize,
    reply: Sender<(usize, Result<Reading, String>)>,
}

/// A pool of inference threads, each running a batch of windows at a time on one core.
pub struct Inference {
    jobs: Sender<Job>,
}

impl Inference {
    /// Starts `threads` threads; they end when the pool is dropped.
    pub fn start(model: &Arc<Model>, threads: usize) -> Result<Self, LoadError> {
        // Callers wait for their windows' scores, so the number of jobs is bounded by the documents under way.
        let (jobs, queue) = unbounded::<Job>();
        for number in 0..threads.max(1) {
            let (queue, model) = (queue.clone(), Arc::clone(model));
            let work = move || {
                // Products with weights would be spread over all cores, each of which has a thread like this one.
                let _alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
                let mut scratch = Scratch::default();
                while let Ok(first) = queue.recv() {
                    let batch = gather(first, &queue, threads);
                    // A fault must not leave callers waiting for a thread that has ended.
                    let run = AssertUnwindSafe(|| read(&model, &batch, &mut scratch));
                    if catch_unwind(run).is_err() {
                        scratch = Scratch::default();
                        for job in &batch {
                            let _ = job.reply.send((job.index, Err("the network run panicked".to_owned())));
                        }
                    }
                }
            };
            std::thread::Builder::new().name(format!("inference-{number}")).spawn(work).map_err(LoadError::Thread)?;
        }
        Ok(Self { jobs })
    }

    /// Reads every window, and puts what is read together in their order; blocks until all are done.
    pub fn run(&self, windows: Vec<Window>) -> Result<Reading, String> {
        let (reply, answers) = bounded(windows.len().max(1));
        let count = windows.len();
        for (index, window) in windows.into_iter().enumerate() {
            let job = Job { window, index, reply: reply.clone() };
            self.jobs.send(job).map_err(|_| "the inference threads have stopped".to_owned())?;
        }
        drop(reply);
        let mut done: Vec<Option<Reading>> = (0..count).map(|_| None).collect();
        for (index, reading) in answers {
            done[index] = Some(reading?);
        }
        let mut whole = Reading::default();
        for reading in done {
            let reading = reading.ok_or_else(|| "an inference thread has stopped".to_owned())?;
            whole.extend(reading);
        }
        Ok(whole)
    }
}

/// Adds to a job what else is waiting, up to a batch; leaves the other threads their share.
fn gather(first: Job, queue: &Receiver<Job>, threads: usize) -> Vec<Job> {
    let mut pieces = first.window.pieces.len();
    let mut batch = vec![first];
    let share = 1 + queue.len() / threads.max(1);
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
    model.network.run(&windows, scratch, |at, scores| {
        // Scores are a hundred times larger than what they come to: they end here.
        let reading = decode(&batch[at].window, scores, model);
        // A caller that has gone needs no answer.
        let _ = batch[at].reply.send((batch[at].index, Ok(reading)));
    });
}
