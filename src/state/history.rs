//! Scenes to go back and forward to; a whole drag of a slider, a start or a map is taken back at once.

use std::collections::{BTreeMap, VecDeque};

use super::scene::Scene;

/// The most changes that can be taken back.
const MOST_STEPS: usize = 200;
/// The most memory that scenes of the past and the future keep, in bytes: measured grids and samples above all. The
/// oldest go first; one step back is always kept.
const MOST_BYTES: usize = 128 << 20;
/// Changes under one name that follow each other within this time, in seconds, are one.
const ONE_GESTURE: f64 = 1.0;

/// How undo treats a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Undoing {
    /// It changes nothing of the scene, or only where one stands in it: undo passes over it.
    Passed,
    /// A change by itself.
    Alone,
    /// One change with those before it under the same name, as in a drag.
    Joined(String),
}

/// The past and the future of a scene.
pub(super) struct History {
    past: VecDeque<Scene>,
    future: Vec<Scene>,
    /// The name of the last change, and when it was.
    last: Option<(String, f64)>,
    /// The pointer is held down: changes under one name are one, however long the hand rests.
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
    /// Keeps the scene as it was before a change.
    pub(super) fn remember(&mut self, before: Scene, undoing: &Undoing, clock: f64) {
        let name = match undoing {
            Undoing::Passed => return,
            Undoing::Alone => None,
            Undoing::Joined(name) => Some(name),
        };
        let patience = if self.held { f64::INFINITY } else { ONE_GESTURE };
        let is_same = self.last.as_ref().is_some_and(|(last, at)| Some(last) == name && clock - at < patience);
        self.future.clear();
        if !is_same {
            self.past.push_back(before);
            self.forget_oldest();
        }
        self.last = name.map(|name| (name.clone(), clock));
    }

    /// The pointer went down or up: what follows is another change, under whatever name.
    pub(super) fn hold(&mut self, held: bool) {
        self.last = None;
        self.held = held;
    }

    /// The scene before the last change, if there was one; `now` is the one that is left.
    pub(super) fn undo(&mut self, now: Scene) -> Option<Scene> {
        let before = self.past.pop_back()?;
        self.future.push(now);
        self.last = None;
        Some(before)
    }

    /// The scene that was left last, if there was one.
    pub(super) fn redo(&mut self, now: Scene) -> Option<Scene> {
        let after = self.future.pop()?;
        self.past.push_back(now);
        self.last = None;
        Some(after)
    }

    /// The scenes that undo would bring back, the newest first.
    pub(super) fn past(&self) -> impl Iterator<Item = &Scene> {
        self.past.iter().rev()
    }

    /// Whether there is something to take back, and something taken back.
    pub(super) fn can_undo_redo(&self) -> [bool; 2] {
        [!self.past.is_empty(), !self.future.is_empty()]
    }

    fn forget_oldest(&mut self) {
        while self.past.len() > MOST_STEPS || self.past.len() > 1 && self.bytes() > self.most_bytes {
            self.past.pop_front();
        }
    }

    /// The memory of all scenes in bytes; what several of them share counts once.
    fn bytes(&self) -> usize {
        let mut shared = BTreeMap::new();
        let scenes = self.past.iter().chain(&self.future);
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
    /// About how much memory it has for itself, in bytes.
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
        let state = State::opening();
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
                history.remember(measured(seed), &Undoing::Alone, 0.0);
            }
            assert_eq!(history.past.len(), kept, "of {most_bytes} bytes");
            assert_eq!(history.undo(measured(10)), Some(measured(9)), "the newest is among them");
        }
        let mut history = History { most_bytes: 2 * one, ..History::default() };
        let shared = measured(1);
        for _ in 0..1000 {
            history.remember(shared.clone(), &Undoing::Alone, 0.0);
        }
        assert!(history.past.len() > 1, "a grid that several scenes share counts once: {}", history.past.len());
        let surface = State::new(crate::state::Document::new(Landscape::parse("bowl").unwrap())).scene();
        let mut history = History::default();
        for _ in 0..1000 {
            history.remember(surface.clone(), &Undoing::Alone, 0.0);
        }
        assert_eq!(history.past.len(), MOST_STEPS, "and no more steps than this");
    }
}
