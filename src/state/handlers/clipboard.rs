//! Copies the scene as a text for others, and opens one that is pasted.

use crate::landscapes::InputError;
use crate::scene::{is_link, link};
use crate::state::{About, Arrival, Command, CopyAs, FileCommand, Scene, SceneView, State, is_scene, read_shared};

/// No longer text is copied, in bytes: other programs take it slowly or not at all.
const LONGEST: usize = 1 << 20;
/// A longer link is no good in an address, in letters.
const LONG_LINK: usize = 2000;

impl State {
    /// Hands the scene to the clipboard.
    pub(super) fn copy_scene(&mut self, form: CopyAs) -> Result<(), InputError> {
        let scene = self.handed_out();
        let unwritten = |error: toml::ser::Error| InputError::Data(error.to_string());
        let (text, said) = match form {
            CopyAs::Toml => {
                // In a lesson it is the scene of a page, and not a page.
                let scene = Scene { view: SceneView { lesson: None, ..scene.view }, ..scene };
                (scene.write_brief().map_err(unwritten)?, "Copied the scene as TOML".to_owned())
            }
            CopyAs::Link => {
                let text = link(&scene.write_brief().map_err(unwritten)?);
                let long =
                    if text.len() > LONG_LINK { ": too long for an address, a file may serve better" } else { "" };
                let said = format!("Copied the scene as a link of {} letters{long}", text.len());
                (text, said)
            }
            CopyAs::Command => {
                let (text, lost) = scene.command();
                let lost =
                    if lost.is_empty() { String::new() } else { format!("\nit does not hold {}", lost.join(", ")) };
                (text, format!("Copied the scene as a command{lost}"))
            }
        };
        if text.len() > LONGEST {
            return Err(InputError::Data("This scene is too long to be copied: save it in a file".to_owned()));
        }
        self.files.copied = Some(text);
        self.say_about(About::File, said);
        Ok(())
    }

    /// The scene as a link; `None` where it cannot be written.
    pub fn scene_link(&self) -> Option<String> {
        Some(link(&self.handed_out().write_brief().ok()?))
    }

    /// The scene for others: what was shown here before a lesson is no part of it.
    fn handed_out(&self) -> Scene {
        let scene = self.scene();
        Scene { view: SceneView { borrowed: None, ..scene.view }, ..scene }
    }

    /// Opens the scene of a text from the clipboard.
    pub(super) fn paste(&mut self, text: &str) -> Result<(), InputError> {
        // While a class is asked, anything but a scene is read as its answers.
        if self.predictions.open().is_some() && !is_link(text) && !is_scene(text) {
            self.take_answers(text);
            return Ok(());
        }
        let scene = read_shared(text).map_err(InputError::Data)?;
        let arrival = Arrival { scene, file: None, said: Some("Opened the pasted scene".to_owned()), is_saved: true };
        self.apply(vec![Command::Files(FileCommand::Show(Box::new(arrival)))]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Leaving, LessonCommand, Pane, ViewCommand};

    const TEXT: &str = "landscape = \"quad:kappa=20\"\nruns = [\"gd:lr=0.05\", \"momentum:lr=0.02,beta=0.8\"]\nstart = [1.5, -0.25]\nsteps = 33\nplayhead = 3\n[view]\npicture = \"map\"\ntab = \"loss\"\nshow = [\"fog\"]\n";

    #[test]
    fn what_is_copied_is_the_scene_that_is_pasted() {
        for form in CopyAs::ALL {
            let mut state = State::showing(Scene::read(TEXT).unwrap());
            state.apply(vec![Command::Files(FileCommand::Copy(form))]);
            let copied = state.files.copied.take().unwrap();
            assert!(!state.message.as_ref().unwrap().text.contains("does not hold"), "{form:?}: {:?}", state.message);
            let mut other = State::opening();
            other.apply(vec![Command::Files(FileCommand::Paste(copied.clone()))]);
            assert_eq!(other.scene().spec(), state.scene().spec(), "{form:?}: {copied}");
            assert_eq!((other.leaving, other.has_unsaved_changes()), (Leaving::Staying, false), "{form:?}");
        }
        let brief = Scene::read(TEXT).unwrap().write_brief().unwrap();
        assert!(brief.len() < 450, "nothing that is usual: {brief}");
    }

    /// What a lesson has put away is for its end, and not for others; a link leads to its page, a copied text holds the scene alone.
    #[test]
    fn what_was_there_before_a_lesson_is_not_handed_out() {
        let mut state = State::opening();
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Loss))]);
        let before = state.shown_tab();
        state.apply(vec![Command::Lessons(LessonCommand::Show(3)), Command::Lessons(LessonCommand::TurnPage(1))]);
        assert!(state.scene().write().unwrap().contains("[view.lent"), "a file holds what is given back");
        for form in CopyAs::ALL {
            state.apply(vec![Command::Files(FileCommand::Copy(form))]);
            let copied = state.files.copied.take().unwrap();
            let pasted = read_shared(&copied).unwrap();
            assert_eq!(pasted.spec().runs, state.scene().spec().runs, "{form:?}");
            assert!(pasted.view.borrowed.is_none(), "{form:?}: {copied}");
            assert_eq!(pasted.view.lesson.is_some(), form == CopyAs::Link, "{form:?}: {copied}");
            assert!(!copied.contains("lent") && !copied.contains("lesson ="), "{form:?}: {copied}");
        }
        state.apply(vec![Command::Lessons(LessonCommand::Close)]);
        assert_eq!(state.shown_tab(), before, "and it is given back");
    }

    #[test]
    fn a_text_that_is_no_scene_changes_nothing_and_says_so() {
        for (text, words) in [
            ("", "is no scene"),
            ("x,y\n1,2", "is no scene"),
            ("landscape = \"bowll\"\nruns = [\"gd\"]", "line 1, column 13: unknown landscape 'bowll'"),
            ("taylorscope:1:???", "broken"),
            ("taylorscope render -l bowll", "did you mean 'bowl'"),
            ("taylorscope render --stepz 3", "did you mean '--steps'"),
            ("taylorscope render -o", "-o needs a value"),
            ("taylorscope render -l 'bowl", "a quote is not closed"),
            ("taylorscope render -l tanh2 --data a.csv", "files"),
        ] {
            let mut state = State::overshooting();
            let before = state.scene();
            state.apply(vec![Command::Files(FileCommand::Paste(text.to_owned()))]);
            assert_eq!(state.scene(), before, "{text}");
            let said = state.message.map(|message| message.text).unwrap_or_default();
            assert!(said.contains(words), "{text}: {said}");
        }
    }
}
