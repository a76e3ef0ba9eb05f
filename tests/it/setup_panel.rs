//! The setup panel, driven by accessible labels: what is clicked, dragged and typed becomes commands and nothing else.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::state::{Command, DocumentCommand, FileDialog, RunCommand, State};
use taylorscope::ui::panels::{run_card_ui, run_chips_ui, setup_ui};
use taylorscope::ui::widgets::landscape_picker::landscape_picker;

use crate::desk::{apply_look, overshooting};

/// The state, and every command the panel has pushed.
pub(crate) struct Desk {
    pub(crate) state: State,
    pub(crate) said: Vec<Command>,
}

/// The overshooting scene's chips, cards, landscapes and setup in a column of this width.
pub(crate) fn panel(width: f32) -> Harness<'static, Desk> {
    let page = |ui: &mut egui::Ui, desk: &mut Desk| {
        if apply_look(ui.ctx(), &desk.state) {
            return;
        }
        let mut commands = Vec::new();
        ui.allocate_ui(egui::vec2(ui.available_width(), 36.0), |ui| run_chips_ui(&desk.state, ui, &mut commands));
        for (place, card) in desk.state.document.cards.iter().enumerate() {
            run_card_ui(&desk.state, place, card, ui, &mut commands);
        }
        commands.extend(landscape_picker(&desk.state, ui));
        setup_ui(&desk.state, ui, &mut commands);
        desk.said.extend(commands.iter().cloned());
        desk.state.apply(commands);
    };
    let desk = Desk { state: overshooting(), said: Vec::new() };
    Harness::builder().with_size([width, 1200.0]).build_ui_state(page, desk)
}

/// Clicks a control.
pub(crate) fn click(harness: &mut Harness<'_, Desk>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

/// Types a text into a field and confirms it.
pub(crate) fn enter(harness: &mut Harness<'_, Desk>, label: &str, text: &str) {
    click(harness, label);
    harness.get_by_label(label).type_text(text);
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
}

/// The message in the status line.
pub(crate) fn message(harness: &Harness<'_, Desk>) -> String {
    harness.state().state.message.as_ref().map_or(String::new(), |message| message.text.clone())
}

#[test]
fn a_start_is_typed_exactly() {
    let mut harness = panel(280.0);
    enter(&mut harness, "start x", "1");
    enter(&mut harness, "start y", "2");
    assert_eq!(harness.state().state.document.start, Point::new(1.0, 2.0), "(1, 2)");
    enter(&mut harness, "start y", "0.12345678901234567");
    assert_eq!(harness.state().state.document.start.y, 0.123_456_789_012_345_67, "every digit");
}

#[test]
fn junk_changes_nothing_and_is_named() {
    let mut harness = panel(280.0);
    let before = harness.state().state.document.clone();
    let rate = "learning rate η of run 2, Momentum, as a number";
    for (field, text, word) in [
        ("start x", "nan", "start x"),
        ("start y", "junk", "'junk'"),
        (rate, "1e999", "'1e999'"),
        (rate, "0", "above 0"),
        (rate, "-1", "above 0"),
    ] {
        enter(&mut harness, field, text);
        assert!(message(&harness).contains(word), "{field} {text}: {}", message(&harness));
        assert_eq!(harness.state().state.document, before, "{field} {text}");
    }
    click(&mut harness, "start x");
    harness.get_by_label("start x").type_text("7");
    harness.run();
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(harness.state().state.document, before, "Escape takes it back");
}

#[test]
fn landscapes_are_chosen_and_searched() {
    let mut harness = panel(280.0);
    click(&mut harness, "landscape");
    click(&mut harness, "Long valley");
    assert_eq!(harness.state().state.document.landscape.entry().id, "quad", "clicked");
    harness.get_by_label("condition number of the landscape").set_value_accesskit(5.0);
    harness.run();
    assert_eq!(harness.state().state.document.landscape.values()[1], 5.0, "its parameter");
    click(&mut harness, "landscape");
    harness.get_by_label("search landscapes").type_text("tanh2");
    harness.run();
    assert!(harness.query_by_label("Saddle").is_none(), "only what is sought");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().state.document.landscape.entry().id, "tanh2", "found");
    enter(&mut harness, "data seed", "12");
    assert_eq!(harness.state().state.document.landscape.network().unwrap().seed(), Some(12), "other data");
    enter(&mut harness, "data seed", "1.5");
    assert!(message(&harness).contains("whole number"), "{}", message(&harness));
}

#[test]
fn the_search_finds_ones_own_as_well_and_enter_chooses_it() {
    for (sought, id) in [
        ("your formula", "formula"),
        ("Your NETWORK", "network"),
        ("network you type", "network"),
        ("x^4-5x^2+2x", "formula"),
        ("x^2+10y^2", "formula"),
    ] {
        let mut harness = panel(280.0);
        click(&mut harness, "landscape");
        harness.get_by_label("search landscapes").type_text(sought);
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
        assert_eq!(harness.state().state.document.landscape.entry().id, id, "{sought}");
    }
    let mut harness = panel(280.0);
    click(&mut harness, "landscape");
    harness.get_by_label("search landscapes").type_text("your");
    harness.run();
    for name in ["Your formula", "Your network", "Your grid", "file to open"] {
        assert!(harness.query_by_label(name).is_some(), "{name} is shown");
    }
    assert!(harness.query_by_label("no landscape has that in its name").is_none(), "and found");
    click(&mut harness, "Your grid");
    let dialog = harness.state().state.files.dialog.map(|(dialog, _)| dialog);
    assert_eq!(dialog, Some(FileDialog::Open), "a grid is in a file");
}

#[test]
fn what_must_be_known_of_a_landscape_is_read_in_full() {
    let mut harness = panel(280.0);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("linreg"))]);
    harness.run();
    let alone = harness.state().state.document.landscape.with_samples(vec![[0.5, 1.0]]).unwrap();
    let note = alone.notes().concat();
    assert!(harness.query_by_label(&note).is_none(), "as usual");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::BringLandscape(Box::new(alone)))]);
    harness.run();
    assert!(note.contains("singular") && harness.query_by_label(&note).is_some(), "{note}");
}

#[test]
fn an_own_start_moves_alone() {
    let mut harness = panel(280.0);
    let common = harness.state().state.document.start;
    click(&mut harness, "more for run 1, Gradient descent");
    click(&mut harness, "Own start");
    assert!(harness.query_by_label("Start of run 1 alone").is_some(), "the fields say whose start they move");
    enter(&mut harness, "start x", "3");
    let document = &harness.state().state.document;
    assert_eq!(
        (document.start, document.cards[0].own_start),
        (common, Some(Point::new(3.0, common.y))),
        "only that one"
    );
}

#[test]
fn a_start_is_drawn() {
    let mut harness = panel(280.0);
    click(&mut harness, "Random start");
    assert_eq!(harness.state().said, [Command::Document(DocumentCommand::RandomStart)], "commands");
}

#[test]
fn a_formula_is_followed_and_its_mistake_named() {
    let mut harness = panel(280.0);
    click(&mut harness, "landscape");
    click(&mut harness, "Your formula");
    let replace = |harness: &mut Harness<'_, Desk>, text: &str| {
        click(harness, "formula");
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        harness.get_by_label("formula").type_text(text);
        harness.run();
        // The typing rests.
        harness.state_mut().state.tick(1.0);
        harness.run();
    };
    replace(&mut harness, "a x^2 + y^2");
    let typed = |harness: &Harness<'_, Desk>| harness.state().state.document.landscape.typed().map(str::to_owned);
    assert_eq!(typed(&harness).as_deref(), Some("a x^2 + y^2"), "followed");
    click(&mut harness, "formula");
    harness.get_by_label("formula").type_text(" + 1");
    harness.run();
    assert_eq!(typed(&harness).as_deref(), Some("a x^2 + y^2"), "not before the typing rests");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(typed(&harness).as_deref(), Some("a x^2 + y^2 + 1"), "or Enter ends it");
    replace(&mut harness, "a x^2 + y^2");
    harness.get_by_label("a of the landscape").set_value_accesskit(3.0);
    harness.run();
    assert_eq!(harness.state().state.document.landscape.values(), [3.0], "its letter is a slider");
    replace(&mut harness, "a x^2 + sni(y)");
    harness.get_by_label_contains("did you mean 'sin'?");
    assert_eq!(typed(&harness).as_deref(), Some("a x^2 + y^2"), "the last good one stays");
    replace(&mut harness, "a x^2 + sin(y)");
    assert!(harness.query_by_label_contains("did you mean").is_none(), "mended");
    assert_eq!(harness.state().state.document.landscape.values(), [3.0], "the letter keeps its value");
    replace(&mut harness, "a log(x)^2 + sin(y)");
    harness.get_by_label_contains("log was read as the natural logarithm");
    replace(&mut harness, "a x^2 + sin(y)");
    assert!(harness.query_by_label_contains("natural logarithm").is_none(), "only where it was read");
    click(&mut harness, "domain and sliders");
    harness.run_steps(20);
    enter(&mut harness, "slider of a to", "40");
    assert_eq!(harness.state().state.document.landscape.parameters()[0].max, 40.0, "its slider's end");
    enter(&mut harness, "domain x from", "-1");
    enter(&mut harness, "domain x to", "-2");
    assert!(message(&harness).contains("a larger upper end"), "{}", message(&harness));
    let view = harness.state().state.document.landscape.domain();
    assert!(view.x[0] == -1.0 && view.x[1] > 0.0, "the domain: {view:?}");
}

#[test]
fn an_output_that_is_no_logit_is_noted() {
    let mut harness = panel(280.0);
    click(&mut harness, "landscape");
    click(&mut harness, "Your network");
    harness
        .state_mut()
        .state
        .apply(vec![Command::Document(DocumentCommand::TypeFormula("sigmoid(w1 x + w2)".to_owned()))]);
    harness.run();
    assert!(harness.query_by_label_contains("ends in a sigmoid").is_none(), "a squared error takes any output");
    let parameters = harness.state().state.document.landscape.parameters();
    let index = parameters.iter().position(|parameter| parameter.name == "loss").unwrap();
    let value = parameters[index].read("ce").unwrap();
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::SetParameter { index, value })]);
    harness.run();
    harness.get_by_label_contains("this network already ends in a sigmoid: remove it, and write w₁·x + w₂.");
}

#[test]
fn a_path_is_asked_for_and_nothing_else_happens() {
    let mut harness = panel(280.0);
    click(&mut harness, "landscape");
    enter(&mut harness, "file to open", "no/such.csv");
    let request = harness.state().state.file_request.clone().unwrap();
    assert_eq!(request.path, std::path::Path::new("no/such.csv"), "the app reads it");
    harness.state_mut().state.take_file(request.ticket + 1, Landscape::parse("bowl"));
    assert_eq!(harness.state().state.document.landscape.entry().id, "himmelblau", "another ticket");
    harness.state_mut().state.take_file(request.ticket, Landscape::parse("bowl"));
    assert_eq!(harness.state().state.document.landscape.entry().id, "bowl", "the file has come");
}

#[test]
fn every_control_has_a_name_and_any_width_is_survived() {
    for width in [50.0, 120.0, 200.0, 264.0, 600.0] {
        for landscape in ["quad", "tanh2"] {
            let mut harness = panel(width);
            let commands = ["adam", "trust_region", "saddle_free", "newton"].map(RunCommand::Add).map(Command::Runs);
            harness.state_mut().state.apply(commands.to_vec());
            harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(landscape))]);
            for card in 1..=6 {
                harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(card))]);
                harness.run();
                harness.check_accessibility();
            }
        }
    }
}

#[test]
fn long_numbers_are_brief_until_they_are_edited() {
    let mut harness = panel(280.0);
    let start = Point::new(0.798_738_902_012_345_7, -1.5);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::MoveStart(start))]);
    harness.run();
    let shown = |harness: &Harness<'_, Desk>| harness.get_by_label("start x").value().unwrap_or_default();
    assert_eq!(shown(&harness), "0.7987", "four digits");
    harness.get_by_label("start x").focus();
    harness.run();
    harness.run();
    assert_eq!(shown(&harness), "0.7987389020123457", "all of them");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(shown(&harness), "0.7987", "four again");
    click(&mut harness, "start x");
    click(&mut harness, "start y");
    assert_eq!(harness.state().state.document.start, start, "not a bit has changed");
    assert_eq!(harness.state().said, [], "nothing was asked");
    enter(&mut harness, "start x", "0.7987");
    assert_eq!(harness.state().state.document.start.x, 0.798_7, "what is typed counts, though it looks the same");
}
