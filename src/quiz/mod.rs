//! Layer 5: predictions of a class about a step, as plain data and rules: what is asked, what is true, how far a guess is off and what it scores.
//!
//! Nothing here knows a window; the state asks and reveals, the drawing has the marks, and codes carry guesses between programs.

mod answers;
mod check;
mod code;
mod guess;
mod kind;
mod outcome;
mod truth;

pub use answers::{Answers, BARS, Cluster, Fault, MAX_ANSWERS};
pub use code::{CodeError, CodeFrame, LENGTHS};
pub use guess::{Guess, MAX_SKETCH};
pub use kind::{PredictionKind, Span};
pub use outcome::StepOutcome;
pub use truth::{BANDS, Truth, Verdict, points_of};
