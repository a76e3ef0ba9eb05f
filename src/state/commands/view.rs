//! Commands of the view: overlays, map, camera, tabs, and what is chosen in them.

use crate::drawing::loss_chart::ChartChange;
use crate::drawing::overlays::{OverlayGroup, OverlayId};
use crate::drawing::{Pane, Picture};
use crate::numbers::{Point, Vector};
use crate::state::history::{Gesture, Undoing};
use crate::state::{CompareChange, MapFrame, Section, StartsChange, SweepChange};

/// Commands for how the document is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ViewCommand {
    /// Shows or hides an overlay.
    ToggleOverlay(OverlayId),
    /// Shows or hides overlays that belong together.
    ToggleGroup(OverlayGroup),
    /// What the map shows.
    SetMapFrame(MapFrame),
    /// From where the basins are walked; `None` for the landscape's domain.
    SetBasinFrame(Option<MapFrame>),
    /// The landscape's whole domain, and the camera where it was at first.
    Fit,
    /// Different scales along the map's axes.
    SetStretched(bool),
    /// Gives the runs beside the loss in its own axes a rate for each weight that undoes the stretch, or not.
    SetUndoesStretch(bool),
    /// Turns the camera, by pixels of a drag.
    Orbit(Vector),
    /// Moves the camera nearer.
    ZoomCamera(f64),
    /// Shifts the picture, by pixels of a drag.
    PanCamera(Vector),
    /// The camera where it was at first.
    ResetCamera,
    /// Heights by their logarithm.
    SetLogHeight(bool),
    /// What stands in the large place: the map, the surface, or both.
    ShowPicture(Picture),
    /// Which view stands beside the picture.
    ShowTab(Pane),
    /// What the chart of the runs shows.
    Chart(ChartChange),
    /// What the race of the runs shows.
    Compare(CompareChange),
    /// What the sweep of the selected run shows.
    Sweep(SweepChange),
    /// What the random starts are for.
    Starts(StartsChange),
    /// The radius of the circle: a length, or `None` for that of the step.
    SetCircleRadius(Option<f64>),
    /// Lets the circle shrink to next to nothing, or stops it.
    ShrinkCircle,
    /// Opens or closes a part of *this step*.
    ToggleSection(Section),
    /// Moves by this many stages through the graph, forward or back.
    StepPass(isize),
    /// Lights every path from a weight (0 or 1) through the graph, or none.
    LightPath(Option<usize>),
    /// Which of the planes at a kink is shown.
    ShowKinkPlane(usize),
    /// Within which share of its prediction a local model counts as valid.
    SetShare(f64),
    /// Brings a critical point into the middle of the map and marks it.
    ShowPoint(Point),
}

impl ViewCommand {
    pub(super) fn undoing(&self) -> Undoing {
        match self {
            Self::ToggleOverlay(_) | Self::ToggleGroup(_) => Undoing::Alone("the overlays"),
            Self::SetMapFrame(_) => Undoing::Joined(Gesture::Map),
            Self::SetBasinFrame(_) => Undoing::Joined(Gesture::Basins),
            Self::Fit => Undoing::Alone("the fit"),
            Self::SetStretched(_) => Undoing::Alone("the scales of the map"),
            Self::SetUndoesStretch(_) => Undoing::Alone("the rates in other axes"),
            Self::Orbit(_) | Self::ZoomCamera(_) | Self::PanCamera(_) => Undoing::Joined(Gesture::Camera),
            Self::ResetCamera => Undoing::Alone("the view of the surface"),
            Self::SetLogHeight(_) => Undoing::Alone("the height scale"),
            Self::Chart(ChartChange::Ruler(Some(_))) => Undoing::Joined(Gesture::Ruler),
            Self::Chart(_) => Undoing::Alone("what the chart shows"),
            Self::Compare(CompareChange::Weights(_) | CompareChange::HessianVector(_)) => {
                Undoing::Joined(Gesture::Weights)
            }
            Self::Compare(_) => Undoing::Alone("the comparison"),
            Self::Sweep(SweepChange::Region(_)) => Undoing::Joined(Gesture::Sweep),
            Self::Sweep(_) => Undoing::Alone("the sweep"),
            Self::Starts(_) => Undoing::Alone("the random starts"),
            Self::SetCircleRadius(_) | Self::ShrinkCircle => Undoing::Joined(Gesture::Circle),
            Self::ToggleSection(_) => Undoing::Alone("the open parts"),
            Self::SetShare(_) => Undoing::Joined(Gesture::Share),
            Self::ShowPoint(_) => Undoing::Alone("going to a critical point"),
            // Where one stands in a view, as the playhead is where one stands in a run.
            Self::ShowPicture(_)
            | Self::ShowTab(_)
            | Self::StepPass(_)
            | Self::LightPath(_)
            | Self::ShowKinkPlane(_) => Undoing::Passed,
        }
    }
}
