//! The kinetic energy of a ball at every iterate of its run: found once, and continued as the run grows.

use super::Run;
use super::energy::{energy, initial_displacement, inverse_mass};
use crate::numbers::Vector;
use crate::optimizers::{Choice, Motion};

/// The kinetic energy at the iterates of a run, see [`Energy`](super::Energy), as far as it is known.
#[derive(Default)]
pub struct EnergyPath {
    run: Option<u64>,
    /// The method with the parameters of the next step, and how many of the changes on the way are in force.
    method: Option<(Choice, usize)>,
    kinetic: Vec<f64>,
    is_behind: bool,
}

impl EnergyPath {
    /// The kinetic energy along a whole run.
    pub fn of(run: &Run) -> Self {
        let mut path = Self::default();
        path.follow(run, usize::MAX);
        path
    }

    /// Brings it up to date, by `budget` iterates at most.
    pub fn follow(&mut self, run: &Run, budget: usize) {
        if self.run != Some(run.serial()) {
            let choice = &run.recipe().optimizer;
            let is_ball = choice.entry.gradient_sum.is_some_and(|sum| matches!(sum.motion, Motion::HeavyBall(_)));
            *self = Self {
                run: Some(run.serial()),
                method: (is_ball && choice.rate_ratio() == 1.0).then(|| (choice.clone(), 0)),
                kinetic: std::mem::take(&mut self.kinetic),
                is_behind: false,
            };
            self.kinetic.clear();
        }
        let Some((method, changed)) = &mut self.method else { return };
        let end = run.iterates().len().min(self.kinetic.len().saturating_add(budget));
        for index in self.kinetic.len()..end {
            let Some(step) = index.checked_sub(1) else {
                let (displacement, rate) = (initial_displacement(run), inverse_mass(method, 0));
                self.kinetic.push(rate.map_or(0.0, |rate| energy(displacement, rate)));
                continue;
            };
            while let Some(change) = run.recipe().changes.get(*changed).filter(|change| change.step <= step) {
                method.parameters[change.parameter] = change.value;
                *changed += 1;
            }
            let taken = run.iterates()[step].taken;
            // Without a rate there is no step.
            let rate = if taken == Vector::zeros() { Some(1.0) } else { inverse_mass(method, step) };
            self.kinetic.push(rate.map_or(f64::NAN, |rate| energy(taken, rate)));
        }
        self.is_behind = self.kinetic.len() < run.iterates().len();
    }

    /// Whether there is more to find.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// The kinetic energy at the iterates, in units of the loss; not finite where it leaves the numbers. None for a method that
    /// is no ball.
    pub fn kinetic(&self) -> &[f64] {
        &self.kinetic
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::ENTRIES;
    use crate::run::{Energy, ParameterChange, Recipe, StepAnalysis};

    /// Continued bit by bit it is what [`Energy`] says of every iterate, whatever changes on the way.
    #[test]
    fn it_is_the_energy_of_every_iterate() {
        let landscape = Landscape::parse("tanh2").unwrap();
        let mut balls = 0;
        for entry in ENTRIES.iter().filter(|entry| entry.unsupported_reason(&landscape).is_none()) {
            let mut recipe = Recipe::new(Choice::of(entry), Point::new(0.7, -1.3), 90);
            if let Some(parameter) = entry.coefficient_index() {
                recipe.change_from(ParameterChange { step: 20, parameter, value: 0.5 });
                recipe.change_from(ParameterChange { step: 21, parameter: entry.rate_index().unwrap(), value: 0.03 });
            }
            let mut run = Run::begin(&landscape, &recipe);
            let mut path = EnergyPath::default();
            while !run.advance(13) || path.is_behind() {
                path.follow(&run, 7);
            }
            path.follow(&run, usize::MAX);
            assert_eq!(path.kinetic(), EnergyPath::of(&run).kinetic(), "{}: however it is divided", entry.id);
            for (index, kinetic) in path.kinetic().iter().enumerate() {
                let energy = Energy::of(&run, &StepAnalysis::of(&run, index).unwrap(), &[], None).unwrap();
                assert_eq!(*kinetic, energy.kinetic, "{} at {index}", entry.id);
            }
            balls += usize::from(!path.kinetic().is_empty());
        }
        assert!(balls >= 3, "{balls} balls");
    }
}
