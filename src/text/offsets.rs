//! From byte offsets, which the crate uses, to the unit a caller counts in.

/// What a caller counts offsets in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OffsetUnit {
    Bytes,
    Utf16,
    #[default]
    CodePoints,
}

/// Bytes between two checkpoints: a lookup counts at most so many.
const STRIDE: usize = 128;

/// Converts byte offsets of one text to another unit.
///
/// A text that is ASCII, or a caller that counts bytes, costs nothing; otherwise the map keeps the count
/// at every `STRIDE`th byte and counts on from there.
#[derive(Clone, Debug)]
pub struct OffsetMap<'a> {
    text: &'a str,
    unit: OffsetUnit,
    /// `checkpoints[k]` is the number of units before byte `k * STRIDE`; empty when units are bytes.
    checkpoints: Vec<usize>,
}

impl<'a> OffsetMap<'a> {
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut map = Self { text, unit, checkpoints: Vec::new() };
        if unit != OffsetUnit::Bytes && !text.is_ascii() {
            let mut count = 0;
            map.checkpoints.reserve(text.len() / STRIDE + 1);
            for block in text.as_bytes().chunks(STRIDE) {
                map.checkpoints.push(count);
                count += map.units(block);
            }
            map.checkpoints.push(count);
        }
        map
    }

    /// The offset in the map's unit. An offset past the end counts as the end, one inside a character as the next character's.
    pub fn convert(&self, byte_offset: usize) -> usize {
        let end = byte_offset.min(self.text.len());
        let block = end / STRIDE;
        match self.checkpoints.get(block) {
            None => end,
            Some(count) => count + self.units(&self.text.as_bytes()[block * STRIDE..end]),
        }
    }

    /// Units that begin in `bytes`: a character counts where its first byte stands.
    fn units(&self, bytes: &[u8]) -> usize {
        let begins = |byte: &&u8| **byte & 0xc0 != 0x80;
        let characters = bytes.iter().filter(begins).count();
        match self.unit {
            OffsetUnit::Bytes => bytes.len(),
            OffsetUnit::CodePoints => characters,
            // A character of four bytes is a surrogate pair.
            OffsetUnit::Utf16 => characters + bytes.iter().filter(|&&byte| byte >= 0xf0).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at_end(text: &str, unit: OffsetUnit) -> usize {
        OffsetMap::new(text, unit).convert(text.len())
    }

    #[test]
    fn units_are_counted() {
        for (text, code_points, utf16) in [
            ("", 0, 0),
            ("Tehran\r\n", 8, 8),
            ("Café", 4, 4),
            ("Cafe\u{301}", 5, 5),
            ("👍🏽", 2, 4),
            ("🇬🇧!", 3, 5),
            ("“U.S.”", 6, 6),
            ("قاهرة", 5, 5),
        ] {
            assert_eq!(at_end(text, OffsetUnit::CodePoints), code_points, "{text}");
            assert_eq!(at_end(text, OffsetUnit::Utf16), utf16, "{text}");
            assert_eq!(at_end(text, OffsetUnit::Bytes), text.len(), "{text}");
        }
    }

    #[test]
    fn offsets_inside_a_character_or_past_the_end_do_not_panic() {
        let map = OffsetMap::new("a👍b", OffsetUnit::Utf16);
        assert_eq!(map.convert(2), 3);
        assert_eq!(map.convert(4), 3);
        assert_eq!(map.convert(99), 4);
    }

    proptest! {
        #[test]
        fn every_offset_equals_a_naive_count(text in "(\\PC|[a-z \r\n]|👩‍🚀|é|é){0,400}") {
            let code_points = OffsetMap::new(&text, OffsetUnit::CodePoints);
            let utf16 = OffsetMap::new(&text, OffsetUnit::Utf16);
            let bytes = OffsetMap::new(&text, OffsetUnit::Bytes);
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for at in ends {
                prop_assert_eq!(code_points.convert(at), text[..at].chars().count());
                prop_assert_eq!(utf16.convert(at), text[..at].encode_utf16().count());
                prop_assert_eq!(bytes.convert(at), at);
            }
        }
    }
}
