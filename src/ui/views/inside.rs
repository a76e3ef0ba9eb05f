//! What a rule does inside a step, in words on the map, large enough for the last row.

use egui::{
    Align, Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use crate::drawing::ink::Ink;
use crate::render::flat::Mapping;
use crate::state::State;
use crate::ui::theme;

/// Room between the words and the rim of their patch, and between that and the map's edge; in points.
const PADDING: f32 = 8.0;

/// The caption of the sub-step that is shown; nothing unless the step is looked at from inside.
pub(super) fn caption_ui(state: &State, mapping: &Mapping, ui: &mut Ui) {
    let substeps = state.derived.substeps();
    let Some((place, one)) =
        state.view.scene.inside.and_then(|inside| Some((inside.place, substeps.get(inside.place)?)))
    else {
        return;
    };
    let frame = mapping.frame().shrink(PADDING);
    let width = (frame.width() - 2.0 * PADDING).max(40.0);
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
    let patch = Rect::from_min_size(pos2(frame.left(), top(state, mapping, frame, size.y)), size);
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

/// At the bottom of the map, unless the step is there.
fn top(state: &State, mapping: &Mapping, frame: Rect, height: f32) -> f32 {
    let [high, low] = [frame.top(), frame.bottom() - height];
    let Some(analysis) = state.derived.analysis() else { return low };
    let at = analysis.iterate.at;
    let landing = analysis.proposed().map_or(at, |step| at + step);
    let reaches = |place: crate::numbers::Point| {
        let y = mapping.position(place).y;
        y.is_finite() && y > low && y < frame.bottom()
    };
    let covers = |place: crate::numbers::Point| {
        let y = mapping.position(place).y;
        y.is_finite() && y < high + height && y > frame.top()
    };
    let [below, above] = [
        usize::from(reaches(at)) + usize::from(reaches(landing)),
        usize::from(covers(at)) + usize::from(covers(landing)),
    ];
    if below > above { high } else { low }
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
