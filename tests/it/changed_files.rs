//! Every reader of what comes from outside, under files that were right and have been changed: what the targets of `fuzz/` check,
//! without their engine. `TAYLORSCOPE_FUZZ=10000` tries as many of each.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use taylorscope::export::csv::Table;
use taylorscope::export::npz::write_table;
use taylorscope::landscapes::{ViewBox, entries};
use taylorscope::lessons::FILES;
use taylorscope::numbers::{Point, SplitMix64};
use taylorscope::quiz::{CodeFrame, Guess, Span};
use taylorscope::scene::link;
use taylorscope::state::State;

#[path = "../../fuzz/checks.rs"]
mod checks;

const VERSION_1: &str = include_str!("../cases/version-1.toml");
const TABLES: [&str; 7] = [
    include_str!("../cases/alphabeta.csv"),
    include_str!("../cases/clip9.csv"),
    include_str!("../cases/house3.csv"),
    include_str!("../cases/quoted.csv"),
    include_str!("../cases/semicolon.csv"),
    "x,y\n0,1\n1,0\n0.5,1\n",
    "# from a script\nx\ty\tloss\n0\t0\t1\n1\t0\tnan\n",
];
const FORMULAS: [&str; 12] = [
    "x^2 + y^2",
    "f(x, y) = a x^2 + b x y + max(x, y)^2",
    "log(1 + exp(-x y)) + abs(x - y)",
    "(1 - x)^2 + 100 (y - x^2)^2",
    "sqrt(x^2 + y^2) sin(3 x) / (1 + y^2)",
    "x, y -> tanh(x) + relu(y)",
    "\\frac{x^{2}}{2} + \\sin y",
    "x**2 if x > 0 else y**2",
    "|x|^1.5 + ⌊y⌋ + π",
    "w2·tanh(w1·x)",
    "x^x^x - 1e-300 / y",
    "-x^2^-y!",
];

/// A reader: its name, what must hold of it, and files that are right.
type Target = (&'static str, fn(&[u8]), Vec<Vec<u8>>);

fn targets() -> [Target; 8] {
    let bytes = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>();
    let scenes = [
        VERSION_1.to_owned(),
        State::opening().scene().write().unwrap(),
        "landscape = \"grid:a.csv\"\nruns = [\"gd:lr=0.1\", \"adam\"]\n[view]\nshow = [\"fog\"]\n".to_owned(),
        "[landscape]\nid = \"network\"\nformula = \"w2 tanh(w1 x)\"\n[landscape.samples]\npoints = [[0, 1], [1, 2]]\n[[run]]\nmethod = \"sgd\"\nbatch = 1\nchanges = [{ step = 2, parameter = \"lr\", value = 0.1 }]\n".to_owned(),
        "[landscape]\nid = \"grid\"\n[landscape.grid]\nfile = \"a.csv\"\nx = [0, 1]\ny = [0, 1]\ncolumns = 4\nlosses = [1,2,3,4,5,6,7,8,9,8,7,6,5,4,3,nan]\n[[run]]\nmethod = \"gd\"\n".to_owned(),
    ];
    let scenes = scenes.each_ref().map(String::as_str);
    let links = scenes.map(link);
    let command = State::opening().scene().command().0;
    let pasted = links.iter().map(String::as_str).chain([command.as_str(), scenes[2]]).collect::<Vec<_>>();
    let spelled: Vec<String> = entries()
        .map(|entry| entry.id.to_owned())
        .chain(FORMULAS.iter().map(|formula| format!("formula:{formula},a=2")))
        .chain(
            [
                "quad:kappa=10,stretch=2",
                "network:w1*x+w2,loss=mae,n=7",
                "depth:layers=3,act=relu",
                "momentum:lr=0.1,beta=0.9",
                "sgd:batch=2,seed=7",
            ]
            .map(str::to_owned),
        )
        .collect();
    let at = |numbers: [f64; 3], text: &str| [numbers.map(f64::to_le_bytes).as_flattened(), text.as_bytes()].concat();
    let formulas =
        FORMULAS.iter().flat_map(|text| [at([0.3, -1.2, 2.0], text), at([0.0, 1e300, -1.0], text)]).collect();
    let frame = CodeFrame::new(ViewBox::square(2.0), false, Point::new(0.5, -1.0), "bowl");
    let code = |guess, span| frame.encode(&guess, span).unwrap();
    let path = (0..9).map(|step| Point::new(0.1 * f64::from(step), -0.9)).collect();
    let codes = [code(Guess::Place(Point::new(0.2, 1.0)), Span::Step), code(Guess::Path(path), Span::Run)].join("\n");
    let answers = format!("time;answer\n10:01;{codes}\n10:02;\"I think {codes}\"\n;;\nABCD\n");
    let mut grid = Vec::new();
    let row = |place: usize| vec![(place % 5) as f64, (place / 5) as f64, (place * place) as f64];
    let rows = (0..25).map(|place| row(place).into_iter().map(Into::into).collect()).collect();
    write_table(&mut grid, &Table { columns: vec!["x", "y", "loss"], rows }).unwrap();
    let head = b"\x93NUMPY\x01\x00\x46\x00{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }           \n";
    let array = [head.as_slice(), [0.5_f64; 16].map(f64::to_le_bytes).as_flattened()].concat();
    let npz =
        [include_bytes!("../cases/XYZ.npz").as_slice(), include_bytes!("../cases/alphas.npz")].map(<[u8]>::to_vec);
    [
        ("scene", checks::scene, bytes(&scenes)),
        ("pasted", checks::pasted, bytes(&pasted)),
        ("lesson", checks::lesson, bytes(FILES)),
        ("formula", checks::formula_at, formulas),
        ("table", checks::table, bytes(&TABLES)),
        ("arrays", checks::arrays, npz.into_iter().chain([grid, array]).collect()),
        ("spelled", checks::spelled, spelled.into_iter().map(String::into_bytes).collect()),
        ("answers", checks::answers, vec![answers.into_bytes()]),
    ]
}

/// What is odd in one form or another.
const ODD: [&[u8]; 24] = [
    b"\"",
    b"\n",
    b"[",
    b"]",
    b"{",
    b"(",
    b"=",
    b",",
    b":",
    b"nan",
    b"-inf",
    b"1e999",
    b"-",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x88\x87",
    b"99999999999999999999",
    b"```",
    b"$$",
    b"PK\x03\x04",
    b"'",
    b"<f4",
    b"\\",
];

/// A file with up to five changes: bytes that are others, gone, doubled, odd, or from another file.
fn changed(seeds: &[Vec<u8>], random: &mut SplitMix64) -> Vec<u8> {
    let mut below = |most: usize| ((random.uniform() * most as f64) as usize).min(most.saturating_sub(1));
    let mut bytes = seeds[below(seeds.len())].clone();
    for _ in 0..=below(5) {
        let at = below(bytes.len() + 1);
        let length = [1, 2, 4, 16, 100][below(5)].min(bytes.len() - at);
        match below(6) {
            0 => drop(bytes.drain(at..at + length)),
            1 => {
                let piece = bytes[at..at + length].to_vec();
                let to = below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            2 => drop(bytes.splice(at..at, ODD[below(ODD.len())].iter().copied())),
            3 if length > 0 => bytes[at] ^= 1 << below(8),
            4 => {
                let other = &seeds[below(seeds.len())];
                let from = below(other.len() + 1);
                bytes.splice(at..at + length, other[from..(from + length).min(other.len())].iter().copied());
            }
            _ => bytes.truncate(if below(4) == 0 { at } else { bytes.len() }),
        }
    }
    bytes
}

#[test]
fn changed_files_are_read_or_refused() {
    let count = std::env::var("TAYLORSCOPE_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(25);
    for (name, check, seeds) in targets() {
        for bytes in &seeds {
            check(bytes);
        }
        let mut random = SplitMix64::of_names(&["changed files", name]);
        for turn in 0..count {
            let bytes = changed(&seeds, &mut random);
            let outcome = catch_unwind(AssertUnwindSafe(|| check(&bytes)));
            assert!(outcome.is_ok(), "{name}, turn {turn}: {}", bytes.escape_ascii());
        }
    }
}

/// Each target of `fuzz/` hands its bytes to one of these checks, by its name here, and the manifest builds it.
#[test]
fn the_targets_of_fuzz_are_these_checks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let text = include_str!("changed_files.rs");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.join("fuzz_targets")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let target = fs::read_to_string(&path).unwrap();
        let (_, call) = target.split_once("fuzz_target!(|bytes: &[u8]| checks::").unwrap_or_else(|| panic!("{name}"));
        let check = call.strip_suffix("(bytes));\n").unwrap_or_else(|| panic!("{name}: {call}"));
        assert!(text.contains(&format!("(\"{name}\", checks::{check}, ")), "{name} calls {check}");
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"")), "{name} is built");
        names.push(name);
    }
    names.sort();
    let mut known = targets().map(|(name, ..)| name);
    known.sort_unstable();
    assert_eq!(names, known);
}
