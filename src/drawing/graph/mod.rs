//! A network as a graph of computations: what flows forward through its nodes, each edge's own derivative, and what flows back.
//!
//! What is seen of a large network depends on the room there is: several operations may be seen as one node, and many layers
//! as one edge. Every number holds for what is seen: the derivative of an edge is that of all that happens along it.

mod chain;
mod layout;
mod numbers;
mod seen;
mod stages;
#[cfg(test)]
mod tests;
mod words;

pub use layout::Place;
pub use seen::Room;
pub use stages::GraphStage;
pub use words::few;

use crate::landscapes::Landscape;
use crate::landscapes::computation::Role;
use crate::numbers::Point;
use layout::Layout;
use numbers::Numbers;
use seen::Seen;
use words::Words;

/// A node with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// What it is called: "u".
    pub name: String,
    /// What is done there, where that is one operation of a formula: "tanh".
    pub sign: Option<String>,
    /// What it is computed from, where that is short: "u = w₁ · x".
    pub definition: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Its value; over all samples the mean, of the loss the whole.
    pub forward: f64,
    /// ∂L by it, over all samples the sum; `None` for data.
    pub backward: Option<f64>,
    /// How its value came to be, with numbers.
    pub forward_words: String,
    /// How its derivative came to be, with numbers.
    pub backward_words: String,
    /// Whether a rectified unit is off there: for the chosen sample, or for every one.
    pub is_off: bool,
}

/// An edge along which values go forward and, unless it comes from data, derivatives back.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The node where it comes from.
    pub from: usize,
    /// The node where it leads.
    pub to: usize,
    /// Its own derivative; `None` where it comes from data.
    pub slope: Option<Slope>,
    /// Where it passes between its ends, if it is not straight.
    pub bends: Vec<Place>,
    /// How many layers it leads past that are not seen.
    pub layers: usize,
}

/// The derivative of an edge's head by its tail.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// How it is written: "∂u/∂w₁".
    pub symbol: String,
    /// What it is, where that is short: "x".
    pub formula: Option<String>,
    /// Its value for the chosen sample; `None` over all samples, for each of which it is another.
    pub value: Option<f64>,
    /// What comes back along the edge: ∂L by its head times its own derivative, summed over the samples.
    pub share: f64,
}

impl Slope {
    /// Whether nothing at all comes back, since a factor is 0.
    pub fn is_cut(&self) -> bool {
        self.value == Some(0.0)
    }
}

/// The graph of a network at some weights, for one sample or over all of them.
#[derive(Clone, Debug)]
pub struct Graph {
    /// Its nodes: the weights, the input, what is computed, the wanted output, the loss.
    pub nodes: Vec<Node>,
    /// Its edges.
    pub edges: Vec<Edge>,
    /// How many columns and rows it takes.
    pub size: [f64; 2],
    /// Whether its nodes stand in a row, with the weights above.
    pub is_row: bool,
    /// The room it is made for.
    pub room: Room,
    /// The chosen sample; `None` for all.
    pub sample: Option<usize>,
    /// What every sample adds to ∂L/∂w₁ and ∂L/∂w₂.
    pub parts: Vec<[f64; 2]>,
    /// How many operations are not seen by themselves.
    pub unseen: usize,
    /// Whether all samples together would take too long, so that one is shown instead.
    pub is_too_much: bool,
    /// Whether L is the mean of the samples' losses, rather than their sum.
    pub is_mean: bool,
}

/// More values than this are not computed in a frame: samples times operations.
const MOST_VALUES: usize = 1_000_000;

impl Graph {
    /// The graph of a network at weights `at`, for one sample or for all; `None` for anything but a network.
    pub fn of(landscape: &Landscape, at: Point, sample: Option<usize>, room: Room) -> Option<Self> {
        let (loss, data) = (landscape.sampled_loss()?, landscape.data()?);
        let computation = loss.computation();
        let samples = data.samples();
        let is_too_much = sample.is_none() && samples.len().saturating_mul(computation.nodes().len()) > MOST_VALUES;
        let sample = if is_too_much { Some(0) } else { sample.filter(|index| *index < samples.len()) };
        let seen = Seen::of(&computation, room);
        let numbers = Numbers::of(&seen, at, samples, sample, loss.scale());
        let layout = Layout::of(&seen);
        let words = Words { seen: &seen, numbers: &numbers, sample, count: samples.len() };
        let edges = words.edges(&layout);
        let nodes =
            seen.nodes.iter().enumerate().map(|(index, id)| words.node(index, *id, layout.places[index], &edges));
        let share = 1.0 / samples.len() as f64;
        let parts = loss.sample_gradients(at).into_iter().map(|gradient| [gradient.x * share, gradient.y * share]);
        Some(Self {
            nodes: nodes.collect(),
            edges,
            size: layout.size,
            is_row: seen.is_row,
            room,
            sample,
            parts: parts.collect(),
            unseen: seen.unseen(),
            is_too_much,
            is_mean: computation.is_mean(),
        })
    }

    /// The node of a weight: 0 for w₁, 1 for w₂.
    pub fn weight(&self, index: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.role == Role::Weight(index))
    }

    /// The edges that leave a node.
    pub fn leaving(&self, node: usize) -> impl Iterator<Item = (usize, &Edge)> {
        self.edges.iter().enumerate().filter(move |(_, edge)| edge.from == node)
    }

    /// Every edge on a way from a node to the loss; the products of their slopes along each way add up to its derivative.
    pub fn ways(&self, node: usize) -> Vec<usize> {
        let mut is_reached = vec![false; self.nodes.len()];
        if let Some(here) = is_reached.get_mut(node) {
            *here = true;
        }
        let mut ways = Vec::new();
        // Nodes stand before those computed from them, and edges in the order of their heads.
        for (index, edge) in self.edges.iter().enumerate() {
            if is_reached[edge.from] {
                is_reached[edge.to] = true;
                ways.push(index);
            }
        }
        ways
    }
}
