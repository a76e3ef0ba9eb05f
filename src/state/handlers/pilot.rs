//! Carries out the commands of a flight by hand.

use super::Touched;
use crate::drawing::overlays::FOG;
use crate::state::par::spent;
use crate::state::{Flight, Pilot, PilotCommand, State};

impl State {
    /// Carries out a command for a flight by hand.
    pub(super) fn carry_out_pilot(&mut self, command: PilotCommand) -> Touched {
        match command {
            PilotCommand::Start | PilotCommand::Again => self.start_pilot(),
            PilotCommand::ShowPar => self.show_par(),
            PilotCommand::Stop => {
                self.stop_pilot();
                Touched::Scene
            }
        }
    }

    /// Makes a flight of the selected run ready at its start, without what was changed on the way before; it begins when the run is
    /// played.
    pub(super) fn start_pilot(&mut self) -> Touched {
        let card = self.document.card(self.selected).filter(|card| !card.ghost && !card.hidden);
        let Some(card) = card.filter(|card| card.optimizer.entry.rate_index().is_some()) else {
            self.say("A run is flown by its learning rate: select one whose method has a rate".to_owned());
            return Touched::Nothing;
        };
        let id = card.id;
        let scene = &mut self.view.scene;
        let before =
            self.pilot.map_or([scene.overlays.contains(&FOG), scene.slider.from_here_on], |pilot| pilot.before);
        scene.overlays.insert(FOG);
        (scene.slider.from_here_on, scene.inside) = (true, None);
        let again = self.pilot.filter(|pilot| pilot.card == id).map(|pilot| pilot.began);
        let mut began = [None; 2];
        if let Some(card) = self.document.card_mut(id) {
            card.changes.clear();
            card.branched_at = None;
            let choice = &mut card.optimizer;
            let under_the_hand = [choice.entry.rate_index(), choice.coefficient_index()];
            // A change at the start is one of the run itself: once more begins with what the first flight began with.
            for (index, value) in std::iter::zip(under_the_hand, again.unwrap_or_default()) {
                if let (Some(index), Some(value)) = (index, value) {
                    choice.parameters[index] = value;
                }
            }
            began = under_the_hand.map(|index| index.map(|index| choice.parameters[index]));
        }
        self.close_question();
        self.paths_before.clear();
        self.pilot = Some(Pilot { card: id, has_landed: false, before, began });
        self.playback.stand_at(0);
        Touched::Scene
    }

    /// Ends it: the fog lifts if it was not there before, and the run stays as it was flown.
    pub(super) fn stop_pilot(&mut self) {
        let Some(Pilot { before: [fog, from_here_on], .. }) = self.pilot.take() else { return };
        self.playback.playing = false;
        self.view.scene.slider.from_here_on = from_here_on;
        if !fog {
            self.view.scene.overlays.remove(&FOG);
        }
    }

    /// Ends the flight, and adds the run that par is, from the start that was flown from; nothing happens while there is none.
    pub(super) fn show_par(&mut self) -> Touched {
        let best = self.derived.par().and_then(|par| par.best);
        let flown = self.pilot.and_then(|pilot| self.document.card(pilot.card));
        let Some(((choice, _), own_start)) = best.zip(flown.map(|card| card.own_start)) else {
            return Touched::Nothing;
        };
        self.stop_pilot();
        let added = self.document.add(choice);
        if let Some(card) = added.and_then(|id| self.document.card_mut(id)) {
            card.own_start = own_start;
        }
        self.select_added(added);
        Touched::Scene
    }

    /// Ends the flight if its run is gone or no longer selected, or if the fog is off.
    pub(in crate::state) fn follow_pilot(&mut self) {
        let Some(pilot) = self.pilot else { return };
        let is_there = self.document.card(pilot.card).is_some() && self.selected == pilot.card;
        if !is_there || !self.view.in_fog() {
            self.stop_pilot();
        }
    }

    /// A flight that has come to the end of its run has landed.
    pub(in crate::state) fn land_pilot(&mut self) {
        let Some(pilot) = self.pilot else { return };
        let at_end = !self.busy && self.playback.playhead > 0 && self.playback.playhead >= self.last_step();
        self.pilot = Some(Pilot { has_landed: at_end && !self.playback.playing, ..pilot });
    }

    /// How the flight stands; `None` while no run is flown.
    pub fn flight(&self) -> Option<Flight> {
        let pilot = self.pilot?;
        let run = self.derived.run(pilot.card)?;
        let step = self.shown_step().min(run.iterates().len().checked_sub(1)?);
        let reached = self.derived.goal().and_then(|goal| goal.reached_by(run, step));
        let is_ready = step == 0 && !self.playback.playing;
        Some(Flight { step, gradients: spent(run, step), is_ready, has_landed: pilot.has_landed, reached })
    }

    /// The rate and the momentum coefficient of every step that was flown, as a table: `step,lr,beta`, all digits.
    pub fn schedule_csv(&self) -> Option<String> {
        let run = self.derived.run(self.pilot?.card)?;
        let entry = run.recipe().optimizer.entry;
        let steps = self.shown_step().min(run.iterates().len().saturating_sub(1));
        let cell = |parameters: &[f64], index: Option<usize>| {
            index.map_or_else(String::new, |index| parameters[index].to_string())
        };
        let line = |step: usize| {
            let parameters = run.recipe().parameters_at(step);
            format!(
                "{step},{},{}\n",
                cell(&parameters, entry.rate_index()),
                cell(&parameters, entry.coefficient_index())
            )
        };
        Some(std::iter::once("step,lr,beta\n".to_owned()).chain((0..steps).map(line)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};
    use crate::state::{Command, Document, HistoryCommand, PlayCommand, RunCommand, WindowCommand};

    fn state(method: &str) -> State {
        let mut document = Document::new(Landscape::parse("formula:0.5x^2+5y^2").unwrap());
        (document.start, document.steps, document.tolerance) = (Point::new(1.0, 1.0), 40, None);
        document.cards[0].optimizer = Choice::parse(method).unwrap();
        let mut state = State::new(document);
        state.finish_search();
        state
    }

    fn pilot(state: &mut State, command: PilotCommand) {
        state.apply(vec![Command::Pilot(command)]);
    }

    /// Sets the rate while it plays, as the slider does.
    fn set_rate(state: &mut State, value: f64) {
        let card = state.selected;
        state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value })]);
    }

    #[test]
    fn what_is_flown_is_replayed_to_the_last_bit_and_is_a_schedule() {
        let mut state = state("momentum:lr=0.05,beta=0.5");
        pilot(&mut state, PilotCommand::Start);
        assert!(state.view.in_fog() && state.view.scene.slider.from_here_on);
        state.apply(vec![Command::Play(PlayCommand::GoTo(3))]);
        set_rate(&mut state, 0.1);
        state.apply(vec![Command::Play(PlayCommand::GoTo(7))]);
        let card = state.selected;
        state.apply(vec![Command::Runs(RunCommand::SetCoefficient { card, value: 0.25 })]);
        state.apply(vec![Command::Play(PlayCommand::GoTo(9))]);
        let recipe = state.document.recipe(&state.document.cards[0]);
        assert_eq!(recipe.changes.len(), 2, "{:?}", recipe.changes);
        let again = Run::of(&state.document.landscape, &Recipe { ..recipe.clone() });
        assert_eq!(again.iterates(), state.derived.run(card).unwrap().iterates(), "the same run");
        let schedule = state.schedule_csv().unwrap();
        let lines: Vec<&str> = schedule.lines().collect();
        assert_eq!((lines[0], lines.len()), ("step,lr,beta", 10));
        assert_eq!([lines[3], lines[4], lines[8]], ["2,0.05,0.5", "3,0.1,0.5", "7,0.1,0.25"]);
        // The schedule alone gives the same steps.
        let mut recipe = Recipe { changes: Vec::new(), ..recipe };
        for line in &lines[1..] {
            let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
            for (parameter, value) in [(0, cells[1]), (recipe.optimizer.entry.coefficient_index().unwrap(), cells[2])] {
                recipe.change_from(crate::run::ParameterChange { step: cells[0] as usize, parameter, value });
            }
        }
        let flown = &state.derived.run(card).unwrap().iterates()[..10];
        assert_eq!(Run::of(&state.document.landscape, &recipe).iterates()[..9], flown[..9], "to the last bit");
    }

    /// On ½(x² + 10y²) from (1, 1): f₀ = 5.5, so the goal is a loss of 0.0055; a step of gradient descent is one gradient.
    #[test]
    fn the_score_counts_gradients_up_to_the_goal_and_par_is_that_of_the_best_method() {
        let mut state = state("gd:lr=0.1");
        pilot(&mut state, PilotCommand::Start);
        assert_eq!(state.flight().unwrap().gradients, 0.0);
        state.apply(vec![Command::Play(PlayCommand::GoTo(20))]);
        let flight = state.flight().unwrap();
        assert_eq!((flight.step, flight.gradients, flight.reached), (20, 20.0, None), "½·0.9⁴⁰ is 0.0074");
        state.apply(vec![Command::Play(PlayCommand::GoTo(30))]);
        assert_eq!(state.flight().unwrap().reached, Some((22, 22.0)), "½·0.9⁴⁴ is 0.0049");
        state.derived.finish_race();
        let par = state.derived.par().unwrap();
        assert_eq!(par.tried, par.of, "every method was tried");
        let (choice, gradients) = par.best.unwrap();
        assert!(gradients < 10.0, "{choice}: {gradients}");
    }

    /// Par is a run that can be looked at: from the same start, within the picture all the way to the goal, with the evaluations that
    /// were said.
    #[test]
    fn par_is_a_real_path_within_the_picture() {
        for landscape in ["himmelblau", "rosenbrock", "formula:0.5x^2+5y^2"] {
            let mut state = State::new(Document::new(Landscape::parse(landscape).unwrap()));
            state.finish_search();
            pilot(&mut state, PilotCommand::Start);
            state.derived.finish_race();
            let (goal, par) = (state.derived.goal().unwrap(), state.derived.par().unwrap());
            let (choice, gradients) = par.best.expect("some method reaches the goal");
            assert!(!choice.is_random(), "{landscape}: {choice} is luck");
            let flown = state.selected;
            pilot(&mut state, PilotCommand::ShowPar);
            state.finish();
            assert!(state.pilot.is_none() && state.selected != flown && state.document.card(flown).is_some());
            let run = state.derived.run(state.selected).unwrap();
            assert_eq!((&run.recipe().optimizer, run.recipe().start), (&choice, state.document.start));
            let (step, asked) = goal
                .reached_by(run, run.iterates().len() - 1)
                .unwrap_or_else(|| panic!("{landscape}: {choice} gets there"));
            assert_eq!(asked, gradients, "{landscape}: {choice}");
            let view = state.document.landscape.domain();
            let outside = run.iterates()[..=step].iter().find(|iterate| !view.contains(iterate.at));
            assert!(outside.is_none(), "{landscape}: {choice} leaves the picture: {outside:?}");
        }
    }

    #[test]
    fn a_flight_begins_ends_and_begins_again() {
        let mut state = state("gd:lr=0.1");
        let before = state.scene();
        pilot(&mut state, PilotCommand::Start);
        assert!(state.flight().unwrap().is_ready, "it waits for the hand");
        state.apply(vec![Command::Play(PlayCommand::Toggle)]);
        assert!(!state.flight().unwrap().is_ready, "and begins when it is played");
        state.apply(vec![Command::Play(PlayCommand::GoTo(5))]);
        set_rate(&mut state, 0.05);
        pilot(&mut state, PilotCommand::Again);
        assert!(
            state.document.cards[0].changes.is_empty() && state.flight().unwrap().is_ready,
            "from the start, without changes"
        );
        assert_eq!(state.shown_step(), 0);
        state.apply(vec![Command::Play(PlayCommand::ToEnd)]);
        assert!(state.pilot.unwrap().has_landed, "at the end");
        pilot(&mut state, PilotCommand::Stop);
        assert!(
            state.pilot.is_none() && !state.view.in_fog() && !state.view.scene.slider.from_here_on,
            "as it was before"
        );
        pilot(&mut state, PilotCommand::Start);
        state.apply(vec![Command::Window(WindowCommand::Dismiss)]);
        assert!(state.pilot.is_none(), "Escape ends it");
        for _ in 0..20 {
            state.apply(vec![Command::History(HistoryCommand::Undo)]);
        }
        assert_eq!(state.document, before.document, "and undo takes all of it back");
    }

    #[test]
    fn a_method_without_a_rate_is_not_flown() {
        let mut state = state("newton");
        let has_rate = state.document.cards[0].optimizer.entry.rate_index().is_some();
        pilot(&mut state, PilotCommand::Start);
        assert_eq!(state.pilot.is_some(), has_rate);
    }
}
