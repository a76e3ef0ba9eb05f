//! Quotients of parts that vanish together, such as sin(u)/u, (1 − cos u)/u², u/(eᵘ − 1), (u − sin u)/u³ and
//! (√(1 + u) − 1)/u.
//!
//! Near 0/0 the quotient rule subtracts numbers that agree in all their digits. Such parts are therefore factored into what
//! vanishes, which cancels in symbols, and a smooth rest, whose derivatives are computed without the quotient. Where what was
//! cancelled is 0 there is still no value.

use std::f64::consts::{LOG2_E, LOG10_E};

use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;
use crate::numbers::{Quotient, Vanishing};

/// How many quotients are tried for one: a long formula is left as it is.
const TRIALS: usize = 64;

/// The most terms of a sum that are searched for a constant.
pub(super) const TERMS: usize = 5;

/// What is known while a quotient is being reduced.
struct Reduction {
    trials: usize,
    /// What was cancelled.
    cancelled: Vec<Id>,
    /// Whether a smooth rest was split off; without one the quotient rule does as well.
    is_split: bool,
}

impl Graph {
    /// a/b without the cancellation near 0/0, if it has such a form.
    pub(super) fn without_cancellation(&mut self, a: Id, b: Id) -> Option<Id> {
        let mut reduction = Reduction { trials: TRIALS, cancelled: Vec::new(), is_split: false };
        let quotient = self.reduced(a, b, &mut reduction)?;
        if !reduction.is_split {
            return None;
        }
        let [zero, undefined] = [0.0, f64::NAN].map(|value| self.constant(value));
        reduction.cancelled.sort_unstable();
        reduction.cancelled.dedup();
        let choose = |whole, part| self.select(Test::Equal, [part, zero, undefined, whole]);
        Some(reduction.cancelled.into_iter().fold(quotient, choose))
    }

    /// a/b, where a part of one cancels a part of the other; otherwise `None`.
    fn reduced(&mut self, a: Id, b: Id, reduction: &mut Reduction) -> Option<Id> {
        reduction.trials = reduction.trials.checked_sub(1)?;
        let [a, b] = [a, b].map(|part| self.near_form(part));
        if self.value(a).is_some() || self.value(b).is_some() {
            return None;
        }
        if a == b || self.is_opposite(a, b) {
            reduction.cancelled.push(b);
            return Some(self.constant(if a == b { 1.0 } else { -1.0 }));
        }
        self.reduced_below(a, b, reduction).or_else(|| self.reduced_above(a, b, reduction))
    }

    /// c·u + c·v or c·u − c·v as u + v or u − v, and c.
    fn common_factor(&mut self, sum: Id) -> Option<(Id, f64)> {
        let Operation::Two(function @ (Two::Add | Two::Subtract), p, q) = self.operations[sum] else { return None };
        let [p, q] = [p, q].map(|part| self.operations[part]);
        let (Operation::Mixed(Mixed::Times, u, Exact(c)), Operation::Mixed(Mixed::Times, v, Exact(d))) = (p, q) else {
            return None;
        };
        let sum = if function == Two::Add { self.sum(u, v) } else { self.difference(u, v) };
        (c == d && c != 0.0).then_some((sum, c))
    }

    /// Whether a = −b is plain: u − v and v − u.
    pub(super) fn is_opposite(&self, a: Id, b: Id) -> bool {
        match (self.operations[a], self.operations[b]) {
            (Operation::Two(Two::Subtract, u, v), Operation::Two(Two::Subtract, w, z)) => u == z && v == w,
            (Operation::Mixed(Mixed::Plus, u, Exact(c)), Operation::Mixed(Mixed::From, v, Exact(d)))
            | (Operation::Mixed(Mixed::From, u, Exact(c)), Operation::Mixed(Mixed::Plus, v, Exact(d))) => {
                u == v && c == -d
            }
            _ => false,
        }
    }

    /// Takes the denominator apart.
    fn reduced_below(&mut self, a: Id, b: Id, reduction: &mut Reduction) -> Option<Id> {
        if let Some((sum, c)) = self.common_factor(b) {
            let (quotient, c) = (self.reduced(a, sum, reduction)?, self.constant(c));
            return Some(self.plain_quotient(quotient, c));
        }
        match self.operations[b] {
            // What has no value where a part is 0 has none here either.
            Operation::Select(Test::Equal, [part, zero, undefined, whole])
                if self.value(zero) == Some(0.0) && self.value(undefined).is_some_and(f64::is_nan) =>
            {
                reduction.cancelled.push(part);
                self.reduced(a, whole, reduction)
            }
            Operation::One(One::Negate, u) => {
                let quotient = self.reduced(a, u, reduction)?;
                Some(self.negate(quotient))
            }
            Operation::Mixed(Mixed::Times, u, Exact(c)) if c != 0.0 => {
                let (quotient, c) = (self.reduced(a, u, reduction)?, self.constant(c));
                Some(self.plain_quotient(quotient, c))
            }
            Operation::Mixed(Mixed::Over, u, Exact(c)) => {
                let (quotient, c) = (self.reduced(a, u, reduction)?, self.constant(c));
                Some(self.product(quotient, c))
            }
            Operation::One(One::Square, u) => self.reduced_by_both(a, [u, u], reduction),
            Operation::Two(Two::Multiply, u, v) => {
                self.reduced_by_both(a, [u, v], reduction).or_else(|| self.reduced_by_both(a, [v, u], reduction))
            }
            Operation::Two(Two::Divide, u, v) => {
                let quotient = self.reduced(a, u, reduction)?;
                Some(self.product(quotient, v))
            }
            _ => {
                let (smooth, vanishing) = self.factored(b)?;
                let quotient = self.reduced(a, vanishing, reduction)?;
                reduction.is_split = true;
                Some(self.plain_quotient(quotient, smooth))
            }
        }
    }

    /// a/(u·v), where u cancels, and v if it can.
    fn reduced_by_both(&mut self, a: Id, [u, v]: [Id; 2], reduction: &mut Reduction) -> Option<Id> {
        let once = self.reduced(a, u, reduction)?;
        reduction.is_split |= self.is_remainder(v);
        let twice = self.reduced(once, v, reduction);
        Some(twice.unwrap_or_else(|| self.plain_quotient(once, v)))
    }

    /// Takes the numerator apart.
    fn reduced_above(&mut self, a: Id, b: Id, reduction: &mut Reduction) -> Option<Id> {
        if let Some((sum, c)) = self.common_factor(a) {
            let (quotient, c) = (self.reduced(sum, b, reduction)?, self.constant(c));
            return Some(self.product(quotient, c));
        }
        match self.operations[a] {
            Operation::One(One::Negate, u) => {
                let quotient = self.reduced(u, b, reduction)?;
                Some(self.negate(quotient))
            }
            Operation::Mixed(Mixed::Times, u, Exact(c)) if c != 0.0 => {
                let quotient = self.reduced(u, b, reduction)?;
                let c = self.constant(c);
                Some(self.product(quotient, c))
            }
            Operation::Mixed(Mixed::Over, u, Exact(c)) => {
                let quotient = self.reduced(u, b, reduction)?;
                let c = self.constant(c);
                Some(self.plain_quotient(quotient, c))
            }
            Operation::One(One::Square, u) => {
                let quotient = self.reduced(u, b, reduction)?;
                Some(self.product(u, quotient))
            }
            Operation::Two(Two::Multiply, u, v) => [[u, v], [v, u]].into_iter().find_map(|[part, rest]| {
                let quotient = self.reduced(part, b, reduction)?;
                reduction.is_split |= self.is_remainder(rest);
                Some(self.product(quotient, rest))
            }),
            Operation::Two(Two::Divide, u, v) => {
                let quotient = self.reduced(u, b, reduction)?;
                Some(self.plain_quotient(quotient, v))
            }
            _ => {
                let (smooth, vanishing) = self.factored(a)?;
                let quotient = self.reduced(vanishing, b, reduction)?;
                reduction.is_split = true;
                Some(self.product(smooth, quotient))
            }
        }
    }

    /// a/b as it stands.
    fn plain_quotient(&mut self, a: Id, b: Id) -> Id {
        match (self.value(a), self.value(b)) {
            (Some(_), Some(_)) | (_, Some(1.0)) => self.quotient(a, b),
            (_, Some(divisor)) => self.mixed(Mixed::Over, a, divisor),
            (Some(1.0), None) => self.add(Operation::One(One::Recip, b)),
            _ => self.add(Operation::Two(Two::Divide, a, b)),
        }
    }

    /// A part as a smooth function that does not vanish where it does, and what vanishes: sin u = (sin(u)/u)·u.
    fn factored(&mut self, a: Id) -> Option<(Id, Id)> {
        let a = self.plainly(a);
        match self.operations[a] {
            Operation::One(One::Ln, u) => Some(self.factored_logarithm(u, 1.0)),
            Operation::One(One::Log2, u) => Some(self.factored_logarithm(u, LOG2_E)),
            Operation::One(One::Log10, u) => Some(self.factored_logarithm(u, LOG10_E)),
            // Of an odd function every other term is missing.
            Operation::One(One::OverArgument(q), u) if q.order > 0 && q.at_zero() == 0.0 => {
                let smooth = self.one(One::OverArgument(q.next()?), u);
                Some((smooth, u))
            }
            Operation::One(function, u) => {
                let smooth = self.one(One::OverArgument(Quotient::of(vanishing(function)?)), u);
                Some((smooth, u))
            }
            // ln(1 + s), which is written otherwise for large s
            Operation::Select(Test::Less, [s, one, near, far])
                if self.operations[near] == Operation::One(One::Ln1p, s) =>
            {
                let near = self.one(One::OverArgument(Quotient::of(Vanishing::Ln1p)), s);
                let far = self.plain_quotient(far, s);
                let smooth = self.select(Test::Less, [s, one, near, far]);
                Some((smooth, s))
            }
            // √(1 + u²) − 1, which is written otherwise for small u
            Operation::Select(Test::Less, [_, _, _, far]) if matches!(self.operations[far], Operation::Mixed(Mixed::Plus, _, Exact(c)) if c < 0.0) => {
                self.factored(far)
            }
            Operation::Mixed(Mixed::Plus, root, Exact(c)) => self.factored_root(root, -c),
            Operation::Mixed(Mixed::From, root, Exact(c)) => {
                let (smooth, vanishing) = self.factored_root(root, c)?;
                Some((self.negate(smooth), vanishing))
            }
            _ => None,
        }
    }

    /// c ln u as a function of u − 1.
    fn factored_logarithm(&mut self, u: Id, c: f64) -> (Id, Id) {
        let rest = self.less(u, 1.0);
        let smooth = self.one(One::OverArgument(Quotient::of(Vanishing::Ln1p)), rest);
        (self.multiple(smooth, c), rest)
    }

    /// √u − c = (u − c²)/(√u + c), and √(u² + c²) − c likewise, for c > 0.
    fn factored_root(&mut self, root: Id, c: f64) -> Option<(Id, Id)> {
        let square = c * c;
        let is_exact = square.is_normal() && libm::fma(c, c, -square) == 0.0;
        let vanishing = match self.operations[self.plainly(root)] {
            Operation::One(One::Sqrt, u) if c > 0.0 && is_exact => self.less(u, square),
            Operation::Two(Two::Hypot, u, v) if c > 0.0 && self.value(v) == Some(c) => self.one(One::Square, u),
            _ => return None,
        };
        let sum = self.plus(root, c);
        Some((self.add(Operation::One(One::Recip, sum)), vanishing))
    }

    /// u − c
    fn less(&mut self, u: Id, c: f64) -> Id {
        self.without(u, c, TERMS).unwrap_or_else(|| self.plus(u, -c))
    }

    /// The rest of a sum in which c is a term.
    pub(super) fn without(&mut self, sum: Id, c: f64, terms: usize) -> Option<Id> {
        let fewer = terms.checked_sub(1)?;
        match self.operations[sum] {
            Operation::Mixed(Mixed::Plus, u, Exact(d)) if d == c => Some(u),
            Operation::Mixed(Mixed::From, u, Exact(d)) if d == c => Some(self.negate(u)),
            Operation::Two(Two::Add, u, v) => [[u, v], [v, u]].into_iter().find_map(|[part, other]| {
                let rest = self.without(part, c, fewer)?;
                Some(self.sum(rest, other))
            }),
            Operation::Two(Two::Subtract, u, v) => {
                let rest = self.without(u, c, fewer)?;
                Some(self.difference(rest, v))
            }
            _ => None,
        }
    }
}

/// The function that vanishes like its argument, if it is one of these.
pub(super) fn vanishing(function: One) -> Option<Vanishing> {
    match function {
        One::Sin => Some(Vanishing::Sin),
        One::Tan => Some(Vanishing::Tan),
        One::Asin => Some(Vanishing::Asin),
        One::Atan => Some(Vanishing::Atan),
        One::Sinh => Some(Vanishing::Sinh),
        One::Tanh => Some(Vanishing::Tanh),
        One::ExpM1 => Some(Vanishing::ExpM1),
        One::Ln1p => Some(Vanishing::Ln1p),
        _ => None,
    }
}
