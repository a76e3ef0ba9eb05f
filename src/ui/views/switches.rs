//! What the map shows of the samples of a network: the kink line under the pointer, the kink lines of a sample, and the regions in
//! which its unit is on for the same ones.

use egui::Ui;

use super::Canvases;
use crate::drawing::overlays::{CRITICAL, KINKS, PATTERN};
use crate::drawing::page_scale::PageScale;
use crate::drawing::pattern::Pattern;
use crate::drawing::switching::{KinkPlace, pattern_words};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::{Point, Vector};
use crate::render::flat::Mapping;
use crate::state::{Memo, State};

/// The pointer is on a kink line that is this near, in points.
const TOUCH: f32 = 5.0;

/// The activation pattern over a box, found again only if something changed.
#[derive(Default)]
pub(super) struct Regions {
    /// By the landscape, the box, and how it is laid on the page.
    known: Memo<(Landscape, ViewBox, PageScale), Option<Pattern>>,
}

impl Regions {
    /// Brings it up to date; there is none unless it is shown.
    pub(super) fn follow(&mut self, state: &State, view: ViewBox, scale: PageScale) {
        let key = state.view.sees(PATTERN).then(|| (state.document.landscape.clone(), view, scale));
        self.known.update(key, |(landscape, view, scale)| Pattern::of(landscape, *view, *scale));
    }

    pub(super) fn pattern(&self) -> Option<&Pattern> {
        self.known.value()?.as_ref()
    }
}

/// The weights under the pointer, by where the map was in the last frame, and how many of them a point is wide and high;
/// none while something is dragged.
pub(super) fn pointer_on(mapping: &Mapping, ui: &Ui) -> Option<(Point, Vector)> {
    let (frame, view) = (mapping.frame(), mapping.view());
    let position = ui.ctx().pointer_hover_pos().filter(|_| ui.rect_contains_pointer(frame))?;
    let unit = Vector::new(view.width() / f64::from(frame.width()), view.height() / f64::from(frame.height()));
    let is_free = frame.contains(position) && !ui.input(|input| input.pointer.any_down());
    is_free.then(|| (mapping.point(position), unit))
}

/// The kink line under the pointer.
pub(super) fn touched_kink_line(state: &State, (at, unit): (Point, Vector)) -> Option<KinkPlace> {
    let reach = unit * f64::from(TOUCH * state.view.chrome.type_scale.factor());
    let is_seen = state.view.sees(KINKS);
    let (kink_lines, lines) = (state.derived.kink_lines(), state.derived.kink_paths());
    is_seen.then(|| KinkPlace::of(&state.document.landscape, kink_lines, lines, at, reach)).flatten()
}

/// The kink lines that are lit: under the pointer, and those of the samples that are chosen or under the pointer.
pub(super) fn lit_lines(state: &State, touched: Option<&KinkPlace>, hovered: Option<usize>) -> Vec<usize> {
    let of = |sample| state.derived.lit_lines(&state.document.landscape, sample);
    let touched = touched.map_or_else(Vec::new, |touched| touched.lines.clone());
    [touched, of(state.sample()), hovered.map_or_else(Vec::new, |sample| of(Some(sample)))].concat()
}

/// What the map says beside its numbers: areas and lines of critical points, the kink line under the pointer or the one that
/// is lit, and for which samples the unit is on.
pub(super) fn description(state: &State, at: Point, canvases: &Canvases) -> String {
    let landscape = &state.document.landscape;
    // The empty one gives the first a comma too.
    let mut words = vec![String::new()];
    if state.view.sees(CRITICAL) {
        words.extend(critical_words(state));
    }
    words.extend(canvases.touched.as_ref().map(|touched| format!("under the pointer a kink line: {}", touched.words)));
    if let Some(sample) = canvases.sample.or(state.sample()).filter(|_| state.view.sees(KINKS))
        && !state.derived.lit_lines(landscape, Some(sample)).is_empty()
    {
        words.push(format!("highlighted: the boundary of sample {}", sample + 1));
    }
    if state.view.sees(PATTERN) {
        words.extend(pattern_words(landscape, at).map(|words| format!("the unit is {words}")));
    }
    words.join(", ")
}

/// What is marked of the critical points: the dead region, and the names of lines and areas of them.
fn critical_words(state: &State) -> Vec<String> {
    let landscape = &state.document.landscape;
    let dead = landscape
        .sampled_loss()
        .and_then(|loss| loss.dead_region(&landscape.domain()))
        .filter(|region| !region.is_empty());
    let dead = dead.map(|_| "hatched: the dead region".to_owned());
    let labels = state.derived.critical_sets().iter().filter_map(|set| set.label);
    dead.into_iter().chain(labels.map(|(_, label)| label.to_owned())).collect()
}
