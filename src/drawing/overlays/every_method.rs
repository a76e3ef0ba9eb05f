//! The first step of every method from the iterate, as arrows with their names side by side: those that use the plane in its
//! color, those that use a quadratic in the quadratic's color.

use super::{Overlay, OverlayGroup, OverlayId, TWO_WEIGHTS};
use crate::analysis::ModelOrder;
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::{Point, Vector};
use crate::run::{FirstStep, ProposedStep};

/// One step of every method.
pub const EVERY_METHOD: OverlayId = OverlayId::new("every_method");

pub(super) const OVERLAY: Overlay = Overlay {
    id: EVERY_METHOD,
    label: "One step of every method",
    help: "The first step that each method would take from this point, in the parameters of its run or else its usual ones: amber where it rests on the tangent plane, magenta where it rests on a quadratic. The tab Directions lists them.",
    needs: TWO_WEIGHTS,
    on_at_first: false,
    group: Some(OverlayGroup::Step),
    tabs: &[Pane::Circle],
    z_order: 175,
    views: &[Pane::Map],
    draw: Some(draw),
    drape: None,
    raise: None,
    is_known: false,
};

/// Steps shorter than this are not seen, in points.
const LEAST: f64 = 2.0;

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = context.step.analysis else { return };
    let at = analysis.iterate.at;
    let pointed = context.step.pointed_method;
    let seen = |step: &&FirstStep| step.step.as_ref().is_ok_and(|step| context.scale.length(step.displacement) > LEAST);
    let is_pointed = |step: &&FirstStep| pointed == Some(step.method);
    let steps = || context.step.first_steps.iter().filter(seen);
    for step in steps().filter(|step| !is_pointed(step)).rev() {
        arrow(at, step, pointed.is_none(), 1.8, out);
    }
    let best = steps().next().filter(|best| best.step.as_ref().is_ok_and(|step| step.actual < 0.0));
    if pointed.is_none() {
        out.extend(named(context, at, (steps(), best)).into_iter().rev());
    } else if let Some(best) = best.filter(|best| !is_pointed(best)) {
        name(context, at, best, &format!("{}: lowest", best.method.name), false, out);
    }
    if let Some(step) = steps().find(is_pointed) {
        arrow(at, step, true, 3.2, out);
        name(context, at, step, step.method.name, true, out);
    }
    for (text, order) in [("rests on the plane", ModelOrder::Linear), ("rests on a quadratic", ModelOrder::Quadratic)] {
        out.push(Label::new(text, Ink::of_model(order), Swatch::Arrows).into());
    }
}

/// Tips nearer to each other than this are named together, in points.
const TOGETHER: f64 = 14.0;
/// Tips nearer to the iterate than this are not named: there is no room around it.
const APART: f64 = 26.0;
/// This many methods of those that step to one place are named.
const NAMED: usize = 2;

/// The names of the methods at the tips of their arrows, those that step to nearly the same place together; those of the largest
/// decrease first, and the lowest one marked as such.
fn named<'s>(
    context: &OverlayContext<'_>,
    at: Point,
    (steps, best): (impl Iterator<Item = &'s FirstStep>, Option<&'s FirstStep>),
) -> Vec<Primitive<'static>> {
    let mut groups: Vec<Tips<'_>> = Vec::new();
    for step in steps {
        let Ok(ProposedStep { displacement, order, .. }) = step.step else { continue };
        let tip = at + displacement;
        if !context.view.contains(tip) || context.scale.length(displacement) < APART {
            continue;
        }
        let near =
            groups.iter_mut().find(|tips| tips.order == order && context.scale.distance(tips.at, tip) < TOGETHER);
        let is_best = best.is_some_and(|best| best.method == step.method);
        match near {
            Some(tips) => tips.names.push(step.method.brief),
            None => groups.push(Tips { at: tip, order, names: vec![step.method.brief], has_best: is_best }),
        }
    }
    let name = |tips: Tips<'_>| Primitive::Name {
        places: around(context, tips.at, tips.at - at),
        text: tips.text(),
        ink: Ink::of_model(tips.order),
        strong: tips.has_best,
    };
    groups.into_iter().map(name).collect()
}

/// Tips of arrows that are named together.
struct Tips<'s> {
    at: Point,
    order: ModelOrder,
    names: Vec<&'s str>,
    /// Whether the first of them leads to the lowest loss.
    has_best: bool,
}

impl Tips<'_> {
    fn text(&self) -> String {
        let mut named: Vec<String> = self.names.iter().take(NAMED).map(ToString::to_string).collect();
        let more = self.names.len() - named.len();
        if let Some(first) = named.first_mut().filter(|_| self.has_best) {
            first.push_str(" (lowest)");
        }
        named.join(", ") + &if more == 0 { String::new() } else { format!(" +{more}") }
    }
}

/// Where a name may stand at a tip: on the side to which the arrow leads, on the other one, below it and above it, and at the corners
/// between these.
fn around(context: &OverlayContext<'_>, tip: Point, way: Vector) -> Vec<(Point, Anchor)> {
    let aside = |way: Vector| if way.x < 0.0 { (-8.0, Anchor::Right) } else { (8.0, Anchor::Left) };
    let sides = [aside(way), aside(-way)].map(|(right, anchor)| (context.offset(tip, right, 0.0), anchor));
    let ends =
        [(-10.0, Anchor::Top), (10.0, Anchor::Bottom)].map(|(up, anchor)| (context.offset(tip, 0.0, up), anchor));
    let corners = [aside(way), aside(-way)]
        .into_iter()
        .flat_map(|(right, anchor)| [14.0, -14.0].map(|down| (context.offset(tip, right, down), anchor)));
    sides.into_iter().chain(ends).chain(corners).collect()
}

/// A rejected one is hollow; while another stands out all are pale.
fn arrow(at: Point, step: &FirstStep, is_strong: bool, width: f32, out: &mut Vec<Primitive<'_>>) {
    let Ok(ProposedStep { displacement, order, is_rejected, .. }) = step.step else { return };
    let pen = Pen::new(Ink::of_model(order), width).with_halo(1.0).pale(if is_strong { 1.0 } else { 0.35 });
    let pen = if is_rejected { pen.hollow() } else { pen };
    out.push(Primitive::Arrow { from: at, to: at + displacement, pen });
}

/// Beside the tip, or where the arrow leaves the view.
fn name(
    context: &OverlayContext<'_>,
    at: Point,
    step: &FirstStep,
    text: &str,
    strong: bool,
    out: &mut Vec<Primitive<'_>>,
) {
    let Ok(ProposedStep { displacement, order, .. }) = step.step else { return };
    let tip = at + displacement;
    let seen = if context.view.contains(tip) { Some(tip) } else { context.view.cut(at, tip).map(|[_, edge]| edge) };
    let Some(tip) = seen else { return };
    let places = around(context, tip, displacement);
    if !strong {
        let pen = Pen::new(Ink::of_model(order), 2.0).with_halo(1.0);
        out.push(Primitive::mark(tip, MarkerShape::Circle, 3.0, pen, true));
    }
    let rank = if strong { Rank::Pointer } else { Rank::Part };
    let label = Label::new(text, Ink::of_model(order), Swatch::Arrow).strong(strong).ranked(rank);
    out.push(Label { places, ..label }.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::page_scale::PageScale;
    use crate::landscapes::{Landscape, ViewBox};
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::{Recipe, Run, StepAnalysis};

    /// The primitives over Himmelblau's function from a point.
    fn drawn(pointed: Option<&'static str>) -> (Vec<FirstStep>, Vec<Primitive<'static>>) {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let at = Point::new(-0.5, -1.4);
        let run = Run::of(&landscape, &Recipe::new(Choice::parse("gd:lr=0.01").unwrap(), at, 3));
        let analysis = StepAnalysis::of(&run, 0).unwrap();
        let mut steps: Vec<FirstStep> =
            ENTRIES.iter().map(|method| FirstStep::of(&landscape, Choice::of(method), at)).collect();
        let actual = |step: &FirstStep| step.step.as_ref().map_or(f64::INFINITY, |step| step.actual);
        steps.sort_by(|a, b| actual(a).total_cmp(&actual(b)));
        let mut context = OverlayContext::bare(&landscape, ViewBox::square(6.0), PageScale::equal(0.02));
        context.step.analysis = Some(&analysis);
        context.step.first_steps = &steps;
        context.step.pointed_method = pointed.map(|id| crate::optimizers::find(id).unwrap());
        let mut out: Vec<Primitive<'_>> = Vec::new();
        draw(&context, &mut out);
        let own = out.into_iter().filter_map(|primitive| match primitive {
            Primitive::Arrow { from, to, pen } => Some(Primitive::Arrow { from, to, pen }),
            Primitive::Label(label) => Some(Primitive::Label(label)),
            Primitive::Name { places, text, ink, strong } => Some(Primitive::Name { places, text, ink, strong }),
            _ => None,
        });
        let own = own.collect();
        (steps, own)
    }

    #[test]
    fn every_step_that_is_seen_is_an_arrow_in_the_color_of_its_model_and_two_are_named_at_most() {
        for pointed in [None, Some("newton"), Some("adam")] {
            let (steps, primitives) = drawn(pointed);
            let arrows = primitives.iter().filter_map(|primitive| match primitive {
                Primitive::Arrow { to, pen, .. } => Some((*to - Point::new(-0.5, -1.4), pen.ink)),
                _ => None,
            });
            let arrows: Vec<(Vector, Ink)> = arrows.collect();
            let proposed: Vec<ProposedStep> = steps.iter().filter_map(|step| step.step.clone().ok()).collect();
            let seen = proposed.iter().filter(|step| step.displacement.norm() > LEAST * 0.02);
            assert_eq!(arrows.len(), seen.clone().count(), "{pointed:?}");
            for step in seen {
                let found = arrows
                    .iter()
                    .any(|(way, ink)| (way - step.displacement).norm() < 1e-12 && *ink == Ink::of_model(step.order));
                assert!(found, "{step:?}");
            }
            let stands =
                |primitive: &&Primitive<'_>| matches!(primitive, Primitive::Label(label) if !label.places.is_empty());
            let labels = primitives.iter().filter(stands).count();
            assert!((usize::from(pointed.is_some())..=2).contains(&labels), "{labels} labels");
        }
    }

    #[test]
    fn every_arrow_that_is_long_enough_has_its_name_at_its_tip() {
        let (steps, primitives) = drawn(None);
        let names = || {
            primitives.iter().filter_map(|primitive| match primitive {
                Primitive::Name { places, text, ink, .. } => Some((places, text, *ink)),
                _ => None,
            })
        };
        let mut counted = 0;
        for step in &steps {
            let Ok(ProposedStep { displacement, order, .. }) = step.step else { continue };
            let tip = Point::new(-0.5, -1.4) + displacement;
            if displacement.norm() < APART * 0.02 || !ViewBox::square(6.0).contains(tip) {
                continue;
            }
            counted += 1;
            let near =
                |places: &[(Point, Anchor)]| places.iter().any(|(at, _)| (at - tip).norm() < 0.02 * (TOGETHER + 12.0));
            let says = |text: &str| text.contains(step.method.brief) || text.contains(" +");
            let named = names().any(|(places, text, ink)| near(places) && says(text) && ink == Ink::of_model(order));
            assert!(named, "{} at {tip}", step.method.name);
        }
        assert!(counted > 3, "{counted} long arrows");
        let (_, pointed) = drawn(Some("newton"));
        assert!(!pointed.iter().any(|primitive| matches!(primitive, Primitive::Name { .. })), "one stands out alone");
    }
}
