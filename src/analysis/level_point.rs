//! Where a run comes to rest: what kind of point it is, by its curvature, its kinks, and what is known of the landscape.

use super::along_axis::kind_by_slopes;
use super::critical_lines::{distance, kind_of_line_through};
use super::critical_points::{Ground, Kind, NEAR, Units, surroundings};
use super::sure_eigenvalues::steady_eigenvalues;
use super::zero_gradient::rounding_of_slope;
use super::{Curvature, Kink, LocalModel, Shape};
use crate::landscapes::{AbsentWeight, CriticalSet, Landscape};
use crate::numbers::{Point, Symmetric2, Vector, tolerance};

/// A level point of the quadratic nearer than this share of the region is where the method stands.
const HERE: f64 = tolerance::ONE_PLACE;
/// An eigenvalue below this share of the other is zero, but for how far the method still is from the bottom.
const FLAT: f64 = 1e-7;
/// How far around a point is looked for a slope, as a share of the region.
const AROUND: f64 = 1e-3;
/// A line of critical points runs through a point that is nearer to it than this share of the region.
const ON_LINE: f64 = 2e-3;

/// Evaluations of one sample each that a look for a line through a point may take.
const LOOK: usize = 2_000_000;

/// What kind of point a run rests at.
#[derive(Clone, Debug, PartialEq)]
pub enum LevelPoint {
    /// The gradient is zero by convention only: there is a kink.
    Kink {
        /// What it is like there.
        shape: Shape,
        /// Whether the loss goes down to some side; `None` at a wall and a cliff.
        goes_down: Option<bool>,
        /// Whether it curves down beside the kink.
        curves_down: bool,
    },
    /// There is no slope at the point nor around it.
    Flat,
    /// It curves up both ways.
    Minimum,
    /// It curves up one way and down the other.
    Saddle,
    /// It curves down both ways.
    Maximum,
    /// A member of a line or curve of critical points.
    OneOfMany {
        /// The kind of all of them: "minimum", "maximum" or "degenerate".
        kind: &'static str,
        /// What the set is, in words.
        text: String,
    },
    /// The curvature is zero along some direction, and does not tell the kind.
    Degenerate,
    /// With one weight: f′ is zero and has one sign on both sides.
    Inflection,
    /// A weight does nothing, and along the other it is one of these.
    Along(AbsentWeight, CurvatureKind),
    /// No critical point is here, however short the gradient: how far away the quadratic has its own, if it has one.
    NotReached(Option<(CurvatureKind, f64)>),
}

/// The kind of a critical point whose curvature tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurvatureKind {
    /// It curves up.
    Minimum,
    /// Up and down.
    Saddle,
    /// It curves down.
    Maximum,
}

impl CurvatureKind {
    /// The word on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
        }
    }

    /// By two curvatures that are not zero.
    fn of([low, high]: [f64; 2]) -> Self {
        match (low > 0.0, high > 0.0) {
            (true, _) => Self::Minimum,
            (false, true) => Self::Saddle,
            (false, false) => Self::Maximum,
        }
    }
}

impl LevelPoint {
    /// What a run rests at where the gradient is zero or as short as its tolerance.
    pub fn of(landscape: &Landscape, at: Point) -> Self {
        let model = LocalModel::new(landscape.loss(), at);
        let Some(curvature) = Curvature::of(&model) else { return Self::Degenerate };
        let (values, size) = (curvature.eigen.values, landscape.domain().size());
        if model.gradient == Vector::zeros() {
            if let Some(kink) = Kink::of(landscape.loss(), &landscape.kink_lines(), at, size) {
                let (goes_down, curves_down) = (kink.goes_down(), values[0] < 0.0);
                return Self::Kink { shape: kink.shape, goes_down, curves_down };
            }
            if is_flat(landscape, at) {
                return Self::Flat;
            }
        }
        let unit = Units::of(landscape.domain());
        // Beside what it is close by, the curvature where lines of critical points cross is nothing.
        let scaled = unit.hessian(model.hessian);
        let (nearby, _) = surroundings(landscape.loss(), at, NEAR * size, unit);
        let sure = Kind::of(scaled.eigen().values, nearby.max(scaled.norm())) != Kind::Degenerate;
        let sure = sure.then_some(values);
        // A small eigenvalue may be that of a long valley.
        let sure = sure.or_else(|| steady_eigenvalues(landscape.loss(), at, NEAR * size, unit));
        if let Some((newton, values)) = curvature.newton_step.zip(sure) {
            let (ending, away) = (CurvatureKind::of(values), newton.norm());
            let is_away = model.gradient != Vector::zeros() && unit.length(newton) > HERE * size;
            return match ending {
                _ if is_away => Self::NotReached(Some((ending, away))),
                CurvatureKind::Minimum => Self::Minimum,
                CurvatureKind::Saddle => Self::Saddle,
                CurvatureKind::Maximum => Self::Maximum,
            };
        }
        if landscape.dimension().is_one() {
            return match kind_by_slopes(landscape, at) {
                Kind::Minimum => Self::Minimum,
                Kind::Maximum => Self::Maximum,
                Kind::Saddle | Kind::Degenerate if slopes_away(landscape, at, Vector::x(), model.gradient.x, 0.0) => {
                    Self::Inflection
                }
                Kind::Saddle | Kind::Degenerate => Self::NotReached(None),
            };
        }
        degenerate(landscape, at, &curvature, model.gradient)
    }
}

/// The kind of a point where the curvature is zero along some direction.
fn degenerate(landscape: &Landscape, at: Point, curvature: &Curvature, gradient: Vector) -> LevelPoint {
    let [low, high] = curvature.eigen.values;
    let more = low.abs().max(high.abs());
    let size = landscape.domain().size();
    let is_level = |(value, direction): (f64, Vector)| match direction.dot(&gradient) {
        slope if value.abs() <= FLAT * more => slopes_away(landscape, at, direction, slope, more),
        slope => (slope / value).abs() <= HERE * size,
    };
    if !std::iter::zip(curvature.eigen.values, curvature.eigen.vectors).all(is_level) {
        return LevelPoint::NotReached(None);
    }
    let unit = Units::of(landscape.domain());
    let near = ON_LINE * size;
    let through = |set: &CriticalSet| set.polyline.windows(2).any(|ends| distance(unit, at, ends) < near);
    let sets = landscape.critical_sets();
    let line = sets.into_iter().find(|set| set.kind != CriticalSet::FLAT && through(set));
    let line = line.map(|CriticalSet { kind, text, .. }| LevelPoint::OneOfMany { kind, text });
    let along = || Some(LevelPoint::Along(landscape.absent_weight()?, CurvatureKind::of([low + high; 2])));
    let along = || along().filter(|_| more > 0.0);
    line.or_else(along).or_else(|| traced(landscape, at)).unwrap_or(LevelPoint::Degenerate)
}

/// The kind of a line of critical points that the landscape does not declare: what a search for it finds.
fn traced(landscape: &Landscape, at: Point) -> Option<LevelPoint> {
    let most = LOOK / landscape.cost();
    let ground = Ground { loss: landscape.loss(), view: landscape.domain(), has_continua: true, most };
    let kind = kind_of_line_through(ground, at)?;
    Some(LevelPoint::OneOfMany { kind, text: "every point of a line through it".to_owned() })
}

/// Whether a slope along a direction without curvature is as good as zero: beside rounding, or beside what it is a little further.
fn slopes_away(landscape: &Landscape, at: Point, direction: Vector, slope: f64, more: f64) -> bool {
    let far = AROUND * landscape.domain().size();
    let unit = Units::of(landscape.domain());
    let bent = Symmetric2::new(more, 0.0, more);
    let rounding = rounding_of_slope(landscape.loss(), at, bent, unit, landscape.domain().size());
    if unit.gradient(direction * slope).norm() <= rounding {
        return true;
    }
    let slopes = [far, -far].map(|by| landscape.loss().first_order(at + direction * by).gradient.dot(&direction));
    let changes_sign = slopes[0] * slopes[1] < 0.0;
    changes_sign || slope.abs() <= 0.5 * slopes[0].abs().max(slopes[1].abs())
}

/// Whether there is no slope around the point either.
fn is_flat(landscape: &Landscape, at: Point) -> bool {
    let far = AROUND * landscape.domain().size();
    let around = [[1.0, 0.3], [-0.3, 1.0], [-1.0, -0.3], [0.3, -1.0]].map(|[x, y]| at + Vector::new(x, y) * far);
    around.into_iter().all(|place| landscape.loss().first_order(place).gradient == Vector::zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(landscape: &str, place: [f64; 2]) -> LevelPoint {
        LevelPoint::of(&Landscape::parse(landscape).unwrap(), Point::from(place))
    }

    #[test]
    fn the_kinds_of_the_catalogue() {
        for (landscape, place, expected) in [
            ("bowl", [0.0, 0.0], LevelPoint::Minimum),
            ("saddle", [0.0, 0.0], LevelPoint::Saddle),
            ("himmelblau", [-0.270_844_590_667, -0.923_038_556_48], LevelPoint::Maximum),
            ("himmelblau", [3.0, 2.0], LevelPoint::Minimum),
            ("monkey", [0.0, 0.0], LevelPoint::Degenerate),
            ("deep_linear", [2.0, 0.517_5], LevelPoint::NotReached(None)),
            ("relu", [0.0, -2.0], LevelPoint::Flat),
            ("bowl", [0.01, 0.0], LevelPoint::NotReached(Some((CurvatureKind::Minimum, 0.01)))),
        ] {
            let found = at(landscape, place);
            let is_same = found == expected
                || matches!((&found, &expected), (LevelPoint::NotReached(_), LevelPoint::NotReached(_)));
            assert!(is_same, "{landscape} at {place:?}: {found:?}");
        }
        assert!(matches!(at("l1", [0.0, 0.0]), LevelPoint::Kink { goes_down: Some(false), .. }), "l1");
    }

    #[test]
    fn a_loss_of_one_weight_rests_at_a_point_and_not_on_a_line() {
        for (formula, x, expected) in [
            ("(x-5)^2", 5.0, LevelPoint::Minimum),
            ("x^4", 0.0, LevelPoint::Minimum),
            ("-x^4", 0.0, LevelPoint::Maximum),
            ("x^3", 0.0, LevelPoint::Inflection),
            ("1e-9x", 0.5, LevelPoint::NotReached(None)),
            ("cos(x)", 0.0, LevelPoint::Maximum),
            ("relu(x)", -1.0, LevelPoint::Flat),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            for y in [0.0, 3.0] {
                assert_eq!(LevelPoint::of(&landscape, Point::new(x, y)), expected, "{formula}");
            }
        }
    }

    #[test]
    fn formulas_in_which_one_weight_acts_and_in_which_none_does() {
        for (formula, place, expected) in [
            ("(x-5)^2+0y", [5.0, 1.0], Some(("x", CurvatureKind::Minimum))),
            ("-y^2", [3.0, 0.0], Some(("y", CurvatureKind::Maximum))),
            ("x^4+y^4", [0.0, 0.0], None),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let found = LevelPoint::of(&landscape, Point::from(place));
            match (found, expected) {
                (LevelPoint::Along(absent, ending), Some((other, kind))) => {
                    assert_eq!((absent.other, ending), (other, kind), "{formula}");
                }
                (LevelPoint::Degenerate, None) => {}
                (found, _) => panic!("{formula}: {found:?}"),
            }
        }
        for (formula, place, expected) in [
            ("(x*y-1)^2", [2.0, 0.5], "minimum"),
            ("(x^2+y^2-1)^2", [0.6, 0.8], "minimum"),
            ("-(y-x^2)^2", [0.5, 0.25], "maximum"),
            ("(x+y)^4", [0.3, -0.3], "minimum"),
            ("(x-y)^3", [0.3, 0.3], "degenerate"),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let found = LevelPoint::of(&landscape, Point::from(place));
            let is_it = matches!(&found, LevelPoint::OneOfMany { kind, .. } if *kind == expected);
            assert!(is_it, "{formula} at {place:?}: {found:?}");
        }
        let valley = Landscape::of_formula("(x+y)^2+1e-12(x-y)^2").unwrap();
        assert_eq!(LevelPoint::of(&valley, Point::origin()), LevelPoint::Minimum, "long, but no line");
        let away = LevelPoint::of(&valley, Point::new(1.0, -1.0));
        assert!(matches!(away, LevelPoint::NotReached(Some((CurvatureKind::Minimum, _)))), "not yet there: {away:?}");
        let tilted = Landscape::of_formula("x^2+0.05y").unwrap();
        assert_eq!(LevelPoint::of(&tilted, Point::origin()), LevelPoint::NotReached(None), "a slope that stays");
        for straight in ["x^2+1e-9y", "x^2+1e-12y", "1e9(x^2+1e-9y)"] {
            let landscape = Landscape::of_formula(straight).unwrap();
            let found = LevelPoint::of(&landscape, Point::new(1e-13, 0.3));
            assert_eq!(found, LevelPoint::NotReached(None), "{straight}: a slope that is small, and stays");
        }
        let quartic = Landscape::of_formula("x^4+y^2").unwrap();
        assert_eq!(LevelPoint::of(&quartic, Point::new(1e-5, 0.0)), LevelPoint::Degenerate, "as near as it gets");
    }
}
