//! Where the premises of the theorems hold along a run: there its guide lines begin, wherever the playhead is.
//!
//! Sources of the powers: Y. Nesterov, Introductory Lectures on Convex Optimization (2004), theorem 2.1.13, for descent; A. Beck and
//! M. Teboulle (2009), theorem 4.4, for growing momentum coefficients.

use crate::analysis::{KnownMinima, Recursion};
use crate::landscapes::Landscape;
use crate::numbers::numerals::{grouped, number};
use crate::numbers::{Point, Symmetric2, tolerance};
use crate::run::Run;

/// Evaluations of one sample each that all of it may take, about.
const EVALUATIONS: usize = 20_000;
/// Places at which the Hessian is looked at, on the run and all over the domain.
const LOOKS: [usize; 2] = [16, 160];

/// A loss is quadratic where its Hessian is the same at all places, up to this share.
const SAME: f64 = 1e-9;
/// A point counts as near the minimum if in every direction its curvature is within this factor of the minimum's: there the theorems
/// on quadratics hold.
const NEARLY: f64 = 1.5;

/// What the theorems ask for, of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Premise {
    /// Of the theorems on quadratics.
    pub(super) quadratic: Option<Quadratic>,
    /// The power of the step with which the loss falls at least; `None` where no theorem says so.
    pub(super) power: Option<Power>,
}

/// The curvatures at the minimum to which a run goes, and from where on they are its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quadratic {
    /// The eigenvalues of the Hessian at the minimum, the smaller first; both are positive.
    pub(super) curvatures: [f64; 2],
    /// Whether the Hessian is the same everywhere.
    pub(super) is_everywhere: bool,
    /// The first step from which on the run stays where they nearly hold; `None` where it does not get there.
    pub(super) from: Option<usize>,
}

/// A bound of a convex loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Power {
    /// 1/k, of descent.
    First,
    /// 1/k², of growing momentum coefficients.
    Second,
}

impl Power {
    /// The exponent, and the name of the line.
    pub(super) fn law(self) -> (f64, &'static str) {
        match self {
            Self::First => (-1.0, "1/k"),
            Self::Second => (-2.0, "1/k²"),
        }
    }
}

impl Quadratic {
    /// What is to be known of the guides, or why there are none.
    pub(super) fn note(&self) -> String {
        let kappa = number(self.curvatures[1] / self.curvatures[0]);
        match self.from {
            _ if self.is_everywhere => {
                format!("Guides: factors of loss − f* a step, by theorems on this quadratic, κ = λmax/λmin = {kappa}")
            }
            Some(step) => format!(
                "Guides: factors of loss − f* from step {} on, where the curvature is nearly that of the minimum, κ = λmax/λmin = {kappa}",
                grouped(step)
            ),
            None => format!(
                "No guides: the theorems are on quadratics, and the run gets nowhere near the curvature of its minimum, κ = {kappa}"
            ),
        }
    }
}

impl Premise {
    /// Of a run, as far as it has been walked.
    pub fn of(run: &Run, minima: &KnownMinima) -> Self {
        let Some(minimum) = run.iterates().last().and_then(|last| minima.nearest(last.at)) else {
            return Self::default();
        };
        let looks = (EVALUATIONS / run.landscape().cost().max(1)).clamp(LOOKS[0], LOOKS[1]);
        let everywhere = all_over(run.landscape(), looks / 2);
        let at_minimum = run.landscape().loss().second_order(minimum).hessian;
        Self {
            quadratic: quadratic(run, at_minimum, &everywhere, looks / 2),
            power: power(run, everywhere.into_iter().chain([at_minimum])),
        }
    }
}

/// The Hessians at about this many places of the domain, its corners among them.
fn all_over(landscape: &Landscape, count: usize) -> Vec<Symmetric2> {
    let side = ((count as f64).sqrt() as usize).max(2);
    let view = landscape.domain();
    let share = |index: usize| index as f64 / (side - 1) as f64;
    let place = |index: usize| {
        let [x, y] = [share(index % side), share(index / side)];
        Point::new(view.x[0] + x * view.width(), view.y[0] + y * view.height())
    };
    (0..side * side).map(|index| landscape.loss().second_order(place(index)).hessian).collect()
}

/// `None` unless the Hessian at the minimum is positive definite, and for a loss of one weight.
fn quadratic(run: &Run, minimum: Symmetric2, everywhere: &[Symmetric2], looks: usize) -> Option<Quadratic> {
    let [low, high] = minimum.eigen().values;
    if !(low > tolerance::ROUNDED * high && high > 0.0) || run.landscape().dimension().is_one() {
        return None;
    }
    let hessian = |step: usize| run.landscape().loss().second_order(run.iterates()[step].at).hessian;
    let is_same = |other: &Symmetric2| {
        let pairs = [(other.xx, minimum.xx), (other.xy, minimum.xy), (other.yy, minimum.yy)];
        pairs.into_iter().all(|(a, b)| (a - b).abs() <= SAME * high)
    };
    let is_everywhere = everywhere.iter().all(is_same);
    let holds =
        |step: usize| ratios(hessian(step), minimum).into_iter().all(|ratio| (1.0 / NEARLY..=NEARLY).contains(&ratio));
    let from = if is_everywhere { Some(0) } else { stays_from(run.iterates().len(), looks, holds) };
    Some(Quadratic { curvatures: [low, high], is_everywhere, from })
}

/// The first of `count` steps from which on something holds, as far as evenly spaced looks tell; `None` if it does not at the last.
fn stays_from(count: usize, looks: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let place = |look: usize| look * last / looks;
    let failing = (0..=looks).rev().map(place).find(|step| !holds(*step));
    let Some(mut failing) = failing else { return Some(0) };
    let mut holding = (0..=looks).map(place).find(|step| *step > failing)?;
    while holding - failing > 1 {
        let middle = failing.midpoint(holding);
        if holds(middle) {
            holding = middle;
        } else {
            failing = middle;
        }
    }
    Some(holding)
}

/// The least and the largest dᵀAd/dᵀBd over all directions d, of a positive definite B.
fn ratios(a: Symmetric2, b: Symmetric2) -> [f64; 2] {
    let determinant = |m: Symmetric2| m.xx * m.yy - m.xy * m.xy;
    let half = (b.yy * a.xx - 2.0 * b.xy * a.xy + b.xx * a.yy) / (2.0 * determinant(b));
    let root = (half * half - determinant(a) / determinant(b)).max(0.0).sqrt();
    [half - root, half + root]
}

/// The least curvature, and the largest one above 0; `None` where one is not finite.
fn extreme_curvatures(mut hessians: impl Iterator<Item = Symmetric2>) -> Option<[f64; 2]> {
    hessians.try_fold([f64::INFINITY, 0.0_f64], |[low, high], hessian| {
        let [least, most] = hessian.eigen().values;
        (least.is_finite() && most.is_finite()).then(|| [low.min(least), high.max(most)])
    })
}

/// The bound of a smooth convex loss: of descent with one rate below 2/L, of growing momentum coefficients with one up to 1/L, where
/// L is the largest curvature of these.
fn power(run: &Run, hessians: impl Iterator<Item = Symmetric2>) -> Option<Power> {
    let recipe = run.recipe();
    let choice = &recipe.optimizer;
    let rate = choice.rate_at(0)?;
    let is_constant = recipe.changes.is_empty() && choice.rate_at(recipe.steps.saturating_sub(1)) == Some(rate);
    if !is_constant || choice.is_random() || !run.landscape().kink_lines().is_empty() {
        return None;
    }
    let [low, high] = extreme_curvatures(hessians)?;
    let is_convex = low >= -tolerance::ROUNDED * high;
    match choice.stability_bound().ok()?.recursion {
        Recursion::Descent if is_convex && rate * high < 2.0 => Some(Power::First),
        Recursion::Nesterov { beta: 1.0 } if is_convex && rate * high <= 1.0 => Some(Power::Second),
        _ => None,
    }
}
