//! Gradient descent with Armijo's search: the whole gradient first, then ever shorter, until the loss falls by enough.

use super::line_search::{Backtracking, SUFFICIENT, Searched};
use super::method::{no_law, own_step_scale};
use super::phases::{ASK_GRADIENT, MOVE, SHORTENING, phase};
use super::quantity::DIRECTION;
use super::values::RealParameter;
use super::{
    Family, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Shows, Step, Storage, Undefined,
    Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter, ParameterDomain};
use crate::numbers::Point;

/// The share of the predicted decrease that must happen.
const C: RealParameter = RealParameter(
    &Parameter::log("c", "c", SUFFICIENT, [1e-6, 0.9])
        .described("sufficient decrease c", "The share of the predicted decrease α‖∇f‖² that the actual decrease must reach. Below the rounding of the loss the slope at the trial point decides instead.")
        .within(ParameterDomain::Fraction),
);

/// What the scale is multiplied by each time.
const SHRINK: RealParameter = RealParameter(
    &Parameter::linear("shrink", "s", 0.5, [0.1, 0.9])
        .described(
            "shrink factor",
            "The factor of α after each rejected trial; the search stops where the step is below the rounding of the weights.",
        )
        .within(ParameterDomain::Percent { least: 1, most: 95, rule: "from 0.01 to 0.95" }),
);

pub(super) static ENTRY: Method = Method {
    id: "gd_armijo",
    name: "Gradient descent, backtracking",
    brief: "GD backtracking",
    idea: "Tries the step −∇f and shortens it until the Armijo condition of sufficient decrease holds: no learning rate, and the loss never rises.",
    rule: "w ← w − α∇f,  α = 1 (longer where −∇f is shorter than 10⁻⁶(1 + ‖w‖)), s, s², … until f falls by at least c·α‖∇f‖²",
    reference: "L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives (1966)",
    parameters: &[C.parameter(), SHRINK.parameter()],
    conditionals: &[],
    family: Family::LineSearch,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Take the negative gradient as the search direction", Shows::Way(DIRECTION)),
        SHORTENING,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::vectors(4.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 5,
    stability_bound: |_| {
        Err(no_law(
            "no zones: a search sets the length",
            "c is the share of the predicted decrease that a step must reach; a search sets its length.",
        ))
    },
    step_scale: own_step_scale,
    build: |values| {
        let mut rule = ArmijoDescent { search: Backtracking::from(1.0), searched: Searched::default() };
        rule.tune(values);
        Box::new(rule)
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct ArmijoDescent {
    search: Backtracking,
    /// The last search.
    searched: Searched,
}

impl Optimizer for ArmijoDescent {
    fn tune(&mut self, values: Values<'_>) {
        [self.search.sufficient, self.search.shrink] = [values.get(C), values.get(SHRINK)];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let search = self.search.search(oracle, at, gradient, -gradient);
        self.searched = search.along(-gradient);
        Ok(search.step(-gradient, [Part { name: "−α∇f", factor: -1.0, vector: gradient }]))
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
