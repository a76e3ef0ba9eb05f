//! Carries out the commands of the view.

use super::Touched;
use crate::drawing::{Pane, Picture, first_camera};
use crate::state::circle_radius::natural_radius;
use crate::state::{MapFrame, State, ViewCommand};

impl State {
    /// Carries out a command for the view.
    pub(super) fn carry_out_view(&mut self, command: ViewCommand) -> Touched {
        let natural_radius = natural_radius(self.derived.analysis(), &self.document.landscape);
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
