//! What a task measures, as it is now: whoever drags towards a loss below 0.02 sees the loss.

use super::super::{Card, State};
use super::goal::Goal;
use super::goal_met::{at_shown_step, distance, end, rate_times_curvature};
use super::measured::Measured;
use crate::numbers::numerals::{coordinate, counted, number, rough};
use crate::numbers::{Dimension, Point};
use crate::run::{Run, StepAnalysis};
use crate::studies::RaceEnd;

/// The widest number of four significant digits, in which every other one has room.
const WIDEST: &str = "−0.00·10⁻⁰⁰";

/// As wide as most coordinates.
const WIDE: &str = "−0.0000";

/// Texts that are joined by commas, beside those that need the most room.
#[derive(Default)]
struct Clauses(Vec<[String; 2]>);

impl Clauses {
    /// Words around numbers, which stand in the place of `#`.
    fn add(&mut self, words: &str, values: &[f64]) {
        let filled = |number_of: &dyn Fn(f64) -> String| {
            values.iter().fold(words.to_owned(), |text, value| text.replacen('#', &number_of(*value), 1))
        };
        self.0.push([filled(&number), filled(&|_| WIDEST.to_owned())]);
    }

    /// A point, after a word for what it is.
    fn add_point(&mut self, what: &str, at: Point, dimension: Dimension) {
        let written = |x: &str, y: &str| match dimension {
            Dimension::One => format!("{what} {x}"),
            Dimension::Two => format!("{what} ({x}, {y})"),
        };
        self.0.push([written(&coordinate(at.x), &coordinate(at.y)), written(WIDE, WIDE)]);
    }

    /// Appends the same words to the last text.
    fn append(&mut self, words: &str) {
        if let Some([text, widest]) = self.0.last_mut() {
            text.push_str(words);
            widest.push_str(words);
        }
    }

    fn joined(self) -> Option<Measured> {
        let join = |place: usize| self.0.iter().map(|pair| pair[place].as_str()).collect::<Vec<_>>().join(", ");
        (!self.0.is_empty()).then(|| Measured { text: join(0), widest: join(1) })
    }
}

/// An end, before "after 12 steps"; in fog nobody knows the kind of point at which a run rests.
fn words_of(end: RaceEnd, in_fog: bool) -> &'static str {
    match end {
        RaceEnd::NotYet => "not at rest",
        end if in_fog && end.is_rest() => "at rest",
        end => end.title(),
    }
}

impl Goal {
    /// What it measures, as it is now; `None` where it measures nothing, or there is no run to measure.
    ///
    /// What is to stay as it is, such as the start of a task about a rate, is said once it has changed, or where nothing else is
    /// measured.
    pub(in crate::state) fn measured(&self, state: &State) -> Option<Measured> {
        let (card, run) = self.run_of(state)?;
        let mut clauses = Clauses::default();
        self.measure_end(state, run, &mut clauses);
        self.measure_step(state, card, run, &mut clauses);
        if self.weights.is_some() {
            let weights = rough(state.view.scene.compare.model.weights);
            clauses.0.push([format!("n = {weights}"), "n = 99 999".to_owned()]);
        }
        let is_alone = clauses.0.is_empty();
        let (start, dimension) = (state.document.start_of(card), run.landscape().dimension());
        if let Some((at, within)) = self.start_near
            && (is_alone || distance(run, start, at) > within)
        {
            clauses.add_point("start", start, dimension);
            if let Some(first) = run.iterates().first().filter(|_| is_alone && dimension.is_one()) {
                clauses.add("slope #", &[first.gradient.x]);
            }
        }
        let shown = state.shown_step();
        if let Some([from, to]) = self.playhead
            && (is_alone || !(from..=to).contains(&(shown as f64)))
        {
            clauses.0.push([format!("step {shown}"), format!("step {}", state.document.steps)]);
        }
        clauses.joined()
    }

    /// What it asks of the end of the run, or of where the run has come so far.
    fn measure_end(&self, state: &State, run: &Run, clauses: &mut Clauses) {
        let Some(last) = run.iterates().last() else { return };
        if self.loss_below.is_some() || self.loss_above.is_some() {
            clauses.add("loss #", &[last.loss]);
        }
        if self.gradient_below.is_some() {
            clauses.add("‖∇f‖ = #", &[last.gradient.norm()]);
        }
        if self.near.is_some() {
            clauses.add_point("at", last.at, run.landscape().dimension());
        }
        if !self.ends.is_empty() || self.steps_at_most.is_some() {
            let end = run.stop().map_or(RaceEnd::NotYet, |_| end(state, run));
            let longest = RaceEnd::ALL.map(|end| words_of(end, false)).into_iter().max_by_key(|words| words.len());
            clauses.0.push([words_of(end, state.view.in_fog()), longest.unwrap_or_default()].map(str::to_owned));
        }
        clauses.append(&format!(" after {}", counted(run.iterates().len().saturating_sub(1), "step")));
    }

    /// What it asks of the step that is shown.
    fn measure_step(&self, state: &State, card: &Card, run: &Run, clauses: &mut Clauses) {
        if self.rate_times_curvature.is_none() && self.ratio.is_none() {
            return;
        }
        let read = |analysis: &StepAnalysis| {
            if let Some(product) = self.rate_times_curvature.and_then(|_| rate_times_curvature(card, analysis)) {
                clauses.add("ηλmax = #", &[product]);
            }
            if let Some(ratio) = self.ratio.and_then(|_| analysis.kept(analysis.order).ok()) {
                clauses.add("ρ = #", &[ratio]);
            }
        };
        let _ = at_shown_step(state, card, run, read);
    }
}
