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
    let queries = state.derived.queries();
    let shown = |path: &Path<'_>| queries.is_none() || path.selected;
    // What the method does not know of is not shown in the fog: other runs, and the planes around a kink.
    let piece = if queries.is_none() { state.view.scene.piece } else { 0 };
    Subject {
        landscape: &state.document.landscape,
        view,
        unit,
        tall: 1.0,
        paths: paths.into_iter().filter(shown).collect(),
        thinned: &[],
        overlays: state.view.companions(),
        playhead: state.playback.playhead,
        analysis: state.derived.analysis(),
        memory: state.derived.memory(),
        around: state.derived.around(),
        regions: state.derived.regions(),
        cloud: state.derived.cloud(),
        batch_contours: &[],
        curvatures: state.derived.curvatures(),
        critical_points: state.derived.critical_points(),
        highlighted: state.view.scene.highlighted,
        critical_sets: state.derived.critical_sets(),
        kink_lines: state.derived.kink_line_lines(),
        lit: state.derived.lit_lines(&state.document.landscape, state.sample()),
        touched: None,
        pointer: None,
        pattern: None,
        kink: state.derived.kink().map(|kink| (kink, kink.shown(piece))),
        queries,
        levels,
        contours,
    }
}
