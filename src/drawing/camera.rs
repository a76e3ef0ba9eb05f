//! The camera that orbits the scene, and the projection from landscape to pixels and back.
//!
//! The projection is parallel. A gap bar is then as long in the back of the scene as in front, parallel level lines stay parallel,
//! and every quantity that is linear on a triangle is linear on the screen. The depth is measured in pixels too.

use super::height_scale::HeightScale;
use super::page_scale::PageScale;
use crate::numbers::{Point, Vector};
use nalgebra::{Point3, Vector3};
use std::f64::consts::{FRAC_PI_2, TAU};

/// The camera: which way it looks and how near. Always finite and in range, whatever it is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    azimuth: f64,
    elevation: f64,
    zoom: f64,
    pan: Vector,
}

/// The share of the picture's width that is left when the heights are written beside the loss.
const UNLABELED: f64 = 0.86;

/// How far the scene may be pushed aside at zoom 1, in shorter sides of the picture.
const FARTHEST_PAN: f64 = 2.0;
/// The empty rim around the scene at zoom 1, as a share of its size.
const RIM: f64 = 0.05;

impl Default for Camera {
    /// The opening view: over a corner, high enough to see into the valleys and low enough to see a gap's height.
    fn default() -> Self {
        Self::looking(-38.0, 39.0)
    }
}

impl Camera {
    /// From just above the horizon to straight down: from below the loss surface would hide everything.
    pub const ELEVATIONS: [f64; 2] = [0.05, FRAC_PI_2];
    /// How far one may zoom out and in.
    pub const ZOOMS: [f64; 2] = [0.2, 20.0];

    /// A camera in the direction `azimuth` from the middle (degrees, counterclockwise from the x axis), `elevation` degrees above the horizon.
    pub fn looking(azimuth: f64, elevation: f64) -> Self {
        let start = Self { azimuth: 0.0, elevation: Self::ELEVATIONS[0], zoom: 1.0, pan: Vector::zeros() };
        start.turned(azimuth.to_radians(), elevation.to_radians() - Self::ELEVATIONS[0])
    }

    /// A camera with these settings, clamped to their ranges: radians, the zoom, and shares of the picture's shorter side.
    pub fn at([azimuth, elevation]: [f64; 2], zoom: f64, pan: [f64; 2]) -> Self {
        let mut camera =
            Self { azimuth: 0.0, elevation: 0.0, zoom: 1.0, pan: Vector::zeros() }.turned(azimuth, elevation);
        camera.zoom(zoom);
        // Whoever has pushed it aside and then moved away sees it further aside than it can be pushed from there.
        let farthest = FARTHEST_PAN * Self::ZOOMS[1];
        if pan.iter().all(|side| side.is_finite()) {
            camera.pan = Vector::from(pan).map(|side| side.clamp(-farthest, farthest));
        }
        camera
    }

    /// Its settings: azimuth and elevation in radians, the zoom, and how far the picture is panned.
    pub fn place(&self) -> ([f64; 2], f64, [f64; 2]) {
        ([self.azimuth, self.elevation], self.zoom, self.pan.into())
    }

    /// Turned by a drag of this many radians: `right` moves the front of the scene to the right, `up` lifts the eye.
    pub fn orbit(&mut self, right: f64, up: f64) {
        *self = self.turned(-right, up);
    }

    /// Nearer by a factor (above 1) or farther (below 1).
    pub fn zoom(&mut self, factor: f64) {
        let zoom = self.zoom * factor;
        if zoom.is_finite() && factor > 0.0 {
            self.zoom = zoom.clamp(Self::ZOOMS[0], Self::ZOOMS[1]);
        }
    }

    /// Moves the picture by a share of its shorter side: `right` and `down` as on the screen.
    pub fn pan(&mut self, right: f64, down: f64) {
        let farthest = FARTHEST_PAN * self.zoom.max(1.0);
        let pan = self.pan + Vector::new(right, down);
        if pan.x.is_finite() && pan.y.is_finite() {
            self.pan = pan.map(|side| side.clamp(-farthest, farthest));
        }
    }

    /// Back to the opening view.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    fn turned(mut self, azimuth: f64, elevation: f64) -> Self {
        let (azimuth, elevation) = (self.azimuth + azimuth, self.elevation + elevation);
        if azimuth.is_finite() && elevation.is_finite() {
            self.azimuth = azimuth.rem_euclid(TAU);
            self.elevation = elevation.clamp(Self::ELEVATIONS[0], Self::ELEVATIONS[1]);
        }
        self
    }

    /// The scene's directions to the right, up and toward the eye: unit vectors at right angles.
    pub fn axes(&self) -> [Vector3<f64>; 3] {
        let ((sin_a, cos_a), (sin_e, cos_e)) = (self.azimuth.sin_cos(), self.elevation.sin_cos());
        [
            Vector3::new(-sin_a, cos_a, 0.0),
            Vector3::new(-sin_e * cos_a, -sin_e * sin_a, cos_e),
            Vector3::new(cos_e * cos_a, cos_e * sin_a, sin_e),
        ]
    }
}

/// The part of the landscape that is shown, and how high its losses stand: landscape to scene, where the longer side runs from -1 to 1.
///
/// x and y share one scale, unless the stage is stretched: then the shorter side runs from -1 to 1, too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    low: Point,
    high: Point,
    scale: PageScale,
    heights: HeightScale,
}

impl Stage {
    /// The stage over the box between two corners; a box that is empty or not finite becomes the unit square.
    pub fn new(low: Point, high: Point, heights: HeightScale) -> Self {
        let half = (high - low).max() / 2.0;
        let sound = half.is_finite() && low.x < high.x && low.y < high.y;
        if sound {
            Self { low, high, scale: PageScale::equal(half), heights }
        } else {
            Self { low: Point::origin(), high: Point::new(1.0, 1.0), scale: PageScale::equal(0.5), heights }
        }
    }

    /// This stage with a scale for each axis.
    #[must_use]
    pub fn stretched(self) -> Self {
        let half = (self.high - self.low) / 2.0;
        Self { scale: PageScale::new(half.x, half.y), ..self }
    }

    /// The lower left and the upper right corner of the box, landscape coordinates.
    pub fn corners(&self) -> (Point, Point) {
        (self.low, self.high)
    }

    /// The rule for heights.
    pub fn heights(&self) -> &HeightScale {
        &self.heights
    }

    /// How many landscape units one scene unit is along each axis.
    pub fn scale(&self) -> PageScale {
        self.scale
    }

    /// Half the sides of the box, in scene units.
    fn half(&self) -> Vector {
        self.scale.on_page(self.high - self.low) / 2.0
    }

    /// Landscape to scene; the height is NaN unless the loss is finite.
    pub fn scene(&self, at: Point, loss: f64) -> Point3<f64> {
        self.raised(at, self.heights.of(loss))
    }

    /// The scene point at a height (scene units) over a point of the landscape.
    pub fn raised(&self, at: Point, height: f64) -> Point3<f64> {
        let across = self.scale.on_page(at - nalgebra::center(&self.low, &self.high));
        Point3::new(across.x, across.y, height)
    }

    /// Scene to landscape.
    pub fn landscape(&self, scene: &Point3<f64>) -> (Point, f64) {
        (nalgebra::center(&self.low, &self.high) + self.scale.way(scene.x, scene.y), self.heights.loss_at(scene.z))
    }
}

/// From the scene to a picture of a given size and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    stage: Stage,
    axes: [Vector3<f64>; 3],
    /// Pixels per scene unit, the same in all directions.
    pixels: f64,
    /// The pixel of the scene's middle.
    middle: Vector,
}

/// The point of the scene in the middle of the picture.
const TARGET: Vector3<f64> = Vector3::new(0.0, 0.0, HeightScale::TOP / 2.0);

impl Projection {
    /// The projection that a camera has on a stage, into `width` × `height` pixels.
    pub fn new(camera: &Camera, stage: Stage, width: usize, height: usize) -> Self {
        let (width, height) = (width as f64, height as f64);
        // The box fits with its corners whichever way it is turned, so that the scene does not pulsate in orbit.
        let radius = stage.half().norm();
        let (sin, cos) = camera.elevation.sin_cos();
        let (half_width, half_height) = (radius * (1.0 + RIM), (radius * sin + TARGET.z * cos) * (1.0 + RIM));
        let pixels = (camera.zoom * (width * UNLABELED / half_width).min(height / half_height) / 2.0).max(1e-3);
        let middle = Vector::new(width, height) / 2.0 + camera.pan * width.min(height);
        Self { stage, axes: camera.axes(), pixels, middle }
    }

    /// The stage that is projected.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Pixels per scene unit.
    pub fn pixels(&self) -> f64 {
        self.pixels
    }

    /// The scene's directions to the right, up and toward the eye.
    pub fn axes(&self) -> &[Vector3<f64>; 3] {
        &self.axes
    }

    /// Scene to screen: x and y in pixels from the upper left corner, z the depth in pixels, larger is farther.
    pub fn screen(&self, scene: &Point3<f64>) -> Point3<f64> {
        let from = scene.coords - TARGET;
        let [right, up, toward] = self.axes.map(|axis| axis.dot(&from) * self.pixels);
        Point3::new(self.middle.x + right, self.middle.y - up, -toward)
    }

    /// Landscape to screen.
    pub fn project(&self, at: Point, loss: f64) -> Point3<f64> {
        self.screen(&self.stage.scene(at, loss))
    }

    /// Screen, with the depth, to scene: the inverse of [`Self::screen`].
    pub fn scene(&self, screen: &Point3<f64>) -> Point3<f64> {
        let along = [screen.x - self.middle.x, self.middle.y - screen.y, -screen.z];
        let from: Vector3<f64> = self.axes.iter().zip(along).map(|(axis, pixels)| axis * (pixels / self.pixels)).sum();
        Point3::from(TARGET + from)
    }

    /// The line of sight through a pixel, in scene coordinates: a point on it and the unit direction away from the eye.
    pub fn ray(&self, x: f64, y: f64) -> (Point3<f64>, Vector3<f64>) {
        (self.scene(&Point3::new(x, y, 0.0)), -self.axes[2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eye_stays_in_range_under_absurd_input() {
        let mut camera = Camera::default();
        for absurd in [0.0, 1e300, -1e300, f64::NAN, f64::INFINITY, -3.0, 1e-300] {
            camera.orbit(absurd, absurd);
            camera.zoom(absurd);
            camera.pan(absurd, -absurd);
            assert!(
                (Camera::ELEVATIONS[0]..=Camera::ELEVATIONS[1]).contains(&camera.elevation)
                    && (Camera::ZOOMS[0]..=Camera::ZOOMS[1]).contains(&camera.zoom),
                "{camera:?}"
            );
            assert!((0.0..=TAU).contains(&camera.azimuth) && camera.pan.norm() < 100.0, "{camera:?}");
        }
        camera.reset();
        assert_eq!(camera, Camera::default());
        assert!(Camera::looking(f64::NAN, f64::INFINITY).axes()[0].norm() > 0.99);
    }

    #[test]
    fn screen_and_scene_are_inverse_and_lengths_keep_their_scale() {
        let stage = Stage::new(Point::new(-0.6, -2.9), Point::new(4.8, 4.3), HeightScale::linear(-50.0, 180.0));
        let projection = Projection::new(&Camera::looking(20.0, 35.0), stage, 660, 620);
        for scene in [Point3::new(0.0, 0.0, 0.0), Point3::new(-0.7, 1.0, 0.4), Point3::new(0.3, -1.0, 0.9)] {
            let screen = projection.screen(&scene);
            assert!((projection.scene(&screen) - scene).norm() < 1e-12);
            let (origin, direction) = projection.ray(screen.x, screen.y);
            assert!((scene - origin).cross(&direction).norm() < 1e-12, "the ray meets the point");
        }
        let bar =
            |x: f64, y: f64| projection.project(Point::new(x, y), 0.0).y - projection.project(Point::new(x, y), 50.0).y;
        assert!((bar(0.0, -2.0) - bar(4.0, 4.0)).abs() < 1e-9);
    }
}
