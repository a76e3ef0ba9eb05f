//! Above the chart: the quantity, the scales of both axes, and f*.

use egui::{Button, Popup, RichText, TextStyle, Ui};

use crate::drawing::loss_chart::{ChartAxis, ChartChange, ChartScale, Floor, StepQuantity};
use crate::state::{Command, State, ViewCommand};
use crate::ui::widgets::number_field::{NumberField, push_read, read_coordinate, spelled};
use crate::ui::widgets::row::declare_menu;

const FLOOR_HELP: &str = "f*: what is taken from the loss. Empty it for the lowest known minimum.";

/// The width of the field of f*, in heights of a letter.
const FIELD: f32 = 4.6;

/// The row of them, in two rows where it is narrow; the scale is the one that is shown.
pub(super) fn controls_ui(state: &State, shown: ChartScale, ui: &mut Ui, commands: &mut Vec<Command>) {
    let chart = state.view.scene.chart;
    let floor = state.derived.floor(&state.view);
    let quantities = StepQuantity::ALL.map(|quantity| Entry {
        value: quantity,
        title: quantity.title(),
        help: quantity.help().to_owned(),
        enabled: !(state.view.in_fog() && !quantity.is_seen_in_fog()),
    });
    let scales = scales(chart.quantity, &floor);
    let axes = ChartAxis::ALL.map(|axis| Entry {
        value: axis,
        title: axis.title(),
        help: axis.help().to_owned(),
        enabled: true,
    });
    ui.horizontal_wrapped(|ui| {
        let mut change = |change: ChartChange| commands.push(Command::View(ViewCommand::Chart(change)));
        menu(ui, "quantity of the chart", chart.quantity, &quantities, "", |quantity| {
            change(ChartChange::Quantity(quantity));
        });
        menu(ui, "scale of the chart", shown, &scales, "", |scale| change(ChartChange::Scale(scale)));
        menu(ui, "x axis of the chart", chart.against, &axes, "against ", |axis| change(ChartChange::Against(axis)));
        let mut log_x = chart.log_x;
        let text = RichText::new("log x").small();
        let help = "A logarithmic x axis: with a logarithmic y axis a power of the step is a straight line.";
        if ui.checkbox(&mut log_x, text).on_hover_text(help).changed() {
            change(ChartChange::LogX(log_x));
        }
        if chart.scale == ChartScale::LogAbove && chart.quantity.is_loss() && !state.view.in_fog() {
            floor_ui(&floor, ui, commands);
        }
    });
}

/// The scales, that above f* only where there is one.
fn scales(quantity: StepQuantity, floor: &Result<Floor, String>) -> [Entry<ChartScale>; ChartScale::ALL.len()] {
    ChartScale::ALL.map(|scale| {
        let why = match (scale, floor) {
            (ChartScale::LogAbove, _) if !quantity.is_loss() => Some("f* is taken from the loss alone.".to_owned()),
            (ChartScale::LogAbove, Err(why)) => Some(format!("Off, as there is no f*: {why}.")),
            _ => None,
        };
        let enabled = why.is_none();
        Entry { value: scale, title: scale.title(), help: why.unwrap_or_else(|| scale.help().to_owned()), enabled }
    })
}

/// f* as a number, typed or found.
fn floor_ui(floor: &Result<Floor, String>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let help = match floor {
        Ok(floor) => format!("{FLOOR_HELP} Now {}.", floor.note()),
        Err(why) => format!("{FLOOR_HELP} Now there is none: {why}."),
    };
    ui.label(RichText::new("f*").small()).on_hover_text(&help);
    let shown = floor.as_ref().map_or_else(|_| String::new(), |floor| spelled(floor.value));
    let width = FIELD * ui.text_style_height(&TextStyle::Small);
    let field = NumberField { name: "f* of the chart", help: &help, shown, width };
    let Some(text) = field.show(ui) else { return };
    if text.trim().is_empty() {
        return commands.push(Command::View(ViewCommand::Chart(ChartChange::Floor(None))));
    }
    push_read(read_coordinate("f*", &text), commands, |value| {
        Command::View(ViewCommand::Chart(ChartChange::Floor(Some(value))))
    });
}

/// What can be chosen.
struct Entry<T> {
    value: T,
    title: &'static str,
    help: String,
    enabled: bool,
}

/// A menu to choose one of some entries from.
fn menu<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: T,
    entries: &[Entry<T>],
    before: &str,
    mut choose: impl FnMut(T),
) {
    let shown = entries.iter().find(|entry| entry.value == chosen);
    let title = shown.map_or("", |entry| entry.title);
    let button = ui.add(Button::new(RichText::new(format!("{before}{title} ▾")).small()));
    let button = button.on_hover_text(shown.map_or("", |entry| entry.help.as_str()));
    declare_menu(ui, &button, name, title);
    Popup::menu(&button).show(|ui| {
        for entry in entries {
            let label = Button::selectable(entry.value == chosen, entry.title);
            let response = ui.add_enabled(entry.enabled, label);
            let response = response.on_hover_text(&entry.help).on_disabled_hover_text(&entry.help);
            if response.clicked() {
                choose(entry.value);
                ui.close();
            }
        }
    });
}
