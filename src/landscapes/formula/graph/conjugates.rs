//! Differences of a function at two places that are a constant apart, of which nothing is left far out: of roots,
//! √(u + c) − √u and √(u² + c²) − u, written (a² − b²)/(a + b); of logarithms, ln(u + c) − ln u = ln(1 + c/u); and of
//! reciprocals, 1/(u + c) − 1/u = −c/(u(u + c)).

use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;

impl Graph {
    /// a − b, where both are one function of parts that differ by a constant, or b is the part under the root of a.
    pub(super) fn difference_at_two_places(&mut self, a: Id, b: Id) -> Option<Id> {
        if let (Operation::One(One::Sqrt, p), Operation::One(One::Sqrt, q)) = (self.operations[a], self.operations[b]) {
            let c = self.constant_difference(p, q)?;
            let sum = self.add(Operation::Two(Two::Add, a.min(b), a.max(b)));
            return Some(self.constant_over(c, sum));
        }
        if let Some(difference) = self.difference_of_logarithms(a, b).or_else(|| self.difference_of_reciprocals(a, b)) {
            return Some(difference);
        }
        let square = self.square_beside(a, b)?;
        let zero = self.constant(0.0);
        let plain = self.add(Operation::Two(Two::Subtract, a, b));
        let sum = self.add(Operation::Two(Two::Add, a.min(b), a.max(b)));
        let far = self.constant_over(square, sum);
        Some(self.select(Test::Less, [zero, b, far, plain]))
    }

    /// ln p − ln q, where p − q is a constant.
    fn difference_of_logarithms(&mut self, a: Id, b: Id) -> Option<Id> {
        let [(u, c), (v, d)] = [self.logarithm_beside_constant(a)?, self.logarithm_beside_constant(b)?];
        if u != v || c == d {
            return None;
        }
        let plain = self.add(Operation::Two(Two::Subtract, a, b));
        let below = if d == 0.0 { u } else { self.mixed(Mixed::Plus, u, d) };
        let share = self.constant_over(c - d, below);
        let far = self.add(Operation::One(One::Ln1p, share));
        let step = self.constant((c - d).abs());
        Some(self.select(Test::Less, [step, below, far, plain]))
    }

    /// u and c of ln(u + c).
    fn logarithm_beside_constant(&self, a: Id) -> Option<(Id, f64)> {
        match self.operations[a] {
            Operation::One(One::Ln, sum) => Some(self.beside(sum)),
            Operation::One(One::Ln1p, u) => {
                let (u, c) = self.beside(u);
                Some((u, c + 1.0))
            }
            _ => None,
        }
    }

    /// 1/p − 1/q, where p − q is a constant.
    fn difference_of_reciprocals(&mut self, a: Id, b: Id) -> Option<Id> {
        let (Operation::One(One::Recip, p), Operation::One(One::Recip, q)) = (self.operations[a], self.operations[b])
        else {
            return None;
        };
        let c = self.constant_difference(p, q)?;
        let product = self.add(Operation::Two(Two::Multiply, a.min(b), a.max(b)));
        Some(self.multiple(product, -c))
    }

    /// u and c of u + c.
    fn beside(&self, sum: Id) -> (Id, f64) {
        match self.operations[sum] {
            Operation::Mixed(Mixed::Plus, u, Exact(c)) => (u, c),
            _ => (sum, 0.0),
        }
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
        let ((u, c), (v, d)) = (self.beside(p), self.beside(q));
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
