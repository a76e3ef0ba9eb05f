//! The panels as a user meets them: by name, by key and by drag.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Ui, UiBuilder, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::ink::Theme;
use taylorscope::drawing::overlays::{self, OverlayGroup};
use taylorscope::state::{Command, Pane, PlayCommand, RunCommand, State, ViewCommand};
use taylorscope::ui::panels::{curvature_ui, keys_ui, menu_ui, rule_ui, sentence_ui, status_ui, time_bar_ui};
use taylorscope::ui::{actions, keyboard};

use crate::desk::{apply_look, overshooting};

/// All panels of this folder, at the places they have in a window of 1280×720.
fn window(ui: &mut Ui, state: &mut State) {
    if apply_look(ui.ctx(), state) {
        return;
    }
    let mut commands = keyboard::key_commands(ui.ctx(), state);
    let mut place = |x, y, width, height, content: &mut dyn FnMut(&mut Ui)| {
        let rect = Rect::from_min_size(pos2(x, y), vec2(width, height));
        let inner = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| content(ui)).response.rect;
        assert!(rect.expand(0.5).contains_rect(inner), "{inner} overflows {rect}");
    };
    place(8.0, 0.0, 1264.0, 36.0, &mut |ui| menu_ui(state, ui, &mut commands));
    place(792.0, 40.0, 480.0, 200.0, &mut |ui| sentence_ui(state, ui));
    place(792.0, 248.0, 480.0, 180.0, &mut |ui| rule_ui(state, ui, &mut commands));
    place(792.0, 436.0, 480.0, 180.0, &mut |ui| curvature_ui(state, ui, &mut commands));
    place(20.0, 620.0, 1240.0, 48.0, &mut |ui| time_bar_ui(state, false, ui, &mut commands));
    place(8.0, 690.0, 1264.0, 26.0, &mut |ui| {
        status_ui(state, None, false, ui, &mut commands);
    });
    keys_ui(state, ui, &mut commands);
    state.apply(commands);
}

fn opened(state: State) -> Harness<'static, State> {
    let mut harness = Harness::builder().with_size([1280.0, 720.0]).build_ui_state(window, state);
    harness.run_steps(3);
    harness
}

fn click(harness: &mut Harness<'_, State>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run_steps(3);
}

fn press(harness: &mut Harness<'_, State>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

fn playhead(harness: &Harness<'_, State>) -> usize {
    harness.state().playback.playhead
}

#[test]
fn time_moves_by_button_and_by_key() {
    let mut harness = opened(overshooting());
    click(&mut harness, "Step");
    assert_eq!(playhead(&harness), 3, "a step");
    click(&mut harness, "Step back");
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(playhead(&harness), 1, "two back");
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(playhead(&harness), 60, "the end");
    assert!(
        harness.get_by_role_and_label(Role::Button, "Step").accesskit_node().is_disabled(),
        "no step after the last"
    );
    click(&mut harness, "To the start");
    assert_eq!(playhead(&harness), 0, "the start");
    assert!(
        harness.get_by_role_and_label(Role::Button, "Step back").accesskit_node().is_disabled(),
        "no step before the first"
    );
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert!(harness.state().playback.playing, "Space plays");
    click(&mut harness, "Pause");
    assert!(!harness.state().playback.playing, "and the button pauses");
}

#[test]
fn an_entry_of_the_show_list_is_shown_and_hidden_by_its_digit() {
    let mut harness = opened(overshooting());
    for group in OverlayGroup::ALL {
        let shown = |state: &State| {
            let on = &state.view.scene.overlays;
            group.members().map(|overlay| on.contains(&overlay.id)).collect::<Vec<bool>>()
        };
        let key = Key::from_name(&group.digit().to_string()).unwrap();
        let before = shown(harness.state());
        press(&mut harness, Modifiers::NONE, key);
        assert_ne!(shown(harness.state()), before, "{group:?}");
        // Two local models have four states, all else two.
        for _ in 0..if group == OverlayGroup::LocalModel { 3 } else { 1 } {
            press(&mut harness, Modifiers::NONE, key);
        }
        assert_eq!(shown(harness.state()), before, "{group:?}: and back");
    }
}

/// A tab brings its overlays and takes them away again, whatever else is on.
#[test]
fn a_tab_brings_its_overlays_and_takes_them_away() {
    let mut harness = opened(overshooting());
    let first = harness.state().view.scene.overlays.clone();
    let landscape = harness.state().document.landscape.clone();
    for tab in Pane::TABS.into_iter().filter(|tab| tab.suits(&landscape)) {
        let brought: Vec<_> = overlays::brought_by(tab).map(|overlay| overlay.id).collect();
        harness.state_mut().apply(vec![Command::View(ViewCommand::ShowTab(tab))]);
        let on = &harness.state().view.scene.overlays;
        let expected = first.iter().copied().chain(brought).collect();
        assert_eq!(on, &expected, "{tab:?}");
    }
    harness.state_mut().apply(vec![Command::View(ViewCommand::ShowTab(Pane::Slice))]);
    assert_eq!(harness.state().view.scene.overlays, first, "all of them are gone");
}

#[test]
fn a_focused_control_keeps_its_keys() {
    let mut harness = opened(overshooting());
    harness.get_by_role_and_label(Role::Button, "Step").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(
        (playhead(&harness), harness.state().playback.playing),
        (3, false),
        "Space presses the button and does not play"
    );
    harness.get_by_role_and_label(Role::Slider, "step").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(playhead(&harness), 4, "an arrow moves the focused strip, once");
}

/// Types into the field of steps and leaves it with Enter.
fn type_steps(harness: &mut Harness<'_, State>, text: &str) {
    harness.get_by_label("number of steps").click();
    harness.run_steps(2);
    press(harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label("number of steps").type_text(text);
    harness.run_steps(2);
    press(harness, Modifiers::NONE, Key::Enter);
}

#[test]
fn the_steps_field_takes_a_million_and_names_what_it_cannot_take() {
    let mut harness = opened(overshooting());
    for junk in ["nan", "0", "1e9", "-5"] {
        type_steps(&mut harness, junk);
        assert_eq!(harness.state().document.steps, 60, "{junk} changes nothing");
        assert!(
            harness.state().message.as_ref().is_some_and(|message| message.text.contains(&format!("'{junk}'"))),
            "{junk} is named"
        );
    }
    type_steps(&mut harness, "1000000");
    assert_eq!(harness.state().document.steps, 1_000_000, "a million");
}

#[test]
fn no_key_acts_while_text_is_typed() {
    let mut harness = opened(overshooting());
    harness.get_by_label("number of steps").click();
    harness.run_steps(2);
    let view = harness.state().view.clone();
    for key in [Key::Space, Key::ArrowRight, Key::L, Key::R, Key::Num1, Key::Home, Key::Escape] {
        press(&mut harness, Modifiers::NONE, key);
    }
    let state = harness.state();
    assert_eq!(
        (state.view.clone(), state.playback.playhead, state.playback.playing),
        (view, 2, false),
        "nothing happened"
    );
    press(&mut harness, Modifiers::NONE, Key::L);
    assert_eq!(harness.state().view.chrome.theme, Theme::Dark, "Escape left the field, keys act again");
}

#[test]
fn the_strip_scrubs_by_drag_and_by_value() {
    let mut harness = opened(overshooting());
    let strip = harness.get_by_role_and_label(Role::Slider, "step").rect();
    harness.drag_at(strip.center());
    harness.run_steps(2);
    assert!(playhead(&harness).abs_diff(30) <= 1, "the middle: {}", playhead(&harness));
    harness.hover_at(strip.left_center() - vec2(50.0, 0.0));
    harness.run_steps(2);
    assert_eq!(playhead(&harness), 0, "beyond the left end");
    harness.drop_at(strip.left_center());
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Slider, "step").set_value_accesskit(17.0);
    harness.run_steps(2);
    assert_eq!(playhead(&harness), 17, "exactly");
}

#[test]
fn theme_and_type_follow_menu_and_keys() {
    let mut harness = opened(overshooting());
    click(&mut harness, "☾ Dark");
    assert_eq!(harness.state().view.chrome.theme, Theme::Dark, "button");
    press(&mut harness, Modifiers::NONE, Key::L);
    assert_eq!(harness.state().view.chrome.theme, Theme::Light, "key");
    click(&mut harness, "Edit");
    assert!(harness.query_by_label_contains("Undo").is_some(), "the menu opens");
}

#[test]
fn the_list_of_keys_has_every_action_with_a_key() {
    let mut harness = opened(overshooting());
    press(&mut harness, Modifiers::SHIFT, Key::Questionmark);
    for action in actions::all().iter().filter(|action| !action.shortcuts.is_empty()) {
        let label = (action.label)(harness.state());
        assert!(harness.query_all_by_label(&label).next().is_some(), "{label} is listed");
    }
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().view.chrome.keys_open, "Escape closes it");
}

#[test]
fn the_sentence_is_read_aloud_as_one() {
    let harness = opened(overshooting());
    harness.get_by_label("The tangent plane predicted a drop of 68.05. The loss fell by only 20.26: the step, 10 times the validity radius (10\u{a0}%), crossed the valley.");
}

#[test]
fn the_rule_is_described_with_its_numbers() {
    let mut state = overshooting();
    state.apply(vec![Command::Runs(RunCommand::SetMethod(state.selected, "adam"))]);
    let harness = opened(state);
    let said = |words: &str| harness.query_all_by_label_contains(words).next().is_some();
    for words in ["average m = (", "average square v = (", "x ← ", "y ← "] {
        assert!(said(words), "{words}");
    }
}

#[test]
fn the_bottom_line_says_why_a_run_ended() {
    let mut state = overshooting();
    let rate = Command::Runs(RunCommand::SetParameter { card: state.selected, parameter: 0, value: 0.2 });
    state.apply(vec![rate, Command::Play(PlayCommand::GoTo(0))]);
    let end = state.derived.run(state.selected).unwrap().iterates().len() - 1;
    state.apply(vec![Command::Play(PlayCommand::GoTo(end))]);
    let harness = opened(state);
    assert!(harness.query_all_by_label_contains("Diverged at step").count() >= 2, "in the column and in the line");
}

#[test]
fn the_speed_field_names_what_it_cannot_take() {
    let mut harness = opened(overshooting());
    let before = harness.state().playback.speed;
    let field = "speed as a number";
    for (text, speed) in [("nan", before), ("abc", before), ("0", before), ("-5", before), ("12", 12.0)] {
        harness.get_by_label(field).click();
        harness.run_steps(2);
        harness.get_by_label(field).type_text(text);
        harness.run_steps(2);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert_eq!(harness.state().playback.speed, speed, "{text}");
        let said = harness.state().message.as_ref().map_or("", |message| message.text.as_str());
        assert!(speed == 12.0 || (said.starts_with("speed") && said.contains("0.5 to 1000")), "{text}: {said}");
    }
}
