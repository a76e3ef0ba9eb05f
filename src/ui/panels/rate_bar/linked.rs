//! Linked runs whose rate is beyond a limit of their own: the track shows the limit of the selected run alone.

use super::continuation;
use crate::analysis::Zone;
use crate::drawing::ink::Ink;
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
    /// Vermilion, unless all of them come down all the same.
    pub(super) ink: Ink,
}

/// The runs linked to this one whose rate is beyond their own limit; `None` where there are none, or where that is hidden.
pub(super) fn beyond(state: &State, card: CardId) -> Option<Beyond> {
    if !state.view.scene.slider.links_rates {
        return None;
    }
    let linked = state.document.linked_rates(card).linked.into_iter();
    let (lines, come_down): (Vec<String>, Vec<bool>) = linked.filter_map(|id| words(state, id)).unzip();
    let brief = match &lines[..] {
        [] => return None,
        [line] => line.clone(),
        lines => format!("{} linked runs: beyond their own limits", lines.len()),
    };
    let ink = if come_down.iter().all(|down| *down) { Ink::Muted } else { Ink::Gap };
    Some(Beyond { brief, whole: lines.join("\n"), ink })
}

/// The words on a run if its rate is beyond its limit where it is, and whether it comes down all the same.
fn words(state: &State, id: CardId) -> Option<(String, bool)> {
    let place = state.document.place(id)?;
    let shown = ShownCard::of(state, place, state.document.cards.get(place)?);
    let rate = shown.rate_now().or(shown.method.rate())?;
    let assessment = shown.assessment();
    let (limit, law) = assessment.limit().filter(|_| assessment.zone(rate) == Zone::Diverging)?;
    let name = if law.words.chars().count() > LONG { "the limit" } else { law.words };
    let [_, limit] = apart_by(number, rate, limit);
    let place = assessment.place().map_or_else(String::new, |place| format!(" {}", place.words()));
    let words = format!("{}: beyond its {name} = {limit}{place}", shown.method.entry.brief).replace("its the", "its");
    Some((words, continuation::of(&shown).is_some()))
}
