//! The one table of everything that has a key or a menu entry.
//!
//! Menus, the list of keys and the keyboard all read it, so they cannot disagree.

mod action;

use std::sync::LazyLock;

use action::action;
pub use action::{Action, Menu, key_text};
use egui::{Key, Modifiers};

use crate::drawing::ink::Theme;
use crate::drawing::overlays;
use crate::state::{
    Command, DocumentCommand, FileCommand, FileDialog, HistoryCommand, Leave, MAX_CARDS, Pane, PlayCommand, RunCommand,
    SampleCommand, State, TypeScale, ViewCommand, WindowCommand,
};

/// The table.
pub fn all() -> &'static [Action] {
    static TABLE: LazyLock<Vec<Action>> = LazyLock::new(|| {
        let mut table = Vec::new();
        table.extend(files());
        table.extend(playing());
        table.extend(inside());
        table.extend(runs());
        table.extend(editing());
        table.extend(samples());
        table.extend(type_and_theme());
        table.extend(views());
        table.extend(lower_views());
        table.extend(overlays::ALL.iter().enumerate().map(overlay));
        table.extend(helping());
        table
    });
    &TABLE
}

/// The action with this id.
pub fn find(id: &str) -> Option<&'static Action> {
    all().iter().find(|action| action.id == id)
}

fn files() -> [Action; 4] {
    let has_samples = |state: &State| state.document.landscape.data().is_some();
    [
        action(
            "open",
            "Open…",
            "Opens samples for the network (.csv with the header x,y) or a measured grid.",
            |_| Command::Files(FileCommand::Ask(FileDialog::Open)),
        )
        .key(Modifiers::COMMAND, Key::O)
        .menu(Menu::File, 0),
        action(
            "save",
            "Save the samples…",
            "Writes the samples of the network to the .csv file they belong to, or to one you choose. A file that holds something else is only replaced if you say so.",
            |_| Command::Files(FileCommand::SaveAgain),
        )
        .named(|state| match &state.document.file {
            Some(path) => format!("Save the samples in {}", path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()),
            None => "Save the samples…".to_owned(),
        })
        .when(has_samples)
        .key(Modifiers::COMMAND, Key::S)
        .menu(Menu::File, 0),
        action(
            "save as",
            "Save the samples as…",
            "Writes the samples of the network to a .csv file with the header x,y, which you choose.",
            |_| Command::Files(FileCommand::Ask(FileDialog::Save)),
        )
        .when(has_samples)
        .key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S)
        .menu(Menu::File, 0),
        action(
            "quit",
            "Quit",
            "Closes the window. You are asked first if samples that you set by hand are not saved.",
            |_| Command::Window(WindowCommand::Leave(Leave::Wanted)),
        )
        .key(Modifiers::COMMAND, Key::Q)
        .menu(Menu::File, 1),
    ]
}

/// Samples are chosen and moved without a pointer, where they are seen.
fn samples() -> impl Iterator<Item = Action> {
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
        let help = "Moves the chosen sample by a hundredth of the data view, and with it the land and every run.";
        action(format!("sample {way}"), "Move the chosen sample", help, move |_| {
            Command::Samples(SampleCommand::Nudge(by))
        })
        .named(move |_| format!("Move the chosen sample {way}"))
        .when(move |state| are_seen(state) && state.sample().is_some())
        .key(Modifiers::ALT, key)
    });
    choose.into_iter().chain(nudge)
}

/// The sample so many places to the right of the chosen one; from none the first or the last.
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

fn playing() -> [Action; 6] {
    let before_end = |state: &State| state.playback.playhead < state.last_step();
    let after_start = |state: &State| state.shown_step() > 0;
    [
        action("play", "Play", "Plays the runs step by step, or pauses.", |_| Command::Play(PlayCommand::Toggle))
            .named(|state| if state.playback.playing { "Pause" } else { "Play" }.to_owned())
            .when(|state| state.last_step() > 0)
            .plain(Key::Space)
            .menu(Menu::Run, 0),
        action("step", "Step", "Takes one step.", |_| Command::Play(PlayCommand::StepBy(1))).when(before_end).plain(Key::ArrowRight).menu(Menu::Run, 0),
        action("back", "Step back", "Goes back one step: every run is remembered exactly.", |_| Command::Play(PlayCommand::StepBy(-1)))
            .when(after_start)
            .plain(Key::ArrowLeft)
            .menu(Menu::Run, 0),
        action("start", "To the start", "Back to where the runs begin.", |_| Command::Play(PlayCommand::ToStart)).when(after_start).plain(Key::Home).menu(Menu::Run, 0),
        action("end", "To the end", "To the last step of the longest run.", |_| Command::Play(PlayCommand::ToEnd)).when(before_end).plain(Key::End).menu(Menu::Run, 0),
        action(
            "from here on",
            "From here on",
            "A changed knob acts from the playhead on: the steps before it stay as they were, and the method goes on with its memory.",
            |state| Command::Runs(RunCommand::ApplyFromThisStep(!state.view.scene.from_here_on)),
        )
        .checked(|state| state.view.scene.from_here_on)
        .menu(Menu::Run, 1),
    ]
}

/// The sub-steps of a step.
fn inside() -> [Action; 2] {
    let has_step = |state: &State| state.derived.focus().is_some();
    [
        action(
            "inside",
            "Inside the step",
            "Takes the step apart: what the rule does, one thing after the other. After the last comes the next step.",
            |_| Command::Play(PlayCommand::StepInside(1)),
        )
        .when(has_step)
        .plain(Key::Period)
        .menu(Menu::Run, 1),
        action(
            "inside back",
            "Inside the step, back",
            "Goes back by one thing that the rule does within a step.",
            |_| Command::Play(PlayCommand::StepInside(-1)),
        )
        .when(has_step)
        .plain(Key::Comma)
        .menu(Menu::Run, 1),
    ]
}

fn runs() -> [Action; 6] {
    let has_room = |state: &State| state.document.cards.len() < MAX_CARDS;
    let several = |state: &State| state.document.cards.len() > 1;
    [
        action(
            "branch",
            "Branch here",
            "Copies the selected run at the playhead; the old one stays behind as a pale ghost.",
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
        action(
            "previous run",
            "Select the previous run",
            "The selected run owns the sheet, the slice and this step.",
            |_| Command::Runs(RunCommand::SelectNext(-1)),
        )
        .when(several)
        .plain(Key::OpenBracket)
        .menu(Menu::Run, 2),
        action("next run", "Select the next run", "The selected run owns the sheet, the slice and this step.", |_| {
            Command::Runs(RunCommand::SelectNext(1))
        })
        .when(several)
        .plain(Key::CloseBracket)
        .menu(Menu::Run, 2),
        action("random start", "Random start", "Starts the runs somewhere else on the map.", |_| {
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

fn editing() -> [Action; 3] {
    [
        action(
            "undo",
            "Undo",
            "Takes back the last change: of landscape, start, runs or knobs, or of how they are shown. The playhead goes back to where it was; theme and type stay.",
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

/// The type scale so many sizes away, if there is one.
fn scale_by(state: &State, sizes: isize) -> Option<TypeScale> {
    let place = TypeScale::ALL.iter().position(|scale| *scale == state.view.chrome.type_scale)?;
    TypeScale::ALL.get(place.checked_add_signed(sizes)?).copied()
}

fn type_and_theme() -> impl Iterator<Item = Action> {
    let resize = |id, label, help, sizes| {
        action(id, label, help, move |state| {
            Command::Window(WindowCommand::SetTypeScale(scale_by(state, sizes).unwrap_or(state.view.chrome.type_scale)))
        })
        .when(move |state| scale_by(state, sizes).is_some())
    };
    let other_theme = |state: &State| match state.view.chrome.theme {
        Theme::Light => "Dark theme".to_owned(),
        Theme::Dark => "Light theme".to_owned(),
    };
    let scales = TypeScale::ALL.into_iter().map(|scale| {
        action(scale.title(), scale.title(), "How large type, controls and lines are.", move |_| {
            Command::Window(WindowCommand::SetTypeScale(scale))
        })
        .checked(move |state| state.view.chrome.type_scale == scale)
        .menu(Menu::View, 0)
    });
    let first = action("theme", "Theme", "Light or dark: choose what the projector shows best.", |_| {
        Command::Window(WindowCommand::ToggleTheme)
    })
    .named(other_theme)
    .plain(Key::L)
    .menu(Menu::View, 0);
    // These replace egui's own zoom, which would also move what the design keeps at 8 points.
    let larger = resize("larger", "Larger type", "Type, controls and lines one size larger.", 1)
        .key(Modifiers::COMMAND, Key::Plus)
        .key(Modifiers::COMMAND, Key::Equals);
    let smaller = resize("smaller", "Smaller type", "Type, controls and lines one size smaller.", -1)
        .key(Modifiers::COMMAND, Key::Minus);
    std::iter::once(first).chain(scales).chain([larger, smaller])
}

fn views() -> impl Iterator<Item = Action> {
    let panes = Pane::ALL.into_iter().map(|pane| {
        action(pane.title(), pane.title(), "Fills the window with this view, or shows all again.", move |_| {
            Command::Window(WindowCommand::ToggleMaximized(pane))
        })
        .named(move |_| format!("Maximize: {}", pane.title().to_lowercase()))
        .checked(move |state| state.view.chrome.maximized == Some(pane))
        .menu(Menu::View, 1)
    });
    let maximize = action(
        "maximize",
        "Maximize the view",
        "Fills the window with the view under the pointer, or shows all again.",
        |state| {
            Command::Window(WindowCommand::ToggleMaximized(
                state.view.chrome.maximized.unwrap_or(state.view.chrome.pointed),
            ))
        },
    )
    .plain(Key::F);
    let fit = action("fit", "Fit", "Shows the whole landscape again, from where it was looked at first.", |_| {
        Command::View(ViewCommand::Fit)
    })
    .plain(Key::Num0)
    .menu(Menu::View, 2);
    let stretch = action(
        "stretch",
        "Stretch to fill (angles are no longer true)",
        "Gives each axis of the map a scale of its own: the gradient then no longer looks perpendicular to the contour lines.",
        |state| Command::View(ViewCommand::SetStretched(!state.view.scene.stretched)),
    )
    .checked(|state| state.view.scene.stretched)
    .menu(Menu::View, 2);
    let log = action(
        "log height",
        "Log height",
        "Draws heights by the logarithm of the loss, so that deep valleys show; a plane is then curved.",
        |state| Command::View(ViewCommand::SetLogHeight(!state.view.scene.log_height)),
    )
    .checked(|state| state.view.scene.log_height)
    .menu(Menu::View, 2);
    let critical = action(
        "critical table",
        "Table of critical points",
        "Lists where the gradient vanishes, with losses and eigenvalues; a click goes there.",
        |_| Command::Window(WindowCommand::ToggleCriticalTable),
    )
    .checked(|state| state.view.chrome.critical_open)
    .plain(Key::P)
    .menu(Menu::View, 3);
    let timing = action("timing", "Frame times", "Shows how long the program takes for a frame.", |_| {
        Command::Window(WindowCommand::ToggleTiming)
    })
    .checked(|state| state.view.chrome.timing_open)
    .plain(Key::F12)
    .menu(Menu::View, 4);
    panes.chain([maximize, fit, stretch, log, critical, timing])
}

/// The views below the surface, and what moves in them.
fn lower_views() -> impl Iterator<Item = Action> {
    let lower = Pane::LOWER.into_iter().zip([Key::S, Key::C, Key::M, Key::D, Key::N, Key::E]).map(|(pane, key)| {
        action(format!("show {}", pane.title()), pane.short_title(), pane.help(), move |_| {
            Command::View(ViewCommand::ShowLower(pane))
        })
        .named(move |_| format!("Below the surface: {}", pane.short_title().to_lowercase()))
        .checked(move |state| state.lower_pane() == pane)
        .when(move |state| pane.suits(&state.document.landscape))
        .plain(key)
        .menu(Menu::View, 1)
    });
    let pass = [
        (
            "pass on",
            "On through the graph",
            "Forward through the network, node by node, and back with the derivatives.",
            1,
        ),
        ("pass back", "Back through the graph", "Goes one node back on the way through the network.", -1),
    ]
    .map(|(id, label, help, stages)| {
        action(id, label, help, move |_| Command::View(ViewCommand::StepPass(stages)))
            .when(|state| state.is_in_front(Pane::Graph))
            .key(if stages > 0 { Modifiers::NONE } else { Modifiers::SHIFT }, Key::J)
            .menu(Menu::View, 1)
    });
    let planes = action(
        "next plane",
        "Next adjoining plane",
        "At a kink: shows the plane of the slope used, each of the planes that meet there, and all of them, in turn.",
        |state| Command::View(ViewCommand::ShowFacet(next_facet(state))),
    )
    .when(|state| state.derived.kink().is_some_and(|kink| !kink.planes().is_empty()))
    .plain(Key::K)
    .menu(Menu::View, 3);
    let shrink = action(
        "shrink circle",
        "Shrink the circle to 0",
        "Shrinks the circle around the point in four seconds: before your eyes the best step turns into −∇f. A moment later it is as large as before.",
        |_| Command::View(ViewCommand::ShrinkCircle),
    )
    .checked(|state| state.view.scene.circle.is_shrinking())
    .when(|state| state.view.shows_circle())
    .plain(Key::Z)
    .menu(Menu::View, 3);
    lower.chain(pass).chain([planes, shrink])
}

/// What is shown at a kink after what is shown now.
fn next_facet(state: &State) -> usize {
    state.derived.kink().map_or(0, |kink| (state.view.scene.facet + 1) % (kink.planes().len() + 2))
}

/// The first nine have the digits, the next nine Shift and a digit, and fog, which one lifts in a hurry, its letter.
fn overlay((place, overlay): (usize, &'static overlays::Overlay)) -> Action {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let on = |state: &State| state.view.shows(overlay.id);
    let toggle = action(format!("overlay {}", overlay.id), overlay.label, overlay.help, |_| {
        Command::View(ViewCommand::ToggleOverlay(overlay.id))
    });
    let toggle = toggle.checked(on).when(|state| (overlay.suits)(&state.document.landscape)).menu(Menu::Overlays, 0);
    match place / DIGITS.len() {
        _ if overlay.id == overlays::FOG => toggle.plain(Key::G),
        0 => toggle.plain(DIGITS[place]),
        1 => toggle.key(Modifiers::SHIFT, DIGITS[place - DIGITS.len()]),
        _ => toggle,
    }
}

fn helping() -> [Action; 3] {
    [
        action(
            "questions",
            "Questions",
            "The questions that a class asks, each with an answer and a scene that shows it.",
            |_| Command::Window(WindowCommand::ToggleQuestions),
        )
        .checked(|state| state.view.chrome.questions_open)
        .plain(Key::Q)
        .menu(Menu::Help, 0),
        action("keys", "Keys", "Lists every key.", |_| Command::Window(WindowCommand::ToggleKeys))
            .plain(Key::Questionmark)
            .plain(Key::F1)
            .menu(Menu::Help, 0),
        action(
            "dismiss",
            "Close what lies over the views",
            "Closes the lists of keys and questions, the table of critical points, a maximized view and the message, and leaves the inside of a step.",
            |_| Command::Window(WindowCommand::Dismiss),
        )
        .plain(Key::Escape),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_has_two_meanings() {
        let mut taken = HashSet::new();
        for action in all() {
            for shortcut in &action.shortcuts {
                assert!(taken.insert(*shortcut), "{shortcut:?} of {} is taken", action.id);
            }
        }
        let ids: HashSet<&str> = all().iter().map(|action| action.id.as_str()).collect();
        assert_eq!(ids.len(), all().len(), "ids differ");
    }

    #[test]
    fn the_first_overlays_have_their_keys_and_every_action_its_words() {
        for (place, overlay) in overlays::ALL.iter().enumerate() {
            let action = find(&format!("overlay {}", overlay.id)).unwrap();
            assert_eq!(
                action.shortcuts.len(),
                usize::from(place < 18 || overlay.id == overlays::FOG),
                "{}",
                overlay.id
            );
        }
        let state = State::opening();
        for action in all() {
            assert!(action.help.ends_with('.') && !(action.label)(&state).is_empty(), "{}", action.id);
        }
    }
}
