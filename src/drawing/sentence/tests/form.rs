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
