//! Powers of powers: (x⁴)⁰·⁵ = x², ∛x⁶ = x², √|x|⁴ = x², √(x²y⁴) = |x|y², e^(0.2 ln x²) = |x|⁰·⁴.
//!
//! A chain of powers, roots and absolute values of one part is one power of it, wherever both have a value. At 0 the chain
//! would lose the derivatives, because the slope of a root is infinite there and counts as 0; far out its parts would leave
//! the range of a number.

use super::overflow::{FEW, PARTS};
use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;

/// What a power of a negative number is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    /// |u|ᵖ
    Even,
    /// −|u|ᵖ
    Odd,
    /// No number.
    Undefined,
}

/// A power of one part.
#[derive(Clone, Copy)]
struct PowerOf {
    base: Id,
    exponent: f64,
    below: Below,
    /// Whether a root or another fraction of a power is in the chain.
    has_root: bool,
}

/// What a power is raised to.
#[derive(Clone, Copy)]
pub(super) enum Raised {
    To(f64),
    CubeRoot,
}

impl Raised {
    fn number(self, c: f64) -> f64 {
        match self {
            Self::To(0.5) => c.sqrt(),
            Self::To(exponent) => libm::pow(c, exponent),
            Self::CubeRoot => libm::cbrt(c),
        }
    }

    fn power(self, inner: PowerOf) -> PowerOf {
        let (exponent, below, is_root) = match self {
            Self::CubeRoot => (inner.exponent / 3.0, inner.below, true),
            Self::To(c) => {
                let below = match inner.below {
                    Below::Odd if c.fract() != 0.0 => Below::Undefined,
                    Below::Odd if c % 2.0 == 0.0 => Below::Even,
                    below => below,
                };
                (inner.exponent * c, below, c.fract() != 0.0)
            }
        };
        PowerOf { exponent: whole_if_near(exponent), below, has_root: inner.has_root || is_root, ..inner }
    }
}

/// A product of exponents that were typed as decimals, (x³⁰)⁰·¹, is a whole number up to rounding.
fn whole_if_near(exponent: f64) -> f64 {
    let whole = exponent.round();
    if (exponent - whole).abs() <= 4.0 * f64::EPSILON * whole.abs() { whole } else { exponent }
}

impl Graph {
    /// A root or a power of a chain of powers, or of a product of such, as powers.
    pub(super) fn power_of_power(&mut self, a: Id, raised: Raised) -> Option<Id> {
        if let Some([part, zero, undefined, whole]) = self.beside_pole(a) {
            let power = self.power_of_power(whole, raised)?;
            return Some(self.select(Test::Equal, [part, zero, undefined, power]));
        }
        let inner = self.power_of(a, &mut { PARTS })?;
        let whole = raised.power(inner);
        // |u| alone is no chain.
        let is_chain = inner.exponent != 1.0 || inner.has_root;
        let power = if is_chain && whole.has_root { self.written(whole) } else { None };
        let is_product = matches!(self.operations[a], Operation::Two(Two::Multiply, ..) | Operation::Mixed(..));
        power.or_else(|| if is_product { self.power_of_product(a, raised, &mut { FEW }) } else { None })
    }

    /// √(c u²v⁴) = √c·|u|·v²: a power of a product whose factors are all even powers.
    fn power_of_product(&mut self, a: Id, raised: Raised, parts: &mut usize) -> Option<Id> {
        *parts = parts.checked_sub(1)?;
        let inner = self.power_of(a, &mut { PARTS })?;
        if inner.base != a {
            let whole = raised.power(inner);
            return if inner.below == Below::Even && whole.has_root { self.written(whole) } else { None };
        }
        match self.operations[a] {
            Operation::Two(Two::Multiply, u, v) => {
                let u = self.power_of_product(u, raised, parts)?;
                let v = self.power_of_product(v, raised, parts)?;
                Some(self.product(u, v))
            }
            Operation::Mixed(function @ (Mixed::Times | Mixed::Over), u, Exact(c)) if c > 0.0 && c.is_normal() => {
                let (u, c) = (self.power_of_product(u, raised, parts)?, raised.number(c));
                Some(if function == Mixed::Times { self.multiple(u, c) } else { self.mixed(Mixed::Over, u, c) })
            }
            _ => None,
        }
    }

    /// A power as it is computed, if it is defined as far as the chain is.
    fn written(&mut self, power: PowerOf) -> Option<Id> {
        let PowerOf { base, exponent, below, .. } = power;
        if !exponent.is_finite() || exponent == 0.0 {
            return None;
        }
        let (is_whole, is_even) = (exponent.fract() == 0.0, exponent % 2.0 == 0.0);
        let base = match below {
            Below::Even if !is_even => self.one(One::Abs, base),
            Below::Odd if !is_whole || is_even => return None,
            _ => base,
        };
        let id = self.constant(exponent);
        let whole = self.power(base, id);
        if below != Below::Undefined || !is_whole {
            return Some(whole);
        }
        let sign = self.sign_of(base, &mut { PARTS })?;
        Some(self.unless_negative(sign, whole))
    }

    /// A part as a power of one other; as the first power of itself if it is not a chain.
    fn power_of(&self, a: Id, parts: &mut usize) -> Option<PowerOf> {
        *parts = parts.checked_sub(1)?;
        let mut raised = |u: Id, to: Raised| Some(to.power(self.power_of(u, parts)?));
        match self.operations[a] {
            Operation::One(One::Square, u) => raised(u, Raised::To(2.0)),
            Operation::One(One::Recip, u) => raised(u, Raised::To(-1.0)),
            Operation::One(One::Sqrt, u) => raised(u, Raised::To(0.5)),
            Operation::One(One::Cbrt, u) => raised(u, Raised::CubeRoot),
            Operation::Mixed(Mixed::Power, u, Exact(c)) => raised(u, Raised::To(c)),
            Operation::One(One::Abs, u) => Some(self.power_of(u, parts)?.absolute()),
            Operation::Two(Two::Multiply, u, v) => {
                let [p, q] = [self.power_of(u, parts)?, self.power_of(v, parts)?];
                let is_one = p.base == q.base && p.exponent > 0.0 && q.exponent > 0.0;
                Some(if is_one { PowerOf { exponent: p.exponent + q.exponent, ..p.times(q) } } else { self.alone(a) })
            }
            _ => Some(self.alone(a)),
        }
    }

    /// A part as a whole power of another.
    pub(super) fn whole_power(&self, a: Id) -> Option<(Id, u32)> {
        let power = self.power_of(a, &mut { PARTS })?;
        let is_whole = !power.has_root && (2.0..=64.0).contains(&power.exponent) && power.exponent.fract() == 0.0;
        is_whole.then_some((power.base, power.exponent as u32))
    }

    fn alone(&self, a: Id) -> PowerOf {
        let below = if self.is_nonnegative(a, &mut { FEW }) { Below::Even } else { Below::Odd };
        PowerOf { base: a, exponent: 1.0, below, has_root: false }
    }

    /// The operands of a part from which a pole was taken out: the last is what it is elsewhere.
    fn beside_pole(&self, a: Id) -> Option<[Id; 4]> {
        match self.operations[a] {
            Operation::Select(Test::Equal, operands @ [_, zero, undefined, _])
                if self.value(zero) == Some(0.0) && self.value(undefined).is_some_and(f64::is_nan) =>
            {
                Some(operands)
            }
            _ => None,
        }
    }

    /// A product without the signs of its factors, as far as they are plain.
    pub(super) fn without_signs(&mut self, a: Id, parts: &mut usize) -> Id {
        let Some(fewer) = parts.checked_sub(1) else { return a };
        *parts = fewer;
        match self.operations[a] {
            Operation::One(One::Negate | One::Abs, u) => self.without_signs(u, parts),
            Operation::Mixed(Mixed::Times, u, Exact(c)) if c < 0.0 => self.multiple(u, -c),
            Operation::Two(Two::Multiply, u, v) => {
                let [left, right] = [self.without_signs(u, parts), self.without_signs(v, parts)];
                if [left, right] == [u, v] { a } else { self.product(left, right) }
            }
            _ => a,
        }
    }

    /// e^(c ln u) = uᶜ, also where a pole of the logarithm was taken out.
    pub(super) fn exponential_of_logarithm(&mut self, a: Id) -> Option<Id> {
        let (mut inner, mut exponent) = (a, 1.0);
        loop {
            // A power has its own form for parts that leave the range.
            inner = self.plainly(inner);
            match self.operations[inner] {
                Operation::Mixed(Mixed::Times, u, Exact(c)) => (inner, exponent) = (u, exponent * c),
                Operation::Mixed(Mixed::Over, u, Exact(c)) => (inner, exponent) = (u, exponent / c),
                Operation::One(One::Negate, u) => (inner, exponent) = (u, -exponent),
                Operation::Select(..) => {
                    let [part, zero, undefined, whole] = self.beside_pole(inner)?;
                    let whole = self.multiple(whole, exponent);
                    let power = self.exponential_of_logarithm(whole)?;
                    return Some(self.select(Test::Equal, [part, zero, undefined, power]));
                }
                Operation::One(One::Ln, u) => {
                    // What is even here stays even, and what is not a number below 0 stays so.
                    let below = if self.is_nonnegative(u, &mut { FEW }) { Below::Even } else { Below::Undefined };
                    let exponent = whole_if_near(exponent);
                    return self.written(PowerOf { base: u, exponent, below, has_root: true });
                }
                _ => return None,
            }
        }
    }
}

impl PowerOf {
    /// |uᵖ|
    fn absolute(self) -> Self {
        Self { below: if self.below == Below::Odd { Below::Even } else { self.below }, ..self }
    }
    /// The product of two powers of one part, apart from the exponent.
    fn times(self, other: Self) -> Self {
        let below = match (self.below, other.below) {
            (Below::Undefined, _) | (_, Below::Undefined) => Below::Undefined,
            (a, b) if a == b => Below::Even,
            _ => Below::Odd,
        };
        Self { below, has_root: self.has_root || other.has_root, ..self }
    }
}
