//! What is chosen of the race, as it is written in a scene.

use super::{CompareChange, CompareChart, CompareChoice, CompareColumn, RaceRates, Until};
use crate::landscapes::SpecError;
use crate::optimizers::CostModel;
use crate::scene::CompareSpec;
use crate::state::spec::{refuse, unknown};

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
/// [`SpecError`] naming what is unknown or out of its bounds.
pub(in crate::state) fn of_spec(spec: &CompareSpec) -> Result<CompareChoice, SpecError> {
    let mut choice = CompareChoice::default();
    let changes = [
        spec.until.as_deref().map(|id| {
            let found = Until::find(id).ok_or_else(|| unknown("criterion", id, Until::ALL.into_iter().map(Until::id)));
            Ok(CompareChange::Until(found?))
        }),
        spec.rates.as_deref().map(|id| {
            let known = RaceRates::ALL.into_iter().map(RaceRates::id);
            Ok(CompareChange::Rates(RaceRates::find(id).ok_or_else(|| unknown("choice of rates", id, known))?))
        }),
        spec.chart.as_deref().map(|id| {
            let known = CompareChart::ALL.into_iter().map(CompareChart::id);
            Ok(CompareChange::Chart(CompareChart::find(id).ok_or_else(|| unknown("chart", id, known))?))
        }),
        spec.sort.as_deref().map(|id| {
            let known = CompareColumn::ALL.into_iter().map(CompareColumn::id);
            Ok(CompareChange::Sort(Some(CompareColumn::find(id).ok_or_else(|| unknown("column", id, known))?)))
        }),
        Some(Ok(CompareChange::EqualWork(spec.equal_work))),
        spec.seeds.map(|seeds| Ok(CompareChange::Seeds(seeds))),
        spec.tolerance.map(|value| positive("the tolerance", value).map(CompareChange::Tolerance)),
        spec.budget.map(|value| positive("the budget", value).map(CompareChange::Budget)),
        spec.weights
            .map(|value| within("the number of weights", value, CostModel::WEIGHTS).map(CompareChange::Weights)),
        spec.hessian_vector.map(|value| {
            let name = "the cost of a Hessian–vector product";
            within(name, value, CostModel::HESSIAN_VECTOR).map(CompareChange::HessianVector)
        }),
    ];
    for change in changes.into_iter().flatten() {
        choice.change(change?);
    }
    Ok(choice)
}

fn positive(name: &str, value: f64) -> Result<f64, SpecError> {
    if value > 0.0 && value.is_finite() {
        return Ok(value);
    }
    refuse(format!("{name} cannot be {value}: it must be a finite number above 0"))
}

fn within(name: &str, value: f64, [least, most]: [f64; 2]) -> Result<f64, SpecError> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    refuse(format!("{name} cannot be {value}: it lies between {least} and {most}"))
}
