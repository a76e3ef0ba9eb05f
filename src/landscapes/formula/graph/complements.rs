//! What is left of 1: 1 − σ(u), 1 − tanh u, 1 − sin² u, 1 − eᵘ, 1 − cos u, which lose all digits where the
//! subtracted part is near 1.

use super::{Exact, Graph, Mixed, One, Operation, Two};
use crate::landscapes::formula::tree::Id;

impl Graph {
    /// c − f(u) for c = 1 and f of σ, tanh, exp, cos, cosh and the squares of tanh, sin and cos, which cancel where u is small
    /// or large.
    pub(super) fn better_rest(&mut self, of: f64, b: Id) -> Option<Id> {
        // c − c·f = c·(1 − f)
        if let Operation::Mixed(Mixed::Times, f, Exact(c)) = self.operations[b] {
            let rest = self.better_rest(of / c, f)?;
            return Some(self.multiple(rest, c));
        }
        if of == 0.5 && matches!(self.operations[b], Operation::One(One::Sigmoid, _)) {
            let difference = self.better_sum(b, -0.5)?;
            return Some(self.negate(difference));
        }
        if of != 1.0 {
            return None;
        }
        if let Some(complement) = self.complement(b) {
            return Some(complement);
        }
        let difference = self.better_sum(b, -1.0)?;
        Some(self.negate(difference))
    }

    /// f(u) − 1 for the same functions, and tanh u + 1.
    pub(super) fn better_sum(&mut self, a: Id, constant: f64) -> Option<Id> {
        if let Some(remainder) = self.better_last_term(a, constant) {
            return Some(remainder);
        }
        // c·f − c = c·(f − 1)
        if let Operation::Mixed(Mixed::Times, f, Exact(c)) = self.operations[a] {
            let difference = self.better_sum(f, constant / c)?;
            return Some(self.multiple(difference, c));
        }
        // tanh u + 1 = 2σ(2u)
        if let (Operation::One(One::Tanh, u), 1.0) = (self.operations[a], constant) {
            return Some(self.twice_sigmoid(u, 2.0));
        }
        // σ(u) − ½ = ½ tanh(u/2)
        if let (Operation::One(One::Sigmoid, u), -0.5) = (self.operations[a], constant) {
            let half = self.multiple(u, 0.5);
            let tanh = self.one(One::Tanh, half);
            return Some(self.multiple(tanh, 0.5));
        }
        if constant != -1.0 {
            return None;
        }
        if let Some(complement) = self.complement(a) {
            return Some(self.negate(complement));
        }
        // bᵘ − 1
        if let Some(exponent) = self.natural_exponent(a) {
            let (near, far) = (self.one(One::ExpM1, exponent), self.mixed(Mixed::Plus, a, -1.0));
            return Some(self.near_zero(exponent, near, far));
        }
        let (half_of, u, factor) = match self.operations[a] {
            Operation::One(One::Exp, u) => return Some(self.one(One::ExpM1, u)),
            // −2 sin²(u/2) and 2 sinh²(u/2)
            Operation::One(One::Cos, u) => (One::Sin, u, -2.0),
            Operation::One(One::Cosh, u) => (One::Sinh, u, 2.0),
            _ => return None,
        };
        let half = self.multiple(u, 0.5);
        let root = self.one(half_of, half);
        let square = self.one(One::Square, root);
        Some(self.multiple(square, factor))
    }

    /// u ln b of bᵘ, where b is a constant.
    pub(super) fn natural_exponent(&mut self, a: Id) -> Option<Id> {
        let Operation::Two(Two::Power, b, u) = self.operations[self.plainly(a)] else { return None };
        let ln = libm::log(self.value(b).filter(|b| *b > 0.0 && *b != 1.0)?);
        ln.is_normal().then(|| self.multiple(u, ln))
    }

    /// 1 − f as a product, which keeps its digits near f = 1.
    fn complement(&mut self, f: Id) -> Option<Id> {
        match self.operations[f] {
            // 1 − σ(u) = σ(−u)
            Operation::One(One::Sigmoid, u) => Some(self.reflected(One::Sigmoid, u)),
            // 1 − tanh u = 2σ(−2u)
            Operation::One(One::Tanh, u) => Some(self.twice_sigmoid(u, -2.0)),
            Operation::One(One::Square, root) => match self.operations[root] {
                // (1 − tanh u)(1 + tanh u)
                Operation::One(One::Tanh, u) => {
                    let [below, above] = [-2.0, 2.0].map(|factor| self.twice_sigmoid(u, factor));
                    Some(self.product(below, above))
                }
                Operation::One(One::Sin, u) => Some(self.square_of(One::Cos, u)),
                Operation::One(One::Cos, u) => Some(self.square_of(One::Sin, u)),
                _ => None,
            },
            _ => None,
        }
    }

    /// 2σ(k u)
    fn twice_sigmoid(&mut self, u: Id, k: f64) -> Id {
        let argument = self.multiple(u, k);
        let share = self.one(One::Sigmoid, argument);
        self.multiple(share, 2.0)
    }

    fn square_of(&mut self, function: One, u: Id) -> Id {
        let root = self.one(function, u);
        self.one(One::Square, root)
    }
}
