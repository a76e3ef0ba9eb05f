//! Differences of roots, √(u + c) − √u and √(u² + c²) − u, of which nothing is left far out: they are written
//! (a² − b²)/(a + b).

use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;

impl Graph {
    /// a − b, where both are roots of parts that differ by a constant, or b is the part under the root of a.
    pub(super) fn difference_of_roots(&mut self, a: Id, b: Id) -> Option<Id> {
        if let (Operation::One(One::Sqrt, p), Operation::One(One::Sqrt, q)) = (self.operations[a], self.operations[b]) {
            let c = self.constant_difference(p, q)?;
            let sum = self.add(Operation::Two(Two::Add, a.min(b), a.max(b)));
            return Some(self.constant_over(c, sum));
        }
        let square = self.square_beside(a, b)?;
        let zero = self.constant(0.0);
        let plain = self.add(Operation::Two(Two::Subtract, a, b));
        let sum = self.add(Operation::Two(Two::Add, a.min(b), a.max(b)));
        let far = self.constant_over(square, sum);
        Some(self.select(Test::Less, [zero, b, far, plain]))
    }

    /// a + b, where b < 0 is the part under the root of a.
    pub(super) fn sum_with_root(&mut self, a: Id, b: Id) -> Option<Id> {
        let square = self.square_beside(a, b)?;
        let zero = self.constant(0.0);
        let plain = self.add(Operation::Two(Two::Add, a.min(b), a.max(b)));
        let difference = self.add(Operation::Two(Two::Subtract, a, b));
        let far = self.constant_over(square, difference);
        Some(self.select(Test::Less, [b, zero, far, plain]))
    }

    /// c of p − q = c.
    fn constant_difference(&self, p: Id, q: Id) -> Option<f64> {
        let beside = |sum: Id| match self.operations[sum] {
            Operation::Mixed(Mixed::Plus, u, Exact(c)) => (u, c),
            _ => (sum, 0.0),
        };
        let ((u, c), (v, d)) = (beside(p), beside(q));
        (u == v && c != d).then_some(c - d)
    }

    /// c² of a = √(b² + c²).
    fn square_beside(&self, a: Id, b: Id) -> Option<f64> {
        match self.operations[self.plainly(a)] {
            Operation::Two(Two::Hypot, u, v) if u == b => {
                self.value(v).map(|c| c * c).filter(|square| square.is_normal())
            }
            Operation::One(One::Sqrt, sum) => match self.operations[sum] {
                Operation::Mixed(Mixed::Plus, square, Exact(c)) if c > 0.0 && self.squared(square) == Some(b) => {
                    Some(c)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn constant_over(&mut self, c: f64, a: Id) -> Id {
        let inverse = self.add(Operation::One(One::Recip, a));
        self.multiple(inverse, c)
    }
}
