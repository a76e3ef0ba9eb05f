//! Undo history; a whole drag of a slider, a start or a map is one entry.

use std::collections::{BTreeMap, VecDeque};

use super::scene::Scene;
use super::{CardId, SceneView};

/// The most changes that can be taken back.
const MOST_ENTRIES: usize = 200;
/// The most memory that scenes of the past and the future keep, in bytes: measured grids and samples above all. The
/// oldest go first; one step back is always kept.
const MOST_BYTES: usize = 128 << 20;
/// Changes of one gesture that follow each other within this time, in seconds, are one.
const ONE_GESTURE: f64 = 1.0;

/// How undo treats a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undoing {
    /// Makes no undo entry: it moves through the scene or sets an option of it, which another click sets back.
    Passed,
    /// An entry of its own, with its title.
    Alone(&'static str),
    /// One entry with the changes before it of the same gesture, as in a drag.
    Joined(Gesture),
}

/// What is being changed: changes of the same are undone together if they follow each other within one drag, or within [`ONE_GESTURE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gesture {
    /// A parameter of a method: the run, and the parameter's position.
    MethodParameter(CardId, usize),
    /// Two parameters of a run at once.
    Parameters(CardId),
    /// The momentum coefficient of a run, and the rate that moves along with it.
    Coefficient(CardId),
    /// The initial velocity of a run.
    Launch(CardId),
    /// A parameter of the landscape, by its position.
    LandscapeParameter(usize),
    /// The axes of the landscape.
    RescaledAxes,
    /// The start.
    Start,
    /// A sample, by its position.
    Sample(usize),
    /// The chosen sample, by keys.
    Nudge,
    /// The text of a formula.
    Formula,
    /// The number of steps.
    Steps,
    /// The part that the map shows.
    Map,
    /// The region from which the basins are walked.
    Basins,
    /// The viewpoint of the surface.
    Camera,
    /// The number of weights of the race, and what a Hessian costs.
    Weights,
    /// The ranges of the sweep.
    Sweep,
    /// The ruler over the chart.
    Ruler,
    /// The radius of the circle.
    Circle,
    /// The share within which a local model counts as valid.
    Share,
}

impl Gesture {
    /// What is changed, in words that go after "Undo:".
    fn title(self) -> &'static str {
        match self {
            Self::MethodParameter(..) => "a parameter of the method",
            Self::Parameters(_) => "the parameters of the method",
            Self::Coefficient(_) => "the momentum coefficient",
            Self::Launch(_) => "the initial velocity",
            Self::LandscapeParameter(_) => "a parameter of the landscape",
            Self::RescaledAxes => "the rescaled axes",
            Self::Start => "the move of the start",
            Self::Sample(_) | Self::Nudge => "the move of a sample",
            Self::Formula => "the formula",
            Self::Steps => "the number of steps",
            Self::Map => "the move of the map",
            Self::Basins => "the region of the basins",
            Self::Camera => "the view of the surface",
            Self::Weights => "the costs of the comparison",
            Self::Sweep => "the ranges of the sweep",
            Self::Ruler => "the ruler",
            Self::Circle => "the radius of the circle",
            Self::Share => "the validity tolerance",
        }
    }
}

impl Undoing {
    /// What undo calls the change; `None` for what it passes over.
    fn title(self) -> Option<&'static str> {
        match self {
            Self::Passed => None,
            Self::Alone(title) => Some(title),
            Self::Joined(gesture) => Some(gesture.title()),
        }
    }
}

/// An entry: a scene, and the title of the change between it and the next.
struct Entry {
    scene: Scene,
    title: &'static str,
}

/// The past and the future of a scene.
pub(super) struct History {
    past: VecDeque<Entry>,
    future: Vec<Entry>,
    /// The gesture of the last change, and when it was.
    last: Option<(Gesture, f64)>,
    /// The pointer is held down: changes of one gesture are one, however long the hand rests.
    held: bool,
    /// See [`MOST_BYTES`].
    most_bytes: usize,
}

impl Default for History {
    fn default() -> Self {
        Self { past: VecDeque::new(), future: Vec::new(), last: None, held: false, most_bytes: MOST_BYTES }
    }
}

impl History {
    /// Stores the scene from before a change, unless it continues the last gesture.
    pub(super) fn remember(&mut self, before: Scene, undoing: Undoing, clock: f64) {
        let Some(title) = undoing.title() else { return };
        let gesture = if let Undoing::Joined(gesture) = undoing { Some(gesture) } else { None };
        let patience = if self.held { f64::INFINITY } else { ONE_GESTURE };
        let is_same = self.last.is_some_and(|(last, at)| Some(last) == gesture && clock - at < patience);
        self.future.clear();
        if !is_same {
            self.past.push_back(Entry { scene: before, title });
            self.forget_oldest();
        }
        self.last = gesture.map(|gesture| (gesture, clock));
    }

    /// Whether the pointer is held down.
    pub(super) fn is_held(&self) -> bool {
        self.held
    }

    /// Writes the new tab or picture with `show` into all adjacent entries that had the old one, so
    /// that undo does not switch tabs or pictures.
    pub(super) fn carry_over(&mut self, is_same: impl Fn(&SceneView) -> bool, show: impl Fn(&mut SceneView)) {
        for view in self.past.iter_mut().rev().map(|entry| &mut entry.scene.view).take_while(|view| is_same(view)) {
            show(view);
        }
        for view in self.future.iter_mut().rev().map(|entry| &mut entry.scene.view).take_while(|view| is_same(view)) {
            show(view);
        }
    }

    /// Reports that the pointer went down or up: what follows is a new change, whatever its gesture.
    pub(super) fn hold(&mut self, held: bool) {
        self.last = None;
        self.held = held;
    }

    /// The scene before the last change, if there was one; `now` is the current scene.
    pub(super) fn undo(&mut self, now: Scene) -> Option<Scene> {
        let Entry { scene, title } = self.past.pop_back()?;
        self.future.push(Entry { scene: now, title });
        self.last = None;
        Some(scene)
    }

    /// The scene before the gesture of the pointer that is held down, if it has changed something; `now` is the current scene.
    pub(super) fn take_back_drag(&mut self, now: Scene) -> Option<Scene> {
        if self.held && self.last.is_some() { self.undo(now) } else { None }
    }

    /// The scene that was left last, if there was one.
    pub(super) fn redo(&mut self, now: Scene) -> Option<Scene> {
        let Entry { scene, title } = self.future.pop()?;
        self.past.push_back(Entry { scene: now, title });
        self.last = None;
        Some(scene)
    }

    /// The scenes that undo would bring back, the newest first.
    pub(super) fn past(&self) -> impl Iterator<Item = &Scene> {
        self.past.iter().rev().map(|entry| &entry.scene)
    }

    /// What undo and redo would change, if there is anything.
    pub(super) fn titles(&self) -> [Option<&'static str>; 2] {
        [self.past.back(), self.future.last()].map(|entry| entry.map(|entry| entry.title))
    }

    fn forget_oldest(&mut self) {
        while self.past.len() > MOST_ENTRIES || self.past.len() > 1 && self.bytes() > self.most_bytes {
            self.past.pop_front();
        }
    }

    /// The memory of all scenes in bytes; what several of them share counts once.
    fn bytes(&self) -> usize {
        let mut shared = BTreeMap::new();
        let scenes = self.past.iter().chain(&self.future).map(|entry| &entry.scene);
        let own: usize = scenes
            .map(|scene| {
                shared.extend(scene.document.landscape.shared_bytes());
                scene.bytes()
            })
            .sum();
        own + shared.values().sum::<usize>()
    }
}

impl Scene {
    /// About how much memory it does not share, in bytes.
    fn bytes(&self) -> usize {
        let changes = self.document.cards.iter().map(|card| size_of_val(card.changes.as_slice()));
        let typed = self.view.faulty_formula.as_ref().map_or(0, |(text, _)| text.len());
        size_of::<Self>() + changes.sum::<usize>() + typed
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::landscapes::Landscape;
    use crate::state::State;

    /// A scene on a measured grid of its own, of 20 × 20 losses.
    fn measured(seed: usize) -> Scene {
        let lines = (0..400).map(|k| format!("{},{},{}\n", k % 20, k / 20, (k * (seed + 3)) % 17));
        let text: String = std::iter::once("x,y,loss\n".to_owned()).chain(lines).collect();
        let state = State::overshooting();
        let landscape = state.document.landscape.with_file(Path::new("measured.csv"), text.as_bytes()).unwrap();
        let mut scene = state.scene();
        scene.document.landscape = landscape;
        scene
    }

    #[test]
    fn the_past_keeps_so_many_steps_and_so_many_bytes_and_one_step_always() {
        let one = measured(0).document.landscape.shared_bytes().unwrap().1;
        assert!(one >= 400 * 8, "a grid counts");
        for (most_bytes, kept) in [(usize::MAX, 10), (3 * one + one / 2, 3), (0, 1)] {
            let mut history = History { most_bytes, ..History::default() };
            for seed in 0..10 {
                history.remember(measured(seed), Undoing::Alone("a test"), 0.0);
            }
            assert_eq!(history.past.len(), kept, "of {most_bytes} bytes");
            assert_eq!(history.undo(measured(10)), Some(measured(9)), "the newest is among them");
        }
        let mut history = History { most_bytes: 2 * one, ..History::default() };
        let shared = measured(1);
        for _ in 0..1000 {
            history.remember(shared.clone(), Undoing::Alone("a test"), 0.0);
        }
        assert!(history.past.len() > 1, "a grid that several scenes share counts once: {}", history.past.len());
        let surface = State::new(crate::state::Document::new(Landscape::parse("bowl").unwrap())).scene();
        let mut history = History::default();
        for _ in 0..1000 {
            history.remember(surface.clone(), Undoing::Alone("a test"), 0.0);
        }
        assert_eq!(history.past.len(), MOST_ENTRIES, "and no more steps than this");
    }
}
