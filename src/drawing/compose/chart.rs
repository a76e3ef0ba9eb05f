//! A chart: a frame in a rectangle, the part of the plane that it shows, and the figures of its axes beside it.

mod marks;

use emath::{Pos2, Rect, Vec2, pos2, remap, vec2};

use self::marks::{Mark, layers, logarithms, numbers, offsets, powers, quarters};
use super::{Layer, Measure, Outline, Page, Tint};
use crate::drawing::ink::{Ink, Theme};
use crate::landscapes::ViewBox;
use crate::numbers::Point;

pub use self::marks::base;

/// How the axes of a chart are divided and labeled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axes {
    /// Numbers along both.
    Both,
    /// Numbers along y alone, above a chart that has the same x axis.
    Upright,
    /// Both axes show offsets from [`base`], for ranges too narrow to label in full.
    Offsets,
    /// Degrees along x, at round parts of a turn; numbers along y.
    Degrees,
    /// Numbers of layers along x; radii along y, each at its decimal logarithm; both named.
    Radii,
    /// Numbers along both, with grid lines; along a logarithmic axis at their decimal logarithms.
    Named {
        /// Which of them are logarithmic: x and y.
        log: [bool; 2],
        /// What they are called; an empty name takes no room.
        names: [&'static str; 2],
    },
    /// No axes at all.
    None,
}

/// What is shown of the plane, and how.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// What must be seen; with equal scales the surroundings fill the rest.
    pub view: ViewBox,
    /// One scale for both axes.
    pub equal_scales: bool,
    /// Its axes.
    pub axes: Axes,
}

impl Axes {
    /// What the axes are called; empty where they have no names.
    fn names(self) -> [&'static str; 2] {
        match self {
            Self::Radii => ["layers L", "radius"],
            Self::Named { names, .. } => names,
            Self::Both | Self::Upright | Self::Offsets | Self::Degrees | Self::None => ["", ""],
        }
    }
}

/// About this many figures along an axis.
const WANTED: usize = 6;
/// The height of a frame for each figure of its y axis, in points.
const ROW: f32 = 22.0;
/// Figures nearer to each other than the first are left out, and those nearer than the second are pale; in points.
const SPACING: [f32; 2] = [16.0, 20.0];
/// The least distance of figures on a logarithmic axis, along x and y.
const APART: [f64; 2] = [44.0, 22.0];
/// And in heights of a figure, where the type is large.
const LOOSE: f32 = 1.15;
/// Padding to both sides of a figure beside the y axis, in points.
const SIDE: f32 = 4.0;
/// Padding below the figures of the x axis, in points.
const BELOW: f32 = 4.0;
/// Room beside the y axis from the beginning, in heights of a figure: about four digits, so that hardly anything moves when
/// figures grow.
const ROOM: f32 = 1.9;
/// Padding beside the name of an axis, in heights of it.
const GAP: f32 = 0.25;
/// The least distance of marks on a logarithmic axis that has room for twice and five times a power, in points.
const CLOSEST: f64 = 8.0;

impl Chart {
    /// Lays the chart out in a rectangle: what the figures beside it need is taken off its frame.
    pub fn laid(&self, rect: Rect, measure: &dyn Measure) -> ChartPage {
        let mut page = self.page(rect);
        if self.axes == Axes::None {
            return page;
        }
        let height = measure.size("0", false).y;
        let [below, beside] = self.axes.names().map(|name| if name.is_empty() { 0.0 } else { height * (1.0 + GAP) });
        let bottom = if self.axes == Axes::Upright { 0.0 } else { height + BELOW.max(below) };
        // The width of the figures decides how wide the frame is, and that may decide which figures there are.
        for _ in 0..2 {
            let widest = page.marks(1, height).iter().map(|mark| measure.size(&mark.text, false).x).fold(0.0, f32::max);
            let left = (ROOM * height).max(widest + 2.0 * SIDE) + beside;
            let corner = pos2(rect.left() + left, rect.top());
            let frame = Rect::from_min_max(corner, pos2(rect.right(), rect.bottom() - bottom).max(corner));
            page = ChartPage { rect, ..self.page(frame) };
        }
        page
    }

    /// The chart without any room for figures.
    fn page(&self, frame: Rect) -> ChartPage {
        let Self { mut view, equal_scales, axes } = *self;
        let [width, height] = [frame.width(), frame.height()].map(f64::from);
        if equal_scales && width > 0.0 && height > 0.0 {
            let center = view.center();
            let unit = (view.width() / width).max(view.height() / height);
            let (x, y) = (0.5 * unit * width, 0.5 * unit * height);
            view = ViewBox::new(center.x - x, center.x + x, center.y - y, center.y + y);
        }
        ChartPage { rect: frame, frame, view, axes }
    }
}

/// A chart that is laid out: from the plane to the page and back.
#[derive(Clone, Copy, Debug)]
pub struct ChartPage {
    rect: Rect,
    frame: Rect,
    view: ViewBox,
    axes: Axes,
}

impl Page for ChartPage {
    fn frame(&self) -> Rect {
        self.frame
    }

    fn position(&self, at: Point) -> Pos2 {
        Self::position(self, at)
    }
}

impl ChartPage {
    /// A chart without axes that fills a rectangle.
    pub fn filling(frame: Rect, view: ViewBox) -> Self {
        Self { rect: frame, frame, view, axes: Axes::None }
    }

    /// Where a point is on the page.
    pub fn position(&self, at: Point) -> Pos2 {
        let Self { frame, view, .. } = self;
        let [left, right, top, bottom] = [frame.left(), frame.right(), frame.top(), frame.bottom()].map(f64::from);
        let x = remap(at.x, view.x[0]..=view.x[1], left..=right);
        let y = remap(at.y, view.y[0]..=view.y[1], bottom..=top);
        pos2(x as f32, y as f32)
    }

    /// The point under a position, exactly.
    pub fn point(&self, position: Pos2) -> Point {
        let Self { frame, view, .. } = self;
        let [left, right, top, bottom] = [frame.left(), frame.right(), frame.top(), frame.bottom()].map(f64::from);
        // In a window without room for it a frame may be empty.
        let along = |position: f32, [from, to]: [f64; 2], [low, high]: [f64; 2]| {
            if from == to { f64::midpoint(low, high) } else { remap(f64::from(position), from..=to, low..=high) }
        };
        let x = along(position.x, [left, right], view.x);
        let y = along(position.y, [bottom, top], view.y);
        Point::new(x, y)
    }

    /// The visible box.
    pub fn view(&self) -> ViewBox {
        self.view
    }

    /// The rectangle of the picture on the page.
    pub fn frame(&self) -> Rect {
        self.frame
    }

    /// Points in a unit along an axis.
    fn points(&self, axis: usize) -> f64 {
        match axis {
            0 => f64::from(self.frame.width()) / self.view.width(),
            _ => f64::from(self.frame.height()) / self.view.height(),
        }
    }

    /// About how many figures an axis has: fewer where more would have no room.
    fn wanted(&self, axis: usize, line: f32) -> usize {
        let sides = [f32::INFINITY, self.frame.height()];
        ((sides[axis] / ROW.max(LOOSE * line)) as usize).clamp(2, WANTED)
    }

    /// The marks along an axis, with figures of this height.
    fn marks(&self, axis: usize, line: f32) -> Vec<Mark> {
        let range = [self.view.x, self.view.y][axis];
        let apart = [APART[0], APART[1].max(f64::from(LOOSE * line))][axis];
        let found = match (self.axes, axis) {
            (Axes::None, _) | (Axes::Upright, 0) => Vec::new(),
            (Axes::Degrees, 0) => quarters(range),
            (Axes::Offsets, _) => offsets(range, self.wanted(axis, line)),
            (Axes::Radii, 0) => layers(range),
            (Axes::Radii, _) => powers(range, CLOSEST / self.points(1)),
            (Axes::Named { log, .. }, _) if log[axis] => logarithms(range, apart / self.points(axis)),
            _ => numbers(range, self.wanted(axis, line)),
        };
        let room = |mark: &Mark| (self.points(axis) * mark.step).abs() as f32;
        found.into_iter().filter(|mark| room(mark) > SPACING[0]).collect()
    }

    /// The chart as it was drawn, with what is inside of its frame; figures are this high.
    pub fn drawn(&self, id: &'static str, layers: Vec<Layer>, figure: f32) -> DrawnChart {
        let ticks = [0, 1].map(|axis| {
            let room = |mark: &Mark| (self.points(axis) * mark.step).abs() as f32 >= figure;
            let marks = self.marks(axis, figure).into_iter().filter(room);
            marks.map(|mark| (mark.value, mark.text)).collect()
        });
        let has_grid = matches!(self.axes, Axes::Named { .. });
        DrawnChart { id, page: *self, layers, ticks, names: self.axes.names(), has_grid, figure }
    }

    /// The figures of the axes, and their names.
    pub fn figures(&self, measure: &dyn Measure, theme: Theme) -> Vec<Layer> {
        let line = measure.size("0", false).y;
        let mut layers = self.grid(line, theme);
        for axis in [0, 1] {
            for mark in self.marks(axis, line) {
                let size = measure.size(&mark.text, false);
                let step = (self.points(axis) * mark.step).abs() as f32;
                let needed = if axis == 0 { size.x } else { size.y };
                if step < needed {
                    continue;
                }
                let at = if axis == 0 {
                    let x = self.position(Point::new(mark.value, self.view.y[0])).x;
                    let left = x - size.x / 2.0;
                    // At the right edge it stands before its place, not beyond what is seen.
                    let inside = left.min(self.rect.right() - size.x);
                    if inside < left && step < size.x + (left - inside) {
                        continue;
                    }
                    pos2(inside, self.frame.bottom())
                } else {
                    let y = self.position(Point::new(self.view.x[0], mark.value)).y;
                    let top = y - size.y / 2.0;
                    // At the upper edge it stands below its place, not over what is above the picture.
                    if top < self.rect.top() && step < 1.5 * size.y {
                        continue;
                    }
                    pos2(self.frame.left() - size.x - SIDE, top.max(self.rect.top()))
                };
                let strength = ((step - SPACING[0]) / (SPACING[1] - SPACING[0])).clamp(0.0, 1.0).sqrt();
                layers.push(figure(mark.text, at, size, f64::from(strength), theme));
            }
        }
        layers.extend(self.names(measure, theme));
        layers
    }

    /// A faint line at every figure of axes with names.
    fn grid(&self, figure: f32, theme: Theme) -> Vec<Layer> {
        if !matches!(self.axes, Axes::Named { .. }) {
            return Vec::new();
        }
        let tint = Tint { color: Ink::Hairline.fill(theme), opacity: 1.0 };
        let line =
            |corners: Vec<Pos2>| Layer::Stroke { corners, line: Outline { width: 1.0, tint }, dashes: Vec::new() };
        let [x, y] = [0, 1].map(|axis| self.marks(axis, figure));
        let upright = x.iter().map(|mark| self.position(Point::new(mark.value, self.view.y[0])).x);
        let level = y.iter().map(|mark| self.position(Point::new(self.view.x[0], mark.value)).y);
        let upright = upright.map(|x| line(vec![pos2(x, self.frame.top()), pos2(x, self.frame.bottom())]));
        let level = level.map(|y| line(vec![pos2(self.frame.left(), y), pos2(self.frame.right(), y)]));
        upright.chain(level).collect()
    }

    fn names(&self, measure: &dyn Measure, theme: Theme) -> Vec<Layer> {
        let [below, beside] = self.axes.names().map(|text| (text, measure.size(text, false)));
        let x = pos2(self.frame.center().x - below.1.x / 2.0, self.rect.bottom() - below.1.y * (1.0 + GAP));
        let y = pos2(self.rect.left() - beside.1.y * GAP, self.frame.center().y + beside.1.x / 2.0);
        let [x, mut y] =
            [(below, x), (beside, y)].map(|((text, size), at)| figure(text.to_owned(), at, size, 1.0, theme));
        if let Layer::Words { upward, patch, .. } = &mut y {
            *upward = true;
            *patch = Rect::from_min_size(patch.min - vec2(0.0, beside.1.x), vec2(beside.1.y, beside.1.x));
        }
        [x, y].into_iter().filter(|layer| matches!(layer, Layer::Words { text, .. } if !text.is_empty())).collect()
    }
}

/// A figure or a name of an axis, without a patch of ground.
fn figure(text: String, at: Pos2, size: Vec2, strength: f64, theme: Theme) -> Layer {
    let ground = Ink::Panel.fill(theme);
    Layer::Words {
        patch: Rect::from_min_size(at, size),
        ground: Tint { color: ground, opacity: 0.0 },
        at,
        text,
        color: ground.mixed(Ink::Muted.text(theme), strength),
        strong: false,
        upward: false,
    }
}

/// A chart that was drawn: for those who draw it again in another way.
#[derive(Clone, Debug)]
pub struct DrawnChart {
    /// The name of its view.
    pub id: &'static str,
    /// Where things are.
    pub page: ChartPage,
    /// What is inside of its frame, bottom first.
    pub layers: Vec<Layer>,
    /// The figures along x and y, at their values.
    pub ticks: [Vec<(f64, String)>; 2],
    /// What the axes are called; empty where they have no names.
    pub names: [&'static str; 2],
    /// Whether there is a faint line at every figure.
    pub has_grid: bool,
    /// The height of a figure.
    pub figure: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter is as wide as another; the size of type.
    struct Typewriter(f32);

    impl Measure for Typewriter {
        fn size(&self, text: &str, _strong: bool) -> Vec2 {
            self.0 * vec2(7.0 * text.chars().count() as f32, 15.0)
        }
    }

    fn laid(view: ViewBox, size: [f32; 2], axes: Axes) -> (Rect, ChartPage, Vec<(Rect, String)>) {
        laid_in(1.0, view, size, axes)
    }

    fn laid_in(scale: f32, view: ViewBox, size: [f32; 2], axes: Axes) -> (Rect, ChartPage, Vec<(Rect, String)>) {
        let letters = Typewriter(scale);
        let rect = Rect::from_min_size(pos2(11.0, 7.0), Vec2::from(size));
        let page = Chart { view, equal_scales: axes == Axes::Both, axes }.laid(rect, &letters);
        let figures = page.figures(&letters, Theme::Light).into_iter().filter_map(|layer| match layer {
            Layer::Words { patch, text, .. } => Some((patch, text)),
            _ => None,
        });
        (rect, page, figures.collect())
    }

    #[test]
    fn figures_stand_beside_the_frame_and_apart() {
        for view in [
            ViewBox::new(-1.5, 2.0, -0.5, 3.0),
            ViewBox::new(0.0, 1.0, 0.0, 1e-6),
            ViewBox::new(1e6, 1e6 + 1.0, -60_000.0, 40_000.0),
            ViewBox::new(1.0, 20.0, -9.5, 1.5),
        ] {
            for size in [[420.0, 300.0], [160.0, 120.0], [30.0, 20.0], [0.0, 0.0]] {
                let named = |log| Axes::Named { log, names: ["steps", "loss"] };
                for axes in
                    [Axes::Both, Axes::Degrees, Axes::Radii, named([false, false]), named([true, true]), Axes::None]
                {
                    let (rect, page, figures) = laid(view, size, axes);
                    let case = format!("{view:?}, {size:?}, {axes:?}");
                    assert!(axes != Axes::None || figures.is_empty(), "{case}");
                    assert!(size[0] < 100.0 || rect.contains_rect(page.frame()), "{case}: {:?}", page.frame());
                    for (index, (patch, text)) in figures.iter().enumerate() {
                        assert!(
                            !patch.shrink(0.1).intersects(page.frame()) || size[0] < 100.0,
                            "{case}: {text} in the frame"
                        );
                        assert!(patch.top() >= rect.top() || size[0] < 100.0, "{case}: {text} over what is above");
                        // The figures at the corner may touch those of the other axis.
                        let is_beside = |patch: &Rect| patch.right() < page.frame().left();
                        let others = figures[..index].iter().all(|(other, _)| {
                            is_beside(other) != is_beside(patch) || !other.shrink(0.1).intersects(patch.shrink(0.1))
                        });
                        assert!(others || size[0] < 100.0, "{case}: '{text}' over another");
                    }
                }
            }
        }
        let (_, page, figures) = laid(ViewBox::new(-2.0, 2.0, -1.0, 1.0), [420.0, 300.0], Axes::Both);
        let texts: Vec<&str> = figures.iter().map(|(_, text)| text.as_str()).collect();
        assert!(texts.contains(&"0") && texts.contains(&"−1") && texts.contains(&"2"), "{texts:?}");
        let [x, y] = [0, 1].map(|axis| page.points(axis));
        assert!((x / y - 1.0).abs() < 1e-6, "one scale: {x}, {y}");
    }

    /// A low frame has figures beside it, too, and so has one with large type: fewer.
    #[test]
    fn a_low_frame_has_at_least_two_figures_beside_it() {
        for (y, is_log) in [([-0.35, 1.5], false), ([-3.1, 18.0], false), ([-3.5, 1.2], true), ([-9.0, 2.3], true)] {
            for (height, scale) in [90.0, 100.0, 120.0, 160.0, 300.0]
                .map(|height| [(height, 1.0), (1.4 * height, 1.6)])
                .as_flattened()
                .to_vec()
            {
                let axes = Axes::Named { log: [false, is_log], names: ["", ""] };
                let (_, page, figures) = laid_in(scale, ViewBox::new(0.0, 40.0, y[0], y[1]), [420.0, height], axes);
                let beside = figures.iter().filter(|(patch, _)| patch.right() < page.frame().left()).count();
                assert!(beside >= 2, "{beside} figures, {height} high, type × {scale}, {y:?}");
            }
        }
    }

    #[test]
    fn places_and_positions_are_inverse() {
        let (_, page, _) = laid(ViewBox::new(1e6, 1e6 + 1.0, -1e-7, 1e-7), [420.0, 300.0], Axes::Degrees);
        for at in [Point::new(1e6 + 0.25, 5e-8), Point::new(1e6 + 1.0, -1e-7)] {
            let back = page.point(page.position(at));
            assert!((back.x - at.x).abs() < 1e-6 && (back.y - at.y).abs() < 1e-13, "{at} became {back}");
        }
    }
}
