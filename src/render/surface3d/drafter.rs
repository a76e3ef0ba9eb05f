//! From things in the landscape to strokes on the screen: draped over the loss surface or free in the air, cut at the box.

use super::frame;
use super::relief::Relief;
use super::scene::{Ball, Bar, Frame, HeightMap, Line3, ModelPatch, RaisedPoint};
use super::strokes::Stroke;
use crate::drawing::camera::Projection;
use crate::drawing::height_scale::HeightScale;
use crate::numbers::{Point, clipping};
use nalgebra::{Point3, Vector2};

/// Corners of a line nearer to each other than this many pixels are one.
const SHORTEST: f64 = 0.5;
/// A draped line follows the loss in pieces of about this many pixels.
const DRAPE: f64 = 7.0;
/// Pieces of a draped line between two corners, at most.
const MOST_PIECES: f64 = 48.0;
/// Lines in the air become curves of this many pieces in log height.
const LOG_PIECES: u32 = 32;
/// Lines in the air end this many scene units from the middle, so that pixels stay within `f32`.
const AIR: f64 = 20.0;
/// The length and half the breadth of an arrow head, in widths of its line.
const HEAD: (f32, f32) = (4.2, 1.6);

/// Draws one thing after the other.
pub(super) struct Drafter<'a> {
    pub projection: &'a Projection,
    pub relief: &'a Relief,
    /// Samples per pixel.
    pub scale: f32,
    pub strokes: &'a mut Vec<Stroke>,
}

/// A line that is being drawn: half its width and its length so far, pixels.
struct Track {
    radius: f32,
    length: f32,
    round: bool,
}

impl Drafter<'_> {
    fn track(&self, width: f32, round: bool) -> Track {
        Track { radius: width * self.scale / 2.0, length: 0.0, round }
    }

    pub(super) fn frame(&mut self, frame: &Frame<'_>) {
        let mut track = self.track(frame.width, true);
        let projection = self.projection;
        frame::hairlines(frame, projection, |from, to| {
            self.free(&mut track, from, to);
        });
    }

    /// The edge of the loss surface around the box.
    pub(super) fn rim(&mut self, height_map: &HeightMap<'_>) {
        let mut track = self.track(height_map.contours.width, true);
        let stage = *self.projection.stage();
        let (nx, ny) = height_map.grid;
        let (low, high) = stage.corners();
        let around = [(low.x, low.y, nx), (high.x, low.y, ny), (high.x, high.y, nx), (low.x, high.y, ny)];
        for (side, &(x, y, count)) in around.iter().enumerate() {
            let next = around[(side + 1) % 4];
            let cells = count.max(2) - 1;
            let on_surface = |step: usize| {
                let share = step as f64 / cells as f64;
                let at = Point::new(x + (next.0 - x) * share, y + (next.1 - y) * share);
                stage.raised(at, self.relief.height_at(at))
            };
            for step in 0..cells {
                self.free(&mut track, on_surface(step), on_surface(step + 1));
            }
        }
    }

    pub(super) fn outline(&mut self, local_model: &ModelPatch<'_>) {
        let mut track = self.track(1.5, true);
        let mut before: Option<Point3<f64>> = None;
        for at in local_model.footprint.outline(self.projection.stage().scale()) {
            let here = self.projection.stage().scene(at, (local_model.function)(at));
            if let Some(before) = before.replace(here) {
                self.free(&mut track, before, here);
            }
        }
    }

    pub(super) fn line(&mut self, line: &Line3<'_>) {
        let mut track = self.track(line.width, true);
        let first = self.strokes.len();
        let mut before: Option<Point3<f64>> = None;
        for (index, place) in line.points.iter().enumerate() {
            let here = self.corner(place, line.on_surface);
            if !here.iter().all(|side| side.is_finite()) {
                before = None;
                continue;
            }
            let Some(from) = before else {
                before = Some(here);
                continue;
            };
            if (here - from).norm() * self.projection.pixels() < SHORTEST && index + 1 < line.points.len() {
                continue;
            }
            if line.on_surface {
                self.draped(&mut track, from, here);
            } else {
                self.aired(&mut track, from, here);
            }
            before = Some(here);
        }
        if line.head && self.strokes.len() > first {
            self.head(first, line.width * self.scale);
        }
    }

    /// A corner of a line in the scene; one that is draped lies on the floor until its pieces are lifted.
    fn corner(&self, place: &RaisedPoint, on_surface: bool) -> Point3<f64> {
        let at = Point::from(place.coords.xy());
        if on_surface { self.projection.stage().raised(at, 0.0) } else { self.projection.stage().scene(at, place.z) }
    }

    pub(super) fn bar(&mut self, bar: &Bar) {
        let mut track = self.track(bar.width, false);
        let stage = self.projection.stage();
        let [from, to] = [bar.from, bar.to].map(|loss| {
            let scene = stage.scene(bar.at, loss);
            // An end beyond the picture, or an infinite one, is as far as one can see.
            let height = if loss.is_infinite() { HeightScale::TOP * loss.signum() } else { scene.z };
            Point3::new(scene.x, scene.y, height.clamp(0.0, HeightScale::TOP))
        });
        self.free(&mut track, from, to);
    }

    pub(super) fn ball(&mut self, ball: &Ball) {
        let scene = self.corner(&ball.place, false);
        if (0.0..=HeightScale::TOP).contains(&scene.z) {
            let screen = self.projection.screen(&scene).cast::<f32>();
            let radius = ball.radius * self.scale;
            let (place, depth) = (screen.coords.xy(), screen.z);
            self.push(Stroke {
                from: place,
                to: place,
                depths: (depth, depth),
                radii: (radius, radius),
                round: true,
                start: 0.0,
            });
        }
    }

    /// A piece that lies on the loss surface over its straight way through the box.
    fn draped(&mut self, track: &mut Track, from: Point3<f64>, to: Point3<f64>) {
        let stage = *self.projection.stage();
        let (low, high) = stage.corners();
        let Some((from, to)) = within(from, to, &stage.raised(low, 0.0), &stage.raised(high, 0.0)) else {
            return;
        };
        let pixels = (to - from).norm() * self.projection.pixels() / f64::from(self.scale);
        let pieces = (pixels / DRAPE).ceil().clamp(1.0, MOST_PIECES);
        let lifted = |piece: f64| {
            let (at, _) = stage.landscape(&(from + (to - from) * (piece / pieces)));
            stage.raised(at, self.relief.height_at(at))
        };
        let mut before = lifted(0.0);
        for piece in 1..=pieces as usize {
            let here = lifted(piece as f64);
            self.free(track, before, here);
            before = here;
        }
    }

    /// A piece in the air along which the loss changes evenly: straight, or the curve that it becomes in log height.
    fn aired(&mut self, track: &mut Track, from: Point3<f64>, to: Point3<f64>) {
        let stage = *self.projection.stage();
        if stage.heights().is_linear() {
            return self.free(track, from, to);
        }
        let ((start, low), (end, high)) = (stage.landscape(&from), stage.landscape(&to));
        let at = |piece: u32| {
            let share = f64::from(piece) / f64::from(LOG_PIECES);
            stage.scene(start + (end - start) * share, low + (high - low) * share)
        };
        for piece in 0..LOG_PIECES {
            self.free(track, at(piece), at(piece + 1));
        }
    }

    /// A straight piece in the air.
    fn free(&mut self, track: &mut Track, from: Point3<f64>, to: Point3<f64>) {
        let Some((from, to)) =
            within(from, to, &Point3::new(-AIR, -AIR, 0.0), &Point3::new(AIR, AIR, HeightScale::TOP))
        else {
            return;
        };
        let [from, to] = [from, to].map(|scene| self.projection.screen(&scene).cast::<f32>());
        let &mut Track { radius, length: start, round } = track;
        track.length += (to - from).xy().norm();
        self.push(Stroke {
            from: from.coords.xy(),
            to: to.coords.xy(),
            depths: (from.z, to.z),
            radii: (radius, radius),
            round,
            start,
        });
    }

    /// Turns the end of the line that begins with a stroke into an arrow head, shorter if the line is short.
    fn head(&mut self, first: usize, width: f32) {
        let (Some(begin), Some(end)) = (self.strokes.get(first).copied(), self.strokes.last().copied()) else {
            return;
        };
        let tip = end.to;
        let length = (HEAD.0 * width).min(0.8 * (tip - begin.from).norm());
        while self.strokes.len() > first + 1
            && self.strokes.last().is_some_and(|stroke| (tip - stroke.from).norm() <= length)
        {
            self.strokes.pop();
        }
        let Some(shaft) = self.strokes.last_mut().filter(|_| length >= 1.0) else {
            return;
        };
        let along: Vector2<f32> = tip - shaft.from;
        let share = 1.0 - length / along.norm();
        let depth = shaft.depths.0 + (end.depths.1 - shaft.depths.0) * share;
        (shaft.to, shaft.depths.1) = (shaft.from + along * share, depth);
        // Its start is no number: a head is not dashed.
        let head = Stroke {
            from: shaft.to,
            to: tip,
            depths: (depth, end.depths.1),
            radii: (length * HEAD.1 / HEAD.0, 0.0),
            round: false,
            start: f32::NAN,
        };
        self.push(head);
    }

    fn push(&mut self, stroke: Stroke) {
        if [stroke.from.x, stroke.from.y, stroke.to.x, stroke.to.y, stroke.depths.0, stroke.depths.1]
            .iter()
            .all(|length| length.is_finite())
        {
            self.strokes.push(stroke);
        }
    }
}

/// The part of a segment within a box; none if there is none or an end is not a number.
fn within(
    from: Point3<f64>,
    to: Point3<f64>,
    low: &Point3<f64>,
    high: &Point3<f64>,
) -> Option<(Point3<f64>, Point3<f64>)> {
    let [enter, leave] = clipping::in_box(from.into(), to.into(), (*low).into(), (*high).into())?;
    let along = to - from;
    Some((from + along * enter, from + along * leave))
}
