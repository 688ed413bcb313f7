//! The trained network: words in, scores out.
//!
//! [`Model`] holds the network's files; [`Inference`] runs it on threads of its own; [`window`] cuts a document into
//! what the network sees at once, and [`decode`] makes tags and trees of its scores.

pub mod decode;
mod inference;
pub mod labels;
mod network;
pub mod window;
mod wordpiece;

#[cfg(test)]
mod parity;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use inference::Inference;
pub use network::{Network, Scores};
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
    Graph(String),
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
            Network::embedded(include_bytes!("../../model/model.onnx"))?,
            sha256(include_bytes!("../../model/model.onnx")),
        )
    }

    /// The model in a folder with `model.json`, `vocab.txt` and `model.onnx`.
    pub fn read(folder: &Path) -> Result<Self, LoadError> {
        let bytes = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| LoadError::Read { path, source })
        };
        let graph = bytes("model.onnx")?;
        let hash = sha256(&graph);
        Self::from_parts(
            &String::from_utf8_lossy(&bytes("model.json")?),
            &String::from_utf8_lossy(&bytes("vocab.txt")?),
            Network::owned(graph)?,
            hash,
        )
    }

    fn from_parts(description: &str, vocabulary: &str, network: Network, hash: String) -> Result<Self, LoadError> {
        let description: Description = serde_json::from_str(description)?;
        let labels = labels::Labels::new(&description.labels)?;
        Ok(Self { pieces: WordPiece::new(vocabulary)?, labels, network, hash, description })
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
