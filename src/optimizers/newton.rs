//! Newton's method: to where the paraboloid is flat, be it a minimum, a saddle or a maximum.

use super::optimizer::{Entry, Family, Optimizer, no_rate_law, own_pace, suits_all};
use super::{Ball, GRADIENT, Step, Undefined};
use crate::landscapes::{Domain, Oracle, Parameter};
use crate::numbers::{Point, Symmetric2, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "newton",
    name: "Newton",
    idea: "Believes in the quadratic sheet and jumps to where it is flat: one step on a quadratic, but saddles and hilltops attract it too.",
    rule: "w ← w − H⁻¹∇f",
    reference: "J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 3.3",
    knobs: &[
        Parameter::log("scale", "α", 1.0, [0.01, 2.0])
            .told("scale", "How much of Newton's step is taken: 1 is the whole step."),
        matrix_knob(),
    ],
    conditionals: &[],
    family: Family::SecondOrder,
    second_order: true,
    unsuited: suits_all,
    rate_law: no_rate_law,
    pace: own_pace,
    build: |knobs| {
        Box::new(Newton { scale: knobs[0], matrix: Matrix::of(knobs[1]), ball: Ball::down(GRADIENT, Vector::zeros()) })
    },
};

/// Which matrix stands for the curvature.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Matrix {
    Hessian,
    GaussNewton,
}

/// The knob that chooses it.
pub(super) const fn matrix_knob() -> Parameter {
    Parameter::choice("matrix", &["hessian", "gauss_newton"], 0)
        .told("matrix", "Hessian: the true curvature. Gauss–Newton, for networks only: leaves out how the network's output itself bends, and so never curves down.")
        .within(Domain::NotNegative)
}

impl Matrix {
    pub(super) fn of(knob: f64) -> Self {
        if knob == 0.0 { Self::Hessian } else { Self::GaussNewton }
    }

    pub(super) fn ask(self, oracle: &mut Oracle<'_>, at: Point) -> Result<Symmetric2, Undefined> {
        let matrix = match self {
            Self::Hessian => oracle.hessian(at),
            Self::GaussNewton => oracle.gauss_newton(at)?,
        };
        if matrix.is_finite() { Ok(matrix) } else { Err(Undefined::NotFinite) }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Hessian => "the Hessian",
            Self::GaussNewton => "the Gauss–Newton matrix",
        }
    }

    /// A ball of a method that takes this matrix for the curvature of the land.
    pub(super) fn believed(self, ball: Ball, matrix: Symmetric2) -> Ball {
        match self {
            Self::Hessian => ball,
            Self::GaussNewton => ball.believing(self.letter(), matrix),
        }
    }

    pub(super) fn letter(self) -> &'static str {
        match self {
            Self::Hessian => "H",
            Self::GaussNewton => "G",
        }
    }

    pub(super) fn damped_letter(self) -> &'static str {
        match self {
            Self::Hessian => "H + μI",
            Self::GaussNewton => "G + μI",
        }
    }

    fn part(self) -> &'static str {
        match self {
            Self::Hessian => "−H⁻¹∇f",
            Self::GaussNewton => "−G⁻¹∇f",
        }
    }

    pub(super) fn damped_part(self) -> &'static str {
        match self {
            Self::Hessian => "−(H+μI)⁻¹∇f",
            Self::GaussNewton => "−(G+μI)⁻¹∇f",
        }
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
    fn tune(&mut self, knobs: &[f64]) {
        self.scale = knobs[0];
        self.matrix = Matrix::of(knobs[1]);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let matrix = self.matrix.ask(oracle, at)?;
        let solution = matrix.solve(gradient).ok_or(Undefined::Singular(self.matrix.name()))?;
        self.ball = self.matrix.believed(Ball::down(GRADIENT, gradient).by(self.matrix.letter(), matrix), matrix);
        Ok(Step::single(self.matrix.part(), -self.scale, solution))
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
