//! Every number in the text of a lesson is what the program computes: each stands in a table beside its computation, and a
//! sweep over the texts finds the numbers that stand in none.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use costs_and_networks::COSTS_AND_NETWORKS;
use slopes_and_models::SLOPES_AND_MODELS;

mod costs_and_networks;
mod slopes_and_models;
mod walks;

/// A number as it is written, and what it is.
type Claim = (&'static str, fn() -> f64);

/// The numbers of a lesson.
struct Numbers {
    lesson: &'static str,
    /// Where one looks and what one asks for (step numbers, places, tolerances): with them the others are computed.
    given: &'static [&'static str],
    computed: &'static [Claim],
}

fn every_lesson() -> impl Iterator<Item = &'static Numbers> {
    SLOPES_AND_MODELS.iter().chain(COSTS_AND_NETWORKS)
}

/// A number in a text.
struct Numeral {
    text: String,
    /// Without its sign.
    value: f64,
    /// Digits alone.
    is_whole: bool,
    next: Option<char>,
}

impl Numeral {
    /// A coefficient (10y²), a small number that is a word of the language, or the year of a paper.
    fn is_name(&self) -> bool {
        let is_coefficient = self.next.is_some_and(|next| next.is_alphabetic() || next == '(');
        let is_year = (1900.0..2100.0).contains(&self.value) && self.next == Some(')');
        self.is_whole && (is_coefficient || is_year || self.value <= 3.0)
    }
}

const POWERS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// 10⁻⁶ and 1.5·10⁻⁶ as Rust writes them, 1e-6 and 1.5e-6; −2 as -2.
fn in_rust(text: &str) -> String {
    let power = |letter: char| POWERS.iter().position(|power| *power == letter);
    let (digits, exponent) =
        text.split_at(text.find(|letter| letter == '⁻' || POWERS.contains(&letter)).unwrap_or(text.len()));
    let exponent: String =
        exponent.chars().map(|letter| power(letter).map_or("-".to_owned(), |power| power.to_string())).collect();
    let digits = digits.replace('−', "-");
    match digits.strip_suffix("·10") {
        _ if exponent.is_empty() => digits,
        Some(mantissa) => format!("{mantissa}e{exponent}"),
        None => format!("1e{exponent}"),
    }
}

/// The value with as many digits as the text has.
fn written_like(text: &str, value: f64) -> String {
    let text = in_rust(text);
    let mantissa = text.split('e').next().unwrap();
    let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if text.contains('e') { format!("{value:.decimals$e}") } else { format!("{value:.decimals$}") }
}

/// The numbers in a text; 5/4 is one.
fn numerals(text: &str) -> Vec<Numeral> {
    let letters: Vec<char> = text.chars().collect();
    let is = |place: usize, wanted: &dyn Fn(char) -> bool| letters.get(place).copied().is_some_and(wanted);
    let end_of = |from: usize, wanted: &dyn Fn(char) -> bool| {
        (from..letters.len()).find(|place| !is(*place, wanted)).unwrap_or(letters.len())
    };
    let digit = |letter: char| letter.is_ascii_digit();
    let power = |letter: char| letter == '⁻' || POWERS.contains(&letter);
    let mut found = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        if !is(place, &digit) {
            place += 1;
            continue;
        }
        let mut end = end_of(place, &digit);
        if is(end, &|letter| letter == '.') && is(end + 1, &digit) {
            end = end_of(end + 1, &digit);
        }
        let number: f64 = String::from_iter(&letters[place..end]).parse().unwrap();
        let mut value = number;
        if is(end, &|letter| letter == '/') && is(end + 1, &digit) {
            let from = end + 1;
            end = end_of(from, &digit);
            value /= String::from_iter(&letters[from..end]).parse::<f64>().unwrap();
        }
        let is_factor = letters[end..].starts_with(&['·', '1', '0']) && is(end + 3, &power);
        if is_factor || (number == 10.0 && is(end, &power)) {
            end = end_of(if is_factor { end + 3 } else { end }, &power);
            value = in_rust(&String::from_iter(&letters[place..end])).parse().unwrap();
        }
        let before = place.checked_sub(2).map(|before| letters[before]);
        let is_negative = place > 0
            && "−-".contains(letters[place - 1])
            && !before.is_some_and(|before| before.is_alphanumeric() || before == ')');
        let text = String::from_iter(&letters[place..end]);
        found.push(Numeral {
            is_whole: text.chars().all(digit),
            text: if is_negative { format!("−{text}") } else { text },
            value,
            next: letters.get(end).copied(),
        });
        place = end;
    }
    found
}

/// A page of a lesson: what is read, and the numbers of what is shown and asked for.
#[derive(Default)]
struct Page {
    text: String,
    set: Vec<f64>,
}

/// The pages of a lesson's file; a page without a scene has that of the page before.
fn pages(file: &str) -> Vec<Page> {
    let body = file.splitn(3, "+++").nth(2).unwrap();
    let mut scene = Vec::new();
    body.split("\n---\n")
        .map(|source| {
            let mut page = Page::default();
            let mut block = None;
            for line in source.lines() {
                match (line.strip_prefix("```"), block) {
                    (Some(kind), None) => {
                        block = Some(kind);
                        if kind == "scene" {
                            scene.clear();
                        }
                    }
                    (Some(_), Some(_)) => block = None,
                    (None, None) => page.text += line,
                    (None, Some("scene")) => scene.extend(set_in(line)),
                    (None, Some(_)) if ["task", "hint", "question"].iter().any(|key| line.starts_with(key)) => {
                        page.text += line;
                    }
                    (None, Some(_)) => page.set.extend(set_in(line)),
                }
                page.text.push('\n');
            }
            page.set.extend(&scene);
            page
        })
        .collect()
}

/// The numbers in a line of TOML, without their signs.
fn set_in(line: &str) -> impl Iterator<Item = f64> {
    let words = line.split(|letter: char| !letter.is_ascii_digit() && !".e-".contains(letter));
    words.filter_map(|word| word.parse::<f64>().ok()).map(f64::abs)
}

/// The numbers that are read on a page, and whether each needs a computation: not those that the scene sets, nor names, nor
/// whole numbers in a formula; what stands in code is typed.
fn read_on(page: &Page) -> Vec<(Numeral, bool)> {
    let text: String = page.text.split('`').step_by(2).collect();
    let parts = text.replace("$$", "$");
    let of_part = |(index, part): (usize, &str)| {
        let is_formula = index % 2 == 1;
        let needs = move |numeral: &Numeral| {
            let is_free = page.set.contains(&numeral.value) || numeral.is_name();
            !is_free && (!is_formula || !numeral.is_whole)
        };
        numerals(part)
            .into_iter()
            .map(move |numeral| (needs(&numeral), numeral))
            .map(|(needs, numeral)| (numeral, needs))
    };
    parts.split('$').enumerate().flat_map(of_part).collect()
}

/// The id and the file of every lesson.
fn lessons() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lessons");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // The name of a lesson's file begins with its number.
    let is_lesson = |path: &PathBuf| {
        path.file_name().unwrap().to_string_lossy().starts_with(|letter: char| letter.is_ascii_digit())
    };
    let files = paths.filter(is_lesson).map(|path| fs::read_to_string(path).unwrap());
    let id = |file: &str| file.split("id = \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    files.map(|file| (id(&file), file)).collect()
}

#[test]
fn what_a_lesson_says_is_what_the_program_computes() {
    let mut wrong = Vec::new();
    for Numbers { lesson, computed, .. } in every_lesson() {
        for (text, compute) in *computed {
            let value = compute();
            if written_like(text, value) != in_rust(text) {
                wrong.push(format!("{lesson}: {text} is {value}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_number_that_a_lesson_says_is_in_the_table() {
    let mut wrong = Vec::new();
    let lessons = lessons();
    let ids: BTreeSet<&str> = lessons.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, every_lesson().map(|numbers| numbers.lesson).collect(), "a table for each lesson");
    for (id, file) in &lessons {
        let numbers = every_lesson().find(|numbers| numbers.lesson == id).unwrap();
        let table: BTreeSet<&str> =
            numbers.computed.iter().map(|(text, _)| text).chain(numbers.given).copied().collect();
        let pages = pages(file);
        let read: Vec<(Numeral, bool)> = pages.iter().flat_map(read_on).collect();
        let said: BTreeSet<&str> = read.iter().map(|(numeral, _)| numeral.text.as_str()).collect();
        let needed = read.iter().filter(|(_, needed)| *needed).map(|(numeral, _)| numeral.text.as_str());
        wrong.extend(needed.filter(|text| !table.contains(text)).map(|text| format!("{id}: {text} is in no table")));
        wrong.extend(table.iter().filter(|text| !said.contains(*text)).map(|text| format!("{id}: {text} is not said")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the first step of a scene follows from: the landscape, the runs and the start.
fn step_of(page: &str) -> Option<Vec<&str>> {
    let scene = page.split("```scene\n").nth(1)?.split("```").next()?;
    let sets = |line: &&str| ["landscape = ", "runs = ", "start = "].iter().any(|key| line.starts_with(key));
    Some(scene.lines().filter(sets).collect())
}

#[test]
fn what_a_page_asks_was_not_shown_on_a_page_before() {
    let mut wrong = Vec::new();
    for (id, file) in &lessons() {
        let mut shown = Vec::new();
        for (number, page) in file.split("\n---\n").enumerate() {
            let step = step_of(page);
            if page.contains("```predict") && shown.contains(&step) {
                wrong.push(format!("{id}, page {}", number + 1));
            }
            shown.push(step);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers_are_found_in_a_text() {
    let found = |text: &str| -> Vec<(String, f64)> {
        numerals(text).into_iter().map(|numeral| (numeral.text, numeral.value)).collect()
    };
    let number = |text: &str, value: f64| (text.to_owned(), value);
    assert_eq!(found("from (1, −0.5) to 5/4"), [number("1", 1.0), number("−0.5", 0.5), number("5/4", 1.25)]);
    assert_eq!(found("10⁻⁶, then 1.5·10⁻¹¹."), [number("10⁻⁶", 1e-6), number("1.5·10⁻¹¹", 1.5e-11)]);
    assert_eq!(found("1−2 and 10y²"), [number("1", 1.0), number("2", 2.0), number("10", 10.0)]);
    assert!(numerals("10y²")[0].is_name() && !numerals("10 y")[0].is_name(), "a coefficient");
    assert_eq!(written_like("1.5·10⁻¹¹", 1.4999e-11), in_rust("1.5·10⁻¹¹"));
    assert_ne!(written_like("−0.5", -0.56), in_rust("−0.5"));
    let page = "+++\nid\n+++\n# Head\n\nη = 0.1 gives 0.25, `7` and $x^4 = 0.5$.\n```scene\nruns = [\"gd:lr=0.1\"]\n```\n```try\nhint = \"0.75\"\n[done]\nratio = [8.0]\n```\n";
    let needed = |page: &Page| read_on(page).into_iter().filter(|(_, needed)| *needed).map(|(numeral, _)| numeral.text);
    assert_eq!(needed(&pages(page)[0]).collect::<Vec<_>>(), ["0.25", "0.5", "0.75"]);
}
