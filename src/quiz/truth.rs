//! What really happened, how far a guess is off, and what it scores.

use super::{Guess, PredictionKind, Span, StepOutcome};
use crate::numbers::Point;
use crate::run::explain::Explanation;
use crate::run::{Run, StepAnalysis, StopReason};

/// Points for a guess that is off by at most this share of the way: the nearer, the more.
pub const BANDS: [(f64, u32); 3] = [(0.1, 3), (0.25, 2), (0.5, 1)];
/// Where nothing moves, a guess is right within this share of the landscape's frame.
const STAYS: f64 = 0.05;
/// More places of a path are not compared.
const PLACES: usize = 200;

/// The true answer: the result of the step, or of the run, that was asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// Where it was asked.
    pub from: Point,
    /// Where the step landed, or the run ended; `None` where that has no finite weights.
    pub landing: Option<Point>,
    /// The way there, `from` first; of a long run evenly left out.
    pub path: Vec<Point>,
    /// The length by which distances are measured: from where it was asked to where it landed.
    pub length: f64,
    /// How near to `from` a guess is to be where there is no way at all.
    pub stays_within: f64,
    /// What the loss did in the step.
    pub outcomes: Vec<StepOutcome>,
    /// By how much the loss was to change in the step, and by how much it did; `None` where there is no prediction.
    pub changes: Option<[f64; 2]>,
}

/// How good a guess was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// A place or a path: how far off, in the landscape's units, and as a share of the way; no share where there was no way.
    Off {
        /// The distance, of a path the mean distance along it.
        distance: f64,
        /// The distance as a share of the way; `None` where there was no way.
        share: Option<f64>,
    },
    /// A word that is true of the step; or a place where it stays, guessed as near as a hand can.
    Right,
    /// A word that is not.
    Wrong,
    /// There is nothing to compare it with: the step landed nowhere.
    Unknown,
}

/// What a guess scores: 3 points within 10 % of the way, 2 within 25 %, 1 within 50 %; a right word 3.
pub fn points_of(verdict: Verdict) -> u32 {
    match verdict {
        Verdict::Off { share: Some(share), .. } => {
            BANDS.into_iter().find(|(most, _)| share <= *most).map_or(0, |(_, points)| points)
        }
        Verdict::Off { distance, share: None } => {
            if distance == 0.0 {
                BANDS[0].1
            } else {
                0
            }
        }
        Verdict::Right => BANDS[0].1,
        Verdict::Wrong | Verdict::Unknown => 0,
    }
}

impl Truth {
    /// The truth about the step from iterate `index` of a run, or about the run from there on; `None` while that is not known yet.
    pub fn of(run: &Run, index: usize, span: Span, known: (&StepAnalysis, &Explanation)) -> Option<Self> {
        let (analysis, explanation) = known;
        let iterates = run.iterates().get(index..)?;
        let from = iterates.first()?.at;
        let is_known = match span {
            Span::Step => iterates.len() > 1 || run.stop().is_some(),
            Span::Run => run.stop().is_some(),
        };
        if !is_known || analysis.index != index {
            return None;
        }
        let way = match span {
            Span::Step => &iterates[..iterates.len().min(2)],
            Span::Run => iterates,
        };
        let stride = way.len().div_ceil(PLACES).max(1);
        let mut path: Vec<Point> = way.iter().step_by(stride).map(|iterate| iterate.at).collect();
        let end = way.last()?.at;
        if path.last() != Some(&end) {
            path.push(end);
        }
        let leaves = run.stop().is_some_and(|stop| stop.reason == StopReason::Diverged);
        let landing = match span {
            // A step that was proposed and not recorded led out of the numbers.
            Span::Step if iterates.len() < 2 => proposed_landing(analysis),
            Span::Run if leaves => None,
            _ => Some(end),
        };
        if let (Span::Step, Some(at), 1) = (span, landing, path.len()) {
            path.push(at);
        }
        let length = landing.map_or(0.0, |landing| (landing - from).norm());
        let frame = run.landscape().frame();
        let stays_within = STAYS * frame.width().min(frame.height());
        let outcomes = StepOutcome::true_of(analysis, explanation, run);
        let changes = StepOutcome::changes(analysis).filter(|[predicted, _]| predicted.is_finite());
        Some(Self { from, landing, path, length, stays_within, outcomes, changes })
    }

    /// How good a guess is.
    pub fn judge(&self, guess: &Guess) -> Verdict {
        match guess {
            Guess::Place(at) => {
                let off = |landing: Point| self.off(PredictionKind::Landing, (landing - at).norm());
                self.landing.map_or(Verdict::Unknown, off)
            }
            Guess::Path(places) if places.is_empty() || self.path.is_empty() => Verdict::Unknown,
            Guess::Path(places) => self.off(PredictionKind::Path, mean_distance(places, &self.path)),
            Guess::Outcome(outcome) if self.outcomes.contains(outcome) => Verdict::Right,
            Guess::Outcome(_) => Verdict::Wrong,
        }
    }

    /// The length of which a share is taken: from where it was asked to the end; of a path, and where it ends where it began, how far
    /// the path leads from there. `None` where nothing moves.
    pub fn unit(&self, kind: PredictionKind) -> Option<f64> {
        let is_way = kind != PredictionKind::Path && self.length > 0.0;
        let length = if is_way { self.length } else { extent(&self.path) };
        Some(length).filter(|length| *length > 0.0)
    }

    fn off(&self, kind: PredictionKind, distance: f64) -> Verdict {
        if let Some(length) = self.unit(kind) {
            return Verdict::Off { distance, share: Some(distance / length) };
        }
        if distance <= self.stays_within { Verdict::Right } else { Verdict::Off { distance, share: None } }
    }
}

/// Where a step was to land that led out of the numbers, if that is a place.
fn proposed_landing(analysis: &StepAnalysis) -> Option<Point> {
    let at = analysis.iterate.at + analysis.proposed()?;
    at.coords.iter().all(|coordinate| coordinate.is_finite()).then_some(at)
}

/// How far a path leads from where it began.
fn extent(path: &[Point]) -> f64 {
    path.iter().map(|at| (at - path[0]).norm()).fold(0.0, f64::max)
}

/// The mean distance of two paths, taken at equal shares of their lengths.
fn mean_distance(one: &[Point], other: &[Point]) -> f64 {
    const SAMPLES: usize = 64;
    let [one, other] = [one, other].map(|path| resampled(path, SAMPLES));
    let distances = std::iter::zip(&one, &other).map(|(a, b)| (a - b).norm());
    distances.sum::<f64>() / SAMPLES as f64
}

/// This number of places of a path, evenly along its length, its ends among them.
pub(super) fn resampled(path: &[Point], count: usize) -> Vec<Point> {
    let lengths: Vec<f64> = path.windows(2).map(|ends| (ends[1] - ends[0]).norm()).collect();
    let whole: f64 = lengths.iter().sum();
    let last = count.saturating_sub(1).max(1) as f64;
    let (mut piece, mut passed) = (0, 0.0);
    let place = |index: usize| {
        let wanted = whole * index as f64 / last;
        while piece + 1 < lengths.len() && passed + lengths[piece] < wanted {
            passed += lengths[piece];
            piece += 1;
        }
        match lengths.get(piece) {
            Some(length) if *length > 0.0 => {
                let share = ((wanted - passed) / length).clamp(0.0, 1.0);
                path[piece] + (path[piece + 1] - path[piece]) * share
            }
            _ => path[piece.min(path.len() - 1)],
        }
    };
    (0..count).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    fn truth(landscape: &str, method: &str, start: [f64; 2], steps: usize, span: Span) -> Option<Truth> {
        let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::from(start), steps);
        let run = Run::of(&Landscape::parse(landscape).unwrap(), &Recipe { goes_on_diverged: false, ..recipe });
        let analysis = StepAnalysis::of(&run, 0)?;
        Truth::of(&run, 0, span, (&analysis, &Explanation::of(&analysis, &run, None, None)))
    }

    /// Gradient descent on ½(x² + 10y²) at 0.1 from (1, 1): to (0.9, 0), a way of √1.01.
    #[test]
    fn a_guess_is_measured_by_the_way_of_the_step() {
        let truth = truth("formula:0.5x^2+5y^2", "gd:lr=0.1", [1.0, 1.0], 30, Span::Step).unwrap();
        assert!((truth.landing.unwrap() - Point::new(0.9, 0.0)).norm() < 1e-15, "{truth:?}");
        // The gradient is (1, 10): the plane predicts −0.1 · 101; from 5.5 to 0.405.
        let [predicted, actual] = truth.changes.unwrap();
        assert!((predicted + 10.1).abs() < 1e-12 && (actual + 5.095).abs() < 1e-12, "{truth:?}");
        let way = 1.01_f64.sqrt();
        for (off, points) in [(0.0, 3), (0.099, 3), (0.101, 2), (0.249, 2), (0.251, 1), (0.499, 1), (0.501, 0)] {
            let guess = Guess::Place(Point::new(0.9 + off * way, 0.0));
            let verdict = truth.judge(&guess);
            let Verdict::Off { distance, share: Some(share) } = verdict else { panic!("{verdict:?}") };
            assert!((distance - off * way).abs() < 1e-12 && (share - off).abs() < 1e-12, "{verdict:?}");
            assert_eq!(points_of(verdict), points, "off by {off} of the way");
        }
        let [right, wrong] =
            [StepOutcome::Less, StepOutcome::Rises].map(|outcome| truth.judge(&Guess::Outcome(outcome)));
        assert_eq!((right, wrong, points_of(right), points_of(wrong)), (Verdict::Right, Verdict::Wrong, 3, 0));
    }

    #[test]
    fn the_truth_of_a_run_is_its_end_and_its_path() {
        let truth = truth("formula:0.5x^2+5y^2", "gd:lr=0.1", [1.0, 1.0], 30, Span::Run).unwrap();
        let end = Point::new(0.9_f64.powi(30), 0.0);
        assert!((truth.landing.unwrap() - end).norm() < 1e-12, "{truth:?}");
        assert_eq!(truth.path.len(), 31, "every iterate");
        assert_eq!(truth.judge(&Guess::Path(truth.path.clone())), Verdict::Off { distance: 0.0, share: Some(0.0) });
        let shifted: Vec<Point> = truth.path.iter().map(|at| at + crate::numbers::Vector::new(0.3, 0.4)).collect();
        let Verdict::Off { distance, .. } = truth.judge(&Guess::Path(shifted)) else { panic!("a distance") };
        assert!((distance - 0.5).abs() < 1e-12, "every place is off by 0.5: {distance}");
    }

    #[test]
    fn a_run_that_leaves_the_numbers_ends_nowhere() {
        let of = |span| truth("formula:0.5x^2+5y^2", "gd:lr=0.3", [1.0, 1.0], 400, span).unwrap();
        assert_eq!(
            (of(Span::Run).landing, of(Span::Run).judge(&Guess::Place(Point::origin()))),
            (None, Verdict::Unknown)
        );
        assert!(of(Span::Step).landing.is_some(), "its first step lands somewhere");
        assert!(of(Span::Step).outcomes.contains(&StepOutcome::Diverges));
    }

    /// At the bottom of the bowl nothing moves: who stays there is right, as near as a hand can point.
    #[test]
    fn where_nothing_moves_who_stays_is_right() {
        let truth = truth("formula:0.5x^2+5y^2", "gd:lr=0.1", [0.0, 0.0], 30, Span::Run).unwrap();
        assert_eq!((truth.landing, truth.length), (Some(Point::origin()), 0.0));
        let [near, far] = [0.9, 1.1].map(|share| Point::new(share * truth.stays_within, 0.0));
        for guess in [Guess::Place(near), Guess::Path(vec![near, near])] {
            assert_eq!(points_of(truth.judge(&guess)), 3, "{guess:?}");
        }
        for guess in [Guess::Place(far), Guess::Path(vec![far, far])] {
            assert_eq!(points_of(truth.judge(&guess)), 0, "{guess:?}");
        }
    }

    /// Newton's method on x⁴/4 − x² + 2x goes from 0 to 1 and back, forever: a share is of how far it leads, 1.
    #[test]
    fn on_a_cycle_a_share_is_of_how_far_it_leads() {
        let truth = truth("formula:x^4/4-x^2+2x+y^2", "newton", [0.0, 0.0], 4, Span::Run).unwrap();
        assert!(truth.length == 0.0 && (truth.unit(PredictionKind::Landing).unwrap() - 1.0).abs() < 1e-9, "{truth:?}");
        assert!(
            matches!(truth.judge(&Guess::Place(Point::new(0.5, 0.0))), Verdict::Off { share: Some(share), .. } if (share - 0.5).abs() < 1e-9)
        );
    }

    #[test]
    fn a_path_is_taken_at_equal_shares_of_its_length() {
        let corner = [[0.0, 0.0], [3.0, 0.0], [3.0, 0.0], [3.0, 1.0]].map(Point::from);
        let expected = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [3.0, 1.0]].map(Point::from);
        for (found, expected) in std::iter::zip(resampled(&corner, 5), expected) {
            assert!((found - expected).norm() < 1e-12, "{found} for {expected}");
        }
        assert_eq!(resampled(&corner[..1], 3), [corner[0]; 3], "a path of one place");
    }
}
