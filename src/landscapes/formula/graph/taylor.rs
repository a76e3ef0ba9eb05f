//! Remainders of Taylor polynomials: cos u − 1 + u²/2, sin u − u + u³/6, √(1 + u) − 1 − u/2, 1/(1 + u) − 1 + u.
//!
//! Near 0 the terms of such a sum agree in most of their digits. The terms that are the beginning of the power series of one
//! function are taken out together, and what is left is written uᵐ·r(u), where r comes from the rest of the series.

use super::cancelling::vanishing;
use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::{Binary, Id, Node, Tree, Unary};
use crate::numbers::{Quotient, Vanishing};

/// The most terms of a sum that are examined.
const TERMS: usize = 16;

/// The terms taken out of a series, at most.
const HIGHEST: u32 = 12;

/// A coefficient is that of the series if it is within this relative distance of it.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

/// A factor and what it multiplies.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub(super) factor: f64,
    pub(super) part: Id,
}

/// A part as c·f(u), where f has a power series.
#[derive(Clone, Copy)]
struct Expanded {
    series: Series,
    factor: f64,
    u: Id,
    /// How many terms of the series at least are to be taken out with it: one alone has its own forms elsewhere.
    fewest: usize,
    /// Whether u overflows where the part does not.
    overflows: bool,
}

/// A function with a power series in u.
#[derive(Clone, Copy)]
enum Series {
    /// The value at 0, and what is left without it.
    Of(f64, Vanishing),
    /// 1/(1 + u)
    Geometric,
    /// (c + u)ⁿ
    Binomial(u32, f64),
}

impl Series {
    /// The coefficient of uᵏ.
    fn coefficient(self, k: u32) -> f64 {
        match self {
            Self::Of(at_zero, _) if k == 0 => at_zero,
            Self::Of(_, function) => Quotient::without(function, (k - 1) as u8).at_zero(),
            Self::Geometric => f64::from(1 - 2 * (k % 2) as i32),
            Self::Binomial(n, c) if k <= n => binomial(n, k) * c.powi((n - k) as i32),
            Self::Binomial(..) => 0.0,
        }
    }
}

/// n over k, exactly.
fn binomial(n: u32, k: u32) -> f64 {
    (0..k).fold(1.0, |product, i| product * f64::from(n - i) / f64::from(i + 1))
}

/// Which nodes are sums that are not terms of another sum.
pub(super) fn whole_sums(tree: &Tree) -> Vec<bool> {
    let is_sum = |node: &Node| matches!(node, Node::Binary(Binary::Add | Binary::Subtract, ..));
    let mut whole: Vec<bool> = tree.nodes.iter().map(is_sum).collect();
    for node in &tree.nodes {
        if let Node::Binary(Binary::Add | Binary::Subtract, a, b) = *node {
            whole[a] = false;
            whole[b] = false;
        }
    }
    whole
}

/// The terms of a sum with their signs, if they are not too many.
fn terms(tree: &Tree, sum: Id) -> Option<Vec<(f64, Id)>> {
    let (mut waiting, mut terms) = (vec![(1.0, sum)], Vec::new());
    while let Some((sign, id)) = waiting.pop() {
        match tree.nodes[id] {
            Node::Binary(Binary::Add, a, b) => waiting.extend([(sign, b), (sign, a)]),
            Node::Binary(Binary::Subtract, a, b) => waiting.extend([(-sign, b), (sign, a)]),
            Node::Unary(Unary::Negate, a) => waiting.push((-sign, a)),
            _ => terms.push((sign, id)),
        }
        if waiting.len() + terms.len() > TERMS {
            return None;
        }
    }
    Some(terms)
}

impl Graph {
    /// A sum whose terms are, some of them, a function and the beginning of its power series; otherwise `None`.
    pub(super) fn without_series(&mut self, tree: &Tree, sum: Id, of_node: &[Id]) -> Option<Id> {
        let terms = terms(tree, sum)?;
        if terms.len() < 2 {
            return None;
        }
        let mut terms: Vec<Term> = terms.into_iter().map(|(sign, id)| self.term(sign, of_node[id])).collect();
        let is_inside = sum + 1 < tree.nodes.len() && self.is_of_exponentials_alone(&terms);
        let is_joined = !is_inside && self.join_exponentials(&mut terms);
        let remainder = (0..terms.len()).find_map(|index| {
            let expanded = self.expanded(terms[index].part)?;
            self.remainder_of(expanded, index, &terms)
        });
        remainder.or_else(|| is_joined.then(|| self.sum_of(&(0..terms.len()).collect::<Vec<_>>(), &terms)))
    }

    /// A part without its constant factors.
    fn term(&self, sign: f64, part: Id) -> Term {
        let mut term = Term { factor: sign, part };
        loop {
            let (inner, factor) = match self.operations[term.part] {
                Operation::One(One::Negate, u) => (u, -1.0),
                Operation::Mixed(Mixed::Times, u, Exact(c)) => (u, c),
                Operation::Mixed(Mixed::Over, u, Exact(c)) => (u, 1.0 / c),
                _ => return term,
            };
            term = Term { factor: term.factor * factor, part: inner };
        }
    }

    /// A part as a function with a power series, if it is one.
    fn expanded(&mut self, part: Id) -> Option<Expanded> {
        let of = |at_zero: f64, function, u| Expanded {
            series: Series::Of(at_zero, function),
            factor: 1.0,
            u,
            fewest: 2,
            overflows: false,
        };
        if let Some((u, n, c)) = self.binomial_power(part) {
            return Some(Expanded { series: Series::Binomial(n, c), factor: 1.0, u, fewest: 1, overflows: false });
        }
        if let Some(exponent) = self.natural_exponent(part) {
            return Some(of(1.0, Vanishing::ExpM1, exponent));
        }
        let plain = self.plainly(part);
        Some(match self.operations[plain] {
            Operation::One(One::Exp, u) => of(1.0, Vanishing::ExpM1, u),
            Operation::One(One::Cos, u) => of(1.0, Vanishing::Cos, u),
            Operation::One(One::Cosh, u) => of(1.0, Vanishing::Cosh, u),
            // √(d + s) = √d·√(1 + s/d)
            Operation::One(One::Sqrt, root) => {
                let (s, d) = self.beside_constant(root, super::cancelling::TERMS)?;
                let u = self.multiple(s, 1.0 / d);
                Expanded { factor: d.sqrt(), fewest: 1, overflows: plain != part, ..of(1.0, Vanishing::Root, u) }
            }
            Operation::Two(Two::Hypot, v, c) => {
                let c = self.value(c).filter(|c| *c > 0.0 && (c * c).is_normal())?;
                let square = self.one(One::Square, v);
                let u = self.multiple(square, 1.0 / (c * c));
                Expanded { factor: c, fewest: 1, overflows: true, ..of(1.0, Vanishing::Root, u) }
            }
            Operation::One(One::Recip, sum) => {
                let u = self.above_one(sum)?;
                Expanded { series: Series::Geometric, factor: 1.0, u, fewest: 1, overflows: false }
            }
            // ln(1 + s), which is written otherwise for large s
            Operation::Select(Test::Less, [s, _, near, _]) if self.operations[near] == Operation::One(One::Ln1p, s) => {
                Expanded { fewest: 1, ..of(0.0, Vanishing::Ln1p, s) }
            }
            Operation::One(function, u) => of(0.0, vanishing(function)?, u),
            _ => return None,
        })
    }

    /// u, n and c of (c + u)ⁿ.
    fn binomial_power(&mut self, part: Id) -> Option<(Id, u32, f64)> {
        let (base, n) = self.whole_power(part).filter(|(_, n)| (2..=HIGHEST).contains(n))?;
        match self.operations[base] {
            Operation::Mixed(Mixed::Plus, u, Exact(c)) if c.is_normal() => Some((u, n, c)),
            Operation::Mixed(Mixed::From, u, Exact(c)) if c.is_normal() => Some((self.negate(u), n, c)),
            _ => None,
        }
    }

    /// A sum without its constant d > 0, and d.
    fn beside_constant(&mut self, sum: Id, terms: usize) -> Option<(Id, f64)> {
        let fewer = terms.checked_sub(1)?;
        match self.operations[sum] {
            Operation::Mixed(Mixed::Plus, u, Exact(d)) if d > 0.0 && d.is_normal() => Some((u, d)),
            Operation::Mixed(Mixed::From, u, Exact(d)) if d > 0.0 && d.is_normal() => Some((self.negate(u), d)),
            Operation::Two(Two::Add, u, v) => [[u, v], [v, u]].into_iter().find_map(|[part, other]| {
                let (rest, d) = self.beside_constant(part, fewer)?;
                Some((self.sum(rest, other), d))
            }),
            Operation::Two(Two::Subtract, u, v) => {
                let (rest, d) = self.beside_constant(u, fewer)?;
                Some((self.difference(rest, v), d))
            }
            _ => None,
        }
    }

    /// u of 1 + u.
    fn above_one(&mut self, a: Id) -> Option<Id> {
        match self.operations[a] {
            Operation::Mixed(Mixed::From, u, Exact(1.0)) => Some(self.negate(u)),
            _ => self.without(a, 1.0, super::cancelling::TERMS),
        }
    }

    /// The sum, where the terms that are the beginning of a series are taken out of it.
    fn remainder_of(&mut self, expanded: Expanded, index: usize, terms: &[Term]) -> Option<Id> {
        let Expanded { series, u, .. } = expanded;
        let Term { factor: scale, part: base } = self.term(1.0, u);
        if self.value(base).is_some() {
            return None;
        }
        let factor = terms[index].factor * expanded.factor;
        let mut left: Vec<usize> = (0..terms.len()).filter(|other| *other != index).collect();
        let (mut taken, mut last_taken) = (0, 0);
        let order = (0..HIGHEST).find(|k| {
            let coefficient = series.coefficient(*k) * factor * scale.powi(*k as i32);
            if coefficient == 0.0 {
                return false;
            }
            let Some(found) = left.iter().position(|other| self.is_power(terms[*other], coefficient, base, *k)) else {
                return true;
            };
            left.remove(found);
            (taken, last_taken) = (taken + 1, *k);
            false
        });
        // f(u) − u alone has its own form, where no other factor or term is in its way.
        let is_alone = terms.len() == 2 && terms[index].factor.abs() == 1.0;
        let fewest = if last_taken > 0 && !is_alone { 1 } else { expanded.fewest };
        if taken < fewest {
            return None;
        }
        let order = order.unwrap_or(HIGHEST);
        let mut remainder = self.remainder_from(series, u, terms[index].part, order);
        if expanded.overflows && order == 1 {
            let [plain, one] = [self.plus(terms[index].part, -expanded.factor), self.constant(1.0)];
            let near = self.multiple(remainder, expanded.factor);
            remainder = self.select(Test::Less, [u, one, near, plain]);
        } else {
            remainder = self.multiple(remainder, expanded.factor);
        }
        let mut whole = self.multiple(remainder, terms[index].factor);
        if matches!(series, Series::Of(..)) && !(expanded.overflows && order == 1) {
            let far = (0..terms.len()).filter(|other| !left.contains(other)).collect::<Vec<_>>();
            let far = self.plain_sum_of(&far, terms);
            whole = self.near_zero(u, whole, far);
        }
        if left.is_empty() {
            return Some(whole);
        }
        let rest = self.sum_of(&left, terms);
        Some(self.sum(whole, rest))
    }

    /// The sum of some terms, as it stands.
    fn sum_of(&mut self, some: &[usize], terms: &[Term]) -> Id {
        let none = self.constant(0.0);
        some.iter().rev().fold(none, |sum, index| {
            let Term { factor, part } = terms[*index];
            match self.value(part) {
                Some(value) if self.value(sum).is_none() => self.plus(sum, factor * value),
                _ => {
                    let term = self.multiple(part, factor);
                    self.sum(sum, term)
                }
            }
        })
    }

    /// The sum of some terms, in no better form.
    fn plain_sum_of(&mut self, some: &[usize], terms: &[Term]) -> Id {
        let none = self.constant(0.0);
        some.iter().fold(none, |sum, index| {
            let Term { factor, part } = terms[*index];
            match (self.value(part), self.value(sum)) {
                (Some(value), Some(other)) => self.constant(other + factor * value),
                (Some(value), None) => self.mixed(Mixed::Plus, sum, factor * value),
                (None, other) => {
                    let term = self.multiple(part, factor);
                    match other {
                        Some(0.0) => term,
                        Some(other) => self.mixed(Mixed::Plus, term, other),
                        None => self.add(Operation::Two(Two::Add, sum.min(term), sum.max(term))),
                    }
                }
            }
        })
    }

    /// Whether a term is −c·uᵏ.
    fn is_power(&mut self, term: Term, c: f64, u: Id, k: u32) -> bool {
        let (factor, part) = match (self.value(term.part), k) {
            (Some(value), 0) => (term.factor * value, None),
            (None, 1..) => (term.factor, Some(term.part)),
            _ => return false,
        };
        (factor + c).abs() <= ROUNDING * c.abs() && part.is_none_or(|part| part == self.multiplied_out(u, k))
    }

    /// c₀ + c₁u + c₂u² + …, by Horner's rule.
    fn polynomial(&mut self, coefficients: impl DoubleEndedIterator<Item = f64>, u: Id) -> Id {
        let mut sum = self.constant(0.0);
        for coefficient in coefficients.rev() {
            let (product, coefficient) = (self.product(sum, u), self.constant(coefficient));
            sum = self.sum(product, coefficient);
        }
        sum
    }

    /// What the series of a function has from uᵐ on.
    fn remainder_from(&mut self, series: Series, u: Id, whole: Id, order: u32) -> Id {
        // In this order no power of u leaves the range of a number where the whole does not.
        let (smooth, powers) = match series {
            Series::Of(_, function) => {
                let quotient = Quotient::without(function, (order.max(1) - 1) as u8);
                (self.one(One::OverArgument(quotient), u), order.max(1))
            }
            Series::Geometric => (whole, order),
            Series::Binomial(n, _) => (self.polynomial((order..=n).map(|k| series.coefficient(k)), u), order),
        };
        let signed = match series {
            Series::Geometric if order % 2 == 1 => self.negate(smooth),
            _ => smooth,
        };
        (0..powers).fold(signed, |product, _| self.product(u, product))
    }
}
