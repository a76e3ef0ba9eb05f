//! Commands of the window around the scene: theme, type, what is open over the views, messages, closing.

use crate::drawing::Pane;
use crate::state::{CardId, Leave, TypeScale};

/// Commands for the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowCommand {
    /// Fills the window with a view, or shows all again.
    ToggleMaximized(Pane),
    /// The pointer came over a view.
    PointAt(Pane),
    /// Light or dark.
    ToggleTheme,
    /// How large type and lines are.
    SetTypeScale(TypeScale),
    /// Opens or closes the setup.
    ToggleSetup,
    /// Shows only what a class looks at, in large type, or everything again.
    TogglePresenting,
    /// Opens the method and the parameters of a run, or closes them.
    OpenRun(Option<CardId>),
    /// Opens or closes the list of keys.
    ToggleKeys,
    /// Opens or closes the glossary.
    ToggleGlossary,
    /// Opens or closes the table of critical points.
    ToggleCriticalTable,
    /// Opens or closes the frame-time overlay.
    ToggleTiming,
    /// A logarithmic track of learning rates, or a linear one where there is a limit.
    ToggleLogRate,
    /// Whether there is room for a tab beside the page of a lesson.
    GiveTabRoom(bool),
    /// Whether a message lies over the views.
    CoverByMessage(bool),
    /// Closes what lies over the views.
    Dismiss,
    /// Closes the message.
    CloseMessage,
    /// Says something to the user.
    Say(String),
    /// Closing the program: wanted, confirmed, or not after all.
    Leave(Leave),
}
