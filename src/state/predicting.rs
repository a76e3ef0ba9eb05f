//! Predictions of a class: the question that is open, the guesses of the teams, the reveal and the score.
//!
//! While a question is open, the runs are held at the step that is shown: nothing in the program knows what comes after it, so
//! no view can show it. The question is closed when what it is about changes.

mod common_mistake;

pub use common_mistake::CommonMistake;

use super::CardId;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::quiz::{Answers, Cluster, Guess, MAX_SKETCH, PredictionKind, Span, Truth, Verdict, points_of};
use crate::run::Recipe;

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
pub(super) struct Subject {
    pub(super) landscape: Landscape,
    pub(super) card: CardId,
    pub(super) recipe: Recipe,
    /// The iterate from which the step leads.
    pub(super) step: usize,
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
    pub(super) wrong: Option<Cluster>,
    /// A number that goes into the codes of this program for this question.
    pub(super) own: u64,
    pub(super) about: Subject,
    pub(super) guesses: [[Option<Guess>; 2]; MAX_TEAMS],
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
    pub(super) fn gather(&mut self) {
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
    pub(super) team: usize,
    /// What the teams scored in the questions before this one.
    scored: [u32; MAX_TEAMS],
    /// The lesson in which they scored it; `None` in the user's own scenes.
    lesson: Option<String>,
    /// What they had scored in those before the lesson.
    own: [u32; MAX_TEAMS],
    pub(super) open: Option<OpenQuestion>,
    /// It stays open whatever step is shown: what it hides is hidden in every frame of a moving picture.
    pub(super) stays: bool,
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

    /// Takes the answers of the class away.
    pub(super) fn forget_answers(&mut self) {
        if let Some(open) = &mut self.open {
            open.answers = None;
            open.gather();
        }
    }

    /// Closes the question, and keeps what it scored.
    pub(super) fn close(&mut self) {
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
