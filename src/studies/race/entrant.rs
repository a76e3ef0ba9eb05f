//! An entrant of a race: its rate is tuned if that is asked, then it walks; and its row in the table.

use super::{Clock, Criterion, Finish, RaceEnd, RaceQuestion, RaceWalk, RateTrial, Rates, Tune};
use crate::landscapes::Evaluations;
use crate::numbers::Point;
use crate::optimizers::{Charged, Choice, CostModel, MethodCost, SEED};
use crate::run::Recipe;

/// An entrant of a race, as far as it has come.
#[derive(Clone)]
pub struct Entrant {
    /// What is tuned has the values that suit the landscape, and not those that it was set to.
    recipe: Recipe,
    /// What is tuned, and by what; `None` where nothing is.
    tuned_by: Option<(Tune, Finish)>,
    /// Where it is tuned, the recipes over which it is: those of all seeds, that of the run first.
    seeds: Vec<Recipe>,
    cost: MethodCost,
    /// The search for its rate; `None` where nothing is tuned, and for further seeds, which take that of the run.
    rates: Option<Rates>,
    /// The method with the parameters with which it walks.
    chosen: Option<Choice>,
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
    /// What of that it is charged for, up to there or in all.
    pub charged: Charged,
    /// What it is charged, in gradients.
    pub gradients: f64,
    /// What its first step is charged, in gradients; `None` where none was walked.
    pub first_step: Option<f64>,
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
    /// Whether the criterion is still met at the last iterate of the whole walk.
    pub stays: bool,
    /// Where it stands at its end; `None` where it diverged or has no place.
    pub end_at: Option<Point>,
}

impl Row {
    /// The step at which it met the criterion on a walk that came to rest nowhere: then that alone is no end.
    pub fn met_on_its_way(&self) -> Option<usize> {
        self.reached.filter(|_| self.end.is_some_and(|end| !end.is_rest()))
    }

    /// Whether it took a step and stands below its start: a run that did nothing, and one that rose, win nothing.
    pub fn is_below_start(&self) -> bool {
        self.steps > 0 && self.loss < self.outer_losses[0]
    }

    /// Whether it counts for who is best: it met the criterion, still does at its last iterate and, where that is a short gradient, came to rest at a minimum;
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
    /// That of a recipe of the question, by its place.
    pub(super) fn new(question: &RaceQuestion, place: usize) -> Self {
        let recipe = &question.recipes[place];
        let tuned_by = Rates::tunes(question.tune, recipe).then(|| (question.tune, tuned_by(question.finish)));
        let leader = question.leader(place);
        let unset = |recipe: &Recipe| Rates::unset(recipe, question.tune, &question.landscape);
        let seeds = tuned_by.map_or_else(Vec::new, |_| question.seeds_of(leader).map(unset).collect());
        let recipe = if tuned_by.is_some() { unset(recipe) } else { recipe.clone() };
        let rates = tuned_by.filter(|_| leader == place).map(|(tune, finish)| Rates::new(&recipe, tune, finish));
        let mut entrant = Self {
            tuned_by,
            seeds,
            cost: MethodCost::of(&recipe.optimizer, &question.landscape),
            rates,
            chosen: None,
            walk: None,
            recipe,
        };
        if tuned_by.is_none() {
            let choice = entrant.recipe.optimizer.clone();
            entrant.begin(question, choice);
        }
        entrant
    }

    fn begin(&mut self, question: &RaceQuestion, choice: Choice) {
        self.walk = Some(RaceWalk::new(question, &choice, &self.recipe));
        self.chosen = Some(choice);
    }

    /// Whether it waits for the rate of the run of which it is another seed.
    pub(super) fn waits(&self) -> bool {
        self.walk.is_none() && self.rates.is_none()
    }

    /// Begins with the parameters of that run and its own seed.
    pub(super) fn follow(&mut self, question: &RaceQuestion, leader: &Choice) {
        let mut choice = leader.clone();
        if let Some(seed) = choice.entry.index_of(SEED) {
            choice.parameters[seed] = self.recipe.optimizer.parameters[seed];
        }
        self.begin(question, choice);
    }

    /// Whether another one does the same on the same ground.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (&self.recipe, &self.tuned_by, &self.seeds) == (&other.recipe, &other.tuned_by, &other.seeds)
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.walk.as_ref().is_some_and(|walk| walk.end().is_some())
    }

    /// Whether it may still win: it is being tuned, or walks and has not met the criterion yet.
    pub fn is_open(&self, finish: &Finish) -> bool {
        !self.is_finished() && !self.row(finish).is_some_and(|row| row.can_win())
    }

    /// Goes on for about this many evaluations of one sample each; how many those were.
    pub(super) fn advance(&mut self, question: &RaceQuestion, budget: usize) -> usize {
        if let Some(walk) = &mut self.walk {
            return walk.advance(question, budget);
        }
        let Some(rates) = &mut self.rates else { return budget };
        let spent = rates.advance(question, &self.seeds, &self.cost, budget);
        if rates.is_finished() {
            let best = rates.best(&self.recipe.optimizer);
            self.begin(question, best);
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
        self.chosen.clone()
    }

    /// Whether its rate was tuned.
    pub fn is_tuned(&self) -> bool {
        self.tuned_by.is_some()
    }

    /// What was tried of its rate, by rising rate; with several momentum coefficients, that with the best one.
    pub fn trials(&self) -> Vec<RateTrial> {
        self.rates.as_ref().map(Rates::trials).unwrap_or_default()
    }

    /// How many times the work of its best rate those 1 % beside it take, at most; infinite where that is very much, or does not get
    /// there. `None` where nothing is tuned, and until it is known.
    pub fn excess_beside(&self) -> Option<f64> {
        self.rates.as_ref()?.excess()
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
            RaceEnd::NotYet if walk.escapes() => RaceEnd::Diverged,
            end => end,
        });
        let stays = is_tolerance && finish.is_met_at(walk, walk.len() - 1);
        let is_at_rest = match finish.criterion {
            Criterion::Gradient(_) => end == Some(RaceEnd::Minimum),
            _ => !end.is_some_and(RaceEnd::is_high),
        };
        Some(Row {
            reached: Some(step).filter(|_| counted.is_met && is_tolerance),
            steps: step,
            evaluations,
            charged: self.cost.charged(evaluations, step),
            gradients: model.gradients(&self.cost, evaluations, step),
            first_step: (walk.len() > 1).then(|| model.gradients(&self.cost, walk.evaluations(1), 1)),
            operations: model.operations(&self.cost, evaluations, step),
            memory: model.memory(&self.cost),
            seconds: walk.seconds_per_step().map(|seconds| seconds * step as f64),
            usual_seconds: walk.usual_seconds_per_step().map(|seconds| seconds * step as f64),
            loss: walk.loss(step),
            outer_losses: [walk.loss(0), walk.loss(walk.len() - 1)],
            distance: walk.distance(step),
            end,
            end_at: walk.place().filter(|_| end != Some(RaceEnd::Diverged) && !is_used_up),
            // What is met in passing, and lost again, is no convergence.
            can_win: counted.is_met && stays && is_at_rest,
            stays,
        })
    }
}
