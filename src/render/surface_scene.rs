//! The surface's scene: land, runs, sheets, step and gap of the state, as plain data for the z-buffer.

use nalgebra::Point3;

use super::subject::subject;
use super::surface3d::scene::{
    Ball, Bar, Contours, Footprint, Frame, Hidden, Land, Line3, Model, Place, Rgb, Scene3, Sheet,
};
use super::surface3d::{Buffers, Picture3, render};
use crate::analysis::{Belief, Region, Shown};
use crate::drawing::Path;
use crate::drawing::axes::{loss_ticks, tick_text, ticks};
use crate::drawing::heights::Heights;
use crate::drawing::ink::{self, Dash, Ink, Theme};
use crate::drawing::isolines::Grid;
use crate::drawing::overlays::{
    self, BELIEVED, CONTOURS, GAP, HEAT, OTHER, PATHS, PROMISES, STEP, TRIALS, accounts, drawn_answers, drawn_trials,
    leaves_at, outcome_ink, plane_piece,
};
use crate::drawing::primitive::Primitive;
use crate::drawing::thinning::thinned;
use crate::landscapes::Answer;
use crate::numbers::{Point, Vector};
use crate::run::{Account, Focus, Heard, Iterate};
use crate::state::State;

/// More iterates than this are thinned before they are draped over the land.
const MANY: usize = 3000;

/// Trials nearer to each other than this share of the step are one ball.
const TRIALS_APART: f64 = 0.2;

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

/// Paints the state's surface over the land sampled on a grid.
pub fn paint<'a>(
    state: &State,
    paths: &[Path<'_>],
    grid: &Grid,
    levels: &[f64],
    heights: Heights,
    fineness: Fineness,
    buffers: &'a mut Buffers,
) -> Picture3<'a> {
    let focus = state.derived.focus();
    let palette =
        Palette { theme: state.view.theme, scale: fineness.pixels_per_point * state.view.type_scale.factor() };
    let facet = if state.view.in_fog() { 0 } else { state.view.facet };
    let kink = state.derived.kink().map(|kink| (kink, kink.shown(facet)));
    let plane = |at: Point| {
        let Some(focus) = focus else { return f64::NAN };
        let adjoining = kink.and_then(|(kink, shown)| kink.height(shown, &focus.model, at));
        adjoining.unwrap_or_else(|| focus.model.plane_at(at))
    };
    // About a pixel above itself: on a quadratic land the sheet is the land, and would flicker through it.
    let lift = 0.006 * (heights.high() - heights.low());
    let paraboloid = |at: Point| focus.map_or(f64::NAN, |focus| focus.believed.paraboloid_at(at) + lift);
    let sheets = focus.map_or_else(Vec::new, |focus| sheets(state, focus, grid, palette, [&plane, &paraboloid]));
    let mut routes = if state.view.sees(PATHS) {
        match state.derived.heard() {
            Some(_) => known_routes(paths, state.playback.playhead, palette),
            None => routes(paths, state.playback.playhead, grid.view.size() / 600.0, palette),
        }
    } else {
        Vec::new()
    };
    let arrow = focus.filter(|_| state.view.sees(STEP)).map_or_else(Vec::new, |focus| step_places(state, focus));
    let rims = focus.filter(|_| !state.view.in_fog()).map_or_else(Vec::new, |focus| rims(state, focus, grid));
    let step_color = paths.iter().find(|path| path.selected).map_or(Ink::Truth, |path| path.style.0);
    let (draped, marks) = match state.derived.heard() {
        Some(heard) => (answers(heard, grid.view.size(), palette), Vec::new()),
        None => draped(state, paths, grid, fineness, palette),
    };
    routes.extend(draped);
    let hidden = state.derived.heard().map(|_| vec![f64::NAN; grid.values.len()]);
    let mut lines: Vec<Line3<'_>> = routes.iter().map(|route| route.line()).collect();
    lines.extend(rims.iter().map(|(places, belief)| palette.on_sheet(places, belief_ink(*belief))));
    let parts = arrow.len();
    let pieces = arrow.iter().enumerate();
    lines
        .extend(pieces.map(|(index, (places, hollow))| palette.arrow(places, step_color, *hollow, index + 1 == parts)));
    let mut bars: Vec<Bar> = accounts_as_bars(state, paths, palette);
    bars.extend(focus.filter(|_| state.view.sees(GAP)).and_then(|focus| gap(focus, palette)));
    let mut balls = focus.map_or_else(Vec::new, |focus| balls(state, focus, step_color, palette));
    balls.extend(marks);
    let ramp = ramp(state.view.theme, state.view.sees(HEAT));
    let tick_values =
        labeled_ticks(grid, &heights).map(|ticks| ticks.into_iter().map(|(value, _)| value).collect::<Vec<_>>());
    let [columns, rows] = grid.size;
    let scene = Scene3 {
        land: Land {
            low: Point::new(grid.view.x[0], grid.view.y[0]),
            high: Point::new(grid.view.x[1], grid.view.y[1]),
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
        sheets: &sheets,
        lines: &lines,
        bars: &bars,
        balls: &balls,
        frame: Some(Frame {
            color: palette.fill(Ink::Outline),
            width: palette.scale,
            ticks: [&tick_values[0], &tick_values[1], &tick_values[2]],
        }),
        eye: state.view.eye,
        heights,
        size: (fineness.size[0], fineness.size[1]),
        supersample: fineness.supersample,
        ground: palette.fill(Ink::Panel),
        opaque: true,
    };
    render(&scene, buffers)
}

/// Round values along x, y and the loss, with their texts.
pub fn labeled_ticks(grid: &Grid, heights: &Heights) -> [Vec<(f64, String)>; 3] {
    let along = |range: [f64; 2]| {
        let (values, _) = ticks(range, 4);
        let step = values.get(1).zip(values.first()).map_or(1.0, |(second, first)| second - first);
        values.into_iter().map(|value| (value, tick_text(value, step))).collect()
    };
    [along(grid.view.x), along(grid.view.y), loss_ticks(heights)]
}

/// Heights that show most of the land, the whole selected run, and this step's promise.
///
/// The run decides more than the step, so that the land does not heave while the run is played.
pub fn heights(state: &State, grid: &Grid) -> Heights {
    let focus = state.derived.focus();
    let run = state.derived.run(state.selected).map_or(&[][..], |run| run.iterates());
    let stride = run.len().div_ceil(MANY).max(1);
    let inside =
        run.iter().step_by(stride).filter(|iterate| grid.view.contains(iterate.at)).map(|iterate| iterate.loss);
    let range = inside.fold(None, |range: Option<[f64; 2]>, loss| {
        Some(range.map_or([loss; 2], |[low, high]| [low.min(loss), high.max(loss)]))
    });
    let mut shown: Vec<f64> = range.into_iter().flatten().collect();
    // A step outside of the picture would flatten the land in it.
    if let Some(change) = focus
        .filter(|focus| grid.view.contains(focus.iterate.at))
        .and_then(|focus| focus.change.map(|change| [focus.model.value, change.actual, change.promise(focus.belief)]))
    {
        let [value, actual, promised] = change;
        shown.extend([value, value + actual]);
        if state.view.shows(BELIEVED) || state.view.shows(GAP) {
            shown.push(value + promised);
        }
    }
    let sample: Vec<f64> = grid.values.iter().step_by(7).copied().collect();
    let heights = Heights::for_scene(&sample, &shown);
    if state.view.log_height { heights.in_log() } else { heights }
}

/// Colors of a theme, widths in pixels.
#[derive(Clone, Copy)]
struct Palette {
    theme: Theme,
    scale: f32,
}

impl Palette {
    fn fill(self, ink: Ink) -> Rgb {
        rgb(ink.fill(self.theme))
    }

    fn line(self, ink: Ink) -> Rgb {
        rgb(ink.line(self.theme))
    }

    /// An ink mixed with the ground: the renderer's lines are opaque.
    fn pale(self, ink: Ink, strength: f64) -> Rgb {
        rgb(Ink::LandHigh.fill(self.theme).mixed(ink.line(self.theme), strength))
    }

    /// The step as far as its sheet is good, or from there on: hollow, and with the head.
    fn arrow(self, places: &[Place], ink: Ink, hollow: bool, head: bool) -> Line3<'_> {
        Line3 {
            points: places,
            color: self.line(ink),
            width: if hollow { 4.2 } else { 3.4 } * self.scale,
            dashed: false,
            hollow,
            on_land: false,
            head,
            rim: true,
            hidden: Hidden::Hatch,
        }
    }

    /// A line at the height of a sheet.
    fn on_sheet(self, places: &[Place], ink: Ink) -> Line3<'_> {
        Line3 {
            points: places,
            color: self.line(ink),
            width: 1.6 * self.scale,
            dashed: false,
            hollow: false,
            on_land: false,
            head: false,
            rim: true,
            hidden: Hidden::Dim,
        }
    }
}

fn rgb(color: ink::Rgb) -> Rgb {
    [color.0, color.1, color.2]
}

fn ramp(theme: Theme, heat: bool) -> [Rgb; 256] {
    std::array::from_fn(|index| {
        let share = if heat { (index as f64 / 255.0).powf(0.6) } else { 0.35 };
        rgb(ink::land(theme, share))
    })
}

/// Plane and paraboloid over a patch of the step's size, where their overlays are on.
fn sheets<'a>(
    state: &State,
    focus: &Focus,
    grid: &Grid,
    palette: Palette,
    [plane, paraboloid]: [&'a Model<'a>; 2],
) -> Vec<Sheet<'a>> {
    let (center, along, half) = patch(focus, grid);
    // Planes that meet need room to be told apart.
    let half = if state.derived.kink().is_some() { half.max(0.2 * grid.view.size()) } else { half };
    let sheet = |function, footprint, ink: Ink, hatch| Sheet {
        function,
        footprint,
        color: palette.fill(ink),
        ink: palette.line(ink),
        opacity: if palette.theme == Theme::Light { 0.5 } else { 0.6 },
        hatch,
    };
    let mut sheets = Vec::new();
    if state.derived.heard().is_some_and(|heard| !heard.knows_slope(center)) {
        return sheets;
    }
    let facet = if state.view.in_fog() { 0 } else { state.view.facet };
    for (overlay, belief) in [(OTHER, focus.belief.other()), (BELIEVED, focus.belief)] {
        if state.view.sees(overlay) {
            // At a kink the planes that meet there stand in the place of the sheet, or nothing where there are none.
            let belief = match state.derived.kink().map(|kink| (kink.planes().len(), kink.shown(facet))) {
                Some((0, _)) => continue,
                Some((_, Shown::One(_) | Shown::All)) if overlay == OTHER => continue,
                Some((_, Shown::One(_) | Shown::All)) => Belief::Plane,
                Some((_, Shown::Used)) | None => belief,
            };
            sheets.push(match belief {
                Belief::Plane => sheet(plane, Footprint::Square { center, half, along }, Ink::Plane, 45.0),
                Belief::Quadratic => sheet(paraboloid, Footprint::Disc { center, radius: half }, Ink::Quadratic, -45.0),
            });
        }
    }
    sheets
}

/// Where a sheet is drawn: its middle, the direction of the step, and half a side.
fn patch(focus: &Focus, grid: &Grid) -> (Point, Vector, f64) {
    let size = grid.view.size();
    let step = focus
        .proposed()
        .filter(|step| step.iter().all(|component| component.is_finite()))
        .unwrap_or_else(Vector::zeros);
    let half = (1.1 * step.norm()).clamp(0.06 * size, 0.45 * size);
    (focus.iterate.at, if step.norm() > 0.0 { step } else { Vector::x() }, half)
}

/// Places of a route over the land, owned, and how they are drawn.
struct Route {
    places: Vec<Place>,
    color: Rgb,
    width: f32,
    dashed: bool,
    on_land: bool,
    rim: bool,
}

impl Route {
    fn line(&self) -> Line3<'_> {
        Line3 {
            points: &self.places,
            color: self.color,
            width: self.width,
            dashed: self.dashed,
            hollow: false,
            on_land: self.on_land,
            head: false,
            rim: self.rim,
            hidden: Hidden::Dim,
        }
    }
}

/// Every run's past and future, draped over the land.
fn routes(paths: &[Path<'_>], playhead: usize, cell: f64, palette: Palette) -> Vec<Route> {
    let mut routes = Vec::new();
    for path in paths {
        let iterates = path.run.iterates();
        let Some(last) = iterates.len().checked_sub(1) else { continue };
        let now = playhead.min(last);
        let (ink, dash, _) = path.style;
        let strength = if path.ghost { 0.4 } else { 1.0 };
        routes.push(Route {
            places: places(&iterates[now..], cell),
            color: palette.pale(ink, 0.4 * strength),
            width: 1.0 * palette.scale,
            dashed: true,
            on_land: true,
            rim: true,
        });
        let width = if path.selected { 2.6 } else { 2.2 };
        routes.push(Route {
            places: places(&iterates[..=now], cell),
            color: palette.pale(ink, strength),
            width: width * palette.scale,
            dashed: dash != Dash::Solid,
            on_land: true,
            rim: true,
        });
    }
    routes
}

/// In fog the selected run's past alone, at its own heights.
fn known_routes(paths: &[Path<'_>], playhead: usize, palette: Palette) -> Vec<Route> {
    let selected = paths.iter().filter(|path| path.selected);
    let route = |path: &Path<'_>| {
        let iterates = path.run.iterates();
        let past = &iterates[..iterates.len().min(playhead + 1)];
        let past = &past[past.len().saturating_sub(MANY)..];
        Route {
            places: past.iter().map(|iterate| Point3::new(iterate.at.x, iterate.at.y, iterate.loss)).collect(),
            color: palette.line(path.style.0),
            width: 2.2 * palette.scale,
            dashed: false,
            on_land: false,
            rim: true,
        }
    };
    selected.map(route).collect()
}

/// What the method has asked at its height: values as dots, gradients as pieces of their planes.
fn answers(heard: &Heard, size: f64, palette: Palette) -> Vec<Route> {
    /// Answers nearer to each other than this share of the view are one; the radius of a piece of a plane, and of a dot.
    const APART: f64 = 0.012;
    const PIECE: f64 = 0.035;
    const DOT: f64 = 0.002;
    const MOST: usize = 200;
    let route = |line: Vec<(Point, f64)>, ink: Ink, width: f32| Route {
        places: line.into_iter().map(|(at, height)| Point3::new(at.x, at.y, height)).collect(),
        color: palette.line(ink),
        width: width * palette.scale,
        dashed: false,
        on_land: false,
        rim: false,
    };
    let mut routes = Vec::new();
    for question in drawn_answers(&heard.questions, APART * size).into_iter().take(MOST) {
        let Some(value) = question.answer.value().filter(|value| value.is_finite()) else { continue };
        if let Answer::Gradient(_, gradient) = question.answer {
            let piece = plane_piece(question.at, value, gradient, PIECE * size);
            routes.extend(piece.map(|line| route(line, Ink::Plane, 1.6)));
        }
        let dot = [-DOT, DOT].map(|away| (question.at + Vector::x() * (away * size), value));
        routes.push(route(dot.to_vec(), Ink::Truth, 3.6));
    }
    routes
}

/// Where a run passes; the land itself gives the heights. A long run is thinned to what the picture can show.
fn places(iterates: &[Iterate], cell: f64) -> Vec<Place> {
    let place = |at: Point| Point3::new(at.x, at.y, 0.0);
    if iterates.len() < MANY {
        return iterates.iter().map(|iterate| place(iterate.at)).collect();
    }
    let gap = Place::new(f64::NAN, f64::NAN, f64::NAN);
    thinned(iterates, cell).iter().flat_map(|path| path.iter().map(|at| place(*at)).chain([gap])).collect()
}

/// What the overlays drape over the land: lines on it, and marks as balls at its height.
fn draped(
    state: &State,
    paths: &[Path<'_>],
    grid: &Grid,
    fineness: Fineness,
    palette: Palette,
) -> (Vec<Route>, Vec<Ball>) {
    let unit = grid.view.size() * f64::from(palette.scale) / fineness.size[0].max(1) as f64;
    let subject = subject(state, paths.to_vec(), grid.view, unit, &[], &[]);
    let mut primitives = Vec::new();
    for drape in overlays::ALL.iter().filter(|overlay| state.view.sees(overlay.id)).filter_map(|overlay| overlay.drape)
    {
        drape(&subject, &mut primitives);
    }
    let (mut routes, mut balls) = (Vec::new(), Vec::new());
    for primitive in primitives {
        match primitive {
            Primitive::Line { places, pen } => routes.push(Route {
                places: (0..places.len())
                    .map(|index| places.get(index))
                    .map(|at| Point3::new(at.x, at.y, 0.0))
                    .collect(),
                color: palette.pale(pen.ink, f64::from(pen.opacity)),
                width: pen.width * palette.scale,
                dashed: pen.dash != Dash::Solid,
                on_land: true,
                // What is to be pale has no white rim.
                rim: pen.opacity > 0.6,
            }),
            Primitive::Marks { places, radius, pen, filled, .. } => {
                balls.extend((0..places.len()).map(|index| places.get(index)).filter_map(|at| {
                    let height = state.document.landscape.loss().value(at);
                    height.is_finite().then(|| Ball {
                        place: Point3::new(at.x, at.y, height),
                        color: palette.line(pen.ink),
                        radius: radius * palette.scale,
                        hollow: !filled,
                        hidden: Hidden::Hatch,
                    })
                }));
            }
            Primitive::Arrow { .. } | Primitive::Area { .. } | Primitive::Star { .. } | Primitive::Text { .. } => {}
        }
    }
    (routes, balls)
}

/// From the iterate along the sheet the method believes in to the promised landing: as far as the sheet is good, and from
/// there on hollow.
fn step_places(state: &State, focus: &Focus) -> Vec<(Vec<Place>, bool)> {
    let Some(step) = focus.proposed().filter(|step| step.norm() > 0.0) else { return Vec::new() };
    let pieces = match focus.belief {
        Belief::Plane => 1,
        Belief::Quadratic => 24,
    };
    let stretch = |from: f64, to: f64| {
        let place = |piece: i32| {
            let point = focus.iterate.at + step * (from + (to - from) * f64::from(piece) / f64::from(pieces));
            Point3::new(point.x, point.y, focus.believed.sheet_at(focus.belief, point))
        };
        (0..=pieces).map(place).collect()
    };
    match leaves_at(focus, state.view.companions()) {
        Some(share) if share < 0.01 => vec![(stretch(0.0, 1.0), true)],
        Some(share) if share < 0.95 => vec![(stretch(0.0, share), false), (stretch(share, 1.0), true)],
        _ => vec![(stretch(0.0, 1.0), false)],
    }
}

/// The rims of the regions on the sheets themselves, as far as these are drawn.
fn rims(state: &State, focus: &Focus, grid: &Grid) -> Vec<(Vec<Place>, Belief)> {
    let (_, _, half) = patch(focus, grid);
    let drawn = |region: &&Region| {
        let overlay = if region.belief == focus.belief { BELIEVED } else { OTHER };
        state.view.shows(overlay)
    };
    let place = |at: &Point, belief: Belief| {
        let within = (at - focus.iterate.at).norm() <= half;
        let height = if within { focus.believed.sheet_at(belief, *at) } else { f64::NAN };
        Point3::new(at.x, at.y, height)
    };
    let lines = |region: &Region| {
        let belief = region.belief;
        region.outline().into_iter().map(move |piece| (piece.iter().map(|at| place(at, belief)).collect(), belief))
    };
    state.derived.regions().iter().filter(drawn).flat_map(lines).collect()
}

/// A bar from promise to result at every landing so far.
fn accounts_as_bars(state: &State, paths: &[Path<'_>], palette: Palette) -> Vec<Bar> {
    let selected = paths.iter().find(|path| path.selected && state.view.sees(PROMISES));
    let bar = |account: Account| Bar {
        at: account.landing,
        from: account.loss - account.gap(),
        to: account.loss,
        color: palette.line(outcome_ink(account.outcome())),
        width: 3.0 * palette.scale,
        hidden: Hidden::Dim,
    };
    selected.map_or_else(Vec::new, |path| accounts(path.run, state.playback.playhead).map(bar).collect())
}

/// The bar at the landing; none where the promise was kept.
fn gap(focus: &Focus, palette: Palette) -> Option<Bar> {
    let change = focus.change?;
    let promise = change.promise(focus.belief);
    if change.gap(focus.belief).abs() <= 1e-9 * (promise.abs() + change.actual.abs()) {
        return None;
    }
    Some(Bar {
        at: focus.iterate.at + focus.proposed()?,
        from: focus.model.value + promise,
        to: focus.model.value + change.actual,
        color: palette.line(Ink::Gap),
        width: 8.0 * palette.scale,
        hidden: Hidden::Hatch,
    })
}

/// The color of what a sheet promises.
fn belief_ink(belief: Belief) -> Ink {
    match belief {
        Belief::Plane => Ink::Plane,
        Belief::Quadratic => Ink::Quadratic,
    }
}

/// The iterate, the promised landing and the true one.
fn balls(state: &State, focus: &Focus, ink: Ink, palette: Palette) -> Vec<Ball> {
    let ball = |at: Point, loss: f64, color: Rgb, hollow: bool| Ball {
        place: Point3::new(at.x, at.y, loss),
        color,
        radius: 5.0 * palette.scale,
        hollow,
        hidden: Hidden::Hatch,
    };
    let at = focus.iterate.at;
    let mut balls = Vec::new();
    if let (Some(step), Some(change), true) = (focus.proposed(), focus.change, state.view.sees(STEP)) {
        let landing = at + step;
        balls.push(ball(
            landing,
            focus.model.value + change.promise(focus.belief),
            palette.line(belief_ink(focus.belief)),
            false,
        ));
        // In fog the truth at the landing is not known before somebody has asked for it.
        if state.derived.heard().is_none_or(|heard| heard.value(landing).is_some()) {
            balls.push(ball(landing, focus.model.value + change.actual, palette.line(Ink::Truth), true));
        }
    }
    if let (Ok(step), true) = (&focus.moment.step, state.view.sees(TRIALS)) {
        let tried = drawn_trials(step, TRIALS_APART * step.proposed.norm());
        // The last trial is the landing, which has its ball.
        for trial in tried.into_iter().skip(1).map(|index| step.trials[index]).filter(|trial| trial.value.is_finite()) {
            let ink = if trial.accepted { ink } else { Ink::Muted };
            let ball = ball(trial.at, trial.value, palette.line(ink), !trial.accepted);
            balls.push(Ball { radius: 3.0 * palette.scale, ..ball });
        }
    }
    balls.push(ball(at, focus.model.value, palette.line(ink), true));
    balls
}
