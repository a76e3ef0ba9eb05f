//! The colors of a theme, computed once: each role's, adapted until it can be read, and the ramp of the loss surface.

use super::{Ink, LINE_CONTRAST, Rgb, SLOTS, TEXT_CONTRAST, Theme};

/// Steps of the precomputed ramp of losses.
const LOSS_STEPS: usize = 256;

/// A role's colors in one theme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colors {
    pub(super) fill: Rgb,
    pub(super) text: Rgb,
    pub(super) line: Rgb,
}

/// All colors of a theme, computed once.
pub(super) struct Palette {
    pub(super) colors: [Colors; SLOTS],
    loss_color: [Rgb; LOSS_STEPS],
}

impl Palette {
    pub(super) fn of(theme: Theme) -> Self {
        let low = Ink::LossLow.base(theme);
        let high = Ink::LossHigh.base(theme);
        Self {
            colors: Ink::ALL.map(|ink| Colors::of(ink, theme)),
            loss_color: std::array::from_fn(|i| low.mixed(high, i as f64 / (LOSS_STEPS - 1) as f64)),
        }
    }
}

impl Colors {
    fn of(ink: Ink, theme: Theme) -> Self {
        let fill = ink.base(theme);
        if ink.is_background() {
            return Self { fill, text: fill, line: fill };
        }
        let beneath = beneath_lines(theme);
        Self {
            fill,
            text: adapted(fill, theme, &beneath_text(theme), TEXT_CONTRAST),
            line: adapted(fill, theme, &beneath, LINE_CONTRAST),
        }
    }
}

fn beneath_text(theme: Theme) -> [Rgb; 4] {
    [Ink::Ground, Ink::Panel, Ink::Card, Ink::Selection].map(|ink| ink.base(theme))
}

/// What lines lie on.
pub(super) const BENEATH_LINES: [Ink; 4] = [Ink::Ground, Ink::Panel, Ink::LossLow, Ink::LossHigh];

pub(super) fn beneath_lines(theme: Theme) -> [Rgb; 4] {
    BENEATH_LINES.map(|ink| ink.base(theme))
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

/// The color of the loss surface at height `t`, from 0 (lowest) to 1 (highest).
///
/// What is outside is drawn as the nearer end, and not-a-number as the highest.
pub fn loss_color(theme: Theme, t: f64) -> Rgb {
    let t = if t.is_nan() { 1.0 } else { t.clamp(0.0, 1.0) };
    theme.palette().loss_color[(t * (LOSS_STEPS - 1) as f64).round() as usize]
}
