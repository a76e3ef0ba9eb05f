//! Critical points of losses of one weight, held against closed forms.

use std::f64::consts::PI;

use proptest::prelude::*;

use super::*;
use crate::analysis::Search;

fn found(formula: &str) -> Vec<(Kind, f64, Option<f64>)> {
    let search = Search::finished(&Landscape::of_formula(formula).unwrap());
    search.points().iter().map(|point| (point.kind, point.at.x, point.eigenvalues.map(|values| values[0]))).collect()
}

#[test]
fn critical_points_of_one_weight_are_isolated_and_have_one_eigenvalue() {
    use Kind::{Degenerate, Maximum, Minimum};
    for (formula, expected) in [
        ("2x^2", &[(Minimum, 0.0, Some(4.0))][..]),
        ("x^3/3-x", &[(Minimum, 1.0, Some(2.0)), (Maximum, -1.0, Some(-2.0))]),
        ("-exp(-x^2)", &[(Minimum, 0.0, Some(2.0))]),
        ("sqrt(1+x^2)", &[(Minimum, 0.0, Some(1.0))]),
        ("x^4", &[(Minimum, 0.0, Some(0.0))]),
        ("x^3", &[(Degenerate, 0.0, Some(0.0))]),
        ("(x^2-1)^2", &[(Minimum, -1.0, Some(8.0)), (Minimum, 1.0, Some(8.0)), (Maximum, 0.0, Some(-4.0))]),
        ("|x|", &[(Minimum, 0.0, None)]),
        ("|x-0.25|+x/2", &[(Minimum, 0.25, None)]),
        ("x", &[]),
        ("-|x|", &[(Maximum, 0.0, None)]),
        ("1/x^2", &[]),
        ("x^2-ln(x)", &[(Minimum, 0.5_f64.sqrt(), Some(4.0))]),
    ] {
        let points = found(formula);
        assert_eq!(points.len(), expected.len(), "{formula}: {points:?}");
        for ((kind, x, curvature), (kind_expected, x_expected, expected)) in points.iter().zip(expected) {
            let is_near = (x - x_expected).abs() < 1e-12;
            let is_alike = match (curvature, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-10,
                (found, expected) => found.is_none() && expected.is_none(),
            };
            assert!(kind == kind_expected && is_near && is_alike, "{formula}: {points:?}");
        }
    }
}

#[test]
fn an_interval_on_which_the_loss_is_level_is_a_set() {
    for (formula, expected) in [
        ("relu(x)", vec![("minimum", "every x from −3 to 0, where the loss is 0")]),
        ("max(0,|x|-1)", vec![("minimum", "every x from −1 to 1, where the loss is 0")]),
        ("0x", vec![("flat", "every point of the domain: the loss is 0 everywhere")]),
    ] {
        let search = Search::finished(&Landscape::of_formula(formula).unwrap());
        let sets = search.sets();
        let described: Vec<_> = sets.iter().map(|set| (set.kind, set.text.as_str())).collect();
        assert_eq!(described, expected, "{formula}");
        assert_eq!(search.points(), [], "{formula}");
    }
}

#[test]
fn whether_all_were_found_is_said() {
    for (formula, is_whole) in
        [("x^3/3-x", true), ("cos(x)", true), ("|x|", true), ("-|x|", true), ("1/x^2", false), ("ln(x)", false)]
    {
        let search = Search::finished(&Landscape::of_formula(formula).unwrap());
        assert_eq!(search.completeness().unwrap().is_whole(), is_whole, "{formula}: {:?}", search.completeness());
    }
}

#[test]
fn the_ends_of_the_interval_belong_to_it() {
    for (formula, x, expected) in [
        ("cos(x)", [0.0, 10.0], vec![PI, 3.0 * PI, 0.0, 2.0 * PI]),
        ("x^2", [-1.0, 0.0], vec![0.0]),
        ("|x|", [0.0, 1.0], vec![0.0]),
        ("x^2", [0.1, 1.0], vec![]),
    ] {
        let view = ViewBox { x, y: [-1.0, 1.0] };
        let landscape = Landscape::of_formula(formula).unwrap().with_domain(Some(view));
        let places: Vec<f64> = Search::finished(&landscape).points().iter().map(|point| point.at.x).collect();
        let is_it = places.len() == expected.len()
            && std::iter::zip(&places, &expected).all(|(found, expected)| (found - expected).abs() < 1e-12);
        assert!(is_it, "{formula} on {x:?}: {places:?}");
    }
}

#[test]
fn a_wave_has_a_point_at_every_multiple_of_pi() {
    let view = ViewBox::square(20.0);
    let landscape = Landscape::of_formula("cos(x)").unwrap().with_domain(Some(view));
    let points = Search::finished(&landscape).points();
    assert_eq!(points.len(), 13, "from −6π to 6π");
    for point in points {
        let turn = (point.at.x / PI).round();
        assert!((point.at.x - turn * PI).abs() < 1e-14 * 20.0, "{point:?}");
        assert_eq!(point.kind == Kind::Minimum, turn.rem_euclid(2.0) == 1.0, "{point:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// f′ = (x − a)(x − b)(x − c): every root is found, however near two of them are.
    #[test]
    fn the_roots_of_a_cubic_slope_are_found(mut roots in [-1.9..1.9_f64, -1.9..1.9_f64, -1.9..1.9_f64]) {
        roots.sort_by(f64::total_cmp);
        let [a, b, c] = roots;
        prop_assume!(b - a > 1e-3 && c - b > 1e-3);
        prop_assert_eq!(fault_of_cubic(roots), None);
    }
}

/// What is wrong with the roots that are found of f′ = (x − a)(x − b)(x − c).
fn fault_of_cubic([a, b, c]: [f64; 3]) -> Option<String> {
    let formula = format!("x^4/4-({a}+{b}+{c})x^3/3+({a}*{b}+{b}*{c}+{a}*{c})x^2/2-{a}*{b}*{c}*x");
    let formula = formula.replace("--", "+").replace("+-", "-");
    let landscape = Landscape::of_formula(&formula).unwrap().with_domain(Some(ViewBox::square(2.0)));
    let mut places: Vec<f64> = Search::finished(&landscape).points().iter().map(|point| point.at.x).collect();
    places.sort_by(f64::total_cmp);
    let is_right = places.len() == 3 && places.iter().zip([a, b, c]).all(|(found, root)| (found - root).abs() < 1e-6);
    (!is_right).then(|| format!("{formula}: {places:?}"))
}

/// Two roots a little more than a place apart: the slope between them dips beside its change of sign.
#[test]
fn no_root_is_found_twice() {
    assert_eq!(fault_of_cubic([-0.218_029_884_470_643_56, -0.216_658_012_496_294, 0.0]), None);
    for turn in 0..200 {
        let shift = 1e-5 * f64::from(turn);
        assert_eq!(fault_of_cubic([-0.218 + shift, -0.216_63 + shift, 0.5]), None, "moved by {shift}");
    }
}

/// A step is level on both sides, each as far as it goes.
#[test]
fn steps_end_where_the_loss_jumps() {
    for (formula, expected) in [
        (
            "step(x)",
            &[
                "minimum: every x from −3 to 0, where the loss is 0",
                "maximum: every x from 0 to 3, where the loss is 1.000",
            ][..],
        ),
        (
            "floor(x/2)",
            &[
                "minimum: every x from −3 to −2, where the loss is −2.000",
                "degenerate: every x from −2 to 0, where the loss is −1.000",
                "degenerate: every x from 0 to 2, where the loss is 0",
                "maximum: every x from 2 to 3, where the loss is 1.000",
            ],
        ),
        ("relu(x-0.7)", &["minimum: every x from −3 to 0.7, where the loss is 0"]),
        (
            "min(x^2,1)",
            &[
                "maximum: every x from −3 to −1, where the loss is 1.000",
                "maximum: every x from 1 to 3, where the loss is 1.000",
            ],
        ),
    ] {
        let landscape =
            Landscape::parse(&format!("formula:{formula}")).unwrap().with_domain(Some(ViewBox::square(3.0)));
        let sets = along_axis(&landscape).sets;
        let texts: Vec<String> = sets.iter().map(|set| format!("{}: {}", set.kind, set.text)).collect();
        assert_eq!(texts, expected, "{formula}");
    }
}

/// Where the slope is lost in rounding the kink is in the middle; a maximum on a kink is one.
#[test]
fn kinks_stand_where_they_are() {
    for (formula, expected) in [
        ("acos(cos(x))", &[(Kind::Minimum, 0.0)][..]),
        ("1-|x-0.5|", &[(Kind::Maximum, 0.5)]),
        (
            "asin(sin(x))",
            &[(Kind::Minimum, -std::f64::consts::FRAC_PI_2), (Kind::Maximum, std::f64::consts::FRAC_PI_2)],
        ),
        ("-sqrt(|x+1|)", &[(Kind::Maximum, -1.0)]),
    ] {
        let landscape =
            Landscape::parse(&format!("formula:{formula}")).unwrap().with_domain(Some(ViewBox::square(3.0)));
        let found = along_axis(&landscape);
        let points: Vec<(Kind, f64)> = found.points.iter().map(|point| (point.kind, point.at.x)).collect();
        let is_it = |((kind, x), (wanted, at)): (&(Kind, f64), &(Kind, f64))| kind == wanted && (x - at).abs() < 1e-9;
        assert!(points.len() == expected.len() && points.iter().zip(expected).all(is_it), "{formula}: {points:?}");
        assert_eq!(found.completeness, Completeness::Alternating, "{formula}");
    }
    let everywhere = &along_axis(&Landscape::of_formula("x/x").unwrap()).sets[0];
    assert!(everywhere.is_everywhere() && everywhere.text.ends_with("except where it has no value"), "{everywhere:?}");
}
