//! Carries out the commands of the document: another landscape, start, coordinates, and what follows from them.

use super::Touched;
use crate::analysis::{CriticalPoint, Eigenvector, start_on};
use crate::drawing::first_camera;
use crate::landscapes::{self, InputError, Landscape, RescaledAxes, ViewBox, own};
use crate::numbers::numerals::{coordinate, number};
use crate::numbers::{Point, SplitMix64};
use crate::run::MAX_STEPS;
use crate::state::{Card, DocumentCommand, State, Visit, opening};

impl State {
    /// Carries out a command for the document; an error changes nothing.
    pub(super) fn carry_out_document(&mut self, command: DocumentCommand) -> Result<Touched, InputError> {
        let document = &mut self.document;
        match command {
            DocumentCommand::ChooseLandscape(id) => {
                let own = own::ENTRIES.into_iter().find(|entry| entry.id == id);
                let entry = own.map_or_else(|| landscapes::find(id), Ok)?;
                self.change_landscape(Landscape::of(entry));
            }
            DocumentCommand::BringLandscape(landscape) => self.bring_landscape(*landscape),
            DocumentCommand::DraftFormula(text) => self.draft_formula(text),
            DocumentCommand::TypeFormula(text) => self.type_formula(text),
            DocumentCommand::SetDomain(view) => self.set_domain(view),
            DocumentCommand::SetRange { index, range } if range[0] < range[1] => {
                document.landscape = document.landscape.with_range(index, range);
            }
            DocumentCommand::SetRange { range, .. } => {
                self.say(format!(
                    "The upper end of a slider must be larger than the lower one, not {} and {}",
                    range[0], range[1]
                ));
            }
            DocumentCommand::TakeOver(values) => {
                for (card, parameter, value) in values {
                    document.set_parameter(card, parameter, value, None)?;
                }
            }
            DocumentCommand::SetParameter { index, value } => {
                let landscape = document.landscape.with_parameter(index, value)?;
                self.refine_landscape(landscape);
            }
            DocumentCommand::SetAxes(axes) => self.set_axes(axes)?,
            DocumentCommand::Visit(visit) => self.visit(*visit),
            DocumentCommand::MoveStart(at) => self.move_start(at),
            DocumentCommand::StartOnEigenvector(which) => self.start_on_eigenvector(which),
            DocumentCommand::RandomStart => self.random_start(),
            DocumentCommand::SetSteps(steps) => document.steps = steps.clamp(1, MAX_STEPS),
            DocumentCommand::SetTolerance(tolerance) => {
                document.tolerance = tolerance.filter(|value| value.is_finite() && *value > 0.0);
            }
            DocumentCommand::ShowScene(scene) => {
                self.show_scene(*scene);
                self.clear_window();
            }
            DocumentCommand::New => self.show_opening(),
            DocumentCommand::Reset => self.reset(),
        }
        Ok(Touched::Scene)
    }

    /// The same landscape with another parameter or other samples; start and rates move only where others are suggested.
    pub(super) fn refine_landscape(&mut self, landscape: Landscape) {
        if landscape.suggestion() == self.document.landscape.suggestion() {
            self.document.landscape = landscape;
        } else {
            self.document.follow_landscape(landscape);
            self.keep_rates_linked(false);
        }
    }

    /// Takes what a file brought. Other samples of the same network leave the runs as they are, but for a suggested start and
    /// rate, which follow the samples; another landscape is shown as at first.
    pub(super) fn bring_landscape(&mut self, landscape: Landscape) {
        self.document.file = None;
        let old = &self.document.landscape;
        let is_same = landscape.entry().id == old.entry().id && landscape.typed() == old.typed();
        if !is_same || landscape.data().is_none() {
            return self.change_landscape(landscape);
        }
        self.view.scene.forget_sample();
        self.refine_landscape(landscape);
    }

    /// Shows the opening scene; nothing happens where it cannot be read, which a test excludes.
    fn show_opening(&mut self) {
        if let Ok(scene) = opening::scene() {
            self.show_scene(scene);
            self.begin_scene();
        }
        self.clear_window();
    }

    /// Resets the window: no view fills it, and no panel stands beside the picture.
    fn clear_window(&mut self) {
        let chrome = &mut self.view.chrome;
        (chrome.maximized, chrome.setup_open, chrome.open_run) = (None, false, None);
    }

    /// Resets frame, start and playhead; the runs keep their parameters but lose starts of their own.
    fn reset(&mut self) {
        self.document.start = Point::from(self.document.landscape.suggestion().start);
        for card in self.document.cards.iter_mut().filter(|card| !card.ghost) {
            card.own_start = None;
        }
        let scene = &mut self.view.scene;
        scene.forget_region();
        (scene.camera, scene.stretched) = (first_camera(&self.document.landscape, self.document.start), false);
        self.playback.stand_at(0);
    }

    /// Shows another landscape: with the document (`Document::change_landscape`), all of the view that belongs to the old one is
    /// reset.
    fn change_landscape(&mut self, landscape: Landscape) {
        self.draft = None;
        self.view.scene.give_back();
        self.view.scene.log_height = landscape.entry().log_height;
        // What is typed is typed there.
        self.view.chrome.setup_open |= landscape.typed().is_some();
        if landscape.typed().is_some() {
            // And there is no room for it beside a view that fills the window.
            self.view.chrome.maximized = None;
        }
        self.document.change_landscape(landscape);
        self.keep_rates_linked(true);
        self.view.scene.forget_landscape();
        self.view.scene.camera = first_camera(&self.document.landscape, self.document.start);
        self.playback.go_to(0, 0);
    }

    /// Applies a formula at once; one that cannot be read stays in its field, and the last landscape stays shown.
    pub(in crate::state) fn type_formula(&mut self, text: String) {
        self.draft = None;
        match self.document.landscape.with_formula(&text) {
            Ok(landscape) if self.document.landscape.typed().is_some() => {
                if landscape.domain() != self.document.landscape.domain() {
                    self.view.scene.forget_region();
                }
                self.document.follow_landscape(landscape);
                self.keep_rates_linked(false);
                self.view.scene.faulty_formula = None;
            }
            Ok(landscape) => self.change_landscape(landscape),
            Err(error) => self.view.scene.faulty_formula = Some((text, error)),
        }
    }

    /// Gives the run of this method the settings of one of the tournament; adds a run if there is none, or replaces the selected one if there
    /// is no room.
    fn visit(&mut self, visit: Visit) {
        let Visit { landscape, optimizer, start } = visit;
        if self.document.landscape != landscape {
            self.change_landscape(landscape);
        }
        let is_same = |card: &&Card| !card.ghost && card.optimizer.entry == optimizer.entry;
        let known = self.document.cards.iter().find(is_same).map(|card| card.id);
        let id = known.or_else(|| self.document.add(optimizer.clone())).unwrap_or(self.selected);
        if let Some(card) = self.document.card_mut(id) {
            *card = Card { style: card.style, ghost: card.ghost, ..Card::new(id, optimizer) };
            self.selected = id;
        }
        self.document.start = start;
        self.playback.stand_at(0);
    }

    fn set_domain(&mut self, view: Option<ViewBox>) {
        if let Some(view) = view.filter(|view| !view.is_sane()) {
            self.say(format!(
                "A domain needs a lower and a larger upper end of x and of y, not [{}, {}] × [{}, {}]",
                view.x[0], view.x[1], view.y[0], view.y[1]
            ));
            return;
        }
        self.document.landscape = self.document.landscape.with_domain(view);
        self.view.scene.forget_region();
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

    /// Changes the coordinates: runs, rates and starts stay what they are, and the picture changes.
    fn set_axes(&mut self, axes: RescaledAxes) -> Result<(), InputError> {
        let before = self.document.landscape.axes();
        self.document.landscape = self.document.landscape.with_axes(axes)?;
        let own_starts = self.document.cards.iter_mut().filter_map(|card| card.own_start.as_mut());
        let scene = &mut self.view.scene;
        for at in own_starts.chain([&mut self.document.start]).chain(&mut scene.highlighted) {
            *at = axes.into(before.out_of(*at));
        }
        scene.forget_region();
        scene.forget_sample();
        Ok(())
    }

    /// Moves the start onto an eigenvector, at the same distance from the critical point and on the same side.
    fn start_on_eigenvector(&mut self, which: Eigenvector) {
        if self.document.landscape.dimension().is_one() {
            return self.say("One weight has no eigenvectors".to_owned());
        }
        let start = self.derived.run(self.selected).map_or(self.document.start, |run| run.recipe().start);
        let Some(center) = self.center_of_eigenvectors(start) else {
            return self.say(
                "No critical point with a Hessian is known here, so there is no eigenvector to start on".to_owned(),
            );
        };
        let landscape = &self.document.landscape;
        let Some((at, value)) = start_on(landscape.loss(), center.at, start, landscape.domain(), which) else { return };
        let [x, y] = [center.at.x, center.at.y].map(coordinate);
        let (kind, name) = (center.name(), which.eigenvalue());
        self.move_start(at);
        // What a step multiplies grows from rounding, too.
        self.say(format!(
            "Start on the eigenvector of {name} = {} at the {kind} ({x}, {y}); rounding leaves about 10⁻¹⁶ of the other one",
            number(value)
        ));
    }

    /// The critical point that was chosen, or the nearest to a start, of those with a Hessian.
    fn center_of_eigenvectors(&self, start: Point) -> Option<CriticalPoint> {
        let chosen = self.view.scene.highlighted;
        let known = self.derived.critical_points().iter().filter(|point| point.eigenvalues.is_some());
        let distance = |point: &CriticalPoint| match chosen {
            Some(at) if at == point.at => -1.0,
            _ => (point.at - start).norm(),
        };
        known.min_by(|a, b| distance(a).total_cmp(&distance(b))).copied()
    }

    fn random_start(&mut self) {
        self.document.start_seed += 1;
        let seed = self.document.start_seed;
        let view = self.document.landscape.frame();
        let mut random = SplitMix64::new(seed);
        let x = view.x[0] + view.width() * random.uniform();
        if self.document.landscape.dimension().is_one() {
            self.move_start(Point::new(x, self.document.start.y));
            return self.say(format!("Random start {seed}: x = {x:.3}"));
        }
        let y = view.y[0] + view.height() * random.uniform();
        self.move_start(Point::new(x, y));
        self.say(format!("Random start {seed}: ({}, {})", number(x), number(y)));
    }
}
