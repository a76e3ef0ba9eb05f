//! The playhead: which iterate is shown, and how it moves with time. Time is handed in.

/// Slowest and fastest play, in steps a second.
pub const SPEEDS: [f64; 2] = [0.5, 1000.0];

/// How long a whole run plays, in seconds, unless the user chose a speed.
const PATIENCE: f64 = 8.0;

/// Playhead, play state and speed.
#[derive(Clone, Debug, PartialEq)]
pub struct Playback {
    /// The iterate that is shown.
    pub playhead: usize,
    /// Whether it moves by itself.
    pub playing: bool,
    /// Steps a second.
    pub speed: f64,
    /// The user chose the speed: it stays, however long the runs are.
    is_chosen: bool,
    /// The part of a step already waited for, 0 ≤ … < 1.
    pending: f64,
}

impl Default for Playback {
    fn default() -> Self {
        Self { playhead: 0, playing: false, speed: 5.0, is_chosen: false, pending: 0.0 }
    }
}

impl Playback {
    /// Standing still at a step.
    pub(super) fn at(playhead: usize) -> Self {
        Self { playhead, ..Self::default() }
    }

    /// Starts, from the beginning if it stood at the end, or pauses.
    pub fn toggle(&mut self, last: usize) {
        self.playing = !self.playing && last > 0;
        self.pending = 0.0;
        if self.playing && self.playhead >= last {
            self.playhead = 0;
        }
    }

    /// Moves to a step and pauses.
    pub fn go_to(&mut self, step: usize, last: usize) {
        self.playhead = step.min(last);
        self.playing = false;
    }

    /// Moves to a step without clamping it, and pauses: the runs may not be known that far yet.
    pub(super) fn stand_at(&mut self, step: usize) {
        (self.playhead, self.playing, self.pending) = (step, false, 0.0);
    }

    /// Sets the speed within its range.
    pub fn set_speed(&mut self, steps_per_second: f64) {
        if steps_per_second.is_finite() {
            self.speed = steps_per_second.clamp(SPEEDS[0], SPEEDS[1]);
            self.is_chosen = true;
        }
    }

    /// Unless the user has chosen a speed, sets the one at which this many steps play in [`PATIENCE`] seconds.
    pub(super) fn suit(&mut self, steps: usize) {
        if !self.is_chosen {
            let speed = steps as f64 / PATIENCE;
            self.speed = format!("{speed:.1e}").parse().unwrap_or(speed).clamp(SPEEDS[0], SPEEDS[1]);
        }
    }

    /// Advances by `seconds`: moves by whole steps, and pauses at the end.
    pub fn tick(&mut self, seconds: f64, last: usize) {
        if !self.playing {
            return;
        }
        self.pending += seconds.clamp(0.0, 0.25) * self.speed;
        let whole = self.pending.floor();
        self.pending -= whole;
        // A run that has become shorter, while its rate is dragged perhaps, does not take the playhead along.
        if self.playhead > last {
            return;
        }
        self.playhead = self.playhead.saturating_add(whole as usize);
        if self.playhead >= last {
            self.playhead = last;
            self.playing = false;
        }
    }

    /// Seconds until the next step is due; `None` while paused.
    pub fn due(&self) -> Option<f64> {
        self.playing.then(|| ((1.0 - self.pending) / self.speed).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn playing_takes_every_step_in_time_and_pauses_at_the_end() {
        let mut playback = Playback { speed: 10.0, ..Playback::default() };
        playback.toggle(7);
        for _ in 0..5 {
            playback.tick(0.05, 7);
        }
        assert_eq!(playback.playhead, 2, "a quarter second at ten steps a second");
        playback.tick(0.2, 7);
        playback.tick(0.24, 7);
        playback.tick(0.24, 7);
        assert_eq!((playback.playhead, playback.playing), (7, false), "the end");
        playback.toggle(7);
        assert_eq!((playback.playhead, playback.playing), (0, true), "again from the start");
    }

    #[test]
    fn a_run_that_becomes_shorter_and_longer_again_keeps_the_playhead() {
        let mut playback = Playback { playhead: 500, playing: true, speed: 100.0, ..Playback::default() };
        playback.tick(0.1, 4);
        assert_eq!((playback.playhead, playback.playing), (500, true), "it waits");
        playback.tick(0.1, 1000);
        assert!(playback.playhead > 500 && playback.playing, "and goes on");
    }

    #[test]
    fn a_long_pause_of_the_machine_is_no_leap() {
        let mut playback = Playback { speed: 4.0, ..Playback::default() };
        playback.toggle(1000);
        playback.tick(60.0, 1000);
        assert_eq!(playback.playhead, 1, "a minute asleep counts as a quarter of a second");
    }
}
