//! Texts keep to their width, lines do not touch, and formulas stand as they should.

use super::*;
use crate::lessons::{FILES, LessonText, formula};

/// Letters half as wide as they are high.
struct Even;

impl Faces for Even {
    fn width(&self, text: &str, face: Face) -> f32 {
        0.5 * face.size * text.chars().count() as f32
    }
}

const FACE: Face = Face { size: 10.0, strong: false, slanted: false, code: false };

fn display(tex: &str) -> Typeset {
    typeset(&[Block::Display(formula::read(tex).unwrap())], FACE, 400.0, &Even)
}

/// The places of a word, from above.
fn places(text: &Typeset, word: &str) -> Vec<emath::Pos2> {
    let place = |piece: &Piece| match piece {
        Piece::Words { at, text, .. } if text == word => Some(*at),
        _ => None,
    };
    text.pieces.iter().filter_map(place).collect()
}

#[test]
fn what_is_above_stands_above() {
    let fraction = display("\\frac{a}{b}");
    let [a, b] = ["a", "b"].map(|word| places(&fraction, word)[0]);
    assert!(a.y + 5.0 < b.y && (a.x - b.x).abs() < 0.5, "a over b, in the middle: {a} {b}");
    let scripts = display("x_i^2");
    let [x, i, two] = ["x", "i", "2"].map(|word| places(&scripts, word)[0]);
    assert!(two.y < x.y && x.y < i.y && two.x > x.x && i.x > x.x, "{x} {i} {two}");
    let sum = display("\\sum_{k}^{n} k");
    let [over, sign, under] = [places(&sum, "n")[0], places(&sum, "∑")[0], places(&sum, "k")[0]];
    assert!(over.y < sign.y && sign.y < under.y, "limits: {over} {sign} {under}");
    let matrix = display("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}");
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|word| places(&matrix, word)[0]);
    assert!(a.y == b.y && c.y == d.y && a.y < c.y && a.x == c.x && a.x < b.x, "rows and columns");
    let lines = |text: &Typeset| text.pieces.iter().filter(|piece| matches!(piece, Piece::Line(..))).count();
    assert_eq!([lines(&fraction), lines(&matrix), lines(&display("\\sqrt{x}"))], [1, 2, 1], "bars, fences and roots");
}

/// All texts of the lessons, in narrow and in wide columns: nothing leaves the column, and no line touches the one above.
#[test]
fn every_lesson_keeps_to_its_column() {
    for lesson in FILES.iter().map(|text| LessonText::read(text).unwrap()) {
        for (page, width) in lesson.pages.iter().flat_map(|page| [180.0, 260.0, 420.0].map(|width| (page, width))) {
            let text = typeset(&page.blocks, FACE, width, &Even);
            for piece in &text.pieces {
                let (left, right, top, bottom) = match piece {
                    Piece::Words { at, text, face } => {
                        let [above, below] = super::super::words::reach(text).map(|share| share * face.size);
                        (at.x, at.x + Even.width(text, *face), at.y - above, at.y + below)
                    }
                    Piece::Line(points, _) => {
                        let over = |of: fn(f32, f32) -> f32, start, axis: fn(&emath::Pos2) -> f32| {
                            points.iter().map(axis).fold(start, of)
                        };
                        let (low, high) = (f32::INFINITY, f32::NEG_INFINITY);
                        (
                            over(f32::min, low, |at| at.x),
                            over(f32::max, high, |at| at.x),
                            over(f32::min, low, |at| at.y),
                            over(f32::max, high, |at| at.y),
                        )
                    }
                };
                let is_inside = left > -0.5 && right < width + 1.0 && top > -0.5 && bottom < text.size.y + 0.5;
                assert!(is_inside, "{} at {width}: {piece:?} in {}", lesson.id.value, text.size);
            }
        }
    }
}
