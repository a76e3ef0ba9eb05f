//! The picture of a sweep: a curve over one parameter, or a map over two, with theory's limit and the setting of the run.

use egui::{Color32, ColorImage, Ui};

use crate::drawing::ink::{Ink, MarkerShape, SweepShade, Theme, run_style};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::sweep_chart::{SweptMark, SweptPlace, along, sweep_chart};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::optimizers::{Choice, Method};
use crate::state::{State, SweepQuantity, Swept};
use crate::studies::{RaceEnd, RangeTest, SweepAxis, SweepKey, SweptCell};
use crate::ui::theme;

/// The picture, ready to be shown.
pub(super) struct Picture {
    pub(super) view: ViewBox,
    /// Which axes are logarithmic.
    pub(super) log: [bool; 2],
    pub(super) names: [&'static str; 2],
    pub(super) primitives: Vec<Primitive<'static>>,
    /// Whether the settings are colored cells.
    pub(super) has_cells: bool,
}

/// How a sweep is drawn.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) theme: Theme,
    /// What widths and marks are multiplied with.
    pub(super) scale: f32,
    pub(super) quantity: SweepQuantity,
    /// The run whose setting is marked, and its style.
    pub(super) run: Option<(&'a Choice, usize)>,
}

impl<'a> Look<'a> {
    /// The look in the window.
    pub(super) fn of(state: &'a State, ui: &Ui) -> Self {
        let card = state.document.card(state.selected);
        Self {
            theme: state.view.chrome.theme,
            scale: theme::factor_in(ui),
            quantity: state.view.scene.sweep.quantity_of(state.derived.sweep().as_ref()),
            run: card.map(|card| (&card.optimizer, card.style)),
        }
    }

    fn style(&self) -> usize {
        self.run.map_or(0, |(_, style)| style)
    }
}

/// The picture of a sweep, or why there is none.
pub(super) fn picture(look: Look<'_>, swept: &Swept<'_>) -> Result<Picture, String> {
    if swept.summary.no_step.is_some() {
        return Err("No setting has a step".to_owned());
    }
    if swept.sweep.question().y.is_some() { Ok(map(look, swept)) } else { curve(look, swept) }
}

/// What an axis is called.
fn name(axis: &SweepAxis, method: &Method) -> &'static str {
    match axis.key {
        SweepKey::Parameter(place) if !method.parameters[place].label.is_empty() => method.parameters[place].label,
        key => key.symbol(method),
    }
}

/// The ends of an axis with half a cell beyond the first and the last value, along a logarithmic one in decimal logarithms.
fn span(axis: &SweepAxis) -> [f64; 2] {
    let (first, last) = (axis.values.first(), axis.values.last());
    let [first, last] = [first, last].map(|value| along(value.copied().unwrap_or(1.0), axis.is_log));
    let half = (last - first) / (2.0 * (axis.values.len().max(2) - 1) as f64);
    let half = if half > 0.0 { half } else { 0.5 };
    [first - half, last + half]
}

/// The values of the selected run along the axes; `None` where it has none.
fn values_of_run(look: Look<'_>, swept: &Swept<'_>) -> Vec<Option<f64>> {
    let value = |axis: &SweepAxis| {
        let (optimizer, _) = look.run?;
        match axis.key {
            SweepKey::Parameter(place) => optimizer.parameters.get(place).copied(),
            SweepKey::WeightRate(weight) => Some(optimizer.rates_of_weights()[weight]),
        }
    };
    swept.sweep.question().axes().map(value).collect()
}

/// A cell for every setting of two parameters.
fn map(look: Look<'_>, swept: &Swept<'_>) -> Picture {
    let question = swept.sweep.question();
    let method = question.optimizer.entry;
    let axes: Vec<&SweepAxis> = question.axes().collect();
    let log = [0, 1].map(|place| axes[place].is_log);
    let [x, y] = [0, 1].map(|place| span(axes[place]));
    let at = |values: [f64; 2]| Point::new(along(values[0], log[0]), along(values[1], log[1]));
    let mut primitives = Vec::new();
    if axes.iter().all(|axis| matches!(axis.key, SweepKey::WeightRate(_))) {
        let [low, high] = [x[0].max(y[0]), x[1].min(y[1])];
        let line = vec![Point::new(low, low), Point::new(high, high)];
        let along = |share: f64| Point::new(low + share * (high - low), low + share * (high - low));
        let places = [0.12, 0.3, 0.5]
            .into_iter()
            .flat_map(|share| [Anchor::Left, Anchor::Right].map(|side| (along(share), side)));
        let (places, text) = (places.collect(), "η₁ = η₂".to_owned());
        primitives.push(Primitive::Name { places, text, ink: Ink::Muted, strong: false });
        primitives.push(Primitive::line(line, Pen::new(Ink::Muted, 1.2).with_halo(0.8)));
    }
    if let Some(limits) = swept.limits {
        let others = &axes[1 - limits.axis].values;
        let places: Vec<Option<Point>> = others
            .iter()
            .enumerate()
            .map(|(place, other)| {
                let limit = limits.limits.get(if limits.limits.len() == 1 { 0 } else { place }).copied().flatten()?;
                let point = at(if limits.axis == 0 { [limit, *other] } else { [*other, limit] });
                let is_seen = (x[0]..=x[1]).contains(&point.x) && (y[0]..=y[1]).contains(&point.y);
                is_seen.then_some(point)
            })
            .collect();
        let pen = Pen::new(Ink::Truth, 2.0).with_halo(1.4).kept_clear();
        // Of two rates the first one alone can be too large: there the boundary falls to the axis.
        let falls = limits.axis == 1 && axes.iter().all(|axis| matches!(axis.key, SweepKey::WeightRate(_)));
        for piece in places.split(Option::is_none) {
            let mut line: Vec<Point> = piece.iter().flatten().copied().collect();
            let beyond = line.last().map_or(x[1], |last| last.x + (x[1] - x[0]) / (2 * others.len()) as f64);
            if falls && beyond + (x[1] - x[0]) / others.len() as f64 <= x[1] {
                line.extend([Point::new(beyond, y[0])]);
            }
            if line.len() > 1 {
                primitives.push(Primitive::line(line, pen));
            }
        }
        let longest = places.split(Option::is_none).max_by_key(|piece| piece.len());
        if let Some(middle) = longest.and_then(|piece| piece.get(piece.len() / 2).copied().flatten()) {
            let places = [Anchor::Left, Anchor::Right, Anchor::Bottom, Anchor::Top].map(|side| (middle, side)).to_vec();
            let text = "limit of theory".to_owned();
            primitives.push(Primitive::Name { places, text, ink: Ink::Truth, strong: false });
        }
    }
    if let Some(best) = swept.summary.best {
        let pen = Pen::new(Ink::Truth, 1.4).with_halo(1.4);
        primitives.push(Primitive::mark(at(best.values), MarkerShape::Star, 5.0, pen, true));
    }
    if let [Some(first), Some(second)] = values_of_run(look, swept)[..] {
        let pen = Pen::new(Ink::Accent, 2.4).with_halo(1.6);
        primitives.push(Primitive::mark(at([first, second]), MarkerShape::Circle, 6.0, pen, false));
    }
    let names = [0, 1].map(|place| name(axes[place], method));
    Picture { view: ViewBox::new(x[0], x[1], y[0], y[1]), log, names, primitives, has_cells: true }
}

/// A curve over one parameter.
fn curve(look: Look<'_>, swept: &Swept<'_>) -> Result<Picture, String> {
    let question = swept.sweep.question();
    let (method, quantity) = (question.optimizer.entry, look.quantity);
    let is_steps = quantity == SweepQuantity::Steps;
    let place = |(column, x): (usize, &f64)| {
        let cell = swept.sweep.cell(column, 0)?;
        let y = match cell.reached {
            _ if !is_steps => [0, 1, 2].map(|which| swept.summary.drawn_loss(&cell, which).unwrap_or(f64::NAN)),
            Some(steps) => [steps.max(1) as f64; 3],
            None => [f64::NAN; 3],
        };
        Some(SweptPlace { x: *x, y, has_diverged: cell.end == RaceEnd::Diverged })
    };
    let places: Vec<SweptPlace> = question.x.values.iter().enumerate().filter_map(place).collect();
    let log = [question.x.is_log, is_steps || swept.summary.floor.is_some()];
    let has_cells = quantity == SweepQuantity::End;
    let ink = if has_cells { Ink::Truth } else { run_style(look.style()).0 };
    let limit = swept.limits.and_then(|limits| limits.limits.first().copied().flatten());
    let limit = limit.map(|x| SweptMark { x, name: "limit", ink: Ink::Muted });
    let now = values_of_run(look, swept).first().copied().flatten();
    let now = now.map(|x| SweptMark { x, name: "this run", ink: Ink::Accent });
    // Where one arrives, the best is not the lowest of the curve of the losses.
    let best_name = if swept.summary.arrives && !is_steps { "fewest steps" } else { "best" };
    let best = swept.summary.best.map(|best| SweptMark { x: best.values[0], name: best_name, ink: Ink::Truth });
    let marks: Vec<SweptMark> = limit.into_iter().chain(best).chain(now).collect();
    let least = if is_steps {
        1.0
    } else if log[1] {
        swept.summary.least()
    } else {
        f64::NEG_INFINITY
    };
    let missing = if is_steps { "not yet" } else { "no loss" };
    let chart = sweep_chart(&places, log, least, ink, &marks, missing).ok_or_else(|| {
        if is_steps {
            format!("No setting arrives within {} steps", question.steps)
        } else {
            "No setting has a loss at its stop".to_owned()
        }
    })?;
    let [low, high] = span(&question.x);
    Ok(Picture {
        view: ViewBox { x: [low, high], ..chart.view },
        log,
        names: [name(&question.x, method), y_name(is_steps, swept.summary.floor)],
        primitives: chart.primitives,
        has_cells,
    })
}

fn y_name(is_steps: bool, floor: Option<f64>) -> &'static str {
    match floor {
        _ if is_steps => "steps",
        Some(_) => "loss − f* at the stop",
        None => "loss at the stop",
    }
}

/// The curve of a range test; `None` where no step has a loss.
pub(super) fn of_test(look: Look<'_>, test: &RangeTest, floor: Option<f64>) -> Option<Picture> {
    let above = |loss: f64| loss - floor.unwrap_or(0.0);
    let place = |(x, loss): (f64, f64)| SweptPlace {
        x,
        y: [above(loss).max(0.0_f64.min(above(loss))); 3],
        has_diverged: false,
    };
    let mut places: Vec<SweptPlace> = test.points().map(place).collect();
    let largest = places.iter().map(|place| place.y[1]).fold(0.0, f64::max);
    if test.has_diverged() {
        let beyond = test.rates().iter().skip(places.len()).take(1);
        places.extend(beyond.map(|x| SweptPlace { x: *x, y: [f64::NAN; 3], has_diverged: true }));
    }
    let now = look.run.and_then(|(optimizer, _)| Some(optimizer.parameters[optimizer.entry.rate_index()?]));
    let now = now.map(|x| SweptMark { x, name: "this run", ink: Ink::Accent });
    let lowest = test.lowest().map(|x| SweptMark { x, name: "lowest", ink: Ink::Truth });
    let marks: Vec<SweptMark> = lowest.into_iter().chain(now).collect();
    let log = [true, floor.is_some()];
    let ink = run_style(look.style()).0;
    let least = if floor.is_some() { 1e-16 * largest } else { f64::NEG_INFINITY };
    let chart = sweep_chart(&places, log, least, ink, &marks, "no loss")?;
    let names = ["learning rate of the step", if floor.is_some() { "loss − f*" } else { "loss" }];
    Some(Picture { view: chart.view, log, names, primitives: chart.primitives, has_cells: false })
}

/// What a setting shows.
pub(super) fn shade(swept: &Swept<'_>, quantity: SweepQuantity, cell: &SweptCell) -> SweepShade {
    let summary = swept.summary;
    let value = match quantity {
        SweepQuantity::Loss | SweepQuantity::RangeTest => summary.drawn_loss(cell, 1).map(|loss| {
            let is_log = swept.summary.floor.is_some();
            share(loss, summary.losses, is_log, if is_log { summary.least() } else { f64::NEG_INFINITY })
        }),
        SweepQuantity::Steps => cell.reached.map(|steps| share(steps as f64, summary.steps, true, 1.0)),
        SweepQuantity::End => None,
    };
    match (value, quantity) {
        (Some(share), _) => SweepShade::Value(share),
        (None, SweepQuantity::Steps) if !matches!(cell.end, RaceEnd::Diverged | RaceEnd::Undefined) => {
            SweepShade::NotYet
        }
        (None, _) => of_end(cell.end),
    }
}

/// Where a value stands in its range, from 0 to 1; on a logarithmic scale from a least value on.
fn share(value: f64, range: Option<[f64; 2]>, is_log: bool, least: f64) -> f64 {
    let place = |value: f64| along(value.max(least), is_log);
    let [low, high] = range.unwrap_or([value; 2]).map(place);
    if high > low { (place(value) - low) / (high - low) } else { 0.0 }
}

/// What stands for an end.
pub(super) fn of_end(end: RaceEnd) -> SweepShade {
    match end {
        RaceEnd::Minimum => SweepShade::Minimum,
        RaceEnd::Saddle => SweepShade::Saddle,
        RaceEnd::Maximum => SweepShade::Maximum,
        RaceEnd::Kink => SweepShade::Kink,
        RaceEnd::Flat => SweepShade::Flat,
        RaceEnd::Degenerate => SweepShade::Degenerate,
        RaceEnd::Cycle => SweepShade::Cycle,
        RaceEnd::NotYet => SweepShade::NotYet,
        RaceEnd::Diverged => SweepShade::Diverged,
        RaceEnd::Undefined => SweepShade::Undefined,
    }
}

/// A pixel for every setting, the uppermost row first; what is not tried yet is transparent.
pub(super) fn image(swept: &Swept<'_>, quantity: SweepQuantity, theme: Theme) -> ColorImage {
    let [width, height] = swept.sweep.question().size();
    let color = |(row, column): (usize, usize)| {
        let cell = swept.sweep.cell(column, row);
        cell.map_or(Color32::TRANSPARENT, |cell| theme::color(shade(swept, quantity, &cell).color(theme)))
    };
    let places = (0..height).rev().flat_map(|row| (0..width).map(move |column| (row, column)));
    ColorImage::new([width, height], places.map(color).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells divide the picture evenly: each value is in the middle of its own, in equal steps and in equal ratios.
    #[test]
    fn each_value_is_in_the_middle_of_its_cell() {
        let method = crate::optimizers::find("momentum").unwrap();
        let count = 9;
        for is_log in [false, true] {
            for name in ["lr", "beta"] {
                let axis = SweepAxis::spaced(SweepKey::find(method, name).unwrap(), [1e-3, 0.3], count, is_log);
                let [low, high] = span(&axis);
                for (cell, value) in axis.values.iter().enumerate() {
                    let middle = low + (high - low) * (cell as f64 + 0.5) / count as f64;
                    let place = along(*value, axis.is_log);
                    assert!(
                        (place - middle).abs() < 1e-12,
                        "{name}, in ratios {is_log}: {place} in the cell at {middle}"
                    );
                }
            }
        }
    }
}
