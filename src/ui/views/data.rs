//! The data of a network: samples, its curve through them now and before, and each sample's error; samples can be chosen,
//! dragged, added and removed.

use egui::{CursorIcon, Id, PointerButton, Pos2, Ui};

use super::canvas::{announce, look, pane_title};
use super::{Canvases, paths};
use crate::drawing::data_curve::{
    DataCurveInput, Fit, Leaving, data_curve, earlier, frame, left_out, only_input, stride,
};
use crate::drawing::switching::{KinkPlace, pattern_words};
use crate::landscapes::{BY_HAND, Landscape, Network, ViewBox};
use crate::numbers::Point;
use crate::numbers::numerals::{counted, grouped, number, plural, significant};
use crate::render::flat::{FlatResponse, FlatView, Mapping};
use crate::state::{Command, Pane, SampleCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row;

/// The pointer is on a sample that is this near, in points.
const TOUCH: f32 = 12.0;
/// More lit samples than this are not all listed by number.
const LISTED: usize = 8;

/// How samples are edited, in more words or fewer.
const HINTS: [&str; 2] = ["drag a sample · double-click adds one · Delete removes it", "drag · double-click · Delete"];

/// A sample that is being dragged, and what the view showed when that began: it is to stand still meanwhile.
#[derive(Clone, Copy)]
struct Drag {
    index: usize,
    view: ViewBox,
}

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
    let drag = dragged(ui).filter(|drag| drag.index < samples.len());
    let under_pointer = canvases.data.mapping.zip(ui.ctx().pointer_hover_pos());
    let hovered = under_pointer.and_then(|(mapping, position)| touched(samples, &mapping, position));
    canvases.sample = drag.map_or(hovered, |drag| Some(drag.index));
    let pointed = canvases.hover.map(|hover| hover.at);
    let at = pointed.or_else(|| Some(state.derived.analysis()?.iterate.at));
    let view = drag.map_or_else(|| frame(landscape), |drag| drag.view);
    let paths = paths(state);
    let input = DataCurveInput {
        view,
        landscape,
        paths: &paths,
        playhead: state.playback.playhead,
        marked: [state.sample(), canvases.sample],
        lit: canvases.touched.as_ref().map_or(&[], |touched| &touched.samples),
        on: at.and_then(|at| landscape.sampled_loss().and_then(|loss| loss.switched_on(at))),
        pointed,
        batch: state.derived.analysis().and_then(|analysis| analysis.batch.as_ref()),
    };
    let earlier = earlier(&input);
    notes_ui(state, &earlier, ui);
    let leaving = Leaving::of(&input).and_then(|leaving| leaving.description());
    let shown = FlatView::chart("data", view, data_curve(&input), look(state, ui)).show(ui);
    canvases.data.mapping = Some(shown.mapping);
    announce(&shown.response, || announcement(state, at, canvases.touched.as_ref(), &earlier, leaving.as_deref()));
    drag_ui(landscape, samples, &shown, view, ui, commands);
    click_ui(landscape, samples, &shown, commands);
    hover_ui(state, samples, &shown, ui);
}

/// A line of what must be known of the picture: as much as has room, the most needed first.
fn notes_ui(state: &State, earlier: &[usize], ui: &mut Ui) {
    let landscape = &state.document.landscape;
    let left_out = landscape.data().and_then(|data| left_out(data.len()));
    let mut line = left_out.into_iter().chain(caption(earlier)).collect::<Vec<_>>().join(" | ");
    let with = |more: &String| if line.is_empty() { more.clone() } else { format!("{line} | {more}") };
    let fits = |longer: &String| row::fits(ui, longer, ui.available_width());
    if let Some(words) = chosen_words(state) {
        // What was chosen matters most.
        let choices = words.iter().map(with).chain(words.iter().cloned()).find(fits);
        line = choices.or_else(|| words.last().cloned()).unwrap_or_default();
    } else {
        let is_edited = landscape.network().and_then(Network::brought).is_some_and(|source| source == BY_HAND);
        let hints = HINTS.into_iter().filter(|_| !is_edited).map(str::to_owned);
        let longer = hints.map(|hint| with(&hint)).find(fits);
        line = longer.unwrap_or(line);
    }
    // Always one line, so that nothing moves when the words change.
    row::muted_label(ui, line, ui.available_width());
}

/// The chosen sample for a single line, in ever fewer words.
fn chosen_words(state: &State) -> Option<Vec<String>> {
    let (index, at) = (state.sample()?, state.derived.analysis()?.iterate.at);
    let [whole, brief, least] = Fit::one(&state.document.landscape, at, index)?.in_a_line();
    let number = grouped(index + 1);
    Some(vec![
        format!("sample {number}: {whole}"),
        format!("sample {number}: {brief}"),
        format!("{number}: {brief}"),
        least,
    ])
}

/// Which steps the pale curves are of.
fn caption(earlier: &[usize]) -> Option<String> {
    let steps: Vec<String> = earlier.iter().map(usize::to_string).collect();
    let step = plural(steps.len(), "step");
    (!steps.is_empty()).then(|| format!("pale: {step} {}", steps.join(", ")))
}

fn memory() -> Id {
    Id::unique("sample drag")
}

fn dragged(ui: &Ui) -> Option<Drag> {
    ui.data(|data| data.get_temp::<Option<Drag>>(memory())).flatten()
}

/// The sample nearest to a position in the view, if it is near enough.
fn touched(samples: &[[f64; 2]], mapping: &Mapping, position: Pos2) -> Option<usize> {
    if !mapping.frame().contains(position) {
        return None;
    }
    let distance = |sample: &[f64; 2]| mapping.position(Point::from(*sample)).distance(position);
    // Only what is drawn can be touched.
    let drawn = samples.iter().enumerate().step_by(stride(samples.len()).max(1));
    let near = drawn.map(|(index, sample)| (index, distance(sample))).filter(|(_, distance)| *distance <= TOUCH);
    near.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index)
}

/// A sample follows the pointer, and with it the loss and every run.
fn drag_ui(
    landscape: &Landscape,
    samples: &[[f64; 2]],
    shown: &FlatResponse,
    view: ViewBox,
    ui: &Ui,
    commands: &mut Vec<Command>,
) {
    let response = &shown.response;
    if response.drag_started_by(PointerButton::Primary) {
        let origin = ui.input(|input| input.pointer.press_origin());
        if let Some(index) = origin.and_then(|origin| touched(samples, &shown.mapping, origin)) {
            ui.data_mut(|data| data.insert_temp(memory(), Some(Drag { index, view })));
            commands.push(Command::Samples(SampleCommand::Choose(Some(index))));
        }
    }
    let Some(Drag { index, .. }) = dragged(ui) else { return };
    if response.dragged_by(PointerButton::Primary)
        && let Some(position) = response.interact_pointer_pos()
    {
        let at = shown.mapping.point(position);
        commands.push(Command::Samples(SampleCommand::Move { index, to: snapped(landscape, at) }));
    }
    if response.drag_stopped() || !response.dragged() {
        ui.data_mut(|data| data.remove_temp::<Option<Drag>>(memory()));
    }
}

fn snapped(landscape: &Landscape, at: Point) -> [f64; 2] {
    let to = [at.x, at.y];
    landscape.network().map_or(to, |network| network.snapped(to))
}

/// A click chooses a sample, on empty ground all of them; a double one there adds a sample, the other button removes one.
fn click_ui(landscape: &Landscape, samples: &[[f64; 2]], shown: &FlatResponse, commands: &mut Vec<Command>) {
    let response = &shown.response;
    let Some(position) = response.interact_pointer_pos() else { return };
    let touched = touched(samples, &shown.mapping, position);
    if response.double_clicked() && touched.is_none() {
        let at = shown.mapping.point(position);
        commands.push(Command::Samples(SampleCommand::Add(snapped(landscape, at))));
    } else if response.clicked() {
        commands.push(Command::Samples(SampleCommand::Choose(touched)));
    } else if response.secondary_clicked() {
        commands.extend(touched.map(SampleCommand::Remove).map(Command::Samples));
    }
}

fn hover_ui(state: &State, samples: &[[f64; 2]], shown: &FlatResponse, ui: &Ui) {
    let response = &shown.response;
    let Some(index) = response.hover_pos().and_then(|position| touched(samples, &shown.mapping, position)) else {
        return;
    };
    ui.ctx().set_cursor_icon(if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab });
    if let Some(words) = description(state, index) {
        let count = grouped(samples.len());
        response.clone().hint_ui_at_pointer(|ui| {
            ui.label(format!("sample {} of {count}\n{words}", index + 1));
            ui.label(theme::muted("drag it; Delete removes it once it is chosen").small());
        });
    }
}

/// A sample at the selected run's iterate, in words.
fn description(state: &State, index: usize) -> Option<String> {
    let at = state.derived.analysis()?.iterate.at;
    Some(Fit::one(&state.document.landscape, at, index)?.description().join("\n"))
}

fn announcement(
    state: &State,
    at: Option<Point>,
    touched: Option<&KinkPlace>,
    earlier: &[usize],
    leaving: Option<&str>,
) -> String {
    let landscape = &state.document.landscape;
    let on = at.and_then(|at| pattern_words(landscape, at)).map_or_else(String::new, |words| format!("; {words}"));
    let leaving = leaving.map_or_else(String::new, |words| format!("; {words}"));
    let best = only_input(landscape)
        .map_or_else(String::new, |(x, words)| format!("; every x is {}: {words}", significant(x, 3)));
    let lit = touched.map_or_else(String::new, lit_words);
    let count = landscape.data().map_or(0, crate::landscapes::networks::Data::len);
    let here = state.derived.analysis().map_or_else(String::new, |analysis| {
        format!(", step {}, loss {}", analysis.index, number(analysis.iterate.loss))
    });
    let sample =
        state.sample().and_then(|index| Some(format!("; sample {}: {}", index + 1, description(state, index)?)));
    let batch = state.derived.analysis().and_then(|analysis| analysis.batch.as_ref());
    let ringed =
        batch.map_or_else(String::new, |batch| format!("; ringed, the batch of this step: {}", batch.members()));
    format!(
        "Data of {}: {}{here}{on}{leaving}{best}{lit}{ringed}{}{}",
        landscape.name(),
        counted(count, "sample"),
        caption(earlier).map_or_else(String::new, |words| format!("; {words}")),
        sample.unwrap_or_default().replace('\n', ", ")
    )
}

/// Which samples are highlighted, by number.
fn lit_words(touched: &KinkPlace) -> String {
    if touched.samples.is_empty() {
        return String::new();
    }
    let numbers: Vec<String> = touched.samples.iter().take(LISTED).map(|sample| grouped(sample + 1)).collect();
    let more = if touched.samples.len() > LISTED { " and more" } else { "" };
    format!("; highlighted: sample {}{more}", numbers.join(", "))
}
