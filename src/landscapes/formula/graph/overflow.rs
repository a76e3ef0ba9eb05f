//! Roots, powers, logarithms and quotients of parts that leave the range of a number where the whole does not:
//! (1 + x⁴⁰)⁰·⁰¹, √(x²y⁶), x⁴⁰/(1 + x⁴⁰).
//!
//! A power of a power is written as one power (`powers.rs`). Everything else stays as it is where its parts are in range, to the last bit;
//! elsewhere the same is computed from the logarithms of the parts.

use super::powers::Raised;
use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;

/// Between these sizes a part and its derivatives have lost nothing. Chosen so that no one types them by chance.
const IN_RANGE: [f64; 2] = [1.062_5e-250, 1.062_5e250];

/// The most parts that are examined: a long formula is left as it is.
pub(super) const PARTS: usize = 40;

/// The most parts that are examined for their sign.
pub(super) const FEW: usize = 16;

/// From this degree on a root, a power or a logarithm has a second form: below, only numbers beyond 10⁶⁰ leave the range.
const BENT: f64 = 4.0;

/// From this degree on a quotient or a product has a second form: below, only numbers beyond 10³⁸ overflow.
const STEEP: f64 = 8.0;

impl Graph {
    /// aᶜ for a power a, or, for |c| < 1, the root or the power of another part that may leave the range.
    pub(super) fn power_in_range(&mut self, a: Id, exponent: f64) -> Option<Id> {
        if let Some(power) = self.power_of_power(a, Raised::To(exponent)) {
            return Some(power);
        }
        if exponent.abs() >= 1.0 {
            return None;
        }
        let [size, sign] = self.size_and_sign(a, BENT)?;
        let plain = self.plain_power(a, exponent);
        let logarithm = self.multiple(size, exponent);
        let power = self.one(One::Exp, logarithm);
        let power = self.unless_negative(sign, power);
        Some(self.in_range(plain, power, &[[a, size]]))
    }

    /// aᶜ as it stands.
    fn plain_power(&mut self, a: Id, exponent: f64) -> Id {
        let is_root = exponent == 0.5;
        let power = Operation::Mixed(Mixed::Power, a, Exact(exponent));
        self.add(if is_root { Operation::One(One::Sqrt, a) } else { power })
    }

    /// ∛a of a part that may leave the range.
    pub(super) fn cube_root_in_range(&mut self, a: Id) -> Option<Id> {
        let [size, sign] = self.size_and_sign(a, BENT)?;
        let plain = self.add(Operation::One(One::Cbrt, a));
        let third = self.mixed(Mixed::Over, size, 3.0);
        let root = self.one(One::Exp, third);
        let root = self.product(sign, root);
        Some(self.in_range(plain, root, &[[a, size]]))
    }

    /// √a of a sum of squares with factors, such as √(½(u² + v²)) and √(u² + v² + w²): far out as a distance.
    pub(super) fn root_of_squares(&mut self, a: Id) -> Option<Id> {
        if !self.has_far_forms {
            return None;
        }
        let mut terms = Vec::new();
        if !self.roots_of_terms(a, 1.0, &mut terms) || terms.is_empty() {
            return None;
        }
        let size = self.size_of(a, &mut { PARTS })?;
        let plain = self.add(Operation::One(One::Sqrt, a));
        let first = terms.remove(0);
        let far = if terms.is_empty() {
            self.one(One::Abs, first)
        } else {
            terms.into_iter().fold(first, |sum, term| self.add(Operation::Two(Two::Hypot, sum, term)))
        };
        Some(self.in_range(plain, far, &[[a, size]]))
    }

    /// The roots of the terms of c·(sum of squares); whether it is one, and not too long.
    fn roots_of_terms(&mut self, a: Id, factor: f64, terms: &mut Vec<Id>) -> bool {
        if terms.len() > 4 {
            return false;
        }
        match self.operations[a] {
            Operation::One(One::Square, u) => {
                let root = self.multiple(u, factor.sqrt());
                terms.push(root);
                true
            }
            Operation::Mixed(Mixed::Times, u, Exact(c)) if c > 0.0 => self.roots_of_terms(u, factor * c, terms),
            Operation::Mixed(Mixed::Over, u, Exact(c)) if c > 0.0 => self.roots_of_terms(u, factor / c, terms),
            Operation::Two(Two::Add, u, v) => {
                self.roots_of_terms(u, factor, terms) && self.roots_of_terms(v, factor, terms)
            }
            Operation::Mixed(Mixed::Plus, u, Exact(c)) if c > 0.0 => {
                let is_sum = self.roots_of_terms(u, factor, terms);
                let root = self.constant((factor * c).sqrt());
                terms.push(root);
                is_sum
            }
            _ => false,
        }
    }

    /// aᵇ for a base that may leave the range and is never negative.
    pub(super) fn power_of_wide_base(&mut self, a: Id, b: Id) -> Option<Id> {
        if !self.is_nonnegative(a, &mut { FEW }) {
            return None;
        }
        let [size, _] = self.size_and_sign(a, BENT)?;
        let plain = self.add(Operation::Two(Two::Power, a, b));
        let logarithm = self.product(size, b);
        let power = self.one(One::Exp, logarithm);
        Some(self.in_range(plain, power, &[[a, size]]))
    }

    /// ln, log₁₀ or log₂ of a part that may leave the range; `per_natural` is the logarithm of e.
    pub(super) fn logarithm_in_range(&mut self, function: One, a: Id, per_natural: f64) -> Option<Id> {
        let [size, sign] = self.size_and_sign(a, BENT)?;
        let plain = self.add(Operation::One(function, a));
        let logarithm = self.multiple(size, per_natural);
        let logarithm = self.unless_negative(sign, logarithm);
        Some(self.in_range(plain, logarithm, &[[a, size]]))
    }

    /// ln(1 + a) for an a that may overflow.
    pub(super) fn logarithm_of_one_and(&mut self, a: Id) -> Option<Id> {
        let [size, sign] = self.size_and_sign(a, BENT)?;
        let plain = self.add(Operation::One(One::Ln1p, a));
        let far = self.one(One::Softplus, size);
        let far = self.unless_negative(sign, far);
        let [huge, length] = [self.constant(IN_RANGE[1]), self.one(One::Abs, a)];
        Some(self.select(Test::Less, [length, huge, plain, far]))
    }

    /// a/b, both of which may leave the range.
    pub(super) fn quotient_in_range(&mut self, a: Id, b: Id) -> Option<Id> {
        let [above, sign_above] = self.size_and_sign(a, STEEP)?;
        let [below, sign_below] = self.size_and_sign(b, STEEP)?;
        let plain = self.share(a, b).unwrap_or_else(|| self.add(Operation::Two(Two::Divide, a, b)));
        let logarithm = self.difference(above, below);
        let size = self.one(One::Exp, logarithm);
        let sign = self.product(sign_above, sign_below);
        let far = self.product(sign, size);
        Some(self.in_range(plain, far, &[[a, above], [b, below]]))
    }

    /// a/(a + r) as 1/(1 + r/a) where a is larger than r, both never negative: nothing is left there of the slope of the
    /// quotient.
    pub(super) fn share(&mut self, a: Id, b: Id) -> Option<Id> {
        let is_positive = self.value(a).is_none() && self.is_nonnegative(a, &mut { FEW });
        if !is_positive || self.degree(a, &mut { PARTS }) < 2.0 {
            return None;
        }
        let rest = self.without_term(b, a, PARTS).filter(|rest| self.is_nonnegative(*rest, &mut { FEW }))?;
        let near = self.add(Operation::Two(Two::Divide, a, b));
        let ratio = self.add(Operation::Two(Two::Divide, rest, a));
        let sum = self.mixed(Mixed::Plus, ratio, 1.0);
        let far = self.add(Operation::One(One::Recip, sum));
        Some(self.select(Test::Less, [rest, a, far, near]))
    }

    /// a·b, one of which grows and the other falls.
    pub(super) fn product_in_range(&mut self, a: Id, b: Id) -> Option<Id> {
        let falls = |id: Id| match self.operations[id] {
            Operation::One(One::Exp | One::Recip, _) => true,
            Operation::Mixed(Mixed::Power, _, Exact(c)) => c < 0.0,
            _ => false,
        };
        let [a_falls, b_falls] = [falls(a), falls(b)];
        if a_falls == b_falls {
            return None;
        }
        let [first, sign_first] = self.size_and_sign(a, STEEP)?;
        let [second, sign_second] = self.size_and_sign(b, STEEP)?;
        let plain = self.add(Operation::Two(Two::Multiply, a.min(b), a.max(b)));
        let logarithm = self.sum(first, second);
        let size = self.one(One::Exp, logarithm);
        let sign = self.product(sign_first, sign_second);
        let far = self.product(sign, size);
        let growing = if a_falls { [b, second] } else { [a, first] };
        Some(self.in_range(plain, far, &[growing]))
    }

    /// ln |a| and the sign of a, if it has this degree.
    fn size_and_sign(&mut self, a: Id, degree: f64) -> Option<[Id; 2]> {
        if !self.has_far_forms || self.value(a).is_some() || self.degree(a, &mut { PARTS }) < degree {
            return None;
        }
        let size = self.size_of(a, &mut { PARTS })?;
        let sign = self.sign_of(a, &mut { PARTS })?;
        Some([size, sign])
    }

    /// `plain` where all parts are in range, else `far`; each part comes with its ln |a|.
    ///
    /// What is exactly 0 has lost nothing.
    fn in_range(&mut self, plain: Id, far: Id, parts: &[[Id; 2]]) -> Id {
        let [low, high] = IN_RANGE.map(|end| self.constant(end));
        let none = self.constant(f64::NEG_INFINITY);
        parts.iter().fold(plain, |whole, [part, size]| {
            let length = self.one(One::Abs, *part);
            let otherwise = self.select(Test::Equal, [*size, none, plain, far]);
            let below = self.select(Test::Less, [length, high, whole, otherwise]);
            self.select(Test::Less, [low, length, below, otherwise])
        })
    }

    /// What such a selection is where all parts are in range; any other node is itself.
    pub(super) fn plainly(&self, a: Id) -> Id {
        let mut inner = self.near_form(a);
        while let Operation::Select(Test::Less, [left, right, whole, _]) = self.operations[inner] {
            if self.value(left) != Some(IN_RANGE[0]) && self.value(right) != Some(IN_RANGE[1]) {
                break;
            }
            inner = whole;
        }
        inner
    }

    /// `whole`, which has no value where the sign is negative.
    pub(super) fn unless_negative(&mut self, sign: Id, whole: Id) -> Id {
        if self.value(sign).is_some_and(|sign| sign > 0.0) {
            return whole;
        }
        let [zero, undefined] = [0.0, f64::NAN].map(|value| self.constant(value));
        self.select(Test::Less, [sign, zero, undefined, whole])
    }
}
