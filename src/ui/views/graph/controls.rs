//! The controls below the graph: forward and back through its stages, and the sample.

use egui::{Align, Button, Layout, Popup, RichText, Role, ScrollArea, TextStyle, Ui, WidgetInfo};

use crate::drawing::graph::Graph;
use crate::numbers::numerals::grouped;
use crate::state::{Command, SampleCommand, State};
use crate::ui::widgets::hint::Hint as _;
use crate::ui::{actions, theme};

/// Back and on through the graph, and which sample it is about.
pub(super) fn controls(state: &State, graph: &Graph, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        for (id, symbol) in [("pass back", "◀"), ("pass on", "▶")] {
            let Some(action) = actions::find(id) else { continue };
            let button = ui.add(Button::new(symbol).small()).hint(action.tooltip(ui.ctx()));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, (action.label)(state)));
            if button.clicked() {
                commands.push((action.command)(state));
            }
        }
        let stages = graph.stages().len();
        let place = state
            .view
            .scene
            .network
            .stage
            .map_or_else(|| "all shown".to_owned(), |stage| format!("{} of {stages}", stage + 1));
        ui.label(theme::muted(place).small());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| sample_menu(graph, ui, commands));
    });
}

/// Which sample the graph is about.
fn sample_menu(graph: &Graph, ui: &mut Ui, commands: &mut Vec<Command>) {
    let count = graph.parts.len();
    let all = if count == 1 { "the one sample".to_owned() } else { format!("all {} samples", grouped(count)) };
    let chosen = graph.sample.map_or_else(|| all.clone(), |index| format!("sample {}", index + 1));
    let button = ui.add(Button::new(RichText::new(format!("{chosen} ▾")).small()));
    let button = button.hint("The sample whose values are shown: one of them, or all together.");
    button.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("sample of the graph: {chosen}")));
    Popup::menu(&button).show(|ui| {
        let row = ui.text_style_height(&TextStyle::Body) + 2.0 * ui.spacing().button_padding.y;
        ScrollArea::vertical().max_height(12.0 * row).show_rows(ui, row, count + 1, |ui, rows| {
            for place in rows {
                let sample = place.checked_sub(1);
                let label = sample.map_or_else(|| all.clone(), |index| format!("sample {}", index + 1));
                if ui.selectable_label(graph.sample == sample, label).clicked() {
                    commands.push(Command::Samples(SampleCommand::Choose(sample)));
                    ui.close();
                }
            }
        });
    });
}
