//! The runs: every iterate, what is past in full, what is to come pale and dashed, and a marker at the edge for a run that left.

use std::ops::Range;

use super::edge::wedge;
use super::step_arrows::around;
use super::waiting::mark_waiting;
use super::{ANY, Overlay, OverlayGroup, OverlayId};
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::{Anchor, Pen, Places, Primitive};
use crate::drawing::solid::{Solid, SolidLine};
use crate::drawing::sparse::{BESIDE, spaced, sparse};
use crate::drawing::{DrawnRun, OverlayContext};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::number;
use crate::numbers::{Point, Vector};
use crate::run::{Iterate, StepAnalysis, Stop, StopReason};

/// The runs.
pub const PATHS: OverlayId = OverlayId::new("paths");

pub(super) const OVERLAY: Overlay = Overlay {
    id: PATHS,
    label: "Runs",
    help: "The iterates of every run: solid up to the playhead, pale and dashed after it.",
    needs: ANY,
    on_at_first: true,
    group: Some(OverlayGroup::Runs),
    tabs: &[],
    z_order: 50,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: true,
};

/// The width of the path before a drag, in points, and how strongly it is drawn: wide and pale, as no run is.
const GHOST: (f32, f32) = (4.5, 0.55);
/// What the legend calls it.
const BEFORE: &str = "before the drag";
/// More marks than this in a run are drawn as dots.
const MANY: usize = 400;
/// Steps before and after the playhead that are drawn as they are where the rest of a long run is thinned.
const NEAR: usize = 32;
/// How strongly the future of a run is drawn: so weakly that what is walked is plain from the last row.
const FUTURE: f32 = 0.34;
/// Strokes of the future side by side, and its marks, are this far from each other, in points: denser ones look like a walked path.
const FUTURE_APART: f64 = 15.0;
/// Steps before and after the playhead whose strokes are drawn even where they lie side by side.
const WHOLE: usize = 6;

/// The places of a run up to a step and from it on, thinned where they are many.
fn parts(context: &OverlayContext<'_>, path: &DrawnRun<'_>, now: usize) -> [Vec<Point>; 2] {
    if let Some(thinned) = context.runs.thinned.iter().find(|thinned| thinned.is_of(path.run)) {
        return [thinned.past(now).to_vec(), thinned.future(now).to_vec()];
    }
    let iterates = path.run.iterates();
    [&iterates[..=now], &iterates[now..]].map(|part| part.iter().map(|iterate| iterate.at).collect())
}

/// The runs on the surface: past and future of each, draped over the loss; in fog what is known.
fn raise(context: &OverlayContext<'_>, _: &Stage, out: &mut Vec<Solid<'_>>) {
    for path in &context.runs.paths {
        let iterates = path.run.iterates();
        let Some(last) = iterates.len().checked_sub(1) else { continue };
        let ink = path.style.0;
        if context.step.queries.is_some() {
            out.extend(path.selected.then(|| Solid::Line(known(iterates, context.runs.playhead, ink))));
            continue;
        }
        let [past, future] = parts(context, path, path.now.min(last));
        let strength = if path.ghost { 0.4 } else { 1.0 };
        let ahead = SolidLine::draped(future, ink, 1.0);
        out.push(Solid::Line(SolidLine { strength: f64::from(FUTURE) * strength, dashed: true, ..ahead }));
        let width = if path.selected { 2.6 } else { 2.2 };
        out.push(Solid::Line(SolidLine { strength, ..SolidLine::draped(past, ink, width) }));
    }
}

/// The past of a run at its own heights.
fn known(iterates: &[Iterate], playhead: usize, ink: Ink) -> SolidLine {
    /// No more steps than this are drawn.
    const MOST: usize = 3000;
    let past = &iterates[..iterates.len().min(playhead + 1)];
    let past = &past[past.len().saturating_sub(MOST)..];
    SolidLine::through(past.iter().map(|iterate| (iterate.at, iterate.loss)).collect(), ink, 2.2)
}

fn draw<'a>(context: &OverlayContext<'a>, out: &mut Vec<Primitive<'a>>) {
    if context.selected().is_some() && !context.runs.before.is_empty() {
        // What it was before the drag, to compare: seen from the last row, and never taken for what it has become. Grey, and
        // without the marks of a run.
        let pen = Pen::new(Ink::Muted, GHOST.0).with_halo(1.0).pale(GHOST.1);
        for before in &context.runs.before {
            let lines = sparse(Places::Lent(before), context.scale, BESIDE, &(0..0));
            out.extend(lines.into_iter().map(|places| Primitive::Line { places, pen }));
        }
        out.push(Label::new(BEFORE, Ink::Muted, Swatch::Band).passing().into());
    }
    for path in &context.runs.paths {
        draw_path(path, context, out);
    }
    for path in &context.runs.paths {
        label_end(context, path, out);
    }
    mark_exit(context, out);
    label_start(context, out);
    mark_waiting(context, out);
}

fn draw_path<'a>(path: &DrawnRun<'a>, context: &OverlayContext<'a>, out: &mut Vec<Primitive<'a>>) {
    let iterates = path.run.iterates();
    let Some(last) = iterates.len().checked_sub(1) else { return };
    let (ink, shape) = path.style;
    let width = if path.selected { 2.2 } else { 1.8 };
    let strength = if path.ghost { 0.35 } else { 1.0 };
    let now = path.now.min(last);
    let past = Pen::new(ink, width).pale(strength);
    let future = Pen::new(ink, 1.2).dashed(Dash::Dashed).pale(FUTURE * strength);
    let radius = match iterates.len() {
        MANY.. => 1.6,
        _ if path.selected => 3.4,
        _ => 3.0,
    };
    let thinned = context.runs.thinned.iter().find(|thinned| thinned.is_of(path.run));
    let [before, after] = match thinned {
        Some(thinned) => [
            vec![Places::Lent(thinned.past(now)), Places::Run(&iterates[now.saturating_sub(NEAR)..=now])],
            vec![Places::Lent(thinned.future(now)), Places::Run(&iterates[now..=last.min(now + NEAR)])],
        ],
        None => [vec![Places::Run(&iterates[..=now])], vec![Places::Run(&iterates[now..])]],
    };
    if context.step.queries.is_none() {
        ahead(after, (shape, radius * 0.8, future), context.scale, out);
    }
    let whole = now.saturating_sub(WHOLE)..now;
    stretch(before, (shape, radius, past), (context.scale, whole), out);
    let here = Pen::new(ink, 2.4).pale(strength).with_halo(1.5);
    let size = if path.selected { 6.0 } else { 4.5 };
    out.push(Primitive::mark(iterates[now].at, MarkerShape::Circle, size, here, false));
}

/// A part of a run: its lines, as many as can be distinguished from each other, those of `whole` among them, and a mark at every place.
fn stretch<'a>(
    parts: Vec<Places<'a>>,
    (shape, radius, pen): (MarkerShape, f32, Pen),
    (scale, whole): (PageScale, Range<usize>),
    out: &mut Vec<Primitive<'a>>,
) {
    for places in parts {
        let lines = sparse(places.clone(), scale, BESIDE, &whole).into_iter();
        out.extend(lines.map(|places| Primitive::Line { places, pen }));
        out.push(Primitive::Marks { places, shape, radius, pen: pen.dashed(Dash::Solid), filled: true });
    }
}

/// What is to come of a run: of its lines and its marks few enough that they are never taken for a walked path.
fn ahead<'a>(
    parts: Vec<Places<'a>>,
    (shape, radius, pen): (MarkerShape, f32, Pen),
    scale: PageScale,
    out: &mut Vec<Primitive<'a>>,
) {
    for places in parts {
        let marks = Places::Own(spaced(&places, scale, FUTURE_APART));
        let lines = sparse(places, scale, FUTURE_APART, &(0..WHOLE)).into_iter();
        out.extend(lines.map(|places| Primitive::Line { places, pen }));
        out.push(Primitive::Marks { places: marks, shape, radius, pen: pen.dashed(Dash::Solid), filled: true });
    }
}

/// Labels a run that diverged or left the view.
fn label_end(context: &OverlayContext<'_>, path: &DrawnRun<'_>, out: &mut Vec<Primitive<'_>>) {
    let iterates = path.run.iterates();
    if path.ghost || iterates.is_empty() {
        return;
    }
    let now = iterates[path.now.min(iterates.len() - 1)].at;
    if !context.view.contains(now) {
        return mark_edge(context, path, now, out);
    }
    if context.step.queries.is_some() {
        return;
    }
    if let Some(stop) = diverged(path) {
        let text = format!("{} diverged at step {}", path.name, stop.step);
        let cross = Swatch::Mark { shape: MarkerShape::Cross, filled: true };
        let label = Label::new(text, Ink::Gap, cross).ranked(Rank::Event);
        out.push(label.at(context.offset(now, 10.0, -22.0), Anchor::Left).into());
    }
}

/// That it has diverged, once the playhead is there: how a run ends is not said before.
fn diverged<'a>(path: &DrawnRun<'a>) -> Option<&'a Stop> {
    let is_there = path.now + 1 >= path.run.iterates().len();
    path.run.stop().filter(|stop| is_there && stop.reason == StopReason::Diverged)
}

/// What stands for a run in the legend line.
fn marker(path: &DrawnRun<'_>) -> Swatch {
    Swatch::Mark { shape: path.style.1, filled: true }
}

/// About how wide a letter of a label is, in points.
const LETTER: f64 = 7.0;

/// About how wide a label is, in landscape units.
fn width(context: &OverlayContext<'_>, text: &str) -> f64 {
    context.scale.way(LETTER * text.chars().count() as f64, 0.0).x
}

/// A wedge where the selected run first leaves the picture after the playhead; in fog no one knows that yet.
fn mark_exit(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    /// The most steps of a long run that are searched for a picture.
    const LOOKED_AT: usize = 20_000;
    let Some(path) = context.selected().filter(|_| context.step.queries.is_none()) else { return };
    let iterates = path.run.iterates();
    let now = context.runs.playhead.min(iterates.len().saturating_sub(1));
    let ahead = &iterates[now..iterates.len().min(now + LOOKED_AT)];
    let leaves = |pair: &&[Iterate]| context.view.contains(pair[0].at) && !context.view.contains(pair[1].at);
    if let Some(pair) = ahead.windows(2).find(leaves) {
        wedge(context, pair[0].at, pair[1].at, path.style.0, out);
    }
}

/// Up to this many runs outside the view are said at length.
const FEW_OUTSIDE: usize = 2;
/// Names of runs that leave on the same side stand this far from each other, in points.
const ROW: f64 = 19.0;
/// This many of them.
const ROWS: usize = 8;

/// A pointer at the edge of the view towards a run outside it, with the distance from the edge.
fn mark_edge(context: &OverlayContext<'_>, path: &DrawnRun<'_>, at: Point, out: &mut Vec<Primitive<'_>>) {
    let view = context.scale.inset(context.view, 14.0, 14.0);
    let center = view.center();
    let way = at - center;
    let room = [view.width() / 2.0 / way.x.abs(), view.height() / 2.0 / way.y.abs()];
    let share = room[0].min(room[1]);
    if !share.is_finite() {
        return;
    }
    let tip = center + way * share;
    let foot = tip - context.scale.of_length(way, 16.0);
    // Half of its marker is still there.
    if context.scale.length(beyond(context.view, at)) < 6.0 {
        return;
    }
    out.push(Primitive::Arrow { from: foot, to: tip, pen: Pen::new(path.style.0, 2.4).with_halo(1.5) });
    // Labels side by side say the same of each run: the longest words that fit, where all of them are seen.
    let outside = || context.runs.paths.iter().filter_map(|path| words_at_edge(context, path));
    // More than a few are said shortly.
    let shortened = usize::from(outside().count() > FEW_OUTSIDE);
    let length = outside().filter_map(|words| fitting(&words, context, view)).max().map(|length| length.max(shortened));
    let words = words_at_edge(context, path).unwrap_or_default();
    let Some(own) = fitting(&words, context, view) else { return };
    let text = words.get(length.unwrap_or(own).max(own)).or(words.last()).cloned().unwrap_or_default();
    let width = width(context, &text);
    let inward = if tip.y > center.y { -1.0 } else { 1.0 };
    let mut sides = [context.offset(foot, -8.0, 0.0).x - width, context.offset(foot, 8.0, 0.0).x];
    if tip.x <= center.x {
        sides.reverse();
    }
    // Runs that leave on the same side are named below each other.
    let places = (0..ROWS).flat_map(|row| {
        let y = context.offset(foot, 0.0, inward * (16.0 + ROW * row as f64)).y;
        sides.map(|x| (Point::new(x.min(view.x[1] - width).max(view.x[0]), y), Anchor::Left))
    });
    let label = Label::new(text, path.style.0, marker(path)).ranked(Rank::Event);
    out.push(Label { places: places.collect(), ..label }.into());
}

/// From the edge of a region to a point outside of it; zero inside.
fn beyond(view: ViewBox, at: Point) -> Vector {
    let edge = Point::new(at.x.clamp(view.x[0], view.x[1]), at.y.clamp(view.y[0], view.y[1]));
    at - edge
}

/// The first of these words that fit into a region, if any do.
fn fitting(words: &[String], context: &OverlayContext<'_>, view: ViewBox) -> Option<usize> {
    words.iter().position(|text| width(context, text) <= view.width())
}

/// The words for a run that has left the view, the longest first; `None` for one that is in it.
fn words_at_edge(context: &OverlayContext<'_>, path: &DrawnRun<'_>) -> Option<Vec<String>> {
    let iterates = path.run.iterates();
    let now = iterates.get(path.now.min(iterates.len().checked_sub(1)?))?.at;
    if path.ghost || context.view.contains(now) {
        return None;
    }
    // In fog no one knows yet how it ends.
    let stop = diverged(path).filter(|_| context.step.queries.is_none());
    Some(edge_words(&path.name, beyond(context.view, now).norm(), stop.map(|stop| stop.step)))
}

/// What a run outside the view is labeled with, the longest first. One text that names its run: words that give way to
/// others do so together, and stand at no other run's pointer as if they spoke of that.
fn edge_words(name: &str, distance: f64, diverged: Option<usize>) -> Vec<String> {
    match diverged {
        Some(step) => vec![
            format!("{name} diverged at step {step}, {} away", number(distance)),
            format!("{name} diverged at step {step}"),
            format!("{name} diverged"),
        ],
        None => vec![format!("{name} is {} outside", number(distance))],
    }
}

/// So far from the start, in points, the step's labels leave room for the start's.
const APART: f64 = 60.0;
/// After this many steps the start has its label no longer.
const FIRST_STEPS: usize = 2;

fn label_start(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(path) = context.selected() else { return };
    let iterates = path.run.iterates();
    let Some(start) = iterates.first() else { return };
    let pen = Pen::new(Ink::Truth, 2.0).with_halo(2.0).kept_clear();
    out.push(Primitive::mark(start.at, MarkerShape::Circle, 5.0, pen, true));
    let now = iterates[context.runs.playhead.min(iterates.len() - 1)].at;
    // Later it has been read, and the run matters more.
    let apart = context.runs.playhead <= FIRST_STEPS && context.scale.distance(now, start.at) > APART;
    let alone = context.runs.playhead == 0 || apart;
    if alone && context.view.contains(start.at) {
        let step = context.step.analysis.and_then(StepAnalysis::proposed).unwrap_or_else(Vector::zeros);
        let dot = Swatch::Mark { shape: MarkerShape::Circle, filled: true };
        let label = Label::new(if context.runs.draggable { "start: drag me" } else { "start" }, Ink::Truth, dot)
            .ranked(Rank::Place);
        out.push(around(label, context, start.at, -step).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::ink::run_style;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    /// What was there before a drag is seen beside what it has become: unbroken, with a rim, and not much paler; and nothing of it
    /// is as in a run: it is grey, wider, below, without marks, and the legend names it.
    #[test]
    fn the_path_before_a_drag_is_seen_and_is_no_run() {
        let landscape = Landscape::parse("bowl").unwrap();
        let recipe = Recipe::new(Choice::parse("gd:lr=0.1").unwrap(), Point::new(1.0, 1.0), 5);
        let run = Run::of(&landscape, &recipe);
        let before = [Point::new(1.0, 1.0), Point::new(-1.0, 0.5), Point::new(0.5, -0.5)];
        let mut context = OverlayContext::bare(&landscape, ViewBox::square(3.0), PageScale::equal(0.02));
        context.runs.before = vec![&before];
        let style = run_style(0);
        context.runs.paths = vec![DrawnRun {
            run: &run,
            name: "Descent".to_owned(),
            style,
            selected: true,
            ghost: false,
            now: 3,
            waiting: None,
        }];
        let mut out = Vec::new();
        draw(&context, &mut out);
        let pens = out.iter().filter_map(|primitive| match primitive {
            Primitive::Line { pen, .. } => Some(*pen),
            _ => None,
        });
        let pens: Vec<Pen> = pens.collect();
        let [ghost, now] = [pens[0], pens[pens.len() - 1]];
        assert!(ghost.opacity >= 0.5 * now.opacity && ghost.width >= 0.7 * now.width, "{ghost:?} beside {now:?}");
        assert!(ghost.opacity < now.opacity && ghost.halo > 0.0 && ghost.dash == Dash::Solid, "{ghost:?}");
        assert!(ghost.ink == Ink::Muted && ghost.width > 1.5 * now.width, "{ghost:?} beside {now:?}");
        let is_first = matches!(out.first(), Some(Primitive::Line { pen, .. }) if *pen == ghost);
        assert!(is_first, "below the path");
        let marks = |out: &[Primitive<'_>]| out.iter().filter(|one| matches!(one, Primitive::Marks { .. })).count();
        let is_named = |out: &[Primitive<'_>]| {
            out.iter()
                .any(|one| matches!(one, Primitive::Label(label) if label.text == BEFORE && label.places.is_empty()))
        };
        let mut after = Vec::new();
        context.runs.before = Vec::new();
        draw(&context, &mut after);
        assert_eq!(marks(&out), marks(&after), "it has no marks");
        assert!(is_named(&out) && !is_named(&after), "the legend names it while it is shown");
    }

    #[test]
    fn every_label_at_the_edge_names_its_run() {
        for (diverged, far) in [(None, "1.07·10⁷ outside"), (Some(14), "1.07·10⁷ away")] {
            let words = edge_words("Momentum", 1.07e7, diverged);
            assert!(words.iter().all(|words| words.starts_with("Momentum ")), "{words:?}");
            assert!(words[0].contains(far), "{words:?}");
            assert!(words.is_sorted_by_key(|words| std::cmp::Reverse(words.len())), "the longest first: {words:?}");
        }
    }
}
