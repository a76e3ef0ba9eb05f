//! Which steps of a long run share a column of the chart: evenly along the axis as it is shown.

/// The steps from 0 to `span` in at most `count` columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// The last step.
    pub(super) span: usize,
    /// Whether they are even in the logarithm of the step.
    pub(super) log: bool,
    /// How many there are at most.
    pub(super) count: usize,
}

impl Columns {
    /// Whether every step has a column of its own.
    pub(super) fn are_single(self) -> bool {
        self.span < self.count
    }

    /// The column of a step; it never falls from one step to the next.
    pub(super) fn of(self, step: usize) -> usize {
        let step = step.min(self.span);
        if self.are_single() {
            step
        } else if self.log {
            (libm::log1p(step as f64) / libm::log1p(self.span as f64) * (self.count - 1) as f64) as usize
        } else {
            // Both below 2³², so that the product fits.
            (step as u64 * self.count as u64 / (self.span as u64 + 1)) as usize
        }
    }

    /// The first step of every column that has one, and the last step.
    pub(super) fn samples(self) -> Vec<usize> {
        if self.are_single() {
            return (0..=self.span).collect();
        }
        let from = |column: usize| {
            let share = column as f64 / self.count as f64;
            if self.log {
                libm::expm1(share * libm::log1p(self.span as f64)).ceil() as usize
            } else {
                (share * (self.span as f64 + 1.0)).ceil() as usize
            }
        };
        let mut steps: Vec<usize> = (0..self.count).map(from).chain([self.span]).collect();
        steps.dedup();
        steps
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn columns_are_in_order_and_few(span in 0..1_000_000_usize, count in 2..1500_usize, log: bool, step in 0..1_000_000_usize) {
            let columns = Columns { span, log, count };
            let step = step.min(span);
            prop_assert!(columns.of(step) < count.max(span + 1) && columns.of(step) <= columns.of(step + 1));
            let samples = columns.samples();
            prop_assert!(samples.len() <= count + 1 && samples.is_sorted_by(|a, b| a < b));
            prop_assert_eq!((samples.first(), samples.last()), (Some(&0), Some(&span)));
        }
    }

    #[test]
    fn a_logarithmic_axis_shows_the_first_steps_one_by_one() {
        let columns = Columns { span: 1_000_000, log: true, count: 1400 };
        let first: Vec<usize> = (0..5).map(|step| columns.of(step)).collect();
        assert!(first.windows(2).all(|pair| pair[0] < pair[1]), "{first:?}");
        assert_eq!(Columns { log: false, ..columns }.of(4), 0, "a linear one does not");
    }
}
