//! How the document is shown, in two halves: the scene, which undo takes back (but for its tab and picture), and what stands around
//! it, which it never does.

use std::collections::BTreeSet;

use super::lessons::{Borrowed, LentView, Reading};
use super::{
    CardId, CircleRadius, CompareChoice, ExportFrame, Inside, MapFrame, NetworkChoice, Pane, Picture, Section,
    SliderChoice, StartsChoice, StartsMode, SweepChoice,
};
use crate::drawing::TypeScale;
use crate::drawing::camera::Camera;
use crate::drawing::first_camera;
use crate::drawing::ink::Theme;
use crate::drawing::loss_chart::ChartChoice;
use crate::drawing::overlays::{self, CIRCLE, Overlay, OverlayGroup, OverlayId};
use crate::drawing::page_scale::is_slim;
use crate::landscapes::formula::FormulaError;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;
use crate::run::SHARE;

/// The least and the largest share of its prediction within which a local model may count as valid.
pub(super) const SHARES: [f64; 2] = [1e-4, 10.0];

/// How the document is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// What belongs to what is shown: undone together with the document, but for its tab and picture.
    pub scene: SceneView,
    /// What belongs to the window: never undone.
    pub chrome: Chrome,
}

/// The part of the view that belongs to what is shown: undone together with the document, but for its tab and picture, which
/// stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneView {
    /// Ids of the overlays that are on.
    pub overlays: BTreeSet<OverlayId>,
    /// What the map shows; `None` for the frame in which the landscape opens.
    pub map: Option<MapFrame>,
    /// From where the basins are walked; `None` for the landscape's domain.
    pub basins: Option<MapFrame>,
    /// The map's axes each fill their side, at different scales.
    pub stretched: bool,
    /// Beside the loss in its own axes the runs have a rate for each weight that undoes the stretch.
    pub undoes_stretch: bool,
    /// The viewpoint of the surface.
    pub camera: Camera,
    /// Heights are drawn by their logarithm.
    pub log_height: bool,
    /// What stands in the field of the formula, where it cannot be read, and why.
    pub faulty_formula: Option<(String, FormulaError)>,
    /// What stands in the large place: the map, the surface, or both.
    pub picture: Picture,
    /// The view beside the picture.
    pub tab: Pane,
    /// What the chart of the runs shows.
    pub chart: ChartChoice,
    /// What the race of the runs shows.
    pub compare: CompareChoice,
    /// What the sweep of the selected run shows.
    pub sweep: SweepChoice,
    /// What the random starts are for.
    pub starts: StartsChoice,
    /// The radius of the circle around the iterate.
    pub circle: CircleRadius,
    /// The parts of *this step* that are open.
    pub open: BTreeSet<Section>,
    /// Which sub-step of the step is shown; `None` for the step as a whole.
    pub inside: Option<Inside>,
    /// The share of its prediction within which a local model counts as valid: 0.1 is 10 %.
    pub share: f64,
    /// What is looked at of a network.
    pub network: NetworkChoice,
    /// How the slider under the picture acts.
    pub slider: SliderChoice,
    /// The critical point that was chosen in the table.
    pub highlighted: Option<Point>,
    /// Which of the planes at a kink is shown, see [`Kink::shown`](crate::analysis::Kink::shown).
    pub kink_plane: usize,
    /// What a lesson changed of the view, until its landscape is left.
    pub borrowed: Option<Box<Borrowed>>,
    /// The lesson that is read, and the page of it.
    pub lesson: Option<Reading>,
}

/// The part of the view that belongs to the window: never undone.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a window or a panel of its own")]
pub struct Chrome {
    /// Light or dark.
    pub theme: Theme,
    /// How large type and lines are.
    pub type_scale: TypeScale,
    /// The view that fills the window.
    pub maximized: Option<Pane>,
    /// The view the pointer was over last: the one that keys speak of.
    pub pointed: Pane,
    /// The setup stands beside the views.
    pub setup_open: bool,
    /// Set while presenting, when the window shows only what a class looks at: the type scale to go back to.
    pub presenting: Option<TypeScale>,
    /// While it is presented the tab stands beside the picture, and while a lesson is read, below its page if there is room for both.
    pub presents_tab: bool,
    /// The overlays of the tab that went with it.
    pub put_away: BTreeSet<OverlayId>,
    /// Whether there is room for the tab beside the picture and the page of a lesson, as the window says.
    pub tab_has_room: bool,
    /// Where there is none, the tab is shown instead of the page.
    pub tab_covers_page: bool,
    /// The run whose method and parameters are open.
    pub open_run: Option<CardId>,
    /// The list of keys is open.
    pub keys_open: bool,
    /// The glossary is open.
    pub glossary_open: bool,
    /// A tour of the window is offered: the program was started for the first time.
    pub offers_tour: bool,
    /// The table of critical points is open.
    pub critical_open: bool,
    /// A message lies over the views, as the window says: the bottom line has no room for it.
    pub message_covers: bool,
    /// The frame-time overlay is on.
    pub timing_open: bool,
    /// Whether the track of a learning rate is logarithmic where it could be linear, too; `None`: as suits the method, see
    /// [`State::has_log_rate`](super::State::has_log_rate).
    pub log_rate: Option<bool>,
    /// This is no window but a picture of one view: without controls, and what is around it.
    pub exported: Option<ExportFrame>,
}

impl Default for SceneView {
    fn default() -> Self {
        Self {
            overlays: overlays::ALL
                .iter()
                .filter(|overlay| overlay.on_at_first && overlay.tabs.is_empty())
                .map(|overlay| overlay.id)
                .collect(),
            map: None,
            basins: None,
            stretched: false,
            undoes_stretch: false,
            camera: Camera::default(),
            log_height: false,
            faulty_formula: None,
            picture: Picture::default(),
            tab: Pane::Slice,
            chart: ChartChoice::default(),
            compare: CompareChoice::default(),
            sweep: SweepChoice::default(),
            starts: StartsChoice::default(),
            circle: CircleRadius::default(),
            open: Section::OPEN_AT_FIRST.into(),
            inside: None,
            share: SHARE,
            network: NetworkChoice::default(),
            slider: SliderChoice::default(),
            highlighted: None,
            kink_plane: 0,
            borrowed: None,
            lesson: None,
        }
    }
}

impl Default for Chrome {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            type_scale: TypeScale::Normal,
            maximized: None,
            pointed: Pane::Map,
            setup_open: false,
            presenting: None,
            presents_tab: false,
            put_away: BTreeSet::new(),
            tab_has_room: true,
            tab_covers_page: false,
            open_run: None,
            keys_open: false,
            glossary_open: false,
            offers_tour: false,
            critical_open: false,
            message_covers: false,
            timing_open: false,
            exported: None,
            log_rate: None,
        }
    }
}

impl SceneView {
    /// How a landscape is shown first, for this start of its runs.
    pub fn of(landscape: &Landscape, start: Point) -> Self {
        Self { camera: first_camera(landscape, start), log_height: landscape.entry().log_height, ..Self::default() }
    }

    /// The height from which on a tab shows something, as it is used: a tournament has a chart and a table, as the race has.
    pub fn least_height(&self, tab: Pane) -> f32 {
        let is_tournament = tab == Pane::Starts && self.starts.mode == StartsMode::Tournament;
        if is_tournament { Pane::Compare.least_height() } else { tab.least_height() }
    }

    /// The box that map and surface show of a landscape.
    pub fn frame(&self, landscape: &Landscape) -> ViewBox {
        self.map.map_or_else(|| landscape.frame(), |frame| frame.view_box())
    }

    /// The region from which the basins are walked.
    pub fn basin_frame(&self, landscape: &Landscape) -> ViewBox {
        self.basins.map_or_else(|| landscape.domain(), |frame| frame.view_box())
    }

    /// Whether map and surface have a scale for each axis: as chosen, or where one scale for both would make a line of the box.
    pub fn is_stretched(&self, landscape: &Landscape) -> bool {
        self.stretched || is_slim(self.frame(landscape))
    }

    /// The same view with nothing in it that moves by itself: as it is kept for undo.
    pub(super) fn at_rest(&self) -> Self {
        let inside = self.inside.map(|inside| Inside::at(inside.place));
        Self { circle: self.circle.at_rest(), inside, ..self.clone() }
    }

    /// Another share within which a local model counts as valid, within bounds; an invalid one changes nothing.
    pub(super) fn set_share(&mut self, share: f64) {
        if share > 0.0 {
            self.share = share.clamp(SHARES[0], SHARES[1]);
        }
    }

    /// Looks at a network's samples and at its graph as at first: at all of them, and all of it.
    pub(super) fn forget_sample(&mut self) {
        self.network = NetworkChoice::default();
    }

    /// The map and the basins show the whole domain again.
    pub(super) fn forget_region(&mut self) {
        self.map = None;
        self.basins = None;
    }

    /// Nothing that was chosen on one landscape is kept on another.
    pub(super) fn forget_landscape(&mut self) {
        self.lesson = None;
        self.faulty_formula = None;
        self.highlighted = None;
        self.inside = None;
        self.circle.set(None);
        self.forget_sample();
        self.forget_region();
        self.forget_losses();
    }

    /// What was chosen for the losses of one landscape means nothing on another: the typed f*, the ruler on the chart, the plane at a
    /// kink, and rates that undo a stretch.
    pub(super) fn forget_losses(&mut self) {
        self.chart.floor = None;
        self.chart.ruler = None;
        self.kink_plane = 0;
        self.undoes_stretch = false;
    }

    /// Takes away what a lesson has brought, and brings back what it has taken away.
    pub(super) fn give_back(&mut self) {
        let Some(borrowed) = self.borrowed.take() else { return };
        let LentView { overlays, open, tab } = borrowed.given_back(&self.lent());
        (self.overlays, self.open, self.tab) = (overlays, open, tab);
    }

    /// What a lesson may change.
    fn lent(&self) -> LentView {
        LentView { overlays: self.overlays.clone(), open: self.open.clone(), tab: self.tab }
    }

    /// Replaces this view by the lesson's, and remembers the old one until the landscape is left.
    pub(super) fn lent_to(&self, lesson: Self) -> Self {
        // After one lesson comes the next: what was there before the first is what is given back.
        let mut before = self.clone();
        before.give_back();
        let borrowed = Some(Box::new(Borrowed { before: before.lent(), set: lesson.lent() }));
        Self { borrowed, ..lesson }
    }

    /// Another tab beside the picture: it brings its overlays, and the one before takes its own away, but for those of both.
    pub(super) fn show_tab(&mut self, tab: Pane) {
        if tab != self.tab {
            let taken = self.remove_overlays();
            self.tab = tab;
            self.bring_overlays();
            self.overlays.extend(taken.into_iter().filter(|id| overlays::is_of_tab(*id, tab)));
        }
    }

    /// Shows the overlays of its tab.
    pub(super) fn bring_overlays(&mut self) {
        self.overlays.extend(overlays::brought_by(self.tab).map(|overlay| overlay.id));
    }

    /// Takes the overlays of its tab away, which is not seen any more; those that were on.
    pub(super) fn remove_overlays(&mut self) -> BTreeSet<OverlayId> {
        let tab = self.tab;
        let (taken, kept) =
            std::mem::take(&mut self.overlays).into_iter().partition(|id| overlays::is_of_tab(*id, tab));
        self.overlays = kept;
        taken
    }

    /// Shows or hides what belongs together, as its key does.
    pub(super) fn toggle_group(&mut self, group: OverlayGroup, landscape: &Landscape) {
        let suited: Vec<&'static Overlay> = group.members().filter(|overlay| overlay.suits(landscape)).collect();
        let after = group.after_key(&suited, |id| self.overlays.contains(&id));
        self.overlays.retain(|id| suited.iter().all(|overlay| overlay.id != *id));
        self.overlays.extend(after);
    }

    /// Brings a critical point into the middle of the map, near enough to be distinguished from its neighbors, and marks it.
    pub(super) fn show_point(&mut self, at: Point, landscape: &Landscape) {
        let whole = landscape.frame();
        let shown = self.map.unwrap_or_else(|| MapFrame::of(whole)).half;
        let near = MapFrame::of(whole).half.map(|half| half / 4.0);
        self.map = Some(MapFrame { center: at, half: std::array::from_fn(|axis| shown[axis].min(near[axis])) });
        self.highlighted = Some(at);
        self.overlays.insert(overlays::CRITICAL);
    }
}

impl Chrome {
    /// Shows only what a class looks at, in the largest type; or everything again, as it was.
    pub(super) fn toggle_presenting(&mut self) {
        if self.presenting.is_some() {
            self.stop_presenting();
        } else {
            self.presenting = Some(self.type_scale);
            self.presents_tab = false;
            self.type_scale = TypeScale::Lecture;
        }
    }

    /// Whether the list of keys or the glossary lies over the views.
    pub fn is_covered_by_help(&self) -> bool {
        self.keys_open || self.glossary_open
    }

    /// Whether the tab is hidden from a class.
    pub(super) fn hides_tab(&self) -> bool {
        self.presenting.is_some() && !self.presents_tab
    }

    /// Whether a view has its legend below it: a picture may be without.
    pub fn has_legend(&self) -> bool {
        self.exported.is_none_or(|frame| frame.legend)
    }

    pub(super) fn stop_presenting(&mut self) {
        if let Some(before) = self.presenting.take() {
            self.type_scale = before;
        }
    }
}

impl View {
    /// Whether the circle is on the screen, in its view or over the loss surface.
    pub fn shows_circle(&self) -> bool {
        self.shows(CIRCLE) || self.has(Pane::Circle)
    }

    /// Brings or takes away the overlays of the tab as it is shown or hidden, also while presenting; a page of a lesson says itself what
    /// is shown.
    pub(super) fn settle_overlays(&mut self) {
        if self.chrome.hides_tab() && self.scene.lesson.is_none() {
            self.chrome.put_away.append(&mut self.scene.remove_overlays());
        } else {
            let tab = self.scene.tab;
            let put_away = std::mem::take(&mut self.chrome.put_away).into_iter();
            self.scene.overlays.extend(put_away.filter(|id| overlays::is_of_tab(*id, tab)));
        }
    }

    /// Whether an overlay is on.
    pub fn shows(&self, overlay: OverlayId) -> bool {
        self.scene.overlays.contains(&overlay)
    }

    /// Whether a view is computed for: the maximized one, otherwise both pictures and the current tab. Whether a lesson or presenting
    /// hides the tab is ignored.
    pub fn has(&self, pane: Pane) -> bool {
        match self.chrome.maximized {
            Some(maximized) => maximized == pane,
            None => !Pane::TABS.contains(&pane) || self.scene.tab == pane,
        }
    }

    /// Whether everything is hidden but what the method has asked.
    pub fn in_fog(&self) -> bool {
        self.shows(overlays::FOG)
    }

    /// The overlays by which another is drawn differently; none in fog, where that would reveal the loss surface.
    pub fn companions(&self) -> &BTreeSet<OverlayId> {
        static NONE: BTreeSet<OverlayId> = BTreeSet::new();
        if self.in_fog() { &NONE } else { &self.scene.overlays }
    }

    /// Whether an overlay is on and no fog hides it.
    pub fn sees(&self, overlay: OverlayId) -> bool {
        self.shows(overlay) && (!self.in_fog() || overlays::is_known(overlay))
    }
}
