//! What the lessons claim beyond numbers: who settles and who does not, what is left and what is not, on the pages that say so.

use taylorscope::analysis::{Cloud, Curvature, LocalModel};
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::run::{Iterate, StepAnalysis, StopReason};
use taylorscope::state::{Command, DocumentCommand, LESSONS, LessonCommand, PredictCommand, RunCommand, State};

use crate::enough::at_least;
use crate::some::some;

/// The lesson whose question has these words, at a page, from 1.
fn shown((words, page): (&str, usize)) -> State {
    let index = LESSONS.iter().position(|lesson| lesson.question.contains(words)).unwrap();
    let mut state = State::opening();
    state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
    for _ in 1..page {
        state.apply(vec![Command::Predict(PredictCommand::Close), Command::Lessons(LessonCommand::TurnPage(1))]);
    }
    // What a page asks is answered, so that whole runs are there.
    state.apply(vec![Command::Predict(PredictCommand::Close)]);
    state.finish();
    state
}

#[test]
fn what_the_answers_claim_is_so() {
    let end = |of: (&str, usize), card: usize| {
        let state = shown(of);
        let id = state.document.cards[card].id;
        state.derived.run(id).unwrap().iterates().last().copied().unwrap()
    };
    let scale = ("scale with the gradient", 2);
    assert!(end(scale, 1).loss < 1e-6 && end(scale, 0).loss > 1e-3, "one settles, the other oscillates");
    assert!(end(("second order buy", 1), 0).loss < 1e-12, "Newton arrives");
    let well = ("local minimum", 3);
    assert!(end(well, 0).at.x < -0.5 && end(well, 1).at.x > 0.5, "the ball passes, descent stays");
    let constant = ("constant slope?", 2);
    assert!(
        end(constant, 1).loss > 0.05 && end(constant, 0).loss < 0.5 * end(constant, 1).loss,
        "a falling rate settles"
    );
    assert!((end(("stop at a saddle", 8), 0).loss - 67.719).abs() < 1e-3, "a saddle");
    let cures = ("stop at a saddle", 6);
    assert!((0..3).all(|card| end(cures, card).loss < 1e-9) && end(cures, 3).loss > 14.0, "minima, and a saddle");
    let edge = |card: usize| {
        let of = ("below its limit", 2);
        let Iterate { at, .. } = end(of, card);
        Curvature::of(&LocalModel::new(shown(of).document.landscape.loss(), at)).unwrap().eigen.values[1]
    };
    assert!((edge(0) - 19.954).abs() < 5e-4, "λmax is driven just below 2/η = 20: {}", edge(0));
    assert!((edge(1) - 32.04).abs() < 5e-3, "and with half the rate need not be: {}", edge(1));
    let mut state = shown(("below its limit", 2));
    state.apply(vec![Command::Runs(RunCommand::SetParameter { card: state.selected, parameter: 0, value: 0.2 })]);
    state.finish();
    let stop = state.derived.run(state.selected).unwrap().stop().unwrap().reason;
    assert_eq!(stop, StopReason::Diverged, "twice the rate diverges");
    assert!(end(("learning rate", 4), 0).loss < 1e-3, "within the limit it settles");
    assert!(end(("ReLU", 1), 0).gradient.norm() < 0.05, "the gradient of the loss shrinks");
}

#[test]
fn what_the_answers_claim_of_noise_is_so() {
    let last = |state: &State, card: usize| {
        state.derived.run(state.document.cards[card].id).unwrap().iterates().last().copied().unwrap()
    };
    let mut state = shown(("noise good", 1));
    let [noisy, whole] = [0, 1].map(|card| last(&state, card));
    assert!(whole.loss > 0.2 && whole.gradient.norm() < 1e-6, "descent stays in a poor minimum: {}", whole.loss);
    assert!(noisy.loss < 0.01, "batches of 2 leave it: {}", noisy.loss);
    let cloud = |at| Cloud::of(state.document.landscape.loss(), at).unwrap();
    let [poor, good] = [cloud(whole.at), cloud(noisy.at)];
    assert!(poor.accord().unwrap() < 1e-6 && poor.longest > 5.0 * good.longest, "at odds there, content here");
    let (card, parameter) = (state.selected, state.document.cards[0].optimizer.entry.parameter_index("batch").unwrap());
    state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter, value: 4.0 })]);
    state.finish();
    assert!(last(&state, 0).loss > 0.2, "batches of 4 stay: {}", last(&state, 0).loss);

    let state = shown(("not settle", 3));
    let least = 1.413_26;
    let runs: Vec<&[Iterate]> = state.derived.runs().map(|(_, run)| run.iterates()).collect();
    let [fixed, falling] = [0, 1].map(|run: usize| {
        let end = &runs[run][runs[run].len() - 60..];
        end.iter().map(|iterate| iterate.loss - least).sum::<f64>() / 60.0
    });
    assert!(fixed > 0.1 && falling < 0.02 * fixed, "thrown about by {fixed}, or settling within {falling}");
    let batch = |step, card: usize| {
        let run = state.derived.run(state.document.cards[card].id).unwrap();
        StepAnalysis::of(run, step).unwrap().batch.unwrap().samples
    };
    assert!((0..40).all(|step| batch(step, 0) == batch(step, 1)), "both draw the same batches");
}

/// A run that a page shows: on what, how, and from where.
type Shown = (String, Choice, Point);

/// The runs of a scene.
fn runs_of(state: &State) -> Vec<Shown> {
    let document = &state.document;
    let landscape = document.landscape.to_string();
    let run = |card| (landscape.clone(), document.recipe(card).optimizer, document.recipe(card).start);
    document.cards.iter().map(run).collect()
}

/// Who copies a method or a start from a page before has not done the task.
#[test]
fn no_page_shows_what_a_later_task_asks_for() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for lesson in some(LESSONS.iter(), 3) {
        let mut shown: Vec<Shown> = Vec::new();
        for page in 1..=lesson.pages.len() {
            let runs = runs_of(&shown_page(&lesson.question, page));
            let (landscape, method, start) = runs[0].clone();
            if lesson.pages[page - 1].task.is_some() {
                let copies = shown.iter().filter(|(of, how, from)| {
                    *of == landscape && (*from == start || *how == method) && !(*from == start && *how == method)
                });
                for (_, how, from) in copies {
                    let mut state = shown_page(&lesson.question, page);
                    state.document.cards[0].optimizer = how.clone();
                    state.apply(vec![Command::Document(DocumentCommand::MoveStart(*from))]);
                    state.finish();
                    tried += 1;
                    if state.is_task_done() {
                        wrong.push(format!("{}, page {page}: {how} from {from}", lesson.id));
                    }
                }
            }
            shown.extend(runs);
        }
    }
    assert!(tried > at_least(10, 2), "{tried} copies");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn shown_page(question: &str, page: usize) -> State {
    shown((question, page))
}
