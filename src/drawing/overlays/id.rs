//! What an overlay is called in files and commands.

use std::fmt;

/// Names an overlay: its own file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OverlayId(&'static str);

impl OverlayId {
    pub(super) const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Its name in files and on the command line.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for OverlayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
