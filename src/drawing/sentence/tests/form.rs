//! The form of the sentences, over all landscapes and methods.

use super::super::*;
use super::text;
use crate::run::Known;
use crate::run::explain::tests::of_every_method;

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
        _ if text.chars().count() > 240 => Some("too long"),
        _ => None,
    }
}

#[test]
fn every_sentence_is_one() {
    let said = of_every_method(|seen| {
        let known = [false, true].map(|landing| Known { slope: true, curvature: true, landing });
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
        let known = Known { slope: true, curvature: true, landing: true };
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
