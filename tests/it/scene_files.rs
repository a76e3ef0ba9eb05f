//! Files of scenes from outside: the built program checks them, draws them, and refuses what is wrong by file, line and column.

use std::fs;
use std::path::Path;
use std::process::Command;

use taylorscope::state::read_shared;

/// Exit status, standard output, standard error.
fn say(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_taylorscope"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        program.env_remove(display);
    }
    let done = program.args(words).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().expect("an exit status, not a signal"), text(done.stdout), text(done.stderr))
}

const BROKEN: &str =
    "version = 1\nstepz = 3\n\n[landscape]\nid = \"quad\"\nkappa = \"ten\"\n\n[[run]]\nmethod = \"gdd\"\n";

#[test]
fn check_names_every_mistake_and_is_silent_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("good.toml"), include_str!("../cases/version-1.toml")).unwrap();
    fs::write(at("bad.toml"), BROKEN).unwrap();
    fs::write(at("bytes.toml"), b"version = 1\nlandscape = \"\xff\"").unwrap();
    let silent = (0, String::new(), String::new());
    assert_eq!(say(folder.path(), &["check", "good.toml"]), silent);
    let (status, out, err) = say(folder.path(), &["check", "good.toml", "bad.toml", "bytes.toml"]);
    let expected = [
        "bad.toml:2:1: unknown key 'stepz'; did you mean 'steps'?",
        "bad.toml:6:9: kappa: 'ten' is not a finite number",
        "bad.toml:9:10: unknown optimizer 'gdd'; did you mean 'gd'?",
        "bytes.toml:2:14: this is not valid UTF-8: save it as plain text",
    ];
    assert_eq!((status, out.as_str()), (2, ""), "{err}");
    let lines: Vec<&str> = err.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(lines, expected, "{err}");
    let (status, _, err) = say(folder.path(), &["check", "none.toml"]);
    assert!(status == 1 && err.contains("'none.toml': there is no such file"), "{status}: {err}");
}

#[test]
fn render_draws_a_scene_and_options_override_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), include_str!("../cases/version-1.toml")).unwrap();
    fs::write(folder.path().join("bad.toml"), BROKEN).unwrap();
    let draw = |words: &[&str]| {
        let _ = fs::remove_file(folder.path().join("a.png"));
        let all = [&["render"], words, &["--size", "320x240", "--view", "map", "--out", "a.png"]].concat();
        let (status, _, err) = say(folder.path(), &all);
        (status, fs::read(folder.path().join("a.png")).ok(), err)
    };
    let (status, scene, err) = draw(&["good.toml"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(draw(&["good.toml"]).1, scene, "the same bytes");
    assert_eq!(draw(&["good.toml", "--step", "2"]).1, scene, "its own step");
    for other in [["--step", "5"], ["-o", "newton"], ["-l", "bowl"], ["--start", "1,1"], ["--show", "heat,fog"]] {
        let (status, picture, err) = draw(&["good.toml", other[0], other[1]]);
        assert!(status == 0 && picture.is_some() && picture != scene, "{other:?}: {err}");
    }
    let (status, picture, err) = draw(&["bad.toml"]);
    assert!(status == 2 && picture.is_none() && err.starts_with("bad.toml:2:1: "), "{err}");
}

#[test]
fn a_scene_that_is_opened_is_checked_first_and_drawn_where_there_is_no_display() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.toml"), BROKEN).unwrap();
    let (status, _, err) = say(folder.path(), &["bad.toml"]);
    assert!(status == 2 && err.starts_with("bad.toml:2:1: "), "{err}");
    assert_eq!(err.matches("bad.toml:2:1: ").count(), 1, "it is said once: {err}");
    fs::write(folder.path().join("bad.md"), "+++\nid = 3\n+++\n# H\n").unwrap();
    let (status, _, err) = say(folder.path(), &["bad.md"]);
    assert!(status == 2 && err.contains("bad.md:2:6: id must be a text"), "a lesson, too: {status}: {err}");
    assert!(!folder.path().join("taylorscope.png").exists(), "nothing is drawn");
    if cfg!(all(unix, not(target_os = "macos"))) {
        fs::write(folder.path().join("good.toml"), include_str!("../cases/version-1.toml")).unwrap();
        let (status, _, err) = say(folder.path(), &["good.toml"]);
        assert!(status == 0 && err.contains("the scene was drawn to"), "{err}");
        assert!(folder.path().join("taylorscope.png").exists());
    }
}

/// Whoever adds an option to a command decides there whether a pasted one may have it.
#[test]
fn a_pasted_command_may_have_every_option_of_the_command() {
    for command in ["render", "trace", "compare"] {
        let (_, help, _) = say(Path::new("."), &[command, "--help"]);
        let words = help.split(|letter: char| !(letter.is_ascii_lowercase() || letter == '-'));
        let options: Vec<&str> = words.filter(|word| word.starts_with("--") && word.len() > 3).collect();
        assert!(options.len() > 8, "{help}");
        for option in options.iter().filter(|option| **option != "--data") {
            let pasted = read_shared(&format!("taylorscope {command} {option} 1 -l bowl"));
            let said = pasted.err().unwrap_or_default();
            assert!(!said.contains("a scene has no"), "{command} {option}: {said}");
        }
    }
}
