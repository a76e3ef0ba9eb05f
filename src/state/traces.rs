//! The values of each run in the Loss chart, computed while it is on the screen, a part in each frame.

use super::memo::Memo;
use super::runs::Runs;
use super::{CardId, Pane, View};
use crate::analysis::{CriticalPoint, KnownMinima, LowestMinimum};
use crate::drawing::loss_chart::{ChartChoice, Floor, Premise, Trace, Wanted};
use crate::landscapes::{CriticalSet, Landscape};
use crate::numbers::numerals::{coordinate, number};
use crate::run::{Replays, Run};

/// What a frame may cost, in looks at recorded values: two or three milliseconds.
const IN_FRAME: usize = 60_000;

/// The traces of the runs, and the minima that are known.
#[derive(Default)]
pub(super) struct Traces {
    list: Vec<(CardId, Trace)>,
    minima: Memo<(u64, Landscape), KnownMinima>,
    /// Where theorems hold along the selected run: its serial number, its length, and the generation of the minima.
    premise: Memo<(u64, usize, u64), Premise>,
    choice: ChartChoice,
    playhead: usize,
    selected: Option<CardId>,
    is_shown: bool,
    /// The steps of a run that are to be taken again in the background, and whose they are.
    wanted: Option<(CardId, Replays)>,
}

impl Traces {
    /// Brings them up to date while they are on the screen.
    pub(super) fn update(
        &mut self,
        runs: &Runs,
        view: &View,
        (playhead, selected): (usize, CardId),
        critical: &CriticalFacts<'_>,
    ) {
        let CriticalFacts { landscape, points, sets, generation } = *critical;
        self.is_shown = view.has(Pane::Loss);
        let key = self.is_shown.then(|| (generation, landscape.clone()));
        self.minima.update(key, |_| KnownMinima::among(points, sets, landscape.loss(), landscape.domain()));
        (self.choice, self.playhead, self.selected) = (view.scene.chart, playhead, Some(selected));
        self.list.retain(|(card, _)| self.is_shown && runs.get(*card).is_some());
        self.go_on(runs);
    }

    /// Continues the traces by as much as fits into a frame.
    pub(super) fn go_on(&mut self, runs: &Runs) {
        let Some(minima) = self.minima.value().filter(|_| self.is_shown) else {
            self.wanted = None;
            self.premise.update(None, |_| Premise::default());
            return;
        };
        // Without another search the minima are the same.
        let generation = self.minima.key().map_or(0, |(generation, _)| *generation);
        let selected = self.selected.and_then(|card| runs.get(card)).filter(|_| self.choice.guides);
        let key = selected.map(|run| (run.serial(), run.iterates().len(), generation));
        self.premise.update(key, |_| selected.map_or_else(Premise::default, |run| Premise::of(run, minima)));
        let mut budget = IN_FRAME;
        for (card, run) in runs.iter() {
            let place = self.list.iter().position(|(known, _)| *known == card).unwrap_or_else(|| {
                self.list.push((card, Trace::default()));
                self.list.len() - 1
            });
            let wanted = Wanted {
                quantity: self.choice.quantity,
                log_x: self.choice.log_x,
                playhead: self.playhead,
                minima: (minima, generation),
                exceeds_frame: runs.exceeds_frame(run),
            };
            self.list[place].1.follow(run, &wanted, &mut budget);
        }
        self.want(runs);
    }

    /// Chooses the steps that are to be taken again: of the first run that has ended and waits for some.
    fn want(&mut self, runs: &Runs) {
        let mut waiting = self.list.iter().filter_map(|(card, trace)| {
            let run = runs.get(*card).filter(|run| run.stop().is_some())?;
            trace.waits().map(|_| (*card, run, trace))
        });
        let is_wanted = |card, run: &Run| {
            self.wanted.as_ref().is_some_and(|(wanted, replays)| *wanted == card && replays.is_of(run))
        };
        if waiting.clone().any(|(card, run, _)| is_wanted(card, run)) {
            return;
        }
        let first = waiting.next();
        self.wanted = first.map(|(card, run, trace)| (card, Replays::new(run, &trace.wanted_steps(run))));
    }

    /// The steps that are to be taken again in the background.
    pub(super) fn wanted(&self) -> Option<&Replays> {
        self.wanted.as_ref().map(|(_, replays)| replays).filter(|replays| !replays.is_finished())
    }

    /// Takes steps that were taken elsewhere; false if others are wanted now.
    pub(super) fn take(&mut self, replays: Replays, runs: &Runs) -> bool {
        let Some((card, _)) = self.wanted.as_ref().filter(|(_, wanted)| wanted.is_same(&replays)) else { return false };
        let card = *card;
        let trace = self.list.iter_mut().find(|(known, _)| *known == card);
        if let (Some((_, trace)), Some(run)) = (trace, runs.get(card)) {
            trace.take(&replays, run);
        }
        self.wanted = Some((card, replays));
        self.want(runs);
        true
    }

    /// Takes all of them at once.
    pub(super) fn finish(&mut self, runs: &Runs) {
        while let Some(mut replays) = self.wanted().cloned() {
            while !replays.advance(usize::MAX) {}
            self.take(replays, runs);
        }
    }

    /// Whether some recorded steps are not evaluated yet.
    pub(super) fn has_more(&self) -> bool {
        self.list.iter().any(|(_, trace)| trace.is_behind())
    }

    /// The trace of a run; `None` while it is not on the screen.
    pub(super) fn get(&self, card: CardId) -> Option<&Trace> {
        self.list.iter().find(|(known, _)| *known == card).map(|(_, trace)| trace)
    }

    /// Where theorems hold along the selected run; `None` where no guide lines are asked for.
    pub(super) fn premise(&self) -> Option<&Premise> {
        self.premise.value()
    }

    /// The minima that are known; `None` while it is not on the screen.
    pub(super) fn minima(&self) -> Option<&KnownMinima> {
        self.minima.value()
    }
}

/// What is known of the critical points of a landscape.
pub(super) struct CriticalFacts<'a> {
    pub(super) landscape: &'a Landscape,
    pub(super) points: &'a [CriticalPoint],
    pub(super) sets: &'a [CriticalSet],
    /// Another number whenever something else is known.
    pub(super) generation: u64,
}

/// Where a minimum lies, in words.
fn place_of(minimum: &LowestMinimum, is_one: bool) -> String {
    match &minimum.set {
        Some(set) => set.clone(),
        None if is_one => format!("at x = {}", brief(minimum.at.x)),
        None => format!("at ({}, {})", brief(minimum.at.x), brief(minimum.at.y)),
    }
}

/// f* as it was typed, or the lowest known minimum, of one weight or of two; or why there is none.
pub(super) fn floor(
    view: &View,
    (minima, is_one): (Option<&KnownMinima>, bool),
    is_searching: bool,
) -> Result<Floor, String> {
    if let Some(value) = view.scene.chart.floor {
        return Ok(Floor { value, text: "as it was typed".to_owned() });
    }
    if view.in_fog() {
        return Err("the method knows no minimum, and the fog hides them".to_owned());
    }
    match minima.and_then(KnownMinima::lowest) {
        Some(lowest) => {
            let text = format!("the lowest known minimum, {}", place_of(lowest, is_one));
            Ok(Floor { value: lowest.value, text })
        }
        None if is_searching => Err("minima are still being searched".to_owned()),
        None => Err("no minimum of this loss is known; type a number for f*".to_owned()),
    }
}

/// A coordinate without zeros that say nothing.
fn brief(value: f64) -> String {
    let text = coordinate(value);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text.is_empty() || text == "−0" { number(0.0) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::loss_chart::{ChartChange, StepQuantity};
    use crate::state::{Command, DocumentCommand, RunCommand, State, ViewCommand};

    fn shown(landscape: &'static str, quantity: StepQuantity) -> State {
        let mut state = State::opening();
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape(landscape)),
            Command::View(ViewCommand::ShowTab(Pane::Loss)),
            Command::View(ViewCommand::Chart(ChartChange::Quantity(quantity))),
        ]);
        state
    }

    #[test]
    fn nothing_is_computed_where_no_one_looks() {
        let mut state = State::opening();
        let card = state.selected;
        assert!(state.derived.trace(card).is_none(), "the lessons are in front");
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Loss))]);
        assert!(state.derived.trace(card).is_some(), "the chart is");
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Slice))]);
        assert!(state.derived.trace(card).is_none(), "and no longer");
    }

    #[test]
    fn the_place_of_f_star_has_its_signs() {
        for (landscape, place) in [("formula:(x+1)^2+(y-2)^2", "at (−1, 2)"), ("formula:(x+1.5)^2", "at x = −1.5")]
        {
            let mut state = State::new(crate::state::Document::new(Landscape::parse(landscape).unwrap()));
            state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Loss))]);
            state.finish();
            let floor = state.derived.floor(&state.view).unwrap();
            assert!(floor.text.ends_with(place), "{landscape}: {}", floor.text);
        }
    }

    #[test]
    fn f_star_is_named_or_it_is_said_why_there_is_none() {
        let mut state = shown("rosenbrock", StepQuantity::Loss);
        state.finish();
        assert_eq!(
            state.derived.floor(&state.view).map(|floor| floor.note()),
            Ok("f* = 0, the lowest known minimum, at (1, 1)".to_owned())
        );
        state.apply(vec![Command::View(ViewCommand::Chart(ChartChange::Floor(Some(-1.0))))]);
        assert_eq!(state.derived.floor(&state.view).map(|floor| floor.value), Ok(-1.0), "typed");
        let mut state = shown("saddle", StepQuantity::Loss);
        state.finish();
        assert!(state.derived.floor(&state.view).is_err_and(|why| why.contains("no minimum")), "a saddle has none");
    }

    /// A million steps are evaluated over some frames, none of which costs much more than any other.
    #[test]
    fn a_long_run_is_looked_at_over_some_frames() {
        let mut state = shown("rosenbrock", StepQuantity::LargestEigenvalue);
        state.apply(vec![
            Command::Document(DocumentCommand::SetTolerance(None)),
            Command::Runs(RunCommand::SetMethod(state.selected, "gd")),
            Command::Document(DocumentCommand::SetSteps(50_000)),
        ]);
        while state.busy {
            state.tick(0.0);
        }
        state.finish();
        assert!(!state.derived.has_more(), "it comes to its end");
        let trace = state.derived.trace(state.selected).unwrap();
        let last = state.last_step();
        let [known, all] = trace.sampled(last).unwrap();
        assert!((300..=401).contains(&known) && all == last + 1, "{known} of {all}");
        state.apply(vec![Command::View(ViewCommand::Chart(ChartChange::Quantity(StepQuantity::GradientNorm)))]);
        let mut frames = 0;
        while state.derived.has_more() {
            state.tick(0.0);
            frames += 1;
        }
        assert!(frames < 20, "{frames} frames");
        assert!(state.derived.trace(state.selected).unwrap().sampled(last).is_none(), "of every step");
    }

    /// A step of an exact line search over very many samples costs more than a frame: its α comes from the background.
    #[test]
    fn what_costs_more_than_a_frame_is_replayed_beside_the_frames() {
        let mut document = crate::state::Document::new(Landscape::parse("tanh2:n=3000").unwrap());
        document.cards.clear();
        document.add(crate::optimizers::Choice::parse("gd_exact").unwrap());
        (document.steps, document.tolerance) = (6, None);
        let mut state = State::new(document);
        state.apply(vec![
            Command::View(ViewCommand::ShowTab(Pane::Loss)),
            Command::View(ViewCommand::Chart(ChartChange::Quantity(StepQuantity::Multiple))),
        ]);
        while let Some(mut steps) = state.derived.wanted_steps().cloned() {
            steps.advance(usize::MAX);
            state.take_steps(&steps);
        }
        let waits = |state: &State| state.derived.trace(state.selected).unwrap().waits();
        let all = waits(&state).expect("none is taken in a frame")[1];
        let mut replays = state.derived.wanted_replays().expect("they are wanted").clone();
        replays.advance(1);
        state.take_replays(replays.clone());
        assert_eq!(waits(&state), Some([1, all]), "as they come");
        while !replays.advance(1) {}
        state.take_replays(replays);
        assert!(waits(&state).is_none() && state.derived.wanted_replays().is_none(), "all of them");
        let run = state.derived.run(state.selected).unwrap();
        let value = state.derived.trace(state.selected).unwrap().read(run, 2, &KnownMinima::default());
        assert_eq!(value, Some((2, run.replay_facts(2).unwrap().multiple)), "what the step says");
    }
}
