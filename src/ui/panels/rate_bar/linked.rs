//! Linked runs whose rate is beyond a limit of their own: the track shows the limit of the selected run alone.

use crate::analysis::Zone;
use crate::numbers::numerals::{apart_by, number};
use crate::state::{CardId, State};
use crate::ui::panels::run_card::ShownCard;
use crate::ui::widgets::rate_assessment::LONG;

/// What is said of them.
pub(super) struct Beyond {
    /// In a line.
    pub(super) brief: String,
    /// Of each of them, in a line.
    pub(super) whole: String,
}

/// The runs linked to this one whose rate is beyond their own limit; `None` where there are none, or where that is hidden.
pub(super) fn beyond(state: &State, card: CardId) -> Option<Beyond> {
    if !state.view.scene.slider.links_rates {
        return None;
    }
    let lines: Vec<String> =
        state.document.linked_rates(card).linked.into_iter().filter_map(|id| words(state, id)).collect();
    let brief = match &lines[..] {
        [] => return None,
        [line] => line.clone(),
        lines => format!("{} linked runs: beyond their own limits", lines.len()),
    };
    Some(Beyond { brief, whole: lines.join("\n") })
}

/// The words on a run if its rate is beyond its limit where it is.
fn words(state: &State, id: CardId) -> Option<String> {
    let place = state.document.place(id)?;
    let shown = ShownCard::of(state, place, state.document.cards.get(place)?);
    let rate = shown.rate_now().or(shown.method.rate())?;
    let assessment = shown.assessment();
    let (limit, law) = assessment.limit().filter(|_| assessment.zone(rate) == Zone::Diverging)?;
    let name = if law.words.chars().count() > LONG { "the limit" } else { law.words };
    let [_, limit] = apart_by(number, rate, limit);
    let place = assessment.place().map_or_else(String::new, |place| format!(" {}", place.words()));
    Some(format!("{}: beyond its {name} = {limit}{place}", shown.method.entry.brief).replace("its the", "its"))
}
