//! The negative gradient of each sample, and that of the batch of this step.

use super::{NETWORKS, Overlay, OverlayGroup, OverlayId};
use crate::analysis::Cloud;
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::Ink;
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::{grouped, parameter};
use crate::numbers::{Point, Vector};
use crate::run::Batch;

/// What each sample alone wants, and the batch of this step.
pub const CLOUD: OverlayId = OverlayId::new("cloud");

pub(super) const OVERLAY: Overlay = Overlay {
    id: CLOUD,
    label: "Per-sample gradients",
    help: "For networks: the negative gradient of each sample's loss as a thin arrow; their mean is −∇f. For a stochastic method the samples of this step are stronger, and the arrow of the batch has the color of the run. All have the scale that is given.",
    needs: NETWORKS,
    on_at_first: false,
    group: Some(OverlayGroup::Samples),
    tabs: &[],
    z_order: 200,
    views: &[Pane::Map],
    draw: Some(draw),
    drape: None,
    raise: None,
    is_known: false,
};

/// More arrows than this cannot be distinguished.
const MOST: usize = 200;
/// How long the longest arrow may be, as a share of the smaller side of the view.
const ROOM: f64 = 0.42;
/// Arrows are drawn at most this much larger: gradients smaller than that are nothing.
const LARGEST: f64 = 1e3;
/// How wide a letter of the legend is at most, in points: that of large type.
const LETTER: f64 = 10.5;
/// How long an arrow must be to have a name, in points.
const NAMED_LENGTH: f64 = 26.0;

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(cloud)) = (context.step.analysis, context.step.cloud) else { return };
    let Some(path) = context.selected() else { return };
    let (at, ink, batch) = (analysis.iterate.at, path.style.0, analysis.batch.as_ref());
    let drawn = cloud.gradients.iter().chain(batch.map(|batch| &batch.gradient));
    let longest = drawn.map(|gradient| context.scale.length(*gradient)).fold(0.0, f64::max);
    let side = context.shorter_side();
    let Some(times) = scale(ROOM * side / longest) else { return legend(context, at, &silence(cloud), out) };
    let arrow = |gradient: Vector, pen: Pen| {
        let way = -gradient * times;
        (context.scale.length(way) > 1.5).then(|| Primitive::Arrow { from: at, to: at + way, pen })
    };
    let thin = Pen::new(Ink::Truth, 1.2).pale(0.6);
    out.extend(cloud.gradients.iter().step_by(every(cloud)).filter_map(|gradient| arrow(*gradient, thin)));
    let members = batch.map(Batch::counts).unwrap_or_default();
    for (sample, count) in members.into_iter().take(MOST) {
        // A sample drawn twice is stronger still.
        let pen = Pen::new(ink, if count > 1 { 2.6 } else { 1.7 }).pale(0.75).with_halo(0.8);
        out.extend(cloud.gradients.get(sample).and_then(|gradient| arrow(*gradient, pen)));
    }
    let mut named = |gradient: Vector, pen: Pen, words: &str| {
        out.extend(arrow(gradient, pen));
        out.extend(name(context, at, -gradient * times, words, pen.ink));
    };
    named(analysis.iterate.gradient, Pen::new(Ink::Truth, 2.8).with_halo(1.6), "−∇f");
    if let Some(batch) = batch {
        named(batch.gradient, Pen::new(ink, 3.0).with_halo(1.6), "−∇f(B)");
    }
    legend(context, at, &lines(cloud, batch, times), out);
}

/// How many samples one arrow stands for.
fn every(cloud: &Cloud) -> usize {
    cloud.gradients.len().div_ceil(MOST).max(1)
}

/// The greatest of 1, 1.5, 2, 3, 5, 7, 10 … and their parts that is not more; `None` where nothing is to be drawn.
fn scale(most: f64) -> Option<f64> {
    let most = if most.is_finite() && most > 0.0 { most.min(LARGEST) } else { return None };
    let ten = libm::pow(10.0, libm::log10(most).floor());
    let simple = [7.0, 5.0, 3.0, 2.0, 1.5, 1.0].into_iter().map(|digit| digit * ten).find(|value| *value <= most);
    Some(simple.unwrap_or(ten))
}

/// What the arrows are, a line each.
fn lines(cloud: &Cloud, batch: Option<&Batch>, times: f64) -> Vec<String> {
    let count = cloud.gradients.len();
    let which = match every(cloud) {
        1 if count == 1 => "the one sample".to_owned(),
        1 => format!("each of {} samples", grouped(count)),
        every => format!("every {}th of {} samples", grouped(every), grouped(count)),
    };
    let n_times = if cloud.is_sum { "n times " } else { "" };
    let drawn = if times == 1.0 { String::new() } else { format!(", drawn ×{}", parameter(times)) };
    let mut lines = vec![format!("{n_times}−∇ of {which}: their mean is −∇f{drawn}")];
    lines.extend(batch.map(batch_words));
    lines
}

/// What the batch's arrow is.
fn batch_words(batch: &Batch) -> String {
    let [size, of] = [batch.samples.len(), batch.of].map(grouped);
    if batch.is_sum {
        format!("batch: the sum over {size} of {of}, on average {size}/{of} of −∇f")
    } else {
        format!("batch: the mean over {size} of {of}, on average −∇f")
    }
}

fn silence(cloud: &Cloud) -> Vec<String> {
    let all = grouped(cloud.gradients.len());
    vec![format!("No arrow: the slope is zero here for all {all} samples")]
}

/// What the cloud shows, for those who cannot see it.
pub fn cloud_words(cloud: &Cloud, batch: Option<&Batch>) -> String {
    let mut words = if cloud.longest > 0.0 { lines(cloud, batch, 1.0) } else { silence(cloud) };
    if let Some(batch) = batch {
        words.push(format!("drawn: {}", batch.members()));
    }
    words.join("; ")
}

/// The legend at the left edge of the map, in the corner away from the arrows.
fn legend(context: &OverlayContext<'_>, at: Point, lines: &[String], out: &mut Vec<Primitive<'_>>) {
    let view = context.view;
    let (y, inside) = if at.y > view.center().y { (view.y[0], 12.0) } else { (view.y[1], -12.0) };
    let corner = context.offset(Point::new(view.x[0], y), 6.0, inside);
    let words: Vec<String> = lines.iter().map(|line| fitted(context, line)).collect();
    out.push(Primitive::text(corner, words.join("\n"), Ink::Truth, Anchor::Left));
}

/// Words in as many lines as they need to fit into the map's width.
pub(super) fn fitted(context: &OverlayContext<'_>, text: &str) -> String {
    broken(text, (context.width() / LETTER) as usize).join("\n")
}

/// Words in lines of no more than this many letters, as far as words are no longer than that.
fn broken(text: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line =
            lines.last_mut().filter(|line| line.is_empty() || line.chars().count() + word.chars().count() < letters);
        match line {
            Some(line) if line.is_empty() => word.clone_into(line),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A name at the tip of an arrow, away from its foot.
fn name(context: &OverlayContext<'_>, at: Point, way: Vector, text: &str, ink: Ink) -> Option<Primitive<'static>> {
    let tip = at + way;
    if !context.view.contains(tip) || context.scale.length(way) < NAMED_LENGTH {
        return None;
    }
    let (shift, anchor) = if way.x < 0.0 { (-6.0, Anchor::Right) } else { (6.0, Anchor::Left) };
    let at = context.offset(tip, shift, 5.0 * way.y.signum());
    Some(Label::new(text, ink, Swatch::Arrow).at(at, anchor).strong(true).ranked(Rank::Part).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_simple_and_fits() {
        for (most, expected) in
            [(1.0, 1.0), (0.9, 0.7), (6.9, 5.0), (1.7, 1.5), (0.0234, 0.02), (1e9, 1e3), (1e-12, 1e-12), (3.1e-7, 3e-7)]
        {
            let times = scale(most).unwrap();
            assert!((times / expected - 1.0).abs() < 1e-12, "{most}: {times}");
        }
        for nothing in [0.0, f64::INFINITY, f64::NAN] {
            assert_eq!(scale(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_legend_is_broken_between_words() {
        assert_eq!(broken("the sum over 2 of 12", 10), ["the sum", "over 2 of", "12"]);
        assert_eq!(broken("a", 0), ["a"], "whatever room there is");
    }

    #[test]
    fn the_legend_says_what_is_left_out_and_what_is_summed() {
        let cloud =
            |count: usize, is_sum| Cloud { gradients: vec![Vector::x(); count], is_sum, longest: 1.0, silent: 0 };
        let batch = |is_sum| Batch {
            samples: vec![3, 0, 3],
            of: 12,
            is_sum,
            gradient: Vector::x(),
            predicted: -1.0,
            actual: -1.0,
        };
        for (cloud, is_sum, first, second) in [
            (
                cloud(12, false),
                false,
                "−∇ of each of 12 samples: their mean is −∇f, drawn ×0.1",
                "the mean over 3 of 12, on average −∇f",
            ),
            (cloud(12, true), true, "n times −∇ of each of 12 samples", "the sum over 3 of 12, on average 3/12 of −∇f"),
            (cloud(10_000, false), false, "−∇ of every 50th of 10\u{a0}000 samples", "the mean"),
            (cloud(1, false), false, "−∇ of the one sample", "the mean"),
        ] {
            let lines = lines(&cloud, Some(&batch(is_sum)), 0.1);
            assert!(lines[0].starts_with(first), "{}", lines[0]);
            assert!(lines[1].contains(second), "{}", lines[1]);
        }
    }
}
