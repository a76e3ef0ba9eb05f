//! Other forms of the same value, for what would overflow or lose its digits on the way: ln(1 + eᵘ) is softplus(u).
//!
//! None of them has a value where the first form has none, except where that merely overflows.

use super::{Exact, Graph, Mixed, One, Operation, Two};
use crate::landscapes::formula::tree::Id;

impl Graph {
    /// A better form of a function of one number, if there is one.
    pub(super) fn better(&mut self, function: One, a: Id) -> Option<Id> {
        match function {
            One::Ln => self.better_logarithm(a),
            One::Sqrt => self.better_root(a),
            // 1/(1 + eᵘ) = σ(−u)
            One::Recip => self.one_plus_exp(a).map(|u| self.reflected(One::Sigmoid, u)),
            _ => None,
        }
    }

    fn better_logarithm(&mut self, a: Id) -> Option<Id> {
        match self.operations[a] {
            // ln eᵘ = u
            Operation::One(One::Exp, u) => Some(u),
            // ln σ(u) = −softplus(−u)
            Operation::One(One::Sigmoid, u) => {
                let softplus = self.reflected(One::Softplus, u);
                Some(self.negate(softplus))
            }
            // ln(1 + eᵘ) = softplus(u)
            _ => self.one_plus_exp(a).map(|u| self.one(One::Softplus, u)),
        }
    }

    fn better_root(&mut self, a: Id) -> Option<Id> {
        match self.operations[a] {
            // √u² = |u|
            Operation::One(One::Square, u) => Some(self.one(One::Abs, u)),
            // √(u² + v²)
            Operation::Two(Two::Add, p, q) => {
                let [u, v] = [self.squared(p)?, self.squared(q)?];
                Some(self.add(Operation::Two(Two::Hypot, u, v)))
            }
            // √(u² + c²), where c is exact
            Operation::Mixed(Mixed::Plus, p, Exact(square)) => {
                let (u, c) = (self.squared(p)?, square.sqrt());
                if c * c != square {
                    return None;
                }
                let c = self.constant(c);
                Some(self.add(Operation::Two(Two::Hypot, u, c)))
            }
            _ => None,
        }
    }

    /// A better form of a quotient, if there is one.
    pub(super) fn better_quotient(&mut self, a: Id, b: Id) -> Option<Id> {
        if let Some(u) = self.one_plus_exp(b) {
            // eᵘ/(1 + eᵘ) = σ(u), else a/(1 + eᵘ) = a σ(−u)
            if self.operations[a] == Operation::One(One::Exp, u) {
                return Some(self.one(One::Sigmoid, u));
            }
            let share = self.reflected(One::Sigmoid, u);
            return Some(self.product(a, share));
        }
        // eᵘ/(1 + eᵘ)² = σ(u) σ(−u)
        let u = self.squared(b).and_then(|root| self.one_plus_exp(root))?;
        if self.operations[a] != Operation::One(One::Exp, u) {
            return None;
        }
        let (share, rest) = (self.one(One::Sigmoid, u), self.reflected(One::Sigmoid, u));
        Some(self.product(share, rest))
    }

    /// 1 − σ(u) = σ(−u)
    pub(super) fn better_rest(&mut self, of: f64, b: Id) -> Option<Id> {
        match self.operations[b] {
            Operation::One(One::Sigmoid, u) if of == 1.0 => Some(self.reflected(One::Sigmoid, u)),
            _ => None,
        }
    }

    /// A function of −u.
    fn reflected(&mut self, function: One, u: Id) -> Id {
        let negative = self.negate(u);
        self.one(function, negative)
    }

    /// u of 1 + eᵘ.
    fn one_plus_exp(&self, a: Id) -> Option<Id> {
        let Operation::Mixed(Mixed::Plus, exp, Exact(1.0)) = self.operations[a] else { return None };
        match self.operations[exp] {
            Operation::One(One::Exp, u) => Some(u),
            _ => None,
        }
    }

    /// u of u².
    fn squared(&self, a: Id) -> Option<Id> {
        match self.operations[a] {
            Operation::One(One::Square, u) => Some(u),
            _ => None,
        }
    }
}
