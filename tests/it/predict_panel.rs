//! The panel of a question is whole, wherever it stands and whatever it has to say: no control and no word is cut at its edge.

use egui::Rect;
use egui::epaint::{ClippedShape, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use taylorscope::drawing::{TypeScale, WindowPart};
use taylorscope::numbers::Vector;
use taylorscope::quiz::{Guess, PredictionKind, StepOutcome};
use taylorscope::state::{Command, LESSONS, LessonCommand, Phase, PredictCommand, State, WindowCommand};

use crate::desk::{Desk, desk, overshooting, says};
use crate::enough::at_least;
use crate::some::some;

/// A question as long as they get.
const QUESTION: &str = "The plane promises that the loss will fall by 35. What will the loss do in this step?";

/// Where the question is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Desk,
    Lesson,
    Presented,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Asked,
    SecondVote,
    Revealed,
    RevealedToAClass,
}

fn guess(state: &State, kind: PredictionKind, by: f64) -> Guess {
    let at = state.derived.analysis().unwrap().iterate.at;
    let away = |x: f64, y: f64| at + Vector::new(x, y);
    match kind {
        PredictionKind::Landing => Guess::Place(away(by, 0.2)),
        PredictionKind::Path => Guess::Path(vec![away(by, 0.1), away(by, 0.4), away(0.5, by)]),
        PredictionKind::Outcome => Guess::Outcome(StepOutcome::ALL[(by * 10.0).abs() as usize % 6]),
    }
}

fn asked(place: Place, kind: PredictionKind, stage: Stage) -> State {
    let mut state = overshooting();
    if place == Place::Lesson {
        let lesson = LESSONS.iter().position(|lesson| lesson.id == "learning-rate").unwrap();
        state.apply(vec![Command::Lessons(LessonCommand::Show(lesson))]);
    }
    if place == Place::Presented {
        state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    }
    state.finish();
    let predict = |state: &mut State, command| state.apply(vec![Command::Predict(command)]);
    let ask = PredictCommand::Ask { kind, span: kind.spans()[0], question: Some(QUESTION.to_owned()) };
    predict(&mut state, ask);
    predict(&mut state, PredictCommand::SetTeams(4));
    if stage == Stage::Asked {
        return state;
    }
    let vote = |state: &mut State| {
        for team in 0..4 {
            let guess = guess(state, kind, 0.3 * f64::from(team) - 0.4);
            predict(state, PredictCommand::Guess(guess));
        }
    };
    vote(&mut state);
    predict(&mut state, PredictCommand::SecondVote);
    if stage != Stage::Revealed {
        let codes = (0..30).filter_map(|index| state.code_of(&guess(&state, kind, 0.05 * f64::from(index) - 0.7)));
        let codes: Vec<String> = codes.collect();
        predict(&mut state, PredictCommand::TakeAnswers(format!("{}\nnothing\nno code", codes.join("\n"))));
    }
    vote(&mut state);
    if stage != Stage::SecondVote {
        predict(&mut state, PredictCommand::Reveal);
    }
    state.finish();
    state
}

/// The words of a frame whose room is in a rectangle, with their place and their room.
fn words_in(shapes: &[ClippedShape], panel: Rect) -> Vec<(String, Rect, Rect)> {
    fn collect(shape: &Shape, clip: Rect, out: &mut Vec<(String, Rect, Rect)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, out)),
            Shape::Text(text) if !text.galley.text().trim().is_empty() => {
                out.push((text.galley.text().to_owned(), text.galley.mesh_bounds.translate(text.pos.to_vec2()), clip));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    let is_of_panel = |clip: Rect| panel.y_range().contains(clip.top()) && panel.y_range().contains(clip.bottom());
    for clipped in shapes.iter().filter(|clipped| is_of_panel(clipped.clip_rect)) {
        collect(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

/// What is wrong with the panel of a window.
fn faults(harness: &Harness<'static, Desk>) -> Vec<String> {
    let parts = &harness.state().canvases.parts;
    let panel = parts.iter().find(|(part, _)| *part == WindowPart::Sentence).map(|(_, rect)| *rect);
    let Some(panel) = panel else { return vec!["there is no panel".to_owned()] };
    let words = words_in(&harness.output().shapes, panel.expand(1.0));
    let is_cut = |(_, place, room): &&(String, Rect, Rect)| !room.expand(1.5).contains_rect(*place);
    let mut out: Vec<String> = words.iter().filter(is_cut).map(|(text, ..)| format!("'{text}' is cut")).collect();
    if words.len() < 8 {
        out.push(format!("only {} words are seen", words.len()));
    }
    // A control whose middle is in the panel, or below it as it scrolled away, is whole.
    let inside = panel.expand(0.5);
    let named = |name: &str| {
        name == "Reveal"
            || ["team ", "second vote", "Paste answers", "close the prediction", "all scores to 0", "the loss: "]
                .iter()
                .any(|of| name.starts_with(of))
            || name.contains("off by ")
            || name.contains(" answers")
            || name.contains("true")
    };
    for node in harness.query_all(By::new().predicate(|_| true)) {
        let name = node.accesskit_node().label().unwrap_or_default();
        if named(&name) && !inside.contains_rect(node.rect()) {
            out.push(format!("{name}: {} is not in {panel}", node.rect()));
        }
    }
    out
}

#[test]
fn every_part_of_a_question_is_whole_in_its_panel() {
    let mut wrong = Vec::new();
    let mut cases = Vec::new();
    for place in [Place::Lesson, Place::Presented, Place::Desk] {
        for kind in PredictionKind::ALL {
            for stage in [Stage::RevealedToAClass, Stage::Asked, Stage::SecondVote, Stage::Revealed] {
                cases.push((place, kind, stage));
            }
        }
    }
    for (turn, (width, height)) in [(1024.0, 768.0), (1280.0, 720.0)].into_iter().enumerate() {
        for (half, type_scale) in [TypeScale::Normal, TypeScale::Lecture].into_iter().enumerate() {
            let mut harness = desk(width, height);
            for (place, kind, stage) in some(cases.iter().copied().skip((turn + half) % 2), 7) {
                let mut state = asked(place, kind, stage);
                state.view.chrome.type_scale = type_scale;
                harness.state_mut().state = state;
                harness.run_steps(3);
                let is_revealed = [Stage::Revealed, Stage::RevealedToAClass].contains(&stage);
                let phase = harness.state().state.predictions.open().map(|open| open.phase);
                let expected = if is_revealed { Phase::Revealed } else { Phase::Asked };
                assert_eq!(phase, Some(expected), "{place:?}, {kind:?}, {stage:?}");
                let of = format!("{place:?}, {kind:?}, {stage:?}, {width} × {height}, {type_scale:?}");
                wrong.extend(faults(&harness).into_iter().map(|fault| format!("{of}: {fault}")));
                let picture = harness.state().canvases.parts.iter().find(|(part, _)| *part == WindowPart::Picture);
                let picture = picture.map_or(0.0, |(_, rect)| rect.height());
                if picture < 0.25 * height {
                    wrong.push(format!("{of}: the picture is {picture} high"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

/// On a projector the answers of a class stand beside the map, which keeps its height; the discs have their numbers in them.
#[test]
fn the_answers_of_a_class_leave_the_map_its_height() {
    for (width, height) in [(1296.0, 736.0), (1040.0, 784.0)] {
        let mut state = asked(Place::Presented, PredictionKind::Landing, Stage::Asked);
        let at = state.derived.analysis().unwrap().iterate.at;
        let places = [[0.0, 0.0], [-0.6, -1.4], [-1.2, 0.2], [0.5, -1.0], [1.4, -0.4]];
        let code = |[x, y]: [f64; 2]| state.code_of(&Guess::Place(at + Vector::new(x, y))).unwrap();
        let codes: Vec<String> =
            (0..300).map(|student| format!("{student},{}", code(places[student % places.len()]))).collect();
        let predict = |state: &mut State, command| state.apply(vec![Command::Predict(command)]);
        predict(&mut state, PredictCommand::SetTeams(1));
        predict(&mut state, PredictCommand::TakeAnswers(codes.join("\n")));
        predict(&mut state, PredictCommand::Reveal);
        state.finish();
        let mut harness = desk(width, height);
        harness.state_mut().state = state;
        harness.run_steps(4);
        let place = |part| harness.state().canvases.place(part).unwrap();
        let [panel, picture] = [WindowPart::Sentence, WindowPart::Picture].map(place);
        let of = format!("{width} × {height}");
        assert!(picture.height() > 0.5 * height && picture.width() > 0.5 * width, "{of}: the map has {picture}");
        assert!(picture.right() <= panel.left(), "{of}: {panel} stands beside {picture}");
        let words = words_in(&harness.output().shapes, picture.expand(1.0));
        let is_count = |(text, place, _): &&(String, Rect, Rect)| text == "60" && picture.contains(place.center());
        let counts = words.iter().filter(is_count).count();
        assert_eq!(counts, places.len(), "{of}: each crowd has its number, once: {words:?}");
    }
}

/// Guesses, their codes and the second vote leave the picture where it is: who clicks again hits the same place.
#[test]
fn nothing_moves_the_picture_while_a_class_guesses() {
    for (width, height) in [(1024.0, 768.0), (1280.0, 720.0)] {
        let mut harness = desk(width, height);
        for (turn, place) in [Place::Lesson, Place::Presented, Place::Desk].into_iter().enumerate() {
            // Each kind in one place, and each place once.
            for kind in some(PredictionKind::ALL.into_iter().cycle().skip(turn).take(3), 3) {
                harness.state_mut().state = asked(place, kind, Stage::Asked);
                harness.run_steps(3);
                let picture = |harness: &Harness<'static, Desk>| {
                    let parts = &harness.state().canvases.parts;
                    parts.iter().find(|(part, _)| *part == WindowPart::Picture).map(|(_, rect)| *rect)
                };
                let before = picture(&harness);
                assert!(before.is_some());
                for turn in 0..9 {
                    let guess = guess(&harness.state().state, kind, 0.1 * f64::from(turn));
                    let command = if turn == 4 { PredictCommand::SecondVote } else { PredictCommand::Guess(guess) };
                    harness.state_mut().state.apply(vec![Command::Predict(command)]);
                    harness.run_steps(3);
                    let of = format!("{place:?}, {kind:?}, {width} × {height}, after {turn}");
                    assert_eq!(picture(&harness), before, "{of}");
                }
            }
        }
    }
}

/// Every question of every lesson is asked when its page comes, can be answered and is revealed with an answer that is known.
#[test]
fn every_question_of_the_lessons_is_asked_answered_and_revealed() {
    let mut asked = 0;
    for (index, lesson) in some(LESSONS.iter().enumerate(), 5) {
        let mut state = State::opening();
        state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
        for (number, page) in lesson.pages.iter().enumerate() {
            if number > 0 {
                state.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
            }
            state.finish();
            let Some(predict) = &page.predict else { continue };
            let of = format!("{}, page {}", lesson.id, number + 1);
            asked += 1;
            let open = state.predictions.asked().unwrap_or_else(|| panic!("{of}: is not asked: {:?}", state.message));
            assert_eq!((open.kind, open.span), (predict.kind, predict.span), "{of}");
            let guess = guess(&state, predict.kind, 0.1);
            state.apply(vec![
                Command::Predict(PredictCommand::Guess(guess.clone())),
                Command::Predict(PredictCommand::Reveal),
            ]);
            state.finish();
            let open = state.predictions.open().unwrap_or_else(|| panic!("{of}: is closed by its reveal"));
            let truth = open.truth.as_ref().unwrap_or_else(|| panic!("{of}: the answer is not known"));
            match predict.kind {
                PredictionKind::Outcome => assert!(!truth.outcomes.is_empty(), "{of}: no word is true"),
                _ => assert!(truth.landing.is_some(), "{of}: it ends nowhere"),
            }
            assert!(open.verdict(&guess).is_some(), "{of}: no verdict");
        }
    }
    assert!(asked > at_least(15, 3), "{asked} questions");
}

/// A pasted table with bad lines says so in the panel, where the tabs stay; the scores of one lesson are not those of the next.
#[test]
fn bad_codes_are_named_in_the_panel_and_scores_begin_anew_with_a_lesson() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state = asked(Place::Desk, PredictionKind::Outcome, Stage::RevealedToAClass);
    harness.run_steps(3);
    let state = &mut harness.state_mut().state;
    assert!(state.message.is_none(), "{:?}", state.message);
    let truth = state.predictions.open().unwrap().truth.clone().unwrap();
    assert!((0..4).any(|team| state.predictions.score(team) > 0), "some team is right: {truth:?}");
    let scores = |state: &State| [0, 1, 2, 3].map(|team| state.predictions.score(team));
    let own = scores(state);
    state.apply(vec![Command::Lessons(LessonCommand::Show(0))]);
    assert_eq!(scores(state), [0; 4], "a lesson begins at 0");
    state.apply(vec![Command::Lessons(LessonCommand::Close)]);
    assert_eq!(scores(state), own, "after it the teams have what they had before");
    harness.state_mut().state = asked(Place::Desk, PredictionKind::Outcome, Stage::RevealedToAClass);
    harness.run_steps(3);
    assert!(says(&harness, "2 lines without an answer: line 31: there is no code in it"));
}
