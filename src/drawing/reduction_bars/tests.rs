//! Bars on one scale with their digits, and words that keep apart.

use std::sync::LazyLock;

use emath::Vec2;

use super::*;
use crate::drawing::sentence::{Piece, sentence};
use crate::run::explain::StepCase;
use crate::run::explain::tests::of_every_method;

/// A step of every method on many landscapes.
struct Seen {
    step: String,
    bars: ReductionBars,
    /// The least change that has digits.
    least: f64,
    /// The amounts in its sentence.
    said: Vec<String>,
}

static ALL: LazyLock<Vec<Seen>> = LazyLock::new(|| {
    let seen = of_every_method(|seen| {
        let bars = ReductionBars::of(seen.analysis, KnownOfStep::of(seen.analysis, None), false, false);
        let decrease = seen.run.iterates()[0].loss - seen.analysis.iterate.loss;
        let least = (1e-15 * seen.analysis.iterate.loss.abs()).max(1e-13 * decrease);
        let of_step = seen.explanation.ending.is_none() && matches!(seen.explanation.step, StepCase::Model(_));
        let pieces = if of_step { sentence(&seen.explanation) } else { Vec::new() };
        let is_amount = |piece: &Piece| piece.ink.is_some() && piece.text.starts_with(|c: char| c.is_ascii_digit());
        (bars, least, pieces.into_iter().filter(is_amount).map(|piece| piece.text).collect())
    });
    seen.into_iter().filter_map(|(step, (bars, least, said))| Some(Seen { step, bars: bars?, least, said })).collect()
});

struct Wide;

impl Measure for Wide {
    fn size(&self, text: &str, _strong: bool) -> Vec2 {
        vec2(7.0 * text.chars().count() as f32, 16.0)
    }
}

/// The scale is one, from zero, and the words stay apart.
#[test]
fn bars_are_on_one_scale_from_zero_and_words_stay_apart() {
    let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(460.0, 100.0));
    let mut lengths = 0;
    for Seen { step, bars, .. } in ALL.iter() {
        let layers = bars.layers(rect, &Wide, Theme::Light, 1.0);
        let words: Vec<Rect> = layers
            .iter()
            .filter_map(|layer| if let Layer::Words { patch, .. } = layer { Some(*patch) } else { None })
            .collect();
        for (index, place) in words.iter().enumerate() {
            assert!(rect.expand(0.5).contains_rect(*place), "{step}: {place} leaves {rect}");
            assert!(!words[..index].iter().any(|other| other.shrink(0.1).intersects(*place)), "{step}: {bars:?}");
        }
        let axis = Axis::of(bars, [100.0, 300.0]);
        let finite: Vec<f64> = bars.rows.iter().filter_map(|row| row.value).filter(|x| x.is_finite()).collect();
        for (a, b) in finite.iter().zip(finite.iter().skip(1)) {
            let [of_a, of_b] = [*a, *b].map(|value| f64::from(axis.place(value) - axis.place(0.0)));
            // Both long enough for the rounding of the screen's numbers.
            if of_a.abs() > 0.5 && of_b.abs() > 0.5 {
                assert!((of_a / of_b / (a / b) - 1.0).abs() < 0.01, "{step}: {of_a} and {of_b} for {a} and {b}");
                lengths += 1;
            }
        }
    }
    assert!(lengths > 100, "{lengths} pairs");
}

/// Beside the page of a lesson there is little room: a change that is not small beside the others is seen as a bar.
#[test]
fn bars_have_a_length_in_a_narrow_room() {
    let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(255.0, 100.0));
    let mut seen = 0;
    for Seen { step, bars, .. } in ALL.iter().filter(|seen| seen.bars.rows.iter().any(|row| row.value.is_some())) {
        let length = |layer: &Layer| match layer {
            Layer::Area { corners, .. } => (corners[1].x - corners[0].x).abs(),
            _ => 0.0,
        };
        let longest = bars.layers(rect, &Wide, Theme::Light, 1.0).iter().map(length).fold(0.0, f32::max);
        let is_zero = bars.rows.iter().all(|row| row.value.is_none_or(|value| value == 0.0 || !value.is_finite()));
        assert!(is_zero || longest > 16.0, "{step}: {longest} of {bars:?}");
        seen += 1;
    }
    assert!(seen > 100, "{seen} steps");
}

/// What the sentence says a bar has, too, with the same digits.
#[test]
fn bars_and_sentence_write_a_change_alike() {
    let (mut said, mut faults) = (0, Vec::new());
    for Seen { step, bars, said: amounts, .. } in ALL.iter() {
        let texts: Vec<&str> = bars.rows.iter().map(|row| row.text.trim_start_matches(['+', '−'])).collect();
        faults.extend(
            amounts
                .iter()
                .filter(|amount| !texts.contains(&amount.as_str()))
                .map(|amount| format!("{step}: {amount} beside {texts:?}")),
        );
        said += amounts.len();
    }
    assert!(said > 1000, "{said} amounts");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
}

#[test]
fn no_digits_are_shown_of_what_is_below_rounding_or_negligible() {
    let mut found = [0, 0];
    for (step, row, least) in
        ALL.iter().flat_map(|seen| seen.bars.rows.iter().map(move |row| (&seen.step, row, &seen.least)))
    {
        let reasons = [LOST, NEGLIGIBLE].map(|reason| row.text == reason);
        assert_eq!(reasons.contains(&true) || row.text == "undefined", row.value.is_none(), "{step}: {row:?}");
        assert!(row.value.is_none_or(|value| value == 0.0 || value.abs() > *least), "{step}: {row:?}");
        found = [0, 1].map(|index| found[index] + usize::from(reasons[index]));
    }
    assert!(found.iter().all(|count| *count > 10), "{found:?} changes below rounding, and negligible");
}

/// Where there is no room for a line for each, every bar that has a length is inside the room, each with its name and its digits, the
/// model error with its number, and ρ with the name of its model; no words lie on words or bars. Of a step that changes nothing a word
/// says so, and there is no line at which bars would begin.
#[test]
fn the_compact_row_has_the_ratio_and_the_bars() {
    let mut seen = [0; 4];
    for (Seen { step, bars, .. }, compact) in ALL.iter().flat_map(|seen| Compact::ALL.map(|compact| (seen, compact))) {
        let Some(width) = bars.compact_width(compact, &Wide, 1.0) else { continue };
        let lines = if compact == Compact::Table { 6 } else { compact.lines() };
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(width, (13.0 * lines as f32).max(16.0_f32)));
        let of = format!("{step}, {compact:?}");
        let (mut words, mut drawn, mut axes) = (Vec::new(), Vec::new(), 0);
        for layer in bars.compact(rect, &[compact], &Wide, (Theme::Light, 1.0)) {
            match layer {
                Layer::Words { patch, text, .. } => words.push((patch, text)),
                Layer::Area { corners, .. } => drawn.push(Rect::from_points(&corners)),
                Layer::Stroke { .. } => axes += 1,
                _ => {}
            }
        }
        for (index, (patch, text)) in words.iter().enumerate() {
            assert!(rect.expand(0.5).contains_rect(*patch), "{of}: {text} at {patch}");
            assert!(!words[..index].iter().any(|(other, _)| other.shrink(0.1).intersects(*patch)), "{of}: {words:?}");
            assert!(!drawn.iter().any(|bar| bar.shrink(0.5).intersects(*patch)), "{of}: {text} on {drawn:?}");
        }
        assert!(drawn.iter().all(|bar| rect.expand(2.0).contains_rect(*bar)), "{of}: {drawn:?} leave {rect}");
        let says = |what: &str| words.iter().filter(|(_, text)| *text == what).count();
        let is_idle = bars.error.is_none()
            && bars.rows.iter().all(|row| row.value.is_none_or(|value| value == 0.0) && row.text != "undefined");
        if is_idle && compact != Compact::Ratio {
            assert_eq!((words.len(), drawn.len(), axes), (1, 0, 0), "{of}: {words:?}, {drawn:?}");
            assert!(words[0].1.contains("change"), "{of}: {words:?}");
            seen[3] += 1;
            continue;
        }
        // Beside a huge one a bar has no length.
        let wanted = bars.rows.iter().filter(|row| row.value.is_some_and(|value| value != 0.0 && value.is_finite()));
        let has_track = !matches!(compact, Compact::Words | Compact::SlimWords | Compact::Ratio);
        let wanted = if has_track { wanted.count() } else { 0 };
        assert!(drawn.len() <= bars.lines() && drawn.len() >= wanted.min(1), "{of}: {drawn:?} of {bars:?}");
        assert_eq!(axes, usize::from(has_track), "{of}: zero has its line where there are bars");
        let is_named = compact != Compact::Ratio;
        let is_whole = matches!(compact, Compact::Named | Compact::Block);
        let rated = words.iter().filter(|(_, text)| text.contains('ρ')).count();
        let has_ratio = bars.rows.iter().any(|row| row.ratio.is_some());
        assert_eq!(rated, usize::from(has_ratio), "{of}: {words:?}");
        let has_error = bars.error.is_some() && is_named;
        let errors = words.iter().filter(|(_, text)| text.starts_with("error")).count();
        assert_eq!(errors, usize::from(has_error), "{of}: {words:?}");
        let (mut names, mut digits) = (0, 0);
        for row in &bars.rows {
            names += says(if is_whole { brief(&row.name) } else { row.short }).min(1);
            digits += says(&if is_whole { row.text.clone() } else { row.short_text(compact.digits()) }).min(1);
        }
        let all = if is_named { bars.rows.len() } else { 0 };
        assert_eq!(names, all, "{of}: {words:?}");
        // ρ alone may have the digits of a change.
        assert!(!is_named || digits == all, "{of}: {words:?}");
        let counted = [is_named, has_error, has_track].map(usize::from);
        for (index, count) in counted.into_iter().enumerate() {
            seen[index] += count;
        }
    }
    assert!(seen[..3].iter().all(|count| *count > 100), "{seen:?} rows with names, with an error, with bars");
    assert!(seen[3] > 0, "{} rows of no change", seen[3]);
}

/// ρ alone is that of the model that the method assumes, also where this has no error and the other model has one; in its color, and with
/// its name.
#[test]
fn the_ratio_of_the_compact_row_is_that_of_the_methods_own_model() {
    let mut exact = 0;
    for (Seen { step, bars, .. }, compact) in ALL.iter().flat_map(|seen| Compact::ALL.map(|compact| (seen, compact))) {
        let Some(width) = bars.compact_width(compact, &Wide, 1.0) else { continue };
        let own = bars.own.map(|index| &bars.rows[index]);
        if let (Some([predicted, _]), Some(value)) = (bars.error, own.and_then(|row| row.value)) {
            let is_same = (value - predicted).abs() <= 1e-9 * predicted.abs() || value == predicted;
            assert!(is_same, "{step}: the error is that of another model in {bars:?}");
        }
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(width, 96.0));
        let layers = bars.compact(rect, &[compact], &Wide, (Theme::Light, 1.0));
        let words = layers.iter().filter_map(|layer| match layer {
            Layer::Words { text, color, .. } => Some((text.as_str(), *color)),
            _ => None,
        });
        let words: Vec<_> = words.collect();
        let Some((name, color)) = words.iter().copied().find(|(text, _)| text.contains('ρ')) else { continue };
        let of = own.filter(|row| row.ratio.is_some());
        let rated: Vec<&ChangeRow> = bars.rows.iter().filter(|row| row.ratio.is_some()).collect();
        let row = of.unwrap_or_else(|| rated[0]);
        assert_eq!(
            (name, color),
            (format!("ρ {}", row.short).as_str(), row.ink.text(Theme::Light)),
            "{step}: {bars:?}"
        );
        let whole = number(row.ratio.unwrap());
        let short = crate::numbers::numerals::significant(row.ratio.unwrap(), compact.digits());
        let is_said = words.iter().any(|(text, of)| *of == color && [&whole, &short].contains(&&(*text).to_owned()));
        assert!(is_said, "{step}: {words:?} of {bars:?}");
        let others = rated.iter().filter(|other| other.ratio != row.ratio).count();
        exact += usize::from(bars.error.is_none() && whole == "1.000" && others > 0);
    }
    assert!(exact > 0, "{exact} rows of a step that is exactly right beside a model that is not");
}

/// A step that changes nothing has no line at which bars would begin, and a word says so, also where each bar has a line of its own.
#[test]
fn no_change_is_said_in_a_word() {
    let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(600.0, 100.0));
    let mut seen = [0, 0];
    for Seen { step, bars, .. } in ALL.iter() {
        let layers = bars.layers(rect, &Wide, Theme::Light, 1.0);
        let has_line = layers.iter().any(|layer| matches!(layer, Layer::Stroke { .. }));
        let has_bars = layers.iter().any(|layer| matches!(layer, Layer::Area { .. }));
        let is_said = bars
            .no_change()
            .is_some_and(|word| layers.iter().any(|layer| matches!(layer, Layer::Words { text, .. } if text == word)));
        assert!(has_line != is_said && (has_line || !has_bars), "{step}: {bars:?}");
        seen[usize::from(is_said)] += 1;
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?} steps with bars, and without");
}

/// In the column of a class, too, ρ stands beside the digits of a prediction.
#[test]
fn stacked_bars_have_their_ratios_and_words_stay_apart() {
    let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(290.0, 220.0));
    let mut seen = 0;
    for Seen { step, bars, .. } in ALL.iter().filter(|seen| seen.bars.rows.iter().any(|row| row.ratio.is_some())) {
        let layers = bars.stacked(rect, &Wide, Theme::Light, 1.0);
        let words = layers.iter().filter_map(|layer| match layer {
            Layer::Words { patch, text, .. } => Some((*patch, text)),
            _ => None,
        });
        let words: Vec<(Rect, &String)> = words.collect();
        for (index, (place, text)) in words.iter().enumerate() {
            let is_free = words[..index].iter().all(|(other, _)| !other.shrink(0.1).intersects(*place));
            assert!(is_free, "{step}: {text} in {bars:?}");
        }
        assert!(words.iter().any(|(_, text)| text.starts_with('ρ')), "{step}: {bars:?}");
        seen += 1;
    }
    assert!(seen > 100, "{seen} steps");
}
