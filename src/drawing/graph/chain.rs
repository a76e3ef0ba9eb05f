//! The chain rule for a weight, written out: in symbols, and with numbers.

use super::words::{MOST_TERMS, few, number, product, sum};
use super::{Edge, Graph, Room, Slope};
use crate::landscapes::computation::{Hold, Role};

/// The most factors of a product that are written out.
const MOST_FACTORS: usize = 6;

impl Graph {
    /// The chain rule for a weight (0 or 1): in symbols, and with numbers.
    ///
    /// Where one way leads to the loss it is a product; where several do, a sum of products, a term for each edge at which
    /// the ways part.
    pub fn chain(&self, weight: usize) -> [String; 2] {
        let Some(node) = self.weight(weight) else { return Default::default() };
        let whole = self.derivative(node);
        let total = self.nodes[node].backward.unwrap_or(f64::NAN);
        let (stem, fork) = self.stem(node);
        let terms = self.terms(fork);
        let symbols: Vec<String> = stem.iter().rev().map(|slope| slope.symbol.clone()).collect();
        if fork == node && terms.is_empty() {
            return [whole, "= 0: it does not reach the loss".to_owned()];
        }
        let is_sum = terms.len() > 1;
        let branches = sum(&terms.iter().map(|(symbols, _)| symbols.clone()).collect::<Vec<_>>(), self.most_terms());
        let symbols = match symbols.join(" · ") {
            behind if behind.is_empty() => branches,
            behind if is_sum => format!("({branches}) · {behind}"),
            behind => format!("{branches} · {behind}"),
        };
        if self.sample.is_none() {
            let total = self.total(weight, &terms, stem.is_empty(), total);
            let symbols = if is_sum && stem.is_empty() { format!("({symbols})") } else { symbols };
            return [format!("{whole} = Σ {symbols}"), format!("= {total}")];
        }
        let left = if symbols == whole { whole } else { format!("{whole} = {symbols}") };
        let behind: Vec<f64> = stem.iter().rev().filter_map(|slope| slope.value).collect();
        let numbers = if is_sum {
            let branches = sum(
                &terms.iter().map(|(_, factors)| product(factors.iter().copied())).collect::<Vec<_>>(),
                self.most_terms(),
            );
            let rest = behind.iter().map(|value| format!(" · {}", number(*value).within(Hold::Product)));
            if behind.is_empty() { branches } else { format!("({branches}){}", rest.collect::<String>()) }
        } else {
            product(terms.iter().flat_map(|(_, factors)| factors.iter().copied()).chain(behind))
        };
        let why = if self.is_cut_off(node) { ": the unit is off" } else { "" };
        [left, format!("= {numbers} = {}{why}", few(total))]
    }

    /// How many terms of a sum are written out.
    fn most_terms(&self) -> usize {
        if self.room == Room::Large { MOST_TERMS } else { MOST_TERMS - 1 }
    }

    fn derivative(&self, node: usize) -> String {
        match self.nodes[node].role {
            Role::Loss => "∂L/∂L".to_owned(),
            _ => format!("∂L/∂{}", self.nodes[node].name),
        }
    }

    /// The slopes from a node on as long as a single edge leaves it, and the node where they end: where several leave, or one before
    /// the loss.
    fn stem(&self, node: usize) -> (Vec<&Slope>, usize) {
        let (mut slopes, mut here) = (Vec::new(), node);
        loop {
            let leaving: Vec<&Edge> = self.leaving(here).map(|(_, edge)| edge).collect();
            match leaving.as_slice() {
                [Edge { slope: Some(slope), to, .. }] if self.nodes[*to].role != Role::Loss => {
                    slopes.push(slope);
                    here = *to;
                }
                _ => return (slopes, here),
            }
        }
    }

    /// The product, or the products, that make up the derivative by a node: one for each edge that leaves it, from the last
    /// layers on; with factors back to the loss where these are few.
    fn terms(&self, node: usize) -> Vec<(String, Vec<f64>)> {
        let mut terms: Vec<(String, Vec<f64>)> = Vec::new();
        for (_, edge) in self.leaving(node) {
            let Some(slope) = &edge.slope else { continue };
            let value = slope.value.unwrap_or(f64::NAN);
            if self.nodes[edge.to].role == Role::Loss {
                terms.push((self.derivative(node), vec![value]));
                continue;
            }
            let (way, end) = self.stem(edge.to);
            let is_whole = self.leaving(end).all(|(_, edge)| self.nodes[edge.to].role == Role::Loss);
            let short = self.room == Room::Large && is_whole && way.len() + 2 <= MOST_FACTORS / 2;
            let (way, end) = if short { (way, end) } else { (Vec::new(), edge.to) };
            let mut symbols = vec![self.derivative(end)];
            let mut factors = vec![self.nodes[end].backward.unwrap_or(f64::NAN)];
            for slope in way.into_iter().rev().chain([slope]) {
                symbols.push(slope.symbol.clone());
                factors.push(slope.value.unwrap_or(f64::NAN));
            }
            terms.push((symbols.join(" · "), factors));
        }
        // The shortest way back first.
        terms.reverse();
        terms
    }

    /// Over all samples: what comes along each edge, or where there is one, from the sample that adds most.
    fn total(&self, weight: usize, terms: &[(String, Vec<f64>)], parts_here: bool, total: f64) -> String {
        if terms.len() > 1 && parts_here {
            let node = self.weight(weight).unwrap_or(0);
            let mut shares: Vec<f64> =
                self.leaving(node).filter_map(|(_, edge)| edge.slope.as_ref().map(|slope| slope.share)).collect();
            shares.reverse();
            let written = |(place, share): (usize, &f64)| {
                if place == 0 { few(*share) } else { number(*share).within(Hold::Product) }
            };
            let shares: Vec<String> = shares.iter().enumerate().map(written).collect();
            return format!("{} = {}, each over all samples", sum(&shares, self.most_terms()), few(total));
        }
        let parts = self.parts.iter().map(|part| part[weight]).enumerate();
        let largest = parts.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
        let rest = if self.parts.len() > 1 { " + …" } else { "" };
        let first = largest.map(|(index, part)| format!("{} from sample {}{rest} = ", few(part), index + 1));
        format!("{}{}", first.unwrap_or_default(), few(total))
    }

    /// Whether nothing comes back to a node because a unit is off on every way.
    fn is_cut_off(&self, node: usize) -> bool {
        self.nodes[node].backward == Some(0.0)
            && self.ways(node).iter().any(|edge| self.nodes[self.edges[*edge].to].is_off)
    }
}
