//! Below a page of a lesson: the way to the next page and back, what was left out, and the way out.

use std::sync::Arc;

use egui::{Align, Button, Galley, Layout, Rect, Role, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo, vec2};

use crate::drawing::ink::Ink;
use crate::lessons::plain;
use crate::state::{Command, LessonCommand, Reading, State, ViewCommand, lesson_number};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::fits;

/// What is said above the footer to who would go on.
pub(super) struct Said {
    text: Arc<Galley>,
    /// The page that it speaks of, if it is another one.
    page: Option<usize>,
}

/// Tasks are left at the end of the lesson: which, in this width.
pub(super) fn said(state: &State, width: f32, ui: &Ui) -> Option<Said> {
    let galley = |text: String| {
        egui::WidgetText::from(theme::strong(text)).into_galley(ui, Some(TextWrapMode::Wrap), width, TextStyle::Body)
    };
    let (left, reading) = (state.tasks_named(), state.view.scene.lesson.as_ref()?);
    let first = *left.first()?;
    if left == [reading.page] {
        return Some(Said { text: galley("The task above is not done yet.".to_owned()), page: None });
    }
    let name = |page: &usize| format!("page {}, {}", page + 1, plain(&reading.lesson.pages[*page].heading));
    let names: Vec<String> = left.iter().map(name).collect();
    Some(Said { text: galley(format!("Still to try: {}.", names.join("; "))), page: Some(first) })
}

impl Said {
    /// How high it stands, in points.
    pub(super) fn height(&self, ui: &Ui) -> f32 {
        self.text.size().y + 2.0 * ui.spacing().item_spacing.y
    }

    pub(super) fn show(self, reading: &Reading, ui: &mut Ui, commands: &mut Vec<Command>) {
        let Some(page) = self.page else {
            ui.label(self.text);
            return;
        };
        let link = ui.add(Button::new(self.text).frame(false));
        if link.hint("Shows the page of the first task that is not done.").clicked() {
            commands.push(turn_to(reading, page));
        }
    }
}

fn turn_to(reading: &Reading, page: usize) -> Command {
    Command::Lessons(LessonCommand::TurnPage(page as isize - reading.page as isize))
}

/// How high it stands below a page, in points: its buttons, and a gap above them.
pub(super) fn footer_height(ui: &Ui) -> f32 {
    let spacing = ui.spacing();
    let button = ui.text_style_height(&TextStyle::Button) + 2.0 * spacing.button_padding.y;
    button.max(spacing.interact_size.y) + spacing.item_spacing.y
}

/// Back, the pages, and on; and the way out.
pub(super) fn footer_ui(state: &State, reading: &Reading, ui: &mut Ui, commands: &mut Vec<Command>) {
    let count = reading.lesson.pages.len();
    let turn = |pages: isize| Command::Lessons(LessonCommand::TurnPage(pages));
    ui.with_layout(Layout::left_to_right(Align::Max), |ui| {
        ui.spacing_mut().item_spacing.x *= 0.75;
        let leave = ui.button("✕").hint("Leaves the lesson, and gives back what was there before.");
        leave.widget_info(|| WidgetInfo::labeled(Role::Button, true, "leave the lesson"));
        if leave.clicked() {
            commands.push(Command::Lessons(LessonCommand::Close));
        }
        if !state.view.chrome.tab_has_room && state.page().is_some_and(|page| page.names_tab) {
            let tab = state.shown_tab();
            let words = format!("Shows the tab {} in the place of the text, as its key does.", tab.short_title());
            if ui.button(tab.short_title()).hint(words).clicked() {
                commands.push(Command::View(ViewCommand::ShowTab(tab)));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Max), |ui| {
            if reading.page + 1 < count {
                let [text, name, help] = if state.wants_guess() {
                    ["Skip ▶", "skip the question", "The next page, without a guess (Shift+→)."]
                } else {
                    ["Next ▶", "next page", "The next page (Shift+→)."]
                };
                let next = ui.add(theme::primary_button(state.view.chrome.theme, text));
                next.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
                if next.hint(help).clicked() {
                    commands.push(turn(1));
                }
            } else {
                finish_ui(state, reading, ui, commands);
            }
            let back = ui.add_enabled(reading.page > 0, Button::new("◀"));
            back.widget_info(|| WidgetInfo::labeled(Role::Button, reading.page > 0, "previous page"));
            if back.hint("The page before (Shift+←).").clicked() {
                commands.push(turn(-1));
            }
            ui.with_layout(Layout::left_to_right(Align::Max), |ui| {
                if state.wants_guess() {
                    guess_first_ui(state, ui);
                } else {
                    pages_ui(state, reading, ui, commands);
                }
            });
        });
    });
}

/// Said to who would go on without a guess, where the pages stand otherwise: so that no letter of the page changes.
fn guess_first_ui(state: &State, ui: &mut Ui) {
    const WORDS: &str = "First a guess?";
    let is_one = state.document.landscape.dimension().is_one();
    let how = state.predictions.asked().map_or("", |open| open.kind.instruction(is_one));
    let words = theme::strong(WORDS);
    let words = if fits(ui, WORDS, ui.available_width()) { words } else { words.small() };
    ui.add_sized([0.0, ui.spacing().interact_size.y], egui::Label::new(words)).hint(how);
}

/// The end of the lesson: whoever has left out a task hears of it once, and may leave all the same.
fn finish_ui(state: &State, reading: &Reading, ui: &mut Ui, commands: &mut Vec<Command>) {
    let is_named = !state.tasks_named().is_empty();
    let has_tasks = !state.progress.tasks_left(&reading.lesson).is_empty();
    let text = if is_named { "Leave anyway" } else { "✓ Finish" };
    let end = ui.add(theme::primary_button(state.view.chrome.theme, text));
    end.widget_info(|| WidgetInfo::labeled(Role::Button, true, "finish the lesson"));
    if end.hint("Leaves the lesson, and gives back what was there before.").clicked() {
        commands.push(if has_tasks && !is_named {
            Command::Lessons(LessonCommand::NameTasksLeft)
        } else {
            Command::Lessons(LessonCommand::Close)
        });
    }
}

/// A dot for each page, filled where it was read, a tick where its task was done, a ring around a point where it was left out; where they have no room, their number alone.
fn pages_ui(state: &State, reading: &Reading, ui: &mut Ui, commands: &mut Vec<Command>) {
    let count = reading.lesson.pages.len();
    let size = ui.spacing().interact_size.y;
    let said = format!("{} of {count}", reading.page + 1);
    let number = lesson_number(&reading.lesson);
    let numbered = number.map_or_else(|| said.clone(), |number| format!("Lesson {number}: {said}"));
    let side = 0.55 * size;
    // The dots are worth more than the number of the lesson, which the tooltip has, too.
    let dots = side * count as f32;
    let has_room = fits(ui, &numbered, ui.available_width() - dots - ui.spacing().item_spacing.x);
    let shown = if has_room { numbered } else { said };
    let label = ui.add_sized([0.0, size], egui::Label::new(theme::muted(shown).small()));
    let number = number.map_or_else(String::new, |number| format!("Lesson {number}: "));
    label.hint(format!("{number}{}", reading.lesson.question));
    if ui.available_width() < dots {
        return;
    }
    ui.spacing_mut().item_spacing.x = 0.0;
    for page in 0..count {
        let (rect, response) = ui.allocate_exact_size(vec2(side, size), Sense::click());
        dot(state, reading, page, rect, response.hovered() || response.has_focus(), ui);
        let name = plain(&reading.lesson.pages[page].heading);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("page {}: {name}", page + 1)));
        let note = if is_skipped(state, reading, page) { " (its task is not done)" } else { "" };
        if response.hint(format!("{name}{note}")).clicked() {
            commands.push(turn_to(reading, page));
        }
    }
}

/// Whether a page was read and its task was left out.
fn is_skipped(state: &State, reading: &Reading, page: usize) -> bool {
    let id = &reading.lesson.id;
    let has_task = reading.lesson.pages[page].task.is_some();
    has_task && state.progress.has_read(id, page) && !state.progress.has_done(id, page)
}

fn dot(state: &State, reading: &Reading, page: usize, rect: Rect, is_lit: bool, ui: &Ui) {
    let id = &reading.lesson.id;
    let radius = 0.2 * rect.width() * if page == reading.page { 1.7 } else { 1.2 };
    let color = |ink: Ink| theme::color(ink.text(state.view.chrome.theme));
    let here = page == reading.page;
    let ink = color(if here || is_lit { Ink::Accent } else { Ink::Muted });
    let width = 0.07 * rect.width();
    if state.progress.has_done(id, page) && !here {
        let [x, y] = [rect.center().x, rect.center().y];
        let tick = [
            egui::pos2(x - radius, y),
            egui::pos2(x - 0.3 * radius, y + 0.8 * radius),
            egui::pos2(x + radius, y - 0.9 * radius),
        ];
        ui.painter().line(tick.to_vec(), egui::Stroke::new(1.6 * width, ink));
    } else if is_skipped(state, reading, page) && !here {
        ui.painter().circle_stroke(rect.center(), radius, egui::Stroke::new(width, ink));
        ui.painter().circle_filled(rect.center(), 0.4 * radius, ink);
    } else if here || state.progress.has_read(id, page) {
        ui.painter().circle_filled(rect.center(), radius, ink);
    } else {
        ui.painter().circle_stroke(rect.center(), radius, egui::Stroke::new(width, ink));
    }
}
