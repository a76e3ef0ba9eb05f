//! Newton's method: to where the quadratic model is flat, be it a minimum, a saddle or a maximum.

use super::lanes::{Kernel, in_lanes};
use super::matrix::MATRIX;
use super::method::{no_law, own_step_scale, share_law};
use super::phases::{ASK_CURVATURE, ASK_GRADIENT, MOVE, phase};
use super::values::RealParameter;
use super::{
    Ball, Family, Matrix, Method, MethodNeeds, Operations, Optimizer, Order, Shows, Step, Storage, Undefined, Uphill,
    Values,
};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::symmetric::solution;
use crate::numbers::{Point, Real, Vector};

/// How much of the step is taken.
const SCALE_OF_STEP: RealParameter = RealParameter(
    &Parameter::log("scale", "α", 1.0, [0.01, 2.0])
        .described("scale", "The share of Newton's step that is taken: 1 is the whole step."),
);

/// How the part of a step is written.
fn part(matrix: Matrix) -> &'static str {
    match matrix {
        Matrix::Hessian => "−H⁻¹∇f",
        Matrix::GaussNewton => "−G⁻¹∇f",
        Matrix::Fisher => "−F⁻¹∇f",
    }
}

pub(super) static ENTRY: Method = Method {
    id: "newton",
    name: "Newton",
    brief: "Newton",
    idea: "Goes to the critical point of the quadratic model: one step on a quadratic, but saddles and maxima attract it too.",
    rule: "w ← w − H⁻¹∇f",
    reference: "J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 3.3",
    parameters: &[SCALE_OF_STEP.parameter(), MATRIX.parameter()],
    conditionals: &[],
    family: Family::SecondOrder,
    order: Order::Second(|values| values.get(MATRIX)),
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        ASK_CURVATURE,
        phase("Solve Hp = −∇f: p leads to the critical point of the quadratic model", Shows::Solution),
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::CHOLESKY,
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 2,
    stability_bound: |values| {
        Err(match values.get(MATRIX) {
            Matrix::Hessian => share_law(
                "On a quadratic the whole step leads to its critical point, be it a minimum, a saddle or a maximum, and the share α leaves 1 − α of the way. Below 1 the distance shrinks on one side, beyond 1 it oscillates, beyond 2 it grows. The curvature sets no other limit.",
            ),
            Matrix::GaussNewton | Matrix::Fisher => no_law(
                "below 2 near the minimum",
                "The limit α < 2 holds only near a minimum where the matrix approximates the Hessian; far away smaller shares diverge, too.",
            ),
        })
    },
    step_scale: own_step_scale,
    build: |values| {
        Box::new(Newton {
            scale: values.get(SCALE_OF_STEP),
            matrix: values.get(MATRIX),
            ball: Ball::down_gradient(Vector::zeros()),
        })
    },
    lanes: |values, packs| (values.get(MATRIX) == Matrix::Hessian).then(|| in_lanes(Arithmetic, values, packs)),
};

/// The direction solves H p = ∇f.
#[derive(Clone)]
struct Arithmetic;

impl Kernel<1, 0> for Arithmetic {
    const SECOND_ORDER: bool = true;

    fn numbers(&self, values: Values<'_>, _: usize) -> [f64; 1] {
        [values.get(SCALE_OF_STEP)]
    }

    #[inline(always)]
    fn direction<T: Real>(&self, _: &[T; 1], _: &mut [[T; 0]; 2], _: [T; 2], [_, x, y, xx, xy, yy]: &[T; 6]) -> [T; 2] {
        solution([*xx, *xy, *yy], [*x, *y])
    }
}

#[derive(Clone)]
struct Newton {
    scale: f64,
    matrix: Matrix,
    /// What the last step was measured by.
    ball: Ball,
}

impl Optimizer for Newton {
    fn tune(&mut self, values: Values<'_>) {
        self.scale = values.get(SCALE_OF_STEP);
        self.matrix = values.get(MATRIX);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let matrix = self.matrix.ask(oracle, at)?;
        let solution = matrix.solve(gradient).ok_or(Undefined::Singular(self.matrix.name()))?;
        self.ball = self.matrix.assumed(Ball::down_gradient(gradient).by(self.matrix.letter(), matrix), matrix);
        Ok(Step::single(part(self.matrix), -self.scale, solution))
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
}
