//! The loss under a view: at once as finely as fits into a frame, and finer a few rows a frame once nothing moves.

use std::cell::OnceCell;
use std::time::Duration;

use egui::Ui;

use crate::drawing::height_field::HeightField;
use crate::drawing::isolines::SampledGrid;
use crate::drawing::sampling::Sampling;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;

/// How long nothing must have moved before a picture is refined.
pub(super) const STILL: Duration = Duration::from_millis(120);
/// Evaluations of one sample each in a frame: about a millisecond on two slow cores.
const IN_FRAME: usize = 2_000_000;
/// Evaluations of one sample each for a picture that is the only one: some seconds.
const IN_ONE_PICTURE: usize = 3_000_000_000;
/// Samples along the longer side where even that is too much.
const COARSEST: usize = 16;

/// Columns and rows of a grid over a box with this many samples along its longer side.
pub(super) type Shape = fn(ViewBox, usize) -> [usize; 2];

/// The loss over a box as finely as it is known.
pub(super) struct Ground {
    landscape: Landscape,
    /// The box.
    pub(super) view: ViewBox,
    /// Samples along its longer side.
    side: usize,
    /// The loss.
    pub(super) field: HeightField,
    contours: OnceCell<Vec<Vec<Point>>>,
    halved: OnceCell<SampledGrid>,
}

impl Ground {
    fn new(landscape: &Landscape, view: ViewBox, side: usize, field: HeightField) -> Self {
        let (contours, halved) = (OnceCell::new(), OnceCell::new());
        Self { landscape: landscape.clone(), view, side, field, contours, halved }
    }

    /// Its samples, with no more than about `side` of them along a side.
    pub(super) fn within(&self, side: usize) -> &SampledGrid {
        let grid = &self.field.grid;
        if grid.size[0] > side { self.halved.get_or_init(|| grid.halved()) } else { grid }
    }

    fn is_of(&self, landscape: &Landscape, view: ViewBox) -> bool {
        self.view == view && self.landscape == *landscape
    }

    /// Its contour lines.
    pub(super) fn contours(&self) -> &[Vec<Point>] {
        self.contours.get_or_init(|| self.field.contours())
    }
}

/// Follows the landscape and the box of a view.
pub(super) struct Terrain {
    shape: Shape,
    /// Samples along the longer side while the loss changes, and at rest.
    sides: [usize; 2],
    ground: Option<Ground>,
    /// What is being sampled, and its samples along the longer side.
    finer: Option<(Sampling, usize)>,
    changed_at: f64,
    generation: u64,
    /// Whether it is for one picture: that is fine at once, as none follows.
    pub(super) is_for_one: bool,
}

impl Terrain {
    /// Nothing is known yet.
    pub(super) fn new(shape: Shape, sides: [usize; 2]) -> Self {
        Self { shape, sides, ground: None, finer: None, changed_at: 0.0, generation: 0, is_for_one: false }
    }

    /// The loss, as finely as it is known.
    pub(super) fn ground(&self) -> Option<&Ground> {
        self.ground.as_ref()
    }

    /// Another number whenever the loss is known otherwise.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Brings the loss up to date, and asks for another frame while there is something to refine.
    pub(super) fn follow(&mut self, landscape: &Landscape, view: ViewBox, ui: &Ui) {
        let now = ui.input(|input| input.time);
        let Some(ground) = self.ground.as_ref().filter(|ground| ground.is_of(landscape, view)) else {
            let is_fine = self.samples(view, self.sides[1]) * landscape.cost() <= IN_ONE_PICTURE;
            let side = match (self.is_for_one, is_fine) {
                (true, true) => self.sides[1],
                (true, false) => self.affordable(landscape, view, IN_ONE_PICTURE),
                (false, _) => self.affordable(landscape, view, IN_FRAME),
            };
            let field = HeightField::sample(landscape, view, (self.shape)(view, side));
            (self.finer, self.changed_at) = (None, now);
            self.put(Ground::new(landscape, view, side, field));
            return self.go_on(ui, now);
        };
        let Some(side) = self.next_side(ground.side, now) else { return self.go_on(ui, now) };
        let known = self.finer.take().filter(|(sampling, _)| sampling.is_of(landscape, view));
        let (mut sampling, side) =
            known.unwrap_or_else(|| (Sampling::new(landscape, view, (self.shape)(view, side)), side));
        if sampling.advance(IN_FRAME) {
            self.put(Ground::new(landscape, view, side, sampling.height_field()));
        } else {
            self.finer = Some((sampling, side));
        }
        self.go_on(ui, now);
    }

    fn put(&mut self, ground: Ground) {
        self.ground = Some(ground);
        self.generation += 1;
    }

    /// Samples in all, with this many along the longer side.
    fn samples(&self, view: ViewBox, side: usize) -> usize {
        (self.shape)(view, side).iter().product()
    }

    /// The finest of the sizes for a landscape that changes that fits into a budget.
    fn affordable(&self, landscape: &Landscape, view: ViewBox, budget: usize) -> usize {
        let is_cheap = |side: &usize| self.samples(view, *side) * landscape.cost() <= budget;
        let moving = self.sides[0];
        std::iter::successors(Some(moving), |side| Some(side / 2))
            .find(|side| is_cheap(side) || *side <= COARSEST)
            .unwrap_or(moving)
    }

    /// What comes after this many samples along a side, if its time has come: what is for rest waits until nothing moves.
    fn next_side(&self, side: usize, now: f64) -> Option<usize> {
        let [moving, resting] = self.sides;
        let is_still = now - self.changed_at >= STILL.as_secs_f64();
        if side < moving { Some(2 * side) } else { Some(resting).filter(|resting| side < *resting && is_still) }
    }

    /// Asks for the frame in which it goes on, if it does.
    fn go_on(&self, ui: &Ui, now: f64) {
        let Some(side) = self.ground.as_ref().map(|ground| ground.side) else { return };
        let [moving, resting] = self.sides;
        if side < moving {
            ui.ctx().request_repaint();
        } else if side < resting {
            let left = STILL.as_secs_f64() - (now - self.changed_at);
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left.max(0.0)));
        }
    }
}
