//! The rule by which a network's samples are drawn; how many, and how noisy, is up to the user.

use super::data::{Data, MAX_SAMPLES};
use crate::landscapes::{Parameter, ParameterDomain};
use crate::numbers::{Real, SplitMix64};

/// How samples come out of a seed: the same seed draws the same x and the same noise, whatever the noise is multiplied by,
/// and more samples begin with the fewer.
#[derive(Clone, Copy)]
pub struct SamplingRule {
    /// x is uniform in \[−half, half\].
    pub(in crate::landscapes) half: f64,
    /// y for an x and an amount of noise, which is drawn after x.
    pub(in crate::landscapes) rule: fn(f64, f64, &mut SplitMix64) -> f64,
    /// The seed of the public data.
    pub(in crate::landscapes) seed: u64,
    /// Whether every y is a class, 0 or 1.
    pub(in crate::landscapes) is_of_classes: bool,
}

impl SamplingRule {
    /// Two classes, the second likelier the larger x is: y is 1 with probability σ((1.5x − 0.5)/T), else 0, where the
    /// noise is the temperature T.
    pub(in crate::landscapes) const TWO_CLASSES: Self = Self {
        half: 3.0,
        rule: |x, noise, chance| {
            let is_second = chance.uniform() < ((1.5 * x - 0.5) / noise).sigmoid();
            f64::from(u8::from(is_second))
        },
        seed: 1003,
        is_of_classes: true,
    };

    /// The seed of the public data.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// `count` samples of a seed; at least one, and no more than [`MAX_SAMPLES`].
    pub(in crate::landscapes) fn samples(&self, seed: u64, count: f64, noise: f64) -> Data {
        let mut random = SplitMix64::new(seed);
        let sample = |_| {
            let x = -self.half + 2.0 * self.half * random.uniform();
            [x, (self.rule)(x, noise, &mut random)]
        };
        let count = (count as usize).clamp(1, MAX_SAMPLES);
        Data::of((0..count).map(sample).collect())
    }
}

/// The end of the slider of n, up to which the loss follows a drag. More can be typed.
const SLIDER: f64 = 1000.0;

/// The parameter n of a network whose public data have this many samples.
pub(in crate::landscapes) const fn count(default: f64) -> Parameter {
    Parameter::log("n", "n", default, [1.0, SLIDER])
        .described("samples", "The number of samples: a larger number adds samples after the first ones.")
        .within(ParameterDomain::Count { most: MAX_SAMPLES as u32, rule: "a whole number from 1 to 10 000" })
}

/// Noise that is added to y: the standard deviation of a normal distribution.
pub(in crate::landscapes) const fn noise(default: f64) -> Parameter {
    Parameter::linear("noise", "σ", default, [0.0, 1.0])
        .described("noise of y", "The standard deviation of y around the curve from which the samples are drawn.")
        .within(NOISE)
}

/// The temperature T of two classes.
pub(in crate::landscapes) const fn temperature(default: f64) -> Parameter {
    Parameter::linear("noise", "T", default, [0.0, 3.0])
        .described(
            "class noise",
            "The probability that a sample has the class of the other side: at 0 a threshold separates the classes.",
        )
        .within(NOISE)
}

/// Beyond this no sample says anything, and squares of squares still are numbers.
const NOISE: ParameterDomain = ParameterDomain::UpTo { most: 1000, rule: "a number from 0 to 1000" };

#[cfg(test)]
mod tests {
    use crate::landscapes::Landscape;

    #[test]
    fn more_samples_begin_with_the_fewer_and_noise_is_a_factor() {
        let samples = |text: &str| Landscape::parse(text).unwrap().data().unwrap().samples().to_vec();
        for id in ["linreg", "relu", "sigmoid_mse", "tanh2", "sine", "depth"] {
            let public = samples(id);
            let n = public.len();
            assert_eq!(samples(&format!("{id}:n={}", 3 * n))[..n], public, "{id}: more");
            assert_eq!(samples(&format!("{id}:n=1")), public[..1], "{id}: one");
        }
        let [none, some, twice] = ["noise=0", "noise=0.1", "noise=0.2"].map(|noise| samples(&format!("tanh:{noise}")));
        for ((none, some), twice) in none.iter().zip(&some).zip(&twice) {
            assert_eq!([none[0], some[0]], [twice[0]; 2], "the same x");
            let [once, again] = [some[1] - none[1], twice[1] - some[1]];
            assert!((once - again).abs() < 1e-14 && once != 0.0, "twice as far at x = {}", none[0]);
        }
    }

    #[test]
    fn cold_classes_are_separated_by_a_threshold_and_warm_ones_are_mixed() {
        let mixed = |text: &str| {
            let landscape = Landscape::parse(text).unwrap();
            let is_wrong = |[x, y]: &&[f64; 2]| (1.5 * x - 0.5 > 0.0) != (*y == 1.0);
            landscape.data().unwrap().samples().iter().filter(is_wrong).count()
        };
        assert_eq!(mixed("logistic:n=400,noise=0"), 0, "cold");
        assert!((130..=220).contains(&mixed("logistic:n=400,noise=1000")), "hot: half of them");
        let sets = Landscape::parse("logistic:noise=0").unwrap().critical_sets();
        assert!(sets[0].text.contains("minimum lies at infinity"), "{sets:?}");
    }
}
