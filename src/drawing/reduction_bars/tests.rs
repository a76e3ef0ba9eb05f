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

/// Where there is no room for a line for each, ρ is there and every bar that has a length, inside the room; where there is more room
/// also the digits of every bar, the model error and the names, and no words lie on words or bars.
#[test]
fn the_compact_row_has_the_ratio_and_the_bars() {
    let mut seen = [0; 3];
    for (Seen { step, bars, .. }, compact) in ALL.iter().flat_map(|seen| Compact::ALL.map(|compact| (seen, compact))) {
        let Some(width) = bars.compact_width(compact, &Wide, 1.0) else { continue };
        let height = if compact == Compact::Block { 32.0 } else { 28.0 };
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(width, height));
        // With few bars what says more may be narrower.
        let has_room = |compact: &Compact| {
            let width_of = bars.compact_width(*compact, &Wide, 1.0);
            (*compact != Compact::Block || height > 28.0) && width_of.is_some_and(|of| of <= width + 0.5)
        };
        let compact = Compact::ALL.into_iter().find(has_room).unwrap();
        let of = format!("{step}, {compact:?}");
        let (mut words, mut drawn) = (Vec::new(), Vec::new());
        for layer in bars.compact(rect, &Compact::ALL, &Wide, (Theme::Light, 1.0)) {
            match layer {
                Layer::Words { patch, text, .. } => words.push((patch, text)),
                Layer::Area { corners, .. } => drawn.push(Rect::from_points(&corners)),
                _ => {}
            }
        }
        for (index, (patch, text)) in words.iter().enumerate() {
            assert!(rect.expand(0.5).contains_rect(*patch), "{of}: {text} at {patch}");
            assert!(!words[..index].iter().any(|(other, _)| other.shrink(0.1).intersects(*patch)), "{of}: {words:?}");
            assert!(!drawn.iter().any(|bar| bar.shrink(0.5).intersects(*patch)), "{of}: {text} on {drawn:?}");
        }
        assert!(drawn.iter().all(|bar| rect.expand(2.0).contains_rect(*bar)), "{of}: {drawn:?} leave {rect}");
        // Beside a huge one a bar has no length.
        let wanted = bars.rows.iter().filter(|row| row.value.is_some_and(|value| value != 0.0 && value.is_finite()));
        let wanted = if compact == Compact::Ratio { 0 } else { wanted.count() };
        let most = bars.rows.len() + usize::from(bars.error.is_some());
        assert!(drawn.len() <= most && drawn.len() >= wanted.min(1), "{of}: {drawn:?} of {bars:?}");
        let says = |what: &str| words.iter().filter(|(_, text)| text.starts_with(what)).count();
        let is_named = matches!(compact, Compact::Named | Compact::Block);
        let rated = words.iter().filter(|(_, text)| text.contains('ρ')).count();
        let has_ratio = bars.rows.iter().any(|row| row.ratio.is_some());
        assert_eq!(rated, usize::from(has_ratio), "{of}: {words:?}");
        let has_error = bars.error.is_some() && (is_named || compact == Compact::Digits);
        assert_eq!(says("error"), usize::from(has_error), "{of}: {words:?}");
        let is_name = |row: &&ChangeRow| words.iter().any(|(_, text)| text == brief(&row.name));
        let names = bars.rows.iter().filter(is_name).count();
        assert_eq!(names, if is_named { bars.rows.len() } else { 0 }, "{of}: {words:?}");
        let has_digits = is_named || matches!(compact, Compact::Digits | Compact::Bare);
        let digits = bars.rows.iter().filter(|row| words.iter().any(|(_, text)| *text == row.text)).count();
        assert_eq!(digits, if has_digits { bars.rows.len() } else { 0 }, "{of}: {words:?}");
        let counted = [is_named, has_error, has_digits].map(usize::from);
        seen = [0, 1, 2].map(|index| seen[index] + counted[index]);
    }
    assert!(seen.iter().all(|count| *count > 100), "{seen:?} rows with names, with an error, and with digits");
}

/// ρ alone is that of the model that the method assumes, also where this has no error and the other model has one; in its color.
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
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(width, 32.0));
        let layers = bars.compact(rect, &[compact], &Wide, (Theme::Light, 1.0));
        let said = layers.iter().find_map(|layer| match layer {
            Layer::Words { text, color, .. } if text.contains('ρ') => Some((text.as_str(), *color)),
            _ => None,
        });
        let Some((text, color)) = said else { continue };
        match own.and_then(|row| Some((ratio_text(row)?, row.ink))) {
            Some(own) => assert_eq!((text, color), (own.0.as_str(), own.1.text(Theme::Light)), "{step}: {bars:?}"),
            None => assert!(!text.starts_with('ρ'), "{step}: {text} does not say whose it is, {bars:?}"),
        }
        let others = bars.rows.iter().filter_map(ratio_text).filter(|other| other != text).count();
        exact += usize::from(bars.error.is_none() && text == "ρ 1.000" && others > 0);
    }
    assert!(exact > 0, "{exact} rows of a step that is exactly right beside a model that is not");
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
