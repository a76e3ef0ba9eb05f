//! Where a gradient exists by convention only: on kinks, at tips, and where a slope is infinite.

use super::say;
use super::table::{place, vector};
use crate::analysis::{Kink, Shape, curvature_jumps};
use crate::landscapes::{KinkLine, Landscape};
use crate::numbers::Point;

/// Up to this many points are examined.
const MOST_LOOKED_AT: usize = 1000;

/// Says at which points the gradient is a convention, and by which.
pub(super) fn note_conventions(landscape: &Landscape, points: &[Point]) {
    if let Some(sentence) = conventions(landscape, points) {
        say(&format!("note: {sentence}"));
    }
}

fn conventions(landscape: &Landscape, points: &[Point]) -> Option<String> {
    let (loss, kink_lines, size) = (landscape.loss(), landscape.kink_lines(), landscape.domain().size());
    let has_value = |at: &&Point| loss.value(**at).is_finite();
    let kinks = points.iter().take(MOST_LOOKED_AT).filter(has_value).filter_map(|at| {
        Kink::of(loss, &kink_lines, *at, size).filter(|kink| kink.exact || kink.shape == Shape::Cliff)
    });
    let mut kinks = kinks.peekable();
    let Some(first) = kinks.next() else { return of_curvature(landscape, points) };
    let others = match kinks.count() {
        0 => String::new(),
        1 => "; it is one at another point, too".to_owned(),
        more => format!("; it is one at {more} other points, too"),
    };
    Some(format!("{}{others}.", of_kink(landscape, &kink_lines, &first)))
}

/// What is a convention at a kink, and what is so beside it.
fn of_kink(landscape: &Landscape, kink_lines: &[KinkLine], first: &Kink) -> String {
    let dimension = landscape.dimension();
    let place = format!("at {}", place(first.at, dimension));
    let on = first.place(kink_lines, landscape.data().is_some());
    let why = first.conventions(kink_lines);
    let used = vector(first.used, dimension);
    let what = match &first.shape {
        Shape::Planes(planes) if planes.len() == 1 => {
            let beside = planes.first().map_or_else(String::new, |plane| vector(plane.gradient, dimension));
            format!("the gradient {used} is a convention ({why}); right beside {on} it is {beside}")
        }
        Shape::Planes(_) => format!("there is a kink, {on}: the gradient {used} is a convention ({why})"),
        Shape::Cone(_) => format!("there is the tip of a cone, which has no gradient: {used} is a convention"),
        Shape::Wall => format!("the slope is infinite, {on}: the gradient {used} is a convention ({why})"),
        Shape::Cliff => format!("the loss jumps, {on}: the gradient {used} is a convention ({why})"),
    };
    format!("{place} {what}")
}

/// Where the slope is one, but the second derivatives jump: at x = 0 of x|x|.
fn of_curvature(landscape: &Landscape, points: &[Point]) -> Option<String> {
    let (kink_lines, view) = (landscape.kink_lines(), landscape.domain());
    let is_on = |at: &Point| kink_lines.iter().find(|kink_line| kink_line.argument.at(*at).0 == 0.0);
    let known = points.iter().take(MOST_LOOKED_AT).filter(|at| landscape.loss().value(**at).is_finite());
    let (at, kink_line) =
        known.filter_map(|at| Some((at, is_on(at)?))).find(|(at, _)| curvature_jumps(landscape.loss(), **at, view))?;
    let [place, on, why] =
        [place(*at, landscape.dimension()), kink_line.text(), kink_line.switch.convention().to_owned()];
    Some(format!("at {place} the second derivatives jump, {on}: those given are a convention ({why})."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gradient_by_convention_is_said_to_be_one() {
        for (landscape, at, words) in [
            ("l1", [0.0, 1.0], Some("there is a kink, x = 0: the gradient (0, 1) is a convention")),
            (
                "formula:sqrt(x)+y^2",
                [0.0, 0.0],
                Some("the slope is infinite, x = 0: the gradient (0, 0) is a convention"),
            ),
            ("formula:x^(1/3)+y^2", [0.0, 0.0], Some("the slope is infinite")),
            ("formula:cbrt(x)", [0.0, 0.0], Some("the slope is infinite")),
            ("formula:acos(1-x)+y^2", [0.0, 0.0], Some("the slope is infinite")),
            ("formula:asin(x)+y", [-1.0, 0.0], Some("the slope is infinite")),
            ("formula:sqrt(|x|)+y^2", [0.0, 1.0], Some("the slope is infinite")),
            ("formula:sqrt(x^2+y^2)", [0.0, 0.0], Some("the tip of a cone")),
            ("formula:floor(x)+y^2", [1.0, 0.5], Some("the loss jumps")),
            ("formula:|x|sign(x)+y^2", [0.0, 0.0], Some("the gradient (0, 0) is a convention")),
            ("formula:|x|sign(x)+y^2", [0.0, 0.0], Some("right beside x = 0 it is (1, 0)")),
            ("relu", [0.0, 0.0], Some("is a convention")),
            ("formula:max(x,y)+min(x,y)", [0.0, 0.0], None),
            ("formula:relu(x)-relu(-x)", [0.0, 0.0], None),
            ("formula:x|x|+y^2", [0.0, 0.0], Some("the second derivatives jump, x = 0")),
            ("formula:max(x^2,y^2)", [0.0, 0.0], Some("the second derivatives jump")),
            ("formula:relu(x)^2+y^2", [0.0, 1.0], Some("the second derivatives jump")),
            ("formula:relu(x)^3+y^2", [0.0, 1.0], None),
            ("formula:x^2|x|+y^2", [0.0, 0.0], None),
            ("formula:sqrt(x^4)+y", [0.0, 0.0], None),
            ("formula:sqrt(x^2+y^2)^2", [0.0, 0.0], None),
            ("formula:cos(sqrt(x^2+y^2))", [0.0, 0.0], None),
            ("himmelblau", [3.0, 2.0], None),
            ("formula:sqrt(x)+y^2", [1.0, 0.0], None),
        ] {
            let landscape = Landscape::parse(landscape).unwrap();
            let found = conventions(&landscape, &[Point::from(at)]);
            match (&found, words) {
                (Some(found), Some(words)) => assert!(found.contains(words), "{landscape}: {found}"),
                (found, words) => assert_eq!(found.as_deref(), words, "{landscape} at {at:?}"),
            }
        }
    }
}
