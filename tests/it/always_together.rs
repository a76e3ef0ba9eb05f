//! Picture, sentence, slider and transport in the windows of projectors: at every size of type, before a class and at a desk, with a
//! tab that was called for and without; with them the bars of the step, and the ways to the other picture.

use egui::accesskit::Role;
use egui::epaint::ClippedShape;
use egui::{Key, Rect, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::WindowPart;
use taylorscope::landscapes::Landscape;
use taylorscope::quiz::PredictionKind;
use taylorscope::state::{
    Command, Document, OpenQuestion, Pane, Picture, PredictCommand, RunCommand, State, TypeScale, ViewCommand,
    WindowCommand,
};

use crate::desk::{Desk, desk, open_page, opened_in_size, says};
use crate::labels::cut;
use crate::some::some;

/// The sizes of projectors; the harness keeps a margin of 8 points, which no window has.
const SIZES: [[f32; 2]; 4] = [[1040.0, 784.0], [1296.0, 736.0], [1296.0, 816.0], [1936.0, 1096.0]];
/// A map is worth looking at from this size on, in points.
const LEAST_MAP: [f32; 2] = [280.0, 200.0];
/// Said where there is no room for a tab.
const TOO_LOW: &str = "Window too low for the tab";

fn apply(harness: &mut Harness<'static, Desk>, commands: Vec<Command>) {
    harness.state_mut().state.apply(commands);
    harness.run_steps(4);
}

fn window(harness: &Harness<'static, Desk>) -> Rect {
    let size = harness.ctx.content_rect().size();
    Rect::from_min_size(egui::Pos2::ZERO, size)
}

/// The places of the largest view whose name begins so.
fn canvas(harness: &Harness<'static, Desk>, name: &str) -> Option<Rect> {
    let found = harness
        .query_all_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with(name)));
    found.map(|node| node.rect()).max_by(|a, b| a.area().total_cmp(&b.area()))
}

/// What of the four is not whole.
fn missing(harness: &Harness<'static, Desk>) -> Vec<String> {
    let window = window(harness);
    let mut missing = Vec::new();
    let mut want = |what: &str, place: Option<Rect>, least: [f32; 2]| {
        let is_seen = place.is_some_and(|place| {
            window.contains_rect(place) && place.width() >= least[0] && place.height() >= least[1]
        });
        if !is_seen {
            missing.push(format!("{what}: {place:?}"));
        }
    };
    want("picture", canvas(harness, "Map"), LEAST_MAP);
    let sentence = harness.query_all_by_label_contains("The tangent plane predicted").next().map(|node| node.rect());
    want("sentence", sentence, [200.0, 15.0]);
    let slider = harness.query_by_label("learning rate η of run 1, Gradient descent").map(|node| node.rect());
    want("slider", slider, [200.0, 10.0]);
    for label in ["Play", "Step", "step"] {
        want(label, harness.query_by_label(label).map(|node| node.rect()), [10.0, 10.0]);
    }
    missing
}

#[test]
fn the_four_are_together_whatever_tab_is_called_for() {
    let tabs = [None, Some((Key::H, Pane::Loss)), Some((Key::W, Pane::Compare))];
    let types = SIZES.into_iter().flat_map(|size| TypeScale::ALL.map(|scale| (size, scale)));
    let layouts = types.flat_map(|typed| [false, true].map(|presents| (typed, presents)));
    let cases = layouts.flat_map(|layout| tabs.map(|tab| (layout, tab)));
    let mut faults = Vec::new();
    for (((size, scale), presents), tab) in some(cases, 5) {
        let mut harness = desk(size[0], size[1]);
        apply(&mut harness, vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
        if presents {
            apply(&mut harness, vec![Command::Window(WindowCommand::TogglePresenting)]);
        }
        apply(&mut harness, vec![Command::Window(WindowCommand::SetTypeScale(scale))]);
        if let Some((key, _)) = tab {
            harness.key_press(key);
            harness.run_steps(5);
        }
        let of = format!("{size:?}, {scale:?}, presenting {presents}, {tab:?}");
        faults.extend(missing(&harness).into_iter().map(|what| format!("{of}: {what}")));
        if let Some((_, tab)) = tab {
            assert_eq!(harness.state().state.shown_tab(), tab, "{of}");
            let is_seen = harness.state().canvases.place(WindowPart::Tab).is_some_and(|tab| tab.height() > 100.0);
            let is_said = says(&harness, &format!("{TOO_LOW} {}", tab.short_title()));
            if is_seen == is_said {
                faults.push(format!("{of}: the tab is seen {is_seen}, and why it is not is said {is_said}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Two pictures side by side, and the set-up, leave a tab no room in a small window: one that is called for takes theirs.
#[test]
fn a_tab_that_is_called_for_takes_the_room_of_a_second_picture_or_of_the_set_up() {
    for first in [Command::View(ViewCommand::ShowPicture(Picture::Both)), Command::Window(WindowCommand::ToggleSetup)] {
        let mut harness = desk(1040.0, 784.0);
        apply(&mut harness, vec![Command::View(ViewCommand::ShowPicture(Picture::Map)), first.clone()]);
        assert!(harness.state().canvases.place(WindowPart::Tab).is_none(), "{first:?}: no room");
        harness.key_press(Key::H);
        harness.run_steps(6);
        assert!(harness.state().canvases.place(WindowPart::Tab).is_some(), "{first:?}: the tab is there");
        assert_eq!(missing(&harness), [""; 0], "{first:?}");
    }
}

/// The name of the landscape is whole at every size of type, and so is every other word of the bar.
#[test]
fn the_name_of_the_landscape_is_whole_in_large_type() {
    let types = SIZES.into_iter().flat_map(|size| [TypeScale::Large, TypeScale::Lecture].map(|scale| (size, scale)));
    let landscapes = ["himmelblau", "goldstein_price", "styblinski_tang"];
    let cases = types.flat_map(|typed| landscapes.map(|landscape| (typed, landscape)));
    for ((size, scale), landscape) in some(cases, 4) {
        let mut state = State::new(Document::new(Landscape::parse(landscape).unwrap()));
        state.apply(vec![Command::Window(WindowCommand::SetTypeScale(scale))]);
        let mut harness = opened_in_size(state, size[0], size[1]);
        let menu = harness.state().canvases.place(WindowPart::Menu).unwrap();
        let picker = harness.get_by_label("landscape").rect();
        assert!(menu.contains_rect(picker), "{size:?}, {scale:?}: {picker}");
        let name = harness.state().state.document.landscape.name();
        let cut = cut(&harness.output().shapes);
        assert!(!cut.iter().any(|text| text.starts_with(name)), "{size:?}, {scale:?}: {cut:?}");
        // Where the bar has no room for the formula, the tooltip of the name has it.
        harness.ctx.all_styles_mut(|style| style.interaction.tooltip_delay = 0.0);
        harness.get_by_label("landscape").hover();
        harness.run_steps(8);
        let formula = harness.state().state.document.landscape.formula().to_owned();
        assert!(says(&harness, &format!("{formula}\n\n")), "{size:?}, {scale:?}: {formula}");
    }
}

/// Before a class with a tab or beside the page of a lesson, and in large type, the bars share a few lines; each has its name and its
/// digits there, and ρ that of its model.
#[test]
fn bars_and_rho_are_kept_in_a_row() {
    let present = || vec![Command::Window(WindowCommand::TogglePresenting)];
    let large = |scale| vec![Command::Window(WindowCommand::SetTypeScale(scale))];
    let cases = [
        ([1296.0, 736.0], present(), true),
        ([1040.0, 784.0], present(), true),
        ([1936.0, 1096.0], present(), true),
        ([1296.0, 736.0], present(), false),
        ([1040.0, 784.0], large(TypeScale::Large), true),
        ([1296.0, 736.0], large(TypeScale::Large), true),
        ([1296.0, 816.0], large(TypeScale::Large), true),
        ([1040.0, 784.0], large(TypeScale::Lecture), true),
        ([1296.0, 816.0], large(TypeScale::Lecture), true),
    ];
    let mut faults = Vec::new();
    let cases = cases.into_iter().flat_map(|case| [1, 2, 3, 5].map(|runs| (case.clone(), runs)));
    for ((size, first, has_tab), runs) in some(cases, 5) {
        // As many runs as beside a tab have no room for their names are beside it by markers alone.
        if runs > 3 && has_tab && first == present() {
            continue;
        }
        let of = format!("{size:?}, {first:?}, tab {has_tab}, {runs} runs");
        let mut harness = desk(size[0], size[1]);
        let cards: Vec<_> = harness.state().state.document.cards.iter().map(|card| card.id).collect();
        let fewer = cards.iter().skip(runs).map(|card| Command::Runs(RunCommand::Remove(*card)));
        let more = ["newton", "adam", "bfgs"].into_iter().take(runs.saturating_sub(cards.len()));
        let more = more.map(|method| Command::Runs(RunCommand::Add(method)));
        let select = Command::Runs(RunCommand::Select(cards[0]));
        apply(&mut harness, fewer.chain(more).chain([select]).chain(first).collect());
        assert_eq!(harness.state().state.document.cards.len(), runs, "{of}");
        if has_tab {
            harness.key_press(Key::H);
            harness.run_steps(5);
            assert!(harness.state().canvases.place(WindowPart::Tab).is_some(), "{of}: a tab");
        }
        faults.extend(unnamed_bars(&harness, &of));
    }
    // The second page of the first of these lessons is about the error; on that of the other three runs stand above the picture.
    for (id, number, runs) in [("curved-ground", 2, 1), ("momentum-escapes", 7, 3)] {
        for size in [[1296.0, 736.0], [1040.0, 784.0], [1296.0, 816.0]] {
            let mut harness = desk(size[0], size[1]);
            apply(&mut harness, present());
            let page = std::cell::Cell::new(0);
            open_page(&mut harness, id, |_| page.replace(page.get() + 1) + 1 == number);
            assert_eq!(harness.state().state.document.cards.len(), runs, "{id}");
            faults.extend(unnamed_bars(&harness, &format!("{size:?}, {id}, page {number}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is wrong where the bars of the step are not in the window, read aloud and seen with a word and digits each, and so are the
/// error and ρ.
fn unnamed_bars(harness: &Harness<'static, Desk>, of: &str) -> Option<String> {
    let bars = harness.query_all_by(|node| {
        node.role() == Role::Image
            && node.label().is_some_and(|name| {
                ["plane", "quadratic", "actual", "error", "ρ"].iter().all(|part| name.contains(part))
            })
    });
    let places: Vec<Rect> = bars.map(|node| node.rect()).collect();
    let window = window(harness);
    let is_seen = |place: &Rect| window.contains_rect(*place) && place.width() > 120.0 && place.height() > 12.0;
    let Some(place) = places.iter().copied().find(is_seen) else { return Some(format!("{of}: bars at {places:?}")) };
    let words = words_in(&harness.output().shapes, place);
    let has = |names: &[&str]| words.iter().any(|word| names.iter().any(|name| word.starts_with(name)));
    let wanted = [&["plane"][..], &["quadratic", "quad."], &["actual"], &["error", "model error"], &["ρ "]];
    let missing: Vec<_> = wanted.into_iter().filter(|names| !has(names)).collect();
    let digits = words.iter().filter(|word| word.chars().any(|c| c.is_ascii_digit())).count();
    let is_whole = missing.is_empty() && digits >= 5;
    (!is_whole).then(|| format!("{of}: {missing:?} and {digits} numbers among {words:?} at {place}"))
}

/// The texts that are whole in a place of a frame.
fn words_in(shapes: &[ClippedShape], place: Rect) -> Vec<String> {
    fn collect(shape: &Shape, room: Rect, words: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, room, words)),
            Shape::Text(text) if room.contains_rect(text.visual_bounding_rect().shrink(1.0)) => {
                words.push(text.galley.text().to_owned());
            }
            _ => {}
        }
    }
    let mut words = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, clipped.clip_rect.intersect(place), &mut words);
    }
    words
}

/// Before a class, too, the other picture is an inset, a menu and a key bring it, and several runs can share one rate.
#[test]
fn a_class_is_shown_the_other_picture_and_one_rate_of_several_runs() {
    for [width, height] in SIZES {
        let mut harness = desk(width, height);
        apply(&mut harness, vec![Command::Window(WindowCommand::TogglePresenting)]);
        let of = format!("{width} × {height}");
        let areas = |harness: &Harness<'static, Desk>| {
            ["Map", "Surface"].map(|name| canvas(harness, name).map(|place| place.area()))
        };
        harness.get_by_label("picture of the loss").click();
        harness.run_steps(3);
        harness.get_by_label("Surface").click();
        harness.run_steps(4);
        assert_eq!(harness.state().state.shown_picture(), Picture::Surface, "{of}: by the menu");
        harness.key_press(Key::T);
        harness.run_steps(4);
        assert_eq!(harness.state().state.shown_picture(), Picture::Both, "{of}: by its key");
        let [map, surface] = areas(&harness).map(Option::unwrap);
        assert!((map / surface - 1.0).abs() < 0.5, "{of}: both");
        let link = harness.get_by_label("Link rates").rect();
        assert!(window(&harness).contains_rect(link) && link.width() > 10.0, "{of}: {link}");
        harness.get_by_label("Link rates").click();
        harness.run_steps(3);
        assert!(harness.state().state.view.scene.slider.links_rates, "{of}");
    }
    // The map of the first screen has a free corner.
    for [width, height] in [[1296.0, 736.0], [1936.0, 1096.0]] {
        let mut state = State::opening();
        state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        let harness = opened_in_size(state, width, height);
        let inset = harness.state().canvases.inset.expect("an inset");
        assert!(inset.width() > 100.0 && inset.height() > 70.0, "{width} × {height}: {inset}");
        let swap = inset.center();
        let mut harness = harness;
        crate::desk::click(&mut harness, swap);
        assert_eq!(harness.state().state.shown_picture(), Picture::Surface, "{width} × {height}: a click swaps them");
    }
}

/// While a landing or a path is asked for, all of the picture takes the answers: no inset lies on it, which a click would swap.
#[test]
fn no_inset_lies_where_a_class_answers() {
    let mut kept = 0;
    for [width, height] in [[1040.0, 784.0], [1296.0, 736.0]] {
        let mut state = State::opening();
        state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        let mut harness = opened_in_size(state, width, height);
        for kind in PredictionKind::ALL {
            let before = harness.state().canvases.inset.expect("an inset").center();
            let picture =
                |harness: &Harness<'static, Desk>| harness.state().canvases.place(WindowPart::Picture).unwrap();
            // The question may take a part of its width.
            let share = (before - picture(&harness).min) / picture(&harness).size();
            let question = PredictCommand::Ask { kind, span: kind.spans()[0], question: None };
            apply(&mut harness, vec![Command::Predict(question)]);
            let has_inset = harness.state().canvases.inset.is_some();
            assert!(!(has_inset && kind.is_drawn()), "{width} × {height}: {kind:?}");
            kept += usize::from(has_inset);
            if kind == PredictionKind::Landing {
                let now = picture(&harness);
                crate::desk::click(&mut harness, now.min + share * now.size());
                let state = &harness.state().state;
                assert_eq!(state.shown_picture(), Picture::Map, "{width} × {height}: nothing is swapped");
                let has_guess = state.predictions.open().is_some_and(OpenQuestion::has_guesses);
                assert!(has_guess, "{width} × {height}: it is a guess");
            }
            apply(&mut harness, vec![Command::Predict(PredictCommand::Close)]);
        }
    }
    assert!(kept > 0, "a question in words keeps it where there is room");
}
