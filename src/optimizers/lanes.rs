//! Rules that sixteen starts can follow at once: arithmetic without a branch, written once for a number and for a pack.
//!
//! A [`Kernel`] is the arithmetic of a step; the method's own [`Optimizer`](super::Optimizer) does it with numbers, and
//! [`LaneRule`] with packs, so that a walk in lanes is the walk of each start.

use std::hint::black_box;

use super::Values;
use crate::landscapes::Loss;
use crate::numbers::{Lanes, Point, Real, Vector};

/// The arithmetic of a step. `N` numbers follow from the parameters, the first of them the rate; each weight carries `S` numbers
/// from step to step.
pub(super) trait Kernel<const N: usize, const S: usize>: Clone + Send + Sync + 'static {
    /// Whether it takes the Hessian.
    const SECOND_ORDER: bool = false;

    /// What is computed with, in step k, counted from 0.
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; N];

    /// Whether these change from step to step.
    fn varies(&self) -> bool {
        false
    }

    /// What a weight, 0 or 1, carries before the first step.
    fn begin(&self, _: Values<'_>, _weight: usize) -> [f64; S] {
        [0.0; S]
    }

    /// The step is −η times this: the direction from a point with f, ∂x, ∂y, ∂xx, ∂xy, ∂yy there; what is not taken need not be
    /// right. NaN where there is none.
    fn direction<T: Real>(&self, numbers: &[T; N], carried: &mut [[T; S]; 2], at: [T; 2], slopes: &[T; 6]) -> [T; 2];
}

/// A kernel that moves each weight by its own slope alone.
pub(super) trait PerWeightKernel<const N: usize, const S: usize>: Clone + Send + Sync + 'static {
    /// As [`Kernel::numbers`].
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; N];

    /// As [`Kernel::varies`].
    fn varies(&self) -> bool {
        false
    }

    /// As [`Kernel::begin`].
    fn begin(&self, _: Values<'_>, _weight: usize) -> [f64; S] {
        [0.0; S]
    }

    /// The direction of one weight, as [`Kernel::direction`].
    fn direction<T: Real>(&self, numbers: &[T; N], carried: &mut [T; S], weight: T, slope: T) -> T;
}

/// Such a kernel, for both weights.
#[derive(Clone)]
pub(super) struct Each<K>(pub(super) K);

impl<K: PerWeightKernel<N, S>, const N: usize, const S: usize> Kernel<N, S> for Each<K> {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; N] {
        self.0.numbers(values, step)
    }

    fn varies(&self) -> bool {
        self.0.varies()
    }

    fn begin(&self, values: Values<'_>, weight: usize) -> [f64; S] {
        self.0.begin(values, weight)
    }

    #[inline(always)]
    fn direction<T: Real>(&self, numbers: &[T; N], carried: &mut [[T; S]; 2], at: [T; 2], slopes: &[T; 6]) -> [T; 2] {
        let [x, y] = carried;
        [self.0.direction(numbers, x, at[0], slopes[1]), self.0.direction(numbers, y, at[1], slopes[2])]
    }
}

/// The direction of a single start, which carries these vectors.
#[inline]
pub(super) fn alone<K: Kernel<N, S>, const N: usize, const S: usize>(
    kernel: &K,
    numbers: [f64; N],
    carried: [&mut Vector; S],
    at: Point,
    gradient: Vector,
) -> Vector {
    let mut both = [[0.0; S]; 2];
    for (place, vector) in carried.iter().enumerate() {
        (both[0][place], both[1][place]) = (vector.x, vector.y);
    }
    let slopes = [0.0, gradient.x, gradient.y, 0.0, 0.0, 0.0];
    let direction = kernel.direction(&numbers, &mut both, [at.x, at.y], &slopes);
    for (place, vector) in carried.into_iter().enumerate() {
        (vector.x, vector.y) = (both[0][place], both[1][place]);
    }
    Vector::from(direction)
}

/// Packs of starts that take a step together.
pub struct Packs<'a> {
    /// Where they stand.
    pub at: &'a mut [[Lanes; 2]],
    /// f, ∂x, ∂y and, for rules of second order, ∂xx, ∂xy, ∂yy there.
    pub slopes: &'a [[Lanes; 6]],
    /// 1 for starts that walk, 0 for those that stay.
    pub walks: &'a [Lanes],
    /// The loss, for rules that ask elsewhere than where the starts stand.
    pub loss: &'a dyn Loss,
    /// How many times the rate of the first weight that of the second is; none for one rate, one for all packs, or one for each.
    pub ratios: &'a [Lanes],
}

/// A rule with the state of many starts, in packs of sixteen.
pub trait LaneRule: Send + Sync {
    /// Whether it takes the Hessian.
    fn second_order(&self) -> bool;

    /// Whether its numbers change from step to step: then it is tuned before every step.
    fn varies(&self) -> bool;

    /// Takes over values for all starts, for the step of a number counted from 0.
    fn tune(&mut self, values: Values<'_>, step: usize);

    /// Takes over values for one start, a lane of a pack.
    fn tune_start(&mut self, pack: usize, lane: usize, values: Values<'_>, step: usize);

    /// Takes a step from where the starts stand.
    fn step(&mut self, packs: Packs<'_>);

    /// Forgets a pack; the last one takes its place.
    fn forget(&mut self, pack: usize);

    /// A copy with the same state.
    fn boxed(&self) -> Box<dyn LaneRule>;
}

/// A kernel with the numbers and the state of packs.
#[derive(Clone)]
struct Packed<K, const N: usize, const S: usize> {
    kernel: K,
    /// The numbers of all packs, or of each.
    numbers: Vec<[Lanes; N]>,
    carried: Vec<[[Lanes; S]; 2]>,
}

/// The rule of a kernel for this many packs, with the same values for all.
pub(super) fn in_lanes<K: Kernel<N, S>, const N: usize, const S: usize>(
    kernel: K,
    values: Values<'_>,
    packs: usize,
) -> Box<dyn LaneRule> {
    let first = [0, 1].map(|weight| kernel.begin(values, weight).map(Lanes::constant));
    let numbers = vec![kernel.numbers(values, 0).map(Lanes::constant)];
    Box::new(Packed { kernel, numbers, carried: vec![first; packs] })
}

impl<K: Kernel<N, S>, const N: usize, const S: usize> LaneRule for Packed<K, N, S> {
    fn second_order(&self) -> bool {
        K::SECOND_ORDER
    }

    fn varies(&self) -> bool {
        self.kernel.varies()
    }

    fn tune(&mut self, values: Values<'_>, step: usize) {
        self.numbers = vec![self.kernel.numbers(values, step).map(Lanes::constant)];
    }

    fn tune_start(&mut self, pack: usize, lane: usize, values: Values<'_>, step: usize) {
        if self.numbers.len() < self.carried.len() {
            self.numbers = vec![self.numbers[0]; self.carried.len()];
        }
        for (pack, number) in self.numbers[pack].iter_mut().zip(self.kernel.numbers(values, step)) {
            pack.0[lane] = number;
        }
        if step == 0 {
            for (weight, carries) in self.carried[pack].iter_mut().enumerate() {
                for (carried, number) in carries.iter_mut().zip(self.kernel.begin(values, weight)) {
                    carried.0[lane] = number;
                }
            }
        }
    }

    fn step(&mut self, mut packs: Packs<'_>) {
        move_all(&self.kernel, &self.numbers, &mut self.carried, &mut packs);
    }

    fn forget(&mut self, pack: usize) {
        if self.numbers.len() == self.carried.len() && self.numbers.len() > 1 {
            self.numbers.swap_remove(pack);
        }
        self.carried.swap_remove(pack);
    }

    fn boxed(&self) -> Box<dyn LaneRule> {
        Box::new(self.clone())
    }
}

/// A step of every pack, on whatever vector unit there is.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
fn move_all<K: Kernel<N, S>, const N: usize, const S: usize>(
    kernel: &K,
    numbers: &[[Lanes; N]],
    carried: &mut [[[Lanes; S]; 2]],
    packs: &mut Packs<'_>,
) {
    let each = usize::from(numbers.len() > 1);
    let each_ratio = usize::from(packs.ratios.len() > 1);
    let rows = packs.at.iter_mut().zip(packs.slopes).zip(packs.walks).zip(carried).enumerate();
    for (pack, (((at, slopes), walks), carried)) in rows {
        // The compiler must not see the next pack: else it gathers from eight of them what lies side by side in each.
        let (numbers, slopes) = black_box((&numbers[pack * each], slopes));
        let [x, y] = kernel.direction(numbers, carried, *at, slopes);
        let [x, mut y] = [x, y].map(|along| along * -numbers[0]);
        if let Some(ratio) = packs.ratios.get(pack * each_ratio) {
            y = y * *ratio;
        }
        let stays = Lanes::constant(0.0);
        at[0] = stays.select_less(*walks, at[0] + x, at[0]);
        at[1] = stays.select_less(*walks, at[1] + y, at[1]);
    }
}
