//! Whether a loss is a long valley: a quadratic that curves much more across than along.

use crate::landscapes::Landscape;
use crate::numbers::{Point, tolerance};

/// From this condition number on a bowl is a long valley.
const LONG: f64 = 5.0;
/// Where it is looked whether the curvature changes, in shares of the frame; none of them on a line of symmetry.
const PLACES: [[f64; 2]; 5] = [[0.07, 0.11], [0.31, 0.83], [0.52, 0.47], [0.74, 0.19], [0.96, 0.91]];

/// The smaller and the larger curvature of a quadratic that is a long valley; `None` for any other loss.
pub fn long_valley(landscape: &Landscape) -> Option<[f64; 2]> {
    let (frame, loss) = (landscape.frame(), landscape.loss());
    if landscape.dimension().is_one() {
        return None;
    }
    let place =
        |[across, up]: [f64; 2]| Point::new(frame.x[0] + across * frame.width(), frame.y[0] + up * frame.height());
    let here = loss.second_order(place(PLACES[0])).hessian;
    let is_same = |at: [f64; 2]| {
        let there = loss.second_order(place(at)).hessian;
        let apart = (there.xx - here.xx).abs().max((there.xy - here.xy).abs()).max((there.yy - here.yy).abs());
        apart <= tolerance::ROUNDED * here.norm()
    };
    let [high, low] = here.eigen().values;
    let [low, high] = [low.min(high), low.max(high)];
    let is_long = low > 0.0 && high >= LONG * low && (high / low).is_finite();
    (is_long && PLACES.into_iter().skip(1).all(is_same)).then_some([low, high])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_valleys_are_quadratics_with_two_curvatures() {
        for (text, condition) in [
            ("quad", Some(20.0)),
            ("quad:kappa=300,lam=0.1", Some(300.0)),
            ("matyas", Some(25.0)),
            ("booth", Some(9.0)),
            ("formula:x^2+50y^2", Some(50.0)),
            ("bowl", None),
            ("trough", None),
            ("parabola", None),
            ("saddle", None),
            ("rosenbrock", None),
            ("relu", None),
            ("l1", None),
            ("formula:x^2+50y^2+0.1x^4", None),
        ] {
            let found = long_valley(&Landscape::parse(text).unwrap()).map(|[low, high]| high / low);
            match (found, condition) {
                (Some(found), Some(condition)) => assert!((found / condition - 1.0).abs() < 1e-9, "{text}: {found}"),
                (found, condition) => assert_eq!(found, condition, "{text}"),
            }
        }
    }
}
