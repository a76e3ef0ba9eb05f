//! How far the local models are valid against the depth of a network: x is the number of layers, y the decimal logarithm of the radius.

use super::ink::{Dash, Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Primitive};
use crate::analysis::{AtDepth, ModelOrder};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;
use crate::numbers::numerals::brief;

/// The parameter of a network that says how many layers it has.
pub const LAYERS: &str = "layers";

/// The place of that number among the parameters; `None` for what has a fixed number of layers, or none.
pub fn layers_index(landscape: &Landscape) -> Option<usize> {
    landscape.entry().parameters.iter().position(|parameter| parameter.name == LAYERS)
}

/// Whether a landscape is a depth lab.
pub(super) fn has_layers(landscape: &Landscape) -> bool {
    layers_index(landscape).is_some()
}

/// Room on both sides of the first and the last depth.
const SIDE: f64 = 0.7;
/// The least height of the picture, in powers of ten.
const LEAST: f64 = 1.0;
/// How far beyond the curves a step may be and still extend the picture, in powers of ten.
const NEAR: f64 = 1.0;
/// The most layers beside its line that the name of the chosen depth reaches.
const ABREAST: u32 = 4;
/// The largest share of the width that the names may take.
const NAMES: f64 = 0.4;

/// What is drawn.
pub struct DepthPlotInput<'a> {
    /// The depths that are known, the shallowest first.
    pub depths: &'a [AtDepth],
    /// The least and the largest depth there is.
    pub range: [u32; 2],
    /// The depth of the loss surface on the map.
    pub chosen: u32,
    /// The depth under the pointer.
    pub pointed: Option<u32>,
    /// The length of the step in focus, and the color of its run.
    pub step: Option<(f64, Ink)>,
    /// Whether at the start of the run, which is elsewhere, the plane's radius shrinks with every layer.
    pub shrank: bool,
    /// The share of the width that the names take, right of the last depth.
    pub names: f64,
}

/// The picture of it, and the part of the (L, log₁₀ radius) plane that shows it.
pub struct DepthPlot {
    /// Curves, marks and words.
    pub primitives: Vec<Primitive<'static>>,
    /// L and log₁₀ radius.
    pub view: ViewBox,
}

/// Both curves over the depths; `None` where no radius is known.
pub fn depth_plot(input: &DepthPlotInput<'_>) -> Option<DepthPlot> {
    let view = view(input)?;
    let mut out = Vec::new();
    let upright =
        |layers: u32| vec![Point::new(f64::from(layers), view.y[0]), Point::new(f64::from(layers), view.y[1])];
    let chosen = f64::from(input.chosen);
    out.push(Primitive::line(upright(input.chosen), Pen::new(Ink::Truth, 1.2)));
    let side = if input.chosen > input.range[1] - ABREAST { Anchor::Right } else { Anchor::Left };
    let away = if side == Anchor::Right { -0.25 } else { 0.25 };
    let at = Point::new(chosen + away, free_height(input, view));
    out.push(Primitive::text(at, format!("L = {}", input.chosen), Ink::Truth, side));
    if let Some(pointed) = input.pointed.filter(|pointed| *pointed != input.chosen) {
        out.push(Primitive::line(upright(pointed), Pen::new(Ink::Muted, 1.0).dashed(Dash::Dotted)));
    }
    step_line(input, view, &mut out);
    for order in [ModelOrder::Quadratic, ModelOrder::Linear] {
        curve(input, order, view, &mut out);
    }
    Some(DepthPlot { primitives: out, view })
}

/// Near the lower or the upper edge, where the curves beside the chosen depth are further away.
fn free_height(input: &DepthPlotInput<'_>, view: ViewBox) -> f64 {
    let beside = input.depths.iter().filter(|depth| depth.layers.abs_diff(input.chosen) <= ABREAST);
    let heights: Vec<f64> = beside
        .flat_map(|depth| [ModelOrder::Linear, ModelOrder::Quadratic].map(|order| height(depth, order)))
        .flatten()
        .collect();
    let room = |edge: f64| heights.iter().map(|height| (height - edge).abs()).fold(f64::INFINITY, f64::min);
    let [low, high] = [0.06, 0.94].map(|share| view.y[0] + share * view.height());
    if room(high) > room(low) { high } else { low }
}

/// The logarithm of a radius that can be drawn.
fn height(depth: &AtDepth, order: ModelOrder) -> Option<f64> {
    depth.good(order).map(libm::log10).filter(|height| height.is_finite())
}

fn view(input: &DepthPlotInput<'_>) -> Option<ViewBox> {
    let both = |depth: &AtDepth| [ModelOrder::Linear, ModelOrder::Quadratic].map(|order| height(depth, order));
    let heights = || input.depths.iter().flat_map(both).flatten();
    let (low, high) = (heights().reduce(f64::min)?, heights().reduce(f64::max)?);
    let step = input.step.map(|(length, _)| libm::log10(length));
    let is_near = |step: &f64| (low - NEAR..=high + NEAR).contains(step);
    let (low, high) = step.filter(is_near).map_or((low, high), |step| (low.min(step), high.max(step)));
    let margin = (0.12 * (high - low)).max((LEAST - (high - low)) / 2.0);
    let [first, last] = input.range.map(f64::from);
    let names = Some(input.names).filter(|names| (0.0..NAMES).contains(names)).unwrap_or(NAMES);
    let width = (last - first + 2.0 * SIDE) / (1.0 - names);
    Some(ViewBox::new(first - SIDE, first - SIDE + width, low - margin, high + margin))
}

/// The length of the step, as a level line, named where the curves are furthest from it.
fn step_line(input: &DepthPlotInput<'_>, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let Some((length, ink)) = input.step else { return };
    let level = libm::log10(length);
    if !(view.y[0]..=view.y[1]).contains(&level) {
        return;
    }
    out.push(Primitive::line(
        vec![Point::new(view.x[0], level), Point::new(view.x[1], level)],
        Pen::new(ink, 1.8).dashed(Dash::DashDot),
    ));
    let third = (input.range[1] - input.range[0]) / 3;
    let room = |is_there: &dyn Fn(u32) -> bool| {
        let there = input.depths.iter().filter(|depth| is_there(depth.layers));
        let above =
            there.flat_map(|depth| [ModelOrder::Linear, ModelOrder::Quadratic].map(|order| height(depth, order)));
        above.flatten().map(|height| (height - level - 0.05 * view.height()).abs()).fold(f64::INFINITY, f64::min)
    };
    let (left, right) = (input.range[0] + third, input.range[1] - third);
    let is_right = room(&|layers| layers >= right) > room(&|layers| layers <= left);
    let (x, anchor) = if is_right {
        (f64::from(input.range[1]) + SIDE / 2.0, Anchor::Right)
    } else {
        (view.x[0] + 0.2, Anchor::Left)
    };
    let at = Point::new(x, level + 0.05 * view.height());
    out.push(Primitive::text(at, format!("this step: {}", brief(length)), ink, anchor));
}

/// One local model's radii: joined where neighbors are known, an arrow upward where it is valid further than was searched.
fn curve(input: &DepthPlotInput<'_>, order: ModelOrder, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let (ink, shape, name) = match order {
        ModelOrder::Linear => (Ink::Plane, MarkerShape::Circle, "plane"),
        ModelOrder::Quadratic => (Ink::Quadratic, MarkerShape::Diamond, "quadratic"),
    };
    let pen = Pen::new(ink, 2.2).with_halo(1.0);
    let mut joined: Vec<Point> = Vec::new();
    let mut marks = Vec::new();
    let mut last = 0;
    for depth in input.depths {
        let x = f64::from(depth.layers);
        let at = height(depth, order).map(|height| Point::new(x, height));
        if (at.is_none() || depth.layers != last + 1) && joined.len() > 1 {
            out.push(Primitive::line(std::mem::take(&mut joined), pen));
        } else if at.is_none() || depth.layers != last + 1 {
            joined.clear();
        }
        joined.extend(at);
        last = depth.layers;
        if depth.good(order) == Some(f64::INFINITY) {
            let [foot, tip] = [0.14, 0.03].map(|share| Point::new(x, view.y[1] - share * view.height()));
            out.push(Primitive::Arrow { from: foot, to: tip, pen });
        }
        let is_marked = depth.layers == input.chosen || input.pointed == Some(depth.layers);
        let radius = if is_marked { 6.0 } else { 3.5 };
        marks.extend(at.map(|at| Primitive::mark(at, shape, radius, Pen::new(ink, 1.0), true)));
    }
    if joined.len() > 1 {
        out.push(Primitive::line(joined, pen));
    }
    out.extend(marks);
    // In the margin, where nothing else is drawn.
    if let Some(height) = input.depths.iter().rev().find_map(|depth| height(depth, order)) {
        let at = Point::new(f64::from(input.range[1]) + SIDE, height);
        out.push(Primitive::text(at, name, ink, Anchor::Left));
    }
}

/// How far a model is good, in words.
fn up_to(radius: Option<f64>) -> String {
    match radius {
        None => "nowhere".to_owned(),
        Some(radius) if radius.is_infinite() => "beyond the searched range".to_owned(),
        Some(radius) => format!("up to {}", brief(radius)),
    }
}

/// What the radii say, in sentences, or where there is little room in a line each; nothing that the numbers do not bear out.
pub fn description(input: &DepthPlotInput<'_>, share: &str, roomy: bool) -> Vec<String> {
    let find = |layers: u32| input.depths.iter().find(|depth| depth.layers == layers);
    let Some(here) = find(input.chosen) else { return Vec::new() };
    let layers = here.layers;
    if here.plane.is_none() {
        return vec![format!("L = {layers}: the gradient is zero, so the plane predicts no change.")];
    }
    let [plane, quadratic] = [ModelOrder::Linear, ModelOrder::Quadratic].map(|order| up_to(here.good(order)));
    let mut description = vec![if roomy {
        format!("L = {layers}: along −∇f the plane is right within {share} {plane}, the quadratic model {quadratic}.")
    } else {
        format!("L = {layers}, along −∇f right within {share}: plane {plane}, quadratic {quadratic}")
    }];
    if input.depths.len() == (input.range[1] - input.range[0] + 1) as usize {
        description.extend(trend(input, roomy));
        description.extend(input.step.map(|(length, _)| fits(input.depths, length, roomy)));
    }
    description
}

/// How the plane's radius changes from the first depth to the last: that it shrinks only where it always does.
///
/// Where it does not, why it grows, and that it is otherwise at the start.
fn trend(input: &DepthPlotInput<'_>, roomy: bool) -> Option<String> {
    let depths = input.depths;
    let radii: Option<Vec<f64>> = depths.iter().map(|depth| depth.plane.filter(|radius| radius.is_finite())).collect();
    let radii = radii?;
    let [first, last] = [radii.first()?, radii.last()?].map(|radius| brief(*radius));
    let [least, most] = [depths.first()?.layers, depths.last()?.layers];
    let shrinks = radii.windows(2).all(|pair| pair[1] < pair[0]);
    let mut words = match (shrinks, roomy) {
        (true, true) => {
            format!(
                "Each layer shrinks the plane's validity radius: from {first} at L = {least} to {last} at L = {most}."
            )
        }
        (true, false) => format!("plane: {first} at L = {least}, {last} at L = {most}, shorter with every layer"),
        (false, true) => {
            format!(
                "The plane's validity radius goes from {first} at L = {least} to {last} at L = {most}, not always down."
            )
        }
        (false, false) => format!("plane: {first} at L = {least}, {last} at L = {most}, not always down."),
    };
    if !shrinks {
        words.extend(growth(depths).map(|why| format!(" {why}")));
        if input.shrank {
            words.push_str(" At the start it shrinks with every layer: Home goes there.");
        }
    }
    Some(words)
}

/// Where the plane's radius grows most from one depth to the next, and why.
///
/// To first order the radius is 2 · share · ‖∇f‖ / |bend|: it grows because the loss bends less, or because it is steeper.
/// `None` where that does not account for it.
fn growth(depths: &[AtDepth]) -> Option<String> {
    let times = |pair: &&[AtDepth]| pair[1].plane.zip(pair[0].plane).map_or(0.0, |(next, radius)| next / radius);
    let pair = depths.windows(2).max_by(|a, b| times(a).total_cmp(&times(b))).filter(|pair| times(pair) > 1.0)?;
    let (straighter, steeper) = ((pair[0].bend / pair[1].bend).abs(), pair[1].slope / pair[0].slope);
    let step_reports = (straighter * steeper).is_finite() && straighter * steeper > 1.0;
    let why = match straighter >= steeper {
        _ if !step_reports => return None,
        true => format!("the curvature along −∇f is {} times smaller", brief(straighter)),
        false => format!("the gradient is {} times as long", brief(steeper)),
    };
    Some(format!("It grows most from L = {} to {}: there {why}.", pair[0].layers, pair[1].layers))
}

/// At which depths the plane is valid for a step of this length.
fn fits(depths: &[AtDepth], length: f64, roomy: bool) -> String {
    let is_good = |depth: &&AtDepth| depth.plane.is_some_and(|radius| radius >= length);
    let good = depths.iter().filter(is_good).count();
    let first = depths.iter().take_while(is_good);
    let (count, last) = first.fold((0, 0), |(count, _), depth| (count + 1, depth.layers));
    let length = brief(length);
    let words = match good {
        0 if roomy => "at no depth is the plane valid for it".to_owned(),
        0 => "too long for the plane at every depth".to_owned(),
        _ if good == depths.len() && roomy => "the plane is valid for it at every depth".to_owned(),
        _ if good == depths.len() => "short enough for the plane at every depth".to_owned(),
        _ if good == count && roomy => format!("beyond L = {last} the plane is not valid for it"),
        _ if good == count => format!("too long for the plane beyond L = {last}"),
        _ if roomy => format!("the plane is valid for it at {good} of {} depths", depths.len()),
        _ => format!("short enough for the plane at {good} of {} depths", depths.len()),
    };
    if roomy { format!("This step is {length} long: {words}.") } else { format!("this step, {length} long: {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depths(radii: &[f64]) -> Vec<AtDepth> {
        let one = |(index, radius): (usize, &f64)| {
            let plane = Some(*radius).filter(|radius| !radius.is_nan());
            AtDepth { layers: index as u32 + 1, slope: 1.0, bend: 1.0 / radius, plane, quadratic: plane }
        };
        radii.iter().enumerate().map(one).collect()
    }

    fn words(radii: &[f64], step: f64) -> String {
        let depths = depths(radii);
        let step = Some((step, Ink::Run(0)));
        let range = [1, radii.len() as u32];
        let input = DepthPlotInput { depths: &depths, range, chosen: 2, pointed: None, step, shrank: true, names: 0.1 };
        description(&input, "10 %", true).join(" ")
    }

    #[test]
    fn only_what_the_numbers_bear_out_is_described() {
        for (radii, step, expected) in [
            (
                &[0.4, 0.2, 0.1][..],
                0.15,
                "Each layer shrinks the plane's validity radius: from 0.40 at L = 1 to 0.10 at L = 3. This step is 0.15 long: beyond L = 2 the plane is not valid for it.",
            ),
            (
                &[0.4, 0.2, 0.3],
                0.25,
                "goes from 0.40 at L = 1 to 0.30 at L = 3, not always down. It grows most from L = 2 to 3: there the curvature along −∇f is 1.5 times smaller. At the start it shrinks with every layer: Home goes there. This step is 0.25 long: the plane is valid for it at 2 of 3 depths.",
            ),
            (&[0.4, 0.2, 0.1], 0.5, "at no depth is the plane valid for it."),
            (&[0.4, 0.2, 0.1], 0.05, "the plane is valid for it at every depth."),
            (&[f64::INFINITY, 0.2, 0.1], 0.15, "the quadratic model up to 0.20. This step is 0.15 long: beyond L = 2"),
            (&[0.4, f64::NAN, 0.1], 0.15, "L = 2: the gradient is zero, so the plane predicts no change."),
        ] {
            assert!(words(radii, step).contains(expected), "{radii:?}: {}", words(radii, step));
        }
    }

    #[test]
    fn what_is_no_number_is_not_drawn() {
        let picture = |radii: &[f64], step| {
            let depths = depths(radii);
            let (range, pointed) = ([1, 20], Some(3));
            depth_plot(&DepthPlotInput {
                depths: &depths,
                range,
                chosen: 1,
                pointed,
                step,
                shrank: false,
                names: f64::NAN,
            })
        };
        assert!(
            picture(&[], None).is_none() && picture(&[f64::NAN, f64::INFINITY, 0.0], None).is_none(),
            "nothing known"
        );
        let plot =
            picture(&[0.4, 0.0, f64::INFINITY, 1e-3, f64::NAN, 0.1], Some((f64::INFINITY, Ink::Run(0)))).unwrap();
        let sides = [plot.view.x, plot.view.y].concat();
        assert!(sides.iter().all(|side| side.is_finite()) && plot.view.height() >= LEAST, "{:?}", plot.view);
        for primitive in &plot.primitives {
            if let Primitive::Line { places, .. } = primitive {
                let places = (0..places.len()).map(|index| places.get(index));
                assert!(places.into_iter().all(|at| at.y.is_finite()), "{primitive:?}");
            }
        }
    }
}
