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
use crate::numbers::{Point, Symmetric2, tolerance};
use crate::optimizers::LEARNING_RATE;

/// Powers of the step that are drawn on a logarithmic x axis.
const POWERS: [(f64, &str); 3] = [(-0.5, "1/√k"), (-1.0, "1/k"), (-2.0, "1/k²")];
/// Steps of a quadratic tail that are drawn at most.
const TAIL: usize = 8;

/// A loss is quadratic where its Hessian is the same at all tested points, up to this share.
const SAME: f64 = 1e-9;
/// A point counts as near the minimum if in every direction its curvature is within this factor of the minimum's: there the theorems
/// on quadratics hold.
const NEARLY: f64 = 1.5;

/// For what the guides hold, with the condition number κ at the minimum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Validity {
    /// For every point: the loss is quadratic.
    Everywhere(f64),
    /// Near the minimum, where the run stands.
    Near(f64),
    /// Near the minimum, from which the run is still too far: none is drawn.
    TooFar(f64),
    /// For any loss, as powers of the step, or there is none.
    Other,
}

impl Validity {
    /// What is to be known of the guides, where any are drawn.
    pub(super) fn note(self) -> Option<String> {
        match self {
            Self::Everywhere(kappa) => Some(format!("Guides: theorems on this quadratic, κ = {}", number(kappa))),
            Self::Near(kappa) => {
                Some(format!("Guides hold near the minimum, whose curvatures have κ = {}", number(kappa)))
            }
            Self::TooFar(kappa) => Some(format!(
                "No guides yet: the theorems are on quadratics, and the curvature here is not that of the minimum (κ = {}). Move the playhead on",
                number(kappa)
            )),
            Self::Other => None,
        }
    }
}

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

/// The guides of the selected run; whether there is one, and for what they hold.
pub(super) fn draw_guides(
    input: &LossChartInput<'_>,
    ground: &Ground<'_>,
    out: &mut Vec<Primitive<'static>>,
) -> (bool, Validity) {
    let before = out.len();
    let validity = draw_all(input, ground, out).unwrap_or(Validity::Other);
    (out.len() > before, validity)
}

/// `None` where no guide is drawn.
fn draw_all(input: &LossChartInput<'_>, ground: &Ground<'_>, out: &mut Vec<Primitive<'static>>) -> Option<Validity> {
    let is_above = matches!(ground.y, super::YScale::Log { .. });
    let curve = input.curves.iter().find(|curve| curve.path.selected && !curve.hidden)?;
    if !input.choice.guides || !is_above || input.choice.against != ChartAxis::Steps {
        return None;
    }
    let (step, here) = here(curve, ground)?;
    if ground.x.is_log() {
        for (power, name) in POWERS {
            let right = ground.view.x[1];
            let end = Point::new(right, here.y + power * (right - here.x));
            draw(vec![here, end], name.to_owned(), ground, out);
        }
        return None;
    }
    let (curvatures, validity) = minimum(input, curve, step)?;
    if let Validity::TooFar(_) = validity {
        return Some(validity);
    }
    for guide in guides(curvatures, curve, step, ground) {
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
    Some(validity)
}

/// The curvatures at the minimum that is nearest to the run's end, the smaller first, and whether the theorems hold at a step; `None`
/// unless the Hessian there is positive definite, and for a loss of one weight.
fn minimum(input: &LossChartInput<'_>, curve: &Curve<'_>, step: usize) -> Option<([f64; 2], Validity)> {
    let run = curve.path.run;
    let loss = run.landscape().loss();
    let at = input.minima.nearest(run.iterates().last()?.at)?;
    let hessian = loss.second_order(at).hessian;
    let [low, high] = hessian.eigen().values;
    if !(low > tolerance::ROUNDED * high && high > 0.0) || run.landscape().dimension().is_one() {
        return None;
    }
    let kappa = high / low;
    let here = loss.second_order(run.iterates().get(step)?.at).hessian;
    let view = run.landscape().view();
    let corners = view.x.into_iter().flat_map(|x| view.y.map(|y| Point::new(x, y)));
    let others = corners.map(|corner| loss.second_order(corner).hessian).chain([here]);
    let is_same = |other: Symmetric2| {
        let pairs = [(other.xx, hessian.xx), (other.xy, hessian.xy), (other.yy, hessian.yy)];
        pairs.into_iter().all(|(a, b)| (a - b).abs() <= SAME * high)
    };
    let validity = if others.into_iter().all(is_same) {
        Validity::Everywhere(kappa)
    } else if ratios(here, hessian).into_iter().all(|ratio| (1.0 / NEARLY..=NEARLY).contains(&ratio)) {
        Validity::Near(kappa)
    } else {
        Validity::TooFar(kappa)
    };
    Some(([low, high], validity))
}

/// The least and the largest dᵀAd/dᵀBd over all directions d, of a positive definite B.
fn ratios(a: Symmetric2, b: Symmetric2) -> [f64; 2] {
    let determinant = |m: Symmetric2| m.xx * m.yy - m.xy * m.xy;
    let half = (b.yy * a.xx - 2.0 * b.xy * a.xy + b.xx * a.yy) / (2.0 * determinant(b));
    let root = (half * half - determinant(a) / determinant(b)).max(0.0).sqrt();
    [half - root, half + root]
}

/// The point of a run at the playhead; on an axis of logarithms that of step 1 where it stands at 0.
fn here(curve: &Curve<'_>, ground: &Ground<'_>) -> Option<(usize, Point)> {
    let step = curve.path.now.max(usize::from(ground.x.is_log()));
    let (step, value) = curve.trace.read(curve.path.run, step, ground.minima)?;
    Some((step, Point::new(ground.x.place(&curve.spending(), step)?, ground.y.height(value?)?)))
}

/// What theorems say of the method, or of the best of its kind, with the curvatures at the minimum.
fn guides([low, high]: [f64; 2], curve: &Curve<'_>, step: usize, ground: &Ground<'_>) -> Vec<Guide> {
    let run = curve.path.run;
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
