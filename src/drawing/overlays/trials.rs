//! The points that the method tried before its step: filled where it went, crossed where it rejected them.

use super::{ANY, Overlay, OverlayGroup, OverlayId};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::solid::{Solid, SolidBall};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::parameter;
use crate::numbers::{Point, Vector, tolerance};
use crate::optimizers::{Step, Trial};

/// The points that the method tried.
pub const TRIALS: OverlayId = OverlayId::new("trials");

pub(super) const OVERLAY: Overlay = Overlay {
    id: TRIALS,
    label: "Trial points",
    help: "For methods that evaluate the loss before they step: a cross at a rejected trial point, a dot at the accepted one. A line search tries 1, ½, ¼ … of its direction.",
    needs: ANY,
    on_at_first: true,
    group: Some(OverlayGroup::Step),
    tabs: &[],
    z_order: 120,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: true,
};

/// Trials nearer to each other than this are drawn as one, in points.
const APART: f64 = 5.0;
/// Trials are named only where they are farther apart than this, in points.
const NAMED_APART: f64 = 26.0;
/// About how wide a letter of a label is, in points.
const LETTER: f64 = 7.0;

/// How much of its direction each trial of a search went, its α: 1, ½, ¼; none unless it searched along one.
pub fn shares(at: Point, step: &Step) -> Option<Vec<f64>> {
    // As in −α∇f: then the factor is the share of the proposed step.
    let part = step.parts.first().filter(|part| part.name.trim_start_matches('−').starts_with('α'))?;
    let whole = step.proposed.norm_squared();
    if step.trials.len() < 2 || !(whole > 0.0 && whole.is_finite()) {
        return None;
    }
    let share = |trial: &Trial| (trial.at - at).dot(&step.proposed) / whole * part.factor.abs();
    Some(step.trials.iter().map(share).collect())
}

/// A share as it is written: ½ and ¼ where it is exactly that.
pub fn share_words(share: f64) -> String {
    const EXACT: f64 = tolerance::UNSEEN;
    let is = |value: f64| (share / value - 1.0).abs() < EXACT;
    match share {
        _ if is(0.5) => "½".to_owned(),
        _ if is(0.25) => "¼".to_owned(),
        _ => parameter(share),
    }
}

/// The trials to draw, by number: the last first, as it decided, and none on top of another.
fn drawn(step: &Step, scale: PageScale, apart: f64) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for (index, trial) in step.trials.iter().enumerate().rev() {
        let finite = trial.at.coords.iter().all(|coordinate| coordinate.is_finite());
        let clear = kept.iter().all(|other| scale.distance(step.trials[*other].at, trial.at) >= apart);
        if clear && finite {
            kept.push(index);
        }
    }
    kept
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let Ok(step) = &analysis.replayed.step else { return };
    for index in drawn(step, context.scale, APART) {
        let trial = &step.trials[index];
        let mark = if trial.accepted {
            Primitive::mark(trial.at, MarkerShape::Circle, 2.6, Pen::new(path.style.0, 1.5).with_halo(1.0), true)
        } else {
            Primitive::mark(trial.at, MarkerShape::Cross, 3.4, Pen::new(Ink::Muted, 1.8).with_halo(1.2), false)
        };
        out.push(mark);
    }
    let Some(shares) = shares(analysis.iterate.at, step) else { return };
    for index in drawn(step, context.scale, NAMED_APART) {
        let trial = &step.trials[index];
        // The landing and the iterate have names of their own.
        let near = |place: Point| context.scale.distance(trial.at, place) < NAMED_APART;
        if context.view.contains(trial.at) && !near(analysis.iterate.at) && !near(analysis.iterate.at + step.proposed) {
            let (at, anchor) = beside(context, trial.at, step.proposed);
            out.push(Primitive::text(at, share_words(shares[index]), Ink::Muted, anchor));
        }
    }
    if let Some(taken) = step.trials.iter().rposition(|trial| trial.accepted) {
        // Below the landing's name.
        let at = context.offset(step.trials[taken].at, 10.0, -18.0);
        let dot = Swatch::Mark { shape: MarkerShape::Circle, filled: true };
        let label = Label::new(format!("α = {}", share_words(shares[taken])), path.style.0, dot);
        out.push(label.at(at, Anchor::Left).ranked(Rank::Part).into());
    }
    out.extend(further_out(context.view, context.scale, analysis.iterate.at, step));
}

/// The trials on the surface: balls, filled where the method went, rings where it rejected them.
fn raise(context: &OverlayContext<'_>, _: &Stage, out: &mut Vec<Solid<'_>>) {
    /// Trials nearer to each other than this share of the step are one ball.
    const SHARE_APART: f64 = 0.2;
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let Ok(step) = &analysis.replayed.step else { return };
    // The last trial is the landing, which has its ball.
    let tried = drawn(step, PageScale::equal(step.proposed.norm()), SHARE_APART).into_iter().skip(1);
    for trial in tried.map(|index| step.trials[index]).filter(|trial| trial.value.is_finite()) {
        let ink = if trial.accepted { path.style.0 } else { Ink::Muted };
        let ball = SolidBall::new(trial.at, trial.value, ink, 3.0);
        out.push(Solid::Ball(if trial.accepted { ball } else { ball.hollow() }));
    }
}

/// How many trials lie outside the view, written where their line leaves it.
fn further_out<'a>(view: ViewBox, scale: PageScale, from: Point, step: &Step) -> Option<Primitive<'a>> {
    let outside = step.trials.iter().filter(|trial| !view.contains(trial.at)).count();
    if outside == 0 || !view.contains(from) {
        return None;
    }
    let [_, edge] = view.cut(from, from + step.proposed.normalize() * (2.0 * view.size()))?;
    let text = format!("+{outside} further out");
    // So far inside that all of it is seen.
    let inside = |[low, high]: [f64; 2], wanted: f64, least: f64, most: f64| wanted.min(high - most).max(low + least);
    let room = scale.way(LETTER * text.chars().count() as f64 + 6.0, 12.0);
    let x = inside(view.x, edge.x, scale.way(6.0, 0.0).x, room.x);
    let y = inside(view.y, edge.y, room.y, room.y);
    Some(Primitive::text(Point::new(x, y), text, Ink::Muted, Anchor::Left))
}

/// Across the way, on the side with more room above it.
fn beside(context: &OverlayContext<'_>, at: Point, way: Vector) -> (Point, Anchor) {
    if way.x.abs() > way.y.abs() {
        (context.offset(at, 0.0, 7.0), Anchor::Bottom)
    } else {
        (context.offset(at, 8.0, 0.0), Anchor::Left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{Part, Verdict};

    fn searched(scales: &[f64]) -> Step {
        let direction = Vector::new(-2.0, 1.0);
        let last = *scales.last().unwrap();
        let trial =
            |scale: &f64| Trial { at: Point::origin() + direction * *scale, value: 0.0, accepted: *scale == last };
        Step {
            proposed: direction * last,
            taken: direction * last,
            parts: [Part { name: "−α∇f", factor: -last, vector: -direction }].into_iter().collect(),
            verdict: Verdict::Taken,
            trials: scales.iter().map(trial).collect(),
            fell_back: false,
        }
    }

    #[test]
    fn shares_are_of_the_direction_and_read_as_fractions() {
        let words = |scales: &[f64]| {
            let shares = shares(Point::origin(), &searched(scales));
            shares.map(|shares| shares.into_iter().map(share_words).collect::<Vec<_>>())
        };
        assert_eq!(
            words(&[1.0, 0.5, 0.25, 0.125]),
            Some(["1", "½", "¼", "0.125"].map(str::to_owned).to_vec()),
            "halves"
        );
        assert_eq!(words(&[1.0]), None, "the first was good enough");
    }

    #[test]
    fn trials_outside_the_map_are_counted_at_its_edge() {
        let step = searched(&[4.0, 2.0, 1.0, 0.5, 0.25]);
        let note =
            |half: f64| further_out(ViewBox::square(half), PageScale::equal(half / 300.0), Point::origin(), &step);
        let Some(Primitive::Text { at, text, .. }) = note(1.5) else { panic!("three are outside") };
        assert_eq!(text, "+3 further out");
        assert!(ViewBox::square(1.5).contains(at) && at.x < -1.4, "at the left edge: {at}");
        assert!(note(9.0).is_none(), "all are seen");
    }

    #[test]
    fn many_trials_are_thinned_and_the_last_stays() {
        let halves: Vec<f64> = (0..60).map(|index| 0.5_f64.powi(index)).collect();
        let step = searched(&halves);
        let shown = drawn(&step, PageScale::equal(1.0), 0.1);
        assert_eq!(shown[0], 59, "the last");
        assert!(shown.len() < 7, "{} marks", shown.len());
        let clear = |a: &usize, b: &usize| a == b || (step.trials[*a].at - step.trials[*b].at).norm() >= 0.1;
        assert!(shown.iter().all(|a| shown.iter().all(|b| clear(a, b))), "none on top of another");
    }
}
