//! The flat views: a chart composed of layers, shown in a window and asked where things are on the screen.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use egui::{Color32, Id, Rect, Response, Sense, Shape, TextureId, Ui, pos2};

use super::kept::kept;
use super::layers::{self, Fonts};
use crate::drawing::compose::{Brush, Chart, ChartPage};
use crate::drawing::fingerprint::fingerprint;
use crate::drawing::ink::Theme;
use crate::drawing::primitive::Primitive;
use crate::landscapes::ViewBox;
use crate::numbers::Point;

pub use crate::drawing::compose::Axes;

/// From landscape coordinates to the screen and back.
pub type Mapping = ChartPage;

/// A flat view, ready to be shown.
pub struct FlatView<'a> {
    /// A name that tells it from the others.
    pub id: &'static str,
    /// What must be seen; with equal scales the surroundings fill the rest.
    pub view: ViewBox,
    /// One scale for both axes.
    pub equal_scales: bool,
    /// A picture under everything, and the box it covers.
    pub background: Option<(TextureId, ViewBox)>,
    /// What is drawn, bottom first.
    pub primitives: Vec<Primitive<'a>>,
    /// Light or dark.
    pub theme: Theme,
    /// What widths and marks are multiplied with.
    pub scale: f32,
    /// Whether there are axes.
    pub axes: Axes,
}

/// What became of a flat view: its response, and where things are on the screen.
pub struct Shown {
    /// Clicks, drags and hovering over the picture.
    pub response: Response,
    /// From landscape to screen and back.
    pub mapping: Mapping,
}

impl FlatView<'_> {
    /// Shows the view in the room there is.
    pub fn show(self, ui: &mut Ui) -> Shown {
        let Self { view, equal_scales, axes, .. } = self;
        let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let page = Chart { view, equal_scales, axes }.laid(rect, &Fonts(ui));
        let response = ui.interact(page.frame(), ui.scope_id().with(self.id), Sense::click_and_drag());
        if ui.is_rect_visible(rect) && page.frame().is_positive() {
            let figures = page.figures(&Fonts(ui), self.theme);
            ui.painter().extend(layers::shapes(figures, ui));
            let inside = ui.painter().with_clip_rect(page.frame().intersect(ui.clip_rect()));
            if let Some((texture, covered)) = self.background {
                let [a, b] = [0, 1].map(|end: usize| page.position(Point::new(covered.x[end], covered.y[end])));
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                inside.image(texture, Rect::from_two_pos(a, b), whole, Color32::WHITE);
            }
            inside.extend(self.shapes(ui, &page));
        }
        Shown { response, mapping: page }
    }

    /// Everything inside the frame; lines, marks and areas are computed only if something of them has changed.
    fn shapes(&self, ui: &Ui, page: &ChartPage) -> Vec<Shape> {
        let brush = Brush { page, measure: &Fonts(ui), theme: self.theme, scale: self.scale };
        // Corners are drawn a little beyond the frame, so that nothing is seen to end there.
        let frame = page.frame().expand(1.0);
        let name: Id = ui.scope_id().with(self.id);
        let drawn =
            kept(ui.ctx(), name, self.key(ui, page), frame, || layers::shapes(brush.shapes(&self.primitives), ui));
        let mut shapes = drawn.to_vec();
        shapes.extend(layers::shapes(brush.words(&self.primitives), ui));
        shapes
    }

    /// Everything that its lines, marks and areas depend on.
    fn key(&self, ui: &Ui, page: &ChartPage) -> u64 {
        let (frame, view) = (page.frame(), page.view());
        let places = [frame.min, frame.max].map(|corner| [corner.x.to_bits(), corner.y.to_bits()]);
        let range = [view.x, view.y].map(|side| side.map(f64::to_bits));
        let scales = [self.scale.to_bits(), ui.pixels_per_point().to_bits()];
        let mut hasher = DefaultHasher::new();
        (fingerprint(&self.primitives), places, range, scales, self.theme).hash(&mut hasher);
        hasher.finish()
    }
}

/// Paints primitives straight into a rectangle, for small samples such as the swatch of a run.
pub fn paint_sample(ui: &Ui, frame: Rect, view: ViewBox, theme: Theme, scale: f32, primitives: &[Primitive<'_>]) {
    if !frame.is_positive() {
        return;
    }
    let page = ChartPage::filling(frame, view);
    let brush = Brush { page: &page, measure: &Fonts(ui), theme, scale };
    let all = [brush.shapes(primitives), brush.words(primitives)].concat();
    ui.painter().extend(layers::shapes(all, ui));
}
