//! What the race keeps where there is little room: who wins, the number of weights, every run with its rate.

use egui::epaint::TextShape;
use egui::{Key, Pos2, Rect, Role, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::state::{
    Command, CompareChange, CompareChart, Document, LESSONS, Pane, RaceRates, State, TypeScale, ViewCommand,
    WindowCommand,
};

use crate::desk::{Desk, drag, open_page, opened, opened_in_size, patient_desk};
use crate::some::some;

const SIZES: [[f32; 2]; 3] = [[1280.0, 720.0], [1920.0, 1080.0], [1024.0, 768.0]];

fn racing(methods: &[&str], commands: Vec<Command>) -> State {
    let mut document = Document::new(Landscape::parse("rosenbrock").unwrap());
    document.start = Point::new(-1.2, 1.0);
    document.cards.clear();
    for method in methods {
        document.add(Choice::parse(method).unwrap());
    }
    let mut state = State::new(document);
    state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Compare))]);
    state.apply(commands);
    state.finish();
    state
}

fn settle(harness: &mut Harness<'static, Desk>) {
    harness.run_steps(3);
    harness.state_mut().state.finish();
    harness.run_steps(4);
}

/// The texts of a frame that are seen whole.
fn seen(harness: &Harness<'static, Desk>) -> Vec<TextShape> {
    fn collect(shape: &Shape, clip: Rect, out: &mut Vec<TextShape>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, out)),
            Shape::Text(text) if clip.contains_rect(text.visual_bounding_rect().shrink(2.0)) => out.push(text.clone()),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in &harness.output().shapes {
        collect(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

fn is_seen(harness: &Harness<'static, Desk>, words: &str) -> bool {
    seen(harness).iter().any(|text| text.galley.text().contains(words))
}

/// The slider is in the window, below the table and above the bars.
fn has_slider(harness: &Harness<'static, Desk>, [width, height]: [f32; 2]) -> bool {
    let track = harness.query_by_role_and_label(Role::Slider, "number of weights n").map(|track| track.rect());
    track.is_some_and(|track| Rect::from_min_max(Pos2::ZERO, Pos2::new(width, height)).contains_rect(track))
}

/// Before a class and at lecture type, beside the picture and alone, with any chart: who wins, and the slider that changes it.
#[test]
fn who_wins_and_the_number_of_weights_are_seen_in_every_window() {
    const RUNS: [&str; 4] = ["gd:lr=0.0015", "newton", "bfgs", "momentum:lr=0.0005"];
    let chart = |chart| Command::View(ViewCommand::Compare(CompareChange::Chart(chart)));
    let largest = Command::Window(WindowCommand::ToggleMaximized(Pane::Compare));
    let lecture = Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture));
    let present = Command::Window(WindowCommand::TogglePresenting);
    let ways = [
        ("presented", vec![present.clone()]),
        ("presented, with the memory", vec![chart(CompareChart::Memory), present.clone()]),
        ("presented alone", vec![largest.clone(), present]),
        ("alone at lecture type", vec![largest.clone(), lecture]),
        ("alone", vec![chart(CompareChart::Step), largest]),
        ("in the window", Vec::new()),
    ];
    for size in SIZES {
        for (way, commands) in &ways {
            let state = racing(&RUNS, commands.clone());
            let mut harness = opened_in_size(state, size[0] + 16.0, size[1] + 16.0);
            settle(&mut harness);
            assert!(is_seen(&harness, " does the least work."), "{way} at {size:?}: who wins");
            assert!(has_slider(&harness, size), "{way} at {size:?}: the slider of n");
            for name in ["Gradient descent", "Newton"] {
                let is_named = is_seen(&harness, name);
                assert!(is_named, "{way} at {size:?}: the row of {name}");
            }
        }
    }
}

/// On a projector, in the largest type, the table has the work of each run.
#[test]
fn work_is_seen_on_a_projector() {
    const RUNS: [&str; 3] = ["gd:lr=0.0015", "newton", "bfgs"];
    const LEAVING: [&str; 4] = ["gd:lr=0.002", "newton", "momentum:lr=0.003", "bfgs"];
    let lecture = Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture));
    let mut harness = opened_in_size(racing(&RUNS, vec![lecture]), 1024.0, 768.0);
    settle(&mut harness);
    for words in ["GD", "steps", "work at n", "ends at"] {
        assert!(is_seen(&harness, words), "{words}");
    }
    // Also where an end that takes many letters and the chart stand beside it.
    for presented in [vec![], vec![Command::Window(WindowCommand::TogglePresenting)]] {
        let mut harness = opened_in_size(racing(&LEAVING, presented.clone()), 1280.0 + 16.0, 720.0 + 16.0);
        settle(&mut harness);
        for words in ["steps", "work at n", "ends at", "met, leaves"] {
            assert!(is_seen(&harness, words), "{presented:?}: {words}");
        }
    }
}

/// What was tuned stands in the rows, and no line more pushes a run out; where there are more than have room, that is seen.
#[test]
fn every_run_is_in_the_table_with_its_rate() {
    const RUNS: [&str; 5] = ["gd", "momentum", "nesterov", "adam", "newton"];
    let best = Command::View(ViewCommand::Compare(CompareChange::Rates(RaceRates::Best)));
    for size in SIZES {
        for count in some((3..=RUNS.len()).rev(), 3) {
            let mut harness = opened_in_size(racing(&RUNS[..count], vec![best.clone()]), size[0], size[1]);
            settle(&mut harness);
            let window = Rect::from_min_max(Pos2::ZERO, Pos2::new(size[0], size[1]));
            let rows: Vec<Rect> = harness
                .query_all_by(|node| {
                    node.role() == Role::RadioButton && node.label().is_some_and(|label| label.starts_with("select "))
                })
                .map(|row| row.rect())
                .collect();
            assert_eq!(rows.len(), count, "{size:?}");
            let texts = seen(&harness);
            for row in &rows {
                assert!(window.contains_rect(*row), "{size:?}: {row:?} of {count}");
                let words: Vec<&str> = texts
                    .iter()
                    .filter(|text| row.contains(text.visual_bounding_rect().center()))
                    .map(|text| text.galley.text())
                    .collect();
                assert!(!words.is_empty(), "{size:?}: a row of {count} is seen");
                let is_newton = words.iter().any(|word| word.contains("Newton"));
                assert!(is_newton || words.iter().any(|word| word.contains("η ")), "{size:?}: {words:?}");
            }
        }
    }
    let many: Vec<String> = (1..=12).map(|index| format!("gd:lr=0.000{index}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut harness = opened_in_size(racing(&many, Vec::new()), 1280.0, 720.0);
    settle(&mut harness);
    assert!(is_seen(&harness, "12 runs: scroll ↓"), "more than have room");
    assert!(is_seen(&harness, "work") && has_slider(&harness, SIZES[0]));
}

/// Of two runs of one method what distinguishes them is seen beside the chart: the name of the method is what gets shorter.
#[test]
fn the_rate_stays_where_a_name_has_no_room() {
    for (methods, said) in [
        (["gd:lr=0.05", "gd:lr=0.02"], ["η 0.05", "η 0.02"]),
        (["momentum:lr=0.02,beta=0.9", "momentum:lr=0.02,beta=0.5"], ["β 0.9", "β 0.5"]),
    ] {
        let state = || {
            let mut document = Document::new(Landscape::parse("quad").unwrap());
            document.start = Point::new(-2.1, 1.7);
            document.cards.clear();
            for method in methods {
                document.add(Choice::parse(method).unwrap());
            }
            let mut state = State::new(document);
            state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Compare))]);
            state.finish();
            state
        };
        // In a high window the chart has a legend below it; in a low one it stands beside the table, whose rows are its legend.
        for (height, least) in [(916.0, 2), (736.0, 1)] {
            let mut harness = opened_in_size(state(), 1296.0, height);
            settle(&mut harness);
            for said in said {
                let of_tab = |text: &&TextShape| text.pos.x > 790.0 && text.galley.text().contains(said);
                let texts = seen(&harness);
                let names: Vec<&TextShape> = texts.iter().filter(of_tab).collect();
                assert!(names.len() >= least, "{methods:?}, {height}: {said} in the table and in the legend");
                let cut: Vec<&str> =
                    names.iter().filter(|text| text.galley.elided).map(|text| text.galley.text()).collect();
                assert!(cut.is_empty(), "{cut:?}");
            }
            assert!(chart_of_work(&harness).is_some(), "{methods:?}, {height}: the chart");
        }
    }
}

/// The chart of the work: its place on the screen.
fn chart_of_work(harness: &Harness<'static, Desk>) -> Option<Rect> {
    let chart = harness.query_all_by_label_contains("Operations until the criterion is met").next();
    chart.map(|chart| chart.rect())
}

/// Before a class on a projector: the slider of n, who wins and the chart on which that changes are seen together.
#[test]
fn slider_winner_and_chart_are_seen_together_before_a_class() {
    const RUNS: [&str; 4] = ["gd:lr=0.0015", "newton", "bfgs", "momentum:lr=0.0005"];
    let present = Command::Window(WindowCommand::TogglePresenting);
    for size in SIZES {
        for count in 2..=RUNS.len() {
            let state = racing(&RUNS[..count], vec![present.clone()]);
            let mut harness = opened_in_size(state, size[0] + 16.0, size[1] + 16.0);
            settle(&mut harness);
            let of = format!("{count} runs at {size:?}");
            let chart = chart_of_work(&harness).unwrap_or_else(|| panic!("{of}: the chart"));
            assert!(chart.width() > 140.0 && chart.height() > 70.0, "{of}: {chart:?}");
            assert!(is_seen(&harness, " does the least work."), "{of}: who wins");
            assert!(has_slider(&harness, size), "{of}: the slider of n");
            for words in ["steps", "work at n", "ends at"] {
                assert!(is_seen(&harness, words), "{of}: {words}");
            }
            let controls = ["criterion of the race", "race"].map(|menu| harness.query_by_label(menu).is_some());
            assert!(controls[0] != controls[1], "{of}: its controls, in a row or in one menu: {controls:?}");
        }
    }
}

/// Where the controls have no row, as in large type on a projector, a menu has them.
#[test]
fn the_rates_are_chosen_where_the_controls_have_no_row() {
    let lecture = Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture));
    let windows = [[1024.0, 768.0], [1040.0, 784.0], [1280.0, 720.0]].into_iter().map(|[width, height]| {
        let state = racing(&["gd:lr=0.0015", "newton", "bfgs", "momentum:lr=0.0005"], vec![lecture.clone()]);
        let mut harness = opened_in_size(state, width, height);
        settle(&mut harness);
        harness
    });
    let has_menu = |harness: &Harness<'static, Desk>| harness.query_by_label("race").is_some();
    let mut harness = { windows }.find(has_menu).expect("a window in which they have none");
    harness.get_by_label("race").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("tolerance of the race").is_some(), "the tolerance");
    harness.get_by_label("best η").click();
    settle(&mut harness);
    assert_eq!(harness.state().state.view.scene.compare.rates, RaceRates::Best);
    assert!(harness.query_by_label("all equal").is_none(), "and the menu is closed");
}

/// The fair race in a low window: controls in one line, and the chart on which the winner changes.
#[test]
fn the_fair_race_has_its_chart() {
    let best = Command::View(ViewCommand::Compare(CompareChange::Rates(RaceRates::BestWithMomentum)));
    let state = racing(&["gd:lr=0.002", "newton", "momentum:lr=0.002", "bfgs"], vec![best]);
    let mut harness = opened_in_size(state, 1280.0 + 16.0, 720.0 + 16.0);
    settle(&mut harness);
    let line = |name: &str| harness.query_by_label(name).map(|control| control.rect().center().y);
    match line("criterion of the race").zip(line("copy the table")) {
        Some((first, last)) => assert!((first - last).abs() < 4.0, "in one line"),
        None => assert!(line("race").is_some(), "in one menu"),
    }
    let chart = chart_of_work(&harness).expect("the chart");
    assert!(chart.height() > 70.0, "{chart:?}");
    assert!(is_seen(&harness, " does the least work.") && has_slider(&harness, [1280.0, 720.0]));
    let has_flip = !harness.state().state.derived.comparison().unwrap().flips.is_empty();
    assert!(has_flip && is_seen(&harness, "With up to"), "where the winner changes comes before what is played");
}

/// The page on which the winner changes has its race below it before a class, with the chart but on the smallest projector.
#[test]
fn a_lesson_on_costs_shows_the_race_before_a_class() {
    const PAGE: usize = 2;
    for size in SIZES {
        let mut harness = opened_in_size(State::opening(), size[0] + 16.0, size[1] + 16.0);
        open_page(&mut harness, "second-order", |state| {
            state.view.scene.lesson.as_ref().is_some_and(|reading| reading.page == PAGE)
        });
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        settle(&mut harness);
        let chrome = &harness.state().state.view.chrome;
        assert!(chrome.tab_has_room && chrome.presents_tab, "{size:?}: beside the page");
        assert!(is_seen(&harness, "does the least work."), "{size:?}: who wins");
        assert!(has_slider(&harness, size), "{size:?}: the slider of n");
        let has_chart = chart_of_work(&harness).is_some_and(|chart| chart.height() > 70.0);
        assert!(has_chart || size[0] < 1280.0, "{size:?}: the chart");
    }
}

/// The third classroom use from the first screen: one click on its question, one drag of n.
#[test]
fn the_trade_off_is_one_click_and_one_drag() {
    let mut harness = opened(State::opening());
    let lesson = LESSONS.iter().find(|lesson| lesson.id == "second-order").unwrap();
    harness.get_by_label(&format!("lesson: {}", lesson.question)).click();
    settle(&mut harness);
    assert!(is_seen(&harness, "At n = 2 Newton does the least work."));
    let track = harness.get_by_role_and_label(Role::Slider, "number of weights n").rect();
    let at = |share: f32| Pos2::new(track.left() + share * track.width(), track.center().y);
    drag(&mut harness, &[at(0.02), at(0.25), at(0.5)]);
    settle(&mut harness);
    assert!(is_seen(&harness, "Gradient descent does the least work."));
    assert!(is_seen(&harness, "With up to 24 weights Newton, with more Gradient descent."));
    // And the tab alone, by its key.
    let mut harness = opened(racing(&["gd:lr=0.0015", "newton"], Vec::new()));
    harness.key_press(Key::F5);
    settle(&mut harness);
    assert!(is_seen(&harness, "does the least work."), "it stays when presenting begins");
}

/// Beside the page of a lesson, which a class reads meanwhile, no tooltip of a row covers its text.
#[test]
fn the_tooltip_of_a_row_leaves_the_page_free() {
    let mut seen = 0;
    for presents in [true, false] {
        let mut harness = patient_desk(1040.0, 784.0);
        open_page(&mut harness, "second-order", |state| {
            state.page().is_some_and(|page| page.names_tab) && state.shown_tab() == Pane::Compare
        });
        if presents != harness.state().state.view.chrome.presenting.is_some() {
            harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        }
        settle(&mut harness);
        let page = harness.state().state.page().unwrap();
        let heading = harness.get_by_label(&taylorscope::lessons::plain(&page.heading)).rect();
        let text = page.blocks.iter().map(taylorscope::lessons::Block::plain).collect::<Vec<_>>().join("\n");
        let text = harness.get_by_label(&text).rect().union(heading);
        let rows = harness.query_all_by(|node| {
            node.role() == Role::RadioButton && node.label().is_some_and(|name| name.starts_with("select "))
        });
        let rows: Vec<Rect> = rows.map(|node| node.rect()).collect();
        for row in rows.into_iter().filter(|row| row.top() >= text.bottom()) {
            harness.hover_at(row.left_center() + egui::vec2(20.0, 0.0));
            harness.run_steps(12);
            let tooltips = crate::rate_bar::tooltips(&harness);
            seen += tooltips.len();
            for rect in tooltips {
                assert!(
                    !rect.intersects(text),
                    "presented {presents}: the row at {row} has its tooltip at {rect}, over {text}"
                );
            }
            harness.hover_at(egui::pos2(200.0, 400.0));
            harness.run_steps(6);
        }
    }
    assert!(seen > 3, "{seen} tooltips");
}

/// Where no run arrives, as at a saddle, that stands whole in the chart's place, over nothing else; and the menu says until what.
#[test]
fn that_no_run_arrives_is_said_in_the_place_of_the_chart() {
    let mut document = Document::new(Landscape::parse("saddle").unwrap());
    document.start = Point::new(1.0, 0.001);
    document.steps = 40;
    document.cards.clear();
    for method in ["gd:lr=0.1", "newton"] {
        document.add(Choice::parse(method).unwrap());
    }
    let lecture = Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture));
    let present = Command::Window(WindowCommand::TogglePresenting);
    let mut said = 0;
    for [width, height] in [[1280.0, 720.0], [1024.0, 768.0]] {
        for way in [vec![], vec![lecture.clone()], vec![present.clone()]] {
            let mut state = State::new(document.clone());
            state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Compare))]);
            state.apply(way.clone());
            let mut harness = opened_in_size(state, width, height);
            settle(&mut harness);
            let of = format!("{width} × {height}, {way:?}");
            let Some(why) = harness.query_all_by_label_contains("No run meets the criterion").next() else { continue };
            let why = why.rect();
            assert!(is_seen(&harness, "No run meets the criterion"), "{of}: whole, {why:?}");
            let fields = ["number of weights n, as a number", "play at equal work"];
            for field in fields.into_iter().filter_map(|name| harness.query_all_by_label(name).next()) {
                assert!(!field.rect().intersects(why), "{of}: {why:?} over {:?}", field.rect());
            }
            for other in seen(&harness) {
                let rect = other.visual_bounding_rect();
                let is_other = !other.galley.text().contains("No run meets the criterion");
                assert!(!is_other || !rect.shrink(1.0).intersects(why.shrink(1.0)), "{of}: {}", other.galley.text());
            }
            said += 1;
        }
    }
    assert!(said > 1, "{said} of them have the place of a chart");
}
