//! An entrant of a race: its rate is tuned if that is asked, then it walks; and its row in the table.

use super::{Clock, Criterion, Finish, RaceEnd, RaceQuestion, RaceWalk, RateTrial, Rates, Tune};
use crate::landscapes::Evaluations;
use crate::numbers::Point;
use crate::optimizers::{Choice, CostModel, MethodCost};
use crate::run::Recipe;

/// One of a race, as far as it has come.
#[derive(Clone)]
pub struct Entrant {
    recipe: Recipe,
    /// What is tuned, and by what; `None` where nothing is.
    tuned_by: Option<(Tune, Finish)>,
    cost: MethodCost,
    rates: Option<Rates>,
    walk: Option<RaceWalk>,
}

/// What the table says of one of a race.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The step at which the criterion was met; `None` where it was not.
    pub reached: Option<usize>,
    /// Steps up to there, or in all.
    pub steps: usize,
    /// What it asked for up to there, or in all.
    pub evaluations: Evaluations,
    /// The evaluations in gradients.
    pub gradients: f64,
    /// Operations with n weights, up to there or in all.
    pub operations: f64,
    /// Bytes of a step with n weights.
    pub memory: f64,
    /// Seconds that the walk takes up to there, on this machine and with the weights there are: the least of several measurements;
    /// `None` without a clock, and until they are made.
    pub seconds: Option<f64>,
    /// The median of these measurements.
    pub usual_seconds: Option<f64>,
    /// The loss there.
    pub loss: f64,
    /// The loss at the start, and at the end of the whole walk.
    pub outer_losses: [f64; 2],
    /// The distance to the nearest known minimum there; `None` where none is known.
    pub distance: Option<f64>,
    /// What the whole walk ended at, whatever it was counted up to, or that its budget was used up before; `None` while it is under
    /// way.
    pub end: Option<RaceEnd>,
    /// Whether it counts for who is best.
    pub(super) can_win: bool,
    /// Where it stands at its end; `None` where it diverged or has no place.
    pub end_at: Option<Point>,
}

impl Row {
    /// Whether it counts for who is best: it met the criterion and, where that is a short gradient, came to rest at a minimum;
    /// a saddle, a plateau and a way off to infinity have short gradients, too.
    pub fn can_win(&self) -> bool {
        self.can_win
    }
}

/// By what a rate is judged: the number of weights counts only where a budget depends on it.
fn tuned_by(finish: Finish) -> Finish {
    match finish.criterion {
        Criterion::Budget(_) => finish,
        _ => Finish { model: CostModel::new(CostModel::WEIGHTS[0]), ..finish },
    }
}

impl Entrant {
    pub(super) fn new(question: &RaceQuestion, recipe: &Recipe) -> Self {
        let tuned_by = Rates::tunes(question.tune, recipe).then(|| (question.tune, tuned_by(question.finish)));
        let mut entrant = Self {
            recipe: recipe.clone(),
            tuned_by,
            cost: MethodCost::of(&recipe.optimizer, &question.landscape),
            rates: tuned_by.map(|(tune, finish)| Rates::new(recipe, tune, finish)),
            walk: None,
        };
        if entrant.rates.is_none() {
            entrant.walk = Some(RaceWalk::new(question, &recipe.optimizer, recipe));
        }
        entrant
    }

    /// Whether another one does the same on the same ground.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.recipe == other.recipe && self.tuned_by == other.tuned_by
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.walk.as_ref().is_some_and(|walk| walk.end().is_some())
    }

    /// Goes on for about this many evaluations of one sample each; how many those were.
    pub(super) fn advance(&mut self, question: &RaceQuestion, budget: usize) -> usize {
        if let Some(walk) = &mut self.walk {
            return walk.advance(question, budget);
        }
        let Some(rates) = &mut self.rates else { return budget };
        let spent = rates.advance(question, &self.recipe, &self.cost, budget);
        if rates.is_finished() {
            self.walk = Some(RaceWalk::new(question, &rates.best(&self.recipe.optimizer), &self.recipe));
        }
        spent
    }

    /// How often the steps of its walk are still to be timed.
    pub(super) fn rounds_left(&self) -> usize {
        self.walk.as_ref().map_or(0, RaceWalk::rounds_left)
    }

    /// Times the steps of its walk once more; what that took, in evaluations of one sample each.
    pub(super) fn time(&mut self, question: &RaceQuestion, clock: Clock) -> usize {
        self.walk.as_mut().map_or(0, |walk| walk.time(question, clock))
    }

    /// The method with the parameters with which it walks; `None` while they are being tuned.
    pub fn optimizer(&self) -> Option<Choice> {
        match &self.rates {
            Some(rates) => self.walk.as_ref().map(|_| rates.best(&self.recipe.optimizer)),
            None => Some(self.recipe.optimizer.clone()),
        }
    }

    /// Whether its rate was tuned.
    pub fn is_tuned(&self) -> bool {
        self.rates.is_some()
    }

    /// What was tried of its rate, by rising rate; with several momentum coefficients, that with the best one.
    pub fn trials(&self) -> Vec<RateTrial> {
        self.rates.as_ref().map(Rates::trials).unwrap_or_default()
    }

    /// What its method costs.
    pub fn cost(&self) -> &MethodCost {
        &self.cost
    }

    /// Its walk; `None` while its rate is being tuned.
    pub fn walk(&self) -> Option<&RaceWalk> {
        self.walk.as_ref()
    }

    /// Its row in the table; `None` while its rate is being tuned, and where the loss has no value at its start.
    pub fn row(&self, finish: &Finish) -> Option<Row> {
        let walk = self.walk.as_ref().filter(|walk| !walk.is_empty())?;
        let counted = finish.counted(walk, &self.cost);
        let step = counted.step;
        let evaluations = walk.evaluations(step);
        let model: &CostModel = &finish.model;
        let is_tolerance = !matches!(finish.criterion, Criterion::Budget(_));
        let is_used_up = counted.is_met && !is_tolerance;
        // Near a minimum, but neither within the tolerance nor at rest: more steps may show that it stays away.
        let is_on_its_way = is_tolerance && !counted.is_met && !walk.rests();
        let end = walk.end().map(|end| match end {
            _ if is_used_up => RaceEnd::NotYet,
            RaceEnd::Minimum if is_on_its_way => RaceEnd::NotYet,
            end => end,
        });
        let is_at_rest = match finish.criterion {
            Criterion::Gradient(_) => end == Some(RaceEnd::Minimum),
            _ => !end.is_some_and(RaceEnd::is_high),
        };
        Some(Row {
            reached: Some(step).filter(|_| counted.is_met && is_tolerance),
            steps: step,
            evaluations,
            gradients: model.gradients(&self.cost, evaluations),
            operations: model.operations(&self.cost, evaluations, step),
            memory: model.memory(&self.cost),
            seconds: walk.seconds_per_step().map(|seconds| seconds * step as f64),
            usual_seconds: walk.usual_seconds_per_step().map(|seconds| seconds * step as f64),
            loss: walk.loss(step),
            outer_losses: [walk.loss(0), walk.loss(walk.len() - 1)],
            distance: walk.distance(step),
            end,
            end_at: walk.place().filter(|_| end != Some(RaceEnd::Diverged) && !is_used_up),
            can_win: counted.is_met && is_tolerance && is_at_rest,
        })
    }
}
