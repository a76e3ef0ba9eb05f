//! A small seeded generator, so that a seed means the same data on every machine and in every port.

use std::convert::Infallible;
use std::f64::consts::PI;

use rand::{TryRng, rand_core::utils};

/// Steele, Lea and Flood's `SplitMix64` (2014): 64 bits of state, period 2⁶⁴, not for secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The generator that starts from `seed`; every seed is as good as any other.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The generator that belongs to these names, whatever else there is and in whatever order.
    pub fn of_names(names: &[&str]) -> Self {
        // Fowler, Noll and Vo's hash, with an end after every name.
        let bytes = names.iter().flat_map(|name| name.bytes().chain([0xff]));
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self::new(bytes.fold(0xcbf2_9ce4_8422_2325, mix))
    }

    /// A number in [0, 1): a multiple of 2⁻⁵³, each equally likely.
    pub fn uniform(&mut self) -> f64 {
        (self.advance() >> 11) as f64 * (f64::EPSILON / 2.0)
    }

    /// A number from the standard normal distribution, by Box and Muller's cosine branch.
    ///
    /// It uses two uniform numbers; the sine branch is discarded, so that calls do not depend on each other.
    pub fn normal(&mut self) -> f64 {
        // Between 2⁻⁵³ and 1, so that the logarithm is finite.
        let radius = 1.0 - self.uniform();
        let turn = self.uniform();
        (-2.0 * libm::log(radius)).sqrt() * libm::cos(2.0 * PI * turn)
    }

    fn advance(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = self.state;
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl TryRng for SplitMix64 {
    type Error = Infallible;

    // The upper half: in generators of this kind the better one.
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.advance() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.advance())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        utils::fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;

    #[test]
    fn the_published_sequence() {
        let mut generator = SplitMix64::new(0);
        let expected = [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f];
        assert_eq!([(); 3].map(|()| generator.next_u64()), expected, "64 bits");
        assert_eq!(SplitMix64::new(0).next_u32(), 0xe220_a839, "32 bits");
        let mut bytes = [0; 9];
        SplitMix64::new(0).fill_bytes(&mut bytes);
        assert_eq!(bytes, [0xaf, 0xcd, 0x1d, 0x7b, 0x39, 0xa8, 0x20, 0xe2, 0xf4], "bytes");
    }

    #[test]
    fn names_have_a_generator_of_their_own() {
        let first = |names: &[&str]| SplitMix64::of_names(names).next_u64();
        assert_eq!(first(&["bowl", "gd"]), first(&["bowl", "gd"]), "the same names");
        for other in [&["gd", "bowl"][..], &["bowlgd"], &["bow", "lgd"], &[]] {
            assert_ne!(first(&["bowl", "gd"]), first(other), "{other:?}");
        }
    }

    #[test]
    fn moments_of_both_distributions() {
        const N: usize = 100_000;
        let mut generator = SplitMix64::new(7);
        let moments = |mut draw: Box<dyn FnMut() -> f64>| {
            let sample: Vec<f64> = (0..N).map(|_| draw()).collect();
            let mean = sample.iter().sum::<f64>() / N as f64;
            (mean, sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / N as f64)
        };
        let mut twin = generator.clone();
        let (mean, variance) = moments(Box::new(move || twin.uniform()));
        assert!((mean - 0.5).abs() < 0.005 && (variance - 1.0 / 12.0).abs() < 0.002, "uniform: {mean}, {variance}");
        let (mean, variance) = moments(Box::new(move || generator.normal()));
        assert!(mean.abs() < 0.015 && (variance - 1.0).abs() < 0.02, "normal: {mean}, {variance}");
    }

    #[test]
    fn a_uniform_number_is_the_upper_53_bits() {
        let expected = (0xe220_a839_7b1d_cdaf_u64 >> 11) as f64 / 9_007_199_254_740_992.0;
        assert_eq!(SplitMix64::new(0).uniform(), expected, "the first number of seed 0");
    }
}
