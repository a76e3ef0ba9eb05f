//! The velocity opened up: every gradient of the past that is still in it, as the arrow that it adds to the step.

use super::paths::offset;
use super::{FAN, Overlay};
use crate::drawing::Subject;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::memory::age_words;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::{Point, Vector};
use crate::run::{Contribution, Memory};

pub(super) const OVERLAY: Overlay = Overlay {
    id: FAN,
    label: "Gradients in the velocity",
    help: "For methods with a velocity: a fan of arrows, each a gradient of the past with the weight that it still has, the newest strong and the old ones pale. Together they are the thick arrow.",
    on_at_first: false,
    draw: Some(draw),
    drape: None,
};

/// More arrows than this cannot be told apart.
const MOST: usize = 48;
/// How many of the arrows are named, how long they must be and how far apart, in points.
const NAMED: usize = 3;
const NAMED_LENGTH: f64 = 30.0;
const NAMED_APART: f64 = 22.0;

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(focus), Some(path), Some(memory)) = (subject.focus, subject.selected(), subject.memory) else { return };
    let (at, ink) = (focus.iterate.at, path.style.0);
    let seen = |push: Vector| {
        let length = push.norm();
        length > 1.5 * subject.unit && length.is_finite()
    };
    let newest = memory.contributions.first().map_or(1.0, |one| one.weight);
    let arrow = |push: Vector, pen: Pen| Primitive::Arrow { from: at, to: at + push, pen };
    for one in memory.contributions.iter().take(MOST).rev().filter(|one| seen(one.push)) {
        let share = (one.weight / newest).clamp(0.0, 1.0) as f32;
        let pen = Pen::new(ink, 1.2 + 0.8 * share).pale(0.28 + 0.62 * share);
        out.push(arrow(one.push, if one.age == 0 { pen.with_halo(1.2) } else { pen }));
    }
    if let Some(older) = memory.older.filter(|older| seen(older.push)) {
        out.push(arrow(older.push, Pen::new(Ink::Muted, 1.4).dashed(Dash::Dotted)));
        out.extend(name(subject, at, older.push, format!("{} older", older.count), Ink::Muted));
    }
    if seen(memory.push) {
        out.push(arrow(memory.push, Pen::new(ink, 3.2).with_halo(1.8)));
    }
    for one in named(subject, memory) {
        out.extend(name(subject, at, one.push, age_words(one.age), ink));
    }
}

/// The arrows that are long enough and far enough apart to have a name, the newest first.
fn named<'a>(subject: &Subject<'_>, memory: &'a Memory) -> Vec<&'a Contribution> {
    let mut kept: Vec<&Contribution> = Vec::new();
    for one in memory.contributions.iter().take(MOST) {
        let apart = |other: Vector| (one.push - other).norm() > NAMED_APART * subject.unit;
        let clear = kept.iter().all(|other| apart(other.push)) && apart(memory.push);
        if kept.len() < NAMED && one.push.norm() > NAMED_LENGTH * subject.unit && clear {
            kept.push(one);
        }
    }
    kept
}

/// A name at the tip of an arrow, away from its foot.
fn name(subject: &Subject<'_>, at: Point, push: Vector, text: String, ink: Ink) -> Option<Primitive<'static>> {
    let tip = at + push;
    if !subject.view.contains(tip) || push.norm() < NAMED_LENGTH * subject.unit {
        return None;
    }
    let (shift, anchor) = if push.x < 0.0 { (-6.0, Anchor::Right) } else { (6.0, Anchor::Left) };
    Some(Primitive::text(offset(subject, tip, shift, 5.0 * push.y.signum()), text, ink, anchor))
}
