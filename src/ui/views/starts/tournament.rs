//! The tournament: performance profiles, and a table of who wins where; a click on a cell goes to a run of it.

mod still;
mod table;

pub use still::{tournament_still_size, tournament_still_ui};

use egui::style::ScrollStyle;
use egui::{Label, Rect, RichText, ScrollArea, TextStyle, Ui, UiBuilder, vec2};

use crate::drawing::ink::{Ink, Theme, run_style};
use crate::drawing::profile_chart::{ProfileChart, ProfileCurve, profile_chart};
use crate::numbers::numerals::{counted, parameter, percent};
use crate::optimizers::{Choice, short_name};
use crate::render::flat::{Axes, FlatResponse, FlatView};
use crate::state::{Command, ShownTournament, State};
use crate::studies::Tune;
use crate::ui::theme;
use crate::ui::views::canvas::{announce, nothing};
use crate::ui::views::chart_legend::{Entry, Legend, Sample};
use crate::ui::widgets::hint::Hint as _;

/// Where the room is wider than this, in points at normal type, chart and table stand side by side, unless the table is lower than
/// this share of the height.
const ROOMY: f32 = 700.0;
const FLAT: f32 = 0.4;
/// Methods whose profiles stand out.
const NAMED: usize = 6;
/// The most losses without a minimum that are named.
const BOTTOMLESS: usize = 2;
/// The least width of the chart beside a legend, in points at normal type: with less the curves have their names.
const LEAST: f32 = 360.0;
/// Methods that the pointer reads.
const READ: usize = 8;
/// Between chart and table, in points.
const GAP: f32 = 10.0;
/// The share of the width that the chart has beside the table.
const CHART: f32 = 0.5;
/// The least share of the height that the chart has above the table: rows without room are scrolled.
const ABOVE: f32 = 0.55;
/// The least height of the chart, in points at normal type: where it leaves the table too few rows both are scrolled.
const HIGH: f32 = 150.0;
/// A lower chart stands above the whole table all the same, where both are seen at once so.
const LOW: f32 = 104.0;
/// Rows of the table beside its headings that are seen at least.
const ROWS: f32 = 2.0;

/// Shows it in the room there is.
pub(super) fn tournament_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(shown) = state.derived.tournament() else {
        return nothing(ui, "A tournament says who needs the fewest evaluations, and how often: Begin.");
    };
    ui.add(Label::new(RichText::new(sentence(&shown)).text_style(TextStyle::Small)).wrap());
    // Solid, so that it is seen before anyone points at it.
    ui.spacing_mut().scroll = ScrollStyle::solid();
    let room = ui.available_rect_before_wrap();
    let k = theme::factor_in(ui);
    let look = Look::of(state, &shown, k);
    let row = table::row_height(ui);
    let rows = (table::rows(&shown) + 1) as f32 * row;
    if room.width() > ROOMY * k && rows > FLAT * room.height() {
        let (chart, table) = room.split_left_right_at_fraction(CHART);
        return both_ui(&look, &shown, [chart.with_max_x(chart.right() - GAP), table], ui, commands);
    }
    if (LOW * k..HIGH * k).contains(&(room.height() - rows)) {
        let (chart, table) = room.split_top_bottom_at_y(room.bottom() - rows);
        return both_ui(&look, &shown, [chart, table], ui, commands);
    }
    let high = (HIGH * k).max(ABOVE * room.height());
    if room.height() - high >= rows.min((table::HEADINGS + ROWS) * row) {
        let (chart, table) = room.split_top_bottom_at_y(room.top() + (room.height() - rows).max(high));
        return both_ui(&look, &shown, [chart, table], ui, commands);
    }
    scrolled_ui(&look, &shown, [high.min(room.height()), rows], ui, commands);
}

/// Chart and table, each at a height at which it can be read, one of them below the edge.
fn scrolled_ui(
    look: &Look,
    shown: &ShownTournament<'_>,
    [chart, table]: [f32; 2],
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    ScrollArea::vertical().auto_shrink(false).id_salt("profiles and table").show(ui, |ui| {
        let size = vec2(ui.available_width(), chart);
        ui.allocate_ui(size, |ui| {
            ui.set_min_size(size);
            chart_ui(look, shown, ui);
        });
        ui.allocate_ui(vec2(size.x, table), |ui| table::table_ui(look, shown, ui, commands));
    });
}

/// The profiles and the table, each in its room.
fn both_ui(
    look: &Look,
    shown: &ShownTournament<'_>,
    [chart, table]: [Rect; 2],
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    ui.scope_builder(UiBuilder::new().max_rect(chart), |ui| chart_ui(look, shown, ui));
    ui.scope_builder(UiBuilder::new().max_rect(table), |ui| table::table_ui(look, shown, ui, commands));
}

/// How the profiles are drawn.
struct Look {
    theme: Theme,
    /// What widths and marks are multiplied with.
    scale: f32,
    /// The style of each method, by its place.
    styles: Vec<usize>,
}

impl Look {
    /// The look in the window: a method has the style of a run with it, or the next.
    fn of(state: &State, shown: &ShownTournament<'_>, scale: f32) -> Self {
        let style = |(place, optimizer): (usize, &Choice)| {
            let known = state.document.cards.iter().find(|card| !card.ghost && card.optimizer.entry == optimizer.entry);
            known.map_or(place, |card| card.style)
        };
        Self {
            theme: state.view.chrome.theme,
            scale,
            styles: shown.tournament.question().optimizers.iter().enumerate().map(style).collect(),
        }
    }
}

/// Who is best most often, and who solves the most.
fn sentence(shown: &ShownTournament<'_>) -> String {
    let question = shown.tournament.question();
    let name = |index: usize| short_name(question.optimizers[index].entry.name);
    let problems = question.landscapes.len() * question.starts;
    let tuned = if question.tune == Tune::Nothing { "" } else { ", each at its best rate" };
    let size = format!(
        "{} on {}, {} problems{tuned}",
        counted(shown.order.len(), "method"),
        if question.landscapes.len() == 1 {
            "one loss".to_owned()
        } else {
            format!("{} losses", question.landscapes.len())
        },
        problems
    );
    let progress = match (shown.tournament.is_finished(), shown.is_running) {
        (true, _) => String::new(),
        (false, true) => format!(" ({} done)", share_words(shown.tournament.progress())),
        (false, false) => format!(" (stopped at {})", share_words(shown.tournament.progress())),
    };
    let at = |share: fn(&[f64]) -> Option<&f64>| {
        let known = shown.order.iter().filter_map(|place| {
            let profile = shown.profiles.get(*place)?;
            Some((name(profile.optimizer), *share(&profile.share)?))
        });
        known.collect::<Vec<_>>()
    };
    let (wins, solved) = (at(<[f64]>::first), at(<[f64]>::last));
    let is_any = solved.iter().any(|(_, share)| *share > 0.0);
    let bottomless = shown.tournament.without_minimum();
    let names = bottomless.iter().map(|place| question.landscapes[*place].name());
    let bottomless_words = match bottomless.len() {
        0 => String::new(),
        1..=BOTTOMLESS => format!(" No minimum is known of {}.", names.collect::<Vec<_>>().join(", ")),
        count => format!(" No minimum is known of {count} of the losses."),
    };
    if is_any {
        let unsolved = shown.tournament.unsolved().len();
        let unsolved = if unsolved > 0 && !shown.is_running {
            format!(" No method solves {unsolved} of the losses.")
        } else {
            String::new()
        };
        let is_whole = unsolved.is_empty() && bottomless_words.is_empty();
        let uncounted = if is_whole { "" } else { " What no method solves does not count." };
        return format!("{size}{progress}: {}; {}.{unsolved}", best_words(&wins), solved_words(&solved))
            + &bottomless_words
            + uncounted;
    }
    if shown.tournament.games().is_empty() {
        return format!("{size}{progress} …");
    }
    if bottomless.len() == question.landscapes.len() {
        return format!("{size}{progress}: no one can win.{bottomless_words}");
    }
    format!(
        "{size}{progress}: no method gets to a minimum with at most {}: raise that number.{bottomless_words}",
        gradients(question.budget)
    )
}

/// "1 000 gradients".
fn gradients(budget: f64) -> String {
    if budget.fract() == 0.0 {
        counted(budget as usize, "gradient")
    } else {
        format!("{} gradients", parameter(budget))
    }
}

/// Those with the largest share, and that share.
fn leaders(shares: &[(String, f64)]) -> (Vec<&str>, f64) {
    let most = shares.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    // Shares are quotients by the same number of problems.
    (shares.iter().filter(|(_, share)| *share >= most).map(|(name, _)| name.as_str()).collect(), most)
}

/// "Newton", "Newton and BFGS", or how many they are.
fn subject(names: &[&str]) -> String {
    match names {
        [name] => (*name).to_owned(),
        [first, second] => format!("{first} and {second}"),
        _ => counted(names.len(), "method"),
    }
}

/// Who is best most often; on one problem several can be.
fn best_words(wins: &[(String, f64)]) -> String {
    let (names, most) = leaders(wins);
    let share = share_words(most);
    match names.len() {
        1 => format!("{} is best most often, on {share}", names[0]),
        count if count == wins.len() => format!("all are best equally often, on {share}"),
        _ => format!("{} are best most often, each on {share}", subject(&names)),
    }
}

/// Who solves the most.
fn solved_words(solved: &[(String, f64)]) -> String {
    let (names, most) = leaders(solved);
    let (is_all, is_whole) = (names.len() == solved.len() && names.len() > 1, most >= 1.0);
    match (is_all, is_whole) {
        (true, true) => "all solve every problem".to_owned(),
        (true, false) => format!("all solve equally many, {}", share_words(most)),
        (false, true) if names.len() > 1 => format!("{} solve every problem", subject(&names)),
        (false, true) => format!("{} solves every problem", subject(&names)),
        (false, false) if names.len() > 1 => format!("{} solve the most, each {}", subject(&names), share_words(most)),
        (false, false) => format!("{} solves the most, {}", subject(&names), share_words(most)),
    }
}

/// A share in percent, to a tenth.
fn share_words(share: f64) -> String {
    percent((1000.0 * share).round() / 1000.0)
}

fn chart_ui(look: &Look, shown: &ShownTournament<'_>, ui: &mut Ui) {
    let question = shown.tournament.question();
    let profiles = shown.profiles;
    let curve = |place: usize| {
        let profile = &profiles[place];
        ProfileCurve {
            name: short_name(question.optimizers[profile.optimizer].entry.name),
            ink: run_style(look.styles[place]).0,
            shape: run_style(look.styles[place]).1,
            tau: &profile.tau,
            share: &profile.share,
            stands_out: shown.order.iter().take(NAMED).any(|best| *best == place),
        }
    };
    // The best last, so that they lie on top.
    let curves: Vec<ProfileCurve<'_>> = shown.order.iter().rev().copied().map(curve).collect();
    let legend = legend(&curves);
    let room = ui.available_rect_before_wrap();
    let has_room = Legend::leaves(room.width() / look.scale) >= LEAST;
    let (picture, beside) = if has_room { legend.beside(room, look.scale) } else { (room, None) };
    let Some(chart) = profile_chart(&curves, beside.is_none()) else {
        return nothing(ui, "No method has solved anything yet");
    };
    if let Some(room) = beside {
        legend.show(look.theme, room, ui);
    }
    let picture = UiBuilder::new().max_rect(picture);
    let chart = ui.scope_builder(picture, |ui| profiles_ui(look, chart, ui)).inner;
    if let Some(at) = chart.response.hover_pos() {
        let frame = chart.mapping.frame();
        let theme = look.theme;
        ui.painter().vline(at.x, frame.y_range(), theme::stroke(theme, Ink::Muted, 1.0));
        let tau = libm::pow(10.0, chart.mapping.point(at).x.max(0.0));
        chart.response.clone().hint_at_pointer(reading(&curves, tau));
    }
    announce(&chart.response, || {
        let shares: Vec<String> = curves
            .iter()
            .map(|curve| {
                let [best, all] =
                    [curve.share.first(), curve.share.last()].map(|share| percent(*share.unwrap_or(&0.0)));
                format!("{} {best} best, {all} solved", curve.name)
            })
            .collect();
        format!("Performance profiles: {}", shares.join("; "))
    });
}

/// The methods that stand out, the one that solves the most first.
fn legend(curves: &[ProfileCurve<'_>]) -> Legend {
    let entry = |curve: &ProfileCurve<'_>| {
        let solved = curve.share.last().copied().unwrap_or(0.0);
        Entry {
            names: vec![curve.name.clone()],
            ink: curve.ink,
            sample: Sample::Line(2.2, curve.shape),
            size: solved,
            value: format!("{:.0} %", 100.0 * solved),
        }
    };
    let mut entries: Vec<Entry> = curves.iter().rev().filter(|curve| curve.stands_out).map(entry).collect();
    entries.sort_by(|a, b| b.size.total_cmp(&a.size));
    let help = "How much each method solves within the budget.";
    Legend { heading: "solved".to_owned(), help, entries }
}

fn profiles_ui(look: &Look, chart: ProfileChart, ui: &mut Ui) -> FlatResponse {
    let names = ["evaluations, as a multiple of the best", "solved in %"];
    // In little height the curves need it more.
    let names = if ui.available_height() < HIGH * look.scale { ["", names[1]] } else { names };
    FlatView {
        axes: Axes::Named { log: [true, false], names },
        ..FlatView::chart("profiles", chart.view, chart.primitives, (look.theme, look.scale))
    }
    .show(ui)
}

/// Who solves how much with at most τ times the evaluations of the best, the most first.
fn reading(curves: &[ProfileCurve<'_>], tau: f64) -> String {
    let share = |curve: &ProfileCurve<'_>| {
        let place = curve.tau.partition_point(|known| *known <= tau);
        place.checked_sub(1).and_then(|place| curve.share.get(place)).copied().unwrap_or(0.0)
    };
    let mut found: Vec<(f64, &str)> = curves.iter().map(|curve| (share(curve), curve.name.as_str())).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let lines = found.iter().take(READ).map(|(share, name)| format!("{name} {}", percent(*share)));
    std::iter::once(format!("within {} times the best:", parameter((100.0 * tau).round() / 100.0)))
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_said_as_ties() {
        let of = |shares: &[f64]| -> Vec<(String, f64)> {
            shares.iter().zip(["A", "B", "C", "D"]).map(|(share, name)| (name.to_owned(), *share)).collect()
        };
        for (shares, best, solved) in [
            (&[1.0, 1.0][..], "all are best equally often, on 100 %", "all solve every problem"),
            (&[0.5, 0.25], "A is best most often, on 50 %", "A solves the most, 50 %"),
            (&[0.5, 0.5, 0.2], "A and B are best most often, each on 50 %", "A and B solve the most, each 50 %"),
            (&[1.0, 1.0, 1.0, 0.2], "3 methods are best most often, each on 100 %", "3 methods solve every problem"),
            (&[0.4, 0.4], "all are best equally often, on 40 %", "all solve equally many, 40 %"),
            (&[1.0], "A is best most often, on 100 %", "A solves every problem"),
        ] {
            assert_eq!(best_words(&of(shares)), best);
            assert_eq!(solved_words(&of(shares)), solved);
        }
    }
}
