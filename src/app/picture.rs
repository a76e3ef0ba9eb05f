//! Pictures without a window: the same interface, painted on the processor.

use anyhow::bail;

use super::export::{Still, encoded, made_at_once};
use super::film::Film;
use super::moving::{Moving, limits};
use crate::cli::{FilmRequest, Making, PictureSize, RenderRequest, View};
use crate::drawing::ink::Theme;
use crate::drawing::{FrameChoice, Pane, overlays};
use crate::render::painter;
use crate::run::Run;
use crate::scene::{ChartSpec, MapSpec, RunSpec, SceneSpec};
use crate::state::{
    Document, ExportFrame, ExportOptions, KeptTournament, MAX_CARDS, MapFrame, Scene, State, SweepFound,
};
use crate::studies::{Basins, Entrant, Race, Sweep, Tournament};
use crate::ui::views::basins::{BasinCanvas, basins_still_size, basins_still_ui};
use crate::ui::views::starts::{tournament_still_size, tournament_still_ui};
use crate::ui::views::sweep::sweep_still_ui;

/// Draws what a request asks for, as the bytes of its file.
///
/// # Errors
/// If the picture cannot be painted or encoded.
pub fn render(request: &RenderRequest) -> anyhow::Result<Vec<u8>> {
    let state = state_of(request, steps_made(request))?;
    painted(request, state)
}

/// The film that a request asks for, with nothing painted yet.
///
/// # Errors
/// If there is no such scene, or no such steps.
pub fn begin_film(request: &FilmRequest) -> anyhow::Result<Box<dyn Making>> {
    let still = still(&request.picture, state_of(&request.picture, request.picture.steps)?);
    let film = Film::new(still, &request.choice, limits(request.form))?;
    Ok(Box::new(Moving::new(film, request.form, &request.picture.out)?))
}

/// The runs that a request describes, in the order of their cards.
///
/// # Errors
/// If there is no such scene.
pub fn runs(request: &RenderRequest) -> anyhow::Result<Vec<Run>> {
    let document = Scene::of_spec(&spec_of(request, request.steps)?)?.document;
    Ok(document.cards.iter().map(|card| Run::of(&document.landscape, &document.recipe(card))).collect())
}

/// The picture of a state whose runs are made.
fn painted(request: &RenderRequest, state: State) -> anyhow::Result<Vec<u8>> {
    made_at_once(request.format, still(request, state))
}

/// A state as a request wants it shown.
pub(super) fn still(request: &RenderRequest, mut state: State) -> Still {
    state.view.chrome.type_scale = request.type_scale;
    let PictureSize { width, height } = request.size;
    let RenderRequest { view, format, scale, theme, title, legend, .. } = *request;
    let (frame, frames) = (ExportFrame { title, legend }, FrameChoice::default());
    Still::new(state, &ExportOptions { view, format, scale, theme, frame, frames, size: [width, height] })
}

/// Draws a sweep, as the bytes of a PNG file: no smaller than its settings, so that each of them is seen.
///
/// # Errors
/// If the picture cannot be painted or encoded.
pub fn sweep(sweep: &Sweep, theme: Theme) -> anyhow::Result<Vec<u8>> {
    /// What the axes need beside the cells, in pixels: width and height.
    const BESIDE: [usize; 2] = [120, 120];
    /// The least size, in pixels.
    const LEAST: [usize; 2] = [960, 640];
    let found = SweepFound::of(sweep.clone());
    let cells = sweep.question().size();
    let size = [0, 1].map(|side: usize| LEAST[side].max(cells[side] + BESIDE[side]) as f32);
    let picture = painter::picture(size.into(), 1.0, |_| {}, |ui| sweep_still_ui(&found.shown(0), theme, ui))?;
    encoded(&picture)
}

/// The size of the pictures below, in pixels.
const OF_RUNS: PictureSize = PictureSize { width: 1280, height: 720 };

/// Draws a race that is over, as the bytes of a PNG file: its table, and the work against the number of weights.
///
/// # Errors
/// If there are too many runs, or the picture cannot be painted or encoded.
pub fn race(race: &Race, theme: Theme) -> anyhow::Result<Vec<u8>> {
    let question = race.question();
    let start = question.recipes.first().map(|recipe| recipe.start);
    let request = RenderRequest {
        landscape: Some(question.landscape.clone()),
        optimizers: race.entrants().iter().filter_map(Entrant::optimizer).collect(),
        start,
        view: View::Pane(Pane::Compare),
        tab: Some(Pane::Compare),
        size: OF_RUNS,
        theme,
        title: true,
        ..RenderRequest::opening("race.png".into())
    };
    let mut still = still(&request, state_of(&request, Some(question.limit.steps))?);
    still.state.show_race(race.clone());
    encoded(&still.picture()?)
}

/// Draws basins, as the bytes of a PNG file: a pixel for each start at least, with figures, heading and legend.
///
/// # Errors
/// If the picture cannot be painted or encoded.
pub fn basins(basins: &Basins, theme: Theme) -> anyhow::Result<Vec<u8>> {
    let (size, mut canvas) = (basins_still_size(basins), BasinCanvas::default());
    encoded(&painter::picture(size.into(), 1.0, |_| {}, |ui| basins_still_ui(basins, &mut canvas, theme, ui))?)
}

/// Draws a tournament, as the bytes of a PNG file: the profiles, and who wins where.
///
/// # Errors
/// If the picture cannot be painted or encoded.
pub fn tournament(tournament: &Tournament, theme: Theme) -> anyhow::Result<Vec<u8>> {
    let found = KeptTournament::of(tournament.clone());
    let needed = tournament_still_size(&found);
    let least = [OF_RUNS.width, OF_RUNS.height].map(|side| side as f32);
    let size = [0, 1].map(|side: usize| least[side].max(needed[side]));
    let picture = painter::picture(size.into(), 1.0, |_| {}, |ui| tournament_still_ui(&found, theme, ui))?;
    encoded(&picture)
}

/// How many steps the runs need: a view of one step shows none of those behind it.
fn steps_made(request: &RenderRequest) -> Option<usize> {
    match (request.view, request.step, request.steps) {
        (View::Pane(pane), Some(step), Some(steps)) if !pane.shows_whole_runs() => Some(steps.min(step + 1)),
        _ => request.steps,
    }
}

/// The scene that the request's options describe, with runs of this many steps, all of them made.
pub(super) fn state_of(request: &RenderRequest, steps: Option<usize>) -> anyhow::Result<State> {
    let mut state = State::showing(Scene::of_spec(&spec_of(request, steps)?)?);
    state.finish();
    if let Some(step) = request.step.filter(|step| *step > state.last_step()) {
        bail!("no run has a step {step}: the longest ends at step {}\nask for more with --steps", state.last_step());
    }
    Ok(state)
}

/// The opening scene, or the one that the request's options describe, with runs of this many steps.
fn spec_of(request: &RenderRequest, steps: Option<usize>) -> anyhow::Result<SceneSpec> {
    let RenderRequest { scene, landscape, optimizers, start, step, tab, quantity, picture, show, .. } = request;
    let is_opening = landscape.is_none() && optimizers.is_empty() && start.is_none();
    let scene = scene.as_deref().map(Scene::read).transpose()?;
    let mut spec = match landscape {
        // On another landscape the runs stay; where they start and how it is shown is its own.
        Some(landscape) if scene.is_some() => {
            let runs = scene.map_or_else(Vec::new, |scene| scene.spec().runs);
            SceneSpec { runs, ..Scene::at_start(Document::new(landscape.clone())).spec() }
        }
        None if scene.is_some() => scene.map_or_else(|| State::opening().scene().spec(), |scene| scene.spec()),
        Some(landscape) => Scene::at_start(Document::new(landscape.clone())).spec(),
        None if is_opening => State::opening().scene().spec(),
        None => Scene::at_start(State::opening().document).spec(),
    };
    if optimizers.len() > MAX_CARDS {
        bail!("at most {MAX_CARDS} runs can be drawn: give fewer -o");
    }
    if !optimizers.is_empty() {
        spec.runs = optimizers.iter().map(RunSpec::of).collect();
    }
    if let (Some(landscape), Some(start)) = (landscape, start)
        && !landscape.frame().contains(*start)
    {
        // The frame in which it opens would not show this start.
        let frame = MapFrame::of(landscape.domain());
        spec.view.map = Some(MapSpec { center: frame.center.into(), half: frame.half });
    }
    spec.start = start.map(Into::into).or(spec.start);
    spec.steps = steps.unwrap_or(spec.steps);
    // A step that no run has is refused when it is known how many there are.
    spec.playhead = step.unwrap_or(spec.playhead).min(spec.steps);
    spec.view.tab = tab.map(|tab| tab.id().to_owned()).or(spec.view.tab);
    if let Some(quantity) = quantity {
        spec.view.chart = Some(ChartSpec { quantity: Some(quantity.id().to_owned()), ..ChartSpec::default() });
    }
    spec.view.picture = picture.map(|picture| picture.id().to_owned()).or(spec.view.picture);
    // A tab brings its overlays.
    let brought = tab.iter().copied().flat_map(overlays::brought_by).map(|overlay| overlay.id);
    if !optimizers.is_empty() {
        spec.selected = 0;
    }
    spec.view.show = show.iter().copied().chain(brought).map(|id| id.name().to_owned()).collect();
    Ok(spec)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;

    #[test]
    fn steps_that_a_view_does_not_show_are_not_made() {
        for pane in crate::numbers::some::some(Pane::ALL.into_iter().filter(|pane| !pane.shows_whole_runs()), 5) {
            let request = RenderRequest {
                landscape: Some(Landscape::parse(if pane == Pane::Depth { "depth" } else { "tanh2" }).unwrap()),
                optimizers: vec![Choice::parse("momentum:lr=0.05").unwrap()],
                start: Some(Point::new(0.6, -0.4)),
                steps: Some(12),
                step: Some(3),
                view: View::Pane(pane),
                size: PictureSize { width: 320, height: 240 },
                ..RenderRequest::opening("a.png".into())
            };
            let state = |steps| state_of(&request, Some(steps)).unwrap();
            assert_eq!(state(steps_made(&request).unwrap()).last_step(), 4, "{pane:?}");
            let whole = painted(&request, state(12)).unwrap();
            assert!(render(&request).unwrap() == whole, "{pane:?}: the same picture");
        }
    }
}
