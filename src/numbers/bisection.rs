//! Bisection: where a condition stops holding.

/// The last number found at which something holds and the first at which it does not, from one of each.
///
/// They are neighbors among the numbers, or as near to each other as `halvings` halvings bring them.
pub fn bisect(mut holds: impl FnMut(f64) -> bool, mut holding: f64, mut failing: f64, halvings: usize) -> [f64; 2] {
    for _ in 0..halvings {
        let middle = f64::midpoint(holding, failing);
        if middle == holding || middle == failing {
            break;
        }
        if holds(middle) {
            holding = middle;
        } else {
            failing = middle;
        }
    }
    [holding, failing]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::bisect;

    proptest! {
        #[test]
        fn the_ends_are_neighbors_and_on_either_side(edge in -1e3..1e3_f64, reach in 1.0..1e3_f64) {
            for sign in [1.0, -1.0] {
                let [holding, failing] = bisect(|x| sign * x < sign * edge, edge - sign * reach, edge + sign * reach, 2000);
                prop_assert!(sign * holding < sign * edge && sign * failing >= sign * edge);
                let between = f64::midpoint(holding, failing);
                prop_assert!(between == holding || between == failing, "{} and {}", holding, failing);
            }
        }
    }

    #[test]
    fn halvings_are_counted_and_nothing_hangs() {
        let mut evaluations = 0;
        let mut count = |x: f64| {
            evaluations += 1;
            x < 0.3
        };
        assert_eq!(bisect(&mut count, 0.0, 1.0, 3), [0.25, 0.375], "three halvings");
        assert_eq!(evaluations, 3);
        assert_eq!(bisect(|_| true, 2.0, 2.0, 100), [2.0, 2.0], "nothing between");
        assert!(bisect(|_| false, f64::NAN, 1.0, 10)[0].is_nan(), "no numbers");
    }
}
