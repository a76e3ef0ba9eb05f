//! Which display there is for a window: what the environment names, and whether anything answers there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::landscapes::excerpt::excerpt;

/// Where a window can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// Nowhere: none is named.
    None,
    /// Where the windowing library looks first.
    Usual(OsString),
    /// On X11, though the environment names a Wayland display too: nothing answers there, and the windowing library
    /// would look no further.
    X11(OsString),
}

impl Display {
    /// The display of this process.
    pub(super) fn of_environment() -> Self {
        if cfg!(all(unix, not(target_os = "macos"))) {
            Self::choose(|name| std::env::var_os(name), answers)
        } else {
            Self::Usual(OsString::new())
        }
    }

    fn choose(variable: impl Fn(&str) -> Option<OsString>, answers: impl Fn(&Path) -> bool) -> Self {
        let named = |name| variable(name).filter(|value| !value.is_empty());
        let (wayland, x11) = (named("WAYLAND_DISPLAY"), named("DISPLAY"));
        let folder = named("XDG_RUNTIME_DIR").map(PathBuf::from);
        // A socket that was handed over is open already.
        let is_open = named("WAYLAND_SOCKET").is_some();
        let socket = wayland.as_ref().map(|name| folder.unwrap_or_default().join(name));
        match (wayland, x11) {
            (wayland, _) if is_open => Self::Usual(wayland.unwrap_or_default()),
            (Some(_), Some(x11)) if !socket.is_some_and(|socket| answers(&socket)) => Self::X11(x11),
            (Some(name), _) | (None, Some(name)) => Self::Usual(name),
            (None, None) => Self::None,
        }
    }

    /// What the environment calls it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Usual(name) | Self::X11(name) => excerpt(&name.to_string_lossy()),
        }
    }
}

/// Whether a Wayland compositor accepts a connection.
#[cfg(unix)]
fn answers(socket: &Path) -> bool {
    std::os::unix::net::UnixStream::connect(socket).is_ok()
}

#[cfg(not(unix))]
fn answers(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_where_nothing_answers_is_passed_over_for_one_that_may() {
        let usual = |name: &str| Display::Usual(name.into());
        for (variables, answering, expected) in [
            (vec![], "", Display::None),
            (vec![("DISPLAY", ""), ("WAYLAND_DISPLAY", "")], "", Display::None),
            (vec![("DISPLAY", ":0")], "", usual(":0")),
            (vec![("WAYLAND_DISPLAY", "w-9")], "", usual("w-9")),
            (vec![("WAYLAND_DISPLAY", "w-9"), ("DISPLAY", ":0")], "", Display::X11(":0".into())),
            (
                vec![("WAYLAND_DISPLAY", "w-9"), ("DISPLAY", ":0"), ("XDG_RUNTIME_DIR", "/run/u")],
                "/run/u/w-9",
                usual("w-9"),
            ),
            (
                vec![("WAYLAND_DISPLAY", "/run/w"), ("DISPLAY", ":0"), ("XDG_RUNTIME_DIR", "/run")],
                "/run/w",
                usual("/run/w"),
            ),
            (vec![("WAYLAND_SOCKET", "7"), ("DISPLAY", ":0")], "", usual("")),
        ] {
            let variable =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
            let found = Display::choose(variable, |socket| socket == Path::new(answering));
            assert_eq!(found, expected, "{variables:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_answers_while_it_is_listened_to() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("wayland-7");
        assert!(!answers(&socket), "there is none");
        let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(answers(&socket), "a compositor");
        drop(listener);
        assert!(socket.exists() && !answers(&socket), "what a compositor left behind");
    }
}
