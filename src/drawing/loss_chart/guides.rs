//! Guide lines through the point of the selected run at the playhead: how fast theorems say that the loss falls, and powers of
//! the step on an axis of logarithms.
//!
//! Sources: S. Boyd and L. Vandenberghe, Convex Optimization (2004), section 9.3, for the exact line search; B. T. Polyak (1964)
//! for the heavy ball; L. Lessard, B. Recht and A. Packard (2016), table 1, for Nesterov's momentum; J. Nocedal and S. J. Wright
//! (2006), theorem 3.5, for Newton's method.

use super::curve::Ground;
use super::{ChartAxis, Curve, LossChartInput};
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::number;
use crate::numbers::{Point, tolerance};
use crate::optimizers::LEARNING_RATE;

/// Powers of the step that are drawn on a logarithmic x axis.
const POWERS: [(f64, &str); 3] = [(-0.5, "1/√k"), (-1.0, "1/k"), (-2.0, "1/k²")];
/// Steps of a quadratic tail that are drawn at most.
const TAIL: usize = 8;

/// A law of the loss above f*.
struct Guide {
    name: String,
    /// log₁₀ of the loss above f* at steps after the first point, relative to it.
    fall: Fall,
}

enum Fall {
    /// This many powers of ten a step.
    Linear(f64),
    /// The exponent doubles a step: log₁₀ Lₖ₊₁ = 2 log₁₀ Lₖ + c.
    Quadratic(f64),
}

/// The guides of the selected run; whether there is one.
pub(super) fn draw_guides(input: &LossChartInput<'_>, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) -> bool {
    let before = out.len();
    draw_all(input, ground, out);
    out.len() > before
}

fn draw_all(input: &LossChartInput<'_>, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) {
    let is_above = matches!(ground.y, super::YScale::Log { .. });
    let Some(curve) = input.curves.iter().find(|curve| curve.path.selected && !curve.hidden) else { return };
    if !input.choice.guides || !is_above || input.choice.against != ChartAxis::Steps {
        return;
    }
    let Some((step, here)) = here(curve, ground) else { return };
    if ground.x.is_log() {
        for (power, name) in POWERS {
            let right = ground.view.x[1];
            let end = Point::new(right, here.y + power * (right - here.x));
            draw(vec![here, end], name.to_owned(), ground, out);
        }
        return;
    }
    for guide in guides(input, curve, step, ground) {
        let places = match guide.fall {
            Fall::Linear(decades) => {
                let right = ground.view.x[1];
                vec![here, Point::new(right, here.y + decades * (right - here.x))]
            }
            Fall::Quadratic(constant) => {
                let next = |at: &Point| Some(Point::new(at.x + 1.0, 2.0 * at.y + constant));
                std::iter::successors(Some(here), next).take(TAIL).take_while(|at| at.y.is_finite()).collect()
            }
        };
        draw(places, guide.name, ground, out);
    }
}

/// The point of a run at the playhead; on an axis of logarithms that of step 1 where it stands at 0.
fn here(curve: &Curve<'_>, ground: &Ground<'_>) -> Option<(usize, Point)> {
    let step = curve.path.now.max(usize::from(ground.x.is_log()));
    let (step, value) = curve.trace.read(curve.path.run, step, ground.minima)?;
    Some((step, Point::new(ground.x.place(&curve.spending(), step)?, ground.y.height(value?)?)))
}

/// What theorems say of the method, or of the best of its kind, with the curvatures at the minimum that is nearest to the run's end.
fn guides(input: &LossChartInput<'_>, curve: &Curve<'_>, step: usize, ground: &Ground<'_>) -> Vec<Guide> {
    let run = curve.path.run;
    let Some(minimum) = run.iterates().last().and_then(|end| input.minima.nearest(end.at)) else { return Vec::new() };
    let eigen = run.landscape().loss().second_order(minimum).hessian.eigen();
    let (low, high) = (eigen.values[0], eigen.values[1]);
    if !(low > tolerance::ROUNDED * high && high > 0.0) || run.landscape().dimension().is_one() {
        return Vec::new();
    }
    // A loss is quadratic in the distance: it falls twice as fast.
    let linear = |factor: f64| Fall::Linear(2.0 * libm::log10(factor));
    let kappa = high / low;
    let entry = run.recipe().optimizer.entry;
    let values = run.recipe().optimizer.values();
    let mut guides = Vec::new();
    if entry.second_order() {
        guides.extend(quadratic_tail(curve, step, ground));
        return guides;
    }
    if let Some((index, bound)) = entry.rate_index().zip(run.recipe().optimizer.stability_bound().ok()) {
        let rate = run.recipe().optimizer.parameters[index];
        let factor = [low, high]
            .map(|curvature| bound.recursion.multiplier(rate * curvature).size)
            .into_iter()
            .fold(0.0, f64::max);
        if factor < 1.0 && factor > 0.0 {
            guides
                .push(Guide { name: format!("with η = {}", number(values.get(LEARNING_RATE))), fall: linear(factor) });
        }
    }
    let descent = (kappa - 1.0) / (kappa + 1.0);
    let root = kappa.sqrt();
    let nesterov = 1.0 - 2.0 / (3.0 * kappa + 1.0).sqrt();
    for (factor, name) in [
        (descent, "descent at its best η; exact search at worst"),
        (nesterov, "Nesterov at its best"),
        ((root - 1.0) / (root + 1.0), "heavy ball at its best"),
    ] {
        if factor > 0.0 {
            guides.push(Guide { name: name.to_owned(), fall: linear(factor) });
        }
    }
    guides
}

/// Quadratic convergence with the constant of the run's last two steps.
fn quadratic_tail(curve: &Curve<'_>, step: usize, ground: &Ground<'_>) -> Option<Guide> {
    let height = |step: usize| {
        let (known, value) = curve.trace.read(curve.path.run, step, ground.minima)?;
        ground.y.height(value?).filter(|_| known == step)
    };
    let here = height(step)?;
    let constant = here - 2.0 * height(step.checked_sub(1)?)?;
    // Before it converges quadratically there is nothing to draw.
    (here + constant < 0.0)
        .then(|| Guide { name: "quadratic: the digits double".to_owned(), fall: Fall::Quadratic(constant) })
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
