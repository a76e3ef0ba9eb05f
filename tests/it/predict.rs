//! Predict, then see: by key and by label, nothing is given away while it is asked, and the reveal stands beside the guesses.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use taylorscope::drawing::WindowPart;
use taylorscope::drawing::compose;
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::optimizers::ENTRIES;
use taylorscope::quiz::{Guess, PredictionKind, Span, StepOutcome};
use taylorscope::render::context::overlay_context;
use taylorscope::render::guesses::guess_marks;
use taylorscope::state::{
    Command, Document, ExportCommand, Pane, Phase, Picture, PilotCommand, PlayCommand, PredictCommand, RunCommand,
    State, ViewCommand, Vote, WindowCommand,
};
use taylorscope::ui::views::paths;

use crate::desk::{Desk, click, desk, drag, opened, overshooting, says};
use crate::some::some;

fn press(harness: &mut Harness<'static, Desk>, key: Key) {
    harness.key_press_modifiers(Modifiers::NONE, key);
    harness.run_steps(4);
}

fn press_button(harness: &mut Harness<'static, Desk>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run_steps(4);
}

fn predict(harness: &mut Harness<'static, Desk>, command: PredictCommand) {
    harness.state_mut().state.apply(vec![Command::Predict(command)]);
    harness.run_steps(4);
}

fn ask(harness: &mut Harness<'static, Desk>, kind: PredictionKind, span: Span) {
    predict(harness, PredictCommand::Ask { kind, span, question: None });
}

fn phase(harness: &Harness<'static, Desk>) -> Option<Phase> {
    harness.state().state.predictions.open().map(|open| open.phase)
}

/// Where a place of weight space is on the map.
fn on_map(harness: &Harness<'static, Desk>, at: Point) -> Pos2 {
    harness.state().canvases.map.mapping.expect("the map is seen").position(at)
}

/// Everything that a screen reader finds: labels, values and descriptions.
fn read_aloud(harness: &Harness<'static, Desk>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for node in harness.query_all(By::new().predicate(|_| true)) {
        let known = node.accesskit_node();
        out.extend([known.label(), known.value(), known.description()].into_iter().flatten());
    }
    out
}

/// The first scene that a method has with a parameter times a factor, asked about its first step.
fn asked_scene(landscape: &str, method: &'static str, factor: f64, picture: Picture, tab: Pane) -> Option<State> {
    let mut state = State::new(Document::new(Landscape::parse(landscape).unwrap()));
    let card = state.selected;
    state.apply(vec![Command::Runs(RunCommand::SetMethod(card, method))]);
    let choice = state.document.cards[0].optimizer.clone();
    let parameter = choice.entry.main_index()?;
    let value = choice.parameters[parameter] * factor;
    state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter, value })]);
    state.apply(vec![
        Command::View(ViewCommand::ShowPicture(picture)),
        Command::View(ViewCommand::ShowTab(tab)),
        Command::Predict(PredictCommand::Ask { kind: PredictionKind::Landing, span: Span::Step, question: None }),
    ]);
    state.finish();
    state.predictions.asked()?;
    Some(state)
}

/// The same point with two rates: what is asked is the same, and only the answer differs. So all that is drawn, and all that is
/// read aloud but the rate itself, must be the same, to the last pixel.
#[test]
fn while_it_is_asked_no_view_gives_the_answer_away() {
    let pictures =
        [("himmelblau", Picture::Map), ("himmelblau", Picture::Surface), ("formula:x^4/4-x^2", Picture::Map)];
    let tabs = [Pane::Slice, Pane::Loss, Pane::Rule, Pane::Curvature, Pane::Circle, Pane::Momentum];
    let cases = pictures.into_iter().flat_map(|seen| tabs.map(|tab| (seen, tab)));
    // No multiple of the tabs: other ones with each picture.
    for ((landscape, picture), tab) in some(cases, 5) {
        let scenes = [1.0, 0.37].map(|factor| asked_scene(landscape, "momentum", factor, picture, tab).unwrap());
        let [one, other] = scenes.map(|state| {
            let mut harness = opened(state);
            harness.run_steps(4);
            let aloud = read_aloud(&harness);
            let image = harness.render().expect("it is painted");
            (aloud, image)
        });
        // The slider of the rate and its number are what is asked about, not the answer.
        let is_rate = |text: &&String| {
            text.contains('η') || text.contains("earning rate") || text.parse::<f64>().is_ok() || text.starts_with("0.")
        };
        let [a, b] =
            [&one.0, &other.0].map(|texts| texts.iter().filter(|text| !is_rate(text)).collect::<BTreeSet<_>>());
        assert_eq!(a, b, "{landscape}, {picture:?}, {tab:?}: what is read aloud");
        let height = one.1.height();
        // The chips above the picture and the bars below it have the rate.
        let rows = (height * 14 / 100)..(height * 76 / 100);
        let differs = one
            .1
            .enumerate_pixels()
            .filter(|(_, y, _)| rows.contains(y))
            .find(|(x, y, pixel)| other.1.get_pixel(*x, *y) != *pixel);
        assert!(differs.is_none(), "{landscape}, {picture:?}, {tab:?}: a pixel differs at {differs:?}");
    }
}

/// Of every method: no number of the landing, of the change or of the later path is said anywhere.
#[test]
fn of_no_method_a_number_of_the_answer_is_read_aloud() {
    use taylorscope::numbers::numerals::{change, coordinate, number};
    for method in some(ENTRIES.iter().copied(), 4) {
        let mut state = overshooting();
        let card = state.document.cards[0].id;
        state.apply(vec![
            Command::Runs(RunCommand::RemoveOthers(card)),
            Command::Runs(RunCommand::SetMethod(card, method.id)),
            Command::Play(PlayCommand::GoTo(1)),
        ]);
        state.finish();
        let run = state.derived.run(card).unwrap();
        let (Some(here), Some(next)) = (run.iterates().get(1).copied(), run.iterates().get(2).copied()) else {
            continue;
        };
        let known = |value: f64| [here.at.x, here.at.y, here.loss].map(number).contains(&number(value));
        let mut secrets: Vec<String> = Vec::new();
        if !known(next.loss) {
            secrets.extend([number(next.loss), change(next.loss - here.loss)]);
        }
        secrets.push(format!("({}, {})", coordinate(next.at.x), coordinate(next.at.y)));
        if next.at == here.at {
            continue;
        }
        ask_state(&mut state);
        let mut harness = opened(state);
        if harness.state().state.predictions.asked().is_none() {
            continue;
        }
        let aloud: Vec<String> = read_aloud(&harness).into_iter().collect();
        for secret in secrets.iter().filter(|secret| secret.len() > 3) {
            let said = aloud.iter().find(|text| text.contains(secret.as_str()));
            assert!(said.is_none(), "{}: {secret} is said in {said:?}", method.name);
        }
        press(&mut harness, Key::G);
        let aloud = read_aloud(&harness);
        let landing = secrets.last().unwrap();
        assert!(aloud.iter().any(|text| text.contains(landing.as_str())), "{}: revealed, it is said", method.name);
    }
}

fn ask_state(state: &mut State) {
    let (kind, span) = (PredictionKind::Landing, Span::Step);
    state.apply(vec![Command::Predict(PredictCommand::Ask { kind, span, question: None })]);
}

#[test]
fn a_key_hides_the_step_a_click_guesses_and_the_key_reveals() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    harness.run_steps(4);
    let landing = {
        let analysis = harness.state().state.derived.analysis().unwrap();
        analysis.iterate.at + analysis.proposed().unwrap()
    };
    press(&mut harness, Key::G);
    assert_eq!(phase(&harness), Some(Phase::Asked));
    assert!(
        says(&harness, "Where does the next step end?") && says(&harness, "Hidden until the answer is revealed (G)")
    );
    let place = on_map(&harness, landing) + egui::vec2(20.0, 0.0);
    click(&mut harness, place);
    let guess = harness.state().state.predictions.open().unwrap().final_guess(0).cloned();
    assert!(matches!(guess, Some(Guess::Place(_))), "{guess:?}");
    assert!(says(&harness, "copy the code "), "the guess has a code");
    press(&mut harness, Key::G);
    assert_eq!(phase(&harness), Some(Phase::Revealed));
    assert!(says(&harness, " % of the step"), "how far it is off");
    assert!(says(&harness, "team A, score "), "and what it scores");
    press(&mut harness, Key::G);
    assert!(phase(&harness).is_none() && says(&harness, "predicted"), "the sentence is back");
    press(&mut harness, Key::G);
    press(&mut harness, Key::ArrowRight);
    assert_eq!(
        (phase(&harness), harness.state().state.shown_step()),
        (Some(Phase::Revealed), 2),
        "to step on is to reveal"
    );
    press(&mut harness, Key::Escape);
    assert_eq!(phase(&harness), None, "Escape leaves it");
}

#[test]
fn four_teams_guess_discuss_and_guess_again() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    press_button(&mut harness, "Predict");
    for _ in 0..3 {
        press_button(&mut harness, "one team more");
    }
    assert_eq!(harness.state().state.predictions.teams(), 4);
    let at = harness.state().state.derived.analysis().unwrap().iterate.at;
    for team in 0..4 {
        let place = on_map(&harness, at) + egui::vec2(30.0 * (team as f32 - 1.5), 40.0);
        click(&mut harness, place);
    }
    let open = harness.state().state.predictions.open().unwrap();
    assert!((0..4).all(|team| open.guess(team, Vote::First).is_some()), "each has guessed, in turn");
    assert!(says(&harness, "team D, score 0, has guessed"));
    press_button(&mut harness, "second vote");
    let place = on_map(&harness, at) + egui::vec2(0.0, 60.0);
    click(&mut harness, place);
    press_button(&mut harness, "Reveal");
    let open = harness.state().state.predictions.open().unwrap();
    assert!(open.guess(0, Vote::First).is_some() && open.guess(0, Vote::Second).is_some(), "both votes are kept");
    assert!(says(&harness, " → "), "and both are said");
}

#[test]
fn a_path_is_drawn_with_the_hand() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    ask(&mut harness, PredictionKind::Path, Span::Run);
    let from = harness.state().state.derived.analysis().unwrap().iterate.at;
    let from = on_map(&harness, from);
    let way: Vec<Pos2> = (0..8).map(|place| from + egui::vec2(12.0 * place as f32, 6.0 * place as f32)).collect();
    let frame = harness.state().state.view.scene.map;
    drag(&mut harness, &way);
    let Some(Guess::Path(places)) = harness.state().state.predictions.open().unwrap().final_guess(0).cloned() else {
        panic!("a path")
    };
    assert!(places.len() > 4, "{places:?}");
    assert_eq!(harness.state().state.view.scene.map, frame, "the map stays where it is");
    press_button(&mut harness, "Reveal");
    assert!(says(&harness, " of the way"), "how far it is off");
}

#[test]
fn an_outcome_is_answered_in_words_and_the_true_ones_are_marked() {
    let mut harness = desk(1280.0, 720.0);
    ask(&mut harness, PredictionKind::Outcome, Span::Step);
    for outcome in StepOutcome::ALL {
        assert!(says(&harness, &format!("the loss: {}", outcome.title())), "{outcome:?} has a button");
    }
    press_button(&mut harness, "the loss: crosses the valley");
    press_button(&mut harness, "Reveal");
    let truth = harness.state().state.predictions.open().unwrap().truth.clone().unwrap();
    for outcome in StepOutcome::ALL {
        let word = if truth.outcomes.contains(&outcome) { ", true" } else { ", not true" };
        assert!(says(&harness, &format!("{}{word}", outcome.title())), "{outcome:?}");
    }
}

#[test]
fn of_one_weight_a_guess_is_a_point_of_the_axis() {
    let mut document = Document::new(Landscape::parse("formula:x^4/4-x^2").unwrap());
    document.start = Point::new(2.0, 0.0);
    let mut harness = opened(State::new(document));
    press(&mut harness, Key::G);
    let mapping = harness.state().canvases.curve.mapping.unwrap();
    let place = mapping.position(Point::new(1.0, 0.5));
    click(&mut harness, place);
    let Some(Guess::Place(at)) = harness.state().state.predictions.open().unwrap().final_guess(0).cloned() else {
        panic!("a place")
    };
    assert!((at.x - 1.0).abs() < 0.05 && at.y == 0.0, "{at}");
    assert_eq!(harness.state().state.document.start.x, 2.0, "the start stays");
    press_button(&mut harness, "Reveal");
    assert!(says(&harness, " % of the step"));
}

#[test]
fn the_answers_of_a_class_are_pasted_and_their_common_mistake_is_named() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    ask(&mut harness, PredictionKind::Landing, Span::Step);
    let state = &harness.state().state;
    let at = state.derived.analysis().unwrap().iterate.at;
    let code = |dx: f64, dy: f64| state.code_of(&Guess::Place(Point::new(at.x + dx, at.y + dy))).unwrap();
    let lines: Vec<String> =
        [(0.0, 0.0), (0.01, 0.0), (0.0, 0.01), (1.5, 1.5)].iter().map(|(dx, dy)| code(*dx, *dy)).collect();
    let text = format!("name,code\nA,{}\nB,nothing\n", lines.join("\nA,"));
    harness.event(egui::Event::Paste(text));
    harness.run_steps(4);
    assert!(says(&harness, "4 answers"), "they are counted");
    assert!(says(&harness, "line 6: there is no code in it"), "and the line without one is named");
    let crowds = |harness: &Harness<'static, Desk>| {
        let marks = guess_marks(&harness.state().state).unwrap_or_default();
        (marks.crowds.iter().map(|(_, count)| *count).collect::<Vec<_>>(), marks.wrong.map(|(_, text)| text))
    };
    assert_eq!(crowds(&harness), (Vec::new(), None), "and nobody sees where they are before the reveal");
    harness.event(egui::Event::Paste(lines.join("\n")));
    harness.run_steps(4);
    assert!(says(&harness, "4 answers") && says(&harness, "4 already there"), "the same ones do not count again");
    press_button(&mut harness, "Reveal");
    assert!(
        says(&harness, "Most common wrong landing: 3 of 4, no move at all"),
        "{:?}",
        harness.state().state.common_mistake()
    );
    assert!(says(&harness, "off by more than 100 %: "), "the histogram is read aloud");
    assert_eq!(crowds(&harness), (vec![3, 1], Some("3 of 4: no move at all".to_owned())), "how many agree, and where");
}

/// Before a class at 1024 × 768 the question, the answers and the reveal are there, and large enough to be hit.
#[test]
fn before_a_class_the_targets_are_large() {
    let mut harness = desk(1024.0, 768.0);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    ask(&mut harness, PredictionKind::Outcome, Span::Step);
    for label in ["the loss: rises", "Reveal"] {
        let rect = harness.get_by_role_and_label(Role::Button, label).rect();
        assert!(rect.height() >= 44.0 && rect.bottom() < 768.0, "{label}: {rect:?}");
    }
}

#[test]
fn a_run_is_flown_by_hand() {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::G);
    harness.run_steps(4);
    assert!(harness.state().state.view.in_fog() && says(&harness, "The goal: "), "in fog, with a goal");
    let flight = |harness: &Harness<'static, Desk>| harness.state().state.flight().unwrap();
    assert!(flight(&harness).is_ready && !says(&harness, "Par"), "it waits, and says nothing of par");
    assert!(says(&harness, "Begin (Space)"));
    press(&mut harness, Key::Space);
    assert!(!flight(&harness).is_ready && !says(&harness, "Begin (Space)"), "it begins");
    let rate = |harness: &Harness<'static, Desk>| {
        let state = &harness.state().state;
        state.document.parameters_at(&state.document.cards[0], state.shown_step())[0]
    };
    let before = rate(&harness);
    press(&mut harness, Key::ArrowUp);
    assert!((rate(&harness) / before - 1.1).abs() < 1e-9, "a key changes the rate: {before} to {}", rate(&harness));
    press_button(&mut harness, "Again");
    assert_eq!(rate(&harness), before, "again, without what was changed");
    assert!(flight(&harness).is_ready, "from the start");
    press_button(&mut harness, "Begin (Space)");
    press(&mut harness, Key::End);
    assert!(flight(&harness).has_landed && says(&harness, "Par"), "par is said at the end");
    assert!(says(&harness, "Copy the schedule"));
    press(&mut harness, Key::Escape);
    assert!(!harness.state().state.view.in_fog(), "the fog lifts");
}

/// Teams that guess nearly the same place have their letters and distances beside each other, not one on the other.
#[test]
fn each_of_four_close_guesses_has_its_letter_and_its_distance() {
    let mut state = overshooting();
    ask_state(&mut state);
    let at = state.derived.analysis().unwrap().iterate.at;
    state.apply(vec![Command::Predict(PredictCommand::SetTeams(4))]);
    for team in 0..4 {
        let place = Point::new(at.x + 0.02 * f64::from(team), at.y + 0.01);
        let turn = PredictCommand::ChooseTeam(usize::try_from(team).unwrap());
        state.apply([turn, PredictCommand::Guess(Guess::Place(place))].map(Command::Predict).into());
    }
    state.apply(vec![Command::Predict(PredictCommand::Reveal)]);
    state.apply(vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    state.finish();
    let harness = opened(state);
    let map = harness.state().canvases.place(WindowPart::Picture).unwrap();
    let said = crate::presenting::texts(&harness);
    let said = said.iter().map(|text| (text.galley.text(), text.visual_bounding_rect()));
    let said: Vec<(&str, Rect)> = said.filter(|(_, rect)| map.contains_rect(*rect)).collect();
    let of_team = |team: &str| said.iter().find(|(text, _)| text.starts_with(team) && text.len() > 3).copied();
    let labels: Vec<(&str, Rect)> = ["A ", "B ", "C ", "D "].into_iter().filter_map(of_team).collect();
    assert_eq!(labels.len(), 4, "{said:?}");
    for (index, (text, rect)) in labels.iter().enumerate() {
        assert!(!labels[..index].iter().any(|(_, other)| other.intersects(*rect)), "{text} in {labels:?}");
    }
}

/// A student opens the link of the scene and is asked the same: the code of the guess is one of the teacher's question.
#[test]
fn a_code_from_the_scene_of_the_link_belongs_to_the_question() {
    let mut teacher = overshooting();
    ask_state(&mut teacher);
    let link = teacher.scene_link().expect("it can be written");
    let mut student = State::showing(taylorscope::state::read_shared(&link).expect("a scene"));
    ask_state(&mut student);
    let at = student.derived.analysis().unwrap().iterate.at;
    let code = student.code_of(&Guess::Place(at)).expect("within the frame");
    teacher.apply(vec![Command::Predict(PredictCommand::TakeAnswers(code))]);
    let answers = teacher.predictions.open().unwrap().answers.clone().expect("it is taken");
    assert!((answers.places()[0] - at).norm() < 1e-3, "{answers:?}");
}

/// What the map says of the evaluations up to the iterate is what the score of the flight counts.
#[test]
fn the_map_in_fog_and_the_score_of_a_flight_have_one_count() {
    let mut state = overshooting();
    state.apply(vec![Command::Pilot(PilotCommand::Start), Command::Play(PlayCommand::GoTo(3))]);
    state.finish();
    let flight = state.flight().expect("a run is flown");
    assert_eq!((flight.step, flight.gradients), (3, 3.0), "a gradient for each step");
    let view = state.document.landscape.domain();
    let context = overlay_context(&state, paths(&state), view, PageScale::equal(view.width() / 600.0));
    let primitives = compose::map(&context, |id| state.view.sees(id), None);
    let said: Vec<&str> = primitives
        .iter()
        .filter_map(|primitive| match primitive {
            Primitive::Text { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let has = |words: &str| said.iter().any(|text| text.contains(words));
    assert!(has("evaluations up to here: 3 gradients") && has("for the step from here: 1 gradient"), "{said:?}");
}

/// Over a question the export is closed first: one `Escape` does not give the answer away.
#[test]
fn escape_closes_the_export_before_the_question() {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press(Key::G);
    harness.run_steps(3);
    harness.state_mut().state.apply(vec![Command::Export(ExportCommand::Toggle)]);
    harness.run_steps(3);
    assert!(harness.state().state.export.dialog.is_some() && harness.state().state.predictions.asked().is_some());
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.state().state.export.dialog.is_none(), "the export is closed");
    assert!(harness.state().state.predictions.asked().is_some(), "and the question waits");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.state().state.predictions.asked().is_none(), "the next one closes it");
}
