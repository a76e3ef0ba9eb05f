//! Before a class, and in the row of the runs: what a hall reads, which run is which, and what is not told before it has happened.

use egui::accesskit::Role;
use egui::epaint::TextShape;
use egui::{Rect, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::WindowPart;
use taylorscope::landscapes::Landscape;
use taylorscope::optimizers::Choice;
use taylorscope::state::{
    Command, Document, LESSONS, LessonCommand, Pane, PilotCommand, PlayCommand, PredictCommand, RunCommand, State,
    ViewCommand, WindowCommand,
};

use crate::desk::{Desk, desk, opened, opened_in_size};
use crate::some::some;

/// The texts of a frame, as far as they are seen.
pub(crate) fn texts(harness: &Harness<'static, Desk>) -> Vec<TextShape> {
    fn collect(shape: &Shape, clip: Rect, out: &mut Vec<TextShape>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, out)),
            Shape::Text(text) if clip.intersects(text.visual_bounding_rect()) => out.push(text.clone()),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in &harness.output().shapes {
        collect(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

/// The size of type of the sentence, and how many lines it has.
fn sentence(harness: &Harness<'static, Desk>) -> (f32, usize) {
    let all = texts(harness);
    let of = all.iter().find(|text| text.galley.text().starts_with("The tangent plane predicted")).unwrap();
    (of.galley.job.sections[0].format.font_id.size, of.galley.rows.len())
}

fn with_runs(landscape: &str, methods: &[&str]) -> State {
    let mut document = Document::new(Landscape::parse(landscape).unwrap());
    document.cards.clear();
    for method in methods {
        document.add(Choice::parse(method).unwrap()).unwrap();
    }
    State::new(document)
}

#[test]
fn a_hall_reads_the_sentence_in_two_lines_of_large_type_beside_the_names_of_the_runs() {
    for (size, factor) in
        [([1280.0, 720.0], 1.4), ([1920.0, 1080.0], 1.4), ([1024.0, 768.0], 1.2), ([800.0, 600.0], 1.0)]
    {
        let mut harness = desk(size[0], size[1]);
        let (before, _) = sentence(&harness);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        harness.run_steps(4);
        let (after, lines) = sentence(&harness);
        assert!(after >= factor * before && lines <= 2, "{size:?}: {after} after {before} points, {lines} lines");
        let window = Rect::from_min_size(egui::Pos2::ZERO, Vec2::from(size));
        for name in ["run 1, Gradient descent", "run 2, Momentum"] {
            let run = harness.get_by_role_and_label(Role::RadioButton, name);
            assert!(window.contains_rect(run.rect()), "{size:?}: {name}");
        }
        assert!(texts(&harness).iter().any(|text| text.galley.text() == "Momentum"), "{size:?}: by name");
        // A click selects, as in the window.
        harness.get_by_role_and_label(Role::RadioButton, "run 2, Momentum").click();
        harness.run_steps(3);
        let state = &harness.state().state;
        assert_eq!(state.document.place(state.selected), Some(1), "{size:?}");
    }
    // Of one run and of two the bars have room, too. The harness keeps a margin of 8 points, which no window has.
    let has_bars = |mut harness: Harness<'static, Desk>, predicted: &str| {
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        harness.run_steps(4);
        assert!(
            texts(&harness).iter().any(|text| text.galley.text() == predicted),
            "the digits of the bars: {predicted}"
        );
    };
    has_bars(opened(State::opening()), "−241.4");
    has_bars(desk(1296.0, 736.0), "−68.05");
}

/// Whatever runs there are, each is named so that no other is named like it: in the row, or in the menu at its end.
#[test]
fn every_run_is_named_in_the_row_or_in_the_menu_at_its_end() {
    const RUNS: [&str; 8] = [
        "momentum:beta=0.9",
        "momentum:beta=0.5",
        "momentum:form=ema",
        "gd_armijo",
        "gd",
        "newton",
        "adam",
        "nesterov",
    ];
    for (count, width) in [(3, 1280.0), (7, 1280.0), (8, 1024.0)] {
        let mut harness = desk(width, 720.0);
        harness.state_mut().state = with_runs("himmelblau", &RUNS[..count]);
        harness.state_mut().state.finish();
        harness.run_steps(4);
        let words: Vec<String> = texts(&harness).iter().map(|text| text.galley.text().to_owned()).collect();
        let more = harness.query_by_label("more runs");
        let folded = more.as_ref().and_then(|more| more.accesskit_node().value()).unwrap_or_default();
        let is_said = |what: &str| words.iter().any(|word| word.contains(what)) || folded.contains(what);
        for what in ["β 0.9", "β 0.5", "ema"] {
            assert!(is_said(what), "{count} runs: {what} in {words:?} or {folded}");
        }
        let chips = harness.query_all_by_role(Role::RadioButton).filter(|chip| chip.rect().top() < 70.0);
        let (mut end, mut seen) = (0.0_f32, 0);
        for chip in chips {
            (end, seen) = (end.max(chip.rect().right()), seen + 1);
        }
        let left_out = folded.split(", ").filter(|name| !name.is_empty() && !name.starts_with(['β', 'd'])).count();
        assert!(seen > 0 && (seen == count) == folded.is_empty(), "{count} runs: {seen} seen, {left_out}: {folded}");
        assert!(end <= harness.get_by_label("+ Add run").rect().left(), "{count} runs: they stay in their room");
        assert!(!words.iter().any(|word| word.ends_with('…')), "{count} runs: whole");
        // The last one is brought into the row by selecting it.
        let last = harness.state().state.document.cards[count - 1].id;
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(last))]);
        harness.run_steps(3);
        let name = format!("run {count}, {}", harness.state().state.document.cards[count - 1].optimizer.entry.name);
        assert!(harness.query_by_role_and_label(Role::RadioButton, &name).is_some(), "{name} is in the row");
    }
}

/// Seven runs, as many as a class compares, each with its rate in the row.
#[test]
fn each_of_seven_runs_has_its_rate_beside_its_name() {
    const RUNS: [(&str, &str); 7] = [
        ("gd:lr=0.01", "η 0.01"),
        ("gd:lr=0.02", "η 0.02"),
        ("momentum:lr=0.0035", "η 0.0035"),
        ("nesterov:lr=0.003", "η 0.003"),
        ("adam:lr=0.4", "η 0.4"),
        ("rmsprop:lr=0.06", "η 0.06"),
        ("newton", ""),
    ];
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state = with_runs("himmelblau", &RUNS.map(|(method, _)| method));
    harness.state_mut().state.finish();
    harness.run_steps(4);
    let chips: Vec<Rect> =
        harness.query_all_by_role(Role::RadioButton).map(|chip| chip.rect()).filter(|chip| chip.top() < 70.0).collect();
    assert_eq!(chips.len(), RUNS.len(), "all in the row");
    let texts = texts(&harness);
    for (chip, (method, rate)) in std::iter::zip(chips, RUNS) {
        let inside = texts.iter().filter(|text| chip.contains_rect(text.visual_bounding_rect()));
        let said: Vec<&str> = inside.map(|text| text.galley.text()).collect();
        assert!(said.iter().any(|text| text.contains(rate)), "{method}: {said:?}");
    }
}

/// The panel of a run is as high as what it shows, also after that of a run which shows less.
#[test]
fn the_panel_of_a_run_grows_with_what_it_shows() {
    let open = |harness: &mut Harness<'static, Desk>, place: usize| {
        let id = harness.state().state.document.cards[place].id;
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::OpenRun(Some(id)))]);
        harness.run_steps(4);
        let area = harness.ctx.memory(|memory| memory.area_rect(egui::Id::unique("panel of a run")));
        area.expect("a panel").height()
    };
    let desk_of_two = || {
        let mut harness = desk(1280.0, 720.0);
        harness.state_mut().state = with_runs("himmelblau", &["newton", "adam"]);
        harness.state_mut().state.finish();
        harness.run_steps(4);
        harness
    };
    let alone = open(&mut desk_of_two(), 1);
    let mut harness = desk_of_two();
    let low = open(&mut harness, 0);
    let grown = open(&mut harness, 1);
    assert!(low < alone - 20.0 && (grown - alone).abs() < 1.0, "{grown} after {low}, {alone} at once");
}

/// What a run comes to is not said on the map before the playhead is there.
#[test]
fn the_end_of_a_run_is_not_named_before_it_comes() {
    let mut state = with_runs("himmelblau", &["gd", "momentum:lr=0.02", "adam"]);
    state.finish();
    let card = state.document.cards[1].id;
    let last = state.derived.run(card).unwrap().iterates().len() - 1;
    let mut harness = opened(state);
    let words = |harness: &Harness<'static, Desk>| -> Vec<String> {
        texts(harness).iter().map(|text| text.galley.text().to_owned()).collect()
    };
    for step in [0, 1, 5, last - 1] {
        harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
        harness.run_steps(3);
        let words = words(&harness);
        let told = words
            .iter()
            .find(|word| ["Momentum diverge", "Momentum ends", "ends, step"].iter().any(|end| word.contains(end)));
        assert_eq!(told, None, "at step {step}");
    }
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(last))]);
    harness.run_steps(3);
    let words = words(&harness);
    assert!(words.iter().any(|word| word.contains("Momentum diverged")), "once it is there: {words:?}");
}

/// The inset keeps its corner from step to step, played or not; another frame may move it.
#[test]
fn the_inset_stays_while_the_run_goes_on() {
    for landscape in some(["himmelblau", "double_well", "rosenbrock", "quad"], 2) {
        let mut state = with_runs(landscape, &["gd", "momentum"]);
        state.finish();
        let mut harness = opened(state);
        let inset = |harness: &Harness<'static, Desk>| harness.state().canvases.inset;
        let before = inset(&harness);
        for step in some(0..30, 3) {
            harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
            harness.run_steps(2);
            assert_eq!(inset(&harness), before, "{landscape}, step {step}");
        }
    }
}

/// With much momentum the rates of interest lie far below the limit: the track is logarithmic unless chosen otherwise, and its
/// handle is far from its ends.
#[test]
fn the_handle_of_a_heavy_ball_is_not_at_the_end_of_its_track() {
    for landscape in ["himmelblau", "double_well", "rosenbrock", "quad", "beale", "tanh2"] {
        let mut state = with_runs(landscape, &[]);
        state.document.add(Choice::parse("gd").unwrap()).unwrap();
        state = State::new(state.document);
        let card = state.document.cards[0].id;
        state.apply(vec![Command::Runs(RunCommand::SetMethod(card, "momentum"))]);
        state.finish();
        let harness = opened(state);
        let slider = harness.get_by_label("learning rate η of run 1, Momentum");
        let node = slider.accesskit_node();
        let [least, most] = [node.min_numeric_value(), node.max_numeric_value()].map(Option::unwrap);
        let now = node.numeric_value().unwrap();
        let share =
            if harness.state().state.has_log_rate() { (now / least).ln() / (most / least).ln() } else { now / most };
        assert!((0.15..0.95).contains(&share), "{landscape}: {now} of {least} to {most} is at {share}");
    }
}

/// However many runs there are, the picture keeps its room: their names stand beside it, or in one line above it where a tab or the
/// page of a lesson is beside it.
#[test]
fn many_runs_leave_the_picture_its_room_before_a_class() {
    const METHODS: [&str; 7] =
        ["gd", "momentum", "newton", "adam", "bfgs", "rmsprop:lr=0.1", "gd:lr=0.0123,schedule=cosine"];
    for (size, has_tab) in [[1280.0, 720.0], [1024.0, 768.0], [1920.0, 1080.0]]
        .into_iter()
        .flat_map(|size| [false, true].map(|has_tab| (size, has_tab)))
    {
        let room = |count: usize| {
            let mut state = with_runs("himmelblau", &METHODS[..count]);
            state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
            state.view.chrome.presents_tab = has_tab;
            state.finish();
            let harness = opened_in_size(state, size[0], size[1]);
            let runs = harness.query_all_by_role(Role::RadioButton).map(|chip| chip.rect()).collect::<Vec<_>>();
            let is_row =
                runs.windows(2).all(|pair| pair[0].right() <= pair[1].left() && pair[0].top() == pair[1].top());
            assert!(!has_tab || runs.len() == count && is_row, "{size:?}: all of {count} runs in a row: {runs:?}");
            harness.state().canvases.place(WindowPart::Picture).unwrap()
        };
        let [two, seven] = [2, METHODS.len()].map(room);
        assert_eq!(two, seven, "{size:?}, with a tab: {has_tab}");
        assert!(seven.height() > 0.3 * size[1], "{size:?}, with a tab: {has_tab}: {seven}");
    }
}

/// Before a class and at a desk, also beside the page of a lesson: what a flight says and its buttons are whole, to its end, par among it.
#[test]
fn a_flight_is_as_high_as_what_it_says() {
    type Opening<'a> = &'a dyn Fn() -> State;
    let bowl = || with_runs("quad", &["gd:lr=0.08"]);
    let lesson = || {
        let mut lesson = State::opening();
        let rates = LESSONS.iter().position(|lesson| lesson.id == "learning-rate").unwrap();
        let show = Command::Lessons(LessonCommand::Show(rates));
        lesson.apply(vec![show, Command::Predict(PredictCommand::Close)]);
        lesson
    };
    let cases: [(Opening<'_>, [f32; 2], bool); 4] = [
        (&bowl, [1296.0, 736.0], true),
        (&bowl, [1296.0, 736.0], false),
        (&bowl, [1040.0, 784.0], false),
        (&lesson, [1040.0, 784.0], true),
    ];
    for (state, size, presents) in cases {
        let mut state = state();
        let of = format!("{size:?}, presenting {presents}, lesson {}", state.lesson().is_some());
        if presents {
            state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        }
        state.apply(vec![Command::Pilot(PilotCommand::Start)]);
        state.finish();
        let mut harness = opened_in_size(state, size[0], size[1]);
        let mut par_is_said = false;
        for is_over in [false, true] {
            if is_over {
                let last = harness.state().state.last_step();
                let fly = [PlayCommand::Toggle, PlayCommand::GoTo(last)].map(Command::Play);
                harness.state_mut().state.apply(fly.into());
                harness.state_mut().state.finish();
            }
            harness.run_steps(4);
            let place = harness.state().canvases.place(WindowPart::Sentence).unwrap();
            for name in ["Again", "End the flight", "Copy the schedule"] {
                let button = harness.get_by_role_and_label(Role::Button, name).rect();
                assert!(place.contains_rect(button), "{of}, over {is_over}: {name} at {button} in {place}");
            }
            if let Some(par) = harness.query_all_by_label_contains("Par").next() {
                assert!(place.contains_rect(par.rect()), "{of}: par at {} in {place}", par.rect());
                par_is_said = true;
            }
        }
        assert!(par_is_said, "{of}: par is said at the end");
    }
}

/// A page that speaks of the model error shows it, though it has no tab; the bars beside it are named.
#[test]
fn the_bars_above_a_page_have_names_and_the_error_its_digits() {
    let mut harness = desk(1040.0, 784.0);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    let mut seen = 0;
    crate::desk::open_page(&mut harness, "curved-ground", |state| state.document.cards.len() == 3);
    for error in ["12.47", "3.402", "0.8884"] {
        let words: Vec<String> = texts(&harness).iter().map(|text| text.galley.text().to_owned()).collect();
        let has_error = words.iter().any(|word| word.starts_with("error") && word.ends_with(error));
        assert!(has_error, "the error {error} of this step: {words:?}");
        for name in ["plane", "actual"] {
            assert!(words.iter().any(|word| word == name), "{name}: {words:?}");
        }
        seen += 1;
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SelectNext(1))]);
        harness.state_mut().state.finish();
        harness.run_steps(4);
    }
    assert_eq!(seen, 3);
}

/// Where a tab is beside the picture of a class each run keeps its name, the short one; what gives way is its rate.
#[test]
fn the_names_of_runs_stay_where_their_rates_give_way() {
    const RUNS: [(&str, &str); 3] = [("gd", "GD"), ("momentum", "Momentum"), ("newton", "Newton")];
    let mut state = with_runs("himmelblau", &RUNS.map(|(method, _)| method));
    state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    state.view.chrome.presents_tab = true;
    state.finish();
    let harness = opened_in_size(state, 1040.0, 784.0);
    let texts = texts(&harness);
    for place in 1..=RUNS.len() {
        // The row of the runs has one, and so may the tab.
        let of_run = harness.query_all_by(move |node| {
            node.role() == Role::RadioButton
                && node.label().is_some_and(|label| label.starts_with(&format!("run {place}, ")))
        });
        let chips: Vec<_> = of_run.map(|node| node.rect()).collect();
        let is_named = chips.iter().any(|chip| {
            let inside = texts.iter().filter(|text| chip.contains_rect(text.visual_bounding_rect()));
            inside.into_iter().any(|text| text.galley.text().starts_with(RUNS[place - 1].1))
        });
        assert!(is_named, "run {place}: {chips:?}");
    }
}

/// Above a picture in half of the window the bars leave a run its name, and stand in their half, however low the window is.
#[test]
fn a_run_keeps_its_name_beside_the_bars() {
    let mut bars = 0;
    for height in [700.0, 720.0, 740.0, 760.0, 784.0] {
        let mut harness = desk(1040.0, height);
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        crate::desk::open_page(&mut harness, "learning-rate", |state| state.page().is_some_and(|page| page.names_tab));
        let half = harness.state().canvases.place(WindowPart::Picture).unwrap();
        let chip = harness.get_by(|node| {
            node.role() == Role::RadioButton && node.label().is_some_and(|label| label.starts_with("run 1, "))
        });
        assert!(chip.rect().width() > 60.0 && half.x_range().contains(chip.rect().center().x), "{}", chip.rect());
        let of_bars = |text: &TextShape| ["plane", "quadratic", "actual"].contains(&text.galley.text());
        for text in texts(&harness).iter().filter(|text| of_bars(text)) {
            let rect = text.visual_bounding_rect();
            assert!(rect.left() >= half.left(), "{} at {rect} of {half}, {height} high", text.galley.text());
            bars += 1;
        }
    }
    assert!(bars > 0, "some have bars");
}

/// A class sees the race without that the presentation is left, whichever tab was shown before.
#[test]
fn a_tab_is_reached_while_presenting() {
    for size in [(1040.0, 784.0), (1296.0, 736.0)] {
        let mut harness = desk(size.0, size.1);
        harness.state_mut().state.apply(vec![
            Command::View(ViewCommand::ShowTab(Pane::Slice)),
            Command::Window(WindowCommand::TogglePresenting),
        ]);
        harness.run_steps(4);
        assert_eq!(harness.state().state.presented_tab(), None, "the slice gives way to the picture");
        harness.get_by_label("tab of the picture").click();
        harness.run_steps(3);
        harness.get_by_label("Compare").click();
        harness.run_steps(3);
        assert_eq!(harness.state().state.presented_tab(), Some(Pane::Compare), "{size:?}");
        assert!(harness.state().state.view.chrome.presenting.is_some(), "it is not left");
    }
}

/// One `Escape` closes what is open over the views and nothing else.
#[test]
fn escape_closes_a_menu_and_the_presentation_stays() {
    let mut harness = desk(1296.0, 736.0);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    harness.run_steps(4);
    let presents = |harness: &Harness<'static, Desk>| harness.state().state.view.chrome.presenting.is_some();
    harness.get_by_label("picture of the loss").click();
    harness.run_steps(3);
    assert!(egui::Popup::is_any_open(&harness.ctx), "a menu is open");
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    assert!(!egui::Popup::is_any_open(&harness.ctx) && presents(&harness), "the menu alone is closed");
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleCriticalTable)]);
    harness.run_steps(3);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    let is_open = harness.state().state.view.chrome.critical_open;
    assert!(!is_open && presents(&harness), "the table of critical points alone is closed");
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    assert!(!presents(&harness), "another one leaves the presentation");
}
