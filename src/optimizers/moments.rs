//! Shared by Adam and its variants: moving averages of the gradient and of its square, bias-corrected, and the parameters.

use super::convention::{CONVENTION, Convention};
use super::method::StepScale;
use super::parameters::{LEARNING_RATE, learning_rate};
use super::per_weight::{EPS, average, decay, finite, root};
use super::quantity::{AVERAGE, AVERAGE_SQUARE, CORRECTED_AVERAGE};
use super::values::{Flag, RealParameter};
use super::{Ball, Carried, GradientSum, Motion, Quantities, Quantity, Recurrence, Undefined, Values};
use crate::landscapes::Parameter;
use crate::numbers::{Real, Vector};

/// The share of the average gradient that stays.
pub(super) const BETA1: RealParameter =
    RealParameter(&decay("beta1", "β₁", 0.9).described("decay rate β₁", "The decay rate of the average gradient m."));

/// The share of the average square that stays.
pub(super) const BETA2: RealParameter = RealParameter(
    &decay("beta2", "β₂", 0.999).described("decay rate β₂", "The decay rate of the average squared gradient v."),
);

/// Whether the averages are corrected.
const BIAS_CORRECTION: Flag = Flag(
    &Flag::parameter_of("bias_correction", true)
        .described("bias correction", "Divides the averages by 1−βᵗ, because they start at zero."),
);

/// The parameters of all of them; the convention stands between the last two.
pub(super) const PARAMETERS: [Parameter; 5] =
    [learning_rate(0.05), BETA1.parameter(), BETA2.parameter(), EPS.parameter(), BIAS_CORRECTION.parameter()];

/// How the average gradient is renewed, and that each weight divides it by a root of its own.
pub(super) const GRADIENT_SUM: GradientSum = GradientSum {
    coefficient: BETA1,
    initial: None,
    recurrence: |values, _| Recurrence::average(values.get(BETA1)),
    motion: Motion::PerWeight { newest: None },
    old_is_first_part: false,
};

/// The first steps are η along each axis: sixty of them go from side to side of the region.
pub(super) const PACE: StepScale = StepScale::Frame(1.0 / 60.0);

/// The parameters of all of them, with what the convention means for this one, and the parameters that are its own.
macro_rules! kin_of_adam {
    ($convention:literal $(, $own:expr)* $(,)?) => {{
        use $crate::optimizers::convention::convention;
        use $crate::optimizers::moments::PARAMETERS as SHARED;
        use $crate::optimizers::schedule::first_order;
        first_order![SHARED[0], SHARED[1], SHARED[2], SHARED[3], convention($convention), SHARED[4] $(, $own)*]
    }};
}

pub(super) use kin_of_adam;

/// How the pull of weight decay is called beside a ball.
pub(super) const DECAY_NAME: &str = "weight decay";

/// The arithmetic that they share. Its numbers are η, β₁, β₂, ε, 1/(1−β₁ᵗ) and 1/(1−β₂ᵗ).
#[derive(Clone, Copy)]
pub(super) struct Averaging {
    pub(super) convention: Convention,
    pub(super) corrects: bool,
}

impl Averaging {
    /// The arithmetic of a method with these values.
    pub(super) fn of(values: Values<'_>) -> Self {
        Self { convention: values.get(CONVENTION), corrects: values.get(BIAS_CORRECTION) }
    }

    /// What is computed with in step k, counted from 0.
    pub(super) fn numbers(values: Values<'_>, step: usize) -> [f64; 6] {
        let mut moments = Moments { steps: i32::try_from(step).unwrap_or(i32::MAX), ..Moments::default() };
        moments.tune(values);
        moments.next_numbers()
    }

    /// Renews m and v of a weight.
    #[inline(always)]
    pub(super) fn renew<T: Real>([_, beta1, beta2, ..]: &[T; 6], mean: &mut T, square: &mut T, slope: T) {
        *square = average(*square, slope * slope, *beta2);
        *mean = average(*mean, slope, *beta1);
    }

    /// m̂ of a weight.
    #[inline(always)]
    pub(super) fn mean_hat<T: Real>([_, _, _, _, correction, _]: &[T; 6], mean: T) -> T {
        mean * *correction
    }

    /// √v̂ + ε of a weight for a v that has not been corrected; Keras adds ε first and corrects then.
    #[inline(always)]
    pub(super) fn corrected_root<T: Real>(self, [_, _, _, eps, _, correction]: &[T; 6], square: T) -> T {
        if self.convention == Convention::Keras {
            root(square, *eps, false) * correction.sqrt()
        } else {
            root(square * *correction, *eps, false)
        }
    }
}

/// The averages and the numbers they are used with.
#[derive(Clone, Default)]
pub(super) struct Moments {
    pub(super) rate: f64,
    pub(super) beta1: f64,
    beta2: f64,
    eps: f64,
    pub(super) convention: Convention,
    pub(super) corrects: bool,
    /// m, the average gradient.
    pub(super) mean: Vector,
    /// v, the average squared gradient.
    pub(super) square: Vector,
    /// t, how many gradients have been taken in.
    pub(super) steps: i32,
}

impl Moments {
    /// Takes over the shared parameters.
    pub(super) fn tune(&mut self, values: Values<'_>) {
        [self.rate, self.eps] = [values.get(LEARNING_RATE), values.get(EPS)];
        [self.beta1, self.beta2] = [values.get(BETA1), values.get(BETA2)];
        (self.convention, self.corrects) = (values.get(CONVENTION), values.get(BIAS_CORRECTION));
    }

    /// Takes in a gradient; nothing changes where the average of its square is not finite.
    pub(super) fn take_in(&mut self, gradient: Vector) -> Result<(), Undefined> {
        let square = |old: f64, slope: f64| average(old, slope * slope, self.beta2);
        self.square = finite(self.square.zip_map(&gradient, square))?;
        self.mean = self.mean.zip_map(&gradient, |old, slope| average(old, slope, self.beta1));
        self.steps = self.steps.saturating_add(1);
        Ok(())
    }

    /// These moments with one more gradient counted, which is still to be taken in.
    pub(super) fn next(&self) -> Self {
        Self { steps: self.steps.saturating_add(1), ..self.clone() }
    }

    /// Itself, where the average square is finite.
    pub(super) fn finite(self) -> Result<Self, Undefined> {
        finite(self.square)?;
        Ok(self)
    }

    /// Their arithmetic.
    pub(super) fn averaging(&self) -> Averaging {
        Averaging { convention: self.convention, corrects: self.corrects }
    }

    /// The numbers with which a step computes: η, β₁, β₂, ε, 1/(1−β₁ᵗ), 1/(1−β₂ᵗ).
    pub(super) fn numbers(&self) -> [f64; 6] {
        [self.rate, self.beta1, self.beta2, self.eps, self.correction(self.beta1), self.correction(self.beta2)]
    }

    /// The numbers of the step after the next gradient, as [`Self::numbers`] lists them.
    pub(super) fn next_numbers(&self) -> [f64; 6] {
        self.next().numbers()
    }

    /// What an average that began at zero has to be multiplied by: 1/(1 − βᵗ), or 1 without correction.
    fn correction(&self, beta: f64) -> f64 {
        if self.corrects { 1.0 / (1.0 - libm::pow(beta, f64::from(self.steps))) } else { 1.0 }
    }

    /// m̂.
    pub(super) fn mean_hat(&self) -> Vector {
        self.mean * self.correction(self.beta1)
    }

    /// v̂.
    pub(super) fn square_hat(&self) -> Vector {
        self.square * self.correction(self.beta2)
    }

    /// √v̂ + ε for a v that has been corrected.
    pub(super) fn root(&self, square_hat: Vector) -> Vector {
        square_hat.map(|square| root(square, self.eps, false))
    }

    /// √v̂ + ε for a v that has not; Keras adds ε first and corrects then.
    pub(super) fn corrected_root(&self, square: Vector) -> Vector {
        let (averaging, numbers) = (self.averaging(), self.numbers());
        square.map(|square| averaging.corrected_root(&numbers, square))
    }

    /// m and v.
    pub(super) fn state(&self) -> Quantities {
        vec![(AVERAGE, Carried::Vector(self.mean)), (AVERAGE_SQUARE, Carried::Vector(self.square))]
    }

    /// Down the plane of m̂, a step being measured by the root that divides it.
    pub(super) fn ball(&self, name: &'static str, root: Vector) -> Ball {
        Ball::down(if self.corrects { "m̂" } else { "m" }, self.mean_hat()).by_divisors(name, root)
    }

    /// m̂ and the root it is divided by; nothing before the first step.
    pub(super) fn working(&self, root_quantity: Quantity, root: Vector) -> Quantities {
        if self.steps == 0 {
            return Vec::new();
        }
        vec![(CORRECTED_AVERAGE, Carried::Vector(self.mean_hat())), (root_quantity, Carried::Vector(root))]
    }
}
