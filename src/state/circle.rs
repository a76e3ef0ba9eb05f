//! The radius of the circle around the iterate: the step's length or a length of its own, which may shrink as time goes by.

use super::{Pane, State, View};
use crate::drawing::overlays::CIRCLE;
use crate::landscapes::Landscape;
use crate::run::Focus;

/// How long it takes to shrink, in seconds, and by which factor.
const SECONDS: f64 = 4.0;
const FACTOR: f64 = 1e-4;
/// The radius of a step without a length, as a share of the landscape's size.
const AT_REST: f64 = 0.1;
/// Below this share of the step's length there is nothing more to be seen of shrinking: it begins at the step's length.
const SHRUNK: f64 = 1e-3;

/// How the radius is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CircleRadius {
    /// Its own length; `None` for that of the step.
    free: Option<f64>,
    /// While it shrinks: the radius it began with, and for how many seconds it has.
    shrinking: Option<(f64, f64)>,
}

impl CircleRadius {
    /// Whether it is the step's length.
    pub fn is_of_step(&self) -> bool {
        self.free.is_none()
    }

    /// Whether it shrinks by itself.
    pub fn is_shrinking(&self) -> bool {
        self.shrinking.is_some()
    }

    /// Another radius, which stays as it is; what is no length changes nothing.
    pub(super) fn set(&mut self, radius: Option<f64>) {
        if radius.is_none_or(|radius| radius > 0.0 && radius.is_finite()) {
            *self = Self { free: radius, shrinking: None };
        }
    }

    /// Begins to shrink from the present radius, or stays where it is; `natural` is that of the step.
    pub(super) fn shrink_or_stop(&mut self, natural: f64) {
        let from = self.free.filter(|radius| *radius > SHRUNK * natural).unwrap_or(natural);
        self.shrinking = if self.is_shrinking() { None } else { Some((from, 0.0)) };
    }

    /// Time goes on, evenly in the radius's logarithm; whether the radius is another now.
    pub(super) fn tick(&mut self, seconds: f64) -> bool {
        let Some((from, elapsed)) = self.shrinking else { return false };
        // The machine may have slept, or the window stood still until now.
        let elapsed = (elapsed + seconds.clamp(0.0, 0.1)).min(SECONDS);
        self.free = Some(from * libm::pow(FACTOR, elapsed / SECONDS)).filter(|radius| *radius > 0.0).or(self.free);
        self.shrinking = Some((from, elapsed)).filter(|_| elapsed < SECONDS);
        true
    }
}

impl View {
    /// Whether the circle is looked at, in its view or over the land.
    pub fn shows_circle(&self) -> bool {
        self.shows(CIRCLE) || self.maximized.unwrap_or(self.lower) == Pane::Circle
    }
}

impl State {
    /// The radius of a circle of the step's length; a tenth of the landscape where the step has none.
    pub(super) fn natural_radius(&self) -> f64 {
        let landscape = &self.document.landscape;
        self.derived.focus().map_or_else(|| at_rest(landscape), |focus| natural(focus, landscape))
    }
}

fn natural(focus: &Focus, landscape: &Landscape) -> f64 {
    step_length(focus).unwrap_or_else(|| at_rest(landscape))
}

fn at_rest(landscape: &Landscape) -> f64 {
    AT_REST * landscape.view().size()
}

/// How far the proposed step goes, where it goes anywhere.
pub fn step_length(focus: &Focus) -> Option<f64> {
    focus.proposed().map(|step| step.norm()).filter(|length| *length > 0.0 && length.is_finite())
}

/// The radius of the circle around the iterate in focus.
pub(super) fn radius_of(view: &View, focus: &Focus, landscape: &Landscape) -> f64 {
    view.circle.free.unwrap_or_else(|| natural(focus, landscape))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Command;

    fn shown(state: &State) -> f64 {
        state.derived.around().unwrap().radius
    }

    #[test]
    fn the_circle_has_the_steps_length_until_it_is_given_its_own() {
        let mut state = State::opening();
        assert!(state.derived.around().is_none(), "nobody looks at it");
        state.apply(vec![Command::ShowLower(Pane::Circle)]);
        let step = state.derived.focus().unwrap().proposed().unwrap().norm();
        assert_eq!(shown(&state), step, "the step's");
        for (asked, radius) in [(Some(0.5), 0.5), (Some(-1.0), 0.5), (Some(f64::NAN), 0.5), (None, step)] {
            state.apply(vec![Command::SetCircleRadius(asked)]);
            assert_eq!(shown(&state), radius, "{asked:?}");
        }
        state.apply(vec![Command::SetCircleRadius(Some(0.5)), Command::ChooseLandscape("relu")]);
        assert!(state.view.circle.is_of_step(), "another land, another length");
        state.apply(vec![Command::MoveStart(crate::numbers::Point::new(0.0, -2.9))]);
        assert!((shown(&state) - 0.6).abs() < 1e-12, "a tenth of the land where the step has no length");
    }

    #[test]
    fn it_shrinks_ten_thousandfold_in_four_seconds_unless_it_is_touched() {
        let mut state = State::opening();
        state.apply(vec![Command::ToggleOverlay(CIRCLE), Command::ShrinkCircle]);
        let (from, mut angles) = (shown(&state), vec![]);
        while state.tick(0.0625) {
            angles.push(state.derived.around().unwrap().best_turn().unwrap().abs());
        }
        assert!((shown(&state) / from / FACTOR - 1.0).abs() < 1e-9, "from {from} to {}", shown(&state));
        assert_eq!(angles.len(), 63, "the last of 64 frames says that it is over");
        assert!(angles[0] > 0.1 && *angles.last().unwrap() < 1e-3, "turns into −g: {angles:?}");
        state.apply(vec![Command::ShrinkCircle]);
        state.tick(0.1);
        assert!(shown(&state) > 0.5 * from, "again from the step's length");
        state.apply(vec![Command::SetCircleRadius(Some(0.2))]);
        assert!(!state.tick(1.0) && shown(&state) == 0.2, "a touch stops it");
    }
}
