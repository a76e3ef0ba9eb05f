//! What `render` draws of the window is what the window shows.

use std::process;

use egui::vec2;
use taylorscope::drawing::overlays;
use taylorscope::render::painter::picture;
use taylorscope::state::{Command, Pane, PlayCommand, State, TypeScale, ViewCommand, WindowCommand};
use taylorscope::ui::views::Canvases;
use taylorscope::ui::window::window_ui;

use crate::robust::{call, text};

#[test]
fn a_drawn_window_is_the_window_with_its_tab_its_overlay_and_its_type() {
    let folder = tempfile::tempdir().unwrap();
    for (tab, overlay, scale, theme) in [
        ("loss", "region", "normal", "light"),
        ("curvature", "fog", "large", "dark"),
        ("slice", "region", "lecture", "light"),
    ] {
        let path = folder.path().join("window.png");
        let words = format!("--tab {tab} --show {overlay} --type {scale} --theme {theme} --step 7 --size 1280x720");
        let mut program = process::Command::new(env!("CARGO_BIN_EXE_taylorscope"));
        let call = program.arg("render").args(words.split(' ')).arg("--out").arg(&path);
        assert!(call.status().unwrap().success(), "{words}");
        let mut state = State::opening();
        let pane = Pane::ALL.into_iter().find(|pane| pane.id() == tab).unwrap();
        let mut commands = vec![
            Command::View(ViewCommand::ToggleOverlay(overlays::find(overlay).unwrap().id)),
            Command::View(ViewCommand::ShowTab(pane)),
            Command::Window(WindowCommand::SetTypeScale(TypeScale::find(scale).unwrap())),
            Command::Play(PlayCommand::GoTo(7)),
        ];
        if theme == "dark" {
            commands.push(Command::Window(WindowCommand::ToggleTheme));
        }
        state.apply(commands);
        state.finish();
        let drawn = image::open(&path).unwrap().to_rgba8();
        let mut canvases = Canvases::for_one_picture();
        let shown = picture(vec2(1280.0, 720.0), 1.0, |_| {}, |ui| drop(window_ui(&state, &mut canvases, ui))).unwrap();
        let differing = drawn.pixels().zip(shown.pixels()).filter(|(a, b)| a != b).count();
        assert_eq!((drawn.dimensions(), differing), (shown.dimensions(), 0), "{words}");
    }
}

/// A tab that has nothing to show of a landscape is refused, and not drawn as another one.
#[test]
fn a_tab_with_nothing_to_show_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("window.png");
    for (tab, landscape) in [("depth", "tanh2"), ("basins", "formula:cos(x)"), ("graph", "bowl")] {
        let answer = call(&["render", "--tab", tab, "-l", landscape, "--out", out.to_str().unwrap()]);
        let words = text(&answer.stderr);
        assert!(words.contains(&format!("--tab {tab}: ")) && words.contains("shows nothing of"), "{words}");
        assert!(answer.status.code() == Some(2) && !out.exists(), "{tab} of {landscape}");
    }
}
