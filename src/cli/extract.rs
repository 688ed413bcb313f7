//! `dossier extract`.

use std::error::Error;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use dossier::pipeline::Extractor;
use dossier::proto::{self, ExtractResponse};
use dossier::service::Limits;
use dossier::service::convert::{self, Source};
use dossier::service::request::{self, Checked, Vocabulary};

use super::{Model, Outcome, chain, cores, dictionary, json, report};

#[derive(Debug, Args)]
pub struct Extract {
    /// Files of plain text in UTF-8; `-` is standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,
    /// Date or date-time (RFC 3339) that "Monday" is counted from [default: the document's own, where it has one].
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    reference_time: String,
    /// How to print: a table to read, or the JSON of ExtractResponse, one line for each file.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Parts to return, separated by commas [default: all]; dates alone are read without the model.
    #[arg(long, value_enum, value_name = "PART", value_delimiter = ',')]
    only: Vec<Part>,
    /// How dates such as 11/12/2023 are read [default: as other dates of the document show].
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<Order>,
    /// Return relations outside of the catalogue also.
    #[arg(long)]
    open: bool,
    /// File of names to know, one entry a line: name, type, identifier and further names, apart by tabs.
    #[arg(long, value_name = "FILE")]
    dictionary: Option<PathBuf>,
    /// Tell of each relation by what rule it was read, its trigger and the path between its ends; beside JSON on
    /// standard error.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    model: Model,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Part {
    Entities,
    Relations,
    Dates,
    Sentences,
}

impl From<Part> for proto::Feature {
    fn from(part: Part) -> Self {
        match part {
            Part::Entities => Self::Entities,
            Part::Relations => Self::Relations,
            Part::Dates => Self::Dates,
            Part::Sentences => Self::Sentences,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Order {
    MonthFirst,
    DayFirst,
}

/// What the service would refuse for its length is read here.
const LIMITS: Limits = Limits {
    max_text_bytes: u32::MAX as usize,
    max_batch_documents: 1,
    queue_documents: 1,
    queue_text_bytes: u32::MAX as usize,
    max_dictionary_names: u32::MAX as usize,
};

impl Extract {
    pub fn run(self) -> Outcome {
        let extractor = self.model.load(cores())?;
        let json = json::Writer::new()?;
        let options = self.options()?;
        let mut out = io::stdout().lock();
        let mut failed = 0;
        for (index, file) in self.files.iter().enumerate() {
            // A file at fault doesn't keep the others from being read.
            let (response, why) = match self.extract(&extractor, &options, file) {
                Ok(found) => found,
                Err(error) => {
                    eprintln!("error: {}: {}", file.display(), chain(&*error));
                    failed += 1;
                    continue;
                }
            };
            match self.format {
                Format::Json => {
                    json.write(&response, &mut out)?;
                    eprint!("{why}");
                }
                Format::Text => {
                    if index > 0 {
                        writeln!(out)?;
                    }
                    out.write_all(report::text(&response, self.only.is_empty()).as_bytes())?;
                    out.write_all(why.as_bytes())?;
                }
            }
        }
        match failed {
            0 => Ok(()),
            _ => Err(format!("{failed} of {} files not read", self.files.len()).into()),
        }
    }

    fn options(&self) -> Result<proto::ExtractOptions, Box<dyn Error>> {
        let order = match self.date_order {
            None => proto::DateOrder::Unspecified,
            Some(Order::MonthFirst) => proto::DateOrder::MonthFirst,
            Some(Order::DayFirst) => proto::DateOrder::DayFirst,
        };
        Ok(proto::ExtractOptions {
            features: self.only.iter().map(|&part| proto::Feature::from(part).into()).collect(),
            include_open_relations: self.open,
            date_order: order.into(),
            dictionary: self.dictionary.as_deref().map(dictionary::read).transpose()?.unwrap_or_default(),
            ..Default::default()
        })
    }

    /// Reads a file; the second part explains its relations, and is empty where that is not asked for.
    fn extract(
        &self,
        extractor: &Extractor,
        options: &proto::ExtractOptions,
        file: &Path,
    ) -> Result<(ExtractResponse, String), Box<dyn Error>> {
        let request = proto::ExtractRequest {
            document: Some(proto::Document {
                id: file.display().to_string(),
                text: read(file)?,
                reference_time: self.reference_time.clone(),
                ..Default::default()
            }),
            options: Some(options.clone()),
        };
        let info = extractor.info();
        // None of the options names a relation type.
        let vocabulary = Vocabulary { entity_types: &info.entity_types, relation_types: &[] };
        let Checked { document, mut options, unit } = request::check(request, &LIMITS, vocabulary)?;
        options.explain = self.explain;
        let extraction = extractor.extract(&document, &options)?;
        let source = Source {
            document_id: &document.id,
            text: &document.text,
            unit,
            features: options.features,
            model_version: &info.version,
        };
        let why = if self.explain { report::why(&document.text, &extraction.relations) } else { String::new() };
        Ok((convert::response(source, &extraction), why))
    }
}

fn read(file: &Path) -> Result<String, Box<dyn Error>> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        bytes
    } else {
        fs::read(file)?
    };
    Ok(String::from_utf8(bytes).map_err(|error| format!("not UTF-8 text: {error}"))?)
}
