//! The controls of the race: the criterion, the rates and the chart above the table, the number of weights below it.

use egui::{Button, Label, RichText, Role, TextStyle, Ui, WidgetInfo};

use super::copied::{self, Form};
use super::is_picture;
use crate::drawing::ink::Ink;
use crate::landscapes::InputError;
use crate::numbers::numerals::{number, parameter, rough};
use crate::optimizers::CostModel;
use crate::state::{
    CardId, Command, CompareChange, CompareChart, CompareChoice, Comparison, DocumentCommand, RaceRates, RunCommand,
    State, Until, ViewCommand,
};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read_coordinate, spelled};
use crate::ui::widgets::row::{declare_menu, menu_of_controls, named_row, small_button_width, small_menu, small_width};
use crate::ui::widgets::track::{self, Slide, Track};

/// Where the window and the command line differ.
const USUAL: &str = "At first loss − f* ≤ 10⁻⁶; the command line takes ‖∇f‖ ≤ 10⁻⁶ where it is not said.";
const WEIGHTS: &str = "number of weights n";
const WEIGHTS_HELP: &str = "For how many weights costs are given, from 2 to 10¹². The walks stay those of the weights there are: what changes is the price of a Hessian against that of a gradient.";
const FACTOR_HELP: &str = "What a product of the Hessian with a vector costs, in gradients, from 2 to 5: forward over reverse mode takes about 2.5. A Hessian is n of them.";
const MEASURED_HELP: &str = "Measured on this machine, on this loss with the few weights it has: one pass of second-order jets, which has Hv for every v, in gradients. The band from 2 to 5 is for networks.";
/// Why it may lie below the band.
const BELOW_BAND: &str = "Less than 2, as a second derivative of so small a formula is hardly more work than calling it: with many weights it is not.";
const TAKE_OVER_HELP: &str = "Sets the learning rate of every run, and its β where that is tuned, to what it races with: then the picture and Play show that race. Undo gives back the rates that were set.";
const COPY_HELP: &str = "Copies the table, with every column, to the clipboard; or the command line with the same limits, as that has others where none are given.";
const MENU_HELP: &str =
    "All that is chosen for the race: until when, with which rates, what the chart shows, and what a Hessian costs.";
/// The button that sets the rates to those of the race.
pub(super) const PLAY: &str = "Play these rates";
/// What plays, where there is little room.
pub(super) const PLAYED_IN_BRIEF: &str = "Played: as set.";
/// The switch of equal work.
const EQUAL_WORK: &str = "equal work";
const EQUAL_WORK_HELP: &str = "Where the selected run stands has cost it some work. On: every other run is shown where the same work, with n weights, has brought it; a run of dear steps waits while one of cheap steps walks. The run of the cheapest steps is selected for that. Off: all are shown at the same step.";
/// The width of a field, in heights of a letter.
const FIELD: f32 = 5.0;
/// The width of the field of the tolerance where room is little.
const LEAST_FIELD: f32 = 3.6;
/// The width of the field of the Hessian–vector product, in heights of a letter.
const FACTOR: f32 = 2.4;
/// The width of the label of that field, in heights of a letter.
const LABEL: f32 = 2.2;
/// The least length of the track beside them.
const LEAST_TRACK: f32 = 5.0;

fn change(change: CompareChange) -> Command {
    Command::View(ViewCommand::Compare(change))
}

/// The row above the table: until when, with which rates, which chart, and the menu of copies.
pub(super) fn criterion_ui(state: &State, comparison: &Comparison<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let choice = &state.view.scene.compare;
    let is_below = Factor::of(state, ui).is_below;
    let words = RowWords::fitting(state, is_below, ui);
    // What has no room beside the rest stands below it.
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let until_help = format!("{} {USUAL}", choice.until.help());
        small_menu(ui, "criterion of the race", &words.until, &until_help, |ui| until_ui(state, ui, commands));
        tolerance_ui(state, words.field, ui, commands);
        small_menu(ui, "rates of the race", words.rates, choice.rates.help(), |ui| {
            rates_ui(state, ui, commands);
            ui.separator();
            take_over_ui(comparison, ui, commands);
        });
        if has_seeds(state) {
            seeds_ui(state, ui, commands);
        }
        small_menu(ui, "chart of the race", choice.chart.title(), choice.chart.help(), |ui| {
            charts_ui(state, ui, commands);
        });
        small_menu(ui, "copy the table", words.copy, COPY_HELP, |ui| copies_ui(state, comparison, ui));
        if !is_below {
            factor_ui(state, ui, commands);
        }
    });
}

/// The words of the row, as long as they have room in it.
struct RowWords {
    until: String,
    rates: &'static str,
    copy: &'static str,
    /// The width of the tolerance, in heights of a letter.
    field: f32,
}

impl RowWords {
    /// The longest that have room in one line, or else the shortest.
    fn fitting(state: &State, is_below: bool, ui: &Ui) -> Self {
        let choice = &state.view.scene.compare;
        let words = |is_short: [bool; 3]| {
            let until =
                if is_short[0] { choice.until.title().to_owned() } else { format!("until {}", choice.until.title()) };
            let (copy, field) = if is_short[2] { ("⋯", LEAST_FIELD) } else { ("Copy", FIELD) };
            let rates = if is_short[1] { choice.rates.brief() } else { choice.rates.title() };
            Self { until, rates, copy, field }
        };
        let forms = [[false; 3], [true, false, false], [true, true, false], [true; 3]];
        let room = ui.available_width();
        let fitting = forms.map(words).into_iter().find(|words| words.width(state, is_below, ui) <= room);
        fitting.unwrap_or_else(|| words([true; 3]))
    }

    /// The width of the row with them.
    fn width(&self, state: &State, is_below: bool, ui: &Ui) -> f32 {
        let choice = &state.view.scene.compare;
        let (line, gap) = (ui.text_style_height(&TextStyle::Small), ui.spacing().item_spacing.x);
        let menus = [self.until.as_str(), self.rates, choice.chart.title(), self.copy];
        let menus = menus.map(|title| small_button_width(ui, &format!("{title} ▾")) + gap).into_iter().sum::<f32>();
        let sign = if choice.until == Until::Budget { "∇f" } else { "≤" };
        let seeds = if has_seeds(state) { small_width(ui, "seeds") + FACTOR * line + 2.0 * gap } else { 0.0 };
        let factor = if is_below { 0.0 } else { Factor::of(state, ui).wide };
        menus + small_width(ui, sign) + gap + self.field * line + seeds + factor
    }
}

fn has_seeds(state: &State) -> bool {
    state.document.cards.iter().any(|card| !card.ghost && card.optimizer.is_random())
}

/// An entry for each of some choices, one of which is chosen.
macro_rules! entries {
    ($ui:ident, $all:ident, $chosen:expr, $commands:ident, $change:path) => {
        for one in $all::ALL {
            if $ui.selectable_label(one == $chosen, one.title()).hint(one.help()).clicked() {
                $commands.push(change($change(one)));
                $ui.close();
            }
        }
    };
}

fn until_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    entries!(ui, Until, state.view.scene.compare.until, commands, CompareChange::Until);
}

fn rates_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    entries!(ui, RaceRates, state.view.scene.compare.rates, commands, CompareChange::Rates);
}

fn charts_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    entries!(ui, CompareChart, state.view.scene.compare.chart, commands, CompareChange::Chart);
}

fn copies_ui(state: &State, comparison: &Comparison<'_>, ui: &mut Ui) {
    for form in Form::ALL {
        if ui.button(form.title()).clicked() {
            ui.ctx().copy_text(copied::text(state, comparison, form));
            ui.close();
        }
    }
}

/// All of the row in one menu, where it has no room above the table: what is raced for on its button, in a width if it has room there.
pub(super) fn menu_ui(
    state: &State,
    comparison: &Comparison<'_>,
    width: f32,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let criterion = criterion_in_words(state);
    // The sentence who wins does not say until what.
    let brief = criterion.strip_prefix("until ").unwrap_or(&criterion).to_owned();
    let titles = [criterion, brief, "Race".to_owned()].map(|title| format!("{title} ▾"));
    let title = titles.iter().find(|title| small_width(ui, title) <= width).unwrap_or(&titles[2]);
    let button = ui.add(Button::new(RichText::new(title).small()).small()).hint(MENU_HELP);
    declare_menu(ui, &button, "race", &criterion_in_words(state));
    menu_of_controls(&button, |ui| {
        named_row(ui, "until", |ui| {
            until_ui(state, ui, commands);
            tolerance_ui(state, FIELD, ui, commands);
        });
        named_row(ui, "rates", |ui| rates_ui(state, ui, commands));
        named_row(ui, "", |ui| take_over_ui(comparison, ui, commands));
        if has_seeds(state) {
            named_row(ui, "", |ui| seeds_ui(state, ui, commands));
        }
        named_row(ui, "chart", |ui| charts_ui(state, ui, commands));
        named_row(ui, "copy", |ui| copies_ui(state, comparison, ui));
        named_row(ui, "", |ui| factor_ui(state, ui, commands));
    });
}

/// "until loss − f* ≤ 10⁻⁶".
pub(super) fn criterion_in_words(state: &State) -> String {
    let choice = &state.view.scene.compare;
    match choice.until {
        Until::Budget => format!("budget {} ∇f", rough(choice.budget)),
        until => format!("until {} ≤ {}", until.title(), rough(choice.tolerance)),
    }
}

/// How many seeds.
fn seeds_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    const HELP: &str = "A walk for each of this many seeds, of the methods that draw random numbers: the row has their means, and steps their standard deviation.";
    let name = "seeds of the race";
    ui.label(RichText::new("seeds").small()).hint(HELP);
    let width = FACTOR * ui.text_style_height(&TextStyle::Small);
    let shown = state.view.scene.compare.seeds.to_string();
    if let Some(text) = (NumberField { name, help: HELP, shown, width }).show(ui) {
        let range = [1.0, f64::from(CompareChoice::MOST_SEEDS)];
        let read = read_coordinate(name, &text).and_then(|value| within(name, value.round(), range));
        push_read(read, commands, |value| change(CompareChange::Seeds(value as u32)));
    }
}

/// Sets the runs to the rates with which they race, so that they can be played.
fn take_over_ui(comparison: &Comparison<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let text = Button::new("set the runs to these rates");
    if ui.add_enabled(comparison.race.is_finished(), text).hint(TAKE_OVER_HELP).clicked() {
        take_over(comparison, commands);
        ui.close();
    }
}

fn take_over(comparison: &Comparison<'_>, commands: &mut Vec<Command>) {
    let of_row = |(place, card): (usize, &CardId)| {
        let choice = comparison.optimizer(place)?;
        let parameters = choice.entry.rate_index().into_iter().chain(choice.coefficient_index());
        Some(parameters.map(|index| (*card, index, choice.parameters[index])).collect::<Vec<_>>())
    };
    let values = comparison.cards.iter().enumerate().filter_map(of_row).flatten().collect();
    commands.push(Command::Document(DocumentCommand::TakeOver(values)));
}

/// What plays, where the runs race with other rates than those with which they are played.
pub(super) fn played(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let is_other = !is_picture(state) && comparison.race.is_finished() && races_otherwise(state, comparison);
    is_other
        .then(|| format!("Table: rates {}. Picture and Play: rates as set.", state.view.scene.compare.rates.title()))
}

/// That, and a way to play what races.
pub(super) fn played_ui(
    state: &State,
    comparison: &Comparison<'_>,
    (played, is_brief): (&str, bool),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let shown = if is_brief { PLAYED_IN_BRIEF } else { played };
    let color = theme::color(Ink::Accent.text(state.view.chrome.theme));
    let label = ui.label(RichText::new(shown).small().color(color));
    if is_brief {
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, played));
        label.hint(played);
    }
    let button = Button::new(RichText::new(PLAY).small());
    if ui.add(if is_brief { button.small() } else { button }).hint(TAKE_OVER_HELP).clicked() {
        take_over(comparison, commands);
    }
}

/// Whether a run races with a rate, or a β, that is not that of its card.
fn races_otherwise(state: &State, comparison: &Comparison<'_>) -> bool {
    comparison.cards.iter().enumerate().any(|(place, id)| {
        let pair = state.document.card(*id).zip(comparison.optimizer(place));
        pair.is_some_and(|(card, choice)| {
            let parameters = choice.entry.rate_index().into_iter().chain(choice.coefficient_index());
            parameters.into_iter().any(|place| card.optimizer.parameters[place] != choice.parameters[place])
        })
    })
}

/// The tolerance, or the budget, in a field this many letters wide.
fn tolerance_ui(state: &State, letters: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let choice = &state.view.scene.compare;
    let is_budget = choice.until == Until::Budget;
    let (name, value, sign) = if is_budget {
        ("budget of the race", choice.budget, "")
    } else {
        ("tolerance of the race", choice.tolerance, "≤")
    };
    if !sign.is_empty() {
        ui.label(RichText::new(sign).small());
    }
    let width = letters * ui.text_style_height(&TextStyle::Small);
    let field = NumberField { name, help: choice.until.help(), shown: spelled(value), width };
    if let Some(text) = field.show(ui) {
        let read = read_coordinate(name, &text).and_then(|value| positive(name, value));
        push_read(read, commands, |value| {
            change(if is_budget { CompareChange::Budget(value) } else { CompareChange::Tolerance(value) })
        });
    }
    if is_budget {
        ui.label(RichText::new("∇f").small()).hint(choice.until.help());
    }
}

fn positive(name: &str, value: f64) -> Result<f64, InputError> {
    if value > 0.0 {
        Ok(value)
    } else {
        Err(InputError::Data(format!("the {name} cannot be {}: it must be above 0", number(value))))
    }
}

/// What a picture says instead of the controls.
pub(super) fn chosen_ui(state: &State, ui: &mut Ui) {
    let choice = &state.view.scene.compare;
    let model = choice.model;
    let text = format!(
        "{}; rates {}; n = {} weights, a Hessian–vector product costs {} gradients",
        criterion_in_words(state),
        choice.rates.title(),
        rough(model.weights),
        parameter(model.hessian_vector)
    );
    ui.add(Label::new(theme::muted(text).small()).wrap());
}

/// The slider of the number of weights, and what a Hessian–vector product costs; nothing in a picture.
pub(super) fn weights_ui(state: &State, comparison: &Comparison<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    if is_picture(state) {
        return;
    }
    let model = state.view.scene.compare.model;
    let has_factor = Factor::of(state, ui).is_below;
    ui.horizontal(|ui| {
        ui.label(theme::strong("n").text_style(TextStyle::Small)).hint(WEIGHTS_HELP);
        let Factor { taken, wide, field, .. } = Factor::of(state, ui);
        let width = (ui.available_width() - taken - if has_factor { wide } else { 0.0 }).max(1.0);
        let track = Track::between(CostModel::WEIGHTS);
        let slid = Slide { track, value: model.weights, snaps: &[], name: WEIGHTS, width }.show(ui);
        track::paint(ui, &slid, track.share(model.weights));
        if let Some(weights) = slid.moved {
            commands.push(change(CompareChange::Weights(weights)));
        }
        let name = format!("{WEIGHTS}, as a number");
        let shown = spelled(model.weights);
        if let Some(text) = (NumberField { name: &name, help: WEIGHTS_HELP, shown, width: field }).show(ui) {
            let read = read_coordinate(WEIGHTS, &text).and_then(|value| within(WEIGHTS, value, CostModel::WEIGHTS));
            push_read(read, commands, |value| change(CompareChange::Weights(value)));
        }
        if has_factor {
            factor_ui(state, ui, commands);
        }
        equal_work_ui(state, comparison, ui, commands);
    });
}

/// The room of what a Hessian–vector product costs.
struct Factor {
    /// Whether it stands beside the number of weights, below the table: in little room it stands beside the menus above.
    is_below: bool,
    /// Its width.
    wide: f32,
    /// The width of the field of the number of weights.
    field: f32,
    /// The width of all that stands beside it and the track.
    taken: f32,
}

impl Factor {
    fn of(state: &State, ui: &Ui) -> Self {
        let line = ui.text_style_height(&TextStyle::Small);
        let gap = ui.spacing().item_spacing.x;
        let field = FIELD * line;
        let measured =
            state.derived.product_cost().map_or(0.0, |_| small_button_width(ui, &measured_words(state, 0.0)) + gap);
        let wide = (FACTOR + LABEL) * line + 2.0 * gap + measured;
        let taken = field + small_button_width(ui, EQUAL_WORK) + 2.0 * gap;
        Self { is_below: ui.available_width() - taken - wide > LEAST_TRACK * line, wide, field, taken }
    }
}

/// What a Hessian–vector product costs.
fn factor_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let line = ui.text_style_height(&TextStyle::Small);
    let factor = state.view.scene.compare.model.hessian_vector;
    ui.add(Label::new(RichText::new("Hv ×").small()).selectable(false)).hint(FACTOR_HELP);
    let name = "Hessian–vector product in gradients";
    let measured = state.derived.product_cost().map(|measured| {
        let [least, _] = CostModel::HESSIAN_VECTOR;
        let why = if measured < least { BELOW_BAND } else { "" };
        (measured_words(state, measured), format!("{MEASURED_HELP} {why}").trim_end().to_owned())
    });
    // What was measured stays in one line with the field, or in its tooltip.
    let taken = FACTOR * line + ui.spacing().item_spacing.x;
    let beside = if Factor::of(state, ui).is_below { small_button_width(ui, EQUAL_WORK) } else { 0.0 };
    let left = ui.available_size_before_wrap().x - taken - beside;
    let (shown, hidden) = match measured {
        Some(measured) if small_button_width(ui, &measured.0) < left => (Some(measured), None),
        other => (None, other),
    };
    let help = hidden.map_or_else(|| FACTOR_HELP.to_owned(), |(text, why)| format!("{FACTOR_HELP} {text}. {why}"));
    let field = NumberField { name, help: &help, shown: spelled(factor), width: FACTOR * line };
    if let Some(text) = field.show(ui) {
        let read = read_coordinate(name, &text).and_then(|value| within(name, value, CostModel::HESSIAN_VECTOR));
        push_read(read, commands, |value| change(CompareChange::HessianVector(value)));
    }
    if let Some((text, help)) = shown {
        ui.label(theme::muted(text).small()).hint(help);
    }
}

/// "1.2 at n = 2": what a product was measured to cost, with the weights there are.
fn measured_words(state: &State, factor: f64) -> String {
    format!("{factor:.1} at n = {}", state.document.landscape.dimension().count())
}

/// Whether the other runs are shown at equal work.
fn equal_work_ui(state: &State, comparison: &Comparison<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let is_on = state.view.scene.compare.equal_work;
    let text = RichText::new(EQUAL_WORK).small();
    let response = ui.add(Button::selectable(is_on, text).frame_when_inactive(true)).hint(EQUAL_WORK_HELP);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_on, "play at equal work"));
    if response.clicked() {
        commands.push(change(CompareChange::EqualWork(!is_on)));
        // Only beside the run of the cheapest steps the others are seen to wait.
        if let Some(card) = comparison.cheapest().filter(|_| !is_on) {
            commands.push(Command::Runs(RunCommand::Select(card)));
        }
    }
}

fn within(name: &str, value: f64, [least, most]: [f64; 2]) -> Result<f64, InputError> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let [value, least, most] = [value, least, most].map(parameter);
    Err(InputError::Data(format!("the {name} cannot be {value}: it lies between {least} and {most}")))
}
