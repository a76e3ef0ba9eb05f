//! Moving pictures, decks and tables of runs from the command line: the files it writes, and what it refuses.

use std::fs;
use std::path::Path;
use std::process::Command;

use gif::{ColorOutput, DecodeOptions};

/// Exit status, standard output, standard error of `render` with these words, in a folder.
fn render(folder: &Path, words: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taylorscope"));
    let done = command.current_dir(folder).arg("render").args(words.split(' ')).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().expect("an exit status, not a signal"), text(done.stdout), text(done.stderr))
}

const SCENE: &str = "-l himmelblau -o gd:lr=0.01 -o newton --start -0.5,-1.4 --view map --size 320x240";

#[test]
fn a_gif_has_a_frame_for_every_step_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (status, out, err) =
        render(folder.path(), &format!("{SCENE} --steps 9 --from 2 --to 9 --every 2 --fps 4 --out a.gif"));
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""));
    let bytes = fs::read(folder.path().join("a.gif")).unwrap();
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let mut reader = options.read_info(bytes.as_slice()).unwrap();
    assert_eq!((reader.width(), reader.height()), (320, 240));
    let mut delays = Vec::new();
    while let Some(frame) = reader.read_next_frame().unwrap() {
        assert!(frame.buffer.as_chunks::<4>().0.iter().all(|pixel| pixel[3] == 255), "nothing is transparent");
        delays.push(frame.delay);
    }
    // Steps 2, 4, 6, 8 and the last.
    assert_eq!(delays, [25, 25, 25, 25, 200]);
    render(folder.path(), &format!("{SCENE} --steps 9 --from 2 --to 9 --every 2 --fps 4 --out b.gif"));
    assert!(bytes == fs::read(folder.path().join("b.gif")).unwrap(), "the same scene, the same bytes");
}

#[test]
fn a_deck_is_a_file_or_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (status, out, err) = render(folder.path(), &format!("{SCENE} --steps 2 --deck --out talk.pptx"));
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""));
    assert!(fs::read(folder.path().join("talk.pptx")).unwrap().starts_with(b"PK"), "an archive");
    let (status, _, err) = render(folder.path(), &format!("{SCENE} --steps 2 --deck --out talk.pdf"));
    assert_eq!((status, err.as_str()), (0, ""));
    let pages = fs::read(folder.path().join("talk.pdf")).unwrap();
    let count = pages.windows(11).filter(|word| word == b"/Type/Page/").count();
    assert!(pages.starts_with(b"%PDF-") && count == 3, "three steps: {count}");
    let (status, out, err) = render(folder.path(), &format!("{SCENE} --steps 2 --deck --substeps --to 1 --out talk/"));
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("\\includegraphics<1>") && out.contains("{frame-1.png}") && out.contains("{talk/}"), "{out}");
    let frames = fs::read_dir(folder.path().join("talk")).unwrap().count() - 1;
    assert_eq!(out.matches("\\includegraphics<").count(), frames, "a line for each of them");
    assert!(frames > 3, "the steps, and the sub-steps of the first");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "and nothing beside them");
}

#[test]
fn what_cannot_be_is_refused_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for (words, status, expected) in [
        ("--fps 0 --out a.gif", 2, "--fps cannot be 0: expected a number from 0.1 to 50"),
        ("--fps x --out a.gif", 2, "x"),
        ("--every 0 --out a.gif", 2, "--every cannot be 0"),
        ("--steps 5 --to 9 --out a.gif", 2, "no run has a step 9: the longest ends at step 5"),
        ("--steps 5 --from 4 --to 3 --out a.apng", 2, "the first step, 4, comes after the last, 3"),
        ("--steps 9000 --every 1 --out a.gif", 2, "take one step in"),
        ("--step 3 --out a.gif", 2, "--step is for a picture that stands still"),
        ("--fps 5 --out a.png", 2, "--fps applies to moving pictures"),
        ("--fps 5 --deck --out a.pptx", 2, "follow each other by hand"),
        ("--deck --out a.gif", 2, "a deck is a .pptx, a .pdf, or a folder"),
        ("--out a.bmp", 2, "must end in .png, .svg, .pdf, .tex, .gif, .apng, .pptx, .csv, .npz"),
        ("--steps 2 --deck --out file", 1, "cannot write 'file': this is a file"),
        ("--steps 2 --out no/such.gif", 1, "does not exist"),
        ("--steps 2 --out /dev/full", 2, "must end in"),
    ] {
        // Gradient descent this slow is under way as long as it may be.
        let scene = "-l himmelblau -o gd:lr=1e-7 --start -0.5,-1.4 --view map --size 320x240";
        let (found, out, err) = render(folder.path(), &format!("{scene} {words}"));
        assert_eq!((found, out.as_str()), (status, ""), "{words}: {err}");
        assert!(err.contains(expected), "{words}: {err}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.gif", "a.apng", "a.pptx", "a.csv", "a.npz"] {
        std::os::unix::fs::symlink("/dev/full", folder.path().join(name)).unwrap();
        let (status, _, err) = render(folder.path(), &format!("{SCENE} --steps 1 --out {name}"));
        assert_eq!(status, 1, "{name}: {err}");
        assert!(err.contains(name) && err.contains("o space left"), "{name}: {err}");
    }
}
