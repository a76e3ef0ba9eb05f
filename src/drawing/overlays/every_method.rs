//! The first step of every method from the iterate, as arrows with their names side by side: that of a run in its color; of the others
//! those that use the plane in its color, those that use a quadratic in the quadratic's color. What finds no place for its name at its
//! tip has a mark there, and stands beside that mark in the legend.

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
    help: "The first step that each method would take from this point, in the parameters of its run or else its usual ones: in the color of its run if it has one, else amber where it rests on the tangent plane and magenta where it rests on a quadratic. The tab Directions lists them.",
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
        arrow(context, at, step, (pointed.is_none(), 1.8), out);
    }
    let best = steps().next().filter(|best| best.step.as_ref().is_ok_and(|step| step.actual < 0.0));
    if pointed.is_none() {
        named(context, at, (steps(), best), out);
    } else if let Some(best) = best.filter(|best| !is_pointed(best)) {
        name(context, at, best, &format!("{}: lowest", best.method.name), false, out);
    }
    if let Some(step) = steps().find(is_pointed) {
        arrow(context, at, step, (true, 3.2), out);
        name(context, at, step, step.method.name, true, out);
    }
    let rests = |order: ModelOrder| steps().any(|step| look(context, step) == Some((Ink::of_model(order), None)));
    let orders = [("rests on the plane", ModelOrder::Linear), ("rests on a quadratic", ModelOrder::Quadratic)];
    for (text, order) in orders.into_iter().filter(|(_, order)| rests(*order)) {
        out.push(Label::new(text, Ink::of_model(order), Swatch::Arrows).into());
    }
}

/// The color of a step, and the marker of its run if it has one; `None` where there is no step.
fn look(context: &OverlayContext<'_>, step: &FirstStep) -> Option<(Ink, Option<MarkerShape>)> {
    let order = step.step.as_ref().ok()?.order;
    let mut runs = context.runs.paths.iter().filter(|path| !path.ghost);
    let own = runs.find(|path| path.run.recipe().optimizer.entry == step.method);
    Some(own.map_or((Ink::of_model(order), None), |path| (path.style.0, Some(path.style.1))))
}

/// Tips nearer to each other than this are named together, in points.
const TOGETHER: f64 = 14.0;
/// Tips nearer to the iterate than this have their names in the legend: there is no room around it.
const APART: f64 = 26.0;
/// This many methods of those that step to one place are named beside each other: a longer entry would have no room in the legend.
const NAMED: usize = 3;
/// The radius of the marks at the tips, in points.
const MARK: f32 = 3.4;
/// The marks that distinguish tips of one color, each filled and then hollow.
const MARKS: [MarkerShape; 4] = [MarkerShape::Circle, MarkerShape::Square, MarkerShape::Triangle, MarkerShape::Diamond];

/// The names of the methods at the tips of their arrows, or where these leave the view, those that step to nearly the same place
/// together; those of the largest decrease first, and the lowest one is marked.
fn named<'s>(
    context: &OverlayContext<'_>,
    at: Point,
    (steps, best): (impl Iterator<Item = &'s FirstStep>, Option<&'s FirstStep>),
    out: &mut Vec<Primitive<'_>>,
) {
    let mut groups: Vec<Tips<'_>> = Vec::new();
    for step in steps {
        let (Ok(proposed), Some(look)) = (&step.step, look(context, step)) else { continue };
        let Some(tip) = seen_tip(context, at, at + proposed.displacement) else { continue };
        let near = groups.iter_mut().find(|tips| tips.look == look && context.scale.distance(tips.at, tip) < TOGETHER);
        let is_best = best.is_some_and(|best| best.method == step.method);
        match near {
            Some(tips) => tips.names.push(step.method.brief),
            None => groups.push(Tips { at: tip, look, names: vec![step.method.brief], has_best: is_best }),
        }
    }
    // The lowest first, then those of the runs.
    groups.sort_by_key(|tips| (!tips.has_best, tips.look.1.is_none()));
    let mut marks = Vec::new();
    for (index, tips) in groups.iter().enumerate() {
        let (ink, own) = tips.look;
        let place = groups[..index].iter().filter(|other| other.look == tips.look).count();
        let (shape, filled) = match own {
            Some(shape) => (shape, true),
            None => (MARKS[place % MARKS.len()], (place / MARKS.len()).is_multiple_of(2)),
        };
        let is_far = context.scale.distance(at, tips.at) >= APART;
        for (part, text) in tips.texts().into_iter().enumerate() {
            let label = Label::new(text, ink, Swatch::Mark { shape, filled }).strong(tips.has_best && part == 0);
            // The first of them at the tip, the others in the legend, beside the same mark.
            let places = if is_far && part == 0 { around(context, tips.at, tips.at - at) } else { Vec::new() };
            out.push(Label { places, ..label.ranked(Rank::Key) }.into());
        }
        marks.push(Primitive::mark(tips.at, shape, MARK, Pen::new(ink, 1.6).with_halo(1.0), filled));
    }
    // The lowest lies on top.
    out.extend(marks.into_iter().rev());
}

/// The tip of an arrow, or where it leaves the view.
fn seen_tip(context: &OverlayContext<'_>, at: Point, tip: Point) -> Option<Point> {
    if context.view.contains(tip) { Some(tip) } else { context.view.cut(at, tip).map(|[_, edge]| edge) }
}

/// Tips of arrows that are named together.
struct Tips<'s> {
    at: Point,
    look: (Ink, Option<MarkerShape>),
    names: Vec<&'s str>,
    /// Whether the first of them leads to the lowest loss.
    has_best: bool,
}

impl Tips<'_> {
    /// All their names, a few in each text.
    fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.names.chunks(NAMED).map(|names| names.join(", ")).collect();
        if let (true, Some(first)) = (self.has_best, self.names.first()) {
            texts[0] = texts[0].replacen(first, &format!("{first} (lowest)"), 1);
        }
        texts
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
fn arrow(
    context: &OverlayContext<'_>,
    at: Point,
    step: &FirstStep,
    (is_strong, width): (bool, f32),
    out: &mut Vec<Primitive<'_>>,
) {
    let Ok(ProposedStep { displacement, is_rejected, .. }) = step.step else { return };
    let Some((ink, _)) = look(context, step) else { return };
    let pen = Pen::new(ink, width).with_halo(1.0).pale(if is_strong { 1.0 } else { 0.35 });
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
    let Ok(ProposedStep { displacement, .. }) = step.step else { return };
    let (Some(tip), Some((ink, _))) = (seen_tip(context, at, at + displacement), look(context, step)) else { return };
    let places = around(context, tip, displacement);
    if !strong {
        let pen = Pen::new(ink, 2.0).with_halo(1.0);
        out.push(Primitive::mark(tip, MarkerShape::Circle, 3.0, pen, true));
    }
    let rank = if strong { Rank::Pointer } else { Rank::Part };
    let label = Label::new(text, ink, Swatch::Arrow).strong(strong).ranked(rank);
    out.push(Label { places, ..label }.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::DrawnRun;
    use crate::drawing::ink::run_style;
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
            Primitive::Marks { places, shape, radius, pen, filled } => {
                Some(Primitive::mark(places.get(0), shape, radius, pen, filled))
            }
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
            let stands = |primitive: &&Primitive<'_>| matches!(primitive, Primitive::Label(label) if !label.places.is_empty() && label.rank != Rank::Key);
            let labels = primitives.iter().filter(stands).count();
            assert!((usize::from(pointed.is_some())..=2).contains(&labels), "{labels} labels");
        }
    }

    /// At its tip or in the legend, where its mark is that of the tip and of no other tip of its color.
    #[test]
    fn every_arrow_has_its_name() {
        let (steps, primitives) = drawn(None);
        let keys: Vec<&Label> = primitives
            .iter()
            .filter_map(|primitive| match primitive {
                Primitive::Label(label) if label.rank == Rank::Key => Some(label),
                _ => None,
            })
            .collect();
        let marks: Vec<(Point, Swatch, Ink)> = primitives
            .iter()
            .filter_map(|primitive| match primitive {
                Primitive::Marks { places, shape, pen, filled, .. } => {
                    Some((places.get(0), Swatch::Mark { shape: *shape, filled: *filled }, pen.ink))
                }
                _ => None,
            })
            .collect();
        let [mut at_tips, mut short] = [0, 0];
        for step in &steps {
            let Ok(ProposedStep { displacement, order, .. }) = step.step else { continue };
            let (tip, view) = (Point::new(-0.5, -1.4) + displacement, ViewBox::square(6.0));
            if displacement.norm() < LEAST * 0.02 {
                continue;
            }
            let tip = if view.contains(tip) { tip } else { view.cut(Point::new(-0.5, -1.4), tip).unwrap()[1] };
            let ink = Ink::of_model(order);
            let near = |at: Point| (at - tip).norm() < 0.02 * TOGETHER;
            let own = |label: &&&Label| {
                let has_mark = marks.iter().any(|(at, mark, of)| near(*at) && *mark == label.swatch && *of == ink);
                label.ink == ink && has_mark
            };
            let says = |label: &&Label| label.text.contains(step.method.brief);
            let label = keys.iter().filter(own).find(|label| says(label));
            let label = label.unwrap_or_else(|| panic!("{} at {tip}: {keys:?}", step.method.name));
            at_tips += usize::from(!label.places.is_empty());
            short += usize::from(label.places.is_empty());
        }
        assert!(at_tips > 3 && short > 0, "{at_tips} long arrows, {short} short ones");
        let distinct: std::collections::HashSet<_> = marks.iter().map(|(_, mark, ink)| (mark, ink)).collect();
        assert_eq!(distinct.len(), marks.len(), "{marks:?}");
        let (_, pointed) = drawn(Some("newton"));
        let is_key =
            |primitive: &Primitive<'_>| matches!(primitive, Primitive::Label(label) if label.rank == Rank::Key);
        assert!(!pointed.iter().any(is_key), "one stands out alone");
    }

    /// Methods that run have the color and the marker of their run; the others those of their model.
    #[test]
    fn the_step_of_a_run_has_its_color() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let at = Point::new(-0.5, -1.4);
        let of = |id: &str| Run::of(&landscape, &Recipe::new(Choice::parse(id).unwrap(), at, 3));
        let runs = ["gd:lr=0.01", "newton"].map(of);
        let analysis = StepAnalysis::of(&runs[0], 0).unwrap();
        let steps = ["gd", "newton", "adam"]
            .map(|id| FirstStep::of(&landscape, Choice::of(crate::optimizers::find(id).unwrap()), at));
        let mut context = OverlayContext::bare(&landscape, ViewBox::square(6.0), PageScale::equal(0.02));
        context.step.analysis = Some(&analysis);
        context.step.first_steps = &steps;
        let path = |(place, run)| DrawnRun {
            run,
            name: String::new(),
            style: run_style(place),
            selected: place == 0,
            ghost: false,
            now: 0,
            waiting: None,
        };
        context.runs.paths = runs.iter().enumerate().map(path).collect();
        let mut out = Vec::new();
        draw(&context, &mut out);
        let inks: Vec<Ink> = out
            .iter()
            .filter_map(|one| if let Primitive::Arrow { pen, .. } = one { Some(pen.ink) } else { None })
            .collect();
        for ink in [run_style(0).0, run_style(1).0, Ink::Plane] {
            assert_eq!(inks.iter().filter(|found| **found == ink).count(), 1, "{ink:?} of {inks:?}");
        }
        let says = |words: &str| out.iter().any(|one| matches!(one, Primitive::Label(label) if label.text == words));
        assert!(says("rests on the plane") && !says("rests on a quadratic"), "of the others alone");
    }

    /// While a class predicts no step is known: nothing is named that is not drawn.
    #[test]
    fn nothing_is_named_where_nothing_is_drawn() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let run = Run::of(&landscape, &Recipe::new(Choice::parse("gd:lr=0.01").unwrap(), Point::new(1.0, 1.0), 3));
        let analysis = StepAnalysis::of(&run, 0).unwrap();
        let mut context = OverlayContext::bare(&landscape, ViewBox::square(6.0), PageScale::equal(0.02));
        context.step.analysis = Some(&analysis);
        let mut out: Vec<Primitive<'_>> = Vec::new();
        draw(&context, &mut out);
        assert!(out.is_empty(), "{out:?}");
    }
}
