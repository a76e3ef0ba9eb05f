//! Function space: the samples of a network, its curve now and before, and what each sample is off by.

mod fit;
mod leaving;
mod names;

use names::{end_place, lonely_place, name_place};

pub use fit::Fit;
pub use leaving::Leaving;

use super::DrawnRun;
use super::earlier_iterates::ghosts;
use super::ink::{Dash, Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Places, Primitive};
use crate::landscapes::{Landscape, Network, SampledLoss, ViewBox};
use crate::numbers::numerals::grouped;
use crate::numbers::{Point, extremes};
use crate::run::Batch;

/// Samples of each curve.
const SAMPLES: usize = 161;
/// With more samples than this their errors are not drawn: they would cover the picture.
const MANY: usize = 300;
/// No more samples than these are drawn.
const MOST: usize = 1000;
/// Curves that are nowhere farther apart than this share of the height look like one.
const APART: f64 = 0.05;

/// Everything the picture is drawn from.
pub struct DataCurveInput<'a> {
    /// The part of the (x, y) plane that is seen.
    pub view: ViewBox,
    /// The network.
    pub landscape: &'a Landscape,
    /// The visible runs, the selected one last.
    pub paths: &'a [DrawnRun<'a>],
    /// The iterate that is shown.
    pub playhead: usize,
    /// The sample that was chosen, and the one under the pointer.
    pub marked: [Option<usize>; 2],
    /// The samples whose kink line is under the pointer.
    pub lit: &'a [usize],
    /// For every sample whether the rectified unit is on, where there is one.
    pub on: Option<Vec<bool>>,
    /// The weights under the pointer, while it is over the loss surface.
    pub pointed: Option<Point>,
    /// The batch of the step at the playhead, if the selected run draws one.
    pub batch: Option<&'a Batch>,
}

/// What the network says for the inputs at weights `at`: its outputs, or the probabilities of class 1.
fn said(landscape: &Landscape, at: Point, inputs: &[f64]) -> Vec<f64> {
    let mut outputs = vec![f64::NAN; inputs.len()];
    let Some(loss) = landscape.sampled_loss() else { return outputs };
    loss.outputs(at, inputs, &mut outputs);
    outputs.into_iter().map(|output| loss.probability(output).unwrap_or(output)).collect()
}

/// Whether what the network says is the probability of a class.
fn tells_classes(landscape: &Landscape) -> bool {
    let tells = |loss: &dyn SampledLoss| loss.probability(0.0).is_some() || loss.computation().tells_probability();
    landscape.sampled_loss().is_some_and(tells)
}

/// The part of the (x, y) plane that shows all samples with some room; it does not move while the curve does.
pub fn frame(landscape: &Landscape) -> ViewBox {
    landscape.data().map_or(ViewBox::square(1.0), |data| frame_of(data.samples(), tells_classes(landscape)))
}

fn frame_of(samples: &[[f64; 2]], classes: bool) -> ViewBox {
    let range = |axis: usize, margin: f64| {
        let [low, high] = extremes(samples.iter().map(|sample| sample[axis]));
        let size = (high / 2.0 - low / 2.0) * 2.0;
        // One sample alone, or a number that is too large for its neighbors, has no range of its own.
        let least = 1e-6 * low.abs().max(high.abs());
        let margin = if size > least { margin * size.min(f64::MAX / 8.0) } else { least.max(1.0) };
        [(low - margin).max(-f64::MAX / 4.0), (high + margin).min(f64::MAX / 4.0)]
    };
    let [low, high] = range(1, if classes { 0.15 } else { 0.22 });
    let y = if classes { [low.min(-0.15), high.max(1.15)] } else { [low, high] };
    ViewBox { x: range(0, 0.08), y }
}

/// Samples from one that is drawn to the next, where there are too many to draw each.
pub fn stride(count: usize) -> usize {
    count.div_ceil(MOST)
}

/// What is left out of the picture, if anything is.
pub fn left_out(count: usize) -> Option<String> {
    let stride = stride(count);
    let drawn = count.div_ceil(stride.max(1));
    if stride > 1 {
        Some(format!("{} of {} samples are drawn, and no residuals", grouped(drawn), grouped(count)))
    } else {
        (count > MANY).then(|| format!("{} samples: no residuals are drawn", grouped(count)))
    }
}

/// The earlier steps of the selected run that are drawn as ghosts, the first of them first.
pub fn earlier(input: &DataCurveInput<'_>) -> Vec<usize> {
    let Some(path) = input.paths.iter().find(|path| path.selected) else { return Vec::new() };
    let Some(now) = path.run.iterates().len().checked_sub(1).map(|last| input.playhead.min(last)) else {
        return Vec::new();
    };
    let here = curve(input.landscape, path.run.iterates()[now].at, input.view);
    ghosts_of(input, path, now, &here).into_iter().map(|(step, _)| step).collect()
}

/// Everything that is drawn, bottom first.
pub fn data_curve(input: &DataCurveInput<'_>) -> Vec<Primitive<'static>> {
    let Some(data) = input.landscape.data() else { return Vec::new() };
    let view = input.view;
    let mut out = Vec::new();
    // Few samples lie upon the curves, many would hide them.
    let are_many = data.len() > MANY;
    if are_many {
        draw_samples(input, data.samples(), &mut out);
    }
    let (selected, others): (Vec<&DrawnRun<'_>>, Vec<&DrawnRun<'_>>) =
        input.paths.iter().partition(|path| path.selected);
    draw_others(input, &others, &mut out);
    if let Some(path) = selected.first() {
        draw_selected(input, path, view, &mut out);
    }
    if let Some(at) = input.pointed {
        let points = curve(input.landscape, at, view);
        let place = name_place(input, &points, [0.3, 0.2, 0.45, 0.6]);
        out.push(Primitive::line(points, Pen::new(Ink::Truth, 1.6).dashed(Dash::Dotted).with_halo(1.0)));
        out.extend(place.map(|place| Primitive::text(place, "under the pointer", Ink::Truth, Anchor::Bottom)));
    }
    if let (Some(batch), Some(path)) = (input.batch, selected.first()) {
        rings(batch, path.style.0, data.samples(), view, &mut out);
    }
    if !are_many {
        draw_samples(input, data.samples(), &mut out);
    }
    legend(input, &mut out);
    if let (Some(leaving), Some(path)) = (Leaving::of(input), selected.first()) {
        leaving.draw(path.style.0, &mut out);
    }
    if let Some((_, best)) = only_input(input.landscape) {
        let foot = Point::new(view.x[0], view.y[0] + 0.05 * view.height());
        out.push(Primitive::text(foot, best, Ink::Truth, Anchor::Left));
    }
    let across =
        if input.landscape.sampled_loss().and_then(|loss| loss.probability(0.0)).is_some() { "p" } else { "y" };
    out.push(Primitive::text(Point::new(view.x[1], view.y[0]), "x", Ink::Muted, Anchor::Right));
    out.push(Primitive::text(Point::new(view.x[0], view.y[1]), across, Ink::Muted, Anchor::Left));
    out
}

fn weights(path: &DrawnRun<'_>, playhead: usize) -> Option<Point> {
    let iterates = path.run.iterates();
    iterates.get(playhead.min(iterates.len().checked_sub(1)?)).map(|iterate| iterate.at)
}

/// The weights of the selected run at the playhead.
fn current(input: &DataCurveInput<'_>) -> Option<Point> {
    weights(input.paths.iter().find(|path| path.selected)?, input.playhead)
}

/// The runs that are not selected: thin curves, each with its method's name where there is room.
fn draw_others(input: &DataCurveInput<'_>, others: &[&DrawnRun<'_>], out: &mut Vec<Primitive<'static>>) {
    let of = |at: Point| curve(input.landscape, at, input.view);
    let here = current(input).map(of);
    let curves: Vec<(&DrawnRun<'_>, Vec<Point>)> =
        others.iter().filter_map(|path| Some((*path, of(weights(path, input.playhead)?)))).collect();
    for (index, (path, points)) in curves.iter().enumerate() {
        let (ink, _) = path.style;
        let strength = if path.ghost { 0.35 } else { 0.8 };
        out.push(Primitive::line(points.clone(), Pen::new(ink, 1.4).pale(strength)));
        let rest = curves.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, (_, points))| points);
        let rest: Vec<&Vec<Point>> = rest.chain(&here).collect();
        let place = end_place(input, points, &rest).filter(|_| !path.ghost);
        out.extend(place.map(|place| Primitive::text(place, path.name.clone(), ink, Anchor::Bottom)));
    }
}

/// The selected run: ghosts of where it was, its errors, and its curve.
fn draw_selected(input: &DataCurveInput<'_>, path: &DrawnRun<'_>, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let iterates = path.run.iterates();
    let Some(last) = iterates.len().checked_sub(1) else { return };
    let now = input.playhead.min(last);
    let (ink, ..) = path.style;
    let here = curve(input.landscape, iterates[now].at, view);
    let ghosts = ghosts_of(input, path, now, &here);
    let mut names = Vec::new();
    for (place, (step, points)) in ghosts.iter().enumerate() {
        let others = ghosts.iter().map(|(_, other)| other).chain([&here]);
        let others: Vec<&Vec<Point>> = others.filter(|other| *other != points).collect();
        let at = lonely_place(input, points, &others);
        let word = if *step == 0 { "start".to_owned() } else { format!("step {step}") };
        names.extend(at.map(|at| Primitive::text(at, word, ink, Anchor::Bottom)));
        // The older, the paler.
        let age = (ghosts.len() - place) as i32;
        let opacity = (0.85 * 0.8_f32.powi(age)).max(0.3);
        out.push(Primitive::line(points.clone(), Pen::new(ink, 1.5).pale(opacity)));
    }
    if input.landscape.data().is_some_and(|data| data.len() <= MANY) {
        errors(input, &Fit::all(input.landscape, iterates[now].at), out);
    }
    let place = name_place(input, &here, [0.9, 0.78, 0.6, 0.4, 0.22, 0.12]);
    if tells_classes(input.landscape) {
        threshold(input.landscape, &here, view, out);
    }
    out.push(Primitive::line(here, Pen::new(ink, 2.8).with_halo(1.0)));
    // Words that stand first have the first choice of their place.
    out.extend(place.map(|place| Primitive::text(place, format!("step {now}"), ink, Anchor::Bottom)));
    out.extend(names.into_iter().rev());
}

/// The curves of earlier steps that can be distinguished.
fn ghosts_of(
    input: &DataCurveInput<'_>,
    path: &DrawnRun<'_>,
    now: usize,
    here: &Vec<Point>,
) -> Vec<(usize, Vec<Point>)> {
    let view = input.view;
    let seen = |point: &Point| point.y.clamp(view.y[0], view.y[1]);
    let apart = |a: &Vec<Point>, b: &Vec<Point>| {
        a.len() != b.len() || a.iter().zip(b).any(|(a, b)| (seen(a) - seen(b)).abs() > APART * view.height())
    };
    ghosts(now, here, |step| curve(input.landscape, path.run.iterates()[step].at, view), apart)
}

fn curve(landscape: &Landscape, at: Point, view: ViewBox) -> Vec<Point> {
    let input_at = |index: usize| view.x[0] + view.width() * index as f64 / (SAMPLES - 1) as f64;
    let inputs: Vec<f64> = (0..SAMPLES).map(input_at).collect();
    let outputs = said(landscape, at, &inputs);
    inputs.into_iter().zip(outputs).map(|(x, y)| Point::new(x, y)).filter(|point| point.y.is_finite()).collect()
}

/// A bar from every sample to the curve.
fn errors(input: &DataCurveInput<'_>, fits: &[Fit], out: &mut Vec<Primitive<'static>>) {
    for (index, fit) in fits.iter().enumerate() {
        let [x, y] = fit.sample;
        if !fit.said().is_finite() {
            continue;
        }
        let marked = input.marked.contains(&Some(index)) || input.lit.contains(&index);
        let pen = if marked { Pen::new(Ink::Truth, 3.4) } else { Pen::new(Ink::Truth, 1.6).pale(0.45) };
        // As far as it can be seen: what is farther may have no place on the screen.
        let [low, high] = [input.view.y[0] - input.view.height(), input.view.y[1] + input.view.height()];
        out.push(Primitive::line(vec![Point::new(x, y), Point::new(x, fit.said().clamp(low, high))], pen));
    }
}

/// Where the two classes are equally likely.
fn threshold(landscape: &Landscape, points: &[Point], view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let pen = Pen::new(Ink::Muted, 1.4).dashed(Dash::Dotted);
    let words = if landscape.network().is_some_and(Network::wants_classes) { "p = ½ (o = 0)" } else { "o = ½" };
    for pair in points.windows(2) {
        let [before, after] = [pair[0].y - 0.5, pair[1].y - 0.5];
        if (before < 0.0) != (after < 0.0) {
            let x = pair[0].x + (pair[1].x - pair[0].x) * before / (before - after);
            out.push(Primitive::line(vec![Point::new(x, view.y[0]), Point::new(x, view.y[1])], pen));
            let pen = Pen::new(Ink::Muted, 2.0).with_halo(1.0);
            out.push(Primitive::mark(Point::new(x, 0.5), MarkerShape::Diamond, 5.0, pen, false));
            let foot = Point::new(x, view.y[0] + 0.04 * view.height());
            out.push(Primitive::text(foot, words, Ink::Muted, Anchor::Left));
        }
    }
}

/// A ring around every sample of the batch, and how often it was drawn where that is more than once.
fn rings(batch: &Batch, ink: Ink, samples: &[[f64; 2]], view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let counts = batch.counts();
    let drawn = || counts.iter().filter_map(|&(index, count)| Some((Point::from(*samples.get(index)?), count)));
    let places = Places::Own(drawn().map(|(at, _)| at).collect());
    let few = samples.len() <= MANY;
    let (radius, width) = if few { (8.5, 2.0) } else { (3.6, 1.2) };
    let pen = Pen::new(ink, width).with_halo(1.0);
    out.push(Primitive::Marks { places, shape: MarkerShape::Circle, radius, pen, filled: false });
    for (at, count) in drawn().filter(|(_, count)| few && *count > 1) {
        let beside = Point::new(at.x, at.y - 0.055 * view.height());
        out.push(Primitive::text(beside, format!("×{count}"), ink, Anchor::Top));
    }
}

impl DataCurveInput<'_> {
    /// Whether a sample is drawn filled: where a rectified unit is off for it, it is not.
    fn is_on(&self, index: usize) -> bool {
        self.on.as_ref().is_none_or(|on| on.get(index).copied().unwrap_or(true))
    }
}

fn draw_samples(input: &DataCurveInput<'_>, samples: &[[f64; 2]], out: &mut Vec<Primitive<'static>>) {
    let few = samples.len() <= MANY;
    let (radius, strength) = if few { (4.2, 1.0) } else { (2.0, 0.45) };
    for filled in [false, true] {
        let drawn = samples.iter().enumerate().step_by(stride(samples.len()).max(1));
        let own = drawn.filter(|(index, _)| input.is_on(*index) == filled);
        let places: Vec<Point> = own.map(|(_, sample)| Point::from(*sample)).collect();
        let pen = Pen::new(Ink::Truth, if filled { 1.0 } else { 1.6 }).pale(strength);
        let pen = if few { pen.with_halo(1.0) } else { pen };
        if !places.is_empty() {
            let (places, shape) = (Places::Own(places), MarkerShape::Circle);
            out.push(Primitive::Marks { places, shape, radius, pen, filled });
        }
    }
    let lit = input.lit.iter().take(MANY).map(|index| (Some(*index), Ink::Accent));
    for (marked, ink) in lit.chain(input.marked.into_iter().zip([Ink::Accent, Ink::Truth])) {
        if let Some((index, sample)) = marked.and_then(|index| Some((index, samples.get(index)?))) {
            out.extend(ringed(Point::from(*sample), ink, input.is_on(index)));
        }
    }
}

/// A sample in a ring.
fn ringed(at: Point, ink: Ink, is_on: bool) -> [Primitive<'static>; 2] {
    [
        Primitive::mark(at, MarkerShape::Circle, 7.5, Pen::new(ink, 2.4).with_halo(1.0), false),
        Primitive::mark(at, MarkerShape::Circle, 4.2, Pen::new(Ink::Truth, 1.4), is_on),
    ]
}

/// What filled and hollow marks mean, where there are both to tell apart.
fn legend(input: &DataCurveInput<'_>, out: &mut Vec<Primitive<'static>>) {
    let Some(on) = &input.on else { return };
    let count = on.iter().filter(|on| **on).count();
    let words = format!("filled: unit on ({} of {})", grouped(count), grouped(on.len()));
    let ([left, _], [_, top]) = (input.view.x, input.view.y);
    let place = Point::new(left + 0.5 * input.view.width(), top);
    out.push(Primitive::text(place, words, Ink::Muted, Anchor::Top));
}

/// Where all samples have the same input, and curves that differ fit them equally well, it is said.
pub fn only_input(landscape: &Landscape) -> Option<(f64, &'static str)> {
    let samples = landscape.data()?.samples();
    let [x, _] = samples[0];
    if samples.iter().any(|sample| sample[0] != x) {
        return None;
    }
    let sets = landscape.critical_sets();
    let (_, best) = sets.iter().find_map(|set| set.label.filter(|_| set.kind == "minimum"))?;
    Some((x, best))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn what_is_left_out_is_described() {
        for (count, drawn, words) in [
            (1_usize, 1, None),
            (300, 300, None),
            (1000, 1000, Some("1000 samples: no residuals are drawn")),
            (10_000, 1000, Some("1000 of 10 000 samples are drawn, and no residuals")),
        ] {
            assert_eq!(count.div_ceil(stride(count)), drawn, "{count}");
            assert_eq!(left_out(count).map(|words| words.replace('\u{a0}', " ")).as_deref(), words, "{count}");
        }
    }

    #[test]
    fn every_sample_is_in_the_frame_whatever_it_is() {
        for samples in [
            vec![[0.0, 0.0]],
            vec![[1.0, 2.0], [1.0, 2.0]],
            vec![[-1e300, 1e300], [1e300, -1e300]],
            vec![[1e16, 0.0], [1e16, 1e-300]],
            vec![[0.1, 5.0], [2.0, -1.0]],
        ] {
            let view = frame_of(&samples, false);
            for [x, y] in samples {
                assert!(view.contains(Point::new(x, y)), "({x}, {y}) in {view:?}");
                assert!(view.width() > 0.0 && view.height() > 0.0 && view.width().is_finite(), "{view:?}");
            }
        }
    }
}
