//! Pages hold what the screen shows: the words, the lines as paths, and pictures only where there are textures.

use egui::{Color32, Mesh, Rect, Stroke, Vec2, pos2, vec2};

use super::*;
use crate::drawing::ink::{Ink, Theme};
use crate::drawing::vector_page::{Segment, VectorStroke};
use crate::render::color::color;

fn ink() -> Color32 {
    color(Ink::Truth.fill(Theme::Light))
}

fn painted(paint: impl Fn(&egui::Painter)) -> VectorPage {
    page(vec2(200.0, 100.0), 1.0, "a page".to_owned(), |ui| paint(ui.painter())).unwrap()
}

#[test]
fn a_line_is_a_path_and_its_strokes_are_one() {
    let stroke = Stroke::new(2.0, ink());
    let page = painted(|painter| {
        painter.extend(Shape::dashed_line(&[pos2(10.0, 50.0), pos2(110.0, 50.0)], stroke, 6.0, 4.0));
    });
    let [Item { clip: None, mark: Mark::Path { path, fill: None, stroke: Some(VectorStroke { width, .. }) } }] =
        &page.items[..]
    else {
        panic!("one path: {:?}", page.items)
    };
    let begins = path.iter().filter(|segment| matches!(segment, Segment::Move(_))).count();
    assert!(*width == 2.0 && (10..=11).contains(&begins), "ten strokes: {begins}");
}

#[test]
fn triangles_of_one_color_are_an_area_without_seams() {
    let page = painted(|painter| {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_size(pos2(10.0, 10.0), vec2(30.0, 20.0)), ink());
        mesh.add_colored_rect(Rect::from_min_size(pos2(60.0, 10.0), vec2(30.0, 20.0)), ink());
        painter.add(mesh);
    });
    let [Item { mark: Mark::Path { path, fill: Some(_), stroke: None }, .. }] = &page.items[..] else {
        panic!("one area: {:?}", page.items)
    };
    let closed = path.iter().filter(|segment| **segment == Segment::Close).count();
    assert_eq!((path.len(), closed), (10, 2), "two rectangles of four corners, no diagonal");
}

#[test]
fn what_has_many_colors_is_a_picture_of_its_place() {
    let page = painted(|painter| {
        let mut mesh = Mesh::default();
        for (at, color) in
            [(pos2(20.0, 20.0), ink()), (pos2(60.0, 20.0), Color32::TRANSPARENT), (pos2(20.0, 60.0), ink())]
        {
            mesh.colored_vertex(at, color);
        }
        mesh.add_triangle(0, 1, 2);
        painter.add(mesh);
    });
    let [Item { clip: None, mark: Mark::Picture(Pixels { at, size, rgba }) }] = &page.items[..] else {
        panic!("one picture: {:?}", page.items)
    };
    assert_eq!((*at, *size), (Rect::from_min_max(pos2(20.0, 20.0), pos2(60.0, 60.0)), [40, 40]), "its place");
    assert!(rgba[3] > 245 && rgba[4 * 1599 + 3] == 0, "nearly opaque in its corner, and nothing beside it");
}

#[test]
fn what_is_cut_or_out_of_sight_is_so_on_the_page() {
    let clip = Rect::from_min_size(pos2(50.0, 0.0), vec2(50.0, 100.0));
    let page = painted(|painter| {
        let inside = painter.with_clip_rect(clip);
        for x in [0.0, 60.0, 90.0, 150.0] {
            inside.rect_filled(Rect::from_min_size(pos2(x, 10.0), Vec2::splat(20.0)), 0.0, ink());
        }
    });
    let clips: Vec<Option<Rect>> = page.items.iter().map(|item| item.clip).collect();
    assert_eq!(clips, [None, Some(clip)], "one inside, one on the edge, two out of sight");
}

#[test]
fn words_keep_their_letters_and_their_place() {
    let page = painted(|painter| {
        painter.text(pos2(20.0, 30.0), egui::Align2::LEFT_TOP, "two words", egui::FontId::proportional(14.0), ink());
    });
    let [Item { mark: Mark::Words(words), .. }] = &page.items[..] else { panic!("words: {:?}", page.items) };
    assert_eq!((words.text().as_str(), words.size, words.at.x), ("two words", 14.0, 20.0), "as they were painted");
    assert!(words.at.y > 38.0 && words.at.y < 46.0, "their baseline: {}", words.at.y);
    assert!(words.letters.windows(2).all(|pair| pair[0].1 < pair[1].1), "from left to right");
    assert_eq!(page.faces.len(), 1, "one font");
}
