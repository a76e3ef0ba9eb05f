//! The table of layers in ARCHITECTURE.md, held against every file: who imports whom, and who may name what.

use std::collections::BTreeSet;

use taylorscope::optimizers::{Choice, ENTRIES};

use crate::source::{Source, sources, table, text};

/// A line of the table.
struct Layer {
    folder: String,
    number: u32,
    may_import: Vec<String>,
    may_name: Vec<String>,
}

impl Layer {
    /// Whether a file of this folder may name things of a kind: `disk`, or `disk in atomic.rs`.
    fn allows(&self, kind: &str, path: &str) -> bool {
        self.may_name.iter().any(|word| match word.split_once(" in ") {
            Some((word, file)) => word == kind && path.ends_with(&format!("/{file}")),
            None => word == kind,
        })
    }
}

fn layers(markdown: &str) -> Vec<Layer> {
    let words =
        |cell: &str| cell.split(',').map(|word| word.trim().replace('`', "")).filter(|word| word != "–").collect();
    let layer = |row: Vec<String>| Layer {
        folder: row[0].replace('`', "").trim_end_matches('/').to_owned(),
        number: row[1].parse().expect("a number"),
        may_import: words(&row[2]),
        may_name: words(&row[3]),
    };
    table(markdown, "Layers").into_iter().map(layer).collect()
}

/// What only some folders may name, and how to tell.
struct Kind {
    word: &'static str,
    is: fn(&[&str]) -> bool,
    /// Code that names it.
    example: &'static str,
}

const KINDS: &[Kind] = &[
    Kind {
        word: "egui",
        // Its emath is plane geometry, without a toolkit.
        is: |path| path[0].starts_with("egui") || ["epaint", "ecolor"].contains(&path[0]),
        example: "fn f(ui: &mut egui::Ui) {}",
    },
    Kind { word: "emath", is: |path| path[0] == "emath", example: "use emath::Pos2;" },
    Kind { word: "eframe", is: |path| path[0] == "eframe", example: "use eframe::App;" },
    Kind { word: "rayon", is: |path| path[0] == "rayon", example: "use rayon::prelude::*;" },
    Kind { word: "threads", is: |path| path.starts_with(&["std", "thread"]), example: "use std::{fmt, thread};" },
    Kind {
        word: "disk",
        is: |path| path.starts_with(&["std", "fs"]) || path[0] == "tempfile",
        example: "use std::fs::{self, File};",
    },
    Kind {
        word: "clock",
        is: |path| path.contains(&"Instant") || path.contains(&"SystemTime"),
        example: "use std::time::{Duration, Instant};",
    },
    Kind {
        word: "environment",
        is: |path| path.starts_with(&["std", "env"]),
        example: "fn f() { let _ = std::env::var(\"HOME\"); }",
    },
    Kind {
        word: "colors",
        is: |path| {
            path.iter().any(|word| word.starts_with("Color32")) && path.iter().any(|word| word.starts_with("from_"))
                || path.contains(&"hex_color!")
        },
        example: "fn f() { let _ = Color32::from_gray(3); }",
    },
    Kind {
        word: "terminal",
        is: |path| {
            path.iter()
                .any(|word| ["print!", "println!", "eprint!", "eprintln!", "dbg!", "stdout", "stderr"].contains(word))
        },
        example: "fn f() { println!(\"here\"); }",
    },
];

/// What the table has against a file.
fn complaints(source: &Source, layers: &[Layer]) -> Vec<String> {
    let path = &source.path;
    let mut found = Vec::new();
    if !source.text.starts_with("//! ") {
        found.push(format!("{path} does not begin by saying what it is: //! …"));
    }
    let layer = layers.iter().find(|layer| layer.folder == source.folder());
    for folder in source.imports() {
        if !layer.is_some_and(|layer| layer.may_import.contains(&folder)) {
            found.push(format!("{path} imports from {folder}, which the table does not allow"));
        }
    }
    for named in &source.named {
        let words: Vec<&str> = named.segments.iter().map(String::as_str).collect();
        for kind in KINDS.iter().filter(|kind| (kind.is)(&words)) {
            if !layer.is_some_and(|layer| layer.allows(kind.word, path)) {
                found.push(format!("{path} names {}, but {} is not its business", words.join("::"), kind.word));
            }
        }
    }
    found
}

#[test]
fn every_file_keeps_to_its_layer() {
    let layers = layers(&text("ARCHITECTURE.md"));
    let found: Vec<String> = sources("src").iter().flat_map(|source| complaints(source, &layers)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_table_names_every_folder_and_points_downward() {
    let layers = layers(&text("ARCHITECTURE.md"));
    for source in sources("src").iter().filter(|source| source.path != "src/lib.rs") {
        assert!(layers.iter().any(|layer| layer.folder == source.folder()), "{} has no line in the table", source.path);
    }
    for layer in &layers {
        let path = crate::source::root().join("src").join(&layer.folder);
        assert!(path.exists(), "{} is in the table only", layer.folder);
        for below in &layer.may_import {
            let below =
                layers.iter().find(|other| other.folder == *below).unwrap_or_else(|| panic!("{below} has no line"));
            assert!(below.number < layer.number, "{} may not import from {}: not below it", layer.folder, below.folder);
        }
        for word in &layer.may_name {
            let word = word.split(" in ").next().unwrap_or(word);
            assert!(KINDS.iter().any(|kind| kind.word == word), "no rule knows what '{word}' is");
        }
    }
}

#[test]
fn every_file_of_tests_and_benchmarks_says_what_it_is() {
    for source in sources("tests").iter().chain(sources("benches")) {
        assert!(source.text.starts_with("//! "), "{}", source.path);
    }
}

/// A file of one idea is read in one sitting.
#[test]
fn no_file_is_longer_than_450_lines() {
    let all = ["src", "tests", "benches"].into_iter().flat_map(sources);
    let long: Vec<&str> =
        all.filter(|source| source.text.lines().count() > 450).map(|source| source.path.as_str()).collect();
    assert!(long.is_empty(), "divide them by what they hold: {long:?}");
}

/// What each rule refuses, and what it lets pass.
#[test]
fn the_rules_bite() {
    let layers = layers(&text("ARCHITECTURE.md"));
    let check = |path: &str, code: &str| complaints(&Source::of(path, &format!("//! A file.\n{code}")), &layers);
    for (path, code) in [
        ("src/run/x.rs", "use crate::state::State;"),
        ("src/run/x.rs", "use crate::{numbers::Point, drawing::ink::{Ink, Theme}};"),
        ("src/run/x.rs", "fn f() { crate::ui::window::window_ui(); }"),
        ("src/run/x.rs", "use super::super::ui;"),
        ("src/ui/views/x.rs", "use super::super::super::app;"),
        ("src/run/mod.rs", "mod tests { use super::super::state::State; }"),
        ("src/run/x.rs", "use taylorscope::state::State;"),
        ("src/drawing/x.rs", "use crate::state::View;"),
        ("src/cli/x.rs", "use crate::app::window;"),
        ("src/unknown/x.rs", "use crate::numbers::Point;"),
    ] {
        assert_eq!(check(path, code).len(), 1, "{path}: {code}");
    }
    for kind in KINDS {
        assert!(!check("src/optimizers/x.rs", kind.example).is_empty(), "{}", kind.example);
    }
    assert!(
        !complaints(&Source::of("src/run/x.rs", "use crate::numbers::Point;"), &layers).is_empty(),
        "no first line"
    );
    assert!(!check("src/numbers/random.rs", "use rayon::join;").is_empty(), "rayon is for one file");
    assert!(
        !check("src/render/flat.rs", "fn f() { Color32::from_rgb(0, 0, 0); }").is_empty(),
        "colors are for two files"
    );
    for (path, code) in [
        ("src/run/x.rs", "/// As crate::ui says, println!\nuse crate::numbers::Point; // crate::ui"),
        ("src/run/x.rs", "const WORDS: &str = \"crate::ui::window\";"),
        ("src/run/mod.rs", "mod tests { use super::*; }"),
        ("src/run/x.rs", "mod tests { use super::super::Recipe; }"),
        ("src/ui/views/x.rs", "use super::super::theme; use crate::ui::actions;"),
        ("src/numbers/parallel.rs", "use rayon::prelude::*;"),
    ] {
        assert_eq!(check(path, code), [""; 0], "{path}: {code}");
    }
}

/// The code of a file without its tests: what stands before them, or nothing where the file is one.
fn code_of(source: &Source, tests: &BTreeSet<String>) -> String {
    let is_test = source.path.ends_with("/tests.rs") || tests.contains(&source.path);
    let code = source.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    if is_test { String::new() } else { code.to_owned() }
}

/// Files that are compiled for tests alone: `#[cfg(test)] mod NAME;`.
fn test_modules(sources: &[Source]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources {
        let folder = source.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        let declared = source.text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            rest[name.len()..].starts_with(';').then_some(name)
        });
        found.extend(declared.map(|name| format!("{folder}/{name}.rs")));
    }
    found
}

/// Every fact about a method stands in its entry, so that nothing else has to know its id or how its quantities are called.
#[test]
fn no_file_but_its_own_names_a_method_or_a_quantity() {
    // Scenes spell their methods as the command line does.
    const SCENES: [&str; 1] = ["src/state/opening.rs"];
    let sources = sources("src");
    let tests = test_modules(sources);
    let mut names: Vec<(String, &str)> =
        ENTRIES.iter().map(|method| (format!("\"{}\"", method.id), method.id)).collect();
    for method in ENTRIES {
        let state = Choice::of(method).build().state();
        // A single word may be the name of something else.
        let phrases = state.iter().map(|(quantity, _)| quantity.name).filter(|name| name.contains(' '));
        names.extend(phrases.map(|name| (format!("\"{name}\""), "optimizers")));
    }
    let mut own = 0;
    for source in sources.iter().filter(|source| !SCENES.contains(&source.path.as_str())) {
        let code = code_of(source, &tests);
        for (name, home) in names.iter().filter(|(name, _)| code.contains(name)) {
            let is_home = match *home {
                "optimizers" => source.path.starts_with("src/optimizers/"),
                id => source.path == format!("src/optimizers/{id}.rs"),
            };
            assert!(is_home, "{}: {name} is a fact about a method: make it a field of its entry", source.path);
            own += usize::from(*home != "optimizers");
        }
        let by_name = [".parameter_index(\"", ".parameter_index(&\""].iter().find(|call| code.contains(**call));
        assert_eq!(by_name, None, "{}: parameters are found by their ids", source.path);
    }
    assert_eq!(own, ENTRIES.len(), "each method names itself, in its own file");
}

/// What acts on the whole state lies in `handlers/`, so that its parts can be read without it, and none imports another in a circle.
#[test]
fn no_part_of_the_state_knows_the_state_as_a_whole() {
    const MAY: [&str; 5] =
        ["state.rs", "step_text.rs", "lessons/goal_met.rs", "lessons/goal_measured.rs", "lessons/proof.rs"];
    let sources = sources("src");
    let tests = test_modules(sources);
    let knows = |source: &&Source| {
        let code = Source::of(&source.path, &code_of(source, &tests));
        code.named.iter().any(|named| named.segments.iter().any(|word| word == "State"))
    };
    let parts = sources.iter().filter_map(|source| Some((source, source.path.strip_prefix("src/state/")?)));
    let parts = parts.filter(|(_, path)| !path.starts_with("handlers/") && *path != "mod.rs");
    let found: BTreeSet<&str> = parts.filter(|(source, _)| knows(source)).map(|(_, path)| path).collect();
    assert_eq!(found, MAY.into(), "put what changes the state into src/state/handlers/");
}

/// The first call of a method of `f64` that comes from the system's C library, whose last digits differ between platforms. Code
/// that is generic over `Real` calls the methods of that trait, which have the same names.
fn of_the_platform(code: &str) -> Option<String> {
    const METHODS: [&str; 22] = [
        "hypot", "sin", "cos", "tan", "sin_cos", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
        "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "cbrt",
    ];
    let is_generic = code.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "Real");
    METHODS
        .into_iter()
        .flat_map(|name| [format!(".{name}("), format!("f64::{name}")])
        .find(|call| !is_generic && code.lines().any(|line| !line.trim().starts_with("//") && line.contains(call)))
}

/// A path of a run is the same on every platform, and so is all that is found out about one.
#[test]
fn what_is_computed_does_not_depend_on_the_platform() {
    const COMPUTE: [&str; 8] = ["numbers", "landscapes", "analysis", "optimizers", "run", "studies", "quiz", "state"];
    let sources = sources("src");
    let tests = test_modules(sources);
    for source in sources.iter().filter(|source| COMPUTE.contains(&source.folder())) {
        // Written numbers may be rounded by any library, and tests may compare with it.
        if source.path != "src/numbers/numerals.rs" && !source.path.contains("/tests/") {
            let found = of_the_platform(&code_of(source, &tests));
            assert_eq!(found, None, "{}: libm has the same function for every platform", source.path);
        }
    }
    assert_eq!(of_the_platform("fn f(x: f64) -> f64 { x.hypot(1.0) }").as_deref(), Some(".hypot("));
    assert_eq!(of_the_platform("fn f<T: Real>(x: T) -> T { x.sin() } // x.cos()"), None, "by the trait");
    assert_eq!(of_the_platform("/// As x.sin() does.\nfn f(x: f64) -> f64 { libm::sin(x) }"), None, "libm");
}

/// A dashed line is the future of a run, and nothing else.
#[test]
fn only_the_future_of_a_run_is_dashed() {
    const MAY: [&str; 4] = [
        // How a dash is drawn.
        "src/drawing/compose/strokes.rs",
        "src/render/surface_scene.rs",
        // The runs, on the map and on the curve.
        "src/drawing/overlays/paths.rs",
        "src/drawing/curve/value.rs",
    ];
    let sources = sources("src");
    let tests = test_modules(sources);
    let dashed = |source: &&Source| code_of(source, &tests).contains("Dash::Dashed");
    let found: BTreeSet<&str> = sources.iter().filter(dashed).map(|source| source.path.as_str()).collect();
    assert_eq!(found, MAY.into(), "nothing else is drawn with dashes");
}
