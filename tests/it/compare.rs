//! The race of the runs: a table to a tolerance or at a budget, the winner that flips with the number of weights, equal work.

use egui::{Event, Key, Pos2, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::state::{
    Command, CompareChange, CompareColumn, Document, HistoryCommand, Pane, PlayCommand, RaceRates, RunCommand, State,
    Until, ViewCommand, WindowCommand,
};

use crate::desk::{Desk, drag, opened, says};

/// Gradient descent, Newton's method and BFGS on Rosenbrock's function, with the tab opened by its key.
fn racing() -> Harness<'static, Desk> {
    let mut document = Document::new(Landscape::parse("rosenbrock").unwrap());
    document.start = Point::new(-1.2, 1.0);
    document.cards.clear();
    for method in ["gd:lr=0.0015", "newton", "bfgs"] {
        document.add(Choice::parse(method).unwrap());
    }
    let mut harness = opened(State::new(document));
    harness.key_press(Key::W);
    settle(&mut harness);
    harness
}

fn settle(harness: &mut Harness<'static, Desk>) {
    harness.run_steps(2);
    harness.state_mut().state.finish();
    harness.run_steps(2);
}

fn change(harness: &mut Harness<'static, Desk>, change: CompareChange) {
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::Compare(change))]);
    settle(harness);
}

/// The steps in the rows, where the criterion was met.
fn reached(harness: &Harness<'static, Desk>) -> Vec<Option<usize>> {
    let comparison = harness.state().state.derived.comparison().unwrap();
    comparison.rows.iter().map(|row| row.as_ref().and_then(|row| row.reached)).collect()
}

/// Opens a menu by its name and chooses an entry.
fn choose(harness: &mut Harness<'static, Desk>, menu: &str, entry: &str) {
    harness.get_by_label(menu).click();
    harness.run_steps(3);
    harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label == entry)).click();
    harness.run_steps(2);
    harness.event(Event::PointerMoved(Pos2::new(2.0, 2.0)));
    settle(harness);
}

/// Drags the slider of the number of weights from where it is to a share of its track.
fn drag_weights(harness: &mut Harness<'static, Desk>, share: f32) {
    let track = harness.get_by_role_and_label(Role::Slider, "number of weights n").rect();
    let at = |share: f32| Pos2::new(track.left() + share * track.width(), track.center().y);
    drag(harness, &[at(0.5), at(share)]);
    settle(harness);
}

/// The third classroom use: one click and one drag.
#[test]
fn the_winner_flips_while_the_number_of_weights_is_dragged() {
    let mut harness = racing();
    assert_eq!(reached(&harness).len(), 3);
    assert!(reached(&harness).iter().all(Option::is_some), "all arrive: {:?}", reached(&harness));
    drag_weights(&mut harness, 0.0);
    assert!(says(&harness, "At n = 2 Newton does the least work."), "Newton's few steps");
    drag_weights(&mut harness, 1.0);
    assert!(says(&harness, "At n = 10¹² Gradient descent does the least work."), "descent's cheap ones");
    let comparison = harness.state().state.derived.comparison().unwrap();
    let flips: Vec<f64> = comparison.flips.iter().map(|flip| flip.weights).collect();
    assert!(!flips.is_empty() && flips.iter().all(|weights| (2.0..1e6).contains(weights)), "{flips:?}");
    assert!(comparison.is_best(0, CompareColumn::Work) && comparison.is_best(1, CompareColumn::Steps));
    assert!(!comparison.is_best(1, CompareColumn::Work));
}

#[test]
fn rows_are_sorted_selected_and_read() {
    let mut harness = racing();
    let order = |harness: &Harness<'static, Desk>| {
        let state = &harness.state().state;
        state.derived.comparison().unwrap().order(state.view.scene.compare.sort)
    };
    assert_eq!(order(&harness), [0, 1, 2], "in the order of the runs");
    harness.get_by_label("sort by steps").click();
    settle(&mut harness);
    assert_eq!(order(&harness), [1, 2, 0], "Newton needs the fewest");
    harness.get_by_label("select Newton").click();
    settle(&mut harness);
    let state = &harness.state().state;
    assert_eq!(state.selected, state.document.cards[1].id);
    harness.get_by_label("sort by steps").click();
    settle(&mut harness);
    assert_eq!(order(&harness), [0, 1, 2], "and back");
}

#[test]
fn until_when_and_with_which_rates_is_chosen_by_menu() {
    let mut harness = racing();
    let before = reached(&harness);
    choose(&mut harness, "rates of the race", "best η");
    let tuned = reached(&harness);
    assert!(tuned[0] < before[0] && tuned[1..] == before[1..], "{tuned:?} for {before:?}: only one has a rate");
    let best = harness.state().state.derived.comparison().unwrap().optimizer(0).unwrap().parameters[0];
    let words = "Picture and Play: rates as set.";
    assert!(says(&harness, words), "what plays is another race");
    harness.get_by_label("Play these rates").click();
    settle(&mut harness);
    assert!(!says(&harness, words), "now it is the same");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    settle(&mut harness);
    assert_eq!(harness.state().state.document.cards[0].optimizer.parameters[0], 0.0015, "all of it at once");
    choose(&mut harness, "rates of the race", "set the runs to these rates");
    let card = &harness.state().state.document.cards[0];
    assert!(card.optimizer.parameters[0] == best && best != 0.0015, "so that the race can be played");
    let back = Command::Runs(RunCommand::SetParameter { card: card.id, parameter: 0, value: 0.0015 });
    harness.state_mut().state.apply(vec![back]);
    change(&mut harness, CompareChange::Until(Until::Budget));
    change(&mut harness, CompareChange::Budget(20.0));
    let comparison = harness.state().state.derived.comparison().unwrap();
    let steps: Vec<usize> = comparison.rows.iter().map(|row| row.as_ref().unwrap().steps).collect();
    assert_eq!(steps[1], 0, "a Hessian of a million weights is beyond it");
    assert_eq!(steps[0], 20, "and twenty gradients are twenty steps");
    change(&mut harness, CompareChange::Rates(RaceRates::Equal));
    let comparison = harness.state().state.derived.comparison().unwrap();
    assert_eq!(comparison.optimizer(0).unwrap().parameters[0], 0.0015, "the selected run's own");
}

/// After *Play these rates* the table describes what is played, to the last bit: tuned once more, nothing moves.
#[test]
fn what_was_tuned_and_is_played_is_what_the_table_says() {
    let mut harness = racing();
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add("momentum"))]);
    change(&mut harness, CompareChange::Rates(RaceRates::BestWithMomentum));
    let words = "Picture and Play: rates as set.";
    assert!(says(&harness, words), "what plays is another race");
    let table = |harness: &Harness<'static, Desk>| {
        let comparison = harness.state().state.derived.comparison().unwrap();
        (0..comparison.rows.len()).map(|place| comparison.optimizer(place).unwrap()).collect::<Vec<_>>()
    };
    let (tuned, steps) = (table(&harness), reached(&harness));
    harness.get_by_label("Play these rates").click();
    settle(&mut harness);
    let cards: Vec<Choice> = harness.state().state.document.cards.iter().map(|card| card.optimizer.clone()).collect();
    assert_eq!(cards, tuned, "what is played");
    assert_eq!((table(&harness), reached(&harness)), (tuned, steps), "and what the table says");
    assert!(!says(&harness, words), "now it is the same");
    let card = &harness.state().state.document.cards[0];
    let (parameter, value) = (0, 1.01 * card.optimizer.parameters[0]);
    let nudge = Command::Runs(RunCommand::SetParameter { card: card.id, parameter, value });
    harness.state_mut().state.apply(vec![nudge]);
    settle(&mut harness);
    assert!(says(&harness, words), "a hundredth is another race");
}

/// Who is still being tuned may win: until then no one has won, and no flip is drawn.
#[test]
fn no_one_wins_while_another_is_being_tuned() {
    let mut harness = racing();
    harness.state_mut().state.apply(vec![
        Command::Runs(RunCommand::Add("momentum")),
        Command::View(ViewCommand::Compare(CompareChange::Rates(RaceRates::BestWithMomentum))),
    ]);
    let mut looks = 0;
    while let Some(mut race) = harness.state().state.derived.wanted_race().cloned() {
        harness.run_steps(1);
        let comparison = harness.state().state.derived.comparison().unwrap();
        let is_tuning = (0..comparison.rows.len()).any(|place| comparison.optimizer(place).is_none());
        if is_tuning {
            looks += 1;
            assert!(!says(&harness, "does the least work."), "someone may still win");
            assert!(says(&harness, "still being tuned: who does the least work is not known yet."));
            assert!(comparison.flips.is_empty());
            let is_best = |place| CompareColumn::ALL.iter().any(|column| comparison.is_best(place, *column));
            assert!(!(0..comparison.rows.len()).any(is_best), "nor is anything the best");
        }
        race.advance(150_000);
        harness.state_mut().state.take_race(race);
    }
    assert!(looks > 2, "{looks}");
    harness.run_steps(2);
    assert!(says(&harness, "Momentum does the least work."), "then it is known");
    assert!(!says(&harness, "being tuned"));
}

/// A run of expensive steps waits while one of cheap steps walks.
#[test]
fn at_equal_work_newton_waits() {
    let mut harness = racing();
    change(&mut harness, CompareChange::Weights(100.0));
    let [descent, newton] = [0, 1].map(|place: usize| harness.state().state.document.cards[place].id);
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(newton))]);
    settle(&mut harness);
    harness.get_by_label("play at equal work").click();
    settle(&mut harness);
    assert_eq!(harness.state().state.selected, descent, "beside the cheapest steps the others are seen to wait");
    let at = |harness: &Harness<'static, Desk>, step: usize| {
        let state = &harness.state().state;
        assert_eq!(state.step_of(state.selected), step, "the playhead is that of the selected run");
        state.document.cards.iter().map(|card| state.step_of(card.id)).collect::<Vec<_>>()
    };
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(40))]);
    settle(&mut harness);
    assert_eq!(at(&harness, 40)[1], 0, "forty gradients pay for no Hessian of a hundred weights");
    let waiting = |harness: &Harness<'static, Desk>, card| harness.state().state.waiting(card);
    let early = waiting(&harness, newton).unwrap();
    assert!(early.step == 1 && early.paid > 0.0 && early.paid < 1.0, "{early:?}");
    assert!(says(&harness, &format!("Newton waits: {} of step 1 paid", early.paid_in_words())));
    assert_eq!(waiting(&harness, descent), None, "the selected run walks");
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(45))]);
    settle(&mut harness);
    let later = waiting(&harness, newton).unwrap();
    assert!((later.paid / early.paid - 45.0 / 40.0).abs() < 1e-9, "it grows by what is spent: {early:?}, {later:?}");
    harness
        .state_mut()
        .state
        .apply(vec![Command::Runs(RunCommand::Select(newton)), Command::Play(PlayCommand::GoTo(1))]);
    settle(&mut harness);
    assert!(at(&harness, 1)[0] > 59, "one step of Newton's pays for all of the descent");
}

/// What cannot be met says so in its place.
#[test]
fn what_cannot_be_compared_says_why() {
    for (landscape, until, words) in [
        ("saddle", Until::Loss, "No minimum of this loss is known, so no loss is near f*"),
        ("saddle", Until::Distance, "No minimum of this loss is known, so none is near"),
        ("saddle", Until::Gradient, "Every run diverges, and no minimum of this loss is known"),
    ] {
        let mut document = Document::new(Landscape::parse(landscape).unwrap());
        document.start = Point::new(1.5, 0.01);
        let mut harness = opened(State::new(document));
        harness.key_press(Key::W);
        change(&mut harness, CompareChange::Until(until));
        assert!(says(&harness, words), "{landscape}, {until:?}: {words}");
    }
    let mut document = Document::new(Landscape::parse("bowl").unwrap());
    document.start = Point::new(1.5, 0.5);
    document.cards.clear();
    document.add(Choice::parse("gd:lr=100").unwrap());
    let mut harness = opened(State::new(document));
    harness.key_press(Key::W);
    settle(&mut harness);
    assert!(says(&harness, "Every run diverges: lower the rates"));
    let mut harness = racing();
    let field = harness.get_by_label("number of weights n, as a number");
    field.focus();
    harness.run_steps(1);
    harness.get_by_label("number of weights n, as a number").type_text("0.5");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let said = harness.state().state.message.as_ref().map(|message| message.text.clone()).unwrap_or_default();
    assert!(said.contains("lies between 2 and"), "{said}");
}

/// Each chart can be seen, and says what it is.
#[test]
fn every_chart_says_what_it_shows() {
    let mut harness = racing();
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Compare))]);
    change(&mut harness, CompareChange::Rates(RaceRates::Best));
    for (chart, words) in [
        ("work", "Operations until the criterion is met"),
        ("a step", "Operations of one step"),
        ("memory", "Bytes of a step"),
        ("rates", "Steps until the criterion is met"),
    ] {
        choose(&mut harness, "chart of the race", chart);
        let is_it = |label: &str| label.starts_with(words);
        harness.get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| is_it(&label)));
    }
}

/// The mean of several seeds stands in the row of a method that draws random numbers, and the others stay as they are.
#[test]
fn seeds_give_means_and_a_spread() {
    let mut document = Document::new(Landscape::parse("tanh2").unwrap());
    document.cards.clear();
    for method in ["gd:lr=0.2", "sgd:lr=0.2,batch=4"] {
        document.add(Choice::parse(method).unwrap());
    }
    let mut harness = opened(State::new(document));
    harness.key_press(Key::W);
    change(&mut harness, CompareChange::Until(Until::Loss));
    change(&mut harness, CompareChange::Tolerance(0.01));
    let own = reached(&harness);
    change(&mut harness, CompareChange::Seeds(6));
    let comparison = harness.state().state.derived.comparison().unwrap();
    assert_eq!(
        (comparison.rows.len(), comparison.race.entrants().len()),
        (2, 7),
        "five further walks, and no further rows"
    );
    assert!(comparison.spreads[0].is_none(), "gradient descent draws none");
    let spread = comparison.spreads[1].as_ref().unwrap();
    assert_eq!(spread.seeds, 6);
    let walks: Vec<usize> =
        comparison.race.entrants()[1..].iter().filter_map(|entrant| entrant.row(comparison.finish)?.reached).collect();
    assert_eq!(spread.met, walks.len());
    let mean = walks.iter().sum::<usize>() as f64 / walks.len() as f64;
    assert_eq!(comparison.rows[1].as_ref().unwrap().reached, Some(mean.round() as usize));
    assert!(spread.steps[0] > 0.0 && spread.steps[1] < spread.steps[2], "other batches, other steps: {walks:?}");
    assert_eq!(reached(&harness)[0], own[0]);
    assert!(says(&harness, "of 6 seeds"), "the row says so");
}

/// What is pasted elsewhere says there what its numbers hold for, and as a command gives the same numbers again.
#[test]
fn a_copied_table_says_what_it_holds_for() {
    let mut harness = racing();
    change(&mut harness, CompareChange::Weights(1000.0));
    change(&mut harness, CompareChange::HessianVector(5.0));
    let mut copy = |entry: &str| {
        harness.get_by_label("copy the table").click();
        harness.run_steps(3);
        harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label == entry)).click();
        let mut copied = None;
        for _ in 0..3 {
            harness.step();
            let commands = harness.output().platform_output.commands.clone();
            copied = copied.or(commands.into_iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text),
                _ => None,
            }));
        }
        copied.unwrap()
    };
    for (form, comment) in [("as Markdown", ""), ("as LaTeX", "% "), ("as CSV", "# ")] {
        let text = copy(form);
        let caption = text.lines().next().unwrap();
        assert!(caption.starts_with(comment), "{form}: {caption}");
        for said in [
            "rosenbrock",
            "until loss − f* ≤ 10⁻⁶",
            "n = 1000 weights",
            "Hv = 5 gradients",
            "memory in bytes",
            "time at n = 2 in seconds",
        ] {
            assert!(caption.contains(said), "{form}: {said} in {caption}");
        }
    }
    let command = copy("as a command");
    assert!(command.contains("--n 1000") && command.contains("--hessian-vector 5"), "{command}");
}

/// Beside a run of expensive steps all others have walked to their ends long ago: it says whose steps to follow, and that the race goes on
/// beyond the runs.
#[test]
fn what_the_race_does_beyond_the_runs_is_said() {
    let mut harness = racing();
    assert!(says(&harness, "Walked on past the runs’ "), "gradient descent needs thousands of steps");
    assert!(!says(&harness, "At equal work each step"));
    let cards: Vec<_> = harness.state().state.document.cards.iter().map(|card| card.id).collect();
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(cards[1]))]);
    change(&mut harness, CompareChange::EqualWork(true));
    let words = "At equal work each step of Newton pays for more than one of Gradient descent";
    assert!(says(&harness, words), "nothing is seen to wait for Newton");
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(cards[0]))]);
    settle(&mut harness);
    assert!(!says(&harness, words), "now Newton waits");
}

/// Which minimum a run ends at stands in its row, and that there is a lower one below the table.
#[test]
fn the_minimum_at_which_a_run_ends_is_named() {
    let mut document = Document::new(Landscape::parse("formula:(x^2-1)^2+x/4+y^2").unwrap());
    document.start = Point::new(1.7, 0.4);
    document.cards.clear();
    for method in ["gd:lr=0.05", "momentum:lr=0.02"] {
        document.add(Choice::parse(method).unwrap());
    }
    let mut harness = opened(State::new(document));
    harness.key_press(Key::W);
    change(&mut harness, CompareChange::Until(Until::Gradient));
    let comparison = harness.state().state.derived.comparison().unwrap();
    let ends: Vec<String> = comparison.rows.iter().flatten().map(|row| comparison.race.end_in_words(row)).collect();
    assert!(ends[0].ends_with("above the lowest known") && ends[1].ends_with(", the lowest known"), "{ends:?}");
    for row in comparison.rows.iter().flatten() {
        let place = comparison.race.place_in_words(row).unwrap();
        assert!(says(&harness, &format!("minimum at {place}")), "{place}");
    }
    assert!(
        says(&harness, "Gradient descent ends at the minimum (0.967, 0), 0.50 above the lowest known."),
        "and that it is not the same"
    );
}

/// Runs of one method with one rate are not called by it alone.
#[test]
fn what_distinguishes_two_runs_is_in_their_names() {
    let mut document = Document::new(Landscape::parse("rosenbrock").unwrap());
    document.cards.clear();
    for method in ["momentum:lr=0.001,beta=0.5", "momentum:lr=0.001,beta=0.9"] {
        document.add(Choice::parse(method).unwrap());
    }
    let mut harness = opened(State::new(document));
    harness.key_press(Key::W);
    settle(&mut harness);
    for beta in ["0.5", "0.9"] {
        assert!(says(&harness, &format!("select Momentum (η 0.001, β {beta})")), "{beta}");
    }
}

#[test]
fn a_tolerance_that_cannot_be_is_named_also_where_the_tab_fills_the_window() {
    let mut harness = racing();
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Compare))]);
    harness.run_steps(3);
    for (typed, words) in [("0", "cannot be 0"), ("-1", "cannot be −1"), ("abc", "abc")] {
        harness.get_by_label("tolerance of the race").click();
        harness.run_steps(3);
        harness.get_by_label("tolerance of the race").type_text(typed);
        harness.run_steps(2);
        harness.key_press(Key::Enter);
        harness.run_steps(3);
        assert!(says(&harness, words), "{typed}: {:?}", harness.state().state.message);
    }
}
