//! The primitives of the map: the overlays that are on, from below, and what replaces them inside a step and in fog.

use crate::analysis::ModelOrder;
use crate::drawing::OverlayContext;
use crate::drawing::label::{Label, Rank};
use crate::drawing::overlays::{
    self, ASSUMED_MODEL, CARRIED, FOG, OverlayId, REACH, STEP, TRIALS, draw_at_pointer, draw_inside,
};
use crate::drawing::primitive::Primitive;
use crate::landscapes::ViewBox;
use crate::run::SubStep;

/// The sub-step that is shown, and all of its step.
#[derive(Clone, Copy)]
pub struct InsideStep<'a> {
    /// The sub-steps.
    pub substeps: &'a [SubStep],
    /// Which of them, from 0.
    pub place: usize,
}

/// The primitives of the map, the lowest first; `sees` says which overlays are on and not hidden.
pub fn map<'a>(
    context: &OverlayContext<'a>,
    sees: impl Fn(OverlayId) -> bool,
    inside: Option<InsideStep<'_>>,
) -> Vec<Primitive<'a>> {
    let mut primitives = Vec::new();
    if sees(FOG) {
        overlays::veil(context, &mut primitives);
    }
    // From inside, the step is drawn piece by piece.
    let is_drawn = |id: OverlayId| sees(id) && (inside.is_none() || !is_of_whole_step(context, id));
    for overlay in overlays::from_below().filter(|overlay| is_drawn(overlay.id)) {
        if let Some(draw) = overlay.draw {
            let before = primitives.len();
            draw(context, &mut primitives);
            note(context, overlay.id, &mut primitives[before..]);
            leave_out_unseen(&mut primitives, before, context.view);
        }
    }
    if let Some(InsideStep { substeps, place }) = inside {
        draw_inside(context, substeps, place, &mut primitives);
    }
    draw_at_pointer(context, &mut primitives);
    primitives
}

/// Notes the names of an overlay that a page looks at, or that was switched on: they come first in the legend.
pub fn note(context: &OverlayContext<'_>, overlay: OverlayId, drawn: &mut [Primitive<'_>]) {
    for primitive in drawn.iter_mut().filter(|_| context.noted.contains(&overlay)) {
        if let Primitive::Label(label) = primitive {
            label.is_noted = true;
        }
    }
}

/// Removes the labels, from index `from` on, of what an overlay drew outside the view: the legend would explain what cannot be seen.
/// Labels that say what happened to a run stay, wherever the run is.
fn leave_out_unseen(primitives: &mut Vec<Primitive<'_>>, from: usize, view: ViewBox) {
    let mut shapes = primitives[from..].iter().filter_map(|primitive| primitive.is_seen_in(view)).peekable();
    let none_is_seen = shapes.peek().is_some() && !shapes.any(|is_seen| is_seen);
    let is_unseen = |label: &Label| {
        let is_elsewhere = !label.places.is_empty() && !label.places.iter().any(|(at, _)| view.contains(*at));
        none_is_seen && label.rank > Rank::Event || label.rank == Rank::Place && is_elsewhere
    };
    let mut index = 0;
    primitives.retain(|primitive| {
        index += 1;
        index <= from || !matches!(primitive, Primitive::Label(label) if is_unseen(label))
    });
}

/// Whether an overlay shows a result of the whole step: such overlays are hidden while the step is shown from inside.
pub(in crate::drawing) fn is_of_whole_step(context: &OverlayContext<'_>, id: OverlayId) -> bool {
    let asks_for_curvature = context.step.analysis.is_some_and(|analysis| analysis.order == ModelOrder::Quadratic)
        && context.selected().is_some_and(|path| path.run.recipe().optimizer.entry.second_order());
    [STEP, TRIALS, REACH].contains(&id) || asks_for_curvature && [ASSUMED_MODEL, CARRIED].contains(&id)
}
