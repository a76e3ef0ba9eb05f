//! Scenes as strangers bring them: whatever stands in a text, nothing panics, and what is wrong is found at its place.

use taylorscope::numbers::SplitMix64;
use taylorscope::scene::Faults;
use taylorscope::state::{Scene, check};

/// A file of version 1, which every later version reads.
const VERSION_1: &str = include_str!("../cases/version-1.toml");

/// Texts from a scene with bytes, words and lines changed, exchanged, doubled and taken away.
fn mutated(text: &str, random: &mut SplitMix64) -> String {
    const WORDS: [&str; 24] = [
        "[",
        "]",
        "{",
        "}",
        "=",
        "\"",
        "\n",
        "[[run]]",
        "nan",
        "inf",
        "-1",
        "1e308",
        "99999999999999999999",
        "true",
        "''",
        "[view]",
        "a.b.c.",
        "\u{feff}",
        "é",
        "0x7fffffffffffffff",
        "[[[[[[[[",
        "1979-05-27",
        "#",
        "version = 1\n",
    ];
    let mut bytes = text.as_bytes().to_vec();
    let mut below = |most: usize| (random.uniform() * most.max(1) as f64) as usize;
    for _ in 0..=below(4) {
        let [from, to] = [below(bytes.len()), below(bytes.len())];
        let (from, to) = (from.min(to), from.max(to));
        match below(6) {
            0 => drop(bytes.drain(from..to.min(from + 40))),
            1 => bytes = [&bytes[..to], &bytes[from..]].concat(),
            2 if !bytes.is_empty() => bytes[from] = below(256) as u8,
            3 => drop(bytes.splice(from..from, WORDS[below(WORDS.len())].bytes())),
            4 => bytes.truncate(to),
            _ => {
                let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                let [a, b] = [below(lines.len()), below(lines.len())];
                lines.swap(a, b);
                bytes = lines.join(&b'\n');
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How many mutated texts; ten thousand in a long run.
fn mutations() -> usize {
    std::env::var("TAYLORSCOPE_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

#[test]
fn a_mutated_scene_is_read_or_refused_at_its_place() {
    let written = Scene::read(VERSION_1).unwrap().write().unwrap();
    let lesson = "landscape = \"tanh2:n=5\"\nruns = [\"gd:lr=0.1\", \"adam\"]\n[view]\nshow = [\"fog\"]\n";
    let samples = "[landscape]\nid = \"network\"\nformula = \"w2 tanh(w1 x)\"\nloss = \"mae\"\n[landscape.samples]\npoints = [[0, 1], [1, 2]]\n[landscape.axes]\nstretch = 2\nangle = 0.5\n[[run]]\nmethod = \"sgd\"\nbatch = 1\n";
    let grid = "[landscape]\nid = \"grid\"\n[landscape.grid]\nfile = \"a.csv\"\nx = [0, 1]\ny = [0, 1]\ncolumns = 4\nlosses = [1,2,3,4,5,6,7,8,9,8,7,6,5,4,3,nan]\n[[run]]\nmethod = \"gd\"\n";
    for text in [&written, lesson, samples, grid] {
        assert!(check(text).is_empty(), "{text}");
    }
    let mut random = SplitMix64::new(20_261_129);
    let (mut read, mut refused) = (0, 0);
    for index in 0..mutations() {
        let text = mutated([VERSION_1, &written, lesson, samples, grid][index % 5], &mut random);
        match Scene::read(&text) {
            Ok(scene) => {
                read += 1;
                let again = scene.write().unwrap();
                let same = Scene::read(&again).unwrap_or_else(|faults| panic!("{faults}\n{again}\nfrom\n{text}"));
                assert_eq!(same.spec(), scene.spec(), "{text}");
            }
            Err(Faults(faults)) => {
                refused += 1;
                assert!(!faults.is_empty() && faults.len() <= 20, "{text}");
                for fault in faults {
                    assert!(text.get(fault.span.clone()).is_some() && fault.line > 0, "{fault}\n{text}");
                    assert!(fault.message.chars().count() < 2000 && !fault.message.is_empty(), "{fault}");
                }
            }
        }
    }
    assert!(read > 0 && refused > 0, "{read} read, {refused} refused");
}

#[test]
fn a_text_made_to_be_hard_is_refused_in_bounded_depth_and_length() {
    for text in [
        "a.".repeat(100_000) + "a = 1",
        "[".repeat(100_000),
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{} = 1", "k".repeat(1_000_000)),
        (0..50_000).map(|index| format!("k{index} = 1\n")).collect::<Vec<_>>().concat(),
        format!("landscape = \"{}\"", "(".repeat(1_000_000)),
        "[[run]]\nmethod = \"gd\"\n".repeat(20_000),
    ] {
        let faults = check(&text);
        assert!(!faults.is_empty() && faults.len() <= 20);
        assert!(faults.iter().all(|fault| fault.message.chars().count() < 3000), "{}", faults[0]);
    }
}

/// A number beyond its bounds is a mistake, named by its line, and not another number in silence; so is one that changes nothing.
#[test]
fn no_number_is_changed_or_passed_over_in_silence() {
    for (line, expected) in [
        ("page = 30", "page cannot be 30: it is a page of a lesson, and no lesson is named"),
        ("page = 30\nlesson = \"slope\"", "the first is 0 and the last is "),
        (
            "camera = { azimuth = 0, elevation = 9, zoom = 1, pan = [0, 0] }",
            "elevation cannot be 9: it lies between 0.05 and 1.57",
        ),
        (
            "camera = { azimuth = 0, elevation = 0.5, zoom = 900, pan = [0, 0] }",
            "zoom cannot be 900: it lies between 0.2 and 20",
        ),
        ("camera = { azimuth = 0, elevation = 0.5, zoom = -1, pan = [0, 0] }", "zoom cannot be -1: "),
        ("camera = { azimuth = inf, elevation = 0.5, zoom = 1, pan = [0, 0] }", "azimuth cannot be inf"),
        ("camera = { zoom = 0 }", "zoom cannot be 0: it lies between 0.2 and 20"),
        ("compare = { seeds = 0 }", "seeds cannot be 0: "),
        ("compare = { seeds = 4000000 }", "seeds cannot be 4000000: "),
        ("sweep = { seeds = 4000000 }", "seeds cannot be 4000000: "),
        ("sweep = { region = [[1, 0], [0, 1]] }", "cannot be 1: "),
        ("starts = { restarts = 0 }", "restarts cannot be 0: "),
        ("starts = { starts = 99999999 }", "starts cannot be 99999999: "),
        ("starts = { budget = -5 }", "budget cannot be -5: "),
        ("sample = 2", "sample cannot be 2: this landscape has no samples"),
    ] {
        let text = format!("landscape = \"bowl\"\nruns = [\"gd\"]\nsteps = 20\n[view]\n{line}\n");
        let faults = check(&text);
        let [fault] = &faults[..] else { panic!("{line}: {faults:?}") };
        assert!(fault.line == 5 && fault.message.contains(expected), "{line}: {fault}");
    }
    for (text, line, expected) in [
        (
            "landscape = \"tanh2:n=5\"\nruns = [\"gd\"]\n[view]\nsample = 5",
            4,
            "sample cannot be 5: of 5 samples the first is 0 and the last is 4",
        ),
        (
            "landscape = \"bowl\"\nsteps = 20\n[[run]]\nmethod = \"gd\"\nlr = 0.1\nchanges = [{ step = 21, parameter = \"lr\", value = 0.2 }]",
            6,
            "step cannot be 21: the runs have 20 steps",
        ),
    ] {
        let faults = check(text);
        assert!(
            faults.len() == 1 && faults[0].line == line && faults[0].message.contains(expected),
            "{text}: {faults:?}"
        );
    }
    let round = "landscape = \"bowl\"\nruns = [\"gd\"]\n[view]\ncamera = { azimuth = 7, elevation = 0.5, zoom = 2, pan = [3.5, 0] }\nshare = 1\n";
    assert!(check(round).is_empty(), "a direction comes round: {:?}", check(round));
}
