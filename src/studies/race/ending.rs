//! The end of a walk of a race, as a word.

use crate::analysis::KnownMinima;
use crate::numbers::Point;
use crate::numbers::tolerance::AT_POINT;
use crate::run::Walker;
use crate::studies::Destination;

/// What a walk ended at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RaceEnd {
    /// A minimum, or a line of them.
    Minimum,
    /// A saddle.
    Saddle,
    /// A maximum, or a line of them.
    Maximum,
    /// A kink, where the gradient is zero by convention only.
    Kink,
    /// A plateau, on which the loss has no slope.
    Flat,
    /// A critical point whose curvature does not tell its kind.
    Degenerate,
    /// The weights left for infinity.
    Diverged,
    /// It oscillates between two points.
    Cycle,
    /// It is still on its way.
    NotYet,
    /// The method has no step there, or the loss no value.
    Undefined,
}

impl RaceEnd {
    /// Every end.
    pub const ALL: [Self; 10] = [
        Self::Minimum,
        Self::Saddle,
        Self::Maximum,
        Self::Kink,
        Self::Flat,
        Self::Degenerate,
        Self::Diverged,
        Self::Cycle,
        Self::NotYet,
        Self::Undefined,
    ];

    /// The end of a walk which led there; `minima` are the known ones of its landscape.
    pub fn of(destination: Destination, walker: &Walker, minima: &KnownMinima) -> Self {
        let at = walker.place().map(|place| place.at);
        let is_at_minimum = || {
            let distance = at.and_then(|at| minima.distance(at));
            distance.is_some_and(|distance| distance <= AT_POINT * walker.landscape().domain().size())
        };
        match destination {
            Destination::Minimum(_) => Self::Minimum,
            Destination::Saddle(_) => Self::Saddle,
            Destination::Maximum(_) => Self::Maximum,
            Destination::Kink => Self::Kink,
            Destination::Diverged => Self::Diverged,
            Destination::TwoCycle => Self::Cycle,
            // Slow at the last, but there: its slope is next to nothing beside that at its start.
            Destination::NotYet if walker.arrived() && is_at_minimum() => Self::Minimum,
            Destination::NotYet => Self::NotYet,
            Destination::NoStep | Destination::NoValue => Self::Undefined,
            Destination::Flat => Self::Flat,
            Destination::Degenerate | Destination::OneOfMany if is_at_minimum() => Self::Minimum,
            Destination::Degenerate => Self::Degenerate,
            Destination::OneOfMany => at.map_or(Self::Degenerate, |at| Self::across(at, walker)),
        }
    }

    /// A member of a line: by the curvature across it.
    fn across(at: Point, walker: &Walker) -> Self {
        let [low, high] = walker.landscape().loss().second_order(at).hessian.eigen().values;
        if high > -low {
            Self::Minimum
        } else if low < 0.0 {
            Self::Maximum
        } else {
            Self::Degenerate
        }
    }

    /// Its name in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
            Self::Kink => "kink",
            Self::Flat => "flat",
            Self::Degenerate => "degenerate",
            Self::Diverged => "diverged",
            Self::Cycle => "cycle",
            Self::NotYet => "not_yet",
            Self::Undefined => "undefined",
        }
    }

    /// Its name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cycle => "two-cycle",
            Self::NotYet => "not yet",
            Self::Flat => "plateau",
            Self::Diverged => "diverges",
            other => other.id(),
        }
    }

    /// The sign that stands for it on the map; `None` where there is none.
    pub fn sign(self) -> Option<&'static str> {
        match self {
            Self::Minimum => Some("▽"),
            Self::Saddle => Some("×"),
            Self::Maximum => Some("△"),
            Self::Degenerate => Some("◇"),
            _ => None,
        }
    }

    /// Whether a walk has come to rest there, at a place that can be named.
    pub fn is_rest(self) -> bool {
        !matches!(self, Self::Diverged | Self::Cycle | Self::NotYet | Self::Undefined)
    }

    /// Whether it is a critical point that is no minimum.
    pub fn is_high(self) -> bool {
        matches!(self, Self::Saddle | Self::Maximum)
    }
}
