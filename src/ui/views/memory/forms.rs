//! Heavy ball, EMA, and EMA without its bias side by side; or why there are no three forms.

use egui::{Grid, Label, RichText, TextStyle, Ui, vec2};

use crate::numbers::numerals::number;
use crate::run::{Form, Memory};
use crate::state::State;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Between the rows of the table, in points.
const ROW_GAP: f32 = 1.0;

/// The room that [`forms_or_words_ui`] takes.
pub(super) fn height(memory: &Memory, ui: &Ui) -> f32 {
    let line = ui.text_style_height(&TextStyle::Small);
    let gap = if memory.forms.is_some() { ROW_GAP } else { 0.0 };
    4.0 * (line + gap) + ui.spacing().item_spacing.y
}

/// The table, or a sentence in its place.
pub(super) fn forms_or_words_ui(state: &State, memory: &Memory, ui: &mut Ui) {
    if let Some(forms) = &memory.forms {
        return forms_ui(memory, forms, ui);
    }
    let name = state.derived.run(state.selected).map_or("", |run| run.recipe().optimizer.entry.name);
    let (text, help) = own_words(name, memory, state.document.landscape.weights());
    ui.add(Label::new(RichText::new(text).small()).wrap()).hint(help);
}

/// Why there is no table of forms and no energy, and what there is.
fn own_words(name: &str, memory: &Memory, weights: [&str; 2]) -> (String, &'static str) {
    match memory.rates {
        Some(rates) if !memory.has_constant_beta => (
            format!("The coefficient of {name} grows with the steps: its effective rate is now {}.", number(rates.x)),
            "What a gradient that had always been the same would be multiplied with in this step: it grows from step to step.",
        ),
        Some(rates) => {
            let rates = [rates.x, rates.y].map(number);
            let text = format!(
                "{name} averages the gradients (an EMA) and divides weight by weight: its effective rate is now {} for {} and {} for {}.",
                rates[0], weights[0], rates[1], weights[1]
            );
            (
                text,
                "What a gradient that had always been the same would be multiplied with in this step. As each weight is divided by a root of its own, which changes from step to step, there is no ball with one mass, and no energy.",
            )
        }
        None => (
            format!(
                "Of its average m {name} takes only the signs: how long it is does not count, and there is no effective rate."
            ),
            "The bars of the pushes, and the arrows of the fan on the map, are drawn as if the average itself made the step.",
        ),
    }
}

/// A number of a form.
type Quantity<'a> = &'a dyn Fn(&Form) -> f64;

/// Heavy ball, EMA, and EMA without its bias, for the same gradients.
fn forms_ui(memory: &Memory, forms: &[Form; 3], ui: &mut Ui) {
    let small = |text: String, own: bool| {
        let text = if own { theme::strong(text) } else { RichText::new(text) };
        text.text_style(TextStyle::Small)
    };
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() - 3.0 * gap) / 4.0;
    let grid = Grid::new("forms").num_columns(4).min_col_width(width).max_col_width(width + gap).min_row_height(0.0);
    grid.spacing(vec2(gap, ROW_GAP)).show(ui, |ui| {
        ui.label("");
        for form in forms {
            let (name, help) = match form.name {
                "heavy ball" => ("heavy ball", "v ← βv + ∇f, then w ← w − ηv"),
                "EMA" => ("EMA", "m ← βm + (1−β)∇f, then w ← w − ηm: a moving average of the gradients, which begins at zero"),
                _ => ("bias-corrected", "The EMA m divided by 1 − βᵗ, so that it is an average from the first step on"),
            };
            ui.label(small(name.to_owned(), form.is_own)).hint(help);
        }
        ui.end_row();
        let rate = memory.rate;
        let rows: [(&str, &str, Quantity<'_>); 3] = [
            ("velocity", "How long the velocity would be in each form, for the gradients of this run and the same β: the step is η times as long", &|form| form.velocity.norm()),
            ("rate now", "The effective rate: what a gradient that had always been the same would be multiplied with in this step. Heavy ball η(1−βᵗ)/(1−β), EMA η(1−βᵗ), bias-corrected η.", &|form| rate * form.now),
            ("asymptotic rate", "The effective rate after many steps: heavy ball η/(1−β), EMA η, bias-corrected η.", &|form| rate * form.at_last),
        ];
        for (name, help, value) in rows {
            ui.label(theme::muted(name).small()).hint(help);
            for form in forms {
                ui.label(small(number(value(form)), form.is_own));
            }
            ui.end_row();
        }
    });
}
