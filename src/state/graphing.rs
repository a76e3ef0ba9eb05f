//! The graph of the network at the playhead, while it is looked at.

use super::{Pane, View};
use crate::drawing::graph::{Graph, Room};
use crate::landscapes::Landscape;
use crate::numbers::Point;

/// What a graph is made from.
#[derive(PartialEq)]
struct Request {
    landscape: Landscape,
    at: Point,
    sample: Option<usize>,
    room: Room,
}

/// The graph, made again only where it has become another.
#[derive(Default)]
pub(super) struct Graphing {
    known: Option<(Request, Option<Graph>)>,
}

impl Graphing {
    pub(super) fn update(&mut self, landscape: &Landscape, view: &View, at: Option<Point>) {
        let known = self.known.take();
        let Some(at) = at.filter(|_| view.has(Pane::Graph) && !view.in_fog()) else { return };
        let room = if view.chrome.maximized == Some(Pane::Graph) { Room::Large } else { Room::Small };
        let request = Request { landscape: landscape.clone(), at, sample: view.scene.sample, room };
        self.known = Some(known.filter(|(old, _)| *old == request).unwrap_or_else(|| {
            let graph = Graph::of(landscape, at, view.scene.sample, room);
            (request, graph)
        }));
    }

    pub(super) fn graph(&self) -> Option<&Graph> {
        self.known.as_ref()?.1.as_ref()
    }
}
