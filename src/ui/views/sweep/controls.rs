//! The controls of the sweep: the varied parameters, the quantity, the criterion of arrival, and the number of seeds.

use egui::{RichText, ScrollArea, TextStyle, TextWrapMode, Ui};

use crate::landscapes::{InputError, Parameter};
use crate::numbers::numerals::number;
use crate::optimizers::{Choice, Method};
use crate::state::{
    Command, MOST_SEEDS, State, SweepChange, SweepOver, SweepQuantity, SweepUntil, ViewCommand, sweeps_of,
};
use crate::studies::SweepKey;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read_coordinate, spelled};
use crate::ui::widgets::row::small_menu;

const OVER_HELP: &str =
    "Which parameters are varied: one, as a curve, or two, as a map. η₁ and η₂ are the rates of each weight.";
const SEEDS_HELP: &str = "The method draws random numbers: the run is walked with this many seeds, and bars show the least and the largest loss at the stop.";
/// The height of the menu of parameters, as a share of that of the window.
const MENU: f32 = 0.6;
/// The width of a field, in heights of a letter.
const FIELD: f32 = 3.6;
/// The width of the field of the seeds, in heights of a letter.
const SEEDS: f32 = 2.4;

fn change(change: SweepChange) -> Command {
    Command::View(ViewCommand::Sweep(change))
}

/// The row of them.
pub(super) fn controls_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let choice = &state.view.scene.sweep;
    let shown = choice.quantity_of(state.derived.sweep().as_ref());
    let Some(card) = state.document.card(state.selected) else { return };
    // What has no room beside the rest stands below it.
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if shown != SweepQuantity::RangeTest {
            over_ui(state, &card.optimizer, ui, commands);
        }
        small_menu(ui, "quantity of the sweep", shown.title(), shown.help(), |ui| {
            for quantity in SweepQuantity::ALL {
                let response = ui.selectable_label(quantity == shown, quantity.title());
                if response.hint(quantity.help()).clicked() {
                    commands.push(change(SweepChange::Quantity(quantity)));
                    ui.close();
                }
            }
        });
        if shown == SweepQuantity::RangeTest {
            return;
        }
        let line = ui.text_style_height(&TextStyle::Small);
        if card.optimizer.is_random() {
            seeds_ui(state, SEEDS * line, ui, commands);
        }
        // Beside the seeds the word has no room.
        let word = if card.optimizer.is_random() { "" } else { "until " };
        let title = format!("{word}{} ≤", choice.until.title());
        small_menu(ui, "criterion of the sweep", &title, choice.until.help(), |ui| {
            for until in SweepUntil::ALL {
                if ui.selectable_label(until == choice.until, until.title()).hint(until.help()).clicked() {
                    commands.push(change(SweepChange::Until(until)));
                    ui.close();
                }
            }
        });
        tolerance_ui(state, FIELD * line, ui, commands);
    });
}

/// How a choice of parameters is called: "η × β".
fn title(over: SweepOver, method: &Method) -> String {
    let symbols = std::iter::once(over.x).chain(over.y).filter_map(|key| Some(key.on(method)?.symbol(method)));
    symbols.collect::<Vec<_>>().join(" × ")
}

/// The entry of a choice in the menu: "learning rate η", "η × momentum β".
fn entry(over: SweepOver, method: &Method) -> String {
    let varied = over.y.unwrap_or(over.x);
    let Some(SweepKey::Parameter(place)) = varied.on(method) else {
        return format!("rate for each weight {}", title(over, method));
    };
    let parameter = &method.parameters[place];
    let Parameter { label, symbol, .. } = parameter;
    let says_it = symbol.is_empty() || label.split(' ').any(|word| word == *symbol);
    let name = if says_it { (*label).to_owned() } else { format!("{label} {symbol}") };
    let first = over.x.on(method).filter(|_| over.y.is_some());
    first.map_or_else(|| name.clone(), |first| format!("{} × {name}", first.symbol(method)))
}

/// Whether all that a choice varies does something, by the other parameters of the run.
fn acts(over: SweepOver, optimizer: &Choice) -> bool {
    std::iter::once(over.x).chain(over.y).all(|varied| match varied.on(optimizer.entry) {
        Some(SweepKey::Parameter(place)) => optimizer.acts(place),
        other => other.is_some(),
    })
}

/// Whether it varies what only a second weight has.
fn is_of_second_weight(over: SweepOver, method: &Method) -> bool {
    std::iter::once(over.x).chain(over.y).filter_map(|varied| varied.on(method)).any(|key| match key {
        SweepKey::Parameter(place) => method.parameters[place].of_second_weight,
        SweepKey::WeightRate(_) => true,
    })
}

fn over_ui(state: &State, optimizer: &Choice, ui: &mut Ui, commands: &mut Vec<Command>) {
    let method = optimizer.entry;
    let Some(keys) = state.view.scene.sweep.keys(method) else { return };
    let shown = keys.iter().flatten().map(|key| key.symbol(method)).collect::<Vec<_>>().join(" × ");
    small_menu(ui, "parameters of the sweep", &format!("over {shown}"), OVER_HELP, |ui| {
        // More entries than the window is high are scrolled.
        let height = MENU * ui.ctx().content_rect().height();
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
            let is_one = state.document.landscape.dimension().is_one();
            let is_seen = |over: &SweepOver| acts(*over, optimizer) && !(is_one && is_of_second_weight(*over, method));
            for over in sweeps_of(method).into_iter().filter(is_seen) {
                if ui.selectable_label(title(over, method) == shown, entry(over, method)).clicked() {
                    commands.push(change(SweepChange::Over(over)));
                    ui.close();
                }
            }
        });
    });
}

fn tolerance_ui(state: &State, width: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let choice = &state.view.scene.sweep;
    let name = "tolerance of the sweep";
    let field = NumberField { name, help: choice.until.help(), shown: spelled(choice.tolerance), width };
    if let Some(text) = field.show(ui) {
        let read = read_coordinate(name, &text).and_then(|value| {
            if value > 0.0 {
                return Ok(value);
            }
            Err(InputError::Data(format!("the {name} cannot be {}: it must be above 0", number(value))))
        });
        push_read(read, commands, |value| change(SweepChange::Tolerance(value)));
    }
}

fn seeds_ui(state: &State, width: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let name = "seeds of the sweep";
    ui.label(RichText::new("seeds").small()).hint(SEEDS_HELP);
    let shown = state.view.scene.sweep.seeds.to_string();
    if let Some(text) = (NumberField { name, help: SEEDS_HELP, shown, width }).show(ui) {
        let read = read_coordinate(name, &text).and_then(|value| {
            if (1.0..=f64::from(MOST_SEEDS)).contains(&value) && value.fract() == 0.0 {
                return Ok(value);
            }
            let value = number(value);
            Err(InputError::Data(format!("the {name} cannot be {value}: a whole number from 1 to {MOST_SEEDS}")))
        });
        push_read(read, commands, |value| change(SweepChange::Seeds(value as u32)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_says_words_and_leaves_out_what_does_nothing() {
        let entries = |text: &str| -> Vec<String> {
            let optimizer = Choice::parse(text).unwrap();
            let seen = sweeps_of(optimizer.entry).into_iter().filter(|over| acts(*over, &optimizer));
            seen.map(|over| entry(over, optimizer.entry)).collect()
        };
        let plain = entries("momentum");
        for expected in ["η × momentum β", "rate for each weight η₁ × η₂"] {
            assert!(plain.iter().any(|entry| entry == expected), "{plain:?}");
        }
        let stepped = entries("momentum:schedule=step");
        assert!(stepped.len() > plain.len(), "a schedule has parameters: {stepped:?}");
        assert!(plain.iter().all(|entry| stepped.contains(entry)), "{plain:?}");
    }
}
