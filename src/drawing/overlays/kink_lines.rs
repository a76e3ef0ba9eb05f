//! Kink lines: the lines on which the slope jumps, as in a network of rectified units, where each sample has its own. On the map
//! they are double: a broken line is the future of a run.

use super::{Overlay, OverlayGroup, OverlayId, TWO_WEIGHTS};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::Ink;
use crate::drawing::label::{Label, Swatch};
use crate::drawing::primitive::{Pen, Primitive};

/// The lines on which the slope jumps.
pub const KINKS: OverlayId = OverlayId::new("folds");

pub(super) const OVERLAY: Overlay = Overlay {
    id: KINKS,
    label: "Kink lines",
    help: "Double lines on which the gradient jumps, so that there is no tangent plane: where |u|, relu(u), min and max switch. For a ReLU network these are the activation boundaries, one for each sample, highlighted with its sample in the data.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: Some(OverlayGroup::Samples),
    tabs: &[],
    z_order: 25,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(drape),
    raise: None,
    is_known: false,
};

/// More lines than this are drawn paler.
const MANY: usize = 6;

fn draw<'a>(context: &OverlayContext<'a>, out: &mut Vec<Primitive<'a>>) {
    if !context.kinks.lines.is_empty() {
        out.push(Label::new("kink", Ink::Truth, Swatch::DoubleLine).into());
    }
    let (width, opacity) = if context.kinks.lines.len() > MANY { (2.2, 0.4) } else { (3.2, 0.7) };
    lines(context, Pen::new(Ink::Truth, width).hollow().pale(opacity), out);
}

/// Single, since the loss bends there, and is seen to.
fn drape<'a>(context: &OverlayContext<'a>, out: &mut Vec<Primitive<'a>>) {
    let (width, opacity) = if context.kinks.lines.len() > MANY { (0.8, 0.24) } else { (1.0, 0.5) };
    lines(context, Pen::new(Ink::Truth, width).pale(opacity), out);
}

fn lines<'a>(context: &OverlayContext<'a>, pen: Pen, out: &mut Vec<Primitive<'a>>) {
    out.extend(context.kinks.lines.iter().map(|path| Primitive::line(path.points.clone(), pen)));
    let strong = Pen::new(Ink::Accent, 2.8).with_halo(1.0);
    let lit = context.kinks.lit.iter().filter_map(|index| context.kinks.lines.get(*index));
    out.extend(lit.map(|path| Primitive::line(path.points.clone(), strong)));
}
