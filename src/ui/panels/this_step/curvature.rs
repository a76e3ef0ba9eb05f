//! The curvature at the iterate: its two directions, and what the learning rate does along each.

use egui::{RichText, Ui};

use super::row;
use crate::analysis::{Curvature, RateLaw, Zones};
use crate::drawing::ink::Ink;
use crate::numbers::Vector;
use crate::numbers::numerals::{number, significant};
use crate::optimizers::{Choice, Entry};
use crate::run::Focus;
use crate::state::State;
use crate::ui::theme;

const NAMES: [&str; 2] = ["₁", "₂"];
/// A factor this near to 0 is 0 but for rounding.
const ARRIVES: f64 = 1e-9;
/// A factor whose size is this near to 1 neither shrinks nor grows what it multiplies, but for rounding.
const EDGE: f64 = 1e-12;

pub(super) fn curvature_ui(state: &State, focus: &Focus, entry: &'static Entry, ui: &mut Ui) {
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
    if let (Some(law), Some(rate)) = (optimizer.rate_law(), focus.moment.rate(entry)) {
        if law.rings {
            modes(state, &curvature, rate, ui);
        } else {
            limit(state, &curvature, law, rate, ui);
        }
    }
}

/// "like a bowl" of "curves up both ways, like a bowl".
pub(super) fn brief(shape: &str) -> &str {
    shape.rsplit(", ").next().unwrap_or(shape)
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
        let factor = factor_text(factor);
        row(
            ui,
            theme::muted(format!("1 − ηλ{}", NAMES[index])).small(),
            warned(state, format!("{factor}  {word}"), danger),
            "What one step makes of the distance to the quadratic's level point along this direction: between 0 and 1 it shrinks, below 0 it changes sides, beyond ±1 it grows.",
        );
    }
}

/// The factor, which must not look like 0 or 1 unless it is.
fn factor_text(factor: f64) -> String {
    if factor.abs() <= ARRIVES {
        return "0".to_owned();
    }
    let text = number(factor);
    let looks_like_one = text.trim_start_matches('−').trim_end_matches('0') == "1.";
    if looks_like_one && (factor.abs() - 1.0).abs() > EDGE { significant(factor, 6) } else { text }
}

/// What ηλ does along one direction, in a word, and whether it is a danger.
fn mode(times: f64) -> (&'static str, bool) {
    match times {
        times if times.abs() <= EDGE => ("stands still", false),
        times if times < 0.0 => ("grows", true),
        times if (times - 1.0).abs() <= ARRIVES => ("arrives in one step", false),
        times if (times - 2.0).abs() <= EDGE => ("rings for ever", false),
        times if times < 2.0 * Zones::CRAWL => ("crawls", false),
        times if times <= 1.0 => ("monotone", false),
        times if times < 2.0 => ("rings", false),
        _ => ("diverging", true),
    }
}

/// Methods with memory have one limit for both directions.
fn limit(state: &State, curvature: &Curvature, law: RateLaw, rate: f64, ui: &mut Ui) {
    let help =
        format!("On a quadratic that curves up both ways the method is stable exactly for η below {}.", law.words);
    let (value, danger) = limit_text(curvature, law, rate);
    row(ui, theme::muted(format!("limit {}", law.words)).small(), warned(state, value, danger), &help);
    if curvature.eigen.values[0] < 0.0 {
        row(
            ui,
            theme::muted(format!("λ₁ < 0, along {}", arrow(curvature.eigen.vectors[0]))).small(),
            warned(state, "grows at any rate".to_owned(), true),
            "Where the land curves down the distance to the quadratic's level point grows, however small the learning rate.",
        );
    }
}

/// The limit and what the rate does against it, and whether that is a danger.
fn limit_text(curvature: &Curvature, law: RateLaw, rate: f64) -> (String, bool) {
    match curvature.zones(law) {
        Zones::CurvesDown if curvature.eigen.values == [0.0; 2] => ("none: the land is flat".to_owned(), false),
        Zones::CurvesDown => ("none: it curves down".to_owned(), false),
        Zones::Limit { limit, .. } if (rate - limit).abs() <= EDGE * limit => {
            (format!("{}  rings for ever", number(limit)), false)
        }
        Zones::Limit { limit, .. } if rate > limit => (format!("{}  diverging", number(limit)), true),
        Zones::Limit { limit, grows: true, .. } => (format!("{}  λ₂ stable", number(limit)), false),
        Zones::Limit { limit, .. } => (format!("{}  stable", number(limit)), false),
    }
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
        for (times, word) in [
            (-0.1, "grows"),
            (0.0, "stands still"),
            (0.01, "crawls"),
            (0.5, "monotone"),
            (1.0 + 2e-15, "arrives in one step"),
            (1.5, "rings"),
            (2.0, "rings for ever"),
            (2.1, "diverging"),
        ] {
            assert_eq!(mode(times).0, word, "ηλ = {times}");
        }
        for (factor, text) in
            [(-1.78e-15, "0"), (1.0, "1.000"), (-1.000_04, "−1.00004"), (0.999_99, "0.999990"), (-0.8, "−0.8000")]
        {
            assert_eq!(factor_text(factor), text, "{factor}");
        }
    }

    #[test]
    fn memory_is_not_called_stable_where_the_land_curves_down() {
        let law = RateLaw { times: 3.8, words: "2(1+β)/λmax", rings: false };
        let text = |values: [f64; 2], rate| {
            let eigen = crate::numbers::Eigen2 { values, vectors: [Vector::x(), Vector::y()] };
            let curvature =
                Curvature { eigen, newton_step: None, newton_decrement_squared: None, along_gradient: None };
            limit_text(&curvature, law, rate).0
        };
        assert_eq!(text([-1.0, 2.0], 0.1), "1.900  λ₂ stable", "a saddle");
        assert_eq!(text([1.0, 2.0], 0.1), "1.900  stable", "a bowl");
        assert_eq!(text([1.0, 2.0], 1.9), "1.900  rings for ever", "at the limit");
        assert_eq!(text([1.0, 2.0], 2.0), "1.900  diverging", "beyond it");
        assert_eq!(text([0.0, 0.0], 0.1), "none: the land is flat", "flat");
        assert_eq!(text([-2.0, -1.0], 0.1), "none: it curves down", "a hilltop");
    }
}
