//! The controls above the chart: the quantity, the scales of both axes, and f*.

use egui::{Button, Color32, Label, Popup, PopupCloseBehavior, Response, RichText, TextStyle, Ui};

use crate::drawing::loss_chart::{ChartAxis, ChartChange, ChartChoice, ChartScale, Floor, Ruler, StepQuantity};
use crate::state::{Command, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read_coordinate, spelled};
use crate::ui::widgets::row::{declare_menu, fits};

const FLOOR_HELP: &str = "f*: what is taken from the loss. Empty it for the lowest known minimum.";

/// The width of the field of f*, in heights of a letter.
const FIELD: f32 = 4.6;

/// In less room than this, in points at normal type, the axes share a menu.
const ROOMY: f32 = 640.0;

/// The row of them; the scale is the one that is shown, a ruler would first be laid there, and what is read of the selected run stands
/// at its end, if it is given.
pub(super) fn controls_ui(
    state: &State,
    shown: ChartScale,
    reading: Option<&str>,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    if state.view.chrome.exported.is_some() {
        return;
    }
    let chart = state.view.scene.chart;
    let quantities = StepQuantity::ALL.map(|quantity| Entry {
        value: quantity,
        title: quantity.title(),
        help: quantity.help().to_owned(),
        enabled: !state.view.in_fog() || quantity.is_seen_in_fog(),
    });
    let k = theme::factor_in(ui);
    // All of it in one row, so that the chart has its height.
    let is_roomy = ui.available_width() > ROOMY * k;
    let row = |ui: &mut Ui| {
        let button = menu(ui, "quantity of the chart", chart.quantity, &quantities, "");
        Popup::menu(&button).show(|ui| {
            if let Some(quantity) = choose(ui, chart.quantity, &quantities) {
                commands.push(Command::View(ViewCommand::Chart(ChartChange::Quantity(quantity))));
                ui.close();
            }
        });
        let axes = Axes::of(state, shown);
        let room = reading.map_or(0.0, |text| width_of(text, ui) + 2.0 * ui.spacing().item_spacing.x);
        if is_roomy {
            axes.row_ui(ui, commands);
        } else {
            axes.menu_ui(room, ui, commands);
        }
        if let Some(text) = reading {
            ui.add(Label::new(theme::strong(text).small()).truncate());
        }
    };
    ui.horizontal(row);
}

fn width_of(text: &str, ui: &Ui) -> f32 {
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// What can be chosen of the axes.
struct Axes {
    chart: ChartChoice,
    shown: ChartScale,
    scales: [Entry<ChartScale>; ChartScale::ALL.len()],
    against: [Entry<ChartAxis>; ChartAxis::ALL.len()],
    /// f*, or why there is none, where it counts.
    floor: Option<Result<Floor, String>>,
}

impl Axes {
    fn of(state: &State, shown: ChartScale) -> Self {
        let chart = state.view.scene.chart;
        let floor = state.derived.floor(&state.view);
        let is_above = chart.scale == ChartScale::LogAbove && chart.quantity.is_loss() && !state.view.in_fog();
        Self {
            chart,
            shown,
            scales: scales(chart.quantity, &floor),
            against: ChartAxis::ALL.map(|axis| Entry {
                value: axis,
                title: axis.title(),
                help: axis.help().to_owned(),
                enabled: true,
            }),
            floor: Some(floor).filter(|_| is_above),
        }
    }

    /// A menu for each, side by side.
    fn row_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let button = menu(ui, "scale of the chart", self.shown, &self.scales, "");
        Popup::menu(&button).show(|ui| {
            if let Some(scale) = choose(ui, self.shown, &self.scales) {
                commands.push(Command::View(ViewCommand::Chart(ChartChange::Scale(scale))));
                ui.close();
            }
        });
        let button = menu(ui, "x axis of the chart", self.chart.against, &self.against, "against ");
        Popup::menu(&button).show(|ui| {
            if let Some(axis) = choose(ui, self.chart.against, &self.against) {
                commands.push(Command::View(ViewCommand::Chart(ChartChange::Against(axis))));
                ui.close();
            }
        });
        self.log_x_ui(ui, commands);
        self.guides_ui(ui, commands);
        self.ruler_ui(ui, commands);
        self.floor_ui(ui, commands);
    }

    /// All of them in one menu, which says what is chosen where that fits and leaves so much room.
    fn menu_ui(&self, reserved: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
        let (scale, axis) = (self.shown.title(), self.chart.against.title());
        let words = format!("{scale}, {} {axis} ▾", if self.chart.log_x { "log of" } else { "against" });
        let padding = 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x;
        let text = if fits(ui, &words, ui.available_width() - padding - reserved) {
            words.clone()
        } else {
            "Axes ▾".to_owned()
        };
        let button = ui.add(Button::new(RichText::new(text).small()));
        let button = button.hint("The scales of both axes, and what the x axis counts.");
        declare_menu(ui, &button, "axes of the chart", words.trim_end_matches(" ▾"));
        Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            if let Some(scale) = choose(ui, self.shown, &self.scales) {
                commands.push(Command::View(ViewCommand::Chart(ChartChange::Scale(scale))));
            }
            ui.separator();
            if let Some(axis) = choose(ui, self.chart.against, &self.against) {
                commands.push(Command::View(ViewCommand::Chart(ChartChange::Against(axis))));
            }
            self.log_x_ui(ui, commands);
            self.guides_ui(ui, commands);
            self.ruler_ui(ui, commands);
            ui.horizontal(|ui| self.floor_ui(ui, commands));
        });
    }

    fn log_x_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let mut log_x = self.chart.log_x;
        let help = "A logarithmic x axis: with a logarithmic y axis a power of the step is a straight line.";
        if ui.checkbox(&mut log_x, RichText::new("log x").small()).hint(help).changed() {
            commands.push(Command::View(ViewCommand::Chart(ChartChange::LogX(log_x))));
        }
    }

    /// Guide lines, where the scale has a place for them.
    fn guides_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let fits =
            self.chart.against == ChartAxis::Steps && self.shown != ChartScale::Linear && self.chart.quantity.is_loss();
        if !fits {
            return;
        }
        let mut on = self.chart.guides;
        let help = "Guide lines of the selected run, by the theorems on quadratics: they begin at the step from which on its curvature is nearly that of the minimum, and stay there. For a method of second order the digits double; on a log x axis 1/k or 1/k², where the loss is convex.";
        if ui.checkbox(&mut on, RichText::new("guides").small()).hint(help).changed() {
            commands.push(Command::View(ViewCommand::Chart(ChartChange::Guides(on))));
        }
    }

    fn ruler_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let mut on = self.chart.ruler.is_some();
        let help = "A ruler along the selected run: drag its ends, and its slope is read. On logarithms of both axes that is the power of the steps, on a logarithmic y axis the factor of a step. An end clings to the run (Alt: free). On another axis it lies along the run again.";
        if ui.checkbox(&mut on, RichText::new("ruler").small()).hint(help).changed() {
            commands.push(Command::View(ViewCommand::Chart(ChartChange::Ruler(on.then_some(Ruler::ALONG)))));
        }
    }

    /// f* as a number, typed or found.
    fn floor_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let Some(floor) = &self.floor else { return };
        let help = match floor {
            Ok(floor) => format!("{FLOOR_HELP} Now {}.", floor.note()),
            Err(why) => format!("{FLOOR_HELP} Now there is none: {why}."),
        };
        ui.label(RichText::new("f*").small()).hint(&help);
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

/// What can be chosen.
struct Entry<T> {
    value: T,
    title: &'static str,
    help: String,
    enabled: bool,
}

/// The button of a menu, with what is chosen.
fn menu<T: Copy + PartialEq>(ui: &mut Ui, name: &str, chosen: T, entries: &[Entry<T>], before: &str) -> Response {
    let shown = entries.iter().find(|entry| entry.value == chosen);
    let title = shown.map_or("", |entry| entry.title);
    let button = ui.add(Button::new(RichText::new(format!("{before}{title} ▾")).small()));
    let button = button.hint(shown.map_or("", |entry| entry.help.as_str()));
    declare_menu(ui, &button, name, title);
    button
}

/// The entries below each other; the one that was just chosen.
fn choose<T: Copy + PartialEq>(ui: &mut Ui, chosen: T, entries: &[Entry<T>]) -> Option<T> {
    let mut found = None;
    for entry in entries {
        let label = Button::selectable(entry.value == chosen, entry.title);
        let response = ui.add_enabled(entry.enabled, label);
        if response.hint(&entry.help).clicked() {
            found = Some(entry.value);
        }
    }
    found
}
