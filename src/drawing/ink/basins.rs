//! The colors of basins: a hue for each target, strong for minima and pale for what only attracts by chance, darker the longer it takes.

use std::f64::consts::TAU;

use super::rgb::Oklch;
use super::{Ink, Rgb, Theme};

/// Hues that are far from each other and from that of divergence, in turns of a circle.
const HUES: [f64; 6] = [0.70, 0.40, 0.93, 0.27, 0.55, 0.81];
/// From there on each hue is this far from the last, so that neighbors differ.
const GOLDEN: f64 = 0.618_034;
/// Hues this near to vermilion are passed over.
const AROUND_GAP: f64 = 0.07;

/// What a pixel of a basin picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BasinShade {
    /// The start comes to a target.
    Target {
        /// Its place among the targets.
        place: usize,
        /// Whether it is a minimum.
        is_minimum: bool,
        /// The steps it takes as a shade: 0 for none, 1 and above for the darkest.
        time: f64,
    },
    /// The weights leave for infinity.
    Diverged,
    /// It comes to nothing within the steps.
    Undecided,
    /// It alternates between two points.
    Cycle,
    /// The method has no step there, or the loss no value.
    Undefined,
}

impl BasinShade {
    /// Its color.
    pub fn color(self, theme: Theme) -> Rgb {
        match self {
            Self::Target { place, is_minimum, time } => {
                let [fast, slow] = theme.pick([0.86, 0.52], [0.76, 0.36]);
                let time = if time.is_nan() { 1.0 } else { time.clamp(0.0, 1.0) };
                let chroma = if is_minimum { 0.13 } else { 0.07 };
                Oklch { lightness: fast + (slow - fast) * time, chroma, hue: hue(place) * TAU }.to_rgb()
            }
            Self::Diverged => Ink::Gap.fill(theme).mixed(Ink::Ground.fill(theme), 0.25),
            Self::Undecided => gray(0.42, theme),
            Self::Cycle => gray(0.8, theme),
            Self::Undefined => gray(0.17, theme),
        }
    }

    /// A number of steps on a logarithmic scale from 0 (none) to 1 (the most).
    pub fn time(steps: usize, most: usize) -> f64 {
        if most == 0 { 0.0 } else { libm::log1p(steps as f64) / libm::log1p(most as f64) }
    }
}

/// A gray that stands out from the ground by this share.
fn gray(share: f64, theme: Theme) -> Rgb {
    Ink::Ground.fill(theme).mixed(Ink::Muted.fill(theme), share)
}

/// The hue of a target, in turns.
fn hue(place: usize) -> f64 {
    if let Some(hue) = HUES.get(place) {
        return *hue;
    }
    let gap = Oklch::from(Ink::Gap.fill(Theme::Light)).hue / TAU;
    let turn = ((place - HUES.len()) as f64 * GOLDEN).fract();
    // What is left of the circle beside the neighborhood of vermilion.
    (gap + AROUND_GAP + turn * (1.0 - 2.0 * AROUND_GAP)).fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_targets_divergence_and_the_rest_never_look_alike() {
        for theme in Theme::ALL {
            for time in [0.0, 0.5, 1.0] {
                for is_minimum in [true, false] {
                    let target = |place| BasinShade::Target { place, is_minimum, time };
                    let others =
                        [BasinShade::Diverged, BasinShade::Undecided, BasinShade::Cycle, BasinShade::Undefined];
                    let all: Vec<BasinShade> = (0..HUES.len()).map(target).chain(others).collect();
                    for (place, one) in all.iter().enumerate() {
                        for other in &all[..place] {
                            let difference = one.color(theme).difference(other.color(theme));
                            assert!(difference > 0.045, "{one:?} and {other:?}, {theme:?}: {difference}");
                        }
                    }
                }
            }
        }
    }

    /// What comes to nothing is seen, too.
    #[test]
    fn no_end_stands_out_from_the_ground() {
        for theme in Theme::ALL {
            for shade in [BasinShade::Undecided, BasinShade::Cycle, BasinShade::Undefined] {
                let difference = shade.color(theme).difference(Ink::Ground.fill(theme));
                assert!(difference > 0.045, "{shade:?}, {theme:?}: {difference}");
            }
        }
    }

    #[test]
    fn a_minimum_is_stronger_than_a_saddle_and_a_longer_way_darker() {
        for theme in Theme::ALL {
            for place in 0..40 {
                let color = |is_minimum, time| Oklch::from(BasinShade::Target { place, is_minimum, time }.color(theme));
                assert!(color(true, 0.5).chroma > 1.25 * color(false, 0.5).chroma, "{place}, {theme:?}");
                assert!(color(true, 0.2).lightness > color(true, 0.8).lightness + 0.1, "{place}, {theme:?}");
            }
        }
        assert_eq!([BasinShade::time(0, 9), BasinShade::time(9, 9), BasinShade::time(0, 0)], [0.0, 1.0, 0.0]);
    }
}
