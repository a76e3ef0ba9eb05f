//! Where a run escapes from its basin, along a track of momentum coefficients and in words.

use egui::{Rect, Ui, pos2};

use crate::analysis::Zone;
use crate::drawing::ink::{Ink, run_style};
use crate::numbers::numerals::number;
use crate::state::State;
use crate::studies::{EscapeEnd, NoEscape, Stretch};
use crate::ui::theme;
use crate::ui::widgets::rate_slider::paint_zone;
use crate::ui::widgets::track::{self, Slid, Track};

/// Thickness of the track, in points at normal type.
const THICKNESS: f32 = 8.0;
/// This many intervals are named.
const NAMED: usize = 2;
/// What the zones of the track mean.
pub(in crate::ui) const HELP: &str = "Colored: with these β the run, from its start, comes to rest in another basin than that in which it starts. Each β is tried by continuing the run.";

/// Where the run escapes in its color, where it diverges in vermilion, hatched where it is open.
pub(in crate::ui) fn zones_ui(state: &State, track: &Track, slid: &Slid, ui: &Ui) {
    let ink = state.document.card(state.selected).map_or(Ink::Truth, |card| run_style(card.style).0);
    let unit = ui.spacing().interact_size.y / 24.0;
    let rail = track::rail(slid.response.rect, THICKNESS * unit);
    let theme = theme::theme_of(ui.style());
    ui.painter().rect_filled(rail, rail.height() / 2.0, ui.visuals().widgets.inactive.bg_fill);
    let place = |beta: f64| egui::lerp(slid.reach, track.share(beta));
    for stretch in state.derived.escapes() {
        let [from, to] = stretch.beta.map(place);
        let part = Rect::from_min_max(pos2(from, rail.top()), pos2(to.max(from + 1.0), rail.bottom()));
        match stretch.ending {
            EscapeEnd::Stays => {}
            EscapeEnd::Escapes(_) => {
                ui.painter().rect_filled(part, 0.0, theme::color(ink.fill(theme)));
            }
            EscapeEnd::Diverges => paint_zone(ui, part, rail, Zone::Diverging, unit),
            EscapeEnd::Open => paint_zone(ui, part, rail, Zone::Unlimited, unit),
        }
    }
}

/// The first two intervals in a few words; none where no coefficient is tried, as where there is no other minimum to escape to.
pub(in crate::ui) fn brief(state: &State) -> String {
    if state.held_step().is_some() {
        return "zones: hidden until the reveal".to_owned();
    }
    let stretches = state.derived.escapes();
    if state.derived.no_escapes().is_some() || stretches.is_empty() {
        return String::new();
    }
    let intervals = escaping(stretches);
    if intervals.is_empty() {
        return "escapes for no β tried".to_owned();
    }
    let named: Vec<String> = intervals.iter().take(NAMED).map(interval).collect();
    let more = intervals.len().saturating_sub(NAMED);
    format!("escapes: {}{}", named.join(", "), if more > 0 { format!(", {more} more") } else { String::new() })
}

/// The intervals in words, or why there are none.
pub(in crate::ui) fn words(state: &State) -> String {
    if state.held_step().is_some() {
        return "Where the run escapes is hidden until the reveal.".to_owned();
    }
    match state.derived.no_escapes() {
        Some(NoEscape::OneMinimum) => {
            return "There is no other known minimum to which the run could escape.".to_owned();
        }
        Some(NoEscape::NoMomentum) => return String::new(),
        None if state.derived.has_no_basin() => return "It is not known in which basin the run starts.".to_owned(),
        None => {}
    }
    let under_way = if state.derived.wanted_escapes().is_some() { " …" } else { "" };
    let stretches = state.derived.escapes();
    if stretches.is_empty() {
        return if under_way.is_empty() { String::new() } else { "Other β are being tried …".to_owned() };
    }
    format!("{}{under_way}", words_of_intervals(&escaping(stretches)))
}

/// For which β the run escapes: the first intervals, and how many more there are.
fn words_of_intervals(intervals: &[[f64; 2]]) -> String {
    let [first, rest @ ..] = intervals else {
        return "Escapes from its basin for none of the β tried".to_owned();
    };
    let named = rest.iter().take(NAMED - 1).map(|other| format!(", {}", interval(other)));
    let more = match rest.len().saturating_sub(NAMED - 1) {
        0 => String::new(),
        1 => ", in 1 more".to_owned(),
        more => format!(", in {more} more"),
    };
    let named: String = named.collect();
    format!("Escapes (of the β tried): {}{named}{more}", interval(first))
}

fn interval([from, to]: &[f64; 2]) -> String {
    format!("{} to {}", number(*from), number(*to))
}

/// Where the run comes to rest at another minimum, whichever that is.
fn escaping(stretches: &[Stretch]) -> Vec<[f64; 2]> {
    let mut intervals: Vec<[f64; 2]> = Vec::new();
    for stretch in stretches.iter().filter(|stretch| matches!(stretch.ending, EscapeEnd::Escapes(_))) {
        match intervals.last_mut().filter(|last| last[1] == stretch.beta[0]) {
            Some(last) => last[1] = stretch.beta[1],
            None => intervals.push(stretch.beta),
        }
    }
    intervals
}
