//! The runs' chips and cards: chosen, searched, hidden, branched, and with every parameter whole.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::optimizers;
use taylorscope::state::{Command, DocumentCommand, MAX_CARDS, PlayCommand, RunCommand};

use crate::setup_panel::{Desk, click, panel};

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

/// What only a second weight has is not offered where there is one weight.
#[test]
fn of_one_weight_no_parameter_is_one_of_the_second() {
    for (landscape, is_offered) in [("bowl", true), ("parabola", false)] {
        let mut harness = panel(280.0);
        let card = harness.state().state.document.cards[0].id;
        harness.state_mut().state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape(landscape)),
            Command::Runs(RunCommand::SetMethod(card, "momentum")),
        ]);
        harness.run();
        let offers = |words: &str| harness.query_all_by_label_contains(words).next().is_some();
        assert!(offers("v₀ along x"), "{landscape}");
        assert_eq!(offers("v₀ along y"), is_offered, "{landscape}");
    }
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
