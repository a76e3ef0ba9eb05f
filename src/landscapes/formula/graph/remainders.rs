//! Differences of a function and its argument, such as sin u − u, eᵘ − 1 − u and ln(1 + u) − u, of which nothing is left near 0:
//! they are written u·(u·r(u)), where r comes from a power series. Far from 0 the terms are left as they are: there it is the
//! product whose derivatives would cancel.

use super::cancelling::vanishing;
use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;
use crate::numbers::{Quotient, Vanishing};

/// Up to here a remainder is written by its series. Chosen so that no one types it by chance.
const NEAR: f64 = 1.000_000_119;

impl Graph {
    /// `near` for a small u, else `far`.
    pub(super) fn near_zero(&mut self, u: Id, near: Id, far: Id) -> Id {
        let [size, end] = [self.one(One::Abs, u), self.constant(NEAR)];
        self.select(Test::Less, [size, end, near, far])
    }

    /// What such a selection is near 0; any other node is itself.
    pub(super) fn near_form(&self, a: Id) -> Id {
        match self.operations[a] {
            Operation::Select(Test::Less, [_, end, near, _]) if self.value(end) == Some(NEAR) => near,
            _ => a,
        }
    }

    /// A better form of a − b, if there is one.
    pub(super) fn better_difference(&mut self, a: Id, b: Id) -> Option<Id> {
        if let Some(whole) = self.of_both_halves(a, b) {
            return Some(whole);
        }
        if let Some(remainder) = self.remainder(a, b) {
            return Some(remainder);
        }
        if let Some(remainder) = self.remainder(b, a) {
            return Some(self.negate(remainder));
        }
        if let Some(difference) = self.difference_at_two_places(a, b) {
            return Some(difference);
        }
        let difference = self.difference_at_two_places(b, a)?;
        Some(self.negate(difference))
    }

    /// A better form of a + b, if there is one: a − (−b).
    pub(super) fn better_pair(&mut self, a: Id, b: Id) -> Option<Id> {
        if let Some(whole) = self.of_both_halves(a, b) {
            return Some(self.one(One::Abs, whole));
        }
        [[a, b], [b, a]].into_iter().find_map(|[a, b]| {
            if let Some(sum) = self.sum_with_root(a, b) {
                return Some(sum);
            }
            if !self.may_be_remainder(a) {
                return None;
            }
            let opposite = self.negate(b);
            self.remainder(a, opposite)
        })
    }

    /// eᵘ − u − 1, of which the difference is read first.
    pub(super) fn better_last_term(&mut self, difference: Id, constant: f64) -> Option<Id> {
        let Operation::Two(Two::Subtract, a, b) = self.operations[difference] else { return None };
        let (exp, u, is_first) = match (self.operations[a], self.operations[b]) {
            (Operation::One(One::Exp, u), _) if u == b && constant == -1.0 => (a, u, true),
            (_, Operation::One(One::Exp, u)) if u == a && constant == 1.0 => (b, u, false),
            _ => return None,
        };
        let rest = self.plus(exp, -1.0);
        let remainder = self.remainder(rest, u)?;
        Some(if is_first { remainder } else { self.negate(remainder) })
    }

    fn may_be_remainder(&self, a: Id) -> bool {
        matches!(self.operations[a], Operation::One(function, _) if matches!(function, One::Exp | One::Softplus) || vanishing(function).is_some())
    }

    /// f(u) − u, where the second is u; also eᵘ − (1 + u).
    fn remainder(&mut self, a: Id, b: Id) -> Option<Id> {
        let Operation::One(function, u) = self.operations[a] else { return None };
        // softplus(u) − u = softplus(−u)
        if function == One::Softplus && u == b {
            return Some(self.reflected(One::Softplus, u));
        }
        let function = match (function, self.operations[b]) {
            (One::Exp, Operation::Mixed(Mixed::Plus, v, Exact(1.0))) if u == v => One::ExpM1,
            _ if u == b => function,
            _ => return None,
        };
        let quotient = Quotient::of(vanishing(function)?).next()?;
        let smooth = self.one(One::OverArgument(quotient), u);
        // In this order no power of u leaves the range of a number where the whole does not.
        let share = self.product(u, smooth);
        let near = self.product(u, share);
        let far = self.add(Operation::Two(Two::Subtract, a, b));
        Some(self.near_zero(u, near, far))
    }

    /// Whether a node is the rest of such a difference, once its factors u were cancelled.
    pub(super) fn is_remainder(&self, a: Id) -> bool {
        // Of the root, one term alone is taken out.
        let is_rest = |id: Id| matches!(self.operations[id], Operation::One(One::OverArgument(q), _) if q.order > 0 || q.function == Vanishing::Root);
        let a = self.near_form(a);
        match self.operations[a] {
            Operation::Two(Two::Multiply, u, v) => is_rest(u) || is_rest(v),
            _ => is_rest(a),
        }
    }
}
