//! Every step of a run held to its promise: what the sheet the method believed in said, and what the loss did.

use super::Run;
use crate::analysis::{Belief, LocalModel};
use crate::numbers::Point;

/// Changes of the loss below this share of it are lost in rounding.
pub(super) const RESOLUTION: f64 = 1e-13;
/// A promise counts as kept when the result is within this share of it.
const KEPT: f64 = 0.1;

/// A step that was taken, held to what was promised for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Account {
    /// The number of the step.
    pub step: usize,
    /// Where it landed.
    pub landing: Point,
    /// The loss there.
    pub loss: f64,
    /// The change of the loss that the sheet promised.
    pub promised: f64,
    /// The change that came.
    pub actual: f64,
    /// Which sheet it was.
    pub belief: Belief,
}

/// How a step came out beside its promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Within a tenth of the promise.
    Kept,
    /// The loss is lower than promised.
    Better,
    /// The loss is higher than promised.
    Worse,
}

impl Account {
    /// How far the truth lies above the promise.
    pub fn gap(&self) -> f64 {
        self.actual - self.promised
    }

    /// The gap as a share of the larger of promise and result, from −2 (lower than promised) to 2 (higher).
    pub fn relative_gap(&self) -> f64 {
        let scale = self.promised.abs().max(self.actual.abs());
        if scale > 0.0 { self.gap() / scale } else { 0.0 }
    }

    /// What came as a share of what was promised: 1 is all of it, below 0 the loss went the other way.
    pub fn share(&self) -> f64 {
        self.actual / self.promised
    }

    /// How it came out.
    pub fn outcome(&self) -> Outcome {
        match self.gap() {
            gap if gap.abs() <= KEPT * self.promised.abs() => Outcome::Kept,
            gap if gap < 0.0 => Outcome::Better,
            _ => Outcome::Worse,
        }
    }
}

impl Run {
    /// The account of a step; `None` where none was taken, or where the promise is lost in rounding.
    ///
    /// It costs a Hessian where the method believes in the quadratic of the land, and nothing where it believes in the plane
    /// or in a quadratic of its own.
    pub fn account(&self, step: usize) -> Option<Account> {
        let here = self.iterates().get(step)?;
        let next = self.iterates().get(step + 1)?;
        let actual = next.loss - here.loss;
        let own = self.own_promise(step);
        let belief = if own.is_some() { Belief::Quadratic } else { self.belief(step) };
        let promised = match (own, belief) {
            (Some(own), _) => own,
            (None, Belief::Plane) => here.gradient.dot(&here.taken),
            (None, Belief::Quadratic) => LocalModel::new(self.landscape().loss(), here.at).quadratic(here.taken),
        };
        let tells = promised.abs() > RESOLUTION * here.loss.abs() && promised.is_finite() && actual.is_finite();
        tells.then_some(Account { step, landing: next.at, loss: next.loss, promised, actual, belief })
    }

    /// The sheet on which a step without a quadratic of its own rests; only a rule without memory may fall back on the plane, so no long replay is needed.
    fn belief(&self, step: usize) -> Belief {
        let entry = self.recipe().optimizer.entry;
        match entry.second_order() {
            false => Belief::Plane,
            true if self.remembers() => Belief::Quadratic,
            true => self.moment(step).map_or(Belief::Quadratic, |moment| moment.belief(entry)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::{Focus, Recipe};

    fn run(landscape: &str, optimizer: &str, start: [f64; 2]) -> Run {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), 30);
        Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
    }

    #[test]
    fn the_account_of_a_step_is_what_its_focus_says() {
        for (landscape, optimizer, start) in [
            ("himmelblau", "gd:lr=0.036", [0.15, 0.35]),
            ("rosenbrock", "newton_damped", [-1.2, 1.0]),
            ("camel6", "newton_damped", [1.1, 0.9]),
            ("himmelblau", "levenberg_marquardt", [-0.5, -1.4]),
            ("tanh2", "adam", [0.4, 0.3]),
            ("rosenbrock", "bfgs", [-1.2, 1.0]),
            ("rosenbrock", "lbfgs", [-1.2, 1.0]),
            ("himmelblau", "saddle_free", [-0.5, -1.4]),
            ("tanh2", "levenberg_marquardt:matrix=gauss_newton", [0.4, 0.3]),
        ] {
            let run = run(landscape, optimizer, start);
            let mut told = 0;
            for step in 0..run.iterates().len() - 1 {
                let focus = Focus::of(&run, step).unwrap();
                let Some(account) = run.account(step) else { continue };
                told += 1;
                assert_eq!(account.belief, focus.belief, "{landscape} {optimizer} step {step}");
                let promise = focus.promise().unwrap();
                assert!(
                    (account.promised - promise).abs() <= 1e-12 * promise.abs(),
                    "{landscape} {optimizer} step {step}"
                );
                let actual = focus.change.unwrap().actual;
                let lost = 1e-12 * (1.0 + focus.model.value.abs());
                assert!((account.actual - actual).abs() <= lost, "{landscape} {optimizer} step {step}");
            }
            assert!(told > 3, "{landscape} {optimizer}: {told} accounts");
        }
    }

    #[test]
    fn on_a_quadratic_the_plane_promises_too_much_and_the_quadratic_is_right() {
        let descent = run("quad", "gd:lr=0.08", [-2.1, 1.7]);
        let outcomes: Vec<Outcome> = (0..30).filter_map(|step| Some(descent.account(step)?.outcome())).collect();
        assert!(outcomes[0] == Outcome::Worse && !outcomes.contains(&Outcome::Better), "{outcomes:?}");
        let newton = run("quad", "newton", [-2.1, 1.7]);
        assert_eq!(newton.account(0).map(|account| account.outcome()), Some(Outcome::Kept), "Newton");
        let rejecting = run("himmelblau", "trust_region:radius0=100,radius_max=1000", [-0.5, -1.4]);
        let stays = rejecting.iterates().iter().position(|iterate| iterate.taken.norm() == 0.0).unwrap();
        assert_eq!(rejecting.account(stays), None, "a rejected step lands nowhere");
    }

    #[test]
    fn the_relative_gap_has_a_sign_and_ends() {
        let account = |promised, actual| Account {
            step: 0,
            landing: Point::origin(),
            loss: 0.0,
            promised,
            actual,
            belief: Belief::Plane,
        };
        for (promised, actual, gap, outcome) in [
            (-4.0, -4.0, 0.0, Outcome::Kept),
            (-4.0, -1.0, 0.75, Outcome::Worse),
            (-4.0, 4.0, 2.0, Outcome::Worse),
            (-1.0, -4.0, -0.75, Outcome::Better),
            (4.0, -4.0, -2.0, Outcome::Better),
        ] {
            let account = account(promised, actual);
            assert_eq!((account.relative_gap(), account.outcome()), (gap, outcome), "{promised} and {actual}");
        }
    }
}
