//! Words on patches of ground that do not overlap.

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::{Brush, Layer};
use crate::drawing::ink::Ink;
use crate::drawing::primitive::Anchor;
use crate::numbers::Point;

/// The room that words have no more.
#[derive(Default)]
pub(super) struct Taken {
    /// By other words, and by what is kept clear of them.
    pub(super) places: Vec<Rect>,
    /// By arrows over which no name of their ends lies, which would hide them; other words avoid them.
    pub(super) arrows: Vec<Rect>,
    /// By lines that they avoid.
    pub(super) lines: Vec<Rect>,
}

/// How many rows normal words may move; farther away they would be read as belonging to something else.
const NEAR: &[f32] = &[0.0, 1.0, -1.0];
/// How many rows strong words may move.
const FAR: &[f32] = &[0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0];

impl Brush<'_> {
    /// On a translucent patch of ground, held inside the frame and off the words already placed; `None` where there is no
    /// place.
    pub(super) fn text(&self, words: Words<'_>, taken: &mut Taken) -> Option<Layer> {
        let frame = self.page.frame();
        let size = self.measure.size(words.text, words.strong);
        let at = words.places.iter().map(|(at, anchor)| (self.page.position(*at), *anchor));
        let seen: Vec<Rect> = at
            .filter(|(position, _)| frame.expand(4.0).contains(*position))
            .map(|(position, anchor)| beside(position, anchor, size).expand2(vec2(3.0, 0.0)))
            .collect();
        // What may stand on several sides of its mark stands at none of another.
        let rows = if words.places.len() > 1 {
            &FAR[..1]
        } else if words.strong {
            FAR
        } else {
            NEAR
        };
        let Taken { places, arrows, lines } = taken;
        let room = frame.shrink(2.0);
        let off_lines = free_place(&seen, room, &[places, arrows, lines], rows);
        let patch = off_lines.or_else(|| free_place(&seen, room, &[places, arrows], rows))?;
        places.push(patch);
        Some(Layer::Words {
            patch,
            ground: self.fill(Ink::Ground, 0.8),
            at: patch.min + vec2(3.0, 0.0),
            text: words.text.to_owned(),
            color: words.ink.text(self.theme),
            strong: words.strong,
            upward: false,
        })
    }
}

/// A word or two, as texts and names among the primitives have them.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) places: &'a [(Point, Anchor)],
    pub(super) text: &'a str,
    pub(super) ink: Ink,
    pub(super) strong: bool,
}

/// The box of words of some size at a place.
fn beside(position: Pos2, anchor: Anchor, size: Vec2) -> Rect {
    let corner = match anchor {
        Anchor::Left => position - vec2(0.0, size.y / 2.0),
        Anchor::Right => position - vec2(size.x, size.y / 2.0),
        Anchor::Bottom => position - vec2(size.x / 2.0, size.y),
        Anchor::Top => position - vec2(size.x / 2.0, 0.0),
        Anchor::Center => position - size / 2.0,
    };
    Rect::from_min_size(corner, size)
}

/// The first of the wanted places that is free inside the room, or else the first this many `rows` below or above one of them; `None` if
/// all are taken, or it is wider than the room.
fn free_place(wanted: &[Rect], room: Rect, taken: &[&Vec<Rect>], rows: &[f32]) -> Option<Rect> {
    if wanted.iter().any(|wanted| wanted.width() > room.width()) {
        return None;
    }
    let inside = |rect: Rect| {
        let x = rect.left().min(room.right() - rect.width()).max(room.left());
        let y = rect.top().min(room.bottom() - rect.height()).max(room.top());
        Rect::from_min_size(pos2(x, y), rect.size())
    };
    rows.iter()
        .flat_map(|rows| wanted.iter().map(move |wanted| wanted.translate(vec2(0.0, rows * (wanted.height() + 1.0)))))
        .map(inside)
        .find(|candidate| !taken.iter().copied().flatten().any(|other| other.intersects(*candidate)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_out_of_each_others_way() {
        let room = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let word = Rect::from_min_size(pos2(80.0, 40.0), vec2(40.0, 10.0));
        let first = free_place(&[word], room, &[], NEAR).unwrap();
        assert_eq!(first.min, pos2(60.0, 40.0), "held inside");
        let second = free_place(&[word], room, &[&vec![first]], NEAR).unwrap();
        assert!(!second.intersects(first), "beside the first");
        assert_eq!(free_place(&[word], room, &[&vec![room]], FAR), None, "no place left");
        assert_eq!(free_place(&[room.expand(1.0)], room, &[], FAR), None, "no room");
    }
}
