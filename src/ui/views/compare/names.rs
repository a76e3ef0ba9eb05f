//! What a run is called in the race: in sentences, in the rows, and where there is little room.

use crate::numbers::numerals::parameter;
use crate::optimizers::{Method, short_name};
use crate::state::{Card, CardId, Comparison, State};
use crate::studies::{Criterion, Tune};

/// What a row is called: its method, and what distinguishes it where another run has the same method.
pub(super) fn name_of(state: &State, comparison: &Comparison<'_>, place: usize) -> String {
    name_by(|method| method.name.to_owned(), state, comparison, place)
}

/// What a row may be called where there is little room, the longest first: what distinguishes it is in each.
pub(super) fn short_names_of(state: &State, comparison: &Comparison<'_>, place: usize) -> Vec<String> {
    let forms: [fn(&Method) -> String; 2] = [|method| short_name(method.name), |method| method.brief.to_owned()];
    let names = forms.map(|form| name_by(form, state, comparison, place));
    names.into_iter().chain(said_of(state, comparison, place)).collect()
}

fn name_by(name: fn(&Method) -> String, state: &State, comparison: &Comparison<'_>, place: usize) -> String {
    let Some(recipe) = comparison.race.question().recipes.get(place) else { return String::new() };
    let name = name(recipe.optimizer.entry);
    match said_of(state, comparison, place) {
        Some(said) => format!("{name} ({said})"),
        None => name,
    }
}

/// What distinguishes a row from others of its method; `None` where it is the only one, or nothing does.
fn said_of(state: &State, comparison: &Comparison<'_>, place: usize) -> Option<String> {
    let questions = &comparison.race.question().recipes;
    let entry = questions.get(place)?.optimizer.entry;
    let runs = questions.iter().take(comparison.rows.len());
    if runs.filter(|other| other.optimizer.entry == entry).count() == 1 {
        return None;
    }
    let card = comparison.cards.get(place).and_then(|id| state.document.card(*id));
    let said = distinctions(state, comparison, place, card).join(", ");
    Some(said).filter(|said| !said.is_empty())
}

/// What distinguishes a run from others of its method: the rate with which it races, then what it is set up with.
fn distinctions(state: &State, comparison: &Comparison<'_>, place: usize, card: Option<&Card>) -> Vec<String> {
    let choice = comparison.optimizer(place);
    let rate = choice.and_then(|choice| Some(choice.parameters[choice.entry.rate_index()?]));
    let of_card = card.map(|card| state.document.distinctions(card)).unwrap_or_default();
    // The rate of the race is not always that of the card.
    let is_rate = |said: &String| said.starts_with("η ");
    let others: Vec<String> = of_card.into_iter().filter(|said| !is_rate(said)).collect();
    // Tuned rates follow from the rest, and have many digits.
    let is_enough = comparison.race.question().tune == Tune::Rate && !others.is_empty();
    let rate = rate.filter(|_| !is_enough).map(|rate| format!("η {}", parameter(rate)));
    rate.into_iter().chain(others).collect()
}

/// The name of a row with the rate with which it races, and the name alone.
pub(super) fn labels(comparison: &Comparison<'_>, place: usize) -> [String; 2] {
    let Some(recipe) = comparison.race.question().recipes.get(place) else { return [String::new(), String::new()] };
    let name = short_name(recipe.optimizer.entry.name);
    let Some(choice) = comparison.optimizer(place) else { return [format!("{name}  η …"), name] };
    let entry = choice.entry;
    let rate = entry.rate_index().map(|index| format!("  η {}", parameter(rounded(choice.parameters[index]))));
    let is_beta_tuned = comparison.race.question().tune == Tune::RateAndMomentum;
    let beta = choice.coefficient_index().filter(|_| is_beta_tuned);
    let beta = beta.map(|index| format!(" β {}", parameter(choice.parameters[index])));
    let seeds = comparison.spreads.get(place).and_then(Option::as_ref);
    // With a budget there is nothing to meet.
    let is_budget = matches!(comparison.finish.criterion, Criterion::Budget(_));
    let seeds = match seeds {
        None => String::new(),
        Some(spread) if is_budget => format!("  {} seeds", spread.seeds),
        Some(spread) => format!("  {} of {} seeds", spread.met, spread.seeds),
    };
    [format!("{name}{}{}{seeds}", rate.unwrap_or_default(), beta.unwrap_or_default()), format!("{name}{seeds}")]
}

/// What a row may be called, the longest first: where another run has the same method, all say what distinguishes this one.
pub(super) fn names(state: &State, comparison: &Comparison<'_>, place: usize, card: &Card) -> [String; 4] {
    let [whole, short] = labels(comparison, place);
    let entry = card.optimizer.entry;
    let is_peer = |id: &&CardId| state.document.card(**id).is_some_and(|other| other.optimizer.entry == entry);
    if comparison.cards.iter().filter(is_peer).count() < 2 {
        // The rate and the seeds matter more than the whole name.
        let with_brief = whole.replacen(&short_name(entry.name), entry.brief, 1).replace("  ", " ");
        return [whole, with_brief, short, entry.brief.to_owned()];
    }
    let name = short_name(entry.name);
    let of_row = whole.strip_prefix(name.as_str()).unwrap_or_default().trim().to_owned();
    // What was tuned is not what the card has.
    let is_tuned = comparison.race.question().tune == Tune::RateAndMomentum;
    let of_card = match entry.rate_index() {
        Some(_) if is_tuned => String::new(),
        Some(_) => state.document.distinctions(card).join(" "),
        None => state.document.distinct_name(card).strip_prefix(name.as_str()).unwrap_or_default().trim().to_owned(),
    };
    // What distinguishes two runs comes first; how many of its seeds got there is shortest.
    let seeds = comparison.spreads.get(place).and_then(Option::as_ref);
    let seeds = seeds.map_or_else(String::new, |spread| format!("({}/{})", spread.met, spread.seeds));
    let joined = |parts: [&String; 2]| {
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let said = joined([&of_card, &of_row]);
    if said.is_empty() {
        return [whole, short.clone(), short.clone(), short];
    }
    let briefest = if of_card.is_empty() { said.clone() } else { joined([&of_card, &seeds]) };
    [format!("{name}  {said}"), format!("{} {said}", entry.brief), said, briefest]
}

/// To four digits: what was tried has more than anyone wants to read.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
