//! The curvature at the iterate: its two directions, and what the learning rate does along each.

use egui::{Align, Layout, RichText, Role, TextStyle, Ui, WidgetInfo, vec2};

use super::row;
use crate::analysis::{Curvature, Eigenvector, ModeBehavior, Multiplier, StabilityBound};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{number, significant};
use crate::numbers::{Dimension, Vector};
use crate::optimizers::{Choice, Method};
use crate::run::StepAnalysis;
use crate::state::{Command, DocumentCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::mode_bar::ModeBar;

/// What an eigenvalue says.
const EIGENVALUE: &str =
    "The curvature along this direction: an eigenvalue of the Hessian. Above 0 the loss curves up, below 0 down.";
const NAMES: [&str; 2] = ["₁", "₂"];
/// The curvature of one weight.
const SECOND: &str = "f″";
/// A factor this near to 0 is 0 but for rounding.
const NOTHING: f64 = 1e-9;
/// A factor whose size is this near to 1 neither shrinks nor grows what it multiplies, but for rounding.
const EDGE: f64 = 1e-12;

pub(super) fn curvature_ui(state: &State, analysis: &StepAnalysis, entry: &'static Method, ui: &mut Ui) {
    let Some(curvature) = analysis.curvature else {
        ui.label(theme::muted("The Hessian is not finite here").small());
        return;
    };
    let optimizer = Choice { entry, parameters: analysis.replayed.parameters.clone() };
    let law = optimizer.stability_bound().ok().zip(analysis.replayed.rate(entry));
    if let Some((law, rate)) = law {
        ui.scope(|ui| modes_ui(state, &curvature, law, rate, ui));
    } else {
        eigenvalues_ui(&curvature, ui);
    }
    // A line of words is no higher than they are.
    ui.spacing_mut().interact_size.y = ui.text_style_height(&TextStyle::Small);
    ui.horizontal_wrapped(|ui| {
        if let Some((law, rate)) = law {
            radius_ui(&curvature, law, rate, ui);
        }
        decrement_ui(&curvature, ui);
    });
}

/// Two buttons that move the start onto an eigenvector of a critical point.
pub(super) fn starts_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if state.view.in_fog() || state.document.landscape.dimension().is_one() {
        return;
    }
    ui.horizontal(|ui| {
        ui.label(theme::muted("Start on the eigenvector").small());
        for which in Eigenvector::ALL {
            let (name, word) = (which.eigenvalue(), which.word());
            let button = ui.small_button(format!("{name} {word}")).hint(format!(
                "Moves the start onto the eigenvector of {name} at the chosen critical point, or at the nearest one, at its distance: on a quadratic the run meets this curvature alone, and gradient descent diverges only above 2/{name}."
            ));
            button.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, format!("Start on the {word} eigenvector"))
            });
            if button.clicked() {
                commands.push(Command::Document(DocumentCommand::StartOnEigenvector(which)));
            }
        }
    });
}

/// Definiteness and condition number: `positive definite, κ 3.951`.
pub(super) fn aside(analysis: &StepAnalysis) -> String {
    let Some(curvature) = analysis.curvature else { return String::new() };
    let shape = curvature.definiteness();
    match curvature.condition() {
        Some(condition) => format!("{shape}, κ {}", number(condition)),
        None => shape.to_owned(),
    }
}

/// The arrow nearest to a direction without a sign.
fn arrow(direction: Vector) -> &'static str {
    let eighths = (direction.y.atan2(direction.x) / std::f64::consts::FRAC_PI_4).round() as i64;
    ["→", "↗", "↑", "↘"][eighths.rem_euclid(4) as usize]
}

/// A line for each direction: its eigenvalue, the bar, and what a step makes of the distance along it.
fn eigenvalues_ui(curvature: &Curvature, ui: &mut Ui) {
    for (index, value) in curvature.eigen.values.into_iter().enumerate().take(curvature.dimension().count()) {
        let name = match curvature.dimension() {
            Dimension::One => SECOND.to_owned(),
            Dimension::Two => format!("λ{} along {}", NAMES[index], arrow(curvature.eigen.vectors[index])),
        };
        row(ui, name, theme::strong(number(value)), EIGENVALUE);
    }
}

fn modes_ui(state: &State, curvature: &Curvature, law: StabilityBound, rate: f64, ui: &mut Ui) {
    let modes = law.modes(curvature, rate).map(|(multiplier, behavior)| Mode::of(law, multiplier, behavior));
    let values = curvature.eigen.values.map(number);
    let eigenvalues = [0, 1].map(|index| eigenvalue(curvature.dimension(), index));
    let names = [0, 1].map(|index| direction(curvature, index));
    // In columns, so that the bars can be compared.
    let column = |texts: [RichText; 2]| texts.map(|text| width(ui, text)).into_iter().fold(0.0, f32::max);
    let columns = [
        column(names.clone().map(|name| theme::muted(name).small())),
        column(values.clone().map(|value| theme::strong(value).small())),
        column(modes.each_ref().map(|mode| theme::strong(mode.words()).small())),
    ];
    // Lines without rules between them stand closer than those of a table.
    ui.spacing_mut().item_spacing.y = 0.0;
    for index in 0..curvature.dimension().count() {
        let texts = [&names[index], &values[index]].map(String::as_str);
        mode_ui(state, &modes[index], &eigenvalues[index], texts, columns, ui);
    }
}

/// The symbol of an eigenvalue.
fn eigenvalue(dimension: Dimension, index: usize) -> String {
    match dimension {
        Dimension::One => SECOND.to_owned(),
        Dimension::Two => format!("λ{}", NAMES[index]),
    }
}

/// An eigenvalue with the direction of its vector; along a line there is only one.
fn direction(curvature: &Curvature, index: usize) -> String {
    let name = eigenvalue(curvature.dimension(), index);
    match curvature.dimension() {
        Dimension::One => name,
        Dimension::Two => format!("{name} {}", arrow(curvature.eigen.vectors[index])),
    }
}

fn mode_ui(state: &State, mode: &Mode, eigenvalue: &str, [name, value]: [&str; 2], columns: [f32; 3], ui: &mut Ui) {
    const GAP: f32 = 6.0;
    let [names, values, words] = columns;
    let height = ui.text_style_height(&TextStyle::Body);
    let size = vec2(ui.available_width(), height);
    let cell = |ui: &mut Ui, width: f32, layout: Layout, text: RichText| {
        ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| ui.label(text)).inner
    };
    let (left, right) = (Layout::left_to_right(Align::Center), Layout::right_to_left(Align::Center));
    ui.allocate_ui_with_layout(size, left, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        cell(ui, names, left, theme::muted(name).small()).hint(EIGENVALUE);
        cell(ui, values, right, theme::strong(value).small());
        let mode_name = mode.name(eigenvalue);
        let width = (ui.available_width() - words - GAP).max(8.0);
        let grows = mode.behavior == ModeBehavior::Grows;
        let bar = ModeBar { value: mode.value, signed: mode.signed, grows, name: &mode_name, width };
        bar.show(ui).hint(format!("{mode_name}.\n\n{}", mode.help()));
        cell(ui, words, right, warned(state, mode.words(), mode.behavior.is_danger())).hint(mode.help());
    });
}

/// How wide a text is in one line.
fn width(ui: &Ui, text: RichText) -> f32 {
    let text = egui::WidgetText::from(text);
    text.into_galley(ui, Some(egui::TextWrapMode::Extend), f32::INFINITY, TextStyle::Body).size().x.ceil()
}

/// What a step makes of the distance along one direction.
struct Mode {
    /// The factor 1 − ηλ, or where there is memory the size ρ of the multiplier.
    value: f64,
    /// Whether it is the factor.
    signed: bool,
    behavior: ModeBehavior,
}

impl Mode {
    fn of(law: StabilityBound, multiplier: Multiplier, behavior: ModeBehavior) -> Self {
        let signed = law.recursion.oscillates_late();
        let value = if signed && multiplier.swings { -multiplier.size } else { multiplier.size };
        Self { value, signed, behavior }
    }

    fn words(&self) -> String {
        format!("{}  {}", factor_text(self.value), self.behavior.word())
    }

    /// `1 − ηλ₁ = 0.6, monotone`
    fn name(&self, eigenvalue: &str) -> String {
        let symbol = match eigenvalue.strip_prefix('λ') {
            _ if self.signed => format!("1 − η{eigenvalue}"),
            Some(index) => format!("ρ(M{index})"),
            None => "ρ(M)".to_owned(),
        };
        format!("{symbol} = {}, {}", factor_text(self.value), self.behavior.word())
    }

    fn help(&self) -> &'static str {
        if self.signed {
            "The factor 1 − ηλ by which one step multiplies the distance to the critical point of the quadratic model along this direction: between 0 and 1 it shrinks, below 0 it oscillates, beyond ±1 it grows. The bar goes from −1.6 to 1.6."
        } else {
            "ρ(M), the spectral radius of the method's recursion along this direction: the factor by which a step multiplies the distance to the critical point of the quadratic model in the long run. Below 1 it shrinks; with momentum it oscillates at small rates, too. The bar goes from 0 to 1.6."
        }
    }
}

/// The factor, which must not look like 0 or 1 unless it is.
fn factor_text(factor: f64) -> String {
    if factor.abs() <= NOTHING {
        return "0".to_owned();
    }
    let text = number(factor);
    let looks_like_one = text.trim_start_matches('−').trim_end_matches('0') == "1.";
    if looks_like_one && (factor.abs() - 1.0).abs() > EDGE { significant(factor, 6) } else { text }
}

/// The spectral radius of both directions together.
fn radius_ui(curvature: &Curvature, law: StabilityBound, rate: f64, ui: &mut Ui) {
    let radius = law.modes(curvature, rate).map(|(multiplier, _)| multiplier.size).into_iter().fold(0.0, f64::max);
    ui.label(theme::muted(radius_text(radius)).small()).hint(
        "The amplification factor max |1 − ηλ|, with momentum the spectral radius ρ(M): in the long run every step multiplies the distance to the critical point of the quadratic model by this. Below 1 the method converges, above 1 it diverges.",
    );
}

/// `amplification 2.343`
fn radius_text(radius: f64) -> String {
    format!("amplification {}", factor_text(radius))
}

/// Half the squared Newton decrement, or why there is none.
fn decrement_ui(curvature: &Curvature, ui: &mut Ui) {
    let text = match curvature.newton_decrement_squared {
        Some(square) => format!("Newton decrement λ²/2 = {}", number(square / 2.0)),
        None if curvature.dimension().is_one() => "no λ²/2: f″ is not positive".to_owned(),
        None => "no λ²/2: H not positive definite".to_owned(),
    };
    ui.label(theme::muted(text).small()).hint(
        "The Newton decrement λ²/2 = ½ ∇fᵀH⁻¹∇f: how far the minimum of the quadratic model lies below the loss here, in any units of the weights. It is defined only where H is positive definite: otherwise the quadratic model has no minimum.",
    );
}

fn warned(state: &State, text: String, danger: bool) -> RichText {
    let text = theme::strong(text).small();
    if danger { text.color(theme::color(Ink::Gap.text(state.view.chrome.theme))) } else { text }
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
    fn a_factor_looks_like_zero_or_one_only_if_it_is() {
        for (factor, text) in
            [(-1.78e-15, "0"), (1.0, "1.000"), (-1.000_04, "−1.00004"), (0.999_99, "0.999990"), (-0.8, "−0.8000")]
        {
            assert_eq!(factor_text(factor), text, "{factor}");
        }
    }
}
