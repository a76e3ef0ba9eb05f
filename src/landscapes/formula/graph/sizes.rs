//! The size of a part, ln |a|, its sign and about which power it grows like, all without computing it: it may leave the range
//! of a number.

use super::overflow::{FEW, PARTS};
use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;

/// The degree of what grows like an exponential.
const EXPONENTIAL: f64 = 1e3;

impl Graph {
    /// About which power of its variables a part grows or falls like.
    pub(super) fn degree(&self, a: Id, parts: &mut usize) -> f64 {
        let Some(fewer) = parts.checked_sub(1) else { return 0.0 };
        *parts = fewer;
        match self.operations[self.plainly(a)] {
            Operation::Constant(_) => 0.0,
            Operation::One(One::Exp | One::Cosh | One::Sinh, _) | Operation::Two(Two::Power, ..) => EXPONENTIAL,
            Operation::One(One::Square, u) => 2.0 * self.degree(u, parts),
            Operation::One(One::Sqrt, u) => 0.5 * self.degree(u, parts),
            Operation::One(One::Cbrt, u) => self.degree(u, parts) / 3.0,
            Operation::Mixed(Mixed::Power, u, Exact(c)) => c.abs() * self.degree(u, parts),
            Operation::One(One::Recip | One::Negate | One::Abs | One::Relu | One::Softplus | One::ExpM1, u)
            | Operation::Mixed(_, u, _) => self.degree(u, parts),
            Operation::Two(Two::Multiply | Two::Divide, u, v) => self.degree(u, parts) + self.degree(v, parts),
            Operation::Two(Two::Add | Two::Subtract | Two::Min | Two::Max | Two::Hypot, u, v)
            | Operation::Select(_, [_, _, u, v]) => self.degree(u, parts).max(self.degree(v, parts)),
            _ => 1.0,
        }
    }

    /// Whether a part is plainly never negative.
    pub(super) fn is_nonnegative(&self, a: Id, parts: &mut usize) -> bool {
        let Some(fewer) = parts.checked_sub(1) else { return false };
        *parts = fewer;
        match self.operations[self.plainly(a)] {
            Operation::Constant(Exact(c)) => c >= 0.0,
            Operation::One(
                One::Square | One::Abs | One::Exp | One::Cosh | One::Sigmoid | One::Softplus | One::Sqrt | One::Relu,
                _,
            )
            | Operation::Two(Two::Hypot, ..) => true,
            Operation::One(One::Recip | One::Cbrt, u) | Operation::Two(Two::Power, u, _) => {
                self.is_nonnegative(u, parts)
            }
            Operation::Mixed(Mixed::Power, u, Exact(c)) => c % 2.0 == 0.0 || self.is_nonnegative(u, parts),
            Operation::Mixed(Mixed::Plus | Mixed::Times | Mixed::Over, u, Exact(c)) => {
                c >= 0.0 && self.is_nonnegative(u, parts)
            }
            Operation::Two(Two::Add | Two::Multiply | Two::Divide, u, v) => {
                self.is_nonnegative(u, parts) && self.is_nonnegative(v, parts)
            }
            _ => false,
        }
    }

    /// The sign of a part from those of its factors; nothing for a part that is too long.
    pub(super) fn sign_of(&mut self, a: Id, parts: &mut usize) -> Option<Id> {
        *parts = parts.checked_sub(1)?;
        if self.is_nonnegative(a, &mut { FEW }) {
            return Some(self.constant(1.0));
        }
        let a = self.plainly(a);
        match self.operations[a] {
            Operation::Constant(Exact(c)) => Some(self.constant(c.signum())),
            Operation::One(One::Recip | One::Cbrt, u) => self.sign_of(u, parts),
            Operation::One(One::Negate, u) => {
                let sign = self.sign_of(u, parts)?;
                Some(self.negate(sign))
            }
            Operation::Mixed(Mixed::Times | Mixed::Over, u, Exact(c)) => {
                let sign = self.sign_of(u, parts)?;
                Some(self.multiple(sign, c.signum()))
            }
            Operation::Mixed(Mixed::Power, u, Exact(c)) if c.fract() == 0.0 => self.sign_of(u, parts),
            Operation::Two(Two::Multiply | Two::Divide, u, v) => {
                let signs = [self.sign_of(u, parts)?, self.sign_of(v, parts)?];
                Some(self.product(signs[0], signs[1]))
            }
            _ => Some(self.one(One::Sign, a)),
        }
    }

    /// ln |a|, in which no product and no power is computed; nothing for a part that is too long.
    pub(super) fn size_of(&mut self, a: Id, parts: &mut usize) -> Option<Id> {
        *parts = parts.checked_sub(1)?;
        let a = self.plainly(a);
        let (inner, factor) = match self.operations[a] {
            Operation::Constant(Exact(c)) => return Some(self.constant(libm::log(c.abs()))),
            Operation::One(One::Exp, u) => return Some(u),
            Operation::One(One::Square, u) => (u, 2.0),
            Operation::One(One::Recip, u) => (u, -1.0),
            Operation::One(One::Negate | One::Abs, u) => (u, 1.0),
            Operation::One(One::Cbrt, u) => (u, 1.0 / 3.0),
            Operation::One(One::Sqrt, u) => return self.size_of_fractional(u, None, parts),
            Operation::Mixed(Mixed::Power, u, Exact(c)) if c.fract() == 0.0 => (u, c),
            Operation::Mixed(Mixed::Power, u, Exact(c)) => return self.size_of_fractional(u, Some(c), parts),
            Operation::Mixed(function @ (Mixed::Times | Mixed::Over), u, Exact(c)) => {
                let (size, ln) = (self.size_of(u, parts)?, libm::log(c.abs()));
                let ln = self.constant(if function == Mixed::Over { -ln } else { ln });
                return Some(self.sum(size, ln));
            }
            Operation::Mixed(Mixed::Plus, u, Exact(c)) if c > 0.0 && self.is_nonnegative(u, &mut { FEW }) => {
                let (size, ln) = (self.size_of(u, parts)?, self.constant(libm::log(c)));
                return Some(self.logarithm_of_sum(size, ln));
            }
            Operation::Two(function @ (Two::Multiply | Two::Divide), u, v) => {
                let [u, v] = [self.size_of(u, parts)?, self.size_of(v, parts)?];
                return Some(if function == Two::Multiply { self.sum(u, v) } else { self.difference(u, v) });
            }
            Operation::Two(Two::Add, u, v) if self.is_nonnegative(a, &mut { FEW }) => {
                let [u, v] = [self.size_of(u, parts)?, self.size_of(v, parts)?];
                return Some(self.size_of_sum(u, v));
            }
            // A sum of parts of both signs, of which each may overflow, is not known far out.
            _ if self.degree(a, &mut { PARTS }) > 1.0 => return None,
            _ => {
                let size = self.one(One::Abs, a);
                return Some(self.add(Operation::One(One::Ln, size)));
            }
        };
        let size = self.size_of(inner, parts)?;
        Some(self.multiple(size, factor))
    }

    /// ln uᶜ, or ln √u, which has no value for a negative u.
    fn size_of_fractional(&mut self, u: Id, c: Option<f64>, parts: &mut usize) -> Option<Id> {
        let (size, sign) = (self.size_of(u, parts)?, self.sign_of(u, parts)?);
        let size = self.multiple(size, c.unwrap_or(0.5));
        Some(self.unless_negative(sign, size))
    }

    /// ln(eᵘ + eᵛ), also where both are −∞.
    fn size_of_sum(&mut self, u: Id, v: Id) -> Id {
        let sum = self.logarithm_of_sum(u, v);
        let greater = self.select(Test::Less, [u, v, v, u]);
        let none = self.constant(f64::NEG_INFINITY);
        self.select(Test::Equal, [greater, none, none, sum])
    }
}
