//! This step: one sentence and the bars of its predictions, and the tabs that have the details, the curvature and the rule.

mod ball;
pub(super) mod batch;
mod curvature;
mod curvature_matrices;
mod evaluations;
mod inside;
mod kink;
mod predictions;
mod reach;
pub(super) mod rule;
mod sentence;
mod slope;
mod weights;

pub use sentence::{
    BarsBelow, height as sentence_height, presented_sentence_height, presented_sentence_ui, sentence_ui,
    wide_sentence_ui,
};
pub(super) use sentence::{compact_bars_ui, compact_bars_width, stacked_bars_height, stacked_bars_ui};

use egui::{Align, Label, Layout, RichText, Stroke, TextStyle, Ui, vec2};

use super::column;
use crate::drawing::network_models::brief_described;
use crate::run::{KnownOfStep, Run, StepAnalysis};
use crate::state::{Command, Section, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::disclosure::Disclosure;
use crate::ui::widgets::hint::Hint as _;

/// What the tabs show of a step.
struct StepParts<'a> {
    analysis: &'a StepAnalysis,
    run: &'a Run,
    known: KnownOfStep,
}

impl<'a> StepParts<'a> {
    fn of(state: &'a State) -> Option<Self> {
        let (analysis, run) = (state.derived.analysis()?, state.derived.run(state.selected)?);
        Some(Self { analysis, run, known: KnownOfStep::of(analysis, state.derived.queries()) })
    }
}

/// The tab of the curvature: kinks, eigenvalues, and how far the local models are right.
pub fn curvature_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    column(ui).id_salt("curvature").show(ui, |ui| match StepParts::of(state) {
        Some(shown) => curvature_parts(state, &shown, ui, commands),
        None => sentence::nothing_to_show(state, ui),
    });
}

/// The tab of the rule: the digits of the predictions, the update with its numbers, and what it cost.
pub fn rule_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    column(ui).id_salt("rule").show(ui, |ui| match StepParts::of(state) {
        Some(shown) => rule_parts(state, &shown, ui, commands),
        None => sentence::nothing_to_show(state, ui),
    });
}

fn curvature_parts(state: &State, shown: &StepParts<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let StepParts { analysis, run, known } = *shown;
    let entry = run.recipe().optimizer.entry;
    let in_fog = state.view.in_fog();
    if !in_fog {
        kink::kink_ui(state, ui, commands);
    }
    if known.curvature {
        section(state, Section::Curvature, &curvature::aside(analysis), ui, commands, |ui, commands| {
            curvature::curvature_ui(state, analysis, entry, ui);
            curvature::starts_ui(state, ui, commands);
        });
    } else {
        hidden(state, Section::Curvature, ui, commands);
    }
    if in_fog {
        hidden(state, Section::Reach, ui, commands);
        hidden(state, Section::Weights, ui, commands);
    } else {
        validity_parts(state, shown, ui, commands);
    }
    if state.document.landscape.data().is_some() {
        curvature_matrices_section(state, ui, commands);
    }
}

/// Up to where the local models are right, and what each weight has to do with it.
fn validity_parts(state: &State, shown: &StepParts<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let StepParts { analysis, run, .. } = *shown;
    section(state, Section::Reach, &reach::brief_reach(analysis), ui, commands, |ui, commands| {
        reach::reach_ui(state, analysis, ui, commands);
    });
    // With one weight there is nothing to separate, and every ball is an interval.
    if let Some(each) = state.derived.weights().filter(|_| !run.landscape().dimension().is_one()) {
        let aside = weights::brief(each, run.landscape());
        section(state, Section::Weights, &aside, ui, commands, |ui, _| weights::weights_ui(state, each, ui));
    }
}

fn rule_parts(state: &State, shown: &StepParts<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let StepParts { analysis, run, known } = *shown;
    let entry = run.recipe().optimizer.entry;
    if analysis.replayed.step.is_ok() {
        rule_section(state, analysis, run, ui, commands);
    }
    gap(ui);
    predictions::predictions_ui(state, analysis, known, ui);
    if let Some(batch) = &analysis.batch {
        section(state, Section::Batch, &batch::aside(batch), ui, commands, |ui, _| {
            batch::batch_ui(state, analysis, run, batch, ui);
        });
    }
    direction_parts(state, shown, ui, commands);
    section(state, Section::Asked, &evaluations::aside(analysis), ui, commands, |ui, _| {
        evaluations::evaluations_ui(analysis, entry, ui);
    });
}

/// What the gradient is made of, and why the step has its direction.
fn direction_parts(state: &State, shown: &StepParts<'_>, ui: &mut Ui, commands: &mut Vec<Command>) {
    let StepParts { analysis, run, known } = *shown;
    if let Some(here) = state.derived.slope().filter(|_| !state.view.in_fog()) {
        section(state, Section::Slope, &slope::aside(here), ui, commands, |ui, _| {
            slope::slope_ui(state, analysis, here, ui);
        });
    }
    // Along a line every norm is |x|.
    if run.landscape().dimension().is_one() {
        return;
    }
    if known.slope {
        section(state, Section::Ball, &ball::aside(analysis), ui, commands, |ui, _| ball::ball_ui(analysis, ui));
    } else {
        hidden(state, Section::Ball, ui, commands);
    }
}

/// The three curvatures of a network.
fn curvature_matrices_section(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if state.view.in_fog() {
        return hidden(state, Section::Curvatures, ui, commands);
    }
    let aside = state.derived.curvature_matrices().map_or_else(String::new, brief_described);
    section(state, Section::Curvatures, &aside, ui, commands, |ui, _| {
        curvature_matrices::curvature_matrices_ui(state, ui);
    });
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

/// A part that would show what the method has not evaluated.
fn hidden(state: &State, part: Section, ui: &mut Ui, commands: &mut Vec<Command>) {
    section(state, part, "in fog", ui, commands, |ui, _| {
        ui.add(Label::new(theme::muted("In fog: the method has not evaluated this (9 lifts it)").small()).wrap());
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
fn row(ui: &mut Ui, name: impl Into<String>, value: RichText, help: &str) {
    let height = ui.text_style_height(&TextStyle::Body);
    let size = vec2(ui.available_width(), height);
    let line = ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.label(value);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(theme::muted(name).small()).truncate()).hint(help);
        });
    });
    let rect = line.response.rect;
    let hairline = ui.visuals().widgets.noninteractive.bg_stroke.color;
    ui.painter().hline(rect.x_range(), rect.bottom() + ui.spacing().item_spacing.y / 2.0, Stroke::new(1.0, hairline));
}
