//! Lines of critical points are single sets, and what looks like one is distinguished from it.

use super::super::{Kind, LevelPoint, Search};
use super::*;
use crate::landscapes::{Landscape, ViewBox};

/// Kind, whether it is straight, and how often.
type Expected = (&'static str, bool, usize);

#[test]
fn lines_of_critical_points_are_single_sets() {
    let straight = |kind, count| vec![(kind, true, count)];
    let curved = |kind, count| vec![(kind, false, count)];
    for (formula, expected, isolated) in [
        ("(x+y)^2", straight("minimum", 1), 0),
        ("-(x+2y-1)^2", straight("maximum", 1), 0),
        ("x^2+0*y", straight("minimum", 1), 0),
        ("(x+y)^4", straight("minimum", 1), 0),
        ("(x-y)^3", straight("degenerate", 1), 0),
        ("x^2*y", straight("degenerate", 1), 0),
        ("x^2*y^2", straight("minimum", 2), 0),
        ("cos(2x)+0y", vec![("minimum", true, 2), ("maximum", true, 1)], 0),
        ("(x*y-1)^2", curved("minimum", 2), 1),
        ("(x^2+y^2-1)^2", curved("minimum", 1), 1),
        ("(y-x^2)^2", curved("minimum", 1), 0),
        ("x^2+y^2", Vec::new(), 1),
        ("x^4+y^4", Vec::new(), 1),
        ("x^2+y^4", Vec::new(), 1),
        ("x^3-3x*y^2", Vec::new(), 1),
        ("relu(x)^2+0y", Vec::new(), 0),
    ] {
        let landscape = Landscape::of_formula(formula).unwrap().with_domain(Some(ViewBox::new(-2.9, 3.0, -3.0, 2.8)));
        let search = Search::finished(&landscape);
        let sets: Vec<CriticalSet> = search.sets().into_iter().filter(|set| set.kind != CriticalSet::FLAT).collect();
        let counted = |(kind, is_straight, _): &Expected| {
            sets.iter().filter(|set| set.kind == *kind && (set.polyline.len() == 2) == *is_straight).count()
        };
        for line in &expected {
            assert_eq!(counted(line), line.2, "{formula}: {line:?} of {sets:?}");
        }
        assert_eq!(sets.len(), expected.iter().map(|line| line.2).sum::<usize>(), "{formula}: {sets:?}");
        assert_eq!(search.points().len(), isolated, "{formula}: {:?}", search.points());
        let view = landscape.domain();
        for (set, at) in sets.iter().flat_map(|set| set.polyline_in(&view).into_iter().map(move |at| (set, at))) {
            let slope = landscape.loss().first_order(at).gradient.norm();
            let is_end = set.polyline_in(&view).first() == Some(&at) || set.polyline_in(&view).last() == Some(&at);
            assert!(slope < 1e-8 || is_end && slope < 1e-2, "{formula}: {slope:e} at {at}");
            let is_edge = [at.x - view.x[0], view.x[1] - at.x, at.y - view.y[0], view.y[1] - at.y]
                .into_iter()
                .any(|away| away.abs() < 1e-3);
            let is_closed = set.polyline.first() == set.polyline.last();
            assert!(!is_end || is_edge || is_closed, "{formula}: it ends at {at}, inside the box");
        }
    }
}

/// A picture shows more than the box in which lines are found: they go on, as far as they are lines of the same kind.
#[test]
fn a_line_goes_on_beyond_the_box() {
    let landscape = Landscape::of_formula("(x^2*y^2-1)^2/4").unwrap();
    let shown = ViewBox::square(8.0 * landscape.domain().size());
    let sets = Search::finished(&landscape).sets();
    let minima: Vec<&CriticalSet> = sets.iter().filter(|set| set.kind == "minimum").collect();
    assert_eq!(minima.len(), 4, "{sets:?}");
    for set in minima {
        let seen = set.polyline_in(&shown);
        let reach = |axis: usize| seen.iter().map(|at| at[axis].abs()).fold(0.0, f64::max);
        let [right, up] = [reach(0), reach(1)];
        let half = 0.5 * shown.size();
        assert!(right > 0.999 * half && up > 0.999 * half, "it ends at {right} and {up} in {shown:?}");
        for at in seen {
            assert!(((at.x * at.y).abs() - 1.0).abs() < 1e-2, "{at} is on the curve");
        }
        assert!(set.text.contains("3.0000"), "its words are those of the box: {}", set.text);
    }
    // Beyond the box of half side 3 the valley x = 0 becomes a ridge: the line of minima ends there.
    let turns = Landscape::of_formula("x^2*(25-y^2)").unwrap();
    for set in Search::finished(&turns).sets().iter().filter(|set| set.kind == "minimum") {
        assert!(set.polyline.iter().all(|at| at.y.abs() < 7.0), "{set:?}");
    }
}

/// The floor of a long valley is no line of critical points, however it bends: it has one best point, of which critical points
/// and the end of a run tell the kind.
#[test]
fn a_long_valley_is_no_line() {
    for (formula, [x, y], kind) in [
        ("1e8(y-x^2)^2+(1.8406-x)^2", [1.8406, 1.8406 * 1.8406], Kind::Minimum),
        ("1e6(y-x^2)^2+(1.8406-x)^2", [1.8406, 1.8406 * 1.8406], Kind::Minimum),
        ("1e4(y-x^3)^2+(1.2-x)^2", [1.2, 1.728], Kind::Minimum),
        ("1e12(y-x)^2+(1.5-x)^2", [1.5, 1.5], Kind::Minimum),
        ("1e7(y-exp(x))^2+1e-3(0.5-x)^2", [0.5, 1.648_721_270_700_128_2], Kind::Minimum),
        ("1e7(x^2+y^2-1)^2+0.6x+0.8y", [-0.6, -0.8], Kind::Minimum),
        ("-1e8(y-x^2)^2-(1-x)^2", [1.0, 1.0], Kind::Maximum),
        ("1e8(y-x^2)^2-(1-x)^2", [1.0, 1.0], Kind::Saddle),
        ("1e8(y-x^2)^2+(1-x)^2+1e5", [1.0, 1.0], Kind::Minimum),
    ] {
        let landscape = Landscape::of_formula(formula).unwrap().with_domain(Some(ViewBox::new(-2.9, 3.0, -3.0, 4.8)));
        let search = Search::finished(&landscape);
        assert_eq!(search.sets(), [], "{formula}: {:?}", search.points());
        let best = Point::new(x, y);
        let found: Vec<_> = search.points().into_iter().filter(|point| (point.at - best).norm() < 1e-5).collect();
        assert_eq!(found.len(), 1, "{formula}: {:?}", search.points());
        assert_eq!(found[0].kind, kind, "{formula}: {found:?}");
        let ending = LevelPoint::of(&landscape, found[0].at);
        let is_it = match kind {
            Kind::Minimum => ending == LevelPoint::Minimum,
            Kind::Maximum => ending == LevelPoint::Maximum,
            _ => ending == LevelPoint::Saddle,
        };
        assert!(is_it, "{formula}: {ending:?}");
    }
}

/// Where the Hessian does not tell the best point of a valley or a ridge, the loss still tells about where it is.
#[test]
fn a_valley_without_a_sure_curvature_tells_its_best_place() {
    for (formula, kind, words) in [
        ("1e8(x+y)^2+1e-8*(x-y-1)^2", "minimum", "the loss is least near (0.5000, −0.5000)"),
        ("-1e8(x+y)^2-1e-8*(x-y-1)^2", "maximum", "the loss is largest near (0.5000, −0.5000)"),
        ("1e6(sin(x)-y)^2+1e-3(x-1)^4", "minimum", "the loss is least near (1.0"),
    ] {
        let search = Search::finished(&Landscape::of_formula(formula).unwrap());
        let [set] = &search.sets()[..] else { panic!("{formula}: {:?}, {:?}", search.sets(), search.points()) };
        assert!(set.kind == kind && set.text.contains(words), "{formula}: {set:?}");
        assert_eq!(search.points(), [], "{formula}");
    }
}

/// Where lines cross the curvature is nothing, and its sign says nothing.
#[test]
fn a_run_that_ends_where_lines_cross_ends_on_them() {
    for at in [[1e-16, 1e-16], [1e-12, -1e-13], [0.0, 0.0]] {
        let landscape = Landscape::of_formula("x^2*y^2").unwrap();
        let ending = LevelPoint::of(&landscape, Point::from(at));
        assert!(matches!(&ending, LevelPoint::OneOfMany { kind: "minimum", .. }), "{at:?}: {ending:?}");
    }
}

#[test]
fn a_line_ends_at_the_kink_that_ends_it() {
    for (formula, text) in [
        ("|x|+|x-1|+y^2", "every point of the line from (0, 0) to (1.0000, 0)"),
        ("relu(1-x)+relu(1+x)+y^2", "every point of the line from (−1.0000, 0) to (1.0000, 0)"),
    ] {
        let search = Search::finished(&Landscape::of_formula(formula).unwrap());
        let sets = search.sets();
        assert_eq!(sets.iter().map(|set| set.text.as_str()).collect::<Vec<_>>(), [text], "{formula}");
        assert_eq!(search.points(), [], "{formula}: its ends are no points by themselves");
    }
}
