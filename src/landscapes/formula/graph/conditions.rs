//! Choices: one of two numbers by a comparison, or by several joined with and, or, not.

use super::{Graph, Operation, Test};
use crate::landscapes::formula::tree::{Comparison, Id, Node, Tree};

impl Graph {
    /// `a` where the condition of the tree holds, else `b`; no deeper than conditions may be nested and joined.
    pub(super) fn choose(&mut self, tree: &Tree, of_node: &[Id], condition: Id, a: Id, b: Id) -> Id {
        match tree.nodes[condition] {
            Node::Not(inner) => self.choose(tree, of_node, inner, b, a),
            Node::And(left, right) => {
                let inner = self.choose(tree, of_node, right, a, b);
                self.choose(tree, of_node, left, inner, b)
            }
            Node::Or(left, right) => {
                let inner = self.choose(tree, of_node, right, a, b);
                self.choose(tree, of_node, left, a, inner)
            }
            Node::Compare(comparison, left, right) => {
                let (left, right) = (of_node[left], of_node[right]);
                match comparison {
                    Comparison::Less => self.select(Test::Less, [left, right, a, b]),
                    Comparison::Greater => self.select(Test::Less, [right, left, a, b]),
                    Comparison::Equal => self.select(Test::Equal, [left, right, a, b]),
                    Comparison::NotEqual => self.select(Test::Equal, [left, right, b, a]),
                    Comparison::LessOrEqual => {
                        let equal = self.select(Test::Equal, [left, right, a, b]);
                        self.select(Test::Less, [left, right, a, equal])
                    }
                    Comparison::GreaterOrEqual => {
                        let equal = self.select(Test::Equal, [left, right, a, b]);
                        self.select(Test::Less, [right, left, a, equal])
                    }
                }
            }
            // The parser lets nothing else be a condition.
            _ => b,
        }
    }

    pub(super) fn select(&mut self, test: Test, operands: [Id; 4]) -> Id {
        let [left, right, a, b] = operands;
        if a == b {
            return a;
        }
        match (self.value(left), self.value(right)) {
            (Some(left), Some(right)) => {
                let holds = if test == Test::Less { left < right } else { left == right };
                if holds { a } else { b }
            }
            _ => self.add(Operation::Select(test, operands)),
        }
    }
}
