//! The menu of the methods: by families in two columns, with a field to search it; what cannot walk on the loss surface is grey and says why.

use egui::{Align, Button, Label, Layout, Popup, PopupCloseBehavior, Response, ScrollArea, TextStyle, Ui, vec2};

use super::framed::SearchField;
use crate::landscapes::Landscape;
use crate::optimizers::{ENTRIES, Family, Method};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The width of a column, in sizes of the body's type.
const COLUMN: f32 = 18.0;

const SEARCH: SearchField =
    SearchField { name: "search methods", hint: "search", help: "Part of a name; Enter takes the first." };

/// Hangs the menu on its button; the id of the method that was chosen.
pub fn method_popup(button: &Response, current: Option<&Method>, landscape: &Landscape) -> Option<&'static str> {
    let popup = Popup::menu(button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| method_menu(ui, button, current, landscape)).and_then(|shown| shown.inner)
}

/// What a method is, in the words of its tooltip.
pub fn description(entry: &Method) -> String {
    format!("{}\n\n{}\n\n{}", entry.idea, entry.rule, entry.reference)
}

fn method_menu(
    ui: &mut Ui,
    button: &Response,
    current: Option<&Method>,
    landscape: &Landscape,
) -> Option<&'static str> {
    let em = TextStyle::Body.resolve(ui.style()).size;
    let room = (ui.ctx().content_rect().size() - 4.0 * ui.spacing().menu_margin.sum()).max(vec2(0.0, 0.0));
    let columns = if room.x >= 2.0 * COLUMN * em { 2 } else { 1 };
    ui.set_width((columns as f32 * COLUMN * em).min(room.x));
    let (sought, entered) = SEARCH.show(button, ui);
    let menu = Menu { sought: sought.trim().to_lowercase(), current, landscape };
    let chosen = menu.columns_ui(columns, 0.75 * room.y, ui).or_else(|| menu.first().filter(|_| entered));
    if chosen.is_some() {
        ui.close();
    }
    chosen
}

/// What the menu shows.
struct Menu<'a> {
    /// Small letters, no spaces around.
    sought: String,
    current: Option<&'a Method>,
    landscape: &'a Landscape,
}

impl Menu<'_> {
    fn finds(&self, entry: &Method) -> bool {
        [entry.name, entry.id, entry.family.title()].iter().any(|text| text.to_lowercase().contains(&self.sought))
    }

    fn of(&self, family: Family) -> impl Iterator<Item = &'static Method> {
        ENTRIES.iter().copied().filter(move |entry| entry.family == family && self.finds(entry))
    }

    /// The first method found that can walk on the loss surface, once something is sought.
    fn first(&self) -> Option<&'static str> {
        let can_walk = |entry: &&Method| self.finds(entry) && entry.unsupported_reason(self.landscape).is_none();
        ENTRIES.iter().copied().find(can_walk).filter(|_| !self.sought.is_empty()).map(|entry| entry.id)
    }

    /// All families in columns, which scroll together; the method that was clicked.
    fn columns_ui(&self, columns: usize, height: f32, ui: &mut Ui) -> Option<&'static str> {
        let mut chosen = None;
        if !ENTRIES.iter().any(|entry| self.finds(entry)) {
            ui.label(theme::muted("no method has that in its name").small());
        }
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().button_padding.y *= 0.25;
            ui.spacing_mut().interact_size.y *= 0.8;
            ui.columns(columns, |uis| {
                for (families, ui) in std::iter::zip(self.halves(columns), uis) {
                    for family in families {
                        chosen = self.family_ui(ui, family).or(chosen);
                    }
                }
            });
        });
        chosen
    }

    /// The families that have something to show, in columns of about the same height.
    fn halves(&self, columns: usize) -> Vec<Vec<Family>> {
        let height = |family: &Family| match self.of(*family).count() {
            0 => 0,
            count => count + 1,
        };
        let whole: usize = Family::ALL.iter().map(height).sum();
        let mut halves = vec![Vec::new(); columns];
        let mut above = 0;
        for family in Family::ALL {
            let height = height(&family);
            // A family stands where its middle does; the first, whatever its height, in the first column.
            let column = (2 * above + height).saturating_sub(1) * columns / (2 * whole).max(1);
            if height > 0 {
                halves[column.min(columns - 1)].push(family);
            }
            above += height;
        }
        halves
    }

    fn family_ui(&self, ui: &mut Ui, family: Family) -> Option<&'static str> {
        ui.add_space(4.0);
        ui.label(theme::title(family.title()));
        self.of(family).filter(|entry| self.entry_ui(ui, entry)).last().map(|entry| entry.id)
    }

    /// Whether the entry was chosen.
    fn entry_ui(&self, ui: &mut Ui, entry: &'static Method) -> bool {
        let unsupported_reason = entry.unsupported_reason(self.landscape);
        let button = Button::selectable(self.current == Some(entry), entry.name).truncate();
        let response = ui.add_enabled(unsupported_reason.is_none(), button);
        let Some(why) = unsupported_reason else { return response.hint(description(entry)).clicked() };
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(why));
        response.hint(format!("Not applicable: it {why}.\n\n{}", description(entry)));
        ui.indent(entry.id, |ui| {
            // Menus spread their lines over the whole width, which is for buttons.
            ui.with_layout(Layout::top_down(Align::Min), |ui| ui.add(Label::new(theme::muted(why).small()).wrap()));
        });
        false
    }
}
