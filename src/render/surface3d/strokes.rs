//! Lines, bars, markers and hairlines as strokes: short straight pieces on the screen that know how far away they are.

use super::drafter::Drafter;
use super::paint::wrapped;
use super::relief::Relief;
use super::scene::{Ball, Bar, Hidden, Line3, Rgb, Scene3};
use crate::drawing::camera::Projection;
use nalgebra::Vector2;
use std::ops::Range;

/// A piece of a line, thick or tapering, lengths in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub from: Vector2<f32>,
    pub to: Vector2<f32>,
    pub depths: (f32, f32),
    pub radii: (f32, f32),
    /// Round ends join the pieces of a line; others end square.
    pub round: bool,
    /// The length of the line before this piece.
    pub start: f32,
}

/// The strokes of one thing and how they are inked.
#[derive(Clone, Debug)]
pub(super) struct Trace {
    pub strokes: Range<usize>,
    /// The first and the last row that may be touched.
    pub rows: (f32, f32),
    pub pen: Pen,
}

/// How strokes are inked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    pub color: Rgb,
    /// How far the ground's color reaches around it.
    pub halo: f32,
    /// The width of the ring around the ground's color, if hollow.
    pub hollow: Option<f32>,
    /// The length of a dash; the gaps are a little shorter.
    pub dash: Option<f32>,
    pub hidden: Hidden,
    /// Wide enough for stripes; a marker is not and stays plain.
    pub striped: bool,
    /// Depth offset toward the eye, so that a line on the surface is not half buried in it.
    pub lift: f32,
    /// Lies on the loss surface, so that local models are laid over it.
    pub on_surface: bool,
}

/// The width of the halo of a line, pixels.
const LINE_HALO: f32 = 1.0;
/// The width of the halo of a ball, pixels.
const BALL_HALO: f32 = 2.0;

impl Pen {
    fn hairline(color: Rgb, hidden: Hidden) -> Self {
        Self { color, halo: 0.0, hollow: None, dash: None, hidden, striped: true, lift: 1.0, on_surface: false }
    }

    fn line(line: &Line3<'_>) -> Self {
        let dash = line.dashed.then_some(4.0 + 2.0 * line.width);
        Self {
            halo: if line.rim { LINE_HALO } else { 0.0 },
            hollow: line.hollow.then_some(0.26 * line.width),
            dash,
            lift: 1.5 + 1.2 * line.width,
            on_surface: line.on_surface,
            ..Self::hairline(line.color, line.hidden)
        }
    }

    fn bar(bar: &Bar) -> Self {
        Self { halo: LINE_HALO, ..Self::hairline(bar.color, bar.hidden) }
    }

    fn ball(ball: &Ball) -> Self {
        let hollow = ball.hollow.then_some((ball.radius * 0.4).max(1.5));
        Self {
            halo: BALL_HALO,
            hollow,
            striped: false,
            lift: 2.5 * ball.radius,
            ..Self::hairline(ball.color, ball.hidden)
        }
    }

    /// The same pen where a pixel has `scale` samples a side.
    fn scaled(self, scale: f32) -> Self {
        let times = |length: f32| length * scale;
        Self {
            halo: times(self.halo),
            hollow: self.hollow.map(times),
            dash: self.dash.map(times),
            lift: times(self.lift),
            ..self
        }
    }
}

/// All strokes of a scene, in the order of drawing. The buffers are used again for the next picture.
#[derive(Default)]
pub(super) struct Strokes {
    pub strokes: Vec<Stroke>,
    pub traces: Vec<Trace>,
}

impl Strokes {
    /// Collects the strokes of a scene.
    pub(super) fn build(&mut self, scene: &Scene3<'_>, relief: &Relief, projection: &Projection) {
        self.strokes.clear();
        self.traces.clear();
        let scale = scene.supersample as f32;
        let mut add = |pen: Pen, draw: &dyn Fn(&mut Drafter<'_>)| {
            let first = self.strokes.len();
            draw(&mut Drafter { projection, relief, scale, strokes: &mut self.strokes });
            let pen = pen.scaled(scale);
            let rows = extent(&self.strokes[first..], pen.halo + 1.0);
            self.traces.push(Trace { strokes: first..self.strokes.len(), rows, pen });
        };
        let rim = Pen {
            on_surface: true,
            ..Pen::hairline(blended(scene.height_map.ramp[255], scene.height_map.contours.color), Hidden::Drop)
        };
        add(rim, &|drafter| drafter.rim(&scene.height_map));
        if let Some(frame) = &scene.frame {
            add(Pen { on_surface: true, ..Pen::hairline(frame.color, Hidden::Drop) }, &|drafter| drafter.frame(frame));
        }
        scene
            .lines
            .iter()
            .filter(|line| line.on_surface)
            .for_each(|line| add(Pen::line(line), &|drafter| drafter.line(line)));
        scene.local_models.iter().for_each(|local_model| {
            add(Pen::hairline(local_model.ink, Hidden::Dim), &|drafter| {
                drafter.outline(local_model);
            });
        });
        scene.bars.iter().for_each(|bar| add(Pen::bar(bar), &|drafter| drafter.bar(bar)));
        scene
            .lines
            .iter()
            .filter(|line| !line.on_surface)
            .for_each(|line| add(Pen::line(line), &|drafter| drafter.line(line)));
        scene.balls.iter().for_each(|ball| add(Pen::ball(ball), &|drafter| drafter.ball(ball)));
    }
}

/// The color halfway between two.
fn blended(a: Rgb, b: Rgb) -> Rgb {
    std::array::from_fn(|channel| a[channel].midpoint(b[channel]))
}

/// The rows that strokes reach, with a margin.
fn extent(strokes: &[Stroke], margin: f32) -> (f32, f32) {
    strokes.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(top, bottom), stroke| {
        let reach = stroke.radii.0.max(stroke.radii.1) + margin;
        (top.min(stroke.from.y.min(stroke.to.y) - reach), bottom.max(stroke.from.y.max(stroke.to.y) + reach))
    })
}

impl Stroke {
    /// The columns that the stroke can touch at the height `y` when it reaches this far to all sides.
    pub(super) fn columns(&self, y: f32, reach: f32, width: usize) -> Range<usize> {
        let along = self.to - self.from;
        // The part of the stroke from which this row is within reach.
        let (mut near, mut far) = (0.0, 1.0);
        if along.y.abs() > 1e-3 {
            let [a, b] = [y - reach, y + reach].map(|edge| ((edge - self.from.y) / along.y).clamp(0.0, 1.0));
            (near, far) = (a.min(b), a.max(b));
        }
        let [a, b] = [near, far].map(|share| self.from.x + along.x * share);
        let column = |x: f32| (x.max(0.0) as usize).min(width);
        column(a.min(b) - reach)..column(a.max(b) + reach + 1.0)
    }

    /// The function that gives a place's distance from the edge of the stroke, negative inside, and the depth of the stroke there.
    pub(super) fn probe(&self, dash: Option<f32>) -> impl Fn(Vector2<f32>) -> (f32, f32) {
        let Self { from, to, depths, radii, round, start } = *self;
        let along = to - from;
        let length = along.norm();
        let per_length = if length > 0.0 { along / (length * length) } else { Vector2::zeros() };
        move |place| {
            let out = place - from;
            let share = out.dot(&per_length);
            let held = share.clamp(0.0, 1.0);
            let radius = radii.0 + (radii.1 - radii.0) * held;
            let depth = depths.0 + (depths.1 - depths.0) * held;
            let mut mark = if round {
                (out - along * held).norm() - radius
            } else {
                let beyond = (share - 1.0).max(-share) * length;
                ((out - along * share).norm() - radius).max(beyond)
            };
            if let Some(dash) = dash {
                let beyond = wrapped(start + share * length, 1.8 * dash) - dash;
                mark = mark.max(beyond.min(0.8 * dash - beyond));
            }
            (mark, depth)
        }
    }
}
