//! Arithmetic weight by weight, as the methods with a rate for each weight need it.

use super::Undefined;
use super::values::RealParameter;
use crate::landscapes::{Parameter, ParameterDomain};
use crate::numbers::{Real, Vector};

/// The decay rate of a moving average.
pub(super) const fn decay(name: &'static str, symbol: &'static str, default: f64) -> Parameter {
    Parameter::linear(name, symbol, default, [0.0, 0.9999]).within(ParameterDomain::Fraction)
}

/// What keeps a division from exploding; how large it is by default each method says.
pub(super) const EPS: RealParameter = RealParameter(&guard(1e-8));

/// That parameter with a default.
pub(super) const fn guard(default: f64) -> Parameter {
    Parameter::log("eps", "ε", default, [1e-12, 1e-1])
        .described("ε", "Keeps the division bounded where gradients have been tiny.")
        .within(ParameterDomain::NotNegative)
}

/// The moving average after one more number: `kept` of the old, the rest of the new.
#[inline(always)]
pub(super) fn average<T: Real>(old: T, new: T, kept: T) -> T {
    old * kept + new * (-kept + 1.0)
}

/// The vector itself.
///
/// # Errors
/// [`Undefined::NotFinite`] where it holds no finite numbers: squares overflow from 10¹⁵⁴ on.
#[inline]
pub(super) fn finite(vector: Vector) -> Result<Vector, Undefined> {
    if vector.iter().all(|number| number.is_finite()) { Ok(vector) } else { Err(Undefined::NotFinite) }
}

/// √s + ε, or √(s + ε) with the guard inside.
#[inline(always)]
pub(super) fn root<T: Real>(square: T, eps: T, inside: bool) -> T {
    if inside { (square + eps).sqrt() } else { square.sqrt() + eps }
}

/// A quotient. Where nothing guards the division, a weight that has never had a gradient does not move: 0 for a divisor of 0.
#[inline(always)]
pub(super) fn quotient<T: Real>(dividend: T, divisor: T) -> T {
    let zero = T::constant(0.0);
    divisor.select_equal(zero, zero, dividend / divisor)
}

#[cfg(test)]
mod tests {
    use crate::landscapes::{Evaluations, Landscape, Oracle};
    use crate::numbers::{Point, Vector};
    use crate::optimizers::convention::CONVENTION;
    use crate::optimizers::{Choice, ENTRIES, Family, Undefined};

    #[test]
    fn nothing_divided_by_nothing_is_no_step() {
        let landscape = Landscape::parse("trough").unwrap();
        for entry in ENTRIES.iter().filter(|entry| entry.family == Family::Adaptive) {
            for convention in [",convention=pytorch", ",convention=optax", ",convention=keras"] {
                let chosen = if entry.index_of(CONVENTION).is_some() { convention } else { "" };
                let spelling = format!("{}:eps=0{chosen}", entry.id);
                let mut rule = Choice::parse(&spelling).unwrap().build();
                let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
                for (step, x) in [0.0, 0.0, 1e-170, 1.0, 0.0].into_iter().enumerate() {
                    let taken = rule.step(Point::new(x, 0.0), &mut oracle).unwrap().taken;
                    assert!(taken.x.is_finite(), "{spelling}, step {step}");
                    assert!(step > 1 || taken.x == 0.0, "{spelling}: no slope yet in step {step}");
                    assert!(taken.y == 0.0, "{spelling}: never a slope along y");
                    let shown = rule.state().into_iter().chain(rule.working());
                    let finite = |numbers: Vec<f64>| numbers.into_iter().all(f64::is_finite);
                    assert!(shown.into_iter().all(|(_, shown)| finite(shown.numbers())), "{spelling}, step {step}");
                }
            }
        }
    }

    #[test]
    fn squares_that_overflow_are_named_and_change_nothing() {
        let [steep, gentle] = ["bowl:a=1e200", "bowl"].map(|surface| Landscape::parse(surface).unwrap());
        let at = Point::new(1.0, -2.0);
        let step = |rule: &mut dyn crate::optimizers::Optimizer, surface: &Landscape| {
            rule.step(at, &mut Oracle::new(surface.loss(), Evaluations::default()))
        };
        for entry in ENTRIES.iter().filter(|entry| entry.family == Family::Adaptive) {
            let [mut shocked, mut calm] = [(); 2].map(|()| Choice::of(entry).build());
            assert_eq!(step(shocked.as_mut(), &steep), Err(Undefined::NotFinite), "{}", entry.id);
            assert_eq!(step(shocked.as_mut(), &gentle), step(calm.as_mut(), &gentle), "{}: as before", entry.id);
        }
    }

    #[test]
    fn the_largest_slopes_give_no_panic_and_no_nan() {
        let landscape = Landscape::parse("bowl:a=1e300").unwrap();
        for entry in ENTRIES {
            let mut rule = Choice::of(entry).build();
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            for at in [Vector::new(1.0, -2.0), Vector::new(1e7, 1e8), Vector::new(0.0, 0.0)] {
                let Ok(step) = rule.step(at.into(), &mut oracle) else { continue };
                assert!(step.taken.iter().all(|number| !number.is_nan()), "{} at {at}", entry.id);
            }
        }
    }
}
