//! Actions for how the document is shown: theme and type, views, overlays, lists.

use egui::{Key, Modifiers};

use super::action::{Action, Menu, action};
use crate::drawing::ink::Theme;
use crate::drawing::overlays::{Overlay, OverlayGroup};
use crate::state::{Command, DocumentCommand, LessonCommand, Pane, State, TypeScale, ViewCommand, WindowCommand, tour};

/// The type scale this number of sizes away, if there is one.
fn scale_by(state: &State, sizes: isize) -> Option<TypeScale> {
    let place = TypeScale::ALL.iter().position(|scale| *scale == state.view.chrome.type_scale)?;
    TypeScale::ALL.get(place.checked_add_signed(sizes)?).copied()
}

pub(super) fn type_and_theme() -> impl Iterator<Item = Action> {
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

pub(super) fn views() -> impl Iterator<Item = Action> {
    let panes = Pane::ALL.into_iter().map(|pane| {
        action(pane.title(), pane.title(), "Fills the window with this view, or shows all views again.", move |_| {
            Command::Window(WindowCommand::ToggleMaximized(pane))
        })
        .named(move |_| format!("Maximize: {}", pane.title().to_lowercase()))
        .checked(move |state| state.view.chrome.maximized == Some(pane))
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
    .plain(Key::F)
    .menu(Menu::View, 1);
    let fit = action("fit", "Fit", "Shows the whole domain, and the surface from where it is seen first.", |_| {
        Command::View(ViewCommand::Fit)
    })
    .plain(Key::Num0)
    .menu(Menu::View, 2);
    let reset = action(
        "reset",
        "Reset",
        "The frame, the camera and the start with which the landscape opens, at step 0; the runs and their parameters stay.",
        |_| Command::Document(DocumentCommand::Reset),
    )
    .key(Modifiers::SHIFT, Key::R)
    .menu(Menu::View, 2);
    let stretch = action(
        "stretch",
        "Stretch to fill (angles are no longer true)",
        "Gives each axis of the map a scale of its own: the gradient is then no longer perpendicular to the contour lines on screen.",
        |state| Command::View(ViewCommand::SetStretched(!state.view.scene.stretched)),
    )
    .checked(|state| state.view.scene.stretched)
    .menu(Menu::View, 2);
    let log = action(
        "log height",
        "Log height",
        "Draws the logarithm of the loss as height, so that deep valleys are visible; a plane is then curved.",
        |state| Command::View(ViewCommand::SetLogHeight(!state.view.scene.log_height)),
    )
    .checked(|state| state.view.scene.log_height)
    .menu(Menu::View, 2);
    let log_rate = action(
        "log rate",
        "Logarithmic track of rates",
        "Draws the track of the learning rate logarithmically, from a ten-thousandth of the limit to ten times the limit. With much momentum it is so unless chosen otherwise: there rates of interest lie far below the limit.",
        |_| Command::Window(WindowCommand::ToggleLogRate),
    )
    .checked(State::has_log_rate)
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
    .menu(Menu::Help, 1);
    panes.chain([maximize]).chain(panels()).chain([fit, reset, stretch, log, log_rate, critical, timing])
}

/// What stands beside the views.
fn panels() -> [Action; 2] {
    let setup = action(
        "setup",
        "Set-up",
        "Opens or closes the panel of the landscape, the start and the runs; closed, it leaves its room to the picture.",
        |_| Command::Window(WindowCommand::ToggleSetup),
    )
    .checked(|state| state.view.chrome.setup_open)
    .plain(Key::F2)
    .menu(Menu::View, 1);
    let present = action(
        "present",
        "Present",
        "Shows the picture, the sentence, the learning rate and the time alone, in large type, or everything again. Escape leaves it too.",
        |_| Command::Window(WindowCommand::TogglePresenting),
    )
    .checked(|state| state.view.chrome.presenting.is_some())
    .plain(Key::F5)
    .menu(Menu::View, 1);
    [setup, present]
}

/// The picture, the tabs beside it, and what moves in them.
pub(super) fn tabs() -> impl Iterator<Item = Action> {
    let tabs = Pane::TABS.into_iter().map(|pane| {
        let tab = action(format!("show {}", pane.title()), pane.short_title(), pane.help(), move |_| {
            Command::View(ViewCommand::ShowTab(pane))
        })
        .named(move |_| format!("Tab: {}", pane.short_title().to_lowercase()))
        .checked(move |state| state.shown_tab() == pane)
        .unless(State::tab_lack, pane)
        .menu(Menu::View, 1);
        match pane.key().and_then(|key| Key::from_name(&key.to_string())) {
            Some(key) => tab.plain(key),
            None => tab,
        }
    });
    let pass = [
        (
            "pass on",
            "Forward through the graph",
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
        "Next tangent plane at the kink",
        "At a kink: shows in turn the plane of the gradient used, each of the one-sided tangent planes, and all of them.",
        |state| Command::View(ViewCommand::ShowKinkPlane(next_kink_plane(state))),
    )
    .when(|state| state.derived.kink().is_some_and(|kink| !kink.planes().is_empty()))
    .plain(Key::K)
    .menu(Menu::View, 3);
    let shrink = action(
        "shrink circle",
        "Shrink the circle to 0",
        "Shrinks the circle around the point in four seconds: the best step turns into −∇f. Then it is as large as before.",
        |_| Command::View(ViewCommand::ShrinkCircle),
    )
    .checked(|state| state.view.scene.circle.is_shrinking())
    .when(|state| state.view.shows_circle())
    .plain(Key::Z)
    .menu(Menu::View, 3);
    std::iter::once(picture()).chain(tabs).chain(pass).chain([planes, shrink])
}

/// The next of map, surface and both.
fn picture() -> Action {
    action(
        "picture",
        "Map, surface or both",
        "Shows the next of the map, the surface, and both side by side in the large place.",
        |state| Command::View(ViewCommand::ShowPicture(state.view.scene.picture.next())),
    )
    .plain(Key::T)
    .menu(Menu::View, 1)
}

/// What is shown at a kink after what is shown now.
fn next_kink_plane(state: &State) -> usize {
    state.derived.kink().map_or(0, |kink| (state.view.scene.kink_plane + 1) % (kink.planes().len() + 2))
}

/// An entry of the *Show* list, with its digit.
pub(super) fn group(group: OverlayGroup) -> Action {
    let suited = move |state: &State, overlay: &Overlay| overlay.suits(&state.document.landscape);
    let toggle = action(format!("show {}", group.digit()), group.label(), group.help(), move |_| {
        Command::View(ViewCommand::ToggleGroup(group))
    })
    .checked(move |state| group.members().any(|one| suited(state, one) && state.view.shows(one.id)))
    .when(move |state| group.members().any(|one| suited(state, one)))
    .menu(Menu::Overlays, 0);
    match Key::from_name(&group.digit().to_string()) {
        Some(key) => toggle.plain(key),
        None => toggle,
    }
}

pub(super) fn helping() -> [Action; 4] {
    [
        action("keys", "Keys", "Lists every key.", |_| Command::Window(WindowCommand::ToggleKeys))
            .plain(Key::Questionmark)
            .plain(Key::F1)
            .menu(Menu::Help, 0),
        action("tour", "A tour of the window", "Shows what is where in this window, in five short pages.", |_| {
            Command::Lessons(LessonCommand::Show(tour().unwrap_or_default()))
        })
        .menu(Menu::Help, 0),
        action("glossary", "Words and symbols", "Explains every word and symbol on the screen.", |_| {
            Command::Window(WindowCommand::ToggleGlossary)
        })
        .plain(Key::F3)
        .menu(Menu::Help, 0),
        action(
            "dismiss",
            "Close what lies over the views",
            "Closes one thing, the topmost: a list, a message, a run's panel, the table of critical points, a question without a guess, a flight, a maximized view, the substeps, and then the presentation. Takes back a drag.",
            |_| Command::Window(WindowCommand::Dismiss),
        )
        .plain(Key::Escape),
    ]
}
