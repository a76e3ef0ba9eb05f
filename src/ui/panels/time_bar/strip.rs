//! The loss of the selected run against its steps, and the playhead on it: a slider in the shape of a picture.

use egui::accesskit::{Action, ActionData};
use egui::{Align2, CursorIcon, EventFilter, Key, Response, Stroke, TextStyle, Ui, WidgetInfo, vec2};

use crate::drawing::DrawnRun;
use crate::drawing::ink::{Ink, run_style};
use crate::drawing::loss_chart::sparkline;
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::numbers::numerals::{change, grouped, number};
use crate::render::flat::{Axes, FlatView, Mapping};
use crate::run::Epochs;
use crate::state::{Command, PlayCommand, State};
use crate::ui::panels::this_step::batch::epoch_words;
use crate::ui::theme;
use crate::ui::views::paths;
use crate::ui::widgets::hint::Hint as _;

pub(super) const HELP: &str = "The loss of the selected run, step by step, on a logarithmic scale where it is positive: drag through it to move in time. The Loss tab has it with figures, for every run. The row below it has ρ of every step, actual ÷ predicted: a bar up to the line is 1, one that hangs down is negative.";

/// Room before the first step and after the last, as a share of the width: the handle is never cut.
const MARGIN: f64 = 0.012;

pub(super) fn strip_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let paths = paths(state);
    let steps = state.document.steps;
    let (row, in_fog) = (state.derived.prediction_row(), state.view.in_fog());
    let strip = sparkline(selected(state).as_ref(), row, steps, state.shown_step(), in_fog);
    let [low, high] = strip.view.x;
    let margin = MARGIN * (high - low);
    let view = ViewBox::new(low - margin, high + margin, strip.view.y[0], strip.view.y[1]);
    let look = (state.view.chrome.theme, state.view.chrome.type_scale.factor());
    let shown = FlatView { axes: Axes::None, ..FlatView::chart("loss strip", view, strip.primitives, look) }.show(ui);
    handle(state, ui, &shown.mapping);
    progress(state, ui, &shown.mapping);
    describe(state, ui, &shown.response, &paths);
    scrub(state, ui, &shown.response, &shown.mapping, commands);
}

/// The selected run, hidden or not.
fn selected(state: &State) -> Option<DrawnRun<'_>> {
    let card = state.document.cards.iter().find(|card| card.id == state.selected)?;
    let (name, style) = (state.document.label(card), run_style(card.style));
    Some(DrawnRun {
        run: state.derived.run(card.id)?,
        name,
        style,
        selected: true,
        ghost: card.ghost,
        now: state.playback.playhead,
        waiting: None,
    })
}

/// A parameter on the playhead, to be seen as something to drag.
fn handle(state: &State, ui: &Ui, mapping: &Mapping) {
    let k = state.view.chrome.type_scale.factor();
    let frame = mapping.frame();
    let x = mapping.position(Point::new(state.shown_step() as f64, 0.0)).x;
    let at = egui::pos2(x, frame.bottom() - 7.0 * k);
    let rim = Stroke::new(2.0 * k, theme::color(Ink::Truth.line(state.view.chrome.theme)));
    ui.painter().circle(at, 6.0 * k, ui.visuals().window_fill, rim);
}

/// How far a long computation has come.
fn progress(state: &State, ui: &Ui, mapping: &Mapping) {
    if !state.busy {
        return;
    }
    // Of the run that has come least far.
    let under_way = state.derived.runs().filter(|(_, run)| run.stop().is_none());
    let step = under_way.map(|(_, run)| run.iterates().len().saturating_sub(1)).min();
    let text = format!("computing… {} of {}", grouped(step.unwrap_or(0)), grouped(state.document.steps));
    let font = TextStyle::Small.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(text, font, ui.visuals().weak_text_color());
    let place = Align2::RIGHT_TOP.anchor_size(mapping.frame().right_top(), galley.size());
    // On a patch of ground: the curves run beneath.
    ui.painter().rect_filled(place.expand2(vec2(3.0, 0.0)), 2.0, ui.visuals().panel_fill.gamma_multiply(0.85));
    ui.painter().galley(place.min, galley, ui.visuals().weak_text_color());
}

/// For those who cannot see it: a slider named step, with the losses at the playhead.
fn describe(state: &State, ui: &Ui, response: &Response, paths: &[DrawnRun<'_>]) {
    let (playhead, last) = (state.shown_step(), state.last_step());
    response.widget_info(|| WidgetInfo::slider(true, playhead as f64, "step"));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(last as f64);
        node.set_numeric_value_step(1.0);
        let kept = kept(state, playhead).map_or_else(String::new, |words| format!(". {words}"));
        let epoch = epoch(state, playhead).map_or_else(String::new, |words| format!(". {words}"));
        node.set_description(format!("Loss at step {playhead} of {last}: {}{kept}{epoch}", losses(paths, playhead)));
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
}

/// The loss of every run at a step, or where it has stopped before.
fn losses(paths: &[DrawnRun<'_>], step: usize) -> String {
    let loss = |path: &DrawnRun<'_>| {
        let iterates = path.run.iterates();
        let iterate = iterates.get(step).or_else(|| iterates.last())?;
        Some(format!("{} {}", path.name, number(iterate.loss)))
    };
    paths.iter().filter_map(loss).collect::<Vec<_>>().join(", ")
}

/// What a step of the selected run predicted and did: "Step 2 predicted −68.05, the loss changed by −20.26".
///
/// `None` in fog for steps from the playhead on.
fn kept(state: &State, step: usize) -> Option<String> {
    if state.view.in_fog() && step >= state.shown_step() {
        return None;
    }
    let run = state.derived.run(state.selected)?;
    let step_report = run.step_report(step)?;
    let [predicted, actual] = [step_report.predicted, step_report.actual].map(change);
    // A method that asks a batch does not believe in the plane of the whole.
    let of_all = if Epochs::of(run).is_some() { " by the plane of all samples" } else { "" };
    Some(format!("Step {step} predicted {predicted}{of_all}, the loss changed by {actual}"))
}

/// Says in which epoch a step of the selected run is, what the dotted lines are, and what is drawn in an epoch.
fn epoch(state: &State, step: usize) -> Option<String> {
    let epochs = state.derived.run(state.selected).and_then(Epochs::of)?;
    Some(format!("{} The dotted lines are ends of epochs.", epoch_words(&epochs, step)))
}

/// The playhead follows the pointer, the arrow keys, and what a screen reader asks.
fn scrub(state: &State, ui: &mut Ui, response: &Response, mapping: &Mapping, commands: &mut Vec<Command>) {
    let last = state.last_step() as f64;
    let mut go = |step: f64| {
        let step = step.round().clamp(0.0, last) as usize;
        if step != state.playback.playhead {
            commands.push(Command::Play(PlayCommand::GoTo(step)));
        }
    };
    // Already the press moves it, before it is known whether it becomes a click or a drag.
    if response.is_pointer_button_down_on()
        && let Some(position) = response.interact_pointer_pos()
    {
        go(mapping.point(position).x);
    }
    if let Some(evaluations) = asked_value(ui, response) {
        go(evaluations);
    }
    let moves = moves(ui, response);
    if moves != 0 {
        commands.push(Command::Play(PlayCommand::StepBy(moves)));
    }
    let response = response.clone().on_hover_cursor(CursorIcon::ResizeHorizontal);
    // While presenting nothing covers the bars above it.
    if state.view.chrome.presenting.is_none() {
        tooltip(state, response, mapping);
    }
}

/// What is to be known of the step under the pointer.
fn tooltip(state: &State, response: Response, mapping: &Mapping) {
    let pointed = response.hover_pos().map(|position| mapping.point(position).x);
    let step = pointed.filter(|step| *step >= 0.0).map(|step| step as usize);
    let words = [step.and_then(|step| kept(state, step)), epoch(state, step.unwrap_or(state.shown_step()))];
    if words.iter().any(Option::is_some) {
        response.hint_ui(|ui| {
            ui.set_max_width(ui.spacing().tooltip_width);
            for words in words.into_iter().flatten() {
                ui.label(words);
            }
        });
    }
}

fn asked_value(ui: &Ui, response: &Response) -> Option<f64> {
    ui.input(|input| {
        let values =
            input.accesskit_action_requests(response.id, Action::SetValue).filter_map(|request| match request.data {
                Some(ActionData::NumericValue(value)) if value.is_finite() => Some(value),
                _ => None,
            });
        values.last()
    })
}

/// Steps asked for by the arrow keys of the focused strip, or by a screen reader.
fn moves(ui: &Ui, response: &Response) -> i64 {
    let focused = response.has_focus();
    if focused {
        let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    }
    let count = |action, key| {
        ui.input(|input| {
            input.num_accesskit_action_requests(response.id, action) + if focused { input.num_presses(key) } else { 0 }
        })
    };
    let moves = |action, key| i64::try_from(count(action, key)).unwrap_or(0);
    moves(Action::Increment, Key::ArrowRight) - moves(Action::Decrement, Key::ArrowLeft)
}
