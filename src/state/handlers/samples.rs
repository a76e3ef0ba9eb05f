//! Carries out the commands of the samples of a network.

use super::Touched;
use crate::drawing::data_curve;
use crate::landscapes::{InputError, Network};
use crate::state::{SampleCommand, State};

impl State {
    /// Carries out a command for the samples.
    pub(super) fn carry_out_samples(&mut self, command: SampleCommand) -> Result<Touched, InputError> {
        match command {
            SampleCommand::SetSeed(seed) => {
                let landscape = self.document.landscape.with_seed(seed);
                self.document.file = None;
                self.refine_landscape(landscape);
            }
            SampleCommand::UsePreset(preset) => self.bring_landscape(self.document.landscape.with_preset(preset)?),
            SampleCommand::Move { index, to } => self.move_sample(index, to)?,
            SampleCommand::Nudge(by) => self.nudge_sample(by)?,
            SampleCommand::Add(sample) => self.add_sample(sample)?,
            SampleCommand::Remove(index) => self.remove_sample(index)?,
            SampleCommand::Choose(sample) => self.view.scene.network.sample = sample,
        }
        Ok(Touched::Scene)
    }

    fn samples(&self) -> Vec<[f64; 2]> {
        self.document.landscape.data().map_or_else(Vec::new, |data| data.samples().to_vec())
    }

    /// Where runs start and how fast they go stays as it is while a sample is dragged.
    fn move_sample(&mut self, index: usize, to: [f64; 2]) -> Result<(), InputError> {
        let landscape = &self.document.landscape;
        let mut samples = self.samples();
        if let Some(sample) = samples.get_mut(index) {
            *sample = landscape.network().map_or(to, |network| network.snapped(to));
        }
        self.document.landscape = landscape.with_samples(samples)?;
        Ok(())
    }

    fn nudge_sample(&mut self, [right, up]: [f64; 2]) -> Result<(), InputError> {
        let samples = self.samples();
        let Some(index) = self.sample() else { return Ok(()) };
        let Some([x, y]) = samples.get(index) else { return Ok(()) };
        let landscape = &self.document.landscape;
        let view = data_curve::frame(landscape);
        // A class is next to the other one, however small the step.
        let y = if landscape.network().is_some_and(Network::wants_classes) && up != 0.0 {
            up
        } else {
            y + 0.01 * up * view.height()
        };
        self.move_sample(index, [x + 0.01 * right * view.width(), y])
    }

    fn add_sample(&mut self, sample: [f64; 2]) -> Result<(), InputError> {
        let landscape = &self.document.landscape;
        let mut samples = self.samples();
        samples.push(landscape.network().map_or(sample, |network| network.snapped(sample)));
        let added = samples.len() - 1;
        self.refine_landscape(landscape.with_samples(samples)?);
        self.view.scene.network.sample = Some(added);
        Ok(())
    }

    fn remove_sample(&mut self, index: usize) -> Result<(), InputError> {
        let mut samples = self.samples();
        if samples.len() == 1 {
            self.say("At least one sample must remain: move it instead".to_owned());
        } else if index < samples.len() {
            samples.remove(index);
            self.refine_landscape(self.document.landscape.with_samples(samples)?);
            self.view.scene.network.sample = None;
        }
        Ok(())
    }
}
