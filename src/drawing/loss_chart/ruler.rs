//! A ruler laid over the chart: a line between two ends that are dragged, and its slope in words of the axes.

use super::{ChartAxis, LossChartInput, XAxis, YScale};
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::numbers::numerals::significant;

/// Where the ends lie along the selected run at first, as shares of what is seen of it.
const ALONG: [f64; 2] = [0.4, 0.95];
/// Ends nearer to each other than this, as a share of the width, have no slope.
const LEAST: f64 = 1e-3;

/// Where the ruler lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ruler {
    /// Its ends as shares of the frame, from its lower left corner; `None` along the selected run.
    ends: Option<[[f64; 2]; 2]>,
}

/// The ruler as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownRuler {
    /// Its ends in the plane of the chart.
    pub ends: [Point; 2],
    /// Its slope: "slope −0.500" on logarithms of both, "×0.913 a step" on those of the values.
    pub words: String,
}

/// Where there is no run to lie along.
const FREE: [[f64; 2]; 2] = [[0.3, 0.7], [0.8, 0.4]];

impl Ruler {
    /// Along the selected run.
    pub const ALONG: Self = Self { ends: None };

    /// Between two places, as shares of the frame from its lower left corner.
    pub fn between(ends: [[f64; 2]; 2]) -> Self {
        Self { ends: Some(ends) }
    }

    /// Its ends as shares of the frame; `None` along the selected run.
    pub fn ends(&self) -> Option<[[f64; 2]; 2]> {
        self.ends
    }

    /// Whether both ends lie in the frame.
    pub fn is_inside(&self) -> bool {
        self.ends.iter().flatten().flatten().all(|share| (0.0..=1.0).contains(share))
    }

    /// As it is shown on a chart.
    pub(super) fn shown(&self, input: &LossChartInput<'_>, x: XAxis, y: YScale, view: ViewBox) -> ShownRuler {
        let place =
            |[across, up]: [f64; 2]| Point::new(view.x[0] + across * view.width(), view.y[0] + up * view.height());
        let ends = match self.ends {
            Some(ends) => ends.map(place),
            None => along(input, x, y, view).unwrap_or(FREE.map(place)),
        };
        ShownRuler { ends, words: words(ends, (x, input.choice.against), y, LEAST * view.width()) }
    }
}

/// The ends of a ruler along the selected run, as far as it is seen.
fn along(input: &LossChartInput<'_>, x: XAxis, y: YScale, view: ViewBox) -> Option<[Point; 2]> {
    let curve = input.curves.iter().find(|curve| curve.path.selected && !curve.hidden)?;
    let spending = curve.spending();
    let last = if input.in_fog { input.playhead } else { usize::MAX };
    let points = curve.trace.points(last).into_iter();
    let seen = points.filter_map(|(step, value)| Some(Point::new(x.place(&spending, step)?, y.height(value?)?)));
    let places: Vec<f64> = seen.filter(|at| view.contains(*at)).map(|at| at.x).collect();
    let (first, last) = places.first().zip(places.last())?;
    let [a, b] = ALONG.map(|share| on_selected(input, x, y, first + share * (last - first)));
    let inside = |at: Point| Point::new(at.x.clamp(view.x[0], view.x[1]), at.y.clamp(view.y[0], view.y[1]));
    Some([inside(a?), inside(b?)])
}

impl ShownRuler {
    /// The ruler with one of its ends at another place of the plane, which is kept inside the frame.
    #[must_use]
    pub fn moved(&self, end: usize, to: Point, view: ViewBox) -> Ruler {
        let share = |value: f64, [low, high]: [f64; 2]| ((value - low) / (high - low)).clamp(0.0, 1.0);
        let mut ends = self.ends;
        ends[end] = to;
        Ruler::between(ends.map(|at| [share(at.x, view.x), share(at.y, view.y)]))
    }

    pub(super) fn draw(&self, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
        let [a, b] = self.ends;
        let pen = Pen::new(Ink::Accent, 2.0).with_halo(1.2);
        out.push(Primitive::line(vec![a, b], pen));
        out.extend(self.ends.map(|end| Primitive::mark(end, MarkerShape::Circle, 5.0, pen, true)));
        let share = |share: f64| a + (b - a) * share;
        let above = |at: Point| Point::new(at.x, at.y + 0.05 * view.height());
        let places = [0.5, 0.3, 0.7].into_iter().flat_map(|along| {
            let at = above(share(along));
            [(at, Anchor::Left), (at, Anchor::Right)]
        });
        out.push(Primitive::Name {
            places: places.collect(),
            text: self.words.clone(),
            ink: Ink::Accent,
            strong: true,
        });
    }
}

/// The point of the selected run at the step nearest to a place of the x axis.
pub fn on_selected(input: &LossChartInput<'_>, x: XAxis, y: YScale, at: f64) -> Option<Point> {
    let curve = input.curves.iter().find(|curve| curve.path.selected && !curve.hidden)?;
    let spending = curve.spending();
    let (step, value) = curve.trace.read(curve.path.run, x.step(&spending, at), input.minima)?;
    Some(Point::new(x.place(&spending, step)?, y.height(value?)?))
}

/// The slope between two ends, in what the axes count.
fn words([a, b]: [Point; 2], (x, against): (XAxis, ChartAxis), y: YScale, least: f64) -> String {
    let across = b.x - a.x;
    if across.abs() < least {
        return "no slope: drag the ends apart".to_owned();
    }
    let slope = (b.y - a.y) / across;
    let unit = match against {
        ChartAxis::Steps => "a step",
        ChartAxis::Evaluations => "an evaluation",
        ChartAxis::Gradients => "a gradient",
        ChartAxis::Operations => "an operation",
        ChartAxis::Time => "a µs",
    };
    match (x.is_log(), y.is_log()) {
        (true, true) => format!("slope {}", significant(slope, 3)),
        (false, true) => format!("×{} {unit}", significant(libm::pow(10.0, slope), 4)),
        (true, false) => format!("{} a power of ten", significant(slope, 3)),
        (false, false) => format!("{} {unit}", significant(slope, 3)),
    }
}
