//! The controls of the random starts: restarts or tournament, how many, the seed, and for a tournament its methods, losses and budget.

use egui::{Button, ProgressBar, RichText, Role, Sense, TextStyle, Ui, WidgetInfo, vec2};

use crate::landscapes::InputError;
use crate::state::{
    BUDGETS, Command, MOST_RESTART_STEPS, MOST_STARTS, StartsChange, StartsLandscapes, StartsMethods, StartsMode,
    StartsRates, State, StudyCommand, ViewCommand,
};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read_coordinate, spelled};
use crate::ui::widgets::row::{declare_menu, menu_of_controls, named_row, small_menu, small_width};

const COUNT_HELP: &str = "How many starts are drawn from the domain, each place equally likely.";
const SEED_HELP: &str = "The seed from which the starts are drawn: the same seed gives the same starts.";
const STEPS_HELP: &str =
    "After how many steps a walk that has come to no end is left; ends within fewer are where they are.";
const BUDGET_HELP: &str =
    "What each run may ask for, in gradients with two weights: a value is a third of one, a Hessian five.";
const SET_UP_HELP: &str = "Who takes part, on which losses, with which rates, from which starts, and how far.";
/// With less room than this, in points at normal type, what was chosen for a tournament stands in a menu.
const LOW: f32 = 260.0;
/// The width of a field, in heights of a letter.
const FIELD: f32 = 2.8;

fn change(change: StartsChange) -> Command {
    Command::View(ViewCommand::Starts(change))
}

/// The rows of them.
pub(super) fn controls_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let choice = &state.view.scene.starts;
    // Once there is a chart it has the room of what was chosen for it.
    let is_low = ui.available_height() < LOW * theme::factor_in(ui);
    let is_folded = choice.mode == StartsMode::Tournament && is_low && state.derived.tournament().is_some();
    ui.horizontal_wrapped(|ui| {
        for mode in StartsMode::ALL {
            let is_on = mode == choice.mode;
            let text = RichText::new(mode.title()).small();
            let response = ui.add(Button::selectable(is_on, text).frame_when_inactive(true)).hint(mode.help());
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_on, mode.title()));
            if response.clicked() {
                commands.push(change(StartsChange::Mode(mode)));
            }
        }
        let (name, count, most) = match choice.mode {
            StartsMode::Restarts => ("number of starts", choice.restarts, MOST_STARTS[0]),
            StartsMode::Tournament => ("starts on each loss", choice.starts, MOST_STARTS[1]),
        };
        let is_restarts = choice.mode == StartsMode::Restarts;
        let of = |count: usize| if is_restarts { StartsChange::Restarts(count) } else { StartsChange::Starts(count) };
        whole_ui(
            ui,
            ("starts", name, COUNT_HELP),
            count as u64,
            [1, most as u64],
            commands,
            |count| of(count as usize),
        );
        if is_restarts {
            whole_ui(
                ui,
                ("steps", "steps of a restart", STEPS_HELP),
                choice.steps as u64,
                [1, MOST_RESTART_STEPS as u64],
                commands,
                |steps| StartsChange::Steps(steps as usize),
            );
        }
        if !is_folded {
            seed_ui(state, ui, commands);
        }
        if is_restarts {
            let button = ui.add(Button::new(RichText::new("New starts").small()));
            if button.hint("Draws other starts, from the next seed.").clicked() {
                commands.push(change(StartsChange::Seed(choice.seed.wrapping_add(1).min(MOST_SEED))));
            }
        } else {
            begin_ui(state, ui, commands);
            if is_folded {
                set_up_ui(state, ui, commands);
            } else {
                tournament_ui(state, ui, commands);
                budget_ui(state, ui, commands);
            }
            progress_ui(state, ui);
        }
    });
}

/// The seed of the starts.
fn seed_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let what = ("seed", "seed of the starts", SEED_HELP);
    whole_ui(ui, what, state.view.scene.starts.seed, [0, MOST_SEED], commands, StartsChange::Seed);
}

/// Who races where, from which starts, with which rates and how far, in one menu.
fn set_up_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let button = ui.add(Button::new(RichText::new("Set-up ▾").small())).hint(SET_UP_HELP);
    declare_menu(ui, &button, "set-up of the tournament", "Set-up");
    menu_of_controls(&button, |ui| {
        named_row(ui, "methods", |ui| methods_ui(state, ui, commands));
        named_row(ui, "losses", |ui| landscapes_ui(state, ui, commands));
        named_row(ui, "rates", |ui| rates_ui(state, ui, commands));
        named_row(ui, "", |ui| seed_ui(state, ui, commands));
        named_row(ui, "", |ui| budget_ui(state, ui, commands));
    });
}

/// The button that begins the tournament or stops it.
fn begin_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let is_running = state.derived.tournament().is_some_and(|shown| shown.is_running);
    let (text, help, command) = if is_running {
        ("Stop", "Stops the tournament where it is; what is known of it stays.", StudyCommand::StopTournament)
    } else {
        ("Begin", "Begins the tournament: it goes on beside everything else.", StudyCommand::BeginTournament)
    };
    if ui.add(Button::new(RichText::new(text).small())).hint(help).clicked() {
        commands.push(Command::Studies(command));
    }
}

/// Larger ones have more digits than a field tells apart.
const MOST_SEED: u64 = (1 << 53) - 1;

/// Begins another row where what is this wide has no room in the one there is.
fn keep_together(width: f32, ui: &mut Ui) {
    if ui.available_size_before_wrap().x < width {
        ui.end_row();
        // A row is as high as what stands in it first.
        let gap = std::mem::take(&mut ui.spacing_mut().item_spacing.x);
        ui.allocate_exact_size(vec2(0.0, ui.spacing().interact_size.y), Sense::hover());
        ui.spacing_mut().item_spacing.x = gap;
    }
}

/// A field for a whole number with its label.
fn whole_ui(
    ui: &mut Ui,
    (label, name, help): (&str, &str, &str),
    value: u64,
    [least, most]: [u64; 2],
    commands: &mut Vec<Command>,
    of: impl FnOnce(u64) -> StartsChange,
) {
    let width = FIELD * ui.text_style_height(&TextStyle::Small);
    keep_together(small_width(ui, label) + ui.spacing().item_spacing.x + width, ui);
    ui.label(RichText::new(label).small()).hint(help);
    if let Some(text) = (NumberField { name, help, shown: value.to_string(), width }).show(ui) {
        let read = read_coordinate(name, &text).and_then(|value| whole(name, value, [least, most]));
        push_read(read, commands, |value| change(of(value as u64)));
    }
}

/// The number itself, if it is a whole one in its range.
fn whole(name: &str, value: f64, [least, most]: [u64; 2]) -> Result<f64, InputError> {
    if value.fract() == 0.0 && (least as f64..=most as f64).contains(&value) {
        return Ok(value);
    }
    Err(InputError::Data(format!("the {name} cannot be {}: a whole number from {least} to {most}", spelled(value))))
}

/// An entry for each of some choices, one of which is chosen.
macro_rules! entries {
    ($name:ident, $all:ident, $chosen:ident, $change:path) => {
        fn $name(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
            for one in $all::ALL {
                let is_chosen = one == state.view.scene.starts.$chosen;
                if ui.selectable_label(is_chosen, one.title()).hint(one.help()).clicked() {
                    commands.push(change($change(one)));
                    ui.close();
                }
            }
        }
    };
}

entries!(methods_ui, StartsMethods, methods, StartsChange::Methods);
entries!(landscapes_ui, StartsLandscapes, landscapes, StartsChange::Landscapes);
entries!(rates_ui, StartsRates, rates, StartsChange::Rates);

/// Who races where and with which rates, a menu for each.
fn tournament_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let choice = &state.view.scene.starts;
    let (methods, landscapes, rates) = (choice.methods, choice.landscapes, choice.rates);
    small_menu(ui, "methods of the tournament", methods.title(), methods.help(), |ui| methods_ui(state, ui, commands));
    small_menu(ui, "losses of the tournament", landscapes.title(), landscapes.help(), |ui| {
        landscapes_ui(state, ui, commands);
    });
    small_menu(ui, "rates of the tournament", rates.title(), rates.help(), |ui| rates_ui(state, ui, commands));
}

/// What each run may ask for.
fn budget_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let choice = &state.view.scene.starts;
    let name = "budget of the tournament";
    let width = FIELD * ui.text_style_height(&TextStyle::Small);
    // Its words stay beside it.
    let words = ["at most", "gradients"].map(|word| small_width(ui, word) + ui.spacing().item_spacing.x);
    keep_together(words.into_iter().sum::<f32>() + width, ui);
    ui.label(RichText::new("at most").small()).hint(BUDGET_HELP);
    if let Some(text) = (NumberField { name, help: BUDGET_HELP, shown: spelled(choice.budget), width }).show(ui) {
        let read = read_coordinate(name, &text).and_then(|value| {
            if (BUDGETS[0]..=BUDGETS[1]).contains(&value) {
                return Ok(value);
            }
            let [least, most] = BUDGETS.map(spelled);
            Err(InputError::Data(format!("the {name} cannot be {}: from {least} to {most} gradients", spelled(value))))
        });
        push_read(read, commands, |value| change(StartsChange::Budget(value)));
    }
    ui.label(RichText::new("gradients").small()).hint(BUDGET_HELP);
}

/// How much of the tournament is done.
fn progress_ui(state: &State, ui: &mut Ui) {
    if let Some(shown) = state.derived.tournament().filter(|shown| shown.is_running) {
        let share = shown.tournament.progress() as f32;
        let left = ui.available_size_before_wrap().x;
        let width = if left > 30.0 { left.min(120.0) } else { 120.0 };
        let bar = ui.add(
            ProgressBar::new(share).desired_width(width).text(RichText::new(format!("{:.0} %", 100.0 * share)).small()),
        );
        bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, "progress of the tournament"));
    }
}
