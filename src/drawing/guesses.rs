//! The guesses of a class on the picture: a mark and a letter for each team, its sketch, and once the answer is known the line from
//! the guess to it with its length.

use super::OverlayContext;
use super::ink::{Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Point;

/// Words stand this far from what they name, in points.
const AWAY: f64 = 12.0;

/// A guess as it is drawn.
#[derive(Clone, Debug)]
pub struct GuessMark {
    /// The places of a sketch from its first, or one place.
    pub places: Vec<Point>,
    /// Its color and marker.
    pub style: (Ink, MarkerShape),
    /// The name of the team, as `A`; empty for one guess among many.
    pub name: String,
    /// Whether a later guess took its place: then it is hollow and pale.
    pub is_past: bool,
    /// How far it is off, in words, once that is known.
    pub off: Option<String>,
}

/// All guesses, and where the answer is, once it is shown.
#[derive(Clone, Debug, Default)]
pub struct GuessMarks {
    /// The guesses of the teams.
    pub teams: Vec<GuessMark>,
    /// The guesses of a class, by their places alone.
    pub cloud: Vec<Point>,
    /// The most common wrong place, with its name.
    pub wrong: Option<(Point, String)>,
    /// Where the step landed, or the run ended.
    pub landing: Option<Point>,
}

impl GuessMark {
    /// What stands beside it.
    pub fn words(&self) -> String {
        match &self.off {
            Some(off) if !self.is_past => format!("{} {off}", self.name),
            _ => self.name.clone(),
        }
    }

    /// The last of its places.
    pub fn place(&self) -> Option<Point> {
        self.places.last().copied()
    }
}

/// Pushes the guesses; `to_page` moves a place of weight space to where it is seen: on a curve, up to it.
pub fn draw_guesses(
    marks: &GuessMarks,
    context: &OverlayContext<'_>,
    to_page: impl Fn(Point) -> Point,
    out: &mut Vec<Primitive<'_>>,
) {
    if !marks.cloud.is_empty() {
        let places = marks.cloud.iter().map(|at| to_page(*at)).collect();
        out.push(Primitive::Marks {
            places: super::primitive::Places::Own(places),
            shape: MarkerShape::Circle,
            radius: 3.2,
            pen: Pen::new(Ink::Accent, 1.2).with_halo(0.6),
            filled: true,
        });
    }
    for mark in marks.teams.iter().filter(|mark| mark.is_past).chain(marks.teams.iter().filter(|mark| !mark.is_past)) {
        draw_mark(mark, marks.landing, &to_page, out);
    }
    if let Some(at) = marks.landing.map(&to_page) {
        out.push(Primitive::mark(at, MarkerShape::Circle, 9.0, Pen::new(Ink::Truth, 2.0).with_halo(1.0), false));
    }
    if let Some((at, text)) = &marks.wrong {
        let at = to_page(*at);
        out.push(Primitive::mark(at, MarkerShape::Circle, 14.0, Pen::new(Ink::Gap, 2.0).with_halo(1.0), false));
        named(context, at, text.clone(), Ink::Gap, out);
    }
    for mark in &marks.teams {
        if let Some(at) = mark.place().filter(|_| !mark.name.is_empty()) {
            named(context, to_page(at), mark.words(), mark.style.0, out);
        }
    }
}

fn draw_mark(mark: &GuessMark, landing: Option<Point>, to_page: impl Fn(Point) -> Point, out: &mut Vec<Primitive<'_>>) {
    let (ink, shape) = mark.style;
    let Some(at) = mark.place().map(&to_page) else { return };
    let opacity = if mark.is_past { 0.5 } else { 1.0 };
    if mark.places.len() > 1 {
        let places = mark.places.iter().map(|at| to_page(*at)).collect();
        out.push(Primitive::line(places, Pen::new(ink, 2.4).pale(opacity).with_halo(1.0)));
    }
    if let Some(landing) = landing.filter(|_| !mark.is_past) {
        out.push(Primitive::line(vec![at, to_page(landing)], Pen::new(ink, 1.4).with_halo(0.8)));
    }
    let pen = Pen::new(ink, 2.0).pale(opacity).with_halo(1.2);
    out.push(Primitive::mark(at, shape, if mark.is_past { 5.0 } else { 7.0 }, pen, !mark.is_past));
}

/// A name beside its place, wherever there is room.
fn named(context: &OverlayContext<'_>, at: Point, text: String, ink: Ink, out: &mut Vec<Primitive<'_>>) {
    let place = |right: f64, up: f64, anchor: Anchor| (context.offset(at, right, up), anchor);
    let places = vec![
        place(AWAY, 0.0, Anchor::Left),
        place(-AWAY, 0.0, Anchor::Right),
        place(0.0, 1.6 * AWAY, Anchor::Center),
        place(0.0, -1.6 * AWAY, Anchor::Center),
    ];
    out.push(Primitive::Name { places, text, ink, strong: true });
}
