//! What lies on the loss surface as lines and marks: the runs, what overlays drape over it, and in fog what was asked.

use nalgebra::Point3;

use super::super::context::overlay_context;
use super::super::guesses::guess_marks;
use super::super::surface3d::scene::{Ball, Hidden, Line3, Place, Rgb};
use super::palette::Palette;
use super::{Fineness, MANY};
use crate::drawing::batch_surface::Ghost;
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::overlays::{self, PATHS, drawn_answers, plane_piece};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::Primitive;
use crate::drawing::thinning::Thinned;
use crate::drawing::{Path, draw_guesses};
use crate::landscapes::{Evaluation, ViewBox};
use crate::numbers::Point;
use crate::run::{Iterate, QueryLog};
use crate::state::State;

/// Places of a route over the loss surface, owned, and how they are drawn.
pub(super) struct Route {
    places: Vec<Place>,
    color: Rgb,
    width: f32,
    dashed: bool,
    on_surface: bool,
    rim: bool,
}

impl Route {
    pub(super) fn line(&self) -> Line3<'_> {
        Line3 {
            points: &self.places,
            color: self.color,
            width: self.width,
            dashed: self.dashed,
            hollow: false,
            on_surface: self.on_surface,
            head: false,
            rim: self.rim,
            hidden: Hidden::Dim,
        }
    }
}

/// The runs where they are shown; in fog what is known of them.
pub(super) fn runs(state: &State, paths: &[Path<'_>], thinned: &[Thinned], palette: Palette) -> Vec<Route> {
    match state.derived.queries() {
        _ if !state.view.sees(PATHS) => Vec::new(),
        Some(_) => known_routes(paths, state.playback.playhead, palette),
        None => routes(paths, thinned, palette),
    }
}

/// Every run's past and future, draped over the loss surface.
fn routes(paths: &[Path<'_>], thinned: &[Thinned], palette: Palette) -> Vec<Route> {
    let mut routes = Vec::new();
    for path in paths {
        let iterates = path.run.iterates();
        let Some(last) = iterates.len().checked_sub(1) else { continue };
        let now = path.now.min(last);
        let (ink, _) = path.style;
        let strength = if path.ghost { 0.4 } else { 1.0 };
        let (past, future) = match thinned.iter().find(|thinned| thinned.is_of(path.run)) {
            Some(thinned) => (thinned.past(now).to_vec(), thinned.future(now).to_vec()),
            None => (ats(&iterates[..=now]), ats(&iterates[now..])),
        };
        routes.push(Route {
            places: on_surface(&future),
            color: palette.pale(ink, 0.4 * strength),
            width: 1.0 * palette.scale,
            dashed: true,
            on_surface: true,
            rim: true,
        });
        let width = if path.selected { 2.6 } else { 2.2 };
        routes.push(Route {
            places: on_surface(&past),
            color: palette.pale(ink, strength),
            width: width * palette.scale,
            dashed: false,
            on_surface: true,
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
            on_surface: false,
            rim: true,
        }
    };
    selected.map(route).collect()
}

/// What the method has asked at its height: values as dots, gradients as pieces of their planes.
pub(super) fn answers(queries: &QueryLog, scene: PageScale, palette: Palette) -> Vec<Route> {
    /// Answers nearer to each other than this are one; the radius of a piece of a plane, and of a dot; in scene units.
    const APART: f64 = 0.024;
    const PIECE: f64 = 0.07;
    const DOT: f64 = 0.004;
    const MOST: usize = 200;
    let route = |line: Vec<(Point, f64)>, ink: Ink, width: f32| Route {
        places: line.into_iter().map(|(at, height)| Point3::new(at.x, at.y, height)).collect(),
        color: palette.line(ink),
        width: width * palette.scale,
        dashed: false,
        on_surface: false,
        rim: false,
    };
    let mut routes = Vec::new();
    for query in drawn_answers(&queries.queries, scene.times(APART)).into_iter().take(MOST) {
        let Some(value) = query.answer.value().filter(|value| value.is_finite()) else { continue };
        if let Evaluation::Gradient(_, gradient) = query.answer {
            let piece = plane_piece(query.at, value, gradient, scene.times(PIECE));
            routes.extend(piece.map(|line| route(line, Ink::Plane, 1.6)));
        }
        let dot = [-DOT, DOT].map(|away| (query.at + scene.way(away, 0.0), value));
        routes.push(route(dot.to_vec(), Ink::Truth, 3.6));
    }
    routes
}

/// The loss of a batch as a net, at its own heights.
pub(super) fn net(ghost: &Ghost, ink: Ink, palette: Palette) -> Vec<Route> {
    let route = |line: Vec<(Point, f64)>| Route {
        places: line.into_iter().map(|(at, height)| Point3::new(at.x, at.y, height)).collect(),
        color: palette.pale(ink, 0.6),
        width: 0.9 * palette.scale,
        dashed: false,
        on_surface: false,
        rim: false,
    };
    ghost.wires().into_iter().map(route).collect()
}

fn ats(iterates: &[Iterate]) -> Vec<Point> {
    iterates.iter().map(|iterate| iterate.at).collect()
}

/// Where a run passes; the loss itself gives the heights.
fn on_surface(ats: &[Point]) -> Vec<Place> {
    ats.iter().map(|at| Point3::new(at.x, at.y, 0.0)).collect()
}

/// What the overlays drape over the loss surface: lines on it, and marks as balls at its height.
pub(super) fn draped(
    state: &State,
    paths: &[Path<'_>],
    stage: &Stage,
    fineness: Fineness,
    palette: Palette,
) -> (Vec<Route>, Vec<Ball>) {
    // As if the longer side were as long as the picture is wide.
    let scale = stage.scale().times(2.0 * f64::from(palette.scale) / fineness.size[0].max(1) as f64);
    let (low, high) = stage.corners();
    let view = ViewBox::new(low.x, high.x, low.y, high.y);
    let context = overlay_context(state, paths.to_vec(), view, scale);
    let mut primitives = Vec::new();
    for drape in
        overlays::from_below().filter(|overlay| state.view.sees(overlay.id)).filter_map(|overlay| overlay.drape)
    {
        drape(&context, &mut primitives);
    }
    if let Some(marks) = guess_marks(state) {
        draw_guesses(&marks, &context, |at| at, &mut primitives);
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
                dashed: pen.dash == Dash::Dashed,
                on_surface: true,
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
            Primitive::Arrow { .. }
            | Primitive::Area { .. }
            | Primitive::Star { .. }
            | Primitive::Text { .. }
            | Primitive::Name { .. }
            | Primitive::Label(_) => {}
        }
    }
    (routes, balls)
}
