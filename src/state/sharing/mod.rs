//! A scene as text for others: TOML, a link, or a command; and back again.

mod brief;
mod command;

pub use command::race_command;

use super::Scene;
use crate::landscapes::excerpt::excerpt;
use crate::scene::{Faults, is_link, text_of_link};

/// A text that holds a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyAs {
    /// A line for a terminal.
    Command,
    /// A link.
    Link,
    /// As in a file.
    Toml,
}

impl CopyAs {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Command, Self::Link, Self::Toml];

    /// Its entry in the menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Command => "Copy as command",
            Self::Link => "Copy as link text",
            Self::Toml => "Copy as TOML",
        }
    }

    /// What it does, in one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Command => {
                "Copies a command line that draws this scene; what a command cannot hold is named. Pasting it opens the scene."
            }
            Self::Link => {
                "Copies the whole scene as one short line of letters; pasting it in another Taylorscope opens it."
            }
            Self::Toml => {
                "Copies the scene as it stands in a file, without what is usual: for a lesson, or to be read. Pasting it opens it."
            }
        }
    }
}

/// The scene of a text: TOML, a link, or a command.
///
/// # Errors
/// What it should be, or all that is wrong in it.
pub fn read_shared(text: &str) -> Result<Scene, String> {
    let said = |faults: Faults| format!("The pasted scene cannot be read\n{faults}");
    if is_link(text) {
        return Scene::read(&text_of_link(text)?).map_err(said);
    }
    if command::is_command(text) {
        return command::read(text);
    }
    if is_scene(text) {
        return Scene::read(text).map_err(said);
    }
    Err(format!(
        "'{}' is no scene\npaste what Copy as command, as link text or as TOML has copied",
        excerpt(text.trim())
    ))
}

/// Whether a text is meant as a scene: its first line sets a key that scenes have, or begins a table.
pub fn is_scene(text: &str) -> bool {
    const BEGINNINGS: [&str; 11] =
        ["version", "landscape", "[landscape", "runs", "run", "[[run", "[view", "view", "start", "steps", "playhead"];
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        let key = line.split(['=', ']', '.']).next().unwrap_or_default().trim();
        (line.contains('=') || line.starts_with('[')) && BEGINNINGS.contains(&key)
    })
}
