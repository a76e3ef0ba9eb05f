//! What the entry of a view says of it: its names, its place, how much room it needs, and what it shows of which landscapes.

use crate::drawing::depth_plot::has_layers;
use crate::landscapes::Landscape;

/// Where a view stands in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is a picture of the loss, in the large place.
    Picture,
    /// It is a tab beside the picture, shown by a key.
    Tab(char),
}

/// How much room a view needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// A chart, or words that are scrolled.
    Chart,
    /// A chart with controls or a second one below it.
    Tall,
    /// A table or a picture of many runs, which takes the room of the bars of the step in a low window.
    Table,
    /// A table and a chart below it; it takes their room, too.
    Race,
}

/// All that is known of a view but how it is drawn.
pub(super) struct Facts {
    /// Its name on the command line and in files.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// Its name where several share a row.
    pub(super) short_title: &'static str,
    pub(super) help: &'static str,
    pub(super) place: Place,
    /// Whether runs are seen in it beyond the step in focus.
    pub(super) whole_runs: bool,
    /// Whether it is seen in fog, since it hides there what the method does not know.
    pub(super) in_fog: bool,
    /// Whether it is seen while a class predicts: it shows nothing of what comes after the step that is shown.
    pub(super) while_asked: bool,
    /// How much room it needs.
    pub(super) room: Room,
    /// The numbers that it shows, which CSV and NPZ write.
    pub(super) numbers: PaneNumbers,
    /// What it needs of a landscape.
    pub(super) needs: PaneNeeds,
}

/// The numbers that a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaneNumbers {
    /// The numbers of the runs.
    Runs,
    /// What each run takes to reach a tolerance.
    Race,
    /// What comes of other parameters.
    Sweep,
}

/// What a view needs to have something to show.
pub(super) struct PaneNeeds {
    /// Whether a landscape has it.
    pub(super) is_met: fn(&Landscape) -> bool,
    /// What that is, as it follows "it needs ".
    pub(super) words: &'static str,
}

pub(super) const ANY: PaneNeeds = PaneNeeds { is_met: |_| true, words: "" };
pub(super) const NETWORKS: PaneNeeds =
    PaneNeeds { is_met: |landscape| landscape.data().is_some(), words: "a network with samples" };
/// As [`TWO_WEIGHTS`], but the words add where a loss of one weight shows the same.
pub(super) const STARTS_OF_TWO: PaneNeeds = PaneNeeds {
    is_met: TWO_WEIGHTS.is_met,
    words: "two weights (of one weight, the strip below the curve says where runs end)",
};
pub(super) const TWO_WEIGHTS: PaneNeeds =
    PaneNeeds { is_met: |landscape| !landscape.dimension().is_one(), words: "two weights" };
pub(super) const LAYERS: PaneNeeds = PaneNeeds { is_met: has_layers, words: "the depth lab, a network of many layers" };
