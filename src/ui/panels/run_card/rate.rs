//! The learning rate of a run: its slider, what is known about rates, and where its rate made the run diverge.

use egui::{Align, Layout, Ui};

use super::ShownCard;
use crate::analysis::{Curvature, LocalModel};
use crate::state::{Command, RunCommand};
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read, spelled_steadily};
use crate::ui::widgets::rate_assessment::RateAssessment;
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
            plays: false,
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
        if self.state.view.in_fog() && !is_known { assessment.in_fog() } else { assessment }
    }
}
