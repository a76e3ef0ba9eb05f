//! Closing the window: asked about samples that would be lost, answered by button and by key; by accessible label.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{Command, DocumentCommand, Leaving, SampleCommand};

use crate::desk::{Desk, opened, overshooting, says};

const QUESTION: &str = "Close without saving the samples?";

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
fn samples_set_by_hand_are_asked_about_and_every_answer_does_what_it_says() {
    for (answer, leaving) in
        [("Stay", Leaving::Staying), ("Close without saving", Leaving::Now), ("Save the samples…", Leaving::Saving)]
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
