//! What moves the playhead, and the sub-step within a step.

use egui::Key;

use super::action::{Action, Menu, action};
use crate::state::{Command, PlayCommand, RunCommand, State};

pub(super) fn playing() -> [Action; 6] {
    // While a class predicts, to go on is to reveal.
    let before_end = |state: &State| state.playback.playhead < state.last_step() || state.held_step().is_some();
    let after_start = |state: &State| state.shown_step() > 0;
    [
        action("play", "Play", "Plays the runs step by step, or pauses.", |_| Command::Play(PlayCommand::Toggle))
            .named(|state| if state.playback.playing { "Pause" } else { "Play" }.to_owned())
            .when(|state| state.last_step() > 0 || state.held_step().is_some())
            .plain(Key::Space)
            .menu(Menu::Run, 0),
        action("step", "Step", "Takes one step.", |_| Command::Play(PlayCommand::StepBy(1))).when(before_end).plain(Key::ArrowRight).menu(Menu::Run, 0),
        action("back", "Step back", "Goes back one step: every iterate is stored exactly.", |_| Command::Play(PlayCommand::StepBy(-1)))
            .when(after_start)
            .plain(Key::ArrowLeft)
            .menu(Menu::Run, 0),
        action("start", "To the start", "Back to where the runs begin.", |_| Command::Play(PlayCommand::ToStart)).when(after_start).plain(Key::Home).menu(Menu::Run, 0),
        action("end", "To the end", "To the last step of the longest run.", |_| Command::Play(PlayCommand::ToEnd)).when(before_end).plain(Key::End).menu(Menu::Run, 0),
        action(
            "from this step",
            "Apply from this step",
            "A changed parameter applies from the playhead on: the steps before it stay, and the method continues with its state.",
            |state| Command::Runs(RunCommand::ApplyFromThisStep(!state.view.scene.slider.from_here_on)),
        )
        .checked(|state| state.view.scene.slider.from_here_on)
        .menu(Menu::Run, 1),
    ]
}

/// The sub-steps of a step.
pub(super) fn inside() -> [Action; 2] {
    let has_step = |state: &State| state.derived.analysis().is_some();
    [
        action(
            "inside",
            "Inside the step",
            "Shows the operations of the update rule one by one. After the last comes the next step.",
            |_| Command::Play(PlayCommand::StepInside(1)),
        )
        .when(has_step)
        .plain(Key::Period)
        .menu(Menu::Run, 1),
        action("inside back", "Inside the step, back", "Goes back by one operation of the update rule.", |_| {
            Command::Play(PlayCommand::StepInside(-1))
        })
        .when(has_step)
        .plain(Key::Comma)
        .menu(Menu::Run, 1),
    ]
}
