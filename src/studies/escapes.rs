//! Which momentum coefficients carry a run out of the basin in which it starts: the run is continued for each of many.

#[cfg(test)]
mod tests;

use crate::analysis::{CriticalPoint, Kind};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::run::{Continued, ParameterChange, Recipe, Rest, basin_of, change_from};

/// Coefficients between the ends of the slider that are tried first. They lie closer the larger they are, by equal shares of 1 − β: that
/// is what friction takes in a step, so that the intervals become narrower with it.
const RASTER: usize = 1024;
/// The distances in which they are tried, one after the other.
const STRIDES: [usize; 8] = [128, 64, 32, 16, 8, 4, 2, 1];
/// An edge between two ends is found to this share of the range.
const FINEST: f64 = 1.0 / 16384.0;
/// Trials in all, at most.
const MOST: usize = 3000;
/// Digits of a rate that moves along with the coefficient.
const EXACT: usize = 12;
/// Digits by which two such rates are the same.
const SAME: usize = 9;

/// The end of the run with one coefficient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EscapeEnd {
    /// It comes to rest in the basin in which it starts.
    Stays,
    /// It comes to rest at another minimum.
    Escapes(Point),
    /// The weights leave for infinity, or the loss has no value.
    Diverges,
    /// It comes to rest nowhere within some thousands of steps.
    Open,
    /// Between two coefficients that were tried the run goes other ways, and more were not tried.
    Untried,
}

/// A coefficient that was tried.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Trial {
    beta: f64,
    ending: EscapeEnd,
    /// The way to it, see [`Continued::way`].
    way: u64,
}

impl Trial {
    /// Whether the coefficients in between end there, too. Where two runs that come to the same minimum were nearest to other ones on the
    /// way, one in between may be caught by another: a ball that crosses a saddle twice and one that crosses it four times have one
    /// between them that crosses it three times.
    fn is_as(&self, other: &Self) -> bool {
        let rests = matches!(self.ending, EscapeEnd::Stays | EscapeEnd::Escapes(_));
        self.ending == other.ending && (self.way == other.way || !rests)
    }
}

/// Coefficients next to each other with the same ending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// From and to.
    pub beta: [f64; 2],
    /// The end of the run.
    pub ending: EscapeEnd,
}

/// What is asked: everything but the coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct EscapeQuestion {
    /// The run whose coefficient is varied.
    pub recipe: Recipe,
    /// The step from which another coefficient acts; `None` for the whole run.
    pub from: Option<usize>,
    /// Whether the rate moves along, so that η/(1−β) stays.
    pub keeps_asymptotic_rate: bool,
}

/// The run continued for coefficients along the slider, as many as have been tried.
#[derive(Clone)]
pub struct Escapes {
    landscape: Landscape,
    question: EscapeQuestion,
    known: Vec<CriticalPoint>,
    home: Home,
    /// The coefficient's position among the parameters, and its slider.
    coefficient: usize,
    range: [f64; 2],
    /// By rising coefficient.
    tried: Vec<Trial>,
    turn: usize,
    is_finished: bool,
}

/// The minimum of the basin in which the run starts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Home {
    /// It was not looked for yet.
    Unsought,
    /// It was looked for in vain.
    Unknown,
    /// It is this.
    At(Point),
}

/// Why there is nothing to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEscape {
    /// The method has no momentum coefficient, or cannot walk here.
    NoMomentum,
    /// Not more than one minimum is known.
    OneMinimum,
}

impl Escapes {
    /// Nothing is tried yet.
    ///
    /// # Errors
    /// Why there is nothing to try.
    pub fn new(landscape: &Landscape, question: EscapeQuestion, known: &[CriticalPoint]) -> Result<Self, NoEscape> {
        let entry = question.recipe.optimizer.entry;
        let is_possible = entry.unsupported_reason(landscape).is_none();
        let coefficient = question.recipe.optimizer.coefficient_index();
        let coefficient = coefficient.filter(|_| is_possible).ok_or(NoEscape::NoMomentum)?;
        if known.iter().filter(|point| point.kind == Kind::Minimum).count() < 2 {
            return Err(NoEscape::OneMinimum);
        }
        let parameter = &entry.parameters[coefficient];
        Ok(Self {
            landscape: landscape.clone(),
            question,
            known: known.to_vec(),
            home: Home::Unsought,
            coefficient,
            range: [parameter.min, parameter.max],
            tried: Vec::new(),
            turn: 0,
            is_finished: false,
        })
    }

    /// Whether it is the same question, whatever has been answered of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.landscape == other.landscape && self.question == other.question && self.known == other.known
    }

    /// Whether another question on the same landscape is the same.
    pub fn is_of(&self, landscape: &Landscape, question: &EscapeQuestion, known: &[CriticalPoint]) -> bool {
        self.landscape == *landscape && self.question == *question && self.known == known
    }

    /// Whether all is tried.
    pub fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// The minimum of the basin in which the run starts; `None` until that is known.
    pub fn home(&self) -> Option<Point> {
        if let Home::At(home) = self.home { Some(home) } else { None }
    }

    /// Whether it was looked for in vain in which basin the run starts: then nothing is tried.
    pub fn has_no_basin(&self) -> bool {
        self.home == Home::Unknown
    }

    /// Goes on until about this many evaluations of one sample each are spent; true once all is done.
    pub fn advance(&mut self, budget: usize) -> bool {
        if self.home == Home::Unsought {
            let found = basin_of(&self.landscape, &self.known, self.question.recipe.start);
            self.home = found.map_or(Home::Unknown, Home::At);
            self.is_finished = found.is_none();
        }
        let mut spent = 0;
        while !self.is_finished && spent < budget {
            match self.next() {
                Some(beta) => spent += self.walk(beta),
                None => self.is_finished = true,
            }
        }
        self.is_finished
    }

    /// The coefficient to be tried next: the raster from coarse to fine, then the middle between two with different endings.
    fn next(&mut self) -> Option<f64> {
        let [low, high] = self.range;
        if self.turn <= RASTER {
            let place = place(self.turn);
            self.turn += 1;
            let share = place as f64 / RASTER as f64;
            return Some(if place == RASTER {
                high
            } else {
                1.0 - (1.0 - low) * libm::pow((1.0 - high) / (1.0 - low), share)
            });
        }
        let finest = FINEST * (high - low);
        let gap = |pair: &[Trial]| pair[1].beta - pair[0].beta;
        let is_edge = |pair: &&[Trial]| gap(pair) > finest && !pair[0].is_as(&pair[1]);
        let edge = self.tried.windows(2).filter(is_edge).max_by(|a, b| gap(a).total_cmp(&gap(b)));
        edge.filter(|_| self.tried.len() < MOST).map(|pair| 0.5 * (pair[0].beta + pair[1].beta))
    }

    /// Tries a coefficient; what that cost.
    fn walk(&mut self, beta: f64) -> usize {
        let recipe = self.recipe(beta);
        let Continued { rest, way, evaluations } = Continued::of(&self.landscape, &recipe, &self.known);
        let ending = match rest {
            Rest::At(minimum) if Some(minimum) == self.home() => EscapeEnd::Stays,
            Rest::At(minimum) => EscapeEnd::Escapes(minimum),
            Rest::Leaves => EscapeEnd::Diverges,
            Rest::Nowhere => EscapeEnd::Open,
        };
        let place = self.tried.partition_point(|tried| tried.beta < beta);
        self.tried.insert(place, Trial { beta, ending, way });
        evaluations.max(1).saturating_mul(self.landscape.cost())
    }

    /// The run with another coefficient.
    pub fn recipe(&self, beta: f64) -> Recipe {
        self.question.recipe_with(self.coefficient, beta, EXACT)
    }

    /// Neighboring coefficients with the same ending, from the least. Between two that end elsewhere the edge is in the middle if they
    /// are close to each other.
    pub fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut put = |from: f64, to: f64, ending: EscapeEnd| match stretches.last_mut() {
            Some(last) if last.ending == ending => last.beta[1] = to,
            _ => stretches.push(Stretch { beta: [from, to], ending }),
        };
        // Halved, a gap of the finest width may be a little wider by rounding.
        let finest = 1.001 * FINEST * (self.range[1] - self.range[0]);
        for pair in self.tried.windows(2) {
            let [before, after] = [pair[0], pair[1]];
            if before.is_as(&after) {
                put(before.beta, after.beta, before.ending);
            } else if after.beta - before.beta <= finest {
                let edge = 0.5 * (before.beta + after.beta);
                put(before.beta, edge, before.ending);
                put(edge, after.beta, after.ending);
            } else {
                put(before.beta, after.beta, EscapeEnd::Untried);
            }
        }
        stretches
    }
}

impl EscapeQuestion {
    /// The same question of a run with another coefficient: its own plays no part.
    #[must_use]
    pub fn without_coefficient(self) -> Self {
        match self.recipe.optimizer.coefficient_index() {
            // Anything that is the same for all of them, fewer digits of the rate than a drag leaves alone.
            Some(coefficient) => Self { recipe: self.recipe_with(coefficient, 0.0, SAME), ..self },
            None => self,
        }
    }

    /// The recipe with another coefficient, from the step on from which it acts, and with the rate that keeps η/(1−β).
    fn recipe_with(&self, coefficient: usize, beta: f64, digits: usize) -> Recipe {
        let mut recipe = self.recipe.clone();
        let at = self.from.unwrap_or(0);
        let before = recipe.parameters_at(at);
        let mut set = |parameter: usize, value: f64| match self.from {
            Some(step) if step > 0 => change_from(&mut recipe.changes, ParameterChange { step, parameter, value }),
            _ => {
                recipe.changes.retain(|old| old.parameter != parameter);
                recipe.optimizer.parameters[parameter] = value;
            }
        };
        set(coefficient, beta);
        let rate = self.recipe.optimizer.entry.rate_index().filter(|_| self.keeps_asymptotic_rate);
        if let Some(rate) = rate {
            set(rate, rounded(before[rate] * (1.0 - beta) / (1.0 - before[coefficient]), digits));
        }
        recipe
    }
}

/// The rate that keeps η/(1−β) when β changes, to twelve digits: 0.02 at 0.9 is 0.1 at 0.5.
pub fn rate_beside(rate: f64, before: f64, beta: f64) -> f64 {
    rounded(rate * (1.0 - beta) / (1.0 - before), EXACT)
}

fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

/// The place that is tried in this turn: coarse to fine, each once.
fn place(turn: usize) -> usize {
    let mut before = 0;
    for (level, stride) in STRIDES.into_iter().enumerate() {
        let [first, step] = if level == 0 { [0, stride] } else { [stride, 2 * stride] };
        let count = (RASTER + 1 - first).div_ceil(step);
        if turn < before + count {
            return first + (turn - before) * step;
        }
        before += count;
    }
    RASTER
}
