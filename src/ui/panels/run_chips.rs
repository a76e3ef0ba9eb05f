//! The runs in one row above the picture: marker, name and rate of each; a click selects, the arrow opens method and parameters.

use egui::containers::scroll_area::ScrollBarVisibility;
use egui::{
    Align, Area, Button, Frame, Id, Label, Layout, Margin, Order, Popup, Pos2, Rect, Response, RichText, Role,
    ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::run_card::{Shown, run_card_ui};
use crate::drawing::ink::run_style;
use crate::numbers::numerals;
use crate::state::{Card, Command, Document, MAX_CARDS, RunCommand, State, WindowCommand};
use crate::ui::theme::{self, color};
use crate::ui::widgets::icon::sign_button;
use crate::ui::widgets::method_menu::method_popup;
use crate::ui::widgets::swatch::faded_sample;

/// The width of the panel that an arrow opens, in points at normal type.
const PANEL: f32 = 300.0;
/// Room for it, in points at normal type.
const LEAST_PANEL: f32 = 280.0;
/// How strongly the name of a hidden run is written.
const PALE: f32 = 0.45;

/// How much a chip says.
#[derive(Clone, Copy, PartialEq)]
enum Detail {
    /// The name, and the rate or main parameter.
    Rates,
    /// The name; of the selected run the rate too.
    Names,
    /// The marker; of the selected run the name too.
    Markers,
}

/// The row; as much as fits is said of every run.
pub fn run_chips_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.style_mut().interaction.selectable_labels = false;
    ui.horizontal_centered(|ui| {
        let chips: Vec<Chip<'_>> = Chip::all(state);
        let room = ui.available_width() - width_of(ui, theme::strong(ADD)) - 4.0 * ui.spacing().button_padding.x;
        let fits = |detail: &Detail| {
            chips.iter().map(|chip| chip.width(*detail, ui) + ui.spacing().item_spacing.x).sum::<f32>() < room
        };
        let detail = [Detail::Rates, Detail::Names].into_iter().find(fits).unwrap_or(Detail::Markers);
        let scroll = ScrollArea::horizontal().scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
        scroll.max_width(room.max(0.0)).auto_shrink([true, true]).show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                for chip in &chips {
                    let response = chip.ui(detail, ui, commands);
                    if state.view.chrome.open_run == Some(chip.shown.card.id) {
                        let at = response.rect.left_bottom();
                        // The whole row keeps it open: another chip opens its own.
                        let row = Rect::everything_above(at.y + 4.0);
                        run_panel_ui(state, chip.place, at, row, ui, commands);
                    }
                }
            });
        });
        add_run_ui(&state.document, ui, commands);
    });
}

/// The runs that are seen, with their markers and rates, in as many rows as they need: for a picture, without controls.
pub fn run_names_ui(state: &State, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        for chip in Chip::all(state).into_iter().filter(|chip| !chip.shown.card.hidden) {
            ui.horizontal(|ui| {
                faded_sample(ui, chip.shown.card.style, if chip.shown.card.ghost { PALE } else { 1.0 });
                for text in chip.texts(Detail::Rates).into_iter().flatten() {
                    ui.label(text);
                }
            });
            ui.add_space(ui.spacing().item_spacing.x);
        }
    });
}

const ADD: &str = "+ Add run";

fn add_run_ui(document: &Document, ui: &mut Ui, commands: &mut Vec<Command>) {
    let button = Button::new(ADD).frame_when_inactive(false);
    let response = ui.add_enabled(document.cards.len() < MAX_CARDS, button);
    let response = response.on_hover_text("Lets another method run from the same start.");
    let full = format!("{MAX_CARDS} runs are the most that can be distinguished: remove one first.");
    let response = response.on_disabled_hover_text(full);
    commands.extend(method_popup(&response, None, &document.landscape).map(RunCommand::Add).map(Command::Runs));
}

/// A run in the row.
struct Chip<'a> {
    place: usize,
    shown: Shown<'a>,
    is_selected: bool,
}

impl<'a> Chip<'a> {
    fn all(state: &'a State) -> Vec<Self> {
        let of = |(place, card): (usize, &'a Card)| Self {
            place,
            shown: Shown::of(state, place, card),
            is_selected: state.selected == card.id,
        };
        state.document.cards.iter().enumerate().map(of).collect()
    }

    fn name(&self) -> String {
        let card = self.shown.card;
        let name = card.optimizer.entry.name;
        if card.ghost { format!("{name} (ghost)") } else { name.to_owned() }
    }

    /// The rate, or another main parameter, with its symbol.
    fn rate(&self) -> Option<String> {
        let method = &self.shown.method;
        let index = method.entry.main_index().filter(|index| method.acts(*index) && !self.shown.card.ghost)?;
        let symbol = method.entry.parameters[index].symbol;
        Some(format!("{symbol} {}", numerals::parameter(method.parameters[index])).trim_start().to_owned())
    }

    /// What is said: name and rate.
    fn texts(&self, detail: Detail) -> [Option<RichText>; 2] {
        let is_pale = self.shown.card.hidden || self.shown.card.ghost;
        let name = if self.is_selected { theme::strong(self.name()) } else { RichText::new(self.name()) };
        let name = if is_pale { name.weak() } else { name };
        let rate = self.rate().map(theme::muted);
        match detail {
            Detail::Rates => [Some(name), rate],
            Detail::Names | Detail::Markers if self.is_selected => [Some(name), rate],
            Detail::Names => [Some(name), None],
            Detail::Markers => [None, None],
        }
    }

    /// How wide it is.
    fn width(&self, detail: Detail, ui: &Ui) -> f32 {
        let (k, gap) = (ui.spacing().interact_size.y / 24.0, 0.75 * ui.spacing().item_spacing.x);
        let texts = self.texts(detail).into_iter().flatten().map(|text| width_of(ui, text) + gap).sum::<f32>();
        k * (28.0 + 26.0) + gap + texts + 2.0 * ui.spacing().button_padding.x
    }

    fn ui(&self, detail: Detail, ui: &mut Ui, commands: &mut Vec<Command>) -> Response {
        let Shown { state, card, .. } = self.shown;
        let size = vec2(self.width(detail, ui), ui.spacing().interact_size.y + 4.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let name = self.shown.name();
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), self.is_selected, name));
        self.paint_frame(&response, ui);
        let inside = rect.shrink2(vec2(ui.spacing().button_padding.x, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let mut words = ui.new_child(UiBuilder::new().max_rect(inside).id_salt(("chip", card.id)).layout(layout));
        words.spacing_mut().item_spacing.x *= 0.75;
        faded_sample(&mut words, card.style, if card.hidden || card.ghost { PALE } else { 1.0 });
        for text in self.texts(detail).into_iter().flatten() {
            words.add(Label::new(text).sense(Sense::empty()));
        }
        let help = "Method and parameters of this run; hide, duplicate, branch, own start, remove.";
        let arrow = sign_button(&mut words, "▾", &format!("method and parameters of {}", self.shown.name()), help);
        let is_open = state.view.chrome.open_run == Some(card.id);
        if response.clicked() || arrow.clicked() {
            commands.extend((!self.is_selected).then_some(Command::Runs(RunCommand::Select(card.id))));
        }
        if arrow.clicked() {
            commands.push(Command::Window(WindowCommand::OpenRun((!is_open).then_some(card.id))));
        }
        let keys = if self.is_selected { "" } else { " A click selects it. Keys [ and ]." };
        response.on_hover_text(format!("{}.{keys}", self.name()))
    }

    /// Outlined in the color of the run where it is selected.
    fn paint_frame(&self, response: &Response, ui: &Ui) {
        let visuals = ui.visuals();
        let k = ui.spacing().interact_size.y / 24.0;
        let ink = run_style(self.shown.card.style).0;
        let fill = if response.hovered() { visuals.faint_bg_color } else { visuals.window_fill };
        let stroke = if response.has_focus() {
            visuals.selection.stroke
        } else if self.is_selected {
            egui::Stroke::new(2.0 * k, color(ink.line(theme::theme_of(ui.style()))))
        } else {
            visuals.window_stroke
        };
        let radius = visuals.widgets.inactive.corner_radius;
        ui.painter().rect(response.rect, radius, fill, stroke, egui::StrokeKind::Inside);
    }
}

fn width_of(ui: &Ui, text: RichText) -> f32 {
    egui::WidgetText::from(text).into_galley(ui, None, f32::INFINITY, egui::TextStyle::Body).size().x
}

/// The panel below a place: the method of a run, its parameters, and what can be done with it. A press beside it closes it, but
/// not one on what has opened it.
pub(super) fn run_panel_ui(state: &State, place: usize, at: Pos2, opener: Rect, ui: &Ui, commands: &mut Vec<Command>) {
    let Some(card) = state.document.cards.get(place) else { return };
    let k = state.view.chrome.type_scale.factor();
    let screen = ui.ctx().content_rect().shrink(8.0);
    let width = (PANEL * k).min(screen.width());
    // Low in the window it stands higher, so that it has room.
    let top = (at.y + 4.0).min((screen.bottom() - LEAST_PANEL * k).max(screen.top()));
    let corner = Pos2::new(at.x.min(screen.right() - width), top);
    let area = Area::new(Id::unique("panel of a run")).order(Order::Middle).fixed_pos(corner);
    let shown = area.show(ui.ctx(), |ui| {
        Frame::window(ui.style()).inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.style_mut().interaction.selectable_labels = false;
            ui.set_width(width - 18.0);
            let height = (screen.bottom() - corner.y - 24.0).max(80.0);
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                run_card_ui(state, place, card, ui, commands);
            });
        });
    });
    if is_pressed_beside([shown.response.rect, opener], ui) {
        commands.push(Command::Window(WindowCommand::OpenRun(None)));
    }
}

/// Whether something is pressed that is neither the panel, nor what has opened it, nor a menu.
fn is_pressed_beside(rects: [Rect; 2], ui: &Ui) -> bool {
    if Popup::is_any_open(ui.ctx()) {
        return false;
    }
    let pressed = ui.input(|input| input.pointer.press_origin().filter(|_| input.pointer.any_pressed()));
    pressed.is_some_and(|place| rects.iter().all(|rect| !rect.contains(place)))
}
