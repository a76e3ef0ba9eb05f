//! Commands of the view: overlays, map, camera, tabs, and what is chosen in them.

use super::Touched;
use crate::drawing::loss_chart::ChartChange;
use crate::drawing::overlays::{OverlayGroup, OverlayId};
use crate::drawing::{Pane, Picture, first_camera};
use crate::numbers::{Point, Vector};
use crate::state::history::{Gesture, Undoing};
use crate::state::{CompareChange, MapFrame, Section, StartsChange, State, SweepChange};

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

impl State {
    /// Carries out a command for the view.
    pub(super) fn carry_out_view(&mut self, command: ViewCommand) -> Touched {
        let natural_radius = self.natural_radius();
        let landscape = &self.document.landscape;
        let scene = &mut self.view.scene;
        match command {
            ViewCommand::ToggleOverlay(id) => {
                if !scene.overlays.remove(&id) {
                    scene.overlays.insert(id);
                }
            }
            ViewCommand::ToggleGroup(group) => scene.toggle_group(group, &self.document.landscape),
            ViewCommand::SetMapFrame(frame) => {
                scene.map = Some(frame).filter(|frame| frame.view_box().is_sane()).or(scene.map);
            }
            ViewCommand::SetBasinFrame(frame) => scene.basins = frame.filter(MapFrame::is_deep),
            ViewCommand::Fit => {
                // Where all of the domain is the opening frame, it stays that.
                let (whole, frame) = (landscape.domain(), landscape.frame());
                scene.map = Some(MapFrame::of(whole)).filter(|_| whole != frame);
                scene.camera = first_camera(landscape, self.document.start);
            }
            ViewCommand::SetStretched(on) => scene.stretched = on,
            ViewCommand::SetUndoesStretch(on) => scene.undoes_stretch = on,
            ViewCommand::Orbit(drag) => scene.camera.orbit(drag.x, drag.y),
            ViewCommand::ZoomCamera(factor) => scene.camera.zoom(factor),
            ViewCommand::PanCamera(drag) => scene.camera.pan(drag.x, drag.y),
            ViewCommand::ResetCamera => scene.camera = first_camera(landscape, self.document.start),
            ViewCommand::SetLogHeight(on) => scene.log_height = on,
            ViewCommand::ShowPicture(picture) => self.show_picture(picture),
            ViewCommand::ShowTab(pane) => self.show_tab(pane),
            ViewCommand::Chart(change) => scene.chart.change(change),
            ViewCommand::Compare(change) => scene.compare.change(change),
            ViewCommand::Sweep(change) => scene.sweep.change(change),
            ViewCommand::Starts(change) => scene.starts.change(change),
            ViewCommand::SetCircleRadius(radius) => scene.circle.set(radius),
            ViewCommand::ShrinkCircle => scene.circle.shrink_or_stop(natural_radius),
            ViewCommand::ToggleSection(section) => {
                if !scene.open.remove(&section) {
                    scene.open.insert(section);
                }
            }
            ViewCommand::StepPass(stages) => self.step_pass(stages),
            ViewCommand::LightPath(weight) => scene.network.lit = weight,
            ViewCommand::ShowKinkPlane(choice) => scene.kink_plane = choice,
            ViewCommand::SetShare(share) => scene.set_share(share),
            ViewCommand::ShowPoint(at) => scene.show_point(at, landscape),
        }
        Touched::Scene
    }

    /// Shows a picture; if one is maximized, the new one replaces it.
    fn show_picture(&mut self, picture: Picture) {
        let before = std::mem::replace(&mut self.view.scene.picture, picture);
        self.history.carry_over(|view| view.picture == before, |view| view.picture = picture);
        let maximized = &mut self.view.chrome.maximized;
        *maximized =
            maximized.map(|maximized| if Pane::TABS.contains(&maximized) { maximized } else { picture.main() });
    }

    /// Shows a tab; if one is maximized, the new one replaces it.
    ///
    /// While presenting, and while a lesson is read, the tab comes and goes.
    fn show_tab(&mut self, pane: Pane) {
        let chrome = &mut self.view.chrome;
        let is_same = self.view.scene.tab == pane;
        if self.view.scene.lesson.is_some() && !chrome.tab_has_room {
            chrome.tab_covers_page = !(chrome.tab_covers_page && is_same);
        } else {
            chrome.presents_tab = !(chrome.presents_tab && is_same);
        }
        // That another tab has nothing to show is of no use any more.
        let lacks: Vec<String> = Pane::TABS.into_iter().filter_map(|tab| self.tab_lack(tab)).collect();
        self.message = self.message.take().filter(|message| !lacks.contains(&message.text));
        let before = self.view.scene.tab;
        self.view.scene.show_tab(pane);
        if self.view.chrome.presenting.is_some() {
            self.view.settle_overlays();
        }
        let chrome = &mut self.view.chrome;
        self.history.carry_over(|view| view.tab == before, |view| view.show_tab(pane));
        let maximized = &mut chrome.maximized;
        *maximized = maximized.map(|maximized| if Pane::TABS.contains(&maximized) { pane } else { maximized });
    }

    /// After the last stage, and before the first, all of the graph is shown again.
    fn step_pass(&mut self, stages: isize) {
        let Some(graph) = self.derived.graph() else { return };
        // One place more than there are stages: the last is that of the whole graph.
        let places = graph.stages().len() as isize + 1;
        let here = self.view.scene.network.stage.map_or(places - 1, |stage| stage as isize);
        let next = (here + stages).rem_euclid(places);
        self.view.scene.network.stage = (next < places - 1).then_some(next as usize);
    }
}
