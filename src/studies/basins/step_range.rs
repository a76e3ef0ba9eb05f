//! The numbers of steps after which walks end, from the fewest to the most, as the scale of a shade.

/// The share of the walks below the fewest steps, and above the most: a few that take unusually long would leave no shade to the
/// others.
const OUTSIDE: f64 = 0.01;

/// A range of numbers of steps, on a logarithmic scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepRange {
    /// The fewest.
    pub fewest: usize,
    /// The most.
    pub most: usize,
}

impl StepRange {
    /// The range of these, but for the hundredth with the fewest and that with the most.
    pub fn of(mut steps: Vec<usize>) -> Self {
        if steps.is_empty() {
            return Self::default();
        }
        let left_out = (OUTSIDE * steps.len() as f64) as usize;
        let last = steps.len() - 1 - left_out;
        let most = *steps.select_nth_unstable(last).1;
        let fewest = *steps.select_nth_unstable(left_out).1;
        Self { fewest, most }
    }

    /// Where a number of steps stands in it: 0 up to the fewest, 1 from the most on.
    pub fn share(self, steps: usize) -> f64 {
        let [low, high, at] = [self.fewest, self.most, steps].map(|steps| libm::log1p(steps as f64));
        if high > low { ((at - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The number of steps at a share of it.
    pub fn at(self, share: f64) -> usize {
        let [low, high] = [self.fewest, self.most].map(|steps| libm::log1p(steps as f64));
        libm::expm1(low + share * (high - low)).round() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shade_spans_the_steps_that_are_there_and_grows_with_them() {
        let mut steps: Vec<usize> = (0..1000).map(|start| 20 + start % 30).collect();
        steps.extend([0, 0, 9000, 9000]);
        let range = StepRange::of(steps);
        assert_eq!(range, StepRange { fewest: 20, most: 49 }, "without those that are unusual");
        assert_eq!([0, 20, 49, 9000].map(|steps| range.share(steps)), [0.0, 0.0, 1.0, 1.0]);
        assert!((20..49).all(|steps| range.share(steps) < range.share(steps + 1)));
        assert!((20..=49).all(|steps| range.at(range.share(steps)) == steps), "there and back");
        assert_eq!(StepRange::of(vec![1; 50]).share(1), 0.0, "all alike");
        assert_eq!(StepRange::of(Vec::new()), StepRange::default());
    }
}
