//! Every ink can be read wherever it lies, and no two look alike.

use std::collections::HashSet;
use std::f64::consts::TAU;

use super::rgb::Oklch;
use super::*;

fn marks() -> impl Iterator<Item = (Theme, Ink)> {
    Theme::ALL
        .into_iter()
        .flat_map(|theme| Ink::ALL.into_iter().map(move |ink| (theme, ink)))
        .filter(|(_, ink)| !ink.is_background())
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
fn lines_can_be_seen_on_all_of_the_map() {
    for (theme, ink) in marks() {
        assert!(!ink.needs_halo(theme), "{ink:?}, {theme:?}");
        for surface in palette::BENEATH_LINES {
            let contrast = ink.line(theme).contrast(surface.fill(theme));
            assert!(contrast >= LINE_CONTRAST, "{ink:?} on {surface:?}, {theme:?}: {contrast}");
        }
        for step in 0..=20 {
            let contrast = ink.line(theme).contrast(loss_color(theme, f64::from(step) / 20.0));
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
    let runs: Vec<Ink> = (0..RUN_COLORS).map(Ink::Run).collect();
    let roles = [Ink::Plane, Ink::Quadratic, Ink::Gap, Ink::GaussNewton, Ink::Fisher];
    let colored = [runs.as_slice(), &roles].concat();
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
        assert_eq!(loss_color(theme, 0.0), Ink::Ground.fill(theme));
        assert_eq!(loss_color(theme, 1.0), Ink::LossHigh.fill(theme));
        assert_eq!(loss_color(theme, f64::NAN), loss_color(theme, 1.0));
        assert_eq!(loss_color(theme, -3.0), loss_color(theme, 0.0));
        let rise: Vec<_> =
            (0..=16).map(|i| loss_color(theme, f64::from(i) / 16.0).contrast(Ink::Ground.fill(theme))).collect();
        assert!(rise.is_sorted(), "{rise:?}");
    }
}

#[test]
fn no_two_runs_look_the_same() {
    let styles: HashSet<_> = (0..12).map(run_style).collect();
    assert_eq!(styles.len(), 12);
    let [inks, markers] = [0, 1].map(|which| {
        let of =
            |(ink, marker): (Ink, MarkerShape)| if which == 0 { format!("{ink:?}") } else { format!("{marker:?}") };
        (0..6).map(run_style).map(of).collect::<HashSet<_>>()
    });
    assert_eq!((inks.len(), markers.len()), (6, 6), "each of six has a color and a marker of its own");
}
