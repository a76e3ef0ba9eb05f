//! What the user chose: landscape, start, run cards.

use std::path::PathBuf;

use crate::drawing::ink::RUN_COLORS;
use crate::landscapes::{InputError, Landscape, USUAL_STEPS};
use crate::numbers::Point;
use crate::optimizers::{self, Choice};
use crate::run::{MAX_STEPS, ParameterChange, Recipe, Run, change_from};

/// Each color comes twice, with another marker; the paths of more runs would hide each other.
pub const MAX_CARDS: usize = 12;

/// Styles in a row that differ in color; then the colors begin again.
const COLORS: usize = RUN_COLORS as usize;

/// Id of a card: unique in its document, and not given again in what undo brings back; another scene has ids of its own.
pub type CardId = u64;

/// One run as it was set up.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its id, by which commands name it.
    pub id: CardId,
    /// The rule and its parameters at step 0.
    pub optimizer: Choice,
    /// Where it starts, if not where all do.
    pub own_start: Option<Point>,
    /// Parameters changed on the way.
    pub changes: Vec<ParameterChange>,
    /// Number of its color and marker.
    pub style: usize,
    /// Not drawn.
    pub hidden: bool,
    /// Left behind by a branch: drawn pale.
    pub ghost: bool,
    /// The step at which it was branched off; its parameters then act from there on.
    pub branched_at: Option<usize>,
}

impl Card {
    /// A visible run from the start that all have, in the first style.
    pub(super) fn new(id: CardId, optimizer: Choice) -> Self {
        Self {
            id,
            optimizer,
            own_start: None,
            changes: Vec::new(),
            style: 0,
            hidden: false,
            ghost: false,
            branched_at: None,
        }
    }
}

/// What everything else is computed from: landscape, start and runs.
#[derive(Clone, Debug)]
pub struct Document {
    /// The loss.
    pub landscape: Landscape,
    /// Where every run starts that has no start of its own.
    pub start: Point,
    /// Seed of the last random start; the next uses this plus 1.
    pub start_seed: u64,
    /// Steps in a run.
    pub steps: usize,
    /// ‖∇f‖ at which a run stops; `None` to go on.
    pub tolerance: Option<f64>,
    /// The runs, in the order of their cards; never empty.
    pub cards: Vec<Card>,
    /// The file that the samples were read from or written to last; `None` for samples that were never in one.
    pub file: Option<PathBuf>,
    /// The opened, saved or new scene that it descends from, which need not have a file; 0 before one was begun.
    pub(super) lineage: Lineage,
    next_id: CardId,
}

/// `next_id` and `lineage` are bookkeeping and are ignored.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        let Self { landscape, start, start_seed, steps, tolerance, cards, file, lineage: _, next_id: _ } = self;
        *landscape == other.landscape
            && *start == other.start
            && *start_seed == other.start_seed
            && *steps == other.steps
            && *tolerance == other.tolerance
            && *cards == other.cards
            && *file == other.file
    }
}

/// Id of the opened, saved or new scene that a document came from; undo may lead back to another one.
pub(super) type Lineage = u64;

impl Document {
    /// A landscape at its suggested start, with one run of gradient descent.
    pub fn new(landscape: Landscape) -> Self {
        let [x, y] = landscape.suggestion().start;
        let mut document = Self {
            start: Point::new(x, y),
            start_seed: 0,
            steps: landscape.entry().opening.steps,
            landscape,
            tolerance: Some(1e-8),
            cards: Vec::new(),
            file: None,
            lineage: 0,
            next_id: 1,
        };
        document.add(Choice::of(optimizers::ENTRIES[0]));
        let landscape = document.landscape.clone();
        document.suggest_anew(&landscape);
        document
    }

    /// Adds a run in a free style whose color the fewest runs have; `None` when there are as many as can be distinguished.
    pub fn add(&mut self, optimizer: Choice) -> Option<CardId> {
        if self.cards.len() >= MAX_CARDS {
            return None;
        }
        let color = |style: usize| style % COLORS;
        let style = (0..MAX_CARDS)
            .filter(|style| self.cards.iter().all(|card| card.style != *style))
            .min_by_key(|style| self.cards.iter().filter(|card| color(card.style) == color(*style)).count())
            .unwrap_or(0);
        let id = self.next_id;
        self.next_id += 1;
        self.cards.push(Card { style, ..Card::new(id, optimizer) });
        Some(id)
    }

    /// Copies a card under a new id and style, right after it; `None` when there is no room or no such card.
    pub(super) fn copy(&mut self, id: CardId) -> Option<CardId> {
        let place = self.place(id)?;
        let copy = self.cards[place].clone();
        let new = self.add(copy.optimizer.clone())?;
        let mut added = self.cards.pop()?;
        added = Card { id: added.id, style: added.style, ghost: false, hidden: false, ..copy };
        self.cards.insert(place + 1, added);
        Some(new)
    }

    /// Copies a card as `copy` does; a method that draws random numbers gets a seed of its own.
    pub fn duplicate(&mut self, id: CardId) -> Option<CardId> {
        let copy = self.copy(id)?;
        let optimizer = self.card_mut(copy)?.optimizer.clone();
        self.card_mut(copy)?.optimizer = self.with_own_seed(optimizer, Some(copy));
        Some(copy)
    }

    /// Never reuses ids given by `other`.
    pub(super) fn keep_ids_of(&mut self, other: &Self) {
        self.next_id = self.next_id.max(other.next_id);
    }

    /// Removes a card; where it was the last that can be changed, a ghost takes its place. Not to be asked of the only card.
    pub(super) fn remove(&mut self, id: CardId) {
        self.cards.retain(|card| card.id != id);
        self.wake_a_ghost();
    }

    /// Makes the first card a run again if all are ghosts: otherwise nothing could be changed.
    fn wake_a_ghost(&mut self) {
        if self.cards.iter().all(|card| card.ghost)
            && let Some(card) = self.cards.first_mut()
        {
            card.ghost = false;
        }
    }

    /// The position of a card.
    pub fn place(&self, id: CardId) -> Option<usize> {
        self.cards.iter().position(|card| card.id == id)
    }

    /// The card with this id.
    pub fn card(&self, id: CardId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// The card with this id.
    pub fn card_mut(&mut self, id: CardId) -> Option<&mut Card> {
        self.cards.iter_mut().find(|card| card.id == id)
    }

    /// Where a card's run starts.
    pub fn start_of(&self, card: &Card) -> Point {
        card.own_start.unwrap_or(self.start)
    }

    /// What determines a card's run.
    pub fn recipe(&self, card: &Card) -> Recipe {
        Recipe {
            optimizer: card.optimizer.clone(),
            start: self.start_of(card),
            steps: self.steps.clamp(1, MAX_STEPS),
            tolerance: self.tolerance,
            // Nothing is to be learned from weights without bounds.
            goes_on_diverged: false,
            changes: card.changes.clone(),
        }
    }

    /// Changes the landscape, and with it start, rates and number of steps to the suggested ones (one that was changed
    /// and is above the usual one stays). The methods stay; ghosts, own starts, changes along the way and the file of samples go.
    pub fn change_landscape(&mut self, landscape: Landscape) {
        let [x, y] = landscape.suggestion().start;
        self.start = Point::new(x, y);
        let [old, now] = [&self.landscape, &landscape].map(|landscape| landscape.entry().opening.steps);
        let is_longer = self.steps > USUAL_STEPS && self.steps != old;
        self.steps = if is_longer { self.steps.max(now) } else { now };
        let before = std::mem::replace(&mut self.landscape, landscape);
        self.file = None;
        for card in &mut self.cards {
            card.changes.clear();
            card.own_start = None;
            card.branched_at = None;
        }
        self.wake_a_ghost();
        self.cards.retain(|card| !card.ghost);
        self.suggest_anew(&before);
    }

    /// Replaces the landscape by a changed version of it. A rate follows only if it was the suggested one, and a momentum coefficient
    /// with it if both were suggested together; the start follows if it was the suggested one, or lies outside the new domain.
    pub(super) fn follow_landscape(&mut self, landscape: Landscape) {
        let suggested = Point::from(self.landscape.suggestion().start);
        let untouched: Vec<bool> = self.cards.iter().map(|card| self.has_suggested_rate(&card.optimizer)).collect();
        let before = std::mem::replace(&mut self.landscape, landscape);
        if self.start == suggested || !self.landscape.domain().contains(self.start) {
            self.start = Point::from(self.landscape.suggestion().start);
        }
        for (place, untouched) in untouched.into_iter().enumerate() {
            if untouched {
                let mut optimizer = self.cards[place].optimizer.clone();
                self.suggest_alike(&mut optimizer, &before);
                self.cards[place].optimizer = optimizer;
            }
        }
    }

    /// Gives a run another method, with the rate that suits the landscape, from its first step on.
    pub(super) fn set_method(&mut self, id: CardId, mut optimizer: Choice) {
        self.suggest(&mut optimizer);
        let optimizer = self.with_own_seed(optimizer, Some(id));
        if let Some(card) = self.card_mut(id) {
            *card = Card { optimizer, changes: Vec::new(), branched_at: None, ..card.clone() };
        }
    }

    /// Sets a parameter of a card, for the whole run or from a step on.
    ///
    /// # Errors
    /// [`InputError::OutOfDomain`] when the value makes no sense; nothing changes then.
    pub fn set_parameter(
        &mut self,
        id: CardId,
        place: usize,
        value: f64,
        from: Option<usize>,
    ) -> Result<(), InputError> {
        let Some(card) = self.card_mut(id) else { return Ok(()) };
        let Some(parameter) = card.optimizer.entry.parameters.get(place) else { return Ok(()) };
        parameter.check(value)?;
        match from {
            Some(step) if step > 0 => {
                change_from(&mut card.changes, ParameterChange { step, parameter: place, value });
            }
            _ => {
                card.changes.retain(|old| old.parameter != place);
                card.optimizer.set(place, value)?;
            }
        }
        Ok(())
    }

    /// Sets the learning rate of a card, if it has one; as [`Self::set_parameter`].
    pub(super) fn set_rate(&mut self, id: CardId, rate: f64, from: Option<usize>) -> Result<(), InputError> {
        let place = self.card(id).and_then(|card| card.optimizer.entry.rate_index());
        place.map_or(Ok(()), |place| self.set_parameter(id, place, rate, from))
    }

    /// The parameters with which a card takes a step.
    pub fn parameters_at(&self, card: &Card, step: usize) -> Vec<f64> {
        self.recipe(card).parameters_at(step)
    }
}

/// The step from which a parameter of a run acts: the playhead, the branch, or `None` for the whole run.
pub(super) fn first_affected_step(
    document: &Document,
    from_here_on: bool,
    card: CardId,
    run: Option<&Run>,
    playhead: usize,
) -> Option<usize> {
    if from_here_on {
        return Some(here(run, playhead));
    }
    document.card(card)?.branched_at
}

/// The playhead, or the end of a run if that is shorter.
pub(super) fn here(run: Option<&Run>, playhead: usize) -> usize {
    playhead.min(run.map_or(0, |run| run.iterates().len().saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_run_has_the_rarest_color() {
        let mut document = Document::new(Landscape::parse("bowl").unwrap());
        let gd = || Choice::of(optimizers::ENTRIES[0]);
        for _ in 0..4 {
            document.add(gd());
        }
        let styles = |document: &Document| document.cards.iter().map(|card| card.style).collect::<Vec<_>>();
        assert_eq!(styles(&document), [0, 1, 2, 3, 4], "in order at first");
        for id in [document.cards[2].id, document.cards[0].id] {
            document.remove(id);
        }
        document.add(gd());
        assert_eq!(styles(&document).last(), Some(&0), "the first that is free: those that are gone do not count");
    }
}
