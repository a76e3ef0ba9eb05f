//! The scenes of a lesson and of its pages, built from their texts.

use super::super::Scene;
use super::{Lesson, Page};
use crate::lessons::Located;
use crate::scene::Faults;

impl Page {
    /// Its scene: a landscape, runs, and a way to look at them; `None` where that of the page before stays.
    ///
    /// # Errors
    /// Where the text does not describe one, which is excluded when the lesson is checked.
    pub fn scene(&self) -> Option<Result<Scene, Faults>> {
        self.scene.as_ref().map(|Located { value, .. }| Scene::read(value))
    }
}

impl Lesson {
    /// The scene in which it begins.
    ///
    /// # Errors
    /// Where the text of a scene does not describe one, or there is none; a test excludes both for the lessons of the program.
    pub fn scene(&self) -> Result<Scene, Faults> {
        let scene = self.pages.iter().find_map(Page::scene);
        scene.unwrap_or_else(|| Scene::read(""))
    }
}
