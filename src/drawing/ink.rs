//! Ink: every color by its role, adapted to light and dark until it can be read.
//!
//! A color means one thing in every view, number and sentence. Each role has a base color; for a
//! theme its lightness is moved, hue kept, until it reaches the required contrast: 4.5:1 as text,
//! 3:1 as a line, against everything it can lie on. This module knows no GUI.

mod basins;
mod palette;
mod rgb;
mod style;
mod sweep;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::analysis::ModelOrder;

pub use basins::BasinShade;
pub use palette::loss_color;
use palette::{Palette, beneath_lines};
pub use rgb::Rgb;
pub use style::{Dash, MarkerShape, RUN_COLORS, run_style};
pub use sweep::SweepShade;

/// Contrast of text against ground, panel, card and selection (WCAG 2 level AA).
pub const TEXT_CONTRAST: f64 = 4.5;

/// Contrast of lines against ground, panel and both ends of the loss surface.
pub const LINE_CONTRAST: f64 = 3.0;

/// Dark ink on paper, or light ink on near-black.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Paper-white ground.
    #[default]
    Light,
    /// Near-black ground.
    Dark,
}

impl Theme {
    /// Both themes.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name on the command line and in the settings.
    pub fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == id)
    }

    /// The other one.
    #[must_use]
    pub fn toggled(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    fn pick<T>(self, light: T, dark: T) -> T {
        match self {
            Self::Light => light,
            Self::Dark => dark,
        }
    }

    fn palette(self) -> &'static Palette {
        static PALETTES: LazyLock<[Palette; 2]> = LazyLock::new(|| Theme::ALL.map(Palette::of));
        &PALETTES[self as usize]
    }
}

/// A color by its role.
///
/// The first seven are backgrounds and separators; all others are marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// What lies behind the panels.
    Ground,
    /// What controls and text lie on.
    Panel,
    /// A card on a panel.
    Card,
    /// Behind what is selected.
    Selection,
    /// Where the loss is lowest: the ground.
    LossLow,
    /// Where the loss is highest: a pale grey-blue.
    LossHigh,
    /// A separator; decoration, too faint to carry meaning.
    Hairline,
    /// The outline of a control.
    Outline,
    /// A contour line of the loss.
    Contour,
    /// The truth: the loss itself, what happened, and plain text.
    Truth,
    /// Secondary text.
    Muted,
    /// The first-order prediction: gradient, tangent line and plane.
    Plane,
    /// The second-order prediction: quadratic model.
    Quadratic,
    /// The gap between prediction and result, and whatever diverges.
    Gap,
    /// A run, by its index; the colors repeat after six.
    Run(u8),
    /// The quadratic model of Gauss and Newton, and what it predicts.
    GaussNewton,
    /// The quadratic model of the Fisher matrix, and what it predicts.
    Fisher,
    /// The starts that end at one critical point, by its number; the colors repeat after [`BasinShade::COLORS`].
    Basin(u8),
    /// What can be pressed, chosen or has the focus.
    Accent,
    /// Learning rates that are slow.
    Slow,
    /// Learning rates that descend monotonically.
    Stable,
    /// Learning rates that oscillate, but converge. (Those that diverge are [`Ink::Gap`].)
    Oscillating,
}

/// How much of its range of shades a basin has that is drawn in one color.
const BASIN_SHADE: f64 = 0.35;

/// Number of slots of the palette: one a role, one a color of a run or a basin.
const SLOTS: usize = Ink::ALL.len();

impl Ink {
    /// The color of a local model and of what it predicts.
    pub fn of_model(order: ModelOrder) -> Self {
        match order {
            ModelOrder::Linear => Self::Plane,
            ModelOrder::Quadratic => Self::Quadratic,
        }
    }

    /// Every role, each run color once, in the order of the palette.
    pub const ALL: [Self; 36] = [
        Self::Ground,
        Self::Panel,
        Self::Card,
        Self::Selection,
        Self::LossLow,
        Self::LossHigh,
        Self::Hairline,
        Self::Outline,
        Self::Contour,
        Self::Truth,
        Self::Muted,
        Self::Plane,
        Self::Quadratic,
        Self::Gap,
        Self::Accent,
        Self::Slow,
        Self::Stable,
        Self::Oscillating,
        Self::Run(0),
        Self::Run(1),
        Self::Run(2),
        Self::Run(3),
        Self::Run(4),
        Self::Run(5),
        Self::GaussNewton,
        Self::Fisher,
        Self::Basin(0),
        Self::Basin(1),
        Self::Basin(2),
        Self::Basin(3),
        Self::Basin(4),
        Self::Basin(5),
        Self::Basin(6),
        Self::Basin(7),
        Self::Basin(8),
        Self::Basin(9),
    ];

    /// The color for filling an area: the role's own, not moved for contrast.
    pub fn fill(self, theme: Theme) -> Rgb {
        theme.palette().colors[self.slot()].fill
    }

    /// The color for text: 4.5:1 against ground, panel, card and selection.
    pub fn text(self, theme: Theme) -> Rgb {
        theme.palette().colors[self.slot()].text
    }

    /// The color for lines and markers: 3:1 against ground, panel and both ends of the loss surface,
    /// unless [`Ink::needs_halo`].
    pub fn line(self, theme: Theme) -> Rgb {
        theme.palette().colors[self.slot()].line
    }

    /// The color for text on an area filled with this role: black or white, whichever reads better.
    pub fn on_fill(self, theme: Theme) -> Rgb {
        let (paper, ink) = (Rgb(255, 255, 255), Rgb(0, 0, 0));
        let fill = self.fill(theme);
        if fill.contrast(paper) >= TEXT_CONTRAST { paper } else { ink }
    }

    /// Whether a line of this role can vanish in the loss, so that it is to be drawn
    /// with a thin halo in ground color. True of the surfaces alone.
    pub fn needs_halo(self, theme: Theme) -> bool {
        let line = self.line(theme);
        beneath_lines(theme).iter().any(|below| line.contrast(*below) < LINE_CONTRAST)
    }

    /// Whether this role is drawn upon rather than drawn.
    pub fn is_background(self) -> bool {
        self.slot() <= Self::Hairline.slot()
    }

    fn slot(self) -> usize {
        match self {
            Self::Ground => 0,
            Self::Panel => 1,
            Self::Card => 2,
            Self::Selection => 3,
            Self::LossLow => 4,
            Self::LossHigh => 5,
            Self::Hairline => 6,
            Self::Outline => 7,
            Self::Contour => 8,
            Self::Truth => 9,
            Self::Muted => 10,
            Self::Plane => 11,
            Self::Quadratic => 12,
            Self::Gap => 13,
            Self::Accent => 14,
            Self::Slow => 15,
            Self::Stable => 16,
            Self::Oscillating => 17,
            Self::Run(index) => 18 + usize::from(index % RUN_COLORS),
            Self::GaussNewton => 24,
            Self::Fisher => 25,
            Self::Basin(index) => 26 + usize::from(index) % BasinShade::COLORS,
        }
    }

    /// The color before it is adapted.
    fn base(self, theme: Theme) -> Rgb {
        if let Self::Basin(index) = self {
            let place = usize::from(index);
            return BasinShade::Target { place, is_minimum: true, time: BASIN_SHADE }.color(theme);
        }
        let (light, dark) = match self {
            Self::Ground | Self::LossLow => (Rgb(0xF6, 0xF6, 0xF3), Rgb(0x0E, 0x10, 0x13)),
            Self::Panel => (Rgb(0xFF, 0xFF, 0xFF), Rgb(0x16, 0x19, 0x1D)),
            Self::Card => (Rgb(0xF1, 0xF2, 0xF4), Rgb(0x1F, 0x23, 0x28)),
            Self::Selection => (Rgb(0xDC, 0xE8, 0xFB), Rgb(0x1E, 0x31, 0x4D)),
            Self::LossHigh => (Rgb(0xB0, 0xC4, 0xD9), Rgb(0x39, 0x4E, 0x61)),
            Self::Hairline => (Rgb(0xDD, 0xDF, 0xE2), Rgb(0x2E, 0x33, 0x39)),
            Self::Outline => (Rgb(0x86, 0x8C, 0x94), Rgb(0x6C, 0x74, 0x7D)),
            Self::Contour => (Rgb(0x55, 0x66, 0x77), Rgb(0x96, 0xA9, 0xBB)),
            Self::Truth => (Rgb(0x16, 0x18, 0x1C), Rgb(0xF2, 0xF3, 0xF5)),
            Self::Muted => (Rgb(0x59, 0x60, 0x69), Rgb(0xA3, 0xAB, 0xB5)),
            Self::Plane => (Rgb(0xE6, 0x9F, 0x00), Rgb(0xE6, 0x9F, 0x00)),
            Self::Quadratic => (Rgb(0xCC, 0x79, 0xA7), Rgb(0xCC, 0x79, 0xA7)),
            Self::Gap => (Rgb(0xD5, 0x5E, 0x00), Rgb(0xD5, 0x5E, 0x00)),
            Self::GaussNewton => (Rgb(0x99, 0x99, 0x33), Rgb(0xC5, 0xC5, 0x4A)),
            Self::Fisher => (Rgb(0x3A, 0x54, 0x00), Rgb(0x86, 0xD6, 0x4A)),
            Self::Accent => (Rgb(0x1F, 0x5F, 0xC4), Rgb(0x7A, 0xAD, 0xF5)),
            Self::Slow => (Rgb(0xD9, 0xDC, 0xE0), Rgb(0x3C, 0x42, 0x4A)),
            Self::Stable => (Rgb(0xA9, 0xAF, 0xB6), Rgb(0x6B, 0x73, 0x7D)),
            Self::Oscillating => (Rgb(0x78, 0x80, 0x89), Rgb(0x9A, 0xA2, 0xAC)),
            Self::Run(index) => match index % RUN_COLORS {
                0 => (Rgb(0x00, 0x60, 0xA8), Rgb(0x3F, 0x97, 0xE0)),
                1 => (Rgb(0x00, 0x9E, 0x73), Rgb(0x00, 0x9E, 0x73)),
                2 => (Rgb(0x7B, 0x3F, 0xC0), Rgb(0xB0, 0x8C, 0xF5)),
                3 => (Rgb(0x6B, 0x42, 0x26), Rgb(0xB9, 0x8A, 0x62)),
                4 => (Rgb(0x00, 0xB0, 0xC8), Rgb(0x3C, 0xD0, 0xE0)),
                _ => (Rgb(0x16, 0x18, 0x1C), Rgb(0xF2, 0xF3, 0xF5)),
            },
            Self::Basin(_) => unreachable!("has its color already"),
        };
        theme.pick(light, dark)
    }
}
