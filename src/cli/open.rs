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
        return Err(unknown_command(&first));
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
    hand_over(file, refusal(file, check).map(Exit::reported), window)
}

fn unknown_command(word: &str) -> Exit {
    let names = args::subcommands();
    let hint = nearest(word, names.iter().map(String::as_str));
    Exit::Wrong(format!("unknown command '{}'{hint}\nthere are: {}", excerpt(word), names.join(", ")))
}

/// Opens the window also where something is wrong with the file, which was said: whoever has started the program by a click on a
/// file sees no terminal.
fn hand_over(file: &Path, refused: Option<Exit>, window: Window) -> Result<(), Exit> {
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
mod tests {
    use std::cell::RefCell;

    use super::*;

    thread_local! {
        /// The windows that were asked for.
        static ASKED: RefCell<Vec<WindowRequest>> = const { RefCell::new(Vec::new()) };
    }

    #[expect(clippy::unnecessary_wraps, reason = "another window may fail")]
    fn window(request: &WindowRequest) -> anyhow::Result<()> {
        ASKED.with_borrow_mut(|asked| asked.push(request.clone()));
        Ok(())
    }

    fn no_window(_: &WindowRequest) -> anyhow::Result<()> {
        Err(anyhow::anyhow!("no driver"))
    }

    #[test]
    fn a_window_opens_also_for_a_file_in_which_something_is_wrong() {
        let file = Path::new("a.toml");
        for refused in [None, Some(Exit::Reported(2))] {
            let is_refused = refused.is_some();
            let ended = hand_over(file, refused.clone(), window);
            assert_eq!(ASKED.take(), [WindowRequest { file: Some(file.to_owned()), is_refused }]);
            assert_eq!(matches!(ended, Err(Exit::Reported(2))), is_refused, "{ended:?}");
            let without = hand_over(file, refused, no_window);
            let is_right =
                matches!((&without, is_refused), (Err(Exit::Failed(_)), false) | (Err(Exit::Reported(2)), true));
            assert!(is_right, "without a window: {without:?}");
        }
    }
}
