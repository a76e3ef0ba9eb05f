//! The ends of the ruler over the chart, to be dragged.

use egui::{CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::drawing::loss_chart::{ChartChange, LossChart, LossChartInput, on_selected};
use crate::render::flat::Mapping;
use crate::state::{Command, ViewCommand};
use crate::ui::theme;

/// How near to an end, in points at normal type, the pointer takes it.
const NEAR: f32 = 9.0;
/// How near to the selected run, in points at normal type, an end clings to it.
const CLINGS: f32 = 10.0;
/// What the ends are called.
const NAMES: [&str; 2] = ["first end of the ruler", "second end of the ruler"];

/// The handles, above the chart, so that a drag of one does not move the playhead.
pub(super) fn handles_ui(
    chart: &LossChart,
    input: &LossChartInput<'_>,
    page: &Mapping,
    ui: &Ui,
    commands: &mut Vec<Command>,
) {
    let Some(shown) = &chart.ruler else { return };
    let scale = theme::factor_in(ui);
    for (end, name) in NAMES.into_iter().enumerate() {
        let area = Rect::from_center_size(page.position(shown.ends[end]), vec2(2.0, 2.0) * NEAR * scale);
        // A click that is no drag is not one on the chart below, either.
        let response = ui.interact(area, ui.scope_id().with(name), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {}", shown.words)));
        let response = response.on_hover_cursor(CursorIcon::Grab);
        let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) else { continue };
        let at = page.point(pointer);
        let is_free = ui.input(|input| input.modifiers.alt);
        let on_run = on_selected(input, chart.x, chart.y, at.x).filter(|_| !is_free);
        let clings = |place: &crate::numbers::Point| page.position(*place).distance(pointer) <= CLINGS * scale;
        let to = on_run.filter(clings).unwrap_or(at);
        commands.push(Command::View(ViewCommand::Chart(ChartChange::Ruler(Some(shown.moved(end, to, chart.view))))));
    }
}
