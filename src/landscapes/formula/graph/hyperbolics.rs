//! Sums of eᵘ, e⁻ᵘ, sinh u and cosh u as one of them: eᵘ − e⁻ᵘ = 2 sinh u, cosh u − sinh u = e⁻ᵘ, of which the terms agree in
//! their digits near 0 or far out.

use super::taylor::Term;
use super::{Exact, Graph, Mixed, One, Operation};
use crate::landscapes::formula::tree::Id;

/// p·eᵘ + q·e⁻ᵘ
struct Both {
    u: Id,
    shares: [f64; 2],
}

impl Graph {
    /// Joins such terms; whether any were.
    pub(super) fn join_exponentials(&mut self, terms: &mut Vec<Term>) -> bool {
        let parts: Vec<Option<Both>> = terms.iter().map(|term| self.both_exponentials(term.part)).collect();
        let Some(u) = parts.iter().enumerate().find_map(|(index, part)| {
            let u = part.as_ref()?.u;
            parts[..index].iter().flatten().any(|other| other.u == u).then_some(u)
        }) else {
            return false;
        };
        let mut whole = [0.0; 2];
        let mut rest = Vec::new();
        for (term, part) in terms.iter().zip(parts) {
            match part.filter(|part| part.u == u) {
                Some(part) => whole = [0, 1].map(|index| whole[index] + term.factor * part.shares[index]),
                None => rest.push(*term),
            }
        }
        let joined = match whole {
            [0.0, 0.0] => None,
            [p, 0.0] => Some(Term { factor: p, part: self.one(One::Exp, u) }),
            [0.0, q] => Some(Term { factor: q, part: self.reflected(One::Exp, u) }),
            [p, q] if p == -q => Some(Term { factor: 2.0 * p, part: self.one(One::Sinh, u) }),
            [p, q] if p == q => Some(Term { factor: 2.0 * p, part: self.one(One::Cosh, u) }),
            _ => return false,
        };
        rest.extend(joined);
        *terms = rest;
        true
    }

    /// Whether a sum is of exponentials alone, which quotients and logarithms know in their own form.
    pub(super) fn is_of_exponentials_alone(&mut self, terms: &[Term]) -> bool {
        terms.iter().all(|term| self.both_exponentials(term.part).is_some())
    }

    fn both_exponentials(&mut self, part: Id) -> Option<Both> {
        let (u, [p, q]) = match self.operations[part] {
            Operation::One(One::Exp, u) => (u, [1.0, 0.0]),
            Operation::One(One::Sinh, u) => (u, [0.5, -0.5]),
            Operation::One(One::Cosh, u) => (u, [0.5, 0.5]),
            _ => return None,
        };
        Some(match self.operations[u] {
            Operation::One(One::Negate, u) => Both { u, shares: [q, p] },
            Operation::Mixed(Mixed::Times, v, Exact(c)) if c < 0.0 => Both { u: self.multiple(v, -c), shares: [q, p] },
            _ => Both { u, shares: [p, q] },
        })
    }
}
