//! What a function settles at keeps no slope: tanh(exp(x)) is 1 far out, where the slope of exp(x) is beyond the range of a
//! number and that of tanh is 0, of which the product would be no number.

use std::collections::HashMap;

use super::{Exact, Graph, Mixed, One, Operation, Test, Two};
use crate::landscapes::formula::tree::Id;

impl Graph {
    /// The same graph, in which what overflows on its way into a function that settles has no slope there.
    ///
    /// The slopes of these functions vanish faster than those of what enters can grow: where u overflows, (ln u)′ does not.
    pub(super) fn settled(self) -> Self {
        let grows = self.growing();
        let mut settled = Self { operations: Vec::new(), known: HashMap::new(), ..self };
        let mut place: Vec<Id> = Vec::with_capacity(grows.len());
        for operation in self.operations {
            let entering = settling(operation).filter(|(operand, _)| grows[*operand]);
            let inner = entering.map(|(operand, is_below_alone)| settled.settle(place[operand], is_below_alone));
            let moved = match (operation, inner) {
                (Operation::Two(function, a, _), Some(inner)) => Operation::Two(function, place[a], inner),
                (_, Some(inner)) => operation.map(|_| inner),
                (_, None) => operation.map(|operand| place[operand]),
            };
            place.push(settled.keep(moved));
        }
        settled.result = place.get(settled.result).copied().unwrap_or(0);
        settled
    }

    /// A part without a slope where it is infinite, or where it is −∞.
    fn settle(&mut self, a: Id, is_below_alone: bool) -> Id {
        let inner = self.keep(Operation::One(One::Settled, a));
        if !is_below_alone {
            return inner;
        }
        let zero = self.keep(Operation::Constant(Exact(0.0)));
        self.keep(Operation::Select(Test::Less, [a, zero, inner, a]))
    }

    /// Keeps an operation as it is.
    pub(super) fn keep(&mut self, operation: Operation<Id>) -> Id {
        let next = self.operations.len();
        let id = *self.known.entry(operation).or_insert(next);
        if id == next {
            self.operations.push(operation);
        }
        id
    }

    /// Which nodes may have a derivative beyond the range of a number where their parts are ordinary: what grows faster than a
    /// square.
    fn growing(&self) -> Vec<bool> {
        let mut degrees: Vec<u8> = Vec::with_capacity(self.operations.len());
        for operation in &self.operations {
            let mut largest = 0;
            operation.map(|operand| largest = degrees[operand].max(largest));
            let degree = match *operation {
                Operation::Input(_) => 1,
                _ if largest == 0 => 0,
                Operation::One(One::Exp | One::ExpM1 | One::Sinh | One::Cosh | One::Recip | One::Tan, _)
                | Operation::Two(Two::Divide | Two::Power, ..)
                | Operation::Mixed(Mixed::Power, ..) => FAST,
                Operation::One(One::Square, _) => 2 * largest,
                Operation::Two(Two::Multiply, a, b) => degrees[a] + degrees[b],
                _ => largest,
            };
            degrees.push(degree.min(FAST));
        }
        degrees.into_iter().map(|degree| degree == FAST).collect()
    }
}

/// The degree of what grows faster than a square.
const FAST: u8 = 3;

/// The operand at whose infinity an operation is finite, and whether that is −∞ alone.
fn settling(operation: Operation<Id>) -> Option<(Id, bool)> {
    match operation {
        Operation::One(One::Tanh | One::Sigmoid | One::Atan | One::Recip, u) | Operation::Two(Two::Divide, _, u) => {
            Some((u, false))
        }
        // Where they overflow themselves they have no slope either.
        Operation::One(One::Exp | One::ExpM1, u) => Some((u, false)),
        Operation::One(One::Softplus, u) => Some((u, true)),
        _ => None,
    }
}
