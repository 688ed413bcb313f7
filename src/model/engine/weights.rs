//! The weights of an exported model, by name.

use std::collections::HashMap;

use rten_onnx::onnx::{DataType, ModelProto};

/// Why a model's weights can't be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightError {
    #[error("{0}")]
    File(String),
    #[error("no weight named {0}")]
    Missing(String),
    #[error("{name} is {found}, not {wanted}")]
    Unexpected { name: String, found: String, wanted: String },
}

/// Values in row-major order.
#[derive(Debug, Default)]
pub struct Array<T> {
    pub shape: Vec<usize>,
    pub values: Vec<T>,
}

struct Tensor {
    kind: DataType,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// What the graph holds besides its operators. Each weight can be taken once, so that none is kept twice.
pub struct Weights {
    tensors: HashMap<String, Tensor>,
}

impl Weights {
    /// Reads the initializers of an ONNX graph.
    pub fn parse(onnx: &[u8]) -> Result<Self, WeightError> {
        let model = ModelProto::parse_buf(onnx).map_err(|e| WeightError::File(e.to_string()))?;
        let graph = model.graph.ok_or_else(|| WeightError::File("the file has no graph".to_owned()))?;
        let mut tensors = HashMap::new();
        for initializer in graph.initializer {
            let (Some(name), Some(bytes)) = (initializer.name, initializer.raw_data) else { continue };
            let shape = initializer.dims.iter().map(|&d| usize::try_from(d).unwrap_or(0)).collect();
            let Some(kind) = initializer.data_type else { continue };
            tensors.insert(name, Tensor { kind, shape, bytes: bytes.into_inner() });
        }
        Ok(Self { tensors })
    }

    /// Takes a weight of 32-bit floats.
    pub fn floats(&mut self, name: &str) -> Result<Array<f32>, WeightError> {
        let tensor = self.take(name, DataType::FLOAT)?;
        let value = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Array::new(name, tensor.shape, tensor.bytes.chunks_exact(4).map(value).collect())
    }

    /// Takes a weight of 8-bit integers.
    pub fn bytes(&mut self, name: &str) -> Result<Array<i8>, WeightError> {
        let tensor = self.take(name, DataType::INT8)?;
        Array::new(name, tensor.shape, tensor.bytes.into_iter().map(u8::cast_signed).collect())
    }

    /// Takes a constant of 64-bit integers.
    pub fn integers(&mut self, name: &str) -> Result<Array<i64>, WeightError> {
        let tensor = self.take(name, DataType::INT64)?;
        let value = |b: &[u8]| i64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]);
        Array::new(name, tensor.shape, tensor.bytes.chunks_exact(8).map(value).collect())
    }

    pub fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    fn take(&mut self, name: &str, kind: DataType) -> Result<Tensor, WeightError> {
        let tensor = self.tensors.remove(name).ok_or_else(|| WeightError::Missing(name.to_owned()))?;
        if tensor.kind == kind {
            return Ok(tensor);
        }
        Err(unexpected(name, format!("{:?}", tensor.kind), format!("{kind:?}")))
    }
}

impl<T> Array<T> {
    fn new(name: &str, shape: Vec<usize>, values: Vec<T>) -> Result<Self, WeightError> {
        if shape.iter().product::<usize>() == values.len() {
            return Ok(Self { shape, values });
        }
        Err(unexpected(name, format!("{} values", values.len()), format!("the size of its shape, {shape:?}")))
    }

    /// The array, if it has `wanted` values.
    pub fn of_length(self, name: &str, wanted: usize) -> Result<Self, WeightError> {
        if self.values.len() == wanted {
            return Ok(self);
        }
        Err(unexpected(name, format!("of shape {:?}", self.shape), format!("of {wanted} values")))
    }

    /// The columns of a matrix of `rows` rows.
    pub fn matrix(&self, name: &str, rows: usize) -> Result<usize, WeightError> {
        match self.shape.as_slice() {
            &[found, columns] if found == rows => Ok(columns),
            found => Err(unexpected(name, format!("of shape {found:?}"), format!("a matrix of {rows} rows"))),
        }
    }
}

fn unexpected(name: &str, found: String, wanted: String) -> WeightError {
    WeightError::Unexpected { name: name.to_owned(), found, wanted }
}
