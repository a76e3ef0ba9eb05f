//! The flat views: primitives as shapes inside a plot, which brings axes and the mapping between landscape and screen.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::RangeInclusive;

use egui::{Color32, Pos2, Rect, Response, RichText, Sense, Shape, TextStyle, TextureId, Ui, Vec2, vec2};
use egui_plot::{
    AxisHints, GridMark, Plot, PlotBounds, PlotGeometry, PlotImage, PlotItem, PlotItemBase, PlotPoint, PlotTransform,
};

use super::color::color;
use super::kept::kept;
use super::layers::{self, Fonts};
use crate::drawing::axes::{tick_text, ticks};
use crate::drawing::compose::{Brush, Page};
use crate::drawing::fingerprint::fingerprint;
use crate::drawing::ink::{Ink, Theme};
use crate::drawing::primitive::Primitive;
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::numbers::numerals::parameter;

/// How the axes of a flat view are divided and labeled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axes {
    /// Numbers along both.
    Both,
    /// Degrees along x, at round parts of a turn; numbers along y.
    Degrees,
    /// Numbers of layers along x; radii along y, each at its decimal logarithm; both named.
    Radii,
    /// No axes at all.
    None,
}

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
    /// Clicks, drags and hovering over the plot.
    pub response: Response,
    /// From landscape to screen and back.
    pub mapping: Mapping,
}

/// From landscape coordinates to the screen and back.
#[derive(Clone, Copy)]
pub struct Mapping {
    transform: PlotTransform,
}

impl Mapping {
    /// Where a point is on the screen.
    pub fn position(&self, at: Point) -> Pos2 {
        self.transform.position_from_point(&PlotPoint::new(at.x, at.y))
    }

    /// The point under a position, exactly.
    pub fn point(&self, position: Pos2) -> Point {
        let value = self.transform.value_from_position(position);
        Point::new(value.x, value.y)
    }

    /// The visible box.
    pub fn view(&self) -> ViewBox {
        let bounds = self.transform.bounds();
        ViewBox::new(bounds.min()[0], bounds.max()[0], bounds.min()[1], bounds.max()[1])
    }

    /// Its rectangle on the screen.
    pub fn frame(&self) -> Rect {
        *self.transform.frame()
    }
}

impl Page for Mapping {
    fn frame(&self) -> Rect {
        *self.transform.frame()
    }

    fn position(&self, at: Point) -> Pos2 {
        Self::position(self, at)
    }
}

impl FlatView<'_> {
    /// Shows the view in the room there is.
    pub fn show(self, ui: &mut Ui) -> Shown {
        let Self { id, view, theme, scale, .. } = self;
        let bounds = PlotBounds::from_min_max([view.x[0], view.y[0]], [view.x[1], view.y[1]]);
        let background = self.background;
        let item =
            Drawing { name: id, base: PlotItemBase::new(id.to_owned()), primitives: self.primitives, theme, scale };
        let mut plot = bare_plot(id, self.axes, theme, ui);
        if self.equal_scales {
            plot = plot.data_aspect(1.0);
        }
        let shown = plot.show(ui, |plot| {
            plot.set_plot_bounds(bounds);
            if let Some((texture, covered)) = background {
                let center = covered.center();
                let size = vec2(covered.width() as f32, covered.height() as f32);
                plot.image(
                    PlotImage::new("land", texture, PlotPoint::new(center.x, center.y), size).allow_hover(false),
                );
            }
            plot.add(item);
        });
        Shown { response: shown.response, mapping: Mapping { transform: shown.transform } }
    }
}

/// A plot without any behavior of its own: what clicks and drags mean is decided by the views.
fn bare_plot<'a>(id: &'static str, axes: Axes, theme: Theme, ui: &Ui) -> Plot<'a> {
    let font = TextStyle::Small.resolve(ui.style());
    let height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    // Room for four characters from the first frame on, so that nothing moves when labels grow.
    let room = 1.9 * height;
    let styled = |hints: AxisHints<'a>| {
        let text = color(Ink::Muted.text(theme));
        hints.tick_label_font(font.clone()).tick_label_color(text).label_spacing(16.0..=20.0)
    };
    let y_label = if axes == Axes::Radii { power_label } else { label };
    let x_axis = styled(AxisHints::new_x()).formatter(label).min_thickness(height + 4.0);
    let y_axis = styled(AxisHints::new_y()).formatter(y_label).min_thickness(room);
    let name = |text: &str| RichText::new(text).font(font.clone()).color(color(Ink::Muted.text(theme)));
    let (x_axis, y_axis) = match axes {
        Axes::Radii => (x_axis.label(name("layers L")), y_axis.label(name("radius"))),
        _ => (x_axis, y_axis),
    };
    Plot::new(id)
        .min_size(Vec2::ZERO)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .show_x(false)
        .show_y(false)
        .show_grid(false)
        .show_background(false)
        .show_axes(axes != Axes::None)
        .custom_x_axes(vec![x_axis])
        .custom_y_axes(vec![y_axis])
        .x_grid_spacer(move |input| match axes {
            Axes::Degrees => quarters([input.bounds.0, input.bounds.1]),
            Axes::Radii => layers([input.bounds.0, input.bounds.1]),
            _ => marks([input.bounds.0, input.bounds.1], 6),
        })
        .y_grid_spacer(move |input| match axes {
            Axes::Radii => powers([input.bounds.0, input.bounds.1], input.base_step_size),
            _ => marks([input.bounds.0, input.bounds.1], 6),
        })
        .sense(Sense::click_and_drag())
}

fn marks(range: [f64; 2], wanted: usize) -> Vec<GridMark> {
    let (values, _) = ticks(range, wanted);
    let step_size = values.get(1).zip(values.first()).map_or(1.0, |(second, first)| second - first);
    values.into_iter().map(|value| GridMark { value, step_size }).collect()
}

/// Every quarter of a turn, in degrees.
fn quarters([low, high]: [f64; 2]) -> Vec<GridMark> {
    let quarter = |index: i32| GridMark { value: 90.0 * f64::from(index), step_size: 90.0 };
    (-4..=4).map(quarter).filter(|mark| (low..=high).contains(&mark.value)).collect()
}

/// One layer, and every five of them up to the most that a network can have.
fn layers([low, high]: [f64; 2]) -> Vec<GridMark> {
    let mark = |value: f64| GridMark { value, step_size: 5.0 };
    [1.0, 5.0, 10.0, 15.0, 20.0].into_iter().filter(|value| (low..=high).contains(value)).map(mark).collect()
}

/// At the logarithms of powers of ten, and where there is room, of twice and five times them.
fn powers([low, high]: [f64; 2], closest: f64) -> Vec<GridMark> {
    const MOST: f64 = 40.0;
    let factors: &[f64] = if closest < 2_f64.log10() { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let decades = low.floor().max(high - MOST) as i32..=high.ceil() as i32;
    let marks = decades.flat_map(|decade| factors.iter().map(move |factor| f64::from(decade) + factor.log10()));
    marks.filter(|value| (low..=high).contains(value)).map(|value| GridMark { value, step_size: 1.0 }).collect()
}

fn power_label(mark: GridMark, _range: &RangeInclusive<f64>) -> String {
    parameter(10_f64.powf(mark.value))
}

fn label(mark: GridMark, _range: &RangeInclusive<f64>) -> String {
    tick_text(mark.value, mark.step_size)
}

/// All primitives of a view as one item of the plot.
struct Drawing<'a> {
    name: &'static str,
    base: PlotItemBase,
    primitives: Vec<Primitive<'a>>,
    theme: Theme,
    scale: f32,
}

impl Drawing<'_> {
    /// Everything that its lines, marks and areas depend on.
    fn key(&self, ui: &Ui, transform: &PlotTransform) -> u64 {
        let (frame, bounds) = (transform.frame(), transform.bounds());
        let places = [frame.min, frame.max].map(|corner| [corner.x.to_bits(), corner.y.to_bits()]);
        let range = [bounds.min(), bounds.max()].map(|corner| corner.map(f64::to_bits));
        let scales = [self.scale.to_bits(), ui.pixels_per_point().to_bits()];
        let mut hasher = DefaultHasher::new();
        (fingerprint(&self.primitives), places, range, scales, self.theme).hash(&mut hasher);
        hasher.finish()
    }
}

impl PlotItem for Drawing<'_> {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let mapping = Mapping { transform: *transform };
        let brush = Brush { page: &mapping, measure: &Fonts(ui), theme: self.theme, scale: self.scale };
        let key = self.key(ui, transform);
        // Corners are drawn a little beyond the frame, so that nothing is seen to end there.
        let frame = transform.frame().expand(1.0);
        let name = ui.scope_id().with(self.name);
        let drawn = kept(ui.ctx(), name, key, frame, || layers::shapes(brush.shapes(&self.primitives), ui));
        shapes.extend(drawn.iter().cloned());
        shapes.extend(layers::shapes(brush.words(&self.primitives), ui));
    }

    fn initialize(&mut self, _x_range: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        Color32::TRANSPARENT
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        PlotBounds::NOTHING
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}

/// Paints primitives straight into a rectangle, for small samples such as the swatch of a run.
pub fn paint_sample(ui: &Ui, frame: Rect, view: ViewBox, theme: Theme, scale: f32, primitives: &[Primitive<'_>]) {
    if !frame.is_positive() {
        return;
    }
    let bounds = PlotBounds::from_min_max([view.x[0], view.y[0]], [view.x[1], view.y[1]]);
    let mapping = Mapping { transform: PlotTransform::new(frame, bounds, false) };
    let brush = Brush { page: &mapping, measure: &Fonts(ui), theme, scale };
    let all = [brush.shapes(primitives), brush.words(primitives)].concat();
    ui.painter().extend(layers::shapes(all, ui));
}
