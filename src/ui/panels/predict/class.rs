//! The answers of a class in the panel: the code of a guess to copy, codes to paste, and how far they are off.

use egui::{Align2, Button, Label, Rect, RichText, Role, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use super::{QuestionRoom, width_of};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::counted;
use crate::quiz::{Answers, BARS, CodeFrame, Guess, PredictionKind};
use crate::state::{Command, CopyAs, FileCommand, OpenQuestion, Phase, PredictCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::qr::qr_ui;

/// What the code of an answer is for.
const CODE: &str = "Your answer as a code, without your name: send it to your teacher. A click copies it.";
/// What stands there before there is one.
const NO_CODE: &str = "Stands here as soon as you have guessed: your answer as a code, to be sent to your teacher.";
/// At most this many lines without an answer are named.
const NAMED: usize = 12;
/// The height of the longest bar of the histogram, where there is less room and where there is little; in points at normal type.
const HEIGHTS: [f32; 3] = [48.0, 26.0, 9.0];
/// The height of a window from which on there is room for it below all else, in points at normal type.
const ROOMY: f32 = 600.0;
/// The height below which there is little.
const TIGHT: f32 = 520.0;
/// The share of the width that the most common mistake has beside the histogram, where there is less.
const BESIDE: f32 = 0.34;
/// The room between two bars, in points at normal type.
const GAP: f32 = 6.0;
/// What the words below the bars go on.
const LEAD: &str = "off by";
/// How thick the foot of a share is, in points.
const THICK: f32 = 5.0;

/// The code, and the way in for the codes of others; in the row of the teams.
pub(super) fn row_ui(state: &State, open: &OpenQuestion, ui: &mut Ui, commands: &mut Vec<Command>) {
    // Who stands before a class sends nobody a code.
    if open.phase == Phase::Asked && state.view.chrome.presenting.is_none() {
        code_ui(state, open, ui);
    }
    let help = "Takes the answers of a class from the clipboard (Ctrl+V): a code in each line, or a table with them. A file with them can be dropped on the window, too. Nothing but the codes is read.";
    if ui.button("Paste answers").hint(help).clicked() {
        commands.push(Command::Files(FileCommand::WantPaste));
    }
    if open.phase == Phase::Asked {
        scene_ui(state, ui, commands);
    }
    if let Some(answers) = &open.answers {
        answers_ui(answers, ui, commands);
    }
}

/// What the answers that were taken have that does not count, and how many there are.
fn answers_ui(answers: &Answers, ui: &mut Ui, commands: &mut Vec<Command>) {
    faults_ui(answers, ui);
    if answers.repeated > 0 {
        let there = Label::new(theme::muted(format!("{} already there", answers.repeated))).extend();
        ui.add(there).hint("Answers that were brought before, and are not counted again.");
    }
    let count = counted(answers.guesses.len(), "answer");
    let forget = ui.button(format!("{count} ✕")).hint("Takes the answers of the class away.");
    forget.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{count}: forget the answers")));
    if forget.clicked() {
        commands.push(Command::Predict(PredictCommand::ForgetAnswers));
    }
}

/// The lines that had no answer, each by its number, in a list that opens.
fn faults_ui(answers: &Answers, ui: &mut Ui) {
    if answers.faults.is_empty() {
        return;
    }
    let lines: Vec<String> =
        answers.faults.iter().take(NAMED).map(|fault| format!("line {}: {}", fault.line, fault.why)).collect();
    let more = answers.faults.len().saturating_sub(NAMED);
    let lines = lines.into_iter().chain((more > 0).then(|| format!("and {more} more"))).collect::<Vec<_>>();
    let text =
        theme::role(theme::theme_of(ui.style()), format!("{} bad ▾", counted(answers.faults.len(), "line")), Ink::Gap);
    let menu = ui.menu_button(text, |ui| {
        for line in &lines {
            ui.label(line);
        }
    });
    let said = format!("{} without an answer: {}", counted(answers.faults.len(), "line"), lines.join("; "));
    menu.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    menu.response.hint(lines.join("\n"));
}

/// The code of the guess that was made last, to be sent to the teacher. It has its room before there is one: the picture stays where it
/// is when it comes.
fn code_ui(state: &State, open: &OpenQuestion, ui: &mut Ui) {
    let guess = latest_guess(state, open);
    let code = guess.and_then(|guess| state.code_of(guess));
    let text = match (&code, guess) {
        (Some(code), _) => code_text(code),
        (None, Some(_)) => theme::muted("too far outside"),
        (None, None) => code_text("…"),
    };
    let width = width_of(&code_text(&CodeFrame::longest(open.kind)), ui) + 2.0 * ui.spacing().button_padding.x;
    let help = if code.is_some() { CODE } else { NO_CODE };
    let button = ui.add_enabled(code.is_some(), Button::new(text).min_size(vec2(width, 0.0)));
    let name = code.as_ref().map_or_else(|| "no code yet".to_owned(), |code| format!("copy the code {code}"));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, code.is_some(), &name));
    if button.hint(help).clicked()
        && let Some(code) = code
    {
        ui.ctx().copy_text(code);
    }
}

/// The last guess, of whatever team: the team whose turn it is comes first.
fn latest_guess<'a>(state: &State, open: &'a OpenQuestion) -> Option<&'a Guess> {
    let teams = state.predictions.teams();
    let mut latest = std::iter::once(state.predictions.team()).chain((0..teams).rev());
    latest.find_map(|team| open.guess(team, open.vote))
}

fn code_text(code: &str) -> RichText {
    theme::strong(format!("Code {code}")).monospace()
}

/// The scene for the devices of the class: as a QR code and as a link.
fn scene_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    /// The side of the code, in points at normal type.
    const SIDE: f32 = 260.0;
    let side = SIDE * state.view.chrome.type_scale.factor();
    let menu = ui.menu_button("Scene ▾", |ui| {
        let shown = state.scene_link().is_some_and(|link| qr_ui(ui, &link, "QR code of the scene to predict", side));
        if !shown {
            ui.label("This scene is too long for a QR code: hand it out as a file or as a link.");
        }
        if ui.button("Copy as link text").hint(CopyAs::Link.help()).clicked() {
            commands.push(Command::Files(FileCommand::Copy(CopyAs::Link)));
            ui.close();
        }
    });
    let help = "The scene to predict, as a QR code and as a link: pasted into another Taylorscope it opens there, and the codes of its guesses belong to this question.";
    menu.response.hint(help);
}

/// How the answers compare with the truth: what most had wrong, and how many were off by how much.
pub(super) fn revealed_ui(state: &State, open: &OpenQuestion, answers: &Answers, room: QuestionRoom, ui: &mut Ui) {
    // Words have their counts on their buttons.
    let Some(truth) = open.truth.as_ref().filter(|_| open.kind.is_drawn() && !answers.guesses.is_empty()) else {
        return;
    };
    let asks_landing = open.kind == PredictionKind::Landing && truth.landing.is_some();
    let mistake = asks_landing.then(|| common_mistake(state, answers.guesses.len()));
    let counts = answers.histogram(truth);
    if room.is_close() || is_roomy(state, room, ui) {
        if let Some(text) = mistake {
            above_ui(&text, room, ui);
        }
        return histogram_ui(state, counts, room, ui);
    }
    ui.horizontal_top(|ui| {
        if let Some(text) = mistake {
            beside_ui(&text, HEIGHTS[1] * state.view.chrome.type_scale.factor(), ui);
        }
        histogram_ui(state, counts, room, ui);
    });
}

/// The most common mistake above the histogram, as large as has room.
fn above_ui(text: &str, room: QuestionRoom, ui: &mut Ui) {
    let heading = theme::strong(text).text_style(TextStyle::Heading);
    let is_large = !room.is_close() && width_of(&heading, ui) <= ui.available_width();
    ui.add(Label::new(if is_large { heading } else { theme::strong(text) }).wrap());
}

/// The same beside it.
fn beside_ui(text: &str, height: f32, ui: &mut Ui) {
    let width = BESIDE * ui.available_width();
    ui.allocate_ui(vec2(width, height), |ui| {
        ui.set_width(width);
        ui.add(Label::new(theme::strong(text)).wrap());
    });
}

/// Where most of a class that guessed wrong expected the landing.
fn common_mistake(state: &State, whole: usize) -> String {
    state.common_mistake().map_or_else(
        || "No two of the wrong landings agree".to_owned(),
        |mistake| format!("Most common wrong landing: {} of {whole}, {}", mistake.count, mistake.words()),
    )
}

/// Whether a histogram has its room below all else: in a column of its own, or in a window that is high.
pub(super) fn is_roomy(state: &State, room: QuestionRoom, ui: &Ui) -> bool {
    room == QuestionRoom::Tall
        || room != QuestionRoom::Crowded
            && ui.ctx().content_rect().height() > ROOMY * state.view.chrome.type_scale.factor()
}

/// How many of a class are off by how much.
struct Bin {
    /// "≤ 10 %".
    brief: String,
    /// "off by up to 10 %".
    name: String,
    count: usize,
}

fn bins(counts: [usize; BARS.len() + 1]) -> Vec<Bin> {
    let farthest = 100.0 * BARS[BARS.len() - 1];
    let texts = BARS.map(|end| [format!("≤ {:.0} %", 100.0 * end), format!("off by up to {:.0} %", 100.0 * end)]);
    let last = [format!("> {farthest:.0} %"), format!("off by more than {farthest:.0} %")];
    let texts = texts.into_iter().chain([last]);
    std::iter::zip(texts, counts).map(|([brief, name], count)| Bin { brief, name, count }).collect()
}

/// How many are off by how much, a bar each with its number: beside each other where their words have room, else below each other.
fn histogram_ui(state: &State, counts: [usize; BARS.len() + 1], room: QuestionRoom, ui: &mut Ui) {
    let k = state.view.chrome.type_scale.factor();
    let bins = bins(counts);
    let lead = width_of(&RichText::new(LEAD), ui) + ui.spacing().item_spacing.x;
    let widest = bins.iter().map(|bin| width_of(&RichText::new(&bin.brief), ui)).fold(0.0, f32::max);
    let is_column = matches!(room, QuestionRoom::Tall | QuestionRoom::Crowded);
    let cells = if is_column && (ui.available_width() - lead) / bins.len() as f32 <= widest + GAP {
        rows_ui(&bins, lead + widest + GAP * k, ui)
    } else {
        bars_ui(state, &bins, lead, room, ui)
    };
    let whole: usize = counts.iter().sum();
    for (place, (bin, cell)) in std::iter::zip(bins, cells).enumerate() {
        let response = ui.interact(cell, ui.scope_id().with(("off by", place)), Sense::hover());
        let said = format!("{}: {} of {whole}", bin.name, bin.count);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        response.hint(said);
    }
}

/// The largest number, at least one.
fn most(bins: &[Bin]) -> f32 {
    bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1) as f32
}

/// A line for each, with its words, a bar and its number; where each of them is.
fn rows_ui(bins: &[Bin], left: f32, ui: &mut Ui) -> Vec<Rect> {
    let line = ui.text_style_height(&TextStyle::Body);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), line * bins.len() as f32), Sense::hover());
    let (font, theme) = (TextStyle::Body.resolve(ui.style()), theme::theme_of(ui.style()));
    let [fill, muted] = [Ink::Accent.fill(theme), Ink::Muted.text(theme)].map(theme::color);
    let (painter, color) = (ui.painter().clone(), ui.visuals().text_color());
    painter.text(rect.left_top(), Align2::LEFT_TOP, LEAD, font.clone(), muted);
    let most = most(bins);
    let figures = bins.iter().map(|bin| width_of(&RichText::new(bin.count.to_string()), ui)).fold(0.0, f32::max);
    let track = (rect.width() - left - 2.0 * GAP - figures).max(1.0);
    let row = |(place, bin): (usize, &Bin)| {
        let cell = Rect::from_min_size(rect.min + vec2(0.0, place as f32 * line), vec2(rect.width(), line));
        let start = pos2(cell.left() + left, cell.center().y);
        painter.text(start - vec2(GAP, 0.0), Align2::RIGHT_CENTER, &bin.brief, font.clone(), color);
        let length = (track * bin.count as f32 / most).max(1.0);
        let bar = Rect::from_min_max(pos2(start.x, cell.top() + 3.0), pos2(start.x + length, cell.bottom() - 3.0));
        painter.rect_filled(bar, 1.0, fill);
        painter.text(bar.right_center() + vec2(GAP, 0.0), Align2::LEFT_CENTER, bin.count, font.clone(), color);
        cell
    };
    bins.iter().enumerate().map(row).collect()
}

/// A bar for each with its number above it, as wide as there is room; where each of them is.
fn bars_ui(state: &State, bins: &[Bin], lead: f32, room: QuestionRoom, ui: &mut Ui) -> Vec<Rect> {
    let k = state.view.chrome.type_scale.factor();
    // In the lowest windows word and number stand in one line.
    let is_column = matches!(room, QuestionRoom::Tall | QuestionRoom::Crowded);
    let is_tight = !is_column && ui.ctx().content_rect().height() < TIGHT * k;
    let is_roomy = is_roomy(state, room, ui);
    let styles = [if is_roomy { TextStyle::Heading } else { TextStyle::Body }, TextStyle::Body];
    let [figure, word] = styles.clone().map(|style| ui.text_style_height(&style));
    let bar = HEIGHTS[if is_tight { 2 } else { usize::from(!is_roomy) }] * k;
    let height = if is_tight { word + bar + 1.0 } else { figure + bar + word + 2.0 };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let fonts = styles.map(|style| style.resolve(ui.style()));
    let theme = theme::theme_of(ui.style());
    let [fill, muted] = [Ink::Accent.fill(theme), Ink::Muted.text(theme)].map(theme::color);
    let (painter, color) = (ui.painter().clone(), ui.visuals().text_color());
    let foot = if is_tight { rect.top() + word } else { rect.bottom() };
    painter.text(pos2(rect.left(), foot), Align2::LEFT_BOTTOM, LEAD, fonts[1].clone(), muted);
    let width = (rect.width() - lead) / bins.len() as f32;
    let most = most(bins);
    let cell = |(place, Bin { brief, count, .. }): (usize, &Bin)| {
        let left = rect.left() + lead + place as f32 * width;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width - GAP * k, rect.height()));
        let share = *count as f32 / most;
        if is_tight {
            painter.text(cell.left_top(), Align2::LEFT_TOP, format!("{brief}: {count}"), fonts[1].clone(), color);
            let track = Rect::from_min_max(pos2(cell.left(), cell.bottom() - bar), cell.max);
            painter.rect_filled(Rect::from_min_size(track.min, vec2(share * track.width(), bar)), 1.0, fill);
        } else {
            let ground = cell.bottom() - word - 2.0;
            let top = ground - (bar * share).max(1.0);
            painter.rect_filled(Rect::from_min_max(pos2(cell.left(), top), pos2(cell.right(), ground)), 1.0, fill);
            painter.text(pos2(cell.center().x, top), Align2::CENTER_BOTTOM, count, fonts[0].clone(), color);
            painter.text(cell.center_bottom(), Align2::CENTER_BOTTOM, brief, fonts[1].clone(), color);
        }
        cell
    };
    bins.iter().enumerate().map(cell).collect()
}

/// How many of the whole, over a button that stands for them: a share of its width.
pub(super) fn share_ui(rect: Rect, count: usize, whole: usize, ui: &Ui) {
    let fill = theme::color(Ink::Accent.fill(theme::theme_of(ui.style())));
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * count as f32 / whole.max(1) as f32, rect.height()));
    ui.painter().rect_filled(filled, 2.0, fill.gamma_multiply(0.28));
    let foot = Rect::from_min_max(pos2(filled.left(), filled.bottom() - THICK), filled.max);
    ui.painter().rect_filled(foot, 0.0, fill);
}
