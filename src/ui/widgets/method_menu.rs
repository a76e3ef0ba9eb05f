//! The menu of the methods: by families in two columns, with a field to search it; what cannot walk on the loss surface is grey and says why.

use egui::{
    Align, Button, Id, Key, Label, Layout, Margin, Popup, PopupCloseBehavior, Response, ScrollArea, TextEdit,
    TextStyle, Ui, vec2,
};

use super::framed::framed;
use crate::landscapes::Landscape;
use crate::optimizers::{ENTRIES, Family, Method};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The width of a column, in sizes of the body's type.
const COLUMN: f32 = 18.0;

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
    let (sought, entered) = search_ui(ui, button);
    let menu = Menu { sought: sought.trim().to_lowercase(), current, landscape };
    let first = ENTRIES.iter().find(|entry| menu.finds(entry) && entry.unsupported_reason(landscape).is_none());
    let mut chosen = first.filter(|_| entered && !menu.sought.is_empty()).map(|entry| entry.id);
    if !ENTRIES.iter().any(|entry| menu.finds(entry)) {
        ui.label(theme::muted("no method has that in its name").small());
    }
    let height = 0.75 * room.y;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().button_padding.y *= 0.25;
        ui.spacing_mut().interact_size.y *= 0.8;
        ui.columns(columns, |uis| {
            for (families, ui) in std::iter::zip(menu.halves(columns), uis) {
                for family in families {
                    chosen = menu.family_ui(ui, family).or(chosen);
                }
            }
        });
    });
    if chosen.is_some() {
        ui.close();
    }
    chosen
}

/// The field; what it has, and whether it was left with Enter.
fn search_ui(ui: &mut Ui, button: &Response) -> (String, bool) {
    let id = Id::unique("method search");
    let mut sought =
        if button.clicked() { String::new() } else { ui.data(|data| data.get_temp(id)).unwrap_or_default() };
    let field = TextEdit::singleline(&mut sought).id(id).hint_text("search").margin(Margin::symmetric(8, 4));
    let search = framed(ui, field).hint("Part of a name; Enter takes the first.");
    ui.ctx().accesskit_node_builder(id, |node| node.set_label("search methods"));
    if button.clicked() {
        search.request_focus();
    }
    let entered = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.data_mut(|data| data.insert_temp(id, sought.clone()));
    (sought, entered)
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
