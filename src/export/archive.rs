//! Zip archives whose bytes follow from what is put into them: no times, no names of machines.

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::spool::Spool;

/// An archive that is being written, part by part.
///
/// It is gathered before it is written: programs that read archives expect the length of each part before it, and what
/// is written to may be a pipe.
pub(super) struct Archive {
    parts: ZipWriter<Spool>,
    options: SimpleFileOptions,
}

impl Archive {
    /// One whose parts are stored as they are.
    pub(super) fn stored() -> Self {
        Self::of(CompressionMethod::Stored)
    }

    /// One whose parts are deflated.
    pub(super) fn deflated() -> Self {
        Self::of(CompressionMethod::Deflated)
    }

    fn of(method: CompressionMethod) -> Self {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        Self { parts: ZipWriter::new(Spool::new()), options }
    }

    /// Adds a part with this name.
    ///
    /// # Errors
    /// If the name is taken, or the disk refuses.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.parts.start_file(name, self.options).map_err(io::Error::from)?;
        self.parts.write_all(bytes)
    }

    /// Adds a part that is packed already, as it is.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub(super) fn add_packed(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let options = self.options.compression_method(CompressionMethod::Stored);
        self.parts.start_file(name, options).map_err(io::Error::from)?;
        self.parts.write_all(bytes)
    }

    /// Writes the archive.
    ///
    /// # Errors
    /// What the disk or the writer says.
    pub(super) fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        self.parts.finish().map_err(io::Error::from)?.copy_to(out)
    }
}
