//! The base of every slider of ours: a horizontal track with a handle, moved by pointer, keys and assistive technologies.
//!
//! egui's own slider paints its rail itself; ours leaves that to the caller, because a rate's track shows zones.

use egui::accesskit::{Action, ActionData};
use egui::emath::smart_aim::best_in_range_f64;
use egui::{EventFilter, Id, Key, Rangef, Rect, Response, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::landscapes::{Parameter, ParameterDomain, Scale};

/// From values to places along a track and back.
#[derive(Clone, Copy, Debug)]
pub struct Track {
    /// The values at the ends, rising.
    range: [f64; 2],
    logarithmic: bool,
    whole: bool,
}

impl Track {
    /// The track of a parameter, lengthened where its value lies beyond the usual ends.
    pub fn of(parameter: &Parameter, value: f64) -> Self {
        let logarithmic = parameter.scale == Scale::Log && parameter.min > 0.0;
        let reaches = value.is_finite() && (!logarithmic || value > 0.0);
        let value = if reaches { value } else { parameter.min };
        Self {
            range: [parameter.min.min(value), parameter.max.max(value)],
            logarithmic,
            whole: parameter.scale == Scale::Whole || matches!(parameter.domain, ParameterDomain::Count { .. }),
        }
    }

    /// Equal steps from 0 to `end`; a larger value rests at the end.
    pub fn up_to(end: f64) -> Self {
        Self { range: [0.0, end], logarithmic: false, whole: false }
    }

    /// Equal ratios between two positive values; what lies beyond rests at the ends.
    pub fn between(range: [f64; 2]) -> Self {
        Self { range, logarithmic: true, whole: false }
    }

    /// Whether equal ratios have equal lengths on it.
    pub fn is_logarithmic(&self) -> bool {
        self.logarithmic
    }

    /// How far along the track a value lies: 0 at the lower end, 1 at the upper, held between.
    pub fn share(&self, value: f64) -> f32 {
        let [low, high] = self.range;
        let value = value.clamp(low, high);
        let share =
            if self.logarithmic { (value / low).ln() / (high / low).ln() } else { (value - low) / (high - low) };
        if share.is_finite() { share as f32 } else { 0.0 }
    }

    /// Beyond which end of the track a value lies, if it does: at rounding's distance it still lies on it.
    pub fn beyond(&self, value: f64) -> Option<End> {
        /// Of a track's end, a share that is rounding.
        const ROUNDING: f64 = 1e-9;
        let [low, high] = self.range;
        match value {
            value if value > high + ROUNDING * high.abs() => Some(End::Upper),
            value if value < low - ROUNDING * low.abs() => Some(End::Lower),
            _ => None,
        }
    }

    /// The value at a share of the track.
    fn value(&self, share: f64) -> f64 {
        let [low, high] = self.range;
        let share = share.clamp(0.0, 1.0);
        let value = if self.logarithmic { low * (high / low).powf(share) } else { low + (high - low) * share };
        let value = if self.whole { value.round() } else { value };
        value.clamp(low, high)
    }

    /// The simplest value within half of `width` of a share.
    fn simple_value(&self, share: f64, width: f64) -> f64 {
        let [low, high] = [share - width / 2.0, share + width / 2.0].map(|share| self.value(share));
        let simple = best_in_range_f64(low, high);
        if self.whole { simple.round() } else { simple }
    }
}

/// An end of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At the left.
    Lower,
    /// At the right.
    Upper,
}

/// A slider without its picture.
pub struct Slide<'a> {
    /// Its values.
    pub track: Track,
    /// The value it shows.
    pub value: f64,
    /// Values at which the pointer stops when it comes near, unless Alt is held.
    pub snaps: &'a [f64],
    /// Its accessible name.
    pub name: &'a str,
    /// Its width in points.
    pub width: f32,
}

/// The response of a slider.
pub struct Slid {
    /// The widget.
    pub response: Response,
    /// Where the middle of the handle may lie.
    pub reach: Rangef,
    /// The value it was moved to.
    pub moved: Option<f64>,
}

impl Slide<'_> {
    /// Takes room and input; the caller paints.
    pub fn show(&self, ui: &mut Ui) -> Slid {
        let size = vec2(self.width.max(1.0), ui.spacing().interact_size.y);
        let mut response = ui.allocate_response(size, Sense::click_and_drag());
        let reach = response.rect.x_range().shrink(handle_radius(ui).min(response.rect.width() / 2.0));
        let room = f64::from(reach.span().max(1.0));
        let pointed = response.is_pointer_button_down_on().then(|| response.interact_pointer_pos()).flatten();
        let moved = if let Some(pointer) = pointed {
            let is_free = ui.input(|input| input.modifiers.alt);
            let snap = self.snap(pointer.x, reach).filter(|_| !is_free);
            Some(snap.unwrap_or_else(|| self.track.simple_value(f64::from(pointer.x - reach.min) / room, 1.0 / room)))
        } else {
            self.keyed(ui, &response).or_else(|| requested(ui, response.id))
        };
        let moved = moved.filter(|value| *value != self.value);
        if moved.is_some() {
            response.mark_changed();
        }
        self.declare(ui, &response);
        Slid { response, reach, moved }
    }

    /// The value near the pointer at which it stops.
    fn snap(&self, x: f32, reach: Rangef) -> Option<f64> {
        const NEAR: f32 = 6.0;
        let distance = |value: f64| (egui::lerp(reach, self.track.share(value)) - x).abs();
        self.snaps
            .iter()
            .copied()
            .filter(|value| distance(*value) <= NEAR)
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
    }

    /// Arrow keys and requests to go up or down move the handle by a hundredth of the track.
    fn keyed(&self, ui: &Ui, response: &Response) -> Option<f64> {
        const STEP: f64 = 0.01;
        let steps = asked_steps(ui, response);
        if steps == 0.0 {
            return None;
        }
        if self.track.whole {
            let [low, high] = self.track.range;
            return Some((self.value + steps).clamp(low, high));
        }
        let share = f64::from(self.track.share(self.value)) + steps * STEP;
        Some(self.track.simple_value(share, 0.9 * STEP))
    }

    fn declare(&self, ui: &Ui, response: &Response) {
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), self.value, self.name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(self.track.range[0]);
            node.set_max_numeric_value(self.track.range[1]);
            for action in [Action::SetValue, Action::Increment, Action::Decrement] {
                node.add_action(action);
            }
        });
    }
}

/// How many steps to the right are asked for, by the arrow keys of a focused slider or by assistive technologies.
fn asked_steps(ui: &Ui, response: &Response) -> f64 {
    let asked = ui.input(|input| {
        input.num_accesskit_action_requests(response.id, Action::Increment) as f64
            - input.num_accesskit_action_requests(response.id, Action::Decrement) as f64
    });
    if !response.has_focus() {
        return asked;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    asked + ui.input(|input| input.num_presses(Key::ArrowRight) as f64 - input.num_presses(Key::ArrowLeft) as f64)
}

/// The value an assistive technology asks for: any number, also beyond the ends.
pub fn requested(ui: &Ui, id: Id) -> Option<f64> {
    ui.input(|input| {
        let requests = input.accesskit_action_requests(id, Action::SetValue);
        requests
            .filter_map(|request| match &request.data {
                Some(ActionData::NumericValue(value)) => Some(*value),
                Some(ActionData::Value(text)) => text.parse().ok(),
                _ => None,
            })
            .last()
    })
}

/// Half the width of a handle.
pub fn handle_radius(ui: &Ui) -> f32 {
    ui.spacing().interact_size.y * 0.3
}

/// The rectangle of a track of this thickness in the room of a slider.
pub fn rail(room: Rect, thickness: f32) -> Rect {
    Rect::from_center_size(room.center(), vec2(room.width(), thickness))
}

/// A plain track: a thin grey rail and its handle.
pub fn paint(ui: &Ui, slid: &Slid, share: f32) {
    let thickness = ui.spacing().slider_rail_height;
    let rail = rail(slid.response.rect, thickness);
    ui.painter().rect_filled(rail, thickness / 2.0, ui.visuals().widgets.inactive.bg_fill);
    paint_handle(ui, slid, share);
}

/// The handle: a ring of ink, in the accent color while it is held or has the focus.
pub fn paint_handle(ui: &Ui, slid: &Slid, share: f32) {
    let stroke = handle_stroke(ui, slid);
    let center = pos2(egui::lerp(slid.reach, share), slid.response.rect.center().y);
    ui.painter().circle(center, handle_radius(ui) - stroke.width / 2.0, ui.visuals().window_fill, stroke);
}

fn handle_stroke(ui: &Ui, slid: &Slid) -> Stroke {
    let visuals = ui.visuals();
    let held = slid.response.is_pointer_button_down_on() || slid.response.has_focus();
    let width = if slid.response.hovered() || held { 1.5 } else { 1.0 } * visuals.widgets.inactive.fg_stroke.width;
    let ink = if held { visuals.widgets.active.fg_stroke.color } else { visuals.widgets.inactive.fg_stroke.color };
    Stroke::new(width, ink)
}

/// The handle of a value beyond an end of the track: an arrowhead at that end, which points outward.
pub fn paint_handle_beyond(ui: &Ui, slid: &Slid, end: End) {
    let (radius, stroke) = (handle_radius(ui), handle_stroke(ui, slid));
    let (x, way) = match end {
        End::Lower => (slid.reach.min, -1.0),
        End::Upper => (slid.reach.max, 1.0),
    };
    let center = pos2(x, slid.response.rect.center().y);
    let tip = center + vec2(way * (radius - stroke.width / 2.0), 0.0);
    let back = [-1.0, 1.0].map(|side| center + vec2(-0.9 * way * radius, side * 1.15 * radius));
    ui.painter().add(Shape::convex_polygon(vec![tip, back[0], back[1]], stroke.color, Stroke::NONE));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_goes_there_and_back_and_reaches_its_value() {
        let rate = Parameter::log("lr", "η", 0.1, [1e-5, 10.0]);
        let track = Track::of(&rate, 0.1);
        assert!((track.value(f64::from(track.share(0.036))) / 0.036 - 1.0).abs() < 1e-5, "logarithmic");
        assert_eq!([track.share(1e-5), track.share(10.0)], [0.0, 1.0], "ends");
        assert_eq!(Track::of(&rate, 500.0).share(500.0), 1.0, "lengthened");
        assert_eq!(Track::of(&rate, 1e-300).share(1e-300), 0.0, "and downwards");
        assert_eq!(Track::of(&rate, 0.0).share(0.0), 0.0, "zero has no logarithm");
        let flat = Parameter::linear("a", "a", 1.0, [1.0, 1.0]);
        assert_eq!(Track::of(&flat, 1.0).share(1.0), 0.0, "no length");
    }

    #[test]
    fn what_lies_beyond_a_track_is_known_to() {
        let track = Track::up_to(0.125);
        for (value, beyond) in [(0.0, None), (0.125, None), (0.125 * (1.0 + 1e-15), None), (0.126, Some(End::Upper))] {
            assert_eq!(track.beyond(value), beyond, "{value}");
        }
        assert_eq!(Track::between([1e-4, 10.0]).beyond(1e-5), Some(End::Lower), "below a logarithmic one");
        let rate = Parameter::log("lr", "η", 0.1, [1e-5, 10.0]);
        assert_eq!(Track::of(&rate, 500.0).beyond(500.0), None, "a track that is lengthened has it");
    }

    #[test]
    fn a_handle_stops_at_simple_numbers() {
        let track = Track::of(&Parameter::linear("beta", "β", 0.9, [0.0, 0.99]), 0.9);
        assert_eq!(track.simple_value(0.5, 0.02), 0.5, "0.495 is near");
        assert_eq!(track.simple_value(2.0, 0.02), 0.99, "held at the end");
    }
}
