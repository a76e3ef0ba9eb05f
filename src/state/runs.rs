//! The runs of the document, continued a slice a frame.

use super::frame_budget::FrameBudget;
use super::{CardId, Document};
use crate::optimizers::Method;
use crate::run::{Run, StepsAhead};

/// What a step costs beside its method's own evaluations: it is recorded, with the loss and the gradient where it leads.
const STEP: usize = 3;
/// Steps between two checks of what they have cost.
const AT_ONCE: usize = 16;
/// With this many samples a step costs no more than with a formula.
const FEW: usize = 3;
/// Steps of no more evaluations than this are always taken within the frames: a few that cost too much are still few.
const ALWAYS: usize = 8;

/// A run of a card.
struct CardRun {
    card: CardId,
    run: Run,
}

/// The runs, in the order of their cards.
#[derive(Default)]
pub(super) struct Runs {
    list: Vec<CardRun>,
    /// Which run is continued first; another one in every frame.
    turn: usize,
    /// What the runs may cost in a frame.
    work: FrameBudget,
    /// What they could cost in the last one, in evaluations of the loss.
    budget: usize,
    /// The steps that are to be taken in the background, as not even one of them fits into a frame.
    ahead: Option<StepsAhead>,
    /// The last iterate that may be known, while a class is to predict what comes after it.
    held: Option<usize>,
}

/// What a step costs in evaluations, as far as that is known before; 1 if it is always taken within the frames.
fn price(method: &Method) -> usize {
    if method.evaluations_per_step <= ALWAYS { 1 } else { method.evaluations_per_step + STEP }
}

/// Takes up to this many steps while their cost is within a budget; what is left of it.
fn advance(run: &mut Run, mut steps: usize, mut budget: usize) -> usize {
    let price = price(run.recipe().optimizer.entry);
    while steps > 0 && budget >= price && run.stop().is_none() {
        let few = steps.min(budget / (STEP * AT_ONCE).max(price)).clamp(1, AT_ONCE);
        let before = run.evaluations().total();
        run.advance(few);
        let evaluations = run.evaluations().total().saturating_sub(before) as usize;
        budget = budget.saturating_sub(STEP * few + evaluations);
        steps -= few;
    }
    budget
}

/// Whether a step of a run costs more than fits into a frame.
fn exceeds_frame(run: &Run, budget: usize) -> bool {
    price(run.recipe().optimizer.entry) > budget
}

/// How many steps a run may still take; none once it has stopped.
fn left_of(run: &Run, held: Option<usize>) -> usize {
    match held {
        _ if run.stop().is_some() => 0,
        Some(held) => (held + 1).saturating_sub(run.iterates().len()),
        None => usize::MAX,
    }
}

/// Where the steps are taken that are left of the runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Remaining {
    /// None are left.
    #[default]
    Nothing,
    /// All of them in the background.
    InBackground,
    /// Some of them in the next frame.
    InFrames,
}

impl Runs {
    /// Takes the runs of the document: a run whose recipe and landscape have not changed is kept.
    ///
    /// While they are held at an iterate, none of them goes further, and one that has gone further starts over: no later iterate
    /// exists anywhere.
    pub(super) fn follow(&mut self, document: &Document, held: Option<usize>) {
        if std::mem::replace(&mut self.held, held) != held {
            self.ahead = None;
        }
        let mut old: Vec<Option<CardRun>> = std::mem::take(&mut self.list).into_iter().map(Some).collect();
        for card in &document.cards {
            let recipe = document.recipe(card);
            let is_same = |old: &CardRun| {
                old.card == card.id
                    && *old.run.recipe() == recipe
                    && *old.run.landscape() == document.landscape
                    && held.is_none_or(|held| old.run.iterates().len() <= held + 1)
            };
            let kept = old.iter_mut().find(|slot| slot.as_ref().is_some_and(is_same)).and_then(Option::take);
            self.list.push(kept.unwrap_or_else(|| {
                // The next run takes over the memory of the one it replaces: a long one has a lot, and allocating it takes time.
                let is_left = |old: &CardRun| old.card == card.id;
                let left = old.iter_mut().find(|slot| slot.as_ref().is_some_and(is_left)).and_then(Option::take);
                let run = match left {
                    Some(left) => left.run.start_over(&document.landscape, &recipe),
                    None => Run::begin(&document.landscape, &recipe),
                };
                CardRun { card: card.id, run }
            }));
        }
    }

    /// Continues the runs by as much as fits into a frame: the selected one to the playhead first, so that its step can be shown.
    ///
    /// Each gets its share; where a single step costs more than that, the runs take turns. Where it costs more than the whole
    /// frame, the next steps of a run are requested in the background: see [`Runs::wanted`].
    pub(super) fn advance(&mut self, document: &Document, selected: CardId, playhead: usize) -> Remaining {
        let whole = (self.work.evaluations() / (document.landscape.cost() / FEW).max(1)).max(1);
        self.budget = whole;
        let mut budget = whole;
        if let Some(selected) = self.list.iter_mut().find(|run| run.card == selected) {
            let missing = (playhead + 1).saturating_sub(selected.run.iterates().len());
            let missing = missing.min(left_of(&selected.run, self.held));
            budget = advance(&mut selected.run, missing, budget);
        }
        self.turn = self.turn.wrapping_add(1);
        let count = self.list.len();
        for place in 0..count {
            let run = &mut self.list[self.turn.wrapping_add(place) % count].run;
            let share = budget.div_ceil(count - place).max(price(run.recipe().optimizer.entry)).min(budget);
            let left = left_of(run, self.held);
            budget -= share - advance(run, left, share);
        }
        self.want_ahead(selected);
        let held = self.held;
        let under_way = || self.list.iter().filter(|run| left_of(&run.run, held) > 0);
        match under_way().next() {
            None => Remaining::Nothing,
            Some(_) if under_way().all(|run| exceeds_frame(&run.run, whole)) => Remaining::InBackground,
            Some(_) => Remaining::InFrames,
        }
    }

    /// Whether a step of a run costs more than fits into a frame.
    pub(super) fn exceeds_frame(&self, run: &Run) -> bool {
        exceeds_frame(run, self.budget)
    }

    /// Requests the next steps of a run whose single step does not fit into a frame: of the selected one if it is such a run, else
    /// of another.
    fn want_ahead(&mut self, selected: CardId) {
        let (budget, held) = (self.budget, self.held);
        let under_way = |run: &&CardRun| left_of(&run.run, held) > 0 && exceeds_frame(&run.run, budget);
        let of_selected = self.list.iter().filter(|run| run.card == selected).find(under_way);
        let run = of_selected.or_else(|| self.list.iter().find(under_way));
        let Some(run) = run.map(|run| &run.run) else {
            self.ahead = None;
            return;
        };
        // Steps under way are waited for: they were begun where the run still stands, or stood some steps ago.
        if !self.ahead.as_ref().is_some_and(|ahead| ahead.is_next_of(run)) {
            self.ahead = run.steps_ahead(left_of(run, held));
        }
    }

    /// The steps that are to be taken in the background, if there are any.
    pub(super) fn wanted(&self) -> Option<&StepsAhead> {
        self.ahead.as_ref()
    }

    /// Takes steps that were taken elsewhere; false if they are not those that come next.
    pub(super) fn take(&mut self, ahead: &StepsAhead) -> bool {
        if ahead.is_finished() {
            self.ahead.take_if(|wanted| wanted.is_same(ahead));
        }
        // Steps that were begun before the runs were held lead too far.
        let is_too_far = self.held.is_some_and(|held| ahead.reaches() > held + 1);
        !is_too_far && self.list.iter_mut().any(|run| run.run.take_ahead(ahead))
    }

    /// Reports how long continuing the runs took and how long the whole frame was, in seconds.
    pub(super) fn took(&mut self, seconds: f64, frame: f64) {
        self.work.took(seconds, frame);
    }

    /// Carries the runs to their ends.
    pub(super) fn finish(&mut self) {
        for run in &mut self.list {
            let left = left_of(&run.run, self.held);
            run.run.advance(left);
        }
    }

    /// The run of a card.
    pub(super) fn get(&self, card: CardId) -> Option<&Run> {
        self.iter().find(|(id, _)| *id == card).map(|(_, run)| run)
    }

    /// The runs in the order of their cards.
    pub(super) fn iter(&self) -> impl Iterator<Item = (CardId, &Run)> {
        self.list.iter().map(|run| (run.card, &run.run))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::overlays::FOG;
    use crate::landscapes::{Landscape, oracle_meter};
    use crate::numbers::some::some;
    use crate::optimizers::Choice;
    use crate::state::{Command, PlayCommand, State, ViewCommand};

    /// The runs of these methods, the first of them selected, the playhead at step 3, in fog.
    fn state(landscape: &str, methods: &[&str]) -> State {
        let mut document = Document::new(Landscape::parse(landscape).unwrap());
        document.cards.clear();
        for method in methods {
            document.add(Choice::parse(method).unwrap());
        }
        (document.steps, document.tolerance) = (45, None);
        let mut state = State::new(document);
        state.apply(vec![Command::View(ViewCommand::ToggleOverlay(FOG)), Command::Play(PlayCommand::GoTo(3))]);
        state
    }

    /// A frame never asks for more evaluations than its budget; a step that needs more comes from the background, with the same bits.
    #[test]
    fn no_frame_pays_for_more_than_it_has() {
        const FRAME: f64 = 1.0 / 60.0;
        // The first of them alone is a case of its own.
        let cases = [&["gd", "finite_step", "adam"][..], &["finite_step"], &["finite_step", "finite_step:radius=0.1"]];
        for methods in some(cases, 2) {
            let [mut state, mut whole] = [0, 1].map(|_| state("tanh2:n=50", methods));
            whole.finish();
            let tick = |state: &mut State| {
                oracle_meter::take();
                state.tick(FRAME);
                let (evaluations, has) = (oracle_meter::take() as usize, state.derived.runs.budget);
                assert!(
                    evaluations <= has + ALWAYS,
                    "{methods:?}: {evaluations} evaluations in a frame that has {has}"
                );
            };
            for _ in 0..30 {
                tick(&mut state);
            }
            assert!(state.busy && !state.computes(), "{methods:?}: what is left waits, and asks for no frame");
            let mut wanted = 0;
            while state.busy || state.derived.wanted_focus().is_some() {
                if let Some(mut steps) = state.derived.wanted_steps().cloned() {
                    // The second piece of them comes when the first has been shown.
                    steps.advance(1);
                    state.take_steps(&steps);
                    tick(&mut state);
                    while !steps.advance(1) {}
                    state.take_steps(&steps);
                }
                if let Some(mut analysis) = state.derived.wanted_focus().cloned() {
                    assert!(state.derived.analysis().is_none(), "{methods:?}: no step is shown before it is known");
                    analysis.finish();
                    state.take_focus(analysis);
                    wanted += 1;
                }
                tick(&mut state);
            }
            assert_eq!(wanted, usize::from(methods[0] == "finite_step"), "{methods:?}: analyzed once");
            for (id, run) in whole.derived.runs() {
                assert_eq!(state.derived.run(id).unwrap().iterates(), run.iterates(), "{methods:?}: the same run");
            }
            let shown = |state: &State| {
                let (analysis, queries) = (state.derived.analysis().unwrap(), state.derived.queries().unwrap());
                (analysis.index, analysis.change, analysis.reach, queries.clone())
            };
            assert_eq!(shown(&state), shown(&whole), "{methods:?}: the same step");
        }
    }

    #[test]
    fn steps_that_a_frame_can_pay_for_are_taken_in_it() {
        for (landscape, method) in [("bowl", "finite_step"), ("tanh2:n=1000", "gd"), ("tanh2:n=100", "gd_exact")] {
            let mut state = state(landscape, &[method]);
            while state.tick(0.0) {
                assert!(state.derived.wanted_steps().is_none(), "{method} on {landscape}");
            }
            assert!(!state.busy && state.derived.analysis().is_some(), "{method} on {landscape}");
        }
    }
}
