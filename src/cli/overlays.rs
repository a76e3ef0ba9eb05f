//! `taylorscope list overlays`: what can be drawn over the loss, by the ids that scenes, lessons and `render --show` take.

use std::io::{self, Write};

use serde::Serialize;

use super::output::Tabular;
use super::table;
use crate::drawing::overlays::{ALL, Overlay, OverlayGroup};
use crate::export::csv::{Cell, Table};
use crate::export::json;

/// The overlays of the program.
pub(super) struct Overlays {
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: &'static str,
    name: &'static str,
    /// What it shows.
    idea: &'static str,
    /// The number of its entry in the *Show* list, which is its key.
    entry: Option<usize>,
    /// The tab that it comes and goes with.
    tab: Option<&'static str>,
    /// The views that draw it.
    views: Vec<&'static str>,
    /// What it needs of a landscape.
    needs: &'static str,
    /// Whether it is on when the program starts, or when its tab is opened.
    on_at_first: bool,
}

impl Overlays {
    pub(super) fn all() -> Self {
        Self { items: ALL.iter().map(Item::of).collect() }
    }
}

impl Item {
    fn of(overlay: &Overlay) -> Self {
        Self {
            id: overlay.id.name(),
            name: overlay.label,
            idea: overlay.help,
            entry: overlay.group.map(OverlayGroup::digit),
            tab: overlay.tabs.first().map(|tab| tab.id()),
            views: overlay.views.iter().map(|view| view.id()).collect(),
            needs: overlay.needs.what,
            on_at_first: overlay.on_at_first,
        }
    }
}

/// The ids of those that are on when the program starts.
fn on_at_first(items: &[Item]) -> String {
    let on = items.iter().filter(|item| item.on_at_first && item.tab.is_none());
    on.map(|item| item.id).collect::<Vec<_>>().join(", ")
}

impl Tabular for Overlays {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, &self.items)
    }

    fn table(&self) -> Table {
        let row = |item: &Item| {
            let words = [item.id, item.name, item.idea].map(Cell::from);
            let entry = Cell::Number(item.entry.map_or(f64::NAN, |entry| entry as f64));
            let views = Cell::Text(item.views.join(","));
            words.into_iter().chain([entry, item.tab.unwrap_or_default().into(), views, item.needs.into()]).collect()
        };
        let columns = vec!["id", "name", "idea", "entry", "tab", "views", "needs"];
        Table { columns, rows: self.items.iter().map(row).collect() }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |item: &Item| {
            let key = Cell::Text(item.entry.map_or_else(String::new, |entry| entry.to_string()));
            vec![item.id.into(), item.name.into(), key, item.tab.unwrap_or_default().into(), item.idea.into()]
        };
        let columns = vec!["id", "name", "key", "tab", "what it shows"];
        table::write(out, &Table { columns, rows: self.items.iter().map(row).collect() })?;
        writeln!(out, "\nWrite `render --show ID,ID`, or show = [\"ID\", \"ID\"] under [view] in a scene.")?;
        writeln!(
            out,
            "On at first: {}; with overlays = [\"ID\"] under [view] only those that it names.",
            on_at_first(&self.items)
        )
    }
}
