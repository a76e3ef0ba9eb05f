//! The gradient of each sample of a loss over samples.

use crate::landscapes::Loss;
use crate::numbers::{Point, Vector};

/// The gradient of every sample at a point, scaled so that their mean is ∇f.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloud {
    /// ∇lᵢ of every sample, in order; n times it where the loss is a sum.
    pub gradients: Vec<Vector>,
    /// Whether the loss is a sum, so that each stands there n times as long.
    pub is_sum: bool,
    /// The length of the longest.
    pub longest: f64,
    /// How many of them are zero: samples that have nothing to say here.
    pub silent: usize,
}

impl Cloud {
    /// The cloud of a loss; `None` where it is not over samples, or where a gradient is not finite.
    pub fn of(loss: &dyn Loss, at: Point) -> Option<Self> {
        let loss = loss.as_samples()?;
        let gradients = loss.sample_gradients(at);
        let longest = gradients.iter().map(Vector::norm).fold(0.0, f64::max);
        let is_finite = gradients.iter().all(|gradient| gradient.norm().is_finite());
        let silent = gradients.iter().filter(|gradient| **gradient == Vector::zeros()).count();
        let is_sum = loss.is_sum();
        is_finite.then_some(Self { gradients, is_sum, longest, silent })
    }

    /// How far the samples are at odds: the length of their mean as a share of the mean of their lengths, 1 where all want the
    /// same and 0 where they cancel; `None` where none wants anything.
    pub fn accord(&self) -> Option<f64> {
        let sum: Vector = self.gradients.iter().sum();
        let lengths: f64 = self.gradients.iter().map(Vector::norm).sum();
        let share = sum.norm() / lengths;
        share.is_finite().then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Landscape;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn the_mean_of_the_cloud_is_the_gradient(
            w1 in -2.0..2.0_f64,
            w2 in -2.0..2.0_f64,
            n in 1..60_u32,
            network in prop::sample::select(vec!["linreg", "tanh2", "logistic", "relu2", "sine", "deep_linear"]),
        ) {
            let landscape = Landscape::parse(&format!("{network}:n={n}")).unwrap();
            let at = Point::new(w1, w2);
            let cloud = Cloud::of(landscape.loss(), at).unwrap();
            let mean = cloud.gradients.iter().sum::<Vector>() / f64::from(n);
            let error = (mean - landscape.loss().first_order(at).gradient).norm();
            prop_assert!(cloud.gradients.len() == n as usize && error <= 1e-12 * cloud.longest, "{network}: {error}");
            if let Some(accord) = cloud.accord() {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&accord), "{accord}");
                prop_assert!(mean.norm() <= accord * cloud.longest * (1.0 + 1e-12), "no mean is longer than the longest");
            }
        }
    }

    #[test]
    fn what_is_silent_or_has_no_samples_is_described() {
        let dead = Landscape::parse("relu").unwrap();
        let cloud = Cloud::of(dead.loss(), Point::new(-0.2, -2.8)).unwrap();
        assert_eq!((cloud.silent, cloud.longest, cloud.accord()), (cloud.gradients.len(), 0.0, None), "off for all");
        let bowl = Landscape::parse("bowl").unwrap();
        assert_eq!(Cloud::of(bowl.loss(), Point::new(1.0, 1.0)), None);
        let tanh2 = Landscape::parse("tanh2").unwrap();
        assert_eq!(Cloud::of(tanh2.loss(), Point::new(f64::NAN, 1.0)), None, "nowhere");
    }
}
