//! The learning rate under the picture: its zones, its snaps, its scale that stays while it is dragged, and what stands there for
//! methods without a rate.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Order, PointerButton, Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use taylorscope::drawing::WindowPart;
use taylorscope::drawing::ink::Theme;
use taylorscope::optimizers::{Choice, ENTRIES};
use taylorscope::state::{
    Command, DocumentCommand, Pane, Picture, PlayCommand, RunCommand, TypeScale, ViewCommand, WindowCommand,
};

use crate::desk::{Desk, desk, patient_desk, says, show_tab};
use crate::labels::texts;
use crate::some::some;

const SLIDER: &str = "learning rate η of run 1, Gradient descent";

fn rate(harness: &Harness<'_, Desk>) -> f64 {
    harness.state().state.document.cards[0].optimizer.parameters[0]
}

fn is_map(node: &AccessKitNode<'_>) -> bool {
    node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with("Map"))
}

/// The largest rate of the track.
fn end(harness: &Harness<'_, Desk>) -> f64 {
    harness.get_by_label(SLIDER).accesskit_node().max_numeric_value().unwrap()
}

/// 2/λmax at the iterate that is shown.
fn limit(harness: &Harness<'_, Desk>) -> f64 {
    let state = &harness.state().state;
    2.0 / state.derived.analysis().unwrap().model.hessian.eigen().values[1]
}

#[test]
fn the_track_goes_to_five_quarters_of_the_limit_and_larger_rates_rest_at_its_end() {
    let mut harness = desk(1280.0, 720.0);
    assert!((end(&harness) / (1.25 * limit(&harness)) - 1.0).abs() < 1e-12, "1.25 · 2/λmax");
    harness.get_by_label(SLIDER).set_value_accesskit(250.0);
    harness.run_steps(3);
    assert_eq!(rate(&harness), 250.0, "any rate");
    let field = format!("{SLIDER}, as a number");
    harness.get_by_label(&field).click();
    harness.run_steps(3);
    harness.get_by_label(&field).type_text("0.0123456789");
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(rate(&harness), 0.012_345_678_9, "typed");
    harness.get_by_label(SLIDER).focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowLeft);
    harness.run_steps(2);
    let moved = 0.012_345_678_9 - rate(&harness);
    assert!((0.0..0.02 * end(&harness)).contains(&moved) && moved > 0.0, "about a hundredth of the track: {moved}");
}

/// A rate beyond the end of the track is written there with an arrow, and no other is.
#[test]
fn a_rate_off_the_track_is_written_at_the_end_beyond_which_it_lies() {
    let mut harness = desk(1280.0, 720.0);
    let written = |harness: &Harness<'_, Desk>| -> Vec<String> {
        let track = harness.get_by_label(SLIDER).rect();
        let below = Rect::from_x_y_ranges(track.x_range(), track.bottom() - 8.0..=track.bottom() + 24.0);
        let all = texts(&harness.output().shapes).into_iter().filter(|(_, place)| below.contains(place.center()));
        all.map(|(text, _)| text).filter(|text| text.contains(['→', '←'])).collect()
    };
    // The scene opens with a rate that overshoots.
    for (rate, expected) in [(0.036, &["0.03600 →"][..]), (250.0, &["250.0 →"]), (0.005, &[]), (0.5, &["0.5000 →"])]
    {
        harness.get_by_label(SLIDER).set_value_accesskit(rate);
        harness.run_steps(3);
        assert_eq!(written(&harness), expected, "{rate}");
    }
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
    harness.run_steps(4);
    harness.get_by_label("Logarithmic track of rates").click();
    harness.run_steps(3);
    harness.get_by_label(SLIDER).set_value_accesskit(1e-9);
    harness.run_steps(3);
    assert_eq!(written(&harness), ["← 1.00·10⁻⁹"], "below a logarithmic track");
}

/// Newton's slider is the share of its step, with zones of its own that no curvature moves.
#[test]
fn the_share_of_newtons_step_has_zones_by_name() {
    let mut harness = desk(1280.0, 720.0);
    let id = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(id, "newton"))]);
    harness.run_steps(4);
    let slider = "scale α of run 1, Newton";
    let seen = |harness: &Harness<'_, Desk>| -> Vec<String> {
        let bar = harness.state().canvases.place(WindowPart::Rate).unwrap();
        let all = texts(&harness.output().shapes).into_iter();
        all.filter(|(_, place)| bar.contains_rect(*place)).map(|(text, _)| text).collect()
    };
    for step in [0, 2] {
        harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
        harness.run_steps(3);
        let words = seen(&harness);
        for name in ["slow", "monotone", "oscillating", "diverging", "1: the whole step"] {
            assert!(words.iter().any(|word| word == name), "{name} at step {step}: {words:?}");
        }
        assert_eq!(harness.get_by_label(slider).accesskit_node().max_numeric_value(), Some(2.5), "5/4 of 2");
    }
    for (share, words) in [(1.0, "the whole step: exact on a quadratic"), (1.6, "oscillates: beyond the whole step")] {
        harness.get_by_label(slider).set_value_accesskit(share);
        harness.run_steps(3);
        assert!(says(&harness, words), "{share}: {words}");
    }
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(id, "trust_region"))]);
    harness.run_steps(4);
    assert!(says(&harness, "no zones: only the first radius"), "why it has none");
}

#[test]
fn the_rate_snaps_to_the_limit_and_with_alt_it_does_not() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
    harness.run_steps(4);
    let (limit, track) = (limit(&harness), harness.get_by_label(SLIDER).rect());
    let near = track.left_center() + vec2(0.8 * track.width() + 1.0, 0.0);
    harness.drag_at(near);
    harness.run_steps(2);
    harness.drop_at(near);
    harness.run_steps(2);
    assert!((rate(&harness) / limit - 1.0).abs() < 1e-12, "{} is not 2/λmax = {limit}", rate(&harness));
    harness.event(Event::ModifiersChanged(Modifiers::ALT));
    harness.drag_at(near);
    harness.run_steps(2);
    harness.drop_at(near);
    harness.run_steps(2);
    let off = (rate(&harness) / limit - 1.0).abs();
    assert!(off > 1e-12 && off < 0.02, "free: {} beside {limit}", rate(&harness));
}

#[test]
fn while_it_is_dragged_the_scale_stays() {
    let mut harness = desk(1280.0, 720.0);
    let (before, track) = (end(&harness), harness.get_by_label(SLIDER).rect());
    harness.drag_at(track.left_center() + vec2(0.3 * track.width(), 0.0));
    harness.run_steps(2);
    harness.hover_at(track.left_center() + vec2(0.6 * track.width(), 0.0));
    harness.run_steps(2);
    assert!((1.25 * limit(&harness) / before - 1.0).abs() > 0.05, "the second iterate has moved");
    assert_eq!(end(&harness), before, "while it is dragged");
    harness.drop_at(track.left_center() + vec2(0.6 * track.width(), 0.0));
    harness.run_steps(4);
    assert_eq!(end(&harness), before, "and after the release, so that the handle stays");
    assert_eq!(harness.state().state.playback.playhead, 2, "the playhead stays");
    // What has moved is the mark of the limit.
    let words = texts(&harness.output().shapes);
    for (name, rate) in [("1/λmax", 0.5 * limit(&harness)), ("2/λmax", limit(&harness))] {
        let expected = track.left() + (rate / before) as f32 * track.width();
        let below = |(text, place): &&(String, Rect)| text == name && place.top() > track.center().y;
        let mark = words.iter().find(below).map(|(_, place)| place.center().x);
        assert_eq!(mark.is_some(), rate < before, "{name} at {rate} of {before}");
        assert!(
            mark.is_none_or(|mark| (mark - expected).abs() < 0.03 * track.width()),
            "{mark:?}, {name} at {expected}"
        );
    }
    // Another start is another run, whose limit fills the track.
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::MoveStart([2.5, -3.0].into()))]);
    harness.run_steps(4);
    assert!((end(&harness) / (1.25 * limit(&harness)) - 1.0).abs() < 1e-12, "another run");
}

#[test]
fn a_schedule_says_which_rate_it_gives_to_the_step() {
    let mut harness = desk(1280.0, 720.0);
    let card = harness.state().state.selected;
    let entry = Choice::parse("gd").unwrap().entry;
    let set = |name: &str, value: f64| {
        let parameter = entry.parameter_index(name).unwrap();
        Command::Runs(RunCommand::SetParameter { card, parameter, value })
    };
    let changes = vec![set("schedule", 1.0), set("every", 51.0), Command::Play(PlayCommand::GoTo(55))];
    harness.state_mut().state.apply(changes);
    harness.run_steps(4);
    assert!(says(&harness, "η now 0.0180"), "half the rate after 51 steps");
}

#[test]
fn the_bar_is_there_at_every_size_of_window_and_type_also_under_a_maximized_view_and_in_a_presentation() {
    let layouts =
        [WindowCommand::CloseMessage, WindowCommand::ToggleMaximized(Pane::Surface), WindowCommand::TogglePresenting];
    let sizes = [[1024.0, 768.0], [1280.0, 720.0], [1920.0, 1080.0]];
    let typed = sizes.into_iter().flat_map(|size| TypeScale::ALL.map(|scale| (size, scale)));
    let cases = typed.flat_map(|(size, scale)| layouts.iter().map(move |layout| (size, scale, layout)));
    for ([width, height], scale, layout) in some(cases, 7) {
        let mut harness = desk(width, height);
        let commands = [WindowCommand::SetTypeScale(scale), layout.clone()].map(Command::Window).to_vec();
        harness.state_mut().state.apply(commands);
        harness.run_steps(4);
        let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
        for label in [SLIDER, "Play", "step"] {
            let place = harness.get_by_label(label).rect();
            assert!(window.contains_rect(place), "{label} at {width}×{height}, {scale:?}, {layout:?}: {place}");
        }
        let track = harness.get_by_label(SLIDER).rect().width();
        assert!(track > 0.4 * width, "the track at {width}×{height}, {scale:?}: {track}");
    }
}

#[test]
fn a_presentation_is_entered_and_left_and_the_setup_is_shut_and_opened() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    harness.run_steps(2);
    let map = |harness: &Harness<'_, Desk>| harness.get_by(is_map).rect().width();
    let before = map(&harness);
    assert!(harness.query_by_label("start x").is_none(), "shut at first");
    harness.get_by_label("Set-up").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("start x").is_some() && map(&harness) < 0.9 * before, "it takes its room");
    harness.key_press(Key::F2);
    harness.run_steps(4);
    assert!(harness.query_by_label("start x").is_none() && map(&harness) == before, "and gives it back");
    harness.get_by_label("Present").click();
    harness.run_steps(4);
    assert_eq!(harness.state().state.view.chrome.type_scale, TypeScale::Lecture, "large type");
    assert!(says(&harness, "The tangent plane") && harness.query_by_label("File").is_none(), "the sentence alone");
    for (key, step) in [(Key::PageDown, 3), (Key::PageDown, 4), (Key::PageUp, 3)] {
        harness.key_press(key);
        harness.run_steps(4);
        assert_eq!(harness.state().state.playback.playhead, step, "{key:?}: the keys of a presenter");
    }
    for leave in [Key::F5, Key::Escape] {
        harness.key_press(leave);
        harness.run_steps(4);
        assert_eq!(harness.state().state.view.chrome.presenting, None, "{leave:?}");
        assert_eq!(harness.state().state.view.chrome.type_scale, TypeScale::Normal, "{leave:?}: as it was");
        harness.key_press(Key::F5);
        harness.run_steps(4);
    }
    harness.get_by_label("leave the presentation").click();
    harness.run_steps(4);
    assert_eq!(map(&harness), before, "everything is back");
}

/// A text field can do nothing with a function key: whoever has just typed a rate presents with one.
#[test]
fn function_keys_act_also_while_something_is_typed() {
    let mut harness = desk(1280.0, 720.0);
    let field = format!("{SLIDER}, as a number");
    harness.get_by_label(&field).click();
    harness.run_steps(3);
    assert!(harness.ctx.text_edit_focused(), "in the field");
    harness.key_press(Key::L);
    harness.run_steps(2);
    assert_eq!(harness.state().state.view.chrome.theme, Theme::Light, "letters belong to the field");
    harness.key_press(Key::F5);
    harness.run_steps(4);
    assert!(harness.state().state.view.chrome.presenting.is_some(), "F5 presents");
}

#[test]
fn every_method_has_its_parameter_there_or_says_why_it_has_none() {
    let mut harness = desk(1280.0, 720.0);
    let id = harness.state().state.selected;
    for method in some(ENTRIES, 2) {
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(id, method.id))]);
        harness.run_steps(4);
        let unsupported = method.unsupported_reason(&harness.state().state.document.landscape);
        let law = Choice::of(method).stability_bound().err();
        match (unsupported, method.main_index()) {
            (Some(why), _) => assert!(says(&harness, why), "{}: {why}", method.id),
            (None, Some(index)) => {
                let label = method.parameters[index].label;
                let found = harness
                    .query_all_by_label_contains(&format!("of run 1, {}", method.name))
                    .any(|node| node.accesskit_node().label().is_some_and(|name| name.starts_with(label)));
                assert!(found, "{}: {label}", method.id);
            }
            (None, None) => assert!(says(&harness, law.unwrap().story), "{} says why", method.id),
        }
    }
}

#[test]
fn the_track_is_logarithmic_by_choice_with_its_zones_snaps_and_keys() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
    harness.run_steps(4);
    let limit = limit(&harness);
    harness.get_by_label("Logarithmic track of rates").click();
    harness.run_steps(4);
    assert!((end(&harness) / (10.0 * limit) - 1.0).abs() < 1e-12, "up to ten times the limit");
    let least = harness.get_by_label(SLIDER).accesskit_node().min_numeric_value().unwrap();
    assert!((least / (1e-4 * limit) - 1.0).abs() < 1e-12, "from a ten-thousandth of it");
    let track = harness.get_by_label(SLIDER).rect();
    let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
    // The limit lies at four decades of five.
    crate::desk::drag(&mut harness, &[at(0.795)]);
    assert!((rate(&harness) / limit - 1.0).abs() < 1e-12, "{} snaps to {limit}", rate(&harness));
    crate::desk::drag(&mut harness, &[at(0.4)]);
    assert!((rate(&harness) / (0.01 * limit)).log10().abs() < 0.1, "{}: two decades below", rate(&harness));
    let before = rate(&harness);
    harness.get_by_label(SLIDER).focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    let factor = rate(&harness) / before;
    assert!((1.03..1.25).contains(&factor), "a hundredth of five decades: {factor}");
    harness.get_by_label("Logarithmic track of rates").click();
    harness.run_steps(4);
    assert!((end(&harness) / (1.25 * limit) - 1.0).abs() < 1e-12, "linear again");
    let id = harness.state().state.selected;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::SetMethod(id, "adam"))]);
    harness.run_steps(4);
    assert!(harness.query_by_label("Logarithmic track of rates").is_none(), "without a limit there is no choice");
}

/// Where tooltips are seen.
pub(crate) fn tooltips(harness: &Harness<'_, Desk>) -> Vec<Rect> {
    harness.ctx.memory(|memory| {
        let layers = memory.areas().visible_layer_ids();
        let tooltips = layers.into_iter().filter(|layer| layer.order == Order::Tooltip);
        tooltips.filter_map(|layer| memory.area_rect(layer.id)).collect()
    })
}

/// Everything in a part of the window that has a name, by its name and its place.
fn named_in(harness: &Harness<'_, Desk>, part: Rect) -> Vec<(Option<String>, Rect)> {
    harness
        .get_all_by(|node| node.label().is_some() || node.value().is_some())
        .map(|node| (node.accesskit_node().label(), node.rect()))
        .filter(|(_, rect)| part.contains_rect(*rect))
        .collect()
}

#[test]
fn nothing_covers_the_track_while_the_pointer_rests_on_it_or_drags_it() {
    let mut harness = patient_desk(1280.0, 720.0);
    let track = harness.get_by_label(SLIDER).rect();
    let covering = |harness: &Harness<'_, Desk>| tooltips(harness).into_iter().find(|rect| rect.intersects(track));
    harness.event(Event::PointerMoved(track.center()));
    harness.run_steps(12);
    assert_eq!(covering(&harness), None, "at rest, for {} s", 12.0 / 4.0);
    let button = |pressed| Event::PointerButton {
        pos: track.center(),
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.event(button(true));
    for share in 0..8_u8 {
        harness.event(Event::PointerMoved(track.lerp_inside(vec2(0.3 + 0.05 * f32::from(share), 0.5))));
        harness.run_steps(3);
        assert_eq!(covering(&harness), None, "while it is dragged");
    }
    harness.event(button(false));
    // Nor does the tooltip of anything beside or below it.
    let bars = Rect::from_min_max(pos2(0.0, track.top() - 30.0), pos2(1280.0, 720.0));
    let mut seen = 0;
    for (label, rect) in named_in(&harness, bars) {
        harness.event(Event::PointerMoved(rect.center()));
        harness.run_steps(12);
        seen += usize::from(!tooltips(&harness).is_empty());
        assert_eq!(covering(&harness), None, "over {label:?} at {rect}");
        harness.event(Event::PointerMoved(pos2(640.0, 30.0)));
        harness.run_steps(6);
    }
    assert!(seen > 12, "{seen} tooltips were seen");
}

/// Nor do the tooltips of what stands above it: a slider at the lower edge of a tab, the values under the pointer in a chart.
#[test]
fn nothing_of_the_tabs_covers_the_bars() {
    let mut harness = patient_desk(1280.0, 720.0);
    let state = &mut harness.state_mut().state;
    state.apply(["adam", "newton", "bfgs", "rmsprop"].map(|id| Command::Runs(RunCommand::Add(id))).to_vec());
    let momentum = state.document.cards.iter().find(|card| card.optimizer.entry.id == "momentum").unwrap().id;
    state.apply(vec![Command::Runs(RunCommand::Select(momentum))]);
    state.finish();
    let mut seen = 0;
    for tab in [Pane::Momentum, Pane::Loss, Pane::Slice, Pane::Sweep] {
        show_tab(&mut harness, tab);
        let bars = harness.state().canvases.place(WindowPart::Rate).unwrap();
        let tab_place = harness.state().canvases.place(WindowPart::Tab).unwrap();
        let low = tab_place.with_min_y(tab_place.center().y);
        let names = named_in(&harness, low).into_iter().map(|(label, rect)| (label, rect.center()));
        let places = [0.2, 0.5, 0.8].map(|share| (None, tab_place.lerp_inside(vec2(share, 0.8))));
        for (label, at) in names.chain(places) {
            harness.event(Event::PointerMoved(at));
            harness.run_steps(8);
            for rect in tooltips(&harness) {
                seen += 1;
                assert!(rect.bottom() <= bars.top() + 1.0, "{tab:?}: {label:?} at {at} has its tooltip at {rect}");
            }
            harness.event(Event::PointerMoved(pos2(640.0, 30.0)));
            harness.run_steps(3);
        }
    }
    assert!(seen > 10, "{seen} tooltips were seen");
}

#[test]
fn the_bar_keeps_its_height_whatever_is_said_beside_the_track() {
    let heights: Vec<f32> = [[2.5, -3.5], [1.5, 2.4], [0.15, 0.35], [-3.0, 0.0]]
        .into_iter()
        .map(|start| {
            let mut harness = desk(1280.0, 720.0);
            let start = taylorscope::numbers::Point::from(start);
            harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::MoveStart(start))]);
            harness.run_steps(4);
            harness.get_by(is_map).rect().bottom()
        })
        .collect();
    assert!(heights.iter().all(|height| *height == heights[0]), "{heights:?}");
}

/// Without a mouse: the arrow keys move rate and momentum coefficient, but not while a class is asked what comes.
#[test]
fn arrow_keys_move_the_rate() {
    let mut harness = desk(1280.0, 720.0);
    let card = |harness: &Harness<'static, Desk>| harness.state().state.document.cards[0].clone();
    let before = card(&harness).optimizer.rate_at(0).unwrap();
    harness.key_press(Key::ArrowUp);
    harness.run_steps(2);
    let larger = card(&harness).optimizer.rate_at(0).unwrap();
    assert!((larger / before - 1.1).abs() < 1e-3, "{before}, then {larger}");
    assert!(card(&harness).changes.is_empty(), "on the whole run");
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    assert!((card(&harness).optimizer.rate_at(0).unwrap() / before - 1.0).abs() < 1e-3);
    harness.key_press(Key::G);
    harness.run_steps(2);
    assert!(harness.state().state.predictions.asked().is_some());
    let asked = card(&harness);
    harness.key_press(Key::ArrowUp);
    harness.run_steps(2);
    assert_eq!(card(&harness).optimizer, asked.optimizer, "what is asked about stays");
}
