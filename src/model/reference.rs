//! The exported graph run by a runtime for ONNX: what the network is tested against.

use std::sync::Arc;

use rten::{Model as Graph, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::scores::Matrix;
use super::window::Window;

const INPUTS: [&str; 3] = ["pieces", "shapes", "starts"];
/// The outputs, by the names that `training/graph.py` gives them.
pub const OUTPUTS: [&str; 14] = [
    "mention",
    "upos",
    "xpos",
    "arcs",
    "label_dependents",
    "label_heads",
    "title",
    "antecedents",
    "relation_subject",
    "relation_object",
    "relation_subject_query",
    "relation_object_query",
    "relation_key",
    "relation_value",
];

/// The graph with its inputs and outputs found.
pub struct Reference {
    graph: Graph,
    inputs: [NodeId; 3],
    outputs: [NodeId; OUTPUTS.len()],
    pool: Arc<ThreadPool>,
}

/// A head's scores, as the graph gives them.
pub struct Output {
    values: Vec<f32>,
    width: usize,
}

impl Reference {
    pub fn embedded() -> Self {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let graph = options.load_static_slice(include_bytes!("../../model/model.onnx")).expect("the graph loads");
        let inputs = INPUTS.map(|name| graph.node_id(name).expect(name));
        let outputs = OUTPUTS.map(|name| graph.node_id(name).expect(name));
        Self { graph, inputs, outputs, pool: Arc::new(ThreadPool::with_num_threads(1)) }
    }

    /// Scores a window: the outputs in the order of their names.
    pub fn run(&self, window: &Window) -> [Output; OUTPUTS.len()] {
        let column =
            |values: &[i32]| ValueOrView::from(Value::from(NdTensor::from_data([values.len()], values.to_vec())));
        let inputs = self.inputs.into_iter().zip([&window.pieces, &window.shapes, &window.starts]);
        let inputs = inputs.map(|(id, values)| (id, column(values))).collect();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let mut found = self.graph.run(inputs, &self.outputs, Some(options)).expect("the graph runs").into_iter();
        OUTPUTS.map(|name| {
            let tensor: NdTensor<f32, 2> = found.next().expect(name).try_into().expect(name);
            Output { width: tensor.size(1), values: tensor.into_data() }
        })
    }
}

impl Output {
    /// A copy of scores.
    pub fn of(scores: Matrix<'_>) -> Self {
        let width = if scores.rows() == 0 { 0 } else { scores.row(0).len() };
        Self { values: (0..scores.rows()).flat_map(|row| scores.row(row)).copied().collect(), width }
    }

    pub fn matrix(&self) -> Matrix<'_> {
        Matrix::new(&self.values, self.width)
    }
}
