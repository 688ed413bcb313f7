//! What the network says of a window.

/// A head's scores: a row for each word (`label_heads`: and one before them for the root).
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    values: &'a [f32],
    width: usize,
    /// From a row to the next.
    stride: usize,
}

impl<'a> Matrix<'a> {
    /// Rows of `width` values.
    pub fn new(values: &'a [f32], width: usize) -> Self {
        Self::padded(values, width, width)
    }

    /// Rows of `width` values, and more that mean nothing, `stride` in all.
    pub fn padded(values: &'a [f32], width: usize, stride: usize) -> Self {
        Self { values, width, stride }
    }

    pub fn row(&self, index: usize) -> &'a [f32] {
        &self.values[index * self.stride..][..self.width]
    }

    pub fn rows(&self) -> usize {
        if self.stride == 0 { 0 } else { self.values.len().div_ceil(self.stride) }
    }
}

/// The scores of the heads that are asked of every word.
#[derive(Clone, Copy, Debug)]
pub struct Scores<'a> {
    pub mention: Matrix<'a>,
    pub upos: Matrix<'a>,
    pub xpos: Matrix<'a>,
    /// Titles of office, as BIO.
    pub title: Matrix<'a>,
    /// Columns: the root, then each word of the window as head.
    pub arcs: Matrix<'a>,
    /// For each label a vector and a bias; its product with the head's row of `label_heads` scores the label.
    pub label_dependents: Matrix<'a>,
    pub label_heads: Matrix<'a>,
}

/// What the relation head knows of each word; see [`super::pairs`].
#[derive(Clone, Copy, Debug)]
pub struct RelationRows<'a> {
    pub subject: Matrix<'a>,
    pub object: Matrix<'a>,
    pub subject_query: Matrix<'a>,
    pub object_query: Matrix<'a>,
    /// The root's row first.
    pub key: Matrix<'a>,
    /// The root's row first.
    pub value: Matrix<'a>,
}
