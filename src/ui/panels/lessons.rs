//! The lessons: a tile for each of the first hour and a row for each further one; and the line of the lesson that is shown.

use egui::{
    Align, Button, Label, Layout, Popup, PopupCloseBehavior, Response, RichText, Role, Sense, TextStyle, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use super::column;
use crate::state::{Command, DocumentCommand, FIRST_LESSONS, LESSONS, Lesson, State};
use crate::ui::theme;
use crate::ui::widgets::row::{declare_menu, fits};

/// Tiles in a row.
/// From this width on, in points at normal type, what to look at stands beside the question.
const IN_LINE: f32 = 640.0;
const COLUMNS: usize = 2;
/// The height of a tile, in lines of small type.
const LINES: f32 = 3.5;
/// A tile is narrow below this width, in heights of a control.
const NARROW: f32 = 8.6;
/// How much wider a strong text is than a small one.
const STRONG: f32 = 1.3;
/// The width of an answer, in letters.
const ANSWER: f32 = 34.0;

/// The list.
pub fn lessons_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    column(ui).id_salt("lessons").show(ui, |ui| {
        let gap = ui.spacing().item_spacing.x;
        ui.spacing_mut().item_spacing.y = gap;
        let width = (ui.available_width() - gap * (COLUMNS - 1) as f32) / COLUMNS as f32;
        // Where a tile is narrow a question takes another line.
        let lines = LINES + if width < NARROW * ui.spacing().interact_size.y { 2.0 } else { 0.0 };
        let size = vec2(width, lines * ui.text_style_height(&TextStyle::Small));
        let mut lessons = LESSONS.iter().enumerate();
        let first: Vec<(usize, &Lesson)> = lessons.by_ref().take(FIRST_LESSONS).collect();
        for row in first.chunks(COLUMNS) {
            ui.horizontal(|ui| {
                for (index, lesson) in row {
                    tile_ui(state, *index, lesson, size, ui, commands);
                }
            });
        }
        ui.label(theme::title("More questions"));
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, lesson) in lessons {
            let button =
                Button::new(lesson.question).frame_when_inactive(false).selected(is_shown(state, index)).wrap();
            let response = ui.add(button).on_hover_text(lesson.answer);
            choose(&response, index, lesson, commands);
        }
    });
}

fn is_shown(state: &State, index: usize) -> bool {
    state.view.scene.lesson == Some(index)
}

/// A large button: the title, and the question below it.
fn tile_ui(state: &State, index: usize, lesson: &Lesson, size: egui::Vec2, ui: &mut Ui, commands: &mut Vec<Command>) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let visuals = ui.style().interact_selectable(&response, is_shown(state, index));
    let stroke = if response.has_focus() { ui.visuals().selection.stroke } else { visuals.bg_stroke };
    ui.painter().rect(rect, visuals.corner_radius, visuals.weak_bg_fill, stroke, egui::StrokeKind::Inside);
    let inside = rect.shrink2(ui.spacing().button_padding);
    let layout = Layout::top_down(Align::Min);
    let mut words = ui.new_child(UiBuilder::new().max_rect(inside).id_salt(("lesson", index)).layout(layout));
    words.spacing_mut().item_spacing.y = 0.0;
    let title = Label::new(theme::strong(lesson.title));
    words.add(title.sense(Sense::empty()).selectable(false));
    let question = Label::new(theme::muted(lesson.question).small());
    words.add(question.wrap().sense(Sense::empty()).selectable(false));
    choose(&response.on_hover_text(lesson.answer), index, lesson, commands);
}

fn choose(response: &Response, index: usize, lesson: &Lesson, commands: &mut Vec<Command>) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("lesson: {}", lesson.question)));
    if response.clicked() {
        commands.push(Command::Document(DocumentCommand::ShowLesson(index)));
    }
}

/// The lesson that is shown, in a line above the picture: what to look at, its answer at a click, and the way out.
///
/// Where there is room for its question alone, what to look at is at a click, too.
pub fn lesson_ui(state: &State, is_low: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(lesson) = state.lesson() else { return };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let leave = ui.button("✕ Leave").on_hover_text("Leaves the lesson, and gives back what was there before.");
        leave.widget_info(|| WidgetInfo::labeled(Role::Button, true, "leave the lesson"));
        if leave.clicked() {
            commands.push(Command::Document(DocumentCommand::LeaveLesson));
        }
        words_ui("Answer ▾", "answer of the lesson", ("What to say.", lesson.answer), ui);
        if is_low {
            words_ui("Look ▾", "what to look at", ("What to look at, and what to do.", lesson.look), ui);
            let short = theme::strong(if fits(ui, lesson.question, ui.available_width() / STRONG) {
                lesson.question
            } else {
                lesson.title
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(short).truncate()));
            return;
        }
        let k = state.view.chrome.type_scale.factor();
        let words = |ui: &mut Ui| {
            ui.label(theme::strong(lesson.question)).on_hover_text(lesson.answer);
            ui.add(Label::new(RichText::new(lesson.look).small()).wrap());
        };
        // Beside its question there is room for its words, or else below it.
        if ui.available_width() > IN_LINE * k {
            ui.with_layout(Layout::left_to_right(Align::Center), words);
        } else {
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                words(ui);
            });
        }
    });
}

/// Words behind a button.
fn words_ui(button: &str, name: &str, (help, words): (&str, &str), ui: &mut Ui) {
    let response = ui.button(button).on_hover_text(help);
    declare_menu(ui, &response, name, "");
    let width = ANSWER * TextStyle::Body.resolve(ui.style()).size;
    Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).width(width).show(|ui| {
        ui.set_max_width(width.min(ui.ctx().content_rect().width() - 32.0));
        ui.add(Label::new(words).wrap());
    });
}
