//! How far the local models are valid at every depth of the depth lab: computed while it is on the screen, a few depths a frame.

use super::memo::Memo;
use super::{Pane, View};
use crate::analysis::AtDepth;
use crate::drawing::depth_plot::{LAYERS, layers_index};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::run::StepAnalysis;

/// The least and the largest number of layers.
pub const DEPTHS: [u32; 2] = [1, 20];
/// The most samples that are used.
const SAMPLES: usize = 64;
/// How far is searched, in sizes of the landscape.
const SIZES: f64 = 2.0;
/// Layers times samples in one frame: about two milliseconds.
const WORK: usize = 1600;

/// What was found at the iterate in focus, and where the run began.
#[derive(Default)]
pub(super) struct Depths {
    here: Looked,
    start: Looked,
}

/// What was found at one place, and what for.
#[derive(Default)]
struct Looked {
    /// By the number of layers; `None` for those that are not looked at yet.
    found: Memo<Wanted, Vec<Option<AtDepth>>>,
}

/// Everything that it depends on.
#[derive(PartialEq)]
struct Wanted {
    landscape: Landscape,
    at: Point,
    share: f64,
}

impl Depths {
    /// Brings it up to date, with where the run began.
    pub(super) fn update(
        &mut self,
        landscape: &Landscape,
        view: &View,
        analysis: Option<&StepAnalysis>,
        start: Option<Point>,
    ) {
        let is_shown = view.has(Pane::Depth) && Pane::Depth.suits(landscape) && !view.in_fog();
        let wanted = |at| Wanted { landscape: landscape.clone(), at, share: view.scene.share };
        let here = analysis.filter(|_| is_shown).map(|analysis| analysis.iterate.at);
        self.start.want(start.filter(|start| here.is_some_and(|here| here != *start)).map(wanted));
        self.here.want(here.map(wanted));
        self.look_on();
    }

    /// Whether there are depths left to look at.
    pub(super) fn has_more(&self) -> bool {
        self.here.has_more() || self.start.has_more()
    }

    /// Looks at a few more: here first.
    pub(super) fn look_on(&mut self) {
        let next = if self.here.has_more() { &mut self.here } else { &mut self.start };
        next.look_on();
    }

    /// What is known here, by the number of layers.
    pub(super) fn known(&self) -> impl Iterator<Item = &AtDepth> {
        self.here.all().iter().flatten()
    }

    /// Whether where the run began, which is elsewhere, the plane's radius is known to shrink with every layer.
    pub(super) fn shrinks_at_start(&self) -> bool {
        let radius = |depth: &Option<AtDepth>| depth.and_then(|depth| depth.plane).unwrap_or(f64::NAN);
        let found = self.start.all();
        !found.is_empty() && found.windows(2).all(|pair| radius(&pair[1]) < radius(&pair[0]))
    }
}

impl Looked {
    /// Forgets what was found for another place; what is still wanted goes on where it was.
    fn want(&mut self, wanted: Option<Wanted>) {
        self.found.update(wanted, |_| vec![None; DEPTHS[1] as usize]);
    }

    fn all(&self) -> &[Option<AtDepth>] {
        self.found.value().map_or(&[], Vec::as_slice)
    }

    fn has_more(&self) -> bool {
        self.all().iter().any(Option::is_none)
    }

    /// Looks at a few more: the chosen depth first, then from the shallowest down.
    fn look_on(&mut self) {
        let Some((Wanted { landscape, at, share }, found)) = self.found.entry_mut() else { return };
        let limit = SIZES * landscape.domain().size();
        let samples = looked_at(landscape);
        let mut work = 0;
        for layers in layers_of(landscape).into_iter().chain(DEPTHS[0]..=DEPTHS[1]) {
            let Some(slot) = found.get_mut((layers - DEPTHS[0]) as usize).filter(|slot| slot.is_none()) else {
                continue;
            };
            let Some(loss) =
                landscape.network().and_then(|network| network.loss_with(LAYERS, f64::from(layers), SAMPLES))
            else {
                return;
            };
            *slot = Some(AtDepth::of(loss.as_ref(), layers, *at, *share, limit));
            work += layers as usize * samples;
            if work >= WORK {
                return;
            }
        }
    }
}

/// How many layers a depth lab has; `None` for other landscapes.
pub fn layers_of(landscape: &Landscape) -> Option<u32> {
    let index = layers_index(landscape)?;
    landscape.values().get(index).map(|layers| *layers as u32).filter(|layers| (DEPTHS[0]..=DEPTHS[1]).contains(layers))
}

/// How many of its samples are used.
pub fn looked_at(landscape: &Landscape) -> usize {
    let count = landscape.data().map_or(0, crate::landscapes::networks::Data::len);
    // As samples are thinned.
    count.div_ceil(count.div_ceil(SAMPLES).max(1))
}
