//! Ink: every color by its role, adapted to light and dark until it can be read.
//!
//! A color means one thing in every view, number and sentence. Each role has a base color; for a
//! theme its lightness is moved, hue kept, until it keeps the promise of contrast: 4.5:1 as text,
//! 3:1 as a line, against everything it can lie on. This module knows no GUI.

use std::f64::consts::TAU;
use std::sync::LazyLock;

/// Contrast of text against ground, panel, card and selection (WCAG 2 level AA).
pub const TEXT_CONTRAST: f64 = 4.5;

/// Contrast of lines against ground, panel and both ends of the land.
pub const LINE_CONTRAST: f64 = 3.0;

/// How many runs have a color of their own; further ones differ in dash and marker.
const RUN_COLORS: u8 = 3;

/// Steps of the precomputed land ramp.
const LAND_STEPS: usize = 256;

/// An opaque sRGB color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Relative luminance as WCAG defines it, from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// WCAG contrast, from 1 (none) to 21 (black on white).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        (a / b).max(b / a)
    }

    /// Lighter by `amount` of the way from black to white; hue kept.
    #[must_use]
    pub fn lightened(self, amount: f64) -> Self {
        let color = Oklch::from(self);
        Oklch { lightness: (color.lightness + amount).clamp(0.0, 1.0), ..color }.to_rgb()
    }

    /// Darker by `amount` of the way from white to black; hue kept.
    #[must_use]
    pub fn darkened(self, amount: f64) -> Self {
        self.lightened(-amount)
    }

    /// The color `t` of the way to `other`, even steps looking even.
    #[must_use]
    pub fn mixed(self, other: Self, t: f64) -> Self {
        let (a, b) = (oklab(self.linear()), oklab(other.linear()));
        let lab = std::array::from_fn(|i| a[i] + t * (b[i] - a[i]));
        Self::from_linear(linear_from_oklab(lab))
    }

    /// How different two colors look: their distance in `OKLab`, 0.02 being just noticeable.
    pub fn difference(self, other: Self) -> f64 {
        let (a, b) = (oklab(self.linear()), oklab(other.linear()));
        (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
    }

    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn from_linear(linear: [f64; 3]) -> Self {
        let [r, g, b] = linear.map(|c| {
            let c = c.clamp(0.0, 1.0);
            let encoded = if c <= 0.003_130_8 { 12.92 * c } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
            (encoded * 255.0).round() as u8
        });
        Self(r, g, b)
    }
}

/// A color as lightness, chroma and hue (an angle) of the perceptual space OKLCH
/// (B. Ottosson, "A perceptual color space for image processing", 2020).
#[derive(Clone, Copy, Debug)]
struct Oklch {
    lightness: f64,
    chroma: f64,
    hue: f64,
}

impl From<Rgb> for Oklch {
    fn from(color: Rgb) -> Self {
        let [lightness, a, b] = oklab(color.linear());
        Self { lightness, chroma: a.hypot(b), hue: b.atan2(a).rem_euclid(TAU) }
    }
}

impl Oklch {
    /// The nearest color a screen can show; chroma gives way, lightness and hue do not.
    fn to_rgb(self) -> Rgb {
        let at = |chroma: f64| linear_from_oklab([self.lightness, chroma * self.hue.cos(), chroma * self.hue.sin()]);
        let shown = |linear: [f64; 3]| linear.iter().all(|c| (-1e-4..=1.0001).contains(c));
        if shown(at(self.chroma)) {
            return Rgb::from_linear(at(self.chroma));
        }
        let (mut low, mut high) = (0.0, self.chroma);
        for _ in 0..16 {
            let middle = f64::midpoint(low, high);
            if shown(at(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Rgb::from_linear(at(low))
    }
}

fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

fn linear_from_oklab([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
}

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
/// The first seven are surfaces to draw on and promise nothing; all others are marks.
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
    LandLow,
    /// Where the loss is highest: a pale grey-blue.
    LandHigh,
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
    /// The first-order promise: gradient, tangent line and plane.
    Plane,
    /// The second-order promise: parabola and quadratic sheet.
    Quadratic,
    /// The gap between promise and result, and whatever diverges.
    Gap,
    /// A run, by its index; the colors repeat after three.
    Run(u8),
    /// The paraboloid of Gauss and Newton, and what it promises.
    GaussNewton,
    /// The paraboloid of the Fisher matrix, and what it promises.
    Fisher,
    /// What can be pressed, chosen or has the focus.
    Accent,
    /// Learning rates that crawl.
    Crawl,
    /// Learning rates that descend without ringing.
    Stable,
    /// Learning rates that ring, but settle. (Those that diverge are [`Ink::Gap`].)
    Ringing,
}

/// Number of slots of the palette: one a role, one a run color.
const SLOTS: usize = Ink::ALL.len();

impl Ink {
    /// Every role, each run color once, in the order of the palette.
    pub const ALL: [Self; 23] = [
        Self::Ground,
        Self::Panel,
        Self::Card,
        Self::Selection,
        Self::LandLow,
        Self::LandHigh,
        Self::Hairline,
        Self::Outline,
        Self::Contour,
        Self::Truth,
        Self::Muted,
        Self::Plane,
        Self::Quadratic,
        Self::Gap,
        Self::Accent,
        Self::Crawl,
        Self::Stable,
        Self::Ringing,
        Self::Run(0),
        Self::Run(1),
        Self::Run(2),
        Self::GaussNewton,
        Self::Fisher,
    ];

    /// The color for filling an area: the role's own, not moved for contrast.
    pub fn fill(self, theme: Theme) -> Rgb {
        theme.palette().colors[self.slot()].fill
    }

    /// The color for text: 4.5:1 against ground, panel, card and selection.
    pub fn text(self, theme: Theme) -> Rgb {
        theme.palette().colors[self.slot()].text
    }

    /// The color for lines and markers: 3:1 against ground, panel and both ends of the land,
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

    /// Whether a line of this role can vanish in the land, so that it is to be drawn
    /// with a thin halo in ground color. True of the surfaces alone.
    pub fn needs_halo(self, theme: Theme) -> bool {
        let line = self.line(theme);
        beneath_lines(theme).iter().any(|below| line.contrast(*below) < LINE_CONTRAST)
    }

    /// Whether this role is drawn upon rather than drawn.
    pub fn is_surface(self) -> bool {
        self.slot() <= Self::Hairline.slot()
    }

    fn slot(self) -> usize {
        match self {
            Self::Ground => 0,
            Self::Panel => 1,
            Self::Card => 2,
            Self::Selection => 3,
            Self::LandLow => 4,
            Self::LandHigh => 5,
            Self::Hairline => 6,
            Self::Outline => 7,
            Self::Contour => 8,
            Self::Truth => 9,
            Self::Muted => 10,
            Self::Plane => 11,
            Self::Quadratic => 12,
            Self::Gap => 13,
            Self::Accent => 14,
            Self::Crawl => 15,
            Self::Stable => 16,
            Self::Ringing => 17,
            Self::Run(index) => 18 + usize::from(index % RUN_COLORS),
            Self::GaussNewton => 21,
            Self::Fisher => 22,
        }
    }

    /// The color before it is adapted.
    fn base(self, theme: Theme) -> Rgb {
        let (light, dark) = match self {
            Self::Ground | Self::LandLow => (Rgb(0xF6, 0xF6, 0xF3), Rgb(0x0E, 0x10, 0x13)),
            Self::Panel => (Rgb(0xFF, 0xFF, 0xFF), Rgb(0x16, 0x19, 0x1D)),
            Self::Card => (Rgb(0xF1, 0xF2, 0xF4), Rgb(0x1F, 0x23, 0x28)),
            Self::Selection => (Rgb(0xDC, 0xE8, 0xFB), Rgb(0x1E, 0x31, 0x4D)),
            Self::LandHigh => (Rgb(0xC0, 0xD0, 0xDE), Rgb(0x39, 0x4E, 0x61)),
            Self::Hairline => (Rgb(0xDD, 0xDF, 0xE2), Rgb(0x2E, 0x33, 0x39)),
            Self::Outline => (Rgb(0x86, 0x8C, 0x94), Rgb(0x6C, 0x74, 0x7D)),
            Self::Contour => (Rgb(0x55, 0x66, 0x77), Rgb(0x96, 0xA9, 0xBB)),
            Self::Truth => (Rgb(0x16, 0x18, 0x1C), Rgb(0xF2, 0xF3, 0xF5)),
            Self::Muted => (Rgb(0x59, 0x60, 0x69), Rgb(0xA3, 0xAB, 0xB5)),
            Self::Plane => (Rgb(0xE6, 0x9F, 0x00), Rgb(0xE6, 0x9F, 0x00)),
            Self::Quadratic => (Rgb(0xCC, 0x79, 0xA7), Rgb(0xCC, 0x79, 0xA7)),
            Self::Gap => (Rgb(0xD5, 0x5E, 0x00), Rgb(0xD5, 0x5E, 0x00)),
            Self::GaussNewton => (Rgb(0x99, 0x99, 0x33), Rgb(0xC5, 0xC5, 0x4A)),
            Self::Fisher => (Rgb(0x7A, 0x4F, 0xC9), Rgb(0xA9, 0x8B, 0xF0)),
            Self::Accent => (Rgb(0x1F, 0x5F, 0xC4), Rgb(0x7A, 0xAD, 0xF5)),
            Self::Crawl => (Rgb(0xD9, 0xDC, 0xE0), Rgb(0x3C, 0x42, 0x4A)),
            Self::Stable => (Rgb(0xA9, 0xAF, 0xB6), Rgb(0x6B, 0x73, 0x7D)),
            Self::Ringing => (Rgb(0x78, 0x80, 0x89), Rgb(0x9A, 0xA2, 0xAC)),
            Self::Run(index) => match index % RUN_COLORS {
                0 => (Rgb(0x00, 0x72, 0xB2), Rgb(0x00, 0x72, 0xB2)),
                1 => (Rgb(0x00, 0x9E, 0x73), Rgb(0x00, 0x9E, 0x73)),
                _ => (Rgb(0x56, 0xB4, 0xE9), Rgb(0x56, 0xB4, 0xE9)),
            },
        };
        theme.pick(light, dark)
    }

    /// How much more contrast than promised the text of this role asks for.
    ///
    /// Blue and sky have one hue: moved just far enough, they would meet. So in either theme the
    /// one that is ahead anyway goes further, and they stay apart.
    fn text_lead(self, theme: Theme) -> f64 {
        match self {
            Self::Run(index) if index % RUN_COLORS == 0 => theme.pick(1.5, 1.0),
            Self::Run(index) if index % RUN_COLORS == 2 => theme.pick(1.0, 1.9),
            _ => 1.0,
        }
    }

    /// As for text; sky on paper cannot have the contrast and stay apart from blue, so its lines
    /// are moved for the ground alone and carry a halo.
    fn line_lead(self, theme: Theme) -> f64 {
        match self {
            Self::Run(index) if index % RUN_COLORS == 2 => theme.pick(1.0, 1.9),
            _ => 1.0,
        }
    }

    fn beneath_lines(self, theme: Theme) -> &'static [Self] {
        const ALL: [Ink; 4] = [Ink::Ground, Ink::Panel, Ink::LandLow, Ink::LandHigh];
        match (self, theme) {
            (Self::Run(index), Theme::Light) if index % RUN_COLORS == 2 => &ALL[..3],
            _ => &ALL,
        }
    }
}

/// A role's colors in one theme.
#[derive(Clone, Copy, Debug)]
struct Colors {
    fill: Rgb,
    text: Rgb,
    line: Rgb,
}

/// All colors of a theme, computed once.
struct Palette {
    colors: [Colors; SLOTS],
    land: [Rgb; LAND_STEPS],
}

impl Palette {
    fn of(theme: Theme) -> Self {
        let low = Ink::LandLow.base(theme);
        let high = Ink::LandHigh.base(theme);
        Self {
            colors: Ink::ALL.map(|ink| Colors::of(ink, theme)),
            land: std::array::from_fn(|i| low.mixed(high, i as f64 / (LAND_STEPS - 1) as f64)),
        }
    }
}

impl Colors {
    fn of(ink: Ink, theme: Theme) -> Self {
        let fill = ink.base(theme);
        if ink.is_surface() {
            return Self { fill, text: fill, line: fill };
        }
        let beneath: Vec<Rgb> = ink.beneath_lines(theme).iter().map(|below| below.base(theme)).collect();
        Self {
            fill,
            text: adapted(fill, theme, &beneath_text(theme), ink.text_lead(theme) * TEXT_CONTRAST),
            line: adapted(fill, theme, &beneath, ink.line_lead(theme) * LINE_CONTRAST),
        }
    }
}

fn beneath_text(theme: Theme) -> [Rgb; 4] {
    [Ink::Ground, Ink::Panel, Ink::Card, Ink::Selection].map(|ink| ink.base(theme))
}

fn beneath_lines(theme: Theme) -> [Rgb; 4] {
    [Ink::Ground, Ink::Panel, Ink::LandLow, Ink::LandHigh].map(|ink| ink.base(theme))
}

/// `color`, moved away from the theme's ground until it has `contrast` against all of `beneath`.
fn adapted(color: Rgb, theme: Theme, beneath: &[Rgb], contrast: f64) -> Rgb {
    const STEP: f64 = 0.005;
    let away = theme.pick(-STEP, STEP);
    (0..=200)
        .map(|step| if step == 0 { color } else { color.lightened(f64::from(step) * away) })
        .find(|moved| beneath.iter().all(|below| moved.contrast(*below) >= contrast))
        .unwrap_or_else(|| theme.pick(Rgb(0, 0, 0), Rgb(255, 255, 255)))
}

/// The color of the land at height `t`, from 0 (lowest) to 1 (highest).
///
/// What is outside is drawn as the nearer end, and not-a-number as the highest.
pub fn land(theme: Theme, t: f64) -> Rgb {
    let t = if t.is_nan() { 1.0 } else { t.clamp(0.0, 1.0) };
    theme.palette().land[(t * (LAND_STEPS - 1) as f64).round() as usize]
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dash {
    /// One unbroken line.
    Solid,
    /// Long strokes.
    Dashed,
    /// Points.
    Dotted,
    /// Strokes and points in turn.
    DashDot,
}

impl Dash {
    /// Every pattern, the plainest first.
    pub const ALL: [Self; 4] = [Self::Solid, Self::Dashed, Self::Dotted, Self::DashDot];
}

/// What marks an iterate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkerShape {
    /// A disc.
    Circle,
    /// A square on its side.
    Square,
    /// A triangle on its side.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A cross of diagonal strokes.
    Cross,
    /// A cross of upright strokes.
    Plus,
    /// A star of five points.
    Star,
}

impl MarkerShape {
    /// Every shape, the plainest first.
    pub const ALL: [Self; 7] =
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Cross, Self::Plus, Self::Star];
}

/// How the run of this index is drawn: the first three in colors of their own, further ones
/// repeating the color with another dash and marker.
pub fn run_style(index: usize) -> (Ink, Dash, MarkerShape) {
    let colors = usize::from(RUN_COLORS);
    let ink = Ink::Run((index % colors) as u8);
    let dash = Dash::ALL[(index / colors) % Dash::ALL.len()];
    let marker = MarkerShape::ALL[index % MarkerShape::ALL.len()];
    (ink, dash, marker)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn marks() -> impl Iterator<Item = (Theme, Ink)> {
        Theme::ALL
            .into_iter()
            .flat_map(|theme| Ink::ALL.into_iter().map(move |ink| (theme, ink)))
            .filter(|(_, ink)| !ink.is_surface())
    }

    #[test]
    fn every_role_has_its_slot() {
        for (slot, ink) in Ink::ALL.into_iter().enumerate() {
            assert_eq!(ink.slot(), slot, "{ink:?}");
        }
    }

    #[test]
    fn text_can_be_read_on_every_surface() {
        for (theme, ink) in marks() {
            for surface in [Ink::Ground, Ink::Panel, Ink::Card, Ink::Selection] {
                let contrast = ink.text(theme).contrast(surface.fill(theme));
                assert!(contrast >= TEXT_CONTRAST, "{ink:?} on {surface:?}, {theme:?}: {contrast}");
            }
        }
    }

    #[test]
    fn lines_can_be_seen_on_all_of_the_land() {
        for (theme, ink) in marks() {
            let exempt = ink == Ink::Run(2) && theme == Theme::Light;
            assert_eq!(ink.needs_halo(theme), exempt, "{ink:?}, {theme:?}");
            for &surface in ink.beneath_lines(theme) {
                let contrast = ink.line(theme).contrast(surface.fill(theme));
                assert!(contrast >= LINE_CONTRAST, "{ink:?} on {surface:?}, {theme:?}: {contrast}");
            }
            for step in 0..=if exempt { 0 } else { 20 } {
                let contrast = ink.line(theme).contrast(land(theme, f64::from(step) / 20.0));
                assert!(contrast >= LINE_CONTRAST - 0.05, "{ink:?} on the slope, {theme:?}: {contrast}");
            }
        }
    }

    #[test]
    fn controls_stand_out_from_their_panel() {
        for theme in Theme::ALL {
            let outline = Ink::Outline.fill(theme);
            assert!(outline.contrast(Ink::Panel.fill(theme)) >= LINE_CONTRAST, "{theme:?}");
        }
    }

    #[test]
    fn surfaces_vanish_in_the_land_and_say_so() {
        for theme in Theme::ALL {
            assert!([Ink::Ground, Ink::Panel, Ink::Selection, Ink::Hairline].iter().all(|ink| ink.needs_halo(theme)));
        }
    }

    #[test]
    fn words_can_be_read_on_filled_areas() {
        for theme in Theme::ALL {
            for ink in Ink::ALL {
                assert!(ink.on_fill(theme).contrast(ink.fill(theme)) >= TEXT_CONTRAST, "{ink:?}");
            }
        }
    }

    #[test]
    fn adapting_keeps_the_hue() {
        for (theme, ink) in marks() {
            let base = Oklch::from(ink.fill(theme));
            for moved in [ink.text(theme), ink.line(theme)].map(Oklch::from) {
                if base.chroma.min(moved.chroma) > 0.05 {
                    let turn = (moved.hue - base.hue).rem_euclid(TAU);
                    assert!(turn.min(TAU - turn) < 0.06, "{ink:?}, {theme:?}: {turn}");
                }
            }
        }
    }

    #[test]
    fn roles_with_a_color_never_look_alike() {
        let runs = [Ink::Run(0), Ink::Run(1), Ink::Run(2)];
        let sheets = [Ink::Plane, Ink::Quadratic, Ink::Gap, Ink::GaussNewton, Ink::Fisher];
        let colored = [runs.as_slice(), &sheets].concat();
        for theme in Theme::ALL {
            for (i, a) in colored.iter().enumerate() {
                for b in &colored[..i] {
                    let lines = a.line(theme).difference(b.line(theme));
                    let texts = a.text(theme).difference(b.text(theme));
                    assert!(lines.min(texts) > 0.06, "{a:?} and {b:?}, {theme:?}: {lines}, {texts}");
                }
            }
        }
    }

    #[test]
    fn known_contrasts() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((Rgb(0x76, 0x76, 0x76).contrast(white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn perceptual_space_there_and_back() {
        for color in [Rgb(0, 0, 0), Rgb(255, 255, 255), Rgb(0xE6, 0x9F, 0), Rgb(1, 2, 250)] {
            assert_eq!(Oklch::from(color).to_rgb(), color);
        }
        let orange = Rgb(0xE6, 0x9F, 0x00);
        assert!(orange.lightened(0.1).luminance() > orange.luminance());
        assert!(orange.darkened(0.1).luminance() < orange.luminance());
        assert_eq!(orange.lightened(2.0), Rgb(255, 255, 255));
    }

    #[test]
    fn the_land_rises_evenly_from_the_ground() {
        for theme in Theme::ALL {
            assert_eq!(land(theme, 0.0), Ink::Ground.fill(theme));
            assert_eq!(land(theme, 1.0), Ink::LandHigh.fill(theme));
            assert_eq!(land(theme, f64::NAN), land(theme, 1.0));
            assert_eq!(land(theme, -3.0), land(theme, 0.0));
            let rise: Vec<_> =
                (0..=16).map(|i| land(theme, f64::from(i) / 16.0).contrast(Ink::Ground.fill(theme))).collect();
            assert!(rise.is_sorted(), "{rise:?}");
        }
    }

    #[test]
    fn no_two_runs_look_the_same() {
        let styles: HashSet<_> = (0..12).map(run_style).collect();
        assert_eq!(styles.len(), 12);
        let without_marker: HashSet<_> = (0..12).map(run_style).map(|(ink, dash, _)| (ink, dash)).collect();
        assert_eq!(without_marker.len(), 12);
        let first_inks: HashSet<_> = (0..3).map(|i| run_style(i).0).collect();
        assert_eq!(first_inks.len(), 3);
    }
}
