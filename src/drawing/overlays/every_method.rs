//! The first step of every method from the iterate, as arrows side by side: those that rest on the plane in its color, those
//! that rest on a quadratic in its.

use super::{Group, Overlay, OverlayId, TWO_WEIGHTS};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Sample};
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
    group: Some(Group::Step),
    tab: Some(Pane::Circle),
    depth: 175,
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
    if let Some(best) = best.filter(|best| !is_pointed(best)) {
        name(context, at, best, &format!("{}: lowest", best.method.name), false, out);
    }
    if let Some(step) = steps().find(is_pointed) {
        arrow(at, step, true, 3.2, out);
        name(context, at, step, step.method.name, true, out);
    }
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
    let aside = |way: Vector| if way.x < 0.0 { (-8.0, Anchor::Right) } else { (8.0, Anchor::Left) };
    let sides = [aside(displacement), aside(-displacement)];
    let places = sides.map(|(right, anchor)| (context.offset(tip, right, 0.0), anchor)).to_vec();
    if !strong {
        let pen = Pen::new(Ink::of_model(order), 2.0).with_halo(1.0);
        out.push(Primitive::mark(tip, MarkerShape::Circle, 3.0, pen, true));
    }
    let rank = if strong { Rank::Pointer } else { Rank::Part };
    let label = Label::new(text, Ink::of_model(order), Sample::Arrow).strong(strong).ranked(rank);
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
            let named = primitives.iter().filter(|primitive| matches!(primitive, Primitive::Label(_))).count();
            assert!((1..=2).contains(&named), "{named} names");
        }
    }
}
