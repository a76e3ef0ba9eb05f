//! The update rule with the numbers filled in: what the step was made with, then weight by weight from its parts.

use egui::{Color32, Label, RichText, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::ROUNDING;
use crate::drawing::overlays::{share_words, shares};
use crate::numbers::numerals::{number, parameter};
use crate::numbers::{Dimension, Point, Symmetric2, Vector};
use crate::optimizers::{Carried, Family, Quantities, Quantity, Step, Verdict, value_of};
use crate::run::{Run, StepReplay};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Keeps a sign with its number where lines break.
const NO_BREAK: char = '\u{a0}';
/// More trials than this are described by the first and the last.
const FEW: usize = 4;

/// The rule at an iterate of a run; nothing where there is no step.
pub(in crate::ui::panels) fn rule_ui(run: &Run, index: usize, replayed: &StepReplay, ui: &mut Ui) {
    let (Ok(step), Some(iterate)) = (&replayed.step, run.iterates().get(index)) else { return };
    let method = run.recipe().optimizer.entry;
    let (rule, family) = (method.rule, method.family);
    let dimension = run.landscape().dimension();
    if method.second_order() || matches!(family, Family::LineSearch | Family::QuasiNewton) {
        let name = if dimension.is_one() { "f′" } else { "∇f" };
        quantity_ui(name, &Carried::Vector(iterate.gradient), dimension, ui);
    }
    if let Some((name, matrix)) = curvature(run, iterate.at, replayed) {
        const HELP: &str = "The curvature matrix of the method's model at this step";
        matrix_ui(name, matrix, HELP, ui);
    }
    for (quantity, carried) in quantities(replayed) {
        quantity_ui(quantity.name, &carried, dimension, ui);
    }
    for (axis, name) in run.landscape().weights().into_iter().enumerate().take(dimension.count()) {
        let text = weight(name, iterate.at[axis], step, axis);
        let value = iterate.at[axis] + step.proposed[axis];
        ui.add(Label::new(RichText::new(text).small()).wrap()).hint(format!(
            "{rule}, here for {name}: the old weight and the parts of the step. In full: {name} = {value}"
        ));
    }
    let after = trials(iterate.at, step).into_iter().chain(verdict(step));
    for text in after.chain(described_after(replayed)) {
        ui.add(Label::new(theme::muted(text).small()).wrap());
    }
}

/// The matrix of a second-order method's model, by its letter in the rule.
fn curvature(run: &Run, at: Point, replayed: &StepReplay) -> Option<(&'static str, Symmetric2)> {
    let method = run.recipe().optimizer.entry;
    let matrix = method.matrix(method.values(&replayed.parameters))?;
    Some((matrix.letter(), matrix.at(run.landscape().loss(), at)?))
}

/// What the step was made with: what is remembered, and what was computed on the way.
///
/// Directions and batches are shown as the step has renewed them, matrices, radii and what is of the last step as they were before it.
fn quantities(replayed: &StepReplay) -> Quantities {
    let state = replayed.state.iter().filter_map(|(quantity, after)| match after {
        Carried::Number(_) => None,
        _ if quantity.is_of_before => Some((*quantity, value_of(&replayed.before, *quantity)?.clone())),
        _ => Some((*quantity, after.clone())),
    });
    let all =
        replayed.working.iter().filter(|(_, carried)| matches!(carried, Carried::Number(_))).cloned().chain(state);
    let rest = replayed.working.iter().filter(|(_, carried)| !matches!(carried, Carried::Number(_))).cloned();
    all.chain(rest).collect()
}

/// The numbers that the outcome of the step has changed, `Δ = 1 → 0.25`.
fn described_after(replayed: &StepReplay) -> Vec<String> {
    let number = |(quantity, after): &(Quantity, Carried)| {
        let (Carried::Number(new) | Carried::Radius(new)) = after else { return None };
        let name = quantity.name;
        let old = value_of(&replayed.before, *quantity).map(Carried::numbers);
        Some(match old.as_deref() {
            Some([old]) if old == new && matches!(after, Carried::Radius(_)) => return None,
            Some([old]) if old != new => format!("{name} = {} → {}", parameter(*old), parameter(*new)),
            _ => format!("{name} = {}", parameter(*new)),
        })
    };
    replayed.state.iter().filter_map(number).collect()
}

fn quantity_ui(name: &str, quantity: &Carried, dimension: Dimension, ui: &mut Ui) {
    const HELP: &str = "The optimizer state of this step: stored from earlier steps, or computed in this one";
    match quantity {
        Carried::InverseHessian(matrix) => {
            const HELP: &str = "The method's estimate of the inverse Hessian, with which the step was made";
            matrix_ui(name, *matrix, HELP, ui);
        }
        other => {
            let text = theme::muted(quantity_text(name, other, dimension)).small();
            ui.add(Label::new(text).wrap()).hint(HELP);
        }
    }
}

/// `m̂ = (1.000, −2.000)`, of one weight a number; samples by their numbers.
fn quantity_text(name: &str, quantity: &Carried, dimension: Dimension) -> String {
    match quantity {
        Carried::Vector(vector) if dimension.is_one() => format!("{name} ={NO_BREAK}{}", number(vector.x)),
        Carried::Number(value) | Carried::Radius(value) => format!("{name} ={NO_BREAK}{}", parameter(*value)),
        Carried::Samples(samples) if samples.is_empty() => format!("{name}: none"),
        Carried::Samples(samples) => {
            let numbers: Vec<String> = samples.iter().map(|sample| (sample + 1).to_string()).collect();
            format!("{name}: samples {}", numbers.join(", "))
        }
        other => {
            let numbers: Vec<String> = other.numbers().into_iter().map(number).collect();
            format!("{name} = ({})", numbers.join(&format!(",{NO_BREAK}")))
        }
    }
}

/// A matrix in two rows between brackets, its name before it; of one weight a number.
fn matrix_ui(name: &str, matrix: Symmetric2, help: &str, ui: &mut Ui) {
    if matrix.dimension.is_one() {
        let text = theme::muted(format!("{name} ={NO_BREAK}{}", number(matrix.xx))).small();
        ui.add(Label::new(text).wrap()).hint(help);
        return;
    }
    let Symmetric2 { xx, xy, yy, .. } = matrix;
    let entries = [xx, xy, xy, yy].map(number);
    let font = TextStyle::Small.resolve(ui.style());
    let ink = ui.visuals().weak_text_color();
    let lay = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), ink);
    let galleys = [0, 1, 2, 3].map(|index: usize| lay(&entries[index]));
    // Room for a sign and four digits always, so that the brackets stand still.
    let column = galleys.iter().map(|galley| galley.size().x).fold(lay("−0.0000").size().x, f32::max);
    let line = ui.text_style_height(&TextStyle::Small);
    let gap = ui.spacing().item_spacing.x;
    let size = vec2(2.0 * column + 3.0 * gap, 2.0 * line);
    let title = ui.painter().layout(format!("{name} ="), font.clone(), ink, (ui.available_width() - size.x).max(gap));
    let height = size.y.max(title.size().y);
    let (room, response) = ui.allocate_exact_size(vec2(title.size().x + gap + size.x, height), Sense::hover());
    let top = room.center().y - line;
    let left = room.left() + title.size().x + gap;
    ui.painter().galley(pos2(room.left(), room.center().y - title.size().y / 2.0), title, Color32::PLACEHOLDER);
    for (index, galley) in galleys.into_iter().enumerate() {
        let [row, place] = [index / 2, index % 2].map(|count| count as f32);
        let right = left + gap + column + place * (column + gap);
        ui.painter().galley(pos2(right - galley.size().x, top + row * line), galley, Color32::PLACEHOLDER);
    }
    for (x, inward) in [(left + 0.4 * gap, 1.0), (left + size.x - 0.4 * gap, -1.0)] {
        let hook = 0.4 * gap * inward;
        let corners = [(x + hook, top + 1.0), (x, top + 1.0), (x, top + size.y), (x + hook, top + size.y)];
        ui.painter().line(corners.map(|(x, y)| pos2(x, y)).to_vec(), Stroke::new(1.0, ink));
    }
    let [a, b, c, d] = &entries;
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name} = ({a}, {b}; {c}, {d})")));
    response.hint(help);
}

/// `tried α = 1, ½, ¼: ¼ taken`
fn trials(at: Point, step: &Step) -> Option<String> {
    let shares = shares(at, step)?;
    let words = |shares: &[f64]| shares.iter().copied().map(share_words).collect::<Vec<_>>().join(", ");
    let [first, .., last] = shares.as_slice() else { return None };
    let tried = if shares.len() <= FEW {
        words(&shares)
    } else {
        format!("{} … {} ({} points)", share_words(*first), share_words(*last), shares.len())
    };
    let accepted = std::iter::zip(&step.trials, &shares).rfind(|(trial, _)| trial.accepted);
    let taken = accepted.map_or_else(|| "none".to_owned(), |(_, share)| share_words(*share));
    Some(format!("tried α = {tried}: {taken} taken"))
}

fn verdict(step: &Step) -> Option<String> {
    (step.verdict == Verdict::Rejected).then(|| "rejected: w is unchanged".to_owned())
}

/// `y ← 2.930 − 0.036·38.88 = 1.530`; parts that a parameter of zero switches off are left out.
fn weight(name: &str, old: f64, step: &Step, index: usize) -> String {
    let mut text = format!("{name} ← {}", number(old));
    let new = old + step.proposed[index];
    let terms = step.parts.iter().map(|part| part.displacement()[index].abs());
    let sizes = terms.sum::<f64>() + old.abs();
    // What two numbers leave of each other by their last bits alone.
    let new = if new.abs() <= ROUNDING * sizes { 0.0 } else { new };
    for part in step.parts.iter().filter(|part| part.factor != 0.0) {
        text.push_str(&term(part.factor, part.vector, index));
    }
    format!("{text} ={NO_BREAK}{}", number(new))
}

/// One part with its sign in front; a factor of one is left out.
fn term(factor: f64, vector: Vector, index: usize) -> String {
    let value = vector[index];
    if factor.abs() == 1.0 {
        let sign = if factor * value < 0.0 { '−' } else { '+' };
        return format!(" {sign}{NO_BREAK}{}", number(value.abs()));
    }
    let sign = if factor < 0.0 { '−' } else { '+' };
    let value = if value < 0.0 { format!("({})", number(value)) } else { number(value) };
    format!(" {sign}{NO_BREAK}{}·{value}", parameter(factor.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::Recipe;
    use crate::state::State;

    fn replayed(landscape: &str, optimizer: &str, start: [f64; 2], index: usize) -> (Run, StepReplay) {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), index + 1);
        let run = Run::of(&Landscape::parse(landscape).unwrap(), &recipe);
        let replayed = run.replayed(index).unwrap();
        (run, replayed)
    }

    fn texts(replayed: &StepReplay) -> Vec<String> {
        quantities(replayed)
            .iter()
            .map(|(quantity, carried)| quantity_text(quantity.name, carried, Dimension::Two).replace(NO_BREAK, " "))
            .collect()
    }

    #[test]
    fn what_the_step_was_made_with_is_described_by_name() {
        let (_, adam) = replayed("bowl", "adam", [1.0, 2.0], 0);
        assert!(texts(&adam).iter().any(|text| text.starts_with("average m = (0.")), "renewed: {:?}", texts(&adam));
        let (_, scheduled) = replayed("bowl", "gd:lr=0.1,schedule=step,every=1,drop=0.5", [1.0, 2.0], 2);
        assert_eq!(texts(&scheduled), ["learning rate η of this step = 0.025"], "the rate of the step");
        assert_eq!(
            quantity_text("batch", &Carried::Samples(vec![0, 4, 4]), Dimension::Two),
            "batch: samples 1, 5, 5",
            "from 1"
        );
    }

    #[test]
    fn a_radius_is_described_with_what_became_of_it() {
        let described = |step: usize| {
            let (_, replayed) = replayed("rosenbrock", "trust_region", [-1.2, 1.0], step);
            (texts(&replayed), described_after(&replayed))
        };
        let steps: Vec<_> = (0..20).map(described).collect();
        let before = vec!["trust radius Δ = 1".to_owned()];
        assert!(steps.contains(&(before.clone(), Vec::new())), "it stayed: {steps:?}");
        assert!(steps.contains(&(before, vec!["trust radius Δ = 1 → 0.25".to_owned()])), "it shrank: {steps:?}");
    }

    #[test]
    fn a_search_is_described_by_what_it_tried() {
        let (run, damped) = replayed("rosenbrock", "newton_damped", [-1.2, 1.0], 1);
        let text = trials(run.iterates()[1].at, damped.step.as_ref().unwrap()).unwrap();
        assert_eq!(text, "tried α = 1, ½, ¼, 0.125: 0.125 taken");
        for method in ["newton_damped", "saddle_free", "gd_armijo", "gd_exact"] {
            let trial = texts(&replayed("rosenbrock", method, [-1.2, 1.0], 1).1);
            assert!(
                trial.len() == 2 && trial[0].starts_with("α = ") && trial[1].starts_with("direction p"),
                "{trial:?}"
            );
        }
    }

    #[test]
    fn the_matrix_is_that_of_the_rule() {
        for (landscape, optimizer, name) in [
            ("himmelblau", "newton", Some("H")),
            ("tanh2", "levenberg_marquardt:matrix=gauss_newton", Some("G")),
            ("logistic", "natural_gradient:lr=0.5", Some("F")),
            ("himmelblau", "bfgs", None),
        ] {
            let (run, replayed) = replayed(landscape, optimizer, [0.15, 0.35], 1);
            let shown = curvature(&run, run.iterates()[1].at, &replayed);
            assert_eq!(shown.map(|(name, _)| name), name, "{optimizer}");
            let (Some((_, matrix)), true) = (shown, optimizer.starts_with("newton")) else { continue };
            let step = replayed.step.unwrap().taken;
            assert!((matrix.apply(step) + run.iterates()[1].gradient).norm() < 1e-9, "Hp = −∇f");
        }
    }

    #[test]
    fn every_method_tells_its_rule_in_numbers() {
        for entry in ENTRIES {
            let on_surface = entry.unsupported_reason(&Landscape::parse("himmelblau").unwrap()).is_none();
            let landscape = if on_surface { "himmelblau" } else { "logistic" };
            let (run, replayed) = replayed(landscape, entry.id, [0.15, 0.35], 1);
            let Ok(step) = &replayed.step else { continue };
            for (axis, name) in ["x", "y"].into_iter().enumerate() {
                let text = weight(name, run.iterates()[1].at[axis], step, axis);
                assert!(text.contains('=') && text.chars().any(|c| c.is_ascii_digit()), "{}: {text}", entry.id);
            }
            for text in texts(&replayed).into_iter().chain(described_after(&replayed)) {
                assert!(text.chars().any(|c| c.is_ascii_digit()), "{}: {text}", entry.id);
            }
        }
    }

    #[test]
    fn the_rule_says_what_is_computed() {
        let state = State::overshooting();
        let analysis = state.derived.analysis().unwrap();
        let text = weight("y", analysis.iterate.at.y, analysis.replayed.step.as_ref().unwrap(), 1);
        assert_eq!(text.replace(NO_BREAK, " "), "y ← 2.930 − 0.036·38.88 = 1.530");
        let negative = term(-0.5, Vector::new(-3.0, 1.0), 0);
        assert_eq!(negative.replace(NO_BREAK, " "), " − 0.5·(−3.000)", "minus a negative");
        let (run, lion) = replayed("bowl", "lion:lr=0.1", [1.0, 2.0], 0);
        let text = weight("x", run.iterates()[0].at.x, lion.step.as_ref().unwrap(), 0);
        assert_eq!(text.replace(NO_BREAK, " "), "x ← 1.000 − 0.1·1.000 = 0.9000", "no weight decay");
        let (run, sign) = replayed("l1", "gd:lr=0.3", [-2.1, 1.0], 7);
        let text = weight("x", run.iterates()[6].at.x - 2.0 * f64::EPSILON, &Step { ..sign.step.clone().unwrap() }, 0);
        assert!(!text.contains("10⁻"), "rounding is zero: {text}");
        assert_eq!(term(1.0, Vector::new(-3.0, 1.0), 0).replace(NO_BREAK, " "), " − 3.000", "a factor of one");
    }
}
