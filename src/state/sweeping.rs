//! The sweep of the selected run: the same walk with one or two parameters varied, coarse to fine, the first of it within the frame,
//! the rest in the background.

mod choice;
mod question;
mod spec;
mod summary;

pub use choice::{MOST_SEEDS, SweepChange, SweepChoice, SweepOver, SweepQuantity, SweepUntil, sweeps_of};
use question::{KnownPoints, question, rates};
pub(super) use spec::{of_spec, spec_of};
pub use summary::{BestSetting, SweepSummary};

use super::memo::Memo;
use super::traces::CriticalFacts;
use super::{Card, CardId, Document, Pane, View};
use crate::analysis::KnownMinima;
use crate::landscapes::Landscape;
use crate::studies::{RangeTest, StabilityLimits, Sweep, SweepAxis, SweepKey};

/// Evaluations of one sample each in the frame in which the picture changes: [sixteen walks at a time, one by one].
const IN_FRAME: [usize; 2] = [400_000, 20_000];
/// Steps of a range test, at least.
const LEAST_STEPS: usize = 100;
/// And at most.
const MOST_STEPS: usize = 1000;

/// The sweep, as far as it has come, or why there is none.
#[derive(Default)]
pub(super) struct Sweeping {
    minima: Memo<(u64, Landscape), KnownMinima>,
    known: Option<SweepFound>,
    refusal: Option<String>,
    test: Option<RangeTest>,
    /// Grows with every change of what is known.
    generation: u64,
}

impl Sweeping {
    /// Starts over if the question has changed; there is nothing while it is not on the screen, nor while the minima are
    /// still searched.
    pub(super) fn update(
        &mut self,
        document: &Document,
        view: &View,
        selected: CardId,
        critical: &CriticalFacts<'_>,
        is_searching: bool,
    ) {
        let is_shown = view.has(Pane::Sweep) && !view.in_fog() && !is_searching;
        let key = is_shown.then(|| (critical.generation, critical.landscape.clone()));
        let (points, sets) = (critical.points, critical.sets);
        self.minima
            .update(key, |(_, landscape)| KnownMinima::among(points, sets, landscape.loss(), landscape.domain()));
        let card = document.card(selected).filter(|_| self.minima.value().is_some());
        let Some(card) = card else {
            (self.known, self.refusal, self.test) = (None, None, None);
            return;
        };
        if view.scene.sweep.quantity == Some(SweepQuantity::RangeTest) {
            (self.known, self.refusal) = (None, None);
            self.update_test(document, card, critical);
        } else {
            self.test = None;
            self.update_sweep(document, view, card, critical);
        }
    }

    fn update_sweep(&mut self, document: &Document, view: &View, card: &Card, critical: &CriticalFacts<'_>) {
        let Some(minima) = self.minima.value() else { return };
        let asked = question(document, view, card, &KnownPoints { points: critical.points, minima });
        if let Ok(asked) = &asked
            && self.known.as_ref().is_some_and(|known| known.sweep.question() == asked)
        {
            return;
        }
        match asked.and_then(|asked| Sweep::new(asked).map_err(|refusal| refusal.to_string())) {
            Ok(mut sweep) => {
                let is_alone = sweep.question().optimizer.in_lanes(1).is_none();
                sweep.advance(IN_FRAME[usize::from(is_alone)]);
                self.put(sweep);
            }
            Err(why) => (self.known, self.refusal) = (None, Some(why)),
        }
    }

    fn update_test(&mut self, document: &Document, card: &Card, critical: &CriticalFacts<'_>) {
        let start = document.start_of(card);
        let count = document.steps.clamp(LEAST_STEPS, MOST_STEPS);
        let range = rates(document, &card.optimizer, critical.points, start).range;
        let spaced = SweepAxis::spaced(SweepKey::WeightRate(0), range, count, true);
        let test = RangeTest::new(&document.landscape, &card.optimizer, start, spaced.values);
        self.refusal = test.is_none().then(|| {
            let method = card.optimizer.entry;
            let lacks = method.unsupported_reason(&document.landscape);
            format!("{} {}", method.name, lacks.unwrap_or("has no learning rate to test"))
        });
        let is_known = |test: &RangeTest| self.test.as_ref().is_some_and(|known| known.is_same(test));
        if test.as_ref().is_none_or(|test| !is_known(test)) {
            self.test = test;
            if let Some(test) = &mut self.test {
                test.advance(IN_FRAME[1]);
            }
            self.generation += 1;
        }
    }

    fn put(&mut self, sweep: Sweep) {
        let known = self.known.take().filter(|known| known.sweep.is_same(&sweep));
        self.known = Some(match known {
            Some(known) => known.renewed(sweep),
            None => SweepFound::of(sweep),
        });
        self.refusal = None;
        self.generation += 1;
    }

    /// The sweep that is to go on in the background.
    pub(super) fn wanted(&self) -> Option<&Sweep> {
        self.known.as_ref().map(|known| &known.sweep).filter(|sweep| !sweep.is_finished())
    }

    /// Takes a sweep that went on elsewhere; false if another one is wanted now.
    pub(super) fn take(&mut self, sweep: Sweep) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&sweep));
        is_wanted.then(|| self.put(sweep)).is_some()
    }

    /// The range test that is to go on in the background.
    pub(super) fn wanted_test(&self) -> Option<&RangeTest> {
        self.test.as_ref().filter(|test| !test.is_finished())
    }

    /// Takes a test that went on elsewhere; false if another one is wanted now.
    pub(super) fn take_test(&mut self, test: RangeTest) -> bool {
        let is_wanted = self.wanted_test().is_some_and(|wanted| wanted.is_same(&test));
        if is_wanted {
            self.test = Some(test);
            self.generation += 1;
        }
        is_wanted
    }

    /// Carries both to their ends.
    pub(super) fn finish(&mut self) {
        if let Some(mut sweep) = self.wanted().cloned() {
            sweep.advance(usize::MAX);
            self.put(sweep);
        }
        if let Some(test) = self.test.as_mut().filter(|test| !test.is_finished()) {
            test.advance(usize::MAX);
            self.generation += 1;
        }
    }

    /// The sweep as it is shown; `None` while it is not on the screen, and where there is none.
    pub(super) fn shown(&self) -> Option<Swept<'_>> {
        Some(self.known.as_ref()?.shown(self.generation))
    }

    /// The range test with f*, where one is known.
    pub(super) fn shown_test(&self) -> Option<(&RangeTest, Option<f64>)> {
        let floor = self.minima.value()?.lowest().map(|lowest| lowest.value);
        Some((self.test.as_ref()?, floor))
    }

    /// Why there is none, where one was asked for.
    pub(super) fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }
}

/// A sweep with what follows from it.
pub struct SweepFound {
    sweep: Sweep,
    limits: Option<StabilityLimits>,
    falls_away: bool,
    summary: SweepSummary,
}

impl SweepFound {
    /// A sweep as far as it has come, with what is shown of it.
    pub fn of(sweep: Sweep) -> Self {
        let limits = sweep.question().stability_limits();
        let falls_away = sweep.question().falls_away_at().is_some();
        let floor = sweep.question().minima.lowest().map(|lowest| lowest.value);
        Self { falls_away, summary: SweepSummary::of(&sweep, floor), limits, sweep }
    }

    /// The same sweep when it has come further.
    fn renewed(self, sweep: Sweep) -> Self {
        Self { summary: SweepSummary::of(&sweep, self.summary.floor), sweep, ..self }
    }

    /// The sweep as it is shown; the number grows with every change.
    pub fn shown(&self, generation: u64) -> Swept<'_> {
        let Self { sweep, limits, falls_away, summary } = self;
        Swept { sweep, summary, limits: limits.as_ref(), falls_away: *falls_away, generation }
    }
}

/// The sweep as it is shown.
#[derive(Clone, Copy)]
pub struct Swept<'a> {
    /// The sweep as far as it has come.
    pub sweep: &'a Sweep,
    /// All settings together.
    pub summary: &'a SweepSummary,
    /// Where theory says that it stops converging.
    pub limits: Option<&'a StabilityLimits>,
    /// Whether no rate is stable: the loss curves down at the start and no minimum is known.
    pub falls_away: bool,
    /// Grows with every change of what is known.
    pub generation: u64,
}

impl SweepChoice {
    /// What is shown of a sweep: what was chosen, else the steps, or how low the settings come where none arrives.
    pub fn quantity_of(&self, swept: Option<&Swept<'_>>) -> SweepQuantity {
        let arrives = swept.is_none_or(|swept| swept.summary.steps.is_some());
        self.quantity.unwrap_or(if arrives { SweepQuantity::default() } else { SweepQuantity::Loss })
    }
}
