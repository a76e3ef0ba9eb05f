//! Continua of critical points in networks, where weights can be exchanged without changing the loss.

use super::Data;
use crate::landscapes::CriticalSet;
use crate::numbers::numerals::number;
use crate::numbers::{Point, extremes};

/// How far a line goes on beyond the box.
const FAR: f64 = 1e3;
/// Points of a curve.
const POINTS: u32 = 400;

/// The smallest and the largest input.
pub(super) fn input_range(data: &Data) -> [f64; 2] {
    extremes(data.samples().iter().map(|[x, _]| *x))
}

/// The input of every sample, if they all have the same: then only w₁x + w₂ matters, or in two layers one curve of weights.
pub(in crate::landscapes) fn only_input(data: &Data) -> Option<f64> {
    let [low, high] = input_range(data);
    (low == high).then_some(low)
}

/// The mean of the wanted outputs.
pub(super) fn mean_output(data: &Data) -> f64 {
    data.samples().iter().map(|sample| sample[1]).sum::<f64>() / data.len() as f64
}

/// For a unit w₁x + w₂ whose samples all have the same input: the line of its minima, on which w₁x + w₂ is `level`;
/// `best` is what is written on it, "infinitely many best lines".
pub(super) fn line_of_minima(x: f64, level: f64, best: &'static str) -> CriticalSet {
    let text = format!(
        "every point of the line w₁·({}) + w₂ = {}: all samples have the same x, so there are {best}",
        number(x),
        number(level)
    );
    // The foot of the perpendicular from the origin, and the line's direction.
    let size = libm::hypot(x, 1.0);
    let foot = Point::new(level * x / size / size, level / size / size);
    let along = crate::numbers::Vector::new(1.0, -x) / size * FAR;
    CriticalSet {
        kind: "minimum",
        text,
        polyline: vec![foot - along, foot + along],
        label: Some((foot, best)),
        gaps: Vec::new(),
    }
}

/// Where all samples have the same input and the lines have no simple form: words alone.
pub(super) fn lines_of_one_input(data: &Data) -> Vec<CriticalSet> {
    let text = "all samples have the same x, so that critical points come in whole lines";
    let set =
        CriticalSet { kind: "degenerate", text: text.to_owned(), polyline: Vec::new(), label: None, gaps: Vec::new() };
    only_input(data).map(|_| set).into_iter().collect()
}

/// The branch of the hyperbola w₁w₂ = `product` on the side w₁ > 0 or, with `side` −1, w₁ < 0; for 0 a half-axis.
pub(super) fn hyperbola(product: f64, side: f64) -> Vec<Point> {
    let last = FAR * (1.0 + product.abs().sqrt());
    let first = product.abs() / last;
    if first < 1e-12 {
        return vec![Point::origin(), Point::new(side * last, 0.0)];
    }
    let steepness = libm::log(last / first) / f64::from(POINTS - 1);
    let point = |index| {
        let w1 = side * first * libm::exp(steepness * f64::from(index));
        Point::new(w1, product / w1)
    };
    (0..POINTS).map(point).collect()
}

/// Σxy / Σx² over the samples: the slope of the best line through the origin; `None` where every x is 0.
pub(super) fn slope<'a>(samples: impl Iterator<Item = &'a [f64; 2]>) -> Option<f64> {
    let (squares, products) =
        samples.fold((0.0, 0.0), |(squares, products), [x, y]| (squares + x * x, products + x * y));
    (squares > 0.0).then(|| products / squares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, ViewBox, entries};
    use std::path::Path;

    /// Every declared line and curve is one: the gradient vanishes along it.
    #[test]
    fn lines_of_critical_points_are_level() {
        let [same, zero, usual] = ["x,y\n1.5,0.2\n1.5,0.7", "x,y\n0,0.2\n0,0.7", "x,y\n1,-0.2\n-2,0.3\n0.5,0.9"];
        let classes = "x,y\n1.5,0\n1.5,1\n1.5,1";
        for (text, lines) in [
            ("linreg:data=same", 1),
            ("logistic:data=classes", 1),
            ("linreg:data=zero", 1),
            ("linreg", 0),
            ("logistic", 0),
            ("deep_linear", 2),
            ("deep_linear:data=usual", 2),
            ("deep_linear:data=zero", 0),
            ("relu2", 4),
            ("relu2:data=usual", 4),
            ("relu2:data=same", 3),
            ("relu2:data=zero", 2),
        ] {
            let read = |path: &Path| {
                Ok(match path.to_str() {
                    Some("same") => same,
                    Some("zero") => zero,
                    Some("classes") => classes,
                    _ => usual,
                }
                .as_bytes()
                .to_vec())
            };
            let landscape = Landscape::parse_with(text, None, &read).unwrap();
            let drawn: Vec<CriticalSet> = landscape
                .critical_sets()
                .into_iter()
                .filter(|set| set.kind != CriticalSet::FLAT && !set.polyline.is_empty())
                .collect();
            assert_eq!(drawn.len(), lines, "{text}: {drawn:?}");
            for set in &drawn {
                let inside = set.polyline.iter().filter(|at| at.coords.norm() < 5.0);
                let ends = set.polyline_in(&ViewBox::square(2.9));
                assert!(ends.len() > 1, "{text}: {} crosses the box", set.text);
                for at in inside.chain(&ends) {
                    let level = landscape.loss().first_order(*at).gradient.norm();
                    assert!(
                        level < 1e-12 || ends.contains(at) && level < 1e-2,
                        "{text}: {} at {at}: {level:e}",
                        set.text
                    );
                }
            }
        }
        assert!(entries().any(|entry| entry.id == "relu2"), "networks are there");
    }
}
