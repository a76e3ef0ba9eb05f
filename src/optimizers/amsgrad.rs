//! `AMSGrad`: Adam that divides by the largest average square so far, so that it forgets no steep slope.

use super::convention::{Convention, by_convention};
use super::lanes::{Each, PerWeightKernel, alone, in_lanes};
use super::method::adaptive_law;
use super::moments::{self, Averaging, Moments, kin_of_adam};
use super::per_weight::{EPS, quotient, root};
use super::phases::{ASK_GRADIENT, CORRECT_BIAS, DIVIDE, MOVE, RENEW_AVERAGE, RENEW_AVERAGE_SQUARE, phase};
use super::{
    Ball, Carried, Family, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Quantity, Shows, Step,
    Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Real, Vector};

const LARGEST_SQUARE: Quantity = Quantity::new("largest square u", "u");
const ROOT: Quantity = Quantity::root("√û + ε");

pub(super) static ENTRY: Method = Method {
    id: "amsgrad",
    name: "AMSGrad",
    brief: "AMSGrad",
    idea: "Adam that divides by the largest v so far: after a steep gradient its steps stay small.",
    rule: "m ← β₁m + (1−β₁)∇f,  v ← β₂v + (1−β₂)∇f²,  u ← max(u, v),  w ← w − η m̂/(√û + ε)",
    reference: "S. J. Reddi, S. Kale and S. Kumar, On the convergence of Adam and beyond (2018), arXiv:1904.09237",
    parameters: kin_of_adam![
        "Whose form: PyTorch takes the largest v and corrects its bias then, optax takes the largest corrected v; Keras is as PyTorch, but adds ε before the correction.",
    ],
    conditionals: by_convention! { EPS: [1e-8, 1e-8, 1e-7] },
    family: Family::Adaptive,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        RENEW_AVERAGE,
        RENEW_AVERAGE_SQUARE,
        phase("Keep the largest v so far", Shows::Numbers(&[LARGEST_SQUARE])),
        CORRECT_BIAS,
        DIVIDE,
        MOVE,
    ],
    storage: |_| Storage::Vectors(3),
    operations: |_| Operations::vectors(13.0),
    batch: None,
    gradient_sum: Some(moments::GRADIENT_SUM),
    uphill: &[Uphill::MemoryAndGradient],
    evaluations_per_step: 1,
    stability_bound: adaptive_law,
    step_scale: |_| moments::PACE,
    build: |values| {
        let mut amsgrad = AmsGrad::default();
        amsgrad.tune(values);
        Box::new(amsgrad)
    },
    lanes: |values, packs| Some(in_lanes(Each(Arithmetic(Averaging::of(values))), values, packs)),
};

/// Each weight carries m, v and u.
#[derive(Clone)]
struct Arithmetic(Averaging);

impl PerWeightKernel<6, 3> for Arithmetic {
    fn numbers(&self, values: Values<'_>, step: usize) -> [f64; 6] {
        Averaging::numbers(values, step)
    }

    fn varies(&self) -> bool {
        self.0.corrects
    }

    #[inline(always)]
    fn direction<T: Real>(&self, numbers: &[T; 6], [mean, square, largest]: &mut [T; 3], _: T, slope: T) -> T {
        Averaging::renew(numbers, mean, square, slope);
        let [.., eps, _, correction] = numbers;
        let is_optax = self.0.convention == Convention::Optax;
        *largest = largest.max(if is_optax { *square * *correction } else { *square });
        let root = if is_optax { root(*largest, *eps, false) } else { self.0.corrected_root(numbers, *largest) };
        quotient(Averaging::mean_hat(numbers, *mean), root)
    }
}

#[derive(Clone, Default)]
struct AmsGrad {
    moments: Moments,
    /// u, the largest v so far: in optax's form of those without bias.
    largest: Vector,
}

impl AmsGrad {
    fn root(&self) -> Vector {
        if self.moments.convention == Convention::Optax {
            self.moments.root(self.largest)
        } else {
            self.moments.corrected_root(self.largest)
        }
    }
}

impl Optimizer for AmsGrad {
    fn tune(&mut self, values: Values<'_>) {
        self.moments.tune(values);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let arithmetic = Each(Arithmetic(self.moments.averaging()));
        let (mut next, mut largest) = (self.moments.next(), self.largest);
        let carried = [&mut next.mean, &mut next.square, &mut largest];
        let direction = alone(&arithmetic, self.moments.next_numbers(), carried, at, oracle.gradient(at));
        self.moments = next.finite()?;
        self.largest = largest;
        Ok(Step::single("−η m̂/(√û+ε)", -self.moments.rate, direction))
    }

    fn ball(&self, _: &Step) -> Ball {
        self.moments.ball(ROOT.name, self.root())
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        let mut state = self.moments.state();
        state.push((LARGEST_SQUARE, Carried::Vector(self.largest)));
        state
    }

    fn working(&self) -> Quantities {
        self.moments.working(ROOT, self.root())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;
    use crate::optimizers::quantity::AVERAGE_SQUARE;

    /// The numbers under this name after every step, from a slope to the flat of the well.
    fn followed(convention: &str, quantity: Quantity) -> Vec<Vec<f64>> {
        let mut rule = Choice::parse(&format!("amsgrad:beta2=0.5,convention={convention}")).unwrap().build();
        let landscape = Landscape::parse("himmelblau").unwrap();
        let mut at = Point::new(-0.5, -1.4);
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        let mut follow = || {
            at += rule.step(at, &mut oracle).unwrap().taken;
            let found = rule.state().into_iter().chain(rule.working()).find(|(key, _)| *key == quantity);
            found.unwrap().1.numbers()
        };
        (0..400).map(|_| follow()).collect()
    }

    #[test]
    fn what_it_remembers_never_falls() {
        for (convention, quantity) in
            [("pytorch", LARGEST_SQUARE), ("keras", LARGEST_SQUARE), ("optax", LARGEST_SQUARE), ("optax", ROOT)]
        {
            let numbers = followed(convention, quantity);
            let falls = |pair: &[Vec<f64>]| std::iter::zip(&pair[0], &pair[1]).any(|(before, after)| after < before);
            assert!(!numbers.windows(2).any(falls), "{convention}: {}", quantity.name);
        }
        let squares = followed("pytorch", AVERAGE_SQUARE);
        assert!(squares.last().unwrap()[0] < 1e-3 * squares[40][0], "while v falls");
    }
}
