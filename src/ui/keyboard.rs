//! Which key presses are ours: while a text field has the focus those of the function keys alone, and none that the focused control
//! understands itself.

use egui::{Context, Event, Id, Key, KeyboardShortcut, Modifiers, Popup};

use super::actions::{self, Action};
use crate::state::{Command, FileCommand, Leaving, PlayCommand, RunCommand, SampleCommand, State, WindowCommand};

/// What has the focus, as far as keys are concerned.
#[derive(Clone, Copy, PartialEq)]
enum Focus {
    /// Nothing: all keys are ours.
    None,
    /// A button or a slider, or an open menu: it has the keys that press, move and leave.
    Control,
    /// A text field: it has every key but the function keys, with which it can do nothing.
    Text,
}

/// The commands of the keys pressed since the last frame; call it before any widget is shown.
///
/// The presses are consumed.
pub fn key_commands(ctx: &Context, state: &State) -> Vec<Command> {
    let focus = focus(ctx);
    if ends_drag(ctx) {
        return Vec::new();
    }
    // One Escape closes help, whatever has the focus in it: the glossary opens with the focus in its field.
    let is_covered = state.view.chrome.is_covered_by_help() && !state.asks_over_window();
    if is_covered && focus != Focus::None && ctx.input(|input| input.key_pressed(Key::Escape)) {
        return vec![Command::Window(WindowCommand::Dismiss)];
    }
    let is_typed_in = focus == Focus::Text && state.leaving != Leaving::Asked;
    let is_function = |event: &Event| pressed(event).is_some_and(|press| (Key::F1..=Key::F35).contains(&press.key));
    let mut commands = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            if is_typed_in && !is_function(event) {
                return true;
            }
            // Whatever the keys of this system are that paste.
            if let Event::Paste(text) = event {
                let acts = !state.asks_over_window() && !state.view.chrome.is_covered_by_help();
                commands.extend(acts.then(|| Command::Files(FileCommand::Paste(text.clone()))));
                return false;
            }
            let Some((press, action)) = pressed(event)
                .map(|press| press.before_class(state))
                .and_then(|press| press.action(focus).map(|action| (press, action)))
            else {
                return true;
            };
            let command = (action.command)(state);
            // While something is asked, nothing happens behind the question.
            if state.asks_over_window()
                && !matches!(command, Command::Window(WindowCommand::Dismiss | WindowCommand::Leave(_)))
            {
                return true;
            }
            if state.view.chrome.is_covered_by_help() && !acts_over_help(&command) {
                return false;
            }
            if let Some(why) = action.refusal.as_ref().and_then(|refusal| refusal(state)) {
                commands.push(Command::Window(WindowCommand::Say(why)));
                return false;
            }
            // A key that is held steps on and on, but does not play and pause sixty times a second.
            if (action.enabled)(state)
                && (!press.repeat
                    || matches!(
                        command,
                        Command::Play(PlayCommand::StepBy(_) | PlayCommand::StepInside(_))
                            | Command::Samples(SampleCommand::Nudge(_))
                            | Command::Runs(
                                RunCommand::SetParameter { .. }
                                    | RunCommand::SetParameterFromHere { .. }
                                    | RunCommand::SetCoefficient { .. }
                            )
                    ))
            {
                commands.push(command);
            }
            false
        });
    });
    commands
}

/// Whether Escape was pressed during a drag, which it ends: it closes nothing besides.
pub(super) fn ends_drag(ctx: &Context) -> bool {
    let is_dragged = ctx.interaction_snapshot(|interaction| interaction.drag_stopped.is_some());
    is_dragged && ctx.input(|input| input.key_pressed(Key::Escape) && input.pointer.any_down())
}

/// Whether a key acts while the list of keys or the glossary covers the views: what changes the scene behind them does not.
fn acts_over_help(command: &Command) -> bool {
    use WindowCommand::{Dismiss, Leave, SetTypeScale, ToggleGlossary, ToggleKeys, ToggleTheme};
    matches!(command, Command::Window(Dismiss | Leave(_) | SetTypeScale(_) | ToggleGlossary | ToggleKeys | ToggleTheme))
}

/// Escape takes the focus away before we see the key: it still belongs to what had the focus a frame ago.
fn focus(ctx: &Context) -> Focus {
    let now = if ctx.text_edit_focused() {
        Focus::Text
    } else if ctx.memory(|memory| memory.focused().is_some()) || Popup::is_any_open(ctx) {
        Focus::Control
    } else {
        Focus::None
    };
    let before = ctx.data_mut(|data| {
        let kept = data.get_temp_mut_or(Id::unique("focus for keys"), Focus::None);
        std::mem::replace(kept, now)
    });
    let left = ctx.input(|input| input.key_pressed(Key::Escape));
    if left && now == Focus::None { before } else { now }
}

/// A key that went down.
struct Press {
    key: Key,
    physical: Option<Key>,
    modifiers: Modifiers,
    repeat: bool,
}

fn pressed(event: &Event) -> Option<Press> {
    match *event {
        Event::Key { key, physical_key, pressed: true, modifiers, repeat } => {
            Some(Press { key, physical: physical_key, modifiers, repeat })
        }
        _ => None,
    }
}

impl Press {
    /// While presenting the keys of a presenter turn the pages of a lesson, or else take steps.
    fn before_class(self, state: &State) -> Self {
        let key = match self.key {
            Key::PageDown => Key::ArrowRight,
            Key::PageUp => Key::ArrowLeft,
            _ => return self,
        };
        if state.view.chrome.presenting.is_none() || self.modifiers.any() {
            return self;
        }
        let modifiers = if state.lesson().is_some() { Modifiers::SHIFT } else { Modifiers::NONE };
        Self { key, physical: None, modifiers, ..self }
    }

    fn action(&self, focus: Focus) -> Option<&'static Action> {
        if focus == Focus::Control && is_control_key(self.key) {
            return None;
        }
        actions::all().iter().find(|action| action.shortcuts.iter().any(|shortcut| self.is(*shortcut)))
    }

    /// Symbols are found wherever a layout has them, whatever must be held for them; digits by their place, since
    /// Shift and a digit is a symbol, another one on every layout.
    fn is(&self, shortcut: KeyboardShortcut) -> bool {
        let KeyboardShortcut { modifiers, logical_key } = shortcut;
        let digit = is_digit(logical_key) && !is_control_key(self.key) && self.physical == Some(logical_key);
        if self.key != logical_key && !digit {
            return false;
        }
        if is_symbol(logical_key) {
            self.modifiers.matches_logically(modifiers)
        } else {
            self.modifiers.matches_exact(modifiers)
        }
    }
}

/// Keys that press a focused button, move a focused slider or leave an open menu.
fn is_control_key(key: Key) -> bool {
    matches!(
        key,
        Key::Space
            | Key::Enter
            | Key::Escape
            | Key::Home
            | Key::End
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
    )
}

fn is_symbol(key: Key) -> bool {
    matches!(
        key,
        Key::Questionmark
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::Plus
            | Key::Minus
            | Key::Equals
            | Key::Period
            | Key::Comma
    )
}

fn is_digit(key: Key) -> bool {
    (Key::Num0..=Key::Num9).contains(&key)
}
