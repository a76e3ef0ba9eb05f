//! What is said below the table of `compare`: who wins, or why no one does and what to give instead.

use super::table;
use crate::studies::{
    Criterion, Entrant, Finish, Race, RaceEnd, Row, SAME_STEPS, Tune, flips, in_passing, needles, unbounded, verdict,
};

/// All of it, the most important first.
pub(super) fn all(race: &Race, finish: &Finish) -> Vec<String> {
    let rows: Vec<Option<Row>> = race.entrants().iter().map(|entrant| entrant.row(finish)).collect();
    let first = none_arrives(race, finish).map_or_else(|| sentences(race, finish), |why| vec![why]);
    let has_tolerance = !matches!(finish.criterion, Criterion::Budget(_));
    let spent = has_tolerance.then(|| spent(race, &rows)).flatten();
    let passing = in_passing(&rows, &|place| name_of(race, place));
    let same_steps =
        (has_tolerance && rows.len() > 1 && rows.iter().flatten().any(Row::can_win)).then(|| SAME_STEPS.to_owned());
    let unbounded = unbounded(race, &rows, &|place| name_of(race, place));
    let needles = needles(race, &|place| name_of(race, place));
    first
        .into_iter()
        .chain(needles)
        .chain(unbounded)
        .chain(passing)
        .chain(same_steps)
        .chain(spent)
        .chain(kept_off(race))
        .collect()
}

/// Why there is no winner; `None` if there is one.
fn none_arrives(race: &Race, finish: &Finish) -> Option<String> {
    let rows: Vec<Row> = race.entrants().iter().filter_map(|entrant| entrant.row(finish)).collect();
    let is_budget = matches!(finish.criterion, Criterion::Budget(_));
    if is_budget || rows.is_empty() {
        return None;
    }
    if rows.iter().all(|row| row.reached == Some(0)) {
        return Some("The start meets the criterion already: give a smaller tolerance, or another start.".to_owned());
    }
    if rows.iter().any(Row::can_win) {
        return None;
    }
    if let Some(step) = race.too_fine(finish) {
        return Some(format!(
            "No run can get there: beside this minimum numbers of 64 bits distinguish nothing finer than about {}: give a larger tolerance.",
            table::few(step)
        ));
    }
    if (0..rows.len()).all(|place| has_spent_its_rate(race, place, &rows[place])) {
        return Some("No run meets the criterion at a minimum.".to_owned());
    }
    let all_diverge = rows.iter().all(|row| row.end == Some(RaceEnd::Diverged));
    Some(why_none(race, all_diverge).to_owned())
}

/// Why no run meets the criterion at a minimum, and what to give instead.
fn why_none(race: &Race, all_diverge: bool) -> &'static str {
    let is_tuned = race.question().tune != Tune::Nothing;
    if all_diverge && race.question().minima.is_empty() {
        "Every run diverges, and no minimum of this loss is known: it may fall without end."
    } else if race.question().minima.is_empty() {
        "No minimum of this loss is known, so no run can end at one: give another landscape or start, or a --budget."
    } else if all_diverge && is_tuned {
        "Every run diverges, at the best rates that were found too: give another start."
    } else if all_diverge {
        "Every run diverges: give lower rates, or let --tune find them."
    } else if is_tuned {
        "No run meets the criterion at a minimum: allow more --steps or a larger tolerance."
    } else {
        "No run meets the criterion at a minimum: allow more --steps or a larger tolerance, or --tune the rates."
    }
}

/// Who goes back and forth across a kink, first those with a rate.
fn kept_off(race: &Race) -> Vec<String> {
    let of = |has_rate: bool, why: &str| {
        let kept = (0..race.entrants().len()).filter(|place| race.is_kept_off_by_kink(*place));
        let names: Vec<String> =
            kept.filter(|place| race.has_rate(*place) == has_rate).map(|place| name_of(race, place)).collect();
        (!names.is_empty()).then(|| format!("On a kink no gradient shrinks, so {why}: {}.", names.join(", ")))
    };
    let fixed = of(true, "no fixed rate comes to rest at this minimum");
    let free = of(false, "‖∇f‖ does not become small, however near this minimum is");
    fixed.into_iter().chain(free).collect()
}

/// Whether a run has come to a stop on its way because its schedule has brought the rate to 0: more steps lead nowhere.
fn has_spent_its_rate(race: &Race, place: usize, row: &Row) -> bool {
    let choice = race.entrants().get(place).and_then(Entrant::optimizer);
    let is_on_its_way = row.reached.is_none() && row.end == Some(RaceEnd::NotYet);
    is_on_its_way && choice.and_then(|choice| choice.rate_at(row.steps)) == Some(0.0)
}

/// Whose schedule has brought the rate to 0 before the criterion was met.
fn spent(race: &Race, rows: &[Option<Row>]) -> Option<String> {
    let is_spent = |place: &usize| rows[*place].as_ref().is_some_and(|row| has_spent_its_rate(race, *place, row));
    let names: Vec<String> = (0..rows.len()).filter(is_spent).map(|place| name_of(race, place)).collect();
    let names = (!names.is_empty()).then(|| names.join(", "))?;
    Some(format!(
        "The schedule has brought the rate to 0 on the way, so more steps do not help: raise horizon= or floor=: {names}."
    ))
}

/// Who wins with how many weights, or comes lowest with a budget; and who is charged less than it asked for.
fn sentences(race: &Race, finish: &Finish) -> Vec<String> {
    let entrants = race.entrants();
    let rows: Vec<Option<Row>> = entrants.iter().map(|entrant| entrant.row(finish)).collect();
    let won = verdict(&rows, &flips(entrants, finish), finish, &|place| name_of(race, place));
    let spared: Vec<String> = (0..entrants.len())
        .filter(|place| entrants[*place].cost().knows_minimum_of_line())
        .map(|place| name_of(race, place))
        .collect();
    let spared = (!spared.is_empty()).then(|| {
        format!(
            "On a quadratic the minimum of a line is known from one Hessian–vector product, so a step is charged that and no search: {}.",
            spared.join("; ")
        )
    });
    won.into_iter().chain(spared).collect()
}

/// A method by its name, or as it is given where another one has the same name.
fn name_of(race: &Race, place: usize) -> String {
    let recipes = &race.question().recipes;
    let Some(recipe) = recipes.get(place) else { return String::new() };
    let entry = recipe.optimizer.entry;
    if recipes.iter().filter(|other| other.optimizer.entry == entry).count() == 1 {
        return entry.name.to_owned();
    }
    let optimizer = race.entrants().get(place).and_then(Entrant::optimizer);
    optimizer.unwrap_or_else(|| recipe.optimizer.clone()).to_string()
}
