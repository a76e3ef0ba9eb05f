//! The radius of the circle around the iterate: the step's length or a length of its own, which may shrink as time goes by.

use crate::landscapes::Landscape;
use crate::run::StepAnalysis;

/// How long it takes to shrink, in seconds.
const SECONDS: f64 = 4.0;
/// The factor by which it shrinks.
const FACTOR: f64 = 1e-4;
/// Seconds at the smallest size, before it is as large as before.
const STAYS: f64 = 1.5;
/// The radius of a step without a length, as a share of the landscape's size.
const AT_REST: f64 = 0.1;
/// Below this share of the step's length there is nothing more to be seen of shrinking: it begins at the step's length.
const SHRUNK: f64 = 1e-3;

/// How the radius is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CircleRadius {
    /// Its own length; `None` for that of the step.
    free: Option<f64>,
    /// While it shrinks, and stays small.
    shrinking: Option<Shrinking>,
}

/// A circle that shrinks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shrinking {
    /// The radius it began with.
    from: f64,
    /// The length it had been given, to which it returns.
    before: Option<f64>,
    /// In seconds.
    elapsed: f64,
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

    /// Another radius, which stays as it is; what is not a length changes nothing.
    pub(super) fn set(&mut self, radius: Option<f64>) {
        if radius.is_none_or(|radius| radius > 0.0 && radius.is_finite()) {
            *self = Self { free: radius, shrinking: None };
        }
    }

    /// The fixed length; `None` for that of the step.
    pub(super) fn radius_at_rest(&self) -> Option<f64> {
        self.at_rest().free
    }

    /// The radius without the animation.
    pub(super) fn at_rest(&self) -> Self {
        Self { free: self.shrinking.map_or(self.free, |shrinking| shrinking.before), shrinking: None }
    }

    /// Begins to shrink from the present radius, or stays where it is; `natural` is that of the step.
    pub(super) fn shrink_or_stop(&mut self, natural: f64) {
        let before = self.free.filter(|radius| *radius > SHRUNK * natural);
        let from = before.unwrap_or(natural);
        self.shrinking = if self.is_shrinking() { None } else { Some(Shrinking { from, before, elapsed: 0.0 }) };
    }

    /// Advances by `seconds`, evenly in the radius's logarithm until it is least, and a moment there; whether the radius has changed.
    pub(super) fn tick(&mut self, seconds: f64) -> bool {
        let Some(Shrinking { from, before, elapsed }) = self.shrinking else { return false };
        let last = self.free;
        // The machine may have slept, or the window stood still until now.
        let elapsed = elapsed + seconds.clamp(0.0, 0.1);
        if elapsed < SECONDS + STAYS {
            let share = (elapsed / SECONDS).min(1.0);
            self.free = Some(from * libm::pow(FACTOR, share)).filter(|radius| *radius > 0.0).or(self.free);
            self.shrinking = Some(Shrinking { from, before, elapsed });
        } else {
            *self = Self { free: before, shrinking: None };
        }
        self.free != last
    }
}

/// The radius of a circle of the step's length; a tenth of the landscape where the step has none, and where there is no step.
pub(super) fn natural_radius(analysis: Option<&StepAnalysis>, landscape: &Landscape) -> f64 {
    analysis.and_then(step_length).unwrap_or_else(|| AT_REST * landscape.domain().size())
}

/// How far the proposed step goes, where it goes anywhere.
pub fn step_length(analysis: &StepAnalysis) -> Option<f64> {
    analysis.proposed().map(|step| step.norm()).filter(|length| *length > 0.0 && length.is_finite())
}

/// The radius of the circle around the iterate in focus.
pub(super) fn radius_of(circle: &CircleRadius, analysis: &StepAnalysis, landscape: &Landscape) -> f64 {
    circle.free.unwrap_or_else(|| natural_radius(Some(analysis), landscape))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::overlays::CIRCLE;
    use crate::state::{Command, DocumentCommand, Pane, State, ViewCommand};

    fn shown(state: &State) -> f64 {
        state.derived.circle_profile().unwrap().radius
    }

    #[test]
    fn the_circle_has_the_steps_length_until_it_is_given_its_own() {
        let mut state = State::overshooting();
        assert!(state.derived.circle_profile().is_none(), "nobody looks at it");
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Circle))]);
        let step = state.derived.analysis().unwrap().proposed().unwrap().norm();
        assert_eq!(shown(&state), step, "the step's");
        for (evaluations, radius) in [(Some(0.5), 0.5), (Some(-1.0), 0.5), (Some(f64::NAN), 0.5), (None, step)] {
            state.apply(vec![Command::View(ViewCommand::SetCircleRadius(evaluations))]);
            assert_eq!(shown(&state), radius, "{evaluations:?}");
        }
        state.apply(vec![
            Command::View(ViewCommand::SetCircleRadius(Some(0.5))),
            Command::Document(DocumentCommand::ChooseLandscape("relu")),
        ]);
        assert!(state.view.scene.circle.is_of_step(), "another landscape, another length");
        state.apply(vec![Command::Document(DocumentCommand::MoveStart(crate::numbers::Point::new(0.0, -2.9)))]);
        assert!((shown(&state) - 0.6).abs() < 1e-12, "a tenth of the domain where the step has no length");
    }

    #[test]
    fn it_shrinks_ten_thousandfold_in_four_seconds_and_returns_unless_it_is_touched() {
        for given in [None, Some(0.5)] {
            let mut state = State::overshooting();
            state.apply(vec![
                Command::View(ViewCommand::ToggleOverlay(CIRCLE)),
                Command::View(ViewCommand::SetCircleRadius(given)),
                Command::View(ViewCommand::ShrinkCircle),
            ]);
            let (from, mut angles, mut radii) = (shown(&state), vec![], vec![]);
            while state.tick(0.0625) {
                angles.push(state.derived.circle_profile().unwrap().best_turn().unwrap().abs());
                radii.push(shown(&state) / from / FACTOR);
            }
            assert_eq!(angles.len(), 87, "the last of 64 + 24 frames says that it is over");
            assert!(radii[62] > 1.1 && radii[63..].iter().all(|radius| (radius - 1.0).abs() < 1e-9), "{radii:?}");
            assert!(angles[0] > 0.1 && *angles.last().unwrap() < 1e-3, "turns into −g: {angles:?}");
            assert!(shown(&state) == from && state.view.scene.circle.is_of_step() == given.is_none(), "as before");
            state.apply(vec![Command::View(ViewCommand::ShrinkCircle)]);
            state.tick(0.1);
            assert!(shown(&state) > 0.5 * from && shown(&state) < from, "again");
            state.apply(vec![Command::View(ViewCommand::SetCircleRadius(Some(0.2)))]);
            assert!(!state.tick(1.0) && shown(&state) == 0.2, "a touch stops it");
        }
    }

    #[test]
    fn the_land_has_the_circle_while_its_view_is_open() {
        let mut state = State::overshooting();
        assert!(!state.view.sees(CIRCLE), "not at first");
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Circle))]);
        assert!(state.view.sees(CIRCLE), "while the view is open");
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Slice))]);
        assert!(!state.view.sees(CIRCLE), "and no longer");
    }
}
