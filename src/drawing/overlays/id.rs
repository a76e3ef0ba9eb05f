//! What an overlay is called, and the key that shows it.

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

/// The key that shows or hides an overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverlayKey {
    /// A digit, 1 to 9.
    Digit(u8),
    /// A digit with Shift.
    Shifted(u8),
    /// A letter.
    Letter(char),
}

impl OverlayKey {
    /// As it is written in a list.
    pub fn sign(self) -> String {
        match self {
            Self::Digit(digit) => digit.to_string(),
            Self::Shifted(digit) => format!("⇧{digit}"),
            Self::Letter(letter) => letter.to_string(),
        }
    }

    /// In full.
    pub fn name(self) -> String {
        match self {
            Self::Digit(_) | Self::Letter(_) => self.sign(),
            Self::Shifted(digit) => format!("Shift+{digit}"),
        }
    }
}
