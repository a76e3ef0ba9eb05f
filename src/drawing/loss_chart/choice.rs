//! What the chart of the runs shows, as chosen: the quantity, both axes, and f* where it was typed.

use super::{Ruler, StepQuantity};
use crate::drawing::choices::choices;
use crate::numbers::numerals::number;

choices! {
    /// The scale of the y axis.
    ChartScale {
        /// The values themselves.
        Linear: "linear", "Linear", "The values themselves, at equal distances.";
        /// Their decimal logarithms.
        Log: "log", "Log", "Powers of ten at equal distances: a constant factor a step is a straight line.";
        /// The logarithm of the loss above f*.
        #[default]
        LogAbove: "log_above", "Log of loss − f*", "How far the loss is above the lowest known minimum, f*, on a logarithmic axis: linear convergence is a straight line.";
    }
}

choices! {
    /// What the x axis counts.
    ChartAxis {
        /// Steps.
        #[default]
        Steps: "steps", "steps", "One step after the other, whatever each of them costs.";
        /// What the method has asked for.
        Evaluations: "evaluations", "evaluations", "Every value, gradient and Hessian that the method has asked for counts as one: what the steps cost.";
        /// Evaluations in gradients, with n weights.
        Gradients: "gradients", "gradients", "Evaluations in gradients, with the n of the Compare tab: a value is a third of one, a Hessian n Hessian–vector products of 2.5.";
        /// Operations, with n weights.
        Operations: "operations", "operations at n", "Floating-point operations of the evaluations and of the rule itself, with the n of the Compare tab.";
        /// Time on this machine.
        Time: "time", "time (µs)", "Microseconds on this machine, with the weights that there are: the mean time of the run's steps, measured by walking it once more.";
    }
}

impl ChartAxis {
    /// Whether runs differ on it by powers of ten.
    fn spans_decades(self) -> bool {
        matches!(self, Self::Gradients | Self::Operations | Self::Time)
    }
}

/// All that is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChartChoice {
    /// What is drawn.
    pub quantity: StepQuantity,
    /// The scale of the y axis.
    pub scale: ChartScale,
    /// What the x axis counts.
    pub against: ChartAxis,
    /// Whether the x axis is logarithmic.
    pub log_x: bool,
    /// Whether guide lines are drawn where theorems hold.
    pub guides: bool,
    /// f* as it was typed; `None` for the lowest known minimum.
    pub floor: Option<f64>,
    /// The ruler, where one is laid over it.
    pub ruler: Option<Ruler>,
}

/// One change of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChartChange {
    /// Another quantity, on the scale on which it is seen best.
    Quantity(StepQuantity),
    /// Another scale of the y axis.
    Scale(ChartScale),
    /// Another x axis.
    Against(ChartAxis),
    /// A logarithmic x axis, or a linear one.
    LogX(bool),
    /// Guide lines, or none.
    Guides(bool),
    /// f*; `None` for the lowest known minimum. What is no number changes nothing.
    Floor(Option<f64>),
    /// The ruler somewhere, or none; one whose ends are not in the frame changes nothing.
    Ruler(Option<Ruler>),
}

impl ChartChoice {
    /// Carries out a change.
    pub fn change(&mut self, change: ChartChange) {
        let before = (self.quantity, self.scale, self.against, self.log_x);
        match change {
            ChartChange::Quantity(quantity) => (self.quantity, self.scale) = (quantity, quantity.usual_scale()),
            ChartChange::Scale(scale) => self.scale = scale,
            // What costs many orders of magnitude more is seen beside the rest on logarithms alone.
            ChartChange::Against(axis) => (self.against, self.log_x) = (axis, axis.spans_decades()),
            ChartChange::LogX(on) => self.log_x = on,
            ChartChange::Guides(on) => self.guides = on,
            ChartChange::Ruler(ruler) if ruler.as_ref().is_none_or(Ruler::is_inside) => self.ruler = ruler,
            ChartChange::Floor(floor) if floor.is_none_or(f64::is_finite) => self.floor = floor,
            ChartChange::Ruler(_) | ChartChange::Floor(_) => {}
        }
        // What its ends were laid at is elsewhere on other axes.
        if before != (self.quantity, self.scale, self.against, self.log_x) {
            self.ruler = self.ruler.map(|_| Ruler::ALONG);
        }
    }
}

/// f*, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    /// The number.
    pub value: f64,
    /// The floor in words: "the lowest known minimum, at (3, 2)".
    pub text: String,
}

impl Floor {
    /// That number with its origin, for a note.
    pub fn note(&self) -> String {
        format!("f* = {}, {}", number(self.value), self.text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_found_again_and_differ() {
        for scale in ChartScale::ALL {
            assert_eq!(ChartScale::find(scale.id()), Some(scale));
            assert!(scale.help().ends_with('.'), "{scale:?}");
        }
        for axis in ChartAxis::ALL {
            assert_eq!(ChartAxis::find(axis.id()), Some(axis));
            assert!(axis.help().ends_with('.'), "{axis:?}");
        }
        let titles: HashSet<&str> = StepQuantity::ALL.map(StepQuantity::title).into_iter().collect();
        assert_eq!(titles.len(), StepQuantity::ALL.len(), "every quantity has a title of its own");
        for quantity in StepQuantity::ALL {
            assert_eq!(StepQuantity::find(quantity.id()), Some(quantity));
            assert!(quantity.help().ends_with('.'), "{quantity:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_no_floor() {
        let mut choice = ChartChoice::default();
        for (floor, kept) in
            [(Some(2.5), Some(2.5)), (Some(f64::NAN), Some(2.5)), (Some(f64::INFINITY), Some(2.5)), (None, None)]
        {
            choice.change(ChartChange::Floor(floor));
            assert_eq!(choice.floor, kept, "{floor:?}");
        }
    }
}
