//! A prediction in the place of the sentence and its bars: the question, the teams, the answers in words, and the reveal.

mod class;

use egui::{Button, Label, Response, Role, TextStyle, Ui, WidgetInfo, vec2};

use super::column;
use crate::quiz::{Guess, PredictionKind, Span, StepOutcome};
use crate::render::guesses::{team_name, verdict_words};
use crate::state::{Command, MAX_TEAMS, OpenQuestion, Phase, PredictCommand, State, Vote};
use crate::ui::theme;
use crate::ui::widgets::icon::sign_button;

/// The height of a target, in points at normal type.
const TARGET: f32 = 32.0;

/// The panel; it scrolls where it has too little room.
pub fn predict_ui(state: &State, open: &OpenQuestion, ui: &mut Ui, commands: &mut Vec<Command>) {
    let panel = Panel { state, open };
    column(ui).id_salt("prediction").show(ui, |ui| {
        panel.question(ui, commands);
        if open.kind == PredictionKind::Outcome {
            ui.horizontal_wrapped(|ui| panel.outcomes(ui, commands));
        }
        ui.horizontal_wrapped(|ui| {
            panel.teams(ui, commands);
            panel.going_on(ui, commands);
        });
        if open.phase == Phase::Revealed {
            panel.results(ui);
        }
        class::class_ui(state, open, ui, commands);
    });
}

/// A question that is open.
struct Panel<'a> {
    state: &'a State,
    open: &'a OpenQuestion,
}

impl Panel<'_> {
    /// A button with a large target, pressed while it is on.
    fn target(&self, ui: &mut Ui, text: &str, name: &str, on: bool, help: &str) -> Response {
        let k = self.state.view.chrome.type_scale.factor();
        let enabled = ui.is_enabled();
        let response =
            ui.add(Button::selectable(on, text).frame_when_inactive(true).min_size(vec2(TARGET, TARGET) * k));
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, on, name));
        response.on_hover_text(help)
    }

    /// The question with its kinds, and the way out.
    fn question(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let Self { state, open } = *self;
        ui.horizontal_top(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                if sign_button(ui, "✕", "close the prediction", "Closes the prediction: Escape.").clicked() {
                    commands.push(Command::Predict(PredictCommand::Close));
                }
                if open.phase == Phase::Asked {
                    self.kinds(ui, commands);
                }
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                    let large = state.view.chrome.presenting.is_some();
                    let style = if large { TextStyle::Heading } else { TextStyle::Body };
                    ui.add(Label::new(theme::strong(&open.text).text_style(style)).wrap());
                    if open.phase == Phase::Asked && !large {
                        let is_one = state.document.landscape.dimension().is_one();
                        ui.add(Label::new(theme::muted(open.kind.instruction(is_one)).small()).wrap());
                    }
                });
            });
        });
    }

    /// What is asked for, in a menu.
    fn kinds(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let open = self.open;
        let menu = ui.menu_button(format!("{} ▾", open.kind.title()), |ui| {
            for kind in PredictionKind::ALL {
                for span in kind.spans() {
                    let text = match kind.spans().len() {
                        1 => kind.title().to_owned(),
                        _ => format!("{} of the {}", kind.title(), span.title()),
                    };
                    let is_this = (kind, *span) == (open.kind, open.span);
                    if ui.selectable_label(is_this, text).on_hover_text(kind.question(*span)).clicked() {
                        commands.push(Command::Predict(PredictCommand::Ask { kind, span: *span, question: None }));
                        ui.close();
                    }
                }
            }
        });
        menu.response.on_hover_text("What is asked for: a landing, a path or an outcome.");
    }

    /// A team each, whose turn it is pressed, with its score; and how many there are.
    fn teams(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let predictions = &self.state.predictions;
        let (teams, theme) = (predictions.teams(), self.state.view.chrome.theme);
        let is_asked = self.open.phase == Phase::Asked;
        for team in 0..teams {
            let has_guessed = self.open.guess(team, self.open.vote).is_some();
            let (letter, score) = (team_name(team), predictions.score(team));
            let text = format!("{letter} {}{score}", if has_guessed && is_asked { "✓ " } else { "" });
            let guessed = if has_guessed { ", has guessed" } else { "" };
            let name = format!("team {letter}, score {score}{guessed}");
            let on = is_asked && predictions.team() == team;
            let response = self.target(ui, &text, &name, on, "Whose turn it is. Score: 3 points for a guess off by at most 10 % of the way, 2 up to 25 %, 1 up to 50 %; 3 for a true word.");
            let under =
                egui::Rect::from_min_max(response.rect.left_bottom() - vec2(0.0, 3.0), response.rect.right_bottom());
            ui.painter().rect_filled(under, 0.0, theme::color(self.state.team_style(team).0.line(theme)));
            if response.clicked() {
                commands.push(Command::Predict(PredictCommand::ChooseTeam(team)));
            }
        }
        for (sign, name, count) in [("+", "one team more", teams + 1), ("−", "one team less", teams.saturating_sub(1))]
        {
            let is_possible = (1..=MAX_TEAMS).contains(&count);
            ui.add_enabled_ui(is_possible && is_asked, |ui| {
                if sign_button(ui, sign, name, "Up to four teams, each with a color and a marker of its own.").clicked()
                {
                    commands.push(Command::Predict(PredictCommand::SetTeams(count)));
                }
            });
        }
    }

    /// The second vote, and the reveal; then the next question.
    fn going_on(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let state = self.state;
        if self.open.phase == Phase::Asked {
            let vote = self.open.vote;
            let text = if vote == Vote::First { "Second vote" } else { "Second vote ✓" };
            ui.add_enabled_ui(state.predictions.has_first_votes(), |ui| {
                let help =
                    "After a discussion every team may guess again; both votes are shown, and the second one counts.";
                if self.target(ui, text, "second vote", vote == Vote::Second, help).clicked() {
                    commands.push(Command::Predict(PredictCommand::SecondVote));
                }
            });
            let k = state.view.chrome.type_scale.factor();
            let reveal = theme::primary_button(state.view.chrome.theme, "Reveal").min_size(vec2(88.0, TARGET) * k);
            if ui.add(reveal).on_hover_text("Shows the answer beside the guesses (G, or a step forward).").clicked() {
                commands.push(Command::Predict(PredictCommand::Reveal));
            }
            return;
        }
        if self.target(ui, "Score to 0", "all scores to 0", false, "All teams begin at 0 again.").clicked() {
            commands.push(Command::Predict(PredictCommand::ResetScore));
        }
    }

    /// The answers in words; those of the teams beside them.
    fn outcomes(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let Self { state, open } = *self;
        let teams = state.predictions.teams();
        let own = open.guess(state.predictions.team(), open.vote);
        for outcome in StepOutcome::ALL {
            let guess = Guess::Outcome(outcome);
            let who: Vec<&str> =
                (0..teams).filter(|team| open.final_guess(*team) == Some(&guess)).map(team_name).collect();
            let is_true = open.truth.as_ref().is_some_and(|truth| truth.outcomes.contains(&outcome));
            let who = if who.is_empty() { String::new() } else { format!(" · {}", who.join(" ")) };
            let sign = if is_true { "✓ " } else { "" };
            let text = format!("{sign}{}{who}", outcome.title());
            let name = match (open.phase, is_true) {
                (Phase::Revealed, true) => format!("{}, true{who}", outcome.title()),
                (Phase::Revealed, false) => format!("{}, not true{who}", outcome.title()),
                (Phase::Asked, _) => format!("the loss: {}", outcome.title()),
            };
            let on = is_true || open.phase == Phase::Asked && own == Some(&guess);
            if self.target(ui, &text, &name, on, outcome.help()).clicked() && open.phase == Phase::Asked {
                commands.push(Command::Predict(PredictCommand::Guess(guess)));
            }
        }
    }

    /// How far each team was off.
    fn results(&self, ui: &mut Ui) {
        let Self { state, open } = *self;
        let Some(truth) = &open.truth else {
            ui.label(theme::muted("The run is still being computed"));
            return;
        };
        if open.kind.is_drawn() && truth.landing.is_none() {
            ui.label(theme::strong("It diverges: it ends nowhere"));
        }
        let words = |guess: Option<&Guess>| guess.and_then(|guess| open.verdict(guess)).map(verdict_words);
        for team in 0..state.predictions.teams() {
            let [first, second] = Vote::ALL.map(|vote| words(open.guess(team, vote)));
            let text = match (first, second) {
                (Some(first), Some(second)) => format!("{first} → {second}"),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => continue,
            };
            let of = match (open.kind, open.span) {
                (PredictionKind::Outcome, _) => "",
                (_, Span::Step) => " of the step",
                (_, Span::Run) => " of the way",
            };
            ui.add(Label::new(format!("{}: {text}{of}", team_name(team))).wrap());
        }
    }
}
