//! One step of every method from the iterate, as a list: its length, its prediction and its result.

use egui::{Align, Button, Label, Layout, Rect, RichText, ScrollArea, Sense, TextStyle, Ui, UiBuilder, vec2};

use crate::drawing::ink::Ink;
use crate::numbers::numerals::{change, number};
use crate::optimizers::Method;
use crate::run::{FirstStep, ProposedStep};
use crate::state::{Command, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The shares of the width that the columns have: method, length, predicted, actual.
const COLUMNS: [f32; 4] = [0.53, 0.13, 0.17, 0.17];
/// What the columns are, and what that means.
const HEADINGS: [(&str, &str); 4] = [
    (
        "method",
        "Each with its usual parameters, and the learning rate that suits this loss, as it would be added to the runs; the largest decrease first.",
    ),
    ("length", "How long its first step from this point is."),
    ("predicted", "The change of the loss by the local model on which the method rests: the plane, or its quadratic."),
    ("actual", "The change of the loss that comes of it."),
];

/// Shows the list; the method under the pointer, whose arrow stands out on the map.
pub(super) fn methods_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) -> Option<&'static Method> {
    let steps = state.derived.first_steps();
    if steps.is_empty() {
        ui.label(theme::muted("There is no point to step from"));
        return None;
    }
    if headings_ui(ui) {
        commands.extend(state.frame_of_first_steps().map(ViewCommand::SetMapFrame).map(Command::View));
    }
    ui.spacing_mut().item_spacing.y = 1.0;
    let mut pointed = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for step in steps {
            if step_ui(state, step, ui) {
                pointed = Some(step.method);
            }
        }
    });
    pointed
}

/// The names of the columns; whether the steps are to be shown as large as they can be.
fn headings_ui(ui: &mut Ui) -> bool {
    let mut zooms = false;
    row(ui, |ui, column| {
        let (name, help) = HEADINGS[column];
        ui.label(theme::muted(name).small()).hint(help);
        if column == 0 {
            let zoom = ui.add(Button::new(RichText::new("Zoom to steps").small()).small());
            let help = "Shows the arrows on the map as large as they can be; 0 shows the whole domain again.";
            zooms = zoom.hint(help).clicked();
        }
    });
    zooms
}

/// A method; whether the pointer is over it.
fn step_ui(state: &State, step: &FirstStep, ui: &mut Ui) -> bool {
    let small = |text: String| RichText::new(text).text_style(TextStyle::Small);
    match &step.step {
        Err(why) => no_step_ui(step.method.name, why, ui),
        Ok(ProposedStep { displacement, order, predicted, actual, is_rejected }) => {
            let ink = theme::color(Ink::of_model(*order).text(state.view.chrome.theme));
            let verdict = if *is_rejected { " (rejected)" } else { "" };
            let actual = if actual.is_finite() { change(*actual) } else { "no value".to_owned() };
            let texts = [
                small(format!("{}{verdict}", step.method.name)).color(ink),
                small(number(displacement.norm())),
                small(change(*predicted)).color(ink),
                small(actual),
            ];
            let rect = row(ui, |ui, column| {
                ui.add(Label::new(texts[column].clone()).truncate());
            });
            ui.rect_contains_pointer(rect)
        }
    }
}

/// The row of a method that has no step, and why; whether the pointer is on it.
fn no_step_ui(name: &str, why: &str, ui: &mut Ui) -> bool {
    let [left, _, _, _] = COLUMNS;
    let width = ui.available_width();
    let response = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.allocate_ui(vec2(left * width, line(ui)), |ui| {
            ui.set_min_width(left * width);
            ui.add(Label::new(RichText::new(name).text_style(TextStyle::Small).weak()).truncate());
        });
        ui.add(Label::new(theme::muted(why).small()).truncate()).hint(format!("{name} {why}."));
    });
    response.response.hovered()
}

fn line(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Small)
}

/// A row of the list: the first column at the left, the numbers at the right ends of theirs.
fn row(ui: &mut Ui, mut cell: impl FnMut(&mut Ui, usize)) -> Rect {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), line(ui)), Sense::hover());
    let mut left = rect.left();
    for (column, share) in COLUMNS.into_iter().enumerate() {
        let right = left + share * rect.width();
        let room = Rect::from_x_y_ranges(left..=right, rect.y_range());
        let align =
            if column == 0 { Layout::left_to_right(Align::Center) } else { Layout::right_to_left(Align::Center) };
        ui.scope_builder(UiBuilder::new().max_rect(room).layout(align).id_salt((column, rect.top() as i32)), |ui| {
            cell(ui, column);
        });
        left = right;
    }
    rect
}
