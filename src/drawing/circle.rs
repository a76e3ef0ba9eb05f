//! The circle: loss, plane and quadratic in every direction at one distance, as a picture whose x axis is the angle from −g in degrees.
//!
//! Heights are changes of the loss in units of ‖g‖r, what the plane predicts along −g: so the plane is one and the same
//! cosine for every radius, and the true curve approaches it as the radius shrinks.

use super::ink::{Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Primitive};
use crate::analysis::CircleProfile;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::numerals::significant;
use crate::numbers::{Point, Vector, length, tolerance};
use crate::run::StepAnalysis;

/// The height of a row of labels, in points.
const ROW: f64 = 20.5;
/// The width of a letter, in points.
const LETTER: f64 = 7.5;
/// From this width on, in points, the height is said in words.
const WIDE: f64 = 420.0;
/// Rounding above this share of what is shown hides the curve.
const SEEN: f64 = 0.01;
/// Heights beyond this do not fit into a picture.
const LARGEST: f64 = 1e150;

/// The picture: what is drawn, and the part of the (degrees, height) plane that shows it.
pub struct CircleView {
    /// The curves, marks and words.
    pub primitives: Vec<Primitive<'static>>,
    /// Angle and height ranges.
    pub view: ViewBox,
}

/// A direction that is marked.
struct Mark {
    /// In degrees.
    turn: f64,
    height: f64,
    name: String,
    ink: Ink,
    shape: MarkerShape,
    filled: bool,
}

/// The picture of a circle in this many points of the screen, the method's step in the ink of its run; `None` where the loss
/// has no finite value on the circle, or none that fits.
pub fn circle(
    landscape: &Landscape,
    analysis: &StepAnalysis,
    profile: &CircleProfile,
    ink: Ink,
    room: [f64; 2],
) -> Option<CircleView> {
    if !profile.has_values() {
        return None;
    }
    let model = analysis.model;
    let unit = unit(analysis, profile);
    let along = |height: &dyn Fn(usize) -> f64| -> Vec<Point> {
        let place = |index: usize| Point::new(CircleProfile::turn(index).to_degrees(), height(index) / unit);
        (0..profile.changes.len()).map(place).collect()
    };
    let delta = |index: usize| profile.delta(CircleProfile::turn(index));
    let truth = along(&|index| profile.changes[index]);
    let plane = along(&|index| model.linear(delta(index)));
    let quadratic = along(&|index| model.quadratic(delta(index)));
    let highest = truth.iter().chain(&plane).filter(|place| place.y.is_finite());
    let highest = highest.fold(0.0_f64, |most, place| most.max(place.y.abs()));
    let is_level = profile.step.best.is_some_and(|best| best.local_minima == 0);
    let is_resolved = is_level || profile.rounding / unit < SEEN * highest;
    let height_of = |delta: Vector| {
        let change =
            if is_resolved { landscape.loss().value(profile.at + delta) - model.value } else { model.quadratic(delta) };
        change / unit
    };
    let marks = marks(analysis, profile, ink, &height_of);
    let truth = if is_resolved { truth } else { Vec::new() };
    let curves = [&plane, &truth, &quadratic];
    let view = view(curves, &marks, room[1])?;
    let axis = |from: [f64; 2], to: [f64; 2]| {
        Primitive::line(vec![from.into(), to.into()], Pen::new(Ink::Outline, 1.0).pale(0.6))
    };
    let mut primitives = vec![axis([view.x[0], 0.0], [view.x[1], 0.0]), axis([0.0, view.y[0]], [0.0, view.y[1]])];
    // On a quadratic the two are one curve.
    let pens = [Pen::new(Ink::Plane, 2.2), Pen::beneath(Ink::Truth), Pen::on_top(Ink::Quadratic)].map(Pen::avoided);
    for (curve, pen) in curves.into_iter().zip(pens) {
        // Where there is no value there is a gap.
        let pieces = curve.split(|place| place.y.abs().partial_cmp(&LARGEST).is_none_or(std::cmp::Ordering::is_ge));
        primitives.extend(pieces.filter(|piece| piece.len() > 1).map(|piece| Primitive::line(piece.to_vec(), pen)));
    }
    name_curves([&plane, &truth, &quadratic], view, room[1], &mut primitives);
    let height = match (profile.from_minus_gradient, room[0] > WIDE) {
        (true, true) => "change of loss / (r‖∇f‖)",
        (true, false) => "Δf ÷ ‖∇f‖r",
        (false, _) => "change of loss",
    };
    primitives.push(Primitive::text(Point::new(view.x[0], view.y[1]), height, Ink::Muted, Anchor::Left));
    if !is_resolved {
        let at = Point::new(0.0, view.y[0] + 0.3 * view.height());
        primitives.push(Primitive::text(at, "no truth: it is lost in rounding", Ink::Truth, Anchor::Center));
    }
    draw_marks(&marks, view, room, &mut primitives);
    Some(CircleView { primitives, view })
}

/// ‖g‖r, or 1 where that is nothing.
fn unit(analysis: &StepAnalysis, profile: &CircleProfile) -> f64 {
    let unit = length(analysis.model.gradient) * profile.radius;
    if profile.from_minus_gradient && unit > 0.0 && unit.is_finite() { unit } else { 1.0 }
}

/// An angle in degrees, as few digits as mean something, no sign; 0 where it is that to rounding.
pub fn degrees(turn: f64) -> String {
    const ROUNDING: f64 = tolerance::ROUNDED;
    let degrees = if turn.abs() < ROUNDING { 0.0 } else { turn.to_degrees().abs() };
    format!("{}°", significant(degrees, if degrees < 1.0 { 2 } else { 3 }))
}

/// Newton's step, the one along −g, the method's and the best, the one that matters most last.
fn marks(analysis: &StepAnalysis, profile: &CircleProfile, ink: Ink, height_of: &dyn Fn(Vector) -> f64) -> Vec<Mark> {
    let newton = analysis
        .curvature
        .and_then(|curvature| Some((profile.turn_of(curvature.newton_step?)?, curvature.eigen.values)));
    let own = analysis.proposed().and_then(|step| profile.turn_of(step));
    let downhill = profile.from_minus_gradient.then_some(0.0);
    let mark = |turn: f64, name: String, ink, shape, filled| Mark {
        turn: turn.to_degrees(),
        height: height_of(profile.delta(turn)),
        name,
        ink,
        shape,
        filled,
    };
    let newton_name = |[low, high]: [f64; 2]| match (low > 0.0, high > 0.0) {
        (true, _) => "Newton",
        (false, true) => "Newton, to a saddle",
        (false, false) => "Newton, to a maximum",
    };
    let best = profile.best_turn();
    let best_name = if profile.from_minus_gradient { best.map(|turn| format!("δ* {}", degrees(turn))) } else { None };
    [
        newton.map(|(turn, values)| {
            mark(turn, newton_name(values).to_owned(), Ink::Quadratic, MarkerShape::Square, false)
        }),
        downhill.map(|turn| mark(turn, "−∇f".to_owned(), Ink::Plane, MarkerShape::Triangle, true)),
        own.map(|turn| mark(turn, "step".to_owned(), ink, MarkerShape::Circle, true)),
        best.map(|turn| mark(turn, best_name.unwrap_or_else(|| "δ*".to_owned()), Ink::Truth, MarkerShape::Star, true)),
    ]
    .into_iter()
    .flatten()
    .filter(|mark| mark.height.abs() < LARGEST)
    .collect()
}

/// The plane, the marks and the lowest truth are seen whole; what rises far above them may leave.
fn view([plane, truth, quadratic]: [&Vec<Point>; 3], marks: &[Mark], height: f64) -> Option<ViewBox> {
    type Range = [f64; 2];
    let range = |heights: &mut dyn Iterator<Item = f64>| -> Range {
        heights
            .filter(|height| height.abs() < LARGEST)
            .fold([0.0, 0.0], |[low, high], height| [low.min(height), high.max(height)])
    };
    let [truth, quadratic] = [truth, quadratic].map(|curve| range(&mut curve.iter().map(|place| place.y)));
    let shown = plane.iter().map(|place| place.y).chain(marks.iter().map(|mark| mark.height)).chain([truth[0]]);
    let [low, high] = range(&mut shown.into_iter());
    let extent = high - low;
    let low = low.min(quadratic[0].max(low - 0.5 * extent));
    let high = high.max(truth[1].max(quadratic[1]).min(high + 0.8 * extent)).max(low + f64::MIN_POSITIVE);
    let extent = if high - low > 1e-300 { high - low } else { 2.0 };
    let margin = 0.06 * extent;
    // One row of labels has its place above; further rows hang into the picture.
    let row = (extent + 2.0 * margin) / (height / ROW - 1.0).max(2.0);
    (extent < LARGEST).then(|| ViewBox::new(-180.0, 180.0, low - margin, low + extent + margin + row))
}

/// Every curve has its name at a place of its own, where it is inside the view.
fn name_curves(curves: [&Vec<Point>; 3], view: ViewBox, height: f64, out: &mut Vec<Primitive<'static>>) {
    let names = [
        ("plane", Ink::Plane, [150.0, 120.0, 75.0]),
        ("actual", Ink::Truth, [-150.0, -120.0, -75.0]),
        ("quadratic", Ink::Quadratic, [-100.0, 100.0, 50.0]),
    ];
    let highest = view.y[1] - 2.0 * ROW * view.height() / height.max(1.0);
    for (curve, (name, ink, turns)) in curves.into_iter().zip(names) {
        let at = |turn: f64| curve.iter().find(|place| place.x >= turn && place.y < highest && place.y > view.y[0]);
        let seen = turns.into_iter().filter_map(|turn| at(turn).filter(|place| place.x < turn + 5.0));
        let places: Vec<(Point, Anchor)> =
            seen.flat_map(|place| [Anchor::Bottom, Anchor::Top].map(|anchor| (*place, anchor))).collect();
        if !places.is_empty() {
            out.push(Primitive::Name { places, text: name.to_owned(), ink, strong: false });
        }
    }
}

/// Draws each mark at its height, with a label in a free row above and a leader line.
fn draw_marks(marks: &[Mark], view: ViewBox, room: [f64; 2], out: &mut Vec<Primitive<'static>>) {
    let row = view.height() * ROW / room[1].max(1.0);
    let letter = view.width() * LETTER / room[0].max(1.0);
    let mut taken: Vec<(usize, [f64; 2])> = Vec::new();
    let (mut lines, mut shapes, mut words) = (Vec::new(), Vec::new(), Vec::new());
    // What matters most has the topmost row.
    for mark in marks.iter().rev() {
        let half = 0.5 * letter * (mark.name.chars().count() + 1) as f64;
        let middle = mark.turn.clamp(view.x[0] + half, (view.x[1] - half).max(view.x[0] + half));
        let [left, right] = [middle - half, middle + half];
        let free = |line: &usize| taken.iter().all(|(other, [from, to])| other != line || *to < left || right < *from);
        let Some(line) = (0..marks.len()).find(free) else { continue };
        taken.push((line, [left, right]));
        let bottom = view.y[1] - (line as f64 + 1.0) * row;
        if bottom > mark.height {
            let pen = Pen::new(mark.ink, 1.2).pale(0.7);
            lines.push(Primitive::line(vec![Point::new(mark.turn, mark.height), Point::new(mark.turn, bottom)], pen));
        }
        let at = Point::new(middle, bottom + 0.5 * row);
        let strong = mark.shape == MarkerShape::Star;
        words.push(Primitive::Text { at, text: mark.name.clone(), ink: mark.ink, anchor: Anchor::Center, strong });
    }
    for mark in marks {
        let (radius, pen) = match mark.shape {
            MarkerShape::Star => (6.0, Pen::new(mark.ink, 2.2).with_halo(1.2)),
            MarkerShape::Circle => (4.0, Pen::new(mark.ink, 1.5).with_halo(1.2)),
            _ => (5.5, Pen::new(mark.ink, 2.0)),
        };
        shapes.push(Primitive::mark(Point::new(mark.turn, mark.height), mark.shape, radius, pen, mark.filled));
    }
    out.extend(lines.into_iter().chain(shapes).chain(words.into_iter().rev()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::entries;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    const ROOM: [f64; 2] = [260.0, 130.0];

    fn picture(landscape: &Landscape, method: &str, at: Point, radius: f64) -> Option<CircleView> {
        let run = Run::of(landscape, &Recipe::new(Choice::parse(method).unwrap(), at, 1));
        let analysis = StepAnalysis::of(&run, 0).unwrap();
        let profile = CircleProfile::of(landscape.loss(), at, analysis.model.value, analysis.model.gradient, radius);
        circle(landscape, &analysis, &profile, Ink::Run(0), ROOM)
    }

    fn words(view: &CircleView) -> Vec<(String, Point)> {
        let text = |primitive: &Primitive<'_>| match primitive {
            Primitive::Text { at, text, .. } => Some((text.clone(), *at)),
            _ => None,
        };
        view.primitives.iter().filter_map(text).collect()
    }

    #[test]
    fn every_land_has_a_picture_at_every_size_and_it_is_finite() {
        for landscape in entries().map(Landscape::of).filter(|landscape| landscape.data().is_none()) {
            let (name, view) = (landscape.name(), landscape.domain());
            let at = Point::new(view.x[0] + 0.37 * view.width(), view.y[0] + 0.61 * view.height());
            for radius in [1e-14, 1e-4, 0.3, 1e3, 1e160].map(|share| share * view.size()) {
                let Some(picture) = picture(&landscape, "newton", at, radius) else {
                    assert!(radius > 1e100, "{name} at radius {radius}: no picture");
                    continue;
                };
                let shown = picture.view;
                assert!(shown.height() > 0.0 && shown.height().is_finite(), "{name} at radius {radius}: {shown:?}");
                for primitive in &picture.primitives {
                    let places: Vec<Point> = match primitive {
                        Primitive::Line { places, .. } | Primitive::Marks { places, .. } => {
                            (0..places.len()).map(|index| places.get(index)).collect()
                        }
                        Primitive::Text { at, text, .. } => {
                            assert!(!text.contains("NaN") && !text.contains("undefined"), "{name}: {text}");
                            vec![*at]
                        }
                        _ => Vec::new(),
                    };
                    let finite = places.iter().all(|place| place.x.is_finite() && place.y.is_finite());
                    assert!(finite, "{name} at radius {radius}: {places:?}");
                }
            }
        }
    }

    #[test]
    fn marks_that_coincide_keep_their_names_apart() {
        let landscape = Landscape::parse("bowl").unwrap();
        let shown = words(&picture(&landscape, "gd", Point::new(1.0, 0.5), 1e-3).unwrap());
        let rows: Vec<f64> = ["δ* 0°", "step", "−∇f", "Newton"]
            .map(|name| {
                shown.iter().find(|(text, _)| text == name).unwrap_or_else(|| panic!("{name} in {shown:?}")).1.y
            })
            .to_vec();
        assert!(rows.windows(2).all(|pair| pair[0] > pair[1]), "a row each, the best on top: {rows:?}");
    }

    #[test]
    fn newton_says_where_it_leads_and_holes_are_gaps() {
        let saddle = Landscape::parse("saddle").unwrap();
        let names = |landscape: &Landscape| words(&picture(landscape, "gd", Point::new(1.0, 0.5), 0.5).unwrap());
        assert!(names(&saddle).iter().any(|(text, _)| text == "Newton, to a saddle"), "a saddle");
        let trough = Landscape::parse("trough").unwrap();
        assert!(names(&trough).iter().all(|(text, _)| !text.starts_with("Newton")), "singular: no step");
        let hole = Landscape::parse("formula:ln(x)+y^2").unwrap();
        let picture = picture(&hole, "gd", Point::new(0.5, 0.0), 1.0).unwrap();
        let truth = |primitive: &&Primitive<'_>| matches!(primitive, Primitive::Line { places, pen } if pen.ink == Ink::Truth && places.len() > 2);
        assert!(picture.primitives.iter().filter(truth).count() == 2, "two pieces, none across the hole");
    }
}
