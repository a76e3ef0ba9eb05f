//! Boxes of any shape: where one axis is very much longer than the other, a picture is that of a square box whose axes have
//! other figures.

use egui::{Pos2, Rect, Vec2, pos2, vec2};
use taylorscope::drawing::Pane;
use taylorscope::drawing::compose::{self, Brush, Layer, Measure, Page};
use taylorscope::drawing::ink::Theme;
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::landscapes::ViewBox;
use taylorscope::numbers::Point;
use taylorscope::render::context::overlay_context;
use taylorscope::render::painter;
use taylorscope::state::{Scene, State};
use taylorscope::ui::views::{Canvases, paths};
use taylorscope::ui::window::view_ui;

/// A scene of the same loss over a box of this width and height.
fn scene([wide, high]: [f64; 2]) -> State {
    let text = format!(
        "runs = ['newton']\nstart = [{:e}, {:e}]\nsteps = 6\nview = {{ show = ['region', 'other'] }}\n\
         landscape = {{ id = 'formula', formula = 'f = sin(3*x/{wide:e}) + (x/{wide:e})*(y/{high:e}) + (y/{high:e})^2', \
         domain = [[0.0, {wide:e}], [0.0, {high:e}]] }}",
        0.3 * wide,
        0.7 * high
    );
    let mut scene = Scene::read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    // Chosen for the square alone; slim boxes are stretched without.
    scene.view.stretched = wide == high;
    let mut state = State::showing(scene);
    state.finish();
    state
}

/// The pixels of a view.
fn picture(sides: [f64; 2], pane: Pane) -> Vec<u8> {
    let mut state = scene(sides);
    state.view.chrome.maximized = Some(pane);
    let mut canvases = Canvases::for_one_picture();
    let paint = |ui: &mut egui::Ui| drop(view_ui(&state, &mut canvases, pane, ui));
    painter::picture(vec2(320.0, 240.0), 1.0, |_| {}, paint).unwrap().into_raw()
}

/// A page that a box fills, where every word is as wide as another.
struct Filled(ViewBox);

const PAGE: [f64; 2] = [300.0, 200.0];

impl Page for Filled {
    fn frame(&self) -> Rect {
        Rect::from_min_max(Pos2::ZERO, pos2(PAGE[0] as f32, PAGE[1] as f32))
    }

    fn position(&self, at: Point) -> Pos2 {
        let Self(view) = self;
        let [x, y] = [(at.x - view.x[0]) / view.width(), (view.y[1] - at.y) / view.height()];
        pos2((x * PAGE[0]) as f32, (y * PAGE[1]) as f32)
    }
}

impl Measure for Filled {
    fn size(&self, _text: &str, _strong: bool) -> Vec2 {
        vec2(60.0, 14.0)
    }
}

/// The rectangles around the layers of the map, in points.
fn map_layers(sides: [f64; 2]) -> Vec<Rect> {
    let state = scene(sides);
    let view = state.document.landscape.domain();
    let page = Filled(view);
    let context = overlay_context(&state, paths(&state), view, PageScale::filling(view, PAGE));
    let primitives = compose::map(&context, |id| state.view.sees(id), None);
    let brush = Brush { page: &page, measure: &page, theme: Theme::Light, scale: 1.0 };
    let around = |layer: Layer| match layer {
        Layer::Stroke { corners, .. } | Layer::Area { corners, .. } => Rect::from_points(&corners),
        Layer::Strokes { pieces, .. } => Rect::from_points(&pieces.concat()),
        Layer::Star { rim, .. } => Rect::from_points(&rim).intersect(page.frame()),
        Layer::Disc { center, radius, .. } => Rect::from_center_size(center, Vec2::splat(radius)),
        Layer::Squares { centers, .. } => Rect::from_points(&centers),
        Layer::Words { patch, .. } => patch,
    };
    [brush.shapes(&primitives), brush.words(&primitives)].concat().into_iter().map(around).collect()
}

const RATIOS: [f64; 8] = [1e-6, 1e-4, 1e-2, 1.0 / 31.0, 31.0, 1e2, 1e4, 1e6];

/// Newton's step is the same in any scales, and so are the level lines of models and the regions of validity.
#[test]
fn the_map_of_a_slim_box_is_that_of_a_square_one() {
    let square = map_layers([1.0, 1.0]);
    assert!(square.len() > 40, "{} layers", square.len());
    for ratio in RATIOS {
        let slim = map_layers([1.0, ratio]);
        assert_eq!(slim.len(), square.len(), "1 : {ratio}");
        for (index, (slim, square)) in slim.iter().zip(&square).enumerate() {
            let off = (slim.min - square.min).abs().max((slim.max - square.max).abs()).max_elem();
            assert!(off < 1.0, "1 : {ratio}, layer {index}: {slim:?} instead of {square:?}");
        }
    }
}

#[test]
fn surface_and_slice_of_a_slim_box_are_those_of_a_square_one() {
    for pane in [Pane::Surface, Pane::Slice] {
        let square = picture([1.0, 1.0], pane);
        for ratio in RATIOS {
            let slim = picture([1.0, ratio], pane);
            let differs = |(a, b): (&[u8], &[u8])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 24);
            let share = square.chunks(4).zip(slim.chunks(4)).filter(|pair| differs(*pair)).count() as f64;
            // The figures of the axes differ.
            assert!(share < 0.05 * 320.0 * 240.0, "{pane:?}, 1 : {ratio}: {share} pixels differ");
        }
    }
}

#[test]
fn what_is_not_to_scale_is_said() {
    use egui_kittest::kittest::Queryable as _;
    let mut harness = crate::desk::desk(1280.0, 720.0);
    assert!(harness.query_all_by_label("not to scale").next().is_none(), "a square");
    let view = ViewBox::new(0.0, 1.0, 0.0, 1e4);
    let slim = harness.state().state.document.landscape.with_domain(Some(view));
    harness.state_mut().state.document.landscape = slim;
    harness.state_mut().state.view.scene.map = None;
    harness.state_mut().state.finish();
    harness.run_steps(3);
    assert_eq!(harness.query_all_by_label("not to scale").count(), 2, "on the map and on the surface");
}
