//! A drag moves the iterate at the playhead, and with it the limit: when the rate is released the track is that of the new point.

use egui::{Id, Ui};

use crate::state::CardId;
use crate::ui::widgets::rate_assessment::RateAssessment;

/// A limit that differs by less than this share is the same to the eye.
const SAME: f64 = 0.01;

/// The limit during the drag; once it is over also the run, its rate and its step.
#[derive(Clone, Copy)]
struct Released {
    limit: f64,
    at: Option<(CardId, f64, usize)>,
}

/// That the limit is now that of another point, from the release of the rate until rate or step change.
pub(super) fn words(
    ui: &Ui,
    assessment: &RateAssessment,
    (card, rate, step): (CardId, f64, usize),
    is_held: bool,
) -> Option<String> {
    let id = Id::unique("limit of the released rate");
    let limit = assessment.limit().map(|(limit, _)| limit);
    if is_held {
        let kept = limit.map(|limit| Released { limit, at: None });
        ui.data_mut(|data| kept.map(|kept| data.insert_temp(id, kept)));
        return None;
    }
    let before = ui.data(|data| data.get_temp::<Released>(id))?;
    let here = (card, rate, step);
    if before.at.is_some_and(|at| at != here) {
        ui.data_mut(|data| data.remove::<Released>(id));
        return None;
    }
    ui.data_mut(|data| data.insert_temp(id, Released { at: Some(here), ..before }));
    let has_moved = limit.is_some_and(|limit| (limit / before.limit - 1.0).abs() > SAME);
    has_moved.then(|| format!("now the limit of the new point of step {step}"))
}
