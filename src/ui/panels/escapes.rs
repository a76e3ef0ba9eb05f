//! Where a run escapes from its basin, along a track of momentum coefficients and in words.

use egui::{Rect, Ui, pos2};

use crate::analysis::Zone;
use crate::drawing::ink::{Ink, run_style};
use crate::numbers::numerals::{apart_by, number};
use crate::state::State;
use crate::studies::{EscapeEnd, NoEscape, Stretch};
use crate::ui::theme;
use crate::ui::widgets::rate_slider::paint_zone;
use crate::ui::widgets::track::{self, Slid, Track};

/// Thickness of the track, in points at normal type.
const THICKNESS: f32 = 8.0;
/// This many intervals are named where that of the run is none of them.
const NAMED: usize = 2;
/// What the zones of the track mean.
pub(in crate::ui) const HELP: &str = "Colored: with these β the run, from its start, comes to rest in another basin than that in which it starts. Each β is tried by continuing the run. Hatched: it comes to rest nowhere, or ends elsewhere from one β to the next.";

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
            EscapeEnd::Open | EscapeEnd::Untried => paint_zone(ui, part, rail, Zone::Unlimited, unit),
        }
    }
}

/// The intervals nearest to the run's coefficient in a few words, what says most first; none where no coefficient is tried, as where
/// there is no other minimum to escape to.
pub(in crate::ui) fn brief(state: &State) -> Vec<String> {
    if state.held_step().is_some() {
        return vec!["zones: hidden until the reveal".to_owned()];
    }
    let stretches = state.derived.escapes();
    if state.derived.no_escapes().is_some() || stretches.is_empty() {
        return Vec::new();
    }
    let intervals = escaping(stretches);
    if intervals.is_empty() {
        return vec!["escapes for no β tried".to_owned()];
    }
    briefs(&intervals, coefficient(state))
}

/// The intervals around or nearest to a coefficient, with the number of the others: two of them, one, and one by itself.
fn briefs(intervals: &[[f64; 2]], beta: f64) -> Vec<String> {
    let with_others = |named: &[[f64; 2]]| match intervals.len() - named.len() {
        0 => format!("escapes: {}", joined(named)),
        others => format!("escapes: {}, {others} more", joined(named)),
    };
    let [two, one] = [NAMED, 1].map(|most| named(intervals, beta, most));
    let mut briefs = vec![with_others(two), with_others(one), format!("escapes: {}", joined(one))];
    briefs.dedup();
    briefs
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
    let intervals = escaping(stretches);
    if intervals.is_empty() {
        return format!("Escapes from its basin for none of the β tried{under_way}");
    }
    let named = named(&intervals, coefficient(state), NAMED);
    let more = match intervals.len() - named.len() {
        0 => String::new(),
        more => format!(", in {more} more"),
    };
    format!("Escapes (of the β tried): {}{more}{under_way}", joined(named))
}

/// The momentum coefficient of the selected run at the playhead; zero where it has none.
fn coefficient(state: &State) -> f64 {
    let card = state.document.card(state.selected);
    let beta = card.and_then(|card| {
        let step = state.playback.playhead.max(card.branched_at.unwrap_or(0));
        let index = card.optimizer.coefficient_index()?;
        Some(state.document.parameters_at(card, step)[index])
    });
    beta.unwrap_or(0.0)
}

/// Of intervals from the least, the one that holds a coefficient, or at most `most` of the nearest ones.
fn named(intervals: &[[f64; 2]], beta: f64, most: usize) -> &[[f64; 2]] {
    if let Some(around) = intervals.iter().position(|[from, to]| (*from..=*to).contains(&beta)) {
        return &intervals[around..=around];
    }
    let distance = |[from, to]: [f64; 2]| (from - beta).max(beta - to);
    let mut part = intervals;
    while let ([first, .., last], true) = (part, part.len() > most) {
        part = if distance(*first) > distance(*last) { &part[1..] } else { &part[..part.len() - 1] };
    }
    part
}

fn joined(intervals: &[[f64; 2]]) -> String {
    let said: Vec<String> = intervals.iter().map(|ends| in_words(*ends)).collect();
    said.join(" and ")
}

/// The ends of an interval, rounded inward: whoever types one of them sees the run escape.
fn in_words([from, to]: [f64; 2]) -> String {
    /// As many digits behind the point as a number has on the screen.
    const SCALE: f64 = 1e4;
    let inward = [(SCALE * from - 1e-6).ceil(), (SCALE * to + 1e-6).floor()];
    if inward[0] < inward[1] {
        return inward.map(|end| number(end / SCALE)).join(" to ");
    }
    apart_by(number, from, to).join(" to ")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_the_run_is_named_or_the_nearest_ones() {
        let intervals = [[0.1, 0.2], [0.9689, 0.9798], [0.9832, 0.9873], [0.9881, 0.99]];
        assert_eq!(joined(named(&intervals, 0.97, NAMED)), "0.9689 to 0.9798");
        assert_eq!(joined(named(&intervals, 0.981, NAMED)), "0.9689 to 0.9798 and 0.9832 to 0.9873");
        assert_eq!(named(&intervals, 0.98735, NAMED), &intervals[2..]);
        assert_eq!(named(&intervals, 0.0, NAMED), &intervals[..2]);
        assert_eq!(named(&intervals[..1], 0.5, NAMED), &intervals[..1]);
        let briefs = briefs(&intervals, 0.981);
        assert_eq!(
            briefs,
            [
                "escapes: 0.9689 to 0.9798 and 0.9832 to 0.9873, 2 more",
                "escapes: 0.9689 to 0.9798, 3 more",
                "escapes: 0.9689 to 0.9798"
            ]
        );
        assert_eq!(in_words([0.84802, 0.95448]), "0.8481 to 0.9544", "both escape");
        assert_eq!(self::briefs(&intervals[..1], 0.15), ["escapes: 0.1000 to 0.2000"]);
    }
}
