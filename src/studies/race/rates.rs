//! The best learning rate of a method for a race: rates tried from coarse to fine, each by a walk of its own, or one for each seed.

use super::rate_trial::{Pair, RateTrial, is_kept_off, mean, trial};
use super::{Criterion, Finish, RaceEnd, RaceQuestion, RaceWalk, Tune, needle};
use crate::landscapes::{Landscape, Parameter};
use crate::optimizers::{BETA, Choice, MethodCost};
use crate::run::Recipe;

/// Rates tried over the whole range.
const COARSE: usize = 40;
/// How often the gaps beside good rates are halved.
const LEVELS: usize = 9;
/// The most gaps that are halved at a level.
const WIDEST: usize = 512;
/// The fewest, those beside the best rate: as many as there are once the walks have become expensive.
const NARROW: usize = 2;
/// How much more than the best a rate may take for the gap beside it to be halved.
///
/// The steps of a method with memory go up and down by more than twice between rates a hundredth apart.
const CLOSE: f64 = 2.5;
/// What the finer rates may ask for together, as a share of what those over the whole range did.
const SHARE: f64 = 0.75;
/// The part of that for gaps that are not beside the best rate.
const WIDE_SHARE: f64 = 0.55;
/// Evaluations between two looks at whether a rate is to be given up.
const LOOK: usize = 512;
/// Momentum coefficients that are tried.
const COEFFICIENTS: [f64; 9] = [0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99];
/// The smallest rate that is tried, as a share of the largest.
const LEAST: f64 = 1e-7;

/// The search for the best rate, as far as it has come.
#[derive(Clone)]
pub(super) struct Rates {
    /// The position of the rate among the parameters, and of the momentum coefficient where it is tuned.
    rate: usize,
    coefficient: Option<usize>,
    tried: Vec<RateTrial>,
    /// The coefficients that are still to be tried, the next last; one `None` where none is tuned. Each is searched by itself, so that
    /// others change nothing of what is found with it.
    betas: Vec<Option<f64>>,
    /// The coefficient whose rates are tried.
    beta: Option<f64>,
    /// The lowest and the highest rate, and the pair that suits the landscape.
    range: [f64; 2],
    suggested: Pair,
    /// What is still to be tried, the next last: rate and coefficient.
    waiting: Vec<Pair>,
    /// By what they are judged.
    finish: Finish,
    /// How often gaps were halved.
    level: usize,
    /// Evaluations by the walks with rates over the whole range, those that need not be walked among them, and by those with finer
    /// ones.
    asked: [u64; 2],
    /// What the rates beside the best one came to; `None` until that is known.
    beside: Option<Vec<RateTrial>>,
    /// The walks with the next pair, one for each seed.
    under_way: Option<(Pair, Vec<RaceWalk>)>,
}

impl Rates {
    /// Whether something of a recipe is to be tuned.
    pub(super) fn tunes(tune: Tune, recipe: &Recipe) -> bool {
        tune != Tune::Nothing && recipe.optimizer.entry.rate_index().is_some()
    }

    /// A recipe in which what is tuned has the values that suit the landscape, whatever it was set to: those must change nothing.
    pub(super) fn unset(recipe: &Recipe, tune: Tune, landscape: &Landscape) -> Recipe {
        let mut recipe = recipe.clone();
        let choice = &mut recipe.optimizer;
        let usual = Choice::of(choice.entry);
        let rate = choice.entry.rate_index();
        let coefficient = choice.entry.index_of(BETA).filter(|_| tune == Tune::RateAndMomentum);
        for place in rate.into_iter().chain(coefficient) {
            choice.parameters[place] = usual.parameters[place];
        }
        if let Some((place, suggested)) = choice.suggested_rate(landscape).filter(|(place, _)| Some(*place) == rate) {
            choice.parameters[place] = suggested;
        }
        recipe
    }

    /// Nothing is tried yet; of a recipe that is [`Self::unset`].
    pub(super) fn new(recipe: &Recipe, tune: Tune, finish: Finish) -> Self {
        let entry = recipe.optimizer.entry;
        let rate = entry.rate_index().unwrap_or(0);
        let coefficient = entry.index_of(BETA).filter(|_| tune == Tune::RateAndMomentum);
        let suggested = recipe.optimizer.parameters[rate];
        let range = range(&entry.parameters[rate], suggested);
        let suggested = (suggested, coefficient.map(|place| recipe.optimizer.parameters[place]));
        let betas = if coefficient.is_some() { COEFFICIENTS.map(Some).to_vec() } else { vec![None] };
        Self {
            rate,
            coefficient,
            tried: Vec::new(),
            betas,
            beta: None,
            range,
            suggested,
            waiting: Vec::new(),
            finish,
            level: LEVELS,
            asked: [0; 2],
            beside: None,
            under_way: None,
        }
    }

    /// The whole range is tried next, with the next coefficient.
    fn begin(&mut self) {
        let Some(beta) = self.betas.pop() else { return };
        let [low, high] = self.range;
        let suggested = Some(self.suggested).filter(|(_, own)| *own == beta);
        self.waiting = spaced(low, high, COARSE).map(|rate| (rate, beta)).chain(suggested).collect();
        (self.beta, self.level, self.asked) = (beta, 0, [0; 2]);
    }

    /// Whether the best is known, and how it is beside it.
    pub(super) fn is_finished(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_none() && self.beside.is_some()
    }

    /// Tries on for about this many evaluations of one sample each, with these recipes, which differ by their seeds; how many those
    /// were.
    pub(super) fn advance(
        &mut self,
        question: &RaceQuestion,
        recipes: &[Recipe],
        cost: &MethodCost,
        budget: usize,
    ) -> usize {
        let mut spent = 0;
        while spent < budget && !self.is_finished() {
            let next = self.under_way.take().or_else(|| {
                let pair = self.waiting.pop()?;
                let walk = |recipe: &Recipe| RaceWalk::new(question, &self.with(&recipe.optimizer, pair), recipe);
                Some((pair, recipes.iter().map(walk).collect()))
            });
            let Some((pair, mut walks)) = next else {
                match self.level {
                    LEVELS if self.betas.is_empty() => self.try_beside(),
                    LEVELS => self.begin(),
                    _ => self.refine(),
                }
                continue;
            };
            let most = self.allowance(question, &walks);
            let at_once = if most.is_some() { LOOK * question.landscape.cost() } else { usize::MAX };
            if let Some(walk) = walks.iter_mut().find(|walk| walk.end().is_none()) {
                spent += walk.advance(question, at_once.min(budget - spent));
            }
            if let Some(last) = most.and_then(|most| self.given_up_at(&walks[0], cost, most)) {
                self.asked[1] += u64::from(walks[0].evaluations(last).total());
                self.take([RateTrial::given_up(pair)]);
            } else if walks.iter().all(|walk| walk.end().is_some()) {
                let asked = walks.iter().map(|walk| u64::from(walk.evaluations(walk.len().saturating_sub(1)).total()));
                self.asked[usize::from(self.level > 0)] += asked.sum::<u64>();
                let trial = |(walk, recipe): (&RaceWalk, &Recipe)| self.judged(question, recipe, pair, walk, cost);
                self.take(mean(walks.iter().zip(recipes).map(trial)));
            } else {
                self.under_way = Some((pair, walks));
            }
            if self.beside.is_none() && self.asked[1] as f64 > SHARE * self.asked[0] as f64 {
                self.waiting.clear();
                self.level = LEVELS;
            }
        }
        spent
    }

    fn take(&mut self, trials: impl IntoIterator<Item = RateTrial>) {
        self.beside.as_mut().unwrap_or(&mut self.tried).extend(trials);
    }

    /// The rates beside the best one are tried next, if it gets there.
    fn try_beside(&mut self) {
        let best = self.best_trial().filter(|best| best.reached.is_some());
        self.waiting = best.map_or_else(Vec::new, |best| needle::beside(&best).to_vec());
        self.beside = Some(Vec::new());
    }

    /// How much more than the best rate those beside it take, see [`needle::excess`].
    pub(super) fn excess(&self) -> Option<f64> {
        needle::excess(&self.best_trial()?, self.beside.as_ref().filter(|_| self.is_finished())?)
    }

    /// What a walk has come to.
    fn judged(
        &self,
        question: &RaceQuestion,
        recipe: &Recipe,
        pair: Pair,
        walk: &RaceWalk,
        cost: &MethodCost,
    ) -> RateTrial {
        let choice = self.with(&recipe.optimizer, pair);
        let is_stable = walk.end() != Some(RaceEnd::Diverged)
            && (matches!(self.finish.criterion, Criterion::Budget(_)) || !is_kept_off(question, &choice, pair.0, walk));
        let found = trial(pair, walk, cost, &self.finish);
        // Noise keeps every rate from coming to rest: whether the last steps happen to be shorter says nothing.
        RateTrial { is_stable, settles: found.settles || choice.is_random(), ..found }
    }

    /// What a walk may ask for, in gradients, before it is given up; `None` where each goes to its end: over the whole range, over
    /// several seeds, until a rate meets the criterion, and where that counts only at the end.
    fn allowance(&self, question: &RaceQuestion, walks: &[RaceWalk]) -> Option<f64> {
        let is_judged_early = self.level > 0 && walks.len() == 1 && question.limit.within.is_none();
        if !is_judged_early {
            return None;
        }
        if self.beside.is_some() {
            return Some(needle::MOST * self.best_trial()?.gradients);
        }
        let best = self.best_of(self.beta)?;
        Some(best.gradients).filter(|_| best.reached.is_some() && best.settles)
    }

    /// The first iterate beyond what a walk may ask for, if it has not met the criterion up to there.
    fn given_up_at(&self, walk: &RaceWalk, cost: &MethodCost, most: f64) -> Option<usize> {
        let spent = |step: usize| self.finish.model.gradients(cost, walk.evaluations(step), step);
        if walk.is_empty() || spent(walk.len() - 1) <= most {
            return None;
        }
        let beyond = |step: &usize| spent(*step) > most;
        let first = (0..walk.len()).find(|step| beyond(step) || self.finish.is_met_at(walk, *step))?;
        Some(first).filter(beyond)
    }

    /// The gaps beside the best rates are halved next, those beside the best first.
    fn refine(&mut self) {
        self.level += 1;
        let Some(best) = self.best_of(self.beta) else { return };
        let is_close = |trial: &RateTrial| {
            best.reached.is_none()
                // What it would have needed is not known.
                || trial.is_given_up
                || trial.reached.is_some() && trial.settles == best.settles && trial.gradients <= CLOSE * best.gradients
        };
        let mut gaps: Vec<(RateTrial, Pair)> = Vec::new();
        for pair in self.trials_with(self.beta).windows(2) {
            let is_near = pair.iter().any(is_close);
            let better = if pair[1].beats(&pair[0]) { pair[1] } else { pair[0] };
            let middle = (pair[0].rate * libm::sqrt(pair[1].rate / pair[0].rate), self.beta);
            gaps.extend(is_near.then_some((better, middle)));
        }
        gaps.sort_by(|a, b| a.0.order(&b.0));
        // Nearly all are given up there.
        let left = WIDE_SHARE * self.asked[0] as f64 - self.asked[1] as f64;
        let payable = (left / best.gradients.max(1.0)).max(0.0) as usize;
        gaps.truncate(if best.reached.is_some() { payable.clamp(NARROW, WIDEST) } else { NARROW });
        self.waiting = gaps.into_iter().rev().map(|(_, middle)| middle).collect();
    }

    fn best_of(&self, beta: Option<f64>) -> Option<RateTrial> {
        let own = self.tried.iter().copied().filter(|trial| trial.beta == beta);
        own.reduce(|best, trial| if trial.beats(&best) { trial } else { best })
    }

    fn best_trial(&self) -> Option<RateTrial> {
        self.tried.iter().copied().reduce(|best, trial| if trial.beats(&best) { trial } else { best })
    }

    /// What was tried with the best momentum coefficient, by rising rate.
    pub(super) fn trials(&self) -> Vec<RateTrial> {
        let trials = self.best_trial().map_or_else(Vec::new, |best| self.trials_with(best.beta));
        trials.into_iter().filter(|trial| !trial.is_given_up).collect()
    }

    fn trials_with(&self, beta: Option<f64>) -> Vec<RateTrial> {
        let mut trials: Vec<RateTrial> = self.tried.iter().copied().filter(|trial| trial.beta == beta).collect();
        trials.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        trials.dedup_by(|a, b| a.rate == b.rate);
        trials
    }

    /// The method with the best parameters so far.
    pub(super) fn best(&self, optimizer: &Choice) -> Choice {
        self.best_trial().map_or_else(|| optimizer.clone(), |best| self.with(optimizer, (best.rate, best.beta)))
    }

    fn with(&self, optimizer: &Choice, (rate, beta): Pair) -> Choice {
        let mut choice = optimizer.clone();
        choice.parameters[self.rate] = rate;
        if let Some((place, beta)) = self.coefficient.zip(beta) {
            choice.parameters[place] = beta;
        }
        choice
    }
}

/// The rates that are tried: the slider's, and those around the suggested one where that lies near an end of it or beyond.
fn range(parameter: &Parameter, suggested: f64) -> [f64; 2] {
    let suggested = if suggested > 0.0 { suggested } else { parameter.max };
    let high = parameter.max.max(10.0 * suggested);
    [parameter.min.max(LEAST * high).min(0.1 * suggested), high]
}

/// Rates at equal ratios from one to another, both included.
fn spaced(from: f64, to: f64, count: usize) -> impl Iterator<Item = f64> {
    let ratio = libm::log(to / from);
    (0..count).map(move |index| {
        let share = index as f64 / (count - 1) as f64;
        if index + 1 == count { to } else { from * libm::exp(share * ratio) }
    })
}
