//! From the state to what overlays draw from, the same for the map and for the surface.

use crate::drawing::{Path, Subject};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::state::State;

/// What overlays draw from over a part of weight space, a point of the screen being `unit` wide.
pub fn subject<'a>(
    state: &'a State,
    paths: Vec<Path<'a>>,
    view: ViewBox,
    unit: f64,
    levels: &'a [f64],
    contours: &'a [Vec<Point>],
) -> Subject<'a> {
    Subject {
        landscape: &state.document.landscape,
        view,
        unit,
        paths,
        playhead: state.playback.playhead,
        focus: state.derived.focus(),
        critical_points: state.derived.critical_points(),
        highlighted: state.view.highlighted,
        critical_sets: state.derived.critical_sets(),
        folds: state.derived.fold_lines(),
        kink: state.derived.kink().map(|kink| (kink, kink.shown(state.view.facet))),
        levels,
        contours,
    }
}
