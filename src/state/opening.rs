//! The opening scene: one run of gradient descent on Himmelblau's function, before its first step.

use super::Scene;
use crate::scene::Faults;

/// The plane promises about twice what the first step keeps; the run oscillates at first, and settles in one of four minima.
const SCENE: &str = r#"
landscape = "himmelblau"
runs = ["gd:lr=0.012"]
start = [2.5, -3.5]
steps = 40

[view]
tab = "lessons"
"#;

/// What a newcomer sees first.
///
/// # Errors
/// Where the text does not describe a scene, which a test excludes.
pub(super) fn scene() -> Result<Scene, Faults> {
    Scene::read(SCENE)
}
