//! Resolves the words of a lesson file to landscapes, methods and tabs; an unknown one is a mistake with its place.

use super::goal::{Goal, Range};
use super::{Lesson, Look, Page, Prediction, Task};
use crate::drawing::overlays::{self, OverlayId};
use crate::drawing::{Pane, Picture, WindowPart};
use crate::landscapes::excerpt::excerpt;
use crate::lessons::{GoalText, LessonText, Located, Mistake, PageText, ParameterRange, PredictText, inline_text};
use crate::numbers::Point;
use crate::optimizers::{self, Method};
use crate::quiz::{PredictionKind, Span};
use crate::scene::hint;
use crate::studies::RaceEnd;

/// How near is near, where nothing is said.
const WITHIN: f64 = 0.1;

impl Lesson {
    /// Reads a lesson file; its scenes are read when their pages are shown.
    ///
    /// # Errors
    /// Every mistake that is found.
    pub fn read(text: &str) -> Result<Self, Vec<Mistake>> {
        Self::of(LessonText::read(text)?)
    }

    /// The lesson that is written like this.
    ///
    /// # Errors
    /// Every unknown word.
    pub fn of(written: LessonText) -> Result<Self, Vec<Mistake>> {
        let (lesson, mistakes) = Self::as_far(written);
        if mistakes.is_empty() { Ok(lesson) } else { Err(mistakes) }
    }

    /// As much of a lesson as its words stand for, and every unknown word.
    pub(super) fn as_far(written: LessonText) -> (Self, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        let pages = written.pages.into_iter().map(|page| resolved(page, &mut mistakes)).collect();
        let LessonText { id, title, question, first, .. } = written;
        (Self { id: id.value, title, question, first, pages }, mistakes)
    }
}

/// What a word stands for among all that there is.
pub(super) fn found<T>(
    kind: &str,
    word: &Located<String>,
    known: impl Iterator<Item = (&'static str, T)> + Clone,
    mistakes: &mut Vec<Mistake>,
) -> Option<T> {
    let one = known.clone().find(|(id, _)| *id == word.value);
    if one.is_none() {
        let hint = hint(&word.value, known.map(|(id, _)| id));
        mistakes.push(word.mistake(format!("unknown {kind} '{}'{hint}", excerpt(&word.value))));
    }
    one.map(|(_, one)| one)
}

pub(in crate::state) fn overlay(word: &Located<String>, mistakes: &mut Vec<Mistake>) -> Option<OverlayId> {
    found("overlay", word, overlays::ALL.iter().map(|overlay| (overlay.id.name(), overlay.id)), mistakes)
}

pub(in crate::state) fn tab(word: &Located<String>, mistakes: &mut Vec<Mistake>) -> Option<Pane> {
    found("tab", word, Pane::TABS.into_iter().map(|pane| (pane.id(), pane)), mistakes)
}

pub(in crate::state) fn picture(word: &Located<String>, mistakes: &mut Vec<Mistake>) -> Option<Picture> {
    found("picture", word, Picture::ALL.into_iter().map(|picture| (picture.id(), picture)), mistakes)
}

fn method(word: &Located<String>, mistakes: &mut Vec<Mistake>) -> Option<&'static Method> {
    found("method", word, optimizers::ENTRIES.iter().map(|method| (method.id, *method)), mistakes)
}

fn look(word: &Located<String>, mistakes: &mut Vec<Mistake>) -> Option<Look> {
    let parts = WindowPart::ALL.into_iter().map(|part| (part.id(), Look::Part(part)));
    let overlays = overlays::ALL.iter().map(|overlay| (overlay.id.name(), Look::Overlay(overlay.id)));
    found("part of the window or overlay", word, parts.chain(overlays), mistakes)
}

fn prediction(text: &PredictText, mistakes: &mut Vec<Mistake>) -> Option<Prediction> {
    let kinds = PredictionKind::ALL.into_iter().map(|kind| (kind.id(), kind));
    let kind = found("kind of prediction", &text.kind, kinds, mistakes)?;
    let spans = Span::ALL.into_iter().map(|span| (span.id(), span));
    let usual = if kind == PredictionKind::Path { Span::Run } else { Span::Step };
    let span = text.of.as_ref().map_or(Some(usual), |of| found("span", of, spans, mistakes))?;
    if let Some(of) = text.of.as_ref().filter(|_| !kind.spans().contains(&span)) {
        let possible = kind.spans()[0].id();
        mistakes.push(of.mistake(format!("{} is predicted of the {possible} only: of = \"{possible}\"", kind.id())));
    }
    Some(Prediction { kind, span: kind.suited(span), question: inline_text(&text.question, mistakes) })
}

fn resolved(page: PageText, mistakes: &mut Vec<Mistake>) -> Page {
    let PageText { heading, blocks, scene, task, predict, look: at, .. } = page;
    let task = task.map(|task| Task {
        text: inline_text(&task.task, mistakes),
        hint: task.hint.map(|hint| inline_text(&hint, mistakes)),
        goal: goal(&task.done, mistakes),
        at: task.at,
        solution: task.solution,
    });
    let predict = predict.and_then(|predict| prediction(&predict, mistakes));
    let look = at.iter().filter_map(|word| look(word, mistakes)).collect();
    let names_tab = scene.as_ref().is_some_and(|scene| names_tab(&scene.value));
    Page { heading, blocks, task, predict, look, scene, names_tab }
}

/// Whether a scene names a tab other than that of the lessons.
fn names_tab(scene: &str) -> bool {
    let table: Option<toml::Table> = toml::from_str(scene).ok();
    let tab = table.as_ref().and_then(|table| table.get("view")?.get("tab")?.as_str());
    tab.is_some_and(|tab| tab != Pane::Lessons.id())
}

fn goal(text: &GoalText, mistakes: &mut Vec<Mistake>) -> Goal {
    let within = text.within.as_ref().map_or(WITHIN, |within| within.value);
    let near = |at: &Option<Located<[f64; 2]>>| at.as_ref().map(|at| (Point::from(at.value), within));
    let value = |number: &Option<Located<f64>>| number.as_ref().map(|number| number.value);
    let interval = |ends: &Option<Located<[f64; 2]>>| ends.as_ref().map(|ends| ends.value);
    let whole = |number: &Option<Located<usize>>| number.as_ref().map(|number| number.value);
    if let Some(run) = text.run.as_ref().filter(|run| run.value == 0) {
        mistakes.push(run.mistake("runs are numbered from 1"));
    }
    let ends = RaceEnd::ALL.into_iter().map(|end| (end.id(), end));
    let range = |range: &ParameterRange| Range { name: range.name.value.clone(), min: range.min, max: range.max };
    let methods: Vec<&'static Method> = text.method.iter().filter_map(|word| method(word, mistakes)).collect();
    parameters_of(text, &methods, mistakes);
    Goal {
        run: whole(&text.run),
        ends: text.ends.iter().filter_map(|word| found("end", word, ends.clone(), mistakes)).collect(),
        near: near(&text.near),
        methods: methods.iter().map(|method| method.id).collect(),
        parameters: text.parameter.iter().map(range).collect(),
        landscape_parameters: text.landscape_parameter.iter().map(range).collect(),
        rate_times_curvature: interval(&text.rate_times_curvature),
        ratio: interval(&text.ratio),
        playhead: interval(&text.playhead),
        loss_below: value(&text.loss_below),
        loss_above: value(&text.loss_above),
        gradient_below: value(&text.gradient_below),
        steps_at_most: whole(&text.steps_at_most),
        start_near: near(&text.start_near),
        tab: text.tab.as_ref().and_then(|word| tab(word, mistakes)),
        show: text.show.iter().filter_map(|word| overlay(word, mistakes)).collect(),
        hide: text.hide.iter().filter_map(|word| overlay(word, mistakes)).collect(),
        picture: text.picture.as_ref().and_then(|word| picture(word, mistakes)),
        stage: interval(&text.stage),
        weights: interval(&text.weights),
        runs: whole(&text.runs),
    }
}

/// A parameter is one of the methods that are named, or of any.
fn parameters_of(text: &GoalText, methods: &[&'static Method], mistakes: &mut Vec<Mistake>) {
    let among = if methods.is_empty() { optimizers::ENTRIES } else { methods };
    let known = among.iter().flat_map(|method| method.parameters.iter().map(|parameter| (parameter.name, ())));
    for range in &text.parameter {
        found("parameter", &range.name, known.clone(), mistakes);
    }
}
