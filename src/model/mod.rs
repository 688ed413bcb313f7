//! The trained network: words in, scores out.
//!
//! [`Model`] holds the network's files; [`window`] cuts a document into what the network sees at once; [`Network`] runs
//! it, with what is in [`engine`]; [`decode`] makes tags and trees of its [`Scores`]. [`Inference`] does the last two on
//! threads of its own.

pub mod decode;
pub mod engine;
mod inference;
pub mod labels;
mod network;
pub mod pairs;
#[cfg(test)]
mod reference;
mod scores;
pub mod window;
mod wordpiece;

#[cfg(test)]
mod parity;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use inference::{Inference, InferenceError};
pub use network::{Network, Scratch};
pub use scores::{Matrix, Scores};
pub use wordpiece::WordPiece;

/// Why a model can't be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("cannot read {path}: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("model.json: {0}")]
    Description(#[from] serde_json::Error),
    #[error("model.json: unknown {kind} label {label:?}")]
    Label { kind: &'static str, label: String },
    #[error("vocab.txt has no {0} piece")]
    Vocabulary(&'static str),
    #[error("model.onnx: {0}")]
    Weights(#[from] engine::weights::WeightError),
    #[error("cannot start an inference thread: {0}")]
    Thread(std::io::Error),
}

/// `model.json`: what the network is and what its outputs mean.
#[derive(Debug, Deserialize)]
pub struct Description {
    pub name: String,
    pub version: String,
    /// Most word pieces in a window.
    pub window: usize,
    pub labels: LabelSets,
}

/// The labels of each head, in the order of its outputs.
#[derive(Debug, Deserialize)]
pub struct LabelSets {
    pub mention: Vec<String>,
    pub upos: Vec<String>,
    pub xpos: Vec<String>,
    pub deprel: Vec<String>,
    pub title: Vec<String>,
    pub relation: Vec<String>,
}

/// The files of a model, embedded in the binary or read from a folder.
pub struct Model {
    pub description: Description,
    /// Hex SHA-256 of the graph.
    pub hash: String,
    pub pieces: WordPiece,
    pub labels: labels::Labels,
    pub network: Network,
}

impl Model {
    /// The model that the binary carries.
    pub fn embedded() -> Result<Self, LoadError> {
        Self::from_parts(
            include_str!("../../model/model.json"),
            include_str!("../../model/vocab.txt"),
            include_bytes!("../../model/model.onnx"),
        )
    }

    /// The model in a folder with `model.json`, `vocab.txt` and `model.onnx`.
    pub fn read(folder: &Path) -> Result<Self, LoadError> {
        let bytes = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| LoadError::Read { path, source })
        };
        let text = |name: &str| Ok::<_, LoadError>(String::from_utf8_lossy(&bytes(name)?).into_owned());
        Self::from_parts(&text("model.json")?, &text("vocab.txt")?, &bytes("model.onnx")?)
    }

    fn from_parts(description: &str, vocabulary: &str, onnx: &[u8]) -> Result<Self, LoadError> {
        let description: Description = serde_json::from_str(description)?;
        Ok(Self {
            pieces: WordPiece::new(vocabulary)?,
            labels: labels::Labels::new(&description.labels)?,
            network: Network::new(onnx, description.labels.relation.len())?,
            hash: sha256(onnx),
            description,
        })
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
