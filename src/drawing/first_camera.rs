//! The first viewpoint of a landscape's surface.

use super::camera::Camera;
use super::page_scale::is_slim;
use crate::landscapes::Landscape;
use crate::numbers::{Point, Vector};

/// High enough to see into the valleys, and low enough to see the height of a model error, in degrees.
const ELEVATION: f64 = 39.0;
/// Between the camera and the way down, in degrees: the tangent plane shows its face, and the bar of the model error does not
/// lie upon the arrow.
const BESIDE: f64 = 35.0;
/// Between the camera and the nearest axis at least, in degrees: no side of the domain is seen edge-on.
const OFF_AXIS: f64 = 25.0;

/// The camera with which a landscape is seen first, for this start of its runs.
///
/// It looks up the slope at the start, from a little to the side, unless the entry knows better for the landscape's own start.
pub fn first_camera(landscape: &Landscape, start: Point) -> Camera {
    let is_own = start == Point::from(landscape.suggestion().start);
    if let Some([azimuth, elevation]) = landscape.entry().opening.camera.filter(|_| is_own) {
        return Camera::looking(azimuth, elevation);
    }
    let gradient = landscape.loss().first_order(start).gradient;
    let frame = landscape.frame();
    // With a scale for each axis, slopes are those of the picture.
    let slope =
        if is_slim(frame) { Vector::new(gradient.x * frame.width(), gradient.y * frame.height()) } else { gradient };
    if slope == Vector::zeros() || !slope.iter().all(|side| side.is_finite()) {
        return Camera::default();
    }
    Camera::looking(facing(libm::atan2(-slope.y, -slope.x).to_degrees()), ELEVATION)
}

/// The azimuth that faces the way down.
fn facing(down: f64) -> f64 {
    let off_axis = |side: f64| {
        let from_axis = side.rem_euclid(90.0);
        side - from_axis + from_axis.clamp(OFF_AXIS, 90.0 - OFF_AXIS)
    };
    let error = |side: f64| ((side - down).abs() - BESIDE).abs();
    let [right, left] = [down - BESIDE, down + BESIDE].map(off_axis);
    if error(left) < error(right) { left } else { right }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::entries;

    #[test]
    fn the_camera_faces_the_slope_from_beside_and_no_axis() {
        for tenth in 0..3600 {
            let down = f64::from(tenth) / 10.0 - 180.0;
            let azimuth = facing(down);
            let beside = (azimuth - down).abs();
            assert!((8.0..=62.0).contains(&beside), "{azimuth}° for {down}°");
            let from_axis = azimuth.rem_euclid(90.0);
            assert!((OFF_AXIS - 1e-9..=90.0 - OFF_AXIS + 1e-9).contains(&from_axis), "{azimuth}° for {down}°");
        }
    }

    #[test]
    fn the_tangent_plane_of_every_landscape_shows_its_upper_face() {
        for entry in entries().filter(|entry| !Landscape::of(entry).dimension().is_one()) {
            let landscape = Landscape::of(entry);
            let start = Point::from(landscape.suggestion().start);
            let gradient = landscape.loss().first_order(start).gradient;
            let [_, _, toward] = first_camera(&landscape, start).axes();
            let uphill = gradient.normalize();
            assert!(uphill.x * toward.x + uphill.y * toward.y < 0.0, "{}: it looks down the slope", entry.id);
        }
    }
}
