//! The graph and one run of it.

use std::sync::Arc;

use rten::{Model as Graph, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::LoadError;
use super::window::Window;

const INPUTS: [&str; 3] = ["pieces", "shapes", "starts"];
const OUTPUTS: [&str; 6] = ["mention", "upos", "xpos", "arcs", "label_dependents", "label_heads"];

/// The loaded graph with its inputs and outputs found.
pub struct Network {
    graph: Graph,
    inputs: [NodeId; 3],
    outputs: [NodeId; 6],
}

/// A head's scores: a row for each word (`label_heads`: and one before them for the root).
#[derive(Debug)]
pub struct Matrix {
    pub values: Vec<f32>,
    pub width: usize,
}

impl Matrix {
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.width..(index + 1) * self.width]
    }

    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }
}

/// What the network says of a window.
#[derive(Debug)]
pub struct Scores {
    pub mention: Matrix,
    pub upos: Matrix,
    pub xpos: Matrix,
    /// Columns: the root, then each word of the window as head.
    pub arcs: Matrix,
    /// For each label a vector and a bias; its product with the head's row of `label_heads` scores the label.
    pub label_dependents: Matrix,
    pub label_heads: Matrix,
}

impl Network {
    pub fn embedded(graph: &'static [u8]) -> Result<Self, LoadError> {
        Self::new(options().load_static_slice(graph))
    }

    pub fn owned(graph: Vec<u8>) -> Result<Self, LoadError> {
        Self::new(options().load(graph))
    }

    fn new(graph: Result<Graph, rten::LoadError>) -> Result<Self, LoadError> {
        let graph = graph.map_err(|e| LoadError::Graph(e.to_string()))?;
        let node = |name: &str| graph.node_id(name).map_err(|e| LoadError::Graph(e.to_string()));
        let [a, b, c] = INPUTS;
        let inputs = [node(a)?, node(b)?, node(c)?];
        let mut outputs = inputs.to_vec();
        outputs.clear();
        for name in OUTPUTS {
            outputs.push(node(name)?);
        }
        let outputs = <[NodeId; 6]>::try_from(outputs).map_err(|_| LoadError::Graph("outputs".to_owned()))?;
        Ok(Self { graph, inputs, outputs })
    }

    /// Scores a window, on the threads of `pool`.
    pub fn run(&self, window: &Window, pool: &Arc<ThreadPool>) -> Result<Scores, String> {
        let column =
            |values: &[i32]| ValueOrView::from(Value::from(NdTensor::from_data([values.len()], values.to_vec())));
        let inputs = self.inputs.into_iter().zip([&window.pieces, &window.shapes, &window.starts]);
        let inputs = inputs.map(|(id, values)| (id, column(values))).collect();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let found = self.graph.run(inputs, &self.outputs, Some(options)).map_err(|e| e.to_string())?;
        let mut found = found.into_iter();
        let mut next = || {
            let tensor: NdTensor<f32, 2> =
                found.next().ok_or("missing output")?.try_into().map_err(|_| "output of an unexpected type")?;
            Ok::<_, String>(Matrix { width: tensor.size(1), values: tensor.into_data() })
        };
        Ok(Scores {
            mention: next()?,
            upos: next()?,
            xpos: next()?,
            arcs: next()?,
            label_dependents: next()?,
            label_heads: next()?,
        })
    }
}

fn options() -> ModelOptions {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    options
}
