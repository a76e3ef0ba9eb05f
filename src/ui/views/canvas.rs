//! What all views share: a title with its maximize button, hover data, and the way a canvas announces itself.

use egui::{Align, Layout, Response, RichText, Role, TextStyle, Ui, WidgetInfo};

use super::picture;
use crate::drawing::ink::Ink;
use crate::numbers::{Point, Vector};
use crate::state::{Command, Pane, Picture, State, ViewCommand, WindowCommand};
use crate::ui::panels::undrawn_ui;
use crate::ui::theme;

/// What lies under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hover {
    /// w.
    pub at: Point,
    /// f there.
    pub value: f64,
    /// ∇f there.
    pub gradient: Vector,
}

impl Hover {
    /// The loss at a point.
    pub fn over(state: &State, at: Point) -> Self {
        let first = state.document.landscape.loss().first_order(at);
        Self { at, value: first.value, gradient: first.gradient }
    }
}

/// The row above a view: its name, what `middle` adds, and the button that lets it fill the window.
pub fn pane_title(
    state: &State,
    pane: Pane,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    middle: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    ui.horizontal(|ui| {
        match Picture::of(pane) {
            None => tabs(state, pane, ui, commands),
            Some(_) if state.view.scene.picture.main() == pane => picture::switch_ui(state, ui, commands),
            Some(_) => {
                ui.label(theme::title(pane.title()));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let maximized = state.view.chrome.maximized == Some(pane);
            let (symbol, word) =
                if maximized { ("↙", "Show all views") } else { ("↗", "Fill the window with this view") };
            let button = ui.add(egui::Button::new(symbol).frame(false)).on_hover_text(format!("{word} (F)"));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{word}: {}", pane.title())));
            if button.clicked() {
                commands.push(Command::Window(WindowCommand::ToggleMaximized(pane)));
            }
            middle(ui, commands);
            let seen: Vec<Pane> = Pane::ALL.into_iter().filter(|pane| state.view.has(*pane)).collect();
            undrawn_ui(state, &seen, ui);
        });
    });
}

/// Says so where each axis has a scale of its own. Short: the title of the pane has to stay beside it.
pub(super) fn not_to_scale_ui(state: &State, ui: &mut Ui) {
    if state.view.scene.is_stretched(&state.document.landscape) {
        let label = ui.label(theme::role(state.view.chrome.theme, "not to scale", Ink::Gap));
        label.on_hover_text("Each axis has a scale of its own: angles and lengths are not true");
    }
}

/// The views that share a place, the one that is shown marked.
fn tabs(state: &State, shown: Pane, ui: &mut Ui, commands: &mut Vec<Command>) {
    let panes: Vec<Pane> = Pane::TABS.into_iter().filter(|pane| pane.suits(&state.document.landscape)).collect();
    stand_close(&panes, ui);
    for pane in panes {
        let text = RichText::new(pane.short_title()).small();
        let response = ui.selectable_label(pane == shown, text).on_hover_text(pane.help());
        if response.clicked() {
            commands.push(Command::View(ViewCommand::ShowTab(pane)));
        }
    }
}

/// Where there is little room the tabs stand closer, so that the button beside them stays in sight.
fn stand_close(panes: &[Pane], ui: &mut Ui) {
    const GAP: f32 = 4.0;
    let font = TextStyle::Small.resolve(ui.style());
    let width = |pane: &Pane| {
        ui.painter().layout_no_wrap(pane.short_title().to_owned(), font.clone(), egui::Color32::PLACEHOLDER).size().x
    };
    let words: f32 = panes.iter().map(width).sum();
    let button = 1.5 * ui.spacing().interact_size.y;
    let count = panes.len() as f32;
    let padding = ui.spacing().button_padding.x;
    let room = (ui.available_width() - button - words) / count;
    let close = ((room - GAP) / 2.0).clamp(1.0, padding);
    ui.spacing_mut().button_padding.x = close;
    ui.spacing_mut().item_spacing.x = (room - 2.0 * close).clamp(0.0, GAP);
}

/// Tells a screen reader, or a test, what a canvas shows.
pub(super) fn announce(response: &Response, text: impl Fn() -> String) {
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, text()));
}

/// How high the lines become in the width there is.
pub(super) fn height_of(lines: &[String], style: &TextStyle, ui: &Ui) -> f32 {
    let (font, width) = (style.resolve(ui.style()), ui.available_width());
    let height = |line: &String| {
        ui.painter().layout(line.clone(), font.clone(), egui::Color32::PLACEHOLDER, width).size().y
            + ui.spacing().item_spacing.y
    };
    lines.iter().map(height).sum()
}
