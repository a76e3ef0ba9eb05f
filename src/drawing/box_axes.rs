//! The box around the surface: its corners as they are seen, its ticks, and where their figures go.

use nalgebra::{Point3, Vector3};

use super::camera::Projection;
use super::height_scale::HeightScale;
use crate::numbers::{Point, tolerance};

/// The axes that carry ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The first weight, along a front edge of the floor.
    X,
    /// The second weight, along the other front edge of the floor.
    Y,
    /// The loss, up the left one of the uprights.
    Loss,
}

/// How far ticks stand off the box, scene units.
pub const TICK: f64 = 0.03;
/// How far the labels of ticks stand off the box, scene units.
const LABEL: f64 = 0.11;

/// Where the label of a tick belongs: the pixel of its middle. None outside of the box.
pub fn label(projection: &Projection, axis: Axis, value: f64) -> Option<(f64, f64)> {
    let (foot, out) = tick(projection, axis, value)?;
    let screen = projection.screen(&(foot + out * LABEL));
    Some((screen.x, screen.y))
}

/// The foot of a tick and the direction in which it sticks out.
pub fn tick(projection: &Projection, axis: Axis, value: f64) -> Option<(Point3<f64>, Vector3<f64>)> {
    let stage = projection.stage();
    let (low, high) = stage.corners();
    let corners = Corners::new(projection);
    let away = |coordinate: f64| coordinate.signum();
    match axis {
        Axis::X => {
            let foot = stage.raised(Point::new(value, low.y), 0.0);
            (low.x..=high.x)
                .contains(&value)
                .then(|| (Point3::new(foot.x, corners.front.y, 0.0), Vector3::y() * away(corners.front.y)))
        }
        Axis::Y => {
            let foot = stage.raised(Point::new(low.x, value), 0.0);
            (low.y..=high.y)
                .contains(&value)
                .then(|| (Point3::new(corners.front.x, foot.y, 0.0), Vector3::x() * away(corners.front.x)))
        }
        Axis::Loss => {
            let height = stage.heights().of(value);
            let [right, ..] = *projection.axes();
            (-tolerance::ON_EDGE..=HeightScale::TOP + tolerance::ON_EDGE)
                .contains(&height)
                .then(|| (Point3::new(corners.left.x, corners.left.y, height), -right))
        }
    }
}

/// The corners of the floor as the eye sees them.
pub struct Corners {
    /// The one nearest to the camera.
    pub front: Point3<f64>,
    /// The leftmost.
    pub left: Point3<f64>,
    /// All, going around.
    pub around: [Point3<f64>; 4],
}

impl Corners {
    /// The corners as a projection shows them.
    pub fn new(projection: &Projection) -> Self {
        let stage = projection.stage();
        let (low, high) = stage.corners();
        let around = [(low.x, low.y), (high.x, low.y), (high.x, high.y), (low.x, high.y)]
            .map(|(x, y)| stage.raised(Point::new(x, y), 0.0));
        let least = |key: &dyn Fn(&Point3<f64>) -> f64| {
            around.iter().copied().min_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or(around[0])
        };
        Self {
            front: least(&|corner| projection.screen(corner).z),
            left: least(&|corner| projection.screen(corner).x),
            around,
        }
    }
}
