//! Forward and backward pass of a graph for one sample: values, every operation's own derivatives, and adjoints (reverse mode).

use super::{Computation, Id, Operation, Source};
use crate::landscapes::formula::machine;
use crate::numbers::{Jet1, Point};

/// The most numbers an operation is computed from.
const MOST: usize = 4;

/// What stands at the nodes for one sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pass {
    /// The value of each node; of the loss what the sample adds to it.
    pub values: Vec<f64>,
    /// The derivatives of each node by its operands, in their order.
    pub slopes: Vec<[f64; MOST]>,
    /// ∂L/∂v of each node v, L being what the sample adds to the loss. At y it is 0: nothing comes back to it.
    pub adjoints: Vec<f64>,
}

impl Computation {
    /// Forward and back for a sample (x, y) at weights `at`; its loss enters L with the factor `share`.
    pub fn pass(&self, at: Point, sample: [f64; 2], share: f64) -> Pass {
        let mut pass = Pass::default();
        self.pass_into(at, sample, share, &mut pass);
        pass
    }

    /// As [`Self::pass`], into the memory of another pass.
    pub fn pass_into(&self, at: Point, [x, y]: [f64; 2], share: f64, pass: &mut Pass) {
        let Pass { values, slopes, adjoints } = pass;
        values.clear();
        slopes.clear();
        let given = [at.x, at.y, x, y];
        for node in &self.nodes {
            let (value, own) = match node.source {
                Source::Given(index) => (given[index], [0.0; MOST]),
                Source::Operation(operation) => computed(operation, values),
                Source::Loss([output, _]) => {
                    let loss = self.judge.loss(Jet1::x(values[output]), y);
                    (share * loss.value, [share * loss.dx, 0.0, 0.0, 0.0])
                }
            };
            values.push(value);
            slopes.push(own);
        }
        self.back(slopes, adjoints);
    }

    /// Hands ∂L/∂L = 1 back along the edges.
    fn back(&self, slopes: &[[f64; MOST]], adjoints: &mut Vec<f64>) {
        adjoints.clear();
        adjoints.resize(self.nodes.len(), 0.0);
        if let Some(last) = adjoints.last_mut() {
            *last = 1.0;
        }
        for (id, node) in self.nodes.iter().enumerate().rev() {
            for (&operand, slope) in node.operands.iter().zip(slopes[id]) {
                // What is not passed on leaves no trace, not even where it is infinite.
                if slope != 0.0 {
                    adjoints[operand] += slope * adjoints[id];
                }
            }
        }
    }
}

/// The value of an operation and its derivatives, which jets carry along.
fn computed(operation: Operation<Id>, values: &[f64]) -> (f64, [f64; MOST]) {
    // Two of four operands of a selection only decide, and have no slope.
    let first = if matches!(operation, Operation::Select(..)) { 2 } else { 0 };
    let mut position = 0;
    let jets = operation.map(|operand: Id| {
        let value = values[operand];
        position += 1;
        match (position - 1_usize).checked_sub(first) {
            Some(0) => Jet1::x(value),
            Some(_) => Jet1::y(value),
            None => Jet1::fixed(value),
        }
    });
    let jet = machine::value(jets);
    let mut own = [0.0; MOST];
    own[first] = jet.dx;
    own[first + 1] = jet.dy;
    (jet.value, own)
}
