//! The setup panel, driven by accessible labels: what is clicked, dragged and typed becomes commands and nothing else.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::optimizers;
use taylorscope::state::{Command, DocumentCommand, FileDialog, MAX_CARDS, PlayCommand, RunCommand, State};
use taylorscope::ui::panels::{run_card_ui, run_chips_ui, setup_ui};
use taylorscope::ui::theme;
use taylorscope::ui::widgets::landscape_picker::landscape_picker;

use crate::desk::overshooting;

/// The state, and every command the panel has pushed.
struct Desk {
    state: State,
    said: Vec<Command>,
}

fn panel(width: f32) -> Harness<'static, Desk> {
    let page = |ui: &mut egui::Ui, desk: &mut Desk| {
        theme::apply(ui.ctx(), desk.state.view.chrome.theme, desk.state.view.chrome.type_scale);
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

fn click(harness: &mut Harness<'_, Desk>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

fn enter(harness: &mut Harness<'_, Desk>, label: &str, text: &str) {
    click(harness, label);
    harness.get_by_label(label).type_text(text);
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
}

fn message(harness: &Harness<'_, Desk>) -> String {
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
    assert_eq!(harness.state().state.document.landscape.seed(), Some(12), "other data");
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
fn a_click_on_a_runs_name_selects_it_and_only_its_arrow_opens_the_menu() {
    for name in ["Momentum", "Gradient descent"] {
        let mut harness = panel(640.0);
        let place = usize::from(name == "Momentum");
        let [run, other] = [place, 1 - place].map(|place| harness.state().state.document.cards[place].id);
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(other))]);
        harness.run();
        let chip = format!("run {}, {name}", place + 1);
        harness.get_by_role_and_label(egui::accesskit::Role::RadioButton, &chip).click();
        harness.run();
        assert_eq!(harness.state().state.selected, run, "{name}: selected");
        assert!(harness.query_by_label("Adam").is_none(), "{name}: no menu");
        let arrow = format!("method of run {}, {name}", place + 1);
        harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, &arrow).focus();
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
        click(&mut harness, "Adam");
        assert_eq!(harness.state().state.document.cards[place].optimizer.entry.id, "adam", "{name}: by its arrow");
    }
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
fn runs_come_go_hide_and_branch() {
    let mut harness = panel(280.0);
    click(&mut harness, "+ Add run");
    click(&mut harness, "Adam");
    assert_eq!(harness.state().state.document.cards[2].optimizer.entry.id, "adam", "added");
    let [gd, momentum] = [0, 1].map(|place| harness.state().state.document.cards[place].id);
    for item in ["Duplicate", "Branch at step 2"] {
        click(&mut harness, "more for run 2, Momentum");
        click(&mut harness, item);
    }
    click(&mut harness, "remove run 2, Momentum");
    let wanted = [
        Command::Runs(RunCommand::Add("adam")),
        Command::Runs(RunCommand::Duplicate(momentum)),
        Command::Runs(RunCommand::Branch(momentum)),
        Command::Runs(RunCommand::Remove(momentum)),
    ];
    assert_eq!(harness.state().said, wanted, "in order");
    // So narrow a row has room for one chip: the others are in its menu.
    click(&mut harness, "more runs");
    click(&mut harness, "run 1, Gradient descent");
    click(&mut harness, "show run 1, Gradient descent");
    click(&mut harness, "look of run 1, Gradient descent");
    click(&mut harness, "look 12 for run 1, Gradient descent");
    click(&mut harness, "method of run 1, Gradient descent");
    click(&mut harness, "Nesterov momentum");
    let wanted = [
        Command::Runs(RunCommand::Select(gd)),
        Command::Runs(RunCommand::SetHidden(gd, true)),
        Command::Runs(RunCommand::Restyle(gd, 11)),
        Command::Runs(RunCommand::SetMethod(gd, "nesterov")),
    ];
    assert!(harness.state().said.ends_with(&wanted), "{:?}", harness.state().said);
    for _ in 0..MAX_CARDS {
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add("gd"))]);
    }
    harness.run();
    let count = harness.state().said.len();
    click(&mut harness, "+ Add run");
    assert_eq!(harness.state().said.len(), count, "full");
}

#[test]
fn methods_are_searched_and_chosen_with_enter() {
    let mut harness = panel(280.0);
    click(&mut harness, "+ Add run");
    harness.get_by_label("search methods").type_text("newt");
    harness.run();
    let found = |harness: &Harness<'_, Desk>, name: &str| harness.query_by_label(name).is_some();
    assert!(found(&harness, "Newton") && found(&harness, "Damped Newton"), "what has it in its name");
    assert!(!found(&harness, "Trust region"), "and nothing else");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().said, [Command::Runs(RunCommand::Add("newton"))], "Enter takes the first");
    click(&mut harness, "+ Add run");
    assert!(found(&harness, "Trust region"), "opened anew it shows all");
    harness.get_by_label("search methods").type_text("nothing like that");
    harness.run();
    assert!(found(&harness, "no method has that in its name"), "and says where there is none");
}

#[test]
fn a_method_that_cannot_walk_here_is_grey_and_tells_why() {
    let mut harness = panel(280.0);
    let surface = &harness.state().state.document.landscape;
    let unsupported_reason =
        optimizers::ENTRIES.iter().find_map(|entry| Some((*entry, entry.unsupported_reason(surface)?)));
    let (entry, why) = unsupported_reason.expect("a method that needs more than a formula");
    click(&mut harness, "+ Add run");
    assert!(harness.get_by_label(entry.name).accesskit_node().is_disabled(), "grey");
    assert!(harness.query_by_label(why).is_some(), "the reason stands under it");
    harness.get_by_label(entry.name).click();
    harness.run();
    assert_eq!(harness.state().said, [], "a click does not take it");
    harness.key_press(egui::Key::Escape);
    harness.run();
    click(&mut harness, "+ Add run");
    harness.get_by_label("search methods").type_text(entry.name);
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().said, [], "nor does Enter");

    let mut harness = panel(280.0);
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add(entry.id))]);
    harness.run();
    assert!(harness.query_by_label_contains("is not applicable to this loss").is_some(), "a card that has it says so");
    click(&mut harness, &format!("choose another method for run 3, {}", entry.name));
    click(&mut harness, "Adam");
    let id = harness.state().state.document.cards[2].id;
    assert_eq!(harness.state().said, [Command::Runs(RunCommand::SetMethod(id, "adam"))], "and offers another");
}

#[test]
fn schedule_and_noise_are_folded_until_they_are_chosen() {
    let mut harness = panel(280.0);
    let run = "run 1, Gradient descent";
    let shows =
        |harness: &Harness<'_, Desk>, label: &str| harness.query_by_label(&format!("{label} of {run}")).is_some();
    assert!(!shows(&harness, "schedule"), "folded at first");
    click(&mut harness, &format!("schedule & noise of {run}"));
    assert!(shows(&harness, "schedule") && !shows(&harness, "one more: steps per stage"), "only what acts");
    click(&mut harness, &format!("schedule of {run}"));
    click(&mut harness, "step");
    click(&mut harness, &format!("one more: steps per stage of {run}"));
    let every = optimizers::Choice::parse("gd").unwrap().entry.parameter_index("every").unwrap();
    assert_eq!(harness.state().state.document.cards[0].optimizer.parameters[every], 51.0, "stepped");
    click(&mut harness, &format!("schedule & noise of {run}"));
    assert!(!shows(&harness, "schedule"), "folded by hand");

    let mut harness = panel(280.0);
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetParameter {
        card,
        parameter: every - 1,
        value: 2.0,
    })]);
    harness.run();
    assert!(shows(&harness, "schedule"), "open where something is chosen");
}

#[test]
fn no_label_of_a_parameter_is_cut() {
    for entry in optimizers::ENTRIES {
        let mut harness = panel(268.0);
        let card = harness.state().state.selected;
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(card, entry.id))]);
        harness.run();
        let choice = harness.state().state.document.cards[0].optimizer.clone();
        if entry.unsupported_reason(&harness.state().state.document.landscape).is_some() {
            continue;
        }
        let main = entry.main_index();
        for (index, parameter) in
            entry.parameters.iter().enumerate().take_while(|(_, parameter)| parameter.name != "schedule")
        {
            let caption = taylorscope::ui::widgets::row::caption(parameter);
            // The main one stands under the picture.
            if choice.acts(index) && Some(index) != main {
                // What is cut ends in an ellipsis, also for who listens.
                let whole = harness.query_all_by_label_contains(&caption).next().is_some();
                assert!(whole || parameter.choices().is_some(), "{}: {caption}", entry.id);
            }
        }
    }
}

#[test]
fn a_selected_ghost_says_that_it_is_read_only() {
    let mut harness = panel(280.0);
    let ghost = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Branch(ghost))]);
    harness.run();
    let words = "Read-only: the run before the branch.";
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(ghost))]);
    harness.run();
    assert!(harness.query_by_label(words).is_some(), "selected");
    click(&mut harness, "duplicate run 1, Gradient descent to change it");
    assert_eq!(harness.state().said, [Command::Runs(RunCommand::Duplicate(ghost))], "the way out");
    assert!(!harness.state().state.document.cards[1].ghost, "which can be changed");
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
    let view = harness.state().state.document.landscape.view();
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

#[test]
fn the_selected_card_scrolls_into_view() {
    let mut harness = panel(280.0);
    harness.set_size(egui::vec2(280.0, 420.0));
    harness.run();
    for _ in 0..8 {
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add("newton"))]);
    }
    harness.run_steps(60);
    let seen = |harness: &Harness<'_, Desk>, label: &str| {
        let rect = harness.get_by_label(label).rect();
        assert!(rect.top() >= -1.0 && rect.bottom() <= 421.0, "{label} is at {rect}");
    };
    seen(&harness, "run 10, Newton");
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SelectNext(1))]);
    harness.run_steps(60);
    seen(&harness, "run 1, Gradient descent");
}

#[test]
fn choices_read_as_names_and_branches_in_order() {
    let mut harness = panel(280.0);
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add("adam"))]);
    harness.run();
    click(&mut harness, "convention of run 3, Adam");
    assert!(harness.query_by_label("PyTorch").is_some() && harness.query_by_label("Keras").is_some(), "names");
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Keras").is_none(), "closed");
    let id = harness.state().state.selected;
    let commands = [
        Command::Play(PlayCommand::GoTo(4)),
        Command::Runs(RunCommand::Branch(id)),
        Command::Play(PlayCommand::GoTo(5)),
        Command::Runs(RunCommand::ApplyFromThisStep(true)),
    ];
    harness.state_mut().state.apply(commands.to_vec());
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.002 })]);
    harness.run();
    assert!(harness.query_by_label("branched at step 4; from step 5: η = 0.002").is_some(), "one line");
}
