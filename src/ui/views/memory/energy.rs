//! The energy of the ball: whether it gets over the saddle ahead, in a sentence and as a picture.

use egui::text::LayoutJob;
use egui::{Align, CursorIcon, FontSelection, Label, RichText, TextStyle, Ui, UiBuilder, vec2};

use super::super::canvas::announce;
use crate::drawing::energy_chart::{Barrier, EnergyChart, EnergyChartInput, energy_sentence};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::number;
use crate::optimizers::{Kind, Recurrence};
use crate::render::flat::{Axes, FlatView};
use crate::run::Energy;
use crate::state::{Command, PlayCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// From this width and height on, in points at normal type, the axes have their names beside them.
const ROOMY: [f32; 2] = [420.0, 170.0];

/// The sentence, its numbers in the color of what they speak of.
pub(super) fn sentence_ui(state: &State, energy: &Energy, ink: Ink, ui: &mut Ui) {
    ui.add(Label::new(sentence(state, energy, ink, ui)).wrap()).hint(help(state, energy));
}

/// The height of the sentence in the width there is.
pub(super) fn sentence_height(state: &State, energy: &Energy, ink: Ink, ui: &Ui) -> f32 {
    let text: egui::WidgetText = sentence(state, energy, ink, ui).into();
    text.into_galley(ui, None, ui.available_width(), TextStyle::Small).size().y + ui.spacing().item_spacing.y
}

fn sentence(state: &State, energy: &Energy, ink: Ink, ui: &Ui) -> LayoutJob {
    let is_one = state.document.landscape.dimension().is_one();
    let mut job = LayoutJob::default();
    for piece in energy_sentence(energy, is_one, ink) {
        let text = match piece.ink {
            Some(ink) => theme::strong(piece.text).color(theme::color(ink.text(state.view.chrome.theme))),
            None => RichText::new(piece.text),
        };
        text.text_style(TextStyle::Small).append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
    }
    job
}

/// What energy of motion is, where the barrier is, and what friction takes.
fn help(state: &State, energy: &Energy) -> String {
    let mut parts = vec![format!(
        "Kinetic energy: {}, with the last displacement d, in units of the loss, for a ball that friction slows down by the factor β a step.",
        formula(state)
    )];
    if let Some(pass) = energy.pass {
        let is_one = state.document.landscape.dimension().is_one();
        let name = if is_one { "maximum" } else { "saddle" };
        let at = pass.saddle.at;
        let place = if is_one { number(at.x) } else { format!("({}, {})", number(at.x), number(at.y)) };
        parts.push(format!(
            "The nearest {name} ahead is at {place}, {} away. That the run passes or comes to rest on this side is found by continuing it to its end; a ball with less energy than the height stays.",
            number(pass.distance)
        ));
    }
    if let Some(friction) = energy.friction {
        let verb = if friction >= 0.0 { "friction takes" } else { "the length of the step adds" };
        parts.push(format!("In this step {verb} {} of loss and kinetic energy together.", number(friction.abs())));
    }
    parts.join("\n")
}

/// The kinetic energy of a ball of mass 1/η, or of what stands for η.
fn formula(state: &State) -> &'static str {
    let optimizer = state.derived.run(state.selected).map(|run| &run.recipe().optimizer);
    match optimizer.and_then(|optimizer| optimizer.entry.recurrence(optimizer.values(), 1)) {
        Some(Recurrence { kind: Kind::Average, .. }) => "½‖d‖²/η(1−β)",
        _ => "½‖d‖²/η",
    }
}

/// The picture, as high as that; a press or a drag moves the playhead.
pub(super) fn chart_ui(
    state: &State,
    energy: &Energy,
    ink: Ink,
    height: f32,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let room = ui.allocate_space(vec2(ui.available_width(), height)).1;
    let Some(run) = state.derived.run(state.selected) else { return };
    let input = EnergyChartInput {
        run,
        kinetic: state.derived.energy_path().kinetic(),
        playhead: state.shown_step(),
        barrier: Barrier::of(energy),
        ink,
    };
    let Some(chart) = EnergyChart::of(&input) else { return };
    let scale = theme::factor_in(ui);
    let roomy = room.width() > ROOMY[0] * scale && room.height() > ROOMY[1] * scale;
    let view = FlatView {
        axes: Axes::Named { log: [false, false], names: if roomy { ["steps", "energy"] } else { ["", ""] } },
        ..FlatView::chart("energy", chart.view, chart.primitives, (state.view.chrome.theme, scale))
    };
    let shown = ui.scope_builder(UiBuilder::new().max_rect(room).id_salt("energy"), |ui| view.show(ui)).inner;
    announce(&shown.response, || chart.description.clone());
    if shown.response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    let pressed = shown.response.interact_pointer_pos().filter(|_| shown.response.is_pointer_button_down_on());
    if let Some(at) = pressed {
        let step = (shown.mapping.point(at).x.round().max(0.0) as usize).min(state.last_step());
        if step != state.playback.playhead {
            commands.push(Command::Play(PlayCommand::GoTo(step)));
        }
    }
    shown.response.hint("The line in black is the loss, the colored one is loss and kinetic energy together: between them lies what is kinetic, above them what friction has taken since the start. The ball gets over the saddle as long as the colored line stays above its height.");
}
