//! Quitting, a new scene and saving in any order, while the disk takes its time: nothing is lost that was not given away, and no
//! question is asked about a file that only the program itself has changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;
use taylorscope::state::{
    Command, DocumentCommand, FileCommand, Fingerprint, Leave, Leaving, LessonCommand, Replace, SaveRequest, State,
    WindowCommand,
};

use crate::desk::overshooting;

/// What a person does, or the disk.
#[derive(Clone, Copy, Debug)]
enum Event {
    Edit(usize),
    Lesson,
    LeaveLesson,
    Save,
    SaveAs(&'static str),
    New,
    Quit,
    Answer(Leave),
    Replaces,
    Keeps,
    /// The disk has done what was wanted.
    Written,
    /// The disk is full.
    Fails,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        3 => (2_usize..9).prop_map(Event::Edit),
        2 => Just(Event::Lesson),
        1 => Just(Event::LeaveLesson),
        4 => Just(Event::Save),
        2 => prop_oneof![Just("/a.toml"), Just("/b.toml")].prop_map(Event::SaveAs),
        1 => Just(Event::New),
        4 => Just(Event::Quit),
        3 => prop_oneof![Just(Leave::Saved), Just(Leave::NotYet)].prop_map(Event::Answer),
        1 => Just(Event::Replaces),
        1 => Just(Event::Keeps),
        5 => Just(Event::Written),
        1 => Just(Event::Fails),
    ];
    prop::collection::vec(event, 4..20)
}

/// A disk, and a program whose window is driven by events.
struct World {
    state: State,
    disk: BTreeMap<PathBuf, Arc<str>>,
    /// Files that were in the way.
    in_the_way: Vec<PathBuf>,
    /// How many files a dialog has named.
    named: usize,
}

impl World {
    fn new() -> Self {
        Self { state: overshooting(), disk: BTreeMap::new(), in_the_way: Vec::new(), named: 0 }
    }

    fn apply(&mut self, command: Command) {
        self.state.apply(vec![command]);
        // A dialog names a new file.
        if let Some((_, ticket)) = self.state.files.dialog {
            self.named += 1;
            self.state.take_dialog(ticket, Ok(Some(format!("/chosen-{}.toml", self.named).into())));
        }
    }

    /// Whether a request finds the file as it may be replaced.
    fn may_write(&self, request: &SaveRequest) -> bool {
        let there = self.disk.get(&request.path);
        match request.replace {
            Replace::Always => true,
            Replace::Never => there.is_none(),
            Replace::IfItHolds(known) => there.is_some_and(|text| Fingerprint::of(text.as_bytes()) == known),
        }
    }

    fn written(&mut self) {
        let Some(request) = self.state.files.saving.clone() else { return };
        let may = self.may_write(&request);
        assert!(
            may || request.replace == Replace::Never,
            "only the program writes here, and it says that {} was changed by another",
            request.path.display()
        );
        if may {
            self.disk.insert(request.path.clone(), Arc::clone(&request.text));
        } else {
            self.in_the_way.push(request.path.clone());
        }
        self.state.take_saved(request.ticket, Ok(may));
    }

    fn happen(&mut self, event: Event) {
        let files = |command| Command::Files(command);
        match event {
            // Nothing happens behind a question, as in the window.
            Event::Edit(_) | Event::Lesson | Event::LeaveLesson | Event::Save | Event::SaveAs(_) | Event::New
                if self.state.asks_over_window() => {}
            Event::Edit(steps) => self.apply(Command::Document(DocumentCommand::SetSteps(steps))),
            Event::Lesson => self.apply(Command::Lessons(LessonCommand::Show(1))),
            Event::LeaveLesson => self.apply(Command::Lessons(LessonCommand::Close)),
            Event::Save => self.apply(files(FileCommand::SaveScene)),
            Event::SaveAs(path) => {
                // Nobody puts the page of a lesson in the place of a scene of their own.
                let of = if self.state.lesson().is_some() { "/page" } else { "" };
                let path = format!("{of}{path}").into();
                self.apply(files(FileCommand::SaveSceneAs { path, replace: false }));
            }
            Event::New => self.apply(files(FileCommand::New)),
            Event::Quit => self.apply(Command::Window(WindowCommand::Leave(Leave::Wanted))),
            Event::Answer(_) if self.state.leaving != Leaving::Asked => {}
            Event::Answer(leave) => self.apply(Command::Window(WindowCommand::Leave(leave))),
            Event::Replaces => {
                if let Some((path, _)) = self.in_the_way() {
                    self.apply(files(FileCommand::SaveSceneAs { path, replace: true }));
                }
            }
            Event::Keeps if self.in_the_way().is_none() => {}
            Event::Keeps => self.apply(files(FileCommand::CancelSaving)),
            Event::Written => self.written(),
            Event::Fails => {
                if let Some(request) = self.state.files.saving.clone() {
                    self.state.take_saved(request.ticket, Err("no room on the disk".to_owned()));
                }
            }
        }
    }

    fn in_the_way(&self) -> Option<(PathBuf, &'static str)> {
        self.state.files.scenes.asked.as_ref().and_then(|asked| asked.in_the_way.clone())
    }

    /// The scene of the user is as it was begun, or in its file to the letter.
    fn is_kept(&self) -> bool {
        let own = self.state.own_scene();
        let text = own.write().unwrap();
        match self.state.own_path() {
            Some(path) => self.disk.get(path).is_some_and(|kept| **kept == *text),
            None => !self.state.has_unsaved_changes(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_by_leaving_while_a_file_is_written(events in events()) {
        let mut world = World::new();
        for event in events {
            world.happen(event);
            if world.state.leaving == Leaving::Now {
                prop_assert!(world.is_kept(), "closed without saving: {:?}", world.state.own_path());
                prop_assert!(world.state.files.saving.is_none(), "closed while a file is written");
                break;
            }
        }
        // However slow it is, once the disk is done nothing is waited for any longer.
        while world.state.files.saving.is_some() {
            world.written();
        }
        prop_assert!(world.state.leaving != Leaving::Waiting || world.in_the_way().is_some(), "it waits for nothing");
    }
}

/// Of a lesson its page is being written while the user quits: the scene behind it, which has changes, is asked about.
#[test]
fn a_page_that_is_being_saved_does_not_close_over_the_changes_behind_it() {
    let mut world = World::new();
    for event in [Event::Edit(5), Event::Lesson, Event::SaveAs("/a.toml"), Event::Quit] {
        world.happen(event);
    }
    assert_eq!(world.state.leaving, Leaving::Waiting, "the disk is not done");
    world.happen(Event::Written);
    assert_eq!(world.state.leaving, Leaving::Asked, "the scene behind the lesson is in no file");
    let page = world.disk[&PathBuf::from("/page/a.toml")].clone();
    world.happen(Event::Answer(Leave::Saved));
    world.happen(Event::Written);
    assert_eq!((world.state.leaving, world.is_kept()), (Leaving::Now, true));
    assert_eq!((world.disk.len(), &world.disk[&PathBuf::from("/page/a.toml")]), (2, &page), "each in its file");
    // Saved twice in a row, and changed in between: both are written, one after the other.
    let mut world = World::new();
    for event in [Event::Edit(5), Event::SaveAs("/a.toml"), Event::Edit(6), Event::SaveAs("/a.toml"), Event::Quit] {
        world.happen(event);
    }
    world.happen(Event::Written);
    assert_eq!(world.state.leaving, Leaving::Waiting, "one of two is written");
    world.happen(Event::Written);
    assert_eq!((world.state.leaving, world.is_kept(), world.in_the_way.is_empty()), (Leaving::Now, true, true));
}
