//! Ticks of an axis: round numbers, as many as there is room for.

use crate::numbers::numerals::exponent;

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
    let value = if value.abs() < 1e-9 * step { 0.0 } else { value };
    if value.abs() < 1e6 && step >= 1e-6 {
        let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        return format!("{value:.decimals$}").replace('-', "−");
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
            (2.200_000_1, 1e-7, "2.2000001·10⁰"),
            (0.0, 1e-8, "0·10⁰"),
        ] {
            assert_eq!(tick_text(value, step), text, "{value} in steps of {step}");
        }
        assert!(ticks([-1e300, 1e300], 4).0.len() < 10, "huge");
    }
}
