//! What is made and changed: samples, runs, undo.

use egui::{Key, Modifiers};

use super::action::{Action, Menu, action};
use crate::analysis::Eigenvector;
use crate::state::{Command, DocumentCommand, HistoryCommand, MAX_CARDS, Pane, RunCommand, SampleCommand, State};

/// Samples are chosen and moved without a pointer, where they are seen.
pub(super) fn samples() -> impl Iterator<Item = Action> {
    let are_seen = |state: &State| [Pane::Data, Pane::Graph].iter().any(|pane| state.is_in_front(*pane));
    let choose = [
        ("next sample", "Choose the next sample", Key::PageDown, 1),
        ("previous sample", "Choose the previous sample", Key::PageUp, -1),
    ]
    .map(|(id, label, key, by)| {
        action(id, label, "Goes from sample to sample in the data view and the graph, by their x.", move |state| {
            Command::Samples(SampleCommand::Choose(neighbor(state, by)))
        })
        .when(move |state| are_seen(state) && state.document.landscape.data().is_some())
        .plain(key)
        .menu(Menu::Edit, 1)
    });
    let nudge = [
        ("left", Key::ArrowLeft, [-1.0, 0.0]),
        ("right", Key::ArrowRight, [1.0, 0.0]),
        ("up", Key::ArrowUp, [0.0, 1.0]),
        ("down", Key::ArrowDown, [0.0, -1.0]),
    ]
    .map(|(way, key, by)| {
        let help = "Moves the chosen sample by a hundredth of the data view; the loss and every run follow.";
        action(format!("sample {way}"), "Move the chosen sample", help, move |_| {
            Command::Samples(SampleCommand::Nudge(by))
        })
        .named(move |_| format!("Move the chosen sample {way}"))
        .when(move |state| are_seen(state) && state.sample().is_some())
        .key(Modifiers::ALT, key)
    });
    choose.into_iter().chain(nudge)
}

/// The sample this many places to the right of the chosen one; from none the first or the last.
fn neighbor(state: &State, by: isize) -> Option<usize> {
    let samples = state.document.landscape.data()?.samples();
    let mut order: Vec<usize> = (0..samples.len()).collect();
    order.sort_by(|a, b| samples[*a][0].total_cmp(&samples[*b][0]));
    let here = state.sample().and_then(|chosen| order.iter().position(|index| *index == chosen));
    let next = match here {
        Some(place) => (place as isize + by).rem_euclid(order.len() as isize) as usize,
        None if by > 0 => 0,
        None => order.len() - 1,
    };
    order.get(next).copied()
}

/// Starts on an eigenvector.
pub(super) fn eigenvectors() -> [Action; 2] {
    Eigenvector::ALL.map(|which| {
        let (label, help) = match which {
            Eigenvector::Slow => (
                "Start on the slow eigenvector",
                "Moves the start onto the eigenvector of least curvature at the chosen critical point, or at the nearest one, at its distance: on a quadratic the run meets this curvature alone.",
            ),
            Eigenvector::Steep => (
                "Start on the steep eigenvector",
                "Moves the start onto the eigenvector of greatest curvature at the chosen critical point, or at the nearest one, at its distance: on a quadratic the run meets this curvature alone.",
            ),
        };
        let command = move |_: &State| Command::Document(DocumentCommand::StartOnEigenvector(which));
        action(format!("start {}", which.word()), label, help, command)
            .when(|state| !state.document.landscape.dimension().is_one())
            .menu(Menu::Run, 3)
    })
}

pub(super) fn runs() -> [Action; 8] {
    let has_room = |state: &State| state.document.cards.len() < MAX_CARDS;
    let several = |state: &State| state.document.cards.len() > 1;
    [
        action(
            "branch",
            "Branch here",
            "Copies the selected run at the playhead; the old run stays as a pale ghost.",
            |state| Command::Runs(RunCommand::Branch(state.selected)),
        )
        .when(has_room)
        .plain(Key::B)
        .menu(Menu::Run, 1),
        action("duplicate", "Duplicate run", "A second run like the selected one.", |state| {
            Command::Runs(RunCommand::Duplicate(state.selected))
        })
        .when(has_room)
        .menu(Menu::Run, 2),
        action("remove", "Remove run", "Removes the selected run.", |state| {
            Command::Runs(RunCommand::Remove(state.selected))
        })
        .when(several)
        .menu(Menu::Run, 2),
        action("previous run", "Select the previous run", "Local model, slice and tabs show the selected run.", |_| {
            Command::Runs(RunCommand::SelectNext(-1))
        })
        .when(several)
        .plain(Key::OpenBracket)
        .menu(Menu::Run, 2),
        action("next run", "Select the next run", "Local model, slice and tabs show the selected run.", |_| {
            Command::Runs(RunCommand::SelectNext(1))
        })
        .when(several)
        .plain(Key::CloseBracket)
        .menu(Menu::Run, 2),
        action(
            "link rates",
            "Link rates",
            "Gives the learning rate of the selected run, now and whenever it is changed, to all visible runs whose rate means the same.",
            |state| Command::Runs(RunCommand::LinkRates(!state.view.scene.slider.links_rates)),
        )
        .checked(|state| state.view.scene.slider.links_rates)
        .plain(Key::I)
        .menu(Menu::Run, 2),
        action(
            "slide coefficient",
            "Momentum coefficient under the picture",
            "Moves the momentum coefficient β with the slider under the picture, in place of the learning rate; colored is where the run escapes from its basin.",
            |state| Command::Runs(RunCommand::SlideCoefficient(!state.view.scene.slider.slides_coefficient)),
        )
        .checked(|state| state.view.scene.slider.slides_coefficient)
        .when(|state| state.document.card(state.selected).is_some_and(|card| card.optimizer.entry.has_rate_and_coefficient()))
        .menu(Menu::Run, 2),
        action("random start", "Random start", "Draws a random start for the runs.", |_| {
            Command::Document(DocumentCommand::RandomStart)
        })
        .plain(Key::R)
        .menu(Menu::Run, 3),
    ]
}

/// Undo or redo, with what it would change.
fn named_change(label: &str, title: Option<&str>) -> String {
    title.map_or_else(|| label.to_owned(), |title| format!("{label}: {title}"))
}

pub(super) fn editing() -> [Action; 3] {
    [
        action(
            "undo",
            "Undo",
            "Takes back the last change of landscape, start, runs, parameters or view. The playhead goes back to where it was; theme and type stay.",
            |_| Command::History(HistoryCommand::Undo),
        )
            .named(|state| named_change("Undo", state.undo_redo_titles()[0]))
            .when(|state| state.undo_redo_titles()[0].is_some())
            .key(Modifiers::COMMAND, Key::Z)
            .menu(Menu::Edit, 0),
        action("redo", "Redo", "Makes the change again that was taken back.", |_| Command::History(HistoryCommand::Redo))
            .named(|state| named_change("Redo", state.undo_redo_titles()[1]))
            .when(|state| state.undo_redo_titles()[1].is_some())
            .key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z)
            .key(Modifiers::COMMAND, Key::Y)
            .menu(Menu::Edit, 0),
        action(
            "remove sample",
            "Remove the chosen sample",
            "Takes the sample that was chosen in the data view or the graph away from those the network is fitted to.",
            |state| Command::Samples(state.sample().map_or(SampleCommand::Choose(None), SampleCommand::Remove)),
        )
        .when(|state| state.sample().is_some() && [Pane::Data, Pane::Graph].iter().any(|pane| state.is_in_front(*pane)))
        .plain(Key::Delete)
        .menu(Menu::Edit, 1),
    ]
}
