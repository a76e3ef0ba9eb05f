//! A band of rows, painted from back to front by one thread: the loss with its depth, then every other thing by way of a veil.
//!
//! The veil is a second layer of depth. A thing first leaves there, pixel by pixel, how far away it is and where in it the pixel lies;
//! then it is laid over the picture, with one look where it is nearer than the loss and another where the loss hides it.

use super::Plan;
use super::paint::{Stripes, coverage, lines, lit, near, over};
use super::raster::{Triangle, clipped};
use super::scene::{Hidden, Rgb};
use super::strokes::{Pen, Stroke};
use crate::drawing::height_scale::HeightScale;
use nalgebra::{Point3, Vector2};
use std::ops::Range;

/// Rows per band: enough to keep triangles whole, few enough to share the work.
pub(super) const ROWS: usize = 64;

/// One sample of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texel {
    /// Premultiplied.
    pub color: [u8; 4],
    /// How far away the loss is, infinite where there is none.
    pub depth: f32,
    /// How far away the thing is that is being drawn.
    veil: f32,
    /// Where in that thing the sample lies: for a stroke the distance from its edge, for a local model the ink of its lines.
    mark: f32,
}

impl Texel {
    /// Nothing there yet.
    pub(super) const EMPTY: Self =
        Self { color: [0; 4], depth: f32::INFINITY, veil: f32::INFINITY, mark: f32::INFINITY };
}

/// Which part of a local model is being drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Hidden,
    Seen,
}

/// The opacity of hidden lines that are dimmed, as a share of that of seen ones.
const DIM: f32 = 0.45;
/// The opacity of hidden lines that are striped, between the stripes and on them, as a share of that of seen ones.
const BARRED: (f32, f32) = (0.65, 1.0);
/// The opacity of a local model's hidden face, between the stripes and on them, as a share of that of a seen one.
const HATCH: (f32, f32) = (0.25, 1.0);
/// The opacity of the hidden lines of a local model, as a share of that of seen ones.
const HIDDEN_INK: f32 = 0.7;
/// The distance of stripes, pixels.
const STRIPES: f32 = 6.0;
/// How much nearer than it is a local model counts, pixels: where it touches the loss it is seen.
const LOCAL_MODEL_LIFT: f32 = 0.75;
/// The ink of a local model's level lines, in shares of that of its outline.
const LOCAL_MODEL_LEVELS: f32 = 0.4;
/// The brightness of a slope turned away from the light, and what full light adds; the loss's underside is lit from its own side.
const SHADE: (f32, f32) = (0.80, 0.25);

/// The rows that one thread paints.
pub(super) struct Band<'a> {
    plan: Plan<'a>,
    texels: &'a mut [Texel],
    rows: Range<usize>,
    width: usize,
    /// The columns of each row that the veil covers.
    veiled: [(usize, usize); ROWS],
    scale: f32,
}

impl<'a> Band<'a> {
    /// Paints a band.
    pub(super) fn paint(plan: Plan<'a>, index: usize, width: usize, texels: &'a mut [Texel]) {
        let first = index * ROWS;
        let rows = first..first + texels.len() / width.max(1);
        let mut band =
            Self { plan, texels, rows, width, veiled: [(usize::MAX, 0); ROWS], scale: plan.scene.supersample as f32 };
        band.clear();
        band.height_map();
        band.tint();
        // Under the loss, on it, over it, and last what the lesson is about: steps, gaps and markers.
        band.local_models(Part::Hidden);
        band.traces(true);
        band.local_models(Part::Seen);
        band.traces(false);
    }

    fn clear(&mut self) {
        let [r, g, b] = self.plan.scene.ground;
        let color = if self.plan.scene.opaque { [r, g, b, 255] } else { [0; 4] };
        self.texels.fill(Texel { color, ..Texel::EMPTY });
    }

    fn height_map(&mut self) {
        let plan = self.plan;
        let (height_map, contours) = (&plan.scene.height_map, &plan.scene.height_map.contours);
        let width = contours.width * self.scale;
        let (least, most) = plan.relief.seen;
        let shades = 255.0 / (most - least).max(1e-6);
        let rows = self.rows.clone();
        let texels = &mut *self.texels;
        let columns = self.width;
        plan.relief.triangles(&rows, |corners| {
            clipped(corners, HeightScale::TOP as f32, |corners| {
                let Some(triangle) = Triangle::new(corners, &rows) else {
                    return;
                };
                let slope = triangle.height.slope();
                let levels = near(plan.levels, triangle.height.range(), slope * width);
                let side = if triangle.clockwise { -SHADE.1 } else { SHADE.1 };
                triangle.spans(&rows, columns, |row, span, x, y| {
                    let line = &mut texels[(row - rows.start) * columns..][span];
                    for (offset, texel) in line.iter_mut().enumerate() {
                        let x = x + offset as f32;
                        let depth = triangle.depth.at(x, y);
                        if depth < texel.depth {
                            let height = triangle.height.at(x, y);
                            let shade = ((height - least) * shades) as usize;
                            texel.depth = depth;
                            texel.color = lit(
                                height_map.ramp[shade.min(255)],
                                SHADE.0 + (side * triangle.extra.at(x, y)).max(0.0),
                            );
                            if !levels.is_empty() {
                                over(
                                    &mut texel.color,
                                    contours.color,
                                    contours.alpha * lines(levels, height, slope, width),
                                );
                            }
                        }
                    }
                });
            });
        });
    }

    /// Paints the caller's color over the loss surface, once per sample.
    fn tint(&mut self) {
        let Some(tint) = self.plan.scene.height_map.tint else {
            return;
        };
        for (row, line) in self.rows.clone().zip(self.texels.chunks_exact_mut(self.width)) {
            for (column, texel) in line.iter_mut().enumerate().filter(|(_, texel)| texel.depth.is_finite()) {
                let screen = Point3::new(column as f64 + 0.5, row as f64 + 0.5, f64::from(texel.depth));
                let (at, _) = self.plan.projection.stage().landscape(&self.plan.projection.scene(&screen));
                if let Some((color, alpha)) = tint(at) {
                    over(&mut texel.color, color, alpha);
                }
            }
        }
    }

    fn local_models(&mut self, part: Part) {
        for (index, local_model) in self.plan.scene.local_models.iter().enumerate() {
            self.local_model(part, index);
            let stripes = Stripes::new(local_model.hatch, STRIPES * self.scale);
            self.lay(|texel, column, row, _| {
                let (face, ink) = match part {
                    Part::Seen => (1.0, 1.0),
                    Part::Hidden => (HATCH.0 + (HATCH.1 - HATCH.0) * stripes.at(column, row), HIDDEN_INK),
                };
                over(&mut texel.color, local_model.color, local_model.opacity * face);
                over(&mut texel.color, local_model.ink, texel.mark * ink);
            });
        }
    }

    /// Leaves in the veil what is nearest of a part of a local model.
    fn local_model(&mut self, part: Part, index: usize) {
        let plan = self.plan;
        let rows = self.rows.clone();
        let width = 1.5 * self.scale;
        plan.patches.triangles(index, &rows, |corners| {
            clipped(corners, HeightScale::TOP as f32, |corners| {
                let Some(triangle) = Triangle::new(corners, &rows) else {
                    return;
                };
                let (slope, parting) = (triangle.height.slope(), triangle.extra.slope());
                // Under the stripes level lines would only be noise.
                let levels =
                    if part == Part::Seen { near(plan.levels, triangle.height.range(), slope * width) } else { &[] };
                triangle.spans(&rows, self.width, |row, span, x, y| {
                    self.cover(row, span.clone());
                    let line = &mut self.texels[(row - rows.start) * self.width..][span];
                    for (offset, texel) in line.iter_mut().enumerate() {
                        let x = x + offset as f32;
                        let depth = triangle.depth.at(x, y) - LOCAL_MODEL_LIFT * self.scale;
                        if depth < texel.veil && (depth <= texel.depth) == (part == Part::Seen) {
                            let meeting = coverage(triangle.extra.at(x, y).abs() / parting - width / 2.0);
                            let level = if levels.is_empty() {
                                0.0
                            } else {
                                lines(levels, triangle.height.at(x, y), slope, width / 1.5)
                            };
                            texel.veil = depth;
                            texel.mark = meeting.max(LOCAL_MODEL_LEVELS * level);
                        }
                    }
                });
            });
        });
    }

    fn traces(&mut self, on_surface: bool) {
        let plan = self.plan;
        for trace in plan.strokes.traces.iter().filter(|trace| trace.pen.on_surface == on_surface) {
            if trace.rows.0 < self.rows.end as f32 && trace.rows.1 > self.rows.start as f32 {
                for stroke in &plan.strokes.strokes[trace.strokes.clone()] {
                    self.stroke(stroke, &trace.pen);
                }
                self.ink(&trace.pen);
            }
        }
    }

    /// Leaves a stroke in the veil: of overlapping ones of the same trace the one counts in whose middle a pixel lies deeper.
    fn stroke(&mut self, stroke: &Stroke, pen: &Pen) {
        let probe = stroke.probe(pen.dash);
        let reach = stroke.radii.0.max(stroke.radii.1) + pen.halo + 1.0;
        let (top, bottom) = (stroke.from.y.min(stroke.to.y) - reach, stroke.from.y.max(stroke.to.y) + reach);
        let first = self.rows.start.max(top.max(0.0) as usize);
        let last = self.rows.end.min(bottom.max(0.0) as usize + 1);
        for row in first..last {
            let span = stroke.columns(row as f32 + 0.5, reach, self.width);
            if span.is_empty() {
                continue;
            }
            self.cover(row, span.clone());
            let start = span.start as f32 + 0.5;
            let line = &mut self.texels[(row - self.rows.start) * self.width..][span];
            for (offset, texel) in line.iter_mut().enumerate() {
                let (mark, depth) = probe(Vector2::new(start + offset as f32, row as f32 + 0.5));
                if mark < texel.mark {
                    texel.mark = mark;
                    texel.veil = depth - pen.lift;
                }
            }
        }
    }

    fn ink(&mut self, pen: &Pen) {
        let ground = self.plan.scene.ground;
        let stripes = Stripes::new(-45.0, STRIPES * self.scale);
        self.lay(|texel, column, row, nearer| {
            let share = match (nearer, pen.hidden) {
                (true, _) => 1.0,
                (false, Hidden::Drop) => return,
                (false, Hidden::Dim) => DIM,
                (false, Hidden::Hatch) if pen.striped => BARRED.0 + (BARRED.1 - BARRED.0) * stripes.at(column, row),
                (false, Hidden::Hatch) => BARRED.0.midpoint(BARRED.1),
            };
            let mut layer = |color: Rgb, grown: f32, share: f32| {
                over(&mut texel.color, color, share * coverage(texel.mark - grown));
            };
            if pen.halo > 0.0 && (nearer || pen.hidden == Hidden::Hatch) {
                layer(ground, pen.halo, if nearer { 1.0 } else { DIM });
            }
            layer(pen.color, 0.0, share);
            if let Some(ring) = pen.hollow {
                layer(ground, -ring, share);
            }
        });
    }

    /// Remembers that the veil covers some columns of a row.
    fn cover(&mut self, row: usize, span: Range<usize>) {
        let veiled = &mut self.veiled[row - self.rows.start];
        *veiled = (veiled.0.min(span.start), veiled.1.max(span.end));
    }

    /// Lays the veil over the picture: `look(texel, column, row, nearer than the loss)`, and takes it away.
    fn lay(&mut self, mut look: impl FnMut(&mut Texel, usize, usize, bool)) {
        for (row, veiled) in self.rows.clone().zip(&mut self.veiled) {
            let (first, last) = std::mem::replace(veiled, (usize::MAX, 0));
            if first >= last {
                continue;
            }
            let line = &mut self.texels[(row - self.rows.start) * self.width..][first..last];
            for (column, texel) in (first..last).zip(line) {
                if texel.veil < f32::INFINITY {
                    look(texel, column, row, texel.veil <= texel.depth);
                    (texel.veil, texel.mark) = (f32::INFINITY, f32::INFINITY);
                }
            }
        }
    }
}
