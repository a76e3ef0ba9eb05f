//! The legend of a sweep: what the colors and marks mean, and the way back to the usual ranges.

use egui::{Layout, RichText, Sense, StrokeKind, TextStyle, Ui, vec2};

use super::picture::{Look, of_end};
use crate::drawing::ink::{Ink, SweepShade};
use crate::numbers::numerals::{brief, grouped, number};
use crate::state::{Command, State, SweepChange, SweepQuantity, Swept, ViewCommand};
use crate::studies::RaceEnd;
use crate::ui::theme;
use crate::ui::views::canvas::stripes_ui;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::fits;

/// The side of a sample of color, in points at normal type.
const SAMPLE: f32 = 10.0;
/// The length of the scale of values, in points at normal type.
const SCALE: f32 = 60.0;
/// Stripes of the scale.
const STRIPES: usize = 30;

/// The height of its row; 0 where there is none.
pub(super) fn height(look: Look<'_>, swept: &Swept<'_>, is_zoomed: bool, ui: &Ui) -> f32 {
    let has_colors = swept.sweep.question().y.is_some() || look.quantity == SweepQuantity::End;
    // The rest of what a curve shows is named beside it.
    let has_holes = swept.summary.count(RaceEnd::Undefined) > 0;
    if has_colors || has_holes || is_zoomed {
        ui.text_style_height(&TextStyle::Small) + 2.0 * ui.spacing().item_spacing.y
    } else {
        0.0
    }
}

/// Shows it in a row, after what is shown first.
pub(super) fn legend_ui(look: Look<'_>, swept: &Swept<'_>, is_zoomed: bool, ui: &mut Ui, first: impl FnOnce(&mut Ui)) {
    if height(look, swept, is_zoomed, ui) == 0.0 {
        return;
    }
    let quantity = look.quantity;
    let is_map = swept.sweep.question().y.is_some();
    ui.spacing_mut().interact_size.y = ui.text_style_height(&TextStyle::Small);
    ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        first(ui);
        if quantity == SweepQuantity::End {
            for (end, count) in &swept.summary.ends {
                let share = 100.0 * *count as f64 / swept.sweep.question().size().iter().product::<usize>() as f64;
                sample_ui(look, of_end(*end), ui);
                ui.label(RichText::new(format!("{} {share:.0} %", end.title())).small());
            }
            marks_ui(look, swept, ui);
            return;
        }
        if is_map {
            scale_ui(look, swept, ui);
        }
        let others = [(RaceEnd::Diverged, "diverges"), (RaceEnd::Undefined, "no step or no value")];
        for (end, text) in others.into_iter().filter(|(end, _)| swept.summary.count(*end) > 0) {
            if is_map {
                sample_ui(look, of_end(end), ui);
                ui.label(RichText::new(text).small());
            } else {
                let mark = if end == RaceEnd::Diverged { "✕" } else { "○" };
                ui.label(RichText::new(format!("{mark} {text}")).small());
            }
        }
        if quantity == SweepQuantity::Steps && is_map {
            sample_ui(look, SweepShade::NotYet, ui);
            ui.label(RichText::new("not yet").small());
        }
        if swept.limits.is_some() {
            limit_ui(look, is_map, ui);
        }
        marks_ui(look, swept, ui);
    });
}

/// The marks of a map, as far as they have room: on a curve they have their names.
fn marks_ui(look: Look<'_>, swept: &Swept<'_>, ui: &mut Ui) {
    if swept.sweep.question().y.is_none() {
        return;
    }
    let best = swept.summary.best.map(|_| "★ best");
    for text in best.into_iter().chain(look.run.map(|_| "○ this run")) {
        if fits(ui, text, ui.available_width()) {
            ui.label(RichText::new(text).small());
        }
    }
}

/// The way back to the usual ranges.
pub(super) fn whole_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if state.view.scene.sweep.region.is_some() {
        let help = "Shows the usual ranges again. The wheel zooms about the pointer.";
        if ui.small_button("Whole").hint(help).clicked() {
            commands.push(Command::View(ViewCommand::Sweep(SweepChange::Region(None))));
        }
    }
}

/// The colors from the best value to the worst.
fn scale_ui(look: Look<'_>, swept: &Swept<'_>, ui: &mut Ui) {
    let quantity = look.quantity;
    let (range, name) = match quantity {
        SweepQuantity::Steps => (swept.summary.steps, "steps"),
        _ if swept.summary.floor.is_some() => (swept.summary.losses, "loss − f*"),
        _ => (swept.summary.losses, "loss"),
    };
    let Some([low, high]) = range else { return };
    let text = |value: f64| match quantity {
        SweepQuantity::Steps => grouped(value as usize),
        _ if value < 0.0 => number(value),
        _ => brief(value),
    };
    ui.label(RichText::new(format!("{name} {}", text(low.max(swept.summary.least().min(high))))).small());
    let color = |share| theme::color(SweepShade::Value(share).color(look.theme));
    stripes_ui(vec2(SCALE, SAMPLE) * look.scale, STRIPES, ui, color);
    ui.label(RichText::new(text(high)).small());
}

/// The line of theory's limit: a boundary on a map, an upright line beside a curve.
fn limit_ui(look: Look<'_>, is_map: bool, ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(1.6 * SAMPLE, SAMPLE) * look.scale, Sense::hover());
    if is_map {
        ui.painter().hline(rect.x_range(), rect.center().y, theme::stroke(look.theme, Ink::Truth, 2.0));
    } else {
        ui.painter().vline(rect.center().x, rect.y_range(), theme::stroke(look.theme, Ink::Muted, 1.4));
    }
    // In little room one word must do.
    let text = ["limit of theory", "limit"].into_iter().find(|text| fits(ui, text, ui.available_width()));
    ui.label(RichText::new(text.unwrap_or("limit")).small());
}

fn sample_ui(look: Look<'_>, shade: SweepShade, ui: &mut Ui) {
    let theme = look.theme;
    let side = SAMPLE * look.scale;
    let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let outline = theme::color(Ink::Outline.line(theme));
    ui.painter().rect(rect, 1.0, theme::color(shade.color(theme)), (1.0, outline), StrokeKind::Inside);
}
