//! Runs that wait at equal work: a mark beside the start, whose dot would cover it, and how much of the next step is paid.

use super::step_arrows::around;
use crate::drawing::OverlayContext;
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Pen, Primitive};
use crate::numbers::Vector;

/// How far from the start's dot its mark is, in points.
const AWAY: f64 = 14.0;
/// From the mark of one run to that of the next around the start, in radians.
const TURN: f64 = 0.9;

/// Each run that waits, with how much of its next step is paid; in fog no one knows what a step costs.
pub(super) fn mark_waiting(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    if context.step.queries.is_some() {
        return;
    }
    let mut at_start = 0.0;
    for path in context.runs.paths.iter().filter(|path| !path.ghost) {
        let Some((waiting, iterate)) = path.waiting.zip(path.run.iterates().get(path.now)) else { continue };
        if !context.view.contains(iterate.at) {
            continue;
        }
        let (ink, shape) = path.style;
        let mut place = iterate.at;
        if path.now == 0 {
            let angle = std::f64::consts::PI - TURN * at_start;
            at_start += 1.0;
            place = context.offset(place, AWAY * angle.cos(), AWAY * angle.sin());
            let pen = Pen::new(ink, 1.6).with_halo(1.5).kept_clear();
            out.push(Primitive::mark(place, shape, 5.0, pen, true));
        }
        let text = format!("{} waits: {} of step {} paid", path.name, waiting.paid_in_words(), waiting.step);
        let label = Label::new(text, ink, Swatch::Mark { shape, filled: true }).ranked(Rank::Event);
        out.push(around(label, context, place, Vector::new(-1.0, 0.0)).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::ink::run_style;
    use crate::drawing::page_scale::PageScale;
    use crate::drawing::{DrawnRun, Waiting};
    use crate::landscapes::{Landscape, ViewBox};
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    /// Two runs that wait at the start are marked beside its dot, apart from each other, and say how much is paid.
    #[test]
    fn runs_that_wait_at_the_start_are_seen_beside_its_dot() {
        let landscape = Landscape::parse("bowl").unwrap();
        let start = Point::new(1.0, 1.0);
        let recipe = Recipe::new(Choice::parse("newton").unwrap(), start, 5);
        let run = Run::of(&landscape, &recipe);
        let mut context = OverlayContext::bare(&landscape, ViewBox::square(3.0), PageScale::equal(0.02));
        let path = |index: usize, waiting| DrawnRun {
            run: &run,
            name: format!("Run {index}"),
            style: run_style(index),
            selected: false,
            ghost: false,
            now: 0,
            waiting,
        };
        let wait = |paid: f64| Some(Waiting { step: 1, paid });
        context.runs.paths = vec![path(0, None), path(1, wait(0.12)), path(2, wait(0.5))];
        let mut out = Vec::new();
        mark_waiting(&context, &mut out);
        let places = out.iter().filter_map(|one| match one {
            Primitive::Marks { places, .. } => Some(places.get(0)),
            _ => None,
        });
        let places: Vec<Point> = places.collect();
        let [first, second] = places[..] else { panic!("two wait: {places:?}") };
        for (one, other) in [(first, start), (second, start), (first, second)] {
            assert!(context.scale.distance(one, other) > 10.0, "{one} and {other} stand apart");
        }
        let words = out.iter().filter_map(|one| match one {
            Primitive::Label(label) => Some(label.text.as_str()),
            _ => None,
        });
        let words: Vec<&str> = words.collect();
        assert_eq!(words, ["Run 1 waits: 12 % of step 1 paid", "Run 2 waits: 50 % of step 1 paid"]);
    }
}
