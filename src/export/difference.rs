//! What of a picture differs from another one, as pixels on no ground: laid over the other one they make it this one.

use super::sequence::Pixels;

/// More of a picture than this is better written as a whole.
const MOST: f64 = 0.5;
/// Pixels around what differs that are written, too, and around them those that are seen through but have their color: wherever
/// the two pictures are scaled, the seam lies between pixels that are alike.
const MARGIN: usize = 4;

/// The pixels that turn `before` into `now`, red, green, blue and opacity; `None` where their sizes differ, or most of the
/// picture does.
pub(super) fn difference(before: &Pixels, now: &Pixels) -> Option<Vec<[u8; 4]>> {
    if before.size != now.size || before.rgb.len() != now.rgb.len() {
        return None;
    }
    let width = now.size[0].max(1) as usize;
    let mut seen: Vec<bool> = now.rgb.iter().zip(&before.rgb).map(|(now, before)| now != before).collect();
    widen(&mut seen, width);
    let count = seen.iter().filter(|is_seen| **is_seen).count();
    if count as f64 > MOST * now.rgb.len() as f64 {
        return None;
    }
    let mut colored = seen.clone();
    widen(&mut colored, width);
    let pixel = |(&[red, green, blue], (is_seen, is_colored)): (&[u8; 3], (&bool, &bool))| match (is_seen, is_colored) {
        (true, _) => [red, green, blue, u8::MAX],
        (false, true) => [red, green, blue, 0],
        (false, false) => [0; 4],
    };
    Some(now.rgb.iter().zip(seen.iter().zip(&colored)).map(pixel).collect())
}

/// Marks all that is within the margin of something that is marked, along rows and then along columns.
fn widen(marked: &mut [bool], width: usize) {
    let old = marked.to_vec();
    for (row, old) in marked.chunks_mut(width).zip(old.chunks(width)) {
        let mut within = old[..MARGIN.min(width)].iter().filter(|is_marked| **is_marked).count();
        for (x, is_marked) in row.iter_mut().enumerate() {
            within += usize::from(old.get(x + MARGIN) == Some(&true));
            within -= usize::from(x > MARGIN && old[x - MARGIN - 1]);
            *is_marked = within > 0;
        }
    }
    let old = marked.to_vec();
    let row_at = |row: usize| old.get(row * width..(row + 1) * width).unwrap_or_default();
    let mut within = vec![0_u8; width];
    let enter = |within: &mut [u8], row: usize| {
        within.iter_mut().zip(row_at(row)).for_each(|(count, is_marked)| *count += u8::from(*is_marked));
    };
    (0..MARGIN).for_each(|row| enter(&mut within, row));
    for (y, row) in marked.chunks_mut(width).enumerate() {
        enter(&mut within, y + MARGIN);
        let left = if y > MARGIN { row_at(y - MARGIN - 1) } else { &[] };
        within.iter_mut().zip(left).for_each(|(count, is_marked)| *count -= u8::from(*is_marked));
        row.iter_mut().zip(&within).for_each(|(is_marked, count)| *is_marked = *count > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: [u32; 2] = [40, 30];

    fn paper() -> Pixels {
        let rgb = (0..40 * 30).map(|at: u32| [at as u8, (at / 40) as u8, 9]).collect();
        Pixels { size: SIZE, rgb }
    }

    fn drawn(places: &[[usize; 2]]) -> Pixels {
        let mut pixels = paper();
        for [x, y] in places {
            pixels.rgb[y * 40 + x] = [255; 3];
        }
        pixels
    }

    #[test]
    fn laid_over_the_other_picture_it_makes_this_one() {
        for places in [&[][..], &[[0, 0]], &[[39, 29], [12, 3]], &[[20, 15], [20, 16], [3, 29]]] {
            let (before, now) = (paper(), drawn(places));
            let over = difference(&before, &now).unwrap();
            for (at, (pixel, wanted)) in over.iter().zip(&now.rgb).enumerate() {
                let [x, y] = [at % 40, at / 40];
                let off = places.iter().map(|[px, py]| px.abs_diff(x).max(py.abs_diff(y))).min();
                let expected = match off {
                    Some(off) if off <= MARGIN => 255,
                    _ => 0,
                };
                assert_eq!(pixel[3], expected, "({x}, {y}) of {places:?}");
                let has_color = off.is_some_and(|off| off <= 2 * MARGIN);
                let color = if has_color { *wanted } else { [0; 3] };
                assert_eq!(pixel[..3], color, "({x}, {y}) of {places:?}");
            }
        }
    }

    #[test]
    fn a_picture_that_is_another_stands_alone() {
        let mut other = paper();
        other.rgb.iter_mut().for_each(|color| color[2] = 10);
        assert_eq!(difference(&paper(), &other), None);
        let larger = Pixels { size: [40, 31], rgb: vec![[0; 3]; 40 * 31] };
        assert_eq!(difference(&paper(), &larger), None);
    }
}
