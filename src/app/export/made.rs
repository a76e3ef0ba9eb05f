//! A file in the making: it is made part by part.

use crate::jobs::Parts;

/// What the next part of a file has brought.
pub(in crate::app) enum Made {
    /// Parts of it, with more to come.
    Parts(Parts),
    /// The bytes of the whole file.
    Whole(Vec<u8>),
    /// What is in its place already: a folder.
    Placed,
}

/// Makes the next part of a file, until it is whole.
pub(in crate::app) type Make = Box<dyn FnMut() -> anyhow::Result<Made> + Send>;
