//! Which of the printed digits are sure: those that subtracting nearly equal numbers has lost are reported beside the number.

use super::say;
use super::table::place;
use crate::landscapes::Landscape;
use crate::numbers::numerals::counted;
use crate::numbers::{Dimension, Point};

/// The number of digits that are shown.
const SHOWN: f64 = 5.0;

/// Up to this many points are examined; for more it would take as long as to answer.
const MOST_LOOKED_AT: usize = 10_000;

/// Smaller errors are those of the least numbers there are.
const LEAST: f64 = 1e-300;

/// A number with its name in the table, and a bound of its error.
pub(super) struct Shown {
    pub(super) name: &'static str,
    pub(super) value: f64,
    pub(super) error: f64,
}

impl Shown {
    /// How many digits are sure, if those shown are not; 0 is none.
    fn digits(&self) -> Option<usize> {
        // A bound that is not a number says nothing; an infinite one, that nothing is sure.
        if !self.value.is_finite() || self.error.is_nan() || self.error <= LEAST {
            return None;
        }
        let digits = -libm::log10(self.error / self.value.abs());
        (digits < SHOWN).then(|| digits.max(0.0) as usize)
    }
}

/// The value, the gradient and the Hessian at a point.
pub(super) fn at_point(landscape: &Landscape, at: Point) -> Vec<Shown> {
    const NAMES: [&str; 6] = ["value", "gx", "gy", "hxx", "hxy", "hyy"];
    let Some(errors) = landscape.loss().roundings(at) else { return Vec::new() };
    let there = landscape.loss().second_order(at);
    if !there.value.is_finite() {
        return Vec::new();
    }
    let (g, h) = (there.gradient, there.hessian);
    let values = [there.value, g.x, g.y, h.xx, h.xy, h.yy];
    NAMES.iter().zip(values).zip(errors).map(|((name, value), error)| Shown { name, value, error }).collect()
}

/// Says at which points fewer digits are sure than are shown, and of which numbers.
pub(super) fn note_lost(dimension: Dimension, points: impl Iterator<Item = (Point, Vec<Shown>)>) {
    if let Some(sentence) = lost(dimension, points) {
        say(&format!("note: {sentence}"));
    }
}

fn lost(dimension: Dimension, points: impl Iterator<Item = (Point, Vec<Shown>)>) -> Option<String> {
    let mut first = None;
    let mut others = 0;
    for (at, shown) in points.take(MOST_LOOKED_AT) {
        let lost: Vec<(&str, usize)> =
            shown.iter().filter_map(|number| Some((number.name, number.digits()?))).collect();
        match (lost.is_empty(), &first) {
            (true, _) => {}
            (false, None) => first = Some((at, lost)),
            (false, Some(_)) => others += 1,
        }
    }
    let (at, lost) = first?;
    let (place, what) = (place(at, dimension), left(&lost));
    let elsewhere = match others {
        0 => String::new(),
        1 => "; digits are lost at another point, too".to_owned(),
        more => format!("; digits are lost at {more} other points, too"),
    };
    Some(format!("at {place} rounding leaves {what}{elsewhere}."))
}

/// Of which numbers no digit is left, and of which others how many.
fn left(lost: &[(&str, usize)]) -> String {
    let with = |count: usize| -> Vec<String> {
        lost.iter().filter(|(_, digits)| *digits == count).map(|(name, _)| (*name).to_owned()).collect()
    };
    let none = with(0);
    let some = (1..SHOWN as usize).map(|count| (count, with(count))).filter(|(_, names)| !names.is_empty());
    let some: Vec<String> =
        some.map(|(count, names)| format!("{} of {}", counted(count, "digit"), listed(&names))).collect();
    match (none.is_empty(), some.is_empty()) {
        (true, _) => format!("no more than {}", listed(&some)),
        (false, true) => format!("no digit of {}", listed(&none)),
        (false, false) => format!("no digit of {}, and {}", listed(&none), listed(&some)),
    }
}

/// a, b and c
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(landscape: &str, points: &[[f64; 2]]) -> Option<String> {
        let landscape = Landscape::parse(landscape).unwrap();
        lost(landscape.dimension(), points.iter().map(|at| Point::from(*at)).map(|at| (at, at_point(&landscape, at))))
    }

    #[test]
    fn lost_digits_are_said() {
        for (landscape, points, words) in [
            ("formula:sin(x+0.001)-sin(x)", &[[1e9, 0.0]][..], "at 1e9 rounding leaves no more than"),
            ("formula:atan(x+1)-atan(x)+y^2", &[[1e9, 0.0]], "value"),
            (
                "formula:(x+0.1)-(x+0.3)+0.2",
                &[[1.0, 0.0], [2.0, 0.0]],
                "no digit of value; digits are lost at another point",
            ),
            ("ackley", &[[0.0, 0.0]], "no digit of value"),
            ("formula:cosh(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:cos(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:sqrt(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:cbrt(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:relu(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:floor(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:max(x+3-x,y)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:step(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:(x+3-x)^0.7", &[[1e20, 0.0]], "no digit of value"),
            ("formula:if(x+3-x<1,x,y)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:1/(1+(x+3-x)^2)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:gauss(x+3-x)", &[[1e20, 0.0]], "no digit of value"),
            ("formula:acos(1-x)", &[[1e-20, 0.0]], "no digit of value, gx"),
            ("formula:sqrt((1+x)-1)", &[[1e-20, 0.0]], "no digit of value, gx"),
            ("formula:acos(cos(x))", &[[1e-9, 0.0]], "no digit of value"),
            ("himmelblau", &[[3.584_428_340_330_492, -1.848_126_526_964_404]], "no digit of value, gx and gy"),
        ] {
            let sentence = said(landscape, points).unwrap_or_default();
            assert!(sentence.contains(words), "{landscape}: {sentence}");
        }
    }

    #[test]
    fn nothing_is_said_where_the_digits_are_sure() {
        for (landscape, at) in [
            ("rosenbrock", [-1.2, 1.0]),
            ("rosenbrock", [1.0, 1.0]),
            ("himmelblau", [3.0, 2.0]),
            ("himmelblau", [0.1, 0.7]),
            ("tanh2", [0.3, -0.7]),
            ("formula:softplus(x)-x", [60.0, 0.0]),
            ("formula:exp(x)-1-x", [1e-8, 0.0]),
            ("formula:sqrt(x^4)", [0.0, 0.0]),
            ("formula:1/x", [0.0, 0.0]),
            ("formula:ln(1+exp(x))", [400.0, 0.0]),
            ("formula:1/(x+1)-1/(x+2)+y^2", [1e14, 0.0]),
            ("formula:(y^64)^y/abs(atan(y))", [1.0, 0.000_327_854_220_665_660_04]),
            ("formula:x^40/(1+x^40)", [1e-7, 0.0]),
        ] {
            assert_eq!(said(landscape, &[at]), None, "{landscape}");
        }
    }
}
