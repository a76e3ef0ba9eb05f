//! The table of the race: a row for each run, sorted by a click on a heading; the best of each column stands out.

use egui::style::ScrollStyle;
use egui::{Align, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, TextStyle, Ui, UiBuilder, WidgetInfo, vec2};

use super::controls;
use super::details::details_ui;
use super::is_picture;
use super::names::{name_of, names};
use crate::drawing::ink::Ink;
use crate::state::{CardId, Command, CompareChange, CompareColumn, Comparison, RunCommand, State, Until, ViewCommand};
use crate::studies::{RaceEnd, Row};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::{fits, small_width};
use crate::ui::widgets::swatch::marker;

/// The least width of the column of names, in heights of a letter.
const NAME: f32 = 9.0;
/// The least width of the column of ends, in heights of a letter.
const END: f32 = 4.6;

/// The width of a column of numbers, in heights of a letter: that of its heading with the mark of sorting or of its longest number,
/// and a gap.
const fn number_width(column: CompareColumn) -> f32 {
    match column {
        CompareColumn::Hessians | CompareColumn::Products => 2.9,
        CompareColumn::Values => 3.6,
        CompareColumn::Steps | CompareColumn::Gradients => 4.1,
        CompareColumn::StepWork => 6.2,
        CompareColumn::Time => 7.4,
        _ => 5.6,
    }
}

/// What the spread of several seeds adds to the column of steps, in heights of a letter.
const SPREAD: f32 = 3.4;

fn spread_width(column: CompareColumn, has_spread: bool) -> f32 {
    let spread = if has_spread && column == CompareColumn::Steps { SPREAD } else { 0.0 };
    number_width(column) + spread
}

/// Free beside the ends, in points.
const GAP: f32 = 8.0;
/// A row is this much higher than its letters, in points.
const ROW: f32 = 2.0;
/// Between two rows, in points.
const BETWEEN: f32 = 1.0;
/// Columns of numbers that stay in any room.
const KEPT: usize = 2;
/// The share of the width that names take at most.
const SHARE: f32 = 0.42;

/// The columns in the order in which they are left out where there is no room, the last first.
const IMPORTANT: [CompareColumn; CompareColumn::ALL.len()] = [
    CompareColumn::Steps,
    CompareColumn::Work,
    CompareColumn::Gradients,
    CompareColumn::Products,
    CompareColumn::Hessians,
    CompareColumn::Loss,
    CompareColumn::Equivalents,
    CompareColumn::Distance,
    CompareColumn::Values,
    CompareColumn::StepWork,
    CompareColumn::Memory,
    CompareColumn::Time,
];

/// The least width in which names, the numbers that stay and the ends have room.
pub(super) fn least_width(state: &State, comparison: &Comparison<'_>, ui: &Ui) -> f32 {
    let em = TextStyle::Small.resolve(ui.style()).size;
    let is_budget = state.view.scene.compare.until == Until::Budget;
    let has_spread = comparison.spreads.iter().any(Option::is_some);
    let kept = important(is_budget).filter(|column| column.is_seen(comparison.rows)).take(KEPT);
    let numbers = kept.map(|column| spread_width(column, has_spread)).sum::<f32>();
    (NAME + numbers) * em + EndForm::least(comparison, em, ui)
}

/// The height of the headings with this many rows.
pub(super) fn height(rows: usize, ui: &Ui) -> f32 {
    (rows + 1) as f32 * (row_height(ui) + BETWEEN)
}

/// Shows the table in this height, or at least one row of it: more runs than have room are scrolled. Without the controls above it
/// its heading says what they race for.
pub(super) fn table_ui(
    state: &State,
    comparison: &Comparison<'_>,
    (most, has_controls): (f32, bool),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let em = TextStyle::Small.resolve(ui.style()).size;
    let is_budget = state.view.scene.compare.until == Until::Budget;
    let is_scrolled = height(comparison.rows.len(), ui) > most;
    ui.spacing_mut().item_spacing.y = BETWEEN;
    let width = ui.available_width() - if is_scrolled { ScrollStyle::solid().allocated_width() } else { 0.0 };
    let least_ends = EndForm::least(comparison, em, ui);
    let names = name_width(state, comparison, (width, em), least_ends, ui);
    let (form, ends) = EndForm::fitting(comparison, is_budget, (width - names, em), ui);
    let has_spread = comparison.spreads.iter().any(Option::is_some);
    let columns: Vec<CompareColumn> = important(is_budget).filter(|column| column.is_seen(comparison.rows)).collect();
    let places = layout([width, names, ends], em, has_spread, &columns);
    let sort = state.view.scene.compare.sort;
    let weights = comparison.race.question().landscape.dimension().count();
    row_ui(ui, &places, false, |ui, cell| match cell {
        Cell::Name => first_heading_ui(state, comparison, (is_scrolled, has_controls), ui, commands),
        Cell::End => end_heading_ui(ui),
        Cell::Number(column) => heading_ui(column, &column.heading(weights), sort, ui, commands),
    });
    let most = (most - height(0, ui)).max(row_height(ui));
    ui.scope(|ui| {
        // Solid, so that it is seen before anyone points at it.
        ui.spacing_mut().scroll = ScrollStyle::solid();
        ScrollArea::vertical().max_height(most).min_scrolled_height(most).id_salt("race").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = BETWEEN;
            for place in comparison.order(sort) {
                run_ui(state, comparison, (place, form), &places, ui, commands);
            }
        });
    });
}

/// The row of a run: a click selects it, and over its name stands everything that is known of it.
fn run_ui(
    state: &State,
    comparison: &Comparison<'_>,
    (place, form): (usize, EndForm),
    places: &[(Cell, f32)],
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let card = comparison.cards.get(place).copied();
    let is_selected = card == Some(state.selected);
    let rect = row_ui(ui, places, is_selected, |ui, cell| cell_ui(state, comparison, (place, form), cell, ui));
    let name = format!("select {}", name_of(state, comparison, place));
    let response = ui.interact(rect, ui.scope_id().with(("row", place)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_selected, &name));
    if let Some(card) = card.filter(|_| response.clicked()) {
        commands.push(Command::Runs(RunCommand::Select(card)));
    }
    // Over the name alone, so that what is read is not covered.
    let is_name = ui.ctx().pointer_hover_pos().is_some_and(|at| at.x < rect.left() + places[0].1);
    if is_name {
        // The page of a lesson stands above the table.
        let is_below_page = state.lesson().is_some();
        let details = |ui: &mut Ui| details_ui(state, comparison, place, ui);
        if is_below_page {
            response.hint_ui_at_left(details)
        } else {
            response.hint_ui(details)
        };
    }
}

/// The width of the column of names: each with its rate, in its short form, before columns of numbers give way; the first two of
/// these and the ends stay.
fn name_width(state: &State, comparison: &Comparison<'_>, (width, em): (f32, f32), ends: f32, ui: &Ui) -> f32 {
    let sample = 0.6 * ui.spacing().interact_size.y + ui.spacing().item_spacing.x + 2.0;
    let of_row = |(place, id): (usize, &CardId)| {
        let card = state.document.card(*id)?;
        let [whole, short, ..] = names(state, comparison, place, card);
        Some(small_width(ui, &whole).min(small_width(ui, &short)) + sample)
    };
    let widest = comparison.cards.iter().enumerate().filter_map(of_row).fold(0.0, f32::max);
    let kept = IMPORTANT.into_iter().take(KEPT).map(number_width).sum::<f32>() * em + ends;
    widest.min((width - kept).min(SHARE * width)).max(NAME * em)
}

/// A part of a row.
#[derive(Clone, Copy, PartialEq)]
enum Cell {
    Name,
    Number(CompareColumn),
    End,
}

/// The most important columns first: with a budget the loss is what it is about.
fn important(is_budget: bool) -> impl Iterator<Item = CompareColumn> {
    let first = is_budget.then_some(CompareColumn::Loss);
    first.into_iter().chain(IMPORTANT.into_iter().filter(move |column| Some(*column) != first))
}

/// How the ends are written.
#[derive(Clone, Copy, PartialEq)]
enum EndForm {
    /// "minimum (3, 2)".
    Whole,
    /// "▽ (3, 2)", with the sign that the map has for it.
    Sign,
    /// "▽ (3.6, −1.8)", with the decimals that tell the points apart.
    Short,
    /// "minimum".
    Word,
}

/// The forms with their places, each with the number of the most important columns that go before it.
const FORMS: [(EndForm, usize); 3] = [(EndForm::Whole, 4), (EndForm::Sign, KEPT), (EndForm::Short, KEPT)];

impl EndForm {
    /// The first that leaves room for the numbers that matter most, and the width of its column.
    fn fitting(comparison: &Comparison<'_>, is_budget: bool, (room, em): (f32, f32), ui: &Ui) -> (Self, f32) {
        let width = |form: Self| form.width(comparison, em, ui);
        let fits = |(form, numbers): (Self, usize)| {
            let columns = important(is_budget).filter(|column| column.is_seen(comparison.rows));
            let first: f32 = columns.take(numbers).map(|column| number_width(column) * em).sum();
            // What is left beside the names may be exactly that.
            (first + width(form) <= room + 0.5).then_some((form, width(form)))
        };
        FORMS.into_iter().find_map(fits).unwrap_or((Self::Word, width(Self::Word)))
    }

    /// The width of the column where the ends are written like this.
    fn width(self, comparison: &Comparison<'_>, em: f32, ui: &Ui) -> f32 {
        let ends = comparison.rows.iter().flatten().filter_map(|row| self.text(comparison, row));
        (ends.map(|text| small_width(ui, &text)).fold(0.0, f32::max) + GAP).max(END * em)
    }

    /// The least width of the column.
    fn least(comparison: &Comparison<'_>, em: f32, ui: &Ui) -> f32 {
        [Self::Sign, Self::Short, Self::Word]
            .map(|form| form.width(comparison, em, ui))
            .into_iter()
            .fold(f32::INFINITY, f32::min)
    }

    /// The end of a row; `None` before it is known.
    fn text(self, comparison: &Comparison<'_>, row: &Row) -> Option<String> {
        let end = row.end?;
        let place = match self {
            Self::Word => None,
            Self::Whole if row.met_on_its_way().is_some() => return comparison.race.met_in_words(row),
            Self::Short => comparison.race.short_place_in_words(row),
            Self::Whole | Self::Sign => comparison.race.place_in_words(row),
        };
        let name = if self == Self::Whole { end.title() } else { end.sign().unwrap_or(end.title()) };
        place.map_or_else(|| row.end_in_brief(), |place| Some(format!("{name} {place}")))
    }
}

/// The cells that have room beside names and ends, with their shares of the width; of the columns of numbers the first
/// ones, and of these those that stay in any room: names are shorter before.
fn layout([width, names, ends]: [f32; 3], em: f32, has_spread: bool, columns: &[CompareColumn]) -> Vec<(Cell, f32)> {
    let wide = |column: CompareColumn| spread_width(column, has_spread) * em;
    let mut left = width - names - ends;
    let mut seen: Vec<CompareColumn> = Vec::new();
    for column in columns {
        left -= wide(*column);
        if left < -0.5 && seen.len() >= KEPT {
            break;
        }
        seen.push(*column);
    }
    let shown = CompareColumn::ALL.into_iter().filter(|column| seen.contains(column));
    let numbers = seen.iter().map(|column| wide(*column)).sum::<f32>();
    let name = (width - numbers - ends).max(1.0);
    let numbers = shown.map(|column| (Cell::Number(column), wide(column)));
    std::iter::once((Cell::Name, name)).chain(numbers).chain([(Cell::End, ends)]).collect()
}

fn row_height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Small) + ROW
}

/// A row with its cells: the name at the left, all others at the right ends of theirs.
fn row_ui(ui: &mut Ui, places: &[(Cell, f32)], is_selected: bool, mut show: impl FnMut(&mut Ui, Cell)) -> Rect {
    let height = row_height(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    if is_selected {
        ui.painter().rect_filled(rect, 3.0, ui.visuals().selection.bg_fill.gamma_multiply(0.35));
    }
    let mut left = rect.left();
    for (index, (cell, width)) in places.iter().enumerate() {
        let room = Rect::from_x_y_ranges(left..=left + width, rect.y_range());
        let layout = if *cell == Cell::Name {
            Layout::left_to_right(Align::Center)
        } else {
            Layout::right_to_left(Align::Center)
        };
        ui.scope_builder(UiBuilder::new().max_rect(room).layout(layout).id_salt((index, rect.top() as i32)), |ui| {
            show(ui, *cell);
        });
        left += width;
    }
    rect
}

/// The heading of the names: without the controls above it, the menu of all of them; with more runs than have room, that they are
/// scrolled.
fn first_heading_ui(
    state: &State,
    comparison: &Comparison<'_>,
    (is_scrolled, has_controls): (bool, bool),
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let runs = comparison.rows.len();
    if !has_controls && !is_picture(state) {
        let count = [format!("{runs} runs: scroll ↓"), format!("{runs} runs ↓")];
        let width = if is_scrolled { 0.0 } else { ui.available_width() };
        controls::menu_ui(state, comparison, width, ui, commands);
        if is_scrolled && let Some(text) = count.iter().find(|text| fits(ui, text, ui.available_width())) {
            ui.label(theme::muted(text).small());
        }
        return;
    }
    let text = if is_scrolled { format!("{runs} runs: scroll ↓") } else { "run".to_owned() };
    let response = ui.add(Label::new(theme::muted(text).small()).sense(Sense::click()));
    if response.hint("A click sorts by the order of the runs.").clicked() {
        commands.push(Command::View(ViewCommand::Compare(CompareChange::Sort(None))));
    }
}

fn end_heading_ui(ui: &mut Ui) {
    ui.label(theme::muted("ends at").small()).hint(
        "What the whole walk ends at, and where, whatever it is counted up to: a saddle or a maximum does not count as best.",
    );
}

fn heading_ui(
    column: CompareColumn,
    title: &str,
    sort: Option<CompareColumn>,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let is_sorted = sort == Some(column);
    let mark = if is_sorted { "↓" } else { "" };
    let text = theme::muted(format!("{title}{mark}")).small();
    let response = ui.add(Label::new(text).sense(Sense::click()));
    let help = format!("{} A click sorts by it, the best first.", column.help());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_sorted, format!("sort by {title}")));
    if response.hint(help).clicked() {
        let sort = Some(column).filter(|_| !is_sorted);
        commands.push(Command::View(ViewCommand::Compare(CompareChange::Sort(sort))));
    }
}

fn cell_ui(state: &State, comparison: &Comparison<'_>, (place, form): (usize, EndForm), cell: Cell, ui: &mut Ui) {
    let small = |text: String| RichText::new(text).text_style(TextStyle::Small);
    let row = comparison.rows.get(place).and_then(Option::as_ref);
    match cell {
        Cell::Name => {
            let card = comparison.cards.get(place).and_then(|id| state.document.card(*id));
            let Some(card) = card else { return };
            marker(ui, card.style);
            let names = names(state, comparison, place, card);
            let fitting = names.iter().find(|name| fits(ui, name, ui.available_width()));
            let text = fitting.unwrap_or(&names[names.len() - 1]).clone();
            ui.add(Label::new(small(text)).truncate().selectable(false));
        }
        Cell::Number(column) => {
            let is_met = row.is_some_and(|row| row.reached.is_some() || !column.needs_finish());
            let is_budget = state.view.scene.compare.until == Until::Budget;
            let text = match row {
                Some(row) if is_met || is_budget => column.text(row),
                _ => "–".to_owned(),
            };
            let spread = comparison.spreads.get(place).and_then(Option::as_ref);
            let text = match spread.filter(|_| column == CompareColumn::Steps && text != "–") {
                Some(spread) => format!("{text} ±{}", spread.steps[0].round()),
                None => text,
            };
            let text = if comparison.is_as_good(place, column) { format!("≈ {text}") } else { text };
            let text = if comparison.is_best(place, column) {
                theme::strong(text).text_style(TextStyle::Small)
            } else {
                small(text)
            };
            ui.add(Label::new(text).selectable(false));
        }
        Cell::End => {
            let theme = state.view.chrome.theme;
            let text = match row.map(|row| row.end) {
                None => theme::muted("…").small(),
                Some(None) => theme::muted("walking …").small(),
                Some(Some(RaceEnd::Diverged)) => {
                    small(RaceEnd::Diverged.title().to_owned()).color(theme::color(Ink::Gap.text(theme)))
                }
                Some(Some(_)) => small(row.and_then(|row| form.text(comparison, row)).unwrap_or_default()),
            };
            let response = ui.add(Label::new(text).selectable(false));
            if let Some(row) = row.filter(|row| row.end.is_some()) {
                let whole = comparison.race.end_in_words(row);
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
                response.hint(&whole);
            }
        }
    }
}
