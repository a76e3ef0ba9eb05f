//! The learning rate of a run: its slider, what is known about rates, and where its rate made the run diverge.

use egui::{Align, Layout, Ui};

use super::ShownCard;
use crate::analysis::{Curvature, Kind, LocalModel};
use crate::numbers::Point;
use crate::run::StopReason;
use crate::state::{Command, RunCommand};
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read, spelled_steadily};
use crate::ui::widgets::rate_assessment::{LimitPlace, RateAssessment};
use crate::ui::widgets::rate_slider::RateSlider;
use crate::ui::widgets::row::{self, Columns};

impl ShownCard<'_> {
    pub(super) fn rate(&self, ui: &mut Ui, index: usize, commands: &mut Vec<Command>) {
        let (parameter, rate) = (&self.method.entry.parameters[index], self.method.parameters[index]);
        let name = self.parameter_name(index);
        let columns = Columns::of(ui);
        let field = format!("{name}, as a number");
        let field =
            NumberField { name: &field, help: parameter.help, shown: spelled_steadily(rate), width: columns.number };
        let row = ui.horizontal(|ui| {
            let label = row::muted_label(ui, parameter.symbol, 0.06 * ui.available_width());
            label.hint(&self.name);
            let width = ui.available_width() - columns.number - ui.spacing().item_spacing.x;
            let moved = self.rate_track(index, &name, width, ui);
            (ui.with_layout(Layout::right_to_left(Align::Center), |ui| field.show(ui)).inner, moved)
        });
        let (typed, moved) = row.inner;
        if let Some(read) = typed.map(|text| read(parameter, &text)).or(moved.map(Ok)) {
            push_read(read, commands, |value| self.set(index, value));
        }
    }

    fn rate_track(&self, index: usize, name: &str, width: f32, ui: &mut Ui) -> Option<f64> {
        let rate = self.method.parameters[index];
        let slider = RateSlider {
            parameter: &self.method.entry.parameters[index],
            rate,
            now: self.rate_now().filter(|now| *now != rate),
            assessment: &self.assessment(),
            best: None,
            name,
            width,
            is_log: true,
            comes_down: false,
            run: 0,
            is_playing: false,
        };
        slider.show(ui)
    }

    /// The accessible name of a parameter's control.
    pub(in crate::ui::panels) fn parameter_name(&self, index: usize) -> String {
        let parameter = &self.method.entry.parameters[index];
        // Some labels end with it.
        let says_it = parameter.label.split(' ').any(|word| word == parameter.symbol);
        let symbol =
            if parameter.symbol.is_empty() || says_it { String::new() } else { format!(" {}", parameter.symbol) };
        format!("{}{symbol} of {}", parameter.label, self.name)
    }

    /// The command that gives a parameter another value.
    pub(in crate::ui::panels) fn set(&self, parameter: usize, value: f64) -> Command {
        Command::Runs(RunCommand::SetParameter { card: self.card.id, parameter, value })
    }

    /// The step whose rate made the run diverge, where the playhead stands at its end: there the sentence speaks of it.
    fn fatal_step(&self) -> Option<usize> {
        let run = self.state.derived.run(self.card.id)?;
        let at_end = self.state.playback.playhead + 1 >= run.iterates().len();
        run.stop().filter(|_| at_end)?.beyond().map(|beyond| beyond.step)
    }

    /// The step whose rate is spoken of: the one at the playhead, the run's last, or the one that made it diverge.
    fn rate_step(&self) -> Option<usize> {
        let last = self.state.derived.run(self.card.id)?.iterates().len().checked_sub(1)?;
        Some(self.fatal_step().unwrap_or(self.state.playback.playhead).min(last))
    }

    /// Where that is, in words.
    pub(in crate::ui::panels) fn rate_place(&self) -> String {
        self.fatal_step().map_or_else(|| "here".to_owned(), |step| format!("at step {step}"))
    }

    /// The rate that a schedule gives to that step.
    pub(in crate::ui::panels) fn rate_now(&self) -> Option<f64> {
        self.method.rate_at(self.rate_step()?)
    }

    /// What is known about rates at the iterate from which that step leads.
    pub(in crate::ui::panels) fn assessment(&self) -> RateAssessment {
        let law = self.method.stability_bound();
        let run = self.state.derived.run(self.card.id);
        let iterate = run.zip(self.rate_step()).and_then(|(run, step)| run.iterates().get(step));
        let model = iterate.map(|iterate| LocalModel::new(self.state.document.landscape.loss(), iterate.at));
        let assessment = RateAssessment::of(law, model.as_ref().and_then(Curvature::of).as_ref());
        if self.state.held_step().is_some() {
            return assessment.withheld();
        }
        let queries = self.state.derived.queries();
        let is_known =
            model.zip(queries).is_some_and(|(model, queries)| queries.knows_hessian(model.at, model.hessian));
        if self.state.view.in_fog() {
            return if is_known { assessment } else { assessment.in_fog() };
        }
        // Where the loss curves down no rate is too large: the track shows the rates with which the run can come to rest where it
        // ends, or else in the nearest minimum.
        let mut assessment = assessment;
        for place in [LimitPlace::End, LimitPlace::NearestMinimum] {
            if !assessment.lacks_limit() {
                break;
            }
            let point = match place {
                LimitPlace::End => self.end(),
                LimitPlace::NearestMinimum => self.nearest_minimum(),
            };
            let curvature = point.and_then(|at| self.curvature(at));
            assessment = assessment.or_at(law, place, curvature.as_ref());
        }
        assessment
    }

    fn curvature(&self, at: Point) -> Option<Curvature> {
        Curvature::of(&LocalModel::new(self.state.document.landscape.loss(), at))
    }

    /// Where the run has ended without leaving.
    fn end(&self) -> Option<Point> {
        let run = self.state.derived.run(self.card.id)?;
        run.stop().filter(|stop| stop.reason != StopReason::Diverged)?;
        run.iterates().last().map(|iterate| iterate.at)
    }

    fn nearest_minimum(&self) -> Option<Point> {
        let run = self.state.derived.run(self.card.id)?;
        let iterate = run.iterates().get(self.rate_step()?)?;
        let minima = self.state.derived.critical_points().iter().filter(|point| point.kind == Kind::Minimum);
        let distance = |at: &Point| (iterate.at - at).norm_squared();
        minima.map(|point| point.at).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Group, Landscape, entries};
    use crate::optimizers::{Choice, ENTRIES};
    use crate::state::{Document, State};

    fn assessed(state: &State) -> RateAssessment {
        let place = state.document.place(state.selected).unwrap();
        ShownCard::of(state, place, &state.document.cards[place]).assessment()
    }

    /// Wherever a landscape opens, the track of every method with a limit has its zones; where the loss curves down at the start they
    /// are those of the point at which the run ends. At a kink there is no curvature anywhere.
    #[test]
    fn every_landscape_opens_with_the_zones_of_its_rate() {
        let (mut here, mut at_end, mut near, mut faults) = (0, 0, 0, Vec::new());
        for entry in entries() {
            let methods = ENTRIES.iter().filter(|method| Choice::of(method).stability_bound().is_ok());
            for method in methods.filter(|method| method.rate_index().is_some()) {
                let mut state = State::new(Document::new(Landscape::of(entry)));
                if method.unsupported_reason(&state.document.landscape).is_some() {
                    continue;
                }
                let set = Command::Runs(RunCommand::SetMethod(state.selected, method.id));
                state.apply(vec![set]);
                state.finish_runs();
                if assessed(&state).limit().is_none() {
                    state.finish_search();
                    state.finish();
                }
                let assessment = assessed(&state);
                match (assessment.limit(), assessment.place()) {
                    (None, _) if entry.group != Group::Kinks => faults.push(format!("{}, {}", entry.id, method.id)),
                    (None, _) => {}
                    (Some(_), None) => here += 1,
                    (Some(_), Some(LimitPlace::NearestMinimum)) => near += 1,
                    (Some((limit, _)), Some(LimitPlace::End)) => {
                        let [limit_there, found] = {
                            let run = state.derived.run(state.selected).unwrap();
                            let end = run.iterates().last().unwrap().at;
                            let high = state.document.landscape.loss().second_order(end).hessian.eigen().values[1];
                            let law = state.document.card(state.selected).unwrap().optimizer.stability_bound().unwrap();
                            [law.recursion.limit() / high, limit]
                        };
                        assert!((found / limit_there - 1.0).abs() < 1e-9, "{}: {found} is {limit_there}", entry.id);
                        at_end += 1;
                    }
                }
            }
        }
        assert!(faults.is_empty(), "no zones: {faults:?}");
        assert!(here > 80 && at_end > 4, "{here} at the start, {at_end} at the end, {near} at the nearest minimum");
    }

    /// Of a run that leaves there is no end: the nearest minimum that is known sets the zones, and says so.
    #[test]
    fn a_run_that_leaves_from_a_hilltop_has_the_zones_of_the_nearest_minimum() {
        let mut document = Document::new(Landscape::parse("himmelblau").unwrap());
        document.start = Point::new(0.4, -0.3);
        document.cards.clear();
        document.add(Choice::parse("gd:lr=0.5").unwrap());
        let mut state = State::new(document);
        state.finish_search();
        state.finish();
        let assessment = assessed(&state);
        assert_eq!(assessment.place(), Some(LimitPlace::NearestMinimum));
        let (words, _) = assessment.describe(0.5, "here", false, false);
        assert!(words.starts_with("beyond 2/λmax = ") && words.ends_with(" at the nearest minimum"), "{words}");
        assert_eq!(assessment.caution(), Some("here the loss curves down"));
    }
}
