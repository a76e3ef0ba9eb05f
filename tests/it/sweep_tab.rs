//! The Sweep tab: by key, menu, label and pointer.

use egui::{Event, Key, Pos2, Role, Shape, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::state::{
    Command, Document, DocumentCommand, HistoryCommand, RunCommand, State, SweepChange, TypeScale, ViewCommand,
    WindowCommand,
};

use crate::desk::{Desk, click, drag, opened, opened_in_size, says, wheel};

/// One run on a landscape from a start, with the tab opened by its key.
fn sweeping(landscape: &str, method: &str, start: [f64; 2]) -> Harness<'static, Desk> {
    let mut document = Document::new(Landscape::parse(landscape).unwrap());
    document.start = Point::from(start);
    document.steps = 500;
    document.cards.clear();
    document.add(Choice::parse(method).unwrap());
    let mut harness = opened(State::new(document));
    harness.key_press(Key::X);
    settle(&mut harness);
    harness
}

fn settle(harness: &mut Harness<'static, Desk>) {
    harness.run_steps(2);
    harness.state_mut().state.finish();
    harness.run_steps(2);
}

/// Opens a menu by its name and chooses an entry.
fn choose(harness: &mut Harness<'static, Desk>, menu: &str, entry: &str) {
    harness.get_by_label(menu).click();
    harness.run_steps(3);
    harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label == entry)).click();
    harness.run_steps(2);
    harness.event(Event::PointerMoved(Pos2::new(2.0, 2.0)));
    settle(harness);
}

fn parameters(harness: &Harness<'static, Desk>) -> Vec<f64> {
    harness.state().state.document.cards[0].optimizer.parameters.clone()
}

/// Theory's limit is where the sweep itself stops converging, and the best rate is 2/(λ₁+λ₂).
#[test]
fn the_best_rate_and_the_limit_are_those_of_the_theorem() {
    let mut harness = sweeping("quad:kappa=20,theta=0", "gd:lr=0.01", [-2.1, 1.7]);
    choose(&mut harness, "quantity of the sweep", "steps");
    let swept = harness.state().state.derived.sweep().unwrap();
    assert!(swept.sweep.is_finished() && harness.state().state.derived.wanted_sweep().is_none());
    let limit = swept.limits.unwrap().limits[0].unwrap();
    assert!((limit - 0.1).abs() < 1e-9, "2/20: {limit}");
    let best = swept.summary.best.unwrap();
    assert!((best.values[0] - 2.0 / 21.0).abs() < 0.004 && swept.summary.arrives, "{best:?}");
    assert!(says(&harness, "is met at a minimum first with η 0.09"), "the sentence names it");
    assert!(says(&harness, "Stable up to η 0.1 by the nearest minimum"), "and the limit");
}

/// A press sets the run, and a whole drag of it is taken back at once; the sweep itself stays what it is.
#[test]
fn a_press_on_the_map_sets_both_parameters() {
    let mut harness = sweeping("quad:kappa=20", "momentum:lr=0.01,beta=0.5", [-2.1, 1.7]);
    choose(&mut harness, "parameters of the sweep", "η × momentum β");
    let before = harness.state().state.derived.sweep().unwrap().sweep.question().clone();
    let mapping = harness.state().canvases.sweep.mapping.unwrap();
    let at = |share: [f32; 2]| mapping.frame().min + vec2(share[0], share[1]) * mapping.frame().size();
    let known = parameters(&harness);
    drag(&mut harness, &[at([0.3, 0.7]), at([0.4, 0.5]), at([0.5, 0.3])]);
    settle(&mut harness);
    let (now, place) = (parameters(&harness), mapping.point(at([0.5, 0.3])));
    assert!((now[0].log10() - place.x).abs() < 0.01 && (now[1] - place.y).abs() < 0.01, "{now:?} at {place}");
    assert_eq!(
        *harness.state().state.derived.sweep().unwrap().sweep.question(),
        before,
        "what is varied changes nothing"
    );
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(parameters(&harness), known, "one drag, one step back");
}

#[test]
fn the_wheel_zooms_and_whole_goes_back() {
    let mut harness = sweeping("himmelblau", "gd:lr=0.01", [0.5, 0.5]);
    let mapping = harness.state().canvases.sweep.mapping.unwrap();
    let width = mapping.view().width();
    for _ in 0..3 {
        harness.event(Event::PointerMoved(mapping.frame().center()));
        harness.event(wheel(vec2(0.0, 120.0)));
        harness.run_steps(6);
    }
    settle(&mut harness);
    let zoomed = harness.state().canvases.sweep.mapping.unwrap().view();
    assert!(zoomed.width() < 0.7 * width, "{} of {width}", zoomed.width());
    harness.get_by_label("Whole").click();
    settle(&mut harness);
    let back = harness.state().canvases.sweep.mapping.unwrap().view();
    assert!((back.width() - width).abs() < 1e-9);
}

#[test]
fn a_rate_for_each_weight_has_theory_and_a_press_sets_both() {
    let mut harness = sweeping("quad:kappa=20,theta=0", "gd:lr=0.05", [-2.1, 1.7]);
    choose(&mut harness, "parameters of the sweep", "rate for each weight η₁ × η₂");
    let swept = harness.state().state.derived.sweep().unwrap();
    assert_eq!(swept.limits.unwrap().axis, 1, "a limit of η₂ for every η₁");
    let best = swept.summary.best.unwrap();
    assert!((best.values[0] - 1.0).abs() < 0.4 && (best.values[1] - 0.05).abs() < 0.02, "1/λ of each weight: {best:?}");
    let mapping = harness.state().canvases.sweep.mapping.unwrap();
    let at = mapping.frame().center();
    click(&mut harness, at);
    let logs = mapping.point(at);
    let state = &harness.state().state;
    let set = state.document.card(state.selected).unwrap().optimizer.rates_of_weights();
    for (rate, place) in set.into_iter().zip([logs.x, logs.y]) {
        assert!((rate.log10() - place).abs() < 1e-3, "{set:?} at {logs}");
    }
    let run = state.derived.run(state.selected).unwrap();
    let [first, second] = [0, 1].map(|step| run.iterates()[step].at);
    // On x²/2 + 10y² each weight is multiplied by 1 − ηλ of its own.
    assert!((second.x / first.x - (1.0 - set[0])).abs() < 1e-9, "the run moves by both");
    assert!((second.y / first.y - (1.0 - 20.0 * set[1])).abs() < 1e-9, "the run moves by both");
}

#[test]
fn the_range_test_is_one_run() {
    let mut harness = sweeping("rosenbrock", "gd:lr=0.001", [-1.2, 1.0]);
    choose(&mut harness, "quantity of the sweep", "range test");
    let (test, floor) = harness.state().state.derived.range_test().unwrap();
    assert!(test.is_finished() && floor.is_some_and(|floor| floor.abs() < 1e-12));
    assert!(says(&harness, "The loss is lowest at η"), "it names a rate");
    let at = harness.state().canvases.sweep.mapping.unwrap().frame().center();
    click(&mut harness, at);
    assert_ne!(parameters(&harness)[0], 0.001, "a press sets the rate");
}

/// Seeds are asked for only where there is chance, and then there is a spread.
#[test]
fn seeds_are_error_bars_of_methods_that_draw_random_numbers() {
    let harness = sweeping("himmelblau", "gd:lr=0.01", [0.5, 0.5]);
    assert!(harness.query_by_label("seeds of the sweep").is_none());
    let mut harness = sweeping("tanh2", "sgd:lr=0.1,batch=2", [0.6, -0.4]);
    assert!(harness.query_by_label("seeds of the sweep").is_some());
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::Sweep(SweepChange::Seeds(5)))]);
    settle(&mut harness);
    let swept = harness.state().state.derived.sweep().unwrap();
    let cells = (0..swept.sweep.question().size()[0]).filter_map(|column| swept.sweep.cell(column, 0));
    assert!(cells.filter(|cell| cell.losses[2] > cell.losses[0]).count() > 10, "runs with other batches end elsewhere");
}

/// The axes say what is plotted, also in a low window: a loss is that of the stop, which a tolerance may have brought.
#[test]
fn the_axes_say_what_is_plotted() {
    let mut harness = sweeping("himmelblau", "gd:lr=0.01", [0.5, 0.5]);
    let is_drawn = |harness: &Harness<'static, Desk>, text: &str| {
        harness.output().shapes.iter().any(|clipped| has_text(&clipped.shape, text))
    };
    assert!(is_drawn(&harness, "steps") && is_drawn(&harness, "steps ▾"), "steps to the tolerance at first");
    choose(&mut harness, "quantity of the sweep", "loss at the stop");
    let upright = |text: &str| harness.output().shapes.iter().any(|clipped| has_text(&clipped.shape, text));
    assert!(upright("learning rate"));
    assert!(["loss − f* at the stop", "loss − f*"].into_iter().any(upright), "in short where the axis is low");
    assert!(says(&harness, "quantity of the sweep") && upright("loss at the stop ▾"), "whose loss that is");
    let frame = harness.state().canvases.sweep.mapping.unwrap().frame();
    assert!(frame.height() > 80.0, "and the curve is seen: {frame:?}");
}

fn has_text(shape: &Shape, text: &str) -> bool {
    match shape {
        Shape::Vec(shapes) => shapes.iter().any(|shape| has_text(shape, text)),
        Shape::Text(shape) => shape.galley.text() == text,
        _ => false,
    }
}

/// At lecture type on an old projector there is a sentence, if a short one.
#[test]
fn a_sweep_in_large_type_has_its_sentence() {
    let mut document = Document::new(Landscape::parse("himmelblau").unwrap());
    document.start = Point::new(0.5, 0.5);
    let mut harness = opened_in_size(State::new(document), 1024.0, 768.0);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture))]);
    harness.key_press(Key::X);
    settle(&mut harness);
    harness.run_steps(4);
    let is_seen = |rect: egui::Rect| rect.bottom() <= 768.0 && rect.height() > 8.0;
    let sentence = harness.query_all_by_label_contains("η 0.0").find(|node| is_seen(node.rect()));
    assert!(sentence.is_some(), "it names the best rate");
}

/// A method that has no step says why, and blames no kink.
#[test]
fn where_no_setting_has_a_step_the_reason_is_given() {
    let harness = sweeping("l1", "newton", [1.5, 1.0]);
    assert!(
        says(&harness, "No setting has a step: the Hessian is singular here"),
        "|x| + |y| is flat but for its kinks"
    );
    assert!(!says(&harness, "lies on a kink"));
}

/// What cannot be swept, or comes to nothing, says so in its place.
#[test]
fn what_has_no_sweep_says_why() {
    let mut harness = sweeping("himmelblau", "newton_damped", [0.5, 0.5]);
    assert!(says(&harness, "has no parameter that is a number"), "a matrix is a word");
    choose(&mut harness, "quantity of the sweep", "range test");
    assert!(says(&harness, "has no learning rate to test"));
    let mut harness = sweeping("saddle", "gd:lr=0.1", [1.5, 0.01]);
    assert!(says(&harness, "No minimum of this loss is known"), "it has none");
    choose(&mut harness, "criterion of the sweep", "loss − f*");
    assert!(says(&harness, "so no loss is near f*"));
    let mut harness = sweeping("himmelblau", "gd:lr=0.01", [0.5, 0.5]);
    let region = Some([[10.0, 100.0], [0.0, 1.0]]);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::Sweep(SweepChange::Region(region)))]);
    settle(&mut harness);
    assert!(says(&harness, "Every setting diverges"), "in words");
    harness.state_mut().state.apply(vec![
        Command::View(ViewCommand::Sweep(SweepChange::Region(None))),
        Command::Document(DocumentCommand::SetSteps(2)),
    ]);
    choose(&mut harness, "quantity of the sweep", "steps");
    assert!(says(&harness, "No setting arrives within 2 steps"));
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(card, "sgd"))]);
    settle(&mut harness);
    assert!(says(&harness, "No sweep: "), "mini-batches need samples");
}
