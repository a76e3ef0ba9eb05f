//! The options of the race as data of a scene.

use super::{CompareChange, CompareChart, CompareChoice, CompareColumn, RaceRates, Until};
use crate::landscapes::InputError;
use crate::optimizers::CostModel;
use crate::scene::{CompareSpec, Misfit, Within as _};
use crate::state::spec::{positive, unknown, within_bounds};

/// As it is written.
pub(in crate::state) fn spec_of(choice: &CompareChoice) -> CompareSpec {
    let CompareChoice { until, tolerance, budget, rates, seeds, model, chart, equal_work, sort } = *choice;
    CompareSpec {
        until: Some(until.id().to_owned()),
        tolerance: Some(tolerance),
        budget: Some(budget),
        rates: Some(rates.id().to_owned()),
        seeds: Some(seeds),
        weights: Some(model.weights),
        hessian_vector: Some(model.hessian_vector),
        chart: Some(chart.id().to_owned()),
        equal_work,
        sort: sort.map(|column| column.id().to_owned()),
    }
}

/// As it is read; what is left out is as usual.
///
/// # Errors
/// [`Misfit`] naming what is unknown or out of its bounds.
pub(in crate::state) fn of_spec(spec: &CompareSpec) -> Result<CompareChoice, Misfit> {
    let mut choice = CompareChoice::default();
    choice.change(CompareChange::EqualWork(spec.equal_work));
    if let Some(seeds) = spec.seeds {
        choice.change(CompareChange::Seeds(seeds));
    }
    for (key, change) in changes(spec) {
        if let Some(change) = change {
            choice.change(change.within(key)?);
        }
    }
    Ok(choice)
}

/// What each key changes, or why it cannot.
fn changes(spec: &CompareSpec) -> [(&'static str, Option<Result<CompareChange, InputError>>); 8] {
    let until = |id: &str| {
        let found = Until::find(id).ok_or_else(|| unknown("criterion", id, Until::ALL.into_iter().map(Until::id)));
        found.map(CompareChange::Until)
    };
    let rates = |id: &str| {
        let known = RaceRates::ALL.into_iter().map(RaceRates::id);
        RaceRates::find(id).ok_or_else(|| unknown("choice of rates", id, known)).map(CompareChange::Rates)
    };
    let chart = |id: &str| {
        let known = CompareChart::ALL.into_iter().map(CompareChart::id);
        CompareChart::find(id).ok_or_else(|| unknown("chart", id, known)).map(CompareChange::Chart)
    };
    let sort = |id: &str| {
        let known = CompareColumn::ALL.into_iter().map(CompareColumn::id);
        let found = CompareColumn::find(id).ok_or_else(|| unknown("column", id, known));
        found.map(|column| CompareChange::Sort(Some(column)))
    };
    let weights = |value| within_bounds("weights", value, CostModel::WEIGHTS).map(CompareChange::Weights);
    let product =
        |value| within_bounds("hessian_vector", value, CostModel::HESSIAN_VECTOR).map(CompareChange::HessianVector);
    [
        ("until", spec.until.as_deref().map(until)),
        ("rates", spec.rates.as_deref().map(rates)),
        ("chart", spec.chart.as_deref().map(chart)),
        ("sort", spec.sort.as_deref().map(sort)),
        ("tolerance", spec.tolerance.map(|value| positive("tolerance", value).map(CompareChange::Tolerance))),
        ("budget", spec.budget.map(|value| positive("budget", value).map(CompareChange::Budget))),
        ("weights", spec.weights.map(weights)),
        ("hessian_vector", spec.hessian_vector.map(product)),
    ]
}
