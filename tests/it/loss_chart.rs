//! The chart of the runs: a quantity and its scale by name, read by the pointer, scrubbed by a drag.

use egui::{Event, Key, Pos2, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::WindowPart;
use taylorscope::drawing::loss_chart::{ChartAxis, ChartChange, ChartScale, StepQuantity};
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::numbers::numerals::number;
use taylorscope::optimizers::Choice;
use taylorscope::state::{
    Command, Document, DocumentCommand, HistoryCommand, Pane, Picture, PlayCommand, RunCommand, Scene, State,
    TypeScale, ViewCommand, WindowCommand,
};

use crate::desk::{Desk, click, desk, drag, opened, says};

/// The opening scene with the chart alone.
fn charted() -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press(Key::H);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Loss))]);
    settle(&mut harness);
    harness
}

fn settle(harness: &mut Harness<'static, Desk>) {
    harness.run_steps(2);
    harness.state_mut().state.finish();
    harness.run_steps(2);
}

fn change(harness: &mut Harness<'static, Desk>, change: ChartChange) {
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::Chart(change))]);
    settle(harness);
}

/// What the chart says of itself.
fn said(harness: &Harness<'static, Desk>) -> String {
    let is_chart = |label: &str| label.starts_with("Chart of ");
    let node = harness.get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| is_chart(&label)));
    node.accesskit_node().label().unwrap()
}

/// Where a step is in the chart, half-way up.
fn at_step(harness: &Harness<'static, Desk>, step: f64) -> Pos2 {
    let mapping = harness.state().canvases.loss.mapping.unwrap();
    mapping.position(Point::new(step, mapping.view().center().y))
}

/// Opens a menu by its name and chooses an entry.
fn choose(harness: &mut Harness<'static, Desk>, menu: &str, entry: &str) {
    harness.get_by_label(menu).click();
    harness.run_steps(3);
    harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label == entry)).click();
    harness.run_steps(2);
    // Off the chart, which would read what is under the pointer.
    harness.event(Event::PointerMoved(Pos2::new(2.0, 2.0)));
    settle(harness);
}

#[test]
fn a_quantity_and_a_scale_are_chosen_by_name_and_taken_back() {
    let mut harness = charted();
    assert!(
        said(&harness).starts_with("Chart of loss − f* against steps: step 2, Gradient descent 23.78"),
        "{}",
        said(&harness)
    );
    choose(&mut harness, "quantity of the chart", "Largest curvature λmax");
    let state = &harness.state().state;
    let high = state.derived.analysis().unwrap().curvature.unwrap().eigen.values[1];
    let words = format!("Gradient descent {}, 2/η = ", number(high));
    assert!(
        said(&harness).starts_with("Chart of λmax against steps") && said(&harness).contains(&words),
        "{}",
        said(&harness)
    );
    choose(&mut harness, "scale of the chart", "Log");
    choose(&mut harness, "x axis of the chart", "evaluations");
    harness.get_by_label("log x").click();
    settle(&mut harness);
    let chart = harness.state().state.view.scene.chart;
    assert_eq!((chart.scale, chart.against, chart.log_x), (ChartScale::Log, ChartAxis::Evaluations, true));
    for _ in 0..4 {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
        harness.run_steps(2);
    }
    assert_eq!(harness.state().state.view.scene.chart, State::opening().view.scene.chart, "step by step");
}

#[test]
fn in_little_room_the_axes_share_a_menu() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    harness.key_press(Key::H);
    settle(&mut harness);
    for (entry, chosen) in [("Linear", ChartScale::Linear), ("Log", ChartScale::Log)] {
        choose(&mut harness, "axes of the chart", entry);
        assert_eq!(harness.state().state.view.scene.chart.scale, chosen, "{entry}");
        harness.key_press(Key::Escape);
        settle(&mut harness);
    }
    harness.get_by_label("axes of the chart").click();
    harness.run_steps(3);
    harness.get_by_label("log x").click();
    settle(&mut harness);
    assert!(harness.state().state.view.scene.chart.log_x, "and the x axis");
}

#[test]
fn f_star_is_typed_and_emptied_again() {
    let mut harness = charted();
    for (text, floor) in [("-2.5", Some(-2.5)), ("x", Some(-2.5)), ("", None)] {
        harness.get_by_label("f* of the chart").focus();
        harness.run_steps(2);
        harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        harness.key_press(Key::Backspace);
        if !text.is_empty() {
            harness.event(Event::Text(text.to_owned()));
        }
        harness.run_steps(2);
        harness.key_press(Key::Enter);
        settle(&mut harness);
        assert_eq!(harness.state().state.view.scene.chart.floor, floor, "'{text}'");
    }
    assert!(says(&harness, "f* = 0, the lowest known minimum"), "that of the landscape again");
}

#[test]
fn a_press_and_a_drag_move_the_playhead_against_steps_and_evaluations() {
    let mut harness = charted();
    let (from, to) = (at_step(&harness, 10.0), at_step(&harness, 25.0));
    drag(&mut harness, &[from, from.lerp(to, 0.5), to]);
    assert_eq!(harness.state().state.playback.playhead, 25, "where the drag ended");
    change(&mut harness, ChartChange::Against(ChartAxis::Evaluations));
    let state = &harness.state().state;
    let run = state.derived.run(state.selected).unwrap();
    let asked = run.iterates()[16].evaluations.total();
    let place = at_step(&harness, f64::from(asked));
    click(&mut harness, place);
    assert_eq!(harness.state().state.playback.playhead, 17, "the step reached with {asked} evaluations");
    change(&mut harness, ChartChange::LogX(true));
    let place = at_step(&harness, 10_f64.log10());
    click(&mut harness, place);
    assert_eq!(harness.state().state.playback.playhead, 10, "a gradient a step");
}

#[test]
fn the_pointer_reads_every_run() {
    let mut harness = charted();
    let place = at_step(&harness, 12.0);
    harness.event(Event::PointerMoved(place));
    harness.run_steps(3);
    let state = &harness.state().state;
    for card in &state.document.cards {
        let run = state.derived.run(card.id).unwrap();
        let words = format!("{} {}", card.optimizer.entry.name, number(run.iterates()[12].loss));
        assert!(said(&harness).contains("step 12") && said(&harness).contains(&words), "{words}: {}", said(&harness));
        assert!(says(&harness, &words), "{words} is in the legend");
    }
}

#[test]
fn a_hidden_run_changes_nothing_of_the_others() {
    let mut harness = charted();
    let before = (harness.state().canvases.loss.mapping.unwrap().view(), said(&harness));
    let other = harness.state().state.document.cards[1].id;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetHidden(other, true))]);
    settle(&mut harness);
    let after = (harness.state().canvases.loss.mapping.unwrap().view(), said(&harness));
    assert_eq!(after.0, before.0, "the same frame");
    assert!(before.1.starts_with(&after.1), "{} is part of {}", after.1, before.1);
}

#[test]
fn on_a_saddle_there_is_no_f_star_until_it_is_typed() {
    let mut state = State::opening();
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("saddle")),
        Command::View(ViewCommand::ShowTab(Pane::Loss)),
    ]);
    let mut harness = opened(state);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Loss))]);
    settle(&mut harness);
    assert!(says(&harness, "No f*: no minimum of this loss is known"), "it is said");
    assert!(said(&harness).starts_with("Chart of loss against steps"), "{}", said(&harness));
    harness.get_by_label("scale of the chart").click();
    harness.run_steps(3);
    let entry = harness
        .get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label == "Log of loss − f*"));
    assert!(entry.accesskit_node().is_disabled(), "the axis is off");
    harness.key_press(Key::Escape);
    change(&mut harness, ChartChange::Floor(Some(-1e9)));
    assert!(said(&harness).starts_with("Chart of loss − f* against steps"), "a number does: {}", said(&harness));
    assert!(says(&harness, "as it was typed"), "and its origin is told");
}

#[test]
fn what_a_run_does_not_have_is_said_in_its_place() {
    let mut harness = charted();
    change(&mut harness, ChartChange::Quantity(StepQuantity::Multiple));
    assert!(says(&harness, "Gradient descent has no line search"), "in the legend");
    assert!(says(&harness, "There is nothing to draw"), "and in the place of the chart");
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add("bfgs"))]);
    settle(&mut harness);
    assert!(
        said(&harness).contains("BFGS") && said(&harness).contains("Gradient descent has no line search"),
        "{}",
        said(&harness)
    );
}

#[test]
fn fog_leaves_what_the_method_knows() {
    let mut harness = charted();
    harness.key_press(Key::Num9);
    settle(&mut harness);
    assert!(says(&harness, "the fog hides them"), "no f* in fog");
    let mapping = harness.state().canvases.loss.mapping.unwrap();
    harness.event(Event::PointerMoved(mapping.position(Point::new(30.0, mapping.view().center().y))));
    harness.run_steps(3);
    let state = &harness.state().state;
    let loss = state.derived.run(state.selected).unwrap().iterates()[30].loss;
    assert!(!said(&harness).contains(&number(loss)), "nothing of the future: {}", said(&harness));
    change(&mut harness, ChartChange::Quantity(StepQuantity::LargestEigenvalue));
    assert!(says(&harness, "Hidden by fog"), "no Hessian that was not asked for");
}

/// In the least room and with the largest type the chart, its controls and the first of its notes are there, and nothing is cut.
#[test]
fn it_fits_a_small_place_and_a_large_one() {
    for (width, height, scale) in
        [(1280.0, 720.0, TypeScale::Normal), (1280.0, 720.0, TypeScale::Lecture), (1920.0, 1080.0, TypeScale::Lecture)]
    {
        for is_large in [false, true] {
            let mut harness = desk(width, height);
            let mut commands = vec![
                Command::Window(WindowCommand::SetTypeScale(scale)),
                Command::View(ViewCommand::ShowTab(Pane::Loss)),
                Command::Play(PlayCommand::GoTo(20)),
            ];
            if is_large {
                commands.push(Command::Window(WindowCommand::ToggleMaximized(Pane::Loss)));
            }
            harness.state_mut().state.apply(commands);
            settle(&mut harness);
            let of = format!("{width}×{height} {scale:?}, large: {is_large}");
            // The tabs are the first to give way.
            let is_shown = is_large || harness.state().canvases.place(WindowPart::Tab).is_some();
            let Some(mapping) = harness.state().canvases.loss.mapping.filter(|_| is_shown) else {
                assert!(!is_large && scale == TypeScale::Lecture, "{of}: it is there");
                continue;
            };
            let frame = mapping.frame();
            assert!(frame.height() > 40.0 && frame.width() > 120.0, "{of}: {frame:?}");
            let is_roomy = harness.query_by_label("scale of the chart").is_some();
            assert!(is_roomy || !is_large, "{of}: each axis has its menu");
            let axes: &[&str] =
                if is_roomy { &["scale of the chart", "x axis of the chart", "log x"] } else { &["axes of the chart"] };
            for name in axes.iter().chain(&["quantity of the chart"]) {
                let control = harness.query_by_label(name).map(|node| node.rect());
                let control = control.unwrap_or_else(|| panic!("{of}: {name} is there"));
                assert!(control.bottom() <= frame.top() + 1.0, "{of}: {name} at {control:?} over {frame:?}");
                assert!(control.right() < width, "{of}: {name} is cut");
            }
        }
    }
}

#[test]
fn what_is_chosen_is_kept_in_a_scene() {
    let mut state = State::opening();
    state.apply(vec![
        Command::View(ViewCommand::ShowTab(Pane::Loss)),
        Command::View(ViewCommand::Chart(ChartChange::Quantity(StepQuantity::Ratio))),
        Command::View(ViewCommand::Chart(ChartChange::Scale(ChartScale::Log))),
        Command::View(ViewCommand::Chart(ChartChange::Against(ChartAxis::Evaluations))),
        Command::View(ViewCommand::Chart(ChartChange::LogX(true))),
        Command::View(ViewCommand::Chart(ChartChange::Floor(Some(0.125)))),
    ]);
    let text = state.scene().write().unwrap();
    assert_eq!(Scene::read(&text).unwrap().view, state.scene().view, "{text}");
    let scene =
        |chart: &str| Scene::read(&format!("landscape = \"bowl\"\nruns = [\"gd\"]\n[view]\nchart = {{ {chart} }}\n"));
    let chosen = scene("quantity = \"lambda_max\"").unwrap().view.chart;
    assert_eq!((chosen.quantity, chosen.scale), (StepQuantity::LargestEigenvalue, ChartScale::Linear), "its own scale");
    for (chart, words) in [
        ("quantity = \"los\"", "did you mean 'loss'"),
        ("scale = \"logg\"", "did you mean 'log'"),
        ("against = \"step\"", "did you mean 'steps'"),
        ("floor = inf", "finite number"),
        ("log = true", "unknown key 'log'"),
    ] {
        let error = scene(chart).map_or_else(|error| error.to_string(), |_| "read".to_owned());
        assert!(error.contains(words), "{chart}: {error}");
    }
}

/// The room of the legend is not that of the notes, however many runs there are.
#[test]
fn beside_several_runs_f_star_is_named_too() {
    for runs in [1, 2, 3] {
        let mut harness = desk(1280.0, 720.0);
        harness.state_mut().state.apply(vec![
            Command::View(ViewCommand::ShowTab(Pane::Loss)),
            Command::View(ViewCommand::Chart(ChartChange::Scale(ChartScale::LogAbove))),
        ]);
        let added = ["newton_damped", "momentum"].into_iter().take(runs - 1);
        harness.state_mut().state.apply(added.map(|method| Command::Runs(RunCommand::Add(method))).collect());
        settle(&mut harness);
        assert!(says(&harness, "f* = 0, the lowest known minimum"), "{runs} runs");
    }
}

/// At the playhead and under the pointer no run is left out, up to eight of them: with less room less is said of each, and its name is
/// in its tooltip.
#[test]
fn eight_runs_are_read_beside_the_picture() {
    const RUNS: [&str; 8] = ["gd:lr=0.02", "gd:lr=0.01", "momentum", "newton", "adam", "rmsprop", "bfgs", "cg"];
    for (landscape, start) in [("himmelblau", [0.4, -0.3]), ("quad", [-2.1, 1.7])] {
        for count in [2, 3, 6, 8] {
            let mut document = Document::new(Landscape::parse(landscape).unwrap());
            document.start = Point::from(start);
            document.cards.clear();
            for method in &RUNS[..count] {
                document.add(Choice::parse(method).unwrap());
            }
            let mut state = State::new(document);
            state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Loss)), Command::Play(PlayCommand::GoTo(12))]);
            state.finish();
            let mut harness = opened(state);
            settle(&mut harness);
            for step in [12, 150] {
                if step > 12 {
                    let place = at_step(&harness, f64::from(step));
                    harness.event(Event::PointerMoved(place));
                    harness.run_steps(3);
                }
                let chart = said(&harness);
                let (_, runs) = chart.split_once(": ").unwrap();
                let runs: Vec<&str> = runs.split(", ").skip(1).collect();
                assert_eq!(runs.len(), count, "{runs:?}");
                for run in runs {
                    let card = run.split(" (ended").next().unwrap();
                    let value = card.rsplit(' ').next().unwrap();
                    let is_read = harness.query_all_by_label_contains(value).any(|node| node.rect().height() < 30.0);
                    assert!(is_read, "{count} runs on {landscape}, step {step}: {value} of {run}");
                }
                assert!(!says(&harness, "+ 1") && !says(&harness, "+ 5"), "none is left out of {count}");
                let frame = harness.state().canvases.loss.mapping.unwrap().frame();
                assert!(frame.height() > 60.0, "{count} runs on {landscape}: {frame:?}");
            }
        }
    }
}

/// In large type the bars give way before the tab does.
#[test]
fn in_large_type_the_tab_is_there() {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press(Key::H);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::SetTypeScale(TypeScale::Large))]);
    settle(&mut harness);
    assert!(harness.state().canvases.loss.mapping.is_some(), "the chart is drawn");
    assert!(!says(&harness, "no room for the tabs"), "and nothing else is said");
}

/// Whatever the size of type, what is chosen takes one row, and the chart has most of the tab.
#[test]
fn the_chart_has_its_height_at_large_type() {
    for [width, height] in [[1600.0, 900.0], [1920.0, 1080.0], [1280.0, 800.0]] {
        for scale in [TypeScale::Normal, TypeScale::Large] {
            let mut harness = desk(width, height);
            harness.key_press(Key::H);
            harness.state_mut().state.apply(vec![Command::Window(WindowCommand::SetTypeScale(scale))]);
            settle(&mut harness);
            let Some(mapping) = harness.state().canvases.loss.mapping else { continue };
            let quantity = harness.get_by_label("quantity of the chart").rect();
            let axes = harness.query_by_label("axes of the chart").or(harness.query_by_label("x axis of the chart"));
            let axes = axes.unwrap().rect();
            assert!((axes.center().y - quantity.center().y).abs() < 1.0, "one row at {width} × {height}, {scale:?}");
            let least = 75.0 * scale.factor();
            assert!(mapping.frame().height() > least, "{} at {width} × {height}, {scale:?}", mapping.frame().height());
        }
    }
}

/// On x² + 10y² at η = 0.04 the loss falls by 0.92² a step in the end: the ruler along the run says so, and other ends say what they say.
#[test]
fn a_slope_is_measured_with_a_ruler() {
    let mut document = Document::new(Landscape::parse("formula:x^2+10y^2").unwrap());
    document.start = Point::new(1.0, 1.0);
    document.cards.clear();
    document.add(Choice::parse("gd:lr=0.04").unwrap());
    let mut harness = opened(State::new(document));
    harness.state_mut().state.apply(vec![
        Command::View(ViewCommand::ShowTab(Pane::Loss)),
        Command::Window(WindowCommand::ToggleMaximized(Pane::Loss)),
    ]);
    settle(&mut harness);
    harness.get_by_label("ruler").click();
    settle(&mut harness);
    assert!(said(&harness).ends_with("ruler: ×0.8464 a step"), "{}", said(&harness));
    let playhead = harness.state().state.playback.playhead;
    let is_end = |label: &str| label.starts_with("second end of the ruler: ×0.8464");
    let at = harness.get_by(|node| node.label().is_some_and(|label| is_end(&label))).rect().center();
    drag(&mut harness, &[at, at - vec2(30.0, 40.0), at - vec2(60.0, 80.0)]);
    settle(&mut harness);
    assert!(!said(&harness).contains("×0.8464"), "{}", said(&harness));
    assert_eq!(harness.state().state.playback.playhead, playhead, "no step is gone to");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    settle(&mut harness);
    assert!(said(&harness).ends_with("ruler: ×0.8464 a step"), "the whole drag at once: {}", said(&harness));
    harness.get_by_label("ruler").click();
    settle(&mut harness);
    assert!(!said(&harness).contains("ruler"));
}
