//! The slope of a network's unit and the length of the gradient along a run: two curves, each as a share of its highest.

use super::ink::{Ink, MarkerShape};
use super::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::run::{Slope, Slopes};

/// How the curve of the slope is drawn, and that of ‖∇f‖.
pub fn pens() -> [Pen; 2] {
    [Pen::new(Ink::Truth, 1.8), Pen::new(Ink::Plane, 2.4)]
}

/// The curves with the step that is shown, and the box they are seen in.
pub fn slopes_chart(slopes: &Slopes, playhead: usize) -> (Vec<Primitive<'static>>, ViewBox) {
    let last = slopes.steps.last().map_or(1, |(step, _)| *step).max(1) as f64;
    let view = ViewBox::new(-0.02 * last, 1.02 * last, -0.08, 1.12);
    let ends = |y: f64| vec![Point::new(0.0, y), Point::new(last, y)];
    let mut out = vec![Primitive::line(ends(0.0), Pen::new(Ink::Hairline, 1.0))];
    let now = (playhead as f64).min(last);
    let upright = vec![Point::new(now, view.y[0]), Point::new(now, view.y[1])];
    out.push(Primitive::line(upright, Pen::new(Ink::Accent, 1.2)));
    let values: [fn(&Slope) -> f64; 2] = [|slope| slope.slope, |slope| slope.gradient];
    for (value, pen) in values.into_iter().zip(pens()).rev() {
        let top = slopes.steps.iter().map(|(_, slope)| value(slope)).fold(0.0, f64::max);
        let height = |slope: &Slope| if top > 0.0 { value(slope) / top } else { 0.0 };
        let curve: Vec<Point> =
            slopes.steps.iter().map(|(step, slope)| Point::new(*step as f64, height(slope))).collect();
        if let [alone] = curve[..] {
            out.push(Primitive::mark(alone, MarkerShape::Circle, 2.5, pen, true));
        }
        out.push(Primitive::line(curve, pen));
    }
    (out, view)
}
