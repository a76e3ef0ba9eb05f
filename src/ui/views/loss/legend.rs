//! The readings below the chart: of every visible run, at the pointer or at the playhead, in a place that does not move.

use egui::{Align, Color32, FontId, Label, Layout, RichText, Role, Sense, TextStyle, Ui, WidgetInfo, vec2};

use crate::drawing::loss_chart::{LossChart, ReadOut};
use crate::state::{Card, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::swatch;

/// One run of the legend.
struct Entry {
    style: usize,
    reading: ReadOut,
    /// Its shortest name with what distinguishes it.
    brief: String,
}

/// How much is said of every run.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Its name, its value, and at which step that is if not at the one that is read.
    Whole,
    /// The same with its shortest name.
    Brief,
    /// The shortest name and the value, beside the marker without a line.
    Value,
    /// The marker and the value.
    Marker,
}

impl Form {
    /// The most first.
    const ALL: [Self; 4] = [Self::Whole, Self::Brief, Self::Value, Self::Marker];

    fn words(self, entry: &Entry) -> String {
        match self {
            Self::Whole => words_of(&entry.reading),
            Self::Brief => format!("{} {}", entry.brief, entry.reading.text),
            Self::Value => format!("{} {}", entry.brief, entry.reading.value),
            Self::Marker => entry.reading.value.clone(),
        }
    }

    /// Whether the marker has a line, as paths have.
    fn has_line(self) -> bool {
        matches!(self, Self::Whole | Self::Brief)
    }
}

/// The entries in lines.
pub(super) struct Lines {
    entries: Vec<Vec<Entry>>,
    form: Form,
    place: String,
    style: TextStyle,
    row: f32,
    gap: f32,
    /// The runs that have no line, in words.
    left_out: Vec<String>,
    may_be_long: bool,
}

/// The runs that are read, in the order in which they are.
pub(super) fn cards(state: &State) -> impl Iterator<Item = &Card> {
    state.document.cards.iter().filter(|card| !card.hidden && state.derived.trace(card.id).is_some())
}

/// The legend in the width there is and in at most that many lines: as much is said of every run as leaves none out. `floor` is said in
/// it where that has no note of its own.
pub(super) fn lines(
    state: &State,
    chart: &LossChart,
    floor: Option<&str>,
    (style, most): (&TextStyle, usize),
    ui: &Ui,
) -> Lines {
    let page = Page::of(style, ui);
    let entries = cards(state).zip(&chart.readings).map(|(card, reading)| Entry {
        style: card.style,
        reading: reading.clone(),
        brief: state.document.brief_label(card),
    });
    let mut entries: Vec<Entry> = entries.collect();
    // The one that is left out last.
    entries.sort_by_key(|entry| !entry.reading.selected);
    let place = |before: &str| format!("{before}, {}:", chart.place);
    let with_floor = floor.map(|floor| [place(&format!("{}, {floor}", chart.names[1])), place(floor)]);
    let with_floor: Vec<String> = with_floor.into_iter().flatten().collect();
    let mut places = with_floor.clone();
    places.extend([place(chart.names[1]), format!("{}:", chart.place)]);
    let whole = |form: Form, places: &[String]| page.arranged(&entries, form, places, most, false);
    let found = Form::ALL.into_iter().find_map(|form| whole(form, &with_floor).filter(|found| !found.place.is_empty()));
    let found = found.or_else(|| Form::ALL.into_iter().find_map(|form| whole(form, &places)));
    // What is longer than a line is cut; and what has no room at all is left out.
    let found =
        found.or_else(|| Form::ALL.into_iter().find_map(|form| page.arranged(&entries, form, &places, most, true)));
    let found = found.or_else(|| page.arranged(&entries, Form::Marker, &places, usize::MAX, true));
    let Arranged { form, place, lengths, may_be_long } = found.unwrap_or_else(|| Arranged::of(Form::Whole));
    let mut entries = entries.into_iter();
    let entries = lengths.into_iter().map(|length| entries.by_ref().take(length).collect()).collect();
    let row = ui.text_style_height(style) + ui.spacing().item_spacing.y;
    let mut lines =
        Lines { entries, form, place, style: style.clone(), row, gap: page.gap, left_out: Vec::new(), may_be_long };
    while lines.len() > most {
        lines.cut();
    }
    lines
}

/// Where the legend stands.
struct Page<'a> {
    ui: &'a Ui,
    font: FontId,
    room: f32,
    gap: f32,
}

/// How the runs stand in lines.
struct Arranged {
    form: Form,
    /// Where they are read; empty where there is no room for it.
    place: String,
    /// How many there are in each line.
    lengths: Vec<usize>,
    /// Whether one may be longer than a line: it is cut.
    may_be_long: bool,
}

impl Arranged {
    /// A line of nothing.
    fn of(form: Form) -> Self {
        Self { form, place: String::new(), lengths: vec![0], may_be_long: true }
    }
}

impl<'a> Page<'a> {
    fn of(style: &TextStyle, ui: &'a Ui) -> Self {
        Self { ui, font: style.resolve(ui.style()), room: ui.available_width(), gap: ui.spacing().item_spacing.x }
    }

    fn width_of(&self, text: &str) -> f32 {
        self.ui.painter().layout_no_wrap(text.to_owned(), self.font.clone(), Color32::PLACEHOLDER).size().x
    }

    /// The width of a run with the gap after it.
    fn width(&self, entry: &Entry, form: Form) -> f32 {
        let unit = self.ui.spacing().interact_size.y / 24.0;
        let [sample, gaps] = if form.has_line() { [28.0, 3.0] } else { [14.0, 1.5] };
        sample * unit + gaps * self.gap + self.width_of(&form.words(entry))
    }

    /// The runs in lines, with as much of where they are read as leaves room for all of them in one line, or else for the first; `None`
    /// where they are more than `most`, or one of them is longer than a line and that is not allowed.
    fn arranged(
        &self,
        entries: &[Entry],
        form: Form,
        places: &[String],
        most: usize,
        may_be_long: bool,
    ) -> Option<Arranged> {
        let widths: Vec<f32> = entries.iter().map(|entry| self.width(entry, form)).collect();
        if !may_be_long && widths.iter().any(|width| *width > self.room) {
            return None;
        }
        let (all, first) = (widths.iter().sum::<f32>(), widths.first().copied().unwrap_or_default());
        let places: Vec<(f32, &String)> =
            places.iter().map(|place| (self.width_of(place) + 2.0 * self.gap, place)).collect();
        let beside = |runs: f32| places.iter().filter(move |(width, _)| width + runs <= self.room);
        let places = beside(all).take(1).chain(beside(first)).map(|(width, place)| (*width, place.as_str()));
        places.chain([(0.0, "")]).find_map(|(used, place)| {
            let lengths = self.lengths(&widths, used);
            (lengths.len() <= most).then(|| Arranged { form, place: place.to_owned(), lengths, may_be_long })
        })
    }

    /// How many runs stand in each line, the first of which is used up to here.
    fn lengths(&self, widths: &[f32], mut used: f32) -> Vec<usize> {
        let mut lengths = vec![0];
        for width in widths {
            if used + width > self.room && lengths.last().is_some_and(|length| *length > 0) {
                lengths.push(0);
                used = 0.0;
            }
            used += width;
            if let Some(length) = lengths.last_mut() {
                *length += 1;
            }
        }
        lengths
    }
}

impl Lines {
    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How high they are.
    pub(super) fn height(&self) -> f32 {
        self.row * self.entries.len() as f32
    }

    /// Leaves the last line out.
    pub(super) fn cut(&mut self) {
        let line = self.entries.pop().into_iter().flatten().map(|entry| words_of(&entry.reading));
        self.left_out.splice(0..0, line);
    }

    /// Whether every run is named.
    pub(super) fn are_named(&self) -> bool {
        self.form != Form::Marker && !self.is_cut()
    }

    /// Whether runs are left out.
    pub(super) fn is_cut(&self) -> bool {
        !self.left_out.is_empty()
    }

    /// Shows them.
    pub(super) fn show(self, ui: &mut Ui) {
        for index in 0..self.entries.len() {
            let size = vec2(ui.available_width(), self.row - ui.spacing().item_spacing.y);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(size);
                ui.spacing_mut().interact_size.y = size.y;
                self.line_ui(index, ui);
                ui.allocate_exact_size(vec2(0.0, size.y), Sense::hover());
            });
        }
    }

    /// A line of runs; before the first stands the place, behind the last how many are left out.
    fn line_ui(&self, index: usize, ui: &mut Ui) {
        let text = |text: &str| RichText::new(text).text_style(self.style.clone());
        if index == 0 && !self.place.is_empty() {
            ui.label(text(&self.place).weak());
        }
        for entry in &self.entries[index] {
            self.entry_ui(entry, ui);
        }
        if index + 1 == self.entries.len() && self.is_cut() {
            let more = format!("+ {}", self.left_out.len());
            ui.label(text(&more).weak()).hint(self.left_out.join("\n"));
        }
    }

    /// A run; what is not said of it here stands in its tooltip, and is its accessible name.
    fn entry_ui(&self, entry: &Entry, ui: &mut Ui) {
        ui.scope(|ui| {
            if self.form.has_line() {
                swatch::sample(ui, entry.style);
            } else {
                ui.spacing_mut().item_spacing.x = 0.5 * self.gap;
                swatch::marker(ui, entry.style);
            }
            self.words_ui(entry, ui);
        });
        if self.form.has_line() {
            ui.add_space(self.gap);
        }
    }

    fn words_ui(&self, entry: &Entry, ui: &mut Ui) {
        let words = self.form.words(entry);
        let whole = words_of(&entry.reading);
        let is_whole = words == whole;
        let label = Label::new(self.styled(words, entry));
        let response = ui.add(if self.may_be_long { label.truncate() } else { label });
        if !is_whole {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
        }
        let help = match (entry.reading.why, is_whole) {
            (Some(why), true) => Some(why.to_owned()),
            (Some(why), false) => Some(format!("{whole}: {why}")),
            (None, false) => Some(whole),
            (None, true) => None,
        };
        if let Some(help) = help {
            response.hint(help);
        }
    }

    /// The words of a run: strong if it is selected, pale if it has no value.
    fn styled(&self, words: String, entry: &Entry) -> RichText {
        let words = if entry.reading.selected { theme::strong(words) } else { words.into() };
        let words = words.text_style(self.style.clone());
        if entry.reading.why.is_some() { words.weak() } else { words }
    }
}

fn words_of(reading: &ReadOut) -> String {
    format!("{} {}", reading.name, reading.text)
}

/// All of it in lines of text: where, then a line for each run.
pub(super) fn words(chart: &LossChart) -> String {
    let readings: Vec<String> = chart.readings.iter().map(words_of).collect();
    format!("{}\n{}", chart.place, readings.join("\n"))
}
