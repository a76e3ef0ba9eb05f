//! Which nodes of a network are drawn: all of them if there is room; otherwise several operations are drawn as one.

use crate::landscapes::computation::{Computation, Cone, Id, Role};

use super::layout;

/// The room for a graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// A corner of the window: nodes in one row.
    #[default]
    Small,
    /// The whole window.
    Large,
}

impl Room {
    /// Nodes in one row, from the input to the loss.
    fn columns(self) -> usize {
        match self {
            Self::Small => 5,
            Self::Large => 10,
        }
    }
}

/// Nodes above each other.
const ROWS: f64 = 5.0;

/// With more operations than this none is singled out.
const MOST: usize = 300;

/// The nodes that are seen, with the operations between them.
#[derive(Clone, Debug)]
pub(super) struct Seen<'a> {
    pub(super) computation: &'a Computation,
    /// The nodes that are seen, operands before what is computed from them.
    pub(super) nodes: Vec<Id>,
    /// What leads to each, in the same order.
    pub(super) cones: Vec<Cone>,
    /// Whether what is computed stands in a row: each from the one before, from weights and from the input.
    pub(super) is_row: bool,
}

impl<'a> Seen<'a> {
    pub(super) fn of(computation: &'a Computation, room: Room) -> Self {
        let named = |id: &Id| {
            let node = &computation.nodes()[*id];
            !node.name.is_empty() && node.role != Role::Constant
        };
        let all: Vec<Id> = (0..computation.nodes().len()).filter(named).collect();
        let layers = computation.layers();
        if !layers.is_empty() {
            let hidden = hidden_layers(layers, room.columns() - 2);
            return Self::with(computation, all.into_iter().filter(|id| !hidden.contains(id)).collect());
        }
        let computed = |id: &Id| computation.nodes()[*id].role == Role::Computed && *id != computation.output();
        if all.len() > MOST {
            return Self::with(computation, all.into_iter().filter(|id| !computed(id)).collect());
        }
        let mut seen = Self::with(computation, all);
        if !seen.is_row && room == Room::Small {
            seen = seen.in_a_row();
        }
        while !seen.fits(room) {
            let Some(least) = seen.least() else { break };
            let left = seen.nodes.iter().copied().filter(|id| *id != least).collect();
            seen = Self::with(computation, left);
        }
        seen
    }

    fn with(computation: &'a Computation, nodes: Vec<Id>) -> Self {
        let mut is_seen = vec![false; computation.nodes().len()];
        for id in &nodes {
            is_seen[*id] = true;
        }
        let cones: Vec<Cone> = nodes.iter().map(|id| computation.cone(*id, &is_seen)).collect();
        let mut seen = Self { computation, nodes, cones, is_row: false };
        seen.is_row = seen.skip().is_none();
        seen
    }

    pub(super) fn role(&self, id: Id) -> Role {
        self.computation.nodes()[id].role
    }

    /// The nodes that stand in a row where there is one: what is computed, and the loss.
    pub(super) fn row(&self) -> Vec<Id> {
        self.nodes.iter().copied().filter(|id| matches!(self.role(*id), Role::Computed | Role::Loss)).collect()
    }

    /// Nodes of the row that stand between one of them and another computed directly from it; or that have nothing to do
    /// with the one after.
    fn skip(&self) -> Option<Vec<Id>> {
        let row = self.row();
        row.iter().enumerate().find_map(|(place, id)| {
            let cone = self.cones.iter().find(|cone| cone.head == *id)?;
            let from = row[..place].iter().position(|before| cone.tails.contains(before));
            match from {
                Some(from) if from + 1 == place => None,
                Some(from) => Some(row[from + 1..place].to_vec()),
                None if place == 0 => None,
                // What comes before belongs to another branch: the one with weights stays.
                None if self.has_weights(*id) && !self.has_weights(row[place - 1]) => Some(row[..place].to_vec()),
                None if *id == self.computation.output() || self.role(*id) == Role::Loss => Some(row[..place].to_vec()),
                None => Some(vec![*id]),
            }
        })
    }

    /// Whether a node depends on a weight.
    fn has_weights(&self, id: Id) -> bool {
        let nodes = self.computation.nodes();
        let mut is_reached = vec![false; id + 1];
        is_reached[id] = true;
        (0..=id).rev().any(|here| {
            if is_reached[here] {
                for operand in nodes[here].operands() {
                    is_reached[*operand] = true;
                }
            }
            is_reached[here] && matches!(nodes[here].role, Role::Weight(_))
        })
    }

    /// The graph with nodes left out until the rest stand in a row.
    fn in_a_row(mut self) -> Self {
        while let Some(between) = self.skip() {
            let left = self.nodes.iter().copied().filter(|id| !between.contains(id)).collect();
            self = Self::with(self.computation, left);
        }
        self
    }

    fn fits(&self, room: Room) -> bool {
        if self.is_row {
            // The input stands before them.
            return self.row().len() < room.columns();
        }
        let [columns, rows] = layout::size(self);
        columns <= room.columns() as f64 && rows <= ROWS
    }

    /// The node whose omission loses least: it leads to one other, whose text stays short.
    fn least(&self) -> Option<Id> {
        let inner = self.nodes.iter().copied().filter(|id| {
            let node = &self.computation.nodes()[*id];
            node.role == Role::Computed && *id != self.computation.output()
        });
        inner.min_by_key(|id| {
            let uses = self.cones.iter().filter(|cone| cone.tails.contains(id));
            let steps: usize = uses.clone().map(|cone| cone.steps.len()).sum();
            let own = self.cones.iter().find(|cone| cone.head == *id).map_or(0, |cone| cone.steps.len());
            (uses.count() > 1, own + steps, !self.computation.nodes()[*id].is_slight())
        })
    }

    /// How many operations are not seen by themselves, where that is said.
    pub(super) fn unseen(&self) -> usize {
        let named = self.computation.nodes().iter().filter(|node| !node.name.is_empty() && node.role == Role::Computed);
        named.count() - self.nodes.iter().filter(|id| self.role(**id) == Role::Computed).count()
    }

    /// How many layers an edge leads past that are not seen.
    pub(super) fn layers_between(&self, cone: &Cone) -> usize {
        let layers = self.computation.layers();
        cone.steps[1..].iter().filter(|step| layers.contains(step)).count()
    }
}

/// The layers in the middle, so that `room` nodes are left with the loss.
fn hidden_layers(layers: &[Id], room: usize) -> &[Id] {
    if layers.len() < room + 1 {
        return &[];
    }
    let first = room / 2;
    &layers[first..layers.len() - (room - first)]
}
