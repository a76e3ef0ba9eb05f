//! The way through a graph, value by value, and back, derivative by derivative.

use super::Graph;
use crate::landscapes::computation::Role;
use crate::numbers::numerals::grouped;

/// A stage of the way through the graph and back; nodes by their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphStage {
    /// Only weights and data are there.
    Inputs,
    /// A value is computed.
    Forward(usize),
    /// A derivative is computed.
    Backward(usize),
}

impl Graph {
    /// The way through it and back, stage by stage.
    pub fn stages(&self) -> Vec<GraphStage> {
        let is_computed = |index: &usize| matches!(self.nodes[*index].role, Role::Computed | Role::Loss);
        let forward: Vec<usize> = (0..self.nodes.len()).filter(is_computed).collect();
        let mut stages = vec![GraphStage::Inputs];
        stages.extend(forward.iter().copied().map(GraphStage::Forward));
        let mut weights: Vec<usize> = [1, 0].into_iter().filter_map(|weight| self.weight(weight)).collect();
        for node in forward.into_iter().rev() {
            stages.push(GraphStage::Backward(node));
            // A weight has its turn as soon as all that it leads to have had theirs.
            weights.retain(|weight| {
                let mut heads = self.leaving(*weight).map(|(_, edge)| GraphStage::Backward(edge.to)).peekable();
                let is_done = heads.peek().is_some() && heads.all(|head| stages.contains(&head));
                if is_done {
                    stages.push(GraphStage::Backward(*weight));
                }
                !is_done
            });
        }
        stages.extend(weights.into_iter().map(GraphStage::Backward));
        stages
    }

    /// Whether a node's value, and whether its derivative, is there once these stages are done.
    pub fn known(&self, node: usize, done: &[GraphStage]) -> [bool; 2] {
        let given = !matches!(self.nodes[node].role, Role::Computed | Role::Loss);
        [given || done.contains(&GraphStage::Forward(node)), done.contains(&GraphStage::Backward(node))]
    }

    /// What happens at a stage, with numbers.
    pub fn description(&self, stage: GraphStage) -> String {
        match stage {
            GraphStage::Inputs => {
                let count = grouped(self.parts.len());
                let whose = match self.sample {
                    Some(index) => format!("x and y of sample {} of {count}", index + 1),
                    None => format!("x and y of all {count} samples"),
                };
                format!("{whose} go in, with the weights")
            }
            GraphStage::Forward(node) => self.nodes[node].forward_words.clone(),
            GraphStage::Backward(node) => self.nodes[node].backward_words.clone(),
        }
    }
}
