//! What a file is by its first bytes, where that is certainly not text.

/// A kind of file that is not text.
#[derive(Debug, PartialEq)]
pub(super) struct Kind {
    /// Its first bytes.
    signature: &'static [u8],
    /// What people call it.
    pub(super) words: &'static str,
}

/// The kinds that are taken for tables most often.
const KINDS: &[Kind] = &[
    Kind { signature: b"PK\x03\x04", words: "a zip archive, as .npz, .xlsx and .ods files are" },
    Kind { signature: b"\x93NUMPY", words: "an array of NumPy, whose name ends in .npy" },
    Kind { signature: b"\x1f\x8b", words: "a file compressed by gzip" },
    Kind { signature: b"\x89HDF\r\n", words: "an HDF5 file" },
    Kind { signature: b"\x89PNG", words: "a PNG picture" },
    Kind { signature: b"\xff\xd8\xff", words: "a JPEG picture" },
    Kind { signature: b"%PDF", words: "a PDF document" },
    Kind { signature: b"\xd0\xcf\x11\xe0", words: "an old Excel workbook" },
    Kind { signature: b"\x7fELF", words: "a program" },
    Kind { signature: b"SQLite format 3", words: "a SQLite database" },
    Kind { signature: b"PAR1", words: "a Parquet file" },
    Kind { signature: b"\x80\x04\x95", words: "a pickle of Python" },
];

/// Bytes that no kind claims.
const UNKNOWN: Kind = Kind { signature: b"", words: "binary" };

/// What the beginning of a file shows it to be; `None` where it may be text.
///
/// A zero byte is in no text but UTF-16 and UTF-32, which begin with a byte order mark; they are left to the reader of
/// tables.
pub(super) fn binary(beginning: &[u8]) -> Option<&'static Kind> {
    let marked = beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff");
    let known = KINDS.iter().find(|kind| beginning.starts_with(kind.signature));
    known.or_else(|| (!marked && beginning.contains(&0)).then_some(&UNKNOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_files_are_told_from_text() {
        for (bytes, words) in [
            (b"x,y\n1,2\n".as_slice(), None),
            (b"", None),
            (b"\xef\xbb\xbfx,y\n", None),
            (b"\xff\xfex\0,\0y\0", None),
            (b"temp\xe9rature,y\n", None),
            (b"PK\x03\x04rest", Some("zip archive")),
            (b"\x93NUMPY\x01\0", Some(".npy")),
            (b"\x1f\x8b\x08", Some("gzip")),
            (b"\x12\x9a\x00\x44", Some("binary")),
        ] {
            let found = binary(bytes).map(|kind| kind.words);
            assert!(
                found.is_some() == words.is_some() && found.unwrap_or("").contains(words.unwrap_or("")),
                "{bytes:?}: {found:?}"
            );
        }
    }
}
