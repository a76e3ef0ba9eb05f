//! Random clicks, drags, wheels, keys, words, commands and window sizes over everything: nothing panics, and what is shown stays finite.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use taylorscope::numbers::SplitMix64;
use taylorscope::state::{Command, DocumentCommand, HistoryCommand, State, TypeScale, WindowCommand};

use crate::commands::{KINDS, command};
use crate::desk::{Desk, desk, wheel};

const KEYS: [Key; 41] = [
    Key::Space,
    Key::ArrowRight,
    Key::ArrowLeft,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::R,
    Key::L,
    Key::F,
    Key::P,
    Key::B,
    Key::Z,
    Key::Escape,
    Key::Enter,
    Key::Tab,
    Key::Backspace,
    Key::OpenBracket,
    Key::CloseBracket,
    Key::Num0,
    Key::Num1,
    Key::Num4,
    Key::Num9,
    Key::F12,
    Key::Questionmark,
    Key::Y,
    Key::Q,
    Key::S,
    Key::C,
    Key::M,
    Key::D,
    Key::N,
    Key::E,
    Key::J,
    Key::K,
    Key::Period,
    Key::Comma,
    Key::Delete,
    Key::PageDown,
    Key::PageUp,
    Key::Num7,
];
const WORDS: [&str; 8] = ["1", "-", "e9", "x^", "nan", "é", "0.1", "1e999"];

/// How many events; more in a long run.
fn events() -> usize {
    std::env::var("TAYLORSCOPE_MONKEY").ok().and_then(|count| count.parse().ok()).unwrap_or(150)
}

#[test]
fn a_monkey_at_the_keyboard_breaks_nothing() {
    let mut random = SplitMix64::new(20_261_122);
    let mut harness = desk(1000.0, 640.0);
    let mut pressed = false;
    for event in 0..events() {
        let size = harness.input().screen_rect.map_or(vec2(1000.0, 640.0), |rect| rect.size());
        let mut place = || Pos2::new(size.x * random.uniform() as f32, size.y * random.uniform() as f32);
        let pos = place();
        let button =
            |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        match (random.uniform() * 100.0) as u32 {
            0..40 => {
                harness.event(Event::PointerMoved(pos));
                harness.event(button(true));
                harness.event(button(false));
                pressed = false;
            }
            40..60 => {
                harness.event(Event::PointerMoved(pos));
                harness.event(button(!pressed));
                pressed = !pressed;
            }
            60..82 => {
                let key = KEYS[(random.uniform() * KEYS.len() as f64) as usize];
                let modifiers = [Modifiers::NONE, Modifiers::NONE, Modifiers::SHIFT, Modifiers::CTRL]
                    [(random.uniform() * 4.0) as usize];
                harness.key_press_modifiers(modifiers, key);
            }
            82..90 => {
                let delta = vec2(0.0, 160.0 * random.uniform() as f32 - 80.0);
                harness.event(Event::PointerMoved(pos));
                harness.event(wheel(delta));
            }
            90..97 => harness.event(Event::Text(WORDS[(random.uniform() * 8.0) as usize].to_owned())),
            _ => {
                harness.set_size(size_of(&mut random));
            }
        }
        harness.state_mut().state.tick(0.02);
        harness.step();
        check(&mut harness, &format!("after event {event}"));
    }
}

#[test]
fn commands_in_any_order_and_undo_among_them_break_nothing_at_any_size() {
    let mut random = SplitMix64::new(20_261_128);
    let mut harness = desk(1000.0, 640.0);
    for event in 0..events() / 4 {
        let state = &mut harness.state_mut().state;
        for _ in 0..=(random.uniform() * 3.0) as usize {
            let [a, b] = [random.uniform(), random.uniform()];
            let next = match (random.uniform() * 100.0) as u32 {
                0..12 => Command::History(HistoryCommand::Undo),
                12..18 => Command::History(HistoryCommand::Redo),
                18..20 => Command::Window(WindowCommand::SetTypeScale(TypeScale::ALL[(3.0 * a) as usize])),
                20..22 => {
                    let selected = state.selected;
                    let around = [
                        WindowCommand::ToggleKeys,
                        WindowCommand::ToggleGlossary,
                        WindowCommand::ToggleCriticalTable,
                        WindowCommand::ToggleSetup,
                        WindowCommand::TogglePresenting,
                        WindowCommand::OpenRun(Some(selected)),
                    ];
                    Command::Window(around[(around.len() as f64 * a) as usize].clone())
                }
                22..24 => Command::Window(WindowCommand::Say("a line, and more\n".repeat(1 + (40.0 * a) as usize))),
                _ => command(state, (random.uniform() * KINDS as f64) as usize, a, b),
            };
            state.apply(vec![next]);
        }
        state.tick(if random.uniform() < 0.2 { 1.5 } else { 0.02 });
        if random.uniform() < 0.2 {
            harness.set_size(size_of(&mut random));
        }
        harness.step();
        check(&mut harness, &format!("after commands {event}"));
    }
}

/// The size of a window: mostly one that the user would have, sometimes one in which nothing has room.
fn size_of(random: &mut SplitMix64) -> Vec2 {
    let [width, height] = [random.uniform() as f32, random.uniform() as f32];
    match (random.uniform() * 10.0) as u32 {
        0 => vec2(1.0, 1.0),
        1 => vec2(1.0 + 300.0 * width, 1.0 + 30.0 * height),
        2 => vec2(1.0 + 30.0 * width, 1.0 + 900.0 * height),
        3 => vec2(1400.0 + 1200.0 * width, 900.0 + 600.0 * height),
        _ => vec2(320.0 + 700.0 * width, 240.0 + 400.0 * height),
    }
}

/// What is always so, whatever was done.
fn check(harness: &mut Harness<'static, Desk>, when: &str) {
    let state = &harness.state().state;
    let is_finite = |at: &taylorscope::numbers::Point| at.coords.iter().all(|coordinate| coordinate.is_finite());
    if let Some(focus) = state.derived.analysis() {
        let last = state.derived.run(state.selected).map_or(0, |run| run.iterates().len() - 1);
        assert_eq!(focus.index, state.playback.playhead.min(last), "{when}: the overlays");
    }
    let cards = &state.document.cards;
    assert!(!cards.is_empty() && cards.len() <= 12, "{when}: runs");
    assert!(cards.iter().any(|card| !card.ghost), "{when}: one run can be changed");
    assert!(cards.iter().any(|card| card.id == state.selected), "{when}: one of them is selected");
    assert!(is_finite(&state.document.start), "{when}: start");
    assert!(state.document.landscape.domain().is_sane(), "{when}: box");
    assert!(is_well_framed(state), "{when}: the map shows something");
    if state.document.steps > 5000 {
        harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::SetSteps(200))]);
    }
}

fn is_well_framed(state: &State) -> bool {
    state.view.scene.map.is_none_or(|frame| frame.view_box().is_sane())
}
