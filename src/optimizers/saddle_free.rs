//! Saddle-free Newton: the absolute values of the curvatures, so that every step goes down.

use super::line_search::Searched;
use super::newton::Matrix;
use super::newton_damped::searched;
use super::optimizer::{Carried, Conditional, Entry, Family, Optimizer, no_rate_law, own_pace, suits_all};
use super::{Ball, GRADIENT, Step, Undefined};
use crate::landscapes::{Oracle, Parameter};
use crate::numbers::{Point, Symmetric2, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "saddle_free",
    name: "Saddle-free Newton",
    idea: "Where the land curves down it turns Newton's step around: saddles repel it instead of attracting it.",
    rule: "w ← w − α|H|⁻¹∇f,  |H|: every eigenvalue λ as max(|λ|, δ)",
    reference: "Y. Dauphin et al., Identifying and attacking the saddle point problem (2014), arXiv:1406.2572",
    knobs: &[
        Parameter::log("delta", "δ", 1e-6, [1e-9, 1.0])
            .told("least curvature", "Curvatures smaller than this count as this much, so that no step is endless."),
        Parameter::choice("line_search", &["false", "true"], 1)
            .told("line search", "Halves the step until the loss falls."),
    ],
    conditionals: &[
        Conditional { when: ("line_search", 0.0), knob: "delta", default: 1e-3 },
        Conditional { when: ("line_search", 1.0), knob: "delta", default: 1e-6 },
    ],
    family: Family::SecondOrder,
    second_order: true,
    unsuited: suits_all,
    rate_law: no_rate_law,
    pace: own_pace,
    build: |knobs| {
        let ball = Ball::down(GRADIENT, Vector::zeros());
        Box::new(SaddleFree { delta: knobs[0], searches: knobs[1] == 1.0, searched: None, ball })
    },
};

#[derive(Clone)]
struct SaddleFree {
    delta: f64,
    searches: bool,
    /// The last search, if there was one.
    searched: Option<Searched>,
    /// What the last step was measured by.
    ball: Ball,
}

impl Optimizer for SaddleFree {
    fn tune(&mut self, knobs: &[f64]) {
        self.delta = knobs[0];
        self.searches = knobs[1] == 1.0;
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let eigen = Matrix::Hessian.ask(oracle, at)?.eigen();
        let sizes = eigen.values.map(|value| value.abs().max(self.delta));
        let solved: Vector =
            std::iter::zip(sizes, eigen.vectors).map(|(size, vector)| vector * (vector.dot(&gradient) / size)).sum();
        let bowl = Symmetric2::with_spectrum(&eigen, sizes);
        self.ball = Ball::down(GRADIENT, gradient).by("|H|", bowl).believing("|H|", bowl);
        if self.searches {
            let (step, searched) = searched(oracle, at, gradient, "−α|H|⁻¹∇f", -solved);
            self.searched = Some(searched);
            return Ok(step);
        }
        self.searched = None;
        Ok(Step::single("−|H|⁻¹∇f", -1.0, solved))
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

    fn working(&self) -> Vec<(&'static str, Carried)> {
        self.searched.map(|searched| searched.told()).unwrap_or_default()
    }
}
