//! Bytes on their way into a file that cannot be written front to back, or only bit by bit: in memory while they are few,
//! then on the disk, in a file without a name.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::SpooledTempFile;

/// Up to here they stay in memory.
const IN_MEMORY: usize = 1 << 24;

/// Such bytes; a copy of it is the same ones.
#[derive(Clone)]
pub(super) struct Spool(Arc<Mutex<SpooledTempFile>>);

impl Spool {
    /// None yet.
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(SpooledTempFile::new(IN_MEMORY))))
    }

    fn lock(&self) -> MutexGuard<'_, SpooledTempFile> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes all of them.
    ///
    /// # Errors
    /// What the disk or the writer says.
    pub(super) fn copy_to(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut bytes = self.lock();
        bytes.seek(SeekFrom::Start(0))?;
        let mut block = vec![0; 1 << 16];
        loop {
            match bytes.read(&mut block)? {
                0 => return Ok(()),
                count => out.write_all(&block[..count])?,
            }
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock().flush()
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.lock().seek(to)
    }
}
