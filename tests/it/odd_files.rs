//! The command line and odd files: endless ones, pipes and devices, odd names; and what `--out` may lead to.
#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::robust::{call, program, refusal, text};

#[test]
fn files_without_end_and_files_of_another_kind_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(at("pipe.csv")).status().unwrap().success(), "a pipe that nobody writes to");
    symlink("/dev/zero", at("zero.npz")).unwrap();
    for (name, size) in [("huge.csv", 1 << 32), ("huge.npz", 1 << 32), ("huge.npy", 1 << 32)] {
        fs::File::create(at(name)).unwrap().set_len(size).unwrap();
    }
    fs::write(at("zip.csv"), b"PK\x03\x04\x14\x00").unwrap();
    fs::write(at("bytes.csv"), (0..=255_u8).cycle().take(5000).collect::<Vec<u8>>()).unwrap();
    fs::create_dir(at("folder.csv")).unwrap();
    let said = refusal(&call(&["eval", "-l", "grid:/dev/null", "--at", "1,2"]), 1, "nothing");
    assert!(said.contains("'/dev/null': it is empty"), "{said}");
    for (name, status, words) in [
        ("pipe.csv", 1, "this is a pipe"),
        ("zero.npz", 1, "this is a device"),
        ("huge.csv", 1, "larger than 64 MB"),
        ("huge.npz", 1, "larger than 160 MB"),
        ("huge.npy", 1, "larger than 64 MB"),
        ("folder.csv", 1, "this is a folder"),
        ("none.csv", 1, "no such file"),
        ("zip.csv", 2, "a zip archive"),
        ("bytes.csv", 2, "binary"),
    ] {
        let (grid, data) = (format!("grid:{}", at(name)), format!("tanh2:data={}", at(name)));
        let (points, path) = (at(name), at(name));
        for request in [
            &["eval", "-l", &grid, "--at", "1,2"][..],
            &["eval", "-l", &data, "--at", "1,2"],
            &["eval", "-l", "tanh2", "--data", &path, "--at", "1,2"],
            &["eval", "-l", "bowl", "--points", &points],
        ] {
            let said = refusal(&call(request), status, name);
            assert!(said.contains(words) && said.contains(name), "{name}: {said}");
        }
    }
}

/// Calls the program with something on its standard input.
fn fed(words: &[&str], input: &[u8]) -> Output {
    let mut command = program();
    let streams = command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = streams.spawn().unwrap();
    // What is refused early is not read to its end.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[test]
fn a_dash_is_standard_input() {
    let grid: String = (0..16).fold("x,y,loss\n".to_owned(), |text, k| format!("{text}{},{},{k}\n", k % 4, k / 4));
    for (words, input) in [
        (&["eval", "-l", "bowl", "--points", "-", "--json"][..], "x,y\n1,2\n"),
        (&["eval", "-l", "tanh2", "--data", "-", "--at", "1,2", "--json"], "x,y\n1,2\n"),
        (&["eval", "-l", "tanh2:data=-", "--at", "1,2", "--json"], "x,y\n1,2\n"),
        (&["eval", "-l", "grid:-", "--at", "1,2", "--json"], &grid),
    ] {
        let done = fed(words, input.as_bytes());
        assert_eq!(done.status.code(), Some(0), "{words:?}: {}", text(&done.stderr));
        let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert!(answer["rows"][0]["value"].is_number(), "{words:?}: {answer}");
    }
    let both = fed(&["eval", "-l", "tanh2", "--data", "-", "--points", "-"], b"x,y\n1,2\n3,4\n");
    assert!(refusal(&both, 1, "twice").contains("read already"), "{}", text(&both.stderr));
    for (words, input, expected) in [
        (&["eval", "-l", "bowl", "--points", "-"][..], &b"x,y\n1,2\n1;2\n"[..], "standard input, line 3"),
        (&["eval", "-l", "bowl", "--points", "-"], b"\x00\x01\x02", "cannot read standard input: it is not text"),
        (&["eval", "-l", "tanh2", "--data", "-", "--at", "1,2"], b"x,y\n1,b\n", "standard input, line 2"),
        (&["eval", "-l", "grid:-", "--at", "1,2"], b"PK\x03\x04", "standard input: "),
    ] {
        let said = refusal(&fed(words, input), 2, expected);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn many_points_are_streamed_and_too_many_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("points.csv");
    let lines = (0..3000).fold(String::new(), |text, k| text + &k.to_string() + ",0\n");
    fs::write(&path, format!("x,y\n{lines}")).unwrap();
    let name = path.to_str().unwrap();
    let answer: Value =
        serde_json::from_slice(&call(&["eval", "-l", "bowl", "--points", name, "--json"]).stdout).unwrap();
    let rows = answer["rows"].as_array().unwrap();
    assert!(rows.len() == 3000 && rows.iter().enumerate().all(|(k, row)| row["at"][0] == k), "every point, in order");
    let out = folder.path().join("values.csv");
    let done = call(&["eval", "-l", "tanh2", "--points", name, "--out", out.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let table = fs::read_to_string(&out).unwrap();
    assert!(table.lines().count() == 3001 && table.lines().all(|line| line.split(',').count() == 11), "a line each");
    let said = text(&call(&["eval", "-l", "bowl", "--points", name]).stdout);
    assert!(said.contains("Points 21 to 2990 are left out") && said.lines().count() < 50, "{said}");
    fs::write(&path, format!("x,y\n{}", "0,1\n".repeat(1_000_001))).unwrap();
    let said = refusal(&call(&["eval", "-l", "bowl", "--points", name]), 2, "too many");
    assert!(said.contains("more than 1000000 points"), "{said}");
}

#[test]
fn names_that_are_no_text_and_names_with_spaces_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    for name in [&b"\xff\xfe.csv"[..], b" edged .csv ", b"line\nbreak.csv", b"\x1b[31m.csv"] {
        let path = folder.path().join(OsStr::from_bytes(name));
        fs::write(&path, "x,y\n1,2\n").unwrap();
        let out = folder.path().join(OsStr::from_bytes(&[name, b".json"].concat()));
        for (option, more) in [("--points", &["-l", "bowl"][..]), ("--data", &["-l", "tanh2", "--at", "1,2"])] {
            let done = program().arg("eval").args(more).arg(option).arg(&path).arg("--out").arg(&out).output().unwrap();
            assert_eq!(done.status.code(), Some(0), "{option} {name:?}: {}", text(&done.stderr));
            fs::remove_file(&out).unwrap();
        }
        fs::write(&path, "x,y\n1,\u{1b}[31m\u{202e}red\n").unwrap();
        let done = program().args(["eval", "-l", "bowl", "--points"]).arg(&path).output().unwrap();
        assert!(refusal(&done, 2, "a cell").contains("\\u{1b}[31m\\u{202e}red"), "{}", text(&done.stderr));
    }
    let lattice = (0..16).fold("x,y,loss\n".to_owned(), |text, k| format!("{text}{},{},{k}\n", k % 4, k / 4));
    let path = folder.path().join(OsStr::from_bytes(b"\xff\x1b[31m.csv"));
    fs::write(&path, lattice).unwrap();
    let spelled = [b"grid:", path.as_os_str().as_bytes()].concat();
    let done = program().args(["eval", "--at", "1,2", "-l"]).arg(OsStr::from_bytes(&spelled)).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("\\xff\\u{1b}[31m.csv: loss"), "shown escaped: {:?}", text(&done.stdout));
    // What is written can be read: the name of the file is in it.
    let done =
        program().args(["eval", "--at", "1,2", "--json", "-l"]).arg(OsStr::from_bytes(&spelled)).output().unwrap();
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    let again = program().args(["eval", "--at", "1,2", "-l", answer["landscape"].as_str().unwrap()]).output().unwrap();
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
}

#[test]
fn what_is_no_file_is_written_to_and_stays_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let words = ["eval", "-l", "bowl", "--at", "1,2", "--out"];
    let write = |name: &str| program().args(words).arg(at(name)).output().unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe.json")).status().unwrap().success(), "a pipe");
    let said = refusal(&write("pipe.json"), 1, "a pipe without a reader");
    assert!(said.contains("nothing reads from this pipe"), "{said}");
    let reader = Command::new("cat").arg(at("pipe.json")).stdout(Stdio::piped()).spawn().unwrap();
    // The reader may still be on its way.
    let written = (0..1000).any(|_| write("pipe.json").status.success());
    assert!(written && text(&reader.wait_with_output().unwrap().stdout).starts_with("{\"landscape\":\"bowl\""), "read");
    assert!(fs::metadata(at("pipe.json")).unwrap().file_type().is_fifo(), "still a pipe");
    for (name, to, status) in
        [("null.json", "/dev/null", 0), ("full.csv", "/dev/full", 1), ("out.json", "/dev/stdout", 0)]
    {
        symlink(to, at(name)).unwrap();
        let done = write(name);
        assert_eq!(done.status.code(), Some(status), "{name}: {}", text(&done.stderr));
        assert!(fs::symlink_metadata(at(name)).unwrap().is_symlink(), "{name} is still a link");
        assert_eq!(done.stdout.is_empty(), name != "out.json", "{name}: {}", text(&done.stdout));
    }
    symlink("new.json", at("dangling.json")).unwrap();
    assert_eq!(write("dangling.json").status.code(), Some(0), "a link to a file that is not there yet");
    assert!(
        at("new.json").is_file() && fs::symlink_metadata(at("dangling.json")).unwrap().is_symlink(),
        "written through"
    );
    fs::create_dir(at("folder.json")).unwrap();
    assert!(refusal(&write("folder.json"), 1, "a folder").contains("this is a folder"), "a folder");
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.into_iter().all(|name| !name.starts_with('.')), "nothing is left beside them");
}

/// Waits until a process has opened a file in a folder.
fn wait_for_file(child: &mut std::process::Child, folder: &Path) {
    let descriptors = format!("/proc/{}/fd", child.id());
    let is_in_folder = |entry: fs::DirEntry| fs::read_link(entry.path()).is_ok_and(|file| file.starts_with(folder));
    loop {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was interrupted");
        let open = fs::read_dir(&descriptors).into_iter().flatten().flatten();
        if open.into_iter().any(is_in_folder) {
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn an_interrupted_command_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run.csv");
    for signal in ["INT", "TERM", "HUP", "KILL"] {
        let words = ["trace", "-l", "himmelblau", "-o", "gd:lr=1e-9", "--start", "-1,1", "--steps", "200000", "--out"];
        let mut child = program().args(words).arg(&out).spawn().unwrap();
        wait_for_file(&mut child, folder.path());
        assert!(Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap().success(), "sent");
        assert_eq!(child.wait().unwrap().code(), None, "it ends by the signal: status 130 in a shell for SIGINT");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "SIG{signal}: no file is left");
    }
}
