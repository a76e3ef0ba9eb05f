//! The texts at the nodes and edges of a graph, with numbers.

use super::layout::{Layout, Place};
use super::numbers::Numbers;
use super::seen::Seen;
use super::{Edge, Node, Slope};
use crate::landscapes::computation::{Computation, Hold, Id, Role, Text};
use crate::numbers::Real as _;
use crate::numbers::numerals::{grouped, significant};

/// Three significant digits, two beside a power of ten: products can be followed, and there is room for them.
pub fn few(value: f64) -> String {
    // Rounded first: 0.09999 is 0.100, and not 0.1000.
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    significant(rounded, if (1e-3..1e5).contains(&rounded.abs()) { 3 } else { 2 })
}

/// A number in a formula.
pub(super) fn number(value: f64) -> Text {
    Text::number(few(value))
}

/// A number from which another is taken away, or that one: with enough digits that three of the difference can be followed.
fn beside(value: f64, other: f64) -> Text {
    let lost = (value.abs().max(other.abs()) / (value - other).abs()).log10().floor();
    if !(1.0..=6.0).contains(&lost) {
        return number(value);
    }
    Text::number(significant(value, 3 + lost as usize))
}

/// Numbers as a product: what follows the first stands in brackets if it has a sign.
pub(super) fn product(factors: impl IntoIterator<Item = f64>) -> String {
    let factors = factors.into_iter().map(number).enumerate();
    let written = factors.map(|(place, factor)| if place == 0 { factor.text } else { factor.within(Hold::Product) });
    written.collect::<Vec<_>>().join(" · ")
}

/// More terms of a sum than these are not written out.
pub(super) const MOST_TERMS: usize = 3;

/// Terms as a sum, the first few of them.
pub(super) fn sum(terms: &[String], most: usize) -> String {
    let more = if terms.len() > most { " + …" } else { "" };
    terms[..terms.len().min(most)].join(" + ") + more
}

/// Everything from which words are made.
pub(super) struct Words<'a> {
    pub(super) seen: &'a Seen<'a>,
    pub(super) numbers: &'a Numbers,
    pub(super) sample: Option<usize>,
    pub(super) count: usize,
}

impl Words<'_> {
    fn computation(&self) -> &Computation {
        self.seen.computation
    }

    fn name(&self, id: Id) -> &str {
        &self.computation().nodes()[id].name
    }

    /// A seen node's value in a formula.
    fn value(&self, id: Id) -> Text {
        let seen = self.seen.nodes.iter().position(|node| *node == id);
        seen.map_or_else(|| Text::name("…"), |index| number(self.numbers.forward[index]))
    }

    /// Every edge, in the order of the nodes where they lead.
    pub(super) fn edges(&self, layout: &Layout) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (to, cone) in self.seen.cones.iter().enumerate() {
            for (tail, numbers) in cone.tails.iter().zip(&self.numbers.slopes[to]) {
                let Some(from) = self.seen.nodes.iter().position(|node| node == tail) else { continue };
                let is_given = matches!(self.seen.role(*tail), Role::Input | Role::Wanted);
                edges.push(Edge {
                    from,
                    to,
                    slope: (!is_given).then(|| self.slope(to, *tail, *numbers)),
                    bends: layout.bends([from, to]),
                    layers: self.seen.layers_between(cone),
                });
            }
        }
        edges
    }

    /// The derivative that belongs to an edge.
    fn slope(&self, to: usize, tail: Id, [value, share]: [f64; 2]) -> Slope {
        Slope {
            symbol: format!("∂{}/∂{}", self.name(self.seen.cones[to].head), self.name(tail)),
            formula: self.slope_formula(to, tail),
            value: self.sample.map(|_| value),
            share,
        }
    }

    fn slope_formula(&self, to: usize, tail: Id) -> Option<String> {
        let (computation, cone) = (self.computation(), &self.seen.cones[to]);
        let name = |id: Id| Text::name(self.name(id));
        if self.seen.role(cone.head) == Role::Loss {
            let o = if computation.judges_classes() {
                format!("σ({})", self.name(tail))
            } else {
                self.name(tail).to_owned()
            };
            return Some(computation.judged_slope(&Text::name(o), &Text::name("y"), self.count).text);
        }
        computation.slope_written(cone, tail, name).map(|text| text.text)
    }

    /// A node with its numbers.
    pub(super) fn node(&self, index: usize, id: Id, place: Place, edges: &[Edge]) -> Node {
        let (role, node) = (self.seen.role(id), &self.computation().nodes()[id]);
        let is_own_loss = role == Role::Loss && self.sample.is_some();
        let name = if is_own_loss { self.own_loss() } else { &node.name }.to_owned();
        let is_formula = self.computation().nodes().iter().any(|node| node.name == "v₁");
        let is_one = is_formula && role == Role::Computed && self.seen.cones[index].steps.len() == 1;
        let definition = self.written(index, |id| Text::name(self.name(id)));
        let off = self.numbers.off[index];
        Node {
            role,
            definition: definition.filter(|_| role == Role::Computed).map(|text| format!("{name} = {}", text.text)),
            sign: is_one.then(|| node.sign()),
            name,
            place,
            forward: self.numbers.forward[index],
            backward: (!matches!(role, Role::Input | Role::Wanted)).then(|| self.numbers.backward[index]),
            forward_words: self.forward_words(index, id),
            backward_words: self.backward_words(index, id, edges),
            is_off: if self.sample.is_some() { off > 0 } else { off == self.count },
        }
    }

    /// What the loss of one sample is called, as a part of the loss.
    fn own_loss(&self) -> &'static str {
        if self.computation().is_mean() { "ℓ/n" } else { "ℓ" }
    }

    /// A node as it is computed from those that are seen, if that can be read.
    fn written(&self, index: usize, tail: impl Fn(Id) -> Text) -> Option<Text> {
        Some(self.computation().written(&self.seen.cones[index], tail)).filter(|text| !text.is_long())
    }

    fn forward_words(&self, index: usize, id: Id) -> String {
        let (role, name) = (self.seen.role(id), self.name(id));
        let value = few(self.numbers.forward[index]);
        let count = grouped(self.count);
        let judged = |o: &Text, y: &Text| self.computation().judged(o, y, self.count).text;
        let [o, y] = [self.name(self.computation().output()), "y"].map(Text::name);
        let Some(sample) = self.sample else {
            let off = match self.numbers.off[index] {
                0 => String::new(),
                off if off == self.count => "; a unit is off for all of them".to_owned(),
                off => format!("; a unit is off for {} of them", grouped(off)),
            };
            return match role {
                Role::Weight(_) => format!("{name} = {value} for every sample"),
                Role::Loss => format!("L = Σ {} = {value}", judged(&o, &y)),
                _ => format!("{name}: the mean over {count} samples is {value}{off}"),
            };
        };
        match role {
            Role::Weight(_) => format!("{name} = {value}"),
            Role::Input | Role::Wanted => format!("{name} = {value}, of sample {} of {count}", sample + 1),
            Role::Loss => {
                let own = self.own_loss();
                let [o_described, y_described] = self.judged_pair();
                format!("{own} = {} = {} = {value}", judged(&o, &y), judged(&o_described, &y_described))
            }
            _ => self.computed(index, name, &value),
        }
    }

    /// How a node that is computed comes to its value.
    fn computed(&self, index: usize, name: &str, value: &str) -> String {
        let cone = &self.seen.cones[index];
        let layers = self.seen.layers_between(cone);
        let off = if self.numbers.off[index] > 0 { ": the unit is off" } else { "" };
        let symbols = self.written(index, |id| Text::name(self.name(id)));
        let numbers = self.written(index, |id| self.value(id));
        match (symbols, numbers) {
            _ if layers > 0 => format!("{name} = {value}, {} layers further on", layers + 1),
            (Some(symbols), Some(numbers)) => format!("{name} = {} = {} = {value}{off}", symbols.text, numbers.text),
            (Some(symbols), None) => format!("{name} = {} = {value}{off}", symbols.text),
            (None, _) => format!("{name} = {value}, by {} operations drawn as one", cone.steps.len()),
        }
    }

    fn backward_words(&self, index: usize, id: Id, edges: &[Edge]) -> String {
        let (role, name) = (self.seen.role(id), self.name(id));
        let value = few(self.numbers.backward[index]);
        match role {
            Role::Loss => return "∂L/∂L = 1: the backward pass begins".to_owned(),
            Role::Input | Role::Wanted => return format!("{name} is given: it has no derivative"),
            _ => {}
        }
        let derivative = format!("∂L/∂{name}");
        let leaving: Vec<&Edge> = edges.iter().filter(|edge| edge.from == index).collect();
        if leaving.is_empty() {
            return format!("{derivative} = 0: {name} does not reach the loss");
        }
        if self.sample.is_none() {
            return self.mean_words(name, role, &value);
        }
        let is_kink = leaving.iter().any(|edge| self.numbers.kinks[edge.to]);
        let kink = if is_kink { ", with slope 0 at the kink" } else { "" };
        let [symbols, numbers] = self.handed_back(index, &leaving);
        format!("{derivative} = {symbols} = {numbers} = {value}{kink}")
    }

    /// The derivative by a node over all samples.
    fn mean_words(&self, name: &str, role: Role, value: &str) -> String {
        let (what, count) = (if self.computation().is_mean() { "mean" } else { "sum" }, grouped(self.count));
        let slope = if matches!(role, Role::Weight(_)) { ": the slope of the map" } else { "" };
        format!("∂L/∂{name} = {value}, the {what} over {count} samples of ∂ℓ/∂{name}{slope}")
    }

    /// What comes back to a node along its edges, for one sample: in symbols and with numbers.
    fn handed_back(&self, index: usize, leaving: &[&Edge]) -> [String; 2] {
        let terms = leaving.iter().filter_map(|edge| {
            let slope = edge.slope.as_ref()?;
            let head = self.seen.nodes[edge.to];
            if self.seen.role(head) == Role::Loss {
                let numbers = self.judged_numbers(index);
                return Some([slope.formula.clone().unwrap_or_else(|| slope.symbol.clone()), numbers]);
            }
            let numbers = product([self.numbers.backward[edge.to], slope.value.unwrap_or(f64::NAN)]);
            Some([format!("∂L/∂{} · {}", self.name(head), slope.symbol), numbers])
        });
        let terms: Vec<[String; 2]> = terms.collect();
        [0, 1].map(|which| sum(&terms.iter().map(|term| term[which].clone()).collect::<Vec<_>>(), MOST_TERMS))
    }

    /// The derivative of the loss by the output, with numbers.
    fn judged_numbers(&self, output: usize) -> String {
        let computation = self.computation();
        if computation.judges_classes() {
            let p = self.numbers.forward[output].sigmoid();
            return computation.judged_slope(&number(p), &self.value(computation.loss() - 1), self.count).text;
        }
        let [o, y] = self.judged_pair();
        computation.judged_slope(&o, &y, self.count).text
    }

    /// The output and what was wanted, as they are written where one is taken from the other.
    fn judged_pair(&self) -> [Text; 2] {
        let computation = self.computation();
        let ids = [computation.output(), computation.loss() - 1];
        let place = |id: Id| self.seen.nodes.iter().position(|node| *node == id);
        match ids.map(place) {
            [Some(o), Some(y)] => {
                let [o, y] = [o, y].map(|node| self.numbers.forward[node]);
                [beside(o, y), beside(y, o)]
            }
            _ => ids.map(|id| self.value(id)),
        }
    }
}
