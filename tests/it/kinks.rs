//! What a person sees where the loss has no tangent plane, and where it is in fog.

use egui::{Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::overlays::FOG;
use taylorscope::numbers::Point;
use taylorscope::state::{Command, DocumentCommand, Pane, ViewCommand};

use crate::desk::{Desk, desk, show_tab};

/// A landscape with the start somewhere.
fn at(landscape: &'static str, start: [f64; 2]) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 800.0);
    show_tab(&mut harness, Pane::Curvature);
    let state = &mut harness.state_mut().state;
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape(landscape)),
        Command::Document(DocumentCommand::MoveStart(Point::from(start))),
    ]);
    harness.run_steps(2);
    harness
}

#[test]
fn every_plane_at_a_kink_is_shown_in_turn() {
    let mut harness = at("l1", [0.0, 0.7]);
    harness.get_by_label_contains("At a kink: 2 planes meet here. Shown: that of the gradient used");
    harness.get_by_label_contains("at x = 0 the convention sign(0) = 0 takes the middle of the two slopes");
    for shown in ["plane 1 of 2, where x < 0", "plane 2 of 2, where x > 0", "all of them", "that of the gradient used"]
    {
        harness.key_press(Key::K);
        harness.run_steps(2);
        harness.get_by_label_contains(&format!("Shown: {shown}"));
    }
    harness.get_by_label("plane 2").click();
    harness.run_steps(2);
    harness.get_by_label_contains("Shown: plane 2 of 2");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(0.3, 0.7)))]);
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("At a kink").is_none(), "beside it there is one plane");
    harness.key_press(Key::K);
    harness.run_steps(2);
}

#[test]
fn where_there_is_no_plane_it_is_said() {
    let harness = at("bukin6", [-12.0, 1.44]);
    harness.get_by_label_contains("the slope is infinite, there is no tangent plane");
    let harness = at("ackley", [0.0, 0.0]);
    harness.get_by_label_contains("Every direction goes up with slope 2.828");
}

/// How many colors there are in a corner of the map, far from the runs.
fn colors(harness: &mut Harness<'static, Desk>) -> usize {
    let map = harness.state().canvases.map.mapping.unwrap().frame();
    let corner = Rect::from_min_max(map.max - egui::vec2(70.0, 60.0), map.max - egui::vec2(6.0, 6.0));
    let picture = harness.render().unwrap();
    let pixels = (corner.top() as u32..corner.bottom() as u32)
        .flat_map(|y| (corner.left() as u32..corner.right() as u32).map(move |x| (x, y)));
    pixels.map(|(x, y)| picture.get_pixel(x, y).0).collect::<std::collections::HashSet<_>>().len()
}

#[test]
fn fog_hides_the_land_and_one_key_lifts_it() {
    let mut harness = desk(1280.0, 800.0);
    let surface = colors(&mut harness);
    harness.key_press(Key::Num9);
    harness.run_steps(3);
    harness.get_by_label_contains("in fog, evaluated: 3 gradients");
    harness.get_by_label_contains("Surface of Himmelblau: in fog");
    harness.get_by_label_contains("The change of the loss is in fog");
    for leak in ["quadratic predict", "actual", "2/λ", "crossed the valley"] {
        assert!(harness.query_by_label_contains(leak).is_none(), "{leak} was never asked");
    }
    let state = &harness.state().state;
    assert_eq!(state.derived.queries().unwrap().queries.len(), 3, "one gradient more than steps were made");
    let fog = colors(&mut harness);
    assert!(surface > 20 && fog < surface / 2, "{surface} colors of the map, {fog} in fog");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Circle))]);
    harness.run_steps(2);
    harness.get_by_label_contains("Hidden by fog");
    harness.key_press(Key::Num9);
    harness.run_steps(3);
    assert!(!harness.state().state.view.shows(FOG), "lifted");
    assert!(harness.query_by_label_contains("in fog").is_none(), "everything is said again");
    assert_eq!(colors(&mut harness), surface, "and seen");
}
