//! The field in which a formula is typed: a mistake is underlined at its place, and explained below.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{FontSelection, Galley, Id, Key, Stroke, TextBuffer, TextEdit, TextStyle, Ui};

use crate::drawing::ink::Ink;
use crate::landscapes::formula::FormulaError;
use crate::ui::theme::{self, theme_of};
use crate::ui::widgets::hint::Hint as _;

const NETWORK_HELP: &str = "A network's output in the weights w1 and w2 and the input x: w2 tanh(w1 x), w2 sin(w1 x) … \
                            Every other letter becomes a slider. The map follows when you pause, or at Enter.";

const HELP: &str = "A loss in x and y: 2x, x², |x|, sin, exp, min, if(x < 0, a, b) … Every other letter becomes a slider. \
                    The map follows when you pause, or at Enter.";

/// The field is there this many passes after its landscape was chosen.
const SOON: u64 = 8;

fn focus_id() -> Id {
    Id::unique("focus for the formula")
}

/// What is typed next is meant for the formula, if there will be one: its landscape was just chosen.
pub(super) fn focus_soon(ctx: &egui::Context) {
    let pass = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(focus_id(), pass));
}

/// What was done in the field.
pub struct Typed {
    /// The new text, if it was changed.
    pub text: Option<String>,
    /// Whether the field was left, by Enter or by a click elsewhere.
    pub is_done: bool,
}

/// Shows the field with its text, and below it what is wrong with it. A formula is a loss, or the output of a network.
pub fn formula_field(ui: &mut Ui, text: &str, error: Option<&FormulaError>, is_network: bool) -> Typed {
    let id = Id::unique("formula field");
    let mut typed = text.to_owned();
    // An error is of the text it was found in; the frame's own typing is read in the next.
    let marked = error.map(|error| error.span.clone());
    let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, width: f32| -> Arc<Galley> {
        let mut job = job(ui, buffer.as_str(), marked.clone().filter(|_| buffer.as_str() == text));
        job.wrap.max_width = width;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let field = TextEdit::multiline(&mut typed)
        .id(id)
        .desired_rows(1)
        .desired_width(f32::INFINITY)
        .return_key(None)
        .layouter(&mut layouter);
    let asked: Option<u64> = ui.data_mut(|data| data.remove_temp(focus_id()));
    if asked.is_some_and(|pass| ui.ctx().cumulative_pass_nr() < pass + SOON) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let response = ui.add(field).hint(if is_network { NETWORK_HELP } else { HELP });
    // A formula is one line: the key that ends it gives the other keys back.
    if response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        response.surrender_focus();
    }
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label("formula");
        node.set_value(typed.as_str());
    });
    if let Some(error) = error {
        ui.label(theme::role(theme_of(ui.style()), &error.message, Ink::Gap).small());
    }
    let is_done = response.lost_focus();
    Typed { text: response.changed().then(|| typed.replace('\n', " ")), is_done }
}

/// The text in the field's own type, with a line under the bytes that are wrong; where something is missing, under the last character.
fn job(ui: &Ui, text: &str, wrong: Option<std::ops::Range<usize>>) -> LayoutJob {
    let font = FontSelection::Style(TextStyle::Body).resolve(ui.style());
    let plain = TextFormat::simple(font, ui.visuals().text_color());
    let Some(wrong) = wrong.map(|wrong| visible(text, &wrong)) else {
        return LayoutJob::single_section(text.to_owned(), plain);
    };
    let color = theme::color(Ink::Gap.line(theme_of(ui.style())));
    let underlined = TextFormat { underline: Stroke::new(2.0, color), ..plain.clone() };
    let mut job = LayoutJob::default();
    job.append(&text[..wrong.start], 0.0, plain.clone());
    job.append(&text[wrong.clone()], 0.0, underlined);
    job.append(&text[wrong.end..], 0.0, plain);
    job
}

/// The range cut to the text and to whole characters, at least one of them if there is one.
fn visible(text: &str, wrong: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let floor = |byte: usize| (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (floor(wrong.start), floor(wrong.end));
    if start < end {
        return start..end;
    }
    let last = text[..start].char_indices().next_back().map_or(0, |(at, _)| at);
    last..start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_always_underlined() {
        for (text, wrong, shown) in
            [("x + sni(y)", 4..7, 4..7), ("x +", 3..3, 2..3), ("", 0..0, 0..0), ("x²", 3..9, 1..3), ("é", 1..2, 0..2)]
        {
            assert_eq!(visible(text, &wrong), shown, "{text:?} {wrong:?}");
        }
    }
}
