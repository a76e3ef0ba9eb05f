//! What a rule does inside a step, in words on the map, large enough for the last row.

use egui::{
    Align, Color32, CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use crate::drawing::ink::Ink;
use crate::numbers::Point;
use crate::render::flat::Mapping;
use crate::run::Sketch;
use crate::state::State;
use crate::ui::theme;

/// Room between the words and the rim of their patch, and between that and the map's edge; in points.
const PADDING: f32 = 8.0;
/// The share of the picture's width that it takes at most.
const WIDTH: f32 = 0.6;
/// This many iterates before this one are examined for its place.
const MOST_ITERATES: usize = 64;

/// The caption of the sub-step that is shown; nothing unless the step is shown from inside.
pub(super) fn caption_ui(state: &State, mapping: &Mapping, ui: &mut Ui) {
    let substeps = state.derived.substeps();
    let Some((place, one)) =
        state.view.scene.inside.and_then(|inside| Some((inside.place, substeps.get(inside.place)?)))
    else {
        return;
    };
    let frame = mapping.frame().shrink(PADDING);
    let width = (WIDTH * frame.width() - 2.0 * PADDING).max(40.0);
    let color = |ink: Ink| theme::color(ink.text(state.view.chrome.theme));
    let lay = |text: String, style: TextStyle, ink: Ink| {
        let mut job = egui::text::LayoutJob::simple(text, style.resolve(ui.style()), color(ink), width);
        job.halign = Align::Min;
        ui.painter().layout_job(job)
    };
    let count = lay(format!("{} of {}", place + 1, substeps.len()), TextStyle::Small, Ink::Muted);
    let caption = lay(one.caption.clone(), TextStyle::Heading, Ink::Truth);
    let numbers = (!one.numbers.is_empty()).then(|| lay(one.numbers.clone(), TextStyle::Body, Ink::Truth));
    let lines: Vec<_> = [count, caption].into_iter().chain(numbers).collect();
    let size = lines.iter().fold(vec2(0.0, 0.0), |size, line| vec2(size.x.max(line.size().x), size.y + line.size().y));
    let size = vec2((size.x + 2.0 * PADDING).min(frame.width()), size.y + 2.0 * PADDING);
    let patch = least_covering(state, mapping, frame, size);
    let rim = Stroke::new(1.0, theme::color(Ink::Outline.fill(state.view.chrome.theme)));
    let ground = theme::color(Ink::Panel.fill(state.view.chrome.theme)).gamma_multiply(0.94);
    ui.painter().rect(patch, CornerRadius::same(6), ground, rim, StrokeKind::Inside);
    let mut at = patch.min + vec2(PADDING, PADDING);
    for line in lines {
        let height = line.size().y;
        ui.painter().galley(at, line, Color32::PLACEHOLDER);
        at.y += height;
    }
    let description = spoken(&one.caption, &one.numbers);
    let words = format!("Inside the step, {} of {}: {description}", place + 1, substeps.len());
    let response = ui.interact(patch, Id::unique("inside caption"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

/// A caption and its numbers as two sentences; a question has its mark already.
fn spoken(caption: &str, numbers: &str) -> String {
    let stop = if caption.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{caption}{stop} {numbers}").trim_end().to_owned()
}

/// The corner of the frame in which a patch of this size covers least: the step with all that it tries, then critical points, then
/// the runs. It is the same for all sub-steps of a step.
fn least_covering(state: &State, mapping: &Mapping, frame: Rect, size: Vec2) -> Rect {
    let marks = marks(state, mapping);
    let far = frame.max - size;
    let corners = [pos2(frame.left(), far.y), far, frame.min, pos2(far.x, frame.top())];
    let covered = |corner: &Pos2| -> usize {
        let patch = Rect::from_min_size(*corner, size).expand(PADDING);
        marks.iter().filter(|(at, _)| patch.contains(*at)).map(|(_, weight)| weight).sum()
    };
    let corner = corners.into_iter().min_by_key(covered).unwrap_or(frame.min);
    Rect::from_min_size(corner, size)
}

/// What should not be covered, on the screen, with how much each matters.
fn marks(state: &State, mapping: &Mapping) -> Vec<(Pos2, usize)> {
    const OF_STEP: usize = 1000;
    const CRITICAL: usize = 10;
    let Some(analysis) = state.derived.analysis() else { return Vec::new() };
    let at = analysis.iterate.at;
    let landing = analysis.proposed().map(|step| at + step);
    let tried = state.derived.substeps().iter().filter_map(|one| end_of(one.sketch, at));
    let step = [Some(at), landing].into_iter().flatten().chain(tried).map(|at| (at, OF_STEP));
    let critical = state.derived.critical_points().iter().map(|point| (point.at, CRITICAL));
    let run = state.derived.run(state.selected).map_or(&[][..], |run| run.iterates());
    let iterates =
        run.iter().take(state.playback.playhead + 1).rev().take(MOST_ITERATES).map(|iterate| (iterate.at, 1));
    // With one weight they stand on the curve.
    let loss = state.document.landscape.loss();
    let is_curve = state.document.landscape.dimension().is_one();
    let seen = |at: Point| if is_curve { Point::new(at.x, loss.value(at)) } else { at };
    let all = step.chain(critical).chain(iterates).map(|(at, weight)| (mapping.position(seen(at)), weight));
    all.filter(|(at, _)| at.is_finite()).collect()
}

/// Where a sub-step that is taken at a point leads, if it leads anywhere.
fn end_of(sketch: Sketch, at: Point) -> Option<Point> {
    match sketch {
        Sketch::Way { from, by, .. } => Some(at + from + by),
        Sketch::Slope { from, .. } => Some(at + from),
        Sketch::Trial(trial) => Some(trial.at),
        Sketch::Move(by) => Some(at + by),
        Sketch::None | Sketch::Quadratic | Sketch::Shape | Sketch::Circle(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_has_one_mark_at_its_end() {
        for (caption, numbers, description) in [
            ("Move", "loss 3 → 2", "Move. loss 3 → 2"),
            ("Compare: is it enough?", "ρ = 1", "Compare: is it enough? ρ = 1"),
            ("No step: H is singular", "", "No step: H is singular."),
        ] {
            assert_eq!(spoken(caption, numbers), description);
        }
    }
}
