//! Threads that run the network, apart from those that serve requests.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crossbeam_channel::{Sender, bounded, unbounded};
use rten::ThreadPool;

use super::decode::{Reading, decode};
use super::window::Window;
use super::{LoadError, Model};

struct Job {
    window: Window,
    index: usize,
    reply: Sender<(usize, Result<Reading, String>)>,
}

/// A pool of inference threads, each running one window at a time on one core.
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
                let pool = Arc::new(ThreadPool::with_num_threads(1));
                for job in queue {
                    // A fault in the runtime must not leave callers waiting for a thread that has ended.
                    let run = AssertUnwindSafe(|| {
                        let scores = model.network.run(&job.window, &pool)?;
                        // Scores are a hundred times larger than what they come to: they end here.
                        Ok(decode(&job.window, &scores, &model.labels))
                    });
                    let reading = catch_unwind(run).unwrap_or_else(|_| Err("the network run panicked".to_owned()));
                    // A caller that has gone needs no answer.
                    let _ = job.reply.send((job.index, reading));
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
            whole.words.extend(reading.words);
            whole.mentions.extend(reading.mentions);
        }
        Ok(whole)
    }
}
