//! The runs in one row above the picture: marker, name and rate of each; a click selects, the arrow opens method and parameters.

use egui::{
    Align, Button, Id, Label, Layout, Popup, Rect, Response, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::lessons::tour_ui;
use super::message::is_notice;
use super::run_card::ShownCard;
use super::run_panel::run_panel_ui;
use crate::drawing::ink::run_style;
use crate::numbers::numerals;
use crate::optimizers::short_name;
use crate::state::{Card, Command, Document, MAX_CARDS, RunCommand, State, WindowCommand};
use crate::ui::theme::{self, color};
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::icon::sign_button;
use crate::ui::widgets::method_menu::method_popup;
use crate::ui::widgets::row::declare_menu;
use crate::ui::widgets::swatch::{faded_sample, marker};

/// The share of the row that a notice beside the runs needs.
const NOTICE: f32 = 0.42;
/// How strongly the name of a hidden run is written.
const PALE: f32 = 0.45;

/// How much a chip says.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Detail {
    /// The name, the rate or main parameter, and what distinguishes the run from others of its method.
    Whole,
    /// The same with a short name, and without the arrow but for the selected run.
    Short,
    /// The same with the shortest name; of the selected run as before.
    Brief,
    /// The same of the selected run, too.
    Briefest,
    /// The marker without a line, and the shortest name; the rate or main parameter, too, of a run whose name another one has.
    Name,
    /// The same, but of a run whose name another one has the rate alone, unless it is selected.
    Sign,
    /// The same, also if it is selected.
    Rate,
    /// The marker alone; of the selected run its name, too, as its rate stands at the slider.
    Marker,
    /// The marker alone, also of the selected run: it has its color around it.
    Mark,
}

impl Detail {
    /// Whether the marker has a line, as paths have.
    fn has_line(self) -> bool {
        !matches!(self, Self::Name | Self::Sign | Self::Rate | Self::Marker | Self::Mark)
    }
}

/// The row; as much as fits is said of every run, and runs without room are in a menu at its end.
pub fn run_chips_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.style_mut().interaction.selectable_labels = false;
    ui.horizontal_centered(|ui| {
        let chips: Vec<Chip<'_>> = Chip::all(state);
        // A notice that has no room elsewhere stands beside them.
        let has_notice = is_notice(state);
        let spared = if has_notice { NOTICE * ui.available_width() } else { 0.0 };
        let room = ui.available_width() - spared - button_width(ui, ADD) - ui.spacing().item_spacing.x;
        chips_in_row(state, &chips, room, ui, commands);
        add_run_ui(&state.document, ui, commands);
        // A message that has no room elsewhere comes first: it goes, and the tour is still offered.
        if !has_notice {
            tour_ui(state, ui, commands);
        }
        let end = ui.next_widget_position().x;
        ui.data_mut(|data| data.insert_temp(end_of_row(), end));
    });
}

fn end_of_row() -> Id {
    Id::unique("end of the runs")
}

/// What is free of the row at its right.
pub fn free_of_run_chips(row: Rect, ui: &Ui) -> Rect {
    let end = ui.data(|data| data.get_temp::<f32>(end_of_row())).unwrap_or(row.right());
    row.with_min_x((end + ui.spacing().item_spacing.x).min(row.right()))
}

/// Chips side by side in a room, and a menu of those that it has no place for.
pub(super) fn chips_in_row(state: &State, chips: &[Chip<'_>], room: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let gap = ui.spacing().item_spacing.x;
    let detail = most_detail(chips, room, ui);
    let widths: Vec<f32> = chips.iter().map(|chip| chip.width(Detail::Briefest, ui) + gap).collect();
    let (seen, folded) = match detail {
        Some(_) => (chips.iter().collect(), Vec::new()),
        None => divided(chips, &widths, room - button_width(ui, "+9 ▾") - gap),
    };
    let room = if folded.is_empty() { room } else { room - button_width(ui, "+9 ▾") - gap };
    for chip in seen {
        let response = chip.ui(detail.unwrap_or(Detail::Briefest), room, ui, commands);
        if state.view.chrome.open_run == Some(chip.shown.card.id) && chip.has_menu {
            let at = response.rect.left_bottom();
            // The whole row keeps it open: another chip opens its own.
            let row = Rect::everything_above(at.y + 4.0);
            run_panel_ui(state, chip.place, at, row, ui, commands);
        }
    }
    folded_ui(&folded, ui, commands);
}

/// As much as can be said of every chip in a row so wide, if all have room in it.
fn most_detail(chips: &[Chip<'_>], room: f32, ui: &Ui) -> Option<Detail> {
    let gap = ui.spacing().item_spacing.x;
    let fits = |detail: &Detail| chips.iter().map(|chip| chip.width(*detail, ui) + gap).sum::<f32>() < room;
    // Without arrows, before a class, every run is seen, if only by its marker: there is no room for a second row.
    let without_menu = [Detail::Name, Detail::Sign, Detail::Rate, Detail::Marker, Detail::Mark];
    let without_menu = without_menu.into_iter().filter(|_| chips.iter().all(|chip| !chip.has_menu));
    [Detail::Whole, Detail::Short, Detail::Brief, Detail::Briefest].into_iter().chain(without_menu).find(fits)
}

/// How many rows chips take in this width, as much said of each as this.
pub(super) fn rows_of_chips(chips: &[Chip<'_>], detail: Detail, width: f32, ui: &Ui) -> usize {
    let gap = ui.spacing().item_spacing.x;
    let (mut rows, mut end) = (1, 0.0);
    for wide in chips.iter().map(|chip| chip.width(detail, ui)) {
        if end > 0.0 && end + wide + gap >= width {
            (rows, end) = (rows + 1, 0.0);
        }
        end += wide + gap;
    }
    rows
}

/// Whether chips with as much said of each as this are whole in one row of this width.
pub(super) fn fit_in_a_row(chips: &[Chip<'_>], detail: Detail, width: f32, ui: &Ui) -> bool {
    rows_of_chips(chips, detail, width, ui) == 1 && chips.iter().all(|chip| chip.width(detail, ui) <= width)
}

/// Chips in at most this many rows, with as much said of each as these have room for.
pub(super) fn chips_in_rows(chips: &[Chip<'_>], rows: usize, ui: &mut Ui, commands: &mut Vec<Command>) {
    let width = ui.available_width();
    let is_whole = |chip: &Chip<'_>, detail| chip.width(detail, ui) <= width;
    let fits = |detail: &Detail| {
        rows_of_chips(chips, *detail, width, ui) <= rows && chips.iter().all(|chip| is_whole(chip, *detail))
    };
    let detail = [Detail::Whole, Detail::Short, Detail::Brief, Detail::Briefest, Detail::Rate]
        .into_iter()
        .find(fits)
        .unwrap_or(Detail::Briefest);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal_wrapped(|ui| {
        for chip in chips {
            chip.ui(detail, width, ui, commands);
        }
    });
}

/// The chips that fit into a room, the selected one among them, and the others.
fn divided<'a, 'b>(chips: &'b [Chip<'a>], widths: &[f32], room: f32) -> (Vec<&'b Chip<'a>>, Vec<&'b Chip<'a>>) {
    let of_selected: f32 =
        std::iter::zip(chips, widths).filter(|(chip, _)| chip.is_selected).map(|(_, width)| width).sum();
    let mut left = room - of_selected;
    let fits = |(chip, width): &(&Chip<'_>, &f32)| {
        left -= if chip.is_selected { 0.0 } else { **width };
        chip.is_selected || left >= 0.0
    };
    let (seen, folded): (Vec<_>, Vec<_>) = std::iter::zip(chips, widths).partition(fits);
    let chips = |list: Vec<(&'b Chip<'a>, &f32)>| list.into_iter().map(|(chip, _)| chip).collect();
    (chips(seen), chips(folded))
}

/// The runs without room, in a menu: a click selects one, which brings it into the row.
fn folded_ui(folded: &[&Chip<'_>], ui: &mut Ui, commands: &mut Vec<Command>) {
    if folded.is_empty() {
        return;
    }
    let names: Vec<String> = folded.iter().map(|chip| chip.words()).collect();
    let button = ui.add(Button::new(format!("+{} ▾", folded.len())));
    let button = button.hint(format!("Runs that have no room in the row:\n{}", names.join("\n")));
    declare_menu(ui, &button, "more runs", &names.join(", "));
    Popup::menu(&button).show(|ui| {
        for chip in folded {
            ui.horizontal(|ui| folded_chip_ui(chip, ui, commands));
        }
    });
}

fn folded_chip_ui(chip: &Chip<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    faded_sample(ui, chip.shown.card.style, chip.strength());
    let entry = ui.selectable_label(false, chip.words());
    entry.widget_info(|| WidgetInfo::labeled(Role::Button, true, chip.shown.name()));
    if entry.clicked() {
        commands.push(Command::Runs(RunCommand::Select(chip.shown.card.id)));
        ui.close();
    }
}

/// The runs that are seen, with their markers and rates, in as many rows as they need: for a picture, without controls.
pub fn run_names_ui(state: &State, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        for chip in Chip::all(state).into_iter().filter(|chip| !chip.shown.card.hidden) {
            ui.horizontal(|ui| {
                faded_sample(ui, chip.shown.card.style, chip.strength());
                for text in chip.texts(Detail::Whole).into_iter().flatten() {
                    ui.label(text);
                }
            });
            ui.add_space(ui.spacing().item_spacing.x);
        }
    });
}

const ADD: &str = "+ Add run";

fn add_run_ui(document: &Document, ui: &mut Ui, commands: &mut Vec<Command>) {
    let button = Button::new(ADD).frame_when_inactive(false);
    let has_room = document.cards.len() < MAX_CARDS;
    let response = ui.add_enabled(has_room, button);
    let response = response.hint(if has_room {
        "Lets another method run from the same start.".to_owned()
    } else {
        format!("{MAX_CARDS} runs are the most that can be distinguished: remove one first.")
    });
    commands.extend(method_popup(&response, None, &document.landscape).map(RunCommand::Add).map(Command::Runs));
}

/// A run in the row.
pub(super) struct Chip<'a> {
    place: usize,
    pub(super) shown: ShownCard<'a>,
    pub(super) is_selected: bool,
    /// Whether its arrow opens method and parameters.
    has_menu: bool,
    /// Whether another run has its shortest name.
    has_namesake: bool,
    /// What distinguishes it from others of its method, beside its rate.
    distinctions: Vec<String>,
}

impl<'a> Chip<'a> {
    pub(super) fn all(state: &'a State) -> Vec<Self> {
        let cards = &state.document.cards;
        let brief = |card: &Card| card.optimizer.entry.brief;
        let has_namesake = |card: &Card| cards.iter().any(|other| other.id != card.id && brief(other) == brief(card));
        let of = |(place, card): (usize, &'a Card)| Self {
            place,
            shown: ShownCard::of(state, place, card),
            is_selected: state.selected == card.id,
            has_menu: true,
            has_namesake: has_namesake(card),
            distinctions: state.document.distinctions(card),
        };
        state.document.cards.iter().enumerate().map(of).collect()
    }

    fn name(&self, detail: Detail) -> String {
        let card = self.shown.card;
        let entry = card.optimizer.entry;
        let name = match detail {
            Detail::Whole => entry.name.to_owned(),
            Detail::Short => short_name(entry.name),
            Detail::Brief if self.is_selected => short_name(entry.name),
            _ => entry.brief.to_owned(),
        };
        if card.ghost { format!("{name} (ghost)") } else { name }
    }

    /// The rate, or another main parameter, with its symbol; the momentum coefficient where the slider moves that one.
    fn rate(&self) -> Option<String> {
        let entry = self.shown.method.entry;
        self.parameter(self.slid().or(entry.main_index())?)
    }

    /// The momentum coefficient, where the slider moves it in place of the rate.
    fn slid(&self) -> Option<usize> {
        let entry = self.shown.method.entry;
        let slides = self.shown.state.view.scene.slider.slides_coefficient && entry.has_rate_and_coefficient();
        entry.coefficient_index().filter(|_| slides)
    }

    /// A parameter with its symbol, where it acts.
    fn parameter(&self, index: usize) -> Option<String> {
        let method = &self.shown.method;
        let symbol = method.entry.parameters[index].symbol;
        let is_said = method.acts(index) && !self.shown.card.ghost;
        is_said.then(|| format!("{symbol} {}", numerals::parameter(method.parameters[index])).trim_start().to_owned())
    }

    /// What it says beside its name: the parameter that the slider moves, and what distinguishes it from others of its method.
    fn said(&self) -> Vec<String> {
        let (card, entry) = (self.shown.card, self.shown.card.optimizer.entry);
        // The rate stands beside the name in any case, but where another parameter takes its place.
        let differs = self.slid().is_some() && self.shown.state.document.main_parameter_differs(card);
        let main = entry.main_index().filter(|_| differs).and_then(|index| self.parameter(index));
        let symbol = self.slid().map(|index| format!("{} ", entry.parameters[index].symbol));
        let is_said = |part: &String| symbol.as_ref().is_some_and(|symbol| part.starts_with(symbol));
        let others = self.distinctions.iter().filter(|part| !is_said(part)).cloned();
        self.rate().into_iter().chain(main).chain(others).collect()
    }

    /// The same without an arrow.
    pub(super) fn without_menu(self) -> Self {
        Self { has_menu: false, ..self }
    }

    /// All that it can say, in one line.
    pub(super) fn words(&self) -> String {
        std::iter::once(self.name(Detail::Whole)).chain(self.said()).collect::<Vec<_>>().join(" ")
    }

    /// The texts of a chip: the name, and the rate with what distinguishes the run.
    pub(super) fn texts(&self, detail: Detail) -> [Option<RichText>; 2] {
        let is_pale = self.shown.card.hidden || self.shown.card.ghost;
        let name = self.name(detail);
        let name = if self.is_selected { theme::strong(name) } else { RichText::new(name) };
        let name = if is_pale { name.weak() } else { name };
        let more = self.said();
        let has_name = match detail {
            Detail::Sign => self.is_selected || !self.has_namesake,
            Detail::Rate => !self.has_namesake,
            Detail::Marker => self.is_selected,
            Detail::Mark => false,
            _ => true,
        };
        let is_said = match detail {
            Detail::Name | Detail::Sign | Detail::Rate => self.has_namesake,
            Detail::Marker | Detail::Mark => false,
            _ => true,
        };
        let has_more = !more.is_empty() && is_said;
        [has_name.then_some(name), has_more.then(|| theme::muted(more.join(" ")))]
    }

    /// Whether the arrow stands in it.
    fn has_arrow(&self, detail: Detail) -> bool {
        self.has_menu && (detail == Detail::Whole || self.is_selected)
    }

    /// How strongly its sample is drawn.
    fn strength(&self) -> f32 {
        if self.shown.card.hidden || self.shown.card.ghost { PALE } else { 1.0 }
    }

    /// How wide it is.
    fn width(&self, detail: Detail, ui: &Ui) -> f32 {
        let (k, gap) = (ui.spacing().interact_size.y / 24.0, 0.75 * ui.spacing().item_spacing.x);
        let texts = self.texts(detail).into_iter().flatten().map(|text| width_of(ui, text) + gap).sum::<f32>();
        let arrow = if self.has_arrow(detail) { 26.0 * k + gap } else { 0.0 };
        let sample = if detail.has_line() { 28.0 } else { 16.0 };
        sample * k + arrow + texts + 2.0 * ui.spacing().button_padding.x
    }

    /// Shows it, no wider than the room.
    fn ui(&self, detail: Detail, room: f32, ui: &mut Ui, commands: &mut Vec<Command>) -> Response {
        let ShownCard { state, card, .. } = self.shown;
        let size = vec2(self.width(detail, ui).min(room.max(0.0)), ui.spacing().interact_size.y + 4.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let name = self.shown.name();
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), self.is_selected, name));
        self.paint_frame(&response, ui);
        let inside = rect.shrink2(vec2(ui.spacing().button_padding.x.min(rect.width() / 2.0), 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let mut words = ui.new_child(UiBuilder::new().max_rect(inside).id_salt(("chip", card.id)).layout(layout));
        words.spacing_mut().item_spacing.x *= 0.75;
        if detail.has_line() {
            faded_sample(&mut words, card.style, self.strength());
        } else {
            marker(&mut words, card.style);
        }
        for text in self.texts(detail).into_iter().flatten() {
            words.add(Label::new(text).truncate().sense(Sense::empty()));
        }
        if response.clicked() {
            commands.extend((!self.is_selected).then_some(Command::Runs(RunCommand::Select(card.id))));
        }
        if self.has_arrow(detail) {
            let help = "Method and parameters of this run; hide, duplicate, branch, own start, remove.";
            let name = format!("method and parameters of {}", self.shown.name());
            if sign_button(&mut words, "▾", &name, help).clicked() {
                let is_open = state.view.chrome.open_run == Some(card.id);
                commands.extend((!self.is_selected).then_some(Command::Runs(RunCommand::Select(card.id))));
                commands.push(Command::Window(WindowCommand::OpenRun((!is_open).then_some(card.id))));
            }
        }
        let keys = match (self.is_selected, self.has_arrow(detail)) {
            (true, _) => "",
            (false, true) => " A click selects it. Keys [ and ].",
            (false, false) if !self.has_menu => " A click selects it.",
            (false, false) => " A click selects it and brings its arrow. Keys [ and ].",
        };
        response.hint(format!("{}.{keys}", self.words()))
    }

    /// Outlined in the color of the run where it is selected.
    fn paint_frame(&self, response: &Response, ui: &Ui) {
        let visuals = ui.visuals();
        let k = ui.spacing().interact_size.y / 24.0;
        let ink = run_style(self.shown.card.style).0;
        let fill = if response.hovered() { visuals.faint_bg_color } else { visuals.window_fill };
        let stroke = if response.has_focus() {
            visuals.selection.stroke
        } else if self.is_selected {
            egui::Stroke::new(2.0 * k, color(ink.line(theme::theme_of(ui.style()))))
        } else {
            visuals.window_stroke
        };
        let radius = visuals.widgets.inactive.corner_radius;
        ui.painter().rect(response.rect, radius, fill, stroke, egui::StrokeKind::Inside);
    }
}

/// The width of a button with these words.
fn button_width(ui: &Ui, words: &str) -> f32 {
    width_of(ui, RichText::new(words)) + 2.0 * ui.spacing().button_padding.x
}

pub(super) fn width_of(ui: &Ui, text: RichText) -> f32 {
    egui::WidgetText::from(text).into_galley(ui, None, f32::INFINITY, egui::TextStyle::Body).size().x
}
