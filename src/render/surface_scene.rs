//! The surface's scene: surface, runs, local models, step and gap of the state, as plain data for the z-buffer.

mod palette;

use palette::{Palette, ramp};

use super::context::overlay_context;
use super::guesses::guess_marks;
use super::surface3d::scene::{Contours, Frame, HeightMap, Scene3};
use super::surface3d::{Buffers, Picture3, render};
use crate::drawing::batch_surface::BatchSurface;
use crate::drawing::camera::Stage;
use crate::drawing::height_scale::HeightScale;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::isolines::SampledGrid;
use crate::drawing::overlays::{self, ASSUMED_MODEL, CONTOURS, GAP, HEAT};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::Primitive;
use crate::drawing::solid::{Solid, SolidBall, SolidLine};
use crate::drawing::thinning::Thinned;
use crate::drawing::ticks::{loss_ticks, tick_text, ticks};
use crate::drawing::{DrawnRun, OverlayContext, drape_guesses};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::state::State;

/// More iterates than this of a run are not looked at for a picture.
const MANY: usize = 3000;
/// What can be distinguished of long runs, in scene units.
const CELL: f64 = 2.0 / 250.0;

/// The cells of long runs that can be distinguished.
pub fn cell(stage: &Stage) -> PageScale {
    stage.scale().times(CELL)
}

/// The size of a picture and how finely it is sampled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fineness {
    /// Width and height in pixels.
    pub size: [usize; 2],
    /// Pixels in a point of the screen.
    pub pixels_per_point: f32,
    /// Samples per pixel and side: 1 while something moves, 2 when still.
    pub supersample: usize,
}

/// Renders the surface view of the state: the sampled loss, a mini-batch's loss if there is one, and everything the overlays raise or
/// drape. Long runs are thinned.
pub fn paint<'a>(
    state: &State,
    (paths, thinned): (&[DrawnRun<'_>], &[Thinned]),
    (grid, batch_surface): (&SampledGrid, Option<&BatchSurface>),
    levels: &[f64],
    stage: Stage,
    fineness: Fineness,
    buffers: &'a mut Buffers,
) -> Picture3<'a> {
    let scale = fineness.pixels_per_point * state.view.chrome.type_scale.factor();
    let palette = Palette { theme: state.view.chrome.theme, scale };
    let (low, high) = stage.corners();
    // As if the longer side were as long as the picture is wide.
    let page = stage.scale().times(2.0 * f64::from(scale) / fineness.size[0].max(1) as f64);
    let mut context = overlay_context(state, paths.to_vec(), ViewBox::new(low.x, high.x, low.y, high.y), page);
    (context.runs.thinned, context.step.batch_surface) = (thinned, batch_surface);
    let solids = solids(state, &context, &stage);
    let (mut local_models, mut lines, mut bars, mut balls) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for solid in &solids {
        match solid {
            Solid::Model(model) => local_models.push(palette.patch(model)),
            Solid::Line(line) => lines.push(palette.line3(line)),
            Solid::Bar(bar) => bars.push(palette.bar(bar)),
            Solid::Ball(ball) => balls.push(palette.ball(ball)),
        }
    }
    let ramp = ramp(palette.theme, state.view.sees(HEAT));
    let tick_values =
        labeled_ticks(grid, stage.heights()).map(|ticks| ticks.into_iter().map(|(value, _)| value).collect::<Vec<_>>());
    let hidden = state.derived.queries().map(|_| vec![f64::NAN; grid.values.len()]);
    let [columns, rows] = grid.size;
    let scene = Scene3 {
        height_map: HeightMap {
            grid: (columns, rows),
            values: hidden.as_ref().unwrap_or(&grid.values),
            ramp: &ramp,
            contours: Contours {
                levels: if state.view.sees(CONTOURS) { levels } else { &[] },
                color: palette.line(Ink::Contour),
                alpha: 0.4,
                width: palette.scale,
            },
            tint: None,
        },
        local_models: &local_models,
        lines: &lines,
        bars: &bars,
        balls: &balls,
        frame: Some(Frame {
            color: palette.fill(Ink::Outline),
            width: palette.scale,
            ticks: [&tick_values[0], &tick_values[1], &tick_values[2]],
        }),
        camera: state.view.scene.camera,
        stage,
        size: (fineness.size[0], fineness.size[1]),
        supersample: fineness.supersample,
        ground: palette.fill(Ink::Panel),
        opaque: true,
    };
    render(&scene, buffers)
}

/// What the overlays raise over the surface and drape over it, the answers of a class, and the iterate that is shown.
fn solids<'a>(state: &State, context: &OverlayContext<'a>, stage: &Stage) -> Vec<Solid<'a>> {
    let (mut solids, mut draped) = (Vec::new(), Vec::new());
    for overlay in overlays::from_below().filter(|overlay| state.view.sees(overlay.id)) {
        if let Some(raise) = overlay.raise {
            raise(context, stage, &mut solids);
        }
        // In fog the heights are hidden on which it would lie.
        if let Some(drape) = overlay.drape.filter(|_| context.step.queries.is_none()) {
            drape(context, &mut draped);
        }
    }
    if let Some(marks) = guess_marks(state).filter(|_| context.step.queries.is_none()) {
        drape_guesses(&marks, context, &mut draped);
    }
    for primitive in draped {
        drape_over(context, primitive, &mut solids);
    }
    solids.extend(context.step.analysis.map(|analysis| {
        let ink = context.selected().map_or(Ink::Truth, |path| path.style.0);
        Solid::Ball(SolidBall::new(analysis.iterate.at, analysis.model.value, ink, 5.0).hollow())
    }));
    solids
}

/// A line on the surface, or marks as balls at its height; other primitives have no place there.
fn drape_over(context: &OverlayContext<'_>, primitive: Primitive<'_>, solids: &mut Vec<Solid<'_>>) {
    match primitive {
        Primitive::Line { places, pen } => solids.push(Solid::Line(SolidLine {
            strength: f64::from(pen.opacity),
            dashed: pen.dash == Dash::Dashed,
            // What is to be pale has no white rim.
            rim: pen.opacity > 0.6,
            ..SolidLine::draped((0..places.len()).map(|index| places.get(index)), pen.ink, pen.width)
        })),
        Primitive::Marks { places, radius, pen, filled, .. } => {
            let ball = |at: Point| {
                let height = context.landscape.loss().value(at);
                let ball = SolidBall { hollow: !filled, ..SolidBall::new(at, height, pen.ink, radius) };
                height.is_finite().then_some(Solid::Ball(ball))
            };
            solids.extend((0..places.len()).map(|index| places.get(index)).filter_map(ball));
        }
        Primitive::Arrow { .. }
        | Primitive::Area { .. }
        | Primitive::Star { .. }
        | Primitive::Figure { .. }
        | Primitive::Text { .. }
        | Primitive::Name { .. }
        | Primitive::Label(_) => {}
    }
}

/// Round values along x, y and the loss, with their texts.
pub fn labeled_ticks(grid: &SampledGrid, heights: &HeightScale) -> [Vec<(f64, String)>; 3] {
    let along = |range: [f64; 2]| {
        let (values, _) = ticks(range, 4);
        let step = values.get(1).zip(values.first()).map_or(1.0, |(second, first)| second - first);
        values.into_iter().map(|value| (value, tick_text(value, step))).collect()
    };
    [along(grid.view.x), along(grid.view.y), loss_ticks(heights)]
}

/// The stage for a box: with the state's heights over its samples, and a scale for each axis where map and surface have one.
pub fn stage(state: &State, grid: &SampledGrid) -> Stage {
    let [low, high] = [0, 1].map(|end: usize| Point::new(grid.view.x[end], grid.view.y[end]));
    let stage = Stage::new(low, high, heights(state, grid));
    if state.view.scene.is_stretched(&state.document.landscape) { stage.stretched() } else { stage }
}

/// Heights that show most of the loss surface, the whole selected run, and this step's prediction.
///
/// The run decides more than the step, so that the loss does not heave while the run is played.
pub fn heights(state: &State, grid: &SampledGrid) -> HeightScale {
    let analysis = state.derived.analysis();
    let mut shown: Vec<f64> = range_of_run(state, grid.view).into_iter().flatten().collect();
    // A step outside of the picture would flatten the loss in it.
    if let Some(change) = analysis.filter(|analysis| grid.view.contains(analysis.iterate.at)).and_then(|analysis| {
        analysis.change.map(|change| [analysis.model.value, change.actual, change.prediction(analysis.order)])
    }) {
        let [value, actual, predicted] = change;
        shown.extend([value, value + actual]);
        if state.view.shows(ASSUMED_MODEL) || state.view.shows(GAP) {
            shown.push(value + predicted);
        }
    }
    let sample: Vec<f64> = grid.values.iter().step_by(7).copied().collect();
    let heights = HeightScale::for_scene(&sample, &shown);
    if state.view.scene.log_height { heights.in_log() } else { heights }
}

/// The least and the greatest loss of the selected run in the picture.
fn range_of_run(state: &State, view: ViewBox) -> Option<[f64; 2]> {
    let run = state.derived.run(state.selected)?.iterates();
    let stride = run.len().div_ceil(MANY).max(1);
    let inside = run.iter().step_by(stride).filter(|iterate| view.contains(iterate.at)).map(|iterate| iterate.loss);
    inside.fold(None, |range: Option<[f64; 2]>, loss| {
        Some(range.map_or([loss; 2], |[low, high]| [low.min(loss), high.max(loss)]))
    })
}
