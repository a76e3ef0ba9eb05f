//! `taylorscope FILE`: a scene, a lesson or data to open in the window; what is wrong in the file is said here and there.

use std::ffi::OsString;
use std::path::Path;

use super::exit::Exit;
use super::hooks::{Check, WindowRequest};
use super::{args, check};
use crate::landscapes::excerpt::{excerpt, of_path, path_text};
use crate::landscapes::nearest;

/// Opens a window.
type Window = fn(&WindowRequest) -> anyhow::Result<()>;

/// A first word that is not a subcommand: a scene or lesson to open, or a typing error.
pub(super) fn open(words: &[OsString], window: Window, check: Check) -> Result<(), Exit> {
    let (first, rest) = words.split_first().ok_or(Exit::Quiet)?;
    let file = Path::new(first);
    let meant_as_file = file.exists() || file.extension().is_some() || file.components().count() > 1;
    let first = path_text(file);
    let quoted = excerpt(&first);
    if !meant_as_file {
        let names = args::subcommands();
        let hint = nearest(&first, names.iter().map(String::as_str));
        return Err(Exit::Wrong(format!("unknown command '{quoted}'{hint}\nthere are: {}", names.join(", "))));
    }
    if let Some(word) = rest.first() {
        let word = of_path(Path::new(word));
        return Err(Exit::Wrong(format!(
            "unexpected '{word}' after the file '{quoted}': one scene or lesson is opened at a time"
        )));
    }
    if !file.is_file() {
        return Err(Exit::Failed(format!("cannot open '{quoted}': there is no such file")));
    }
    // Whoever has started it by a click on the file sees no terminal: the window says it, too.
    let refused = refusal(file, check).map(Exit::reported);
    let opened = window(&WindowRequest { file: Some(file.to_owned()), is_refused: refused.is_some() });
    match refused {
        None => Ok(opened?),
        Some(refused) => {
            if let Err(error) = opened {
                Exit::from(error).report();
            }
            Err(refused)
        }
    }
}

/// What is wrong in a scene or a lesson.
fn refusal(file: &Path, check: Check) -> Option<Exit> {
    let is_checked = file
        .extension()
        .is_some_and(|ending| ["toml", "md"].iter().any(|checked| ending.eq_ignore_ascii_case(checked)));
    if is_checked { check::file(file, check).err() } else { None }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "makes the files that are opened")]
mod tests {
    use std::cell::RefCell;
    use std::fs;

    use super::*;
    use crate::scene::Fault;

    thread_local! {
        /// The windows that were asked for.
        static ASKED: RefCell<Vec<WindowRequest>> = const { RefCell::new(Vec::new()) };
    }

    fn window(request: &WindowRequest) -> anyhow::Result<()> {
        ASKED.with_borrow_mut(|asked| asked.push(request.clone()));
        Ok(())
    }

    fn no_window(_: &WindowRequest) -> anyhow::Result<()> {
        Err(anyhow::anyhow!("no driver"))
    }

    fn check(_: &Path, text: &str) -> Vec<Fault> {
        text.find("bad").map(|at| Fault::at(text, at..at + 3, "this is bad".to_owned())).into_iter().collect()
    }

    #[test]
    fn a_window_opens_also_for_a_file_in_which_something_is_wrong() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text, status) in [
            ("a.toml", b"good".as_slice(), 0),
            ("b.toml", b"x = bad", 2),
            ("c.md", b"good", 0),
            ("d.MD", b"bad", 2),
            ("e.toml", b"\xff", 2),
            ("f.csv", b"bad", 0),
        ] {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            let words = [file.clone().into_os_string()];
            let ended = open(&words, window, check);
            let asked = ASKED.take();
            assert_eq!(asked, [WindowRequest { file: Some(file), is_refused: status != 0 }], "{name}");
            match ended {
                Ok(()) => assert_eq!(status, 0, "{name}"),
                Err(Exit::Reported(said)) => assert_eq!(said, status, "{name}"),
                Err(other) => panic!("{name}: {other:?}"),
            }
            let without = open(&words, no_window, check);
            let is_right = match status {
                0 => matches!(without, Err(Exit::Failed(_))),
                _ => matches!(without, Err(Exit::Reported(2))),
            };
            assert!(is_right, "{name}, without a window: {without:?}");
        }
        let missing = [folder.path().join("none.toml").into_os_string()];
        assert!(matches!(open(&missing, window, check), Err(Exit::Failed(_))), "nothing is there to open");
        assert!(ASKED.take().is_empty());
    }
}
