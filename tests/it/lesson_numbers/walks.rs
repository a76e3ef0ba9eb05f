//! What the numbers of the lessons are computed with: a walk, a place, a circle, the critical points, the costs.

use taylorscope::analysis::{
    CriticalPoint, Curvature, FiniteStep, Kind, LocalModel, PredictedAndActual, critical_points, linear_validity_radius,
};
use taylorscope::landscapes::Landscape;
use taylorscope::landscapes::networks::SampleValues;
use taylorscope::numbers::{Point, Vector};
use taylorscope::optimizers::{Choice, CostModel, MethodCost};
use taylorscope::run::{EnergyPath, Recipe, Run, SHARE};

/// ‖∇f‖ at which the runs of the window stop.
const REST: f64 = 1e-8;
/// As far as a model is looked along.
const LIMIT: f64 = 100.0;

/// A run that goes all its steps.
pub(super) struct Walk {
    landscape: Landscape,
    run: Run,
}

pub(super) fn walk(landscape: &str, method: &str, start: [f64; 2], steps: usize) -> Walk {
    walk_to(landscape, method, start, steps, None)
}

/// The number of steps until a run comes to rest.
pub(super) fn steps_to_rest(landscape: &str, method: &str, start: [f64; 2]) -> f64 {
    let walk = walk_to(landscape, method, start, 200, Some(REST));
    assert!(walk.run.stop().is_some(), "{method} rests");
    (walk.run.iterates().len() - 1) as f64
}

fn walk_to(landscape: &str, method: &str, start: [f64; 2], steps: usize, tolerance: Option<f64>) -> Walk {
    let landscape = Landscape::parse(landscape).unwrap();
    let recipe = Recipe { tolerance, ..Recipe::new(Choice::parse(method).unwrap(), Point::from(start), steps) };
    let run = Run::of(&landscape, &recipe);
    Walk { landscape, run }
}

impl Walk {
    pub(super) fn at(&self, step: usize) -> Point {
        self.run.iterates()[step].at
    }

    pub(super) fn last(&self) -> Point {
        self.run.iterates().last().unwrap().at
    }

    pub(super) fn loss(&self, step: usize) -> f64 {
        self.run.iterates()[step].loss
    }

    pub(super) fn final_loss(&self) -> f64 {
        self.run.iterates().last().unwrap().loss
    }

    /// The mean loss of the last iterates.
    pub(super) fn mean_of_last(&self, count: usize) -> f64 {
        self.run.iterates().iter().rev().take(count).map(|iterate| iterate.loss).sum::<f64>() / count as f64
    }

    pub(super) fn slope(&self, step: usize) -> f64 {
        self.run.iterates()[step].gradient.norm()
    }

    pub(super) fn taken(&self, step: usize) -> Vector {
        self.run.iterates()[step].taken
    }

    /// What the models predicted for a step, and what came.
    pub(super) fn change(&self, step: usize) -> PredictedAndActual {
        LocalModel::new(self.landscape.loss(), self.at(step)).change(self.landscape.loss(), self.taken(step))
    }

    /// How far the loss ended above the plane.
    pub(super) fn error(&self, step: usize) -> f64 {
        let change = self.change(step);
        change.actual - change.linear
    }

    /// The first step at which the loss is below this.
    pub(super) fn below(&self, loss: f64) -> f64 {
        self.run.iterates().iter().position(|iterate| iterate.loss < loss).unwrap() as f64
    }

    /// The first step to the left of this.
    pub(super) fn left_of(&self, x: f64) -> f64 {
        self.run.iterates().iter().position(|iterate| iterate.at.x < x).unwrap() as f64
    }

    pub(super) fn kinetic(&self, step: usize) -> f64 {
        EnergyPath::of(&self.run).kinetic()[step]
    }

    /// λmax at the last iterate.
    pub(super) fn final_curvature(&self) -> f64 {
        Curvature::of(&LocalModel::new(self.landscape.loss(), self.last())).unwrap().eigen.values[1]
    }

    /// The operations of `steps` steps with n weights.
    pub(super) fn operations(&self, steps: usize, weights: f64) -> f64 {
        let asked = self.run.iterates()[steps - 1].evaluations;
        CostModel::new(weights).operations(&self.cost(), asked, steps)
    }

    /// The bytes of a step with n weights.
    pub(super) fn memory(&self, weights: f64) -> f64 {
        CostModel::new(weights).memory(&self.cost())
    }

    fn cost(&self) -> MethodCost {
        MethodCost::of(&self.run.recipe().optimizer, &self.landscape)
    }
}

/// A point of a landscape.
pub(super) struct Place {
    landscape: Landscape,
    pub(super) model: LocalModel,
}

pub(super) fn place(landscape: &str, at: [f64; 2]) -> Place {
    let landscape = Landscape::parse(landscape).unwrap();
    let model = LocalModel::new(landscape.loss(), Point::from(at));
    Place { landscape, model }
}

impl Place {
    pub(super) fn curvature(&self) -> Curvature {
        Curvature::of(&self.model).unwrap()
    }

    /// An eigenvalue, the lesser first.
    pub(super) fn eigenvalue(&self, index: usize) -> f64 {
        self.curvature().eigen.values[index]
    }

    /// The rate up to which gradient descent is stable.
    pub(super) fn limit(&self) -> f64 {
        2.0 / self.eigenvalue(1)
    }

    /// How far the plane is right along −∇f.
    pub(super) fn radius(&self) -> f64 {
        let unit = -self.model.gradient / self.model.gradient.norm();
        linear_validity_radius(self.landscape.loss(), &self.model, unit, SHARE, LIMIT).unwrap()
    }

    /// The best step of a length beside that along −∇f.
    pub(super) fn circle(&self, radius: f64) -> FiniteStep {
        FiniteStep::of(self.landscape.loss(), self.model.at, self.model.gradient, radius)
    }

    /// What gradient descent at its best rate leaves of the distance in a step.
    pub(super) fn best_factor(&self) -> f64 {
        let condition = self.curvature().condition().unwrap();
        (condition - 1.0) / (condition + 1.0)
    }
}

/// The critical points of a kind, the lowest first.
pub(super) fn critical(landscape: &str, kind: Kind) -> Vec<CriticalPoint> {
    let mut points = critical_points(&Landscape::parse(landscape).unwrap());
    points.retain(|point| point.kind == kind);
    points.sort_by(|a, b| a.value.total_cmp(&b.value));
    points
}

/// The pass through the network of lesson 14, o = w₂ tanh(w₁x) with one sample.
pub(super) fn pass() -> SampleValues {
    let network = Landscape::parse("tanh2").unwrap().with_samples(vec![[2.0, 1.0]]).unwrap();
    network.sampled_loss().unwrap().backprop(Point::new(0.5, 2.0)).unwrap()[0]
}

/// How many samples a network has.
pub(super) fn samples(landscape: &str) -> f64 {
    Landscape::parse(landscape).unwrap().data().unwrap().len() as f64
}
