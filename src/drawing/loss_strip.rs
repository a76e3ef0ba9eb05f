//! The loss of every run against its steps: logarithmic above the lowest loss reached, or below the highest where a run falls without end.

use super::Path;
use super::ink::{Dash, Ink, MarkerShape};
use super::prediction_row::{BOTTOM, PromiseRow, WIDTH};
use super::primitive::{Pen, Places, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::run::{BLOCK, Epochs, Extreme, Run, StopReason};

/// At most this many points of a run: enough for every pixel column to have its least and greatest.
const COLUMNS: usize = 700;
/// The finest loss told apart, as a share of the range: what rounding leaves.
const FINEST: f64 = 1e-15;
/// Losses more than this many times as far above the lowest as the start leave the strip.
const OVERSHOOT: f64 = 30.0;

/// At most this many epochs are marked.
const EPOCHS: usize = 24;

/// A curve above the strip is drawn to here, just outside of it.
const OUTSIDE: f64 = 1.3;
/// The tip of the mark where it leaves through the top, and how far apart such marks are, in points.
const EDGE: f64 = 0.98;
const EXITS_APART: f64 = 14.0;

/// The strip: its curves, and the (step, height) box that shows them.
pub struct LossStrip {
    /// The curves and the playhead.
    pub primitives: Vec<Primitive<'static>>,
    /// Step and height ranges.
    pub view: ViewBox,
}

/// The strip of the visible runs over `steps` steps, with the row of predictions of the selected one and the playhead; in fog,
/// up to it.
pub fn loss_strip(paths: &[Path<'_>], row: &PromiseRow, steps: usize, playhead: usize, in_fog: bool) -> LossStrip {
    let seen = if in_fog { playhead } else { usize::MAX };
    let shown = |run: &Run| run.iterates().len().min(seen.saturating_add(1));
    let curves: Vec<Vec<(usize, f64)>> = paths.iter().map(|path| sampled(path.run, shown(path.run))).collect();
    let scale = Scale::of(&curves);
    let line = |(path, curve): (&Path<'_>, &Vec<(usize, f64)>)| {
        let (ink, _) = path.style;
        let pen = Pen::new(ink, if path.selected { 2.2 } else { 1.6 });
        let points = curve.iter().map(|(step, loss)| Point::new(*step as f64, scale.height(*loss)));
        Primitive::line(points.collect(), pen.pale(if path.ghost { 0.35 } else { 1.0 }))
    };
    let mut primitives = epoch_marks(paths, steps);
    primitives.extend(std::iter::zip(paths, &curves).map(line));
    primitives.extend(std::iter::zip(paths, &curves).filter_map(|(path, curve)| exits(path, curve, &scale, steps)));
    let ended = std::iter::zip(paths, &curves).filter(|(path, _)| shown(path.run) == path.run.iterates().len());
    primitives.extend(ended.filter_map(|(path, curve)| lost_end(path, curve, &scale)));
    if paths.iter().any(|path| path.selected) {
        row.draw(steps, seen, &mut primitives);
    }
    let now = playhead as f64;
    let playhead = vec![Point::new(now, BOTTOM - 0.1), Point::new(now, 1.1)];
    primitives.push(Primitive::line(playhead, Pen::new(Ink::Truth, 2.0)));
    LossStrip { primitives, view: ViewBox::new(0.0, (steps as f64).max(1.0), BOTTOM, 1.08) }
}

/// A line where an epoch of the selected run ends, every so many of them that they can be told apart.
fn epoch_marks(paths: &[Path<'_>], steps: usize) -> Vec<Primitive<'static>> {
    let epochs = paths.iter().find(|path| path.selected).and_then(|path| Epochs::of(path.run));
    let ends = epochs.map_or_else(Vec::new, |epochs| epochs.ends(steps, EPOCHS));
    let pen = Pen::new(Ink::Muted, 1.0).dashed(Dash::Dotted).pale(0.7);
    let mark = |(_, step): (usize, f64)| Primitive::line(vec![Point::new(step, 0.0), Point::new(step, 1.08)], pen);
    ends.into_iter().map(mark).collect()
}

/// A mark at the top edge where a curve leaves through it.
fn exits(path: &Path<'_>, curve: &[(usize, f64)], scale: &Scale, steps: usize) -> Option<Primitive<'static>> {
    let apart = EXITS_APART * steps as f64 / WIDTH;
    let mut places: Vec<Point> = Vec::new();
    for pair in curve.windows(2) {
        let [(from, before), (to, after)] = [pair[0], pair[1]].map(|(step, loss)| (step as f64, scale.height(loss)));
        if before <= 1.0 && after > 1.0 {
            let x = from + (to - from) * (1.0 - before) / (after - before);
            if places.last().is_none_or(|last| x - last.x >= apart) {
                places.push(Point::new(x, EDGE));
            }
        }
    }
    let pen = Pen::new(path.style.0, 1.0);
    let shown = !places.is_empty() && !path.ghost;
    shown.then_some(Primitive::Marks {
        places: Places::Own(places),
        shape: MarkerShape::Triangle,
        radius: 4.0,
        pen,
        filled: true,
    })
}

/// A cross where a run is seen last that diverged or came where the loss has no value.
fn lost_end(path: &Path<'_>, curve: &[(usize, f64)], scale: &Scale) -> Option<Primitive<'static>> {
    let lost = |reason| matches!(reason, StopReason::Diverged | StopReason::NotFinite);
    let lost = path.run.stop().is_some_and(|stop| lost(stop.reason));
    let (end, loss) = *curve.last().filter(|_| lost && !path.ghost)?;
    let inside = |loss: f64| (0.0..=1.0).contains(&scale.height(loss));
    // The cross stands where it left for good.
    let left = curve.iter().rposition(|(_, loss)| inside(*loss)).and_then(|last| curve.get(last + 1));
    let (step, height) = left.map_or((end, scale.height(loss)), |(step, loss)| (*step, scale.height(*loss)));
    let at = Point::new(step as f64, height.clamp(0.06, 0.94));
    Some(Primitive::mark(at, MarkerShape::Cross, 4.5, Pen::new(Ink::Gap, 2.4).with_halo(1.5), false))
}

/// Heights: 0 for the lowest loss and 1 for the highest, by the logarithm of the distance from where the runs linger.
///
/// Runs that settle linger at the floor. A run that falls without end is slow at its start, and its floor is only where it was given up.
struct Scale {
    floor: f64,
    range: f64,
    /// The share of the range from which the logarithm takes over.
    soft: f64,
    falls: bool,
}

impl Scale {
    fn of(curves: &[Vec<(usize, f64)>]) -> Self {
        let least = |curve: &Vec<(usize, f64)>| curve.iter().map(|(_, loss)| *loss).fold(f64::INFINITY, f64::min);
        let Some(lowest) = curves.iter().min_by(|a, b| least(a).total_cmp(&least(b))).filter(|curve| !curve.is_empty())
        else {
            return Self { floor: 0.0, range: 1.0, soft: 1.0, falls: false };
        };
        let floor = least(lowest);
        let highest = curves.iter().flatten().map(|(_, loss)| *loss).fold(f64::NEG_INFINITY, f64::max);
        let first =
            curves.iter().filter_map(|curve| curve.first()).map(|start| start.1).fold(f64::NEG_INFINITY, f64::max);
        // A run that diverges leaves through the top instead of pressing the others flat.
        let top = highest.min(first + OVERSHOOT * (first - floor).max(f64::MIN_POSITIVE));
        let range = (top - floor).min(f64::MAX);
        let range = if range > 0.0 { range } else { 1.0 };
        // Of a short run three iterates: one alone would be the floor itself.
        let tenth = lowest.len().div_ceil(10).max(3).min(lowest.len());
        let share = |loss: f64| (loss - floor) / range;
        let mean = |part: &[(usize, f64)], of: &dyn Fn(f64) -> f64| {
            part.iter().map(|(_, loss)| of(*loss)).sum::<f64>() / part.len() as f64
        };
        let (begin, end) = (&lowest[..tenth], &lowest[lowest.len() - tenth..]);
        let falls = lowest.len() > 10 && share(end[0].1) > 0.5 && share(end[tenth - 1].1) < FINEST;
        if falls {
            return Self::falling(lowest, top, mean(begin, &|loss| (top - loss).abs()));
        }
        Self { floor, range, soft: mean(end, &share).clamp(FINEST, 1.0), falls }
    }

    /// The scale of a run that falls without end; `soft` is how far it has fallen at its start.
    ///
    /// What falls faster than any power leaves through the floor, where the rest would be a plateau and a cliff.
    fn falling(curve: &[(usize, f64)], top: f64, soft: f64) -> Self {
        let soft = soft.max(f64::MIN_POSITIVE);
        let fallen = |index: usize| libm::log1p((top - curve[index].1) / soft);
        let mut end = curve.len() - 1;
        while end > 10 && fallen(end - end / 10) < 0.5 * fallen(end) {
            end -= 1;
        }
        let range = (top - curve[end].1).min(f64::MAX);
        Self { floor: curve[end].1, range, soft: (soft / range).clamp(FINEST, 1.0), falls: true }
    }

    fn height(&self, loss: f64) -> f64 {
        let share = (loss - self.floor) / self.range;
        let log = |share: f64| libm::log1p(share / self.soft) / libm::log1p(1.0 / self.soft);
        if share > 1.0 {
            OUTSIDE
        } else if share < 0.0 {
            1.0 - OUTSIDE
        } else if self.falls {
            1.0 - log(1.0 - share)
        } else {
            log(share)
        }
    }
}

/// The first `shown` iterates of a short run; of a long one the least and greatest loss of every column, in their order.
fn sampled(run: &Run, shown: usize) -> Vec<(usize, f64)> {
    let iterates = &run.iterates()[..shown];
    if shown <= 2 * COLUMNS {
        return iterates.iter().map(|iterate| iterate.loss).enumerate().collect();
    }
    let mut width = shown.div_ceil(COLUMNS);
    // Columns of whole blocks need no look at their steps.
    if width > BLOCK {
        width = width.next_power_of_two();
    }
    let columns = (0..shown).step_by(width).filter_map(|from| run.extremes(from..shown.min(from + width)));
    let pairs = columns.map(|Extreme { least, most }| [least.min(most), least.max(most)]);
    pairs.flatten().map(|step| (step, iterates[step].loss)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    fn heights(landscape: &str, optimizer: &str, start: [f64; 2]) -> Vec<f64> {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), 200);
        let run = Run::of(&Landscape::parse(landscape).unwrap(), &recipe);
        let curve = sampled(&run, run.iterates().len());
        let scale = Scale::of(std::slice::from_ref(&curve));
        curve.iter().map(|(_, loss)| scale.height(*loss)).collect()
    }

    #[test]
    fn no_curve_is_a_plateau_and_a_cliff() {
        for (landscape, optimizer, start) in [
            ("bowl", "gd:lr=0.3", [2.5, 1.5]),
            ("matyas", "gd:lr=0.8", [9.0, 3.0]),
            ("rosenbrock", "gd:lr=0.0015", [-1.2, 1.0]),
            ("saddle", "gd:lr=0.1", [1.5, 0.01]),
            ("monkey", "gd:lr=0.05", [0.9, 0.05]),
        ] {
            let mut heights = heights(landscape, optimizer, start);
            heights.retain(|height| *height >= 0.0);
            let last = heights.len() - 1;
            assert!((heights[last]).abs() < 1e-9, "{landscape} reaches the floor");
            let drops: f64 = heights[last - last / 20] - heights[last];
            assert!(drops < 0.3, "{landscape} does not fall off at the end: {drops}");
        }
    }

    #[test]
    fn a_run_that_diverges_leaves_through_the_top() {
        let heights = heights("bowl", "gd:lr=2.5", [2.5, 1.5]);
        assert!(heights.iter().all(|height| height.is_finite()) && heights.last().is_some_and(|last| *last > 1.0));
    }

    /// Bars have gaps, whatever the number of steps, and each curve that leaves through the top has a mark there.
    #[test]
    fn bars_are_apart_and_exits_are_marked() {
        for (landscape, optimizer, start, steps, leaves) in [
            ("bowl", "gd:lr=0.3", [2.5, 1.5], 10, false),
            ("bowl", "gd:lr=2.5", [2.5, 1.5], 200, true),
            ("rosenbrock", "gd:lr=0.001", [-1.2, 1.0], 5000, false),
        ] {
            let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), steps);
            let run = Run::of(&Landscape::parse(landscape).unwrap(), &recipe);
            let style = (Ink::Truth, MarkerShape::Circle);
            let path = Path { run: &run, name: "", style, selected: true, ghost: false };
            let strip = loss_strip(&[path], &PromiseRow::of(&run, steps), steps, 0, false);
            let (mut bars, mut marked) = (vec![], false);
            for primitive in &strip.primitives {
                match primitive {
                    Primitive::Line { places, pen } if places.len() == 2 && pen.opacity < 1.0 => {
                        bars.push((places.get(0).x * WIDTH / steps as f64, f64::from(pen.width)));
                    }
                    Primitive::Marks { shape: MarkerShape::Triangle, .. } => marked = true,
                    _ => {}
                }
            }
            assert!(!bars.is_empty() && bars.len() <= 201, "{landscape}: {} bars", bars.len());
            let apart = bars.windows(2).all(|pair| pair[0].1 <= 0.56 * (pair[1].0 - pair[0].0));
            assert!(apart, "{landscape}: {bars:?}");
            assert_eq!(marked, leaves, "{landscape} leaves through the top");
        }
    }

    #[test]
    fn fog_hides_what_comes_after_the_playhead() {
        let recipe = Recipe::new(Choice::parse("gd:lr=2.5").unwrap(), Point::new(2.5, 1.5), 40);
        let run = Run::of(&Landscape::parse("bowl").unwrap(), &recipe);
        let style = crate::drawing::ink::run_style(0);
        let paths = [Path { name: "gd", run: &run, style, selected: true, ghost: false }];
        let farthest = |strip: LossStrip| {
            let lines = strip.primitives.into_iter().filter_map(|primitive| match primitive {
                // Not the two lines of the row of predictions, nor the playhead.
                Primitive::Line { places, .. } => {
                    Some((0..places.len()).map(|index| places.get(index)).collect::<Vec<_>>())
                }
                _ => None,
            });
            let curves = lines.filter(|line| line.len() != 2 || line[0].x == line[1].x);
            curves.flatten().map(|at| at.x).fold(0.0, f64::max)
        };
        assert_eq!(farthest(loss_strip(&paths, &PromiseRow::of(&run, 40), 40, 3, true)), 3.0, "up to the playhead");
        assert!(farthest(loss_strip(&paths, &PromiseRow::of(&run, 40), 40, 3, false)) > 20.0, "without fog all of it");
    }

    #[test]
    fn a_long_run_keeps_its_peaks_and_its_floor() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let recipe = Recipe::new(Choice::parse("gd:lr=0.036").unwrap(), Point::new(0.15, 0.35), 20_000);
        let run = Run::of(&landscape, &recipe);
        let extremes = |losses: &mut dyn Iterator<Item = f64>| {
            losses.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], loss| [low.min(loss), high.max(loss)])
        };
        let points = sampled(&run, run.iterates().len());
        assert!(points.len() <= 2 * COLUMNS + 2, "few enough to draw: {}", points.len());
        let all = extremes(&mut run.iterates().iter().map(|iterate| iterate.loss));
        assert_eq!(extremes(&mut points.iter().map(|point| point.1)), all, "least and greatest loss");
        assert!(points.iter().all(|(step, loss)| run.iterates()[*step].loss == *loss), "each at its step");
    }
}
