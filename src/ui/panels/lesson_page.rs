//! A page of the lesson that is read: its text and what to try.

use egui::{
    Align, Button, Color32, Frame, Layout, Margin, Rect, Response, Role, Sense, TextStyle, Ui, UiBuilder, WidgetInfo,
    vec2,
};

use super::column;
use super::lesson_footer::{footer_height, footer_ui, said};
use super::task_controls::{self, task_controls_ui};
use crate::drawing::ink::Ink;
use crate::drawing::typeset::{Face, Typeset, typeset, typeset_line};
use crate::lessons::{Inline, Style, plain};
use crate::render::typeset::{Letters, shapes};
use crate::state::{Command, LessonCommand, Measured, Page, Reading, State, TaskControls, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// How large the letters are beside those of the window, the largest with which the page is whole; where none is, it scrolls. Those
/// above [`LARGEST_AT_DESK`] are for a class, so that the last row can read them.
const SIZES: [f32; 13] = [1.6, 1.45, 1.3, 1.18, 1.12, 1.06, 1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.74];
const LARGEST_AT_DESK: f32 = 1.18;
/// No text of a page has smaller letters, in points: at a desk, and while presenting.
const LEAST: [f32; 2] = [12.5, 18.0];
/// Room at the right for the bar by which it scrolls, in points at normal type.
const BAR: f32 = 10.0;
/// Before the question of the lesson, at its end.
const OWN_WORDS: &str = "In your own words: ";
/// The words in the row above a task, the longer ones at its end.
const TRY: &str = "Try this";
const DONE: &str = "✓ Done";
/// What comes before what a task measures.
const NOW: &str = "Now: ";
/// Their type, as a share of that of the text.
const ROW: f32 = 0.9;
/// Between the parts of a page, in heights of a letter.
const GAP: f32 = 0.7;
/// Between heading and text, and to spare at the end of a page, in heights of a letter.
const SPARE: f32 = GAP + 0.1;

/// The page; the controls of its task stand in it where the runs have no row above the picture (`has_chips`).
pub fn lesson_page_ui(state: &State, has_chips: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some((reading, page)) = state.view.scene.lesson.as_ref().zip(state.page()) else { return };
    let room = ui.available_rect_before_wrap();
    let said = said(state, ui.available_width(), ui);
    let said_height = said.as_ref().map_or(0.0, |said| said.height(ui));
    let footer = footer_height(ui);
    let (upper, lower) = room.split_top_bottom_at_y(room.bottom() - footer.min(room.height()));
    let (upper, between) = upper.split_top_bottom_at_y(upper.bottom() - said_height.min(upper.height()));
    ui.scope_builder(UiBuilder::new().max_rect(upper).id_salt("page"), |ui| {
        page_ui(state, page, has_chips, ui, commands);
    });
    if let Some(said) = said {
        ui.scope_builder(UiBuilder::new().max_rect(between).id_salt("said"), |ui| said.show(reading, ui, commands));
    }
    ui.scope_builder(UiBuilder::new().max_rect(lower).id_salt("pages"), |ui| footer_ui(state, reading, ui, commands));
}

/// The parts of a page, typeset at one size.
struct Set {
    head: Typeset,
    /// The question of the lesson, on its first page.
    asked: Option<Typeset>,
    text: Typeset,
    /// The same again on the last page, to be answered.
    answer: Option<Typeset>,
    question: Option<Typeset>,
    task: Option<Typeset>,
    hint: Option<Typeset>,
    /// What the task measures, as it is now, in lines that have room for whatever it becomes.
    now: Option<Now>,
    /// What the task lets its reader change here.
    controls: TaskControls,
    /// About how high these stand, in points.
    controls_height: f32,
    size: f32,
}

/// What a task measures, typeset.
struct Now {
    text: Typeset,
    /// Whether it stands in the row above the task, which has room for it whatever it becomes.
    in_row: bool,
    /// The height that it takes below the task, in points.
    height: f32,
}

impl Now {
    fn of(measured: &Measured, size: f32, width: f32, ui: &Ui) -> Self {
        let letters = Letters(ui);
        let line = |text: &str, size: f32, most: f32| typeset_line(&now_of(text), Face::plain(size), most, &letters);
        let [beside, done, widest] = [TRY.to_owned(), DONE.to_owned(), format!("{NOW}{}", measured.widest)]
            .map(|text| row_width(text, size, ui));
        if widest + beside + done + 4.0 * ui.spacing().item_spacing.x <= width {
            return Self { text: line(&measured.text, ROW * size, widest), in_row: true, height: 0.0 };
        }
        let height = line(&measured.widest, size, width).size.y;
        Self { text: line(&measured.text, size, width), in_row: false, height }
    }
}

/// The width of heavy words in the row above a task, in which light ones have room, too.
fn row_width(text: String, size: f32, ui: &Ui) -> f32 {
    let text = theme::strong(text).size(ROW * size);
    egui::WidgetText::from(text).into_galley(ui, None, f32::INFINITY, TextStyle::Body).size().x
}

impl Set {
    fn of(state: &State, page: &Page, has_chips: bool, (size, width): (f32, f32), ui: &Ui) -> Self {
        let letters = Letters(ui);
        let (body, inner) = (Face::plain(size), width - 2.0 * size);
        let line = |line: &Vec<Inline>| typeset_line(line, body, inner, &letters);
        let head = Face { strong: true, ..Face::plain(1.25 * size) };
        let task = page.task.as_ref();
        let hint = task.and_then(|task| task.hint.as_ref()).filter(|_| state.shows_hint());
        let measured = task.and_then(|_| state.measured());
        let controls = task.map(|task| task_controls::needed(state, task, has_chips)).unwrap_or_default();
        let controls_height = task_controls::height(&controls, ui);
        let reading = state.view.scene.lesson.as_ref();
        let at = |is_there: fn(&Reading) -> bool| reading.filter(|reading| is_there(reading));
        let asked = at(|reading| reading.page == 0).map(|reading| line(&asked(reading)));
        let answer = at(Reading::asks_for_answer).map(|reading| line(&to_answer(reading)));
        Self {
            head: typeset_line(&page.heading, head, width, &letters),
            asked,
            answer,
            text: typeset(&page.blocks, body, width, &letters),
            // While it is asked it stands above the picture.
            question: page
                .predict
                .as_ref()
                .filter(|_| state.predictions.open().is_none())
                .map(|predict| line(&predict.question)),
            task: task.map(|task| line(&task.text)),
            hint: hint.map(line),
            now: measured.map(|now| Now::of(now, size, inner, ui)),
            controls,
            controls_height,
            size,
        }
    }

    /// About how high it stands, in points.
    fn height(&self) -> f32 {
        let card = |text: &Typeset| text.size.y + 3.3 * self.size;
        let cards = self.question.iter().map(card).sum::<f32>() + self.task.iter().map(card).sum::<f32>();
        let hint = self.hint.as_ref().map_or(0.0, |hint| hint.size.y + 0.5 * self.size);
        let now = self.now.as_ref().filter(|now| !now.in_row);
        let now = now.map_or(0.0, |now| now.height + 0.2 * self.size);
        let asked = self.asked.as_ref().map_or(0.0, |asked| asked.size.y + GAP * self.size);
        let answer = self.answer.as_ref().map_or(0.0, |answer| answer.size.y + (0.7 + GAP) * self.size);
        let question = asked + answer;
        self.head.size.y + self.text.size.y + question + cards + hint + now + self.controls_height + SPARE * self.size
    }
}

/// The sizes of letters that a page may have here, in points, the largest first.
fn sizes(state: &State, ui: &Ui) -> Vec<f32> {
    let base = TextStyle::Body.resolve(ui.style()).size;
    let is_before_class = state.view.chrome.presenting.is_some();
    let (largest, least) = if is_before_class { (SIZES[0], LEAST[1]) } else { (LARGEST_AT_DESK, LEAST[0]) };
    let chosen = SIZES.iter().filter(|share| **share <= largest).map(|share| (share * base).max(least));
    let mut sizes: Vec<f32> = chosen.collect();
    sizes.dedup();
    sizes
}

/// The width of what is written on a page so wide: at its right stands the bar by which it scrolls.
fn written(width: f32, ui: &Ui) -> f32 {
    width - BAR * TextStyle::Body.resolve(ui.style()).size / 14.5
}

/// The height of the page with its footer in this width: in its smallest letters and without its hint, or in the largest with which it
/// is no higher than `most`, or else in the smallest.
pub fn lesson_page_height(state: &State, has_chips: bool, width: f32, most: Option<f32>, ui: &Ui) -> f32 {
    let Some(page) = state.page() else { return 0.0 };
    let sizes = sizes(state, ui);
    let footer = footer_height(ui);
    let set = |size: f32| Set::of(state, page, has_chips, (size, written(width, ui)), ui);
    let smallest = sizes.last().map_or(0.0, |size| *size);
    let Some(most) = most else { return Set { hint: None, ..set(smallest) }.height() + footer };
    let below = footer + said(state, width, ui).map_or(0.0, |said| said.height(ui));
    let fitting = largest_fitting(&sizes, |size| set(size).height() + below <= most).unwrap_or(smallest);
    set(fitting).height() + below
}

/// The first of these sizes that fits, where the smaller of two fits if the larger does.
fn largest_fitting(sizes: &[f32], fits: impl Fn(f32) -> bool) -> Option<f32> {
    sizes.get(sizes.partition_point(|size| !fits(*size))).copied()
}

fn page_ui(state: &State, page: &Page, has_chips: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let (width, height) = (written(ui.available_width(), ui), ui.available_height());
    let set = |size: f32| Set::of(state, page, has_chips, (size, width), ui);
    let sizes = sizes(state, ui);
    let fitting = largest_fitting(&sizes, |size| set(size).height() <= height);
    let Some(size) = fitting.or(sizes.last().copied()) else { return };
    let set = set(size);
    let reading = state.view.scene.lesson.as_ref().map(|reading| (reading.lesson.id.clone(), reading.page));
    column(ui).id_salt(("text", reading)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GAP * size;
        let text = ui.visuals().text_color();
        typeset_ui(&set.head, &plain(&page.heading), text, ui);
        let question = state.lesson().map_or("", |lesson| lesson.question.as_str());
        if let Some(asked) = &set.asked {
            typeset_ui(asked, question, ui.visuals().weak_text_color(), ui);
        }
        let words: Vec<String> = page.blocks.iter().map(crate::lessons::Block::plain).collect();
        typeset_ui(&set.text, &words.join("\n"), text, ui);
        if let Some((question, predict)) = set.question.as_ref().zip(page.predict.as_ref()) {
            card_ui(size, Ink::Accent, ui, |ui| {
                low_row(size, ui, |ui| {
                    ui.label(theme::strong("Predict").size(0.9 * size).weak());
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ask_ui(size, ui, commands));
                });
                typeset_ui(question, &plain(&predict.question), text, ui);
            });
        }
        if set.task.is_some() {
            task_ui(state, page, &set, ui, commands);
        }
        if let Some(answer) = &set.answer {
            card_ui(size, Ink::Muted, ui, |ui| {
                typeset_ui(answer, &format!("{OWN_WORDS}{question}"), text, ui);
            });
        }
    });
}

/// What a task measures, below its text.
fn now_of(text: &str) -> Vec<Inline> {
    let strong = Style { strong: true, ..Style::default() };
    [(NOW, strong), (text, Style::default())].map(|(text, style)| Inline::Words(text.to_owned(), style)).into()
}

/// The question of a lesson, as it stands under the title of its first page.
fn asked(reading: &Reading) -> Vec<Inline> {
    let style = Style { emphasis: true, ..Style::default() };
    vec![Inline::Words(reading.lesson.question.clone(), style)]
}

/// The same, as it stands at the end of the last page.
fn to_answer(reading: &Reading) -> Vec<Inline> {
    let strong = Style { strong: true, ..Style::default() };
    [(OWN_WORDS, strong), (reading.lesson.question.as_str(), Style::default())]
        .map(|(text, style)| Inline::Words(text.to_owned(), style))
        .into()
}

/// Asks the question of the page once more.
fn ask_ui(size: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let ask = ui.add(Button::new(theme::muted("Ask").size(0.9 * size)).frame(false));
    ask.widget_info(|| WidgetInfo::labeled(Role::Button, true, "ask the question of the page"));
    let help =
        "Hides what comes next, and asks for it: click into the picture, draw, or choose an answer; then reveal.";
    if ask.hint(help).clicked() {
        commands.push(Command::Lessons(LessonCommand::AskOfPage));
    }
}

/// What to try, whether it is done, and its hint.
fn task_ui(state: &State, page: &Page, set: &Set, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some((task, text)) = page.task.as_ref().zip(set.task.as_ref()) else { return };
    let is_done = state.is_task_done();
    let now = set.now.as_ref().zip(state.measured());
    card_ui(set.size, Ink::Accent, ui, |ui| {
        low_row(set.size, ui, |ui| {
            ui.label(theme::strong(TRY).size(ROW * set.size).weak());
            if let Some(now) = now.filter(|(now, _)| now.in_row) {
                ui.add_space(ui.spacing().item_spacing.x);
                now_ui(now, ui);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if is_done {
                    let done = ui.label(theme::strong(DONE).size(ROW * set.size));
                    done.hint("The task of this page is done.");
                } else if task.hint.is_some() && set.hint.is_none() {
                    let hint = Button::new(theme::muted("Hint").size(ROW * set.size)).frame(false);
                    let hint = ui.add(hint).hint("Shows a hint. It comes by itself after a minute, too.");
                    hint.widget_info(|| WidgetInfo::labeled(Role::Button, true, "hint for the task"));
                    if hint.clicked() {
                        commands.push(Command::Lessons(LessonCommand::ShowHint));
                    }
                }
            });
        });
        typeset_ui(text, &plain(&task.text), ui.visuals().text_color(), ui);
        if let Some(now) = now.filter(|(now, _)| !now.in_row) {
            let shown = now_ui(now, ui);
            ui.add_space((now.0.height - shown.rect.height()).max(0.0));
        }
        if let Some((text, hint)) = set.hint.as_ref().zip(task.hint.as_ref()) {
            typeset_ui(text, &plain(hint), ui.visuals().weak_text_color(), ui);
        }
        task_controls_ui(state, &set.controls, ui, commands);
    });
}

/// What the task measures, as it is now.
fn now_ui((now, measured): (&Now, &Measured), ui: &mut Ui) -> Response {
    typeset_ui(&now.text, &plain(&now_of(&measured.text)), ui.visuals().text_color(), ui)
}

/// The row above what a card says is no higher than its letters.
fn low_row(size: f32, ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 1.3 * size;
        ui.spacing_mut().button_padding.y = 0.0;
        ui.horizontal(contents);
    });
}

/// A part that stands out: a line at its left.
fn card_ui(size: f32, ink: Ink, ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let frame = Frame::new().fill(ui.visuals().faint_bg_color).inner_margin(Margin {
        left: (0.9 * size) as i8,
        right: (0.4 * size) as i8,
        top: (0.35 * size) as i8,
        bottom: (0.35 * size) as i8,
    });
    let shown = frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.2 * size;
        ui.set_min_width(ui.available_width());
        contents(ui);
    });
    let rect = shown.response.rect;
    let edge = Rect::from_min_max(rect.min, egui::pos2(rect.left() + 0.2 * size, rect.bottom()));
    ui.painter().rect_filled(edge, 0.0, theme::color(ink.fill(theme::theme_of(ui.style()))));
}

/// A text in the room that it takes, which says its words to those who cannot see it.
fn typeset_ui(text: &Typeset, words: &str, ink: Color32, ui: &mut Ui) -> Response {
    // A column may be narrower than its margins: then there is nothing to lay a text in.
    let (rect, response) = ui.allocate_exact_size(text.size.max(vec2(0.0, 0.0)), Sense::hover());
    if ui.is_rect_visible(rect) {
        let code = ui.visuals().code_bg_color;
        ui.painter().extend(shapes(text, rect.min, ink, code, ui));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}

/// The way back from a tab that stands in the place of the page.
pub fn back_to_page_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let back = ui.button("◀ Text of the lesson").hint("Shows the page again, as the key of the tab does.");
    if back.clicked() {
        commands.push(Command::View(ViewCommand::ShowTab(state.shown_tab())));
    }
}
