//! The ends of the random restarts: a row for each end with a mark for every start that comes to it, as a histogram; a click on a
//! mark shows that run.

use egui::{Label, Pos2, Rect, Response, RichText, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use crate::drawing::ink::{BasinShade, Ink};
use crate::numbers::Point;
use crate::numbers::numerals::{counted, grouped, number, parameter, percent};
use crate::state::{Command, DocumentCommand, State};
use crate::studies::{BasinEnd, RestartGroup, Restarts, StepRange};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Losses nearer than this, as a share, are the same.
const LEVEL: f64 = 1e-9;
/// A mark with the gap to the next, in points at normal type.
const MARK: f32 = 10.0;
/// The width of the names, as a share of the room.
const NAMES: f32 = 0.48;
/// The largest width of the names, in points at normal type.
const NAMES_AT_MOST: f32 = 240.0;

/// Shows them in the room there is.
pub(super) fn restarts_ui(
    state: &State,
    restarts: &Restarts,
    groups: &[RestartGroup],
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    ui.add(Label::new(RichText::new(sentence(restarts, groups)).text_style(TextStyle::Small)).wrap());
    let range = StepRange::of(restarts.done().iter().map(|restart| restart.steps).collect());
    ScrollArea::vertical().auto_shrink(false).id_salt("restarts").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for group in groups {
            group_ui(state, restarts, group, range, ui, commands);
        }
    });
}

/// How many end at the lowest minimum that was met, and how many places there are.
fn sentence(restarts: &Restarts, groups: &[RestartGroup]) -> String {
    let (done, all) = (restarts.done().len(), restarts.count());
    let method = restarts.question().optimizer.entry.name;
    let missing = match restarts.question().count - all {
        0 => String::new(),
        missing => format!(" ({} drawn in vain: the loss has no value there)", grouped(missing)),
    };
    let first = format!("{method} from {} random starts{missing}", grouped(done));
    let first = if done < all { format!("{first}, of {}", grouped(all)) } else { first };
    let minima: Vec<(f64, usize)> =
        groups.iter().filter_map(|group| Some((minimum(restarts, group)?, group.members.len()))).collect();
    match minima.first() {
        Some((lowest, _)) => format!("{first}: {}", minima_words(&minima, *lowest, done)),
        None if done == 0 => format!("{first} …"),
        None => {
            format!("{first}: none of them ends at a minimum within {}.", counted(restarts.question().steps, "step"))
        }
    }
}

/// How many minima are met, and by which share of the starts the lowest ones.
fn minima_words(minima: &[(f64, usize)], lowest: f64, done: usize) -> String {
    // Minima of the same loss are equally low.
    let near = LEVEL * (1.0 + lowest.abs());
    let there = minima.iter().filter(|(value, _)| *value <= lowest + near).map(|(_, count)| count).sum::<usize>();
    let share = percent(there as f64 / done.max(1) as f64);
    let places = if minima.len() == 1 { "one minimum is".to_owned() } else { format!("{} minima are", minima.len()) };
    format!("{places} met; {share} of the starts end at the lowest loss of them, {}.", shown(lowest))
}

/// The loss of a minimum; `None` where the end is something else.
fn minimum(restarts: &Restarts, group: &RestartGroup) -> Option<f64> {
    let BasinEnd::Target(target) = group.end else { return None };
    let target = &restarts.targets()[target];
    target.is_minimum().then_some(target.value)
}

/// A loss that is nothing but roundings is 0.
fn shown(loss: f64) -> String {
    number(if loss.abs() < LEVEL { 0.0 } else { loss })
}

/// "minimum (3, 2), loss 0".
fn name(restarts: &Restarts, end: BasinEnd) -> String {
    match end {
        BasinEnd::Target(target) => {
            let target = &restarts.targets()[target];
            format!("{} {}, loss {}", target.kind.word(), place(restarts, target.at), shown(target.value))
        }
        BasinEnd::Diverged => "diverges".to_owned(),
        BasinEnd::Undecided => format!("no end within {}", counted(restarts.question().steps, "step")),
        BasinEnd::Cycle => "two-cycle".to_owned(),
        BasinEnd::Undefined => "undefined: no step, or no value".to_owned(),
    }
}

/// A place to two decimals, as the legend of the basins has it.
fn place(restarts: &Restarts, at: Point) -> String {
    let [x, y] = [at.x, at.y].map(|at| parameter((100.0 * at).round() / 100.0 + 0.0));
    if restarts.question().landscape.dimension().is_one() { format!("x = {x}") } else { format!("({x}, {y})") }
}

/// A row: the name of the end, and a mark for each of its starts, as many lines of them as are needed.
fn group_ui(
    state: &State,
    restarts: &Restarts,
    group: &RestartGroup,
    range: StepRange,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let scale = theme::factor_in(ui);
    let width = ui.available_width() - 8.0;
    let names = (NAMES * width).min(NAMES_AT_MOST * scale);
    let count = format!(" {}", group.members.len());
    let mark = MARK * scale;
    let line = ui.text_style_height(&TextStyle::Small);
    let a_row = ((width - names) / mark).floor().max(1.0) as usize;
    let lines = group.members.len().div_ceil(a_row);
    let text = name(restarts, group.end);
    let font = TextStyle::Small.resolve(ui.style());
    let ink = theme::color(Ink::Truth.text(state.view.chrome.theme));
    let tally = ui.painter().layout_no_wrap(count, font.clone(), ink);
    // A long name takes another line.
    let label = ui.painter().layout(text.clone(), font, ink, names - tally.size().x - 6.0);
    let height = (lines as f32 * mark).max(line).max(label.size().y);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    ui.painter().galley(rect.min, label, ink);
    ui.painter().galley(pos2(rect.left() + names - tally.size().x - 4.0, rect.top()), tally, ink);
    let left = rect.left() + names;
    let middle = |index: usize| {
        pos2(left + (0.5 + (index % a_row) as f32) * mark, rect.top() + (0.5 + (index / a_row) as f32) * mark)
    };
    let pointed =
        response.hover_pos().and_then(|at| pointed(at, pos2(left, rect.top()), mark, a_row, group.members.len()));
    for (index, member) in group.members.iter().enumerate() {
        let restart = &restarts.done()[*member];
        let color = shade(restarts, group.end, range.share(restart.steps)).color(state.view.chrome.theme);
        let side = Rect::from_center_size(middle(index), vec2(mark - 1.5, mark - 1.5));
        ui.painter().rect_filled(side, 1.0, theme::color(color));
        let is_start = restart.start == state.document.start;
        if pointed == Some(index) || is_start {
            let outline = theme::color(if is_start { Ink::Accent } else { Ink::Truth }.line(state.view.chrome.theme));
            ui.painter().rect_stroke(side, 1.0, (1.6, outline), egui::StrokeKind::Outside);
        }
    }
    let words = format!("{text}: {}", counted(group.members.len(), "start"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &words));
    // Where no mark was pointed at, as by a key, it is the quickest start.
    let chosen = group.members.get(pointed.unwrap_or(0)).map(|member| restarts.done()[*member]);
    if let Some(restart) = chosen.filter(|_| response.clicked()) {
        commands.push(Command::Document(DocumentCommand::MoveStart(restart.start)));
    }
    hover_ui(restarts, group, pointed, &words, response);
}

/// The mark under the pointer, in the order of the members.
fn pointed(at: Pos2, corner: Pos2, mark: f32, a_row: usize, count: usize) -> Option<usize> {
    let away = (at - corner) / mark;
    if away.x < 0.0 || away.y < 0.0 || away.x as usize >= a_row {
        return None;
    }
    let index = away.y as usize * a_row + away.x as usize;
    (index < count).then_some(index)
}

fn hover_ui(restarts: &Restarts, group: &RestartGroup, pointed: Option<usize>, words: &str, response: Response) {
    let member = pointed.and_then(|index| group.members.get(index)).map(|member| restarts.done()[*member]);
    let text = match member {
        Some(restart) => {
            let from = place(restarts, restart.start);
            let steps = counted(restart.steps, "step");
            format!("from {from}\n{} after {steps}\nA click starts there.", name(restarts, group.end))
        }
        None => words.to_owned(),
    };
    response.hint_at_pointer(text);
}

/// The color of a start, as in the picture of the basins.
fn shade(restarts: &Restarts, end: BasinEnd, time: f64) -> BasinShade {
    match end {
        BasinEnd::Target(target) => BasinShade::Target {
            place: restarts.targets()[target].color,
            is_minimum: restarts.targets()[target].is_minimum(),
            time,
        },
        BasinEnd::Diverged => BasinShade::Diverged,
        BasinEnd::Undecided => BasinShade::Undecided,
        BasinEnd::Cycle => BasinShade::Cycle,
        BasinEnd::Undefined => BasinShade::Undefined,
    }
}
