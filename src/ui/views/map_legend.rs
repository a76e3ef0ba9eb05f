//! The legend line of map and surface: where it stands, and while what is shown it keeps its height.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::render::flat::LegendRow;
use crate::state::State;

/// The legend line of the map; where the surface is shown, too, it goes on below that.
pub(super) fn legend_of_map(state: &State, is_inset: bool, shows_both: bool) -> LegendRow {
    if is_inset || state.view.in_fog() || !state.view.chrome.has_legend() {
        LegendRow::None
    } else if shows_both {
        LegendRow::Continued
    } else {
        LegendRow::Whole
    }
}

/// What a picture shows but for the step at the playhead, the start and the parameters of the runs: while it stays, so does the
/// height of the legend, and the picture does not move.
pub(super) fn setup(state: &State) -> u64 {
    let scene = &state.view.scene;
    let mut hasher = DefaultHasher::new();
    state.document.landscape.entry().id.hash(&mut hasher);
    for card in &state.document.cards {
        (card.id, card.hidden, card.ghost, card.optimizer.entry.id).hash(&mut hasher);
    }
    (state.selected, state.shown_tab().id(), state.shown_picture().main().id()).hash(&mut hasher);
    for overlay in state.view.companions() {
        overlay.hash(&mut hasher);
    }
    let marked = (state.marked_critical_points().len(), state.derived.critical_sets().len());
    (marked, scene.inside.is_some(), state.predictions.open().is_some(), state.view.in_fog()).hash(&mut hasher);
    hasher.finish()
}
