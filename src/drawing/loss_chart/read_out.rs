//! The reading of a run at a place of the chart: its value, and at which of its steps.

use super::chart::is_sampled;
use super::{Curve, LossChartInput, XAxis, YScale};
use crate::numbers::numerals::{grouped, number};

/// A run and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadOut {
    /// The name of its method; whoever knows the other runs may add what distinguishes it from them.
    pub name: String,
    /// The value in words, or why there is none.
    pub text: String,
    /// The value alone, where there is little room; what is said instead of one.
    pub value: String,
    /// Why there is no value, if there never is one.
    pub why: Option<&'static str>,
    /// Whether the run is the selected one.
    pub selected: bool,
}

impl ReadOut {
    pub(super) fn of(curve: &Curve<'_>, input: &LossChartInput<'_>, y: YScale, pointed: Option<f64>) -> Self {
        let (run, quantity) = (curve.path.run, input.choice.quantity);
        let wanted =
            pointed.map_or(curve.path.now, |x| XAxis::of(&input.choice, input.model).step(&curve.spending(), x));
        let last = run.iterates().len().saturating_sub(1);
        let ended = wanted > last && run.stop().is_some();
        let end = if input.in_fog { input.playhead } else { usize::MAX };
        let reading = |text: String, why| {
            let value = text.clone();
            Self { name: curve.path.name.clone(), text, value, why, selected: curve.path.selected }
        };
        if let Some([known @ 0, all]) = curve.trace.waits() {
            let why = "A step of it costs more than a frame: some are taken again in the background.";
            return reading(format!("is replayed: {known} of {} steps", grouped(all)), Some(why));
        }
        let known = curve.trace.points(end);
        if !curve.trace.is_behind() && curve.trace.waits().is_none() && known.iter().all(|(_, value)| value.is_none()) {
            let [what, why] = quantity.missing();
            return reading(format!("has {what}"), Some(why));
        }
        let Some((step, value)) = curve.trace.read(run, wanted.min(end), input.minima) else {
            return reading("–".to_owned(), None);
        };
        let value = value.map_or_else(|| "–".to_owned(), |value| number(y.shown(value)));
        let mut text = value.clone();
        let is_other = is_sampled(input, curve) && step != wanted.min(last);
        let by_spending = pointed.is_some() && input.choice.against != super::ChartAxis::Steps;
        if ended {
            text = format!("{text} (ended at step {})", grouped(last));
        } else if is_other || by_spending {
            text = format!("{text} (step {})", grouped(step));
        }
        if let Some((limit, words)) = quantity.limit(run, step) {
            text = format!("{text}, {words} = {}", number(limit));
        }
        Self { value, ..reading(text, None) }
    }
}
