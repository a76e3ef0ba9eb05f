//! The table of critical points, over the views: kind, place, loss and eigenvalues; a click goes there.

use egui::{Align2, FontId, Rect, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use super::over_views::window;
use crate::analysis::{Completeness, CriticalPoint, Kind, Search, listed_sets};
use crate::numbers::numerals::{coordinate, number};
use crate::state::{Command, DocumentCommand, State, ViewCommand, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The width of the column of kinds, in points at normal type.
const KIND: f32 = 148.0;
/// The width of each of the five columns of numbers, in points at normal type.
const NUMBER: f32 = 72.0;
/// The width of the column of buttons, in points at normal type.
const BUTTON: f32 = 84.0;
/// Room for rows, in points.
const HEIGHT: f32 = 320.0;

/// The table, if it is open.
pub fn critical_table_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if !state.view.chrome.critical_open {
        return;
    }
    let mut open = true;
    let room = ui.ctx().content_rect();
    let scale = state.view.chrome.type_scale.factor();
    let width = (scale * (KIND + 5.0 * NUMBER + BUTTON) + 16.0).min(room.width() - 48.0).max(0.0);
    let corner = pos2(room.right() - width - 40.0, room.top() + 72.0);
    window("Critical points", &mut open).default_pos(corner).show(ui.ctx(), |ui| {
        ui.set_width(width);
        summary_ui(state, ui);
        rows_ui(state, scale, (room.height() - 240.0).clamp(48.0, HEIGHT * scale), ui, commands);
    });
    if !open {
        commands.push(Command::Window(WindowCommand::ToggleCriticalTable));
    }
}

/// How many of each kind, whether these are all, and the lines and areas of them.
fn summary_ui(state: &State, ui: &mut Ui) {
    let points = state.derived.critical_points();
    let completeness = state.derived.search().and_then(Search::completeness);
    if !points.is_empty() {
        ui.label(theme::strong(counts(points)));
    } else if completeness.is_some() {
        ui.label(theme::strong("No isolated critical point in the domain"));
    }
    let said = completeness.map_or_else(|| "searching…".to_owned(), |known| sentence(known, points.is_empty()));
    let label = ui.label(theme::muted(said).small());
    if let Some(known @ (Completeness::Whole { .. } | Completeness::BesidePoles { .. } | Completeness::Alternating)) =
        completeness
    {
        label.hint(known.text());
    }
    for sentence in listed_sets(state.derived.critical_sets(), &state.document.landscape, "") {
        ui.label(theme::muted(sentence).small());
    }
    ui.add_space(ui.spacing().item_spacing.y);
}

/// How many of each kind that there is.
fn counts(points: &[CriticalPoint]) -> String {
    let count = |kind| points.iter().filter(|point| point.kind == kind).count();
    let counts = Kind::ALL.map(|kind| (kind, count(kind))).into_iter().filter(|(_, count)| *count > 0);
    counts.map(|(kind, count)| kind.counted(count)).collect::<Vec<_>>().join(" · ")
}

/// Begins with a capital and ends with a full stop.
fn sentence(known: Completeness, is_empty: bool) -> String {
    let text = match known {
        Completeness::Whole { .. } if is_empty => {
            "The winding number of the gradient along the edge of the domain is 0: none is missing alone".to_owned()
        }
        // Why that is known is a long story, for the tooltip.
        Completeness::Alternating => "Checked by counting: none is missing alone".to_owned(),
        Completeness::Whole { .. } | Completeness::BesidePoles { .. } => {
            "Checked by the winding number of the gradient: none is missing alone".to_owned()
        }
        _ => known.text(),
    };
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

fn rows_ui(state: &State, scale: f32, height: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let points = state.derived.critical_points();
    if points.is_empty() {
        return;
    }
    let columns = Columns { scale, font: TextStyle::Small.resolve(ui.style()) };
    let row_height = ui.spacing().interact_size.y;
    ScrollArea::horizontal().auto_shrink([false, true]).show(ui, |ui| {
        header_ui(state, &columns, row_height, ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("critical rows")
            .max_height((height - row_height).max(row_height))
            .auto_shrink([false, true])
            .show_rows(ui, row_height, points.len(), |ui, shown| {
                for point in &points[shown] {
                    row_ui(state, point, &columns, row_height, ui, commands);
                }
            });
    });
}

/// Where the columns stand, and in what type.
struct Columns {
    scale: f32,
    font: FontId,
}

impl Columns {
    /// The width of kind and numbers together.
    fn width(&self) -> f32 {
        self.scale * (KIND + 5.0 * NUMBER)
    }

    /// Writes a row of cells: the first to the left, numbers to the right.
    fn paint(&self, ui: &Ui, rect: Rect, cells: &[&str], color: egui::Color32) {
        let middle = rect.center().y;
        for (place, cell) in cells.iter().copied().enumerate() {
            let right = rect.left() + self.scale * (KIND + NUMBER * place as f32);
            let (at, align) = match place {
                0 => (pos2(rect.left() + 4.0, middle), Align2::LEFT_CENTER),
                _ => (pos2(right - 4.0, middle), Align2::RIGHT_CENTER),
            };
            ui.painter().text(at, align, cell, self.font.clone(), color);
        }
    }
}

fn header_ui(state: &State, columns: &Columns, height: f32, ui: &mut Ui) {
    let (rect, response) = ui.allocate_exact_size(vec2(columns.width(), height), Sense::hover());
    let [x, y] = state.document.landscape.weights();
    let is_one = state.document.landscape.dimension().is_one();
    let titles: &[&str] = if is_one { &["kind", x, "f", "f″"] } else { &["kind", x, y, "f", "λ₁", "λ₂"] };
    columns.paint(ui, rect, titles, ui.visuals().weak_text_color());
    ui.painter().hline(rect.x_range(), rect.bottom(), ui.visuals().widgets.noninteractive.bg_stroke);
    response.hint(if is_one {
        "f″, the curvature: positive at a minimum, negative at a maximum. On a kink there is none."
    } else {
        "λ₁ and λ₂ are the eigenvalues of the Hessian: both positive at a minimum, both negative at a maximum, one of each at a saddle. On a kink there is no Hessian."
    });
}

fn row_ui(
    state: &State,
    point: &CriticalPoint,
    columns: &Columns,
    height: f32,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let [x, y] = [point.at.x, point.at.y].map(coordinate);
    let is_one = state.document.landscape.dimension().is_one();
    let place = if is_one { x.clone() } else { format!("({x}, {y})") };
    ui.horizontal(|ui| {
        let (rect, row) = ui.allocate_exact_size(vec2(columns.width(), height), Sense::click());
        let is_chosen = state.view.scene.highlighted == Some(point.at);
        if is_chosen || row.hovered() || row.has_focus() {
            let visuals = ui.visuals();
            let fill = if is_chosen { visuals.selection.bg_fill } else { visuals.faint_bg_color };
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        let [low, high] =
            [0, 1].map(|index| point.eigenvalues.map_or("–".to_owned(), |values| number(values[index])));
        let kind = format!("{} {}", point.kind.sign(), point.name());
        let value = number(point.value);
        let cells: &[&str] = if is_one { &[&kind, &x, &value, &high] } else { &[&kind, &x, &y, &value, &low, &high] };
        columns.paint(ui, rect, cells, ui.visuals().text_color());
        let label = format!("{} at {place}, loss {}", point.name(), number(point.value));
        row.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &label));
        if row.hint("Goes there on the map").clicked() {
            commands.push(Command::View(ViewCommand::ShowPoint(point.at)));
        }
        let help =
            "Starts the runs exactly here: where the gradient is zero nothing moves, as exactly as the point is known.";
        let start = ui.small_button("Start here").hint(help);
        start.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Start at {place}")));
        if start.clicked() {
            commands.push(Command::Document(DocumentCommand::MoveStart(point.at)));
        }
    });
}
