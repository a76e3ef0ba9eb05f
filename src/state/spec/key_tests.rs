//! Every key of a scene: misspelled, of another type, beyond its bounds, it is named with its line.

use toml::{Table, Value};

use super::*;
use crate::scene::Step;

/// A scene in which every key of a scene stands, but for what depends on how a landscape came about.
const EVERY_KEY: &str = r#"
version = 1
playhead = 2
selected = 1
start = [0.5, 0.25]
start_seed = 7
steps = 30
tolerance = 1e-6
file = "samples.csv"

[landscape]
id = "tanh2"
n = 12
domain = [[-3.0, 3.0], [-3.0, 3.0]]

[[run]]
method = "gd"
lr = 0.1
hidden = false
ghost = true
branched_at = 3
style = 1

[[run]]
method = "adam"
lr = 0.2
start = [-1.0, 1.0]

[[run.changes]]
step = 10
parameter = "lr"
value = 0.05

[view]
overlays = ["contours", "paths"]
show = ["fog"]
picture = "map"
tab = "loss"
open = ["rule"]
stretched = false
undoes_stretch = false
log_height = false
circle = 0.5
share = 0.1
inside = 0
sample = 2
stage = 1
lit = 0
from_this_step = true
keeps_asymptotic_rate = false
links_rates = false
slides_coefficient = false
highlighted = [0.1, 0.2]
piece = 0
faulty_formula = "x^"
lesson = "slope"
page = 1

[view.map]
center = [0.0, 0.0]
half = [2.0, 1.5]

[view.basins]
center = [0.0, 0.0]
half = [2.0, 1.5]

[view.camera]
azimuth = 0.5
elevation = 0.6
zoom = 1.5
pan = [0.0, 0.0]

[view.chart]
quantity = "loss"
scale = "log"
against = "steps"
log_x = false
guides = true
floor = 0.0
ruler = [[0.1, 0.9], [0.8, 0.2]]

[view.compare]
until = "loss"
tolerance = 0.001
budget = 100.0
rates = "as_set"
seeds = 3
weights = 100.0
hessian_vector = 2.0
chart = "work"
equal_work = false
sort = "steps"

[view.sweep]
over = ["lr"]
quantity = "loss"
until = "gradient"
tolerance = 0.001
seeds = 2
region = [[0.1, 1.0], [0.1, 1.0]]

[view.starts]
mode = "restarts"
restarts = 10
steps = 500
seed = 3
starts = 4
methods = "runs"
landscapes = "this"
rates = "as_set"
budget = 100.0

[view.lent.before]
overlays = ["fog"]
open = ["rule"]
tab = "loss"

[view.lent.set]
overlays = ["fog"]
open = ["rule"]
tab = "loss"
"#;

/// The ways to every key: names of tables and places in lists.
fn ways(value: &Value, way: &[Step], found: &mut Vec<Vec<Step>>) {
    let within = |step: Step| way.iter().cloned().chain([step]).collect::<Vec<_>>();
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                let way = within(Step::from(key.as_str()));
                found.push(way.clone());
                ways(value, &way, found);
            }
        }
        Value::Array(list) if list.iter().all(Value::is_table) => {
            list.iter().enumerate().for_each(|(index, value)| ways(value, &within(Step::from(index)), found));
        }
        _ => {}
    }
}

/// The table in which the last key of a way stands.
fn table_of<'a>(root: &'a mut Value, way: &[Step]) -> &'a mut Table {
    let inner = way[..way.len() - 1].iter().fold(root, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Element(index) => &mut value[*index],
    });
    inner.as_table_mut().unwrap()
}

/// The scene with another value of a key, or another name of it.
fn with(way: &[Step], name: &str, value: Value) -> String {
    let mut root: Value = toml::from_str(EVERY_KEY).unwrap();
    let Some(Step::Key(key)) = way.last() else { panic!("{way:?} ends at a key") };
    let table = table_of(&mut root, way);
    table.remove(key);
    table.insert(name.to_owned(), value);
    toml::to_string(&root).unwrap()
}

fn all_ways() -> Vec<Vec<Step>> {
    let mut found = Vec::new();
    ways(&toml::from_str(EVERY_KEY).unwrap(), &[], &mut found);
    found
}

fn last_key(way: &[Step]) -> &str {
    way.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None }).unwrap()
}

fn value_at(way: &[Step]) -> Value {
    let mut root: Value = toml::from_str(EVERY_KEY).unwrap();
    table_of(&mut root, way)[last_key(way)].clone()
}

/// The line on which this stands.
fn line_of(text: &str, words: &str) -> usize {
    1 + text.lines().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words} in\n{text}"))
}

/// What is said of a scene, where nothing names the key of the line with these words.
fn unnamed(way: &[Step], text: &str, words: &str) -> Option<String> {
    let (key, line) = (last_key(way), line_of(text, words));
    let faults = check(text);
    // The words of a landscape and of a method are named by their kind, and a change by its parameter.
    let kinds = [("id", "landscape"), ("method", "optimizer"), ("value", "lr"), ("run", "runs")];
    let kind = kinds.iter().find(|(of, _)| *of == key).map_or(key, |(_, kind)| *kind);
    let is_named = |fault: &Fault| fault.line == line && [key, kind].iter().any(|name| fault.message.contains(name));
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    (!faults.iter().any(is_named)).then(|| format!("{way:?}, line {line} with {words}: {said:#?}"))
}

#[test]
fn the_scene_with_every_key_is_right_and_has_every_key() {
    assert!(check(EVERY_KEY).is_empty(), "{:?}", check(EVERY_KEY));
    // What is unknown is answered with all that is known.
    let depend: [&str; 7] = ["parameters", "formula", "ranges", "samples", "grid", "axes", "suited"];
    let (mut tables, found) = (vec![Vec::new()], all_ways());
    tables.extend(found.iter().filter(|way| value_at(way).is_table()).cloned());
    for table in tables.iter().filter(|table| !matches!(table.first(), Some(Step::Key(key)) if key == "landscape")) {
        let way: Vec<Step> = table.iter().cloned().chain([Step::from("qqqqqqqqqq")]).collect();
        let faults = check(&with(&way, "qqqqqqqqqq", Value::Integer(1)));
        let said =
            faults.iter().find(|fault| fault.message.contains("qqqqqqqqqq")).unwrap_or_else(|| panic!("{table:?}"));
        let (_, known) = said.message.split_once("there are: ").unwrap_or_else(|| panic!("{said}"));
        for key in known.split(", ").filter(|key| *key != "runs" && !depend.contains(key)) {
            let way: Vec<Step> = table.iter().cloned().chain([Step::from(key)]).collect();
            assert!(found.contains(&way), "{way:?} is a key and does not stand there");
        }
    }
}

#[test]
fn a_misspelled_key_is_named_by_its_line_with_the_right_one() {
    let mut wrong = Vec::new();
    for way in all_ways() {
        let key = last_key(&way);
        let slip = format!("{key}z");
        let text = with(&way, &slip, value_at(&way));
        let line = line_of(&text, &slip);
        let faults = check(&text);
        let is_meant = |fault: &Fault| {
            fault.line == line && fault.message.contains(&slip) && fault.message.contains("did you mean")
        };
        if !faults.iter().any(is_meant) {
            wrong.push(format!("{way:?}, line {line}: {faults:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_value_of_another_type_is_named_by_its_key_and_line() {
    const WORDS: &str = "a text that is no number";
    let changed = |way: &Vec<Step>| {
        let (value, words) = match value_at(way) {
            Value::String(_) => (Value::Integer(31_415_926), "31415926"),
            _ => (Value::String(WORDS.to_owned()), WORDS),
        };
        unnamed(way, &with(way, last_key(way), value), words)
    };
    let wrong: Vec<String> = all_ways().iter().filter_map(changed).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whatever number and whatever word is refused is named by its key and line.
#[test]
fn a_value_out_of_bounds_is_named_by_its_key_and_line() {
    let (mut refused, mut wrong) = (0, Vec::new());
    for way in all_ways() {
        let values: Vec<(Value, &str)> = match value_at(&way) {
            Value::Integer(_) => {
                vec![(Value::Integer(-31_415_926), "-31415926"), (Value::Integer(31_415_926_535), "31415926535")]
            }
            Value::Float(_) => vec![
                (Value::Float(-31_415_926.5), "-31415926.5"),
                (Value::Float(f64::INFINITY), "= inf"),
                (Value::Float(f64::NAN), "= nan"),
            ],
            Value::String(_) if !["file", "faulty_formula"].contains(&last_key(&way)) => {
                vec![(Value::String("zzyzx".to_owned()), "zzyzx")]
            }
            _ => continue,
        };
        for (value, words) in values {
            let text = with(&way, last_key(&way), value);
            if !check(&text).is_empty() {
                refused += 1;
                wrong.extend(unnamed(&way, &text, words));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused > 60, "{refused} values are refused");
}
