//! Which steps of the runs are in a moving picture or a deck, and how fast they follow each other.

use crate::numbers::numerals::{counted, grouped};

/// What was chosen of the steps; what was not follows from the runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FrameChoice {
    /// The first step; 0 if none is given.
    pub from: Option<usize>,
    /// The last step; that of the longest run if none is given.
    pub to: Option<usize>,
    /// The distance of the steps, at least 1; the last step is always shown.
    pub every: Option<usize>,
    /// Whether every step is followed by its sub-steps.
    pub substeps: bool,
    /// Frames a second, within [`Self::SPEEDS`]; if none is given, as many as play all of them in [`Self::USUAL_SECONDS`].
    pub per_second: Option<f64>,
}

/// How many pictures there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameLimits {
    /// What one of them is called.
    pub name: &'static str,
    /// The most of them where the distance of the steps was not chosen.
    pub usual: usize,
    /// The most of them in any case.
    pub most: usize,
}

impl FrameLimits {
    /// Frames of a moving picture.
    pub const FRAMES: Self = Self { name: "frame", usual: 240, most: 2000 };
    /// Pages of a deck.
    pub const PAGES: Self = Self { name: "page", usual: 60, most: 500 };
    /// Pages of lines and letters, which are in memory together.
    pub const PDF_PAGES: Self = Self { name: "page", usual: 60, most: 120 };
}

/// Why there are no such pictures.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FrameError {
    /// A step that no run has: the step, and the last there is.
    #[error("no run has a step {step}: the longest ends at step {last}")]
    Beyond {
        /// The step.
        step: usize,
        /// The last there is.
        last: usize,
    },
    /// The first step comes after the last.
    #[error("the first step, {from}, comes after the last, {to}")]
    Reversed {
        /// The first.
        from: usize,
        /// The last.
        to: usize,
    },
    /// More pictures than there may be.
    #[error("{}, and at most {} can be made: take one step in {}, or fewer steps", counted(*count, limits.name), grouped(limits.most), grouped(*every))]
    TooMany {
        /// How many.
        count: usize,
        /// How many there may be.
        limits: FrameLimits,
        /// The least distance of the steps that makes few enough.
        every: usize,
    },
}

impl FrameChoice {
    /// The slowest and the fastest, in frames a second; a browser slows down what is faster.
    pub const SPEEDS: [f64; 2] = [0.1, 50.0];
    /// How long the last frame is held, in seconds.
    pub const HELD: f64 = 2.0;
    /// How long a whole run is seen where no speed was chosen, in seconds.
    pub const USUAL_SECONDS: f64 = 8.0;
    /// How fast that may be.
    const USUAL_SPEEDS: [f64; 2] = [2.0, 20.0];

    /// The steps that are shown, of runs the longest of which ends at step `last`, and their distance.
    ///
    /// # Errors
    /// If there are no such steps, or too many.
    pub fn steps(&self, last: usize, limits: FrameLimits) -> Result<(Vec<usize>, usize), FrameError> {
        let (from, to) = (self.from.unwrap_or(0), self.to.unwrap_or(last));
        if let Some(step) = [self.to, self.from].into_iter().flatten().find(|step| *step > last) {
            return Err(FrameError::Beyond { step, last });
        }
        if from > to {
            return Err(FrameError::Reversed { from, to });
        }
        // The last is shown in any case.
        let fitting = |most: usize| (to - from).div_ceil(most.saturating_sub(1).max(1)).max(1);
        let every = self.every.map_or_else(|| fitting(limits.usual), |every| every.max(1));
        let count = (to - from).div_ceil(every) + 1;
        if count > limits.most {
            return Err(FrameError::TooMany { count, limits, every: fitting(limits.most) });
        }
        Ok(((from..to).step_by(every).chain([to]).collect(), every))
    }

    /// Frames a second, of this many.
    pub fn speed(&self, count: usize) -> f64 {
        let [slowest, fastest] = Self::USUAL_SPEEDS;
        self.per_second.unwrap_or_else(|| (count as f64 / Self::USUAL_SECONDS).clamp(slowest, fastest).round())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: FrameLimits = FrameLimits { name: "frame", usual: 5, most: 10 };

    #[test]
    fn the_last_step_is_always_shown() {
        let choice = |from, to, every| FrameChoice { from, to, every, ..FrameChoice::default() };
        let cases: [(FrameChoice, &[usize]); 6] = [
            (choice(None, None, None), &[0, 3, 6, 9]),
            (choice(None, None, Some(4)), &[0, 4, 8, 9]),
            (choice(Some(2), Some(5), None), &[2, 3, 4, 5]),
            (choice(Some(9), None, None), &[9]),
            (choice(None, Some(0), Some(3)), &[0]),
            (choice(Some(1), Some(7), Some(3)), &[1, 4, 7]),
        ];
        for (choice, steps) in cases {
            assert_eq!(choice.steps(9, LIMITS).map(|(steps, _)| steps), Ok(steps.to_vec()), "{choice:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_said() {
        let said = |choice: FrameChoice| choice.steps(30, LIMITS).unwrap_err().to_string();
        let choice = FrameChoice::default();
        assert_eq!(said(FrameChoice { to: Some(31), ..choice }), "no run has a step 31: the longest ends at step 30");
        assert_eq!(
            said(FrameChoice { from: Some(9), to: Some(8), ..choice }),
            "the first step, 9, comes after the last, 8"
        );
        let words = "31 frames, and at most 10 can be made: take one step in 4, or fewer steps";
        assert_eq!(said(FrameChoice { every: Some(1), ..choice }), words);
        assert_eq!([5, 60, 4000].map(|count| choice.speed(count)), [2.0, 8.0, 20.0], "about eight seconds");
    }

    proptest! {
        #[test]
        fn there_are_never_too_many(last in 0..100_000_usize, from in 0..100_000_usize, most in 2..400_usize) {
            let limits = FrameLimits { name: "frame", usual: most, most: 2 * most };
            let choice = FrameChoice { from: Some(from.min(last)), ..FrameChoice::default() };
            let (steps, every) = choice.steps(last, limits).unwrap();
            prop_assert!(steps.len() <= most, "{} of {}", steps.len(), most);
            prop_assert_eq!((steps[0], *steps.last().unwrap()), (from.min(last), last));
            prop_assert!(steps.is_sorted_by(|a, b| a < b) && steps.windows(2).all(|two| two[1] - two[0] <= every));
            if let Err(FrameError::TooMany { every, .. }) = (FrameChoice { every: Some(1), ..choice }).steps(last, limits) {
                let is_few = |every| FrameChoice { every: Some(every), ..choice }.steps(last, limits).is_ok();
                prop_assert!(is_few(every) && !is_few(every - 1));
            }
        }
    }
}
