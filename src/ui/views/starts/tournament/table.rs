//! Who wins where: a row for each loss, a column for each method, the winner of a row in its color; a click on a cell goes to a run of it.

use egui::{Button, Grid, RichText, ScrollArea, Sense, TextStyle, Ui, vec2};

use super::Look;
use crate::drawing::ink::{Ink, Theme, run_style};
use crate::numbers::numerals::rough;
use crate::state::{Command, DocumentCommand, ShownTournament, TournamentCell};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Rows of headings: the methods, and on how many losses each is the best.
pub(super) const HEADINGS: f32 = 2.0;
/// Between rows, in points.
const GAP: f32 = 1.0;
/// How much of its color the cell of the winner has.
const TINT: f64 = 0.28;
/// The sample of a method's line, in points at normal type.
const SAMPLE: [f32; 2] = [14.0, 2.4];

const CELL_HELP: &str = "How many of the starts end at a minimum within the budget, and the median of the evaluations of those, in gradients. In its color: the best on this loss. A click goes to that run.";
const BEST_HELP: &str = "On how many of the losses a method is the best: it solves the most starts, and of those with the fewest evaluations.";

/// The height of a row.
pub(super) fn row_height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Small) + 2.0 + GAP
}

/// How many rows the table has, with its headings.
pub(super) fn rows(shown: &ShownTournament<'_>) -> usize {
    shown.table.len() + 1 + usize::from(has_counts(shown))
}

/// On one loss the cells say it already.
fn has_counts(shown: &ShownTournament<'_>) -> bool {
    shown.table.len() > 1
}

/// Shows it in the room there is.
pub(super) fn table_ui(look: &Look, shown: &ShownTournament<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    ScrollArea::both().auto_shrink(false).id_salt("tournament").show(ui, |ui| {
        part_ui(look, shown, shown.order, ui, commands);
    });
}

/// Shows the columns of some methods, by their places.
pub(super) fn part_ui(
    look: &Look,
    shown: &ShownTournament<'_>,
    methods: &[usize],
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let question = shown.tournament.question();
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = row_height(ui) - GAP;
        ui.spacing_mut().button_padding = vec2(3.0, 0.0);
        Grid::new("who wins where").spacing(vec2(6.0, GAP)).show(ui, |ui| {
            ui.label(theme::muted("solved · gradients").small()).hint(CELL_HELP);
            for place in methods {
                heading_ui(look, *place, question.optimizers[*place].entry.brief, ui);
            }
            ui.end_row();
            if has_counts(shown) {
                counts_ui(shown, methods, ui);
            }
            for (landscape, row) in shown.table.iter().enumerate() {
                let name = question.landscapes[landscape].name();
                ui.label(RichText::new(name).small());
                for optimizer in methods {
                    cell_ui(look, shown, [landscape, *optimizer], &row[*optimizer], ui, commands);
                }
                ui.end_row();
            }
        });
    });
}

/// The name of a method beside its line.
fn heading_ui(look: &Look, place: usize, name: &str, ui: &mut Ui) {
    let ink = run_style(look.styles[place]).0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let [length, width] = SAMPLE.map(|side| side * look.scale);
        let (rect, _) = ui.allocate_exact_size(vec2(length, ui.text_style_height(&TextStyle::Small)), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.center().y, theme::stroke(look.theme, ink, width));
        ui.label(theme::role(look.theme, name, ink).small());
    });
}

/// On how many losses each method is the best.
fn counts_ui(shown: &ShownTournament<'_>, methods: &[usize], ui: &mut Ui) {
    ui.label(theme::muted("best on").small()).hint(BEST_HELP);
    for optimizer in methods {
        let count = shown.table.iter().filter(|row| row[*optimizer].is_best).count();
        ui.label(theme::strong(format!("{count} of {}", shown.table.len())).text_style(TextStyle::Small));
    }
    ui.end_row();
}

fn cell_ui(
    look: &Look,
    shown: &ShownTournament<'_>,
    [landscape, optimizer]: [usize; 2],
    cell: &TournamentCell,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    if cell.starts == 0 {
        let help = "It has not raced here: not yet, or it cannot walk on this loss.";
        ui.label(theme::muted("–").small()).hint(help);
        return;
    }
    let median = cell.median.map_or_else(String::new, |median| format!(" · {}", rough(median)));
    let text = format!("{}/{}{median}", cell.solved, cell.starts);
    let button = if cell.is_best {
        let shown = theme::strong(&text).text_style(TextStyle::Small);
        Button::new(shown).stroke(egui::Stroke::NONE).fill(theme::color(winner(look.styles[optimizer], look.theme)))
    } else if cell.solved == 0 {
        Button::new(theme::role(look.theme, &text, Ink::Muted).small()).frame(false)
    } else {
        Button::new(RichText::new(&text).small()).frame(false)
    };
    let response = ui.add(button).hint(CELL_HELP);
    let question = shown.tournament.question();
    let best = if cell.is_best { ", the best" } else { "" };
    let name = format!(
        "{} on {}: {text}{best}",
        question.optimizers[optimizer].entry.name,
        question.landscapes[landscape].name()
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if let Some(visit) = shown.visit(landscape, optimizer).filter(|_| response.clicked()) {
        commands.push(Command::Document(DocumentCommand::Visit(Box::new(visit))));
    }
}

/// What lies under the result of the best, by its style.
fn winner(style: usize, theme: Theme) -> crate::drawing::ink::Rgb {
    Ink::Panel.fill(theme).mixed(run_style(style).0.fill(theme), TINT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::ink::{RUN_COLORS, TEXT_CONTRAST};

    #[test]
    fn the_result_of_a_winner_is_read_and_stands_out() {
        for theme in Theme::ALL {
            for style in 0..usize::from(RUN_COLORS) {
                let ground = winner(style, theme);
                assert!(Ink::Truth.text(theme).contrast(ground) > TEXT_CONTRAST, "{style}, {theme:?}");
                assert!(ground.difference(Ink::Panel.fill(theme)) > 0.03, "{style}, {theme:?}");
            }
        }
    }
}
