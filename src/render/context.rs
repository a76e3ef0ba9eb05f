//! Builds the [`OverlayContext`] from the state, for map and surface.

use crate::drawing::page_scale::PageScale;
use crate::drawing::{CriticalMarks, DrawnRun, KinkMarks, OverlayContext, ShownRuns, ShownStep};
use crate::landscapes::ViewBox;
use crate::state::State;

/// What overlays draw from over a part of weight space.
pub fn overlay_context<'a>(
    state: &'a State,
    paths: Vec<DrawnRun<'a>>,
    view: ViewBox,
    scale: PageScale,
) -> OverlayContext<'a> {
    let (derived, queries) = (&state.derived, state.derived.queries());
    let shown = |path: &DrawnRun<'_>| queries.is_none() || path.selected;
    OverlayContext {
        landscape: &state.document.landscape,
        view,
        scale,
        overlays: state.view.companions(),
        noted: state.noted_overlays(),
        contours: &[],
        runs: ShownRuns {
            paths: paths.into_iter().filter(shown).collect(),
            thinned: &[],
            playhead: state.playback.playhead,
            draggable: state.view.chrome.exported.is_none(),
            before: state
                .paths_before
                .iter()
                .filter(|_| queries.is_none())
                .map(|before| before.places.as_slice())
                .collect(),
        },
        step: shown_step(state),
        critical: CriticalMarks {
            points: state.marked_critical_points(),
            highlighted: state.view.scene.highlighted,
            sets: if state.hides_critical_points() { &[] } else { derived.critical_sets() },
        },
        kinks: KinkMarks {
            lines: derived.kink_paths(),
            lit: derived.lit_lines(&state.document.landscape, state.sample()),
            touched: None,
            pattern: None,
        },
        pointer: None,
    }
}

/// What is known of the step at the playhead, as far as it is shown.
pub fn shown_step(state: &State) -> ShownStep<'_> {
    let derived = &state.derived;
    let is_hidden = state.document.cards.iter().any(|card| card.id == state.selected && card.hidden);
    // The planes around a kink are not known in fog.
    let piece = if derived.queries().is_none() { state.view.scene.kink_plane } else { 0 };
    ShownStep {
        analysis: derived.analysis().filter(|_| !is_hidden),
        memory: derived.memory(),
        circle_profile: derived.circle_profile(),
        bridge: derived.bridge().zip(state.circle_radius()),
        first_steps: derived.first_steps(),
        pointed_method: None,
        regions: derived.regions(),
        intervals: derived.intervals(),
        cloud: derived.cloud(),
        batch_contours: &[],
        batch_surface: None,
        curvatures: derived.curvature_matrices(),
        kink: derived.kink().map(|kink| (kink, kink.shown(piece))),
        queries: derived.queries(),
    }
}
