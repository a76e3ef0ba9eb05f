//! Predictions of a class: the question that is open, the guesses of the teams, the reveal and the score.
//!
//! While a question is open, the runs are held at the step that is shown: nothing in the program knows what comes after it, so
//! no view can show it. The question is closed when what it is about changes.

mod class;
#[cfg(test)]
mod tests;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

pub use class::CommonMistake;

use super::commands::Touched;
use super::{CardId, State};
use crate::analysis::CriticalPoint;
use crate::drawing::ink::{Ink, MarkerShape, RUN_COLORS, run_style};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::quiz::{Answers, Cluster, Guess, MAX_SKETCH, PredictionKind, Span, Truth, Verdict, points_of};
use crate::run::{Recipe, StopReason};

/// More teams than this cannot be distinguished on the picture.
pub const MAX_TEAMS: usize = 4;

/// How a team is drawn: its color and its marker.
pub type TeamStyle = (Ink, MarkerShape);

/// Which of the two votes of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vote {
    /// Before the discussion.
    #[default]
    First,
    /// After it.
    Second,
}

impl Vote {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];
}

/// How far a question has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The answer is hidden.
    #[default]
    Asked,
    /// It is shown beside the guesses.
    Revealed,
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq)]
struct Subject {
    landscape: Landscape,
    card: CardId,
    recipe: Recipe,
    /// The iterate from which the step leads.
    step: usize,
}

/// A question that is open.
#[derive(Clone, Debug)]
pub struct OpenQuestion {
    /// What is asked for.
    pub kind: PredictionKind,
    /// The next step or the whole run.
    pub span: Span,
    /// The question in words.
    pub text: String,
    /// Whether the answer is shown.
    pub phase: Phase,
    /// Which vote is taken.
    pub vote: Vote,
    /// What happened, once it is revealed and known.
    pub truth: Option<Truth>,
    /// The answers of a class, where they were brought.
    pub answers: Option<Answers>,
    /// The answers in crowds by their places, the largest first; none before the answer is known, as they would give it away.
    pub crowds: Vec<Cluster>,
    /// The wrong places that the most of the class have in common.
    wrong: Option<Cluster>,
    /// A number that goes into the codes of this program for this question.
    own: u64,
    about: Subject,
    guesses: [[Option<Guess>; 2]; MAX_TEAMS],
}

impl OpenQuestion {
    /// The guess of a team in a vote.
    pub fn guess(&self, team: usize, vote: Vote) -> Option<&Guess> {
        self.guesses.get(team)?[vote as usize].as_ref()
    }

    /// The guess of a team that counts: that of the second vote, where there is one.
    pub fn final_guess(&self, team: usize) -> Option<&Guess> {
        self.guess(team, Vote::Second).or_else(|| self.guess(team, Vote::First))
    }

    /// Whether any team has guessed, or the answers of a class were brought.
    pub fn has_guesses(&self) -> bool {
        self.answers.is_some() || self.guesses.iter().flatten().any(Option::is_some)
    }

    /// The iterate from which the step leads that is asked about.
    pub fn step(&self) -> usize {
        self.about.step
    }

    /// How good a guess was; `None` until it is revealed.
    pub fn verdict(&self, guess: &Guess) -> Option<Verdict> {
        self.truth.as_ref().map(|truth| truth.judge(guess))
    }

    /// Finds out what the answers have in common, once the answer is known.
    fn gather(&mut self) {
        let known = self.answers.as_ref().zip(self.truth.as_ref());
        self.crowds = known.map_or_else(Vec::new, |(answers, _)| answers.crowds(self.about.landscape.frame()));
        let of_place = known.filter(|_| self.kind == PredictionKind::Landing);
        self.wrong = of_place.and_then(|(answers, truth)| answers.most_common_wrong(truth));
    }

    /// What a team scores with it; 0 until it is revealed.
    fn points(&self, team: usize) -> u32 {
        self.final_guess(team).and_then(|guess| self.verdict(guess)).map_or(0, points_of)
    }
}

/// The teams, their score, and the question that is open.
#[derive(Clone, Debug)]
pub struct Predictions {
    teams: usize,
    /// The team whose turn it is.
    team: usize,
    /// What the teams scored in the questions before this one.
    scored: [u32; MAX_TEAMS],
    /// The lesson in which they scored it; `None` in the user's own scenes.
    lesson: Option<String>,
    /// What they had scored in those before the lesson.
    own: [u32; MAX_TEAMS],
    open: Option<OpenQuestion>,
    /// It stays open whatever step is shown: what it hides is hidden in every frame of a moving picture.
    stays: bool,
}

impl Default for Predictions {
    fn default() -> Self {
        Self { teams: 1, team: 0, scored: [0; MAX_TEAMS], lesson: None, own: [0; MAX_TEAMS], open: None, stays: false }
    }
}

impl Predictions {
    /// How many teams there are.
    pub fn teams(&self) -> usize {
        self.teams
    }

    /// The team whose turn it is.
    pub fn team(&self) -> usize {
        self.team
    }

    /// What a team has scored, the question that is revealed included.
    pub fn score(&self, team: usize) -> u32 {
        let now = self.open.as_ref().filter(|_| team < self.teams).map_or(0, |open| open.points(team));
        self.scored.get(team).map_or(0, |scored| scored + now)
    }

    /// The question that is open.
    pub fn open(&self) -> Option<&OpenQuestion> {
        self.open.as_ref()
    }

    /// The question whose answer is hidden.
    pub fn asked(&self) -> Option<&OpenQuestion> {
        self.open.as_ref().filter(|open| open.phase == Phase::Asked)
    }

    /// Closes the question, and keeps what it scored.
    fn close(&mut self) {
        for team in 0..MAX_TEAMS {
            self.scored[team] = self.score(team);
        }
        self.open = None;
    }

    /// A lesson is shown, or none: it begins with all scores at 0, and after it the teams have what they had before. Its pages have one
    /// score.
    pub(super) fn follow_lesson(&mut self, lesson: Option<&str>) {
        if self.lesson.as_deref() == lesson {
            return;
        }
        if self.lesson.is_none() {
            self.own = self.scored;
        }
        self.scored = if lesson.is_some() { [0; MAX_TEAMS] } else { self.own };
        (self.lesson, self.team) = (lesson.map(str::to_owned), 0);
    }

    pub(super) fn forget_score(&mut self) {
        self.scored = [0; MAX_TEAMS];
        if let Some(open) = self.open.as_mut().filter(|open| open.phase == Phase::Revealed) {
            open.guesses = Default::default();
        }
    }

    /// Sets the number of teams; one that is new has its turn, unless the team whose turn it is has no guess yet. The guess of a team
    /// that is left out is there again when the team is.
    pub(super) fn set_teams(&mut self, teams: usize) {
        let before = std::mem::replace(&mut self.teams, teams.clamp(1, MAX_TEAMS));
        let has_guessed = |team| self.open.as_ref().is_some_and(|open| open.guess(team, open.vote).is_some());
        let new = (before..self.teams).find(|team| !has_guessed(*team)).unwrap_or(self.team);
        self.team = if has_guessed(self.team) { new } else { self.team }.min(self.teams - 1);
    }

    pub(super) fn choose_team(&mut self, team: usize) {
        self.team = team.min(self.teams - 1);
    }

    /// Whether a team has guessed what is asked.
    pub(super) fn has_guesses(&self) -> bool {
        self.asked().is_some_and(|open| (0..self.teams).any(|team| open.final_guess(team).is_some()))
    }

    /// Whether there is something to discuss: guesses of a first vote.
    pub fn has_first_votes(&self) -> bool {
        let first = |open: &OpenQuestion| (0..self.teams).any(|team| open.guess(team, Vote::First).is_some());
        self.asked().is_some_and(|open| open.vote == Vote::First && first(open))
    }

    /// Takes the second vote, beginning with the first team.
    pub(super) fn begin_second_vote(&mut self) {
        if self.has_first_votes()
            && let Some(open) = &mut self.open
        {
            open.vote = Vote::Second;
            self.team = 0;
        }
    }

    /// Takes a guess of the team whose turn it is; then it is the turn of the next one that has none yet.
    pub(super) fn take_guess(&mut self, guess: Guess) {
        let (team, teams) = (self.team, self.teams);
        let Some(open) = self.open.as_mut().filter(|open| open.phase == Phase::Asked) else { return };
        if guess.kind() != open.kind || !guess.is_sound() {
            return;
        }
        open.guesses[team][open.vote as usize] = Some(guess);
        let is_free = |team: &usize| open.guesses[*team][open.vote as usize].is_none();
        self.team = (1..teams).map(|next| (team + next) % teams).find(is_free).unwrap_or(team);
    }

    /// The sketch of the team whose turn it is, continued by a place; one that begins takes the place of the last one.
    pub(super) fn sketch(&mut self, at: Point, begins: bool) {
        let team = self.team;
        let Some(open) = self.open.as_mut().filter(|open| open.phase == Phase::Asked) else { return };
        let is_finite = at.coords.iter().all(|coordinate| coordinate.is_finite());
        if open.kind != PredictionKind::Path || !is_finite {
            return;
        }
        match &mut open.guesses[team][open.vote as usize] {
            Some(Guess::Path(places)) if !begins => {
                if places.len() >= MAX_SKETCH {
                    // Every second place of a long sketch is enough.
                    *places = places.iter().step_by(2).copied().collect();
                }
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
            slot => *slot = Some(Guess::Path(vec![at])),
        }
    }

    /// The sketch is done: it is the turn of the next team that has none.
    pub(super) fn end_sketch(&mut self) {
        let guess = self.asked().and_then(|open| open.guess(self.team, open.vote).cloned());
        if let Some(guess) = guess {
            self.take_guess(guess);
        }
    }
}

impl State {
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
    pub(super) fn follow_question(&mut self) {
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
    pub(super) fn find_truth(&mut self) {
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
