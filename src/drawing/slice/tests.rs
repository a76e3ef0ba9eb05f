//! What the slice says of the plane, held against the loss: over all landscapes and methods.

use super::*;
use crate::run::explain::tests::of_every_method;

#[test]
fn the_plane_is_as_wrong_as_the_slice_says() {
    let seen = of_every_method(|seen| {
        let (landscape, analysis) = (seen.run.landscape(), seen.analysis);
        let sight = Sight { gap: true, local_models: true, queries: None, network: &[], bridge: None };
        let (slice, step) = slice(landscape, analysis, sight, 1.0).zip(analysis.proposed())?;
        let half = -analysis.model.linear(step) / analysis.model.hessian.form(step);
        // How wrong the plane is, as a share of the drop that it predicts.
        let error = |s: f64| {
            1.0 - (landscape.loss().value(analysis.model.at + step * s) - analysis.model.value)
                / analysis.model.linear(step * s)
        };
        let texts = slice.primitives.into_iter().filter_map(|primitive| match primitive {
            Primitive::Text { text, ink, .. } if text.contains("error") => Some((text, ink)),
            _ => None,
        });
        Some((texts.collect::<Vec<_>>(), [error(half), error(2.0 * half)]))
    });
    let mut named = 0;
    for (step, (texts, [at_half, at_whole])) in seen.into_iter().filter_map(|(step, found)| Some((step, found?))) {
        for (text, ink) in texts {
            named += 1;
            assert_eq!(ink, Ink::Plane, "{step}: {text}");
            // With one weight it is a line.
            let is_of_one = ["plane", "line"].into_iter().any(|of| text.starts_with(of));
            assert!(is_of_one || text == "error 100 %", "{step}: of what is it said: {text}");
            assert!(!text.contains("50") || (at_half - 0.5).abs() < 0.06, "{step}: {text}, but it is {at_half}");
            assert!(!text.contains("100") || (at_whole - 1.0).abs() < 0.06, "{step}: {text}, but it is {at_whole}");
        }
    }
    assert!(named > 50, "{named} names");
}

/// At the end of a run its figures would be those of rounding.
#[test]
fn nothing_smaller_is_shown_than_what_the_run_has_come_down_can_tell() {
    let seen = of_every_method(|seen| {
        let (landscape, analysis) = (seen.run.landscape(), seen.analysis);
        let sight = Sight { gap: true, local_models: true, queries: None, network: &[], bridge: None };
        let slice = slice(landscape, analysis, sight, 1.0)?;
        let says = slice
            .primitives
            .iter()
            .any(|primitive| matches!(primitive, Primitive::Text { text, .. } if text == "nothing left to see"));
        Some((says, slice.view.height(), analysis.decrease))
    });
    let mut said = 0;
    for (step, (says, height, decrease)) in seen.into_iter().filter_map(|(step, found)| Some((step, found?))) {
        said += usize::from(says);
        assert!(height >= 1e-12 * decrease, "{step}: {height} high, of {decrease}");
        assert!(!says || height >= LITTLE * decrease, "{step}: {height} high, of {decrease}");
    }
    assert!(said > 10, "said {said} times");
}

/// Wherever the quadratic is seen to part from the tangent line, it has its name.
#[test]
fn a_quadratic_that_parts_from_the_tangent_line_is_named() {
    let seen = of_every_method(|seen| {
        let (landscape, analysis) = (seen.run.landscape(), seen.analysis);
        let sight = Sight { gap: true, local_models: true, queries: None, network: &[], bridge: None };
        let (Slice { primitives, view, .. }, step) = slice(landscape, analysis, sight, 1.0).zip(analysis.proposed())?;
        let names = |words: &str| {
            primitives.iter().any(|primitive| matches!(primitive, Primitive::Name { text, .. } if text == words))
        };
        let parts = [1.05, 0.9, 0.75, 0.6].into_iter().any(|s| {
            let quadratic = analysis.model.value + analysis.assumed.quadratic(step * s);
            let apart = quadratic - analysis.model.value - analysis.model.linear(step * s);
            let [low, high] = [0.07, 0.93].map(|share| view.y[0] + share * view.height());
            apart.abs() > 0.05 * view.height() && (low..high).contains(&quadratic)
        });
        Some((parts, names("quadratic") || names("method's model")))
    });
    let mut parting = 0;
    for (step, (parts, is_named)) in seen.into_iter().filter_map(|(step, found)| Some((step, found?))) {
        parting += usize::from(parts);
        assert!(is_named || !parts, "{step}");
    }
    assert!(parting > 100, "{parting}");
}
