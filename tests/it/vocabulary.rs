//! The words of the textbooks: identifiers, comments and whatever the program says have none of its own.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::source::{Source, sources};

/// Words that only this program would use; the field has others: parameter, local model, kink line, smooth piece, job.
const PRIVATE: [&str; 7] = ["knob", "sheet", "facet", "crease", "errand", "crawl", "ringing"];

/// The parts of which an identifier is made, in lower case.
fn parts_of(name: &str) -> Vec<String> {
    let spaced: String = name.chars().fold(String::new(), |mut spaced, letter| {
        if letter.is_uppercase() || letter == '_' {
            spaced.push(' ');
        }
        spaced.extend(letter.to_lowercase());
        spaced
    });
    spaced.split([' ', '_']).map(str::to_owned).collect()
}

#[test]
fn code_and_comments_have_the_words_of_the_field() {
    for source in ["src", "tests", "benches", "examples"].into_iter().flat_map(sources) {
        let names = source.named.iter().flat_map(|named| &named.segments);
        let mut words: BTreeSet<String> = names.flat_map(|name| parts_of(name.trim_end_matches('!'))).collect();
        let comments = source.text.lines().map(str::trim).filter(|line| line.starts_with("//"));
        words.extend(
            comments.flat_map(|line| line.split(|letter: char| !letter.is_alphabetic())).map(str::to_lowercase),
        );
        let found: Vec<&String> = words.iter().filter(|word| PRIVATE.contains(&word.trim_end_matches('s'))).collect();
        assert!(found.is_empty() || source.path == "tests/it/vocabulary.rs", "{}: {found:?}", source.path);
    }
}

/// Words that no text on screen has; with "promised", "gap" and "fog" sentences and lessons may teach.
const UNSPOKEN: [&str; 35] = [
    "land",
    "lands",
    "sheet",
    "sheets",
    "fold",
    "folds",
    "folded",
    "crease",
    "knob",
    "knobs",
    "told",
    "tell",
    "tells",
    "telling",
    "hop",
    "hops",
    "hopping",
    "ringing",
    "crawl",
    "crawls",
    "forgone",
    "parabola",
    "parabolas",
    "believe",
    "believes",
    "believed",
    "errand",
    "facet",
    "somebody",
    "anybody",
    "nobody",
    "foretells",
    "debiased",
    "trough",
    "hilltop",
];

/// Whether a file, or what follows an attribute, is a test.
fn is_of_tests(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("tests.rs")
}

/// The string literals of some code that people may read: without documentation, tests, and ids in one word of small letters.
fn spoken(tokens: TokenStream, out: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                // Of a whole file: `#![…]`.
                tokens.next_if(|next| matches!(next, TokenTree::Punct(mark) if mark.as_char() == '!'));
                let attribute = tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
                if attribute.is_some_and(|attribute| attribute.to_string().replace(' ', "").contains("cfg(test)")) {
                    // The item is over with its block, or with a semicolon.
                    for token in tokens.by_ref() {
                        let is_block =
                            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                        let is_end = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ';');
                        if is_block || is_end {
                            break;
                        }
                    }
                }
            }
            TokenTree::Group(group) => spoken(group.stream(), out),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let is_id = text.chars().all(|letter| letter.is_ascii_lowercase() || "\"_".contains(letter));
                if text.contains('"') && !is_id {
                    out.push(text);
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The private words in the texts of some code.
fn unspoken_in(code: &str) -> Vec<String> {
    let mut texts = Vec::new();
    spoken(code.parse().expect("it compiles"), &mut texts);
    let is_private = |text: &String| {
        let words = text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
        words.into_iter().any(|word| UNSPOKEN.contains(&word.as_str()))
    };
    texts.into_iter().filter(is_private).collect()
}

#[test]
fn texts_on_screen_have_the_words_of_the_field() {
    for Source { path, text, .. } in sources("src") {
        if is_of_tests(path) {
            continue;
        }
        // The name of a landscape is a name.
        let found: Vec<String> = unspoken_in(text)
            .into_iter()
            .filter(|text| !["\"Trough\"", "\"Parabola\""].contains(&text.as_str()))
            .collect();
        assert!(found.is_empty(), "{path}: {found:#?}");
    }
}

#[test]
fn texts_are_read_without_documentation_tests_and_ids() {
    let code = "//! A land.\n/// The land.\nconst A: &str = \"The land here\"; const B: &str = \"land\";\n\
                #[cfg(test)]\nmod tests { fn f() { g(\"a land\") } }\nfn h() { say!(\"{x} folds\") }";
    assert_eq!(unspoken_in(code), ["\"The land here\"", "\"{x} folds\""]);
    assert!(is_of_tests("src/a/tests/b.rs") && is_of_tests("src/a/surface_tests.rs") && !is_of_tests("src/a/b.rs"));
}
