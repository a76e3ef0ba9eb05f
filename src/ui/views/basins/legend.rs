//! The legend of the basins: each end with its color and its share of the area.

use egui::style::ScrollStyle;
use egui::{Label, RichText, ScrollArea, Sense, StrokeKind, TextStyle, Ui, vec2};

use super::picture::shade;
use super::{Look, is_deep};
use crate::drawing::ink::{BasinShade, Ink, Rgb};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::{counted, grouped, number, parameter};
use crate::render::flat::base;
use crate::state::{BasinLabel, Command, MapFrame, ViewCommand};
use crate::studies::{BasinEnd, Basins};
use crate::ui::theme;
use crate::ui::views::canvas::stripes_ui;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::fits;

/// A region that a zoom by the first factor makes smaller by no more than the second one is as small as can be.
const DEEPER: [f64; 2] = [1.1, 1.01];
/// The width of a column of entries, in points at normal type.
const COLUMN: f32 = 132.0;
/// The side of a sample of color.
const SAMPLE: f32 = 10.0;
/// From a sample to its words, in points.
const NEXT: f32 = 5.0;
/// Between two entries, and the least where their room is little, in points.
const BETWEEN: f32 = 3.0;
const LEAST_BETWEEN: f32 = 0.0;
/// The length of the scale of steps, in points at normal type.
const SCALE: f32 = 48.0;
/// Its stripes.
const STRIPES: usize = 24;
/// The shade of a sample of color, as a share of its range.
const TYPICAL: f64 = 0.35;

/// An end with its share.
pub(super) struct Entry {
    shade: BasinShade,
    /// "minimum (3, 2): 27.1 %".
    pub(super) words: String,
    /// "▽ (3, 2): 27.1 %", where the words have no room in a line.
    brief: String,
}

/// The ends that occur, the largest share first, then those that are not targets; with their numbers where colors are shared.
pub(super) fn entries(basins: &Basins, labels: &[BasinLabel]) -> Vec<Entry> {
    let of_target = |(place, share): (usize, f64)| {
        let target = &basins.targets()[place];
        let [x, y] = [target.at.x, target.at.y].map(|at| parameter((100.0 * at).round() / 100.0 + 0.0));
        let at = format!("({x}, {y})");
        let label = labels.iter().find(|label| label.target == place);
        let number = label.map_or_else(String::new, |label| format!("{} ", label.number));
        let [words, brief] =
            [target.kind.word(), target.kind.sign()].map(|kind| format!("{number}{kind} {at}: {}", share_words(share)));
        Entry { shade: shade(basins, BasinEnd::Target(place), TYPICAL), words, brief }
    };
    basins.by_share().into_iter().map(of_target).chain(without_target(basins)).collect()
}

/// What the number of steps means that every start has, and who had more.
fn limit_help(basins: &Basins) -> String {
    let help = "The largest number of steps from each start: what is nowhere by then has no end here.";
    basins.forerunners().map_or_else(
        || help.to_owned(),
        |first| {
            let steps = counted(basins.question().steps, "step");
            format!(
                "{help} {first} starts all over the picture took up to {steps}, and showed that more help hardly any."
            )
        },
    )
}

/// What becomes of the starts that come to no target.
fn without_target(basins: &Basins) -> Vec<Entry> {
    let (_, [diverged, undecided, cycle, undefined]) = basins.shares();
    let nowhere = format!("no end in {}", counted(basins.allowed(), "step"));
    let others = [
        (BasinShade::Diverged, "diverges", diverged),
        (BasinShade::Undecided, nowhere.as_str(), undecided),
        (BasinShade::Cycle, "two-cycle", cycle),
        (BasinShade::Undefined, "undefined", undefined),
    ];
    let entry = |(shade, name, share)| {
        let words = format!("{name}: {}", share_words(share));
        Entry { shade, brief: words.clone(), words }
    };
    others.into_iter().filter(|(.., share)| *share > 0.0).map(entry).collect()
}

/// Which part of the domain is seen.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Region {
    /// All of it, or whatever a file shows.
    Whole,
    /// A part, with a way back.
    Part,
}

/// Shows all entries; above them, where a part is seen, how wide it is.
pub(super) fn legend_ui(look: &Look<'_>, basins: &Basins, region: Region, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.spacing_mut().interact_size.y = ui.text_style_height(&TextStyle::Small);
    ui.spacing_mut().item_spacing.y = BETWEEN;
    if region == Region::Part {
        region_ui(basins.question().view, ui, commands);
    } else {
        figures_ui(basins.question().view, ui);
    }
    let entries = entries(basins, &look.facts.labels);
    if let Some(BasinShade::Target { place, is_minimum, .. }) = entries.first().map(|entry| entry.shade) {
        steps_ui(look, |time| BasinShade::Target { place, is_minimum, time }, ui);
    }
    let within = theme::muted(format!("within {}", counted(basins.allowed(), "step"))).small();
    ui.label(within).hint(limit_help(basins));
    entries_ui(look, &entries, ui);
}

/// The region that is shown: its width, from where its figures count, and the way back to the whole domain.
fn region_ui(view: ViewBox, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let help = "Shows the whole domain again. The wheel zooms in, down to 10⁻¹²; a drag moves the region.";
        if ui.small_button("Whole").hint(help).clicked() {
            commands.push(Command::View(ViewCommand::SetBasinFrame(None)));
        }
        ui.label(RichText::new(format!("width {}", number(view.width()))).small());
    });
    figures_ui(view, ui);
    if let Some(why) = no_deeper(MapFrame::of(view)) {
        ui.add(Label::new(RichText::new(why).small()).wrap());
    }
}

/// From where figures count that would differ in their last digits only.
fn figures_ui(view: ViewBox, ui: &mut Ui) {
    if is_deep(view) {
        let [x, y] = [view.x, view.y].map(|side| base(side).to_string().replace('-', "−"));
        ui.add(Label::new(RichText::new(format!("figures count from ({x}, {y})")).small()).wrap());
    }
}

/// How the shade of a color says after how many steps a walk is there.
fn steps_ui(look: &Look<'_>, shade: impl Fn(f64) -> BasinShade, ui: &mut Ui) {
    let (theme, scale, range) = (look.theme, look.scale, look.facts.steps);
    let [fewest, middle, most] = [range.fewest, range.at(0.5), range.most].map(grouped);
    let help = format!(
        "The darker a color, the more steps it takes from there, on a logarithmic scale: at its beginning {fewest} or fewer, in its middle {middle}, at its end {most} or more. A hundredth of the starts takes fewer, another one more."
    );
    let row = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        // Where all take equally long there is one shade.
        if range.fewest < range.most {
            ui.label(RichText::new(fewest.as_str()).small());
        }
        stripes_ui(vec2(SCALE, SAMPLE) * scale, STRIPES, ui, |share| {
            theme::color(shade(if range.fewest < range.most { share } else { 0.0 }).color(theme))
        });
        ui.label(RichText::new(counted(range.most, "step")).small());
    };
    ui.horizontal(row).response.hint(help);
}

/// The height of all of it in a width, its entries as close as they may be.
pub(super) fn height(look: &Look<'_>, basins: &Basins, width: f32, ui: &Ui) -> f32 {
    let count = entries(basins, &look.facts.labels).len();
    let rows = count.div_ceil(columns(count, width, look.scale));
    (rows + 2) as f32 * (ui.text_style_height(&TextStyle::Small) + LEAST_BETWEEN) + BETWEEN
}

/// The columns of some entries in a width.
fn columns(entries: usize, width: f32, scale: f32) -> usize {
    ((width / (COLUMN * scale)).floor() as usize).clamp(1, entries.max(1))
}

/// The entries, side by side where that is wide enough for several; what has no room is scrolled to.
fn entries_ui(look: &Look<'_>, entries: &[Entry], ui: &mut Ui) {
    let scale = look.scale;
    ui.style_mut().spacing.scroll = ScrollStyle::solid();
    let columns = columns(entries.len(), ui.available_width(), scale);
    let rows = entries.len().div_ceil(columns).max(1);
    // Closer before some of them are scrolled to.
    let line = ui.text_style_height(&TextStyle::Small);
    let between = (ui.available_height() / rows as f32 - line).clamp(LEAST_BETWEEN, BETWEEN);
    ui.spacing_mut().item_spacing.y = between;
    ScrollArea::vertical().auto_shrink(false).min_scrolled_height(0.0).id_salt("ends of the basins").show(ui, |ui| {
        let gaps = ui.spacing().item_spacing.x * (columns - 1) as f32;
        let room = (ui.available_width() - gaps) / columns as f32 - SAMPLE * scale - NEXT;
        let is_narrow = entries.iter().any(|entry| !fits(ui, &entry.words, room));
        ui.columns(columns, |columns| {
            for (ui, entries) in columns.iter_mut().zip(entries.chunks(rows)) {
                ui.spacing_mut().item_spacing.y = between;
                for entry in entries {
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = NEXT;
                        sample_ui(look, entry.shade.color(look.theme), ui);
                        let words = if is_narrow { &entry.brief } else { &entry.words };
                        // Coordinates and steps of many digits take a second line.
                        let label = Label::new(RichText::new(words.replace(" %", "\u{a0}%")).small()).wrap();
                        ui.add(label).hint(entry.words.as_str());
                    });
                }
            }
        });
    });
}

/// Why the wheel zooms in no further; `None` where it does.
fn no_deeper(frame: MapFrame) -> Option<&'static str> {
    let [wanted, least] = DEEPER;
    let is_deepest = frame.zoomed_deep(wanted, frame.center).half[0] * least > frame.half[0];
    let is_finest = frame.half.iter().any(|half| 2.0 * half < least * MapFrame::SHORTEST);
    is_deepest.then_some(if is_finest {
        "No deeper: a side of 10⁻¹² is the shortest"
    } else {
        "No deeper: the starts are as close here as numbers are"
    })
}

/// A share in percent, to a tenth.
fn share_words(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn sample_ui(look: &Look<'_>, color: Rgb, ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE, SAMPLE) * look.scale, Sense::hover());
    let outline = theme::color(Ink::Outline.line(look.theme));
    ui.painter().rect(rect, 1.0, theme::color(color), (1.0, outline), StrokeKind::Inside);
}
