//! The hairlines of the box around the scene: floor, uprights and ticks.

use super::scene::Frame;
use crate::drawing::box_axes::{Axis, Corners, TICK, tick};
use crate::drawing::camera::Projection;
use crate::drawing::height_scale::HeightScale;
use nalgebra::{Point3, Vector3};

/// Hands out the hairlines of the box as segments in the scene.
pub(super) fn hairlines(frame: &Frame<'_>, projection: &Projection, mut segment: impl FnMut(Point3<f64>, Point3<f64>)) {
    let corners = Corners::new(projection);
    for (index, &corner) in corners.around.iter().enumerate() {
        segment(corner, corners.around[(index + 1) % 4]);
        if corner != corners.front {
            segment(corner, corner + Vector3::z() * HeightScale::TOP);
        }
    }
    for (axis, values) in [Axis::X, Axis::Y, Axis::Loss].into_iter().zip(frame.ticks) {
        for (foot, out) in values.iter().filter_map(|&value| tick(projection, axis, value)) {
            segment(foot, foot + out * TICK);
        }
    }
}
