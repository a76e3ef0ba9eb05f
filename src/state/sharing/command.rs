//! A scene as a line for a terminal, and a line from a terminal as a scene.

use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{InputError, Landscape, Network, RescaledAxes, ViewBox, nearest, number};
use crate::optimizers::{Choice, CostModel};
use crate::scene::{RunSpec, SceneSpec, ViewSpec};
use crate::state::{Document, Scene, SceneView};
use crate::studies::{Criterion, RaceQuestion, Tune};

/// How such a line begins.
const PROGRAM: &str = "taylorscope";
/// Options that say what is shown.
const MEANT: [&str; 15] = [
    "--landscape",
    "--optimizer",
    "--start",
    "--steps",
    "--step",
    "--tab",
    "--picture",
    "--show",
    "--box",
    "--set",
    "--stretch",
    "--angle",
    "--loss",
    "-l",
    "-o",
];
/// Options with a value that say how it is drawn, measured or written, and nothing of the scene.
const PASSED: [&str; 20] = [
    "--out",
    "--size",
    "--theme",
    "--type",
    "--view",
    "--seed",
    "--quantity",
    "--scale",
    "--from",
    "--to",
    "--every",
    "--fps",
    "--tolerance",
    "--tolerance-gradient",
    "--tolerance-loss",
    "--tolerance-distance",
    "--budget",
    "--f-star",
    "--n",
    "--hessian-vector",
];
/// Options without a value.
const FLAGS: [&str; 7] = ["--json", "--deck", "--title", "--no-legend", "--substeps", "--tune", "--help"];

impl Scene {
    /// The command line that draws the scene, and what of the scene it does not hold, in words.
    pub fn command(&self) -> (String, Vec<String>) {
        let Document { landscape, start, steps, cards, .. } = &self.document;
        let mut words = vec![PROGRAM.to_owned(), "render".to_owned()];
        let mut option = |name: &str, value: String| words.extend([name.to_owned(), quoted(&value)]);
        option("-l", landscape.to_string());
        if let Some(ViewBox { x: [x0, x1], y: [y0, y1] }) = landscape.chosen_domain() {
            option("--box", format!("{x0},{x1},{y0},{y1}"));
        }
        for card in cards.iter().filter(|card| !card.ghost) {
            option("-o", card.optimizer.to_string());
        }
        option("--start", format!("{},{}", start.x, start.y));
        option("--steps", steps.to_string());
        if self.playhead > 0 {
            option("--step", self.playhead.to_string());
        }
        let usual = SceneView::of(landscape, *start);
        if self.view.tab != usual.tab {
            option("--tab", self.view.tab.id().to_owned());
        }
        if self.view.picture != usual.picture {
            option("--picture", self.view.picture.id().to_owned());
        }
        let added: Vec<&str> =
            self.view.overlays.difference(&plain_overlays(&usual, self)).map(|id| id.name()).collect();
        if !added.is_empty() {
            option("--show", added.join(","));
        }
        option("--out", "scene.png".to_owned());
        let line = words.join(" ");
        let lost = self.lost_in(&line);
        (line, lost)
    }

    /// What a scene loses as this command, found by reading it.
    fn lost_in(&self, line: &str) -> Vec<String> {
        let Document { landscape, tolerance, cards, .. } = &self.document;
        let mut lost = Vec::new();
        let read = if let Ok(scene) = read(line) {
            scene
        } else {
            lost.push(match landscape.network().and_then(Network::brought) {
                Some(what) => format!("the samples ({what})"),
                None => "the landscape itself: it reads its file".to_owned(),
            });
            self.clone()
        };
        if read.document.landscape != *landscape {
            lost.push("all of the landscape".to_owned());
        }
        if read.document.tolerance != *tolerance {
            lost.push("the tolerance".to_owned());
        }
        if self.selected != cards.first().map_or(self.selected, |card| card.id) {
            lost.push("which run is selected".to_owned());
        }
        for (words, is_lost) in [
            ("branches that were left behind", cards.iter().any(|card| card.ghost)),
            ("which runs are hidden", cards.iter().any(|card| card.hidden)),
            ("starts of single runs", cards.iter().any(|card| card.own_start.is_some())),
            ("parameters that change on the way", cards.iter().any(|card| !card.changes.is_empty())),
        ] {
            lost.extend(is_lost.then(|| words.to_owned()));
        }
        let [ours, theirs] = [self, &read].map(|scene| scene.spec().view);
        if ours.overlays != theirs.overlays {
            lost.push("overlays that are switched off".to_owned());
        }
        if (ours.map, ours.camera, ours.log_height, ours.stretched)
            != (theirs.map, theirs.camera, theirs.log_height, theirs.stretched)
        {
            lost.push("where map and surface are looked at from".to_owned());
        }
        if (ours.chart, ours.compare, ours.circle, ours.share)
            != (theirs.chart, theirs.compare, theirs.circle, theirs.share)
        {
            lost.push("the settings of the tabs".to_owned());
        }
        lost
    }
}

/// The overlays that a command draws without naming them.
fn plain_overlays(usual: &SceneView, scene: &Scene) -> std::collections::BTreeSet<crate::drawing::overlays::OverlayId> {
    let mut plain = SceneView { tab: scene.view.tab, ..usual.clone() };
    plain.bring_overlays();
    plain.overlays
}

/// The command line that walks a race of this many runs with the same methods, limits and criterion.
pub fn race_command(question: &RaceQuestion, runs: usize) -> String {
    let RaceQuestion { landscape, recipes, minima, limit, tune, finish, .. } = question;
    let mut words = vec![PROGRAM.to_owned(), "compare".to_owned()];
    let mut option = |name: &str, value: String| words.extend([name.to_owned(), quoted(&value)]);
    option("-l", landscape.to_string());
    if let Some(ViewBox { x: [x0, x1], y: [y0, y1] }) = landscape.chosen_domain() {
        option("--box", format!("{x0},{x1},{y0},{y1}"));
    }
    for recipe in recipes.iter().take(runs) {
        option("-o", recipe.optimizer.to_string());
    }
    if let Some(recipe) = recipes.first() {
        option("--start", format!("{},{}", recipe.start.x, recipe.start.y));
    }
    option("--steps", limit.steps.to_string());
    let (name, value) = match finish.criterion {
        Criterion::Loss(value) => ("--tolerance-loss", value),
        Criterion::Gradient(value) => ("--tolerance-gradient", value),
        Criterion::Distance(value) => ("--tolerance-distance", value),
        Criterion::Budget(value) => ("--budget", value),
    };
    option(name, format!("{value:e}"));
    let found = minima.lowest().map(|lowest| lowest.value);
    if let Some(f_star) = finish.f_star.filter(|f_star| Some(*f_star) != found) {
        option("--f-star", format!("{f_star:e}"));
    }
    option("--n", finish.model.weights.to_string());
    if finish.model.hessian_vector != CostModel::USUAL_HESSIAN_VECTOR {
        option("--hessian-vector", finish.model.hessian_vector.to_string());
    }
    match tune {
        Tune::Nothing => {}
        Tune::Rate => words.push("--tune".to_owned()),
        Tune::RateAndMomentum => words.push("--tune=beta".to_owned()),
    }
    words.join(" ")
}

/// A word as shells read it back.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-+=:,./@%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Whether a text is meant as a command.
pub(super) fn is_command(text: &str) -> bool {
    let mut words = without_prompt(text).split_whitespace();
    let first = words.next().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    first.trim_end_matches(".exe") == PROGRAM && words.next().is_some()
}

/// A line without the sign that terminals and books have before it.
fn without_prompt(text: &str) -> &str {
    text.trim().trim_start_matches(['$', '>']).trim_start()
}

/// The words of a line, without their quotes.
fn words_of(text: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut is_word, mut quote) = (Vec::new(), String::new(), false, None);
    let mut letters = text.trim().chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', None | Some('"')) => {
                // A line that goes on below.
                let next = letters.next().filter(|next| *next != '\n');
                is_word |= next.is_some();
                word.extend(next);
            }
            (letter, Some(open)) if letter == open => quote = None,
            ('\'' | '"', None) => (quote, is_word) = (Some(letter), true),
            (letter, None) if letter.is_whitespace() => {
                if std::mem::take(&mut is_word) {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => {
                word.push(letter);
                is_word = true;
            }
        }
    }
    if quote.is_some() {
        return Err("a quote is not closed in this command".to_owned());
    }
    words.extend(is_word.then_some(word));
    Ok(words)
}

/// The scene of a command that draws, traces or compares runs.
pub(super) fn read(text: &str) -> Result<Scene, String> {
    let words = words_of(without_prompt(text))?;
    let mut options = Vec::new();
    let mut rest = words.into_iter().skip(1).peekable();
    // What is done with the scene does not matter here, so that it may be left out.
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    if rest.peek().is_some_and(|word| !word.starts_with('-') && word.chars().all(is_letter)) {
        rest.next();
    }
    while let Some(word) = rest.next() {
        let (name, own) = match word.split_once('=').filter(|_| word.starts_with("--")) {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        if FLAGS.contains(&name.as_str()) {
            continue;
        }
        if !MEANT.contains(&name.as_str()) && !PASSED.contains(&name.as_str()) {
            return Err(unknown(&name));
        }
        let value = own.or_else(|| rest.next()).ok_or_else(|| format!("{name} needs a value"))?;
        options.push((name, value));
    }
    scene_of(&options).map_err(|error| format!("This command cannot be read\n{error}"))
}

fn unknown(name: &str) -> String {
    if name == "--data" || !name.starts_with('-') {
        return format!("'{}' names files, which a pasted command cannot bring\nopen the file instead", excerpt(name));
    }
    let hint = nearest(name, MEANT.into_iter().chain(PASSED));
    format!("a scene has no '{}'{hint}", excerpt(name))
}

fn scene_of(options: &[(String, String)]) -> Result<Scene, String> {
    let given = |names: [&str; 2]| -> Vec<&str> {
        options.iter().filter(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.as_str()).collect()
    };
    let last = |name: &str| given([name, name]).last().copied();
    let landscape = landscape(&given(["-l", "--landscape"]), &given(["--set", "--set"]), last)
        .map_err(|error| error.to_string())?;
    let mut spec = Scene::at_start(Document::new(landscape)).spec();
    let optimizers = given(["-o", "--optimizer"]);
    if !optimizers.is_empty() {
        let choices: Result<Vec<Choice>, InputError> = optimizers.into_iter().map(Choice::parse).collect();
        spec.runs = choices.map_err(|error| error.to_string())?.iter().map(RunSpec::of).collect();
    }
    if let Some(start) = last("--start") {
        spec.start = Some(pair("--start", start, spec.start).map_err(|error| error.to_string())?);
    }
    let whole = |name: &str| {
        last(name)
            .map(|text| text.parse::<usize>().map_err(|_| format!("{name} {}: expected a whole number", excerpt(text))))
            .transpose()
    };
    spec.steps = whole("--steps")?.unwrap_or(spec.steps);
    spec.playhead = whole("--step")?.unwrap_or(0);
    look(&mut spec, last);
    Scene::of_spec(&spec).map_err(|misfit| misfit.to_string())
}

/// What is shown; all else as at first.
fn look<'a>(spec: &mut SceneSpec, last: impl Fn(&str) -> Option<&'a str>) {
    let shown = last("--show").unwrap_or_default().split(',').map(str::trim).filter(|id| !id.is_empty());
    spec.view = ViewSpec {
        tab: last("--tab").map(str::to_owned),
        picture: last("--picture").map(str::to_owned),
        show: shown.map(str::to_owned).collect(),
        ..ViewSpec::default()
    };
}

fn landscape<'a>(
    spelled: &[&str],
    pairs: &[&str],
    last: impl Fn(&str) -> Option<&'a str>,
) -> Result<Landscape, InputError> {
    let text = spelled.last().ok_or_else(|| InputError::Data("-l, the landscape, is missing".to_owned()))?;
    let no_file = |_: &std::path::Path| {
        Err(InputError::Data("files cannot be read for a pasted command: open the file instead".to_owned()))
    };
    let view = last("--box").map(region).transpose()?;
    let mut landscape = Landscape::parse_with(text, view, &no_file)?;
    if let Some(loss) = last("--loss") {
        landscape = landscape.with_pair(&format!("loss={loss}"), &no_file)?;
    }
    for pair in pairs {
        landscape = landscape.with_pair(pair, &no_file)?;
    }
    let axis = |name: &str| last(name).map(|text| number(name, text)).transpose();
    let (stretch, angle) = (axis("--stretch")?, axis("--angle")?);
    if stretch.is_some() || angle.is_some() {
        let axes = landscape.axes();
        let axes = RescaledAxes { stretch: stretch.unwrap_or(axes.stretch), angle: angle.unwrap_or(axes.angle) };
        landscape = landscape.without_axes().with_domain(None).with_axes(axes)?.with_domain(view);
    }
    Ok(landscape)
}

fn region(text: &str) -> Result<ViewBox, InputError> {
    let ends: Vec<f64> = text.split(',').map(|word| number("--box", word)).collect::<Result<_, _>>()?;
    match ends[..] {
        [x0, x1, y0, y1] if ViewBox::new(x0, x1, y0, y1).is_sane() => Ok(ViewBox::new(x0, x1, y0, y1)),
        _ => Err(InputError::Data(format!("--box {}: expected X0,X1,Y0,Y1", excerpt(text)))),
    }
}

/// `X,Y`, or `X` alone where the other one stays.
fn pair(name: &str, text: &str, before: Option<[f64; 2]>) -> Result<[f64; 2], InputError> {
    let ends: Vec<f64> = text.split(',').map(|word| number(name, word)).collect::<Result<_, _>>()?;
    match (ends.as_slice(), before) {
        (&[x, y], _) | (&[x], Some([_, y])) => Ok([x, y]),
        _ => Err(InputError::Data(format!("{name} {}: expected X,Y", excerpt(text)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{self, entries};
    use crate::numbers::Point;
    use crate::state::{Command, RunCommand, State};

    #[test]
    fn every_landscape_and_what_a_command_holds_comes_back() {
        for entry in entries() {
            let mut document = Document::new(Landscape::of(entry));
            document.start = Point::new(0.1 + 0.2, -1e-7);
            let scene = Scene::at_start(document);
            let (line, lost) = scene.command();
            if entry.id == landscapes::own::GRID.id {
                assert!(!lost.is_empty(), "{line}");
                continue;
            }
            assert_eq!(lost, [""; 0], "{line}");
            assert_eq!(read(&line).unwrap().spec(), scene.spec(), "{line}");
        }
    }

    #[test]
    fn a_formula_with_quotes_and_spaces_is_one_word_and_what_is_lost_is_named() {
        let mut document = Document::new(Landscape::parse("formula:a x^2 + max(x, y)^2,a=3").unwrap());
        document.landscape = document.landscape.with_domain(Some(ViewBox::new(-1.0, 2.0, -3.0, 4.0)));
        let mut state = State::new(document);
        assert_eq!(state.scene().command().1, [""; 0]);
        state.apply(vec![
            Command::Runs(RunCommand::SetOwnStart(state.selected, Some(Point::new(1.0, 1.0)))),
            Command::Runs(RunCommand::Duplicate(state.selected)),
            Command::Runs(RunCommand::SetHidden(state.selected, true)),
        ]);
        let (line, lost) = state.scene().command();
        assert!(line.contains(" -l 'formula:a x^2 + max(x, y)^2,a=3' --box -1,2,-3,4 -o "), "{line}");
        let lost = lost.join(", ");
        assert!(lost.contains("starts of single runs") && lost.contains("hidden"), "{lost}");
        assert_eq!(words_of("a 'b c' \"d\\\"e\" f\\ g\\\n h ''").unwrap(), ["a", "b c", "d\"e", "f g", "h", ""]);
    }

    #[test]
    fn a_command_may_be_without_its_task_or_with_a_prompt() {
        let whole = read("taylorscope render -l quad:kappa=20 -o adam:lr=0.1 --steps 50").unwrap();
        for line in [
            "taylorscope -l quad:kappa=20 -o adam:lr=0.1 --steps 50",
            "$ taylorscope compare -l quad:kappa=20 -o adam:lr=0.1 --steps 50",
        ] {
            assert!(is_command(line), "{line}");
            assert_eq!(read(line).unwrap().spec(), whole.spec(), "{line}");
        }
        let of_file = read("taylorscope lesson.toml").unwrap_err();
        assert!(of_file.contains("'lesson.toml' names files"), "{of_file}");
    }
}
