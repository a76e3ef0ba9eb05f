//! From the state to the guesses that are drawn: those of the teams, of a class, and the answer once it is shown.

use crate::drawing::{GuessMark, GuessMarks};
use crate::numbers::Point;
use crate::numbers::numerals::{number, percent};
use crate::quiz::{Guess, PredictionKind, Span, Verdict};
use crate::state::{OpenQuestion, State, Vote};

/// The place to which a guess about the whole run is compared: the word *landing* stands at the end of the next step.
const END_OF_RUN: &str = "end of the run";

/// The letter of a team.
pub fn team_name(team: usize) -> &'static str {
    ["A", "B", "C", "D"].get(team).copied().unwrap_or("?")
}

/// How good a guess was, in a few words: "0.31, 24 %" of the way.
pub fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Off { distance, share: Some(share) } => format!("{}, {}", number(distance), rounded_percent(share)),
        Verdict::Off { distance, share: None } => number(distance),
        Verdict::Right => "right".to_owned(),
        Verdict::Wrong => "wrong".to_owned(),
        Verdict::Unknown => "nothing to compare".to_owned(),
    }
}

/// A verdict in a word or two: "24 % off".
pub fn verdict_brief(verdict: Verdict) -> String {
    match verdict {
        Verdict::Off { share: Some(share), .. } => format!("{} off", brief_percent(share)),
        Verdict::Unknown => "–".to_owned(),
        other => verdict_words(other),
    }
}

/// A share in percent, from ten percent on without a digit behind the point.
fn brief_percent(share: f64) -> String {
    if share < 0.1 { rounded_percent(share) } else { percent((100.0 * share).round() / 100.0) }
}

/// A share in percent, with one digit behind the point at most.
fn rounded_percent(share: f64) -> String {
    percent((1000.0 * share).round() / 1000.0)
}

/// The guesses to draw; `None` while no question is open.
pub fn guess_marks(state: &State) -> Option<GuessMarks> {
    let open = state.predictions.open()?;
    let teams = (0..state.predictions.teams()).flat_map(|team| Vote::ALL.map(|vote| (team, vote)));
    let marks = teams.filter_map(|(team, vote)| {
        let guess = open.guess(team, vote)?;
        Some(GuessMark {
            places: places(state, open, guess)?,
            style: state.team_style(team),
            name: if vote == Vote::First && open.guess(team, Vote::Second).is_some() { "" } else { team_name(team) }
                .to_owned(),
            is_past: vote == Vote::First && open.guess(team, Vote::Second).is_some(),
            off: open.verdict(guess).map(verdict_words),
        })
    });
    let landing = open.truth.as_ref().filter(|_| open.kind.is_drawn()).and_then(|truth| truth.landing);
    let crowds = open.crowds.iter().map(|crowd| (crowd.at, crowd.count)).collect();
    let whole = open.answers.as_ref().map_or(0, |answers| answers.guesses.len());
    let wrong = state.common_mistake();
    let wrong = wrong.map(|mistake| (mistake.at, format!("{} of {whole}: {}", mistake.count, mistake.words())));
    let landing_name = (open.span == Span::Run).then_some(END_OF_RUN);
    let asks_path = open.kind == PredictionKind::Path;
    let path = open.truth.as_ref().filter(|_| asks_path).map_or_else(Vec::new, |truth| truth.path.clone());
    Some(GuessMarks { teams: marks.collect(), crowds, wrong, path, landing, landing_name })
}

/// Where a guess is drawn; `None` for a word.
fn places(state: &State, open: &OpenQuestion, guess: &Guess) -> Option<Vec<Point>> {
    match guess {
        Guess::Place(at) => Some(vec![*at]),
        Guess::Path(places) => {
            let run = state.derived.run(state.selected)?;
            let from = run.iterates().get(open.step())?.at;
            Some(std::iter::once(from).chain(places.iter().copied()).collect())
        }
        Guess::Outcome(_) => None,
    }
}
