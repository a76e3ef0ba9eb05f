//! Performance profiles: for every method the share of problems that it solves with at most τ times the evaluations of the best.
//!
//! Source: E. D. Dolan and J. J. Moré, Benchmarking optimization software with performance profiles (2002).

use super::ink::{Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;

/// Beyond this ratio, in powers of ten, no method is compared any more.
const MOST: f64 = 4.0;
/// The least range, in powers of ten.
const LEAST: f64 = 1.0;

/// The profile of a method.
#[derive(Clone, Debug)]
pub struct ProfileCurve<'a> {
    /// What it is called, at its right end.
    pub name: String,
    /// The role of its color.
    pub ink: Ink,
    /// What marks it at its right end.
    pub shape: MarkerShape,
    /// The ratios at which some share changes, rising, and the shares there.
    pub tau: &'a [f64],
    /// The share at each of them, 0 to 1.
    pub share: &'a [f64],
    /// Whether it stands out and has its name; of very many methods the others are pale.
    pub stands_out: bool,
}

/// The picture: τ along x at its decimal logarithm, the share along y in percent.
pub struct ProfileChart {
    /// The curves with their names.
    pub primitives: Vec<Primitive<'static>>,
    /// What the frame shows.
    pub view: ViewBox,
}

/// The name of a curve with the percentage that it reaches.
fn name(curve: &ProfileCurve<'_>, right: f64, percent: f64) -> Primitive<'static> {
    let places = [1.0, 0.8, 0.6, 0.4].map(|along| Point::new(along * right, percent_at(curve, along * right)));
    let places = places.into_iter().flat_map(|at| [(at, Anchor::Bottom), (at, Anchor::Top), (at, Anchor::Right)]);
    let text = format!("{} {percent:.0} %", curve.name);
    Primitive::Name { places: places.collect(), text, ink: curve.ink, strong: false }
}

/// The chart, with the names of the curves where no legend has them; `None` where no method solves anything.
pub fn profile_chart(curves: &[ProfileCurve<'_>], has_names: bool) -> Option<ProfileChart> {
    let is_solved = curves.iter().any(|curve| curve.share.last().is_some_and(|share| *share > 0.0));
    if !is_solved {
        return None;
    }
    let largest = curves.iter().filter_map(|curve| curve.tau.last()).fold(1.0_f64, |most, tau| most.max(*tau));
    let right = (1.05 * libm::log10(largest)).clamp(LEAST, MOST);
    let view = ViewBox::new(0.0, right, 0.0, 104.0);
    let mut primitives = Vec::new();
    for curve in curves {
        let steps = steps(curve, right);
        if let Some(last) = steps.last().copied() {
            if curve.stands_out {
                primitives.push(Primitive::line(steps, Pen::new(curve.ink, 2.2).avoided()));
                let pen = Pen::new(curve.ink, 1.6).with_halo(0.8);
                primitives.push(Primitive::mark(last, curve.shape, 4.0, pen, true));
                if has_names {
                    primitives.push(name(curve, right, last.y));
                }
            } else {
                primitives.insert(0, Primitive::line(steps, Pen::new(curve.ink, 1.2).pale(0.35)));
            }
        }
    }
    Some(ProfileChart { primitives, view })
}

/// The share in percent at a decimal logarithm of τ.
fn percent_at(curve: &ProfileCurve<'_>, log: f64) -> f64 {
    let place = curve.tau.partition_point(|tau| libm::log10(*tau) <= log);
    100.0 * place.checked_sub(1).and_then(|place| curve.share.get(place)).copied().unwrap_or(0.0)
}

/// The corners of the steps up to the right end; those that lead nowhere are left out.
fn steps(curve: &ProfileCurve<'_>, right: f64) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::new();
    for (tau, share) in curve.tau.iter().zip(curve.share) {
        let (x, percent) = (libm::log10(*tau), 100.0 * share);
        if x > right {
            break;
        }
        match corners.last().copied() {
            Some(last) if last.y == percent => {}
            Some(last) => corners.extend([Point::new(x, last.y), Point::new(x, percent)]),
            None => corners.push(Point::new(0.0, percent)),
        }
    }
    if let Some(last) = corners.last().copied() {
        corners.push(Point::new(right, last.y));
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_a_staircase_from_the_share_of_wins_to_the_share_solved() {
        let curve = |share| ProfileCurve {
            stands_out: true,
            name: "A".into(),
            ink: Ink::Truth,
            shape: MarkerShape::Circle,
            tau: &[1.0, 2.0, 10.0],
            share,
        };
        let chart = profile_chart(&[curve(&[0.25, 0.5, 0.5])], true).unwrap();
        let corners: Vec<Point> = chart
            .primitives
            .iter()
            .find_map(|primitive| match primitive {
                Primitive::Line { places, .. } => Some((0..places.len()).map(|index| places.get(index)).collect()),
                _ => None,
            })
            .unwrap();
        let log2 = libm::log10(2.0);
        let right = chart.view.x[1];
        let expected = [[0.0, 25.0], [log2, 25.0], [log2, 50.0], [right, 50.0]].map(Point::from);
        assert_eq!(corners, expected);
        assert!(right >= 1.0 && profile_chart(&[curve(&[0.0, 0.0, 0.0])], true).is_none(), "nobody solves anything");
    }
}
