//! A local model on the map by its level sets: parallel lines, ellipses, hyperbolas or parabolas, evenly spaced for a plane and
//! by equal areas for a quadratic.

use super::OverlayId;
use crate::analysis::{Kink, LocalModel, ModelOrder, ShownPlanes};
use crate::drawing::OverlayContext;
use crate::drawing::ink::Ink;
use crate::drawing::isolines::{SampledGrid, isolines};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::network_models::{CurvatureKind, drawn, network_models};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::shown_model::ShownModel;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::{Eigen2, Point};
use crate::run::StepAnalysis;

/// How many level lines a local model has.
const LINES: usize = 14;

/// Level lines of a local model within the disc of the step.
///
/// They are traced along the principal directions, finer across a valley than along it: a level set may be a thousand
/// times longer than wide.
pub(super) fn draw_model(
    context: &OverlayContext<'_>,
    analysis: &StepAnalysis,
    order: ModelOrder,
    out: &mut Vec<Primitive<'_>>,
) {
    if let Some((kink, shown)) = context.step.kink.filter(|_| order == analysis.order) {
        draw_planes(context, analysis, kink, shown, out);
    }
    let ShownModel::Model(order) = context.step.shown_model(order) else { return };
    if analysis.curvature.is_none() || !analysis.assumed.is_finite() {
        return;
    }
    let (name, ink) = match order {
        ModelOrder::Linear => ("tangent plane", Ink::Plane),
        ModelOrder::Quadratic if analysis.assumed.hessian == analysis.model.hessian => {
            ("quadratic model", Ink::Quadratic)
        }
        ModelOrder::Quadratic => ("the method's quadratic model", Ink::Quadratic),
    };
    let disc = footprint(context.scale, context.view, analysis, order).1;
    if order == ModelOrder::Linear && is_level(analysis, disc) {
        // Its lines would turn with what rounding leaves of the gradient.
        return out.push(Label::new(LEVEL, ink, Swatch::None).into());
    }
    let swatch = if order == ModelOrder::Linear { Swatch::Levels } else { Swatch::Rings };
    out.push(Label::new(name, ink, swatch).into());
    let pen = Pen::new(ink, 1.8).pale(0.9);
    let lines = level_lines(&analysis.assumed, order, disc, LINES).into_iter();
    let pieces = lines.flat_map(|line| with_values(context.landscape, disc, line));
    out.extend(pieces.map(|line| Primitive::line(line, pen)));
}

/// What is said of a tangent plane that is level to the eye, in place of its lines.
const LEVEL: &str = "tangent plane: level";

/// Whether the tangent plane changes nothing that matters: neither along the step nor within its disc, beside what the run has
/// gained.
fn is_level(analysis: &StepAnalysis, disc: PageScale) -> bool {
    /// The share of the decrease so far that is not seen on a picture of the surface.
    const SEEN: f64 = 1e-6;
    let span = analysis.model.gradient.component_mul(&disc.units()).norm();
    let is_little = analysis.change.is_none_or(|change| analysis.is_little(change.linear));
    is_little && span <= SEEN * analysis.decrease
}

/// Where a name stands at the rim of a disc, above it or below; beside its middle where the rim is out of sight.
fn name_place(view: ViewBox, center: Point, rim: Point, up: f64) -> (Point, Anchor) {
    if view.contains(rim) {
        return (rim, if up > 0.0 { Anchor::Bottom } else { Anchor::Top });
    }
    let edge = view.y[usize::from(up > 0.0)] - up * 0.04 * view.height();
    (Point::new(center.x, edge), Anchor::Center)
}

/// A few level lines of a network's other quadratic model with its name at the rim; where there is none to draw, why.
pub(super) fn draw_network_model(context: &OverlayContext<'_>, whose: CurvatureKind, out: &mut Vec<Primitive<'_>>) {
    /// So few that the Hessian's are still seen between them.
    const FEW: usize = 5;
    let Some(analysis) = context.step.analysis.filter(|_| context.step.has_curvature()) else { return };
    let shows = |id: OverlayId| context.overlays.contains(&id);
    let local_models = network_models(analysis, context.step.curvatures, shows, drawn(analysis, shows));
    let Some(local_model) = local_models.into_iter().find(|local_model| local_model.whose == whose) else { return };
    let (center, disc) = footprint(context.scale, context.view, analysis, ModelOrder::Quadratic);
    if let Some(model) = local_model.model {
        let pen = Pen::new(whose.ink(), 2.0).dashed(whose.dash()).with_halo(0.8);
        let lines = level_lines(&model, ModelOrder::Quadratic, disc, FEW);
        out.extend(lines.into_iter().map(|line| Primitive::line(line, pen)));
    }
    // One name above the disc and one below it.
    let up = if whose == CurvatureKind::GaussNewton { 1.0 } else { -1.0 };
    let (at, anchor) = name_place(context.view, center, center + disc.way(0.0, up), up);
    let label = Label::new(local_model.words, whose.ink(), Swatch::Line(whose.dash()));
    out.push(label.at(at, anchor).ranked(Rank::Part).into());
}

/// The pieces of a line along which the loss has values: lines of a model are not drawn over holes or beyond the edge of
/// a grid. Samples, whose sums have values everywhere, are not asked.
fn with_values(landscape: &Landscape, disc: PageScale, line: Vec<Point>) -> Vec<Vec<Point>> {
    /// Places that are tried along a radius.
    const TRIED: f64 = 48.0;
    if landscape.data().is_some() {
        return vec![line];
    }
    let has_value = |at: &Point| landscape.loss().value(*at).is_finite();
    let mut fine: Vec<Point> = line.first().copied().into_iter().collect();
    for ends in line.windows(2) {
        let parts = (TRIED * disc.distance(ends[0], ends[1])).ceil().clamp(1.0, TRIED) as u32;
        fine.extend((1..=parts).map(|part| ends[0] + (ends[1] - ends[0]) * (f64::from(part) / f64::from(parts))));
    }
    if fine.iter().all(has_value) {
        return vec![line];
    }
    fine.split(|at| !has_value(at)).filter(|piece| piece.len() > 1).map(<[Point]>::to_vec).collect()
}

/// Level lines of a local model within a disc around its point, evenly spaced; a point of `disc` is the radius.
fn level_lines(model: &LocalModel, order: ModelOrder, disc: PageScale, count: usize) -> Vec<Vec<Point>> {
    let eigen = disc.form(model.hessian).eigen();
    let [along, across] = eigen.vectors;
    let place = |a: f64, b: f64| {
        let page = along * a + across * b;
        model.at + disc.way(page.x, page.y)
    };
    let cells = match order {
        ModelOrder::Linear => [2, 2],
        ModelOrder::Quadratic => cells(eigen.values),
    };
    let [first, second] = principal_parts(model, order, disc, &eigen);
    let grid = SampledGrid::computed(ViewBox::square(1.0), cells, |a, b| first(a) + second(b));
    let mut pieces = Vec::new();
    let levels = match order {
        ModelOrder::Linear => levels(&grid, 0.0, count),
        ModelOrder::Quadratic => even_levels(&grid, count),
    };
    for line in isolines(&grid, &levels) {
        let within = within_disc(&line, Point::origin(), 1.0).into_iter();
        pieces.extend(within.map(|line| line.iter().map(|point| place(point.x, point.y)).collect()));
    }
    pieces
}

/// The change that a local model predicts, as the sum of a part along each principal direction.
fn principal_parts(model: &LocalModel, order: ModelOrder, disc: PageScale, eigen: &Eigen2) -> [impl Fn(f64) -> f64; 2] {
    [0, 1].map(|index| {
        let axis = eigen.vectors[index];
        let slope = model.gradient.dot(&disc.way(axis.x, axis.y));
        let curvature = if order == ModelOrder::Quadratic { eigen.values[index] } else { 0.0 };
        move |along: f64| (slope + 0.5 * curvature * along) * along
    })
}

/// The planes at a kink instead of a local model: a chosen one, or each in its sector; and what is shown in a word or two.
fn draw_planes(
    context: &OverlayContext<'_>,
    analysis: &StepAnalysis,
    kink: &Kink,
    shown: ShownPlanes,
    out: &mut Vec<Primitive<'_>>,
) {
    /// Cells along a side for planes that meet: their level lines have corners.
    const MEETING: usize = 120;
    // Planes that meet need room to be distinguished.
    let (center, disc) = footprint(context.scale, context.view, analysis, ModelOrder::Quadratic);
    let count = kink.planes().len();
    let (words, cells) = match shown {
        _ if count == 0 => return out.push(named(context, center, "no plane here".to_owned(), Ink::Gap)),
        ShownPlanes::Used => return out.push(named(context, center, "by convention".to_owned(), Ink::Plane)),
        ShownPlanes::One(index) => (format!("plane {} of {count}", index + 1), 2),
        ShownPlanes::All => (format!("{count} planes meet"), MEETING),
    };
    let place = |x: f64, y: f64| center + disc.way(x, y);
    let height = |x, y| kink.height(shown, &analysis.model, place(x, y)).unwrap_or(f64::NAN);
    let grid = SampledGrid::computed(ViewBox::square(1.0), [cells; 2], height);
    let pen = Pen::new(Ink::Plane, 1.8).pale(0.9);
    for line in isolines(&grid, &levels(&grid, analysis.model.value, LINES)) {
        for piece in within_disc(&line, Point::origin(), 1.0) {
            out.push(Primitive::line(piece.iter().map(|point| place(point.x, point.y)).collect(), pen));
        }
    }
    out.push(named(context, center, words, Ink::Plane));
}

/// What is shown at a kink, below the point.
fn named<'a>(context: &OverlayContext<'_>, at: Point, words: String, ink: Ink) -> Primitive<'a> {
    Label::new(words, ink, Swatch::Levels).at(context.offset(at, 0.0, -14.0), Anchor::Top).ranked(Rank::Part).into()
}

/// Cells along the first and the second principal direction: more where the local model bends more.
fn cells(eigenvalues: [f64; 2]) -> [usize; 2] {
    const COARSE: f64 = 56.0;
    const FINEST: f64 = 14.0;
    let [first, second] = eigenvalues.map(|value| value.abs().sqrt());
    let finer = |mine: f64, other: f64| if mine > other { (mine / other).min(FINEST) } else { 1.0 };
    [COARSE * finer(first, second), COARSE * finer(second, first)].map(|cells| cells as usize)
}

/// The disc in which a local model is drawn, its middle and as a scale its radius: a little more than the step, but neither a
/// speck nor more than the view.
pub fn footprint(scale: PageScale, view: ViewBox, analysis: &StepAnalysis, order: ModelOrder) -> (Point, PageScale) {
    let size = scale.size(view);
    let length = analysis.proposed().map_or(0.0, |step| scale.length(step));
    let radius = if length.is_finite() { 1.12 * length } else { size };
    // A curved local model needs room for its curves to be distinguished from lines.
    let least = if order == ModelOrder::Linear { 0.08 } else { 0.2 };
    (analysis.iterate.at, scale.times(radius.clamp(least * size, 0.6 * size)))
}

/// Evenly spaced levels over what the local model spans, one of them through the iterate.
fn levels(grid: &SampledGrid, through: f64, count: usize) -> Vec<f64> {
    let finite = || grid.values.iter().copied().filter(|value| value.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    let spacing = (high - low) / count as f64;
    if !(spacing > 0.0 && spacing.is_finite()) {
        return Vec::new();
    }
    let below = ((through - low) / spacing).floor() as i64;
    (-below..=count as i64 - below).map(|index| through + index as f64 * spacing).collect()
}

/// Levels with as much of the disc between two of them as between two others: the lines are about as far apart everywhere.
/// Evenly spaced ones would crowd at the rim, and leave a gap about the point that is wider than a valley.
fn even_levels(grid: &SampledGrid, count: usize) -> Vec<f64> {
    /// This number of samples gives the shares of the area well enough; sorting all of them would cost too much in a frame.
    const ASKED: usize = 4096;
    // An odd distance, so that they do not stand in columns.
    let every = (grid.values.len() / ASKED) | 1;
    let asked = grid.values.iter().step_by(every).copied();
    let mut values: Vec<f64> = asked.filter(|value| value.is_finite()).collect();
    values.sort_unstable_by(f64::total_cmp);
    let [Some(low), Some(high)] = [values.first(), values.last()] else { return Vec::new() };
    if low == high {
        return Vec::new();
    }
    let mut levels: Vec<f64> = (0..count).map(|index| values[(2 * index + 1) * values.len() / (2 * count)]).collect();
    levels.dedup();
    levels
}

/// The pieces of a polyline inside a disc, cut exactly at its rim.
fn within_disc(line: &[Point], center: Point, radius: f64) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let Some([enter, leave]) = chord(pair[0], pair[1], center, radius) else {
            open = false;
            continue;
        };
        let way = pair[1] - pair[0];
        if !open || enter > 0.0 {
            pieces.push(vec![pair[0] + way * enter]);
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(pair[0] + way * leave);
        }
        open = leave >= 1.0;
    }
    pieces
}

/// The part of a segment inside a disc, as fractions of it.
fn chord(from: Point, to: Point, center: Point, radius: f64) -> Option<[f64; 2]> {
    let (way, offset) = (to - from, from - center);
    let (a, b, c) = (way.norm_squared(), offset.dot(&way), offset.norm_squared() - radius * radius);
    let discriminant = b * b - a * c;
    if a == 0.0 || discriminant <= 0.0 {
        return None;
    }
    let root = discriminant.sqrt();
    let (enter, leave) = (((-b - root) / a).max(0.0), ((-b + root) / a).min(1.0));
    (enter < leave).then_some([enter, leave])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    #[test]
    fn a_line_is_cut_at_the_rim_of_the_disc() {
        let line = [Point::new(-2.0, 0.6), Point::new(0.0, 0.6), Point::new(2.0, 0.6)];
        let pieces = within_disc(&line, Point::origin(), 1.0);
        assert_eq!(pieces.len(), 1, "one piece through the disc");
        for (found, x) in std::iter::zip(&pieces[0], [-0.8, 0.0, 0.8]) {
            assert!((found - Point::new(x, 0.6)).norm() < 1e-12, "{found} instead of x = {x}");
        }
        assert!(within_disc(&line, Point::new(0.0, 5.0), 1.0).is_empty(), "a line outside");
    }

    /// Both parts together are the change of the model, on a page with another scale along each side.
    #[test]
    fn the_parts_along_the_principal_directions_are_the_model() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let disc = PageScale::new(2.0, 0.7);
        for (at, order) in [
            ([0.4, -0.3], ModelOrder::Quadratic),
            ([-2.0, 3.3], ModelOrder::Quadratic),
            ([1.0, 2.0], ModelOrder::Linear),
        ] {
            let model = LocalModel::new(landscape.loss(), Point::from(at));
            let eigen = disc.form(model.hessian).eigen();
            let [first, second] = principal_parts(&model, order, disc, &eigen);
            for [a, b] in [[0.0, 0.0], [0.7, -0.2], [-1.0, 1.0]] {
                let page = eigen.vectors[0] * a + eigen.vectors[1] * b;
                let expected = model.local_model_at(order, model.at + disc.way(page.x, page.y)) - model.value;
                let found = first(a) + second(b);
                assert!((found - expected).abs() <= 1e-12 * (1.0 + model.value), "{at:?}: {found} for {expected}");
            }
        }
    }

    /// At the end of a run the plane is level to the eye: no lines, which would turn from one rate to the next, and the legend says so.
    /// Before, and where a tiny step is made on a steep plane, they are drawn.
    #[test]
    fn a_plane_that_is_level_to_the_eye_has_no_lines() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let drawn = |method: &str, is_last: bool| {
            let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(-0.5, -1.4), 400);
            let run = Run::of(&landscape, &recipe);
            let index = if is_last { run.iterates().len() - 1 } else { 2 };
            let analysis = StepAnalysis::of(&run, index).unwrap();
            let mut context = OverlayContext::bare(&landscape, ViewBox::square(6.0), PageScale::equal(0.02));
            context.step.analysis = Some(&analysis);
            let mut out = Vec::new();
            draw_model(&context, &analysis, ModelOrder::Linear, &mut out);
            let lines = out.iter().filter(|one| matches!(one, Primitive::Line { .. })).count();
            let says = out.iter().any(|one| matches!(one, Primitive::Label(label) if label.text == LEVEL));
            (lines, says)
        };
        for method in ["gd:lr=0.01", "gd:lr=0.012", "momentum:lr=0.005"] {
            assert_eq!(drawn(method, true), (0, true), "{method}");
            let (lines, says) = drawn(method, false);
            assert!(lines > LINES / 2 && !says, "{method}: {lines} lines");
        }
        let (lines, says) = drawn("gd:lr=1e-9", true);
        assert!(lines > LINES / 2 && !says, "{lines} lines of a steep plane");
    }

    /// No line leads over a hole or beyond the edge.
    #[test]
    fn lines_end_where_the_values_end() {
        for (formula, at) in [("x^2+y^2+0*ln(1-x)", [0.8, 0.0]), ("x^2+0*sqrt(0.3-y)", [0.5, 0.2])] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let model = LocalModel::new(landscape.loss(), Point::from(at));
            for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
                let lines = level_lines(&model, order, PageScale::equal(1.0), LINES);
                let pieces: Vec<Vec<Point>> = lines
                    .iter()
                    .flat_map(|line| with_values(&landscape, PageScale::equal(1.0), line.clone()))
                    .collect();
                let all =
                    |lines: &[Vec<Point>]| lines.iter().flatten().all(|at| landscape.loss().value(*at).is_finite());
                assert!(!all(&lines) && all(&pieces) && !pieces.is_empty(), "{formula}, {order:?}");
            }
        }
    }
}
