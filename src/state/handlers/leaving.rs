//! Asks before a scene is left, and leaves it.

use super::Touched;
use crate::landscapes::{BY_HAND, InputError, Network};
use crate::state::{Asked, Command, DocumentCommand, FileDialog, Leave, LeaveFor, Leaving, State, Unsaved};

impl State {
    /// How many changes ago samples were shown that were set by hand and would be lost, 0 being now: no file that was read
    /// or written holds them. Everything else can be chosen or drawn again.
    ///
    /// Of the past only the last network counts: samples that were changed since are not missed.
    fn unsaved_samples(&self) -> Option<usize> {
        let past = self.history.past().map(|scene| &scene.document.landscape);
        let landscapes = std::iter::once(&self.document.landscape).chain(past);
        let (ago, landscape) = landscapes.enumerate().find(|(_, landscape)| landscape.data().is_some())?;
        let by_hand = landscape.network().and_then(Network::brought).as_deref() == Some(BY_HAND);
        (by_hand && landscape.data().is_some_and(|data| !self.files.holds(&data.to_csv()))).then_some(ago)
    }

    /// What would be lost if the scene was left for good. Samples that are shown are saved with their scene.
    fn unsaved(&self) -> Option<Unsaved> {
        match self.unsaved_samples() {
            Some(ago) if ago > 0 => Some(Unsaved::Samples(ago)),
            _ => self.has_unsaved_changes().then_some(Unsaved::Scene),
        }
    }

    /// Takes back what was done since samples were shown that would be lost, so that they can be saved.
    fn return_to_samples(&mut self, ago: usize) {
        for _ in 0..ago {
            let now = self.scene();
            if let Some(scene) = self.history.undo(now) {
                self.show_scene(scene);
            }
        }
    }

    /// Whether something has to be asked before the scene is left for this, or waited for.
    pub(super) fn asks_first(&mut self, question: LeaveFor) -> bool {
        if self.files.saving.is_some() {
            // What is written now need not be asked about. An answer that is being carried out stands.
            self.leaving = if self.leaving == Leaving::Saving { Leaving::Saving } else { Leaving::Waiting };
            self.files.asked = Some(Asked { question, unsaved: Unsaved::Scene });
            return true;
        }
        let unsaved = match question {
            LeaveFor::Close => self.unsaved(),
            // Undo brings back what was left before.
            LeaveFor::New | LeaveFor::Show(_) => self.has_unsaved_changes().then_some(Unsaved::Scene),
        };
        self.files.asked = unsaved.map(|unsaved| Asked { question, unsaved });
        self.leaving = if self.files.asked.is_some() { Leaving::Asked } else { Leaving::Staying };
        self.files.asked.is_some()
    }

    /// Closes the program, or asks; samples that were left may be shown again.
    pub(super) fn leave(&mut self, leave: Leave) -> Touched {
        match leave {
            Leave::Wanted if self.leaving == Leaving::Now => {}
            Leave::Wanted => {
                if !self.asks_first(LeaveFor::Close) {
                    self.leaving = Leaving::Now;
                }
            }
            Leave::Anyway => self.go(),
            Leave::NotYet => self.stay(),
            Leave::Saved => self.save_and_go(),
        }
        Touched::Scene
    }

    /// The scene is not left.
    pub(super) fn stay(&mut self) {
        (self.leaving, self.files.asked) = (Leaving::Staying, None);
    }

    /// The scene is left for what was wanted.
    fn go(&mut self) {
        let asked = self.files.asked.take();
        self.leaving = Leaving::Staying;
        match asked.map_or(LeaveFor::Close, |asked| asked.question) {
            LeaveFor::Close => self.leaving = Leaving::Now,
            LeaveFor::New => self.apply_unasked(Command::Document(DocumentCommand::New)),
            LeaveFor::Show(arrival) => self.show_arrival(*arrival),
        }
    }

    fn save_and_go(&mut self) {
        self.leaving = Leaving::Saving;
        let saved = match self.files.asked.as_ref().map(|asked| asked.unsaved) {
            Some(Unsaved::Samples(ago)) => {
                self.return_to_samples(ago);
                self.save_or_ask()
            }
            Some(Unsaved::Scene) | None => self.save_scene_or_ask(),
        };
        if let Err(error) = saved {
            self.stay();
            self.say(error.to_string());
        }
    }

    /// Handles the result of saving; the scene is left if that was waited for, and stays if it failed. What has changed meanwhile, or
    /// was not what was saved, is asked about.
    pub(super) fn leave_if_saved(&mut self, is_saved: bool) {
        // Another file is still being written, or it is asked whether one may be replaced.
        let is_open = self.files.saving.is_some() || self.files.scenes.asked.is_some();
        if ![Leaving::Saving, Leaving::Waiting].contains(&self.leaving) || is_saved && is_open {
            return;
        }
        let question = self.files.asked.take().map_or(LeaveFor::Close, |asked| asked.question);
        self.stay();
        if is_saved && !self.asks_first(question.clone()) {
            self.files.asked = Some(Asked { question, unsaved: Unsaved::Scene });
            self.go();
        }
    }

    /// Saves the samples where they came from, or asks for a file.
    pub(super) fn save_or_ask(&mut self) -> Result<(), InputError> {
        match self.document.file.clone() {
            Some(path) => self.save_samples(path, false),
            None => self.request_dialog(FileDialog::Save),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::state::{
        Arrival, FileCommand, Fingerprint, HistoryCommand, LessonCommand, RunCommand, SampleCommand, Scene,
        WindowCommand,
    };

    fn leave(state: &mut State, leave: Leave) {
        state.apply(vec![Command::Window(WindowCommand::Leave(leave))]);
    }

    fn choose(id: &'static str) -> Command {
        Command::Document(DocumentCommand::ChooseLandscape(id))
    }

    /// The scene is in its file from now on.
    fn saved(state: &mut State) {
        state.apply(vec![Command::Files(FileCommand::SaveSceneAs { path: "a.toml".into(), replace: true })]);
        let ticket = state.files.saving.as_ref().unwrap().ticket;
        state.take_saved(ticket, Ok(true));
    }

    #[test]
    fn leaving_is_asked_about_only_where_something_would_be_lost() {
        let edit = Command::Samples(SampleCommand::Add([0.2, 0.4]));
        let undo = Command::History(HistoryCommand::Undo);
        let cases: [(&str, Vec<Command>, Option<Unsaved>); 7] = [
            ("as it was begun", vec![], None),
            ("changed", vec![choose("bowl")], Some(Unsaved::Scene)),
            ("taken back", vec![choose("bowl"), undo.clone()], None),
            ("a lesson", vec![Command::Lessons(LessonCommand::Show(0))], None),
            (
                "changed before a lesson",
                vec![choose("bowl"), Command::Lessons(LessonCommand::Show(0))],
                Some(Unsaved::Scene),
            ),
            ("set by hand", vec![choose("tanh2"), edit.clone()], Some(Unsaved::Scene)),
            ("set by hand and left", vec![choose("tanh2"), edit, choose("bowl")], Some(Unsaved::Samples(1))),
        ];
        for (what, commands, expected) in cases {
            let mut state = State::overshooting();
            state.apply(commands);
            leave(&mut state, Leave::Wanted);
            assert_eq!(state.files.asked.as_ref().map(|asked| asked.unsaved), expected, "{what}");
            assert_eq!(state.leaving, if expected.is_some() { Leaving::Asked } else { Leaving::Now }, "{what}");
        }
    }

    #[test]
    fn a_saved_scene_is_left_without_a_question_and_undo_leads_back_to_its_own_file() {
        let mut state = State::overshooting();
        state.apply(vec![choose("tanh2"), Command::Samples(SampleCommand::Add([0.2, 0.4]))]);
        assert!(state.title().starts_with("● unsaved"), "{}", state.title());
        saved(&mut state);
        assert_eq!((state.title().as_str(), state.has_unsaved_changes()), ("a.toml – Taylorscope", false));
        let card = state.selected;
        state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.3 })]);
        assert_eq!(state.title(), "● a.toml – Taylorscope");
        state.apply(vec![Command::History(HistoryCommand::Undo), Command::Files(FileCommand::New)]);
        assert_eq!(
            (state.leaving, state.scene_path(), state.title().as_str()),
            (Leaving::Staying, None, "Taylorscope")
        );
        leave(&mut state, Leave::Wanted);
        assert_eq!(state.leaving, Leaving::Now, "its samples are in its file");
        state.leaving = Leaving::Staying;
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!(state.title(), "a.toml – Taylorscope", "the scene before the new one");
    }

    #[test]
    fn a_new_or_another_scene_waits_for_the_answer() {
        let text = "landscape = \"rosenbrock\"\nruns = [\"newton\"]";
        let arrival = || Arrival {
            scene: Scene::read(text).unwrap(),
            file: Some((PathBuf::from("b.toml"), Fingerprint::of(text.as_bytes()))),
            said: None,
            is_saved: true,
        };
        for (command, id, path) in [
            (Command::Files(FileCommand::New), "himmelblau", None),
            (Command::Files(FileCommand::Show(Box::new(arrival()))), "rosenbrock", Some("b.toml")),
        ] {
            for answer in [Leave::NotYet, Leave::Anyway, Leave::Saved] {
                let mut state = State::overshooting();
                state.apply(vec![choose("bowl"), command.clone()]);
                assert_eq!(
                    (state.leaving, state.document.landscape.entry().id),
                    (Leaving::Asked, "bowl"),
                    "asked first"
                );
                leave(&mut state, answer);
                if answer == Leave::Saved {
                    let (dialog, ticket) = state.files.dialog.unwrap();
                    assert_eq!((dialog, state.leaving), (FileDialog::SaveScene, Leaving::Saving));
                    state.take_dialog(ticket, Ok(Some("bowl.toml".into())));
                    let ticket = state.files.saving.as_ref().unwrap().ticket;
                    state.take_saved(ticket, Ok(true));
                }
                let stays = answer == Leave::NotYet;
                assert_eq!(state.document.landscape.entry().id, if stays { "bowl" } else { id }, "{answer:?}");
                assert_eq!(state.leaving, Leaving::Staying, "{answer:?}");
                if !stays {
                    assert_eq!(state.scene_path().and_then(|path| path.to_str()), path, "{answer:?}");
                    assert!(!state.has_unsaved_changes(), "{answer:?}");
                }
            }
        }
    }

    /// A lesson lies over the user's own scene, and it is that one that would be lost.
    #[test]
    fn what_is_behind_a_lesson_is_saved_before_leaving() {
        for has_file in [true, false] {
            let mut state = State::overshooting();
            state.apply(vec![choose("bowl")]);
            if has_file {
                saved(&mut state);
                state.apply(vec![Command::Document(DocumentCommand::SetSteps(23))]);
            }
            let own = state.scene();
            let title = state.title();
            state.apply(vec![Command::Lessons(LessonCommand::Show(1))]);
            assert_eq!(state.title(), title, "of the scene behind the lesson");
            assert_eq!(state.own_path().is_some(), has_file);
            leave(&mut state, Leave::Wanted);
            leave(&mut state, Leave::Saved);
            if !has_file {
                let (dialog, ticket) = state.files.dialog.unwrap();
                assert_eq!((dialog, state.suggested_name().as_str()), (FileDialog::SaveScene, "bowl.toml"));
                state.take_dialog(ticket, Ok(Some("a.toml".into())));
            }
            let request = state.files.saving.as_ref().unwrap();
            assert_eq!(request.path, PathBuf::from("a.toml"), "its own file");
            assert_eq!(*request.text, *own.write().unwrap(), "what is written");
            let ticket = request.ticket;
            state.take_saved(ticket, Ok(true));
            assert_eq!((state.leaving, state.has_unsaved_changes()), (Leaving::Now, false));
            assert_eq!(state.title(), "a.toml – Taylorscope");
            state.apply(vec![Command::Lessons(LessonCommand::Close)]);
            assert_eq!(state.title(), "a.toml – Taylorscope", "after the lesson, too");
        }
    }

    #[test]
    fn samples_of_a_landscape_that_was_left_are_shown_again_to_be_saved() {
        let mut state = edited();
        let samples = state.document.landscape.data().cloned();
        state.apply(vec![choose("bowl"), Command::Document(DocumentCommand::SetSteps(7))]);
        leave(&mut state, Leave::Wanted);
        leave(&mut state, Leave::Saved);
        assert_eq!(state.document.landscape.data(), samples.as_ref(), "they are there");
        assert_eq!(state.files.dialog.map(|(dialog, _)| dialog), Some(FileDialog::Save), "and a file is asked for");
    }

    fn edited() -> State {
        let mut state = State::overshooting();
        state.apply(vec![choose("tanh2"), Command::Samples(SampleCommand::Add([0.2, 0.4]))]);
        state
    }

    #[test]
    fn what_is_answered_is_done() {
        for (answer, expected) in [
            (Command::Window(WindowCommand::Leave(Leave::NotYet)), Leaving::Staying),
            (Command::Window(WindowCommand::Dismiss), Leaving::Staying),
            (Command::Window(WindowCommand::Leave(Leave::Anyway)), Leaving::Now),
            (Command::Window(WindowCommand::Leave(Leave::Saved)), Leaving::Saving),
        ] {
            let mut state = edited();
            leave(&mut state, Leave::Wanted);
            state.apply(vec![answer.clone()]);
            assert_eq!(state.leaving, expected, "{answer:?}");
        }
    }

    #[test]
    fn it_is_closed_once_the_scene_is_saved_and_stays_where_that_fails() {
        for (outcome, expected, is_asked) in [
            (Ok(true), Leaving::Now, false),
            (Ok(false), Leaving::Saving, true),
            (Err("no room on the disk".to_owned()), Leaving::Staying, false),
        ] {
            let mut state = edited();
            leave(&mut state, Leave::Wanted);
            leave(&mut state, Leave::Saved);
            let (dialog, ticket) = state.files.dialog.unwrap();
            assert_eq!(dialog, FileDialog::SaveScene, "no file is known yet");
            state.take_dialog(ticket, Ok(Some("samples".into())));
            let request = state.files.saving.as_ref().unwrap();
            assert_eq!(request.path, PathBuf::from("samples.toml"));
            let ticket = request.ticket;
            state.take_saved(ticket, outcome.clone());
            assert_eq!((state.leaving, state.files.scenes.asked.is_some()), (expected, is_asked), "{outcome:?}");
            if is_asked {
                state.apply(vec![Command::Files(FileCommand::CancelSaving)]);
                assert_eq!(state.leaving, Leaving::Staying, "nothing is replaced");
            }
        }
        let mut state = edited();
        leave(&mut state, Leave::Wanted);
        leave(&mut state, Leave::Saved);
        let ticket = state.files.dialog.unwrap().1;
        state.take_dialog(ticket, Ok(None));
        assert_eq!(state.leaving, Leaving::Staying, "the dialog was closed without a file");
        leave(&mut state, Leave::Wanted);
        leave(&mut state, Leave::Saved);
        let ticket = state.files.dialog.unwrap().1;
        state.take_dialog(ticket, Err("none".to_owned()));
        assert_eq!(
            (state.leaving, state.files.scenes.asked.is_some()),
            (Leaving::Saving, true),
            "the window asks itself"
        );
    }
}
