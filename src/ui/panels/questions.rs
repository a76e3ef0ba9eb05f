//! The questions that a class asks, over the views: an answer to each, and a button that sets the scene for it.

use egui::{Align2, Button, Id, RichText, Role, ScrollArea, TextStyle, Ui, WidgetInfo, Window, vec2};

use crate::state::{Command, DocumentCommand, QUESTIONS, Question, State, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::disclosure::Disclosure;

/// The list of questions, if it is open; one of them is unfolded.
pub fn questions_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if !state.view.chrome.questions_open {
        return;
    }
    let mut open = true;
    let room = (ui.ctx().content_rect().size() - vec2(32.0, 120.0)).max(vec2(0.0, 0.0));
    let width = 36.0 * TextStyle::Body.resolve(ui.style()).size;
    Window::new("Questions")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .default_width(width)
        .anchor(Align2::LEFT_BOTTOM, vec2(12.0, -120.0))
        .show(ui.ctx(), |ui| {
            ui.set_width(width.min(room.x));
            ScrollArea::vertical().max_height(room.y).min_scrolled_height(room.y).show(ui, |ui| list_ui(ui, commands));
        });
    if !open {
        commands.push(Command::Window(WindowCommand::ToggleQuestions));
    }
}

fn list_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    let memory = Id::unique("unfolded question");
    let mut unfolded: Option<usize> = ui.data(|data| data.get_temp(memory)).unwrap_or(Some(0));
    for (index, question) in QUESTIONS.iter().enumerate() {
        let open = unfolded == Some(index);
        let disclosure = Disclosure {
            open,
            title: RichText::new(question.evaluations),
            name: question.evaluations,
            help: "Shows the answer, and a button that sets the scene for it.",
            aside: RichText::default(),
        };
        if disclosure.show(ui) {
            unfolded = (!open).then_some(index);
        }
        if open {
            answer_ui(index, question, ui, commands);
        }
    }
    ui.data_mut(|data| data.insert_temp(memory, unfolded));
}

fn answer_ui(index: usize, question: &Question, ui: &mut Ui, commands: &mut Vec<Command>) {
    theme::card(ui.style()).inner_margin(8.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(question.answer);
        ui.add_space(ui.spacing().item_spacing.y);
        ui.label(theme::muted(question.look));
        let help = "Sets the scene: landscape, methods and views. Undo brings back what you had.";
        let button = ui.add(Button::new(theme::strong("Show me"))).on_hover_text(help);
        button.widget_info(|| {
            WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("Show me: {}", question.evaluations))
        });
        if button.clicked() {
            commands.push(Command::Document(DocumentCommand::ShowQuestion(index)));
        }
    });
}
