//! Each weight by itself: where its partial derivative changes sign as it moves alone, and what couples the two.

use egui::{Label, Ui};

use super::row;
use crate::analysis::{Course, EachWeight};
use crate::drawing::ink::Ink;
use crate::landscapes::Landscape;
use crate::numbers::numerals::{brief as size, changes, number};
use crate::optimizers::Verdict;
use crate::state::State;
use crate::ui::panels::status::stop_here;
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
            theme::muted(format!("∂f/∂{name}")).small(),
            theme::strong(number(alone.slope)),
            "The slope along this weight where the step begins.",
        );
        row(
            ui,
            theme::muted(format!("{name} alone")).small(),
            theme::strong(course(alone.course)).small(),
            "How far along its own move this weight gets, the other staying, before the slope along it changes its sign: from there on its move does harm.",
        );
        row(
            ui,
            theme::muted(format!("{name} together")).small(),
            theme::strong(course(joint)).small(),
            "How far along the whole step, both weights moving at once, the slope along this weight changes its sign.",
        );
    }
    let [x, y] = names;
    let interaction = each.interaction();
    let shown = changes([each.alone[0].change, each.alone[1].change, each.together, interaction, each.estimate()]);
    let [x_change, y_change, together, difference, estimate] = shown;
    for (name, change) in [(x, x_change), (y, y_change)] {
        row(
            ui,
            theme::muted(format!("loss, {name} alone")).small(),
            theme::strong(change),
            "The change of the loss if this weight makes its move and the other stays.",
        );
    }
    row(
        ui,
        theme::muted("loss, both together").small(),
        theme::strong(together),
        "The change of the loss by the whole step.",
    );
    row(
        ui,
        theme::muted("together − alone").small(),
        theme::strong(difference),
        "How much higher the loss ends because both weights move at once: the change by both, less the changes by each.",
    );
    row(
        ui,
        theme::muted(format!("by ∂²f/∂{x}∂{y} = {}", number(each.mixed))).small(),
        theme::strong(estimate).color(theme::color(Ink::Quadratic.text(state.view.chrome.theme))),
        "What the mixed derivative says about that difference: the two moves multiplied with it. On a quadratic it is all of it.",
    );
    ui.add(Label::new(theme::muted(together_described(each, happened(state))).small()).wrap());
}

/// Whether the step was made.
fn happened(state: &State) -> bool {
    let step = state.derived.analysis().and_then(|analysis| analysis.replayed.step.as_ref().ok());
    stop_here(state).is_none() && step.is_some_and(|step| step.verdict != Verdict::Rejected)
}

/// In a few words which slope turns first, and where.
pub(super) fn brief(each: &EachWeight, landscape: &Landscape) -> String {
    let turns = std::iter::zip(each.alone, landscape.weights()).filter_map(|(alone, name)| match alone.course {
        Course::Turns { share, sign } if sign != 0.0 => Some((share, name)),
        _ => None,
    });
    match turns.min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((share, name)) => format!("{name} turns at {} %", percent(share)),
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
                sign if sign > 0.0 => "turned positive",
                sign if sign < 0.0 => "turned negative",
                _ => "came to zero",
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
    let did = match (together < 0.0, happened) {
        (true, true) => "fell",
        (true, false) => "would fall",
        (false, true) => "rose",
        (false, false) => "would rise",
    };
    let alone = if sum < 0.0 { "fall" } else { "rise" };
    let sizes = format!(
        "Together the loss {did} by {}; the two moves alone add up to a {alone} of {}",
        size(together),
        size(sum)
    );
    let scale = together.abs() + each.alone[0].change.abs() + each.alone[1].change.abs();
    let why = if difference.abs() <= ROUNDING * scale {
        return "What one weight does to the loss does not depend on the other: together they do what they do alone."
            .to_owned();
    } else if (each.estimate() - difference).abs() <= EXPLAINS * difference.abs() {
        "what is missing is the mixed derivative".to_owned()
    } else {
        let [difference, estimate] = changes([difference, each.estimate()]);
        format!("of what is missing, {difference}, the mixed derivative foretells {estimate}")
    };
    format!("{sizes}: {why}.")
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
                "Together the loss fell by 7.0; the two moves alone add up to a fall of 10: what is missing is the mixed derivative.",
            ),
            (
                each([-4.0, 6.0, 7.0], 2.0),
                false,
                "Together the loss would rise by 7.0; the two moves alone add up to a rise of 2.0: of what is missing, +5.00, the mixed derivative foretells +2.00.",
            ),
            (
                each([-4.0, -6.0, -10.0], 0.0),
                true,
                "What one weight does to the loss does not depend on the other: together they do what they do alone.",
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
            (Course::Turns { share: 0.421, sign: 1.0 }, "turned positive at 42 %"),
            (Course::Turns { share: 0.0042, sign: -1.0 }, "turned negative at 0.42 %"),
            (Course::Turns { share: 1.0, sign: 0.0 }, "came to zero at 100 %"),
            (Course::Ends { share: 0.25 }, "has no value from 25 % on"),
        ] {
            assert_eq!(course(kind), words);
        }
    }
}
