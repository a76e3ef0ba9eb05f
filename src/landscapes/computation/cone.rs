//! Several operations seen as one: how a node depends on others that are seen, through steps that are not.

use super::{Computation, Id, One, Operation, Pass, Source};
use crate::landscapes::networks::criterion::Judge;

/// A node with the unseen steps that lead to it, and the seen nodes where these begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Cone {
    /// The node.
    pub head: Id,
    /// The seen nodes from which it is computed, in their order.
    pub tails: Vec<Id>,
    /// The node itself and the unseen steps that lead to it, each before its operands.
    pub steps: Vec<Id>,
}

impl Computation {
    /// The cone of a node, where only some nodes are seen.
    pub fn cone(&self, head: Id, seen: &[bool]) -> Cone {
        let mut is_reached = vec![false; head + 1];
        is_reached[head] = true;
        let (mut steps, mut tails) = (Vec::new(), Vec::new());
        for id in (0..=head).rev().filter(|id| *id == head || !seen[*id]) {
            if is_reached[id] {
                steps.push(id);
                for &operand in &self.nodes[id].operands {
                    is_reached[operand] = true;
                }
            }
        }
        tails.extend((0..head).filter(|id| seen[*id] && is_reached[*id]));
        Cone { head, tails, steps }
    }
}

impl Cone {
    /// The derivatives of its head by its tails for one sample: the products of slopes along every way, summed.
    ///
    /// `through` is memory to work in, all zeros before and after, as long as there are nodes.
    pub fn slopes(&self, computation: &Computation, pass: &Pass, through: &mut [f64]) -> Vec<f64> {
        through[self.head] = 1.0;
        for &step in &self.steps {
            let so_far = std::mem::take(&mut through[step]);
            for (&operand, slope) in computation.nodes[step].operands.iter().zip(pass.slopes[step]) {
                if slope != 0.0 {
                    through[operand] += slope * so_far;
                }
            }
        }
        self.tails.iter().map(|tail| std::mem::take(&mut through[*tail])).collect()
    }

    /// Whether the steps include one that hands nothing on for this sample: a rectified unit that is off.
    pub fn is_off(&self, computation: &Computation, pass: &Pass) -> bool {
        self.steps.iter().any(|step| computation.nodes[*step].rectifies() && pass.slopes[*step][0] == 0.0)
    }

    /// Whether a step stands exactly on its kink, where its slope is 0 by convention.
    pub fn is_at_kink(&self, computation: &Computation, pass: &Pass) -> bool {
        self.steps.iter().any(|step| {
            let node = &computation.nodes[*step];
            match node.source {
                Source::Operation(Operation::One(One::Relu | One::Abs, a)) => pass.values[a] == 0.0,
                Source::Loss([o, y]) => computation.judge == Judge::Mae && pass.values[o] == pass.values[y],
                _ => false,
            }
        })
    }
}
