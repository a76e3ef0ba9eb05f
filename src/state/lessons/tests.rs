//! The lessons of the program: their scenes, their tasks, and what they claim.

use super::ALL;
use crate::analysis::{Cloud, Curvature, LocalModel};
use crate::run::{Iterate, StepAnalysis, StopReason};
use crate::state::{Command, DocumentCommand, HistoryCommand, RunCommand, State};

#[test]
fn every_lesson_has_its_scene_and_undo_and_leaving_take_it_back() {
    for (index, lesson) in ALL.iter().enumerate() {
        let mut state = State::overshooting();
        let before = state.document.clone();
        state.apply(vec![Command::Document(DocumentCommand::ShowLesson(index))]);
        let scene = lesson.scene().unwrap();
        assert_eq!(state.document.landscape, scene.document.landscape, "{}", lesson.question);
        assert_eq!(state.document.cards.len(), scene.document.cards.len(), "{}", lesson.question);
        assert_eq!(state.shown_step(), scene.playhead, "{}", lesson.question);
        let analysis = state.derived.analysis().unwrap();
        assert!(analysis.proposed().is_some(), "{}: there is a step to look at", lesson.question);
        assert_eq!(state.view.scene.overlays, scene.view.overlays, "{}", lesson.question);
        assert_eq!(state.shown_tab(), scene.view.tab, "{}", lesson.question);
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!((&state.document, state.lesson().is_none()), (&before, true), "{}", lesson.question);
        let next = (index + 1) % ALL.len();
        let whole = state.scene();
        for shown in [index, next] {
            state.apply(vec![Command::Document(DocumentCommand::ShowLesson(shown))]);
            assert_eq!(state.lesson().map(|lesson| lesson.id.as_str()), Some(ALL[shown].id.as_str()));
        }
        state.apply(vec![Command::Document(DocumentCommand::LeaveLesson)]);
        assert_eq!(state.scene(), whole, "{}: left", lesson.question);
    }
}

#[test]
fn what_the_answers_claim_is_so() {
    let end = |index: usize, card: usize| {
        let mut state = State::overshooting();
        state.apply(vec![Command::Document(DocumentCommand::ShowLesson(index))]);
        let id = state.document.cards[card].id;
        state.derived.run(id).unwrap().iterates().last().copied().unwrap()
    };
    let index = |words: &str| ALL.iter().position(|lesson| lesson.question.contains(words)).unwrap();
    let scale = index("scale with the gradient");
    assert!(end(scale, 0).loss < 1e-6 && end(scale, 1).loss > 1e-3, "one settles, the other hops");
    assert!(end(index("second order"), 0).loss < 1e-12, "Newton arrives");
    let well = index("local minimum");
    assert!(end(well, 0).at.x < -0.5 && end(well, 1).at.x > 0.5, "the ball passes, descent stays");
    let constant = index("constant slope?");
    assert!(
        end(constant, 0).loss > 0.05 && end(constant, 1).loss < 0.5 * end(constant, 0).loss,
        "a falling rate settles"
    );
    let saddle = index("stop at a saddle");
    assert!((end(saddle, 0).loss - 67.719).abs() < 1e-3 && end(saddle, 1).loss < 1e-9, "a saddle, and a minimum");
    let edge = |card: usize| {
        let Iterate { at, .. } = end(index("below its limit"), card);
        let landscape = ALL[index("below its limit")].scene().unwrap().document.landscape;
        Curvature::of(&LocalModel::new(landscape.loss(), at)).unwrap().eigen.values[1]
    };
    assert!((edge(0) - 19.954).abs() < 5e-4, "λmax is driven just below 2/η = 20: {}", edge(0));
    assert!((edge(1) - 32.04).abs() < 5e-3, "and with half the rate need not be: {}", edge(1));
    let mut state = State::overshooting();
    state.apply(vec![Command::Document(DocumentCommand::ShowLesson(index("below its limit")))]);
    state.apply(vec![Command::Runs(RunCommand::SetParameter { card: state.selected, parameter: 0, value: 0.2 })]);
    let stop = state.derived.run(state.selected).unwrap().stop().unwrap().reason;
    assert_eq!(stop, StopReason::Diverged, "twice the rate diverges");
    let rate = index("learning rate");
    assert!(end(rate, 0).loss < 1e-3, "within the limit it settles");
    assert!(end(index("ReLU"), 0).gradient.norm() < 0.05, "the gradient of the loss shrinks");
}

#[test]
fn what_the_answers_claim_of_noise_is_so() {
    let shown = |words: &str| {
        let index = ALL.iter().position(|lesson| lesson.question.contains(words)).unwrap();
        let mut state = State::overshooting();
        state.apply(vec![Command::Document(DocumentCommand::ShowLesson(index))]);
        state
    };
    let last = |state: &State, card: usize| {
        state.derived.run(state.document.cards[card].id).unwrap().iterates().last().copied().unwrap()
    };
    let mut state = shown("noise good");
    let [noisy, whole] = [0, 1].map(|card| last(&state, card));
    assert!(whole.loss > 0.2 && whole.gradient.norm() < 1e-6, "descent stays in a poor minimum: {}", whole.loss);
    assert!(noisy.loss < 0.01, "batches of 2 leave it: {}", noisy.loss);
    let cloud = |at| Cloud::of(state.document.landscape.loss(), at).unwrap();
    let [poor, good] = [cloud(whole.at), cloud(noisy.at)];
    assert!(poor.accord().unwrap() < 1e-6 && poor.longest > 5.0 * good.longest, "at odds there, content here");
    let (card, parameter) = (state.selected, state.document.cards[0].optimizer.entry.parameter_index("batch").unwrap());
    state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter, value: 4.0 })]);
    assert!(last(&state, 0).loss > 0.2, "batches of 4 stay: {}", last(&state, 0).loss);

    let state = shown("not settle");
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
