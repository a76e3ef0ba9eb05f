//! The form of the sentences, over all landscapes and methods.

use super::super::*;
use super::text;
use crate::analysis::LevelPoint;
use crate::run::KnownOfStep;
use crate::run::explain::tests::of_every_method;

/// The letters of the longest sentence: a situation, a prediction, a result and a verdict.
const LONGEST: usize = 160;
/// Of three lines of a heading beside the picture.
const THREE_LINES: usize = 140;

/// What is wrong with the form of a sentence, whatever it says.
fn misshapen(text: &str) -> Option<&'static str> {
    let words = || text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    match text {
        _ if !text.ends_with('.') || text.ends_with("..") => Some("no full stop"),
        _ if text.contains("  ") || text.contains(". .") || text.contains(" .") => Some("loose ends"),
        _ if words().any(|word| ["nan", "inf", "undefined"].contains(&word.as_str()))
            && !text.contains("undefined here") =>
        {
            Some("what is no number")
        }
        _ if text.chars().count() > LONGEST => Some("too long"),
        _ => None,
    }
}

#[test]
fn every_sentence_is_one() {
    let said = of_every_method(|seen| {
        let known = [false, true].map(|landing| KnownOfStep { slope: true, curvature: true, landing });
        let in_fog = known.map(|known| text(&sentence_in_fog(&seen.explanation, known)));
        let plain = text(&sentence(&seen.explanation));
        [plain].into_iter().chain(in_fog).find_map(|text| Some((misshapen(&text)?, text)))
    });
    let faults: Vec<_> = said.into_iter().filter_map(|(step, fault)| Some((step, fault?))).collect();
    assert!(faults.is_empty(), "{} faults: {:#?}", faults.len(), &faults[..faults.len().min(25)]);
}

/// Changes that are next to nothing beside what the run has gained, or beside the rounding of the loss, have no digits.
#[test]
fn no_sentence_has_digits_of_next_to_nothing() {
    let said = of_every_method(|seen| {
        let iterate = seen.analysis.iterate;
        let gained = seen.run.iterates()[0].loss - iterate.loss;
        let change = seen.analysis.change?;
        let predicted = seen
            .analysis
            .batch
            .as_ref()
            .map_or_else(|| change.prediction(seen.analysis.order), |batch| batch.predicted);
        let least = (1e-13 * gained).max(1e-14 * iterate.loss.abs());
        let of_batch = seen.analysis.batch.as_ref().map_or(0.0, |batch| batch.actual);
        let are_small = [predicted, change.actual, of_batch].into_iter().all(|change| change.abs() < least);
        let is_small = predicted != 0.0 && are_small;
        let is_step = matches!(seen.explanation.step, StepCase::Model(_) | StepCase::Sampled(_));
        let known = KnownOfStep { slope: true, curvature: true, landing: true };
        let texts = [sentence(&seen.explanation), sentence_in_fog(&seen.explanation, known)].map(|said| text(&said));
        (is_small && is_step && seen.explanation.ending.is_none()).then_some(texts)
    });
    let small: Vec<_> = said.into_iter().filter_map(|(step, texts)| Some((step, texts?))).collect();
    assert!(small.len() > 10, "{} steps that are next to nothing", small.len());
    for (step, texts) in small {
        for text in texts {
            let after = ["a drop of ", "a rise of ", " by "].into_iter().flat_map(|words| text.split(words).skip(1));
            let sizes = after.filter_map(|rest| rest.split(' ').next());
            assert!(!sizes.into_iter().any(|size| size.contains("·10⁻")), "{step}: {text}");
        }
    }
}

/// At most three of a hundred sentences are longer than three lines of a heading.
#[test]
fn sentences_have_three_lines() {
    let said = of_every_method(|seen| text(&sentence(&seen.explanation)));
    let long: Vec<_> = said.iter().filter(|(_, text)| text.chars().count() > THREE_LINES).collect();
    assert!(33 * long.len() < said.len(), "{} of {}: {:#?}", long.len(), said.len(), &long[..long.len().min(25)]);
}

/// A number that is beyond another one looks larger.
#[test]
fn a_rate_beyond_its_limit_looks_larger_in_every_run() {
    let said = of_every_method(|seen| {
        let stop = seen.stop.map_or("", |stop| stop.text.as_str());
        [text(&sentence(&seen.explanation)), format!("{stop}.")]
    });
    let mut found = 0;
    for (step, text) in said.iter().flat_map(|(step, texts)| texts.iter().map(move |text| (step, text))) {
        let Some((before, after)) = text.split_once(" is beyond ") else { continue };
        let rate = before.rsplit(' ').next().unwrap();
        let limit = after.split_once(" = ").unwrap().1.split([',', ' ', ':', ';']).next().unwrap();
        let [rate, limit] = [rate, limit].map(|number| number.trim_end_matches('.'));
        let [a, b] = [rate, limit].map(|number| number.parse::<f64>().ok());
        assert!(a.zip(b).map_or(rate != limit, |(rate, limit)| rate > limit), "{step}: {text}");
        found += 1;
    }
    assert!(found > 10, "{found} rates beyond a limit");
}

/// Vermilion is for divergence and for a broken prediction: a rise though a drop was predicted, or no finite value.
#[test]
fn vermilion_is_for_divergence_and_broken_predictions() {
    let said = of_every_method(|seen| {
        let pieces = sentence(&seen.explanation);
        let inked: Vec<String> =
            pieces.iter().filter(|piece| piece.ink == Some(Ink::Gap)).map(|piece| piece.text.clone()).collect();
        let diverged = matches!(seen.explanation.ending, Some(RunEnd::Diverged(_)));
        let broken = match &seen.explanation.step {
            StepCase::Model(step) => step.rises_instead(),
            StepCase::Sampled(step) => step.actual.by > 0.0 && step.prediction.by < 0.0,
            _ => false,
        };
        (inked, diverged || broken, text(&pieces))
    });
    let mut alarms = 0;
    for (step, (inked, is_alarm, text)) in said {
        for words in inked {
            alarms += 1;
            assert!(is_alarm || words.contains("no finite"), "{step}: {words} in {text}");
        }
    }
    assert!(alarms > 50, "{alarms} alarms");
}

/// Where a run converges to a minimum or a saddle the sentence says how it compares with the lowest point that is known.
#[test]
fn the_end_says_which_kind_of_point_it_is_and_how_it_compares() {
    let said = of_every_method(|seen| {
        let Some(RunEnd::AtRest(point)) = &seen.explanation.ending else { return None };
        let loss = seen.analysis.iterate.loss;
        let start = seen.run.iterates()[0].loss;
        let is_kind = matches!(point.kind, LevelPoint::Minimum | LevelPoint::Saddle | LevelPoint::Maximum);
        let of = |lowest: f64| Explanation::of(seen.analysis, seen.run, seen.stop, Some(lowest));
        let lower = loss - 0.2 * (start - loss).abs().max(1.0);
        let is_minimum = point.kind == LevelPoint::Minimum;
        is_kind.then(|| (is_minimum, [lower, loss].map(|lowest| text(&sentence(&of(lowest))))))
    });
    let ends: Vec<_> = said.into_iter().filter_map(|(step, texts)| Some((step, texts?))).collect();
    assert!(ends.len() > 20, "{} ends", ends.len());
    for (step, (is_minimum, [above, lowest])) in ends {
        assert!(above.contains(" above the lowest known"), "{step}: {above}");
        assert_eq!(lowest.contains(", the lowest known"), is_minimum, "from a saddle it goes down: {step}: {lowest}");
        assert!(!lowest.contains("local minimum"), "{step}: {lowest}");
    }
}
