//! What the Momentum tab shows of the whole run: its energy at every step, and which momentum coefficients leave the basin.

use super::critical::Critical;
use super::{Pane, View};
use crate::run::{EnergyPath, Run};
use crate::studies::{EscapeQuestion, Escapes, NoEscape, Stretch};

/// Iterates whose energy is found in a frame: a millisecond or two.
const IN_FRAME: usize = 30_000;

/// The energy of the selected run, and the trials, as far as they have come.
#[derive(Default)]
pub(super) struct MomentumTab {
    energy: EnergyPath,
    escapes: Option<Result<Escapes, NoEscape>>,
    stretches: Vec<Stretch>,
}

impl MomentumTab {
    /// Brings it up to date while it is on the screen and not in fog. `from`: the step from which a parameter would act.
    pub(super) fn update(&mut self, run: Option<&Run>, view: &View, from: Option<usize>, critical: &Critical) {
        let Some(run) = run.filter(|_| is_seen(view)) else {
            *self = Self::default();
            return;
        };
        self.energy.follow(run, IN_FRAME);
        if critical.wanted().is_some() {
            (self.escapes, self.stretches) = (None, Vec::new());
            return;
        }
        let recipe = run.recipe().clone();
        let question = EscapeQuestion { recipe, from, keeps_asymptotic_rate: view.scene.slider.keeps_asymptotic_rate };
        let question = question.without_coefficient();
        let known = self.escapes.as_ref().and_then(|known| known.as_ref().ok());
        if known.is_some_and(|known| known.is_of(run.landscape(), &question, critical.points())) {
            return;
        }
        // A trial may take thousands of steps: none is taken in a frame.
        self.put(Escapes::new(run.landscape(), question, critical.points()));
    }

    fn put(&mut self, escapes: Result<Escapes, NoEscape>) {
        self.stretches = escapes.as_ref().map_or_else(|_| Vec::new(), Escapes::stretches);
        self.escapes = Some(escapes);
    }

    /// Whether there is more to find within the frames.
    pub(super) fn has_more(&self) -> bool {
        self.energy.is_behind()
    }

    /// Continues the energies by as much as fits into a frame.
    pub(super) fn go_on(&mut self, run: Option<&Run>) {
        if let Some(run) = run {
            self.energy.follow(run, IN_FRAME);
        }
    }

    /// The energy along the run.
    pub(super) fn energy(&self) -> &EnergyPath {
        &self.energy
    }

    /// The trials that are to go on in the background.
    pub(super) fn wanted(&self) -> Option<&Escapes> {
        self.escapes.as_ref()?.as_ref().ok().filter(|escapes| !escapes.is_finished())
    }

    /// Takes trials that went on elsewhere; false if others are wanted now.
    pub(super) fn take(&mut self, escapes: Escapes) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&escapes));
        is_wanted.then(|| self.put(Ok(escapes))).is_some()
    }

    /// Carries the trials to their end.
    pub(super) fn finish(&mut self) {
        if let Some(mut escapes) = self.wanted().cloned() {
            while !escapes.advance(usize::MAX) {}
            self.put(Ok(escapes));
        }
    }

    /// The trials, or why there are none; `None` while it is not on the screen, and while the minima are still searched.
    pub(super) fn escapes(&self) -> Option<&Result<Escapes, NoEscape>> {
        self.escapes.as_ref()
    }

    /// Neighboring coefficients with the same ending.
    pub(super) fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }
}

/// Whether the tab is seen, or the slider with the coefficients that leave the basin.
fn is_seen(view: &View) -> bool {
    (view.has(Pane::Momentum) || view.scene.slider.slides_coefficient) && !view.in_fog()
}

#[cfg(test)]
mod tests {
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::state::{Command, Document, Pane, PlayCommand, RunCommand, State, ViewCommand};

    fn state() -> State {
        let mut document = Document::new(Landscape::parse("double_well").unwrap());
        document.start = crate::numbers::Point::new(2.0, 1.0);
        document.cards.clear();
        document.add(Choice::parse("momentum:lr=0.02,beta=0.9").unwrap());
        let mut state = State::new(document);
        state.finish();
        state
    }

    #[test]
    fn nothing_is_tried_where_no_one_looks() {
        let mut state = state();
        assert!(state.derived.wanted_escapes().is_none() && state.derived.energy_path().kinetic().is_empty());
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Momentum))]);
        assert!(state.derived.wanted_escapes().is_some(), "the tab is in front");
        state.finish();
        assert!(state.derived.wanted_escapes().is_none() && !state.derived.escapes().is_empty(), "all tried");
        assert_eq!(
            state.derived.energy_path().kinetic().len(),
            state.derived.run(state.selected).unwrap().iterates().len()
        );
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Slice))]);
        assert!(state.derived.escapes().is_empty(), "and no longer");
    }

    /// The trials do not depend on the coefficient that the run has, so that nothing is tried anew while it is dragged.
    #[test]
    fn while_the_coefficient_is_dragged_nothing_is_tried_anew() {
        let mut state = state();
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Momentum))]);
        state.finish();
        let before = state.derived.escapes().to_vec();
        for keeps in [false, true] {
            state.apply(vec![Command::Runs(RunCommand::KeepAsymptoticRate(keeps))]);
            state.finish();
            for beta in [0.3, 0.8, 0.95] {
                state.apply(vec![Command::Runs(RunCommand::SetCoefficient { card: state.selected, value: beta })]);
                assert!(state.derived.wanted_escapes().is_none(), "β = {beta}, kept: {keeps}");
            }
            assert_eq!(state.derived.escapes() == before, !keeps, "kept, the interval is another one");
        }
        state.apply(vec![Command::Play(PlayCommand::GoTo(4)), Command::Runs(RunCommand::ApplyFromThisStep(true))]);
        assert!(state.derived.wanted_escapes().is_some(), "from this step on it is another question");
    }
}
