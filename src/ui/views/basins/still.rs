//! The basins alone, for a file: the picture with its figures, what it shows above it, and the legend beside it.

use egui::{Frame, Margin, Ui, UiBuilder, vec2};

use super::{BasinCanvas, Look, is_square, legend, over_ui, undecided_words};
use crate::drawing::ink::{Ink, Theme};
use crate::numbers::numerals::parameter;
use crate::optimizers::short_name;
use crate::state::{BasinFacts, TypeScale};
use crate::studies::Basins;
use crate::ui::theme;

/// The width of the legend, in points.
const LEGEND: f32 = 240.0;
/// The margin around everything, in points.
const MARGIN: i8 = 12;
/// Between picture and legend, in points.
const GAP: f32 = 10.0;
/// What stands around the cells, in points: the legend, the figures and the heading.
const AROUND: [f32; 2] = [LEGEND + GAP + 64.0, 90.0];
/// The longest side of the cells, in points: as large as a cell each, but neither too small to be seen nor larger than a page.
const SIDE: [f32; 2] = [600.0, 7000.0];

/// The size of its picture, in points.
pub fn basins_still_size(basins: &Basins) -> [f32; 2] {
    let question = basins.question();
    let cells = question.size.map(|side| side as f32);
    let view = question.view;
    let shape = if is_square(view) { [view.width(), view.height()].map(|side| side as f32) } else { [1.0; 2] };
    let side = cells[0].max(cells[1]).clamp(SIDE[0], SIDE[1]) / shape[0].max(shape[1]);
    [0, 1].map(|axis: usize| (side * shape[axis]).max(SIDE[0] / 2.0).round() + AROUND[axis])
}

/// Shows it.
pub fn basins_still_ui(basins: &Basins, canvas: &mut BasinCanvas, theme: Theme, ui: &mut Ui) {
    theme::apply(ui.ctx(), theme, TypeScale::Normal);
    let facts = BasinFacts::of(basins);
    let look = Look { theme, scale: 1.0, facts: &facts };
    let frame = Frame::new().fill(theme::color(Ink::Panel.fill(theme))).inner_margin(Margin::same(MARGIN));
    frame.show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.label(theme::title(heading(basins)));
        let room = ui.available_rect_before_wrap();
        let (picture, words) = room.split_left_right_at_x(room.right() - LEGEND);
        let picture = picture.with_max_x(picture.right() - GAP);
        let shown =
            ui.scope_builder(UiBuilder::new().max_rect(picture), |ui| canvas.show(&look, basins, (0, None), ui));
        // Marks and numbers are as large as things were on the screen before: once more where nothing was.
        if canvas.mapping.replace(shown.inner.mapping).is_none() {
            ui.ctx().request_repaint();
        }
        if let Some(why) = undecided_words(basins) {
            over_ui(&why, shown.inner.mapping.frame(), ui);
        }
        ui.scope_builder(UiBuilder::new().max_rect(words.shrink2(vec2(6.0, 0.0))), |ui| {
            // Nobody is there to press anything: the commands stay empty.
            legend::legend_ui(&look, basins, legend::Region::Whole, ui, &mut Vec::new());
        });
    });
}

/// "Where Gradient descent, η 0.01, ends on Himmelblau, from every start".
fn heading(basins: &Basins) -> String {
    let question = basins.question();
    let rate = question.optimizer.rate().map_or_else(String::new, |rate| format!(", η {},", parameter(rate)));
    let method = short_name(question.optimizer.entry.name);
    format!("Where {method}{rate} ends on {}, from every start", question.landscape.name())
}
