//! Controls shown with a task while presenting hides the usual ones.

use super::super::{Card, Pane, Picture};
use super::Task;
use crate::drawing::overlays::OverlayId;

/// The controls of a task, beside the picture, the slider under it and the transport, which are always there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskControls {
    /// The method and the parameters of the run.
    pub run: bool,
    /// Whether a run may be added.
    pub adds_run: bool,
    /// Parameters of the landscape, by name.
    pub landscape: Vec<String>,
    /// Overlays to switch.
    pub overlays: Vec<OverlayId>,
    /// The picture the task asks for.
    pub picture: Option<Picture>,
    /// The tab the task asks for.
    pub tab: Option<Pane>,
}

impl Task {
    /// What it lets its reader change of a run and of the view: what its solution changes and what its goal asks for. Where the
    /// file has no solution, the run is among it.
    pub fn controls(&self, card: Option<&Card>) -> TaskControls {
        let (goal, solution) = (&self.goal, self.solution.as_ref());
        let main = card.and_then(|card| {
            let entry = card.optimizer.entry;
            entry.main_index().map(|index| entry.parameters[index].name)
        });
        let is_other = |name: &str| Some(name) != main;
        let named = |name: &String, names: &mut Vec<String>| {
            if !names.contains(name) {
                names.push(name.clone());
            }
        };
        let mut landscape = Vec::new();
        for range in &goal.landscape_parameters {
            named(&range.name, &mut landscape);
        }
        for (name, _) in solution.iter().flat_map(|solution| &solution.landscape) {
            named(&name.value, &mut landscape);
        }
        let is_method_kept =
            goal.methods.is_empty() || card.is_some_and(|card| goal.methods.contains(&card.optimizer.entry.id));
        let run = !is_method_kept
            || goal.parameters.iter().any(|range| is_other(&range.name))
            || solution.is_none_or(|solution| {
                solution.method.is_some() || solution.parameters.iter().any(|(name, _)| is_other(&name.value))
            });
        let weights = goal.weights.map(|_| Pane::Compare);
        let stage = goal.stage.map(|_| Pane::Graph);
        TaskControls {
            run,
            adds_run: goal.runs.is_some() || solution.is_some_and(|solution| !solution.add.is_empty()),
            landscape,
            overlays: goal.show.iter().chain(&goal.hide).copied().collect(),
            picture: goal.picture,
            tab: goal.tab.or(weights).or(stage),
        }
    }
}
