//! What is said below the table: who wins with how many weights, what the chart shows, and what is odd about a run.

use super::names::name_of;
use crate::drawing::Waiting;
use crate::numbers::numerals::{brief, bytes, counted, rough};
use crate::state::{CardId, CompareChart, Comparison, State, Until};
use crate::studies::{RaceEnd, Tune, in_passing, needles, unbounded, verdict, winner};

/// All of it, the most important first: the first one is who wins, or why no one does.
pub(super) fn all(state: &State, comparison: &Comparison<'_>) -> Vec<String> {
    let first = Some(sentence(state, comparison)).filter(|sentence| !sentence.is_empty());
    let waiting = waiting(state, comparison);
    let is_waiting = waiting.is_some();
    let others = [
        waiting,
        needles(comparison.race, &|place| name_of(state, comparison, place)),
        in_passing(comparison.rows, &|place| name_of(state, comparison, place)),
        unbounded(comparison.race, comparison.rows, &|place| name_of(state, comparison, place)),
        of_chart(state, comparison),
        higher(state, comparison),
        kept_off(state, comparison),
        waits(state, comparison),
        // What is played is what matters while a run waits.
        if is_waiting { None } else { beyond(state, comparison) },
        spared(state, comparison),
    ];
    first.into_iter().chain(others.into_iter().flatten()).collect()
}

/// Who is charged less than it asked for.
fn spared(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let is_spared = |place: &usize| comparison.race.entrants()[*place].cost().knows_minimum_of_line();
    let names: Vec<String> =
        (0..comparison.rows.len()).filter(is_spared).map(|place| name_of(state, comparison, place)).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    (!names.is_empty()).then(|| {
        format!(
            "{} {is} charged one Hessian–vector product a step: on a quadratic it gives the minimum of the line.",
            list(&names)
        )
    })
}

/// Who does the least work, and at which number of weights that changes; or why no one does.
fn sentence(state: &State, comparison: &Comparison<'_>) -> String {
    let choice = &state.view.scene.compare;
    let name = |place: usize| name_of(state, comparison, place);
    if choice.until == Until::Loss && comparison.finish.f_star.is_none() {
        return "No minimum of this loss is known, so no loss is near f*: choose ‖∇f‖, a budget, or type f* on the Loss tab.".to_owned();
    }
    if choice.until == Until::Distance && comparison.minima.is_empty() {
        return "No minimum of this loss is known, so none is near: choose ‖∇f‖ or a budget.".to_owned();
    }
    if comparison.is_met_at_start() {
        return "The start meets the criterion already: there is no work to compare. Choose a smaller tolerance, or another start.".to_owned();
    }
    if let Some(under_way) = under_way(state, comparison) {
        return under_way;
    }
    if let Some(winner) = winner(comparison.rows).filter(|_| comparison.rows.len() == 1) {
        let steps = comparison.rows.iter().flatten().map(|row| row.steps).next().unwrap_or_default();
        return format!(
            "{} gets there in {}. Add another run to compare it with.",
            name(winner),
            counted(steps, "step")
        );
    }
    let won = verdict(comparison.rows, comparison.flips, comparison.finish, &name);
    won.unwrap_or_else(|| {
        if choice.until == Until::Budget { String::new() } else { none_arrives(choice.until, comparison) }
    })
}

/// "Momentum is still being tuned …": while a run may still win, no one has won.
fn under_way(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let open = comparison.open();
    let is_tuned = |place: &usize| comparison.optimizer(*place).is_none();
    let is_tuning = open.iter().any(is_tuned);
    let named = open.into_iter().filter(|place| !is_tuning || is_tuned(place));
    let names: Vec<String> = named.map(|place| name_of(state, comparison, place)).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    let what = if is_tuning { "being tuned" } else { "walking" };
    (!names.is_empty())
        .then(|| format!("{} {is} still {what}: who does the least work is not known yet.", list(&names)))
}

/// Why no one has won.
fn none_arrives(until: Until, comparison: &Comparison<'_>) -> String {
    let Comparison { race, rows, minima, .. } = comparison;
    let all_diverge = rows.iter().flatten().all(|row| row.end == Some(RaceEnd::Diverged));
    let all_rest = rows.iter().flatten().all(|row| row.end.is_some_and(RaceEnd::is_rest));
    let is_tuned = race.question().tune != Tune::Nothing;
    if let Some(step) = race.too_fine(comparison.finish) {
        return format!(
            "No run can get there: beside this minimum numbers of 64 bits distinguish nothing finer than about {}. Choose a larger tolerance.",
            brief(step)
        );
    }
    let why = match (all_diverge, is_tuned) {
        (true, _) if minima.is_empty() => {
            "Every run diverges, and no minimum of this loss is known: it may fall without end."
        }
        (true, false) => "Every run diverges: lower the rates, or let “best η” find them.",
        (true, true) => "Every run diverges, at the best rates that were found too: try another start.",
        (false, _) if until == Until::Loss && all_rest => {
            "No run comes to rest at the lowest known minimum: another start may lead there."
        }
        (false, false) => "None of the runs gets there: another rate, a larger tolerance or a longer run may.",
        (false, true) => "None of the runs gets there at the best rates that were found: choose a larger tolerance.",
    };
    why.to_owned()
}

/// What the chart of a step and that of the memory have to say themselves.
pub(super) fn of_chart(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let model = comparison.finish.model;
    let n = rough(model.weights);
    match state.view.scene.compare.chart {
        CompareChart::Step => Some(format!(
            "A gradient by backpropagation costs about 3 losses, whatever n is; 4 to 5 is the bound. By finite differences it costs n + 1: {} losses at n = {n}.",
            rough(model.weights + 1.0)
        )),
        CompareChart::Memory => {
            let of = |place: usize| Some((place, model.memory(comparison.race.entrants().get(place)?.cost())));
            let all: Vec<(usize, f64)> = (0..comparison.rows.len()).filter_map(of).collect();
            let least = all.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
            let most = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|most| most.1 > least.1)?;
            let [low, high] = [least, most].map(|(place, size)| (name_of(state, comparison, *place), bytes(*size)));
            Some(format!("With {n} weights a step of {} needs {}, one of {} {}.", high.0, high.1, low.0, low.1))
        }
        CompareChart::Work | CompareChart::Rates => None,
    }
}

/// At equal work: who waits, and how much of the next step is paid.
fn waiting(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let of = |(place, card): (usize, &CardId)| Some((name_of(state, comparison, place), state.waiting(*card)?));
    let all: Vec<(String, Waiting)> = comparison.cards.iter().enumerate().filter_map(of).collect();
    let ((name, first), others) = all.split_first()?;
    let others = others.iter().map(|(name, other)| {
        let of_step = if other.step == first.step { String::new() } else { format!(" of step {}", other.step) };
        format!("; {name}: {}{of_step}", other.paid_in_words())
    });
    let others: String = others.collect();
    Some(format!("{name} waits: {} of step {} paid{others}.", first.paid_in_words(), first.step))
}

/// At equal work: who sets the pace, and who should, where none of the others is seen to wait.
fn waits(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    if !state.view.scene.compare.equal_work {
        return None;
    }
    let cheapest = comparison.cheapest().filter(|card| *card != state.selected)?;
    let place = |card| comparison.cards.iter().position(|known| *known == card);
    let (dear, cheap) =
        (name_of(state, comparison, place(state.selected)?), name_of(state, comparison, place(cheapest)?));
    Some(format!(
        "At equal work each step of {dear} pays for more than one of {cheap}: select {cheap} to see {dear} wait."
    ))
}

/// Who ends at a minimum that is not the lowest known.
fn higher(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (place, row) in comparison.rows.iter().enumerate() {
        let above = row.as_ref().and_then(|row| {
            let above = comparison.race.above_lowest(row).filter(|above| *above > 0.0)?;
            Some(format!("{}, {} above the lowest known", comparison.race.place_in_words(row)?, brief(above)))
        });
        let Some(at) = above else { continue };
        let name = name_of(state, comparison, place);
        match found.iter_mut().find(|(known, _)| *known == at) {
            Some((_, names)) => names.push(name),
            None => found.push((at, vec![name])),
        }
    }
    let all = found.iter().map(|(at, names)| {
        format!("{} {} at the minimum {at}.", list(names), if names.len() == 1 { "ends" } else { "end" })
    });
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// "A, B and C".
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// Who goes back and forth across a kink, first those with a rate.
fn kept_off(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let of = |has_rate: bool, why: &str| {
        let kept = (0..comparison.rows.len()).filter(|place| comparison.race.is_kept_off_by_kink(*place));
        let kept = kept.filter(|place| comparison.race.has_rate(*place) == has_rate);
        let names: Vec<String> = kept.map(|place| name_of(state, comparison, place)).collect();
        let go = if names.len() == 1 { "goes" } else { "go" };
        (!names.is_empty()).then(|| {
            format!("{} {go} back and forth across a kink: no gradient shrinks there, so {why}.", list(&names))
        })
    };
    let fixed = of(true, "no fixed rate comes to rest");
    let free = of(false, "‖∇f‖ does not become small, however near the minimum is");
    let all: Vec<String> = fixed.into_iter().chain(free).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// That the race goes further than the runs that are played.
fn beyond(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let steps = state.document.steps;
    let is_further = comparison.rows.iter().flatten().any(|row| row.reached.is_some() && row.steps > steps);
    is_further.then(|| format!("Walked on past the runs’ {}.", counted(steps, "step")))
}
