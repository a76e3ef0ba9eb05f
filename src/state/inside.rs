//! Inside a step: which of its sub-steps is shown, and how they follow each other by themselves. Time is handed in.

/// How long a sub-step is shown while they are played, in seconds.
const SHOWN: f64 = 1.2;

/// The place within the step at the playhead.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inside {
    /// Which sub-step, from 0.
    pub place: usize,
    /// Whether they follow each other by themselves.
    pub playing: bool,
    /// For how long this one has been shown while they are played.
    waited: f64,
}

impl Inside {
    /// At a sub-step, standing still.
    pub fn at(place: usize) -> Self {
        Self { place, ..Self::default() }
    }

    /// At the last sub-step, whichever that is.
    pub(super) fn at_last() -> Self {
        Self::at(usize::MAX)
    }

    /// The same place, or the last of this many; `None` of none.
    pub(super) fn within(self, count: usize) -> Option<Self> {
        Some(Self { place: self.place.min(count.checked_sub(1)?), ..self })
    }

    /// Starts to play, from the first if it stood at the last of this many, or stops.
    pub fn toggle(&mut self, count: usize) {
        let starts_over = self.place + 1 >= count;
        *self = Self {
            place: if starts_over && !self.playing { 0 } else { self.place },
            playing: !self.playing,
            waited: 0.0,
        };
    }

    /// Advances by `seconds`: at most one sub-step further, and a stop at the last of `count`.
    pub fn tick(&mut self, seconds: f64, count: usize) {
        if !self.playing {
            return;
        }
        self.waited += seconds.max(0.0);
        if self.waited >= SHOWN {
            (self.place, self.waited) = (self.place + 1, 0.0);
        }
        if self.place + 1 >= count {
            *self = Self::at(count.saturating_sub(1));
        }
    }

    /// Seconds until the next one; `None` while it stands still.
    pub fn due(&self) -> Option<f64> {
        self.playing.then(|| (SHOWN - self.waited).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_steps_follow_each_other_and_stop_at_the_last() {
        let mut inside = Inside::default();
        inside.toggle(3);
        for (seconds, place, playing) in [(1.0, 0, true), (0.3, 1, true), (60.0, 2, false), (9.0, 2, false)] {
            inside.tick(seconds, 3);
            assert_eq!((inside.place, inside.playing), (place, playing), "after {seconds} s");
        }
        inside.toggle(3);
        assert_eq!((inside.place, inside.playing), (0, true), "again from the first");
        inside.toggle(3);
        assert_eq!((inside.place, inside.playing, inside.due()), (0, false, None), "and stopped");
    }
}
