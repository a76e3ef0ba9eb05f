//! Carries out the commands of the playhead.

use super::Touched;
use crate::state::{Inside, PlayCommand, State};

impl State {
    /// Carries out a command for the playhead.
    pub(super) fn carry_out_play(&mut self, command: PlayCommand) -> Touched {
        if self.reveals(command) {
            return self.reveal();
        }
        let last = self.last_step();
        match command {
            PlayCommand::Toggle => {
                self.playback.toggle(last);
                self.view.scene.inside = None;
            }
            PlayCommand::ToStart => self.go_to(0),
            PlayCommand::ToEnd => self.go_to(last),
            PlayCommand::StepBy(steps) => {
                self.go_to(self.shown_step().saturating_add_signed(isize::try_from(steps).unwrap_or(0)));
            }
            PlayCommand::GoTo(step) => self.go_to(step),
            PlayCommand::SetSpeed(speed) => {
                self.playback.set_speed(speed);
                return Touched::Nothing;
            }
            PlayCommand::StepInside(steps) => self.step_inside(steps, last),
            PlayCommand::PlayInside => {
                let count = self.derived.substeps().len();
                self.view.scene.inside.get_or_insert_default().toggle(count.max(2));
                self.playback.playing = false;
            }
            PlayCommand::ShowWholeStep => self.view.scene.inside = None,
        }
        Touched::Scene
    }

    fn go_to(&mut self, step: usize) {
        self.playback.go_to(step, self.last_step());
        self.view.scene.inside = None;
    }

    /// Moves by sub-steps, continuing into the next or previous step.
    fn step_inside(&mut self, steps: i32, last: usize) {
        let (shown, count) = (self.shown_step(), self.derived.substeps().len());
        self.playback.playing = false;
        let Some(inside) = self.view.scene.inside else {
            self.view.scene.inside = Some(if steps < 0 { Inside::at_last() } else { Inside::at(0) });
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
                Some(Inside::at_last())
            }
            _ => Some(Inside::at(inside.place)),
        };
    }
}
