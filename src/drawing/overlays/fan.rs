//! The velocity split into the past gradients it still holds, each as the arrow that it adds to the step.

use super::ball::simple_from;
use super::{Overlay, OverlayId, TWO_WEIGHTS};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::memory::age_words;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::parameter;
use crate::numbers::{Point, Vector};
use crate::run::Memory;

/// The gradients that are in the velocity.
pub const FAN: OverlayId = OverlayId::new("fan");

pub(super) const OVERLAY: Overlay = Overlay {
    id: FAN,
    label: "Gradients in the velocity",
    help: "For methods with a velocity: each past gradient with its weight in the velocity as an arrow, the newest strong, old ones pale. The thick arrow is their sum. Where they are short, all are drawn larger by the factor that is given.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: None,
    tabs: &[Pane::Momentum],
    z_order: 170,
    views: &[Pane::Map],
    draw: Some(draw),
    drape: None,
    raise: None,
    is_known: false,
};

/// More arrows than this cannot be distinguished.
const MOST: usize = 48;
/// About how long the longest gradient is drawn where it is shorter, in points.
const SEEN: f64 = 90.0;
/// How long the sum of the gradients is drawn at most, as a share of the view.
const ROOM: f64 = 0.35;
/// The largest factor by which it is drawn larger: beyond that the step is next to nothing.
const LARGEST: f64 = 1e3;
/// So far from the frame the tips of larger arrows stay, in points.
const EDGE: f64 = 10.0;
/// How long an arrow must be to have a name, in points.
const NAMED_LENGTH: f64 = 30.0;

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path), Some(memory)) = (context.step.analysis, context.selected(), context.step.memory)
    else {
        return;
    };
    let (at, ink) = (analysis.iterate.at, path.style.0);
    let times = magnification(memory, at, context);
    let seen = |push: Vector| {
        let length = context.scale.length(push);
        (length > 1.5 && length.is_finite()).then_some(push)
    };
    let newest = memory.contributions.first().map_or(1.0, |one| one.weight);
    let arrow = |push: Vector, pen: Pen| Primitive::Arrow { from: at, to: at + push, pen };
    for one in memory.contributions.iter().take(MOST).rev() {
        let share = (one.weight / newest).clamp(0.0, 1.0) as f32;
        let pen = Pen::new(ink, 1.2 + 0.8 * share).pale(0.28 + 0.62 * share);
        let pen = if one.age == 0 { pen.with_halo(1.2) } else { pen };
        out.extend(seen(one.push * times).map(|push| arrow(push, pen)));
    }
    if let Some(push) = memory.older.and_then(|older| seen(older.push * times)) {
        out.push(arrow(push, Pen::new(Ink::Muted, 1.4).dashed(Dash::Dotted)));
    }
    if let Some(push) = memory.initial.and_then(|initial| seen(initial.push * times)) {
        out.push(arrow(push, Pen::new(ink, 1.4).dashed(Dash::Dotted)));
        out.extend(name(context, at, push, "v₀".to_owned(), ink));
    }
    if let Some(push) = seen(memory.push * times) {
        // Drawn larger it must not be taken for the step.
        let pen = if times > 1.0 { Pen::new(ink, 2.0).pale(0.6) } else { Pen::new(ink, 3.2) };
        out.push(arrow(push, pen.with_halo(1.8)));
        let words = if times > 1.0 { format!("sum, drawn ×{}", parameter(times)) } else { "sum".to_owned() };
        let beside_tip = name(context, at, push, words.clone(), ink);
        // The factor is said in any case: without it the sum is taken for the step.
        out.push(beside_tip.unwrap_or_else(|| Label::new(words, ink, Swatch::Arrow).into()));
    }
    if let Some(one) = memory.contributions.first() {
        out.extend(name(context, at, one.push * times, age_words(one.age), ink));
    }
}

/// How many times larger the fan is drawn: so that the gradients are seen, and the tips of all arrows stay in the frame.
fn magnification(memory: &Memory, at: Point, context: &OverlayContext<'_>) -> f64 {
    let (scale, size) = (context.scale, context.scale.size(context.view));
    let gradients = || memory.contributions.iter().take(MOST).map(|one| one.push);
    let longest = gradients().map(|push| scale.length(push)).fold(0.0, f64::max);
    // Among 1, 2, 5, 10 … the next one is at most 2.5 times larger.
    let wanted = (SEEN / longest).min(ROOM * size / scale.length(memory.push));
    let mut times = simple_from(wanted / 1.5);
    if times > LARGEST {
        return 1.0;
    }
    let frame = scale.inset(context.view, EDGE, EDGE);
    while times > 1.0 && !gradients().chain([memory.push]).all(|push| frame.contains(at + push * times)) {
        // The next smaller one of 1, 2, 5, 10 ….
        times = simple_from(times / 2.6);
    }
    times
}

/// A name at the tip of an arrow, away from its foot.
fn name(context: &OverlayContext<'_>, at: Point, push: Vector, text: String, ink: Ink) -> Option<Primitive<'static>> {
    let tip = at + push;
    if !context.view.contains(tip) || context.scale.length(push) < NAMED_LENGTH {
        return None;
    }
    let (shift, anchor) = if push.x < 0.0 { (-6.0, Anchor::Right) } else { (6.0, Anchor::Left) };
    let label = Label::new(text, ink, Swatch::Arrow).ranked(Rank::Part);
    Some(label.at(context.offset(tip, shift, 5.0 * push.y.signum()), anchor).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::DrawnRun;
    use crate::drawing::ink::run_style;
    use crate::drawing::page_scale::PageScale;
    use crate::landscapes::{Landscape, ViewBox};
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run, StepAnalysis};

    /// What is drawn larger than it is stays in the frame, wherever the run is in it, and the name of the sum gives the factor.
    #[test]
    fn the_sum_of_the_gradients_stays_in_the_frame_and_has_its_factor() {
        let landscape = Landscape::parse("double_well").unwrap();
        let method = Choice::parse("momentum:lr=0.02,beta=0.85").unwrap();
        let run = Run::of(&landscape, &Recipe::new(method, Point::new(1.5, 1.0), 40));
        let mut larger = 0;
        for index in 0..40 {
            let analysis = StepAnalysis::of(&run, index).unwrap();
            let memory = Memory::of(&run, index, &analysis.replayed).unwrap();
            let view = ViewBox::new(-2.8, 3.2, -1.5, 1.5);
            let mut context = OverlayContext::bare(&landscape, view, PageScale::equal(6.0 / 720.0));
            context.step.analysis = Some(&analysis);
            context.step.memory = Some(&memory);
            let (name, style) = ("Momentum".to_owned(), run_style(0));
            context.runs.paths =
                vec![DrawnRun { run: &run, name, style, selected: true, ghost: false, now: index, waiting: None }];
            let mut out = Vec::new();
            draw(&context, &mut out);
            let sums = out.iter().filter_map(|one| match one {
                Primitive::Label(label) if label.text.starts_with("sum") => Some(label.text.clone()),
                _ => None,
            });
            let sums: Vec<String> = sums.collect();
            let times = magnification(&memory, analysis.iterate.at, &context);
            assert_eq!(sums.len(), 1, "step {index}");
            assert_eq!(sums[0].contains(&format!("×{}", parameter(times))), times > 1.0, "step {index}: {sums:?}");
            if times > 1.0 {
                larger += 1;
                let tips =
                    out.iter().filter_map(|one| if let Primitive::Arrow { to, .. } = one { Some(*to) } else { None });
                assert!(
                    tips.clone().all(|tip| view.contains(tip)),
                    "step {index} ×{times}: {:?}",
                    tips.collect::<Vec<_>>()
                );
            }
        }
        assert!(larger > 10, "{larger} steps are drawn larger");
    }
}
