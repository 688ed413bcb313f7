//! Runs `dossier::dates` and the `duckling` crate on the same cases and says how many each of them passes.
//!
//! The cases come from `convert.py` (its docstring is the format's description).

mod case;
mod dossier;
mod duckling;
mod failures;
mod found;
mod score;
mod speed;
mod table;
mod value;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use crate::case::{Case, Part};
use crate::score::Scored;

#[derive(Parser)]
#[command(about = "Compares dossier::dates with duckling on the cases that convert.py writes")]
struct Arguments {
    /// The cases, JSON lines.
    cases: PathBuf,
    /// Prints each case that this system fails, one a line.
    #[arg(long, value_name = "SYSTEM")]
    failures: Option<System>,
    /// Of the failures: those of spans or those of values alone.
    #[arg(long)]
    measure: Option<Measure>,
    /// Of the failures: those that the other system passes.
    #[arg(long)]
    behind: bool,
    /// The cases of this suite alone.
    #[arg(long)]
    suite: Option<String>,
    /// The cases of this family alone.
    #[arg(long)]
    family: Option<String>,
    /// The cases of this part alone.
    #[arg(long)]
    part: Option<Part>,
    /// The cases whose text contains this alone, in either case.
    #[arg(long)]
    text: Option<String>,
    /// Prints the page for docs/.
    #[arg(long)]
    markdown: bool,
    /// Explanations of families for the page: a TOML table, family = "explanation".
    #[arg(long, default_value = "tests/date_cases/notes.toml")]
    notes: PathBuf,
    /// Times both systems over texts made of the cases; for figures, in a release build.
    #[arg(long)]
    speed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum System {
    Dossier,
    Duckling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Measure {
    Spans,
    Values,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<String, String> {
    if arguments.failures == Some(System::Dossier) && arguments.part != Some(Part::Tuned) {
        // What is held out tells nothing any more once it has been looked at.
        return Err("--failures dossier needs --part tuned".to_owned());
    }
    let cases: Vec<_> = case::read(&arguments.cases)?.into_iter().filter(|case| is_asked(case, arguments)).collect();
    if arguments.speed {
        return Ok(speed::report(&cases));
    }
    let scored: Vec<_> = cases.iter().map(Scored::of).collect();
    if let Some(system) = arguments.failures {
        return Ok(failures::list(&scored, system, arguments.measure, arguments.behind));
    }
    if arguments.markdown {
        return Ok(table::page(&scored, &table::read_notes(&arguments.notes)?));
    }
    Ok(table::tables(&scored.iter().collect::<Vec<_>>()))
}

fn is_asked(case: &Case, arguments: &Arguments) -> bool {
    let contains = |part: &String| case.text.to_lowercase().contains(&part.to_lowercase());
    arguments.suite.as_ref().is_none_or(|suite| *suite == case.suite)
        && arguments.part.is_none_or(|part| part == case.part)
        && arguments.family.as_ref().is_none_or(|family| *family == case.family)
        && arguments.text.as_ref().is_none_or(contains)
}
