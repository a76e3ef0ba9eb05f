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
        overlays: &state.view.overlays,
        playhead: state.playback.playhead,
        focus: state.derived.focus(),
        memory: state.derived.memory(),
        around: state.derived.around(),
        regions: state.derived.regions(),
        critical_points: state.derived.critical_points(),
        highlighted: state.view.highlighted,
        critical_sets: state.derived.critical_sets(),
        levels,
        contours,
    }
}
