//! The shape of the method's ball: what counts as long as the step, and the level line that touches it where the step goes.

use super::carried::label_place;
use super::{Overlay, OverlayId, TWO_WEIGHTS};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ball::{differs, rim_lines};
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::label::{Label, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::parameter;
use crate::numbers::{Point, Vector};
use crate::optimizers::{Ball, GRADIENT, Metric, Rim};
use crate::run::StepAnalysis;

/// What counts as long as the step.
pub const BALL: OverlayId = OverlayId::new("ball");

pub(super) const OVERLAY: Overlay = Overlay {
    id: BALL,
    label: "Unit ball of the norm",
    help: "All steps of the same length as this one in the method's norm (a circle, a square, an ellipse), and the level line of the model that touches them where the step leads. Where the method descends along another vector than ∇f, the level line of ∇f is drawn beside it.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: None,
    tabs: &[Pane::Rule],
    z_order: 150,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(lines),
    raise: None,
    is_known: true,
};

/// A shorter step, as a share of the view, has no shape that could be seen: its ball is drawn larger, and that is said.
const SEEN: f64 = 0.08;
/// The largest factor by which it is drawn larger: beyond that the step is next to nothing.
const LARGEST: f64 = 1e3;

/// The rim around the iterate and the displacement to the landing on it.
struct Shape {
    ball: Ball,
    rim: Rim,
    from: Point,
    /// Without what is added beside; as many times larger as all of it is drawn.
    step: Vector,
    /// How many times larger.
    times: f64,
}

impl Shape {
    fn of(context: &OverlayContext<'_>, analysis: &StepAnalysis) -> Option<Self> {
        let (ball, proposed) = (analysis.replayed.ball?, analysis.proposed()?);
        let shown = ball.explained(proposed);
        // As large on the map as on the surface, unless the map is nearer.
        let scale = context.scale;
        let size = scale.size(context.view).min(scale.size(context.landscape.domain()));
        let times = simple_from(SEEN * size / scale.length(shown));
        let step = shown * times;
        // Nothing is added to what is drawn larger.
        let rim = Ball { shift: None, ..ball }.rim(step).ok()?;
        (times <= LARGEST).then_some(Self { ball, rim, from: analysis.iterate.at, step, times })
    }

    fn outlines(&self, context: &OverlayContext<'_>) -> Vec<Vec<Point>> {
        let on_surface = |line: Vec<Vector>| line.into_iter().map(|place| self.from + place).collect();
        rim_lines(&self.rim, self.step, 2.0 * context.view.size()).into_iter().map(on_surface).collect()
    }

    /// The line through the landing on which a vector's plane is level.
    fn level_line(&self, context: &OverlayContext<'_>, vector: Vector) -> Option<[Point; 2]> {
        let size = context.scale.size(context.view);
        let half = (1.1 * context.scale.length(self.step)).clamp(0.07 * size, 0.3 * size);
        let along = context.scale.of_length(Vector::new(-vector.y, vector.x), half);
        let tip = self.from + self.step;
        // The end that lies higher comes last.
        let along = if along.y < 0.0 { -along } else { along };
        along.iter().all(|number| number.is_finite()).then(|| [tip - along, tip + along])
    }
}

/// The least of 1, 2, 5, 10, 20 … that is not less.
pub(super) fn simple_from(least: f64) -> f64 {
    if least.is_nan() || least <= 1.0 {
        return 1.0;
    }
    let ten = libm::pow(10.0, libm::log10(least).floor());
    [1.0, 2.0, 5.0].into_iter().map(|digit| digit * ten).find(|value| *value >= least).unwrap_or(10.0 * ten)
}

/// The level lines through the landing: whose, in which ink, and from where to where.
fn level_lines(
    context: &OverlayContext<'_>,
    analysis: &StepAnalysis,
    shape: &Shape,
    ink: Ink,
) -> Vec<(&'static str, Pen, [Point; 2])> {
    let gradient = analysis.model.gradient;
    let plane = Pen::new(Ink::Plane, 2.2).with_halo(1.2);
    let own = Pen::new(ink, 2.2).with_halo(1.2);
    let mut wanted = Vec::new();
    if differs(&shape.ball, gradient) {
        wanted.push((GRADIENT, Pen { width: 1.8, ..plane }, gradient));
        wanted.push((shape.ball.name, own, shape.ball.vector));
    } else {
        wanted.push((GRADIENT, plane, gradient));
    }
    let line = |(name, pen, vector)| Some((name, pen, shape.level_line(context, vector)?));
    wanted.into_iter().filter_map(line).collect()
}

/// The lines alone.
fn lines(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let Some(shape) = Shape::of(context, analysis) else { return };
    let pen = Pen::new(path.style.0, 1.8).with_halo(1.2);
    out.extend(shape.outlines(context).into_iter().map(|outline| Primitive::line(outline, pen)));
    if shape.times > 1.0 {
        out.push(Primitive::line(vec![shape.from, shape.from + shape.step], Pen::new(path.style.0, 1.2)));
    }
    for (_, pen, ends) in level_lines(context, analysis, &shape, path.style.0) {
        out.push(Primitive::line(ends.to_vec(), pen));
    }
}

/// Beside a level line: at the end in view that is farther from the iterate's own words.
fn level_line_end(context: &OverlayContext<'_>, shape: &Shape, [low, high]: [Point; 2]) -> (Point, Anchor) {
    let (end, up) = if context.view.contains(high) { (high, 8.0) } else { (low, -8.0) };
    let anchor = if end.x < shape.from.x + shape.step.x { Anchor::Right } else { Anchor::Left };
    let right = if anchor == Anchor::Left { 5.0 } else { -5.0 };
    (context.offset(end, right, up), anchor)
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let ink = path.style.0;
    lines(context, out);
    if let Some(Err(_)) = analysis.replayed.ball.zip(analysis.proposed()).map(|(ball, step)| ball.rim(step)) {
        return out.push(Label::new("no norm here", Ink::Muted, Swatch::None).into());
    }
    let Some(shape) = Shape::of(context, analysis) else { return };
    for (name, pen, [low, high]) in level_lines(context, analysis, &shape, ink) {
        let label = Label::new(format!("level line of {name}"), pen.ink, Swatch::Line(pen.dash));
        let (at, anchor) = level_line_end(context, &shape, [low, high]);
        out.push(label.at(at, anchor).into());
    }
    let outline: Vec<Point> = shape.outlines(context).concat();
    // Where there is room for the words, if it can be.
    let roomy = context.scale.inset(context.view, 60.0, 12.0);
    let place = label_place(context, roomy, analysis, &outline);
    if let Some((at, anchor)) = place.or_else(|| label_place(context, context.view, analysis, &outline)) {
        out.push(Label::new(words(&shape), ink, Swatch::Line(Dash::Solid)).at(at, anchor).into());
    }
}

/// What the shape is: `ellipse of √v̂ + ε`.
fn words(shape: &Shape) -> String {
    let words = match (shape.ball.metric, shape.rim) {
        (Metric::Form { name, .. }, rim) => format!("{} of {name}", rim.word()),
        (_, Rim::Square { .. }) if shape.step.x.abs() == shape.step.y.abs() => "square: its corner".to_owned(),
        (_, rim) => rim.word().to_owned(),
    };
    if shape.times > 1.0 { format!("{words}, drawn ×{}", parameter(shape.times)) } else { words }
}

#[cfg(test)]
mod tests {
    use super::simple_from;

    #[test]
    fn a_ball_is_drawn_simple_times_larger() {
        for (least, times) in
            [(0.3, 1.0), (1.0, 1.0), (1.2, 2.0), (2.1, 5.0), (7.0, 10.0), (13.0, 20.0), (501.0, 1000.0)]
        {
            assert!((simple_from(least) / times - 1.0).abs() < 1e-12, "{least}: {}", simple_from(least));
        }
        assert!(simple_from(f64::INFINITY) > 1e6, "no step at all");
    }
}
