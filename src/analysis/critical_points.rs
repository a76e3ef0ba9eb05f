//! Where the gradient vanishes: Newton's method from many seeded starts, every limit polished, sorted and named.

use crate::landscapes::{Landscape, Loss, ViewBox};
use crate::numbers::{Point, SplitMix64, Symmetric2, Vector, parallel};

/// What kind of critical point it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Both eigenvalues positive.
    Minimum,
    /// One of each sign.
    Saddle,
    /// Both negative.
    Maximum,
    /// An eigenvalue that is zero to working precision.
    Degenerate,
}

impl Kind {
    /// The word in files and on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
            Self::Degenerate => "degenerate",
        }
    }

    fn of(eigenvalues: [f64; 2]) -> Self {
        let [low, high] = eigenvalues;
        let flat = 1e-7 * low.abs().max(high.abs());
        if low.abs() <= flat || high.abs() <= flat {
            Self::Degenerate
        } else if low > 0.0 {
            Self::Minimum
        } else if high < 0.0 {
            Self::Maximum
        } else {
            Self::Saddle
        }
    }
}

/// An isolated critical point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriticalPoint {
    /// Where it lies.
    pub at: Point,
    /// f there.
    pub value: f64,
    /// Its kind.
    pub kind: Kind,
    /// Eigenvalues of the Hessian there, ascending.
    pub eigenvalues: [f64; 2],
}

/// Starts a side of the box: dense enough for the landscapes of the catalogue, whose features are a tenth of the box or wider.
const STARTS: usize = 28;
const ITERATIONS: usize = 60;
/// Points nearer to each other than this share of the box are one.
const SAME: f64 = 1e-6;

/// The isolated critical points inside the landscape's box, minima first, by rising loss.
///
/// Degenerate limits are left out where the landscape declares a line or an area of critical points: they are its members.
/// A multistart search can miss points; it finds all of the catalogue's, which the tests check against known lists.
pub fn critical_points(landscape: &Landscape) -> Vec<CriticalPoint> {
    let view = landscape.entry().view;
    let loss = landscape.loss();
    let continua = !landscape.critical_sets().is_empty();
    let limits = parallel::map(&starts(view), |start| newton_limit(loss, *start, view));
    let mut found: Vec<CriticalPoint> = Vec::new();
    for point in limits.into_iter().flatten() {
        let known = found.iter().any(|other| (other.at - point.at).norm() < SAME * view.size());
        if !(known || continua && point.kind == Kind::Degenerate) {
            found.push(point);
        }
    }
    found.sort_by(|a, b| {
        (a.kind as u8, a.value).partial_cmp(&(b.kind as u8, b.value)).unwrap_or(std::cmp::Ordering::Equal)
    });
    found
}

/// A jittered grid over the box: seeded, so that the list is the same every time.
fn starts(view: ViewBox) -> Vec<Point> {
    let mut random = SplitMix64::new(0);
    let mut starts = Vec::with_capacity(STARTS * STARTS);
    for row in 0..STARTS {
        for column in 0..STARTS {
            let fx = (column as f64 + random.uniform()) / STARTS as f64;
            let fy = (row as f64 + random.uniform()) / STARTS as f64;
            starts.push(Point::new(view.x[0] + fx * view.width(), view.y[0] + fy * view.height()));
        }
    }
    starts
}

/// Newton's method with its steps held shorter than a tenth of the box, which keeps a start near its own critical point.
fn newton_limit(loss: &dyn Loss, start: Point, view: ViewBox) -> Option<CriticalPoint> {
    let longest = 0.1 * view.size();
    let mut at = start;
    let mut last_length = f64::INFINITY;
    for _ in 0..ITERATIONS {
        let here = loss.second_order(at);
        let step = newton_or_least_step(here.hessian, here.gradient)?;
        let length = step.norm();
        // The last steps shrink to rounding and then stop shrinking: that is the polished point.
        let polished = length <= 1e-15 * view.size() || length < 1e-10 * view.size() && length >= last_length;
        last_length = length;
        if polished {
            break;
        }
        at += if length > longest { step * (longest / length) } else { step };
        if (at - view.center()).norm() > 2.0 * view.size() {
            return None;
        }
    }
    named(loss, at, view).filter(|_| last_length < 1e-6 * view.size())
}

/// Newton's step, or where the Hessian is singular the shortest step to where its paraboloid is flat.
fn newton_or_least_step(hessian: Symmetric2, gradient: Vector) -> Option<Vector> {
    if let Some(step) = hessian.solve(-gradient) {
        return Some(step);
    }
    let eigen = hessian.is_finite().then(|| hessian.eigen())?;
    let largest = eigen.values[0].abs().max(eigen.values[1].abs());
    let mut step = Vector::zeros();
    for (value, vector) in std::iter::zip(eigen.values, eigen.vectors) {
        if value.abs() > 1e-12 * largest {
            step -= vector * (vector.dot(&gradient) / value);
        }
    }
    Some(step)
}

fn named(loss: &dyn Loss, at: Point, view: ViewBox) -> Option<CriticalPoint> {
    let here = loss.second_order(at);
    let curvature = here.hessian.norm();
    let flat = here.gradient.norm() <= 1e-9 * (1.0 + curvature * view.size());
    (flat && here.value.is_finite() && view.contains(at)).then(|| {
        let eigenvalues = here.hessian.eigen().values;
        CriticalPoint { at, value: here.value, kind: Kind::of(eigenvalues), eigenvalues }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> [usize; 4] {
        let found = critical_points(&Landscape::parse(text).unwrap());
        [Kind::Minimum, Kind::Saddle, Kind::Maximum, Kind::Degenerate]
            .map(|kind| found.iter().filter(|point| point.kind == kind).count())
    }

    #[test]
    fn the_counts_are_the_known_ones() {
        for (landscape, expected) in [
            ("bowl", [1, 0, 0, 0]),
            ("quad", [1, 0, 0, 0]),
            ("saddle", [0, 1, 0, 0]),
            ("trough", [0, 0, 0, 0]),
            ("rosenbrock", [1, 0, 0, 0]),
            ("himmelblau", [4, 4, 1, 0]),
            ("double_well", [2, 1, 0, 0]),
            ("tanh2", [2, 1, 0, 0]),
        ] {
            assert_eq!(count(landscape), expected, "{landscape}: minima, saddles, maxima, degenerate");
        }
    }

    #[test]
    fn a_continuum_is_a_set_and_no_heap_of_points() {
        let trough = Landscape::parse("trough").unwrap();
        assert_eq!(trough.critical_sets().len(), 1, "the line x = 0");
        assert!(!critical_points(&Landscape::parse("relu").unwrap()).is_empty(), "the global minimum of relu");
    }
}
