//! The opening scene: gradient descent overshooting on Himmelblau's function beside a heavy ball that does not.

use super::{Document, MapFrame, SceneView};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::Choice;

/// The step the scene opens at: the plane promises −68.05, the paraboloid +3.35, and −20.26 happens.
pub(super) const PLAYHEAD: usize = 2;

/// What a newcomer sees first; `None` only if the catalogue lacked its parts, which a test excludes.
pub(super) fn document() -> Option<Document> {
    let mut document = Document::new(Landscape::parse("himmelblau").ok()?);
    document.start = Point::new(0.15, 0.35);
    document.cards.clear();
    document.steps = 60;
    document.add(Choice::parse("gd:lr=0.036").ok()?);
    document.add(Choice::parse("momentum:lr=0.0028,beta=0.9").ok()?);
    Some(document)
}

/// How it is looked at: start, landing and the heavy ball's end in one frame.
pub(super) fn view() -> SceneView {
    SceneView { map: Some(MapFrame { center: Point::new(2.1, 0.7), half: [2.7, 2.7] }), ..SceneView::default() }
}
