//! The legend line below the surface: what is drawn on it, each with a sample of itself.

use std::collections::HashSet;

use egui::{Rect, Ui};

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

/// Shows it in its row: beside the map what the legend line there has no room for.
pub(super) fn surface_legend_ui(state: &State, canvases: &Canvases, view: ViewBox, row: Rect, ui: &Ui) {
    let (theme, k) = (state.view.chrome.theme, state.view.chrome.type_scale.factor());
    if canvases.shows_both {
        let rest: Vec<&Label> = canvases.unnamed.iter().collect();
        if !rest.is_empty() {
            LegendRow::Whole.show(ui, "surface", row, (theme, k), &rest);
        }
        return;
    }
    let scale = PageScale::filling(view, [f64::from(row.width().max(1.0)); 2]);
    let context = overlay_context(state, paths(state), view, scale);
    let mut primitives = Vec::new();
    for overlay in overlays::from_below().filter(|overlay| overlay.views.contains(&Pane::Surface)) {
        if let Some(draw) = overlay.draw.filter(|_| state.view.sees(overlay.id)) {
            draw(&context, &mut primitives);
        }
    }
    // What stands at a place is named there, on the map.
    let mut named = HashSet::new();
    let label = |primitive| if let Primitive::Label(label) = primitive { Some(label) } else { None };
    let is_wanted = |label: &Label| ![Rank::Pointer, Rank::Place].contains(&label.rank);
    let labels = primitives.into_iter().filter_map(label).filter(is_wanted);
    let labels: Vec<Label> = labels.filter(|label| named.insert(label.text.clone())).collect();
    LegendRow::Whole.show(ui, "surface", row, (theme, k), &labels.iter().collect::<Vec<_>>());
}
