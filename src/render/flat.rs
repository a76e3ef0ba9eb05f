//! The flat views: composed layers shown as one plot item, with the mapping to the screen.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::RangeInclusive;

use egui::{
    Color32, Id, Pos2, Rect, RectAlign, Response, Role, Sense, Shape, TextureId, Tooltip, Ui, UiBuilder, Vec2,
    WidgetInfo, vec2,
};
use egui_plot::{Plot, PlotBounds, PlotGeometry, PlotImage, PlotItem, PlotItemBase, PlotPoint, PlotTransform};

use super::kept::kept;
use super::layers::{self, Fonts};
use super::vector;
use crate::drawing::compose::{Brush, Chart, ChartPage, Layer, Measure as _, legend_height};
use crate::drawing::fingerprint::fingerprint;
use crate::drawing::ink::Theme;
use crate::drawing::label::Label;
use crate::drawing::primitive::Primitive;
use crate::landscapes::ViewBox;

pub use crate::drawing::compose::{Axes, base};

/// From landscape coordinates to the screen and back.
pub type Mapping = ChartPage;

/// A flat view, ready to be shown.
pub struct FlatView<'a> {
    /// A name that identifies it.
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
    /// How its axes are divided and labeled.
    pub axes: Axes,
    /// Whether words and names are shown.
    pub has_words: bool,
    /// What lies over the picture, so that words keep out of its way.
    pub covered: Option<Rect>,
    /// The legend line below it, for names that have no place on it.
    pub legend: LegendRow,
    /// What it is a picture of, where its legend keeps its height as long as that stays the same: the picture does not move then.
    pub setup: Option<u64>,
}

/// Whether there is a legend line below a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendRow {
    /// There is none.
    None,
    /// All of it: what has no room is counted.
    Whole,
    /// What has no room stands elsewhere.
    Continued,
}

/// A flat view that was shown: its response, and where things are on the screen.
pub struct FlatResponse {
    /// Clicks, drags and hovering over the picture.
    pub response: Response,
    /// From landscape to screen and back.
    pub mapping: Mapping,
    /// The names that are left where the legend line is continued elsewhere.
    pub unnamed: Vec<Label>,
}

impl<'a> FlatView<'a> {
    /// A chart: each axis has a scale of its own and its numbers, and nothing lies under or over it.
    pub fn chart(
        id: &'static str,
        view: ViewBox,
        primitives: Vec<Primitive<'a>>,
        (theme, scale): (Theme, f32),
    ) -> Self {
        Self {
            id,
            view,
            equal_scales: false,
            background: None,
            primitives,
            theme,
            scale,
            axes: Axes::Both,
            has_words: true,
            covered: None,
            legend: LegendRow::None,
            setup: None,
        }
    }

    /// Shows the view in the room there is.
    pub fn show(self, ui: &mut Ui) -> FlatResponse {
        let Self { view, equal_scales, axes, theme, scale, .. } = self;
        let (whole, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let laid = |lines: usize| {
            let (rect, row) = self.divided(whole, lines, ui);
            (rect, row, Chart { view, equal_scales, axes }.laid(rect, &Fonts(ui)))
        };
        let lines = self.legend_lines(whole, laid(1).2.frame().width(), ui);
        let (rect, row, page) = laid(lines);
        if ui.is_rect_visible(rect) {
            let figures = page.figures(&Fonts(ui), self.theme);
            ui.painter().extend(layers::shapes(figures, ui));
        }
        let brush = Brush { page: &page, measure: &Fonts(ui), theme, scale };
        let (words, legend) =
            if self.has_words { brush.words_beside(&self.primitives, self.covered) } else { Default::default() };
        if vector::wants_paths(ui.ctx()) {
            let layers = [brush.shapes(&self.primitives), words.clone()].concat();
            vector::keep(ui.ctx(), page.drawn(self.id, layers, Fonts(ui).size("0", false).y));
        }
        let row = row.map(|row| row.with_min_x(page.frame().left()));
        let unnamed = row.map(|row| self.legend.show(ui, self.id, row, (theme, scale), &legend)).unwrap_or_default();
        let mut inside = ui.new_child(UiBuilder::new().max_rect(page.frame()));
        let shown = bare_plot(self.id, page.frame().size()).show(&mut inside, |plot| {
            let seen = page.view();
            plot.set_plot_bounds(PlotBounds::from_min_max([seen.x[0], seen.y[0]], [seen.x[1], seen.y[1]]));
            if let Some((texture, covered)) = self.background {
                let center = covered.center();
                let size = vec2(covered.width() as f32, covered.height() as f32);
                plot.image(
                    PlotImage::new("loss", texture, PlotPoint::new(center.x, center.y), size).allow_hover(false),
                );
            }
            plot.add(Drawing { base: PlotItemBase::new(self.id.to_owned()), view: &self, page, words });
        });
        FlatResponse { response: shown.response, mapping: page, unnamed }
    }

    /// How many lines its legend has. It does not depend on which names find a place on the picture, which would change its height
    /// while a run is played.
    fn legend_lines(&self, whole: Rect, width: f32, ui: &Ui) -> usize {
        if self.legend != LegendRow::Whole || !self.has_words {
            return 1;
        }
        let page = ChartPage::filling(whole, self.view);
        let brush = Brush { page: &page, measure: &Fonts(ui), theme: self.theme, scale: self.scale };
        let most = most_lines(whole.height(), self.scale, ui);
        let needed = |width: f32| brush.legend_lines(&brush.legend_at_most(&self.primitives), width, most);
        match self.setup {
            Some(setup) => {
                steady_lines(self.id, setup, (whole.size(), self.scale), ui, || needed((1.0 - SPARE) * width))
            }
            None => needed(width),
        }
    }

    /// The rectangle of the picture, and that of the legend below it if there is one.
    fn divided(&self, whole: Rect, lines: usize, ui: &Ui) -> (Rect, Option<Rect>) {
        if self.legend == LegendRow::None {
            return (whole, None);
        }
        let height = lines as f32 * legend_height(&Fonts(ui), self.scale);
        let (rect, row) = whole.split_top_bottom_at_y(whole.bottom() - height);
        (rect, Some(row))
    }

    /// Everything inside the frame but words; lines, marks and areas are computed only if something of them has changed.
    fn shapes(&self, ui: &Ui, page: &ChartPage) -> Vec<Shape> {
        let brush = Brush { page, measure: &Fonts(ui), theme: self.theme, scale: self.scale };
        // Corners are drawn a little beyond the frame, so that nothing is seen to end there.
        let frame = page.frame().expand(1.0);
        let name: Id = ui.scope_id().with(self.id);
        kept(ui.ctx(), name, self.key(ui, page), frame, || layers::shapes(brush.shapes(&self.primitives), ui)).to_vec()
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

/// The share of the height of a view that its legend has at most, and how many lines.
const LEGEND: (f32, usize) = (0.22, 3);

/// The share of a line of the legend that is left free for names that come while runs are stepped.
const SPARE: f32 = 0.1;

/// How many lines the legend of a view has: as many as when this setup was first seen in this size.
fn steady_lines(
    id: &'static str,
    setup: u64,
    (size, scale): (Vec2, f32),
    ui: &Ui,
    needed: impl FnOnce() -> usize,
) -> usize {
    let key = (setup, [size.x, size.y, scale].map(f32::to_bits));
    let place = Id::unique(("lines of the legend", id));
    let known = ui.data(|data| data.get_temp::<((u64, [u32; 3]), usize)>(place));
    if let Some((_, lines)) = known.filter(|(of, _)| *of == key) {
        return lines;
    }
    let lines = needed();
    ui.data_mut(|data| data.insert_temp(place, (key, lines)));
    lines
}

/// What a view keeps of its height above a second line of its legend, in points at normal type.
const ABOVE_LEGEND: f32 = 200.0;

/// How many lines the legend below a view so high has at most.
fn most_lines(height: f32, scale: f32, ui: &Ui) -> usize {
    let free = (LEGEND.0 * height).min(height - ABOVE_LEGEND * scale);
    ((free / legend_height(&Fonts(ui), scale)) as usize).clamp(1, LEGEND.1)
}

impl LegendRow {
    /// How high the legend of these names is below a view of this size, for a setup as of [`FlatView::setup`].
    pub fn height(size: Vec2, (scale, theme): (f32, Theme), legend: &[&Label], setup: u64, ui: &Ui) -> f32 {
        let page = ChartPage::filling(Rect::from_min_size(Pos2::ZERO, size), ViewBox::new(0.0, 1.0, 0.0, 1.0));
        let brush = Brush { page: &page, measure: &Fonts(ui), theme, scale };
        let most = most_lines(size.y, scale, ui);
        let needed = || brush.legend_lines(legend, (1.0 - SPARE) * size.x, most);
        let lines = steady_lines("surface", setup, (size, scale), ui, needed);
        lines as f32 * legend_height(&Fonts(ui), scale)
    }

    /// Shows the line in its row; what is left where it is continued.
    pub fn show(
        self,
        ui: &Ui,
        id: &'static str,
        row: Rect,
        (theme, scale): (Theme, f32),
        legend: &[&Label],
    ) -> Vec<Label> {
        let page = ChartPage::filling(row, ViewBox::new(0.0, 1.0, 0.0, 1.0));
        let brush = Brush { page: &page, measure: &Fonts(ui), theme, scale };
        let (layers, left) = match self {
            Self::None => return Vec::new(),
            Self::Whole => (brush.legend(legend, row), Vec::new()),
            Self::Continued => brush.legend_continued(legend, row),
        };
        ui.painter().extend(layers::shapes(layers, ui));
        // For those who cannot see it, and whole where it has no room for all of it.
        let texts: Vec<&str> = legend.iter().map(|label| label.text.as_str()).collect();
        let response = ui.interact(row, ui.scope_id().with((id, "legend")), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Legend: {}", texts.join(", "))));
        if !texts.is_empty() {
            // Over the picture, and not over the bars below it.
            let mut tooltip = Tooltip::for_enabled(&response);
            let above = [RectAlign::TOP_START, RectAlign::TOP_END];
            tooltip.popup = tooltip.popup.align(above[0]).align_alternatives(&above);
            tooltip.show(|ui| list_ui(ui, (theme, scale), legend));
        }
        left.into_iter().cloned().collect()
    }
}

/// The names below each other, each with a sample of what it names.
fn list_ui(ui: &mut Ui, (theme, scale): (Theme, f32), legend: &[&Label]) {
    let page = ChartPage::filling(ui.max_rect(), ViewBox::new(0.0, 1.0, 0.0, 1.0));
    let size = Brush { page: &page, measure: &Fonts(ui), theme, scale }.legend_list(legend, Pos2::ZERO).1;
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let layers = Brush { page: &page, measure: &Fonts(ui), theme, scale }.legend_list(legend, rect.min).0;
    ui.painter().extend(layers::shapes(layers, ui));
}

/// A plot without axes, which are layers of the page, and without behavior: what clicks and drags mean the views decide.
fn bare_plot<'a>(id: &'static str, size: Vec2) -> Plot<'a> {
    Plot::new(id)
        .min_size(Vec2::ZERO)
        .width(size.x)
        .height(size.y)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .show_x(false)
        .show_y(false)
        .show_grid(false)
        .show_axes(false)
        .show_background(false)
        .sense(Sense::click_and_drag())
}

/// The layers of a view as one item of the plot.
struct Drawing<'v, 'a> {
    base: PlotItemBase,
    view: &'v FlatView<'a>,
    page: ChartPage,
    words: Vec<Layer>,
}

impl PlotItem for Drawing<'_, '_> {
    fn shapes(&self, ui: &Ui, _transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        shapes.extend(self.view.shapes(ui, &self.page));
        shapes.extend(layers::shapes(self.words.clone(), ui));
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
    let page = ChartPage::filling(frame, view);
    let brush = Brush { page: &page, measure: &Fonts(ui), theme, scale };
    let all = [brush.shapes(primitives), brush.words(primitives)].concat();
    ui.painter().extend(layers::shapes(all, ui));
}
