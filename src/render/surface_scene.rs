//! The surface's scene: surface, runs, local models, step and gap of the state, as plain data for the z-buffer.

mod models;
mod palette;
mod routes;
mod step;

pub use models::{ModelName, model_names};
pub use step::shown_gap;

use models::{local_models, network_paraboloids, network_patch, rims};
use palette::{Palette, model_ink, ramp};
use routes::{answers, draped, net, runs};
use step::{accounts_as_bars, balls, gap, step_places};

use super::surface3d::scene::{Bar, Contours, Frame, HeightMap, Line3, Scene3};
use super::surface3d::{Buffers, Picture3, render};
use crate::drawing::Path;
use crate::drawing::axes::{loss_ticks, tick_text, ticks};
use crate::drawing::batch_surface::Ghost;
use crate::drawing::camera::Stage;
use crate::drawing::height_scale::HeightScale;
use crate::drawing::ink::Ink;
use crate::drawing::isolines::Grid;
use crate::drawing::overlays::{ASSUMED_MODEL, CONTOURS, GAP, HEAT, STEP};
use crate::drawing::page_scale::PageScale;
use crate::drawing::thinning::Thinned;
use crate::numbers::Point;
use crate::state::State;

/// More iterates than this of a run are not looked at for a picture.
const MANY: usize = 3000;
/// What can be told apart of long runs, in scene units.
const CELL: f64 = 2.0 / 250.0;

/// The cells of long runs that can be told apart.
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

/// Paints the state's surface over the loss surface sampled on a grid, and a batch's loss over it; of long runs what is to be seen.
pub fn paint<'a>(
    state: &State,
    (paths, thinned): (&[Path<'_>], &[Thinned]),
    (grid, ghost): (&Grid, Option<&Ghost>),
    levels: &[f64],
    stage: Stage,
    fineness: Fineness,
    buffers: &'a mut Buffers,
) -> Picture3<'a> {
    let heights = *stage.heights();
    let analysis = state.derived.analysis();
    let palette = Palette {
        theme: state.view.chrome.theme,
        scale: fineness.pixels_per_point * state.view.chrome.type_scale.factor(),
    };
    let piece = if state.view.in_fog() { 0 } else { state.view.scene.piece };
    let kink = state.derived.kink().map(|kink| (kink, kink.shown(piece)));
    let plane = |at: Point| {
        let Some(analysis) = analysis else { return f64::NAN };
        let adjoining = kink.and_then(|(kink, shown)| kink.height(shown, &analysis.model, at));
        adjoining.unwrap_or_else(|| analysis.model.plane_at(at))
    };
    // About a pixel above itself: on a quadratic loss the local model is the loss, and would flicker through it.
    let lift = 0.006 * (heights.high() - heights.low());
    let paraboloid = |at: Point| analysis.map_or(f64::NAN, |analysis| analysis.assumed.paraboloid_at(at) + lift);
    let mut local_models = analysis
        .map_or_else(Vec::new, |analysis| local_models(state, analysis, &stage, palette, [&plane, &paraboloid]));
    let others = analysis.map_or_else(Vec::new, |analysis| network_paraboloids(state, analysis, lift));
    if let Some(analysis) = analysis {
        local_models.extend(
            others.iter().map(|(whose, model)| network_patch((*whose, model), state, analysis, &stage, palette)),
        );
    }
    let mut routes = runs(state, paths, thinned, palette);
    let arrow =
        analysis.filter(|_| state.view.sees(STEP)).map_or_else(Vec::new, |analysis| step_places(state, analysis));
    let rims =
        analysis.filter(|_| !state.view.in_fog()).map_or_else(Vec::new, |analysis| rims(state, analysis, &stage));
    let step_color = paths.iter().find(|path| path.selected).map_or(Ink::Truth, |path| path.style.0);
    let (draped, marks) = match state.derived.queries() {
        Some(queries) => (answers(queries, stage.scale(), palette), Vec::new()),
        None => draped(state, paths, &stage, fineness, palette),
    };
    routes.extend(draped);
    routes.extend(ghost.map_or_else(Vec::new, |ghost| net(ghost, step_color, palette)));
    let hidden = state.derived.queries().map(|_| vec![f64::NAN; grid.values.len()]);
    let mut lines: Vec<Line3<'_>> = routes.iter().map(|route| route.line()).collect();
    lines.extend(rims.iter().map(|(places, order)| palette.on_local_model(places, model_ink(*order))));
    let parts = arrow.len();
    let pieces = arrow.iter().enumerate();
    lines
        .extend(pieces.map(|(index, (places, hollow))| palette.arrow(places, step_color, *hollow, index + 1 == parts)));
    let mut bars: Vec<Bar> = accounts_as_bars(state, paths, palette);
    bars.extend(gap(state, palette));
    let mut balls = analysis.map_or_else(Vec::new, |analysis| balls(state, analysis, step_color, palette));
    balls.extend(marks);
    let ramp = ramp(state.view.chrome.theme, state.view.sees(HEAT));
    let tick_values =
        labeled_ticks(grid, &heights).map(|ticks| ticks.into_iter().map(|(value, _)| value).collect::<Vec<_>>());
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
        eye: state.view.scene.eye,
        stage,
        size: (fineness.size[0], fineness.size[1]),
        supersample: fineness.supersample,
        ground: palette.fill(Ink::Panel),
        opaque: true,
    };
    render(&scene, buffers)
}

/// Round values along x, y and the loss, with their texts.
pub fn labeled_ticks(grid: &Grid, heights: &HeightScale) -> [Vec<(f64, String)>; 3] {
    let along = |range: [f64; 2]| {
        let (values, _) = ticks(range, 4);
        let step = values.get(1).zip(values.first()).map_or(1.0, |(second, first)| second - first);
        values.into_iter().map(|value| (value, tick_text(value, step))).collect()
    };
    [along(grid.view.x), along(grid.view.y), loss_ticks(heights)]
}

/// The stage for a box: with the state's heights over its samples, and a scale for each axis where map and surface have one.
pub fn stage(state: &State, grid: &Grid) -> Stage {
    let [low, high] = [0, 1].map(|end: usize| Point::new(grid.view.x[end], grid.view.y[end]));
    let stage = Stage::new(low, high, heights(state, grid));
    if state.view.scene.is_stretched(&state.document.landscape) { stage.stretched() } else { stage }
}

/// Heights that show most of the loss surface, the whole selected run, and this step's prediction.
///
/// The run decides more than the step, so that the loss does not heave while the run is played.
pub fn heights(state: &State, grid: &Grid) -> HeightScale {
    let analysis = state.derived.analysis();
    let run = state.derived.run(state.selected).map_or(&[][..], |run| run.iterates());
    let stride = run.len().div_ceil(MANY).max(1);
    let inside =
        run.iter().step_by(stride).filter(|iterate| grid.view.contains(iterate.at)).map(|iterate| iterate.loss);
    let range = inside.fold(None, |range: Option<[f64; 2]>, loss| {
        Some(range.map_or([loss; 2], |[low, high]| [low.min(loss), high.max(loss)]))
    });
    let mut shown: Vec<f64> = range.into_iter().flatten().collect();
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
