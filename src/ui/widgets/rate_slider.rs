//! The learning-rate slider, its track painted with what a rate does at the current point: wide with its zones by name, or a
//! short logarithmic one.
//!
//! The wide track goes to 1.25 times the limit where there is one, so that the zone of the oscillating rates is as wide as that of
//! the monotone ones. Zones are greys that differ in their hatching, too; vermilion is kept for rates that diverge.

use egui::{CornerRadius, Id, Rangef, Rect, Response, Stroke, TextStyle, Ui, pos2, vec2};

use super::hint::Hint as _;
use super::rate_assessment::{RateAssessment, Stretch};
use super::track::{self, End, Slid, Slide, Track};
use crate::analysis::Zone;
use crate::drawing::ink::{Ink, Theme};
use crate::landscapes::Parameter;
use crate::numbers::numerals::{counted, number, rough};
use crate::state::BestRate;
use crate::ui::theme::{self, color};

/// Thickness of the track, in points at normal type.
const THICKNESS: f32 = 8.0;
/// Thickness of the track of the rate bar, in points at normal type.
const WIDE: f32 = 12.0;
/// What stands below a logarithmic track.
pub const LOG_SCALE: &str = "log scale";
/// The least rate of a track that begins at 0, as a share of its end.
const LEAST: f64 = 1e-3;

/// A learning-rate slider, ready to be shown.
pub struct RateSlider<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// Its value.
    pub rate: f64,
    /// The rate of the step at the playhead, where a schedule makes it another.
    pub now: Option<f64>,
    /// What is known about rates at a place.
    pub assessment: &'a RateAssessment,
    /// The best of the rates that were tried.
    pub best: Option<BestRate>,
    /// Its accessible name.
    pub name: &'a str,
    /// Its width in points.
    pub width: f32,
    /// Whether the wide track is logarithmic where there is a limit; without one it always is.
    pub is_log: bool,
    /// Whether the run comes down although its rate may be beyond the limit here.
    pub comes_down: bool,
    /// Of what run it is the rate, as a number that another run does not have.
    pub run: usize,
    /// Whether runs are played.
    pub is_playing: bool,
}

/// The track of a run, which stays from step to step.
#[derive(Clone, Copy)]
struct Kept {
    track: Track,
    is_log: bool,
    run: usize,
    /// The rate that was shown on it, before a drag.
    rate: f64,
}

/// The text on the best rate so far, after other words; empty if none was tried.
pub fn best_words(best: Option<BestRate>, parameter: &Parameter) -> String {
    best.map_or_else(String::new, |best| {
        let (symbol, rate) = (parameter.symbol, number(best.rate));
        let why = match best.met {
            Some((tolerance, step)) => {
                format!("with it ‖∇f‖ ≤ {} is met first, after {}", rough(tolerance), counted(step, "step"))
            }
            None => format!("it comes lowest in {}: to {}", counted(best.steps, "step"), number(best.loss)),
        };
        format!("\n\n▾ The best of the rates tried from this start: {symbol} = {rate}; {why}.")
    })
}

impl RateSlider<'_> {
    /// Shows the track alone; returns the rate it was moved to.
    pub fn show(&self, ui: &mut Ui) -> Option<f64> {
        let slid = self.show_track(ui, Track::of(self.parameter, self.rate), THICKNESS);
        self.with_tooltip(slid.response);
        slid.moved
    }

    /// The track over the whole width, its zones by name above it and its marks below, where there is room for them; the rate
    /// it was moved to.
    ///
    /// While it is dragged zones and scale stay as they were at the press: the limit belongs to an iterate that the drag moves. After the
    /// release, and while the run is stepped, played and scrubbed, the scale stays, so that the handle does: what moves is the zones and
    /// the mark of the limit. Where the limit has left the track, the scale grows as soon as nothing is played.
    pub fn show_wide(&self, ui: &mut Ui, with_names: bool) -> Option<f64> {
        let id = held_id(self.name);
        let assessment = held(ui, self.name).unwrap_or(*self.assessment);
        let track = self.steady(&assessment, ui);
        let slider = RateSlider { assessment: &assessment, ..*self };
        ui.spacing_mut().item_spacing.y = 0.0;
        let line = ui.text_style_height(&TextStyle::Small);
        let zones = with_names.then(|| ui.allocate_space(vec2(self.width, line)).1);
        let slid = slider.show_track(ui, track, WIDE);
        let marks = with_names.then(|| ui.allocate_space(vec2(self.width, line)).1);
        if let Some(room) = zones {
            slider.paint_names(ui, &track, &slid, room);
        }
        if let Some(room) = marks {
            let room = slider.paint_beyond(ui, &track, room);
            let room = slider.paint_limit_beyond(ui, &track, paint_scale(ui, &track, room));
            slider.paint_marks(ui, &track, &slid, room);
        }
        slider.with_tooltip(slid.response.clone());
        if slid.response.is_pointer_button_down_on() {
            ui.data_mut(|data| data.insert_temp(id, assessment));
        } else {
            ui.data_mut(|data| data.remove::<RateAssessment>(id));
        }
        // No rate is 0.
        slid.moved.map(|rate| if rate == 0.0 { assessment.track_end().unwrap_or(1.0) * LEAST } else { rate })
    }

    /// The track that this run has had, or else the one that its limit gives it here.
    fn steady(&self, assessment: &RateAssessment, ui: &Ui) -> Track {
        let of_limit = match (assessment.log_track(), assessment.track_end()) {
            (Some(ends), _) if self.is_log => Some(Track::between(ends)),
            (_, end) => end.map(Track::up_to),
        };
        // The end of the track would give away a limit that is hidden.
        if assessment.hides_limit() {
            return Track::of(self.parameter, self.rate);
        }
        let id = kept_id(self.name);
        let known = ui.data(|data| data.get_temp::<Kept>(id));
        let known = known.filter(|kept| kept.is_log == self.is_log && kept.run == self.run);
        let is_dragged = held(ui, self.name).is_some();
        let kept = known.filter(|kept| is_dragged || self.lies_on(kept, assessment)).map(|kept| kept.track);
        let Some(track) = kept.or(of_limit) else { return Track::of(self.parameter, self.rate) };
        let rate = known.filter(|_| is_dragged).map_or(self.rate, |known| known.rate);
        ui.data_mut(|data| data.insert_temp(id, Kept { track, is_log: self.is_log, run: self.run, rate }));
        track
    }

    /// Whether rate and limit can be read on a track. Another rate has to lie on it; one that was dragged to its end before the limit
    /// gets a longer one; and both may not have become tiny on it.
    fn lies_on(&self, kept: &Kept, assessment: &RateAssessment) -> bool {
        /// The share of a track up to which nothing can be read.
        const NARROW: f32 = 0.1;
        let (track, is_new) = (&kept.track, kept.rate != self.rate);
        if self.outgrows(track, assessment) {
            return false;
        }
        if track.beyond(self.rate).is_some() {
            return !is_new;
        }
        assessment.limit().is_none_or(|(limit, _)| {
            let is_tiny = track.share(self.rate).max(track.share(limit)) < NARROW;
            let is_too_short = is_new && track.share(self.rate) >= 1.0 && track.beyond(limit).is_some();
            !is_tiny && !is_too_short
        })
    }

    /// Whether the limit has come so near to the end of a track, or beyond it, that the rates that diverge are not seen; one on which the
    /// rate would be tiny is not better. As a track only grows, a limit that goes up and down moves the handle once.
    fn outgrows(&self, track: &Track, assessment: &RateAssessment) -> bool {
        /// The share of a track from which on a zone that begins there is not seen.
        const NEAR_END: f32 = 0.94;
        /// The least share of a longer track at which a rate is read.
        const READ: f32 = 0.15;
        let (Some((limit, _)), Some(end)) = (assessment.limit(), assessment.track_end()) else { return false };
        !self.is_playing
            && !track.is_logarithmic()
            && track.share(limit) > NEAR_END
            && Track::up_to(end).share(self.rate) >= READ
    }

    fn show_track(&self, ui: &mut Ui, track: Track, thickness: f32) -> Slid {
        let snaps: Vec<f64> = self.assessment.marks().into_iter().map(|(rate, _)| rate).collect();
        let slide = Slide { track, value: self.rate, snaps: &snaps, name: self.name, width: self.width };
        let slid = slide.show(ui);
        if ui.is_rect_visible(slid.response.rect) {
            self.paint_zones(ui, &track, &slid, thickness);
            if let Some(now) = self.now {
                paint_now(ui, &slid, track.share(now));
            }
            // At the end of the track a mark would name another rate than the best one.
            if let Some(best) = self.best.filter(|best| track.beyond(best.rate).is_none()) {
                paint_best(ui, &slid, track.share(best.rate), thickness);
            }
            match track.beyond(self.rate) {
                Some(end) => track::paint_handle_beyond(ui, &slid, end),
                None => track::paint_handle(ui, &slid, track.share(self.rate)),
            }
        }
        slid
    }

    /// In a line or two what the zones are and where the best rate is: what the rate does is said by the tooltip of its name, and all of
    /// the zones by that of the words beside the number.
    fn with_tooltip(&self, response: Response) {
        let now =
            self.now.map(|now| format!("The schedule gives this step {} = {}.", self.parameter.symbol, number(now)));
        let best = self.best.map(|best| format!("▾ best rate tried: {}", number(best.rate)));
        let lines: Vec<String> = [Some(self.assessment.brief_story()), now, best].into_iter().flatten().collect();
        response.hint(lines.join("\n"));
    }

    fn paint_zones(&self, ui: &Ui, track: &Track, slid: &Slid, thickness: f32) {
        let unit = ui.spacing().interact_size.y / 24.0;
        let rail = track::rail(slid.response.rect, thickness * unit);
        for (zone, reach) in self.zones(track, slid) {
            paint_zone(ui, Rect::from_x_y_ranges(reach, rail.y_range()), rail, zone, unit);
        }
    }

    /// The zones that are seen, and from where to where on the screen.
    fn zones(&self, track: &Track, slid: &Slid) -> Vec<(Zone, Rangef)> {
        let rail = slid.response.rect.x_range();
        let place = |rate: f64| match track.share(rate) {
            share if share <= 0.0 => rail.min,
            share if share >= 1.0 => rail.max,
            share => egui::lerp(slid.reach, share),
        };
        let stretches = self.assessment.stretches();
        let end = |index: usize| stretches.get(index + 1).map_or(rail.max, |next| place(next.from));
        let reach = |(index, stretch): (usize, &Stretch)| (stretch.zone, Rangef::new(place(stretch.from), end(index)));
        stretches.iter().enumerate().map(reach).filter(|(_, reach)| reach.min < reach.max).collect()
    }

    /// What the zones are called, each over its middle where it has room.
    fn paint_names(&self, ui: &Ui, track: &Track, slid: &Slid, room: Rect) {
        let font = TextStyle::Small.resolve(ui.style());
        let theme = theme::theme_of(ui.style());
        for (zone, reach) in self.zones(track, slid) {
            let ink =
                if zone == Zone::Diverging { color(Ink::Gap.text(theme)) } else { ui.visuals().weak_text_color() };
            let galley = ui.painter().layout_no_wrap(self.assessment.zone_name(zone).to_owned(), font.clone(), ink);
            if galley.size().x <= reach.span() {
                ui.painter().galley(pos2(reach.center() - galley.size().x / 2.0, room.top()), galley, ink);
            }
        }
    }

    /// A rate off the track, in the row of the marks at the end beyond which it lies; what is left of the row.
    fn paint_beyond(&self, ui: &Ui, track: &Track, room: Rect) -> Rect {
        let Some(end) = track.beyond(self.rate) else { return room };
        let ink = match self.assessment.zone(self.rate) {
            Zone::Diverging if !self.comes_down => color(Ink::Gap.text(theme::theme_of(ui.style()))),
            _ => ui.visuals().text_color(),
        };
        let (value, font) = (number(self.rate), TextStyle::Small.resolve(ui.style()));
        let words = match end {
            End::Lower => format!("← {value}"),
            End::Upper => format!("{value} →"),
        };
        let galley = ui.painter().layout_no_wrap(words, font, ink);
        let (width, gap) = (galley.size().x, 6.0);
        let left = if end == End::Lower { room.left() } else { room.right() - width };
        ui.painter().galley(pos2(left, room.top() + 1.0), galley, ink);
        match end {
            End::Lower => room.with_min_x(left + width + gap),
            End::Upper => room.with_max_x(left - gap),
        }
    }

    /// A limit off the track, in the row of the marks at its right end; what is left of the row.
    fn paint_limit_beyond(&self, ui: &Ui, track: &Track, room: Rect) -> Rect {
        let last = self.assessment.marks().pop();
        let Some((limit, name)) = last.filter(|(limit, _)| track.beyond(*limit) == Some(End::Upper)) else {
            return room;
        };
        let font = TextStyle::Small.resolve(ui.style());
        let words = format!("further right: {name} = {}", number(limit));
        let galley = ui.painter().layout_no_wrap(words, font, ui.visuals().weak_text_color());
        let left = room.right() - galley.size().x;
        if left < room.left() {
            return room;
        }
        ui.painter().galley(pos2(left, room.top() + 1.0), galley, ui.visuals().weak_text_color());
        room.with_max_x(left - 6.0)
    }

    /// Tick marks with their names; of two that meet the first is left out, as is one that has no room at the left.
    fn paint_marks(&self, ui: &Ui, track: &Track, slid: &Slid, room: Rect) {
        let font = TextStyle::Small.resolve(ui.style());
        let ink = ui.visuals().text_color();
        let half = slid.response.rect.height() * 0.4;
        let mut free = room.right();
        for (rate, name) in self.assessment.marks().into_iter().rev() {
            let share = track.share(rate);
            if share <= 0.0 || share >= 1.0 {
                continue;
            }
            let x = egui::lerp(slid.reach, share);
            let tick = Rangef::new(slid.response.rect.center().y - half, room.top() + 2.0);
            let galley = ui.painter().layout_no_wrap(name, font.clone(), ink);
            let width = galley.size().x;
            let left = (x - width / 2.0).min(room.right() - width).max(room.left());
            ui.painter().vline(x, tick, Stroke::new(1.5, ink));
            if left + width <= free {
                ui.painter().galley(pos2(left, room.top() + 1.0), galley, ink);
                free = left - 6.0;
            }
        }
    }
}

/// At the left that a track is logarithmic: of two runs one may be, and the other not. What is left of the row.
fn paint_scale(ui: &Ui, track: &Track, room: Rect) -> Rect {
    if !track.is_logarithmic() {
        return room;
    }
    let (font, ink) = (TextStyle::Small.resolve(ui.style()), ui.visuals().weak_text_color());
    let galley = ui.painter().layout_no_wrap(LOG_SCALE.to_owned(), font, ink);
    let width = galley.size().x;
    ui.painter().galley(pos2(room.left(), room.top() + 1.0), galley, ink);
    room.with_min_x(room.left() + width + 6.0)
}

fn kept_id(name: &str) -> Id {
    Id::unique(("track of a rate", name))
}

fn held_id(name: &str) -> Id {
    Id::unique(("scale of a dragged rate", name))
}

/// What was known about rates when the wide slider of this name was pressed, while it is dragged.
pub fn held(ui: &Ui, name: &str) -> Option<RateAssessment> {
    ui.data(|data| data.get_temp(held_id(name)))
}

/// A small triangle that stands on the track.
fn paint_best(ui: &Ui, slid: &Slid, share: f32, thickness: f32) {
    let unit = ui.spacing().interact_size.y / 24.0;
    let tip = pos2(egui::lerp(slid.reach, share), slid.response.rect.center().y - 0.5 * thickness * unit);
    let corners = vec![tip, tip + unit * vec2(-5.0, -8.0), tip + unit * vec2(5.0, -8.0)];
    let fill = color(Ink::Accent.fill(theme::theme_of(ui.style())));
    ui.painter().add(egui::Shape::convex_polygon(corners, fill, Stroke::new(unit, ui.visuals().window_fill)));
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
pub(in crate::ui) fn paint_zone(ui: &Ui, rect: Rect, rail: Rect, zone: Zone, unit: f32) {
    let theme = theme::theme_of(ui.style());
    let ink = match zone {
        Zone::Slow | Zone::Unlimited => Ink::Slow,
        Zone::Stable => Ink::Stable,
        Zone::Oscillating => Ink::Oscillating,
        Zone::Diverging => Ink::Gap,
    };
    ui.painter().rect_filled(rect, rounded(rect, rail), color(ink.fill(theme)));
    // Stripes would stick out of the round ends.
    let rect = rect.intersect(rail.shrink2(vec2(rail.height() / 4.0, 0.0)));
    match zone {
        Zone::Slow | Zone::Stable => {}
        Zone::Unlimited => hatch(ui, rect, theme, Ink::Outline, unit * vec2(8.0, 6.0)),
        Zone::Oscillating => hatch(ui, rect, theme, Ink::Panel, unit * vec2(4.0, -8.0)),
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
