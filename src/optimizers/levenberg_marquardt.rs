//! Levenberg and Marquardt: Newton's equation with a damping that grows when a prediction is broken and shrinks when it is kept.

use super::line_search::shortest_useful;
use super::matrix::MATRIX;
use super::method::{no_law, own_step_scale};
use super::phases::{ASK_CURVATURE, ASK_GRADIENT, KEPT, MOVE, TRY, phase};
use super::reduction::Known;
use super::values::RealParameter;
use super::{
    Ball, Carried, Family, Matrix, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Quantity, Role,
    Shows, Step, Storage, Trial, Undefined, Uphill, Values, Verdict,
};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::{Point, Vector, length};

/// The damping stays between these shares of ‖H‖.
const RANGE: [f64; 2] = [1e-12, 1e12];
/// A step is taken if more than this share of its prediction was kept.
const ACCEPTANCE: f64 = 1e-4;

const FIRST_DAMPING: RealParameter = RealParameter(&Parameter::log("mu0", "μ₀", 1.0, [1e-6, 1e3]).described(
    "initial damping",
    "The initial μ, which is added to every eigenvalue: the larger, the shorter the step. It stays between 10⁻¹² and 10¹² times ‖H‖.",
));

/// How the damped matrix is written, and the part of a step by it.
fn damped(matrix: Matrix) -> [&'static str; 2] {
    match matrix {
        Matrix::Hessian => ["H + μI", "−(H+μI)⁻¹∇f"],
        Matrix::GaussNewton => ["G + μI", "−(G+μI)⁻¹∇f"],
        Matrix::Fisher => ["F + μI", "−(F+μI)⁻¹∇f"],
    }
}

const DAMPING: Quantity = Quantity::new("damping μ", "μ").playing(Role::Damping).of_before();
/// How much of its predicted decrease the step has brought.
const REDUCTION_RATIO: Quantity = Quantity::new("ρ", "ρ");

pub(super) static ENTRY: Method = Method {
    id: "levenberg_marquardt",
    name: "Levenberg–Marquardt",
    brief: "LM",
    idea: "Adds μ to every eigenvalue of H: a large μ gives short steps along −∇f, a small one Newton's step; μ follows ρ = actual/predicted.",
    rule: "p = −(H + μI)⁻¹∇f,  w ← w + p if ρ > 10⁻⁴,  μ ← μ/3 if ρ > ¾,  4μ if ρ < ¼",
    reference: "K. Levenberg, A method for the solution of certain non-linear problems in least squares (1944); D. W. Marquardt, An algorithm for least-squares estimation of nonlinear parameters (1963)",
    parameters: &[FIRST_DAMPING.parameter(), MATRIX.parameter()],
    conditionals: &[],
    family: Family::SecondOrder,
    order: Order::Second(|values| values.get(MATRIX)),
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        ASK_CURVATURE,
        phase("Add the damping μ to every eigenvalue", Shows::Shape(DAMPING)),
        phase("Solve (H + μI)p = −∇f: the minimum of the damped quadratic model", Shows::Part(0)),
        TRY,
        KEPT,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::CHOLESKY,
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 4,
    stability_bound: |_| {
        Err(no_law(
            "no zones: only the first damping",
            "μ₀ damps the first step alone: after every step the method makes μ smaller or larger, by how well its prediction held.",
        ))
    },
    step_scale: own_step_scale,
    build: |values| {
        let damping = values.get(FIRST_DAMPING);
        let ball = Ball::down_gradient(Vector::zeros());
        Box::new(LevenbergMarquardt { damping, matrix: values.get(MATRIX), known: None, kept: None, ball })
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct LevenbergMarquardt {
    damping: f64,
    matrix: Matrix,
    known: Option<Known>,
    /// The share of the last prediction that was kept, ρ; none if nothing was tried.
    kept: Option<f64>,
    /// What the last step was measured by.
    ball: Ball,
}

impl LevenbergMarquardt {
    fn look(&self, at: Point, oracle: &mut Oracle<'_>) -> Result<Known, Undefined> {
        match self.known {
            Some(known) if known.at == at => Ok(known),
            _ => {
                let (value, gradient) = (oracle.value(at), oracle.gradient(at));
                Ok(Known { at, value, gradient, matrix: self.matrix.ask(oracle, at)? })
            }
        }
    }

    fn damp(&mut self, factor: f64, here: &Known) {
        let norm = here.matrix.norm();
        let [least, most] = RANGE.map(|share| (share * norm).max(f64::MIN_POSITIVE));
        let most = if norm == 0.0 { f64::MAX } else { most };
        self.damping = (self.damping * factor).clamp(least, most);
    }

    /// Less damping after a step that kept its prediction.
    ///
    /// Where the damping alone makes the step shorter than `short`, a millionth of 1 + ‖w‖, the unit of the loss is far from that of the
    /// weights, and the damping falls at once to where the step is that long.
    fn relax(&mut self, here: &Known, step: Vector, short: f64) {
        if length(step) < short && self.damping > here.matrix.norm() {
            self.damping = self.damping.min(length(here.gradient) / short);
        }
        self.damp(1.0 / 3.0, here);
    }

    /// The step p with the damping as it is, and whether the damped local model is a bowl, so that p is its bottom.
    fn propose(&self, here: &Known) -> (Vector, bool) {
        let damped = here.matrix.plus_identity(self.damping);
        let bowl = here.matrix.eigen().values[0] + self.damping > 0.0;
        match damped.solve(-here.gradient) {
            Some(step) => (step, bowl),
            None => (Vector::zeros(), false),
        }
    }
}

impl Optimizer for LevenbergMarquardt {
    /// The first damping is where the state began: changing it on the way changes nothing.
    fn tune(&mut self, values: Values<'_>) {
        let matrix = values.get(MATRIX);
        if matrix != self.matrix {
            (self.matrix, self.known) = (matrix, None);
        }
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let here = self.look(at, oracle)?;
        let (step, bowl) = self.propose(&here);
        let [letter, part] = damped(self.matrix);
        let ball = Ball::down_gradient(here.gradient).by(letter, here.matrix.plus_identity(self.damping));
        self.ball = self.matrix.assumed(ball, here.matrix);
        let parts = [Part { name: part, factor: 1.0, vector: step }].into_iter().collect();
        let refused = Step { proposed: step, parts, verdict: Verdict::Rejected, ..Step::default() };
        if !bowl {
            self.damp(4.0, &here);
            (self.known, self.kept) = (Some(here), None);
            return Ok(refused);
        }
        let value = oracle.value(at + step);
        let kept = here.reduction_ratio(oracle, step, value);
        if kept > 0.75 {
            self.relax(&here, step, shortest_useful(oracle, at));
        } else if kept.is_nan() || kept < 0.25 {
            self.damp(4.0, &here);
        }
        let accepted = kept > ACCEPTANCE;
        (self.known, self.kept) = ((!accepted).then_some(here), (!kept.is_nan()).then_some(kept));
        let trials = vec![Trial { at: at + step, value, accepted }];
        Ok(if accepted {
            Step { taken: step, verdict: Verdict::Taken, trials, ..refused }
        } else {
            Step { trials, ..refused }
        })
    }

    fn ball(&self, _: &Step) -> Ball {
        self.ball
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(DAMPING, Carried::Number(self.damping))]
    }

    fn working(&self) -> Quantities {
        self.kept.map(|kept| (REDUCTION_RATIO, Carried::Number(kept))).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    #[test]
    fn steps_that_are_taken_go_down_and_the_damping_follows() {
        for (landscape, start) in [("rosenbrock", [-1.2, 1.0]), ("himmelblau", [-0.5, -1.4]), ("tanh2", [0.4, 0.3])] {
            let landscape = Landscape::parse(landscape).unwrap();
            let loss = landscape.loss();
            let (mut rule, mut at) = (Choice::of(&ENTRY).build(), Point::from(start));
            let mut refused = 0;
            let largest = loss.value(at).abs();
            for _ in 0..40 {
                let damping = |rule: &dyn Optimizer| rule.state()[0].1.numbers()[0];
                let before = damping(rule.as_ref());
                let mut oracle = Oracle::new(loss, Evaluations::default());
                oracle.set_scale(largest);
                let step = rule.step(at, &mut oracle).unwrap();
                if step.verdict == Verdict::Taken {
                    let rounding = 1e-13 * largest;
                    assert!(loss.value(at + step.taken) <= loss.value(at) + rounding, "{landscape} at {at}");
                } else {
                    refused += 1;
                    assert_eq!(step.taken, Vector::zeros(), "{landscape}: stays");
                    assert_eq!(damping(rule.as_ref()), 4.0 * before, "{landscape}: is damped more");
                }
                at += step.taken;
            }
            assert!(refused > 0, "{landscape}: every start here needs more damping");
            assert!(loss.first_order(at).gradient.norm() < 1e-9, "{landscape}: arrives");
        }
    }
}
