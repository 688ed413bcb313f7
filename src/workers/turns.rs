//! The order of service: each caller's documents stand in a line of their own, and the lines are served in turn.

use std::collections::VecDeque;

use super::job::{Caller, Job};

/// Documents that wait. A caller with many of them delays another by one at most, each time round.
#[derive(Debug, Default)]
pub struct Turns {
    /// The line whose turn is next stands first; none is empty.
    lines: VecDeque<Line>,
    documents: usize,
    text_bytes: usize,
}

#[derive(Debug)]
struct Line {
    caller: Caller,
    jobs: VecDeque<Job>,
}

impl Turns {
    /// How many documents wait.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// How much text waits.
    pub fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Puts a document at the end of its caller's line; a new line is the last to be served.
    pub fn push(&mut self, job: Job) {
        self.documents += 1;
        self.text_bytes += job.text_bytes();
        match self.lines.iter_mut().find(|line| line.caller == job.caller) {
            Some(line) => line.jobs.push_back(job),
            None => self.lines.push_back(Line { caller: job.caller, jobs: VecDeque::from([job]) }),
        }
    }

    /// Takes the first document of the first line where it `may` be taken; a line that is passed over keeps its place.
    pub fn next(&mut self, may: impl Fn(&Job) -> bool) -> Option<Job> {
        let at = self.lines.iter().position(|line| line.jobs.front().is_some_and(&may))?;
        let mut line = self.lines.remove(at)?;
        let job = line.jobs.pop_front()?;
        if !line.jobs.is_empty() {
            self.lines.push_back(line);
        }
        self.documents -= 1;
        self.text_bytes -= job.text_bytes();
        Some(job)
    }

    /// Drops the documents whose caller has left.
    pub fn purge(&mut self) {
        for line in &mut self.lines {
            line.jobs.retain(Job::is_wanted);
        }
        self.lines.retain(|line| !line.jobs.is_empty());
        let jobs = || self.lines.iter().flat_map(|line| &line.jobs);
        (self.documents, self.text_bytes) = (jobs().count(), jobs().map(Job::text_bytes).sum());
    }
}
