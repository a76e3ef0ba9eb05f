//! Ticks of an axis: round numbers, as many as there is room for.

use super::height_scale::HeightScale;
use crate::numbers::numerals::{exponent, parameter, spaced};
use crate::numbers::tolerance;

/// About this many ticks along an axis of heights.
const ALONG_HEIGHT: usize = 4;
/// Powers of ten looked at: more than fit in any logarithmic height.
const DECADES: i32 = 16;

/// Ticks of the loss with their texts: evenly spaced where heights are linear; powers of ten where they are logarithmic, or other round numbers where these are few.
pub fn loss_ticks(heights: &HeightScale) -> Vec<(f64, String)> {
    let (low, high) = (heights.low(), heights.high());
    let even = |wanted: usize| {
        let (values, _) = ticks([low, high], wanted);
        let step = values.get(1).zip(values.first()).map_or(1.0, |(second, first)| second - first);
        (values, step)
    };
    if heights.is_linear() {
        let (values, step) = even(ALONG_HEIGHT);
        return values.into_iter().map(|value| (value, tick_text(value, step))).collect();
    }
    let decades = apart(heights, descending_decades(low, high));
    if decades.len() > 2 {
        return decades.into_iter().map(|value| (value, decade_text(value))).collect();
    }
    let (values, step) = even(10 * ALONG_HEIGHT);
    apart(heights, values.into_iter().rev().collect())
        .into_iter()
        .map(|value| (value, tick_text(value, step)))
        .collect()
}

/// The values whose labels fit, ascending; chosen from the top, where the axis is read.
fn apart(heights: &HeightScale, descending: Vec<f64>) -> Vec<f64> {
    let room = 0.7 * HeightScale::TOP / ALONG_HEIGHT as f64;
    let mut taken: Vec<f64> = Vec::new();
    for value in descending {
        let height = heights.of(value);
        let last = taken.last().map_or(f64::INFINITY, |last| heights.of(*last));
        if height >= 0.0 && last - height >= room {
            taken.push(value);
        }
    }
    taken.reverse();
    taken
}

/// The powers of ten within a range, from the highest positive one by zero to the lowest negative one.
fn descending_decades(low: f64, high: f64) -> Vec<f64> {
    let widest = low.abs().max(high.abs());
    if !(widest > 0.0 && widest.is_finite()) {
        return Vec::new();
    }
    let top = widest.log10().floor() as i32;
    let decades = || (0..DECADES).map(move |below| 10f64.powi(top - below));
    let all = decades().chain([0.0]).chain(decades().rev().map(|decade| -decade));
    all.filter(|value| (low..=high).contains(value)).collect()
}

/// The text of zero or of a power of ten: from 10⁴ on without the 1.
fn decade_text(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-4..1e4).contains(&value.abs()) {
        tick_text(value, value)
    } else {
        exponent(&format!("{value:e}")).replacen("1·", "", 1)
    }
}

/// Round numbers of a logarithmic axis, at their decimal logarithms and with their texts, none nearer to another than `closest`:
/// powers of ten, and where these are few numbers between them.
pub fn log_ticks([low, high]: [f64; 2], closest: f64) -> Vec<(f64, String)> {
    if !(high > low && closest > 0.0 && (high - low).is_finite()) {
        return Vec::new();
    }
    let strides = [1, 2, 3, 5, 10, 20, 50, 100, 200];
    let stride = strides.into_iter().find(|stride| f64::from(*stride) >= closest).unwrap_or(500);
    let [first, last] = [(low / f64::from(stride)).ceil(), (high / f64::from(stride)).floor()].map(|edge| edge as i32);
    let decades = (first..=last).map(|index| index * stride);
    let mut marks: Vec<(f64, String)> = decades.map(|decade| (f64::from(decade), multiple_text(1.0, decade))).collect();
    // The most useful first; each takes its place where it is far enough from those before it.
    let between: &[f64] = if stride > 1 { &[] } else { &[2.0, 5.0, 3.0, 7.0, 1.5, 4.0, 6.0, 8.0, 9.0] };
    let room = 1.6 * closest;
    for factor in between {
        for decade in low.floor() as i32..=high.floor() as i32 {
            let place = f64::from(decade) + libm::log10(*factor);
            let is_free = marks.iter().all(|(taken, _)| (taken - place).abs() >= room);
            if (low..=high).contains(&place) && is_free {
                marks.push((place, multiple_text(*factor, decade)));
            }
        }
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    marks
}

/// The text of m·10ᵏ, 1 ≤ m < 10: from 10⁴ and 10⁻⁴ on with an exponent, a power itself without the 1.
fn multiple_text(factor: f64, decade: i32) -> String {
    match factor {
        _ if (-3..4).contains(&decade) => parameter(factor * libm::pow(10.0, f64::from(decade))),
        1.0 => exponent(&format!("1e{decade}")).replacen("1·", "", 1),
        _ => exponent(&format!("{factor}e{decade}")),
    }
}

/// Round values from `low` to `high`, about `wanted` of them, and the decimals that tell them apart.
pub fn ticks([low, high]: [f64; 2], wanted: usize) -> (Vec<f64>, usize) {
    let range = high - low;
    if !(range > 0.0 && range.is_finite()) || wanted == 0 {
        return (Vec::new(), 0);
    }
    let rough = range / wanted as f64;
    let decade = 10f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|factor| factor * decade).into_iter().find(|step| *step >= rough).unwrap_or(rough);
    let decimals = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    let values = (first..=last.min(first + 1000)).map(|index| index as f64 * step).collect();
    (values, decimals)
}

/// The text of a tick: as many decimals as tell it from its neighbors, an exponent where it is very large or small.
pub fn tick_text(value: f64, step: f64) -> String {
    let step = step.abs();
    // What `ticks` computes as index · step may be off zero by rounding.
    let value = if value.abs() < tolerance::UNSEEN * step { 0.0 } else { value };
    if value == 0.0 && step < 1e-4 {
        return "0".to_owned();
    }
    // A fine step in numbers that are not small needs decimals, not an exponent.
    if value.abs() < 1e6 && (step >= 1e-4 || step >= 1e-12 && value.abs() >= 1e-2) {
        let decimals = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
        return spaced(&format!("{value:.decimals$}")).replace('-', "−");
    }
    let digits = (value.abs().max(step).log10().floor() - step.log10().floor()).clamp(0.0, 15.0) as usize;
    exponent(&format!("{value:.digits$e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks([-0.6, 4.8], 5), (vec![0.0, 2.0, 4.0], 0), "by twos");
        assert_eq!(ticks([0.0, 0.31], 3), (vec![0.0, 0.2], 1), "by fifths");
        assert_eq!(ticks([1.0, 1.0], 3).0, Vec::<f64>::new(), "no range");
        for (value, step, text) in [
            (0.1 + 0.2, 0.1, "0.3"),
            (-40.0, 20.0, "−40"),
            (1_020_000.0, 20_000.0, "1.02·10⁶"),
            (2.200_000_1, 1e-7, "2.2000001"),
            (2.2e-7, 1e-8, "2.2·10⁻⁷"),
            (0.0, 1e-8, "0"),
        ] {
            assert_eq!(tick_text(value, step), text, "{value} in steps of {step}");
        }
        assert!(ticks([-1e300, 1e300], 4).0.len() < 10, "huge");
    }

    #[test]
    fn ticks_of_a_logarithmic_axis_are_round_and_apart() {
        for (range, closest, texts) in [
            ([-1.0, 2.2], 0.3, &["0.1", "1", "10", "100"][..]),
            (
                [-31.0, 2.0],
                3.0,
                &["10⁻³⁰", "10⁻²⁷", "10⁻²⁴", "10⁻²¹", "10⁻¹⁸", "10⁻¹⁵", "10⁻¹²", "10⁻⁹", "10⁻⁶", "0.001", "1"],
            ),
            ([1.75, 1.95], 0.02, &["60", "70", "80"]),
            ([0.0, 1.0], 0.1, &["1", "2", "3", "5", "10"]),
            ([3.4, 6.1], 0.25, &["3000", "10⁴", "3·10⁴", "10⁵", "3·10⁵", "10⁶"]),
            ([-300.0, 300.0], 60.0, &["10⁻³⁰⁰", "10⁻²⁰⁰", "10⁻¹⁰⁰", "1", "10¹⁰⁰", "10²⁰⁰", "10³⁰⁰"]),
        ] {
            let found = log_ticks(range, closest);
            assert_eq!(found.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), texts, "{range:?}");
            assert!(found.windows(2).all(|pair| pair[1].0 - pair[0].0 >= closest), "{range:?}: {found:?}");
        }
        assert!(log_ticks([0.0, 0.0], 0.1).is_empty() && log_ticks([0.0, f64::INFINITY], 0.1).is_empty());
    }

    #[test]
    fn ticks_of_a_logarithmic_height_are_powers_of_ten_that_do_not_touch() {
        for (low, high, texts) in
            [(-0.5, 20_000.0, ["10", "100", "1000", "10⁴"]), (-3.0, 3.0, ["−3.0", "−2.6", "−1.4", "3.0"])]
        {
            let heights = HeightScale::logarithmic(low, high, (high - low) * 1e-3);
            let found = loss_ticks(&heights);
            let shown: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(shown, texts, "{low} to {high}");
            let at: Vec<f64> = found.iter().map(|(value, _)| heights.of(*value)).collect();
            assert!(at.windows(2).all(|pair| pair[1] - pair[0] > 0.15), "apart: {at:?}");
        }
        let even = loss_ticks(&HeightScale::linear(-0.2, 2.1));
        assert_eq!(even.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["0", "1", "2"], "linear");
    }
}
