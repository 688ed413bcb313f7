//! The command line: one module for each command.

mod bench;
mod dictionary;
mod extract;
mod healthcheck;
mod json;
mod parse;
mod report;
mod serve;
mod tokens;

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::{Args, Parser, Subcommand};
use dossier::pipeline::{Extractor, LoadError};

/// Extracts entities, relations and dates from English documents.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve over gRPC.
    Serve(serve::Serve),
    /// Extract from files or standard input, without a server.
    Extract(extract::Extract),
    /// Ask a running service for its health; exit code 0 when it serves, 1 when it doesn't.
    Healthcheck(healthcheck::Healthcheck),
    /// Print how texts are cut into tokens and sentences (a diagnostic).
    ///
    /// Standard input holds the texts, separated by form feeds. For each token a line with its start and end in code
    /// points; an empty line after each sentence; a line with a form feed between texts.
    Tokens,
    /// Print the words, tags and trees of the text on standard input as CoNLL-U (a diagnostic).
    Parse(Model),
    /// Measure words per second and latency.
    Bench(bench::Bench),
}

/// Which model to load.
#[derive(Debug, Args)]
struct Model {
    /// Folder of the model to load instead of the one in the binary.
    #[arg(long = "model", value_name = "DIR", env = "DOSSIER_MODEL")]
    dir: Option<PathBuf>,
}

impl Model {
    /// The model alone, for what runs its network in its own way.
    fn read(&self) -> Result<dossier::model::Model, dossier::model::LoadError> {
        self.dir.as_deref().map_or_else(dossier::model::Model::embedded, dossier::model::Model::read)
    }

    fn load(&self, threads: usize) -> Result<Extractor, LoadError> {
        Extractor::load(self.dir.as_deref(), threads)
    }
}

/// Runs the command that the arguments ask for. Wrong usage exits with 2, any other failure with 1.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Extract(extract) => extract.run(),
        Command::Healthcheck(healthcheck) => healthcheck.run(),
        Command::Tokens => tokens::run(),
        Command::Parse(model) => parse::run(&model),
        Command::Bench(bench) => bench.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of our output has what it wanted.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", chain(&*error));
            ExitCode::FAILURE
        }
    }
}

/// What a command comes to.
type Outcome = Result<(), Box<dyn Error>>;

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// An error with its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// One thread for each core.
fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
