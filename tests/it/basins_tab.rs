//! The Basins tab: by key, label and pointer.

use egui::{Event, Key, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::numbers::numerals::counted;
use taylorscope::state::{Command, DocumentCommand, MapFrame, RunCommand, ViewCommand};
use taylorscope::studies::BasinEnd;

use crate::desk::{Desk, click, desk, says, wheel};

fn tab() -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    // A rate at which it does not diverge.
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.01 })]);
    harness.key_press(Key::A);
    settle(&mut harness);
    harness
}

/// What is walked in the background is walked at once.
fn settle(harness: &mut Harness<'static, Desk>) {
    harness.run_steps(2);
    harness.state_mut().state.finish();
    harness.run_steps(2);
}

/// What the picture says of itself.
fn said(harness: &Harness<'static, Desk>) -> String {
    let is_picture = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with("Basins of "))
    };
    harness.get_by(is_picture).accesskit_node().label().unwrap_or_default()
}

#[test]
fn the_picture_says_where_the_method_ends_and_follows_the_method() {
    let mut harness = tab();
    let first = said(&harness);
    assert!(first.starts_with("Basins of Gradient descent on Himmelblau from 256 by 256 starts: minimum ("), "{first}");
    assert!(says(&harness, "minimum (3, 2): "), "the legend has the share of each end");
    let selected = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(selected, "newton"))]);
    settle(&mut harness);
    let second = said(&harness);
    assert!(second.starts_with("Basins of Newton on Himmelblau"), "{second}");
    assert!(["saddle (", "maximum ("].iter().all(|word| second.contains(word)), "it goes to those, too: {second}");
    let state = &harness.state().state;
    let found = state.derived.basin_map().unwrap();
    assert!(found.is_finished() && state.derived.wanted_basin_map().is_none(), "and then nothing is wanted");
}

#[test]
fn the_first_picture_is_there_in_its_own_frame() {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press(Key::A);
    harness.run_steps(1);
    let found = harness.state().state.derived.basin_map().unwrap();
    let [width, height] = found.question().size;
    let holes = (0..height).flat_map(|row| (0..width).map(move |column| (column, row)));
    let holes = holes.filter(|(column, row)| found.cell(*column, *row).is_none()).count();
    assert_eq!(holes, 0, "coarse, but whole: {} of {} starts", found.walked(), width * height);
}

#[test]
fn the_pointer_names_the_end_a_click_starts_there_and_the_wheel_zooms() {
    let mut harness = tab();
    let mapping = harness.state().canvases.basins.mapping.unwrap();
    let place = mapping.position(Point::new(-2.0, 2.5));
    harness.event(Event::PointerMoved(place));
    harness.run_steps(4);
    let at = mapping.point(place);
    let found = harness.state().state.derived.basin_map().unwrap();
    let walk = found.walk_from(at, usize::MAX).unwrap();
    let [column, row] = found.question().cell_of(at).unwrap();
    assert!(matches!(walk.end, BasinEnd::Target(_)) && found.cell(column, row).unwrap().end == walk.end);
    click(&mut harness, place);
    let start = harness.state().state.document.start;
    assert!((start - at).norm() < 0.05, "{start} for {at}");
    let before = harness.state().state.view.scene.basins;
    assert_eq!(before, None, "the whole domain");
    for _ in 0..3 {
        harness.event(Event::PointerMoved(place));
        harness.event(wheel(vec2(0.0, 120.0)));
        harness.run_steps(6);
    }
    settle(&mut harness);
    let zoomed = harness.state().state.view.scene.basins.unwrap();
    assert!(zoomed.half[0] < 4.0, "{zoomed:?}");
    assert!(zoomed.view_box().contains(at), "about the pointer: {zoomed:?}");
    assert_eq!(harness.state().state.derived.basin_map().unwrap().question().view, zoomed.view_box());
    harness.get_by_label("Whole").click();
    settle(&mut harness);
    assert_eq!(harness.state().state.view.scene.basins, None);
}

#[test]
fn what_has_no_basins_says_why() {
    let mut harness = tab();
    let selected = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(selected, "sgd"))]);
    settle(&mut harness);
    assert!(says(&harness, "No basins: "), "mini-batches need samples");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("tanh2"))]);
    // Its first picture, without all the steps that its rates would take.
    harness.run_steps(2);
    assert!(says(&harness, "Basins of "), "where there are some they are seen");
}

#[test]
fn where_no_start_is_decided_the_picture_says_so() {
    let mut harness = tab();
    let card = harness.state().state.selected;
    // A slim region, which is walked quickly.
    let frame = MapFrame { center: Point::new(0.5, 0.5), half: [3.0, 0.01] };
    harness.state_mut().state.apply(vec![
        Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 1e-9 }),
        Command::View(ViewCommand::SetBasinFrame(Some(frame))),
    ]);
    settle(&mut harness);
    let steps = harness.state().state.derived.basin_map().unwrap().question().steps;
    let words = format!("No start is decided within {}", counted(steps, "step"));
    assert!(says(&harness, &words), "one color, and a way out");
    assert!(says(&harness, "Raise the rate if the runs are slow"));
}

/// The shades span the steps that are there, so that quick methods are no flat areas.
#[test]
fn the_legend_has_the_steps_that_the_shades_stand_for() {
    let harness = tab();
    let range = harness.state().state.derived.basin_facts().steps;
    assert!(1 < range.fewest && range.fewest < range.most && range.most < 1000, "{range:?}");
    assert!(says(&harness, &format!("{} steps", range.most)), "{range:?}");
    assert!(harness.query_all_by_label(&range.fewest.to_string()).next().is_some(), "{range:?}");
    assert!(harness.state().state.derived.basin_facts().labels.is_empty(), "each has a color of its own");
}

/// Where there are more ends than colors, each has its number in the picture and in the legend.
#[test]
fn more_ends_than_colors_are_numbered() {
    let mut harness = tab();
    let waves = Box::new(Landscape::parse("rastrigin").unwrap());
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::BringLandscape(waves)),
        Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.002 }),
    ]);
    settle(&mut harness);
    let labels = &harness.state().state.derived.basin_facts().labels;
    assert!(labels.len() > 20, "{}", labels.len());
    let found = harness.state().state.derived.basin_map().unwrap();
    for label in labels {
        let [column, row] = found.question().cell_of(label.at).unwrap();
        assert_eq!(found.cell(column, row).unwrap().end, BasinEnd::Target(label.target), "{label:?}");
    }
    assert!(says(&harness, "1 minimum ("), "the legend has the numbers, too");
}

#[test]
fn a_tab_that_has_nothing_to_show_says_why_when_its_key_is_pressed() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("parabola"))]);
    harness.run_steps(3);
    harness.key_press(Key::A);
    harness.run_steps(3);
    assert!(says(&harness, "Basins shows nothing of Parabola: it needs two weights"));
}

/// What lies beyond the known points keeps its color from whatever region it is found.
#[test]
fn a_target_keeps_its_color_when_the_region_is_another() {
    let mut harness = tab();
    let colors = |harness: &Harness<'static, Desk>| -> Vec<(Point, usize)> {
        let found = harness.state().state.derived.basin_map().unwrap();
        found.targets().iter().map(|target| (target.at, target.color)).collect()
    };
    // From where the waves are flat Newton's method leaps to waves far away.
    let selected = harness.state().state.selected;
    let waves = Box::new(Landscape::parse("formula:sin(x) sin(y)").unwrap());
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::BringLandscape(waves)),
        Command::Runs(RunCommand::SetMethod(selected, "newton")),
    ]);
    settle(&mut harness);
    let whole = colors(&harness);
    let known = harness.state().state.derived.critical_points().len();
    assert!(whole.len() > known, "{} ends, {known} known points", whole.len());
    let frame = |half: f64| MapFrame { center: Point::new(6.0, 1.0), half: [half; 2] };
    for half in [1.0, 9.0, 20.0] {
        harness.state_mut().state.apply(vec![Command::View(ViewCommand::SetBasinFrame(Some(frame(half))))]);
        settle(&mut harness);
        for (at, color) in colors(&harness) {
            let before = whole.iter().find(|(known, _)| (known - at).norm() < 1e-7);
            assert!(before.is_none_or(|(_, known)| *known == color), "{at}: {color}, before {before:?}");
        }
    }
}
