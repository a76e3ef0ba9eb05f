//! Differences of a function and its argument, such as sin u − u, eᵘ − 1 − u and ln(1 + u) − u, of which nothing is left near 0:
//! they are written u·(u·r(u)), where r comes from a power series.

use super::cancelling::vanishing;
use super::{Exact, Graph, Mixed, One, Operation, Two};
use crate::landscapes::formula::tree::Id;
use crate::numbers::{Quotient, Vanishing};

impl Graph {
    /// A better form of a − b, if there is one.
    pub(super) fn better_difference(&mut self, a: Id, b: Id) -> Option<Id> {
        if let Some(remainder) = self.remainder(a, b) {
            return Some(remainder);
        }
        let remainder = self.remainder(b, a)?;
        Some(self.negate(remainder))
    }

    /// A better form of a + b, if there is one: a − (−b).
    pub(super) fn better_pair(&mut self, a: Id, b: Id) -> Option<Id> {
        [[a, b], [b, a]].into_iter().find_map(|[a, b]| {
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
        matches!(self.operations[a], Operation::One(function, _) if function == One::Exp || vanishing(function).is_some())
    }

    /// f(u) − u, where the second is u; also eᵘ − (1 + u).
    fn remainder(&mut self, a: Id, b: Id) -> Option<Id> {
        let Operation::One(function, u) = self.operations[a] else { return None };
        let function = match (function, self.operations[b]) {
            (One::Exp, Operation::Mixed(Mixed::Plus, v, Exact(1.0))) if u == v => One::ExpM1,
            _ if u == b => function,
            _ => return None,
        };
        let quotient = Quotient::of(vanishing(function)?).next()?;
        let smooth = self.one(One::OverArgument(quotient), u);
        // In this order no power of u leaves the range of a number where the whole does not.
        let share = self.product(u, smooth);
        Some(self.product(u, share))
    }

    /// Whether a node is the rest of such a difference, once its factors u were cancelled.
    pub(super) fn is_remainder(&self, a: Id) -> bool {
        // Of the root, one term alone is taken out.
        let is_rest = |id: Id| matches!(self.operations[id], Operation::One(One::OverArgument(q), _) if q.order > 0 || q.function == Vanishing::Root);
        match self.operations[a] {
            Operation::Two(Two::Multiply, u, v) => is_rest(u) || is_rest(v),
            _ => is_rest(a),
        }
    }
}
