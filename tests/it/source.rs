//! Rust files as the paths they name: comments and strings left out, `use` groups spelled out, `super` resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A path as it stands in the code, and how many inline modules it stands in.
pub(crate) struct Named {
    /// `crate`, `drawing`, `ink`; a macro ends with its `!`.
    pub segments: Vec<String>,
    inline: usize,
}

/// A file of the program.
pub(crate) struct Source {
    /// Relative to the repository, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
    /// Every path it names.
    pub named: Vec<Named>,
}

impl Source {
    /// Reads what a file would say.
    pub(crate) fn of(path: &str, text: &str) -> Self {
        let tokens = text.parse::<TokenStream>().unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut named = Vec::new();
        walk(tokens, &[], 0, &mut named);
        Self { path: path.to_owned(), text: text.to_owned(), named }
    }

    /// The folder of `src` it lies in, or its own name.
    pub(crate) fn folder(&self) -> &str {
        self.path.trim_start_matches("src/").split('/').next().unwrap_or_default()
    }

    /// The folders it imports from, by `use` or by a path in the code.
    pub(crate) fn imports(&self) -> BTreeSet<String> {
        let others = self.named.iter().filter_map(|named| self.target(named));
        others.filter(|folder| folder != self.folder()).collect()
    }

    fn target(&self, named: &Named) -> Option<String> {
        let supers = named.segments.iter().take_while(|segment| *segment == "super").count();
        match named.segments[0].as_str() {
            "crate" | "taylorscope" => named.segments.get(1).cloned(),
            "super" if supers >= self.depth() + named.inline => named.segments.get(supers).cloned(),
            _ => None,
        }
    }

    /// How many `super`s lead from here to the crate.
    fn depth(&self) -> usize {
        let parts = self.path.trim_start_matches("src/").split('/');
        parts.filter(|part| !["mod.rs", "lib.rs", "main.rs"].contains(part)).count()
    }
}

/// Collects the paths of some code; those within a `use` group begin with `prefix`.
fn walk(tokens: TokenStream, prefix: &[String], inline: usize, out: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let punct =
        |at: usize, wanted| matches!(tokens.get(at), Some(TokenTree::Punct(found)) if found.as_char() == wanted);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) => {
                let is_module = at >= 3 && matches!(&tokens[at - 3], TokenTree::Ident(word) if word == "mod");
                walk(group.stream(), &[], inline + usize::from(is_module), out);
            }
            TokenTree::Ident(word) => {
                let mut segments = prefix.to_vec();
                segments.push(word.to_string());
                while punct(at, ':') && punct(at + 1, ':') {
                    match tokens.get(at + 2) {
                        Some(TokenTree::Ident(word)) => segments.push(word.to_string()),
                        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                            walk(group.stream(), &segments, inline, out);
                        }
                        _ => break,
                    }
                    at += 3;
                }
                if matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == '!' && mark.spacing() == Spacing::Alone)
                {
                    segments.last_mut().expect("has the word").push('!');
                }
                out.push(Named { segments, inline });
            }
            _ => {}
        }
    }
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the repository.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What lies in the folder but is no part of the repository; in a work tree `.git` is a file.
const HIDDEN: [&str; 2] = [".git", "target"];

/// Every file below a folder of the repository, relative to it, in order.
pub(crate) fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder can be read") {
        let entry = entry.expect("its entries too");
        let name = entry.file_name().into_string().expect("names are UTF-8");
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if entry.path().is_dir() {
            if !HIDDEN.contains(&path.as_str()) {
                found.extend(files(&path));
            }
        } else if !HIDDEN.contains(&path.as_str()) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether a file's name ends with a dot and this.
pub(crate) fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == ending)
}

/// Every Rust file below a folder; read once, for all tests that ask.
pub(crate) fn sources(folder: &'static str) -> &'static [Source] {
    static READ: Mutex<BTreeMap<&str, &[Source]>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.entry(folder).or_insert_with(|| {
        let paths = files(folder).into_iter().filter(|path| has_ending(path, "rs"));
        paths.map(|path| Source::of(&path, &text(&path))).collect::<Vec<_>>().leak()
    })
}

/// The cells of the table under a heading, header and rule left out.
pub(crate) fn table(markdown: &str, heading: &str) -> Vec<Vec<String>> {
    let lines = markdown.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading).skip(1);
    let rows = lines.take_while(|line| !line.starts_with('#')).filter(|line| line.starts_with('|'));
    rows.skip(2).map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}
