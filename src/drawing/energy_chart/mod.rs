//! The energy of a ball over its steps: the loss and above it the kinetic energy, what friction has taken from their sum
//! since the start, and the height of the saddle that has to be passed.

mod bands;
mod sentence;
#[cfg(test)]
mod tests;

pub use sentence::energy_sentence;

use super::ink::{Ink, MarkerShape};
use super::loss_chart::leaves;
use super::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::numbers::numerals::number;
use crate::run::{Energy, LastPass, Run};
use bands::{Band, Column, columns};

/// The frame ends soon after the kinetic energy has fallen to this share of its largest.
const SPENT: f64 = 0.01;
/// Where it ends, in steps until that has happened.
const BEYOND: f64 = 1.25;
/// Steps that are shown at least.
const FEWEST: usize = 12;
/// Padding to both sides, as a share of the width.
const SIDE: f64 = 0.02;
/// Padding above and below, as a share of the height.
const MARGIN: f64 = 0.07;
/// How strongly kinetic energy is filled.
const KINETIC: f32 = 0.4;
/// How strongly what friction has taken is filled.
const FRICTION: f32 = 0.2;
/// How strongly a saddle that is behind is drawn.
const BEHIND: f32 = 0.5;

/// What the chart is of.
pub struct EnergyChartInput<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its kinetic energy, as far as it is known.
    pub kinetic: &'a [f64],
    /// The iterate that is shown.
    pub playhead: usize,
    /// The height to be passed.
    pub barrier: Option<Barrier>,
    /// The color of the run.
    pub ink: Ink,
}

/// The height of a saddle; of one weight, of a maximum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Barrier {
    /// Its loss.
    pub value: f64,
    /// Where it lies.
    pub place: BarrierPlace,
}

/// Where a barrier lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarrierPlace {
    /// Ahead of the ball.
    Ahead,
    /// Behind it: it has gone over.
    Behind,
    /// It was ahead, and the ball has turned back.
    TurnedFrom,
}

impl Barrier {
    /// The one ahead at an iterate, or that which was ahead last.
    pub fn of(energy: &Energy) -> Option<Self> {
        let ahead = energy.pass.map(|pass| Self { value: pass.saddle.value, place: BarrierPlace::Ahead });
        let last = |pass: LastPass| {
            let place = if pass.crossed_at.is_some() { BarrierPlace::Behind } else { BarrierPlace::TurnedFrom };
            Self { value: pass.saddle.value, place }
        };
        // Of a run that has come over it the saddle lies behind, also while the ball swings toward it.
        energy.last.map(last).or(ahead)
    }

    fn name(self, is_one: bool) -> String {
        let (barrier, value) = (barrier_word(is_one), number(self.value));
        match self.place {
            BarrierPlace::Ahead => format!("{barrier} ahead {value}"),
            BarrierPlace::Behind => format!("{barrier} behind {value}"),
            BarrierPlace::TurnedFrom => format!("{barrier} not crossed {value}"),
        }
    }
}

/// What a barrier is: of one weight the way leads over a maximum.
pub(super) fn barrier_word(is_one: bool) -> &'static str {
    if is_one { "maximum" } else { "saddle" }
}

/// The chart.
pub struct EnergyChart {
    /// Bands, lines and words.
    pub primitives: Vec<Primitive<'static>>,
    /// Steps along x, energy in units of the loss along y.
    pub view: ViewBox,
    /// What it says, for whoever does not see it.
    pub description: String,
}

impl EnergyChart {
    /// The chart of a run; `None` for a method that is not a ball, and where no iterate has an energy.
    pub fn of(input: &EnergyChartInput<'_>) -> Option<Self> {
        let length = input.kinetic.len().min(input.run.iterates().len());
        let playhead = input.playhead.min(length.checked_sub(1)?);
        let span = span(&input.kinetic[..length], playhead);
        let columns = columns(input.run, &input.kinetic[..=span]);
        let now = Column::of(input.run, input.kinetic, playhead)?;
        let start = columns.first()?.total;
        let heights = range(input, &columns, start)?;
        let margin = SIDE * span.max(1) as f64;
        let view = ViewBox::new(-margin, span.max(1) as f64 + margin, heights[0], heights[1]);
        let drawing = Drawing { input, columns: &columns, now, start, view };
        Some(Self { primitives: drawing.primitives(), view, description: drawing.description() })
    }
}

/// The last step that is shown.
fn span(kinetic: &[f64], playhead: usize) -> usize {
    let largest = kinetic.iter().copied().filter(|energy| energy.is_finite()).fold(0.0, f64::max);
    let moves = kinetic.iter().rposition(|energy| *energy > SPENT * largest).unwrap_or(0);
    ((BEYOND * moves as f64) as usize).max(playhead).max(FEWEST).min(kinetic.len() - 1)
}

/// From the lowest loss to the greatest sum, with the barrier; of a run that leaves, as far as it has been seen.
fn range(input: &EnergyChartInput<'_>, columns: &[Column], start: f64) -> Option<[f64; 2]> {
    let last = if leaves(input.run) { input.playhead.max(FEWEST) } else { usize::MAX };
    let seen = columns.iter().filter(|column| column.step <= last);
    let heights = seen.flat_map(|column| [column.loss, column.total]).chain(input.barrier.map(|barrier| barrier.value));
    let [low, high] = heights.fold([start; 2], |[low, high], height| [low.min(height), high.max(height)]);
    let height = high - low;
    let margin = if height > 0.0 { MARGIN * height } else { 0.5 * high.abs().max(f64::MIN_POSITIVE) };
    let range = [low - margin, high + margin];
    (range[1] - range[0]).is_finite().then_some(range).filter(|[low, high]| low < high)
}

/// What the primitives are made of.
struct Drawing<'a> {
    input: &'a EnergyChartInput<'a>,
    columns: &'a [Column],
    now: Column,
    /// The energy at the start.
    start: f64,
    view: ViewBox,
}

impl Drawing<'_> {
    fn primitives(&self) -> Vec<Primitive<'static>> {
        let Self { input, columns, now, start, view } = self;
        let (start, ink) = (*start, input.ink);
        let mut out = Vec::new();
        let band = |lower: fn(&Column) -> f64, upper, ink, opacity| Band { lower, upper, ink, opacity };
        let lost = band(|column| column.total, Some(start), Ink::Muted, FRICTION);
        let kinetic = band(|column| column.loss, None, ink, KINETIC);
        for band in [lost, kinetic] {
            band.draw(columns, now.step, *view, &mut out);
        }
        let level =
            |height: f64, pen| Primitive::line(vec![Point::new(view.x[0], height), Point::new(view.x[1], height)], pen);
        out.push(level(start, Pen::new(Ink::Muted, 1.0)));
        let [loss, total] = [Pen::new(Ink::Truth, 1.6), Pen::new(ink, 2.2)].map(Pen::avoided);
        bands::line(columns, |column| column.loss, now.step, *view, loss, &mut out);
        bands::line(columns, |column| column.total, now.step, *view, total, &mut out);
        if let Some(barrier) = input.barrier {
            let strength = if barrier.place == BarrierPlace::Ahead { 1.0 } else { BEHIND };
            out.push(level(barrier.value, Pen::new(Ink::Truth, 2.0).pale(strength).avoided()));
        }
        let x = now.step as f64;
        let playhead = vec![Point::new(x, view.y[0]), Point::new(x, view.y[1])];
        out.push(Primitive::line(playhead, Pen::new(Ink::Truth, 1.6).avoided()));
        for (height, ink) in [(now.loss, Ink::Truth), (now.total, ink)] {
            let at = Point::new(x, height);
            let mark =
                Primitive::mark(at, MarkerShape::Circle, 3.2, Pen::new(ink, 1.6).with_halo(1.0).kept_clear(), true);
            out.extend(Some(mark).filter(|_| view.contains(at)));
        }
        out.extend(self.names());
        out
    }

    /// The names of the bands at the playhead with their figures, and that of the barrier: the last matters most.
    fn names(&self) -> Vec<Primitive<'static>> {
        let Self { input, now, start, view, .. } = self;
        // Where they have room they stand as their bands do, one above the other.
        let beside = |height: f64, band: [f64; 2], text: String, ink: Ink| {
            let places = self.around(now.step as f64, height.clamp(view.y[0], view.y[1])).into_iter();
            let (within, beyond): (Vec<_>, Vec<_>) = places.partition(|(at, _)| (band[0]..=band[1]).contains(&at.y));
            Primitive::Name { places: [within, beyond].concat(), text, ink, strong: false }
        };
        let middle = 0.5 * (now.loss + now.total);
        let mut names = Vec::new();
        let lost = start - now.total;
        if lost > 0.0 && now.step > 0 {
            let text = format!("lost to friction {}", number(lost));
            names.push(beside(0.5 * (now.total + start), [now.total, *start], text, Ink::Muted));
        }
        names.push(beside(now.loss, [view.y[0], middle], format!("loss {}", number(now.loss)), Ink::Truth));
        if now.kinetic() > 0.0 {
            let text = format!("kinetic {}", number(now.kinetic()));
            names.push(beside(now.total, [now.loss, now.total], text, input.ink));
        }
        names.extend(self.exit_name());
        if let Some(barrier) = input.barrier {
            let text = barrier.name(input.run.landscape().dimension().is_one());
            let [left, third, middle, right] = [0.01, 0.3, 0.6, 0.99].map(|share| view.x[0] + share * view.width());
            let ends = [(right, Anchor::Right), (left, Anchor::Left)];
            let ends = if now.step as f64 > view.center().x { [ends[1], ends[0]] } else { ends };
            let between = [third, middle].map(|x| (x, Anchor::Center));
            let places = [ends, between].map(|ends| self.near(&ends, barrier.value)).concat();
            names.push(Primitive::Name { places, text, ink: Ink::Truth, strong: false });
        }
        names
    }

    /// Places at these abscissas, nearest to a height first: curves and other words may take some.
    fn near(&self, ends: &[(f64, Anchor)], height: f64) -> Vec<(Point, Anchor)> {
        /// Between two heights, as a share of the frame's.
        const ROW: f64 = 0.035;
        /// How many there are above and below.
        const ROWS: i32 = 13;
        let view = self.view;
        let rows = (0..=ROWS).flat_map(|row| if row == 0 { vec![0] } else { vec![row, -row] });
        let heights = rows.map(|row| height + f64::from(row) * ROW * view.height());
        let seen = heights.filter(|height| (view.y[0]..=view.y[1]).contains(height));
        seen.flat_map(|height| ends.iter().map(move |(x, anchor)| (Point::new(*x, height), *anchor))).collect()
    }

    /// Places on both sides of a step, nearest to a height first.
    fn around(&self, step: f64, height: f64) -> Vec<(Point, Anchor)> {
        let view = self.view;
        let sides = |share: f64| {
            let away = share * view.width();
            let sides = [(step + away, Anchor::Left), (step - away, Anchor::Right)];
            // Held inside, words at the right edge would lie over the playhead.
            let is_late = step > view.x[0] + 0.62 * view.width();
            if is_late { [sides[1], sides[0]] } else { sides }
        };
        [0.012, 0.15, 0.3].into_iter().flat_map(|share| self.near(&sides(share), height)).collect()
    }

    /// The first step at which the sum is above the frame.
    fn exit(&self) -> Option<&Column> {
        self.columns.iter().find(|column| column.total > self.view.y[1] || column.loss < self.view.y[0])
    }

    fn exit_name(&self) -> Option<Primitive<'static>> {
        let column = self.exit()?;
        let y = if column.total > self.view.y[1] { self.view.y[1] } else { self.view.y[0] };
        let text = format!("leaves the frame at step {}", column.step);
        let places = self.around(column.step as f64, y);
        Some(Primitive::Name { places, text, ink: Ink::Gap, strong: false })
    }

    fn description(&self) -> String {
        let Self { input, now, start, .. } = self;
        let mut parts = vec![format!("loss {}", number(now.loss)), format!("kinetic energy {}", number(now.kinetic()))];
        let lost = start - now.total;
        parts.push(format!("{} {}", if lost < 0.0 { "gained" } else { "lost to friction" }, number(lost.abs())));
        let is_one = input.run.landscape().dimension().is_one();
        parts.extend(input.barrier.map(|barrier| barrier.name(is_one)));
        parts.extend(self.exit().map(|column| format!("leaves the frame at step {}", column.step)));
        format!("Energy at step {}: {}", now.step, parts.join(", "))
    }
}
