//! The best finite step: of all steps of one length the one with the lowest loss, found by trying them all.

use super::method::{no_law, own_step_scale};
use super::phases::{MOVE, phase};
use super::values::RealParameter;
use super::{
    Ball, Carried, Family, Method, MethodNeeds, Metric, Operations, Optimizer, Order, Part, Quantities, Quantity,
    Shows, Step, Storage, Trial, Undefined, Uphill, Values,
};
use crate::analysis::{DIRECTIONS_TRIED, best_finite_step};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::Point;

const RADIUS: RealParameter = RealParameter(
    &Parameter::log("radius", "r", 0.25, [0.001, 5.0])
        .described("step length", "The length r of every step. As r → 0 the best direction tends to −∇f."),
);

const MINIMA: Quantity = Quantity::new("minima on the circle ‖d‖ = r", "minima on the circle ‖d‖ = r");

pub(super) static ENTRY: Method = Method {
    id: "finite_step",
    name: "Best step of length r",
    brief: "Best step",
    idea: "Takes the step of length r with the lowest loss: no step of that length is better, and finding it takes thousands of evaluations.",
    rule: "w ← w + rδ*,  δ* = argmin of f(w + rδ), ‖δ‖ = 1",
    reference: "the definition of steepest descent with a step of finite length; J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 2.2",
    parameters: &[RADIUS.parameter()],
    conditionals: &[],
    family: Family::LineSearch,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        phase("Evaluate the loss in every direction at the distance r", Shows::Circle),
        phase("Take the lowest", Shows::Part(0)),
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(1.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Because("The step goes uphill to the lowest point at this distance.")],
    evaluations_per_step: DIRECTIONS_TRIED,
    stability_bound: |_| {
        Err(no_law(
            "no zones: every step has this length",
            "Every step has the length r: the run comes no nearer to a minimum than about that, and the smaller r, the slower it gets there.",
        ))
    },
    step_scale: own_step_scale,
    build: |values| Box::new(FiniteStep { radius: values.get(RADIUS), minima: 0 }),
    lanes: |_, _| None,
};

#[derive(Clone)]
struct FiniteStep {
    radius: f64,
    /// How many local minima the last circle had.
    minima: usize,
}

impl Optimizer for FiniteStep {
    fn tune(&mut self, values: Values<'_>) {
        self.radius = values.get(RADIUS);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let best = best_finite_step(oracle, at, self.radius).ok_or(Undefined::NotFinite)?;
        self.minima = best.local_minima;
        let part = Part { name: "rδ*", factor: self.radius, vector: best.delta / self.radius };
        let trials = vec![Trial { at: at + best.delta, value: best.value, accepted: true }];
        Ok(Step { trials, ..Step::taken(best.delta, [part]) })
    }

    fn ball(&self, step: &Step) -> Ball {
        Ball {
            metric: Metric::None(
                "It evaluates the loss itself, not a model: it goes to the lowest point at this distance, where a level line of the loss touches the circle.",
            ),
            ..Ball::of_first_part(step)
        }
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn remembers(&self) -> bool {
        false
    }

    fn working(&self) -> Quantities {
        vec![(MINIMA, Carried::Number(self.minima as f64))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    #[test]
    fn on_a_round_bowl_it_walks_straight_and_then_swings_across_the_bottom() {
        let landscape = Landscape::parse("bowl").unwrap();
        let mut rule = Choice::of(&ENTRY).build();
        let mut at = Point::new(-1.1, 0.0);
        let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
        for expected in [-0.85, -0.6, -0.35, -0.1, 0.15, -0.1] {
            at += rule.step(at, &mut oracle).unwrap().taken;
            assert!((at.x - expected).abs() < 1e-12 && at.y.abs() < 1e-12, "{at} instead of {expected}");
        }
        assert!(oracle.evaluations().values > 6 * 14_000, "what it costs is counted: {:?}", oracle.evaluations());
    }
}
