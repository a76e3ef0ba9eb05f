//! The colors of a sweep: the stronger the better a setting does, and one for every kind of end.

use std::f64::consts::TAU;

use super::rgb::Oklch;
use super::{BasinShade, Ink, Rgb, Theme};

/// The hue of values, in turns: that of the first basin.
const VALUE: f64 = 0.70;

/// What a setting shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SweepShade {
    /// How it does, from 0 for the best to 1 for the worst.
    Value(f64),
    /// It ends at a minimum.
    Minimum,
    /// At a saddle.
    Saddle,
    /// At a maximum.
    Maximum,
    /// At a kink.
    Kink,
    /// Where the loss has no slope.
    Flat,
    /// At a point whose curvature does not tell its kind.
    Degenerate,
    /// It oscillates between two points.
    Cycle,
    /// It has not arrived.
    NotYet,
    /// The weights leave for infinity.
    Diverged,
    /// There is no step.
    Undefined,
}

impl SweepShade {
    /// Every kind of end.
    pub const ENDS: [Self; 10] = [
        Self::Minimum,
        Self::Saddle,
        Self::Maximum,
        Self::Kink,
        Self::Flat,
        Self::Degenerate,
        Self::Cycle,
        Self::NotYet,
        Self::Diverged,
        Self::Undefined,
    ];

    /// Its color.
    pub fn color(self, theme: Theme) -> Rgb {
        let at = |lightness: [f64; 2], chroma: f64, turn: f64| color(theme, lightness, chroma, turn);
        match self {
            Self::Value(share) => value_color(theme, if share.is_nan() { 1.0 } else { share.clamp(0.0, 1.0) }),
            Self::Minimum => at([0.60, 0.66], 0.15, VALUE),
            Self::Saddle => at([0.68, 0.60], 0.14, 0.93),
            Self::Maximum => at([0.74, 0.70], 0.13, 0.40),
            Self::Kink => at([0.80, 0.76], 0.13, 0.27),
            Self::Flat => at([0.72, 0.58], 0.09, 0.55),
            Self::Degenerate => at([0.62, 0.52], 0.09, 0.81),
            Self::Cycle => at([0.48, 0.82], 0.05, 0.20),
            Self::NotYet => Ink::Ground.fill(theme).mixed(Ink::Muted.fill(theme), 0.38),
            Self::Diverged => BasinShade::Diverged.color(theme),
            Self::Undefined => Ink::Ground.fill(theme),
        }
    }
}

/// A color of these lightnesses on light and dark ground, its hue in turns.
fn color(theme: Theme, [light, dark]: [f64; 2], chroma: f64, turn: f64) -> Rgb {
    Oklch { lightness: theme.pick(light, dark), chroma, hue: turn * TAU }.to_rgb()
}

/// The color of how a setting does, from 0 for the best to 1 for the worst.
fn value_color(theme: Theme, share: f64) -> Rgb {
    let between = |best: f64, worst: f64| best + (worst - best) * share;
    color(theme, [between(0.42, 0.92), between(0.84, 0.30)], between(0.15, 0.025), VALUE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_ends_look_alike_and_the_best_value_stands_out() {
        for theme in Theme::ALL {
            for (place, one) in SweepShade::ENDS.iter().enumerate() {
                for other in &SweepShade::ENDS[..place] {
                    let difference = one.color(theme).difference(other.color(theme));
                    assert!(difference > 0.045, "{one:?} and {other:?}, {theme:?}: {difference}");
                }
            }
            let color = |share| SweepShade::Value(share).color(theme);
            let panel = Ink::Panel.fill(theme);
            assert!(color(0.0).contrast(panel) > 4.0 && color(0.0).contrast(color(1.0)) > 3.0, "{theme:?}");
            assert!(color(0.0).contrast(panel) > color(0.5).contrast(panel), "{theme:?}: the better the stronger");
        }
    }
}
