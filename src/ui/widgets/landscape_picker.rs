//! The picker of landscapes: a button with the name, and a page of thumbnails by groups with a field to search it.

use std::path::PathBuf;
use std::sync::Arc;

use egui::style::ScrollStyle;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Button, Context, FontSelection, Galley, Id, Margin, Popup, PopupCloseBehavior, Rect, Response, RichText,
    Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::formula_field::focus_soon;
use super::framed::{SearchField, framed};
use super::landscape_search::found;
use super::path_field::{is_entered, name_field, path_of};
use super::row::declare_menu;
use super::thumbnail::{self, thumbnail};
use crate::drawing::ink::Ink;
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::formula::Expression;
use crate::landscapes::{Entry, Group};
use crate::state::{Command, DocumentCommand, FileCommand, FileDialog, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Thumbnails in a row at most; fewer where the window has no room for them.
const COLUMNS: f32 = 9.0;
/// Room for a field beside the tiles, in points.
const ROOM_FOR_FILE: f32 = 480.0;
/// Around a thumbnail, in points.
const GAP: f32 = 6.0;
/// Left and right of it, so that its name has room.
const SIDE: f32 = 12.0;
/// The height of its name: two lines, in sizes of the type.
const NAME: f32 = 2.6;

/// What the page needs beside its thumbnails, for the scroll bar.
const BESIDE: f32 = 24.0;

const SEARCH: SearchField = SearchField {
    name: "search landscapes",
    hint: "search, or type a formula in x, or x and y",
    help: "The beginning of a name, of a family or of a keyword: rosen, valleys, convex, csv; or a formula: x^4 - 2x^2. Enter takes the first.",
};

/// The result of opening the file of the path field since the picker was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Attempt {
    #[default]
    None,
    Opening,
    Refused,
}

impl Attempt {
    fn id() -> Id {
        Id::unique("file that the picker opens")
    }

    fn of(ctx: &Context) -> Self {
        ctx.data(|data| data.get_temp(Self::id())).unwrap_or_default()
    }

    fn remember(self, ctx: &Context) {
        ctx.data_mut(|data| {
            data.insert_temp(Self::id(), self);
        });
    }
}

/// Whether the picker itself says why a file could not be opened.
pub fn picker_tells_refusal(state: &State, ctx: &Context) -> bool {
    state.refused_file().is_some() && Popup::is_any_open(ctx) && Attempt::of(ctx) == Attempt::Refused
}

/// Shows the picker; what was chosen.
pub fn landscape_picker(state: &State, ui: &mut Ui) -> Option<Command> {
    let name = state.document.landscape.name();
    let button = Button::new(words_of(state)).truncate().min_size(vec2(0.0, ui.spacing().interact_size.y + 4.0));
    let response = ui.add(button);
    // The formula, too: beside a long name, and in large type, the bar may have no room for it.
    let landscape = &state.document.landscape;
    let help = format!(
        "{}\n\n{}\n\nThe loss surface: the loss as a function of its weights. A click chooses another.",
        landscape.formula(),
        landscape.entry().idea
    );
    let response = response.hint(help);
    declare_menu(ui, &response, "landscape", name);
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let tile = tile_size(ui).x;
    let room = (ui.ctx().content_rect().width() - 32.0).max(0.0);
    let columns = ((room - BESIDE) / tile).floor().clamp(1.0, COLUMNS);
    popup
        .width((columns * tile + BESIDE).min(room))
        .show(|ui| page_ui(state, ui, &response))
        .and_then(|shown| shown.inner)
        .inspect(|_| focus_soon(&response.ctx))
}

/// The words on its button.
fn words_of(state: &State) -> RichText {
    theme::strong(format!("{} ▾", state.document.landscape.name()))
}

/// How wide its button is with the whole name of the landscape.
pub fn picker_width(state: &State, ui: &Ui) -> f32 {
    let words = egui::WidgetText::from(words_of(state)).into_galley(ui, None, f32::INFINITY, egui::TextStyle::Button);
    words.size().x + 2.0 * ui.spacing().button_padding.x
}

fn page_ui(state: &State, ui: &mut Ui, button: &Response) -> Option<Command> {
    let (sought, entered) = SEARCH.show(button, ui);
    if button.clicked() {
        Attempt::None.remember(ui.ctx());
    }
    let shown = found(&sought);
    let mut chosen = shown.first().copied().filter(|_| entered && !sought.trim().is_empty()).map(choice);
    if shown.is_empty() {
        chosen = typed_ui(sought.trim(), entered, ui).or(chosen);
    }
    let height = ui.ctx().content_rect().height() * 0.74;
    ui.spacing_mut().scroll = ScrollStyle::solid();
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
    chosen = area.show(ui, |ui| groups_ui(state, ui, &shown)).inner.or(chosen);
    close_when_done(state, ui, chosen.as_ref());
    chosen
}

/// What the user brings along, then the tiles by groups; what was clicked.
fn groups_ui(state: &State, ui: &mut Ui, shown: &[&'static Entry]) -> Option<Command> {
    let current = state.document.landscape.entry();
    let mut chosen = own_ui(state, ui, shown, current);
    for group in Group::ALL {
        let of_group = group_ui(ui, group, shown, current);
        chosen = of_group.map(DocumentCommand::ChooseLandscape).map(Command::Document).or(chosen);
    }
    chosen
}

/// What names no landscape may be a formula: then it is offered as one.
fn typed_ui(sought: &str, entered: bool, ui: &mut Ui) -> Option<Command> {
    let formula = Expression::parse(sought).ok().filter(|formula| formula.mentions(0) || formula.mentions(1));
    let Some(formula) = formula else {
        let words = format!("no name, family or keyword begins with “{}”", excerpt(sought));
        ui.label(theme::muted(words).small());
        return None;
    };
    let text = format!("Your own loss: f = {}", excerpt(&formula.pretty()));
    let response = ui.add(Button::new(text)).hint("Opens it as a formula of your own. Enter does, too.");
    (response.clicked() || entered).then(|| Command::Document(DocumentCommand::TypeFormula(sought.to_owned())))
}

/// Closes the page once a landscape is chosen; for a file that is when it has been read. One that is refused leaves it open.
fn close_when_done(state: &State, ui: &Ui, chosen: Option<&Command>) {
    let is_read = Attempt::of(ui.ctx()) == Attempt::Opening && state.file_request.is_none();
    match chosen {
        Some(Command::Files(FileCommand::Open(_))) => Attempt::Opening.remember(ui.ctx()),
        None if is_read && state.refused_file().is_some() => Attempt::Refused.remember(ui.ctx()),
        None if !is_read => {}
        _ => ui.close(),
    }
}

/// What choosing an entry does: one that is in a file is asked for.
fn choice(entry: &'static Entry) -> Command {
    if entry.is_in_file() {
        Command::Files(FileCommand::Ask(FileDialog::Open))
    } else {
        Command::Document(DocumentCommand::ChooseLandscape(entry.id))
    }
}

/// What the user brings along: a formula or a network to type, a file to open.
fn own_ui(state: &State, ui: &mut Ui, shown: &[&'static Entry], current: &Entry) -> Option<Command> {
    let own: Vec<&'static Entry> = shown.iter().copied().filter(|entry| entry.group == Group::Own).collect();
    if own.is_empty() {
        return None;
    }
    let files = || own.iter().filter(|entry| entry.is_in_file());
    let mut chosen = None;
    ui.label(theme::title(Group::Own.title()));
    let narrow = ui.available_width() < ROOM_FOR_FILE;
    ui.horizontal(|ui| {
        for entry in own.iter().filter(|entry| !entry.is_in_file()) {
            if tile_ui(ui, entry, entry.id == current.id).hint(entry.idea).clicked() {
                chosen = Some(choice(entry));
            }
        }
        for entry in files().filter(|_| !narrow) {
            chosen = ui.vertical(|ui| from_file_ui(state, ui, entry)).inner.or(chosen.take());
        }
    });
    for entry in files().filter(|_| narrow) {
        chosen = from_file_ui(state, ui, entry).or(chosen.take());
    }
    chosen
}

/// A file to open, which files can be, and why the last one could not.
fn from_file_ui(state: &State, ui: &mut Ui, entry: &'static Entry) -> Option<Command> {
    const NOTE: &str = "Or drop the file on the window. Measured losses: a table (.csv, .tsv, .txt) with a line x, y, loss for every point, .npz arrays, or .npy from −1 to 1. Samples: a table of x and y. How it was read is said in the set-up panel.";
    ui.add_space(GAP);
    let is_clicked = ui
        .horizontal(|ui| {
            ui.label(format!("{}, or samples for a network", entry.name)).hint(entry.idea);
            let button = ui.button("Open…").hint("Chooses the file in a dialog.");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), entry.name));
            button.clicked()
        })
        .inner;
    let opened = file_ui(ui).map(FileCommand::Open).map(Command::Files);
    let is_refused = Attempt::of(ui.ctx()) == Attempt::Refused;
    if let Some(why) = state.refused_file().filter(|_| is_refused) {
        ui.label(theme::role(state.view.chrome.theme, why, Ink::Gap).small());
    }
    ui.label(theme::muted(NOTE).small());
    opened.or(is_clicked.then(|| choice(entry)))
}

/// A field for the path of a file; Enter opens it.
fn file_ui(ui: &mut Ui) -> Option<PathBuf> {
    let id = Id::unique("file to open");
    let mut path: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut path).id(id).hint_text("path of a file").margin(Margin::symmetric(8, 4));
    let response = framed(ui, field).hint("Enter opens the file.");
    name_field(&response, "file to open", ui);
    let chosen = path_of(&path).filter(|_| is_entered(&response, ui));
    ui.data_mut(|data| data.insert_temp(id, path));
    chosen
}

fn group_ui(ui: &mut Ui, group: Group, shown: &[&'static Entry], current: &Entry) -> Option<&'static str> {
    let mut chosen = None;
    let entries: Vec<&'static Entry> = shown.iter().copied().filter(|entry| entry.group == group).collect();
    if entries.is_empty() {
        return None;
    }
    ui.label(theme::title(group.title()));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for entry in entries {
            let tip = format!("{}\n\n{}\n\n{}", entry.idea, entry.formula, entry.reference);
            if tile_ui(ui, entry, entry.id == current.id).hint(tip).clicked() {
                chosen = Some(entry.id);
            }
        }
    });
    chosen
}

/// A thumbnail with room around it and two lines of text below.
fn tile_size(ui: &Ui) -> egui::Vec2 {
    let line = egui::TextStyle::Small.resolve(ui.style()).size;
    let scale = line / 13.0;
    thumbnail::SIZE * scale + vec2(2.0 * SIDE, 2.0 * GAP + NAME * line)
}

fn tile_ui(ui: &mut Ui, entry: &'static Entry, selected: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(tile_size(ui), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, entry.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let visuals = ui.style().interact_selectable(&response, selected);
    if selected || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink(1.0), visuals.corner_radius, visuals.weak_bg_fill);
    }
    let inner = rect.shrink2(vec2(SIDE, GAP));
    let name_height = egui::TextStyle::Small.resolve(ui.style()).size * NAME;
    let picture = Rect::from_min_max(inner.min, pos2(inner.max.x, inner.max.y - name_height));
    let outline = if selected { visuals.fg_stroke } else { ui.visuals().widgets.noninteractive.bg_stroke };
    paint_thumbnail(ui, entry, picture, outline);
    let name = name_galley(ui, entry.name, rect.width() - 4.0);
    let top = pos2(rect.center().x, picture.max.y + 2.0);
    ui.painter().galley(top, name, visuals.text_color());
    response
}

fn paint_thumbnail(ui: &mut Ui, entry: &'static Entry, room: Rect, outline: Stroke) {
    if let Some(texture) = thumbnail(ui, entry) {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture, room, whole, egui::Color32::WHITE);
    }
    ui.painter().rect_stroke(room, 2.0, outline, StrokeKind::Inside);
}

/// A name in two centered lines at most.
fn name_galley(ui: &Ui, name: &str, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    let text = RichText::new(name).small();
    text.append_to(&mut job, ui.style(), FontSelection::Default, Align::Min);
    job.halign = Align::Center;
    job.wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(width) };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
