//! How runs begin: an initial velocity that is dragged on the map, a start on an eigenvector, and a coefficient that is not set.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::overlays::launch_handle;
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::{Point, Vector};
use taylorscope::optimizers::Choice;
use taylorscope::run::coast;
use taylorscope::state::{Command, Document, HistoryCommand, Pane, State, ViewCommand};

use crate::desk::{Desk, drag, opened, says};

fn state(landscape: &str, optimizer: &str, start: [f64; 2], tab: Pane) -> State {
    let mut document = Document::new(Landscape::parse(landscape).unwrap());
    document.start = Point::from(start);
    document.cards.clear();
    document.add(Choice::parse(optimizer).unwrap());
    let mut state = State::new(document);
    state.finish();
    state.apply(vec![Command::View(ViewCommand::ShowTab(tab))]);
    state
}

fn choice(harness: &Harness<'static, Desk>) -> Choice {
    harness.state().state.document.cards[0].optimizer.clone()
}

fn end(harness: &Harness<'static, Desk>) -> Point {
    let state = &harness.state().state;
    state.derived.run(state.selected).unwrap().iterates().last().unwrap().at
}

#[test]
fn the_initial_velocity_is_dragged_at_the_tip_of_its_arrow_and_taken_back() {
    let start = Point::new(1.0, -0.5);
    let mut harness = opened(state("double_well", "momentum:lr=0.02,beta=0.9", start.into(), Pane::Momentum));
    assert!(end(&harness).x > 0.0, "without a velocity it stays in its basin");
    let mapping = harness.state().canvases.map.mapping.unwrap();
    let (frame, view) = (mapping.frame(), mapping.view());
    let page = PageScale::filling(view, [f64::from(frame.width()), f64::from(frame.height())]);
    let handle = |coast: Vector| mapping.position(launch_handle(page, start, coast));
    let wanted = Vector::new(-1.9, 0.2);
    drag(&mut harness, &[handle(Vector::zeros()), handle(wanted * 0.5), handle(wanted)]);
    let reached = coast(&choice(&harness)).unwrap();
    assert!((reached - wanted).norm() < 0.02, "the arrow ends at {reached}");
    assert!(end(&harness).x < 0.0, "and the ball in the other basin");
    assert_eq!(harness.state().state.document.start, start, "the start has not moved");
    assert!(says(&harness, "Kinetic energy ") || says(&harness, "kinetic energy "), "it has energy at the start");
    // The arrow is dragged on from where it is, and back to nothing.
    drag(&mut harness, &[handle(wanted), mapping.position(start)]);
    assert_eq!(choice(&harness).initial_velocity(), Vector::zeros(), "dragged onto the start there is none");
    for expected in [wanted, Vector::zeros()] {
        harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
        let reached = coast(&choice(&harness)).unwrap();
        assert!((reached - expected).norm() < 0.02, "each drag is taken back at once: {reached}");
    }
}

#[test]
fn on_the_slow_eigenvector_descent_converges_above_its_limit() {
    let mut harness = opened(state("quad:kappa=20,theta=0", "gd:lr=0.3", [1.0, 1.5], Pane::Curvature));
    let stop = |harness: &Harness<'static, Desk>| {
        let state = &harness.state().state;
        state.derived.run(state.selected).unwrap().stop().unwrap().reason.word()
    };
    assert_eq!(stop(&harness), "diverged", "three times the limit");
    let before = harness.state().state.document.start;
    for (name, reason) in
        [("Start on the slow eigenvector", "converged"), ("Start on the steep eigenvector", "diverged")]
    {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run_steps(3);
        assert_eq!(stop(&harness), reason, "{name}");
        let start = harness.state().state.document.start;
        assert!((start.coords.norm() - before.coords.norm()).abs() < 1e-12, "{name}: as far away, {start}");
    }
    assert!(says(&harness, "Start on the eigenvector of λ₂ = 20"), "and says where");
}

#[test]
fn a_growing_coefficient_is_not_set_and_the_tab_says_so() {
    let harness = opened(state("quad", "nesterov:lr=0.02,form=fista", [1.0, 2.0], Pane::Momentum));
    assert!(says(&harness, "β is not set: it grows toward 1"), "in the place of the slider");
    assert!(harness.query_by_label("momentum coefficient β").is_none(), "no slider that does nothing");
    assert!(says(&harness, "its effective rate is now"), "in the place of the three forms");
}
