//! Each weight by itself: where its partial derivative changes sign as it moves alone, and what couples the two.

use egui::{Label, Ui};

use super::row;
use crate::analysis::{Course, EachWeight};
use crate::drawing::ink::Ink;
use crate::landscapes::Landscape;
use crate::numbers::numerals::{amounts, brief as size, changes, number};
use crate::optimizers::Verdict;
use crate::state::State;
use crate::ui::theme;

/// A change this much smaller than those beside it is their rounding.
const ROUNDING: f64 = 1e-9;
/// An estimate within this share of the truth explains it.
const EXPLAINS: f64 = 0.02;

pub(super) fn weights_ui(state: &State, each: &EachWeight, ui: &mut Ui) {
    let names = state.document.landscape.weights();
    for ((alone, joint), name) in std::iter::zip(std::iter::zip(each.alone, each.joint), names) {
        row(
            ui,
            format!("∂f/∂{name}"),
            theme::strong(number(alone.slope)),
            "The partial derivative at the start of the step.",
        );
        row(
            ui,
            format!("{name} alone"),
            theme::strong(course(alone.course)).small(),
            "The share of its own move, with the other weight fixed, at which this weight's partial derivative changes sign: from there on the move raises the loss.",
        );
        row(
            ui,
            format!("{name} together"),
            theme::strong(course(joint)).small(),
            "The share of the whole step, with both weights moving, at which this weight's partial derivative changes sign.",
        );
    }
    let [x, y] = names;
    let interaction = each.interaction();
    let shown = changes([each.alone[0].change, each.alone[1].change, each.together, interaction, each.estimate()]);
    let [x_change, y_change, together, difference, estimate] = shown;
    for (name, change) in [(x, x_change), (y, y_change)] {
        row(
            ui,
            format!("loss, {name} alone"),
            theme::strong(change),
            "The change of the loss if this weight moves and the other is fixed.",
        );
    }
    row(ui, "loss, both together", theme::strong(together), "The change of the loss by the whole step.");
    row(
        ui,
        "together − alone",
        theme::strong(difference),
        "The interaction: the change of the loss by both moves, minus the changes by each alone.",
    );
    row(
        ui,
        format!("by ∂²f/∂{x}∂{y} = {}", number(each.mixed)),
        theme::strong(estimate).color(theme::color(Ink::Quadratic.text(state.view.chrome.theme))),
        "The interaction by the mixed derivative: ∂²f/∂x∂y times both moves. On a quadratic it is exact.",
    );
    ui.add(Label::new(theme::muted(together_described(each, happened(state))).small()).wrap());
}

/// Whether the step was made.
fn happened(state: &State) -> bool {
    let step = state.derived.analysis().and_then(|analysis| analysis.replayed.step.as_ref().ok());
    state.stop_here().is_none() && step.is_some_and(|step| step.verdict != Verdict::Rejected)
}

/// Says in a few words which slope turns first, and where.
pub(super) fn brief(each: &EachWeight, landscape: &Landscape) -> String {
    let turns = std::iter::zip(each.alone, landscape.weights()).filter_map(|(alone, name)| match alone.course {
        Course::Turns { share, sign } if sign != 0.0 => Some((share, name)),
        _ => None,
    });
    match turns.min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((share, name)) => format!("{name} changes sign at {} %", percent(share)),
        None => String::new(),
    }
}

/// A share in percent, with two digits.
fn percent(share: f64) -> String {
    size(100.0 * share)
}

fn course(course: Course) -> String {
    match course {
        Course::Keeps => "keeps its sign".to_owned(),
        Course::Turns { share, sign } => {
            let turned = match sign {
                sign if sign > 0.0 => "changes sign to +",
                sign if sign < 0.0 => "changes sign to −",
                _ => "becomes zero",
            };
            format!("{turned} at {} %", percent(share))
        }
        Course::Ends { share } => format!("has no value from {} % on", percent(share)),
        Course::Level => "is zero here".to_owned(),
        Course::Still => "does not move".to_owned(),
        Course::Undefined => "moves without end".to_owned(),
    }
}

/// What the two moves are together, beside what they are alone.
fn together_described(each: &EachWeight, happened: bool) -> String {
    let (together, sum, difference) = (each.together, each.sum(), each.interaction());
    if !(together.is_finite() && sum.is_finite()) {
        return "The loss has no finite value where one of the moves ends.".to_owned();
    }
    let did = verb(together < 0.0, happened);
    let alone = if sum < 0.0 { "fall" } else { "rise" };
    let [by_both, alone_by] = amounts([together, sum]);
    let sizes = format!("Together the loss {did} by {by_both}; the two moves alone add up to a {alone} of {alone_by}");
    let scale = together.abs() + each.alone[0].change.abs() + each.alone[1].change.abs();
    let why = if difference.abs() <= ROUNDING * scale {
        return "The weights do not interact: the change by both is the sum of the changes by each.".to_owned();
    } else if (each.estimate() - difference).abs() <= EXPLAINS * difference.abs() {
        "the difference is the mixed derivative's".to_owned()
    } else {
        let [difference, estimate] = changes([difference, each.estimate()]);
        format!("of the difference, {difference}, the mixed derivative explains {estimate}")
    };
    format!("{sizes}: {why}.")
}

/// What the loss did, or would do by a step that was not made.
fn verb(falls: bool, happened: bool) -> &'static str {
    match (falls, happened) {
        (true, true) => "fell",
        (true, false) => "would fall",
        (false, true) => "rose",
        (false, false) => "would rise",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Alone;

    fn each(changes: [f64; 3], mixed: f64) -> EachWeight {
        let [x, y, together] = changes;
        let alone = |change| Alone { slope: 1.0, by: -1.0, course: Course::Keeps, change };
        EachWeight { alone: [alone(x), alone(y)], joint: [Course::Keeps; 2], together, mixed, rounding: 0.0 }
    }

    #[test]
    fn what_couples_the_weights_is_described() {
        for (each, happened, words) in [
            (
                each([-4.0, -6.0, -7.0], 3.0),
                true,
                "Together the loss fell by 7.000; the two moves alone add up to a fall of 10.00: the difference is the mixed derivative's.",
            ),
            (
                each([-4.0, 6.0, 7.0], 2.0),
                false,
                "Together the loss would rise by 7.000; the two moves alone add up to a rise of 2.000: of the difference, +5.000, the mixed derivative explains +2.000.",
            ),
            (
                each([-4.0, -6.0, -10.0], 0.0),
                true,
                "The weights do not interact: the change by both is the sum of the changes by each.",
            ),
            (each([-4.0, f64::NAN, -10.0], 0.0), true, "The loss has no finite value where one of the moves ends."),
        ] {
            assert_eq!(together_described(&each, happened), words);
        }
    }

    #[test]
    fn courses_have_words() {
        for (kind, words) in [
            (Course::Keeps, "keeps its sign"),
            (Course::Turns { share: 0.421, sign: 1.0 }, "changes sign to + at 42 %"),
            (Course::Turns { share: 0.0042, sign: -1.0 }, "changes sign to − at 0.42 %"),
            (Course::Turns { share: 1.0, sign: 0.0 }, "becomes zero at 100 %"),
            (Course::Ends { share: 0.25 }, "has no value from 25 % on"),
        ] {
            assert_eq!(course(kind), words);
        }
    }
}
