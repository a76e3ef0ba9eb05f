//! Par: what the best method needs from the same start, each at its best rate; found in the background during a flight by hand.

use super::critical::Critical;
use super::memo::Memo;
use super::{CardId, Document};
use crate::analysis::KnownMinima;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::{Point, length};
use crate::optimizers::{Choice, CostModel, ENTRIES, MethodCost};
use crate::run::{Recipe, Run};
use crate::studies::{Criterion, Finish, Limit, Race, RaceQuestion, Tune};

/// The goal: this share of the height of the start above the lowest known minimum or, where none is known, of its slope.
const GOAL: f64 = 1e-3;
/// How many steps a method may take.
const STEPS: usize = 500;
/// How many evaluations a method may ask for.
const EVALUATIONS: usize = 1500;
/// The number of weights with which the cost of a Hessian is counted: those that there are.
const WEIGHTS: f64 = 2.0;

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PilotGoal {
    /// A loss at most.
    Loss(f64),
    /// A gradient no longer than this.
    Gradient(f64),
}

/// The best of the methods, and how many have been tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Par {
    /// The method with its parameters, and the evaluations it needs in gradients; `None` until one has reached the goal.
    pub best: Option<(Choice, f64)>,
    /// How many methods have been tried.
    pub tried: usize,
    /// The number of methods that race.
    pub of: usize,
}

/// The race for par, as far as it has come.
#[derive(Default)]
pub(super) struct ParRace {
    minima: Memo<(u64, Landscape), KnownMinima>,
    /// What the current race belongs to: search generation, landscape, start.
    of: Option<(u64, Landscape, Point)>,
    race: Option<Race>,
    goal: Option<PilotGoal>,
}

impl ParRace {
    /// Brings it up to date where someone flies, once the minima are known.
    pub(super) fn update(
        &mut self,
        document: &Document,
        flown: Option<CardId>,
        run: Option<&Run>,
        critical: &Critical,
    ) {
        let landscape = &document.landscape;
        let known = flown.filter(|_| critical.wanted().is_none());
        self.minima.update(known.map(|_| (critical.generation(), landscape.clone())), |(_, landscape)| {
            KnownMinima::among(critical.points(), critical.sets(), landscape.loss(), landscape.domain())
        });
        let start = run.and_then(|run| run.iterates().first());
        let (Some(minima), Some(start)) = (self.minima.value(), start) else {
            (self.of, self.race, self.goal) = (None, None, None);
            return;
        };
        let of = Some((critical.generation(), landscape.clone(), start.at));
        if self.of == of {
            return;
        }
        self.of = of;
        let f_star = minima.lowest().map(|lowest| lowest.value).filter(|f_star| *f_star < start.loss);
        let criterion = match f_star {
            Some(f_star) => Criterion::Loss(GOAL * (start.loss - f_star)),
            None => Criterion::Gradient(GOAL * length(start.gradient)),
        };
        self.goal = Some(match (criterion, f_star) {
            (Criterion::Loss(above), Some(f_star)) => PilotGoal::Loss(f_star + above),
            _ => PilotGoal::Gradient(GOAL * length(start.gradient)),
        });
        let suggested = |method| {
            let mut choice = Choice::of(method);
            document.suggest(&mut choice);
            Recipe::new(choice, start.at, STEPS)
        };
        let question = RaceQuestion {
            landscape: landscape.clone(),
            recipes: ENTRIES.iter().copied().map(suggested).filter(|recipe| !recipe.optimizer.is_random()).collect(),
            further: Vec::new(),
            critical: critical.points().to_vec(),
            minima: minima.clone(),
            limit: Limit {
                steps: STEPS,
                evaluations: EVALUATIONS,
                rest: criterion.rest(),
                within: Some(ground(landscape, start.at)),
            },
            tune: Tune::RateAndMomentum,
            finish: Finish { criterion, f_star, model: CostModel::new(WEIGHTS) },
        };
        self.race = Some(Race::new(question, None));
    }

    /// The race that is to go on in the background.
    pub(super) fn wanted(&self) -> Option<&Race> {
        self.race.as_ref().filter(|race| !race.is_finished())
    }

    /// Takes a race that went on elsewhere; false if another one is wanted now.
    pub(super) fn take(&mut self, race: Race) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&race));
        is_wanted.then(|| self.race = Some(race)).is_some()
    }

    /// Carries it to its end.
    pub(super) fn finish(&mut self) {
        if let Some(race) = &mut self.race {
            race.finish();
        }
    }

    /// What is to be reached; `None` until the minima are known.
    pub(super) fn goal(&self) -> Option<PilotGoal> {
        self.goal
    }

    /// The best method so far.
    pub(super) fn par(&self) -> Option<Par> {
        let race = self.race.as_ref()?;
        let finish = race.question().finish;
        let done = race.entrants().iter().filter(|entrant| entrant.is_finished());
        let rows = done.clone().filter_map(|entrant| Some((entrant.optimizer()?, entrant.row(&finish)?)));
        let reached = rows.filter(|(_, row)| row.can_win()).map(|(choice, row)| (choice, row.gradients));
        let best = reached.min_by(|a, b| a.1.total_cmp(&b.1));
        Some(Par { best, tried: done.count(), of: race.entrants().len() })
    }
}

/// What is shown and searched of a landscape, and the start. A path that leaves it and comes back has had luck: nobody would fly it.
fn ground(landscape: &Landscape, start: Point) -> ViewBox {
    let [view, frame] = [landscape.domain(), landscape.frame()];
    let around = |a: [f64; 2], b: [f64; 2], at: f64| [a[0].min(b[0]).min(at), a[1].max(b[1]).max(at)];
    ViewBox { x: around(view.x, frame.x, start.x), y: around(view.y, frame.y, start.y) }
}

impl PilotGoal {
    /// The iterate from which on a run is at it up to this step, and the evaluations up to there in gradients: who only passes by has
    /// not reached it.
    pub fn reached_by(self, run: &Run, step: usize) -> Option<(usize, f64)> {
        let is_there = |loss: f64, slope: f64| match self {
            Self::Loss(most) => loss <= most,
            Self::Gradient(most) => slope <= most,
        };
        let iterates = run.iterates().iter().enumerate().take(step + 1);
        let at_goal = iterates.rev().take_while(|(_, at)| is_there(at.loss, length(at.gradient)));
        let (reached, _) = at_goal.last()?;
        Some((reached, spent(run, reached)))
    }
}

/// What a run has asked for before an iterate, in gradients.
pub(super) fn spent(run: &Run, step: usize) -> f64 {
    let cost = MethodCost::of(&run.recipe().optimizer, run.landscape());
    let asked = step.checked_sub(1).and_then(|before| run.iterates().get(before)).map(|iterate| iterate.evaluations);
    CostModel::new(WEIGHTS).gradients(&cost, asked.unwrap_or_default(), step)
}
