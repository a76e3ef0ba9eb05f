//! The figures along an axis: which values have one, and what it says.

use crate::drawing::ticks::{log_ticks, tick_text, ticks};
use crate::numbers::numerals::parameter;

/// A value on an axis with its figure; the step is the distance to its neighbors.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) value: f64,
    pub(super) step: f64,
    pub(super) text: String,
}

/// About this many round numbers.
pub(super) fn numbers(range: [f64; 2], wanted: usize) -> Vec<Mark> {
    let (values, _) = ticks(range, wanted);
    let step = values.get(1).zip(values.first()).map_or(1.0, |(second, first)| second - first);
    values.into_iter().map(|value| Mark { value, step, text: tick_text(value, step) }).collect()
}

/// About this many round numbers beyond [`base`], each with the part of it beyond that.
pub(super) fn offsets(range: [f64; 2], wanted: usize) -> Vec<Mark> {
    let base = base(range);
    let (values, _) = ticks(range.map(|end| end - base), wanted);
    let step = values.get(1).zip(values.first()).map_or(1.0, |(second, first)| second - first);
    let text = |value: f64| {
        let text = tick_text(value, step);
        if value > 0.0 { format!("+{text}") } else { text }
    };
    values.into_iter().map(|value| Mark { value: base + value, step, text: text(value) }).collect()
}

/// A number of few digits in a range, or next to it: what the numbers of a narrow range have in common.
pub fn base([low, high]: [f64; 2]) -> f64 {
    let digit = libm::pow(10.0, libm::log10(high - low).ceil());
    let middle = low + (high - low) / 2.0;
    // By the power that is a whole number, so that decimals come out as they are written.
    let base = if digit < 1.0 {
        (middle * (1.0 / digit).round()).round() / (1.0 / digit).round()
    } else {
        (middle / digit).round() * digit
    };
    if base.is_finite() { base } else { middle }
}

/// Every quarter of a turn, in degrees.
pub(super) fn quarters([low, high]: [f64; 2]) -> Vec<Mark> {
    let quarter = |index: i32| 90.0 * f64::from(index);
    let seen = (-4..=4).map(quarter).filter(|value| (low..=high).contains(value));
    seen.map(|value| Mark { value, step: 90.0, text: tick_text(value, 90.0) }).collect()
}

/// One layer, and every five of them up to the most that a network can have.
pub(super) fn layers([low, high]: [f64; 2]) -> Vec<Mark> {
    let seen = [1.0, 5.0, 10.0, 15.0, 20.0].into_iter().filter(|value| (low..=high).contains(value));
    seen.map(|value| Mark { value, step: 5.0, text: tick_text(value, 5.0) }).collect()
}

/// Round numbers at their logarithms, none of them nearer to another than `closest`.
pub(super) fn logarithms(range: [f64; 2], closest: f64) -> Vec<Mark> {
    let found = log_ticks(range, closest);
    // A figure alone has all the room there is.
    let step = found.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(range[1] - range[0], f64::min);
    found.into_iter().map(|(value, text)| Mark { value, step, text }).collect()
}

/// At the logarithms of powers of ten, and where there is room, of twice and five times them.
pub(super) fn powers([low, high]: [f64; 2], closest: f64) -> Vec<Mark> {
    const MOST: f64 = 40.0;
    let factors: &[f64] = if closest < 2_f64.log10() { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let decades = low.floor().max(high - MOST) as i32..=high.ceil() as i32;
    let values = decades.flat_map(|decade| factors.iter().map(move |factor| f64::from(decade) + factor.log10()));
    let seen = values.filter(|value| (low..=high).contains(value));
    seen.map(|value| Mark { value, step: 1.0, text: parameter(10_f64.powf(value)) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_narrow_range_count_from_a_number_of_few_digits() {
        for (range, expected) in [
            ([0.123_456_0, 0.123_456_9], 0.123_456),
            ([-2.5 - 3e-12, -2.5 + 2e-12], -2.5),
            ([1e6, 1e6 + 1e-3], 1e6),
            ([0.0, 1.0], 1.0),
        ] {
            let base = base(range);
            assert!((base - expected).abs() < 1e-15 * expected.abs().max(1.0) || base == expected, "{range:?}: {base}");
            let marks = offsets(range, 4);
            assert!(marks.len() >= 2, "{range:?}: {marks:?}");
            for mark in &marks {
                assert!((range[0]..=range[1]).contains(&mark.value), "{range:?}: {mark:?}");
                assert!(mark.text.chars().count() <= 12, "{range:?}: {mark:?}");
            }
        }
    }
}
