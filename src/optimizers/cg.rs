//! Nonlinear conjugate gradients: a part of the last direction is kept, so that a valley is not crossed twice.

use super::line_search::{exact, goes_down};
use super::method::{no_rate_law, own_step_scale};
use super::phases::{ASK_GRADIENT, EXACT, MOVE, phase};
use super::quantity::SCALE;
use super::values::{OneOf, variants};
use super::{
    Ball, Carried, Family, GRADIENT, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Quantity,
    Role, Shows, Step, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

/// Number of steps after which the rule starts over with −g.
const RESTART: usize = 20;

variants! {
    /// How much of the last direction is kept.
    enum Kind {
        PolakRibiere = "pr",
        FletcherReeves = "fr",
    }
}

const KIND: OneOf<Kind> = OneOf::new(&OneOf::<Kind>::parameter_of("kind").described(
    "kind",
    "The weight of the last direction. Polak–Ribière: β = ∇f·(∇f − ∇f₋)/‖∇f₋‖², never below 0; Fletcher–Reeves: β = ‖∇f‖²/‖∇f₋‖², with ∇f₋ the last gradient.",
));

/// The direction, which is kept for the next one.
const CONJUGATE: Quantity = Quantity::new("direction d", "d").playing(Role::Direction);
/// The gradient of the last step, with which the next direction is made.
const LAST_GRADIENT: Quantity = Quantity::new("last gradient", "last gradient").of_before();
/// How much of the last direction was kept.
const KEPT_SHARE: Quantity = Quantity::new("β", "β");

pub(super) static ENTRY: Method = Method {
    id: "cg",
    name: "Conjugate gradients",
    brief: "CG",
    idea: "Adds β times the last direction to −∇f, so that directions are conjugate: on a quadratic in two weights it converges in two steps.",
    rule: "d ← −∇f + βd,  w ← w + αd,  α: the first minimum seen of f(w + αd);  β = 0 every 20 steps, and where d is no descent direction",
    reference: "R. Fletcher and C. M. Reeves, Function minimization by conjugate gradients (1964); E. Polak and G. Ribière, Note sur la convergence de méthodes de directions conjuguées (1969)",
    parameters: &[KIND.parameter()],
    conditionals: &[],
    family: Family::LineSearch,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Add β times the last direction to the negative gradient", Shows::Way(CONJUGATE)),
        EXACT,
        MOVE,
    ],
    storage: |_| Storage::Vectors(2),
    operations: |_| Operations::vectors(10.0).to_minimum_of_line(),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 80,
    stability_bound: no_rate_law,
    step_scale: own_step_scale,
    build: |values| Box::new(ConjugateGradients { kind: values.get(KIND), ..ConjugateGradients::default() }),
    lanes: |_, _| None,
};

#[derive(Clone, Default)]
struct ConjugateGradients {
    kind: Kind,
    steps: usize,
    /// The last gradient, none at the start and after a step of length zero.
    gradient: Option<Vector>,
    /// The last direction d.
    direction: Vector,
    beta: f64,
    scale: f64,
}

impl ConjugateGradients {
    /// How much of the last direction the new one keeps: nothing every twenty steps, or where it would not go down.
    fn beta(&self, gradient: Vector) -> f64 {
        let Some(last) = self.gradient.filter(|_| !self.steps.is_multiple_of(RESTART)) else { return 0.0 };
        // Of a size near 1, so that no square leaves the numbers.
        let unit = last.amax();
        let (now, last) = (gradient / unit, last / unit);
        let beta = if self.kind == Kind::FletcherReeves {
            now.dot(&now) / last.dot(&last)
        } else {
            (now.dot(&(now - last)) / last.dot(&last)).max(0.0)
        };
        if beta.is_finite() && goes_down(gradient, self.direction * beta - gradient) { beta } else { 0.0 }
    }
}

impl Optimizer for ConjugateGradients {
    fn tune(&mut self, values: Values<'_>) {
        self.kind = values.get(KIND);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let here = oracle.first_order(at);
        let gradient = here.gradient;
        let beta = self.beta(gradient);
        let kept = self.direction;
        let direction = kept * beta - gradient;
        let search = exact(oracle, at, here, direction)?;
        self.gradient = (search.scale > 0.0).then_some(gradient);
        self.direction = direction;
        (self.beta, self.scale) = (beta, search.scale);
        self.steps += 1;
        let parts =
            [Part { name: "−α∇f", factor: -1.0, vector: gradient }, Part { name: "αβd", factor: beta, vector: kept }];
        Ok(search.step(direction, parts))
    }

    fn ball(&self, _: &Step) -> Ball {
        let name = if self.beta == 0.0 { GRADIENT } else { "∇f − βd" };
        Ball::down(name, -self.direction).remarking(
            "It has no fixed norm: β stands for the curvature along its last direction d and only turns the vector.",
        )
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        let gradient = self.gradient.unwrap_or_else(Vector::zeros);
        vec![(CONJUGATE, Carried::Vector(self.direction)), (LAST_GRADIENT, Carried::Vector(gradient))]
    }

    fn working(&self) -> Quantities {
        vec![(KEPT_SHARE, Carried::Number(self.beta)), (SCALE, Carried::Number(self.scale))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::values::number_of;

    /// The iterates, the start first.
    fn walk(landscape: &Landscape, kind: Kind, start: [f64; 2], steps: usize) -> Vec<Point> {
        let mut rule = (ENTRY.build)(ENTRY.values(&[number_of!(kind)]));
        let mut path = vec![Point::from(start)];
        for step in 0..steps {
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            path.push(path[step] + rule.step(path[step], &mut oracle).unwrap().taken);
        }
        path
    }

    #[test]
    fn two_steps_end_a_quadratic_and_their_directions_are_conjugate() {
        for text in ["quad", "quad:kappa=1000,theta=1", "bowl"] {
            let landscape = Landscape::parse(text).unwrap();
            for kind in [Kind::PolakRibiere, Kind::FletcherReeves] {
                let path = walk(&landscape, kind, [-2.1, 1.7], 2);
                let hessian = landscape.loss().second_order(path[0]).hessian;
                let norm = path[2].coords.norm();
                assert!(norm < 1e-9, "{text}, kind {kind:?}: {norm:e} from the minimum");
                let (first, second) = (path[1] - path[0], path[2] - path[1]);
                let form = first.dot(&hessian.apply(second));
                assert!(form.abs() < 1e-9 * hessian.norm(), "{text}, kind {kind:?}: dᵀHd = {form:e}");
            }
        }
    }

    #[test]
    fn it_begins_anew_every_twenty_steps_and_where_it_would_go_up() {
        let gradient = Some(Vector::x());
        let rule = ConjugateGradients { kind: Kind::FletcherReeves, gradient, ..ConjugateGradients::default() };
        let with = |steps, direction| ConjugateGradients { steps, direction, ..rule.clone() };
        assert_eq!(with(7, -Vector::x()).beta(Vector::y() * 2.0), 4.0, "‖∇f‖²/‖∇f₋‖²");
        assert_eq!(with(40, -Vector::x()).beta(Vector::y() * 2.0), 0.0, "twice twenty steps");
        assert_eq!(with(7, Vector::y() * 3.0).beta(Vector::y() * 2.0), 0.0, "uphill");
        assert_eq!(with(7, Vector::zeros()).beta(Vector::zeros()), 0.0, "level");
    }
}
