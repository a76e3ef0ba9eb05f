//! Predicted and actual change of one step: what there is to say of each, and as bars on one scale from zero.

mod compact;

pub use compact::Compact;

use emath::{Pos2, Rect, pos2, vec2};

use super::compose::{Layer, Measure, Outline, Tint};
use super::ink::{Ink, Theme};
use crate::analysis::ModelOrder;
use crate::numbers::numerals::{change, grouped, number};
use crate::optimizers::Verdict;
use crate::run::{KnownOfStep, StepAnalysis};

/// Between columns, in points at normal type.
const GAP: f32 = 12.0;
/// Half the thickness of a bar, in points at normal type.
const HALF: f32 = 5.0;
/// The least length of a bar that is not zero, in points at normal type.
const LEAST: f32 = 1.5;
/// What a bar below its name takes of the height, in points at normal type.
const STACKED: f32 = 13.0;
/// The least length of the track beside names and digits, in points at normal type: where it would be shorter, the names are
/// without their verb, then the track is short, then the ratios are away.
const TRACK: f32 = 72.0;
/// The same of a short track.
const SHORT_TRACK: f32 = 36.0;
/// The share of the width that the names take at most.
const NAMES: f32 = 0.45;
/// The name of the error of the method's model.
const MODEL_ERROR: &str = "model error";
/// The same beside names without their verb.
const ERROR: &str = "error";
/// Said instead of digits that would mean nothing.
const LOST: &str = "below rounding";
/// Said instead of a change below 10⁻¹² of the decrease of the run so far.
const NEGLIGIBLE: &str = "negligible";
/// Words in tight lines are raised by at most this share of their height.
const RAISED: f32 = 0.09;

/// One change of the loss: predicted by a local model, or actual.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// What changes the loss by this much: "plane predicted", "actual".
    pub name: String,
    /// The same in a word, where there is little room.
    pub short: &'static str,
    /// What that means.
    pub help: String,
    /// Its color.
    pub ink: Ink,
    /// The change; `None` where it is lost in the rounding of the loss, or undefined.
    pub value: Option<f64>,
    /// The change in digits, or why there are none.
    pub text: String,
    /// ρ, actual ÷ predicted; `None` for the actual change, or where it means nothing.
    pub ratio: Option<f64>,
}

/// The changes of one step, and the error of the model on which the method rests it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReductionBars {
    /// The predictions that may be shown, then the actual change.
    pub rows: Vec<ChangeRow>,
    /// The predicted change by the method's model and the actual one, where the model's error is above rounding.
    pub error: Option<[f64; 2]>,
    /// The row of the method's own model; `None` where it may not be shown.
    pub own: Option<usize>,
}

impl ReductionBars {
    /// The bars of a step; `None` where there is no step, or where its end has no value.
    ///
    /// `known` says what the method has asked: in fog nothing else is shown. `is_end`: the step was computed, not taken.
    pub fn of(analysis: &StepAnalysis, known: KnownOfStep, in_fog: bool, is_end: bool) -> Option<Self> {
        let (Some(reduction), Ok(step)) = (analysis.change, &analysis.replayed.step) else { return None };
        let of_loss = analysis.model.quadratic(step.proposed);
        let values = [reduction.linear, reduction.quadratic, of_loss, reduction.actual];
        let row = |index: usize, [name, help]: [String; 2], short: &'static str, ink: Ink| {
            let value = values[index];
            let reason = match value {
                0.0 => None,
                value if analysis.is_lost(value) => Some(LOST),
                value => analysis.is_negligible(value).then_some(NEGLIGIBLE),
            };
            let text = reason.map_or_else(|| change(value), str::to_owned);
            let value = Some(value).filter(|value| reason.is_none() && !value.is_nan());
            ChangeRow { name, short, help, ink, value, text, ratio: None }
        };
        let is_at_hand = known.landing;
        let verb = if is_at_hand { "predicted" } else { "predicts" };
        let mut rows = Vec::new();
        // In fog a method that asked a batch knows the plane of that alone.
        let (mut plane, mut quadratic) = (None, None);
        if known.slope && (analysis.batch.is_none() || !in_fog) {
            plane = Some(rows.len());
            let of_all =
                analysis.batch.as_ref().map_or_else(String::new, |batch| format!(" of all {}", grouped(batch.of)));
            let help = "The change of the loss by the tangent plane at w: the gradient times the step.";
            let plane = if analysis.model.hessian.dimension.is_one() { "line" } else { "plane" };
            rows.push(row(0, [format!("{plane}{of_all} {verb}"), help.to_owned()], plane, Ink::Plane));
        }
        // In fog a method knows its own model, though it has not asked for the loss's curvature.
        if let Some(matrix) = analysis.own_matrix_name {
            let help = format!(
                "The change of the loss by the quadratic model that the method minimizes: the gradient at w, with {matrix} in place of the Hessian. The sentence and the model error refer to this model."
            );
            quadratic = Some(rows.len());
            rows.push(row(1, [format!("method's model {verb}"), help], "model", Ink::Quadratic));
        }
        if known.curvature {
            let help = "The change of the loss by the quadratic model at w: the gradient and the Hessian.";
            quadratic = quadratic.or(Some(rows.len()));
            rows.push(row(2, [format!("quadratic {verb}"), help.to_owned()], "quad.", Ink::Quadratic));
        }
        let own = match analysis.order {
            ModelOrder::Linear => plane,
            ModelOrder::Quadratic => quadratic,
        };
        if !is_at_hand {
            return Some(Self { rows, error: None, own });
        }
        for row in &mut rows {
            row.ratio = row.value.and_then(|value| ratio(analysis, value, reduction.actual));
        }
        let name = match (is_end, step.verdict) {
            (true, _) => "actual, if taken",
            (false, Verdict::Rejected) => "actual, if accepted",
            (false, _) => "actual",
        };
        let help = "The actual change of the loss from w to the end of the step.";
        rows.push(row(3, [name, help].map(str::to_owned), "actual", Ink::Truth));
        let predicted = reduction.prediction(analysis.order);
        let is_shown = match analysis.order {
            ModelOrder::Linear => known.slope,
            ModelOrder::Quadratic => analysis.own_matrix_name.is_some() || known.curvature,
        };
        let gap = reduction.actual - predicted;
        let is_seen = gap.is_finite() && !analysis.is_lost(gap) && !analysis.is_negligible(gap);
        let error = (is_shown && is_seen).then_some([predicted, reduction.actual]);
        Some(Self { rows, error, own })
    }

    /// Where names, track and digits stand in a rectangle: with as much said as leaves the track its length.
    fn columns(&self, rect: Rect, measure: &dyn Measure, scale: f32) -> Columns {
        let widest = |texts: &mut dyn Iterator<Item = &str>, strong: bool| {
            texts.map(|text| measure.size(text, strong).x).fold(0.0, f32::max)
        };
        let digits = widest(&mut self.rows.iter().map(|row| row.text.as_str()), true);
        let ratios: Vec<String> = self.rows.iter().filter_map(ratio_text).collect();
        let ratios = widest(&mut ratios.iter().map(String::as_str), false);
        let gap = GAP * scale;
        let of = |[is_brief, has_ratios]: [bool; 2]| {
            let of_error = self.error.map(|_| error_name(is_brief));
            let names = self.rows.iter().map(|row| row.name_in(is_brief)).chain(of_error);
            let names = widest(&mut { names }, false).min(NAMES * rect.width());
            let right = rect.right() - if has_ratios && ratios > 0.0 { ratios + gap } else { 0.0 };
            let left = rect.left() + names + gap;
            Columns { is_brief, has_ratios, right, track: [left, (right - digits - gap).max(left)] }
        };
        let choices =
            [([false, true], TRACK), ([true, true], TRACK), ([true, true], SHORT_TRACK), ([false, false], TRACK)];
        let is_long = |(form, least): ([bool; 2], f32)| {
            let columns = of(form);
            (columns.track[1] - columns.track[0] >= least * scale).then_some(columns)
        };
        choices.into_iter().find_map(is_long).unwrap_or_else(|| of([true, false]))
    }

    /// The bars in a rectangle, with names on their left and digits on their right.
    pub fn layers(&self, rect: Rect, measure: &dyn Measure, theme: Theme, scale: f32) -> Vec<Layer> {
        let height = measure.size("0", false).y;
        let line = (rect.height() / self.lines().max(1) as f32).min(1.6 * height);
        let painter = Painter { measure, theme, scale, pitch: line };
        let Columns { is_brief, has_ratios, right, track } = self.columns(rect, measure, scale);
        let axis = Axis::of(self, track);
        let middle = |index: usize| rect.top() + (index as f32 + 0.5) * line;
        let mut layers = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let y = middle(index);
            painter.words(row.name_in(is_brief), Ink::Muted, false, pos2(rect.left(), y), 0.0, &mut layers);
            painter.words(&row.text, row.ink, true, pos2(right, y), 1.0, &mut layers);
            if let Some(text) = ratio_text(row).filter(|_| has_ratios) {
                painter.words(&text, Ink::Muted, false, pos2(rect.right(), y), 1.0, &mut layers);
            }
            if let Some(value) = row.value {
                painter.bar([0.0, value].map(|value| axis.place(value)), y, HALF, row.ink, &mut layers);
            }
        }
        if let Some(ends) = self.error {
            let y = middle(self.rows.len());
            let ends = ends.map(|value| axis.place(value));
            painter.bar(ends, y - 0.3 * line, 0.3 * HALF, Ink::Gap, &mut layers);
            painter.words(error_name(is_brief), Ink::Gap, false, pos2(rect.left(), y), 0.0, &mut layers);
            painter.words(&self.error_text(), Ink::Gap, true, pos2(right, y), 1.0, &mut layers);
        }
        if let Some(words) = self.no_change() {
            let middle = pos2(f32::midpoint(track[0], track[1]), rect.top() + 0.5 * line * self.rows.len() as f32);
            if measure.size(words, false).x <= track[1] - track[0] {
                painter.words(words, Ink::Muted, false, middle, 0.5, &mut layers);
            }
            return layers;
        }
        let x = axis.place(0.0);
        let ends = vec![pos2(x, rect.top()), pos2(x, middle(self.rows.len()) - 0.5 * line)];
        let tint = painter.tint(Ink::Outline);
        layers.push(Layer::Stroke { corners: ends, line: Outline { width: scale, tint }, dashes: Vec::new() });
        layers
    }

    /// How many lines there are where each bar has one of its own, and so has the error.
    fn lines(&self) -> usize {
        self.rows.len() + usize::from(self.error.is_some())
    }

    /// Said in place of the bars of a step that changes nothing; `None` where there are bars or an error, or a change is undefined.
    fn no_change(&self) -> Option<&'static str> {
        let is_nothing = |row: &ChangeRow| match row.value {
            Some(value) => value == 0.0,
            None => row.text == LOST || row.text == NEGLIGIBLE,
        };
        if self.rows.is_empty() || self.error.is_some() || !self.rows.iter().all(is_nothing) {
            return None;
        }
        let is_known = self.rows.iter().any(|row| row.ink == Ink::Truth);
        let reason = |reason: &str| self.rows.iter().any(|row| row.text == reason);
        Some(match (reason(NEGLIGIBLE), reason(LOST)) {
            (true, _) => "negligible change",
            (false, true) => "change below rounding",
            (false, false) if is_known => "no change",
            (false, false) => "no change predicted",
        })
    }

    /// How high they are below each other, the names above the bars; with the height of a line of words.
    pub fn stacked_height(&self, line: f32, scale: f32) -> f32 {
        self.lines() as f32 * (line + STACKED * scale)
    }

    /// The bars in a narrow rectangle: each below its name and its digits.
    pub fn stacked(&self, rect: Rect, measure: &dyn Measure, theme: Theme, scale: f32) -> Vec<Layer> {
        let line = measure.size("0", false).y;
        let painter = Painter { measure, theme, scale, pitch: line };
        let height = line + STACKED * scale;
        let axis = Axis::of(self, [rect.left(), rect.right()]);
        let mut layers = Vec::new();
        let words = |index: usize, name: &str, text: &str, inks: [Ink; 2], layers: &mut Vec<Layer>| {
            let y = rect.top() + index as f32 * height + line / 2.0;
            let room = rect.width() - measure.size(text, true).x - GAP * scale;
            let ratio = self.rows.get(index).and_then(ratio_text);
            // ρ stands before the digits where the name, if need be without its verb, leaves it the room.
            let of_ratio = ratio.as_ref().map_or(0.0, |ratio| measure.size(ratio, false).x + GAP * scale);
            let left_by = |room: f32| [name, brief(name)].into_iter().find(|name| measure.size(name, false).x <= room);
            let beside = left_by(room - of_ratio);
            let name = beside.or(left_by(room)).unwrap_or_else(|| brief(name));
            painter.words(name, inks[0], false, pos2(rect.left(), y), 0.0, layers);
            if let Some(ratio) = ratio.filter(|_| beside.is_some()) {
                painter.words(&ratio, Ink::Muted, false, pos2(rect.left() + room, y), 1.0, layers);
            }
            painter.words(text, inks[1], true, pos2(rect.right(), y), 1.0, layers);
            y + line / 2.0 + 0.4 * STACKED * scale
        };
        for (index, row) in self.rows.iter().enumerate() {
            let y = words(index, &row.name, &row.text, [Ink::Muted, row.ink], &mut layers);
            if let Some(value) = row.value {
                painter.bar([0.0, value].map(|value| axis.place(value)), y, HALF, row.ink, &mut layers);
            }
        }
        if let Some(ends) = self.error {
            let y = words(self.rows.len(), MODEL_ERROR, &self.error_text(), [Ink::Gap; 2], &mut layers);
            painter.bar(ends.map(|value| axis.place(value)), y, 0.3 * HALF, Ink::Gap, &mut layers);
        }
        layers
    }

    /// The whole in words, for whoever does not see it.
    pub fn described(&self) -> String {
        let row = |row: &ChangeRow| {
            let ratio = ratio_text(row).map_or_else(String::new, |ratio| format!(" ({ratio})"));
            format!("{} {}{ratio}", row.name, row.text)
        };
        let mut parts: Vec<String> = self.rows.iter().map(row).collect();
        parts.extend(self.error.map(|_| format!("model error {}", self.error_text())));
        parts.join(", ")
    }

    fn error_text(&self) -> String {
        self.error.map_or_else(String::new, |[predicted, actual]| change(actual - predicted))
    }
}

impl ChangeRow {
    /// Its name, or that without its verb.
    fn name_in(&self, is_brief: bool) -> &str {
        if is_brief { brief(&self.name) } else { &self.name }
    }
}

/// What the error of the method's model is called.
fn error_name(is_brief: bool) -> &'static str {
    if is_brief { ERROR } else { MODEL_ERROR }
}

/// A name without its verb, which the sentence has.
fn brief(name: &str) -> &str {
    ["predicted", "predicts"].iter().find_map(|verb| name.strip_suffix(verb)).map_or(name, str::trim_end)
}

/// Where names, track and digits stand side by side.
struct Columns {
    /// The names are without their verb.
    is_brief: bool,
    has_ratios: bool,
    /// The right end of the digits.
    right: f32,
    track: [f32; 2],
}

/// ρ beside the digits.
fn ratio_text(row: &ChangeRow) -> Option<String> {
    row.ratio.map(|ratio| format!("ρ {}", number(ratio)))
}

/// actual ÷ predicted; `None` where one of them is lost or the quotient means nothing.
fn ratio(analysis: &StepAnalysis, predicted: f64, actual: f64) -> Option<f64> {
    let actual = if analysis.is_lost(actual) || analysis.is_negligible(actual) { 0.0 } else { actual };
    Some(actual / predicted).filter(|ratio| predicted != 0.0 && ratio.is_finite())
}

/// Where changes are along the track: zero and all of them are on it.
struct Axis {
    track: [f32; 2],
    range: [f64; 2],
}

impl Axis {
    fn of(bars: &ReductionBars, track: [f32; 2]) -> Self {
        let values = bars.rows.iter().filter_map(|row| row.value).chain(bars.error.into_iter().flatten());
        let finite = values.filter(|value| value.is_finite());
        Self { track, range: finite.fold([0.0_f64; 2], |[low, high], value| [low.min(value), high.max(value)]) }
    }

    /// Beyond the track it rests at its end; nothing is shown to scale where a change is infinite.
    fn place(&self, value: f64) -> f32 {
        let [low, high] = self.range;
        // Halved, so that the difference of huge ends is finite.
        let half = high / 2.0 - low / 2.0;
        let share = if half > 0.0 { (value / 2.0 - low / 2.0) / half } else { 0.5 };
        self.track[0] + share.clamp(0.0, 1.0) as f32 * (self.track[1] - self.track[0])
    }
}

struct Painter<'a> {
    measure: &'a dyn Measure,
    theme: Theme,
    scale: f32,
    /// From a line of words to the next one; the place of words is no higher.
    pitch: f32,
}

impl Painter<'_> {
    fn tint(&self, ink: Ink) -> Tint {
        Tint { color: ink.line(self.theme), opacity: 1.0 }
    }

    /// A bar between two places; one that is not zero is never too short to be seen.
    fn bar(&self, [from, to]: [f32; 2], y: f32, half: f32, ink: Ink, layers: &mut Vec<Layer>) {
        if from == to {
            return;
        }
        let least = LEAST * self.scale;
        let to = if (to - from).abs() < least { from + least.copysign(to - from) } else { to };
        let half = half * self.scale;
        let corners = vec![pos2(from, y - half), pos2(to, y - half), pos2(to, y + half), pos2(from, y + half)];
        layers.push(Layer::Area { corners, fill: self.tint(ink), outline: None });
    }

    /// Words in the middle of a line that begin, or with 1 end, at a place.
    fn words(&self, text: &str, ink: Ink, strong: bool, at: Pos2, share: f32, layers: &mut Vec<Layer>) {
        let size = self.measure.size(text, strong);
        // Where lines are tight the letters below the line would reach out of the last one.
        let raised = ((size.y - self.pitch) / 2.0).clamp(0.0, RAISED * size.y);
        let corner = at - vec2(share * size.x, size.y / 2.0);
        layers.push(Layer::Words {
            patch: Rect::from_center_size(corner + size / 2.0, vec2(size.x, size.y.min(self.pitch))),
            ground: Tint { color: Ink::Panel.fill(self.theme), opacity: 0.0 },
            at: corner - vec2(0.0, raised),
            text: text.to_owned(),
            color: ink.text(self.theme),
            strong,
            upward: false,
        });
    }
}

#[cfg(test)]
mod tests;
