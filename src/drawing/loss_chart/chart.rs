//! The picture: the curves of the visible runs in a frame that all runs decide, the playhead, and notes.

use super::curve::Ground;
use super::guides::{GuideNote, draw_guides};
use super::range::{Heights, LEAST_DECADES, extent, range};
use super::scale::ShownScale;
use super::{
    ChartAxis, ChartChoice, ChartScale, Cost, Curve, Floor, Premise, ReadOut, ShownRuler, XAxis, YScale, leaves,
};
use crate::analysis::KnownMinima;
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::numbers::numerals::{counted, grouped, number, rough};
use crate::optimizers::CostModel;

/// Padding to both sides, as a share of the width.
const SIDE: f64 = 0.02;
/// A limit is in the frame where it is no further from the values than this multiple of their size, or this number of powers of ten.
const NEAR_LIMIT: f64 = 2.0;

/// What the chart is of.
pub struct LossChartInput<'a> {
    /// What is chosen.
    pub choice: ChartChoice,
    /// Every run, in the order of the legend; hidden ones count for the frame.
    pub curves: Vec<Curve<'a>>,
    /// The minima that are known.
    pub minima: &'a KnownMinima,
    /// f*, or why there is none.
    pub floor: Result<Floor, String>,
    /// The last step of the longest run, or the last it may have.
    pub span: usize,
    /// The step that is shown.
    pub playhead: usize,
    /// Where the pointer is, along the x axis.
    pub pointed: Option<f64>,
    /// Whether nothing is to be seen of what comes after the playhead.
    pub in_fog: bool,
    /// What evaluations cost, where the x axis counts that.
    pub model: CostModel,
    /// Where theorems hold along the selected run; `None` where no guide lines are asked for.
    pub premise: Option<&'a Premise>,
}

/// The chart.
pub struct LossChart {
    /// Curves, marks and words.
    pub primitives: Vec<Primitive<'static>>,
    /// What the frame shows.
    pub view: ViewBox,
    /// The x axis.
    pub x: XAxis,
    /// The y axis.
    pub y: YScale,
    /// What is shown of the chosen scale: another where there is nothing to see on it.
    pub scale: ChartScale,
    /// The names of the axes.
    pub names: [&'static str; 2],
    /// The value of every visible run at the pointer or, if it is elsewhere, at the playhead.
    pub readings: Vec<ReadOut>,
    /// Where the readings are: "step 12", "120 evaluations".
    pub place: String,
    /// Notes on the picture, the most important first.
    pub notes: Vec<String>,
    /// How many of the first of them stay while there is any room: what the axis is above, and what is not on it.
    pub lasting: usize,
    /// The ruler, where one is laid over it.
    pub ruler: Option<ShownRuler>,
    /// Whether there is anything to see.
    pub is_empty: bool,
}

/// The picture of the runs.
pub fn loss_chart(input: &LossChartInput<'_>) -> LossChart {
    let (choice, x) = (&input.choice, XAxis::of(&input.choice, input.model));
    let scale = ShownScale::of(choice, &input.floor, &input.curves);
    let y = scale.y;
    let last = if input.in_fog { input.playhead } else { usize::MAX };
    let heights = frame(input, y);
    let ([left, right], [low, high]) = (across(input, x), heights.unwrap_or([0.0, 1.0]));
    let view = ViewBox::new(left, right, low, high);
    let ground = Ground { x, y, view, last, minima: input.minima };
    let pointed = input.pointed.filter(|at| (view.x[0]..=view.x[1]).contains(at));
    let mut primitives = Vec::new();
    // The selected one lies on top.
    let below = input.seen().filter(|curve| !curve.path.selected);
    for curve in below.chain(input.seen().filter(|curve| curve.path.selected)) {
        curve.draw(&ground, &mut primitives);
    }
    let guides = draw_guides(input, &ground, &mut primitives);
    let upright = |at: f64| vec![Point::new(at, view.y[0]), Point::new(at, view.y[1])];
    // Step 0 is left of all that a logarithmic axis shows.
    let now = playhead_place(input, x).unwrap_or(view.x[0]);
    primitives.push(Primitive::line(upright(now), Pen::new(Ink::Truth, 1.6)));
    primitives.extend(pointed.map(|at| Primitive::line(upright(at), Pen::new(Ink::Muted, 1.0))));
    for curve in input.seen().filter(|curve| !curve.path.ghost) {
        let step = pointed.map_or(curve.path.now, |at| x.step(&curve.spending(), at));
        primitives.extend(curve.mark(step, &ground));
    }
    let ruler = choice.ruler.map(|ruler| ruler.shown(input, x, y, view));
    if let Some(ruler) = &ruler {
        ruler.draw(view, &mut primitives);
    }
    let (notes, lasting) = notes(input, &scale, last, guides);
    LossChart {
        primitives,
        view,
        x,
        y,
        scale: scale.kind(),
        names: [choice.against.title(), y_name(choice, &scale)],
        readings: input.seen().map(|curve| ReadOut::of(curve, input, y, pointed)).collect(),
        place: place_words(input, x, pointed),
        notes,
        lasting,
        ruler,
        is_empty: heights.is_none() || !input.seen().any(|curve| curve.is_seen(y, last)),
    }
}

impl LossChartInput<'_> {
    /// The visible runs.
    fn seen(&self) -> impl Iterator<Item = &Curve<'_>> {
        self.curves.iter().filter(|curve| !curve.hidden)
    }
}

/// Where the playhead is; against evaluations, what the selected run has asked for until then.
fn playhead_place(input: &LossChartInput<'_>, x: XAxis) -> Option<f64> {
    if input.choice.against == ChartAxis::Steps {
        return x.place_of(input.playhead as f64);
    }
    let curve = input.curves.iter().find(|curve| curve.path.selected)?;
    x.place(&curve.spending(), input.playhead.min(curve.path.run.iterates().len().saturating_sub(1)))
}

/// What the y axis is called.
fn y_name(choice: &ChartChoice, scale: &ShownScale) -> &'static str {
    let quantity = choice.quantity;
    match scale.y {
        _ if scale.is_above => "loss − f*",
        YScale::Log { .. } => quantity.negative().unwrap_or(quantity.axis()),
        YScale::Linear => quantity.axis(),
    }
}

/// The range of the x axis: as far as any run goes, hidden or not; on a logarithmic one from the first step, as the start has cost
/// nothing.
fn across(input: &LossChartInput<'_>, x: XAxis) -> [f64; 2] {
    let ends = input.curves.iter().filter_map(|curve| {
        let last = curve.path.run.iterates().len().checked_sub(1)?;
        x.place(&curve.spending(), last)
    });
    let span = (input.choice.against == ChartAxis::Steps).then(|| x.place_of(input.span as f64)).flatten();
    if !x.is_log() {
        let end = ends.chain(span).fold(0.0, f64::max).max(1.0);
        return [-SIDE * end, (1.0 + SIDE) * end];
    }
    let first = |curve: &Curve<'_>| {
        let spending = curve.spending();
        (1..curve.path.run.iterates().len()).find_map(|step| x.place(&spending, step))
    };
    let begin = input.curves.iter().filter_map(first).reduce(f64::min).unwrap_or(0.0);
    let end = ends.chain(span).fold(begin + LEAST_DECADES, f64::max);
    let free = SIDE * (end - begin);
    [begin - free, end + free]
}

/// The range of the y axis: of all runs, hidden or not, and of the limits that are near.
fn frame(input: &LossChartInput<'_>, y: YScale) -> Option<[f64; 2]> {
    let band = input.choice.quantity.band().filter(|_| !y.is_log());
    let heights = |curve: &Curve<'_>| {
        let values = curve.trace.points(usize::MAX).into_iter().filter_map(|(_, value)| y.height(value?));
        let values = values.map(|height| band.map_or(height, |[low, high]| height.clamp(low, high)));
        Heights { values: values.collect(), leaves: leaves(curve.path.run) }
    };
    let curves: Vec<Heights> = input.curves.iter().map(heights).collect();
    let found = range(&curves, y.is_log())?;
    let size = if y.is_log() { 1.0 } else { found[0].abs().max(found[1].abs()) };
    let reach = NEAR_LIMIT * size;
    let limits = input.curves.iter().flat_map(|curve| curve.trace.limits()).filter_map(|(_, limit)| y.height(*limit));
    let near = limits.filter(|limit| (found[0] - reach..=found[1] + reach).contains(limit));
    let [low, high] = extent(found.into_iter().chain(near))?;
    let margin = 0.05 * (high - low);
    Some([if low < found[0] { low - margin } else { low }, if high > found[1] { high + margin } else { high }])
}

/// Where the readings are.
fn place_words(input: &LossChartInput<'_>, x: XAxis, pointed: Option<f64>) -> String {
    match (pointed, input.choice.against) {
        (None, _) => format!("step {}", grouped(input.playhead)),
        (Some(at), ChartAxis::Steps) => format!("step {}", grouped(x.count(at) as usize)),
        (Some(at), ChartAxis::Evaluations) => counted(x.count(at) as usize, "evaluation"),
        (Some(at), ChartAxis::Gradients) => format!("{} gradients", number(x.count(at))),
        (Some(at), ChartAxis::Operations) => format!("{} operations", number(x.count(at))),
        (Some(at), ChartAxis::Time) => format!("{} µs", number(x.count(at))),
    }
}

fn notes(input: &LossChartInput<'_>, scale: &ShownScale, last: usize, guides: Vec<GuideNote>) -> (Vec<String>, usize) {
    let mut notes: Vec<String> = scale.note.iter().cloned().collect();
    if let (true, Ok(floor)) = (scale.is_above, &input.floor) {
        notes.push(floor.note());
    }
    notes.extend(undrawn(input, scale, last));
    // Why there is none of what was asked for stays; what is drawn says more itself.
    let (refused, drawn): (Vec<GuideNote>, Vec<GuideNote>) = guides.into_iter().partition(|note| note.lasts);
    notes.extend(refused.into_iter().map(|note| note.text));
    let lasting = notes.len();
    notes.extend(drawn.into_iter().map(|note| note.text));
    let sampled = input.seen().filter_map(|curve| {
        let end = curve.path.run.iterates().len().checked_sub(1)?;
        curve.trace.sampled(end.min(last)).filter(|[known, all]| known < all)
    });
    if let Some([known, all]) = sampled.max_by_key(|[_, all]| *all) {
        notes.push(format!("Computed at {known} of {} iterates", grouped(all)));
    }
    if let Some([known, all]) = input.seen().find_map(|curve| curve.trace.waits()) {
        notes.push(format!("Replayed in the background: {} of {} steps …", grouped(known), grouped(all)));
    } else if input.seen().any(|curve| curve.trace.is_behind()) {
        notes.push("More is being computed …".to_owned());
    }
    let is_at_n = matches!(input.choice.against, ChartAxis::Gradients | ChartAxis::Operations);
    if is_at_n {
        notes.push(format!("n = {} weights, as chosen on the Compare tab", rough(input.model.weights)));
    }
    if input.choice.against == ChartAxis::Time && input.seen().any(|curve| curve.seconds.is_none()) {
        notes.push("The time of a step is still being measured …".to_owned());
    }
    if input.choice.log_x {
        notes.push("The log axis begins with step 1: the start is at 0".to_owned());
    }
    (notes, lasting)
}

/// How many values of the visible runs have no logarithm, where that can be counted.
fn undrawn(input: &LossChartInput<'_>, scale: &ShownScale, last: usize) -> Option<String> {
    let YScale::Log { sign, .. } = scale.y else { return None };
    let without = |curve: &Curve<'_>| {
        let values = curve.trace.points(last).into_iter().filter_map(|(_, value)| value);
        values.filter(|value| scale.y.height(*value).is_none()).count()
    };
    let count: usize = input.seen().map(without).sum();
    let limit = match (scale.is_above, sign < 0.0) {
        (true, _) => "at or below f*",
        (false, true) => "≥ 0",
        (false, false) => "≤ 0",
    };
    let is_counted = input.seen().all(|curve| curve.trace.is_exact());
    match count {
        0 => None,
        _ if !is_counted => Some(format!("Values {limit} are not on a log axis")),
        1 => Some(format!("1 value {limit} is not on a log axis")),
        _ => Some(format!("{} {limit} are not on a log axis", counted(count, "value"))),
    }
}

/// Whether a quantity of some of the runs is computed at some steps only.
pub(super) fn is_sampled(input: &LossChartInput<'_>, curve: &Curve<'_>) -> bool {
    input.choice.quantity.cost(curve.path.run) != Cost::Recorded
}
