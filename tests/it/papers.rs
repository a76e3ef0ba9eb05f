//! README, change log, manifest and top level, held against the program and the rules of the house.

use std::collections::BTreeSet;
use std::fs;

use taylorscope::drawing::overlays;
use taylorscope::{landscapes, optimizers};

use taylorscope::drawing::Pane;
use taylorscope::drawing::overlays::OverlayGroup;

use crate::source::{Source, files, has_ending, root, sources, table, text};

/// The first two cells of a table: `id` and name.
fn listed(heading: &str) -> Vec<[String; 2]> {
    let rows = table(&text("README.md"), heading).into_iter();
    rows.map(|row| [row[0].trim_matches('`').to_owned(), row[1].clone()]).collect()
}

#[test]
fn the_readme_lists_every_landscape_and_no_other() {
    let known: Vec<[String; 2]> =
        landscapes::entries().map(|entry| [entry.id.to_owned(), entry.name.to_owned()]).collect();
    assert_eq!(listed("Landscapes"), known, "in the order of the picker");
}

#[test]
fn the_readme_lists_every_method_and_no_other() {
    let known: Vec<[String; 2]> =
        optimizers::ENTRIES.iter().map(|entry| [entry.id.to_owned(), entry.name.to_owned()]).collect();
    assert_eq!(listed("Methods"), known, "in the order of the menu");
}

#[test]
fn the_readme_lists_every_overlay_and_no_other() {
    let known: Vec<[String; 2]> =
        overlays::ALL.iter().map(|overlay| [overlay.id.name().to_owned(), overlay.label.to_owned()]).collect();
    assert_eq!(listed("What it shows"), known, "in the order of the list");
}

/// The keys that a table of actions names, as they are printed on a keyboard.
fn keys_of(code: &str) -> BTreeSet<String> {
    let source = Source::of("src/ui/actions.rs", code.split("#[cfg(test)]").next().unwrap_or_default());
    let keys = source.named.iter().filter_map(|named| match named.segments.as_slice() {
        [key, name] if key == "Key" && name.starts_with(char::is_uppercase) => Some(name.as_str()),
        _ => None,
    });
    let printed = keys.map(|key| match key {
        "ArrowRight" => "→",
        "ArrowLeft" => "←",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "OpenBracket" => "[",
        "CloseBracket" => "]",
        "Questionmark" => "?",
        "Escape" => "Esc",
        "Plus" => "+",
        "Minus" => "-",
        "Equals" => "=",
        "Period" => ".",
        "Comma" => ",",
        other => other.strip_prefix("Num").unwrap_or(other),
    });
    printed.map(str::to_owned).collect()
}

/// The keys of the README's table, without Ctrl, Shift and Alt; `1`–`9` are nine.
fn keys_of_readme(readme: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for row in table(readme, "Keys") {
        for key in row[0].split('`').skip(1).step_by(2) {
            let key = ["Ctrl+", "Shift+", "Alt+"].into_iter().fold(key, |key, held| key.trim_start_matches(held));
            keys.insert(key.to_owned());
        }
    }
    if keys.contains("1") && keys.contains("9") {
        keys.extend(('1'..='9').map(String::from));
    }
    keys
}

/// Every key that does something.
fn acting() -> BTreeSet<String> {
    let tables = sources("src").iter().filter(|source| source.path.starts_with("src/ui/actions/"));
    let mut acting: BTreeSet<String> = tables.flat_map(|source| keys_of(&source.text)).collect();
    // The keys of the tabs and of the *Show* list stand in their entries.
    acting.extend(Pane::TABS.iter().filter_map(|tab| tab.key()).map(String::from));
    acting.extend(OverlayGroup::ALL.iter().map(|group| group.digit().to_string()));
    acting
}

#[test]
fn the_readme_lists_every_key_and_no_other() {
    let acting = acting();
    assert!(acting.len() > 30, "the tables are found: {acting:?}");
    let description = keys_of_readme(&text("README.md"));
    let untold: Vec<&String> = acting.difference(&description).collect();
    assert!(untold.is_empty(), "README.md does not tell of {untold:?}");
    let idle: Vec<&String> = description.difference(&acting).collect();
    assert!(idle.is_empty(), "README.md tells of {idle:?}, which do nothing");
}

/// Who adds a tab is given keys that are free, and that the toolkit knows.
#[test]
fn the_recipe_for_a_tab_names_keys_that_are_free() {
    let architecture = text("ARCHITECTURE.md");
    let recipe = architecture.split("\n### A tab\n").nth(1).and_then(|rest| rest.split("\n### ").next()).unwrap();
    let line = recipe.lines().find(|line| line.contains("free: ")).expect("a line names them");
    let free: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
    assert!(!free.is_empty(), "{line}");
    for key in free {
        assert!(
            !acting().contains(key),
            "ARCHITECTURE.md calls {key} free, but it does something: README.md says what"
        );
        let known = egui::Key::from_name(key).expect("a key");
        assert_eq!(known.symbol_or_name(), key, "the list of keys prints it");
    }
}

#[test]
fn keys_are_read_from_code_and_from_the_table() {
    let code = "fn f() { a.plain(Key::ArrowRight).key(Modifiers::COMMAND, Key::Z); [Key::Num1] }\n#[cfg(test)] mod tests { Key::Q }";
    assert_eq!(keys_of(code), ["1", "Z", "→"].map(str::to_owned).into());
    let readme =
        "## Keys\n\n| key | does |\n|---|---|\n| `→`, `Ctrl+Shift+Z` | x |\n| `8` | y |\n\n## Other\n| `q` | z |\n";
    assert_eq!(keys_of_readme(readme), ["8", "Z", "→"].map(str::to_owned).into());
}

/// Words of one machine or of one registry; in two halves, so that this file may hold them.
const FORBIDDEN: &[[&str; 2]] = &[
    ["/wo", "rk/"],
    ["/tm", "p/"],
    ["/ro", "ot/"],
    ["/ho", "me/"],
    ["C:", "\\"],
    ["../sha", "red"],
    ["crates", ".io"],
    ["docs", ".rs"],
    ["lib", ".rs/"],
];

fn forbidden_in(text: &str) -> Vec<String> {
    FORBIDDEN.iter().map(|halves| halves.concat()).filter(|word| text.contains(word.as_str())).collect()
}

#[test]
fn the_project_speaks_of_itself_alone() {
    // The lock file names the registry in every entry; the check of the whole may name what it is checked against.
    for path in files("").iter().filter(|path| !["Cargo.lock", ".ci/run"].contains(&path.as_str())) {
        let bytes = fs::read(root().join(path)).unwrap();
        let found = std::str::from_utf8(&bytes).map(forbidden_in).unwrap_or_default();
        assert!(found.is_empty(), "{path} speaks of {found:?}");
    }
    for word in FORBIDDEN.iter().map(|halves| halves.concat()) {
        assert_eq!(forbidden_in(&format!("see {word}x")), [word], "the check sees it");
    }
}

/// The dependencies that have no comment right above them.
fn silent_dependencies(manifest: &str) -> Vec<&str> {
    let mut section = "";
    let mut above = "";
    let mut silent = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies")
            && line.contains('=')
            && !line.starts_with('#')
            && !above.starts_with('#')
        {
            silent.push(line);
        }
        above = line;
    }
    silent
}

#[test]
fn every_dependency_says_what_it_is_for() {
    assert_eq!(silent_dependencies(&text("Cargo.toml")), [""; 0]);
    assert_eq!(
        silent_dependencies("[dependencies]\n# Why.\na = \"1\"\nb = \"1\"\n[features]\nc = []\n"),
        ["b = \"1\""]
    );
}

#[test]
fn nothing_else_lies_at_the_top() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "assets",
        "tests",
        "benches",
        "examples",
        "fuzz",
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "rust-toolchain.toml",
        "deny.toml",
    ];
    let ignored = text(".gitignore");
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = name.starts_with('.')
            || allowed.contains(&name.as_str())
            || ignored.lines().any(|line| line.trim_start_matches('/') == name);
        assert!(known, "{name} has no place at the top level");
    }
}

/// The paths between back-ticks that lead nowhere: neither as written, nor below `src/`, nor below the folder of a path before
/// them in the same line. A file `NAME.rs` is one that the reader is to write.
fn dead_paths(markdown: &str) -> Vec<&str> {
    let mut dead = Vec::new();
    for line in markdown.lines() {
        let mut folders = vec![String::new(), "src/".to_owned()];
        for path in line.split('`').skip(1).step_by(2).filter(|path| path.ends_with('/') || has_ending(path, "rs")) {
            let exists =
                |folder: &&String| root().join(folder.as_str()).join(path.trim_end_matches("NAME.rs")).exists();
            let Some(folder) = folders.iter().find(exists) else {
                dead.push(path);
                continue;
            };
            folders.push(format!("{folder}{}", &path[..path.rfind('/').map_or(0, |end| end + 1)]));
        }
    }
    dead
}

#[test]
fn every_path_that_the_documents_name_exists() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        assert_eq!(dead_paths(&text(document)), [""; 0], "{document}");
    }
    let lines =
        "`run/stop.rs`, `walker.rs`\n`walker.rs`\n`src/studies/`: `sweep.rs`\n`src/run/NAME.rs`, `src/walks/NAME.rs`";
    assert_eq!(dead_paths(lines), ["walker.rs", "src/walks/NAME.rs"]);
}

/// The lines on which a second sentence begins, tables and code left out.
fn crowded(markdown: &str) -> Vec<&str> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in markdown.lines() {
        in_code ^= line.starts_with("```");
        let prose = !in_code && !line.starts_with('|');
        let words = line.trim_start_matches(|first: char| first.is_ascii_digit()).trim_start_matches(". ");
        let begins = |(at, _): (usize, &str)| words[at + 2..].starts_with(|next: char| next.is_uppercase());
        if prose && words.match_indices(". ").any(begins) {
            found.push(line);
        }
    }
    found
}

#[test]
fn a_line_of_markdown_is_a_sentence() {
    for path in files("").iter().filter(|path| has_ending(path, "md")) {
        assert_eq!(crowded(&text(path)), [""; 0], "{path}");
    }
    assert_eq!(crowded("One. Two.\n1. One.\nOne, i.e. one.\n| One. Two. |\n```\nOne. Two.\n```\n"), ["One. Two."]);
}
