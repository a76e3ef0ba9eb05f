//! While presenting: the runs by name in their colors and the bars of the step, beside the picture, or the names in lines above it.

use egui::{Label, Rect, RichText, Role, Sense, TextStyle, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::run_chips::{Chip, Detail, chips_in_row, chips_in_rows, fit_in_a_row, rows_of_chips, width_of};
use super::this_step::{compact_bars_ui, compact_bars_width, stacked_bars_height, stacked_bars_ui};
use crate::drawing::reduction_bars::Compact;
use crate::state::{Command, RunCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::swatch::marker;

/// Between the runs and the bars, in points at normal type.
const GAP: f32 = 10.0;
/// The width that bars with names and digits need beside the runs, in points at normal type.
const NAMED_BARS: f32 = 540.0;
/// The width that bars in three lines need beside lines of runs, in points at normal type.
const BARS_BESIDE_LINES: f32 = 230.0;
/// The height of the bars of two lines of words, in these lines.
const LINES_OF_BARS: f32 = 2.1;
/// The same of bars in a column: in a line for each and one for ρ, and in three lines.
const LINES_OF_TABLE: f32 = 4.2;
const LINES_OF_ROW: f32 = 2.4;
/// Left and right of bars that stand on the ground, in points at normal type.
const INSET: f32 = 6.0;

/// What of the bars stands below the runs.
#[derive(Clone, Copy, PartialEq)]
enum BarsOfStep {
    Stacked,
    Table,
    Row,
    None,
}

/// The runs below each other, and below them the bars of the step. Where there is too little room the names are shorter, then the
/// bars have less height, then they give way, then the last of the runs.
pub fn presented_column_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.style_mut().interaction.selectable_labels = false;
    let room = ui.available_rect_before_wrap();
    let chips = presented(state);
    let height_of = |bars: BarsOfStep| match bars {
        BarsOfStep::Stacked => stacked_bars_height(state, ui),
        BarsOfStep::Table => LINES_OF_TABLE * ui.text_style_height(&TextStyle::Small),
        BarsOfStep::Row => LINES_OF_ROW * ui.text_style_height(&TextStyle::Small),
        BarsOfStep::None => 0.0,
    };
    let gap = GAP * state.view.chrome.type_scale.factor();
    let details = [Detail::Whole, Detail::Short, Detail::Briefest];
    let choices = [BarsOfStep::Stacked, BarsOfStep::Table, BarsOfStep::Row, BarsOfStep::None].into_iter();
    let choices = choices.flat_map(|bars| details.map(move |detail| (detail, bars)));
    let fits = |(detail, bars): &(Detail, BarsOfStep)| {
        let of_bars = if *bars == BarsOfStep::None { 0.0 } else { height_of(*bars) + gap };
        Lines::of(&chips, *detail, ui).height(ui) + of_bars <= room.height()
    };
    let (detail, bars) = { choices }.find(fits).unwrap_or((Detail::Briefest, BarsOfStep::None));
    let lower = Rect::from_min_max(pos2(room.left(), room.bottom() - height_of(bars)), room.max);
    let lines = Lines::of(&chips, detail, ui);
    let most = ((room.height() / lines.line(ui)) as usize).max(1);
    let seen = if chips.len() <= most { chips.len() } else { most - 1 };
    ui.spacing_mut().item_spacing.y = 0.0;
    for (chip, words) in std::iter::zip(&chips, &lines.of_runs).take(seen) {
        line_ui(chip, words, lines.has_two, lines.line(ui), ui, commands);
    }
    if seen < chips.len() {
        let names: Vec<String> = chips[seen..].iter().map(Chip::words).collect();
        let more = theme::muted(format!("+{}", chips.len() - seen));
        ui.add(Label::new(more)).hint(names.join("\n"));
    }
    match bars {
        BarsOfStep::Stacked => {
            ui.scope_builder(UiBuilder::new().max_rect(lower), |ui| stacked_bars_ui(state, ui));
        }
        BarsOfStep::Table | BarsOfStep::Row => {
            ui.scope_builder(UiBuilder::new().max_rect(lower), |ui| compact_bars_ui(state, ui));
        }
        BarsOfStep::None => {}
    }
}

/// The lines above a picture.
#[derive(Clone, Copy)]
pub struct PresentedLines {
    /// How many of them the runs have.
    runs: usize,
    /// The height of the bars of the step, where they have a line of their own below the runs, in points.
    of_bars: Option<f32>,
    /// The height of the others, in points.
    line: f32,
}

impl PresentedLines {
    /// How high they are together.
    pub fn height(self) -> f32 {
        self.line * self.runs as f32 + self.of_bars.unwrap_or(0.0)
    }
}

/// The lines in which all runs have room in this width, each `line` high: at most `most` of them, and at most `with_bars` where the bars
/// have one of their own.
///
/// Where the runs have no room, and but for the page of a lesson, which speaks of runs by their names, there is one line with the
/// shortest names: the picture keeps its room. Where another line has room the bars have it, with their names: this depends on the
/// runs, not on the step, so that the picture stays where it is from step to step.
pub fn presented_lines(
    state: &State,
    [width, line]: [f32; 2],
    [most, with_bars]: [usize; 2],
    ui: &Ui,
) -> PresentedLines {
    let chips = presented(state);
    let has_page = state.lesson().is_some();
    let runs = if has_page { rows_of_chips(&chips, Detail::Briefest, width, ui) } else { 1 };
    // A second line of runs gives way to that of the bars, where what distinguishes the runs has room in one.
    let is_one = |detail: Detail| fit_in_a_row(&chips, detail, width, ui);
    let is_distinct = [Detail::Name, Detail::Sign, Detail::Rate].into_iter().any(is_one);
    let gives_way = (2..=runs).contains(&with_bars) && is_distinct;
    // Where there is no room for more than the lines of runs, nor for bars beside several of these, the bars have the last of two.
    let left = width - BARS_BESIDE_LINES * state.view.chrome.type_scale.factor();
    let is_whole = |chip: &Chip<'_>| fit_in_a_row(std::slice::from_ref(chip), Detail::Briefest, left, ui);
    let is_wide = runs > 2 && chips.iter().all(is_whole);
    let takes_last = runs >= 2 && !is_wide && with_bars < 2 && most >= 2 && is_distinct;
    // Three runs by their rates in fewer lines than by their names leave the bars the last one, too.
    let by_rate = rows_of_chips(&chips, Detail::Rate, width, ui);
    let leaves_last = !takes_last && !gives_way && !is_wide && (with_bars..runs).contains(&by_rate) && runs <= most;
    let runs = match runs {
        _ if leaves_last => by_rate,
        runs if runs <= most && !gives_way && !takes_last => runs,
        _ => 1,
    };
    let beside = width - NAMED_BARS * state.view.chrome.type_scale.factor();
    let is_shared = has_page && fit_in_a_row(&chips, Detail::Briefest, beside, ui);
    let of_bars = (!is_shared && runs < with_bars).then(|| LINES_OF_BARS * ui.text_style_height(&TextStyle::Small));
    PresentedLines { runs, of_bars: of_bars.or((takes_last || leaves_last).then_some(line)), line }
}

/// The runs in these lines; in one line those that have no room are in a menu at its end.
pub fn presented_lines_ui(state: &State, lines: PresentedLines, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.style_mut().interaction.selectable_labels = false;
    let (chips, room) = (presented(state), ui.available_rect_before_wrap());
    let (upper, lower) = room.split_top_bottom_at_y(room.bottom() - lines.of_bars.unwrap_or(0.0));
    let inset = INSET * state.view.chrome.type_scale.factor();
    let has_bars = lines.of_bars.is_some();
    if has_bars {
        let lower = lower.shrink2(vec2(inset, 0.0));
        ui.scope_builder(UiBuilder::new().max_rect(lower).id_salt("bars of the step"), |ui| compact_bars_ui(state, ui));
    }
    let beside = upper.with_max_x(upper.right() - inset);
    let of_bars = match lines.runs {
        _ if has_bars => None,
        1 => width_of_row(state, &chips, beside.size(), ui),
        runs => width_beside_lines(state, (&chips, runs), beside.size(), ui),
    };
    let gap = if of_bars.is_some() { GAP } else { 0.0 };
    let upper = if of_bars.is_some() { beside } else { upper };
    let (left, right) = upper.split_left_right_at_x(upper.right() - of_bars.unwrap_or(0.0));
    let left = left.with_max_x(left.right() - gap);
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("runs"), |ui| {
        if lines.runs > 1 {
            chips_in_rows(&chips, lines.runs, ui, commands);
        } else {
            ui.horizontal_centered(|ui| chips_in_row(state, &chips, left.width(), ui, commands));
        }
    });
    if of_bars.is_some() {
        ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("bars of the step"), |ui| compact_bars_ui(state, ui));
    }
}

/// How wide the bars of the step with their names, digits and ρ, or ρ alone, are beside the runs in a line so wide; `None` where the
/// runs need all of it.
fn width_of_row(state: &State, chips: &[Chip<'_>], Vec2 { x: width, y: height }: Vec2, ui: &Ui) -> Option<f32> {
    // The rates of runs give way to the words of the bars, then the bars to the names of runs, then these to both.
    let has_room = |detail: &Detail| fit_in_a_row(chips, *detail, width, ui);
    let least = [Detail::Name, Detail::Sign, Detail::Rate].into_iter().find(has_room).unwrap_or(Detail::Marker);
    let fits = |(compact, detail): (Compact, Detail)| {
        let wide = compact_bars_width(state, compact, height, ui)?;
        fit_in_a_row(chips, detail, width - wide - GAP, ui).then_some(wide)
    };
    let rated = [Compact::Named, Compact::Block, Compact::Short, Compact::ShortBlock];
    let rated = rated.map(|compact| (compact, Detail::Briefest)).into_iter();
    let of = |details: &'static [Detail]| {
        let forms = [Compact::ShortBlock, Compact::Words].into_iter();
        forms.flat_map(move |compact| details.iter().map(move |detail| (compact, *detail)))
    };
    let named = of(&[Detail::Name, Detail::Sign, Detail::Rate]).chain(of(&[Detail::Marker, Detail::Mark]));
    rated.chain(named).chain([(Compact::Ratio, least)]).find_map(fits)
}

/// The same beside `lines` lines of runs, where all of these have room in what is left of the width.
fn width_beside_lines(state: &State, (chips, lines): (&[Chip<'_>], usize), room: Vec2, ui: &Ui) -> Option<f32> {
    let fits = |compact: Compact| {
        let wide = compact_bars_width(state, compact, room.y, ui)?;
        let left = room.x - wide - GAP;
        let is_whole = |chip: &Chip<'_>| fit_in_a_row(std::slice::from_ref(chip), Detail::Briefest, left, ui);
        let has_room = rows_of_chips(chips, Detail::Briefest, left, ui) <= lines && chips.iter().all(is_whole);
        has_room.then_some(wide)
    };
    Compact::ALL.into_iter().find_map(fits)
}

/// The runs that a class sees.
fn presented(state: &State) -> Vec<Chip<'_>> {
    let seen = Chip::all(state).into_iter().filter(|chip| !chip.shown.card.hidden);
    seen.map(Chip::without_menu).collect()
}

/// The texts of the runs, one below the other.
struct Lines {
    /// The name, and what else is said.
    of_runs: Vec<[Option<RichText>; 2]>,
    /// Whether what else is said has a line of its own.
    has_two: bool,
}

impl Lines {
    fn of(chips: &[Chip<'_>], detail: Detail, ui: &Ui) -> Self {
        let of_runs: Vec<[Option<RichText>; 2]> = chips.iter().map(|chip| chip.texts(detail)).collect();
        let room = ui.available_width() - mark_width(ui);
        let gap = ui.spacing().item_spacing.x;
        let width = |texts: &[Option<RichText>; 2]| {
            texts.iter().flatten().map(|text| width_of(ui, text.clone()) + gap).sum::<f32>()
        };
        let has_two = of_runs.iter().any(|texts| texts[1].is_some() && width(texts) > room);
        Self { of_runs, has_two }
    }

    /// The height of a run.
    fn line(&self, ui: &Ui) -> f32 {
        let body = ui.text_style_height(&TextStyle::Body);
        if self.has_two { 2.3 * body } else { 1.3 * body }
    }

    fn height(&self, ui: &Ui) -> f32 {
        self.line(ui) * self.of_runs.len() as f32
    }
}

/// The width of a marker with the gap beside it.
fn mark_width(ui: &Ui) -> f32 {
    14.0 * ui.spacing().interact_size.y / 24.0 + ui.spacing().item_spacing.x
}

/// A run: its marker, its name and what else is said of it; a click selects it.
fn line_ui(
    chip: &Chip<'_>,
    [name, more]: &[Option<RichText>; 2],
    has_two: bool,
    height: f32,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let id = chip.shown.card.id;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chip.is_selected, chip.shown.name()));
    let body = ui.text_style_height(&TextStyle::Body);
    let line = |ui: &mut Ui, index: usize, contents: &dyn Fn(&mut Ui)| {
        let top = rect.top() + index as f32 * body;
        let room = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + body));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let builder = UiBuilder::new().max_rect(room).id_salt(("presented", id, index)).layout(layout);
        contents(&mut ui.new_child(builder));
    };
    let word = |ui: &mut Ui, text: &Option<RichText>| {
        if let Some(text) = text {
            ui.add(Label::new(text.clone()).truncate().sense(Sense::empty()));
        }
    };
    line(ui, 0, &|ui| {
        marker(ui, chip.shown.card.style);
        word(ui, name);
        if !has_two {
            word(ui, more);
        }
    });
    if has_two {
        line(ui, 1, &|ui| {
            ui.add_space(mark_width(ui));
            word(ui, more);
        });
    }
    if response.clicked() && !chip.is_selected {
        commands.push(Command::Runs(RunCommand::Select(id)));
    }
    response.hint(chip.words());
}
