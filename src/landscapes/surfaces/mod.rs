//! The surfaces: one file each, with its entry and its formula written once. To add one, add its `mod` and its `ENTRY` here.

mod ackley;
mod beale;
mod booth;
mod bowl;
mod bukin6;
mod camel3;
mod camel6;
mod cliff;
mod cubic_roots;
mod double_well;
mod easom;
mod goldstein_price;
mod griewank;
mod himmelblau;
mod l1;
mod levy13;
mod matyas;
mod mccormick;
mod monkey;
mod parabola;
mod plateau;
mod quad;
mod rastrigin;
mod ravine;
mod relu_kink;
mod rosenbrock;
mod saddle;
mod styblinski_tang;
mod trough;

use super::Entry;

/// Every surface, in the order of the picker: by group, the simplest first.
pub static ENTRIES: &[&Entry] = &[
    &parabola::ENTRY,
    &bowl::ENTRY,
    &quad::ENTRY,
    &trough::ENTRY,
    &booth::ENTRY,
    &matyas::ENTRY,
    &ravine::ENTRY,
    &rosenbrock::ENTRY,
    &beale::ENTRY,
    &double_well::ENTRY,
    &himmelblau::ENTRY,
    &styblinski_tang::ENTRY,
    &mccormick::ENTRY,
    &camel3::ENTRY,
    &camel6::ENTRY,
    &goldstein_price::ENTRY,
    &griewank::ENTRY,
    &ackley::ENTRY,
    &rastrigin::ENTRY,
    &levy13::ENTRY,
    &saddle::ENTRY,
    &monkey::ENTRY,
    &cubic_roots::ENTRY,
    &plateau::ENTRY,
    &easom::ENTRY,
    &cliff::ENTRY,
    &l1::ENTRY,
    &relu_kink::ENTRY,
    &bukin6::ENTRY,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::f64::consts::{FRAC_PI_3, PI};

    use super::*;
    use crate::landscapes::{Landscape, Suggestion};
    use crate::numbers::{Point, Vector};

    fn corners(landscape: &Landscape) -> Vec<Point> {
        (landscape.entry().corners)(landscape.values(), landscape.data())
    }

    #[test]
    fn known_critical_points_have_their_values() {
        let root_3_half = 0.75_f64.sqrt();
        let (low, high) = (-2.903_534_027_771_177, 2.746_802_770_990_836);
        for (text, at, value) in [
            ("booth", [1.0, 3.0], 0.0),
            ("matyas", [0.0, 0.0], 0.0),
            ("ravine:a=3,b=2", [0.0, 0.0], 0.0),
            ("beale", [3.0, 0.5], 0.0),
            ("beale", [0.0, 1.0], 14.203_125),
            ("styblinski_tang", [low, low], -78.332_331_407_542_83),
            ("styblinski_tang", [low, high], -64.195_612_359_055_36),
            ("mccormick", [0.5 - FRAC_PI_3, -0.5 - FRAC_PI_3], -root_3_half - FRAC_PI_3),
            ("camel3", [0.0, 0.0], 0.0),
            ("camel3", [1.747_552_345_830_288, -0.873_776_172_915_144], 0.298_638_442_236_859),
            ("camel6", [0.089_842_013_100_318, -0.712_656_403_020_739], -1.031_628_453_489_877),
            ("goldstein_price", [0.0, -1.0], 3.0),
            ("goldstein_price", [-0.6, -0.4], 30.0),
            ("goldstein_price", [1.8, 0.2], 84.0),
            ("goldstein_price", [1.2, 0.8], 840.0),
            ("goldstein_price", [0.8, 0.2], 1155.0),
            ("griewank", [0.0, 0.0], 0.0),
            ("griewank", [3.140_022_633_895_539, 4.438_444_480_920_714], 0.007_396_040_334_115_08),
            ("ackley", [0.0, 0.0], 0.0),
            ("ackley", [0.952_166_545_950_171, 0.0], 2.579_927_557_029_872),
            ("rastrigin", [0.994_958_637_652_334, 0.0], 0.994_959_057_093_291),
            ("levy13", [1.0, 1.0], 0.0),
            ("levy13", [1.329_619_474_548_313, 1.0], 0.109_873_658_358_838),
            ("monkey", [0.0, 0.0], 0.0),
            ("plateau", [0.0, 0.0], 0.0),
            ("easom", [PI, PI], -1.0),
            ("cliff", [-1.000_035_990_516_764, 0.0], 4.500_110_418_857_564e-7),
        ] {
            let found = Landscape::parse(text).unwrap().loss().second_order(Point::from(at));
            assert!((found.value - value).abs() <= 1e-13 * value.abs().max(1.0), "{text} {at:?}: {}", found.value);
            let rounding = 1e-14 * found.hessian.norm().max(1.0);
            assert!(found.gradient.norm() <= rounding, "{text} {at:?}: gradient {}", found.gradient);
        }
    }

    #[test]
    fn corners_are_minima_on_kinks_and_come_and_go_with_the_parameters() {
        for (text, number) in [
            ("ackley", 1),
            ("ackley:a=1,b=0.01,c=0", 1),
            ("l1:a=0.3", 1),
            ("l1:a=0", 0),
            ("relu_kink", 1),
            ("relu_kink:r=2", 1),
            ("relu_kink:r=2.1", 0),
            ("relu_kink:r=0", 0),
            ("bukin6", 1),
            ("rosenbrock", 0),
        ] {
            let landscape = Landscape::parse(text).unwrap();
            let found = corners(&landscape);
            assert_eq!(found.len(), number, "{text}");
            for corner in found {
                let floor = landscape.loss().value(corner);
                for turn in 0..360 {
                    let angle = f64::from(turn).to_radians();
                    let away = corner + Vector::new(libm::cos(angle), libm::sin(angle)) * 1e-4;
                    assert!(landscape.loss().value(away) > floor, "{text}: lower at {turn}°");
                }
            }
        }
    }

    #[test]
    fn the_slope_at_a_cone_is_zero_and_finite() {
        let tip = Landscape::parse("ackley").unwrap().loss().second_order(Point::new(0.0, 0.0));
        assert_eq!(tip.gradient, Vector::new(0.0, 0.0), "gradient");
        assert!(tip.hessian.norm().is_finite(), "{:?}", tip.hessian);
    }

    #[test]
    fn critical_sets_are_critical() {
        for text in ["trough", "l1:a=0", "l1:b=0", "l1:a=0,b=0", "relu_kink:r=0"] {
            let landscape = Landscape::parse(text).unwrap();
            let sets = landscape.critical_sets();
            assert_eq!(sets.len(), 1, "{text}");
            let shown = sets[0].polyline.iter().copied().chain(sets[0].label.map(|(at, _)| at));
            for at in shown {
                assert_eq!(landscape.loss().first_order(at).gradient.norm(), 0.0, "{text} at {at}");
            }
        }
        for text in ["l1", "relu_kink"] {
            assert_eq!(Landscape::parse(text).unwrap().critical_sets(), [], "{text}");
        }
    }

    #[test]
    fn entries_are_grouped_and_begin_inside_their_box() {
        let ids: BTreeSet<&str> = ENTRIES.iter().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), ENTRIES.len(), "an id twice");
        assert!(ENTRIES.is_sorted_by_key(|entry| entry.group), "groups stand together");
        for entry in ENTRIES {
            let Suggestion { start, rate } = entry.suggestion;
            assert!(entry.domain.contains(Point::from(start)), "{}", entry.id);
            let landscape = Landscape::of(entry);
            let first = landscape.loss().first_order(Point::from(start));
            let next = landscape.loss().value(Point::from(start) - first.gradient * rate);
            assert!(next < first.value, "{}: the first step climbs", entry.id);
        }
    }

    #[test]
    fn values_are_finite_throughout_the_box() {
        for entry in ENTRIES {
            let landscape = Landscape::of(entry);
            let view = entry.domain;
            for node in 0..41 * 41 {
                let [across, up] = [node % 41, node / 41].map(|step| f64::from(step) / 40.0);
                let at = Point::new(view.x[0] + across * view.width(), view.y[0] + up * view.height());
                let found = landscape.loss().second_order(at);
                let all = found.value + found.gradient.norm() + found.hessian.norm();
                assert!(all.is_finite(), "{} at {at}", entry.id);
            }
        }
    }
}
