//! The graph of the network at the playhead, while it is on the screen.

use super::memo::Memo;
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

/// The graph, made again only when what it shows changes.
#[derive(Default)]
pub(super) struct NetworkGraph {
    known: Memo<Request, Option<Graph>>,
}

impl NetworkGraph {
    pub(super) fn update(&mut self, landscape: &Landscape, view: &View, at: Option<Point>) {
        let is_shown = view.has(Pane::Graph) && !view.in_fog();
        let room = if view.chrome.maximized == Some(Pane::Graph) { Room::Large } else { Room::Small };
        let request = |at| Request { landscape: landscape.clone(), at, sample: view.scene.network.sample, room };
        self.known.update(at.filter(|_| is_shown).map(request), |request| {
            Graph::of(&request.landscape, request.at, request.sample, request.room)
        });
    }

    pub(super) fn graph(&self) -> Option<&Graph> {
        self.known.value()?.as_ref()
    }
}
