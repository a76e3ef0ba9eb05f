//! What leaves the program as a picture: one view, or the whole window.

use super::{Pane, PaneNumbers};
use crate::landscapes::Landscape;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportView {
    /// One view alone.
    Pane(Pane),
    /// The whole window.
    Window,
}

impl ExportView {
    /// Every view, then the window.
    pub const ALL: [Self; Pane::ALL.len() + 1] = {
        let mut all = [Self::Window; Pane::ALL.len() + 1];
        let mut index = 0;
        while index < Pane::ALL.len() {
            all[index] = Self::Pane(Pane::ALL[index]);
            index += 1;
        }
        all
    };

    /// Its name on the command line and in the names of files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.id(),
            Self::Window => "window",
        }
    }

    /// Its name on screen.
    pub fn title_on(self, landscape: &Landscape) -> &'static str {
        match self {
            Self::Pane(pane) => pane.title_on(landscape),
            Self::Window => "Window",
        }
    }

    /// What it shows, in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.help(),
            Self::Window => "The whole window.",
        }
    }

    /// The numbers that it shows.
    pub const fn numbers(self) -> PaneNumbers {
        match self {
            Self::Pane(pane) => pane.numbers(),
            Self::Window => PaneNumbers::Runs,
        }
    }

    /// Whether it can show something of a landscape.
    pub fn suits(self, landscape: &Landscape) -> bool {
        match self {
            Self::Pane(pane) => pane.suits(landscape),
            Self::Window => true,
        }
    }
}
