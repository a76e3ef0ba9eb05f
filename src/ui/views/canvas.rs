//! Shared by all views: a title with its maximize button, hover data, and the accessible text of a canvas.

use egui::{
    Align, Button, Color32, Label, Layout, Popup, Response, RichText, Role, Sense, TextStyle, Ui, Vec2, WidgetInfo,
    lerp,
};

use super::{Canvases, picture_switch};
use crate::drawing::ink::{Ink, Theme};
use crate::numbers::{Point, Vector};
use crate::state::{Command, Pane, Picture, State, ViewCommand, WindowCommand};
use crate::ui::panels::undrawn_ui;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::{declare_menu, small_width};

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
    // A class looks at the picture alone: the room of the row is its own. A file has no controls.
    if state.view.chrome.presenting.is_some() && Picture::of(pane).is_some() || state.view.chrome.exported.is_some() {
        return;
    }
    // Below the page of a lesson, which names it, a tab of little height keeps its room for what it shows.
    let is_below_page = state.lesson().is_some() && state.view.chrome.presenting.is_some();
    if is_below_page && ui.available_height() < ROOM_FOR_ROW * theme::factor_in(ui) {
        return;
    }
    ui.horizontal(|ui| {
        match Picture::of(pane) {
            None => tabs(state, pane, ui, commands),
            Some(_) if state.has_surface() && state.shown_picture().main() == pane => {
                picture_switch::switch_ui(state, ui, commands);
            }
            Some(_) => {
                ui.label(theme::title(pane.title_on(&state.document.landscape)));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let maximized = state.view.chrome.maximized == Some(pane);
            let (symbol, word) =
                if maximized { ("↙", "Show all views") } else { ("↗", "Fill the window with this view") };
            let button = ui.add(Button::new(symbol).frame(false)).hint(format!("{word} (F)"));
            button.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, format!("{word}: {}", pane.title_on(&state.document.landscape)))
            });
            if button.clicked() {
                commands.push(Command::Window(WindowCommand::ToggleMaximized(pane)));
            }
            middle(ui, commands);
            let seen: Vec<Pane> = Pane::ALL.into_iter().filter(|pane| state.view.has(*pane)).collect();
            undrawn_ui(state, &seen, ui);
        });
    });
}

/// Says so where the small pictures of the axes have two rates: what plays here has one.
pub(super) fn one_rate_ui(state: &State, ui: &mut Ui) {
    if state.derived.axes_runs().iter().any(|run| run.rates.is_some()) {
        let label = ui.label(theme::role(state.view.chrome.theme, "one rate here", Ink::Accent));
        label.hint("The runs play with the rate that they have. With “undo with two rates” the small pictures of the tab Axes have a rate for each weight.");
    }
}

/// Says so where each axis has a scale of its own. Short: the title of the pane has to stay beside it.
pub(super) fn not_to_scale_ui(state: &State, ui: &mut Ui) {
    if state.view.scene.is_stretched(&state.document.landscape) {
        let label = ui.label(theme::role(state.view.chrome.theme, "not to scale", Ink::Gap));
        label.hint("Each axis has a scale of its own: angles and lengths are not true");
    }
}

/// The views that share a place, the one that is shown marked; those without room are in a menu at the end of the row.
fn tabs(state: &State, shown: Pane, ui: &mut Ui, commands: &mut Vec<Command>) {
    let panes: Vec<Pane> = Pane::TABS.into_iter().filter(|pane| state.tab_lack(*pane).is_none()).collect();
    let button = 1.5 * ui.spacing().interact_size.y;
    let (seen, folded) = divided(&panes, shown, ui.available_width() - button, ui);
    ui.spacing_mut().item_spacing.x = TAB_GAP;
    ui.spacing_mut().button_padding.x = TAB_PADDING;
    for pane in seen {
        tab_ui(pane, shown, ui, commands);
    }
    if folded.is_empty() {
        return;
    }
    let response = ui.add(Button::new(RichText::new("⋯").small())).hint("More tabs.");
    declare_menu(ui, &response, "more tabs", "");
    Popup::menu(&response).show(|ui| {
        for pane in folded {
            tab_ui(pane, shown, ui, commands);
        }
    });
}

/// Where the tabs have no room beside the picture: a menu of them, each of which fills the window.
pub(super) fn tabs_menu_ui(state: &State, canvases: &Canvases, pane: Pane, ui: &mut Ui, commands: &mut Vec<Command>) {
    if !canvases.tabs_gave_way || state.view.chrome.maximized.is_some() {
        return;
    }
    // Of two pictures side by side the second has room for it.
    if state.shown_picture() == Picture::Both && pane == state.shown_picture().main() {
        return;
    }
    let help = "The tabs have no room beside the picture here: one of them fills the window until Escape is pressed. Smaller type (Ctrl−), one picture alone (T) or a larger window brings them back.";
    let response = ui.add(Button::new(RichText::new("Tabs ▾").small())).hint(help);
    declare_menu(ui, &response, "tabs", "");
    Popup::menu(&response).show(|ui| {
        for pane in Pane::TABS.into_iter().filter(|pane| state.tab_lack(*pane).is_none()) {
            let text = RichText::new(pane.short_title()).small();
            if ui.selectable_label(false, text).hint(pane.help()).clicked() {
                commands.push(Command::View(ViewCommand::ShowTab(pane)));
                commands.push(Command::Window(WindowCommand::ToggleMaximized(pane)));
            }
        }
    });
}

/// Below the page of a lesson before a class, a tab with less height than this has no row of tabs, in points at normal type.
const ROOM_FOR_ROW: f32 = 170.0;
/// Between tabs, in points.
const TAB_GAP: f32 = 2.0;
/// Left and right of the words of a tab, in points.
const TAB_PADDING: f32 = 4.0;

fn tab_ui(pane: Pane, shown: Pane, ui: &mut Ui, commands: &mut Vec<Command>) {
    let text = RichText::new(pane.short_title()).small();
    let key = pane.key().map_or_else(String::new, |key| format!(" Key {key}."));
    if ui.selectable_label(pane == shown, text).hint(format!("{}{key}", pane.help())).clicked() {
        commands.push(Command::View(ViewCommand::ShowTab(pane)));
    }
}

/// The tabs that fit into a room, the one that is shown among them, and the others.
fn divided(panes: &[Pane], shown: Pane, room: f32, ui: &Ui) -> (Vec<Pane>, Vec<Pane>) {
    let width = |text: &str| small_width(ui, text) + 2.0 * TAB_PADDING + TAB_GAP;
    let widths: Vec<f32> = panes.iter().map(|pane| width(pane.short_title())).collect();
    if widths.iter().sum::<f32>() <= room {
        return (panes.to_vec(), Vec::new());
    }
    let chosen = panes.iter().position(|pane| *pane == shown);
    let mut left = room - width("⋯") - chosen.map_or(0.0, |index| widths[index]);
    let mut is_full = false;
    let fits = |index: usize| {
        if Some(index) == chosen {
            return true;
        }
        left -= widths[index];
        is_full |= left < 0.0;
        !is_full
    };
    let seen: Vec<bool> = (0..panes.len()).map(fits).collect();
    let of =
        |wanted: bool| panes.iter().zip(&seen).filter(|(_, seen)| **seen == wanted).map(|(pane, _)| *pane).collect();
    (of(true), of(false))
}

/// Says in the middle of the room why there is nothing to see.
pub(super) fn nothing(ui: &mut Ui, why: &str) {
    let room = ui.available_size();
    // In a narrow place the lines of a sentence take more height than there is: small type has fewer of them.
    let height = |style: &TextStyle| height_in(why, style, room.x, ui);
    let styles = [TextStyle::Body, TextStyle::Small];
    let style = styles.iter().find(|style| height(style) <= room.y).unwrap_or(&styles[1]).clone();
    let above = ((room.y - height(&style)) / 2.0).max(0.0);
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(above);
        ui.add(Label::new(theme::muted(why).text_style(style)).wrap());
    });
}

/// The theme of the window and the factor of the type in `ui`: what a picture there is drawn with.
pub(super) fn look(state: &State, ui: &Ui) -> (Theme, f32) {
    (state.view.chrome.theme, theme::factor_in(ui))
}

/// A scale of colors from the left to the right, in stripes: `color` of a share from 0 to 1.
pub(super) fn stripes_ui(size: Vec2, count: usize, ui: &mut Ui, color: impl Fn(f64) -> Color32) {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    for stripe in 0..count {
        let shares = [stripe, stripe + 1].map(|stripe| stripe as f32 / count as f32);
        let [left, right] = shares.map(|share| lerp(rect.x_range(), share));
        let stripe = rect.with_min_x(left).with_max_x(right);
        ui.painter().rect_filled(stripe, 0.0, color(f64::from(shares[0])));
    }
}

/// By which factor the wheel, or two fingers, zoom in now.
pub(super) fn zoom_factor(ui: &Ui) -> Option<f64> {
    let turned = ui.input(|input| f64::from(input.smooth_scroll_delta.y) / 200.0 + f64::from(input.zoom_delta()).ln());
    (turned != 0.0).then(|| turned.exp())
}

/// Tells a screen reader, or a test, what a canvas shows.
pub(super) fn announce(response: &Response, text: impl Fn() -> String) {
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, text()));
}

/// How high the lines become in the width there is.
pub(super) fn height_of(lines: &[String], style: &TextStyle, ui: &Ui) -> f32 {
    lines.iter().map(|line| height_in(line, style, ui.available_width(), ui)).sum()
}

/// How high a text becomes in a width, with the gap after it.
pub(super) fn height_in(text: &str, style: &TextStyle, width: f32, ui: &Ui) -> f32 {
    let font = style.resolve(ui.style());
    let size = ui.painter().layout(text.to_owned(), font, Color32::PLACEHOLDER, width).size();
    size.y + ui.spacing().item_spacing.y
}
