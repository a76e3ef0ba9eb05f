//! Carries out the solution that a lesson gives for its task, which proves that the task can be done.

use crate::lessons::{Mistake, SolutionText};
use crate::numbers::Point;
use crate::state::lessons::{choice, overlay, picture, setting, tab};
use crate::state::{Command, CompareChange, DocumentCommand, PlayCommand, RunCommand, State, ViewCommand};

impl State {
    /// Does what a solution says, and computes all that follows.
    pub(in crate::state) fn carry_out_solution(&mut self, solution: &SolutionText, mistakes: &mut Vec<Mistake>) {
        // Who tries has seen.
        self.watch.is_to_ask = false;
        let parameters = self.document.landscape.parameters().to_vec();
        for pair in &solution.landscape {
            if let Some((index, value)) = setting(pair, &parameters, mistakes) {
                self.apply(vec![Command::Document(DocumentCommand::SetParameter { index, value })]);
            }
        }
        self.carry_out_runs_of(solution, mistakes);
        let mut commands = Vec::new();
        commands.extend(
            solution.start.as_ref().map(|at| Command::Document(DocumentCommand::MoveStart(Point::from(at.value)))),
        );
        commands.extend(solution.steps.as_ref().map(|steps| Command::Document(DocumentCommand::SetSteps(steps.value))));
        let shown = solution.picture.as_ref().and_then(|word| picture(word, mistakes));
        commands.extend(shown.map(|picture| Command::View(ViewCommand::ShowPicture(picture))));
        let chosen = solution.tab.as_ref().and_then(|word| tab(word, mistakes));
        commands.extend(chosen.map(|tab| Command::View(ViewCommand::ShowTab(tab))));
        for (words, is_on) in [(&solution.show, true), (&solution.hide, false)] {
            for id in words.iter().filter_map(|word| overlay(word, mistakes)).collect::<Vec<_>>() {
                if self.view.shows(id) != is_on {
                    commands.push(Command::View(ViewCommand::ToggleOverlay(id)));
                }
            }
        }
        let weights = solution.weights.as_ref().map(|weights| CompareChange::Weights(weights.value));
        commands.extend(weights.map(|change| Command::View(ViewCommand::Compare(change))));
        self.apply(commands);
        self.finish();
        if let Some(playhead) = &solution.playhead {
            let command = playhead.value.map_or(PlayCommand::ToEnd, PlayCommand::GoTo);
            self.apply(vec![Command::Play(command)]);
            self.finish();
        }
        if let Some(stage) = &solution.stage {
            self.view.scene.network.stage = Some(stage.value);
            self.refresh();
        }
    }

    /// What it says of the runs.
    fn carry_out_runs_of(&mut self, solution: &SolutionText, mistakes: &mut Vec<Mistake>) {
        for word in &solution.add {
            let added = choice(word, mistakes).and_then(|choice| self.document.add(choice));
            self.selected = added.unwrap_or(self.selected);
        }
        if let Some(number) = &solution.select {
            let card = number.value.checked_sub(1).and_then(|place| self.document.cards.get(place));
            match card.map(|card| card.id) {
                Some(id) => self.apply(vec![Command::Runs(RunCommand::Select(id))]),
                None => mistakes.push(number.mistake(format!("there is no run {}", number.value))),
            }
        }
        let selected = self.selected;
        let method = solution.method.as_ref().and_then(|word| choice(word, mistakes));
        if let Some((choice, card)) = method.zip(self.document.card_mut(selected)) {
            card.optimizer = choice;
            card.changes.clear();
        }
        let Some(parameters) = self.document.card(selected).map(|card| card.optimizer.entry.parameters) else { return };
        for pair in &solution.parameters {
            if let Some((parameter, value)) = setting(pair, parameters, mistakes) {
                self.apply(vec![Command::Runs(RunCommand::SetParameter { card: selected, parameter, value })]);
            }
        }
    }
}
