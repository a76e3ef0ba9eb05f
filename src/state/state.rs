//! The state: what it holds, how time changes it, and what is asked of it as a whole.

use super::best_rate::BestRates;
use super::circle_radius::radius_of;
use super::comparing::{step_at_equal_work, waiting};
use super::first_steps::frame_of;
use super::history::History;
use super::lessons::{LessonFile, Watch};
use super::runs::Remaining;
use super::{
    BestRate, Card, CardId, Derived, Document, Export, FileRequest, Files, FormulaDraft, Leaving, MapFrame, Message,
    Pane, PathBefore, Picture, Pilot, Playback, Predictions, Progress, Scene, View, opening,
};
use crate::drawing::Waiting;
use crate::landscapes::{self, Landscape};
use crate::studies::Clock;

/// Everything the program knows while it runs.
pub struct State {
    /// The landscape, the start and the runs, as the user chose them.
    pub document: Document,
    /// What is computed from the document.
    pub derived: Derived,
    /// How it is shown.
    pub view: View,
    /// The playhead.
    pub playback: Playback,
    /// The selected run.
    pub selected: CardId,
    /// The file that is being opened.
    pub file_request: Option<FileRequest>,
    /// Files that are being saved or asked for.
    pub files: Files,
    /// Pictures that leave the program.
    pub export: Export,
    /// Whether the scene is about to be left: by closing, for a new scene, or for another one.
    pub leaving: Leaving,
    /// The paths of the runs whose parameter is being dragged, as they were before, that of the dragged one first.
    pub paths_before: Vec<PathBefore>,
    /// The formula that is being typed.
    pub draft: Option<FormulaDraft>,
    pub(super) best_rates: BestRates,
    /// The run that is flown by hand.
    pub pilot: Option<Pilot>,
    /// What a class predicts, and its score.
    pub predictions: Predictions,
    /// What was there before the lesson.
    pub(super) before_lesson: Option<Box<Scene>>,
    /// The file of the lesson.
    pub(super) lesson_file: LessonFile,
    /// What is watched while a page of a lesson is shown.
    pub(super) watch: Watch,
    /// How far the reader has come in the lessons.
    pub progress: Progress,
    /// The last thing said to the user.
    pub message: Option<Message>,
    /// What is said once that is gone.
    pub(super) next_message: Option<Message>,
    /// Seconds since the program started, as handed in.
    pub clock: f64,
    /// Whether a run is still being computed.
    pub busy: bool,
    /// Where the steps are taken that are left.
    pub(super) remaining: Remaining,
    /// Grows with every change that a picture may show, so that it knows when it is out of date.
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
            export: Export::default(),
            leaving: Leaving::default(),
            paths_before: Vec::new(),
            draft: None,
            best_rates: BestRates::default(),
            pilot: None,
            predictions: Predictions::default(),
            before_lesson: None,
            lesson_file: LessonFile::default(),
            watch: Watch::default(),
            progress: Progress::default(),
            message: None,
            next_message: None,
            clock: 0.0,
            busy: false,
            remaining: Remaining::Nothing,
            revision: 0,
            history: History::default(),
        };
        state.refresh();
        state.begin_scene();
        state
    }

    /// The scene as it is now.
    pub fn scene(&self) -> Scene {
        // Named one by one: whoever adds a field decides here whether undo brings it back.
        let Self {
            document,
            view: View { scene, chrome: _ },
            playback,
            selected,
            derived: _,
            file_request: _,
            files: _,
            export: _,
            leaving: _,
            paths_before: _,
            best_rates: _,
            pilot: _,
            predictions: _,
            draft: _,
            before_lesson: _,
            lesson_file: _,
            watch: _,
            progress: _,
            message: _,
            clock: _,
            busy: _,
            remaining: _,
            revision: _,
            history: _,
            next_message: _,
        } = self;
        Scene { document: document.clone(), view: scene.at_rest(), playhead: playback.playhead, selected: *selected }
    }

    /// Hands over a clock, by which the walks of a race are measured.
    pub fn set_clock(&mut self, clock: Clock) {
        self.derived.set_clock(clock);
    }

    /// Advances by `seconds`: the playhead moves, long computations continue. True while something still moves.
    pub fn tick(&mut self, seconds: f64) -> bool {
        self.clock += seconds;
        self.go_on_saying();
        self.tick_draft(seconds);
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

    /// Whether the next frame continues a run; what is computed in the background needs none until it comes.
    pub fn computes(&self) -> bool {
        self.remaining == Remaining::InFrames
    }

    /// Reports how long the last tick worked and how long its whole frame was, in seconds: the next slices of long runs are sized by
    /// it.
    pub fn took(&mut self, seconds: f64, frame: f64) {
        if self.computes() {
            self.derived.took(seconds, frame);
        }
    }

    /// Seconds until something moves by itself; `None` while nothing does.
    pub fn due(&self) -> Option<f64> {
        let inside = self.view.scene.inside.and_then(|inside| inside.due());
        let shrinking = (self.view.scene.circle.is_shrinking() || self.derived.has_more()).then_some(0.0);
        let own = [inside, shrinking, self.draft_due(), self.hint_due()];
        own.into_iter().flatten().chain(self.playback.due()).reduce(f64::min)
    }

    /// Carries the search for critical points to its end.
    pub fn finish_search(&mut self) {
        self.derived.finish_search();
        self.revision += 1;
    }

    /// Computes the runs and the step that is looked at, and nothing else.
    pub fn finish_runs(&mut self) {
        self.refresh();
        self.derived.finish_runs();
        // What is shown of the runs follows.
        self.refresh();
        while self.busy {
            self.refresh();
        }
        if self.derived.finish_focus() {
            self.refresh();
        }
    }

    /// Computes everything that is under way to its end.
    pub fn finish(&mut self) {
        self.refresh();
        self.finish_search();
        self.finish_runs();
        self.derived.finish_circle();
        self.derived.finish_bridge();
        self.derived.finish_line_basins();
        self.derived.finish_escapes();
        self.derived.finish_race();
        self.derived.finish_sweep();
        self.derived.finish_starts();
        while self.derived.has_more() {
            self.derived.go_on(self.selected);
        }
        self.derived.finish_replays();
    }

    /// Brings everything that follows from the document, the view and the playhead up to date, and counts the revision up.
    pub(super) fn refresh(&mut self) {
        self.revision += 1;
        if self.document.place(self.selected).is_none() {
            // What is not seen is not what the step speaks of.
            let cards = &self.document.cards;
            self.selected = cards.iter().find(|card| !card.hidden).or(cards.first()).map_or(0, |card| card.id);
        }
        self.playback.playhead = self.playback.playhead.min(self.document.steps);
        self.playback.suit(self.document.steps);
        self.follow_question();
        self.follow_pilot();
        let (playhead, held) = (self.playback.playhead, self.held_step());
        self.remaining = self.derived.update(&self.document, &self.view, self.selected, playhead, held);
        self.derived.update_par(&self.document, self.pilot.map(|pilot| pilot.card));
        self.busy = self.remaining != Remaining::Nothing;
        self.best_rates.follow(&self.document, self.derived.runs());
        self.find_truth();
        self.land_pilot();
        self.view.scene.inside = self.view.scene.inside.and_then(|inside| inside.within(self.derived.substeps().len()));
        self.watch_page();
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

    /// The iterate at which a run is shown: that at the playhead or, at equal work, the last one within the cost of the selected
    /// run until then.
    pub fn step_of(&self, card: CardId) -> usize {
        let compare = &self.view.scene.compare;
        let runs = self.derived.run(card).zip(self.derived.run(self.selected));
        match runs.filter(|_| compare.equal_work && card != self.selected) {
            Some((run, selected)) => step_at_equal_work(run, selected, self.playback.playhead, compare.model),
            None => self.playback.playhead,
        }
    }

    /// What a run waits for at equal work; `None` where it does not wait.
    pub fn waiting(&self, card: CardId) -> Option<Waiting> {
        let compare = &self.view.scene.compare;
        if !compare.equal_work || card == self.selected || self.view.in_fog() {
            return None;
        }
        let (run, selected) = self.derived.run(card).zip(self.derived.run(self.selected))?;
        waiting(run, selected, self.playback.playhead, compare.model)
    }

    /// The chosen tab, or the slice where the chosen one has nothing to show on this landscape.
    pub fn shown_tab(&self) -> Pane {
        let misplaced = !self.view.scene.tab.suits(&self.document.landscape);
        if misplaced { Pane::Slice } else { self.view.scene.tab }
    }

    /// Why a tab has nothing to show; the list of lessons has no place beside a page of one of them.
    pub fn tab_lack(&self, tab: Pane) -> Option<String> {
        let is_read = tab == Pane::Lessons && self.lesson().is_some();
        let listed = is_read.then(|| "A lesson is open: leave it, and the list of lessons is back".to_owned());
        tab.lack(&self.document.landscape).or(listed)
    }

    /// The tab beside the picture while presenting, or below the text of a lesson or in its place: that of the scene, or one that was
    /// called by its key.
    pub fn presented_tab(&self) -> Option<Pane> {
        let chrome = &self.view.chrome;
        let is_wanted = match self.lesson() {
            Some(_) if chrome.tab_has_room => chrome.presents_tab,
            Some(_) => chrome.tab_covers_page,
            None => chrome.presenting.is_some() && chrome.presents_tab,
        };
        let is_shown = is_wanted && chrome.maximized.is_none();
        is_shown.then(|| self.shown_tab())
    }

    /// Whether the track of the selected run's rate is logarithmic where it could be linear, too: as chosen, or where the rates of
    /// interest lie decades below the limit.
    pub fn has_log_rate(&self) -> bool {
        let suits = || {
            let law = self.document.card(self.selected)?.optimizer.stability_bound().ok()?;
            Some(law.recursion.spans_decades())
        };
        self.view.chrome.log_rate.unwrap_or_else(|| suits().unwrap_or(false))
    }

    /// Whether the slider under the picture moves the momentum coefficient of the selected run, and not its rate.
    pub fn slides_coefficient(&self) -> bool {
        let has_both = |card: &Card| card.optimizer.entry.has_rate_and_coefficient();
        self.view.scene.slider.slides_coefficient && self.document.card(self.selected).is_some_and(has_both)
    }

    /// The best of the learning rates that were tried for a run, from its start, with its other parameters and steps; `None` until
    /// two were tried.
    pub fn best_rate(&self, card: CardId) -> Option<BestRate> {
        let card = self.document.cards.iter().find(|known| known.id == card)?;
        self.best_rates.of(&self.document.landscape, self.document.recipe(card))
    }

    /// The best of the learning rates that were tried for a run, where it is another one than that which is set.
    pub fn better_rate(&self, card: CardId) -> Option<BestRate> {
        let optimizer = &self.document.card(card)?.optimizer;
        let rate = optimizer.parameters[optimizer.entry.first_rate_index()?];
        self.best_rate(card).filter(|best| best.rate != rate)
    }

    /// The radius of the circle around the iterate in focus; `None` where there is no iterate.
    pub fn circle_radius(&self) -> Option<f64> {
        self.derived.analysis().map(|analysis| radius_of(&self.view.scene.circle, analysis, &self.document.landscape))
    }

    /// What the map shows where the first steps of the methods are as large as they can be; `None` where there are none.
    pub fn frame_of_first_steps(&self) -> Option<MapFrame> {
        frame_of(self.derived.first_steps(), self.derived.analysis()?.iterate.at)
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
        self.view.scene.network.sample.filter(|sample| *sample < count)
    }

    /// What undo and redo would change, in a few words; `None` where there is nothing to take back.
    pub fn undo_redo_titles(&self) -> [Option<&'static str>; 2] {
        self.history.titles()
    }
}
