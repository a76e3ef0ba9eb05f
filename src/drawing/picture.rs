//! What stands in the large place: the map, the surface, or both side by side.

use super::Pane;

/// What stands in the large place of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Picture {
    /// The map, with the surface as an inset.
    #[default]
    Map,
    /// The surface, with the map as an inset.
    Surface,
    /// Both side by side.
    Both,
}

impl Picture {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Map, Self::Surface, Self::Both];

    /// Its name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Surface => "surface",
            Self::Both => "both",
        }
    }

    /// The choice with this name in files.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.id() == id)
    }

    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Surface => "Surface",
            Self::Both => "Both",
        }
    }

    /// What it shows, in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Map => "The loss from above, with the surface as an inset: a click on it swaps the two.",
            Self::Surface => "The loss as a surface, with the map as an inset: a click on it swaps the two.",
            Self::Both => {
                "The map and the surface, side by side or one above the other; where both would be slim, as beside the page of a lesson, the map with the surface as an inset."
            }
        }
    }

    /// The view that has the place, the left one of both.
    pub const fn main(self) -> Pane {
        match self {
            Self::Map | Self::Both => Pane::Map,
            Self::Surface => Pane::Surface,
        }
    }

    /// The other view of the loss.
    pub const fn other(self) -> Pane {
        match self {
            Self::Map | Self::Both => Pane::Surface,
            Self::Surface => Pane::Map,
        }
    }

    /// The choice that shows a view alone, if it is a picture of the loss.
    pub const fn of(pane: Pane) -> Option<Self> {
        match pane {
            Pane::Map => Some(Self::Map),
            Pane::Surface => Some(Self::Surface),
            _ => None,
        }
    }

    /// The next choice in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Map => Self::Surface,
            Self::Surface => Self::Both,
            Self::Both => Self::Map,
        }
    }
}
