//! Saddle-free Newton: the absolute values of the curvatures, so that every step goes down.

use super::lane_search::{Directed, searching};
use super::line_search::Searched;
use super::method::{no_law, own_step_scale, share_law};
use super::newton_damped::searched;
use super::phases::{ASK_CURVATURE, ASK_GRADIENT, HALVING, MOVE, phase};
use super::values::{Flag, RealParameter};
use super::{
    Ball, Conditional, Family, Matrix, Method, MethodNeeds, Operations, Optimizer, Order, Quantities, Shows, Step,
    Storage, Undefined, Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::{Eigen2, Point, Symmetric2, Vector};

/// How much of the step is taken, before the line search.
const SCALE_OF_STEP: RealParameter = RealParameter(
    &Parameter::log("scale", "α", 1.0, [0.01, 2.0])
        .described("scale", "The share of the step −|H|⁻¹∇f that is taken, or with which the line search begins."),
);
const DELTA: RealParameter = RealParameter(
    &Parameter::log("delta", "δ", 1e-6, [1e-9, 1.0])
        .described("least curvature", "The least absolute curvature, so that steps stay finite; where no loss of the run and no curvature reaches 1, this share of the largest of them."),
);
const LINE_SEARCH: Flag =
    Flag(&Flag::parameter_of("line_search", true).described("line search", "Halves the step until the loss falls."));

pub(super) static ENTRY: Method = Method {
    id: "saddle_free",
    name: "Saddle-free Newton",
    brief: "Saddle-free",
    idea: "Uses |H| in place of H, which reverses Newton's step along negative curvature: saddles repel it instead of attracting it.",
    rule: "w ← w − α|H|⁻¹∇f,  |H|: every eigenvalue λ as max(|λ|, δ)",
    reference: "Y. Dauphin et al., Identifying and attacking the saddle point problem (2014), arXiv:1406.2572",
    parameters: &[SCALE_OF_STEP.parameter(), DELTA.parameter(), LINE_SEARCH.parameter()],
    conditionals: &[
        Conditional { when: (LINE_SEARCH.name(), Flag::number(false)), parameter: DELTA.name(), default: 1e-3 },
        Conditional { when: (LINE_SEARCH.name(), Flag::number(true)), parameter: DELTA.name(), default: 1e-6 },
    ],
    family: Family::SecondOrder,
    order: Order::Second(|_| Matrix::Hessian),
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        ASK_CURVATURE,
        phase("Take the absolute eigenvalues, and solve |H|p = −∇f", Shows::Solution),
        HALVING,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::EIGENVECTORS,
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 4,
    stability_bound: |values| {
        Err(if values.get(LINE_SEARCH) {
            no_law(
                "no zones: a search shortens it",
                "α is where the line search begins: it halves the step until the loss falls, so that no α diverges.",
            )
        } else {
            share_law(
                "Where a quadratic curves up, the whole step leads to its lowest place, and the share α leaves 1 − α of the way: below 1 the distance shrinks on one side, beyond 1 it oscillates, beyond 2 it grows. Along negative curvature every α leads away, as it should.",
            )
        })
    },
    step_scale: own_step_scale,
    build: |values| {
        let ball = Ball::down_gradient(Vector::zeros());
        Box::new(SaddleFree {
            scale: values.get(SCALE_OF_STEP),
            delta: values.get(DELTA),
            searches: values.get(LINE_SEARCH),
            searched: None,
            ball,
        })
    },
    lanes: |values, packs| Some(searching::<Way>(values, packs)),
};

/// −α|H|⁻¹∇f, for many starts.
#[derive(Clone)]
struct Way {
    scale: f64,
    delta: f64,
    searches: bool,
}

impl Directed for Way {
    fn of(values: Values<'_>) -> Self {
        Self { scale: values.get(SCALE_OF_STEP), delta: values.get(DELTA), searches: values.get(LINE_SEARCH) }
    }

    fn direction(&self, gradient: Vector, hessian: Symmetric2, largest: f64) -> Option<Vector> {
        let eigen = hessian.eigen();
        Some(solved(gradient, &eigen, sizes(&eigen, self.delta, largest)) * -self.scale)
    }

    fn searches(&self) -> bool {
        self.searches
    }
}

/// The absolute eigenvalues, none below a share of the largest of them and of `scale`, the largest |f| of the run.
fn sizes(eigen: &Eigen2, delta: f64, scale: f64) -> [f64; 2] {
    // A bound in units of the loss would hide all curvatures of a loss whose unit is small.
    let largest = eigen.values[0].abs().max(eigen.values[1].abs()).max(scale);
    let unit = if largest > 0.0 { largest.min(1.0) } else { 1.0 };
    let least = (delta * unit).max(f64::MIN_POSITIVE);
    eigen.values.map(|value| value.abs().max(least))
}

/// |H|⁻¹∇f.
fn solved(gradient: Vector, eigen: &Eigen2, sizes: [f64; 2]) -> Vector {
    std::iter::zip(sizes, eigen.vectors).map(|(size, vector)| vector * (vector.dot(&gradient) / size)).sum()
}

#[derive(Clone)]
struct SaddleFree {
    scale: f64,
    delta: f64,
    searches: bool,
    /// The last search, if there was one.
    searched: Option<Searched>,
    /// What the last step was measured by.
    ball: Ball,
}

impl Optimizer for SaddleFree {
    fn tune(&mut self, values: Values<'_>) {
        self.scale = values.get(SCALE_OF_STEP);
        self.delta = values.get(DELTA);
        self.searches = values.get(LINE_SEARCH);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let eigen = Matrix::Hessian.ask(oracle, at)?.eigen();
        let sizes = sizes(&eigen, self.delta, oracle.scale());
        let solved = solved(gradient, &eigen, sizes);
        let bowl = Symmetric2::with_spectrum(&eigen, sizes);
        self.ball = Ball::down_gradient(gradient).by("|H|", bowl).believing("|H|", bowl);
        if self.searches {
            let (step, searched) = searched(oracle, at, gradient, "−α|H|⁻¹∇f", -solved * self.scale);
            self.searched = Some(searched);
            return Ok(step);
        }
        self.searched = None;
        Ok(Step::single(if self.scale == 1.0 { "−|H|⁻¹∇f" } else { "−α|H|⁻¹∇f" }, -self.scale, solved))
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
        self.searched.map(|searched| searched.described()).unwrap_or_default()
    }
}
