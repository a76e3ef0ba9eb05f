//! The views: map, surface and most tabs, one file each.

pub mod axes;
pub mod basins;
mod canvas;
mod chart_legend;
pub mod circle;
pub mod compare;
mod critical_mark;
pub mod curve;
pub mod data;
pub mod depth;
pub mod fog;
pub mod graph;
mod guessing;
mod inside;
pub mod loss;
pub mod map;
mod map_legend;
pub mod memory;
pub mod picture;
pub mod picture_switch;
pub mod predict;
pub mod slice;
pub mod starts;
pub mod surface;
pub mod sweep;
mod switches;
mod terrain;

pub use canvas::{Hover, pane_title};

use crate::drawing::ink::run_style;
use crate::drawing::label::Label;
use crate::drawing::switching::KinkPlace;
use crate::drawing::{DrawnRun, WindowPart};
use crate::optimizers::Method;
use crate::state::{Card, State};

/// What the views keep from frame to frame: samples and textures, nothing that was chosen.
#[derive(Default)]
pub struct Canvases {
    /// The map's samples and heat map.
    pub map: map::MapCanvas,
    /// The surface's mesh and picture.
    pub surface: surface::SurfaceCanvas,
    /// The curve's place on the screen, of a loss of one weight.
    pub curve: curve::CurveCanvas,
    /// The slice's place on the screen.
    pub slice: slice::SliceCanvas,
    /// The data view's place on the screen.
    pub data: data::DataCanvas,
    /// The chart's place on the screen.
    pub loss: loss::LossCanvas,
    /// The comparison's place on the screen.
    pub compare: compare::CompareCanvas,
    /// The loss in both systems of axes, and their places on the screen.
    pub axes: axes::AxesCanvas,
    /// The basins' picture and their place on the screen.
    pub basins: basins::BasinCanvas,
    /// The sweep's picture and its place on the screen.
    pub sweep: sweep::SweepCanvas,
    /// The depth view's place on the screen.
    pub depth: depth::DepthCanvas,
    /// The names for which the legend line of the map has no room.
    pub unnamed: Vec<Label>,
    /// Whether map and surface are both large.
    pub shows_both: bool,
    /// Where the inset lies over the picture.
    pub inset: Option<egui::Rect>,
    /// Whether the tabs have had no room.
    pub tabs_gave_way: bool,
    /// Where the parts of the window stood in this frame.
    pub parts: Vec<(WindowPart, egui::Rect)>,
    /// What lies under the pointer.
    pub hover: Option<Hover>,
    /// The place on a kink line that is under the pointer, on the map.
    pub touched: Option<KinkPlace>,
    /// The sample that is under the pointer, in the data view.
    pub sample: Option<usize>,
    /// The method that is under the pointer, in the list of steps.
    pub pointed_method: Option<&'static Method>,
}

impl Canvases {
    /// With map and surface sampled an eighth as finely as in the window of the program, in a small part of the time: for tests.
    pub fn coarse() -> Self {
        let surface = surface::SurfaceCanvas::with_mesh([16, 31]);
        let mut canvases = Self { surface, ..Self::default() };
        canvases.map.terrain = terrain::Terrain::new(map::shape, [40, 60]);
        canvases
    }

    /// For one picture: fine at once, as none follows.
    pub fn for_one_picture() -> Self {
        let mut canvases = Self::default();
        let [first, second] = &mut canvases.axes.terrains;
        for terrain in [&mut canvases.map.terrain, &mut canvases.surface.terrain, first, second] {
            terrain.is_for_one = true;
        }
        canvases
    }
}

impl Canvases {
    /// Where a part of the window stands in this frame, if it is seen.
    pub fn place(&self, part: WindowPart) -> Option<egui::Rect> {
        self.parts.iter().rev().find(|(known, _)| *known == part).map(|(_, place)| *place)
    }
}

/// The run of a card as it is drawn; `None` while there is none.
fn drawn_run<'a>(state: &'a State, card: &Card) -> Option<DrawnRun<'a>> {
    Some(DrawnRun {
        run: state.derived.run(card.id)?,
        name: state.document.label(card),
        style: run_style(card.style),
        selected: card.id == state.selected,
        ghost: card.ghost,
        now: state.step_of(card.id),
        waiting: state.waiting(card.id),
    })
}

/// The visible runs, the selected one last so that it lies on top.
pub fn paths(state: &State) -> Vec<DrawnRun<'_>> {
    let visible = state.document.cards.iter().filter(|card| !card.hidden);
    let mut paths: Vec<DrawnRun<'_>> = visible.filter_map(|card| drawn_run(state, card)).collect();
    paths.sort_by_key(|path| path.selected);
    paths
}
