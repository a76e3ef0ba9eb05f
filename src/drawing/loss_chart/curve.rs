//! One run in the chart: its line, cut at the frame, where it leaves the frame, and where it ends.

use super::{Spending, Trace, XAxis, YScale, lost_at};
use crate::analysis::KnownMinima;
use crate::drawing::DrawnRun;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::primitive::{Anchor, Pen, Places, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;

/// A line is drawn to this many heights of the frame beyond it.
const OUTSIDE: f64 = 0.5;
/// Marks of leaving are at least this share of the width apart.
const APART: f64 = 0.03;
/// Where a mark of leaving begins and ends, in shares of the height from the edge.
const ARROW: [f64; 2] = [0.1, 0.015];
/// Where nothing can stand beside such a mark, it stands this share of the height further inside.
const LOWER: f64 = 0.12;
/// A line that ends within this share of the width is named beside its end.
const ENDS_EARLY: f64 = 0.8;
/// Where along the axis the name of a limit may stand, the best place first.
const NAMED_AT: [f64; 10] = [0.99, 0.8, 0.6, 0.4, 0.9, 0.7, 0.5, 0.3, 0.2, 0.12];
/// Every iterate has a dot where there are no more than these.
const FEW: usize = 60;
/// The opacity of what lies after the playhead.
const FUTURE: f32 = 0.42;
/// The opacity of what a branch left behind.
const GHOST: f32 = 0.4;

/// A run of the chart.
#[derive(Clone)]
pub struct Curve<'a> {
    /// The run, and how it is drawn.
    pub path: DrawnRun<'a>,
    /// Whether it is hidden: it counts for the frame all the same.
    pub hidden: bool,
    /// The quantity along it.
    pub trace: &'a Trace,
    /// Seconds a step, if they were measured.
    pub seconds: Option<f64>,
}

/// Where a curve is drawn.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) x: XAxis,
    pub(super) y: YScale,
    pub(super) view: ViewBox,
    /// The last step that may be seen.
    pub(super) last: usize,
    pub(super) minima: &'a KnownMinima,
}

/// An iterate on the plane of the chart; no height where it has no value on the scale.
#[derive(Clone, Copy)]
pub(super) struct Vertex {
    pub(super) step: usize,
    pub(super) x: f64,
    pub(super) y: Option<f64>,
}

impl Curve<'_> {
    /// What it spends.
    pub(super) fn spending(&self) -> Spending<'_> {
        Spending::new(self.path.run, self.seconds)
    }

    /// Whether a point of it has a height on a scale.
    pub(super) fn is_seen(&self, y: YScale, last: usize) -> bool {
        self.trace.points(last).iter().any(|(_, value)| value.and_then(|value| y.height(value)).is_some())
    }

    /// Its points on the plane of the chart.
    fn vertices(&self, ground: &Ground<'_>) -> Vec<Vertex> {
        let spending = self.spending();
        let vertex = |(step, value): (usize, Option<f64>)| {
            let x = ground.x.place(&spending, step)?;
            Some(Vertex { step, x, y: value.and_then(|value| ground.y.height(value)) })
        };
        self.trace.points(ground.last).into_iter().filter_map(vertex).collect()
    }

    /// The line with its dots, and the limit of the method.
    pub(super) fn draw(&self, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) {
        self.draw_limit(ground, out);
        let vertices = self.vertices(ground);
        let strength = if self.path.ghost { GHOST } else { 1.0 };
        let pen = Pen::new(self.path.style.0, if self.path.selected { 2.4 } else { 1.8 });
        let now = vertices.partition_point(|vertex| vertex.step <= self.path.now);
        for (part, strength) in [(&vertices[now.saturating_sub(1)..], FUTURE * strength), (&vertices[..now], strength)]
        {
            for line in pieces(part, reach(ground.view)) {
                out.push(Primitive::line(line, pen.pale(strength)));
            }
            if vertices.len() <= FEW && !self.path.ghost {
                out.push(dots(part, ground.view, pen.pale(strength)));
            }
        }
        if !self.path.ghost {
            self.draw_exits(&vertices, ground, out);
            self.draw_lost_end(&vertices, ground, out);
        }
    }

    /// A thin line where the method's limit is, with its name at the right end.
    fn draw_limit(&self, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) {
        let spending = self.spending();
        let height = |(step, limit): &(usize, f64)| {
            let place = ground.x.place(&spending, *step)?;
            Some(Vertex { step: *step, x: place, y: ground.y.height(*limit) })
        };
        let seen = self.trace.limits().iter().filter(|(step, _)| *step <= ground.last);
        let vertices: Vec<Vertex> = seen.filter_map(height).collect();
        let pen = Pen::new(self.path.style.0, 1.2).pale(0.75);
        for line in pieces(&vertices, reach(ground.view)) {
            out.push(Primitive::line(line, pen));
        }
        let seen = |vertex: &Vertex| Some(Point::new(vertex.x, vertex.y?)).filter(|at| ground.view.contains(*at));
        if let Some(at) = vertices.iter().rev().find_map(seen) {
            let text = self.trace.limit_text().to_owned();
            // At the right end, or where the line is free.
            let along = NAMED_AT.map(|share| ground.view.x[0] + share * ground.view.width());
            let on_line =
                |x: f64| vertices.iter().rev().filter_map(seen).find(|at| at.x <= x).map(|at| Point::new(x, at.y));
            let places = along
                .into_iter()
                .filter_map(on_line)
                .flat_map(|place| [Anchor::Right, Anchor::Bottom, Anchor::Top].map(|anchor| (place, anchor)));
            // Of a run that ends early beside its end.
            let ends_early = at.x < ground.view.x[0] + ENDS_EARLY * ground.view.width();
            let beside = Point::new(at.x + 0.01 * ground.view.width(), at.y);
            let beside = ends_early.then_some((beside, Anchor::Left));
            let places = beside.into_iter().chain(places).collect();
            out.push(Primitive::Name { places, text, ink: self.path.style.0, strong: false });
        }
    }

    /// An arrow through the edge wherever the curve leaves, and at the first of them the step; after it that of the end of a run that
    /// is lost out there.
    fn draw_exits(&self, vertices: &[Vertex], ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) {
        let view = ground.view;
        let mut last: Option<f64> = None;
        for Exit { x, edge, from, to } in exits(vertices, view) {
            if last.is_some_and(|last| x - last < APART * view.width()) {
                continue;
            }
            let [foot, tip] = ARROW.map(|share| share * view.height() * if edge == view.y[1] { -1.0 } else { 1.0 });
            let pen = Pen::new(self.path.style.0, 2.0).with_halo(1.0);
            out.push(Primitive::Arrow { from: Point::new(x, edge + foot), to: Point::new(x, edge + tip), pen });
            if last.is_none() {
                let step = self.first_outside(from, to, ground);
                let end = self.lost_end(vertices, ground).filter(|end| !view.contains(end.1)).map(|end| end.0);
                let end = end.map_or_else(String::new, |end| format!(", ends at {end}"));
                let text = format!("leaves at step {step}{end}");
                out.push(exit_name(Point::new(x, edge + foot), text, view, self.path.style.0));
            }
            last = Some(x);
        }
    }

    /// The first step outside the frame between two that are drawn.
    fn first_outside(&self, from: usize, to: usize, ground: &Ground<'_>) -> usize {
        let is_outside = |step: &usize| {
            let read = self.trace.read(self.path.run, *step, ground.minima);
            let height = read.filter(|(known, _)| known == step).and_then(|(_, value)| ground.y.height(value?));
            height.is_some_and(|y| !(ground.view.y[0]..=ground.view.y[1]).contains(&y))
        };
        (from..to).find(is_outside).unwrap_or(to)
    }

    /// The step at which a run is lost, and its last point with a height until then.
    fn lost_end(&self, vertices: &[Vertex], ground: &Ground<'_>) -> Option<(usize, Point)> {
        let lost = lost_at(self.path.run).filter(|step| *step <= ground.last)?;
        let until = vertices.partition_point(|vertex| vertex.step <= lost);
        let at = vertices[..until].iter().rev().find_map(|vertex| Some(Point::new(vertex.x, vertex.y?)))?;
        Some((lost, at))
    }

    /// A cross where a run that is lost ends, or where it has left the frame for the last time: always on its line.
    fn draw_lost_end(&self, vertices: &[Vertex], ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) {
        let Some((_, end)) = self.lost_end(vertices, ground) else { return };
        let [low, high] = [0.035, 0.965].map(|share| ground.view.y[0] + share * ground.view.height());
        let at = last_seen(vertices, ground.view, end);
        let pen = Pen::new(Ink::Gap, 2.4).with_halo(1.5);
        out.push(Primitive::mark(Point::new(at.x, at.y.clamp(low, high)), MarkerShape::Cross, 4.5, pen, false));
    }

    /// The mark of the run where it stands at a step, at the nearest one that is known.
    pub(super) fn mark(&self, step: usize, ground: &Ground<'_>) -> Option<Primitive<'static>> {
        let (step, value) = self.trace.read(self.path.run, step.min(ground.last), ground.minima)?;
        let at = Point::new(ground.x.place(&self.spending(), step)?, ground.y.height(value?)?);
        let pen = Pen::new(self.path.style.0, 2.0).with_halo(1.5);
        ground.view.contains(at).then(|| Primitive::mark(at, self.path.style.1, 4.5, pen, true))
    }
}

/// A dot at every step that is seen.
fn dots(vertices: &[Vertex], view: ViewBox, pen: Pen) -> Primitive<'static> {
    let places = vertices.iter().filter_map(|vertex| Some(Point::new(vertex.x, vertex.y?)));
    let places = Places::Own(places.filter(|at| view.contains(*at)).collect());
    Primitive::Marks { places, shape: MarkerShape::Circle, radius: 2.2, pen, filled: true }
}

/// Where a curve is seen last: at its end, or if that is outside the frame where it has left that for the last time.
pub(super) fn last_seen(vertices: &[Vertex], view: ViewBox, end: Point) -> Point {
    let is_outside = !(view.y[0]..=view.y[1]).contains(&end.y);
    let exit = exits(vertices, view).last().filter(|_| is_outside).map(|exit| Point::new(exit.x, exit.edge));
    exit.unwrap_or(end)
}

/// A place where a curve leaves the frame.
pub(super) struct Exit {
    pub(super) x: f64,
    /// The height of the edge.
    pub(super) edge: f64,
    /// The drawn steps between which it is.
    from: usize,
    to: usize,
}

/// Where a line from one place to another is at a height; at its end if it is level.
fn crossing([from_x, from_y]: [f64; 2], [x, y]: [f64; 2], height: f64) -> f64 {
    let share = ((height - from_y) / (y - from_y)).clamp(0.0, 1.0);
    from_x + (x - from_x) * if share.is_finite() { share } else { 1.0 }
}

/// Where a curve leaves the frame, by the order of its steps.
pub(super) fn exits(vertices: &[Vertex], view: ViewBox) -> Vec<Exit> {
    let mut found = Vec::new();
    let mut before: Option<Vertex> = None;
    for vertex in vertices {
        let Some(y) = vertex.y else {
            before = None;
            continue;
        };
        let was_inside = before.and_then(|before| before.y).is_none_or(|y| (view.y[0]..=view.y[1]).contains(&y));
        let is_up = y > view.y[1];
        if was_inside && (is_up || y < view.y[0]) {
            let from = before.unwrap_or(*vertex);
            let edge = if is_up { view.y[1] } else { view.y[0] };
            let x = from.y.map_or(vertex.x, |height| crossing([from.x, height], [vertex.x, y], edge));
            found.push(Exit { x, edge, from: from.step, to: vertex.step });
        }
        before = Some(*vertex);
    }
    found
}

/// What is said of a curve that leaves, beside its arrow.
fn exit_name(at: Point, text: String, view: ViewBox, ink: Ink) -> Primitive<'static> {
    // Further away where the cross of its end stands on the arrow.
    let away = [0.012, 0.03].map(|share| share * view.width());
    let beside = |y: f64| {
        let right = away.map(|away| (Point::new(at.x + away, y), Anchor::Left));
        let left = away.map(|away| (Point::new(at.x - away, y), Anchor::Right));
        right.into_iter().chain(left)
    };
    let lower = at.y + if at.y > view.center().y { -LOWER } else { LOWER } * view.height();
    let places = beside(at.y).chain(beside(lower)).collect();
    Primitive::Name { places, text, ink, strong: false }
}

/// The heights between which a line is drawn: a little beyond the frame.
fn reach(view: ViewBox) -> [f64; 2] {
    let beyond = OUTSIDE * view.height();
    [view.y[0] - beyond, view.y[1] + beyond]
}

/// The parts of a line between two heights.
pub(super) fn pieces(vertices: &[Vertex], [low, high]: [f64; 2]) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    let mut is_open = false;
    for pair in vertices.windows(2) {
        let ([Some(a), Some(b)], [from, to]) = ([pair[0].y, pair[1].y], [pair[0].x, pair[1].x]) else {
            is_open = false;
            continue;
        };
        let Some([enter, leave]) = within(a, b, [low, high]) else {
            is_open = false;
            continue;
        };
        let at = |share: f64, end: f64, y: f64| {
            if share == end {
                Point::new(if end == 0.0 { from } else { to }, y)
            } else {
                Point::new(from + (to - from) * share, (a + (b - a) * share).clamp(low, high))
            }
        };
        if !is_open {
            lines.push(vec![at(enter, 0.0, a)]);
        }
        if let Some(line) = lines.last_mut() {
            line.push(at(leave, 1.0, b));
        }
        is_open = leave == 1.0;
    }
    lines
}

/// The shares of a way from one height to another between which it lies in a range.
fn within(a: f64, b: f64, [low, high]: [f64; 2]) -> Option<[f64; 2]> {
    if a.max(b) < low || a.min(b) > high {
        return None;
    }
    let share = |edge: f64| ((edge - a) / (b - a)).clamp(0.0, 1.0);
    let inside = |y: f64| (low..=high).contains(&y);
    let nearer = |y: f64| if y > high { share(high) } else { share(low) };
    Some([if inside(a) { 0.0 } else { nearer(a) }, if inside(b) { 1.0 } else { nearer(b) }])
}
