//! Length and hash of a file, by which it is known whether it has changed.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Length and hash of a file, to notice changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    length: u64,
    hash: u64,
}

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { length: bytes.len() as u64, hash: hasher.finish() }
    }

    /// As text, which [`Self::read`] reads.
    pub fn write(self) -> String {
        format!("{}-{:016x}", self.length, self.hash)
    }

    /// Reads what [`Self::write`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let (length, hash) = text.split_once('-')?;
        Some(Self { length: length.parse().ok()?, hash: u64::from_str_radix(hash, 16).ok()? })
    }

    /// The length of the file in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }
}
