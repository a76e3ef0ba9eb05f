//! The Starts tab: restarts of the selected run, and the tournament, by key, label and pointer.

use egui::{Event, Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::Landscape;
use taylorscope::optimizers::Choice;
use taylorscope::state::{
    Command, Document, RunCommand, StartsChange, StartsLandscapes, StartsMode, State, ViewCommand,
};
use taylorscope::studies::BasinEnd;

use crate::desk::{Desk, click, opened, says, wheel};

fn tab(landscape: &str, methods: &[&str]) -> Harness<'static, Desk> {
    let mut document = Document::new(Landscape::parse(landscape).unwrap());
    document.cards.clear();
    for method in methods {
        document.add(Choice::parse(method).unwrap());
    }
    let mut harness = opened(State::new(document));
    harness.key_press(Key::Y);
    settle(&mut harness);
    harness
}

fn settle(harness: &mut Harness<'static, Desk>) {
    harness.run_steps(2);
    harness.state_mut().state.finish();
    harness.run_steps(2);
}

#[test]
fn restarts_are_counted_by_their_ends_and_a_click_goes_there() {
    let mut harness = tab("himmelblau", &["gd:lr=0.01"]);
    let (restarts, groups) = harness.state().state.derived.restarts().unwrap();
    assert!(restarts.is_finished() && restarts.done().len() == 100);
    let minima = groups.iter().filter(|group| matches!(group.end, BasinEnd::Target(_))).count();
    assert!(minima >= 4, "Himmelblau has four minima");
    let first = restarts.done()[groups[0].members[0]].start;
    assert!(says(&harness, "minima are met"), "the sentence counts them");
    let row = harness.query_all_by_label_contains("minimum (3").next().expect("the rows name the minima").rect();
    let marks = row.left_top() + vec2(0.48 * (row.width()).min(500.0) + 8.0, 5.0);
    let before = harness.state().state.document.start;
    click(&mut harness, marks);
    settle(&mut harness);
    let now = harness.state().state.document.start;
    assert_ne!(now, before);
    let (restarts, _) = harness.state().state.derived.restarts().unwrap();
    assert!(restarts.done().iter().any(|restart| restart.start == now), "{now} is one of the starts");
    harness.get_by_label("New starts").click();
    settle(&mut harness);
    let (restarts, groups) = harness.state().state.derived.restarts().unwrap();
    assert_ne!(restarts.done()[groups[0].members[0]].start, first, "others, from the next seed");
}

#[test]
fn a_method_that_cannot_restart_says_why() {
    let mut harness = tab("himmelblau", &["gd:lr=0.01"]);
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(card, "sgd"))]);
    settle(&mut harness);
    assert!(says(&harness, "No restarts: "), "mini-batches need samples");
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(card, "gd_normalized"))]);
    settle(&mut harness);
    assert!(says(&harness, "none of them ends at a minimum within"), "it never comes to rest");
}

#[test]
fn a_tournament_is_run_and_its_runs_are_visited() {
    let mut harness = tab("himmelblau", &["gd:lr=0.01", "newton", "bfgs"]);
    harness.get_by_label("tournament").click();
    harness.run_steps(3);
    assert!(says(&harness, "A tournament says who"));
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::Starts(StartsChange::Starts(6)))]);
    harness.run_steps(2);
    harness.get_by_label("Begin").click();
    harness.run_steps(2);
    assert!(harness.state().state.derived.wanted_tournament().is_some(), "it goes on in the background");
    harness.get_by_label("Stop").click();
    harness.run_steps(2);
    assert!(harness.state().state.derived.wanted_tournament().is_none(), "and is stopped at once");
    assert!(says(&harness, "(stopped at "));
    harness.get_by_label("Begin").click();
    settle(&mut harness);
    let shown = harness.state().state.derived.tournament().unwrap();
    assert!(shown.tournament.is_finished() && shown.tournament.games().len() == 18);
    assert!(says(&harness, "Performance profiles: "), "the chart says what it shows");
    let chart = harness.query_all_by_label_contains("Performance profiles: ").next().unwrap().rect();
    assert!(chart.width() > 300.0 && chart.height() > 90.0, "it is large enough to be read: {chart:?}");
    assert!(says(&harness, "at most") && says(&harness, "gradients"), "the budget is said in words");
    assert_eq!(harness.query_all_by_label_contains(", the best").count(), 1, "one of the cells wins");
    // The table lies below the chart where both have no room.
    harness.event(Event::PointerMoved(chart.center()));
    harness.step();
    harness.event(wheel(vec2(0.0, -300.0)));
    harness.run_steps(20);
    let cell = harness.query_all_by_label_contains("Newton on Himmelblau: ").next().expect("a cell for it").rect();
    click(&mut harness, cell.center());
    settle(&mut harness);
    let state = &harness.state().state;
    assert_eq!(state.document.card(state.selected).unwrap().optimizer.entry.id, "newton");
    let shown = state.derived.tournament().unwrap();
    assert!(shown.tournament.games().iter().any(|game| game.start == state.document.start), "from one of its starts");
}

/// Over several losses the table counts who is the best on how many.
#[test]
fn a_table_of_several_losses_counts_the_winners() {
    let mut harness = tab("quad", &["gd:lr=0.01", "newton"]);
    let changes = [
        StartsChange::Mode(StartsMode::Tournament),
        StartsChange::Landscapes(StartsLandscapes::Group),
        StartsChange::Starts(2),
    ];
    harness.state_mut().state.apply(changes.map(|change| Command::View(ViewCommand::Starts(change))).to_vec());
    harness.run_steps(2);
    harness.get_by_label("Begin").click();
    settle(&mut harness);
    let shown = harness.state().state.derived.tournament().unwrap();
    let (losses, newton) = (shown.table.len(), shown.table.iter().filter(|row| row[1].is_best).count());
    assert!(losses > 2 && newton > 0, "{newton} of {losses}");
    assert!(says(&harness, "best on") && says(&harness, &format!("{newton} of {losses}")));
}
