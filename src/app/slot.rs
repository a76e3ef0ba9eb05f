//! Where a window keeps its scene: windows that are open at the same time keep theirs apart, and the system knows by a lock which of
//! them live, also where one was killed.

use std::cmp::Reverse;
use std::fs::{self, File, TryLockError};
use std::io::{BufRead as _, BufReader, Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{process, thread};

/// This many windows keep their scenes; more of them keep none.
const MOST: usize = 16;
/// Locks that are held are tried again this many times in all: a window that was killed holds its lock until the system has cleared
/// it away. The first is for a holder that lives, the second where the system does not say, the third for one that was killed.
const RETRIES: [usize; 3] = [4, 20, 150];
/// Between two tries.
const BETWEEN: Duration = Duration::from_millis(20);
/// The lines among which a kept scene says whether its window was closed.
const HEAD: usize = 8;

/// A file of its own for the scene of this window.
pub(super) struct Slot {
    /// Its file.
    pub(super) file: PathBuf,
    /// Another window lives.
    pub(super) is_beside: bool,
    /// Scenes of windows that were not closed, but for the one in this file.
    pub(super) others: usize,
    /// It is locked as long as this is open.
    _lock: Option<File>,
}

/// The scene that a file holds from an earlier time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Old {
    /// Its window was not closed.
    is_lost: bool,
    at: SystemTime,
}

impl Slot {
    /// A place that no living window has: that of a scene which was not closed, if `restores`, or else of the last one. Beside a
    /// living window the place of a scene that was closed is as good as an empty one. `None` where there is no place.
    pub(super) fn take(folder: &Path, restores: bool) -> Option<Self> {
        let lost = |old: &Option<Old>| old.is_some_and(|old| old.is_lost);
        let mut free: Vec<(Option<Old>, PathBuf, Option<File>)> = Vec::new();
        let mut is_beside = false;
        let mut tries = 0;
        for number in 1..=MOST {
            let [file, lock] = names(folder, number);
            let is_new = !file.exists() && !lock.exists();
            if is_new && free.iter().any(|(old, ..)| restores || !lost(old)) {
                break;
            }
            match locked(&lock, &mut tries) {
                Ok(lock) => free.push((old(&file), file, lock)),
                Err(()) => is_beside = true,
            }
            if is_new && !free.is_empty() {
                break;
            }
        }
        let all_lost = free.iter().filter(|(old, ..)| lost(old)).count();
        let wanted = free.iter().enumerate().filter(|(_, (old, ..))| restores && (lost(old) || !is_beside));
        let newest =
            wanted.filter(|(_, (old, ..))| old.is_some()).max_by_key(|(place, (old, ..))| (*old, Reverse(*place)));
        let place = newest.map(|(place, _)| place);
        // Nothing is written over what was not closed, as long as there is another place.
        let place =
            place.or_else(|| free.iter().position(|(old, ..)| !lost(old))).or((!free.is_empty()).then_some(0))?;
        let (old, file, lock) = free.swap_remove(place);
        Some(Self { file, is_beside, others: all_lost - usize::from(lost(&old)), _lock: lock })
    }
}

/// The file of a place and that of its lock.
fn names(folder: &Path, number: usize) -> [PathBuf; 2] {
    let name = if number == 1 { "last-scene".to_owned() } else { format!("last-scene-{number}") };
    ["toml", "lock"].map(|ending| folder.join(format!("{name}.{ending}")))
}

/// The lock of a place; nothing to hold where the system has no locks, and an error where another window holds it and goes on to.
fn locked(path: &Path, tries: &mut usize) -> Result<Option<File>, ()> {
    let opened = File::options().create(true).truncate(false).read(true).write(true).open(path);
    let Ok(mut file) = opened else { return Ok(None) };
    loop {
        match file.try_lock() {
            Ok(()) => {
                // Where it cannot be written the next window waits a little longer for this one.
                let _ = file.rewind().and_then(|()| file.set_len(0)).and_then(|()| write!(file, "{}", process::id()));
                return Ok(Some(file));
            }
            Err(TryLockError::WouldBlock) => {
                let most = match is_killed(&file) {
                    Some(false) => RETRIES[0],
                    None => RETRIES[1],
                    Some(true) => RETRIES[2],
                };
                if *tries >= most {
                    return Err(());
                }
                *tries += 1;
                thread::sleep(BETWEEN);
            }
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// Whether the window that holds a lock was killed, or is gone already; `None` where the system does not say.
fn is_killed(lock: &File) -> Option<bool> {
    /// The bit of SIGKILL in a set of signals.
    const KILL: u64 = 1 << 8;
    let mut lock = lock;
    lock.rewind().ok()?;
    let holder: u32 = text_of(&mut lock)?.trim().parse().ok()?;
    let of = |process: &str, what: &str| File::open(Path::new("/proc").join(process).join(what));
    let is_known = of("self", "status").is_ok();
    let holder = holder.to_string();
    let Ok(mut status) = of(&holder, "status") else { return is_known.then_some(true) };
    let status = text_of(&mut status)?;
    let signals = status.lines().filter_map(|line| line.strip_prefix("SigPnd:").or(line.strip_prefix("ShdPnd:")));
    let mut signals = signals.filter_map(|set| u64::from_str_radix(set.trim(), 16).ok());
    // The memory of a process goes before its files, and with it the line of its command.
    let has_memory =
        of(&holder, "cmdline").ok().and_then(|mut line| text_of(&mut line)).is_none_or(|line| !line.is_empty());
    Some(!has_memory || signals.any(|set| set & KILL != 0))
}

fn text_of(file: &mut dyn Read) -> Option<String> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok().map(|_| text)
}

/// What a file holds, as far as it can be read.
fn old(path: &Path) -> Option<Old> {
    let file = File::open(path).ok()?;
    let at = fs::metadata(path).and_then(|about| about.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut lines = BufReader::new(file).lines().take(HEAD).map_while(Result::ok);
    Some(Old { is_lost: lines.any(|line| line.trim_end() == "is_closed = false"), at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::write_file;

    /// Keeps a scene, at this second.
    fn keep(slot: &Slot, is_closed: bool, second: u64) {
        let text = format!("is_saved = true\nis_closed = {is_closed}\nscene = \"\"\n");
        write_file(&slot.file, |out| out.write_all(text.as_bytes())).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        File::options().write(true).open(&slot.file).unwrap().set_modified(at).unwrap();
    }

    fn name(slot: &Slot) -> String {
        slot.file.file_name().unwrap().to_string_lossy().into_owned()
    }

    #[test]
    fn windows_keep_their_scenes_apart() {
        let folder = tempfile::tempdir().unwrap();
        let take = || Slot::take(folder.path(), true).unwrap();
        let first = take();
        assert_eq!((name(&first).as_str(), first.is_beside, first.others), ("last-scene.toml", false, 0));
        keep(&first, false, 1);
        let second = take();
        assert_eq!((name(&second).as_str(), second.is_beside), ("last-scene-2.toml", true));
        keep(&second, false, 2);
        // Both are killed: the newer scene comes back first, and the other one beside it.
        drop((first, second));
        let [newer, older] = [take(), take()];
        assert_eq!((name(&newer).as_str(), newer.is_beside, newer.others), ("last-scene-2.toml", false, 1));
        assert_eq!((name(&older).as_str(), older.is_beside, older.others), ("last-scene.toml", true, 0));
        keep(&newer, true, 3);
        drop(newer);
        // What was closed does not come back beside a living window.
        let third = take();
        assert_eq!((name(&third).as_str(), third.is_beside), ("last-scene-2.toml", true));
        keep(&older, true, 4);
        drop((older, third));
        assert_eq!(name(&take()), "last-scene.toml", "the one that was closed last");
    }

    /// Its lock is held for a moment after it was killed.
    #[test]
    fn a_window_that_has_just_been_killed_is_no_other_window() {
        let folder = tempfile::tempdir().unwrap();
        let killed = Slot::take(folder.path(), true).unwrap();
        keep(&killed, false, 1);
        // No process has this number.
        let [_, lock] = names(folder.path(), 1);
        let mut lock = File::options().write(true).truncate(true).open(lock).unwrap();
        write!(lock, "{}", u32::MAX).unwrap();
        thread::scope(|scope| {
            scope.spawn(move || {
                thread::sleep(3 * BETWEEN);
                drop(killed);
            });
            let next = Slot::take(folder.path(), true).unwrap();
            assert_eq!((name(&next).as_str(), next.is_beside), ("last-scene.toml", false), "its scene comes back");
        });
    }

    #[test]
    fn a_file_that_is_opened_takes_no_place_of_a_scene_that_was_not_closed() {
        let folder = tempfile::tempdir().unwrap();
        keep(&Slot::take(folder.path(), true).unwrap(), false, 1);
        let of_file = Slot::take(folder.path(), false).unwrap();
        assert_eq!((name(&of_file).as_str(), of_file.others), ("last-scene-2.toml", 1));
        keep(&of_file, true, 2);
        drop(of_file);
        assert_eq!(name(&Slot::take(folder.path(), true).unwrap()), "last-scene.toml", "it comes back all the same");
    }

    #[test]
    fn where_nothing_can_be_written_there_is_a_place_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let slot = Slot::take(&folder.path().join("none"), true).unwrap();
        assert!(!slot.is_beside && slot.others == 0);
    }
}
