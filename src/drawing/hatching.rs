//! Hatching: parallel lines that stay in place on the loss surface, over an area or over as much of it as a share asks for.

use super::page_scale::PageScale;
use crate::landscapes::ViewBox;
use crate::numbers::{Point, clipping, extremes};

/// A family of lines that rise to the right at 45° on the page, some distance apart.
#[derive(Clone, Copy, Debug)]
pub struct Hatching {
    /// Between two lines, in points.
    pub apart: f64,
    /// How long a point is.
    pub scale: PageScale,
}

/// More lines than this are not drawn.
const MOST: f64 = 600.0;

impl Hatching {
    /// The lines over a box, each with its number: the same line of the loss surface has the same number in every box.
    pub fn lines(self, view: ViewBox) -> Vec<(i64, [Point; 2])> {
        let units = self.scale.units();
        let landscape = |at: Point| Point::new(at.x * units.x, at.y * units.y);
        let Some([first, last]) = self.numbers(view) else { return Vec::new() };
        let along = self.scale.way(1.0, 1.0) * (2.0 * self.scale.size(view));
        let middle = self.on_page(view.center());
        let line = |number: i64| {
            // Through the middle of the box, as far as it goes to the right.
            let height = number as f64 * self.step();
            let x = (middle.x + middle.y - height) / 2.0;
            let at = landscape(Point::new(x, x + height));
            view.cut(at - along, at + along).map(|ends| (number, ends))
        };
        (first..=last).filter_map(line).collect()
    }

    /// The first and the last number of the lines over a box; `None` where they are too many to draw.
    fn numbers(self, view: ViewBox) -> Option<[i64; 2]> {
        let offset = |x: f64, y: f64| {
            let at = self.on_page(Point::new(x, y));
            (at.y - at.x) / self.step()
        };
        let (first, last) = (offset(view.x[1], view.y[0]).ceil(), offset(view.x[0], view.y[1]).floor());
        (last - first <= MOST && first.abs() < 1e15).then_some([first as i64, last as i64])
    }

    /// From one line to the next upward, in points.
    fn step(self) -> f64 {
        self.apart * std::f64::consts::SQRT_2
    }

    fn on_page(self, at: Point) -> Point {
        let units = self.scale.units();
        Point::new(at.x / units.x, at.y / units.y)
    }

    /// The lines inside a convex polygon, counter-clockwise.
    pub fn inside(self, polygon: &[Point]) -> Vec<[Point; 2]> {
        let [[x0, x1], [y0, y1]] = [0, 1].map(|axis| extremes(polygon.iter().map(|at| at[axis])));
        let is_area = x0 < x1 && y0 < y1;
        if !is_area {
            return Vec::new();
        }
        let lines = self.lines(ViewBox::new(x0, x1, y0, y1));
        lines.into_iter().filter_map(|(_, ends)| cut(polygon, ends)).collect()
    }
}

/// The part of a segment inside a convex polygon, counter-clockwise.
fn cut(polygon: &[Point], [from, to]: [Point; 2]) -> Option<[Point; 2]> {
    let sides = polygon.iter().zip(polygon.iter().cycle().skip(1));
    let [first, last] = clipping::segment(sides.map(|(a, b)| [from, to].map(|at| (b - a).perp(&(at - a)))))?;
    (first < last).then(|| [first, last].map(|share| from + (to - from) * share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(apart: f64) -> Hatching {
        Hatching { apart, scale: PageScale::equal(1.0) }
    }

    /// In a box of any shape there are as many lines, and they rise at 45° on the page.
    #[test]
    fn lines_fill_a_slim_box_as_densely_as_a_square() {
        for ratio in [1e-6, 1e-4, 1e-2, 1.0, 1e2, 1e4, 1e6] {
            let view = ViewBox::new(3.0, 3.0 + ratio, -1.0, 1.0);
            let scale = PageScale::filling(view, [400.0, 300.0]);
            let lines = Hatching { apart: 7.0, scale }.lines(view);
            let length: f64 = lines.iter().map(|(_, [a, b])| scale.distance(*a, *b)).sum();
            assert!((length * 7.0 / 120_000.0 - 1.0).abs() < 0.02, "{ratio}: {length} points of lines");
            for (_, [a, b]) in lines {
                let page = scale.on_page(b - a);
                assert!((page.x - page.y).abs() < 1e-4, "{ratio}: {page}");
            }
        }
    }

    #[test]
    fn lines_fill_the_polygon_and_stay_in_place() {
        let hatching = every(0.1);
        let triangle = [[0.0, 0.0], [-1.0, -2.0], [1.0, -2.0]].map(Point::from);
        let lines = hatching.inside(&triangle);
        let length: f64 = lines.iter().map(|[a, b]| (b - a).norm()).sum();
        assert!((length * 0.1 / 2.0 - 1.0).abs() < 0.02, "area 2 by lines 0.1 apart: {}", length * 0.1);
        for at in lines.iter().flatten() {
            assert!(at.y <= 1e-12 && at.y >= -2.0 - 1e-12 && at.x.abs() <= -at.y / 2.0 + 1e-12, "{at} is inside");
        }
        let number = |view: ViewBox| {
            let lines = hatching.lines(view);
            let (number, [a, _]) = lines[lines.len() / 2];
            (a.y - a.x) / (number as f64 * 0.1 * std::f64::consts::SQRT_2)
        };
        for view in [ViewBox::new(1.0, 3.0, 4.0, 9.0), ViewBox::new(-7.0, -2.0, 0.5, 1.0)] {
            assert!((number(view) - 1.0).abs() < 1e-9, "the same line everywhere");
        }
        assert!(hatching.inside(&[]).is_empty() && hatching.inside(&triangle[..2]).len() < 2, "no area, no lines");
        assert!(every(1e-9).lines(ViewBox::square(3.0)).is_empty(), "not without end");
    }
}
