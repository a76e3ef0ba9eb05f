//! The top bar: menus made from the table of actions, the landscape and its formula, the theme.

use std::path::Path;

use egui::containers::menu::MenuBar;
use egui::{
    Align, Button, Label, Layout, Response, RichText, Role, ScrollArea, Separator, Style, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, vec2,
};

use crate::drawing::ink::Theme;
use crate::landscapes::excerpt::of_path;
use crate::state::{Command, FileCommand, State};
use crate::ui::actions::{self, Action, Menu};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::landscape_picker::{landscape_picker, picker_width};

/// The width of the landscape's picker, in points at normal type.
const PICKER: f32 = 190.0;
/// From this width on the bar begins with the name of the program, in points at normal type.
const ROOM_FOR_NAME: f32 = 900.0;
/// Entries of a menu that would not fit into the window stand closer, to this share of their height.
const CLOSEST: f32 = 0.65;
/// Padding below an open menu, in points.
const BELOW_MENU: f32 = 16.0;
/// What the fonts' license asks to be said.
const FONT_LICENSE: &str = "Letters and symbols: Noto Sans, © The Noto Project Authors, SIL Open Font License 1.1";

/// The top bar, one row.
pub fn menu_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let height = ui.spacing().interact_size.y;
    let style = menu_style(ui);
    // The bar is as high as its room, and everything in it is centered; its buttons stay as they are.
    ui.spacing_mut().interact_size.y = ui.available_height();
    MenuBar::new().style(style).ui(ui, |ui| {
        ui.spacing_mut().interact_size.y = height;
        // In a narrow window, or in large type, the name of the landscape is worth more than that of the program.
        if ui.available_width() > ROOM_FOR_NAME * state.view.chrome.type_scale.factor() {
            ui.label(theme::strong("Taylorscope"));
            ui.add_space(ui.spacing().item_spacing.x);
        }
        action_button("setup", "Set-up", state, ui, commands);
        for menu in Menu::BAR {
            ui.menu_button(menu.title(), |ui| scrolled_ui(ui, |ui| menu_entries(state, ui, menu, commands)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right_of_menus_ui(state, ui, commands));
    });
}

/// The look of the bar's buttons: that of menus, with the room around words that buttons have elsewhere.
fn menu_style(ui: &Ui) -> impl Fn(&mut Style) + Send + Sync + 'static {
    let padding = ui.spacing().button_padding;
    move |style: &mut Style| {
        egui::containers::menu::menu_style(style);
        style.spacing.button_padding = padding;
    }
}

/// The landscape in the room right of the menus, and from the right what else has room there.
fn right_of_menus_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = state.view.chrome.type_scale.factor();
    // No button takes of the name of the landscape what it needs.
    let picker = (PICKER * k).min(picker_width(state, ui)) + 2.0 * ui.spacing().item_spacing.x;
    // In a very narrow window the menus need all of the row; the theme is in the View menu too.
    if ui.available_width() > picker + 170.0 * k {
        theme_button(state, ui, commands);
    }
    if ui.available_width() > picker + 80.0 * k {
        action_button("present", "Present", state, ui, commands);
    }
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| landscape(state, ui, commands));
}

/// The entries of a menu, which are scrolled in a low window: a line at its foot says so.
fn scrolled_ui(ui: &mut Ui, entries: impl FnOnce(&mut Ui)) {
    let line = ui.text_style_height(&TextStyle::Small) + ui.spacing().item_spacing.y;
    let whole = (ui.ctx().content_rect().bottom() - ui.next_widget_position().y - BELOW_MENU).max(BELOW_MENU);
    // A popup has less height by itself than the window has.
    ui.set_max_height(whole);
    // How high all entries are as they are and closer, once that is known.
    let id = ui.scope_id().with("heights of its entries");
    let [natural, close] = ui.data(|data| data.get_temp::<[f32; 2]>(id)).unwrap_or([0.0; 2]);
    let share = if natural > whole { CLOSEST } else { 1.0 };
    if share < 1.0 {
        let spacing = ui.spacing_mut();
        spacing.interact_size.y *= share;
        (spacing.item_spacing.y, spacing.button_padding.y) = (0.0, 0.0);
    }
    let is_scrolled = if share < 1.0 { close > whole } else { natural > whole };
    let room = if is_scrolled { whole - line } else { whole };
    let shown = ScrollArea::vertical().max_height(room).show(ui, entries);
    let height = shown.content_size.y;
    ui.data_mut(|data| data.insert_temp(id, if share < 1.0 { [natural, height] } else { [height, close] }));
    let below = height - shown.inner_rect.height() - shown.state.clamped_offset().y;
    if height > shown.inner_rect.height() + 1.0 {
        let text = if below > 1.0 { "▾ more: scroll" } else { "▴ more above" };
        ui.vertical_centered(|ui| ui.label(theme::muted(text).small()));
    }
}

/// The entries of a menu in the table's order, a line between groups.
fn menu_entries(state: &State, ui: &mut Ui, menu: Menu, commands: &mut Vec<Command>) {
    let mut last = None;
    for action in actions::all() {
        let Some((_, group)) = action.menu.filter(|(of, _)| *of == menu) else { continue };
        if last.is_some_and(|last| last != group) {
            if menu == Menu::File && last == Some(0) {
                recent_ui(state, ui, commands);
            }
            separator_ui(ui);
        }
        last = Some(group);
        entry(state, ui, action, commands);
    }
    submenu_ui(state, ui, menu, commands);
}

/// A line between two groups, narrower where the entries stand closer.
fn separator_ui(ui: &mut Ui) {
    let is_close = ui.spacing().item_spacing.y == 0.0;
    ui.add(Separator::default().spacing(if is_close { 2.0 } else { 6.0 }));
}

/// The menu that opens from the last entry of another.
fn submenu_ui(state: &State, ui: &mut Ui, menu: Menu, commands: &mut Vec<Command>) {
    match menu {
        Menu::View => {
            ui.separator();
            ui.menu_button(Menu::Overlays.title(), |ui| menu_entries(state, ui, Menu::Overlays, commands));
        }
        Menu::Help => {
            ui.separator();
            ui.menu_button("About Taylorscope", about);
        }
        _ => {}
    }
}

/// The files that were opened or saved last.
fn recent_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let recent = &state.files.scenes.recent;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in recent {
                let name = of_path(Path::new(path.file_name().unwrap_or(path.as_os_str())));
                if ui.button(name).hint(of_path(path)).clicked() {
                    commands.push(Command::Files(FileCommand::Open(path.clone())));
                }
            }
        });
    });
}

fn entry(state: &State, ui: &mut Ui, action: &Action, commands: &mut Vec<Command>) {
    let on = action.checked.as_ref().map(|checked| checked(state));
    let label = (action.label)(state);
    let key = action.key_text(ui.ctx()).unwrap_or_default();
    let enabled = (action.enabled)(state);
    let text = match on {
        Some(true) => format!("☑ {label}"),
        Some(false) => format!("☐ {label}"),
        None => label.clone(),
    };
    let response = ui.add_enabled(enabled, Button::new(text).shortcut_text(theme::muted(key)));
    response.widget_info(|| match on {
        Some(on) => WidgetInfo::selected(Role::MenuItemCheckBox, enabled, on, &label),
        None => WidgetInfo::labeled(Role::MenuItem, enabled, &label),
    });
    let response = response.hint(action.help);
    if response.clicked() {
        commands.push((action.command)(state));
    }
}

fn about(ui: &mut Ui) {
    ui.label(theme::strong(format!("Taylorscope {}", env!("CARGO_PKG_VERSION"))));
    ui.label(env!("CARGO_PKG_DESCRIPTION"));
    ui.label(theme::muted(format!("License: {}", env!("CARGO_PKG_LICENSE"))));
    ui.label(theme::muted(FONT_LICENSE));
}

/// A button of the bar for an entry of the table of actions, pressed while it is checked.
fn action_button(id: &str, text: &str, state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(action) = actions::find(id) else { return };
    let on = action.checked.as_ref().is_some_and(|checked| checked(state));
    let response = ui.add(Button::selectable(on, text));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, (action.label)(state)));
    if response.hint(action.tooltip(ui.ctx())).clicked() {
        commands.push((action.command)(state));
    }
}

fn theme_button(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) -> Option<Response> {
    let action = actions::find("theme")?;
    let text = match state.view.chrome.theme {
        Theme::Light => "☾ Dark",
        Theme::Dark => "☀ Light",
    };
    let outline = ui.visuals().widgets.noninteractive.bg_stroke;
    let fill = ui.visuals().window_fill;
    let button =
        Button::new(text).fill(fill).stroke(outline).min_size(vec2(72.0 * state.view.chrome.type_scale.factor(), 0.0));
    let response = ui.add(button).hint(action.tooltip(ui.ctx()));
    if response.clicked() {
        commands.push((action.command)(state));
    }
    Some(response)
}

/// The picker with the landscape's name, and beside it the formula.
fn landscape(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = state.view.chrome.type_scale.factor();
    let landscape = &state.document.landscape;
    ui.add_space(ui.spacing().item_spacing.x);
    let width = (PICKER * k).min(ui.available_width());
    commands.extend(
        ui.scope(|ui| {
            ui.set_max_width(width);
            landscape_picker(state, ui)
        })
        .inner,
    );
    formula_ui(landscape.formula(), ui).hint(format!("{}\n\n{}", landscape.formula(), landscape.entry().idea));
}

/// Shows the formula in one line, in a small one, or in two small ones: whichever fits first.
fn formula_ui(formula: &str, ui: &mut Ui) -> Response {
    let room = ui.available_width();
    // By itself text in a row is as long as it likes.
    let wraps = Some(TextWrapMode::Wrap);
    let laid = |text: RichText, width: f32| WidgetText::from(text).into_galley(ui, wraps, width, TextStyle::Body);
    let (large, small) = (theme::muted(formula), theme::muted(formula).small());
    if laid(large.clone(), f32::INFINITY).size().x <= room {
        return ui.label(large);
    }
    let galley = laid(small.clone(), room);
    let (rows, height) = (galley.rows.len(), galley.size().y);
    if rows == 1 || rows == 2 && height <= ui.max_rect().height() {
        // As it was laid out here: a label that breaks in a row makes its first line as high as the row.
        return ui.add(Label::new(galley));
    }
    // A part of it says nothing: then the name of the landscape has it in its tooltip.
    ui.label("")
}

#[cfg(test)]
mod tests {
    use egui::epaint::{ClippedShape, Shape};
    use egui::{Pos2, RawInput, Rect};

    use super::*;
    use crate::landscapes::{Landscape, entries};
    use crate::state::{Document, TypeScale};

    fn texts(shape: &Shape, clip: Rect, out: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, clip, out)),
            Shape::Text(text) => {
                let seen = text.galley.mesh_bounds.translate(text.pos.to_vec2()).intersect(clip);
                if seen.is_positive() {
                    out.push((text.galley.text().to_owned(), seen));
                }
            }
            _ => {}
        }
    }

    /// The words of the bar in a window so wide, with their places.
    fn words(ctx: &egui::Context, state: &State, width: f32) -> Vec<(String, Rect)> {
        let size = vec2(width, 44.0 * state.view.chrome.type_scale.factor());
        let mut found = Vec::new();
        // In the first pass it is not yet known how wide everything is.
        for _ in 0..2 {
            let input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)), ..Default::default() };
            let output = ctx.run_ui(input, |ui| menu_ui(state, ui, &mut Vec::new()));
            found.clear();
            for ClippedShape { clip_rect, shape, .. } in &output.shapes {
                texts(shape, *clip_rect, &mut found);
            }
            output.drop_without_applying_deltas();
        }
        found
    }

    /// On every landscape, in every type and on every projector no word of the bar lies over another, and none is outside.
    #[test]
    fn the_words_of_the_bar_keep_apart() {
        let [mut whole, mut left_out] = [0, 0];
        for (scale, width) in
            TypeScale::ALL.into_iter().flat_map(|scale| [1024.0, 1280.0, 1920.0].map(|width| (scale, width)))
        {
            let ctx = egui::Context::default();
            theme::apply(&ctx, Theme::Light, scale);
            for entry in entries() {
                let mut state = State::new(Document::new(Landscape::of(entry)));
                state.view.chrome.type_scale = scale;
                let found = words(&ctx, &state, width);
                let has_formula = found.iter().any(|(text, _)| text == state.document.landscape.formula());
                whole += usize::from(has_formula);
                left_out += usize::from(!has_formula);
                for (index, (text, place)) in found.iter().enumerate() {
                    let of = format!("{} at {width}, {scale:?}: {text} at {place}", entry.id);
                    assert!(place.left() >= 0.0 && place.right() <= width, "{of}");
                    let over = found[..index].iter().find(|(_, other)| other.shrink(1.0).intersects(place.shrink(1.0)));
                    assert_eq!(over, None, "{of}");
                }
            }
        }
        assert!(whole > 60 && left_out > 0, "{whole} formulas are seen, {left_out} left out");
    }
}
