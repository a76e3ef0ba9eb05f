//! The colors of basins: a hue for each target, strong for minima, a pale tint for what only attracts by chance, darker the longer it takes.

use std::f64::consts::TAU;

use super::rgb::Oklch;
use super::{Ink, Rgb, Theme};

/// Hues as far as can be from each other and from that of divergence, in turns of a circle; the first are the farthest.
const HUES: [f64; BasinShade::COLORS] = [0.695, 0.39, 0.965, 0.195, 0.81, 0.6, 0.315, 0.885, 0.465, 0.055];
/// How strong the hue of a minimum is, and that of what only attracts by chance.
const CHROMA: [f64; 2] = [0.15, 0.07];
/// What only attracts by chance has hues in two rounds, the second between those of the first and somewhat darker. They count from the
/// last place, as minima do from the first.
const ROUND: usize = BasinShade::COLORS / 2;
/// Where the first round begins, in turns of a circle, and how much darker the second one is.
const FIRST_TINT: f64 = 0.05;
const DARKER: f64 = 0.05;

/// What a pixel of a basin picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BasinShade {
    /// The start comes to a target.
    Target {
        /// Its color, by its place among those that there are; further ones begin anew.
        place: usize,
        /// Whether it is a minimum.
        is_minimum: bool,
        /// The steps it takes as a shade: 0 for the lightest, 1 and above for the darkest.
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
    /// How many colors there are for targets.
    pub const COLORS: usize = 10;

    /// Its color.
    pub fn color(self, theme: Theme) -> Rgb {
        match self {
            Self::Target { place, is_minimum, time } => {
                let [strong, tints] = theme.pick([[0.82, 0.46], [0.90, 0.66]], [[0.78, 0.42], [0.86, 0.62]]);
                let [fast, slow] = if is_minimum { strong } else { tints };
                let time = if time.is_nan() { 1.0 } else { time.clamp(0.0, 1.0) };
                let chroma = CHROMA[usize::from(!is_minimum)];
                let (hue, darker) = if is_minimum { (HUES[place % HUES.len()], 0.0) } else { tint(place) };
                Oklch { lightness: fast + (slow - fast) * time - darker, chroma, hue: hue * TAU }.to_rgb()
            }
            Self::Diverged => Ink::Gap.fill(theme).mixed(Ink::Ground.fill(theme), 0.25),
            Self::Undecided => gray(0.42, theme),
            Self::Cycle => gray(0.8, theme),
            Self::Undefined => gray(0.17, theme),
        }
    }
}

/// The hue of what only attracts by chance, in turns of a circle, and how much darker it is.
fn tint(place: usize) -> (f64, f64) {
    let from_last = BasinShade::COLORS - 1 - place % BasinShade::COLORS;
    let (round, step) = (from_last / ROUND, from_last % ROUND);
    let between = round as f64 / BasinShade::COLORS as f64;
    (FIRST_TINT + step as f64 / ROUND as f64 + between, DARKER * round as f64)
}

/// A gray that stands out from the ground by this share.
fn gray(share: f64, theme: Theme) -> Rgb {
    Ink::Ground.fill(theme).mixed(Ink::Muted.fill(theme), share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_minima_divergence_and_the_rest_never_look_alike() {
        for theme in Theme::ALL {
            for time in [0.0, 0.5, 1.0] {
                for (is_minimum, count) in [(true, HUES.len()), (false, 6)] {
                    let target = |place| BasinShade::Target { place, is_minimum, time };
                    let others =
                        [BasinShade::Diverged, BasinShade::Undecided, BasinShade::Cycle, BasinShade::Undefined];
                    let all: Vec<BasinShade> = (0..count).map(target).chain(others).collect();
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

    /// Minima count from the first color, all others from the last: neither two of them nor one of each are alike.
    #[test]
    fn ten_ends_of_any_kinds_never_look_alike() {
        for theme in Theme::ALL {
            for (minima, time) in (0..=BasinShade::COLORS).flat_map(|minima| [0.0, 0.5, 1.0].map(|time| (minima, time)))
            {
                let shade = |place| BasinShade::Target { place, is_minimum: place < minima, time }.color(theme);
                for (one, other) in (0..BasinShade::COLORS).flat_map(|one| (0..one).map(move |other| (one, other))) {
                    let difference = shade(one).difference(shade(other));
                    assert!(difference > 0.045, "{one} and {other} of {minima}, {theme:?}: {difference}");
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
    }
}
