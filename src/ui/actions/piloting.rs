//! Flying a run by hand: its start and end; and the keys of the learning rate and the momentum coefficient, in flight and out of it.

use egui::{Key, Modifiers};

use super::action::{Action, Menu, action};
use crate::optimizers::Choice;
use crate::state::{Command, PilotCommand, RunCommand, State};

/// Flying by hand.
pub(super) fn piloting() -> [Action; 5] {
    let rate = |id: &'static str, label: &'static str, factor: f64, key: Key| {
        action(
            id,
            label,
            "The learning rate of the selected run, by a tenth; flying by hand from this step on.",
            move |state| pilot_rate(state, factor),
        )
        .when(|state| is_under_hand(state) && has_rate(state))
        .plain(key)
    };
    let coefficient = |id: &'static str, label: &'static str, factor: f64, key: Key| {
        let help = "The momentum coefficient of the selected run, where 1 − β changes by a quarter; flying by hand from this step on.";
        action(id, label, help, move |state| pilot_coefficient(state, factor))
            .when(|state| is_under_hand(state) && has_coefficient(state))
            .key(Modifiers::SHIFT, key)
    };
    [
        action(
            "pilot",
            "Fly by hand",
            "Flies the selected run by hand: fog on, its learning rate and momentum coefficient under the slider and the keys while it plays. What you change belongs to the run. The score is gradient evaluations, par that of the best tuned method.",
            |state| Command::Pilot(if state.pilot.is_some() { PilotCommand::Stop } else { PilotCommand::Start }),
        )
        .named(|state| if state.pilot.is_some() { "End the flight" } else { "Fly by hand" }.to_owned())
        .key(Modifiers::SHIFT, Key::G)
        .menu(Menu::Run, 5),
        rate("pilot rate up", "Larger learning rate", 1.1, Key::ArrowUp),
        rate("pilot rate down", "Smaller learning rate", 1.0 / 1.1, Key::ArrowDown),
        coefficient("pilot beta up", "Larger momentum coefficient", 0.8, Key::ArrowUp),
        coefficient("pilot beta down", "Smaller momentum coefficient", 1.25, Key::ArrowDown),
    ]
}

fn is_flown(state: &State) -> bool {
    state.pilot.is_some_and(|pilot| !pilot.has_landed)
}

/// Whether the keys act on the run: after a flight it stays what it was, and what a class is asked about stays, too.
fn is_under_hand(state: &State) -> bool {
    is_flown(state) || state.pilot.is_none() && state.predictions.asked().is_none()
}

fn has_rate(state: &State) -> bool {
    state.document.card(state.selected).is_some_and(|card| card.optimizer.entry.rate_index().is_some())
}

fn has_coefficient(state: &State) -> bool {
    state.document.card(state.selected).is_some_and(|card| card.optimizer.coefficient_index().is_some())
}

/// A parameter of the selected run at the playhead.
fn parameter_now(state: &State, index: fn(&Choice) -> Option<usize>) -> Option<(usize, f64)> {
    let card = state.document.card(state.selected)?;
    let index = index(&card.optimizer)?;
    Some((index, state.document.parameters_at(card, state.shown_step())[index]))
}

/// The rate of the selected run times a factor, in flight from the playhead on.
fn pilot_rate(state: &State, factor: f64) -> Command {
    let (parameter, rate) = parameter_now(state, |choice| choice.entry.rate_index()).unwrap_or_default();
    // Four digits are what is read, and what stands in the schedule.
    let value = format!("{:.3e}", rate * factor).parse().unwrap_or(rate * factor);
    let card = state.selected;
    Command::Runs(if is_flown(state) {
        RunCommand::SetParameterFromHere { card, parameter, value }
    } else {
        RunCommand::SetParameter { card, parameter, value }
    })
}

/// Its momentum coefficient, so that 1 − β is times a factor.
fn pilot_coefficient(state: &State, factor: f64) -> Command {
    let (_, beta) = parameter_now(state, Choice::coefficient_index).unwrap_or_default();
    let value = (1.0 - (1.0 - beta) * factor).clamp(0.0, 0.999);
    Command::Runs(RunCommand::SetCoefficient { card: state.selected, value })
}
