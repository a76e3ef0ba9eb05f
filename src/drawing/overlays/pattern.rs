//! The activation pattern: regions in which a rectified unit is on for the same samples, hatched the denser the more are off.

use super::{CRITICAL, Overlay, OverlayGroup, OverlayId, OverlayNeeds};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::Ink;
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::pattern::PatternRegion;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::switching::pattern_words;
use crate::landscapes::Landscape;
use crate::numbers::Point;

/// For which samples a rectified unit is on.
pub const PATTERN: OverlayId = OverlayId::new("pattern");

pub(super) const OVERLAY: Overlay = Overlay {
    id: PATTERN,
    label: "Activation pattern",
    help: "For which samples a ReLU is on: constant between two activation boundaries. The more samples are off, the denser the hatching; large regions have the number of samples for which it is on, and so does the pointer. With more than 48 samples only the pointer and the iterate show it.",
    needs: OverlayNeeds { suits: switches, what: "one ReLU", of_samples: true },
    on_at_first: false,
    group: Some(OverlayGroup::Samples),
    tabs: &[],
    z_order: 230,
    views: &[Pane::Map],
    draw: Some(draw),
    drape: None,
    raise: None,
    is_known: false,
};

/// Where a region has this much room all around, in points, its number is written.
const NUMBER: f64 = 10.0;
/// Where it has this much, in points, "on" stands behind the number.
const ON: f64 = 22.0;
/// Where it has this much, in points, it is described in words.
const WORDS: f64 = 46.0;

/// Whether there is one rectified unit.
fn switches(landscape: &Landscape) -> bool {
    landscape.sampled_loss().and_then(|loss| loss.switched_on(Point::origin())).is_some()
}

/// For how many samples the unit is on in a region, in as many words as it has room for.
fn region_words(region: &PatternRegion, samples: usize) -> Option<String> {
    match region.room {
        room if room > WORDS => Some(match region.on {
            0 => format!("off for all {samples}"),
            on if on == samples => format!("on for all {on}"),
            on => format!("on for {on} of {samples}"),
        }),
        room if room > ON => Some(format!("{} on", region.on)),
        room if room > NUMBER => Some(region.on.to_string()),
        _ => None,
    }
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    if let Some(pattern) = context.kinks.pattern {
        let pen = Pen::new(Ink::Truth, 0.7).pale(0.26);
        out.extend(pattern.hatching.iter().map(|ends| Primitive::line(ends.to_vec(), pen)));
        // The dead region has its own words.
        let is_named = |on: usize| on == 0 && context.overlays.contains(&CRITICAL) && has_dead_region(context);
        for region in pattern.regions.iter().filter(|region| !is_named(region.on)) {
            let words = region_words(region, pattern.samples);
            out.extend(words.map(|text| Primitive::text(region.at, text, Ink::Muted, Anchor::Center)));
        }
    }
    let iterate = context.step.analysis.map(|analysis| analysis.iterate.at).filter(|at| context.view.contains(*at));
    if let Some((at, words)) = iterate.and_then(|at| Some((at, pattern_words(context.landscape, at)?))) {
        out.push(Primitive::text(context.offset(at, 12.0, 14.0), words, Ink::Truth, Anchor::Left));
    }
}

/// The label at the pointer: whose kink line it is on, or for which samples the unit is on. It takes precedence over other labels.
pub fn draw_at_pointer(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (at, text) = match (context.kinks.touched, context.pointer) {
        (Some(touched), _) => (touched.at, Some(touched.words.clone())),
        (None, Some(at)) if context.overlays.contains(&PATTERN) => (at, pattern_words(context.landscape, at)),
        _ => return,
    };
    let Some(text) = text else { return };
    let (place, anchor) = beside(context, at);
    let label = Label::new(text, Ink::Truth, Swatch::None).at(place, anchor).strong(true);
    out.push(label.ranked(Rank::Pointer).into());
}

/// Beside the pointer, where there is more room.
fn beside(context: &OverlayContext<'_>, at: Point) -> (Point, Anchor) {
    if at.x < context.view.center().x {
        (context.offset(at, 16.0, -18.0), Anchor::Left)
    } else {
        (context.offset(at, -10.0, -14.0), Anchor::Right)
    }
}

fn has_dead_region(context: &OverlayContext<'_>) -> bool {
    let region = context.landscape.sampled_loss().and_then(|loss| loss.dead_region(&context.view));
    region.is_some_and(|region| !region.is_empty())
}
