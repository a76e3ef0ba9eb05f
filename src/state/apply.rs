//! What each command does to the state.

use super::{CardId, Command, Inside, Leaving, MAX_CARDS, Pane, State};
use crate::drawing::data_curve;
use crate::drawing::eye::Eye;
use crate::landscapes::{self, Landscape, SpecError, ViewBox, own};
use crate::numbers::{Point, SplitMix64};
use crate::optimizers::Choice;
use crate::run::MAX_STEPS;

/// The least and the largest share of its promise within which a sheet may count as good.
const SHARES: [f64; 2] = [1e-4, 10.0];

impl State {
    /// Carries out one command; what cannot be done is said to the user and changes nothing.
    pub(super) fn carry_out(&mut self, command: Command) {
        match command {
            Command::Undo | Command::Redo => {
                let now = self.scene();
                let other = if command == Command::Undo { self.history.undo(now) } else { self.history.redo(now) };
                if let Some(scene) = other {
                    self.show_scene(scene);
                }
            }
            Command::TakeHold | Command::LetGo => self.history.hold(command == Command::TakeHold),
            Command::Leave(leave) => self.leave(leave),
            Command::Say(text) => self.say(text),
            command if self.play_command(&command) || self.view_command(&command) => {}
            command => {
                if let Err(error) = self.document_command(command) {
                    self.say(error.to_string());
                }
            }
        }
    }

    fn play_command(&mut self, command: &Command) -> bool {
        let last = self.last_step();
        let shown = self.shown_step();
        let whole = !matches!(command, Command::SetSpeed(_));
        match *command {
            Command::TogglePlay => self.playback.toggle(last),
            Command::ToStart => self.playback.go_to(0, last),
            Command::ToEnd => self.playback.go_to(last, last),
            Command::StepBy(steps) => {
                let target = shown.saturating_add_signed(isize::try_from(steps).unwrap_or(0));
                self.playback.go_to(target, last);
            }
            Command::GoTo(step) => self.playback.go_to(step, last),
            Command::SetSpeed(speed) => self.playback.set_speed(speed),
            Command::StepInside(steps) => {
                self.step_inside(steps, last);
                return true;
            }
            _ => return false,
        }
        if whole {
            self.view.scene.inside = None;
        }
        true
    }

    /// Past the ends of a step lie the steps before and after it.
    fn step_inside(&mut self, steps: i32, last: usize) {
        let (shown, count) = (self.shown_step(), self.derived.substeps().len());
        self.playback.playing = false;
        let Some(inside) = self.view.scene.inside else {
            self.view.scene.inside = Some(Inside::at(if steps < 0 { usize::MAX } else { 0 }));
            return;
        };
        let target = inside.place.checked_add_signed(steps as isize);
        self.view.scene.inside = match target {
            Some(place) if place < count.max(1) => Some(Inside::at(place)),
            Some(_) if shown < last => {
                self.playback.go_to(shown + 1, last);
                Some(Inside::at(0))
            }
            None if shown > 0 => {
                self.playback.go_to(shown - 1, last);
                // The last one, whichever that is.
                Some(Inside::at(usize::MAX))
            }
            _ => Some(Inside::at(inside.place)),
        };
    }

    fn view_command(&mut self, command: &Command) -> bool {
        let count = self.derived.substeps().len();
        let natural_radius = self.natural_radius();
        let view = &mut self.view;
        match *command {
            Command::PlayInside => {
                view.scene.inside.get_or_insert_default().toggle(count.max(2));
                self.playback.playing = false;
            }
            Command::LeaveInside => view.scene.inside = None,
            Command::SetFromHereOn(on) => view.scene.from_here_on = on,
            Command::ToggleOverlay(id) => {
                if !view.scene.overlays.remove(id) {
                    view.scene.overlays.insert(id);
                }
            }
            Command::SetMapFrame(frame) => {
                view.scene.map = Some(frame).filter(|frame| frame.view_box().is_sane()).or(view.scene.map);
            }
            Command::Fit => {
                view.scene.map = None;
                view.scene.eye = Eye::default();
            }
            Command::SetStretched(on) => view.scene.stretched = on,
            Command::Orbit(drag) => view.scene.eye.orbit(drag.x, drag.y),
            Command::ZoomEye(factor) => view.scene.eye.zoom(factor),
            Command::PanEye(drag) => view.scene.eye.pan(drag.x, drag.y),
            Command::ResetEye => view.scene.eye = Eye::default(),
            Command::SetLogHeight(on) => view.scene.log_height = on,
            Command::ToggleMaximized(pane) => {
                view.chrome.maximized = (view.chrome.maximized != Some(pane)).then_some(pane);
            }
            Command::ShowLower(pane) => {
                view.scene.lower = pane;
                view.chrome.maximized = view
                    .chrome
                    .maximized
                    .map(|maximized| if Pane::LOWER.contains(&maximized) { pane } else { maximized });
            }
            Command::SetCircleRadius(radius) => view.scene.circle.set(radius),
            Command::ShrinkCircle => view.scene.circle.shrink_or_stop(natural_radius),
            Command::ToggleSection(section) => {
                if !view.scene.open.remove(&section) {
                    view.scene.open.insert(section);
                }
            }
            Command::ChooseSample(sample) => view.scene.sample = sample,
            Command::StepPass(stages) => self.step_pass(stages),
            Command::LightPath(weight) => view.scene.lit = weight,
            Command::ShowFacet(choice) => view.scene.facet = choice,
            Command::SetShare(share) if share > 0.0 => view.scene.share = share.clamp(SHARES[0], SHARES[1]),
            Command::SetShare(_) => {}
            Command::PointAt(pane) => view.chrome.pointed = pane,
            Command::ToggleTheme => view.chrome.theme = view.chrome.theme.toggled(),
            Command::SetTypeScale(scale) => view.chrome.type_scale = scale,
            Command::SetSetupInFront(on) => view.chrome.setup_in_front = on,
            Command::ToggleKeys => view.chrome.keys_open = !view.chrome.keys_open,
            Command::ToggleQuestions => view.chrome.questions_open = !view.chrome.questions_open,
            Command::ToggleCriticalTable => view.chrome.critical_open = !view.chrome.critical_open,
            Command::ShowPoint(at) => view.scene.show_point(at, self.document.landscape.view()),
            Command::ToggleTiming => view.chrome.timing_open = !view.chrome.timing_open,
            Command::CloseMessage => self.message = None,
            // The question before closing lies over everything else: Escape answers it first.
            Command::Dismiss if self.leaving == Leaving::Asked => self.leaving = Leaving::Staying,
            Command::Dismiss => {
                view.dismiss();
                self.message = None;
            }
            Command::Select(card) => {
                view.scene.inside = None;
                self.selected = card;
            }
            Command::SelectNext(direction) => {
                view.scene.inside = None;
                self.select_next(direction);
            }
            _ => return false,
        }
        true
    }

    /// After the last stage, and before the first, all of the graph is shown again.
    fn step_pass(&mut self, stages: isize) {
        let Some(graph) = self.derived.graph() else { return };
        // One place more than there are stages: the last is that of the whole graph.
        let places = graph.stages().len() as isize + 1;
        let here = self.view.scene.stage.map_or(places - 1, |stage| stage as isize);
        let next = (here + stages).rem_euclid(places);
        self.view.scene.stage = (next < places - 1).then_some(next as usize);
    }

    fn select_next(&mut self, direction: i32) {
        let visible: Vec<CardId> = self.document.cards.iter().filter(|card| !card.hidden).map(|card| card.id).collect();
        let Some(place) = visible.iter().position(|id| *id == self.selected) else {
            self.selected = visible.first().copied().unwrap_or(self.selected);
            return;
        };
        let count = visible.len() as i64;
        let next = (place as i64 + i64::from(direction)).rem_euclid(count);
        self.selected = visible[next as usize];
    }

    fn document_command(&mut self, command: Command) -> Result<(), SpecError> {
        let document = &mut self.document;
        match command {
            Command::ChooseLandscape(id) => {
                let own = own::ENTRIES.into_iter().find(|entry| entry.id == id);
                let entry = own.map_or_else(|| landscapes::find(id), Ok)?;
                self.change_landscape(Landscape::of(entry));
            }
            Command::BringLandscape(landscape) => self.bring_landscape(*landscape),
            Command::UsePreset(preset) => {
                let landscape = document.landscape.with_preset(preset)?;
                self.bring_landscape(landscape);
            }
            Command::AskForFile(dialog) => self.request_dialog(dialog)?,
            Command::SaveSamples { path, replace } => self.save_samples(path, replace)?,
            Command::SaveAgain => self.save_or_ask()?,
            Command::KeepFile => self.files.in_the_way = None,
            Command::OpenFile(path) => self.request_file(path),
            Command::TypeFormula(text) => self.type_formula(text),
            Command::SetBox(view) => self.set_box(view),
            Command::ShowQuestion(index) => self.show_question(index),
            Command::SetRange { index, range } if range[0] < range[1] => {
                document.landscape = document.landscape.with_range(index, range);
            }
            Command::SetRange { range, .. } => {
                self.say(format!("A slider needs ends that rise, not {} and {}", range[0], range[1]));
            }
            Command::SetParameter { index, value } => {
                let landscape = document.landscape.with_parameter(index, value)?;
                self.refine_landscape(landscape);
            }
            Command::SetSeed(seed) => {
                let landscape = document.landscape.with_seed(seed);
                document.file = None;
                self.refine_landscape(landscape);
            }
            Command::MoveSample { .. } | Command::NudgeSample(_) | Command::AddSample(_) | Command::RemoveSample(_) => {
                self.edit_samples(&command)?;
            }
            Command::MoveStart(at) => self.move_start(at),
            Command::RandomStart => self.random_start(),
            Command::SetSteps(steps) => document.steps = steps.clamp(1, MAX_STEPS),
            Command::SetTolerance(tolerance) => {
                document.tolerance = tolerance.filter(|value| value.is_finite() && *value > 0.0);
            }
            Command::SetKnob { card, .. } | Command::SetKnobFromHere { card, .. } if self.is_ghost(card) => {
                self.say("A ghost stays as it was before the branch: duplicate it to change it".to_owned());
            }
            Command::SetKnob { card, knob, value } => {
                let from = self.knob_start(card);
                self.document.set_knob(card, knob, value, from)?;
            }
            Command::SetKnobFromHere { card, knob, value } => {
                let here = self.here(card);
                self.document.set_knob(card, knob, value, Some(here))?;
            }
            command => self.card_command(command)?,
        }
        Ok(())
    }

    /// The samples are set by hand: where runs start and how fast they go stays as it is while one is dragged.
    fn edit_samples(&mut self, command: &Command) -> Result<(), SpecError> {
        let landscape = &self.document.landscape;
        let mut samples = landscape.data().map_or_else(Vec::new, |data| data.samples().to_vec());
        match *command {
            Command::MoveSample { index, to } => {
                if let Some(sample) = samples.get_mut(index) {
                    *sample = landscape.snapped(to);
                }
                self.document.landscape = landscape.with_samples(samples)?;
            }
            Command::NudgeSample([right, up]) => {
                let Some(sample) = self.sample().and_then(|index| samples.get_mut(index)) else { return Ok(()) };
                let view = data_curve::frame(landscape);
                let [x, y] = [sample[0] + 0.01 * right * view.width(), sample[1] + 0.01 * up * view.height()];
                // A class is next to the other one, however small the step.
                let y = if landscape.wants_classes() && up != 0.0 { up } else { y };
                *sample = landscape.snapped([x, y]);
                self.document.landscape = landscape.with_samples(samples)?;
            }
            Command::AddSample(sample) => {
                samples.push(landscape.snapped(sample));
                let added = samples.len() - 1;
                self.refine_landscape(landscape.with_samples(samples)?);
                self.view.scene.sample = Some(added);
            }
            Command::RemoveSample(_) if samples.len() == 1 => {
                self.say("One sample always stays: move it instead".to_owned());
            }
            Command::RemoveSample(index) if index < samples.len() => {
                samples.remove(index);
                self.refine_landscape(landscape.with_samples(samples)?);
                self.view.scene.sample = None;
            }
            _ => {}
        }
        Ok(())
    }

    /// The same landscape with another parameter or other samples; start and rates move only where others are suggested.
    fn refine_landscape(&mut self, landscape: Landscape) {
        if landscape.suggestion() == self.document.landscape.suggestion() {
            self.document.landscape = landscape;
        } else {
            self.document.follow_landscape(landscape);
        }
    }

    /// Other samples of the same network leave everything else as it is; another land is looked at anew.
    fn bring_landscape(&mut self, landscape: Landscape) {
        self.document.file = None;
        let old = &self.document.landscape;
        let is_same = landscape.entry().id == old.entry().id && landscape.typed() == old.typed();
        if !is_same || landscape.data().is_none() {
            return self.change_landscape(landscape);
        }
        self.view.scene.forget_sample();
        self.refine_landscape(landscape);
    }

    fn change_landscape(&mut self, landscape: Landscape) {
        self.view.scene.give_back();
        self.view.scene.log_height = landscape.entry().log_height;
        self.document.change_landscape(landscape);
        self.view.scene.faulty_formula = None;
        self.view.scene.highlighted = None;
        self.view.scene.forget_sample();
        self.view.scene.inside = None;
        self.view.scene.circle.set(None);
        self.view.scene.map = None;
        self.view.scene.eye = Eye::default();
        self.playback.go_to(0, 0);
    }

    /// What can be read is the landscape at once; what cannot stays in the field beside the last landscape that could.
    fn type_formula(&mut self, text: String) {
        match self.document.landscape.with_formula(&text) {
            Ok(landscape) if self.document.landscape.typed().is_some() => {
                if landscape.view() != self.document.landscape.view() {
                    self.view.scene.map = None;
                }
                self.document.follow_landscape(landscape);
                self.view.scene.faulty_formula = None;
            }
            Ok(landscape) => self.change_landscape(landscape),
            Err(error) => self.view.scene.faulty_formula = Some((text, error)),
        }
    }

    fn set_box(&mut self, view: Option<ViewBox>) {
        if let Some(view) = view.filter(|view| !view.is_sane()) {
            self.say(format!(
                "A box needs x and y that rise from left to right and from bottom to top, not [{}, {}] × [{}, {}]",
                view.x[0], view.x[1], view.y[0], view.y[1]
            ));
            return;
        }
        self.document.landscape = self.document.landscape.with_view(view);
        self.view.scene.map = None;
    }

    /// The step from which a knob of this card acts: the playhead, the branch, or the whole run.
    fn knob_start(&self, card: CardId) -> Option<usize> {
        if self.view.scene.from_here_on {
            return Some(self.here(card));
        }
        self.document.cards.iter().find(|known| known.id == card)?.branched_at
    }

    /// The playhead, or the end of this run if it is shorter.
    fn here(&self, card: CardId) -> usize {
        let last = self.derived.run(card).map_or(0, |run| run.iterates().len().saturating_sub(1));
        self.playback.playhead.min(last)
    }

    fn is_ghost(&self, card: CardId) -> bool {
        self.document.cards.iter().any(|known| known.id == card && known.ghost)
    }

    fn move_start(&mut self, at: Point) {
        if !at.coords.iter().all(|coordinate| coordinate.is_finite()) {
            self.say(format!("A start needs two finite numbers, not ({}, {})", at.x, at.y));
            return;
        }
        let selected = self.selected;
        match self.document.card_mut(selected) {
            Some(card) if card.own_start.is_some() => card.own_start = Some(at),
            _ => self.document.start = at,
        }
    }

    fn random_start(&mut self) {
        self.document.start_seed += 1;
        let seed = self.document.start_seed;
        let view = self.document.landscape.view();
        let mut random = SplitMix64::new(seed);
        let x = view.x[0] + view.width() * random.uniform();
        let y = view.y[0] + view.height() * random.uniform();
        self.move_start(Point::new(x, y));
        self.say(format!("Random start {seed}: ({x:.3}, {y:.3})"));
    }

    fn card_command(&mut self, command: Command) -> Result<(), SpecError> {
        match command {
            Command::AddRun(id) => {
                let mut optimizer = Choice::parse(id)?;
                if let Some((index, rate)) = self.document.suggested_rate(&optimizer) {
                    optimizer.knobs[index] = rate;
                }
                let added = self.document.add(optimizer);
                self.select_added(added);
            }
            Command::DuplicateRun(id) => {
                let added = self.document.duplicate(id);
                self.select_added(added);
            }
            Command::RemoveRun(id) if self.document.cards.len() > 1 => self.document.remove(id),
            Command::RemoveRun(_) => self.say("One run always stays: choose another method for it instead".to_owned()),
            Command::Branch(id) => self.branch(id),
            Command::SetOptimizer(id, optimizer) => {
                let choice = Choice::parse(optimizer)?;
                let rate = self.document.suggested_rate(&choice);
                if let Some(card) = self.document.card_mut(id) {
                    card.optimizer = choice;
                    card.changes.clear();
                    card.branched_at = None;
                    if let Some((index, rate)) = rate {
                        card.optimizer.knobs[index] = rate;
                    }
                }
            }
            command => self.change_card(&command),
        }
        Ok(())
    }

    fn change_card(&mut self, command: &Command) {
        let document = &mut self.document;
        match *command {
            Command::SetOwnStart(id, start) => {
                if let Some(card) = document.card_mut(id) {
                    card.own_start = start.filter(|at| at.coords.iter().all(|coordinate| coordinate.is_finite()));
                }
            }
            Command::Restyle(id, style) => {
                if let Some(card) = document.card_mut(id) {
                    card.style = style % MAX_CARDS;
                }
            }
            Command::SetHidden(id, hidden) => {
                if let Some(card) = document.card_mut(id) {
                    card.hidden = hidden;
                }
            }
            _ => {}
        }
    }

    fn select_added(&mut self, added: Option<CardId>) {
        match added {
            Some(id) => self.selected = id,
            None => self.say(format!("{MAX_CARDS} runs are the most that can be told apart: remove one first")),
        }
    }

    /// The copy goes on with the exact state: it has the same recipe, and its knobs now act from the playhead on.
    fn branch(&mut self, id: CardId) {
        let playhead = self.here(id);
        let Some(copy) = self.document.duplicate(id) else {
            return self.select_added(None);
        };
        if let Some(card) = self.document.card_mut(copy) {
            card.branched_at = Some(playhead);
        }
        if let Some(old) = self.document.card_mut(id) {
            old.ghost = true;
        }
        self.selected = copy;
        self.say(format!("Branched at step {playhead}: its knobs act from there on, the old run stays as a ghost"));
    }
}
