//! The state and how commands change it.

use super::{CardId, Command, Derived, Document, MAX_CARDS, Playback, View, opening};
use crate::drawing::eye::Eye;
use crate::landscapes::{self, Landscape, SpecError};
use crate::numbers::{Point, SplitMix64};
use crate::optimizers::{self, Choice};
use crate::run::MAX_STEPS;

/// How many changes can be taken back.
const UNDO_DEPTH: usize = 100;
/// Changes of one slider that follow each other within this time, in seconds, are taken back together.
const ONE_GESTURE: f64 = 1.0;

/// Something said to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The words.
    pub text: String,
    /// When it was said, in seconds of [`State::clock`].
    pub at: f64,
}

/// Documents to go back or forward to.
#[derive(Default)]
struct History {
    past: Vec<Document>,
    future: Vec<Document>,
    last: Option<(String, f64)>,
}

/// Everything the program knows while it runs.
pub struct State {
    /// What the user chose.
    pub document: Document,
    /// What follows from it.
    pub derived: Derived,
    /// How it is looked at.
    pub view: View,
    /// The playhead.
    pub playback: Playback,
    /// The selected run.
    pub selected: CardId,
    /// The last thing said to the user.
    pub message: Option<Message>,
    /// Seconds since the program started, as handed in.
    pub clock: f64,
    /// Whether a run is still being computed.
    pub busy: bool,
    /// Grows with every change, so that pictures know when they are out of date.
    pub revision: u64,
    history: History,
}

impl Default for State {
    fn default() -> Self {
        Self::opening()
    }
}

impl State {
    /// The opening scene.
    pub fn opening() -> Self {
        let document =
            opening::document().unwrap_or_else(|| Document::new(Landscape::of(landscapes::surfaces::ENTRIES[0])));
        let mut state = Self::new(document);
        state.view = opening::view();
        state.playback.playhead = opening::PLAYHEAD;
        state.refresh();
        state
    }

    /// A document looked at from its start.
    pub fn new(document: Document) -> Self {
        let mut state = Self {
            selected: document.cards.first().map_or(0, |card| card.id),
            document,
            derived: Derived::default(),
            view: View::default(),
            playback: Playback::default(),
            message: None,
            clock: 0.0,
            busy: false,
            revision: 0,
            history: History::default(),
        };
        state.refresh();
        state
    }

    /// Time goes on: the playhead moves, long computations continue. True while something still moves.
    pub fn tick(&mut self, seconds: f64) -> bool {
        self.clock += seconds;
        if self.playback.playing {
            let last = self.last_step();
            self.playback.tick(seconds, last);
        }
        if self.busy || self.playback.playing {
            self.refresh();
        }
        self.busy || self.playback.playing
    }

    /// Carries out the commands of a frame, in order.
    pub fn apply(&mut self, commands: Vec<Command>) {
        if commands.is_empty() {
            return;
        }
        for command in commands {
            self.remember(&command);
            self.carry_out(command);
        }
        self.refresh();
    }

    /// Computes everything that is under way to its end.
    pub fn finish(&mut self) {
        self.refresh();
        while self.busy {
            self.refresh();
        }
    }

    fn refresh(&mut self) {
        self.revision += 1;
        if self.document.place(self.selected).is_none() {
            self.selected = self.document.cards.first().map_or(0, |card| card.id);
        }
        self.playback.playhead = self.playback.playhead.min(self.document.steps);
        self.busy = self.derived.update(&self.document, self.selected, self.playback.playhead);
    }

    /// The last step of the longest run.
    pub fn last_step(&self) -> usize {
        self.derived.runs().map(|(_, run)| run.iterates().len().saturating_sub(1)).max().unwrap_or(0)
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Say(text) => self.say(text),
            command if self.play_command(&command) || self.view_command(&command) => {}
            command => {
                if let Err(error) = self.document_command(command) {
                    self.say(error.to_string());
                }
            }
        }
    }

    fn say(&mut self, text: String) {
        self.message = Some(Message { text, at: self.clock });
    }

    fn play_command(&mut self, command: &Command) -> bool {
        let last = self.last_step();
        let playhead = self.playback.playhead;
        match *command {
            Command::TogglePlay => self.playback.toggle(last),
            Command::ToStart => self.playback.go_to(0, last),
            Command::ToEnd => self.playback.go_to(last, last),
            Command::StepBy(steps) => {
                let target = playhead.saturating_add_signed(isize::try_from(steps).unwrap_or(0));
                self.playback.go_to(target, last);
            }
            Command::GoTo(step) => self.playback.go_to(step, last),
            Command::SetSpeed(speed) => self.playback.set_speed(speed),
            _ => return false,
        }
        true
    }

    fn view_command(&mut self, command: &Command) -> bool {
        let view = &mut self.view;
        match *command {
            Command::SetFromHereOn(on) => view.from_here_on = on,
            Command::ToggleOverlay(id) => {
                if !view.overlays.remove(id) {
                    view.overlays.insert(id);
                }
            }
            Command::SetMapFrame(frame) => view.map = Some(frame),
            Command::Fit => {
                view.map = None;
                view.eye = Eye::default();
            }
            Command::SetStretched(on) => view.stretched = on,
            Command::Orbit(drag) => view.eye.orbit(drag.x, drag.y),
            Command::ZoomEye(factor) => view.eye.zoom(factor),
            Command::PanEye(drag) => view.eye.pan(drag.x, drag.y),
            Command::ResetEye => view.eye = Eye::default(),
            Command::SetLogHeight(on) => view.log_height = on,
            Command::ToggleMaximized(pane) => view.maximized = (view.maximized != Some(pane)).then_some(pane),
            Command::PointAt(pane) => view.pointed = pane,
            Command::ToggleTheme => view.theme = view.theme.toggled(),
            Command::SetTypeScale(scale) => view.type_scale = scale,
            Command::ToggleKeys => view.keys_open = !view.keys_open,
            Command::ToggleTiming => view.timing_open = !view.timing_open,
            Command::Dismiss => {
                view.keys_open = false;
                view.maximized = None;
                self.message = None;
            }
            Command::Select(card) => self.selected = card,
            Command::SelectNext(direction) => self.select_next(direction),
            _ => return false,
        }
        true
    }

    fn select_next(&mut self, direction: i32) {
        let visible: Vec<CardId> = self.document.cards.iter().filter(|card| !card.hidden).map(|card| card.id).collect();
        let Some(place) = visible.iter().position(|id| *id == self.selected) else {
            self.selected = visible.first().copied().unwrap_or(self.selected);
            return;
        };
        let count = visible.len() as i64;
        let next = (place as i64 + i64::from(direction)).rem_euclid(count);
        self.selected = visible[next as usize];
    }

    fn document_command(&mut self, command: Command) -> Result<(), SpecError> {
        let document = &mut self.document;
        match command {
            Command::ChooseLandscape(id) => {
                document.change_landscape(Landscape::of(landscapes::find(id)?));
                self.view.map = None;
                self.view.eye = Eye::default();
                self.playback.go_to(0, 0);
            }
            Command::SetParameter { index, value } => {
                document.landscape = document.landscape.with_parameter(index, value)?;
            }
            Command::SetSeed(seed) => {
                document.landscape = Landscape::parse(&format!("{}:seed={seed}", document.landscape.entry().id))?;
            }
            Command::MoveStart(at) => self.move_start(at),
            Command::RandomStart => self.random_start(),
            Command::SetSteps(steps) => document.steps = steps.clamp(1, MAX_STEPS),
            Command::SetTolerance(tolerance) => {
                document.tolerance = tolerance.filter(|value| value.is_finite() && *value > 0.0);
            }
            Command::SetKnob { card, knob, value } => {
                let from = self.knob_start(card);
                self.document.set_knob(card, knob, value, from)?;
            }
            Command::SetKnobFromHere { card, knob, value } => {
                document.set_knob(card, knob, value, Some(self.playback.playhead))?;
            }
            command => self.card_command(command)?,
        }
        Ok(())
    }

    /// The step from which a knob of this card acts: the playhead, the branch, or the whole run.
    fn knob_start(&self, card: CardId) -> Option<usize> {
        if self.view.from_here_on {
            return Some(self.playback.playhead);
        }
        self.document.cards.iter().find(|known| known.id == card)?.branched_at
    }

    fn move_start(&mut self, at: Point) {
        if !at.coords.iter().all(|coordinate| coordinate.is_finite()) {
            self.say(format!("A start needs two finite numbers, not ({}, {})", at.x, at.y));
            return;
        }
        let selected = self.selected;
        match self.document.card_mut(selected) {
            Some(card) if card.own_start.is_some() => card.own_start = Some(at),
            _ => self.document.start = at,
        }
    }

    fn random_start(&mut self) {
        self.document.start_seed += 1;
        let seed = self.document.start_seed;
        let view = self.document.landscape.entry().view;
        let mut random = SplitMix64::new(seed);
        let x = view.x[0] + view.width() * random.uniform();
        let y = view.y[0] + view.height() * random.uniform();
        self.move_start(Point::new(x, y));
        self.say(format!("Random start {seed}: ({x:.3}, {y:.3})"));
    }

    fn card_command(&mut self, command: Command) -> Result<(), SpecError> {
        match command {
            Command::AddRun(id) => {
                let mut optimizer = Choice::parse(id)?;
                if let Some((index, rate)) = self.document.suggested_rate(&optimizer) {
                    optimizer.knobs[index] = rate;
                }
                let added = self.document.add(optimizer);
                self.select_added(added);
            }
            Command::DuplicateRun(id) => {
                let added = self.document.duplicate(id);
                self.select_added(added);
            }
            Command::RemoveRun(id) if self.document.cards.len() > 1 => self.document.cards.retain(|card| card.id != id),
            Command::RemoveRun(_) => self.say("One run always stays: choose another method for it instead".to_owned()),
            Command::Branch(id) => self.branch(id),
            Command::SetOptimizer(id, optimizer) => {
                let choice = Choice::of(find_optimizer(optimizer)?);
                let rate = self.document.suggested_rate(&choice);
                if let Some(card) = self.document.card_mut(id) {
                    card.optimizer = choice;
                    card.changes.clear();
                    card.branched_at = None;
                    if let Some((index, rate)) = rate {
                        card.optimizer.knobs[index] = rate;
                    }
                }
            }
            command => self.change_card(&command),
        }
        Ok(())
    }

    fn change_card(&mut self, command: &Command) {
        let document = &mut self.document;
        match *command {
            Command::SetOwnStart(id, start) => {
                if let Some(card) = document.card_mut(id) {
                    card.own_start = start.filter(|at| at.coords.iter().all(|coordinate| coordinate.is_finite()));
                }
            }
            Command::Restyle(id, style) => {
                if let Some(card) = document.card_mut(id) {
                    card.style = style % MAX_CARDS;
                }
            }
            Command::SetHidden(id, hidden) => {
                if let Some(card) = document.card_mut(id) {
                    card.hidden = hidden;
                }
            }
            _ => {}
        }
    }

    fn select_added(&mut self, added: Option<CardId>) {
        match added {
            Some(id) => self.selected = id,
            None => self.say(format!("{MAX_CARDS} runs are the most that can be told apart: remove one first")),
        }
    }

    /// The copy goes on with the exact state: it has the same recipe, and its knobs now act from the playhead on.
    fn branch(&mut self, id: CardId) {
        let playhead = self.playback.playhead;
        let Some(copy) = self.document.duplicate(id) else {
            return self.select_added(None);
        };
        if let Some(card) = self.document.card_mut(copy) {
            card.branched_at = Some(playhead);
        }
        if let Some(old) = self.document.card_mut(id) {
            old.ghost = true;
        }
        self.selected = copy;
        self.say(format!("Branched at step {playhead}: its knobs act from there on, the old run stays as a ghost"));
    }

    fn remember(&mut self, command: &Command) {
        let Some(key) = command.undo_key() else { return };
        let same = !key.is_empty()
            && matches!(&self.history.last, Some((last, at)) if *last == key && self.clock - at < ONE_GESTURE);
        if !same {
            self.history.past.push(self.document.clone());
            let excess = self.history.past.len().saturating_sub(UNDO_DEPTH);
            self.history.past.drain(..excess);
        }
        self.history.last = Some((key, self.clock));
        self.history.future.clear();
    }

    fn undo(&mut self) {
        if let Some(document) = self.history.past.pop() {
            self.history.future.push(std::mem::replace(&mut self.document, document));
            self.history.last = None;
        }
    }

    fn redo(&mut self) {
        if let Some(document) = self.history.future.pop() {
            self.history.past.push(std::mem::replace(&mut self.document, document));
            self.history.last = None;
        }
    }

    /// Whether there is something to take back, and something taken back.
    pub fn can_undo_redo(&self) -> [bool; 2] {
        [!self.history.past.is_empty(), !self.history.future.is_empty()]
    }
}

fn find_optimizer(id: &'static str) -> Result<&'static optimizers::Entry, SpecError> {
    Choice::parse(id).map(|choice| choice.entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knob(state: &State, value: f64) -> Command {
        Command::SetKnob { card: state.selected, knob: 0, value }
    }

    #[test]
    fn the_opening_scene_tells_its_numbers() {
        let state = State::opening();
        let focus = state.derived.focus().unwrap();
        let change = focus.change.unwrap();
        assert!((change.linear + 68.05).abs() < 5e-3, "plane {}", change.linear);
        assert!((change.quadratic - 3.35).abs() < 5e-3, "paraboloid {}", change.quadratic);
        assert!((change.actual + 20.26).abs() < 5e-3, "truth {}", change.actual);
        assert_eq!(focus.overreach().map(f64::round), Some(10.0), "ten times further than the plane is good for");
    }

    #[test]
    fn a_knob_acts_on_the_whole_run_and_keeps_the_playhead() {
        let mut state = State::opening();
        state.apply(vec![knob(&state, 0.01)]);
        assert_eq!(state.playback.playhead, 2, "the playhead stays");
        let run = state.derived.run(state.selected).unwrap();
        assert!((run.iterates()[0].taken + run.iterates()[0].gradient * 0.01).norm() < 1e-15, "step 0 too");
    }

    #[test]
    fn from_here_on_leaves_the_past_alone() {
        let mut state = State::opening();
        let before = state.derived.run(state.selected).unwrap().iterates()[..3].to_vec();
        state.apply(vec![Command::SetFromHereOn(true), knob(&state, 0.01)]);
        let run = state.derived.run(state.selected).unwrap();
        assert_eq!(run.iterates()[..2], before[..2], "the past");
        assert!((run.iterates()[2].taken + run.iterates()[2].gradient * 0.01).norm() < 1e-15, "from here on");
    }

    #[test]
    fn a_branch_goes_on_exactly_and_leaves_a_ghost() {
        let mut state = State::opening();
        let heavy_ball = state.document.cards[1].id;
        state.apply(vec![Command::Select(heavy_ball), Command::GoTo(10), Command::Branch(heavy_ball)]);
        let branch = state.selected;
        assert_ne!(branch, heavy_ball, "the copy is selected");
        assert_eq!(
            state.derived.run(branch).unwrap().iterates(),
            state.derived.run(heavy_ball).unwrap().iterates(),
            "the same until changed"
        );
        state.apply(vec![knob(&state, 0.001)]);
        let [old, new] = [heavy_ball, branch].map(|id| state.derived.run(id).unwrap().iterates().to_vec());
        assert_eq!(
            old[..11],
            new[..11].iter().enumerate().map(|(k, i)| if k == 10 { old[10] } else { *i }).collect::<Vec<_>>()[..],
            "the past"
        );
        assert_ne!(old[11].at, new[11].at, "the future");
        assert!(state.document.cards.iter().find(|card| card.id == heavy_ball).unwrap().ghost, "a ghost stays");
    }

    #[test]
    fn one_gesture_is_undone_at_once() {
        let mut state = State::opening();
        let before = state.document.clone();
        for rate in [0.01, 0.02, 0.03] {
            state.apply(vec![knob(&state, rate)]);
        }
        state.apply(vec![Command::Undo]);
        assert_eq!(state.document, before, "a whole drag");
        state.apply(vec![Command::Redo]);
        assert_eq!(state.document.cards[0].optimizer.knobs[0], 0.03, "and back");
    }

    #[test]
    fn ten_thousand_runs_are_twelve_and_a_message() {
        let mut state = State::opening();
        state.apply(vec![Command::AddRun("adam"); 10_000]);
        assert_eq!(state.document.cards.len(), MAX_CARDS, "limit");
        assert!(state.message.unwrap().text.contains("most that can be told apart"), "and it says so");
    }

    #[test]
    fn bad_values_change_nothing_and_are_named() {
        let mut state = State::opening();
        let before = state.document.clone();
        for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            state.message = None;
            state.apply(vec![knob(&state, value)]);
            assert!(
                state.message.as_ref().is_some_and(|message| message.text.contains("lr")),
                "{value}: {:?}",
                state.message
            );
        }
        state.apply(vec![Command::MoveStart(Point::new(f64::NAN, 1.0))]);
        assert_eq!(state.document, before, "unchanged");
    }

    #[test]
    fn the_start_is_exact() {
        let mut state = State::opening();
        state.apply(vec![Command::MoveStart(Point::new(1.0, 2.0))]);
        assert_eq!(state.derived.run(state.selected).unwrap().iterates()[0].at, Point::new(1.0, 2.0), "(1, 2) exactly");
    }
}
