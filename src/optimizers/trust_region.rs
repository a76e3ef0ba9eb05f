//! The trust region: the quadratic model's lowest point within a radius that grows and shrinks with how well it predicted.

use super::method::{no_law, own_step_scale};
use super::phases::{ASK_CURVATURE, ASK_GRADIENT, KEPT, MOVE, TRY, phase};
use super::reduction::Known;
use super::values::RealParameter;
use super::{
    Ball, Carried, Family, Matrix, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Quantity,
    Shows, Step, Storage, Trial, Undefined, Uphill, Values, Verdict,
};
use crate::analysis::{BallStep, trust_region_step};
use crate::landscapes::{Oracle, Parameter, ParameterDomain};
use crate::numbers::{Point, Vector};

const FIRST_RADIUS: RealParameter = RealParameter(
    &Parameter::log("radius0", "Δ₀", 1.0, [0.001, 10.0]).described("initial radius", "The initial trust radius."),
);
const LARGEST_RADIUS: RealParameter = RealParameter(
    &Parameter::log("radius_max", "Δmax", 1000.0, [0.01, 1000.0])
        .described("largest radius", "The trust radius never grows beyond this."),
);
const ACCEPTANCE: RealParameter = RealParameter(
    &Parameter::linear("eta", "η", 0.15, [0.0, 0.25])
        .described("acceptance", "A step is accepted if ρ = actual/predicted is above this.")
        .within(ParameterDomain::Fraction),
);

const TRUST_RADIUS: Quantity = Quantity::new("trust radius Δ", "Δ").of_before();

pub(super) static ENTRY: Method = Method {
    id: "trust_region",
    name: "Trust region",
    brief: "Trust region",
    idea: "Minimizes the quadratic model within the trust radius, which shrinks where ρ = actual/predicted is small and grows where it is near 1.",
    rule: "p = argmin of ∇f·p + ½pᵀHp,  ‖p‖ ≤ Δ,  w ← w + p if ρ > η,  Δ ← Δ/4 if ρ < ¼,  2Δ if ρ > ¾ and ‖p‖ = Δ",
    reference: "J. Nocedal and S. J. Wright, Numerical Optimization (2006), algorithm 4.1; J. J. Moré and D. C. Sorensen, Computing a trust region step (1983)",
    parameters: &[FIRST_RADIUS.parameter(), LARGEST_RADIUS.parameter(), ACCEPTANCE.parameter()],
    conditionals: &[],
    family: Family::SecondOrder,
    order: Order::Second(|_| Matrix::Hessian),
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        ASK_CURVATURE,
        phase("Restrict the quadratic model to the trust radius Δ", Shows::Shape(TRUST_RADIUS)),
        phase("Solve: the minimum of the quadratic model within the radius", Shows::Part(0)),
        TRY,
        KEPT,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::EIGENVECTORS,
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 4,
    stability_bound: |_| {
        Err(no_law(
            "no zones: only the first radius",
            "Δ₀ is the radius of the first step alone: after every step the method makes it smaller or larger, by how well its prediction held.",
        ))
    },
    step_scale: own_step_scale,
    build: |values| {
        let ball = Ball::down_gradient(Vector::zeros());
        let radius_max = values.get(LARGEST_RADIUS);
        let radius = values.get(FIRST_RADIUS).min(radius_max);
        Box::new(TrustRegion { radius, radius_max, eta: values.get(ACCEPTANCE), known: None, ball })
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct TrustRegion {
    radius: f64,
    radius_max: f64,
    eta: f64,
    known: Option<Known>,
    /// What the last step was measured by.
    ball: Ball,
}

impl TrustRegion {
    fn look(&self, at: Point, oracle: &mut Oracle<'_>) -> Known {
        match self.known {
            Some(known) if known.at == at => known,
            _ => Known { at, value: oracle.value(at), gradient: oracle.gradient(at), matrix: oracle.hessian(at) },
        }
    }
}

impl Optimizer for TrustRegion {
    /// The first radius is where the state began: changing it on the way changes nothing.
    fn tune(&mut self, values: Values<'_>) {
        [self.radius_max, self.eta] = [values.get(LARGEST_RADIUS), values.get(ACCEPTANCE)];
        self.radius = self.radius.min(self.radius_max);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let here = self.look(at, oracle);
        if !here.matrix.is_finite() {
            return Err(Undefined::NotFinite);
        }
        let solution = trust_region_step(here.gradient, here.matrix, self.radius);
        self.ball = ball(&here, &solution);
        let step = solution.step;
        let value = oracle.value(at + step);
        let kept = here.reduction_ratio(oracle, step, value);
        let accepted = kept > self.eta;
        if kept.is_nan() || kept < 0.25 {
            self.radius *= 0.25;
        } else if kept > 0.75 && solution.on_boundary {
            self.radius = (2.0 * self.radius).min(self.radius_max);
        }
        self.known = (!accepted).then_some(here);
        Ok(Step {
            proposed: step,
            taken: if accepted { step } else { Vector::zeros() },
            parts: [Part { name: part_name(&solution), factor: 1.0, vector: step }].into_iter().collect(),
            verdict: match (accepted, solution.on_boundary) {
                (false, _) => Verdict::Rejected,
                (true, true) => Verdict::Truncated,
                (true, false) => Verdict::Taken,
            },
            trials: vec![Trial { at: at + step, value, accepted }],
            fell_back: false,
        })
    }

    fn ball(&self, _: &Step) -> Ball {
        self.ball
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(TRUST_RADIUS, Carried::Radius(self.radius))]
    }
}

/// On the boundary the multiplier of the radius is added to every curvature.
fn ball(here: &Known, solution: &BallStep) -> Ball {
    let down = Ball::down_gradient(here.gradient);
    if !solution.on_boundary {
        return down.by("H", here.matrix);
    }
    down.by("H + λI", here.matrix.plus_identity(solution.multiplier)).remarking(
        "The norm changes with the radius: the multiplier λ keeps the step on the circle ‖p‖ = Δ, where the quadratic model is lowest.",
    )
}

fn part_name(solution: &BallStep) -> &'static str {
    if solution.on_boundary { "−(H+λI)⁻¹∇f" } else { "−H⁻¹∇f" }
}
