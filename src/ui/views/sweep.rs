//! The sweep: the selected run with one or two of its parameters varied, as a curve or as a map, with theory's limit.
//!
//! A press sets the run's parameters to those of the place, the pointer says what becomes of the run there, and the wheel zooms.

mod controls;
mod legend;
mod picture;
mod words;

use egui::{CursorIcon, Label, RichText, Role, TextStyle, TextureHandle, Ui, WidgetInfo, vec2};

use super::Canvases;
use super::canvas::{announce, height_of, nothing, pane_title, zoom_factor};
use crate::drawing::ink::{Ink, Theme};
use crate::drawing::sweep_chart::{along, value_at};
use crate::numbers::Point;
use crate::render::flat::{Axes, FlatResponse, FlatView, Mapping};
use crate::state::{Command, Pane, RunCommand, State, SweepChange, SweepQuantity, Swept, TypeScale, ViewCommand};
use crate::studies::RangeTest;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::fits;
use picture::{Look, Picture};

/// With less height than this, in points at normal type, the axes have no names.
const LOW: f32 = 90.0;
/// The heights of the picture, in points at normal type, for less of which the sentence becomes shorter, and gives way.
const HEIGHTS: [f32; 2] = [150.0, 68.0];
/// What the figures and the name below the picture take, about, in points at normal type.
const BELOW: f32 = 38.0;
/// Digits of a parameter that a press sets.
const DIGITS: usize = 4;

/// What the view keeps from frame to frame.
#[derive(Default)]
pub struct SweepCanvas {
    texture: Option<(TextureHandle, (Theme, u64, SweepQuantity))>,
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows it in the room there is.
pub fn sweep_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Sweep, ui, commands, |_, _| {});
    controls::controls_ui(state, ui, commands);
    let canvas = &mut canvases.sweep;
    canvas.mapping = None;
    if let Some(why) = state.derived.no_sweep() {
        return nothing(ui, &format!("No sweep: {why}"));
    }
    if let Some(swept) = state.derived.sweep() {
        let legend = legend::height(Look::of(state, ui), &swept, state.view.scene.sweep.region.is_some(), ui);
        sentence_ui(&words::sentence(state, &swept), &words::brief(&swept), legend, ui);
        canvas.sweep_ui(state, &swept, ui, commands);
    } else if let Some((test, floor)) = state.derived.range_test() {
        sentence_ui(&words::of_test(test), &[], 0.0, ui);
        canvas.test_ui(state, test, floor, ui, commands);
    } else {
        nothing(ui, "The minima are still being searched …");
    }
}

/// The sentence above the picture, or a shorter one for it; what of it leaves that no height is in the hint of the rest.
fn sentence_ui(text: &str, briefer: &[String], legend: f32, ui: &mut Ui) {
    let style = TextStyle::Small;
    let [good, least] = HEIGHTS.map(|height| height * theme::factor_in(ui) + legend);
    let left = |text: &str| ui.available_height() - height_of(&[text.to_owned()], &style, ui);
    let first = text.split_inclusive(". ").next().unwrap_or(text).trim_end();
    let all: Vec<&str> = [text, first].into_iter().chain(briefer.iter().map(String::as_str)).collect();
    let most = all.iter().map(|text| left(text)).fold(f32::NEG_INFINITY, f32::max);
    // The longest that leaves the picture its height, or else the longest of those that leave it the most.
    if let Some(shown) = all.into_iter().find(|text| left(text) >= good.min(most)).filter(|_| most >= least) {
        let label = ui.add(Label::new(RichText::new(shown).text_style(style)).wrap());
        if shown != text {
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
            label.hint(text);
        }
    }
}

impl SweepCanvas {
    fn sweep_ui(&mut self, state: &State, swept: &Swept<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
        let look = Look::of(state, ui);
        let is_zoomed = state.view.scene.sweep.region.is_some();
        let height = legend::height(look, swept, is_zoomed, ui);
        let room = vec2(ui.available_width(), (ui.available_height() - height).max(1.0));
        match picture::picture(look, swept) {
            Ok(picture) => {
                let shown = self.show(look, &picture, Some(swept), room, ui);
                announce(&shown.response, || words::announcement(state, swept));
                self.mapping = Some(shown.mapping);
                interact(state, swept, &picture, &shown, ui, commands);
            }
            Err(why) => {
                ui.allocate_ui(room, |ui| {
                    ui.set_min_size(room);
                    nothing(ui, &why);
                });
            }
        }
        legend::legend_ui(look, swept, is_zoomed, ui, |ui| legend::whole_ui(state, ui, commands));
    }

    fn test_ui(
        &mut self,
        state: &State,
        test: &RangeTest,
        floor: Option<f64>,
        ui: &mut Ui,
        commands: &mut Vec<Command>,
    ) {
        let Some(picture) = picture::of_test(Look::of(state, ui), test, floor) else {
            return nothing(ui, "The first step leaves for infinity already: begin with smaller rates");
        };
        let room = ui.available_size();
        let shown = self.show(Look::of(state, ui), &picture, None, room, ui);
        announce(&shown.response, || words::of_test(test));
        self.mapping = Some(shown.mapping);
        let pressed = shown.response.interact_pointer_pos().filter(|_| shown.response.is_pointer_button_down_on());
        let card = state.document.card(state.selected);
        if let Some((at, place)) = pressed.zip(card.and_then(|card| card.optimizer.entry.rate_index())) {
            let rate = rounded(value_at(shown.mapping.point(at).x, true));
            let values = [Some((place, rate)), None];
            commands.push(Command::Runs(RunCommand::SetParameters { card: state.selected, values }));
        }
    }

    fn show(
        &mut self,
        look: Look<'_>,
        picture: &Picture,
        swept: Option<&Swept<'_>>,
        room: egui::Vec2,
        ui: &mut Ui,
    ) -> FlatResponse {
        let Look { theme, scale, quantity, .. } = look;
        if let Some(swept) = swept.filter(|_| picture.has_cells) {
            let key = (theme, swept.generation, quantity);
            if self.texture.as_ref().is_none_or(|(_, of)| *of != key) {
                let image = picture::image(swept, quantity, theme);
                let texture = ui.ctx().load_texture("sweep", image, egui::TextureOptions::NEAREST);
                self.texture = Some((texture, key));
            }
        }
        let texture = self.texture.as_ref().filter(|_| picture.has_cells);
        let [below, beside] = picture.names;
        // In little room the controls above name the parameters, and what is plotted.
        let high = room.y - BELOW * scale;
        let beside = [beside, beside.split(" at the ").next().unwrap_or(beside)];
        let beside = beside.into_iter().find(|name| fits(ui, name, high)).unwrap_or_default();
        let names = if room.y < LOW * scale { [""; 2] } else { [below, beside] };
        let view = FlatView {
            background: texture.map(|(texture, _)| (texture.id(), picture.view)),
            axes: Axes::Named { log: picture.log, names },
            ..FlatView::chart("sweep", picture.view, picture.primitives.clone(), (theme, scale))
        };
        ui.allocate_ui(room, |ui| {
            ui.set_min_size(room);
            view.show(ui)
        })
        .inner
    }
}

/// The picture of a sweep alone, with its heading and its legend, for a file.
pub fn sweep_still_ui(swept: &Swept<'_>, theme: Theme, ui: &mut Ui) {
    theme::apply(ui.ctx(), theme, TypeScale::Normal);
    let look = Look { theme, scale: 1.0, quantity: SweepQuantity::Loss, run: None };
    let mut canvas = SweepCanvas::default();
    egui::Frame::new().fill(theme::color(Ink::Panel.fill(theme))).inner_margin(egui::Margin::same(12)).show(ui, |ui| {
        ui.label(theme::title(words::heading(swept)));
        let room =
            vec2(ui.available_width(), (ui.available_height() - legend::height(look, swept, false, ui) - 6.0).max(1.0));
        match picture::picture(look, swept) {
            Ok(picture) => drop(canvas.show(look, &picture, Some(swept), room, ui)),
            Err(why) => nothing(ui, &why),
        }
        legend::legend_ui(look, swept, false, ui, |_| {});
    });
}

/// A press sets the parameters, the wheel zooms, and the pointer says what becomes of the run there.
fn interact(
    state: &State,
    swept: &Swept<'_>,
    picture: &Picture,
    shown: &FlatResponse,
    ui: &Ui,
    commands: &mut Vec<Command>,
) {
    let (response, mapping) = (&shown.response, &shown.mapping);
    let question = swept.sweep.question();
    let values_at = |at: Point| {
        let second = if question.y.is_some() { value_at(at.y, picture.log[1]) } else { 0.0 };
        [value_at(at.x, picture.log[0]), second]
    };
    // A quick click is pressed and released between two frames.
    let is_pressed = response.is_pointer_button_down_on() || response.clicked();
    let pressed = response.interact_pointer_pos().filter(|_| is_pressed);
    if let Some(position) = pressed {
        let inside = position.clamp(mapping.frame().min, mapping.frame().max);
        let card = state.document.card(state.selected);
        let run = card.map_or(&question.optimizer, |card| &card.optimizer);
        let found = swept.parameters_at(run, values_at(mapping.point(inside)).map(rounded));
        let mut found = found.into_iter().map(|(place, value)| (place, rounded(value)));
        let values = [found.next(), found.next()];
        commands.push(Command::Runs(RunCommand::SetParameters { card: state.selected, values }));
    }
    let Some(position) = response.hover_pos() else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    let at = mapping.point(position);
    if let Some(factor) = zoom_factor(ui) {
        let zoomed = |axis: usize| {
            let side = [mapping.view().x, mapping.view().y][axis];
            let about = [at.x, at.y][axis];
            side.map(|end| value_at(about + (end - about) / factor, picture.log[axis]))
        };
        let second = question.y.as_ref().map_or([0.0, 1.0], |_| zoomed(1));
        commands.push(Command::View(ViewCommand::Sweep(SweepChange::Region(Some([zoomed(0), second])))));
    }
    if let Some(text) = words::of_place(swept, values_at(at)) {
        response.clone().hint_at_pointer(text);
    }
}

/// To as many digits as anyone wants to read.
fn rounded(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}

/// The place of a value along an axis, in setting after setting.
fn nearest(values: &[f64], value: f64, is_log: bool) -> Option<usize> {
    let distance = |known: &f64| (along(*known, is_log) - along(value, is_log)).abs();
    (0..values.len()).min_by(|a, b| distance(&values[*a]).total_cmp(&distance(&values[*b])))
}
