//! The step at the playhead of the selected run: analyzed once, and again only when it changes.

use std::sync::Arc;

use super::critical::Critical;
use super::kink_lines::KinkLines;
use super::memo::Memo;
use super::{Pane, Section, View};
use crate::analysis::{EachWeight, Kink};
use crate::drawing::overlays::FAN;
use crate::landscapes::Landscape;
use crate::run::explain::Explanation;
use crate::run::{
    DeferredStepAnalysis, Energy, Iterate, Memory, QueryLog, Rest, Run, Slope, Slopes, StepAnalysis, SubStep,
    resting_place, substeps,
};

/// Identifies the step. Kink, energy and explanation have further keys.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct StepKey {
    /// The run, by its serial number.
    run: u64,
    /// The iterate's place in the run.
    index: usize,
    /// The iterate, whose step may not have been taken yet.
    iterate: Iterate,
    /// The share within which a local model counts as valid.
    share: f64,
    /// Whether the step itself is hidden, until a class has predicted it.
    withheld: bool,
}

impl StepKey {
    /// The step from an iterate of a run, or from its last; `None` if it has no iterate.
    fn of(run: &Run, playhead: usize, share: f64, withheld: bool) -> Option<Self> {
        let index = playhead.min(run.iterates().len().checked_sub(1)?);
        Some(Self { run: run.serial(), index, iterate: run.iterates()[index], share, withheld })
    }
}

/// What an explanation depends on: the step, whether the run ends there, and the lowest critical value that is known.
type ExplanationKey = (StepKey, bool, Option<f64>);

/// What is always shown of a step: its analysis, weight by weight, and the slope of a small network.
struct Anatomy {
    analysis: Option<Arc<StepAnalysis>>,
    weights: Option<EachWeight>,
    slope: Option<Slope>,
    /// What the method asked for it, where that came with the step; else it is replayed in fog.
    queries: Option<QueryLog>,
}

impl Anatomy {
    fn of(landscape: &Landscape, analysis: Option<Arc<StepAnalysis>>, queries: Option<QueryLog>) -> Self {
        let loss = landscape.loss();
        let weights =
            analysis.as_ref().and_then(|analysis| Some(EachWeight::of(loss, &analysis.model, analysis.proposed()?)));
        let slope = analysis.as_ref().and_then(|analysis| Slope::of(landscape, analysis.iterate.at));
        Self { analysis, weights, slope, queries }
    }
}

/// The key of an explanation. The lowest critical value matters only where the run ends, and would else make another
/// key with every point that the search finds.
fn explained(run: &Run, key: Option<StepKey>, critical: &Critical) -> Option<ExplanationKey> {
    let key = key?;
    let ends = run.stop().is_some() && key.index + 1 == run.iterates().len();
    let lowest = critical.points().iter().map(|point| point.value).min_by(f64::total_cmp);
    Some((key, ends, lowest.filter(|_| ends)))
}

/// Everything that is known of the step: what is always shown, and the rest where something shows it.
#[derive(Default)]
pub(super) struct SelectedStep {
    anatomy: Memo<StepKey, Anatomy>,
    explanation: Memo<ExplanationKey, Option<Explanation>>,
    kink: Memo<(StepKey, u64), Option<Kink>>,
    memory: Memo<StepKey, Option<Memory>>,
    /// The key of the saddle ahead: the step, and which critical points are known.
    energy: Memo<(StepKey, u64), Option<Energy>>,
    /// Where the run comes to rest if it is continued.
    rest: Memo<(u64, u64), Option<Rest>>,
    substeps: Memo<StepKey, Vec<SubStep>>,
    /// The key: the step, and whether its analysis exists.
    queries: Memo<(StepKey, bool), QueryLog>,
    /// Slopes and errors along the run, by the run's serial number and length.
    slopes: Memo<(u64, usize), Slopes>,
    /// The step that is to be analyzed in the background, or has been.
    later: Option<(StepKey, DeferredStepAnalysis)>,
}

impl SelectedStep {
    /// Brings it up to date with the selected run.
    ///
    /// A step that `exceeds_frame` is not analyzed here but in the background, and there is no analysis until the answer comes. Of a
    /// step that is `withheld` only the iterate and the local models there are known.
    pub(super) fn update(
        &mut self,
        run: Option<&Run>,
        view: &View,
        playhead: usize,
        (exceeds_frame, withheld): (bool, bool),
        known: (&KinkLines, &Critical),
    ) {
        let Some(run) = run else {
            *self = Self::default();
            return;
        };
        let (kink_lines, critical) = known;
        let landscape = run.landscape();
        let key = StepKey::of(run, playhead, view.scene.share, withheld);
        let waits = self.waits(run, key.filter(|_| exceeds_frame && !withheld));
        let later = self.later.as_ref().and_then(|(_, later)| later.found());
        self.anatomy.update(key.filter(|_| !waits), |key| match later {
            Some((analysis, queries)) => Anatomy::of(landscape, Some(Arc::clone(analysis)), Some(queries.clone())),
            None if key.withheld => {
                Anatomy::of(landscape, StepAnalysis::withheld(run, key.index, key.share).map(Arc::new), None)
            }
            None => Anatomy::of(landscape, StepAnalysis::within(run, key.index, key.share).map(Arc::new), None),
        });
        let anatomy = self.anatomy.value();
        let analysis = anatomy.and_then(|anatomy| anatomy.analysis.as_deref());
        self.explanation.update(explained(run, key, critical).filter(|_| analysis.is_some()), |(_, ends, lowest)| {
            let stop = run.stop().filter(|_| *ends);
            analysis.map(|analysis| Explanation::of(analysis, run, stop, *lowest))
        });
        self.kink.update(key.map(|key| (key, kink_lines.generation())), |(key, _)| {
            Kink::of(landscape.loss(), kink_lines.kink_lines(), key.iterate.at, landscape.domain().size())
        });
        let (is_open, in_fog) = (view.has(Pane::Momentum), view.in_fog());
        let wanted = |shown: bool| key.filter(|_| shown && !withheld && analysis.is_some());
        self.memory.update(wanted(is_open || view.shows(FAN)), |key| {
            analysis.and_then(|analysis| Memory::of(run, key.index, &analysis.replayed))
        });
        // The saddle ahead is in fog.
        let whole = wanted(is_open && !in_fog).map(|_| (run.serial(), critical.generation()));
        self.rest.update(whole, |_| resting_place(run, critical.points()));
        let rest = self.rest.value().copied().flatten();
        self.energy.update(wanted(is_open && !in_fog).map(|key| (key, critical.generation())), |_| {
            analysis.and_then(|analysis| Energy::of(run, analysis, critical.points(), rest))
        });
        self.substeps.update(wanted(view.scene.inside.is_some()), |_| {
            analysis.map_or_else(Vec::new, |analysis| substeps(run.recipe().optimizer.entry, analysis))
        });
        self.queries.update(key.filter(|_| in_fog).map(|key| (key, waits)), |(key, waits)| {
            let queries = anatomy.and_then(|anatomy| anatomy.queries.clone());
            match key.index.checked_sub(usize::from(key.withheld)) {
                Some(last) if !*waits => queries.unwrap_or_else(|| QueryLog::of(run, last)),
                _ => QueryLog::default(),
            }
        });
        let looks_along = self.slope().is_some() && view.scene.open.contains(&Section::Slope);
        let length = run.iterates().len();
        self.slopes.update(looks_along.then(|| (run.serial(), length)), |_| Slopes::of(run));
    }

    /// Whether a step that costs more than a frame is not there yet; it is wanted as soon as the run has taken it.
    fn waits(&mut self, run: &Run, expensive: Option<StepKey>) -> bool {
        let Some(key) = expensive.filter(|key| !self.anatomy.is_for(key)) else {
            self.later = None;
            return false;
        };
        let is_taken = key.index + 1 < run.iterates().len() || run.stop().is_some();
        self.later.take_if(|(wanted, _)| *wanted != key);
        if is_taken && self.later.is_none() {
            self.later = DeferredStepAnalysis::new(run, key.index, key.share).map(|later| (key, later));
        }
        self.later.as_ref().is_none_or(|(_, later)| later.found().is_none())
    }

    /// The step that is to be analyzed in the background, if there is one.
    pub(super) fn wanted(&self) -> Option<&DeferredStepAnalysis> {
        self.later.as_ref().map(|(_, later)| later).filter(|later| later.found().is_none())
    }

    /// Takes a step that was analyzed elsewhere; false if another one is wanted now.
    pub(super) fn take(&mut self, found: DeferredStepAnalysis) -> bool {
        let wanted = self.later.as_mut().filter(|(_, later)| later.is_same(&found));
        wanted.map(|(_, later)| *later = found).is_some()
    }

    /// Analyzes the step that is wanted; false if none is.
    pub(super) fn finish(&mut self) -> bool {
        self.later.as_mut().map(|(_, later)| later.finish()).is_some()
    }

    /// The step, and what was predicted and happened.
    pub(super) fn analysis(&self) -> Option<&StepAnalysis> {
        self.anatomy.value()?.analysis.as_deref()
    }

    /// The explanation of the step.
    pub(super) fn explanation(&self) -> Option<&Explanation> {
        self.explanation.value()?.as_ref()
    }

    /// The step weight by weight, if there is one.
    pub(super) fn weights(&self) -> Option<&EachWeight> {
        self.anatomy.value()?.weights.as_ref()
    }

    /// Slope and error of a network with one hidden unit.
    pub(super) fn slope(&self) -> Option<&Slope> {
        self.anatomy.value()?.slope.as_ref()
    }

    /// Slopes and errors along the run, while they are shown.
    pub(super) fn slopes(&self) -> Option<&Slopes> {
        self.slopes.value()
    }

    /// The kink at the iterate, if there is no tangent plane.
    pub(super) fn kink(&self) -> Option<&Kink> {
        self.kink.value()?.as_ref()
    }

    /// The velocity as a sum of past gradients, while it is shown.
    pub(super) fn memory(&self) -> Option<&Memory> {
        self.memory.value()?.as_ref()
    }

    /// The energy of a ball, while it is shown.
    pub(super) fn energy(&self) -> Option<&Energy> {
        self.energy.value()?.as_ref()
    }

    /// The sub-steps, while the step is shown from inside.
    pub(super) fn substeps(&self) -> &[SubStep] {
        self.substeps.value().map_or(&[], Vec::as_slice)
    }

    /// In fog, what the method has asked up to the iterate.
    pub(super) fn queries(&self) -> Option<&QueryLog> {
        self.queries.value()
    }
}
