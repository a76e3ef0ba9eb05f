//! Closing the window: asked about changes that would be lost, answered by button and by key; by accessible label.

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{Arrival, Command, DocumentCommand, FileDialog, Leaving, Replace, SampleCommand, Scene};

use crate::desk::{Desk, opened, overshooting, says};

const QUESTION: &str = "Close without saving?";

fn press(harness: &mut Harness<'static, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

fn edited() -> Harness<'static, Desk> {
    let mut state = overshooting();
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
        Command::Samples(SampleCommand::Add([0.2, 0.4])),
    ]);
    opened(state)
}

#[test]
fn the_key_closes_at_once_where_nothing_would_be_lost() {
    let mut harness = opened(overshooting());
    press(&mut harness, Modifiers::COMMAND, Key::Q);
    assert!(!says(&harness, QUESTION) && harness.state().state.leaving == Leaving::Now, "no question");
}

#[test]
fn changes_are_asked_about_and_every_answer_does_what_it_says() {
    for (answer, leaving) in
        [("Stay", Leaving::Staying), ("Close without saving", Leaving::Now), ("Save the scene…", Leaving::Saving)]
    {
        let mut harness = edited();
        press(&mut harness, Modifiers::COMMAND, Key::Q);
        assert!(says(&harness, QUESTION), "asked");
        let before = harness.state().state.scene();
        press(&mut harness, Modifiers::NONE, Key::R);
        press(&mut harness, Modifiers::COMMAND, Key::Z);
        assert_eq!(harness.state().state.scene(), before, "nothing happens behind the question");
        harness.get_by_label(answer).click();
        harness.run_steps(3);
        assert_eq!(harness.state().state.leaving, leaving, "{answer}");
        assert!(!says(&harness, QUESTION), "answered: {answer}");
    }
}

#[test]
fn the_keyboard_answers_too() {
    let mut harness = edited();
    press(&mut harness, Modifiers::COMMAND, Key::Q);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state.leaving, Leaving::Staying, "Escape stays");
    assert!(!says(&harness, QUESTION), "the question is gone");
    press(&mut harness, Modifiers::COMMAND, Key::Q);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.leaving, Leaving::Saving, "the first answer loses nothing");
}

#[test]
fn the_menu_and_the_list_of_keys_name_it() {
    let mut harness = opened(overshooting());
    press(&mut harness, Modifiers::NONE, Key::Questionmark);
    assert!(says(&harness, "Quit"), "in the list of keys");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label("Quit").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.leaving, Leaving::Now, "from the menu");
}

#[test]
fn without_a_dialog_the_window_itself_asks_for_the_path() {
    let mut harness = edited();
    press(&mut harness, Modifiers::COMMAND, Key::S);
    let state = &mut harness.state_mut().state;
    let (dialog, ticket) = state.files.dialog.unwrap();
    assert_eq!(dialog, FileDialog::SaveScene);
    state.take_dialog(ticket, Err("none".to_owned()));
    harness.run_steps(3);
    assert!(says(&harness, "no file dialog"), "asked in the window");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let saving = harness.state().state.files.saving.clone().unwrap();
    assert_eq!(saving.path.to_str(), Some("~/tanh2.toml"), "a name that suits, in the user's own folder");
    harness.state_mut().state.take_saved(saving.ticket, Ok(false));
    harness.run_steps(3);
    assert!(says(&harness, "tanh2.toml is there already"), "nothing was replaced");
    harness.get_by_label("Replace it").click();
    harness.run_steps(3);
    let saving = harness.state().state.files.saving.clone().unwrap();
    assert_eq!(saving.replace, Replace::Always);
    harness.state_mut().state.take_saved(saving.ticket, Ok(true));
    harness.run_steps(3);
    assert!(harness.state().state.files.scenes.asked.is_none() && !harness.state().state.has_unsaved_changes());
}

#[test]
fn without_a_dialog_the_window_itself_asks_for_a_file_to_open() {
    let mut harness = opened(overshooting());
    let asked = |harness: &Harness<'static, Desk>| says(harness, "file dialog was not found");
    let wanted = |harness: &Harness<'static, Desk>| harness.state().state.file_request.clone();
    press(&mut harness, Modifiers::COMMAND, Key::O);
    let (dialog, ticket) = harness.state().state.files.dialog.unwrap();
    assert_eq!(dialog, FileDialog::Open);
    harness.state_mut().state.take_dialog(ticket, Err("none".to_owned()));
    harness.run_steps(3);
    assert!(asked(&harness), "the keyboard is in its field");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(wanted(&harness), None, "no path yet");
    for (typed, path) in [("~/none.toml", "~/none.toml"), ("x", "~/none.tomlx")] {
        harness.event(Event::Text(typed.to_owned()));
        harness.run_steps(3);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        let request = wanted(&harness).expect("Enter opens it");
        assert_eq!(request.path.to_str(), Some(path));
        harness.state_mut().state.take_scene(request.ticket, Err(format!("'{path}': there is no such file")));
        harness.run_steps(3);
        assert!(asked(&harness) && says(&harness, &format!("'{path}': there is no such file")), "to be mended");
    }
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!asked(&harness) && wanted(&harness).is_none(), "Escape leaves");
    press(&mut harness, Modifiers::COMMAND, Key::O);
    let (_, ticket) = harness.state().state.files.dialog.unwrap();
    harness.state_mut().state.take_dialog(ticket, Err("none".to_owned()));
    harness.run_steps(3);
    harness.event(Event::Text("bowl.toml".to_owned()));
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let request = wanted(&harness).unwrap();
    let scene = Scene::read("landscape = \"bowl\"\nruns = [\"gd\"]").unwrap();
    harness.state_mut().state.take_scene(request.ticket, Ok(Arrival { scene, file: None, said: None, is_saved: true }));
    harness.run_steps(3);
    assert!(!asked(&harness) && harness.state().state.document.landscape.entry().id == "bowl", "it is open");
}

#[test]
fn a_scene_is_pasted_where_no_field_has_the_focus_and_opened_again_from_the_menu() {
    let mut harness = opened(overshooting());
    harness.event(Event::Paste("landscape = \"bowl\"\nruns = [\"newton\"]".to_owned()));
    harness.run_steps(3);
    assert_eq!(harness.state().state.document.landscape.entry().id, "bowl", "pasted");
    harness.state_mut().state.files.scenes.recent.push_front("/a/valley.toml".into());
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Open recent").click();
    harness.run_steps(3);
    harness.get_by_label("valley.toml").click();
    harness.run_steps(3);
    let wanted = harness.state().state.file_request.as_ref().map(|request| request.path.clone());
    assert_eq!(wanted, Some("/a/valley.toml".into()));
    harness.get_by_label("Share").click();
    harness.run_steps(3);
    harness.get_by_label("Copy as TOML").click();
    harness.run_steps(3);
    let copied = harness.state().state.files.copied.clone().unwrap_or_default();
    assert!(copied.contains("id = \"bowl\"") && copied.contains("method = \"newton\""), "{copied}");
}
