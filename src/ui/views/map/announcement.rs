//! What a screen reader says of the map: where the run is, where its next step goes, and what is drawn beside it.

use super::description;
use crate::drawing::overlays::{self, BATCH};
use crate::numbers::Point;
use crate::numbers::numerals::{coordinate, number};
use crate::state::State;
use crate::ui::views::Canvases;

/// The accessible name of the map.
pub(super) fn announcement(state: &State, pointer: Option<Point>, canvases: &Canvases) -> String {
    let name = state.document.landscape.name();
    let Some(analysis) = state.derived.analysis() else { return format!("Map of {name}") };
    let at = analysis.iterate.at;
    let landing = analysis.proposed().map_or_else(String::new, |step| {
        let to = at + step;
        format!(", next step to ({}, {})", coordinate(to.x), coordinate(to.y))
    });
    let fog = if state.view.in_fog() {
        format!(", in fog, evaluated: {}", overlays::evaluations_words(analysis.iterate.evaluations))
    } else {
        String::new()
    };
    let samples = description(state, pointer.unwrap_or(at), canvases);
    let batch = analysis.batch.as_ref();
    let cloud = state.derived.cloud().map(|cloud| format!("; {}", overlays::cloud_words(cloud, batch)));
    let batch =
        batch.filter(|_| state.view.sees(BATCH)).map(|batch| format!("; {}", overlays::batch_loss_words(batch)));
    let of_batch = [cloud, batch].into_iter().flatten().collect::<String>();
    format!(
        "Map of {name}: step {} at ({}, {}), loss {}{landing}{samples}{fog}{of_batch}",
        analysis.index,
        coordinate(at.x),
        coordinate(at.y),
        number(analysis.iterate.loss)
    )
}
