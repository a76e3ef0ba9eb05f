//! What a person does with the views: set and drag the start, pan, zoom, drag the landing, orbit.

use egui::{Event, Pos2, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::loss_chart::{ChartChange, Ruler};
use taylorscope::landscapes::ViewBox;
use taylorscope::numbers::Point;
use taylorscope::state::{Command, DocumentCommand, MapFrame, PlayCommand, RunCommand, State, ViewCommand};

use crate::desk::{Desk, click, desk, double_click, drag, overshooting, patient_desk, wheel};

fn on_map(harness: &Harness<'static, Desk>, x: f64, y: f64) -> Pos2 {
    harness.state().canvases.map.mapping.unwrap().position(Point::new(x, y))
}

fn under(harness: &Harness<'static, Desk>, position: Pos2) -> Point {
    harness.state().canvases.map.mapping.unwrap().point(position)
}

#[test]
fn a_double_click_sets_the_start_exactly_where_it_was_and_a_single_one_does_not() {
    let mut harness = desk(1280.0, 720.0);
    let place = on_map(&harness, 3.9, -1.6) + vec2(0.37, 0.21);
    let expected = under(&harness, place);
    let before = harness.state().state.document.start;
    click(&mut harness, place);
    assert_eq!(harness.state().state.document.start, before, "a stray click restarts nothing");
    harness.run_steps(40);
    double_click(&mut harness, place);
    assert_eq!(harness.state().state.document.start, expected, "not snapped to anything");
    let first = harness.state().state.derived.runs().map(|(_, run)| run.iterates()[0].at).collect::<Vec<_>>();
    assert_eq!(first, vec![expected; 2], "every run starts there");
}

#[test]
fn the_start_is_dragged_and_elsewhere_the_map_is() {
    let mut harness = desk(1280.0, 720.0);
    let (start, target) = (on_map(&harness, 0.15, 0.35), on_map(&harness, 1.0, -3.0));
    let expected = under(&harness, target);
    drag(&mut harness, &[start, start.lerp(target, 0.5), target]);
    assert!((harness.state().state.document.start - expected).norm() < 1e-9, "the start follows the pointer");
    assert_eq!(harness.state().state.view.scene.map, overshooting().view.scene.map, "the map stays");

    let (from, to) = (on_map(&harness, 4.0, -2.0), on_map(&harness, 3.0, -1.0));
    let grabbed = under(&harness, from);
    drag(&mut harness, &[from, from.lerp(to, 0.4), to]);
    assert!((under(&harness, to) - grabbed).norm() < 0.2, "the land follows the pointer");
    assert!((harness.state().state.document.start - expected).norm() < 1e-9, "the start stays");
}

#[test]
fn the_wheel_zooms_about_the_pointer_and_fit_resets() {
    let mut harness = patient_desk(1280.0, 720.0);
    let place = on_map(&harness, 3.0, 2.0);
    harness.event(Event::PointerMoved(place));
    harness.step();
    let before = under(&harness, place);
    let width = harness.state().canvases.map.mapping.unwrap().view().width();
    harness.event(wheel(vec2(0.0, 60.0)));
    // The wheel is followed smoothly, for a while.
    harness.run_steps(4);
    assert!(harness.state().canvases.map.mapping.unwrap().view().width() < 0.95 * width, "nearer");
    assert!((under(&harness, place) - before).norm() < 1e-6, "the point under the pointer stays");
    harness.key_press(egui::Key::Num0);
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.scene.map, None, "0 shows the whole box");
}

#[test]
fn both_axes_have_one_scale_in_every_window() {
    for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0), (900.0, 900.0)] {
        let harness = desk(width, height);
        let unit = on_map(&harness, 0.0, 0.0);
        let (x, y) = (on_map(&harness, 1.0, 0.0).x - unit.x, unit.y - on_map(&harness, 0.0, 1.0).y);
        assert!((x / y - 1.0).abs() < 1e-3, "{width}×{height}: {x} points a unit along x, {y} along y");
    }
}

#[test]
fn dragging_the_landing_changes_the_rate_from_here_on() {
    let mut harness = desk(1280.0, 720.0);
    let mapping = harness.state().canvases.slice.mapping.unwrap();
    let focus = harness.state().state.derived.analysis().unwrap();
    let landing = mapping.position(Point::new(1.0, focus.model.value + focus.change.unwrap().actual));
    let here = focus.iterate.at;
    let half = mapping.position(Point::new(0.5, 0.0)).x;
    drag(&mut harness, &[landing, Pos2::new(landing.x.midpoint(half), landing.y), Pos2::new(half, landing.y)]);
    let state = &harness.state().state;
    let card = &state.document.cards[0];
    let rate = state.document.parameters_at(card, 2)[0];
    assert!((rate / 0.036 - 0.5).abs() < 0.01, "half the step, half the rate: {rate}");
    assert_eq!(state.document.parameters_at(card, 1)[0], 0.036, "the past keeps its rate");
    assert_eq!(state.derived.analysis().unwrap().iterate.at, here, "w stays put");
}

#[test]
fn the_surface_turns_and_is_reset() {
    let mut harness = desk(1280.0, 720.0);
    let before = harness.state().state.view.scene.camera;
    let surface = harness
        .get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with("Surface")));
    let middle = surface.rect().center();
    drag(&mut harness, &[middle, middle + vec2(40.0, 10.0)]);
    assert_ne!(harness.state().state.view.scene.camera, before, "turned");
    harness.get_by_label("Reset view").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.scene.camera, before, "as at first");
}

#[test]
fn canvases_announce_their_numbers() {
    let harness = desk(1280.0, 720.0);
    for words in [
        "Map of Himmelblau: step 2 at (2.2482, 2.9299), loss 23.78",
        "plane −68.05, quadratic +3.346, loss −20.26",
        "Surface of Himmelblau",
    ] {
        let found = harness
            .query_all(egui_kittest::kittest::By::new().role(Role::Canvas))
            .any(|node| node.accesskit_node().label().is_some_and(|label| label.contains(words)));
        assert!(found, "{words}");
    }
}

#[test]
fn small_windows_show_what_they_can() {
    for (width, height) in [(320.0, 240.0), (1.0, 1.0), (640.0, 200.0), (200.0, 900.0)] {
        let mut harness = desk(width, height);
        harness
            .state_mut()
            .state
            .apply(vec![Command::Runs(RunCommand::Add("adam")), Command::Play(PlayCommand::Toggle)]);
        harness.run_steps(4);
        let shows_map = harness
            .query_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with("Map")))
            .is_some();
        assert!(shows_map, "{width}×{height}: the map stays");
    }
}

#[test]
fn escape_closes_menus_and_pickers() {
    let mut harness = desk(1280.0, 800.0);
    for (opener, inside) in
        [("View", "Maximize the view"), ("landscape", "search landscapes"), ("+ Add run", "Trust region")]
    {
        let place = harness.get_by_label(opener).rect().center();
        click(&mut harness, place);
        harness.run_steps(3);
        assert!(harness.query_by_label(inside).is_some(), "{opener} opens");
        harness.key_press(egui::Key::Escape);
        harness.run_steps(3);
        assert!(harness.query_by_label(inside).is_none(), "Escape closes {opener}");
    }
}

/// Where one looked on one landscape, and what was chosen for its losses, is not where one looks on another.
#[test]
fn on_another_landscape_nothing_is_left_of_where_one_looked() {
    let far = MapFrame { center: Point::new(300.0, -200.0), half: [0.01, 0.01] };
    let ruler = Ruler::between([[0.1, 0.9], [0.4, 0.2]]);
    let looked = vec![
        Command::View(ViewCommand::SetMapFrame(far)),
        Command::View(ViewCommand::SetBasinFrame(Some(far))),
        Command::View(ViewCommand::Chart(ChartChange::Floor(Some(-7.0)))),
        Command::View(ViewCommand::Chart(ChartChange::Ruler(Some(ruler)))),
        Command::View(ViewCommand::ShowKinkPlane(1)),
        Command::View(ViewCommand::SetUndoesStretch(true)),
    ];
    let of = |state: &State| {
        let scene = &state.view.scene;
        (scene.map, scene.basins, scene.chart, scene.kink_plane, scene.undoes_stretch)
    };
    let another = Command::Document(DocumentCommand::ChooseLandscape("relu"));
    let mut fresh = State::opening();
    fresh.apply(vec![another.clone()]);
    let mut state = State::opening();
    state.apply(looked.clone());
    assert_ne!(of(&state), of(&State::opening()), "it was looked elsewhere");
    state.apply(vec![another]);
    assert_eq!(of(&state), of(&fresh));
    // The domain is another one: its region is shown, of the same losses.
    let mut state = State::opening();
    state.apply(looked);
    state.apply(vec![Command::Document(DocumentCommand::SetDomain(Some(ViewBox::new(0.0, 1.0, 0.0, 1.0))))]);
    assert_eq!((state.view.scene.map, state.view.scene.basins), (None, None));
    assert_eq!(state.view.scene.chart.floor, Some(-7.0));
}
