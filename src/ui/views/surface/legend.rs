//! The legend below the surface: what is drawn on it, each with a sample of itself.

use std::collections::HashSet;

use egui::{Rect, Ui};

use crate::drawing::compose::note;
use crate::drawing::label::{Label, Rank};
use crate::drawing::overlays;
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::Primitive;
use crate::landscapes::ViewBox;
use crate::render::context::overlay_context;
use crate::render::flat::LegendRow;
use crate::state::{Pane, State};
use crate::ui::views::{Canvases, paths};

/// Whether there is one: in fog there is little to name.
pub(super) fn is_shown(state: &State) -> bool {
    !state.view.in_fog() && state.view.chrome.has_legend()
}

/// What stands in it: beside the map what the legend there has no room for.
pub(super) fn labels(state: &State, canvases: &Canvases, view: ViewBox, width: f32) -> Vec<Label> {
    if canvases.shows_both {
        return canvases.unnamed.clone();
    }
    let scale = PageScale::filling(view, [f64::from(width.max(1.0)); 2]);
    let context = overlay_context(state, paths(state), view, scale);
    let mut primitives = Vec::new();
    for overlay in overlays::from_below().filter(|overlay| overlay.views.contains(&Pane::Surface)) {
        if let Some(draw) = overlay.draw.filter(|_| state.view.sees(overlay.id)) {
            let before = primitives.len();
            draw(&context, &mut primitives);
            note(&context, overlay.id, &mut primitives[before..]);
        }
    }
    // What stands at a place is named there, on the map.
    let mut named = HashSet::new();
    let label = |primitive| if let Primitive::Label(label) = primitive { Some(label) } else { None };
    let is_wanted = |label: &Label| ![Rank::Pointer, Rank::Place].contains(&label.rank);
    let labels = primitives.into_iter().filter_map(label).filter(is_wanted);
    let mut labels: Vec<Label> = labels.filter(|label| named.insert(label.text.clone())).collect();
    labels.sort_by_key(Label::legend_order);
    labels
}

/// Shows these below the surface.
pub(super) fn surface_legend_ui(state: &State, labels: &[Label], row: Rect, ui: &Ui) {
    let chrome = &state.view.chrome;
    let labels: Vec<&Label> = labels.iter().collect();
    LegendRow::Whole.show(ui, "surface", row, (chrome.theme, chrome.type_scale.factor()), &labels);
}
