//! The message to the user, and when it is removed.

/// How long a message stays at least, in seconds.
pub(super) const SECONDS: f64 = 12.0;
/// How many bytes of a message are read in a second.
const READING_SPEED: f64 = 9.0;

/// Something said to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The words.
    pub text: String,
    /// When it was said, in seconds of [`State::clock`](super::State::clock).
    pub at: f64,
    /// What it is about.
    pub about: About,
}

impl Message {
    /// How long it is still shown, in seconds of [`State::clock`](super::State::clock), a long one longer; negative once it is gone.
    pub fn remaining(&self, clock: f64) -> f64 {
        SECONDS.max(self.text.len() as f64 / READING_SPEED) - (clock - self.at)
    }
}

/// What a message is about, and so what settles it, beside a change of the document, which settles all that were said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The document.
    Document,
    /// A file or a dialog: it is settled by the next attempt.
    File,
    /// A file could not be opened: as `File`, and shown at its path field.
    Refused,
    /// The last scene was restored; a click starts from the opening scene instead.
    Restored,
    /// A file that stands where samples were to be saved: it is settled once the user decides what becomes of it.
    InTheWay,
}
