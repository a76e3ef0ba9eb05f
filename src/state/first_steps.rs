//! The first step of every method from the iterate at the playhead, each as it would be added to the runs.

use super::memo::Memo;
use super::{Document, View};
use crate::drawing::overlays::EVERY_METHOD;
use crate::landscapes::Landscape;
use crate::numbers::Point;
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
}
