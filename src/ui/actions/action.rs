//! What an action is: words, keys, a place in the menus, and the command it gives.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use crate::state::{Command, Pane, State};

/// Where an action stands in the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// What is opened and saved.
    File,
    /// Taking back.
    Edit,
    /// How things are shown.
    View,
    /// What is drawn: a part of the view menu.
    Overlays,
    /// Runs and the playhead.
    Run,
    /// What leaves the program: pictures of it, and the scene as text.
    Share,
    /// Keys, and about the program.
    Help,
}

impl Menu {
    /// The menus of the bar, in order.
    pub const BAR: [Self; 6] = [Self::File, Self::Edit, Self::View, Self::Run, Self::Share, Self::Help];

    /// Its name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Overlays => "Show",
            Self::Run => "Run",
            Self::Share => "Share",
            Self::Help => "Help",
        }
    }
}

type Ask<T> = Box<dyn Fn(&State) -> T + Send + Sync>;

/// One thing to do, with its words, its keys and its place in the menus.
pub struct Action {
    /// Its name in code.
    pub id: String,
    /// What it is called, whatever the state.
    pub name: &'static str,
    /// What it is called now.
    pub label: Ask<String>,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// Its keys; the first is the one that is shown.
    pub shortcuts: Vec<KeyboardShortcut>,
    /// Its menu, and its group there: a line separates groups.
    pub menu: Option<(Menu, u8)>,
    /// What it asks of the state.
    pub command: Ask<Command>,
    /// Whether it can be done now.
    pub enabled: Ask<bool>,
    /// Why it cannot be done now; shown to a user who presses its key.
    pub refusal: Option<Ask<Option<String>>>,
    /// For what is on or off: whether it is on.
    pub checked: Option<Ask<bool>>,
}

impl Action {
    pub(super) fn key(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.shortcuts.push(KeyboardShortcut::new(modifiers, key));
        self
    }

    pub(super) fn plain(self, key: Key) -> Self {
        self.key(Modifiers::NONE, key)
    }

    pub(super) fn menu(mut self, menu: Menu, group: u8) -> Self {
        self.menu = Some((menu, group));
        self
    }

    pub(super) fn named(mut self, label: impl Fn(&State) -> String + Send + Sync + 'static) -> Self {
        self.label = Box::new(label);
        self
    }

    pub(super) fn when(mut self, enabled: impl Fn(&State) -> bool + Send + Sync + 'static) -> Self {
        self.enabled = Box::new(enabled);
        self
    }

    /// Enabled unless `refusal` gives a reason; pressing its key then shows that reason.
    pub(super) fn unless(mut self, refusal: fn(&State, Pane) -> Option<String>, pane: Pane) -> Self {
        self.enabled = Box::new(move |state| refusal(state, pane).is_none());
        self.refusal = Some(Box::new(move |state| refusal(state, pane)));
        self
    }

    pub(super) fn checked(mut self, checked: impl Fn(&State) -> bool + Send + Sync + 'static) -> Self {
        self.checked = Some(Box::new(checked));
        self
    }

    /// The key that is shown beside it.
    pub fn key_text(&self, ctx: &Context) -> Option<String> {
        self.shortcuts.first().map(|shortcut| key_text(ctx, shortcut))
    }

    /// What it does and its key, for a tooltip.
    pub fn tooltip(&self, ctx: &Context) -> String {
        self.key_text(ctx).map_or_else(|| self.help.to_owned(), |key| format!("{} ({key})", self.help))
    }
}

/// One that is always possible, has no key and no menu: what follows it in the table adds them.
pub(super) fn action(
    id: impl Into<String>,
    label: &'static str,
    help: &'static str,
    command: impl Fn(&State) -> Command + Send + Sync + 'static,
) -> Action {
    Action {
        id: id.into(),
        name: label,
        label: Box::new(|_| label.to_owned()),
        help,
        shortcuts: Vec::new(),
        menu: None,
        command: Box::new(command),
        enabled: Box::new(|_| true),
        refusal: None,
        checked: None,
    }
}

/// A shortcut as it is printed on the keys.
pub fn key_text(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    let held = match (shortcut.modifiers.alt, shortcut.modifiers.shift) {
        (true, _) => "Alt+",
        (false, true) => "Shift+",
        (false, false) => "",
    };
    match shortcut.logical_key {
        Key::ArrowLeft => format!("{held}←"),
        Key::ArrowRight => format!("{held}→"),
        Key::ArrowUp => format!("{held}↑"),
        Key::ArrowDown => format!("{held}↓"),
        Key::Escape => "Esc".to_owned(),
        Key::OpenBracket => "[".to_owned(),
        Key::CloseBracket => "]".to_owned(),
        Key::Questionmark => "?".to_owned(),
        Key::Period => ".".to_owned(),
        Key::Comma => ",".to_owned(),
        _ => ctx.format_shortcut(shortcut),
    }
}
