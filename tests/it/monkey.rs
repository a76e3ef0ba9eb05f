//! Random clicks, drags, wheels, keys, words and window sizes over everything: nothing panics, and what is shown stays finite.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use taylorscope::numbers::SplitMix64;
use taylorscope::state::Command;

use crate::desk::{desk, wheel};

const KEYS: [Key; 25] = [
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
];
const WORDS: [&str; 8] = ["1", "-", "e9", "x^", "nan", "é", "0.1", "1e999"];

/// How many events; more in a long run.
fn events() -> usize {
    std::env::var("TAYLORSCOPE_MONKEY").ok().and_then(|count| count.parse().ok()).unwrap_or(2000)
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
                let (width, height) = (320.0 + 700.0 * random.uniform(), 240.0 + 400.0 * random.uniform());
                harness.set_size(vec2(width as f32, height as f32));
            }
        }
        harness.state_mut().state.tick(0.02);
        harness.step();
        let state = &harness.state().state;
        if let Some(focus) = state.derived.focus() {
            let last = state.derived.run(state.selected).map_or(0, |run| run.iterates().len() - 1);
            assert_eq!(focus.index, state.playback.playhead.min(last), "after event {event}: what is shown");
        }
        assert!(!state.document.cards.is_empty() && state.document.cards.len() <= 12, "after event {event}: runs");
        assert!(
            state.document.start.coords.iter().all(|coordinate| coordinate.is_finite()),
            "after event {event}: start"
        );
        if state.document.steps > 5000 {
            harness.state_mut().state.apply(vec![Command::SetSteps(200)]);
        }
    }
}
