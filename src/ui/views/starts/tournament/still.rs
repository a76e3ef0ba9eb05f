//! The tournament alone, for a file: the table beside the chart, or below it in several parts where it would be too wide.

use egui::{Label, Ui, UiBuilder, vec2};

use super::{GAP, Look, both_ui, chart_ui, sentence, table};
use crate::drawing::ink::{Ink, Theme};
use crate::state::{KeptTournament, ShownTournament, TypeScale};
use crate::ui::theme;

/// The margin around everything, in points.
const MARGIN: i8 = 12;
/// The least width of the chart, in points.
const LEAST: f32 = 500.0;
/// The height of the chart above the table, in points.
const CHART: f32 = 420.0;
/// The width of the names of the losses, in points.
const NAMES: f32 = 190.0;
/// The width of a column of the table, in points.
const COLUMN: f32 = 100.0;
/// The height of a row of the table, in points.
const ROW: f32 = 20.0;
/// What stands above chart and table, and the margins, in points.
const ABOVE: f32 = 120.0;
/// The largest width: what is wider is not read on a screen, nor on paper.
const WIDEST: f32 = 1600.0;

/// The width with this many columns of the table beside the chart, and with none of the chart.
fn widths(columns: usize) -> [f32; 2] {
    let table = NAMES + COLUMN * columns as f32 + 2.0 * f32::from(MARGIN);
    [table + LEAST + GAP, table]
}

/// The columns of each part of the table below the chart; `None` where it has room beside it.
fn columns_below(methods: usize) -> Option<usize> {
    let [beside, _] = widths(methods);
    (beside > WIDEST).then(|| {
        let most = (1..=methods).rev().find(|columns| widths(*columns)[1] <= WIDEST).unwrap_or(1);
        methods.div_ceil(methods.div_ceil(most))
    })
}

/// The size of its picture, in points: nowhere wider than 1600.
pub fn tournament_still_size(kept: &KeptTournament) -> [f32; 2] {
    let [methods, rows] = kept.shown().map_or([0; 2], |shown| [shown.order.len(), table::rows(&shown) + 1]);
    let table = ROW * rows as f32;
    match columns_below(methods) {
        None => [widths(methods)[0], ABOVE + table],
        Some(columns) => {
            let parts = methods.div_ceil(columns) as f32;
            [WIDEST, ABOVE + CHART + parts * (table + GAP)]
        }
    }
}

/// Shows it.
pub fn tournament_still_ui(kept: &KeptTournament, theme: Theme, ui: &mut Ui) {
    theme::apply(ui.ctx(), theme, TypeScale::Normal);
    let Some(shown) = kept.shown() else { return };
    let frame = egui::Frame::new().fill(theme::color(Ink::Panel.fill(theme)));
    frame.inner_margin(egui::Margin::same(MARGIN)).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.label(theme::title("Performance profiles, and who wins where"));
        ui.add(Label::new(sentence(&shown)).wrap());
        let look = Look { theme, scale: 1.0, styles: (0..shown.profiles.len()).collect() };
        match columns_below(shown.order.len()) {
            Some(columns) => below_ui(&look, &shown, columns, ui),
            None => beside_ui(&look, &shown, ui),
        }
    });
}

fn beside_ui(look: &Look, shown: &ShownTournament<'_>, ui: &mut Ui) {
    let room = ui.available_rect_before_wrap();
    let table = NAMES + COLUMN * shown.order.len() as f32;
    let (chart, table) = room.split_left_right_at_x(room.left() + (room.width() - table).max(LEAST));
    // Nobody is there to press anything: the commands stay empty.
    both_ui(look, shown, [chart.with_max_x(chart.right() - GAP), table], ui, &mut Vec::new());
}

/// The table in parts of this many methods, all losses in each.
fn below_ui(look: &Look, shown: &ShownTournament<'_>, columns: usize, ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CHART), egui::Sense::hover());
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| chart_ui(look, shown, ui));
    for methods in shown.order.chunks(columns) {
        ui.push_id(methods, |ui| table::part_ui(look, shown, methods, ui, &mut Vec::new()));
        ui.add_space(GAP);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_methods_has_room_within_the_largest_width() {
        let mut were_beside = true;
        for methods in 1..=60 {
            let columns = columns_below(methods);
            let width = columns.map_or(widths(methods)[0], |columns| widths(columns)[1]);
            assert!(width <= WIDEST, "{methods}: {width}");
            let is_beside = columns.is_none();
            assert!(were_beside || !is_beside, "{methods}: more do not fit beside the chart again");
            were_beside = is_beside;
            let parts = columns.map_or(1, |columns| methods.div_ceil(columns));
            let needed = columns
                .map_or(1, |_| (1..=methods).find(|parts| widths(methods.div_ceil(*parts))[1] <= WIDEST).unwrap());
            assert_eq!(parts, needed, "{methods}: in as few parts as can be");
        }
        assert!(!were_beside);
    }
}
