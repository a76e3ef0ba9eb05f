//! Where the curve leaves the view, which does not follow it: arrows at the edge, and a text on how far it goes beyond.

use super::{DataCurveInput, MANY, current, curve, said};
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::{counted, grouped, significant};
use crate::numbers::{Point, extremes};

/// Arrows nearer to each other than this share of the width look like one.
const APART: f64 = 0.025;
/// Outputs that differ by less than this share of their size count as one.
const ALIKE: f64 = 0.05;

/// The parts of the selected run's curve that cannot be seen at the playhead.
pub struct Leaving {
    view: ViewBox,
    /// What outputs are called.
    symbol: &'static str,
    /// How many samples there are.
    count: usize,
    /// The samples whose output is beyond the view, the farthest first: their inputs and outputs.
    beyond: Vec<Point>,
    /// How many samples have an output that is infinite or no number.
    endless: usize,
    /// That all of the curve is on one side, in words, and whether that is above.
    whole: Option<(String, bool)>,
    /// Whether there is a curve at all.
    is_drawn: bool,
}

impl Leaving {
    /// What is hidden; `None` if there is no run or no network.
    pub fn of(input: &DataCurveInput<'_>) -> Option<Self> {
        let (view, samples) = (input.view, input.landscape.data()?.samples());
        let at = current(input)?;
        let symbol =
            if input.landscape.sampled_loss().and_then(|loss| loss.probability(0.0)).is_some() { "p" } else { "o" };
        let inputs: Vec<f64> = samples.iter().map(|sample| sample[0]).collect();
        let outputs = said(input.landscape, at, &inputs);
        let endless = outputs.iter().filter(|output| !output.is_finite()).count();
        let places = inputs.into_iter().zip(outputs).map(|(x, output)| Point::new(x, output));
        let mut beyond: Vec<Point> =
            places.filter(|place| place.y.is_finite() && excess(view, place.y) > 0.0).collect();
        beyond.sort_by(|a, b| excess(view, b.y).total_cmp(&excess(view, a.y)));
        let points = curve(input.landscape, at, view);
        let whole = whole(view, &points, symbol);
        Some(Self { view, symbol, count: samples.len(), beyond, endless, whole, is_drawn: !points.is_empty() })
    }

    /// A description, if anything is hidden.
    pub fn description(&self) -> Option<String> {
        let mut parts: Vec<String> = self.endless_words().into_iter().collect();
        if let Some((words, _)) = &self.whole {
            parts.push(words.clone());
        } else if let Some(farthest) = self.beyond.first() {
            let count = self.beyond.len();
            let (farthest, samples) = (self.farthest_words(*farthest), counted(count, "sample"));
            let most = if count == 1 { "" } else { "at most " };
            parts.push(format!("the curve leaves the view at {samples}: {most}{farthest}"));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Arrows at the edge, and words at the farthest or for all.
    pub(super) fn draw(&self, ink: Ink, out: &mut Vec<Primitive<'static>>) {
        let view = self.view;
        for (index, place) in self.beyond.iter().enumerate() {
            let is_near = |other: &Point| {
                (other.x - place.x).abs() < APART * view.width() && is_above(view, *other) == is_above(view, *place)
            };
            if index < MANY && !self.beyond[..index].iter().any(is_near) {
                let [foot, tip] =
                    [0.1, 0.01].map(|share| Point::new(place.x, edge(view, is_above(view, *place), share)));
                out.push(Primitive::Arrow { from: foot, to: tip, pen: Pen::new(ink, 2.2).with_halo(1.0) });
            }
        }
        let middle = view.x[0] + 0.5 * view.width();
        if let Some((words, above)) = &self.whole {
            out.push(strong(Point::new(middle, edge(view, *above, 0.2)), words.clone(), ink, Anchor::Center));
        } else if let Some(farthest) = self.beyond.first() {
            let gap = 0.02 * view.width();
            let (x, anchor) =
                if farthest.x > middle { (farthest.x - gap, Anchor::Right) } else { (farthest.x + gap, Anchor::Left) };
            let place = Point::new(x, edge(view, is_above(view, *farthest), 0.07));
            out.push(strong(place, self.farthest_words(*farthest), ink, anchor));
        }
        if let Some(words) = self.endless_words() {
            out.push(strong(Point::new(middle, view.y[0] + 0.5 * view.height()), words, ink, Anchor::Center));
        }
    }

    fn endless_words(&self) -> Option<String> {
        let none = if self.is_drawn { "" } else { "no curve: " };
        let (endless, samples, symbol) = (grouped(self.endless), counted(self.count, "sample"), self.symbol);
        (self.endless > 0).then(|| format!("{none}{symbol} is not finite at {endless} of {samples}"))
    }

    fn farthest_words(&self, place: Point) -> String {
        let side = if is_above(self.view, place) { "above" } else { "below" };
        format!("{} = {} {side}", self.symbol, significant(place.y, 3))
    }
}

/// By how much an output is outside of the view; 0 inside.
fn excess(view: ViewBox, output: f64) -> f64 {
    (output - view.y[1]).max(view.y[0] - output).max(0.0)
}

fn is_above(view: ViewBox, place: Point) -> bool {
    place.y > view.y[1]
}

/// So far inside of the upper or lower edge, in shares of the height.
fn edge(view: ViewBox, above: bool, share: f64) -> f64 {
    if above { view.y[1] - share * view.height() } else { view.y[0] + share * view.height() }
}

/// Words that are moved rather than left out where there is no room.
fn strong(at: Point, text: String, ink: Ink, anchor: Anchor) -> Primitive<'static> {
    Primitive::Text { at, text, ink, anchor, strong: true }
}

/// Where all of a curve is, if that is on one side of the view, and whether it is above.
fn whole(view: ViewBox, points: &[Point], symbol: &str) -> Option<(String, bool)> {
    let [low, high] = extremes(points.iter().map(|at| at.y));
    let above = low > view.y[1];
    if points.is_empty() || !(above || high < view.y[0]) {
        return None;
    }
    let outputs = if high - low <= ALIKE * low.abs().max(high.abs()) {
        format!("{symbol} ≈ {}", significant(low / 2.0 + high / 2.0, 2))
    } else {
        format!("{symbol} from {} to {}", significant(low, 2), significant(high, 2))
    };
    Some((format!("the curve is {}: {outputs}", if above { "above" } else { "below" }), above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_that_is_nowhere_in_the_view_is_said_to_be_above_or_below() {
        let view = ViewBox::new(-1.0, 1.0, -1.0, 1.0);
        for (heights, words) in [
            ([3.0, 3.0], Some("the curve is above: o ≈ 3.0")),
            ([-8.0, -2.0], Some("the curve is below: o from −8.0 to −2.0")),
            ([1e300, 1e300], Some("the curve is above: o ≈ 1·10³⁰⁰")),
            ([0.9, 3.0], None),
            ([-5.0, 5.0], None),
        ] {
            let found = whole(view, &heights.map(|y| Point::new(0.0, y)), "o");
            assert_eq!(found.as_ref().map(|(words, _)| words.as_str()), words, "{heights:?}");
        }
        assert_eq!(whole(view, &[], "o"), None, "no curve is nowhere");
    }
}
