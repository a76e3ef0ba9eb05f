//! The curvature at the iterate: its two directions, and what the learning rate does along each.

use egui::{Align, Layout, RichText, TextStyle, Ui, vec2};

use super::row;
use crate::analysis::{Curvature, RateLaw, Zones};
use crate::drawing::ink::Ink;
use crate::numbers::Vector;
use crate::numbers::numerals::number;
use crate::optimizers::{Choice, Entry};
use crate::run::Focus;
use crate::state::State;
use crate::ui::theme;

const NAMES: [&str; 2] = ["₁", "₂"];

pub(super) fn curvature_ui(state: &State, focus: &Focus, entry: &'static Entry, ui: &mut Ui) {
    let shape = focus.curvature.map_or("", |curvature| curvature.shape());
    let size = vec2(ui.available_width(), ui.text_style_height(&TextStyle::Small));
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.label(theme::title("Curvature here"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::muted(brief(shape)).small()).on_hover_text(format!("The land {}", predicate(shape)));
        });
    });
    let Some(curvature) = focus.curvature else {
        ui.label(theme::muted("The Hessian is not finite here").small());
        return;
    };
    for (index, vector) in curvature.eigen.vectors.into_iter().enumerate() {
        row(
            ui,
            theme::muted(format!("λ{} along {}", NAMES[index], arrow(vector))).small(),
            theme::strong(number(curvature.eigen.values[index])),
            "How strongly the land curves along this direction: an eigenvalue of the Hessian. Above 0 it curves up, below 0 down.",
        );
    }
    let optimizer = Choice { entry, knobs: focus.moment.knobs.clone() };
    if let (Some(law), Some(rate)) = (optimizer.rate_law(), optimizer.get("lr")) {
        if law.rings {
            modes(state, &curvature, rate, ui);
        } else {
            limit(state, &curvature, law, rate, ui);
        }
    }
}

/// "like a bowl" of "curves up both ways, like a bowl".
fn brief(shape: &str) -> &str {
    shape.rsplit(", ").next().unwrap_or(shape)
}

/// Turns the shape into the end of a sentence.
fn predicate(shape: &str) -> String {
    if shape.starts_with("curves") { shape.to_owned() } else { format!("is {shape}") }
}

/// The arrow nearest to a direction without a sign.
fn arrow(direction: Vector) -> &'static str {
    let eighths = (direction.y.atan2(direction.x) / std::f64::consts::FRAC_PI_4).round() as i64;
    ["→", "↗", "↑", "↘"][eighths.rem_euclid(4) as usize]
}

/// Plain gradient descent multiplies the distance along an eigenvector by 1 − ηλ in every step.
fn modes(state: &State, curvature: &Curvature, rate: f64, ui: &mut Ui) {
    for (index, value) in curvature.eigen.values.into_iter().enumerate() {
        let factor = 1.0 - rate * value;
        let (word, danger) = mode(rate * value);
        row(
            ui,
            theme::muted(format!("1 − ηλ{}", NAMES[index])).small(),
            warned(state, format!("{}  {word}", number(factor)), danger),
            "What one step makes of the distance to the quadratic's level point along this direction: between 0 and 1 it shrinks, below 0 it changes sides, beyond ±1 it grows.",
        );
    }
}

/// What ηλ does along one direction, in a word, and whether it is a danger.
fn mode(times: f64) -> (&'static str, bool) {
    match times {
        times if times < 0.0 => ("grows", true),
        times if times < 2.0 * Zones::CRAWL => ("crawls", false),
        times if times <= 1.0 => ("monotone", false),
        times if times < 2.0 => ("rings", false),
        _ => ("diverging", true),
    }
}

/// Methods with memory have one limit for both directions.
fn limit(state: &State, curvature: &Curvature, law: RateLaw, rate: f64, ui: &mut Ui) {
    let help = format!("On a quadratic the method is stable exactly for η below {}.", law.words);
    let (value, danger) = match curvature.zones(law) {
        Zones::CurvesDown => ("none: it curves down".to_owned(), false),
        Zones::Limit { limit, .. } if rate >= limit => (format!("{}  diverging", number(limit)), true),
        Zones::Limit { limit, .. } => (format!("{}  stable", number(limit)), false),
    };
    row(ui, theme::muted(format!("limit {}", law.words)).small(), warned(state, value, danger), &help);
}

fn warned(state: &State, text: String, danger: bool) -> RichText {
    let text = theme::strong(text);
    if danger { text.color(theme::color(Ink::Gap.text(state.view.theme))) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_have_the_nearest_arrow_and_no_sign() {
        for (x, y, text) in [
            (1.0, 0.1, "→"),
            (-1.0, 0.1, "→"),
            (0.7, 0.6, "↗"),
            (-0.7, -0.6, "↗"),
            (0.0, -1.0, "↑"),
            (-0.6, 0.7, "↘"),
            (0.6, -0.7, "↘"),
        ] {
            assert_eq!(arrow(Vector::new(x, y)), text, "({x}, {y})");
        }
    }

    #[test]
    fn the_word_follows_the_theorem() {
        for (times, word) in
            [(-0.1, "grows"), (0.0, "crawls"), (0.5, "monotone"), (1.0, "monotone"), (1.5, "rings"), (2.0, "diverging")]
        {
            assert_eq!(mode(times).0, word, "ηλ = {times}");
        }
    }
}
