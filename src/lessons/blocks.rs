//! The blocks of a page as data: its scene, what to try, what to predict, and where to look.

use super::keys::{Keys, Mistakes, table_of};
use super::mistake::{Located, Mistake};

/// A scene as it is written, with its place.
pub type SceneText = Located<String>;

/// Something to try, which the program recognizes.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskText {
    /// Where the block is.
    pub at: usize,
    /// What to do.
    pub task: Located<String>,
    /// What helps.
    pub hint: Option<Located<String>>,
    /// When it is done.
    pub done: GoalText,
    /// What does it; `None` where the file does not say.
    pub solution: Option<SolutionText>,
}

/// A parameter that lies in an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterRange {
    /// Its name.
    pub name: Located<String>,
    /// The least value; `None` for any.
    pub min: Option<f64>,
    /// The largest value; `None` for any.
    pub max: Option<f64>,
}

/// What must hold for a task to be done: all that is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoalText {
    /// The run, from 1; `None` for the selected one.
    pub run: Option<Located<usize>>,
    /// Words for where the run ends, one of which holds.
    pub ends: Vec<Located<String>>,
    /// Where the run ends.
    pub near: Option<Located<[f64; 2]>>,
    /// How near, also to where it starts.
    pub within: Option<Located<f64>>,
    /// Ids of methods, one of which is the run's.
    pub method: Vec<Located<String>>,
    /// Parameters of the method.
    pub parameter: Vec<ParameterRange>,
    /// Parameters of the landscape.
    pub landscape_parameter: Vec<ParameterRange>,
    /// η·λmax at the step that is shown.
    pub rate_times_curvature: Option<Located<[f64; 2]>>,
    /// ρ at the step that is shown.
    pub ratio: Option<Located<[f64; 2]>>,
    /// The step that is shown.
    pub playhead: Option<Located<[f64; 2]>>,
    /// The loss at the end is below this.
    pub loss_below: Option<Located<f64>>,
    /// The loss at the end is above this.
    pub loss_above: Option<Located<f64>>,
    /// The length of the gradient at the end is below this.
    pub gradient_below: Option<Located<f64>>,
    /// The run ends by itself after at most this number of steps.
    pub steps_at_most: Option<Located<usize>>,
    /// Where the run starts.
    pub start_near: Option<Located<[f64; 2]>>,
    /// The tab beside the picture.
    pub tab: Option<Located<String>>,
    /// Overlays that are on.
    pub show: Vec<Located<String>>,
    /// Overlays that are off.
    pub hide: Vec<Located<String>>,
    /// What stands in the large place.
    pub picture: Option<Located<String>>,
    /// How far the way through the graph has come.
    pub stage: Option<Located<[f64; 2]>>,
    /// The number of weights in the comparison.
    pub weights: Option<Located<[f64; 2]>>,
    /// There are at least this many runs.
    pub runs: Option<Located<usize>>,
}

/// Commands that do a task, in this order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SolutionText {
    /// Parameters of the landscape, by name.
    pub landscape: Vec<(Located<String>, Located<String>)>,
    /// Runs to add, as spelled on the command line.
    pub add: Vec<Located<String>>,
    /// The run to select, from 1.
    pub select: Option<Located<usize>>,
    /// The method of the selected run, as spelled on the command line.
    pub method: Option<Located<String>>,
    /// Parameters of the selected run, by name.
    pub parameters: Vec<(Located<String>, Located<String>)>,
    /// The start.
    pub start: Option<Located<[f64; 2]>>,
    /// The number of steps.
    pub steps: Option<Located<usize>>,
    /// The step to go to; `None` inside for the last.
    pub playhead: Option<Located<Option<usize>>>,
    /// What stands in the large place.
    pub picture: Option<Located<String>>,
    /// The tab beside the picture.
    pub tab: Option<Located<String>>,
    /// Overlays to switch on.
    pub show: Vec<Located<String>>,
    /// Overlays to switch off.
    pub hide: Vec<Located<String>>,
    /// How far to go through the graph.
    pub stage: Option<Located<usize>>,
    /// The number of weights in the comparison.
    pub weights: Option<Located<f64>>,
}

/// A question that is answered before the answer is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictText {
    /// What is predicted.
    pub kind: Located<String>,
    /// The next step or the whole run; `None` for what suits the kind.
    pub of: Option<Located<String>>,
    /// The question.
    pub question: Located<String>,
}

/// What is framed while a page is shown: parts of the window or overlays.
pub type LookText = Vec<Located<String>>;

impl TaskText {
    /// Reads as much of it as possible, so that mistakes in the rest are reported, too.
    pub(super) fn read(text: &str, at: usize, base: usize, mistakes: &Mistakes) -> Self {
        let table = table_of(text, base, mistakes);
        let mut keys = Keys::of(&table, base, mistakes);
        let task = keys.wanted_text("task", "what the reader is to do");
        let hint = keys.text("hint");
        let done = keys.tables("done", GoalText::read).pop();
        let solution = keys.tables("solution", SolutionText::read).pop();
        if done.is_none() {
            keys.refuse(at, "[done] is missing: what must hold when the task is done");
        }
        keys.finish();
        let task = task.unwrap_or(Located { value: String::new(), at });
        Self { at, task, hint, done: done.unwrap_or_default(), solution }
    }
}

fn range(mut keys: Keys<'_>) -> Option<ParameterRange> {
    let name = keys.wanted_text("name", "the parameter's name");
    let [min, max] = ["min", "max"].map(|end| keys.number(end).map(|end| end.value));
    if min.is_none() && max.is_none() {
        keys.refuse(keys.at(), "a parameter needs min, max or both");
    }
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        keys.refuse(keys.at(), "min must not be above max");
    }
    keys.finish();
    Some(ParameterRange { name: name?, min, max })
}

impl GoalText {
    fn read(mut keys: Keys<'_>) -> Self {
        let goal = Self {
            run: keys.whole("run"),
            ends: keys.words("ends"),
            near: keys.point("near"),
            within: keys.number("within"),
            method: keys.words("method"),
            parameter: keys.tables("parameter", range).into_iter().flatten().collect(),
            landscape_parameter: keys.tables("landscape_parameter", range).into_iter().flatten().collect(),
            rate_times_curvature: keys.interval("rate_times_curvature"),
            ratio: keys.interval("ratio"),
            playhead: keys.interval("playhead"),
            loss_below: keys.number("loss_below"),
            loss_above: keys.number("loss_above"),
            gradient_below: keys.number("gradient_below"),
            steps_at_most: keys.whole("steps_at_most"),
            start_near: keys.point("start_near"),
            tab: keys.text("tab"),
            show: keys.words("show"),
            hide: keys.words("hide"),
            picture: keys.text("picture"),
            stage: keys.interval("stage"),
            weights: keys.interval("weights"),
            runs: keys.whole("runs"),
        };
        let nothing = Self { run: goal.run.clone(), within: goal.within.clone(), ..Self::default() };
        if goal == nothing {
            keys.refuse(keys.at(), "[done] is empty: say what must hold when the task is done");
        }
        if let Some(within) = goal.within.as_ref().filter(|within| within.value <= 0.0) {
            keys.refuse(within.at, "within must be above 0");
        }
        keys.finish();
        goal
    }
}

impl SolutionText {
    fn read(mut keys: Keys<'_>) -> Self {
        let solution = Self {
            landscape: keys.settings("landscape"),
            add: keys.words("add"),
            select: keys.whole("select"),
            method: keys.text("method"),
            parameters: keys.settings("parameters"),
            start: keys.point("start"),
            steps: keys.whole("steps"),
            playhead: keys.whole_or_end("playhead"),
            picture: keys.text("picture"),
            tab: keys.text("tab"),
            show: keys.words("show"),
            hide: keys.words("hide"),
            stage: keys.whole("stage"),
            weights: keys.number("weights"),
        };
        keys.finish();
        solution
    }
}

impl PredictText {
    pub(super) fn read(text: &str, base: usize, mistakes: &Mistakes) -> Option<Self> {
        let table = table_of(text, base, mistakes);
        let mut keys = Keys::of(&table, base, mistakes);
        let kind = keys.wanted_text("kind", "landing, path or outcome");
        let of = keys.text("of");
        let question = keys.wanted_text("question", "what the class is asked");
        keys.finish();
        Some(Self { kind: kind?, of, question: question? })
    }
}

/// What is framed.
pub(super) fn read_look(text: &str, base: usize, mistakes: &Mistakes) -> LookText {
    let table = table_of(text, base, mistakes);
    let mut keys = Keys::of(&table, base, mistakes);
    let at = keys.words("at");
    if at.is_empty() {
        mistakes.borrow_mut().push(Mistake::new(base, "at is missing: the id of what to look at, or a list of them"));
    }
    keys.finish();
    at
}
