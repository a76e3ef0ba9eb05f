//! The overlays: each is drawn in the views that its entry names, and in no other.

use std::collections::BTreeSet;

use egui::vec2;
use taylorscope::drawing::Pane;
use taylorscope::drawing::compose;
use taylorscope::drawing::overlays::{self, FAN, OverlayId, REACH, REGION};
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::{Landscape, ViewBox, entries};
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::render::context::overlay_context;
use taylorscope::render::painter;
use taylorscope::run::StepAnalysis;
use taylorscope::state::{Document, Scene, State};
use taylorscope::ui::views::{Canvases, paths};
use taylorscope::ui::window::view_ui;

use crate::desk::overshooting;
use crate::robust::call;
use crate::some::is_all;

/// Scenes in which, together, there is something to see of every overlay.
const SCENES: &[&str] = &[
    "landscape = 'himmelblau'\nruns = ['momentum:lr=0.01,v0x=3,v0y=-2']\nsteps = 12\nplayhead = 3",
    "landscape = 'himmelblau'\nruns = ['gd_armijo']\nstart = [0.3, 0.4]\nsteps = 12\nplayhead = 0",
    "landscape = 'relu'\nruns = ['gd:lr=0.1']\nsteps = 12\nplayhead = 2",
    "landscape = 'logistic'\nruns = ['sgd:lr=0.4,batch=2']\nsteps = 12\nplayhead = 2",
    "landscape = 'tanh2'\nruns = ['trust_region']\nsteps = 12\nplayhead = 1",
];

/// The pixels of a view with these overlays.
fn picture(state: &mut State, pane: Pane, overlays: &BTreeSet<OverlayId>) -> Vec<u8> {
    state.view.scene.overlays.clone_from(overlays);
    state.finish();
    let mut canvases = Canvases::for_one_picture();
    // Beside the others, so that none has to say what it does not show.
    let paint = |ui: &mut egui::Ui| drop(view_ui(state, &mut canvases, pane, ui));
    painter::picture(vec2(200.0, 160.0), 1.0, |_| {}, paint).unwrap().into_raw()
}

#[test]
fn an_overlay_is_drawn_where_it_says_and_nowhere_else() {
    let views = [Pane::Map, Pane::Surface, Pane::Slice];
    let mut missing: BTreeSet<(OverlayId, usize)> = BTreeSet::new();
    for overlay in overlays::ALL {
        missing.extend(
            (0..views.len()).filter(|view| overlay.views.contains(&views[*view])).map(|view| (overlay.id, view)),
        );
    }
    let [mut elsewhere, mut looked_for]: [BTreeSet<(OverlayId, usize)>; 2] = Default::default();
    for text in SCENES {
        let mut state = State::showing(Scene::read(text).unwrap());
        let usual = state.view.scene.overlays.clone();
        let with = views.map(|pane| picture(&mut state, pane, &usual));
        let landscape = state.document.landscape.clone();
        for overlay in overlays::ALL.iter().filter(|overlay| overlay.suits(&landscape)) {
            let mut is_drawn = |place: usize| {
                let mut others = usual.clone();
                if !others.remove(&overlay.id) {
                    others.insert(overlay.id);
                }
                picture(&mut state, views[place], &others) != with[place]
            };
            for (place, pane) in views.iter().enumerate() {
                let is_listed = overlay.views.contains(pane);
                let is_open = if is_listed {
                    missing.contains(&(overlay.id, place))
                } else {
                    looked_for.insert((overlay.id, place)) || is_all()
                };
                if !is_open || !is_drawn(place) {
                    continue;
                }
                if !is_listed {
                    elsewhere.insert((overlay.id, place));
                }
                missing.remove(&(overlay.id, place));
            }
        }
    }
    let named = |found: &BTreeSet<(OverlayId, usize)>| {
        let names = found.iter().map(|(id, view)| format!("{id} on the {:?}", views[*view]));
        names.collect::<Vec<_>>().join(", ")
    };
    assert_eq!((named(&missing), named(&elsewhere)), (String::new(), String::new()), "never seen, and seen elsewhere");
}

/// A view that fills the window says what was chosen and is drawn elsewhere only.
#[test]
fn a_view_alone_says_what_it_does_not_show() {
    for (overlays, pane, words) in [
        (vec![FAN], Some(Pane::Surface), Some("Gradients in the velocity")),
        (vec![FAN, REGION], Some(Pane::Slice), Some("2 overlays")),
        (vec![FAN], Some(Pane::Map), None),
        (vec![FAN], None, None),
        (vec![], Some(Pane::Slice), None),
    ] {
        let mut state = overshooting();
        state.view.scene.overlays.extend(overlays);
        state.view.chrome.maximized = pane;
        let harness = crate::desk::opened(state);
        let said = crate::desk::says(&harness, "not shown here");
        assert_eq!(said, words.is_some(), "{pane:?}");
        assert!(words.is_none_or(|words| crate::desk::says(&harness, words)), "{pane:?}: {words:?}");
    }
}

#[test]
fn a_picture_says_which_overlays_it_does_not_draw() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a.png");
    for (view, show, note) in [
        ("slice", "fan", Some("note: --view slice does not draw 'fan', only map does")),
        ("map", "fan", None),
        ("window", "fan", None),
    ] {
        let done =
            call(&["render", "--view", view, "--show", show, "--size", "320x240", "--out", out.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(said.lines().find(|line| line.starts_with("note")), note, "{view} {show}: {said}");
    }
}

/// The wedges of the selected run in a picture of this part of weight space, 300 points wide: their corners.
fn wedges(state: &State, view: ViewBox) -> (Vec<Vec<Point>>, PageScale) {
    let scale = PageScale::filling(view, [300.0, 300.0 * view.height() / view.width()]);
    let paths = paths(state);
    let ink = paths.iter().find(|path| path.selected).unwrap().style.0;
    let context = overlay_context(state, paths, view, scale);
    let primitives = compose::map(&context, |id| state.view.sees(id), None);
    let own = |primitive: &Primitive<'_>| match primitive {
        Primitive::Area { corners, ink: of, opacity } if *of == ink && *opacity == 1.0 => Some(corners.clone()),
        _ => None,
    };
    (primitives.iter().filter_map(own).collect(), scale)
}

#[test]
fn a_step_or_a_path_that_leaves_the_picture_has_a_wedge_at_its_edge() {
    for entry in entries() {
        let mut state = State::new(Document::new(Landscape::of(entry)));
        state.finish_runs();
        let Some(step) = state.derived.analysis().and_then(StepAnalysis::proposed) else { continue };
        let start = state.document.start;
        let half = 0.6 * step.norm();
        let view = ViewBox::new(start.x - half, start.x + half, start.y - half, start.y + half);
        let (found, scale) = wedges(&state, view);
        assert!(!found.is_empty(), "{}: the step leaves {view:?}", entry.id);
        for corners in found {
            assert!(corners.iter().all(|at| view.contains(*at)), "{}: {corners:?} in {view:?}", entry.id);
            let inner = scale.inset(view, 4.0, 4.0);
            assert!(corners.iter().any(|at| !inner.contains(*at)), "{}: {corners:?} at the edge", entry.id);
        }
        let run = state.derived.run(state.selected).unwrap();
        let all: Vec<Point> = run.iterates().iter().map(|iterate| iterate.at).collect();
        let around = |axis: usize| {
            let far = all.iter().map(|at| (at[axis] - start[axis]).abs()).fold(1e-3, f64::max);
            [start[axis] - 2.0 * far, start[axis] + 2.0 * far]
        };
        let whole = ViewBox { x: around(0), y: around(1) };
        assert_eq!(wedges(&state, whole).0.len(), 0, "{}: nothing leaves {whole:?}", entry.id);
    }
}

/// The mark where a local model ceases to be right stands on the step, or not at all.
#[test]
fn the_end_of_the_validity_is_marked_on_the_step_only() {
    let mut marked = [0, 0];
    for entry in entries() {
        for method in ["gd", "newton"] {
            let mut document = Document::new(Landscape::of(entry));
            document.cards.clear();
            if document.add(Choice::parse(method).unwrap()).is_none() {
                continue;
            }
            let mut state = State::new(document);
            state.finish_runs();
            let Some(analysis) = state.derived.analysis() else { continue };
            let Some(length) = analysis.proposed().map(|step| step.norm()) else { continue };
            let view = state.document.landscape.frame();
            let scale = PageScale::filling(view, [300.0, 300.0 * view.height() / view.width()]);
            let context = overlay_context(&state, paths(&state), view, scale);
            for primitive in compose::map(&context, |id| id == REACH, None) {
                let Primitive::Line { places, .. } = primitive else { continue };
                for index in 0..places.len() {
                    // A tick reaches 9 points to both sides.
                    let slack = 10.0 * scale.units().amax();
                    let far = (places.get(index) - analysis.iterate.at).norm();
                    assert!(far <= length + slack, "{} by {method}: {far} along a step of {length}", entry.id);
                }
                marked[usize::from(method == "newton")] += 1;
            }
        }
    }
    assert!(marked.iter().all(|count| *count > 5), "{marked:?}");
}
