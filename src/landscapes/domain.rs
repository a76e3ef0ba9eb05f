//! The region of weights that suits the samples of a network: where its minima lie, as wide as their bowls.

use super::{Loss, ViewBox};
use crate::numbers::{Point, Symmetric2, Vector};

/// Iterations from a start.
const ITERATIONS: usize = 60;

/// A bowl narrower than this share of a box is not seen in it.
const NARROWEST: f64 = 0.02;

/// How much wider than a bowl its box is.
const ROOM: f64 = 1.5;

/// Which minimum a region must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The lowest that is found, wide enough to be seen.
    Lowest,
    /// Any, however narrow: the usual region was chosen for samples like these, and a lesson compares them in one region.
    Any,
}

/// The region in which the minima of a loss over these samples lie: the usual one if what is wanted is seen in it, or else
/// one around the lowest; the usual one too where no minimum is found. `samples` are (x, y).
pub(super) fn domain(loss: &dyn Loss, samples: &[[f64; 2]], usual: ViewBox, wanted: Wanted) -> ViewBox {
    let bowls: Vec<Bowl> = starts(samples, &usual).into_iter().filter_map(|start| Bowl::below(loss, start)).collect();
    let Some(lowest) = bowls.iter().min_by(|a, b| a.value.total_cmp(&b.value)) else { return usual };
    let is_any_seen = || wanted == Wanted::Any && bowls.iter().any(|bowl| usual.contains(bowl.at));
    if lowest.is_seen_in(&usual) || is_any_seen() {
        return usual;
    }
    // Another minimum as good belongs to the picture, if it is not far away.
    let as_good = |bowl: &&Bowl| bowl.value - lowest.value <= 1e-6 * lowest.drop && bowl.is_near(lowest);
    let own = lowest.view();
    bowls.iter().filter(as_good).fold(own, |view, bowl| hull(view, bowl.view()))
}

/// A region for samples that are moved one by one, from the one before: it stays while a minimum is seen in it, and
/// grows otherwise, so that the picture does not jump under the hand.
pub(super) fn followed(loss: &dyn Loss, samples: &[[f64; 2]], before: ViewBox) -> ViewBox {
    let center = Bowl::below(loss, before.center()).filter(|bowl| bowl.is_seen_in(&before));
    if center.is_some() {
        return before;
    }
    hull(before, domain(loss, samples, before, Wanted::Any))
}

/// The smallest box around two.
fn hull(a: ViewBox, b: ViewBox) -> ViewBox {
    let around = |[a0, a1]: [f64; 2], [b0, b1]: [f64; 2]| [a0.min(b0), a1.max(b1)];
    ViewBox { x: around(a.x, b.x), y: around(a.y, b.y) }
}

/// Where to begin: places of the usual box, and weights of the size that these samples ask for.
fn starts(samples: &[[f64; 2]], usual: &ViewBox) -> Vec<Point> {
    let size = |axis: usize| {
        let squares = samples.iter().map(|sample| sample[axis] * sample[axis]).sum::<f64>();
        (squares / samples.len() as f64).sqrt()
    };
    let scale = |size: f64| if size > 0.0 && size.is_finite() { size } else { 1.0 };
    let [x, y] = [0, 1].map(|axis| scale(size(axis)));
    let places = [[0.35, 0.35], [-0.35, 0.35], [0.35, -0.35], [-0.35, -0.35]];
    let inside = places.map(|[a, b]| usual.center() + Vector::new(a * usual.width(), b * usual.height()));
    // w₂ φ(w₁x) with an input of its hidden unit about 1, and w₁x + w₂.
    let layers = [[1.0 / x, y], [-1.0 / x, y], [1.0 / x, -y], [-1.0 / x, -y], [y / x, 0.0], [1.0 / x, 0.1]];
    inside.into_iter().chain(layers.map(Point::from)).collect()
}

/// A minimum, and how wide the loss around it is.
struct Bowl {
    at: Point,
    value: f64,
    /// How far the loss at weights 0, or where the way down began, lies above it.
    drop: f64,
    /// How far along each axis the loss, by its curvature, rises by that.
    half: Vector,
}

impl Bowl {
    /// The minimum at the end of a way down.
    fn below(loss: &dyn Loss, start: Point) -> Option<Self> {
        let at = descend(loss, start)?;
        let here = loss.second_order(at);
        let Symmetric2 { xx, xy, yy } = here.hessian;
        if !(xx > 0.0 && yy > 0.0 && xx * yy - xy * xy > 1e-12 * xx * yy) {
            return None;
        }
        let zero = loss.value(Point::origin());
        let above = if zero > here.value { zero } else { loss.value(start) };
        let drop = above - here.value;
        let reach = |curvature: f64, at: f64| {
            let half = (2.0 * drop / curvature).sqrt().max(at.abs());
            half.max(1e-6 * at.abs())
        };
        let half = Vector::new(reach(here.hessian.xx, at.x), reach(here.hessian.yy, at.y));
        let is_wide = half.x > 0.0 && half.y > 0.0 && half.x.is_finite() && half.y.is_finite();
        // Far out on the way to a minimum at infinity there is a hint of curvature, too, but beyond it nothing rises.
        let rises = |by: Vector| loss.value(at + by) - here.value > 1e-3 * drop;
        let [across, up] = [Vector::new(half.x, 0.0), Vector::new(0.0, half.y)];
        (is_wide && [across, -across, up, -up].into_iter().all(rises)).then_some(Self {
            at,
            value: here.value,
            drop,
            half,
        })
    }

    fn is_seen_in(&self, view: &ViewBox) -> bool {
        let is_wide = self.half.x >= NARROWEST * view.width() && self.half.y >= NARROWEST * view.height();
        view.contains(self.at) && is_wide
    }

    fn is_near(&self, other: &Self) -> bool {
        let way = self.at - other.at;
        let size = self.half + other.half;
        way.x.abs() <= 3.0 * size.x && way.y.abs() <= 3.0 * size.y
    }

    fn view(&self) -> ViewBox {
        let side = |at: f64, half: f64| {
            let (low, high) = (at - ROOM * half, at + ROOM * half);
            // Edges with as many decimals as the tenth of the side has.
            let exponent = libm::floor(libm::log10((high - low) / 10.0));
            let unit = libm::exp10(exponent);
            [libm::floor(low / unit), libm::ceil(high / unit)]
                .map(|edge| format!("{edge:.0}e{exponent}").parse().unwrap_or(edge * unit))
        };
        let view = ViewBox { x: side(self.at.x, self.half.x), y: side(self.at.y, self.half.y) };
        if view.is_sane() { view } else { ViewBox::square(ROOM * self.at.coords.norm().max(1.0)) }
    }
}

/// Newton's method with the Hessian made positive definite and steps halved until the loss falls: where it comes to rest.
///
/// It does not care for the size of the weights: a paraboloid of any shape takes one step.
fn descend(loss: &dyn Loss, start: Point) -> Option<Point> {
    let mut at = start;
    let mut here = loss.second_order(at);
    for _ in 0..ITERATIONS {
        let step = downhill(here.hessian, here.gradient)?;
        let promised = -here.gradient.dot(&step);
        if !promised.is_finite() {
            return None;
        }
        if promised <= 1e-14 * here.value.abs() || promised == 0.0 {
            return Some(at);
        }
        let lower = (0..30).find_map(|halvings| {
            let next = at + step * libm::ldexp(1.0, -halvings);
            let value = loss.value(next);
            (value < here.value).then_some(next)
        });
        let Some(next) = lower else { return Some(at) };
        at = next;
        here = loss.second_order(at);
    }
    // Still falling: towards infinity, or along a long valley. Where the promise is small it has arrived all the same.
    let step = downhill(here.hessian, here.gradient)?;
    (-here.gradient.dot(&step) <= 1e-6 * here.value.abs()).then_some(at)
}

/// −|H|⁻¹g, the weights measured in units in which both curve alike; eigenvalues that are next to nothing count as a small
/// share of the other.
fn downhill(hessian: Symmetric2, gradient: Vector) -> Option<Vector> {
    if !hessian.is_finite() || !gradient.iter().all(|slope| slope.is_finite()) {
        return None;
    }
    let largest = hessian.xx.abs().max(hessian.yy.abs());
    let unit = |curvature: f64| curvature.abs().max(1e-30 * largest).sqrt().recip();
    let [x, y] = [unit(hessian.xx), unit(hessian.yy)];
    if !(x.is_finite() && y.is_finite()) {
        return (gradient == Vector::zeros()).then(Vector::zeros);
    }
    let scaled = Symmetric2 { xx: hessian.xx * x * x, xy: hessian.xy * x * y, yy: hessian.yy * y * y };
    let slope = Vector::new(gradient.x * x, gradient.y * y);
    let eigen = scaled.eigen();
    let largest = eigen.values[0].abs().max(eigen.values[1].abs());
    let part = |index: usize| {
        let (value, vector) = (eigen.values[index].abs().max(1e-14 * largest), eigen.vectors[index]);
        -vector * (vector.dot(&slope) / value)
    };
    let step = part(0) + part(1);
    Some(Vector::new(step.x * x, step.y * y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, networks};

    #[test]
    fn usual_samples_keep_the_usual_box() {
        for entry in networks::ENTRIES {
            let landscape = Landscape::of(entry);
            for text in ["", "seed=7", "n=40", "noise=0.05", "seed=3,n=9"] {
                let drawn = Landscape::parse(&format!("{}:{text}", entry.id)).unwrap();
                let lowest = Bowl::below(drawn.loss(), drawn.view().center());
                let seen = lowest.is_none_or(|bowl| !entry.view.contains(bowl.at) || drawn.view() == landscape.view());
                assert!(seen, "{drawn}: {:?}", drawn.view());
            }
        }
    }

    #[test]
    fn a_minimum_at_infinity_moves_no_box() {
        for text in
            ["network:sigmoid(w1 x+w2),loss=ce", "network:tanh(w1 x+w2),loss=ce", "network:relu(w1 x+w2),loss=ce"]
        {
            let view = Landscape::parse(text).unwrap().view();
            assert!(view.size() < 100.0, "{text}: {view:?}");
        }
    }

    /// House prices, thousandths, a far offset: the least-squares line by the normal equations lies inside, and wide enough.
    #[test]
    fn the_box_of_a_line_holds_its_minimum() {
        for samples in [
            vec![[1000.0, 200_000.0], [2000.0, 390_000.0], [3000.0, 610_000.0]],
            vec![[1e-3, 1e-6], [2e-3, 3e-6], [4e-3, 2e-6]],
            vec![[-1.0, 1e9], [0.0, 1e9 + 3.0], [1.0, 1e9 + 1.0]],
            vec![[1e5, 1.0], [1.1e5, 2.0], [1.2e5, 2.5]],
            vec![[0.0, 50.0], [1.0, 52.0], [2.0, 55.0]],
        ] {
            let count = samples.len() as f64;
            let mean = |axis: usize| samples.iter().map(|sample| sample[axis]).sum::<f64>() / count;
            let (x, y) = (mean(0), mean(1));
            let slope = samples.iter().map(|s| (s[0] - x) * (s[1] - y)).sum::<f64>()
                / samples.iter().map(|s| (s[0] - x) * (s[0] - x)).sum::<f64>();
            let best = Point::new(slope, y - slope * x);
            for network in ["linreg", "network:w1 x + w2", "network:w1 x + w2,loss=sse", "depth:layers=1,act=linear"] {
                let lines: Vec<String> = samples.iter().map(|[x, y]| format!("{x},{y}")).collect();
                let text = lines.join("\n");
                let read = |_: &std::path::Path| Ok(format!("x,y\n{text}").into_bytes());
                let comma = if network.contains([':', ',']) { "," } else { ":" };
                let landscape = Landscape::parse_with(&format!("{network}{comma}data=f.csv"), None, &read).unwrap();
                let view = landscape.view();
                assert!(view.contains(best), "{network}: {best} in {view:?}");
                let start = Point::from(landscape.suggestion().start);
                assert!(view.contains(start), "{network}: {start} in {view:?}");
                let [begin, lowest] = [start, best].map(|at| landscape.loss().value(at));
                let after = start - landscape.loss().first_order(start).gradient * landscape.suggestion().rate;
                assert!(lowest < begin && landscape.loss().value(after) < begin, "{network}: the first step goes down");
            }
        }
    }

    #[test]
    fn a_box_grows_while_a_sample_is_dragged_and_never_jumps() {
        let mut landscape = Landscape::parse("linreg").unwrap();
        let mut views = vec![landscape.view()];
        for step in 0..60 {
            let mut samples = landscape.data().unwrap().samples().to_vec();
            samples[0][1] = f64::from(step) * 2.0;
            landscape = landscape.with_samples(samples).unwrap();
            let (view, last) = (landscape.view(), views[views.len() - 1]);
            assert_eq!(hull(view, last), view, "step {step}: it only grows");
            views.push(view);
        }
        views.dedup();
        assert!((2..8).contains(&views.len()), "and not often: {views:?}");
    }
}
