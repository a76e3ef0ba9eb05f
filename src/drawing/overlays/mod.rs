//! The overlays: one file per overlay, beside a few that they share. A new one adds its `mod`, its `OVERLAY` and, if others ask for
//! it, the `pub use` of its id here, and appears in its entry of the *Show* list.

mod assumed_model;
mod ball;
mod batch_loss;
mod bridge;
mod carried;
mod circle;
mod cloud;
mod contours;
mod critical_points;
mod dead;
mod edge;
mod eigenvectors;
mod every_method;
mod fan;
mod fisher;
mod fog;
mod gap;
mod gauss_newton;
mod group;
mod heat;
mod id;
mod initial_velocity;
mod inside;
mod kink_lines;
mod model_ids;
mod model_levels;
mod model_patches;
mod other_model;
mod paths;
mod pattern;
mod predictions;
mod reach;
mod region;
mod step_arrows;
mod trials;
mod waiting;

pub use ball::BALL;
pub use batch_loss::BATCH;
pub use batch_loss::batch_loss_words;
pub use bridge::{BRIDGE, bridge_handle};
pub use carried::CARRIED;
pub use circle::CIRCLE;
pub use cloud::CLOUD;
pub use cloud::cloud_words;
pub use contours::CONTOURS;
pub use critical_points::{CRITICAL, CriticalDetail, critical_detail};
pub use eigenvectors::EIGENVECTORS;
pub use every_method::EVERY_METHOD;
pub use fan::FAN;
pub use fog::FOG;
pub use fog::{evaluations_words, veil};
pub use gap::{GAP, gap_at_landing};
pub use group::OverlayGroup;
pub use heat::HEAT;
pub use id::OverlayId;
pub use initial_velocity::{INITIAL_VELOCITY, coast_to, launch_handle, shown_coast};
pub use inside::draw_inside;
pub use kink_lines::KINKS;
pub use model_ids::{ASSUMED_MODEL, FISHER, GAUSS_NEWTON, OTHER};
pub use model_levels::footprint;
pub use model_patches::{ModelName, model_names};
pub use paths::PATHS;
pub use pattern::PATTERN;
pub use pattern::draw_at_pointer;
pub use predictions::PREDICTIONS;
pub use predictions::{ink as outcome_ink, step_reports};
pub use reach::REACH;
pub use region::REGION;
pub use step_arrows::STEP;
pub use trials::TRIALS;
pub use trials::{share_words, shares};

use std::sync::LazyLock;

use super::OverlayContext;
use super::pane::Pane;
use super::primitive::Primitive;
use super::solid::Raise;
use crate::landscapes::Landscape;

/// Whether the method knows what an overlay draws, so that it is seen in fog.
pub fn is_known(id: OverlayId) -> bool {
    ALL.iter().any(|overlay| overlay.id == id && overlay.is_known)
}

/// Pushes the primitives of an overlay.
pub type Draw = for<'a> fn(&OverlayContext<'a>, &mut Vec<Primitive<'a>>);

/// What an overlay needs of a landscape to show something of it.
#[derive(Clone, Copy)]
pub struct OverlayNeeds {
    /// Whether a landscape has it.
    pub suits: fn(&Landscape) -> bool,
    /// What it is: "a network".
    pub what: &'static str,
    /// Whether only a loss over samples can have it.
    pub of_samples: bool,
}

/// Nothing but a loss.
const ANY: OverlayNeeds = OverlayNeeds { suits: |_| true, what: "a loss", of_samples: false };
/// A loss that is seen from above.
const TWO_WEIGHTS: OverlayNeeds =
    OverlayNeeds { suits: |landscape| !landscape.dimension().is_one(), what: "two weights", of_samples: false };
/// A loss that is a sum over samples.
const NETWORKS: OverlayNeeds =
    OverlayNeeds { suits: |landscape| landscape.data().is_some(), what: "a network", of_samples: true };

/// Something that is drawn over the loss surface, and can be switched off.
pub struct Overlay {
    /// Its name in files and commands.
    pub id: OverlayId,
    /// What the *Show* list calls it.
    pub label: &'static str,
    /// What it shows, in one sentence, for its tooltip.
    pub help: &'static str,
    /// What it needs of a landscape.
    pub needs: OverlayNeeds,
    /// Whether it is on when the program starts, or when its tab is opened.
    pub on_at_first: bool,
    /// The entry of the *Show* list that it belongs to; `None` for what only comes with a tab.
    pub group: Option<OverlayGroup>,
    /// The tabs that it belongs to, its own first: they bring what is on at first, and it goes when none of them is open any more.
    pub tabs: &'static [Pane],
    /// Its position in the drawing order: larger lies on top. Unique.
    pub z_order: u16,
    /// The views that draw it.
    pub views: &'static [Pane],
    /// Its primitives on the map; `None` for what is painted otherwise (the heat map, the gap of the surface and the slice).
    pub draw: Option<Draw>,
    /// Pushes its lines and marks that are draped over the loss surface, as seen from above.
    pub drape: Option<Draw>,
    /// Pushes its parts on the surface that have heights of their own.
    pub raise: Option<Raise>,
    /// Whether the method knows what it draws, so that it is seen in fog.
    pub is_known: bool,
}

impl Overlay {
    /// Whether it can show something of a landscape.
    pub fn suits(&self, landscape: &Landscape) -> bool {
        (self.needs.suits)(landscape)
    }

    /// The views that draw it, in words: "the map and the surface".
    pub fn drawn_in(&self) -> String {
        let names: Vec<String> =
            self.views.iter().map(|view| format!("the {}", view.short_title().to_lowercase())).collect();
        names.join(" and ")
    }
}

/// Every overlay. Those of one entry of the *Show* list stand in it in this order; the order of the entries is that of their numbers.
pub static ALL: &[Overlay] = &[
    heat::OVERLAY,
    contours::OVERLAY,
    assumed_model::OVERLAY,
    other_model::OVERLAY,
    paths::OVERLAY,
    step_arrows::OVERLAY,
    gap::OVERLAY,
    critical_points::OVERLAY,
    reach::OVERLAY,
    eigenvectors::OVERLAY,
    initial_velocity::OVERLAY,
    carried::OVERLAY,
    trials::OVERLAY,
    circle::OVERLAY,
    region::OVERLAY,
    ball::OVERLAY,
    predictions::OVERLAY,
    fan::OVERLAY,
    bridge::OVERLAY,
    every_method::OVERLAY,
    kink_lines::OVERLAY,
    batch_loss::OVERLAY,
    cloud::OVERLAY,
    gauss_newton::OVERLAY,
    fisher::OVERLAY,
    pattern::OVERLAY,
    fog::OVERLAY,
];

/// The overlay with this name.
pub fn find(name: &str) -> Option<&'static Overlay> {
    ALL.iter().find(|overlay| overlay.id.name() == name)
}

/// Whether an overlay shows the next step or the local model that it follows.
pub fn is_of_step(id: OverlayId) -> bool {
    let of_step = [OverlayGroup::Step, OverlayGroup::LocalModel, OverlayGroup::Validity];
    ALL.iter().any(|overlay| overlay.id == id && overlay.group.is_some_and(|group| of_step.contains(&group)))
}

/// The overlays that come with a tab.
pub fn brought_by(tab: Pane) -> impl Iterator<Item = &'static Overlay> {
    of_tab(tab).filter(|overlay| overlay.on_at_first)
}

/// The overlays that go with a tab.
pub fn of_tab(tab: Pane) -> impl Iterator<Item = &'static Overlay> {
    ALL.iter().filter(move |overlay| overlay.tabs.contains(&tab))
}

/// Whether an overlay goes with a tab.
pub fn is_of_tab(id: OverlayId, tab: Pane) -> bool {
    of_tab(tab).any(|overlay| overlay.id == id)
}

/// Every overlay, the lowest first: the order in which a picture is painted.
pub fn from_below() -> impl Iterator<Item = &'static Overlay> {
    static SORTED: LazyLock<Vec<&Overlay>> = LazyLock::new(|| {
        let mut sorted: Vec<&Overlay> = ALL.iter().collect();
        sorted.sort_by_key(|overlay| overlay.z_order);
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
        unique(ALL.iter().map(|overlay| overlay.z_order).collect::<HashSet<_>>().len());
        for overlay in ALL {
            assert!(overlay.group.is_some() || !overlay.tabs.is_empty(), "{}: shown by something", overlay.id);
            assert!(overlay.help.ends_with('.') && !overlay.label.is_empty(), "{}: help and label", overlay.id);
            let is_raised = overlay.drape.is_some() || overlay.raise.is_some();
            let drawn = [(overlay.draw.is_some(), Pane::Map), (is_raised, Pane::Surface)];
            for (_, view) in drawn.into_iter().filter(|(is_drawn, _)| *is_drawn) {
                assert!(overlay.views.contains(&view), "{}: drawn on the {view:?}", overlay.id);
            }
            assert_eq!(find(overlay.id.name()).map(|found| found.id), Some(overlay.id), "found by its name");
        }
    }
}
