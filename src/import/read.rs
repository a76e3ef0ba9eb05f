//! The one reader of files: ordinary ones, or standard input, with the limit of their form held while reading.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::fault::{Fault, ReadError};
use super::kind::binary;
use crate::landscapes::STANDARD_INPUT;
use crate::landscapes::excerpt::{of_path, path_of};

/// Bytes of a megabyte.
const MEGABYTE: u64 = 1 << 20;

/// How much is examined before the rest is read.
const BEGINNING: u64 = 8192;

/// A form that files have, by the ending of their names.
struct Form {
    is_text: bool,
    /// The largest that can be of use, in megabytes.
    limit: u64,
}

/// Tables, and whatever has no known ending: ten times the samples and twice the grid points that can be shown.
const TEXT: Form = Form { is_text: true, limit: 64 };

/// One array: the largest grid has 32 MB.
const ARRAY: Form = Form { is_text: false, limit: 64 };

/// Several arrays: of the largest grid losses, x and y, and something beside.
const ARCHIVE: Form = Form { is_text: false, limit: 160 };

impl Form {
    fn of(path: &Path) -> &'static Self {
        let ending = path.extension().map(|ending| ending.to_string_lossy().trim_end().to_lowercase());
        match ending.as_deref() {
            Some("npy") => &ARRAY,
            Some("npz") => &ARCHIVE,
            _ => &TEXT,
        }
    }

    /// The form of what has no name.
    fn of_bytes(beginning: &[u8]) -> &'static Self {
        if beginning.starts_with(b"PK\x03\x04") {
            &ARCHIVE
        } else if beginning.starts_with(b"\x93NUMPY") {
            &ARRAY
        } else {
            &TEXT
        }
    }
}

/// Names of the system for standard input.
const INPUT_BY_NAME: [&str; 3] = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// A device that ends at once.
const NOTHING: &str = "/dev/null";

/// Whether a file's name stands for standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The bytes of an ordinary file.
///
/// # Errors
/// [`ReadError`] if it is not an ordinary file, if it is larger than its form allows, if it has bytes where text is wanted, and
/// if the system refuses it. Nothing is waited for.
pub fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    let read = bytes_of(path).or_else(|fault| match path.to_str().and_then(path_of) {
        // A name that is not a text, as messages write it.
        Some(written) if matches!(fault, Fault::NoFile { .. }) => bytes_of(&written),
        _ => Err(fault),
    });
    read.map_err(|fault| ReadError { name: format!("'{}'", of_path(path)), fault })
}

/// As [`read_file`], where `-` stands for standard input.
///
/// # Errors
/// As [`read_file`]; standard input can be read once.
pub fn read_input(path: &Path) -> Result<Vec<u8>, ReadError> {
    /// There is one standard input.
    static TAKEN: AtomicBool = AtomicBool::new(false);
    if !is_standard_input(path) {
        return read_file(path).map_err(|ReadError { name, fault }| {
            let is_input =
                matches!(fault, Fault::Endless(_)) && INPUT_BY_NAME.iter().any(|known| path == Path::new(known));
            ReadError { name, fault: if is_input { Fault::InputByName } else { fault.with_input() } }
        });
    }
    let read = if TAKEN.swap(true, Ordering::Relaxed) {
        Err(Fault::Taken)
    } else {
        let mut input = io::stdin().lock();
        beginning(&mut input, path).and_then(|begun| bounded(&mut input, begun, None, path))
    };
    read.map_err(|fault| ReadError { name: STANDARD_INPUT.to_owned(), fault })
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Fault> {
    let refused = |error| Fault::of(error, path);
    // Opening a pipe would wait for whoever writes to it.
    let about = fs::metadata(path).map_err(refused)?;
    if let Some(fault) = Fault::of_type(about.file_type()) {
        return Err(if path == Path::new(NOTHING) { Fault::Empty } else { fault });
    }
    let form = Form::of(path);
    if about.len() > form.limit * MEGABYTE {
        return Err(Fault::TooLarge(form.limit));
    }
    let mut file = File::open(path).map_err(refused)?;
    let begun = beginning(&mut file, path)?;
    bounded(&mut file, begun, Some(form), path)
}

/// The first bytes, enough to recognize the form.
fn beginning(input: &mut impl Read, path: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    input.take(BEGINNING).read_to_end(&mut bytes).map_err(|error| Fault::of(error, path))?;
    Ok(bytes)
}

/// What was begun, and the rest of it; the form is found out from the bytes where no name tells it.
fn bounded(input: &mut impl Read, begun: Vec<u8>, form: Option<&'static Form>, path: &Path) -> Result<Vec<u8>, Fault> {
    let form = form.unwrap_or_else(|| Form::of_bytes(&begun));
    if let Some(kind) = binary(&begun).filter(|_| form.is_text) {
        return Err(Fault::Binary(kind));
    }
    let (mut bytes, limit) = (begun, form.limit * MEGABYTE);
    let rest = (limit + 1).saturating_sub(bytes.len() as u64);
    // A file may grow, or have told less of itself than there is.
    input.take(rest).read_to_end(&mut bytes).map_err(|error| Fault::of(error, path))?;
    if bytes.len() as u64 > limit { Err(Fault::TooLarge(form.limit)) } else { Ok(bytes) }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "writes what is to be read")]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn refusal(path: &Path) -> String {
        read_file(path).unwrap_err().to_string()
    }

    #[test]
    fn what_cannot_be_read_is_described_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("zip.csv"), b"PK\x03\x04rest").unwrap();
        fs::write(at("bytes.csv"), b"\x01\x02\x00\x03").unwrap();
        for (name, size) in
            [("big.csv", 1 << 32), ("big", (64 << 20) + 1), ("big.npz", 161 << 20), ("big.npy", 1 << 31)]
        {
            File::create(at(name)).unwrap().set_len(size).unwrap();
        }
        for (path, words) in [
            (folder.path().to_owned(), "this is a folder\nname a file in it"),
            (at("no.csv"), "there is no such file\ncheck its spelling"),
            (at("none/no.csv"), "there is no folder"),
            (PathBuf::from("no-such.csv"), "write the whole path"),
            (PathBuf::from(""), "there is no such file"),
            (at("zip.csv"), "not text, but a zip archive"),
            (at("bytes.csv"), "not text, but binary"),
            (at("big.csv"), "larger than 64 MB"),
            (at("big"), "larger than 64 MB"),
            (at("big.npz"), "larger than 160 MB"),
            (at("big.npy"), "larger than 64 MB"),
        ] {
            let said = refusal(&path);
            assert!(said.contains(words) && said.lines().count() <= 2, "{}: {said}", path.display());
        }
        let said = refusal(&at(&"7".repeat(300)));
        assert!(said.contains("its name is too long") && !said.contains("os error"), "{said}");
        assert!(refusal(&at(&"7".repeat(5000))).chars().count() < 200, "a long name");
        assert!(read_file(&at("zip.csv")).unwrap_err().is_of_contents(), "a file of another kind");
        assert!(!read_file(&at("no.csv")).unwrap_err().is_of_contents(), "no file");
    }

    #[cfg(unix)]
    #[test]
    fn files_without_end_are_not_opened() {
        let said = refusal(Path::new("/dev/null"));
        assert!(said.ends_with(": it is empty"), "{said}");
        for (path, words) in [("/dev/zero", "this is a device"), ("/dev/full", "this is a device")] {
            let said = refusal(Path::new(path));
            assert!(said.contains(words) && said.ends_with("save what it holds in a file first"), "{path}: {said}");
            let said = read_input(Path::new(path)).unwrap_err().to_string();
            assert!(said.contains(words) && said.contains("write - for the file"), "{path}: {said}");
        }
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket.csv");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(refusal(&socket).contains("this is a socket"), "{}", refusal(&socket));
    }

    #[test]
    fn no_more_is_read_than_the_limit() {
        let endless = || io::repeat(b'1');
        let text = bounded(&mut endless(), Vec::new(), Some(&TEXT), Path::new("a.csv"));
        assert!(matches!(text, Err(Fault::TooLarge(64))), "an endless text");
        let short = bounded(&mut b"2\n".as_slice(), b"x,y\n1,".to_vec(), Some(&TEXT), Path::new("a.csv")).unwrap();
        assert_eq!(short, b"x,y\n1,2\n", "both parts");
        let mut zeros = io::repeat(0);
        let begun = beginning(&mut zeros, Path::new("-")).unwrap();
        assert!(matches!(bounded(&mut zeros, begun, None, Path::new("-")), Err(Fault::Binary(_))), "endless zeros");
    }

    #[test]
    fn a_name_may_hold_anything() {
        let folder = tempfile::tempdir().unwrap();
        let mut names: Vec<std::ffi::OsString> = vec![" a.csv ".into(), "a\nb\u{1b}[31m.csv".into(), "-".into()];
        #[cfg(unix)]
        names.push(std::os::unix::ffi::OsStringExt::from_vec(b"\xff\xfe.csv".to_vec()));
        for name in names {
            let path = folder.path().join(&name);
            fs::write(&path, "x,y\n1,2\n").unwrap();
            assert_eq!(read_file(&path).unwrap(), b"x,y\n1,2\n", "{name:?}");
        }
    }
}
