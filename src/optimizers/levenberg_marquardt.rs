//! Levenberg and Marquardt: Newton's equation with a damping that grows when a promise is broken and shrinks when it is kept.

use super::newton::{Matrix, matrix_knob};
use super::optimizer::{Carried, Entry, Family, Optimizer, no_rate_law, own_pace, suits_all};
use super::reduction::Known;
use super::{Ball, GRADIENT, Part, Step, Trial, Undefined, Verdict};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::{Point, Vector};

/// The damping stays between these.
const DAMPING: [f64; 2] = [1e-12, 1e12];
/// A step is taken if more than this share of its promise was kept.
const ACCEPTANCE: f64 = 1e-4;

pub(super) static ENTRY: Entry = Entry {
    id: "levenberg_marquardt",
    name: "Levenberg–Marquardt",
    idea: "Adds μ to every curvature: a large μ makes short careful steps along −∇f, a small one Newton's, and μ follows how well the sheet promised.",
    rule: "p = −(H + μI)⁻¹∇f,  w ← w + p if ρ > 10⁻⁴,  μ ← μ/3 if ρ > ¾,  4μ if ρ < ¼",
    reference: "K. Levenberg, A method for the solution of certain non-linear problems in least squares (1944); D. W. Marquardt, An algorithm for least-squares estimation of nonlinear parameters (1963)",
    knobs: &[
        Parameter::log("mu0", "μ₀", 1.0, [1e-6, 1e3])
            .told("first damping", "How much is added to every curvature at first: the larger, the shorter the step. It stays between 10⁻¹² and 10¹²."),
        matrix_knob(),
    ],
    conditionals: &[],
    family: Family::SecondOrder,
    second_order: true,
    unsuited: suits_all,
    rate_law: no_rate_law,
    pace: own_pace,
    build: |knobs| {
        let [least, most] = DAMPING;
        let damping = knobs[0].clamp(least, most);
        let ball = Ball::down(GRADIENT, Vector::zeros());
        Box::new(LevenbergMarquardt { damping, matrix: Matrix::of(knobs[1]), known: None, kept: None, ball })
    },
};

#[derive(Clone)]
struct LevenbergMarquardt {
    damping: f64,
    matrix: Matrix,
    known: Option<Known>,
    /// The share of the last promise that was kept, ρ; none if nothing was tried.
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

    fn damp(&mut self, factor: f64) {
        let [least, most] = DAMPING;
        self.damping = (self.damping * factor).clamp(least, most);
    }

    /// The step p with the damping as it is, and whether the damped sheet is a bowl, so that p is its bottom.
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
    fn tune(&mut self, knobs: &[f64]) {
        let matrix = Matrix::of(knobs[1]);
        if matrix != self.matrix {
            (self.matrix, self.known) = (matrix, None);
        }
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let here = self.look(at, oracle)?;
        let (step, bowl) = self.propose(&here);
        let damped = here.matrix.plus_identity(self.damping);
        let ball = Ball::down(GRADIENT, here.gradient).by(self.matrix.damped_letter(), damped);
        self.ball = self.matrix.believed(ball, here.matrix);
        let parts = [Part { name: self.matrix.damped_part(), factor: 1.0, vector: step }].into_iter().collect();
        let refused = Step { proposed: step, parts, verdict: Verdict::Rejected, ..Step::default() };
        if !bowl {
            self.damp(4.0);
            (self.known, self.kept) = (Some(here), None);
            return Ok(refused);
        }
        let value = oracle.value(at + step);
        let kept = here.reduction_ratio(oracle, step, value);
        if kept > 0.75 {
            self.damp(1.0 / 3.0);
        } else if kept.is_nan() || kept < 0.25 {
            self.damp(4.0);
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

    fn state(&self) -> Vec<(&'static str, Carried)> {
        vec![("damping μ", Carried::Number(self.damping))]
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        self.kept.map(|kept| ("ρ", Carried::Number(kept))).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};

    #[test]
    fn steps_that_are_taken_go_down_and_the_damping_follows() {
        for (landscape, start) in [("rosenbrock", [-1.2, 1.0]), ("himmelblau", [-0.5, -1.4]), ("tanh2", [0.4, 0.3])] {
            let landscape = Landscape::parse(landscape).unwrap();
            let loss = landscape.loss();
            let (mut rule, mut at) = ((ENTRY.build)(&[1.0, 0.0]), Point::from(start));
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
