//! The nine entries of the *Show* list: overlays that belong together, shown and hidden together by their number.

use super::{ALL, Overlay, OverlayId};

/// An entry of the *Show* list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverlayGroup {
    /// The loss itself.
    Loss,
    /// The paths of the runs.
    Runs,
    /// The next step.
    Step,
    /// The tangent plane and the quadratic models, and the bridge between the steps to which they lead.
    LocalModel,
    /// Where a local model is right within the tolerance.
    Validity,
    /// Where the gradient vanishes.
    Critical,
    /// The eigenvectors of the Hessian.
    Curvature,
    /// Kink lines, and what the samples of a network contribute.
    Samples,
    /// Everything hidden but what the method has asked.
    Fog,
}

impl OverlayGroup {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::Loss,
        Self::Runs,
        Self::Step,
        Self::LocalModel,
        Self::Validity,
        Self::Critical,
        Self::Curvature,
        Self::Samples,
        Self::Fog,
    ];

    /// Its number, which is its key.
    pub fn digit(self) -> usize {
        1 + self as usize
    }

    /// What the list calls it, and what it shows, in one sentence.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Loss => ("Loss", "The loss surface as a heat map with contour lines."),
            Self::Runs => ("Runs", "The iterates of every run: solid up to the playhead, pale and dashed after it."),
            Self::Step => (
                "Step",
                "The next step: its arrow with the terms of its rule, the model error, trial points and optimizer state.",
            ),
            Self::LocalModel => (
                "Local model",
                "What the method assumes of the loss: its key shows the method's model, the other of plane and quadratic model, both, and none in turn, and hides the bridge and the models of Gauss–Newton and Fisher.",
            ),
            Self::Validity => (
                "Region of validity",
                "Where the local model is right within the tolerance: as a region, or along the step alone.",
            ),
            Self::Critical => ("Critical points", "Minima ▽, saddles × and maxima △ of the loss."),
            Self::Curvature => {
                ("Curvature directions", "The directions of least and greatest curvature, with their eigenvalues.")
            }
            Self::Samples => (
                "Kinks and samples",
                "Lines on which the gradient jumps, and what the samples of a network contribute: activation pattern, per-sample gradients, mini-batch loss.",
            ),
            Self::Fog => ("Fog", "Hides all that the method has not evaluated."),
        }
    }

    /// What the list calls it.
    pub fn label(self) -> &'static str {
        self.words().0
    }

    /// What it shows, in one sentence.
    pub fn help(self) -> &'static str {
        self.words().1
    }

    /// Its overlays, in the order of the list.
    pub fn members(self) -> impl Iterator<Item = &'static Overlay> {
        ALL.iter().filter(move |overlay| overlay.group == Some(self))
    }

    /// Which of its overlays are on after its key, given those that can show something here and those that are on.
    ///
    /// The method's model and the other one are a choice, which the key walks through; what else belongs to their entry it hides. In every
    /// other entry all that is on is hidden; if nothing is, what is on at first is shown, or else the first member.
    pub fn after_key(self, suited: &[&'static Overlay], on: impl Fn(OverlayId) -> bool) -> Vec<OverlayId> {
        let ids = || suited.iter().map(|overlay| overlay.id);
        if let (Self::LocalModel, [first, second, ..]) = (self, suited) {
            let (first, second) = (first.id, second.id);
            return match (on(first), on(second)) {
                (false, false) => vec![first],
                (true, false) => vec![second],
                (false, true) => vec![first, second],
                (true, true) => Vec::new(),
            };
        }
        if ids().any(on) {
            return Vec::new();
        }
        let usual: Vec<OverlayId> =
            suited.iter().filter(|overlay| overlay.on_at_first).map(|overlay| overlay.id).collect();
        if usual.is_empty() { ids().take(1).collect() } else { usual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_changes_what_is_shown_and_comes_back() {
        for group in OverlayGroup::ALL {
            let members: Vec<&Overlay> = group.members().collect();
            assert!(!members.is_empty() && group.help().ends_with('.'), "{group:?}");
            let mut on: Vec<OverlayId> = members.iter().filter(|one| one.on_at_first).map(|one| one.id).collect();
            let first = on.clone();
            let mut seen = vec![on.clone()];
            loop {
                let next = group.after_key(&members, |id| on.contains(&id));
                assert_ne!(next, on, "{group:?}: the key does something");
                on = next;
                if on == first || seen.contains(&on) {
                    break;
                }
                seen.push(on.clone());
            }
            assert_eq!(on, first, "{group:?}: what was on at first comes back");
        }
    }
}
