//! The overlays: one file a drawn thing. A new one adds its two lines here and appears in the *Show* list, with a key.

mod assumed_local_model;
mod ball;
mod batch_land;
mod carried;
mod circle;
mod cloud;
mod contours;
mod critical_points;
mod dead;
mod eigenvectors;
mod fan;
mod fisher_local_model;
mod fog;
mod gap;
mod gauss_newton_local_model;
mod heat;
mod id;
mod inside;
mod kink_lines;
mod local_model_levels;
mod other_local_model;
mod paths;
mod pattern;
mod predictions;
mod reach;
mod region;
mod step_arrows;
mod trials;

pub use assumed_local_model::BELIEVED;
pub use ball::BALL;
pub use batch_land::BATCH;
pub use batch_land::batch_land_words;
pub use carried::CARRIED;
pub use circle::CIRCLE;
pub use cloud::CLOUD;
pub use cloud::cloud_words;
pub use contours::CONTOURS;
pub use critical_points::CRITICAL;
pub use eigenvectors::EIGENVECTORS;
pub use fan::FAN;
pub use fisher_local_model::FISHER;
pub use fog::FOG;
pub use fog::{drawn as drawn_answers, evaluations_words, is_known, plane_piece, veil};
pub use gap::GAP;
pub use gauss_newton_local_model::GAUSS_NEWTON;
pub use heat::HEAT;
pub use id::{OverlayId, OverlayKey};
pub use inside::draw_inside;
pub use kink_lines::FOLDS;
pub use other_local_model::OTHER;
pub use paths::PATHS;
pub use pattern::PATTERN;
pub use pattern::draw_at_pointer;
pub use predictions::PREDICTIONS;
pub use predictions::{ink as outcome_ink, step_reports};
pub use reach::REACH;
pub use region::REGION;
pub use step_arrows::STEP;
pub use step_arrows::leaves_at;
pub use trials::TRIALS;
pub use trials::{drawn as drawn_trials, share_words, shares};

use std::sync::LazyLock;

use super::Subject;
use super::pane::Pane;
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

/// Something that can be drawn over the loss surface, or left away.
pub struct Overlay {
    /// Its name in files and commands.
    pub id: OverlayId,
    /// What the *Show* list calls it.
    pub label: &'static str,
    /// What it shows, in one sentence, for its tooltip.
    pub help: &'static str,
    /// The landscapes of which it can show something.
    pub suits: Suits,
    /// Whether it is on when the program starts.
    pub on_at_first: bool,
    /// The key that shows or hides it.
    pub key: Option<OverlayKey>,
    /// How far up it lies in a picture: what has less lies under what has more.
    pub depth: u16,
    /// The views that draw it.
    pub views: &'static [Pane],
    /// Its primitives on the map; `None` for what is painted otherwise (the heat map, the gap of the surface and the slice).
    pub draw: Option<Draw>,
    /// What of it is draped over the loss surface in three dimensions: its lines and marks, as seen from above.
    pub drape: Option<Draw>,
}

/// Every overlay, in the order of the *Show* list.
pub static ALL: &[Overlay] = &[
    heat::OVERLAY,
    contours::OVERLAY,
    assumed_local_model::OVERLAY,
    other_local_model::OVERLAY,
    paths::OVERLAY,
    step_arrows::OVERLAY,
    gap::OVERLAY,
    critical_points::OVERLAY,
    reach::OVERLAY,
    eigenvectors::OVERLAY,
    carried::OVERLAY,
    trials::OVERLAY,
    circle::OVERLAY,
    region::OVERLAY,
    ball::OVERLAY,
    predictions::OVERLAY,
    fan::OVERLAY,
    kink_lines::OVERLAY,
    batch_land::OVERLAY,
    cloud::OVERLAY,
    gauss_newton_local_model::OVERLAY,
    fisher_local_model::OVERLAY,
    pattern::OVERLAY,
    fog::OVERLAY,
];

/// The overlay with this name.
pub fn find(name: &str) -> Option<&'static Overlay> {
    ALL.iter().find(|overlay| overlay.id.name() == name)
}

/// Every overlay, the lowest first: the order in which a picture is painted.
pub fn from_below() -> impl Iterator<Item = &'static Overlay> {
    static SORTED: LazyLock<Vec<&Overlay>> = LazyLock::new(|| {
        let mut sorted: Vec<&Overlay> = ALL.iter().collect();
        sorted.sort_by_key(|overlay| overlay.depth);
        sorted
    });
    SORTED.iter().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_overlay_has_its_own_id_and_says_what_it_shows() {
        let unique = |count: usize| assert_eq!(count, ALL.len(), "each has its own");
        unique(ALL.iter().map(|overlay| overlay.id).collect::<HashSet<_>>().len());
        unique(ALL.iter().map(|overlay| overlay.depth).collect::<HashSet<_>>().len());
        let keys: Vec<OverlayKey> = ALL.iter().filter_map(|overlay| overlay.key).collect();
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len(), "no key has two meanings");
        for overlay in ALL {
            assert!(overlay.help.ends_with('.') && !overlay.label.is_empty(), "{}: help and label", overlay.id);
            let drawn = [(overlay.draw, Pane::Map), (overlay.drape, Pane::Surface)];
            for (_, view) in drawn.into_iter().filter(|(draw, _)| draw.is_some()) {
                assert!(overlay.views.contains(&view), "{}: drawn on the {view:?}", overlay.id);
            }
            assert_eq!(find(overlay.id.name()).map(|found| found.id), Some(overlay.id), "found by its name");
        }
    }
}
