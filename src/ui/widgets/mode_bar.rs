//! A small bar for what a step makes of the distance along one direction: its zones, and where the multiplier stands.

use egui::{Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::rate_slider::paint_zone;
use super::track;
use crate::analysis::Zone;

/// Thickness of the bar, in points at normal type.
const THICKNESS: f32 = 7.0;

/// A multiplier on its scale.
pub struct ModeBar<'a> {
    /// Where it stands.
    pub value: f64,
    /// Whether values below 0 stand for changing sides; else there is only a size.
    pub signed: bool,
    /// Whether the loss curves down along the direction, so that the distance grows at any rate.
    pub grows: bool,
    /// Its accessible name.
    pub name: &'a str,
    /// Its width in points.
    pub width: f32,
}

impl ModeBar<'_> {
    /// The bar, as high as a line of small text.
    pub fn show(self, ui: &mut Ui) -> Response {
        let size = vec2(self.width, ui.text_style_height(&egui::TextStyle::Small));
        let response = ui.allocate_response(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, self.name));
        if ui.is_rect_visible(response.rect) {
            self.paint(ui, response.rect);
        }
        response
    }

    /// The zones and where each begins.
    fn zones(&self) -> &'static [(f64, Zone)] {
        const SIGNED: [(f64, Zone); 5] = [
            (-1.6, Zone::Diverging),
            (-1.0, Zone::Oscillating),
            (0.0, Zone::Stable),
            (0.9, Zone::Slow),
            // Only where the loss curves down is the factor beyond 1, at any rate: no rate is to blame.
            (1.0, Zone::Unlimited),
        ];
        const SIZES: [(f64, Zone); 2] = [(0.0, Zone::Stable), (1.0, Zone::Diverging)];
        const GROWING: [(f64, Zone); 2] = [(0.0, Zone::Stable), (1.0, Zone::Unlimited)];
        match (self.signed, self.grows) {
            (true, _) => &SIGNED,
            (false, true) => &GROWING,
            (false, false) => &SIZES,
        }
    }

    fn paint(&self, ui: &Ui, room: Rect) {
        let unit = ui.spacing().interact_size.y / 24.0;
        let rail = track::rail(room, THICKNESS * unit);
        let zones = self.zones();
        let (low, high) = (zones[0].0, 1.6);
        let place = |value: f64| egui::lerp(rail.x_range(), ((value - low) / (high - low)).clamp(0.0, 1.0) as f32);
        for (index, (from, zone)) in zones.iter().enumerate() {
            let to = zones.get(index + 1).map_or(high, |next| next.0);
            let part = Rect::from_x_y_ranges(place(*from)..=place(to), rail.y_range());
            paint_zone(ui, part, rail, *zone, unit);
        }
        let x = place(self.value).clamp(rail.left() + 1.5 * unit, rail.right() - 1.5 * unit);
        let reach = Rangef::new(room.center().y - 7.0 * unit, room.center().y + 7.0 * unit);
        ui.painter().vline(x, reach, Stroke::new(5.0 * unit, ui.visuals().window_fill));
        ui.painter().vline(x, reach, Stroke::new(2.5 * unit, ui.visuals().text_color()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Recursion;

    /// A multiplier stands in the zone of alarm exactly where the rate is too large.
    #[test]
    fn where_the_loss_curves_down_there_is_no_alarm() {
        for (recursion, signed) in [(Recursion::Descent, true), (Recursion::HeavyBall { beta: 0.9, share: 1.0 }, false)]
        {
            for share in [-0.7, -0.1, -0.01, 0.01, 0.3, 0.7, 0.99, 1.01, 1.2] {
                let x = share * recursion.limit();
                let (multiplier, behavior) = (recursion.multiplier(x), recursion.behavior(x));
                let value = if signed && multiplier.swings { -multiplier.size } else { multiplier.size };
                let bar = ModeBar { value, signed, grows: x < 0.0, name: "", width: 0.0 };
                let zone = bar.zones().iter().rev().find(|(from, _)| value > *from).map(|(_, zone)| *zone);
                assert_eq!(zone == Some(Zone::Diverging), behavior.is_danger(), "{recursion:?} at {share}: {zone:?}");
            }
        }
    }
}
