//! The text of a scene without defaults: for links, and for people.

use crate::drawing::overlays;
use crate::landscapes::{self, LandscapeSpec};
use crate::optimizers::{self, Choice};
use crate::scene::{RunSpec, ViewSpec};
use crate::state::{Scene, SceneView};

impl Scene {
    /// The scene as TOML; what is left out has its default, so that it reads back to the last bit, too.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_brief(&self) -> Result<String, toml::ser::Error> {
        let mut spec = self.spec();
        brief_landscape(&mut spec.landscape);
        for (place, run) in spec.runs.iter_mut().enumerate() {
            brief_run(run);
            // A scene gives its runs their looks in this order.
            run.style = run.style.filter(|style| *style != place);
        }
        let usual = Self { view: SceneView::of(&self.document.landscape, self.document.start), ..self.clone() };
        brief_view(&mut spec.view, &usual.spec().view);
        let is_same = |spec| Self::of_spec(spec).is_ok_and(|scene| scene.spec() == self.spec());
        toml::to_string(if is_same(&spec) { &spec } else { return self.write() })
    }
}

fn brief_landscape(spec: &mut LandscapeSpec) {
    let Ok(entry) = landscapes::find(&spec.id) else { return };
    let defaults = landscapes::Landscape::of(entry).spec().parameters;
    spec.parameters.retain(|name, value| defaults.get(name) != Some(value));
}

/// One after the other, since some defaults depend on other parameters.
fn brief_run(run: &mut RunSpec) {
    let Ok(method) = optimizers::find(&run.method) else { return };
    let Ok(whole) = Choice::with_settings(method, &run.parameters) else { return };
    for parameter in method.parameters {
        let Some(value) = run.parameters.remove(parameter.name) else { continue };
        if !Choice::with_settings(method, &run.parameters).is_ok_and(|choice| choice == whole) {
            run.parameters.insert(parameter.name.to_owned(), value);
        }
    }
}

fn brief_view(view: &mut ViewSpec, usual: &ViewSpec) {
    fn leave_out<T: PartialEq>(value: &mut Option<T>, usual: Option<&T>) {
        if value.as_ref() == usual {
            *value = None;
        }
    }
    // A tab brings its overlays.
    let brought = crate::state::Pane::TABS.into_iter().find(|pane| Some(pane.id()) == view.tab.as_deref());
    let brought: Vec<&str> =
        brought.map_or_else(Vec::new, |tab| overlays::brought_by(tab).map(|overlay| overlay.id.name()).collect());
    if let (Some(shown), Some(usual)) = (&view.overlays, &usual.overlays) {
        let is_usual = |id: &String| usual.contains(id) || brought.contains(&id.as_str());
        let missing = usual.iter().map(String::as_str).chain(brought.iter().copied());
        if missing.into_iter().all(|id| shown.iter().any(|known| known == id)) {
            view.show = shown.iter().filter(|id| !is_usual(id)).cloned().collect();
            view.overlays = None;
        }
    }
    leave_out(&mut view.picture, usual.picture.as_ref());
    leave_out(&mut view.tab, usual.tab.as_ref());
    leave_out(&mut view.open, usual.open.as_ref());
    leave_out(&mut view.camera, usual.camera.as_ref());
    leave_out(&mut view.log_height, usual.log_height.as_ref());
    leave_out(&mut view.chart, usual.chart.as_ref());
    leave_out(&mut view.compare, usual.compare.as_ref());
    leave_out(&mut view.sweep, usual.sweep.as_ref());
    leave_out(&mut view.starts, usual.starts.as_ref());
    leave_out(&mut view.share, usual.share.as_ref());
}
