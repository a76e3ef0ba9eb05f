//! The guesses of a class on the picture: a mark and a letter for each team, its sketch, and once the answer is known the line from
//! the guess to it with its length.

use super::OverlayContext;
use super::ink::{Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Point;

/// Words stand this far from what they name, in points.
const AWAY: f64 = 12.0;
/// How many rows words may move up or down where others have their place, and how high a row is, in points.
const ROWS: u32 = 5;
const ROW: f64 = 16.0;
/// The radius of the mark of a single answer of a class, and the largest of a crowd on a map and on a surface, in points.
const ONE: f32 = 3.6;
const LARGEST: f32 = 26.0;
const LARGEST_ON_SURFACE: f32 = 9.0;
/// From this number on a crowd has its number in it or beside it; at most the first of them do.
const COUNTED: usize = 2;
const MOST_COUNTS: usize = 12;
/// The largest radius of a crowd as a share of the shorter side of the picture.
const SHARE: f32 = 0.055;
/// The least radius of a disc with a number in it, and by how much more a digit of that needs, in points.
const FIGURE: [f32; 2] = [2.0, 4.5];
/// The radius of the ring around the landing, in points.
const LANDING: f64 = 9.0;

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
    /// The guesses of a class: where they are, and how many agree there, the most first.
    pub crowds: Vec<(Point, usize)>,
    /// The most common wrong place, with its name.
    pub wrong: Option<(Point, String)>,
    /// The path that was asked for, from its first place; empty where a place is asked for.
    pub path: Vec<Point>,
    /// Where the step landed, or the run ended: a guess of that place has a line to it.
    pub landing: Option<Point>,
    /// What that place is called, where the step that is shown does not name it.
    pub landing_name: Option<&'static str>,
}

impl GuessMarks {
    /// What is named on a surface, what matters most first: the most common wrong place, the answer, the teams. How many of a class agree
    /// is said on the map, where discs are large enough for it.
    pub fn names(&self) -> Vec<(Point, String, Ink)> {
        let wrong = self.wrong.iter().map(|(at, text)| (*at, text.clone(), Ink::Gap));
        let named = self.teams.iter().filter(|mark| !mark.name.is_empty());
        let teams = named.filter_map(|mark| Some((mark.place()?, mark.words(), mark.style.0)));
        wrong.chain(self.answer().map(|(at, name)| (at, name.to_owned(), Ink::Truth))).chain(teams).collect()
    }

    /// The answer with its name.
    fn answer(&self) -> Option<(Point, &'static str)> {
        self.landing.zip(self.landing_name)
    }

    /// The crowds with their number beside them, the largest first.
    fn counted(&self) -> impl DoubleEndedIterator<Item = (Point, usize)> {
        let counted = self.crowds.iter().filter(|(_, count)| *count >= COUNTED).count();
        self.crowds[..counted.min(MOST_COUNTS)].iter().copied()
    }
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

/// Pushes the guesses of a flat picture; `to_page` moves a place of weight space to where it is seen: on a curve, up to it.
pub fn draw_guesses(
    marks: &GuessMarks,
    context: &OverlayContext<'_>,
    to_page: impl Fn(Point) -> Point,
    out: &mut Vec<Primitive<'_>>,
) {
    draw_within(LARGEST, marks, context, to_page, out);
}

/// Pushes the guesses that are draped over a surface, which may be a small one.
pub fn drape_guesses(marks: &GuessMarks, context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    draw_within(LARGEST_ON_SURFACE, marks, context, |at| at, out);
}

/// The guesses, with discs of at most this radius; in a small picture they are smaller.
fn draw_within(
    largest: f32,
    marks: &GuessMarks,
    context: &OverlayContext<'_>,
    to_page: impl Fn(Point) -> Point,
    out: &mut Vec<Primitive<'_>>,
) {
    let point = context.scale.way(1.0, 1.0);
    let side = (context.view.width() / point.x).min(context.view.height() / point.y);
    let largest = largest.min(SHARE * side as f32).max(ONE);
    draw_crowds(largest, marks, context, &to_page, out);
    if marks.path.len() > 1 {
        let places = marks.path.iter().map(|at| to_page(*at)).collect();
        out.push(Primitive::line(places, Pen::new(Ink::Truth, 2.4).with_halo(1.4)));
    }
    for mark in marks.teams.iter().filter(|mark| mark.is_past).chain(marks.teams.iter().filter(|mark| !mark.is_past)) {
        draw_mark(mark, marks.landing.filter(|_| mark.places.len() == 1), &to_page, out);
    }
    if let Some(at) = marks.landing.map(&to_page) {
        out.push(ring(context, at, LANDING, Pen::new(Ink::Truth, 2.0).with_halo(1.0)));
    }
    let around = f64::from(largest) + 4.0;
    if let Some((at, _)) = &marks.wrong {
        out.push(ring(context, to_page(*at), around, Pen::new(Ink::Gap, 3.0).with_halo(1.0)));
    }
    for mark in &marks.teams {
        if let Some(at) = mark.place().filter(|_| !mark.name.is_empty()) {
            out.push(beside(context, to_page(at), AWAY, mark.words(), mark.style.0));
        }
    }
    // Words that come last choose their place first.
    if let Some((at, name)) = marks.answer() {
        out.push(beside(context, to_page(at), AWAY, name.to_owned(), Ink::Truth));
    }
    if let Some((at, text)) = &marks.wrong {
        out.push(beside(context, to_page(*at), around + 3.0, text.clone(), Ink::Gap));
    }
}

/// A disc where some of a class agree, its area as their number, with the number in it, or beside a smaller one; the small ones lie on
/// the large ones.
fn draw_crowds(
    largest: f32,
    marks: &GuessMarks,
    context: &OverlayContext<'_>,
    to_page: impl Fn(Point) -> Point,
    out: &mut Vec<Primitive<'_>>,
) {
    let radius = |count: usize| (ONE * (count as f32).sqrt()).min(largest);
    let least = |count: usize| FIGURE[0] + FIGURE[1] * count.to_string().len() as f32;
    let has_figure = |count: usize| count >= COUNTED && radius(count) >= least(count);
    for (at, count) in &marks.crowds {
        let pen = Pen::new(Ink::Accent, 1.2).with_halo(0.8).pale(0.85);
        // No name lies over a number.
        let pen = if has_figure(*count) { pen.kept_clear() } else { pen };
        out.push(Primitive::mark(to_page(*at), MarkerShape::Circle, radius(*count), pen, true));
    }
    for (at, count) in marks.counted().rev() {
        let (at, text) = (to_page(at), count.to_string());
        if has_figure(count) {
            out.push(Primitive::Figure { at, text, on: Ink::Accent });
        } else {
            out.push(beside(context, at, f64::from(radius(count)) + 3.0, text, Ink::Accent));
        }
    }
}

/// A circle with a radius in points around a place, open: what is marked stays to be seen in it.
fn ring<'a>(context: &OverlayContext<'_>, at: Point, radius: f64, pen: Pen) -> Primitive<'a> {
    const CORNERS: usize = 48;
    let corner = |index: usize| {
        let (sin, cos) = libm::sincos(std::f64::consts::TAU * (index % CORNERS) as f64 / CORNERS as f64);
        context.offset(at, radius * cos, radius * sin)
    };
    Primitive::line((0..=CORNERS).map(corner).collect(), pen)
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

/// Words this far from their place, on a side where there is room.
fn beside<'a>(context: &OverlayContext<'_>, at: Point, away: f64, text: String, ink: Ink) -> Primitive<'a> {
    let place = |right: f64, up: f64, anchor: Anchor| (context.offset(at, right, up), anchor);
    let mut places = vec![
        place(away, 0.0, Anchor::Left),
        place(-away, 0.0, Anchor::Right),
        place(0.0, away, Anchor::Bottom),
        place(0.0, -away, Anchor::Top),
    ];
    // Guesses that lie close together have their words in rows above and below each other, each at its side of the mark.
    for row in (1..=ROWS).map(|row| f64::from(row) * ROW) {
        for up in [row, -row] {
            places.extend([place(away, up, Anchor::Left), place(-away, up, Anchor::Right)]);
            let centered = if up > 0.0 { Anchor::Bottom } else { Anchor::Top };
            places.push(place(0.0, up + away.copysign(up), centered));
        }
    }
    Primitive::Name { places, text, ink, strong: true }
}
