//! Damped Newton: Newton's direction where it goes down, −g where it does not, shortened until the loss falls.

use super::lane_search::{Directed, searching};
use super::line_search::{Backtracking, Searched, goes_down};
use super::matrix::MATRIX;
use super::method::{no_rate_law, own_step_scale};
use super::phases::{ASK_CURVATURE, ASK_GRADIENT, HALVING, MOVE, phase};
use super::quantity::DIRECTION;
use super::{
    Ball, Family, Matrix, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Shows, Step, Storage,
    Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Point, Symmetric2, Vector};

pub(super) static ENTRY: Method = Method {
    id: "newton_damped",
    name: "Damped Newton",
    brief: "Damped",
    idea: "Newton's step with backtracking until the loss falls: it no longer diverges, but a saddle can still attract it.",
    rule: "p = −H⁻¹∇f (or −∇f if that goes up),  w ← w + αp,  α = 1, ½, ¼ … until f falls by at least 10⁻⁴α|∇f·p|",
    reference: "S. Boyd and L. Vandenberghe, Convex Optimization (2004), algorithm 9.5",
    parameters: &[MATRIX.parameter()],
    conditionals: &[],
    family: Family::SecondOrder,
    order: Order::Second(|values| values.get(MATRIX)),
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        ASK_CURVATURE,
        phase("Solve Hp = −∇f: p leads to the critical point of the quadratic model", Shows::Way(DIRECTION)),
        HALVING,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::CHOLESKY,
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 4,
    stability_bound: no_rate_law,
    step_scale: own_step_scale,
    build: |values| {
        let ball = Ball::down_gradient(Vector::zeros());
        Box::new(DampedNewton { matrix: values.get(MATRIX), searched: Searched::default(), ball })
    },
    lanes: |values, packs| (values.get(MATRIX) == Matrix::Hessian).then(|| searching::<Way>(values, packs)),
};

/// Newton's direction, or −∇f, for many starts.
#[derive(Clone)]
struct Way;

impl Directed for Way {
    fn of(_: Values<'_>) -> Self {
        Self
    }

    fn direction(&self, gradient: Vector, hessian: Symmetric2, _: f64) -> Option<Vector> {
        Some(downhill(gradient, hessian).unwrap_or(-gradient))
    }

    fn searches(&self) -> bool {
        true
    }
}

/// Newton's direction, if it goes down.
fn downhill(gradient: Vector, matrix: Symmetric2) -> Option<Vector> {
    matrix.solve(-gradient).filter(|direction| goes_down(gradient, *direction))
}

#[derive(Clone)]
struct DampedNewton {
    matrix: Matrix,
    /// The last search.
    searched: Searched,
    /// What the last step was measured by.
    ball: Ball,
}

/// The step along a direction, halved until the loss falls, and a report of the search.
pub(super) fn searched(
    oracle: &mut Oracle<'_>,
    at: Point,
    gradient: Vector,
    name: &'static str,
    direction: Vector,
) -> (Step, Searched) {
    let search = Backtracking::from(1.0).search(oracle, at, gradient, direction);
    let searched = search.along(direction);
    (search.step(direction, [Part { name, factor: 1.0, vector: direction }]), searched)
}

impl Optimizer for DampedNewton {
    fn tune(&mut self, values: Values<'_>) {
        self.matrix = values.get(MATRIX);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let matrix = self.matrix.ask(oracle, at)?;
        let downhill = downhill(gradient, matrix);
        let disc = Ball::down_gradient(gradient);
        let (name, direction, ball) = match downhill {
            Some(direction) => {
                ("−αH⁻¹∇f", direction, self.matrix.assumed(disc.by(self.matrix.letter(), matrix), matrix))
            }
            None => {
                ("−α∇f", -gradient, disc.remarking("Newton's direction is no descent direction here, so −∇f is used."))
            }
        };
        self.ball = ball;
        let (step, searched) = searched(oracle, at, gradient, name, direction);
        self.searched = searched;
        Ok(Step { fell_back: downhill.is_none(), ..step })
    }

    fn ball(&self, _: &Step) -> Ball {
        self.ball
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn remembers(&self) -> bool {
        false
    }

    fn working(&self) -> Quantities {
        self.searched.described()
    }
}
