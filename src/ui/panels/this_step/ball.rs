//! Why the step has its direction: the norm by which the method measures it, and the vector whose plane it goes down.

use egui::Ui;

use super::row;
use crate::drawing::ball::{differs, rim_words};
use crate::numbers::Vector;
use crate::numbers::numerals::{brief, number};
use crate::optimizers::{Ball, Metric, Rim, angle_between};
use crate::run::StepAnalysis;
use crate::ui::theme;

pub(super) fn ball_ui(analysis: &StepAnalysis, ui: &mut Ui) {
    let (Some(ball), Some(step)) = (analysis.replayed.ball, analysis.proposed()) else {
        ui.label(theme::muted("There is no step here.").small());
        return;
    };
    match ball.rim(step) {
        Ok(rim) => {
            ui.label(theme::muted(why(&ball, &rim, step)).small());
            numbers(analysis, &ball, &rim, step, ui);
        }
        Err(why) => {
            ui.label(theme::muted(why).small());
        }
    }
    for note in ball.remark.map(str::to_owned).into_iter().chain(shifted(&ball)) {
        ui.label(theme::muted(note).small());
    }
}

/// The shape in a few words: `ellipse 3.1 : 1`.
pub(super) fn aside(analysis: &StepAnalysis) -> String {
    match (analysis.replayed.ball, analysis.proposed()) {
        (Some(ball), Some(step)) => ball.rim(step).map_or_else(|_| "none".to_owned(), |rim| rim_words(&rim)),
        _ => "none".to_owned(),
    }
}

/// One sentence on why the step goes where it goes.
fn why(ball: &Ball, rim: &Rim, step: Vector) -> String {
    let vector = ball.name;
    let lowest = format!("descends most on the plane of {vector}");
    let measure = match ball.metric {
        Metric::Form { name, .. } => name,
        _ => "",
    };
    match rim {
        Rim::Circle { .. } => format!("Of all steps of this length, this one {lowest}."),
        Rim::Square { half } => {
            let d = ball.explained(step);
            let place = if d.x.abs() == d.y.abs() { "to a corner" } else { "to a side, as one slope is 0" };
            format!("Of all steps that change no weight by more than {}, this one {lowest}: {place}.", number(*half))
        }
        Rim::Segment { axis, .. } => {
            let weight = ["w₁", "w₂"][*axis];
            format!("Only {weight} changes in this step: this end of the segment is lowest on the plane of {vector}.")
        }
        Rim::Ellipse { .. } if ball.rises(step) => format!(
            "{measure} is negative definite: of all steps on its ellipse, this one ascends most on the plane of {vector}."
        ),
        Rim::Ellipse { .. } => format!("Of all steps of equal length in the norm of {measure}, this one {lowest}."),
        Rim::Strip { .. } => {
            format!(
                "{measure} is singular, so the unit ball is the strip between two lines: of its steps this one {lowest}."
            )
        }
        Rim::Hyperbola { .. } => {
            let way = if ball.rises(step) { "up" } else { "down" };
            format!(
                "{measure} is indefinite: the steps of this length are a hyperbola, and there is no unit ball. The level line touches it, but not at a minimum: the step goes {way} the plane."
            )
        }
    }
}

fn numbers(analysis: &StepAnalysis, ball: &Ball, rim: &Rim, step: Vector, ui: &mut Ui) {
    let gradient = analysis.model.gradient;
    let mut angle = |name: String, angle: f64, help: &str| {
        if angle.is_finite() {
            row(ui, name, theme::strong(degrees(angle)), help);
        }
    };
    angle("step and −∇f".to_owned(), angle_between(step, -gradient), "The angle between the step and −∇f.");
    if differs(ball, gradient) {
        angle(
            format!("{} and ∇f", ball.name),
            angle_between(ball.vector, gradient),
            "The angle between the vector along whose plane the step descends and the gradient at the point.",
        );
    }
    let (name, value, help) = sizes(rim);
    row(ui, name, theme::strong(value), help);
}

/// What is to be known of the size of a rim: its name, its value, and what it says.
fn sizes(rim: &Rim) -> (&'static str, String, &'static str) {
    match rim {
        Rim::Circle { radius } => ("radius", number(*radius), "The length of the step."),
        Rim::Square { half } => ("half a side", number(*half), "The change of each weight."),
        Rim::Segment { half, .. } => ("half its length", number(*half), "The change of the weight."),
        Rim::Ellipse { long, short } => (
            "half axes",
            format!("{} · {}", number(long.norm()), number(short.norm())),
            "The ellipse through the end of the step: long where the norm is small.",
        ),
        Rim::Strip { across, .. } => ("half its width", number(across.norm()), "From the point to one of the lines."),
        Rim::Hyperbola { apex, arm } => (
            "half axes",
            format!("{} · {}", number(apex.norm()), number(arm.norm())),
            "From the point to the nearest point of a branch, and the other half axis, which says how fast the branches part.",
        ),
    }
}

/// An angle in degrees, as many digits as mean something.
fn degrees(angle: f64) -> String {
    let degrees = angle.to_degrees();
    if degrees < 0.01 { "0°".to_owned() } else { format!("{}°", brief(degrees)) }
}

/// What is added to the step beside the ball.
fn shifted(ball: &Ball) -> Option<String> {
    let (name, shift) = ball.shift?;
    Some(format!("Then {name} moves it by ({}, {}), off the boundary.", number(shift.x), number(shift.y)))
}
