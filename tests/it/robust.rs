//! The command line against hostile words: long, harmful and odd ones, a full disk, refused threads.
#![cfg(target_os = "linux")]

use std::fs;
use std::process::{Command, Output, Stdio};

/// The built program, without a display.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taylorscope"));
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    command
}

pub(crate) fn call(words: &[&str]) -> Output {
    program().args(words).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Holds an answer to be a refusal of one or two short harmless lines, and returns it.
pub(crate) fn refusal(done: &Output, status: i32, what: &str) -> String {
    let said = text(&done.stderr);
    assert_eq!(done.status.code(), Some(status), "{what}: {said}");
    assert!(said.starts_with("error: ") && said.lines().count() <= 2, "{what}: {said}");
    assert!(said.lines().all(|line| line.chars().count() <= 400), "{what}: {said}");
    assert!(!said.contains(|c: char| c.is_control() && c != '\n') && !said.contains('\u{202e}'), "{what}: {said:?}");
    assert!(done.stdout.is_empty(), "{what}: nothing on standard output");
    said
}

#[test]
fn no_message_repeats_a_word_of_any_length() {
    // As long as the system lets one word be.
    let long = "7".repeat(100_000);
    let harmful = format!("\u{1b}]0;owned\u{7}\u{1b}[31m\u{202e}\n\n{}", "a,".repeat(500));
    for word in [long.as_str(), harmful.as_str()] {
        let data = format!("tanh2:data={word}");
        let (key, value) = (format!("quad:{word}=1"), format!("quad:kappa={word}"));
        let (method, formula) = (format!("gd:{word}=1"), format!("formula:x+§{word}"));
        let (grid, network) = (format!("grid:{word}"), format!("network:w1 x,{word}=1"));
        let (option, pair) = (format!("--{word}"), format!("a={word}"));
        let (json, png) = (format!("{word}.txt"), format!("{word}.bmp"));
        let requests: &[&[&str]] = &[
            &[word],
            &["list", word],
            &["eval", "-l", word, "--at", "1,2"],
            &["eval", "-l", &key, "--at", "1,2"],
            &["eval", "-l", &value, "--at", "1,2"],
            &["eval", "-l", &formula, "--at", "1,2"],
            &["eval", "-l", &network, "--at", "1,2"],
            &["eval", "-l", &grid, "--at", "1,2"],
            &["eval", "-l", &data, "--at", "1,2"],
            &["eval", "-l", "bowl", "--at", word],
            &["eval", "-l", "bowl", "--points", word],
            &["eval", "-l", "bowl", "--at", "1,2", &option],
            &["eval", "-l", "bowl", "--at", "1,2", word],
            &["eval", "-l", "formula:ax", "--at", "1,2", "--set", word],
            &["eval", "-l", "formula:ax", "--at", "1,2", "--set", &pair],
            &["eval", "-l", "tanh2", "--at", "1,2", "--data", word],
            &["eval", "-l", "network:w1 x", "--at", "1,2", "--loss", word],
            &["critical", "-l", "bowl", "--box", word],
            &["analyze", "-l", "bowl", "--at", "1,2", "--lengths", word],
            &["circle", "-l", "bowl", "--at", "1,2", "--radius", word],
            &["trace", "-l", "bowl", "--start", "1,2", "-o", word],
            &["trace", "-l", "bowl", "--start", "1,2", "-o", &method],
            &["trace", "-l", "bowl", "--start", word, "-o", "gd"],
            &["trace", "-l", "bowl", "--start", "1,2", "-o", "gd", "--steps", word],
            &["trace", "-l", "bowl", "--start", "1,2", "-o", "gd", "--tolerance", word],
            &["trace", "-l", "bowl", "--start", "1,2", "-o", "gd", "--seed", word],
            &["trace", "-l", "bowl", "--start", "1,2", "-o", "gd", "--out", &json],
            &["render", "--out", &png],
            &["render", "--out", "a.png", "--view", word],
            &["render", "--out", "a.png", "--size", word],
            &["render", "--out", "a.png", "--show", word],
            &["render", "--out", "a.png", "--theme", word],
        ];
        for request in requests {
            let done = call(request);
            let status = done.status.code().unwrap();
            let name: Vec<&str> = request.iter().map(|word| word.get(..20).unwrap_or(word)).collect();
            // A length too large to be finite is refused too; lengths of a harmless word may be fine.
            assert!([1, 2].contains(&status), "{name:?}: {}", text(&done.stderr));
            refusal(&done, status, &format!("{name:?}"));
        }
    }
}

#[test]
fn the_caret_stands_under_the_fault_of_a_long_text() {
    let long = "0".repeat(70_000);
    for (words, under) in [
        (["--at", &long], "', column 70001"),
        (["--at", &format!("{long},x")], "x', column 70002: 'x' is not"),
        (["--at", &format!("1,2,{long}")], ",000"),
    ] {
        let said = refusal(&call(&["eval", "-l", "bowl", words[0], words[1]]), 2, under);
        let lines: Vec<&str> = said.lines().collect();
        let below: String = lines[0].chars().skip(lines[1].find('^').unwrap()).collect();
        assert!(below.starts_with(under), "{said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("points.csv");
    fs::write(&path, format!("x,y\n1,2\n{}\n", "1".repeat(10_000_000))).unwrap();
    let said = refusal(&call(&["eval", "-l", "bowl", "--points", path.to_str().unwrap()]), 2, "a long line");
    assert!(said.contains("points.csv, line 3") && said.contains("has 1 cell, where 2 are expected"), "{said}");
}

#[test]
fn a_full_disk_is_an_error_for_every_command() {
    for words in [
        &["--help"][..],
        &["--version"],
        &["eval", "--help"],
        &["list", "landscapes"],
        &["eval", "-l", "bowl", "--at", "1,2", "--json"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let done = program().args(words).stdout(full).output().unwrap();
        let said = refusal(&done, 1, &words.join(" "));
        assert!(said.contains("cannot write to standard output"), "{words:?}: {said}");
    }
}

#[test]
fn nothing_is_said_twice() {
    let said = refusal(&call(&["--nonsense"]), 2, "an unknown option");
    assert!(said.contains("Usage: taylorscope COMMAND") && said.matches("taylorscope").count() == 1, "{said}");
    let done = program().current_dir("/proc").output().unwrap();
    let said = refusal(&done, 1, "no display, and a folder that nobody may write to");
    assert!(said.contains("There is no display") && said.matches("os error").count() <= 1, "{said}");
}

#[test]
fn where_threads_are_refused_one_core_does_the_work() {
    // No thread gets a stack as large as the address space.
    let mut command = program();
    command.env("RUST_MIN_STACK", (1_u64 << 50).to_string());
    let words = ["trace", "-l", "rosenbrock", "-o", "gd", "--start", "-1,1", "--steps", "9000", "--json"];
    let done = command.args(words).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(done.stdout, call(&words).stdout, "the same numbers");
}

/// Requests with a place for a value, `?`.
const REQUESTS: &[&str] = &[
    "?",
    "list ?",
    "eval -l ? --at 1,2",
    "eval -l bowl --at ?",
    "eval -l bowl --at 1,?",
    "eval -l quad:kappa=? --at 1,2",
    "eval -l tanh2:seed=? --at 1,2",
    "eval -l tanh2:n=? --at 1,2",
    "eval -l formula:ax+? --at 1,2",
    "eval -l formula:ax --set a=? --at 1,2",
    "eval -l tanh2 --data ? --at 1,2",
    "eval -l bowl --points ?",
    "eval -l grid:? --at 1,2",
    "critical -l bowl --box 0,1,0,?",
    "analyze -l bowl --at 1,2 --lengths ?",
    "circle -l bowl --at 1,2 --radius ?",
    "backprop -l tanh2 --at ?,?",
    "trace -l bowl -o ? --start 1,2",
    "trace -l bowl -o gd:lr=? --start 1,2 --steps 9",
    "trace -l bowl -o gd --start ?,? --steps 9",
    "trace -l bowl -o gd --start 1,2 --steps ?",
    "trace -l bowl -o gd --start 1,2 --steps 9 --tolerance ?",
    "trace -l bowl -o langevin --start 1,2 --steps 9 --seed ?",
    "trace -l bowl -o gd --start 1,2 --steps 9 --out ?",
    "render --size ? --out a.png",
    "render --view ? --out a.txt",
];

/// What is typed by accident or to see what happens.
const VALUES: &[&str] = &[
    "",
    " ",
    "-",
    "-0.0",
    "NaN",
    "-inf",
    "1e309",
    "5e-324",
    "1,5",
    "=",
    ":",
    "٣",
    "18446744073709551616",
    "../..",
    "💥",
];

#[test]
fn odd_values_of_every_option_are_taken_or_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    for request in REQUESTS {
        for value in VALUES {
            let words = request.split(' ').map(|word| word.replace('?', value));
            let done = program().current_dir(folder.path()).args(words).stdin(Stdio::null()).output().unwrap();
            let status = done.status.code().unwrap();
            let what = format!("{request} with '{value}'");
            if status != 0 {
                assert!([1, 2].contains(&status), "{what}: {}", text(&done.stderr));
                refusal(&done, status, &what);
            }
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{what}: no file is left");
        }
    }
    for command in ["list", "eval", "analyze", "circle", "critical", "backprop", "trace", "render"] {
        refusal(&call(&[command]), 2, command);
    }
}
