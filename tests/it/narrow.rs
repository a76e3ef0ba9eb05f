//! A narrow window, as of an old projector: what has no room beside the rest stands below it, and nothing is out of reach.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::Pane;
use taylorscope::landscapes::Landscape;
use taylorscope::optimizers::Choice;
use taylorscope::state::{
    Command, CompareChange, Document, RaceRates, StartsChange, StartsMode, State, TypeScale, ViewCommand, WindowCommand,
};

use crate::desk::{opened_in_size, show_tab};
use crate::some::some;

/// Views with many controls, what is done there first, and the controls that a class needs.
fn views() -> Vec<(Pane, Vec<Command>, Vec<&'static str>)> {
    let compare = vec![
        "criterion of the race",
        "tolerance of the race",
        "rates of the race",
        "seeds of the race",
        "chart of the race",
        "copy the table",
        "number of weights n",
        "Hessian–vector product in gradients",
        "play at equal work",
    ];
    let with_button = compare.iter().copied().chain(["Play these rates"]).collect();
    let sweep = vec![
        "parameters of the sweep",
        "quantity of the sweep",
        "seeds of the sweep",
        "criterion of the sweep",
        "tolerance of the sweep",
    ];
    let tournament = vec![
        "starts on each loss",
        "seed of the starts",
        "methods of the tournament",
        "losses of the tournament",
        "rates of the tournament",
        "budget of the tournament",
        "Begin",
    ];
    let starts = |mode| vec![Command::View(ViewCommand::Starts(StartsChange::Mode(mode)))];
    let best = vec![Command::View(ViewCommand::Compare(CompareChange::Rates(RaceRates::Best)))];
    vec![
        (Pane::Compare, Vec::new(), compare),
        (Pane::Compare, best, with_button),
        (Pane::Sweep, Vec::new(), sweep),
        (Pane::Starts, starts(StartsMode::Restarts), vec!["number of starts", "seed of the starts", "New starts"]),
        (Pane::Starts, starts(StartsMode::Tournament), tournament),
    ]
}

#[test]
fn every_control_of_a_tab_is_in_the_window() {
    let sizes = [[1024.0, 768.0], [1280.0, 720.0]];
    let cases = sizes.into_iter().flat_map(|size| views().into_iter().map(move |view| (size, view)));
    // No multiple of the views: each of them, in one size or the other.
    for ([width, height], (pane, first, names)) in some(cases, 2) {
        let mut document = Document::new(Landscape::parse("tanh2").unwrap());
        document.cards.clear();
        for method in ["sgd:lr=0.05,batch=4", "momentum:lr=0.01"] {
            document.add(Choice::parse(method).unwrap());
        }
        let mut harness = opened_in_size(State::new(document), width, height);
        show_tab(&mut harness, pane);
        harness.state_mut().state.apply(first);
        harness.state_mut().state.finish();
        harness.run_steps(4);
        for name in names {
            let rect = harness.get_by_label(name).rect();
            let is_inside = rect.left() >= 0.0 && rect.right() <= width && rect.bottom() <= height;
            assert!(is_inside && rect.width() > 4.0, "{pane:?} at {width} × {height}: {name} at {rect:?}");
        }
    }
}

/// At lecture type on an old projector a tab that was chosen has a picture, not its words alone.
#[test]
fn a_tab_in_large_type_keeps_the_height_of_its_picture() {
    const LEAST: f32 = 60.0;
    for pane in [Pane::Sweep, Pane::Axes, Pane::Circle] {
        let mut document = Document::new(Landscape::parse("himmelblau").unwrap());
        document.cards.clear();
        for method in ["gd:lr=0.1", "newton"] {
            document.add(Choice::parse(method).unwrap());
        }
        let mut harness = opened_in_size(State::new(document), 1024.0, 768.0);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture))]);
        show_tab(&mut harness, pane);
        harness.run_steps(4);
        let canvases = &harness.state().canvases;
        let height = match pane {
            Pane::Sweep => canvases.sweep.mapping.unwrap().frame().height(),
            Pane::Axes => canvases.axes.mappings.unwrap()[0].frame().height(),
            _ => {
                let is_curve = |label: &str| label.starts_with("Circle of radius");
                harness.get_by(|node| node.label().is_some_and(|label| is_curve(&label))).rect().height()
            }
        };
        assert!(height >= LEAST, "{pane:?}: {height}");
    }
}

/// Where no tab has room beside the picture, the one that is called for fills the window.
#[test]
fn a_tab_without_room_is_shown_alone() {
    let mut harness = opened_in_size(State::new(Document::new(Landscape::parse("bowl").unwrap())), 800.0, 600.0);
    harness.key_press(Key::W);
    harness.run_steps(4);
    assert!(harness.state().state.view.has(Pane::Compare));
    assert_eq!(harness.state().state.view.chrome.maximized, Some(Pane::Compare), "it is seen");
    harness.key_press(Key::Escape);
    harness.run_steps(4);
    assert_eq!(harness.state().state.view.chrome.maximized, None, "and leaves");
}
