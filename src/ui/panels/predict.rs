//! A prediction instead of the sentence and its bars: the question, the teams, the answers in words, and the reveal.

mod class;

use egui::{Button, Label, Response, RichText, Role, TextStyle, Ui, Vec2, WidgetInfo, vec2};

use super::column;
use crate::numbers::numerals::{change, counted, number};
use crate::quiz::{Guess, PredictionKind, Span, StepOutcome, Verdict};
use crate::render::guesses::{team_name, verdict_brief, verdict_words};
use crate::state::{Command, MAX_TEAMS, OpenQuestion, Phase, PredictCommand, State, Vote};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::icon::sign_button;

/// The height of a target, in points at normal type; and where there is little room.
const TARGETS: [f32; 2] = [30.0, 28.0];
/// Room at the right for the bar by which it scrolls, also where it does not, so that its height does not depend on that; in points.
const BAR: f32 = 8.0;
/// The help of the buttons for a team more and one less.
const MORE_TEAMS: &str = "Up to four teams, each with a color and a marker of its own.";
const LESS_TEAMS: &str = "Leaves out the last team. Its guess and its score are there again when it is (+).";

/// The room that a question has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionRoom {
    /// Little: it is laid out closer.
    Low,
    /// The width of the window, above the picture.
    Wide,
    /// The height of the window, beside the picture.
    Tall,
    /// The same in a low window for a question with much to say: it is laid out closer.
    Crowded,
}

impl QuestionRoom {
    /// Whether it is laid out closer.
    fn is_close(self) -> bool {
        matches!(self, Self::Low | Self::Crowded)
    }
}

/// The panel; it scrolls where it has too little room. Returns by how much its content is higher than its room, in points; negative if
/// it is lower.
pub fn predict_ui(
    state: &State,
    open: &OpenQuestion,
    given: QuestionRoom,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> f32 {
    let panel = Panel { state, open, room: given };
    let room = ui.available_size();
    let shown = column(ui).id_salt("prediction").show(ui, |ui| {
        ui.set_max_width((room.x - BAR).max(0.0));
        if given.is_close() {
            ui.spacing_mut().item_spacing.y *= 0.5;
        }
        panel.question(ui, commands);
        if open.kind == PredictionKind::Outcome {
            ui.horizontal_wrapped(|ui| panel.outcomes(ui, commands));
        }
        ui.horizontal_wrapped(|ui| panel.controls(ui, commands));
        if let Some(answers) = open.answers.as_ref().filter(|_| open.phase == Phase::Revealed) {
            class::revealed_ui(state, open, answers, given, ui);
        }
    });
    shown.content_size.y - room.y
}

/// A question that is open.
struct Panel<'a> {
    state: &'a State,
    open: &'a OpenQuestion,
    room: QuestionRoom,
}

impl Panel<'_> {
    /// The height of a target, in points.
    fn target_height(&self) -> f32 {
        TARGETS[usize::from(self.room.is_close())] * self.state.view.chrome.type_scale.factor()
    }

    /// A button with a large target, pressed while it is on.
    fn target(&self, ui: &mut Ui, text: &str, name: &str, on: bool, help: &str) -> Response {
        self.steady_target(ui, [text; 2], name, on, true, help)
    }

    /// The same, as wide as the second text whatever the first one says: nothing moves while a class guesses.
    fn steady_target(
        &self,
        ui: &mut Ui,
        [text, widest]: [&str; 2],
        name: &str,
        on: bool,
        enabled: bool,
        help: &str,
    ) -> Response {
        let widest = width_of(&RichText::new(widest).text_style(TextStyle::Button), ui);
        let least = Vec2::splat(self.target_height()).max(vec2(widest + 2.0 * ui.spacing().button_padding.x, 0.0));
        let button = Button::selectable(on, text).frame_when_inactive(true).min_size(least);
        // Not in a scope of its own, which would not go on in the next row.
        let response = ui.add_enabled(enabled, button);
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, on, name));
        response.hint(help)
    }

    /// The question with its kinds, and the way out.
    fn question(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        ui.horizontal_top(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                if sign_button(ui, "✕", "close the prediction", "Closes the prediction: Escape.").clicked() {
                    commands.push(Command::Predict(PredictCommand::Close));
                }
                if self.open.phase == Phase::Asked {
                    self.kinds(ui, commands);
                }
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| self.words(ui));
            });
        });
    }

    /// The question, how to answer it, and how answers are measured.
    fn words(&self, ui: &mut Ui) {
        let Self { state, open, room } = *self;
        let (is_low, is_tall) = (room.is_close(), room == QuestionRoom::Tall);
        let large = state.view.chrome.presenting.is_some() && !is_low;
        // Above a picture a question of two lines is long enough in plain type.
        let heading = theme::strong(&open.text).text_style(TextStyle::Heading);
        let is_short = large && (is_tall || width_of(&heading, ui) <= ui.available_width());
        let text = if is_short { heading } else { theme::strong(&open.text) };
        ui.add(Label::new(text).wrap());
        if open.phase == Phase::Asked && (is_tall || !large && !is_low) {
            let is_one = state.document.landscape.dimension().is_one();
            ui.add(Label::new(theme::muted(open.kind.instruction(is_one)).small()).wrap());
        }
    }

    /// What is below the question: the teams, the reveal, the answers of a class, and a remark on what was revealed.
    fn controls(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        self.teams(ui, commands);
        self.going_on(ui, commands);
        class::row_ui(self.state, self.open, ui, commands);
        if self.open.phase == Phase::Revealed {
            self.remark(ui);
            // What a class has answered needs the room.
            let is_low = self.room.is_close();
            let has_room = !is_low && (self.open.answers.is_none() || class::is_roomy(self.state, self.room, ui));
            if let Some(text) = measure(self.open).filter(|_| has_room) {
                let text = theme::muted(text).small();
                let is_short = width_of(&text, ui) <= ui.max_rect().width();
                let label = Label::new(text);
                ui.add(if is_short { label.extend() } else { label.wrap() });
            }
        }
    }

    /// What is asked for, in a menu.
    fn kinds(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let Self { state, open, .. } = *self;
        let menu = ui.menu_button(format!("{} ▾", open.kind.title()), |ui| {
            for kind in PredictionKind::ALL {
                for span in kind.spans() {
                    self.kind(kind, *span, ui, commands);
                }
            }
            let has_score = (0..MAX_TEAMS).any(|team| state.predictions.score(team) > 0);
            if has_score && ui.button("All scores to 0").clicked() {
                commands.push(Command::Predict(PredictCommand::ResetScore));
                ui.close();
            }
        });
        menu.response.hint("What is asked for: a landing, a path or an outcome.");
    }

    /// One of the kinds of questions, in their menu.
    fn kind(&self, kind: PredictionKind, span: Span, ui: &mut Ui, commands: &mut Vec<Command>) {
        let text = match kind.spans().len() {
            1 => kind.title().to_owned(),
            _ => format!("{} of the {}", kind.title(), span.title()),
        };
        let is_this = (kind, span) == (self.open.kind, self.open.span);
        if ui.selectable_label(is_this, text).hint(kind.question(span)).clicked() {
            commands.push(Command::Predict(PredictCommand::Ask { kind, span, question: None }));
            ui.close();
        }
    }

    /// A team each, whose turn it is pressed, with its score; once it is revealed, how far each was off; and how many there are.
    fn teams(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let predictions = &self.state.predictions;
        let (teams, theme) = (predictions.teams(), self.state.view.chrome.theme);
        let is_asked = self.open.phase == Phase::Asked;
        for team in 0..teams {
            let has_guessed = self.open.guess(team, self.open.vote).is_some();
            let (letter, score) = (team_name(team), predictions.score(team));
            let [brief, whole] = self.results(team).unwrap_or_default();
            let guessed = format!("{letter} ✓ {score}");
            let (text, name) = match is_asked {
                true if has_guessed => (guessed.clone(), format!("team {letter}, score {score}, has guessed")),
                _ if brief.is_empty() => (format!("{letter} {score}"), format!("team {letter}, score {score}")),
                _ => (format!("{letter} {score} · {brief}"), format!("team {letter}, score {score}: {whole}")),
            };
            let on = is_asked && predictions.team() == team;
            let help = "Whose turn it is. Score: 3 points for a guess off by at most 10 % of the way, 2 up to 25 %, 1 up to 50 %; 3 for a true word.";
            let help = if whole.is_empty() { help.to_owned() } else { format!("{whole}\n\n{help}") };
            let widest = if is_asked { &guessed } else { &text };
            let response = self.steady_target(ui, [&text, widest], &name, on, true, &help);
            let under =
                egui::Rect::from_min_max(response.rect.left_bottom() - vec2(0.0, 3.0), response.rect.right_bottom());
            ui.painter().rect_filled(under, 0.0, theme::color(self.state.team_style(team).0.line(theme)));
            if response.clicked() {
                commands.push(Command::Predict(PredictCommand::ChooseTeam(team)));
            }
        }
        if !is_asked {
            return;
        }
        let others = [
            ("+", "one team more", MORE_TEAMS, teams + 1),
            ("−", "one team less", LESS_TEAMS, teams.saturating_sub(1)),
        ];
        for (sign, name, help, count) in others {
            let is_possible = (1..=MAX_TEAMS).contains(&count);
            ui.add_enabled_ui(is_possible, |ui| {
                if sign_button(ui, sign, name, help).clicked() {
                    commands.push(Command::Predict(PredictCommand::SetTeams(count)));
                }
            });
        }
    }

    /// The second vote, and the reveal; then the next question.
    fn going_on(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        if self.open.phase == Phase::Asked {
            self.second_vote(ui, commands);
            self.reveal(ui, commands);
        } else if self.target(ui, "Score to 0", "all scores to 0", false, "All teams begin at 0 again.").clicked() {
            commands.push(Command::Predict(PredictCommand::ResetScore));
        }
    }

    fn second_vote(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let vote = self.open.vote;
        let texts = ["Second vote", "Second vote ✓"];
        let texts = if vote == Vote::First { texts } else { [texts[1]; 2] };
        let help = "After a discussion every team may guess again; both votes are shown, and the second one counts.";
        let is_possible = self.state.predictions.has_first_votes();
        if self.steady_target(ui, texts, "second vote", vote == Vote::Second, is_possible, help).clicked() {
            commands.push(Command::Predict(PredictCommand::SecondVote));
        }
    }

    fn reveal(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let width = 88.0 * self.state.view.chrome.type_scale.factor();
        let reveal = theme::primary_button(self.state.view.chrome.theme, "Reveal");
        let reveal = reveal.min_size(vec2(width, self.target_height()));
        if ui.add(reveal).hint("Shows the answer beside the guesses (G, or a step forward).").clicked() {
            commands.push(Command::Predict(PredictCommand::Reveal));
        }
    }

    /// The answers in words, with the teams and how many of the class gave them.
    fn outcomes(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let Self { state, open, .. } = *self;
        let own = open.guess(state.predictions.team(), open.vote);
        let votes = open.answers.as_ref().filter(|_| open.phase == Phase::Revealed);
        let votes = votes.map(|answers| (answers.votes(), answers.guesses.len()));
        for (index, outcome) in StepOutcome::ALL.into_iter().enumerate() {
            let guess = Guess::Outcome(outcome);
            let is_true = open.truth.as_ref().is_some_and(|truth| truth.outcomes.contains(&outcome));
            let votes = votes.map(|(counts, whole)| (counts[index], whole));
            let [text, name] = self.outcome_words(outcome, is_true, votes);
            let on = is_true || open.phase == Phase::Asked && own == Some(&guess);
            let response = self.target(ui, &text, &name, on, &outcome_help(open, outcome, is_true));
            if let Some((count, whole)) = votes {
                class::share_ui(response.rect, count, whole, ui);
            }
            if response.clicked() && open.phase == Phase::Asked {
                commands.push(Command::Predict(PredictCommand::Guess(guess)));
            }
        }
    }

    /// What the button of an outcome says, and its accessible name: with who has chosen it, and how many of a class.
    fn outcome_words(&self, outcome: StepOutcome, is_true: bool, votes: Option<(usize, usize)>) -> [String; 2] {
        let Self { state, open, .. } = *self;
        let chose = |team: &usize| open.final_guess(*team) == Some(&Guess::Outcome(outcome));
        let who: Vec<&str> = (0..state.predictions.teams()).filter(chose).map(team_name).collect();
        let who = if who.is_empty() { String::new() } else { format!(" · {}", who.join(" ")) };
        let [count, of] = votes.map_or_else(Default::default, |(count, whole)| {
            let brief = if count > 0 { format!(" · {count}") } else { String::new() };
            [brief, format!(", {count} of {}", counted(whole, "answer"))]
        });
        let (sign, title) = (if is_true { "✓ " } else { "" }, outcome.title());
        let name = match (open.phase, is_true) {
            (Phase::Revealed, true) => format!("{title}, true{who}{of}"),
            (Phase::Revealed, false) => format!("{title}, not true{who}{of}"),
            (Phase::Asked, _) => format!("the loss: {title}"),
        };
        [format!("{sign}{title}{who}{count}"), name]
    }

    /// How far a team was off, in both votes: in a word, and in whole; `None` where it did not guess, or that is not known yet.
    fn results(&self, team: usize) -> Option<[String; 2]> {
        let open = self.open;
        let verdicts: Vec<Verdict> =
            Vote::ALL.into_iter().filter_map(|vote| open.verdict(open.guess(team, vote)?)).collect();
        if verdicts.is_empty() {
            return None;
        }
        let joined = |words: fn(Verdict) -> String| {
            verdicts.iter().map(|verdict| words(*verdict)).collect::<Vec<_>>().join(" → ")
        };
        let of = match (open.kind, open.span) {
            (PredictionKind::Outcome, _) => "",
            (_, Span::Step) => " of the step",
            (_, Span::Run) => " of the way",
        };
        Some([joined(verdict_brief), format!("{}{of}", joined(verdict_words))])
    }

    /// What else is to be said of the answer.
    fn remark(&self, ui: &mut Ui) {
        let open = self.open;
        let Some(truth) = &open.truth else {
            ui.label(theme::muted("The run is still being computed"));
            return;
        };
        if open.kind.is_drawn() && truth.landing.is_none() {
            ui.add(Label::new(theme::strong("It diverges: it ends nowhere")).extend());
        }
        if !open.kind.is_drawn() && truth.outcomes.len() > 1 {
            let any = format!("Any of the {} with ✓ is right", truth.outcomes.len());
            ui.add(Label::new(theme::strong(any)).extend());
        }
    }
}

/// What an outcome is, below what was measured where it is the true one.
fn outcome_help(open: &OpenQuestion, outcome: StepOutcome, is_true: bool) -> String {
    match measure(open).filter(|_| is_true) {
        Some(measured) => format!("{measured}\n{}", outcome.help()),
        None => outcome.help().to_owned(),
    }
}

/// What the answer is measured by once it is revealed: both changes of the loss, or what the shares are of.
fn measure(open: &OpenQuestion) -> Option<String> {
    let truth = open.truth.as_ref().filter(|_| open.phase == Phase::Revealed)?;
    if !open.kind.is_drawn() {
        let [predicted, actual] = truth.changes?.map(change);
        return Some(format!("Change of the loss: predicted {predicted}, actual {actual}"));
    }
    let way = if open.span == Span::Step { "step" } else { "way" };
    let length = number(truth.unit(open.kind)?);
    if open.kind == PredictionKind::Path {
        return Some(format!(
            "Mean distance of both paths, and its share of how far the path leads from its start, {length}"
        ));
    }
    Some(if truth.length > 0.0 {
        format!("Shares are of the {way}, which is {length} long")
    } else {
        format!("Shares are of how far the {way} leads from its start, {length}")
    })
}

/// How wide a text is in one line, in points.
fn width_of(text: &RichText, ui: &Ui) -> f32 {
    egui::WidgetText::from(text.clone()).into_galley(ui, None, f32::INFINITY, TextStyle::Body).size().x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By how much the loss changed, or what a share is of, is said once it is revealed.
    #[test]
    fn what_an_answer_is_measured_by_is_said_with_it() {
        let asked = |kind: PredictionKind| {
            let mut state = State::overshooting();
            state.finish();
            let ask = PredictCommand::Ask { kind, span: Span::Step, question: None };
            state.apply(vec![Command::Predict(ask)]);
            let before = state.predictions.open().and_then(measure);
            state.apply(vec![Command::Predict(PredictCommand::Reveal)]);
            state.finish();
            (before, state.predictions.open().and_then(measure).unwrap_or_default())
        };
        let (before, outcome) = asked(PredictionKind::Outcome);
        assert!(before.is_none() && outcome.starts_with("Change of the loss: predicted −"), "{before:?}, {outcome}");
        let (before, landing) = asked(PredictionKind::Landing);
        assert!(before.is_none() && landing.starts_with("Shares are of the step, which is "), "{before:?}, {landing}");
    }
}
