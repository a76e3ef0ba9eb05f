//! A scene becomes data, and data a scene: the names are checked here, and nothing is lost on the way.

use std::collections::BTreeSet;

use super::comparing;
use super::lessons::{self, Borrowed, Shown};
use super::many_starts;
use super::sweeping;
use super::{Card, Document, Inside, MAX_CARDS, MapFrame, Pane, Picture, Scene, SceneView, Section};
use crate::drawing::camera::Camera;
use crate::drawing::loss_chart::{ChartAxis, ChartChoice, ChartScale, StepQuantity};
use crate::drawing::overlays::{self, OverlayId};
use crate::landscapes::{Seed, Setting, SpecError, nearest};
use crate::numbers::Point;
use crate::optimizers::{self, Choice};
use crate::run::{MAX_STEPS, ParameterChange};
use crate::scene::{
    CameraSpec, ChangeSpec, ChartSpec, LentSpec, MapSpec, RunSpec, SceneSpec, ShownSpec, VERSION, ViewSpec,
};

impl Scene {
    /// The scene as data, from which [`Self::of_spec`] builds it again to the last bit; the ids of its runs are no part of it.
    pub fn spec(&self) -> SceneSpec {
        let Document { landscape, start, start_seed, steps, tolerance, cards, file, .. } = &self.document;
        SceneSpec {
            playhead: self.playhead,
            selected: self.document.place(self.selected).unwrap_or(0),
            start: Some((*start).into()),
            start_seed: Seed::from(*start_seed),
            steps: *steps,
            tolerance: tolerance.unwrap_or(0.0),
            file: file.clone(),
            view: view_spec(&self.view),
            ..SceneSpec::new(landscape.spec(), cards.iter().map(run_spec).collect())
        }
    }

    /// The scene of this data.
    ///
    /// # Errors
    /// [`SpecError`] naming the version, id, name or number that is wrong.
    pub fn of_spec(spec: &SceneSpec) -> Result<Self, SpecError> {
        if spec.version != VERSION {
            return refuse(format!(
                "a scene of version {} cannot be read here: this program writes version {VERSION}",
                spec.version
            ));
        }
        let document = document(spec)?;
        let view = view(&spec.view, &document)?;
        let Some(selected) = document.cards.get(spec.selected).map(|card| card.id) else {
            return refuse(format!(
                "selected cannot be {}: the runs are numbered from 0 to {}",
                spec.selected,
                document.cards.len() - 1
            ));
        };
        Ok(Self { playhead: spec.playhead.min(document.steps), document, view, selected })
    }
}

impl Scene {
    /// Reads a scene written as TOML.
    ///
    /// # Errors
    /// [`SceneError`] with the place of what cannot be read, or the name of what is unknown.
    pub fn read(text: &str) -> Result<Self, SceneError> {
        Ok(Self::of_spec(&toml::from_str(text)?)?)
    }

    /// The scene as TOML, which [`Self::read`] reads back to the last bit.
    ///
    /// # Errors
    /// Where a number has no place in TOML; none of a scene has.
    pub fn write(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&self.spec())
    }
}

/// Why a text is no scene.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    /// It is no TOML, or names what a scene does not have; with line and column.
    #[error(transparent)]
    Text(#[from] toml::de::Error),
    /// It names a landscape, method, overlay or number that cannot be.
    #[error(transparent)]
    Content(#[from] SpecError),
}

pub(super) fn refuse<T>(what: String) -> Result<T, SpecError> {
    Err(SpecError::Data(what))
}

pub(super) fn unknown(kind: &'static str, word: &str, known: impl Iterator<Item = &'static str>) -> SpecError {
    SpecError::UnknownId { kind, word: word.to_owned(), hint: nearest(word, known) }
}

fn document(spec: &SceneSpec) -> Result<Document, SpecError> {
    let mut document = Document::new(spec.landscape.build()?);
    document.start = match spec.start {
        Some(start) => finite("start", start)?,
        None => document.start,
    };
    document.start_seed = spec.start_seed.read()?;
    document.steps = match spec.steps {
        steps @ 1..=MAX_STEPS => steps,
        steps => return refuse(format!("steps cannot be {steps}: it must be a whole number from 1 to {MAX_STEPS}")),
    };
    document.tolerance = match spec.tolerance {
        0.0 => None,
        tolerance if tolerance > 0.0 && tolerance.is_finite() => Some(tolerance),
        tolerance => return refuse(format!("tolerance cannot be {tolerance}: it must be 0 or above")),
    };
    document.file.clone_from(&spec.file);
    document.cards.clear();
    for run in &spec.runs {
        add_run(&mut document, run)?;
    }
    if document.cards.iter().all(|card| card.ghost) {
        return refuse("a scene needs at least one run that is not a ghost".to_owned());
    }
    Ok(document)
}

fn add_run(document: &mut Document, run: &RunSpec) -> Result<(), SpecError> {
    let method = optimizers::find(&run.method)?;
    let optimizer = Choice::with_settings(method, &run.parameters)?;
    let mut changes = Vec::new();
    for ChangeSpec { step, parameter, value } in &run.changes {
        let place = method.parameters.iter().position(|known| known.name == parameter);
        let place = place
            .ok_or_else(|| unknown("parameter", parameter, method.parameters.iter().map(|parameter| parameter.name)))?;
        changes.push(ParameterChange { step: *step, parameter: place, value: value.read(&method.parameters[place])? });
    }
    let own_start = run.start.map(|start| finite("start", start)).transpose()?;
    let Some(id) = document.add(optimizer) else {
        return refuse(format!("at most {MAX_CARDS} runs can be shown: leave some out"));
    };
    if let Some(card) = document.card_mut(id) {
        let style = run.style.map_or(card.style, |style| style % MAX_CARDS);
        let RunSpec { hidden, ghost, branched_at, .. } = *run;
        *card = Card { own_start, changes, style, hidden, ghost, branched_at, ..card.clone() };
    }
    Ok(())
}

fn run_spec(card: &Card) -> RunSpec {
    let Card { id: _, optimizer, own_start, changes, style, hidden, ghost, branched_at } = card;
    let change = |change: &ParameterChange| {
        let parameter = &optimizer.entry.parameters[change.parameter];
        ChangeSpec {
            step: change.step,
            parameter: parameter.name.to_owned(),
            value: Setting::of(parameter, change.value),
        }
    };
    RunSpec {
        start: own_start.map(Into::into),
        style: Some(*style),
        hidden: *hidden,
        ghost: *ghost,
        branched_at: *branched_at,
        changes: changes.iter().map(change).collect(),
        ..RunSpec::of(optimizer)
    }
}

fn finite(name: &str, [x, y]: [f64; 2]) -> Result<Point, SpecError> {
    if x.is_finite() && y.is_finite() {
        return Ok(Point::new(x, y));
    }
    refuse(format!("{name} needs two finite numbers, not ({x}, {y})"))
}

fn view_spec(view: &SceneView) -> ViewSpec {
    // Named one by one: whoever adds a field decides here what becomes of it.
    let SceneView {
        overlays,
        map,
        basins,
        stretched,
        eye,
        log_height,
        faulty_formula,
        picture,
        tab,
        chart,
        compare,
        sweep,
        starts,
        circle,
        open,
        inside,
        share,
        sample,
        stage,
        lit,
        from_here_on,
        keeps_asymptotic_rate,
        links_rates,
        slides_coefficient,
        highlighted,
        piece,
        borrowed,
        lesson,
    } = view;
    let ([azimuth, elevation], zoom, pan) = eye.place();
    ViewSpec {
        overlays: Some(named(overlays.iter().map(|id| id.name()))),
        show: Vec::new(),
        picture: Some(picture.id().to_owned()),
        tab: Some(tab.id().to_owned()),
        open: Some(named(open.iter().map(|section| section.id()))),
        map: map.map(map_spec),
        basins: basins.map(map_spec),
        stretched: *stretched,
        camera: Some(CameraSpec { azimuth, elevation, zoom, pan }),
        log_height: Some(*log_height),
        chart: Some(chart_spec(chart)),
        compare: Some(comparing::spec_of(compare)),
        sweep: Some(sweeping::spec_of(sweep)),
        starts: Some(many_starts::spec_of(starts)),
        circle: circle.radius_at_rest(),
        share: Some(*share),
        inside: inside.map(|inside| inside.place),
        sample: *sample,
        stage: *stage,
        lit: *lit,
        from_this_step: *from_here_on,
        keeps_asymptotic_rate: *keeps_asymptotic_rate,
        links_rates: *links_rates,
        slides_coefficient: *slides_coefficient,
        highlighted: highlighted.map(Into::into),
        piece: *piece,
        faulty_formula: faulty_formula.as_ref().map(|(text, _)| text.clone()),
        lesson: lesson.and_then(|index| lessons::ALL.get(index)).map(|lesson| lesson.id.to_owned()),
        lent: borrowed
            .as_ref()
            .map(|borrowed| LentSpec { before: shown_spec(&borrowed.before), set: shown_spec(&borrowed.set) }),
    }
}

fn view(spec: &ViewSpec, document: &Document) -> Result<SceneView, SpecError> {
    let landscape = &document.landscape;
    let usual = SceneView::of(landscape, document.start);
    let mut overlays = spec.overlays.as_deref().map_or(Ok(usual.overlays), overlay_ids)?;
    overlays.extend(overlay_ids(&spec.show)?);
    let lent = |lent: &LentSpec| Ok(Box::new(Borrowed { before: shown(&lent.before)?, set: shown(&lent.set)? }));
    let mut view = SceneView {
        overlays,
        map: spec.map.map(map_frame).transpose()?,
        basins: spec.basins.map(basin_frame).transpose()?,
        stretched: spec.stretched,
        eye: spec
            .camera
            .map_or(usual.eye, |camera| Camera::at([camera.azimuth, camera.elevation], camera.zoom, camera.pan)),
        log_height: spec.log_height.unwrap_or(usual.log_height),
        faulty_formula: spec
            .faulty_formula
            .as_ref()
            .and_then(|text| landscape.with_formula(text).err().map(|error| (text.clone(), error))),
        picture: spec.picture.as_deref().map_or(Ok(usual.picture), picture)?,
        tab: spec.tab.as_deref().map_or(Ok(usual.tab), tab)?,
        chart: spec.chart.as_ref().map_or(Ok(usual.chart), chart)?,
        compare: spec.compare.as_ref().map_or(Ok(usual.compare), comparing::of_spec)?,
        sweep: spec.sweep.as_ref().map_or(Ok(usual.sweep), sweeping::of_spec)?,
        starts: spec.starts.as_ref().map_or(Ok(usual.starts), many_starts::of_spec)?,
        circle: usual.circle,
        open: spec.open.as_deref().map_or(Ok(usual.open), sections)?,
        inside: spec.inside.map(Inside::at),
        share: usual.share,
        sample: spec.sample,
        stage: spec.stage,
        lit: spec.lit.filter(|weight| *weight < 2),
        from_here_on: spec.from_this_step,
        keeps_asymptotic_rate: spec.keeps_asymptotic_rate,
        links_rates: spec.links_rates,
        slides_coefficient: spec.slides_coefficient,
        highlighted: spec.highlighted.map(|at| finite("highlighted", at)).transpose()?,
        piece: spec.piece,
        borrowed: spec.lent.as_ref().map(lent).transpose()?,
        lesson: spec.lesson.as_deref().map(lesson).transpose()?,
    };
    view.circle.set(spec.circle);
    // A list of overlays says all; without one the tab brings its own.
    if spec.overlays.is_none() {
        view.bring_overlays();
    }
    if let Some(share) = spec.share {
        view.set_share(share);
    }
    Ok(view)
}

fn chart_spec(chart: &ChartChoice) -> ChartSpec {
    let ChartChoice { quantity, scale, against, log_x, guides, floor } = *chart;
    ChartSpec {
        quantity: Some(quantity.id().to_owned()),
        scale: Some(scale.id().to_owned()),
        against: Some(against.id().to_owned()),
        log_x,
        guides,
        floor,
    }
}

/// What is left out is as at first; the scale that is not named is that of the quantity.
fn chart(spec: &ChartSpec) -> Result<ChartChoice, SpecError> {
    let find = |id: &String| {
        StepQuantity::find(id)
            .ok_or_else(|| unknown("quantity", id, StepQuantity::ALL.into_iter().map(StepQuantity::id)))
    };
    let quantity = spec.quantity.as_ref().map_or(Ok(StepQuantity::default()), find)?;
    let scale = |id: &String| {
        ChartScale::find(id).ok_or_else(|| unknown("scale", id, ChartScale::ALL.into_iter().map(ChartScale::id)))
    };
    let axis = |id: &String| {
        ChartAxis::find(id).ok_or_else(|| unknown("axis", id, ChartAxis::ALL.into_iter().map(ChartAxis::id)))
    };
    if let Some(floor) = spec.floor.filter(|floor| !floor.is_finite()) {
        return refuse(format!("the floor of the chart cannot be {floor}: it must be a finite number"));
    }
    Ok(ChartChoice {
        quantity,
        scale: spec.scale.as_ref().map_or(Ok(quantity.usual_scale()), scale)?,
        against: spec.against.as_ref().map_or(Ok(ChartAxis::default()), axis)?,
        log_x: spec.log_x,
        guides: spec.guides,
        floor: spec.floor,
    })
}

fn named<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    ids.map(str::to_owned).collect()
}

fn shown_spec(shown: &Shown) -> ShownSpec {
    ShownSpec {
        overlays: named(shown.overlays.iter().map(|id| id.name())),
        open: named(shown.open.iter().map(|section| section.id())),
        tab: shown.tab.id().to_owned(),
    }
}

fn shown(spec: &ShownSpec) -> Result<Shown, SpecError> {
    Ok(Shown { overlays: overlay_ids(&spec.overlays)?, open: sections(&spec.open)?, tab: tab(&spec.tab)? })
}

fn overlay_ids(ids: &[String]) -> Result<BTreeSet<OverlayId>, SpecError> {
    let known = || overlays::ALL.iter().map(|overlay| overlay.id.name());
    let find =
        |id: &String| overlays::find(id).map(|overlay| overlay.id).ok_or_else(|| unknown("overlay", id, known()));
    ids.iter().map(find).collect()
}

fn sections(ids: &[String]) -> Result<BTreeSet<Section>, SpecError> {
    let known = || Section::ALL.into_iter().map(Section::id);
    ids.iter().map(|id| Section::find(id).ok_or_else(|| unknown("section", id, known()))).collect()
}

fn lesson(id: &str) -> Result<usize, SpecError> {
    let known = || lessons::ALL.iter().map(|lesson| lesson.id);
    known().position(|known| known == id).ok_or_else(|| unknown("lesson", id, known()))
}

fn picture(id: &str) -> Result<Picture, SpecError> {
    Picture::find(id).ok_or_else(|| unknown("picture", id, Picture::ALL.into_iter().map(Picture::id)))
}

fn tab(id: &str) -> Result<Pane, SpecError> {
    let known = || Pane::TABS.into_iter().map(Pane::id);
    Pane::find(id).filter(|pane| Pane::TABS.contains(pane)).ok_or_else(|| unknown("tab", id, known()))
}

fn map_spec(frame: MapFrame) -> MapSpec {
    MapSpec { center: frame.center.into(), half: frame.half }
}

/// The region of the basins, which may be as narrow as numbers allow.
fn basin_frame(MapSpec { center, half }: MapSpec) -> Result<MapFrame, SpecError> {
    let frame = MapFrame { center: finite("the center of the basins", center)?, half };
    if frame.is_deep() {
        return Ok(frame);
    }
    refuse(format!(
        "the basins cannot show {} × {}: neighboring starts would be the same number",
        2.0 * half[0],
        2.0 * half[1]
    ))
}

fn map_frame(MapSpec { center, half }: MapSpec) -> Result<MapFrame, SpecError> {
    let frame = MapFrame { center: finite("the center of the map", center)?, half };
    if frame.view_box().is_sane() {
        return Ok(frame);
    }
    refuse(format!(
        "the map cannot show {} × {}: its sides must be above 0, and neither too small nor too large",
        2.0 * half[0],
        2.0 * half[1]
    ))
}
