//! Even functions of a root, which are smooth where the root is 0 and has no slope: cos √(x² + y²), (√(x² + y²))², sin² r,
//! r sin r, acos² v at v = 1.
//!
//! The chain rule would multiply the slope 0 of the function by the infinite one of the root, which counts as 0. Near 0 they
//! are therefore functions of what stands under the root; everywhere else they are left as they are.

use std::collections::HashMap;

use super::cancelling::vanishing;
use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;
use crate::numbers::{Quotient, Vanishing};

impl Graph {
    /// The same graph with such functions in their smooth form.
    pub(super) fn smooth_at_roots(self) -> Self {
        let has_root = |operation: &Operation<Id>| {
            matches!(operation, Operation::One(One::Sqrt | One::Acos, _) | Operation::Two(Two::Hypot, ..))
        };
        if !self.operations.iter().any(has_root) {
            return self;
        }
        let mut smooth = Self { operations: Vec::new(), known: HashMap::new(), ..self };
        let mut place: Vec<Id> = Vec::with_capacity(self.operations.len());
        for operation in self.operations {
            let moved = operation.map(|operand| place[operand]);
            let better = smooth.even(moved);
            place.push(better.unwrap_or_else(|| smooth.keep(moved)));
        }
        smooth.result = place.get(smooth.result).copied().unwrap_or(0);
        smooth
    }

    /// The smooth form of an operation that is an even function of a root.
    fn even(&mut self, operation: Operation<Id>) -> Option<Id> {
        match operation {
            Operation::One(One::Square, a) => self.even_square(a),
            Operation::One(function @ (One::Cos | One::Cosh), a) => {
                let under = self.under_root(a)?;
                // cos r = 1 + u (cos r − 1)/u
                let vanishing = if function == One::Cos { Vanishing::Cos } else { Vanishing::Cosh };
                let product = self.times_quotient(under, vanishing)?;
                let near = self.keep(Operation::Mixed(Mixed::Plus, product, Exact(1.0)));
                Some(self.where_small(under, near, operation))
            }
            Operation::Two(Two::Multiply, a, b) => {
                // r sin r = u (sin r)/r
                let [function, r] = [[a, b], [b, a]].into_iter().find(|[outer, r]| self.is_odd_of(*outer, *r))?;
                let under = self.under_root(r)?;
                let near = self.times_quotient(under, self.odd(function)?)?;
                Some(self.where_small(under, near, operation))
            }
            _ => None,
        }
    }

    /// a² where a is a root, an odd function of one, or an arc cosine.
    fn even_square(&mut self, a: Id) -> Option<Id> {
        let plain = Operation::One(One::Square, a);
        match self.operations[a] {
            Operation::Two(Two::Hypot, ..) => self.under_root(a),
            Operation::Mixed(Mixed::Times | Mixed::Over, ..) | Operation::Select(..) => {
                let under = self.under_root(a)?;
                let near = self.where_small(under, under, plain);
                // Below 0 there is no root.
                let (zero, plain) = (self.keep(Operation::Constant(Exact(0.0))), self.keep(plain));
                Some(self.keep(Operation::Select(Test::Less, [under, zero, plain, near])))
            }
            Operation::One(One::Acos, v) => {
                // acos v = 2 asin √w, w = (1 − v)/2
                let rest = match self.operations[v] {
                    Operation::Mixed(Mixed::From, rest, Exact(1.0)) => rest,
                    _ => self.keep(Operation::Mixed(Mixed::From, v, Exact(1.0))),
                };
                let under = self.keep(Operation::Mixed(Mixed::Times, rest, Exact(0.5)));
                let square = self.square_of_odd(under, Vanishing::Asin)?;
                let near = self.keep(Operation::Mixed(Mixed::Times, square, Exact(4.0)));
                let half = self.keep(Operation::Constant(Exact(0.5)));
                let plain = self.keep(plain);
                Some(self.keep(Operation::Select(Test::Less, [under, half, near, plain])))
            }
            Operation::One(_, r) => {
                let function = self.odd(a)?;
                let under = self.under_root(r)?;
                let near = self.square_of_odd(under, function)?;
                Some(self.where_small(under, near, plain))
            }
            _ => None,
        }
    }

    /// f(√u)² = u (f(√u)/√u)²
    fn square_of_odd(&mut self, under: Id, function: Vanishing) -> Option<Id> {
        let quotient = Quotient::of_root(function)?;
        let share = self.keep(Operation::One(One::OverArgument(quotient), under));
        let square = self.keep(Operation::One(One::Square, share));
        Some(self.keep(Operation::Two(Two::Multiply, under.min(square), under.max(square))))
    }

    /// u q(√u)
    fn times_quotient(&mut self, under: Id, function: Vanishing) -> Option<Id> {
        let share = self.keep(Operation::One(One::OverArgument(Quotient::of_root(function)?), under));
        Some(self.keep(Operation::Two(Two::Multiply, under.min(share), under.max(share))))
    }

    /// The smooth form near 0, and the operation itself elsewhere.
    fn where_small(&mut self, under: Id, near: Id, plain: Operation<Id>) -> Id {
        let (end, plain) = (self.keep(Operation::Constant(Exact(1.0))), self.keep(plain));
        self.keep(Operation::Select(Test::Less, [under, end, near, plain]))
    }

    /// The odd function that a part is of another.
    fn odd(&self, a: Id) -> Option<Vanishing> {
        match self.operations[a] {
            Operation::One(function, _) => {
                vanishing(function).filter(|f| *f != Vanishing::ExpM1 && *f != Vanishing::Ln1p)
            }
            _ => None,
        }
    }

    fn is_odd_of(&self, outer: Id, r: Id) -> bool {
        matches!(self.operations[outer], Operation::One(_, inner) if inner == r) && self.odd(outer).is_some()
    }

    /// What stands under a root, with a factor of the root taken in.
    fn under_root(&mut self, a: Id) -> Option<Id> {
        match self.operations[self.plainly(a)] {
            Operation::One(One::Sqrt, u) => Some(u),
            Operation::Two(Two::Hypot, p, q) if [p, q].iter().all(|part| self.value(*part).is_none()) => {
                let [p, q] = [p, q].map(|part| self.keep(Operation::One(One::Square, part)));
                Some(self.keep(Operation::Two(Two::Add, p.min(q), p.max(q))))
            }
            Operation::One(One::Negate | One::Abs, inner) => self.under_root(inner),
            Operation::Mixed(function @ (Mixed::Times | Mixed::Over), inner, Exact(c)) => {
                let under = self.under_root(inner)?;
                Some(self.keep(Operation::Mixed(function, under, Exact(c * c))))
            }
            _ => None,
        }
    }
}
