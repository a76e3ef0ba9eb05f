//! A question hides what it asks for, takes guesses, shows the answer, and goes when it is about nothing any more.

use super::*;
use crate::drawing::ink::Ink;
use crate::drawing::overlays::FOG;
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::Choice;
use crate::quiz::{Guess, MAX_SKETCH, StepOutcome, Verdict};
use crate::state::{Command, Document, DocumentCommand, HistoryCommand, RunCommand, ViewCommand, WindowCommand};

/// Gradient descent on ½(x² + 10y²) at 0.1 from (1, 1), at this step: the first step goes to (0.9, 0).
fn state(step: usize) -> State {
    let mut document = Document::new(Landscape::parse("formula:0.5x^2+5y^2").unwrap());
    (document.start, document.steps, document.tolerance) = (Point::new(1.0, 1.0), 20, None);
    document.cards[0].optimizer = Choice::parse("gd:lr=0.1").unwrap();
    let mut state = State::new(document);
    state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
    state
}

fn predict(state: &mut State, command: PredictCommand) {
    state.apply(vec![Command::Predict(command)]);
}

fn ask(state: &mut State, kind: PredictionKind, span: Span) {
    predict(state, PredictCommand::Ask { kind, span, question: None });
}

fn landing(x: f64, y: f64) -> PredictCommand {
    PredictCommand::Guess(Guess::Place(Point::new(x, y)))
}

#[test]
fn while_it_is_asked_nothing_knows_what_comes_next() {
    let mut state = state(3);
    state.apply(vec![Command::Runs(RunCommand::Add("momentum"))]);
    state.selected = state.document.cards[0].id;
    let whole: Vec<_> = state.derived.runs().map(|(_, run)| run.iterates().to_vec()).collect();
    ask(&mut state, PredictionKind::Landing, Span::Step);
    let held = |state: &State| {
        for (run, whole) in std::iter::zip(state.derived.runs(), &whole) {
            assert_eq!(run.1.iterates().len(), 4, "no run goes beyond the step that is shown");
            assert_eq!(run.1.iterates()[..3], whole[..3], "up to there it is the same");
            assert_eq!(run.1.stop(), None, "and it has no end");
        }
        let analysis = state.derived.analysis().unwrap();
        assert_eq!((analysis.proposed(), analysis.change, analysis.reach), (None, None, None));
        assert_eq!((state.last_step(), state.shown_step(), state.busy), (3, 3, false));
    };
    held(&state);
    state.tick(1.0);
    state.finish();
    held(&state);
    state.apply(vec![Command::View(ViewCommand::ToggleOverlay(FOG))]);
    assert!(state.derived.queries().unwrap().queries.len() < 5, "nor does the fog show what the step asks for");
    state.apply(vec![Command::View(ViewCommand::ToggleOverlay(FOG))]);
    predict(&mut state, PredictCommand::Reveal);
    for (run, whole) in std::iter::zip(state.derived.runs(), &whole) {
        assert_eq!(run.1.iterates(), whole, "revealed, it is the run that it was, to the last bit");
    }
}

#[test]
fn guesses_are_taken_in_turn_and_measured_at_the_reveal() {
    let mut state = state(0);
    predict(&mut state, PredictCommand::SetTeams(3));
    ask(&mut state, PredictionKind::Landing, Span::Step);
    assert_eq!(state.predictions.open().unwrap().text, "Where does the next step end?");
    for (x, y) in [(0.9, 0.05), (0.7, 0.0), (0.0, 0.0)] {
        predict(&mut state, landing(x, y));
    }
    predict(&mut state, PredictCommand::Guess(Guess::Outcome(StepOutcome::Less)));
    assert_eq!(state.predictions.team(), 2, "all have guessed: it stays the turn of the last; a word is no landing");
    let scores = |state: &State| [0, 1, 2].map(|team| state.predictions.score(team));
    assert_eq!(scores(&state), [0; 3], "nothing is known yet");
    predict(&mut state, PredictCommand::Reveal);
    assert_eq!(scores(&state), [3, 2, 0], "off by 5 %, 20 % and 90 % of the way");
    let open = state.predictions.open().unwrap();
    let Some(Verdict::Off { distance, share }) = open.verdict(open.final_guess(1).unwrap()) else { panic!("{open:?}") };
    assert!((distance - 0.2).abs() < 1e-12 && (share.unwrap() - 0.2 / 1.01_f64.sqrt()).abs() < 1e-12, "{distance}");
    predict(&mut state, landing(0.9, 0.0));
    assert_eq!(scores(&state), [3, 2, 0], "after the reveal no guess is taken");
    predict(&mut state, PredictCommand::Next);
    assert!(state.predictions.open().is_none());
    state.apply(vec![Command::Play(PlayCommand::GoTo(1))]);
    ask(&mut state, PredictionKind::Outcome, Span::Step);
    predict(&mut state, PredictCommand::Guess(Guess::Outcome(StepOutcome::AsPredicted)));
    predict(&mut state, PredictCommand::Reveal);
    assert_eq!(scores(&state), [6, 2, 0], "the score runs on");
    predict(&mut state, PredictCommand::ResetScore);
    assert_eq!(scores(&state), [0; 3]);
}

#[test]
fn the_second_vote_counts_and_the_first_stays_to_be_seen() {
    let mut state = state(0);
    predict(&mut state, PredictCommand::SetTeams(2));
    ask(&mut state, PredictionKind::Landing, Span::Step);
    predict(&mut state, PredictCommand::SecondVote);
    assert_eq!(state.predictions.open().unwrap().vote, Vote::First, "there is nothing to discuss yet");
    predict(&mut state, landing(0.0, 0.0));
    predict(&mut state, landing(0.9, 0.0));
    predict(&mut state, PredictCommand::SecondVote);
    assert_eq!(state.predictions.team(), 0, "from the first team on");
    predict(&mut state, landing(0.9, 0.01));
    predict(&mut state, PredictCommand::Reveal);
    let open = state.predictions.open().unwrap();
    assert_eq!(open.guess(0, Vote::First), Some(&Guess::Place(Point::origin())), "the first is kept");
    assert_eq!(open.guess(1, Vote::Second), None, "the other team stays with its first");
    assert_eq!([0, 1].map(|team| state.predictions.score(team)), [3, 3]);
}

#[test]
fn to_go_on_is_to_reveal_and_to_leave_is_to_close() {
    type Case = (Command, Option<Phase>);
    let mut moved = state(0);
    moved.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(1.0, 0.5)))]);
    let rate = |state: &State| RunCommand::SetParameter { card: state.selected, parameter: 0, value: 0.05 };
    let cases: [Case; 13] = [
        (Command::Play(PlayCommand::StepBy(1)), Some(Phase::Revealed)),
        (Command::Play(PlayCommand::Toggle), Some(Phase::Revealed)),
        (Command::Play(PlayCommand::ToEnd), Some(Phase::Revealed)),
        (Command::Predict(PredictCommand::Next), Some(Phase::Revealed)),
        (Command::Play(PlayCommand::StepBy(-1)), None),
        (Command::Play(PlayCommand::GoTo(5)), Some(Phase::Asked)),
        (Command::Window(WindowCommand::Dismiss), None),
        (Command::History(HistoryCommand::Undo), None),
        (Command::Document(DocumentCommand::ChooseLandscape("bowl")), None),
        (Command::Runs(rate(&moved)), None),
        (Command::View(ViewCommand::Fit), Some(Phase::Asked)),
        (Command::Window(WindowCommand::ToggleTheme), Some(Phase::Asked)),
        (Command::Runs(RunCommand::SetHidden(moved.selected, true)), None),
    ];
    for (command, phase) in cases {
        let mut state = state(2);
        state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(1.0, 0.5)))]);
        ask(&mut state, PredictionKind::Landing, Span::Step);
        state.apply(vec![command.clone()]);
        assert_eq!(state.predictions.open().map(|open| open.phase), phase, "{command:?}");
        assert_eq!(state.shown_step(), if phase.is_some() { 2 } else { state.shown_step() }, "{command:?}");
    }
    let mut state = state(2);
    ask(&mut state, PredictionKind::Landing, Span::Step);
    state.apply(vec![Command::Play(PlayCommand::StepBy(1))]);
    state.apply(vec![Command::Play(PlayCommand::StepBy(1))]);
    assert!(state.predictions.open().is_some(), "at the landing the guesses are still looked at");
    state.apply(vec![Command::Play(PlayCommand::StepBy(1))]);
    assert!(state.predictions.open().is_none(), "further on they are not");
}

#[test]
fn where_the_run_ends_nothing_is_asked() {
    let mut state = state(20);
    ask(&mut state, PredictionKind::Landing, Span::Step);
    assert!(state.predictions.open().is_none());
    assert!(state.message.as_ref().unwrap().text.starts_with("The run ends here"), "{:?}", state.message);
}

#[test]
fn a_sketch_follows_the_hand_and_stays_bounded() {
    let mut state = state(0);
    ask(&mut state, PredictionKind::Path, Span::Step);
    assert_eq!(state.predictions.open().unwrap().span, Span::Run, "a path is asked of a run");
    let at = |place: usize| Point::new(1.0, 1.0 - 0.0001 * place as f64);
    for place in 0..5000 {
        predict(&mut state, PredictCommand::Sketch { at: at(place), begins: place == 0 });
    }
    predict(&mut state, PredictCommand::EndSketch);
    let Some(Guess::Path(places)) = state.predictions.open().unwrap().final_guess(0).cloned() else { panic!("a path") };
    assert!(places.len() <= MAX_SKETCH && places.len() > MAX_SKETCH / 4, "{}", places.len());
    assert_eq!((places[0], places[places.len() - 1]), (at(0), at(4999)), "from its first place to its last");
    predict(&mut state, PredictCommand::Sketch { at: at(1), begins: true });
    let again = state.predictions.open().unwrap().final_guess(0).cloned();
    assert_eq!(again, Some(Guess::Path(vec![at(1)])), "a new sketch takes its place");
}

#[test]
fn teams_have_colors_and_markers_of_their_own() {
    let mut state = state(0);
    for count in 1..=5 {
        let styles: Vec<_> = (0..MAX_TEAMS).map(|team| state.team_style(team)).collect();
        for (team, (ink, marker)) in styles.iter().enumerate() {
            assert!(styles[..team].iter().all(|(other, shape)| ink != other && marker != shape), "{styles:?}");
        }
        let runs: Vec<Ink> = state.document.cards.iter().map(|card| run_style(card.style).0).collect();
        let free = usize::from(RUN_COLORS) - runs.len();
        assert!(
            styles.iter().take(free).all(|(ink, _)| !runs.contains(ink)),
            "with {count} runs: {styles:?}, {runs:?}"
        );
        state.apply(vec![Command::Runs(RunCommand::Add("momentum"))]);
    }
}

#[test]
fn a_guess_is_lost_neither_by_escape_nor_to_a_new_team() {
    let mut state = state(2);
    ask(&mut state, PredictionKind::Landing, Span::Step);
    predict(&mut state, landing(0.5, 0.5));
    state.apply(vec![Command::Window(WindowCommand::Dismiss)]);
    assert!(state.predictions.asked().is_some() && state.message.is_some(), "it stays, and that is said");
    predict(&mut state, PredictCommand::SetTeams(2));
    assert_eq!(state.predictions.team(), 1, "the new team has its turn");
    predict(&mut state, landing(0.1, 0.2));
    let open = state.predictions.open().unwrap();
    let at = |team| open.final_guess(team).cloned();
    assert_eq!(at(0), Some(Guess::Place(Point::new(0.5, 0.5))), "the first guess is kept");
    assert_eq!(at(1), Some(Guess::Place(Point::new(0.1, 0.2))));
    predict(&mut state, PredictCommand::Close);
    assert!(state.predictions.open().is_none(), "closing it is another command");
}

#[test]
fn the_guess_of_a_team_that_was_left_out_is_there_again_with_it() {
    let mut state = state(2);
    ask(&mut state, PredictionKind::Landing, Span::Step);
    predict(&mut state, PredictCommand::SetTeams(3));
    let places = [(0.5, 0.5), (0.1, 0.2), (0.3, 0.4)];
    for (team, (x, y)) in places.into_iter().enumerate() {
        predict(&mut state, PredictCommand::ChooseTeam(team));
        predict(&mut state, landing(x, y));
    }
    predict(&mut state, PredictCommand::SetTeams(1));
    assert_eq!((state.predictions.teams(), state.predictions.team()), (1, 0), "the others are not asked");
    predict(&mut state, PredictCommand::SetTeams(3));
    let open = state.predictions.open().unwrap();
    for (team, (x, y)) in places.into_iter().enumerate() {
        assert_eq!(open.final_guess(team), Some(&Guess::Place(Point::new(x, y))), "team {team}");
    }
    predict(&mut state, PredictCommand::SetTeams(4));
    assert_eq!(state.predictions.team(), 3, "one that has no guess has its turn");
}

#[test]
fn a_team_that_is_left_out_scores_nothing() {
    let mut state = state(0);
    ask(&mut state, PredictionKind::Landing, Span::Step);
    predict(&mut state, PredictCommand::SetTeams(2));
    for team in 0..2 {
        predict(&mut state, PredictCommand::ChooseTeam(team));
        predict(&mut state, landing(0.9, 0.0));
    }
    predict(&mut state, PredictCommand::SetTeams(1));
    predict(&mut state, PredictCommand::Reveal);
    state.finish();
    predict(&mut state, PredictCommand::Close);
    predict(&mut state, PredictCommand::SetTeams(2));
    assert_eq!([0, 1].map(|team| state.predictions.score(team)), [3, 0]);
}
