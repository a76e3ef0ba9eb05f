//! A kink instead of a tangent plane: the planes that meet, each at a click, and whose slope is used.

use egui::{RichText, Ui};

use crate::analysis::kinks::{Kink, Shape, ShownPlanes, SmoothPiece};
use crate::drawing::ink::Ink;
use crate::landscapes::{KinkLine, Landscape};
use crate::numbers::Vector;
use crate::numbers::numerals::number;
use crate::state::{Command, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// More planes than this are shown in turn by one button.
const FEW: usize = 8;

/// The notice; nothing where the loss has a tangent plane.
pub(super) fn kink_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(kink) = state.derived.kink() else { return };
    let shown = kink.shown(state.view.scene.kink_plane);
    let headline = headline(kink, shown);
    ui.label(theme::role(state.view.chrome.theme, headline, Ink::Gap).small());
    if !kink.planes().is_empty() {
        buttons(kink, shown, ui, commands);
    }
    ui.label(theme::muted(explanation(kink, state.derived.kink_lines(), &state.document.landscape)).small());
}

/// A button for every plane, the one that is shown marked.
fn buttons(kink: &Kink, shown: ShownPlanes, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (choice, text, help) in choices(kink, shown) {
            let marked = kink.shown(choice) == shown;
            if ui.selectable_label(marked, RichText::new(text).small()).hint(help).clicked() {
                commands.push(Command::View(ViewCommand::ShowKinkPlane(choice)));
            }
        }
    });
}

/// Number, name and tooltip of what can be shown: the plane of the gradient used, each of a few planes or the next of many,
/// and all of them.
fn choices(kink: &Kink, shown: ShownPlanes) -> Vec<(usize, String, String)> {
    let count = kink.planes().len();
    let used = "The plane of the gradient that the method uses (K: the next one)";
    let mut choices = vec![(0, "gradient used".to_owned(), used.to_owned())];
    if count <= FEW {
        choices.extend(kink.planes().iter().zip(1..).map(|(piece, number)| {
            let help = format!("The tangent plane where {}: gradient {}", piece.side, pair(piece.gradient));
            (number, format!("plane {number}"), help)
        }));
    } else {
        let next = match shown {
            ShownPlanes::Used => 1,
            ShownPlanes::One(index) => index + 2,
            ShownPlanes::All => 0,
        };
        choices.push((next, "next plane".to_owned(), format!("One after another, {count} in all (K)")));
    }
    choices.push((count + 1, "all".to_owned(), "All one-sided tangent planes, each on its side".to_owned()));
    choices
}

/// What is here, and what of it is shown.
fn headline(kink: &Kink, shown: ShownPlanes) -> String {
    match &kink.shape {
        Shape::Planes(planes) if planes.len() == 1 => {
            "The formula switches here, but the loss is smooth: the gradient used is a convention".to_owned()
        }
        Shape::Planes(planes) => {
            format!("At a kink: {} planes meet here. Shown: {}", planes.len(), shown_planes(planes, shown))
        }
        Shape::Cone(_) => "At the tip of a cone: not differentiable here, there is no tangent plane".to_owned(),
        Shape::Wall => "Not differentiable here: the slope is infinite, there is no tangent plane".to_owned(),
        Shape::Cliff => "Not differentiable here: the loss jumps, there is no tangent plane".to_owned(),
    }
}

/// Which of the planes are shown.
fn shown_planes(planes: &[SmoothPiece], shown: ShownPlanes) -> String {
    match shown {
        ShownPlanes::One(index) => {
            let side = &planes[index].side;
            let place = if side.starts_with("toward") { side } else { &format!("where {side}") };
            format!("plane {} of {}, {place}", index + 1, planes.len())
        }
        ShownPlanes::Used => "that of the gradient used, a convention".to_owned(),
        ShownPlanes::All => "all of them, each on its side".to_owned(),
    }
}

/// Why the slope used is what it is.
fn explanation(kink: &Kink, kink_lines: &[KinkLine], landscape: &Landscape) -> String {
    let used = pair(kink.used);
    let place = kink.place(kink_lines, landscape.data().is_some());
    match &kink.shape {
        Shape::Cone(slopes) => format!("{}; the gradient {used} is a convention.", slopes_around(slopes.map(number))),
        Shape::Planes(_) if !kink.exact => {
            let plane = kink.used_plane().map_or_else(|| "a side".to_owned(), |index| format!("plane {}", index + 1));
            format!(
                "The point lies next to {place}, up to rounding: the gradient used here, {used}, is that of {plane}."
            )
        }
        _ => {
            let which = kink.used_plane().map_or_else(String::new, |index| format!(", that of plane {}", index + 1));
            format!("The gradient used here is {used}{which}: at {place} {}.", kink.conventions(kink_lines))
        }
    }
}

/// How steep the sides of a cone are, from the least to the most.
fn slopes_around([least, most]: [String; 2]) -> String {
    if least == most {
        return format!("Every direction goes up with slope {least}");
    }
    format!("Each direction has a slope of its own, from {least} to {most}")
}

fn pair(vector: Vector) -> String {
    format!("({}, {})", short(vector.x), short(vector.y))
}

/// A slope: −1 rather than −1.000.
fn short(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e4 { format!("{value:.0}").replace('-', "−") } else { number(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::Point;

    fn description(text: &str, at: [f64; 2], choice: usize) -> [String; 2] {
        let landscape = Landscape::parse(text).unwrap();
        let kink_lines = landscape.kink_lines();
        let kink = Kink::of(landscape.loss(), &kink_lines, Point::from(at), landscape.domain().size()).unwrap();
        [headline(&kink, kink.shown(choice)), explanation(&kink, &kink_lines, &landscape)]
    }

    #[test]
    fn the_slope_used_is_named_with_its_convention() {
        let [head, why] = description("l1", [0.0, 0.7], 1);
        assert_eq!(head, "At a kink: 2 planes meet here. Shown: plane 1 of 2, where x < 0");
        assert_eq!(
            why,
            "The gradient used here is (0, 1): at x = 0 the convention sign(0) = 0 takes the middle of the two slopes."
        );
        let [_, why] = description("relu_kink:r=0", [0.2, 0.8], 0);
        assert!(why.contains("at x + y = 1 the convention relu′(0) = 0 takes the side where the unit is off"), "{why}");
        let [head, why] = description("ackley", [0.0, 0.0], 0);
        assert!(head.contains("tip of a cone") && why.starts_with("Every direction goes up with slope 2.828"), "{why}");
        let [head, why] = description("bukin6", [-12.0, (-12.0_f64).powi(2) / 100.0], 0);
        assert!(
            head.contains("there is no tangent plane") && why.contains("an infinite slope counts as 0"),
            "{head} {why}"
        );
        let [_, why] = description("relu", [0.0, 0.0], 0);
        assert!(why.contains("at the crossing of 16 kink lines"), "{why}");
    }
}
