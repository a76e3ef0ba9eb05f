//! Fog: the loss is hidden but for what the method has asked about: values as dots, gradients as small pieces of their planes.

use std::f64::consts::TAU;

use super::{ANY, Overlay, OverlayGroup, OverlayId};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::solid::{Solid, SolidLine};
use crate::landscapes::{Evaluation, Evaluations, Query};
use crate::numbers::numerals::counted;
use crate::numbers::{Point, Vector, direction};

/// What hides the loss.
pub const FOG: OverlayId = OverlayId::new("fog");

pub(super) const OVERLAY: Overlay = Overlay {
    id: FOG,
    label: "Fog",
    help: "Hides the loss except for what the selected run's method has evaluated: values as dots, gradients as small tangent planes with a tail downhill, Hessians as rings. This is all that the method knows.",
    needs: ANY,
    on_at_first: false,
    group: Some(OverlayGroup::Fog),
    tabs: &[],
    z_order: 240,
    views: &[Pane::Map, Pane::Surface, Pane::Slice, Pane::Loss],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: true,
};

/// Answers nearer to each other than this are drawn as one, the latest; in points.
const APART: f64 = 4.0;
/// The most answers that are drawn.
const MOST: usize = 900;
/// Between two lines of the hatching, in points.
const HATCH: f64 = 22.0;
/// About how wide a letter is, with some room at the end of a line, in points.
const LETTER: f64 = 8.6;
/// Half the piece of a plane across the slope, in points.
const ACROSS: f64 = 8.0;
/// The tail of the piece of a plane downhill, in points.
const TAIL: f64 = 7.0;

/// What was asked, in words: `3 gradients, 1 Hessian`.
pub fn evaluations_words(evaluations: Evaluations) -> String {
    let counts =
        [(evaluations.values, "value"), (evaluations.gradients, "gradient"), (evaluations.hessians, "Hessian")];
    let words = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| counted(count as usize, name));
    let words: Vec<String> = words.collect();
    if words.is_empty() { "nothing yet".to_owned() } else { words.join(", ") }
}

/// The answers to draw, latest first: of each kind one per cell, which is a point of `cells` wide and high.
fn drawn(queries: &[Query], cells: PageScale) -> Vec<&Query> {
    let mut taken = std::collections::HashSet::new();
    let cell = |at: Point| <[f64; 2]>::from(cells.on_page(at.coords)).map(|coordinate| coordinate.round() as i64);
    let kind = |query: &Query| std::mem::discriminant(&query.answer);
    let is_finite = |query: &&Query| query.at.coords.iter().all(|coordinate| coordinate.is_finite());
    let clear = |query: &&Query| taken.insert((kind(query), cell(query.at)));
    queries.iter().rev().filter(is_finite).filter(clear).take(MOST).collect()
}

/// The fog itself, beneath all else: a calm hatching over the ground.
pub fn veil(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let ([x0, x1], [y0, y1]) = (context.view.x, context.view.y);
    let pen = Pen::new(Ink::Hairline, 1.0).pale(0.8);
    let size = context.scale.on_page(Vector::new(x1 - x0, y1 - y0));
    let lines = (size.sum() / HATCH).min(400.0) as usize;
    for line in 1..=lines {
        let corner = Point::new(x0, y0);
        let right = line as f64 * HATCH;
        let [from, to] = [context.offset(corner, right, 0.0), context.offset(corner, right - size.y, size.y)];
        if let Some([a, b]) = context.view.cut(from, to) {
            out.push(Primitive::line(vec![a, b], pen));
        }
    }
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(queries) = context.step.queries else { return };
    for query in drawn(&queries.queries, context.scale.times(APART)).into_iter().rev() {
        if context.view.contains(query.at) {
            draw_answer(context, query, out);
        }
    }
    let corner = Point::new(context.view.x[0], context.view.y[1]);
    let room = (context.width() / LETTER) as usize;
    let mut row = 0.0;
    let mut say = |text: &str, strong: bool| {
        for text in wrapped(text, room) {
            let at = context.offset(corner, 10.0, -16.0 - 24.0 * row);
            out.push(Primitive::Text { at, text, ink: Ink::Truth, anchor: Anchor::Left, strong });
            row += 1.0;
        }
    };
    say("fog: only what the method has evaluated is shown (9 lifts it)", true);
    let [before, now] = spent(context);
    let shown = match queries.left_out {
        0 => String::new(),
        _ if queries.steps == 1 => "; those of the last step are shown".to_owned(),
        _ => format!("; those of the last {} steps are shown", queries.steps),
    };
    say(&format!("evaluations up to here: {}{shown}", evaluations_words(before)), false);
    if now != Evaluations::default() {
        say(&format!("and for the step from here: {}", evaluations_words(now)), false);
    }
}

/// What the selected run has asked up to the iterate that is shown, which a flight by hand counts, and what it asks there for its
/// step.
fn spent(context: &OverlayContext<'_>) -> [Evaluations; 2] {
    let Some(analysis) = context.step.analysis else { return Default::default() };
    let run = context.runs.paths.iter().find(|path| path.selected).map(|path| path.run);
    let before = run.zip(analysis.index.checked_sub(1)).and_then(|(run, index)| run.iterates().get(index));
    let before = before.map(|iterate| iterate.evaluations).unwrap_or_default();
    let whole = analysis.iterate.evaluations;
    let rest = |of: fn(&Evaluations) -> u32| of(&whole).saturating_sub(of(&before));
    let now = Evaluations {
        values: rest(|of| of.values),
        gradients: rest(|of| of.gradients),
        hessians: rest(|of| of.hessians),
    };
    [before, now]
}

/// A text in lines of this many letters.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn draw_answer(context: &OverlayContext<'_>, query: &Query, out: &mut Vec<Primitive<'_>>) {
    let at = query.at;
    match query.answer {
        Evaluation::Value(_) => {
            out.push(Primitive::mark(at, MarkerShape::Circle, 1.8, Pen::new(Ink::Truth, 1.0), true));
        }
        Evaluation::Gradient(_, gradient) => {
            let pen = Pen::new(Ink::Plane, 2.2).with_halo(1.0);
            let Some(uphill) = direction(gradient) else {
                return out.push(Primitive::mark(at, MarkerShape::Circle, 4.0, pen, false));
            };
            let across = context.scale.of_length(Vector::new(-uphill.y, uphill.x), ACROSS);
            out.push(Primitive::line(vec![at - across, at + across], pen));
            out.push(Primitive::line(vec![at, at - context.scale.of_length(uphill, TAIL)], Pen { width: 1.4, ..pen }));
        }
        Evaluation::Hessian(_) => {
            out.push(Primitive::mark(at, MarkerShape::Circle, 8.0, Pen::new(Ink::Quadratic, 1.6), false));
        }
    }
}

/// What the method has asked at its height: values as dots, gradients as pieces of their planes.
fn raise(context: &OverlayContext<'_>, stage: &Stage, out: &mut Vec<Solid<'_>>) {
    /// Answers nearer to each other than this are one, in scene units.
    const CELL: f64 = 0.024;
    /// The radius of a piece of a plane, in scene units.
    const PIECE: f64 = 0.07;
    /// Half the length of a dot, in scene units.
    const DOT: f64 = 0.004;
    /// Answers on the surface at most.
    const MOST_RAISED: usize = 200;
    let Some(queries) = context.step.queries else { return };
    let scene = stage.scale();
    let mut line = |line: Vec<(Point, f64)>, ink: Ink, width: f32| {
        out.push(Solid::Line(SolidLine { rim: false, ..SolidLine::through(line, ink, width) }));
    };
    for query in drawn(&queries.queries, scene.times(CELL)).into_iter().take(MOST_RAISED) {
        let Some(value) = query.answer.value().filter(|value| value.is_finite()) else { continue };
        if let Evaluation::Gradient(_, gradient) = query.answer {
            for piece in plane_piece(query.at, value, gradient, scene.times(PIECE)) {
                line(piece, Ink::Plane, 1.6);
            }
        }
        let dot = [-DOT, DOT].map(|away| (query.at + scene.way(away, 0.0), value));
        line(dot.to_vec(), Ink::Truth, 3.6);
    }
}

/// The piece of a plane over a small disc on the page, as its rim in three dimensions: places and heights; with its tail
/// downhill.
fn plane_piece(at: Point, value: f64, gradient: Vector, radius: PageScale) -> [Vec<(Point, f64)>; 2] {
    const CORNERS: usize = 24;
    let raised = |away: Vector| (at + away, value + gradient.dot(&away));
    let rim = (0..=CORNERS).map(|corner| {
        let (sine, cosine) = libm::sincos(TAU * (corner % CORNERS) as f64 / CORNERS as f64);
        raised(radius.way(cosine, sine))
    });
    let downhill = direction(gradient).map_or_else(Vector::zeros, |uphill| -radius.of_length(uphill, 1.0));
    [rim.collect(), vec![raised(Vector::zeros()), raised(downhill)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_counted_in_words() {
        let words = |values, gradients, hessians| evaluations_words(Evaluations { values, gradients, hessians });
        assert_eq!(words(0, 3, 1), "3 gradients, 1 Hessian");
        assert_eq!(words(1, 0, 0), "1 value");
        assert_eq!(words(0, 0, 0), "nothing yet");
    }

    #[test]
    fn long_words_are_wrapped() {
        assert_eq!(wrapped("fog: only evaluations are shown", 12), ["fog: only", "evaluations", "are shown"]);
        assert_eq!(wrapped("a b", 0), ["a", "b"], "where there is no room at all");
    }

    #[test]
    fn answers_at_one_place_are_one_and_kinds_stay_apart() {
        let query = |x: f64, answer| Query { at: Point::new(x, 0.0), answer };
        let gradient = Evaluation::Gradient(None, Vector::x());
        let queries = [
            query(0.0, Evaluation::Value(1.0)),
            query(0.1, Evaluation::Value(2.0)),
            query(0.0, gradient),
            query(9.0, Evaluation::Value(3.0)),
            query(f64::NAN, gradient),
        ];
        let shown: Vec<Query> = drawn(&queries, PageScale::equal(1.0)).into_iter().copied().collect();
        assert_eq!(shown, [queries[3], queries[2], queries[1]], "the latest of each place and kind");
    }

    #[test]
    fn a_piece_of_a_plane_lies_on_the_plane() {
        let (at, gradient) = (Point::new(1.0, 2.0), Vector::new(3.0, -1.0));
        let [rim, tail] = plane_piece(at, 5.0, gradient, PageScale::new(0.1, 0.2));
        for (point, height) in rim.iter().chain(&tail) {
            assert!((height - 5.0 - gradient.dot(&(point - at))).abs() < 1e-12, "{point}");
        }
        assert!(tail[1].1 < tail[0].1, "downhill");
    }
}
