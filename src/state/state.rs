//! The state: what it holds, and how it is kept up to date as time and commands go by.

use super::commands::Touched;
use super::history::{History, Undoing};
use super::runs::Remaining;
use super::tried::BestRates;
use super::{
    BestRate, CardId, Command, Derived, Document, FileRequest, Files, Leaving, Message, Pane, PathBefore, Picture,
    Playback, Scene, View, opening,
};
use crate::landscapes::{self, Landscape};

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
    /// The file that is being opened.
    pub file_request: Option<FileRequest>,
    /// Files that are being saved or asked for.
    pub files: Files,
    /// Whether the program is about to be closed.
    pub leaving: Leaving,
    /// The path of the run whose parameter is being dragged, as it was before.
    pub path_before: Option<PathBefore>,
    pub(super) best_rates: BestRates,
    /// What was there before the lesson.
    pub(super) before_lesson: Option<Box<Scene>>,
    /// The last thing said to the user.
    pub message: Option<Message>,
    /// Seconds since the program started, as handed in.
    pub clock: f64,
    /// Whether a run is still being computed.
    pub busy: bool,
    /// Where the steps are taken that are left.
    pub(super) remaining: Remaining,
    /// Grows with every change, so that pictures know when they are out of date.
    pub revision: u64,
    pub(super) history: History,
}

impl Default for State {
    fn default() -> Self {
        Self::opening()
    }
}

impl State {
    /// The opening scene.
    pub fn opening() -> Self {
        let fallback = || Scene::at_start(Document::new(Landscape::of(landscapes::surfaces::ENTRIES[0])));
        Self::showing(opening::scene().unwrap_or_else(|_| fallback()))
    }

    /// Gradient descent that overshoots on Himmelblau's function beside momentum that does not, at step 2.
    #[cfg(test)]
    pub(crate) fn overshooting() -> Self {
        Self::showing(Scene::read(include_str!("../../tests/cases/overshooting.toml")).unwrap())
    }

    /// A document looked at from its start.
    pub fn new(document: Document) -> Self {
        Self::showing(Scene::at_start(document))
    }

    /// A scene, with nothing to take back.
    pub fn showing(scene: Scene) -> Self {
        let Scene { document, view, playhead, selected } = scene;
        let mut state = Self {
            selected,
            view: View { scene: view, ..View::default() },
            document,
            derived: Derived::default(),
            playback: Playback::at(playhead),
            file_request: None,
            files: Files::default(),
            leaving: Leaving::default(),
            path_before: None,
            best_rates: BestRates::default(),
            before_lesson: None,
            message: None,
            clock: 0.0,
            busy: false,
            remaining: Remaining::Nothing,
            revision: 0,
            history: History::default(),
        };
        state.refresh();
        state
    }

    /// Time goes on: the playhead moves, long computations continue. True while something still moves.
    pub fn tick(&mut self, seconds: f64) -> bool {
        self.clock += seconds;
        let before = self.playback.playhead;
        if self.playback.playing {
            let last = self.last_step();
            self.playback.tick(seconds, last);
        }
        let count = self.derived.substeps().len();
        if let Some(inside) = self.view.scene.inside.as_mut() {
            inside.tick(seconds, count);
        }
        let shrinks = self.view.scene.circle.tick(seconds);
        if self.computes() || self.playback.playhead != before || shrinks {
            self.refresh();
        } else {
            self.derived.go_on(self.selected);
        }
        self.computes() || self.due().is_some()
    }

    /// Whether the next frame continues a run; what is computed beside the frames needs none until it comes.
    pub fn computes(&self) -> bool {
        self.remaining == Remaining::InFrames
    }

    /// The last tick took so many seconds of work, of a frame of this many: a long run is continued by as much in a frame as fits
    /// into it.
    pub fn took(&mut self, seconds: f64, frame: f64) {
        if self.computes() {
            self.derived.took(seconds, frame);
        }
    }

    /// Seconds until something moves by itself; `None` while nothing does.
    pub fn due(&self) -> Option<f64> {
        let inside = self.view.scene.inside.and_then(|inside| inside.due());
        let shrinking = (self.view.scene.circle.is_shrinking() || self.derived.has_more()).then_some(0.0);
        self.playback.due().into_iter().chain(inside).chain(shrinking).reduce(f64::min)
    }

    /// Carries out the commands of a frame, in order.
    pub fn apply(&mut self, commands: Vec<Command>) {
        let touched = commands.into_iter().map(|command| self.apply_one(command)).max();
        self.forget_settled_message();
        if touched == Some(Touched::Scene) {
            self.refresh();
        }
    }

    /// Carries out one command, and remembers what it changed of the scene.
    fn apply_one(&mut self, command: Command) -> Touched {
        let undoing = command.undoing();
        if undoing == Undoing::Passed {
            return self.carry_out(command);
        }
        let (before, said) = (self.scene(), self.message.clone());
        let touched = self.carry_out(command);
        let after = self.scene();
        if before == after {
            return touched;
        }
        if before.document != after.document {
            // What was wrong before is not wrong any more.
            self.message = self.message.take().filter(|message| said.as_ref() != Some(message));
        }
        self.history.remember(before, undoing, self.clock);
        Touched::Scene
    }

    /// Carries the search for critical points to its end.
    pub fn finish_search(&mut self) {
        self.derived.finish_search();
        self.revision += 1;
    }

    /// Computes everything that is under way to its end.
    pub fn finish(&mut self) {
        self.refresh();
        self.finish_search();
        self.derived.finish_runs();
        // What is shown of the runs follows.
        self.refresh();
        while self.busy {
            self.refresh();
        }
        if self.derived.finish_focus() {
            self.refresh();
        }
        self.derived.finish_circle();
        self.derived.finish_basins();
        self.derived.finish_escapes();
        while self.derived.has_more() {
            self.derived.go_on(self.selected);
        }
        self.derived.finish_replays();
    }

    pub(super) fn refresh(&mut self) {
        self.revision += 1;
        if self.document.place(self.selected).is_none() {
            self.selected = self.document.cards.first().map_or(0, |card| card.id);
        }
        self.playback.playhead = self.playback.playhead.min(self.document.steps);
        self.playback.suit(self.document.steps);
        self.remaining = self.derived.update(&self.document, &self.view, self.selected, self.playback.playhead);
        self.busy = self.remaining != Remaining::Nothing;
        self.best_rates.follow(&self.document, self.derived.runs());
        self.view.scene.inside = self.view.scene.inside.and_then(|inside| inside.within(self.derived.substeps().len()));
    }

    /// The last step of the longest run; while one is being computed, the last it may have.
    pub fn last_step(&self) -> usize {
        if self.busy {
            return self.document.steps;
        }
        self.derived.runs().map(|(_, run)| run.iterates().len().saturating_sub(1)).max().unwrap_or(0)
    }

    /// The step that is shown: the playhead, or the end of the longest run if that is shorter now.
    ///
    /// The playhead itself stays, so that a start that is dragged across a level point does not take it along.
    pub fn shown_step(&self) -> usize {
        self.playback.playhead.min(self.last_step())
    }

    /// The view beside the picture: the chosen one, or the slice where that would show a network and there is none.
    pub fn shown_tab(&self) -> Pane {
        let misplaced = !self.view.scene.tab.suits(&self.document.landscape);
        if misplaced { Pane::Slice } else { self.view.scene.tab }
    }

    /// The best of the learning rates that were tried for a run, from its start, with its other parameters and steps.
    pub fn best_rate(&self, card: CardId) -> Option<BestRate> {
        let card = self.document.cards.iter().find(|known| known.id == card)?;
        self.best_rates.of(&self.document.landscape, self.document.recipe(card))
    }

    /// Whether the loss can be seen as a surface: of one weight it is a curve.
    pub fn has_surface(&self) -> bool {
        Pane::Surface.suits(&self.document.landscape)
    }

    /// What stands in the large place: what was chosen, or the map where there is no surface.
    pub fn shown_picture(&self) -> Picture {
        if self.has_surface() { self.view.scene.picture } else { Picture::Map }
    }

    /// Whether the set-up is on the screen, where there is room for it.
    pub fn is_setup_seen(&self) -> bool {
        let chrome = &self.view.chrome;
        chrome.setup_open && chrome.maximized.is_none() && chrome.presenting.is_none()
    }

    /// Whether a view that shares its place with others is the one that is seen.
    pub fn is_in_front(&self, pane: Pane) -> bool {
        self.view.chrome.maximized.unwrap_or_else(|| self.shown_tab()) == pane
    }

    /// The chosen sample, if the network has it.
    pub fn sample(&self) -> Option<usize> {
        let count = self.document.landscape.data()?.len();
        self.view.scene.sample.filter(|sample| *sample < count)
    }

    /// What undo and redo would change, in a few words; `None` where there is nothing to take back.
    pub fn undo_redo_titles(&self) -> [Option<&'static str>; 2] {
        self.history.titles()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::overlays::CRITICAL;
    use crate::numbers::Point;
    use crate::state::{DocumentCommand, HistoryCommand, PlayCommand, RunCommand, ViewCommand};
    use crate::state::{MAX_CARDS, MapFrame};

    fn parameter(state: &State, value: f64) -> Command {
        Command::Runs(RunCommand::SetParameter { card: state.selected, parameter: 0, value })
    }

    #[test]
    fn the_opening_scene_tells_its_numbers() {
        let state = State::overshooting();
        let analysis = state.derived.analysis().unwrap();
        let change = analysis.change.unwrap();
        assert!((change.linear + 68.05).abs() < 5e-3, "plane {}", change.linear);
        assert!((change.quadratic - 3.35).abs() < 5e-3, "paraboloid {}", change.quadratic);
        assert!((change.actual + 20.26).abs() < 5e-3, "truth {}", change.actual);
        assert_eq!(analysis.overreach().map(f64::round), Some(10.0), "ten times further than the plane is good for");
    }

    #[test]
    fn playing_to_the_end_shows_the_end() {
        let mut state = State::overshooting();
        state.apply(vec![Command::Play(PlayCommand::SetSpeed(1000.0)), Command::Play(PlayCommand::Toggle)]);
        while state.tick(0.02) {}
        assert_eq!(state.playback.playhead, 60, "at the end");
        assert_eq!(state.derived.analysis().unwrap().index, 60, "and so is the overlays");
    }

    #[test]
    fn a_long_run_that_is_computed_anew_keeps_the_playhead() {
        let mut state = State::overshooting();
        state.apply(vec![
            Command::Document(DocumentCommand::SetTolerance(None)),
            Command::Document(DocumentCommand::SetSteps(500_000)),
        ]);
        state.finish();
        state.apply(vec![
            Command::Play(PlayCommand::GoTo(400_000)),
            Command::Play(PlayCommand::Toggle),
            parameter(&state, 0.01),
        ]);
        assert!(state.busy, "there is more to compute");
        state.tick(0.02);
        assert!(state.playback.playhead >= 400_000 && state.playback.playing, "at {}", state.playback.playhead);
    }

    #[test]
    fn ghosts_stay_as_they_were_and_never_stand_alone() {
        let mut state = State::overshooting();
        let [first, second] = [state.document.cards[0].id, state.document.cards[1].id];
        state.apply(vec![Command::Runs(RunCommand::Branch(first)), Command::Runs(RunCommand::Remove(second))]);
        let before = state.document.clone();
        state.apply(vec![
            Command::Runs(RunCommand::Select(first)),
            Command::Runs(RunCommand::SetParameter { card: first, parameter: 0, value: 0.5 }),
        ]);
        assert_eq!(state.document, before, "a ghost is not changed");
        assert!(state.message.take().is_some_and(|message| message.text.contains("ghost")), "and it says so");
        let branch = state.document.cards.iter().find(|card| !card.ghost).unwrap().id;
        state.apply(vec![
            Command::Runs(RunCommand::Remove(branch)),
            Command::Document(DocumentCommand::ChooseLandscape("quad")),
        ]);
        assert!(state.document.cards.iter().any(|card| !card.ghost), "one run can always be changed");
    }

    #[test]
    fn a_run_that_has_become_shorter_shows_its_end() {
        let mut state = State::overshooting();
        let other = state.document.cards.iter().find(|card| card.id != state.selected).unwrap().id;
        state.apply(vec![
            Command::Runs(RunCommand::Remove(other)),
            Command::Document(DocumentCommand::MoveStart(Point::new(3.0, 2.0))),
        ]);
        assert_eq!(state.derived.run(state.selected).unwrap().iterates().len(), 1, "a minimum is where a run ends");
        assert_eq!((state.shown_step(), state.playback.playhead), (0, 2), "step 0 is shown, the playhead stays");
        state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(1.0, 2.0)))]);
        assert_eq!(state.shown_step(), 2, "and is there again");
    }

    #[test]
    fn a_parameter_acts_on_the_whole_run_and_keeps_the_playhead() {
        let mut state = State::overshooting();
        state.apply(vec![parameter(&state, 0.01)]);
        assert_eq!(state.playback.playhead, 2, "the playhead stays");
        let run = state.derived.run(state.selected).unwrap();
        assert!((run.iterates()[0].taken + run.iterates()[0].gradient * 0.01).norm() < 1e-15, "step 0 too");
    }

    #[test]
    fn from_here_on_leaves_the_past_alone() {
        let mut state = State::overshooting();
        let before = state.derived.run(state.selected).unwrap().iterates()[..3].to_vec();
        state.apply(vec![Command::Runs(RunCommand::ApplyFromThisStep(true)), parameter(&state, 0.01)]);
        let run = state.derived.run(state.selected).unwrap();
        assert_eq!(run.iterates()[..2], before[..2], "the past");
        assert!((run.iterates()[2].taken + run.iterates()[2].gradient * 0.01).norm() < 1e-15, "from here on");
    }

    #[test]
    fn a_branch_goes_on_exactly_and_leaves_a_ghost() {
        let mut state = State::overshooting();
        let heavy_ball = state.document.cards[1].id;
        state.apply(vec![
            Command::Runs(RunCommand::Select(heavy_ball)),
            Command::Play(PlayCommand::GoTo(10)),
            Command::Runs(RunCommand::Branch(heavy_ball)),
        ]);
        let branch = state.selected;
        assert_ne!(branch, heavy_ball, "the copy is selected");
        assert_eq!(
            state.derived.run(branch).unwrap().iterates(),
            state.derived.run(heavy_ball).unwrap().iterates(),
            "the same until changed"
        );
        state.apply(vec![parameter(&state, 0.001)]);
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
        let mut state = State::overshooting();
        let before = state.document.clone();
        for rate in [0.01, 0.02, 0.03] {
            state.apply(vec![parameter(&state, rate)]);
        }
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!(state.document, before, "a whole drag");
        state.apply(vec![Command::History(HistoryCommand::Redo)]);
        assert_eq!(state.document.cards[0].optimizer.parameters[0], 0.03, "and back");
    }

    #[test]
    fn ten_thousand_runs_are_twelve_and_a_message() {
        let mut state = State::overshooting();
        state.apply(vec![Command::Runs(RunCommand::Add("adam")); 10_000]);
        assert_eq!(state.document.cards.len(), MAX_CARDS, "limit");
        assert!(state.message.unwrap().text.contains("runs can be shown"), "and it says so");
    }

    #[test]
    fn a_search_is_taken_only_for_the_landscape_that_is_chosen() {
        let mut state = State::overshooting();
        state.finish();
        assert!(state.derived.wanted_search().is_none(), "all found");
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("ackley"))]);
        let mut search = state.derived.wanted_search().expect("there are hundreds").clone();
        while !search.advance(usize::MAX) {}
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("rastrigin"))]);
        let before = state.derived.critical_points().to_vec();
        state.take_search(search.clone());
        assert_eq!(state.derived.critical_points(), before, "points of another landscape are not taken");
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("ackley"))]);
        assert!(state.derived.critical_points().len() < 441, "it begins anew");
        state.take_search(search.clone());
        assert_eq!(state.derived.critical_points(), search.points(), "its own are");
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape("rastrigin")),
            Command::Document(DocumentCommand::ChooseLandscape("ackley")),
        ]);
        state.finish();
        assert_eq!(state.derived.critical_points(), search.points(), "and finishing finds the same");
    }

    #[test]
    fn a_point_is_shown_in_the_middle_of_the_map() {
        let mut state = State::overshooting();
        let at = Point::new(3.0, 2.0);
        state.apply(vec![
            Command::View(ViewCommand::ToggleOverlay(CRITICAL)),
            Command::View(ViewCommand::ShowPoint(at)),
        ]);
        let frame = state.view.scene.map.unwrap();
        assert_eq!((frame.center, frame.half), (at, [1.5, 1.5]), "a quarter of the box");
        assert!(state.view.shows(CRITICAL) && state.view.scene.highlighted == Some(at), "seen, and marked");
        state.apply(vec![
            Command::View(ViewCommand::SetMapFrame(MapFrame { center: at, half: [0.1; 2] })),
            Command::View(ViewCommand::ShowPoint(at)),
        ]);
        assert_eq!(state.view.scene.map.map(|frame| frame.half), Some([0.1; 2]), "what is near stays near");
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
        assert_eq!(state.view.scene.highlighted, None, "no point of this landscape");
    }

    #[test]
    fn bad_values_change_nothing_and_are_named() {
        let mut state = State::overshooting();
        let before = state.document.clone();
        for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            state.message = None;
            state.apply(vec![parameter(&state, value)]);
            assert!(
                state.message.as_ref().is_some_and(|message| message.text.contains("lr")),
                "{value}: {:?}",
                state.message
            );
        }
        state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(f64::NAN, 1.0)))]);
        assert_eq!(state.undo_redo_titles(), [None, None], "nothing to take back");
        assert_eq!(state.document, before, "unchanged");
    }

    #[test]
    fn the_start_is_exact() {
        let mut state = State::overshooting();
        state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(1.0, 2.0)))]);
        assert_eq!(state.derived.run(state.selected).unwrap().iterates()[0].at, Point::new(1.0, 2.0), "(1, 2) exactly");
    }
}
