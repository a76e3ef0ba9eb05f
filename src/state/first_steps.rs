//! The first step of every method from the iterate at the playhead, each as it would be added to the runs.

use super::memo::Memo;
use super::{Document, MapFrame, View};
use crate::drawing::overlays::EVERY_METHOD;
use crate::landscapes::Landscape;
use crate::numbers::{Point, Vector};
use crate::optimizers::{Choice, ENTRIES, Method};
use crate::run::FirstStep;

/// The first steps, once for each iterate.
#[derive(Default)]
pub(super) struct FirstSteps(Memo<(Landscape, Point, Vec<Choice>), Vec<FirstStep>>);

impl FirstSteps {
    /// Brings them up to date while they are on the screen.
    pub(super) fn update(&mut self, document: &Document, view: &View, at: Option<Point>) {
        let wanted = at.filter(|_| view.sees(EVERY_METHOD) && !document.landscape.dimension().is_one());
        // A method that runs has the parameters of its run.
        let running: Vec<Choice> = document.cards.iter().map(|card| card.optimizer.clone()).collect();
        self.0.update(wanted.map(|at| (document.landscape.clone(), at, running)), |(landscape, at, running)| {
            let first = |method: &'static Method| {
                let own = running.iter().find(|choice| choice.entry == method).cloned();
                let choice = own.unwrap_or_else(|| {
                    let mut choice = Choice::of(method);
                    document.suggest(&mut choice);
                    choice
                });
                FirstStep::of(landscape, choice, *at)
            };
            let mut steps: Vec<FirstStep> = ENTRIES.iter().copied().map(first).collect();
            steps.sort_by(|a, b| order(a).total_cmp(&order(b)));
            steps
        });
    }

    /// The steps, the largest decrease first; none while they are not on the screen.
    pub(super) fn steps(&self) -> &[FirstStep] {
        self.0.value().map_or(&[], Vec::as_slice)
    }
}

/// A step longer than this many times the median one has no part in the frame that is drawn around the steps.
const LONG: f64 = 5.5;
/// What the frame is larger than the box of the steps, and its least shorter side as a share of its longer one.
const AROUND: (f64, f64) = (1.3, 0.2);

/// What the map shows where the first steps of the methods are as large as they can be: the iterate, and where they lead, but for some
/// that lead far away; `None` where there are none.
pub(super) fn frame_of(steps: &[FirstStep], at: Point) -> Option<MapFrame> {
    let steps = steps.iter().filter_map(|step| Some(step.step.as_ref().ok()?.displacement));
    let mut steps: Vec<Vector> = steps.filter(|step| step.norm() > 0.0).collect();
    steps.sort_by(|a, b| a.norm().total_cmp(&b.norm()));
    let most = LONG * steps.get(steps.len() / 2)?.norm();
    let ways = || steps.iter().filter(|step| step.norm() <= most);
    // From the iterate, which is always in it, to the farthest on either side.
    let [x, y] = [0, 1].map(|axis| {
        let along = |fold: fn(f64, f64) -> f64| ways().map(|step| step[axis]).fold(0.0, fold);
        [along(f64::min), along(f64::max)]
    });
    let middle = Vector::new(f64::midpoint(x[0], x[1]), f64::midpoint(y[0], y[1]));
    let half = [x, y].map(|[low, high]| AROUND.0 * (high - low) / 2.0);
    let least = AROUND.1 * half[0].max(half[1]);
    Some(MapFrame { center: at + middle, half: half.map(|side| side.max(least)) })
}

/// The change of the loss; what has none comes last.
fn order(step: &FirstStep) -> f64 {
    match &step.step {
        Ok(step) if step.actual.is_nan() => f64::MAX,
        Ok(step) => step.actual,
        Err(_) => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Command, PlayCommand, State, ViewCommand};

    #[test]
    fn they_begin_where_the_selected_run_stands_and_none_are_computed_where_no_one_looks() {
        let mut state = State::overshooting();
        assert!(state.derived.first_steps().is_empty(), "no one looks");
        state.apply(vec![Command::View(ViewCommand::ToggleOverlay(EVERY_METHOD)), Command::Play(PlayCommand::GoTo(1))]);
        let steps = state.derived.first_steps();
        assert_eq!(steps.len(), ENTRIES.len(), "every method, or why it has none");
        let at = state.derived.analysis().unwrap().iterate.at;
        let mut choice = Choice::parse("nesterov").unwrap();
        state.document.suggest(&mut choice);
        let usual = FirstStep::of(&state.document.landscape, choice, at);
        assert!(steps.contains(&usual), "as it would be added");
        let running = FirstStep::of(&state.document.landscape, state.document.cards[0].optimizer.clone(), at);
        assert!(steps.contains(&running), "a method that runs has the parameters of its run");
        let changes: Vec<f64> = steps.iter().filter_map(|step| Some(step.step.as_ref().ok()?.actual)).collect();
        assert!(changes.is_sorted() && changes.len() > 20, "the largest decrease first: {changes:?}");
        state.apply(vec![Command::View(ViewCommand::ToggleOverlay(crate::drawing::overlays::FOG))]);
        assert!(state.derived.first_steps().is_empty(), "in fog nothing is known of them");
    }

    /// In a narrow valley, too, most of the steps are seen apart in their frame.
    #[test]
    fn in_their_frame_the_steps_are_as_large_as_the_picture() {
        for landscape in ["rosenbrock", "quad", "beale", "ravine"] {
            let mut state = State::new(Document::new(Landscape::parse(landscape).unwrap()));
            assert_eq!(state.frame_of_first_steps(), None, "{landscape}: no one looks");
            state.apply(vec![Command::View(ViewCommand::ToggleOverlay(EVERY_METHOD))]);
            let at = state.derived.analysis().unwrap().iterate.at;
            let frame = state.frame_of_first_steps().unwrap();
            let [wide, high] = frame.half;
            let steps = state.derived.first_steps().iter().filter_map(|step| step.step.as_ref().ok());
            let lengths = steps.map(|step| (step.displacement, frame.view_box().contains(at + step.displacement)));
            let lengths: Vec<(Vector, bool)> = lengths.collect();
            let inside = lengths.iter().filter(|(_, is_inside)| *is_inside).count();
            assert!(4 * inside >= 3 * lengths.len(), "{landscape}: {inside} of {}", lengths.len());
            let is_long = |step: &Vector| (step.x / wide).abs().max((step.y / high).abs()) > 0.2;
            let long = lengths.iter().filter(|(step, is_inside)| *is_inside && is_long(step)).count();
            assert!(2 * long >= inside, "{landscape}: {long} of {inside} are long");
            state.apply(vec![Command::View(ViewCommand::SetMapFrame(frame))]);
            assert_eq!(state.view.scene.map, Some(frame), "{landscape}: it is shown");
        }
    }
}
