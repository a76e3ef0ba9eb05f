//! The list of lessons: a tile for each of the first hour and a row for each further one.

use egui::{
    Align, Button, Label, Layout, Response, RichText, Role, Sense, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetInfo,
    WidgetText, vec2,
};

use super::column;
use crate::numbers::numerals::counted;
use crate::state::{Command, FIRST_LESSONS, LESSONS, Lesson, LessonCommand, Pane, State, lesson_number, tour};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Tiles in a row.
const COLUMNS: usize = 2;
/// The least height of a tile, in lines of small type.
const LINES: f32 = 3.5;
/// A tile is narrow below this width, in heights of a control.
const NARROW: f32 = 8.6;

/// The list.
pub fn lessons_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    column(ui).id_salt("lessons").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = ui.spacing().item_spacing.x;
        tiles_ui(state, ui, commands);
        ui.label(theme::title("More questions"));
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, lesson) in LESSONS.iter().enumerate().skip(FIRST_LESSONS) {
            let button = Button::new(format!("{}{}{}", number_of(lesson), lesson.question, read_mark(state, lesson)))
                .frame_when_inactive(false)
                .selected(is_shown(state, index))
                .wrap();
            let response = ui.add(button).hint(about(state, lesson));
            choose(&response, index, lesson, commands);
        }
    });
}

/// The first lessons as tiles, those of a row of one height.
fn tiles_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() - gap * (COLUMNS - 1) as f32) / COLUMNS as f32;
    // Where a tile is narrow a question takes another line.
    let lines = LINES + if width < NARROW * ui.spacing().interact_size.y { 2.0 } else { 0.0 };
    let least = lines * ui.text_style_height(&TextStyle::Small);
    let first: Vec<(usize, &Lesson)> = LESSONS.iter().map(|lesson| &**lesson).enumerate().take(FIRST_LESSONS).collect();
    for row in first.chunks(COLUMNS) {
        let heights = row.iter().map(|(_, lesson)| height(state, lesson, width, ui));
        let size = vec2(width, heights.fold(least, f32::max));
        ui.horizontal(|ui| {
            for (index, lesson) in row {
                tile_ui(state, *index, lesson, size, ui, commands);
            }
        });
    }
}

/// What is offered beside the runs at the first start, while the lessons are shown: a tour, or not.
pub(super) fn tour_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let is_offered = state.view.chrome.offers_tour && state.shown_tab() == Pane::Lessons;
    let Some(tour) = tour().filter(|_| is_offered) else { return };
    ui.add_space(2.0 * ui.spacing().item_spacing.x);
    ui.label(theme::strong("New here?"));
    if ui.button("A tour of a minute").hint("What is where in this window, in five short pages.").clicked() {
        commands.push(Command::Lessons(LessonCommand::Show(tour)));
    }
    let decline = ui.add(Button::new("No, thanks").frame_when_inactive(false));
    if decline.hint("The tour stays in the menu Help, and in the list of lessons.").clicked() {
        commands.push(Command::Lessons(LessonCommand::DeclineTour));
    }
}

fn is_shown(state: &State, index: usize) -> bool {
    state.lesson().is_some_and(|lesson| lesson.id == LESSONS[index].id)
}

/// Its number before its name, where it has one.
fn number_of(lesson: &Lesson) -> String {
    lesson_number(lesson).map_or_else(String::new, |number| format!("{number} · "))
}

/// A mark behind the name of a lesson that was read to its end, with every task done.
fn read_mark(state: &State, lesson: &Lesson) -> &'static str {
    if state.progress.has_finished(lesson) { " ✓" } else { "" }
}

/// How long a lesson is, and how far it was read.
fn about(state: &State, lesson: &Lesson) -> String {
    let pages = lesson.pages.len();
    match state.progress.pages_read(&lesson.id, pages) {
        0 => counted(pages, "page"),
        read if read == pages => match state.progress.tasks_left(lesson).len() {
            0 => format!("{}, all of them read", counted(pages, "page")),
            left => format!("{}, all of them read; {} left", counted(pages, "page"), counted(left, "task")),
        },
        read => format!("{}, {read} of them read", counted(pages, "page")),
    }
}

/// What stands on a tile: the title, and the question with how far it was read, which has more room there.
fn words_of(state: &State, lesson: &Lesson) -> [RichText; 2] {
    let title = format!("{}{}", number_of(lesson), lesson.title);
    let question = format!("{}{}", lesson.question, read_mark(state, lesson));
    [theme::strong(title), theme::muted(question).small()]
}

/// The height of a tile so wide in which its words have room.
fn height(state: &State, lesson: &Lesson, width: f32, ui: &Ui) -> f32 {
    let padding = ui.spacing().button_padding;
    let high = |text: RichText| {
        let text = WidgetText::from(text);
        text.into_galley(ui, Some(TextWrapMode::Wrap), width - 2.0 * padding.x, TextStyle::Body).size().y
    };
    words_of(state, lesson).map(high).iter().sum::<f32>() + 2.0 * padding.y
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
    for text in words_of(state, lesson) {
        words.add(Label::new(text).wrap().sense(Sense::empty()).selectable(false));
    }
    choose(&response.hint(about(state, lesson)), index, lesson, commands);
}

fn choose(response: &Response, index: usize, lesson: &Lesson, commands: &mut Vec<Command>) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("lesson: {}", lesson.question)));
    if response.clicked() {
        commands.push(Command::Lessons(LessonCommand::Show(index)));
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput, Rect};

    use super::*;

    /// Every tile has room for its words in every width of the panel, also where the lesson was read.
    #[test]
    fn a_tile_is_as_high_as_its_words() {
        let state = State::opening();
        for width in [110.0_f32, 150.0, 190.0, 260.0] {
            for lesson in &LESSONS[..FIRST_LESSONS] {
                let input = RawInput {
                    screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(800.0, 600.0))),
                    ..RawInput::default()
                };
                let mut output = Context::default().run_ui(input, |ui| {
                    let least = height(&state, lesson, width, ui);
                    let inside = width - 2.0 * ui.spacing().button_padding.x;
                    let words = ui.scope(|ui| {
                        ui.set_max_width(inside);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        for text in words_of(&state, lesson) {
                            ui.add(Label::new(text).wrap());
                        }
                    });
                    let needed = words.response.rect.height() + 2.0 * ui.spacing().button_padding.y;
                    assert!(least + 0.5 >= needed, "{} in {width}: {least} for {needed}", lesson.id);
                });
                output.textures_delta.clear();
            }
        }
    }
}
