//! Commands of a prediction: asked, guessed, discussed, revealed.

use crate::numbers::Point;
use crate::quiz::{Guess, PredictionKind, Span};

/// Commands for a prediction.
#[derive(Clone, Debug, PartialEq)]
pub enum PredictCommand {
    /// Hides what comes next and asks a class for it.
    Ask {
        /// What is asked for.
        kind: PredictionKind,
        /// The next step or the whole run.
        span: Span,
        /// The question in words; `None` for the usual one.
        question: Option<String>,
    },
    /// The next thing to do: asks where none is open, reveals the answer, closes the question.
    Next,
    /// The guess of the team whose turn it is.
    Guess(Guess),
    /// A place of the path that this team sketches, the first or the next one.
    Sketch {
        /// The place.
        at: Point,
        /// Whether a sketch begins with it.
        begins: bool,
    },
    /// The sketch is done.
    EndSketch,
    /// Whose turn it is.
    ChooseTeam(usize),
    /// How many teams there are.
    SetTeams(usize),
    /// The second vote begins, after the discussion.
    SecondVote,
    /// Shows the answer beside the guesses.
    Reveal,
    /// Closes the question.
    Close,
    /// All scores begin at 0 again.
    ResetScore,
    /// The answers of a class, as a text with a code in each line.
    TakeAnswers(String),
    /// Takes them away.
    ForgetAnswers,
}
