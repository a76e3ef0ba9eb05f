//! `TikZ`: the charts of a picture that stands still, as curves with their numbers.

use anyhow::bail;

use super::{Made, Make, Still};
use crate::export::tikz::tikz;

/// Writes the charts as a document of LaTeX.
pub(super) fn make(still: Still) -> Make {
    Box::new(move || {
        let charts = still.charts()?;
        if charts.is_empty() {
            bail!("there is no chart to draw here: {}", still.title());
        }
        let has_title = still.state.view.chrome.exported.is_some_and(|frame| frame.title);
        Ok(Made::Whole(tikz(&charts, &still.title(), has_title).into_bytes()))
    })
}
