//! Converts a scene to data and back, without loss; names are checked here.

mod document;
mod kept;

use std::collections::BTreeSet;

use document::{document, finite, run_spec};
use kept::{effective, numbers_kept};

use super::comparing;
use super::lessons::{self, Borrowed, LentView, Reading};
use super::many_starts;
use super::sweeping;
use super::view::SHARES;
use super::{Document, Inside, MapFrame, NetworkChoice, Pane, Picture, Scene, SceneView, Section, SliderChoice};
use crate::drawing::camera::Camera;
use crate::drawing::loss_chart::{ChartAxis, ChartChoice, ChartScale, Ruler, StepQuantity};
use crate::drawing::overlays::{self, OverlayId};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{InputError, Seed};
use crate::scene::{
    self, CameraSpec, ChartSpec, Fault, Faults, LentSpec, MapSpec, Misfit, SceneSpec, ShownSpec, VERSION, ViewSpec,
    Within as _, hint,
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
    /// [`Misfit`] naming the version, id, name or number that is wrong.
    pub fn of_spec(spec: &SceneSpec) -> Result<Self, Misfit> {
        if spec.version != VERSION {
            return refuse(format!("version cannot be {}: this program reads version {VERSION}", spec.version))
                .within("version");
        }
        let document = document(spec)?;
        let view = view(&spec.view, &document).map_err(|misfit| misfit.within("view"))?;
        let Some(selected) = document.cards.get(spec.selected).map(|card| card.id) else {
            return counted_from_0("selected", spec.selected, "run", document.cards.len()).within("selected");
        };
        if spec.playhead > document.steps {
            return refuse(format!("playhead cannot be {}: the runs have {} steps", spec.playhead, document.steps))
                .within("playhead");
        }
        Ok(Self { playhead: spec.playhead, document, view, selected })
    }
}

impl Scene {
    /// Reads a scene written as TOML.
    ///
    /// # Errors
    /// All that cannot be read or is unknown, with its line and column.
    pub fn read(text: &str) -> Result<Self, Faults> {
        scene::read(text, Self::of_spec)
    }

    /// The scene as TOML, which [`Self::read`] reads back to the last bit.
    ///
    /// # Errors
    /// Where a number has no place in TOML; none of a scene has.
    pub fn write(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&self.spec())
    }
}

/// All that is wrong in the text of a scene, by its place, also a number that changes nothing; nothing where all is well.
pub fn check(text: &str) -> Vec<Fault> {
    let strict = |spec: &SceneSpec| Scene::of_spec(spec).and_then(|scene| effective(&scene));
    scene::read(text, strict).map_or_else(|faults| faults.0, |()| Vec::new())
}

pub(super) fn refuse<T>(what: String) -> Result<T, InputError> {
    Err(InputError::Data(what))
}

pub(super) fn unknown<'a>(kind: &str, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> InputError {
    InputError::Data(format!("unknown {kind} '{}'{}", excerpt(word), hint(word, known)))
}

fn view_spec(view: &SceneView) -> ViewSpec {
    // Named one by one: whoever adds a field decides here what becomes of it.
    let SceneView {
        overlays,
        map,
        basins,
        stretched,
        undoes_stretch,
        camera,
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
        network: NetworkChoice { sample, stage, lit },
        slider: SliderChoice { from_here_on, keeps_asymptotic_rate, links_rates, slides_coefficient },
        highlighted,
        kink_plane,
        borrowed,
        lesson,
    } = view;
    let ([azimuth, elevation], zoom, pan) = camera.place();
    // A lesson from a file is not known where the scene is read.
    let public = lesson.as_ref().filter(|reading| lessons::ALL.contains(&reading.lesson));
    ViewSpec {
        overlays: Some(named(overlays.iter().map(|id| id.name()))),
        show: Vec::new(),
        picture: Some(picture.id().to_owned()),
        tab: Some(tab.id().to_owned()),
        open: Some(named(open.iter().map(|section| section.id()))),
        map: map.map(map_spec),
        basins: basins.map(map_spec),
        stretched: *stretched,
        undoes_stretch: *undoes_stretch,
        camera: Some(CameraSpec {
            azimuth: Some(azimuth),
            elevation: Some(elevation),
            zoom: Some(zoom),
            pan: Some(pan),
        }),
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
        piece: *kink_plane,
        faulty_formula: faulty_formula.as_ref().map(|(text, _)| text.clone()),
        lesson: public.map(|reading| reading.lesson.id.clone()),
        page: public.map_or(0, |reading| reading.page),
        lent: borrowed
            .as_ref()
            .map(|borrowed| LentSpec { before: shown_spec(&borrowed.before), set: shown_spec(&borrowed.set) }),
    }
}

fn view(spec: &ViewSpec, document: &Document) -> Result<SceneView, Misfit> {
    let landscape = &document.landscape;
    let usual = SceneView::of(landscape, document.start);
    let mut overlays = spec.overlays.as_deref().map_or(Ok(usual.overlays), overlay_ids).within("overlays")?;
    overlays.extend(overlay_ids(&spec.show).within("show")?);
    let lent = |lent: &LentSpec| {
        let [before, set] = [shown(&lent.before).within("before"), shown(&lent.set).within("set")];
        Ok::<_, Misfit>(Box::new(Borrowed { before: before?, set: set? }))
    };
    let mut view = SceneView {
        overlays,
        map: spec.map.map(map_frame).transpose().within("map")?,
        basins: spec.basins.map(basin_frame).transpose().within("basins")?,
        stretched: spec.stretched,
        undoes_stretch: spec.undoes_stretch,
        camera: spec.camera.map_or(Ok(usual.camera), |spec| camera(&spec, &usual.camera)).within("camera")?,
        log_height: spec.log_height.unwrap_or(usual.log_height),
        faulty_formula: spec
            .faulty_formula
            .as_ref()
            .and_then(|text| landscape.with_formula(text).err().map(|error| (text.clone(), error))),
        picture: spec.picture.as_deref().map_or(Ok(usual.picture), picture).within("picture")?,
        tab: spec.tab.as_deref().map_or(Ok(usual.tab), tab).within("tab")?,
        chart: spec.chart.as_ref().map_or(Ok(usual.chart), chart).within("chart")?,
        compare: spec.compare.as_ref().map_or(Ok(usual.compare), comparing::of_spec).within("compare")?,
        sweep: spec.sweep.as_ref().map_or(Ok(usual.sweep), sweeping::of_spec).within("sweep")?,
        starts: spec.starts.as_ref().map_or(Ok(usual.starts), many_starts::of_spec).within("starts")?,
        circle: usual.circle,
        open: spec.open.as_deref().map_or(Ok(usual.open), sections).within("open")?,
        inside: spec.inside.map(Inside::at),
        share: usual.share,
        network: NetworkChoice {
            sample: spec.sample,
            stage: spec.stage,
            lit: spec.lit.map(weight).transpose().within("lit")?,
        },
        slider: SliderChoice {
            from_here_on: spec.from_this_step,
            keeps_asymptotic_rate: spec.keeps_asymptotic_rate,
            links_rates: spec.links_rates,
            slides_coefficient: spec.slides_coefficient,
        },
        highlighted: spec.highlighted.map(|at| finite("highlighted", at)).transpose().within("highlighted")?,
        kink_plane: spec.piece,
        borrowed: spec.lent.as_ref().map(lent).transpose().within("lent")?,
        lesson: reading(spec)?,
    };
    view.circle.set(spec.circle.map(|radius| positive("circle", radius)).transpose().within("circle")?);
    // A list of overlays says all; without one the tab brings its own.
    if spec.overlays.is_none() {
        view.bring_overlays();
    }
    if let Some(share) = spec.share {
        view.set_share(within_bounds("share", share, SHARES).within("share")?);
    }
    numbers_kept(spec, &view_spec(&view))?;
    Ok(view)
}

fn chart_spec(chart: &ChartChoice) -> ChartSpec {
    let ChartChoice { quantity, scale, against, log_x, guides, floor, ruler } = *chart;
    ChartSpec {
        quantity: Some(quantity.id().to_owned()),
        scale: Some(scale.id().to_owned()),
        against: Some(against.id().to_owned()),
        log_x,
        guides,
        floor,
        ruler: ruler.map(|ruler| ruler.ends().map_or_else(Vec::new, |ends| ends.to_vec())),
    }
}

/// What is left out is as at first; the scale that is not named is that of the quantity.
fn chart(spec: &ChartSpec) -> Result<ChartChoice, Misfit> {
    let find = |id: &String| {
        StepQuantity::find(id)
            .ok_or_else(|| unknown("quantity", id, StepQuantity::ALL.into_iter().map(StepQuantity::id)))
    };
    let quantity = spec.quantity.as_ref().map_or(Ok(StepQuantity::default()), find).within("quantity")?;
    let scale = |id: &String| {
        ChartScale::find(id).ok_or_else(|| unknown("scale", id, ChartScale::ALL.into_iter().map(ChartScale::id)))
    };
    let axis = |id: &String| {
        ChartAxis::find(id).ok_or_else(|| unknown("axis", id, ChartAxis::ALL.into_iter().map(ChartAxis::id)))
    };
    if let Some(floor) = spec.floor.filter(|floor| !floor.is_finite()) {
        return refuse(format!("the floor of the chart cannot be {floor}: it must be a finite number")).within("floor");
    }
    let ruler = match spec.ruler.as_deref() {
        None => None,
        Some([]) => Some(Ruler::ALONG),
        Some([from, to]) => Some(Ruler::between([*from, *to])),
        Some(ends) => {
            let count = ends.len();
            return refuse(format!("a ruler has two ends and not {count}, or none along the run")).within("ruler");
        }
    };
    if ruler.as_ref().is_some_and(|ruler| !ruler.is_inside()) {
        return refuse("the ends of the ruler lie in the frame: shares from 0 to 1".to_owned()).within("ruler");
    }
    Ok(ChartChoice {
        quantity,
        scale: spec.scale.as_ref().map_or(Ok(quantity.usual_scale()), scale).within("scale")?,
        against: spec.against.as_ref().map_or(Ok(ChartAxis::default()), axis).within("against")?,
        log_x: spec.log_x,
        guides: spec.guides,
        floor: spec.floor,
        ruler,
    })
}

fn named<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    ids.map(str::to_owned).collect()
}

fn shown_spec(shown: &LentView) -> ShownSpec {
    ShownSpec {
        overlays: named(shown.overlays.iter().map(|id| id.name())),
        open: named(shown.open.iter().map(|section| section.id())),
        tab: shown.tab.id().to_owned(),
    }
}

fn shown(spec: &ShownSpec) -> Result<LentView, Misfit> {
    Ok(LentView {
        overlays: overlay_ids(&spec.overlays).within("overlays")?,
        open: sections(&spec.open).within("open")?,
        tab: tab(&spec.tab).within("tab")?,
    })
}

fn overlay_ids(ids: &[String]) -> Result<BTreeSet<OverlayId>, Misfit> {
    let known = || overlays::ALL.iter().map(|overlay| overlay.id.name());
    let find =
        |id: &String| overlays::find(id).map(|overlay| overlay.id).ok_or_else(|| unknown("overlay", id, known()));
    ids.iter().enumerate().map(|(index, id)| find(id).within(index)).collect()
}

fn sections(ids: &[String]) -> Result<BTreeSet<Section>, Misfit> {
    let known = || Section::ALL.into_iter().map(Section::id);
    let find = |id: &String| Section::find(id).ok_or_else(|| unknown("section", id, known()));
    ids.iter().enumerate().map(|(index, id)| find(id).within(index)).collect()
}

/// Which of the two weights.
fn weight(index: usize) -> Result<usize, InputError> {
    if index < 2 { Ok(index) } else { refuse(format!("lit cannot be {index}: the weights are 0 and 1")) }
}

pub(super) fn positive(name: &str, value: f64) -> Result<f64, InputError> {
    if value > 0.0 && value.is_finite() {
        return Ok(value);
    }
    refuse(format!("{name} cannot be {value}: it must be a finite number above 0"))
}

pub(super) fn within_bounds(name: &str, value: f64, [least, most]: [f64; 2]) -> Result<f64, InputError> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    refuse(format!("{name} cannot be {value}: it lies between {least} and {most}"))
}

/// A number that is none of those of a list, of which the first is 0.
pub(super) fn counted_from_0<T>(name: &str, value: usize, of: &str, count: usize) -> Result<T, InputError> {
    refuse(match count {
        1 => format!("{name} cannot be {value}: the only {of} is 0"),
        _ => format!("{name} cannot be {value}: of {count} {of}s the first is 0 and the last is {}", count - 1),
    })
}

/// The lesson that is read, and its page.
fn reading(spec: &ViewSpec) -> Result<Option<Reading>, Misfit> {
    let page = spec.page;
    let Some(id) = spec.lesson.as_deref() else {
        if page == 0 {
            return Ok(None);
        }
        return refuse(format!("page cannot be {page}: it is a page of a lesson, and no lesson is named"))
            .within("page");
    };
    let Some(lesson) = lessons::ALL.iter().find(|lesson| lesson.id == id) else {
        return Err(unknown("lesson", id, lessons::ALL.iter().map(|lesson| lesson.id.as_str()))).within("lesson");
    };
    if page >= lesson.pages.len() {
        return counted_from_0("page", page, "page", lesson.pages.len()).within("page");
    }
    Ok(Some(Reading { page, lesson: lesson.clone() }))
}

fn picture(id: &str) -> Result<Picture, InputError> {
    Picture::find(id).ok_or_else(|| unknown("picture", id, Picture::ALL.into_iter().map(Picture::id)))
}

fn tab(id: &str) -> Result<Pane, InputError> {
    let known = || Pane::TABS.into_iter().map(Pane::id);
    Pane::find(id).filter(|pane| Pane::TABS.contains(pane)).ok_or_else(|| unknown("tab", id, known()))
}

/// A viewpoint; what is left out of it is as at first.
fn camera(spec: &CameraSpec, usual: &Camera) -> Result<Camera, Misfit> {
    let ([azimuth, elevation], zoom, pan) = usual.place();
    let bounded = |name: &'static str, value: f64, bounds: [f64; 2]| within_bounds(name, value, bounds).within(name);
    let azimuth = spec.azimuth.unwrap_or(azimuth);
    if !azimuth.is_finite() {
        return refuse(format!("azimuth cannot be {azimuth}: it must be a finite number")).within("azimuth");
    }
    let elevation = spec.elevation.map_or(Ok(elevation), |value| bounded("elevation", value, Camera::ELEVATIONS))?;
    let zoom = spec.zoom.map_or(Ok(zoom), |value| bounded("zoom", value, Camera::ZOOMS))?;
    Ok(Camera::at([azimuth, elevation], zoom, spec.pan.unwrap_or(pan)))
}

fn map_spec(frame: MapFrame) -> MapSpec {
    MapSpec { center: frame.center.into(), half: frame.half }
}

/// The region of the basins, which may be as narrow as numbers allow.
fn basin_frame(MapSpec { center, half }: MapSpec) -> Result<MapFrame, InputError> {
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

fn map_frame(MapSpec { center, half }: MapSpec) -> Result<MapFrame, InputError> {
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

#[cfg(test)]
mod key_tests;
#[cfg(test)]
mod tests;
