//! A flight by hand, instead of the sentence and its bars: what is flown, the goal, the score and par.

use egui::{Label, Ui};

use super::column;
use crate::numbers::numerals::{counted, number};
use crate::optimizers::Choice;
use crate::state::{Chrome, Command, Flight, PilotCommand, PilotGoal, PlayCommand, State};
use crate::ui::theme::{self, TypeScale};
use crate::ui::widgets::hint::Hint as _;

/// Room at the right for the bar by which it scrolls, also where it does not, so that its height does not depend on that; in points.
const BAR: f32 = 8.0;

/// Before a class its letters are no larger than these beside the page of a lesson, which leaves it half of the width.
const BESIDE_PAGE: TypeScale = TypeScale::Large;

/// The panel; it scrolls where it has too little room. Returns by how much its content is higher than its room, in points; negative if
/// it is lower.
pub fn pilot_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) -> f32 {
    let Some(flight) = state.flight() else { return 0.0 };
    let Chrome { theme, type_scale, .. } = state.view.chrome;
    if state.lesson().is_some() && type_scale.factor() > BESIDE_PAGE.factor() {
        theme::set_in(ui, theme, BESIDE_PAGE);
    }
    let room = ui.available_size();
    let shown = column(ui).id_salt("pilot").show(ui, |ui| {
        ui.set_max_width((room.x - BAR).max(0.0));
        ui.add(Label::new(theme::strong(flown(state, &flight)).heading()).wrap());
        ui.add(Label::new(score(state, &flight)).wrap());
        ui.horizontal_wrapped(|ui| {
            if flight.is_ready {
                let begin = ui.add(theme::primary_button(state.view.chrome.theme, "Begin (Space)"));
                if begin.hint("Begins the flight: the run plays, and what you change acts from there on.").clicked() {
                    commands.push(Command::Play(PlayCommand::Toggle));
                }
            }
            let again = "Flies again from the start, without what was changed on the way (Esc ends the flight).";
            if ui.button("Again").hint(again).clicked() {
                commands.push(Command::Pilot(PilotCommand::Again));
            }
            if ui.button("End the flight").hint("Ends the flight: the run stays as it was flown (Shift+G).").clicked() {
                commands.push(Command::Pilot(PilotCommand::Stop));
            }
            let help = "Copies the learning rate and the momentum coefficient of every step as a table: step,lr,beta.";
            if ui.button("Copy the schedule").hint(help).clicked()
                && let Some(schedule) = state.schedule_csv()
            {
                ui.ctx().copy_text(schedule);
            }
        });
        // Whoever knew par would stop at it.
        if flight.has_landed || flight.reached.is_some() {
            ui.horizontal_wrapped(|ui| {
                let help = "The best of all methods that draw no random numbers, each at its best rate, on a path that stays within the picture.";
                ui.add(Label::new(par(state)).wrap()).hint(help);
                let has_par = state.derived.par().is_some_and(|par| par.best.is_some());
                let help = "Ends the flight, and adds the run of par beside the one that was flown: its path is real.";
                if has_par && ui.button("Show its path").hint(help).clicked() {
                    commands.push(Command::Pilot(PilotCommand::ShowPar));
                }
            });
        }
    });
    shown.content_size.y - room.y
}

/// The parameters under the hand, and how far it has come.
fn flown(state: &State, flight: &Flight) -> String {
    let card = state.document.card(state.selected);
    let parameters = card.map(|card| (card, state.document.parameters_at(card, flight.step)));
    let said = |index: Option<usize>, keys: &str| {
        let (card, parameters) = parameters.as_ref()?;
        let index = index?;
        Some(format!("{} = {} ({keys})", card.optimizer.entry.parameters[index].symbol, number(parameters[index])))
    };
    let choice = card.map(|card| &card.optimizer);
    let rate = said(choice.and_then(|choice| choice.entry.rate_index()), "↑ ↓");
    let beta = said(choice.and_then(Choice::coefficient_index), "Shift+↑ ↓");
    [rate, beta].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The goal and the score; the goal in full before the flight, when there is time to read it.
fn score(state: &State, flight: &Flight) -> String {
    let Some(goal) = state.derived.goal() else { return "The goal: the minima are still being searched.".to_owned() };
    let [goal, of] = match goal {
        PilotGoal::Loss(most) => {
            [format!("loss ≤ {}", number(most)), "the start’s height above the lowest known minimum".to_owned()]
        }
        PilotGoal::Gradient(most) => [format!("‖∇f‖ ≤ {}", number(most)), "that at the start".to_owned()],
    };
    match flight.reached {
        Some((step, gradients)) => format!("Goal ({goal}) reached at step {step} with {}.", spent(gradients)),
        None if flight.is_ready => format!("The goal: {goal}, 0.1 % of {of}."),
        None if flight.has_landed => {
            format!("The flight is over after {}, and the goal was not reached: {goal}.", spent(flight.gradients))
        }
        None => format!("The goal: {goal}. So far {}.", spent(flight.gradients)),
    }
}

/// "3 gradient evaluations"; where a method asks for values or Hessians, too, they count by their share of a gradient.
fn spent(gradients: f64) -> String {
    if gradients.fract() == 0.0 {
        counted(gradients as usize, "gradient evaluation")
    } else {
        format!("{} gradient evaluations", number(gradients))
    }
}

/// What the best method needs.
fn par(state: &State) -> String {
    let Some(par) = state.derived.par() else { return String::new() };
    let tried =
        if par.tried < par.of { format!(" ({} of {} methods tried)", par.tried, par.of) } else { String::new() };
    match par.best {
        Some((choice, gradients)) => {
            let said = |index: usize| {
                format!("{} = {}", choice.entry.parameters[index].symbol, number(choice.parameters[index]))
            };
            let tuned = [choice.entry.rate_index(), choice.coefficient_index()].into_iter().flatten();
            let tuned = tuned.map(said).collect::<Vec<_>>().join(", ");
            let with = if tuned.is_empty() { tuned } else { format!(" with {tuned}") };
            format!("Par: {} by {}{with}{tried}", spent(gradients), choice.entry.name)
        }
        None if par.tried < par.of => format!("Par is being found{tried}"),
        None => "No method reaches the goal from here".to_owned(),
    }
}
