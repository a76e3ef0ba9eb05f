//! What to show of a formula that no one has chosen a region for, and where to begin in it.
//!
//! The box is drawn around the critical points that a crowd of Newton iterations finds, or around the region where the
//! formula has values. The start is one from which gradient descent with the suggested rate goes downhill steadily.

use crate::landscapes::{FirstOrder, Loss, Suggestion, USUAL_STEPS, ViewBox};
use crate::numbers::{Dimension, Point, Symmetric2, Vector, extremes};

/// The half side of the region that is searched for critical points.
const REACH: f64 = 10.0;

/// The half side of the box where nothing asks for another.
const USUAL: f64 = 3.0;

/// Critical points farther out are not looked for.
const FARTHEST: f64 = 1e9;

/// From this many critical points on, a box needs not hold them all.
const MANY: usize = 16;

/// Chooses a box for a loss: deterministic, some ten thousand evaluations.
pub(in crate::landscapes) fn domain(loss: &dyn Loss) -> ViewBox {
    let defined = defined(loss);
    let critical: Vec<Point> = critical_points(loss);
    match defined {
        Defined::Everywhere if loss.dimension().is_one() => lowered(loss, &critical, around(&critical)),
        Defined::Everywhere => around(&critical),
        Defined::Within(region) => region,
        Defined::Nowhere => ViewBox::square(USUAL),
    }
}

/// Where a loss has values.
enum Defined {
    Everywhere,
    Within(ViewBox),
    Nowhere,
}

/// Points of a square lattice about the origin, row by row.
fn lattice(half: f64, steps: i32) -> (Vec<f64>, Vec<f64>) {
    let side = 2 * steps + 1;
    let at = |index: i32| half * f64::from(index - steps) / f64::from(steps);
    (0..side * side).map(|index| (at(index % side), at(index / side))).unzip()
}

/// Finds the region of finite values, on lattices from the middle scale to small and large ones.
fn defined(loss: &dyn Loss) -> Defined {
    const STEPS: i32 = 20;
    let mut narrow = None;
    for half in [5.0, 0.5, 0.05, 50.0, 500.0] {
        let (xs, ys) = lattice(half, STEPS);
        let mut values = vec![0.0; xs.len()];
        loss.values(&xs, &ys, &mut values);
        let finite = |index: &usize| values[*index].is_finite();
        let count = (0..values.len()).filter(finite).count();
        if count == 0 {
            continue;
        }
        let bounds = |coordinates: &[f64]| extremes((0..values.len()).filter(finite).map(|index| coordinates[index]));
        let step = half / f64::from(STEPS);
        let [x, y] = [bounds(&xs), bounds(&ys)].map(|[low, high]| [(low - step).max(-half), (high + step).min(half)]);
        let all_round = [x, y].iter().all(|[low, high]| *low == -half && *high == half);
        // Holes and single poles are no edge.
        if all_round {
            return Defined::Everywhere;
        }
        let wide = [x, y].iter().all(|[low, high]| high - low > 4.5 * step);
        if wide {
            return Defined::Within(snapped(x, y, step));
        }
        // What a few points saw may be a small region that a finer lattice sees better.
        narrow = narrow.or(Some(ViewBox { x, y }));
    }
    narrow.map_or(Defined::Nowhere, Defined::Within)
}

/// A box whose edges next to an axis lie on it.
fn snapped(x: [f64; 2], y: [f64; 2], step: f64) -> ViewBox {
    let [x, y] = [x, y].map(|edges| edges.map(|edge| if edge.abs() <= 1.5 * step { 0.0 } else { edge }));
    ViewBox { x, y }
}

/// The critical points that Newton's iteration finds from a lattice, the nearest to the origin first.
///
/// All starts iterate together, in lanes. Kept is where the last step is tiny against the region and the Hessian regular.
fn critical_points(loss: &dyn Loss) -> Vec<Point> {
    const STEPS: i32 = 12;
    const ITERATIONS: usize = 24;
    let (mut xs, mut ys) = starts(loss, STEPS);
    let mut orders = vec![[0.0; 6]; xs.len()];
    let mut steps = vec![f64::INFINITY; xs.len()];
    let mut active: Vec<usize> = (0..xs.len()).collect();
    for _ in 0..ITERATIONS {
        let places = |all: &[f64]| active.iter().map(|index| all[*index]).collect::<Vec<_>>();
        let orders = &mut orders[..active.len()];
        loss.second_orders(&places(&xs), &places(&ys), orders);
        for (index, [_, dx, dy, xx, xy, yy]) in active.iter().copied().zip(&*orders) {
            let hessian = match loss.dimension() {
                Dimension::One => Symmetric2::of_one_weight(*xx),
                Dimension::Two => Symmetric2::new(*xx, *xy, *yy),
            };
            let step = hessian.solve(Vector::new(-dx, -dy));
            let [x, y] = step.map_or([f64::NAN; 2], |step| [step.x, step.y]);
            (xs[index], ys[index]) = (xs[index] + x, ys[index] + y);
            steps[index] = libm::hypot(x, y);
        }
        // Where there is no step or none is left, there is nothing to iterate.
        active.retain(|index| steps[*index] > 0.0 && steps[*index].is_finite());
    }
    let mut found: Vec<Point> = Vec::new();
    for ((x, y), step) in xs.iter().zip(&ys).zip(&steps) {
        let at = Point::new(*x, *y);
        let size = extent(&at);
        let near = |other: &Point| (other - at).norm() <= 1e-6 * size.max(1e-3);
        if size <= FARTHEST && *step <= 1e-9 * size.max(1e-3) && !found.iter().any(near) {
            found.push(at);
        }
    }
    found.sort_by(|a, b| extent(a).total_cmp(&extent(b)));
    found
}

/// Where the iterations begin: on a lattice and a finer one about the origin; of one weight, on a line.
fn starts(loss: &dyn Loss, steps: i32) -> (Vec<f64>, Vec<f64>) {
    if loss.dimension().is_one() {
        /// Places on the line for each one along a side of the lattice.
        const DENSER: i32 = 16;
        let place = |index: i32| REACH * (f64::from(index) + 0.3) / f64::from(DENSER * steps);
        let xs: Vec<f64> = (-DENSER * steps..DENSER * steps).map(place).collect();
        let ys = vec![0.0; xs.len()];
        return (xs, ys);
    }
    let (mut xs, mut ys) = lattice(REACH, steps);
    let (fine_xs, fine_ys) = lattice(REACH / 40.0, 3);
    xs.extend(fine_xs.iter().map(|x| x + 0.003));
    ys.extend(fine_ys.iter().map(|y| y - 0.002));
    (xs, ys)
}

/// The half side of the square about the origin that reaches a point.
fn extent(at: &Point) -> f64 {
    at.x.abs().max(at.y.abs())
}

/// A square about the origin, or about a far group of points, with room around the points it shows.
fn around(critical: &[Point]) -> ViewBox {
    let near: Vec<&Point> = critical.iter().filter(|at| extent(at) <= REACH).collect();
    let Some(outermost) = near.last().map(|at| extent(at)) else {
        return critical.first().map_or(ViewBox::square(USUAL), far_from_origin);
    };
    if near.len() == 1 {
        return if outermost > 2.0 * USUAL {
            far_from_origin(near[0])
        } else {
            ViewBox::square(round_up(1.5 * outermost).max(USUAL))
        };
    }
    // Points up to the edge of what was searched go on beyond it: a wave.
    let endless = near.len() > MANY || outermost > 0.7 * REACH;
    if !endless {
        return ViewBox::square(round_up(1.5 * outermost.max(1e-3)));
    }
    let enough = if near.len() > MANY { MANY } else { near.len().div_ceil(2) };
    ViewBox::square(round_up(1.25 * extent(near[enough - 1])).max(USUAL))
}

/// With one weight, a box whose sides come in where the curve would be so high there that the valleys between the critical points
/// were a flat strip.
fn lowered(loss: &dyn Loss, critical: &[Point], wanted: ViewBox) -> ViewBox {
    /// How far above and below the critical points the curve may go, in heights between them.
    const MOST: f64 = 1.5;
    /// How far beyond the outermost critical point the sides stay at least, in distances between those.
    const LEAST: f64 = 0.15;
    /// Places of a side that are tried.
    const TRIED: u32 = 20;
    let seen: Vec<f64> = critical.iter().map(|at| at.x).filter(|x| wanted.x[0] < *x && *x < wanted.x[1]).collect();
    let value = |x: f64| loss.value(Point::new(x, 0.0));
    let [left, right] = extremes(seen.iter().copied());
    let [low, high] = extremes(seen.iter().map(|x| value(*x)));
    let (span, height) = (right - left, high - low);
    if !(span > 0.0 && height > 0.0 && span.is_finite() && height.is_finite()) {
        return wanted;
    }
    let is_low = |x: f64| (low - MOST * height..=high + MOST * height).contains(&value(x));
    let side = |far: f64, near: f64| {
        let place = |index: u32| far + (near - far) * f64::from(index) / f64::from(TRIED);
        (0..=TRIED).map(place).find(|x| is_low(*x)).unwrap_or(near)
    };
    let [low, high] = [side(wanted.x[0], left - LEAST * span), side(wanted.x[1], right + LEAST * span)];
    // To numbers that are short.
    let unit = libm::pow(10.0, libm::floor(libm::log10(span)) - 1.0);
    let [low, high] = [rounded(libm::floor(low / unit) * unit, 12), rounded(libm::ceil(high / unit) * unit, 12)];
    ViewBox { x: [low.max(wanted.x[0]), high.min(wanted.x[1])], ..wanted }
}

/// A box about a single point far out, the wider the farther it is.
fn far_from_origin(at: &Point) -> ViewBox {
    /// The half side of a box beside the distance of what it shows.
    const SHARE: f64 = 3e-3;
    let half = if extent(at) * SHARE > USUAL { round_up(extent(at) * SHARE) } else { USUAL };
    let [x, y] = [at.x.round(), at.y.round()];
    ViewBox::new(x - half, x + half, y - half, y + half)
}

/// The next number above among 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten.
fn round_up(size: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(size)));
    let leading = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0];
    leading.into_iter().map(|leading| leading * power).find(|round| *round >= size).unwrap_or(10.0 * power)
}

/// Places of a box where one might begin, as shares of its half sides.
const STARTS: [[f64; 2]; 11] = [
    [-0.55, 0.6],
    [0.65, 0.45],
    [0.5, -0.65],
    [-0.6, -0.4],
    [-0.15, -0.25],
    [0.3, 0.15],
    [0.85, -0.2],
    [-0.35, 0.9],
    [-0.85, 0.3],
    [0.12, 0.16],
    [0.22, -0.1],
];

/// How many steps a suggested start must go downhill.
const TRIAL: usize = 60;

/// A place by its shares of half the box, from its middle.
fn place_in(view: &ViewBox, dimension: Dimension, [x, y]: [f64; 2]) -> Point {
    let half = dimension.part(Vector::new(view.width() / 2.0, view.height() / 2.0));
    let middle = if dimension.is_one() { Point::new(view.center().x, 0.0) } else { view.center() };
    let at = middle + Vector::new(x * half.x, y * half.y);
    Point::new(rounded(at.x, 3), rounded(at.y, 3))
}

/// Chooses where to begin in a box, and a learning rate with which gradient descent goes downhill from there: where the loss
/// curves up, if it does, so that rates have a limit and Newton's step goes to a minimum.
pub(in crate::landscapes) fn suggestion(loss: &dyn Loss, view: &ViewBox) -> Suggestion {
    let place = |shares: [f64; 2]| place_in(view, loss.dimension(), shares);
    let tried = |at: Point| {
        let rate = rate_from(loss, view, at)?;
        let (reach, last) = way(loss, view, at, rate);
        Some(Tried { start: at, rate, reach, curves_up: curves_up(loss, at, last) })
    };
    let mut all: Vec<Tried> = STARTS.into_iter().map(place).filter_map(tried).collect();
    // Of a loss with narrow valleys most places are on the slopes above them. A loss over samples costs too much for more of them.
    if loss.as_samples().is_none() && !all.iter().any(|tried| tried.curves_up && tried.reach >= SEEN) {
        all.extend(finer(loss.dimension()).into_iter().map(place).filter_map(tried));
    }
    let nowhere = Tried { start: place(STARTS[0]), rate: 0.1, reach: 0.0, curves_up: false };
    let Tried { start, rate, .. } =
        best_of(&all, if loss.as_samples().is_none() { SHORT } else { SEEN }).unwrap_or(nowhere);
    Suggestion { start: [rounded(start.x, 3), rounded(start.y, 3)], rate: rounded(rate, 2) }
}

/// More places of a box, as shares of its half sides: with one weight along the axis, with two in a square.
fn finer(dimension: Dimension) -> Vec<[f64; 2]> {
    /// Places to each side of the middle.
    const SIDE: [i32; 2] = [19, 3];
    let along = |side: i32| (-side..=side).map(move |index| 0.9 * f64::from(index) / f64::from(side));
    match dimension {
        Dimension::One => along(SIDE[0]).map(|x| [x, 0.0]).collect(),
        Dimension::Two => along(SIDE[1]).flat_map(|x| along(SIDE[1]).map(move |y| [x, y])).collect(),
    }
}

/// A start that was tried.
#[derive(Clone, Copy)]
struct Tried {
    start: Point,
    rate: f64,
    /// The share of a side of the box that its path spans.
    reach: f64,
    curves_up: bool,
}

/// A path that spans this share of a side of the box is seen.
const SEEN: f64 = 0.15;
/// It is seen well enough from this share on, where all longer ones begin where the loss curves down; not of a network, whose
/// loss does so nearly everywhere.
const SHORT: f64 = 0.04;

/// The first whose path is seen and that begins where the loss curves up; else the longest shorter one, of at least `short`, that does; else the first
/// whose path is seen; where none is, the one that gets farthest.
fn best_of(tried: &[Tried], short: f64) -> Option<Tried> {
    let curved = || tried.iter().filter(|tried| tried.curves_up);
    let longest = |a: &&Tried, b: &&Tried| a.reach.total_cmp(&b.reach);
    curved()
        .find(|tried| tried.reach >= SEEN)
        .or_else(|| curved().filter(|tried| tried.reach >= short).max_by(longest))
        .or_else(|| tried.iter().find(|tried| tried.reach >= SEEN))
        .or_else(|| tried.iter().max_by(longest))
        .copied()
}

/// Whether the loss curves up at a start in every direction, and in one of them not much less than where the path ends.
fn curves_up(loss: &dyn Loss, start: Point, end: Point) -> bool {
    /// Less than this share of the curvature at the end is a slope that is almost straight.
    const MUCH: f64 = 0.25;
    let curvatures = |at: Point| {
        let hessian = loss.second_order(at).hessian;
        let hessian = if loss.dimension().is_one() { Symmetric2::of_one_weight(hessian.xx) } else { hessian };
        hessian.eigen().values
    };
    let ([low, high], [_, at_end]) = (curvatures(start), curvatures(end));
    low > 1e-9 * high.abs() && high >= MUCH * at_end
}

/// The share of a side of a box that the path of gradient descent spans within it, in a run of the usual length, and the last
/// place there.
fn way(loss: &dyn Loss, view: &ViewBox, start: Point, rate: f64) -> (f64, Point) {
    let (mut at, mut low, mut high) = (start, start, start);
    for _ in 0..USUAL_STEPS {
        let next = at - loss.first_order(at).gradient * rate;
        if !view.contains(next) {
            break;
        }
        at = next;
        (low, high) = (low.inf(&at), high.sup(&at));
    }
    let spanned = in_sides(view, high - low);
    (spanned.x.max(spanned.y), at)
}

/// A displacement in sides of a box.
fn in_sides(view: &ViewBox, way: Vector) -> Vector {
    Vector::new(way.x / view.width(), way.y / view.height())
}

/// The largest rate, of halves of ½/λ, with which gradient descent from a start loses height at every step of a trial.
pub(in crate::landscapes) fn rate_from(loss: &dyn Loss, view: &ViewBox, start: Point) -> Option<f64> {
    let start = Point::new(rounded(start.x, 3), rounded(start.y, 3));
    let there = loss.second_order(start);
    let slope = there.gradient.norm();
    let described = there.value.is_finite() && slope.is_finite() && there.hessian.is_finite();
    if !described || slope <= 1e-9 * there.value.abs() / view.size() {
        return None;
    }
    // A first step no longer than an eighth of the box, where the loss is too flat for a curvature to say more.
    let longest = 0.125 / in_sides(view, there.gradient).norm();
    let mut rate = (0.5 / there.hessian.norm()).min(longest);
    for _ in 0..12 {
        let two_digits = rounded(rate, 2);
        if two_digits > 0.0 && two_digits.is_finite() && goes_down(loss, view, start, two_digits) {
            return Some(two_digits);
        }
        rate *= 0.5;
    }
    None
}

/// Whether gradient descent never rises, and stays where the loss is shown.
pub(in crate::landscapes) fn goes_down(loss: &dyn Loss, view: &ViewBox, start: Point, rate: f64) -> bool {
    let mut at = start;
    let FirstOrder { value: mut height, mut gradient } = loss.first_order(at);
    for _ in 0..TRIAL {
        at -= gradient * rate;
        let next = loss.first_order(at);
        let rounding = 1e-12 * height.abs();
        let near = in_sides(view, at - view.center()).norm() <= 1.5;
        if !(next.value <= height + rounding && next.gradient.norm().is_finite() && near) {
            return false;
        }
        (height, gradient) = (next.value, next.gradient);
    }
    true
}

/// To this many significant digits.
fn rounded(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let places = digits - 1 - libm::floor(libm::log10(value.abs())) as i32;
    // Through decimal digits, so that the number is as short as it looks.
    format!("{value:.*e}", digits as usize - 1).parse().unwrap_or_else(|_| {
        let scale = libm::pow(10.0, f64::from(places));
        libm::round(value * scale) / scale
    })
}
