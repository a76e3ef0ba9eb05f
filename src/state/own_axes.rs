//! The runs on f and on f(Ay): the same methods with the same parameters from the same
//! points; on f(Ay) optionally with a rate for each weight that undoes the stretch of A.

use super::runs::Runs;
use super::{CardId, Document, Pane, View};
use crate::landscapes::{Landscape, RescaledAxes};
use crate::numbers::Point;
use crate::optimizers::{RATE_RATIO, StepScale};
use crate::run::{Recipe, Run, StopReason};

/// Steps that are compared at most.
const STEPS: usize = 400;
/// What a run may cost, in evaluations of one sample each: a millisecond or two.
const IN_FRAME: usize = 200_000;
/// Paths whose distance is less than this share of their length are the same but for rounding.
const SAME: f64 = 1e-6;

/// A run in both systems of axes.
#[derive(Clone, Debug, PartialEq)]
pub struct AxesRun {
    /// Whose it is.
    pub card: CardId,
    /// The iterates on the loss in its own axes.
    pub own: Vec<Point>,
    /// Where the iterates of the run on f(Ay) lie in the axes of f: Ay₀, Ay₁, …
    pub image: Vec<Point>,
    /// The rates of both weights of the run on f(Ay), where these are to undo the stretch; `None` where it has those of the run.
    pub rates: Option<[f64; 2]>,
    /// Whether it leaves for infinity in one of them.
    pub diverges: bool,
}

impl AxesRun {
    /// How far apart the two paths come, as a share of the way from their start.
    pub fn apart(&self) -> f64 {
        let Some(first) = self.own.first() else { return 0.0 };
        let way = self.own.iter().chain(&self.image).map(|at| (at - first).norm()).fold(0.0, f64::max);
        let both = self.own.iter().zip(&self.image);
        let most = both.map(|(own, image)| (own - image).norm()).fold(0.0, f64::max);
        if way > 0.0 { most / way } else { 0.0 }
    }

    /// Whether it is one path but for rounding.
    pub fn is_same(&self) -> bool {
        self.apart() < SAME
    }
}

/// What the runs depend on: the landscape, the recipes of those that are seen, and whether rates undo the stretch.
type Key = (Landscape, Vec<(CardId, Recipe)>, bool);

/// The runs in their own axes, computed again only when one of them changes.
#[derive(Default)]
pub(super) struct OwnAxes {
    key: Option<Key>,
    runs: Vec<AxesRun>,
}

impl OwnAxes {
    /// Brings them up to date while they are on the screen.
    pub(super) fn update(&mut self, document: &Document, view: &View, runs: &Runs) {
        if !view.has(Pane::Axes) || view.in_fog() {
            (self.key, self.runs) = (None, Vec::new());
            return;
        }
        let landscape = &document.landscape;
        let seen = document.cards.iter().filter(|card| !card.hidden && !card.ghost);
        let recipes: Vec<(CardId, Recipe)> = seen.map(|card| (card.id, document.recipe(card))).collect();
        let undoes = view.scene.undoes_stretch;
        let key = Some((landscape.clone(), recipes, undoes));
        if self.key == key {
            return;
        }
        let (axes, own) = (landscape.axes(), landscape.without_axes());
        let pair = |(card, recipe): &(CardId, Recipe)| {
            let cost = recipe.optimizer.entry.evaluations_per_step.max(1).saturating_mul(landscape.cost());
            let steps = recipe.steps.min(STEPS).min((IN_FRAME / cost).max(1));
            let moved = Recipe { start: axes.out_of(recipe.start), steps, ..recipe.clone() };
            let own = Run::of(own, &moved);
            let path = own.iterates().iter().map(|iterate| iterate.at).collect();
            let leaves = |run: &Run| run.stop().is_some_and(|stop| stop.reason == StopReason::Diverged);
            let image = |run: &Run| {
                let seen = run.iterates().iter().take(steps + 1);
                seen.map(|iterate| axes.out_of(iterate.at)).collect()
            };
            let fitting = undoes.then(|| with_fitting_rates(recipe, axes, steps)).flatten();
            let (image, rates, is_lost) = if let Some(recipe) = fitting {
                let run = Run::of(landscape, &recipe);
                (image(&run), Some(recipe.optimizer.rates_of_weights()), leaves(&run))
            } else {
                let run = runs.get(*card)?;
                (image(run), None, leaves(run))
            };
            Some(AxesRun { card: *card, own: path, image, rates, diverges: is_lost || leaves(&own) })
        };
        self.runs = key.iter().flat_map(|(_, recipes, _)| recipes).filter_map(pair).collect();
        // A run that is still being computed is compared again.
        let is_whole = runs.iter().all(|(_, run)| run.stop().is_some() || run.iterates().len() > STEPS);
        self.key = key.filter(|_| is_whole);
    }

    /// The runs that are seen; none while they are not on the screen.
    pub(super) fn runs(&self) -> &[AxesRun] {
        &self.runs
    }
}

/// A run on f(Ay) with a rate for each weight that undoes the stretch s: η₁ = η/s², η₂ as it is. Then y ← y − D Aᵀ∇f is x ← x − η∇f,
/// since A D Aᵀ = η for A = R diag(s, 1), whatever the turn R is. Where the gradient gives only a direction along each axis, as of Adam,
/// it is η₁ = η/s, for R = 1. `None` for a method without such rates.
fn with_fitting_rates(recipe: &Recipe, axes: RescaledAxes, steps: usize) -> Option<Recipe> {
    recipe.optimizer.entry.index_of(RATE_RATIO)?;
    let mut fitting = Recipe { steps, ..recipe.clone() };
    let [first, second] = recipe.optimizer.rates_of_weights();
    // A step that does not grow with the gradient grows with the stretch once, by the axes alone.
    let is_of_gradient = !matches!(recipe.optimizer.step_scale(), StepScale::Frame(_));
    let share = if is_of_gradient { axes.stretch * axes.stretch } else { axes.stretch };
    fitting.optimizer.set_rates_of_weights([first / share, second]);
    let places = [recipe.optimizer.entry.rate_index(), recipe.optimizer.entry.index_of(RATE_RATIO)];
    fitting.changes.retain(|change| !places.contains(&Some(change.parameter)));
    Some(fitting)
}

#[cfg(test)]
mod tests {
    use crate::landscapes::{Landscape, RescaledAxes};
    use crate::optimizers::Choice;
    use crate::state::{Command, Document, DocumentCommand, Pane, State, ViewCommand};

    /// Adam's step does not grow with the gradient: its rate for the stretched weight is divided by the stretch, not by its square.
    #[test]
    fn the_stretch_is_undone_for_steps_that_do_not_grow_with_the_gradient() {
        let mut document = Document::new(Landscape::parse("bowl").unwrap());
        document.cards.clear();
        for method in ["adam", "sign_gd"] {
            document.add(Choice::parse(method).unwrap());
        }
        let mut state = State::new(document);
        state.apply(vec![
            Command::View(ViewCommand::ShowTab(Pane::Axes)),
            Command::View(ViewCommand::SetUndoesStretch(true)),
            Command::Document(DocumentCommand::SetAxes(RescaledAxes { stretch: 2.0, angle: 0.0 })),
        ]);
        let runs = state.derived.axes_runs();
        assert_eq!(runs.len(), 2);
        for run in runs {
            let [first, second] = run.rates.unwrap();
            assert!((2.0 * first / second - 1.0).abs() < 1e-12, "{first}, {second}");
            assert!(run.apart() < 0.05, "{}", run.apart());
        }
    }

    /// Newton's path is the same in any axes, and that of the steepest descent is not.
    #[test]
    fn the_path_of_newton_is_one_and_that_of_descent_is_two() {
        let mut document = Document::new(Landscape::parse("rosenbrock").unwrap());
        document.cards.clear();
        for method in ["newton", "gd:lr=0.001"] {
            document.add(Choice::parse(method).unwrap());
        }
        let mut state = State::new(document);
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Axes))]);
        assert!(state.derived.axes_runs().iter().all(|run| run.own == run.image), "plain axes are the same");
        let axes = RescaledAxes { stretch: 2.5, angle: 0.4 };
        state.apply(vec![Command::Document(DocumentCommand::SetAxes(axes))]);
        let [newton, descent] = state.derived.axes_runs() else { panic!("both are seen") };
        assert!(newton.is_same() && newton.own.len() > 3, "{}", newton.apart());
        assert!(descent.apart() > 0.01 && !descent.is_same(), "{}", descent.apart());
        state.apply(vec![Command::View(ViewCommand::SetUndoesStretch(true))]);
        let [newton, descent] = state.derived.axes_runs() else { panic!("both are seen") };
        assert!(newton.is_same() && newton.rates.is_none(), "it has no rate");
        let [first, second] = descent.rates.unwrap();
        assert!((first * 6.25 / second - 1.0).abs() < 1e-12, "{first}, {second}");
        assert!(descent.is_same(), "a rate for each weight undoes the stretch: {}", descent.apart());
    }
}
