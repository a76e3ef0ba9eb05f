//! The look: fonts, sizes and widget colors, all made from the inks.
//!
//! Three sizes of text and no other: small (labels, notes), body, heading. Numbers, formulas and
//! words share one sans whose digits have one width, so that nothing jitters; what stands out is
//! set in its semi-bold. This is the only file that turns inks into egui's colors.
//!
//! | [`TextStyle`]        | size at [`TypeScale::Normal`] | for                                 |
//! |----------------------|-------------------------------|-------------------------------------|
//! | `Small`              | 13                            | labels, notes, axes, section titles |
//! | `Body`, `Button`     | 14.5                          | everything else                     |
//! | `Monospace`          | 14.5                          | numbers: the same sans              |
//! | `Heading`            | 19, semi-bold                 | the one sentence that matters       |

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::style::{HandleShape, ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::text::{FontData, FontDefinitions};
use egui::{
    Context, CornerRadius, FontFamily, FontId, Frame, Id, Margin, RichText, Shadow, Spacing, Stroke, Style, TextStyle,
    Ui, Visuals, vec2,
};

use crate::drawing::ink::{Ink, Theme};
pub use crate::render::color::color;
pub use crate::state::TypeScale;

/// The name of the semi-bold family.
const STRONG: &str = "strong";

/// The name of the font of plain text.
const REGULAR_FONT: &str = "Noto Sans";
/// The name of the semi-bold font.
const STRONG_FONT: &str = "Noto Sans SemiBold";
/// The name of the font with the symbols that the others lack.
const SYMBOLS_FONT: &str = "Noto Sans Symbols";

/// The files of our fonts.
const FONTS: [(&str, &[u8]); 3] = [
    (REGULAR_FONT, include_bytes!("../../assets/fonts/NotoSans-Regular.ttf")),
    (STRONG_FONT, include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf")),
    (SYMBOLS_FONT, include_bytes!("../../assets/fonts/NotoSans-Symbols.ttf")),
];

/// Corner radius of panels.
const PANEL_RADIUS: u8 = 7;
/// Corner radius of controls.
const CONTROL_RADIUS: u8 = 5;

/// Every symbol the interface may use beside letters and digits; the fonts have them all.
pub const SYMBOLS: &str = "∇∂∞∑∫√≤≥≠≈±×·−∓∥‖∈←→↑↓↔↗↘↖↙⏮⏭⏸▶◀⏵⏴☾☀☼✕✓☐☑▾▸▴●○■□▲△▼▽◆◇★☆✚⋯…½¼\
    ₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀᵢⱼₖₜℝℓθκληβρμσδΔεŵx̂m̂v̂⟨⟩⌊⌋↵⇧⌘␣↺↻⚙⚠";

/// Sizes of the three kinds of text, in points.
fn small(scale: TypeScale) -> f32 {
    13.0 * scale.factor()
}

fn body(scale: TypeScale) -> f32 {
    14.5 * scale.factor()
}

fn heading(scale: TypeScale) -> f32 {
    19.0 * scale.factor()
}

/// Gives the whole interface its look.
///
/// Cheap enough for every frame: fonts are installed once for a context, the style only when
/// `theme` or `scale` has changed. What is shown already keeps its style until the next frame.
pub fn apply(ctx: &Context, theme: Theme, scale: TypeScale) {
    let id = Id::unique("applied theme");
    let applied = ctx.data(|data| data.get_temp::<(Theme, TypeScale)>(id));
    if applied == Some((theme, scale)) {
        return;
    }
    if applied.is_none() {
        ctx.set_fonts(fonts());
    }
    let side = match theme {
        Theme::Light => egui::Theme::Light,
        Theme::Dark => egui::Theme::Dark,
    };
    ctx.set_theme(side);
    ctx.set_style_of(side, style(theme, scale));
    ctx.data_mut(|data| data.insert_temp(id, (theme, scale)));
}

/// Gives what is shown in `ui` from here on the sizes of a scale.
pub fn set_in(ui: &mut Ui, theme: Theme, scale: TypeScale) {
    let shown = ui.style().text_styles.get(&TextStyle::Body).map(|font| font.size);
    if shown != Some(body(scale)) {
        ui.set_style(style(theme, scale));
    }
}

/// How much larger than at normal type what is shown in `ui` is: that of the window, but in a tab that has little room.
pub fn factor_in(ui: &Ui) -> f32 {
    ui.style().text_styles.get(&TextStyle::Body).map_or(1.0, |font| font.size / body(TypeScale::Normal))
}

/// The theme that `style` was made for.
pub fn theme_of(style: &Style) -> Theme {
    if style.visuals.dark_mode { Theme::Dark } else { Theme::Light }
}

/// A line of an ink; its `width` is in points, [`TypeScale::factor`] not yet in it.
pub fn stroke(theme: Theme, ink: Ink, width: f32) -> Stroke {
    Stroke::new(width, color(ink.line(theme)))
}

/// The frame of a panel: flat, a hairline around it.
pub fn panel(style: &Style) -> Frame {
    Frame::window(style)
}

/// The frame of a card on a panel.
pub fn card(style: &Style) -> Frame {
    Frame::new()
        .fill(style.visuals.faint_bg_color)
        .corner_radius(style.visuals.widgets.inactive.corner_radius)
        .inner_margin(style.spacing.window_margin)
}

/// A semi-bold text.
pub fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).family(strong_family())
}

/// A text that steps back.
pub fn muted(text: impl Into<String>) -> RichText {
    RichText::new(text).weak()
}

/// The title of a section: small, semi-bold, stepping back.
pub fn title(text: impl Into<String>) -> RichText {
    strong(text).small().weak()
}

/// A text in the color of what it speaks of.
pub fn role(theme: Theme, text: impl Into<String>, ink: Ink) -> RichText {
    RichText::new(text).color(color(ink.text(theme)))
}

/// A button that stands out among its neighbors.
pub fn primary_button(theme: Theme, text: impl Into<String>) -> egui::Button<'static> {
    egui::Button::new(RichText::new(text).color(color(Ink::Accent.on_fill(theme)))).fill(color(Ink::Accent.fill(theme)))
}

/// The characters of `text` that our own fonts cannot show, once each.
///
/// What egui's fallback fonts alone have counts as missing: an emoji among letters is as much a
/// fault as an empty box. The context must have run once.
pub fn missing_glyphs(ctx: &Context, text: &str) -> Vec<char> {
    let mut missing = BTreeSet::new();
    ctx.fonts_mut(|fonts| {
        for family in families() {
            let shown = fonts.characters(&family);
            let is_ours = |font: &String| FONTS.iter().any(|(name, _)| name == font);
            let is_shown = |c: char| shown.get(&c).is_some_and(|fonts| fonts.iter().any(is_ours));
            missing.extend(text.chars().filter(|c| !c.is_whitespace() && !is_shown(*c)));
        }
    });
    missing.into_iter().collect()
}

/// The characters of `text` that no window of ours can show, once each; for where there is no window.
pub fn unshown(text: &str) -> Vec<char> {
    let ctx = Context::default();
    apply(&ctx, Theme::Light, TypeScale::Normal);
    ctx.run_ui(egui::RawInput::default(), |_| ()).drop_without_applying_deltas();
    missing_glyphs(&ctx, text)
}

fn strong_family() -> FontFamily {
    FontFamily::Name(STRONG.into())
}

fn families() -> [FontFamily; 3] {
    [FontFamily::Proportional, FontFamily::Monospace, strong_family()]
}

/// Ours first, then egui's own for scripts and emoji that ours lack.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in FONTS {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let egui_fonts = fonts.families.remove(&FontFamily::Proportional);
    let egui_fonts = egui_fonts.unwrap_or_default();
    let chain = |ours: &[&str]| -> Vec<String> {
        let ours = ours.iter().map(|name| (*name).to_owned());
        ours.chain(egui_fonts.iter().cloned()).collect()
    };
    let regular = chain(&[REGULAR_FONT, SYMBOLS_FONT]);
    let strong = chain(&[STRONG_FONT, REGULAR_FONT, SYMBOLS_FONT]);
    fonts.families.extend([
        (FontFamily::Proportional, regular.clone()),
        (FontFamily::Monospace, regular),
        (strong_family(), strong),
    ]);
    fonts
}

fn style(theme: Theme, scale: TypeScale) -> Style {
    let regular = |size| FontId::new(size, FontFamily::Proportional);
    Style {
        text_styles: [
            (TextStyle::Small, regular(small(scale))),
            (TextStyle::Body, regular(body(scale))),
            (TextStyle::Button, regular(body(scale))),
            (TextStyle::Monospace, FontId::new(body(scale), FontFamily::Monospace)),
            (TextStyle::Heading, FontId::new(heading(scale), strong_family())),
        ]
        .into(),
        drag_value_text_style: TextStyle::Body,
        spacing: spacing(scale),
        visuals: visuals(theme, scale),
        ..Style::default()
    }
}

/// Multiples of 8 points, or of 4 between the lines of one thing.
fn spacing(scale: TypeScale) -> Spacing {
    let k = scale.factor();
    Spacing {
        item_spacing: k * vec2(8.0, 4.0),
        button_padding: k * vec2(8.0, 4.0),
        interact_size: k * vec2(40.0, 24.0),
        indent: k * 16.0,
        slider_width: k * 144.0,
        slider_rail_height: k * 4.0,
        combo_width: k * 120.0,
        icon_width: k * 16.0,
        icon_width_inner: k * 8.0,
        icon_spacing: k * 8.0,
        tooltip_width: k * 360.0,
        menu_spacing: k * 4.0,
        menu_margin: Margin::same((k * 8.0) as i8),
        window_margin: Margin::same((k * 12.0) as i8),
        scroll: ScrollStyle { foreground_color: true, ..ScrollStyle::floating() },
        ..Spacing::default()
    }
}

fn visuals(theme: Theme, scale: TypeScale) -> Visuals {
    let k = scale.factor();
    let base = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let panel = color(Ink::Panel.fill(theme));
    Visuals {
        widgets: widgets(theme, k),
        selection: Selection {
            bg_fill: color(Ink::Selection.fill(theme)),
            // Also the ring around a text field that has the focus.
            stroke: Stroke::new(2.0 * k, color(Ink::Accent.text(theme))),
        },
        weak_text_color: Some(color(Ink::Muted.text(theme))),
        hyperlink_color: color(Ink::Accent.text(theme)),
        warn_fg_color: color(Ink::Gap.text(theme)),
        error_fg_color: color(Ink::Gap.text(theme)),
        panel_fill: color(Ink::Ground.fill(theme)),
        window_fill: panel,
        extreme_bg_color: panel,
        faint_bg_color: color(Ink::Card.fill(theme)),
        code_bg_color: color(Ink::Card.fill(theme)),
        window_stroke: Stroke::new(k, color(Ink::Hairline.fill(theme))),
        window_corner_radius: CornerRadius::same(PANEL_RADIUS),
        menu_corner_radius: CornerRadius::same(PANEL_RADIUS),
        window_shadow: Shadow::NONE,
        popup_shadow: Shadow::NONE,
        handle_shape: HandleShape::Circle,
        slider_trailing_fill: false,
        indent_has_left_vline: false,
        collapsing_header_frame: false,
        ..base
    }
}

/// How controls look at rest, touched, pressed or focused (a ring for the keyboard), and open.
fn widgets(theme: Theme, k: f32) -> Widgets {
    let truth = color(Ink::Truth.text(theme));
    let outline = |ink: Ink, width: f32| Stroke::new(width * k, color(ink.fill(theme)));
    let state = |fill: Ink, bg_stroke| WidgetVisuals {
        bg_fill: color(fill.fill(theme)),
        weak_bg_fill: color(fill.fill(theme)),
        bg_stroke,
        fg_stroke: Stroke::new(1.5 * k, truth),
        corner_radius: CornerRadius::same(CONTROL_RADIUS),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals {
            fg_stroke: Stroke::new(k, truth),
            ..state(Ink::Panel, outline(Ink::Hairline, 1.0))
        },
        inactive: WidgetVisuals {
            bg_fill: color(Ink::Slow.fill(theme)),
            ..state(Ink::Panel, outline(Ink::Outline, 1.0))
        },
        hovered: state(Ink::Card, outline(Ink::Truth, 1.0)),
        active: WidgetVisuals {
            // The handle of a slider has no other ring.
            fg_stroke: Stroke::new(2.0 * k, color(Ink::Accent.text(theme))),
            ..state(Ink::Card, outline(Ink::Accent, 2.0))
        },
        open: state(Ink::Card, outline(Ink::Truth, 1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(theme: Theme, scale: TypeScale) -> Context {
        let ctx = Context::default();
        apply(&ctx, theme, scale);
        ctx.run_ui(egui::RawInput::default(), |_| ()).drop_without_applying_deltas();
        ctx
    }

    #[test]
    fn every_symbol_is_in_our_fonts() {
        let ctx = context(Theme::Light, TypeScale::Normal);
        assert_eq!(missing_glyphs(&ctx, SYMBOLS), Vec::<char>::new());
        assert_eq!(missing_glyphs(&ctx, "Grüße, naïve Kraków: f(x) = x² − 2·x₁ & so on…"), Vec::<char>::new());
    }

    #[test]
    fn emoji_and_unknown_scripts_are_missing() {
        let ctx = context(Theme::Light, TypeScale::Normal);
        assert_eq!(missing_glyphs(&ctx, "a 😀 字 字\n"), ['字', '😀']);
    }

    #[test]
    fn digits_and_signs_have_one_width() {
        let ctx = context(Theme::Light, TypeScale::Normal);
        for family in families() {
            let font = FontId::new(14.5, family);
            let width = |c| ctx.fonts_mut(|fonts| fonts.glyph_width(&font, c));
            for c in "0123456789+−".chars() {
                assert_eq!(width(c), width('0'), "{c} in {font:?}");
            }
        }
    }

    #[test]
    fn a_symbol_never_moves_a_line() {
        let ctx = context(Theme::Light, TypeScale::Normal);
        let font = FontId::new(14.5, FontFamily::Proportional);
        let height = |text: &str| {
            let lay = |fonts: &mut egui::epaint::FontsView<'_>| {
                fonts.layout_no_wrap(text.to_owned(), font.clone(), egui::Color32::PLACEHOLDER)
            };
            ctx.fonts_mut(lay).size().y
        };
        assert_eq!(height("step"), height("step ▶ ∇ ☾ x̂"));
    }

    #[test]
    fn three_sizes_and_none_under_13() {
        for scale in TypeScale::ALL {
            let style = style(Theme::Light, scale);
            let sizes = style.text_styles.values().map(|font| (font.size * 10.0) as u32);
            let sizes: BTreeSet<u32> = sizes.collect();
            assert_eq!(sizes.len(), 3);
            assert!(sizes.iter().all(|tenths| *tenths >= 130), "{sizes:?}");
        }
    }

    #[test]
    fn the_look_follows_theme_and_scale() {
        let ctx = context(Theme::Light, TypeScale::Normal);
        for theme in Theme::ALL {
            for scale in TypeScale::ALL {
                apply(&ctx, theme, scale);
                let style = ctx.global_style();
                assert_eq!(theme_of(&style), theme);
                assert_eq!(style.text_styles[&TextStyle::Small].size, small(scale));
                assert_eq!(style.visuals.panel_fill, color(Ink::Ground.fill(theme)));
            }
        }
    }
}
