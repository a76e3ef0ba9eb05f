//! Which values the y axis shows: those of every run, hidden or not; a run on its way to infinity does not flatten the
//! others, and a small change does not fill the frame. On a logarithmic axis such a run is a rising line, and is followed.

/// How far beyond all others a run that leaves may reach, as a share of their range.
const BEYOND: f64 = 0.35;
/// How far a run that leaves may reach where it is the only one, in sizes of its start.
const ALONE: f64 = 4.0;
/// How far a run that leaves may reach on a logarithmic axis where it is the only one, in powers of ten.
const DECADES_ALONE: f64 = 40.0;
/// How far above all others a run that leaves is followed on a logarithmic axis, in powers of ten: at least this, and as far as the
/// others span.
const DECADES_BEYOND: f64 = 4.0;
/// The least range, as a share of the largest size.
const LEAST: f64 = 0.5;
/// The least range of a logarithmic axis, in powers of ten.
pub(super) const LEAST_DECADES: f64 = 1.0;
/// Padding above and below, as a share of the range.
const MARGIN: f64 = 0.05;

/// The heights of one run.
pub(super) struct Heights {
    /// The values of its points, in their order.
    pub(super) values: Vec<f64>,
    /// Whether it leaves for infinity.
    pub(super) leaves: bool,
}

/// The range of heights that is shown; `None` where there is no height. Heights are values, or decimal logarithms of them.
pub(super) fn range(curves: &[Heights], log: bool) -> Option<[f64; 2]> {
    let settled = || curves.iter().filter(|curve| !curve.leaves).flat_map(|curve| &curve.values);
    let starts = curves.iter().filter_map(|curve| curve.values.first());
    let core = extent(settled().chain(starts).copied())?;
    let width = core[1] - core[0];
    let [below, above] = match (settled().next().is_none(), log) {
        (true, true) => [DECADES_ALONE; 2],
        (true, false) => [ALONE * core[0].abs().max(core[1].abs()).max(f64::MIN_POSITIVE); 2],
        (false, true) => [(BEYOND * width).max(LEAST_DECADES), width.max(DECADES_BEYOND)],
        (false, false) => [BEYOND * width.max(LEAST * core[0].abs().max(core[1].abs())); 2],
    };
    let leaving = curves.iter().filter(|curve| curve.leaves).flat_map(|curve| &curve.values);
    let near = leaving.map(|height| height.clamp(core[0] - below, core[1] + above));
    let all = extent(core.into_iter().chain(near))?;
    Some(padded(if log { wide_enough(all) } else { with_zero(all) }))
}

/// The least and the greatest of some numbers.
pub(super) fn extent(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    values.fold(None, |found: Option<[f64; 2]>, value| {
        let [low, high] = found.unwrap_or([value; 2]);
        Some([low.min(value), high.max(value)])
    })
}

/// With 0 where the range is small beside the values.
fn with_zero([low, high]: [f64; 2]) -> [f64; 2] {
    let size = low.abs().max(high.abs());
    match high - low < LEAST * size {
        true if low > 0.0 => [0.0, high],
        true => [low, 0.0],
        false if high > low => [low, high],
        false => [-1.0, 1.0],
    }
}

/// The range, widened to [`LEAST_DECADES`] powers of ten.
fn wide_enough([low, high]: [f64; 2]) -> [f64; 2] {
    let lacking = (LEAST_DECADES - (high - low)).max(0.0);
    [low - 0.75 * lacking, high + 0.25 * lacking]
}

fn padded([low, high]: [f64; 2]) -> [f64; 2] {
    let margin = MARGIN * (high - low);
    [low - margin, high + margin]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(curves: &[(&[f64], bool)], log: bool) -> [f64; 2] {
        let heights = |(values, leaves): &(&[f64], bool)| Heights { values: values.to_vec(), leaves: *leaves };
        range(&curves.iter().map(heights).collect::<Vec<_>>(), log).unwrap()
    }

    #[test]
    fn a_run_that_leaves_presses_no_other_flat() {
        let settled: &[f64] = &[60.0, 20.0, 5.0];
        let [low, high] = of(&[(settled, false), (&[60.0, 90.0, 1e300], true)], false);
        assert!(low < 5.0 && (60.0..100.0).contains(&high), "[{low}, {high}]");
        let [low, high] = of(&[(&[1.8, 1.3, -30.0], false), (&[1.8, 3.0, 300.0], true)], true);
        assert!(low < -30.0 && 31.8 > 0.45 * (high - low), "half of the frame is theirs: [{low}, {high}]");
        let [_, high] = of(&[(&[60.0, 90.0, 1e300], true)], false);
        assert!((61.0..400.0).contains(&high), "alone it is seen to leave: {high}");
    }

    /// On a logarithmic axis it is a straight line, and its rise is to be seen, over as many powers of ten as the others span.
    #[test]
    fn a_run_that_leaves_is_followed_on_a_logarithmic_axis() {
        for settled in [&[1.8, 1.79][..], &[1.8, 0.2], &[1.8, -30.0]] {
            let span = 1.8 - settled[1];
            let [low, high] = of(&[(settled, false), (&[1.8, 3.0, 5.0, 300.0], true)], true);
            assert!(low < settled[1] && high > 1.8 + span.max(4.0), "{settled:?}: [{low}, {high}]");
        }
        let [_, high] = of(&[(&[1.8, 1.79], false), (&[1.8, 3.0, 4.0], true)], true);
        assert!((4.0..4.5).contains(&high), "no further than it goes: {high}");
    }

    #[test]
    fn a_small_change_does_not_fill_the_frame() {
        let [low, high] = of(&[(&[62.96, 62.43], false)], false);
        assert!((62.96 - 62.43) / (high - low) < 0.02, "[{low}, {high}]");
        let [low, high] = of(&[(&[62.96_f64.log10(), 62.43_f64.log10()], false)], true);
        assert!((62.96_f64 / 62.43).log10() / (high - low) < 0.02, "[{low}, {high}]");
    }

    proptest! {
        #[test]
        fn every_settled_value_is_inside(values in prop::collection::vec(-1e6..1e6_f64, 1..20), far in 1.0..1e300_f64, log: bool) {
            let [low, high] = of(&[(&values, false), (&[values[0], far], true)], log);
            prop_assert!(values.iter().all(|value| (low..=high).contains(value)) && high > low);
            prop_assert!((high - low).is_finite());
        }
    }
}
