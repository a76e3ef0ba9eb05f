//! The numbers at nodes and edges: for one sample, or for all of them together.

use super::seen::Seen;
use crate::landscapes::computation::{Pass, Role};
use crate::numbers::Point;

/// The numbers of a graph, in the order of its nodes.
pub(super) struct Numbers {
    /// Values: of one sample, or their means; of the loss the whole.
    pub(super) forward: Vec<f64>,
    /// ∂L by each node: of one sample, or summed.
    pub(super) backward: Vec<f64>,
    /// For the tails of each node's cone: the derivative by it, and what comes back to it that way. Over all samples the
    /// first is not a single number.
    pub(super) slopes: Vec<Vec<[f64; 2]>>,
    /// For how many samples a rectified unit is off there.
    pub(super) off: Vec<usize>,
    /// Whether the chosen sample stands on a kink there.
    pub(super) kinks: Vec<bool>,
}

impl Numbers {
    /// The numbers for a sample, or for all of them, whose losses enter L with the factor `share`.
    pub(super) fn of(seen: &Seen<'_>, at: Point, samples: &[[f64; 2]], chosen: Option<usize>, share: f64) -> Self {
        let count = seen.nodes.len();
        let mut numbers = Self {
            forward: vec![0.0; count],
            backward: vec![0.0; count],
            slopes: seen.cones.iter().map(|cone| vec![[0.0; 2]; cone.tails.len()]).collect(),
            off: vec![0; count],
            kinks: vec![false; count],
        };
        let mut pass = Pass::default();
        let mut through = vec![0.0; seen.computation.nodes().len()];
        let taken = match chosen {
            Some(index) => &samples[index..=index],
            None => samples,
        };
        for sample in taken {
            seen.computation.pass_into(at, *sample, share, &mut pass);
            numbers.add(seen, &pass, &mut through);
        }
        if let Some(index) = chosen {
            seen.computation.pass_into(at, samples[index], share, &mut pass);
            for (kink, cone) in numbers.kinks.iter_mut().zip(&seen.cones) {
                *kink = cone.is_at_kink(seen.computation, &pass);
            }
        }
        for (index, id) in seen.nodes.iter().enumerate() {
            match seen.role(*id) {
                Role::Loss => numbers.backward[index] = 1.0,
                Role::Weight(weight) => numbers.forward[index] = if weight == 0 { at.x } else { at.y },
                _ => numbers.forward[index] /= taken.len() as f64,
            }
        }
        numbers
    }

    fn add(&mut self, seen: &Seen<'_>, pass: &Pass, through: &mut [f64]) {
        for (index, (id, cone)) in seen.nodes.iter().zip(&seen.cones).enumerate() {
            self.forward[index] += pass.values[*id];
            self.backward[index] += pass.adjoints[*id];
            self.off[index] += usize::from(cone.is_off(seen.computation, pass));
            for ([slope, share], own) in self.slopes[index].iter_mut().zip(cone.slopes(seen.computation, pass, through))
            {
                *slope = own;
                // As on the way back: what is not handed on leaves no trace.
                if own != 0.0 {
                    *share += own * pass.adjoints[*id];
                }
            }
        }
    }
}
