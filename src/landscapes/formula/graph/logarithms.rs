//! Logarithms of what is built of exponentials by sums, products and powers: ln(eᵘ + eᵛ + …), ln cosh u, and from them the
//! quotients and powers of such parts, which would overflow on the way.

use std::f64::consts::{LN_2, LOG2_E, LOG10_E};

use super::cancelling::TERMS;
use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;

/// The most parts that are examined: a long formula is left as it is.
const PARTS: usize = 64;

/// How deep a product is looked into for a factor of exponentials.
const FACTORS: usize = 8;

impl Graph {
    /// ln a for a positive a of exponentials, in which nothing overflows; otherwise `None`.
    pub(super) fn logarithm_of(&mut self, a: Id) -> Option<Id> {
        let mut parts = PARTS;
        if self.value(a).is_some() || !self.is_of_exponentials(a, &mut parts) { None } else { Some(self.logarithm(a)) }
    }

    /// Whether a node is built of exponentials and positive numbers alone.
    fn is_of_exponentials(&self, a: Id, parts: &mut usize) -> bool {
        let Some(fewer) = parts.checked_sub(1) else { return false };
        *parts = fewer;
        match self.operations[a] {
            Operation::Constant(Exact(c)) => c > 0.0 && c.is_finite(),
            Operation::One(One::Exp | One::Sigmoid | One::Cosh, _) => true,
            Operation::One(One::Square | One::Recip | One::Sqrt | One::Cbrt, u)
            | Operation::Mixed(Mixed::Power, u, _)
            | Operation::Two(Two::Power, u, _) => self.value(u).is_none() && self.is_of_exponentials(u, parts),
            Operation::Mixed(Mixed::Plus | Mixed::Times | Mixed::Over, u, Exact(c)) => {
                c > 0.0 && c.is_finite() && self.is_of_exponentials(u, parts)
            }
            Operation::Two(Two::Add | Two::Multiply | Two::Divide, u, v) => {
                self.is_of_exponentials(u, parts) && self.is_of_exponentials(v, parts)
            }
            _ => false,
        }
    }

    /// ln a; `a` is built of exponentials.
    fn logarithm(&mut self, a: Id) -> Id {
        match self.operations[a] {
            Operation::Constant(Exact(c)) => self.constant(libm::log(c)),
            Operation::One(One::Exp, u) => u,
            Operation::One(One::Sigmoid, u) => {
                let softplus = self.reflected(One::Softplus, u);
                self.negate(softplus)
            }
            Operation::One(One::Cosh, u) => self.logarithm_of_cosh(u),
            Operation::One(One::Square, u) => self.multiple_of_logarithm(u, 2.0),
            Operation::One(One::Recip, u) => self.multiple_of_logarithm(u, -1.0),
            Operation::One(One::Sqrt, u) => self.multiple_of_logarithm(u, 0.5),
            Operation::One(One::Cbrt, u) => {
                let (logarithm, three) = (self.logarithm(u), self.constant(3.0));
                self.quotient(logarithm, three)
            }
            Operation::Mixed(Mixed::Power, u, Exact(c)) => self.multiple_of_logarithm(u, c),
            Operation::Mixed(Mixed::Plus, u, Exact(c)) => {
                let (logarithm, ln) = (self.logarithm(u), libm::log(c));
                let share = self.shifted(logarithm, -ln);
                let softplus = self.one(One::Softplus, share);
                self.shifted(softplus, ln)
            }
            Operation::Mixed(function, u, Exact(c)) => {
                let (logarithm, ln) = (self.logarithm(u), libm::log(c));
                self.shifted(logarithm, if function == Mixed::Over { -ln } else { ln })
            }
            Operation::Two(Two::Power, u, v) => {
                let logarithm = self.logarithm(u);
                self.product(logarithm, v)
            }
            Operation::Two(function, u, v) => {
                let [u, v] = [u, v].map(|part| self.logarithm(part));
                match function {
                    Two::Multiply => self.sum(u, v),
                    Two::Divide => self.difference(u, v),
                    _ => self.logarithm_of_sum(u, v),
                }
            }
            // There is nothing else.
            _ => self.add(Operation::One(One::Ln, a)),
        }
    }

    fn multiple_of_logarithm(&mut self, a: Id, factor: f64) -> Id {
        let logarithm = self.logarithm(a);
        self.multiple(logarithm, factor)
    }

    fn shifted(&mut self, a: Id, by: f64) -> Id {
        let by = self.constant(by);
        self.sum(a, by)
    }

    /// ln(eᵘ + eᵛ): the greater, and the softplus of what the other is more.
    pub(super) fn logarithm_of_sum(&mut self, u: Id, v: Id) -> Id {
        if let Some(c) = self.value(v) {
            let share = self.shifted(u, -c);
            let softplus = self.one(One::Softplus, share);
            return self.shifted(softplus, c);
        }
        let [below, above] = [self.difference(u, v), self.difference(v, u)];
        let rest = self.select(Test::Less, [u, v, below, above]);
        let greater = self.select(Test::Less, [u, v, v, u]);
        let softplus = self.one(One::Softplus, rest);
        self.sum(greater, softplus)
    }

    /// ln cosh u: near 0 ln(1 + 2 sinh²(u/2)), else |u| + softplus(−2|u|) − ln 2.
    fn logarithm_of_cosh(&mut self, u: Id) -> Id {
        let cosh = self.add(Operation::One(One::Cosh, u));
        let rest = self.plus(cosh, -1.0);
        let near = self.add(Operation::One(One::Ln1p, rest));
        let size = self.one(One::Abs, u);
        let twice = self.multiple(size, -2.0);
        let softplus = self.one(One::Softplus, twice);
        let sum = self.sum(size, softplus);
        let far = self.shifted(sum, -LN_2);
        let (square, one) = (self.one(One::Square, u), self.constant(1.0));
        self.select(Test::Less, [square, one, near, far])
    }

    /// A logarithm of what is not a sum of exponentials, but overflows as well: ln(eᵘ − eᵛ), ln sinh u, ln u².
    pub(super) fn other_logarithm(&mut self, a: Id) -> Option<Id> {
        if let Some([u, v]) = self.difference_of_exponentials(a) {
            // u + ln(1 − eᵛ⁻ᵘ)
            let below = self.difference(v, u);
            let rest = self.one(One::ExpM1, below);
            let share = self.negate(rest);
            let logarithm = self.add(Operation::One(One::Ln, share));
            return Some(self.sum(u, logarithm));
        }
        let (u, twice, shift) = match self.operations[a] {
            Operation::One(One::Square, u) => {
                let size = self.one(One::Abs, u);
                let logarithm = self.one(One::Ln, size);
                return Some(self.multiple(logarithm, 2.0));
            }
            Operation::One(One::ExpM1, u) => (u, u, 0.0),
            Operation::One(One::Sinh, u) => (u, self.multiple(u, 2.0), -LN_2),
            _ => return None,
        };
        // u + ln(1 − e⁻ᵘ), and u + ln(1 − e⁻²ᵘ) − ln 2
        let rest = self.reflected(One::ExpM1, twice);
        let share = self.negate(rest);
        let logarithm = self.add(Operation::One(One::Ln, share));
        let sum = self.sum(u, logarithm);
        Some(self.shifted(sum, shift))
    }

    /// u and v of eᵘ − eᵛ, of which one may be a constant.
    fn difference_of_exponentials(&mut self, a: Id) -> Option<[Id; 2]> {
        let exponent = |id: Id| match self.operations[id] {
            Operation::One(One::Exp, u) => Some(u),
            _ => None,
        };
        match self.operations[a] {
            Operation::Two(Two::Subtract, p, q) => Some([exponent(p)?, exponent(q)?]),
            Operation::Mixed(Mixed::Plus, p, Exact(c)) if c < 0.0 && c.is_finite() => {
                let u = exponent(p)?;
                Some([u, self.constant(libm::log(-c))])
            }
            Operation::Mixed(Mixed::From, p, Exact(c)) if c > 0.0 && c.is_finite() => {
                let v = exponent(p)?;
                Some([self.constant(libm::log(c)), v])
            }
            _ => None,
        }
    }

    /// ln(u² + v²) = 2 ln √(u² + v²), whose squares may be out of range; also ln(1 + u²), near 0 by its own form.
    pub(super) fn logarithm_of_squares(&mut self, a: Id) -> Option<Id> {
        if let Some(squares) = self.without(a, 1.0, TERMS) {
            return self.logarithm_of_one_and_squares(squares);
        }
        let distance = self.distance(a)?;
        Some(self.twice_logarithm(distance))
    }

    /// ln(1 + s), where s is a square or a sum of two.
    pub(super) fn logarithm_of_one_and_squares(&mut self, s: Id) -> Option<Id> {
        let root = self.squared(s).or_else(|| self.distance(s))?;
        let one = self.constant(1.0);
        let distance = self.add(Operation::Two(Two::Hypot, root, one));
        let (near, far) = (self.add(Operation::One(One::Ln1p, s)), self.twice_logarithm(distance));
        Some(self.select(Test::Less, [s, one, near, far]))
    }

    fn twice_logarithm(&mut self, a: Id) -> Id {
        let logarithm = self.add(Operation::One(One::Ln, a));
        self.multiple(logarithm, 2.0)
    }

    /// A logarithm to base 10 or 2.
    pub(super) fn logarithm_to_base(&mut self, function: One, a: Id) -> Option<Id> {
        let per_natural = if function == One::Log10 { LOG10_E } else { LOG2_E };
        match self.logarithm_of(a) {
            Some(logarithm) => Some(self.multiple(logarithm, per_natural)),
            None => self.logarithm_in_range(function, a, per_natural),
        }
    }

    /// A better form of a·b, if there is one: eᵘ·eᵛ = eᵘ⁺ᵛ.
    pub(super) fn better_product(&mut self, a: Id, b: Id) -> Option<Id> {
        let (Operation::One(One::Exp, u), Operation::One(One::Exp, v)) = (self.operations[a], self.operations[b])
        else {
            return None;
        };
        let exponent = self.sum(u, v);
        Some(self.one(One::Exp, exponent))
    }

    /// A better form of aᵇ, if there is one: a power of exponentials by its logarithm.
    pub(super) fn better_power(&mut self, a: Id, b: Id) -> Option<Id> {
        let logarithm = self.logarithm_of(a)?;
        let exponent = match self.value(b) {
            Some(exponent) => self.multiple(logarithm, exponent),
            None => self.product(logarithm, b),
        };
        Some(self.one(One::Exp, exponent))
    }

    /// A better form of a/b where b is built of exponentials.
    pub(super) fn over_exponentials(&mut self, a: Id, b: Id) -> Option<Id> {
        let below = self.logarithm_of(b)?;
        if let Some(above) = self.logarithm_of(a) {
            // a/(a + r) is the sigmoid of ln a − ln r, which keeps its digits near 1 as well.
            if let Some(rest) = self.without_term(b, a, PARTS) {
                let rest = match self.value(rest) {
                    Some(rest) => self.constant(libm::log(rest)),
                    None => self.logarithm(rest),
                };
                let share = self.difference(above, rest);
                return Some(self.one(One::Sigmoid, share));
            }
            let exponent = self.difference(above, below);
            return Some(self.one(One::Exp, exponent));
        }
        if let Some(quotient) = self.over_growing(a, b) {
            return Some(quotient);
        }
        let share = self.reflected(One::Exp, below);
        Some(self.product(a, share))
    }

    /// a/b for an a that may overflow together with b, both of exponentials: u·eᵛ, or a sum of such parts.
    pub(super) fn over_growing(&mut self, a: Id, b: Id) -> Option<Id> {
        let operation = self.operations[self.plainly(a)];
        match operation {
            Operation::Mixed(Mixed::Times, u, Exact(c)) if self.grows_exponentially(u) => {
                let quotient = self.quotient(u, b);
                return Some(self.multiple(quotient, c));
            }
            Operation::One(One::Negate, u) if self.grows_exponentially(u) => {
                let quotient = self.quotient(u, b);
                return Some(self.negate(quotient));
            }
            _ => {}
        }
        if let Some((rest, above)) = self.exponential_factor(a, FACTORS) {
            let below = self.logarithm_of(b)?;
            let share = if self.is_exp_of_term(b, above) {
                let exp = self.one(One::Exp, above);
                self.quotient(exp, b)
            } else {
                let exponent = self.difference(above, below);
                self.one(One::Exp, exponent)
            };
            return Some(self.product(rest, share));
        }
        // Each term of a sum by itself.
        let (p, q, is_sum) = match self.operations[a] {
            Operation::Two(Two::Add, p, q) => (p, q, true),
            Operation::Two(Two::Subtract, p, q) => (p, q, false),
            Operation::Mixed(Mixed::Plus, p, Exact(c)) => (p, self.constant(c), true),
            Operation::Mixed(Mixed::From, q, Exact(c)) => (self.constant(c), q, false),
            _ => return None,
        };
        if ![p, q].into_iter().any(|part| self.grows_exponentially(part)) {
            return None;
        }
        let [p, q] = [p, q].map(|part| self.quotient(part, b));
        Some(if is_sum { self.sum(p, q) } else { self.difference(p, q) })
    }

    /// Whether eᵘ is a term of a sum, so that its share has a form of its own.
    fn is_exp_of_term(&mut self, sum: Id, u: Id) -> bool {
        let exp = self.one(One::Exp, u);
        self.without_term(sum, exp, PARTS).is_some() || self.logistic(sum).is_some_and(|parts| parts.exponent == u)
    }

    /// Whether a part has a factor of exponentials.
    fn grows_exponentially(&mut self, a: Id) -> bool {
        self.logarithm_of(a).is_some() || self.exponential_factor(a, FACTORS).is_some()
    }

    /// A product r·eᵘ as r and u.
    fn exponential_factor(&mut self, a: Id, factors: usize) -> Option<(Id, Id)> {
        let fewer = factors.checked_sub(1)?;
        match self.operations[self.plainly(a)] {
            Operation::Two(Two::Multiply, p, q) => [[p, q], [q, p]].into_iter().find_map(|[p, q]| {
                if let Some(logarithm) = self.logarithm_of(q) {
                    return Some((p, logarithm));
                }
                let (rest, logarithm) = self.exponential_factor(p, fewer)?;
                Some((self.product(rest, q), logarithm))
            }),
            Operation::Mixed(Mixed::Times, u, Exact(c)) => {
                let (rest, logarithm) = self.exponential_factor(u, fewer)?;
                Some((self.multiple(rest, c), logarithm))
            }
            _ => None,
        }
    }

    /// ln(r·eᵘ) = ln r + u
    pub(super) fn logarithm_of_product(&mut self, a: Id) -> Option<Id> {
        let (rest, exponent) = self.exponential_factor(a, FACTORS)?;
        let logarithm = self.one(One::Ln, rest);
        Some(self.sum(logarithm, exponent))
    }

    /// √(r·eᵘ) = √r·eᵘᐟ²
    pub(super) fn root_of_product(&mut self, a: Id) -> Option<Id> {
        let (rest, exponent) = self.exponential_factor(a, FACTORS)?;
        let (root, half) = (self.one(One::Sqrt, rest), self.multiple(exponent, 0.5));
        let share = self.one(One::Exp, half);
        Some(self.product(root, share))
    }

    /// The rest of a sum in which a node is a term.
    pub(super) fn without_term(&mut self, sum: Id, term: Id, terms: usize) -> Option<Id> {
        let fewer = terms.checked_sub(1)?;
        match self.operations[sum] {
            Operation::Two(Two::Add, p, q) if p == term => Some(q),
            Operation::Two(Two::Add, p, q) if q == term => Some(p),
            Operation::Two(Two::Add, p, q) => [[p, q], [q, p]].into_iter().find_map(|[part, other]| {
                let rest = self.without_term(part, term, fewer)?;
                Some(self.sum(rest, other))
            }),
            Operation::Mixed(Mixed::Plus, p, Exact(c)) if p == term => Some(self.constant(c)),
            Operation::Mixed(Mixed::Plus, p, Exact(c)) => {
                let rest = self.without_term(p, term, fewer)?;
                Some(self.plus(rest, c))
            }
            _ => None,
        }
    }

    /// tanh, where it is written in exponentials or as sinh/cosh.
    pub(super) fn hyperbolic_quotient(&mut self, a: Id, b: Id) -> Option<Id> {
        if let Operation::One(One::Negate, u) = self.operations[a] {
            let quotient = self.hyperbolic_quotient(u, b)?;
            return Some(self.negate(quotient));
        }
        let argument = match (self.operations[a], self.operations[b]) {
            (Operation::One(One::Sinh, u), Operation::One(One::Cosh, v)) if u == v => u,
            // (eᵘ − 1)/(eᵘ + 1) = tanh(u/2)
            (Operation::One(One::ExpM1, u), _) if self.one_plus_exp(b) == Some(u) => self.multiple(u, 0.5),
            // (eᵘ − eᵛ)/(eᵘ + eᵛ) = tanh((u − v)/2)
            (Operation::Two(Two::Subtract, p, q), Operation::Two(Two::Add, r, s))
                if [p, q] == [r, s] || [q, p] == [r, s] =>
            {
                let (Operation::One(One::Exp, u), Operation::One(One::Exp, v)) =
                    (self.operations[p], self.operations[q])
                else {
                    return None;
                };
                let difference = self.difference(u, v);
                self.multiple(difference, 0.5)
            }
            _ => return None,
        };
        Some(self.one(One::Tanh, argument))
    }
}
