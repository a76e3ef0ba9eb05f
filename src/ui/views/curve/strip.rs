//! The strip under the curve: its key in a line below the charts, and what is said of the start under the pointer.

use egui::{Label, Pos2, Rect, Sense, Ui, UiBuilder, Vec2, vec2};

use crate::analysis::{CriticalPoint, Kind};
use crate::drawing::curve::{StretchEnd, shade_of_basin};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{coordinate, counted, parameter};
use crate::numbers::tolerance::AT_POINT;
use crate::render::flat::Mapping;
use crate::run::StopReason;
use crate::state::State;
use crate::studies::{Destination, Outcome, Walked};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::{self, fits};

/// What the strip is, in front of its key.
const TITLE: &str = "Strip, where runs end:";
const HELP: &str = "Where this method ends from each start. A color for each critical point: over the whole height of the strip for a minimum, over half of it for a maximum or a point of inflection, and low where it oscillates around a minimum or is still on its way there. Empty: it ends at no critical point, as where the loss is only flat. Vermilion: it diverges.";

/// The key of the strip, in the line below the charts.
pub(super) fn key_ui(state: &State, room: Rect, ui: &mut Ui) {
    if state.derived.line_basins().is_empty() {
        return;
    }
    let rect = Rect::from_min_max(room.left_bottom(), room.right_bottom() + vec2(0.0, 100.0));
    let mut line = ui.new_child(UiBuilder::new().max_rect(rect));
    line.horizontal(|ui| {
        ui.label(theme::muted(TITLE).small()).hint(HELP);
        let room = ui.available_width();
        let gap = ui.spacing().item_spacing.x;
        let all = entries(state);
        let width = |words: &str| row::small_width(ui, words) + sample_size(ui).x + 2.0 * gap;
        let is_whole = all.iter().map(|(_, words)| width(words)).sum::<f32>() <= room;
        if is_whole {
            for (end, words) in all {
                sample_ui(state, end, ui);
                ui.add(Label::new(theme::muted(words).small()));
            }
            return;
        }
        let [long, short] = summary(state, &all);
        if let Some(words) = [long, short].into_iter().find(|words| fits(ui, words, room)) {
            ui.label(theme::muted(words).small()).hint(HELP);
        }
    });
}

/// How many basins there are where they are too many for a line, and in the longer form, where the run that is seen ends.
fn summary(state: &State, all: &[(StretchEnd, String)]) -> [String; 2] {
    let is_basin = |(end, _): &&(StretchEnd, String)| matches!(end, StretchEnd::Minimum(_) | StretchEnd::Other(_));
    let count = counted(all.iter().filter(is_basin).count(), "basin");
    let run = state.derived.run(state.selected);
    let rests = run.filter(|run| run.stop().is_some_and(|stop| stop.reason == StopReason::Converged));
    let end = rests.and_then(|run| run.iterates().last()).map(|last| last.at.x);
    // Where the loss is only flat it ends in no basin.
    let near = AT_POINT * state.document.landscape.domain().size();
    let is_basin = |end: &f64| state.derived.critical_points().iter().any(|point| (point.at.x - end).abs() <= near);
    let end = end.filter(is_basin);
    let long = end.map(|end| format!("{count}; that of this start ends at x = {}", parameter(end)));
    [long.unwrap_or_else(|| count.clone()), count]
}

/// Every end that the strip has, once, with its name: minima from the left, then what else there is.
fn entries(state: &State) -> Vec<(StretchEnd, String)> {
    let points = from_left(state);
    let mut named: Vec<(StretchEnd, String)> = Vec::new();
    for end in state.derived.line_basins().iter().map(|stretch| stretch.end) {
        if named.iter().all(|(known, _)| *known != end) {
            named.push((end, end_words(end, &points)));
        }
    }
    if let [(StretchEnd::Undecided, words)] = named.as_mut_slice() {
        "at no critical point".clone_into(words);
    }
    named.sort_by_key(|(end, _)| match *end {
        StretchEnd::Minimum(place) => (0, place),
        StretchEnd::Other(place) => (1, place),
        StretchEnd::Around(place) => (2, place),
        StretchEnd::Diverges => (3, 0),
        StretchEnd::Undecided => (4, 0),
    });
    named
}

fn from_left(state: &State) -> Vec<&CriticalPoint> {
    let mut points: Vec<&CriticalPoint> = state.derived.critical_points().iter().collect();
    points.sort_by(|a, b| a.at.x.total_cmp(&b.at.x));
    points
}

/// An end in words.
fn end_words(end: StretchEnd, points: &[&CriticalPoint]) -> String {
    let x = |place: usize| points.get(place).map_or_else(String::new, |point| parameter(point.at.x));
    match end {
        StretchEnd::Minimum(place) => format!("x = {}", x(place)),
        StretchEnd::Other(place) if points.get(place).is_some_and(|point| point.kind == Kind::Maximum) => {
            format!("maximum x = {}", x(place))
        }
        StretchEnd::Other(place) => format!("inflection x = {}", x(place)),
        StretchEnd::Around(place) => format!("around x = {}", x(place)),
        StretchEnd::Diverges => "diverges".to_owned(),
        StretchEnd::Undecided => "none of these".to_owned(),
    }
}

fn sample_size(ui: &Ui) -> Vec2 {
    let side = 0.45 * ui.spacing().interact_size.y;
    vec2(1.4 * side, side)
}

/// A piece of the strip.
fn sample_ui(state: &State, end: StretchEnd, ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(sample_size(ui), Sense::hover());
    let theme = state.view.chrome.theme;
    let (ink, opacity, share) = shade_of_basin(end);
    let floor = Rect::from_min_max(rect.left_bottom() - vec2(0.0, share as f32 * rect.height()), rect.right_bottom());
    ui.painter().rect_filled(floor, 0.0, theme::color(ink.fill(theme)).gamma_multiply(opacity));
    let rim = egui::Stroke::new(1.0, theme::color(Ink::Outline.fill(theme)));
    ui.painter().rect_stroke(rect, 0.0, rim, egui::StrokeKind::Inside);
}

/// The text on the start in the strip under the pointer.
pub(super) fn text(state: &State, mapping: &Mapping, position: Pos2) -> Option<String> {
    /// The share of the frame's height that the strip has, and a little more.
    const STRIP: f32 = 0.06;
    let frame = mapping.frame();
    if position.y < frame.bottom() - STRIP * frame.height() {
        return None;
    }
    let x = mapping.point(position).x;
    let Walked { outcome: Outcome { destination, steps, .. }, last, has_stopped } =
        state.derived.basin_walks()?.walked_from(x)?;
    let known = state.derived.critical_points();
    let place = |index: usize| known.get(index).map_or_else(String::new, |point| coordinate(point.at.x));
    let end = match destination {
        Destination::Minimum(Some(index)) => format!("to the minimum at {}", place(index)),
        Destination::Maximum(Some(index)) => format!("to the maximum at {}", place(index)),
        Destination::Minimum(None) => "to a minimum outside the interval".to_owned(),
        Destination::Maximum(None) => "to a maximum outside the interval".to_owned(),
        Destination::Diverged => "nowhere: it diverges".to_owned(),
        Destination::NoValue => "to where the loss has no value".to_owned(),
        Destination::NoStep => "to where the method has no step".to_owned(),
        Destination::TwoCycle => format!("nowhere: it oscillates, at last at {}", coordinate(last)),
        Destination::Kink => "to a kink".to_owned(),
        Destination::Flat | Destination::OneOfMany => "to an interval on which the loss is level".to_owned(),
        Destination::Saddle(_) | Destination::Degenerate => "to a point of inflection".to_owned(),
        Destination::NotYet if has_stopped => {
            format!("to x = {}, where the loss is flat but no critical point is", coordinate(last))
        }
        Destination::NotYet => format!("nowhere yet: it has come to {}", coordinate(last)),
    };
    Some(format!("From x = {} {end}, {}", coordinate(x), counted(steps, "step")))
}
