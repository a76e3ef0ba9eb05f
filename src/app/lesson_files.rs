//! Lessons from files: the text, and the data files that it names in its own folder.

use std::path::Path;

use crate::import::read_beside;
use crate::jobs::{Brought, Jobs, OneShot};
use crate::landscapes::excerpt::of_path;
use crate::lessons::{LessonText, Mistake};
use crate::scene::Fault;
use crate::state::{Lesson, SharedLesson, State, check_lesson};
use crate::ui::theme;

/// The most mistakes in a file that the window shows.
const SAID: usize = 3;

/// A lesson on its way into the window. Nobody can say when a disk behind a network answers.
#[derive(Clone)]
struct Opened(Result<SharedLesson, String>);

impl Brought for Opened {
    const MAY_NEVER_COME: bool = true;
}

/// Takes what came of a lesson file, and says which one is wanted next.
pub(super) fn exchange(state: &mut State, jobs: &mut Jobs) {
    if let Some((ticket, Opened(outcome))) = jobs.take().and_then(OneShot::into_outcome) {
        super::files::name_whole(state);
        state.take_lesson(ticket, outcome);
    }
    let wanted = state.file_request.as_ref().filter(|file| is_lesson(&file.path)).map(|file| {
        let path = file.path.clone();
        OneShot::new(file.ticket, move || Opened(super::files::read_file(&path).and_then(|bytes| open(&path, &bytes))))
    });
    jobs.want(wanted.as_ref());
}

/// Whether a file is a lesson, by its ending.
pub(super) fn is_lesson(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// The lesson in the bytes of a file of this name.
///
/// # Errors
/// What is wrong in it, a line each.
pub(super) fn open(path: &Path, bytes: &[u8]) -> Result<SharedLesson, String> {
    let name = of_path(path);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let place = Mistake::new(error.valid_up_to(), "this is not valid UTF-8: save it as plain text");
        format!("{name}:{}", place.in_text(&String::from_utf8_lossy(&bytes[..error.valid_up_to()])))
    })?;
    let written =
        LessonText::read(text).and_then(|written| written.with_files(&|file| read_beside(path, "lesson", file)));
    let lesson = written.and_then(Lesson::of).and_then(|lesson| {
        let mistakes = lesson.scene_mistakes();
        if mistakes.is_empty() { Ok(lesson) } else { Err(mistakes) }
    });
    lesson.map(SharedLesson::from).map_err(|mistakes| {
        let mut lines: Vec<String> =
            mistakes.iter().take(SAID).map(|mistake| format!("{name}:{}", mistake.in_text(text))).collect();
        if mistakes.len() > SAID {
            lines.push(format!("and {} more: `taylorscope check {name}` says them all", mistakes.len() - SAID));
        }
        lines.join("\n")
    })
}

/// All that is wrong in a lesson file of this name and text; nothing where all is well.
pub(super) fn check(path: &Path, text: &str) -> Vec<Fault> {
    let mut mistakes = check_lesson(text, &|file| read_beside(path, "lesson", file));
    mistakes.extend(unshown(text));
    mistakes.sort_by_key(|mistake| mistake.at);
    mistakes.into_iter().map(|mistake| Fault::at(text, mistake.at..mistake.at, mistake.what)).collect()
}

/// The letters of a lesson that no page can show, each where it stands first; what nobody reads there, such as a scene, is passed over.
fn unshown(text: &str) -> Vec<Mistake> {
    let mut is_read = true;
    let (mut at, mut read) = (0, Vec::new());
    for line in text.split_inclusive('\n') {
        match line.trim_end() {
            "```scene" | "```look" => is_read = false,
            "```" => is_read = true,
            _ if is_read => read.push((at, line)),
            _ => {}
        }
        at += line.len();
    }
    let whole: String = read.iter().map(|(_, line)| line.trim_start_matches('\u{feff}')).collect();
    let place = |letter: char| read.iter().find_map(|(at, line)| Some(at + line.find(letter)?));
    let said = |letter: char| Some(Mistake::new(place(letter)?, format!("a page cannot show the letter '{letter}'")));
    theme::unshown(&whole).into_iter().filter_map(said).collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "makes the files that are read")]
mod tests {
    use std::fs;

    use super::*;

    fn lesson(landscape: &str) -> String {
        let scene = format!("```scene\nlandscape = \"{landscape}\"\nruns = [\"gd\"]\nsteps = 3\n```\n");
        format!("+++\nid = \"own\"\ntitle = \"A\"\nquestion = \"B?\"\n+++\n# H\n{scene}")
    }

    /// Each once, with its line and column; in a scene nobody reads them.
    #[test]
    fn letters_that_no_page_can_show_are_named() {
        let text = lesson("bowl").replace("# H\n", "# H\nGrüße, η ≤ 0.1\n\na 字 and 字 and 😀\n");
        let text = text.replace("steps = 3", "# 字\nsteps = 3");
        let found: Vec<String> =
            check(Path::new("own.md"), &text).iter().map(|fault| fault.located("own.md")).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("own.md:9:3: a page cannot show the letter '字'"), "{found:?}");
        assert!(found[1].starts_with("own.md:9:15: a page cannot show the letter '😀'"), "{found:?}");
    }

    #[test]
    fn a_lesson_reads_the_files_of_its_folder_and_no_others() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("lessons");
        fs::create_dir_all(folder.join("data")).unwrap();
        let points = "x,y\n0,0\n1,0.8\n2,1\n";
        for place in ["secret.csv", "lessons/points.csv", "lessons/data/more.csv"] {
            fs::write(outer.path().join(place), points).unwrap();
        }
        let path = folder.join("own.md");
        let opened = |landscape: &str| open(&path, lesson(landscape).as_bytes());
        for inside in ["points.csv", "data/more.csv", "./points.csv"] {
            let lesson = opened(&format!("tanh2:data={inside}")).unwrap();
            let scene = lesson.scene().unwrap();
            assert_eq!(scene.document.landscape.data().unwrap().len(), 3, "{inside}");
        }
        let mut outside = vec!["../secret.csv".to_owned(), outer.path().join("secret.csv").display().to_string()];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outer.path().join("secret.csv"), folder.join("link.csv")).unwrap();
            std::os::unix::fs::symlink(outer.path(), folder.join("up")).unwrap();
            outside.extend(["link.csv".to_owned(), "up/secret.csv".to_owned()]);
        }
        for file in outside {
            let said = opened(&format!("tanh2:data={file}")).unwrap_err();
            assert!(said.contains("of its own folder only"), "{file}: {said}");
        }
        let said = opened("tanh2:data=gone.csv").unwrap_err();
        assert!(said.contains("own.md:8:14: ") && said.contains("no such file"), "{said}");
        assert!(check(&path, &lesson("tanh2:data=points.csv")).is_empty(), "nor is anything wrong");
        assert!(open(&path, b"+++\n\xff").unwrap_err().contains("own.md:2:1: this is not valid UTF-8"));
        assert!(is_lesson(&path) && is_lesson(Path::new("A.MD")) && !is_lesson(Path::new("a.toml")));
    }
}
