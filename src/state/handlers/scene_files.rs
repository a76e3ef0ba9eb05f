//! The file of the scene: where it was opened from and saved to, and whether it has changed since.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::landscapes::InputError;
use crate::landscapes::excerpt::{of_path, path_text};
use crate::landscapes::networks::Data;
use crate::state::document::Lineage;
use crate::state::history::History;
use crate::state::scene_files::Begun;
use crate::state::{
    About, Arrival, AskedPath, Command, Content, DocumentCommand, ENDING, FileCommand, FileDialog, Fingerprint,
    LeaveFor, Leaving, Replace, SaveRequest, Scene, State,
};

/// No scene is longer, in bytes: as long as a text that is read may be.
const LONGEST: usize = 64 << 20;

/// Compares the settings of a view that are worth a question before they are lost; neither its viewpoint nor what is tried out in a
/// tab, such as a sweep.
fn is_set_up_alike(a: &Scene, b: &Scene) -> bool {
    let (a, b) = (&a.view, &b.view);
    a.overlays == b.overlays && a.chart == b.chart && a.compare == b.compare && a.share == b.share
}

impl State {
    /// The scene is begun: it is what it is compared with from now on.
    pub(in crate::state) fn begin_scene(&mut self) {
        let scene = Some(Arc::new(self.scene()));
        self.document.lineage = self.files.scenes.begin(Begun { path: None, scene });
    }

    /// The scene that is the user's: while a lesson is shown, the one before it.
    pub fn own_scene(&self) -> Scene {
        self.behind_lesson().cloned().unwrap_or_else(|| self.scene())
    }

    /// The scene before the lesson that is read.
    fn behind_lesson(&self) -> Option<&Scene> {
        self.before_lesson.as_deref().filter(|_| self.view.scene.lesson.is_some())
    }

    fn own_lineage(&self) -> Lineage {
        self.behind_lesson().map_or(self.document.lineage, |before| before.document.lineage)
    }

    fn begun(&self, lineage: Lineage) -> Option<&Begun> {
        self.files.scenes.begun.get(&lineage)
    }

    /// The file of the scene, if it has one.
    pub fn scene_path(&self) -> Option<&Path> {
        self.begun(self.document.lineage)?.path.as_deref()
    }

    /// The file of [the user's own scene](Self::own_scene): a lesson over it has none.
    pub fn own_path(&self) -> Option<&Path> {
        self.begun(self.own_lineage())?.path.as_deref()
    }

    /// What that file holds, as far as it was read or written here.
    pub fn own_file_holds(&self) -> Option<Fingerprint> {
        self.files.scenes.known.get(self.own_path()?).copied()
    }

    /// The file in which the scene is saved: before leaving it is the user's own scene that would be lost.
    pub fn path_to_save(&self) -> Option<&Path> {
        if self.leaving == Leaving::Saving { self.own_path() } else { self.scene_path() }
    }

    /// Whether something is asked over the window, so that nothing happens behind it.
    pub fn asks_over_window(&self) -> bool {
        self.leaving == Leaving::Asked || self.files.scenes.asked.is_some() || self.files.scenes.opens
    }

    /// No file is to be opened after all; one that is being read is not waited for.
    pub(super) fn open_nothing(&mut self) {
        self.files.scenes.opens = false;
        self.file_request = None;
        self.forget_message_of_files();
    }

    /// Says something to the user that is about files.
    pub fn say_of_files(&mut self, text: String) {
        self.say_about(About::File, text);
    }

    /// Whether the scene was changed since it was opened, saved or begun.
    pub fn has_unsaved_changes(&self) -> bool {
        let own = self.own_scene();
        let Some(Begun { path, scene }) = self.begun(own.document.lineage) else {
            // What a lesson left is the user's from then on.
            return self.view.scene.lesson.is_none();
        };
        let is_same =
            |begun: &Arc<Scene>| begun.document == own.document && (path.is_none() || is_set_up_alike(begun, &own));
        !scene.as_ref().is_some_and(is_same)
    }

    /// What the window is called: the file, with a mark while there are unsaved changes, and the program.
    pub fn title(&self) -> String {
        let name = |path: &Path| path_text(Path::new(path.file_name().unwrap_or(path.as_os_str())));
        let mark = if self.has_unsaved_changes() { "● " } else { "" };
        match (self.own_path(), mark) {
            (Some(path), mark) => format!("{mark}{} – Taylorscope", name(path)),
            (None, "") => "Taylorscope".to_owned(),
            (None, mark) => format!("{mark}unsaved scene – Taylorscope"),
        }
    }

    /// Handles the result of reading a scene, from a file or otherwise: shows it, or asks if the current one has unsaved changes.
    pub fn take_scene(&mut self, ticket: u64, outcome: Result<Arrival, String>) {
        let Some(request) = self.file_request.take_if(|request| request.ticket == ticket) else { return };
        match outcome {
            Ok(arrival) => {
                self.files.scenes.opens = false;
                self.apply(vec![Command::Files(FileCommand::Show(Box::new(arrival)))]);
            }
            Err(why) => {
                self.files.scenes.forget(&request.path);
                self.say_about(About::Refused, why);
            }
        }
    }

    /// Shows a scene that has come; undo takes it back.
    pub(super) fn show_arrival(&mut self, arrival: Arrival) {
        let Arrival { scene, file, said, is_saved } = arrival;
        self.apply_unasked(Command::Document(DocumentCommand::ShowScene(Box::new(scene))));
        let scene = is_saved.then(|| Arc::new(self.scene()));
        let path = file.as_ref().map(|(path, _)| path.clone());
        self.document.lineage = self.files.scenes.begin(Begun { path, scene });
        if let Some((path, fingerprint)) = file {
            self.files.scenes.remember(&path);
            self.files.scenes.known.insert(path, fingerprint);
        }
        if self.scene_path().is_some() {
            // The samples of the scene are in its file: they need no other one.
            self.files.keep_samples(self.document.landscape.data().map(Data::to_csv).as_deref());
        }
        if let Some(said) = said {
            self.say_about(About::File, said);
        }
    }

    /// Requests that the scene is written to this file, which gets the ending of a scene if it has none.
    pub(super) fn save_scene(&mut self, mut path: PathBuf, replace: bool) -> Result<(), InputError> {
        if path.extension().is_none() && !path.as_os_str().is_empty() {
            path.set_extension(ENDING);
        }
        let scene = if self.leaving == Leaving::Saving { self.own_scene() } else { self.scene() };
        let text = scene.write().map_err(|error| InputError::Data(error.to_string()))?;
        if text.len() > LONGEST {
            return Err(InputError::Data(
                "This scene is too large for a file: more than 64 MB\nleave points of the measured grid out".to_owned(),
            ));
        }
        let is_its_own = self.path_to_save() == Some(&path);
        let replace = match self.files.scenes.known.get(&path).filter(|_| is_its_own) {
            _ if replace => Replace::Always,
            Some(known) => Replace::IfItHolds(*known),
            None => Replace::Never,
        };
        self.forget_message_of_files();
        (self.files.dialog, self.files.in_the_way, self.files.scenes.asked) = (None, None, None);
        self.files.scenes.opens = false;
        let ticket = self.files.ticket();
        let content = Content::Scene(Arc::new(scene));
        let what = "the scene".to_owned();
        self.files.write(SaveRequest { path, text: text.into(), content, replace, what, ticket });
        Ok(())
    }

    /// Saves the scene in its file, or asks for one.
    pub(super) fn save_scene_or_ask(&mut self) -> Result<(), InputError> {
        match self.path_to_save().map(Path::to_owned) {
            Some(path) => self.save_scene(path, false),
            None => self.request_dialog(FileDialog::SaveScene),
        }
    }

    /// Handles the result of saving the scene, and returns what is said of it.
    pub(super) fn scene_saved(&mut self, request: &SaveRequest, scene: &Arc<Scene>, outcome: Result<bool, String>) {
        let SaveRequest { path, text, replace, .. } = request;
        match outcome {
            Ok(true) => {
                self.give_file(scene, path);
                self.files.scenes.remember(path);
                self.files.scenes.known.insert(path.clone(), Fingerprint::of(text.as_bytes()));
                self.files.keep_samples(scene.document.landscape.data().map(Data::to_csv).as_deref());
                self.say_about(About::File, format!("Saved the scene in {}", of_path(path)));
            }
            Ok(false) => {
                let why = match replace {
                    Replace::IfItHolds(_) => "has changed since it was read or written here",
                    Replace::Never | Replace::Always => "is there already",
                };
                self.files.scenes.asked = Some(AskedPath { in_the_way: Some((path.clone(), why)) });
            }
            Err(why) => self.say_about(About::File, why),
        }
    }

    /// A scene is in a file from now on, and so is what descends from it.
    fn give_file(&mut self, scene: &Arc<Scene>, path: &Path) {
        let lineage = scene.document.lineage;
        let begun = Begun { path: Some(path.to_owned()), scene: Some(Arc::clone(scene)) };
        if lineage == 0 || !self.files.scenes.begun.contains_key(&lineage) {
            let lineage = self.files.scenes.begin(begun);
            let is_read = self.view.scene.lesson.is_some();
            match self.before_lesson.as_deref_mut().filter(|before| is_read && before.document == scene.document) {
                Some(before) => before.document.lineage = lineage,
                None => self.document.lineage = lineage,
            }
        } else {
            self.files.scenes.begun.insert(lineage, begun);
        }
    }

    /// The name that is offered for the file of the scene.
    pub fn suggested_name(&self) -> String {
        let own = self.behind_lesson().filter(|_| self.leaving == Leaving::Saving);
        let landscape = own.map_or(&self.document.landscape, |own| &own.document.landscape);
        match self.path_to_save().and_then(Path::file_name) {
            Some(name) => path_text(Path::new(name)),
            None => format!("{}.{ENDING}", landscape.entry().id),
        }
    }

    /// Begins with the scene of the last time, which belongs to this file or to none.
    pub fn restore(&mut self, arrival: Arrival) {
        let said = arrival.said.clone();
        self.show_arrival(Arrival { said: None, ..arrival });
        // There is nothing before it to go back to.
        self.history = History::default();
        if let Some(said) = said {
            self.say_about(About::Restored, said);
        }
    }

    /// Shows the opening scene; asks first if there are unsaved changes.
    pub(super) fn new_scene(&mut self) {
        if !self.asks_first(LeaveFor::New) {
            self.apply_unasked(Command::Document(DocumentCommand::New));
        }
    }
}
