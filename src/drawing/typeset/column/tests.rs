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

#[test]
fn a_prime_stands_as_high_as_its_letter() {
    let slope = display("f'(x)^2");
    let [f, prime, two] = ["f", "′", "2"].map(|word| places(&slope, word)[0]);
    assert!(f.y == prime.y && two.y < f.y, "on the line, the exponent above it: {f} {prime} {two}");
    let both = display("f''^2");
    let [primes, two] = ["′′", "2"].map(|word| places(&both, word)[0]);
    assert!(primes.y > two.y && primes.x < two.x, "{primes} {two}");
}

/// A line ends between words and between sides, not within a fraction, a pair or the argument of a function.
#[test]
fn a_line_does_not_end_within_mathematics() {
    let words = |text: &str| Inline::Words(text.to_owned(), crate::lessons::Style::default());
    let line = [
        words("a sum adds up to η/(1 − β), and from (1, −0.5) it goes to "),
        Inline::Formula(formula::read("\\max(0, w_1 x + w_2) = 2").unwrap()),
    ];
    let together = [["η/(1", "β),"], ["(1,", "−0.5)"], ["max", "0"], ["0", "+"]];
    for width in (110..400).step_by(10) {
        let text = typeset_line(&line, FACE, width as f32, &Even);
        for [one, other] in together {
            let [one, other] = [one, other].map(|word| places(&text, word)[0]);
            assert_eq!(one.y, other.y, "in {width}: {text:?}");
        }
    }
    let narrow = typeset_line(&line, FACE, 62.0, &Even);
    let ends = narrow.pieces.iter().map(|piece| match piece {
        Piece::Words { at, text, face } => at.x + Even.width(text, *face),
        Piece::Line(..) => 0.0,
    });
    assert!(ends.fold(0.0, f32::max) <= 62.5, "torn apart only where there is no room for it");
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
