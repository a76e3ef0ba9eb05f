//! Pictures of `egui_kittest`'s harness without any driver: our own painter behind its interface.
//!
//! ```ignore
//! let mut harness = Harness::builder().renderer(CpuRenderer::default()).build_ui(page);
//! let image = harness.render()?;
//! ```

use egui::{Context, FullOutput, TexturesDelta};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, TestRenderer};
use image::RgbaImage;
use taylorscope::drawing::ink::Theme;
use taylorscope::render::painter::Painter;
use taylorscope::ui::theme::{self, TypeScale};

/// Paints what a harness shows.
#[derive(Default)]
pub(crate) struct CpuRenderer(Painter);

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.take_textures(delta);
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = (ctx.viewport_rect().size() * scale).round();
        let size = [size.x as u32, size.y as u32];
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let background = ctx.global_style().visuals.panel_fill;
        self.0
            .paint(&primitives, &mut TexturesDelta::default(), scale, size, background)
            .map_err(|error| error.to_string())
    }
}

#[test]
fn a_click_shows_in_the_picture() {
    let page = |ui: &mut egui::Ui, fog: &mut bool| {
        theme::apply(ui.ctx(), Theme::Light, TypeScale::Normal);
        ui.checkbox(fog, "fog");
    };
    let mut harness = Harness::builder()
        .with_size([120.0, 40.0])
        .with_pixels_per_point(2.0)
        .renderer(CpuRenderer::default())
        .build_ui_state(page, false);
    let clear = harness.render().unwrap();
    assert_eq!(clear.dimensions(), (240, 80));
    assert!(clear == harness.render().unwrap(), "the same frame has the same bytes");
    harness.get_by_label("fog").click();
    harness.run();
    assert!(clear != harness.render().unwrap(), "the check mark is seen");
}
