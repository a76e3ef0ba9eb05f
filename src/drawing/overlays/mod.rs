//! The overlays: one file a drawn thing. A new one adds its two lines here and appears in the *Show* list, with a key.

mod ball;
mod batch_land;
mod believed_sheet;
mod carried;
mod circle;
mod cloud;
mod contours;
mod critical_points;
mod dead;
mod eigenvectors;
mod fan;
mod fisher_sheet;
mod fog;
mod folds;
mod gauss_newton_sheet;
mod inside;
mod other_sheet;
mod paths;
mod pattern;
mod promises;
mod reach;
mod region;
mod sheet_levels;
mod step_arrows;
mod trials;

pub use batch_land::batch_land_words;
pub use cloud::cloud_words;
pub use fog::{asked_words, drawn as drawn_answers, is_known, plane_piece, veil};
pub use inside::draw_inside;
pub use pattern::draw_at_pointer;
pub use promises::{accounts, ink as outcome_ink};
pub use step_arrows::leaves_at;
pub use trials::{drawn as drawn_trials, share_words, shares};

use super::Subject;
use super::primitive::Primitive;
use crate::landscapes::Landscape;

/// Pushes the primitives of an overlay.
pub type Draw = for<'a> fn(&Subject<'a>, &mut Vec<Primitive<'a>>);

/// Whether an overlay can show something of a landscape.
pub type Suits = fn(&Landscape) -> bool;

/// What suits every landscape.
const ANY: Suits = |_| true;
/// What suits networks.
const OF_SAMPLES: Suits = |landscape| landscape.data().is_some();

/// What suits networks alone.
const NETWORKS: Suits = |landscape| landscape.data().is_some();

/// Something that can be drawn over the land, or left away.
pub struct Overlay {
    /// Its name in files and commands.
    pub id: &'static str,
    /// What the *Show* list calls it.
    pub label: &'static str,
    /// What it shows, in one sentence, for its tooltip.
    pub help: &'static str,
    /// The landscapes of which it can show something.
    pub suits: Suits,
    /// Whether it is on when the program starts.
    pub on_at_first: bool,
    /// Its primitives on the map; `None` for what is painted otherwise (the heat map, the gap of the surface and the slice).
    pub draw: Option<Draw>,
    /// What of it is draped over the land in three dimensions: its lines and marks, as seen from above.
    pub drape: Option<Draw>,
}

/// The heat map, painted beneath all primitives.
pub const HEAT: &str = "heat";
/// The contour lines, which the surface paints by pixel.
pub const CONTOURS: &str = "contours";
/// The gap between promise and result, drawn on the surface and in the slice.
pub const GAP: &str = "gap";
/// The sheet that the method believes in.
pub const BELIEVED: &str = "believed";
/// The sheet that it does not.
pub const OTHER: &str = "other";
/// The runs.
pub const PATHS: &str = "paths";
/// The step at the playhead.
pub const STEP: &str = "step";
/// The critical points.
pub const CRITICAL: &str = "critical";
/// What the method carries, where it has a shape.
pub const CARRIED: &str = "state";
/// What counts as long as the step.
pub const BALL: &str = "ball";
/// Promise and result of every step.
pub const PROMISES: &str = "promises";
/// What hides the land; its key is G.
pub const FOG: &str = "fog";
/// The lines on which the slope jumps.
pub const FOLDS: &str = "folds";
/// For which samples a rectified unit is on.
pub const PATTERN: &str = "pattern";
/// How far along the step a sheet is good.
pub const REACH: &str = "reach";
/// Where around the iterate a sheet is good.
pub const REGION: &str = "region";
/// The points that the method tried.
pub const TRIALS: &str = "trials";
/// The circle around the iterate and the best step on it.
pub const CIRCLE: &str = "circle";

/// The paraboloid of Gauss and Newton.
pub const GAUSS_NEWTON: &str = "gauss_newton";
/// The paraboloid of the Fisher matrix.
pub const FISHER: &str = "fisher";

/// The gradients that are in the velocity.
pub const FAN: &str = "fan";

/// What each sample alone wants, and the batch of this step.
pub const CLOUD: &str = "cloud";
/// The land of this step's batch.
pub const BATCH: &str = "batch";

/// Every overlay, in drawing order and in the order of the *Show* list; the first nine have the keys 1–9, the next nine
/// those with Shift.
pub static ALL: &[Overlay] = &[
    Overlay {
        id: HEAT,
        label: "Heat map",
        help: "Colors the land by its loss: pale is low.",
        suits: ANY,
        on_at_first: true,
        draw: None,
        drape: None,
    },
    contours::OVERLAY,
    believed_sheet::OVERLAY,
    other_sheet::OVERLAY,
    paths::OVERLAY,
    step_arrows::OVERLAY,
    Overlay {
        id: GAP,
        label: "Gap",
        help: "The difference between what the sheet promised and what happened, at the landing: a bar on the surface, a bracket in the slice.",
        suits: ANY,
        on_at_first: true,
        draw: None,
        drape: None,
    },
    critical_points::OVERLAY,
    reach::OVERLAY,
    eigenvectors::OVERLAY,
    carried::OVERLAY,
    trials::OVERLAY,
    circle::OVERLAY,
    region::OVERLAY,
    ball::OVERLAY,
    promises::OVERLAY,
    fan::OVERLAY,
    folds::OVERLAY,
    batch_land::OVERLAY,
    cloud::OVERLAY,
    gauss_newton_sheet::OVERLAY,
    fisher_sheet::OVERLAY,
    pattern::OVERLAY,
    fog::OVERLAY,
];

/// The overlay with this id.
pub fn find(id: &str) -> Option<&'static Overlay> {
    ALL.iter().find(|overlay| overlay.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_overlay_has_its_own_id_and_says_what_it_shows() {
        let ids: HashSet<&str> = ALL.iter().map(|overlay| overlay.id).collect();
        assert_eq!(ids.len(), ALL.len(), "ids differ");
        assert!(ALL.iter().all(|overlay| overlay.help.ends_with('.') && !overlay.label.is_empty()), "help and labels");
        let named = [HEAT, CONTOURS, GAP, BELIEVED, OTHER, PATHS, STEP, CRITICAL, CARRIED, TRIALS];
        for id in named.into_iter().chain([CIRCLE, REACH, REGION, PROMISES, FOLDS, FOG]) {
            assert!(find(id).is_some(), "{id} is registered");
        }
    }
}
