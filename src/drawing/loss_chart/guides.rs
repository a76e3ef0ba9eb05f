//! Guide lines through a fixed point of the selected run, where the premises of their theorems begin to hold: how fast the loss
//! falls by them, and on an axis of logarithms the powers of the step.
//!
//! Sources: S. Boyd and L. Vandenberghe, Convex Optimization (2004), section 9.3, for the exact line search; B. T. Polyak (1964)
//! for the heavy ball; L. Lessard, B. Recht and A. Packard (2016), table 1, for Nesterov's momentum; J. Nocedal and S. J. Wright
//! (2006), theorem 3.5, for Newton's method.

use super::curve::Ground;
use super::premise::{Premise, Quadratic};
use super::{ChartAxis, Curve, LossChartInput, YScale};
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Point;
use crate::numbers::numerals::number;
use crate::optimizers::LEARNING_RATE;

/// Steps of a quadratic tail that are drawn at most.
const TAIL: usize = 8;
/// Within this many steps it begins.
const MOST_BEFORE: usize = 64;

/// A law of the loss above f*: its name, and the powers of ten by which it falls in a step.
struct Guide {
    name: String,
    decades: f64,
}

/// What is said of the guides.
pub(super) struct GuideNote {
    pub(super) text: String,
    /// Whether it says why something is not drawn, and stays in little room.
    pub(super) lasts: bool,
}

/// Said on a logarithmic x axis, where other guides are drawn, or none.
const NO_LINE: &str = "A geometric rate is no straight line on log x";

/// The guides of the selected run, and what is to be known of them; nothing where none are asked for.
pub(super) fn draw_guides(
    input: &LossChartInput<'_>,
    ground: &Ground<'_>,
    out: &mut Vec<Primitive<'static>>,
) -> Vec<GuideNote> {
    if !input.choice.guides || !input.choice.quantity.is_loss() {
        return Vec::new();
    }
    let before = out.len();
    let text = draw_or_refuse(input, ground, out);
    let is_curved = ground.x.is_log() && input.choice.against == ChartAxis::Steps && !input.in_fog;
    let curved = is_curved.then(|| GuideNote { text: NO_LINE.to_owned(), lasts: true });
    let lasts = out.len() == before && curved.is_none();
    curved.into_iter().chain([GuideNote { text, lasts }]).collect()
}

/// Draws them, and says what they are or why there are none.
fn draw_or_refuse(input: &LossChartInput<'_>, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) -> String {
    if input.choice.against != ChartAxis::Steps {
        return "The theorems count steps: guide lines are drawn against steps".to_owned();
    }
    if input.in_fog {
        return "Guide lines need the minimum ahead, which the fog hides".to_owned();
    }
    let f_star = input.floor.as_ref().ok().map(|floor| floor.value);
    if !matches!(ground.y, YScale::Log { floor, .. } if Some(floor) == f_star) {
        return "The theorems are on loss − f*: guide lines are drawn on its logarithm".to_owned();
    }
    let selected = input.curves.iter().find(|curve| curve.path.selected && !curve.hidden);
    let Some((curve, premise)) = selected.zip(input.premise) else {
        return "No theorem has a guide line here".to_owned();
    };
    if ground.x.is_log() {
        return draw_power(premise, curve, ground, out);
    }
    let Some(quadratic) = premise.quadratic else {
        return "No theorem has a guide line here: its minimum has no positive curvature in every direction".to_owned();
    };
    let Some(from) = quadratic.from else { return quadratic.note() };
    let before = out.len();
    draw_from(from, &quadratic, curve, ground, out);
    if out.len() > before { quadratic.note() } else { "No theorem has a guide line for this run".to_owned() }
}

/// On an axis of logarithms: the power of the step, where there is one.
fn draw_power(premise: &Premise, curve: &Curve<'_>, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) -> String {
    let Some((power, from)) = premise.power.zip(point(curve, 1, ground)) else {
        return "No theorem has a power of k here: 1/k is descent’s on a convex loss, 1/k² that of Nesterov’s growing β. The ruler measures the slope".to_owned();
    };
    let (power, name) = power.law();
    let right = ground.view.x[1];
    draw(vec![from, Point::new(right, from.y + power * (right - from.x))], name.to_owned(), ground, out);
    format!("A convex loss, wherever it was tested: in the end the run falls at least as steeply as {name}")
}

/// The tail of a quadratic convergence, where there is one.
fn draw_tail(from: usize, curve: &Curve<'_>, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) {
    let Some((begin, constant)) = quadratic_tail(curve, from, ground) else { return };
    // The exponent doubles a step: log₁₀ Lₖ₊₁ = 2 log₁₀ Lₖ + c.
    let next = |at: &Point| Some(Point::new(at.x + 1.0, 2.0 * at.y + constant));
    let places = std::iter::successors(Some(begin), next).take(TAIL).take_while(|at| at.y.is_finite());
    draw(places.collect(), "quadratic, c·(f − f*)²: the digits double".to_owned(), ground, out);
}

/// The guides from a step on.
fn draw_from(
    from: usize,
    quadratic: &Quadratic,
    curve: &Curve<'_>,
    ground: &Ground<'_>,
    out: &mut Vec<Primitive<'static>>,
) {
    if curve.path.run.recipe().optimizer.entry.second_order() {
        return draw_tail(from, curve, ground, out);
    }
    let Some(begin) = point(curve, from, ground) else { return };
    for guide in guides(quadratic.curvatures, curve) {
        let right = ground.view.x[1];
        draw(vec![begin, Point::new(right, begin.y + guide.decades * (right - begin.x))], guide.name, ground, out);
    }
}

/// The point of a run at a step, or at the nearest one whose value is known.
fn point(curve: &Curve<'_>, step: usize, ground: &Ground<'_>) -> Option<Point> {
    let (step, value) = curve.trace.read(curve.path.run, step, ground.minima)?;
    Some(Point::new(ground.x.place(&curve.spending(), step)?, ground.y.height(value?)?))
}

/// What theorems say of the method, and of the best of its kind, with the curvatures at the minimum.
fn guides([low, high]: [f64; 2], curve: &Curve<'_>) -> Vec<Guide> {
    let run = curve.path.run;
    // A loss is quadratic in the distance: it falls twice as fast.
    let law = |name: String, factor: f64| Guide { name, decades: 2.0 * libm::log10(factor) };
    let kappa = high / low;
    let entry = run.recipe().optimizer.entry;
    let values = run.recipe().optimizer.values();
    let mut guides = Vec::new();
    if let Some((index, bound)) = entry.rate_index().zip(run.recipe().optimizer.stability_bound().ok()) {
        let rate = run.recipe().optimizer.parameters[index];
        let factor = [low, high]
            .map(|curvature| bound.recursion.multiplier(rate * curvature).size)
            .into_iter()
            .fold(0.0, f64::max);
        if factor < 1.0 && factor > 0.0 {
            let [rate, factor_of_loss] = [values.get(LEARNING_RATE), factor * factor].map(number);
            guides.push(law(format!("η = {rate}: ×{factor_of_loss} a step"), factor));
        }
    }
    let descent = (kappa - 1.0) / (kappa + 1.0);
    let root = kappa.sqrt();
    let nesterov = 1.0 - 2.0 / (3.0 * kappa + 1.0).sqrt();
    let best = [
        (descent, "best η, at worst: ((κ−1)/(κ+1))²"),
        (nesterov, "best Nesterov, at worst: (1−2/√(3κ+1))²"),
        ((root - 1.0) / (root + 1.0), "best heavy ball, at worst: ((√κ−1)/(√κ+1))²"),
    ];
    guides.extend(
        best.into_iter().filter(|(factor, _)| *factor > 0.0).map(|(factor, name)| law(name.to_owned(), factor)),
    );
    guides
}

/// Where quadratic convergence begins, from a step on, and its constant by the first two steps there; `None` where the run does not
/// converge, or is there with the next step.
fn quadratic_tail(curve: &Curve<'_>, from: usize, ground: &Ground<'_>) -> Option<(Point, f64)> {
    let at = |step: usize| {
        let (known, value) = curve.trace.read(curve.path.run, step, ground.minima)?;
        let height = ground.y.height(value?).filter(|_| known == step)?;
        Some(Point::new(ground.x.place(&curve.spending(), step)?, height))
    };
    let last = curve.path.run.iterates().len();
    (from..last.saturating_sub(1)).take(MOST_BEFORE).find_map(|step| {
        let [here, next] = [at(step)?, at(step + 1)?];
        (next.y < here.y).then_some((here, next.y - 2.0 * here.y))
    })
}

/// A guide with its name where it leaves the picture.
fn draw(places: Vec<Point>, name: String, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) {
    let view = ground.view;
    let mut seen: Vec<Point> = Vec::new();
    for at in places {
        if let Some(last) = seen.last().copied().filter(|_| at.y < view.y[0]) {
            let share = (view.y[0] - last.y) / (at.y - last.y);
            seen.push(last + (at - last) * share);
            break;
        }
        seen.push(at);
    }
    let [.., before, end] = seen.as_slice() else { return };
    let back = |share: f64| end + (before - end) * share;
    let names = [0.04, 0.25, 0.5, 0.7].into_iter().flat_map(|share| {
        let at = back(share);
        [(at, Anchor::Left), (at, Anchor::Right)]
    });
    out.push(Primitive::Name { places: names.collect(), text: name, ink: Ink::Muted, strong: false });
    out.push(Primitive::line(seen, Pen::new(Ink::Muted, 1.1)));
}
