//! Every size and every path gives a file that LaTeX takes.

use emath::{Rect, pos2, vec2};

use super::tikz;
use crate::drawing::compose::{ChartPage, DrawnChart, Layer, Outline, Tint};
use crate::drawing::ink::Rgb;
use crate::landscapes::ViewBox;

const TINT: Tint = Tint { color: Rgb(1, 2, 3), opacity: 1.0 };

/// A chart of this many points, from −10 to 10, with things in it and far outside.
fn chart(size: [f32; 2], far: f32) -> DrawnChart {
    let frame = Rect::from_min_size(pos2(47.0, 9.0), vec2(size[0], size[1]));
    let (line, outline) = (Outline { width: 2.4, tint: TINT }, None);
    let corners = vec![frame.center(), pos2(far, 30.0), pos2(-far, -far), frame.center(), pos2(60.0, far)];
    let disc = |center| Layer::Disc { center, radius: 6.0, fill: TINT, outline };
    DrawnChart {
        id: "map",
        page: ChartPage::filling(frame, ViewBox::new(-10.0, 10.0, -6.0, 6.0)),
        layers: vec![
            Layer::Stroke { corners: corners.clone(), line, dashes: vec![6.0, 4.0] },
            Layer::Strokes { pieces: vec![corners.clone()], line },
            Layer::Area { corners, fill: TINT, outline },
            disc(frame.center()),
            disc(pos2(far, 0.0)),
            Layer::Squares { centers: vec![frame.center(), pos2(0.0, far)], side: 8.0, fill: TINT, outline },
        ],
        ticks: [vec![(0.0, "0".to_owned())], Vec::new()],
        names: ["x", "y"],
        has_grid: false,
        figure: 18.0,
    }
}

/// The numbers right before `pt`.
fn lengths(text: &str) -> Vec<f64> {
    let number = |part: &str| {
        let begins = part.rfind(|letter: char| !letter.is_ascii_digit() && !".-".contains(letter))? + 1;
        part[begins..].parse().ok()
    };
    text.split("pt").filter_map(number).collect()
}

/// The numbers of every `(x,y)` of a curve or a mark.
fn places(text: &str) -> Vec<[f64; 2]> {
    let place = |part: &str| {
        let (x, y) = part.split_once(')')?.0.trim_start_matches("axis cs:").split_once(',')?;
        Some([x.parse().ok()?, y.parse().ok()?])
    };
    text.split('(').filter_map(place).collect()
}

/// `TeX` knows no length above 16383 points, and pgfplots multiplies by the numbers along the axes.
#[test]
fn a_chart_of_any_size_has_room_on_a_page_and_nothing_far_outside() {
    for size in [[300.0, 200.0], [960.0, 600.0], [1219.8, 736.0], [8000.0, 300.0], [300.0, 8000.0], [8000.0, 8000.0]] {
        for far in [100.0, 1e6, 1e12, f32::MAX, f32::INFINITY] {
            let text = tikz(&[chart(size, far)], "", false);
            let body = text.split_once("\\begin{axis}").unwrap().1.split_once("\\end{axis}").unwrap().0;
            let largest = lengths(body).into_iter().fold(0.0, |most: f64, length| most.max(length.abs()));
            assert!(largest <= 560.0, "{size:?}, {far}: {largest}pt");
            let found = places(body);
            assert!(found.len() > 2 || far.is_infinite(), "{found:?}");
            for [x, y] in found {
                // 40 points around a frame of 200 for 12 units, of 300 for 20.
                assert!(x.abs() <= 12.7 && y.abs() <= 8.5, "{size:?}, {far}: ({x}, {y})");
            }
            assert!(body.contains("xmin=-10, xmax=10, ymin=-6, ymax=6"), "the numbers of the frame: {body}");
        }
    }
}

#[test]
fn a_large_chart_is_as_wide_as_a_column_in_proportion_and_a_small_one_as_it_is() {
    for (size, expected) in [
        ([400.0, 300.0], "width=400.0pt, height=300.0pt"),
        ([1200.0, 800.0], "width=420.0pt, height=280.0pt"),
        ([800.0, 1120.0], "width=400.0pt, height=560.0pt"),
    ] {
        let text = tikz(&[chart(size, 1e6)], "", false);
        assert!(text.contains(expected), "{expected} in {text}");
    }
}
