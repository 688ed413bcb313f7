//! Activations of 8 bits.

/// Rows of 8-bit activations, each row with a scale and a zero point of its own: `scale * (whole - zero)` is the value.
///
/// A row's numbers come from that row alone, so that no result depends on what else is in the batch.
#[derive(Debug, Default)]
pub struct QuantisedRows {
    pub width: usize,
    pub wholes: Vec<u8>,
    pub scales: Vec<f32>,
    pub zeros: Vec<u8>,
}

/// Some rows of a [`QuantisedRows`].
#[derive(Clone, Copy, Debug)]
pub struct QuantisedView<'a> {
    pub width: usize,
    pub wholes: &'a [u8],
    pub scales: &'a [f32],
    pub zeros: &'a [u8],
}

/// The first `count` values of a buffer, which grows where it must; what they hold is left over from before.
pub fn room<T: Copy + Default>(buffer: &mut Vec<T>, count: usize) -> &mut [T] {
    if buffer.len() < count {
        buffer.resize(count, T::default());
    }
    &mut buffer[..count]
}

impl QuantisedRows {
    /// Makes room for `rows` of `width` values; what they hold is left over from before.
    pub fn resize(&mut self, rows: usize, width: usize) {
        self.width = width;
        room(&mut self.wholes, rows * width);
        room(&mut self.scales, rows);
        room(&mut self.zeros, rows);
    }

    pub fn rows(&self, rows: std::ops::Range<usize>) -> QuantisedView<'_> {
        QuantisedView {
            width: self.width,
            wholes: &self.wholes[rows.start * self.width..rows.end * self.width],
            scales: &self.scales[rows.clone()],
            zeros: &self.zeros[rows],
        }
    }

    /// Takes over the rows of `from` that `picked` numbers.
    pub fn gather(&mut self, from: &Self, picked: &[usize]) {
        let width = from.width;
        self.resize(picked.len(), width);
        for (to, &row) in picked.iter().enumerate() {
            let whole = &from.wholes[row * width..(row + 1) * width];
            self.wholes[to * width..(to + 1) * width].copy_from_slice(whole);
            (self.scales[to], self.zeros[to]) = (from.scales[row], from.zeros[row]);
        }
    }
}

impl QuantisedView<'_> {
    /// Without the first `count` rows.
    pub fn after(self, count: usize) -> Self {
        let Self { width, wholes, scales, zeros } = self;
        Self { width, wholes: &wholes[count * width..], scales: &scales[count..], zeros: &zeros[count..] }
    }
}
