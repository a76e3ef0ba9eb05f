//! Other forms of the same value, for what would overflow or lose its digits on the way: ln(1 + eᵘ) is softplus(u).
//!
//! None of them has a value where the first form has none, except where that merely overflows.

use super::cancelling::TERMS;
use super::overflow::FEW;
use super::powers::Raised;
use super::{Exact, Graph, Mixed, One, Operation, Two};
use crate::landscapes::formula::tree::Id;

/// c + k eᵘ
pub(super) struct Logistic {
    /// u
    pub(super) exponent: Id,
    /// u − ln(c/k), of which the share k eᵘ/(c + k eᵘ) is the sigmoid.
    share: Id,
    /// c and k
    scale: [f64; 2],
}

impl Graph {
    /// A better form of a function of one number, if there is one.
    pub(super) fn better(&mut self, function: One, a: Id) -> Option<Id> {
        match function {
            One::Ln => self.better_logarithm(a),
            One::Sqrt => self.better_root(a),
            // 1/(c + k eᵘ) = σ(ln(c/k) − u)/c
            One::Recip => {
                let Some(Logistic { share, scale, .. }) = self.logistic(a) else {
                    let logarithm = self.logarithm_of(a)?;
                    return Some(self.reflected(One::Exp, logarithm));
                };
                let share = self.reflected(One::Sigmoid, share);
                Some(self.divided(share, scale[0]))
            }
            // ln(1 + eᵘ) = softplus(u)
            One::Ln1p => match self.logarithm_of(a) {
                Some(logarithm) => Some(self.one(One::Softplus, logarithm)),
                None => self.logarithm_of_one_and_squares(a).or_else(|| self.logarithm_of_one_and(a)),
            },
            One::Log10 | One::Log2 => self.logarithm_to_base(function, a),
            // |u| = u where u is never negative, u⁴ for one, which has its derivatives at 0 as well.
            One::Abs => {
                let size = self.without_signs(a, &mut { FEW });
                if size != a {
                    return Some(self.one(One::Abs, size));
                }
                self.is_nonnegative(a, &mut { FEW }).then_some(a)
            }
            One::Square => match self.operations[a] {
                Operation::One(One::Negate | One::Abs, u) => Some(self.one(One::Square, u)),
                _ => self.power_of_power(a, Raised::To(2.0)),
            },
            One::Exp => self.exponential_of_logarithm(a),
            One::Cbrt => {
                if let Some(power) = self.power_of_power(a, Raised::CubeRoot) {
                    return Some(power);
                }
                let Some(logarithm) = self.logarithm_of(a) else { return self.cube_root_in_range(a) };
                let three = self.constant(3.0);
                let third = self.quotient(logarithm, three);
                Some(self.one(One::Exp, third))
            }
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
            _ => {
                // ln(c + k eᵘ) = ln c + softplus(u − ln(c/k))
                if let Some(Logistic { share, scale: [c, _], .. }) = self.logistic(a) {
                    let (softplus, ln) = (self.one(One::Softplus, share), self.constant(libm::log(c)));
                    return Some(self.sum(softplus, ln));
                }
                if let Some(logarithm) =
                    self.logarithm_of(a).or_else(|| self.other_logarithm(a)).or_else(|| self.logarithm_of_product(a))
                {
                    return Some(logarithm);
                }
                if let Some(logarithm) = self.logarithm_of_squares(a) {
                    return Some(logarithm);
                }
                // ln(1 + u), whose sum would be rounded
                match self.without(a, 1.0, TERMS) {
                    Some(u) => Some(self.one(One::Ln1p, u)),
                    None => self.logarithm_in_range(One::Ln, a, 1.0),
                }
            }
        }
    }

    fn better_root(&mut self, a: Id) -> Option<Id> {
        // √u² = |u|
        if let Some(power) = self.power_of_power(a, Raised::To(0.5)) {
            return Some(power);
        }
        let by_logarithm = |graph: &mut Self| {
            let logarithm = graph.logarithm_of(a)?;
            let half = graph.multiple(logarithm, 0.5);
            Some(graph.one(One::Exp, half))
        };
        self.distance(a)
            .or_else(|| by_logarithm(self))
            .or_else(|| self.root_of_product(a))
            .or_else(|| self.root_of_squares(a))
            .or_else(|| self.power_in_range(a, 0.5))
    }

    /// The root of a sum of squares.
    pub(super) fn distance(&mut self, a: Id) -> Option<Id> {
        match self.operations[a] {
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
        if let Some(tanh) = self.hyperbolic_quotient(a, b) {
            return Some(tanh);
        }
        if let Some(logistic) = self.logistic(b) {
            // eᵘ/(c + k eᵘ) = σ(u − ln(c/k))/k, else a/(c + k eᵘ) = a σ(ln(c/k) − u)/c
            let (share, rest) = (logistic.share, logistic.scale);
            if self.is_exp(a, logistic.exponent) {
                let share = self.one(One::Sigmoid, share);
                return Some(self.divided(share, rest[1]));
            }
            if let Some(quotient) = self.over_growing(a, b) {
                return Some(quotient);
            }
            let share = self.reflected(One::Sigmoid, share);
            let product = self.product(a, share);
            return Some(self.divided(product, rest[0]));
        }
        // eᵘ/(eᵘ + eᵛ) = σ(u − v)
        if let Operation::Two(Two::Add, p, q) = self.operations[b]
            && let (Operation::One(One::Exp, u), Operation::One(One::Exp, v)) = (self.operations[p], self.operations[q])
            && (a == p || a == q)
        {
            let exponent = if a == p { self.difference(u, v) } else { self.difference(v, u) };
            return Some(self.one(One::Sigmoid, exponent));
        }
        // eᵘ/(1 + eᵘ)² = σ(u) σ(−u)
        let Some(u) = self.squared(b).and_then(|root| self.one_plus_exp(root)).filter(|u| self.is_exp(a, *u)) else {
            return self.over_exponentials(a, b);
        };
        let (share, rest) = (self.one(One::Sigmoid, u), self.reflected(One::Sigmoid, u));
        Some(self.product(share, rest))
    }

    /// Whether a node is eᵘ.
    fn is_exp(&self, a: Id, u: Id) -> bool {
        self.operations[a] == Operation::One(One::Exp, u)
    }

    /// A node over a constant that is not 0.
    fn divided(&mut self, a: Id, divisor: f64) -> Id {
        let divisor = self.constant(divisor);
        self.quotient(a, divisor)
    }

    /// The parts of c + k eᵘ, both positive.
    pub(super) fn logistic(&mut self, b: Id) -> Option<Logistic> {
        let Operation::Mixed(Mixed::Plus, term, Exact(c)) = self.operations[b] else { return None };
        let (exp, k) = match self.operations[term] {
            Operation::Mixed(Mixed::Times, exp, Exact(k)) => (exp, k),
            _ => (term, 1.0),
        };
        let Operation::One(One::Exp, exponent) = self.operations[exp] else { return None };
        let is_share = c > 0.0 && k > 0.0 && (c / k).is_normal();
        if !is_share {
            return None;
        }
        let shift = self.constant(-libm::log(c / k));
        Some(Logistic { exponent, share: self.sum(exponent, shift), scale: [c, k] })
    }

    /// A function of −u.
    pub(super) fn reflected(&mut self, function: One, u: Id) -> Id {
        let negative = self.negate(u);
        self.one(function, negative)
    }

    /// u of relu(u) and relu(−u), of which the difference is u and the sum |u|: where both switch, either has slope 0.
    pub(super) fn of_both_halves(&self, a: Id, b: Id) -> Option<Id> {
        let (Operation::One(One::Relu, u), Operation::One(One::Relu, v)) = (self.operations[a], self.operations[b])
        else {
            return None;
        };
        let is_opposite = match (self.operations[u], self.operations[v]) {
            (Operation::One(One::Negate, inner), _) => inner == v,
            (_, Operation::One(One::Negate, inner)) => inner == u,
            (Operation::Mixed(Mixed::Times, p, Exact(c)), Operation::Mixed(Mixed::Times, q, Exact(d))) => {
                p == q && c == -d
            }
            _ => self.is_opposite(u, v),
        };
        is_opposite.then_some(u)
    }

    /// u of 1 + eᵘ.
    pub(super) fn one_plus_exp(&self, a: Id) -> Option<Id> {
        let Operation::Mixed(Mixed::Plus, exp, Exact(1.0)) = self.operations[a] else { return None };
        match self.operations[exp] {
            Operation::One(One::Exp, u) => Some(u),
            _ => None,
        }
    }

    /// u of u².
    pub(super) fn squared(&self, a: Id) -> Option<Id> {
        match self.operations[a] {
            Operation::One(One::Square, u) => Some(u),
            _ => None,
        }
    }
}
