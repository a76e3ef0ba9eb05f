//! The search finds what is known, however it is divided, and ends.

use super::*;
use crate::analysis::Kind;

fn counts(points: &[CriticalPoint]) -> [usize; 4] {
    Kind::ALL.map(|kind| points.iter().filter(|point| point.kind == kind).count())
}

/// Minima, saddles, maxima, degenerate points; whether the indices add up.
const KNOWN_COUNTS: &[(&str, [usize; 4], bool)] = &[
    ("bowl", [1, 0, 0, 0], true),
    ("quad", [1, 0, 0, 0], true),
    ("saddle", [0, 1, 0, 0], true),
    ("formula:1e200((x-0.1)^2+2(y+0.2)^2)", [1, 0, 0, 0], true),
    ("formula:1e-200((x-0.1)^2+2(y+0.2)^2)", [1, 0, 0, 0], true),
    ("monkey", [0, 0, 0, 1], true),
    // A slope far below those beside it is one, as long as it is above rounding.
    ("formula:x/(1+x^2)+1e-9y", [0, 0, 0, 0], true),
    ("formula:x^2+1e-9y", [0, 0, 0, 0], true),
    ("formula:x^2+1e-13y", [0, 0, 0, 0], false),
    ("formula:1e9(x^2+1e-9y)", [0, 0, 0, 0], true),
    ("formula:sin(x)+1e-9y", [0, 0, 0, 0], true),
    ("formula:(x+2y)^2+1e-10(x-y)", [0, 0, 0, 0], true),
    ("formula:x^3/3+1e-9x+y^2", [0, 0, 0, 0], true),
    ("formula:x^4+y^2", [0, 0, 0, 1], true),
    // Where formulas switch the curvature is that beside the point, or none.
    ("formula:relu(x)^2+relu(-x)^2+y^2", [1, 0, 0, 0], true),
    ("formula:max(x^2,y^2)", [1, 0, 0, 0], false),
    ("formula:-max(x^2,2y^2)", [0, 0, 1, 0], false),
    ("formula:x^2 sign(x) + y^2", [0, 0, 0, 0], true),
    ("formula:|x|^3+y^2", [0, 0, 0, 1], true),
    ("formula:(x^2-y)(3x^2-y)", [0, 0, 0, 1], true),
    ("formula:(x-0.123456789)^5+y^2", [0, 0, 0, 1], true),
    ("formula:(x-0.123456789)^10+y^2", [0, 0, 0, 1], true),
    ("trough", [0, 0, 0, 0], false),
    ("rosenbrock", [1, 0, 0, 0], true),
    ("beale", [1, 2, 0, 0], true),
    ("booth", [1, 0, 0, 0], true),
    ("himmelblau", [4, 4, 1, 0], true),
    ("camel3", [3, 2, 0, 0], true),
    ("camel6", [6, 7, 2, 0], true),
    ("goldstein_price", [4, 4, 1, 0], true),
    ("ackley", [121, 220, 100, 0], true),
    ("rastrigin", [121, 220, 100, 0], true),
    ("griewank", [17, 24, 18, 0], true),
    ("styblinski_tang", [4, 4, 1, 0], true),
    ("mccormick", [2, 1, 0, 0], true),
    ("matyas", [1, 0, 0, 0], true),
    ("levy13", [543, 798, 256, 0], true),
    ("bukin6", [1, 0, 0, 0], false),
    ("double_well", [2, 1, 0, 0], true),
    ("plateau", [1, 0, 0, 0], true),
    ("ravine", [1, 0, 0, 0], true),
    ("cliff", [1, 0, 0, 0], true),
    ("l1", [1, 0, 0, 0], false),
    ("relu_kink", [1, 0, 0, 0], false),
    ("tanh2", [2, 1, 0, 0], true),
];

#[test]
fn the_counts_are_the_known_ones() {
    for (text, expected, whole) in KNOWN_COUNTS {
        let search = Search::finished(&Landscape::parse(text).unwrap());
        assert_eq!(counts(&search.points()), *expected, "{text}: minima, saddles, maxima, degenerate");
        let completeness = search.completeness().unwrap();
        assert_eq!(completeness.is_whole(), *whole, "{text}: {}", completeness.text());
    }
    let easom = Search::finished(&Landscape::parse("easom").unwrap());
    assert_eq!(easom.points().len(), 41, "easom's flat ones too");
}

#[test]
fn points_are_followed_while_a_sample_is_dragged() {
    let mut landscape = Landscape::parse("tanh2:n=20").unwrap();
    let mut points = Search::finished(&landscape).points();
    for step in 1..=20 {
        let mut samples = landscape.data().unwrap().samples().to_vec();
        samples[3][1] += 0.02 * f64::from(step % 5);
        landscape = landscape.with_samples(samples).unwrap();
        let search = Search::new(&landscape);
        points = search.points_among(&search.followed(&points, usize::MAX));
        let whole = Search::finished(&landscape).points();
        assert_eq!(points.len(), whole.len(), "step {step}: {points:?}");
        for found in &whole {
            let is_it =
                |followed: &CriticalPoint| (followed.at - found.at).norm() < 1e-9 && followed.kind == found.kind;
            assert!(points.iter().any(is_it), "step {step}: {found:?}");
        }
    }
    assert!(Search::new(&landscape).followed(&points, 1).len() <= 1, "as far as the budget reaches");
}

#[test]
fn it_does_not_matter_how_a_search_is_divided() {
    for text in ["himmelblau", "griewank", "tanh2", "ackley"] {
        let landscape = Landscape::parse(text).unwrap();
        let whole = Search::finished(&landscape);
        for budget in [1, 777, 20_000] {
            let mut search = Search::new(&landscape);
            let mut last = 0;
            while !search.advance(budget) {
                assert!(search.found.points.len() >= last, "{text}: what is found stays");
                last = search.found.points.len();
            }
            assert_eq!(search.points(), whole.points(), "{text} by {budget}");
            assert_eq!(search.completeness(), whole.completeness(), "{text} by {budget}");
        }
    }
}

/// However much work an evaluation is, a search ends, says so, and finds the same however it is divided.
#[test]
fn a_search_ends_when_its_budget_is_spent() {
    const WORK: usize = 400_000;
    let texts = [
        "depth:layers=20,act=relu,n=500",
        "depth:layers=20,act=tanh,n=500",
        "depth:layers=20,act=linear,n=500",
        "tanh2:n=1000",
        "relu2:n=1000",
        "network:w2*tanh(w1*x+w2*tanh(w1*x+w2))+sin(w1*x)*exp(-w2^2)",
        "levy13",
    ];
    for text in texts {
        let landscape = Landscape::parse(text).unwrap();
        let mut whole = Search::within(&landscape, WORK);
        while !whole.advance(usize::MAX) {}
        let most = WORK / landscape.cost();
        // The last piece of work may be a row, or a look around a degenerate point.
        let piece = LAST.max(AROUND / landscape.cost());
        assert!(whole.evaluations <= most + piece, "{text}: {} evaluations of {most}", whole.evaluations);
        let mut divided = Search::within(&landscape, WORK);
        while !divided.advance(997) {}
        assert_eq!((divided.points(), divided.evaluations), (whole.points(), whole.evaluations), "{text}");
        let completeness = whole.completeness().unwrap();
        assert_eq!(completeness, divided.completeness().unwrap(), "{text}");
        if completeness == Completeness::Uncounted(Obstacle::Budget) {
            assert!(!completeness.is_whole() && completeness.text().contains("the search stopped"), "{text}");
        }
    }
    let deep = Landscape::parse(texts[0]).unwrap();
    let mut search = Search::within(&deep, WORK);
    while !search.advance(usize::MAX) {}
    assert_eq!(search.completeness(), Some(Completeness::Uncounted(Obstacle::Budget)), "not all was looked at");
}

#[test]
fn no_search_of_the_catalogue_comes_near_its_budget() {
    for entry in crate::landscapes::entries() {
        let landscape = Landscape::of(entry);
        let search = Search::finished(&landscape);
        assert!(search.evaluations < search.most / 2, "{}: {} of {}", entry.id, search.evaluations, search.most);
    }
}

#[test]
fn a_minimum_on_a_kink_has_no_eigenvalues_and_a_degenerate_point_its_index() {
    let ackley = Search::finished(&Landscape::parse("ackley").unwrap()).points();
    assert_eq!((ackley[0].name(), ackley[0].index), ("minimum on a kink", Some(1)), "the cone");
    let monkey = Search::finished(&Landscape::parse("monkey").unwrap()).points();
    assert_eq!((monkey[0].kind, monkey[0].index), (Kind::Degenerate, Some(-2)), "six sectors, three of them down");
}

#[test]
fn a_continuum_is_a_set_and_no_heap_of_points() {
    let trough = Landscape::parse("trough").unwrap();
    assert_eq!(trough.critical_sets().len(), 1, "the line x = 0");
    let relu = Search::finished(&Landscape::parse("relu").unwrap()).points();
    assert!(!relu.is_empty() && relu.iter().all(|point| point.kind == Kind::Minimum), "{relu:?}");
}

/// A long valley has one minimum, however long it is, where the entries of the Hessian tell; what is a line is one.
#[test]
fn long_valleys_are_no_lines() {
    let fitted = |xs: &dyn Fn(usize) -> f64| {
        let noise = [0.3, -0.8, 0.5, 0.9, -0.4, -0.6, 0.2, 0.7, -0.9, 0.1];
        let lines =
            noise.iter().enumerate().map(|(index, noise)| format!("{:?},{}\n", xs(index), 3.0 * index as f64 + noise));
        let text = format!("x,y\n{}", lines.collect::<String>());
        let read = move |_: &std::path::Path| Ok(text.clone().into_bytes());
        Landscape::parse_with("linreg:data=f.csv", None, &read).unwrap()
    };
    let formula = |text: &str| Landscape::of_formula(text).unwrap();
    for (name, landscape) in [
        ("x from 1000", fitted(&|index| 1e3 + index as f64)),
        ("x from a million", fitted(&|index| 1e6 + index as f64)),
        ("x from ten million", fitted(&|index| 1e7 + index as f64)),
        ("nearly equal x", fitted(&|index| 1.0 + 1e-6 * index as f64)),
        ("kappa 1e18", formula("x^2+1e-18y^2")),
        ("a turned valley", formula("(x+y)^2+1e-12(x-y)^2")),
        ("a valley aside", formula("(x+y)^2+1e-10(x-y-1)^2")),
        ("a large scale", formula("1e16x^2+(y-1)^2")),
    ] {
        let search = Search::finished(&landscape);
        let points = search.points();
        assert_eq!(search.sets(), [], "{name}: no line");
        assert_eq!(counts(&points), [1, 0, 0, 0], "{name}: {points:?}");
        assert!(points[0].eigenvalues.is_some_and(|[low, high]| low > 0.0 && high > 0.0), "{name}: {points:?}");
    }
    for (name, landscape) in [
        ("equal x", fitted(&|_| 3.0)),
        ("equal x, no whole number", fitted(&|_| 0.1)),
        ("a square", formula("(0.3x+0.7y)^2")),
        ("a square of thirds", formula("(x/3+y/7)^2")),
    ] {
        let search = Search::finished(&landscape);
        let [set] = &search.sets()[..] else { panic!("{name}: {:?}", search.sets()) };
        assert!(set.kind == "minimum" && set.text.starts_with("every point"), "{name}: {set:?}");
        assert_eq!(search.points(), [], "{name}");
    }
    // Where the numbers do not tell, this is said.
    for (name, landscape) in [
        ("x from a billion", fitted(&|index| 1e9 + index as f64)),
        ("all but equal x", fitted(&|index| 1.0 + 1e-10 * index as f64)),
    ] {
        let search = Search::finished(&landscape);
        let [set] = &search.sets()[..] else { panic!("{name}: {:?}, {:?}", search.sets(), search.points()) };
        let says_where = set.text.contains("flat to rounding") || set.text.contains("the loss is least near");
        assert!(says_where, "{name}: {set:?}");
    }
}

/// A point that Newton's method knows to a few digits only is named by the number that it is.
#[test]
fn flat_points_have_no_dust() {
    for (text, at) in [
        ("formula:x^4+y^4", [0.0, 0.0]),
        ("formula:(x-1)^4+(y+0.5)^4", [1.0, -0.5]),
        ("formula:(x-0.25)^4+y^2", [0.25, 0.0]),
        ("monkey", [0.0, 0.0]),
    ] {
        let points = Search::finished(&Landscape::parse(text).unwrap()).points();
        let found: Vec<Point> = points.iter().map(|point| point.at).collect();
        assert_eq!(found, [Point::from(at)], "{text}");
    }
    let depth = Search::finished(&Landscape::parse("depth:layers=3").unwrap()).points();
    assert!(depth.iter().any(|point| point.at.x == 0.0), "{depth:?}");
}

/// The texts of the sets of a landscape.
fn set_texts(text: &str) -> Vec<String> {
    let search = Search::finished(&Landscape::parse(text).unwrap());
    search.sets().into_iter().map(|set| format!("{}: {}", set.kind, set.text)).collect()
}

/// Lines of critical points end at jumps, at level areas and at poles, and none of the pieces is missing.
#[test]
fn lines_end_where_they_do() {
    for (text, expected) in [
        (
            "formula:step(x)*(y-1)^2",
            &[
                "flat: a region within [−3.0000, 0] × [−3.0000, 3.0000], on which the loss is 0",
                "minimum: every point of the line from (0, 1.0000) to (3.0000, 1.0000)",
            ][..],
        ),
        (
            "formula:y^2+floor(x/2)",
            &[
                "minimum: every point of the line from (−3.0000, 0) to (−2.0000, 0)",
                "minimum: every point of the line from (−2.0000, 0) to (0, 0)",
                "minimum: every point of the line from (0, 0) to (2.0000, 0)",
                "minimum: every point of the line from (2.0000, 0) to (3.0000, 0)",
            ],
        ),
        (
            "formula:-y^2-step(x-1)",
            &[
                "maximum: every point of the line from (−3.0000, 0) to (1.0000, 0)",
                "maximum: every point of the line from (1.0000, 0) to (3.0000, 0)",
            ],
        ),
        ("formula:x y^2", &["degenerate: every point of the line y = 0"]),
    ] {
        let mut found = set_texts(text);
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
    let sets = set_texts("formula:x y/(x^2+y^2)");
    let of_kind = |kind: &str| sets.iter().filter(|text| text.starts_with(kind)).count();
    assert_eq!([of_kind("minimum"), of_kind("maximum")], [2, 2], "both diagonals, and not their middle: {sets:?}");
}

/// On a grid a point without curvature is one, and its index is that of the data.
#[test]
fn a_monkey_saddle_on_a_grid_is_one() {
    let rows = (0..81).map(|index| {
        let [x, y] = [index % 9, index / 9].map(|step| f64::from(step) / 4.0 - 1.0);
        format!("{x},{y},{}\n", x * x * x - 3.0 * x * y * y)
    });
    let text = format!("x,y,loss\n{}", rows.collect::<String>());
    let read = move |_: &std::path::Path| Ok(text.clone().into_bytes());
    let landscape = Landscape::parse_with("grid:monkey.csv", None, &read).unwrap();
    let search = Search::finished(&landscape);
    let [point] = search.points()[..] else { panic!("{:?}", search.points()) };
    assert_eq!((point.kind, point.index, point.at), (Kind::Degenerate, Some(-2), Point::origin()), "{point:?}");
    assert!(search.completeness().unwrap().is_whole(), "{:?}", search.completeness());
}

#[test]
fn a_search_says_when_not_all_kinks_were_followed() {
    let many: Vec<String> = (0..70).map(|index| format!("|x-{index}/40|")).collect();
    for (text, words) in [
        (format!("formula:{}+y^2", many.join("+")), "more kinks than the 64 that are followed"),
        (format!("formula:{}+y^2", many[..7].join("+")), "around a point on a kink"),
    ] {
        let completeness = Search::finished(&Landscape::parse(&text).unwrap()).completeness().unwrap();
        assert!(!completeness.is_whole() && completeness.text().contains(words), "{text:.40}: {}", completeness.text());
    }
}
