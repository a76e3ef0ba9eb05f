//! The learning-rate slider: logarithmic, its track painted with what a rate does at the current point.
//!
//! Zones are greys that differ in their hatching, too; vermilion is kept for rates that diverge.

use egui::{CornerRadius, Label, Rangef, Rect, Response, Stroke, TextStyle, Ui, pos2, vec2};

use super::rate_assessment::RateAssessment;
use super::track::{self, Slid, Slide, Track};
use crate::analysis::Zone;
use crate::drawing::ink::{Ink, Theme};
use crate::landscapes::Parameter;
use crate::numbers::numerals::number;
use crate::ui::theme::{self, color};

/// Thickness of the track, in points at normal type.
const THICKNESS: f32 = 8.0;

/// A learning-rate slider, ready to be shown.
pub struct RateSlider<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// Its value.
    pub rate: f64,
    /// The rate of the step at the playhead, where a schedule makes it another.
    pub now: Option<f64>,
    /// What is known about rates at a place.
    pub outlook: &'a RateAssessment,
    /// Where that is: "here", or a step.
    pub place: &'a str,
    /// Whether the run has arrived, as it is made so far: then its rate is not called slow.
    pub arrived: bool,
    /// Its accessible name.
    pub name: &'a str,
    /// Its width in points.
    pub width: f32,
}

impl RateSlider<'_> {
    /// The track alone; the rate it was moved to.
    pub fn show(&self, ui: &mut Ui) -> Option<f64> {
        self.show_track(ui).moved
    }

    /// The track, its marks, and where the rate is in words, in a room whose height does not depend on them.
    pub fn show_in_full(&self, ui: &mut Ui) -> Option<f64> {
        ui.spacing_mut().item_spacing.y = 0.0;
        let slid = self.show_track(ui);
        let line = ui.text_style_height(&TextStyle::Small);
        let has_law = self.outlook.has_law();
        if has_law {
            self.show_marks(ui, &slid);
        }
        if let Some(now) = self.now {
            let text = format!("{} now {}", self.parameter.symbol, number(now));
            let help = "The rate that the schedule gives to the step at the playhead: the mark on the track.";
            ui.add(Label::new(theme::strong(text).small()).truncate()).on_hover_text(help);
        }
        ui.scope(|ui| {
            ui.set_min_height(if has_law { 2.0 * line } else { line });
            let theme = theme::theme_of(ui.style());
            let (words, ink) = self.outlook.words(self.now.unwrap_or(self.rate), self.place, self.arrived);
            ui.add(Label::new(theme::role(theme, words, ink).small()).truncate());
            if let Some(caution) = self.outlook.caution() {
                ui.add(Label::new(theme::muted(caution).small()).truncate());
            }
        });
        slid.moved
    }

    fn show_track(&self, ui: &mut Ui) -> Slid {
        let track = Track::of(self.parameter, self.rate);
        let slide = Slide { track, value: self.rate, name: self.name, width: self.width };
        let mut slid = slide.show(ui);
        if ui.is_rect_visible(slid.response.rect) {
            self.paint_zones(ui, &track, &slid);
            if let Some(now) = self.now {
                paint_now(ui, &slid, track.share(now));
            }
            track::paint_handle(ui, &slid, track.share(self.rate));
        }
        slid.response = self.with_tooltip(slid.response);
        slid
    }

    fn with_tooltip(&self, response: Response) -> Response {
        let now = self
            .now
            .map(|now| format!("\n\nThe schedule gives this step {} = {}.", self.parameter.symbol, number(now)));
        let now = now.unwrap_or_default();
        response.on_hover_text(format!("{}{now}\n\n{}", self.parameter.help, self.outlook.story()))
    }

    fn paint_zones(&self, ui: &Ui, track: &Track, slid: &Slid) {
        let unit = ui.spacing().interact_size.y / 24.0;
        let rail = track::rail(slid.response.rect, THICKNESS * unit);
        let stretches = self.outlook.stretches();
        let place = |rate: f64| match track.share(rate) {
            share if share <= 0.0 => rail.left(),
            share if share >= 1.0 => rail.right(),
            share => egui::lerp(slid.reach, share),
        };
        for (index, stretch) in stretches.iter().enumerate() {
            let left = place(stretch.from);
            let right = stretches.get(index + 1).map_or(rail.right(), |next| place(next.from));
            if left < right {
                let zone = Rect::from_x_y_ranges(left..=right, rail.y_range());
                paint_zone(ui, zone, rail, stretch.zone, unit);
            }
        }
    }

    /// Tick marks with their names: the first to the left of its tick and the last to the right, so that neighbors keep apart.
    fn show_marks(&self, ui: &mut Ui, slid: &Slid) {
        let track = Track::of(self.parameter, self.rate);
        let font = TextStyle::Small.resolve(ui.style());
        let (_, room) = ui.allocate_space(vec2(self.width, ui.text_style_height(&TextStyle::Small)));
        let ink = ui.visuals().weak_text_color();
        let mut taken = Rangef::NOTHING;
        for (index, (rate, name)) in self.outlook.marks().into_iter().enumerate().rev() {
            let share = track.share(rate);
            if share <= 0.0 || share >= 1.0 {
                continue;
            }
            let x = egui::lerp(slid.reach, share);
            ui.painter().vline(x, Rangef::new(room.top() - 5.0, room.top() + 2.0), Stroke::new(1.0, ink));
            let galley = ui.painter().layout_no_wrap(name.to_owned(), font.clone(), ink);
            let wanted = if index == 0 && self.outlook.marks().len() > 1 { x + 1.0 - galley.size().x } else { x - 1.0 };
            let highest = if taken.span() > 0.0 { taken.min - 4.0 } else { room.right() } - galley.size().x;
            let left = wanted.min(highest).max(room.left());
            taken = Rangef::new(left, left + galley.size().x);
            ui.painter().galley(pos2(left, room.top() + 1.0), galley, ink);
        }
    }
}

/// An upright stroke across the track.
fn paint_now(ui: &Ui, slid: &Slid, share: f32) {
    let rect = slid.response.rect;
    let half = 0.34 * rect.height();
    let x = egui::lerp(slid.reach, share);
    let reach = Rangef::new(rect.center().y - half, rect.center().y + half);
    ui.painter().vline(x, reach, Stroke::new(5.0, ui.visuals().window_fill));
    ui.painter().vline(x, reach, Stroke::new(2.5, ui.visuals().text_color()));
}

/// Round where the track ends.
fn rounded(zone: Rect, rail: Rect) -> CornerRadius {
    let radius = (rail.height() / 2.0) as u8;
    let [west, east] =
        [zone.left() <= rail.left(), zone.right() >= rail.right()].map(|at_end| if at_end { radius } else { 0 });
    CornerRadius { nw: west, sw: west, ne: east, se: east }
}

/// A zone of a rail: greys that differ in their hatching, too, and vermilion for what diverges.
pub(super) fn paint_zone(ui: &Ui, rect: Rect, rail: Rect, zone: Zone, unit: f32) {
    let theme = theme::theme_of(ui.style());
    let ink = match zone {
        Zone::Crawl | Zone::Unlimited => Ink::Crawl,
        Zone::Stable => Ink::Stable,
        Zone::Ringing => Ink::Ringing,
        Zone::Diverging => Ink::Gap,
    };
    ui.painter().rect_filled(rect, rounded(rect, rail), color(ink.fill(theme)));
    // Stripes would stick out of the round ends.
    let rect = rect.intersect(rail.shrink2(vec2(rail.height() / 4.0, 0.0)));
    match zone {
        Zone::Crawl | Zone::Stable => {}
        Zone::Unlimited => hatch(ui, rect, theme, Ink::Outline, unit * vec2(8.0, 6.0)),
        Zone::Ringing => hatch(ui, rect, theme, Ink::Panel, unit * vec2(4.0, -8.0)),
        Zone::Diverging => hatch(ui, rect, theme, Ink::Panel, unit * vec2(7.0, 6.0)),
    }
}

/// Slanted lines, `step.x` apart, leaning by `step.y` over the height.
fn hatch(ui: &Ui, rect: Rect, theme: Theme, ink: Ink, step: egui::Vec2) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let stroke = Stroke::new(1.0, color(ink.fill(theme)));
    let mut x = rect.left() - step.y.abs();
    while x < rect.right() + step.y.abs() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + step.y, rect.top())], stroke);
        x += step.x.max(2.0);
    }
}
