//! The text on a sweep: which setting does best, or why none does.

use super::nearest;
use crate::analysis::{CriticalPoint, Kind};
use crate::numbers::numerals::{counted, grouped, number, parameter, rough};
use crate::optimizers::Method;
use crate::state::{State, SweepUntil, Swept};
use crate::studies::{RaceEnd, RangeTest, SweepAxis, SweepKey, SweepQuestion};

/// The criterion in words: "‖∇f‖ ≤ 10⁻⁶".
fn criterion(state: &State) -> String {
    let choice = &state.view.scene.sweep;
    format!("{} ≤ {}", choice.until.title(), rough(choice.tolerance))
}

/// To three digits: more says no more.
fn few(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// The values of a setting: "η 0.0130, β 0.9".
fn setting(question: &SweepQuestion, values: [f64; 2]) -> String {
    let method: &Method = question.optimizer.entry;
    let of = |(axis, value): (&SweepAxis, f64)| format!("{} {}", axis.key.symbol(method), parameter(few(value)));
    question.axes().zip(values).map(of).collect::<Vec<_>>().join(", ")
}

/// One or two sentences about all settings.
pub(super) fn sentence(state: &State, swept: &Swept<'_>) -> String {
    let question = swept.sweep.question();
    let (summary, steps) = (swept.summary, counted(question.steps, "step"));
    let total: usize = question.size().into_iter().product();
    let progress = if swept.sweep.is_finished() {
        String::new()
    } else {
        format!(" So far {} of {} settings.", grouped(summary.tried), grouped(total))
    };
    if let Some(why) = &summary.no_step {
        return format!("No setting has a step: {why}.{progress}");
    }
    let Some(best) = summary.best else {
        let counted = summary.ends.iter().map(|(_, count)| count).sum::<usize>();
        let words = if counted > 0 && summary.count(RaceEnd::Diverged) == counted {
            "Every setting diverges: zoom out to smaller values."
        } else {
            "No setting has a loss at its stop: there is no step, or the loss has no value."
        };
        return format!("{words}{progress}");
    };
    let at = setting(question, best.values);
    let first = if summary.arrives {
        let reached = best.cell.reached.unwrap_or(0);
        let which = if summary.arrives_higher { "the lowest minimum" } else { "a minimum" };
        format!("{} is met at {which} first with {at}: after {}.", criterion(state), counted(reached, "step"))
    } else {
        let why = match state.view.scene.sweep.until {
            SweepUntil::Gradient if swept.summary.floor.is_none() => "No minimum of this loss is known".to_owned(),
            _ if summary.arrives_higher => {
                format!("No setting meets {} at the lowest minimum within {steps}", criterion(state))
            }
            _ => format!("No setting meets {} within {steps}", criterion(state)),
        };
        format!("{why}; {at} comes lowest: {}.{}", number(best.cell.losses[1]), kink_words(question))
    };
    format!("{first}{}{progress}", limit_words(swept))
}

/// The best setting in few words, with theory's limit and without; none where none is best.
pub(super) fn brief(swept: &Swept<'_>) -> Vec<String> {
    let (question, summary) = (swept.sweep.question(), swept.summary);
    let Some(best) = summary.best else { return Vec::new() };
    let at = setting(question, best.values);
    let words = match best.cell.reached.filter(|_| summary.arrives) {
        Some(reached) => format!("Best: {at}, {}.", counted(reached, "step")),
        None => format!("Lowest at step {}: {at}, loss {}.", question.steps, number(best.cell.losses[1])),
    };
    let rate = question.optimizer.entry.rate_index().map(SweepKey::Parameter);
    let limit = swept.limits.filter(|_| question.y.is_none() && rate == Some(question.x.key));
    let limit = limit.and_then(|limits| Some((limits.limits.first().copied().flatten()?, limits.is_minimum)));
    let Some((limit, is_minimum)) = limit else { return vec![words] };
    let stable = format!("{words} Stable up to {}", parameter(few(limit)));
    let whose = if is_minimum { "at the minimum" } else { "at the start" };
    vec![format!("{stable} {whose}."), format!("{stable}."), words]
}

/// That the minimum lies on a kink; nothing if it does not.
fn kink_words(question: &SweepQuestion) -> &'static str {
    let away = |point: &CriticalPoint| (point.at - question.start).norm();
    let minima = question.critical.iter().filter(|point| point.kind == Kind::Minimum);
    let nearest = minima.min_by(|a, b| away(a).total_cmp(&away(b)));
    if nearest.is_some_and(CriticalPoint::is_kink_minimum) {
        " The minimum lies on a kink: no gradient shrinks there, and no fixed rate comes to rest."
    } else {
        ""
    }
}

/// Theory's limit over one parameter, or that there is none.
fn limit_words(swept: &Swept<'_>) -> String {
    let (question, limits) = (swept.sweep.question(), swept.limits);
    if swept.falls_away {
        return " No rate is stable: the loss curves down at the start.".to_owned();
    }
    let rate = question.optimizer.entry.rate_index().map(SweepKey::Parameter);
    if question.y.is_some() || rate != Some(question.x.key) {
        return String::new();
    }
    let limit = limits.and_then(|limits| Some((limits.limits.first().copied().flatten()?, limits.is_minimum)));
    match limit {
        Some((limit, true)) => format!(" Stable up to η {} by the nearest minimum.", parameter(few(limit))),
        Some((limit, false)) => format!(" Stable up to η {} by the start.", parameter(few(limit))),
        None => String::new(),
    }
}

/// The result of the setting nearest to a place; `None` before the first.
pub(super) fn of_place(swept: &Swept<'_>, values: [f64; 2]) -> Option<String> {
    let question = swept.sweep.question();
    let place = |axis: &SweepAxis, value: f64| nearest(&axis.values, value, axis.is_log);
    let column = place(&question.x, values[0])?;
    let row = question.y.as_ref().map_or(Some(0), |y| place(y, values[1]))?;
    let cell = swept.sweep.cell(column, row)?;
    let values = [question.x.values[column], question.y.as_ref().map_or(0.0, |y| y.values[row])];
    let mut lines = vec![setting(question, values)];
    lines.push(match cell.reached {
        Some(steps) => format!("{} after {}", cell.end.title(), counted(steps, "step")),
        None => cell.end.title().to_owned(),
    });
    if swept.summary.drawn_loss(&cell, 1).is_some() {
        lines.push(format!("loss at the stop {}", number(cell.losses[1])));
    }
    if cell.losses[2] > cell.losses[0] {
        lines.push(format!("over the seeds {} to {}", number(cell.losses[0]), number(cell.losses[2])));
    }
    Some(lines.join("\n"))
}

/// What a picture of it is headed by: "Momentum on Quadratic: loss at the stop over η and β".
pub(super) fn heading(swept: &Swept<'_>) -> String {
    let question = swept.sweep.question();
    let method = question.optimizer.entry;
    let names: Vec<&str> = question.axes().map(|axis| axis.key.symbol(method)).collect();
    let steps = counted(question.steps, "step");
    format!(
        "{} on {}: loss at the stop over {}, at most {steps}",
        method.name,
        question.landscape.name(),
        names.join(" and ")
    )
}

/// All of it in words.
pub(super) fn announcement(state: &State, swept: &Swept<'_>) -> String {
    let question = swept.sweep.question();
    let names: Vec<&str> = question.axes().map(|axis| axis.key.symbol(question.optimizer.entry)).collect();
    let ends: Vec<String> =
        swept.summary.ends.iter().map(|(end, count)| format!("{} {}", end.title(), grouped(*count))).collect();
    format!(
        "Sweep of {} over {}, {}: {}",
        question.optimizer.entry.name,
        names.join(" and "),
        state.view.scene.sweep.quantity_of(Some(swept)).title(),
        ends.join(", ")
    )
}

/// What a range test shows.
pub(super) fn of_test(test: &RangeTest) -> String {
    let [low, high] = [test.rates().first(), test.rates().last()].map(|rate| parameter(few(*rate.unwrap_or(&0.0))));
    let first =
        format!("Range test: one run of {} whose η grows from {low} to {high}.", counted(test.rates().len(), "step"));
    let Some(lowest) = test.lowest() else {
        return format!("{first} It leaves for infinity at once.");
    };
    let end = if test.has_diverged() { " Then it diverges." } else { "" };
    let lowest = parameter(few(lowest));
    format!("{first} The loss is lowest at η {lowest}; a rate somewhat below is a usable one.{end}")
}
