//! A save that is interrupted from outside leaves the old file or the new one.

#[cfg(unix)]
use std::{fs, path::Path};

#[cfg(unix)]
use taylorscope::export::write_file;

/// Another process is killed while it saves again and again.
#[cfg(unix)]
#[test]
fn a_program_that_is_killed_while_it_saves_leaves_the_old_file_or_the_new_one() {
    use std::process::Command;
    const CHILD: &str = "TAYLORSCOPE_SAVES_IN";
    let whole = |letter: u8| [letter].repeat(200_000);
    if let Some(folder) = std::env::var_os(CHILD) {
        let path = Path::new(&folder).join("scene.toml");
        for turn in 0_u8.. {
            write_file(&path, |out| out.write_all(&whole(b'a' + turn % 26))).unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scene.toml");
    write_file(&path, |out| out.write_all(&whole(b'a'))).unwrap();
    let name = "saving::a_program_that_is_killed_while_it_saves_leaves_the_old_file_or_the_new_one";
    for turn in 0..12_u32 {
        let mut child = Command::new(std::env::current_exe().unwrap());
        let mut child = child.args(["--exact", name]).env(CHILD, folder.path()).spawn().unwrap();
        let before = fs::read(&path).unwrap();
        // It saves already, however long it took to start.
        for _ in 0..20_000 {
            if fs::read(&path).unwrap() != before {
                break;
            }
            std::hint::spin_loop();
        }
        (0..turn * 40_000).for_each(|_| std::hint::spin_loop());
        child.kill().unwrap();
        child.wait().unwrap();
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.len() == 200_000 && bytes.iter().all(|byte| *byte == bytes[0]), "turn {turn}: a whole file");
    }
}
