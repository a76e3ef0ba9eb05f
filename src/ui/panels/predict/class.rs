//! The answers of a class in the panel: the code of a guess to copy, codes to paste, and how far they are off.

use egui::{Label, Rect, Role, Sense, TextStyle, Ui, WidgetInfo, vec2};

use crate::drawing::ink::Ink;
use crate::numbers::numerals::counted;
use crate::quiz::{Answers, BARS};
use crate::state::{Command, CopyAs, FileCommand, OpenQuestion, Phase, PredictCommand, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::qr::qr_ui;

/// At most this many lines without an answer are named.
const NAMED: usize = 12;
/// The width of a bar of the histogram, in points at normal type.
const BAR: f32 = 72.0;
/// How thick it is.
const THICK: f32 = 4.0;

/// The code, and the way in for the codes of others; in the row of the teams.
pub(super) fn row_ui(state: &State, open: &OpenQuestion, ui: &mut Ui, commands: &mut Vec<Command>) {
    if open.phase == Phase::Asked {
        code_ui(state, open, ui);
    }
    let help = "Takes the answers of a class from the clipboard (Ctrl+V): a code in each line, or a table with them. A file with them can be dropped on the window, too. Nothing but the codes is read.";
    if ui.button("Paste answers").hint(help).clicked() {
        commands.push(Command::Files(FileCommand::WantPaste));
    }
    if open.phase == Phase::Asked {
        scene_ui(state, ui, commands);
    }
    let Some(answers) = &open.answers else { return };
    faults_ui(answers, ui);
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

/// The code of the guess that was made last, to be sent to the teacher.
fn code_ui(state: &State, open: &OpenQuestion, ui: &mut Ui) {
    let teams = state.predictions.teams();
    let mut latest = std::iter::once(state.predictions.team()).chain((0..teams).rev());
    let Some(guess) = latest.find_map(|team| open.guess(team, open.vote)) else { return };
    let Some(code) = state.code_of(guess) else {
        ui.label(theme::muted("no code: too far outside"));
        return;
    };
    let help = "Your answer as a code, without your name: send it to your teacher. A click copies it.";
    let button = ui.button(theme::strong(format!("Code {code}")).monospace()).hint(help);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("copy the code {code}")));
    if button.clicked() {
        ui.ctx().copy_text(code);
    }
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
pub(super) fn revealed_ui(state: &State, open: &OpenQuestion, answers: &Answers, ui: &mut Ui) {
    // Words have their counts beside them.
    let Some(truth) = open.truth.as_ref().filter(|_| open.kind.is_drawn() && !answers.guesses.is_empty()) else {
        return;
    };
    let whole = answers.guesses.len();
    ui.horizontal_wrapped(|ui| {
        if let Some(mistake) = state.common_mistake() {
            let text = format!("Most common mistake: {} of {whole} at {}", mistake.count, mistake.words());
            ui.add(Label::new(theme::strong(text)).wrap());
        }
        let brief = BARS.map(|end| format!("≤ {:.0} %", 100.0 * end));
        let names = BARS.map(|end| format!("off by up to {:.0} %", 100.0 * end));
        let farthest = 100.0 * BARS[BARS.len() - 1];
        let last = (format!("> {farthest:.0} %"), format!("off by more than {farthest:.0} %"));
        ui.label(theme::muted("off by").small());
        let bars = std::iter::zip(brief, names).chain([last]);
        for ((brief, name), count) in bars.zip(answers.histogram(truth)) {
            bar_ui(state, &format!("{brief}: {count}"), &format!("{name}: {count} of {whole}"), (count, whole), ui);
        }
    });
}

/// A bar of a histogram below its words.
fn bar_ui(state: &State, text: &str, name: &str, (count, whole): (usize, usize), ui: &mut Ui) {
    let k = state.view.chrome.type_scale.factor();
    let size = vec2(BAR * k, ui.text_style_height(&TextStyle::Small) + THICK + 1.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter().text(rect.left_top(), egui::Align2::LEFT_TOP, text, font, ui.visuals().text_color());
    share_ui(rect, count, whole, ui);
    response.hint(name);
}

/// A line at the lower edge of a rectangle, as long as a share of the whole.
pub(super) fn share_ui(rect: Rect, count: usize, whole: usize, ui: &Ui) {
    let track = Rect::from_min_max(rect.left_bottom() - vec2(0.0, THICK), rect.right_bottom());
    let fill = theme::color(Ink::Accent.fill(theme::theme_of(ui.style())));
    let width = track.width() * count as f32 / whole.max(1) as f32;
    ui.painter().rect_filled(track, 1.0, ui.visuals().faint_bg_color);
    ui.painter().rect_filled(Rect::from_min_size(track.min, vec2(width, THICK)), 1.0, fill);
}
