//! Rescaled axes: derivatives, spelling, and what is known without a search, in either axes.

use super::*;
use crate::landscapes::entries;

const AXES: [RescaledAxes; 3] = [
    RescaledAxes { stretch: 3.0, angle: 0.4 },
    RescaledAxes { stretch: 0.25, angle: -2.0 },
    RescaledAxes { stretch: 7.5, angle: 0.0 },
];

/// Places all over a landscape, in its own axes.
fn places(landscape: &Landscape) -> Vec<Point> {
    let view = landscape.domain();
    let place = |[x, y]: [f64; 2]| Point::new(view.x[0] + x * view.width(), view.y[0] + y * view.height());
    [[0.37, 0.61], [0.12, 0.9], [0.66, 0.07], [0.81, 0.52]].map(place).to_vec()
}

#[test]
fn a_point_is_the_same_point_in_either_axes() {
    for axes in AXES {
        for x in [[1.0, 2.0], [-3.5, 0.1], [0.0, -1.0]].map(Point::from) {
            let back = axes.out_of(axes.into(x));
            assert!((back - x).norm() < 1e-14 * x.coords.norm(), "{axes:?}: {back} of {x}");
        }
    }
}

/// The directional derivatives of both forms agree: ∇ along d is ∇f along Ad, and dᵀHd is the curvature along Ad.
#[test]
fn the_loss_and_its_derivatives_are_those_of_the_same_point() {
    for entry in entries() {
        let plain = Landscape::of(entry);
        for axes in AXES.into_iter().filter(|axes| !plain.dimension().is_one() || axes.angle == 0.0) {
            let rescaled = plain.with_axes(axes).unwrap();
            for x in places(&plain) {
                let y = axes.into(x);
                // The very point that y stands for: into() rounds.
                let (f, g) = (plain.loss().second_order(axes.out_of(y)), rescaled.loss().second_order(y));
                assert_eq!(g.value.to_bits(), rescaled.loss().value(y).to_bits(), "{rescaled}");
                for d in [[1.0, 0.0], [0.0, 1.0], [0.6, -0.8]].map(Vector::from) {
                    let d = plain.dimension().part(d);
                    let out = plain.dimension().part(axes.out_of(Point::from(d)).coords);
                    let pairs = [
                        (g.value, f.value, 0.0),
                        (g.gradient.dot(&d), f.gradient.dot(&out), f.gradient.norm() * out.norm()),
                        (g.hessian.form(d), f.hessian.form(out), f.hessian.norm() * out.norm_squared()),
                    ];
                    for (found, wanted, scale) in pairs.into_iter().filter(|(_, wanted, _)| wanted.is_finite()) {
                        let error = (found - wanted).abs();
                        assert!(error <= 1e-12 * (scale + wanted.abs()), "{rescaled} at {y}: {found} and {wanted}");
                    }
                }
                let mut row = [0.0; 2];
                rescaled.loss().values(&[y.x, y.x], &[y.y, y.y], &mut row);
                let near = (row[1] - g.value).abs() <= 1e-9 * (1.0 + g.value.abs());
                assert!(near || !g.value.is_finite(), "{rescaled}: {row:?} in lanes");
            }
        }
    }
}

#[test]
fn it_is_spelled_kept_and_taken_away_again() {
    for text in [
        "quad:kappa=50,stretch=3,angle=0.4",
        "himmelblau:stretch=0.5,angle=0",
        "formula:a x^2 + y^2,a=3,stretch=2,angle=1",
    ] {
        let landscape = Landscape::parse(text).unwrap();
        assert_eq!(landscape.to_string(), text);
        let moved = landscape.with_domain(Some(ViewBox::square(2.0)));
        assert_eq!(moved.spec().build().unwrap(), moved, "{text}: built again");
        assert_eq!(landscape.spec().build().unwrap().suggestion(), landscape.suggestion(), "{text}");
        let plain = landscape.with_axes(RescaledAxes::PLAIN).unwrap();
        assert_eq!(plain.axes(), RescaledAxes::PLAIN, "{text}: its own axes");
        assert!(!plain.to_string().contains("stretch") && landscape.notes().iter().any(|note| note.contains("f(Ay)")));
        let twice = landscape.with_axes(RescaledAxes { stretch: 2.0, angle: 0.1 }).unwrap();
        assert_eq!(
            twice,
            plain.with_axes(RescaledAxes { stretch: 2.0, angle: 0.1 }).unwrap(),
            "{text}: not one in the other"
        );
    }
    let sliding = Landscape::parse("quad:stretch=3").unwrap().with_parameter(1, 7.0).unwrap();
    assert_eq!(sliding.to_string(), "quad:kappa=7,stretch=3,angle=0", "a parameter leaves the axes");
    for (text, words) in [
        ("quad:stretch=0", "stretch cannot be 0"),
        ("quad:stretch=-2", "stretch cannot be -2"),
        ("quad:angle=x", "'x'"),
        ("parabola:angle=1", "this loss has one"),
    ] {
        let error = Landscape::parse(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn critical_sets_and_kink_lines_are_where_they_are() {
    let axes = AXES[0];
    let trough = Landscape::parse("trough").unwrap().with_axes(axes).unwrap();
    let [set] = &trough.critical_sets()[..] else { panic!("the line of minima") };
    for at in &set.polyline {
        assert!(trough.loss().first_order(*at).gradient.norm() < 1e-9, "{at} lies on it");
    }
    let plain = Landscape::parse("l1").unwrap();
    for (line, own) in std::iter::zip(plain.with_axes(axes).unwrap().kink_lines(), plain.kink_lines()) {
        for x in places(&plain) {
            let (value, gradient) = line.argument.at(axes.into(x));
            let (wanted, slope) = own.argument.at(x);
            assert!((value - wanted).abs() < 1e-12, "{:?}: {value} and {wanted}", line.equation);
            assert!((gradient - pulled(axes.columns(), slope)).norm() < 1e-12, "{:?}", line.equation);
        }
    }
}
