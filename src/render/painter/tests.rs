//! What is painted, pixel by pixel.

use egui::epaint::{ColorImage, ImageDelta, Mesh};
use egui::{TextureOptions, pos2, vec2};

use super::*;

const ID: TextureId = TextureId::Managed(7);
const RED: Color32 = Color32::RED;
const EVERYWHERE: Rect = Rect::EVERYTHING;

fn textures(image: ColorImage, options: TextureOptions) -> TexturesDelta {
    let mut delta = TexturesDelta::default();
    delta.set.entry(ID).or_default().push(ImageDelta::full(image, options));
    delta
}

fn white() -> TexturesDelta {
    textures(ColorImage::filled([1, 1], Color32::WHITE), TextureOptions::NEAREST)
}

fn mesh(clip_rect: Rect, fill: impl FnOnce(&mut Mesh)) -> Vec<ClippedPrimitive> {
    let mut mesh = Mesh::with_texture(ID);
    fill(&mut mesh);
    vec![ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }]
}

fn rectangle(rect: Rect, color: Color32, clip: Rect) -> Vec<ClippedPrimitive> {
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    mesh(clip, |mesh| mesh.add_rect_with_uv(rect, uv, color))
}

fn painted(primitives: &[ClippedPrimitive], mut delta: TexturesDelta) -> RgbaImage {
    Painter::new().paint(primitives, &mut delta, 1.0, [20, 20], Color32::BLACK).unwrap()
}

fn count(image: &RgbaImage, color: [u8; 4]) -> usize {
    image.pixels().filter(|pixel| pixel.0 == color).count()
}

#[test]
fn a_filled_rectangle_has_exactly_its_pixels() {
    let rect = Rect::from_min_max(pos2(3.0, 4.0), pos2(9.0, 15.0));
    let image = painted(&rectangle(rect, RED, EVERYWHERE), white());
    for (x, y, pixel) in image.enumerate_pixels() {
        let inside = (3..9).contains(&x) && (4..15).contains(&y);
        assert_eq!(pixel.0, if inside { [255, 0, 0, 255] } else { [0, 0, 0, 255] }, "{x} {y}");
    }
}

#[test]
fn nothing_is_painted_outside_the_clip() {
    let clip = Rect::from_min_max(pos2(5.4, 5.6), pos2(8.0, 30.0));
    let huge = Rect::from_min_max(pos2(-1e38, -1e38), pos2(1e38, 1e38));
    let image = painted(&rectangle(huge, RED, clip), white());
    assert_eq!(count(&image, [255, 0, 0, 255]), 3 * 14);
    assert_eq!(image.get_pixel(5, 6).0, [255, 0, 0, 255]);
    assert_eq!(image.get_pixel(5, 5).0, [0, 0, 0, 255]);
}

#[test]
fn an_empty_clip_hides_all_and_what_is_nowhere_is_passed_over() {
    let rect = Rect::from_min_max(Pos2::ZERO, pos2(20.0, 20.0));
    let hidden = painted(&rectangle(rect, RED, Rect::NOTHING), white());
    let nowhere = Rect::from_min_max(pos2(f32::NAN, 0.0), pos2(f32::INFINITY, 9.0));
    let lost = painted(&rectangle(nowhere, RED, EVERYWHERE), white());
    assert_eq!([hidden, lost].map(|image| count(&image, [0, 0, 0, 255])), [400; 2]);
}

#[test]
fn neighbors_share_an_edge_without_gap_or_seam() {
    let half = Color32::from_white_alpha(128);
    let center = pos2(10.3, 9.7);
    let fan = mesh(EVERYWHERE, |mesh| {
        let vertex = |pos| Vertex { pos, uv: Pos2::ZERO, color: half };
        mesh.vertices.push(vertex(center));
        for i in 0..24u32 {
            let angle = i as f32 * std::f32::consts::TAU / 24.0;
            mesh.vertices.push(vertex(center + 40.0 * Vec2::angled(angle)));
            mesh.add_triangle(0, 1 + i, 1 + (i + 1) % 24);
        }
    });
    assert_eq!(count(&painted(&fan, white()), [128, 128, 128, 255]), 400);
}

#[test]
fn alpha_is_premultiplied_and_additive_colors_saturate() {
    let rect = Rect::from_min_max(Pos2::ZERO, pos2(20.0, 20.0));
    let shade = painted(&rectangle(rect, Color32::from_rgba_premultiplied(50, 0, 0, 100), EVERYWHERE), white());
    assert_eq!(shade.get_pixel(3, 3).0, [50, 0, 0, 255]);
    let mut painter = Painter::new();
    let glow = rectangle(rect, Color32::from_rgba_premultiplied(200, 0, 0, 0), EVERYWHERE);
    let image = painter.paint(&glow, &mut white(), 1.0, [4, 4], Color32::LIGHT_RED).unwrap();
    assert_eq!(image.get_pixel(0, 0).0, [255, 128, 128, 255]);
}

#[test]
fn filters_magnify_as_they_are_described() {
    let image = || ColorImage::new([2, 1], vec![Color32::BLACK, Color32::WHITE]);
    let rect = Rect::from_min_max(Pos2::ZERO, pos2(20.0, 20.0));
    let quad = rectangle(rect, Color32::WHITE, EVERYWHERE);
    let nearest = painted(&quad, textures(image(), TextureOptions::NEAREST));
    assert_eq!([9, 10].map(|x| nearest.get_pixel(x, 5).0[0]), [0, 255]);
    let linear = painted(&quad, textures(image(), TextureOptions::LINEAR));
    let row: Vec<_> = (0..20).map(|x| linear.get_pixel(x, 5).0[0]).collect();
    assert_eq!([row[0], row[4], row[15], row[19]], [0, 0, 255, 255]);
    assert!(row.is_sorted() && row[9] > 100 && row[10] < 155, "{row:?}");
}

#[test]
fn a_patch_changes_its_part_of_the_texture() {
    let mut delta = textures(ColorImage::filled([4, 4], Color32::BLUE), TextureOptions::NEAREST);
    let patch = ColorImage::filled([2, 1], RED);
    delta.set.entry(ID).or_default().push(ImageDelta::partial([1, 2], patch, TextureOptions::NEAREST));
    let rect = Rect::from_min_max(Pos2::ZERO, pos2(4.0, 4.0));
    let image = painted(&rectangle(rect, Color32::WHITE, EVERYWHERE), delta);
    assert_eq!(count(&image, [255, 0, 0, 255]), 2);
    assert_eq!([1, 2].map(|x| image.get_pixel(x, 2).0), [[255, 0, 0, 255]; 2]);
}

#[test]
fn a_freed_texture_serves_its_last_frame() {
    let rect = Rect::from_min_max(Pos2::ZERO, pos2(4.0, 4.0));
    let quad = rectangle(rect, RED, EVERYWHERE);
    let mut painter = Painter::new();
    let mut delta = white();
    delta.free.insert(ID);
    assert!(painter.paint(&quad, &mut delta, 1.0, [4, 4], RED).is_ok());
    let again = painter.paint(&quad, &mut delta, 1.0, [4, 4], RED);
    assert_eq!(again, Err(PaintError::Texture(ID)));
}

#[test]
fn absurd_requests_are_refused() {
    let ask = |size, scale| picture(size, scale, |_| (), |_| ()).unwrap_err();
    assert_eq!(ask(vec2(0.0, 100.0), 1.0), PaintError::Size(0, 100));
    assert!(matches!(ask(vec2(1e6, 1e6), 1.0), PaintError::Size(..)));
    assert!(matches!(ask(Vec2::NAN, 1.0), PaintError::Size(..)));
    assert!(matches!(ask(vec2(10.0, 10.0), f32::NAN), PaintError::Scale(_)));
    assert!(ask(vec2(10.0, 10.0), -1.0).to_string().contains("above 0"));
}

#[test]
fn a_disc_is_round_and_its_edge_soft() {
    let disc = |ui: &mut Ui| {
        ui.painter().circle_filled(pos2(20.0, 20.0), 10.0, RED);
    };
    let image = picture(vec2(40.0, 40.0), 2.0, |_| (), disc).unwrap();
    let background = image.get_pixel(0, 0).0;
    let solid = count(&image, [255, 0, 0, 255]) as f32;
    let touched = image.pixels().filter(|pixel| pixel.0 != background).count() as f32;
    let area = std::f32::consts::PI * 400.0;
    assert!(solid < area && area < touched && touched - solid < 0.2 * area, "{solid} {touched}");
}

#[test]
fn the_same_picture_has_the_same_bytes() {
    let page = |ui: &mut Ui| {
        ui.heading("Descent");
        let _ = ui.button("Step");
        ui.add(egui::Slider::new(&mut 0.3, 0.0..=1.0));
    };
    let pictures = [(); 2].map(|()| picture(vec2(200.0, 120.0), 1.5, |_| (), page).unwrap());
    assert_eq!(pictures[0].dimensions(), (300, 180));
    assert!(pictures[0] == pictures[1]);
    assert!(pictures[0].pixels().any(|pixel| pixel != pictures[0].get_pixel(299, 179)));
}
