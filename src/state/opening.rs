//! The opening scene: gradient descent overshooting on Himmelblau's function beside a heavy ball that does not.

use super::{Scene, SceneError};

/// At step 2 the plane predicts −68.05, the quadratic model +3.35, and −20.26 happens; start, landing and the heavy ball's end lie
/// in one frame.
const SCENE: &str = r#"
landscape = "himmelblau"
runs = ["gd:lr=0.036", "momentum:lr=0.0028,beta=0.9"]
start = [0.15, 0.35]
steps = 60
playhead = 2

[view]
map = { center = [2.1, 0.7], half = [2.7, 2.7] }
"#;

/// What a newcomer sees first.
///
/// # Errors
/// Where the text does not describe a scene, which a test excludes.
pub(super) fn scene() -> Result<Scene, SceneError> {
    Scene::read(SCENE)
}
