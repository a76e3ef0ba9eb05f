//! The data of a network: samples, its curve through them now and before, and each sample's error; a click chooses a sample.

use egui::Ui;

use super::canvas::{announce, pane_title};
use super::{Canvases, paths};
use crate::drawing::data_curve::{Fit, Scene, data_curve, frame, tells_classes};
use crate::numbers::Point;
use crate::numbers::numerals::{grouped, number};
use crate::render::flat::{Axes, FlatView, Mapping, Shown};
use crate::state::{Command, Pane, State};
use crate::ui::theme;

/// The pointer is on a sample that is this near, in points.
const TOUCH: f32 = 12.0;

/// What the data view keeps from frame to frame.
#[derive(Default)]
pub struct DataCanvas {
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows the data in the room there is.
pub fn data_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Data, ui, commands, |_, _| {});
    let landscape = &state.document.landscape;
    let Some(data) = landscape.data() else {
        ui.label(theme::muted("No data: this landscape is no network"));
        return;
    };
    let samples = data.samples();
    let under_pointer = canvases.data.mapping.zip(ui.ctx().pointer_hover_pos());
    let hovered = under_pointer.and_then(|(mapping, position)| touched(samples, &mapping, position));
    let scene = Scene {
        landscape,
        paths: &paths(state),
        playhead: state.playback.playhead,
        marked: [state.sample(), hovered],
        pointed: canvases.hover.map(|hover| hover.at),
    };
    let shown = FlatView {
        id: "data",
        view: frame(samples, tells_classes(landscape)),
        equal_scales: false,
        background: None,
        primitives: data_curve(&scene),
        theme: state.view.theme,
        scale: state.view.type_scale.factor(),
        axes: Axes::Both,
    }
    .show(ui);
    canvases.data.mapping = Some(shown.mapping);
    announce(&shown.response, || announcement(state));
    interact(state, samples, &shown, commands);
}

/// The sample nearest to a position in the view, if it is near enough.
fn touched(samples: &[[f64; 2]], mapping: &Mapping, position: egui::Pos2) -> Option<usize> {
    if !mapping.frame().contains(position) {
        return None;
    }
    let distance = |sample: &[f64; 2]| mapping.position(Point::from(*sample)).distance(position);
    let near = samples.iter().map(distance).enumerate().filter(|(_, distance)| *distance <= TOUCH);
    near.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index)
}

fn interact(state: &State, samples: &[[f64; 2]], shown: &Shown, commands: &mut Vec<Command>) {
    let response = &shown.response;
    if response.clicked()
        && let Some(position) = response.interact_pointer_pos()
    {
        commands.push(Command::ChooseSample(touched(samples, &shown.mapping, position)));
    }
    let hovered = response.hover_pos().and_then(|position| touched(samples, &shown.mapping, position));
    if let Some((index, words)) = hovered.and_then(|index| Some((index, told(state, index)?))) {
        response.clone().on_hover_text_at_pointer(format!(
            "sample {} of {}\n{words}",
            index + 1,
            grouped(samples.len())
        ));
    }
}

/// A sample at the selected run's iterate, in words.
fn told(state: &State, index: usize) -> Option<String> {
    let at = state.derived.focus()?.iterate.at;
    Some(Fit::all(&state.document.landscape, at).get(index)?.told().join("\n"))
}

fn announcement(state: &State) -> String {
    let landscape = &state.document.landscape;
    let count = landscape.data().map_or(0, crate::landscapes::networks::Data::len);
    let here = state
        .derived
        .focus()
        .map_or_else(String::new, |focus| format!(", step {}, loss {}", focus.index, number(focus.iterate.loss)));
    let sample = state.sample().and_then(|index| Some(format!("; sample {}: {}", index + 1, told(state, index)?)));
    format!(
        "Data of {}: {} samples{here}{}",
        landscape.name(),
        grouped(count),
        sample.unwrap_or_default().replace('\n', ", ")
    )
}
