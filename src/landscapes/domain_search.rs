//! Searches the region of weights that suits the samples of a network: where its minima lie, as wide as their bowls. Which
//! search is asked for, `suited.rs` decides.

use super::data_bowl::DataBowl;
use super::{Loss, ViewBox};
use crate::numbers::{Point, Vector};

/// Ways down that end within this share of the lowest one's drop end as low.
const AS_LOW: f64 = 0.1;

/// Returns the usual region if any minimum lies in it, however narrow, or if none is found; else one around the lowest.
///
/// For samples that are drawn, or made from drawn ones: the usual region was chosen for samples like these, and a lesson
/// compares them in one region. `samples` are (x, y).
pub(super) fn drawn(loss: &dyn Loss, samples: &[[f64; 2]], usual: ViewBox) -> ViewBox {
    let bowls: Vec<DataBowl> =
        starts(samples, &usual).into_iter().filter_map(|start| DataBowl::below(loss, start)).collect();
    let Some(lowest) = bowls.iter().min_by(|a, b| a.value.total_cmp(&b.value)) else { return usual };
    if lowest.is_seen_in(&usual) || bowls.iter().any(|bowl| usual.contains(bowl.at)) {
        return usual;
    }
    // Another minimum as good belongs to the picture, if it is not far away.
    let as_good = |bowl: &&DataBowl| bowl.value - lowest.value <= 1e-6 * lowest.drop && bowl.is_near(lowest);
    bowls.iter().filter(as_good).fold(lowest.view(), |view, bowl| hull(view, bowl.view()))
}

/// Returns the usual region if what is lowest is seen in it, or if nothing is found; else one around that.
///
/// For samples that were brought. What is lowest need not be an isolated minimum: of a curve of minima it is the one with the
/// smallest weights, and where the loss falls for ever the place at which most of its drop is done.
pub(super) fn brought(loss: &dyn Loss, samples: &[[f64; 2]], usual: ViewBox) -> ViewBox {
    let starts = starts(samples, &usual).into_iter().chain(more_starts(samples));
    let bowls: Vec<DataBowl> = starts.filter_map(|start| DataBowl::reached(loss, start)).collect();
    let Some(lowest) = chosen(&bowls, &usual) else { return usual };
    if lowest.is_seen_in(&usual) {
        return usual;
    }
    let as_good = |bowl: &&DataBowl| {
        let is_low = bowl.is_isolated == lowest.is_isolated && bowl.value - lowest.value <= 1e-6 * lowest.drop;
        is_low && bowl.is_near(lowest) && bowl.is_no_wider_than(lowest)
    };
    bowls.iter().filter(as_good).fold(lowest.view(), |view, bowl| hull(view, bowl.view()))
}

/// The lowest place, a minimum by itself before all others; among those as low the one with the smallest weights, about
/// which the loss changes soonest.
fn chosen<'a>(bowls: &'a [DataBowl], usual: &ViewBox) -> Option<&'a DataBowl> {
    let by_value = |a: &&DataBowl, b: &&DataBowl| a.value.total_cmp(&b.value);
    let lowest = bowls.iter().min_by(by_value)?;
    let is_as_low = |bowl: &&DataBowl| bowl.value - lowest.value <= AS_LOW * lowest.drop;
    let by_size = |a: &&DataBowl, b: &&DataBowl| a.size_in(usual).total_cmp(&b.size_in(usual));
    let isolated = bowls.iter().filter(|bowl| bowl.is_isolated).filter(is_as_low).min_by(by_value);
    let Some(best) = isolated else { return bowls.iter().filter(is_as_low).min_by(by_size) };
    let as_good = |bowl: &&DataBowl| bowl.is_isolated && bowl.value - best.value <= 1e-6 * best.drop;
    bowls.iter().filter(as_good).min_by(by_size)
}

/// A region for samples that are moved one by one, from the one before: it stays while a minimum is seen in it, and
/// grows otherwise, so that the picture does not jump under the hand.
pub(super) fn followed(loss: &dyn Loss, samples: &[[f64; 2]], before: ViewBox) -> ViewBox {
    let center = DataBowl::below(loss, before.center()).filter(|bowl| bowl.is_seen_in(&before));
    if center.is_some() {
        return before;
    }
    hull(before, drawn(loss, samples, before))
}

/// The smallest box around two.
fn hull(a: ViewBox, b: ViewBox) -> ViewBox {
    let around = |[a0, a1]: [f64; 2], [b0, b1]: [f64; 2]| [a0.min(b0), a1.max(b1)];
    ViewBox { x: around(a.x, b.x), y: around(a.y, b.y) }
}

/// The mean of a function of the samples.
fn mean(samples: &[[f64; 2]], of: impl Fn(&[f64; 2]) -> f64) -> f64 {
    samples.iter().map(of).sum::<f64>() / samples.len() as f64
}

/// Where to begin: places of the usual box, and weights of the size that these samples ask for.
fn starts(samples: &[[f64; 2]], usual: &ViewBox) -> Vec<Point> {
    let size = |axis: usize| mean(samples, |sample| sample[axis] * sample[axis]).sqrt();
    let scale = |size: f64| if size > 0.0 && size.is_finite() { size } else { 1.0 };
    let [x, y] = [0, 1].map(|axis| scale(size(axis)));
    let places = [[0.35, 0.35], [-0.35, 0.35], [0.35, -0.35], [-0.35, -0.35]];
    let inside = places.map(|[a, b]| usual.center() + Vector::new(a * usual.width(), b * usual.height()));
    // w₂ φ(w₁x) with an input of its hidden unit about 1, and w₁x + w₂.
    let layers = [[1.0 / x, y], [-1.0 / x, y], [1.0 / x, -y], [-1.0 / x, -y], [y / x, 0.0], [1.0 / x, 0.1]];
    inside.into_iter().chain(layers.map(Point::from)).collect()
}

/// Weights of other sizes that samples may ask for: by their spread where that is small beside their distance from 0, and
/// those of the straight line through them.
fn more_starts(samples: &[[f64; 2]]) -> Vec<Point> {
    let [x, y] = [0, 1].map(|axis| mean(samples, |sample| sample[axis]));
    let spread = mean(samples, |sample| (sample[0] - x) * (sample[0] - x));
    let slope = mean(samples, |sample| (sample[0] - x) * (sample[1] - y)) / spread;
    let steep = spread.sqrt().recip();
    let [size_x, size_y] = [0, 1].map(|axis| mean(samples, |sample| sample[axis] * sample[axis]).sqrt());
    let even = (size_y / size_x).sqrt();
    let places = [
        [steep, -x * steep],
        [-steep, x * steep],
        [slope, y - slope * x],
        [even, even],
        [-even, even],
        [even, -even],
        [-even, -even],
        [1.0 / size_x, 1.0 / size_x],
        [0.0, y],
    ];
    places.map(Point::from).into_iter().filter(|at| at.x.is_finite() && at.y.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, networks};
    use crate::numbers::some::some;

    #[test]
    fn usual_samples_keep_the_usual_box() {
        for entry in networks::ENTRIES {
            let landscape = Landscape::of(entry);
            for text in ["", "seed=7", "n=40", "noise=0.05", "seed=3,n=9"] {
                let drawn = Landscape::parse(&format!("{}:{text}", entry.id)).unwrap();
                let lowest = DataBowl::below(drawn.loss(), drawn.domain().center());
                let seen =
                    lowest.is_none_or(|bowl| !entry.domain.contains(bowl.at) || drawn.domain() == landscape.domain());
                assert!(seen, "{drawn}: {:?}", drawn.domain());
            }
        }
    }

    #[test]
    fn a_minimum_at_infinity_moves_no_box() {
        for text in
            ["network:sigmoid(w1 x+w2),loss=ce", "network:tanh(w1 x+w2),loss=ce", "network:relu(w1 x+w2),loss=ce"]
        {
            let view = Landscape::parse(text).unwrap().domain();
            assert!(view.size() < 100.0, "{text}: {view:?}");
        }
    }

    /// The best w₂ is 0 but for rounding, and the loss changes with it all the same.
    #[test]
    fn symmetric_samples_have_a_box_with_two_sides() {
        for network in ["logistic:", "sigmoid_mse:", "network:σ(w1 x + w2),", "network:w1 x + w2,loss=ce,"] {
            for samples in ["-2,0\n-1,0\n1,1\n2,1", "-3,0\n3,1", "-1,0\n-0.5,0\n0.5,1\n1,1", "1,1", "1,1\n1,1\n1,1"] {
                let read = |_: &std::path::Path| Ok(format!("x,y\n{samples}").into_bytes());
                let view = Landscape::parse_with(&format!("{network}data=f.csv"), None, &read).unwrap().domain();
                let sides = [view.width(), view.height()];
                assert!(sides.iter().all(|side| *side > 0.1), "{network} {samples:?}: {view:?}");
            }
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
                let view = landscape.domain();
                assert!(view.contains(best), "{network}: {best} in {view:?}");
                let start = Point::from(landscape.suggestion().start);
                assert!(view.contains(start), "{network}: {start} in {view:?}");
                let [begin, lowest] = [start, best].map(|at| landscape.loss().value(at));
                let after = start - landscape.loss().first_order(start).gradient * landscape.suggestion().rate;
                assert!(lowest < begin && landscape.loss().value(after) < begin, "{network}: the first step goes down");
            }
        }
    }

    /// Houses, thousandths, ordinary ones, steep and flat ones.
    const SAMPLES: &[(&str, &[[f64; 2]])] = &[
        ("houses", &[[1000.0, 200_000.0], [2000.0, 390_000.0], [3000.0, 610_000.0]]),
        ("small", &[[1e-3, 1e-6], [2e-3, 3e-6], [4e-3, 2e-6], [-3e-3, -1e-6]]),
        ("ordinary", &[[-1.5, -0.8], [-0.5, -0.4], [0.5, 0.6], [1.5, 0.9]]),
        ("steep", &[[-1.0, -5000.0], [0.5, 3000.0], [1.0, 5500.0]]),
        ("wide", &[[-4000.0, 0.1], [-100.0, 0.2], [100.0, 0.8], [3000.0, 0.9]]),
    ];

    /// Whatever the network and the size of its samples, the loss is seen to change in the box: the lower half of its drop is
    /// in it, is no speck of it and not all of it.
    #[test]
    fn the_box_shows_where_the_loss_goes_down() {
        const SIDE: usize = 61;
        let networks = [
            "linreg",
            "tanh2",
            "relu2",
            "deep_linear",
            "tanh",
            "relu",
            "sigmoid_mse",
            "depth:layers=3",
            "depth:layers=2,act=linear",
            "network:tanh(w1 x)+w2",
            "network:w2*relu(w1*x)",
            "network:w1*tanh(w2*x)",
            "network:w2*sigmoid(w1*x)",
            "network:sigmoid(w1*x+w2)",
            "network:w1 x + w2,loss=mae",
        ];
        let cases = networks.iter().flat_map(|network| SAMPLES.iter().map(move |set| (network, set)));
        for (network, (name, samples)) in some(cases, 2) {
            let lines: Vec<String> = samples.iter().map(|[x, y]| format!("{x},{y}")).collect();
            let read = |_: &std::path::Path| Ok(format!("x,y\n{}", lines.join("\n")).into_bytes());
            let comma = if network.contains(':') { "," } else { ":" };
            let landscape = Landscape::parse_with(&format!("{network}{comma}data=f.csv"), None, &read).unwrap();
            let view = landscape.domain();
            let lattice = |view: ViewBox| -> Vec<f64> {
                let place = |index: usize| (index as f64 + 0.5) / SIDE as f64;
                let cells = (0..SIDE * SIDE).map(|cell| [place(cell % SIDE), place(cell / SIDE)]);
                let at = |[a, b]: [f64; 2]| Point::new(view.x[0] + a * view.width(), view.y[0] + b * view.height());
                cells.map(|cell| landscape.loss().value(at(cell))).filter(|value| value.is_finite()).collect()
            };
            let values = lattice(view);
            let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
            // Other boxes, from small to large, hold nothing much lower.
            let scales = [1e-6, 1e-4, 1e-2, 1.0, 1e2, 1e4, 1e6];
            let others = scales.iter().flat_map(|a| scales.map(|b| ViewBox::new(-a, *a, -b, b)));
            let lowest = others.map(|view| least(&lattice(view))).fold(least(&values), f64::min);
            let zero = landscape.loss().value(Point::origin());
            let half = zero - 0.5 * (zero - lowest);
            let share = values.iter().filter(|value| **value <= half).count() as f64 / values.len() as f64;
            assert!((0.001..0.999).contains(&share), "{network} {name}: {share} of {view:?} is low");
            let start = Point::from(landscape.suggestion().start);
            assert!(view.contains(start), "{network} {name}: {start} in {view:?}");
        }
    }

    /// Of the curve w₁w₂ = c, and of all weights with which a unit is linear, those with the smallest weights are shown.
    #[test]
    fn of_a_curve_of_minima_its_middle_is_shown() {
        for network in ["relu2:", "deep_linear:", "network:w2*relu(w1*x),", "network:w1 w2 x,"] {
            let read = |_: &std::path::Path| Ok(b"x,y\n1000,200000\n2000,390000\n3000,610000\n".to_vec());
            let landscape = Landscape::parse_with(&format!("{network}data=f.csv"), None, &read).unwrap();
            let view = landscape.domain();
            let middle = Point::new(200.7_f64.sqrt(), 200.7_f64.sqrt());
            assert!(view.contains(middle) && view.size() < 100.0, "{network}: {view:?}");
        }
        let read = |_: &std::path::Path| Ok(b"x,y\n1000,200000\n2000,390000\n3000,610000\n".to_vec());
        let view = Landscape::parse_with("tanh2:data=f.csv", None, &read).unwrap().domain();
        // The unit is linear for all w₁ below about 1/3000, and bends in the box.
        assert!((1e-4..1e-2).contains(&view.x[1]) && (1e5..1e7).contains(&view.y[1]), "{view:?}");
    }

    #[test]
    fn a_box_grows_while_a_sample_is_dragged_and_never_jumps() {
        let mut landscape = Landscape::parse("linreg").unwrap();
        let mut views = vec![landscape.domain()];
        for step in 0..60 {
            let mut samples = landscape.data().unwrap().samples().to_vec();
            samples[0][1] = f64::from(step) * 2.0;
            landscape = landscape.with_samples(samples).unwrap();
            let (view, last) = (landscape.domain(), views[views.len() - 1]);
            assert_eq!(hull(view, last), view, "step {step}: it only grows");
            views.push(view);
        }
        views.dedup();
        assert!((2..8).contains(&views.len()), "and not often: {views:?}");
    }
}
