//! How much of the runs is computed in a frame: as much as fits into some milliseconds on the machine there is.

/// What the runs of a frame may take, in seconds, all of them together: at least, and at most.
const SECONDS: [f64; 2] = [0.005, 0.02];
/// Between these they take this share of the frame: where a frame is slow, as without a graphics driver, many short slices would
/// cost more in frames than in steps.
const SHARE: f64 = 0.25;
/// The budget of the first frame, in evaluations of a short formula.
const AT_FIRST: f64 = 60_000.0;
/// The bounds of the budget, in evaluations of a short formula.
const BOUNDS: [f64; 2] = [1_000.0, 400_000.0];

/// The budget of a frame, which follows what the last frames took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FrameBudget {
    evaluations: f64,
}

impl Default for FrameBudget {
    fn default() -> Self {
        Self { evaluations: AT_FIRST }
    }
}

impl FrameBudget {
    /// In evaluations of a short formula.
    pub(super) fn evaluations(self) -> usize {
        self.evaluations as usize
    }

    /// A budget took `seconds` of a frame of `frame` seconds: the next one is scaled to take what a frame allows, by at most a
    /// factor of 2, since a single frame may have been interrupted.
    pub(super) fn took(&mut self, seconds: f64, frame: f64) {
        if seconds > 0.0 && seconds.is_finite() {
            let [least, most] = SECONDS;
            let may = if frame.is_finite() { (SHARE * frame).clamp(least, most) } else { least };
            let factor = (may / seconds).clamp(0.5, 2.0);
            self.evaluations = (self.evaluations * factor).clamp(BOUNDS[0], BOUNDS[1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever an evaluation takes on a machine, after a few frames they take what they may, or the least there is.
    #[test]
    fn a_frame_soon_takes_what_it_may() {
        for (each, frame, may) in [
            (2e-9, 0.016, 0.005),
            (5e-8, 0.016, 0.005),
            (1e-6, 0.016, 0.005),
            (4e-6, 0.016, 0.005),
            (5e-8, 0.06, 0.015),
            (5e-8, 0.1, 0.02),
            (5e-8, 3600.0, 0.02),
            (5e-8, f64::NAN, 0.005),
        ] {
            let mut work = FrameBudget::default();
            for _ in 0..12 {
                work.took(each * work.evaluations() as f64, frame);
            }
            let takes = each * work.evaluations() as f64;
            let may = f64::clamp(may, each * BOUNDS[0], each * BOUNDS[1]);
            assert!((takes / may - 1.0).abs() < 0.05, "{each} an evaluation, a frame of {frame}: {takes}");
        }
        let mut work = FrameBudget::default();
        for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            work.took(seconds, 0.016);
            assert_eq!(work, FrameBudget::default(), "{seconds} is no time");
        }
    }
}
