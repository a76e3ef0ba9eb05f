//! This step: one sentence, the predictions beside the result, the curvature, the rule with its numbers, and the cost.

mod ball;
pub(super) mod batch;
mod curvature;
mod curvatures;
mod evaluations;
mod inside;
mod kink;
mod predictions;
mod reach;
pub(super) mod rule;
mod slope;
mod weights;

use egui::text::LayoutJob;
use egui::{Align, FontSelection, Label, Layout, RichText, Stroke, TextStyle, Ui, vec2};

use super::column;
use super::status::stop_here;
use crate::drawing::ink::Ink;
use crate::drawing::network_models::brief_described;
use crate::drawing::sentence::{OSCILLATES, sentence, sentence_in_fog};
use crate::run::explain::Explanation;
use crate::run::{Known, Run, StepAnalysis, StopReason};
use crate::state::{Command, Section, State, ViewCommand, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::disclosure::Disclosure;

/// The column; it scrolls where it is given too little room.
pub fn this_step_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    column(ui).show(ui, |ui| {
        ui.label(theme::title("This step"));
        match (state.derived.analysis(), state.derived.run(state.selected)) {
            (Some(analysis), Some(run)) => step(state, analysis, run, ui, commands),
            (_, run) => nothing_to_show(run, ui),
        }
    });
}

/// The sentence of this step alone, over the width that there is, with a way out of the presentation at its right end.
pub fn presented_sentence_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
        let leave = ui.button("✕").on_hover_text("Shows everything again: F5 or Escape.");
        leave.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), "leave the presentation"));
        if leave.clicked() {
            commands.push(Command::Window(WindowCommand::TogglePresenting));
        }
        let top_down = Layout::top_down(Align::Min);
        ui.with_layout(top_down, |ui| column(ui).show(ui, |ui| sentence_or_reason(state, ui)));
    });
}

/// The sentence, and why the run ends here; or why there is none.
fn sentence_or_reason(state: &State, ui: &mut Ui) {
    if let (Some(analysis), Some(explanation)) = (state.derived.analysis(), state.derived.explanation()) {
        spoken(state, explanation, Known::of(analysis, state.derived.queries()), ui);
        the_end(state, explanation, ui);
    } else {
        nothing_to_show(state.derived.run(state.selected), ui);
    }
}

/// Why there is no step.
fn nothing_to_show(run: Option<&Run>, ui: &mut Ui) {
    let why = run.and_then(Run::stop).map_or("There is no step to show yet.", |stop| stop.text.as_str());
    ui.label(theme::strong(why).heading());
}

fn step(state: &State, analysis: &StepAnalysis, run: &Run, ui: &mut Ui, commands: &mut Vec<Command>) {
    let entry = run.recipe().optimizer.entry;
    let known = Known::of(analysis, state.derived.queries());
    let explanation = state.derived.explanation();
    let is_one = run.landscape().dimension().is_one();
    if let Some(explanation) = explanation {
        spoken(state, explanation, known, ui);
    }
    if !state.view.in_fog() {
        kink::kink_ui(state, ui, commands);
    }
    if let Some(explanation) = explanation {
        the_end(state, explanation, ui);
    }
    gap(ui);
    predictions::predictions_ui(state, analysis, known, ui);
    if let Some(batch) = &analysis.batch {
        section(state, Section::Batch, &batch::aside(batch), ui, commands, |ui, _| {
            batch::batch_ui(state, analysis, run, batch, ui);
        });
    }
    if state.view.in_fog() {
        hidden(state, Section::Reach, ui, commands);
        hidden(state, Section::Weights, ui, commands);
    } else {
        section(state, Section::Reach, &reach::brief_reach(analysis), ui, commands, |ui, commands| {
            reach::reach_ui(state, analysis, ui, commands);
        });
        // Of one weight there is nothing to take apart, and every ball is an interval.
        if let Some(each) = state.derived.weights().filter(|_| !is_one) {
            let aside = weights::brief(each, run.landscape());
            section(state, Section::Weights, &aside, ui, commands, |ui, _| weights::weights_ui(state, each, ui));
        }
        if let Some(here) = state.derived.slope() {
            section(state, Section::Slope, &slope::aside(here), ui, commands, |ui, _| {
                slope::slope_ui(state, analysis, here, ui);
            });
        }
    }
    if known.curvature {
        section(state, Section::Curvature, &curvature::aside(analysis), ui, commands, |ui, _| {
            curvature::curvature_ui(state, analysis, entry, ui);
        });
    } else {
        hidden(state, Section::Curvature, ui, commands);
    }
    if state.document.landscape.data().is_some() {
        curvatures_section(state, ui, commands);
    }
    if is_one {
    } else if known.slope {
        section(state, Section::Ball, &ball::aside(analysis), ui, commands, |ui, _| ball::ball_ui(analysis, ui));
    } else {
        hidden(state, Section::Ball, ui, commands);
    }
    if analysis.replayed.step.is_ok() {
        rule_section(state, analysis, run, ui, commands);
    }
    section(state, Section::Asked, &evaluations::aside(analysis), ui, commands, |ui, _| {
        evaluations::evaluations_ui(analysis, entry, ui);
    });
}

/// The three curvatures of a network.
fn curvatures_section(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if state.view.in_fog() {
        return hidden(state, Section::Curvatures, ui, commands);
    }
    let aside = state.derived.curvatures().map_or_else(String::new, brief_described);
    section(state, Section::Curvatures, &aside, ui, commands, |ui, _| curvatures::curvatures_ui(state, ui));
}

/// The rule, with the way into the step beside its heading.
fn rule_section(state: &State, analysis: &StepAnalysis, run: &Run, ui: &mut Ui, commands: &mut Vec<Command>) {
    let open = state.view.scene.open.contains(&Section::Rule);
    gap_above(open, ui);
    if heading(Section::Rule, open, "").show_with(ui, |ui| inside::way_in_ui(state, ui, commands)) {
        commands.push(Command::View(ViewCommand::ToggleSection(Section::Rule)));
    }
    inside::inside_ui(state, ui, commands);
    if open {
        rule::rule_ui(run, analysis.index, &analysis.replayed, ui);
    }
}

/// The sentence, its numbers in the color of what they speak of; read aloud as one.
fn spoken(state: &State, explanation: &Explanation, known: Known, ui: &mut Ui) {
    let mut job = LayoutJob::default();
    let pieces = if state.view.in_fog() { sentence_in_fog(explanation, known) } else { sentence(explanation) };
    for piece in pieces {
        let text = RichText::new(piece.text).text_style(TextStyle::Heading);
        let text = match piece.ink {
            Some(ink) => theme_role(state, text, ink),
            None => text,
        };
        text.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
    }
    ui.add(Label::new(job).wrap());
}

fn theme_role(state: &State, text: RichText, ink: Ink) -> RichText {
    text.color(theme::color(ink.text(state.view.chrome.theme)))
}

/// Why the run stops here, if it does and the sentence has not said it already.
fn the_end(state: &State, explanation: &Explanation, ui: &mut Ui) {
    let Some(stop) = stop_here(state) else { return };
    if explanation.says_why_it_ends() {
        return;
    }
    if explanation.oscillates {
        ui.add(Label::new(RichText::new(format!("{}. {OSCILLATES}", stop.text)).small()).wrap());
        return;
    }
    let text = match stop.reason {
        StopReason::StepLimit | StopReason::Converged => theme::muted(&stop.text),
        _ => theme::role(state.view.chrome.theme, &stop.text, Ink::Gap),
    };
    ui.label(text.small()).on_hover_text("Why the selected run ends here");
}

fn gap(ui: &mut Ui) {
    ui.add_space(2.0 * ui.spacing().item_spacing.y);
}

/// A part that can be folded away; `aside` says in a few words what is in it.
fn section(
    state: &State,
    part: Section,
    aside: &str,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    contents: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    let open = state.view.scene.open.contains(&part);
    gap_above(open, ui);
    if heading(part, open, aside).show(ui) {
        commands.push(Command::View(ViewCommand::ToggleSection(part)));
    }
    if open {
        contents(ui, commands);
    }
}

/// A part that would tell what the method has not asked.
fn hidden(state: &State, part: Section, ui: &mut Ui, commands: &mut Vec<Command>) {
    section(state, part, "in fog", ui, commands, |ui, _| {
        ui.add(Label::new(theme::muted("In fog: the method has not asked for this (G lifts it)").small()).wrap());
    });
}

/// What is folded away stands close together.
fn gap_above(open: bool, ui: &mut Ui) {
    if open {
        gap(ui);
    }
}

fn heading(part: Section, open: bool, aside: &str) -> Disclosure<'static> {
    Disclosure {
        open,
        title: theme::title(part.title()),
        name: part.title(),
        help: part.help(),
        aside: theme::muted(aside).small(),
    }
}

/// A line of a table: what it is on the left, its value on the right, a hairline beneath.
fn row(ui: &mut Ui, name: impl Into<RichText>, value: RichText, help: &str) {
    let height = ui.text_style_height(&TextStyle::Body);
    let size = vec2(ui.available_width(), height);
    let line = ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.label(value);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(name.into()).truncate()).on_hover_text(help);
        });
    });
    let rect = line.response.rect;
    let hairline = ui.visuals().widgets.noninteractive.bg_stroke.color;
    ui.painter().hline(rect.x_range(), rect.bottom() + ui.spacing().item_spacing.y / 2.0, Stroke::new(1.0, hairline));
}
