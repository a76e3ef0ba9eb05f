//! Carries out the commands of a prediction: asks a class, reveals, and closes the question when what it is about changes.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use super::Touched;
use crate::analysis::CriticalPoint;
use crate::drawing::ink::{MarkerShape, RUN_COLORS, run_style};
use crate::quiz::{PredictionKind, Span, Truth};
use crate::run::StopReason;
use crate::state::predicting::{Subject, TeamStyle};
use crate::state::{MAX_TEAMS, OpenQuestion, Phase, PlayCommand, PredictCommand, Predictions, State, Vote};

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
            PlayCommand::ToStart | PlayCommand::GoTo(_) | PlayCommand::SetSpeed(_) | PlayCommand::ShowWholeStep => {
                false
            }
        };
        goes_on && self.predictions.asked().is_some()
    }

    /// The iterate at which the runs are held, while a class is to predict what comes after it.
    pub fn held_step(&self) -> Option<usize> {
        self.predictions.asked().map(|open| open.about.step)
    }

    /// Whether the marks of critical points are hidden: while a class is asked for a place or a path, many a run and many a step ends
    /// at one of them.
    pub fn hides_critical_points(&self) -> bool {
        self.predictions.asked().is_some_and(|open| open.kind.is_drawn())
    }

    /// The critical points that are marked on the pictures.
    pub fn marked_critical_points(&self) -> &[CriticalPoint] {
        if self.hides_critical_points() { &[] } else { self.derived.critical_points() }
    }

    /// The color and marker of a team: those of a run that there is not, as long as there are some.
    pub fn team_style(&self, team: usize) -> TeamStyle {
        const MARKERS: [MarkerShape; MAX_TEAMS] =
            [MarkerShape::Diamond, MarkerShape::Square, MarkerShape::Triangle, MarkerShape::Star];
        let colors = usize::from(RUN_COLORS);
        let taken = |style: usize| self.document.cards.iter().any(|card| card.style % colors == style);
        let free = (0..colors).filter(|style| !taken(*style));
        let used = (0..colors).filter(|style| taken(*style));
        let style = free.chain(used).nth(team % colors).unwrap_or(team);
        (run_style(style).0, MARKERS[team % MAX_TEAMS])
    }

    /// What a question would be about now; why there is none.
    fn subject(&self) -> Result<Subject, &'static str> {
        const ENDS: &str = "The run ends here, so there is nothing to predict: go back to a step before";
        let card = self.document.card(self.selected).filter(|card| !card.hidden);
        let card = card.ok_or("There is nothing to predict: the selected run is hidden")?;
        let run = self.derived.run(card.id).ok_or("There is nothing to predict: no run is selected")?;
        let step = self.shown_step();
        if run.iterates().get(step).is_none() {
            return Err(if run.stop().is_some() {
                ENDS
            } else {
                "The run is still being computed: ask again in a moment"
            });
        }
        // A run that ends where it begins is a riddle of its own: it stays.
        let ends = run.stop().filter(|_| step > 0 && step + 1 == run.iterates().len());
        if ends.is_some_and(|stop| ![StopReason::Diverged, StopReason::NotFinite].contains(&stop.reason)) {
            return Err(ENDS);
        }
        Ok(Subject {
            landscape: self.document.landscape.clone(),
            card: card.id,
            recipe: self.document.recipe(card),
            step,
        })
    }

    /// Asks a class, and hides the answer.
    pub(super) fn ask(&mut self, kind: PredictionKind, span: Span, text: Option<String>) {
        let asked = self.predictions.asked().map(|open| open.about.clone());
        // Where it is asked already, another kind of question is about the same.
        let about = match asked.map_or_else(|| self.subject(), Ok) {
            Ok(about) => about,
            Err(why) => return self.say(why.to_owned()),
        };
        self.stop_pilot();
        self.predictions.close();
        let span = kind.suited(span);
        let text = text.unwrap_or_else(|| kind.question(span).to_owned());
        self.playback.stand_at(about.step);
        self.view.scene.inside = None;
        self.paths_before.clear();
        self.message = None;
        self.predictions.team = 0;
        let (phase, vote, guesses) = (Phase::Asked, Vote::First, Default::default());
        let (answers, crowds, wrong, truth) = (None, Vec::new(), None, None);
        let own = RandomState::new().hash_one(&text);
        self.predictions.open =
            Some(OpenQuestion { kind, span, text, phase, vote, truth, answers, crowds, wrong, own, about, guesses });
    }

    /// Shows the answer beside the guesses.
    pub(super) fn reveal(&mut self) -> Touched {
        if let Some(open) = &mut self.predictions.open {
            open.phase = Phase::Revealed;
        }
        Touched::Scene
    }

    /// Closes the question; the answer is shown as ever.
    pub(super) fn close_question(&mut self) {
        self.predictions.close();
    }

    /// Closes the question if what it is about has changed.
    pub(in crate::state) fn follow_question(&mut self) {
        let Some(open) = self.predictions.open() else { return };
        let about = &open.about;
        let is_same = self.selected == about.card
            && self.document.landscape == about.landscape
            && self
                .document
                .card(about.card)
                .is_some_and(|card| !card.hidden && self.document.recipe(card) == about.recipe);
        let playhead = self.playback.playhead;
        let is_here = match (open.phase, open.span) {
            (Phase::Asked, _) => playhead == about.step || self.predictions.stays,
            // The answer stays while it is shown: at the landing, and along the run.
            (Phase::Revealed, Span::Step) => (about.step..=about.step + 1).contains(&playhead),
            (Phase::Revealed, Span::Run) => playhead >= about.step,
        };
        if !is_same || !is_here {
            self.predictions.close();
        }
    }

    /// Opens the question that is asked in the scene of which this is a picture, and keeps it open: what it hides stays hidden
    /// at every step.
    pub fn keep_question_open(&mut self, mut predictions: Predictions) {
        predictions.stays = true;
        self.predictions = predictions;
        self.refresh();
    }

    /// Finds out what happened, once the answer may be known.
    pub(in crate::state) fn find_truth(&mut self) {
        let Some(open) = self.predictions.open.as_ref().filter(|open| open.phase == Phase::Revealed) else { return };
        if open.truth.is_some() {
            return;
        }
        let known = self.derived.analysis().zip(self.derived.explanation());
        let run = self.derived.run(open.about.card);
        let truth = run.zip(known).and_then(|(run, known)| Truth::of(run, open.about.step, open.span, known));
        if let Some(open) = &mut self.predictions.open {
            open.truth = truth;
            open.gather();
        }
    }
}

#[cfg(test)]
mod tests;
