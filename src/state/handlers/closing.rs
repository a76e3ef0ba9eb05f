//! What Escape closes: one thing, the topmost.

use super::Touched;
use crate::state::{Leaving, State, View};

impl State {
    /// Closes one thing, the topmost; the question before closing lies over everything else.
    pub(super) fn dismiss(&mut self) -> Touched {
        if self.leaving == Leaving::Asked {
            self.stay();
            return Touched::Nothing;
        }
        if self.files.scenes.asked.take().is_some() {
            self.leave_if_saved(false);
            return Touched::Nothing;
        }
        if self.files.scenes.opens {
            self.open_nothing();
            return Touched::Nothing;
        }
        // Help lies over all of the views: what is behind it stays as it is.
        if self.view.close_help() {
            return Touched::Nothing;
        }
        // So does the export, and the question behind it is not given away.
        if self.export.dialog.take().is_some() {
            return Touched::Nothing;
        }
        if self.view.chrome.message_covers && self.close_message() {
            return Touched::Nothing;
        }
        // What is open over a view is closed before what lies behind it: a class does not see the desk by it.
        if self.close_list() {
            return Touched::Scene;
        }
        // A guess is not lost by a key that was meant for something else.
        if self.predictions.has_guesses() {
            self.say("A guess is waiting: Space reveals the answer, ✕ closes the question without it.".to_owned());
            return Touched::Nothing;
        }
        // A question lies over the views, too.
        if self.predictions.open().is_some() {
            self.close_question();
            return Touched::Scene;
        }
        if self.pilot.is_some() {
            self.stop_pilot();
            return Touched::Scene;
        }
        self.view.dismiss();
        self.message = None;
        Touched::Scene
    }

    /// Closes the panel of a run, where it is shown, or else the table of critical points; whether one was open.
    fn close_list(&mut self) -> bool {
        // While presenting only a task has it, under its text.
        let is_shown = self.view.chrome.presenting.is_none() || self.task_has_run_panel();
        let chrome = &mut self.view.chrome;
        chrome.open_run.take().is_some() && is_shown || std::mem::take(&mut chrome.critical_open)
    }

    fn task_has_run_panel(&self) -> bool {
        let task = self.page().and_then(|page| page.task.as_ref());
        task.is_some_and(|task| task.controls(self.document.card(self.selected)).run)
    }
}

impl View {
    /// Closes the list of keys and the glossary; whether one was open.
    fn close_help(&mut self) -> bool {
        let chrome = &mut self.chrome;
        let was_open = chrome.is_covered_by_help();
        (chrome.keys_open, chrome.glossary_open) = (false, false);
        was_open
    }

    /// Shows all views again instead of one that fills the window; or clears the chosen point, sub-step, stage and lit weight; or ends
    /// presenting.
    fn dismiss(&mut self) {
        let Self { scene, chrome } = self;
        if chrome.maximized.take().is_some() {
            return;
        }
        let chosen = [scene.highlighted.take().is_some(), scene.inside.take().is_some()];
        let lit = [scene.network.stage.take().is_some(), scene.network.lit.take().is_some()];
        if chrome.presenting.is_some() && ![chosen, lit].as_flattened().contains(&true) {
            chrome.stop_presenting();
            scene.overlays.extend(std::mem::take(&mut chrome.put_away));
        }
    }
}
