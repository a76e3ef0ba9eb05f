//! How much of the runs is computed in a frame: as much as fits into some milliseconds on the machine there is.

/// What the runs of a frame may take, in seconds, all of them together.
const SECONDS: f64 = 0.005;
/// The budget of the first frame, and its bounds, in evaluations of a short formula.
const AT_FIRST: f64 = 60_000.0;
const BOUNDS: [f64; 2] = [1_000.0, 400_000.0];

/// The budget of a frame, which follows what the last frames took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Work {
    evaluations: f64,
}

impl Default for Work {
    fn default() -> Self {
        Self { evaluations: AT_FIRST }
    }
}

impl Work {
    /// In evaluations of a short formula.
    pub(super) fn evaluations(self) -> usize {
        self.evaluations as usize
    }

    /// A budget took so many seconds: the next one is what would take as many as it may, though never more than twice as
    /// large or as small, since a single frame may have been interrupted.
    pub(super) fn took(&mut self, seconds: f64) {
        if seconds > 0.0 && seconds.is_finite() {
            let factor = (SECONDS / seconds).clamp(0.5, 2.0);
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
        for each in [2e-9, 5e-8, 1e-6, 4e-6] {
            let mut work = Work::default();
            for _ in 0..12 {
                work.took(each * work.evaluations() as f64);
            }
            let takes = each * work.evaluations() as f64;
            let may = SECONDS.clamp(each * BOUNDS[0], each * BOUNDS[1]);
            assert!((takes / may - 1.0).abs() < 0.05, "{each} an evaluation: {takes}");
        }
        let mut work = Work::default();
        for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            work.took(seconds);
            assert_eq!(work, Work::default(), "{seconds} is no time");
        }
    }
}
