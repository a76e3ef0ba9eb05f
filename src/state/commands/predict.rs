//! Commands of a prediction: asked, guessed, discussed, revealed.

use super::{PlayCommand, Touched};
use crate::numbers::Point;
use crate::quiz::{Guess, PredictionKind, Span};
use crate::state::{Phase, State};

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

impl State {
    /// Carries out a command for a prediction.
    pub(super) fn carry_out_predict(&mut self, command: PredictCommand) -> Touched {
        match command {
            PredictCommand::Ask { kind, span, question } => self.ask(kind, span, question),
            PredictCommand::Next => return self.go_on_asking(),
            PredictCommand::Guess(guess) => self.predictions.take_guess(guess),
            PredictCommand::Sketch { at, begins } => self.predictions.sketch(at, begins),
            PredictCommand::EndSketch => self.predictions.end_sketch(),
            PredictCommand::ChooseTeam(team) => self.predictions.choose_team(team),
            PredictCommand::SetTeams(teams) => self.predictions.set_teams(teams),
            PredictCommand::SecondVote => self.predictions.begin_second_vote(),
            PredictCommand::Reveal => return self.reveal(),
            PredictCommand::Close => self.close_question(),
            PredictCommand::ResetScore => self.predictions.forget_score(),
            PredictCommand::TakeAnswers(text) => self.take_answers(&text),
            PredictCommand::ForgetAnswers => self.predictions.forget_answers(),
        }
        Touched::Scene
    }

    /// Asks, reveals or closes, whichever is next.
    fn go_on_asking(&mut self) -> Touched {
        match self.predictions.open().map(|open| open.phase) {
            None => self.ask(PredictionKind::default(), Span::default(), None),
            Some(Phase::Asked) => return self.reveal(),
            Some(Phase::Revealed) => self.close_question(),
        }
        Touched::Scene
    }

    /// Whether a play command reveals the answer: any that moves forward does.
    pub(super) fn reveals(&self, command: PlayCommand) -> bool {
        let goes_on = match command {
            PlayCommand::Toggle | PlayCommand::ToEnd | PlayCommand::PlayInside => true,
            PlayCommand::StepBy(steps) => steps > 0,
            PlayCommand::StepInside(steps) => steps > 0,
            PlayCommand::ToStart | PlayCommand::GoTo(_) | PlayCommand::SetSpeed(_) | PlayCommand::LeaveInside => false,
        };
        goes_on && self.predictions.asked().is_some()
    }
}
