//! Colors as numbers: sRGB, contrast, and lightness, chroma and hue of a perceptual space.

use std::f64::consts::TAU;

use crate::numbers::bisection::bisect;

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

    pub(super) fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    pub(super) fn from_linear(linear: [f64; 3]) -> Self {
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
pub(super) struct Oklch {
    pub(super) lightness: f64,
    pub(super) chroma: f64,
    pub(super) hue: f64,
}

impl From<Rgb> for Oklch {
    fn from(color: Rgb) -> Self {
        let [lightness, a, b] = oklab(color.linear());
        Self { lightness, chroma: a.hypot(b), hue: b.atan2(a).rem_euclid(TAU) }
    }
}

impl Oklch {
    /// The nearest color a screen can show; chroma gives way, lightness and hue do not.
    pub(super) fn to_rgb(self) -> Rgb {
        let at = |chroma: f64| linear_from_oklab([self.lightness, chroma * self.hue.cos(), chroma * self.hue.sin()]);
        let shown = |linear: [f64; 3]| linear.iter().all(|c| (-1e-4..=1.0001).contains(c));
        if shown(at(self.chroma)) {
            return Rgb::from_linear(at(self.chroma));
        }
        // Finer than a step of a channel.
        let [chroma, _] = bisect(|chroma| shown(at(chroma)), 0.0, self.chroma, 16);
        Rgb::from_linear(at(chroma))
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
